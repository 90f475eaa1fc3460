//! The definitions of a folder while it is edited: read anew when a file changes, and the last sound version kept where an edit is broken. Serves nobody.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use geras::Instrument;
use geras::definition::is_pathway;
use geras::source::Diagnostic;
use geras_json::diagnostics_json;

use crate::bundled::Bundled;
use crate::diagnostics;
use crate::failure::Failure;
use crate::tree::{File, Tree};

/// How long after an edit the page may still show the old version.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// A folder that is watched.
pub(crate) struct Live {
    folder: PathBuf,
    now: RwLock<Now>,
}

/// The folder as it was read last.
#[derive(Default)]
struct Now {
    /// Every text by its path, to notice a change.
    texts: BTreeMap<String, String>,
    /// The last sound text of each definition.
    sound: BTreeMap<String, String>,
    revision: u64,
    instruments: String,
    cases: String,
    diagnostics: Vec<Diagnostic>,
}

impl Live {
    /// Reads the folder for the first time.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failure> {
        let tree = Tree::open(Some(folder))?;
        let mut now = Now::default();
        now.take(&tree, texts(&tree));
        Ok(Self { folder: folder.to_path_buf(), now: RwLock::new(now) })
    }

    /// Shows what is wrong with the folder.
    pub(crate) fn tell(&self, out: &mut dyn Write) -> io::Result<()> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        diagnostics::write(out, &now.diagnostics)
    }

    /// Looks at the folder again and again.
    pub(crate) fn watch(self: &Arc<Self>) {
        let live = Arc::clone(self);
        thread::spawn(move || {
            loop {
                thread::sleep(LOOK_AGAIN);
                live.look();
            }
        });
    }

    fn look(&self) {
        // A folder that cannot be read just now keeps what it had; an editor may be in the middle of replacing a file.
        let Ok(tree) = Tree::open(Some(&self.folder)) else { return };
        let texts = texts(&tree);
        if self.now.read().unwrap_or_else(PoisonError::into_inner).texts == texts {
            return;
        }
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        now.take(&tree, texts);
        let _ = diagnostics::write(&mut anstream::stderr(), &now.diagnostics);
    }

    /// The live file of this name: the definitions, the cases, or what changed last and what is wrong.
    pub(crate) fn file(&self, name: &str) -> Option<String> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        match name {
            "instruments.json" => Some(now.instruments.clone()),
            "cases.json" => Some(now.cases.clone()),
            "live.json" => Some(format!("{{\"revision\": {}, \"diagnostics\": {}}}", now.revision, diagnostics_json(&now.diagnostics))),
            _ => None,
        }
    }
}

impl Now {
    fn take(&mut self, tree: &Tree, texts: BTreeMap<String, String>) {
        let mut kept = Tree::default();
        let mut diagnostics = Vec::new();
        let mut sound = BTreeMap::new();
        for (path, text) in tree.definitions.iter().map(File::pair) {
            let text = match Instrument::read(path, text) {
                // Whether a pathway is sound shows together with its instruments.
                Err(_) if is_pathway(text) => Some(text.to_owned()),
                Ok(_) => Some(text.to_owned()),
                Err(faults) => {
                    diagnostics.extend(faults);
                    self.sound.remove(path)
                }
            };
            if let Some(text) = text {
                kept.definitions.push(File { path: path.to_owned().into(), text: text.clone().into() });
                sound.insert(path.to_owned(), text);
            }
        }
        kept.cases = tree
            .cases
            .iter()
            .map(File::pair)
            .map(|(path, text)| File { path: path.to_owned().into(), text: text.to_owned().into() })
            .collect();
        let bundled = Bundled::of(&kept);
        diagnostics.extend(bundled.diagnostics);
        *self = Self { texts, sound, revision: self.revision + 1, instruments: bundled.instruments, cases: bundled.cases, diagnostics };
    }
}

fn texts(tree: &Tree) -> BTreeMap<String, String> {
    tree.definitions.iter().chain(&tree.cases).map(File::pair).map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}
