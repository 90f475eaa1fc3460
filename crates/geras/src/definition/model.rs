//! An instrument's definition as it was read: all metadata, items, scores, bands, grade, findings and alerts, with places. Not yet known to be sound.

use rust_decimal::Decimal;

use super::form::{Edges, ExpressionText, Form, Id, Literal, MissingRule, Rounding};
use super::licence::{Licence, Shown, Wording};
use super::monotone::MonotoneClaim;
use super::text::{Date, Texts};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Source, Span, Spanned};

/// A whole definition.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The YAML text that all spans count in.
    pub source: Source,
    /// SHA-256 of the text's bytes in hexadecimal, the same that `sha256sum` prints.
    pub hash: String,
    /// The instrument's id.
    pub id: Id,
    /// The published issue.
    pub edition: Id,
    /// First day in force.
    pub from: Spanned<Date>,
    /// Last day in force, where it has ended.
    pub until: Option<Spanned<Date>>,
    /// ISO 3166 code, or `INTL`.
    pub jurisdiction: Id,
    /// LOINC code of the panel, where confirmed.
    pub loinc: Option<String>,
    /// What the instrument is about.
    pub domain: Id,
    /// The languages that every text has.
    pub languages: Vec<Id>,
    /// The instrument's name.
    pub title: Texts,
    /// What it is for.
    pub description: Option<Texts>,
    /// The publication it was built from.
    pub publication: Publication,
    /// What may be done with it.
    pub licence: Licence,
    /// How sure its tables are.
    pub provenance: Provenance,
    /// Which way the scores count unless they say otherwise.
    pub direction: Option<Spanned<Direction>>,
    /// The missing-answer rule of scores that state none.
    pub missing: Option<Spanned<MissingRule>>,
    /// Named switches.
    pub settings: Vec<Item>,
    /// Sections in the printed order.
    pub sections: Vec<Section>,
    /// All items of all sections in the printed order, then all inputs.
    pub items: Vec<Item>,
    /// Scores in the author's order.
    pub scores: Vec<Score>,
    /// Band sets in the author's order.
    pub band_sets: Vec<BandSet>,
    /// The grade, where the instrument has one.
    pub grade: Option<Grade>,
    /// When to look again, where the source says so.
    pub review: Option<Review>,
    /// Why no grade can be given, where the instrument says so.
    pub not_graded: Option<Texts>,
    /// Findings in the author's order.
    pub findings: Vec<Finding>,
    /// Alerts in the author's order.
    pub alerts: Vec<Alert>,
}

/// The publication that a definition was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its title or number.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was issued.
    pub date: Option<Date>,
    /// Anything to know of it.
    pub note: Option<Texts>,
}

/// How sure a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// `compared`, `two_copies`, `one_copy`, `recalled` or `computed`.
    pub status: Id,
    /// Who compared it, what is open.
    pub note: Option<Texts>,
}

/// Which way a score counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More points mean more ability.
    HigherIsBetter,
    /// More points mean more impairment.
    HigherIsWorse,
}

/// A group of items as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id.
    pub id: Id,
    /// The source's own number.
    pub code: Option<String>,
    /// Its heading.
    pub title: Texts,
    /// The places of its items in `Definition::items`.
    pub items: std::ops::Range<usize>,
}

/// Whether a field is asked, is a fact, or is a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A question of a section.
    Item,
    /// A fact about the person.
    Input,
    /// A named switch with a default.
    Setting,
    /// A score that is typed in.
    Entered,
}

/// What kind of answer an item takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemType {
    /// One option.
    Choice,
    /// Several options.
    Choices,
    /// Yes or no.
    Boolean,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A calendar day.
    Date,
    /// A time of day, to the minute.
    Time,
    /// Free text.
    Text,
}

impl ItemType {
    /// The word of the definition language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Time => "time",
            Self::Text => "text",
        }
    }
}

/// What a hidden item counts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Otherwise {
    /// As this answer.
    Answer(Literal),
    /// Not at all.
    LeftOut,
}

