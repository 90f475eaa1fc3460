//! Answers given once: an answer to one instrument serves another where the two questions agree. Guesses nothing: what is not determined stays open.
//!
//! ```text
//! <edition>.carry.yaml --> CarryFile --mapping, with both------> Mapping     every name known, every option accounted for
//!                                                                    │
//! answers to FROM --------------------------- carry -----------------┴--> answers to TO, each with its origin; what stays open, and why
//! ```

mod apply;
mod model;
mod read;
mod resolve;

pub use apply::{CarriedAnswer, Contradiction, Filled, Open, Why};
pub use model::{CarryFile, Entry, Pair, Way};
pub use resolve::{Mapping, check, mapping};
pub(crate) use resolve::{Rule, Target};

/// An instrument's id with its edition.
pub(crate) fn name(definition: &crate::definition::Definition) -> String {
    format!("{}@{}", definition.id.value, definition.edition.value)
}
