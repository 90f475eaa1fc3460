//! Wording that the licence does not let us ship.

use super::page::Page;
use crate::definition::Definition;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "wording-forbidden",
    finds: "The licence needs a permission or a contract, and the definition says that its texts are shipped all the same.",
    why: "An instrument that has to be withdrawn is of no use to anybody. Licensed wording is supplied by the site that holds \
        the licence.",
    wrong: "licence: {class: permission_required, wording: official}",
    right: "licence: {class: permission_required, wording: overlay}",
};

pub(super) fn find(definition: &Definition, out: &mut Vec<Diagnostic>) {
    let licence = &definition.licence;
    let closed = matches!(licence.class.value.as_str(), "permission_required" | "commercial");
    if closed && matches!(licence.wording.value.as_str(), "official" | "own") {
        let message = format!("the licence class `{}` does not allow texts to be shipped", licence.class.value);
        let fault = Diagnostic::new(PAGE.name, Severity::Error, &definition.source, licence.wording.span, message);
        out.push(
            fault.also(licence.class.span, "the licence class").help("write `wording: overlay` or `wording: none`, and take the texts out"),
        );
    }
}
