//! A tree of definitions: every edition of every instrument and pathway, found by id, by jurisdiction and by date. Does no I/O: the files are handed in.

use crate::definition::{Date, Definition, Use, glimpse, is_pathway};
use crate::site::SiteTexts;
use crate::sort::{sort_by, sort_by_key};
use crate::sorted::SortedMap;
use crate::source::{Diagnostic, Severity, closest};
use crate::{Instrument, Pathway};

/// All instruments of a tree.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// By jurisdiction and id, then by the first day in force.
    instruments: Vec<Instrument>,
    /// By jurisdiction and id, then by the first day in force.
    pathways: Vec<Pathway>,
}

/// Why no instrument was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// Nothing has this id; the nearest known id, if one is near.
    Unknown {
        /// `instrument` or `pathway`.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// The nearest known id.
        near: Option<String>,
    },
    /// Several jurisdictions have an instrument of this id.
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The full names to choose from.
        names: Vec<String>,
    },
    /// There is no such edition.
    Edition {
        /// What was asked for.
        name: String,
        /// The editions there are.
        editions: Vec<String>,
    },
    /// No edition is in force on that day.
    Date {
        /// What was asked for.
        name: String,
        /// The day.
        date: Date,
        /// The first day of the first edition.
        from: Date,
    },
}

impl std::fmt::Display for NotFound {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { what, name, near: None } => write!(out, "there is no {what} `{name}`"),
            Self::Unknown { what, name, near: Some(near) } => write!(out, "there is no {what} `{name}`; did you mean `{near}`?"),
            Self::Ambiguous { name, names } => write!(out, "`{name}` is ambiguous: write one of {}", names.join(", ")),
            Self::Edition { name, editions } => write!(out, "there is no edition `{name}`; there are {}", editions.join(", ")),
            Self::Date { name, date, from } => write!(out, "no edition of `{name}` is in force on {date}; the first begins on {from}"),
        }
    }
}

impl std::error::Error for NotFound {}

impl Library {
    /// Reads definitions, each with the name that messages use. What is not sound is left out; the diagnostics say why, in the order of the files.
    #[must_use]
    pub fn read<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> (Self, Vec<Diagnostic>) {
        let (pathways, instruments): (Vec<_>, Vec<_>) = files.into_iter().partition(|(_, text)| is_pathway(text));
        Self::assembled(instruments.into_iter().map(|(path, text)| Instrument::read(path, text)), pathways)
    }

