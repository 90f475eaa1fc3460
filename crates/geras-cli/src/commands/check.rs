//! `geras check`: what is wrong with definitions and their cases. The checks themselves are the core's.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use geras::cases::CaseFile;
use geras::source::Diagnostic;

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::tree::Tree;
use crate::{diagnostics, paint};

/// Say what is wrong with definitions
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras check\n  geras check instruments/cn new-scale.yaml\n  geras check instruments --json")]
pub(crate) struct Check {
    /// Definitions, or folders of them; without any, the whole tree
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Print the diagnostics as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = if self.paths.is_empty() { desk.tree()? } else { Tree::below(&self.paths)? };
        let (library, mut faults) = tree.library();
        faults.extend(tree.cases.iter().filter_map(|file| CaseFile::read(&file.path, &file.text).err()).flatten());
        if self.json {
            writeln!(out, "{}", geras_json::diagnostics_json(&faults))?;
        } else {
            diagnostics::write(out, &faults)?;
            writeln!(out, "{}", closing(tree.definitions.len(), library.instruments().len(), &faults))?;
        }
        Ok(Verdict::findings_if(!faults.is_empty()))
    }
}

fn closing(read: usize, sound: usize, faults: &[Diagnostic]) -> String {
    let checked = paint::counted(read, "definition");
    match diagnostics::summary(faults) {
        None => format!("{}: {checked} checked, nothing to complain of", paint::styled(paint::FINE, "sound")),
        Some(summary) => format!("{summary} ({checked} checked, {sound} sound). `geras explain NAME` says more of each."),
    }
}
