//! What is known of each field while a plan is computed. Whether an answer is allowed was settled before.

use rust_decimal::Decimal;

use super::expression::{FieldId, NodeId, Value};
use crate::definition::AbsentReason;
use crate::script::ScriptFailure;

/// What is known of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not answered yet.
    Blank,
    /// Will not be answered, for this reason.
    Absent(AbsentReason),
    /// Answered, or counted as this answer because it is hidden.
    Known(Value),
    /// Hidden, and counts nowhere.
    LeftOut,
    /// It is not known yet whether it is hidden.
    Unclear,
}

/// What an evaluation can ask for. `None` and the open states mean: not known yet.
pub(crate) trait Knowledge {
    /// The state of a field with skip logic applied.
    fn state(&self, field: FieldId) -> State;
    /// The value of a node, if it is decided.
    fn node(&self, node: NodeId) -> Option<Value>;
    /// Takes note of a script that failed.
    fn failed(&self, failure: ScriptFailure);
}

/// A set of fields, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FieldSet(Vec<u64>);

impl FieldSet {
    pub(crate) fn insert(&mut self, field: FieldId) {
        let word = field.0 / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (field.0 % 64);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    pub(crate) fn contains(&self, field: FieldId) -> bool {
        self.0.get(field.0 / 64).is_some_and(|bits| bits >> (field.0 % 64) & 1 == 1)
    }

    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(left, right)| left & right != 0)
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (bits, more) in self.0.iter_mut().zip(&other.0) {
            *bits |= more;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = FieldId> + '_ {
        let words = self.0.iter().enumerate();
        words.flat_map(|(word, bits)| (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| FieldId(word * 64 + bit)))
    }

    /// The fields that are in both.
    pub(crate) fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = FieldId> + 'a {
        self.iter().filter(|field| other.contains(*field))
    }
}

/// The number of a value that is one.
pub(crate) fn number(value: Value) -> Option<Decimal> {
    if let Value::Number(number) = value { Some(number) } else { None }
}

/// The truth of a value that is one.
pub(crate) fn truth(value: Value) -> Option<bool> {
    if let Value::Boolean(truth) = value { Some(truth) } else { None }
}
