//! `geras cohort`: synthetic people, a line each, drawn on all cores and written in order. How they are drawn is known to `geras-cohort`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use geras::Pathway;
use geras_cohort::{Cohort as People, Likeness, MOST_PEOPLE, PathwayCohort, PathwayLikeness, SizeRefused};

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::workers::{Stopped, in_order};
use crate::{diagnostics, paint, tree};

/// People that one core draws before it hands them over.
const CHUNK: u64 = 1_000;

/// Make up people who answer an instrument, or go through a pathway
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras cohort gb-t-42195 --size 1000 --seed 1 --out people.ndjson
  geras cohort gb-t-42195 --size 1000000 --seed 7 --like examples/cohorts/gb-t-42195.yaml | geras batch gb-t-42195 --answers - --out outcomes.ndjson

The same seed gives the same people on every machine, and person 7 is the same whatever the size.
Each line says \"synthetic\": true, and what `geras batch` makes of it says so too.
Without --like every answer is as likely as every other one. The file for --like says how the answers are spread:

  cohort_for: gb-t-42195
  loading: 0.6                       # how much the answers follow the person's severity: -1 to 1
  items:
    eating: {shares: {independent: 0.7, some_help: 0.1, much_help: 0.1, total_help: 0.1}}
    falls: {quantiles: {0: 0, 0.8: 0, 0.95: 1, 1: 4}, loading: 0.3}

For a pathway it also has, by the id of each assessment, how often it is done and how it is answered:

  cohort_for: eldercare-triage
  items: {carer: {shares: {resident: 0.5, part_of_day: 0.3, none: 0.2}}}
  assessments:
    gb: {done: 0.9, loading: 0.7, items: {coma: {shares: {false: 0.99, true: 0.01}}}}")]
pub(crate) struct Cohort {
    /// The instrument or pathway: id, id@edition, jurisdiction/id, or the path of a definition
    id: String,

    /// How many people
    #[arg(long, value_name = "N")]
    size: u64,

    /// A whole number that the people follow from
    #[arg(long, value_name = "S")]
    seed: u64,

    /// How the answers are spread; without it they are even
    #[arg(long, value_name = "FILE")]
    like: Option<PathBuf>,

    /// Where the people go; - writes standard output
    #[arg(long, value_name = "OUT", default_value = "-")]
    out: PathBuf,

    /// Lines of JSON or a table; otherwise as the name of the output says, else lines of JSON
    #[arg(long, value_enum)]
    format: Option<Table>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    Ndjson,
    Csv,
}

