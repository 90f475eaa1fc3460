//! The definitions of a folder and a site's texts while they are edited: read anew when a file changes, and the last sound version kept where an edit is broken. Serves nobody.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use geras::definition::is_pathway;
use geras::source::Diagnostic;
use geras::{Instrument, Library};
use geras_json::diagnostics_json;

use crate::bundled::Bundled;
use crate::diagnostics;
use crate::failure::Failure;
use crate::site::Site;
use crate::tree::{File, Tree};

/// How long after an edit the page may still show the old version.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// What is watched.
pub(crate) struct Live {
    /// None for the shipped tree, which does not change.
    folder: Option<PathBuf>,
    site: Site,
    now: RwLock<Now>,
}

/// The files as they were read last.
#[derive(Default)]
struct Now {
    /// Every text by its path, to notice a change.
    texts: BTreeMap<String, String>,
    /// The last sound text of each definition and each file of texts.
    sound: BTreeMap<String, String>,
    revision: u64,
    instruments: String,
    cases: String,
    diagnostics: Vec<Diagnostic>,
}

impl Live {
    /// Reads everything for the first time.
    pub(crate) fn open(folder: Option<PathBuf>, site: Site) -> Result<Self, Failure> {
        let live = Self { folder, site, now: RwLock::default() };
        let (tree, worded) = live.read()?;
        live.now.write().unwrap_or_else(PoisonError::into_inner).take(&tree, &worded, texts(&tree, &worded));
        Ok(live)
    }

    fn read(&self) -> Result<(Tree, Vec<File>), Failure> {
        Ok((Tree::open(self.folder.as_deref())?.at(self.site.clone()), self.site.files()?))
    }

    /// Shows what is wrong. The server stays up if nobody listens.
    pub(crate) fn tell(&self) {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        let _ = diagnostics::write(&mut anstream::stderr(), &now.diagnostics);
    }

    /// Looks at the files again and again.
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
        let Ok((tree, worded)) = self.read() else { return };
        let texts = texts(&tree, &worded);
        let mut next = {
            let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
            if now.texts == texts {
                return;
            }
            Now { sound: now.sound.clone(), revision: now.revision, ..Now::default() }
        };
        // Proving takes its time, and the page goes on asking.
        next.take(&tree, &worded, texts);
        let _ = diagnostics::write(&mut anstream::stderr(), &next.diagnostics);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = next;
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
    fn take(&mut self, tree: &Tree, worded: &[File], texts: BTreeMap<String, String>) {
        let mut diagnostics = Vec::new();
        let mut definitions: Vec<File> = Vec::new();
        for (path, text) in tree.definitions.iter().map(File::pair) {
            // Whether a pathway is sound shows together with its instruments.
            let sound = if is_pathway(text) { Ok(text.to_owned()) } else { Instrument::read(path, text).map(|_| text.to_owned()) };
            match sound {
                Ok(text) => definitions.push(file(path, text)),
                Err(faults) => {
                    diagnostics.extend(faults);
                    definitions.extend(self.sound.get(path).map(|text| file(path, text.clone())));
                }
            }
        }
        let (mut library, faults) = Library::read(definitions.iter().map(File::pair));
        diagnostics.extend(faults);
        if self.go_back(&library, &mut definitions) {
            library = Library::read(definitions.iter().map(File::pair)).0;
        }
        let copies = |files: &[File]| files.iter().map(File::pair).map(|(path, text)| file(path, text.to_owned())).collect();
        let mut kept = Tree::default().at(tree.site().clone());
        (kept.definitions, kept.cases, kept.carries) = (definitions, copies(&tree.cases), copies(&tree.carries));
        let bundled = Bundled::of(&kept, library, worded, &self.sound);
        diagnostics.extend(bundled.diagnostics);
        let definitions = kept.definitions.iter().map(|file| (file.path.to_string(), file.text.to_string()));
        let sound = definitions.chain(bundled.texts).collect();
        *self = Self { texts, sound, revision: self.revision + 1, instruments: bundled.instruments, cases: bundled.cases, diagnostics };
    }

    /// Puts the last sound text in the place of each pathway that is not sound. Whether there is one.
    fn go_back(&self, library: &Library, definitions: &mut [File]) -> bool {
        let is_sound = |path: &str| library.pathways().iter().any(|pathway| pathway.definition().head.source.path() == path);
        let mut any = false;
        for broken in definitions.iter_mut().filter(|file| is_pathway(&file.text) && !is_sound(&file.path)) {
            if let Some(text) = self.sound.get(broken.path.as_ref()).filter(|text| **text != broken.text) {
                broken.text = text.clone().into();
                any = true;
            }
        }
        any
    }
}

fn file(path: &str, text: String) -> File {
    File { path: path.to_owned().into(), text: text.into() }
}

fn texts(tree: &Tree, worded: &[File]) -> BTreeMap<String, String> {
    let all = tree.definitions.iter().chain(&tree.cases).chain(&tree.carries).chain(worded);
    all.map(File::pair).map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}
