//! geras reads assessment instruments from YAML, proves them sound, scores a person's answers exactly, and explains every step.
#![doc(test(attr(deny(warnings))))]

pub mod assess;
pub mod check;
pub mod definition;
pub mod expression;
mod instrument;
pub mod plan;
pub mod reach;
pub mod script;
pub mod source;
pub use instrument::Instrument;
