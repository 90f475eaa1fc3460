//! Finds what an expression can still become. Parts that share no open field are combined set by set, which is exact; where they share one, its
//! values are tried one after another, up to a budget. Beyond the budget the answer grows, and says so.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::possible::{Finding, Possible};
use crate::plan::{Expr, FieldId, FieldSet, Knowledge, NodeId, ScoringPlan, State, Value, truth};
use crate::script::ScriptFailure;

/// Steps of work for each combination that may be tried: a bound on the whole, where a single combination is a lot of work.
const WORK: u64 = 16;
/// Steps of work that are always allowed.
const LEAST_WORK: u64 = 20_000;

/// What is known at one moment, and the trials on top of it.
pub(crate) struct Explorer<'a> {
    pub(super) plan: &'a ScoringPlan,
    given: &'a [State],
    decided: &'a [Option<Value>],
    found: &'a [Option<Finding>],
    fields: Vec<Option<State>>,
    nodes: Vec<Option<Value>>,
    /// What is being tried, the last on top, each with a number of its own.
    trials: Vec<(Leaf, u64)>,
    last_trial: u64,
    memo: Memo,
    /// Steps of work that are left, over all questions.
    work: Cell<u64>,
    /// Whether every set found so far holds only what can really happen.
    pub(crate) exact: bool,
    pub(super) budget: u64,
    /// Of fields that are open, but not to every answer: what they can still become.
    pub(super) limits: &'a [Option<Possible>],
    pub(crate) failure: RefCell<Option<ScriptFailure>>,
}

/// What was computed for a node, under the last trial on which it depends. Trials end in the reverse order of their beginning, so that
/// everything below that trial is as it was then.
struct Memo {
    values: RefCell<Vec<Option<(u64, Option<Value>)>>>,
    open: RefCell<Vec<Option<(u64, Rc<FieldSet>)>>>,
    /// With the budget that it was found within.
    found: Vec<Option<(u64, u64, Finding)>>,
}

