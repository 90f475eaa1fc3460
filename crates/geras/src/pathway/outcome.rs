//! One person on a pathway: the instruments' outcomes, the proposed care setting, and every clause: decided, or open with what is possible.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Pathway;
use super::remembered::RememberedPathway;
use super::sheet::{CheckedPathwayAnswers, Given};
use crate::assess::{Coded, Holds, Outcome, Override, Scored};
use crate::definition::{AbsentReason, Assessment, Clause, ClauseKind, Date, Detail, Item, Role};
use crate::plan::{Expr, FieldId, NodeId, Purpose, ResultField, ResultKind, State, Type, Value};
use crate::reach::{Evaluation, Possible, Satisfied, codes};
use crate::sort::sort_by_key;

/// Combinations of open answers that are tried for one clause.
const BUDGET: u64 = 500;
/// The same while more answers than `MANY` are open: hardly anything follows then, and whoever answers is waiting.
const FEW: u64 = 8;
const MANY: usize = 12;
/// Answers that are tried to find out whether one rule can still decide.
const STEPS: u64 = 4_000;

/// The outcome of one person on a pathway.
#[derive(Debug, Clone)]
pub struct PathwayOutcome<'p> {
    pub(super) pathway: &'p Pathway,
    pub(crate) evaluation: Evaluation<'p>,
    pub(crate) states: Arc<[State]>,
    pub(super) limits: Arc<[Option<Possible>]>,
    pub(super) instruments: Vec<InstrumentOutcome<'p>>,
    date: Option<Date>,
    overridden: Option<Override>,
    synthetic: bool,
    pub(super) proposal: u64,
    pub(super) routing: u64,
}

/// One assessment of the pathway, and what came of it.
#[derive(Debug, Clone)]
pub struct InstrumentOutcome<'p> {
    /// The assessment.
    pub assessment: &'p Assessment,
    /// The id of its instrument.
    pub instrument: &'p str,
    /// What came of it.
    pub outcome: AssessmentOutcome<'p>,
}

/// What came of an assessment.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "a pathway has few of them, and they are not moved about")]
pub enum AssessmentOutcome<'p> {
    /// It was done.
    Done(Outcome<'p>),
    /// It will not be done, for this reason.
    Absent(AbsentReason),
    /// It was not done; whether it is called for. Not so if another one was done in its place.
    NotDone(Holds),
}

/// A clause, and whether it holds.
#[derive(Debug, Clone, Copy)]
pub struct ClauseOutcome<'p> {
    /// The clause.
    pub clause: &'p Clause,
    /// Whether it holds.
    pub holds: Holds,
}

/// A kind of care setting with the setting that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed<'p> {
    /// The kind, or `needs_judgement`.
    pub kind: Coded<'p>,
    /// The care setting, or `needs_judgement`.
    pub setting: Coded<'p>,
}

/// The points for the waiting order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority<'p> {
    /// The sum of the points.
    pub points: Scored,
    /// What they are given for.
    pub reasons: Vec<(&'p Clause, Decimal)>,
}

/// When to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review<'p> {
    /// The clause that asks for it.
    pub clause: &'p Clause,
    /// In how many days.
    pub days: u32,
    /// The day, where the day of the assessment is known.
    pub due: Option<Date>,
}

impl PartialEq for Clause {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.id == other.id && self.pathway == other.pathway
    }
}

impl Eq for Clause {}

/// What an open result waits for, by instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting<'p> {
    /// The id of the instrument; none for the person's facts.
    pub instrument: Option<&'p str>,
    /// The items or inputs; none where the whole assessment is still to be done.
    pub items: Vec<&'p str>,
}

