//! Changes of rule forms: members, weights, steps, rows, cells, branches, results, edges between intervals, rounding. What becomes of them is not known here.

use std::ops::Bound;

use rust_decimal::Decimal;

use super::sites::{Sites, entries, get, list, text};
use crate::definition::number;
use crate::reach::NumberSet;
use crate::source::{Kind, Span, Value};

/// One end of an interval as it is written.
#[derive(Debug, Clone, Copy)]
struct End {
    at: Decimal,
    included: bool,
    span: Span,
    /// Where `at: 3` stands, if the interval is one number.
    single: Option<Span>,
}

impl End {
    /// The change that moves this end, the upper one or the lower one.
    fn moved(&self, to: Decimal, upper: bool) -> Option<(Span, String)> {
        let Some(whole) = self.single else { return Some((self.span, to.to_string())) };
        let (low, high) = if upper { (self.at, to) } else { (to, self.at) };
        (low < high).then(|| (whole, format!("from: {low}, to: {high}")))
    }
}

impl Sites<'_> {
    pub(super) fn score(&mut self, id: &str, score: &Value) {
        let whose = format!("the score {id}");
        self.form(&whose, score);
        for key in ["at_least", "at_most"] {
            if let Some(value) = get(score, key) {
                self.number(&format!("{key} of {whose}"), value, None);
            }
        }
        if let Some(mode) = get(score, "round").and_then(|round| get(round, "mode")) {
            let other = match text(mode) {
                Some("half_up") => "half_even",
                Some("half_even") => "half_up",
                Some("up") => "down",
                _ => "up",
            };
            self.put(&format!("rounding of {whose}"), mode.span, other);
        }
        self.missing(&whose, get(score, "missing"));
    }

    pub(super) fn missing(&mut self, whose: &str, missing: Option<&Value>) {
        let Some(missing) = missing else { return };
        if let Some(up_to) = get(missing, "prorate").and_then(|prorate| get(prorate, "up_to")) {
            self.number(&format!("prorate of {whose}"), up_to, None);
        }
        if let Some(counts) = get(missing, "count_as") {
            self.number(&format!("count_as of {whose}"), counts, None);
        }
    }

    /// The rule form that a score or the preliminary grade has.
    pub(super) fn form(&mut self, whose: &str, form: &Value) {
        for entry in entries(Some(form)) {
            let value = &entry.value;
            match entry.key.value.as_str() {
                "sum" => self.sum(whose, value),
                "mean" => self.members(whose, Some(value)),
                word @ ("highest" | "lowest") => {
                    let other = if word == "highest" { "lowest" } else { "highest" };
                    self.put(whose, entry.key.span, other);
                    self.members(whose, Some(value));
                }
                "count" => {
                    list(Some(value)).iter().for_each(|part| self.expression(whose, Some(part)));
                    self.members(whose, get(value, "of"));
                    for key in ["where", "points"] {
                        if let Some(cell) = get(value, key) {
                            self.cell(&format!("what {whose} counts"), cell);
                        }
                    }
                }
                "lookup" => {
                    self.expression(whose, get(value, "of"));
                    if let Some(steps) = get(value, "steps") {
                        self.intervals(&format!("steps of {whose}"), steps, None);
                        let gives: Vec<&Value> = list(Some(steps)).iter().filter_map(|step| get(step, "gives")).collect();
                        self.results(&format!("steps of {whose}"), &gives);
                    }
                }
                "matrix" => self.matrix(whose, value),
                "table" => self.table(whose, value),
                "tree" => {
                    let mut leaves = Vec::new();
                    self.tree(whose, value, &mut leaves);
                    self.results(&format!("branches of {whose}"), &leaves);
                }
                "formula" => self.expression(whose, Some(value)),
                _ => {}
            }
        }
    }

    fn sum(&mut self, whose: &str, value: &Value) {
        self.members(whose, Some(value));
        self.members(whose, get(value, "of"));
        for weight in entries(get(value, "weights")) {
            self.number(&format!("weight of {} in {whose}", weight.key.value), &weight.value, None);
        }
        for item in entries(get(value, "points")) {
            let mut points: Vec<Decimal> = entries(Some(&item.value)).iter().filter_map(|entry| number(text(&entry.value)?)).collect();
            points.sort_unstable();
            points.dedup();
            let step = points.iter().zip(points.iter().skip(1)).map(|(low, high)| high - low).min();
            for entry in entries(Some(&item.value)) {
                self.number(&format!("points of {}: {} in {whose}", item.key.value, entry.key.value), &entry.value, step);
            }
        }
    }

    /// Each member of a list left out.
    fn members(&mut self, whose: &str, members: Option<&Value>) {
        for (place, member) in list(members).iter().enumerate() {
            let name = text(member).unwrap_or_default().to_owned();
            self.without(&format!("{name} as a member of {whose}"), members, place);
        }
    }

    fn matrix(&mut self, whose: &str, matrix: &Value) {
        for key in ["rows", "columns"] {
            let axis = get(matrix, key);
            self.expression(whose, axis.and_then(|axis| get(axis, "of")));
            list(axis.and_then(|axis| get(axis, "cells"))).iter().for_each(|cell| self.cell(&format!("{key} of {whose}"), cell));
        }
        let gives: Vec<&Value> = list(get(matrix, "gives")).iter().flat_map(|row| list(Some(row))).collect();
        self.results(&format!("cells of {whose}"), &gives);
    }

    fn table(&mut self, whose: &str, table: &Value) {
        list(get(table, "columns")).iter().for_each(|column| self.expression(whose, Some(column)));
        let rows = get(table, "rows");
        let first = get(table, "hit").and_then(text) == Some("first");
        for (place, row) in list(rows).iter().enumerate() {
            let what = format!("row {} of {whose}", place + 1);
            list(get(row, "if")).iter().for_each(|cell| self.cell(&what, cell));
            self.without(&what, rows, place);
            // In another order two rows only differ if they give different results.
            let result = |row: &Value| get(row, "then").and_then(text).map(str::to_owned);
            if let Some(next) = list(rows).get(place + 1).filter(|next| first && result(next) != result(row)) {
                let (own, other) = (self.source.slice(row.span).to_owned(), self.source.slice(next.span).to_owned());
                let edits = vec![(row.span, other.clone()), (next.span, own.clone())];
                self.all(&format!("order of rows {} and {} of {whose}", place + 1, place + 2), row.span, own, other, edits);
            }
        }
        let otherwise = get(table, "otherwise");
        let results: Vec<&Value> = list(rows).iter().filter_map(|row| get(row, "then")).chain(otherwise).collect();
        self.results(&format!("results of {whose}"), &results);
    }

    fn tree<'v>(&mut self, whose: &str, tree: &'v Value, leaves: &mut Vec<&'v Value>) {
        if let Some(test) = get(tree, "if") {
            self.expression(&format!("a branch of {whose}"), Some(test));
            get(tree, "then").into_iter().chain(get(tree, "else")).for_each(|part| self.tree(whose, part, leaves));
        } else {
            leaves.push(tree);
        }
    }

    /// Each of several results, replaced by the next one that is another; a number that stands alone by its neighbours.
    pub(super) fn results(&mut self, what: &str, results: &[&Value]) {
        for (place, own) in results.iter().enumerate() {
            let word = text(own);
            let other = |value: &&&Value| text(value) != word;
            let next = results.iter().skip(place).find(other).or_else(|| results.iter().take(place).rfind(other));
            if let Some(next) = next {
                self.put(what, own.span, self.source.slice(next.span).to_owned());
            } else {
                self.number(what, own, None);
            }
        }
    }

    /// A cell of a table: its numbers, its operator, its list.
    fn cell(&mut self, what: &str, cell: &Value) {
        if let Kind::Sequence(members) = &cell.kind {
            (0..members.len()).for_each(|place| self.without(what, Some(cell), place));
            return;
        }
        let Some(own) = text(cell) else { return };
        let quote = if self.source.slice(cell.span).starts_with('"') { "\"" } else { "" };
        if let Some((low, high)) = own.split_once("..") {
            let (Some(low), Some(high)) = (number(low.trim()), number(high.trim())) else { return };
            let (unit_low, unit_high) = (Decimal::new(1, low.scale()), Decimal::new(1, high.scale()));
            for (low, high) in [(low - unit_low, high), (low + unit_low, high), (low, high - unit_high), (low, high + unit_high)] {
                if low <= high {
                    self.put(what, cell.span, format!("{quote}{low}..{high}{quote}"));
                }
            }
            return;
        }
        let operator = [(">=", ">"), ("<=", "<"), (">", ">="), ("<", "<=")].into_iter().find(|(operator, _)| own.starts_with(operator));
        match operator {
            Some((operator, other)) => {
                let Some(at) = number(own.trim_start_matches(operator).trim()) else { return };
                let unit = Decimal::new(1, at.scale());
                for (operator, at) in [(other, at), (operator, at + unit), (operator, at - unit)] {
                    self.put(what, cell.span, format!("\"{operator} {at}\""));
                }
            }
            None if own == "true" => self.put(what, cell.span, "false"),
            None if own == "false" => self.put(what, cell.span, "true"),
            None => self.number(what, cell, None),
        }
    }

    /// Each edge between two intervals, moved so that the nearest number on one side falls to the other.
    pub(super) fn intervals(&mut self, what: &str, intervals: &Value, reached: Option<&NumberSet>) {
        let mut ends: Vec<(Option<End>, Option<End>)> = list(Some(intervals)).iter().map(ends).collect();
        ends.sort_by_key(|(low, high)| (low.map(|end| end.at), high.map(|end| end.at)));
        for ((start, high), (low, end)) in ends.iter().zip(ends.iter().skip(1)) {
            let (Some(high), Some(low)) = (high, low) else { continue };
            let gap = if low.at > high.at { low.at - high.at } else { Decimal::new(1, high.at.scale().max(low.at.scale())) };
            let below = if high.included { Bound::Included(high.at) } else { Bound::Excluded(high.at) };
            let above = if low.included { Bound::Included(low.at) } else { Bound::Excluded(low.at) };
            let last = reached.and_then(|numbers| numbers.restricted(Bound::Unbounded, below).max()).unwrap_or(high.at);
            let next = reached.and_then(|numbers| numbers.restricted(above, Bound::Unbounded).min()).unwrap_or(low.at);
            let touching = low.at == high.at;
            // Up: the next number falls below. Down: the last one falls above. Where both intervals end at one number, the edge goes on to the
            // number behind the one that changes sides.
            let behind = reached.and_then(|numbers| numbers.restricted(Bound::Excluded(next), Bound::Unbounded).min());
            let before = reached.and_then(|numbers| numbers.restricted(Bound::Unbounded, Bound::Excluded(last)).max());
            let (up, down) = match (touching, reached, high.included) {
                (false, ..) => ((next, next + gap), (last - gap, last)),
                (true, None, _) => ((high.at + gap, low.at + gap), (high.at - gap, low.at - gap)),
                (true, Some(_), true) => {
                    let down = before.unwrap_or(last - gap);
                    ((next, next), (down, down))
                }
                (true, Some(_), false) => {
                    let up = behind.unwrap_or(next + gap);
                    ((up, up), (last, last))
                }
            };
            for (new_high, new_low) in [up, down].map(|(high, low)| (high.normalize(), low.normalize())) {
                // An interval that would hold nothing any more is another change than a moved edge.
                let emptied = start.is_some_and(|start| start.at > new_high) || end.is_some_and(|end| end.at < new_low);
                let edits = high.moved(new_high, true).zip(low.moved(new_low, false));
                if let Some((one, two)) = edits.filter(|_| !emptied) {
                    let (old, new) = (format!("{} | {}", high.at, low.at), format!("{new_high} | {new_low}"));
                    self.all(&format!("edge in the {what}"), low.span, old, new, vec![one, two]);
                }
            }
        }
    }
}

/// Both ends of an interval.
fn ends(interval: &Value) -> (Option<End>, Option<End>) {
    let end = |key: &str, included: bool| {
        let entry = entries(Some(interval)).iter().find(|entry| entry.key.value == key)?;
        let single = (key == "at").then(|| Span::new(entry.key.span.start, entry.value.span.end));
        Some(End { at: number(text(&entry.value)?)?, included, span: entry.value.span, single })
    };
    let at = end("at", true);
    (at.or_else(|| end("from", true)).or_else(|| end("above", false)), at.or_else(|| end("to", true)).or_else(|| end("below", false)))
}
