//! A grade of the scale that nobody gets.

use super::page::Page;
use super::sheets::Sheets;
use crate::plan::Purpose;
use crate::reach::Possible;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "grade-unreachable",
    finds: "No answer sheet leads to this grade.",
    why: "The people for whom the grade exists get another one, and with it other services.",
    wrong: "grade:
  scale: [{id: none, label: {en: None}}, {id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: coma, when: coma, set: severe}",
    right: "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: coma, when: coma, set: severe}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    let Some(grade) = &sheets.definition.grade else { return };
    let Some(node) = sheets.plan.find(Purpose::Grade) else { return };
    let Possible::Codes(reached) = sheets.of_node(node).possible else { return };
    for (place, step) in grade.scale.iter().enumerate().filter(|(place, _)| reached >> place & 1 == 0) {
        let neither = if place == 0 { "the mildest grade" } else { "the grade" };
        let fault = sheets.fault(PAGE.name, step.id.span, format!("no answers lead to {neither} `{}`", step.id.value));
        out.push(fault.help("look at the way to the preliminary grade, or take the grade off the scale"));
    }
}
