//! `geras carry`: answers to one instrument fill a sheet of another, as far as they determine it. The mappings and their meaning are the core's.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use geras::Instrument;
use geras::carry::{CarryFile, mapping};
use geras::definition::Date;
use geras_json::{FilledSheet, Person, Refused, read_answers};

use super::Desk;
use super::assess::{refuse, sheet};
use crate::door::{Door, Format};
use crate::failure::{Failure, Verdict};
use crate::tree::{Editions, Tree};

/// Fill a sheet from the answers to another instrument
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras carry gb-t-42195 mz-t-039 --answers mrs-li.yaml > mrs-li-mz.yaml
  geras carry gb-t-42195 mz-t-039 --answers mrs-li.yaml --onto begun.yaml --lang zh

What is printed is a file of answers. Each answer that was carried over is marked with its origin under `carried`, and whether it means the
same or is only near; what is not determined stays open.")]
pub(crate) struct Carry {
    /// The instrument that was answered: id, id@edition, jurisdiction/id, or the path of a definition
    from: String,

    /// The instrument whose sheet is filled
    to: String,

    /// The person's answers to the first; - reads standard input
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,

    /// Answers that the person already gave to the second: they are kept, and a contradiction is refused
    #[arg(long, value_name = "FILE")]
    onto: Option<PathBuf>,

    /// Print the file of answers as JSON
    #[arg(long)]
    json: bool,
}

impl Carry {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = desk.tree()?;
        let (from_editions, to_editions) = (tree.editions(&self.from)?, tree.editions(&self.to)?);
        let text = sheet(&self.answers)?;
        let Ok(door) = Door::open(&from_editions, Format::File) else { return Ok(Verdict::Findings) };
        let (from, person) = door.read(&text);
        let Ok(answers) = &person.answers else { return self.refused(out, desk, from, &person) };
        let to = in_force(&to_editions, answers.date());
        let onto = self.onto.as_ref().map(|file| Ok::<_, Failure>(read_answers(to, &sheet(file)?))).transpose()?;
        if let Some(onto) = onto.as_ref().filter(|onto| onto.answers.is_err()) {
            return self.refused(out, desk, to, onto);
        }
        let files = carry_files(&tree)?;
        let mapping = mapping(&files, from, to).map_err(Failure::Unsound)?.ok_or_else(|| unmapped(&files, from, to))?;
        match FilledSheet::fill(&mapping, (from, &person), (to, onto.as_ref())) {
            Ok(filled) if self.json => writeln!(out, "{}", filled.json())?,
            Ok(filled) => {
                desk.mind_language(to.definition());
                write!(out, "{}", filled.yaml(&desk.language))?;
            }
            Err(problems) => return self.refused(out, desk, to, &Person { id: person.id.clone(), answers: Err(problems) }),
        }
        Ok(Verdict::Fine)
    }

    /// Says why a sheet is refused.
    fn refused(&self, out: &mut dyn Write, desk: &Desk<'_>, of: &Instrument, person: &Person) -> Result<Verdict, Failure> {
        let Err(problems) = &person.answers else { return Ok(Verdict::Findings) };
        if self.json {
            writeln!(out, "{}", geras_json::refused_json(&Refused::new(person.id.as_ref(), problems, &desk.language)))?;
        } else {
            refuse(out, of, person, problems, &desk.language)?;
        }
        Ok(Verdict::Findings)
    }
}

/// The edition whose sheet is filled: the newest unless it is not in force on that day and another is.
fn in_force(editions: &Editions, date: Option<Date>) -> &Instrument {
    let newest = editions.newest();
    date.filter(|date| !newest.definition().in_force(*date)).and_then(|date| editions.other(date)).unwrap_or(newest)
}

/// All mappings of the tree.
pub(crate) fn carry_files(tree: &Tree) -> Result<Vec<CarryFile>, Failure> {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for file in &tree.carries {
        match CarryFile::read(&file.path, &file.text) {
            Ok(file) => files.push(file),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(Failure::Unsound(faults)) }
}

fn unmapped(files: &[CarryFile], from: &Instrument, to: &Instrument) -> Failure {
    let name = |instrument: &Instrument| format!("{}@{}", instrument.definition().id.value, instrument.definition().edition.value);
    let (from, to) = (name(from), name(to));
    let pairs = files.iter().flat_map(|file| file.pairs.iter().map(|pair| (pair.from.value.as_str(), file.to.value.as_str())));
    let there: Vec<&str> = pairs.filter(|(known, _)| *known == from).map(|(_, to)| to).collect();
    let failure = Failure::usage(format!("nothing says how answers to `{from}` serve `{to}`"));
    match there.as_slice() {
        [] => failure.help(format!("a mapping stands in `<edition>.carry.yaml` beside the definition of `{to}`")),
        there => failure.help(format!("answers to `{from}` serve {}", there.join(", "))),
    }
}
