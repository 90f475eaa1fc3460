//! Finds what an expression can still become. Parts that share no open field are combined set by set, which is exact; where they share one, its
//! values are tried one after another, up to a budget. Beyond the budget the answer grows, and says so.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::possible::{Finding, Possible};
use crate::plan::{Expr, FieldId, FieldSet, Knowledge, Leaf, NodeId, ScoringPlan, State, Value, truth};
use crate::script::ScriptFailure;
use crate::sort::sort;

/// Steps of work for each combination that may be tried: a bound on the whole, where a single combination is a lot of work.
const WORK: u64 = 16;
/// Findings that are remembered.
const MOST_REMEMBERED: usize = 1 << 16;
/// Steps of work that are always allowed.
const LEAST_WORK: u64 = 20_000;

/// What is tried: the ways in which some leaves can stand together, in one way after another.
pub(super) struct Pivot {
    pub(super) leaves: Vec<Leaf>,
    /// A state for each leaf, each way; none where they cannot be listed.
    pub(super) ways: Vec<Vec<State>>,
}

/// What is known at one moment, and the trials on top of it.
pub(crate) struct Explorer<'a> {
    pub(super) plan: &'a ScoringPlan,
    given: &'a [State],
    decided: &'a [Option<Value>],
    found: &'a [Option<Arc<Finding>>],
    fields: Vec<Option<State>>,
    nodes: Vec<Option<Value>>,
    /// What is being tried, the last on top.
    trials: Vec<Trial>,
    last_trial: u64,
    values: UnderTrial<Option<Value>>,
    open: UnderTrial<Rc<FieldSet>>,
    /// The open field that each node asks for first.
    first: UnderTrial<Option<FieldId>>,
    memory: Rc<Memory>,
    /// Steps of work that are left, over all questions.
    work: Cell<u64>,
    /// Whether every set found so far holds only what can really happen.
    pub(crate) exact: bool,
    pub(super) budget: u64,
    /// Of fields that are open, but not to every answer: what they can still become.
    pub(super) limits: &'a [Option<Possible>],
    pub(crate) failure: RefCell<Option<ScriptFailure>>,
}

/// What was computed for a node under the last trial on which it depends. Trials end in the reverse order of their beginning, so that
/// everything below that trial is as it was then.
type UnderTrial<T> = RefCell<Vec<Option<(u64, T)>>>;

/// What is being tried for something, with a number that no other trial has.
#[derive(Clone, Copy)]
struct Trial {
    leaf: Leaf,
    state: State,
    number: u64,
}

/// What was found for nodes, by all that was tried of what they depend on. One memory serves every question about the same sheet.
#[derive(Default)]
pub(crate) struct Memory(RefCell<BTreeMap<Tried, (u64, Finding)>>);

/// A node, and what was tried of what it depends on.
type Tried = (NodeId, Vec<(Leaf, State)>);

impl Knowledge for Explorer<'_> {
    fn state(&self, id: FieldId) -> State {
        let field = self.plan.field(id);
        let raw = self.raw(id);
        match field.shown.map(|shown| self.node(shown).and_then(truth)) {
            None | Some(Some(true)) => raw,
            Some(Some(false)) => field.otherwise.map_or(State::LeftOut, State::Known),
            Some(None) => State::Unclear,
        }
    }

    fn node(&self, id: NodeId) -> Option<Value> {
        let decided = self.decided.get(id.0).copied().flatten().or_else(|| self.nodes.get(id.0).copied().flatten());
        if decided.is_some() {
            return decided;
        }
        let trial = self.last_trial_of(id);
        if trial == 0 && id.0 < self.decided.len() {
            return None;
        }
        if let Some(Some((known, value))) = self.values.borrow().get(id.0)
            && *known == trial
        {
            return *value;
        }
        self.spend(1);
        let value = self.plan.evaluate(&self.plan.node(id).expr, self);
        if let Some(slot) = self.values.borrow_mut().get_mut(id.0) {
            *slot = Some((trial, value));
        }
        value
    }

    fn failed(&self, failure: ScriptFailure) {
        self.failure.borrow_mut().get_or_insert(failure);
    }
}

impl<'a> Explorer<'a> {
    /// Starts from raw states, the decided nodes and the sets found for open ones. `budget` bounds how many combinations are tried.
    pub(crate) fn new(
        plan: &'a ScoringPlan,
        given: &'a [State],
        decided: &'a [Option<Value>],
        found: &'a [Option<Arc<Finding>>],
        budget: u64,
    ) -> Self {
        Self {
            plan,
            given,
            decided,
            found,
            fields: vec![None; plan.fields.len()],
            nodes: vec![None; plan.nodes.len()],
            trials: Vec::new(),
            last_trial: 0,
            values: RefCell::new(vec![None; plan.nodes.len()]),
            open: RefCell::new(vec![None; plan.nodes.len()]),
            first: RefCell::default(),
            memory: Rc::default(),
            work: Cell::new(budget.saturating_mul(WORK).max(LEAST_WORK)),
            exact: true,
            budget,
            limits: &[],
            failure: RefCell::new(None),
        }
    }

