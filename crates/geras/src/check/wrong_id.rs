//! An id that cannot be one.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "wrong-id",
    finds: "An id has capitals, spaces or other signs, or is a word of the expression language.",
    why: "Ids stand in answers, results and expressions for many years, and in all systems that exchange them. Only plain ones \
        survive that.",
    wrong: "inputs:
  - {id: Coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}}
grade:",
    right: "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}}",
};
