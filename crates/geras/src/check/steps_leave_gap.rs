//! Numbers that people can reach and that no step of a lookup covers.

use super::coverage::{Uncovered, uncovered};
use super::not_proved;
use super::page::Page;
use super::sheets::Sheets;
use crate::definition::{Edges, Form};
use crate::plan::Expr;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "steps-leave-gap",
    finds: "Some answers lead to a number for which a lookup has no step.",
    why: "For a person with these answers the lookup gives nothing, and every score, band and grade that builds on it stays open \
        for ever.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  level: {lookup: {of: total, steps: [{from: 0, to: 5, gives: 0}, {from: 15, to: 20, gives: 1}]}, range: [0, 1]}",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  level: {lookup: {of: total, steps: [{from: 0, to: 5, gives: 0}, {from: 10, to: 20, gives: 1}]}, range: [0, 1]}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for rule in sheets.rules() {
        let (Form::Lookup { of: text, steps }, Expr::Steps(of, _)) = (&rule.form.value, rule.expr) else { continue };
        let edges: Vec<Edges> = steps.iter().map(|step| step.edges).collect();
        for missed in uncovered(sheets, of, &edges) {
            let what = crate::definition::shortened(text.scalar.text.trim());
            out.push(match missed {
                Uncovered::Reached { numbers, by } => {
                    let fault =
                        sheets.fault(PAGE.name, text.span, format!("`{what}` can be {numbers}, and no step of {} covers that", rule.whose));
                    let example = by.map_or_else(String::new, |by| format!("; these answers lead there: {by}"));
                    fault.help(format!("let a step cover it{example}"))
                }
                Uncovered::Undecided(numbers) => not_proved::warning(
                    sheets,
                    text.span,
                    &format!("whether `{what}` can be what no step of {} covers, {numbers}", rule.whose),
                ),
            });
        }
    }
}
