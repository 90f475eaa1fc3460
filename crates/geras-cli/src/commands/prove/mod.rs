//! `geras prove`: what holds over all complete answer sheets of an instrument, counted exactly. The counting is the core's; here it is worded.

mod names;
mod page;
mod text;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use geras::prove::prove;

use self::names::Account;
use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::paint;

/// Count over all complete answer sheets what leads to each score, band, row, grade, finding and alert
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras prove gb-t-42195\n  geras prove fr/aggir@2008 --values\n  geras prove nba --json")]
pub(crate) struct Prove {
    /// The instrument: id, id@edition, jurisdiction/id, or the path of a definition
    id: String,

    /// Show the number of sheets for every value of every score
    #[arg(long)]
    values: bool,

    /// Print it as JSON, with a full sheet as a witness of each value
    #[arg(long)]
    json: bool,

    /// Write it as one page for a meeting, self-contained HTML
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    report: Option<PathBuf>,
}

impl Prove {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = desk.tree()?;
        if tree.ways(&self.id)?.is_some() {
            let help = "`geras check` proves that no rule of it is shadowed and nobody is left without a care setting; its instruments are counted one by one";
            return Err(Failure::usage(format!("`{}` is a pathway, and sheets are counted for instruments only", self.id)).help(help));
        }
        let editions = tree.editions(&self.id)?;
        let instrument = editions.newest();
        let start = Instant::now();
        let proof = prove(instrument);
        if self.json {
            writeln!(out, "{}", geras_json::proof_json(instrument, &proof))?;
        } else {
            desk.mind_language(instrument.definition());
            let account = Account { instrument, proof: &proof, language: &desk.language, values: self.values };
            if let Some(file) = &self.report {
                fs::write(file, page::page(&account)).map_err(|reason| {
                    let message = format!("cannot write `{}`: {reason}", file.display());
                    Failure::Usage { message, help: Some("give the path of a file in a folder that is there".to_owned()) }
                })?;
                writeln!(out, "{}", file.display())?;
                return Ok(Verdict::Fine);
            }
            account.write(out)?;
            let took = format!("{} ms", start.elapsed().as_millis());
            writeln!(out, "\n{}", paint::styled(paint::FAINT, &format!("{} {took}", account.pick("用时", "Took"))))?;
        }
        Ok(Verdict::Fine)
    }
}
