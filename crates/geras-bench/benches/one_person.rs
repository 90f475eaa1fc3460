//! One person from a line of JSON to a line of JSON, step by step, for every shipped instrument. Which figure has an aim is told by `aims`.

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use geras::Instrument;
use geras::assess::sentence;
use geras_bench::{by_hand, by_script, made_up, shipped};
use geras_json::{Line, read_json, write_batch_line};

const INSTRUMENTS: [&str; 5] = ["gb-t-42195", "mz-t-039", "nba", "aggir/", "aggir-adverbes"];
const PEOPLE: usize = 64;

fn main() {
    divan::main();
}

/// The instrument, read once.
fn known(name: &str) -> &'static Instrument {
    static ALL: OnceLock<Vec<(&str, Instrument)>> = OnceLock::new();
    let all = ALL.get_or_init(|| INSTRUMENTS.map(|name| (name, shipped(name))).into());
    all.iter().find(|(known, _)| *known == name).map(|(_, instrument)| instrument).expect("it is listed")
}

/// Measures `act` on one person after another.
fn each<T, U>(bencher: Bencher<'_, '_>, people: &[T], act: impl Fn(&T) -> U + Sync) {
    let mut turn = people.iter().cycle();
    bencher.with_inputs(|| turn.next().expect("there are people")).bench_local_values(|person| black_box(act(person)));
}

fn everybody(instrument: &'static Instrument) -> Vec<made_up::Sheet<'static>> {
    made_up::people(instrument, PEOPLE, |_| false)
}

#[divan::bench(args = INSTRUMENTS)]
fn read(bencher: Bencher<'_, '_>, name: &str) {
    let lines: Vec<String> = everybody(known(name)).iter().map(made_up::Sheet::json).collect();
    each(bencher, &lines, |line| read_json(known(name), line));
}

#[divan::bench(args = INSTRUMENTS)]
fn assess(bencher: Bencher<'_, '_>, name: &str) {
    let answers: Vec<_> = everybody(known(name)).iter().map(|sheet| sheet.checked(known(name))).collect();
    each(bencher, &answers, |answers| known(name).assess(answers));
}

#[divan::bench(args = INSTRUMENTS)]
fn assess_with_three_answers_missing(bencher: Bencher<'_, '_>, name: &str) {
    let people = made_up::people(known(name), PEOPLE, |place| matches!(place, 3 | 14 | 25));
    let answers: Vec<_> = people.iter().map(|sheet| sheet.checked(known(name))).collect();
    each(bencher, &answers, |answers| known(name).assess(answers));
}

#[divan::bench(args = INSTRUMENTS)]
fn assess_with_nothing_answered(name: &str) {
    let answers = known(name).answers().check().expect("a blank sheet is no mistake");
    black_box(known(name).assess(&answers));
}

#[divan::bench(args = INSTRUMENTS)]
fn explain(bencher: Bencher<'_, '_>, name: &str) {
    let answers: Vec<_> = everybody(known(name)).iter().map(|sheet| sheet.checked(known(name))).collect();
    let outcomes: Vec<_> = answers.iter().map(|answers| known(name).assess(answers)).collect();
    each(bencher, &outcomes, |outcome| {
        outcome.explanation().iter().map(|step| sentence(step, known(name).definition(), "zh").len()).sum::<usize>()
    });
}

#[divan::bench(args = INSTRUMENTS)]
fn write(bencher: Bencher<'_, '_>, name: &str) {
    let answers: Vec<_> = everybody(known(name)).iter().map(|sheet| sheet.checked(known(name))).collect();
    let outcomes: Vec<_> = answers.iter().map(|answers| known(name).assess(answers)).collect();
    each(bencher, &outcomes, |outcome| {
        let mut out = Vec::with_capacity(1024);
        serde_json::to_writer(&mut out, &Line::new(None, outcome)).expect("a vector takes every byte");
        out
    });
}

#[divan::bench(args = INSTRUMENTS)]
fn read_assess_and_write(bencher: Bencher<'_, '_>, name: &str) {
    let lines: Vec<String> = everybody(known(name)).iter().map(made_up::Sheet::json).collect();
    each(bencher, &lines, |line| {
        let mut out = Vec::with_capacity(1024);
        write_batch_line(known(name), &read_json(known(name), line), "zh", &mut out);
        out
    });
}

/// The same instrument without geras.
mod gb_t_42195 {
    use super::{Bencher, by_hand, by_script, each, everybody, known};

    fn answers() -> Vec<by_hand::Answers> {
        everybody(known("gb-t-42195")).iter().map(by_hand::answers).collect()
    }

    #[divan::bench]
    fn by_hand_in_rust(bencher: Bencher<'_, '_>) {
        each(bencher, &answers(), by_hand::assess);
    }

    #[divan::bench]
    fn as_a_script_in_the_sandbox(bencher: Bencher<'_, '_>) {
        let arguments: Vec<_> = answers().iter().map(by_script::InSandbox::arguments).collect();
        let script = by_script::InSandbox::compile();
        each(bencher, &arguments, |arguments| script.grade(arguments));
    }

    #[divan::bench]
    fn as_a_script_in_plain_rhai(bencher: Bencher<'_, '_>) {
        let scopes: Vec<_> = answers().iter().map(by_script::InPlainRhai::scope).collect();
        let script = by_script::InPlainRhai::compile();
        let mut turn = scopes.iter().cycle();
        bencher.with_inputs(|| turn.next().cloned().expect("there are people")).bench_local_values(|mut scope| script.grade(&mut scope));
    }
}
