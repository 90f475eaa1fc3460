//! Prints the cases that are missing, as they can be put into the file of cases. Fills in no expectation.

use std::io::{self, Write};

use geras::cases::{Coverage, Suggestions};

use crate::paint;

/// The skeletons of one file as YAML, all else as comments.
pub(super) fn print(out: &mut dyn Write, path: &str, coverage: &Coverage, suggested: Option<&Suggestions>) -> io::Result<()> {
    let Some(suggested) = suggested else { return Ok(()) };
    if suggested.cases.is_empty() && suggested.not_found.is_empty() {
        return writeln!(out, "# {path}: the cases touch everything.");
    }
    let missing: usize = coverage.tallies().iter().map(|(_, tally)| tally.missing.len()).sum();
    writeln!(
        out,
        "# {path}: {} that no case touches, {}.",
        paint::counted(missing, "thing"),
        paint::counted(suggested.cases.len(), "case")
    )?;
    writeln!(out, "# Work out from the source what has to stand in place of each \"?\", and add `cite`. Until then the file is refused.")?;
    if let Some(sheet) = &suggested.sheet {
        writeln!(out, "# Put this sheet under `sheets:` (it is the mildest one):\n{sheet}\n# And these under `cases:`:")?;
    }
    for case in &suggested.cases {
        writeln!(out, "  # for {}", case.touches.join("; "))?;
        writeln!(out, "{}", case.yaml)?;
    }
    for none in &suggested.not_found {
        let why = if none.never { "there is no sheet for it" } else { "no sheet was found for it; there may be one" };
        writeln!(out, "# {}: {why}.", none.name)?;
    }
    Ok(())
}
