/** Defines `<geras-assessment>`, `<geras-result>` and `<geras-report>`. Importing it is all that a page has to do. */

import { GerasAssessment } from "./assessment.js";
import { GerasReport } from "./report.js";
import { GerasResult } from "./result.js";

const define = (name: string, component: CustomElementConstructor): void => {
  if (!customElements.get(name)) customElements.define(name, component);
};
define("geras-result", GerasResult);
define("geras-report", GerasReport);
define("geras-assessment", GerasAssessment);

export { GerasAssessment, GerasReport, GerasResult };
export type { Answers, Change } from "./assessment.js";
export { asks, inWords, unitInWords } from "./question.js";
export { conclusions, possible, shade } from "./result.js";
export { tokens } from "./style.js";
export { inLanguage, words } from "./words.js";
