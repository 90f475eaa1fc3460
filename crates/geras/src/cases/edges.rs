//! The edges of a rule: where a number on one side leads to something else than its neighbour. Finds both sides; touches nothing.

use std::ops::Bound;

use rust_decimal::Decimal;

use crate::check::sheets::BUDGET;
use crate::definition::Edges;
use crate::plan::{Accept, Comparison, Expr, NodeId, ScoringPlan, State, Value};
use crate::reach::{Evaluation, NumberSet, Possible};

/// One side of an edge.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// What is compared, as an author would write it, and the number on this side: `total is 65, next to 66`.
    pub(super) name: String,
    /// That the number lies there.
    pub(super) condition: Expr,
    /// What is compared.
    pub(super) of: Expr,
    /// The rule that has the edge.
    pub(super) rule: NodeId,
}

/// A place between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    at: Decimal,
    /// Whether `at` itself lies above.
    above: bool,
}

/// Both sides of every edge of a plan, each once, in the order of the rules. Sides that no sheet reaches are left out where that is certain.
pub(super) fn sides(plan: &ScoringPlan) -> Vec<Side> {
    // A pathway reads so many results at once that trying their combinations never ends; its edges are those of single results.
    let budget = if plan.results.is_empty() { BUDGET } else { 0 };
    let blank = Evaluation::new(plan, vec![State::Blank; plan.fields().len()], budget);
    let (mut seen, mut all): (Vec<(Expr, Decimal, Decimal)>, Vec<Side>) = (Vec::new(), Vec::new());
    let mut known: Vec<(Expr, Option<NumberSet>)> = Vec::new();
    for (rule, node) in plan.nodes().iter().enumerate() {
        let mut cuts = Vec::new();
        gather(&node.expr, &mut cuts);
        for (of, cut) in cuts {
            let place = known.iter().position(|(known, _)| *known == of).unwrap_or_else(|| {
                known.push((of.clone(), numbers(plan, &blank, &of, budget)));
                known.len() - 1
            });
            let Some(numbers) = known.get(place).and_then(|(_, numbers)| numbers.as_ref()) else { continue };
            let Some((below, above)) = neighbours(numbers, cut) else { continue };
            if seen.iter().any(|(known, low, high)| *known == of && (*low, *high) == (below, above)) {
                continue;
            }
            let word = words(plan, &of);
            let every = numbers.len().is_none() && !matches!(of, Expr::Field(_));
            let condition = |at: Decimal, low: bool| match (every, low) {
                (false, _) => Accept::Numbers(vec![at]),
                (true, true) => Accept::Within(Edges { low: Some((at, true)), high: Some((cut.at, !cut.above)) }),
                (true, false) => Accept::Within(Edges { low: Some((cut.at, cut.above)), high: Some((at, true)) }),
            };
            for (at, low, other) in [(below, true, above), (above, false, below)] {
                let name = if every { format!("{word} is near {at}, next to {other}") } else { format!("{word} is {at}, next to {other}") };
                let condition = Expr::Accepts(Box::new(of.clone()), condition(at, low));
                all.push(Side { name, condition, of: of.clone(), rule: NodeId(rule) });
            }
            seen.push((of, below, above));
        }
    }
    all
}

/// The numbers that an expression can become, where each of them really can.
pub(crate) fn numbers(plan: &ScoringPlan, blank: &Evaluation<'_>, of: &Expr, budget: u64) -> Option<NumberSet> {
    let field = match of {
        Expr::Field(id) => Some(*id),
        // A score that is typed in is its field.
        Expr::Node(node) => {
            if let Expr::Field(id) = plan.node(*node).expr {
                Some(id)
            } else {
                None
            }
        }
        _ => None,
    };
    // What stands for a result of an instrument is what that instrument can give: 50 and 60 of a scale in tens, never 51.
    let result = plan.results.iter().find(|result| field == Some(result.field));
    if let Some(numbers) = result.and_then(|result| result.numbers.clone()).filter(NumberSet::is_exact) {
        return Some(numbers);
    }
    if let Some(field) = field.map(|id| plan.field(id))
        && let Some((low, high)) = field.range
    {
        let whole = matches!(field.kind, crate::definition::ItemType::Integer | crate::definition::ItemType::Time);
        let step = field.step.or_else(|| whole.then_some(Decimal::ONE));
        return Some(step.map_or_else(|| NumberSet::interval(low, high), |step| NumberSet::stepped(low, high, step)));
    }
    let mut explorer = blank.explorer(budget);
    let possible = explorer.possible(of);
    match possible {
        Possible::Numbers(numbers) if explorer.exact => Some(numbers),
        _ => None,
    }
}

