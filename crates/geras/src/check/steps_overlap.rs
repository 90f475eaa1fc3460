//! Two steps of a lookup that claim the same number.

use super::intervals::{in_words, shared};
use super::page::Page;
use crate::definition::{Definition, Form, Step};
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "steps-overlap",
    finds: "Two steps of one lookup cover the same number.",
    why: "The number would give two results at once. Which of them counts would depend on the order in which somebody typed \
        them.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  level: {lookup: {of: total, steps: [{from: 0, to: 5, gives: 0}, {from: 5, to: 20, gives: 1}]}, range: [0, 1]}",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  level: {lookup: {of: total, steps: [{from: 0, to: 5, gives: 0}, {above: 5, to: 20, gives: 1}]}, range: [0, 1]}",
};

pub(super) fn find(definition: &Definition, out: &mut Vec<Diagnostic>) {
    let forms = definition.scores.iter().map(|score| &score.form).chain(definition.grade.iter().map(|grade| &grade.preliminary));
    for form in forms {
        if let Form::Lookup { steps, .. } = &form.value {
            among(definition, steps, out);
        }
    }
}

fn among(definition: &Definition, steps: &[Step], out: &mut Vec<Diagnostic>) {
    for (place, step) in steps.iter().enumerate() {
        for first in steps.iter().take(place) {
            let Some(both) = shared(&first.edges, &step.edges) else { continue };
            let message = format!("two steps share numbers: {}", in_words(&both));
            let fault = Diagnostic::new(PAGE.name, Severity::Error, &definition.source, step.span, message);
            out.push(
                fault
                    .also(first.span, "the other step")
                    .help("move one edge, or write `below` or `above` for an edge that does not belong"),
            );
        }
    }
}
