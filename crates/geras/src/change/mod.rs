//! One person then and now: which scores, bands and grades moved, which way, and whether because of the answers or of the edition.
//!
//! ```text
//! what an earlier outcome recorded ──▶ Earlier ──┐
//! the outcome of now ────────────────────────────┼── Change::between ──▶ Moved, with its cause
//! one more outcome, with only one thing changed ─┘   (Split)
//! ```
//!
//! The cause is computed by scoring again with only one of the two changed, never guessed. Where that cannot be done, the change says so.

mod earlier;
mod moved;
mod split;

pub use earlier::{Earlier, Recorded};
pub use moved::{Cause, Change, Moved, Subject, Toward};
pub use split::{Split, Untold, rescored};
