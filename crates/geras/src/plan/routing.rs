//! The clauses of a pathway as nodes: each condition, and the chain of rules and wishes that leads to one kind of care setting.

use std::sync::Arc;

use super::compile::Compiler;
use super::expression::{Accept, CodeSetId, DecisionTable, Expr, Type, Value};
use super::{NodeId, Purpose};
use crate::Instrument;
use crate::definition::{ClauseKind, Hit, Id, NEEDS_JUDGEMENT, PathwayDefinition};
use crate::source::Span;

/// A pathway with the instruments that it uses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linked<'d> {
    pub(crate) pathway: &'d PathwayDefinition,
    /// For each assessment the editions that may be used, oldest first; none where there is no such instrument.
    pub(crate) instruments: &'d [Vec<Arc<Instrument>>],
}

impl Compiler<'_> {
    pub(super) fn instruments_of(&self, assessment: usize) -> Vec<Arc<Instrument>> {
        self.pathway.and_then(|linked| linked.instruments.get(assessment)).cloned().unwrap_or_default()
    }

    /// The lists of codes of a pathway, and all its nodes in the order of the file.
    pub(super) fn all_clauses(&mut self) {
        let Some(linked) = self.pathway else { return };
        let pathway = linked.pathway;
        for place in 0..pathway.assessments.len() {
            self.node(Purpose::Wanted(place), Span::default());
        }
        for place in 0..pathway.clauses.len() {
            self.node(Purpose::Clause(place), Span::default());
        }
        self.node(Purpose::Routing, Span::default());
        self.node(Purpose::RoutingSetting, Span::default());
        for (place, assessment) in pathway.assessments.iter().enumerate() {
            let Some(instead) = &assessment.instead_of else { continue };
            let leader = pathway.assessments.iter().position(|other| other.id.value == instead.value);
            if leader
                .is_none_or(|leader| leader == place || pathway.assessments.get(leader).is_some_and(|other| other.instead_of.is_some()))
            {
                self.source = assessment.source.clone();
                let known: Vec<&str> =
                    pathway.assessments.iter().filter(|other| other.instead_of.is_none()).map(|other| other.id.value.as_str()).collect();
                let help = crate::definition::did_you_mean(&instead.value, &known);
                let message = format!("there is no assessment `{}` in whose place this one could be done", instead.value);
                self.help("unknown-name", instead.span, message, help);
            }
        }
    }

    /// The codes of all kinds, with the word for those on whom people decide; made when the fields are.
    pub(super) fn routing_codes(&mut self) {
        let Some(linked) = self.pathway else { return };
        let judged = [NEEDS_JUDGEMENT.to_owned()];
        let kinds = linked.pathway.kinds().map(|(_, kind)| kind.id.value.clone()).chain(judged.clone()).collect();
        let settings = linked.pathway.care_settings.iter().map(|setting| setting.id.value.clone()).chain(judged).collect();
        self.codes.push(kinds);
        self.codes.push(settings);
        self.kinds = Some(CodeSetId(self.codes.len() - 2));
        self.care_settings = Some(CodeSetId(self.codes.len() - 1));
    }

    /// The condition of a clause.
    pub(super) fn clause(&mut self, place: usize) -> Option<(Expr, Type)> {
        let clause = self.pathway?.pathway.clauses.get(place)?;
        let expr = match &clause.when {
            Some(when) => self.condition(when)?,
            None => Expr::Constant(Value::Boolean(true)),
        };
        if let Some(way) = clause.way() {
            self.kind_code(&way.to);
            for other in &way.alternatives {
                self.kind_code(&other.to);
            }
        }
        Some((expr, Type::Boolean))
    }

    /// For whom an assessment is called for; one that may stand for another, for whom that one is.
    pub(super) fn wanted(&mut self, place: usize) -> Option<(Expr, Type)> {
        let all = &self.pathway?.pathway.assessments;
        let own = all.get(place)?;
        let leader = own.instead_of.as_ref().and_then(|leader| all.iter().find(|other| other.id.value == leader.value));
        let when = own.when.as_ref().or_else(|| leader?.when.as_ref());
        let expr = when.map_or(Some(Expr::Constant(Value::Boolean(true))), |when| self.condition(when));
        Some((expr?, Type::Boolean))
    }

    fn kind_code(&mut self, id: &Id) -> Option<u8> {
        let set = self.kinds?;
        self.code(set, &id.value, id.span, "the list of care settings")
    }

    /// The chain of rules (or, in front of it, of wishes): the first that holds decides.
    pub(super) fn chain(&mut self, of: ClauseKind, span: Span) -> Option<(Expr, Type)> {
        let (pathway, set) = (self.pathway?.pathway, self.kinds?);
        let last = u8::try_from(pathway.kinds().count()).ok()?;
        let mut chain =
            if of == ClauseKind::Wish { Expr::Node(self.node(Purpose::Proposal, span)?) } else { Expr::Constant(Value::Code(last)) };
        let clauses: Vec<(usize, Id)> = pathway.of_kind(of).filter_map(|(place, clause)| Some((place, clause.way()?.to.clone()))).collect();
        for (place, to) in clauses.into_iter().rev() {
            let node = self.node(Purpose::Clause(place), span);
            let code = self.codes.get(set.0)?.iter().position(|code| *code == to.value);
            let code = Expr::Constant(Value::Code(u8::try_from(code?).ok()?));
            chain = Expr::If(Box::new(Expr::Node(node?)), Box::new(code), Box::new(chain));
        }
        Some((chain, Type::Code(set)))
    }

    /// The care setting of a kind that a node gives.
    pub(super) fn setting_of(&mut self, of: Purpose, span: Span) -> Option<(Expr, Type)> {
        let (pathway, set) = (self.pathway?.pathway, self.care_settings?);
        let node: NodeId = self.node(of, span)?;
        let (mut rows, mut first) = (Vec::new(), 0_u8);
        let judged = u8::try_from(pathway.care_settings.len()).ok()?;
        for (place, setting) in pathway.care_settings.iter().enumerate() {
            let count = u8::try_from(setting.kinds.len()).ok()?;
            let bits = (first..first.saturating_add(count)).fold(0_u64, |bits, code| bits | 1 << code.min(63));
            rows.push((vec![Accept::Codes(bits)], Value::Code(u8::try_from(place).ok()?)));
            first = first.saturating_add(count);
        }
        let otherwise = Some(Value::Code(judged));
        let table = DecisionTable { columns: vec![Expr::Node(node)], rows, hit: Hit::First, aggregate: None, otherwise };
        Some((Expr::Table(Box::new(table)), Type::Code(set)))
    }
}
