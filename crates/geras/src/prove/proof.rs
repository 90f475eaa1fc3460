//! The questions that a proof of an instrument answers: what each score, band, row, clause, grade, finding and alert comes to, on how many sheets.

use super::count::Count;
use rust_decimal::Decimal;

use super::combinations::{Combination, combinations};
use super::domain::first_answer;
use super::example::complete;
use super::given::Given;
use super::leaf::Leaf;
use super::monotone::{Monotony, monotony};
use super::not_decided::NotDecided;
use super::tally::{Tallies, Tally};
use super::tried::tried;
use crate::Instrument;
use crate::assess::GivenAnswer;
use crate::definition::{Form, Hit, Role, Score};
use crate::plan::{Considered, DecisionTable, Expr, FieldId, NodeId, Purpose, ScoringPlan, State, Value, form_itself};
use crate::sort::sort_by_key;

/// What a question is about; numbers are places in the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The numbers of a score.
    Score(usize),
    /// The rows, steps or branches of a score's rule.
    ScoreRows(usize),
    /// The bands of a band set.
    Bands(usize),
    /// The preliminary grade.
    Preliminary,
    /// The rows, steps or branches of the preliminary grade's rule.
    PreliminaryRows,
    /// Whether an adjustment holds.
    Adjustment(usize),
    /// The grade.
    Grade,
    /// Whether a finding holds.
    Finding(usize),
    /// Whether an alert speaks.
    Alert(usize),
}

/// A value, row or the like that sheets lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The value; of rows, steps and branches their place from 0. None where a sheet has no value.
    pub value: Option<Value>,
    /// On how many sheets.
    pub sheets: Count,
    /// One of these sheets; none where there is none.
    pub witness: Option<Vec<State>>,
}

/// More values than this are counted, but not listed.
const MOST_LISTED: usize = 10_000;

/// How a question was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every value that sheets lead to, ascending, counted exactly.
    Exact(Vec<Reached>),
    /// All values counted exactly, but too many to list.
    Many(Box<Many>),
    /// It could not be counted, for this reason; but so many complete sheets, spread over all of them, were tried one by one. What they lead to is there;
    /// what they do not lead to may be there too.
    UpTo {
        /// How many sheets were tried.
        tried: Count,
        /// What they lead to, ascending, each with how many of them do.
        reached: Vec<Reached>,
        /// Why not all could be counted.
        reason: NotDecided,
    },
    /// Why it could not be counted.
    NotDecided(NotDecided),
}

/// A number with very many values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    /// How many different values sheets lead to.
    pub different: usize,
    /// The least of them.
    pub least: Reached,
    /// The most of them.
    pub most: Reached,
    /// The one that most sheets lead to.
    pub commonest: Reached,
}

impl Reached {
    /// Whether sheets lead here only under other settings than the defaults; the witness names them.
    #[must_use]
    pub fn only_under_other_settings(&self) -> bool {
        self.sheets == Count::ZERO && self.witness.is_some()
    }

    /// The settings of the witness that are not the defaults.
    #[must_use]
    pub fn other_settings<'p>(&self, plan: &'p ScoringPlan) -> Vec<(&'p str, String)> {
        let told = |(field, state): (&'p crate::plan::Field, &State)| {
            let other = field.role == Role::Setting && *state != State::Known(field.default?);
            other.then(|| (field.id.as_str(), plan.answer_text(field, *state)))
        };
        plan.fields().iter().zip(self.witness.iter().flatten()).filter_map(told).collect()
    }

    /// The place of a row, step or branch, from 0.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        if let Some(Value::Number(row)) = self.value { usize::try_from(row).ok() } else { None }
    }

    /// The answers of the witness as a sheet holds them.
    #[must_use]
    pub fn answers<'p>(&self, plan: &'p ScoringPlan) -> Vec<(&'p str, GivenAnswer)> {
        answers_of(plan, self.witness.as_deref().unwrap_or(&[]))
    }

    /// The answers of the witness that differ from the first ones, with their ids, as an author would write them.
    #[must_use]
    pub fn told<'p>(&self, plan: &'p ScoringPlan) -> Vec<(&'p str, String)> {
        self.told_of(plan, (0..plan.fields().len()).map(FieldId))
    }

    /// The same of some fields only.
    pub fn told_of<'p>(&self, plan: &'p ScoringPlan, fields: impl IntoIterator<Item = FieldId>) -> Vec<(&'p str, String)> {
        let states = self.witness.as_deref().unwrap_or(&[]);
        let told = |id: FieldId| {
            let (field, state) = (plan.field(id), *states.get(id.0)?);
            (state != State::Blank && first_answer(field) != Some(state)).then(|| (field.id.as_str(), plan.answer_text(field, state)))
        };
        fields.into_iter().filter_map(told).collect()
    }
}

