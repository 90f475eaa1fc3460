//! How many sheets lead to each value, and one that does: from diagrams, and from sums without one. Words nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::NotDecided;
use super::cone::Cone;
use super::count::Count;
use super::diagram::{Diagram, Diagrams};
use super::domain::{Choice, choices};
use super::given::Given;
use super::leaf::Leaf;
use super::lift::{Lifter, Variable};
use super::sums;
use crate::plan::{DecisionTable, Expr, FieldId, NodeId, ScoringPlan, State};
use crate::sort::{sort, sort_by};
use crate::sorted::{Lookup, SortedMap, SortedSet};

/// Answers that lead somewhere; fields that are not named may have any answer.
#[derive(Debug, Clone)]
pub(super) enum Witness {
    Any,
    Answer(FieldId, State),
    Both(Rc<Witness>, Rc<Witness>),
    /// What a sum comes to.
    Total(Rc<sums::Trail>, i64),
}

impl Witness {
    pub(super) fn gather(&self, answers: &mut Vec<(FieldId, State)>) {
        match self {
            Self::Any => {}
            Self::Answer(field, state) => answers.push((*field, *state)),
            Self::Both(one, two) => {
                one.gather(answers);
                two.gather(answers);
            }
            Self::Total(trail, total) => trail.gather(*total, answers),
        }
    }
}

/// One value with the sheets that lead to it.
#[derive(Debug, Clone)]
pub(crate) struct Tallied {
    pub(super) leaf: Leaf,
    pub(super) count: Count,
    pub(super) witness: Rc<Witness>,
}

/// All values of something, over the sheets of the fields that it depends on.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    pub(super) fields: Vec<FieldId>,
    pub(super) values: Vec<Tallied>,
}

impl Tally {
    /// How many sheets there are.
    pub(super) fn sheets(&self) -> Count {
        self.values.iter().map(|value| &value.count).sum()
    }
}

/// In more cases than this nothing is counted one by one.
const MOST_CASES: usize = 512;

type Known = SortedMap<(NodeId, Option<Vec<Decimal>>), Rc<Result<Tally, NotDecided>>>;

/// The tallies of a plan, each computed once. Some fields may be given, such as settings.
pub(super) struct Tallies<'a> {
    pub(super) plan: &'a ScoringPlan,
    pub(super) given: Given<'a>,
    memory: Rc<Memory>,
    choices: Rc<RefCell<Choices>>,
}

/// The choices of fields, each with whether it may be hidden; the same in all cases.
type Choices = SortedMap<(FieldId, bool), Rc<[Choice]>>;

/// What was tallied before, and the same for each case with one more answer, by field and place of the choice.
#[derive(Default)]
struct Memory {
    known: RefCell<Known>,
    fields: RefCell<SortedMap<NodeId, Rc<SortedSet<FieldId>>>>,
    cases: RefCell<SortedMap<(FieldId, usize), Rc<Memory>>>,
}

impl<'a> Tallies<'a> {
    pub(super) fn new(plan: &'a ScoringPlan, given: Given<'a>) -> Self {
        Self { plan, given, memory: Rc::default(), choices: Rc::default() }
    }

    /// The same tallies, with what was tallied so far.
    pub(super) fn again(&self) -> Self {
        Self { plan: self.plan, given: self.given.clone(), memory: Rc::clone(&self.memory), choices: Rc::clone(&self.choices) }
    }

    /// The fields on which a node depends.
    pub(super) fn fields_of(&self, node: NodeId) -> Rc<SortedSet<FieldId>> {
        if let Some(known) = self.memory.fields.borrow().get(&node) {
            return Rc::clone(known);
        }
        let fields = Rc::new(Cone::of(self.plan, &[&self.plan.node(node).expr], &self.given).fields);
        self.memory.fields.borrow_mut().insert(node, Rc::clone(&fields));
        fields
    }

