//! The door for a pathway's answers: YAML or JSON, inputs by id, and the items of each instrument under the instrument's id.

use geras::Pathway;
use geras::assess::{AnswerProblem, Override, ProblemKind};
use geras::definition::Date;
use geras::pathway::{CheckedPathwayAnswers, PathwaySheet};
use geras::source::{Entry, Kind, Source, Value, parse};

use crate::PersonId;
use crate::number::exact;

/// The keys of a sheet.
const KEYS: [&str; 7] = ["id", "date", "answers", "settings", "override", "pathway", "synthetic"];

/// One person on a pathway after the sheet was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathwayPerson {
    /// Names the person or the sheet, where it could be read.
    pub id: Option<PersonId>,
    /// The answers, all of which fit; or everything that is wrong with the sheet.
    pub answers: Result<CheckedPathwayAnswers, Vec<AnswerProblem>>,
}

/// Reads one person's sheet, YAML or JSON. Never fails: what cannot be read is among the problems.
#[must_use]
pub fn read_pathway_answers(pathway: &Pathway, text: &str) -> PathwayPerson {
    let text = text.trim_start_matches('\u{feff}');
    let document = match parse(&Source::new("answers", text)) {
        Ok(document) => document,
        Err(faults) => {
            let why = faults.first().map_or_else(String::new, |fault| {
                let place = fault.primary.line_column();
                format!("{} (line {}, column {})", fault.message, place.line, place.column)
            });
            return broken(why);
        }
    };
    let Kind::Mapping(entries) = &document.root.kind else {
        return broken("a sheet of answers has keys: id, date, answers".to_owned());
    };
    let value = |key: &str| entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value);
    let day = value("date").and_then(characters).map(|text| (Date::parse(text), text.to_owned()));
    let mut sheet = pathway.answers(day.as_ref().and_then(|(date, _)| *date));
    match &day {
        Some((None, text)) => drop(sheet.problem("date", ProblemKind::WrongType(text.clone(), "date"))),
        Some((Some(date), _)) if !pathway.definition().head.in_force(*date) => {
            let head = &pathway.definition().head;
            let until = head.until.as_ref().map(|until| until.value.to_string());
            sheet.problem("date", ProblemKind::NotInForce(date.to_string(), head.from.value.to_string(), until));
        }
        _ => {}
    }
    let id = value("id").and_then(|value| person(value, &mut sheet));
    for Entry { key, value } in entries {
        take(pathway, &mut sheet, &key.value, value);
    }
    if value("answers").is_none() {
        unreadable(&mut sheet, "answers", "a sheet needs the key `answers`");
    }
    PathwayPerson { id, answers: sheet.check() }
}

/// The edition that reads a sheet: the newest, unless it is not in force on the sheet's day and another is, which `other` finds.
pub fn pathway_on<'p>(newest: &'p Pathway, other: impl FnOnce(Date) -> Option<&'p Pathway>, day: Option<Date>) -> &'p Pathway {
    let not_then = day.filter(|day| !newest.definition().head.in_force(*day));
    not_then.and_then(other).unwrap_or(newest)
}

/// The day on a sheet, as far as it can be seen without reading it.
#[must_use]
pub fn day_of_sheet(sheet: &str) -> Option<Date> {
    let document = parse(&Source::new("answers", sheet)).ok()?;
    let Kind::Mapping(entries) = &document.root.kind else { return None };
    let date = entries.iter().find(|entry| entry.key.value == "date")?;
    Date::parse(characters(&date.value)?)
}

pub(super) fn broken(why: String) -> PathwayPerson {
    PathwayPerson { id: None, answers: Err(vec![AnswerProblem { item: String::new(), kind: ProblemKind::Unreadable(why) }]) }
}

fn unreadable(sheet: &mut PathwaySheet<'_>, item: &str, why: impl Into<String>) {
    sheet.problem(item, ProblemKind::Unreadable(why.into()));
}

fn characters(value: &Value) -> Option<&str> {
    if let Kind::Scalar(scalar) = &value.kind { Some(&scalar.text) } else { None }
}

