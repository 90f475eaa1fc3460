//! Pathways on the command line: the page to print, the queue, many people, what moved, the skeleton, and wrong use. What comes out of the rules is tested elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn geras(arguments: &[&str], input: Option<&str>) -> Output {
    let mut command = Command::new(geras_tests::geras());
    command.args(arguments).current_dir(root()).env("LANG", "en_US.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() }).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().expect("geras starts");
    if let Some(text) = input {
        use std::io::Write as _;
        running.stdin.take().expect("it reads").write_all(text.as_bytes()).expect("it takes its input");
    }
    running.wait_with_output().expect("geras ends")
}
