//! The binary `geras` as tests run it: with arguments and input, its exit code and what it prints. What it should print is for the tests to say.

#![allow(clippy::expect_used, reason = "this serves tests, where that is how one fails")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The binary that was built beside this test.
fn geras() -> PathBuf {
    let test = std::env::current_exe().expect("the test knows where it is");
    let folder = test.parent().and_then(Path::parent).expect("it lies in deps/ of the profile's folder");
    let binary = folder.join(format!("geras{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "{} is not there: run `cargo build -p geras-cli` first", binary.display());
    binary
}

/// The command with these arguments, at the root of the project, in English.
#[must_use]
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(geras());
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").stdin(Stdio::null());
    command
}

/// What came of it.
#[must_use]
pub fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("geras starts")
}

/// The same with something on standard input.
#[must_use]
pub fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("geras starts");
    // A command that refuses its arguments does not read on.
    let _ = child.stdin.take().expect("it has an input").write_all(input);
    child.wait_with_output().expect("geras ends")
}

/// What it printed.
#[must_use]
pub fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("it writes UTF-8")
}

/// What it complained of.
#[must_use]
pub fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("it writes UTF-8")
}

/// Holds an exit code, and that nothing panicked.
pub fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}{}", out(output), err(output));
    assert!(!err(output).contains("panicked"), "{}", err(output));
}
