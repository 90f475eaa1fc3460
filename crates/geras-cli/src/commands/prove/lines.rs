//! The lines of a table of a proof: a name, how many lead there, their share, and one of them. Names nothing itself.

use std::io::{self, Write};

use crate::paint;

/// One line.
pub(super) struct Line {
    pub(super) name: String,
    /// How many sheets or records.
    pub(super) count: String,
    pub(super) share: String,
    pub(super) witness: String,
}

/// Writes them below each other.
pub(super) fn write(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    let name = paint::widest(lines.iter().map(|line| line.name.as_str()));
    let count = paint::widest(lines.iter().map(|line| line.count.as_str()));
    let share = paint::widest(lines.iter().map(|line| line.share.as_str()));
    for line in lines {
        let start = format!("  {}  {:>count$}  {:>share$}  ", paint::padded(&line.name, name), line.count, line.share);
        writeln!(out, "{}", paint::wrapped(&start, &paint::styled(paint::FAINT, &line.witness)).trim_end())?;
    }
    Ok(())
}