    /// The values of a node; with cuts, only one for each region that they tell apart.
    pub(super) fn of_node(&self, node: NodeId, cuts: Option<Vec<Decimal>>) -> Result<Tally, NotDecided> {
        let key = (node, cuts);
        if let Some(known) = self.memory.known.borrow().get(&key) {
            return (**known).clone();
        }
        let expr = &self.plan.node(node).expr;
        let cuts = key.1.as_deref();
        let tally = self.split(&[expr], &|tallies| match sums::tally(tallies, expr, cuts) {
            Some(tally) => tally,
            None => tallies.diagrammed(&[expr]),
        });
        let tally = tally.map(|tally| merged(tally, cuts));
        self.memory.known.borrow_mut().insert(key, Rc::new(tally.clone()));
        tally
    }

    /// The values of expressions: one as it is, several as tuples.
    pub(super) fn of(&self, exprs: &[&'a Expr]) -> Result<Tally, NotDecided> {
        self.split(exprs, &|tallies| tallies.diagrammed(exprs))
    }

    /// The places of the rows of a table that accept a sheet.
    pub(super) fn rows(&self, table: &'a DecisionTable, whole: &'a Expr) -> Result<Tally, NotDecided> {
        self.split(&[whole], &|tallies| {
            let mut lifter = Lifter::new(tallies, &[whole])?;
            let diagram = lifter.rows_on_sheets(table)?;
            tallies.counted(&[whole], lifter, diagram)
        })
    }

    fn diagrammed(&self, exprs: &[&'a Expr]) -> Result<Tally, NotDecided> {
        let mut lifter = Lifter::new(self, exprs)?;
        let diagram = lifter.sheets(exprs)?;
        self.counted(exprs, lifter, diagram)
    }

    fn counted(&self, exprs: &[&'a Expr], lifter: Lifter<'a>, diagram: Diagram) -> Result<Tally, NotDecided> {
        let Lifter { diagrams, variables, .. } = lifter;
        Ok(Tally { fields: self.fields(exprs), values: counted(&diagrams, &variables, diagram) })
    }

    fn fields(&self, exprs: &[&'a Expr]) -> Vec<FieldId> {
        Cone::of(self.plan, exprs, &self.given).fields.as_slice().to_vec()
    }

    /// The choices of a field here.
    pub(super) fn choices(&self, field: FieldId) -> Result<Rc<[Choice]>, NotDecided> {
        let may_hide = self.given.shown(field).is_some();
        if let Some(known) = self.choices.borrow().get(&(field, may_hide)) {
            return Ok(Rc::clone(known));
        }
        let fresh: Rc<[Choice]> = choices(self.plan.field(field), may_hide)?.into();
        self.choices.borrow_mut().insert((field, may_hide), Rc::clone(&fresh));
        Ok(fresh)
    }

    /// Counts in one case after another of the answers that hide others, where these are few: within a case nothing is hidden any more, and parts that
    /// had only that in common stand for themselves.
    fn split(&self, exprs: &[&'a Expr], count: &dyn Fn(&Self) -> Result<Tally, NotDecided>) -> Result<Tally, NotDecided> {
        let cone = Cone::of(self.plan, exprs, &self.given);
        let fields = cone.fields.as_slice().to_vec();
        let hiding = self.hiding(&cone.fields);
        let cases = if hiding.is_empty() { None } else { self.cases(&hiding) };
        let Some(cases) = cases else { return Ok(Tally { fields, ..count(self)? }) };
        let mut all: Lookup<Leaf, Tallied> = Lookup::default();
        for case in cases? {
            for value in count(&case.tallies)?.values {
                let sheets = &value.count * &case.weight;
                let witness = Rc::new(Witness::Both(Rc::clone(&case.answers), value.witness));
                let fresh = Tallied { leaf: value.leaf.clone(), count: Count::ZERO, witness };
                if let Some(known) = all.or_insert(value.leaf, fresh) {
                    known.count += sheets;
                }
            }
        }
        Ok(Tally { fields, values: all.into_values() })
    }

    /// The fields on whose answers it hangs directly whether some others are shown.
    pub(super) fn hiding(&self, fields: &SortedSet<FieldId>) -> Vec<FieldId> {
        let mut hiding: Vec<FieldId> = Vec::new();
        for shown in fields.as_slice().iter().filter_map(|field| self.given.shown(*field)) {
            self.plan.node(shown).expr.for_each_read(&mut |field| hiding.push(field), &mut |_| {});
        }
        hiding.retain(|field| self.given.get(*field).is_none());
        sort(&mut hiding);
        hiding.dedup();
        hiding
    }

    /// One case for each combination of the answers of some fields; `None` where there are too many, or where skip logic waits for more than answers.
    pub(super) fn cases(&self, of: &[FieldId]) -> Option<Result<Vec<Case<'a>>, NotDecided>> {
        let mut cases = 1_usize;
        for field in of {
            match self.choices(*field) {
                Ok(choices) => cases = cases.saturating_mul(choices.len()),
                Err(reason) => return Some(Err(reason)),
            }
        }
        if cases > MOST_CASES {
            return None;
        }
        let mut open = vec![Case { tallies: self.again(), answers: Rc::new(Witness::Any), weight: Count::ONE }];
        let mut done = Vec::new();
        while let Some(case) = open.pop() {
            let mut left = of.iter().copied().filter(|field| case.tallies.given.get(*field).is_none()).peekable();
            if left.peek().is_none() {
                done.push(case);
                continue;
            }
            let field = left.find(|field| case.tallies.given.shown(*field).is_none())?;
            let choices = match case.tallies.choices(field) {
                Ok(choices) => choices,
                Err(reason) => return Some(Err(reason)),
            };
            for (place, choice) in choices.iter().enumerate().rev() {
                let memory =
                    case.tallies.memory.cases.borrow_mut().or_insert_with((field, place), Rc::default).cloned().unwrap_or_default();
                let given = case.tallies.given.with(field, choice.state);
                let tallies = Self { plan: self.plan, given, memory, choices: Rc::clone(&self.choices) };
                let answer = Rc::new(Witness::Answer(field, choice.state));
                let answers = Rc::new(Witness::Both(Rc::clone(&case.answers), answer));
                open.push(Case { tallies, answers, weight: &case.weight * &choice.weight });
            }
        }
        Some(Ok(done))
    }
}

/// One of the combinations of answers that hide others.
pub(super) struct Case<'a> {
    pub(super) tallies: Tallies<'a>,
    pub(super) answers: Rc<Witness>,
    weight: Count,
}

/// The region in which a number lies among cuts.
pub(super) fn region(cuts: &[Decimal], number: Decimal) -> (usize, bool) {
    let below = cuts.partition_point(|cut| *cut < number);
    (below, cuts.get(below) == Some(&number))
}

fn merged(tally: Tally, cuts: Option<&[Decimal]>) -> Tally {
    let Some(cuts) = cuts else { return tally };
    let mut all: BTreeMap<Result<(usize, bool), Leaf>, Tallied> = BTreeMap::new();
    for value in tally.values {
        let key = value.leaf.number().map(|number| region(cuts, number)).ok_or_else(|| value.leaf.clone());
        match all.entry(key) {
            std::collections::btree_map::Entry::Occupied(mut known) => known.get_mut().count += value.count,
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(value);
            }
        }
    }
    Tally { fields: tally.fields, values: all.into_values().collect() }
}

/// For each leaf below a part: how many ways lead there, and the first choice on one of them.
type Ways = Rc<Lookup<Diagram, (Count, usize)>>;

/// The leaves of a diagram, each with the ways to it and one of them.
pub(super) fn counted(diagrams: &Diagrams, variables: &[Variable], diagram: Diagram) -> Vec<Tallied> {
    Counting::new(diagrams, variables).all(diagram)
}

struct Counting<'d> {
    diagrams: &'d Diagrams,
    variables: &'d [Variable],
    totals: Vec<Count>,
    known: Lookup<Diagram, Ways>,
}

impl<'d> Counting<'d> {
    fn new(diagrams: &'d Diagrams, variables: &'d [Variable]) -> Self {
        let totals = variables.iter().map(|variable| weights(variable).iter().copied().sum()).collect();
        Self { diagrams, variables, totals, known: Lookup::default() }
    }

