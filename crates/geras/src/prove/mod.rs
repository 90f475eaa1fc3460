//! What holds over all possible answers: exact counts of sheets by value, with a sheet for each. Never samples where it says "exact".

mod combinations;
mod cone;
mod count;
mod diagram;
mod domain;
mod everybody;
mod example;
mod given;
mod joint;
mod leaf;
mod lift;
mod lift_rules;
mod monotone;
mod not_decided;
mod proof;
mod share;
mod sums;
mod tally;
mod tried;
mod whole;
mod worsen;

pub use crate::plan::Considered;
pub use combinations::Combination;
pub use count::Count;
pub(crate) use domain::first_answer;
pub use everybody::{Decided, Decision, PathwayProof, PathwayQuestion, prove_pathway};
pub(crate) use joint::{Cell, Joint, is_too_large, joint};
pub use monotone::{Milder, Monotony, Ordered, monotony};
pub use not_decided::NotDecided;
pub use proof::{Many, Outcome, Proof, Question, Reached, Subject, answers_of, prove};
pub use share::{Share, digits};
pub(crate) use whole::whole;
