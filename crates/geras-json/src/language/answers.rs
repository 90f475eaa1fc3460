//! A file of answers: one person's sheet as an assessor or another program hands it in.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::item::AbsentReason;
use super::scalar::{Code, Date, Edition, Id, InstrumentAnswers, InstrumentName, Literal, PersonName, Plain};

/// One person's answers to an instrument. Here alone null may be written: it says that something is not there yet.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AnswerSheet {
    /// Names the person or the sheet; comes back with the outcome.
    pub id: Option<PersonName>,
    /// The instrument that the sheet belongs to, like gb-t-42195 or gb-t-42195@2022. Another one is refused.
    pub instrument: Option<InstrumentName>,
    /// The day of the assessment, like 2024-05-14.
    pub date: Option<Date>,
    /// Answers by the id of the item or input. What is left out or null is not answered yet.
    pub answers: BTreeMap<Id, Option<AnswerValue>>,
    /// Codes of settings that this site chose.
    pub settings: Option<BTreeMap<Id, Code>>,
    /// An assessor's or panel's decision in place of the grade that was worked out.
    #[schemars(rename = "override")]
    pub overridden: Option<OverriddenGrade>,
    /// True where the sheet was made up by a program and no person stands behind it; the outcome says so too.
    pub synthetic: Option<bool>,
    /// Where answers come from that were carried over from a sheet of another instrument, by item.
    pub carried: Option<BTreeMap<Id, CarriedFrom>>,
}

/// Where an answer was carried from.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CarriedFrom {
    /// The instrument and edition that it was given to.
    pub from: Edition,
    /// The items there that it comes from.
    pub items: Vec<Id>,
    /// Whether the two questions mean the same. If not, the answer is only near, and the outcome says what rests on it.
    pub exact: bool,
}

/// An answer, or the reason why there is none.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum AnswerValue {
    /// An answer.
    Given(Given),
    /// No answer.
    NotGiven(NotGiven),
}

/// An answer of a case; on a pathway also the answers of an instrument, under its id.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum CaseAnswer {
    /// An answer.
    Given(Given),
    /// No answer.
    NotGiven(NotGiven),
    /// The answers of an instrument by item.
    Instrument(InstrumentAnswers),
}

/// An answer: an option code, a number, true or false, a day, a text, or a list of option codes.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Given {
    /// An option code, a number, true or false, a day, or a text.
    One(Literal),
    /// Several option codes.
    Several(Vec<Code>),
}

/// Why there is no answer.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NotGiven {
    /// The absent reason; the item must allow it.
    pub absent: AbsentReason,
}

/// A decision in place of the grade that was worked out. Both stay in the outcome.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OverriddenGrade {
    /// The grade decided on.
    pub grade: Id,
    /// Why; never left out.
    #[schemars(length(min = 1))]
    pub reason: String,
    /// Who decided.
    pub by: Option<Plain>,
}
