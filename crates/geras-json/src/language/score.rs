//! A score and what may stand around its rule form: range, rounding, missing answers. The forms themselves are in `form`.

use schemars::JsonSchema;

use super::form::{Count, Entered, Lookup, Matrix, Members, Script, Sum, Table, Tree};
use super::grade::Monotone;
use super::instrument::{Direction, Provenance};
use super::rules::one_form_of_a_score;
use super::scalar::{Expression, Number, Plain, Texts, Whole};

/// A number from items, inputs and other scores. Exactly one rule form says how it comes about.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = one_form_of_a_score)]
pub struct Score {
    /// The score's name in words.
    pub title: Option<Texts>,
    /// Rule form: the sum of the members' points or numbers.
    pub sum: Option<Sum>,
    /// Rule form: how many members match a cell, or how many expressions hold.
    pub count: Option<Count>,
    /// Rule form: the highest of the members.
    pub highest: Option<Members>,
    /// Rule form: the lowest of the members.
    pub lowest: Option<Members>,
    /// Rule form: the arithmetic mean of the members.
    pub mean: Option<Members>,
    /// Rule form: a number looked up in steps.
    pub lookup: Option<Lookup>,
    /// Rule form: two values, one result.
    pub matrix: Option<Matrix>,
    /// Rule form: a decision table.
    pub table: Option<Table>,
    /// Rule form: a decision tree.
    pub tree: Option<Tree>,
    /// Rule form: one expression.
    pub formula: Option<Expression>,
    /// Rule form: a Rhai block, for what no other form can say. Needs `range`.
    pub script: Option<Script>,
    /// Rule form: the score itself is typed in. Needs `range`.
    pub entered: Option<Entered>,
    /// The lowest and the highest number, both included. Checked against what can be reached.
    pub range: Option<[Number; 2]>,
    /// Which way it counts, where that differs from the instrument.
    pub direction: Option<Direction>,
    /// What becomes of it when a member has an absent reason instead of an answer (sum, mean).
    pub missing: Option<Missing>,
    /// A floor: a lower result is raised to it.
    pub at_least: Option<Number>,
    /// A cap: a higher result is lowered to it.
    pub at_most: Option<Number>,
    /// Rounding, done last.
    pub round: Option<Rounding>,
    /// The unit in UCUM.
    pub unit: Option<Plain>,
    /// What is claimed of worse answers, to be proved.
    pub monotone: Option<Monotone>,
    /// The LOINC code of the score, where it is confirmed.
    pub loinc: Option<Plain>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
    /// Anything to know of it.
    pub note: Option<Texts>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
}

/// How a number is rounded.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rounding {
    /// Places behind the point; 0 for whole numbers.
    pub places: Whole,
    /// What becomes of the rest.
    pub mode: RoundingMode,
}

/// What becomes of the rest when a number is rounded.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum RoundingMode {
    /// To the nearest; a half goes away from zero.
    HalfUp,
    /// To the nearest; a half goes to the even neighbour.
    HalfEven,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// What becomes of a score when a member has an absent reason. A member without any answer yet is always open.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Missing {
    /// The score stays open.
    Refuse,
    /// Absent members are filled in with the mean of the others.
    Prorate(ProrateLimit),
    /// An absent member counts as this number.
    CountAs(Number),
}

/// How far absent members may be filled in.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ProrateLimit {
    /// The most members that may be absent.
    pub up_to: Whole,
}
