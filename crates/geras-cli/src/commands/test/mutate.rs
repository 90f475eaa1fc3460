//! Tries the changes of a definition on all cores and prints those that nobody notices. What is changed is known to the core.

use std::io::{self, Write};
use std::time::Instant;

use geras::Instrument;
use geras::cases::CaseFile;
use geras::mutate::{Apart, Fate, Mutant, PathwayTrial, fate, mutants, mutants_of_pathway};
use geras::source::Source;
use geras_json::MutatedShape;

use super::Mutated;
use crate::paint;
use crate::ways::Ways;
use crate::workers::in_order;

impl Mutated {
    /// The fate of every change, in the order of the file.
    pub(super) fn of(file: &CaseFile, instrument: &Instrument) -> Self {
        let source = instrument.definition().source.clone();
        Self::tried(file, source, mutants(instrument), |mutant| fate(file, instrument, mutant))
    }

    /// The same of a pathway.
    pub(super) fn of_pathway(file: &CaseFile, ways: &Ways) -> Self {
        let pathway = ways.newest();
        let trial = PathwayTrial::new(file, pathway, ways.library());
        Self::tried(file, pathway.definition().head.source.clone(), mutants_of_pathway(pathway), |mutant| trial.fate(mutant))
    }

    fn tried(file: &CaseFile, source: Source, mutants: Vec<Mutant>, fate: impl Fn(&Mutant) -> Fate + Sync) -> Self {
        let start = Instant::now();
        let mut left = mutants.into_iter();
        let mut fates = Vec::new();
        let done = in_order(
            || Ok(left.next()),
            |mutant| {
                let fate = fate(&mutant);
                (mutant, fate)
            },
            |done| {
                fates.push(done);
                Ok(())
            },
        );
        debug_assert!(done.is_ok(), "nothing is read and nothing written: {done:?}");
        let (changes, took) = (paint::counted(fates.len(), "change"), start.elapsed());
        // Nobody is left to be told if standard error is closed.
        let _ =
            writeln!(anstream::stderr(), "{}: {changes} tried in {}.{:03} s", file.instrument.value, took.as_secs(), took.subsec_millis());
        Self { source, fates }
    }

    pub(super) fn shape(&self) -> MutatedShape<'_> {
        MutatedShape::new(&self.source, &self.fates)
    }
}

/// What became of the changes.
pub(super) fn print(out: &mut dyn Write, mutated: &Mutated) -> io::Result<()> {
    let shape = mutated.shape();
    writeln!(
        out,
        "        {}: {} noticed by a case, {} refused by check, {} without any effect, {} unnoticed",
        paint::counted(shape.changes, "change"),
        shape.noticed_by_cases,
        shape.refused_by_check,
        shape.without_effect,
        shape.unnoticed.len()
    )?;
    let mut sheet = None;
    for (mutant, fate) in &mutated.fates {
        let Fate::Unnoticed(apart) = fate else { continue };
        if *apart == Apart::Same {
            continue;
        }
        let place = mutated.source.line_column(mutant.span.start);
        let new = if mutant.new.is_empty() { "(taken away)" } else { &mutant.new };
        let (path, what) = (mutated.source.path(), &mutant.what);
        writeln!(out, "\n{} {path}:{}:{}  {what}", paint::styled(paint::WARNING, "unnoticed"), place.line, place.column)?;
        writeln!(out, "    {}  →  {}", one_line(&mutant.old), one_line(new))?;
        match apart {
            Apart::Told(told) => {
                let differences = told.differences.iter().map(|one| format!("{}: {} → {}", one.result, one.now, one.changed));
                writeln!(out, "{}", paint::wrapped("    would change ", &differences.collect::<Vec<_>>().join(", ")))?;
                writeln!(out, "{}", told.yaml)?;
                sheet = sheet.or(told.sheet.as_ref());
            }
            Apart::Same | Apart::Unknown => {
                writeln!(out, "    no sheet was found on which a result differs, and it is not proved that there is none")?;
            }
        }
    }
    if let Some(sheet) = sheet {
        writeln!(out, "\n    These cases build on a sheet to be put under `sheets:`\n{sheet}")?;
    }
    Ok(())
}

/// The first line of what is written, shortened.
fn one_line(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 90 { format!("{}…", line.chars().take(90).collect::<String>()) } else { line }
}
