//! What a result becomes when one answer changes and no other: all pairs of values that it can have before and after. Judges none of them.
//!
//! A question that the change hides or shows may have any answer where it is shown. Pairs that are the same before and after are left out.

use std::collections::BTreeSet;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::NotDecided;
use super::cone::Cone;
use super::leaf::Leaf;
use super::lift::{Lifter, Variable};
use super::sums::{self, Member, Part};
use super::tally::{Tallies, Witness, counted, region};
use crate::plan::{Expr, FieldId, State};

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

/// What an expression becomes when a field's answer makes one of some moves.
pub(super) fn shifts<'a>(
    tallies: &Tallies<'a>,
    field: FieldId,
    moves: &[Move],
    expr: &'a Expr,
    apart: Apart<'_>,
) -> Result<Vec<Shift>, NotDecided> {
    let cone = Cone::of(tallies.plan, &[expr], &tallies.given);
    if !cone.fields.contains(&field) {
        return Ok(Vec::new());
    }
    let hiding = tallies.hiding(&cone);
    let cases = if hiding.is_empty() || hiding.contains(&field) { None } else { tallies.cases(&hiding) };
    let mut all = Vec::new();
    match cases {
        None => all = in_one_case(tallies, field, moves, expr, apart)?,
        Some(cases) => {
            for case in cases? {
                for shift in in_one_case(&case.tallies, field, moves, expr, apart)? {
                    all.push(Shift { rest: Rc::new(Witness::Both(Rc::clone(&case.answers), Rc::clone(&shift.rest))), ..shift });
                }
            }
        }
    }
    Ok(distinct(all, apart))
}

fn in_one_case<'a>(
    tallies: &Tallies<'a>,
    field: FieldId,
    moves: &[Move],
    expr: &'a Expr,
    apart: Apart<'_>,
) -> Result<Vec<Shift>, NotDecided> {
    let cone = Cone::of(tallies.plan, &[expr], &tallies.given);
    if !cone.fields.contains(&field) {
        return Ok(Vec::new());
    }
    if let Some(members) = sums::members(tallies, expr)
        && let Some(shifts) = of_sum(tallies, field, moves, &members?, apart)
    {
        return shifts;
    }
    of_diagram(tallies, field, moves, expr)
}

/// The pairs of a sum: what the changed member adds before and after, on top of all that the others come to.
fn of_sum(
    tallies: &Tallies<'_>,
    field: FieldId,
    moves: &[Move],
    members: &[Member],
    apart: Apart<'_>,
) -> Option<Result<Vec<Shift>, NotDecided>> {
    let plan = tallies.plan;
    let holds = |member: &Member| match member.of {
        Part::Field(own) => own == field,
        Part::Node(node, _) => Cone::of(plan, &[&plan.node(node).expr], &tallies.given).fields.contains(&field),
    };
    let place = members.iter().position(holds)?;
    let changed = members.get(place)?;
    let steps: Vec<(Decimal, Decimal, Move, Rc<Witness>)> = match changed.of {
        Part::Field(_) => {
            let step = |moved: &Move| Some((changed.number(moved.0)?, changed.number(moved.1)?, *moved, Rc::new(Witness::Any)));
            moves.iter().map(step).collect::<Option<_>>()?
        }
        Part::Node(node, factor) => {
            let inner = if matches!(apart, Apart::Direction) { Apart::Direction } else { Apart::Each };
            let shifts = match shifts(tallies, field, moves, &plan.node(node).expr, inner) {
                Ok(shifts) => shifts,
                Err(reason) => return Some(Err(reason)),
            };
            let times = |leaf: &Leaf| leaf.number()?.checked_mul(factor);
            let step = |shift: Shift| Some((times(&shift.before)?, times(&shift.after)?, shift.moved, shift.rest));
            shifts.into_iter().map(step).collect::<Option<_>>()?
        }
    };
    let others: Vec<&Member> = members.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, member)| member).collect();
    let totals = match sums::totals(&others)? {
        Ok(totals) => totals,
        Err(reason) => return Some(Err(reason)),
    };
    let mut all = Vec::new();
    for (before, after, moved, within) in steps.into_iter().filter(|(before, after, ..)| before != after) {
        for place in places(&totals, before, after, apart) {
            let Some((total, witness)) = totals.get(place) else { continue };
            let leaf = |number: Decimal| Leaf::of_number(total.checked_add(number));
            let rest = Rc::new(Witness::Both(Rc::clone(&within), witness));
            all.push(Shift { before: leaf(before), after: leaf(after), moved, rest });
            if all.len() > MOST_PAIRS {
                return Some(Err(NotDecided::new("one answer changes it between too many different numbers".to_owned())));
            }
        }
    }
    Some(Ok(all))
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
    edges.sort_unstable();
    edges.dedup();
    let mut all = BTreeSet::from([0]);
    for edge in edges {
        let at = totals.first_from(edge);
        all.insert(at);
        if totals.get(at).is_some_and(|(total, _)| total == edge) {
            all.insert(at + 1);
        }
    }
    all.into_iter().filter(|place| *place < totals.len()).collect()
}

fn of_diagram<'a>(tallies: &Tallies<'a>, field: FieldId, moves: &[Move], expr: &'a Expr) -> Result<Vec<Shift>, NotDecided> {
    let mut lifter = Lifter::of_answers(tallies, &[expr])?;
    let diagram = lifter.whole(expr)?;
    // The variable in which the field lies, and what its moves do to it: places of values.
    let mut steps: Vec<(usize, usize, Move, Rc<Witness>)> = Vec::new();
    let Some(place) = lifter.variable_with(field) else { return Ok(Vec::new()) };
    match (lifter.variables.get(place), lifter.node_of(place)) {
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
            for shift in shifts(tallies, field, moves, &tallies.plan.node(node).expr, apart)? {
                steps.extend(at(&shift.before).zip(at(&shift.after)).map(|(before, after)| (before, after, shift.moved, shift.rest)));
            }
        }
        _ => {}
    }
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for (from, to, moved, within) in steps {
        if from == to || !seen.insert((from, to)) {
            continue;
        }
        let before = lifter.diagrams.fixed(diagram, place, from)?;
        let after = lifter.diagrams.fixed(diagram, place, to)?;
        if before == after {
            continue;
        }
        let both = lifter.diagrams.combine(&[before, after], &mut |leaves| match leaves {
            [Some(before), Some(after)] => Some(Leaf::Tuple(vec![(*before).clone(), (*after).clone()])),
            _ => None,
        })?;
        for pair in counted(&lifter.diagrams, &lifter.variables, both) {
            let Leaf::Tuple(pair_of) = &pair.leaf else { continue };
            let [before, after] = pair_of.as_slice() else { continue };
            let rest = Rc::new(Witness::Both(pair.witness, Rc::clone(&within)));
            all.push(Shift { before: before.clone(), after: after.clone(), moved, rest });
        }
    }
    Ok(all)
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
