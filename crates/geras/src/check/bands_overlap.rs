//! Two bands of a set that claim the same number.

use super::intervals::{in_words, shared};
use super::page::Page;
use crate::definition::Definition;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "bands-overlap",
    finds: "Two bands of one set cover the same number.",
    why: "A person with that score would be in two bands at once. Which of them counts would depend on the order in which \
        somebody typed them.",
    wrong: "bands:
  total:
    - {id: mild, from: 0, to: 10, label: {en: Mild}}
    - {id: moderate, from: 10, to: 15, label: {en: Moderate}}
    - {id: severe, from: 20, to: 20, label: {en: Severe}}",
    right: "bands:
  total:
    - {id: mild, from: 0, below: 10, label: {en: Mild}}
    - {id: moderate, from: 10, to: 15, label: {en: Moderate}}
    - {id: severe, from: 20, to: 20, label: {en: Severe}}",
};

pub(super) fn find(definition: &Definition, out: &mut Vec<Diagnostic>) {
    for set in &definition.band_sets {
        for (place, band) in set.bands.iter().enumerate() {
            for first in set.bands.iter().take(place) {
                let Some(both) = shared(&first.edges, &band.edges) else { continue };
                let message = format!(
                    "the bands `{}` and `{}` of `{}` share numbers: {}",
                    first.id.value,
                    band.id.value,
                    set.id.value,
                    in_words(&both)
                );
                let fault = Diagnostic::new(PAGE.name, Severity::Error, &definition.source, band.span, message);
                out.push(
                    fault
                        .also(first.span, "the other band")
                        .help("move one edge, or write `below` or `above` for an edge that does not belong"),
                );
            }
        }
    }
}
