//! The one typed tree of a plan: expressions and closed rule forms alike, with every name resolved. Knows no text and no place.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::cone::Leaf;
use crate::definition::{Aggregate, ClockTime, Combine, Edges, Hit, Rounding, Score, order};
use crate::script::Script;

/// The place of a field (item, input, setting, entered score) in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldId(pub(crate) usize);

impl FieldId {
    /// Its place among the plan's fields, from 0.
    #[must_use]
    pub const fn place(self) -> usize {
        self.0
    }
}

/// The place of a computed node (score, band, grade, ...) in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(pub(crate) usize);

impl NodeId {
    /// Its place among the nodes of its plan.
    #[must_use]
    pub const fn place(self) -> usize {
        self.0
    }
}

/// The place of a list of codes (options, bands, grades) in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeSetId(pub(crate) usize);

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// An exact decimal.
    Number,
    /// Yes or no.
    Boolean,
    /// One code of a list.
    Code(CodeSetId),
    /// Several codes of a list.
    Codes(CodeSetId),
    /// A calendar day.
    Date,
    /// A time of day. Its value is the number of its minutes after midnight.
    Time,
    /// Free text, which no rule reads.
    Text,
}

/// A value that an expression takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// An exact decimal.
    Number(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// The place of a code in its list, from 0, mildest first.
    Code(u8),
    /// A set of codes, one bit each.
    Codes(u64),
    /// The number of a day.
    Date(i32),
    /// An answered text; rules only know that it is there.
    Text,
}

impl Value {
    /// A time of day, which the plan reckons with as minutes after midnight.
    pub(crate) fn of_clock(time: ClockTime) -> Self {
        Self::Number(Decimal::from(time.minutes()))
    }

    /// The time of day that the answer of a field of type `time` stands for.
    pub(crate) fn as_clock(self) -> Option<ClockTime> {
        let Self::Number(number) = self else { return None };
        ClockTime::from_minutes(u16::try_from(number).ok()?)
    }
}

/// How two numbers or days are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it holds between two values that are in this order.
    #[must_use]
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// A calculation with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, exact to 28 digits
    Divide,
    /// `%`
    Remainder,
}

/// What a cell of a table accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accept {
    /// Every value.
    Any,
    /// One of these codes.
    Codes(u64),
    /// One of these numbers.
    Numbers(Vec<Decimal>),
    /// Numbers within these edges.
    Within(Edges),
    /// This truth value, or both.
    Booleans(bool, bool),
}

impl Accept {
    /// Whether the cell accepts a value.
    #[must_use]
    pub fn accepts(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Any, _) => true,
            (Self::Codes(codes), Value::Code(code)) => codes >> code & 1 == 1,
            (Self::Numbers(numbers), Value::Number(number)) => numbers.iter().any(|known| order(*known, number).is_eq()),
            (Self::Within(edges), Value::Number(number)) => edges.contain(number),
            (Self::Booleans(no, yes), Value::Boolean(truth)) => *(if truth { yes } else { no }),
            _ => false,
        }
    }
}

/// A member of a sum whose points follow from the chosen option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionTerm {
    /// The item.
    pub field: FieldId,
    /// Points by option (of yes/no items: of no, of yes), times the factor, as whole numbers at the sum's scale.
    pub points: Vec<i64>,
}

/// What a score does with a member that has an absent reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It stays open.
    Refuse,
    /// Up to so many are filled in with the mean of the others.
    Prorate(usize),
    /// It counts as this number.
    CountAs(Decimal),
}

/// A weighted sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Places behind the point of all option points.
    pub scale: u32,
    /// Members whose points follow from an option.
    pub options: Vec<OptionTerm>,
    /// All other members with their factors.
    pub others: Vec<(Expr, Decimal)>,
    /// The missing-answer rule.
    pub missing: Missing,
    /// Whether the sum is divided by the number of members that count.
    pub mean: bool,
}

/// A decision table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionTable {
    /// What the columns test.
    pub columns: Vec<Expr>,
    /// The rows: cells and result.
    pub rows: Vec<(Vec<Accept>, Value)>,
    /// Which rows count.
    pub hit: Hit,
    /// How collected rows are put together.
    pub aggregate: Option<Aggregate>,
    /// The result where no row matches.
    pub otherwise: Option<Value>,
}

