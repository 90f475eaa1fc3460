//! Findings, and instruments that give no grade: what they say, when they are open, and where they show up. Their proofs against brute force are in `open_answers`.

use geras::Instrument;
use geras::assess::{Answer, Holds, Outcome, Step, sentence};
use geras::check::example;
use geras_json::{assess_json, batch_line, describe_json, read_json};
use geras_tests::plain;
use serde_json::{Value, json};

const RULES: &str = r#"findings:
  - {id: unsteady, when: falls >= 2, text: {en: Falls again and again.}, advice: {en: Look at gait and balance.}, cite: section 8}
  - {id: helpless, when: eating == "fed", text: {en: Cannot eat alone}}
  - {id: home_help, when: unsteady || helpless, text: {en: Needs somebody to come by}}
grade:
  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
  adjustments:
    - {id: unsteady_walker, when: unsteady && walking != "alone", raise: 1}
alerts:
  - {id: alone_at_meals, when: helpless && !coma, text: {en: Somebody has to help at every meal}, urgency: now}
"#;

fn instrument(rules: &str) -> Instrument {
    Instrument::read("example.yaml", &example(rules)).unwrap_or_else(|faults| panic!("{}", plain(&faults)))
}

fn said(rules: &str) -> Vec<String> {
    let faults = match Instrument::read("example.yaml", &example(rules)) {
        Ok(instrument) => instrument.warnings().to_vec(),
        Err(faults) => faults,
    };
    faults.iter().map(|fault| format!("{}: {}", fault.name, fault.message)).collect()
}

