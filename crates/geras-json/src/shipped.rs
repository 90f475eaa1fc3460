//! An entry of the lists with the file behind it, as the browser gets it. Proves nothing.

use geras::{Instrument, Pathway};
use serde::Serialize;

use crate::{ListEntry, PathwayEntry};

/// An instrument in a list that holds the texts too.
#[derive(Debug, Serialize)]
pub struct ShippedFile<'a> {
    #[serde(flatten)]
    listed: ListEntry<'a>,
    items: usize,
    hash: &'a str,
    path: &'a str,
    text: &'a str,
    /// The file of mappings beside it: how answers to other instruments serve this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    carry: Option<&'a str>,
    /// A site's files of texts that stand over it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: Vec<TextsFile<'a>>,
}

/// A site's file of texts.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TextsFile<'a> {
    /// Its path, which messages use.
    pub path: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// A pathway in the same list. It is told from an instrument by the key `instruments`.
#[derive(Debug, Serialize)]
pub struct ShippedPathway<'a> {
    #[serde(flatten)]
    listed: PathwayEntry<'a>,
    hash: &'a str,
    path: &'a str,
    text: &'a str,
}

impl<'a> ShippedPathway<'a> {
    /// The entry of a pathway that was read from this text.
    #[must_use]
    pub fn new(pathway: &'a Pathway, text: &'a str) -> Self {
        let head = &pathway.definition().head;
        Self { listed: PathwayEntry::new(pathway), hash: &head.hash, path: head.source.path(), text }
    }
}

impl<'a> ShippedFile<'a> {
    /// The entry of an instrument that was read from this text, with the text of the mappings beside it and a site's texts over it.
    #[must_use]
    pub fn new(instrument: &'a Instrument, text: &'a str, carry: Option<&'a str>, texts: Vec<TextsFile<'a>>) -> Self {
        let definition = instrument.definition();
        let listed = ListEntry::new(definition, instrument.used_for(), instrument.texts().is_some());
        let items = definition.sections.iter().map(|section| section.items.len()).sum();
        Self { listed, items, hash: &definition.hash, path: definition.source.path(), text, carry, texts }
    }
}
