//! What is said about a whole definition: when it is in force, where it comes from, what may be done with it, how sure it is.

use geras::definition::{Definition, Evidence, Licence, Publication, Review};
use serde::Serialize;

use super::{InWords, in_words};

/// When an edition is in force.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Effective {
    /// The first day, like 2022-12-30.
    pub from: String,
    /// The last day; null while it is in force.
    pub until: Option<String>,
}

/// The publication that a definition was built from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicationShape<'a> {
    /// Its title or number.
    pub title: &'a str,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<&'a str>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    /// When it was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Anything to know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<InWords<'a>>,
}

/// What may be done with an instrument.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LicenceShape<'a> {
    /// The licence class.
    pub class: &'static str,
    /// Whose wording the texts are.
    pub wording: &'static str,
    /// Who holds the rights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<&'a str>,
    /// The terms in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<&'a str>,
    /// Where the terms were read, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceShape<'a>>,
    /// The uses that are allowed: `clinical`, `commercial`, `research`, `education`.
    pub uses: Vec<&'static str>,
    /// Why these are others than the uses of the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses_reason: Option<InWords<'a>>,
    /// What the sources disagree about. The class is the stricter one then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<InWords<'a>>,
    /// Anything to know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<InWords<'a>>,
}

/// Where the terms of a licence were read.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EvidenceShape<'a> {
    /// The document in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    /// The day on which somebody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// How sure a table is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance<'a> {
    /// `compared`, `two_copies`, `one_copy`, `recalled` or `computed`.
    pub status: &'a str,
    /// Who compared it, what is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<InWords<'a>>,
}

impl From<&Definition> for Effective {
    fn from(definition: &Definition) -> Self {
        Self { from: definition.from.value.to_string(), until: definition.until.as_ref().map(|until| until.value.to_string()) }
    }
}

impl<'a> From<&'a Publication> for PublicationShape<'a> {
    fn from(publication: &'a Publication) -> Self {
        Self {
            title: &publication.title,
            issuer: publication.issuer.as_deref(),
            url: publication.url.as_deref(),
            date: publication.date.map(|date| date.to_string()),
            note: publication.note.as_ref().map(in_words),
        }
    }
}

impl<'a> From<&'a Licence> for LicenceShape<'a> {
    fn from(licence: &'a Licence) -> Self {
        Self {
            class: licence.class.value.word(),
            wording: licence.wording.value.word(),
            holder: licence.holder.as_deref(),
            terms: licence.terms.as_deref(),
            evidence: licence.evidence.as_ref().map(EvidenceShape::from),
            uses: licence.uses().iter().map(|one| one.word()).collect(),
            uses_reason: licence.uses.as_ref().map(|stated| in_words(&stated.reason)),
            conflict: licence.conflict.as_ref().map(in_words),
            note: licence.note.as_ref().map(in_words),
        }
    }
}

impl<'a> From<&'a Evidence> for EvidenceShape<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self { source: evidence.source.as_deref(), url: evidence.url.as_deref(), date: evidence.date.map(|date| date.to_string()) }
    }
}

impl<'a> From<&'a geras::definition::Provenance> for Provenance<'a> {
    fn from(provenance: &'a geras::definition::Provenance) -> Self {
        Self { status: &provenance.status.value, note: provenance.note.as_ref().map(in_words) }
    }
}

/// When the person has to be assessed again.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewInterval<'a> {
    /// At the latest after so many months.
    pub months: u32,
    /// What the source says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<InWords<'a>>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
    /// How sure it is, where that differs from the instrument.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance<'a>>,
}

impl<'a> From<&'a Review> for ReviewInterval<'a> {
    fn from(review: &'a Review) -> Self {
        Self {
            months: review.months,
            text: review.text.as_ref().map(in_words),
            cite: review.cite.as_deref(),
            provenance: review.provenance.as_ref().map(Provenance::from),
        }
    }
}
