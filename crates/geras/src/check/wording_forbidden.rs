//! Wording that the licence does not let us ship, or that the file says it does not hold.

use super::page::Page;
use crate::definition::{Definition, LicenceClass, Role, Texts, Wording};
use crate::source::{Diagnostic, Severity, Span};

pub(super) const PAGE: Page = Page {
    name: "wording-forbidden",
    finds: "The licence class does not let the texts of the items be shipped in this wording; or the wording is `overlay` or `none`, and an \
        item of a section has a `text` or `help`, or one of its options a `label` or `help`.",
    why: "An instrument that has to be withdrawn is of no use to anybody. Licensed wording is supplied by the site that holds \
        the licence. Titles, bands, alerts and inputs are our own words about results and facts, and may stay.",
    wrong: "licence: {class: permission_required, wording: overlay}\noption_lists:\n  help:\n    - {code: alone, points: 0}\n    - {code: helped, points: 5}\n    - {code: fed, points: 10}\n\
        sections:\n  - id: daily\n    title: {en: Daily life}\n    items:\n      - {id: eating, text: {en: Eats and drinks}, options: help}\n      - {id: walking, options: help}\n",
    right: "licence: {class: permission_required, wording: overlay}\noption_lists:\n  help:\n    - {code: alone, points: 0}\n    - {code: helped, points: 5}\n    - {code: fed, points: 10}\n\
        sections:\n  - id: daily\n    title: {en: Daily life}\n    items:\n      - {id: eating, options: help}\n      - {id: walking, options: help}\n",
};

pub(super) fn find(definition: &Definition, out: &mut Vec<Diagnostic>) {
    let (class, wording) = (&definition.licence.class, &definition.licence.wording);
    if !class.value.lets_ship(wording.value) {
        let (message, help) = match class.value {
            LicenceClass::FreeNoModification => (
                format!("the licence class `{}` allows no other words than those of the source", class.value.word()),
                "write `wording: official` beside the source's own words; or `wording: overlay` or `none`, and take the texts out",
            ),
            _ => (
                format!("the licence class `{}` does not allow texts to be shipped", class.value.word()),
                "write `wording: overlay` or `wording: none`, and take the texts out",
            ),
        };
        let fault = Diagnostic::new(PAGE.name, Severity::Error, &definition.source, wording.span, message);
        out.push(fault.also(class.span, "the licence class").help(help));
    }
    if !wording.value.is_shipped() {
        held(definition, out);
    }
}

/// The texts of a file that says it holds none.
fn held(definition: &Definition, out: &mut Vec<Diagnostic>) {
    let licence = &definition.licence;
    let may = [Wording::Own, Wording::Official].into_iter().find(|wording| licence.class.value.lets_ship(*wording));
    let help = match may {
        Some(wording) => format!("take it away; or write `wording: {}` if these words may be shipped", wording.word()),
        None => "take it away: a site that holds the licence supplies the wording in its own folder of texts".to_owned(),
    };
    let mut seen: Vec<Span> = Vec::new();
    let mut held = |texts: &Option<Texts>, what: String| {
        // An option list stands behind many items.
        if let Some(texts) = texts.as_ref().filter(|texts| !seen.contains(&texts.span)) {
            seen.push(texts.span);
            let message = format!("{what} stands here, and the file says `wording: {}`", licence.wording.value.word());
            let fault = Diagnostic::new(PAGE.name, Severity::Error, &definition.source, texts.span, message);
            out.push(fault.also(licence.wording.span, "no wording is shipped").help(help.clone()));
        }
    };
    for item in definition.items.iter().filter(|item| item.role == Role::Item) {
        held(&item.text, format!("the text of the item `{}`", item.id.value));
        held(&item.help, format!("the help of the item `{}`", item.id.value));
        for option in &item.options {
            held(&option.label, format!("the label of the option `{}`", option.code.value));
            held(&option.help, format!("the help of the option `{}`", option.code.value));
        }
    }
}
