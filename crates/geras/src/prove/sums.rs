//! Sums whose members have nothing to do with each other: added up one after another, without a diagram. Says nothing of other sums.

use std::rc::Rc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::NotDecided;
use super::cone::Cone;
use super::count::Count;
use super::leaf::Leaf;
use super::tally::{Tallied, Tallies, Tally, Witness, region};
use crate::plan::{Expr, FieldId, NodeId, State, Value};
use crate::sort::sort_by_key;
use crate::sorted::SortedMap;

/// More additions than this are not made for one sum.
const MOST_ADDITIONS: u64 = 16_000_000;

/// What a member can add: the number, how many ways lead to it, and one of them.
#[derive(Debug)]
struct Share {
    number: i64,
    weight: Count,
    witness: Rc<Witness>,
}

/// A member of a sum: what it is, and all that it can add.
pub(super) struct Member {
    pub(super) of: Part,
    shares: Vec<(Decimal, Count, Rc<Witness>)>,
}

/// What a member is; a node is taken times a factor.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Field(FieldId),
    Node(NodeId, Decimal),
}

impl Member {
    /// The least that it can add.
    pub(super) fn least(&self) -> Decimal {
        self.shares.iter().map(|(number, ..)| *number).min().unwrap_or_default()
    }

    /// The number that an answer of the member's field adds.
    pub(super) fn number(&self, state: State) -> Option<Decimal> {
        let answered = |witness: &Witness| matches!(witness, Witness::Answer(_, known) if *known == state);
        self.shares.iter().find(|(.., witness)| answered(witness)).map(|(number, ..)| *number)
    }
}

/// The tally of an expression that is such a sum; `None` for all others. With cuts, totals are told apart only as far as the cuts do.
pub(super) fn tally<'a>(tallies: &Tallies<'a>, expr: &'a Expr, cuts: Option<&[Decimal]>) -> Option<Result<Tally, NotDecided>> {
    let members = match members(tallies, expr)? {
        Ok(members) => members,
        Err(reason) => return Some(Err(reason)),
    };
    let (scale, members) = scaled(&members.iter().collect::<Vec<_>>())?;
    let fields = Cone::of(tallies.plan, &[expr], &tallies.given).fields.as_slice().to_vec();
    Some(counted(members, scale, cuts).map(|values| Tally { fields, values }))
}

/// All that some members come to together, ascending, each with answers that come to it. Counts nothing.
pub(super) struct Totals {
    trail: Rc<Trail>,
    unit: Decimal,
    all: Vec<i64>,
}

impl Totals {
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, place: usize) -> Option<(Decimal, Rc<Witness>)> {
        let total = *self.all.get(place)?;
        Some(((Decimal::from(total) / self.unit).normalize(), Rc::new(Witness::Total(Rc::clone(&self.trail), total))))
    }

    /// The place of the first total from a number on.
    pub(super) fn first_from(&self, number: Decimal) -> usize {
        self.all.partition_point(|total| Decimal::from(*total) < number * self.unit)
    }
}

/// What members come to together; `None` where their numbers have too many digits. All above a number may be taken for one.
pub(super) fn totals(members: &[&Member], above: Option<Decimal>) -> Option<Result<Totals, NotDecided>> {
    let (scale, members) = scaled(members)?;
    let unit = Decimal::from(10_i64.checked_pow(scale)?);
    let beyond = above.and_then(|above| (above * unit).floor().to_i64()).map(|above| above.saturating_add(1));
    let added = added::<bool>(members, beyond);
    Some(added.map(|(trail, low, reached)| {
        let all = (low..).zip(reached).filter(|(_, reached)| *reached).map(|(total, _)| total).collect();
        Totals { trail, unit, all }
    }))
}

