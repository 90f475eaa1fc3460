//! The manual of the definition language is run: each YAML block of it is read, refused or assessed as its mark says. Says nothing of the code's own tests.
//!
//! ```text
//! yaml instrument      a whole definition, which the following blocks build on
//! yaml step            whole top-level keys that replace or extend it, for good
//! yaml wrong NAME      the same, for this block only; the fault NAME and no other has to be found
//! yaml                 the same, for this block only, and nothing may be found
//! yaml cases           a file of cases, all of which hold
//! yaml carry           a file of mappings, sound between the definition and the one of the checks' examples
//! yaml answers         a file of answers, which is let in
//! yaml texts           a site's file of texts, which fits
//! yaml like            what a cohort of synthetic people is like, which fits
//! yaml pathway         a whole pathway beside the instrument; wrong-on-pathway NAME and cases-on-pathway as above, but of the pathway
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use geras::carry::CarryFile;
use geras::cases::CaseFile;
use geras::check::{BASE, Page, example, pages};
use geras::definition::{Date, is_pathway};
use geras::site::SiteTexts;
use geras::source::{Diagnostic, Entry, Kind, Severity, Source, Value, parse};
use geras::{Instrument, Library};

/// A fenced block of a document.
struct Block<'t> {
    line: usize,
    mark: &'t str,
    text: String,
}

fn document(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn manual() -> String {
    document("instruments/README.md")
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let (mut blocks, mut open) = (Vec::new(), None);
    for (number, line) in document.lines().enumerate() {
        match (open.take(), line.strip_prefix("```")) {
            (None, None) => {}
            (None, Some(mark)) => open = Some(Block { line: number + 2, mark: mark.trim(), text: String::new() }),
            (Some(block), Some(_)) => blocks.push(block),
            (Some(mut block), None) => {
                block.text += &format!("{line}\n");
                open = Some(block);
            }
        }
    }
    blocks
}

/// What stands outside of all blocks.
fn prose(document: &str) -> String {
    document.split("\n```").step_by(2).collect()
}

/// The top-level keys of a definition, each with its lines. Reads no YAML: a block may be broken on purpose.
fn top_level(text: &str) -> Vec<(&str, String)> {
    let mut keys: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        let key = line.split_once(':').map(|(key, _)| key).filter(|key| !key.is_empty() && !key.contains([' ', '#', '-']));
        match (key, keys.last_mut()) {
            (None, Some((_, lines))) => *lines += &format!("{line}\n"),
            (key, _) => keys.push((key.unwrap_or_default(), format!("{line}\n"))),
        }
    }
    keys
}

/// A definition in which each top-level key of `with` takes the place of the same key, or is put at the end.
fn spliced(definition: &str, with: &str) -> String {
    let mut keys = top_level(definition);
    for (key, lines) in top_level(with) {
        match keys.iter_mut().find(|(known, _)| *known == key) {
            Some(place) => place.1 = lines,
            None => keys.push((key, lines)),
        }
    }
    keys.into_iter().map(|(_, lines)| lines).collect()
}

fn said(text: &str) -> Vec<Diagnostic> {
    if is_pathway(text) {
        return Library::read([("base.yaml", BASE), ("manual.yaml", text)]).1;
    }
    match Instrument::read("manual.yaml", text) {
        Ok(instrument) => instrument.warnings().to_vec(),
        Err(faults) => faults,
    }
}

/// A pathway of the manual, read beside the manual's instrument.
fn beside(instrument: &str, pathway: &str) -> (Library, Vec<Diagnostic>) {
    Library::read([("manual.yaml", instrument), ("pathway.yaml", pathway)])
}

fn sound(text: &str, line: usize) -> Instrument {
    let said = said(text);
    assert!(said.is_empty(), "the block at line {line} of the manual:\n{}", geras_tests::plain(&said));
    Instrument::read("manual.yaml", text).unwrap_or_else(|_| panic!("the block at line {line} of the manual is refused"))
}

