//! Many people on a pathway, a line of JSON each, in the order of the input. A line that cannot be taken is reported and never fatal.

use std::io::{BufRead, Write};

use geras::assess::{AnswerProblem, ProblemKind};
use geras_json::{PathwayBatchLine, PathwayLine, Refused, read_pathway_answers};
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

/// Assesses every line of an input.
pub(crate) fn run(
    ways: &Ways,
    input: impl BufRead,
    unreadable: impl Fn(&std::io::Error) -> Failure,
    language: &str,
    out: &mut dyn Write,
) -> Result<Verdict, Failure> {
    let (mut decided, mut open, mut refused) = (0_u64, 0_u64, 0_u64);
    let pathway = ways.newest();
    let mut cutter = Cutter::new(input, false);
    while let Some(chunk) = cutter.chunk().map_err(|reason| unreadable(&reason))? {
        for (line, text) in chunk.records() {
            let (id, problems) = match text {
                Ok(text) => {
                    let person = read_pathway_answers(pathway, text);
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