/// The members of a sum with what each can add, if they are apart from one another and nothing is hidden.
pub(super) fn members<'a>(tallies: &Tallies<'a>, expr: &'a Expr) -> Option<Result<Vec<Member>, NotDecided>> {
    let Expr::Sum(sum) = expr else { return None };
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
    let mut all: Vec<Member> = Vec::new();
    let answers = |field: FieldId, number: &dyn Fn(Value) -> Option<Decimal>| {
        let states = match tallies.given.get(field) {
            Some(state) => vec![(state, Count::ONE)],
            None => match tallies.choices(field) {
                Ok(choices) => choices.iter().map(|choice| (choice.state, choice.weight.clone())).collect(),
                Err(reason) => return Some(Err(reason)),
            },
        };
        let share = |(state, weight): (State, Count)| {
            let State::Known(value) = state else { return None };
            Some((number(value)?, weight, Rc::new(Witness::Answer(field, state))))
        };
        let shares = states.into_iter().map(share).collect::<Option<Vec<_>>>()?;
        Some(Ok(Member { of: Part::Field(field), shares }))
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
            Ok(member) => all.push(member),
            Err(reason) => return Some(Err(reason)),
        }
    }
    for (part, factor) in &sum.others {
        match part {
            Expr::Field(field) | Expr::Points(field) if tallies.given.get(*field) == Some(State::LeftOut) => {}
            Expr::Field(field) | Expr::Points(field) if fresh(*field) => {
                match answers(*field, &|value| plan.points(*field, value)?.checked_mul(*factor))? {
                    Ok(member) => all.push(member),
                    Err(reason) => return Some(Err(reason)),
                }
            }
            Expr::Node(node) if cone.stands_alone(*node, &tallies.given) => match tallies.of_node(*node, None) {
                Ok(tally) => {
                    let share = |value: Tallied| Some((value.leaf.number()?.checked_mul(*factor)?, value.count, value.witness));
                    let shares = tally.values.into_iter().map(share).collect::<Option<Vec<_>>>()?;
                    all.push(Member { of: Part::Node(*node, *factor), shares });
                }
                Err(reason) => return Some(Err(reason)),
            },
            _ => return None,
        }
    }
    Some(Ok(all))
}

