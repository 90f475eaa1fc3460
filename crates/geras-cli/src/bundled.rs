//! The tree as two texts of JSON for the browser: definitions with what it takes to list them, and cases. Writes no file and serves nobody.

use std::collections::BTreeMap;

use geras::Library;
use geras::site::SiteTexts;
use geras::source::Diagnostic;
use geras_json::{ShippedFile, ShippedPathway, TextsFile};
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
    /// The texts that stand over instruments now, by their path.
    pub(crate) texts: Vec<(String, String)>,
}

/// A site's texts over the instrument with this hash.
struct Over<'t> {
    hash: String,
    file: TextsFile<'t>,
}

impl Bundled {
    /// The tree that a library was read from. Of each file of texts what fits is put over its instrument: the text itself, or else the one that it had before.
    pub(crate) fn of(tree: &Tree, mut library: Library, texts: &[File], before: &BTreeMap<String, String>) -> Self {
        library.use_for(tree.site().used_for);
        let mut diagnostics = Vec::new();
        let mut over = Vec::new();
        for (path, text) in texts.iter().map(File::pair) {
            let sound = match library.put_texts(path, text) {
                Ok(()) => Some(text),
                Err(faults) => {
                    diagnostics.extend(faults);
                    before.get(path).map(String::as_str).filter(|text| library.put_texts(path, text).is_ok())
                }
            };
            let instrument = sound.and_then(|text| SiteTexts::read(path, text).ok()).map(|texts| texts.instrument.value);
            let found = instrument.and_then(|name| Some(library.find(&name, None).ok()?.definition().hash.clone()));
            over.extend(found.zip(sound).map(|(hash, text)| Over { hash, file: TextsFile { path, text } }));
        }
        let cases: BTreeMap<&str, &str> = tree.cases.iter().map(File::pair).collect();
        let texts = over.iter().map(|over| (over.file.path.to_owned(), over.file.text.to_owned())).collect();
        Self { instruments: listed(&library, tree, &over), cases: text(&cases), diagnostics, texts }
    }
}

/// The instruments, then the pathways.
fn listed(library: &Library, tree: &Tree, over: &[Over<'_>]) -> String {
    let files: BTreeMap<&str, &str> = tree.definitions.iter().chain(&tree.carries).map(File::pair).collect();
    let instruments = library.instruments().iter().filter_map(|instrument| {
        let definition = instrument.definition();
        let path = definition.source.path();
        let carry = files.get(path.replace(".yaml", ".carry.yaml").as_str()).copied();
        let texts = over.iter().filter(|over| over.hash == definition.hash).map(|over| over.file).collect();
        Some(text(&ShippedFile::new(instrument, files.get(path).copied()?, carry, texts)))
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
