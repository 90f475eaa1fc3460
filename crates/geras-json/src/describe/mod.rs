//! An instrument as data for forms, programs and analysts: what is asked, which scores, bands and grades follow. The rules themselves stay in the YAML.

mod item;
mod meta;
mod score;

use geras::Instrument;
use geras::definition::{Definition, Role, Texts};
use serde::Serialize;

pub use item::{AnswerOption, ItemShape, LiteralValue, TruthPoints};
pub use meta::{Effective, EvidenceShape, LicenceShape, Provenance, PublicationShape, ReviewInterval};
pub use score::{AdjustmentShape, AlertShape, BandSetShape, BandShape, FindingShape, GradeShape, MissingShape, ProrateShape, ScoreShape};

use crate::{Pairs, TextsShape};

/// A text in its languages.
pub(crate) type InWords<'a> = Pairs<'a, &'a str>;

/// An instrument.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Description<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its published issue.
    pub edition: &'a str,
    /// ISO 3166 code, or `INTL`.
    pub jurisdiction: &'a str,
    /// What it is about.
    pub domain: &'a str,
    /// LOINC code of the whole, a panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loinc: Option<&'a str>,
    /// When it is in force.
    pub effective: Effective,
    /// The languages that every text has.
    pub languages: Vec<&'a str>,
    /// Its name.
    pub title: InWords<'a>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<InWords<'a>>,
    /// The publication it was built from.
    pub source: PublicationShape<'a>,
    /// What may be done with it.
    pub licence: LicenceShape<'a>,
    /// How sure its tables are.
    pub provenance: Provenance<'a>,
    /// SHA-256 of its text in hexadecimal.
    pub hash: &'a str,
    /// The site's texts that stand over it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<TextsShape<'a>>,
    /// What people see of its items: `own_words`, `source_words`, `site_words`, `numbers`, or `total` where totals are typed in.
    pub shown: &'static str,
    /// What it is used for: `clinical`, `commercial`, `research` or `education`.
    pub used_for: &'static str,
    /// Whether its licence allows that; where it does not, every sheet is refused.
    pub may_be_used: bool,
    /// Named switches with their defaults.
    pub settings: Vec<ItemShape<'a>>,
    /// Groups of items as printed.
    pub sections: Vec<SectionShape<'a>>,
    /// The items in the printed order.
    pub items: Vec<ItemShape<'a>>,
    /// Facts about the person that are asked beside the items, and scores that are typed in.
    pub inputs: Vec<ItemShape<'a>>,
    /// The scores in the order of the definition.
    pub scores: Vec<ScoreShape<'a>>,
    /// Band sets by id: that of the score, or their own.
    pub bands: Pairs<'a, BandSetShape<'a>>,
    /// The grade; null where the instrument has none.
    pub grade: Option<GradeShape<'a>>,
    /// When to look again; left out where the instrument states no interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewInterval<'a>>,
    /// Why no grade can be given; left out where the instrument does not say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_graded: Option<InWords<'a>>,
    /// What may be found.
    pub findings: Vec<FindingShape<'a>>,
    /// What calls for attention.
    pub alerts: Vec<AlertShape<'a>>,
}

/// A group of items as printed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SectionShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// The source's own number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a str>,
    /// Its heading.
    pub title: InWords<'a>,
    /// The ids of its items.
    pub items: Vec<&'a str>,
}

impl<'a> Description<'a> {
    /// The description of an instrument.
    #[must_use]
    pub fn new(instrument: &'a Instrument) -> Self {
        let definition = instrument.definition();
        let asked = |inputs: bool| definition.items.iter().filter(move |item| (item.role == Role::Item) != inputs).map(ItemShape::from);
        Self {
            id: &definition.id.value,
            edition: &definition.edition.value,
            jurisdiction: &definition.jurisdiction.value,
            domain: &definition.domain.value,
            loinc: definition.loinc.as_deref(),
            effective: Effective::from(definition),
            languages: definition.languages.iter().map(|language| language.value.as_str()).collect(),
            title: in_words(&definition.title),
            description: definition.description.as_ref().map(in_words),
            source: PublicationShape::from(&definition.publication),
            licence: LicenceShape::from(&definition.licence),
            provenance: Provenance::from(&definition.provenance),
            hash: &definition.hash,
            texts: instrument.texts().map(TextsShape::from),
            shown: definition.shown(instrument.texts().is_some()).word(),
            used_for: instrument.used_for().word(),
            may_be_used: instrument.may_be_used(),
            settings: definition.settings.iter().map(ItemShape::from).collect(),
            sections: sections(definition),
            items: asked(false).collect(),
            inputs: asked(true).collect(),
            scores: definition.scores.iter().map(|score| ScoreShape::new(score, instrument)).collect(),
            bands: definition.band_sets.iter().map(|set| (set.id.value.as_str(), BandSetShape::from(set))).collect(),
            grade: definition.grade.as_ref().map(GradeShape::from),
            review: definition.review.as_ref().map(ReviewInterval::from),
            not_graded: definition.not_graded.as_ref().map(in_words),
            findings: definition.findings.iter().map(FindingShape::from).collect(),
            alerts: definition.alerts.iter().map(AlertShape::from).collect(),
        }
    }
}

fn sections(definition: &Definition) -> Vec<SectionShape<'_>> {
    let of = |section: &'_ geras::definition::Section| definition.items.get(section.items.clone()).unwrap_or_default();
    let shapes = definition.sections.iter().map(|section| SectionShape {
        id: &section.id.value,
        code: section.code.as_deref(),
        title: in_words(&section.title),
        items: of(section).iter().map(|item| item.id.value.as_str()).collect(),
    });
    shapes.collect()
}

pub(crate) fn in_words(texts: &Texts) -> InWords<'_> {
    texts.languages.iter().map(|(language, text)| (language.value.as_str(), text.as_str())).collect()
}
