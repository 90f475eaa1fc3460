//! The shape of a proof: each question with its values, exact counts and a sheet for each. Counts nothing.

use geras::Instrument;
use geras::assess::not_decided_words;
use geras::definition::{Definition, WorseAnswers};
use geras::plan::{FieldId, NodeId, Purpose, ScoringPlan, State, Value};
use geras::prove::{Combination, Milder, Monotony, Ordered, Outcome, Proof, Question, Reached, Share, Subject, answers_of};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::sheet::AnswerShape;
use crate::{Number, Pairs};

/// What holds over all complete sheets of an instrument, as `prove` prints it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProofShape<'a> {
    /// The instrument.
    pub id: &'a str,
    /// Its edition.
    pub edition: &'a str,
    /// SHA-256 of the definition's text, in hexadecimal.
    pub sha256: &'a str,
    /// Codes of the settings that hold throughout.
    pub settings: Pairs<'a, &'a str>,
    /// The questions, in the order in which a sheet is scored.
    pub questions: Vec<QuestionShape<'a>>,
    /// What worse answers do to the grade, or where there is none to the banded scores, and to whatever the definition makes a claim of.
    pub worse_answers: Vec<MonotonyShape<'a>>,
}

/// Whether worse answers ever give a milder result.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MonotonyShape<'a> {
    /// `score` or `grade`.
    pub about: &'static str,
    /// The id of the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// `never_milder` (proved), `sometimes_milder` (refuted by the pairs) or `not_decided`.
    pub status: &'static str,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the definition claims, where it does: `never_milder` or `sometimes_milder`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed: Option<&'static str>,
    /// The items and inputs whose answers were made worse.
    pub made_worse: Vec<&'a str>,
    /// What else it depends on: facts, days and exceptions, of which nobody says which answer is worse.
    pub left_aside: Vec<&'a str>,
    /// For each item that can do it the smallest pair of sheets that was found, smallest first.
    pub pairs: Vec<MilderShape<'a>>,
}

/// Two sheets that differ in one answer, of which the worse one gives the milder result.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MilderShape<'a> {
    /// The item whose answer differs.
    pub item: &'a str,
    /// The answers with the better answer to it.
    pub better: Pairs<'a, AnswerShape>,
    /// The answers with the worse one.
    pub worse: Pairs<'a, AnswerShape>,
    /// The result of the better answers.
    pub before: ProvedValue<'a>,
    /// The milder result of the worse answers.
    pub after: ProvedValue<'a>,
}

/// One question with its answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionShape<'a> {
    /// `score`, `score_rows`, `bands`, `preliminary_grade`, `preliminary_grade_rows`, `adjustment`, `grade`, `finding` or `alert`.
    pub about: &'static str,
    /// The id of the score, band set, adjustment, finding or alert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// `exact`; `exact_many` where the values were counted but are too many to list; `checked_up_to` where so many `sheets` were tried one by one and no
    /// more is known; or `not_decided`.
    pub status: &'static str,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many complete sheets the items below have. A text, because it may have a hundred digits.
    pub sheets: String,
    /// The items, inputs and settings on which it depends.
    pub depends_on: Vec<&'a str>,
    /// The values, ascending; of very many the least, the commonest and the most.
    pub reached: Vec<ReachedShape<'a>>,
    /// How many different values there are, where they are too many to list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub different: Option<usize>,
    /// Of the rows of a table: what they do on each combination of the columns' values. Left out where these are too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combinations: Option<Vec<CombinationShape>>,
}

/// One combination of the values of a table's columns.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CombinationShape {
    /// The values, by column: numbers, `true` and `false`, and of codes the place in their list from 1.
    pub values: Vec<String>,
    /// The rows that accept it, from 1; with `hit: first` the first one counts.
    pub rows: Vec<usize>,
    /// On how many sheets.
    pub sheets: String,
}

