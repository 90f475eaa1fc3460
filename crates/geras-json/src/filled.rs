//! One sheet while somebody fills it in: an answer in, what it changed out. Every state is read anew through the JSON door; no second rule stands here.
//!
//! ```text
//! set, clear --> the sheet as a record of JSON --> read_json --> problems: the answer is not taken, the sheet is as before
//!                    ^                                 |
//!                    +--- an answer to a question that is hidden now is set aside, and comes back with its question
//! ```

use std::mem;

use geras::Instrument;
use geras::assess::{AnswerProblem, CheckedAnswers, Holds, Outcome, ProblemKind, Remembered};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::answers::{object, read_json};
use crate::outcome::{Line, Problem, Refused};
use crate::write::assess_json;
use crate::writer::on_one_line;
use crate::{Person, PersonId};

/// A sheet that is being filled in. It always fits its instrument.
#[derive(Debug, Clone)]
pub struct OpenSheet {
    /// The keys beside the answers, each with its value in JSON.
    beside: Values,
    answers: Values,
    /// Answers to questions that are hidden now.
    aside: Values,
    id: Option<PersonId>,
    checked: CheckedAnswers,
    told: Told,
    /// What was computed for the state before, which the next answer leaves as it is for the greater part.
    computed: Remembered,
}

/// Values in JSON by their key.
pub(crate) type Values = Vec<(String, String)>;

/// What was told last, to tell what changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) hidden: Vec<String>,
    pub(crate) results: Values,
}

/// The sheet after an answer, with what the answer changed.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SheetState<'a> {
    /// Why the change was not taken, if it was not: then the sheet is as before.
    pub problems: Vec<Problem<'a>>,
    /// The results.
    pub line: Line<'a>,
    /// Items and inputs that are not asked, in the printed order.
    pub hidden: Vec<&'a str>,
    /// Items and inputs of which it depends on open answers whether they are asked; they may be answered.
    pub perhaps: Vec<&'a str>,
    /// Hidden items that were answered before. The answers do not count, and come back with their questions.
    pub set_aside: Vec<&'a str>,
    /// What this change has changed.
    pub changed: Changed,
}

/// What a change has changed.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changed {
    /// Items and inputs that are asked now and were not before.
    pub shown: Vec<String>,
    /// Items and inputs that are not asked any more.
    pub hidden: Vec<String>,
    /// Results with another value: ids of scores, `bands.` and the id of a band set, `grade`, `preliminary_grade`, `findings`, `alerts`.
    pub results: Vec<String>,
}

impl OpenSheet {
    /// A sheet that may already hold answers: `{"id", "date", "answers", "settings", "override"}`, of which all may be left out. Answers to hidden questions
    /// are set aside.
    ///
    /// # Errors
    /// Everything else that is wrong with the sheet.
    pub fn open(instrument: &Instrument, sheet: &str) -> Result<Self, Vec<AnswerProblem>> {
        let unreadable = |why: &str| vec![AnswerProblem { item: String::new(), kind: ProblemKind::Unreadable(why.to_owned()) }];
        let Some(keys) = object(sheet) else { return Err(read_json(instrument, sheet).answers.err().unwrap_or_default()) };
        let mut beside: Values = Vec::new();
        let mut answers: Values = Vec::new();
        for (key, value) in keys {
            if key != "answers" {
                beside.push((key.into_owned(), value.get().to_owned()));
                continue;
            }
            let Some(entries) = object(value.get()) else { return Err(unreadable("`answers` holds keys with values")) };
            answers.extend(entries.into_iter().map(|(id, value)| (id.into_owned(), value.get().to_owned())));
        }
        let mut aside = Vec::new();
        let person = settle(instrument, &beside, &mut answers, &mut aside);
        let checked = person.answers?;
        let outcome = instrument.assess(&checked);
        let told = Told::of(&Line::new(None, &outcome), &outcome);
        let computed = outcome.remembered();
        Ok(Self { beside, answers, aside, id: person.id, checked, told, computed })
    }

    /// Answers an item or input with a value in JSON, or takes its answer away with `null`. Problems are worded in `language`.
    pub fn set(&mut self, instrument: &Instrument, item: &str, value: &str, language: &str) -> String {
        let (beside, mut answers) = (self.beside.clone(), self.answers.clone());
        // Most answers hide nothing: what was set aside comes back, and goes again if it has to.
        let mut aside: Values = self.aside.iter().filter(|(id, _)| id != item).cloned().collect();
        let value = match whole(value) {
            Ok(value) => value,
            Err(problem) => return self.state(instrument, &[AnswerProblem { item: item.to_owned(), kind: problem }], language),
        };
        put(&mut answers, item, value);
        answers.append(&mut aside);
        self.turn(instrument, item, beside, answers, language)
    }

    /// Changes a key beside the answers: `date`, `settings` or `override`, with a value in JSON; `null` takes it away.
    pub fn set_beside(&mut self, instrument: &Instrument, key: &str, value: &str, language: &str) -> String {
        let (mut beside, mut answers) = (self.beside.clone(), self.answers.clone());
        let value = match whole(value) {
            Ok(value) => value,
            Err(problem) => return self.state(instrument, &[AnswerProblem { item: key.to_owned(), kind: problem }], language),
        };
        put(&mut beside, key, value);
        answers.extend(self.aside.iter().cloned());
        self.turn(instrument, key, beside, answers, language)
    }

    /// The sheet as it stands: the JSON of `SheetState`, in which nothing has changed.
    pub fn now(&mut self, instrument: &Instrument) -> String {
        self.state(instrument, &[], "en")
    }

