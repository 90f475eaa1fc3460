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

/// So many words of a set need no memory of their own; hardly any plan has more fields or nodes.
const AT_HAND: usize = 4;

/// A set of places, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceSet<P> {
    first: [u64; AT_HAND],
    rest: Vec<u64>,
    of: PhantomData<P>,
}

impl<P> Default for PlaceSet<P> {
    fn default() -> Self {
        Self { first: [0; AT_HAND], rest: Vec::new(), of: PhantomData }
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
        let (word, bit) = (one.place() / 64, 1 << (one.place() % 64));
        if let Some(bits) = self.first.get_mut(word) {
            *bits |= bit;
            return;
        }
        let word = word - AT_HAND;
        if self.rest.len() <= word {
            self.rest.resize(word + 1, 0);
        }
        if let Some(bits) = self.rest.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Adds it, and says whether it is new.
    pub(crate) fn add(&mut self, one: P) -> bool {
        let is_new = !self.contains(one);
        self.insert(one);
        is_new
    }

    fn words(&self) -> impl Iterator<Item = &u64> {
        self.first.iter().chain(&self.rest)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words().all(|bits| *bits == 0)
    }

    #[inline]
    pub(crate) fn contains(&self, one: P) -> bool {
        let word = one.place() / 64;
        let bits = self.first.get(word).or_else(|| self.rest.get(word - AT_HAND));
        bits.is_some_and(|bits| bits >> (one.place() % 64) & 1 == 1)
    }

    pub(crate) fn len(&self) -> u32 {
        self.words().map(|bits| bits.count_ones()).sum()
    }

    #[inline]
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let both = |(left, right): (&u64, &u64)| left & right != 0;
        self.first.iter().zip(&other.first).any(both) || self.rest.iter().zip(&other.rest).any(both)
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if self.rest.len() < other.rest.len() {
            self.rest.resize(other.rest.len(), 0);
        }
        let both = self.first.iter_mut().zip(&other.first).chain(self.rest.iter_mut().zip(&other.rest));
        both.for_each(|(bits, more)| *bits |= more);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = P> + '_ {
        let words = self.words().enumerate().filter(|(_, bits)| **bits != 0);
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