    /// The same within what is known of fields that are open, but not to every answer.
    pub(crate) const fn within(mut self, limits: &'a [Option<Possible>]) -> Self {
        self.limits = limits;
        self
    }

    /// The same with what was found before, and where to keep what is found now. INVARIANT: a memory belongs to one sheet.
    pub(crate) fn remembering(mut self, memory: &Rc<Memory>) -> Self {
        self.memory = Rc::clone(memory);
        self
    }

    pub(super) fn raw(&self, id: FieldId) -> State {
        self.fields.get(id.0).copied().flatten().or_else(|| self.given.get(id.0).copied()).unwrap_or(State::Blank)
    }

    /// Whether a field was given a value for trial.
    pub(super) fn is_tried(&self, id: FieldId) -> bool {
        self.fields.get(id.0).is_some_and(Option::is_some)
    }

    /// Runs `act` while a field is taken to be in a state.
    pub(crate) fn with_field<T>(&mut self, id: FieldId, state: State, act: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.fields.get_mut(id.0).and_then(|slot| slot.replace(state));
        self.begin(Leaf::Field(id), state);
        let result = act(self);
        self.trials.pop();
        if let Some(slot) = self.fields.get_mut(id.0) {
            *slot = before;
        }
        result
    }

    /// Runs `act` while a node is taken to have a value.
    pub(crate) fn with_node<T>(&mut self, id: NodeId, value: Value, act: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.nodes.get_mut(id.0).and_then(|slot| slot.replace(value));
        self.begin(Leaf::Node(id), State::Known(value));
        let result = act(self);
        self.trials.pop();
        if let Some(slot) = self.nodes.get_mut(id.0) {
            *slot = before;
        }
        result
    }

    fn begin(&mut self, leaf: Leaf, state: State) {
        self.last_trial += 1;
        self.trials.push(Trial { leaf, state, number: self.last_trial });
    }

    /// The trials that can change a node, the last first.
    fn trials_of(&self, id: NodeId) -> impl Iterator<Item = &Trial> {
        let cone = self.plan.cones.cone(id);
        self.trials.iter().rev().filter(move |trial| match (trial.leaf, cone) {
            (Leaf::Field(field), Some(cone)) => cone.fields.contains(field),
            (Leaf::Node(node), Some(cone)) => cone.nodes.contains(node),
            (_, None) => true,
        })
    }

    /// The number of the last trial that can change a node; 0 where none can.
    fn last_trial_of(&self, id: NodeId) -> u64 {
        self.trials_of(id).next().map_or(0, |trial| trial.number)
    }

    /// Takes note of work that was done.
    pub(super) fn spend(&self, steps: u64) {
        self.work.set(self.work.get().saturating_sub(steps));
    }

    /// Whether no more work may be done than it takes to come to an end.
    fn is_spent(&self) -> bool {
        self.work.get() == 0
    }

    /// What an expression can still become.
    pub(crate) fn possible(&mut self, expr: &Expr) -> Possible {
        if let Some(value) = self.plan.evaluate(expr, self)
            && !matches!(value, Value::Codes(_) | Value::Date(_) | Value::Text)
        {
            return Possible::single(value);
        }
        match expr {
            Expr::Node(node) => self.possible_node(*node),
            Expr::If(test, then, otherwise) if let Some(test) = self.plan.evaluate(test, self).and_then(truth) => {
                self.possible(if test { then } else { otherwise })
            }
            _ => {
                let pivots = self.pivots(expr);
                if pivots.is_empty() { self.combine(expr) } else { self.try_all(expr, pivots) }
            }
        }
    }

    pub(super) fn possible_node(&mut self, id: NodeId) -> Possible {
        if let Some(value) = self.node(id) {
            return Possible::single(value);
        }
        let mut tried: Vec<(Leaf, State)> = self.trials_of(id).map(|trial| (trial.leaf, trial.state)).collect();
        if let Some(found) = self.found.get(id.0).and_then(Option::as_ref)
            && tried.is_empty()
        {
            self.exact &= found.exact;
            return found.possible.clone();
        }
        sort(&mut tried);
        let key = (id, tried);
        if let Some((budget, found)) = self.memory.0.borrow().get(&key)
            && (found.exact || *budget >= self.budget || self.is_spent())
        {
            self.exact &= found.exact;
            return found.possible.clone();
        }
        let exact = std::mem::replace(&mut self.exact, true);
        let (plan, budget) = (self.plan, self.budget);
        let possible = self.possible(&plan.node(id).expr);
        let found = Finding { possible, exact: self.exact };
        self.exact &= exact;
        let possible = found.possible.clone();
        let mut known = self.memory.0.borrow_mut();
        if known.len() < MOST_REMEMBERED && (found.exact || !self.is_spent()) {
            known.insert(key, (budget, found));
        }
        possible
    }

