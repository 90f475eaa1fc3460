//! Whether a condition can hold once the open fields are answered: tries their values one after another, each only while it still matters.

use super::explore::Explorer;
use crate::plan::{Expr, FieldId, Knowledge, NodeId, State, truth};

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Satisfied {
    /// It can: these answers to the open fields are enough.
    By(Vec<(FieldId, State)>),
    /// It cannot, whatever the answers.
    Never,
    /// It was not found out.
    Unknown,
}

impl Explorer<'_> {
    /// Whether a condition can hold. `steps` bounds the answers that are tried.
    pub(crate) fn satisfy(&mut self, condition: &Expr, steps: &mut u64) -> Satisfied {
        match self.plan.evaluate(condition, self).and_then(truth) {
            Some(true) => return Satisfied::By(Vec::new()),
            Some(false) => return Satisfied::Never,
            None => {}
        }
        let open = self.first_open(condition).and_then(|field| Some((field, self.domain(field)?)));
        let Some((field, states)) = open else { return Satisfied::Unknown };
        let mut unknown = false;
        for state in states {
            if *steps == 0 {
                return Satisfied::Unknown;
            }
            *steps -= 1;
            match self.with_field(field, state, |explorer| explorer.satisfy(condition, steps)) {
                Satisfied::By(mut answers) => {
                    answers.push((field, state));
                    return Satisfied::By(answers);
                }
                Satisfied::Never => {}
                Satisfied::Unknown => unknown = true,
            }
        }
        if unknown { Satisfied::Unknown } else { Satisfied::Never }
    }

    /// The open field that an expression asks for first.
    pub(crate) fn ask_first(&self, expr: &Expr) -> Option<FieldId> {
        self.first_open(expr)
    }

    /// The first open field that an expression asks for and whose answers can be tried; none where there is no such field.
    fn first_open(&self, expr: &Expr) -> Option<FieldId> {
        if let Expr::Node(node) = expr {
            return self.first_open_in(*node);
        }
        if self.plan.evaluate(expr, self).is_some() {
            return None;
        }
        match expr {
            Expr::Field(field) | Expr::Points(field) | Expr::Has(field, _) | Expr::Answered(field) => self.open_field(*field),
            Expr::If(test, then, otherwise) => {
                self.first_open(test).or_else(|| self.first_open(then)).or_else(|| self.first_open(otherwise))
            }
            _ => {
                let mut found = None;
                expr.for_each_part(&mut |part| {
                    if found.is_none() {
                        found = self.first_open(part);
                    }
                });
                found.or_else(|| {
                    let (mut fields, mut nodes) = (Vec::new(), Vec::new());
                    expr.for_each_read(&mut |field| fields.push(field), &mut |node| nodes.push(node));
                    let in_node = nodes.into_iter().find_map(|node| self.first_open_in(node));
                    in_node.or_else(|| fields.into_iter().find_map(|field| self.open_field(field)))
                })
            }
        }
    }

    /// The same for a node. It is asked for from many sides, and stays what it is until something else is tried of what the node depends on.
    fn first_open_in(&self, node: NodeId) -> Option<FieldId> {
        if self.node(node).is_some() {
            return None;
        }
        self.remembered_first(node).unwrap_or_else(|| {
            let first = self.first_open(&self.plan.node(node).expr);
            self.remember_first(node, first);
            first
        })
    }

    fn open_field(&self, id: FieldId) -> Option<FieldId> {
        if self.is_tried(id) {
            return None;
        }
        match self.state(id) {
            State::Blank => self.domain(id).map(|_| id),
            State::Unclear => self.plan.field(id).shown.and_then(|shown| self.first_open_in(shown)),
            State::Known(_) | State::LeftOut | State::Absent(_) => None,
        }
    }
}
