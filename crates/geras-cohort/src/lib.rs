//! Synthetic people: random complete sheets of answers from given shares and a latent severity. The only room where chance is; scores nobody.
//!
//! ```text
//! Likeness (YAML: shares, quantiles, loadings) --+
//! Instrument ------------------------------------+--> Cohort --> person by person: a line of JSON or a row of CSV, marked `synthetic`
//! seed, size ------------------------------------+
//! ```
//!
//! Chance comes from ChaCha8, a stream of its own for each person, and is compared with whole numbers only: the same seed gives the same bytes on
//! every machine, on any number of cores, and person 7 is the same whatever the size. Each person has a severity; an item's answer follows it with
//! the share that is the item's loading, and is drawn by itself otherwise. So every item keeps its shares, and the ranks of two items correlate
//! with the product of their loadings.
//!
//! ```
//! # let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../instruments/cn/gb-t-42195/2022.yaml"))?;
//! let instrument = geras::Instrument::read("2022.yaml", &text).map_err(|_| "unsound")?;
//! let cohort = geras_cohort::Cohort::new(&instrument, None, 1000, 1).map_err(|_| "no size")?;
//! let mut line = Vec::new();
//! cohort.line(7, &mut line);
//! assert!(line.starts_with(br#"{"id":"synthetic-0007","synthetic":true,"answers":{"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cohort;
mod draw;
mod likeness;
mod pathway;
mod read;

pub use cohort::{Cohort, MOST_PEOPLE, SizeRefused};
pub use likeness::{Likeness, PathwayLikeness};
pub use pathway::PathwayCohort;
