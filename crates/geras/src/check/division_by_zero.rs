//! A division by something that can be zero.

use rust_decimal::Decimal;

use super::not_proved;
use super::page::Page;
use super::places::texts;
use super::sheets::Sheets;
use super::witness::Search;
use crate::expression::{Binary, Syntax, SyntaxKind, parse};
use crate::plan::{Arithmetic, Comparison, Expr, Purpose, Value};
use crate::source::{Diagnostic, Span};

pub(super) const PAGE: Page = Page {
    name: "division-by-zero",
    finds: "An expression divides by a number that can be zero, or takes a mean of members that can all be left out.",
    why: "For a person with these answers there is no result. Somebody at the bedside would see an assessment that never gets \
        done.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  per_fall: {formula: total / falls}",
    right: r#"scores:
  total: {sum: daily, range: [0, 20]}
  per_fall: {formula: "if falls == 0 { 0 } else { total / falls }"}"#,
};

/// A divisor with what holds where it is used.
struct Division<'e> {
    divisor: &'e Expr,
    way: Vec<Expr>,
}

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for node in sheets.plan.nodes() {
        let mut divisions = Vec::new();
        gather(&node.expr, &mut Vec::new(), &mut divisions);
        for (place, division) in divisions.iter().enumerate() {
            judge(sheets, node.purpose, division, (place, divisions.len()), out);
        }
    }
}

fn judge(sheets: &Sheets<'_>, purpose: Purpose, division: &Division<'_>, place: (usize, usize), out: &mut Vec<Diagnostic>) {
    let zero = Box::new(Expr::Constant(Value::Number(Decimal::ZERO)));
    let mut all = division.way.clone();
    all.push(Expr::Compare(Comparison::Equal, Box::new(division.divisor.clone()), zero));
    let is_zero = Expr::And(all);
    if !sheets.may_hold(&is_zero) {
        return;
    }
    let span = written(sheets, purpose, place);
    match sheets.witness(&is_zero) {
        Search::Found(sheet) => {
            let fault = sheets.fault(PAGE.name, span, "this can be zero, and nothing can be divided by zero");
            let by = sheets.describe(&sheet);
            out.push(fault.help(format!("say what counts then: `if x == 0 {{ ... }} else {{ ... / x }}`; these answers lead there: {by}")));
        }
        Search::GaveUp => out.push(not_proved::warning(sheets, span, "whether this divisor can be zero")),
        Search::Never => {}
    }
}

/// Every division, in the order in which it is written.
fn gather<'e>(expr: &'e Expr, way: &mut Vec<Expr>, found: &mut Vec<Division<'e>>) {
    if let Expr::Calculate(Arithmetic::Divide | Arithmetic::Remainder, _, divisor) = expr {
        found.push(Division { divisor, way: way.clone() });
    }
    match expr {
        Expr::If(test, then, otherwise) => {
            gather(test, way, found);
            way.push((**test).clone());
            gather(then, way, found);
            way.pop();
            way.push(Expr::Not(test.clone()));
            gather(otherwise, way, found);
            way.pop();
        }
        // What stands behind a part is only computed where that part has not settled it.
        Expr::And(parts) | Expr::Or(parts) => {
            let before = way.len();
            for part in parts {
                gather(part, way, found);
                way.push(if matches!(expr, Expr::And(_)) { part.clone() } else { Expr::Not(Box::new(part.clone())) });
            }
            way.truncate(before);
        }
        _ => expr.for_each_part(&mut |part| gather(part, way, found)),
    }
}

/// The place of a divisor: the same division, counted in what the author wrote.
fn written(sheets: &Sheets<'_>, purpose: Purpose, (place, count): (usize, usize)) -> Span {
    let texts = texts(sheets.definition, sheets.plan, purpose);
    let mut spans = Vec::new();
    for text in &texts {
        if let Ok(syntax) = parse(&sheets.definition.source, &text.scalar) {
            divisors(&syntax, &mut spans);
        }
    }
    let whole = texts.first().map_or(Span::default(), |text| text.span);
    if spans.len() == count { spans.get(place).copied().unwrap_or(whole) } else { whole }
}

fn divisors(syntax: &Syntax, spans: &mut Vec<Span>) {
    match &syntax.kind {
        SyntaxKind::Binary(operator, left, right) => {
            if matches!(operator, Binary::Divide | Binary::Remainder) {
                spans.push(right.span);
            }
            divisors(left, spans);
            divisors(right, spans);
        }
        SyntaxKind::Unary(_, part) | SyntaxKind::Property(part, _) => divisors(part, spans),
        SyntaxKind::And(parts) | SyntaxKind::Or(parts) | SyntaxKind::Call(_, parts) | SyntaxKind::List(parts) => {
            parts.iter().for_each(|part| divisors(part, spans));
        }
        SyntaxKind::If(test, then, otherwise) => [test, then, otherwise].into_iter().for_each(|part| divisors(part, spans)),
        SyntaxKind::Number(_) | SyntaxKind::Bool(_) | SyntaxKind::Text(_) | SyntaxKind::Name(_) => {}
    }
}