impl Pathway {
    /// Everything that follows from checked answers. Cannot fail; the answers must come from this pathway's sheet.
    #[must_use]
    pub fn assess(&self, answers: &CheckedPathwayAnswers) -> PathwayOutcome<'_> {
        self.assess_after(answers, None)
    }

    /// The same outcome, sooner: what the answers that changed since an earlier outcome cannot touch is taken from there. What was remembered of another
    /// pathway is not looked at.
    #[must_use]
    pub fn assess_after(&self, answers: &CheckedPathwayAnswers, earlier: Option<&RememberedPathway>) -> PathwayOutcome<'_> {
        let outcomes: Vec<Option<Outcome<'_>>> = answers
            .instruments
            .iter()
            .zip(&self.instruments)
            .enumerate()
            .map(|(place, (given, editions))| match given {
                Given::Sheet(edition, sheet) => {
                    let known = earlier.and_then(|earlier| earlier.instruments.get(place)?.as_ref());
                    editions.get(*edition).map(|instrument| instrument.assess_after(sheet, known))
                }
                _ => None,
            })
            .collect();
        let mut computed = earlier.map(|earlier| earlier.own.clone());
        let mut done: Vec<Option<bool>> = (0..answers.instruments.len()).map(|place| self.done(answers, place)).collect();
        loop {
            let (states, limits) = self.states(answers, &outcomes, &done);
            let open = states.iter().filter(|state| **state == State::Blank).count();
            let budget = if open > MANY { FEW } else { BUDGET };
            let evaluation = Evaluation::after(&self.plan, Arc::clone(&states), Arc::clone(&limits), budget, computed.as_ref());
            // An assessment that is not called for counts as not done, and others may hang on that.
            let mut changed = false;
            for (place, slot) in done.iter_mut().enumerate().filter(|(_, slot)| slot.is_none()) {
                let wanted = self.plan.find(Purpose::Wanted(place)).and_then(|node| evaluation.value(node));
                if wanted == Some(Value::Boolean(false)) {
                    *slot = Some(false);
                    changed = true;
                }
            }
            if !changed {
                return self.outcome(answers, outcomes, evaluation, (states, limits), earlier);
            }
            computed = Some(evaluation.computed());
        }
    }

    fn outcome<'p>(
        &'p self,
        answers: &CheckedPathwayAnswers,
        outcomes: Vec<Option<Outcome<'p>>>,
        evaluation: Evaluation<'p>,
        (states, limits): (Arc<[State]>, Arc<[Option<Possible>]>),
        earlier: Option<&RememberedPathway>,
    ) -> PathwayOutcome<'p> {
        let instruments = outcomes
            .into_iter()
            .enumerate()
            .filter_map(|(place, outcome)| {
                let assessment = self.definition.assessments.get(place)?;
                let instrument = self.instruments.get(place)?.last()?.definition().id.value.as_str();
                let outcome = match (outcome, answers.instruments.get(place)) {
                    (Some(outcome), _) => AssessmentOutcome::Done(outcome),
                    (None, Some(Given::Absent(reason))) => AssessmentOutcome::Absent(*reason),
                    _ if self.replaced(answers, place) => AssessmentOutcome::NotDone(Holds::No),
                    _ => AssessmentOutcome::NotDone(
                        self.plan.find(Purpose::Wanted(place)).map_or(Holds::No, |node| holds(&evaluation, node)),
                    ),
                };
                Some(InstrumentOutcome { assessment, instrument, outcome })
            })
            .collect();
        let date = answers.own.date();
        let (overridden, synthetic) = (answers.own.overridden.clone(), answers.own.is_synthetic());
        let mut outcome =
            PathwayOutcome { pathway: self, evaluation, states, limits, instruments, date, overridden, synthetic, proposal: 0, routing: 0 };
        outcome.proposal = outcome.reachable_after(Purpose::Proposal, earlier.map(|earlier| (earlier, earlier.proposal)));
        outcome.routing = outcome.reachable_after(Purpose::Routing, earlier.map(|earlier| (earlier, earlier.routing)));
        outcome
    }

    /// Whether an assessment is done, where that does not hang on other answers.
    fn done(&self, answers: &CheckedPathwayAnswers, place: usize) -> Option<bool> {
        match answers.instruments.get(place)? {
            Given::Sheet(..) => Some(true),
            Given::Absent(_) => Some(false),
            Given::Nothing => self.replaced(answers, place).then_some(false),
        }
    }

    /// Whether another assessment was done in place of this one.
    fn replaced(&self, answers: &CheckedPathwayAnswers, place: usize) -> bool {
        let group = |assessment: &Assessment| assessment.instead_of.as_ref().unwrap_or(&assessment.id).value.clone();
        let all = &self.definition.assessments;
        let Some(own) = all.get(place).map(group) else { return false };
        let mates = all.iter().enumerate().filter(|(other, assessment)| *other != place && group(assessment) == own);
        let mut mates = mates.map(|(other, _)| answers.instruments.get(other));
        mates.any(|given| matches!(given, Some(Given::Sheet(..))))
    }

    fn states(
        &self,
        answers: &CheckedPathwayAnswers,
        outcomes: &[Option<Outcome<'_>>],
        done: &[Option<bool>],
    ) -> (Arc<[State]>, Arc<[Option<Possible>]>) {
        let mut states = answers.own.states.to_vec();
        let mut limits: Vec<Option<Possible>> = vec![None; states.len()];
        for result in &self.plan.results {
            let known = done.get(result.assessment).copied().flatten();
            let outcome = outcomes.get(result.assessment).and_then(Option::as_ref);
            let (state, limit) = match (&result.what, known, outcome) {
                (ResultKind::Done, known, _) => (known.map_or(State::Blank, |done| State::Known(Value::Boolean(done))), None),
                (_, _, Some(outcome)) => self.result(result, outcome),
                (_, Some(false), None) => (State::Absent(AbsentReason::NotAsked), None),
                (_, _, None) => (State::Blank, None),
            };
            if let Some(slot) = states.get_mut(result.field.0) {
                *slot = state;
            }
            if let Some(slot) = limits.get_mut(result.field.0) {
                *slot = limit;
            }
        }
        (states.into(), limits.into())
    }

    /// A result of an instrument as the pathway sees it: its value, or what it can still become.
    fn result(&self, result: &ResultField, outcome: &Outcome<'_>) -> (State, Option<Possible>) {
        let plan = outcome.instrument.plan();
        let codes_here = self.plan.field(result.field).codes.map_or(&[][..], |set| self.plan.codes(set));
        let place_of = |text: &str| codes_here.iter().position(|known| known == text).and_then(|place| u8::try_from(place).ok());
        let here = |kind: Type, value: Value| match value {
            Value::Code(_) => place_of(plan.code_text(kind, value)).map(Value::Code),
            other => Some(other),
        };
        let Some(node) = node_of(result, outcome) else {
            let (ResultKind::Answer(id) | ResultKind::Points(id)) = &result.what else { return (State::Blank, None) };
            let Some(field) = plan.field_id(id) else { return (State::Blank, None) };
            return match outcome.evaluation.state(field) {
                State::Known(value) if matches!(result.what, ResultKind::Points(_)) => {
                    (plan.points(field, value).map_or(State::Blank, |points| State::Known(Value::Number(points))), None)
                }
                State::Known(value) => (here(plan.field(field).answer_type(), value).map_or(State::Blank, State::Known), None),
                State::LeftOut => (State::Absent(AbsentReason::NotApplicable), None),
                State::Absent(reason) => (State::Absent(reason), None),
                State::Blank | State::Unclear => (State::Blank, None),
            };
        };
        let kind = plan.node(node).kind;
        if let Some(value) = outcome.evaluation.value(node) {
            return (here(kind, value).map_or(State::Blank, State::Known), None);
        }
        let possible = outcome.evaluation.finding(node).map(|finding| finding.possible);
        let limit = match possible {
            Some(Possible::Codes(bits)) => {
                let here = codes(bits).filter_map(|code| place_of(plan.code_text(kind, Value::Code(code))));
                Some(Possible::Codes(here.fold(0, |bits, code| bits | 1 << code)))
            }
            Some(Possible::Anything) | None => None,
            other => other,
        };
        (State::Blank, limit)
    }
}

