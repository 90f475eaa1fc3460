//! `geras test`: runs the cases that stand beside the definitions, and counts what they cover. Expectations are never written by geras.

mod mutate;
mod suggest;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use geras::Instrument;
use geras::cases::{CaseFile, CaseReport, Coverage, Suggestions, run, run_on_pathway};
use geras::definition::is_pathway;
use geras::mutate::{Fate, Mutant};
use geras::source::{Diagnostic, Severity, Source};
use geras_json::{SuggestedShape, TestReport, TestedFile, tests_json};

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::tree::{File, Tree};
use crate::ways::Ways;
use crate::{diagnostics, paint};

/// Run the cases that stand beside the definitions
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  geras test\n  geras test instruments/cn/gb-t-42195 --uncovered\n  geras test gb-t-42195 --suggest\n  \
geras test gb-t-42195 --mutate\n\n\
The cases of 2022.yaml stand in 2022.cases.yaml beside it.\n\n\
--suggest prints the missing cases, ready to be put into that file. Their expectations are \"?\":\nwork them out from the source, by hand; \
until then the file is refused.\n\n\
--mutate changes points, edges, operators, rows, rules and results one at a time and lists each change\nthat no case notices and that check does not refuse; \
then the exit code is 1."
)]
pub(crate) struct Test {
    /// Definitions, files of cases, folders of them, or ids; without any, the whole tree
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Name the options, edges, bands, grades, adjustments, rows, findings, alerts and rules that no case touches
    #[arg(long)]
    uncovered: bool,

    /// Print a case for everything that no case touches, its expectation left to you
    #[arg(long, conflicts_with = "mutate")]
    suggest: bool,

    /// Change the rules one at a time, and list the changes that no case notices
    #[arg(long)]
    mutate: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What cases are for.
enum Meant {
    Instrument(Box<Instrument>),
    Pathway(Box<Ways>),
}

/// What was found about one file of cases.
#[allow(clippy::large_enum_variant, reason = "one a file of cases, and not moved about")]
enum Tested {
    /// It was run.
    Run { file: CaseFile, report: CaseReport, suggested: Option<Suggestions>, mutated: Option<Mutated> },
    /// It, or its definition, could not be read.
    Refused(Vec<Diagnostic>),
}

/// The changes of one definition.
struct Mutated {
    source: Source,
    fates: Vec<(Mutant, Fate)>,
}

/// What all files of cases came to.
#[derive(Default)]
struct Totals {
    passed: usize,
    failed: usize,
    /// Files of cases and definitions that could not be read.
    refused: usize,
    /// Changes that nobody notices.
    unnoticed: usize,
}

impl Test {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = if self.paths.is_empty() { desk.tree()? } else { self.tree(desk)? };
        let (mut totals, mut kept) = (Totals::default(), Vec::new());
        for cases in &tree.cases {
            let tested = self.tested(&tree, cases, desk);
            totals.add(&tested);
            if self.json {
                kept.push((cases.path.as_ref(), tested));
            } else {
                self.print(out, &cases.path, tested)?;
            }
        }
        let Totals { passed, failed, refused, unnoticed } = totals;
        let bad = failed + refused + unnoticed > 0;
        if self.json {
            let files: Vec<TestedFile<'_>> = kept.iter().map(|(path, tested)| tested.shape(path)).collect();
            writeln!(out, "{}", tests_json(&files))?;
            return Ok(Verdict::findings_if(bad));
        }
        if self.suggest {
            return Ok(Verdict::findings_if(refused > 0));
        }
        let cases_of = |file: &&File| tree.cases.iter().any(|cases| beside(&cases.path) == file.path);
        for without in tree.definitions.iter().filter(|file| !cases_of(file)) {
            writeln!(out, "{}  {}", paint::styled(paint::WARNING, "no cases"), without.path)?;
        }
        let refused_too = if refused > 0 { format!(", {} refused", paint::counted(refused, "file")) } else { String::new() };
        let unnoticed_too = if unnoticed > 0 { format!(", {} unnoticed", paint::counted(unnoticed, "change")) } else { String::new() };
        let style = if bad { paint::ERROR } else { paint::FINE };
        writeln!(out, "\n{}", paint::styled(style, &format!("{passed} passed, {failed} failed{refused_too}{unnoticed_too}")))?;
        Ok(Verdict::findings_if(bad))
    }

    /// The tree of the paths; what is no path is an id.
    fn tree(&self, desk: &Desk<'_>) -> Result<Tree, Failure> {
        let (paths, ids): (Vec<PathBuf>, Vec<PathBuf>) = self.paths.iter().cloned().partition(|path| {
            let name = path.to_string_lossy();
            path.exists() || name.ends_with(".yaml")
        });
        let mut tree = if paths.is_empty() { Tree::default() } else { with_their_neighbours(&paths)? };
        for id in ids {
            tree.add_named(&id.to_string_lossy(), desk.tree()?)?;
        }
        Ok(tree)
    }

