//! Answers as they were given, read back from a checked sheet: for a record of them, for carrying them over, for scoring them again. Judges nothing.

use rust_decimal::Decimal;

use super::sheet::{Answer, AnswerSheet, CheckedAnswers};
use crate::Instrument;
use crate::definition::{AbsentReason, ClockTime, Date, ItemType, Role};
use crate::plan::{Field, FieldId, ScoringPlan, State, Value};

/// One answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenAnswer {
    /// An option code.
    Code(String),
    /// Several option codes.
    Codes(Vec<String>),
    /// Yes or no.
    Boolean(bool),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(ClockTime),
    /// Free text.
    Text(String),
    /// No answer, for this reason.
    Absent(AbsentReason),
}

/// Where an answer comes from that was not given to this instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The instrument and edition that it was given to: `gb-t-42195@2022`.
    pub from: String,
    /// The items there that it comes from.
    pub items: Vec<String>,
    /// Whether the two questions mean the same. If not, the answer is near but not certain.
    pub exact: bool,
}

impl GivenAnswer {
    /// Puts it into a sheet.
    pub fn put(&self, sheet: &mut AnswerSheet<'_>, id: &str) {
        match self {
            Self::Code(code) => sheet.answer(id, &Answer::Text(code)),
            Self::Codes(codes) => sheet.answer(id, &Answer::Several(codes.iter().map(String::as_str).collect())),
            Self::Boolean(truth) => sheet.answer(id, &Answer::Boolean(*truth)),
            Self::Number(number) => sheet.answer(id, &Answer::Number(*number)),
            Self::Date(date) => sheet.answer(id, &Answer::Text(&date.to_string())),
            Self::Time(time) => sheet.answer(id, &Answer::Text(&time.to_string())),
            Self::Text(text) => sheet.answer(id, &Answer::Text(text)),
            Self::Absent(reason) => sheet.answer(id, &Answer::Absent(reason.word())),
        };
    }

    /// What the state of a field says, where that is an answer or an absent reason. The words of a text are not in a state.
    pub(crate) fn of_state(plan: &ScoringPlan, field: &Field, state: State) -> Option<Self> {
        let codes = field.codes.map_or(&[][..], |set| plan.codes(set));
        match state {
            State::Known(Value::Code(code)) => codes.get(usize::from(code)).cloned().map(Self::Code),
            State::Known(Value::Codes(chosen)) => {
                let chosen = codes.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1);
                Some(Self::Codes(chosen.map(|(_, code)| code.clone()).collect()))
            }
            State::Known(Value::Boolean(truth)) => Some(Self::Boolean(truth)),
            State::Known(value) if field.kind == ItemType::Time => value.as_clock().map(Self::Time),
            State::Known(Value::Number(number)) => Some(Self::Number(number)),
            State::Known(Value::Date(day)) => Date::from_day_number(day).map(Self::Date),
            State::Known(Value::Text) | State::Blank | State::LeftOut | State::Unclear => None,
            State::Absent(reason) => Some(Self::Absent(reason)),
        }
    }

    /// As an author or assessor would write it.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Code(text) | Self::Text(text) => text.clone(),
            Self::Codes(codes) => codes.join(", "),
            Self::Boolean(truth) => truth.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => time.to_string(),
            Self::Absent(reason) => reason.word().to_owned(),
        }
    }
}

impl CheckedAnswers {
    /// The answers and absent reasons that were given, in the order of the definition. The sheet must be one of this instrument.
    #[must_use]
    pub fn given<'i>(&self, instrument: &'i Instrument) -> Vec<(&'i str, GivenAnswer)> {
        self.kept(instrument, |role| role != Role::Setting)
    }

    /// The codes of all settings, in the order of the definition. The sheet must be one of this instrument.
    #[must_use]
    pub fn settings<'i>(&self, instrument: &'i Instrument) -> Vec<(&'i str, GivenAnswer)> {
        self.kept(instrument, |role| role == Role::Setting)
    }

    fn kept<'i>(&self, instrument: &'i Instrument, wanted: fn(Role) -> bool) -> Vec<(&'i str, GivenAnswer)> {
        let plan = instrument.plan();
        let fields = plan.fields().iter().enumerate().filter(|(_, field)| field.place != usize::MAX && wanted(field.role));
        fields.filter_map(|(place, field)| Some((field.id.as_str(), self.answer_of(plan, FieldId(place), field)?))).collect()
    }

    pub(crate) fn answer_of(&self, plan: &ScoringPlan, id: FieldId, field: &Field) -> Option<GivenAnswer> {
        match self.state_of(id) {
            State::Known(Value::Text) => self.texts.iter().find(|(known, _)| *known == id).map(|(_, text)| GivenAnswer::Text(text.clone())),
            state => GivenAnswer::of_state(plan, field, state),
        }
    }
}
