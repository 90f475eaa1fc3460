//! One person on a pathway while somebody fills it in: an answer in, what it changed out. Every state is read anew through the pathway's door; no second rule stands here.

use std::mem;

use geras::Pathway;
use geras::assess::{AnswerProblem, Holds, ProblemKind};
use geras::definition::ClauseKind;
use geras::pathway::{AssessmentOutcome, CheckedPathwayAnswers, InstrumentOutcome, PathwayOutcome, RememberedPathway};
use serde::Serialize;

use super::{PathwayLine, PathwayPerson, read_pathway_answers};
use crate::PersonId;
use crate::answers::object;
use crate::filled::{Changed, Told, Values, braced, put, whole};
use crate::outcome::{Problem, Refused};
use crate::write::assess_pathway_json;
use crate::writer::on_one_line;

/// A person on a pathway whose answers are coming in. They always fit.
#[derive(Debug, Clone)]
pub struct OpenPathway {
    given: Given,
    aside: Vec<Aside>,
    id: Option<PersonId>,
    checked: CheckedPathwayAnswers,
    told: Told,
    /// What was computed for the state before, which the next answer leaves as it is for the greater part.
    computed: RememberedPathway,
}

/// The sheet as it was given, every value in JSON.
#[derive(Debug, Clone, Default)]
struct Given {
    /// The keys beside the answers.
    beside: Values,
    /// Answers to the pathway's own inputs, and instruments that are not done, with the reason.
    inputs: Values,
    /// The answers to each instrument that was begun, by its id.
    sheets: Vec<(String, Values)>,
}

/// An answer to a question that is hidden now.
#[derive(Debug, Clone)]
struct Aside {
    /// The id of the instrument; none for an input of the pathway.
    instrument: Option<String>,
    item: String,
    value: String,
}

/// A person on a pathway after an answer, with what the answer changed. Items of instruments are named `instrument.item`.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayState<'a> {
    /// Why the change was not taken, if it was not: then everything is as before.
    pub problems: Vec<Problem<'a>>,
    /// The results, those of the instruments among them.
    pub line: PathwayLine<'a>,
    /// Each instrument of the pathway, in its order: whether it is called for, and what is asked in it.
    pub assessments: Vec<AssessmentState<'a>>,
    /// Inputs of the pathway that are not asked.
    pub hidden: Vec<&'a str>,
    /// Inputs of the pathway of which it depends on open answers whether they are asked; they may be answered.
    pub perhaps: Vec<&'a str>,
    /// Hidden items that were answered before. The answers do not count, and come back with their questions.
    pub set_aside: Vec<String>,
    /// What this change has changed.
    pub changed: Changed,
}

/// An instrument of a pathway at one moment.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssessmentState<'a> {
    /// The id of the instrument, under which its answers stand.
    pub instrument: &'a str,
    /// `begun`, `absent` where a reason was given, `wanted`, `perhaps` where it depends on open answers, or `not_wanted`.
    pub need: &'static str,
    /// Items and inputs that are not asked, in the printed order.
    pub hidden: Vec<&'a str>,
    /// Items and inputs of which it depends on open answers whether they are asked; they may be answered.
    pub perhaps: Vec<&'a str>,
}

impl OpenPathway {
    /// A sheet that may already hold answers: `{"id", "date", "answers", "settings", "override"}`, of which all may be left out. The answers to an
    /// instrument stand under its id. Answers to hidden questions are set aside.
    ///
    /// # Errors
    /// Everything else that is wrong with the sheet.
    pub fn open(pathway: &Pathway, sheet: &str) -> Result<Self, Vec<AnswerProblem>> {
        let as_given = || read_pathway_answers(pathway, sheet).answers.err().unwrap_or_default();
        let keys = object(sheet).ok_or_else(as_given)?;
        // What stands twice is refused as in a file, before one could take the other's place.
        if keys.iter().any(|(key, _)| key == "answers") {
            let problems = as_given();
            if problems.iter().any(|problem| problem.kind != ProblemKind::ItemHidden) {
                return Err(problems);
            }
        }
        let mut given = Given::default();
        for (key, value) in keys {
            if key != "answers" {
                given.beside.push((key.into_owned(), value.get().to_owned()));
                continue;
            }
            for (id, value) in object(value.get()).unwrap_or_default() {
                given.take(pathway, &id, value.get());
            }
        }
        let mut aside = Vec::new();
        let person = settle(pathway, &mut given, &mut aside);
        let checked = person.answers?;
        let outcome = pathway.assess(&checked);
        let told = told(&PathwayLine::new(None, &outcome), &outcome);
        let computed = outcome.remembered();
        Ok(Self { given, aside, id: person.id, checked, told, computed })
    }

