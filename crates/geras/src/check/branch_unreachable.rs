//! A branch of a decision tree that nobody reaches.

use super::page::Page;
use super::sheets::Sheets;
use crate::definition::{Form, Tree};
use crate::plan::Expr;
use crate::source::{Diagnostic, Span};

pub(super) const PAGE: Page = Page {
    name: "branch-unreachable",
    finds: "No answers lead into this branch of a decision tree.",
    why: "The branch was written for somebody. These people now end in the other one.",
    wrong: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    tree:
      if: total >= 10
      then: {if: total < 5, then: 1, else: 2}
      else: 0
    range: [0, 2]",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  risk:
    tree:
      if: total >= 10
      then: {if: total < 15, then: 1, else: 2}
      else: 0
    range: [0, 2]",
};

pub(super) fn find(sheets: &Sheets<'_>, out: &mut Vec<Diagnostic>) {
    for rule in sheets.rules() {
        if let Form::Tree(tree) = &rule.form.value {
            walk(sheets, tree, rule.expr, &mut Vec::new(), out);
        }
    }
}

/// Goes down both branches with what holds on the way there.
fn walk(sheets: &Sheets<'_>, tree: &Tree, expr: &Expr, way: &mut Vec<Expr>, out: &mut Vec<Diagnostic>) {
    let (Tree::Fork { test, then, otherwise }, Expr::If(condition, if_so, if_not)) = (tree, expr) else { return };
    let not = Expr::Not(condition.clone());
    for (branch, expr, holds, word) in [(then, if_so, condition.as_ref(), "holds"), (otherwise, if_not, &not, "fails")] {
        way.push(holds.clone());
        if sheets.may_hold(&Expr::And(way.clone())) {
            walk(sheets, branch, expr, way, out);
        } else {
            let fault = sheets.warning(PAGE.name, place(branch), format!("no answers lead here, because the question above never {word}"));
            out.push(fault.also(test.span, "this question").help("look at the question and at those on the way to it"));
        }
        way.pop();
    }
}

fn place(tree: &Tree) -> Span {
    match tree {
        Tree::Leaf(literal) => literal.span,
        Tree::Fork { test, .. } => test.span,
    }
}
