//! A text that lacks a claimed language, or has one that is not claimed.

use super::page::Page;
use crate::definition::{Definition, Id, Item, PathwayDefinition, Role, Texts};
use crate::source::{Diagnostic, Severity, Source, Span};

pub(super) const PAGE: Page = Page {
    name: "text-missing",
    finds: "A text is not there in every language that the instrument claims, is there in another one, or the text of an item or a \
        label is not there at all.",
    why: "An assessor at the bedside reads one language. A question or result that shows up in another one, or only as a code, \
        is misread.",
    wrong: "title: {de: Hilfe im Alltag}",
    right: "title: {en: Help in daily life}",
};

pub(super) fn find(definition: &Definition, out: &mut Vec<Diagnostic>) {
    let mut walk = Walk { definition, out, seen: Vec::new() };
    walk.text(&definition.title);
    walk.all([&definition.description, &definition.publication.note, &definition.provenance.note]);
    let licence = &definition.licence;
    walk.all([&licence.note, &licence.conflict, &licence.uses.as_ref().map(|stated| stated.reason.clone())]);
    definition.settings.iter().for_each(|setting| walk.item(setting));
    for section in &definition.sections {
        walk.text(&section.title);
    }
    definition.items.iter().for_each(|item| walk.item(item));
    walk.scores_and_bands();
    walk.grade();
    walk.all([&definition.not_graded]);
    if let Some(review) = &definition.review {
        walk.all([&review.text, &review.provenance.as_ref().and_then(|stated| stated.note.clone())]);
    }
    for finding in &definition.findings {
        walk.text(&finding.text);
        walk.all([&finding.advice]);
    }
    for alert in &definition.alerts {
        walk.text(&alert.text);
    }
}

/// The texts that a pathway's own file adds; those of a pathway it extends were looked at there.
pub(super) fn find_in_pathway(pathway: &PathwayDefinition, out: &mut Vec<Diagnostic>) {
    let head = &pathway.head;
    let mut walk = Walk { definition: head, out, seen: Vec::new() };
    walk.text(&head.title);
    walk.all([&head.description, &head.publication.note, &head.licence.note, &head.provenance.note]);
    let own = |source: &Source| source == &head.source;
    for (item, _) in head.items.iter().zip(&pathway.input_sources).filter(|(_, source)| own(source)) {
        walk.item(item);
    }
    for assessment in pathway.assessments.iter().filter(|assessment| own(&assessment.source)) {
        walk.all([&assessment.reason]);
    }
    for (setting, kind) in pathway.kinds().filter(|(_, kind)| own(&kind.source)) {
        walk.text(&setting.label);
        walk.text(&kind.label);
    }
    for clause in pathway.clauses.iter().filter(|clause| own(&clause.source)) {
        walk.text(&clause.text);
        walk.all([&clause.advice]);
        if let Some(way) = clause.way() {
            way.alternatives.iter().map(|other| &other.takes).chain(&way.weigh).for_each(|text| walk.text(text));
        }
    }
}

struct Walk<'d, 'o> {
    definition: &'d Definition,
    out: &'o mut Vec<Diagnostic>,
    /// Places that were looked at: an option list stands behind many items.
    seen: Vec<Span>,
}

impl Walk<'_, '_> {
    fn fault(&mut self, span: Span, message: String, help: String) {
        if !self.seen.contains(&span) {
            self.seen.push(span);
            self.out.push(Diagnostic::new(PAGE.name, Severity::Error, &self.definition.source, span, message).help(help));
        }
    }

    fn all<'t>(&mut self, texts: impl IntoIterator<Item = &'t Option<Texts>>) {
        texts.into_iter().flatten().for_each(|text| self.text(text));
    }

    fn text(&mut self, text: &Texts) {
        let claimed = &self.definition.languages;
        let missing: Vec<&str> =
            claimed.iter().map(|tag| tag.value.as_str()).filter(|tag| text.exact(tag).is_none_or(str::is_empty)).collect();
        let extra = text.languages.iter().find(|(tag, _)| !claimed.iter().any(|claim| claim.value == tag.value));
        if !missing.is_empty() {
            let missing = missing.join("`, `");
            let help = "add the translation, or take the language out of `languages` and out of every text";
            self.fault(text.span, format!("this text is missing in `{missing}`"), help.to_owned());
        }
        if let Some((tag, _)) = extra {
            let help = format!("add `{}` to `languages` and to every text, or take it away here", tag.value);
            self.fault(tag.span, format!("this text has the language `{}`, which the instrument does not claim", tag.value), help);
        }
    }

    /// A label that has to be there, unless the wording is supplied elsewhere.
    fn label(&mut self, what: &str, id: &Id, label: &Option<Texts>, needed: bool) {
        match label {
            Some(label) => self.text(label),
            None if !needed => {}
            None => {
                let help = "add `label: {...}` in every language of the instrument".to_owned();
                self.fault(id.span, format!("the {what} `{}` has no label, and assessors would see its code", id.value), help);
            }
        }
    }

    /// Whether the file holds the instrument's wording. Facts about the person and settings are always in our own words.
    fn worded(&self, role: Role) -> bool {
        role != Role::Item || self.definition.licence.wording.value.is_shipped()
    }

    fn item(&mut self, item: &Item) {
        self.all([&item.heading, &item.text, &item.help, &item.note]);
        let worded = self.worded(item.role);
        if item.text.is_none() && item.role != Role::Entered && worded {
            let what = match item.role {
                Role::Input => "input",
                Role::Setting => "setting",
                _ => "item",
            };
            let help = "add `text: {...}` in every language of the instrument".to_owned();
            self.fault(item.id.span, format!("the {what} `{}` has no text, and assessors would see its id", item.id.value), help);
        }
        for option in &item.options {
            self.all([&option.help]);
            self.label("option", &option.code, &option.label, worded);
        }
    }

    fn scores_and_bands(&mut self) {
        let (definition, worded) = (self.definition, self.worded(Role::Item));
        let note = |provenance: &Option<crate::definition::Provenance>| provenance.as_ref().and_then(|stated| stated.note.clone());
        for score in &definition.scores {
            self.all([&score.title, &score.note, &note(&score.provenance)]);
            self.rows(&score.form.value);
        }
        for set in &definition.band_sets {
            self.all([&set.title, &note(&set.provenance)]);
            for band in &set.bands {
                self.label("band", &band.id, &band.label, worded);
            }
        }
    }

    fn rows(&mut self, form: &crate::definition::Form) {
        if let crate::definition::Form::Table(table) = form {
            self.all(table.rows.iter().map(|row| &row.note));
        }
    }

    fn grade(&mut self) {
        let Some(grade) = &self.definition.grade else { return };
        let worded = self.worded(Role::Item);
        self.all([&grade.title, &grade.note, &grade.provenance.as_ref().and_then(|stated| stated.note.clone())]);
        self.rows(&grade.preliminary.value);
        for step in &grade.scale {
            self.label("grade", &step.id, &step.label, worded);
        }
        for adjustment in &grade.adjustments {
            self.all([&adjustment.reason]);
        }
    }
}
