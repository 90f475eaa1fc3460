//! For a number that rules only compare with fixed numbers: one representative of each region that the rules tell apart.

use rust_decimal::Decimal;

use super::expression::{Accept, Arithmetic, Expr, FieldId, Value};
use super::{Field, ScoringPlan};
use crate::definition::{Edges, Hit, ItemType};
use crate::sort::sort;

/// More numbers than this are not a few.
const MOST_FEW: usize = 64;

/// Whole numbers up to this one are told apart one by one where they are added to others.
const MOST_TOLD_APART: u8 = 32;

/// One number for each region, ascending; `None` where some rule reckons with the number itself.
pub(super) fn regions(plan: &ScoringPlan, id: FieldId) -> Option<Vec<Decimal>> {
    let field = plan.fields.get(id.0)?;
    let (low, high) = field.range?;
    let mut cuts = Vec::new();
    for node in &plan.nodes {
        cuts.extend(cuts_of(plan, &node.expr, &Expr::Field(id))?);
    }
    cuts.extend([low, high]);
    sort(&mut cuts);
    cuts.dedup();
    let mut found: Vec<Decimal> = Vec::new();
    for (place, &cut) in cuts.iter().enumerate() {
        found.push(cut);
        if let Some(&next) = cuts.get(place + 1) {
            found.extend(between(field, cut, next));
        }
    }
    found.retain(|number| *number >= low && *number <= high && on_grid(field, *number, low));
    Some(found)
}

/// A number that an answer could be, strictly between two cuts.
fn between(field: &Field, low: Decimal, high: Decimal) -> Option<Decimal> {
    let step = match field.kind {
        ItemType::Integer => Some(Decimal::ONE),
        _ => field.step.filter(|step| *step > Decimal::ZERO),
    };
    let Some(step) = step else { return Some((low + high) / Decimal::TWO) };
    let start = field.range?.0;
    let next = start + (((low - start) / step).floor() + Decimal::ONE) * step;
    (next < high).then_some(next)
}

fn on_grid(field: &Field, number: Decimal, low: Decimal) -> bool {
    match (field.kind, field.step) {
        (ItemType::Integer, _) => number.fract().is_zero(),
        (_, Some(step)) if step > Decimal::ZERO => ((number - low) % step).is_zero(),
        _ => true,
    }
}

/// The numbers with which an expression compares a field or node; `None` where it uses the number in any other way.
pub(crate) fn cuts_of(plan: &ScoringPlan, expr: &Expr, of: &Expr) -> Option<Vec<Decimal>> {
    let mut cuts = Vec::new();
    only_compared(plan, expr, of, &mut cuts).then_some(cuts)
}

/// The numbers that an expression can only ever be one of, as it is written; `None` where they are not a few.
fn one_of_few(plan: &ScoringPlan, expr: &Expr) -> Option<Vec<Decimal>> {
    let number = |value: &Value| if let Value::Number(number) = value { Some(*number) } else { None };
    let mut few: Vec<Decimal> = match expr {
        Expr::Constant(value) => vec![number(value)?],
        Expr::Node(id) => one_of_few(plan, &plan.node(*id).expr)?,
        Expr::If(_, then, otherwise) => one_of_few(plan, then)?.into_iter().chain(one_of_few(plan, otherwise)?).collect(),
        Expr::Steps(_, steps) => steps.iter().map(|(_, value)| number(value)).collect::<Option<_>>()?,
        Expr::Table(table) if table.hit != Hit::Collect => {
            table.rows.iter().map(|(_, then)| then).chain(&table.otherwise).map(number).collect::<Option<_>>()?
        }
        Expr::Round(part, rounding) => one_of_few(plan, part)?.into_iter().map(|number| rounding.apply(number)).collect(),
        _ => return None,
    };
    sort(&mut few);
    few.dedup();
    (few.len() <= MOST_FEW).then_some(few)
}

