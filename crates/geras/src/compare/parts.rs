//! What decides a result, in the definition's own terms: scores cut at the edges of both editions, clauses, answers. Counts nothing.

use rust_decimal::Decimal;

use super::compared::{Told, told};
use super::counting::Counting;
use super::merge::Side;
use crate::definition::{Edges, ItemType, Role};
use crate::plan::{Expr, Field, FieldId, NodeId, Purpose, ScoringPlan, Type, Value, cuts_of};

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// An item or input.
    Item,
    /// A score.
    Score,
    /// A band set, by its id.
    Bands,
    /// A clause that changes the grade.
    Adjustment,
    /// A finding.
    Finding,
    /// An alert.
    Alert,
}

/// Numbers from the first to the second, both included; an end that is not known is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The lowest and whether it belongs to the span.
    pub low: Option<(Decimal, bool)>,
    /// The highest and whether it belongs to the span.
    pub high: Option<(Decimal, bool)>,
}

/// What a part is in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Is {
    /// A number in this span.
    Within(Span),
    /// One of these.
    OneOf(Vec<Told>),
}

/// One part with the values that are told apart.
pub(super) struct Part {
    pub(super) kind: PartKind,
    pub(super) id: String,
    /// The edition whose it is; none for both.
    pub(super) edition: Option<Side>,
    pub(super) expr: Expr,
    /// Of numbers the spans, ascending; of others nothing.
    pub(super) spans: Vec<Span>,
    /// The type of its values.
    pub(super) of: Type,
    pub(super) size: usize,
}

/// Whatever is read: a field or a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Read {
    Node(NodeId),
    Field(FieldId),
}

/// More numbers of one part than this are not told apart one by one.
const MOST_NUMBERS: usize = 60;
/// More combinations of parts than this are not looked at.
const MOST_CELLS: usize = 4_000;

struct Gathered<'p> {
    plan: &'p ScoringPlan,
    reads: Vec<(Read, [bool; 2])>,
    scope: Vec<&'p Expr>,
    seen: Vec<(NodeId, usize)>,
}

impl<'p> Gathered<'p> {
    fn add(&mut self, read: Read, side: usize) {
        match self.reads.iter_mut().find(|(known, _)| *known == read) {
            Some((_, sides)) => sides.iter_mut().skip(side).take(1).for_each(|known| *known = true),
            None => self.reads.push((read, [side == 0, side == 1])),
        }
    }

    /// What an expression reads; bands, grades and conditions of questions are looked through.
    fn reads_of(&mut self, expr: &'p Expr, side: usize) {
        self.scope.push(expr);
        let (mut fields, mut nodes) = (Vec::new(), Vec::new());
        expr.for_each_read(&mut |field| fields.push(field), &mut |node| nodes.push(node));
        for node in nodes {
            self.reads_node(node, side);
        }
        for field in fields {
            if self.plan.field(field).role != Role::Setting {
                self.add(Read::Field(field), side);
            }
        }
    }

    fn reads_node(&mut self, node: NodeId, side: usize) {
        let inner = self.plan.node(node);
        match inner.purpose {
            Purpose::Score(_) | Purpose::Adjustment(_) | Purpose::Finding(_) | Purpose::Alert(_) => self.add(Read::Node(node), side),
            _ if self.seen.contains(&(node, side)) => {}
            _ => {
                self.seen.push((node, side));
                self.reads_of(&inner.expr, side);
            }
        }
    }