/// Something open that an expression reads directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Leaf {
    Field(FieldId),
    Node(NodeId),
}

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
        if let Some(Some((known, value))) = self.memo.values.borrow().get(id.0)
            && *known == trial
        {
            return *value;
        }
        self.spend(1);
        let value = self.plan.evaluate(&self.plan.node(id).expr, self);
        if let Some(slot) = self.memo.values.borrow_mut().get_mut(id.0) {
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
        found: &'a [Option<Finding>],
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
            memo: Memo {
                values: RefCell::new(vec![None; plan.nodes.len()]),
                open: RefCell::new(vec![None; plan.nodes.len()]),
                found: vec![None; plan.nodes.len()],
            },
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
        self.begin(Leaf::Field(id));
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
        self.begin(Leaf::Node(id));
        let result = act(self);
        self.trials.pop();
        if let Some(slot) = self.nodes.get_mut(id.0) {
            *slot = before;
        }
        result
    }

    fn begin(&mut self, leaf: Leaf) {
        self.last_trial += 1;
        self.trials.push((leaf, self.last_trial));
    }

    /// The number of the last trial that can change a node; 0 where none can.
    fn last_trial_of(&self, id: NodeId) -> u64 {
        let Some(cone) = self.plan.cones.cone(id) else { return self.last_trial };
        let touches = |(leaf, _): &&(Leaf, u64)| match leaf {
            Leaf::Field(field) => cone.fields.contains(*field),
            Leaf::Node(node) => cone.nodes.contains(*node),
        };
        self.trials.iter().rev().find(touches).map_or(0, |(_, trial)| *trial)
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
                let pivots = self.pivots(&Self::parts(expr));
                if pivots.is_empty() { self.combine(expr) } else { self.try_all(expr, &pivots) }
            }
        }
    }

    pub(super) fn possible_node(&mut self, id: NodeId) -> Possible {
        if let Some(value) = self.node(id) {
            return Possible::single(value);
        }
        let trial = self.last_trial_of(id);
        if let Some(found) = self.found.get(id.0).and_then(Option::as_ref)
            && trial == 0
        {
            self.exact &= found.exact;
            return found.possible.clone();
        }
        if let Some(Some((known, budget, found))) = self.memo.found.get(id.0)
            && *known == trial
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
        if let Some(slot) = self.memo.found.get_mut(id.0) {
            *slot = Some((trial, budget, found));
        }
        possible
    }

    /// The open fields below a node, if they were gathered before.
    pub(super) fn remembered_open(&self, id: NodeId) -> Option<Rc<FieldSet>> {
        let trial = self.last_trial_of(id);
        let known = self.memo.open.borrow();
        known.get(id.0)?.as_ref().filter(|(known, _)| *known == trial).map(|(_, open)| Rc::clone(open))
    }

    /// Takes note of the open fields below a node.
    pub(super) fn remember_open(&self, id: NodeId, open: FieldSet) -> Rc<FieldSet> {
        let open = Rc::new(open);
        if let Some(slot) = self.memo.open.borrow_mut().get_mut(id.0) {
            *slot = Some((self.last_trial_of(id), Rc::clone(&open)));
        }
        open
    }

    /// The union over all values of the pivots; those that would go beyond the budget are combined as if independent.
    fn try_all(&mut self, expr: &Expr, pivots: &[Leaf]) -> Possible {
        let mut trials: Vec<(Leaf, Vec<State>)> = Vec::new();
        let mut combinations = 1_u64;
        for leaf in pivots {
            let states = match leaf {
                Leaf::Field(field) => self.domain(*field),
                Leaf::Node(node) => {
                    self.possible_node(*node).values(self.budget).map(|values| values.into_iter().map(State::Known).collect())
                }
            };
            let states: Option<Vec<State>> = states;
            let more = states.as_ref().map_or(u64::MAX, |states| combinations.saturating_mul(states.len() as u64));
            match states {
                Some(states) if more <= self.budget => {
                    combinations = more;
                    trials.push((*leaf, states));
                }
                _ => self.exact = false,
            }
        }
        if trials.is_empty() || self.is_spent() {
            self.exact &= !self.is_spent();
            return self.combine(expr);
        }
        let before = self.budget;
        self.budget = before / combinations.max(1);
        let mut union = Union::default();
        let complete = trials.len() == pivots.len();
        self.try_from(expr, &trials, complete, &mut union);
        self.budget = before;
        union.finish()
    }

    fn try_from(&mut self, expr: &Expr, trials: &[(Leaf, Vec<State>)], complete: bool, union: &mut Union) {
        // As soon as nothing else matters, the rest need not be tried.
        if let Some(value) = self.plan.evaluate(expr, self) {
            return union.add_value(value);
        }
        match trials.split_first() {
            // Too much work: what was not tried is taken as independent.
            _ if self.is_spent() => {
                self.exact = false;
                let one = self.combine(expr);
                union.add(one);
            }
            None if complete => {
                let one = self.possible(expr);
                union.add(one);
            }
            // Where something shared could not be tried, the parts are taken as independent: more than can happen, never less.
            None => {
                let one = self.combine(expr);
                union.add(one);
            }
            Some(((leaf, states), rest)) => {
                for state in states {
                    if self.is_spent() {
                        self.exact = false;
                        let rest = self.combine(expr);
                        return union.add(rest);
                    }
                    self.spend(1);
                    match (leaf, state) {
                        (Leaf::Field(field), state) => {
                            self.with_field(*field, *state, |explorer| explorer.try_from(expr, rest, complete, union))
                        }
                        (Leaf::Node(node), State::Known(value)) => {
                            self.with_node(*node, *value, |explorer| explorer.try_from(expr, rest, complete, union));
                        }
                        _ => {}
                    }
                }
            }
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
