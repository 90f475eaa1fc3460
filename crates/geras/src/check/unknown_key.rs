//! A key that means nothing here.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "unknown-key",
    finds: "A key is misspelt, or stands where it has no meaning.",
    why: "A misspelt key is a rule that is not applied: the clause that was to raise a grade would simply not be there.",
    wrong: "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, typ: integer, type: integer, range: [0, 20], text: {en: Falls in the last year}}",
    right: "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}}",
};
