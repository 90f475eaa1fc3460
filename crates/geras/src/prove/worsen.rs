//! What a result becomes when one answer changes and no other: all pairs of values that it can have before and after. Judges none of them.
//!
//! A question that the change hides or shows may have any answer where it is shown. Pairs that are the same before and after are left out.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::NotDecided;
use super::diagram::Diagram;
use super::leaf::Leaf;
use super::lift::{Lifter, Variable};
use super::sums::{self, Member, Part};
use super::tally::{Case, Tallied, Tallies, Witness, counted, region};
use crate::plan::{FieldId, NodeId, State};
use crate::sort::sort;
use crate::sorted::{SortedMap, SortedSet};

/// More pairs of numbers than this are not held for one sum.
const MOST_PAIRS: usize = 1 << 18;

/// A change of one field's answer, from one state to another.
pub(super) type Move = (State, State);

/// A value before and after, with the answers around it.
#[derive(Debug, Clone)]
pub(super) struct Shift {
    pub(super) before: Leaf,
    pub(super) after: Leaf,
    pub(super) moved: Move,
    pub(super) rest: Rc<Witness>,
}

/// How finely pairs of numbers are told apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Apart<'c> {
    /// Each by itself.
    Each,
    /// Only in which region of these cuts they lie.
    Regions(&'c [Decimal]),
    /// Only whether they rise or fall.
    Direction,
}

/// What nodes become, prepared once for all fields that may change.
pub(super) struct Worsening<'a> {
    tallies: Tallies<'a>,
    known: SortedMap<NodeId, Prepared<'a>>,
    cases: SortedMap<NodeId, Option<Cases<'a>>>,
    untouched: Option<Untouched<'a>>,
    /// What was found for the field that changes now, where several cases ask for it.
    found: Found,
}

/// What is the same in every case: nodes that depend on none of the answers that the cases tell apart. They are looked at once for all cases.
#[derive(Clone)]
struct Untouched<'a> {
    told_apart: Rc<[FieldId]>,
    nodes: Rc<RefCell<Worsening<'a>>>,
}

/// Shifts by node and by how finely they are told apart, of one field.
struct Found {
    field: Option<FieldId>,
    shifts: SortedMap<(NodeId, Fine), Rc<[Shift]>>,
}

/// How finely, as a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Fine {
    Each,
    Regions(Vec<Decimal>),
    Direction,
}

/// The cases of the answers that hide others, each with these answers.
type Cases<'a> = Vec<(Worsening<'a>, Rc<Witness>)>;

/// A node as it is looked at.
enum Prepared<'a> {
    Sum(Summed),
    Diagram(Box<Lifted<'a>>),
}

struct Summed {
    members: Vec<Member>,
    /// By the member that changes, and the number above which totals are alike: what the others come to together.
    others: SortedMap<(usize, Option<Decimal>), Rc<sums::Totals>>,
}

struct Lifted<'a> {
    lifter: Lifter<'a>,
    diagram: Diagram,
    /// By variable and its value before and after: what the node becomes.
    pairs: SortedMap<(usize, usize, usize), Rc<[Pair]>>,
}

/// A value before and after, with the answers around it.
type Pair = (Leaf, Leaf, Rc<Witness>);

impl<'a> Worsening<'a> {
    pub(super) const fn new(tallies: Tallies<'a>) -> Self {
        Self {
            tallies,
            known: SortedMap::new(),
            cases: SortedMap::new(),
            untouched: None,
            found: Found { field: None, shifts: SortedMap::new() },
        }
    }

    fn depends(&self, node: NodeId, field: FieldId) -> bool {
        self.tallies.fields_of(node).contains(&field)
    }

