//! A question about all answers that could not be settled.

use super::page::Page;
use super::sheets::Sheets;
use crate::source::{Diagnostic, Span};

pub(super) const PAGE: Page = Page {
    name: "not-proved",
    finds: "There are too many combinations of answers to say for certain whether something can happen.",
    why: "Everything else is proved for every person. This one point is not, so that somebody has to look.",
    wrong: "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 9999], text: {en: Falls in the last year}}
  - {id: visits, type: integer, range: [0, 9999], text: {en: Visits in the last year}}
scores:
  total: {sum: daily, range: [0, 20]}
  strange: {formula: (falls - visits) * (falls + visits) % 9973}
  level: {lookup: {of: strange, steps: [{below: 9972.5, gives: 0}]}, range: [0, 0]}",
    right: "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 30], text: {en: Falls in the last year}}
  - {id: visits, type: integer, range: [0, 30], text: {en: Visits in the last year}}
scores:
  total: {sum: daily, range: [0, 20]}
  strange: {formula: (falls - visits) * (falls + visits) % 9973}
  level: {lookup: {of: strange, steps: [{below: 9972.5, gives: 0}]}, range: [0, 0]}",
};

pub(super) fn warning(sheets: &Sheets<'_>, span: Span, what: &str) -> Diagnostic {
    let help = "there are too many combinations to try; a simpler rule, or narrower ranges, can be proved";
    sheets.warning(PAGE.name, span, format!("it could not be decided {what}")).help(help)
}