    /// Answers an item of an instrument, or an input of the pathway where no instrument is named, with a value in JSON; `null` takes the answer away.
    /// Without an instrument, an instrument's id takes all its answers at once, `{"item": value}`, or `{"absent": "refused"}`. Problems are
    /// worded in `language`.
    pub fn set(&mut self, pathway: &Pathway, instrument: Option<&str>, item: &str, value: &str, language: &str) -> String {
        let name = instrument.map_or_else(|| item.to_owned(), |instrument| format!("{instrument}.{item}"));
        let mut given = self.given.clone();
        let value = match whole(value) {
            Ok(value) => value,
            Err(kind) => return self.state(pathway, &[AnswerProblem { item: name, kind }], language),
        };
        let own = match instrument {
            None => None,
            Some(id) => match known(pathway, id) {
                Some(id) => Some(id.to_owned()),
                None => {
                    return self.state(pathway, &[AnswerProblem { item: id.to_owned(), kind: ProblemKind::UnknownItem(None) }], language);
                }
            },
        };
        match &own {
            Some(id) => given.put(id, item, value),
            None => match value {
                Some(value) => given.take(pathway, item, &value),
                None => given.drop(pathway, item),
            },
        }
        self.turn(pathway, Some((own.as_deref(), item)), given, language)
    }

    /// Changes a key beside the answers: `date`, `settings` or `override`, with a value in JSON; `null` takes it away.
    pub fn set_beside(&mut self, pathway: &Pathway, key: &str, value: &str, language: &str) -> String {
        let mut given = self.given.clone();
        match whole(value) {
            Ok(value) => put(&mut given.beside, key, value),
            Err(kind) => return self.state(pathway, &[AnswerProblem { item: key.to_owned(), kind }], language),
        }
        self.turn(pathway, None, given, language)
    }

    /// As it stands: the JSON of `PathwayState`, in which nothing has changed.
    pub fn now(&mut self, pathway: &Pathway) -> String {
        self.state(pathway, &[], "en")
    }

    /// The full account: the JSON of `geras assess --json`.
    #[must_use]
    pub fn account(&self, pathway: &Pathway, languages: &[&str]) -> String {
        assess_pathway_json(pathway, &PathwayPerson { id: self.id.clone(), answers: Ok(self.checked.clone()) }, languages)
    }

    /// The sheet as a record of JSON; what was set aside is not in it.
    #[must_use]
    pub fn record(&self) -> String {
        self.given.record()
    }

    /// Reads the changed sheet, with everything that was set aside; what is still hidden goes aside again.
    fn turn(&mut self, pathway: &Pathway, answered: Option<(Option<&str>, &str)>, mut given: Given, language: &str) -> String {
        let is_answered = |aside: &Aside| answered == Some((aside.instrument.as_deref(), aside.item.as_str()));
        for back in self.aside.iter().filter(|aside| !is_answered(aside)) {
            match &back.instrument {
                Some(instrument) => given.put(instrument, &back.item, Some(back.value.clone())),
                None => put(&mut given.inputs, &back.item, Some(back.value.clone())),
            }
        }
        let mut aside = Vec::new();
        let person = settle(pathway, &mut given, &mut aside);
        let was_aside = self.aside.iter().any(&is_answered);
        let refused = match person.answers {
            Err(problems) => problems,
            // An answer to a question that is hidden was no slip of the sheet but of whoever gave it now.
            Ok(_) if !was_aside && aside.iter().any(&is_answered) => {
                let item = aside.iter().find(|aside| is_answered(aside)).map_or_else(String::new, Aside::name);
                vec![AnswerProblem { item, kind: ProblemKind::ItemHidden }]
            }
            Ok(checked) => {
                (self.given, self.aside, self.id, self.checked) = (given, aside, person.id, checked);
                Vec::new()
            }
        };
        self.state(pathway, &refused, language)
    }