    /// What a node becomes when a field's answer makes one of some moves.
    pub(super) fn shifts(&mut self, field: FieldId, moves: &[Move], node: NodeId, apart: Apart<'_>) -> Result<Vec<Shift>, NotDecided> {
        if !self.depends(node, field) {
            return Ok(Vec::new());
        }
        if let Some(untouched) = self.untouched.clone().filter(|untouched| !untouched.told_apart.iter().any(|own| self.reads(node, *own))) {
            return untouched.nodes.borrow_mut().shifts_once(field, moves, node, apart);
        }
        let hiding = self.tallies.hiding(&self.tallies.fields_of(node));
        if hiding.is_empty() || hiding.contains(&field) {
            return Ok(distinct(self.in_one_case(field, moves, node, apart)?, apart));
        }
        let cases = match self.cases.remove(&node) {
            Some(cases) => cases,
            None => match self.tallies.cases(&hiding) {
                None => None,
                Some(cases) => {
                    let nodes = Rc::new(RefCell::new(Self::new(self.tallies.again())));
                    let untouched = Some(Untouched { told_apart: hiding.as_slice().into(), nodes });
                    let case = |case: Case<'a>| (Self { untouched: untouched.clone(), ..Self::new(case.tallies) }, case.answers);
                    Some(cases?.into_iter().map(case).collect())
                }
            },
        };
        let Some(mut cases) = cases else {
            self.cases.insert(node, None);
            return Ok(distinct(self.in_one_case(field, moves, node, apart)?, apart));
        };
        let mut all = Vec::new();
        for (case, answers) in &mut cases {
            for shift in case.in_one_case(field, moves, node, apart)? {
                all.push(Shift { rest: Rc::new(Witness::Both(Rc::clone(answers), Rc::clone(&shift.rest))), ..shift });
            }
        }
        self.cases.insert(node, Some(cases));
        Ok(distinct(all, apart))
    }

    /// Whether a node depends on a field, given or not.
    fn reads(&self, node: NodeId, field: FieldId) -> bool {
        self.tallies.plan.cones.cone(node).is_none_or(|cone| cone.fields.contains(field))
    }

    /// The same as `shifts`, which the next case asks for again.
    fn shifts_once(&mut self, field: FieldId, moves: &[Move], node: NodeId, apart: Apart<'_>) -> Result<Vec<Shift>, NotDecided> {
        if self.found.field != Some(field) {
            self.found = Found { field: Some(field), shifts: SortedMap::new() };
        }
        let fine = match apart {
            Apart::Each => Fine::Each,
            Apart::Regions(cuts) => Fine::Regions(cuts.to_vec()),
            Apart::Direction => Fine::Direction,
        };
        if let Some(known) = self.found.shifts.get(&(node, fine.clone())) {
            return Ok(known.to_vec());
        }
        let shifts = self.shifts(field, moves, node, apart)?;
        self.found.shifts.insert((node, fine), shifts.as_slice().into());
        Ok(shifts)
    }

    fn in_one_case(&mut self, field: FieldId, moves: &[Move], node: NodeId, apart: Apart<'_>) -> Result<Vec<Shift>, NotDecided> {
        if !self.depends(node, field) {
            return Ok(Vec::new());
        }
        let mut prepared = match self.known.remove(&node) {
            Some(prepared) => prepared,
            None => self.prepared(node)?,
        };
        let shifts = match &mut prepared {
            Prepared::Diagram(lifted) => self.of_diagram(field, moves, lifted)?,
            Prepared::Sum(summed) => match self.of_sum(field, moves, summed, apart) {
                Some(shifts) => shifts?,
                None => {
                    let mut lifted = self.lifted(node)?;
                    let shifts = self.of_diagram(field, moves, &mut lifted)?;
                    prepared = Prepared::Diagram(Box::new(lifted));
                    shifts
                }
            },
        };
        self.known.insert(node, prepared);
        Ok(shifts)
    }

