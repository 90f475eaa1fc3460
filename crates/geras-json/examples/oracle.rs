//! What the native build makes of sheets, for proofs that leave Rust. For each shipped instrument with cases, then for each pathway, one line of JSON out: its name, file,
//! description and the sheets of its cases; one line in: a list of further sheets; one line out: the batch line of every sheet, and full accounts of
//! the first further ones. Of a pathway's cases there is the report in place of the sheets.

use std::env;
use std::io::{self, BufRead as _, Write as _};

use geras::cases::{CaseFile, CaseRecord, records, run_on_pathway};
use geras::definition::ItemType;
use geras::source::{Kind, ScalarStyle, Value};
use geras::{Instrument, Library, Pathway};
use geras_json::{
    Number, TestReport, assess_json, assess_pathway_json, batch_line, describe_json, describe_pathway_json, pathway_batch_line,
    read_answers, read_json, read_pathway_answers, report_json,
};
use rust_decimal::Decimal;
use serde::Serialize;

/// Of how many further sheets a full account is written; every second one in Chinese.
const ACCOUNTS: usize = 20;

#[derive(Serialize)]
struct Opening<'a> {
    name: String,
    path: &'a str,
    description: String,
    cases: &'a [String],
    /// What became of the cases of a pathway.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<String>,
}

#[derive(Serialize)]
struct Told {
    lines: Vec<String>,
    accounts: Vec<(&'static str, String)>,
}

fn main() -> Result<(), String> {
    let only = env::args().nth(1);
    let (mut asked, mut out) = (io::stdin().lock().lines(), io::stdout().lock());
    let mut tell = |opening: &Opening<'_>, tell: &dyn Fn(Vec<String>) -> Told| -> Result<(), String> {
        writeln!(out, "{}", json(opening)).and_then(|()| out.flush()).map_err(|reason| reason.to_string())?;
        let line = asked.next().ok_or("expected a list of further sheets")?.map_err(|reason| reason.to_string())?;
        let further: Vec<String> = serde_json::from_str(&line).map_err(|reason| format!("expected a list of further sheets: {reason}"))?;
        writeln!(out, "{}", json(&tell(further))).and_then(|()| out.flush()).map_err(|reason| reason.to_string())
    };
    let wanted = |path: &str| only.as_ref().is_none_or(|only| path.contains(only.as_str()));
    let cases_of = |path: &str| {
        let cases = path.replace(".yaml", ".cases.yaml");
        geras_instruments::cases().find(|(path, _)| *path == cases).map(|(path, text)| CaseFile::read(path, text))
    };
    for (path, text) in geras_instruments::definitions().filter(|(path, _)| wanted(path)) {
        let Some(file) = cases_of(path) else { continue };
        let file = file.map_err(|faults| format!("{path}: {faults:?}"))?;
        let instrument = Instrument::read(path, text).map_err(|faults| format!("{path}: {faults:?}"))?;
        let cases = sheets(&file, &instrument)?;
        let about = instrument.definition();
        let name = format!("{}@{}", about.id.value, about.edition.value);
        tell(&Opening { name, path, description: describe_json(&instrument), cases: &cases, report: None }, &|further| Told {
            lines: cases.iter().chain(&further).map(|sheet| batch_line(&instrument, sheet, "en")).collect(),
            accounts: accounts(&further, |sheet, language| assess_json(&instrument, &read_answers(&instrument, sheet), &[language])),
        })?;
    }
    if geras_instruments::pathways().any(|(path, _)| wanted(path)) {
        let (library, _) = Library::read(geras_instruments::definitions().chain(geras_instruments::pathways()));
        for pathway in library.pathways().iter().filter(|pathway| wanted(pathway.definition().head.source.path())) {
            let path = pathway.definition().head.source.path();
            let report = cases_of(path).ok_or_else(|| format!("{path} has no cases"))?.map_err(|faults| format!("{path}: {faults:?}"))?;
            let report = Some(report_json(&TestReport::of(&run_on_pathway(&report, pathway))));
            let name = pathway.definition().name();
            let name = name.rsplit('/').next().unwrap_or(&name).to_owned();
            tell(&Opening { name, path, description: describe_pathway_json(pathway), cases: &[], report }, &|further| Told {
                lines: further.iter().map(|sheet| pathway_line(pathway, sheet)).collect(),
                accounts: accounts(&further, |sheet, language| {
                    assess_pathway_json(pathway, &read_pathway_answers(pathway, sheet), &[language])
                }),
            })?;
        }
    }
    Ok(())
}

fn pathway_line(pathway: &Pathway, sheet: &str) -> String {
    pathway_batch_line(pathway, &read_pathway_answers(pathway, sheet), "en")
}

fn accounts(sheets: &[String], account: impl Fn(&str, &str) -> String) -> Vec<(&'static str, String)> {
    let languages = ["zh", "en"].into_iter().cycle();
    sheets.iter().take(ACCOUNTS).zip(languages).map(|(sheet, language)| (language, account(sheet, language))).collect()
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
