//! Finds what an expression can still become. Parts that share no open field are combined set by set, which is exact; where they share one, its
//! values are tried one after another, up to a budget. Beyond the budget the answer grows, and says so.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::possible::{Finding, Possible};
use crate::plan::{Expr, FieldId, FieldSet, Knowledge, NodeId, ScoringPlan, State, Value, truth};
use crate::script::ScriptFailure;
use crate::sort::sort_by_key;

/// What is known at one moment, and the trials on top of it.
pub(crate) struct Explorer<'a> {
    pub(super) plan: &'a ScoringPlan,
    given: &'a [State],
    decided: &'a [Option<Value>],
    found: &'a [Option<Finding>],
    fields: Vec<Option<State>>,
    nodes: Vec<Option<Value>>,
    trials: u64,
    generation: Cell<u64>,
    memo: RefCell<Vec<(u64, Option<Value>)>>,
    /// The same for what a node depends on, and for whether a trial touches it: many nodes are reached in many ways.
    open_below: RefCell<Vec<(u64, FieldSet)>>,
    touched: RefCell<Vec<(u64, bool)>>,
    /// What nodes can become, by trial, node and budget, and whether that is exact. A trial that is over takes its own along.
    possible: BTreeMap<(u64, NodeId, u64), (Possible, bool)>,
    trial: u64,
    /// Whether every set found so far holds only what can really happen.
    pub(crate) exact: bool,
    pub(super) budget: u64,
    /// Of fields that are open, but not to every answer: what they can still become.
    pub(super) limits: &'a [Option<Possible>],
    pub(crate) failure: RefCell<Option<ScriptFailure>>,
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
        if decided.is_some() || self.trials == 0 {
            return decided;
        }
        let known = self.memo.borrow().get(id.0).copied();
        if let Some((generation, value)) = known
            && generation == self.generation.get()
        {
            return value;
        }
        let value = self.plan.evaluate(&self.plan.node(id).expr, self);
        if let Some(slot) = self.memo.borrow_mut().get_mut(id.0) {
            *slot = (self.generation.get(), value);
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
            trials: 0,
            generation: Cell::new(1),
            memo: RefCell::new(vec![(0, None); plan.nodes.len()]),
            open_below: RefCell::new(vec![(0, FieldSet::default()); plan.nodes.len()]),
            touched: RefCell::new(vec![(0, false); plan.nodes.len()]),
            possible: BTreeMap::new(),
            trial: 1,
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
        let outer = self.begin();
        let result = act(self);
        if let Some(slot) = self.fields.get_mut(id.0) {
            *slot = before;
        }
        self.end(outer);
        result
    }

    /// Runs `act` while a node is taken to have a value.
    pub(crate) fn with_node<T>(&mut self, id: NodeId, value: Value, act: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.nodes.get_mut(id.0).and_then(|slot| slot.replace(value));
        let outer = self.begin();
        let result = act(self);
        if let Some(slot) = self.nodes.get_mut(id.0) {
            *slot = before;
        }
        self.end(outer);
        result
    }

    /// A trial begins: what is found out from here on holds in it alone. Answers the trial that it is within.
    fn begin(&mut self) -> u64 {
        self.trials += 1;
        self.trial += 1;
        self.generation.replace(self.trial)
    }

    /// A trial is over: all is again as in the one that it was within, and what was found out there holds again.
    fn end(&mut self, outer: u64) {
        self.trials = self.trials.saturating_sub(1);
        self.generation.set(outer);
        self.possible.split_off(&(outer + 1, NodeId(0), 0));
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
        if let Some(found) = self.found.get(id.0).and_then(Option::as_ref)
            && (self.trials == 0 || !self.touched(id))
        {
            self.exact &= found.exact;
            return found.possible.clone();
        }
        let key = (self.generation.get(), id, self.budget);
        if let Some((possible, exact)) = self.possible.get(&key) {
            self.exact &= exact;
            return possible.clone();
        }
        let (plan, before) = (self.plan, std::mem::replace(&mut self.exact, true));
        let possible = self.possible(&plan.node(id).expr);
        self.possible.insert(key, (possible.clone(), self.exact));
        self.exact &= before;
        possible
    }

    /// Whether a trial could have changed what a node can become.
    fn touched(&self, id: NodeId) -> bool {
        let known = self.touched.borrow().get(id.0).copied();
        if let Some((generation, touched)) = known
            && generation == self.generation.get()
        {
            return touched;
        }
        let (mut fields, mut nodes) = (false, false);
        self.plan.node(id).expr.for_each_read(
            &mut |field| fields |= self.is_tried(field) || self.plan.field(field).shown.is_some_and(|shown| self.touched(shown)),
            &mut |node| nodes |= self.nodes.get(node.0).is_some_and(Option::is_some) || self.touched(node),
        );
        if let Some(slot) = self.touched.borrow_mut().get_mut(id.0) {
            *slot = (self.generation.get(), fields || nodes);
        }
        fields || nodes
    }

    /// The parts of an expression that are combined with one another.
    fn parts(expr: &Expr) -> Vec<Vec<Leaf>> {
        let mut parts = Vec::new();
        match expr {
            Expr::Sum(sum) => {
                parts.extend(sum.options.iter().map(|term| vec![Leaf::Field(term.field)]));
                parts.extend(sum.others.iter().map(|(expr, _)| leaves(expr)));
            }
            // Only one branch is ever taken, so that it does not matter what the two share.
            Expr::If(test, then, otherwise) => parts.extend([leaves(test), [leaves(then), leaves(otherwise)].concat()]),
            Expr::Adjust(_) => parts.extend(leaves(expr).into_iter().map(|leaf| vec![leaf])),
            _ => expr.for_each_part(|part| parts.push(leaves(part))),
        }
        parts
    }

    /// What to try values of, so that the parts become independent; empty where they already are.
    fn pivots(&mut self, parts: &[Vec<Leaf>]) -> Vec<Leaf> {
        let mut seen: Vec<(Leaf, FieldSet)> = Vec::new();
        let (mut entangled, mut repeated) = (FieldSet::default(), Vec::new());
        if parts.len() < 2 {
            return repeated;
        }
        for part in parts {
            let mut here: Vec<(Leaf, FieldSet)> = Vec::new();
            for leaf in part {
                if self.is_decided(*leaf) || here.iter().any(|(known, _)| known == leaf) {
                    continue;
                }
                let mut open = FieldSet::default();
                self.open_fields(*leaf, &mut open);
                here.push((*leaf, open));
            }
            for (leaf, open) in &here {
                for (known, fields) in &seen {
                    // The same node can be tried as a whole; different leaves, and fields that may be hidden, only through what they share.
                    if known == leaf && matches!(leaf, Leaf::Node(_)) {
                        repeated.push(*leaf);
                    } else if fields.overlaps(open) {
                        fields.common(open).for_each(|field| entangled.insert(field));
                    }
                }
            }
            here.retain(|(leaf, _)| !seen.iter().any(|(known, _)| known == leaf));
            seen.extend(here);
        }
        if entangled.is_empty() { repeated.into_iter().take(1).collect() } else { self.shared(&seen, &entangled) }
    }

    fn is_decided(&self, leaf: Leaf) -> bool {
        match leaf {
            Leaf::Node(node) => self.node(node).is_some(),
            Leaf::Field(field) => matches!(self.state(field), State::Known(_) | State::LeftOut),
        }
    }

    /// For each shared field the leaf to try: a node through which alone it is read, if there is one, or else the field itself.
    fn shared(&mut self, leaves: &[(Leaf, FieldSet)], entangled: &FieldSet) -> Vec<Leaf> {
        let mut nodes: Vec<(NodeId, FieldSet)> = Vec::new();
        for (leaf, _) in leaves {
            self.open_nodes(*leaf, &mut nodes);
        }
        nodes.retain(|(_, fields)| fields.overlaps(entangled));
        // The node that stands for most fields with fewest values first: it leaves the fewest combinations.
        let counted = nodes.into_iter().map(|(id, fields)| {
            let values = self.possible_node(id).values(self.budget).map_or(usize::MAX, |values| values.len());
            ((Reverse(fields.iter().count()), values, id), fields)
        });
        let mut nodes: Vec<_> = counted.collect();
        sort_by_key(&mut nodes, |(key, _)| *key);
        let (mut chosen, mut settled) = (Vec::new(), FieldSet::default());
        for ((.., id), fields) in nodes {
            let alone = !fields.overlaps(&settled) && {
                let (mut others, mut seen) = (FieldSet::default(), Vec::new());
                leaves.iter().for_each(|(leaf, _)| self.open_fields_past(*leaf, id, &mut seen, &mut others));
                !others.overlaps(&fields)
            };
            if alone && !leaves.iter().any(|(leaf, _)| *leaf == Leaf::Node(id)) {
                settled.merge(&fields);
                chosen.push(Leaf::Node(id));
            }
        }
        let mut rest: Vec<FieldId> = entangled.iter().filter(|field| !settled.contains(*field)).collect();
        sort_by_key(&mut rest, |field| self.domain(*field).map_or(usize::MAX, |values| values.len()));
        chosen.extend(rest.into_iter().map(Leaf::Field));
        chosen
    }

    /// Every open node below a leaf, itself included, with the open fields on which it depends.
    fn open_nodes(&self, leaf: Leaf, found: &mut Vec<(NodeId, FieldSet)>) {
        let node = match leaf {
            Leaf::Node(node) => Some(node),
            Leaf::Field(field) => self.plan.field(field).shown,
        };
        let Some(node) = node.filter(|node| self.node(*node).is_none() && !found.iter().any(|(known, _)| known == node)) else { return };
        let mut fields = FieldSet::default();
        self.open_fields(Leaf::Node(node), &mut fields);
        found.push((node, fields));
        leaves(&self.plan.node(node).expr).into_iter().for_each(|leaf| self.open_nodes(leaf, found));
    }

    /// The open fields on which a leaf depends. What was found below a node serves until the next trial.
    fn open_fields(&self, leaf: Leaf, open: &mut FieldSet) {
        let node = match leaf {
            Leaf::Node(node) => Some(node).filter(|node| self.node(*node).is_none()),
            Leaf::Field(field) => self.open_field_itself(field, open),
        };
        let Some(node) = node else { return };
        if let Some((generation, below)) = self.open_below.borrow().get(node.0)
            && *generation == self.generation.get()
        {
            return open.merge(below);
        }
        let mut below = FieldSet::default();
        leaves(&self.plan.node(node).expr).into_iter().for_each(|leaf| self.open_fields(leaf, &mut below));
        open.merge(&below);
        if let Some(slot) = self.open_below.borrow_mut().get_mut(node.0) {
            *slot = (self.generation.get(), below);
        }
    }

    /// The same, not counting what is read through the node `behind`; no node is looked into twice.
    fn open_fields_past(&self, leaf: Leaf, behind: NodeId, seen: &mut Vec<NodeId>, open: &mut FieldSet) {
        let node = match leaf {
            Leaf::Node(node) => Some(node).filter(|node| self.node(*node).is_none()),
            Leaf::Field(field) => self.open_field_itself(field, open),
        };
        let Some(node) = node.filter(|node| *node != behind && !seen.contains(node)) else { return };
        seen.push(node);
        leaves(&self.plan.node(node).expr).into_iter().for_each(|leaf| self.open_fields_past(leaf, behind, seen, open));
    }

    /// Notes a field if it is open. Answers the node on which it depends whether the field is shown, where that is open.
    fn open_field_itself(&self, field: FieldId, open: &mut FieldSet) -> Option<NodeId> {
        let state = self.state(field);
        let answerable = matches!(self.raw(field), State::Blank | State::Absent(_)) && !self.is_tried(field);
        if answerable && matches!(state, State::Blank | State::Absent(_) | State::Unclear) {
            open.insert(field);
        }
        self.plan.field(field).shown.filter(|shown| state == State::Unclear && self.node(*shown).is_none())
    }

    /// The open fields on which an expression depends.
    pub(crate) fn waiting_on(&self, expr: &Expr) -> FieldSet {
        let mut open = FieldSet::default();
        leaves(expr).into_iter().for_each(|leaf| self.open_fields(leaf, &mut open));
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
        if trials.is_empty() {
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

/// Everything that an expression reads directly, as often as it is read.
pub(super) fn leaves(expr: &Expr) -> Vec<Leaf> {
    let found = RefCell::new(Vec::new());
    expr.for_each_read(&mut |field| found.borrow_mut().push(Leaf::Field(field)), &mut |node| found.borrow_mut().push(Leaf::Node(node)));
    found.into_inner()
}