    /// What two expressions read where they differ.
    fn differing(&mut self, a: &'p Expr, b: &'p Expr) {
        let plan = self.plan;
        match (a, b) {
            (a, b) if a == b => {}
            (Expr::Node(one), Expr::Node(two)) => self.differing(&plan.node(*one).expr, &plan.node(*two).expr),
            (Expr::Sum(one), Expr::Sum(two)) if one.mean == two.mean => {
                self.scope.extend([a, b]);
                let points = |sum: &crate::plan::Sum, field: FieldId| {
                    let term = sum.options.iter().find(|term| term.field == field)?;
                    Some(term.points.iter().map(|points| Decimal::new(*points, sum.scale)).collect::<Vec<_>>())
                };
                for (side, sum, other) in [(0, one, two), (1, two, one)] {
                    for term in sum.options.iter().filter(|term| points(sum, term.field) != points(other, term.field)) {
                        self.add(Read::Field(term.field), side);
                    }
                }
                let ours: Vec<_> = one.others.iter().filter(|part| !two.others.contains(part)).collect();
                let theirs: Vec<_> = two.others.iter().filter(|part| !one.others.contains(part)).collect();
                for place in 0..ours.len().max(theirs.len()) {
                    match (ours.get(place), theirs.get(place)) {
                        (Some((one, factor)), Some((two, other))) if factor == other => self.differing(one, two),
                        (one, two) => {
                            one.into_iter().for_each(|(part, _)| self.reads_of(part, 0));
                            two.into_iter().for_each(|(part, _)| self.reads_of(part, 1));
                        }
                    }
                }
            }
            (Expr::Round(one, how), Expr::Round(two, other)) if how == other => self.differing(one, two),
            (Expr::Extreme(highest, one), Expr::Extreme(other, two)) if highest == other && one.len() == two.len() => {
                one.iter().zip(two).for_each(|(one, two)| self.differing(one, two));
            }
            _ => {
                self.reads_of(a, 0);
                self.reads_of(b, 1);
            }
        }
    }
}

/// The parts that decide a result, the numbers first. For a number only what differs between the editions.
pub(super) fn parts(counting: &Counting<'_>, a: NodeId, b: NodeId) -> Vec<Part> {
    let plan = counting.plan;
    let (one, two) = (plan.node(a), plan.node(b));
    let mut gathered = Gathered { plan, reads: Vec::new(), scope: Vec::new(), seen: Vec::new() };
    if one.kind == Type::Number {
        gathered.differing(&one.expr, &two.expr);
    } else {
        gathered.reads_of(&one.expr, 0);
        gathered.reads_of(&two.expr, 1);
    }
    let scope = gathered.scope;
    let mut parts: Vec<Part> = gathered.reads.iter().filter_map(|(read, sides)| part(counting, *read, *sides, &scope)).collect();
    parts.sort_by_key(|part| (part.spans.is_empty(), part.edition.is_some()));
    // Too many together: the largest are given up first.
    while parts.iter().map(|part| part.size).fold(1_usize, usize::saturating_mul) > MOST_CELLS {
        let Some((largest, _)) = parts.iter().enumerate().max_by_key(|(_, part)| part.size) else { break };
        parts.remove(largest);
    }
    parts
}

fn part(counting: &Counting<'_>, read: Read, sides: [bool; 2], scope: &[&Expr]) -> Option<Part> {
    let plan = counting.plan;
    let edition = match sides {
        [true, true] => None,
        [true, false] => Some(Side::A),
        _ => Some(Side::B),
    };
    let (kind, id, of, expr, field) = match read {
        Read::Node(node) => {
            let inner = plan.node(node);
            let kind = match inner.purpose {
                Purpose::Adjustment(_) => PartKind::Adjustment,
                Purpose::Finding(_) => PartKind::Finding,
                Purpose::Alert(_) => PartKind::Alert,
                Purpose::Score(_) => PartKind::Score,
                _ => PartKind::Bands,
            };
            (kind, inner.id.clone(), inner.kind, Expr::Node(node), None)
        }
        Read::Field(field) => {
            let inner = plan.field(field);
            (PartKind::Item, inner.id.clone(), inner.answer_type(), Expr::Field(field), Some(inner))
        }
    };
    match of {
        Type::Boolean => Some(Part { kind, id, edition, expr, spans: Vec::new(), of, size: 2 }),
        Type::Code(set) => Some(Part { kind, id, edition, expr, spans: Vec::new(), of, size: plan.codes(set).len() }),
        Type::Number => numbers(counting, &expr, field, scope).map(|spans| {
            let size = spans.len();
            let steps = spans.iter().enumerate().map(|(place, span)| {
                let edges = Edges { low: span.0.low, high: span.0.high };
                (edges, Value::Number(Decimal::from(place)))
            });
            let expr = Expr::Steps(Box::new(expr.clone()), steps.collect());
            Part { kind, id, edition, expr, spans: spans.iter().map(|(_, told)| *told).collect(), of, size }
        }),
        _ => None,
    }
}

