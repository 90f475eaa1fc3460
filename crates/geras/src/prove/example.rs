//! Whole answer sheets around a few answers, as an author looks at them. Searches nothing.

use super::domain::first_answer;
use crate::plan::{Field, FieldId, NodeId, ScoringPlan, State, Value};
use crate::reach::Evaluation;

/// A complete sheet with these answers, everything else answered first of all, and no answer where a question is hidden.
pub(super) fn complete(plan: &ScoringPlan, answers: &[(FieldId, State)]) -> Vec<State> {
    let mut sheet: Vec<State> = plan.fields().iter().map(|field| first_answer(field).unwrap_or(State::Blank)).collect();
    for (field, state) in answers {
        if let Some(slot) = sheet.get_mut(field.0) {
            *slot = *state;
        }
    }
    // Hiding one question can hide another: as often as there are questions is always enough.
    for _ in 0..plan.fields().len() {
        let evaluation = Evaluation::new(plan, sheet.as_slice(), 0);
        let hidden = |(place, field): (usize, &Field)| {
            let shown = field.shown.and_then(|shown| evaluation.value(shown));
            (shown == Some(Value::Boolean(false)) && sheet.get(place) != Some(&State::Blank)).then_some(place)
        };
        let hidden: Vec<usize> = plan.fields().iter().enumerate().filter_map(hidden).collect();
        if hidden.is_empty() {
            break;
        }
        for place in hidden {
            if let Some(slot) = sheet.get_mut(place) {
                *slot = State::Blank;
            }
        }
    }
    sheet
}

/// What a node comes to on a sheet.
pub(super) fn value_on(plan: &ScoringPlan, sheet: &[State], node: NodeId) -> Option<Value> {
    Evaluation::new(plan, sheet, 0).value(node)
}
