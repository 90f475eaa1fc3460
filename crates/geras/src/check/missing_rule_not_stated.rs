//! A score that does not say what becomes of it when an item has no answer.

use super::page::Page;
use super::sheets::{Sheets, values_read};
use crate::definition::Role;
use crate::plan::Purpose;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "missing-rule-not-stated",
    finds: "A score reads items that may stay without an answer, and neither it nor the instrument says what counts then.",
    why: "A refused question would silently count as nothing, which in most instruments means as well or as ill as can be.",
    wrong: "absent: [refused]
# missing: not written",
    right: "absent: [refused]
missing: refuse",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    if sheets.definition.missing.is_some() {
        return;
    }
    for (place, score) in sheets.definition.scores.iter().enumerate().filter(|(_, score)| score.missing.is_none()) {
        let Some(node) = sheets.plan.find(Purpose::Score(place)) else { continue };
        let mut first = None;
        values_read(&sheets.plan.node(node).expr, &mut |id| {
            let field = sheets.plan.field(id);
            if !field.absent.is_empty() && matches!(field.role, Role::Item | Role::Input) {
                first.get_or_insert(id);
            }
        });
        let Some(item) = first.and_then(|id| sheets.definition.items.get(sheets.plan.field(id).place)) else { continue };
        let message = format!("nothing says what becomes of `{}` when `{}` has no answer", score.id.value, item.id.value);
        let fault = sheets.fault(PAGE.name, score.id.span, message).also(item.id.span, "this item may stay without an answer");
        out.push(fault.help("write `missing: refuse`, `{prorate: {up_to: 1}}` or `{count_as: 0}`, here or for the whole instrument"));
    }
}
