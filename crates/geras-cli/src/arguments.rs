//! What can be typed after `geras`. What a command takes stands in the command's own file.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use geras::definition::Use;

use crate::commands::{
    assess, batch, carry, check, cohort, compare, describe, explain, licences, list, new, prove, queue, schema, serve, test,
};

/// Reads assessment instruments, proves them sound, scores answers exactly and explains every step.
#[derive(Debug, Parser)]
#[command(
    name = "geras",
    version,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "\
Examples:
  geras list
  geras assess gb-t-42195 --answers mrs-li.yaml
  geras check instruments/cn

Exit codes: 0 fine, 1 findings, 2 wrong usage."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Read the definitions below this folder instead of the shipped ones
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) instruments: Option<PathBuf>,

    /// Show this site's licensed wording from a folder that holds `<jurisdiction>/<id>/<edition>.texts.yaml`
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) texts: Option<PathBuf>,

    /// What the instruments are used for; those whose licence does not allow it are refused
    #[arg(long = "use", global = true, value_name = "USE", default_value = Use::Clinical.word(), value_parser = uses())]
    pub(crate) used_for: Use,

    /// The language of the report, such as zh or en; otherwise that of the terminal
    #[arg(long, global = true, value_name = "TAG")]
    pub(crate) lang: Option<String>,
}

/// The words for uses. One that is misspelt is refused with the nearest.
fn uses() -> impl TypedValueParser<Value = Use> {
    PossibleValuesParser::new(Use::ALL.map(Use::word)).map(|word| Use::from_word(&word).unwrap_or(Use::Clinical))
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Assess one person: the outcome and its explanation
    Assess(assess::Assess),
    /// Assess many people, a line each
    Batch(batch::Batch),
    /// Make up people who answer an instrument
    Cohort(cohort::Cohort),
    /// Fill a sheet from the answers to another instrument
    Carry(carry::Carry),
    /// Say what is wrong with definitions
    Check(check::Check),
    /// Run the cases that stand beside the definitions
    Test(test::Test),
    /// Count over all complete answer sheets what leads to each result
    Prove(prove::Prove),
    /// Say what changes between two editions, and for whom
    Compare(compare::Compare),
    /// Show what is in an instrument
    Describe(describe::Describe),
    /// Print the JSON Schema of a file or an answer
    Schema(schema::Schema),
    /// Begin a definition and its cases
    New(new::New),
    /// Show the page of a check: what it finds, why it matters, how to mend it
    Explain(explain::Explain),
    /// List the instruments by domain
    List(list::List),
    /// Show what each licence allows
    Licences(licences::Licences),
    /// Put people who wait for places in order, and propose an allocation
    Queue(queue::Queue),
    /// Serve the assessor's app and the definitions on this machine
    Serve(serve::Serve),
}
