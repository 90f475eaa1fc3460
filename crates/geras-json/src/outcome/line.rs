//! One person's results as a batch writes them, a line a person. Without explanation, labels and hashes.

use geras::assess::{Approximate, Coded, Holds, Outcome, Override, Scored};
use serde::Serialize;

use super::refused::Refused;
use crate::{Number, Pairs, PersonId};

/// A line of a batch: the results, or why the sheet was refused.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "made, written and dropped at once, one at a time")]
pub enum BatchLine<'a> {
    /// The results.
    Assessed(Line<'a>),
    /// The sheet was refused.
    Refused(Refused<'a>),
}

/// One person's results.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line<'a> {
    /// Names the person or the sheet, as it was given; null where nothing was given.
    pub id: Option<&'a PersonId>,
    /// True where the sheet is marked as made up by a program; left out for all others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub synthetic: bool,
    /// Whether every score, band, grade, finding and alert is decided.
    pub status: Status,
    /// Scores by id, in the order of the definition.
    pub scores: Pairs<'a, ScoreValue>,
    /// Bands by the id of their set, in the order of the definition.
    pub bands: Pairs<'a, CodeValue<'a>>,
    /// The grade that was worked out; null where the instrument has none.
    pub grade: Option<CodeValue<'a>>,
    /// The grade before the adjustments; null where the instrument has none.
    pub preliminary_grade: Option<CodeValue<'a>>,
    /// The findings that hold, and those that may.
    pub findings: Vec<Conclusion<'a>>,
    /// The alerts that are raised, and those that may be.
    pub alerts: Vec<Conclusion<'a>>,
    /// Where a pathway sends the person; always null for an instrument.
    pub routing: (),
    /// Open results only: the items and inputs on which they depend because they have no answer, be it not yet or for an absent reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_on: Option<Vec<&'a str>>,
    /// What rests on answers that were carried over from another instrument and are only near; left out where no answer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate: Option<ApproximateShape<'a>>,
    /// An assessor's or panel's decision beside the grade that was worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden<'a>>,
    /// The settings that are not at their default, by id.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub settings: Pairs<'a, &'a str>,
    /// Ids of open results some of whose possible values may not really be possible.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inexact: Vec<&'a str>,
    /// Scripts that failed on these answers; their results stay open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Failure<'a>>,
}

/// Whether all results are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every score, band, grade, finding and alert is decided.
    Decided,
    /// At least one depends on an answer that is not there.
    Open,
}

/// A score: its number, or what it can still be.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ScoreValue {
    /// The number.
    Decided(Number),
    /// What it can still be.
    Open(OpenNumber),
}

/// The lowest and highest number that are still possible; null where nothing bounds them.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenNumber {
    /// The lowest.
    pub min: Option<Number>,
    /// The highest.
    pub max: Option<Number>,
}

/// A band or grade: its id, or those it can still be.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum CodeValue<'a> {
    /// The id.
    Decided(&'a str),
    /// What it can still be.
    Open(OpenCode<'a>),
}

/// The ids that are still possible, in the order of the definition.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenCode<'a> {
    /// The ids.
    pub possible: Vec<&'a str>,
}

/// A finding or alert: its id where it holds, `{"id": .., "open": true}` where it depends on open answers. One that does not hold has no entry.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Conclusion<'a> {
    /// It holds.
    Holds(&'a str),
    /// It depends on open answers.
    Open(OpenConclusion<'a>),
}

/// A finding or alert that may still hold.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenConclusion<'a> {
    /// Its id.
    pub id: &'a str,
    /// Always true.
    pub open: bool,
}

/// What rests on answers that were carried over from another instrument and are only near.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApproximateShape<'a> {
    /// The items and inputs whose answers are only near: ask the person again.
    pub items: Vec<&'a str>,
    /// The results that would be open without them: ids of scores, band sets, findings, alerts; `grade`.
    pub rests: Vec<&'a str>,
    /// The grade if nothing were known of them; null where the instrument has none.
    pub grade_without: Option<CodeValue<'a>>,
}

/// A decision beside the grade that was worked out.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overridden<'a> {
    /// The grade decided on.
    pub grade: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Who decided; null where that was not given.
    pub by: Option<&'a str>,
}

/// A script that failed.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure<'a> {
    /// The id of its score or grade.
    pub id: &'a str,
    /// What went wrong.
    pub message: &'a str,
}

impl<'a> Line<'a> {
    /// The line of an outcome.
    #[must_use]
    pub fn new(id: Option<&'a PersonId>, outcome: &'a Outcome<'_>) -> Self {
        let decided = outcome.is_decided();
        Self {
            id,
            synthetic: outcome.is_synthetic(),
            status: if decided { Status::Decided } else { Status::Open },
            scores: outcome.scores().map(|found| (found.score.id.value.as_str(), found.number.into())).collect(),
            bands: outcome.bands().map(|found| (found.set.id.value.as_str(), found.band.into())).collect(),
            grade: outcome.grade().map(CodeValue::from),
            preliminary_grade: outcome.preliminary_grade().map(CodeValue::from),
            findings: outcome.findings().filter_map(|found| Conclusion::new(&found.finding.id.value, found.holds)).collect(),
            alerts: outcome.alerts().filter_map(|found| Conclusion::new(&found.alert.id.value, found.holds)).collect(),
            routing: (),
            waiting_on: (!decided).then(|| outcome.waiting_on()),
            approximate: outcome.approximate().map(ApproximateShape::from),
            overridden: outcome.overridden().map(Overridden::from),
            settings: outcome.settings().into_iter().map(|(setting, code)| (setting.id.value.as_str(), code)).collect(),
            inexact: if decided { Vec::new() } else { outcome.inexact().collect() },
            failures: outcome.failures().map(|(id, failure)| Failure { id, message: &failure.message }).collect(),
        }
    }
}

impl From<Scored> for ScoreValue {
    fn from(number: Scored) -> Self {
        match number {
            Scored::Decided(number) => Self::Decided(Number(number)),
            Scored::Open(bounds) => {
                let (min, max) = bounds.unzip();
                Self::Open(OpenNumber { min: min.map(Number), max: max.map(Number) })
            }
        }
    }
}

impl<'a> From<Coded<'a>> for CodeValue<'a> {
    fn from(code: Coded<'a>) -> Self {
        match code {
            Coded::Decided(code) => Self::Decided(code),
            Coded::Open(possible) => Self::Open(OpenCode { possible }),
        }
    }
}

impl<'a> Conclusion<'a> {
    pub(crate) fn new(id: &'a str, holds: Holds) -> Option<Self> {
        match holds {
            Holds::Yes => Some(Self::Holds(id)),
            Holds::Open => Some(Self::Open(OpenConclusion { id, open: true })),
            Holds::No => None,
        }
    }
}

impl<'a> From<Approximate<'a>> for ApproximateShape<'a> {
    fn from(near: Approximate<'a>) -> Self {
        let items = near.items.iter().map(|item| item.id.value.as_str()).collect();
        Self { items, rests: near.rests, grade_without: near.grade_without.map(CodeValue::from) }
    }
}

impl<'a> From<&'a Override> for Overridden<'a> {
    fn from(decision: &'a Override) -> Self {
        Self { grade: &decision.grade, reason: &decision.reason, by: decision.by.as_deref() }
    }
}
