//! The answers door of a pathway: the person's facts, and a sheet for each instrument that was done. Nothing is dropped or defaulted in silence.

use std::sync::Arc;

use super::Pathway;
use crate::Instrument;
use crate::assess::{Answer, AnswerProblem, AnswerSheet, CheckedAnswers, Override, ProblemKind};
use crate::definition::{AbsentReason, Date, NEEDS_JUDGEMENT};
use crate::source::{Kind, Value, closest};

/// The answers of one person that all fit. Made by `PathwaySheet::check` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPathwayAnswers {
    pub(super) own: CheckedAnswers,
    pub(super) instruments: Vec<Given>,
}

/// What is known of one assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// Nothing yet.
    Nothing,
    /// It will not be done, for this reason.
    Absent(AbsentReason),
    /// Its answers, with the place of the edition that they are for.
    Sheet(usize, CheckedAnswers),
}

/// The answers of one person while they are taken in.
#[derive(Debug)]
pub struct PathwaySheet<'p> {
    pathway: &'p Pathway,
    own: AnswerSheet<'p>,
    slots: Vec<Slot<'p>>,
    /// Switches of instruments: which assessment, the switch, its code.
    switches: Vec<(usize, String, String)>,
    problems: Vec<AnswerProblem>,
    date: Option<Date>,
}

#[derive(Debug)]
enum Slot<'p> {
    Nothing,
    Absent(AbsentReason),
    Sheet(usize, Box<AnswerSheet<'p>>),
}

impl Pathway {
    /// A blank sheet for somebody who is assessed on a day. The day decides which editions of the instruments are used; without one, the newest.
    #[must_use]
    pub fn answers(&self, date: Option<Date>) -> PathwaySheet<'_> {
        let kinds = self.definition.kinds().map(|(_, kind)| kind.id.value.as_str());
        let mut own = AnswerSheet::new(&self.plan, kinds.collect());
        if let Some(date) = date {
            own.on(date);
        }
        let slots = self.instruments.iter().map(|_| Slot::Nothing).collect();
        PathwaySheet { pathway: self, own, slots, switches: Vec::new(), problems: Vec::new(), date }
    }

    /// The edition of an assessment's instrument on a day, with its place among the editions.
    pub(super) fn edition(&self, assessment: usize, date: Option<Date>) -> Option<(usize, &Arc<Instrument>)> {
        let editions = self.instruments.get(assessment)?;
        let in_force = |(_, edition): &(usize, &Arc<Instrument>)| date.is_none_or(|date| edition.definition().in_force(date));
        editions.iter().enumerate().rev().find(in_force).or_else(|| editions.iter().enumerate().next_back())
    }

    /// The assessment whose instrument has this id.
    #[must_use]
    pub fn assessment_of(&self, instrument: &str) -> Option<usize> {
        let fits = |editions: &Vec<Arc<Instrument>>| {
            let named = |edition: &Arc<Instrument>| {
                let definition = edition.definition();
                let full = format!("{}/{}", definition.jurisdiction.value.to_ascii_lowercase(), definition.id.value);
                instrument == definition.id.value || instrument == full
            };
            editions.last().is_some_and(named)
        };
        self.instruments.iter().position(fits)
    }
}

impl<'p> PathwaySheet<'p> {
    /// Takes an input, or the answers of an instrument under the instrument's id.
    pub fn answer_value(&mut self, id: &str, value: &Value) -> &mut Self {
        if let Some(place) = self.pathway.assessment_of(id) {
            self.instrument(place, id, value);
            return self;
        }
        if self.pathway.plan.field_id(id).is_none() && matches!(value.kind, Kind::Mapping(_)) && !is_absent(value) {
            let ids = self.pathway.instruments.iter().filter_map(|editions| Some(editions.last()?.definition().id.value.as_str()));
            let near = closest(id, ids).map(str::to_owned);
            return self.problem(id, ProblemKind::UnknownItem(near));
        }
        self.own.answer_value(id, value);
        self
    }

    /// Marks the sheet as made up by a program: no person stands behind it.
    pub const fn synthetic(&mut self, made_up: bool) -> &mut Self {
        self.own.synthetic(made_up);
        self
    }

    /// Answers an input by its id.
    pub fn answer(&mut self, id: &str, answer: &Answer<'_>) -> &mut Self {
        self.own.answer(id, answer);
        self
    }

    fn instrument(&mut self, place: usize, id: &str, value: &Value) {
        let pathway = self.pathway;
        if !matches!(self.slots.get(place), Some(Slot::Nothing)) {
            self.problem(id, ProblemKind::AnsweredTwice);
            return;
        }
        let slot = match &value.kind {
            Kind::Null => Slot::Nothing,
            Kind::Mapping(_) if is_absent(value) => match absent_reason(value) {
                Some(reason) => Slot::Absent(reason),
                None => {
                    let all = AbsentReason::ALL.map(|reason| reason.word().to_owned()).to_vec();
                    self.problem(id, ProblemKind::AbsentReasonNotAllowed("?".to_owned(), all));
                    return;
                }
            },
            Kind::Mapping(entries) => {
                let Some((edition, instrument)) = pathway.edition(place, self.date) else { return };
                let mut sheet = instrument.answers();
                if let Some(date) = self.date {
                    sheet.on(date);
                }
                for entry in entries {
                    sheet.answer_value(&entry.key.value, &entry.value);
                }
                Slot::Sheet(edition, Box::new(sheet))
            }
            _ => {
                let why = "the answers of an instrument stand under its id, by item; or `{absent: reason}`";
                self.problem(id, ProblemKind::Unreadable(why.to_owned()));
                return;
            }
        };
        if let Some(place) = self.slots.get_mut(place) {
            *place = slot;
        }
    }