    fn all(mut self, diagram: Diagram) -> Vec<Tallied> {
        let ways = self.ways(diagram);
        let top = self.skipped(0, self.asks(diagram));
        let mut values: Vec<Tallied> = Vec::new();
        for (end, (count, _)) in ways.iter() {
            let Some(leaf) = self.diagrams.end(*end) else { continue };
            if *leaf != Leaf::Nowhere {
                values.push(Tallied { leaf: leaf.clone(), count: count * &top, witness: Rc::new(self.witness(diagram, *end)) });
            }
        }
        sort_by(&mut values, |one, two| one.leaf.cmp(&two.leaf));
        values
    }

    fn asks(&self, diagram: Diagram) -> usize {
        self.diagrams.first(diagram).map_or(self.variables.len(), |(variable, _)| variable)
    }

    /// The ways through the variables that nothing asks.
    fn skipped(&self, from: usize, to: usize) -> Count {
        self.totals.get(from..to).unwrap_or(&[]).iter().product()
    }

    fn ways(&mut self, diagram: Diagram) -> Ways {
        if let Some(known) = self.known.get(&diagram) {
            return Rc::clone(known);
        }
        let mut all: Lookup<Diagram, (Count, usize)> = Lookup::default();
        match self.diagrams.first(diagram) {
            None => {
                all.or_insert(diagram, (Count::ONE, 0));
            }
            Some((variable, next)) => {
                // Equal next parts are entered once, with their weights together.
                let weights: Vec<Count> =
                    self.variables.get(variable).map(|variable| weights(variable).into_iter().cloned().collect()).unwrap_or_default();
                let mut parts: SortedMap<Diagram, (Count, usize)> = SortedMap::new();
                for (choice, (part, weight)) in next.iter().zip(weights).enumerate() {
                    if let Some(known) = parts.or_insert_with(*part, || (Count::ZERO, choice)) {
                        known.0 += weight;
                    }
                }
                for (part, (weight, choice)) in parts.into_entries() {
                    let factor = &weight * &self.skipped(variable + 1, self.asks(part));
                    for (end, (count, _)) in self.ways(part).iter() {
                        if let Some(slot) = all.or_insert(*end, (Count::ZERO, choice)) {
                            slot.0 += count * &factor;
                            slot.1 = slot.1.min(choice);
                        }
                    }
                }
            }
        }
        let all = Rc::new(all);
        self.known.or_insert(diagram, Rc::clone(&all));
        all
    }

    fn witness(&mut self, mut diagram: Diagram, end: Diagram) -> Witness {
        let mut witness = Witness::Any;
        while let Some((variable, next)) = self.diagrams.first(diagram) {
            let choice = self.ways(diagram).get(&end).map_or(0, |(_, choice)| *choice);
            let here = match self.variables.get(variable) {
                Some(Variable::Field(field, choices)) => {
                    choices.get(choice).filter(|choice| !choice.hidden).map_or(Witness::Any, |choice| Witness::Answer(*field, choice.state))
                }
                Some(Variable::Node(values)) => values.get(choice).map_or(Witness::Any, |value| (*value.witness).clone()),
                None => Witness::Any,
            };
            witness = Witness::Both(Rc::new(witness), Rc::new(here));
            match next.get(choice) {
                Some(next) => diagram = *next,
                None => break,
            }
        }
        witness
    }
}

fn weights(variable: &Variable) -> Vec<&Count> {
    match variable {
        Variable::Field(_, choices) => choices.iter().map(|choice| &choice.weight).collect(),
        Variable::Node(values) => values.iter().map(|value| &value.count).collect(),
    }
}