    fn prepared(&self, node: NodeId) -> Result<Prepared<'a>, NotDecided> {
        match sums::members(&self.tallies, &self.tallies.plan.node(node).expr) {
            Some(members) => Ok(Prepared::Sum(Summed { members: members?, others: SortedMap::new() })),
            None => Ok(Prepared::Diagram(Box::new(self.lifted(node)?))),
        }
    }

    fn lifted(&self, node: NodeId) -> Result<Lifted<'a>, NotDecided> {
        let expr = &self.tallies.plan.node(node).expr;
        let mut lifter = Lifter::of_answers(&self.tallies, &[expr])?;
        let diagram = lifter.whole(expr)?;
        Ok(Lifted { lifter, diagram, pairs: SortedMap::new() })
    }

    /// The pairs of a sum: what the changed member adds before and after, on top of all that the others come to.
    fn of_sum(&mut self, field: FieldId, moves: &[Move], summed: &mut Summed, apart: Apart<'_>) -> Option<Result<Vec<Shift>, NotDecided>> {
        let holds = |member: &Member| match member.of {
            Part::Field(own) => own == field,
            Part::Node(node, _) => self.depends(node, field),
        };
        let place = summed.members.iter().position(holds)?;
        let changed = summed.members.get(place)?;
        let steps: Vec<(Decimal, Decimal, Move, Rc<Witness>)> = match changed.of {
            Part::Field(_) => {
                let step = |moved: &Move| Some((changed.number(moved.0)?, changed.number(moved.1)?, *moved, Rc::new(Witness::Any)));
                moves.iter().map(step).collect::<Option<_>>()?
            }
            Part::Node(node, factor) => {
                let inner = if matches!(apart, Apart::Direction) { Apart::Direction } else { Apart::Each };
                let shifts = match self.shifts(field, moves, node, inner) {
                    Ok(shifts) => shifts,
                    Err(reason) => return Some(Err(reason)),
                };
                let times = |leaf: &Leaf| leaf.number()?.checked_mul(factor);
                let step = |shift: Shift| Some((times(&shift.before)?, times(&shift.after)?, shift.moved, shift.rest));
                shifts.into_iter().map(step).collect::<Option<_>>()?
            }
        };
        // Above all cuts, before and after alike, nothing changes any more.
        let least = changed.least();
        let above = if let Apart::Regions(cuts) = apart { cuts.last().map(|last| last - least) } else { None };
        let totals = match summed.others(place, above)? {
            Ok(totals) => totals,
            Err(reason) => return Some(Err(reason)),
        };
        let mut all = Vec::new();
        let mut seen: BTreeSet<(Decimal, Decimal)> = BTreeSet::new();
        for (before, after, moved, within) in steps.into_iter().filter(|(before, after, ..)| before != after) {
            if !seen.insert((before, after)) {
                continue;
            }
            for place in places(&totals, before, after, apart) {
                let Some((total, witness)) = totals.get(place) else { continue };
                let leaf = |number: Decimal| Leaf::of_number(total.checked_add(number));
                let rest = Rc::new(Witness::Both(Rc::clone(&within), witness));
                all.push(Shift { before: leaf(before), after: leaf(after), moved, rest });
                if all.len() > MOST_PAIRS {
                    return Some(Err(NotDecided::Changes));
                }
            }
        }
        Some(Ok(all))
    }

    fn of_diagram(&mut self, field: FieldId, moves: &[Move], lifted: &mut Lifted<'a>) -> Result<Vec<Shift>, NotDecided> {
        // The variable in which the field lies, and what its moves do to it: places of values.
        let mut steps: Vec<(usize, usize, Move, Rc<Witness>)> = Vec::new();
        let Some(place) = lifted.lifter.variable_with(field) else { return Ok(Vec::new()) };
        match (lifted.lifter.variables.get(place), lifted.lifter.node_of(place)) {
            (Some(Variable::Field(_, choices)), _) => {
                let at = |state: State| choices.iter().position(|choice| choice.state == state);
                let step = |moved: &Move| Some((at(moved.0)?, at(moved.1)?, *moved, Rc::new(Witness::Any)));
                steps.extend(moves.iter().filter_map(step));
            }
            (Some(Variable::Node(values)), Some((node, cuts))) => {
                let apart = cuts.as_deref().map_or(Apart::Each, Apart::Regions);
                let same = |one: &Leaf, two: &Leaf| match (&cuts, one.number(), two.number()) {
                    (Some(cuts), Some(one), Some(two)) => region(cuts, one) == region(cuts, two),
                    _ => one == two,
                };
                let at = |leaf: &Leaf| values.iter().position(|value| same(&value.leaf, leaf));
                for shift in self.shifts(field, moves, node, apart)? {
                    steps.extend(at(&shift.before).zip(at(&shift.after)).map(|(before, after)| (before, after, shift.moved, shift.rest)));
                }
            }
            _ => {}
        }
        let mut all = Vec::new();
        let mut seen = SortedSet::new();
        for (from, to, moved, within) in steps {
            if from == to || !seen.insert((from, to)) {
                continue;
            }
            for (before, after, around) in lifted.pairs_of(place, from, to)?.iter() {
                let rest = Rc::new(Witness::Both(Rc::clone(around), Rc::clone(&within)));
                all.push(Shift { before: before.clone(), after: after.clone(), moved, rest });
            }
        }
        Ok(all)
    }
}

