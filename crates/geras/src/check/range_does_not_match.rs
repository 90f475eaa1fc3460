//! A declared range that differs from what the answers can reach.

use rust_decimal::Decimal;

use super::coverage::plain;
use super::not_proved;
use super::page::Page;
use super::sheets::{Sheets, lies_in};
use super::witness::Search;
use crate::definition::{Edges, Form, Score};
use crate::plan::{Accept, Expr, NodeId, Purpose};
use crate::reach::Possible;
use crate::source::{Diagnostic, Spanned};

pub(super) const PAGE: Page = Page {
    name: "range-does-not-match",
    finds: "The range that a score declares is not the one that its items can reach.",
    why: "The range is what the source prints. Where it differs, an item or a point value was lost or mistyped, and everybody is \
        scored wrongly.",
    wrong: "scores:
  total: {sum: daily, range: [0, 25]}",
    right: "scores:
  total: {sum: daily, range: [0, 20]}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for (place, score) in sheets.definition.scores.iter().enumerate() {
        let bound_only = matches!(score.form.value, Form::Entered { .. } | Form::Script { .. });
        if let (Some(range), Some(node), false) = (&score.range, sheets.plan.find(Purpose::Score(place)), bound_only) {
            compare(sheets, score, range, node, out);
        }
    }
}

fn compare(sheets: &Sheets<'_>, score: &Score, range: &Spanned<(Decimal, Decimal)>, node: NodeId, out: &mut Vec<Diagnostic>) {
    // Computed afresh: what was found for the node may have been bounded by this very range.
    let expr = &sheets.plan.node(node).expr;
    let found = if sheets.of_node(node).exact { sheets.of_node(node) } else { sheets.possible(expr) };
    let Possible::Numbers(numbers) = &found.possible else { return };
    let (Some(least), Some(most)) = (numbers.min(), numbers.max()) else { return };
    let ((low, high), id) = (range.value, &score.id.value);
    let fault = |message: String| sheets.fault(PAGE.name, range.span, message);
    if found.exact {
        if (least, most) != (low, high) {
            let message = format!("`{id}` reaches from {least} to {most}, but its range is declared as {low} to {high}");
            out.push(fault(message).help(format!("if the items are right, write `range: [{least}, {most}]`")));
        }
        return;
    }
    if least > low || most < high {
        let message = match (least > low, most < high) {
            (true, true) => format!("`{id}` stays between {least} and {most}, but its range is declared as {low} to {high}"),
            (true, false) => format!("`{id}` is never below {least}, but its range is declared to begin at {low}"),
            _ => format!("`{id}` is never above {most}, but its range is declared to end at {high}"),
        };
        out.push(fault(message).help("look for an item, a point value or a cap that was lost"));
    }
    let below = Edges { low: None, high: Some((low, false)) };
    let above = Edges { low: Some((high, false)), high: None };
    for (beyond, outside) in [(least < low, below), (most > high, above)] {
        if !beyond {
            continue;
        }
        match sheets.witness(&lies_in(&Expr::Node(node), Accept::Within(outside))) {
            Search::Found(sheet) => {
                let number = plain(sheets.value_on(&sheet, &Expr::Node(node)));
                let message = format!("`{id}` can be {number}, outside its declared range from {low} to {high}");
                out.push(fault(message).help(format!("these answers lead there: {}", sheets.describe(&sheet))));
            }
            Search::GaveUp => out.push(not_proved::warning(sheets, range.span, &format!("whether `{id}` can leave its declared range"))),
            Search::Never => {}
        }
    }
}
