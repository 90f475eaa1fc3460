//! Which values are still possible while some answers are open: exact sets where that can be had, sound ones always.

mod bits;
mod combine;
mod entangled;
mod evaluation;
mod explore;
mod joint;
mod leaf;
mod number_set;
mod possible;
mod satisfy;

pub(crate) use combine::bounds;
pub(crate) use evaluation::{Computed, Evaluation};
pub(crate) use explore::{Explorer, Memory};
pub use number_set::{Edge, NumberSet};
pub use possible::Possible;
pub(crate) use possible::{Finding, codes};
pub(crate) use satisfy::Satisfied;
