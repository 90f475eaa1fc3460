//! A file of mappings as it was read: which answers of other instruments serve one edition. Names in it may still stand for nothing.

use crate::definition::{Id, Texts};
use crate::source::{Source, Span, Spanned};

/// The mappings into one edition.
#[derive(Debug, Clone)]
pub struct CarryFile {
    /// The text that all spans count in.
    pub source: Source,
    /// The instrument and edition that answers are carried to.
    pub to: Id,
    /// The languages that every reason has.
    pub languages: Vec<Id>,
    /// One for each instrument that answers come from.
    pub pairs: Vec<Pair>,
}

/// The mapping from one edition.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The instrument and edition that answers come from.
    pub from: Id,
    /// Item by item.
    pub entries: Vec<Entry>,
}

/// How one item is answered from the other instrument.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place.
    pub span: Span,
    /// The item that is answered.
    pub item: Id,
    /// The items that it is answered from; of several, the most severe answer counts.
    pub from: Vec<Id>,
    /// How the answers agree.
    pub way: Way,
    /// Why an answer is only near, or not determined.
    pub reason: Option<Texts>,
}

/// How answers agree.
#[derive(Debug, Clone)]
pub enum Way {
    /// Option by option.
    Options {
        /// Options that mean the same: theirs, ours.
        exact: Vec<(Id, Id)>,
        /// Options that are near: theirs, ours.
        approximate: Vec<(Id, Id)>,
        /// Options of theirs that determine nothing here.
        open: Vec<Id>,
    },
    /// The answer itself is taken over; whether it means exactly the same.
    Unchanged(Spanned<bool>),
}
