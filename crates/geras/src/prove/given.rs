//! What is taken for granted while something is counted: settings, and in one case after another the answers that hide others. Counts nothing.

use crate::plan::{Field, FieldId, Knowledge, NodeId, ScoringPlan, State, Value, truth};
use crate::script::ScriptFailure;

/// The fields that are given, and what follows from them for skip logic.
#[derive(Debug, Clone)]
pub(super) struct Given<'a> {
    plan: &'a ScoringPlan,
    states: Vec<Option<State>>,
    /// Fields that are shown whatever the others are.
    shown: Vec<bool>,
}

impl Knowledge for Given<'_> {
    fn state(&self, field: FieldId) -> State {
        self.get(field).unwrap_or(State::Blank)
    }

    fn node(&self, node: NodeId) -> Option<Value> {
        self.plan.evaluate(&self.plan.node(node).expr, self)
    }

    fn failed(&self, _: ScriptFailure) {}
}

impl<'a> Given<'a> {
    /// Settings as they are unless somebody sets them.
    pub(super) fn defaults(plan: &'a ScoringPlan) -> Self {
        Self::of(plan, plan.fields().iter().map(|field| field.default.map(State::Known)).collect())
    }

    /// Nothing at all: settings are answers like others.
    pub(super) fn nothing(plan: &'a ScoringPlan) -> Self {
        Self::of(plan, vec![None; plan.fields().len()])
    }

    fn of(plan: &'a ScoringPlan, states: Vec<Option<State>>) -> Self {
        let shown = plan.fields().iter().map(|field| field.shown.is_none()).collect();
        let mut given = Self { plan, states, shown };
        given.settle();
        given
    }

    pub(super) fn get(&self, field: FieldId) -> Option<State> {
        self.states.get(field.0).copied().flatten()
    }

    /// The node that says whether a field is shown, where that is not settled.
    pub(super) fn shown(&self, field: FieldId) -> Option<NodeId> {
        if self.shown.get(field.0) == Some(&true) || self.get(field).is_some() { None } else { self.plan.field(field).shown }
    }

    /// The same with one more answer.
    pub(super) fn with(&self, field: FieldId, state: State) -> Self {
        let mut given = self.clone();
        if let Some(slot) = given.states.get_mut(field.0) {
            *slot = Some(state);
        }
        given.settle();
        given
    }

    /// Hides and shows what is certain, as long as one follows from another.
    fn settle(&mut self) {
        let open = |given: &Self, id: FieldId, field: &Field| field.shown.filter(|_| given.get(id).is_none() && given.shown(id).is_some());
        loop {
            let mut settled = None;
            for (place, field) in self.plan.fields().iter().enumerate() {
                let Some(shown) = open(self, FieldId(place), field) else { continue };
                if let Some(shown) = self.node(shown).and_then(truth) {
                    settled = Some((place, shown, field.otherwise.map_or(State::LeftOut, State::Known)));
                    break;
                }
            }
            match settled {
                None => return,
                Some((place, true, _)) => {
                    if let Some(slot) = self.shown.get_mut(place) {
                        *slot = true;
                    }
                }
                Some((place, false, hidden)) => {
                    if let Some(slot) = self.states.get_mut(place) {
                        *slot = Some(hidden);
                    }
                }
            }
        }
    }
}
