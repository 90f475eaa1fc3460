//! Runs every script on a fixed choice of sheets and gathers where one gives no value. What is said about it is decided elsewhere.

use super::places::script;
use super::sheets::{BUDGET, Sheets};
use super::witness::probes;
use crate::plan::{Expr, NodeId};
use crate::reach::Evaluation;
use crate::script::ScriptFailure;
use crate::source::Span;

/// Sheets beside the mildest and the most severe one.
const PROBES: u64 = 48;

/// A script that gave no value.
pub(super) struct Failed {
    pub(super) span: Span,
    pub(super) failure: ScriptFailure,
    answers: Option<String>,
}

impl Failed {
    /// The sheet on which it failed, to be put behind a help.
    pub(super) fn example(&self) -> String {
        self.answers.as_ref().map_or_else(String::new, |answers| format!("; it fails on these answers: {answers}"))
    }
}

/// Every script that fails, once a place.
pub(super) fn failures(sheets: &Sheets<'_>) -> Vec<Failed> {
    let plan = sheets.plan;
    let mut found: Vec<Failed> = Vec::new();
    if !plan.nodes().iter().any(|node| has_script(&node.expr)) {
        return found;
    }
    let take = |found: &mut Vec<Failed>, node: NodeId, failure: &ScriptFailure, answers: Option<String>| {
        let Some(code) = script(sheets.definition, plan.node(node).purpose) else { return };
        let start = code.scalar.locate(failure.offset);
        let span = Span::new(start, start + 1);
        if !found.iter().any(|known| known.span == span) {
            found.push(Failed { span, failure: failure.clone(), answers });
        }
    };
    for sheet in probes(plan, PROBES) {
        let evaluation = Evaluation::new(plan, sheet.as_slice(), BUDGET);
        for (node, failure) in &evaluation.failures {
            take(&mut found, *node, failure, Some(sheets.describe(&sheet)));
        }
    }
    if found.is_empty() {
        for (node, failure) in &sheets.blank.failures {
            take(&mut found, *node, failure, None);
        }
    }
    found
}

fn has_script(expr: &Expr) -> bool {
    let mut found = matches!(expr, Expr::Script(_));
    expr.for_each_part(&mut |part| found |= has_script(part));
    found
}
