//! What complete sheets come to that are tried one by one, where they cannot be counted together: all of them if they are few, else a part that is
//! spread over all of them, the same one every time. Words nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::count::Count;
use super::domain::{Choice, choices};
use super::example::complete;
use super::given::Given;
use super::proof::Reached;
use crate::plan::{FieldId, Knowledge, NodeId, ScoringPlan, State, Value};
use crate::script::ScriptFailure;

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
    pub(super) sheets: Count,
    /// What they lead to, ascending.
    pub(super) reached: Vec<Reached>,
}

/// Tries sheets of the questions that a node depends on; none where a question has too many answers to name them.
pub(super) fn tried(plan: &ScoringPlan, given: &Given<'_>, node: NodeId, fields: Vec<FieldId>) -> Option<Tried> {
    let answers: Option<Vec<Vec<Choice>>> = fields.iter().map(|field| choices(plan.field(*field), false).ok()).collect();
    let answers = answers.filter(|answers| answers.iter().all(|choices| !choices.is_empty()))?;
    let sizes: Vec<usize> = answers.iter().map(Vec::len).collect();
    let all = sizes.iter().try_fold(1_u64, |all, size| all.checked_mul(u64::try_from(*size).ok()?));
    let whole = all.is_some_and(|all| all <= MOST_TRIED + MOST_PASSED);
    let stride = stride(&sizes);
    let mut found: BTreeMap<Option<Value>, (Count, Named)> = BTreeMap::new();
    let (mut sheets, mut tries, mut passed) = (Count::ZERO, 0_u64, 0_u64);
    let mut chosen = vec![0; sizes.len()];
    loop {
        match sheet_value(plan, given, node, (&fields, &answers), &chosen)? {
            None => passed += 1,
            Some((value, weight, sheet)) => {
                tries += 1;
                let count = if whole { weight } else { Count::ONE };
                sheets += &count;
                found.entry(value).or_insert((Count::ZERO, sheet)).0 += count;
            }
        }
        advance(&mut chosen, &stride, &sizes);
        let enough = tries >= MOST_TRIED || passed >= MOST_PASSED;
        if chosen.iter().all(|place| *place == 0) || (!whole && enough) {
            break;
        }
    }
    let reached =
        |(value, (sheets, answers)): (Option<Value>, (Count, Named))| Reached { value, sheets, witness: Some(complete(plan, &answers)) };
    Some(Tried { fields, whole, sheets, reached: found.into_iter().map(reached).collect() })
}

/// A step that leads through all sheets before it comes back to the first, far apart from each other. A sheet is a number whose digits are the places of its
/// answers, the last question first; the step is about 0.618 of all, and has no divisor in common with how many answers any question has.
fn stride(sizes: &[usize]) -> Vec<usize> {
    let mut step = vec![0; sizes.len()];
    let mut rest = 618;
    for (digit, size) in step.iter_mut().zip(sizes).rev() {
        (*digit, rest) = (rest * size / 1_000, rest * size % 1_000);
    }
    let one: Vec<usize> = (0..sizes.len()).map(|place| usize::from(place == first_that_turns(sizes))).collect();
    while sizes.iter().any(|size| divisor(remainder(&step, sizes, *size), *size) != 1) {
        advance(&mut step, &one, sizes);
    }
    step
}

/// The first question that has more than one answer: its digit is the ones.
fn first_that_turns(sizes: &[usize]) -> usize {
    sizes.iter().position(|size| *size > 1).unwrap_or(0)
}

/// The sheet so many sheets further on; behind the last comes the first again.
fn advance(chosen: &mut [usize], step: &[usize], sizes: &[usize]) {
    let mut carried = 0;
    for ((place, more), size) in chosen.iter_mut().zip(step).zip(sizes) {
        let here = *place + more + carried;
        (*place, carried) = (here % size, here / size);
    }
}

/// What is left of the number of a sheet when it is divided.
fn remainder(digits: &[usize], sizes: &[usize], by: usize) -> usize {
    digits.iter().zip(sizes).rev().fold(0, |rest, (digit, size)| (rest * size + digit) % by)
}

fn divisor(one: usize, two: usize) -> usize {
    if two == 0 { one } else { divisor(two, one % two) }
}

/// A sheet's value, how many sheets it stands for, and its answers to what it asks.
type Sheet = (Option<Value>, Count, Named);

/// Answers to some questions.
type Named = Vec<(FieldId, State)>;

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
    let evaluation = Whole { plan, states, known: RefCell::default() };
    let (mut weight, mut sheet) = (Count::ONE, Vec::new());
    for ((field, choices), place) in fields.iter().zip(answers).zip(chosen) {
        let is_asked = match plan.field(*field).shown {
            None => true,
            Some(shown) => match evaluation.node(shown)? {
                Value::Boolean(shown) => shown,
                _ => return None,
            },
        };
        let Some(choice) = choices.get(*place) else { continue };
        if is_asked {
            weight = &weight * &choice.weight;
            sheet.push((*field, choice.state));
        } else if *place > 0 {
            return Some(None);
        }
    }
    Some(Some((evaluation.node(node), weight, sheet)))
}

/// One complete sheet, of which only what is asked for is computed.
struct Whole<'a> {
    plan: &'a ScoringPlan,
    states: Vec<State>,
    known: RefCell<BTreeMap<NodeId, Option<Value>>>,
}

impl Knowledge for Whole<'_> {
    fn state(&self, field: FieldId) -> State {
        let (own, given) = (self.plan.field(field), self.states.get(field.0).copied().unwrap_or(State::Blank));
        match own.shown.map(|shown| self.node(shown)) {
            None | Some(Some(Value::Boolean(true))) => given,
            Some(Some(Value::Boolean(false))) => own.otherwise.map_or(State::LeftOut, State::Known),
            Some(_) => State::Blank,
        }
    }

    fn node(&self, node: NodeId) -> Option<Value> {
        if let Some(known) = self.known.borrow().get(&node) {
            return *known;
        }
        let value = self.plan.evaluate(&self.plan.node(node).expr, self);
        self.known.borrow_mut().insert(node, value);
        value
    }

    fn failed(&self, _: ScriptFailure) {}
}
