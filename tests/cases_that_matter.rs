//! Whether cases guard their definition: what they leave untouched is named, suggested cases touch it, and a changed rule is noticed, told apart or
//! proved to be the same. On the shipped instruments, on small ones that are enumerated, and on made-up ones. Judges no instrument.

#[allow(dead_code, reason = "absent answers are for other proofs")]
mod made_up;

use std::collections::BTreeSet;

use geras::Instrument;
use geras::assess::{Answer, AnswerSheet, Outcome, ProblemKind};
use geras::cases::{CaseFile, Suggestions, run, suggest};
use geras::check::{BASE, example};
use geras::definition::{ItemType, Role};
use geras::mutate::{Apart, Fate, Told, fate, mutants};
use geras_tests::plain;
use made_up::Chance;
use rust_decimal::Decimal;

fn read(text: &str) -> Instrument {
    Instrument::read("1.yaml", text).unwrap_or_else(|faults| panic!("{text}\n{}", plain(&faults)))
}

fn cases(instrument: &Instrument, cases: &str) -> CaseFile {
    let definition = instrument.definition();
    let text = format!("cases_for: {}@{}\n{cases}", definition.id.value, definition.edition.value);
    CaseFile::read("1.cases.yaml", &text).unwrap_or_else(|faults| panic!("{text}\n{}", plain(&faults)))
}

/// A file with one case that comes out whatever the rules are.
fn hardly_any(instrument: &Instrument) -> CaseFile {
    cases(
        instrument,
        "cases:\n  - {name: an item that nobody knows is refused, answers: {nobody_knows: 1}, expect: {problems: [unknown-item]}}\n",
    )
}

/// Each shipped instrument of a few, with its own cases.
fn shipped(wanted: &[&str]) -> Vec<(Instrument, CaseFile)> {
    let path_of = |name: &str| format!("/{name}/");
    let found = geras_instruments::definitions().filter(|(path, _)| wanted.iter().any(|name| path.contains(&path_of(name))));
    found
        .map(|(path, text)| {
            let instrument = Instrument::read(path, text).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
            let beside = path.replace(".yaml", ".cases.yaml");
            let (_, cases) = geras_instruments::cases().find(|(path, _)| *path == beside).expect("it has cases");
            (instrument, CaseFile::read(&beside, cases).expect("they can be read"))
        })
        .collect()
}

fn uncovered(file: &CaseFile, instrument: &Instrument) -> BTreeSet<String> {
    run(file, instrument).coverage.tallies().iter().flat_map(|(_, tally)| tally.missing.clone()).collect()
}

#[test]
fn both_sides_of_every_edge_are_named_until_a_case_stands_there() {
    let instrument = read(BASE);
    let missing = uncovered(&hardly_any(&instrument), &instrument);
    for side in
        ["total is 5, next to 10", "total is 10, next to 5", "total is 15, next to 20", "falls is 2, next to 3", "falls is 3, next to 2"]
    {
        assert!(missing.contains(side), "{side}: {missing:?}");
    }
    for other in ["eating: fed", "coma: true", "coma: false", "total: severe", "severe", "falls_often"] {
        assert!(missing.contains(other), "{other}: {missing:?}");
    }
    let file = cases(
        &instrument,
        "cases:\n  - {name: a, answers: {eating: helped, walking: alone, coma: false, falls: 3}, expect: {scores: {total: 5}}}\n",
    );
    let missing = uncovered(&file, &instrument);
    assert!(!missing.contains("total is 5, next to 10") && missing.contains("total is 10, next to 5"), "{missing:?}");
    assert!(!missing.contains("falls is 3, next to 2") && missing.contains("falls is 2, next to 3"), "{missing:?}");
}

#[test]
fn an_edge_lies_between_numbers_that_somebody_can_have() {
    // Sums of 0, 5 and 10 points: nobody has 6 or 9.
    let instrument = read(BASE);
    let missing = uncovered(&hardly_any(&instrument), &instrument);
    assert!(!missing.iter().any(|name| name.starts_with("total is 6") || name.starts_with("total is 9")), "{missing:?}");
}

