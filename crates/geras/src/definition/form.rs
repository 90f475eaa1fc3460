//! The closed rule forms as their author wrote them: ids and expressions are still texts with places. Nothing is resolved here.

use rust_decimal::Decimal;

use super::text::Texts;
use crate::source::{Scalar, Span, Spanned};

/// An id, a code or a word, with its place.
pub type Id = Spanned<String>;

/// An expression in Rhai, not yet parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionText {
    /// The text with the way back to the YAML.
    pub scalar: Scalar,
    /// The whole expression's place.
    pub span: Span,
}

/// A literal whose type its use decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The author's characters.
    pub text: String,
    /// Whether it stood in quotes, and so can only be a text.
    pub quoted: bool,
    /// Its place.
    pub span: Span,
}

/// One cell of a table: a test on one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its place.
    pub span: Span,
    /// What it accepts.
    pub test: CellTest,
}

/// What a cell accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellTest {
    /// Every value.
    Any,
    /// One of these values.
    OneOf(Vec<Literal>),
    /// Numbers within these edges.
    Within(Edges),
}

/// The edges of an interval of numbers; a side left out is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edges {
    /// The lower edge and whether it belongs to the interval.
    pub low: Option<(Decimal, bool)>,
    /// The upper edge and whether it belongs to the interval.
    pub high: Option<(Decimal, bool)>,
}

impl Edges {
    /// Whether a number lies within the edges.
    #[must_use]
    pub fn contain(&self, number: Decimal) -> bool {
        let above = |(edge, included)| order(number, edge).is_gt() || (included && order(number, edge).is_eq());
        let below = |(edge, included)| order(number, edge).is_lt() || (included && order(number, edge).is_eq());
        self.low.is_none_or(above) && self.high.is_none_or(below)
    }
}

/// The order of two numbers: at once where they have as many digits behind the point, as nearly all do.
#[inline]
pub(crate) fn order(one: Decimal, two: Decimal) -> std::cmp::Ordering {
    if one.scale() == two.scale() { one.mantissa().cmp(&two.mantissa()) } else { one.cmp(&two) }
}

/// A score form or, for a grade, the way to the preliminary grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Weighted sum of members.
    Sum {
        /// Ids of sections, items, inputs or scores.
        of: Vec<Id>,
        /// Factors; a member without one counts once.
        weights: Vec<(Id, Decimal)>,
        /// Points by item and option code that hold in this sum only.
        points: Vec<(Id, Vec<(Id, Decimal)>)>,
    },
    /// How many members match a cell.
    CountMembers {
        /// Ids of sections, items, inputs or scores.
        of: Vec<Id>,
        /// Whether the cell tests the points instead of the value.
        by_points: bool,
        /// The test.
        cell: Cell,
    },
    /// How many expressions hold.
    CountExpressions(Vec<ExpressionText>),
    /// The highest of the members.
    Highest(Vec<Id>),
    /// The lowest of the members.
    Lowest(Vec<Id>),
    /// The arithmetic mean of the members.
    Mean(Vec<Id>),
    /// A number looked up in steps.
    Lookup {
        /// What is looked up.
        of: ExpressionText,
        /// The steps, which may not overlap.
        steps: Vec<Step>,
    },
    /// Two values, one result.
    Matrix {
        /// Down.
        rows: Axis,
        /// Across.
        columns: Axis,
        /// A row of results for each row cell.
        gives: Vec<Vec<Literal>>,
    },
    /// A decision table.
    Table(Table),
    /// A decision tree.
    Tree(Tree),
    /// One expression.
    Formula(ExpressionText),
    /// A Rhai block.
    Script {
        /// Name and expression of each value that the block sees.
        reads: Vec<(Id, ExpressionText)>,
        /// The block.
        code: ExpressionText,
    },
    /// The score itself is typed in.
    Entered {
        /// The grid on which the score lies.
        step: Option<Decimal>,
    },
    /// The band of a score (preliminary grade only).
    Band(Id),
}

/// A step of a lookup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its place.
    pub span: Span,
    /// The numbers it covers.
    pub edges: Edges,
    /// What it gives.
    pub gives: Literal,
}

/// One axis of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// What is looked up.
    pub of: ExpressionText,
    /// The cells along the axis.
    pub cells: Vec<Cell>,
}

/// Which of the matching rows count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// The first that matches.
    First,
    /// The only one: no two may match.
    Unique,
    /// All of them, put together.
    Collect,
}

/// How collected rows are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A decision table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its place.
    pub span: Span,
    /// Which rows count.
    pub hit: Hit,
    /// How collected rows are put together.
    pub aggregate: Option<Aggregate>,
    /// What the columns test.
    pub columns: Vec<ExpressionText>,
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// The result where no row matches.
    pub otherwise: Option<Literal>,
}

/// A row of a decision table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place.
    pub span: Span,
    /// Its own name, for the explanation.
    pub id: Option<Id>,
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// What it gives.
    pub then: Literal,
    /// The clause it comes from.
    pub cite: Option<String>,
    /// Why it is as it is.
    pub note: Option<Texts>,
}

/// A decision tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// A result.
    Leaf(Literal),
    /// A question with two ways on.
    Fork {
        /// The question.
        test: ExpressionText,
        /// Where it holds.
        then: Box<Tree>,
        /// Where it does not.
        otherwise: Box<Tree>,
    },
}

/// How a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Rounding of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// Places behind the point.
    pub places: u32,
    /// The mode.
    pub mode: RoundingMode,
}

impl Rounding {
    /// The rounded number.
    #[must_use]
    pub fn apply(self, number: Decimal) -> Decimal {
        use rust_decimal::RoundingStrategy as Strategy;
        let strategy = match self.mode {
            RoundingMode::HalfUp => Strategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => Strategy::MidpointNearestEven,
            RoundingMode::Up => Strategy::AwayFromZero,
            RoundingMode::Down => Strategy::ToZero,
        };
        number.round_dp_with_strategy(self.places, strategy)
    }
}

/// What becomes of a score when an item has an absent reason instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingRule {
    /// The score stays open.
    Refuse,
    /// Up to so many members are filled in with the mean of the others.
    Prorate {
        /// The most members that may be absent.
        up_to: usize,
    },
    /// An absent member counts as this number.
    CountAs(Decimal),
}