    /// The open fields below a node, if they were gathered before.
    pub(super) fn remembered_open(&self, id: NodeId) -> Option<Rc<FieldSet>> {
        let trial = self.last_trial_of(id);
        let known = self.open.borrow();
        known.get(id.0)?.as_ref().filter(|(known, _)| *known == trial).map(|(_, open)| Rc::clone(open))
    }

    /// Takes note of the open fields below a node.
    pub(super) fn remember_open(&self, id: NodeId, open: FieldSet) -> Rc<FieldSet> {
        let open = Rc::new(open);
        if let Some(slot) = self.open.borrow_mut().get_mut(id.0) {
            *slot = Some((self.last_trial_of(id), Rc::clone(&open)));
        }
        open
    }

    /// The open field that a node asks for first, if that was looked for before.
    pub(super) fn remembered_first(&self, id: NodeId) -> Option<Option<FieldId>> {
        let trial = self.last_trial_of(id);
        self.first.borrow().get(id.0).copied().flatten().filter(|(known, _)| *known == trial).map(|(_, first)| first)
    }

    /// Takes note of the open field that a node asks for first.
    pub(super) fn remember_first(&self, id: NodeId, first: Option<FieldId>) {
        let mut known = self.first.borrow_mut();
        known.resize(self.plan.nodes.len(), None);
        if let Some(slot) = known.get_mut(id.0) {
            *slot = Some((self.last_trial_of(id), first));
        }
    }

    /// The union over all values of the pivots; those that would go beyond the budget are combined as if independent.
    fn try_all(&mut self, expr: &Expr, pivots: Vec<Pivot>) -> Possible {
        let mut trials: Vec<Pivot> = Vec::new();
        let mut combinations = 1_u64;
        let count = pivots.len();
        for pivot in pivots {
            let more = combinations.saturating_mul(pivot.ways.len() as u64);
            if pivot.ways.is_empty() || more > self.budget {
                self.exact = false;
            } else {
                combinations = more;
                trials.push(pivot);
            }
        }
        if trials.is_empty() || self.is_spent() {
            self.exact = false;
            return self.combine(expr);
        }
        let before = self.budget;
        self.budget = before / combinations.max(1);
        let mut union = Union::default();
        let complete = trials.len() == count;
        self.try_from(expr, &trials, complete, &mut union);
        self.budget = before;
        union.finish()
    }

    fn try_from(&mut self, expr: &Expr, trials: &[Pivot], complete: bool, union: &mut Union) {
        // As soon as nothing else matters, the rest need not be tried.
        if let Some(value) = self.plan.evaluate(expr, self) {
            return union.add_value(value);
        }
        match trials.split_first() {
            None if complete => {
                let one = self.possible(expr);
                union.add(one);
            }
            // Where something shared could not be tried, the parts are taken as independent: more than can happen, never less.
            None => {
                let one = self.combine(expr);
                union.add(one);
            }
            Some((pivot, rest)) => {
                for way in &pivot.ways {
                    // Too much work: what was not tried yet is taken as independent.
                    if self.is_spent() {
                        self.exact = false;
                        let one = self.combine(expr);
                        return union.add(one);
                    }
                    self.spend(1);
                    self.with_all(&pivot.leaves, way, &mut |explorer| explorer.try_from(expr, rest, complete, union));
                }
            }
        }
    }

    fn with_all(&mut self, leaves: &[Leaf], states: &[State], act: &mut dyn FnMut(&mut Self)) {
        match (leaves.split_first(), states.split_first()) {
            (Some((Leaf::Field(field), leaves)), Some((state, states))) => {
                self.with_field(*field, *state, |explorer| explorer.with_all(leaves, states, act));
            }
            (Some((Leaf::Node(node), leaves)), Some((State::Known(value), states))) => {
                self.with_node(*node, *value, |explorer| explorer.with_all(leaves, states, act));
            }
            _ => act(self),
        }
    }
}

/// Gathers what many trials give; most give one value.
#[derive(Default)]
struct Union {
    values: BTreeSet<Value>,
    rest: Option<Possible>,
}

impl Union {
    fn add_value(&mut self, value: Value) {
        self.values.insert(value);
    }

    fn add(&mut self, one: Possible) {
        match one.as_single() {
            Some(value) if !matches!(&one, Possible::Numbers(numbers) if !numbers.is_exact()) => self.add_value(value),
            _ => self.rest = Some(self.rest.take().map_or(one.clone(), |rest| rest.union(&one))),
        }
    }

    fn finish(self) -> Possible {
        let values = Possible::of(self.values);
        match (values, self.rest) {
            (Some(values), Some(rest)) => values.union(&rest),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => Possible::Anything,
        }
    }
}
