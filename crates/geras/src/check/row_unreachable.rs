//! A table row that never decides.

use super::page::Page;
use super::sheets::Sheets;
use super::tables::{Rows, row_word};
use crate::definition::Hit;
use crate::plan::Expr;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "row-unreachable",
    finds: "A row of a table is never the one that counts: rows above it accept all its cases, or its cases cannot occur. Of a \
        matrix, whose source prints every cell, only a whole row or column of such cells is told.",
    why: "The row was written for somebody. These people now get the result of another row.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: first
      columns: [eating, walking]
      rows:
        - {if: [any, fed], then: 2}
        - {if: [fed, any], then: 2}
        - {if: [fed, fed], then: 3}
        - {if: [any, any], then: 0}
    range: [0, 2]",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: first
      columns: [eating, walking]
      rows:
        - {if: [fed, fed], then: 3}
        - {if: [any, fed], then: 2}
        - {if: [fed, any], then: 2}
        - {if: [any, any], then: 0}
    range: [0, 3]",
};

pub(super) fn find(sheets: &Sheets<'_>, tables: &[Rows<'_>], out: &mut Vec<Diagnostic>) {
    for rows in tables {
        let Some((deciding, _)) = &rows.deciding else { continue };
        for (row, (decides, place)) in deciding.iter().zip(&rows.places).enumerate() {
            if !decides && (!rows.is_matrix || rows.whole_line_is_dead(deciding, row)) {
                out.push(unreachable(sheets, rows, row, *place));
            }
        }
    }
}

fn unreachable(sheets: &Sheets<'_>, rows: &Rows<'_>, row: usize, place: crate::source::Span) -> Diagnostic {
    let word = row_word(rows);
    let fault = |message: String| sheets.warning(PAGE.name, place, message);
    let accepts = rows.accepts(row);
    if !sheets.may_hold(&accepts) {
        let fault = fault(format!("the case of this {word} of {} cannot occur", rows.whose));
        return fault.help(if rows.is_matrix {
            "look at the cells of its row and column"
        } else {
            "look at its cells, or take the row away"
        });
    }
    let fault = fault(format!("this {word} of {} never decides, because others accept all its cases first", rows.whose));
    let shadowing = rows.places.iter().enumerate().take(row).find(|(above, _)| {
        let escapes = Expr::And(vec![accepts.clone(), Expr::Not(Box::new(rows.accepts(*above)))]);
        rows.table.hit != Hit::Collect && !sheets.may_hold(&escapes)
    });
    let fault = match shadowing {
        Some((_, above)) => fault.also(*above, format!("this {word} accepts all its cases")),
        None => fault,
    };
    fault.help("move it up, narrow what stands above it, or take it away")
}
