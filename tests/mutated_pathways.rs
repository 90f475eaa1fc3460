//! Whether the cases of a pathway guard its rules: each change is noticed by a case, refused by a check, or listed with a person who would tell it. Judges no pathway.

use geras::cases::{CaseFile, run_on_pathway};
use geras::check::{BASE, PATHWAY_BASE};
use geras::mutate::{Apart, Fate, Mutant, PathwayTrial, mutants_of_pathway};
use geras::{Library, Pathway};
use geras_tests::plain;

/// The small pathway of the manual's checks, whose help is severe or not, with a waiting order, a review and a wish.
fn pathway_text() -> String {
    format!(
        "{PATHWAY_BASE}wishes:\n  - {{id: stays, when: agrees && carer && help.coma, to: with_service, text: {{en: Wants to stay}}, basis: illustrative}}\n\
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
    let cared_for =
        format!("  - {{name: cared for in a coma, answers: {{carer: true, agrees: false, {COMA}}}, expect: {{routing: with_family}}}}\n");
    let one = with(&format!("cases:\n{alone}"));
    assert_eq!(*fate_of(&one, "points of the reason for priority urgent", "4"), Fate::NoticedByCase("alone in a coma".to_owned()));
    assert_eq!(*fate_of(&one, "days of the review soon", "29"), Fate::NoticedByCase("alone in a coma".to_owned()));
    let Fate::Unnoticed(Apart::Told(told)) = fate_of(&one, "when of the rule nobody_at_home", "||") else {
        panic!("{:?}", fate_of(&one, "when of the rule nobody_at_home", "||"))
    };
    assert!(told.differences.iter().any(|difference| difference.result == "routing"), "{told:?}");
    assert!(told.yaml.contains("expect: {routing: \"?\""), "{}", told.yaml);
    let two = with(&format!("cases:\n{alone}{cared_for}"));
    assert!(matches!(fate_of(&two, "when of the rule nobody_at_home", "||"), Fate::NoticedByCase(_)), "{two:?}");
}

#[test]
fn the_person_who_tells_a_change_apart_is_a_case_that_notices_it() {
    let (text, library) = (pathway_text(), library());
    let pathway = read(&text, &library);
    let start =
        format!("cases:\n  - {{name: alone in a coma, answers: {{carer: false, agrees: true, {COMA}}}, expect: {{routing: care_home}}}}\n");
    let mut told_of = 0;
    for (mutant, fate) in fates(&text, &start) {
        let Fate::Unnoticed(Apart::Told(told)) = fate else { continue };
        if !told.yaml.contains("- name:") || told.differences.iter().any(|one| one.result == "the sheet") {
            continue;
        }
        told_of += 1;
        // Filled in with what the pathway gives, the case passes; with the change it does not.
        let key_of = |result: &str| match result {
            "routing" | "proposal" | "rule" | "wish" | "priority" | "review" => Some(result.to_owned()),
            _ => None,
        };
        let Some(difference) = told.differences.iter().find(|one| key_of(&one.result).is_some() && one.now != "open") else { continue };
        let expect = format!("expect: {{{}: {}}}", difference.result, difference.now);
        let yaml: String = told
            .yaml
            .lines()
            .map(|line| if line.trim_start().starts_with("expect:") { format!("    {expect}\n") } else { format!("{line}\n") })
            .collect();
        let file = cases(&format!("cases:\n{yaml}"));
        let report = run_on_pathway(&file, &pathway);
        assert!(report.results.iter().all(|result| result.passed), "{yaml}\n{}", plain(&report.diagnostics));
        let changed = read(&mutant.applied(&text), &library);
        let report = run_on_pathway(&file, &changed);
        assert!(report.results.iter().any(|result| !result.passed), "{mutant:?}\n{yaml}");
    }
    assert!(told_of > 5, "{told_of}");
}
