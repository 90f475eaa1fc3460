//! The steps of an explanation: each as data, and as a sentence in the languages that were asked for.

use geras::assess::{Contribution, Holds, RowHit, Step, sentence};
use geras::definition::{Definition, Item};
use serde::Serialize;

use super::InLanguages;
use super::line::{ApproximateShape, CodeValue, ScoreValue};
use crate::{Number, Pairs, Provenance};

/// One step of an explanation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExplainedStep<'a> {
    /// What went in and what came out.
    #[serde(flatten)]
    pub data: StepData<'a>,
    /// The step as a sentence, by language.
    pub text: InLanguages<'a>,
}

/// What one step computed or took note of.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StepData<'a> {
    /// How much is answered.
    Answered {
        /// Items and inputs with an answer.
        answered: usize,
        /// Items and inputs that are shown, or may be.
        of: usize,
        /// Absent reasons by item.
        absent: Pairs<'a, &'static str>,
        /// Items that skip logic hides.
        hidden: usize,
    },
    /// Answers that were carried over from another instrument.
    Carried {
        /// The instrument and edition that they were given to.
        from: String,
        /// The items where the two questions mean the same.
        exact: Vec<&'a str>,
        /// The items where they are near, but not the same.
        approximate: Vec<&'a str>,
    },
    /// What rests on answers that are only near.
    Approximate(ApproximateShape<'a>),
    /// A setting that is not at its default.
    Switched {
        /// The setting.
        setting: &'a str,
        /// Its code.
        code: &'a str,
    },
    /// A part whose tables nobody has compared with the source.
    Doubted {
        /// The score, the band set or `grade`; null for the whole instrument.
        part: Option<&'a str>,
        /// How sure it is.
        provenance: Provenance<'a>,
    },
    /// A score.
    Scored {
        /// Its id.
        score: &'a str,
        /// Its number, or what it can still be.
        number: ScoreValue,
        /// What the members contribute, where it is a sum or mean.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        members: Vec<Share<'a>>,
        /// The row of its table that gave the number.
        #[serde(skip_serializing_if = "Option::is_none")]
        row: Option<Row<'a>>,
        /// Why its script gave no number.
        #[serde(skip_serializing_if = "Option::is_none")]
        failure: Option<String>,
        /// The clause it comes from.
        #[serde(skip_serializing_if = "Option::is_none")]
        cite: Option<&'a str>,
    },
    /// A band.
    Banded {
        /// The band set.
        bands: &'a str,
        /// The score.
        score: &'a str,
        /// The score's number.
        number: ScoreValue,
        /// The band, or what it can still be.
        band: CodeValue<'a>,
        /// The clause it comes from.
        #[serde(skip_serializing_if = "Option::is_none")]
        cite: Option<&'a str>,
    },
    /// The grade before the adjustments.
    Preliminary {
        /// The grade, or what it can still be.
        grade: CodeValue<'a>,
        /// The row of the table that gave it.
        #[serde(skip_serializing_if = "Option::is_none")]
        row: Option<Row<'a>>,
    },
    /// An adjustment that holds, or may.
    Adjusted {
        /// Its id.
        adjustment: &'a str,
        /// Whether it depends on open answers.
        open: bool,
        /// The clause it comes from.
        #[serde(skip_serializing_if = "Option::is_none")]
        cite: Option<&'a str>,
    },
    /// A finding that holds, or may.
    Found {
        /// Its id.
        finding: &'a str,
        /// Whether it depends on open answers.
        open: bool,
        /// The clause it comes from.
        #[serde(skip_serializing_if = "Option::is_none")]
        cite: Option<&'a str>,
    },
    /// An alert that is raised, or may be.
    Alerted {
        /// Its id.
        alert: &'a str,
        /// Whether attention is needed now, and not only soon.
        urgent: bool,
        /// Whether it depends on open answers.
        open: bool,
        /// The clause it comes from.
        #[serde(skip_serializing_if = "Option::is_none")]
        cite: Option<&'a str>,
    },
    /// The answers on which the grade still depends.
    Waiting {
        /// The items and inputs.
        on: Vec<&'a str>,
    },
    /// When to look again.
    Review {
        /// At the latest after so many months.
        months: u32,
        /// The last day for it; null where the day of the assessment was not given.
        due: Option<String>,
        /// The clause it comes from.
        #[serde(skip_serializing_if = "Option::is_none")]
        cite: Option<&'a str>,
    },
    /// A decision beside the grade that was worked out.
    Overridden {
        /// The grade decided on.
        grade: String,
        /// Why.
        reason: String,
        /// Who decided; null where that was not given.
        by: Option<String>,
    },
    /// The grade.
    Graded {
        /// The grade, or what it can still be.
        grade: CodeValue<'a>,
    },
    /// In place of a grade: none can be given; the text says why.
    NotGraded,
}

