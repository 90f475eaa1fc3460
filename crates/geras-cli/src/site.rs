//! What a site has put in place: a folder with the wording it has a licence for, and what it uses the instruments for. What the words mean is the core's.

use std::fs;
use std::path::{Path, PathBuf};

use geras::Library;
use geras::definition::{Definition, Use};
use geras::site::SiteTexts;
use geras::source::{Diagnostic, Severity, Source, Span};

use crate::failure::Failure;
use crate::tree;

/// The ending of a file of texts.
pub(crate) const TEXTS: &str = ".texts.yaml";

/// What a site has put in place.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) texts: Option<PathBuf>,
    pub(crate) used_for: Use,
}

impl Default for Site {
    /// A site that has put nothing in place.
    fn default() -> Self {
        Self { texts: None, used_for: Use::Clinical }
    }
}

impl Site {
    /// Puts the site's use and its texts on the instruments of a library.
    pub(crate) fn settle(&self, library: &mut Library) -> Result<(), Failure> {
        library.use_for(self.used_for);
        self.folder()?;
        let files: Vec<PathBuf> = library.instruments().iter().filter_map(|instrument| self.file(instrument.definition())).collect();
        for file in files {
            let text = tree::read(&file)?;
            library.put_texts(&file.to_string_lossy(), &text).map_err(Failure::Texts)?;
        }
        Ok(())
    }

    /// Puts the site's texts over a definition that is only looked at. Whether there were any.
    pub(crate) fn put_over(&self, definition: &mut Definition) -> Result<bool, Failure> {
        let Some(file) = self.file(definition) else { return Ok(false) };
        let texts = SiteTexts::read(&file.to_string_lossy(), &tree::read(&file)?).map_err(Failure::Texts)?;
        texts.put_over(definition).map_err(Failure::Texts)?;
        Ok(true)
    }

    /// Whether the site has put anything in place.
    pub(crate) fn is_bare(&self) -> bool {
        self.texts.is_none() && self.used_for == Use::Clinical
    }

    /// Every file of texts in the folder, in order.
    pub(crate) fn files(&self) -> Result<Vec<tree::File>, Failure> {
        let mut paths = Vec::new();
        if let Some(folder) = self.folder()? {
            gather(folder, &mut paths)?;
        }
        let file = |path: PathBuf| Ok(tree::File { text: tree::read(&path)?.into(), path: path.to_string_lossy().into_owned().into() });
        paths.into_iter().map(file).collect()
    }

    /// What is wrong with any file of the folder, and how many there are.
    pub(crate) fn check(&self, library: &mut Library) -> Result<(usize, Vec<Diagnostic>), Failure> {
        let (mut count, mut faults) = (0, Vec::new());
        if let Some(folder) = self.folder()? {
            let mut files = Vec::new();
            gather(folder, &mut files)?;
            for file in files {
                count += 1;
                let (path, text) = (file.to_string_lossy(), tree::read(&file)?);
                match library.put_texts(&path, &text) {
                    Err(found) => faults.extend(found),
                    Ok(()) => faults.extend(self.misplaced(library, &file, &text)),
                }
            }
        }
        Ok((count, faults))
    }

    /// A file that fits an instrument, but lies where nobody looks for it.
    fn misplaced(&self, library: &Library, file: &Path, text: &str) -> Option<Diagnostic> {
        let wanted: Vec<PathBuf> = library.instruments().iter().filter_map(|instrument| self.file(instrument.definition())).collect();
        if wanted.iter().any(|wanted| wanted == file) {
            return None;
        }
        let source = Source::new(&file.to_string_lossy(), text);
        let message = "these texts lie where they are not looked for";
        let help = format!("move the file to `<jurisdiction>/<id>/<edition>{TEXTS}`, like `intl/my-scale/2024{TEXTS}`");
        Some(Diagnostic::new("wrong-id", Severity::Error, &source, Span::new(0, 0), message).help(help))
    }

    /// The folder of texts, which has to be one.
    fn folder(&self) -> Result<Option<&Path>, Failure> {
        match self.texts.as_deref() {
            Some(folder) if !folder.is_dir() => {
                Err(Failure::usage(format!("there is no folder `{}`", folder.display()))
                    .help("`--texts` takes the folder of a site's texts"))
            }
            folder => Ok(folder),
        }
    }

    /// The file with the texts of an edition, where there is one.
    fn file(&self, definition: &Definition) -> Option<PathBuf> {
        let folder = self.texts.as_ref()?.join(definition.jurisdiction.value.to_lowercase()).join(&definition.id.value);
        Some(folder.join(format!("{}{TEXTS}", definition.edition.value))).filter(|file| file.is_file())
    }
}

/// All files of texts in a folder and below, in order.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |reason| Failure::file(folder, "read", &reason);
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(unreadable)?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            gather(&entry, files)?;
        } else if entry.to_string_lossy().ends_with(TEXTS) {
            files.push(entry);
        }
    }
    Ok(())
}
