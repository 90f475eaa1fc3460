//! Which reachable numbers lie outside all of some intervals, each with a sheet that leads there. Who owns the intervals is not known here.

use super::intervals::{gaps, in_words};
use super::sheets::{Sheets, lies_in};
use super::witness::Search;
use crate::definition::Edges;
use crate::plan::{Accept, Expr, Value};
use crate::reach::{NumberSet, Possible, bounds};

/// Numbers that no interval covers.
pub(super) enum Uncovered {
    /// These can be reached; how, in the author's words.
    Reached { numbers: String, by: Option<String> },
    /// These could not be excluded, nor was a sheet found that leads there.
    Undecided(String),
}

/// What an expression can become outside all of the intervals.
pub(super) fn uncovered(sheets: &Sheets<'_>, of: &Expr, intervals: &[Edges]) -> Vec<Uncovered> {
    let (numbers, exact) = sheets.numbers(of).unwrap_or_else(|| (Possible::Anything.numbers(), false));
    let mut found = Vec::new();
    for gap in gaps(intervals) {
        let (low, high) = bounds(&gap);
        if !numbers.intersects(low, high) {
            continue;
        }
        let there = numbers.restricted(low, high);
        match sheets.witness(&lies_in(of, Accept::Within(gap))) {
            Search::Found(sheet) => {
                let number = sheets.value_on(&sheet, of).map(|value| sheets.word(value, of));
                let numbers = if exact { None } else { number }.unwrap_or_else(|| listed(&there, &gap));
                found.push(Uncovered::Reached { numbers, by: Some(sheets.describe(&sheet)) });
            }
            Search::GaveUp if exact => found.push(Uncovered::Reached { numbers: listed(&there, &gap), by: None }),
            Search::GaveUp => found.push(Uncovered::Undecided(in_words(&gap))),
            Search::Never => {}
        }
    }
    found
}

/// The members of a set in words: one, a few, or from where to where.
fn listed(numbers: &NumberSet, gap: &Edges) -> String {
    let few: Option<Vec<String>> =
        numbers.len().filter(|len| (1..=3).contains(len)).and_then(|_| Some(numbers.iter()?.map(|number| number.to_string()).collect()));
    match (few, numbers.min().zip(numbers.max())) {
        (Some(few), _) => few.join(", "),
        (None, Some((low, high))) if numbers.len().is_some() => format!("{low} to {high}"),
        _ => in_words(gap),
    }
}

/// The reachable numbers next to an interval that nobody reaches, in words.
pub(super) fn neighbours(numbers: &NumberSet, edges: &Edges) -> String {
    use std::ops::Bound;
    let flip = |edge: Option<(rust_decimal::Decimal, bool)>| match edge {
        None => None,
        Some((edge, true)) => Some(Bound::Excluded(edge)),
        Some((edge, false)) => Some(Bound::Included(edge)),
    };
    let below = flip(edges.low).and_then(|edge| numbers.restricted(Bound::Unbounded, edge).max());
    let above = flip(edges.high).and_then(|edge| numbers.restricted(edge, Bound::Unbounded).min());
    match (below, above) {
        (Some(below), Some(above)) => format!("the nearest numbers that can be reached are {below} and {above}"),
        (Some(below), None) => format!("the highest number that can be reached is {below}"),
        (None, Some(above)) => format!("the lowest number that can be reached is {above}"),
        (None, None) => "no number can be reached at all".to_owned(),
    }
}

/// A number as authors write it.
pub(super) fn plain(value: Option<Value>) -> String {
    value.and_then(crate::plan::number).map_or_else(|| "?".to_owned(), |number| number.normalize().to_string())
}