#[test]
fn each_block_of_the_manual_does_what_its_mark_says() {
    let (manual, mut current, mut run) = (manual(), String::new(), BTreeSet::new());
    let mut pathway = String::new();
    for block in blocks(&manual).iter().filter(|block| block.mark.starts_with("yaml")) {
        let mut words = block.mark.split(' ').skip(1);
        let (kind, name) = (words.next().unwrap_or_default(), words.next());
        run.insert(kind);
        match (kind, name) {
            ("instrument", None) => current.clone_from(&block.text),
            ("step", None) => current = spliced(&current, &block.text),
            ("", None) => drop(sound(&spliced(&current, &block.text), block.line)),
            ("wrong", Some(name)) => {
                let said = said(&spliced(&current, &block.text));
                let names: BTreeSet<_> = said.iter().map(|fault| fault.name).collect();
                let told = geras_tests::plain(&said);
                assert!(names == BTreeSet::from([name]), "the block at line {} of the manual gives {names:?}:\n{told}", block.line);
            }
            ("pathway", None) => {
                pathway.clone_from(&block.text);
                assert_eq!(geras_tests::plain(&beside(&current, &pathway).1), "", "the pathway at line {} of the manual", block.line);
            }
            ("wrong-on-pathway", Some(name)) => {
                let said = beside(&current, &spliced(&pathway, &block.text)).1;
                let names: BTreeSet<_> = said.iter().map(|fault| fault.name).collect();
                let told = geras_tests::plain(&said);
                assert!(names == BTreeSet::from([name]), "the block at line {} of the manual gives {names:?}:\n{told}", block.line);
            }
            ("cases-on-pathway", None) => {
                let file =
                    CaseFile::read("manual.cases.yaml", &block.text).unwrap_or_else(|faults| panic!("{}", geras_tests::plain(&faults)));
                let library = beside(&current, &pathway).0;
                let report = geras::cases::run_on_pathway(&file, &library.pathways()[0]);
                assert!(report.diagnostics.is_empty(), "the cases at line {}:\n{}", block.line, geras_tests::plain(&report.diagnostics));
            }
            ("cases", None) => cases_hold(block, &sound(&current, block.line)),
            ("carry", None) => mappings_are_sound(block, &current),
            ("answers", None) => answers_are_let_in(block, &sound(&current, block.line)),
            ("like", None) => {
                let like = geras_cohort::Likeness::read("manual.yaml", &block.text, &sound(&current, block.line));
                like.unwrap_or_else(|faults| panic!("line {}:\n{}", block.line, geras_tests::plain(&faults)));
            }
            ("texts", None) => texts_fit(block, sound(&current, block.line)),
            _ => panic!("the mark `{}` at line {} of the manual is not known", block.mark, block.line),
        }
        if matches!(kind, "instrument" | "step") {
            sound(&current, block.line);
        }
    }
    let all = [
        "",
        "instrument",
        "step",
        "wrong",
        "cases",
        "carry",
        "answers",
        "texts",
        "like",
        "pathway",
        "wrong-on-pathway",
        "cases-on-pathway",
    ];
    assert_eq!(run, BTreeSet::from(all), "blocks of every kind were found");
}

fn cases_hold(block: &Block<'_>, instrument: &Instrument) {
    let file = CaseFile::read("manual.cases.yaml", &block.text);
    let file = file.unwrap_or_else(|faults| panic!("the cases at line {}:\n{}", block.line, geras_tests::plain(&faults)));
    let report = geras::cases::run(&file, instrument);
    assert!(report.diagnostics.is_empty(), "the cases at line {}:\n{}", block.line, geras_tests::plain(&report.diagnostics));
    assert!(!report.results.is_empty());
}

fn mappings_are_sound(block: &Block<'_>, current: &str) {
    let file = CarryFile::read("manual.carry.yaml", &block.text);
    let file = file.unwrap_or_else(|faults| panic!("the mappings at line {}:\n{}", block.line, geras_tests::plain(&faults)));
    let (library, _) = Library::read([("manual.yaml", current), ("base.yaml", BASE)]);
    let faults = geras::carry::check(&[file], &library);
    assert!(faults.is_empty(), "the mappings at line {}:\n{}", block.line, geras_tests::plain(&faults));
}

fn texts_fit(block: &Block<'_>, mut instrument: Instrument) {
    let texts = SiteTexts::read("manual.texts.yaml", &block.text).and_then(|texts| instrument.put_texts(&texts));
    texts.unwrap_or_else(|faults| panic!("the texts at line {}:\n{}", block.line, geras_tests::plain(&faults)));
}

