//! Two things with the same id.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "duplicate-id",
    finds: "An id, an option code of one list or a grade of the scale was given twice.",
    why: "Answers and results are known by their ids. With two of the same, an answer to one question would count for the other.",
    wrong: "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: eating, type: integer, range: [0, 20], text: {en: Meals a day}}
alerts: []",
    right: "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: meals, type: integer, range: [0, 20], text: {en: Meals a day}}
alerts: []",
};
