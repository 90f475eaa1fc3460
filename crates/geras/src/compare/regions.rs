//! Where a result differs, as few readable regions that do not overlap: for each the values of the parts that decide, the exact count and a sheet.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::compared::{Pair, Told};
use super::counting::Counting;
use super::merge::Side;
use super::parts::{Is, Part, PartKind, parts};
use super::witness::Witness;
use crate::plan::{Expr, FieldId, NodeId, ScoringPlan, State, Value};
use crate::prove::Cell;
use crate::prove::Count;

/// What becomes of the result in a region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// This in the first edition, that in the second.
    FromTo(Told, Told),
    /// So much more in the second edition, or less.
    By(Decimal),
}

/// What a part is in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What the part is.
    pub kind: PartKind,
    /// Its id.
    pub id: String,
    /// The edition whose it is; none for both.
    pub edition: Option<Side>,
    /// What it is there.
    pub is: Is,
}

/// Sheets on which a result changes in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// What becomes of the result.
    pub change: Change,
    /// What holds of every sheet in it; nothing where nothing more can be said.
    pub conditions: Vec<Condition>,
    /// Whether sheets outside of the region fulfil the conditions too.
    pub partly: bool,
    /// On how many sheets.
    pub sheets: Count,
    /// One of them.
    pub witness: Witness,
}

/// A score that changes in more ways than this is told by how much it changes.
const MOST_WAYS: usize = 8;

type Place = Vec<usize>;
type Prove<'c> = dyn Fn(&[(FieldId, State)], &Told, &Told) -> Option<Witness> + 'c;

/// The cells of one place: by change the count, and a cell.
type Here<'c> = BTreeMap<Change, (Count, &'c Cell)>;

/// The regions of a result that differs.
pub(super) fn regions(
    counting: &Counting<'_>,
    (a, b): (NodeId, NodeId),
    pairs: &[Pair],
    told: &dyn Fn(NodeId, Option<Value>) -> Told,
    prove: &Prove<'_>,
) -> Vec<Region> {
    let differing = pairs.iter().filter(|pair| pair.from != pair.to).count();
    let by_amount = differing > MOST_WAYS;
    let change = |from: &Told, to: &Told| match (from, to) {
        (Told::Number(from), Told::Number(to)) if by_amount => Change::By((to - from).normalize()),
        _ => Change::FromTo(from.clone(), to.clone()),
    };
    let plan = counting.plan;
    let parts = parts(counting, a, b);
    let (one, two) = (Expr::Node(a), Expr::Node(b));
    let exprs: Vec<&Expr> = [&one, &two].into_iter().chain(parts.iter().map(|part| &part.expr)).collect();
    let counted = if parts.is_empty() { None } else { counting.joint(&exprs).ok() };
    let Some(counted) = counted else { return plain(pairs, &change) };
    let mut places: BTreeMap<Place, Here<'_>> = BTreeMap::new();
    for cell in &counted.cells {
        let [from, to, values @ ..] = cell.values.as_slice() else { continue };
        let (from, to) = (told(a, *from), told(b, *to));
        let key = if from == to { Change::By(Decimal::ZERO) } else { change(&from, &to) };
        let place = parts.iter().zip(values).map(|(part, value)| part.place(*value)).collect();
        places.entry(place).or_default().entry(key).or_insert_with(|| (Count::ZERO, cell)).0 += &cell.sheets;
    }
    let same = Change::By(Decimal::ZERO);
    let changes: BTreeSet<&Change> = places.values().flat_map(BTreeMap::keys).filter(|change| **change != same).collect();
    let mut all = Vec::new();
    for change in changes {
        for partly in [false, true] {
            let mut left: BTreeSet<&Place> =
                places.iter().filter(|(_, here)| here.contains_key(change) && (here.len() > 1) == partly).map(|(place, _)| place).collect();
            while let Some(first) = left.first().copied() {
                let found = grown(first, &left, &places, &parts);
                let (mut sheets, mut cell) = (Count::ZERO, None);
                for place in &found.covered {
                    if let Some((count, example)) = places.get(*place).and_then(|here| here.get(change)) {
                        sheets += count;
                        cell.get_or_insert(*example);
                    }
                    left.remove(place);
                }
                let witness = cell.and_then(|cell| {
                    let [from, to, ..] = cell.values.as_slice() else { return None };
                    prove(&cell.answers, &told(a, *from), &told(b, *to))
                });
                let Some(witness) = witness else { return plain(pairs, &|from, to| Change::FromTo(from.clone(), to.clone())) };
                all.push(Region { change: change.clone(), conditions: found.conditions(plan, &parts), partly, sheets, witness });
            }
        }
    }
    all.sort_by(|one, two| two.sheets.cmp(&one.sheets).then_with(|| one.change.cmp(&two.change)));
    all
}

