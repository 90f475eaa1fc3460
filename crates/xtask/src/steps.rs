//! The steps of `cargo xtask test`: what is checked, in this order, cheap and telling ones first. How they are timed stands in `test`.

use std::path::Path;
use std::{env, fs};

use crate::command::{Program, cargo, program};
use crate::tally::Tally;
use crate::test::Ended::{self, Passed, Skipped};
use crate::{Result, app, place, schema, tools, wasm};

/// One step: its name for `--only`, what it checks, and the step that does the same among others, if there is one.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) checks: &'static str,
    /// A step that is part of another one is left out unless it is named.
    pub(crate) part_of: Option<&'static str>,
    pub(crate) run: fn(&mut Tally) -> Result<Ended>,
}

/// Every step, in the order in which they run.
pub(crate) const STEPS: &[Step] = &[
    step("toolchain", "the compiler has all its parts", toolchain),
    step("format", "every Rust file is formatted", format),
    step("spelling", "no misspelt English word", spelling),
    Step { part_of: Some("tests"), ..step("house", "the rules of the house that no lint holds", house) },
    step("lint", "no warning of the compiler or of clippy", lint),
    step("tests", "all tests in Rust, also those in documents", tests),
    step("documents", "the documentation builds without a warning", documents),
    step("licences", "licences, banned crates and sources of all dependencies", licences),
    step("schemas", "the committed JSON Schemas are those of the code", schemas),
    step("instruments", "every shipped definition is sound and every case holds", instruments),
    step("wasm", "the module in Node gives the same bytes as the native build, and hostile input does no harm", module),
    step("app", "the package and the app, in a real browser: the same bytes for all cases, no answer lost, axe finds nothing", browser),
    step("fuzz", "no input makes a reader fail, for some seconds each", fuzz),
];

const fn step(name: &'static str, checks: &'static str, run: fn(&mut Tally) -> Result<Ended>) -> Step {
    Step { name, checks, part_of: None, run }
}

/// The steps for a person to choose from.
pub(crate) fn listed() -> String {
    let line = |step: &Step| {
        let part = step.part_of.map(|whole| format!(" (part of `{whole}`)")).unwrap_or_default();
        format!("  {:<12} {}{part}\n", step.name, step.checks)
    };
    STEPS.iter().map(line).collect()
}

fn toolchain(_: &mut Tally) -> Result<Ended> {
    tools::component("rustfmt", "fmt")?;
    tools::component("clippy", "clippy")?;
    tools::wasm_target()?;
    Ok(Passed)
}

fn format(_: &mut Tally) -> Result<Ended> {
    cargo("fmt --all -- --check").run()?;
    Ok(Passed)
}

fn spelling(_: &mut Tally) -> Result<Ended> {
    program(tools::typos()?).run()?;
    Ok(Passed)
}

fn house(tally: &mut Tally) -> Result<Ended> {
    cargo("test --workspace --exclude xtask-wasm --test house_rules").run_reading(|line| tally.read(line))?;
    Ok(Passed)
}

fn lint(_: &mut Tally) -> Result<Ended> {
    cargo("clippy --workspace --all-targets --exclude xtask-wasm -- -D warnings").run()?;
    // By itself: among the others its dependencies would be compiled once more, with the features that those ask for.
    cargo("clippy -p xtask-wasm -- -D warnings").run()?;
    Ok(Passed)
}

fn tests(tally: &mut Tally) -> Result<Ended> {
    cargo("test --workspace --exclude xtask-wasm").run_reading(|line| tally.read(line))?;
    Ok(Passed)
}

fn documents(_: &mut Tally) -> Result<Ended> {
    cargo("doc --workspace --no-deps --lib").env("RUSTDOCFLAGS", "-D warnings").run()?;
    Ok(Passed)
}

/// Advisories are left to a later audit: they are fetched from a host that not every machine reaches.
fn licences(_: &mut Tally) -> Result<Ended> {
    tools::cargo_deny()?;
    cargo("deny check bans licenses sources").run()?;
    Ok(Passed)
}

fn schemas(_: &mut Tally) -> Result<Ended> {
    schema::check()?;
    Ok(Passed)
}

fn instruments(_: &mut Tally) -> Result<Ended> {
    cargo("run --quiet -p geras-cli --bin geras -- check instruments").run()?;
    cargo("run --quiet -p geras-cli --bin geras -- test instruments").run()?;
    Ok(Passed)
}

fn module(tally: &mut Tally) -> Result<Ended> {
    tools::node()?;
    wasm::run()?;
    cargo("build --quiet -p geras-cli --bin geras").run()?;
    node_tests("wasm/tests", tally)
}

/// One after the other: each file starts a browser of its own, and some measure time.
fn browser(tally: &mut Tally) -> Result<Ended> {
    let chromium = tools::chromium()?;
    app::build()?;
    cargo("build --quiet -p geras-json --example oracle").run()?;
    env_for_tests(program("node").words("--test --test-concurrency=1 --test-reporter=spec"), "wasm/tests/browser")?
        .env("GERAS_CHROMIUM", &found(&chromium))
        .run_reading(|line| tally.read(line))?;
    Ok(Passed)
}

fn node_tests(folder: &str, tally: &mut Tally) -> Result<Ended> {
    env_for_tests(program("node").words("--test --test-reporter=spec"), folder)?.run_reading(|line| tally.read(line))?;
    Ok(Passed)
}

/// Node's runner with the tests of a folder, which are named one by one because versions of Node read a folder's name in different ways.
fn env_for_tests(node: Program, folder: &str) -> Result<Program> {
    let listed = |reason| format!("cannot list the files of `{folder}`: {reason}");
    let mut files = Vec::new();
    for entry in fs::read_dir(place::root().join(folder)).map_err(listed)? {
        let path = entry.map_err(listed)?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(format!("found no test in `{folder}`"));
    }
    files.sort();
    let node = node.env("GERAS_NATIVE", &place::native().to_string_lossy()).env("GERAS_ORACLE", &place::oracle().to_string_lossy());
    Ok(files.into_iter().fold(node, Program::word))
}

/// A program as a path: Playwright does not look along `PATH`.
fn found(name: &Path) -> String {
    let places = env::var_os("PATH").unwrap_or_default();
    let whole = env::split_paths(&places).map(|place| place.join(name)).find(|path| path.is_file());
    whole.unwrap_or_else(|| name.to_path_buf()).to_string_lossy().into_owned()
}

/// Long enough to compile every target and to meet its own first mistakes; hunting for faults is another day's work.
const FUZZ_SECONDS: u32 = 10;

fn fuzz(_: &mut Tally) -> Result<Ended> {
    if !place::root().join("fuzz/Cargo.toml").exists() {
        return Ok(Skipped("there is no `fuzz/Cargo.toml`"));
    }
    if !tools::nightly() {
        return Ok(Skipped("the nightly compiler is not installed, and fuzzing takes it"));
    }
    tools::cargo_fuzz()?;
    for target in cargo("+nightly fuzz list").output()?.lines() {
        cargo("+nightly fuzz run").word(target).words(&format!("-- -max_total_time={FUZZ_SECONDS}")).run()?;
    }
    Ok(Passed)
}