/// The spans that the rules tell apart: with their exact edges, and as they are told.
fn numbers(counting: &Counting<'_>, expr: &Expr, field: Option<&Field>, scope: &[&Expr]) -> Option<Vec<(Span, Span)>> {
    let known = known_numbers(counting, expr, field);
    let cuts: Option<Vec<Vec<Decimal>>> = scope.iter().map(|reader| cuts_of(counting.plan, reader, expr)).collect();
    let mut cuts: Vec<Decimal> = match (cuts, &known) {
        (Some(cuts), _) => cuts.into_iter().flatten().collect(),
        (None, Some(known)) if known.len() <= MOST_NUMBERS => known.clone(),
        (None, _) => return None,
    };
    cuts.sort_unstable();
    cuts.dedup();
    let mut spans = Vec::new();
    let mut below: Option<(Decimal, bool)> = None;
    for cut in &cuts {
        spans.push(Span { low: below, high: Some((*cut, false)) });
        spans.push(Span { low: Some((*cut, true)), high: Some((*cut, true)) });
        below = Some((*cut, false));
    }
    spans.push(Span { low: below, high: None });
    let within = |span: &Span, number: Decimal| Edges { low: span.low, high: span.high }.contain(number);
    let told = |span: Span| match &known {
        None => Some((span, span)),
        Some(known) => {
            let mut inside = known.iter().copied().filter(|number| within(&span, *number));
            let low = inside.next()?;
            let high = inside.next_back().unwrap_or(low);
            Some((span, Span { low: Some((low, true)), high: Some((high, true)) }))
        }
    };
    Some(spans.into_iter().filter_map(told).collect())
}

/// Every number that something can come to, where they are few.
fn known_numbers(counting: &Counting<'_>, expr: &Expr, field: Option<&Field>) -> Option<Vec<Decimal>> {
    if let Some(field) = field {
        let (low, high) = field.range?;
        let step = if matches!(field.kind, ItemType::Integer | ItemType::Time) { Decimal::ONE } else { field.step? };
        let count = u32::try_from(((high - low) / step).floor()).ok().filter(|count| *count <= 5_000)?;
        return Some((0..=count).map(|place| (low + step * Decimal::from(place)).normalize()).collect());
    }
    let counted = counting.joint(&[expr]).ok()?;
    let number = |value: Option<Value>| if let Some(Value::Number(number)) = value { Some(number) } else { None };
    let mut numbers: Vec<Decimal> = counted.cells.iter().filter_map(|cell| number(cell.values.first().copied().flatten())).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}

impl Part {
    /// The place of a value among those that are told apart; what has no value comes last.
    pub(super) fn place(&self, value: Option<Value>) -> usize {
        match value {
            None => self.size,
            Some(Value::Number(number)) => usize::try_from(number).unwrap_or(self.size),
            Some(Value::Boolean(truth)) => usize::from(truth),
            Some(Value::Code(code)) => usize::from(code),
            _ => self.size,
        }
    }

    /// Whether neighbouring places are neighbouring numbers.
    pub(super) fn is_number(&self) -> bool {
        !self.spans.is_empty()
    }

    /// Some places as they are told.
    pub(super) fn told(&self, plan: &ScoringPlan, places: &std::collections::BTreeSet<usize>) -> Is {
        let spans: Vec<&Span> = places.iter().filter_map(|place| self.spans.get(*place)).collect();
        if let (true, Some(first), Some(last)) = (self.is_number() && !places.contains(&self.size), spans.first(), spans.last()) {
            return Is::Within(Span { low: first.low, high: last.high });
        }
        let one = |place: &usize| match self.of {
            _ if *place >= self.size => Told::Nothing,
            Type::Boolean => Told::Truth(*place == 1),
            kind => told(plan, kind, u8::try_from(*place).ok().map(Value::Code)),
        };
        Is::OneOf(places.iter().map(one).collect())
    }
}
