//! A person then and now, as JSON shows it: what moved, by how much, which way, and why.

use geras::assess::{Outcome, change_sentences, moved_sentence};
use geras::change::{Cause, Moved, Recorded, Split, Subject, Toward, Untold};
use serde::Serialize;

use super::InLanguages;
use super::previous::Compared;
use crate::{Number, Pairs};

/// What moved since an earlier outcome.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeShape<'a> {
    /// The earlier outcome.
    pub previous: PreviousShape<'a>,
    /// Whether both name the same person; null where one of them names nobody.
    pub same_person: Option<bool>,
    /// How the causes were told apart: `same_rules`, `new_answers_by_old_rules`, `old_answers_by_new_rules`, `no_old_rules`, `answers_do_not_fit`.
    pub split: &'static str,
    /// The results that moved.
    pub moved: Vec<MovedShape<'a>>,
    /// The answers that differ.
    pub answers: Vec<Differs<'a>>,
    /// The settings that differ; null stands for the default.
    pub settings: Vec<Differs<'a>>,
    /// The last day for the next review; null where the instrument states no interval, or the day of the assessment was not given.
    pub review_due: Option<String>,
    /// What a reader has to know of the whole comparison, by language.
    pub text: Pairs<'a, Vec<String>>,
}

/// An earlier outcome.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreviousShape<'a> {
    /// The day of the assessment; null where it was not given.
    pub date: Option<String>,
    /// The edition.
    pub edition: &'a str,
    /// SHA-256 of the definition that was used.
    pub hash: &'a str,
}

/// A result that moved.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MovedShape<'a> {
    /// `score`, `band` or `grade`.
    pub of: &'static str,
    /// The id of the score or band set; `grade`.
    pub id: &'a str,
    /// What it was; null where it was open or did not exist.
    pub before: Option<ValueShape<'a>>,
    /// What it is; null where it is open or does not exist any more.
    pub after: Option<ValueShape<'a>>,
    /// Points of a score, or steps of a grade towards the severe end; null where one of the two is open.
    pub by: Option<Number>,
    /// `better` or `worse`; null where that is not known.
    pub toward: Option<&'static str>,
    /// `answers`, `edition`, `both`, or `untold`.
    pub cause: &'static str,
    /// The same as a sentence, by language.
    pub text: InLanguages<'a>,
}

/// A number, or the id of a band or grade.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ValueShape<'a> {
    /// A number.
    Number(Number),
    /// A band or grade.
    Code(&'a str),
}

/// What differs; null stands for no answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Differs<'a> {
    /// The item, input or setting.
    pub id: &'a str,
    /// What it was.
    pub before: Option<&'a str>,
    /// What it is.
    pub after: Option<&'a str>,
}

impl<'a> ChangeShape<'a> {
    pub(super) fn new(compared: &'a Compared<'_>, outcome: &Outcome<'_>, languages: &[&'a str]) -> Self {
        let Compared { earlier, change, split, same_person } = compared;
        let definition = outcome.instrument().definition();
        let told = |language: &&'a str| (*language, change_sentences(change, earlier, split, *same_person, outcome, language));
        let moved = |moved: &'a Moved| MovedShape {
            of: match moved.subject {
                Subject::Score => "score",
                Subject::Band => "band",
                Subject::Grade => "grade",
            },
            id: &moved.id,
            before: moved.before.as_ref().and_then(value),
            after: moved.after.as_ref().and_then(value),
            by: moved.by.map(Number),
            toward: moved.toward.map(|toward| if toward == Toward::Better { "better" } else { "worse" }),
            cause: match moved.cause {
                Cause::Answers => "answers",
                Cause::Edition => "edition",
                Cause::Both => "both",
                Cause::Untold => "untold",
            },
            text: languages.iter().map(|language| (*language, moved_sentence(moved, definition, language))).collect(),
        };
        Self {
            previous: PreviousShape { date: earlier.date.map(|date| date.to_string()), edition: &earlier.edition, hash: &earlier.hash },
            same_person: *same_person,
            split: match split {
                Split::SameRules => "same_rules",
                Split::NewAnswersOldRules(_) => "new_answers_by_old_rules",
                Split::OldAnswersNewRules(_) => "old_answers_by_new_rules",
                Split::Untold(Untold::NoOldRules) => "no_old_rules",
                Split::Untold(Untold::AnswersDoNotFit) => "answers_do_not_fit",
            },
            moved: change.moved.iter().map(moved).collect(),
            answers: change.answers.iter().map(Differs::from).collect(),
            settings: change.settings.iter().map(Differs::from).collect(),
            review_due: outcome.review_due().map(|due| due.to_string()),
            text: languages.iter().map(told).collect(),
        }
    }
}

fn value(recorded: &Recorded) -> Option<ValueShape<'_>> {
    match recorded {
        Recorded::Number(number) => Some(ValueShape::Number(Number(*number))),
        Recorded::Code(code) => Some(ValueShape::Code(code)),
        Recorded::Open => None,
    }
}

impl<'a> From<&'a (String, Option<String>, Option<String>)> for Differs<'a> {
    fn from((id, before, after): &'a (String, Option<String>, Option<String>)) -> Self {
        Self { id, before: before.as_deref(), after: after.as_deref() }
    }
}