    /// The full account: the JSON of `geras assess --json`.
    #[must_use]
    pub fn account(&self, instrument: &Instrument, languages: &[&str]) -> String {
        assess_json(instrument, &Person { id: self.id.clone(), answers: Ok(self.checked.clone()) }, languages)
    }

    /// The sheet as a record of JSON; what was set aside is not in it.
    #[must_use]
    pub fn record(&self) -> String {
        record(&self.beside, &self.answers)
    }

    fn turn(&mut self, instrument: &Instrument, item: &str, beside: Values, mut answers: Values, language: &str) -> String {
        let mut aside = Vec::new();
        let person = settle(instrument, &beside, &mut answers, &mut aside);
        // An answer to a question that is hidden was no slip of the sheet but of whoever gave it now.
        let known = self.aside.iter().any(|(id, _)| id == item);
        let refused = match person.answers {
            Err(problems) => problems,
            Ok(_) if !known && aside.iter().any(|(id, _)| id == item) => {
                vec![AnswerProblem { item: item.to_owned(), kind: ProblemKind::ItemHidden }]
            }
            Ok(checked) => {
                (self.beside, self.answers, self.aside) = (beside, answers, aside);
                (self.id, self.checked) = (person.id, checked);
                Vec::new()
            }
        };
        self.state(instrument, &refused, language)
    }

    fn state(&mut self, instrument: &Instrument, problems: &[AnswerProblem], language: &str) -> String {
        let outcome = instrument.assess_after(&self.checked, Some(&self.computed));
        self.computed = outcome.remembered();
        let line = Line::new(self.id.as_ref(), &outcome);
        let before = mem::replace(&mut self.told, Told::of(&line, &outcome));
        let asked = |wanted: Holds| outcome.asked().filter(move |(_, holds)| *holds == wanted).map(|(id, _)| id).collect();
        let state = SheetState {
            problems: Refused::new(None, problems, language).problems,
            line,
            hidden: asked(Holds::No),
            perhaps: asked(Holds::Open),
            set_aside: self.aside.iter().map(|(id, _)| id.as_str()).collect(),
            changed: self.told.since(&before),
        };
        on_one_line(&state)
    }
}

impl Told {
    fn of(line: &Line<'_>, outcome: &Outcome<'_>) -> Self {
        let mut results: Values = Vec::new();
        results.extend(line.scores.0.iter().map(|(id, score)| ((*id).to_owned(), on_one_line(score))));
        results.extend(line.bands.0.iter().map(|(id, band)| (format!("bands.{id}"), on_one_line(band))));
        results.push(("grade".to_owned(), on_one_line(&line.grade)));
        results.push(("preliminary_grade".to_owned(), on_one_line(&line.preliminary_grade)));
        results.push(("findings".to_owned(), on_one_line(&line.findings)));
        results.push(("alerts".to_owned(), on_one_line(&line.alerts)));
        let hidden = outcome.asked().filter(|(_, holds)| *holds == Holds::No).map(|(id, _)| id.to_owned()).collect();
        Self { hidden, results }
    }

    pub(crate) fn since(&self, before: &Self) -> Changed {
        let new = |these: &[String], those: &[String]| these.iter().filter(|id| !those.contains(id)).cloned().collect();
        let results = self.results.iter().filter(|result| !before.results.contains(result)).map(|(id, _)| id.clone());
        Changed { shown: new(&before.hidden, &self.hidden), hidden: new(&self.hidden, &before.hidden), results: results.collect() }
    }
}

/// Reads the sheet; answers to hidden questions move aside, one after the other, since taking one away can show another question.
fn settle(instrument: &Instrument, beside: &[(String, String)], answers: &mut Values, aside: &mut Values) -> Person {
    loop {
        let person = read_json(instrument, &record(beside, answers));
        let Err(problems) = &person.answers else { return person };
        let only_hidden = problems.iter().all(|problem| problem.kind == ProblemKind::ItemHidden);
        let place = problems.first().and_then(|first| answers.iter().position(|(id, _)| *id == first.item));
        match place {
            Some(place) if only_hidden => aside.push(answers.remove(place)),
            _ => return person,
        }
    }
}

fn record(beside: &[(String, String)], answers: &[(String, String)]) -> String {
    let mut keys = beside.to_vec();
    keys.push(("answers".to_owned(), braced(answers)));
    braced(&keys)
}

/// Values as an object of JSON.
pub(crate) fn braced(values: &[(String, String)]) -> String {
    let entries: Vec<String> = values.iter().map(|(key, value)| format!("{}:{value}", on_one_line(key.as_str()))).collect();
    format!("{{{}}}", entries.join(","))
}

/// One whole value of JSON, and nothing behind it.
pub(crate) fn whole(value: &str) -> Result<Option<String>, ProblemKind> {
    match serde_json::from_str::<&RawValue>(value) {
        Ok(value) if value.get() == "null" => Ok(None),
        Ok(value) => Ok(Some(value.get().to_owned())),
        Err(_) => Err(ProblemKind::Unreadable("this is no value of JSON".to_owned())),
    }
}

pub(crate) fn put(entries: &mut Values, key: &str, value: Option<String>) {
    match (entries.iter_mut().find(|(known, _)| known == key), value) {
        (Some(entry), Some(value)) => entry.1 = value,
        (Some(_), None) => entries.retain(|(known, _)| known != key),
        (None, Some(value)) => entries.push((key.to_owned(), value)),
        (None, None) => {}
    }
}
