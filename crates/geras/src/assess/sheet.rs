//! The answers door: takes one sheet of answers and lets it through only when every answer fits. Nothing is dropped or defaulted in silence.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::given::Origin;
use super::problem::{AnswerProblem, ProblemKind};
use crate::definition::{AbsentReason, ClockTime, Date, ItemType, Role};
use crate::plan::{Field, FieldId, ScoringPlan, State, Value};
use crate::reach::Evaluation;
use crate::sort::sort_by_key;
use crate::source::closest;

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<'a> {
    /// An option code, a day written `2024-05-01`, or free text.
    Text(&'a str),
    /// A number.
    Number(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// Several option codes.
    Several(Vec<&'a str>),
    /// No answer, for this reason.
    Absent(&'a str),
}

/// An assessor's or panel's decision beside the computed grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The grade decided on.
    pub grade: String,
    /// The mandatory reason.
    pub reason: String,
    /// Who decided, where given.
    pub by: Option<String>,
}

/// Answers that all fit their items. Made by `AnswerSheet::check` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedAnswers {
    pub(crate) states: Arc<[State]>,
    pub(super) texts: Vec<(FieldId, String)>,
    pub(super) origins: Vec<(FieldId, Origin)>,
    pub(super) date: Option<Date>,
    pub(crate) overridden: Option<Override>,
    pub(super) synthetic: bool,
}

/// An answer sheet while it is being filled in.
#[derive(Debug, Clone)]
pub struct AnswerSheet<'p> {
    plan: &'p ScoringPlan,
    scale: Vec<&'p str>,
    states: Vec<State>,
    given: Vec<bool>,
    texts: Vec<(FieldId, String)>,
    origins: Vec<(FieldId, Origin)>,
    date: Option<Date>,
    overridden: Option<Override>,
    synthetic: bool,
    problems: Vec<AnswerProblem>,
    next: usize,
}

impl<'p> AnswerSheet<'p> {
    pub(crate) fn new(plan: &'p ScoringPlan, scale: Vec<&'p str>) -> Self {
        let states = plan.fields().iter().map(|field| field.default.map_or(State::Blank, State::Known)).collect();
        let given = vec![false; plan.fields().len()];
        let (texts, origins, problems) = (Vec::new(), Vec::new(), Vec::new());
        Self { plan, scale, states, given, texts, origins, date: None, overridden: None, synthetic: false, problems, next: 0 }
    }

    /// Answers an item or input, or enters a score, by its id.
    pub fn answer(&mut self, id: &str, answer: &Answer<'_>) -> &mut Self {
        self.take(id, answer, false)
    }

    /// Names an item or input that has no answer yet, as an explicit `null` does: only its id must be known.
    pub fn unanswered(&mut self, id: &str) -> &mut Self {
        self.known(id, false);
        self
    }

    /// Sets a named switch to one of its codes.
    pub fn setting(&mut self, id: &str, code: &str) -> &mut Self {
        self.take(id, &Answer::Text(code), true)
    }

    /// The day of the assessment.
    pub fn on(&mut self, date: Date) -> &mut Self {
        self.date = Some(date);
        if let Some(state) = self.plan.assessed_on.and_then(|field| self.states.get_mut(field.0)) {
            *state = State::Known(Value::Date(date.day_number()));
        }
        self
    }

    /// Records an assessor's or panel's decision beside the computed grade.
    pub fn overridden(&mut self, decision: Override) -> &mut Self {
        if decision.reason.trim().is_empty() {
            self.problem("override", ProblemKind::ReasonMissing);
        }
        if !self.scale.contains(&decision.grade.as_str()) {
            let scale = self.scale.iter().map(|grade| (*grade).to_owned()).collect();
            self.problem("override", ProblemKind::UnknownGrade(decision.grade.clone(), scale));
        }
        self.overridden = Some(decision);
        self
    }

    /// Marks the sheet as made up by a program: no real person stands behind it, and every outcome says so.
    pub const fn synthetic(&mut self, made_up: bool) -> &mut Self {
        self.synthetic = made_up;
        self
    }

    /// Marks an answer as carried over from a sheet of another instrument.
    pub fn carried(&mut self, id: &str, origin: Origin) -> &mut Self {
        if let Some(found) = self.known(id, false) {
            if self.origins.iter().any(|(marked, _)| *marked == found) {
                return self.problem(id, ProblemKind::AnsweredTwice);
            }
            self.origins.push((found, origin));
        }
        self
    }

    /// Notes a problem that was found outside, so that it is reported together with the others.
    pub fn problem(&mut self, item: &str, kind: ProblemKind) -> &mut Self {
        self.problems.push(AnswerProblem { item: item.to_owned(), kind });
        self
    }

