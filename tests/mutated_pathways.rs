//! Whether the cases of a pathway guard its rules: each change is noticed by a case, refused by a check, or listed with a person who would tell it. Judges no pathway.

use geras::cases::{CaseFile, run_on_pathway};
use geras::check::{BASE, PATHWAY_BASE};
use geras::mutate::{Apart, Fate, Mutant, PathwayTrial, mutants_of_pathway};
use geras::{Library, Pathway};
use geras_tests::plain;

/// The small pathway of the manual's checks, whose help is severe or not, with a waiting order, a review and a wish.
fn pathway_text() -> String {
    format!(
        "{PATHWAY_BASE}wishes:\n  - {{id: stays, when: agrees && carer && help.coma, to: with_service, reason: {{en: Wants to stay}}, basis: illustrative}}\n\
         priority:\n  - {{id: urgent, when: much_help, points: 3, text: {{en: Urgent}}, basis: illustrative}}\n\
         reviews: []\n"
    )
    .replace("reviews: []\n", "review:\n  - {id: soon, when: much_help, days: 30, text: {en: Soon}, basis: illustrative}\n")
}

fn library() -> Library {
    let (library, said) = Library::read([("daily-help.yaml", BASE)]);
    assert_eq!(library.instruments().len(), 1, "{}", plain(&said));
    library
}

fn read(text: &str, library: &Library) -> Pathway {
    Pathway::read("pathway.yaml", text, library).unwrap_or_else(|faults| panic!("{text}\n{}", plain(&faults)))
}

fn cases(text: &str) -> CaseFile {
    let text = format!("cases_for: home-or-care-home@1\n{text}");
    CaseFile::read("pathway.cases.yaml", &text).unwrap_or_else(|faults| panic!("{text}\n{}", plain(&faults)))
}

const COMA: &str = "daily-help: {coma: true}";

/// The fate of each change, with its words.
fn fates(text: &str, case_text: &str) -> Vec<(Mutant, Fate)> {
    let (library, file) = (library(), cases(case_text));
    let pathway = read(text, &library);
    let report = run_on_pathway(&file, &pathway);
    assert!(report.diagnostics.is_empty(), "{}", plain(&report.diagnostics));
    let trial = PathwayTrial::new(&file, &pathway, &library);
    mutants_of_pathway(&pathway).into_iter().map(|mutant| (mutant.clone(), trial.fate(&mutant))).collect()
}

fn fate_of<'f>(fates: &'f [(Mutant, Fate)], what: &str, new: &str) -> &'f Fate {
    let found = fates.iter().find(|(mutant, _)| mutant.what == what && mutant.new == new);
    let known: Vec<_> = fates.iter().map(|(mutant, _)| (&mutant.what, &mutant.new)).collect();
    &found.unwrap_or_else(|| panic!("{what}: {new} is not among {known:?}")).1
}

#[test]
fn operators_codes_destinations_order_points_and_days_are_changed() {
    let all =
        fates(&pathway_text(), "cases:\n  - {name: nobody knows this item, answers: {nobody: 1}, expect: {problems: [unknown-item]}}\n");
    for (what, new) in [
        ("when of the finding much_help", "&&"),
        ("when of the finding much_help", "!="),
        ("when of the rule nobody_at_home", "||"),
        ("when of the rule nobody_at_home", ""),
        ("order of nobody_at_home and family", "family"),
        ("where the rules lead", "with_family"),
        ("points of the reason for priority urgent", "4"),
        ("days of the review soon", "29"),
    ] {
        fate_of(&all, what, new);
    }
    assert!(all.iter().all(|(_, fate)| !matches!(fate, Fate::NoticedByCase(_))), "one case that looks at nothing notices nothing");
    assert!(!all.iter().any(|(mutant, _)| mutant.what.contains("only_willing")), "a safeguard is proved, not tried");
}

#[test]
fn a_case_on_either_side_of_a_rule_notices_what_is_changed_in_it() {
    let with = |case_text: &str| fates(&pathway_text(), case_text);
    let alone = format!(
        "  - {{name: alone in a coma, answers: {{carer: false, agrees: true, {COMA}}}, expect: {{routing: care_home, priority: 3, review: 30}}}}\n"
    );
    let one = with(&format!("cases:\n{alone}"));
    assert_eq!(*fate_of(&one, "points of the reason for priority urgent", "4"), Fate::NoticedByCase("alone in a coma".to_owned()));
    assert_eq!(*fate_of(&one, "days of the review soon", "29"), Fate::NoticedByCase("alone in a coma".to_owned()));
    assert_eq!(
        *fate_of(&one, "when of the rule nobody_at_home", "||"),
        Fate::RefusedByCheck("safeguard-broken"),
        "somebody would move who does not agree"
    );
    let visits = fate_of(&one, "when of the service visits", "!=");
    let Fate::Unnoticed(Apart::Told(told)) = visits else { panic!("{visits:?}") };
    assert!(told.differences.iter().any(|difference| difference.result == "visits"), "{told:?}");
    assert!(told.yaml.contains("{services: \"?\"}"), "{}", told.yaml);
    let two = with(&format!("cases:\n{}", alone.replace("review: 30", "review: 30, services: []")));
    assert_eq!(*fate_of(&two, "when of the service visits", "!="), Fate::NoticedByCase("alone in a coma".to_owned()));
}

#[test]
fn the_person_who_tells_a_change_apart_is_a_case_that_notices_it() {
    let (text, library) = (pathway_text(), library());
    let pathway = read(&text, &library);
    let start = format!("  - {{name: alone in a coma, answers: {{carer: false, agrees: true, {COMA}}}, expect: {{routing: care_home}}}}\n");
    let mut told_of = 0;
    for (mutant, fate) in fates(&text, &format!("cases:\n{start}")) {
        let Fate::Unnoticed(Apart::Told(told)) = fate else { continue };
        // Filled in with what the pathway gives, the case passes; with the change it does not.
        let known = ["routing", "priority", "review"];
        let Some(difference) = told.differences.iter().find(|one| known.contains(&one.result.as_str()) && one.now != "open") else {
            continue;
        };
        let expected = format!("{}: {}", difference.result, difference.now);
        let filled = |line: &str| {
            if line.trim_start().starts_with("expect:") { format!("    expect: {{{expected}}}\n") } else { format!("{line}\n") }
        };
        let yaml: String = if told.yaml.contains("- name:") {
            told.yaml.lines().map(filled).collect()
        } else {
            assert!(told.yaml.contains("also expected"), "{}", told.yaml);
            start.replace("routing: care_home", &format!("routing: care_home, {expected}"))
        };
        told_of += 1;
        let file = cases(&format!("cases:\n{yaml}"));
        let report = run_on_pathway(&file, &pathway);
        assert!(report.results.iter().all(|result| result.passed), "{yaml}\n{}", plain(&report.diagnostics));
        let changed = read(&mutant.applied(&text), &library);
        let report = run_on_pathway(&file, &changed);
        assert!(report.results.iter().any(|result| !result.passed), "{mutant:?}\n{yaml}");
    }
    assert!(told_of >= 5, "{told_of}");
}
