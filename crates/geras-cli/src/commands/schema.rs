//! `geras schema`: the published JSON Schemas, for editors and programs. They are made in `geras-json`.

use std::io::Write;

use clap::Args;
use clap::builder::PossibleValuesParser;
use geras_json::{Kind, schema_text};

use crate::failure::{Failure, Verdict};

/// Print the JSON Schema of a file or an answer
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  geras schema answers > answers.schema.json")]
pub(crate) struct Schema {
    /// What the schema is of; without it, the kinds are listed
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)))]
    kind: Option<String>,
}

impl Schema {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, Failure> {
        match self.kind.as_deref().and_then(Kind::from_name) {
            Some(kind) => write!(out, "{}", schema_text(kind))?,
            None => Kind::ALL.iter().try_for_each(|kind| writeln!(out, "{}", kind.name()))?,
        }
        Ok(Verdict::Fine)
    }
}