/// What one clause does to the preliminary grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The grade becomes this one.
    Set(u8),
    /// More severe by so many steps.
    Raise(u8),
    /// At least this one.
    AtLeast(u8),
}

/// The way from the preliminary grade to the grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjusted {
    /// The preliminary grade.
    pub preliminary: NodeId,
    /// The clauses: whether each holds, and what it does.
    pub clauses: Vec<(NodeId, Change)>,
    /// How they combine; by the codes of a setting where one decides.
    pub combine: CombineBy,
    /// The most severe grade.
    pub worst: u8,
}

/// How several clauses combine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CombineBy {
    /// Always in the same way: whether raises add up.
    Always(bool),
    /// As a setting says: whether raises add up, by code.
    Setting(FieldId, Vec<bool>),
}

impl CombineBy {
    /// Whether a way of the definition language adds raises up.
    pub(crate) fn adds(combine: &Combine) -> bool {
        matches!(combine, Combine::Sum)
    }
}

impl Adjusted {
    /// The grade, given the preliminary grade, which clauses hold, and whether raises add up.
    #[must_use]
    pub fn grade(&self, preliminary: u8, adds: bool, holds: impl Fn(usize) -> bool) -> u8 {
        let apply = |grade: u8, change: Change| match change {
            Change::Set(to) => to,
            Change::Raise(steps) => grade.saturating_add(steps).min(self.worst),
            Change::AtLeast(floor) => grade.max(floor),
        };
        let holding: Vec<Change> =
            self.clauses.iter().enumerate().filter(|(place, _)| holds(*place)).map(|(_, (_, change))| *change).collect();
        let steps = |change: &Change| if let Change::Raise(steps) = change { Some(*steps) } else { None };
        // Adding up turns all raises into one; then the most severe result of any clause stands.
        let raised = holding.iter().filter_map(steps).reduce(u8::saturating_add).filter(|_| adds).map(Change::Raise);
        let others = holding.iter().copied().filter(|change| !(adds && steps(change).is_some()));
        others.chain(raised).map(|change| apply(preliminary, change)).max().unwrap_or(preliminary)
    }
}

/// A value that a script sees under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// One value.
    One(Expr, Type),
    /// The points of all items of a section.
    Many(Vec<Expr>),
}

/// A Rhai block with what it reads.
#[derive(Debug, Clone)]
pub struct ScriptCall {
    /// The compiled block.
    pub script: Arc<Script>,
    /// The names it sees.
    pub reads: Vec<(String, Read)>,
    /// The declared range of a score.
    pub range: Option<(Decimal, Decimal)>,
    /// The scale, where the block gives a grade.
    pub codes: Option<CodeSetId>,
}

impl PartialEq for ScriptCall {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.script, &other.script) && self.reads == other.reads
    }
}

impl Eq for ScriptCall {}

/// An expression or rule form with all names resolved and all types checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A literal.
    Constant(Value),
    /// The answer of a field.
    Field(FieldId),
    /// The points of a field's answer.
    Points(FieldId),
    /// The value of a computed node.
    Node(NodeId),
    /// The place of a code in its list, as a number from 0.
    Rank(Box<Expr>),
    /// `!`
    Not(Box<Expr>),
    /// `&&`
    And(Vec<Expr>),
    /// `||`
    Or(Vec<Expr>),
    /// Comparison of numbers or days.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Whether a value is one that a cell accepts.
    Accepts(Box<Expr>, Accept),
    /// Whether two values of one type are the same.
    Same(Box<Expr>, Box<Expr>),
    /// Whether a code is among several choices.
    Has(FieldId, u8),
    /// Whether a field has an answer.
    Answered(FieldId),
    /// `+ - * / %`
    Calculate(Arithmetic, Box<Expr>, Box<Expr>),
    /// `-x`
    Negate(Box<Expr>),
    /// `if c { a } else { b }`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// The highest (or, with `false`, the lowest) of numbers; members that are left out do not count.
    Extreme(bool, Vec<Expr>),
    /// How many hold.
    Count(Vec<Expr>),
    /// Without its sign.
    Absolute(Box<Expr>),
    /// Rounded.
    Round(Box<Expr>, Rounding),
    /// Rounded towards minus (`false`) or plus (`true`) infinity to a whole number.
    Whole(Box<Expr>, bool),
    /// Whole years (`true`) or days from the first day to the second.
    Between(bool, Box<Expr>, Box<Expr>),
    /// A weighted sum.
    Sum(Box<Sum>),
    /// Bands and lookups: the first step whose edges contain the number.
    Steps(Box<Expr>, Vec<(Edges, Value)>),
    /// A decision table or matrix.
    Table(Box<DecisionTable>),
    /// A Rhai block.
    Script(Box<ScriptCall>),
    /// Preliminary grade to grade.
    Adjust(Box<Adjusted>),
}

