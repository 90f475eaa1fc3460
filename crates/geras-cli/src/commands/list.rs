//! `geras list`: the instruments and pathways of the tree. One line each; what is in one is shown by `describe`.

use std::io::Write;

use clap::Args;
use geras::Instrument;
use geras::definition::Definition;

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::{diagnostics, paint};

/// List the instruments and pathways
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  geras list --lang zh")]
pub(crate) struct List {}

impl List {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let (library, faults) = desk.tree()?.library();
        let pathways = library.pathways().iter().map(|pathway| &pathway.definition().head);
        let mut all: Vec<&Definition> = library.instruments().iter().map(Instrument::definition).chain(pathways).collect();
        all.sort_by_key(|definition| jurisdiction(definition));
        let places: Vec<String> = all.iter().map(|definition| jurisdiction(definition)).collect();
        let rows: Vec<[String; 3]> = all.iter().map(|definition| row(definition)).collect();
        let widths = [0, 1, 2].map(|column| paint::widest(rows.iter().filter_map(|row| row.get(column)).map(String::as_str)));
        let mut last = "";
        for ((definition, place), row) in all.iter().zip(&places).zip(&rows) {
            if place != last {
                writeln!(out, "{}{}", if last.is_empty() { "" } else { "\n" }, paint::styled(paint::HEADING, place))?;
                last = place;
            }
            let [id, edition, domain] = row;
            let [id_width, edition_width, domain_width] = widths;
            let title = definition.title.get(&desk.language);
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

fn jurisdiction(definition: &Definition) -> String {
    definition.jurisdiction.value.to_lowercase()
}

fn row(definition: &Definition) -> [String; 3] {
    [definition.id.value.clone(), definition.edition.value.clone(), definition.domain.value.clone()]
}