/// A question, a fact, a switch or an entered score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub role: Role,
    /// The source's own number.
    pub code: Option<String>,
    /// LOINC code, where confirmed.
    pub loinc: Option<String>,
    /// The kind of answer.
    pub kind: ItemType,
    /// The heading that begins above it, and holds until the next.
    pub heading: Option<Texts>,
    /// The question in words.
    pub text: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
    /// The options in order, mildest first.
    pub options: Vec<ItemOption>,
    /// Points of yes and of no.
    pub boolean_points: Option<(Decimal, Decimal)>,
    /// The lowest and highest number allowed.
    pub range: Option<(Decimal, Decimal)>,
    /// The grid of a decimal.
    pub step: Option<Decimal>,
    /// UCUM unit.
    pub unit: Option<String>,
    /// Shown only if this holds.
    pub when: Vec<ExpressionText>,
    /// What it counts as when hidden.
    pub otherwise: Option<Spanned<Otherwise>>,
    /// The absent reasons it allows.
    pub absent: Vec<AbsentReason>,
    /// The most points that several choices give.
    pub at_most: Option<Decimal>,
    /// How sure it or its option list is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
    /// The code that a setting has unless a site says otherwise.
    pub default: Option<Id>,
    /// The clause it comes from.
    pub cite: Option<String>,
    /// Anything to know of it.
    pub note: Option<Texts>,
}

/// An allowed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemOption {
    /// Its code.
    pub code: Id,
    /// Its points.
    pub points: Option<Decimal>,
    /// Its wording.
    pub label: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
    /// Whether it may not stand beside others.
    pub exclusive: bool,
}

/// Why an item has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AbsentReason {
    /// The assessor did not ask.
    NotAsked,
    /// The person did not want to answer.
    Refused,
    /// The person could not answer.
    Unable,
    /// The question does not fit this person.
    NotApplicable,
}

impl AbsentReason {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::NotAsked, Self::Refused, Self::Unable, Self::NotApplicable];

    /// The word of the definition language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Refused => "refused",
            Self::Unable => "unable",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The reason with that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// A number from items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Its id.
    pub id: Id,
    /// Its name in words.
    pub title: Option<Texts>,
    /// How it comes about.
    pub form: Spanned<Form>,
    /// The declared range.
    pub range: Option<Spanned<(Decimal, Decimal)>>,
    /// Which way it counts.
    pub direction: Option<Spanned<Direction>>,
    /// Its missing-answer rule.
    pub missing: Option<Spanned<MissingRule>>,
    /// A floor.
    pub at_least: Option<Decimal>,
    /// A cap.
    pub at_most: Option<Decimal>,
    /// Rounding, done last.
    pub round: Option<Rounding>,
    /// UCUM unit.
    pub unit: Option<String>,
    /// LOINC code, where confirmed.
    pub loinc: Option<String>,
    /// What is claimed of worse answers.
    pub monotone: Option<MonotoneClaim>,
    /// The clause it comes from.
    pub cite: Option<String>,
    /// Anything to know of it.
    pub note: Option<Texts>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
}

/// The bands of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandSet {
    /// The set's name: the score's id, or its own.
    pub id: Id,
    /// The score that is banded.
    pub of: Id,
    /// Its name in words.
    pub title: Option<Texts>,
    /// Where it was published.
    pub publication: Option<String>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
    /// The bands in the author's order.
    pub bands: Vec<Band>,
}

/// An interval of a score with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its place.
    pub span: Span,
    /// Its id.
    pub id: Id,
    /// Its name in words.
    pub label: Option<Texts>,
    /// The numbers it covers.
    pub edges: Edges,
    /// The clause it comes from.
    pub cite: Option<String>,
}

/// The grade of care need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Its place.
    pub span: Span,
    /// Its name in words.
    pub title: Option<Texts>,
    /// The scale, mildest first.
    pub scale: Vec<GradeStep>,
    /// The way to the preliminary grade.
    pub preliminary: Spanned<Form>,
    /// The clauses that change it.
    pub adjustments: Vec<Adjustment>,
    /// How several clauses combine.
    pub combine: Spanned<Combine>,
    /// What is claimed of worse answers.
    pub monotone: Option<MonotoneClaim>,
    /// The clause it comes from.
    pub cite: Option<String>,
    /// Anything to know of it.
    pub note: Option<Texts>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
}

