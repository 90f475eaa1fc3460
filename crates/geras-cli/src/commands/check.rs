//! `geras check`: what is wrong with definitions and their cases. The checks themselves are the core's.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use geras::carry::{self, CarryFile};
use geras::cases::CaseFile;
use geras::definition::is_pathway;
use geras::source::Diagnostic;
use geras::{Instrument, Library};

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::tree::{File, Tree};
use crate::workers::each;
use crate::{diagnostics, paint};

/// Say what is wrong with definitions
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras check\n  geras check instruments/cn new-scale.yaml\n  geras check instruments --json")]
pub(crate) struct Check {
    /// Definitions, cases, mappings, or folders of them; without any, the whole tree
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Print the diagnostics as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = if self.paths.is_empty() { desk.tree()? } else { Tree::below(&self.paths)? };
        // A pathway by itself is read with the instruments of the whole tree.
        let around = if self.paths.is_empty() || !tree.has_pathways() { Tree::default() } else { desk.tree()? };
        let (mut library, mut faults) = tree.library_within(&around);
        faults.extend(tree.cases.iter().filter_map(|file| CaseFile::read(&file.path, &file.text).err()).flatten());
        faults.extend(self.mappings(&tree, &library, desk)?);
        let (texts, found) = desk.site().check(&mut library)?;
        faults.extend(found);
        if self.json {
            writeln!(out, "{}", geras_json::diagnostics_json(&faults))?;
        } else {
            diagnostics::write(out, &faults)?;
            writeln!(out, "{}", closing(&tree, tree.sound(&library), texts, &faults))?;
        }
        Ok(Verdict::findings_if(!faults.is_empty()))
    }
}

impl Check {
    /// What is wrong with the mappings. They may name definitions that were not asked for, which then are those of the whole tree.
    fn mappings(&self, tree: &Tree, library: &Library, desk: &Desk<'_>) -> Result<Vec<Diagnostic>, Failure> {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        for file in &tree.carries {
            match CarryFile::read(&file.path, &file.text) {
                Ok(file) => files.push(file),
                Err(found) => faults.extend(found),
            }
        }
        if self.paths.is_empty() {
            faults.extend(carry::check(&files, library));
        } else if !files.is_empty() {
            let whole = desk.tree()?;
            let here = |id: Option<&str>| tree.definitions.iter().any(|own| own.id() == id);
            let known = |path: &str| library.instruments().iter().any(|known| known.definition().source.path() == path);
            let others = whole.definitions.iter().filter(|file| !here(file.id())).map(File::pair);
            let others: Vec<_> = others.filter(|(path, text)| !is_pathway(text) && !known(path)).collect();
            // What was read and proved is not read again.
            let read = library.instruments().iter().cloned().map(Ok);
            let others = each(&others, |(path, text)| Instrument::read(path, text));
            let (library, _) = Library::assembled(read.chain(others), Vec::new());
            faults.extend(carry::check(&files, &library));
        }
        Ok(faults)
    }
}

fn closing(tree: &Tree, sound: usize, texts: usize, faults: &[Diagnostic]) -> String {
    let checked = paint::counted(tree.definitions.len(), "definition");
    let checked = match tree.carries.len() {
        0 => checked,
        files => format!("{checked} and {} of mappings", paint::counted(files, "file")),
    };
    let checked = match texts {
        0 => checked,
        files => format!("{checked} and {} of texts", paint::counted(files, "file")),
    };
    match diagnostics::summary(faults) {
        None => format!("{}: {checked} checked, nothing to complain of", paint::styled(paint::FINE, "sound")),
        Some(summary) => format!("{summary} ({checked} checked, {sound} sound). `geras explain NAME` says more of each."),
    }
}
