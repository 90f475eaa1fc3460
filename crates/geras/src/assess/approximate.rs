//! What rests on answers that were carried over and are only near: found by leaving them open and computing again. Says nothing of exact ones.

use super::given::Origin;
use super::outcome::{BUDGET, Coded, Outcome};
use crate::definition::Item;
use crate::plan::{NodeId, Purpose, State};
use crate::reach::Evaluation;

/// What rests on answers that are only near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approximate<'i> {
    /// The items and inputs whose answers are only near.
    pub items: Vec<&'i Item>,
    /// The decided results that would be open without them: ids of scores, band sets, findings, alerts; `grade`.
    pub rests: Vec<&'i str>,
    /// The grade if nothing were known of them; none where the instrument has no grade.
    pub grade_without: Option<Coded<'i>>,
}

impl Approximate<'_> {
    /// Whether the grade rests on them.
    #[must_use]
    pub fn decides_grade(&self) -> bool {
        self.rests.contains(&"grade")
    }
}

impl<'i> Outcome<'i> {
    /// The answers that were carried over from another instrument, with their origins, in the order of the definition.
    #[must_use]
    pub fn carried(&self) -> Vec<(&'i Item, &Origin)> {
        let plan = self.instrument.plan();
        let items = &self.instrument.definition().items;
        self.answers.origins.iter().filter_map(|(field, origin)| Some((items.get(plan.field(*field).place)?, origin))).collect()
    }

    /// What rests on answers that are only near; none where no answer is.
    #[must_use]
    pub fn approximate(&self) -> Option<Approximate<'i>> {
        let (plan, items) = (self.instrument.plan(), &self.instrument.definition().items);
        let mut states = self.answers.states.to_vec();
        let mut near = Vec::new();
        for (field, _) in self.answers.origins.iter().filter(|(_, origin)| !origin.exact) {
            near.extend(items.get(plan.field(*field).place));
            if let Some(state) = states.get_mut(field.0) {
                *state = State::Blank;
            }
        }
        if near.is_empty() {
            return None;
        }
        let without = Self { evaluation: Evaluation::new(plan, states, BUDGET), ..self.clone() };
        let decided = |node: &NodeId| self.evaluation.value(*node).is_some() && without.evaluation.value(*node).is_none();
        let told = |purpose: Purpose| !matches!(purpose, Purpose::Shown(_) | Purpose::Adjustment(_) | Purpose::Preliminary);
        let nodes = plan.nodes().iter().enumerate().filter(|(_, node)| told(node.purpose));
        let rests = nodes.filter(|(place, _)| decided(&NodeId(*place))).map(|(_, node)| node.id.as_str()).collect();
        Some(Approximate { items: near, rests, grade_without: without.grade() })
    }
}
