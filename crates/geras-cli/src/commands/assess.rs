//! `geras assess`: one person. The report is made in ../report.rs, the JSON document in `geras-json`.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use geras::Instrument;
use geras::assess::{AnswerProblem, Outcome, problem_sentence};
use geras::definition::Date;
use geras_json::{Compared, Person, PersonId};

use super::pathway::assess::Form;
use super::{Desk, pathway};
use crate::door::{Door, Format};
use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::report::Report;
use crate::tree::Editions;
use crate::{paint, tree};

/// Assess one person: the outcome and its explanation
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras assess gb-t-42195 --answers mrs-li.yaml
  geras assess gb-t-42195@2022 --answers mrs-li.yaml --lang zh
  cat sheet.json | geras assess my-scale.yaml --answers - --json
  geras assess gb-t-42195 --answers may.yaml --previous november.json      what moved since; november.json is what --json printed
  geras assess cn/eldercare-triage --answers mrs-lin.yaml --html > mrs-lin.html

A sheet, as YAML or JSON:
  id: mrs-li
  date: 2024-05-14
  answers: {eating: some_help, falls: 1, coma: false, memory: {absent: refused}}")]
pub(crate) struct Assess {
    /// The instrument or pathway: id, id@edition, jurisdiction/id, or the path of a definition
    id: String,

    /// The person's answers; - reads standard input
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,

    /// The day of the assessment, where the sheet has none: YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<Date>,

    /// An earlier outcome of the same person, as --json printed it: what moved since, and why
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,

    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,

    /// On a pathway: print the outcome as one page of HTML
    #[arg(long, conflicts_with = "json")]
    html: bool,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day is written like 2024-05-14".to_owned())
}

impl Assess {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = desk.tree()?;
        if let Some(ways) = tree.ways(&self.id)? {
            let previous = self.previous.as_ref().map(|file| tree::read_cut(file)).transpose()?;
            let form = if self.json { Form::Json } else { Form::Report };
            let form = if self.html { Form::Page } else { form };
            return pathway::assess::run(&ways, &self.sheet()?, previous.as_deref(), form, desk, out);
        }
        if self.html {
            return Err(Failure::usage("only a pathway has a page to print").help("leave `--html` away, or name a pathway"));
        }
        let editions = tree.editions(&self.id)?;
        let text = self.sheet()?;
        let previous = self.previous.as_ref().map(|file| tree::read_cut(file)).transpose()?;
        let Ok(door) = Door::open(&editions, Format::File) else { return Ok(Verdict::Findings) };
        let (instrument, person) = door.read(&text);
        if self.json {
            let own = vec![desk.language.as_str()];
            let languages = if person.answers.is_ok() { desk.languages(instrument.definition()) } else { own };
            let account = match &previous {
                None => geras_json::assess_json(instrument, &person, &languages),
                Some(previous) => geras_json::assess_since_json(instrument, &editions.all(), &person, previous, &languages),
            };
            writeln!(out, "{account}")?;
            let compares =
                |answers| previous.as_ref().is_none_or(|text| compared(text, &person, &instrument.assess(answers), &editions).is_ok());
            return Ok(Verdict::findings_if(!person.answers.as_ref().is_ok_and(compares)));
        }
        desk.mind_language(instrument.definition());
        match &person.answers {
            Ok(answers) => {
                let outcome = instrument.assess(answers);
                let compared = match previous.map(|text| compared(&text, &person, &outcome, &editions)).transpose() {
                    Ok(compared) => compared,
                    Err(problems) => {
                        refuse(out, instrument, &person, &problems, &desk.language)?;
                        return Ok(Verdict::Findings);
                    }
                };
                Report::new(&outcome, compared.as_ref(), name(&person).as_deref(), &desk.language).write(out)?;
            }
            Err(problems) => refuse(out, instrument, &person, problems, &desk.language)?,
        }
        Ok(Verdict::findings_if(person.answers.is_err()))
    }

    /// The text of the sheet, with the day that was typed.
    fn sheet(&self) -> Result<String, Failure> {
        let text = sheet(&self.answers)?;
        Ok(match self.date {
            Some(date) => dated(&text, date),
            None => text,
        })
    }
}

/// The text of a sheet; `-` is standard input.
pub(super) fn sheet(path: &Path) -> Result<String, Failure> {
    if path != Path::new("-") {
        return tree::read(path);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|reason| Failure::file(Path::new("standard input"), "read", &reason))?;
    Ok(text)
}

/// A sheet with a date. If it has one already, that is a date given twice, which the door refuses.
fn dated(text: &str, date: Date) -> String {
    match text.split_once('{') {
        Some((before, rest)) if before.trim_start_matches('\u{feff}').trim().is_empty() => {
            format!("{before}{{\"date\": \"{date}\", {rest}")
        }
        // At the end, so that the lines keep their numbers.
        _ => format!("{}\ndate: {date}\n", text.trim_end()),
    }
}

/// This outcome beside an earlier one.
fn compared<'e>(text: &str, person: &Person, outcome: &Outcome<'e>, editions: &'e Editions) -> Result<Compared<'e>, Vec<AnswerProblem>> {
    Compared::read(text, person, outcome, &editions.all())
}

fn name(person: &Person) -> Option<String> {
    person.id.as_ref().map(PersonId::to_string)
}

/// Why the sheet is refused, a line a problem, with the question in words.
pub(super) fn refuse(
    out: &mut dyn Write,
    instrument: &Instrument,
    person: &Person,
    problems: &[AnswerProblem],
    language: &str,
) -> io::Result<()> {
    let whose = name(person).map_or(String::new(), |person| format!(" {person}"));
    let count = problems.len();
    let line = match language {
        "zh" if whose.is_empty() => format!("答卷不能接受：{count} 个问题"),
        "zh" => format!("答卷{whose} 不能接受：{count} 个问题"),
        _ => format!("the sheet{whose} is refused: {}", paint::counted(count, "problem")),
    };
    writeln!(out, "{}\n", paint::styled(paint::ERROR, &line))?;
    let items = &instrument.definition().items;
    for problem in problems {
        let item = items.iter().find(|item| item.id.value == problem.item);
        let text = item.and_then(|item| item.text.as_ref()).map(|text| text.get(language));
        let question = text.map_or(String::new(), |text| format!("{text}{}", pick(language, "：", ": ")));
        writeln!(out, "{}", paint::wrapped("  - ", &format!("{question}{}", problem_sentence(problem, language))))?;
    }
    Ok(())
}
