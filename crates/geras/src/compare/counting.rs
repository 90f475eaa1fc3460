//! One purse for all counting of a comparison: what proves too large twice is not tried a third time. Counts as `prove` counts and knows no result.

use std::cell::Cell;

use super::undecided::Undecided;
use crate::plan::{Expr, ScoringPlan};
use crate::prove::{Joint, is_too_large, joint};

/// So often something may prove too large. Each time takes seconds, and what is larger still would prove too large as well.
const MOST_FAILURES: u8 = 2;

/// The one plan, with what is left of the purse.
pub(super) struct Counting<'p> {
    pub(super) plan: &'p ScoringPlan,
    failures: Cell<u8>,
}

impl<'p> Counting<'p> {
    pub(super) const fn new(plan: &'p ScoringPlan) -> Self {
        Self { plan, failures: Cell::new(0) }
    }

    /// What several expressions come to together, on how many sheets.
    ///
    /// # Errors
    /// It is too large, or so much was before that nothing is tried any more.
    pub(super) fn joint(&self, exprs: &[&Expr]) -> Result<Joint, Undecided> {
        if self.failures.get() >= MOST_FAILURES {
            return Err(Undecided::Budget);
        }
        joint(self.plan, exprs).map_err(|reason| {
            self.failures.set(self.failures.get() + u8::from(is_too_large(&reason)));
            Undecided::Counting(reason)
        })
    }
}
