//! For a number that rules only compare with fixed numbers: one representative of each region that the rules tell apart.

use rust_decimal::Decimal;

use super::expression::{Accept, Expr, FieldId, Value};
use super::{Field, ScoringPlan};
use crate::definition::{Edges, ItemType};

/// One number for each region, ascending; `None` where some rule reckons with the number itself.
pub(super) fn regions(plan: &ScoringPlan, id: FieldId) -> Option<Vec<Decimal>> {
    let field = plan.fields.get(id.0)?;
    let (low, high) = field.range?;
    let mut cuts = Vec::new();
    let all = plan.nodes.iter().all(|node| only_compared(&node.expr, id, &mut cuts));
    if !all {
        return None;
    }
    cuts.extend([low, high]);
    cuts.sort_unstable();
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

/// Whether an expression uses the field only in comparisons with fixed numbers; gathers those numbers.
fn only_compared(expr: &Expr, id: FieldId, cuts: &mut Vec<Decimal>) -> bool {
    let is_field = |part: &Expr| *part == Expr::Field(id);
    let edges = |edges: &Edges, cuts: &mut Vec<Decimal>| cuts.extend(edges.low.iter().chain(&edges.high).map(|(edge, _)| *edge));
    match expr {
        Expr::Field(field) | Expr::Points(field) => *field != id,
        Expr::Compare(_, left, right) => match (left.as_ref(), right.as_ref()) {
            (field, Expr::Constant(Value::Number(cut))) | (Expr::Constant(Value::Number(cut)), field) if is_field(field) => {
                cuts.push(*cut);
                true
            }
            _ => only_compared(left, id, cuts) && only_compared(right, id, cuts),
        },
        Expr::Accepts(part, accept) if is_field(part) => {
            accepted(accept, cuts);
            true
        }
        Expr::Steps(of, steps) if is_field(of) => {
            steps.iter().for_each(|(step, _)| edges(step, cuts));
            true
        }
        Expr::Table(table) => table.columns.iter().enumerate().all(|(place, column)| {
            if is_field(column) {
                table.rows.iter().filter_map(|(cells, _)| cells.get(place)).for_each(|cell| accepted(cell, cuts));
                return true;
            }
            only_compared(column, id, cuts)
        }),
        Expr::Script(_) => {
            let mut read = false;
            expr.for_each_read(&mut |field| read |= field == id, &mut |_| {});
            !read
        }
        _ => {
            let mut fine = true;
            expr.for_each_part(|part| fine &= only_compared(part, id, cuts));
            fine
        }
    }
}

fn accepted(accept: &Accept, cuts: &mut Vec<Decimal>) {
    match accept {
        Accept::Numbers(numbers) => cuts.extend(numbers),
        Accept::Within(edges) => cuts.extend(edges.low.iter().chain(&edges.high).map(|(edge, _)| *edge)),
        _ => {}
    }
}
