//! A band into which no answers lead.

use super::coverage::neighbours;
use super::page::Page;
use super::sheets::Sheets;
use crate::plan::{Expr, Purpose};
use crate::reach::bounds;
use crate::source::Diagnostic;

pub(super) const PAGE: Page = Page {
    name: "band-unreachable",
    finds: "No answer sheet leads to a score in this band.",
    why: "A band that nobody can be in is usually a cut-point that was mistyped: the people it was meant for are in a \
        neighbouring band.",
    wrong: "bands:
  total:
    - {id: mild, from: 0, to: 5, label: {en: Mild}}
    - {id: watch, from: 6, to: 9, label: {en: To be watched}}
    - {id: moderate, from: 10, to: 15, label: {en: Moderate}}
    - {id: severe, from: 20, to: 20, label: {en: Severe}}
grade:
  scale: [{id: low, label: {en: Low}}, {id: high, label: {en: High}}]
  preliminary: {lookup: {of: total, steps: [{from: 0, to: 5, gives: low}, {from: 10, to: 20, gives: high}]}}",
    right: "bands:
  total:
    - {id: mild, from: 0, to: 4, label: {en: Mild}}
    - {id: watch, from: 5, to: 9, label: {en: To be watched}}
    - {id: moderate, from: 10, to: 15, label: {en: Moderate}}
    - {id: severe, from: 20, to: 20, label: {en: Severe}}
grade:
  scale: [{id: low, label: {en: Low}}, {id: high, label: {en: High}}]
  preliminary: {lookup: {of: total, steps: [{from: 0, to: 5, gives: low}, {from: 10, to: 20, gives: high}]}}",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for (place, set) in sheets.definition.band_sets.iter().enumerate() {
        let Some(node) = sheets.plan.find(Purpose::Band(place)) else { continue };
        let Expr::Steps(of, _) = &sheets.plan.node(node).expr else { continue };
        let Some((numbers, _)) = sheets.numbers(of) else { continue };
        for band in &set.bands {
            let (low, high) = bounds(&band.edges);
            if !numbers.intersects(low, high) {
                let message = format!("no answers lead to the band `{}` of `{}`", band.id.value, set.id.value);
                out.push(sheets.warning(PAGE.name, band.span, message).help(neighbours(&numbers, &band.edges)));
            }
        }
    }
}
