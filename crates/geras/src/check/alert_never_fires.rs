//! An alert whose condition is never true.

use super::page::Page;
use super::sheets::Sheets;
use crate::plan::{Expr, Purpose};
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "alert-never-fires",
    finds: "No answer sheet makes this alert speak.",
    why: "An alert is there for what must not wait, such as suicidal thoughts. One that never speaks is worse than none, because \
        people rely on it.",
    wrong: "alerts:
  - {id: falls_often, when: falls > 20, text: {en: Falls often}, urgency: soon}",
    right: "alerts:
  - {id: falls_often, when: falls > 2, text: {en: Falls often}, urgency: soon}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for (place, alert) in sheets.definition.alerts.iter().enumerate() {
        if let Some(node) = sheets.plan.find(Purpose::Alert(place))
            && !sheets.may_hold(&Expr::Node(node))
        {
            let fault = sheets.warning(
                PAGE.name,
                alert.when.span,
                format!("the alert `{}` never speaks: its condition is never true", alert.id.value),
            );
            out.push(fault.help("look at the names and numbers in the condition"));
        }
    }
}