    /// Sets a named switch of the pathway to one of its codes.
    pub fn setting(&mut self, id: &str, code: &str) -> &mut Self {
        self.own.setting(id, code);
        self
    }

    /// Sets a named switch of one of the instruments, by the instrument's id. Its answers have to be on the sheet, before or after.
    pub fn instrument_setting(&mut self, instrument: &str, id: &str, code: &str) -> &mut Self {
        match self.pathway.assessment_of(instrument) {
            Some(place) => self.switches.push((place, id.to_owned(), code.to_owned())),
            None => {
                let ids = self.pathway.instruments.iter().filter_map(|editions| Some(editions.last()?.definition().id.value.as_str()));
                let near = closest(instrument, ids).map(str::to_owned);
                self.problem(instrument, ProblemKind::UnknownItem(near));
            }
        }
        self
    }

    /// Records a panel's decision beside the computed setting: `grade` is the kind of care setting.
    pub fn overridden(&mut self, decision: Override) -> &mut Self {
        if decision.grade == NEEDS_JUDGEMENT {
            return self.problem("override", ProblemKind::Unreadable("a decision names a kind of care setting".to_owned()));
        }
        self.own.overridden(decision);
        self
    }

    /// Notes a problem that was found outside, so that it is reported together with the others.
    pub fn problem(&mut self, item: &str, kind: ProblemKind) -> &mut Self {
        self.problems.push(AnswerProblem { item: item.to_owned(), kind });
        self
    }

    /// Fills inputs, and items of the instruments that were begun, as `AnswerSheet::fill` does; `except` names items as `instrument.item`.
    pub(crate) fn fill(&mut self, last: bool, except: &[&str]) {
        self.own.fill(last, except);
        for (slot, editions) in self.slots.iter_mut().zip(&self.pathway.instruments) {
            if let Slot::Sheet(_, sheet) = slot {
                let id = editions.last().map_or("", |instrument| instrument.definition().id.value.as_str());
                let own = except.iter().filter_map(|name| name.strip_prefix(id)?.strip_prefix('.'));
                sheet.fill(last, &own.collect::<Vec<_>>());
            }
        }
    }

    /// Lets the answers through if every one fits.
    ///
    /// # Errors
    /// Every problem: those of the inputs, then those of each instrument, whose items are named `instrument.item`.
    pub fn check(mut self) -> Result<CheckedPathwayAnswers, Vec<AnswerProblem>> {
        for (place, id, code) in std::mem::take(&mut self.switches) {
            match self.slots.get_mut(place) {
                Some(Slot::Sheet(_, sheet)) => drop(sheet.setting(&id, &code)),
                _ => {
                    let instrument =
                        self.pathway.edition(place, None).map_or("", |(_, instrument)| instrument.definition().id.value.as_str());
                    let why = format!("the setting `{id}` of `{instrument}` changes nothing, as there are no answers to `{instrument}`");
                    self.problems.push(AnswerProblem { item: instrument.to_owned(), kind: ProblemKind::Unreadable(why) });
                }
            }
        }
        let mut problems = self.problems;
        let own = self.own.check().map_err(|more| problems.extend(more)).ok();
        let mut instruments = Vec::new();
        for (place, slot) in self.slots.into_iter().enumerate() {
            instruments.push(match slot {
                Slot::Nothing => Given::Nothing,
                Slot::Absent(reason) => Given::Absent(reason),
                Slot::Sheet(edition, sheet) => match sheet.check() {
                    Ok(answers) => Given::Sheet(edition, answers),
                    Err(more) => {
                        let id = self.pathway.edition(place, None).map_or("", |(_, instrument)| instrument.definition().id.value.as_str());
                        let named = |problem: AnswerProblem| AnswerProblem { item: format!("{id}.{}", problem.item), ..problem };
                        problems.extend(more.into_iter().map(named));
                        Given::Nothing
                    }
                },
            });
        }
        match own {
            Some(own) if problems.is_empty() => Ok(CheckedPathwayAnswers { own, instruments }),
            _ => Err(problems),
        }
    }
}

/// Whether a value is `{absent: ...}`.
fn is_absent(value: &Value) -> bool {
    matches!(&value.kind, Kind::Mapping(entries) if matches!(entries.as_slice(), [entry] if entry.key.value == "absent"))
}

fn absent_reason(value: &Value) -> Option<AbsentReason> {
    let Kind::Mapping(entries) = &value.kind else { return None };
    match &entries.first()?.value.kind {
        Kind::Scalar(scalar) => AbsentReason::from_word(&scalar.text),
        _ => None,
    }
}

impl CheckedPathwayAnswers {
    /// The day of the assessment, where it was given.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        self.own.date()
    }
}
