//! Why something could not be counted. Words nothing.

use super::diagram::TooLarge;

/// The reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDecided {
    /// Too many different combinations of answers have to be told apart.
    Combinations,
    /// This question has too many answers.
    Answers(String),
    /// This question can be answered by any of too many numbers.
    Numbers(String),
    /// It can come to too many different numbers.
    Totals,
    /// One answer changes it between too many different numbers.
    Changes,
    /// A script would have to run on more different inputs than this.
    Script(usize),
    /// It reckons with days.
    Days,
    /// A worse answer to this question seems to give a milder result, but no two sheets show it.
    NoPair(String),
}

impl From<TooLarge> for NotDecided {
    fn from(_: TooLarge) -> Self {
        Self::Combinations
    }
}