/// The answers of a sheet of a proof, without settings, as an answer sheet holds them.
#[must_use]
pub fn answers_of<'p>(plan: &'p ScoringPlan, states: &[State]) -> Vec<(&'p str, GivenAnswer)> {
    let asked = plan.fields().iter().zip(states).filter(|(field, _)| field.role != Role::Setting);
    asked.filter_map(|(field, state)| Some((field.id.as_str(), GivenAnswer::of_state(plan, field, *state)?))).collect()
}

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub subject: Subject,
    /// The fields on which it depends; their complete sheets are counted.
    pub fields: Vec<FieldId>,
    /// How many complete sheets these fields have.
    pub sheets: Count,
    /// The answer.
    pub outcome: Outcome,
    /// Of the rows of a table, what they do on each combination of the columns' values, where these are not too many.
    pub combinations: Option<Vec<Combination>>,
}

/// All questions of one instrument, in the order in which a sheet is scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The questions.
    pub questions: Vec<Question>,
    /// What worse answers do: to the grade, or where there is none to the banded scores, and to whatever the definition makes a claim of.
    pub monotonies: Vec<Monotony>,
}

impl Proof {
    /// What no sheet leads to, with the question that it belongs to.
    pub fn unreachable(&self) -> impl Iterator<Item = (&Question, &Reached)> {
        let pairs = self.questions.iter().flat_map(|question| question.reached().iter().map(move |reached| (question, reached)));
        pairs.filter(|(_, reached)| reached.witness.is_none())
    }

    /// The question with a subject.
    #[must_use]
    pub fn question(&self, subject: Subject) -> Option<&Question> {
        self.questions.iter().find(|question| question.subject == subject)
    }
}

/// Counts the complete sheets that lead to every value of an instrument. Settings have their defaults; every shown question has an answer. What no such
/// sheet leads to is looked for under the other settings too.
#[must_use]
pub fn prove(instrument: &Instrument) -> Proof {
    let plan = instrument.plan();
    let mut questions = counted(instrument, Given::defaults(plan));
    let settings = plan.fields().iter().any(|field| field.default.is_some());
    if settings && questions.iter().flat_map(Question::reached).any(|reached| reached.witness.is_none()) {
        let others = counted(instrument, Given::nothing(plan));
        for question in &mut questions {
            let other = others.iter().find(|other| other.subject == question.subject).map_or(&[][..], Question::reached);
            let Outcome::Exact(reached) = &mut question.outcome else { continue };
            for reached in reached.iter_mut().filter(|reached| reached.witness.is_none()) {
                reached.witness = other.iter().find(|other| other.value == reached.value).and_then(|other| other.witness.clone());
            }
        }
    }
    Proof { questions, monotonies: monotonies(instrument) }
}

fn monotonies(instrument: &Instrument) -> Vec<Monotony> {
    let (definition, plan) = (instrument.definition(), instrument.plan());
    let banded = |score: &Score| definition.band_sets.iter().any(|set| set.of.value == score.id.value);
    let scores = definition.scores.iter().enumerate();
    let scores = scores.filter(|(_, score)| score.monotone.is_some() || (definition.grade.is_none() && banded(score)));
    let subjects = scores.map(|(place, _)| (Subject::Score(place), Purpose::Score(place)));
    let subjects = subjects.chain(definition.grade.iter().map(|_| (Subject::Grade, Purpose::Grade)));
    let of = |(subject, purpose)| {
        if let Some(known) = instrument.monotonies().iter().find(|known| known.subject == subject) {
            return Some(known.clone());
        }
        // Exceptions are made worse too, so that their pairs are seen.
        let considered = plan.considered(purpose).map(|considered| Considered { except: Vec::new(), ..considered.clone() });
        monotony(definition, plan, subject, &considered.unwrap_or_default())
    };
    subjects.filter_map(of).collect()
}