/// The same numbers as whole ones at a common scale.
fn scaled(members: &[&Member]) -> Option<(u32, Vec<Vec<Share>>)> {
    let numbers = members.iter().flat_map(|member| &member.shares).map(|(number, ..)| number);
    let scale = numbers.map(|number| number.normalize().scale()).max().unwrap_or(0);
    let unit = Decimal::from(10_i64.checked_pow(scale)?);
    let whole = |number: Decimal| number.checked_mul(unit)?.to_i64().filter(|number| number.abs() < i64::from(i32::MAX));
    let mut all = Vec::new();
    for member in members {
        let mut shares = Vec::new();
        for (number, weight, witness) in &member.shares {
            shares.push(Share { number: whole(*number)?, weight: weight.clone(), witness: Rc::clone(witness) });
        }
        sort_by_key(&mut shares, |share| share.number);
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

/// How a total is held: as the number of ways to it, or only as whether there is one.
trait Ways: Clone {
    fn none() -> Self;
    fn one() -> Self;
    fn any(&self) -> bool;
    fn add(&mut self, other: &Self);
    /// As often as a share weighs.
    fn times(&self, weight: &Count) -> Self;
    /// All in a stretch of so many places in a row, from the end of the stretch on: what one comes in, what another goes out.
    fn stretch(before: &[Self], places: &mut dyn Iterator<Item = (usize, Option<usize>)>, put: &mut dyn FnMut(usize, Self));
}

impl Ways for Count {
    fn none() -> Self {
        Self::ZERO
    }

    fn one() -> Self {
        Self::ONE
    }

    fn any(&self) -> bool {
        *self != Self::ZERO
    }

    fn add(&mut self, other: &Self) {
        *self += other;
    }

    fn times(&self, weight: &Count) -> Self {
        if *weight == Self::ONE { self.clone() } else { self * weight }
    }

    fn stretch(before: &[Self], places: &mut dyn Iterator<Item = (usize, Option<usize>)>, put: &mut dyn FnMut(usize, Self)) {
        let mut running = Self::ZERO;
        for (comes, goes) in places {
            if let Some(ways) = before.get(comes) {
                running += ways;
            }
            if let Some(ways) = goes.and_then(|goes| before.get(goes)) {
                running -= ways;
            }
            put(comes, running.clone());
        }
    }
}

impl Ways for bool {
    fn none() -> Self {
        false
    }

    fn one() -> Self {
        true
    }

    fn any(&self) -> bool {
        *self
    }

    fn add(&mut self, other: &Self) {
        *self |= other;
    }

    fn times(&self, _: &Count) -> Self {
        *self
    }

    fn stretch(before: &[Self], places: &mut dyn Iterator<Item = (usize, Option<usize>)>, put: &mut dyn FnMut(usize, Self)) {
        let mut running = 0_usize;
        for (comes, goes) in places {
            running += usize::from(before.get(comes) == Some(&true));
            running -= usize::from(goes.and_then(|goes| before.get(goes)) == Some(&true));
            put(comes, running > 0);
        }
    }
}

fn counted(members: Vec<Vec<Share>>, scale: u32, cuts: Option<&[Decimal]>) -> Result<Vec<Tallied>, NotDecided> {
    let unit = Decimal::from(10_i64.saturating_pow(scale));
    // Beyond the last cut one total is like the other, once what follows cannot lead back.
    let beyond = cuts.map(|cuts| cuts.last().map_or(i64::MIN / 4, |last| (last * unit).floor().to_i64().unwrap_or(i64::MAX / 4) + 1));
    let (trail, low, ways) = added::<Count>(members, beyond)?;
    let mut all: SortedMap<(usize, bool), usize> = SortedMap::new();
    let mut values: Vec<Tallied> = Vec::new();
    for (total, count) in (low..).zip(ways).filter(|(_, ways)| ways.any()) {
        let number = (Decimal::from(total) / unit).normalize();
        let known = cuts.and_then(|cuts| all.or_insert_with(region(cuts, number), || values.len()).copied());
        if let Some(known) = known.and_then(|place| values.get_mut(place)) {
            known.count += count;
            continue;
        }
        let witness = Rc::new(Witness::Total(Rc::clone(&trail), total));
        values.push(Tallied { leaf: Leaf::Value(Value::Number(number)), count, witness });
    }
    Ok(values)
}

/// The way in which members were added up, the least total, and what leads to each total from there on. All beyond a number are held together.
fn added<W: Ways>(members: Vec<Vec<Share>>, beyond: Option<i64>) -> Result<(Rc<Trail>, i64, Vec<W>), NotDecided> {
    let least = |members: &[Vec<Share>]| members.iter().filter_map(|shares| shares.first()).map(|share| share.number).sum::<i64>();
    let mut layers = vec![Layer { least: 0, reached: vec![true] }];
    let (mut low, mut ways, mut additions) = (0_i64, vec![W::one()], 0_u64);
    for (place, shares) in members.iter().enumerate() {
        let (Some(first), Some(last)) = (shares.first(), shares.last()) else {
            return Ok((Rc::new(Trail { members: Vec::new(), layers: Vec::new() }), 0, Vec::new()));
        };
        let each = if evenly(shares).is_some() { 3 } else { shares.len() as u64 };
        let width = usize::try_from(last.number - first.number).unwrap_or(usize::MAX).saturating_add(ways.len());
        additions = additions.saturating_add((width as u64).saturating_mul(each));
        if additions > MOST_ADDITIONS {
            return Err(NotDecided::Totals);
        }
        let mut next = one_more(&ways, shares, width);
        low += first.number;
        let rest = members.get(place + 1..).map_or(0, least);
        if let Some(beyond) = beyond {
            let kept = usize::try_from(beyond.saturating_sub(rest).saturating_sub(low)).unwrap_or(0).saturating_add(1);
            let tail: Vec<W> = next.drain(kept.min(next.len())..).collect();
            if let Some(last) = next.last_mut() {
                tail.iter().for_each(|ways| last.add(ways));
            }
        }
        layers.push(Layer { least: low, reached: next.iter().map(Ways::any).collect() });
        ways = next;
    }
    Ok((Rc::new(Trail { members, layers }), low, ways))
}

/// The distance of shares that stand evenly apart and weigh the same, which are added without going through each.
fn evenly(shares: &[Share]) -> Option<usize> {
    let [first, second, _, ..] = shares else { return None };
    let distance = second.number - first.number;
    let even = shares.windows(2).all(|two| matches!(two, [one, two] if two.number - one.number == distance && two.weight == one.weight));
    usize::try_from(distance).ok().filter(|distance| even && *distance > 0)
}

/// The ways to each total with one more member, from the least total on.
fn one_more<W: Ways>(before: &[W], shares: &[Share], width: usize) -> Vec<W> {
    let mut next = vec![W::none(); width];
    let Some(first) = shares.first() else { return next };
    if let Some(distance) = evenly(shares) {
        let ahead = distance * shares.len();
        for start in 0..distance.min(width) {
            let mut places = (start..width).step_by(distance).map(|place| (place, place.checked_sub(ahead)));
            W::stretch(before, &mut places, &mut |place, ways| {
                if let Some(slot) = next.get_mut(place) {
                    *slot = ways.times(&first.weight);
                }
            });
        }
        return next;
    }
    for share in shares {
        let shift = usize::try_from(share.number - first.number).unwrap_or(usize::MAX);
        for (place, ways) in before.iter().enumerate().filter(|(_, ways)| ways.any()) {
            if let Some(slot) = next.get_mut(place.saturating_add(shift)) {
                slot.add(&ways.times(&share.weight));
            }
        }
    }
    next
}
