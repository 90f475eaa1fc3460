//! `geras test` with its suggestions and changes, and `geras cohort`, from the outside: what a person reads and what ends with which code.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn command(arguments: &[&str]) -> Command {
    let test = std::env::current_exe().expect("the test knows where it is");
    let folder = test.parent().and_then(Path::parent).expect("it lies in deps/ of the profile's folder");
    let binary = folder.join(format!("geras{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "{} is not there: run `cargo build -p geras-cli` first", binary.display());
    let mut command = Command::new(binary);
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("geras starts")
}

fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("geras starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    let input = input.to_vec();
    // Both ways at once: whoever writes much waits for a reader.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("geras ends");
    writer.join().expect("the writer ends");
    output
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("it writes UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("it writes UTF-8")
}

/// Holds an exit code, and that nothing panicked.
fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}{}", out(output), err(output));
    assert!(!err(output).contains("panicked"), "{}", err(output));
}

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli_guards").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

#[test]
fn test_takes_ids_and_tells_programs_what_no_case_touches() {
    let output = run(&["test", "gb-t-42195@2022", "--json"]);
    ends(&output, 0);
    let files: serde_json::Value = serde_json::from_str(out(&output)).expect("it is JSON");
    let coverage = &files[0]["coverage"];
    assert!(coverage["edges"]["covered"].as_u64() > Some(20) && coverage["edges"]["missing"].is_array(), "{coverage}");
    assert_eq!(files[0]["cases_for"], "gb-t-42195@2022");
    ends(&run(&["test", "gbt-42195"]), 2);
    assert!(err(&run(&["test", "gbt-42195"])).contains("did you mean `gb-t-42195`?"));
    assert!(err(&run(&["test", "gb-t-42195@1999"])).contains("there are 2022"));
    ends(&run(&["test", "gb-t-42195", "--mutate", "--suggest"]), 2);
}

/// The small instrument of the pages with a few cases, in a folder of its own.
fn guarded(name: &str, cases: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("1.yaml"), geras::check::BASE).expect("a file can be written");
    fs::write(folder.join("1.cases.yaml"), format!("cases_for: daily-help@1\n{cases}")).expect("a file can be written");
    folder
}

const FEW: &str = "sheets: {well: {fill: first}}\ncases:\n  - {name: nothing is wrong, sheet: well, expect: {grade: mild, alerts: []}}\n";

#[test]
fn suggested_cases_are_refused_until_somebody_has_filled_them_in() {
    let folder = guarded("suggest", FEW);
    let path = folder.join("1.cases.yaml");
    let output = run(&["test", path.to_str().expect("its name is UTF-8"), "--suggest"]);
    ends(&output, 0);
    let suggested = out(&output).to_owned();
    assert!(suggested.contains("  - name: \"falls is 3, next to 2\"\n    sheet: well\n    answers: {falls: 3}\n"), "{suggested}");
    fs::write(&path, format!("cases_for: daily-help@1\n{FEW}{suggested}")).expect("a file can be written");
    let output = run(&["test", path.to_str().expect("its name is UTF-8")]);
    ends(&output, 1);
    assert!(out(&output).contains("error[case-unfilled]") && out(&output).contains("in place of `\"?\"`"), "{}", out(&output));
}

#[test]
fn changes_that_no_case_notices_are_listed_at_their_line() {
    let folder = guarded("mutate", FEW);
    let path = folder.to_str().expect("its name is UTF-8");
    let output = run(&["test", path, "--mutate"]);
    ends(&output, 1);
    assert!(out(&output).contains("1.yaml:40:35  when of the alert falls_often\n    >=  →  >\n"), "{}", out(&output));
    assert!(out(&output).contains("would change falls_often: yes → no"), "{}", out(&output));
    let again = run(&["test", path, "--mutate"]);
    assert_eq!(out(&output), out(&again), "on all cores the same order");
    let output = run(&["test", path, "--mutate", "--json"]);
    let files: serde_json::Value = serde_json::from_str(out(&output)).expect("it is JSON");
    let unnoticed = files[0]["mutated"]["unnoticed"].as_array().expect("there are some");
    assert!(unnoticed.iter().any(|one| one["line"] == 40 && one["new"] == ">" && one["case"].is_string()), "{unnoticed:?}");
    let failing = guarded("mutate-failing", "cases:\n  - {name: a, answers: {coma: true}, expect: {grade: mild}}\n");
    let output = run(&["test", failing.to_str().expect("its name is UTF-8"), "--mutate"]);
    ends(&output, 1);
    assert!(out(&output).contains("no change was tried: the cases have to pass first"), "{}", out(&output));
}