fn counted(instrument: &Instrument, given: Given<'_>) -> Vec<Question> {
    let (definition, plan) = (instrument.definition(), instrument.plan());
    let prover = Prover { plan, tallies: Tallies::new(plan, given) };
    let mut questions = Vec::new();
    for (place, score) in definition.scores.iter().enumerate() {
        let Some(node) = plan.find(Purpose::Score(place)) else { continue };
        questions.push(prover.values(Subject::Score(place), node));
        questions.extend(prover.rows(Subject::ScoreRows(place), form_itself(&plan.node(node).expr, score), &score.form.value));
        for (set, bands) in definition.band_sets.iter().enumerate().filter(|(_, bands)| bands.of.value == score.id.value) {
            let Some(node) = plan.find(Purpose::Band(set)) else { continue };
            let mut question = prover.values(Subject::Bands(set), node);
            question.outcome.complete(bands.bands.len().min(plan.codes_of(node).len()));
            questions.push(question);
        }
    }
    if let (Some(grade), Some(preliminary), Some(node)) = (&definition.grade, plan.find(Purpose::Preliminary), plan.find(Purpose::Grade)) {
        let mut all = prover.values(Subject::Preliminary, preliminary);
        all.outcome.complete(grade.scale.len());
        questions.push(all);
        questions.extend(prover.rows(Subject::PreliminaryRows, &plan.node(preliminary).expr, &grade.preliminary.value));
        for place in 0..grade.adjustments.len() {
            questions.extend(plan.find(Purpose::Adjustment(place)).map(|node| prover.condition(Subject::Adjustment(place), node)));
        }
        let mut all = prover.values(Subject::Grade, node);
        all.outcome.complete(grade.scale.len());
        questions.push(all);
    }
    for place in 0..definition.findings.len() {
        questions.extend(plan.find(Purpose::Finding(place)).map(|node| prover.condition(Subject::Finding(place), node)));
    }
    for place in 0..definition.alerts.len() {
        questions.extend(plan.find(Purpose::Alert(place)).map(|node| prover.condition(Subject::Alert(place), node)));
    }
    questions
}

impl Question {
    /// What was counted; nothing where nothing could be.
    #[must_use]
    pub fn reached(&self) -> &[Reached] {
        match &self.outcome {
            Outcome::Exact(reached) => reached,
            Outcome::Many(_) | Outcome::UpTo { .. } | Outcome::NotDecided(_) => &[],
        }
    }
}

/// What was counted of a node: on which fields it depends, how many sheets these have, and what they lead to.
pub(super) struct Counted {
    pub(super) fields: Vec<FieldId>,
    pub(super) sheets: Count,
    pub(super) outcome: Outcome,
}

impl Outcome {
    /// Adds that a condition holds, where no sheet leads there.
    pub(super) fn complete_condition(&mut self) {
        if let Self::Exact(reached) = self
            && !reached.iter().any(|reached| reached.value == Some(Value::Boolean(true)))
        {
            reached.push(Reached { value: Some(Value::Boolean(true)), sheets: Count::ZERO, witness: None });
        }
    }

    /// Adds the codes that no sheet leads to.
    pub(super) fn complete(&mut self, codes: usize) {
        let Self::Exact(reached) = self else { return };
        for code in (0..codes).filter_map(|code| u8::try_from(code).ok()) {
            if !reached.iter().any(|reached| reached.value == Some(Value::Code(code))) {
                reached.push(Reached { value: Some(Value::Code(code)), sheets: Count::ZERO, witness: None });
            }
        }
        sort_by_key(reached, |reached| reached.value);
    }
}

pub(super) struct Prover<'a> {
    pub(super) plan: &'a ScoringPlan,
    pub(super) tallies: Tallies<'a>,
}

impl<'a> Prover<'a> {
    fn values(&self, subject: Subject, node: NodeId) -> Question {
        let Counted { fields, sheets, outcome } = self.of_node(node);
        Question { subject, fields, sheets, outcome, combinations: None }
    }

    /// What sheets lead to a node's values: counted, or else tried one by one as far as that goes.
    pub(super) fn of_node(&self, node: NodeId) -> Counted {
        let counted = self.counted(self.tallies.of_node(node, None));
        let Outcome::NotDecided(reason) = &counted.outcome else { return counted };
        let fields = self.tallies.fields_of(node).as_slice().to_vec();
        let Some(tried) = tried(self.plan, &self.tallies.given, node, fields) else { return counted };
        let outcome = if tried.whole {
            Outcome::Exact(tried.reached)
        } else {
            Outcome::UpTo { tried: tried.sheets.clone(), reached: tried.reached, reason: reason.clone() }
        };
        Counted { fields: tried.fields, sheets: tried.sheets, outcome }
    }

    fn condition(&self, subject: Subject, node: NodeId) -> Question {
        let mut question = self.values(subject, node);
        question.outcome.complete_condition();
        question
    }

    fn question(&self, subject: Subject, tally: Result<Tally, NotDecided>) -> Question {
        let Counted { fields, sheets, outcome } = self.counted(tally);
        Question { subject, fields, sheets, outcome, combinations: None }
    }