    /// The same of instruments that were read elsewhere, such as on many cores at once, and the texts of pathways with their names.
    #[must_use]
    pub fn assembled<'t>(
        read: impl IntoIterator<Item = Result<Instrument, Vec<Diagnostic>>>,
        pathways: Vec<(&'t str, &'t str)>,
    ) -> (Self, Vec<Diagnostic>) {
        let (mut instruments, mut diagnostics) = (Vec::new(), Vec::new());
        for one in read {
            match one {
                Ok(instrument) => {
                    diagnostics.extend(instrument.warnings().iter().cloned());
                    instruments.push(instrument);
                }
                Err(faults) => diagnostics.extend(faults),
            }
        }
        sort_by(&mut instruments, |one, two| order(one).cmp(&order(two)));
        diagnostics.extend(overlapping(instruments.iter().map(Instrument::definition)));
        let mut library = Self { instruments, pathways: Vec::new() };
        diagnostics.extend(library.read_pathways(pathways));
        (library, diagnostics)
    }

    /// Reads pathways, each after the one that it extends; those that wait for each other last, so that they are told.
    fn read_pathways(&mut self, mut left: Vec<(&str, &str)>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        while !left.is_empty() {
            let waits = |(_, text): &(&str, &str)| {
                let base = glimpse(text, "extends").map(id_in);
                base.is_some_and(|base| left.iter().any(|(_, other)| glimpse(other, "pathway") == Some(base)))
            };
            let (later, mut now): (Vec<_>, Vec<_>) = left.iter().copied().partition(waits);
            let in_a_circle = now.is_empty();
            left = if in_a_circle { Vec::new() } else { later.clone() };
            if in_a_circle {
                now = later;
            }
            for (path, text) in now {
                match Pathway::read(path, text, self) {
                    Ok(pathway) => {
                        diagnostics.extend(pathway.warnings().iter().cloned());
                        self.pathways.push(pathway);
                    }
                    Err(faults) => diagnostics.extend(faults),
                }
            }
            sort_by_key(&mut self.pathways, |pathway| {
                let head = &pathway.definition().head;
                (folder(head), head.id.value.clone(), head.from.value)
            });
        }
        diagnostics.extend(overlapping(self.pathways.iter().map(|pathway| &pathway.definition().head)));
        diagnostics
    }

    /// All pathways by jurisdiction, id and first day in force.
    #[must_use]
    pub fn pathways(&self) -> &[Pathway] {
        &self.pathways
    }

    /// The pathway called `name`, as in [`Library::find`].
    ///
    /// # Errors
    /// As for an instrument.
    pub fn find_pathway(&self, name: &str, date: Option<Date>) -> Result<&Pathway, NotFound> {
        let found = self.pathways.iter().map(|pathway| (&pathway.definition().head, pathway)).collect::<Vec<_>>();
        chosen(named(&found, name, "pathway")?, name, date)
    }

    /// The editions of the instrument called `name`, oldest first; one where the name has an edition.
    ///
    /// # Errors
    /// No such instrument or edition, or several jurisdictions have one.
    pub fn editions(&self, name: &str) -> Result<Vec<&Instrument>, NotFound> {
        let found = self.instruments.iter().map(|instrument| (instrument.definition(), instrument)).collect::<Vec<_>>();
        let editions = named(&found, name, "instrument")?;
        if name.contains('@') {
            return chosen(editions, name, None).map(|one| vec![one]);
        }
        Ok(editions.into_iter().map(|(_, instrument)| instrument).collect())
    }

    /// All instruments by jurisdiction, id and first day in force.
    #[must_use]
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    /// What all instruments are used for; clinical unless somebody says otherwise.
    pub fn use_for(&mut self, wanted: Use) {
        self.instruments.iter_mut().for_each(|instrument| instrument.use_for(wanted));
        self.pathways.iter_mut().flat_map(Pathway::instruments_mut).for_each(|instrument| instrument.use_for(wanted));
    }

    /// Reads a site's file of texts and puts them over the instrument that they are for.
    ///
    /// # Errors
    /// The file cannot be read, its instrument is not here, or it does not fit: all that is wrong, in file order. Nothing is changed then.
    pub fn put_texts(&mut self, path: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        let texts = SiteTexts::read(path, text)?;
        let name = &texts.instrument;
        let fault = |message: String| vec![Diagnostic::new("unknown-name", Severity::Error, &texts.source, name.span, message)];
        if !name.value.contains('@') {
            return Err(fault(format!("`{}` names no edition; write it like `{}@1988`", name.value, name.value)));
        }
        let found = self.find(&name.value, None).map_err(|reason| fault(reason.to_string()))?;
        let hash = found.definition().hash.clone();
        let pathways = self.pathways.iter_mut().flat_map(Pathway::instruments_mut);
        for instrument in self.instruments.iter_mut().chain(pathways).filter(|instrument| instrument.definition().hash == hash) {
            instrument.put_texts(&texts)?;
        }
        Ok(())
    }

    /// The instrument called `id`, `id@edition`, `jurisdiction/id` or `jurisdiction/id@edition`. Without an edition, `date` decides which is in force;
    /// without a date, it is the newest.
    ///
    /// # Errors
    /// No such instrument or edition, or none in force on that day, or several jurisdictions have one.
    pub fn find(&self, name: &str, date: Option<Date>) -> Result<&Instrument, NotFound> {
        let found = self.instruments.iter().map(|instrument| (instrument.definition(), instrument)).collect::<Vec<_>>();
        chosen(named(&found, name, "instrument")?, name, date)
    }
}

/// The id in `cn/gb-t-42195@2022`.
fn id_in(name: &str) -> &str {
    let path = name.split_once('@').map_or(name, |(path, _)| path);
    path.rsplit_once('/').map_or(path, |(_, id)| id)
}

