//! Many people on a pathway, a line of JSON or a row of a table each, in the order of the input. A line that cannot be taken is reported and never fatal.

use std::io::{BufRead, Write};

use geras::assess::{AnswerProblem, ProblemKind};
use geras_json::{PathwayBatchLine, PathwayCsvSheets, PathwayLine, Refused, day_of_sheet, read_pathway_answers};
use serde::Serialize;

use crate::failure::{Failure, Verdict};
use crate::lines::Cutter;
use crate::paint;
use crate::ways::Ways;

/// A line that was not taken, with its number.
#[derive(Serialize)]
struct RefusedLine<'a> {
    line: u64,
    #[serde(flatten)]
    refused: Refused<'a>,
}

/// How an input that cannot be used is told.
pub(crate) struct Complaints<'c> {
    pub(crate) unreadable: &'c dyn Fn(&std::io::Error) -> Failure,
    pub(crate) bad_head: &'c dyn Fn(&[AnswerProblem]) -> Failure,
}

/// Assesses every line of an input.
pub(crate) fn run(
    ways: &Ways,
    input: impl BufRead,
    table: bool,
    complaints: &Complaints<'_>,
    language: &str,
    out: &mut dyn Write,
) -> Result<Verdict, Failure> {
    let (mut decided, mut open, mut refused) = (0_u64, 0_u64, 0_u64);
    let mut cutter = Cutter::new(input, table);
    let rows = if table {
        let head = cutter.head().map_err(|reason| (complaints.unreadable)(&reason))?;
        let head = head.records().next().and_then(|(_, head)| head.ok()).unwrap_or_default().to_owned();
        Some(PathwayCsvSheets::new(ways.newest(), &head).map_err(|problems| (complaints.bad_head)(&problems))?)
    } else {
        None
    };
    while let Some(chunk) = cutter.chunk().map_err(|reason| (complaints.unreadable)(&reason))? {
        for (line, text) in chunk.records() {
            let (id, problems) = match text {
                Ok(text) => {
                    let day = rows.as_ref().map_or_else(|| day_of_sheet(text), |rows| rows.date(text));
                    let pathway = ways.on(day);
                    let person = rows.as_ref().map_or_else(|| read_pathway_answers(pathway, text), |rows| rows.read(pathway, text));
                    match person.answers {
                        Ok(answers) => {
                            let outcome = pathway.assess(&answers);
                            let entry = PathwayLine::new(person.id.as_ref(), &outcome);
                            *(if entry.status == geras_json::Status::Decided { &mut decided } else { &mut open }) += 1;
                            write_line(out, &PathwayBatchLine::Assessed(entry))?;
                            continue;
                        }
                        Err(problems) => (person.id, problems),
                    }
                }
                Err(why) => {
                    let problem = AnswerProblem { item: String::new(), kind: ProblemKind::Unreadable(why.why().to_owned()) };
                    (None, vec![problem])
                }
            };
            refused += 1;
            write_line(out, &RefusedLine { line, refused: Refused::new(id.as_ref(), &problems, language) })?;
        }
    }
    out.flush()?;
    let people = paint::thousands(decided + open + refused);
    // Nobody is left to be told if standard error is closed.
    let _ = writeln!(
        anstream::stderr(),
        "{people} people: {} decided, {} open, {} refused",
        paint::thousands(decided),
        paint::thousands(open),
        paint::thousands(refused)
    );
    Ok(Verdict::findings_if(refused > 0))
}

fn write_line(out: &mut dyn Write, entry: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, entry)?;
    out.write_all(b"\n")
}
