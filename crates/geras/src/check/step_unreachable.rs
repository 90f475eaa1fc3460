//! A step of a lookup to which no answers lead.

use super::coverage::neighbours;
use super::page::Page;
use super::sheets::Sheets;
use crate::definition::Form;
use crate::plan::Expr;
use crate::reach::bounds;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "step-unreachable",
    finds: "No answer sheet leads to a number in this step of a lookup.",
    why: "A step that nobody can reach is usually an edge that was mistyped: the people it was meant for get the result of a \
        neighbouring step.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  level: {lookup: {of: total, steps: [{from: 0, to: 5, gives: 0}, {from: 6, to: 9, gives: 1}, {from: 10, to: 20, gives: 2}]}, range: [0, 2]}",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  level: {lookup: {of: total, steps: [{from: 0, to: 4, gives: 0}, {from: 5, to: 9, gives: 1}, {from: 10, to: 20, gives: 2}]}, range: [0, 2]}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for rule in sheets.rules() {
        let (Form::Lookup { steps, .. }, Expr::Steps(of, _)) = (&rule.form.value, rule.expr) else { continue };
        let Some((numbers, _)) = sheets.numbers(of) else { continue };
        for step in steps {
            let (low, high) = bounds(&step.edges);
            if !numbers.intersects(low, high) {
                let message = format!("no answers lead to this step of {}", rule.whose);
                out.push(sheets.warning(PAGE.name, step.span, message).help(neighbours(&numbers, &step.edges)));
            }
        }
    }
}
