//! Scores that people can reach and that lie in no band.

use super::coverage::{Uncovered, uncovered};
use super::not_proved;
use super::page::Page;
use super::sheets::Sheets;
use crate::definition::Edges;
use crate::plan::{Expr, Purpose};
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "bands-leave-gap",
    finds: "Some answers lead to a score that lies in none of its bands.",
    why: "A person with these answers would leave without a band, and with it perhaps without a grade or a service.",
    wrong: "bands:
  total:
    - {id: mild, from: 0, to: 5, label: {en: Mild}}
    - {id: moderate, from: 15, to: 15, label: {en: Moderate}}
    - {id: severe, from: 20, to: 20, label: {en: Severe}}",
    right: "bands:
  total:
    - {id: mild, from: 0, to: 5, label: {en: Mild}}
    - {id: moderate, from: 10, to: 15, label: {en: Moderate}}
    - {id: severe, from: 20, to: 20, label: {en: Severe}}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for (place, set) in sheets.definition.band_sets.iter().enumerate() {
        let Some(node) = sheets.plan.find(Purpose::Band(place)) else { continue };
        let Expr::Steps(of, _) = &sheets.plan.node(node).expr else { continue };
        let edges: Vec<Edges> = set.bands.iter().map(|band| band.edges).collect();
        for missed in uncovered(sheets, of, &edges) {
            out.push(match missed {
                Uncovered::Reached { numbers, by } => {
                    let fault = sheets.fault(PAGE.name, set.id.span, format!("`{}` can be {numbers}, which lies in no band", set.of.value));
                    let example = by.map_or_else(String::new, |by| format!("; these answers lead there: {by}"));
                    fault.help(format!("let a band cover it{example}"))
                }
                Uncovered::Undecided(numbers) => {
                    not_proved::warning(sheets, set.id.span, &format!("whether `{}` can lie in no band, {numbers}", set.of.value))
                }
            });
        }
    }
}