    fn counted(&self, tally: Result<Tally, NotDecided>) -> Counted {
        let tally = match tally {
            Ok(tally) => tally,
            Err(reason) => return Counted { fields: Vec::new(), sheets: Count::ZERO, outcome: Outcome::NotDecided(reason) },
        };
        let sheets = tally.sheets();
        let reached = |value: &super::tally::Tallied| {
            let mut answers = Vec::new();
            value.witness.gather(&mut answers);
            Reached { value: value.leaf.value(), sheets: value.count.clone(), witness: Some(complete(self.plan, &answers)) }
        };
        let ends = (tally.values.first(), tally.values.last(), tally.values.iter().max_by_key(|value| &value.count));
        let outcome = match ends {
            (Some(least), Some(most), Some(commonest)) if tally.values.len() > MOST_LISTED => Outcome::Many(Box::new(Many {
                different: tally.values.len(),
                least: reached(least),
                most: reached(most),
                commonest: reached(commonest),
            })),
            _ => Outcome::Exact(tally.values.iter().map(reached).collect()),
        };
        Counted { fields: tally.fields, sheets, outcome }
    }

    /// The rows of a table or matrix, the steps of a lookup, the branches of a tree.
    fn rows(&self, subject: Subject, expr: &'a Expr, form: &Form) -> Option<Question> {
        if let (Expr::Table(table), Form::Table(_) | Form::Matrix { .. }) = (expr, form) {
            return Some(self.table_rows(subject, table, expr));
        }
        let (numbered, count) = match (expr, form) {
            (Expr::Steps(of, steps), Form::Lookup { .. }) => {
                let place =
                    |(place, (edges, _)): (usize, &(crate::definition::Edges, Value))| (*edges, Value::Number(Decimal::from(place)));
                (Expr::Steps(of.clone(), steps.iter().enumerate().map(place).collect()), steps.len())
            }
            (Expr::If(..), Form::Tree(_)) => {
                let mut count = 0;
                (branches(expr, &mut count), count)
            }
            _ => return None,
        };
        let mut question = self.question(subject, self.tallies.of(&[&numbered]));
        if let Outcome::Exact(reached) = &mut question.outcome {
            fill_rows(reached, count);
        }
        Some(question)
    }

    fn table_rows(&self, subject: Subject, table: &'a DecisionTable, whole: &'a Expr) -> Question {
        let tally = self.tallies.rows(table, whole);
        let (fields, values) = match tally {
            Err(reason) => {
                return Question {
                    subject,
                    fields: Vec::new(),
                    sheets: Count::ZERO,
                    outcome: Outcome::NotDecided(reason),
                    combinations: None,
                };
            }
            Ok(tally) => (tally.fields, tally.values),
        };
        let mut reached: Vec<Reached> = Vec::new();
        let mut sheets = Count::ZERO;
        for value in &values {
            sheets += &value.count;
            let Leaf::Tuple(rows) = &value.leaf else { continue };
            let counting = if table.hit == Hit::Collect { rows.len() } else { 1 };
            for row in rows.iter().take(counting).filter_map(Leaf::value) {
                match reached.iter_mut().find(|known| known.value == Some(row)) {
                    Some(known) => known.sheets += &value.count,
                    None => {
                        let mut answers = Vec::new();
                        value.witness.gather(&mut answers);
                        reached.push(Reached {
                            value: Some(row),
                            sheets: value.count.clone(),
                            witness: Some(complete(self.plan, &answers)),
                        });
                    }
                }
            }
        }
        fill_rows(&mut reached, table.rows.len());
        let combinations = combinations(&self.tallies, table);
        Question { subject, fields, sheets, outcome: Outcome::Exact(reached), combinations }
    }
}

fn fill_rows(reached: &mut Vec<Reached>, count: usize) {
    for row in (0..count).map(|row| Value::Number(Decimal::from(row))) {
        if !reached.iter().any(|known| known.value == Some(row)) {
            reached.push(Reached { value: Some(row), sheets: Count::ZERO, witness: None });
        }
    }
    sort_by_key(reached, |reached| reached.value);
}

/// The tree with its results numbered from 0 in the order in which they are written.
fn branches(expr: &Expr, count: &mut usize) -> Expr {
    if let Expr::If(test, then, otherwise) = expr {
        let then = branches(then, count);
        let otherwise = branches(otherwise, count);
        return Expr::If(test.clone(), Box::new(then), Box::new(otherwise));
    }
    let place = *count;
    *count += 1;
    Expr::Constant(Value::Number(Decimal::from(place)))
}