    fn state(&mut self, pathway: &Pathway, problems: &[AnswerProblem], language: &str) -> String {
        let outcome = pathway.assess_after(&self.checked, Some(&self.computed));
        self.computed = outcome.remembered();
        let line = PathwayLine::new(self.id.as_ref(), &outcome);
        let before = mem::replace(&mut self.told, told(&line, &outcome));
        let state = PathwayState {
            problems: Refused::new(None, problems, language).problems,
            line,
            assessments: outcome.instruments().iter().map(AssessmentState::from).collect(),
            hidden: those(outcome.asked(), Holds::No),
            perhaps: those(outcome.asked(), Holds::Open),
            set_aside: self.aside.iter().map(Aside::name).collect(),
            changed: self.told.since(&before),
        };
        on_one_line(&state)
    }
}

impl Given {
    /// Takes an input, or everything that was answered to an instrument.
    fn take(&mut self, pathway: &Pathway, id: &str, value: &str) {
        let items = known(pathway, id).zip(object(value)).filter(|(_, items)| !matches!(items.as_slice(), [(key, _)] if key == "absent"));
        let Some((instrument, items)) = items else {
            if let Some(instrument) = known(pathway, id) {
                self.sheets.retain(|(sheet, _)| sheet != instrument);
            }
            return put(&mut self.inputs, known(pathway, id).unwrap_or(id), Some(value.to_owned()));
        };
        self.drop(pathway, id);
        self.sheets
            .push((instrument.to_owned(), items.into_iter().map(|(item, value)| (item.into_owned(), value.get().to_owned())).collect()));
    }

    /// Takes an input away, or everything that was answered to an instrument.
    fn drop(&mut self, pathway: &Pathway, id: &str) {
        let id = known(pathway, id).unwrap_or(id);
        self.inputs.retain(|(input, _)| input != id);
        self.sheets.retain(|(sheet, _)| sheet != id);
    }

    /// Answers an item of an instrument, which is begun with its first answer and not begun any more when the last is taken away.
    fn put(&mut self, instrument: &str, item: &str, value: Option<String>) {
        self.inputs.retain(|(input, _)| input != instrument);
        match self.sheets.iter_mut().find(|(id, _)| id == instrument) {
            Some((_, answers)) => put(answers, item, value),
            None => self.sheets.extend(value.map(|value| (instrument.to_owned(), vec![(item.to_owned(), value)]))),
        }
        self.sheets.retain(|(id, answers)| id != instrument || !answers.is_empty());
    }

    /// Takes an answer out of the sheet.
    fn remove(&mut self, instrument: Option<&str>, item: &str) -> Option<String> {
        let answers = match instrument {
            None => &mut self.inputs,
            Some(instrument) => &mut self.sheets.iter_mut().find(|(id, _)| id == instrument)?.1,
        };
        let place = answers.iter().position(|(id, _)| id == item)?;
        Some(answers.remove(place).1)
    }

    fn record(&self) -> String {
        let mut answers = self.inputs.clone();
        answers.extend(self.sheets.iter().map(|(id, items)| (id.clone(), braced(items))));
        let mut keys = self.beside.clone();
        keys.push(("answers".to_owned(), braced(&answers)));
        braced(&keys)
    }
}

impl Aside {
    fn name(&self) -> String {
        self.instrument.as_ref().map_or_else(|| self.item.clone(), |instrument| format!("{instrument}.{}", self.item))
    }
}

