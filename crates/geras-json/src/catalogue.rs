//! The instruments and pathways of a tree as lists: what there is, and what each licence allows. What is in one is told by `describe`.

use geras::Pathway;
use geras::definition::{Definition, Use};
use geras::site::TextsUsed;
use serde::Serialize;

use crate::describe::in_words;
use crate::{Effective, LicenceShape, Pairs};

/// An instrument of a tree.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its published issue.
    pub edition: &'a str,
    /// ISO 3166 code, or `INTL`.
    pub jurisdiction: &'a str,
    /// What it is about.
    pub domain: &'a str,
    /// When it is in force.
    pub effective: Effective,
    /// The languages that every text has.
    pub languages: Vec<&'a str>,
    /// Its name.
    pub title: Pairs<'a, &'a str>,
    /// How sure its tables are: `compared`, `two_copies`, `one_copy`, `recalled` or `computed`.
    pub provenance: &'a str,
    /// What may be done with it.
    pub licence: LicenceShape<'a>,
    /// What people see of its items: `own_words`, `source_words`, `site_words`, `numbers`, or `total` where totals are typed in.
    pub shown: &'static str,
    /// What it would be used for: `clinical`, `commercial`, `research` or `education`.
    pub used_for: &'static str,
    /// Whether its licence allows that.
    pub may_be_used: bool,
}

/// A pathway of a tree.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its published issue.
    pub edition: &'a str,
    /// ISO 3166 code, or `INTL`.
    pub jurisdiction: &'a str,
    /// When it is in force.
    pub effective: Effective,
    /// The languages that every text has.
    pub languages: Vec<&'a str>,
    /// Its name.
    pub title: Pairs<'a, &'a str>,
    /// How sure its rules are: `compared`, `two_copies`, `one_copy`, `recalled` or `computed`.
    pub provenance: &'a str,
    /// The ids of the instruments that it uses, in its order.
    pub instruments: Vec<&'a str>,
    /// The pathways that it extends, as id and edition, nearest first.
    pub extends: Vec<String>,
}

impl<'a> PathwayEntry<'a> {
    /// The entry of a pathway.
    #[must_use]
    pub fn new(pathway: &'a Pathway) -> Self {
        let head = &pathway.definition().head;
        Self {
            id: &head.id.value,
            edition: &head.edition.value,
            jurisdiction: &head.jurisdiction.value,
            effective: Effective::from(head),
            languages: head.languages.iter().map(|language| language.value.as_str()).collect(),
            title: in_words(&head.title),
            provenance: &head.provenance.status.value,
            instruments: pathway.instruments().iter().filter_map(|all| Some(all.last()?.definition().id.value.as_str())).collect(),
            extends: pathway.bases().iter().map(geras::definition::Definition::full_name).collect(),
        }
    }
}

/// Which site's texts stand over a definition.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TextsShape<'a> {
    /// Whose wording it is, and by which licence.
    pub origin: &'a str,
    /// SHA-256 of their file in hexadecimal.
    pub hash: &'a str,
    /// The languages they are in.
    pub languages: Vec<&'a str>,
}

impl<'a> ListEntry<'a> {
    /// The entry of a definition that is used for something, with or without a site's texts over it.
    #[must_use]
    pub fn new(definition: &'a Definition, used_for: Use, site_texts: bool) -> Self {
        Self {
            id: &definition.id.value,
            edition: &definition.edition.value,
            jurisdiction: &definition.jurisdiction.value,
            domain: &definition.domain.value,
            effective: Effective::from(definition),
            languages: definition.languages.iter().map(|language| language.value.as_str()).collect(),
            title: in_words(&definition.title),
            provenance: &definition.provenance.status.value,
            licence: LicenceShape::from(&definition.licence),
            shown: definition.shown(site_texts).word(),
            used_for: used_for.word(),
            may_be_used: definition.licence.allows(used_for),
        }
    }
}

impl<'a> From<&'a TextsUsed> for TextsShape<'a> {
    fn from(texts: &'a TextsUsed) -> Self {
        Self { origin: &texts.origin, hash: &texts.hash, languages: texts.languages.iter().map(String::as_str).collect() }
    }
}
