//! One sheet as both editions take it, and the proof by evaluation that it leads where it is said to lead. Counts nothing.

use super::compared::{Told, told};
use super::merge::{Merged, Side};
use super::pairing::{Origin, Pairing};
use super::undecided::Undecided;
use crate::assess::GivenAnswer;
use crate::definition::Role;
use crate::plan::{Field, FieldId, NodeId, ScoringPlan, State, Value};
use crate::prove::first_answer;
use crate::reach::Evaluation;

/// A sheet that leads to the two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// As the first edition asks it; hidden questions have no answer.
    pub a: Vec<(String, GivenAnswer)>,
    /// As the second edition asks it.
    pub b: Vec<(String, GivenAnswer)>,
    /// The answers that are not the first of their question, as an author would write them; of the second edition only what is its own.
    pub told: Vec<(String, String)>,
}

/// Makes the sheets of both editions from answers to the one plan.
pub(super) struct Sheets<'c> {
    a: &'c ScoringPlan,
    b: &'c ScoringPlan,
    pairing: &'c Pairing,
    merged: &'c Merged,
}

impl<'c> Sheets<'c> {
    pub(super) const fn new(a: &'c ScoringPlan, b: &'c ScoringPlan, pairing: &'c Pairing, merged: &'c Merged) -> Self {
        Self { a, b, pairing, merged }
    }

    /// The sheet with these answers, and everything else answered first of all.
    ///
    /// # Errors
    /// Evaluating the sheet in one of the editions gives another value than was counted, which must not be.
    pub(super) fn witness(&self, answers: &[(FieldId, State)], a: (NodeId, &Told), b: (NodeId, &Told)) -> Result<Witness, Undecided> {
        let plan = &self.merged.plan;
        let mut all: Vec<State> = plan.fields().iter().map(|field| first_answer(field).unwrap_or(State::Blank)).collect();
        for (field, state) in answers {
            if let (Some(slot), State::Known(_)) = (all.get_mut(field.0), state) {
                *slot = *state;
            }
        }
        let (one, two) = self.sheets(&all);
        let (one, value_a) = self.evaluated(self.a, one, a.0);
        let (two, value_b) = self.evaluated(self.b, two, b.0);
        if value_a != *a.1 || value_b != *b.1 {
            return Err(Undecided::Disagree);
        }
        let mut told = self.told(self.a, &one, |_| true);
        told.extend(
            self.told(self.b, &two, |field| !matches!(self.pairing.origins.get(field.0), Some(Origin::Shared(..) | Origin::Carried(_)))),
        );
        Ok(Witness { a: given(self.a, &one), b: given(self.b, &two), told })
    }

    /// The answers of each edition before skip logic.
    fn sheets(&self, all: &[State]) -> (Vec<State>, Vec<State>) {
        let plan = &self.merged.plan;
        let own = |side: Side, place: usize, edition: &ScoringPlan, field: &Field| {
            let id = self.merged.ids.get(side.place()).and_then(|ids| ids.get(place)).copied();
            let state = id.and_then(|id| all.get(id.0)).copied().unwrap_or(State::Blank);
            let (Some(id), State::Known(Value::Code(code)), Some(set)) = (id, state, field.codes) else { return state };
            // The one plan may have fewer codes.
            let word = plan.field(id).codes.and_then(|set| plan.codes(set).get(usize::from(code)));
            let place = word.and_then(|word| edition.codes(set).iter().position(|known| known == word));
            place.and_then(|place| u8::try_from(place).ok()).map_or(State::Blank, |place| State::Known(Value::Code(place)))
        };
        let each = |side: Side, edition: &ScoringPlan| -> Vec<State> {
            edition.fields().iter().enumerate().map(|(place, field)| own(side, place, edition, field)).collect()
        };
        let (a, b) = (self.a, self.b);
        let (one, mut two) = (each(Side::A, a), each(Side::B, b));
        let asked = blanked(a, &one);
        for (place, origin) in self.pairing.origins.iter().enumerate() {
            let (Origin::Carried(carried), Some(field)) = (origin, b.fields().get(place)) else { continue };
            let known = |id: &FieldId| if let Some(State::Known(value)) = asked.get(id.0) { Some(*value) } else { None };
            let values: Option<Vec<Value>> = carried.from.iter().map(known).collect();
            if let (Some(slot), Some(value)) = (two.get_mut(place), values.and_then(|values| carried.answer(&values, field))) {
                *slot = State::Known(value);
            }
        }
        (one, two)
    }

    /// The sheet with hidden questions blank, and what a node comes to on it.
    fn evaluated(&self, plan: &ScoringPlan, sheet: Vec<State>, node: NodeId) -> (Vec<State>, Told) {
        let evaluation = Evaluation::new(plan, sheet.as_slice(), 0);
        let value = told(plan, plan.node(node).kind, evaluation.value(node));
        (blanked(plan, &sheet), value)
    }

    fn told(&self, plan: &ScoringPlan, sheet: &[State], wanted: impl Fn(FieldId) -> bool) -> Vec<(String, String)> {
        let fields = plan.fields().iter().zip(sheet).enumerate();
        let differs = |field: &Field, state: State| state != State::Blank && first_answer(field) != Some(state);
        let told = fields.filter(|(place, (field, state))| wanted(FieldId(*place)) && differs(field, **state));
        told.map(|(_, (field, state))| (field.id.clone(), plan.answer_text(field, *state))).collect()
    }
}

/// A sheet with the questions blank that are hidden on it.
pub(super) fn blanked(plan: &ScoringPlan, sheet: &[State]) -> Vec<State> {
    let evaluation = Evaluation::new(plan, sheet, 0);
    let hidden = |field: &Field| field.shown.is_some_and(|shown| evaluation.value(shown) == Some(Value::Boolean(false)));
    plan.fields().iter().zip(sheet).map(|(field, state)| if hidden(field) { State::Blank } else { *state }).collect()
}

fn given(plan: &ScoringPlan, sheet: &[State]) -> Vec<(String, GivenAnswer)> {
    let asked = plan.fields().iter().zip(sheet).filter(|(field, _)| field.role != Role::Setting);
    asked.filter_map(|(field, state)| Some((field.id.clone(), GivenAnswer::of_state(plan, field, *state)?))).collect()
}
