//! Finds what an expression can still become. Parts that share no open field are combined set by set, which is exact; where they share one, its
//! values are tried one after another, up to a budget. Beyond the budget the answer grows, and says so.

use std::cell::{Cell, RefCell};

use super::possible::{Finding, Possible};
use crate::plan::{Expr, FieldId, FieldSet, Knowledge, NodeId, ScoringPlan, State, Value, truth};
use crate::script::ScriptFailure;

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
    /// Whether every set found so far holds only what can really happen.
    pub(crate) exact: bool,
    pub(super) budget: u64,
    pub(crate) failure: RefCell<Option<ScriptFailure>>,
}

/// Something open that an expression reads directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Leaf {
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
            exact: true,
            budget,
            failure: RefCell::new(None),
        }
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
        self.step(1);
        let result = act(self);
        if let Some(slot) = self.fields.get_mut(id.0) {
            *slot = before;
        }
        self.step(-1);
        result
    }

    fn with_node<T>(&mut self, id: NodeId, value: Value, act: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.nodes.get_mut(id.0).and_then(|slot| slot.replace(value));
        self.step(1);
        let result = act(self);
        if let Some(slot) = self.nodes.get_mut(id.0) {
            *slot = before;
        }
        self.step(-1);
        result
    }

    fn step(&mut self, by: i64) {
        self.trials = self.trials.saturating_add_signed(by);
        self.generation.set(self.generation.get() + 1);
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
            _ => {
                let parts = Self::parts(expr);
                match self.pivot(&parts) {
                    Some(leaf) => self.try_each(expr, leaf),
                    None => self.combine(expr),
                }
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
        let plan = self.plan;
        self.possible(&plan.node(id).expr)
    }

    /// Whether a trial could have changed what a node can become.
    fn touched(&self, id: NodeId) -> bool {
        let (mut fields, mut nodes) = (false, false);
        self.plan.node(id).expr.for_each_read(
            &mut |field| fields |= self.is_tried(field) || self.plan.field(field).shown.is_some_and(|shown| self.touched(shown)),
            &mut |node| nodes |= self.nodes.get(node.0).is_some_and(Option::is_some) || self.touched(node),
        );
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
            Expr::Adjust(_) => parts.extend(leaves(expr).into_iter().map(|leaf| vec![leaf])),
            _ => expr.for_each_part(|part| parts.push(leaves(part))),
        }
        parts
    }

    /// The leaf to try values of, so that the parts become independent; `None` where they already are.
    fn pivot(&self, parts: &[Vec<Leaf>]) -> Option<Leaf> {
        if parts.len() < 2 {
            return None;
        }
        let mut seen: Vec<(Leaf, FieldSet)> = Vec::new();
        let mut all = FieldSet::default();
        let mut repeated = None;
        for part in parts {
            let mut here: Vec<(Leaf, FieldSet)> = Vec::new();
            for leaf in part {
                if here.iter().any(|(known, _)| known == leaf) {
                    continue;
                }
                let mut open = FieldSet::default();
                self.open_fields(*leaf, &mut open);
                here.push((*leaf, open));
            }
            for (leaf, open) in &here {
                if open.overlaps(&all) {
                    // The same leaf alone can be tried as a whole; two different ones only through the fields that they share.
                    let entangled = seen.iter().find(|(known, fields)| known != leaf && fields.overlaps(open));
                    if let Some((_, fields)) = entangled {
                        let field = fields.common(open).min_by_key(|field| self.domain(*field).map_or(usize::MAX, |values| values.len()))?;
                        return Some(Leaf::Field(field));
                    }
                    repeated = repeated.or(Some(*leaf));
                }
            }
            for (leaf, open) in here {
                all.merge(&open);
                if !seen.iter().any(|(known, _)| *known == leaf) {
                    seen.push((leaf, open));
                }
            }
        }
        repeated
    }

    /// The open fields on which a leaf depends.
    fn open_fields(&self, leaf: Leaf, open: &mut FieldSet) {
        match leaf {
            Leaf::Node(node) => {
                if self.node(node).is_none() {
                    leaves(&self.plan.node(node).expr).into_iter().for_each(|leaf| self.open_fields(leaf, open));
                }
            }
            Leaf::Field(field) => {
                let state = self.state(field);
                let answerable = matches!(self.raw(field), State::Blank | State::Absent(_)) && !self.is_tried(field);
                if answerable && matches!(state, State::Blank | State::Absent(_) | State::Unclear) {
                    open.insert(field);
                }
                if state == State::Unclear
                    && let Some(shown) = self.plan.field(field).shown
                {
                    self.open_fields(Leaf::Node(shown), open);
                }
            }
        }
    }

    /// The open fields on which an expression depends.
    pub(crate) fn waiting_on(&self, expr: &Expr) -> FieldSet {
        let mut open = FieldSet::default();
        leaves(expr).into_iter().for_each(|leaf| self.open_fields(leaf, &mut open));
        open
    }

    /// The union over all values of a leaf; combined as if independent where there are too many.
    fn try_each(&mut self, expr: &Expr, leaf: Leaf) -> Possible {
        let states: Option<Vec<State>> = match leaf {
            Leaf::Field(field) => self.domain(field),
            Leaf::Node(node) => {
                let exact = self.exact;
                let values = self.possible_node(node).values(self.budget);
                // A set that is too large for certain is no reason to doubt what is found with it.
                self.exact = exact && self.exact;
                values.map(|values| values.into_iter().map(State::Known).collect())
            }
        };
        let affordable = |states: &Vec<State>| u64::try_from(states.len()).is_ok_and(|count| count <= self.budget);
        let Some(states) = states.filter(affordable) else {
            self.exact = false;
            return self.combine(expr);
        };
        let before = self.budget;
        self.budget = before / u64::try_from(states.len().max(1)).unwrap_or(u64::MAX);
        let mut all: Option<Possible> = None;
        for state in states {
            let one = match (leaf, state) {
                (Leaf::Field(field), state) => self.with_field(field, state, |explorer| explorer.possible(expr)),
                (Leaf::Node(node), State::Known(value)) => self.with_node(node, value, |explorer| explorer.possible(expr)),
                _ => continue,
            };
            all = Some(all.map_or(one.clone(), |all| all.union(&one)));
        }
        self.budget = before;
        all.unwrap_or(Possible::Anything)
    }
}

/// Everything that an expression reads directly, as often as it is read.
fn leaves(expr: &Expr) -> Vec<Leaf> {
    let found = RefCell::new(Vec::new());
    expr.for_each_read(&mut |field| found.borrow_mut().push(Leaf::Field(field)), &mut |node| found.borrow_mut().push(Leaf::Node(node)));
    found.into_inner()
}
