//! Two rows of a `unique` table that accept the same case.

use rust_decimal::Decimal;

use super::not_proved;
use super::page::Page;
use super::sheets::{Sheets, lies_in};
use super::tables::{Rows, row_word};
use super::witness::Search;
use crate::definition::{Aggregate, Edges, Hit};
use crate::plan::{Accept, Expr, Value};
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "rows-overlap",
    finds: "A table promises that only one row accepts each case (`hit: unique`), and two rows accept the same one.",
    why: "For a person with these answers the table gives two results. Whoever printed it meant only one of them.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: unique
      columns: [eating, walking]
      rows:
        - {if: [fed, any], then: 2}
        - {if: [any, fed], then: 2}
        - {if: [[alone, helped], [alone, helped]], then: 0}
    range: [0, 2]",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: unique
      columns: [eating, walking]
      rows:
        - {if: [fed, any], then: 2}
        - {if: [[alone, helped], fed], then: 2}
        - {if: [[alone, helped], [alone, helped]], then: 0}
    range: [0, 2]",
};

pub(super) fn find(sheets: &Sheets<'_>, tables: &[Rows<'_>], out: &mut Vec<Diagnostic>) {
    for rows in tables {
        if rows.table.hit == Hit::Unique && sheets.may_hold(&two_match(rows)) {
            pairs(sheets, rows, out);
        }
    }
}

/// The condition that at least two rows accept the case.
fn two_match(rows: &Rows<'_>) -> Expr {
    let mut count = rows.table.clone();
    count.hit = Hit::Collect;
    count.aggregate = Some(Aggregate::Count);
    for (_, then) in &mut count.rows {
        *then = Value::Number(Decimal::ONE);
    }
    lies_in(&Expr::Table(Box::new(count)), Accept::Within(Edges { low: Some((Decimal::TWO, true)), high: None }))
}

fn pairs(sheets: &Sheets<'_>, rows: &Rows<'_>, out: &mut Vec<Diagnostic>) {
    let word = row_word(rows);
    for (second, place) in rows.places.iter().enumerate() {
        for (first, other) in rows.places.iter().enumerate().take(second) {
            let both = Expr::And(vec![rows.accepts(first), rows.accepts(second)]);
            if !sheets.may_hold(&both) {
                continue;
            }
            match sheets.witness(&both) {
                Search::Found(sheet) => {
                    let case = rows.in_words(sheets, &rows.values(sheets, &sheet));
                    let fault = sheets.fault(PAGE.name, *place, format!("two {word}s of {} accept the same case: {case}", rows.whose));
                    let fault = fault.also(*other, format!("the other {word}"));
                    out.push(fault.help("narrow one of them, or write `hit: first` if the upper one is meant to win"));
                }
                Search::GaveUp => {
                    let what = format!("whether two {word}s of {} can accept the same case", rows.whose);
                    out.push(not_proved::warning(sheets, *place, &what));
                }
                Search::Never => {}
            }
        }
    }
}
