//! A score or grade that worse answers make milder, although its author says that they never do.

use super::page::Page;
use super::sheets::Sheets;
use super::worse_answers::Claimed;
use crate::assess::not_decided_words;
use crate::definition::WorseAnswers;
use crate::prove::{Milder, Ordered};
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "worse-is-milder",
    finds: "Two answer sheets differ in one answer, and the sheet with the worse answer gets the milder result, which the definition rules out.",
    why: "Somebody who can do less would get less help than before, for that reason alone.",
    wrong: "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: weak, when: 'eating == \"helped\"', set: severe}
  monotone: {worse_answers: never_milder}",
    right: "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: weak, when: 'eating in [\"helped\", \"fed\"]', set: severe}
  monotone: {worse_answers: never_milder}",
};

pub(super) fn find(sheets: &Sheets<'_>, claimed: &[Claimed<'_>], out: &mut Vec<Diagnostic>) {
    for claimed in claimed {
        let span = claimed.claim.worse_answers.span;
        match &claimed.monotony.outcome {
            Ordered::NotDecided(reason) => {
                let what = format!("whether worse answers ever give a milder {}: {}", claimed.what, not_decided_words(reason, "en"));
                out.push(super::not_proved::warning(sheets, span, &what));
            }
            Ordered::SometimesMilder(all) if claimed.claim.worse_answers.value == WorseAnswers::NeverMilder => {
                let broken = all.iter().filter(|milder| !claimed.considered.except.contains(&milder.field));
                out.extend(broken.map(|milder| told(sheets, claimed, milder)));
            }
            _ => {}
        }
    }
}

fn told(sheets: &Sheets<'_>, claimed: &Claimed<'_>, milder: &Milder) -> Diagnostic {
    let field = sheets.plan.field(milder.field);
    let (better, worse) = (sheets.plan.answer_text(field, milder.better), sheets.plan.answer_text(field, milder.worse));
    let value = |value| sheets.plan.value_text(claimed.node, value);
    let mut around = milder.other.clone();
    if let Some(slot) = around.get_mut(milder.field.place()) {
        *slot = crate::plan::State::Blank;
    }
    let message = format!(
        "a worse answer gives a milder {}: with `{}: {worse}` it is `{}`, with `{}: {better}` `{}`; around it stands {}",
        claimed.what,
        field.id,
        value(milder.after),
        field.id,
        value(milder.before),
        sheets.describe(&around)
    );
    let help = "change the rule; or except the item with its reason; or say `sometimes_milder`, with the clause that wants it so";
    sheets.fault(PAGE.name, claimed.claim.worse_answers.span, message).help(help)
}
