//! The CSV door of a pathway: a person a row. The header names inputs, and items of the instruments as `instrument.item`. Computes nothing.
//!
//! Beside these a header may name `id`, `date`, `synthetic`, `pathway`, `setting.<id>`, `setting.<instrument>.<id>`, `override.setting`, `override.reason`,
//! `override.by`, and an instrument alone, which takes an absent reason: `!refused`. A cell means what it means for an instrument.

use std::collections::BTreeMap;

use geras::Pathway;
use geras::assess::{AnswerProblem, ProblemKind};
use geras::definition::{ItemType, Role};
use geras::plan::ScoringPlan;
use geras::source::closest;

use super::answers::{PathwayPerson, broken, read_pathway_answers};
use crate::answers::cells;
use crate::number::exact;
use crate::writer::on_one_line;

/// Where the cells of a column go.
#[derive(Debug, Clone)]
enum Column {
    /// A key of the sheet: `id`, `date`, `pathway`.
    Key(&'static str),
    /// A key of the panel's decision.
    Decision(&'static str),
    Setting(String),
    InstrumentSetting(String, String),
    Input(String, ItemType),
    /// An instrument as a whole, which can only be absent.
    Instrument(String),
    Item(String, String, ItemType),
}

/// A table of sheets whose header has been read.
#[derive(Debug, Clone)]
pub struct PathwayCsvSheets {
    columns: Vec<Column>,
}

impl PathwayCsvSheets {
    /// Reads the header.
    ///
    /// # Errors
    /// Every column that the pathway does not know, and every one that comes twice.
    pub fn new(pathway: &Pathway, header: &str) -> Result<Self, Vec<AnswerProblem>> {
        let unreadable = |why| vec![AnswerProblem { item: String::new(), kind: ProblemKind::Unreadable(why) }];
        let names = cells(header.trim_start_matches('\u{feff}')).map_err(unreadable)?;
        let (mut columns, mut problems) = (Vec::new(), Vec::new());
        for (place, name) in names.iter().enumerate() {
            let twice = names.iter().take(place).any(|earlier| earlier == name);
            match column(pathway, name) {
                Ok(_) if twice => problems.push(AnswerProblem { item: name.to_string(), kind: ProblemKind::AnsweredTwice }),
                Ok(column) => columns.push(column),
                Err(kind) => problems.push(AnswerProblem { item: name.to_string(), kind }),
            }
        }
        if problems.is_empty() { Ok(Self { columns }) } else { Err(problems) }
    }

    /// Reads one person's row on an edition of the pathway. Never fails: what cannot be read is among the problems.
    #[must_use]
    pub fn read(&self, pathway: &Pathway, record: &str) -> PathwayPerson {
        let cells = match cells(record) {
            Ok(cells) => cells,
            Err(why) => return broken(why),
        };
        if cells.len() != self.columns.len() {
            return broken(format!("the row has {} cells, and the header {}", cells.len(), self.columns.len()));
        }
        let (mut sheet, mut answers, mut settings, mut decision) = (Raw::new(), Raw::new(), Raw::new(), Raw::new());
        let (mut items, mut switches): (BTreeMap<&str, Raw>, BTreeMap<&str, Raw>) = (BTreeMap::new(), BTreeMap::new());
        for (cell, column) in cells.iter().zip(&self.columns).filter(|(cell, _)| !cell.is_empty()) {
            let (map, key, value) = match column {
                Column::Key(key) => (&mut sheet, *key, quoted(cell)),
                Column::Decision(key) => (&mut decision, *key, quoted(cell)),
                Column::Setting(id) => (&mut settings, id.as_str(), quoted(cell)),
                Column::InstrumentSetting(instrument, id) => (switches.entry(instrument).or_default(), id.as_str(), quoted(cell)),
                Column::Input(id, kind) => (&mut answers, id.as_str(), answer(cell, *kind)),
                Column::Instrument(id) => (&mut answers, id.as_str(), answer(cell, ItemType::Text)),
                Column::Item(instrument, id, kind) => (items.entry(instrument).or_default(), id.as_str(), answer(cell, *kind)),
            };
            map.insert(key.to_owned(), value);
        }
        let mut problems = Vec::new();
        for (id, items) in &items {
            if answers.insert((*id).to_owned(), object(items)).is_some() {
                problems.push(AnswerProblem { item: (*id).to_owned(), kind: ProblemKind::AnsweredTwice });
            }
        }
        settings.extend(switches.iter().map(|(instrument, own)| ((*instrument).to_owned(), object(own))));
        sheet.insert("answers".to_owned(), object(&answers));
        for (key, entries) in [("settings", settings), ("override", decision)] {
            if !entries.is_empty() {
                sheet.insert(key.to_owned(), object(&entries));
            }
        }
        let mut person = read_pathway_answers(pathway, &object(&sheet));
        if !problems.is_empty() {
            problems.extend(person.answers.err().unwrap_or_default());
            person.answers = Err(problems);
        }
        person
    }

    /// The day in a row, where one can be read: it decides which edition reads the row.
    #[must_use]
    pub fn date(&self, record: &str) -> Option<geras::definition::Date> {
        let cells = cells(record).ok()?;
        let (day, _) = cells.iter().zip(&self.columns).find(|(_, column)| matches!(column, Column::Key("date")))?;
        geras::definition::Date::parse(day)
    }
}

fn column(pathway: &Pathway, name: &str) -> Result<Column, ProblemKind> {
    let key = ["id", "date", "pathway", "synthetic"].into_iter().find(|key| *key == name).map(Column::Key);
    let decision = ["setting", "reason", "by"].into_iter().find(|key| name.strip_prefix("override.") == Some(key)).map(Column::Decision);
    if let Some(column) = key.or(decision) {
        return Ok(column);
    }
    if let Some(id) = name.strip_prefix("setting.") {
        return match id.split_once('.').and_then(|(instrument, id)| Some((instrument, id, instrument_plan(pathway, instrument)?))) {
            Some((instrument, id, plan)) => field(plan, id, true).map(|_| Column::InstrumentSetting(instrument.to_owned(), id.to_owned())),
            None => field(pathway.plan(), id, true).map(|_| Column::Setting(id.to_owned())),
        };
    }
    if instrument_plan(pathway, name).is_some() {
        return Ok(Column::Instrument(name.to_owned()));
    }
    if let Some((instrument, id)) = name.split_once('.') {
        return match instrument_plan(pathway, instrument) {
            Some(plan) => field(plan, id, false)
                .map(|kind| Column::Item(instrument.to_owned(), id.to_owned(), kind))
                .map_err(|_| ProblemKind::UnknownItem(near(plan, id).map(|near| format!("{instrument}.{near}")))),
            None => {
                let known = pathway.instruments().iter().filter_map(|editions| Some(editions.last()?.definition().id.value.as_str()));
                Err(ProblemKind::UnknownItem(closest(instrument, known).map(|near| format!("{near}.{id}"))))
            }
        };
    }
    field(pathway.plan(), name, false).map(|kind| Column::Input(name.to_owned(), kind))
}

fn instrument_plan<'p>(pathway: &'p Pathway, id: &str) -> Option<&'p ScoringPlan> {
    let place = pathway.assessment_of(id)?;
    Some(pathway.instruments().get(place)?.last()?.plan())
}

