//! The cohort itself: draws one person after another, or any person alone, and writes the sheet down. Keeps nothing.

use std::fmt::Write as _;

use geras::Instrument;
use geras::definition::{AbsentReason, ClockTime, ItemType, Role};
use geras::plan::{Field, ScoringPlan, State, Value};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use rust_decimal::prelude::ToPrimitive as _;

use crate::draw::{Draw, Drawn, Grid, WHOLE, day, even};
use crate::likeness::{Likeness, Spread};
use crate::read::grid;

/// More people than this are refused: a slip, or something that wants another tool.
pub const MOST_PEOPLE: u64 = 100_000_000;

/// A size that is refused: nobody, or more than [`MOST_PEOPLE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeRefused(pub u64);

/// Synthetic people who answer one instrument.
#[derive(Debug)]
pub struct Cohort<'i> {
    plan: &'i ScoringPlan,
    columns: Vec<Column<'i>>,
    dates: Option<(i32, i32)>,
    size: u64,
    seed: u64,
    /// How many digits the number of a person has.
    digits: usize,
    hides: bool,
}

#[derive(Debug)]
struct Column<'i> {
    /// Its place among the fields of the plan.
    place: usize,
    field: &'i Field,
    draw: Draw,
    /// Below it, an answer follows the severity.
    follows: u64,
    /// Whether it runs against the severity.
    against: bool,
    absent: Vec<(AbsentReason, u64)>,
    /// The question's id in JSON, with the colon.
    key: String,
    /// The answers in JSON, where there are few.
    answers: Vec<String>,
    /// Whether nobody said how the answers are spread.
    unstated: bool,
}

/// What a person answers to one question.
#[derive(Debug, Clone, Copy)]
enum Given {
    Answer(Drawn),
    Absent(AbsentReason),
    Hidden,
}

impl<'i> Cohort<'i> {
    /// People for an instrument. Without a likeness every answer is as likely as every other one, and no two items have to do with each other.
    ///
    /// # Errors
    /// The size is 0 or above [`MOST_PEOPLE`].
    pub fn new(instrument: &'i Instrument, likeness: Option<&Likeness>, size: u64, seed: u64) -> Result<Self, SizeRefused> {
        Self::of_plan(instrument.plan(), likeness, size, seed)
    }

    /// People who answer the questions of a plan.
    pub(crate) fn of_plan(plan: &'i ScoringPlan, likeness: Option<&Likeness>, size: u64, seed: u64) -> Result<Self, SizeRefused> {
        if size == 0 || size > MOST_PEOPLE {
            return Err(SizeRefused(size));
        }
        let none = Likeness::default();
        let likeness = likeness.unwrap_or(&none);
        let answered = plan.fields().iter().enumerate().filter(|(_, field)| field.role != Role::Setting && field.place != usize::MAX);
        let columns = answered.map(|(place, field)| {
            let own = likeness.items.iter().find(|(known, _)| *known == place).map(|(_, spread)| spread.clone()).unwrap_or_default();
            Column::new(plan, place, field, own, likeness.loading)
        });
        let hides = plan.fields().iter().any(|field| field.shown.is_some());
        let digits = size.to_string().len();
        Ok(Self { plan, columns: columns.collect(), dates: likeness.dates, size, seed, digits, hides })
    }

