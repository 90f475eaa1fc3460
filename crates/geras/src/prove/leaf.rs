//! What an expression comes to on one complete sheet, as a diagram's leaf. Evaluates nothing.

use rust_decimal::Decimal;

use crate::plan::{State, Value};

/// The end of a path through a diagram.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Leaf {
    /// There is no such sheet: a hidden question is answered, or a shown one is not.
    Nowhere,
    /// It has no value on this sheet.
    Open,
    /// It is hidden and counts nowhere.
    LeftOut,
    /// It has this value.
    Value(Value),
    /// Several together.
    Tuple(Vec<Leaf>),
}

impl Leaf {
    pub(super) fn number(&self) -> Option<Decimal> {
        if let Self::Value(Value::Number(number)) = self { Some(*number) } else { None }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        if let Self::Value(Value::Boolean(truth)) = self { Some(*truth) } else { None }
    }

    pub(super) fn value(&self) -> Option<Value> {
        if let Self::Value(value) = self { Some(*value) } else { None }
    }

    /// The parts of several together.
    pub(super) fn parts(&self) -> Option<&[Self]> {
        if let Self::Tuple(parts) = self { Some(parts) } else { None }
    }

    /// The leaf of a value that may be missing.
    pub(super) fn of(value: Option<Value>) -> Self {
        value.map_or(Self::Open, Self::Value)
    }

    pub(super) fn of_number(number: Option<Decimal>) -> Self {
        Self::of(number.map(|number| Value::Number(number.normalize())))
    }

    /// What a field's state comes to for a rule that reads the field.
    pub(super) fn of_state(state: State) -> Self {
        match state {
            State::Known(value) => Self::Value(value),
            State::LeftOut => Self::LeftOut,
            State::Blank | State::Absent(_) | State::Unclear => Self::Open,
        }
    }
}
