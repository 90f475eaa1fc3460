//! A score of which nobody says whether more is better or worse.

use super::page::Page;
use crate::definition::Definition;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "direction-not-stated",
    finds: "Neither a score nor the instrument says whether a higher number means more ability or more impairment.",
    why: "Read the wrong way round, the most able person looks like the one in greatest need. It is never guessed.",
    wrong: "# direction: not written",
    right: "direction: higher_is_worse",
};

pub(super) fn find(definition: &Definition, out: &mut Vec<Diagnostic>) {
    if definition.direction.is_some() {
        return;
    }
    for score in definition.scores.iter().filter(|score| score.direction.is_none()) {
        let message = format!("nothing says whether more points of `{}` are better or worse", score.id.value);
        let fault = Diagnostic::new(PAGE.name, Severity::Error, &definition.source, score.id.span, message);
        out.push(fault.help("write `direction: higher_is_better` or `direction: higher_is_worse`, here or for the whole instrument"));
    }
}