fn person(value: &Value, sheet: &mut PathwaySheet<'_>) -> Option<PersonId> {
    let Kind::Scalar(scalar) = &value.kind else {
        if value.kind != Kind::Null {
            unreadable(sheet, "id", "`id` takes a text or a whole number");
        }
        return None;
    };
    let number = exact(&scalar.text).filter(|number| number.is_integer() && scalar.style == geras::source::ScalarStyle::Plain);
    Some(number.map_or_else(|| PersonId::Text(scalar.text.clone()), PersonId::Number))
}

fn take(pathway: &Pathway, sheet: &mut PathwaySheet<'_>, key: &str, value: &Value) {
    match (key, &value.kind) {
        ("answers", Kind::Mapping(entries)) => {
            for Entry { key, value } in entries {
                sheet.answer_value(&key.value, value);
            }
        }
        ("settings", Kind::Mapping(entries)) => {
            for Entry { key, value } in entries {
                match &value.kind {
                    Kind::Scalar(code) => drop(sheet.setting(&key.value, &code.text)),
                    Kind::Mapping(own) => own.iter().for_each(|entry| match characters(&entry.value) {
                        Some(code) => drop(sheet.instrument_setting(&key.value, &entry.key.value, code)),
                        None => unreadable(sheet, &format!("{}.{}", key.value, entry.key.value), "a setting takes one of its codes"),
                    }),
                    _ => unreadable(sheet, &key.value, "a setting takes one of its codes; those of an instrument stand under its id"),
                }
            }
        }
        ("override", Kind::Mapping(entries)) => decision(sheet, entries),
        ("answers" | "settings" | "override" | "id" | "date" | "pathway", Kind::Null) => {}
        ("override", _) => unreadable(sheet, key, "`override` holds keys: setting, reason, by"),
        ("answers" | "settings", _) => unreadable(sheet, key, format!("`{key}` holds keys with values")),
        ("pathway", Kind::Scalar(name)) => {
            let own = pathway.definition().name();
            let (path, edition) = name.text.split_once('@').map_or((name.text.as_str(), None), |(path, edition)| (path, Some(edition)));
            let (whole, own_edition) = own.split_once('@').unwrap_or((&own, ""));
            let fits =
                (path == whole || path == pathway.definition().head.id.value) && edition.is_none_or(|edition| edition == own_edition);
            if !fits {
                sheet.problem(key, ProblemKind::WrongInstrument(name.text.clone(), own.clone()));
            }
        }
        ("synthetic", Kind::Scalar(made_up)) if ["true", "false"].contains(&made_up.text.as_str()) => {
            sheet.synthetic(made_up.text == "true");
        }
        ("synthetic", Kind::Null) => {}
        ("synthetic", _) => unreadable(sheet, key, "`synthetic` takes true (made up by a program) or false"),
        ("id" | "date", _) => {}
        ("carried", _) => unreadable(
            sheet,
            key,
            "a pathway takes each instrument's answers as they are; what was carried over is told by `geras assess` of the instrument",
        ),
        (key, _) => {
            let near = geras::source::closest(key, KEYS);
            let help = near.map_or_else(|| format!("it has {}", KEYS.join(", ")), |near| format!("did you mean `{near}`?"));
            unreadable(sheet, key, format!("a sheet has no key `{}`; {help}", key.chars().take(40).collect::<String>()));
        }
    }
}

/// A panel's decision beside the computed setting.
fn decision(sheet: &mut PathwaySheet<'_>, entries: &[Entry]) {
    let (mut setting, mut reason, mut by) = (None, None, None);
    for Entry { key, value } in entries {
        let slot = match key.value.as_str() {
            "setting" => &mut setting,
            "reason" => &mut reason,
            "by" => &mut by,
            _ => {
                unreadable(sheet, "override", "a decision beside the computed setting has the keys setting, reason and by");
                continue;
            }
        };
        *slot = characters(value).map(str::to_owned);
    }
    let Some(grade) = setting else {
        return unreadable(sheet, "override", "a decision beside the computed setting names the `setting`, a kind such as `care_home`");
    };
    sheet.overridden(Override { grade, reason: reason.unwrap_or_default(), by });
}
