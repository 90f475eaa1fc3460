//! The tree as two texts of JSON for the browser: definitions with what it takes to list them, and cases. Writes no file and serves nobody.

use std::collections::BTreeMap;

use geras::Library;
use geras::source::Diagnostic;
use geras_json::{ShippedFile, ShippedPathway};
use serde::Serialize;

use crate::tree::{File, Tree};

/// A tree as the browser gets it.
pub(crate) struct Bundled {
    /// `instruments.json`: a list of entries, each with its `path` and `text`.
    pub(crate) instruments: String,
    /// `cases.json`: the text of each file of cases by its path.
    pub(crate) cases: String,
    /// What is wrong with the tree. What is not sound is left out.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Bundled {
    /// Reads and proves every definition of the tree.
    pub(crate) fn of(tree: &Tree) -> Self {
        let (library, diagnostics) = tree.library_within(&Tree::default());
        let cases: BTreeMap<&str, &str> = tree.cases.iter().map(File::pair).collect();
        Self { instruments: listed(&library, tree), cases: serde_json::to_string(&cases).unwrap_or_default(), diagnostics }
    }
}

/// The instruments, then the pathways.
fn listed(library: &Library, tree: &Tree) -> String {
    let files: BTreeMap<&str, &str> = tree.definitions.iter().chain(&tree.carries).map(File::pair).collect();
    let instruments = library.instruments().iter().filter_map(|instrument| {
        let path = instrument.definition().source.path();
        let carry = files.get(path.replace(".yaml", ".carry.yaml").as_str()).copied();
        Some(text(&ShippedFile::new(instrument, files.get(path).copied()?, carry)))
    });
    let pathways = library.pathways().iter().filter_map(|pathway| {
        let path = pathway.definition().head.source.path();
        Some(text(&ShippedPathway::new(pathway, files.get(path).copied()?)))
    });
    format!("[{}]", instruments.chain(pathways).collect::<Vec<_>>().join(","))
}

fn text(shape: &impl Serialize) -> String {
    // INVARIANT: the shapes have text keys only: nothing can fail.
    serde_json::to_string(shape).unwrap_or_default()
}
