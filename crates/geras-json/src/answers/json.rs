//! The JSON door: a visitor that fills the sheet directly, without a tree between. Numbers are read from their digits.

use std::borrow::Cow;
use std::fmt;

use geras::Instrument;
use geras::assess::{Answer, Origin};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Person;
use super::filling::{Filling, Given};
use crate::number::exact;

/// Reads one person's sheet, a JSON object. Never fails: what cannot be read is among the problems.
#[must_use]
pub fn read_json(instrument: &Instrument, text: &str) -> Person {
    let mut filling = Filling::new(instrument);
    let mut reader = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let read = Sheet(&mut filling).deserialize(&mut reader).and_then(|()| reader.end());
    match read {
        Ok(()) => filling.finish(),
        Err(fault) => filling.broken(in_words(&fault)),
    }
}

/// What the reader says, with the place; the line only where there are several.
fn in_words(fault: &serde_json::Error) -> String {
    let said = fault.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let place = match fault.line() {
        0 => return said.to_owned(),
        1 => format!("column {}", fault.column()),
        line => format!("line {line}, column {}", fault.column()),
    };
    if fault.is_data() { format!("{said} ({place})") } else { format!("this is not JSON: {said} ({place})") }
}

/// The characters of a text, or of a key.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Characters;
        impl<'de> Visitor<'de> for Characters {
            type Value = Text<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        from.deserialize_str(Characters)
    }
}

/// The whole sheet.
struct Sheet<'f, 'i>(&'f mut Filling<'i>);

impl<'de> DeserializeSeed<'de> for Sheet<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Sheet<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a sheet of answers like {\"id\": ..., \"answers\": {...}}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = keys.next_key()? {
            if !self.0.opens(&key) {
                keys.next_value::<IgnoredAny>()?;
                continue;
            }
            match key.as_ref() {
                "answers" => keys.next_value_seed(Entries { of: self.0, what: What::Answers })?,
                "settings" => keys.next_value_seed(Entries { of: self.0, what: What::Settings })?,
                "carried" => keys.next_value_seed(Entries { of: self.0, what: What::Carried })?,
                "override" => {
                    let raw = keys.next_value::<&RawValue>()?.get();
                    match object(raw) {
                        Some(entries) => self.0.decision(entries.into_iter().map(|(key, raw)| (key, given(raw.get())))),
                        None if raw == "null" => {}
                        None => self.0.unreadable("override", "`override` holds keys: grade, reason, by"),
                    }
                }
                key => {
                    let raw = keys.next_value::<&RawValue>()?;
                    self.0.single(key, given(raw.get()));
                }
            }
        }
        Ok(())
    }
}

/// The object under `answers`, `settings` or `carried`.
struct Entries<'f, 'i> {
    of: &'f mut Filling<'i>,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Answers,
    Settings,
    Carried,
}

impl Entries<'_, '_> {
    fn no_object<E>(self) -> Result<(), E> {
        let key = match self.what {
            What::Answers => "answers",
            What::Settings => "settings",
            What::Carried => "carried",
        };
        self.of.unreadable(key, format!("`{key}` holds keys with values"));
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("keys with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<(), A::Error> {
        while let Some(Text(id)) = keys.next_key()? {
            let raw = keys.next_value::<&RawValue>()?.get();
            match self.what {
                What::Answers => answer(self.of, &id, raw),
                What::Settings => self.of.setting(&id, given(raw)),
                What::Carried => self.of.carried(&id, origin(raw)),
            }
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.no_object()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.no_object()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.no_object()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.no_object()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.no_object()
    }
}

/// Where an answer was carried from.
fn origin(raw: &str) -> Option<Origin> {
    let keys = object(raw).filter(|keys| keys.len() == 3)?;
    let value = |wanted: &str| keys.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.get());
    let exact = match value("exact")? {
        "true" => true,
        "false" => false,
        _ => return None,
    };
    Some(Origin { from: serde_json::from_str(value("from")?).ok()?, items: serde_json::from_str(value("items")?).ok()?, exact })
}

/// Takes one answer.
fn answer(filling: &mut Filling<'_>, id: &str, raw: &str) {
    match raw.as_bytes().first() {
        Some(b'"') => match text(raw) {
            Some(text) => {
                filling.sheet.answer(id, &Answer::Text(&text));
            }
            None => filling.unreadable(id, "the text holds half of a character"),
        },
        Some(b'n') => {
            filling.sheet.unanswered(id);
        }
        Some(b't' | b'f') => {
            filling.sheet.answer(id, &Answer::Boolean(raw == "true"));
        }
        Some(b'[') => match codes(raw) {
            Some(codes) => {
                filling.sheet.answer(id, &Answer::Several(codes.iter().map(AsRef::as_ref).collect()));
            }
            None => filling.unreadable(id, "a list of answers holds option codes only"),
        },
        Some(b'{') => match object(raw).as_deref() {
            Some([(key, reason)]) if key == "absent" => match scalar(reason.get()) {
                Some(reason) => {
                    filling.sheet.answer(id, &Answer::Absent(&reason));
                }
                None => filling.unreadable(id, "`absent` takes one reason"),
            },
            _ => filling.unreadable(id, "an answer with keys can only be `{absent: reason}`"),
        },
        _ => {
            filling.sheet.answer(id, &exact(raw).map_or(Answer::Text(raw), Answer::Number));
        }
    }
}

/// The characters of a raw text; none where it holds half of a character.
fn text(raw: &str) -> Option<Cow<'_, str>> {
    let inside = raw.get(1..raw.len().saturating_sub(1))?;
    if inside.as_bytes().contains(&b'\\') { serde_json::from_str(raw).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(inside)) }
}

/// The characters of a raw text, number or truth value.
fn scalar(raw: &str) -> Option<Cow<'_, str>> {
    match raw.as_bytes().first() {
        Some(b'"') => text(raw),
        Some(b'[' | b'{' | b'n') => None,
        _ => Some(Cow::Borrowed(raw)),
    }
}

fn codes(raw: &str) -> Option<Vec<Cow<'_, str>>> {
    let values: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
    values.into_iter().map(|value| scalar(value.get())).collect()
}

/// A value beside the answers.
fn given(raw: &str) -> Given<'_> {
    match raw.as_bytes().first() {
        Some(b'"') => text(raw).map_or(Given::Other, Given::Text),
        Some(b'n') => Given::Nothing,
        Some(b't' | b'f') => Given::Truth(raw == "true"),
        Some(b'-' | b'0'..=b'9') => Given::Number(Cow::Borrowed(raw)),
        _ => Given::Other,
    }
}

/// The keys of a raw object, all of them, in their order.
pub(crate) fn object(raw: &str) -> Option<Vec<(Cow<'_, str>, &RawValue)>> {
    struct All;
    impl<'de> Visitor<'de> for All {
        type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("keys with values")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some((Text(key), value)) = keys.next_entry()? {
                all.push((key, value));
            }
            Ok(all)
        }
    }
    serde_json::Deserializer::from_str(raw).deserialize_map(All).ok()
}
