//! The problems of a sheet that was refused, as JSON shows them.

use geras::assess::{AnswerProblem, problem_sentence};
use serde::Serialize;

use crate::PersonId;

/// A sheet that was refused, with everything that is wrong with it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refused<'a> {
    /// Names the person or the sheet, as it was given; null where it could not be read.
    pub id: Option<&'a PersonId>,
    /// What is wrong; at least one.
    pub problems: Vec<Problem<'a>>,
}

/// What is wrong with one answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem<'a> {
    /// The id of the item, input or setting, or the key of the sheet, as it was given; empty where the whole sheet cannot be read.
    pub item: &'a str,
    /// What is wrong, in kebab case: `unknown-option`.
    pub problem: &'static str,
    /// The same as a sentence.
    pub message: String,
}

impl<'a> Refused<'a> {
    /// The problems in the words of `language`.
    #[must_use]
    pub fn new(id: Option<&'a PersonId>, problems: &'a [AnswerProblem], language: &str) -> Self {
        let worded = |problem: &'a AnswerProblem| Problem {
            item: &problem.item,
            problem: problem.kind.name(),
            message: problem_sentence(problem, language),
        };
        Self { id, problems: problems.iter().map(worded).collect() }
    }
}