fn answers_are_let_in(block: &Block<'_>, instrument: &Instrument) {
    let tree = parse(&Source::new("answers", &block.text)).unwrap_or_else(|faults| panic!("{}", geras_tests::plain(&faults)));
    let mut sheet = instrument.answers();
    for Entry { key, value } in entries(&tree.root) {
        match (key.value.as_str(), &value.kind) {
            ("answers", Kind::Mapping(answers)) => {
                for answer in answers {
                    sheet.answer_value(&answer.key.value, &answer.value);
                }
            }
            ("settings", Kind::Mapping(settings)) => {
                for Entry { key, value } in settings {
                    let Kind::Scalar(code) = &value.kind else { panic!("a setting takes a code") };
                    sheet.setting(&key.value, &code.text);
                }
            }
            ("date", Kind::Scalar(date)) => drop(sheet.on(Date::parse(&date.text).expect("the manual writes dates as dates"))),
            (key, _) => assert!(matches!(key, "id" | "instrument" | "override"), "an answers file has no key `{key}`"),
        }
    }
    let checked = sheet.check();
    assert!(checked.is_ok(), "the answers at line {}: {:?}", block.line, checked.err());
}

fn entries(value: &Value) -> &[Entry] {
    if let Kind::Mapping(entries) = &value.kind { entries } else { &[] }
}

#[test]
fn the_manual_names_every_key_of_the_language() {
    let manual = manual();
    let mut keys = BTreeSet::new();
    for schema in
        ["instrument", "pathway", "cases", "carry", "answers", "texts"].map(|kind| format!("instruments/schema/{kind}.schema.json"))
    {
        let tree = parse(&Source::new(&schema, &document(&schema))).expect("a JSON Schema is JSON, and so YAML");
        properties(&tree.root, &mut keys);
    }
    assert!(keys.contains("otherwise") && keys.contains("cases_for"), "the keys were looked for in the right place");
    let prose = prose(&manual);
    let named: BTreeSet<&str> = prose.split('`').skip(1).step_by(2).flat_map(words).collect();
    let without: Vec<_> = keys.iter().filter(|key| !named.contains(key.as_str())).collect();
    assert!(without.is_empty(), "the manual says nothing of these keys: {without:?}");
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_')
}

/// Every key that some mapping of a JSON Schema lists under `properties`.
fn properties(value: &Value, found: &mut BTreeSet<String>) {
    match &value.kind {
        Kind::Mapping(inside) => {
            for Entry { key, value } in inside {
                if key.value == "properties" {
                    found.extend(entries(value).iter().map(|entry| entry.key.value.clone()));
                }
                properties(value, found);
            }
        }
        Kind::Sequence(values) => values.iter().for_each(|value| properties(value, found)),
        _ => {}
    }
}

#[test]
fn the_manual_lists_every_check_with_its_severity_and_no_other() {
    let manual = manual();
    let lines = manual.lines().filter_map(|line| line.strip_prefix("- `")?.split_once("`: "));
    let listed: BTreeMap<&str, bool> =
        lines.filter(|(name, _)| name.contains('-')).map(|(name, line)| (name, line.ends_with("(a warning)"))).collect();
    let known: BTreeMap<&str, bool> = pages().iter().map(|page| (page.name, is_warning(page))).collect();
    assert_eq!(listed, known, "left what the manual lists, right the checks: true for a warning");
}

/// Whether the wrong example of a page is read all the same.
fn is_warning(page: &Page) -> bool {
    !page.has_several_files() && said(&example(page.wrong)).iter().all(|fault| fault.severity == Severity::Warning)
}

#[test]
fn the_example_of_the_front_page_is_the_one_that_is_run() {
    let (front, library) = (document("README.md"), document("crates/geras/src/lib.rs"));
    let shown = blocks(&front).into_iter().find(|block| block.mark == "rust").expect("the front page has an example").text;
    let story: String = library
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect();
    let run = blocks(&story).into_iter().find(|block| block.mark.is_empty()).expect("the crate has an example").text;
    let run: String = run.lines().filter(|line| !line.starts_with("# ")).map(|line| format!("{line}\n")).collect();
    assert_eq!(shown, run, "README.md shows another example than crates/geras/src/lib.rs runs");
}
