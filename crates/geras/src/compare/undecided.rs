//! Why nobody can say whether a result is the same in both editions. Words nothing.

use crate::prove::NotDecided;

/// The reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecided {
    /// No question that decides it in one edition has anything to do with one that decides it in the other.
    NothingShared,
    /// All results together took more counting than is done; this one was left.
    Budget,
    /// It could not be counted.
    Counting(NotDecided),
    /// No sheet can be filled in for both editions.
    NoSheet,
    /// Counting the sheets and scoring one of them disagree.
    Disagree,
    /// This question is hidden in a circle across the two editions.
    Circle(String),
    /// A mapping names nothing that answers this question.
    NoAnswer(String),
    /// A setting says how clauses are combined, and the two editions do not have it alike.
    Combine,
    /// This question, which takes several options at once, gives other points in the two editions.
    Points(String),
    /// This question has other options in the two editions.
    Options(String),
    /// An option has no points.
    NoPoints,
    /// A question that is asked in other cases is counted together with others.
    CountedTogether,
    /// A question that is asked in other cases is left out of a mean, a highest or a lowest value.
    LeftOut,
    /// A script reads a question that is asked in other cases.
    Script,
}
