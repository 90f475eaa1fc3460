//! All nodes of a plan from one sheet, each computed once and in order: decided, or open with what is still possible.

use std::cell::RefCell;
use std::sync::Arc;

use super::explore::Explorer;
use super::possible::{Finding, Possible};
use crate::plan::{FieldId, Knowledge, NodeId, Purpose, ScoringPlan, State, Value, truth};
use crate::script::ScriptFailure;

/// The computed nodes of one sheet.
#[derive(Debug, Clone)]
pub(crate) struct Evaluation<'p> {
    pub(crate) plan: &'p ScoringPlan,
    /// The answers before skip logic.
    pub(crate) given: Arc<[State]>,
    /// The answers with skip logic applied; empty where no field can be hidden, so that they are those given.
    states: Vec<State>,
    /// Of fields that are open, but not to every answer: what they can still become.
    limits: Arc<[Option<Possible>]>,
    /// The decided nodes.
    pub(crate) values: Vec<Option<Value>>,
    /// What is possible for the open ones.
    found: Vec<Option<Finding>>,
    /// Scripts that failed, with their nodes.
    pub(crate) failures: Vec<(NodeId, ScriptFailure)>,
}

/// Reads the part of an evaluation that is done.
struct Done<'e> {
    states: &'e [State],
    values: &'e [Option<Value>],
    failure: RefCell<Option<ScriptFailure>>,
}

impl Knowledge for Done<'_> {
    fn state(&self, field: FieldId) -> State {
        self.states.get(field.0).copied().unwrap_or(State::Blank)
    }

    #[inline]
    fn node(&self, node: NodeId) -> Option<Value> {
        self.values.get(node.0).copied().flatten()
    }

    fn failed(&self, failure: ScriptFailure) {
        self.failure.borrow_mut().get_or_insert(failure);
    }
}

impl<'p> Evaluation<'p> {
    /// Computes every node. `budget` bounds the combinations that are tried for one open node.
    pub(crate) fn new(plan: &'p ScoringPlan, given: impl Into<Arc<[State]>>, budget: u64) -> Self {
        Self::first(plan, given, budget, plan.nodes.len())
    }

    /// Computes every node, given what fields that are open can still become.
    pub(crate) fn within(plan: &'p ScoringPlan, given: impl Into<Arc<[State]>>, limits: Arc<[Option<Possible>]>, budget: u64) -> Self {
        Self::compute_first(plan, given.into(), limits, budget, plan.nodes.len())
    }

    /// Computes the first `count` nodes only, such as those that say which fields are shown.
    pub(crate) fn first(plan: &'p ScoringPlan, given: impl Into<Arc<[State]>>, budget: u64, count: usize) -> Self {
        Self::compute_first(plan, given.into(), Arc::from([]), budget, count)
    }

    fn compute_first(plan: &'p ScoringPlan, given: Arc<[State]>, limits: Arc<[Option<Possible>]>, budget: u64, count: usize) -> Self {
        let states = if plan.index.until_shown > 0 { given.to_vec() } else { Vec::new() };
        let mut evaluation =
            Self { plan, given, states, limits, values: Vec::with_capacity(plan.nodes.len()), found: Vec::new(), failures: Vec::new() };
        for (state, field) in evaluation.states.iter_mut().zip(&plan.fields) {
            if field.shown.is_some() {
                *state = State::Unclear;
            }
        }
        for id in (0..plan.nodes.len()).map(NodeId) {
            if id.0 < count {
                evaluation.compute(id, budget);
            } else {
                evaluation.values.push(None);
            }
        }
        evaluation
    }

    fn compute(&mut self, id: NodeId, budget: u64) {
        let node = self.plan.node(id);
        let done = Done { states: self.states(), values: &self.values, failure: RefCell::new(None) };
        let mut value = self.plan.evaluate(&node.expr, &done);
        let mut failure = done.failure.into_inner();
        if value.is_none() {
            let mut explorer = Explorer::new(self.plan, &self.given, &self.values, &self.found, budget).within(&self.limits);
            let mut possible = explorer.possible(&node.expr);
            failure = failure.or(explorer.failure.take());
            if possible == Possible::Anything
                && let Some((low, high)) = node.range
            {
                possible = Possible::Numbers(super::NumberSet::interval(low, high));
            }
            let exact = explorer.exact && failure.is_none();
            value = if failure.is_none() { possible.as_single() } else { None };
            if value.is_none() {
                self.found.resize(id.0, None);
                self.found.push(Some(Finding { possible, exact }));
            }
        }
        self.values.push(value);
        self.failures.extend(failure.map(|failure| (id, failure)));
        if let (Purpose::Shown(field), Some(shown)) = (node.purpose, value.and_then(truth)) {
            let hidden = self.plan.field(field).otherwise.map_or(State::LeftOut, State::Known);
            let raw = self.given.get(field.0).copied().unwrap_or(State::Blank);
            if let Some(state) = self.states.get_mut(field.0) {
                *state = if shown { raw } else { hidden };
            }
        }
    }

    /// The answers with skip logic applied.
    fn states(&self) -> &[State] {
        if self.states.is_empty() { &self.given } else { &self.states }
    }

    /// The state of a field with skip logic applied.
    pub(crate) fn state(&self, field: FieldId) -> State {
        self.states().get(field.0).copied().unwrap_or(State::Blank)
    }

    /// The value of a node, if it is decided.
    pub(crate) fn value(&self, id: NodeId) -> Option<Value> {
        self.values.get(id.0).copied().flatten()
    }

    /// What an open node can still become; `None` for a decided one.
    pub(crate) fn finding(&self, id: NodeId) -> Option<Finding> {
        if self.value(id).is_some() {
            return None;
        }
        Some(self.found.get(id.0).cloned().flatten().unwrap_or(Finding { possible: Possible::Anything, exact: false }))
    }

    /// Goes on from here: what else can become of the open answers.
    pub(crate) fn explorer(&self, budget: u64) -> Explorer<'_> {
        Explorer::new(self.plan, &self.given, &self.values, &self.found, budget).within(&self.limits)
    }
}
