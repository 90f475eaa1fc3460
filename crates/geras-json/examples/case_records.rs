//! Writes the sheets of all shipped cases as lines of JSON, a file an instrument, into the folder that is named: for proofs that leave Rust.
//! No result is written: who takes the lines compares what two programs make of them.

use std::path::Path;
use std::{env, fs};

use geras::Instrument;
use geras::cases::{CaseFile, CaseRecord, records};
use geras::definition::ItemType;
use geras::source::{Kind, ScalarStyle, Value};
use geras_json::{Number, read_json};
use rust_decimal::Decimal;
use serde::Serialize;

fn main() -> Result<(), String> {
    let folder = env::args().nth(1).ok_or("usage: case_records FOLDER")?;
    fs::create_dir_all(&folder).map_err(|reason| format!("cannot create `{folder}`: {reason}"))?;
    for (path, text) in geras_instruments::cases() {
        let file = CaseFile::read(path, text).map_err(|faults| format!("{path}: {faults:?}"))?;
        let definition = path.replace(".cases.yaml", ".yaml");
        let found = geras_instruments::definitions().find(|(path, _)| *path == definition);
        let (definition, text) = found.ok_or_else(|| format!("{path}: there is no definition beside it"))?;
        let instrument = Instrument::read(definition, text).map_err(|faults| format!("{definition}: {faults:?}"))?;
        let mut lines = String::new();
        for record in records(&file, &instrument) {
            let line = line(&instrument, &record);
            // The JSON door must say of the record what the core said of the case; else the lines prove nothing.
            let read = read_json(&instrument, &line).answers;
            if read.is_err() != record.refused {
                return Err(format!("{path}: `{}` is another sheet as JSON: {read:?}", record.name));
            }
            lines.push_str(&line);
            lines.push('\n');
        }
        let about = instrument.definition();
        let name = format!("{}@{}.ndjson", about.id.value, about.edition.value);
        fs::write(Path::new(&folder).join(&name), lines).map_err(|reason| format!("cannot write `{name}`: {reason}"))?;
    }
    Ok(())
}

fn line(instrument: &Instrument, record: &CaseRecord<'_>) -> String {
    let answers = record.answers.iter().map(|(id, value)| format!("{}:{}", json(id), answer(instrument, id, value)));
    let settings = record.settings.iter().map(|(id, code)| format!("{}:{}", json(id), json(code)));
    let date = record.date.map_or(String::new(), |date| format!("\"date\":\"{date}\","));
    let (answers, settings) = (answers.collect::<Vec<_>>().join(","), settings.collect::<Vec<_>>().join(","));
    format!("{{\"id\":{},{date}\"answers\":{{{answers}}},\"settings\":{{{settings}}}}}", json(record.name))
}

/// An answer as JSON. What YAML leaves without quotes is a number or a truth value, unless the item takes codes: there `1` is a code.
fn answer(instrument: &Instrument, id: &str, value: &Value) -> String {
    let item = instrument.definition().items.iter().find(|item| item.id.value == id);
    let takes_codes = item.is_some_and(|item| matches!(item.kind, ItemType::Choice | ItemType::Choices));
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Scalar(scalar) if scalar.style == ScalarStyle::Plain => match scalar.text.as_str() {
            truth @ ("true" | "false") => truth.to_owned(),
            text if takes_codes => json(text),
            text => Decimal::from_str_exact(text).map_or_else(|_| json(text), |number| json(&Number(number))),
        },
        Kind::Scalar(scalar) => json(&scalar.text),
        Kind::Sequence(values) => {
            let texts =
                values.iter().map(|value| if let Kind::Scalar(scalar) = &value.kind { json(&scalar.text) } else { "null".to_owned() });
            format!("[{}]", texts.collect::<Vec<_>>().join(","))
        }
        Kind::Mapping(entries) => {
            let pairs = entries.iter().map(|entry| format!("{}:{}", json(&entry.key.value), answer(instrument, "", &entry.value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