#[test]
fn synthetic_people_are_the_same_again_and_stay_marked_through_a_batch() {
    let like = "examples/cohorts/gb-t-42195.yaml";
    let people = run(&["cohort", "gb-t-42195", "--size", "2500", "--seed", "7", "--like", like]);
    ends(&people, 0);
    assert_eq!(people.stdout, run(&["cohort", "gb-t-42195", "--size", "2500", "--seed", "7", "--like", like]).stdout);
    assert!(err(&people).contains("every answer is as likely as every other one for grooming"), "{}", err(&people));
    let outcomes = fed(&["batch", "gb-t-42195", "--answers", "-", "--out", "-"], &people.stdout);
    ends(&outcomes, 0);
    assert_eq!(out(&outcomes).lines().filter(|line| line.contains("\"synthetic\":true,\"status\":\"decided\"")).count(), 2500);
    let table = run(&["cohort", "gb-t-42195", "--size", "5", "--seed", "7", "--format", "csv"]);
    assert!(out(&table).starts_with("id,synthetic,eating,") && out(&table).lines().count() == 6, "{}", out(&table));
    assert!(err(&table).contains("real people are not like that"), "{}", err(&table));
    let one = out(&people).lines().next().expect("somebody").to_owned();
    let report = fed(&["assess", "gb-t-42195", "--answers", "-", "--lang", "zh"], one.as_bytes());
    assert!(out(&report).contains("合成数据，并非真人"), "{}", out(&report));
}

#[test]
fn a_cohort_that_cannot_be_is_refused_in_words() {
    let told = |arguments: &[&str], words: &str| {
        let output = run(arguments);
        ends(&output, 2);
        assert!(err(&output).contains(words), "{}", err(&output));
    };
    told(&["cohort", "gb-t-42195", "--size", "0", "--seed", "1"], "a cohort of nobody is no cohort");
    told(&["cohort", "gb-t-42195", "--size", "999999999999", "--seed", "1"], "are more than 100,000,000");
    told(&["cohort", "gb-t-42195", "--size", "-3", "--seed", "1"], "-3");
    told(&["cohort", "gb-t-42195", "--size", "3"], "--seed");
    told(&["cohort", "gbt-42195", "--size", "3", "--seed", "1"], "did you mean `gb-t-42195`?");
    told(&["cohort", "cn/eldercare-triag", "--size", "3", "--seed", "1"], "did you mean `eldercare-triage`?");
    told(&["cohort", "gb-t-42195", "--size", "3", "--seed", "1", "--like", "nowhere.yaml"], "there is no such file or folder");
    let like = folder("like").join("like.yaml");
    fs::write(&like, "cohort_for: gb-t-42195\nitems:\n  eating: {shares: {independent: 0.5}}\n").expect("a file can be written");
    told(
        &["cohort", "gb-t-42195", "--size", "3", "--seed", "1", "--like", like.to_str().expect("its name is UTF-8")],
        "the shares of `eating` add up to 0.5, not to 1",
    );
}

#[test]
fn a_pathway_gets_the_cases_that_lie_next_to_its_own() {
    let output = run(&["test", "cn/hospice-admission", "--suggest"]);
    ends(&output, 0);
    let told = out(&output);
    assert!(told.contains("the cases touch everything") || told.contains("    expect: {") || told.contains("no sheet was found"), "{told}");
    assert_eq!(told, out(&run(&["test", "cn/hospice-admission", "--suggest"])));
}
