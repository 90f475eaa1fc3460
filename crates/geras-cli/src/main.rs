//! `geras`, the policy author's bench on the command line. Only this crate knows paths and terminals; all rules are in `geras`.
//!
//! ```text
//! arguments --> one command, one file in commands/ --> standard output, and an exit code: 0 fine, 1 findings, 2 usage
//! ```

mod arguments;
mod bundled;
mod commands;
mod diagnostics;
mod door;
mod failure;
mod language;
mod lines;
mod live;
mod page;
mod paint;
mod report;
mod site;
mod tree;
mod ways;
mod workers;

use std::io::{BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser as _;

use crate::failure::Failure;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let mut out = BufWriter::new(anstream::stdout());
    let result = commands::run(&arguments, &mut out).and_then(|verdict| Ok(out.flush().map(|()| verdict)?));
    match result {
        Ok(verdict) => verdict.into(),
        // Whoever reads has seen enough, as in `geras list | head`.
        Err(Failure::Output(reason)) if reason.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody is left to be told if standard error is closed too.
            let _ = out.flush();
            let _ = failure.show(&mut anstream::stderr());
            failure.exit_code()
        }
    }
}
