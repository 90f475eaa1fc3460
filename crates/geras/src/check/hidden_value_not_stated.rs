//! An item that can be hidden, is used, and does not say what it then counts as.

use super::page::Page;
use super::sheets::{Sheets, values_read};
use crate::plan::FieldId;
use crate::sorted::SortedMap;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "hidden-value-not-stated",
    finds: "A score or expression uses an item that is only shown under a condition, and the item has no `otherwise`.",
    why: "When the item is hidden, the person would get no result at all, or one that nobody has thought about.",
    wrong: r#"inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}, when: "!coma"}"#,
    right: r#"inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}, when: "!coma", otherwise: 0}"#,
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    let mut used: SortedMap<FieldId, String> = SortedMap::new();
    for node in sheets.plan.nodes() {
        values_read(&node.expr, &mut |id| {
            if !used.contains(&id) {
                used.insert(id, node.id.clone());
            }
        });
    }
    for (id, by) in used.into_entries() {
        let field = sheets.plan.field(id);
        let Some(item) = sheets.definition.items.get(field.place).filter(|_| field.shown.is_some()) else { continue };
        if item.otherwise.is_none() {
            let message = format!("`{}` can be hidden, `{by}` uses it, and nothing says what it then counts as", item.id.value);
            let mut fault = sheets.fault(PAGE.name, item.id.span, message);
            if let Some(when) = item.when.first() {
                fault = fault.also(when.span, "hidden unless this holds");
            }
            out.push(fault.help("add `otherwise:` with an answer, or `otherwise: left_out` where a sum shall leave it out"));
        }
    }
}
