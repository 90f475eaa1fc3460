//! The tree of definitions, cases and mappings: the shipped one, or a folder read at run time. Reads files; what they say is the core's.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use geras::definition::{Date, Definition, glimpse, is_pathway};
use geras::source::{Diagnostic, closest};
use geras::{Instrument, Library, NotFound};

use crate::failure::Failure;
use crate::site::Site;

/// Ids that are proposed for one that is not there.
const MOST_NAMED: usize = 5;

/// A YAML file, by the path that messages use.
pub(crate) struct File {
    pub(crate) path: Cow<'static, str>,
    pub(crate) text: Cow<'static, str>,
}

/// Definitions, their cases, and the mappings between them, in the order of their paths; and the site that they are used at.
#[derive(Default)]
pub(crate) struct Tree {
    pub(crate) definitions: Vec<File>,
    pub(crate) cases: Vec<File>,
    pub(crate) carries: Vec<File>,
    site: Site,
}

/// A definition that was read but not proved, and whether a site's texts stand over it.
pub(crate) type Listed = (Definition, bool);

impl Tree {
    /// The tree of a folder, or else the shipped one.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, Failure> {
        folder.map_or_else(|| Ok(Self::shipped()), |folder| Self::below(std::slice::from_ref(&folder.to_path_buf())))
    }

    /// The same tree at a site, with its texts and its use.
    pub(crate) fn at(self, site: Site) -> Self {
        Self { site, ..self }
    }

    /// Where the tree is used.
    pub(crate) const fn site(&self) -> &Site {
        &self.site
    }

    /// All definitions that can be read, with whether the site's texts stand over them; and those that cannot. Nothing is proved: this is for looking.
    pub(crate) fn catalogue(&self) -> Result<(Vec<Listed>, Vec<Diagnostic>), Failure> {
        let (mut definitions, mut faults) = (Vec::new(), Vec::new());
        for file in &self.definitions {
            match Definition::read(&file.path, &file.text) {
                Ok(mut definition) => {
                    let worded = self.site.put_over(&mut definition)?;
                    definitions.push((definition, worded));
                }
                Err(found) => faults.extend(found),
            }
        }
        Ok((definitions, faults))
    }

    fn shipped() -> Self {
        let file = |(path, text): (&'static str, &'static str)| File { path: path.into(), text: text.into() };
        Self {
            definitions: geras_instruments::definitions().chain(geras_instruments::pathways()).map(file).collect(),
            cases: geras_instruments::cases().map(file).collect(),
            carries: geras_instruments::carries().map(file).collect(),
            site: Site::default(),
        }
    }

    /// These files, and all YAML files in these folders and below.
    pub(crate) fn below(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut tree = Self::default();
        for path in paths {
            tree.add(path, true)?;
        }
        if tree.definitions.is_empty() && tree.cases.is_empty() && tree.carries.is_empty() {
            let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
            return Err(
                Failure::usage(format!("there is no definition in {}", names.join(", "))).help("definitions are files that end in `.yaml`")
            );
        }
        Ok(tree)
    }

    /// Adds the editions of an instrument or pathway of another tree, with their cases.
    pub(crate) fn add_named(&mut self, name: &str, from: Self) -> Result<(), Failure> {
        let (id, edition) = (id_in(name), name.split_once('@').map(|(_, edition)| edition));
        let own = |file: &File| file.id().or_else(|| glimpse(&file.text, "pathway")).map(str::to_owned);
        let known: Vec<String> = from.definitions.iter().filter_map(own).collect();
        if !known.iter().any(|known| known == id) {
            let near: Vec<String> = closest(id, known.iter().map(String::as_str)).map(str::to_owned).into_iter().collect();
            return Err(unknown(name, &near));
        }
        let editions: Vec<String> = from
            .definitions
            .iter()
            .filter(|file| own(file).as_deref() == Some(id))
            .filter_map(|file| glimpse(&file.text, "edition").map(str::to_owned))
            .collect();
        if let Some(edition) = edition.filter(|edition| !editions.iter().any(|known| known == edition)) {
            return Err(Failure::usage(format!("there is no edition `{id}@{edition}`; there are {}", editions.join(", "))));
        }
        let meant =
            |file: &File| own(file).as_deref() == Some(id) && edition.is_none_or(|edition| glimpse(&file.text, "edition") == Some(edition));
        let definitions: Vec<File> = from.definitions.into_iter().filter(meant).collect();
        let beside = |cases: &File| definitions.iter().any(|file| file.path == cases.path.replace(".cases.yaml", ".yaml"));
        self.cases.extend(from.cases.into_iter().filter(beside));
        self.definitions.extend(definitions);
        Ok(())
    }

    fn add(&mut self, path: &Path, asked_for: bool) -> Result<(), Failure> {
        let unreadable = |reason| Failure::file(path, "read", &reason);
        if path.is_dir() {
            let mut entries: Vec<PathBuf> = fs::read_dir(path)
                .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
                .map_err(unreadable)?;
            entries.sort();
            return entries.iter().filter(|entry| !hidden(entry)).try_for_each(|entry| self.add(entry, false));
        }
        let name = path.to_string_lossy();
        if !asked_for && !name.ends_with(".yaml") {
            return Ok(());
        }
        let text = read(path)?;
        let file = File { path: name.replace('\\', "/").into(), text: text.into() };
        if name.ends_with(".cases.yaml") {
            self.cases.push(file);
        } else if name.ends_with(".carry.yaml") {
            self.carries.push(file);
        } else if asked_for || !is_answer_sheet(&file.text) {
            self.definitions.push(file);
        }
        Ok(())
    }

    /// Whether some definition is a pathway.
    pub(crate) fn has_pathways(&self) -> bool {
        self.definitions.iter().any(|file| is_pathway(&file.text))
    }

    /// How many of these definitions are in a library.
    pub(crate) fn sound(&self, library: &Library) -> usize {
        let instruments = library.instruments().iter().map(Instrument::definition);
        let all = instruments.chain(library.pathways().iter().map(|pathway| &pathway.definition().head));
        all.filter(|definition| self.definitions.iter().any(|file| file.path == definition.source.path())).count()
    }

    /// The same with the definitions of another tree around them, of which nothing is told, and which are left out where they are here too.
    pub(crate) fn library_within(&self, around: &Self) -> (Library, Vec<Diagnostic>) {
        let key = |file: &File| {
            let line = |key: &str| glimpse(&file.text, key).map(str::to_owned);
            (line("instrument").or_else(|| line("pathway")), line("edition"))
        };
        let own: Vec<_> = self.definitions.iter().map(key).collect();
        let mut files: Vec<&File> = self.definitions.iter().collect();
        let mut looked_at = 0;
        while let Some(file) = files.get(looked_at).copied() {
            looked_at += 1;
            let named = |other: &&File| {
                let id = glimpse(&other.text, "pathway").or_else(|| glimpse(&other.text, "instrument"));
                is_pathway(&file.text) && id.is_some_and(|id| crate::ways::names(&file.text, id)) && !own.contains(&key(other))
            };
            for other in around.definitions.iter().filter(named) {
                if !files.iter().any(|known| known.path == other.path) {
                    files.push(other);
                }
            }
        }
        let files: Vec<_> = files.into_iter().map(File::pair).collect();
        let (library, faults) = crate::workers::library(&files);
        let here = |fault: &Diagnostic| self.definitions.iter().any(|file| file.path == fault.primary.source.path());
        let (mut told, elsewhere): (Vec<_>, Vec<_>) = faults.into_iter().partition(here);
        // What is taken away from an extended pathway may be missed in a line of that one: then the fault stands there.
        if !told.iter().any(Diagnostic::is_error) && self.sound(&library) < self.definitions.len() {
            told.extend(elsewhere.into_iter().filter(Diagnostic::is_error));
        }
        (library, told)
    }

    /// The editions of the instrument called `name`, which may also be the path of a definition. Only what may be meant is read.
    pub(crate) fn editions(&self, name: &str) -> Result<Editions, Failure> {
        let path = Path::new(name);
        if path.is_file() {
            return Editions::of(name.to_owned(), &[(name, &read(path)?)], &self.site);
        }
        if name.ends_with(".yaml") {
            return Err(Failure::usage(format!("there is no file `{name}`")));
        }
        let id = id_in(name);
        let files: Vec<_> = self.definitions.iter().filter(|file| file.id() == Some(id)).map(File::pair).collect();
        if files.is_empty() {
            let known = || self.definitions.iter().filter_map(|file| Some((file, file.id().or_else(|| glimpse(&file.text, "pathway"))?)));
            let mut near: Vec<String> = closest(id, known().map(|(_, id)| id)).map(str::to_owned).into_iter().collect();
            if near.is_empty() {
                let called = known().filter(|(file, known)| is_called(known, &file.text, id));
                near.extend(called.map(|(_, id)| id.to_owned()).take(MOST_NAMED));
            }
            return Err(unknown(name, &near));
        }
        Editions::of(name.to_owned(), &files, &self.site)
    }
}

