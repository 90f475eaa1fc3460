//! Tallies of sums whose members have nothing to do with each other: added up one after another, without a diagram. Says nothing of other sums.

use std::collections::BTreeMap;
use std::rc::Rc;

use num_bigint::BigUint;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::NotDecided;
use super::cone::Cone;
use super::leaf::Leaf;
use super::tally::{Tallied, Tallies, Tally, Witness, region};
use crate::plan::{Expr, FieldId, State, Sum, Value};

/// More additions than this are not made for one sum.
const MOST_ADDITIONS: u64 = 4_000_000;

/// What a member can add: the number, how many ways lead to it, and one of them.
struct Share {
    number: i64,
    weight: BigUint,
    witness: Rc<Witness>,
}

/// A total on the way: the ways to it, the total before, and the share that led here.
struct Step {
    ways: BigUint,
    before: i64,
    share: usize,
}

/// The tally of an expression that is such a sum; `None` for all others. With cuts, totals are told apart only as far as the cuts do.
pub(super) fn tally<'a>(tallies: &Tallies<'a>, expr: &'a Expr, cuts: Option<&[Decimal]>) -> Option<Result<Tally, NotDecided>> {
    let Expr::Sum(sum) = expr else { return None };
    let members = members(tallies, expr, sum)?;
    let (scale, members) = match members {
        Ok(members) => scaled(members)?,
        Err(reason) => return Some(Err(reason)),
    };
    let fields = Cone::of(tallies.plan, &[expr], &tallies.given).fields.into_iter().collect();
    Some(added(&members, scale, cuts).map(|values| Tally { fields, values }))
}

type Members = Vec<Vec<(Decimal, BigUint, Rc<Witness>)>>;

/// The members with what each can add, if they are apart from one another and nothing is hidden.
fn members<'a>(tallies: &Tallies<'a>, expr: &'a Expr, sum: &'a Sum) -> Option<Result<Members, NotDecided>> {
    if sum.mean {
        return None;
    }
    let plan = tallies.plan;
    let cone = Cone::of(plan, &[expr], &tallies.given);
    let mut seen: Vec<FieldId> = Vec::new();
    let mut fresh = |field: FieldId| {
        let again = seen.contains(&field);
        seen.push(field);
        !again && tallies.given.shown(field).is_none()
    };
    let mut all: Members = Vec::new();
    let answers = |field: FieldId, number: &dyn Fn(Value) -> Option<Decimal>| {
        let states = match tallies.given.get(field) {
            Some(state) => vec![(state, BigUint::from(1_u8))],
            None => match tallies.choices(field) {
                Ok(choices) => choices.into_iter().map(|choice| (choice.state, choice.weight)).collect(),
                Err(reason) => return Some(Err(reason)),
            },
        };
        let share = |(state, weight): (State, BigUint)| {
            let State::Known(value) = state else { return None };
            Some((number(value)?, weight, Rc::new(Witness::Answer(field, state))))
        };
        states.into_iter().map(share).collect::<Option<Vec<_>>>().map(Ok)
    };
    for term in &sum.options {
        let number = |value: Value| {
            let place = match value {
                Value::Code(code) => usize::from(code),
                Value::Boolean(truth) => usize::from(truth),
                _ => return None,
            };
            term.points.get(place).map(|points| Decimal::new(*points, sum.scale))
        };
        if tallies.given.get(term.field) == Some(State::LeftOut) {
            continue;
        }
        if !fresh(term.field) {
            return None;
        }
        match answers(term.field, &number)? {
            Ok(shares) => all.push(shares),
            Err(reason) => return Some(Err(reason)),
        }
    }
    for (part, factor) in &sum.others {
        match part {
            Expr::Field(field) | Expr::Points(field) if tallies.given.get(*field) == Some(State::LeftOut) => {}
            Expr::Field(field) | Expr::Points(field) if fresh(*field) => {
                match answers(*field, &|value| plan.points(*field, value)?.checked_mul(*factor))? {
                    Ok(shares) => all.push(shares),
                    Err(reason) => return Some(Err(reason)),
                }
            }
            Expr::Node(node) if cone.stands_alone(*node, &tallies.given) => match tallies.of_node(*node, None) {
                Ok(tally) => {
                    let share = |value: Tallied| Some((value.leaf.number()?.checked_mul(*factor)?, value.count, value.witness));
                    all.push(tally.values.into_iter().map(share).collect::<Option<Vec<_>>>()?);
                }
                Err(reason) => return Some(Err(reason)),
            },
            _ => return None,
        }
    }
    Some(Ok(all))
}

