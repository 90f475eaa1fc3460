//! The people of a cohort on two pathways: each line is read by both and routed by both, on all cores, with bounded memory. Words nothing.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use geras::Pathway;
use geras_json::{PeopleShape, RefusalShape, read_pathway_answers};

use super::cohort::{MOST_REFUSALS, Matrix, decided, group, why_refused};
use crate::commands::Desk;
use crate::failure::Failure;
use crate::lines::{Chunk, Cutter};
use crate::workers::{Stopped, in_order};

#[derive(Default)]
struct Counted<'p> {
    people: u64,
    refused: u64,
    synthetic: u64,
    refusals: Vec<RefusalShape>,
    matrix: Matrix<'p>,
}

/// Reads a cohort and counts it by care setting.
pub(super) fn read(file: &Path, (a, b): (&Pathway, &Pathway), desk: &Desk<'_>) -> Result<PeopleShape, Failure> {
    match file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).as_deref() {
        Some("ndjson" | "jsonl" | "json") => {}
        _ => {
            let message = format!("the name `{}` does not say what is in it", file.display());
            return Err(Failure::usage(message).help("people on a pathway are lines of JSON, in a file that ends in .ndjson or .jsonl"));
        }
    }
    let unreadable = |reason: io::Error| Failure::file(file, "read", &reason);
    let mut cutter = Cutter::new(BufReader::with_capacity(1 << 16, File::open(file).map_err(unreadable)?), false);
    let mut all = Counted::default();
    let read = in_order(
        || cutter.chunk(),
        |chunk| counted(&chunk, (a, b), &desk.language),
        |more| {
            all.add(more);
            Ok(())
        },
    );
    match read {
        Ok(()) => {}
        Err(Stopped::Input(reason)) => return Err(unreadable(reason)),
        Err(Stopped::Output(reason)) => return Err(Failure::Output(reason)),
    }
    let Counted { people, refused, synthetic, refusals, matrix } = all;
    Ok(PeopleShape { people, synthetic, refused, refusals, groups: vec![group(Vec::new(), &matrix)] })
}

fn counted<'p>(chunk: &Chunk, (a, b): (&'p Pathway, &'p Pathway), language: &str) -> Counted<'p> {
    let mut counted = Counted::default();
    for (line, text) in chunk.records() {
        counted.people += 1;
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                counted.refuse(line, why.why().to_owned());
                continue;
            }
        };
        let (one, two) = (read_pathway_answers(a, text).answers, read_pathway_answers(b, text).answers);
        match (one, two) {
            (Ok(one), Ok(two)) => {
                let (from, to) = (a.assess(&one), b.assess(&two));
                counted.synthetic += u64::from(from.is_synthetic());
                *counted.matrix.entry((decided(&from.routing().setting), decided(&to.routing().setting))).or_default() += 1;
            }
            (one, two) => {
                let letter = if one.is_err() { "A" } else { "B" };
                let problems = one.err().or_else(|| two.err()).unwrap_or_default();
                counted.refuse(line, format!("{letter}: {}", why_refused(&problems, language)));
            }
        }
    }
    counted
}

impl Counted<'_> {
    fn refuse(&mut self, line: u64, why: String) {
        self.refused += 1;
        if self.refusals.len() < MOST_REFUSALS {
            self.refusals.push(RefusalShape { line, why });
        }
    }

    fn add(&mut self, more: Self)
    where
        Self: Sized,
    {
        self.people += more.people;
        self.refused += more.refused;
        self.synthetic += more.synthetic;
        let room = MOST_REFUSALS.saturating_sub(self.refusals.len());
        self.refusals.extend(more.refusals.into_iter().take(room));
        for (pair, people) in more.matrix {
            *self.matrix.entry(pair).or_default() += people;
        }
    }
}
