//! The pathway that a name means, read with what it uses: the instruments it names and the pathways it extends. Only those are read.

use std::path::Path;

use geras::definition::{Date, glimpse, is_pathway};
use geras::source::Diagnostic;
use geras::{Library, Pathway};
use geras_json::pathway_on;

use crate::failure::Failure;
use crate::tree::{self, Tree};

/// The editions of one pathway, at least one.
pub(crate) struct Ways {
    name: String,
    library: Library,
    newest: Pathway,
}

impl Tree {
    /// The pathway called `name`, which may also be the path of a definition; none where it is no pathway.
    pub(crate) fn ways(&self, name: &str) -> Result<Option<Ways>, Failure> {
        self.ways_with(name, None)
    }

    /// The same; `file` is the one that is meant, where it was read already.
    pub(crate) fn ways_with(&self, name: &str, file: Option<&tree::File>) -> Result<Option<Ways>, Failure> {
        let path = Path::new(name);
        let own = match file {
            Some(file) => Some(file.text.to_string()),
            None if path.is_file() => Some(tree::read(path)?),
            None => None,
        };
        let own = own.filter(|text| is_pathway(text));
        let mut files: Vec<(&str, &str)> = Vec::new();
        if let Some(text) = &own {
            files.push((name, text));
        } else if path.is_file() || name.ends_with(".yaml") {
            return Ok(None);
        } else {
            let id = tree::id_in(name);
            files.extend(self.definitions.iter().map(tree::File::pair).filter(|(_, text)| glimpse(text, "pathway") == Some(id)));
            if files.is_empty() {
                return Ok(None);
            }
        }
        // Whatever is named in a text is read too, and what is named there.
        let mut looked_at = 0;
        while let Some((_, text)) = files.get(looked_at).copied() {
            looked_at += 1;
            for (path, other) in self.definitions.iter().map(tree::File::pair) {
                let id = glimpse(other, "pathway").or_else(|| glimpse(other, "instrument"));
                let own_edition = |text: &str| (glimpse(text, "pathway").map(str::to_owned), glimpse(text, "edition").map(str::to_owned));
                let same = |own: &String| is_pathway(other) && own_edition(own) == own_edition(other);
                let known = files.iter().any(|(known, _)| *known == path) || own.as_ref().is_some_and(same);
                if !known && is_pathway(text) && id.is_some_and(|id| names(text, id)) {
                    files.push((path, other));
                }
            }
        }
        let (mut library, mut faults) = crate::workers::library(&files);
        self.site().settle(&mut library)?;
        faults.retain(Diagnostic::is_error);
        let alone = own.as_ref().and_then(|text| {
            let id = glimpse(text, "pathway")?;
            library
                .pathways()
                .iter()
                .find(|pathway| pathway.definition().head.id.value == id && pathway.definition().head.source.path() == name)
        });
        match alone.map_or_else(|| library.find_pathway(name, None), Ok) {
            Ok(newest) if own.is_none() || alone.is_some() => Ok(Some(Ways { newest: newest.clone(), name: name.to_owned(), library })),
            _ if !faults.is_empty() => Err(Failure::Unsound(faults)),
            Ok(_) => Ok(None),
            Err(why) => Err(Failure::usage(why.to_string())),
        }
    }
}

/// Whether a text names a definition: behind `instrument:` or `extends:`.
pub(crate) fn names(text: &str, id: &str) -> bool {
    ["instrument:", "extends:", "instrument\":", "extends\":"].into_iter().any(|key| {
        text.match_indices(key).any(|(at, _)| {
            let name = text.get(at + key.len()..).unwrap_or_default().trim_start().trim_start_matches(['"', '\'']);
            let name = name.split([',', '}', ' ', '\n', '"', '\'']).next().unwrap_or_default();
            tree::id_in(name) == id
        })
    })
}

impl Ways {
    /// The newest edition, or the one that was named.
    pub(crate) const fn newest(&self) -> &Pathway {
        &self.newest
    }

    /// What was read: the pathway with its instruments and the pathways it extends.
    pub(crate) const fn library(&self) -> &Library {
        &self.library
    }

    /// The edition that reads a sheet of a day: the newest unless it is not in force then and another is.
    pub(crate) fn on(&self, day: Option<Date>) -> &Pathway {
        pathway_on(&self.newest, |day| self.library.find_pathway(&self.name, Some(day)).ok(), day)
    }
}