/// The nearest numbers on both sides; of numbers without a grid those one unit of the cut's last digit away.
fn neighbours(numbers: &NumberSet, cut: Cut) -> Option<(Decimal, Decimal)> {
    let (to, from) =
        if cut.above { (Bound::Excluded(cut.at), Bound::Included(cut.at)) } else { (Bound::Included(cut.at), Bound::Excluded(cut.at)) };
    let below = numbers.restricted(Bound::Unbounded, to).max()?;
    let above = numbers.restricted(from, Bound::Unbounded).min()?;
    if below < above {
        return numbers.is_exact().then_some((below, above));
    }
    let unit = Decimal::new(1, cut.at.normalize().scale());
    let (below, above) = if cut.above { (cut.at - unit, cut.at) } else { (cut.at, cut.at + unit) };
    (numbers.contains(below) && numbers.contains(above)).then_some((below, above))
}

/// Every number that an expression compares with, beside what it compares.
fn gather(expr: &Expr, found: &mut Vec<(Expr, Cut)>) {
    match expr {
        Expr::Compare(comparison, left, right) => match (left.as_ref(), right.as_ref()) {
            (Expr::Constant(Value::Number(_)), Expr::Constant(_)) => {}
            (of, Expr::Constant(Value::Number(at))) => compared(*comparison, of, *at, found),
            (Expr::Constant(Value::Number(at)), of) => compared(mirrored(*comparison), of, *at, found),
            _ => {}
        },
        Expr::Accepts(of, accept) => accepted(of, accept, found),
        Expr::Steps(of, steps) => steps.iter().for_each(|(edges, _)| within(of, edges, found)),
        Expr::Table(table) => {
            for (place, of) in table.columns.iter().enumerate() {
                table.rows.iter().filter_map(|(cells, _)| cells.get(place)).for_each(|cell| accepted(of, cell, found));
            }
        }
        // A floor or a cap.
        Expr::Extreme(_, parts) => {
            if let [of, Expr::Constant(Value::Number(at))] = parts.as_slice() {
                found.push((of.clone(), Cut { at: *at, above: false }));
            }
        }
        _ => {}
    }
    expr.for_each_part(&mut |part| gather(part, found));
}

const fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

fn compared(comparison: Comparison, of: &Expr, at: Decimal, found: &mut Vec<(Expr, Cut)>) {
    let cuts: &[bool] = match comparison {
        Comparison::Less | Comparison::GreaterOrEqual => &[true],
        Comparison::LessOrEqual | Comparison::Greater => &[false],
        Comparison::Equal | Comparison::NotEqual => &[true, false],
    };
    found.extend(cuts.iter().map(|above| (of.clone(), Cut { at, above: *above })));
}

fn accepted(of: &Expr, accept: &Accept, found: &mut Vec<(Expr, Cut)>) {
    match accept {
        Accept::Within(edges) => within(of, edges, found),
        Accept::Numbers(numbers) => numbers.iter().for_each(|at| compared(Comparison::Equal, of, *at, found)),
        Accept::Any | Accept::Codes(_) | Accept::Booleans(..) => {}
    }
}

fn within(of: &Expr, edges: &Edges, found: &mut Vec<(Expr, Cut)>) {
    found.extend(edges.low.map(|(at, included)| (of.clone(), Cut { at, above: included })));
    found.extend(edges.high.map(|(at, included)| (of.clone(), Cut { at, above: !included })));
}

/// An expression as an author would write it; an ellipsis for parts that would be long.
pub(super) fn words(plan: &ScoringPlan, expr: &Expr) -> String {
    use crate::plan::Arithmetic;
    let list = |parts: &[Expr]| parts.iter().map(|part| words(plan, part)).collect::<Vec<_>>().join(", ");
    match expr {
        Expr::Constant(Value::Number(number)) => number.normalize().to_string(),
        Expr::Field(field) => plan.field(*field).id.clone(),
        Expr::Points(field) => format!("{}.points", plan.field(*field).id),
        Expr::Node(node) => plan.node(*node).id.clone(),
        Expr::Rank(part) => format!("{}.rank", words(plan, part)),
        Expr::Negate(part) => format!("-{}", words(plan, part)),
        Expr::Absolute(part) => format!("abs({})", words(plan, part)),
        Expr::Round(part, _) => format!("round({})", words(plan, part)),
        Expr::Extreme(highest, parts) => format!("{}({})", if *highest { "max" } else { "min" }, list(parts)),
        Expr::Between(years, from, to) => {
            format!("{}({}, {})", if *years { "years_between" } else { "days_between" }, words(plan, from), words(plan, to))
        }
        Expr::Calculate(operation, left, right) => {
            let sign = match operation {
                Arithmetic::Add => "+",
                Arithmetic::Subtract => "-",
                Arithmetic::Multiply => "*",
                Arithmetic::Divide => "/",
                Arithmetic::Remainder => "%",
            };
            format!("{} {sign} {}", words(plan, left), words(plan, right))
        }
        _ => "…".to_owned(),
    }
}
