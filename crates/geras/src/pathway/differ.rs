//! What would have to be different for another care setting: one fact or result at a time, and nobody who contradicts themselves. Changes nothing.

use super::outcome::PathwayOutcome;
use crate::definition::{ClauseKind, Date, Item, Role};
use crate::plan::{FieldId, Purpose, ResultField, State, Value};
use crate::reach::Evaluation;
use crate::sort::sort_by_key;

/// Differences that are told.
const MOST: usize = 12;
/// Numbers that are tried for one fact.
const MOST_NUMBERS: usize = 24;

/// One change that alone leads to another kind of care setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<'p> {
    /// The input, where it is one of the pathway's own.
    pub input: Option<&'p Item>,
    /// The result, where it is one of an instrument.
    pub result: Option<&'p ResultField>,
    /// What it is now.
    pub now: String,
    /// What it would have to be.
    pub needed: String,
    /// The kind of care setting that follows.
    pub gives: &'p str,
}

impl<'p> PathwayOutcome<'p> {
    /// What would have to be different for another care setting, the nearest change of each fact; nothing while the setting is open.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference<'p>> {
        let plan = &self.pathway.plan;
        let Some(routing) = plan.find(Purpose::Routing) else { return Vec::new() };
        let Some(now) = self.evaluation.value(routing) else { return Vec::new() };
        let mut found: Vec<Difference<'p>> = Vec::new();
        for place in 0..plan.fields().len() {
            let field = FieldId(place);
            let Some(State::Known(given)) = self.states.get(place).copied() else { continue };
            if plan.field(field).role == Role::Setting || plan.field(field).id.starts_with("done(") || Some(field) == plan.assessed_on {
                continue;
            }
            for other in self.others(field, given) {
                let mut states = self.states.to_vec();
                if let Some(slot) = states.get_mut(place) {
                    *slot = State::Known(other);
                }
                let changed = Evaluation::new(plan, states, 0);
                let Some(value) = changed.value(routing) else { continue };
                if value == now || self.contradicts(&changed) {
                    continue;
                }
                let gives = plan.code_text(plan.node(routing).kind, value);
                if !found.iter().any(|known| known.gives == gives && self.is_of(known, field)) {
                    found.push(self.difference(field, given, other, gives));
                }
            }
        }
        found.truncate(MOST);
        found
    }

    /// Whether somebody with these answers would contradict themselves where this person does not.
    fn contradicts(&self, changed: &Evaluation<'_>) -> bool {
        let yes = Some(Value::Boolean(true));
        let contradictions = self.pathway.definition.of_kind(ClauseKind::Contradiction);
        let mut nodes = contradictions.filter_map(|(place, _)| self.pathway.plan.find(Purpose::Clause(place)));
        nodes.any(|node| changed.value(node) == yes && self.evaluation.value(node) != yes)
    }

    fn is_of(&self, difference: &Difference<'p>, field: FieldId) -> bool {
        let plan = &self.pathway.plan;
        match (difference.input, difference.result) {
            (Some(item), _) => item.id.value == plan.field(field).id,
            (None, Some(result)) => result.field == field,
            _ => false,
        }
    }

    fn difference(&self, field: FieldId, now: Value, needed: Value, gives: &'p str) -> Difference<'p> {
        let plan = &self.pathway.plan;
        let result = plan.results.iter().find(|result| result.field == field);
        let place = plan.field(field).place;
        let input = if result.is_none() { self.pathway.definition.head.items.get(place) } else { None };
        Difference { input, result, now: self.answer(field, now), needed: self.answer(field, needed), gives }
    }

    /// The other values of a field, nearest first.
    fn others(&self, id: FieldId, given: Value) -> Vec<Value> {
        let field = self.pathway.plan.field(id);
        match given {
            Value::Boolean(truth) => vec![Value::Boolean(!truth)],
            Value::Code(code) => {
                let mut codes: Vec<u8> = (0..field.choices).filter(|other| *other != code).collect();
                sort_by_key(&mut codes, |other| other.abs_diff(code));
                codes.into_iter().map(Value::Code).collect()
            }
            Value::Number(number) => {
                let mut regions: Vec<_> = field.regions.iter().flatten().copied().filter(|other| *other != number).collect();
                sort_by_key(&mut regions, |other| (*other - number).abs());
                regions.truncate(MOST_NUMBERS);
                regions.into_iter().map(Value::Number).collect()
            }
            Value::Codes(_) | Value::Date(_) | Value::Text => Vec::new(),
        }
    }

    /// An answer as a person would write it.
    fn answer(&self, id: FieldId, value: Value) -> String {
        let plan = &self.pathway.plan;
        match value {
            Value::Number(number) => number.normalize().to_string(),
            Value::Boolean(truth) => truth.to_string(),
            Value::Date(day) => Date::from_day_number(day).map_or_else(String::new, |date| date.to_string()),
            Value::Code(_) => plan.code_text(plan.field(id).answer_type(), value).to_owned(),
            Value::Codes(_) | Value::Text => String::new(),
        }
    }
}