/// All editions with the jurisdiction and id of a name; they stand in the order of their days.
fn named<'l, T>(all: &[(&'l Definition, &'l T)], name: &str, what: &'static str) -> Result<Vec<(&'l Definition, &'l T)>, NotFound> {
    let path = name.split_once('@').map_or(name, |(path, _)| path);
    let (jurisdiction, id) = path.rsplit_once('/').map_or((None, path), |(jurisdiction, id)| (Some(jurisdiction), id));
    let fits = |definition: &Definition| {
        definition.id.value == id && jurisdiction.is_none_or(|wanted| folder(definition) == wanted.to_ascii_lowercase())
    };
    let editions: Vec<(&Definition, &T)> = all.iter().copied().filter(|(definition, _)| fits(definition)).collect();
    if editions.is_empty() {
        let known = all.iter().map(|(definition, _)| definition.id.value.as_str());
        return Err(NotFound::Unknown { what, name: name.to_owned(), near: closest(id, known).map(str::to_owned) });
    }
    let mut places: Vec<String> = editions.iter().map(|(definition, _)| format!("{}/{id}", folder(definition))).collect();
    places.dedup();
    if places.len() > 1 {
        return Err(NotFound::Ambiguous { name: name.to_owned(), names: places });
    }
    Ok(editions)
}

/// The edition that a name asks for, or the one in force on a day, or the newest.
fn chosen<'l, T>(editions: Vec<(&'l Definition, &'l T)>, name: &str, date: Option<Date>) -> Result<&'l T, NotFound> {
    if let Some((_, edition)) = name.split_once('@') {
        let all = || editions.iter().map(|(definition, _)| definition.edition.value.clone()).collect();
        let found = editions.iter().find(|(definition, _)| definition.edition.value == edition);
        return found.map(|(_, one)| *one).ok_or_else(|| NotFound::Edition { name: name.to_owned(), editions: all() });
    }
    let unknown = || NotFound::Edition { name: name.to_owned(), editions: Vec::new() };
    let Some(date) = date else { return editions.last().map(|(_, one)| *one).ok_or_else(unknown) };
    let in_force = editions.iter().rev().find(|(definition, _)| definition.in_force(date));
    let from = editions.first().map(|(definition, _)| definition.from.value).ok_or_else(unknown)?;
    in_force.map(|(_, one)| *one).ok_or_else(|| NotFound::Date { name: name.to_owned(), date, from })
}

fn folder(definition: &Definition) -> String {
    definition.jurisdiction.value.to_ascii_lowercase()
}

fn order(instrument: &Instrument) -> (String, &str, Date) {
    let definition = instrument.definition();
    (folder(definition), &definition.id.value, definition.from.value)
}

/// Editions of one definition that are in force on the same day, or have the same name.
fn overlapping<'l>(definitions: impl Iterator<Item = &'l Definition>) -> Vec<Diagnostic> {
    let mut by_id: SortedMap<(String, &str), Vec<&Definition>> = SortedMap::new();
    for definition in definitions {
        let key = (folder(definition), definition.id.value.as_str());
        match by_id.get_mut(&key) {
            Some(editions) => editions.push(definition),
            None => drop(by_id.insert(key, vec![definition])),
        }
    }
    let mut faults = Vec::new();
    for (_, editions) in by_id.iter() {
        for (place, later) in editions.iter().enumerate() {
            for earlier in editions.iter().take(place) {
                let (later, earlier) = (*later, *earlier);
                let ends = earlier.until.as_ref().map(|until| until.value);
                if later.edition.value == earlier.edition.value {
                    let message = format!("the edition `{}` of `{}` is given twice", later.edition.value, later.id.value);
                    let fault = Diagnostic::new("editions-overlap", Severity::Error, &later.source, later.edition.span, message);
                    let fault = fault.also_in(&earlier.source, earlier.edition.span, "first given here");
                    faults.push(fault.help("each edition has a name of its own"));
                } else if ends.is_none_or(|end| end >= later.from.value) {
                    let message = format!(
                        "the editions `{}` and `{}` of `{}` are both in force on {}",
                        earlier.edition.value, later.edition.value, later.id.value, later.from.value
                    );
                    let span = later.from.span;
                    let fault = Diagnostic::new("editions-overlap", Severity::Error, &later.source, span, message).here("begins here");
                    let end = earlier.until.as_ref().map_or(earlier.from.span, |until| until.span);
                    let words = if earlier.until.is_some() { "ends only here" } else { "has no end" };
                    faults.push(fault.also_in(&earlier.source, end, words).help("give the earlier edition an `until` on the day before"));
                }
            }
        }
    }
    faults
}
