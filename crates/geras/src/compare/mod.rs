//! Two editions compared by meaning: on which answers any result differs, counted exactly, with a sheet for each; and whom of a cohort that affects.
//!
//! ```text
//! two instruments -- pairing: which question is which --> merge: one plan --> joint counts of each result in both --> regions, witnesses
//!                                      │
//!                                      └── people: a sheet of the first answers the second, as far as it does
//! ```
//!
//! INVARIANT: "the same" is said of a result only where both rules are one and the same after merging, or where every complete sheet was counted.

mod compared;
mod counting;
mod merge;
mod pairing;
mod parts;
mod pathways;
mod people;
mod questions;
mod regions;
mod rewrite;
mod undecided;
mod witness;

pub use compared::{Compared, Comparison, Pair, Questions, ResultKind, Told, Verdict, compare};
pub use merge::Side;
pub use pairing::{Apart, Renamed};
pub use parts::{Is, PartKind, Span};
pub use pathways::{Brings, ComparedClause, ComparedPathways, Moves, RuleMove, Subject, compare_pathways};
pub use people::{People, Person};
pub use regions::{Change, Condition, Region};
pub use undecided::Undecided;
pub use witness::Witness;
