//! What the rows of a table do on each combination of its columns' values: gaps that only rows without a clause fill, and overlaps. Decides nothing.

use super::count::Count;
use super::example::complete;
use super::tally::{Tallied, Tallies};
use crate::plan::{DecisionTable, Expr, State, Value};

/// More combinations than this are not listed.
const MOST_COMBINATIONS: usize = 4_096;

/// One combination of the values of a table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// The values, by column.
    pub values: Vec<Value>,
    /// The rows that accept it, ascending; with `hit: first` the first one counts.
    pub rows: Vec<usize>,
    /// On how many sheets.
    pub sheets: Count,
    /// One of these sheets.
    pub witness: Vec<State>,
}

/// All combinations that sheets lead to; none where they are too many, or not all can be counted.
pub(super) fn combinations<'a>(tallies: &Tallies<'a>, table: &'a DecisionTable) -> Option<Vec<Combination>> {
    let columns: Vec<&'a Expr> = table.columns.iter().collect();
    let tally = tallies.of(&columns).ok().filter(|tally| tally.values.len() <= MOST_COMBINATIONS)?;
    let combination = |tallied: &Tallied| {
        let values: Vec<Value> = match tallied.leaf.parts() {
            Some(parts) => parts.iter().map(super::leaf::Leaf::value).collect::<Option<_>>()?,
            None => vec![tallied.leaf.value()?],
        };
        let fits = |(cells, _): &(Vec<crate::plan::Accept>, Value)| cells.iter().zip(&values).all(|(cell, value)| cell.accepts(*value));
        let rows = table.rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(place, _)| place).collect();
        let mut answers = Vec::new();
        tallied.witness.gather(&mut answers);
        Some(Combination { values, rows, sheets: tallied.count.clone(), witness: complete(tallies.plan, &answers) })
    };
    tally.values.iter().map(combination).collect()
}
