//! Searches a sheet on which a condition holds: one open answer after another, as long as it stays possible. Proves nothing beyond what it finds.

use rust_decimal::Decimal;

use super::sheets::{BUDGET, holds};
use crate::definition::{Date, ItemType};
use crate::plan::{Expr, Field, FieldId, Leaf, NodeSet, ScoringPlan, State, Value};
use crate::reach::{Computed, Evaluation};
use crate::sort::sort_by_key;

/// Sheets that are looked at before a search gives up.
const MOST_STEPS: u32 = 4_000;
/// Numbers that are tried one by one.
const MOST_NUMBERS: i64 = 128;
/// Answers that a description names.
const MOST_NAMED: usize = 6;

/// How a search ended.
pub(crate) enum Search {
    /// A sheet on which the condition holds.
    Found(Vec<State>),
    /// There is none.
    Never,
    /// There may be one.
    GaveUp,
}

/// The answers to try for a field, mildest first, and whether these are all there are.
pub(crate) fn candidates(field: &Field) -> (Vec<State>, bool) {
    let (mut values, mut all): (Vec<Value>, bool) = match field.kind {
        ItemType::Boolean => (vec![Value::Boolean(false), Value::Boolean(true)], true),
        ItemType::Choice => ((0..field.choices).map(Value::Code).collect(), true),
        ItemType::Choices => {
            let together = (0..field.choices).filter(|bit| field.exclusive >> bit & 1 == 0).fold(0, |set, bit| set | 1 << bit);
            let one_by_one = (0..field.choices).map(|bit| 1 << bit);
            (std::iter::once(0).chain(one_by_one).chain([together]).map(Value::Codes).collect(), field.choices < 3)
        }
        ItemType::Integer | ItemType::Decimal => numbers(field),
        ItemType::Date => {
            let today = Date::parse("2024-01-01").map_or(0, Date::day_number);
            ((0..11).map(|decades| Value::Date(today - decades * 3653)).collect(), false)
        }
        ItemType::Time if field.regions.is_some() => numbers(field),
        ItemType::Time => ((0..96).map(|quarter| Value::Number(Decimal::from(quarter * 15))).collect(), false),
        ItemType::Text => (vec![Value::Text], true),
    };
    if let Some(default) = field.default {
        sort_by_key(&mut values, |value| *value != default);
    }
    let mut states: Vec<State> = values.into_iter().map(State::Known).collect();
    all &= field.absent.len() < 2;
    states.extend(field.absent.first().map(|reason| State::Absent(*reason)));
    (states, all)
}

fn numbers(field: &Field) -> (Vec<Value>, bool) {
    if let Some(regions) = &field.regions {
        return (regions.iter().copied().map(Value::Number).collect(), true);
    }
    let Some((low, high)) = field.range else { return (Vec::new(), false) };
    let step = match (field.kind, field.step) {
        (ItemType::Integer, _) => Some(Decimal::ONE),
        (_, step) => step,
    };
    let grid = step.unwrap_or_else(|| (high - low) / Decimal::from(MOST_NUMBERS / 2));
    let mut values = Vec::new();
    let mut next = low;
    while next <= high && values.len() < usize::try_from(MOST_NUMBERS).unwrap_or(usize::MAX) && !grid.is_zero() {
        values.push(Value::Number(next.normalize()));
        next += grid;
    }
    let all = step.is_some() && next > high;
    if !all || values.is_empty() {
        values.push(Value::Number(high.normalize()));
    }
    (values, all)
}