impl Cohort {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = desk.tree()?;
        if let Some(ways) = tree.ways(&self.id)? {
            return self.of_pathway(ways.newest(), out);
        }
        let editions = tree.editions(&self.id)?;
        let instrument = editions.newest();
        let like = match &self.like {
            None => None,
            Some(path) => match Likeness::read(&path.to_string_lossy(), &tree::read(path)?, instrument) {
                Ok(like) => Some(like),
                Err(faults) => {
                    diagnostics::write(&mut anstream::stderr(), &faults)?;
                    return Err(Failure::usage(format!("`{}` cannot be used", path.display())));
                }
            },
        };
        let people = People::new(instrument, like.as_ref(), self.size, self.seed).map_err(size_refused)?;
        self.note(&people);
        let csv = self.format.map_or_else(|| self.out.extension().is_some_and(|ending| ending == "csv"), |table| table == Table::Csv);
        let mut to_file = self.output()?;
        let out: &mut dyn Write = to_file.as_mut().map_or(out, |file| file);
        let start = Instant::now();
        if csv {
            let mut head = Vec::new();
            people.head(&mut head);
            out.write_all(&head)?;
        }
        write(people.size(), out, |number, lines| if csv { people.row(number, lines) } else { people.line(number, lines) })?;
        done(people.size(), start, out)
    }

    /// People on a pathway: lines of JSON, because their answers are grouped by instrument.
    fn of_pathway(&self, pathway: &Pathway, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let csv = self.format.map_or_else(|| self.out.extension().is_some_and(|ending| ending == "csv"), |table| table == Table::Csv);
        if csv {
            let failure = Failure::usage("people on a pathway are written as lines of JSON, not as a table");
            return Err(failure.help("give `--out` a name that ends in .ndjson"));
        }
        let like = match &self.like {
            None => None,
            Some(path) => match PathwayLikeness::read(&path.to_string_lossy(), &tree::read(path)?, pathway) {
                Ok(like) => Some(like),
                Err(faults) => {
                    diagnostics::write(&mut anstream::stderr(), &faults)?;
                    return Err(Failure::usage(format!("`{}` cannot be used", path.display())));
                }
            },
        };
        let people = PathwayCohort::new(pathway, like.as_ref(), self.size, self.seed).map_err(size_refused)?;
        if self.like.is_none() {
            let note = paint::styled(paint::WARNING, "note");
            let words = "without `--like` every answer is as likely as every other one, and every assessment is done; real people are not like that";
            let _ = writeln!(anstream::stderr(), "{note}: {words}");
        }
        let mut to_file = self.output()?;
        let out: &mut dyn Write = to_file.as_mut().map_or(out, |file| file);
        let start = Instant::now();
        write(people.size(), out, |number, lines| people.line(number, lines))?;
        done(people.size(), start, out)
    }

    /// Says what nobody has stated.
    fn note(&self, people: &People<'_>) {
        let list = |ids: Vec<&str>| match ids.len() {
            0..=6 => ids.join(", "),
            count => format!("{} and {} more", ids.iter().take(5).copied().collect::<Vec<_>>().join(", "), count - 5),
        };
        let (unstated, unanswered): (Vec<&str>, Vec<&str>) = (people.unstated().collect(), people.unanswered().collect());
        let note = paint::styled(paint::WARNING, "note");
        let mut err = anstream::stderr();
        if self.like.is_none() {
            let _ = writeln!(err, "{note}: without `--like` every answer is as likely as every other one; real people are not like that");
        } else if !unstated.is_empty() {
            let _ = writeln!(err, "{note}: every answer is as likely as every other one for {}", list(unstated));
        }
        if !unanswered.is_empty() {
            let _ = writeln!(err, "{note}: no answer is made up for {}; give days a `range`", list(unanswered));
        }
    }

    fn output(&self) -> Result<Option<BufWriter<File>>, Failure> {
        if self.out == Path::new("-") {
            return Ok(None);
        }
        File::create(&self.out)
            .map(|file| Some(BufWriter::with_capacity(1 << 18, file)))
            .map_err(|reason| Failure::file(&self.out, "written", &reason))
    }
}

fn size_refused(SizeRefused(size): SizeRefused) -> Failure {
    match size {
        0 => Failure::usage("a cohort of nobody is no cohort").help("`--size` takes a number from 1 on"),
        _ => {
            let most = paint::thousands(MOST_PEOPLE);
            Failure::usage(format!("{} people are more than {most}", paint::thousands(size)))
                .help("make them up in parts, with other seeds")
        }
    }
}

fn done(size: u64, start: Instant, out: &mut dyn Write) -> Result<Verdict, Failure> {
    out.flush()?;
    let (people, took) = (paint::thousands(size), start.elapsed());
    // Nobody is left to be told if standard error is closed.
    let _ = writeln!(anstream::stderr(), "{people} synthetic people; {}.{:03} s", took.as_secs(), took.subsec_millis());
    Ok(Verdict::Fine)
}

fn write(size: u64, out: &mut dyn Write, person: impl Fn(u64, &mut Vec<u8>) + Sync) -> Result<(), Failure> {
    let mut next = 1;
    let drawn = in_order(
        || {
            let first = next;
            next = first + CHUNK;
            Ok((first <= size).then_some(first))
        },
        |first| {
            let mut lines = Vec::new();
            for number in first..(first + CHUNK).min(size + 1) {
                person(number, &mut lines);
            }
            lines
        },
        |lines| out.write_all(&lines),
    );
    drawn.map_err(|stopped| match stopped {
        Stopped::Input(reason) | Stopped::Output(reason) => Failure::Output(reason),
    })
}
