//! The outcome of one assessment: every score, band, grade, finding and alert, decided or open. Read from the same computed nodes as the explanation.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::problem::{ProblemKind, UseRefused};
use super::sheet::{AnswerSheet, CheckedAnswers, Override};
use crate::Instrument;
use crate::definition::{Alert, BandSet, Date, Finding, Score};
use crate::plan::{FieldId, Knowledge, NodeId, Purpose, State, Value};
use crate::reach::{Computed, Evaluation, Possible, codes};
use crate::script::ScriptFailure;

/// Combinations of open answers that are tried for one result.
pub(super) const BUDGET: u64 = 20_000;

/// The outcome of one assessment.
#[derive(Debug, Clone)]
pub struct Outcome<'i> {
    pub(crate) instrument: &'i Instrument,
    pub(crate) evaluation: Evaluation<'i>,
    pub(super) answers: CheckedAnswers,
}

/// A number, or what it can still be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scored {
    /// The number.
    Decided(Decimal),
    /// The lowest and highest that are still possible, where they are known.
    Open(Option<(Decimal, Decimal)>),
}

/// A code, or those it can still be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coded<'i> {
    /// The code.
    Decided(&'i str),
    /// The codes that are still possible, in their order.
    Open(Vec<&'i str>),
}

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// It depends on open answers.
    Open,
}

/// A score's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreOutcome<'i> {
    /// The score.
    pub score: &'i Score,
    /// Its number.
    pub number: Scored,
}

/// A band set's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandOutcome<'i> {
    /// The set.
    pub set: &'i BandSet,
    /// The band.
    pub band: Coded<'i>,
}

/// A finding's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingOutcome<'i> {
    /// The finding.
    pub finding: &'i Finding,
    /// Whether it holds.
    pub holds: Holds,
}

/// An alert's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertOutcome<'i> {
    /// The alert.
    pub alert: &'i Alert,
    /// Whether it is raised.
    pub holds: Holds,
}

/// The finished computation, for whoever looks at it again.
impl Knowledge for Outcome<'_> {
    fn state(&self, field: FieldId) -> State {
        self.evaluation.state(field)
    }

    fn node(&self, node: NodeId) -> Option<Value> {
        self.evaluation.value(node)
    }

    fn failed(&self, _: ScriptFailure) {}
}

impl Instrument {
    /// A blank answer sheet. Where the licence does not allow what the instrument is used for, it will be refused.
    #[must_use]
    pub fn answers(&self) -> AnswerSheet<'_> {
        let mut sheet = self.sheet();
        if !self.may_be_used() {
            let refused = UseRefused { wanted: self.used_for(), licence: self.definition().licence.clone() };
            sheet.problem("", ProblemKind::UseNotAllowed(Box::new(refused)));
        }
        sheet
    }

    /// A blank sheet for made-up people, whom no licence knows.
    pub(crate) fn sheet(&self) -> AnswerSheet<'_> {
        let scale = self.definition().grade.iter().flat_map(|grade| &grade.scale).map(|step| step.id.value.as_str()).collect();
        AnswerSheet::new(self.plan(), scale)
    }

    /// Scores, bands, grades: everything that follows from checked answers. Cannot fail; the answers must come from this instrument's sheet.
    #[must_use]
    pub fn assess(&self, answers: &CheckedAnswers) -> Outcome<'_> {
        self.assess_after(answers, None)
    }

    /// The same outcome, sooner: what the answers that changed since an earlier outcome cannot touch is taken from there. What was remembered of another
    /// instrument is not looked at.
    #[must_use]
    pub fn assess_after(&self, answers: &CheckedAnswers, earlier: Option<&Remembered>) -> Outcome<'_> {
        let earlier = earlier.map(|earlier| &earlier.0);
        let evaluation = Evaluation::after(self.plan(), Arc::clone(&answers.states), Arc::from([]), BUDGET, earlier);
        Outcome { instrument: self, evaluation, answers: answers.clone() }
    }
}

