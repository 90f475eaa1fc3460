//! A mapping that says nothing of an option.

use super::page::Page;
use crate::carry::{CarryFile, Entry};
use crate::definition::Id;
use crate::source::{Diagnostic, Severity};

pub(crate) const PAGE: Page = Page {
    name: "carry-leaves-option",
    finds: "A mapping goes option by option, and some option of the item that answers come from stands nowhere.",
    why: "Nobody has thought about the people with this answer: whether it means the same, is near, or has to be asked again.",
    wrong: "--- # 1.carry.yaml
carry_to: home-visit@1
languages: [en]
mappings:
  - from: daily-help@1
    items:
      - {item: eating, from: eating, exact: {alone: alone, fed: unable}}",
    right: "--- # 1.carry.yaml
carry_to: home-visit@1
languages: [en]
mappings:
  - from: daily-help@1
    items:
      - item: eating
        from: eating
        exact: {alone: alone, fed: unable}
        open: [helped]
        reason: {en: There it may be any help}",
};

/// Says which options are left out, if any are.
pub(crate) fn say(file: &CarryFile, entry: &Entry, of: &Id, left: &[&str], out: &mut Vec<Diagnostic>) {
    if left.is_empty() {
        return;
    }
    let message = format!("nothing says what these options of `{}` are here: `{}`", of.value, left.join("`, `"));
    let fault = Diagnostic::new(PAGE.name, Severity::Error, &file.source, entry.span, message);
    out.push(fault.help("put each under `exact`, `approximate` or `open`"));
}
