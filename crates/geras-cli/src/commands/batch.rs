//! `geras batch`: many people, a line each, in the order of the input. What a line looks like is known to `geras-json`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use geras::assess::{AnswerProblem, ProblemKind, problem_sentence, use_refused_sentence};
use geras_json::{Line, PersonId, Refused, Status};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::Desk;
use super::pathway::batch::Complaints;
use crate::door::{Door, Format};
use crate::failure::{Failure, Verdict};
use crate::lines::{Chunk, Cutter};
use crate::paint;
use crate::workers::{Stopped, in_order};

/// Assess many people, a line each
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras batch gb-t-42195 --answers people.ndjson --out outcomes.ndjson
  geras batch gb-t-42195 --answers people.csv --out -
  zcat people.ndjson.gz | geras batch gb-t-42195 --answers - --out - | gzip > outcomes.ndjson.gz

A line of JSON a person:
  {\"id\": \"a1\", \"date\": \"2024-05-14\", \"answers\": {\"eating\": \"some_help\", \"falls\": 1, \"coma\": false}}
or a table whose head has `id`, `date` and the ids of items, `!refused` for an absent reason. On a pathway its head has the ids of inputs,
and `instrument.item` for the answers to an instrument.
A line that cannot be taken becomes {\"line\", \"id\", \"problems\"}, and the rest goes on; the exit code is 1 then.")]
pub(crate) struct Batch {
    /// The instrument or pathway: id, id@edition, jurisdiction/id, or the path of a definition
    id: String,

    /// The people: a file that ends in .ndjson, .jsonl or .csv; - reads standard input
    #[arg(long, value_name = "IN")]
    answers: PathBuf,

    /// Where the outcomes go, a line of JSON a person; - writes standard output
    #[arg(long, value_name = "OUT")]
    out: PathBuf,

    /// What the input is, where its name does not say so
    #[arg(long, value_enum)]
    format: Option<Table>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    Ndjson,
    Csv,
}

/// How many people came to what.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    decided: u64,
    open: u64,
    refused: u64,
}

/// The outcomes of a chunk.
struct Outcomes {
    lines: Vec<u8>,
    counts: Counts,
    bytes: u64,
}

impl Batch {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = desk.tree()?;
        if let Some(ways) = tree.ways(&self.id)? {
            let table = self.table()? == Table::Csv;
            let (input, _) = self.input()?;
            let complaints =
                Complaints { unreadable: &|reason| self.unreadable(reason), bad_head: &|problems| self.bad_head(problems, &desk.language) };
            let mut to_file = self.output()?;
            let out: &mut dyn Write = to_file.as_mut().map_or(out, |file| file);
            return super::pathway::batch::run(&ways, input, table, &complaints, &desk.language, out);
        }
        let editions = tree.editions(&self.id)?;
        let newest = editions.newest();
        if !newest.may_be_used() {
            let licence = &newest.definition().licence;
            return Err(Failure::NotAllowed(use_refused_sentence(licence, newest.used_for(), &desk.language)));
        }
        let table = self.table()?;
        let (input, size) = self.input()?;
        let mut cutter = Cutter::new(input, table == Table::Csv);
        let head = if table == Table::Csv { Some(cutter.head().map_err(|reason| self.unreadable(&reason))?) } else { None };
        let head = head.as_ref().and_then(|head| head.records().next()).map(|(_, head)| head.unwrap_or_default());
        let format = if table == Table::Csv { Format::Row(head.unwrap_or_default()) } else { Format::Line };
        let door = match (table, head) {
            (Table::Csv, None) => Door::open(&editions, Format::Line),
            _ => Door::open(&editions, format),
        };
        let door = door.map_err(|problems| self.bad_head(&problems, &desk.language))?;

