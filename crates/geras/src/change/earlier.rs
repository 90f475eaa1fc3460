//! What an earlier outcome recorded, as plain data. Where it was read from is not known here.

use rust_decimal::Decimal;

use crate::assess::{Coded, Outcome, Scored};
use crate::definition::Date;

/// A result as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// A decided number.
    Number(Decimal),
    /// A decided band or grade.
    Code(String),
    /// It was open.
    Open,
}

/// An earlier outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The instrument.
    pub instrument: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of the definition that was used.
    pub hash: String,
    /// The day of the assessment.
    pub date: Option<Date>,
    /// Scores by id.
    pub scores: Vec<(String, Recorded)>,
    /// Bands by the id of their set.
    pub bands: Vec<(String, Recorded)>,
    /// The grade, where there was one.
    pub grade: Option<Recorded>,
    /// Answers by item, each as a word.
    pub answers: Vec<(String, String)>,
    /// Settings that were not at their default.
    pub settings: Vec<(String, String)>,
}

impl From<Scored> for Recorded {
    fn from(number: Scored) -> Self {
        match number {
            Scored::Decided(number) => Self::Number(number.normalize()),
            Scored::Open(_) => Self::Open,
        }
    }
}

impl From<Coded<'_>> for Recorded {
    fn from(code: Coded<'_>) -> Self {
        match code {
            Coded::Decided(code) => Self::Code(code.to_owned()),
            Coded::Open(_) => Self::Open,
        }
    }
}

/// The results of an outcome as they would be recorded.
pub(super) struct Results {
    pub(super) scores: Vec<(String, Recorded)>,
    pub(super) bands: Vec<(String, Recorded)>,
    pub(super) grade: Option<Recorded>,
}

impl Results {
    pub(super) fn of(outcome: &Outcome<'_>) -> Self {
        Self {
            scores: outcome.scores().map(|found| (found.score.id.value.clone(), found.number.into())).collect(),
            bands: outcome.bands().map(|found| (found.set.id.value.clone(), found.band.into())).collect(),
            grade: outcome.grade().map(Recorded::from),
        }
    }
}
