//! The door for a file of answers, YAML or JSON: the same keys and rules as the JSON door, with the places of YAML faults in words.

use std::borrow::Cow;

use geras::Instrument;
use geras::assess::Origin;
use geras::source::{Entry, Kind, ScalarStyle, Source, Value, parse};

use super::Person;
use super::filling::{Filling, Given};
use super::json::read_json;
use crate::number::exact;

/// Reads one person's sheet from a file. A text that begins with `{` is JSON, unless only YAML can read it.
#[must_use]
pub fn read_answers(instrument: &Instrument, text: &str) -> Person {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if !begins.starts_with('{') {
        return read_yaml(instrument, text).unwrap_or_else(|why| Filling::new(instrument).broken(why));
    }
    let as_json = serde_json::from_str::<serde::de::IgnoredAny>(begins).is_ok();
    let as_yaml = if as_json { None } else { read_yaml(instrument, text).ok() };
    as_yaml.unwrap_or_else(|| read_json(instrument, text))
}

fn read_yaml(instrument: &Instrument, text: &str) -> Result<Person, String> {
    let source = Source::new("answers", text);
    let document = parse(&source).map_err(|faults| {
        let first = faults.first().map(|fault| {
            let place = fault.primary.line_column();
            format!("{} (line {}, column {})", fault.message, place.line, place.column)
        });
        first.unwrap_or_default()
    })?;
    let Kind::Mapping(entries) = &document.root.kind else {
        return Err("a sheet of answers has keys: id, date, answers".to_owned());
    };
    let mut filling = Filling::new(instrument);
    for Entry { key, value } in entries {
        if filling.opens(&key.value) {
            take(&mut filling, &key.value, value);
        }
    }
    Ok(filling.finish())
}

fn take(filling: &mut Filling<'_>, key: &str, value: &Value) {
    match (key, &value.kind) {
        ("answers", Kind::Mapping(entries)) => {
            for Entry { key, value } in entries {
                filling.sheet.answer_value(&key.value, value);
            }
        }
        ("settings", Kind::Mapping(entries)) => {
            for Entry { key, value } in entries {
                filling.setting(&key.value, given(value));
            }
        }
        ("override", Kind::Mapping(entries)) => {
            filling.decision(entries.iter().map(|entry| (Cow::Borrowed(entry.key.value.as_str()), given(&entry.value))));
        }
        ("carried", Kind::Mapping(entries)) => {
            for Entry { key, value } in entries {
                filling.carried(&key.value, origin(value));
            }
        }
        ("answers" | "settings" | "override" | "carried", Kind::Null) => {}
        ("override", _) => filling.unreadable(key, "`override` holds keys: grade, reason, by"),
        ("answers" | "settings" | "carried", _) => filling.unreadable(key, format!("`{key}` holds keys with values")),
        _ => filling.single(key, given(value)),
    }
}

/// Where an answer was carried from.
fn origin(value: &Value) -> Option<Origin> {
    let Kind::Mapping(entries) = &value.kind else { return None };
    let text = |value: &Value| if let Kind::Scalar(scalar) = &value.kind { Some(scalar.text.clone()) } else { None };
    let (mut from, mut items, mut exact) = (None, None, None);
    for Entry { key, value } in entries {
        match (key.value.as_str(), &value.kind) {
            ("from", _) => from = Some(text(value)?),
            ("items", Kind::Sequence(list)) => items = Some(list.iter().map(text).collect::<Option<Vec<String>>>()?),
            ("exact", Kind::Scalar(scalar)) => exact = Some(scalar.text.parse::<bool>().ok()?),
            _ => return None,
        }
    }
    Some(Origin { from: from?, items: items?, exact: exact? })
}

/// A value beside the answers.
fn given(value: &Value) -> Given<'_> {
    match &value.kind {
        Kind::Null => Given::Nothing,
        Kind::Scalar(scalar) if scalar.style == ScalarStyle::Plain => match scalar.text.as_str() {
            truth @ ("true" | "false") => Given::Truth(truth == "true"),
            text if exact(text).is_some() => Given::Number(Cow::Borrowed(text)),
            text => Given::Text(Cow::Borrowed(text)),
        },
        Kind::Scalar(scalar) => Given::Text(Cow::Borrowed(&scalar.text)),
        Kind::Sequence(_) | Kind::Mapping(_) => Given::Other,
    }
}