/// One step of the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeStep {
    /// Its id.
    pub id: Id,
    /// The source's own number.
    pub code: Option<String>,
    /// Its name in words.
    pub label: Option<Texts>,
}

/// A clause that changes the preliminary grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Its place.
    pub span: Span,
    /// Its id.
    pub id: Id,
    /// When it holds.
    pub when: ExpressionText,
    /// What it does.
    pub effect: Spanned<Effect>,
    /// Why, in words.
    pub reason: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<String>,
}

/// What an adjustment does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The grade becomes this one.
    Set(Id),
    /// The grade becomes more severe by so many steps.
    Raise(usize),
    /// The grade becomes at least this one.
    AtLeast(Id),
}

/// How several adjustments combine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Combine {
    /// Each is applied by itself; the most severe result stands.
    StrongestOnce,
    /// Raises add up, then floors and set grades are applied.
    Sum,
    /// A setting decides: its id, and the way for each of its codes.
    BySetting(Id, Vec<(Id, Spanned<Combine>)>),
}

/// When the person has to be assessed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// At the latest after so many months.
    pub months: u32,
    /// What the source says of it.
    pub text: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<String>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
}

/// A named conclusion that is not urgent, and may be used by name in expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its id.
    pub id: Id,
    /// When it holds.
    pub when: ExpressionText,
    /// What was found.
    pub text: Texts,
    /// What to do about it.
    pub advice: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<String>,
}

/// An answer or score that calls for attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its id.
    pub id: Id,
    /// When it holds.
    pub when: ExpressionText,
    /// What to say.
    pub text: Texts,
    /// Whether attention is needed at once.
    pub urgent: bool,
    /// The clause it comes from.
    pub cite: Option<String>,
}

impl Definition {
    /// The full name with the edition: `cn/gb-t-42195@2022`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}@{}", self.jurisdiction.value.to_ascii_lowercase(), self.id.value, self.edition.value)
    }

    /// What an instrument can be about, in the order in which domains are listed.
    pub const DOMAINS: [&str; 22] = [
        "capacity",
        "function",
        "cognition",
        "delirium",
        "mood",
        "nutrition",
        "falls",
        "frailty",
        "pressure_injury",
        "swallowing",
        "continence",
        "pain",
        "sleep",
        "social",
        "medicines",
        "comorbidity",
        "prognosis",
        "senses",
        "environment",
        "prevention",
        "constitution",
        "decision",
    ];

    /// How sure a table can be, the surest first.
    pub const PROVENANCES: [&str; 5] = ["compared", "two_copies", "one_copy", "recalled", "computed"];

    /// Reads a definition (of a pathway its head) that messages call `path`, without proving anything: enough to list it, not to assess with it.
    ///
    /// # Errors
    /// What keeps it from being read at all, in file order.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let (definition, mut faults) = if super::is_pathway(text) {
            let (pathway, faults) = super::read_pathway(&source);
            (pathway.map(|pathway| pathway.head), faults)
        } else {
            super::read_definition(&source)
        };
        faults.retain(Diagnostic::is_error);
        sort_by_key(&mut faults, Diagnostic::order);
        definition.filter(|_| faults.is_empty()).ok_or(faults)
    }

    /// Whether it has no items: its scores are typed in as totals.
    #[must_use]
    pub fn is_total_only(&self) -> bool {
        self.items.iter().all(|item| item.role != Role::Item) && self.items.iter().any(|item| item.role == Role::Entered)
    }

    /// What people see of its items, without or with a site's texts over them.
    #[must_use]
    pub fn shown(&self, site_texts: bool) -> Shown {
        match self.licence.wording.value {
            _ if self.is_total_only() => Shown::Total,
            _ if site_texts => Shown::SiteWords,
            Wording::Own => Shown::OwnWords,
            Wording::Official => Shown::SourceWords,
            Wording::Overlay | Wording::None => Shown::Numbers,
        }
    }

    /// Whether this edition is in force on a day.
    #[must_use]
    pub fn in_force(&self, date: Date) -> bool {
        date >= self.from.value && self.until.as_ref().is_none_or(|until| date <= until.value)
    }
}
