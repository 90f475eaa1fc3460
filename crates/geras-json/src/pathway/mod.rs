//! What enters and leaves for a pathway: one person's facts and sheets in, the line of a batch and the full account out. Computes nothing.

mod account;
mod answers;
mod describe;
mod line;
mod open;

pub use account::{ChapterShape, ClauseShape, PathwayAccount, PathwayOutput, SaidShape, StoryShape, Way, WhatIf};
pub use answers::{PathwayPerson, pathway_on, read_pathway_answers};
pub use describe::{AssessmentShape, CareSettingShape, ClauseDescription, KindShape, PathwayDescription};
pub use line::{PathwayBatchLine, PathwayLine, PriorityShape, ReviewShape, WaitingItems};
pub use open::{AssessmentState, OpenPathway, PathwayState};
