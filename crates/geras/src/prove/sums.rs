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
const MOST_ADDITIONS: u64 = 16_000_000;

/// What a member can add: the number, how many ways lead to it, and one of them.
#[derive(Debug)]
struct Share {
    number: i64,
    weight: BigUint,
    witness: Rc<Witness>,
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
    Some(added(members, scale, cuts).map(|values| Tally { fields, values }))
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

/// The totals after some members: from the least on, which are reached.
#[derive(Debug)]
struct Layer {
    least: i64,
    reached: Vec<bool>,
}

impl Layer {
    fn has(&self, total: i64) -> bool {
        usize::try_from(total - self.least).ok().and_then(|place| self.reached.get(place)) == Some(&true)
    }

    fn most(&self) -> i64 {
        self.least + i64::try_from(self.reached.len()).unwrap_or(i64::MAX) - 1
    }
}

/// The way that a sum was added up, from which a sheet with any of its totals can be read back.
#[derive(Debug)]
pub(super) struct Trail {
    members: Vec<Vec<Share>>,
    layers: Vec<Layer>,
}

impl Trail {
    /// Answers that come to a total.
    pub(super) fn gather(&self, mut total: i64, answers: &mut Vec<(FieldId, State)>) {
        for (shares, layers) in self.members.iter().zip(self.layers.windows(2)).rev() {
            let [before, after] = layers else { return };
            // The last total of a layer also stands for all beyond it.
            let leads = |share: &&Share| {
                if total == after.most() { before.most() + share.number >= total } else { before.has(total - share.number) }
            };
            let Some(share) = shares.iter().find(leads) else { return };
            share.witness.gather(answers);
            total = if total == after.most() { before.most() } else { total - share.number };
        }
    }
}

fn added(members: Vec<Vec<Share>>, scale: u32, cuts: Option<&[Decimal]>) -> Result<Vec<Tallied>, NotDecided> {
    let unit = Decimal::from(10_i64.saturating_pow(scale));
    // Beyond the last cut one total is like the other, once what follows cannot lead back.
    let beyond = cuts.map(|cuts| cuts.last().map_or(i64::MIN / 4, |last| (last * unit).floor().to_i64().unwrap_or(i64::MAX / 4) + 1));
    let least = |members: &[Vec<Share>]| members.iter().filter_map(|shares| shares.first()).map(|share| share.number).sum::<i64>();
    let mut layers = vec![Layer { least: 0, reached: vec![true] }];
    let (mut low, mut ways, mut additions) = (0_i64, vec![BigUint::from(1_u8)], 0_u64);
    for (place, shares) in members.iter().enumerate() {
        let (Some(first), Some(last)) = (shares.first(), shares.last()) else { return Ok(Vec::new()) };
        let each = if evenly(shares).is_some() { 3 } else { shares.len() as u64 };
        let width = usize::try_from(last.number - first.number).unwrap_or(usize::MAX).saturating_add(ways.len());
        additions = additions.saturating_add((width as u64).saturating_mul(each));
        if additions > MOST_ADDITIONS {
            return Err(NotDecided::new("it can come to too many different numbers to count each of them".to_owned()));
        }
        let mut next = one_more(&ways, shares, width);
        low += first.number;
        let rest = members.get(place + 1..).map_or(0, least);
        if let Some(beyond) = beyond {
            let kept = usize::try_from(beyond.saturating_sub(rest).saturating_sub(low)).unwrap_or(0).saturating_add(1);
            let tail: BigUint = next.drain(kept.min(next.len())..).sum();
            if let Some(last) = next.last_mut() {
                *last += tail;
            }
        }
        layers.push(Layer { least: low, reached: next.iter().map(|ways| *ways != BigUint::ZERO).collect() });
        ways = next;
    }
    let trail = Rc::new(Trail { members, layers });
    let mut all: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    let mut values: Vec<Tallied> = Vec::new();
    for (total, count) in (low..).zip(ways).filter(|(_, ways)| *ways != BigUint::ZERO) {
        let number = (Decimal::from(total) / unit).normalize();
        let known = cuts.map(|cuts| all.entry(region(cuts, number)).or_insert(values.len()));
        if let Some(known) = known.and_then(|place| values.get_mut(*place)) {
            known.count += count;
            continue;
        }
        let witness = Rc::new(Witness::Total(Rc::clone(&trail), total));
        values.push(Tallied { leaf: Leaf::Value(Value::Number(number)), count, witness });
    }
    Ok(values)
}

/// The distance of shares that stand evenly apart and weigh the same, which are added without going through each.
fn evenly(shares: &[Share]) -> Option<usize> {
    let [first, second, _, ..] = shares else { return None };
    let distance = second.number - first.number;
    let even = shares.windows(2).all(|two| matches!(two, [one, two] if two.number - one.number == distance && two.weight == one.weight));
    usize::try_from(distance).ok().filter(|distance| even && *distance > 0)
}

/// The ways to each total with one more member, from the least total on.
fn one_more(before: &[BigUint], shares: &[Share], width: usize) -> Vec<BigUint> {
    let mut next = vec![BigUint::ZERO; width];
    let Some(first) = shares.first() else { return next };
    if let Some(distance) = evenly(shares) {
        let ahead = distance * shares.len();
        for start in 0..distance.min(width) {
            let mut running = BigUint::ZERO;
            for place in (start..width).step_by(distance) {
                if let Some(ways) = before.get(place) {
                    running += ways;
                }
                if let Some(ways) = place.checked_sub(ahead).and_then(|place| before.get(place)) {
                    running -= ways;
                }
                if let Some(slot) = next.get_mut(place) {
                    *slot = if first.weight == BigUint::from(1_u8) { running.clone() } else { &running * &first.weight };
                }
            }
        }
        return next;
    }
    for share in shares {
        let shift = usize::try_from(share.number - first.number).unwrap_or(usize::MAX);
        for (place, ways) in before.iter().enumerate().filter(|(_, ways)| **ways != BigUint::ZERO) {
            if let Some(slot) = next.get_mut(place.saturating_add(shift)) {
                *slot += ways * &share.weight;
            }
        }
    }
    next
}
