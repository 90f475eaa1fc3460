//! What enters and leaves for a pathway: one person's facts and sheets in (YAML, JSON, CSV), the line of a batch and the full account out. Computes nothing.

mod account;
mod answers;
mod compared;
mod csv;
mod describe;
mod line;
mod open;
mod proof;
mod since;

pub use account::{ChapterShape, ClauseShape, PathwayAccount, PathwayOutput, SaidShape, StoryShape, Way, WhatIf};
pub use answers::{PathwayPerson, day_of_sheet, pathway_on, read_pathway_answers};
pub use compared::{BringsShape, ClauseNameShape, ComparedClauseShape, PathwayComparisonShape, RuleMoveShape, brought};
pub use csv::PathwayCsvSheets;
pub use describe::{AssessmentShape, CareSettingShape, ClauseDescription, KindShape, PathwayDescription};
pub use line::{PathwayBatchLine, PathwayLine, PriorityShape, ReviewShape, WaitingItems};
pub use open::{AssessmentState, OpenPathway, PathwayState};
pub use proof::{AboveShape, DecisionShape, PathwayProofShape, PathwayQuestionShape, PathwayReachedShape};
pub use since::{GradeMoved, ListedClause, SinceShape, read_since};
