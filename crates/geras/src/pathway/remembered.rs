//! What is kept of a person's outcome until the next answer, so that only what the answer touches is computed again. Holds no answer of its own.

use super::outcome::{AssessmentOutcome, InstrumentOutcome, PathwayOutcome};
use crate::assess::Remembered;
use crate::definition::ClauseKind;
use crate::plan::Purpose;
use crate::reach::Computed;

/// What was computed for an outcome, without the outcome: for `Pathway::assess_after`, when the next answer is there.
#[derive(Debug, Clone)]
pub struct RememberedPathway {
    pub(super) instruments: Vec<Option<Remembered>>,
    pub(super) own: Computed,
    pub(super) proposal: u64,
    pub(super) routing: u64,
}

impl PathwayOutcome<'_> {
    /// What was computed, for the outcome after the next answer.
    #[must_use]
    pub fn remembered(&self) -> RememberedPathway {
        let instrument = |found: &InstrumentOutcome<'_>| match &found.outcome {
            AssessmentOutcome::Done(outcome) => Some(outcome.remembered()),
            _ => None,
        };
        let instruments = self.instruments.iter().map(instrument).collect();
        RememberedPathway { instruments, own: self.evaluation.computed(), proposal: self.proposal, routing: self.routing }
    }

    /// The kinds that can still come out: those that came out earlier, where nothing on which they depend is another thing now.
    pub(super) fn reachable_after(&self, of: Purpose, earlier: Option<(&RememberedPathway, u64)>) -> u64 {
        let plan = self.pathway.plan();
        let ways = [ClauseKind::Wish, ClauseKind::Rule].into_iter().flat_map(|kind| self.pathway.definition().of_kind(kind));
        let ways = ways.filter_map(|(place, _)| plan.find(Purpose::Clause(place)));
        let nodes = plan.find(of).into_iter().chain(ways);
        match earlier {
            Some((earlier, kinds)) if self.evaluation.is_as_in(&earlier.own, nodes) => kinds,
            _ => self.reachable(of),
        }
    }
}
