//! Synthetic people: the same on every machine, as they were asked for, marked, and let in by every door. Says nothing about real people.

use std::collections::BTreeMap;

use geras::Instrument;
use geras_cohort::{Cohort, Likeness, MOST_PEOPLE};
use geras_json::{CsvSheets, batch_line, read_json};
use geras_tests::plain;
use serde_json::Value;

fn shipped(name: &str) -> Instrument {
    let (path, text) = geras_instruments::definitions().find(|(path, _)| path.contains(&format!("/{name}/"))).expect("it is shipped");
    Instrument::read(path, text).unwrap_or_else(|faults| panic!("{}", plain(&faults)))
}

fn like(instrument: &Instrument, text: &str) -> Likeness {
    Likeness::read("like.yaml", text, instrument).unwrap_or_else(|faults| panic!("{}", plain(&faults)))
}

fn line(people: &Cohort<'_>, number: u64) -> String {
    let mut line = Vec::new();
    people.line(number, &mut line);
    String::from_utf8(line).expect("it is UTF-8")
}

/// The answers of somebody.
fn answers(people: &Cohort<'_>, number: u64) -> Value {
    serde_json::from_str::<Value>(&line(people, number)).expect("it is JSON")["answers"].clone()
}

#[test]
fn a_seed_gives_these_bytes_on_every_machine() {
    let instrument = shipped("gb-t-42195");
    let text = include_str!("../examples/cohorts/gb-t-42195.yaml");
    let people = Cohort::new(&instrument, Some(&like(&instrument, text)), 10, 1).expect("ten are enough");
    insta::assert_snapshot!("seed_1", format!("{}{}", line(&people, 1), line(&people, 10)));
}

#[test]
fn somebody_is_the_same_whatever_the_size_and_another_seed_makes_others() {
    let instrument = shipped("gb-t-42195");
    let of = |size, seed| answers(&Cohort::new(&instrument, None, size, seed).expect("a size"), 7);
    assert_eq!(of(10, 3), of(1_000_000, 3));
    assert_ne!(of(10, 3), of(10, 4));
}

