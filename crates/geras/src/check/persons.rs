//! All possible persons on a pathway, as the checks ask about them: what can happen, and somebody to whom it does. Finds no fault itself.

use crate::definition::{Clause, ClauseKind, PathwayDefinition};
use crate::plan::{Expr, NodeId, Purpose, ScoringPlan, State, Value};
use crate::reach::{Evaluation, Satisfied};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Severity};

/// Answers that are tried for one question.
const STEPS: u64 = 60_000;

/// A pathway with its plan, and the plan computed with everything open.
pub(super) struct Persons<'a> {
    pub(super) pathway: &'a PathwayDefinition,
    pub(super) plan: &'a ScoringPlan,
    blank: Evaluation<'a>,
}

impl<'a> Persons<'a> {
    pub(super) fn new(pathway: &'a PathwayDefinition, plan: &'a ScoringPlan) -> Self {
        let open = vec![State::Blank; plan.fields().len()];
        Self { pathway, plan, blank: Evaluation::new(plan, open, 0) }
    }

    /// A fault of a clause, in the text that the clause was written in.
    pub(super) fn fault(&self, name: &'static str, severity: Severity, clause: &Clause, message: String) -> Diagnostic {
        Diagnostic::new(name, severity, &clause.source, clause.id.span, message)
    }

    pub(super) fn node(&self, purpose: Purpose) -> Option<Expr> {
        self.plan.find(purpose).map(Expr::Node)
    }

    /// The conditions of the clauses of a kind, with their clauses, in order.
    pub(super) fn conditions(&self, kind: ClauseKind) -> Vec<(&'a Clause, Expr)> {
        let all = self.pathway.of_kind(kind);
        all.filter_map(|(place, clause)| Some((clause, self.node(Purpose::Clause(place))?))).collect()
    }

    /// Whether a condition can hold.
    pub(super) fn can(&self, condition: &Expr) -> Satisfied {
        self.blank.explorer(0).satisfy(condition, &mut STEPS.clone())
    }

    /// Whether a condition can hold where a node is taken to have a value.
    pub(super) fn can_with(&self, nodes: &[(NodeId, Value)], condition: &Expr) -> Satisfied {
        let mut explorer = self.blank.explorer(0);
        Self::taken(&mut explorer, nodes, condition)
    }

    fn taken(explorer: &mut crate::reach::Explorer<'_>, nodes: &[(NodeId, Value)], condition: &Expr) -> Satisfied {
        match nodes.split_first() {
            Some(((node, value), rest)) => explorer.with_node(*node, *value, |explorer| Self::taken(explorer, rest, condition)),
            None => explorer.satisfy(condition, &mut STEPS.clone()),
        }
    }

    /// Somebody, by the answers that matter.
    pub(super) fn describe(&self, answers: &[(crate::plan::FieldId, State)]) -> String {
        let mut answers: Vec<_> = answers.iter().collect();
        sort_by_key(&mut answers, |(field, _)| *field);
        let named = answers.into_iter().map(|(id, state)| {
            let field = self.plan.field(*id);
            format!("`{}: {}`", field.id, self.plan.answer_text(field, *state))
        });
        let named: Vec<String> = named.collect();
        if named.is_empty() { "everybody".to_owned() } else { format!("somebody with {}", named.join(", ")) }
    }
}

/// Whether a rule or wish decides: it holds, and none before it does.
pub(super) fn decides(conditions: &[(&Clause, Expr)], place: usize) -> Expr {
    let own = conditions.iter().skip(place).take(1).map(|(_, own)| own.clone());
    let before = conditions.iter().take(place).map(|(_, before)| Expr::Not(Box::new(before.clone())));
    Expr::And(own.chain(before).collect())
}
