//! `geras list`: the instruments of the tree. One line each; what is in one is shown by `describe`.

use std::io::Write;

use clap::Args;
use geras::Instrument;

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::{diagnostics, paint};

/// List the instruments
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  geras list --lang zh")]
pub(crate) struct List {}

impl List {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let (library, faults) = desk.tree()?.library();
        let places: Vec<String> = library.instruments().iter().map(jurisdiction).collect();
        let rows: Vec<[String; 3]> = library.instruments().iter().map(row).collect();
        let widths = [0, 1, 2].map(|column| paint::widest(rows.iter().filter_map(|row| row.get(column)).map(String::as_str)));
        let mut last = "";
        for ((instrument, place), row) in library.instruments().iter().zip(&places).zip(&rows) {
            if place != last {
                writeln!(out, "{}{}", if last.is_empty() { "" } else { "\n" }, paint::styled(paint::HEADING, place))?;
                last = place;
            }
            let [id, edition, domain] = row;
            let [id_width, edition_width, domain_width] = widths;
            let title = instrument.definition().title.get(&desk.language);
            let domain = paint::styled(paint::FAINT, &paint::padded(domain, domain_width));
            writeln!(out, "  {}  {}  {domain}  {title}", paint::padded(id, id_width), paint::padded(edition, edition_width))?;
        }
        let refused = faults.iter().any(geras::source::Diagnostic::is_error);
        if let Some(summary) = diagnostics::summary(&faults).filter(|_| refused) {
            writeln!(out, "\nWhat is not sound is not listed: {summary}. `geras check` shows them.")?;
        }
        Ok(Verdict::findings_if(refused))
    }
}

fn jurisdiction(instrument: &Instrument) -> String {
    instrument.definition().jurisdiction.value.to_lowercase()
}

fn row(instrument: &Instrument) -> [String; 3] {
    let definition = instrument.definition();
    [definition.id.value.clone(), definition.edition.value.clone(), definition.domain.value.clone()]
}
