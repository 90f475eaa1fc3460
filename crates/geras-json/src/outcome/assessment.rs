//! The full account of one assessment: the line of a batch, and with it the explanation, the labels, the definitions and their hashes.

use geras::assess::Outcome;
use geras::definition::Definition;
use geras::site::TextsUsed;
use serde::Serialize;

use super::change::ChangeShape;
use super::line::Line;
use super::milder::MilderGrade;
use super::previous::Compared;
use super::refused::Refused;
use super::step::ExplainedStep;
use super::texts::ResultTexts;
use crate::{AnswerShape, OriginShape, Pairs, PersonId, Provenance, TextsShape};

/// What `assess` answers: the account, or why the sheet was refused.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum AssessOutput<'a> {
    /// The account.
    Assessed(Box<Assessment<'a>>),
    /// The sheet was refused.
    Refused(Refused<'a>),
}

/// The account of one assessment.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment<'a> {
    /// The results, the same as in a batch.
    #[serde(flatten)]
    pub line: Line<'a>,
    /// The day of the assessment; null where it was not given.
    pub date: Option<String>,
    /// The answers and absent reasons that it follows from, by item or input.
    pub answers: Pairs<'a, AnswerShape>,
    /// Where answers come from that were carried over from another instrument, by item.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub carried: Pairs<'a, OriginShape<'a>>,
    /// Everything that was computed, in order, the result last.
    pub explanation: Vec<ExplainedStep<'a>>,
    /// What would have to be different for the next milder grade; null while the grade is open, is the mildest already, or there is none.
    pub milder: Option<MilderGrade<'a>>,
    /// What moved since an earlier outcome; left out where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeShape<'a>>,
    /// The labels of the results by language.
    pub texts: Pairs<'a, ResultTexts<'a>>,
    /// The definitions that were used.
    pub definitions: Vec<UsedDefinition<'a>>,
    /// The version of geras.
    pub engine: &'static str,
}

/// A definition that was used.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UsedDefinition<'a> {
    /// The instrument's id.
    pub id: &'a str,
    /// Its edition.
    pub edition: &'a str,
    /// SHA-256 of its text in hexadecimal.
    pub hash: &'a str,
    /// How sure its tables are.
    pub provenance: Provenance<'a>,
    /// The site's texts that stand over it. They change no result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<TextsShape<'a>>,
}

impl<'a> Assessment<'a> {
    /// The account of an outcome, beside an earlier one where that is given, with sentences and labels in these languages.
    #[must_use]
    pub fn new(id: Option<&'a PersonId>, outcome: &'a Outcome<'a>, compared: Option<&'a Compared<'_>>, languages: &[&'a str]) -> Self {
        let definition = outcome.instrument().definition();
        let steps = outcome.explanation();
        let given = outcome.answers().given(outcome.instrument());
        Self {
            line: Line::new(id, outcome),
            date: outcome.date().map(|date| date.to_string()),
            answers: given.into_iter().map(|(id, answer)| (id, AnswerShape(answer))).collect(),
            carried: outcome.carried().into_iter().map(|(item, origin)| (item.id.value.as_str(), origin.into())).collect(),
            explanation: steps.into_iter().map(|step| ExplainedStep::new(step, definition, languages)).collect(),
            milder: outcome.milder().map(|milder| MilderGrade::new(&milder, definition, languages)),
            change: compared.map(|compared| ChangeShape::new(compared, outcome, languages)),
            texts: languages.iter().map(|language| (*language, ResultTexts::new(outcome, language))).collect(),
            definitions: vec![UsedDefinition::new(definition, outcome.instrument().texts())],
            engine: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl<'a> UsedDefinition<'a> {
    pub(crate) fn new(definition: &'a Definition, texts: Option<&'a TextsUsed>) -> Self {
        Self {
            id: &definition.id.value,
            edition: &definition.edition.value,
            hash: &definition.hash,
            provenance: Provenance::from(&definition.provenance),
            texts: texts.map(TextsShape::from),
        }
    }
}