/// Searches a full sheet on which a condition holds.
pub(crate) fn search(plan: &ScoringPlan, condition: &Expr) -> Search {
    let mut nodes = NodeSet::default();
    condition.for_each_leaf(&mut |leaf| {
        let node = match leaf {
            Leaf::Node(node) => Some(node),
            Leaf::Field(field) => plan.field(field).shown,
        };
        if let Some(node) = node {
            nodes.insert(node);
            plan.cones.cone(node).into_iter().for_each(|cone| nodes.merge(&cone.nodes));
        }
    });
    let mut searcher = Searcher { plan, condition, nodes, left: MOST_STEPS, all: true };
    let mut sheet = vec![State::Blank; plan.fields().len()];
    if !searcher.fill(&mut sheet, None) {
        return if searcher.all && searcher.left > 0 { Search::Never } else { Search::GaveUp };
    }
    for (state, field) in sheet.iter_mut().zip(plan.fields()) {
        if *state == State::Blank {
            *state = candidates(field).0.first().copied().unwrap_or(State::Blank);
        }
    }
    Search::Found(sheet)
}

struct Searcher<'a> {
    plan: &'a ScoringPlan,
    condition: &'a Expr,
    /// The nodes on which the condition depends.
    nodes: NodeSet,
    left: u32,
    all: bool,
}

impl Searcher<'_> {
    /// Fills in what is still open. From one sheet to the next only one answer changes, and most of what was computed before stays.
    fn fill(&mut self, sheet: &mut Vec<State>, before: Option<&Computed>) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let evaluation = Evaluation::of_nodes(self.plan, sheet.as_slice(), BUDGET / 10, &self.nodes, before);
        let mut explorer = evaluation.explorer(BUDGET / 10);
        if let Some(decided) = holds(self.plan, self.condition, &explorer) {
            return decided;
        }
        if !explorer.possible(self.condition).may_be(true) {
            return false;
        }
        let open: Vec<FieldId> = explorer.waiting_on(self.condition).iter().collect();
        let blank = |field: &FieldId| sheet.get(field.0) == Some(&State::Blank);
        let Some(field) = open.into_iter().find(blank) else { return false };
        let (states, all) = candidates(self.plan.field(field));
        let computed = evaluation.computed();
        self.all &= all;
        for state in states {
            set(sheet, field, state);
            if self.fill(sheet, Some(&computed)) {
                return true;
            }
        }
        set(sheet, field, State::Blank);
        false
    }
}

fn set(sheet: &mut [State], field: FieldId, state: State) {
    if let Some(slot) = sheet.get_mut(field.0) {
        *slot = state;
    }
}

/// The answers of a sheet that differ from the mildest ones.
pub(super) fn describe(plan: &ScoringPlan, sheet: &[State]) -> String {
    let mut named: Vec<String> = Vec::new();
    for (field, state) in plan.fields().iter().zip(sheet) {
        if *state != State::Blank && candidates(field).0.first() != Some(state) {
            named.push(format!("`{}: {}`", field.id, plan.answer_text(field, *state)));
        }
    }
    let more = if named.len() > MOST_NAMED { ", ..." } else { "" };
    named.truncate(MOST_NAMED);
    if named.is_empty() { "every item with its first answer".to_owned() } else { format!("{}{more}", named.join(", ")) }
}

/// Full sheets that try out much with little: all first answers, all last ones, and a fixed selection of others.
pub(crate) fn probes(plan: &ScoringPlan, count: u64) -> Vec<Vec<State>> {
    let choices: Vec<Vec<State>> = plan.fields().iter().map(|field| candidates(field).0).collect();
    let known = |states: &[State]| states.iter().filter(|state| matches!(state, State::Known(_))).copied().collect::<Vec<_>>();
    let choices: Vec<Vec<State>> = choices.iter().map(|states| known(states)).collect();
    let first = choices.iter().map(|states| states.first().copied().unwrap_or(State::Blank)).collect();
    let last = choices.iter().map(|states| states.last().copied().unwrap_or(State::Blank)).collect();
    let mut sheets: Vec<Vec<State>> = vec![first, last];
    // A linear congruential sequence: the same sheets on every machine.
    let mut seed = 1_u64;
    for _ in 0..count {
        let mut pick = |states: &Vec<State>| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = usize::try_from(seed >> 33).unwrap_or(0) % states.len().max(1);
            states.get(place).copied().unwrap_or(State::Blank)
        };
        sheets.push(choices.iter().map(&mut pick).collect());
    }
    sheets
}