impl Summed {
    /// What all members but one come to together.
    fn others(&mut self, place: usize, above: Option<Decimal>) -> Option<Result<Rc<sums::Totals>, NotDecided>> {
        if let Some(known) = self.others.get(&(place, above)) {
            return Some(Ok(Rc::clone(known)));
        }
        let others: Vec<&Member> = self.members.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, member)| member).collect();
        let totals = sums::totals(&others, above)?.map(Rc::new);
        if let Ok(totals) = &totals {
            self.others.insert((place, above), Rc::clone(totals));
        }
        Some(totals)
    }
}

impl Lifted<'_> {
    /// What the node becomes when a variable's value changes, as far as it changes at all.
    fn pairs_of(&mut self, place: usize, from: usize, to: usize) -> Result<Rc<[Pair]>, NotDecided> {
        if let Some(known) = self.pairs.get(&(place, from, to)) {
            return Ok(Rc::clone(known));
        }
        let before = self.lifter.diagrams.fixed(self.diagram, place, from)?;
        let after = self.lifter.diagrams.fixed(self.diagram, place, to)?;
        let both = self.lifter.diagrams.combine(&[before, after], &mut |leaves| match leaves {
            [Some(before), Some(after)] if before == after => Some(Leaf::Nowhere),
            [Some(before), Some(after)] => Some(Leaf::Tuple(vec![(*before).clone(), (*after).clone()])),
            _ => None,
        })?;
        let pair = |tallied: Tallied| match tallied.leaf {
            Leaf::Tuple(leaves) => {
                let [before, after] = <[Leaf; 2]>::try_from(leaves).ok()?;
                Some((before, after, tallied.witness))
            }
            _ => None,
        };
        let pairs: Rc<[Pair]> = counted(&self.lifter.diagrams, &self.lifter.variables, both).into_iter().filter_map(pair).collect();
        self.pairs.insert((place, from, to), Rc::clone(&pairs));
        Ok(pairs)
    }
}

/// The totals of the others that are worth looking at: all, one of each pair of regions, or any.
fn places(totals: &sums::Totals, before: Decimal, after: Decimal, apart: Apart<'_>) -> Vec<usize> {
    let cuts = match apart {
        Apart::Each => return (0..totals.len()).collect(),
        Apart::Direction => return vec![0],
        Apart::Regions(cuts) => cuts,
    };
    // Between two such totals nothing comes to another region, before or after.
    let mut edges: Vec<Decimal> = cuts.iter().flat_map(|cut| [cut - before, cut - after]).collect();
    sort(&mut edges);
    edges.dedup();
    let mut all = vec![0];
    for edge in edges {
        let at = totals.first_from(edge);
        all.push(at);
        if totals.get(at).is_some_and(|(total, _)| total == edge) {
            all.push(at + 1);
        }
    }
    sort(&mut all);
    all.dedup();
    all.retain(|place| *place < totals.len());
    all
}

/// One of each pair, as far as they are told apart.
fn distinct(all: Vec<Shift>, apart: Apart<'_>) -> Vec<Shift> {
    let mut seen = BTreeSet::new();
    let key = |leaf: &Leaf| match (apart, leaf.number()) {
        (Apart::Regions(cuts), Some(number)) => Ok(region(cuts, number)),
        _ => Err(leaf.clone()),
    };
    let fresh = |shift: &Shift| {
        let (before, after) = (key(&shift.before), key(&shift.after));
        before != after && seen.insert((before, after))
    };
    let mut all = all;
    let mut fresh = fresh;
    all.retain(|shift| fresh(shift));
    all
}