impl Expr {
    /// An expression that has no value.
    pub(crate) fn nothing() -> Self {
        Self::Steps(Box::new(Self::Constant(Value::Number(Decimal::ZERO))), Vec::new())
    }

    /// Calls `visit` on each direct part.
    pub(crate) fn for_each_part<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match self {
            Self::Constant(_) | Self::Field(_) | Self::Points(_) | Self::Node(_) | Self::Has(..) | Self::Answered(_) | Self::Adjust(_) => {}
            Self::Rank(part)
            | Self::Not(part)
            | Self::Accepts(part, _)
            | Self::Negate(part)
            | Self::Absolute(part)
            | Self::Round(part, _)
            | Self::Whole(part, _)
            | Self::Steps(part, _) => visit(part),
            Self::Compare(_, left, right) | Self::Same(left, right) | Self::Calculate(_, left, right) | Self::Between(_, left, right) => {
                visit(left);
                visit(right);
            }
            Self::If(test, then, otherwise) => {
                visit(test);
                visit(then);
                visit(otherwise);
            }
            Self::And(parts) | Self::Or(parts) | Self::Extreme(_, parts) | Self::Count(parts) => {
                parts.iter().for_each(visit);
            }
            Self::Sum(sum) => sum.others.iter().for_each(|(part, _)| visit(part)),
            Self::Table(table) => table.columns.iter().for_each(visit),
            Self::Script(call) => {
                for (_, read) in &call.reads {
                    match read {
                        Read::One(part, _) => visit(part),
                        Read::Many(parts) => parts.iter().for_each(&mut *visit),
                    }
                }
            }
        }
    }

    /// Calls the visitors on every field and node that is read directly, as often as it is read.
    pub(crate) fn for_each_read(&self, field: &mut dyn FnMut(FieldId), node: &mut dyn FnMut(NodeId)) {
        self.for_each_leaf(&mut |leaf| match leaf {
            Leaf::Field(id) => field(id),
            Leaf::Node(id) => node(id),
        });
    }

    /// Calls the visitor on everything that is read directly, as often as it is read.
    pub(crate) fn for_each_leaf(&self, visit: &mut dyn FnMut(Leaf)) {
        match self {
            Self::Field(id) | Self::Points(id) | Self::Has(id, _) | Self::Answered(id) => visit(Leaf::Field(*id)),
            Self::Node(id) => visit(Leaf::Node(*id)),
            Self::Sum(sum) => sum.options.iter().for_each(|term| visit(Leaf::Field(term.field))),
            Self::Adjust(adjusted) => {
                visit(Leaf::Node(adjusted.preliminary));
                adjusted.clauses.iter().for_each(|(clause, _)| visit(Leaf::Node(*clause)));
                if let CombineBy::Setting(setting, _) = &adjusted.combine {
                    visit(Leaf::Field(*setting));
                }
            }
            _ => {}
        }
        self.for_each_part(&mut |part| part.for_each_leaf(visit));
    }
}

/// What was written, without the floor, the cap and the rounding around it.
pub(crate) fn form_itself<'e>(expr: &'e Expr, score: &Score) -> &'e Expr {
    let wrapped = |there: bool, expr: &'e Expr| match expr {
        Expr::Round(part, _) if there => part,
        Expr::Extreme(_, parts) if there => parts.first().unwrap_or(expr),
        _ => expr,
    };
    let expr = wrapped(score.round.is_some(), expr);
    let expr = wrapped(score.at_most.is_some(), expr);
    wrapped(score.at_least.is_some(), expr)
}
