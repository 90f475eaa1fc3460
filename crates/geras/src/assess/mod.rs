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
pub use outcome::{AlertOutcome, BandOutcome, Coded, FindingOutcome, Holds, Outcome, Remembered, ScoreOutcome, Scored};
pub use problem::{AnswerProblem, ProblemKind, UseRefused};
pub use sentences::{
    Brief, Chapter, Said, Story, answer_word, basis_words, briefs, change_sentences, class_words, domain_words, kind_words, link_words,
    milder_sentences, moved_sentence, not_decided_words, open_remark, origin_remark, problem_sentence, provenance_sentence,
    provenance_words, sentence, shown_words, story, tried_words, undecided_words, urgency_words, use_refused_sentence, use_words,
};
pub use sheet::{Answer, AnswerSheet, CheckedAnswers, Override};
