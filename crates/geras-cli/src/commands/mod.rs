//! The commands, one a file. Each writes its result to `out` and says how it ended; none writes to the terminal by itself.

pub(crate) mod assess;
pub(crate) mod batch;
pub(crate) mod carry;
pub(crate) mod check;
pub(crate) mod cohort;
pub(crate) mod compare;
pub(crate) mod describe;
pub(crate) mod explain;
pub(crate) mod licences;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod pathway;
pub(crate) mod prove;
pub(crate) mod queue;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod test;

use std::io::Write;

use geras::definition::Definition;

use crate::arguments::{Arguments, Command};
use crate::failure::{Failure, Verdict};
use crate::site::Site;
use crate::tree::Tree;
use crate::{language, paint};

/// What every command knows: which definitions, which language.
pub(crate) struct Desk<'a> {
    arguments: &'a Arguments,
    pub(crate) language: String,
}

impl Desk<'_> {
    /// The definitions that `--instruments` names, or else the shipped ones.
    pub(crate) fn tree(&self) -> Result<Tree, Failure> {
        Ok(Tree::open(self.arguments.instruments.as_deref())?.at(self.site()))
    }

    /// What the site has put in place.
    pub(crate) fn site(&self) -> Site {
        Site { texts: self.arguments.texts.clone(), used_for: self.arguments.used_for }
    }

    /// The folder that `--instruments` names.
    pub(crate) fn folder(&self) -> Option<&std::path::Path> {
        self.arguments.instruments.as_deref()
    }

    /// The languages of a JSON document: the one that was asked for, or all that the definition has.
    pub(crate) fn languages<'d>(&'d self, definition: &'d Definition) -> Vec<&'d str> {
        match self.arguments.lang {
            Some(_) => vec![&self.language],
            None => definition.languages.iter().map(|language| language.value.as_str()).collect(),
        }
    }

    /// Says so if somebody asked for a language that the definition does not have.
    pub(crate) fn mind_language(&self, definition: &Definition) {
        let known = definition.languages.iter().any(|language| language.value == self.language);
        if self.arguments.lang.is_some() && !known {
            let languages: Vec<&str> = definition.languages.iter().map(|language| language.value.as_str()).collect();
            let (name, asked, known) = (&definition.id.value, &self.language, languages.join(", "));
            // Nobody is left to be told if standard error is closed.
            let _ = writeln!(
                anstream::stderr(),
                "{}: `{name}` has no texts in `{asked}`; it has {known}",
                paint::styled(paint::WARNING, "note")
            );
        }
    }
}

/// Runs the command that was typed.
pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Verdict, Failure> {
    let desk = Desk { arguments, language: language::chosen(arguments.lang.as_deref()) };
    match &arguments.command {
        Command::Assess(assess) => assess.run(&desk, out),
        Command::Batch(batch) => batch.run(&desk, out),
        Command::Cohort(cohort) => cohort.run(&desk, out),
        Command::Carry(carry) => carry.run(&desk, out),
        Command::Check(check) => check.run(&desk, out),
        Command::Test(test) => test.run(&desk, out),
        Command::Prove(prove) => prove.run(&desk, out),
        Command::Compare(compare) => compare.run(&desk, out),
        Command::Describe(describe) => describe.run(&desk, out),
        Command::Schema(schema) => schema.run(out),
        Command::New(new) => new.run(out),
        Command::Explain(explain) => explain.run(out),
        Command::List(list) => list.run(&desk, out),
        Command::Licences(licences) => licences.run(&desk, out),
        Command::Queue(queue) => queue.run(&desk, out),
        Command::Serve(serve) => serve.run(&desk, out),
    }
}