/// The id in `cn/gb-t-42195@2022`.
pub(crate) fn id_in(name: &str) -> &str {
    let path = name.split_once('@').map_or(name, |(path, _)| path);
    path.rsplit_once('/').map_or(path, |(_, id)| id)
}

/// The editions of one instrument, at least one.
pub(crate) struct Editions {
    name: String,
    library: Library,
    newest: Instrument,
}

impl Editions {
    fn of(name: String, files: &[(&str, &str)], site: &Site) -> Result<Self, Failure> {
        let (mut library, mut faults) = Library::read(files.iter().copied());
        site.settle(&mut library)?;
        faults.retain(Diagnostic::is_error);
        // A path names one file, and its instrument by itself, whatever that calls itself.
        let alone = files.first().filter(|(path, _)| *path == name).and_then(|_| library.instruments().first());
        match alone.map_or_else(|| library.find(&name, None), Ok) {
            Ok(newest) => Ok(Self { newest: newest.clone(), name, library }),
            // What is not sound is not in the library; its faults say more than its absence.
            Err(_) if !faults.is_empty() => Err(Failure::Unsound(faults)),
            Err(NotFound::Unknown { near, .. }) => Err(unknown(&name, near.as_slice())),
            Err(other) => Err(Failure::usage(other.to_string())),
        }
    }

