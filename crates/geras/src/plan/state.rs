//! What is known of each field while a plan is computed. Whether an answer is allowed was settled before.

use std::marker::PhantomData;

use rust_decimal::Decimal;

use super::expression::{FieldId, NodeId, Value};
use crate::definition::AbsentReason;
use crate::script::ScriptFailure;

/// What is known of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
pub(crate) type FieldSet = PlaceSet<FieldId>;
/// A set of computed nodes, one bit each.
pub(crate) type NodeSet = PlaceSet<NodeId>;

/// Something that has a place in a plan, from 0.
pub(crate) trait Place: Copy {
    fn place(self) -> usize;
    fn at(place: usize) -> Self;
}

impl Place for FieldId {
    fn place(self) -> usize {
        self.0
    }

    fn at(place: usize) -> Self {
        Self(place)
    }
}

impl Place for NodeId {
    fn place(self) -> usize {
        self.0
    }

    fn at(place: usize) -> Self {
        Self(place)
    }
}

/// A set of places, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceSet<P>(Vec<u64>, PhantomData<P>);

impl<P> Default for PlaceSet<P> {
    fn default() -> Self {
        Self(Vec::new(), PhantomData)
    }
}

impl<P: Place> PlaceSet<P> {
    /// The set of these.
    pub(crate) fn of(all: impl IntoIterator<Item = P>) -> Self {
        let mut set = Self::default();
        all.into_iter().for_each(|one| set.insert(one));
        set
    }

    pub(crate) fn insert(&mut self, one: P) {
        let word = one.place() / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (one.place() % 64);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    #[inline]
    pub(crate) fn contains(&self, one: P) -> bool {
        self.0.get(one.place() / 64).is_some_and(|bits| bits >> (one.place() % 64) & 1 == 1)
    }

    pub(crate) fn len(&self) -> u32 {
        self.0.iter().map(|bits| bits.count_ones()).sum()
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

    pub(crate) fn iter(&self) -> impl Iterator<Item = P> + '_ {
        let words = self.0.iter().enumerate();
        words.flat_map(|(word, bits)| (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| P::at(word * 64 + bit)))
    }

    /// What is in both.
    pub(crate) fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = P> + 'a {
        self.iter().filter(|one| other.contains(*one))
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