/// A value with the sheets that lead to it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReachedShape<'a> {
    /// A number, a code, or yes and no; null where these sheets have no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ProvedValue<'a>>,
    /// Of rows, steps and branches the place, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// On how many sheets. A text, because it may have a hundred digits.
    pub sheets: String,
    /// Their part of all sheets in percent, rounded to six places.
    pub percent: Number,
    /// The answers of one such sheet; null where there is none.
    pub witness: Option<Pairs<'a, AnswerShape>>,
    /// The settings that the witness needs in place of the defaults, where no sheet leads here with the defaults.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub settings: Pairs<'a, String>,
}

/// A value of a score, band set, grade or condition.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ProvedValue<'a> {
    /// A number.
    Number(Number),
    /// Whether it holds.
    Truth(bool),
    /// The id of a band or grade.
    Code(&'a str),
}

impl<'a> ProofShape<'a> {
    /// The shape of a proof of this instrument.
    #[must_use]
    pub fn new(instrument: &'a Instrument, proof: &'a Proof) -> Self {
        let (definition, plan) = (instrument.definition(), instrument.plan());
        let settings = definition.settings.iter();
        Self {
            id: &definition.id.value,
            edition: &definition.edition.value,
            sha256: plan.hash(),
            settings: settings.filter_map(|setting| Some((setting.id.value.as_str(), setting.default.as_ref()?.value.as_str()))).collect(),
            questions: proof.questions.iter().map(|question| shape(instrument, question)).collect(),
            worse_answers: proof.monotonies.iter().map(|monotony| monotony_shape(instrument, monotony)).collect(),
        }
    }
}

fn shape<'a>(instrument: &'a Instrument, question: &'a Question) -> QuestionShape<'a> {
    let (about, id, node) = subject(instrument.definition(), question.subject);
    let node = node.and_then(|purpose| instrument.plan().find(purpose));
    let (status, reason) = match &question.outcome {
        Outcome::Exact(_) => ("exact", None),
        Outcome::Many(_) => ("exact_many", None),
        Outcome::UpTo { reason, .. } => ("checked_up_to", Some(not_decided_words(reason, "en"))),
        Outcome::NotDecided(reason) => ("not_decided", Some(not_decided_words(reason, "en"))),
    };
    let fields = instrument.plan().fields();
    let (listed, different) = match &question.outcome {
        Outcome::Many(many) => (vec![&many.least, &many.commonest, &many.most], Some(many.different)),
        Outcome::UpTo { reached, .. } => (reached.iter().collect(), None),
        _ => (question.reached().iter().collect(), None),
    };
    QuestionShape {
        about,
        id,
        status,
        reason,
        sheets: question.sheets.to_string(),
        depends_on: question.fields.iter().filter_map(|field| fields.get(field.place())).map(|field| field.id.as_str()).collect(),
        reached: listed.into_iter().map(|reached| value(instrument, question, reached, node)).collect(),
        different,
        combinations: question.combinations.as_ref().map(|all| all.iter().map(combination).collect()),
    }
}

fn monotony_shape<'a>(instrument: &'a Instrument, monotony: &'a Monotony) -> MonotonyShape<'a> {
    let (definition, plan) = (instrument.definition(), instrument.plan());
    let (about, id, purpose) = subject(definition, monotony.subject);
    let node = purpose.and_then(|purpose| plan.find(purpose));
    let names = |fields: &[FieldId]| fields.iter().map(|field| plan.name_of(*field)).collect();
    let claim = match monotony.subject {
        Subject::Score(place) => definition.scores.get(place).and_then(|score| score.monotone.as_ref()),
        _ => definition.grade.as_ref().and_then(|grade| grade.monotone.as_ref()),
    };
    let claimed = claim.map(|claim| match claim.worse_answers.value {
        WorseAnswers::NeverMilder => "never_milder",
        WorseAnswers::SometimesMilder => "sometimes_milder",
    });
    let (status, reason, pairs) = match &monotony.outcome {
        Ordered::NeverMilder => ("never_milder", None, &[][..]),
        Ordered::SometimesMilder(pairs) => ("sometimes_milder", None, pairs.as_slice()),
        Ordered::NotDecided(reason) => ("not_decided", Some(not_decided_words(reason, "en")), &[][..]),
    };
    let sheet = |states: &[State]| answers_of(plan, states).into_iter().map(|(id, answer)| (id, AnswerShape(answer))).collect();
    let pair = |milder: &Milder| {
        let node = node?;
        Some(MilderShape {
            item: plan.name_of(milder.field),
            better: sheet(&milder.sheet),
            worse: sheet(&milder.other),
            before: proved(plan, node, milder.before)?,
            after: proved(plan, node, milder.after)?,
        })
    };
    MonotonyShape {
        about,
        id,
        status,
        reason,
        claimed,
        made_worse: names(&monotony.fields),
        left_aside: names(&monotony.left_aside),
        pairs: pairs.iter().filter_map(pair).collect(),
    }
}

