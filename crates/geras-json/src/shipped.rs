//! An entry of the list with the file behind it, as the browser gets it. Proves nothing.

use geras::Instrument;
use serde::Serialize;

use crate::ListEntry;

/// An instrument in a list that holds the texts too.
#[derive(Debug, Serialize)]
pub struct ShippedFile<'a> {
    #[serde(flatten)]
    listed: ListEntry<'a>,
    items: usize,
    hash: &'a str,
    path: &'a str,
    text: &'a str,
}

impl<'a> ShippedFile<'a> {
    /// The entry of an instrument that was read from this text.
    #[must_use]
    pub fn new(instrument: &'a Instrument, text: &'a str) -> Self {
        let definition = instrument.definition();
        let listed = ListEntry::new(definition, instrument.used_for(), instrument.texts().is_some());
        let items = definition.sections.iter().map(|section| section.items.len()).sum();
        Self { listed, items, hash: &definition.hash, path: definition.source.path(), text }
    }
}
