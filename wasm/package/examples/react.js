// The component inside React 19: properties go in as properties, events are listened to through a reference. Two people on one page, who know nothing of each other. A
// bundler makes `react.bundle.js` of this file; the worker, the module and the definitions are fetched from `dist` beside it.

import { createElement as h, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import "geras/element";
import { EngineWorker } from "geras/worker-client";

const dist = new URL("../dist/", location.href);
const engine = new EngineWorker({
  worker: () => new Worker(new URL("worker.js", dist), { type: "module" }),
  module: new URL("geras_bg.wasm", dist),
  instruments: new URL("instruments.json", dist),
});

function Assessment({ which, sheet, className }) {
  const form = useRef(null);
  const [grade, setGrade] = useState("open");
  useEffect(() => {
    const element = form.current;
    const show = ({ detail }) => setGrade(typeof detail.grade === "string" ? detail.grade : "open");
    element.addEventListener("geras-outcome", show);
    return () => element.removeEventListener("geras-outcome", show);
  }, []);
  return h("section", { className }, h("p", null, sheet.id, ": ", h("output", null, grade)), h("geras-assessment", { ref: form, language: "en", engine, which, sheet }));
}

// The same object each time: a new one would begin the assessment anew.
const people = [
  { className: "first", which: "gb-t-42195", sheet: { id: "mrs-li", date: "2024-05-14" } },
  { className: "second", which: "gb-t-42195", sheet: { id: "mr-wang", date: "2024-05-14" } },
];

createRoot(document.querySelector("#app")).render(people.map((one) => h(Assessment, { key: one.sheet.id, ...one })));
