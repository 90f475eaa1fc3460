//! All nodes of a plan from one sheet, each computed once and in order: decided, or open with what is still possible.

use std::cell::RefCell;
use std::sync::Arc;

use super::explore::Explorer;
use super::possible::{Finding, Possible};
use crate::plan::{FieldId, FieldSet, Knowledge, NodeId, NodeSet, Purpose, ScoringPlan, State, Value, truth};
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
    found: Vec<Option<Arc<Finding>>>,
    budget: u64,
    /// Scripts that failed, with their nodes.
    pub(crate) failures: Vec<(NodeId, ScriptFailure)>,
}

/// What was computed of one sheet, apart from its plan. After another answer all nodes that do not depend on it are the same.
#[derive(Debug, Clone)]
pub(crate) struct Computed {
    seal: Arc<()>,
    given: Arc<[State]>,
    limits: Arc<[Option<Possible>]>,
    values: Vec<Option<Value>>,
    found: Vec<Option<Arc<Finding>>>,
    failures: Vec<(NodeId, ScriptFailure)>,
    budget: u64,
}

impl Computed {
    /// Whether the node was computed at all.
    fn knows(&self, id: NodeId) -> bool {
        self.values.get(id.0).is_some_and(Option::is_some) || self.found.get(id.0).is_some_and(Option::is_some)
    }

    /// The fields of which something else is known now; none where nothing of this holds for such a sheet.
    fn changed(&self, plan: &ScoringPlan, given: &[State], limits: &[Option<Possible>], budget: u64) -> Option<FieldSet> {
        if !Arc::ptr_eq(&self.seal, &plan.seal) || self.budget != budget {
            return None;
        }
        let same = |field: &usize| {
            let (limit, limit_now) = (self.limits.get(*field), limits.get(*field));
            same_state(self.given.get(*field), given.get(*field)) && limit.and_then(Option::as_ref) == limit_now.and_then(Option::as_ref)
        };
        let fields = 0..plan.fields.len();
        Some(FieldSet::of(fields.filter(|field| !same(field)).map(FieldId)))
    }
}

/// Whether two states are the same to the last digit: `1.0` is another answer than `1` where it is shown.
fn same_state(one: Option<&State>, two: Option<&State>) -> bool {
    let scale = |state: Option<&State>| match state {
        Some(State::Known(Value::Number(number))) => Some((number.scale(), number.is_sign_negative())),
        _ => None,
    };
    one == two && scale(one) == scale(two)
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
        Self::after(plan, given.into(), limits, budget, None)
    }

    /// The same, going on from what was computed of another sheet of the plan: what depends on none of the answers that differ is taken over. That it
    /// would come out the same is certain, since a node is computed from nothing but its fields and the budget.
    pub(crate) fn after(
        plan: &'p ScoringPlan,
        given: Arc<[State]>,
        limits: Arc<[Option<Possible>]>,
        budget: u64,
        earlier: Option<&Computed>,
    ) -> Self {
        Self::compute_all(plan, given, limits, budget, &|_| true, earlier)
    }

    /// What was computed, to go on from after another answer.
    pub(crate) fn computed(&self) -> Computed {
        Computed {
            seal: Arc::clone(&self.plan.seal),
            given: Arc::clone(&self.given),
            limits: Arc::clone(&self.limits),
            values: self.values.clone(),
            found: self.found.clone(),
            failures: self.failures.clone(),
            budget: self.budget,
        }
    }

    /// Whether the fields on which these nodes depend are known as they were when something earlier was computed.
    pub(crate) fn is_as_in(&self, earlier: &Computed, nodes: impl IntoIterator<Item = NodeId>) -> bool {
        let Some(changed) = earlier.changed(self.plan, &self.given, &self.limits, self.budget) else { return false };
        nodes.into_iter().all(|node| self.plan.cones.cone(node).is_some_and(|cone| !cone.fields.overlaps(&changed)))
    }

    /// Computes the first `count` nodes only, such as those that say which fields are shown.
    pub(crate) fn first(plan: &'p ScoringPlan, given: impl Into<Arc<[State]>>, budget: u64, count: usize) -> Self {
        Self::compute_all(plan, given.into(), Arc::from([]), budget, &|node| node.0 < count, None)
    }

    /// Computes some nodes only, with all that they depend on, going on from what was computed of them on another sheet.
    pub(crate) fn of_nodes(
        plan: &'p ScoringPlan,
        given: impl Into<Arc<[State]>>,
        budget: u64,
        nodes: &NodeSet,
        earlier: Option<&Computed>,
    ) -> Self {
        Self::compute_all(plan, given.into(), Arc::from([]), budget, &|node| nodes.contains(node), earlier)
    }

    fn compute_all(
        plan: &'p ScoringPlan,
        given: Arc<[State]>,
        limits: Arc<[Option<Possible>]>,
        budget: u64,
        wanted: &dyn Fn(NodeId) -> bool,
        earlier: Option<&Computed>,
    ) -> Self {
        let earlier = earlier.and_then(|earlier| Some((earlier, earlier.changed(plan, &given, &limits, budget)?)));
        let states = if plan.index.until_shown > 0 { given.to_vec() } else { Vec::new() };
        let mut evaluation = Self {
            plan,
            given,
            states,
            limits,
            values: Vec::with_capacity(plan.nodes.len()),
            found: Vec::new(),
            budget,
            failures: Vec::new(),
        };
        for (state, field) in evaluation.states.iter_mut().zip(&plan.fields) {
            if field.shown.is_some() {
                *state = State::Unclear;
            }
        }
        for id in (0..plan.nodes.len()).map(NodeId) {
            if !wanted(id) {
                evaluation.values.push(None);
                continue;
            }
            let same = |(_, changed): &&(&Computed, FieldSet)| plan.cones.cone(id).is_some_and(|cone| !cone.fields.overlaps(changed));
            match earlier.as_ref().filter(same) {
                Some((earlier, _)) if earlier.knows(id) => evaluation.take_over(id, earlier),
                _ => evaluation.compute(id, budget),
            }
        }
        evaluation
    }

    fn take_over(&mut self, id: NodeId, earlier: &Computed) {
        if let Some(found) = earlier.found.get(id.0).and_then(Option::as_ref) {
            self.found.resize(id.0, None);
            self.found.push(Some(Arc::clone(found)));
        }
        let value = earlier.values.get(id.0).copied().flatten();
        self.values.push(value);
        self.failures.extend(earlier.failures.iter().filter(|(node, _)| *node == id).cloned());
        self.show(id, value);
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
                self.found.push(Some(Arc::new(Finding { possible, exact })));
            }
        }
        self.values.push(value);
        self.failures.extend(failure.map(|failure| (id, failure)));
        self.show(id, value);
    }

    /// Where a node says whether a field is shown: what its answer counts as.
    fn show(&mut self, id: NodeId, value: Option<Value>) {
        if let (Purpose::Shown(field), Some(shown)) = (self.plan.node(id).purpose, value.and_then(truth)) {
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
        let unknown = || Finding { possible: Possible::Anything, exact: false };
        Some(self.found.get(id.0).and_then(Option::as_ref).map_or_else(unknown, |found| (**found).clone()))
    }

    /// Goes on from here: what else can become of the open answers.
    pub(crate) fn explorer(&self, budget: u64) -> Explorer<'_> {
        Explorer::new(self.plan, &self.given, &self.values, &self.found, budget).within(&self.limits)
    }
}