impl<'a> From<&'a InstrumentOutcome<'_>> for AssessmentState<'a> {
    fn from(found: &'a InstrumentOutcome<'_>) -> Self {
        let (need, done) = match &found.outcome {
            AssessmentOutcome::Done(outcome) => ("begun", Some(outcome)),
            AssessmentOutcome::Absent(_) => ("absent", None),
            AssessmentOutcome::NotDone(Holds::Yes) => ("wanted", None),
            AssessmentOutcome::NotDone(Holds::Open) => ("perhaps", None),
            AssessmentOutcome::NotDone(Holds::No) => ("not_wanted", None),
        };
        let asked = |wanted| done.map_or_else(Vec::new, |outcome| those(outcome.asked(), wanted));
        Self { instrument: found.instrument, need, hidden: asked(Holds::No), perhaps: asked(Holds::Open) }
    }
}

fn those<'a>(asked: impl Iterator<Item = (&'a str, Holds)>, wanted: Holds) -> Vec<&'a str> {
    asked.filter(|(_, holds)| *holds == wanted).map(|(id, _)| id).collect()
}

/// The id of an instrument of the pathway.
fn known<'p>(pathway: &'p Pathway, name: &str) -> Option<&'p str> {
    let editions = pathway.instruments().get(pathway.assessment_of(name)?)?;
    Some(editions.last()?.definition().id.value.as_str())
}

/// Reads the sheet; answers to hidden questions move aside, one after the other, since taking one away can show another question.
fn settle(pathway: &Pathway, given: &mut Given, aside: &mut Vec<Aside>) -> PathwayPerson {
    loop {
        let person = read_pathway_answers(pathway, &given.record());
        let Err(problems) = &person.answers else { return person };
        let only_hidden = problems.iter().all(|problem| problem.kind == ProblemKind::ItemHidden);
        let Some(first) = problems.first().filter(|_| only_hidden) else { return person };
        let (instrument, item) = match first.item.split_once('.') {
            Some((instrument, item)) => (Some(instrument.to_owned()), item.to_owned()),
            None => (None, first.item.clone()),
        };
        let Some(value) = given.remove(instrument.as_deref(), &item) else { return person };
        aside.push(Aside { instrument, item, value });
    }
}

/// What is told of an outcome, to tell what a change has changed.
fn told(line: &PathwayLine<'_>, outcome: &PathwayOutcome<'_>) -> Told {
    let mut results = vec![
        ("setting".to_owned(), on_one_line(&line.setting)),
        ("routing".to_owned(), on_one_line(&line.routing)),
        ("proposal".to_owned(), on_one_line(&line.proposal)),
        ("rule".to_owned(), on_one_line(&line.rule)),
        ("wish".to_owned(), on_one_line(&line.wish)),
        ("alternatives".to_owned(), on_one_line(&line.alternatives)),
        ("alerts".to_owned(), on_one_line(&line.alerts)),
        ("priority".to_owned(), on_one_line(&line.priority)),
        ("review".to_owned(), on_one_line(&line.review)),
    ];
    let lists = [ClauseKind::Contradiction, ClauseKind::Finding, ClauseKind::Service, ClauseKind::Referral, ClauseKind::Entitlement];
    for (list, held) in lists.iter().zip([&line.contradictions, &line.findings, &line.services, &line.referrals, &line.entitlements]) {
        results.push((list.key().to_owned(), on_one_line(held)));
    }
    let mut hidden: Vec<String> = those(outcome.asked(), Holds::No).into_iter().map(str::to_owned).collect();
    for found in outcome.instruments() {
        let AssessmentOutcome::Done(done) = &found.outcome else { continue };
        hidden.extend(those(done.asked(), Holds::No).into_iter().map(|item| format!("{}.{item}", found.instrument)));
    }
    results.extend(line.instruments.0.iter().map(|(instrument, line)| (format!("instruments.{instrument}"), on_one_line(line))));
    Told { hidden, results }
}
