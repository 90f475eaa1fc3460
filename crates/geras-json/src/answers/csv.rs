//! The CSV door: a person a row. The header names items and inputs; which type an item takes decides what a cell means.
//!
//! Beside the ids of items and inputs a header may name `id`, `date`, `synthetic`, `instrument`, `setting.<id>`, `override.grade`, `override.reason` and
//! `override.by`. An empty cell is not answered yet, `!refused` an absent reason, `a|b` several options, `true` and `false` yes and no.

use std::borrow::Cow;

use geras::Instrument;
use geras::assess::{Answer, AnswerProblem, ProblemKind};
use geras::definition::{ItemType, Role};
use geras::source::closest;

use super::filling::{Filling, Given};
use super::{Person, PersonId};
use crate::number::exact;

/// What a column holds.
#[derive(Debug, Clone)]
enum Column {
    Id,
    /// `date` or `instrument`.
    Single(&'static str),
    Synthetic,
    Setting(String),
    /// A key of the decision beside the computed grade.
    Decision(&'static str),
    Answer(String, ItemType),
}

/// A table of sheets whose header has been read.
#[derive(Debug, Clone)]
pub struct CsvSheets<'i> {
    instrument: &'i Instrument,
    columns: Vec<Column>,
}

impl<'i> CsvSheets<'i> {
    /// Reads the header.
    ///
    /// # Errors
    /// Every column that the instrument does not know, and every one that comes twice.
    pub fn new(instrument: &'i Instrument, header: &str) -> Result<Self, Vec<AnswerProblem>> {
        let unreadable = |why| vec![AnswerProblem { item: String::new(), kind: ProblemKind::Unreadable(why) }];
        let names = cells(header.trim_start_matches('\u{feff}')).map_err(unreadable)?;
        let (mut columns, mut problems) = (Vec::new(), Vec::new());
        for (place, name) in names.iter().enumerate() {
            let twice = names.iter().take(place).any(|earlier| earlier == name);
            match column(instrument, name) {
                Ok(_) if twice => problems.push(AnswerProblem { item: name.to_string(), kind: ProblemKind::AnsweredTwice }),
                Ok(column) => columns.push(column),
                Err(kind) => problems.push(AnswerProblem { item: name.to_string(), kind }),
            }
        }
        if problems.is_empty() { Ok(Self { instrument, columns }) } else { Err(problems) }
    }

    /// Reads one person's row. Never fails: what cannot be read is among the problems.
    #[must_use]
    pub fn read(&self, record: &str) -> Person {
        let mut filling = Filling::new(self.instrument);
        filling.opens("answers");
        let cells = match cells(record) {
            Ok(cells) => cells,
            Err(why) => return filling.broken(why),
        };
        if let Some((id, _)) = cells.iter().zip(&self.columns).find(|(cell, column)| matches!(column, Column::Id) && !cell.is_empty()) {
            filling.id = Some(PersonId::Text(id.to_string()));
        }
        if cells.len() != self.columns.len() {
            return filling.broken(format!("the row has {} cells, and the header {}", cells.len(), self.columns.len()));
        }
        let mut decision = Vec::new();
        for (cell, column) in cells.into_iter().zip(&self.columns) {
            match column {
                _ if cell.is_empty() => {}
                Column::Id => {}
                Column::Single(key) => filling.single(key, Given::Text(cell)),
                Column::Synthetic => {
                    let truth = cell.parse().map_or(Given::Other, Given::Truth);
                    filling.single("synthetic", truth);
                }
                Column::Setting(id) => filling.setting(id, Given::Text(cell)),
                Column::Decision(key) => decision.push((Cow::Borrowed(*key), Given::Text(cell))),
                Column::Answer(id, kind) => {
                    filling.sheet.answer(id, &answer(&cell, *kind));
                }
            }
        }
        if !decision.is_empty() {
            filling.decision(decision);
        }
        filling.finish()
    }
}

fn column(instrument: &Instrument, name: &str) -> Result<Column, ProblemKind> {
    let fields = instrument.plan().fields();
    let find = |id: &str, setting: bool| {
        let field = fields.iter().find(|field| field.id == id && (field.role == Role::Setting) == setting && field.place != usize::MAX);
        field.ok_or_else(|| {
            let known = fields.iter().filter(|field| (field.role == Role::Setting) == setting && field.place != usize::MAX);
            ProblemKind::UnknownItem(closest(id, known.map(|field| field.id.as_str())).map(str::to_owned))
        })
    };
    Ok(match name {
        "id" => Column::Id,
        "date" => Column::Single("date"),
        "synthetic" => Column::Synthetic,
        "instrument" => Column::Single("instrument"),
        "override.grade" => Column::Decision("grade"),
        "override.reason" => Column::Decision("reason"),
        "override.by" => Column::Decision("by"),
        _ => match name.strip_prefix("setting.") {
            Some(id) => Column::Setting(find(id, true)?.id.clone()),
            None => find(name, false).map(|field| Column::Answer(field.id.clone(), field.kind))?,
        },
    })
}

fn answer<'c>(cell: &'c str, kind: ItemType) -> Answer<'c> {
    if let Some(reason) = cell.strip_prefix('!') {
        return Answer::Absent(reason);
    }
    match (kind, cell) {
        (ItemType::Choices, _) => Answer::Several(cell.split('|').collect()),
        (ItemType::Boolean, "true" | "false") => Answer::Boolean(cell == "true"),
        (ItemType::Integer | ItemType::Decimal, _) => exact(cell).map_or(Answer::Text(cell), Answer::Number),
        _ => Answer::Text(cell),
    }
}

/// Whether these lines are a whole record, and not one that goes on because a quoted cell holds a line break.
#[must_use]
pub fn is_whole_record(lines: &str) -> bool {
    lines.bytes().filter(|byte| *byte == b'"').count() % 2 == 0
}

/// The cells of a record, with RFC 4180's quotes.
pub(crate) fn cells(record: &str) -> Result<Vec<Cow<'_, str>>, String> {
    let mut rest = record.strip_suffix('\n').unwrap_or(record);
    rest = rest.strip_suffix('\r').unwrap_or(rest);
    let mut found = Vec::new();
    loop {
        let number = found.len() + 1;
        let Some(quoted) = rest.strip_prefix('"') else {
            let (cell, more) = rest.split_once(',').map_or((rest, None), |(cell, more)| (cell, Some(more)));
            if cell.contains('"') {
                return Err(format!("cell {number} has a quote inside; put the whole cell in quotes and double the quotes in it"));
            }
            found.push(Cow::Borrowed(cell));
            match more {
                Some(more) => rest = more,
                None => return Ok(found),
            }
            continue;
        };
        let mut pieces = quoted.split("\"\"");
        // The first single quote closes the cell; behind doubled ones the search goes on.
        let mut length = 0;
        let closed = pieces.find_map(|piece| match piece.find('"') {
            Some(at) => Some(length + at),
            None => {
                length += piece.len() + 2;
                None
            }
        });
        let Some(end) = closed else { return Err(format!("the quotes of cell {number} are not closed")) };
        let (cell, behind) = quoted.split_at(end);
        found.push(if cell.contains("\"\"") { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) });
        match behind.strip_prefix('"') {
            Some("") => return Ok(found),
            Some(more) => match more.strip_prefix(',') {
                Some(more) => rest = more,
                None => return Err(format!("behind the quotes of cell {number} a comma is missing")),
            },
            None => return Err(format!("the quotes of cell {number} are not closed")),
        }
    }
}
