//! Takes one person's answers in, with the edition that is in force on their day. What the words mean is known to `geras-json`.

use geras::assess::{AnswerProblem, ProblemKind};
use geras::definition::Date;
use geras::Instrument;
use geras_json::{read_answers, read_json, CsvSheets, Person};

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
        let newest = self.editions.newest();
        let person = match &self.table {
            Some(table) => table.read(text),
            None => self.sheet(newest, text),
        };
        let other = person.answers.as_ref().err().and_then(|problems| problems.iter().find_map(out_of_force));
        match other.and_then(|date| self.editions.other(date)) {
            Some(edition) => (edition, self.sheet(edition, text)),
            None => (newest, person),
        }
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

/// The day on which the edition is not in force.
fn out_of_force(problem: &AnswerProblem) -> Option<Date> {
    if let ProblemKind::NotInForce(date, ..) = &problem.kind {
        Date::parse(date)
    } else {
        None
    }
}
