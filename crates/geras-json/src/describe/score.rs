//! What follows from the answers: scores with their ranges, bands, the grade with its adjustments, findings, alerts. How a score is computed stays in the YAML.

use geras::Instrument;
use geras::definition::{Adjustment, Alert, Band, BandSet, Direction, Effect, Finding, Grade, GradeStep, MissingRule, Score};
use serde::Serialize;

use super::{InWords, Provenance, in_words};
use crate::{Number, Pairs};

/// A number from items.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScoreShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<InWords<'a>>,
    /// The lowest and highest number: as declared, or else as it can be reached; null where nothing bounds it.
    pub range: Option<[Number; 2]>,
    /// `higher_is_better` or `higher_is_worse`; null where neither is said.
    pub direction: Option<&'static str>,
    /// UCUM unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// LOINC code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loinc: Option<&'a str>,
    /// What becomes of it when an item has an absent reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingShape>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
    /// Anything to know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<InWords<'a>>,
    /// How sure it is, where that differs from the instrument.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance<'a>>,
}

/// What becomes of a score when an item has an absent reason instead of an answer.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MissingShape {
    /// The score stays open.
    Refuse,
    /// Absent members are filled in with the mean of the others.
    Prorate(ProrateShape),
    /// An absent member counts as this number.
    CountAs(Number),
}

/// How many members may be filled in.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProrateShape {
    /// The most members that may be absent.
    pub up_to: usize,
}

/// The bands of a score.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BandSetShape<'a> {
    /// The score that is banded.
    pub of: &'a str,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<InWords<'a>>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
    /// How sure it is, where that differs from the instrument.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance<'a>>,
    /// The bands in the order of the definition.
    pub bands: Vec<BandShape<'a>>,
}

/// An interval of a score with a name. A side without an edge is open.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BandShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// The lowest number of the band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Number>,
    /// The highest number of the band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Number>,
    /// The band begins above this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Number>,
    /// The band ends below this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Number>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<InWords<'a>>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
}

/// The grade of care need.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GradeShape<'a> {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<InWords<'a>>,
    /// The ids of the grades, mildest first.
    pub scale: Vec<&'a str>,
    /// The source's own numbers of the grades that have one, by id.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub codes: Pairs<'a, &'a str>,
    /// The names of the grades that have one, by id.
    pub labels: Pairs<'a, InWords<'a>>,
    /// The clauses that change the preliminary grade.
    pub adjustments: Vec<AdjustmentShape<'a>>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
    /// Anything to know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<InWords<'a>>,
    /// How sure it is, where that differs from the instrument.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance<'a>>,
}

/// A clause that changes the preliminary grade in one of three ways.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdjustmentShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// The expression that says when it holds.
    pub when: &'a str,
    /// The grade becomes this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<&'a str>,
    /// The grade becomes more severe by so many steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raise: Option<usize>,
    /// The grade becomes at least this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<&'a str>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<InWords<'a>>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
}

/// What may be found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// The expression that says when it holds.
    pub when: &'a str,
    /// What was found.
    pub text: InWords<'a>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<InWords<'a>>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
}

/// What calls for attention.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlertShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// The expression that says when it is raised.
    pub when: &'a str,
    /// What it says.
    pub text: InWords<'a>,
    /// `now` or `soon`.
    pub urgency: &'static str,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
}

