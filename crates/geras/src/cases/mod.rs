//! Cases beside a definition: read, run against the instrument, and counted for what they cover. Expectations are written by people, never by geras.

mod coverage;
mod model;
mod on_pathway;
mod read;
mod record;
mod run;

pub use coverage::{Coverage, Tally};
pub use model::{Case, CaseFile, Expected, ExpectedCode, ExpectedNumber, Sheet};
pub use on_pathway::run_on_pathway;
pub use record::{CaseRecord, records};
pub use run::{CaseReport, CaseResult, run};