    /// The newest edition, or the one that was named.
    pub(crate) const fn newest(&self) -> &Instrument {
        &self.newest
    }

    /// All editions.
    pub(crate) fn all(&self) -> Vec<&Instrument> {
        self.library.instruments().iter().collect()
    }

    /// The edition in force on a day, if it is another than the newest.
    pub(crate) fn other(&self, date: Date) -> Option<&Instrument> {
        let found = self.library.find(&self.name, Some(date)).ok()?;
        let definition = found.definition();
        (definition.in_force(date) && definition.edition.value != self.newest.definition().edition.value).then_some(found)
    }
}

impl File {
    /// Path and text.
    pub(crate) fn pair(&self) -> (&str, &str) {
        (&self.path, &self.text)
    }

    /// The id of the instrument that is defined here, as far as it can be seen without reading the whole.
    pub(crate) fn id(&self) -> Option<&str> {
        glimpse(&self.text, "instrument")
    }
}

/// Whether a definition has the word in its id or its title: `mna` for mna-full, `4AT` for four-at.
fn is_called(id: &str, text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let title = text.lines().find(|line| line.starts_with("title:")).unwrap_or_default().to_lowercase();
    !word.is_empty() && (id.contains(&word) || title.contains(&word))
}

fn unknown(name: &str, near: &[String]) -> Failure {
    let message = format!("there is no instrument or pathway `{name}`");
    let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
    match near.split_last() {
        Some((last, [])) => Failure::usage(message).help(format!("did you mean {last}? `geras list` shows all of them")),
        Some((last, others)) => {
            Failure::usage(message).help(format!("did you mean {} or {last}? `geras list` shows all of them", others.join(", ")))
        }
        None => Failure::usage(message).help("`geras list` shows all of them"),
    }
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|reason| Failure::file(path, "read", &reason))
}

/// The text of a file that may have been cut off inside a character, as happens to copies; whoever reads it sees that it is not whole.
pub(crate) fn read_cut(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|reason| Failure::file(path, "read", &reason))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether a YAML file that was not asked for by name holds a person's answers. Anything else is read, so that a misspelt definition is noticed.
fn is_answer_sheet(text: &str) -> bool {
    let has = |key: &str| glimpse(text, key).is_some();
    has("answers") && !has("instrument") && !has("title")
}
