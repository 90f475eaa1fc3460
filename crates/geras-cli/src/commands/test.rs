//! `geras test`: runs the cases that stand beside the definitions, and counts what they cover. Expectations are never written by geras.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use geras::cases::{CaseFile, CaseReport, Coverage, Tally, run, run_on_pathway};
use geras::definition::is_pathway;
use geras::source::{Diagnostic, Severity};
use geras::{Instrument, Pathway};

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::tree::{File, Tree};
use crate::{diagnostics, paint};

/// Run the cases that stand beside the definitions
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras test\n  geras test instruments/cn/gb-t-42195 --uncovered\n\n\
The cases of 2022.yaml stand in 2022.cases.yaml beside it.")]
pub(crate) struct Test {
    /// Definitions, files of cases, or folders of them; without any, the whole tree
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Name the options, bands, grades, adjustments, rows, findings and alerts that no case touches
    #[arg(long)]
    uncovered: bool,
}

/// What cases are for.
enum Meant {
    Instrument(Box<Instrument>),
    Pathway(Box<Pathway>),
}

/// What all files of cases came to.
#[derive(Default)]
struct Totals {
    passed: usize,
    failed: usize,
    /// Files of cases and definitions that could not be read.
    refused: usize,
}

impl Test {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = if self.paths.is_empty() { desk.tree()? } else { with_their_neighbours(&self.paths)? };
        let mut totals = Totals::default();
        for cases in &tree.cases {
            match prepared(&tree, cases, desk) {
                Ok((file, Meant::Instrument(instrument))) => self.one(out, &file, run(&file, &instrument), &mut totals)?,
                Ok((file, Meant::Pathway(pathway))) => self.one(out, &file, run_on_pathway(&file, &pathway), &mut totals)?,
                Err(faults) => {
                    totals.refused += 1;
                    writeln!(out, "{}  {}", paint::styled(paint::ERROR, "refused"), cases.path)?;
                    diagnostics::write(out, &faults)?;
                }
            }
        }
        let cases_of = |file: &&File| tree.cases.iter().any(|cases| beside(&cases.path) == file.path);
        for without in tree.definitions.iter().filter(|file| !cases_of(file)) {
            writeln!(out, "{}  {}", paint::styled(paint::WARNING, "no cases"), without.path)?;
        }
        let Totals { passed, failed, refused } = totals;
        let refused_too = if refused > 0 { format!(", {} refused", paint::counted(refused, "file")) } else { String::new() };
        let bad = failed + refused > 0;
        let style = if bad { paint::ERROR } else { paint::FINE };
        writeln!(out, "\n{}", paint::styled(style, &format!("{passed} passed, {failed} failed{refused_too}")))?;
        Ok(Verdict::findings_if(bad))
    }

    fn one(&self, out: &mut dyn Write, file: &CaseFile, report: CaseReport, totals: &mut Totals) -> io::Result<()> {
        let CaseReport { results, diagnostics: faults, coverage } = report;
        let passed = results.iter().filter(|result| result.passed).count();
        let failed = results.len() - passed;
        totals.passed += passed;
        totals.failed += failed;
        let mark = if failed == 0 { paint::styled(paint::FINE, "passed") } else { paint::styled(paint::ERROR, "failed") };
        let name = paint::styled(paint::HEADING, &file.instrument.value);
        writeln!(out, "{mark}  {name}  {passed} passed, {failed} failed")?;
        writeln!(out, "{}", paint::wrapped("        covered: ", &covered(&coverage)))?;
        if self.uncovered {
            for (what, tally) in tallies(&coverage).into_iter().filter(|(_, tally)| !tally.missing.is_empty()) {
                writeln!(out, "{}", paint::wrapped(&format!("        no case for {what}: "), &tally.missing.join("; ")))?;
            }
        }
        for result in results.iter().filter(|result| !result.passed) {
            writeln!(out, "        {} {}", paint::styled(paint::ERROR, "✗"), result.name)?;
        }
        if !faults.is_empty() {
            writeln!(out)?;
            diagnostics::write(out, &faults)?;
        }
        Ok(())
    }
}

/// The cases and the sound instrument that they are for: the definition beside them, or the one of the tree that has this name.
fn prepared(tree: &Tree, cases: &File, desk: &Desk<'_>) -> Result<(CaseFile, Meant), Vec<Diagnostic>> {
    let file = CaseFile::read(&cases.path, &cases.text)?;
    let path = beside(&cases.path);
    let by_path = tree.definitions.iter().find(|definition| definition.path == path);
    let name = by_path.map_or(file.instrument.value.as_str(), |definition| &definition.path);
    let is_meant = by_path.is_none_or(|definition| is_pathway(&definition.text));
    let ways = if is_meant { desk.tree().and_then(|around| around.ways_with(name, by_path)) } else { Ok(None) };
    if let Some(ways) = ways.map_err(|failure| orphaned(&file, failure))? {
        return Ok((file, Meant::Pathway(Box::new(ways.newest().clone()))));
    }
    let instrument = match tree.definitions.iter().find(|definition| definition.path == path) {
        Some(definition) => Instrument::read(&definition.path, &definition.text)?,
        None => {
            let editions =
                desk.tree().and_then(|tree| tree.editions(&file.instrument.value)).map_err(|failure| orphaned(&file, failure))?;
            editions.newest().clone()
        }
    };
    Ok((file, Meant::Instrument(Box::new(instrument))))
}

/// Why there is no definition for these cases, said at the place that names it.
fn orphaned(file: &CaseFile, failure: Failure) -> Vec<Diagnostic> {
    match failure {
        Failure::Unsound(faults) | Failure::Texts(faults) => faults,
        Failure::Usage { message, help } => {
            let fault = Diagnostic::new("unknown-name", Severity::Error, &file.source, file.instrument.span, message);
            vec![Diagnostic { help, ..fault }]
        }
        Failure::Output(_) | Failure::NotAllowed(_) => Vec::new(),
    }
}

/// The path of the definition beside a file of cases.
fn beside(cases: &str) -> String {
    cases.replace(".cases.yaml", ".yaml")
}

/// The tree of these paths; a definition brings its cases along, and cases bring their definition.
fn with_their_neighbours(paths: &[PathBuf]) -> Result<Tree, Failure> {
    let mut all = paths.to_vec();
    for path in paths.iter().filter(|path| path.is_file()) {
        let name = path.to_string_lossy();
        let neighbour = if name.ends_with(".cases.yaml") { beside(&name) } else { name.replace(".yaml", ".cases.yaml") };
        let neighbour = Path::new(&neighbour).to_path_buf();
        if neighbour.is_file() && !all.contains(&neighbour) {
            all.push(neighbour);
        }
    }
    Tree::below(&all)
}

fn tallies(coverage: &Coverage) -> [(&'static str, &Tally); 10] {
    [
        ("options", &coverage.options),
        ("bands", &coverage.bands),
        ("grades", &coverage.grades),
        ("adjustments", &coverage.adjustments),
        ("rows", &coverage.rows),
        ("findings", &coverage.findings),
        ("alerts", &coverage.alerts),
        ("care settings", &coverage.settings),
        ("rules and wishes", &coverage.rules),
        ("clauses", &coverage.clauses),
    ]
}

fn covered(coverage: &Coverage) -> String {
    let there = tallies(coverage).into_iter().filter(|(_, tally)| tally.of > 0);
    there.map(|(what, tally)| format!("{what} {} of {}", tally.covered, tally.of)).collect::<Vec<_>>().join(", ")
}
