//! Which clauses are worth telling somebody who reads the outcome. Changes nothing about what holds.

use std::sync::Arc;

use super::outcome::{AssessmentOutcome, ClauseOutcome, PathwayOutcome};
use crate::assess::Holds;
use crate::definition::{AbsentReason, ClauseKind};
use crate::plan::{Expr, NodeId, Purpose, ResultKind, State, Value};
use crate::reach::Evaluation;

impl<'p> PathwayOutcome<'p> {
    /// The clauses of a kind that a reader should see, in the author's order: those that hold, and those that still may because of something that
    /// has to be found out.
    ///
    /// Left out is what may only hold if an assessment that is offered were done too (the offer itself says that), and of findings each one that
    /// another finding which holds names as one of its `||` parts: who is wholly dependent is not told that help is needed with some things.
    #[must_use]
    pub fn told(&self, kind: ClauseKind) -> Vec<ClauseOutcome<'p>> {
        let all: Vec<ClauseOutcome<'p>> = self.clauses(kind).filter(|found| found.holds != Holds::No).collect();
        let offers = all.iter().any(|found| found.holds == Holds::Open).then(|| self.without_offers()).flatten();
        let places = self.pathway.definition().of_kind(kind);
        let nodes: Vec<(NodeId, &str)> = places
            .filter_map(|(place, clause)| Some((self.pathway.plan.find(Purpose::Clause(place))?, clause.id.value.as_str())))
            .collect();
        let node = |found: &ClauseOutcome<'_>| nodes.iter().find(|(_, id)| *id == found.clause.id.value).map(|(node, _)| *node);
        let held: Vec<NodeId> = all.iter().filter(|found| found.holds == Holds::Yes).filter_map(node).collect();
        let told = |found: &ClauseOutcome<'p>| match node(found) {
            Some(node) if found.holds == Holds::Open => {
                offers.as_ref().is_none_or(|settled| settled.value(node) != Some(Value::Boolean(false)))
            }
            Some(node) => kind != ClauseKind::Finding || !self.follows_from(node, &held),
            None => true,
        };
        all.iter().copied().filter(told).collect()
    }

    /// Whether a node is a list of `||` parts, one of which is among these.
    fn follows_from(&self, node: NodeId, held: &[NodeId]) -> bool {
        let Expr::Or(parts) = &self.pathway.plan.node(node).expr else { return false };
        parts.iter().any(|part| matches!(part, Expr::Node(other) if held.contains(other)))
    }

    /// Everything computed as if nothing more were done that is only offered; none where nothing is on offer.
    fn without_offers(&self) -> Option<Evaluation<'p>> {
        let plan = &self.pathway.plan;
        let undone =
            |place: usize| matches!(self.instruments().get(place).map(|found| &found.outcome), Some(AssessmentOutcome::NotDone(_)));
        let assessments = &self.pathway.definition.assessments;
        let mut left: Vec<bool> = assessments.iter().enumerate().map(|(place, assessment)| !assessment.required && undone(place)).collect();
        left.contains(&true).then_some(())?;
        loop {
            let mut states = self.states.to_vec();
            for result in &plan.results {
                if left.get(result.assessment) == Some(&true)
                    && let Some(slot) = states.get_mut(result.field.0)
                {
                    let done = result.what == ResultKind::Done;
                    *slot = if done { State::Known(Value::Boolean(false)) } else { State::Absent(AbsentReason::NotAsked) };
                }
            }
            let evaluation = Evaluation::within(plan, states, Arc::clone(&self.limits), 0);
            // What is called for by an offer that is not taken up is not called for either.
            let mut changed = false;
            for (place, slot) in left.iter_mut().enumerate().filter(|(place, slot)| !**slot && undone(*place)) {
                let wanted = plan.find(Purpose::Wanted(place)).and_then(|node| evaluation.value(node));
                if wanted == Some(Value::Boolean(false)) {
                    *slot = true;
                    changed = true;
                }
            }
            if !changed {
                return Some(evaluation);
            }
        }
    }
}
