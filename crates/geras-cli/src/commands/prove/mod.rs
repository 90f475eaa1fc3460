//! `geras prove`: what holds over all complete answer sheets of an instrument, or records of a pathway, counted exactly. The counting is the core's; here it is worded.

mod frame;
mod lines;
mod names;
mod page;
mod pathway;
mod text;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use geras::Pathway;
use geras::prove::{prove, prove_pathway};

use self::names::Account;
use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::paint;

/// Count over all complete answer sheets what leads to each score, band, row, grade and alert; of a pathway to each rule and care setting
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  geras prove gb-t-42195\n  geras prove fr/aggir@2008 --values\n  geras prove nba --json\n  geras prove cn/eldercare-triage\n  geras prove cn/eldercare-triage --report triage.html --lang zh"
)]
pub(crate) struct Prove {
    /// The instrument or pathway: id, id@edition, jurisdiction/id, or the path of a definition
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
        if let Some(ways) = tree.ways(&self.id)? {
            return self.pathway(ways.newest(), desk, out);
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
                return written(file, &page::page(&account), out);
            }
            account.write(out)?;
            writeln!(out, "\n{}", took(&desk.language, start))?;
        }
        Ok(Verdict::Fine)
    }

    fn pathway(&self, pathway: &Pathway, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        if self.values {
            let message = format!("`{}` is a pathway, and `--values` is for instruments", self.id);
            return Err(Failure::usage(message).help("leave it away: all values are shown"));
        }
        let start = Instant::now();
        let proof = prove_pathway(pathway);
        if self.json {
            writeln!(out, "{}", geras_json::pathway_proof_json(pathway, &proof))?;
            return Ok(Verdict::Fine);
        }
        desk.mind_language(&pathway.definition().head);
        let account = pathway::Account { pathway, proof: &proof, language: &desk.language };
        if let Some(file) = &self.report {
            return written(file, &pathway::page(&account), out);
        }
        account.write(out)?;
        writeln!(out, "\n{}", took(&desk.language, start))?;
        Ok(Verdict::Fine)
    }
}

/// Writes a page and says where.
fn written(file: &Path, page: &str, out: &mut dyn Write) -> Result<Verdict, Failure> {
    fs::write(file, page).map_err(|reason| {
        let message = format!("cannot write `{}`: {reason}", file.display());
        Failure::Usage { message, help: Some("give the path of a file in a folder that is there".to_owned()) }
    })?;
    writeln!(out, "{}", file.display())?;
    Ok(Verdict::Fine)
}

fn took(language: &str, start: Instant) -> String {
    let took = format!("{} {} ms", pick(language, "用时", "Took"), start.elapsed().as_millis());
    paint::styled(paint::FAINT, &took)
}
