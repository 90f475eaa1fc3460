//! Takes one person's answers in, with the edition that is in force on their day. What the words mean is known to `geras-json`.

use geras::Instrument;
use geras::assess::AnswerProblem;
use geras_json::{CsvSheets, Person, edition_in_force, read_answers, read_json};

use crate::tree::Editions;

/// How a text becomes a person's answers.
pub(crate) enum Format<'t> {
    /// A whole file, YAML or JSON.
    File,
    /// A line of JSON.
    Line,
    /// A row of a table with this head.
    Row(&'t str),
}

/// The door of every edition.
pub(crate) struct Door<'e> {
    editions: &'e Editions,
    format: Format<'e>,
    table: Option<CsvSheets<'e>>,
}

impl<'e> Door<'e> {
    /// Opens the door.
    ///
    /// # Errors
    /// What is wrong with the head of a table.
    pub(crate) fn open(editions: &'e Editions, format: Format<'e>) -> Result<Self, Vec<AnswerProblem>> {
        let table = if let Format::Row(head) = format { Some(CsvSheets::new(editions.newest(), head)?) } else { None };
        Ok(Self { editions, format, table })
    }

    /// One person, and the edition that the answers are for: the newest unless it is not in force on that day and another is.
    pub(crate) fn read(&self, text: &str) -> (&'e Instrument, Person) {
        edition_in_force(
            self.editions.newest(),
            |day| self.editions.other(day),
            |edition| match &self.table {
                // The head of a table is read once for the newest edition.
                Some(table) if std::ptr::eq(edition, self.editions.newest()) => table.read(text),
                _ => self.sheet(edition, text),
            },
        )
    }

    fn sheet(&self, instrument: &Instrument, text: &str) -> Person {
        match self.format {
            Format::File => read_answers(instrument, text),
            Format::Line => read_json(instrument, text),
            Format::Row(head) => match CsvSheets::new(instrument, head) {
                Ok(table) => table.read(text),
                Err(problems) => Person { id: None, answers: Err(problems) },
            },
        }
    }
}
