//! The set of values that an expression can still take, by kind of value.

use rust_decimal::Decimal;

use super::NumberSet;
use crate::plan::Value;

/// What was found for something open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Everything it can still become.
    pub(crate) possible: Possible,
    /// Whether each of these can really happen.
    pub(crate) exact: bool,
}

/// The values that are still possible. Sound: whatever can happen is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Possible {
    /// Numbers.
    Numbers(NumberSet),
    /// Codes of one list, one bit each.
    Codes(u64),
    /// Whether no, and whether yes, is possible.
    Booleans(bool, bool),
    /// Anything: days, texts, sets of codes, and numbers that nothing bounds.
    Anything,
}

impl Possible {
    /// The set of one value.
    #[must_use]
    pub fn single(value: Value) -> Self {
        match value {
            Value::Number(number) => Self::Numbers(NumberSet::single(number)),
            Value::Boolean(truth) => Self::Booleans(!truth, truth),
            Value::Code(code) => Self::Codes(1 << code),
            Value::Codes(_) | Value::Date(_) | Value::Text => Self::Anything,
        }
    }

    /// The set of these values.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Value>) -> Option<Self> {
        let mut values = values.into_iter().peekable();
        if let Some(Value::Number(_)) = values.peek() {
            let numbers = values.map(|value| if let Value::Number(number) = value { Some(number) } else { None });
            return Some(
                numbers.collect::<Option<Vec<Decimal>>>().map_or(Self::Anything, |numbers| Self::Numbers(NumberSet::from_values(numbers))),
            );
        }
        values.map(Self::single).reduce(|all, one| all.union(&one))
    }

    /// Either set; `Anything` where the kinds differ.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Numbers(one), Self::Numbers(two)) => Self::Numbers(one.union(two)),
            (Self::Codes(one), Self::Codes(two)) => Self::Codes(one | two),
            (Self::Booleans(no, yes), Self::Booleans(also_no, also_yes)) => Self::Booleans(*no || *also_no, *yes || *also_yes),
            _ => Self::Anything,
        }
    }

    /// The value, where only one is possible.
    #[must_use]
    pub fn as_single(&self) -> Option<Value> {
        match self {
            Self::Numbers(numbers) => numbers.as_single().map(Value::Number),
            Self::Codes(codes) => (codes.count_ones() == 1).then(|| Value::Code(u8::try_from(codes.trailing_zeros()).unwrap_or(0))),
            Self::Booleans(no, yes) => (no != yes).then_some(Value::Boolean(*yes)),
            Self::Anything => None,
        }
    }

    /// The values one by one; `None` where they cannot be listed, or are more than `most`.
    #[must_use]
    pub fn values(&self, most: u64) -> Option<Vec<Value>> {
        match self {
            Self::Numbers(numbers) => {
                numbers.len().filter(|len| *len <= most)?;
                Some(numbers.iter()?.map(Value::Number).collect())
            }
            Self::Codes(codes) => Some(self::codes(*codes).map(Value::Code).collect()),
            Self::Booleans(no, yes) => {
                Some([(*no, false), (*yes, true)].into_iter().filter(|(there, _)| *there).map(|(_, truth)| Value::Boolean(truth)).collect())
            }
            Self::Anything => None,
        }
    }

    /// How many values there are; `None` where they cannot be listed, or are more than `most`.
    pub(crate) fn count(&self, most: u64) -> Option<usize> {
        match self {
            Self::Numbers(numbers) => numbers.len().filter(|len| *len <= most).and_then(|len| usize::try_from(len).ok()),
            Self::Codes(codes) => usize::try_from(codes.count_ones()).ok(),
            Self::Booleans(no, yes) => Some(usize::from(*no) + usize::from(*yes)),
            Self::Anything => None,
        }
    }

    /// Whether a truth value is possible.
    #[must_use]
    pub fn may_be(&self, truth: bool) -> bool {
        match self {
            Self::Booleans(no, yes) => *(if truth { yes } else { no }),
            _ => true,
        }
    }

    /// The numbers; everything between the largest bounds where they are not known.
    pub(crate) fn numbers(&self) -> NumberSet {
        match self {
            Self::Numbers(numbers) => numbers.clone(),
            _ => NumberSet::stepped(Decimal::MIN, Decimal::MAX, Decimal::ZERO),
        }
    }
}

/// The codes in a set of bits, ascending.
pub(crate) fn codes(bits: u64) -> impl Iterator<Item = u8> {
    (0..64_u8).filter(move |bit| bits >> bit & 1 == 1)
}
