/** Defines `<geras-assessment>`, and what it is made of: results, proposals and reports. Importing it is all that a page has to do. */

import { GerasAssessment } from "./assessment.js";
import { GerasPathwayReport } from "./pathway-report.js";
import { GerasProposal } from "./proposal.js";
import { GerasReport } from "./report.js";
import { GerasResult } from "./result.js";

const define = (name: string, component: CustomElementConstructor): void => {
  if (!customElements.get(name)) customElements.define(name, component);
};
define("geras-result", GerasResult);
define("geras-proposal", GerasProposal);
define("geras-report", GerasReport);
define("geras-pathway-report", GerasPathwayReport);
define("geras-assessment", GerasAssessment);

export { GerasAssessment, GerasPathwayReport, GerasProposal, GerasReport, GerasResult };
export { InstrumentForm, PathwayForm, flat } from "./form.js";
export type { Answers, Standing } from "./form.js";
export type { Change, FormSheet } from "./assessment.js";
export { asks, inWords, unitInWords } from "./question.js";
export { conclusions, possible, shade } from "./result.js";
export { tokens } from "./style.js";
export { inLanguage, words } from "./words.js";
