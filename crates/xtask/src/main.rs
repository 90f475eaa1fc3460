//! `cargo xtask`: the project's chores, one file per command. Knows how the project is built and checked, nothing about its content.
//!
//! ```text
//! main ── test ──── steps ── tools      what is checked, in which order; the programs that this takes
//!      ├─ wasm ────────────┘  │
//!      ├─ app ─────────────┤  │
//!      ├─ schema           │  │
//!      └─ bench ── command ───┘         every other program is run by way of `command`
//! ```

mod app;
mod bench;
mod command;
mod place;
mod schema;
mod steps;
mod tally;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

/// What a chore comes to; the text says what failed and, where it can, what to do.
type Result<T = ()> = std::result::Result<T, String>;

const HELP: &str = "\
cargo xtask test [--only STEP]...   every check of the project in order, or the named steps alone
cargo xtask wasm                    the browser build, into wasm/package/dist
cargo xtask app [ARGUMENT]...       the browser build, the npm package and the assessor's app, served on this machine;
                                    the arguments go to `geras serve`, such as `--instruments DIR` and `--port N`
cargo xtask schema [--check]        writes the JSON Schemas in instruments/schema, or compares them
cargo xtask bench [ARGUMENT]...     the benches; the arguments go to them
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["test", rest @ ..] => test::run(rest),
        ["wasm"] => wasm::run(),
        ["app", rest @ ..] => app::run(rest),
        ["schema"] => schema::write(),
        ["schema", "--check"] => schema::check(),
        ["bench", rest @ ..] => bench::run(rest),
        _ => {
            eprint!("{HELP}\nthe steps of `test`:\n{}", steps::listed());
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\n{reason}");
            ExitCode::FAILURE
        }
    }
}
