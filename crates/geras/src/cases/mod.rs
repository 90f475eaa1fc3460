//! Cases beside a definition: read, run against the instrument, and counted for what they cover. Expectations are written by people, never by geras.

mod coverage;
pub(crate) mod edges;
mod model;
mod near;
mod on_pathway;
mod read;
mod record;
mod run;
mod suggest;
mod suggest_pathway;
pub(crate) mod target;

pub use coverage::{Coverage, Tally};
pub use model::{Case, CaseFile, Expected, ExpectedCode, ExpectedNumber, Sheet};
pub(crate) use near::{Person, near};
pub(crate) use on_pathway::failing_on_pathway;
pub use on_pathway::run_on_pathway;
pub use record::{CaseRecord, records};
pub(crate) use run::first_failing;
pub use run::{CaseReport, CaseResult, run};
pub(crate) use suggest::skeleton_of;
pub use suggest::{NotTouched, Suggested, Suggestions, UNFILLED, suggest};
pub use suggest_pathway::suggest_on_pathway;