    fn find(&mut self, id: &str) -> Option<FieldId> {
        // Sheets usually follow the printed order: look at the next field before searching.
        let found = match self.plan.fields().get(self.next) {
            Some(field) if field.id == id => Some(FieldId(self.next)),
            _ => self.plan.field_id(id),
        };
        self.next = found.map_or(self.next, |field| field.0 + 1);
        found
    }

    /// The field that a sheet calls by this id, or else the problem that there is none.
    fn known(&mut self, id: &str, setting: bool) -> Option<FieldId> {
        let plan = self.plan;
        let fits = |field: &Field| (field.role == Role::Setting) == setting && field.place != usize::MAX;
        let found = self.find(id).filter(|found| fits(plan.field(*found)));
        if found.is_none() {
            let known = plan.fields().iter().filter(|field| fits(field)).map(|field| field.id.as_str());
            let near = closest(id, known).map(str::to_owned);
            self.problem(id, ProblemKind::UnknownItem(near));
        }
        found
    }

    fn take(&mut self, id: &str, answer: &Answer<'_>, setting: bool) -> &mut Self {
        let plan = self.plan;
        let Some(found) = self.known(id, setting) else { return self };
        if self.given.get(found.0).copied().unwrap_or(false) {
            return self.problem(id, ProblemKind::AnsweredTwice);
        }
        match read(plan, plan.field(found), answer) {
            Ok(state) => {
                if let (State::Known(Value::Text), Answer::Text(text)) = (state, answer) {
                    self.texts.push((found, (*text).to_owned()));
                }
                self.put(found, state);
            }
            Err(kind) => {
                self.problem(id, kind);
            }
        }
        if let Some(given) = self.given.get_mut(found.0) {
            *given = true;
        }
        self
    }

    fn put(&mut self, id: FieldId, state: State) {
        if let Some(slot) = self.states.get_mut(id.0) {
            *slot = state;
        }
    }

    /// Fills every field that has no answer yet with its first (or last) option, no (or yes), the lowest (or highest) number. Fields that turn out to
    /// be hidden are left alone. For made-up sheets, never for people.
    pub(crate) fn fill(&mut self, last: bool, except: &[&str]) {
        for (place, field) in self.plan.fields().iter().enumerate() {
            let given = self.given.get(place).copied().unwrap_or(true);
            if given || field.role == Role::Setting || except.contains(&field.id.as_str()) {
                continue;
            }
            let value = match field.kind {
                ItemType::Choice => Some(Value::Code(if last { field.choices.saturating_sub(1) } else { 0 })),
                ItemType::Boolean => Some(Value::Boolean(last)),
                ItemType::Choices => Some(Value::Codes(0)),
                ItemType::Integer | ItemType::Decimal => field.range.map(|(low, high)| Value::Number(if last { high } else { low })),
                ItemType::Date | ItemType::Time | ItemType::Text => None,
            };
            if let Some(value) = value {
                self.put(FieldId(place), State::Known(value));
            }
        }
    }

    /// Whether a field is answered with option codes.
    pub(super) fn takes_codes(&self, id: &str) -> bool {
        let field = self.plan.field_id(id).map(|id| self.plan.field(id));
        field.is_some_and(|field| matches!(field.kind, ItemType::Choice | ItemType::Choices))
    }

    /// Lets the sheet through if every answer fits.
    ///
    /// # Errors
    /// Every problem, in the order of the answers; then the answers to hidden items.
    pub fn check(mut self) -> Result<CheckedAnswers, Vec<AnswerProblem>> {
        if self.plan.index.until_shown > 0 {
            self.check_hidden();
        }
        sort_by_key(&mut self.origins, |(field, _)| *field);
        for (field, _) in &self.origins {
            if !matches!(self.states.get(field.0), Some(State::Known(_))) {
                self.problems.push(AnswerProblem { item: self.plan.field(*field).id.clone(), kind: ProblemKind::CarriedWithoutAnswer });
            }
        }
        if self.problems.is_empty() {
            let Self { texts, origins, date, overridden, synthetic, .. } = self;
            Ok(CheckedAnswers { states: self.states.into(), texts, origins, date, overridden, synthetic })
        } else {
            Err(self.problems)
        }
    }

    fn check_hidden(&mut self) {
        let evaluation = Evaluation::first(self.plan, self.states.as_slice(), 0, self.plan.index.until_shown);
        for (place, field) in self.plan.fields().iter().enumerate() {
            let hidden = field.shown.is_some_and(|shown| evaluation.value(shown) == Some(Value::Boolean(false)));
            if !hidden {
                continue;
            }
            if self.given.get(place).copied().unwrap_or(false) {
                self.problems.push(AnswerProblem { item: field.id.clone(), kind: ProblemKind::ItemHidden });
            } else if let Some(state) = self.states.get_mut(place) {
                *state = State::Blank;
            }
        }
    }
}

