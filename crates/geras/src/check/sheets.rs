//! All possible answer sheets of a plan, as the checks ask about them: what can happen, and a sheet on which it does. Finds no fault itself.

use std::rc::Rc;

use super::witness::{Search, search};
use crate::definition::{Definition, Form};
use crate::plan::{Accept, Expr, FieldId, Knowledge, NodeId, Purpose, ScoringPlan, State, Value, form_itself};
use crate::reach::{Evaluation, Finding, Memory, NumberSet, Possible};
use crate::source::{Diagnostic, Severity, Span, Spanned};

/// Combinations that are tried for one question.
pub(crate) const BUDGET: u64 = 100_000;

/// A definition with its plan, and the plan computed with every answer and every setting open.
pub(super) struct Sheets<'a> {
    pub(super) definition: &'a Definition,
    pub(super) plan: &'a ScoringPlan,
    pub(super) blank: Evaluation<'a>,
    /// What was found on the way to earlier answers.
    memory: Rc<Memory>,
}

/// A rule form as it was written, beside what became of it.
pub(super) struct Rule<'a> {
    pub(super) node: NodeId,
    /// What it decides on, in words.
    pub(super) whose: String,
    pub(super) form: &'a Spanned<Form>,
    pub(super) expr: &'a Expr,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(definition: &'a Definition, plan: &'a ScoringPlan) -> Self {
        let open = vec![State::Blank; plan.fields().len()];
        Self::with_blank(definition, plan, Evaluation::new(plan, open, BUDGET))
    }

    /// The same where the blank sheet was evaluated already.
    pub(super) fn with_blank(definition: &'a Definition, plan: &'a ScoringPlan, blank: Evaluation<'a>) -> Self {
        Self { definition, plan, blank, memory: Rc::default() }
    }

    pub(super) fn fault(&self, name: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(name, Severity::Error, &self.definition.source, span, message)
    }

    pub(super) fn warning(&self, name: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(name, Severity::Warning, &self.definition.source, span, message)
    }

    /// Everything that an expression can become, and whether each of it really can.
    pub(super) fn possible(&self, expr: &Expr) -> Finding {
        let mut explorer = self.blank.explorer(BUDGET).remembering(&self.memory);
        let possible = explorer.possible(expr);
        Finding { possible, exact: explorer.exact }
    }

    /// Everything that a node can become.
    pub(super) fn of_node(&self, id: NodeId) -> Finding {
        match self.blank.value(id) {
            Some(value) => Finding { possible: Possible::single(value), exact: true },
            None => self.blank.finding(id).unwrap_or(Finding { possible: Possible::Anything, exact: false }),
        }
    }

    /// The numbers that an expression can become, where it is known to be a number.
    pub(super) fn numbers(&self, expr: &Expr) -> Option<(NumberSet, bool)> {
        let found = if let Expr::Node(id) = expr { self.of_node(*id) } else { self.possible(expr) };
        match found.possible {
            Possible::Numbers(numbers) => Some((numbers, found.exact)),
            _ => None,
        }
    }

    /// Whether a condition may hold on some sheet. `false` is certain.
    pub(super) fn may_hold(&self, condition: &Expr) -> bool {
        self.possible(condition).possible.may_be(true)
    }

    /// A sheet on which a condition holds.
    pub(super) fn witness(&self, condition: &Expr) -> Search {
        search(self.plan, condition)
    }

    /// The value of an expression on a full sheet.
    pub(super) fn value_on(&self, sheet: &[State], expr: &Expr) -> Option<Value> {
        let evaluation = Evaluation::new(self.plan, sheet, BUDGET);
        let explorer = evaluation.explorer(BUDGET);
        self.plan.evaluate(expr, &explorer)
    }

    /// The scores and the preliminary grade: form by form, in the author's order.
    pub(super) fn rules(&self) -> Vec<Rule<'a>> {
        let mut rules = Vec::new();
        for (place, score) in self.definition.scores.iter().enumerate() {
            if let Some(node) = self.plan.find(Purpose::Score(place)) {
                let expr = form_itself(&self.plan.node(node).expr, score);
                rules.push(Rule { node, whose: format!("`{}`", score.id.value), form: &score.form, expr });
            }
        }
        if let (Some(grade), Some(node)) = (&self.definition.grade, self.plan.find(Purpose::Preliminary)) {
            let expr = &self.plan.node(node).expr;
            rules.push(Rule { node, whose: "the preliminary grade".to_owned(), form: &grade.preliminary, expr });
        }
        rules
    }

    /// An author's name for a value: a code, a number, yes or no.
    pub(super) fn word(&self, value: Value, of: &Expr) -> String {
        match value {
            Value::Number(number) => number.normalize().to_string(),
            Value::Boolean(truth) => truth.to_string(),
            Value::Code(_) => match self.codes_of(of) {
                Some(kind) => self.plan.code_text(kind, value).to_owned(),
                None => "?".to_owned(),
            },
            Value::Codes(_) | Value::Date(_) | Value::Text => "?".to_owned(),
        }
    }

    fn codes_of(&self, expr: &Expr) -> Option<crate::plan::Type> {
        match expr {
            Expr::Field(field) => Some(self.plan.field(*field).answer_type()),
            Expr::Node(node) => Some(self.plan.node(*node).kind),
            Expr::If(_, then, _) => self.codes_of(then),
            _ => None,
        }
    }

    /// The answers of a sheet that differ from the mildest ones, as an author would write them.
    pub(super) fn describe(&self, sheet: &[State]) -> String {
        super::witness::describe(self.plan, sheet)
    }
}

/// The condition that an expression lies in a cell.
pub(super) fn lies_in(expr: &Expr, accept: Accept) -> Expr {
    Expr::Accepts(Box::new(expr.clone()), accept)
}

/// Every field that an expression reads, except those of which it only asks whether they were answered.
pub(super) fn values_read(expr: &Expr, visit: &mut dyn FnMut(FieldId)) {
    match expr {
        Expr::Answered(_) => {}
        Expr::Field(id) | Expr::Points(id) | Expr::Has(id, _) => visit(*id),
        Expr::Sum(sum) => sum.options.iter().for_each(|term| visit(term.field)),
        _ => {}
    }
    expr.for_each_part(&mut |part| values_read(part, visit));
}

/// The truth of a condition that is decided.
pub(super) fn holds(plan: &ScoringPlan, condition: &Expr, known: &dyn Knowledge) -> Option<bool> {
    plan.evaluate(condition, known).and_then(crate::plan::truth)
}
