//! An `otherwise` that no case needs.

use super::page::Page;
use super::sheets::Sheets;
use super::tables::Rows;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "otherwise-unreachable",
    finds: "The rows of a table already accept every case that can occur, so that its `otherwise` never counts.",
    why: "An `otherwise` that is never used hides the day on which a changed row leaves people out: they would get its result in \
        silence.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: first
      columns: [eating, walking]
      rows:
        - {if: [fed, any], then: 2}
        - {if: [[alone, helped], any], then: 0}
      otherwise: 1
    range: [0, 2]",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: first
      columns: [eating, walking]
      rows:
        - {if: [fed, any], then: 2}
        - {if: [[alone, helped], any], then: 0}
    range: [0, 2]",
};

pub(super) fn find(sheets: &Sheets<'_>, tables: &[Rows<'_>], out: &mut Vec<Diagnostic>) {
    for rows in tables {
        if let (Some(place), Some((_, false))) = (rows.otherwise, &rows.deciding) {
            let fault =
                sheets.warning(PAGE.name, place, format!("the rows of {} accept every case, and this result never counts", rows.whose));
            out.push(fault.help("take `otherwise` away; then a gap that a later change leaves is found"));
        }
    }
}