/// What one member of a sum contributes.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share<'a> {
    /// The item or score.
    pub id: &'a str,
    /// What it contributes; null while that is open, and for members that do not count.
    pub number: Option<Number>,
    /// Whether it is left out because it is hidden.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
    /// Whether it has an absent reason instead of an answer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
}

/// The row of a table that gave a result.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row<'a> {
    /// Its place in the table, from 1.
    pub number: usize,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
}

impl<'a> ExplainedStep<'a> {
    pub(super) fn new(step: Step<'a>, definition: &Definition, languages: &[&'a str]) -> Self {
        let text = languages.iter().map(|language| (*language, sentence(&step, definition, language))).collect();
        Self { data: StepData::from(step), text }
    }
}

impl<'a> From<Step<'a>> for StepData<'a> {
    fn from(step: Step<'a>) -> Self {
        match step {
            Step::Answered { answered, of, absent, hidden } => {
                let absent = absent.into_iter().map(|(item, reason)| (item.id.value.as_str(), reason.word())).collect();
                Self::Answered { answered, of, absent, hidden }
            }
            Step::Carried { from, exact, approximate } => Self::Carried { from, exact: ids(&exact), approximate: ids(&approximate) },
            Step::Approximate(near) => Self::Approximate(near.into()),
            Step::Switched { setting, code } => Self::Switched { setting: &setting.id.value, code },
            Step::Doubted { part, provenance } => Self::Doubted { part, provenance: provenance.into() },
            Step::Scored { score, contributions, row, number, failure } => Self::Scored {
                score: &score.id.value,
                number: number.into(),
                members: contributions.iter().map(Share::from).collect(),
                row: row.as_ref().map(Row::from),
                failure,
                cite: score.cite.as_deref(),
            },
            Step::Banded { set, number, band } => {
                let band = CodeValue::from(band);
                let cite = if let CodeValue::Decided(id) = &band {
                    set.bands.iter().find(|band| band.id.value == *id).and_then(|band| band.cite.as_deref())
                } else {
                    None
                };
                Self::Banded { bands: &set.id.value, score: &set.of.value, number: number.into(), band, cite }
            }
            Step::Preliminary { row, grade } => Self::Preliminary { grade: grade.into(), row: row.as_ref().map(Row::from) },
            Step::Adjusted { adjustment, holds } => {
                Self::Adjusted { adjustment: &adjustment.id.value, open: holds == Holds::Open, cite: adjustment.cite.as_deref() }
            }
            Step::Found { finding, holds } => {
                Self::Found { finding: &finding.id.value, open: holds == Holds::Open, cite: finding.cite.as_deref() }
            }
            Step::Alerted { alert, holds } => {
                Self::Alerted { alert: &alert.id.value, urgent: alert.urgent, open: holds == Holds::Open, cite: alert.cite.as_deref() }
            }
            Step::Waiting { on } => Self::Waiting { on: on.into_iter().map(|item| item.id.value.as_str()).collect() },
            Step::Review { review, due } => {
                Self::Review { months: review.months, due: due.map(|due| due.to_string()), cite: review.cite.as_deref() }
            }
            Step::Overridden(decision) => Self::Overridden { grade: decision.grade, reason: decision.reason, by: decision.by },
            Step::Graded { grade } => Self::Graded { grade: grade.into() },
            Step::NotGraded { .. } => Self::NotGraded,
        }
    }
}

fn ids<'a>(items: &[&'a Item]) -> Vec<&'a str> {
    items.iter().map(|item| item.id.value.as_str()).collect()
}

impl<'a> From<&Contribution<'a>> for Share<'a> {
    fn from(member: &Contribution<'a>) -> Self {
        Self { id: member.id, number: member.number.map(Number), left_out: member.left_out, absent: member.absent }
    }
}

impl<'a> From<&RowHit<'a>> for Row<'a> {
    fn from(hit: &RowHit<'a>) -> Self {
        let id = hit.row.and_then(|row| row.id.as_ref()).map(|id| id.value.as_str());
        Self { number: hit.number, id, cite: hit.row.and_then(|row| row.cite.as_deref()) }
    }
}