/// Whether an expression uses `of` only in comparisons with a few fixed numbers; gathers those numbers.
fn only_compared(plan: &ScoringPlan, expr: &Expr, of: &Expr, cuts: &mut Vec<Decimal>) -> bool {
    let edges = |edges: &Edges, cuts: &mut Vec<Decimal>| cuts.extend(edges.low.iter().chain(&edges.high).map(|(edge, _)| *edge));
    match expr {
        Expr::Field(_) | Expr::Node(_) => expr != of,
        Expr::Points(field) => Expr::Field(*field) != *of,
        Expr::Compare(_, left, right) => {
            let other = if **left == *of { Some(right) } else { Some(left).filter(|_| **right == *of) };
            if let Some((other, few)) = other.and_then(|other| one_of_few(plan, other).map(|few| (other, few))) {
                cuts.extend(few);
                return only_compared(plan, other, of, cuts);
            }
            match (left.as_ref(), right.as_ref()) {
                (sum, Expr::Constant(Value::Number(cut))) | (Expr::Constant(Value::Number(cut)), sum)
                    if addends(plan, sum, of) == Some(1) =>
                {
                    up_to(plan, of, *cut, cuts)
                }
                _ => only_compared(plan, left, of, cuts) && only_compared(plan, right, of, cuts),
            }
        }
        Expr::Accepts(part, accept) if **part == *of => {
            accepted(accept, cuts);
            true
        }
        Expr::Steps(part, steps) if **part == *of => {
            steps.iter().for_each(|(step, _)| edges(step, cuts));
            true
        }
        Expr::Table(table) => table.columns.iter().enumerate().all(|(place, column)| {
            if column == of {
                table.rows.iter().filter_map(|(cells, _)| cells.get(place)).for_each(|cell| accepted(cell, cuts));
                return true;
            }
            only_compared(plan, column, of, cuts)
        }),
        Expr::Script(_) | Expr::Adjust(_) => {
            let (mut read, same) = (false, |expr: Expr| expr == *of);
            expr.for_each_read(&mut |field| read |= same(Expr::Field(field)), &mut |_| {});
            expr.for_each_read(&mut |_| {}, &mut |node| read |= same(Expr::Node(node)));
            !read
        }
        Expr::Sum(sum) if sum.options.iter().any(|term| Expr::Field(term.field) == *of) => false,
        _ => {
            let mut fine = true;
            expr.for_each_part(&mut |part| fine &= only_compared(plan, part, of, cuts));
            fine
        }
    }
}

/// How often `of` is added in a sum of fields none of which is ever below nought; `None` for everything else.
fn addends(plan: &ScoringPlan, expr: &Expr, of: &Expr) -> Option<u8> {
    match expr {
        Expr::Calculate(Arithmetic::Add, left, right) => addends(plan, left, of)?.checked_add(addends(plan, right, of)?),
        Expr::Field(id) => {
            let (low, _) = plan.fields.get(id.0)?.range?;
            (low >= Decimal::ZERO).then(|| u8::from(expr == of))
        }
        _ => None,
    }
}

/// A whole number that is added to others and compared with a cut tells apart only what is not above the cut.
fn up_to(plan: &ScoringPlan, of: &Expr, cut: Decimal, cuts: &mut Vec<Decimal>) -> bool {
    let Expr::Field(id) = of else { return false };
    let whole = plan.fields.get(id.0).is_some_and(|field| field.kind == ItemType::Integer);
    if !whole || cut > Decimal::from(MOST_TOLD_APART) {
        return false;
    }
    let mut number = Decimal::ZERO;
    while number <= cut {
        cuts.push(number);
        number += Decimal::ONE;
    }
    true
}

fn accepted(accept: &Accept, cuts: &mut Vec<Decimal>) {
    match accept {
        Accept::Numbers(numbers) => cuts.extend(numbers),
        Accept::Within(edges) => cuts.extend(edges.low.iter().chain(&edges.high).map(|(edge, _)| *edge)),
        _ => {}
    }
}