impl<'a> ScoreShape<'a> {
    pub(super) fn new(score: &'a Score, instrument: &'a Instrument) -> Self {
        let definition = instrument.definition();
        let declared = score.range.as_ref().map(|range| range.value);
        let direction = score.direction.as_ref().or(definition.direction.as_ref());
        let missing = score.missing.as_ref().or(definition.missing.as_ref());
        Self {
            id: &score.id.value,
            title: score.title.as_ref().map(in_words),
            range: declared.or_else(|| instrument.reachable(&score.id.value)).map(|(low, high)| [Number(low), Number(high)]),
            direction: direction.map(|direction| match direction.value {
                Direction::HigherIsBetter => "higher_is_better",
                Direction::HigherIsWorse => "higher_is_worse",
            }),
            unit: score.unit.as_deref(),
            loinc: score.loinc.as_deref(),
            missing: missing.map(|rule| match rule.value {
                MissingRule::Refuse => MissingShape::Refuse,
                MissingRule::Prorate { up_to } => MissingShape::Prorate(ProrateShape { up_to }),
                MissingRule::CountAs(number) => MissingShape::CountAs(Number(number)),
            }),
            cite: score.cite.as_deref(),
            note: score.note.as_ref().map(in_words),
            provenance: score.provenance.as_ref().map(Provenance::from),
        }
    }
}

impl<'a> From<&'a BandSet> for BandSetShape<'a> {
    fn from(set: &'a BandSet) -> Self {
        Self {
            of: &set.of.value,
            title: set.title.as_ref().map(in_words),
            source: set.publication.as_deref(),
            provenance: set.provenance.as_ref().map(Provenance::from),
            bands: set.bands.iter().map(BandShape::from).collect(),
        }
    }
}

impl<'a> From<&'a Band> for BandShape<'a> {
    fn from(band: &'a Band) -> Self {
        let edge =
            |edge: Option<(rust_decimal::Decimal, bool)>, included| edge.filter(|(_, is)| *is == included).map(|(edge, _)| Number(edge));
        Self {
            id: &band.id.value,
            from: edge(band.edges.low, true),
            to: edge(band.edges.high, true),
            above: edge(band.edges.low, false),
            below: edge(band.edges.high, false),
            label: band.label.as_ref().map(in_words),
            cite: band.cite.as_deref(),
        }
    }
}

impl<'a> From<&'a Grade> for GradeShape<'a> {
    fn from(grade: &'a Grade) -> Self {
        let with_id = |step: &'a GradeStep| step.id.value.as_str();
        Self {
            title: grade.title.as_ref().map(in_words),
            scale: grade.scale.iter().map(with_id).collect(),
            codes: grade.scale.iter().filter_map(|step| Some((with_id(step), step.code.as_deref()?))).collect(),
            labels: grade.scale.iter().filter_map(|step| Some((with_id(step), in_words(step.label.as_ref()?)))).collect(),
            adjustments: grade.adjustments.iter().map(AdjustmentShape::from).collect(),
            cite: grade.cite.as_deref(),
            note: grade.note.as_ref().map(in_words),
            provenance: grade.provenance.as_ref().map(Provenance::from),
        }
    }
}

impl<'a> From<&'a Adjustment> for AdjustmentShape<'a> {
    fn from(adjustment: &'a Adjustment) -> Self {
        let (mut set, mut raise, mut at_least) = (None, None, None);
        match &adjustment.effect.value {
            Effect::Set(grade) => set = Some(grade.value.as_str()),
            Effect::Raise(steps) => raise = Some(*steps),
            Effect::AtLeast(grade) => at_least = Some(grade.value.as_str()),
        }
        Self {
            id: &adjustment.id.value,
            when: adjustment.when.scalar.text.trim(),
            set,
            raise,
            at_least,
            reason: adjustment.reason.as_ref().map(in_words),
            cite: adjustment.cite.as_deref(),
        }
    }
}

impl<'a> From<&'a Finding> for FindingShape<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            id: &finding.id.value,
            when: finding.when.scalar.text.trim(),
            text: in_words(&finding.text),
            advice: finding.advice.as_ref().map(in_words),
            cite: finding.cite.as_deref(),
        }
    }
}

impl<'a> From<&'a Alert> for AlertShape<'a> {
    fn from(alert: &'a Alert) -> Self {
        Self {
            id: &alert.id.value,
            when: alert.when.scalar.text.trim(),
            text: in_words(&alert.text),
            urgency: if alert.urgent { "now" } else { "soon" },
            cite: alert.cite.as_deref(),
        }
    }
}
