//! A whole instrument and what stands at its head: where it comes from, what may be done with it, how sure it is. Not its items and rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::grade::{Alert, Bands, Finding, Grade};
use super::item::{AbsentReason, Item, OptionList, Section, Setting};
use super::rules::{source_or_url, wording_as_licensed};
use super::scalar::{Code, Date, Id, InstrumentId, Jurisdiction, Plain, Texts, Whole};
use super::score::{Missing, Score};

/// An assessment instrument in one edition: its items, scores, bands and grade.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = wording_as_licensed)]
pub struct Instrument {
    /// The instrument's id, the same as its folder: small letters, digits and hyphens.
    pub instrument: InstrumentId,
    /// The published issue, the same as the file's name. A text: write "2022" in quotes.
    pub edition: Code,
    /// The days on which this edition is in force.
    pub effective: Effective,
    /// Where it holds: an ISO 3166 code such as CN or CN-SH, or INTL for an instrument that belongs to no country.
    pub jurisdiction: Jurisdiction,
    /// What the instrument is about.
    pub domain: Domain,
    /// The LOINC code of the whole (a panel), where it is confirmed.
    pub loinc: Option<Plain>,
    /// The languages that every text of this file has, as tags such as zh and en.
    #[schemars(length(min = 1))]
    pub languages: Vec<Plain>,
    /// The instrument's name.
    pub title: Texts,
    /// What it is for and what it leaves out.
    pub description: Option<Texts>,
    /// The publication that the tables were taken from.
    pub source: Publication,
    /// What may be done with the instrument and its wording.
    pub licence: Licence,
    /// How sure the tables are, and who compared them with the source.
    pub provenance: Provenance,
    /// Which way the scores count, unless a score states its own.
    pub direction: Option<Direction>,
    /// The missing-answer rule of every score that states none. Without it a score stays open (refuse).
    pub missing: Option<Missing>,
    /// The absent reasons that every item and input allows, unless it states its own list. Without it none is allowed.
    pub absent: Option<Vec<AbsentReason>>,
    /// Named switches where the source can be read in two ways; a site may choose.
    pub settings: Option<Vec<Setting>>,
    /// Lists of options that several items share, by name.
    pub option_lists: Option<BTreeMap<Id, OptionList>>,
    /// The sections in the printed order.
    pub sections: Option<Vec<Section>>,
    /// Facts about the person that no section asks for. The same shape as an item.
    pub inputs: Option<Vec<Item>>,
    /// Scores by id: numbers from items, inputs and other scores.
    pub scores: Option<BTreeMap<Id, Score>>,
    /// Bands by the id of their score, or named band sets.
    pub bands: Option<BTreeMap<Id, Bands>>,
    /// The grade of care need.
    pub grade: Option<Grade>,
    /// When the person has to be assessed again, where the source or the place says so.
    pub review: Option<ReviewInterval>,
    /// Why no grade can be given. Only where there is no grade.
    pub not_graded: Option<Texts>,
    /// Named conclusions that are not urgent.
    pub findings: Option<Vec<Finding>>,
    /// Answers or scores that call for attention.
    pub alerts: Option<Vec<Alert>>,
}

/// The days on which an edition is in force.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Effective {
    /// The first day in force, like 2022-12-30.
    pub from: Date,
    /// The last day in force. Left out while the edition holds.
    pub until: Option<Date>,
}

/// What an instrument is about.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words say it, and an enum without texts gives an editor one short list")]
pub enum Domain {
    Capacity,
    Function,
    Cognition,
    Delirium,
    Mood,
    Nutrition,
    Falls,
    Frailty,
    PressureInjury,
    Swallowing,
    Continence,
    Pain,
    Sleep,
    Social,
    Medicines,
    Comorbidity,
    Prognosis,
    Senses,
    Environment,
    Prevention,
    Constitution,
    Decision,
}

/// The publication that a definition was built from.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Publication {
    /// Its title or number, like GB/T 42195-2022.
    pub title: Plain,
    /// Who issued it.
    pub issuer: Option<Plain>,
    /// Where it can be read.
    pub url: Option<Plain>,
    /// The day it was issued.
    pub date: Option<Date>,
    /// Anything to know of it.
    pub note: Option<Texts>,
}

/// What may be done with an instrument.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Licence {
    /// The licence class.
    pub class: LicenceClass,
    /// Whose wording the texts of this file are.
    pub wording: Wording,
    /// Who holds the rights.
    pub holder: Option<Plain>,
    /// The terms in short.
    pub terms: Option<Plain>,
    /// Where the terms were read, and when.
    pub evidence: Option<Evidence>,
    /// The uses that are allowed, where they are others than those of the class.
    pub uses: Option<Uses>,
    /// What the sources disagree about. The stricter class is taken then.
    pub conflict: Option<Texts>,
    /// Anything to know of it.
    pub note: Option<Texts>,
}

/// Where the terms of a licence were read.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = source_or_url)]
pub struct Evidence {
    /// The document in words, where it has no address.
    pub source: Option<Plain>,
    /// Its address.
    pub url: Option<Plain>,
    /// The day on which somebody looked.
    pub date: Option<Date>,
}

/// Uses that are others than those of the licence class.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Uses {
    /// The uses that are allowed; an empty list for none.
    pub allowed: Vec<Use>,
    /// Why they differ from those of the class.
    pub reason: Texts,
}

/// What an instrument is used for.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Use {
    /// A team assesses the people in its care.
    Clinical,
    /// Part of a product or service that is sold.
    Commercial,
    /// A study.
    Research,
    /// Teaching and training.
    Education,
}

/// The licence class.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum LicenceClass {
    /// A law, a standard or another official document.
    OfficialDocument,
    /// Nobody holds rights in it any more.
    PublicDomain,
    /// Free if the source is named.
    FreeAttribution,
    /// Free for use without profit.
    FreeNoncommercial,
    /// Free if nothing is changed.
    FreeNoModification,
    /// The holder must be asked.
    PermissionRequired,
    /// Use is paid for.
    Commercial,
}

/// Whose wording the texts are.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Wording {
    /// Our own short wording.
    Own,
    /// The source's wording, which may be shipped.
    Official,
    /// A site supplies the licensed wording.
    Overlay,
    /// No wording at all.
    None,
}

/// How sure a table is.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Provenance {
    /// What the table was compared with.
    pub status: ProvenanceStatus,
    /// Who compared it, and what is open.
    pub note: Option<Texts>,
}

/// What a table was compared with.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum ProvenanceStatus {
    /// Compared with the printed source.
    Compared,
    /// Two independent copies agree.
    TwoCopies,
    /// Read in one copy.
    OneCopy,
    /// Written from memory.
    Recalled,
    /// Worked out, not printed anywhere.
    Computed,
}

/// When the person has to be assessed again.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ReviewInterval {
    /// At the latest after so many months.
    #[schemars(range(min = 1, max = 1200))]
    pub months: Whole,
    /// What the source says of it.
    pub text: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
    /// How sure it is, if that differs from the instrument.
    pub provenance: Option<Provenance>,
}

/// Which way a score counts.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Direction {
    /// More points mean more ability.
    HigherIsBetter,
    /// More points mean more impairment.
    HigherIsWorse,
}
