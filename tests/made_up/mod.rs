//! Made-up instruments as plain data: a model that is written as YAML for geras and reckoned with naively beside it. Knows nothing of geras' types.

mod chance;
#[allow(clippy::explicit_auto_deref, reason = "without the star the type of the list is taken for one of bare texts")]
mod generate;
mod naive;
mod yaml;

pub use chance::Chance;
pub use generate::definition;
pub use naive::Reckoned;
use rust_decimal::Decimal;

/// An answer to an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Code(usize),
    Truth(bool),
    Number(Decimal),
    Codes(u64),
    Absent,
}

/// A sheet: an answer or nothing for each item.
pub type Sheet = Vec<Option<Answer>>;

#[derive(Debug, Clone)]
pub enum Kind {
    /// Points by option.
    Choice(Vec<Decimal>),
    /// Points of no and of yes.
    Boolean(Decimal, Decimal),
    Integer(i64, i64),
    /// Lowest number, step, and how many numbers there are.
    Decimal(Decimal, Decimal, i64),
    /// Points by option, whether the first is exclusive, and the most points.
    Choices(Vec<Decimal>, bool, Option<Decimal>),
}

#[derive(Debug, Clone)]
pub struct Item {
    pub kind: Kind,
    /// Whether it stands in the section `part`; the others are inputs.
    pub in_section: bool,
    pub when: Option<Cond>,
    /// What it counts as when hidden; nothing for left out.
    pub hidden: Option<Answer>,
    pub absent: bool,
}

#[derive(Debug, Clone)]
pub enum Num {
    Const(Decimal),
    /// The points of an item, or its number.
    Item(usize),
    /// The place of a choice.
    Rank(usize),
    Score(usize),
    Band,
    Calc(char, Box<Num>, Box<Num>),
    Negate(Box<Num>),
    Extreme(bool, Vec<Num>),
    Abs(Box<Num>),
    Floor(Box<Num>),
    Ceiling(Box<Num>),
    Round(Box<Num>, u32),
    If(Box<Cond>, Box<Num>, Box<Num>),
}

#[derive(Debug, Clone)]
pub enum Cond {
    Truth(usize),
    Compare(&'static str, Num, Num),
    Code(usize, Vec<usize>),
    Has(usize, usize),
    Answered(usize),
    /// The number is one of these.
    Among(Num, Vec<Decimal>),
    /// The setting is at its second code.
    Each,
    And(Vec<Cond>),
    Or(Vec<Cond>),
    Not(Box<Cond>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Member {
    Item(usize),
    Score(usize),
    Section,
}

#[derive(Debug, Clone)]
pub enum Cell {
    Any,
    Codes(Vec<usize>),
    Numbers(Vec<Decimal>),
    /// From and to, both included.
    Between(Decimal, Decimal),
    Beyond(&'static str, Decimal),
    Truth(bool),
}

#[derive(Debug, Clone)]
pub enum Column {
    Number(Num),
    Code(usize),
    Truth(Cond),
}

#[derive(Debug, Clone)]
pub struct Table<T> {
    /// `first`, `unique`, or `collect` with its aggregate.
    pub hit: &'static str,
    pub aggregate: Option<&'static str>,
    pub columns: Vec<Column>,
    pub rows: Vec<(Vec<Cell>, T)>,
    pub otherwise: Option<T>,
}

#[derive(Debug, Clone)]
pub enum Tree<T> {
    Leaf(T),
    Fork(Cond, Box<Tree<T>>, Box<Tree<T>>),
}

#[derive(Debug, Clone)]
pub enum Form {
    Sum {
        of: Vec<Member>,
        weights: Vec<(usize, Decimal)>,
        points: Vec<(usize, Vec<Decimal>)>,
    },
    Mean(Vec<Member>),
    Highest(Vec<Member>),
    Lowest(Vec<Member>),
    /// How many items match a cell on their points.
    Count(Vec<Member>, Cell),
    CountHolding(Vec<Cond>),
    /// Cuts ascending, and one result more than there are cuts.
    Lookup(Num, Vec<Decimal>, Vec<Decimal>),
    Matrix(usize, usize, Vec<Vec<Decimal>>),
    Table(Table<Decimal>),
    Tree(Tree<Decimal>),
    Formula(Num),
    /// A script that takes the second of two numbers, or what the first is above it.
    ScriptOfTwo(Num, Num),
    /// A script that finds the highest points of the section, at least nought.
    ScriptOfSection,
}

#[derive(Debug, Clone, Copy)]
pub enum Missing {
    Refuse,
    Prorate(usize),
    CountAs(Decimal),
}

#[derive(Debug, Clone)]
pub struct Score {
    pub form: Form,
    pub missing: Missing,
    pub at_least: Option<Decimal>,
    pub at_most: Option<Decimal>,
    pub round: Option<(u32, &'static str)>,
    /// The lowest and highest number there is.
    pub range: (Decimal, Decimal),
}

#[derive(Debug, Clone)]
pub enum Preliminary {
    Band,
    Table(Table<usize>),
    Tree(Tree<usize>),
    Lookup(usize, Vec<Decimal>, Vec<usize>),
}

#[derive(Debug, Clone, Copy)]
pub enum Effect {
    Set(usize),
    Raise(usize),
    AtLeast(usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Combine {
    Once,
    Sum,
    BySetting,
}

#[derive(Debug, Clone)]
pub struct Grade {
    pub steps: usize,
    pub preliminary: Preliminary,
    pub adjustments: Vec<(Cond, Effect)>,
    pub combine: Combine,
}

#[derive(Debug, Clone, Default)]
pub struct Definition {
    pub items: Vec<Item>,
    pub scores: Vec<Score>,
    /// The bands of the first score: the last number of each but the last band.
    pub bands: Vec<(Decimal, Decimal)>,
    pub grade: Option<Grade>,
    pub alerts: Vec<Cond>,
}

impl Item {
    /// Every answer that the item takes, without absent reasons.
    pub fn answers(&self) -> Vec<Answer> {
        match &self.kind {
            Kind::Choice(points) => (0..points.len()).map(Answer::Code).collect(),
            Kind::Boolean(..) => vec![Answer::Truth(false), Answer::Truth(true)],
            Kind::Integer(low, high) => (*low..=*high).map(|number| Answer::Number(number.into())).collect(),
            Kind::Decimal(low, step, count) => (0..*count).map(|place| Answer::Number(low + step * Decimal::from(place))).collect(),
            Kind::Choices(points, exclusive, _) => {
                let fits = |set: &u64| !exclusive || set & 1 == 0 || *set == 1;
                (0..1_u64 << points.len()).filter(fits).map(Answer::Codes).collect()
            }
        }
    }
}

/// Every way to fill in every item, without absent reasons.
pub fn full_sheets(items: &[Item]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = vec![Vec::new()];
    for item in items {
        let answers = item.answers();
        sheets =
            sheets.iter().flat_map(|sheet| answers.iter().map(|answer| [sheet.as_slice(), &[Some(answer.clone())]].concat())).collect();
    }
    sheets
}
