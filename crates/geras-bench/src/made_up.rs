//! Made-up answer sheets, the same ones in every run. Not fit for statistics: answers are spread evenly, as those of people never are.

use std::fmt::Write as _;

use geras::Instrument;
use geras::assess::CheckedAnswers;
use geras::definition::{Item, ItemType};
use rust_decimal::Decimal;

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// Nothing yet.
    Open,
    /// The option at this place.
    Option(usize),
    /// Yes or no.
    Truth(bool),
    /// A number.
    Number(Decimal),
}

/// One person's sheet: an answer for each item and input, in the printed order.
#[derive(Debug, Clone)]
pub struct Sheet<'i> {
    /// Names the person.
    pub id: String,
    /// Every item and input with its answer.
    pub answers: Vec<(&'i Item, Made)>,
}

/// So many people. `lacks` says which answers, by their place, are open.
#[must_use]
pub fn people(instrument: &Instrument, count: usize, lacks: impl Fn(usize) -> bool) -> Vec<Sheet<'_>> {
    let mut turn = 42_u64;
    let mut next = move |most: usize| {
        turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(turn >> 33).unwrap_or(0) % most.max(1)
    };
    let sheet = |person: usize| {
        let items = instrument.definition().items.iter().enumerate();
        let answers = items.map(|(place, item)| (item, if lacks(place) { Made::Open } else { made(item, &mut next) })).collect();
        let mut sheet = Sheet { id: format!("person-{person:08}"), answers };
        sheet.leave_out_what_is_hidden(instrument);
        sheet
    };
    (0..count).map(sheet).collect()
}

fn made(item: &Item, next: &mut impl FnMut(usize) -> usize) -> Made {
    match item.kind {
        ItemType::Choice | ItemType::Choices => Made::Option(next(item.options.len())),
        // Most facts about most people are no, and most counts are small.
        ItemType::Boolean => Made::Truth(next(8) == 0),
        ItemType::Integer | ItemType::Decimal => {
            item.range.map_or(Made::Open, |(low, _)| Made::Number(low + Decimal::from(u8::from(next(4) == 0))))
        }
        ItemType::Date | ItemType::Time | ItemType::Text => Made::Open,
    }
}

impl Sheet<'_> {
    /// Takes back answers to items that other answers hide, as an assessor would.
    fn leave_out_what_is_hidden(&mut self, instrument: &Instrument) {
        for _ in 0..self.answers.len() {
            let Err(problems) = geras_json::read_json(instrument, &self.json()).answers else { return };
            for (item, answer) in &mut self.answers {
                if problems.iter().any(|problem| problem.item == item.id.value) {
                    *answer = Made::Open;
                }
            }
        }
    }

    /// The sheet as one line of JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let mut text = format!("{{\"id\": \"{}\", \"date\": \"2024-05-14\", \"answers\": {{", self.id);
        let mut comma = "";
        for (item, answer) in &self.answers {
            let id = &item.id.value;
            let code = |place: usize| item.options.get(place).map_or("", |option| option.code.value.as_str());
            let written = match (answer, item.kind) {
                (Made::Open, _) => continue,
                (Made::Option(place), ItemType::Choices) => write!(text, "{comma}\"{id}\": [\"{}\"]", code(*place)),
                (Made::Option(place), _) => write!(text, "{comma}\"{id}\": \"{}\"", code(*place)),
                (Made::Truth(truth), _) => write!(text, "{comma}\"{id}\": {truth}"),
                (Made::Number(number), _) => write!(text, "{comma}\"{id}\": {number}"),
            };
            written.expect("a text takes every character");
            comma = ", ";
        }
        text + "}}"
    }

    /// The sheet after the answers door.
    ///
    /// # Panics
    /// Where the sheet belongs to another instrument.
    #[must_use]
    pub fn checked(&self, instrument: &Instrument) -> CheckedAnswers {
        geras_json::read_json(instrument, &self.json()).answers.expect("made-up people are let through")
    }
}