/// A value as the shapes of proofs hold it.
pub(crate) fn proved(plan: &ScoringPlan, node: NodeId, value: Value) -> Option<ProvedValue<'_>> {
    match value {
        Value::Number(number) => Some(ProvedValue::Number(Number(number))),
        Value::Boolean(truth) => Some(ProvedValue::Truth(truth)),
        Value::Code(code) => plan.codes_of(node).get(usize::from(code)).map(|code| ProvedValue::Code(code.as_str())),
        _ => None,
    }
}

fn combination(combination: &Combination) -> CombinationShape {
    let value = |value: &Value| match value {
        Value::Number(number) => number.normalize().to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Code(code) => (u16::from(*code) + 1).to_string(),
        Value::Codes(codes) => codes.to_string(),
        Value::Date(_) | Value::Text => String::new(),
    };
    CombinationShape {
        values: combination.values.iter().map(value).collect(),
        rows: combination.rows.iter().map(|row| row + 1).collect(),
        sheets: combination.sheets.to_string(),
    }
}

/// What a question is called, whose it is, and the node that it asks about; rows have none, because their values are places.
fn subject(definition: &Definition, subject: Subject) -> (&'static str, Option<&str>, Option<Purpose>) {
    let score = |place: usize| definition.scores.get(place).map(|score| score.id.value.as_str());
    let clauses = definition.grade.as_ref().map_or(&[][..], |grade| &grade.adjustments);
    match subject {
        Subject::Score(place) => ("score", score(place), Some(Purpose::Score(place))),
        Subject::ScoreRows(place) => ("score_rows", score(place), None),
        Subject::Bands(place) => ("bands", definition.band_sets.get(place).map(|set| set.id.value.as_str()), Some(Purpose::Band(place))),
        Subject::Preliminary => ("preliminary_grade", None, Some(Purpose::Preliminary)),
        Subject::PreliminaryRows => ("preliminary_grade_rows", None, None),
        Subject::Adjustment(place) => {
            ("adjustment", clauses.get(place).map(|clause| clause.id.value.as_str()), Some(Purpose::Adjustment(place)))
        }
        Subject::Grade => ("grade", None, Some(Purpose::Grade)),
        Subject::Finding(place) => {
            ("finding", definition.findings.get(place).map(|finding| finding.id.value.as_str()), Some(Purpose::Finding(place)))
        }
        Subject::Alert(place) => ("alert", definition.alerts.get(place).map(|alert| alert.id.value.as_str()), Some(Purpose::Alert(place))),
    }
}

fn value<'a>(instrument: &'a Instrument, question: &Question, reached: &'a Reached, node: Option<NodeId>) -> ReachedShape<'a> {
    let value = node.zip(reached.value).and_then(|(node, value)| proved(instrument.plan(), node, value));
    let answers = || reached.answers(instrument.plan()).into_iter().map(|(id, answer)| (id, AnswerShape(answer))).collect();
    ReachedShape {
        value,
        row: if node.is_none() { reached.row().map(|row| row + 1) } else { None },
        sheets: reached.sheets.to_string(),
        percent: percent(Share::of(&reached.sheets, &question.sheets)),
        witness: reached.witness.as_ref().map(|_| answers()),
        settings: reached.other_settings(instrument.plan()).into_iter().collect(),
    }
}

/// A share in percent, rounded to six places.
pub(crate) fn percent(share: Share) -> Number {
    Number(Decimal::new(i64::try_from(share.millionths()).unwrap_or(0), 6).normalize())
}