/// The same numbers as whole ones at a common scale.
fn scaled(members: Members) -> Option<(u32, Vec<Vec<Share>>)> {
    let scale = members.iter().flatten().map(|(number, ..)| number.normalize().scale()).max().unwrap_or(0);
    let unit = Decimal::from(10_i64.checked_pow(scale)?);
    let whole = |number: Decimal| number.checked_mul(unit)?.to_i64().filter(|number| number.abs() < i64::from(i32::MAX));
    let mut all = Vec::new();
    for member in members {
        let mut shares = Vec::new();
        for (number, weight, witness) in member {
            shares.push(Share { number: whole(number)?, weight, witness });
        }
        shares.sort_by_key(|share| share.number);
        all.push(shares);
    }
    Some((scale, all))
}

fn added(members: &[Vec<Share>], scale: u32, cuts: Option<&[Decimal]>) -> Result<Vec<Tallied>, NotDecided> {
    let unit = Decimal::from(10_i64.saturating_pow(scale));
    let least = |members: &[Vec<Share>]| members.iter().filter_map(|shares| shares.first()).map(|share| share.number).sum::<i64>();
    // Beyond the last cut one total is like the other, once what follows cannot lead back.
    let beyond = cuts.map(|cuts| cuts.last().map_or(i64::MIN / 4, |last| (last * unit).floor().to_i64().unwrap_or(i64::MAX / 4) + 1));
    let mut layers: Vec<BTreeMap<i64, Step>> = vec![BTreeMap::from([(0, Step { ways: BigUint::from(1_u8), before: 0, share: 0 })])];
    if too_many(members, beyond) {
        return Err(NotDecided::new("it can come to too many different numbers to count each of them".to_owned()));
    }
    for (place, shares) in members.iter().enumerate() {
        let rest = members.get(place + 1..).map_or(0, least);
        let cap = beyond.map_or(i64::MAX, |beyond| beyond.saturating_sub(rest));
        let mut next: BTreeMap<i64, Step> = BTreeMap::new();
        // What every further share adds, summed from behind: beyond the cap they all lead to one total.
        let mut tails: Vec<BigUint> = shares.iter().map(|share| share.weight.clone()).collect();
        for at in (0..tails.len().saturating_sub(1)).rev() {
            let following = tails.get(at + 1).cloned().unwrap_or_default();
            if let Some(tail) = tails.get_mut(at) {
                *tail += following;
            }
        }
        for (total, step) in layers.last().into_iter().flatten() {
            for (at, share) in shares.iter().enumerate() {
                let sum = total + share.number;
                let ways = if sum >= cap { tails.get(at) } else { Some(&share.weight) };
                let add = &step.ways * ways.unwrap_or(&share.weight);
                next.entry(sum.min(cap)).or_insert(Step { ways: BigUint::ZERO, before: *total, share: at }).ways += add;
                if sum >= cap {
                    break;
                }
            }
        }
        layers.push(next);
    }
    let mut all: BTreeMap<(usize, bool), Tallied> = BTreeMap::new();
    let mut values = Vec::new();
    for (total, step) in layers.last().into_iter().flatten() {
        let number = (Decimal::from(*total) / unit).normalize();
        let leaf = Leaf::Value(Value::Number(number));
        let tallied = |witness| Tallied { leaf: leaf.clone(), count: step.ways.clone(), witness };
        match cuts {
            None => values.push(tallied(way_to(members, &layers, *total))),
            Some(cuts) => match all.entry(region(cuts, number)) {
                std::collections::btree_map::Entry::Occupied(mut known) => known.get_mut().count += &step.ways,
                std::collections::btree_map::Entry::Vacant(slot) => {
                    slot.insert(tallied(way_to(members, &layers, *total)));
                }
            },
        }
    }
    values.extend(all.into_values());
    Ok(values)
}

/// Whether adding up would take too long: at most so many totals as there are whole numbers between the least and the most, times the shares.
fn too_many(members: &[Vec<Share>], beyond: Option<i64>) -> bool {
    let (mut least, mut most, mut totals, mut additions) = (0_i64, 0_i64, 1_u64, 0_u64);
    for shares in members {
        additions = additions.saturating_add(totals.saturating_mul(shares.len() as u64));
        least += shares.first().map_or(0, |share| share.number);
        most += shares.last().map_or(0, |share| share.number);
        let between = most.min(beyond.unwrap_or(most)).saturating_sub(least).unsigned_abs().saturating_add(1);
        totals = totals.saturating_mul(shares.len() as u64).min(between);
    }
    additions > MOST_ADDITIONS
}

fn way_to(members: &[Vec<Share>], layers: &[BTreeMap<i64, Step>], mut total: i64) -> Rc<Witness> {
    let mut witness = Rc::new(Witness::Any);
    for (shares, layer) in members.iter().zip(layers.iter().skip(1)).rev() {
        let Some(step) = layer.get(&total) else { break };
        if let Some(share) = shares.get(step.share) {
            witness = Rc::new(Witness::Both(Rc::clone(&share.witness), witness));
        }
        total = step.before;
    }
    witness
}
