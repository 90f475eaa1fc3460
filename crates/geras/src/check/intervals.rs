//! Intervals of bands and steps side by side: what two share, what none covers. Knows nothing of scores.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::definition::Edges;
use crate::sort::sort_by;

/// Orders lower edges: an open side first, an included edge before an excluded one.
fn by_low(one: Option<(Decimal, bool)>, two: Option<(Decimal, bool)>) -> Ordering {
    match (one, two) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some((one, with_one)), Some((two, with_two))) => one.cmp(&two).then(with_two.cmp(&with_one)),
    }
}

/// Orders upper edges: an excluded edge before an included one, an open side last.
fn by_high(one: Option<(Decimal, bool)>, two: Option<(Decimal, bool)>) -> Ordering {
    match (one, two) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some((one, with_one)), Some((two, with_two))) => one.cmp(&two).then(with_one.cmp(&with_two)),
    }
}

/// Whether some number can lie within the edges.
fn holds_something(edges: &Edges) -> bool {
    match (edges.low, edges.high) {
        (Some((low, with_low)), Some((high, with_high))) => low < high || (low == high && with_low && with_high),
        _ => true,
    }
}

/// What two intervals share.
pub(super) fn shared(one: &Edges, two: &Edges) -> Option<Edges> {
    let low = if by_low(one.low, two.low).is_ge() { one.low } else { two.low };
    let high = if by_high(one.high, two.high).is_le() { one.high } else { two.high };
    Some(Edges { low, high }).filter(holds_something)
}

/// What no interval covers, from below to above.
pub(super) fn gaps<'e>(all: impl IntoIterator<Item = &'e Edges>) -> Vec<Edges> {
    let mut all: Vec<&Edges> = all.into_iter().collect();
    sort_by(&mut all, |one, two| by_low(one.low, two.low));
    let mut gaps = Vec::new();
    let mut from = None;
    let mut covered_from_below = false;
    for edges in all {
        if let Some((low, included)) = edges.low
            && !(covered_from_below && from.is_none())
        {
            gaps.push(Edges { low: from, high: Some((low, !included)) });
        }
        let next = edges.high.map(|(high, included)| (high, !included));
        let further = match (from, next) {
            _ if !covered_from_below => true,
            (None, _) => false,
            (Some(_), None) => true,
            (Some(_), Some(_)) => by_low(from, next).is_lt(),
        };
        if further {
            from = next;
        }
        covered_from_below = true;
    }
    if !covered_from_below || from.is_some() {
        gaps.push(Edges { low: from, high: None });
    }
    gaps.retain(holds_something);
    gaps
}

/// The numbers within the edges, in words.
pub(super) fn in_words(edges: &Edges) -> String {
    let low = edges.low.map(|(low, included)| if included { format!("from {low}") } else { format!("above {low}") });
    let high = |word: &str| edges.high.map(|(high, included)| if included { format!("{word} {high}") } else { format!("below {high}") });
    match (low, edges.low, edges.high) {
        (_, Some((low, _)), Some((high, _))) if low == high => low.to_string(),
        (Some(low), _, Some(_)) => format!("{low} {}", high("to").unwrap_or_default()),
        (Some(low), _, None) => format!("{low} on"),
        (None, _, Some(_)) => high("up to").unwrap_or_default(),
        (None, _, None) => "all numbers".to_owned(),
    }
}