fn assess<'i>(instrument: &'i Instrument, answers: &[(&str, Answer<'_>)]) -> Outcome<'i> {
    let mut sheet = instrument.answers();
    for (id, answer) in answers {
        sheet.answer(id, answer);
    }
    instrument.assess(&sheet.check().expect("the answers fit"))
}

fn held(outcome: &Outcome<'_>, wanted: Holds) -> Vec<String> {
    outcome.findings().filter(|found| found.holds == wanted).map(|found| found.finding.id.value.clone()).collect()
}

#[test]
fn a_finding_holds_on_its_edge_and_carries_those_that_build_on_it() {
    let instrument = instrument(RULES);
    let one = assess(&instrument, &[("falls", Answer::Number(1.into())), ("eating", Answer::Text("alone"))]);
    assert_eq!(held(&one, Holds::Yes), [] as [&str; 0]);
    let two = assess(&instrument, &[("falls", Answer::Number(2.into())), ("eating", Answer::Text("alone"))]);
    assert_eq!(held(&two, Holds::Yes), ["unsteady", "home_help"]);
}

#[test]
fn a_finding_is_open_until_nothing_can_change_it() {
    let instrument = instrument(RULES);
    let blank = assess(&instrument, &[]);
    assert_eq!(held(&blank, Holds::Open), ["unsteady", "helpless", "home_help"]);
    let fed = assess(&instrument, &[("eating", Answer::Text("fed"))]);
    assert_eq!(held(&fed, Holds::Yes), ["helpless", "home_help"], "whoever is fed needs help, whatever the falls");
    assert_eq!(held(&fed, Holds::Open), ["unsteady"]);
    assert!(fed.waiting_on().contains(&"falls"));
}

#[test]
fn adjustments_and_alerts_may_stand_on_findings() {
    let instrument = instrument(RULES);
    let answers = [
        ("falls", Answer::Number(2.into())),
        ("eating", Answer::Text("alone")),
        ("walking", Answer::Text("helped")),
        ("coma", Answer::Boolean(false)),
    ];
    let outcome = assess(&instrument, &answers);
    assert_eq!(outcome.grade(), Some(geras::assess::Coded::Decided("moderate")), "mild, and raised by one");
    assert!(outcome.alerts().all(|alert| alert.holds == Holds::No));
    assert!(outcome.is_decided());
}

#[test]
fn a_finding_reads_like_a_sentence_with_its_advice_and_its_clause() {
    let instrument = instrument(RULES);
    let outcome = assess(&instrument, &[("falls", Answer::Number(3.into()))]);
    let told = |language: &str| -> Vec<String> {
        let steps = outcome.explanation();
        let found = steps.iter().filter(|step| matches!(step, Step::Found { .. }));
        found.map(|step| sentence(step, instrument.definition(), language)).collect()
    };
    assert_eq!(
        told("en"),
        [
            "Falls again and again (section 8). Advice: Look at gait and balance.",
            "Possible: Cannot eat alone.",
            "Needs somebody to come by."
        ]
    );
    assert_eq!(told("zh").first().map(String::as_str), Some("Falls again and again（section 8）。建议：Look at gait and balance。"));
}

#[test]
fn findings_show_up_in_every_shape() {
    let instrument = instrument(RULES);
    let sheet = r#"{"id": "li", "answers": {"falls": 2}}"#;
    let line: Value = serde_json::from_str(&batch_line(&instrument, sheet, "en")).expect("a line is JSON");
    assert_eq!(line["findings"], json!(["unsteady", {"id": "helpless", "open": true}, "home_help"]));
    let person = read_json(&instrument, sheet);
    let whole: Value = serde_json::from_str(&assess_json(&instrument, &person, &["en"])).expect("an outcome is JSON");
    assert_eq!(
        whole["texts"]["en"]["findings"]["unsteady"],
        json!({"text": "Falls again and again.", "advice": "Look at gait and balance."})
    );
    let steps = whole["explanation"].as_array().expect("it has steps");
    assert!(steps.iter().any(|step| step["step"] == "found" && step["finding"] == "helpless" && step["open"] == true));
    let described: Value = serde_json::from_str(&describe_json(&instrument)).expect("a description is JSON");
    assert_eq!(described["findings"][0]["advice"]["en"], "Look at gait and balance.");
    assert_eq!(described["findings"][2]["when"], "unsteady || helpless");
}

#[test]
fn findings_that_need_each_other_have_no_beginning() {
    let told = said("findings:\n  - {id: a, when: b, text: {en: A}}\n  - {id: b, when: a, text: {en: B}}\n");
    assert_eq!(told, ["cyclic-reference: `a` needs itself: `a` → `b` → `a`"]);
}

#[test]
fn a_finding_shares_the_names_of_items_and_scores() {
    let told = said("findings:\n  - {id: total, when: coma, text: {en: A}}\n");
    assert_eq!(told, ["duplicate-id: `total` is given twice"]);
    let told = said("findings:\n  - {id: a, when: coma, text: {en: A}}\n  - {id: a, when: falls > 1, text: {en: B}}\n");
    assert_eq!(told, ["duplicate-id: `a` is given twice"]);
}

#[test]
fn a_finding_is_yes_or_no_and_never_a_number() {
    let told = said("findings:\n  - {id: a, when: coma, text: {en: A}}\nscores:\n  total: {sum: [daily, a], range: [0, 20]}\n");
    assert_eq!(told, ["types-differ: `a` is a finding, and a number is wanted"]);
    let told = said("findings:\n  - {id: a, when: coma, text: {en: A}}\n  - {id: b, when: falls > 20, text: {en: B}}\n");
    assert_eq!(told, ["finding-never-holds: nobody can have the finding `b`: its condition is never true"]);
}

const UNGRADED: &str = "# grade: not written
not_graded: {en: The table of the grades is not public.}
";

#[test]
fn an_instrument_without_a_grade_says_why_in_every_outcome() {
    let instrument = instrument(UNGRADED);
    let outcome = assess(&instrument, &[("eating", Answer::Text("fed"))]);
    assert_eq!(outcome.grade(), None);
    let last = outcome.explanation().pop().expect("there are steps");
    assert_eq!(sentence(&last, instrument.definition(), "en"), "No grade: The table of the grades is not public.");
    assert_eq!(sentence(&last, instrument.definition(), "zh"), "不予定级：The table of the grades is not public。");
    let person = read_json(&instrument, r#"{"answers": {}}"#);
    let whole: Value = serde_json::from_str(&assess_json(&instrument, &person, &["en"])).expect("an outcome is JSON");
    assert_eq!(whole["grade"], Value::Null);
    assert_eq!(whole["texts"]["en"]["not_graded"], "The table of the grades is not public.");
    let described: Value = serde_json::from_str(&describe_json(&instrument)).expect("a description is JSON");
    assert_eq!(described["not_graded"], json!({"en": "The table of the grades is not public."}));
}

#[test]
fn nobody_can_say_that_there_is_no_grade_and_give_one() {
    assert_eq!(said("not_graded: {en: Not public}\n"), ["wrong-form: this says why no grade can be given, and the instrument has a grade"]);
    assert_eq!(
        said("# grade: not written\nnot_graded: {de: Nicht bekannt}\n").first().map(|told| told.starts_with("text-missing")),
        Some(true)
    );
}
