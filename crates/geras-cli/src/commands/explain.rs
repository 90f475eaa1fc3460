//! `geras explain`: the page of a check. The pages themselves stand with the checks.

use std::io::Write;

use clap::Args;
use geras::check::{Page, page, pages};
use geras::source::closest;

use crate::failure::{Failure, Verdict};
use crate::paint;

/// Show the page of a check: what it finds, why it matters, how to mend it
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras explain\n  geras explain bands-overlap")]
pub(crate) struct Explain {
    /// The name of a check, as a diagnostic shows it in brackets; without it, all names are listed
    name: Option<String>,
}

impl Explain {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let Some(name) = &self.name else { return list(pages(), out) };
        match page(name.trim()) {
            Some(page) => show(page, out),
            None => Err(unknown(name)),
        }
    }
}

fn list(pages: &[Page], out: &mut dyn Write) -> Result<Verdict, Failure> {
    let width = paint::widest(pages.iter().map(|page| page.name));
    for page in pages {
        writeln!(out, "{}", paint::wrapped(&format!("{}  ", paint::padded(page.name, width)), &one_line(page.finds)))?;
    }
    Ok(Verdict::Fine)
}

fn show(page: &Page, out: &mut dyn Write) -> Result<Verdict, Failure> {
    writeln!(out, "{}\n", paint::styled(paint::HEADING, page.name))?;
    writeln!(out, "{}\n", paint::wrapped("", &one_line(page.finds)))?;
    writeln!(out, "{}\n{}\n", paint::styled(paint::HEADING, "Why it matters"), paint::wrapped("", &one_line(page.why)))?;
    writeln!(out, "{}\n{}\n", paint::styled(paint::ERROR, "Wrong"), indented(page.wrong))?;
    writeln!(out, "{}\n{}", paint::styled(paint::FINE, "Right"), indented(page.right))?;
    Ok(Verdict::Fine)
}

fn unknown(name: &str) -> Failure {
    let failure = Failure::usage(format!("there is no check `{name}`"));
    match closest(name, pages().iter().map(|page| page.name)) {
        Some(near) => failure.help(format!("did you mean `{near}`? `geras explain` lists all of them")),
        None => failure.help("`geras explain` lists all of them"),
    }
}

/// A text without the line breaks of its source.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn indented(example: &str) -> String {
    example.trim_matches('\n').lines().map(|line| format!("  {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
