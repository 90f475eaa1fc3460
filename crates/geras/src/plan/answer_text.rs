//! An answer as an author would write it in YAML. Decides nothing.

use super::{Field, ScoringPlan, State, Type, Value};
use crate::definition::{Date, Role};

impl ScoringPlan {
    /// The answer of a field as an author would write it: a code, a number, `[a, b]`, `{absent: refused}`.
    #[must_use]
    pub fn answer_text(&self, field: &Field, state: State) -> String {
        let kind = field.answer_type();
        match state {
            State::Known(value) if kind == Type::Time => value.as_clock().map_or_else(String::new, |time| time.to_string()),
            State::Known(Value::Number(number)) => number.normalize().to_string(),
            State::Known(Value::Boolean(truth)) => truth.to_string(),
            State::Known(Value::Codes(set)) => {
                let codes = (0..64_u8).filter(|bit| set >> bit & 1 == 1).map(|bit| self.code_text(kind, Value::Code(bit)));
                format!("[{}]", codes.collect::<Vec<_>>().join(", "))
            }
            State::Known(Value::Date(day)) => Date::from_day_number(day).map_or_else(String::new, |date| date.to_string()),
            State::Known(value) => self.code_text(kind, value).to_owned(),
            State::Absent(reason) => format!("{{absent: {}}}", reason.word()),
            State::Blank | State::LeftOut | State::Unclear if field.role == Role::Setting => "as set".to_owned(),
            State::Blank | State::LeftOut | State::Unclear => "no answer".to_owned(),
        }
    }
}
