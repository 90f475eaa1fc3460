// The component in a page without a bundler: one import, three properties, one event.

import { EngineWorker } from "../dist/geras-assessment.js";

const form = document.querySelector("geras-assessment");
form.engine = new EngineWorker();
form.which = "gb-t-42195";
form.sheet = { id: "mrs-li", date: "2024-05-14" };
form.addEventListener("geras-outcome", ({ detail }) => {
  document.querySelector("output").textContent = typeof detail.grade === "string" ? detail.grade : "open";
});
