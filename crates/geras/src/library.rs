//! A tree of definitions: every edition of every instrument, found by id, by jurisdiction and by date. Does no I/O: the files are handed in.

use std::collections::BTreeMap;

use crate::Instrument;
use crate::definition::Date;
use crate::source::{Diagnostic, Severity, closest};

/// All instruments of a tree.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// By jurisdiction and id, then by the first day in force.
    instruments: Vec<Instrument>,
}

/// Why no instrument was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// No instrument has this id; the nearest known id, if one is near.
    Unknown {
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
            Self::Unknown { name, near: None } => write!(out, "there is no instrument `{name}`"),
            Self::Unknown { name, near: Some(near) } => write!(out, "there is no instrument `{name}`; did you mean `{near}`?"),
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
        let (mut instruments, mut diagnostics) = (Vec::new(), Vec::new());
        for (path, text) in files {
            match Instrument::read(path, text) {
                Ok(instrument) => {
                    diagnostics.extend(instrument.warnings().iter().cloned());
                    instruments.push(instrument);
                }
                Err(faults) => diagnostics.extend(faults),
            }
        }
        instruments.sort_by(|one, two| order(one).cmp(&order(two)));
        diagnostics.extend(overlapping(&instruments));
        (Self { instruments }, diagnostics)
    }

    /// All instruments by jurisdiction, id and first day in force.
    #[must_use]
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    /// The instrument called `id`, `id@edition`, `jurisdiction/id` or `jurisdiction/id@edition`. Without an edition, `date` decides which is in force;
    /// without a date, it is the newest.
    ///
    /// # Errors
    /// No such instrument or edition, or none in force on that day, or several jurisdictions have one.
    pub fn find(&self, name: &str, date: Option<Date>) -> Result<&Instrument, NotFound> {
        let (path, edition) = name.split_once('@').map_or((name, None), |(path, edition)| (path, Some(edition)));
        let (jurisdiction, id) = path.rsplit_once('/').map_or((None, path), |(jurisdiction, id)| (Some(jurisdiction), id));
        let fits = |instrument: &&Instrument| {
            instrument.definition().id.value == id && jurisdiction.is_none_or(|wanted| folder(instrument) == wanted.to_lowercase())
        };
        let editions: Vec<&Instrument> = self.instruments.iter().filter(fits).collect();
        let Some(first) = editions.first() else {
            let known = self.instruments.iter().map(|instrument| instrument.definition().id.value.as_str());
            return Err(NotFound::Unknown { name: name.to_owned(), near: closest(id, known).map(str::to_owned) });
        };
        let mut places: Vec<String> = editions.iter().map(|instrument| format!("{}/{id}", folder(instrument))).collect();
        places.dedup();
        if places.len() > 1 {
            return Err(NotFound::Ambiguous { name: name.to_owned(), names: places });
        }
        if let Some(edition) = edition {
            let all = || editions.iter().map(|instrument| instrument.definition().edition.value.clone()).collect();
            let found = editions.iter().find(|instrument| instrument.definition().edition.value == edition);
            return found.copied().ok_or_else(|| NotFound::Edition { name: name.to_owned(), editions: all() });
        }
        let Some(date) = date else { return Ok(editions.last().copied().unwrap_or(first)) };
        let in_force = editions.iter().rev().find(|instrument| instrument.definition().in_force(date));
        let from = first.definition().from.value;
        in_force.copied().ok_or_else(|| NotFound::Date { name: name.to_owned(), date, from })
    }
}

fn folder(instrument: &Instrument) -> String {
    instrument.definition().jurisdiction.value.to_lowercase()
}

fn order(instrument: &Instrument) -> (String, &str, Date) {
    let definition = instrument.definition();
    (folder(instrument), &definition.id.value, definition.from.value)
}

/// Editions of one instrument that are in force on the same day, or have the same name.
fn overlapping(instruments: &[Instrument]) -> Vec<Diagnostic> {
    let mut by_id: BTreeMap<(String, &str), Vec<&Instrument>> = BTreeMap::new();
    for instrument in instruments {
        by_id.entry((folder(instrument), &instrument.definition().id.value)).or_default().push(instrument);
    }
    let mut faults = Vec::new();
    for editions in by_id.values() {
        for (place, later) in editions.iter().enumerate() {
            for earlier in editions.iter().take(place) {
                let (later, earlier) = (later.definition(), earlier.definition());
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