/// The state that an answer puts a field into, or what is wrong with the answer.
fn read(plan: &ScoringPlan, field: &Field, answer: &Answer<'_>) -> Result<State, ProblemKind> {
    if let Answer::Absent(word) = answer {
        let reason = AbsentReason::from_word(word).filter(|reason| field.absent.contains(reason));
        let allowed = || field.absent.iter().map(|reason| reason.word().to_owned()).collect();
        return reason.map(State::Absent).ok_or_else(|| ProblemKind::AbsentReasonNotAllowed((*word).to_owned(), allowed()));
    }
    let wrong = || ProblemKind::WrongType(describe(answer), field.kind.word());
    let value = match (field.kind, answer) {
        (ItemType::Choice, Answer::Text(code)) => Value::Code(option(plan, field, code)?),
        // A code such as `1` may come as a number.
        (ItemType::Choice, Answer::Number(number)) => Value::Code(option(plan, field, &number.to_string())?),
        (ItemType::Choices, Answer::Several(codes)) => Value::Codes(options(plan, field, codes)?),
        (ItemType::Choices, Answer::Text(code)) => Value::Codes(options(plan, field, &[code])?),
        (ItemType::Boolean, Answer::Boolean(truth)) => Value::Boolean(*truth),
        (ItemType::Integer, Answer::Number(number)) if number.fract().is_zero() => Value::Number(within(field, *number)?),
        (ItemType::Decimal, Answer::Number(number)) => Value::Number(within(field, *number)?),
        (ItemType::Date, Answer::Text(text)) => Value::Date(Date::parse(text).ok_or_else(wrong)?.day_number()),
        (ItemType::Time, Answer::Text(text)) => Value::of_clock(ClockTime::parse(text).ok_or_else(wrong)?),
        (ItemType::Text, Answer::Text(_)) => Value::Text,
        _ => return Err(wrong()),
    };
    Ok(State::Known(value))
}

fn option(plan: &ScoringPlan, field: &Field, code: &str) -> Result<u8, ProblemKind> {
    let codes = field.codes.map_or(&[][..], |set| plan.codes(set));
    let place = codes.iter().position(|known| known == code).and_then(|place| u8::try_from(place).ok());
    place.ok_or_else(|| ProblemKind::UnknownOption(code.to_owned(), codes.to_vec()))
}

fn options(plan: &ScoringPlan, field: &Field, codes: &[&str]) -> Result<u64, ProblemKind> {
    let mut chosen = 0_u64;
    for code in codes {
        chosen |= 1 << option(plan, field, code)?;
    }
    let exclusive = codes.iter().find(|code| option(plan, field, code).is_ok_and(|place| field.exclusive >> place & 1 == 1));
    match exclusive {
        Some(code) if chosen.count_ones() > 1 => Err(ProblemKind::ExclusiveOption((*code).to_owned())),
        _ => Ok(chosen),
    }
}

fn within(field: &Field, number: Decimal) -> Result<Decimal, ProblemKind> {
    let Some((low, high)) = field.range else { return Ok(number) };
    if number < low || number > high {
        return Err(ProblemKind::OutOfRange { given: number.to_string(), low: low.to_string(), high: high.to_string() });
    }
    match field.step {
        Some(step) if !((number - low) % step).is_zero() => Err(ProblemKind::OffStep { given: number.to_string(), step: step.to_string() }),
        _ => Ok(number.normalize()),
    }
}

fn describe(answer: &Answer<'_>) -> String {
    match answer {
        Answer::Text(text) | Answer::Absent(text) => crate::definition::shortened(text),
        Answer::Number(number) => number.to_string(),
        Answer::Boolean(truth) => truth.to_string(),
        Answer::Several(codes) => format!("[{}]", crate::definition::shortened(&codes.join(", "))),
    }
}

impl CheckedAnswers {
    /// The day of the assessment, where it was given.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        self.date
    }

    /// Whether the sheet is marked as made up by a program.
    #[must_use]
    pub const fn is_synthetic(&self) -> bool {
        self.synthetic
    }

    /// The decision beside the computed grade.
    #[must_use]
    pub const fn overridden(&self) -> Option<&Override> {
        self.overridden.as_ref()
    }

    /// The answers that were carried over, by item, in the order of the definition. The sheet must be one of this instrument.
    pub fn origins<'s>(&'s self, instrument: &'s crate::Instrument) -> impl Iterator<Item = (&'s str, &'s Origin)> {
        self.origins.iter().map(|(field, origin)| (instrument.plan().field(*field).id.as_str(), origin))
    }

    pub(crate) fn state_of(&self, field: FieldId) -> State {
        self.states.get(field.0).copied().unwrap_or(State::Blank)
    }
}
