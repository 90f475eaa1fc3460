//! What the native build makes of sheets, for proofs that leave Rust. For each shipped definition with cases, one line of JSON out: its name, file, description and the
//! sheets of its cases; one line in: a list of further sheets; one line out: the batch line of every sheet, and full accounts of the first further ones.

use std::env;
use std::io::{self, BufRead as _, Write as _};

use geras::Instrument;
use geras::cases::{CaseFile, CaseRecord, records};
use geras::definition::ItemType;
use geras::source::{Kind, ScalarStyle, Value};
use geras_json::{Number, assess_json, batch_line, describe_json, read_answers, read_json};
use rust_decimal::Decimal;
use serde::Serialize;

/// Of how many further sheets a full account is written; every second one in Chinese.
const ACCOUNTS: usize = 4;

#[derive(Serialize)]
struct Opening<'a> {
    name: String,
    path: &'a str,
    description: String,
    cases: &'a [String],
}

#[derive(Serialize)]
struct Told {
    lines: Vec<String>,
    accounts: Vec<(&'static str, String)>,
}

fn main() -> Result<(), String> {
    let only = env::args().nth(1);
    let (mut asked, mut out) = (io::stdin().lock().lines(), io::stdout().lock());
    for (path, text) in geras_instruments::cases().filter(|(path, _)| only.as_ref().is_none_or(|only| path.contains(only.as_str()))) {
        let file = CaseFile::read(path, text).map_err(|faults| format!("{path}: {faults:?}"))?;
        let definition = path.replace(".cases.yaml", ".yaml");
        let found = geras_instruments::definitions().find(|(path, _)| *path == definition);
        // The cases of pathways are not compared: the module does not assess pathways yet.
        let Some((path, text)) = found else { continue };
        let instrument = Instrument::read(path, text).map_err(|faults| format!("{path}: {faults:?}"))?;
        let cases = sheets(&file, &instrument)?;
        let about = instrument.definition();
        let name = format!("{}@{}", about.id.value, about.edition.value);
        let opening = Opening { name, path, description: describe_json(&instrument), cases: &cases };
        writeln!(out, "{}", json(&opening)).and_then(|()| out.flush()).map_err(|reason| reason.to_string())?;

        let line = asked.next().ok_or("expected a list of further sheets")?.map_err(|reason| reason.to_string())?;
        let further: Vec<String> = serde_json::from_str(&line).map_err(|reason| format!("expected a list of further sheets: {reason}"))?;
        let lines = cases.iter().chain(&further).map(|sheet| batch_line(&instrument, sheet, "en")).collect();
        let account = |(place, sheet): (usize, &String)| {
            let language = if place % 2 == 0 { "zh" } else { "en" };
            (language, assess_json(&instrument, &read_answers(&instrument, sheet), &[language]))
        };
        let told = Told { lines, accounts: further.iter().take(ACCOUNTS).enumerate().map(account).collect() };
        writeln!(out, "{}", json(&told)).and_then(|()| out.flush()).map_err(|reason| reason.to_string())?;
    }
    Ok(())
}

/// The sheets of all cases.
fn sheets(file: &CaseFile, instrument: &Instrument) -> Result<Vec<String>, String> {
    let mut sheets = Vec::new();
    for record in records(file, instrument) {
        let line = line(instrument, &record);
        let read = read_json(instrument, &line).answers;
        if read.is_err() == record.refused {
            sheets.push(line);
        } else if !record.refused {
            // The JSON door must say of the record what the core said of the case; else the lines prove nothing. Of a sheet that the core refused, though, a
            // record may lack what was filled in.
            return Err(format!("`{}` is another sheet as JSON: {read:?}", record.name));
        }
    }
    Ok(sheets)
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