#[test]
fn every_door_lets_synthetic_people_in_and_every_outcome_says_what_they_are() {
    for name in ["gb-t-42195", "nba", "aggir", "mz-t-039", "ltci-disability", "phq9", "psqi", "must", "barthel-total", "kubota-30ml"] {
        let instrument = shipped(name);
        let people = Cohort::new(&instrument, None, 60, 5).expect("a size");
        let mut head = Vec::new();
        people.head(&mut head);
        let head = String::from_utf8(head).expect("it is UTF-8");
        let table = CsvSheets::new(&instrument, &head).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        for number in 1..=60 {
            let line = line(&people, number);
            let person = read_json(&instrument, &line);
            let checked = person.answers.unwrap_or_else(|problems| panic!("{name}: {problems:?} in {line}"));
            assert!(checked.is_synthetic(), "{line}");
            let mut row = Vec::new();
            people.row(number, &mut row);
            let row = table.read(&String::from_utf8(row).expect("it is UTF-8"));
            assert_eq!(row.answers.as_ref(), Ok(&checked), "{name}: a row says the same as a line");
            let outcome: Value = serde_json::from_str(&batch_line(&instrument, &line, "en")).expect("it is JSON");
            assert_eq!(outcome["synthetic"], Value::Bool(true), "{outcome}");
            let none = people.unanswered().count() == 0;
            assert!(!none || outcome["status"] == "decided", "{name}: a complete sheet is decided: {outcome}");
        }
    }
    let instrument = shipped("gb-t-42195");
    let real: Value =
        serde_json::from_str(&batch_line(&instrument, r#"{"id": "li", "answers": {"coma": true}}"#, "en")).expect("it is JSON");
    assert_eq!(real.get("synthetic"), None, "nobody else is called synthetic");
    assert!(batch_line(&instrument, r#"{"synthetic": "perhaps", "answers": {}}"#, "en").contains("unreadable"));
}

/// How many of some people give each answer to a question.
fn counted(people: &Cohort<'_>, item: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for number in 1..=people.size() {
        *counts.entry(answers(people, number)[item].to_string()).or_insert(0) += 1;
    }
    counts
}

#[test]
fn answers_have_the_shares_that_were_asked_for() {
    let instrument = shipped("gb-t-42195");
    let text = "cohort_for: gb-t-42195
items:
  eating: {shares: {independent: 0.7, some_help: 0.3}, loading: 0.9}
  falls: {quantiles: {0: 0, 0.5: 0, 0.75: 1, 1: 1}}
  choking: {shares: {0: 0.9, 3: 0.1}}
  lost: {range: [2, 5], loading: -1}
";
    let people = Cohort::new(&instrument, Some(&like(&instrument, text)), 8_000, 11).expect("a size");
    let near = |count: u64, share: u64| count.abs_diff(8_000 * share / 1000) < 160;
    let eating = counted(&people, "eating");
    assert!(near(eating["\"independent\""], 700) && near(eating["\"some_help\""], 300) && eating.len() == 2, "{eating:?}");
    let falls = counted(&people, "falls");
    assert!(near(falls["0"], 625) && near(falls["1"], 375), "{falls:?}");
    let choking = counted(&people, "choking");
    assert!(near(choking["0"], 900) && near(choking["3"], 100), "{choking:?}");
    let lost = counted(&people, "lost");
    assert!(["2", "3", "4", "5"].iter().all(|number| near(lost[*number], 250)), "{lost:?}");
}

#[test]
fn a_loading_lets_answers_go_together_and_a_negative_one_against_each_other() {
    let instrument = shipped("gb-t-42195");
    let both = |loading: &str, other: &str| {
        let text = format!(
            "cohort_for: gb-t-42195
items:
  coma: {{shares: {{false: 0.5, true: 0.5}}, loading: {loading}}}
  dementia: {{shares: {{false: 0.5, true: 0.5}}, loading: {other}}}
"
        );
        let people = Cohort::new(&instrument, Some(&like(&instrument, &text)), 4_000, 2).expect("a size");
        let same = |number| {
            let answers = answers(&people, number);
            answers["coma"] == answers["dementia"]
        };
        (1..=people.size()).filter(|number| same(*number)).count()
    };
    assert_eq!(both("1", "1"), 4_000);
    assert_eq!(both("1", "-1"), 0);
    assert!(both("0", "0").abs_diff(2_000) < 150);
    // With the shares 0.8 and 0.8 both follow: 0.64 of all agree for certain, and half of the others by chance.
    assert!(both("0.8", "0.8").abs_diff(3_280) < 150);
}

#[test]
fn a_size_of_nobody_and_one_beyond_all_measure_are_refused() {
    let instrument = shipped("aggir");
    assert!(Cohort::new(&instrument, None, 0, 1).is_err());
    assert!(Cohort::new(&instrument, None, MOST_PEOPLE + 1, 1).is_err());
}

#[test]
fn what_is_wrong_with_a_likeness_is_told_at_its_line() {
    let instrument = shipped("gb-t-42195");
    for (text, name, words) in [
        ("items: {}\n", "missing-key", "nobody says which instrument or pathway this is for"),
        ("cohort_for: aggir\n", "unknown-name", "people for `gb-t-42195@2022` are wanted"),
        ("cohort_for: gb-t-42195\nlodaing: 0.5\n", "unknown-key", "did you mean `loading`?"),
        ("cohort_for: gb-t-42195\nloading: 2\n", "wrong-kind", "a loading is a number from -1 to 1"),
        ("cohort_for: gb-t-42195\nitems:\n  eatng: {loading: 1}\n", "unknown-name", "did you mean `eating`?"),
        (
            "cohort_for: gb-t-42195\nitems:\n  eating: {shares: {independent: 0.5, some_help: 0.4}}\n",
            "wrong-form",
            "add up to 0.9, not to 1",
        ),
        ("cohort_for: gb-t-42195\nitems:\n  eating: {shares: {independnt: 1}}\n", "unknown-option", "did you mean `independent`?"),
        ("cohort_for: gb-t-42195\nitems:\n  eating: {shares: {independent: 120%}}\n", "wrong-kind", "a share is a number from 0 to 1"),
        ("cohort_for: gb-t-42195\nitems:\n  falls: {quantiles: {0: 0, 0.5: 2, 1: 1}}\n", "wrong-form", "do not rise"),
        ("cohort_for: gb-t-42195\nitems:\n  falls: {quantiles: {0.1: 0, 1: 1}}\n", "wrong-form", "do not reach from 0 to 1"),
        ("cohort_for: gb-t-42195\nitems:\n  falls: {range: [5, 1]}\n", "wrong-form", "backwards"),
        ("cohort_for: gb-t-42195\nitems:\n  falls: {range: [0, 1000]}\n", "wrong-kind", "takes numbers from 0 to 99"),
        ("cohort_for: gb-t-42195\nitems:\n  falls: {range: [0, 1], shares: {0: 1}}\n", "wrong-form", "more than one of"),
        ("cohort_for: gb-t-42195\nitems:\n  eating: {absent: {asleep: 0.1}}\n", "unknown-word", "does not allow `asleep`"),
        ("cohort_for: gb-t-42195\nitems:\n  eating: {range: [0, 1]}\n", "wrong-form", "has no range"),
        ("cohort_for: gb-t-42195\ndate: [2024-02-01, 2024-01-01]\n", "wrong-form", "backwards"),
        ("cohort_for: gb-t-42195\ndate: yesterday\n", "wrong-kind", "a day"),
        ("[", "yaml-syntax", ""),
        ("just words\n", "wrong-kind", "what a cohort is like"),
    ] {
        let faults = Likeness::read("like.yaml", text, &instrument).expect_err("it is refused");
        assert!(faults.iter().any(|fault| fault.name == name), "{text}\n{}", plain(&faults));
        assert!(plain(&faults).contains(words), "{text}\n{}", plain(&faults));
        assert!(faults.iter().all(|fault| fault.primary.source.path() == "like.yaml"));
    }
}
