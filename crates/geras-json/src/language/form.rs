//! The rule forms and the cells of their tables. Where a form may stand is said by scores and by the grade.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::rules::{aggregate_if_collected, edges, value_or_points};
use super::scalar::{AnyOrCode, Between, Comparison, Expression, Id, Literal, Number, NumberOrTruth, Plain, Texts};

/// Ids of sections (all their items), items, inputs or scores.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Members {
    /// One id.
    One(Id),
    /// Several ids.
    Several(#[schemars(length(min = 1))] Vec<Id>),
}

/// The sum of members.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Sum {
    /// The members, each counted once.
    Members(Members),
    /// Members with weights or with points of their own.
    Parts(PartSum),
}

/// A sum with weights or with points of its own.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PartSum {
    /// Ids of sections (all their items), items, inputs or scores.
    pub of: Members,
    /// A factor for each member; a member without one counts once.
    pub weights: Option<BTreeMap<Id, Number>>,
    /// Points by item and option code that hold in this sum only; all codes of an item are listed.
    pub points: Option<BTreeMap<Id, BTreeMap<String, Number>>>,
}

/// How many members match a cell, or how many expressions hold.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Count {
    /// Expressions, of which those that hold are counted.
    Expressions(Vec<Expression>),
    /// Members whose value or points match a cell.
    Members(MemberCount),
}

/// Members whose value (`where`) or whose points (`points`) match a cell.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = value_or_points)]
pub struct MemberCount {
    /// Ids of sections (all their items), items, inputs or scores.
    pub of: Members,
    /// The test of a member's value: option code, number, true or false.
    #[schemars(rename = "where")]
    pub value: Option<Cell>,
    /// The test of a member's points.
    pub points: Option<Cell>,
}

/// One cell: a value, a list of values, a comparison, a range, or any.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Cell {
    /// A number, true or false.
    Value(NumberOrTruth),
    /// `any` for every value, or one code.
    AnyOrCode(AnyOrCode),
    /// ">= 60", "> 5", "<= 3", "< 4".
    Comparison(Comparison),
    /// 46..65, both ends included.
    Range(Between),
    /// One of several values.
    OneOf(Vec<Literal>),
}

/// A number looked up in steps.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Lookup {
    /// The expression whose number is looked up.
    pub of: Expression,
    /// The steps, which may not overlap.
    pub steps: Vec<Step>,
}

/// A step of a lookup; a side left out is open.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = edges)]
pub struct Step {
    /// The one number that it covers.
    pub at: Option<Number>,
    /// The lower edge, included.
    pub from: Option<Number>,
    /// The upper edge, included.
    pub to: Option<Number>,
    /// The lower edge, not included.
    pub above: Option<Number>,
    /// The upper edge, not included.
    pub below: Option<Number>,
    /// What it gives: a number, or a grade's id.
    pub gives: Literal,
}

/// Two values, one result.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Matrix {
    /// The value looked up downwards.
    pub rows: Axis,
    /// The value looked up across.
    pub columns: Axis,
    /// A row of results for each row cell; in it one result for each column cell.
    pub gives: Vec<Vec<Literal>>,
}

/// One axis of a matrix.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Axis {
    /// The expression whose value is looked up.
    pub of: Expression,
    /// The cells along the axis.
    pub cells: Vec<Cell>,
}

/// A decision table.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = aggregate_if_collected)]
pub struct Table {
    /// Which of the matching rows count.
    pub hit: Hit,
    /// How collected rows are put together (hit: collect).
    pub aggregate: Option<Aggregate>,
    /// The expressions that the columns test.
    pub columns: Vec<Expression>,
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// The result where no row matches; only where the rows leave cases open, or to collect.
    pub otherwise: Option<Literal>,
}

/// Which of the matching rows count.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Hit {
    /// The first that matches.
    First,
    /// The only one: no two rows may match.
    Unique,
    /// All of them, put together as `aggregate` says.
    Collect,
}

/// How collected rows are put together.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Aggregate {
    /// Their sum.
    Sum,
    /// How many there are.
    Count,
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
}

/// A row of a decision table.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Row {
    /// The row's name, for the explanation.
    pub id: Option<Id>,
    /// One cell for each column.
    #[schemars(rename = "if")]
    pub cells: Vec<Cell>,
    /// The result: a number, or a grade's id.
    pub then: Literal,
    /// The clause it comes from.
    pub cite: Option<Plain>,
    /// Anything to know of it.
    pub note: Option<Texts>,
}

/// A decision tree: a result, or a question with two ways on.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Tree {
    /// A result: a number, or a grade's id.
    Leaf(Literal),
    /// A question.
    Fork(Box<Fork>),
}

/// A question of a tree.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Fork {
    /// The expression that decides.
    #[schemars(rename = "if")]
    pub test: Expression,
    /// The result, or the next question, where it holds.
    pub then: Tree,
    /// The result, or the next question, where it does not hold.
    #[schemars(rename = "else")]
    pub otherwise: Tree,
}

/// A Rhai block, for what no other rule form can say.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Script {
    /// All that the block sees: a list of ids, or names with their expressions.
    pub reads: Reads,
    /// The block; its last value is the result.
    pub code: Expression,
}

/// What a script sees.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Reads {
    /// Ids, each under its own name.
    Ids(Vec<Id>),
    /// Names with their expressions.
    Named(BTreeMap<Id, Expression>),
}

/// The score itself is typed in.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Entered {
    /// The grid on which the score lies, counted from its lowest number; 1 if left out.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub step: Option<Number>,
}