    /// How many people there are.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Items and inputs of which nobody said how their answers are spread: they are even.
    pub fn unstated(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.unstated && column.draw != Draw::Nothing).map(|column| column.field.id.as_str())
    }

    /// Items and inputs that stay without an answer: texts, and days of which no range is given.
    pub fn unanswered(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.draw == Draw::Nothing).map(|column| column.field.id.as_str())
    }

    /// Writes person `number` (from 1) as a line of JSON, with its end.
    pub fn line(&self, number: u64, out: &mut Vec<u8>) {
        let (date, answers) = self.person(number);
        let mut line = String::with_capacity(64 + self.columns.len() * 24);
        let _ = write!(line, "{{\"id\":\"synthetic-{number:0width$}\",\"synthetic\":true", width = self.digits);
        if let Some(date) = date {
            let _ = write!(line, ",\"date\":\"{}\"", day(date));
        }
        line.push_str(",\"answers\":{");
        self.answers(&answers, &mut line);
        line.push_str("}}\n");
        out.extend_from_slice(line.as_bytes());
    }

    /// Writes answers as the members of an object of JSON.
    fn answers(&self, answers: &[Given], line: &mut String) {
        let mut first = true;
        for (column, given) in self.columns.iter().zip(answers) {
            if matches!(given, Given::Hidden | Given::Answer(Drawn::Nothing)) {
                continue;
            }
            if !first {
                line.push(',');
            }
            first = false;
            line.push_str(&column.key);
            match given {
                Given::Absent(reason) => {
                    let _ = write!(line, "{{\"absent\":\"{}\"}}", reason.word());
                }
                Given::Answer(drawn) => column.json(*drawn, line),
                Given::Hidden => {}
            }
        }
    }

    /// Draws somebody of this severity, and writes the answers as the members of an object of JSON.
    pub(crate) fn drawn(&self, number: u64, severity: u32, line: &mut String) {
        let mut chance = ChaCha8Rng::seed_from_u64(self.seed);
        chance.set_stream(number);
        let answers = self.given(severity, &mut chance);
        self.answers(&answers, line);
    }

    /// Writes the head of a table.
    pub fn head(&self, out: &mut Vec<u8>) {
        let mut names = vec!["id".to_owned(), "synthetic".to_owned()];
        names.extend(self.dates.map(|_| "date".to_owned()));
        names.extend(self.columns.iter().map(|column| column.field.id.clone()));
        out.extend_from_slice(names.join(",").as_bytes());
        out.push(b'\n');
    }

    /// Writes person `number` (from 1) as a row of a table, with its end.
    pub fn row(&self, number: u64, out: &mut Vec<u8>) {
        let (date, answers) = self.person(number);
        let mut row = format!("synthetic-{number:0width$},true", width = self.digits);
        if let Some(date) = date {
            row.push(',');
            row.push_str(&day(date));
        }
        for (column, given) in self.columns.iter().zip(answers) {
            row.push(',');
            match given {
                Given::Hidden => {}
                Given::Absent(reason) => {
                    row.push('!');
                    row.push_str(reason.word());
                }
                Given::Answer(drawn) => row.push_str(&cell(&column.plain(self.plan, drawn))),
            }
        }
        row.push('\n');
        out.extend_from_slice(row.as_bytes());
    }

    fn person(&self, number: u64) -> (Option<i32>, Vec<Given>) {
        let mut chance = ChaCha8Rng::seed_from_u64(self.seed);
        chance.set_stream(number);
        let severity = chance.next_u32();
        let day = chance.next_u32();
        let date = self.dates.and_then(|(from, to)| match Draw::Days(from, to).answer(|| day) {
            Drawn::Day(day) => Some(day),
            _ => None,
        });
        (date, self.given(severity, &mut chance))
    }

    fn given(&self, severity: u32, chance: &mut ChaCha8Rng) -> Vec<Given> {
        let mut answers: Vec<Given> = self.columns.iter().map(|column| column.given(severity, chance)).collect();
        if self.hides {
            self.hide(&mut answers);
        }
        answers
    }

    /// Takes the answers away that nobody would be asked for.
    fn hide(&self, answers: &mut [Given]) {
        let plan = self.plan;
        let mut sheet: Vec<State> = plan.fields().iter().map(|field| field.default.map_or(State::Blank, State::Known)).collect();
        for (column, given) in self.columns.iter().zip(answers.iter()) {
            if let Some(slot) = sheet.get_mut(column.place) {
                *slot = column.state(*given);
            }
        }
        plan.without_hidden(&mut sheet);
        for (column, given) in self.columns.iter().zip(answers.iter_mut()) {
            let blank = sheet.get(column.place) == Some(&State::Blank);
            if blank && !matches!(given, Given::Answer(Drawn::Nothing)) {
                *given = Given::Hidden;
            }
        }
    }
}

impl<'i> Column<'i> {
    fn new(plan: &'i ScoringPlan, place: usize, field: &'i Field, own: Spread, loading: i64) -> Self {
        let unstated = own.draw.is_none();
        let draw = own.draw.unwrap_or_else(|| evenly(field));
        let loading = own.loading.unwrap_or(loading);
        let follows = WHOLE / 1000 * loading.unsigned_abs().min(1000);
        let follows = if loading.abs() == 1000 { WHOLE } else { follows };
        let key = format!("{}:", json(&field.id));
        let codes = field.codes.map_or(&[][..], |set| plan.codes(set));
        let answers = match field.kind {
            ItemType::Boolean => vec!["false".to_owned(), "true".to_owned()],
            _ => codes.iter().map(|code| json(code)).collect(),
        };
        Self { place, field, draw, follows, against: loading < 0, absent: own.absent, key, answers, unstated }
    }

