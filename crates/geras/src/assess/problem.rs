//! Why an answer sheet is refused: one problem for each answer, all of them at once. How they are worded is in `sentences`.

use crate::carry::Contradiction;
use crate::definition::{Licence, Use};

/// What is wrong with one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerProblem {
    /// The id of the item, input or setting, as it was given.
    pub item: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// The kinds of problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The instrument has no such item, input or setting; the nearest known id, if one is near.
    UnknownItem(Option<String>),
    /// The item has no such option: what was given, and the codes it has.
    UnknownOption(String, Vec<String>),
    /// The number lies outside the range.
    OutOfRange {
        /// What was given.
        given: String,
        /// The lowest number allowed.
        low: String,
        /// The highest number allowed.
        high: String,
    },
    /// The number is not on the grid.
    OffStep {
        /// What was given.
        given: String,
        /// The grid.
        step: String,
    },
    /// The answer is of another kind than the item: what was given, and the item's type.
    WrongType(String, &'static str),
    /// Skip logic hides the item, so that it cannot have an answer.
    ItemHidden,
    /// The item does not allow this absent reason: what was given, and the reasons it allows.
    AbsentReasonNotAllowed(String, Vec<String>),
    /// The option may not stand beside others.
    ExclusiveOption(String),
    /// The item was answered twice.
    AnsweredTwice,
    /// An override needs a reason.
    ReasonMissing,
    /// The grade of an override is not on the scale: what was given, and the scale.
    UnknownGrade(String, Vec<String>),
    /// The sheet belongs to another instrument or edition: what it says, and what this is.
    WrongInstrument(String, String),
    /// The edition is not in force on the day of the assessment: the day, and the first and last day.
    NotInForce(String, String, Option<String>),
    /// The sheet says where an answer was carried from that is not there.
    CarriedWithoutAnswer,
    /// An answer that is carried over is another one than was given.
    CarriedContradicts(Box<Contradiction>),
    /// The two sheets or outcomes belong to two people: who this one is, and the other.
    OtherPerson(String, String),
    /// The two sheets are of two days: this one's, and the other's.
    OtherDay(String, String),
    /// The licence of the instrument does not allow what it is used for.
    UseNotAllowed(Box<UseRefused>),
    /// The earlier outcome cannot be used: what is wrong with it.
    PreviousUnreadable(String),
    /// The earlier outcome is of another instrument: which it is of, and what this is.
    PreviousInstrument(String, String),
    /// The earlier outcome is by an edition that is not here: its name, and the editions there are.
    PreviousEdition(String, Vec<String>),
    /// The earlier outcome is of a later day: its day, and this one's.
    PreviousIsLater(String, String),
    /// The sheet cannot be read at all: what the reader says.
    Unreadable(String),
}

/// A use that the licence of an instrument does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseRefused {
    /// The use.
    pub wanted: Use,
    /// The licence.
    pub licence: Licence,
}

impl ProblemKind {
    /// The kind's name in kebab case, for programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::UnknownItem(_) => "unknown-item",
            Self::UnknownOption(..) => "unknown-option",
            Self::OutOfRange { .. } => "out-of-range",
            Self::OffStep { .. } => "off-step",
            Self::WrongType(..) => "wrong-type",
            Self::ItemHidden => "item-hidden",
            Self::AbsentReasonNotAllowed(..) => "absent-reason-not-allowed",
            Self::ExclusiveOption(_) => "exclusive-option",
            Self::AnsweredTwice => "answered-twice",
            Self::ReasonMissing => "reason-missing",
            Self::UnknownGrade(..) => "unknown-grade",
            Self::WrongInstrument(..) => "wrong-instrument",
            Self::NotInForce(..) => "not-in-force",
            Self::CarriedWithoutAnswer => "carried-without-answer",
            Self::CarriedContradicts(_) => "carried-contradicts",
            Self::OtherPerson(..) => "other-person",
            Self::OtherDay(..) => "other-day",
            Self::UseNotAllowed(_) => "use-not-allowed",
            Self::PreviousUnreadable(_) => "previous-unreadable",
            Self::PreviousInstrument(..) => "previous-instrument",
            Self::PreviousEdition(..) => "previous-edition",
            Self::PreviousIsLater(..) => "previous-is-later",
            Self::Unreadable(_) => "unreadable",
        }
    }
}