/// The node of the instrument that gives a result; none for an answer.
fn node_of(result: &ResultField, outcome: &Outcome<'_>) -> Option<NodeId> {
    let (definition, plan) = (outcome.instrument.definition(), outcome.instrument.plan());
    plan.find(result.what.purpose(definition)?)
}

fn holds(evaluation: &Evaluation<'_>, node: NodeId) -> Holds {
    match evaluation.value(node) {
        Some(Value::Boolean(true)) => Holds::Yes,
        Some(_) => Holds::No,
        None => Holds::Open,
    }
}

impl<'p> PathwayOutcome<'p> {
    /// Whether each input that has a condition is asked now, in the order of the file. An input without one is always asked.
    pub fn asked(&self) -> impl Iterator<Item = (&'p str, Holds)> + '_ {
        let fields = self.pathway.plan.fields().iter();
        fields.filter_map(|field| Some((field.id.as_str(), holds(&self.evaluation, field.shown?))))
    }

    /// The pathway that was used.
    #[must_use]
    pub const fn pathway(&self) -> &'p Pathway {
        self.pathway
    }

    /// The day of the assessment, where it was given.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        self.date
    }

    /// A panel's decision beside the computed setting; its `grade` is a kind of care setting.
    #[must_use]
    pub const fn overridden(&self) -> Option<&Override> {
        self.overridden.as_ref()
    }

    /// The settings of the pathway that are not at their default, with their codes.
    #[must_use]
    pub fn settings(&self) -> Vec<(&'p Item, &'p str)> {
        let plan = &self.pathway.plan;
        let settings = plan.fields().iter().zip(self.states.iter()).filter(|(field, _)| field.role == Role::Setting);
        settings
            .filter_map(|(field, state)| {
                let State::Known(value) = *state else { return None };
                let setting = self.pathway.definition.head.settings.get(field.place)?;
                (field.default != Some(value)).then(|| (setting, plan.code_text(field.answer_type(), value)))
            })
            .collect()
    }

    /// Every assessment with what came of it, in the author's order.
    #[must_use]
    pub fn instruments(&self) -> &[InstrumentOutcome<'p>] {
        &self.instruments
    }

    /// Every clause of a kind, whether it holds or not, in the author's order.
    pub fn clauses(&self, kind: ClauseKind) -> impl Iterator<Item = ClauseOutcome<'p>> + '_ {
        let all = self.pathway.definition.of_kind(kind);
        all.map(|(place, clause)| ClauseOutcome { clause, holds: self.clause_holds(place) })
    }

    fn clause_holds(&self, place: usize) -> Holds {
        self.pathway.plan.find(Purpose::Clause(place)).map_or(Holds::No, |node| holds(&self.evaluation, node))
    }

    /// What the rules propose, before the person's wishes.
    #[must_use]
    pub fn proposal(&self) -> Routed<'p> {
        self.routed(self.proposal)
    }

    /// The care setting after the person's wishes.
    #[must_use]
    pub fn routing(&self) -> Routed<'p> {
        self.routed(self.routing)
    }

    /// The rule that decided the proposal; none while that is open.
    #[must_use]
    pub fn rule(&self) -> Option<&'p Clause> {
        self.first(ClauseKind::Rule)
    }

    /// The wish that overrules the proposal; none where none does, or while that is open.
    #[must_use]
    pub fn wish(&self) -> Option<&'p Clause> {
        self.first(ClauseKind::Wish)
    }

    fn first(&self, kind: ClauseKind) -> Option<&'p Clause> {
        let first = self.clauses(kind).find(|found| found.holds != Holds::No)?;
        (first.holds == Holds::Yes).then_some(first.clause)
    }

    /// Whether the sheet is marked as made up by a program.
    #[must_use]
    pub const fn is_synthetic(&self) -> bool {
        self.synthetic
    }

    /// The points for the waiting order.
    #[must_use]
    pub fn priority(&self) -> Priority<'p> {
        let (mut low, mut high, mut reasons) = (Decimal::ZERO, Decimal::ZERO, Vec::new());
        for found in self.clauses(ClauseKind::Priority) {
            let Detail::Points(points) = found.clause.detail else { continue };
            match found.holds {
                Holds::Yes => {
                    reasons.push((found.clause, points));
                    low += points;
                    high += points;
                }
                Holds::Open => {
                    low += points.min(Decimal::ZERO);
                    high += points.max(Decimal::ZERO);
                }
                Holds::No => {}
            }
        }
        let points = if low == high { Scored::Decided(low) } else { Scored::Open(Some((low, high))) };
        Priority { points, reasons }
    }

    /// The earliest review that some clause asks for.
    #[must_use]
    pub fn review(&self) -> Option<Review<'p>> {
        let asked = self.clauses(ClauseKind::Review).filter(|found| found.holds == Holds::Yes);
        let days = asked.filter_map(|found| if let Detail::Days(days) = found.clause.detail { Some((days, found.clause)) } else { None });
        let (days, clause) = days.min_by_key(|(days, _)| *days)?;
        let due = self.date.and_then(|date| Date::from_day_number(date.day_number().checked_add(i32::try_from(days).ok()?)?));
        Some(Review { clause, days, due })
    }

    /// Whether the care setting is decided. Findings, services and other clauses may still be open.
    #[must_use]
    pub const fn is_decided(&self) -> bool {
        self.routing.count_ones() == 1
    }

    /// What the care setting still waits for: the first thing to find out first. Nothing once it is decided.
    #[must_use]
    pub fn deciding(&self) -> Vec<Waiting<'p>> {
        if self.routing.count_ones() == 1 {
            return Vec::new();
        }
        let Some(node) = self.pathway.plan.find(Purpose::Routing) else { return Vec::new() };
        let explorer = self.evaluation.explorer(0);
        let mut fields: Vec<FieldId> = explorer.waiting_on(&Expr::Node(node)).iter().collect();
        if let Some(first) = explorer.ask_first(&Expr::Node(node)) {
            sort_by_key(&mut fields, |field| *field != first);
        }
        self.waiting(&fields)
    }

    /// Everything that some open result waits for.
    #[must_use]
    pub fn waiting_on(&self) -> Vec<Waiting<'p>> {
        let explorer = self.evaluation.explorer(0);
        let mut open = crate::plan::FieldSet::default();
        for (place, node) in self.pathway.plan.nodes().iter().enumerate() {
            let counts = !matches!(node.purpose, Purpose::Shown(_) | Purpose::Wanted(_));
            if counts && self.evaluation.value(NodeId(place)).is_none() {
                open.merge(&explorer.waiting_on(&node.expr));
            }
        }
        self.waiting(&open.iter().collect::<Vec<_>>())
    }

    fn waiting(&self, fields: &[FieldId]) -> Vec<Waiting<'p>> {
        let plan = &self.pathway.plan;
        let fields = self.before_the_screens(fields);
        let mut all: Vec<Waiting<'p>> = Vec::new();
        let mut add = |instrument: Option<&'p str>, items: Vec<&'p str>| match all.iter_mut().find(|known| known.instrument == instrument) {
            Some(known) => items.into_iter().for_each(|item| {
                if !known.items.contains(&item) {
                    known.items.push(item);
                }
            }),
            None => all.push(Waiting { instrument, items }),
        };
        for field in &fields {
            let Some(result) = plan.results.iter().find(|result| result.field == *field) else {
                add(None, vec![plan.field(*field).id.as_str()]);
                continue;
            };
            let Some(found) = self.instruments.get(result.assessment) else { continue };
            match &found.outcome {
                AssessmentOutcome::Done(outcome) => add(Some(found.instrument), self.items_behind(result, outcome)),
                AssessmentOutcome::NotDone(Holds::No) => {}
                AssessmentOutcome::Absent(_) | AssessmentOutcome::NotDone(_) => {
                    // One of several that may stand for each other is enough: the first of them is named.
                    let leader = found.assessment.instead_of.as_ref().map_or(&found.assessment.id.value, |leader| &leader.value);
                    let leader = self.instruments.iter().find(|other| other.assessment.id.value == *leader);
                    add(Some(leader.unwrap_or(found).instrument), Vec::new());
                }
            }
        }
        all
    }

    /// In place of an assessment of which it is open whether it is called for: what that hangs on.
    fn before_the_screens(&self, fields: &[FieldId]) -> Vec<FieldId> {
        let plan = &self.pathway.plan;
        let explorer = self.evaluation.explorer(0);
        let (mut left, mut found): (Vec<FieldId>, Vec<FieldId>) = (fields.iter().rev().copied().collect(), Vec::new());
        let mut seen: Vec<usize> = Vec::new();
        while let Some(field) = left.pop() {
            let result = plan.results.iter().find(|result| result.field == field);
            let staged = result.filter(|result| {
                let outcome = self.instruments.get(result.assessment).map(|found| &found.outcome);
                matches!(outcome, Some(AssessmentOutcome::NotDone(Holds::Open)))
            });
            match staged.and_then(|result| Some((result.assessment, plan.find(Purpose::Wanted(result.assessment))?))) {
                Some((assessment, wanted)) => {
                    if !seen.contains(&assessment) {
                        seen.push(assessment);
                        left.extend(explorer.waiting_on(&Expr::Node(wanted)).iter());
                    }
                }
                None if found.contains(&field) => {}
                None => found.push(field),
            }
        }
        found
    }

    fn items_behind(&self, result: &ResultField, outcome: &Outcome<'p>) -> Vec<&'p str> {
        let plan = outcome.instrument.plan();
        let Some(node) = node_of(result, outcome) else {
            let (ResultKind::Answer(id) | ResultKind::Points(id)) = &result.what else { return Vec::new() };
            return plan.field_id(id).map(|field| plan.field(field).id.as_str()).into_iter().collect();
        };
        let open = outcome.evaluation.explorer(0).waiting_on(&plan.node(node).expr);
        open.iter().map(|field| plan.field(field).id.as_str()).collect()
    }

    /// The kinds that can still come out, one bit each.
    pub(super) fn reachable(&self, of: Purpose) -> u64 {
        let plan = &self.pathway.plan;
        let Some(node) = plan.find(of) else { return 0 };
        if let Some(Value::Code(code)) = self.evaluation.value(node) {
            return 1 << code;
        }
        let bits = match self.evaluation.finding(node).map(|finding| finding.possible) {
            Some(Possible::Codes(bits)) => bits,
            _ => u64::MAX,
        };
        // One way after the other: can it decide at all? What is not found out stays possible.
        let mut reached = 0_u64;
        let mut before: Vec<Expr> = Vec::new();
        let lists = [ClauseKind::Wish, ClauseKind::Rule];
        for kind in lists.into_iter().filter(|kind| *kind == ClauseKind::Rule || of == Purpose::Routing) {
            for (place, clause) in self.pathway.definition.of_kind(kind) {
                let (Some(clause_node), Some(way)) = (plan.find(Purpose::Clause(place)), clause.way()) else { continue };
                let code = plan.codes_of(node).iter().position(|code| *code == way.to.value).unwrap_or(63);
                let own = Expr::Node(clause_node);
                if reached >> code & 1 == 0 {
                    let condition = Expr::And(std::iter::once(own.clone()).chain(before.iter().cloned()).collect());
                    let mut explorer = self.evaluation.explorer(0);
                    if explorer.satisfy(&condition, &mut STEPS.clone()) != Satisfied::Never {
                        reached |= 1 << code;
                    }
                }
                if self.clause_holds(place) == Holds::Yes {
                    return reached & bits;
                }
                before.push(Expr::Not(Box::new(own)));
            }
        }
        // Nobody is left over where a rule closes the list; else people decide.
        let left_over = plan.codes_of(node).len().saturating_sub(1);
        let mut explorer = self.evaluation.explorer(0);
        if explorer.satisfy(&Expr::And(before), &mut STEPS.clone()) != Satisfied::Never {
            reached |= 1 << left_over;
        }
        reached & bits
    }

    fn routed(&self, bits: u64) -> Routed<'p> {
        let definition = &self.pathway.definition;
        let kinds: Vec<(&str, &str)> =
            definition.kinds().map(|(setting, kind)| (kind.id.value.as_str(), setting.id.value.as_str())).collect();
        let judged = crate::definition::NEEDS_JUDGEMENT;
        let possible = codes(bits).filter_map(|code| {
            let place = usize::from(code);
            kinds.get(place).copied().or_else(|| (place == kinds.len()).then_some((judged, judged)))
        });
        let (mut kinds, mut settings): (Vec<&'p str>, Vec<&'p str>) = (Vec::new(), Vec::new());
        for (kind, setting) in possible {
            kinds.push(kind);
            if !settings.contains(&setting) {
                settings.push(setting);
            }
        }
        let coded = |mut codes: Vec<&'p str>| if codes.len() == 1 { Coded::Decided(codes.remove(0)) } else { Coded::Open(codes) };
        Routed { kind: coded(kinds), setting: coded(settings) }
    }
}
