//! The door for comparisons: what several expressions come to together, on how many complete sheets, and one sheet for each. Words nothing.

use super::count::Count;

use super::NotDecided;
use super::given::Given;
use super::leaf::Leaf;
use super::tally::Tallies;
use crate::plan::{Expr, FieldId, ScoringPlan, State, Value};

/// Values that stand together on some sheets.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// One for each expression; none where it has no value.
    pub(crate) values: Vec<Option<Value>>,
    /// On how many sheets.
    pub(crate) sheets: Count,
    /// The answers of one of them; fields that are not named may have any answer.
    pub(crate) answers: Vec<(FieldId, State)>,
}

/// All cells of some expressions.
#[derive(Debug, Clone)]
pub(crate) struct Joint {
    /// The fields on which they depend.
    pub(crate) fields: Vec<FieldId>,
    /// Every combination of values that some sheet leads to, once.
    pub(crate) cells: Vec<Cell>,
}

impl Joint {
    /// How many sheets there are.
    pub(crate) fn sheets(&self) -> Count {
        self.cells.iter().map(|cell| &cell.sheets).sum()
    }
}

/// Counts the complete sheets by what the expressions come to on them. Settings have their defaults.
pub(crate) fn joint<'a>(plan: &'a ScoringPlan, exprs: &[&'a Expr]) -> Result<Joint, NotDecided> {
    joint_of(&Tallies::new(plan, Given::defaults(plan)), exprs)
}

/// The same, with what was tallied before.
pub(super) fn joint_of<'a>(tallies: &Tallies<'a>, exprs: &[&'a Expr]) -> Result<Joint, NotDecided> {
    let tally = tallies.of(exprs)?;
    let cell = |value: &super::tally::Tallied| {
        let mut answers = Vec::new();
        value.witness.gather(&mut answers);
        let values = match &value.leaf {
            Leaf::Tuple(leaves) if exprs.len() != 1 => leaves.iter().map(Leaf::value).collect(),
            leaf => vec![leaf.value()],
        };
        Cell { values, sheets: value.count.clone(), answers }
    };
    Ok(Joint { cells: tally.values.iter().map(cell).collect(), fields: tally.fields })
}

/// Whether counting came to an end because too much had to be told apart, which takes long to find out.
pub(crate) fn is_too_large(reason: &NotDecided) -> bool {
    *reason == NotDecided::Combinations
}
