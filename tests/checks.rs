//! Every authoring check: its wrong example is refused by it alone, its right one is sound, and its message is what a person would want to read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use geras::check::{BASE, PATHWAY_BASE, Page, example, pages};
use geras::definition::is_pathway;
use geras::source::Diagnostic;
use geras::{Instrument, Library};
use geras_tests::plain;

/// Everything that is said about a text, errors and warnings. A pathway is read beside the instrument that it uses.
fn said(text: &str) -> Vec<Diagnostic> {
    if is_pathway(text) {
        return Library::read([("base.yaml", BASE), ("example.yaml", text)]).1;
    }
    match Instrument::read("example.yaml", text) {
        Ok(instrument) => instrument.warnings().to_vec(),
        Err(faults) => faults,
    }
}

fn of_one_file() -> impl Iterator<Item = &'static Page> {
    pages().iter().filter(|page| !page.has_several_files())
}

#[test]
fn the_instrument_into_which_examples_are_put_is_sound() {
    assert_eq!(plain(&said(BASE)), "");
    assert_eq!(plain(&said(PATHWAY_BASE)), "");
}

#[test]
fn each_wrong_example_is_refused_for_the_fault_of_its_page() {
    for page in of_one_file() {
        let said = said(&example(page.wrong));
        let names: BTreeSet<_> = said.iter().map(|fault| fault.name).collect();
        assert!(names.contains(page.name), "`{}` is not found in its example, but {names:?}:\n{}", page.name, plain(&said));
    }
}

#[test]
fn each_right_example_is_sound() {
    for page in of_one_file() {
        assert_eq!(plain(&said(&example(page.right))), "", "the right example of `{}`", page.name);
    }
}

#[test]
fn each_fault_is_told_as_in_its_snapshot() {
    for page in of_one_file() {
        insta::with_settings!({ snapshot_suffix => page.name, omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("told", plain(&said(&example(page.wrong))));
        });
    }
}

/// The names of all that is said about the base with these keys replaced.
fn names(fragment: &str) -> Vec<&'static str> {
    said(&example(fragment)).iter().map(|fault| fault.name).collect()
}

#[test]
fn a_matrix_without_a_cell_for_a_case_is_refused() {
    let matrix = |last: &str| {
        format!(
            "scores:\n  total: {{sum: daily, range: [0, 20]}}\n  risk:\n    matrix:\n      rows: {{of: eating, cells: [alone, [helped, fed]]}}\n      \
             columns: {{of: falls, cells: [0..1, \"{last}\"]}}\n      gives: [[0, 1], [1, 2]]\n    range: [0, 2]\n"
        )
    };
    assert_eq!(names(&matrix("> 2")), ["cases-left-open"]);
    assert_eq!(names(&matrix(">= 1")), ["rows-overlap", "rows-overlap"]);
    assert_eq!(names(&matrix("> 1")), [] as [&str; 0]);
}

#[test]
fn rows_that_the_answers_cannot_bring_together_do_not_overlap() {
    let table = |other: &str| {
        format!(
            "scores:\n  total: {{sum: daily, range: [0, 20]}}\n  risk:\n    table:\n      hit: unique\n      columns: [total, eating]\n      rows:\n        \
             - {{if: [0..5, any], then: 0}}\n        - {{if: [any, {other}], then: 1}}\n        - {{if: [\">= 10\", [alone, helped]], then: 1}}\n    range: [0, 1]\n"
        )
    };
    assert_eq!(names(&table("fed")), [] as [&str; 0], "who has to be fed has ten points at least");
    assert_eq!(names(&table("helped")), ["cases-left-open", "rows-overlap", "rows-overlap"]);
}

#[test]
fn a_division_is_fine_where_the_divisor_was_looked_at_before() {
    let alert = |when: &str| format!("alerts:\n  - {{id: a, when: '{when}', text: {{en: A}}, urgency: soon}}\n");
    assert_eq!(names(&alert("total / falls > 2")), ["division-by-zero"]);
    assert_eq!(names(&alert("falls != 0 && total / falls > 2")), [] as [&str; 0]);
    assert_eq!(names(&alert("falls == 0 || total / falls > 2")), [] as [&str; 0]);
    assert_eq!(names(&alert("total / (falls + 1) > 2")), [] as [&str; 0]);
}

#[test]
fn a_floor_that_every_preliminary_grade_meets_never_applies() {
    let floor = |when: &str| {
        let scale = "[{id: mild, label: {en: A}}, {id: moderate, label: {en: B}}, {id: severe, label: {en: C}}]";
        format!(
            "grade:\n  scale: {scale}\n  preliminary: {{band: total}}\n  adjustments:\n    - {{id: least, when: '{when}', at_least: moderate}}\n"
        )
    };
    assert_eq!(names(&floor("total >= 10")), ["adjustment-never-applies"]);
    assert_eq!(names(&floor("total >= 5")), [] as [&str; 0]);
}

#[test]
fn every_snapshot_belongs_to_a_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    for entry in fs::read_dir(folder).expect("the snapshots can be read") {
        let file = entry.expect("an entry can be read").file_name().into_string().expect("names are UTF-8");
        let Some(name) = file.strip_prefix("told@").and_then(|rest| rest.strip_suffix(".snap")) else { continue };
        assert!(of_one_file().any(|page| page.name == name), "`{file}` belongs to no page");
    }
}

#[test]
fn pages_stand_in_the_order_of_their_names_and_each_says_everything() {
    let names: Vec<_> = pages().iter().map(|page| page.name).collect();
    assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    for page in pages() {
        let sentence = |text: &str| text.ends_with('.') && text.starts_with(char::is_uppercase);
        assert!(sentence(page.finds) && sentence(page.why), "the page of `{}` is written in sentences", page.name);
        assert!(page.wrong != page.right, "the examples of `{}` differ", page.name);
    }
}

#[test]
fn every_fault_that_is_named_in_the_core_has_a_page() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/geras/src");
    let mut named = BTreeSet::new();
    for folder in ["source", "definition", "expression", "script", "plan", "check"] {
        let mut files = Vec::new();
        rust_files(&source.join(folder), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("source files are UTF-8");
            named.extend(text.split('"').skip(1).step_by(2).filter(|word| is_name(word)).map(str::to_owned));
        }
    }
    let known: BTreeSet<_> = pages().iter().map(|page| page.name.to_owned()).collect();
    let without: Vec<_> = named.difference(&known).collect();
    assert!(without.is_empty(), "these faults have no page: {without:?}");
    assert!(named.contains("bands-overlap") && named.contains("yaml-syntax"), "the names were looked for in the right place");
}

/// Whether a word is in kebab case, as only names of faults are.
fn is_name(word: &str) -> bool {
    word.contains('-') && word.split('-').all(|part| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_lowercase()))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the core can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}
