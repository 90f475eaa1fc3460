//! One person: answers are checked, scored, banded, graded and explained. Only `check` of an answer sheet can refuse; after that nothing fails.

mod explain;
mod from_tree;
mod milder;
mod outcome;
mod problem;
mod sentences;
mod sheet;

pub use explain::{Contribution, RowHit, Step};
pub use milder::{Milder, Way};
pub use outcome::{AlertOutcome, BandOutcome, Coded, FindingOutcome, Holds, Outcome, ScoreOutcome, Scored};
pub use problem::{AnswerProblem, ProblemKind};
pub use sentences::{answer_word, milder_sentences, problem_sentence, provenance_sentence, sentence};
pub use sheet::{Answer, AnswerSheet, CheckedAnswers, Override};