#[test]
fn rows_steps_and_branches_are_covered_one_by_one() {
    let instrument = read(&example(
        "scores:
  total: {sum: daily, range: [0, 20]}
  steps: {lookup: {of: falls, steps: [{at: 0, gives: 0}, {above: 0, gives: 1}]}, range: [0, 1]}
  branched: {tree: {if: coma, then: 2, else: {if: falls >= 5, then: 1, else: 0}}, range: [0, 2]}
  crossed: {table: {hit: first, columns: [coma, falls], rows: [{if: [true, any], then: 1}, {if: [any, \">= 9\"], then: 2}], otherwise: 0}, range: [0, 2]}
",
    ));
    let file = cases(
        &instrument,
        "cases:\n  - {name: a, answers: {eating: alone, walking: alone, coma: true, falls: 9}, expect: {scores: {total: 0}}}\n",
    );
    let rows = run(&file, &instrument).coverage.rows;
    assert_eq!(
        rows.missing,
        ["steps: step 1", "branched: branch 2", "branched: branch 3", "crossed: row 2", "crossed: otherwise"],
        "the first row hides the second one"
    );
}

/// The file again with the sheet and the cases that are suggested, expecting nothing but that nothing is waited for.
fn with_suggested(file: &CaseFile, suggestions: &Suggestions) -> String {
    let name = &file.instrument.value;
    let sheet = suggestions.sheet.as_ref().map_or("  mildest: {fill: first}".to_owned(), Clone::clone);
    let mut text = format!("cases_for: {name}\nsheets:\n{sheet}\ncases:\n");
    for case in &suggestions.cases {
        for line in case.yaml.lines() {
            let line = if line.trim_start().starts_with("expect:") { "    expect: {waiting_on: []}" } else { line };
            text += &format!("{line}\n");
        }
    }
    text
}

#[test]
fn every_suggested_case_touches_what_it_is_for() {
    let known =
        ["gb-t-42195", "mz-t-039", "aggir", "ltci-disability", "phq9", "mna-sf", "braden", "psqi", "nrs2002", "must", "gnri", "sppb"];
    for (instrument, _) in shipped(&known) {
        let name = &instrument.definition().id.value;
        let suggestions = suggest(&hardly_any(&instrument), &instrument);
        assert!(!suggestions.cases.is_empty(), "{name}");
        let text = with_suggested(&hardly_any(&instrument), &suggestions);
        let file = CaseFile::read("suggested.cases.yaml", &text).unwrap_or_else(|faults| panic!("{name}\n{text}\n{}", plain(&faults)));
        let missing = uncovered(&file, &instrument);
        for case in &suggestions.cases {
            let untouched: Vec<&String> = case.touches.iter().filter(|name| missing.contains(*name)).collect();
            assert!(untouched.is_empty(), "{name}: {untouched:?} are not touched by\n{}", case.yaml);
        }
        let told: BTreeSet<&String> = suggestions.not_found.iter().map(|none| &none.name).collect();
        assert!(missing.iter().all(|name| told.contains(name)), "{name}: what is left is told: {missing:?}, {told:?}");
    }
}

#[test]
fn a_suggested_case_differs_from_the_mildest_sheet_in_few_answers() {
    let (instrument, _) = shipped(&["gb-t-42195"]).remove(0);
    let suggestions = suggest(&hardly_any(&instrument), &instrument);
    let case = suggestions.cases.iter().find(|case| case.touches.contains(&"total is 89, next to 90".to_owned())).expect("it is suggested");
    assert!(case.yaml.contains("    answers: {eating: guidance}\n"), "one answer is enough:\n{}", case.yaml);
    assert!(case.yaml.contains("scores: {total: \"?\"}, bands: {total: \"?\"}, grade: \"?\""), "{}", case.yaml);
}

#[test]
fn the_same_file_gives_the_same_suggestions_and_an_own_mildest_sheet_is_used() {
    let instrument = read(BASE);
    let file = hardly_any(&instrument);
    assert_eq!(suggest(&file, &instrument), suggest(&file, &instrument));
    let own = cases(&instrument, "sheets: {well: {fill: first}}\ncases:\n  - {name: a, sheet: well, expect: {grade: mild}}\n");
    let suggestions = suggest(&own, &instrument);
    assert_eq!(suggestions.sheet, None);
    assert!(suggestions.cases.iter().all(|case| case.yaml.contains("    sheet: well\n")), "{suggestions:?}");
}

#[test]
fn a_case_that_nobody_filled_in_never_passes() {
    let instrument = read(BASE);
    let suggestions = suggest(&hardly_any(&instrument), &instrument);
    let definition = instrument.definition();
    let name = format!("{}@{}", definition.id.value, definition.edition.value);
    let sheet = suggestions.sheet.clone().expect("there is none");
    let all: Vec<&str> = suggestions.cases.iter().map(|case| case.yaml.as_str()).collect();
    let text = format!("cases_for: {name}\nsheets:\n{sheet}\ncases:\n{}\n", all.join("\n"));
    let faults = CaseFile::read("1.cases.yaml", &text).expect_err("it is refused");
    assert!(faults.iter().all(|fault| fault.name == "case-unfilled"), "{}", plain(&faults));
    assert!(faults.len() >= all.len(), "every case is told");
    assert!(plain(&faults).contains("work out from the source what `grade` has to be"), "{}", plain(&faults));
    for key in ["findings", "alerts", "adjustments", "waiting_on", "problems", "rule", "routing", "priority", "review", "services"] {
        let text = format!("cases_for: {name}\ncases:\n  - {{name: a, expect: {{{key}: \"?\"}}}}\n");
        let faults = CaseFile::read("1.cases.yaml", &text).expect_err("it is refused");
        assert_eq!(faults.iter().map(|fault| fault.name).collect::<Vec<_>>(), ["case-unfilled"], "{key}");
    }
}

/// The changes that nobody notices, as `what: old -> new`.
fn unnoticed(file: &CaseFile, instrument: &Instrument) -> Vec<String> {
    let all = mutants(instrument)
        .into_iter()
        .filter(|mutant| matches!(fate(file, instrument, mutant), Fate::Unnoticed(apart) if apart != Apart::Same));
    all.map(|mutant| format!("{}: {} -> {}", mutant.what, mutant.old, mutant.new)).collect()
}

#[test]
fn a_change_that_no_case_notices_is_listed_until_a_case_notices_it() {
    let instrument = read(BASE);
    let few = cases(&instrument, "sheets: {well: {fill: first}}\ncases:\n  - {name: a, sheet: well, expect: {grade: mild, alerts: []}}\n");
    let found = unnoticed(&few, &instrument);
    for change in [
        "when of the alert falls_often: >= -> >",
        "when of the alert falls_often: 3 -> 4",
        "edge in the bands of total: 5 | 10 -> 10 | 15",
        "set of the adjustment coma: severe -> moderate",
    ] {
        assert!(found.contains(&change.to_owned()), "{change}: {found:#?}");
    }
    let more = cases(
        &instrument,
        "sheets: {well: {fill: first}}
cases:
  - {name: two falls are few, sheet: well, answers: {falls: 2}, expect: {alerts: []}}
  - {name: three falls are often, sheet: well, answers: {falls: 3}, expect: {alerts: [falls_often]}}
  - {name: a coma is severe, sheet: well, answers: {coma: true}, expect: {scores: {total: 0}, preliminary_grade: mild, grade: severe}}
  - {name: five is mild, sheet: well, answers: {eating: helped}, expect: {scores: {total: 5}, grade: mild}}
  - {name: ten is moderate, sheet: well, answers: {eating: fed}, expect: {scores: {total: 10}, grade: moderate}}
  - {name: fifteen is moderate, sheet: well, answers: {eating: fed, walking: helped}, expect: {scores: {total: 15}, grade: moderate}}
  - {name: twenty is severe, sheet: well, answers: {eating: fed, walking: fed}, expect: {scores: {total: 20}, grade: severe}}
",
    );
    assert!(run(&more, &instrument).diagnostics.is_empty(), "they are right");
    assert_eq!(unnoticed(&more, &instrument), Vec::<String>::new(), "nothing is left");
}

/// Everything that comes out on a sheet whose hidden questions have no answer.
struct Sheets<'i> {
    instrument: &'i Instrument,
}

impl Sheets<'_> {
    /// All complete sheets, at most so many.
    fn all(&self, most: usize) -> Option<Vec<Vec<(String, Filled)>>> {
        let mut sheets: Vec<Vec<(String, Filled)>> = vec![Vec::new()];
        for field in self.instrument.plan().fields().iter().filter(|field| field.role != Role::Setting) {
            let codes = field.codes.map_or(&[][..], |set| self.instrument.plan().codes(set));
            let answers: Vec<Filled> = match field.kind {
                ItemType::Choice => codes.iter().cloned().map(|code| Filled::Codes(vec![code])).collect(),
                ItemType::Boolean => vec![Filled::Truth(false), Filled::Truth(true)],
                ItemType::Choices => {
                    let fits = (0..1_u64 << codes.len()).filter(|set| set.count_ones() < 2 || set & field.exclusive == 0);
                    fits.map(|set| {
                        Filled::Several(
                            codes.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, code)| code.clone()).collect(),
                        )
                    })
                    .collect()
                }
                ItemType::Integer | ItemType::Decimal => {
                    let (low, high) = field.range?;
                    let step = field.step.unwrap_or(Decimal::ONE);
                    (0..).map(|place| low + step * Decimal::from(place)).take_while(|number| *number <= high).map(Filled::Number).collect()
                }
                _ => return None,
            };
            if sheets.len() * answers.len() > most {
                return None;
            }
            let with = |sheet: &Vec<(String, Filled)>, answer: &Filled| [sheet.as_slice(), &[(field.id.clone(), answer.clone())]].concat();
            sheets = sheets.iter().flat_map(|sheet| answers.iter().map(move |answer| with(sheet, answer))).collect();
        }
        Some(sheets)
    }

    fn outcome(&self, sheet: &[(String, Filled)]) -> String {
        let mut given = sheet.to_vec();
        loop {
            let mut door = self.instrument.answers();
            given.iter().for_each(|(id, answer)| answer.put(&mut door, id));
            match door.check() {
                Ok(answers) => return told(&self.instrument.assess(&answers)),
                Err(problems) => {
                    let hidden: Vec<String> = problems
                        .iter()
                        .filter(|problem| problem.kind == ProblemKind::ItemHidden)
                        .map(|problem| problem.item.clone())
                        .collect();
                    assert_eq!(hidden.len(), problems.len(), "{problems:?}");
                    given.retain(|(id, _)| !hidden.contains(id));
                }
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Filled {
    Codes(Vec<String>),
    Several(Vec<String>),
    Truth(bool),
    Number(Decimal),
}

impl Filled {
    fn put(&self, door: &mut AnswerSheet<'_>, id: &str) {
        match self {
            Self::Codes(code) => door.answer(id, &Answer::Text(&code[0])),
            Self::Several(codes) => door.answer(id, &Answer::Several(codes.iter().map(String::as_str).collect())),
            Self::Truth(truth) => door.answer(id, &Answer::Boolean(*truth)),
            Self::Number(number) => door.answer(id, &Answer::Number(*number)),
        };
    }
}

/// All results, as a text that can be compared.
fn told(outcome: &Outcome<'_>) -> String {
    let scores: Vec<_> = outcome.scores().map(|found| (found.score.id.value.as_str(), found.number)).collect();
    let bands: Vec<_> = outcome.bands().map(|found| (found.set.id.value.as_str(), found.band)).collect();
    let alerts: Vec<_> = outcome.alerts().map(|found| (found.alert.id.value.as_str(), found.holds)).collect();
    let findings: Vec<_> = outcome.findings().map(|found| (found.finding.id.value.as_str(), found.holds)).collect();
    format!("{scores:?} {bands:?} {:?} {:?} {alerts:?} {findings:?}", outcome.preliminary_grade(), outcome.grade())
}

/// Holds every change of an instrument against all its sheets. How many were proved to be the same, and how many were told apart.
fn hold_against_all_sheets(instrument: &Instrument, most: usize) -> (usize, usize) {
    let (mut same, mut apart) = (0, 0);
    let own = Sheets { instrument };
    let Some(all) = own.all(most) else { return (0, 0) };
    let file = hardly_any(instrument);
    let text = instrument.definition().source.text();
    for mutant in mutants(instrument) {
        let Fate::Unnoticed(found) = fate(&file, instrument, &mutant) else { continue };
        let changed = read(&mutant.applied(text));
        let theirs = Sheets { instrument: &changed };
        match found {
            Apart::Same => {
                same += 1;
                for sheet in &all {
                    assert_eq!(
                        own.outcome(sheet),
                        theirs.outcome(sheet),
                        "{mutant:?} is no change that changes nothing\n{sheet:?}\n{text}"
                    );
                }
            }
            Apart::Told(told) => {
                apart += 1;
                noticed(instrument, &changed, &told);
            }
            Apart::Unknown => {}
        }
    }
    (same, apart)
}

/// A case with what the definition gives now fails once the definition is changed.
fn noticed(instrument: &Instrument, changed: &Instrument, told: &Told) {
    let definition = instrument.definition();
    let mut expected: Vec<String> = Vec::new();
    for one in told.differences.iter().filter(|one| one.now != "nothing") {
        let is_score = definition.scores.iter().any(|score| score.id.value == one.result) && one.now.parse::<Decimal>().is_ok();
        let is_grade =
            one.result == "grade" && definition.grade.as_ref().is_some_and(|grade| grade.scale.iter().any(|step| step.id.value == one.now));
        if is_score && !expected.iter().any(|known| known.starts_with("scores")) {
            expected.push(format!("scores: {{{}: {}}}", one.result, one.now));
        } else if is_grade {
            expected.push(format!("grade: {}", one.now));
        }
    }
    if expected.is_empty() {
        return;
    }
    let sheet = told.sheet.as_deref().unwrap_or("  mildest: {fill: first}");
    let lines: Vec<String> =
        told.yaml
            .lines()
            .map(|line| {
                if line.trim_start().starts_with("expect:") { format!("    expect: {{{}}}", expected.join(", ")) } else { line.to_owned() }
            })
            .collect();
    let file = cases(instrument, &format!("sheets:\n{sheet}\ncases:\n{}\n", lines.join("\n")));
    let now = run(&file, instrument).diagnostics;
    assert!(now.is_empty(), "{}\n{}", told.yaml, plain(&now));
    assert!(!run(&file, changed).diagnostics.is_empty(), "the case does not notice:\n{}\n{:?}", told.yaml, told.differences);
}

#[test]
fn what_is_proved_to_change_nothing_changes_nothing_on_any_sheet() {
    let small = [
        "scores:\n  total: {sum: daily, range: [0, 20]}\n",
        "scores:
  total: {sum: daily, range: [0, 20]}
  crossed: {table: {hit: first, columns: [total, coma], rows: [{if: [\">= 10\", true], then: 2}, {if: [\"<= 5\", true], then: 1}, {if: [any, false], then: 3}], otherwise: 0}, range: [1, 3]}
",
        "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}}
  - {id: hurt, type: boolean, text: {en: Hurt}, when: falls >= 4, otherwise: false, points: {true: 2, false: 0}}
scores:
  total: {sum: daily, range: [0, 20]}
  more: {sum: [total, hurt], range: [0, 22]}
",
        "grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: coma, when: coma, set: severe}
    - {id: falls, when: falls >= 10 && !coma, raise: 1}
  combine: strongest_once
",
    ];
    let (mut same, mut apart) = (0, 0);
    for fragment in small {
        let (alike, told) = hold_against_all_sheets(&read(&example(fragment)), 3_000);
        same += alike;
        apart += told;
    }
    assert!(same > 0 && apart > 20, "{same} the same, {apart} told apart");
}

#[test]
fn what_is_proved_of_made_up_instruments_holds_on_every_sheet() {
    let (mut sound, mut same, mut apart) = (0, 0, 0);
    for seed in 0..60 {
        let mut chance = Chance::new(seed);
        let text = made_up::definition(&mut chance).yaml();
        let Ok(instrument) = Instrument::read("made-up.yaml", &text) else { continue };
        sound += 1;
        let (alike, told) = hold_against_all_sheets(&instrument, 600);
        same += alike;
        apart += told;
    }
    println!("{sound} sound, {same} changes without effect, {apart} told apart");
    assert!(sound > 20 && apart > 100, "{sound} sound, {same} the same, {apart} told apart");
}

#[test]
fn the_cases_of_the_national_standards_notice_nearly_every_change() {
    for (name, least) in [("gb-t-42195", 100), ("ltci-disability", 100), ("braden", 100), ("mna-sf", 100), ("phq9", 95)] {
        let (instrument, file) = shipped(&[name]).remove(0);
        let all = mutants(&instrument);
        let unnoticed =
            all.iter().filter(|mutant| matches!(fate(&file, &instrument, mutant), Fate::Unnoticed(apart) if apart != Apart::Same));
        let unnoticed: Vec<String> = unnoticed.map(|mutant| format!("{}: {} -> {}", mutant.what, mutant.old, mutant.new)).collect();
        let noticed = (all.len() - unnoticed.len()) * 100 / all.len();
        assert!(noticed >= least, "{name}: {noticed} per cent of {} changes; unnoticed: {unnoticed:#?}", all.len());
    }
}