/// What was computed for an outcome, without the outcome: for `Instrument::assess_after`, when the next answer is there.
#[derive(Debug, Clone)]
pub struct Remembered(Computed);

impl<'i> Outcome<'i> {
    /// What was computed, for the outcome after the next answer.
    #[must_use]
    pub fn remembered(&self) -> Remembered {
        Remembered(self.evaluation.computed())
    }

    /// The instrument that was used.
    #[must_use]
    pub const fn instrument(&self) -> &'i Instrument {
        self.instrument
    }

    /// The day of the assessment, where it was given.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        self.answers.date
    }

    /// The answers that it follows from.
    #[must_use]
    pub const fn answers(&self) -> &CheckedAnswers {
        &self.answers
    }

    /// Whether the answers are marked as made up by a program.
    #[must_use]
    pub const fn is_synthetic(&self) -> bool {
        self.answers.is_synthetic()
    }

    /// An assessor's or panel's decision, which stands beside the computed grade.
    #[must_use]
    pub const fn overridden(&self) -> Option<&Override> {
        self.answers.overridden.as_ref()
    }

    /// The day by which the person has to be assessed again; none where the instrument states no interval, or no day was given.
    #[must_use]
    pub fn review_due(&self) -> Option<Date> {
        self.date()?.months_later(self.instrument.definition().review.as_ref()?.months)
    }

    /// Every score in the author's order.
    pub fn scores(&self) -> impl Iterator<Item = ScoreOutcome<'i>> + '_ {
        let nodes = self.instrument.definition().scores.iter().zip(&self.instrument.plan().index.scores);
        nodes.map(|(score, node)| ScoreOutcome { score, number: self.scored(*node) })
    }

    /// Every band set in the author's order.
    pub fn bands(&self) -> impl Iterator<Item = BandOutcome<'i>> + '_ {
        let nodes = self.instrument.definition().band_sets.iter().zip(&self.instrument.plan().index.bands);
        nodes.map(|(set, node)| BandOutcome { set, band: self.coded(*node) })
    }

    /// The preliminary grade, where the instrument has a grade.
    #[must_use]
    pub fn preliminary_grade(&self) -> Option<Coded<'i>> {
        self.instrument.plan().find(Purpose::Preliminary).map(|node| self.coded(node))
    }

    /// The grade, where the instrument has one.
    #[must_use]
    pub fn grade(&self) -> Option<Coded<'i>> {
        self.instrument.plan().find(Purpose::Grade).map(|node| self.coded(node))
    }

    /// Whether each adjustment holds, in the author's order.
    pub fn adjustments(&self) -> impl Iterator<Item = (&'i crate::definition::Adjustment, Holds)> + '_ {
        let adjustments = self.instrument.definition().grade.iter().flat_map(|grade| &grade.adjustments);
        adjustments.zip(&self.instrument.plan().index.adjustments).map(|(adjustment, node)| (adjustment, self.holds(*node)))
    }

    /// Every finding in the author's order, whether it holds or not.
    pub fn findings(&self) -> impl Iterator<Item = FindingOutcome<'i>> + '_ {
        let nodes = self.instrument.definition().findings.iter().zip(&self.instrument.plan().index.findings);
        nodes.map(|(finding, node)| FindingOutcome { finding, holds: self.holds(*node) })
    }

    /// Every alert in the author's order, whether raised or not.
    pub fn alerts(&self) -> impl Iterator<Item = AlertOutcome<'i>> + '_ {
        let nodes = self.instrument.definition().alerts.iter().zip(&self.instrument.plan().index.alerts);
        nodes.map(|(alert, node)| AlertOutcome { alert, holds: self.holds(*node) })
    }

    /// Whether each field that has a condition is asked now, in the printed order. A field without one is always asked.
    pub fn asked(&self) -> impl Iterator<Item = (&'i str, Holds)> + '_ {
        let fields = self.instrument.plan().fields().iter();
        fields.filter_map(|field| Some((field.id.as_str(), self.holds(field.shown?))))
    }

    /// Whether every score, band, grade, finding and alert is decided.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        let shown = |node: &crate::plan::Node| matches!(node.purpose, Purpose::Shown(_));
        self.instrument.plan().nodes().iter().zip(&self.evaluation.values).all(|(node, value)| value.is_some() || shown(node))
    }

    /// The fields without an answer on which an open result depends, in the printed order.
    #[must_use]
    pub fn waiting_on(&self) -> Vec<&'i str> {
        let plan = self.instrument.plan();
        let explorer = self.evaluation.explorer(0);
        let mut open = crate::plan::FieldSet::default();
        for (place, node) in plan.nodes().iter().enumerate() {
            if self.evaluation.value(NodeId(place)).is_none() && !matches!(node.purpose, Purpose::Shown(_)) {
                open.merge(&explorer.waiting_on(&node.expr));
            }
        }
        self.ids(&open)
    }

    fn ids(&self, fields: &crate::plan::FieldSet) -> Vec<&'i str> {
        fields.iter().map(|field| self.instrument.plan().field(field).id.as_str()).collect()
    }

    /// The fields on which the grade still depends, in the printed order; none once it is decided. Where the instrument has no grade, those on which
    /// any result depends.
    #[must_use]
    pub fn deciding(&self) -> Vec<&'i str> {
        let plan = self.instrument.plan();
        if plan.find(Purpose::Grade).is_none() {
            return self.waiting_on();
        }
        let Some(node) = plan.find(Purpose::Grade).filter(|node| self.evaluation.value(*node).is_none()) else { return Vec::new() };
        let open = self.evaluation.explorer(0).waiting_on(&plan.node(node).expr);
        self.ids(&open)
    }

    /// Scripts that failed on these answers: the id of their score, and what went wrong. Their results stay open.
    pub fn failures(&self) -> impl Iterator<Item = (&'i str, &ScriptFailure)> {
        let plan = self.instrument.plan();
        self.evaluation.failures.iter().map(|(node, failure)| (plan.node(*node).id.as_str(), failure))
    }

    /// Open results for which some of the values called possible may not really be: the ids of their scores, bands or grades.
    pub fn inexact(&self) -> impl Iterator<Item = &'i str> + '_ {
        let plan = self.instrument.plan();
        let nodes = plan.nodes().iter().enumerate();
        nodes
            .filter(|(place, _)| self.evaluation.finding(NodeId(*place)).is_some_and(|finding| !finding.exact))
            .map(|(_, node)| node.id.as_str())
    }

    pub(super) fn scored(&self, node: NodeId) -> Scored {
        match self.evaluation.value(node) {
            Some(Value::Number(number)) => Scored::Decided(number),
            _ => Scored::Open(match self.evaluation.finding(node).map(|finding| finding.possible) {
                Some(Possible::Numbers(numbers)) => {
                    let known = |end: &Decimal| *end != Decimal::MIN && *end != Decimal::MAX;
                    numbers.min().filter(known).zip(numbers.max().filter(known))
                }
                _ => None,
            }),
        }
    }

    pub(super) fn coded(&self, node: NodeId) -> Coded<'i> {
        let plan = self.instrument.plan();
        let kind = plan.node(node).kind;
        match self.evaluation.value(node) {
            Some(value) => Coded::Decided(plan.code_text(kind, value)),
            None => {
                let possible = match self.evaluation.finding(node).map(|finding| finding.possible) {
                    Some(Possible::Codes(bits)) => bits,
                    _ => u64::MAX,
                };
                let texts = codes(possible).map(|code| plan.code_text(kind, Value::Code(code)));
                Coded::Open(texts.filter(|text| !text.is_empty()).collect())
            }
        }
    }

    pub(super) fn holds(&self, node: NodeId) -> Holds {
        match self.evaluation.value(node) {
            Some(Value::Boolean(true)) => Holds::Yes,
            Some(_) => Holds::No,
            None => Holds::Open,
        }
    }
}
