//! One person: answers are checked, scored, banded, graded and explained. Only `check` of an answer sheet can refuse; after that nothing fails.

mod approximate;
mod explain;
mod from_tree;
mod given;
mod milder;
mod outcome;
mod problem;
mod sentences;
mod sheet;

pub use approximate::Approximate;
pub use explain::{Contribution, RowHit, Step};
pub use given::{GivenAnswer, Origin};
pub use milder::{Milder, Way};
pub use outcome::{AlertOutcome, BandOutcome, Coded, FindingOutcome, Holds, Outcome, ScoreOutcome, Scored};
pub use problem::{AnswerProblem, ProblemKind};
pub use sentences::{
    Chapter, Said, Story, answer_word, milder_sentences, open_remark, origin_remark, problem_sentence, provenance_sentence, sentence, story,
};
pub use sheet::{Answer, AnswerSheet, CheckedAnswers, Override};
