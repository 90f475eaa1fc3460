//! `geras compare`: two editions by meaning, and whom of a cohort that affects. What changes is the core's to say; here it is read in and handed on.

mod account;
mod cohort;
mod costs;
mod flow;
mod names;
mod page;
mod pathway;
mod people;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use geras::carry::mapping;
use geras::compare::{compare, compare_pathways};
use geras::{Instrument, Pathway};

use self::account::Account;
use self::names::Names;
use super::Desk;
use super::carry::carry_files;
use crate::failure::{Failure, Verdict};
use crate::tree::Tree;

/// Say what changes between two editions or pathways, exactly and over all sheets, and whom of a cohort it affects
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras compare gb-t-42195@2022 draft.yaml
  geras compare mz-t-039 gb-t-42195 --json
  geras compare cn/eldercare-triage cn-sh/putuo --cohort people.ndjson
  geras compare gb-t-42195@2022 draft.yaml --cohort people.ndjson --by dementia --costs costs.yaml --html change.html

People are lines of JSON or rows of a table as `geras batch` reads them: sheets of A, which serve B too as far as the questions agree.
Costs are a file with an amount for each grade of either: `severe: 1200.50`.
Exit codes: 0 the same, 1 something differs or was not decided, 2 wrong usage.")]
pub(crate) struct Compare {
    /// The edition or pathway that is: id, id@edition, jurisdiction/id, or the path of a definition
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
        match (tree.ways(&self.a)?, tree.ways(&self.b)?) {
            (Some(a), Some(b)) => return self.pathways(a.newest(), b.newest(), desk, out),
            (None, None) => {}
            (one, _) => {
                let (pathway, other) = if one.is_some() { (&self.a, &self.b) } else { (&self.b, &self.a) };
                // What is not there at all is told first.
                tree.editions(other)?;
                return Err(Failure::usage(format!("`{pathway}` is a pathway, and `{other}` is not")).help("compare like with like"));
            }
        }
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

    fn pathways(&self, a: &Pathway, b: &Pathway, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let given = [("--by", !self.by.is_empty()), ("--costs", self.costs.is_some()), ("--html", self.html.is_some())];
        if let Some((option, _)) = given.iter().find(|(_, given)| *given) {
            return Err(
                Failure::usage(format!("`{option}` is for instruments, and these are pathways")).help("leave it away, or use `--json`")
            );
        }
        let comparison = compare_pathways(a, b);
        if comparison.questions.same == 0 {
            let (one, two) = (a.definition().name(), b.definition().name());
            return Err(Failure::usage(format!("`{one}` and `{two}` have no question in common, so nothing can be compared")));
        }
        let people = self.cohort.as_ref().map(|file| people::read(file, (a, b), desk)).transpose()?;
        desk.mind_language(&a.definition().head);
        if self.json {
            writeln!(out, "{}", geras_json::pathway_comparison_json(a, b, &comparison, people.as_ref()))?;
        } else {
            pathway::Account { a, b, comparison: &comparison, people: people.as_ref(), language: &desk.language }.write(out)?;
        }
        Ok(Verdict::findings_if(!comparison.is_same()))
    }
}

/// The instrument that a name means.
fn instrument(tree: &Tree, name: &str) -> Result<Instrument, Failure> {
    Ok(tree.editions(name)?.newest().clone())
}
