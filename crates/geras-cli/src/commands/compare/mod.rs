//! `geras compare`: two editions by meaning, and whom of a cohort that affects. What changes is the core's to say; here it is read in and handed on.

mod account;
mod cohort;
mod costs;
mod flow;
mod names;
mod page;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use geras::Instrument;
use geras::carry::mapping;
use geras::compare::compare;

use self::account::Account;
use self::names::Names;
use super::Desk;
use super::carry::carry_files;
use crate::failure::{Failure, Verdict};
use crate::tree::Tree;

/// Say what changes between two editions, exactly and over all sheets, and whom of a cohort it affects
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras compare gb-t-42195@2022 draft.yaml
  geras compare mz-t-039 gb-t-42195 --json
  geras compare gb-t-42195@2022 draft.yaml --cohort people.ndjson --by dementia --costs costs.yaml --html change.html

People are lines of JSON or rows of a table as `geras batch` reads them: sheets of A, which serve B too as far as the questions agree.
Costs are a file with an amount for each grade of either: `severe: 1200.50`.
Exit codes: 0 the same, 1 something differs or was not decided, 2 wrong usage.")]
pub(crate) struct Compare {
    /// The edition that is: id, id@edition, jurisdiction/id, or the path of a definition
    a: String,

    /// The edition that it is compared with
    b: String,

    /// The people it may affect: a file that ends in .ndjson, .jsonl or .csv
    #[arg(long, value_name = "FILE")]
    cohort: Option<PathBuf>,

    /// Count the people by their answers to these items or inputs too
    #[arg(long, value_name = "ITEM,...", value_delimiter = ',', requires = "cohort")]
    by: Vec<String>,

    /// What a person of each grade costs
    #[arg(long, value_name = "FILE", requires = "cohort")]
    costs: Option<PathBuf>,

    /// Write one page for a meeting, to read or to print
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Print it as JSON, with full sheets
    #[arg(long)]
    json: bool,
}

impl Compare {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let tree = desk.tree()?;
        let (a, b) = (instrument(&tree, &self.a)?, instrument(&tree, &self.b)?);
        let files = carry_files(&tree)?;
        let mapping = mapping(&files, &a, &b).map_err(Failure::Unsound)?;
        let comparison = compare(&a, &b, mapping.as_ref());
        if comparison.questions.same == 0 && comparison.questions.carried.is_empty() {
            let name = |instrument: &Instrument| format!("{}@{}", instrument.definition().id.value, instrument.definition().edition.value);
            let message = format!("`{}` and `{}` have no question in common, so nothing can be compared", name(&a), name(&b));
            return Err(
                Failure::usage(message).help(format!("a mapping stands in `<edition>.carry.yaml` beside the definition of `{}`", name(&b)))
            );
        }
        let cohort = self.cohort.as_ref().map(|file| cohort::read(file, (&a, &b), mapping.as_ref(), &self.by, desk)).transpose()?;
        let people = match (cohort, &self.costs) {
            (Some(people), Some(file)) => Some(cohort::with_costs(people, &costs::read(file, &a, &b)?)),
            (cohort, _) => cohort,
        };
        desk.mind_language(a.definition());
        let names = Names { a: &a, b: &b, language: &desk.language };
        let account = Account { names, comparison: &comparison, people: people.as_ref() };
        if let Some(file) = &self.html {
            fs::write(file, page::page(&account)).map_err(|reason| Failure::file(file, "written", &reason))?;
        }
        if self.json {
            writeln!(out, "{}", geras_json::comparison_json(&a, &b, &comparison, people.as_ref()))?;
        } else {
            account.write(out)?;
        }
        Ok(Verdict::findings_if(!comparison.is_same()))
    }
}

/// The instrument that a name means; a pathway is refused by its name.
fn instrument(tree: &Tree, name: &str) -> Result<Instrument, Failure> {
    if tree.ways(name)?.is_some() {
        return Err(
            Failure::usage(format!("`{name}` is a pathway; only instruments are compared")).help("compare the instruments that it uses")
        );
    }
    Ok(tree.editions(name)?.newest().clone())
}
