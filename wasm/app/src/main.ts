/** The app's entry: defines every page's element. The elements do the rest. */

import "geras/element";
import { GerasApp } from "./shell.js";
import { AssessView } from "./views/assess.js";
import { ChooseView } from "./views/choose.js";
import { PeopleView } from "./views/people.js";
import { PersonView } from "./views/person.js";
import { ReportView } from "./views/report.js";
import { ToolsView } from "./views/tools.js";
import "./page.css";

customElements.define("geras-people", PeopleView);
customElements.define("geras-person", PersonView);
customElements.define("geras-choose", ChooseView);
customElements.define("geras-assess", AssessView);
customElements.define("geras-report-page", ReportView);
customElements.define("geras-tools", ToolsView);
customElements.define("geras-app", GerasApp);

// The editor is the largest part of the app, and assessors never open it.
const loadAuthors = (): void => {
  if (location.hash.startsWith("#/authors")) void import("./authors/page.js");
};
addEventListener("hashchange", loadAuthors);
loadAuthors();
