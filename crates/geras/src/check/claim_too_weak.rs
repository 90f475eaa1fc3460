//! An exception, or a claim that worse is sometimes milder, that no answer sheet needs.

use super::page::Page;
use super::sheets::Sheets;
use super::worse_answers::Claimed;
use crate::definition::WorseAnswers;
use crate::prove::Ordered;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "claim-too-weak",
    finds: "The definition says that worse answers sometimes give a milder result, or excepts an item from the rule that they never do, but they never do.",
    why: "Readers think that the rules treat some people oddly. And a later change that really does so would not be noticed.",
    wrong: "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  monotone: {worse_answers: sometimes_milder, reason: {en: The table is said to have such places}}",
    right: "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  monotone: {worse_answers: never_milder}",
};

pub(super) fn find(sheets: &Sheets<'_>, claimed: &[Claimed<'_>], out: &mut Vec<Diagnostic>) {
    for claimed in claimed {
        let refuted: Vec<_> = match &claimed.monotony.outcome {
            Ordered::NotDecided(_) => continue,
            Ordered::NeverMilder => Vec::new(),
            Ordered::SometimesMilder(all) => all.iter().map(|milder| milder.field).collect(),
        };
        let claim = claimed.claim;
        if claim.worse_answers.value == WorseAnswers::SometimesMilder && refuted.is_empty() {
            let message = format!("worse answers never give a milder {}", claimed.what);
            out.push(sheets.warning(PAGE.name, claim.worse_answers.span, message).help("say `worse_answers: never_milder`"));
        }
        for exception in &claim.except {
            let needed = sheets.plan.field_id(&exception.item.value).is_some_and(|field| refuted.contains(&field));
            let section = sheets.definition.sections.iter().find(|section| section.id.value == exception.item.value);
            let within = section.is_some_and(|section| {
                let items = sheets.definition.items.get(section.items.clone()).unwrap_or_default();
                items.iter().filter_map(|item| sheets.plan.field_id(&item.id.value)).any(|field| refuted.contains(&field))
            });
            if !needed && !within {
                let message = format!("worse answers to `{}` never give a milder {}", exception.item.value, claimed.what);
                out.push(sheets.warning(PAGE.name, exception.item.span, message).help("take the exception away"));
            }
        }
    }
}
