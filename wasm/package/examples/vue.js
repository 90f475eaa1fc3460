// The component inside Vue: properties go in as properties, events come out as events. `vue.js` is Vue's build for browsers.

import { createApp, h, ref } from "/vue.js";
import { EngineWorker } from "../dist/geras-assessment.js";

const engine = new EngineWorker();

createApp({
  setup() {
    const grade = ref("open");
    const show = ({ detail }) => (grade.value = typeof detail.grade === "string" ? detail.grade : "open");
    const sheet = { id: "mrs-li", date: "2024-05-14" };
    return () => [h("p", ["Grade: ", h("output", grade.value)]), h("geras-assessment", { language: "en", ".engine": engine, ".which": "gb-t-42195", ".sheet": sheet, "onGeras-outcome": show })];
  },
}).mount("#app");
