//! `cargo xtask bench`: runs the benches of all crates. Sets no limit: a time is read by a person.

use crate::Result;
use crate::command::cargo;

/// Runs them all, or those whose name holds the first argument.
pub(crate) fn run(arguments: &[&str]) -> Result {
    let bench = cargo("bench --workspace --benches --");
    arguments.iter().fold(bench, |bench, argument| bench.word(argument)).run()
}
