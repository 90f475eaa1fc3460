//! A sheet while a door fills it in: what the keys beside the answers mean, the same for every format. Knows no format.

use std::borrow::Cow;

use geras::Instrument;
use geras::assess::{AnswerProblem, AnswerSheet, Origin, Override, ProblemKind};
use geras::definition::Date;

use super::{Person, PersonId};
use crate::number::exact;

/// The keys of a sheet, in the order of `Filling::seen`.
const KEYS: [&str; 8] = ["id", "date", "answers", "settings", "override", "instrument", "carried", "synthetic"];

/// One value beside the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given<'a> {
    /// Nothing, or `null`.
    Nothing,
    /// A text.
    Text(Cow<'a, str>),
    /// The digits of a number.
    Number(Cow<'a, str>),
    /// True or false.
    Truth(bool),
    /// A list or keys with values.
    Other,
}

impl<'a> Given<'a> {
    /// The characters of a text or number.
    pub(super) fn characters(self) -> Option<Cow<'a, str>> {
        if let Self::Text(text) | Self::Number(text) = self { Some(text) } else { None }
    }
}

pub(super) struct Filling<'i> {
    instrument: &'i Instrument,
    pub(super) sheet: AnswerSheet<'i>,
    pub(super) id: Option<PersonId>,
    seen: u8,
}

impl<'i> Filling<'i> {
    pub(super) fn new(instrument: &'i Instrument) -> Self {
        Self { instrument, sheet: instrument.answers(), id: None, seen: 0 }
    }

    /// Notes a key of the sheet. False, with its problem, where it is unknown or comes twice.
    pub(super) fn opens(&mut self, key: &str) -> bool {
        let Some(place) = KEYS.iter().position(|known| *known == key) else {
            let here = self.instrument.plan().field_id(key).is_some();
            let help = if here {
                "the answers stand under `answers`"
            } else {
                "it has id, date, answers, settings, override, instrument, carried, synthetic"
            };
            self.unreadable(key, format!("a sheet has no key `{}`; {help}", shortened(key)));
            return false;
        };
        let bit = 1 << place;
        if self.seen & bit != 0 {
            self.sheet.problem(key, ProblemKind::AnsweredTwice);
            return false;
        }
        self.seen |= bit;
        true
    }

    /// Notes that something cannot be understood.
    pub(super) fn unreadable(&mut self, item: &str, why: impl Into<String>) {
        self.sheet.problem(item, ProblemKind::Unreadable(why.into()));
    }

    /// Takes the value of `id`, `date`, `synthetic` or `instrument`.
    pub(super) fn single(&mut self, key: &str, given: Given<'_>) {
        match (key, given) {
            (_, Given::Nothing) => {}
            ("id", Given::Text(text)) => self.id = Some(PersonId::Text(text.into_owned())),
            ("id", Given::Number(digits)) if exact(&digits).is_some_and(|number| number.is_integer()) => {
                self.id = exact(&digits).map(PersonId::Number);
            }
            ("id", _) => self.unreadable(key, "`id` takes a text or a whole number"),
            ("date", given) => self.date(given),
            ("synthetic", Given::Truth(made_up)) => {
                self.sheet.synthetic(made_up);
            }
            ("synthetic", _) => self.unreadable(key, "`synthetic` takes true (made up by a program) or false"),
            (_, Given::Text(name)) => self.belongs_to(&name),
            (_, _) => self.unreadable(key, "`instrument` takes an id, or an id and an edition like `gb-t-42195@2022`"),
        }
    }

    fn date(&mut self, given: Given<'_>) {
        let text = given.characters().unwrap_or_default();
        let Some(date) = Date::parse(&text) else {
            let given = shortened(&text);
            self.sheet.problem("date", ProblemKind::WrongType(given, "date"));
            return;
        };
        let definition = self.instrument.definition();
        if !definition.in_force(date) {
            let until = definition.until.as_ref().map(|until| until.value.to_string());
            self.sheet.problem("date", ProblemKind::NotInForce(date.to_string(), definition.from.value.to_string(), until));
        }
        self.sheet.on(date);
    }

    /// Holds `cn/gb-t-42195@2022`, of which all but the id may be left out, against this instrument.
    fn belongs_to(&mut self, name: &str) {
        let definition = self.instrument.definition();
        let (path, edition) = name.split_once('@').map_or((name, None), |(path, edition)| (path, Some(edition)));
        let (place, id) = path.rsplit_once('/').map_or((None, path), |(place, id)| (Some(place), id));
        let fits = id == definition.id.value
            && edition.is_none_or(|edition| edition == definition.edition.value)
            && place.is_none_or(|place| place.eq_ignore_ascii_case(&definition.jurisdiction.value));
        if !fits {
            let this = format!("{}@{}", definition.id.value, definition.edition.value);
            self.sheet.problem("instrument", ProblemKind::WrongInstrument(shortened(name), this));
        }
    }

    /// Takes one setting.
    pub(super) fn setting(&mut self, id: &str, given: Given<'_>) {
        match given {
            Given::Nothing => self.unreadable(id, "a setting takes one of its codes; leave it out for its default"),
            given => match given.characters() {
                Some(code) => {
                    self.sheet.setting(id, &code);
                }
                None => self.unreadable(id, "a setting takes one of its codes"),
            },
        }
    }

    /// Takes the keys of a decision beside the computed grade.
    pub(super) fn decision<'v>(&mut self, entries: impl IntoIterator<Item = (Cow<'v, str>, Given<'v>)>) {
        let (mut grade, mut reason, mut by) = (None, None, None);
        for (key, given) in entries {
            let slot = match key.as_ref() {
                "grade" => &mut grade,
                "reason" => &mut reason,
                "by" => &mut by,
                _ => {
                    self.unreadable("override", "a decision beside the computed grade has the keys grade, reason and by");
                    continue;
                }
            };
            if slot.is_some() {
                self.sheet.problem("override", ProblemKind::AnsweredTwice);
            }
            match given {
                Given::Nothing => {}
                Given::Other | Given::Truth(_) => self.unreadable("override", format!("`{key}` takes a text")),
                given => *slot = given.characters().map(Cow::into_owned),
            }
        }
        let Some(grade) = grade else {
            return self.unreadable("override", "a decision beside the computed grade names the `grade`");
        };
        self.sheet.overridden(Override { grade, reason: reason.unwrap_or_default(), by });
    }

    /// Takes the mark of one answer that was carried over; none where it cannot be read.
    pub(super) fn carried(&mut self, item: &str, origin: Option<Origin>) {
        match origin {
            Some(origin) => {
                self.sheet.carried(item, origin);
            }
            None => self
                .unreadable(item, "under `carried` each item has the keys `from` (a text), `items` (a list) and `exact` (true or false)"),
        }
    }

    /// The finished sheet.
    pub(super) fn finish(mut self) -> Person {
        if self.seen & 0b100 == 0 {
            self.unreadable("answers", "a sheet needs the key `answers`");
        }
        Person { id: self.id, answers: self.sheet.check() }
    }

    /// A sheet that could not be read to its end: the one problem that counts.
    pub(super) fn broken(self, why: String) -> Person {
        Person { id: self.id, answers: Err(vec![AnswerProblem { item: String::new(), kind: ProblemKind::Unreadable(why) }]) }
    }
}

/// At most forty characters of what was given, on one line.
fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if text.chars().nth(40).is_some() { format!("{line}…") } else { line }
}