    fn tested(&self, tree: &Tree, cases: &File, desk: &Desk<'_>) -> Tested {
        match prepared(tree, cases, desk) {
            Ok((file, Meant::Instrument(instrument))) => {
                let report = run(&file, &instrument);
                let passes = report.diagnostics.is_empty();
                let suggested = self.suggest.then(|| geras::cases::suggest(&file, &instrument));
                let mutated = (self.mutate && passes).then(|| Mutated::of(&file, &instrument));
                Tested::Run { file, report, suggested, mutated }
            }
            Ok((file, Meant::Pathway(ways))) => {
                let report = run_on_pathway(&file, ways.newest());
                let passes = report.diagnostics.is_empty();
                let suggested = self.suggest.then(|| geras::cases::suggest_on_pathway(&file, ways.newest()));
                let mutated = (self.mutate && passes).then(|| Mutated::of_pathway(&file, &ways));
                Tested::Run { file, report, suggested, mutated }
            }
            Err(faults) => Tested::Refused(faults),
        }
    }

    fn print(&self, out: &mut dyn Write, path: &str, tested: Tested) -> io::Result<()> {
        let (file, report, suggested, mutated) = match tested {
            Tested::Refused(faults) => {
                writeln!(out, "{}  {path}", paint::styled(paint::ERROR, "refused"))?;
                return diagnostics::write(out, &faults);
            }
            Tested::Run { file, report, suggested, mutated } => (file, report, suggested, mutated),
        };
        if self.suggest {
            return suggest::print(out, path, &report.coverage, suggested.as_ref());
        }
        let CaseReport { results, diagnostics: faults, coverage } = report;
        let passed = results.iter().filter(|result| result.passed).count();
        let failed = results.len() - passed;
        let mark = if failed == 0 { paint::styled(paint::FINE, "passed") } else { paint::styled(paint::ERROR, "failed") };
        let name = paint::styled(paint::HEADING, &file.instrument.value);
        writeln!(out, "{mark}  {name}  {passed} passed, {failed} failed")?;
        writeln!(out, "{}", paint::wrapped("        covered: ", &covered(&coverage)))?;
        if self.uncovered {
            for (what, tally) in coverage.tallies().into_iter().filter(|(_, tally)| !tally.missing.is_empty()) {
                writeln!(out, "{}", paint::wrapped(&format!("        no case for {}: ", word(what)), &tally.missing.join("; ")))?;
            }
        }
        for result in results.iter().filter(|result| !result.passed) {
            writeln!(out, "        {} {}", paint::styled(paint::ERROR, "✗"), result.name)?;
        }
        if !faults.is_empty() {
            writeln!(out)?;
            diagnostics::write(out, &faults)?;
        }
        match mutated {
            Some(mutated) => mutate::print(out, &mutated),
            None if self.mutate => {
                writeln!(out, "        no change was tried: the cases have to pass first")
            }
            None => Ok(()),
        }
    }
}

impl Totals {
    fn add(&mut self, tested: &Tested) {
        match tested {
            Tested::Refused(_) => self.refused += 1,
            Tested::Run { report, mutated, .. } => {
                let passed = report.results.iter().filter(|result| result.passed).count();
                self.passed += passed;
                self.failed += report.results.len() - passed;
                self.unnoticed += mutated.as_ref().map_or(0, |mutated| mutated.shape().unnoticed.len());
            }
        }
    }
}

impl Tested {
    fn shape<'a>(&'a self, path: &'a str) -> TestedFile<'a> {
        match self {
            Self::Refused(faults) => {
                TestedFile { path, cases_for: None, report: TestReport::refused(faults), suggested: None, mutated: None }
            }
            Self::Run { file, report, suggested, mutated } => TestedFile {
                path,
                cases_for: Some(&file.instrument.value),
                report: TestReport::of(report),
                suggested: suggested.as_ref().map(SuggestedShape::from),
                mutated: mutated.as_ref().map(Mutated::shape),
            },
        }
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
        return Ok((file, Meant::Pathway(Box::new(ways))));
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

/// What a kind of the coverage is called to people.
fn word(what: &'static str) -> &'static str {
    match what {
        "settings" => "care settings",
        "rules" => "rules and wishes",
        other => other,
    }
}

fn covered(coverage: &Coverage) -> String {
    let there = coverage.tallies().into_iter().filter(|(_, tally)| tally.of > 0);
    there.map(|(what, tally)| format!("{} {} of {}", word(what), tally.covered, tally.of)).collect::<Vec<_>>().join(", ")
}