/// The type of an item, input or setting. What an instrument gives is no input of a pathway.
fn field(plan: &ScoringPlan, id: &str, setting: bool) -> Result<ItemType, ProblemKind> {
    let found = known(plan).find(|field| field.id == id && (field.role == Role::Setting) == setting).map(|field| field.kind);
    found.ok_or_else(|| ProblemKind::UnknownItem(near(plan, id).map(str::to_owned)))
}

/// What people answer; not what a pathway gets from its instruments.
fn known(plan: &ScoringPlan) -> impl Iterator<Item = &geras::plan::Field> {
    plan.fields().iter().filter(|field| field.place != usize::MAX && !field.id.contains(['.', '(']))
}

fn near<'p>(plan: &'p ScoringPlan, id: &str) -> Option<&'p str> {
    closest(id, known(plan).map(|field| field.id.as_str()))
}

/// Keys with values that are written as JSON already, so that numbers keep their digits.
type Raw = BTreeMap<String, String>;

fn object(entries: &Raw) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{}:{value}", quoted(key))).collect();
    format!("{{{}}}", entries.join(","))
}

fn quoted(text: &str) -> String {
    on_one_line(text)
}

/// A cell as the sheet would have it.
fn answer(cell: &str, kind: ItemType) -> String {
    if let Some(reason) = cell.strip_prefix('!') {
        return format!("{{\"absent\":{}}}", quoted(reason));
    }
    match (kind, cell) {
        (ItemType::Choices, _) => format!("[{}]", cell.split('|').map(quoted).collect::<Vec<_>>().join(",")),
        (ItemType::Boolean, "true" | "false") => cell.to_owned(),
        (ItemType::Integer | ItemType::Decimal, _) if exact(cell).is_some() => cell.to_owned(),
        _ => quoted(cell),
    }
}
