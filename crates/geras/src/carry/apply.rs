//! Carries the answers of one sheet over to another instrument. A difference from what is already answered there is reported, never settled.

use super::resolve::{Mapping, Rule, Target};
use crate::Instrument;
use crate::assess::{CheckedAnswers, GivenAnswer, Origin, ProblemKind};
use crate::definition::{ItemType, Role, Texts};
use crate::plan::{Field, FieldId, State, Value};
use crate::sort::sort_by_key;

/// A sheet filled as far as another sheet determines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled<'f> {
    /// The answers in the order of the definition.
    pub answers: Vec<CarriedAnswer<'f>>,
    /// What stays open, in the order of the definition.
    pub open: Vec<Open<'f>>,
}

/// One answer of the filled sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedAnswer<'f> {
    /// The item or input.
    pub item: String,
    /// Its answer.
    pub answer: GivenAnswer,
    /// Where it comes from; none for an answer that was given to this instrument.
    pub origin: Option<Origin>,
    /// Why it is only near.
    pub reason: Option<&'f Texts>,
}

/// An item that is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open<'f> {
    /// The item or input.
    pub item: String,
    /// Why.
    pub why: Why<'f>,
}

/// Why an item is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why<'f> {
    /// Nothing in the other instrument means the same.
    NoRule,
    /// These items of the other instrument have no answer.
    Unanswered(Vec<String>),
    /// The answer there does not determine one here.
    NotDetermined(Option<&'f Texts>),
    /// With the other answers it is not asked here.
    Hidden,
}

/// An answer that was given here, and another one that is carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The item or input.
    pub item: String,
    /// What was given here.
    pub given: GivenAnswer,
    /// What is carried over.
    pub carried: GivenAnswer,
    /// Where that comes from.
    pub origin: Origin,
}

impl<'f> Mapping<'f> {
    /// Fills a sheet of `to` from answers to `from`, onto the answers that are already given to `to`. Both have to be the instruments of this mapping.
    ///
    /// # Errors
    /// Every answer that is already given and that the carried one contradicts.
    pub fn carry(
        &self,
        from: &Instrument,
        answers: &CheckedAnswers,
        to: &Instrument,
        onto: Option<&CheckedAnswers>,
    ) -> Result<Filled<'f>, Vec<Contradiction>> {
        let (mut filled, mut clashes) = (Filled { answers: Vec::new(), open: Vec::new() }, Vec::new());
        let plan = to.plan();
        for (place, field) in plan.fields().iter().enumerate() {
            if field.role == Role::Setting || field.place == usize::MAX {
                continue;
            }
            let given = onto.and_then(|onto| onto.answer_of(plan, FieldId(place), field));
            let rule = self.rules.iter().find(|rule| rule.to == FieldId(place));
            let carried = rule.map_or(Err(Why::NoRule), |rule| self.one(rule, from, answers, field, to));
            match (given, carried) {
                (None, Ok(answer)) => filled.answers.push(answer),
                (None, Err(why)) => filled.open.push(Open { item: field.id.clone(), why }),
                (Some(given), Ok(CarriedAnswer { answer, origin: Some(origin), .. })) if answer != given => {
                    clashes.push(Contradiction { item: field.id.clone(), given, carried: answer, origin });
                }
                (Some(given), _) => {
                    let mark = onto.and_then(|onto| onto.origins(to).find(|(item, _)| *item == field.id).map(|(_, origin)| origin.clone()));
                    filled.answers.push(CarriedAnswer { item: field.id.clone(), answer: given, origin: mark, reason: None });
                }
            }
        }
        if !clashes.is_empty() {
            return Err(clashes);
        }
        filled.without_hidden(to, onto);
        Ok(filled)
    }

    fn one(
        &self,
        rule: &Rule<'f>,
        from: &Instrument,
        answers: &CheckedAnswers,
        field: &Field,
        to: &Instrument,
    ) -> Result<CarriedAnswer<'f>, Why<'f>> {
        let reason = rule.entry.reason.as_ref();
        let known = |id: &FieldId| if let State::Known(value) = answers.state_of(*id) { Some(value) } else { None };
        let missing: Vec<String> = rule.from.iter().filter(|id| known(id).is_none()).map(|id| from.plan().field(*id).id.clone()).collect();
        if !missing.is_empty() {
            return Err(Why::Unanswered(missing));
        }
        // An answer that was itself carried over is as sure as it was there.
        let sure = |id: &FieldId| answers.origins(from).all(|(item, origin)| item != from.plan().field(*id).id || origin.exact);
        let mut exact = rule.from.iter().all(sure);
        let answer = match &rule.table {
            None => {
                exact &= matches!(&rule.entry.way, super::Way::Unchanged(how) if how.value);
                let source = rule.from.first().ok_or(Why::NoRule)?;
                answers.answer_of(from.plan(), *source, from.plan().field(*source)).ok_or(Why::NotDetermined(reason))?
            }
            Some(table) => {
                let mut worst = 0;
                for value in rule.from.iter().filter_map(known) {
                    let place = match value {
                        Value::Code(code) => usize::from(code),
                        Value::Boolean(truth) => usize::from(truth),
                        _ => return Err(Why::NotDetermined(reason)),
                    };
                    match table.get(place) {
                        Some(Target::Option(option, same)) => {
                            worst = worst.max(*option);
                            exact &= same;
                        }
                        _ => return Err(Why::NotDetermined(reason)),
                    }
                }
                // The most severe of several answers is a choice of the mapping, not what somebody was asked.
                exact &= rule.from.len() == 1;
                option(field, to, worst).ok_or(Why::NotDetermined(reason))?
            }
        };
        let items = rule.from.iter().map(|id| from.plan().field(*id).id.clone()).collect();
        let origin = Origin { from: self.from.clone(), items, exact };
        Ok(CarriedAnswer { item: field.id.clone(), answer, origin: Some(origin), reason: reason.filter(|_| !exact) })
    }
}

/// The option at a place, or yes or no.
fn option(field: &Field, of: &Instrument, place: u8) -> Option<GivenAnswer> {
    match field.kind {
        ItemType::Boolean => Some(GivenAnswer::Boolean(place == 1)),
        _ => of.plan().codes(field.codes?).get(usize::from(place)).cloned().map(GivenAnswer::Code),
    }
}

impl Filled<'_> {
    /// Takes back what was carried to questions that are not asked with the other answers.
    fn without_hidden(&mut self, to: &Instrument, onto: Option<&CheckedAnswers>) {
        loop {
            let mut sheet = to.answers();
            for (setting, code) in onto.map(|onto| onto.settings(to)).unwrap_or_default() {
                sheet.setting(setting, &code.word());
            }
            self.answers.iter().for_each(|answer| answer.answer.put(&mut sheet, &answer.item));
            let hidden: Vec<String> = match sheet.check() {
                Ok(_) => return,
                Err(problems) => {
                    problems.into_iter().filter(|problem| problem.kind == ProblemKind::ItemHidden).map(|problem| problem.item).collect()
                }
            };
            let before = self.answers.len();
            self.answers.retain(|answer| answer.origin.is_none() || !hidden.contains(&answer.item));
            if self.answers.len() == before {
                return;
            }
            self.open.extend(hidden.into_iter().map(|item| Open { item, why: Why::Hidden }));
            let place = |open: &Open<'_>| to.plan().field_id(&open.item);
            sort_by_key(&mut self.open, place);
        }
    }
}