    fn given(&self, severity: u32, chance: &mut ChaCha8Rng) -> Given {
        if !self.absent.is_empty() {
            let draw = u64::from(chance.next_u32());
            if let Some((reason, _)) = self.absent.iter().find(|(_, threshold)| draw < *threshold) {
                return Given::Absent(*reason);
            }
        }
        let (follows, against) = (self.follows, self.against);
        // With and without a loading the same draws are taken, so that another loading changes nothing else.
        Given::Answer(self.draw.answer(|| {
            let (own, choice) = (chance.next_u32(), chance.next_u32());
            match (u64::from(choice) < follows, against) {
                (false, _) => own,
                (true, false) => severity,
                (true, true) => u32::MAX - severity,
            }
        }))
    }

    fn state(&self, given: Given) -> State {
        match given {
            Given::Hidden | Given::Answer(Drawn::Nothing) => State::Blank,
            Given::Absent(reason) => State::Absent(reason),
            Given::Answer(Drawn::Set(set)) => State::Known(Value::Codes(set)),
            Given::Answer(Drawn::Number(number)) => State::Known(Value::Number(number)),
            Given::Answer(Drawn::Day(day)) => State::Known(Value::Date(day)),
            Given::Answer(Drawn::Place(place)) => State::Known(match self.field.kind {
                ItemType::Boolean => Value::Boolean(place == 1),
                _ => Value::Code(u8::try_from(place).unwrap_or(0)),
            }),
        }
    }

    fn json(&self, drawn: Drawn, line: &mut String) {
        match drawn {
            Drawn::Place(place) => line.push_str(self.answers.get(place).map_or("null", String::as_str)),
            Drawn::Set(set) => {
                let chosen = self.answers.iter().enumerate().filter(|(bit, _)| set >> (*bit).min(63) & 1 == 1);
                let chosen: Vec<&str> = chosen.map(|(_, code)| code.as_str()).collect();
                let _ = write!(line, "[{}]", chosen.join(","));
            }
            Drawn::Number(number) if self.field.kind == ItemType::Time => line.push_str(&json(&clock(number))),
            Drawn::Number(number) => {
                let _ = write!(line, "{number}");
            }
            Drawn::Day(number) => line.push_str(&json(&day(number))),
            Drawn::Nothing => {}
        }
    }

    /// The answer as a cell of a table holds it, without quotes.
    fn plain(&self, plan: &ScoringPlan, drawn: Drawn) -> String {
        let codes = self.field.codes.map_or(&[][..], |set| plan.codes(set));
        match drawn {
            Drawn::Place(place) if self.field.kind == ItemType::Boolean => (place == 1).to_string(),
            Drawn::Place(place) => codes.get(place).cloned().unwrap_or_default(),
            Drawn::Set(set) => {
                let chosen = codes.iter().enumerate().filter(|(bit, _)| set >> (*bit).min(63) & 1 == 1);
                chosen.map(|(_, code)| code.as_str()).collect::<Vec<_>>().join("|")
            }
            Drawn::Number(number) if self.field.kind == ItemType::Time => clock(number),
            Drawn::Number(number) => number.to_string(),
            Drawn::Day(number) => day(number),
            Drawn::Nothing => String::new(),
        }
    }
}

/// Every answer as likely as every other one.
fn evenly(field: &Field) -> Draw {
    match field.kind {
        ItemType::Choice => Draw::One(even(usize::from(field.choices))),
        ItemType::Boolean => Draw::One(even(2)),
        ItemType::Choices => {
            let exclusive = (0_u8..64).find(|bit| field.exclusive >> bit & 1 == 1);
            let each = (0..field.choices).map(|bit| if field.exclusive >> bit & 1 == 1 { 0 } else { WHOLE / 2 });
            Draw::Several(each.collect(), exclusive)
        }
        ItemType::Integer | ItemType::Decimal => {
            let last = grid(field).zip(field.range).and_then(|((low, step), (_, high))| ((high - low) / step).floor().to_i64());
            match grid(field).zip(last) {
                Some(((low, step), last)) => Draw::Grid(Grid { low, step, points: vec![(0, 0), (WHOLE, last)], even: true }),
                None => Draw::Nothing,
            }
        }
        ItemType::Time => {
            let last = i64::from(ClockTime::DAY) - 1;
            let (low, step) = (rust_decimal::Decimal::ZERO, rust_decimal::Decimal::ONE);
            Draw::Grid(Grid { low, step, points: vec![(0, 0), (WHOLE, last)], even: true })
        }
        ItemType::Date | ItemType::Text => Draw::Nothing,
    }
}

fn clock(minutes: rust_decimal::Decimal) -> String {
    minutes.to_u16().and_then(ClockTime::from_minutes).map_or_else(String::new, |time| time.to_string())
}

/// A text as JSON writes it.
pub(crate) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A cell with quotes where it needs them.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
