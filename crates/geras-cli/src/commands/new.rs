//! `geras new`: begins a definition and its cases. The skeletons are in ../skeleton; what is written passes `check` and `test`.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::{Failure, Verdict};

/// Begin a definition and its cases
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  geras new my-scale --dir instruments/intl --name \"My scale\"\n  \
geras new my-city --pathway --dir instruments/cn-sh --jurisdiction CN-SH\n\n\
Writes instruments/intl/my-scale/1.yaml and 1.cases.yaml beside it. Nothing is overwritten.")]
pub(crate) struct New {
    /// The id: lower case, digits and hyphens
    id: String,

    /// Begin a pathway instead of an instrument
    #[arg(long)]
    pathway: bool,

    /// The folder of the jurisdiction, in which a folder of that id is made
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,

    /// The name in words; otherwise the id
    #[arg(long)]
    name: Option<String>,

    /// The published issue, such as 2022
    #[arg(long, default_value = "1")]
    edition: String,

    /// ISO 3166 code such as CN or CN-SH, or INTL for an instrument that belongs to no country
    #[arg(long, default_value = "INTL")]
    jurisdiction: String,
}

impl New {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, Failure> {
        self.refuse_bad_words()?;
        let folder = self.dir.join(&self.id);
        let definition = folder.join(format!("{}.yaml", self.edition));
        let cases = folder.join(format!("{}.cases.yaml", self.edition));
        if let Some(there) = [&definition, &cases].into_iter().find(|path| path.exists()) {
            return Err(exists(there));
        }
        fs::create_dir_all(&folder).map_err(|reason| Failure::file(&folder, "made", &reason))?;
        let (first, beside) = if self.pathway {
            (include_str!("../skeleton/pathway.yaml"), include_str!("../skeleton/pathway-cases.yaml"))
        } else {
            (include_str!("../skeleton/definition.yaml"), include_str!("../skeleton/cases.yaml"))
        };
        write(&definition, &self.filled(first))?;
        write(&cases, &self.filled(beside))?;
        writeln!(out, "{}\n{}", definition.display(), cases.display())?;
        writeln!(out, "\nNext: edit them, then run\n  geras check {0}\n  geras test {0}", folder.display())?;
        Ok(Verdict::Fine)
    }

    /// What is put into the skeleton must be what it is there for: an id, an edition, a code.
    fn refuse_bad_words(&self) -> Result<(), Failure> {
        let only =
            |text: &str, more: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter));
        if !only(&self.id, "-") || self.id.to_lowercase() != self.id || !self.id.starts_with(|first: char| first.is_ascii_lowercase()) {
            let message = format!("`{}` is no id", self.id);
            return Err(Failure::usage(message).help("an id has lower-case letters, digits and hyphens, and begins with a letter"));
        }
        if !only(&self.edition, "-._") || self.edition.starts_with('.') {
            return Err(Failure::usage(format!("`{}` is no edition", self.edition)).help("an edition is a word such as 2022"));
        }
        if !only(&self.jurisdiction, "-") {
            return Err(
                Failure::usage(format!("`{}` is no jurisdiction", self.jurisdiction)).help("write a code such as CN, CN-SH or INTL")
            );
        }
        Ok(())
    }

    fn filled(&self, skeleton: &str) -> String {
        let name = self.name.as_ref().unwrap_or(&self.id).replace('\\', "\\\\").replace('"', "\\\"").replace(char::is_control, " ");
        let words = [("EDITION", &self.edition), ("JURISDICTION", &self.jurisdiction.to_uppercase()), ("NAME", &name)];
        let text = words.iter().fold(skeleton.to_owned(), |text, (word, value)| text.replace(word, value));
        text.replace(": ID", &format!(": {}", self.id))
    }
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|reason| if reason.kind() == ErrorKind::AlreadyExists { exists(path) } else { Failure::file(path, "written", &reason) })
}

fn exists(path: &Path) -> Failure {
    Failure::usage(format!("`{}` is there already, and nothing is overwritten", path.display())).help("choose another id or edition")
}