/// The changes alone, where nothing more can be said.
fn plain(pairs: &[Pair], change: &dyn Fn(&Told, &Told) -> Change) -> Vec<Region> {
    let mut all: Vec<Region> = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.from != pair.to) {
        let change = change(&pair.from, &pair.to);
        match all.iter_mut().find(|region| region.change == change) {
            Some(region) => region.sheets += &pair.sheets,
            None => {
                let (sheets, witness) = (pair.sheets.clone(), pair.witness.clone());
                all.push(Region { change, conditions: Vec::new(), partly: true, sheets, witness });
            }
        }
    }
    all
}

/// A region: the places of each part that it allows, those that there are at all, and the places in it.
struct Found<'p> {
    allowed: Vec<BTreeSet<usize>>,
    there: Vec<BTreeSet<usize>>,
    covered: Vec<&'p Place>,
}

impl Found<'_> {
    fn conditions(&self, plan: &ScoringPlan, parts: &[Part]) -> Vec<Condition> {
        let each = parts.iter().zip(&self.allowed).zip(&self.there);
        let told = each.filter(|((_, allowed), there)| allowed != there).map(|((part, allowed), _)| Condition {
            kind: part.kind,
            id: part.id.clone(),
            edition: part.edition,
            is: part.told(plan, allowed),
        });
        told.collect()
    }
}

/// The largest region around a place, part by part, in which all that there is belongs to `left`.
fn grown<'p>(first: &Place, left: &BTreeSet<&'p Place>, places: &'p BTreeMap<Place, Here<'_>>, parts: &[Part]) -> Found<'p> {
    let mut allowed: Vec<BTreeSet<usize>> = first.iter().map(|place| BTreeSet::from([*place])).collect();
    let there: Vec<BTreeSet<usize>> =
        (0..parts.len()).map(|part| places.keys().filter_map(|place| place.get(part).copied()).collect()).collect();
    let inside = |allowed: &[BTreeSet<usize>], place: &Place| allowed.iter().zip(place).all(|(allowed, value)| allowed.contains(value));
    let pure = |allowed: &[BTreeSet<usize>]| places.keys().filter(|place| inside(allowed, place)).all(|place| left.contains(place));
    for part in (0..parts.len()).rev() {
        let (Some(every), Some(now)) = (there.get(part), allowed.get(part).cloned()) else { continue };
        let number = parts.get(part).is_some_and(Part::is_number);
        let mut with = |wanted: BTreeSet<usize>| {
            let before = allowed.get_mut(part).map(|slot| std::mem::replace(slot, wanted));
            let fine = pure(&allowed);
            if let (false, Some(slot), Some(before)) = (fine, allowed.get_mut(part), before) {
                *slot = before;
            }
            fine
        };
        if with(every.clone()) {
            continue;
        }
        let mut now = now;
        let nearest = first.get(part).copied().unwrap_or(0);
        let mut further: Vec<usize> = every.iter().copied().filter(|value| *value > nearest).collect();
        let mut lower: Vec<usize> = every.iter().copied().filter(|value| *value < nearest).collect();
        lower.reverse();
        let none = parts.get(part).map_or(0, |part| part.size);
        further.retain(|value| !number || *value < none);
        for direction in [further, lower] {
            for value in direction {
                let mut wanted = now.clone();
                wanted.insert(value);
                if with(wanted.clone()) {
                    now = wanted;
                } else if number {
                    break;
                }
            }
        }
    }
    let covered = places.keys().filter(|place| inside(&allowed, place)).collect();
    Found { allowed, there, covered }
}
