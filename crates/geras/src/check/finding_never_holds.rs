//! A finding whose condition is never true.

use super::page::Page;
use super::sheets::Sheets;
use crate::plan::{Expr, Purpose};
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "finding-never-holds",
    finds: "No answer sheet leads to this finding.",
    why: "A finding says what a person needs, and other rules build on it. One that nobody can have hides a need, and with it the \
        advice and every rule that waits for it.",
    wrong: "findings:
  - {id: unsteady, when: falls > 20, text: {en: Falls often}, advice: {en: Look at gait and balance}}",
    right: "findings:
  - {id: unsteady, when: falls > 2, text: {en: Falls often}, advice: {en: Look at gait and balance}}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for (place, finding) in sheets.definition.findings.iter().enumerate() {
        if let Some(node) = sheets.plan.find(Purpose::Finding(place))
            && !sheets.may_hold(&Expr::Node(node))
        {
            let message = format!("nobody can have the finding `{}`: its condition is never true", finding.id.value);
            let fault = sheets.warning(PAGE.name, finding.when.span, message);
            out.push(fault.help("look at the names and numbers in the condition"));
        }
    }
}
