//! A case for which a table or matrix has no row.

use rust_decimal::Decimal;

use super::not_proved;
use super::page::Page;
use super::sheets::{Sheets, lies_in};
use super::tables::{Rows, row_word};
use super::witness::Search;
use crate::plan::{Accept, Expr, Value};
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "cases-left-open",
    finds: "Some answers lead to a case that no row of a table, and no cell of a matrix, accepts, and there is no `otherwise`.",
    why: "For a person with these answers the table gives nothing, and every score, band and grade that builds on it stays open \
        for ever.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: first
      columns: [eating, walking]
      rows:
        - {if: [fed, any], then: 2}
        - {if: [any, fed], then: 2}
        - {if: [alone, [alone, helped]], then: 0}
    range: [0, 2]",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    table:
      hit: first
      columns: [eating, walking]
      rows:
        - {if: [fed, any], then: 2}
        - {if: [any, fed], then: 2}
        - {if: [[alone, helped], [alone, helped]], then: 0}
    range: [0, 2]",
};

/// Open cases of one table that are named.
const MOST_CASES: usize = 5;

pub(super) fn find(sheets: &Sheets<'_>, tables: &[Rows<'_>], out: &mut Vec<Diagnostic>) {
    for rows in tables {
        if rows.needs_all_cases() && rows.deciding.as_ref().is_none_or(|(_, open)| *open) {
            open_cases(sheets, rows, out);
        }
    }
}

fn open_cases(sheets: &Sheets<'_>, rows: &Rows<'_>, out: &mut Vec<Diagnostic>) {
    let mut table = rows.numbered();
    let mut cases: Vec<String> = Vec::new();
    let mut first = None;
    loop {
        let open = lies_in(&Expr::Table(Box::new(table.clone())), Accept::Numbers(vec![Decimal::NEGATIVE_ONE]));
        match sheets.witness(&open) {
            Search::Found(sheet) if cases.len() < MOST_CASES => {
                let values = rows.values(sheets, &sheet);
                cases.push(rows.in_words(sheets, &values));
                first.get_or_insert_with(|| sheets.describe(&sheet));
                // The same case, and what the rows cannot tell from it, shall not be found again.
                table.rows.push((rows.like(&values), Value::Number(Decimal::NEGATIVE_ONE - Decimal::ONE)));
            }
            Search::Found(_) => {
                cases.push("...".to_owned());
                break;
            }
            Search::GaveUp if cases.is_empty() => {
                out.push(not_proved::warning(sheets, rows.span, &format!("whether {} leaves a case open", rows.whose)));
                return;
            }
            Search::GaveUp | Search::Never => break,
        }
    }
    let (Some(case), Some(sheet)) = (cases.first(), first) else { return };
    let word = row_word(rows);
    let more = if cases.len() > 1 {
        format!("; open too: {}", cases.iter().skip(1).cloned().collect::<Vec<_>>().join("; "))
    } else {
        String::new()
    };
    let remedy = if rows.is_matrix { "widen its cells" } else { "add a row, or an `otherwise`" };
    let fault = sheets.fault(PAGE.name, rows.span, format!("no {word} of {} accepts the case that {case}", rows.whose));
    out.push(fault.help(format!("{remedy}; these answers lead there: {sheet}{more}")));
}
