//! The shapes of an outcome: the line of a batch, the full account of one assessment, the problems of a refused sheet. Computes nothing.
//!
//! A decided value stands plainly (`"grade": "mild"`, `"total": 77`). An open one is `{"possible": [ids]}` for bands and grades and
//! `{"min": .., "max": ..}` for scores; the line then names the items that it is `waiting_on`.

mod assessment;
mod change;
mod line;
mod milder;
mod previous;
mod refused;
mod step;
mod texts;

pub use assessment::{AssessOutput, Assessment, UsedDefinition};
pub use change::{ChangeShape, Differs, MovedShape, PreviousShape, ValueShape};
pub use line::{
    ApproximateShape, BatchLine, CodeValue, Conclusion, Failure, Line, OpenCode, OpenConclusion, OpenNumber, Overridden, ScoreValue, Status,
};
pub use milder::{MilderGrade, WayThere};
pub use previous::Compared;
pub use refused::{Problem, Refused};
pub use step::{ExplainedStep, Row, Share, StepData};
pub use texts::{FindingText, ResultTexts};

use crate::Pairs;

/// A text in its languages.
pub(crate) type InLanguages<'a> = Pairs<'a, String>;
