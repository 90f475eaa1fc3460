//! The rules of the house that no lint holds, one test each. What the compiler and clippy can hold stands in Cargo.toml instead.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 600;
const MOST_LINES_OF_HALF_THE_FILES: usize = 200;
const NAMES_THAT_SAY_NOTHING: &[&str] = &["utils", "util", "helpers", "helper", "common", "manager", "types", "misc"];
const NOT_OURS: &[&str] = &["target", "node_modules", "dist"];

/// A text file of the repository; its path counts from the top, with `/` on every system.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The lines with code on them, numbered from one.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn is_this_one(&self) -> bool {
        self.path == "tests/house_rules.rs"
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file whose name ends so, in the order of their paths. Hidden folders and built ones are left out.
fn files(ending: &str) -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the repository can be read") {
            let path = entry.expect("an entry can be read").path();
            let name = path.file_name().and_then(OsStr::to_str).expect("names are UTF-8").to_owned();
            if name.starts_with('.') || NOT_OURS.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(ending) {
                let parts: Vec<_> = path.strip_prefix(&root).expect("it is below the top").iter().map(OsStr::to_string_lossy).collect();
                found.push(File { path: parts.join("/"), text: fs::read_to_string(&path).expect("files are UTF-8") });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn assert_none(rule: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

#[test]
fn every_rust_file_opens_with_a_line_that_says_what_it_holds() {
    let says_nothing = |file: &File| {
        let first = file.text.lines().next().unwrap_or_default();
        let said = first.strip_prefix("//!").or_else(|| first.strip_prefix("//")).unwrap_or_default();
        said.trim().chars().count() < 20
    };
    let offenders: Vec<_> = files(".rs").into_iter().filter(says_nothing).map(|file| file.path).collect();
    assert_none("the first line of a file is `//!` and says what it holds and what not", &offenders);
}

#[test]
fn no_rust_file_is_long_and_half_of_them_are_short() {
    let files = files(".rs");
    let mut lengths: Vec<_> = files.iter().map(|file| file.text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    println!("{} Rust files, {} lines; half have at most {median}", lengths.len(), lengths.iter().sum::<usize>());

    let long = files.iter().zip(files.iter().map(|file| file.text.lines().count())).filter(|(_, lines)| *lines > MOST_LINES);
    let offenders: Vec<_> = long.map(|(file, lines)| format!("{}: {lines} lines", file.path)).collect();
    assert_none(&format!("no file has over {MOST_LINES} lines"), &offenders);
    assert!(median <= MOST_LINES_OF_HALF_THE_FILES, "half of the files have over {median} lines");
}

#[test]
fn no_file_or_folder_has_a_name_that_says_nothing() {
    let says_nothing = |file: &File| {
        let path = file.path.trim_end_matches(".rs");
        path.split('/').any(|part| NAMES_THAT_SAY_NOTHING.contains(&part))
    };
    let offenders: Vec<_> = files(".rs").into_iter().filter(says_nothing).map(|file| file.path).collect();
    assert_none("a file is named for what it holds", &offenders);
}

#[test]
fn no_crate_depends_on_a_yaml_reader_that_loses_positions() {
    let mut manifests = files("Cargo.toml");
    manifests.extend(files("Cargo.lock"));
    let mut offenders = Vec::new();
    for manifest in manifests {
        for name in ["serde_yaml", "serde_yml", "serde_yaml_ng", "serde_norway", "yaml_serde", "noyalib"] {
            let names = |line: &str| line.starts_with(&format!("{name} ")) || line == format!("name = \"{name}\"");
            if manifest.text.lines().any(names) {
                offenders.push(format!("{}: {name}", manifest.path));
            }
        }
    }
    assert_none("YAML is read by granit-parser alone", &offenders);
}

#[test]
fn only_the_yaml_module_knows_the_yaml_parser() {
    let home = "crates/geras/src/source/yaml";
    let at_home = |file: &File| file.path == format!("{home}.rs") || file.path.starts_with(&format!("{home}/"));
    let strangers = files(".rs").into_iter().filter(|file| !at_home(file) && !file.is_this_one());
    let offenders: Vec<_> = strangers.filter(|file| file.text.contains("granit_parser")).map(|file| file.path).collect();
    assert_none(&format!("only {home} and what is inside it names the YAML parser"), &offenders);
}

#[test]
fn the_core_touches_no_files_no_clock_and_no_terminal() {
    let outside = ["std::fs", "std::env", "std::time", "std::net", "std::process", "std::thread", "std::io", "print!", "println!"];
    let mut offenders = Vec::new();
    for file in files(".rs").into_iter().filter(|file| file.path.starts_with("crates/geras/src/")) {
        for (number, line) in file.code().filter(|(_, line)| outside.iter().any(|name| line.contains(name))) {
            offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
        }
    }
    assert_none("the core does no input or output and reads no clock", &offenders);
}

#[test]
fn every_silenced_lint_gives_its_reason() {
    let mut offenders = Vec::new();
    for file in files(".rs").into_iter().filter(|file| !file.is_this_one()) {
        for opening in ["#[allow(", "#![allow(", "#[expect(", "#![expect("] {
            for (start, _) in file.text.match_indices(opening) {
                let attribute = file.text[start..].split(")]").next().unwrap_or_default();
                if !attribute.contains("reason = ") {
                    let number = file.text[..start].lines().count() + 1;
                    offenders.push(format!("{}:{number}", file.path));
                }
            }
        }
    }
    assert_none("`#[allow(...)]` and `#[expect(...)]` end with a reason", &offenders);
}

#[test]
fn every_shipped_definition_opens_with_the_line_that_tells_editors_its_schema() {
    let mut offenders = Vec::new();
    for file in files(".yaml").into_iter().filter(|file| file.path.starts_with("instruments/")) {
        let schema = file.text.lines().next().unwrap_or_default().strip_prefix("# yaml-language-server: $schema=");
        let named = schema.and_then(|schema| from_the_top(&file.path, schema)).unwrap_or_default();
        let of_cases = named == "instruments/schema/cases.schema.json";
        let fits = named.starts_with("instruments/schema/") && named.ends_with(".schema.json");
        if !fits || of_cases != file.path.ends_with(".cases.yaml") {
            offenders.push(format!("{}: {}", file.path, if named.is_empty() { "no schema" } else { &named }));
        }
    }
    assert_none("the first line of a definition names its schema in instruments/schema, seen from its own folder", &offenders);
}

/// Where a link leads that stands in a file: its path from the top, or nothing if it leads out of the repository.
fn from_the_top(file: &str, link: &str) -> Option<String> {
    let mut parts: Vec<_> = file.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn every_snapshot_belongs_to_a_test() {
    let offenders: Vec<_> =
        files(".snap").iter().filter_map(|snapshot| Some(format!("{}: {}", snapshot.path, orphaned(snapshot)?))).collect();
    assert_none("no snapshot outlives its test", &offenders);
}

/// Why no test can write this snapshot any more, if that is so. Its header names the test's file and, in a walk over a folder, the input.
fn orphaned(snapshot: &File) -> Option<String> {
    let header = |key: &str| {
        snapshot.text.lines().take_while(|line| *line != "---" || snapshot.text.starts_with(line)).find_map(|line| line.strip_prefix(key))
    };
    let source = header("source: ").map(|source| source.trim_matches('"'))?;
    let Ok(test) = fs::read_to_string(root().join(source)) else { return Some(format!("`{source}` is gone")) };
    if let Some(input) = header("input_file: ").map(|input| input.trim_matches('"')) {
        return (!root().join(input).exists()).then(|| format!("`{input}` is gone"));
    }
    // `module__name@case-2.snap` is the second snapshot of the test `name`, or one that was named `name`, for a case.
    let file = snapshot.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".snap");
    let name = file.rsplit("__").next().unwrap_or_default();
    let name = name.split('@').next().unwrap_or_default();
    let plain = name.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('-');
    (!test.contains(name) && !test.contains(plain)).then(|| format!("`{source}` does not name `{name}`"))
}