        let mut to_file = self.output()?;
        let out: &mut dyn Write = to_file.as_mut().map_or(out, |file| file);
        let (mut counts, bar, start) = (Counts::default(), progress(size), Instant::now());
        let assessed = in_order(
            || cutter.chunk(),
            |chunk| outcomes(&door, &chunk, &desk.language),
            |outcomes| {
                let outcomes = outcomes?;
                counts.add(outcomes.counts);
                bar.inc(outcomes.bytes);
                out.write_all(&outcomes.lines)
            },
        );
        bar.finish_and_clear();
        assessed.map_err(|stopped| match stopped {
            Stopped::Input(reason) => self.unreadable(&reason),
            Stopped::Output(reason) => Failure::Output(reason),
        })?;
        out.flush()?;
        // Nobody is left to be told if standard error is closed.
        let _ = writeln!(anstream::stderr(), "{}", counts.summary(start.elapsed()));
        Ok(Verdict::findings_if(counts.refused > 0))
    }

    fn reads_stdin(&self) -> bool {
        self.answers == Path::new("-")
    }

    fn table(&self) -> Result<Table, Failure> {
        let ending = self.answers.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match (self.format, ending.as_deref()) {
            (Some(table), _) => Ok(table),
            (None, Some("csv")) => Ok(Table::Csv),
            (None, Some("ndjson" | "jsonl" | "json")) => Ok(Table::Ndjson),
            (None, _) if self.reads_stdin() => Ok(Table::Ndjson),
            (None, _) => {
                let message = format!("the name `{}` does not say what is in it", self.answers.display());
                Err(Failure::usage(message).help("add `--format ndjson` or `--format csv`"))
            }
        }
    }

    fn input(&self) -> Result<(Box<dyn BufRead + Send>, Option<u64>), Failure> {
        if self.reads_stdin() {
            return Ok((Box::new(BufReader::new(io::stdin())), None));
        }
        let file = File::open(&self.answers).map_err(|reason| self.unreadable(&reason))?;
        let size = file.metadata().map_err(|reason| self.unreadable(&reason))?.len();
        Ok((Box::new(BufReader::with_capacity(1 << 16, file)), Some(size)))
    }

    /// The file for the outcomes; none for standard output. It may not be the input, which would be emptied.
    fn output(&self) -> Result<Option<BufWriter<File>>, Failure> {
        if self.out == Path::new("-") {
            return Ok(None);
        }
        let same = self.out.canonicalize().is_ok_and(|out| self.answers.canonicalize().is_ok_and(|answers| answers == out));
        if same {
            return Err(Failure::usage("the outcomes would overwrite the answers").help("give `--out` another name"));
        }
        File::create(&self.out).map(|file| Some(BufWriter::new(file))).map_err(|reason| Failure::file(&self.out, "written", &reason))
    }

    fn unreadable(&self, reason: &io::Error) -> Failure {
        Failure::file(&self.answers, "read", reason)
    }

    fn bad_head(&self, problems: &[AnswerProblem], language: &str) -> Failure {
        let all: Vec<String> = problems.iter().map(|problem| problem_sentence(problem, language)).collect();
        Failure::usage(format!("the head of `{}` cannot be used: {}", self.answers.display(), all.join("; ")))
    }
}

/// A line that was not taken, with its number.
#[derive(Serialize)]
struct RefusedLine<'a> {
    line: u64,
    #[serde(flatten)]
    refused: Refused<'a>,
}

/// Everybody in a chunk.
fn outcomes(door: &Door<'_>, chunk: &Chunk, language: &str) -> io::Result<Outcomes> {
    let mut outcomes = Outcomes { lines: Vec::new(), counts: Counts::default(), bytes: chunk.bytes };
    for (line, text) in chunk.records() {
        match text {
            Ok(text) => outcomes.one(door, line, text, language)?,
            Err(unreadable) => {
                let problem = AnswerProblem { item: String::new(), kind: ProblemKind::Unreadable(unreadable.why().to_owned()) };
                outcomes.refuse(line, None, &[problem], language)?;
            }
        }
    }
    Ok(outcomes)
}

impl Outcomes {
    fn one(&mut self, door: &Door<'_>, line: u64, text: &str, language: &str) -> io::Result<()> {
        let (instrument, person) = door.read(text);
        let answers = match &person.answers {
            Ok(answers) => answers,
            Err(problems) => return self.refuse(line, person.id.as_ref(), problems, language),
        };
        let outcome = instrument.assess(answers);
        let entry = Line::new(person.id.as_ref(), &outcome);
        match entry.status {
            Status::Decided => self.counts.decided += 1,
            Status::Open => self.counts.open += 1,
        }
        self.write(&entry)
    }

    fn refuse(&mut self, line: u64, id: Option<&PersonId>, problems: &[AnswerProblem], language: &str) -> io::Result<()> {
        self.counts.refused += 1;
        self.write(&RefusedLine { line, refused: Refused::new(id, problems, language) })
    }

    fn write(&mut self, entry: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.lines, entry)?;
        self.lines.push(b'\n');
        Ok(())
    }
}

/// A bar on a terminal, nothing elsewhere.
fn progress(size: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = if size.is_some() { "{bar:40} {percent:>3} %  {bytes} of {total_bytes}, {eta} to go" } else { "{spinner} {bytes}" };
    let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new);
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style)
}

impl Counts {
    fn add(&mut self, more: Self) {
        self.decided += more.decided;
        self.open += more.open;
        self.refused += more.refused;
    }

    fn summary(self, took: Duration) -> String {
        let people = self.decided + self.open + self.refused;
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = if people == 0 { 0 } else { people.saturating_mul(1000) / milliseconds };
        let refused = format!("{} refused", paint::thousands(self.refused));
        format!(
            "{} people: {} decided, {} open, {}; {}.{:03} s, {} people per second",
            paint::thousands(people),
            paint::thousands(self.decided),
            paint::thousands(self.open),
            if self.refused > 0 { paint::styled(paint::ERROR, &refused) } else { refused },
            milliseconds / 1000,
            milliseconds % 1000,
            paint::thousands(rate)
        )
    }
}
