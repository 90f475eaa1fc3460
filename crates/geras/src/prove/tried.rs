//! What complete sheets come to that are tried one by one, where they cannot be counted together: all of them if they are few, else a part that is
//! spread over all of them, the same one every time. Words nothing.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::domain::{Choice, choices};
use super::example::complete;
use super::given::Given;
use super::proof::Reached;
use crate::plan::{FieldId, NodeId, ScoringPlan, State, Value};
use crate::reach::Evaluation;

/// So many sheets are tried at most.
pub(super) const MOST_TRIED: u64 = 10_000;
/// Of answers that differ only where nothing is asked one sheet is tried; the others are passed by, at most so many.
const MOST_PASSED: u64 = 40_000;

/// What was tried.
pub(super) struct Tried {
    pub(super) fields: Vec<FieldId>,
    /// Whether these were all sheets that there are. Then each stands for as many as its answers do, else each for itself.
    pub(super) whole: bool,
    /// How many sheets.
    pub(super) sheets: BigUint,
    /// What they lead to, ascending.
    pub(super) reached: Vec<Reached>,
}

/// Tries sheets of the questions that a node depends on; none where a question has too many answers to name them.
pub(super) fn tried(plan: &ScoringPlan, given: &Given<'_>, node: NodeId, fields: Vec<FieldId>) -> Option<Tried> {
    let answers: Option<Vec<Vec<Choice>>> = fields.iter().map(|field| choices(plan.field(*field), false).ok()).collect();
    let answers = answers.filter(|answers| answers.iter().all(|choices| !choices.is_empty()))?;
    let all: BigUint = answers.iter().map(Vec::len).product();
    let stride = stride(&all);
    let whole = all <= BigUint::from(MOST_TRIED + MOST_PASSED);
    let mut found: BTreeMap<Option<Value>, (BigUint, Vec<(FieldId, State)>)> = BTreeMap::new();
    let (mut sheets, mut tries, mut passed) = (BigUint::ZERO, 0_u64, 0_u64);
    let mut index = BigUint::ZERO;
    loop {
        let chosen = places(&index, &answers);
        match sheet_value(plan, given, node, (&fields, &answers), &chosen)? {
            None => passed += 1,
            Some((value, weight, sheet)) => {
                tries += 1;
                let count = if whole { weight } else { BigUint::from(1_u8) };
                sheets += &count;
                found.entry(value).or_insert((BigUint::ZERO, sheet)).0 += count;
            }
        }
        index = (index + &stride) % &all;
        let enough = tries >= MOST_TRIED || passed >= MOST_PASSED;
        if index == BigUint::ZERO || (!whole && enough) {
            break;
        }
    }
    let reached = |(value, (sheets, answers)): (Option<Value>, (BigUint, Vec<(FieldId, State)>))| Reached {
        value,
        sheets,
        witness: Some(complete(plan, &answers)),
    };
    Some(Tried { fields, whole, sheets, reached: found.into_iter().map(reached).collect() })
}

/// The places of the answers of a sheet by its number.
fn places(index: &BigUint, answers: &[Vec<Choice>]) -> Vec<usize> {
    let mut rest = index.clone();
    let mut place = |choices: &Vec<Choice>| {
        let count = BigUint::from(choices.len());
        let place = usize::try_from(&rest % &count).unwrap_or(0);
        rest = &rest / &count;
        place
    };
    answers.iter().map(&mut place).collect()
}

/// A step that leads through all numbers below `all` before it comes back to 0, far apart from each other.
fn stride(all: &BigUint) -> BigUint {
    let mut step = (all * 618_u32 / 1_000_u32).max(BigUint::from(1_u8));
    while divisor(&step, all) != BigUint::from(1_u8) {
        step += 1_u8;
    }
    step
}

fn divisor(one: &BigUint, two: &BigUint) -> BigUint {
    let (mut one, mut two) = (one.clone(), two.clone());
    while two != BigUint::ZERO {
        (one, two) = (two.clone(), one % two);
    }
    one
}

/// A sheet's value, how many sheets it stands for, and its answers to what it asks.
type Sheet = (Option<Value>, BigUint, Vec<(FieldId, State)>);

/// What a node comes to. Nothing inside where a question that is not asked has another answer than its first: that is the same sheet as one with the
/// first. None where it cannot be said whether a question is asked.
fn sheet_value(
    plan: &ScoringPlan,
    given: &Given<'_>,
    node: NodeId,
    (fields, answers): (&[FieldId], &[Vec<Choice>]),
    chosen: &[usize],
) -> Option<Option<Sheet>> {
    let mut states: Vec<State> = (0..plan.fields().len()).map(|place| given.get(FieldId(place)).unwrap_or(State::Blank)).collect();
    for ((field, choices), place) in fields.iter().zip(answers).zip(chosen) {
        if let (Some(slot), Some(choice)) = (states.get_mut(field.0), choices.get(*place)) {
            *slot = choice.state;
        }
    }
    let evaluation = Evaluation::new(plan, states.as_slice(), 0);
    let (mut weight, mut sheet) = (BigUint::from(1_u8), Vec::new());
    for ((field, choices), place) in fields.iter().zip(answers).zip(chosen) {
        let is_asked = match plan.field(*field).shown {
            None => true,
            Some(shown) => match evaluation.value(shown)? {
                Value::Boolean(shown) => shown,
                _ => return None,
            },
        };
        let Some(choice) = choices.get(*place) else { continue };
        if is_asked {
            weight *= &choice.weight;
            sheet.push((*field, choice.state));
        } else if *place > 0 {
            return Some(None);
        }
    }
    Some(Some((evaluation.value(node), weight, sheet)))
}
