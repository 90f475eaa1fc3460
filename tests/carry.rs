//! Answers given once: what one sheet determines of another, what it leaves open, and that no grade hides that it rests on answers which are only near.

use std::fs;
use std::path::Path;

use geras::assess::{Coded, GivenAnswer, problem_sentence};
use geras::carry::{CarryFile, Mapping, Why, check, mapping};
use geras::check::{BASE, page};
use geras::source::Diagnostic;
use geras::{Instrument, Library};
use geras_json::{FilledSheet, Person, assess_json, batch_line, read_answers};
use geras_tests::plain;
use serde_json::{Value, json};

/// An instrument near to the one of the checks' examples.
const HOME: &str = r#"instrument: home-visit
edition: "1"
effective: {from: 2024-01-01, until: 2029-12-31}
jurisdiction: INTL
domain: function
languages: [en]
title: {en: Home visit}
source: {title: A made-up example}
licence: {class: public_domain, wording: own}
provenance: {status: compared}
direction: higher_is_worse
missing: refuse
absent: [refused]
sections:
  - id: daily
    title: {en: Daily life}
    items:
      - {id: eating, text: {en: Eating}, options: &help [{code: alone, points: 0, label: {en: Alone}}, {code: helped, points: 1, label: {en: Helped}}, {code: unable, points: 2, label: {en: Unable}}]}
      - {id: getting_about, text: {en: Getting about}, options: *help}
inputs:
  - {id: awake, type: boolean, text: {en: Awake}}
  - {id: falls, type: integer, range: [0, 30], text: {en: Falls}, when: awake, otherwise: 0}
scores:
  need: {sum: daily, range: [0, 4]}
bands:
  need: [{id: low, from: 0, to: 1, label: {en: Low}}, {id: high, from: 2, to: 4, label: {en: High}}]
grade: {scale: [{id: low, label: {en: Low}}, {id: high, label: {en: High}}], preliminary: {band: need}}
"#;

const MAPPING: &str = "carry_to: home-visit@1
languages: [en]
mappings:
  - from: daily-help@1
    items:
      - {item: eating, from: eating, exact: {alone: alone}, approximate: {helped: helped}, open: [fed], reason: {en: Help is wider there}}
      - {item: getting_about, from: [walking, eating], exact: {alone: alone}, approximate: {helped: helped, fed: unable}, reason: {en: Both count}}
      - {item: awake, from: coma, exact: {true: false, false: true}}
      - {item: falls, from: falls, unchanged: exact}
";

fn library() -> Library {
    let (library, faults) = Library::read([("base.yaml", BASE), ("home.yaml", HOME)]);
    assert_eq!(plain(&faults), "");
    library
}

fn files(texts: &[&str]) -> Vec<CarryFile> {
    let paths = (1..).map(|number| format!("{number}.carry.yaml"));
    texts.iter().zip(paths).map(|(text, path)| CarryFile::read(&path, text).unwrap_or_else(|faults| panic!("{}", plain(&faults)))).collect()
}

/// Everything that is said about a file of mappings.
fn said(text: &str) -> Vec<String> {
    let faults = match CarryFile::read("1.carry.yaml", text) {
        Ok(file) => check(&[file], &library()),
        Err(faults) => faults,
    };
    faults.iter().map(|fault| format!("{}: {}", fault.name, fault.message)).collect()
}

fn item(rest: &str) -> String {
    format!("carry_to: home-visit@1\nlanguages: [en]\nmappings:\n  - from: daily-help@1\n    items:\n      - {{{rest}}}\n")
}

fn both(library: &Library) -> (&Instrument, &Instrument) {
    (library.find("daily-help", None).expect("it is there"), library.find("home-visit", None).expect("it is there"))
}

fn sound<'f>(files: &'f [CarryFile], from: &Instrument, to: &Instrument) -> Mapping<'f> {
    mapping(files, from, to).unwrap_or_else(|faults| panic!("{}", plain(&faults))).expect("there is a mapping")
}

/// The sheet that one sheet fills, as JSON; or the problems.
fn filled(sheet: &str, onto: Option<&str>) -> Result<Value, Vec<String>> {
    let (library, files) = (library(), files(&[MAPPING]));
    let (from, to) = both(&library);
    let mapping = sound(&files, from, to);
    let (person, onto) = (read_answers(from, sheet), onto.map(|onto| read_answers(to, onto)));
    let filled = FilledSheet::fill(&mapping, (from, &person), (to, onto.as_ref()));
    let told = |problems: Vec<geras::assess::AnswerProblem>| problems.iter().map(|problem| problem_sentence(problem, "en")).collect();
    filled.map(|filled| serde_json::from_str(&filled.json()).expect("it is JSON")).map_err(told)
}

#[test]
fn each_check_of_mappings_finds_its_wrong_example_and_not_its_right_one() {
    for name in ["carried-twice", "carry-leaves-option", "round-trip-differs"] {
        let page = page(name).expect("it has a page");
        assert!(page.has_several_files());
        let faults = |text: &str| -> Vec<Diagnostic> {
            let parts: Vec<String> =
                text.split("--- # ").skip(1).map(|part| part.split_once('\n').map_or("", |(_, text)| text).to_owned()).collect();
            check(&files(&parts.iter().map(String::as_str).collect::<Vec<_>>()), &library())
        };
        assert_eq!(plain(&faults(page.right)), "", "the right example of `{name}`");
        let wrong = faults(page.wrong);
        assert!(!wrong.is_empty() && wrong.iter().all(|fault| fault.name == name), "{}", plain(&wrong));
        insta::with_settings!({ snapshot_suffix => name, omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("mapped", plain(&wrong));
        });
    }
}

#[test]
fn unknown_names_and_options_are_told_with_what_there_is() {
    assert_eq!(
        said(&item("item: eatng, from: eating, exact: {alone: alone}")),
        ["unknown-name: home-visit@1 has no item or input `eatng`"]
    );
    assert_eq!(
        said(&item("item: eating, from: eating, exact: {alone: alone, helped: helped, fed: unabel}")),
        ["unknown-option: `eating` has no option `unabel`"]
    );
    assert_eq!(
        said(&item("item: eating, from: total, exact: {alone: alone}")),
        ["unknown-name: daily-help@1 has no item or input `total`"]
    );
    let other = "carry_to: home-visit@2\nlanguages: [en]\nmappings: [{from: daily-help, items: []}]\n";
    assert_eq!(said(other), ["unknown-name: there is no edition `home-visit@2`; there are 1", "wrong-form: `daily-help` names no edition"]);
}

#[test]
fn what_has_no_reason_or_no_way_is_refused() {
    assert_eq!(said(&item("item: eating, from: eating")), ["wrong-form: nothing says how the answers agree"]);
    assert_eq!(
        said(&item("item: eating, from: eating, exact: {alone: alone}, open: [helped, fed]")),
        ["missing-key: an item that does not agree exactly needs the key `reason`"]
    );
    assert_eq!(
        said(&item("item: eating, from: eating, exact: {alone: alone}, open: [helped, fed], reason: {de: Nein}")),
        ["text-missing: this text is missing in `en`"]
    );
    assert_eq!(
        said(&item("item: eating, from: falls, unchanged: exact")),
        ["types-differ: `eating` takes an answer of type choice, and `falls` has one of type integer"]
    );
    assert_eq!(
        said(&item("item: falls, from: falls, exact: {zero: zero}")),
        ["types-differ: `falls` is answered with integer, and has no options to carry"]
    );
}

#[test]
fn a_sheet_is_filled_as_far_as_it_is_determined_and_each_answer_says_where_it_comes_from() {
    let filled =
        filled("{id: li, date: 2024-05-14, answers: {eating: helped, walking: alone, coma: false, falls: 3}}", None).expect("it fits");
    assert_eq!(
        filled,
        json!({
            "id": "li", "date": "2024-05-14", "instrument": "home-visit@1",
            "answers": {"eating": "helped", "getting_about": "helped", "awake": true, "falls": 3},
            "carried": {
                "eating": {"from": "daily-help@1", "items": ["eating"], "exact": false},
                "getting_about": {"from": "daily-help@1", "items": ["walking", "eating"], "exact": false},
                "awake": {"from": "daily-help@1", "items": ["coma"], "exact": true},
                "falls": {"from": "daily-help@1", "items": ["falls"], "exact": true}
            }
        })
    );
}

#[test]
fn an_option_that_determines_nothing_and_an_open_answer_stay_open() {
    let filled = filled("answers: {eating: fed, coma: false}", None).expect("it fits");
    assert_eq!(filled["answers"], json!({"eating": null, "getting_about": null, "awake": true, "falls": null}));
}

#[test]
fn nothing_is_carried_to_a_question_that_is_not_asked() {
    let filled = filled("answers: {eating: alone, walking: alone, coma: true, falls: 2}", None).expect("it fits");
    assert_eq!(
        filled["answers"],
        json!({"eating": "alone", "getting_about": "alone", "awake": false}),
        "who is not awake is not asked for falls"
    );
    assert!(filled["carried"].get("falls").is_none());
}

#[test]
fn why_an_item_stays_open_is_known() {
    let (library, files) =
        (library(), files(&[&item("item: eating, from: eating, exact: {alone: alone}, open: [helped, fed], reason: {en: Wider}")]));
    let (from, to) = both(&library);
    let person = read_answers(from, "answers: {eating: fed}");
    let filled = sound(&files, from, to).carry(from, person.answers.as_ref().expect("it fits"), to, None).expect("no contradiction");
    let why = |id: &str| filled.open.iter().find(|open| open.item == id).map(|open| open.why.clone()).expect("it is open");
    assert!(matches!(why("eating"), Why::NotDetermined(Some(reason)) if reason.get("en") == "Wider"));
    assert_eq!(why("falls"), Why::NoRule);
    assert!(filled.answers.is_empty());
}

#[test]
fn answers_that_were_given_stay_and_a_contradiction_is_refused() {
    let sheet = "{id: li, date: 2024-05-14, answers: {eating: alone, walking: alone, coma: false}}";
    let kept = filled(sheet, Some("{id: li, answers: {eating: alone, falls: 7, awake: true}}")).expect("they agree");
    assert_eq!(kept["answers"], json!({"eating": "alone", "getting_about": "alone", "awake": true, "falls": 7}));
    assert!(kept["carried"].get("eating").is_none(), "what was asked here was not carried");
    let told = filled(sheet, Some("{id: li, answers: {eating: unable}}")).expect_err("they differ");
    assert_eq!(
        told,
        [
            "`eating` is answered `unable`, and `eating` of daily-help@1 carries over as `alone`, which means the same; ask again, and correct one of \
          the two sheets"
        ]
    );
}

#[test]
fn two_people_or_two_days_are_not_put_together() {
    let told =
        filled("{id: li, date: 2024-05-14, answers: {}}", Some("{id: wang, date: 2024-05-15, answers: {}}")).expect_err("they differ");
    assert_eq!(
        told,
        [
            "this belongs to `wang`, and the other to `li`",
            "this is of 2024-05-15, and the other of 2024-05-14; answers of two days are not put together"
        ]
    );
    let told = filled("{date: 2031-01-01, answers: {}}", None).expect_err("the edition has ended");
    assert_eq!(told, ["this edition was in force from 2024-01-01 to 2029-12-31, not on 2031-01-01"]);
}

/// The home visit of somebody whose sheet was filled.
fn assessed(answers: &str) -> (Person, Instrument) {
    let to = Instrument::read("home.yaml", HOME).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
    let filled = filled(answers, None).expect("it fits");
    (read_answers(&to, &filled.to_string()), to)
}

#[test]
fn a_grade_that_rests_on_near_answers_says_so_everywhere() {
    let (person, to) = assessed("{id: li, answers: {eating: helped, walking: alone, coma: false, falls: 0}}");
    let answers = person.answers.as_ref().unwrap_or_else(|problems| panic!("{problems:?}"));
    let outcome = to.assess(answers);
    assert_eq!(outcome.grade(), Some(Coded::Decided("high")), "one point for each");
    let near = outcome.approximate().expect("two answers are only near");
    assert_eq!(near.rests, ["need", "need", "grade"], "the score, its band, the grade");
    assert_eq!(near.grade_without, Some(Coded::Open(vec!["low", "high"])));
    let whole: Value = serde_json::from_str(&assess_json(&to, &person, &["en", "zh"])).expect("it is JSON");
    assert_eq!(whole["approximate"]["items"], json!(["eating", "getting_about"]));
    assert_eq!(whole["approximate"]["grade_without"], json!({"possible": ["low", "high"]}));
    let steps = whole["explanation"].as_array().expect("it has steps");
    let told = |language: &str| steps.iter().find(|step| step["step"] == "approximate").map(|step| step["text"][language].clone());
    assert_eq!(
        told("en"),
        Some(json!(
            "Caution: the grade rests on answers that were carried over and are only near. If nothing were known of them, it could be Low or High. \
             Before the grade is used, ask the person again: “Eating”, “Getting about”."
        ))
    );
    assert!(told("zh").is_some_and(|text| text.as_str().is_some_and(|text| text.contains("仅为近似的转入回答"))));
    let line = batch_line(
        &to,
        r#"{"answers": {"eating": "helped"}, "carried": {"eating": {"from": "daily-help@1", "items": ["eating"], "exact": false}}}"#,
        "en",
    );
    assert!(line.contains(r#""approximate":{"items":["eating"]"#), "{line}");
}

#[test]
fn a_grade_that_stands_without_the_near_answers_says_that_too() {
    let to = Instrument::read("home.yaml", HOME).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
    let sheet = "{answers: {eating: unable, getting_about: helped}, carried: {getting_about: {from: daily-help@1, items: [walking], exact: false}}}";
    let person = read_answers(&to, sheet);
    let outcome = to.assess(person.answers.as_ref().expect("it fits"));
    let near = outcome.approximate().expect("one answer is only near");
    assert!(!near.decides_grade() && near.rests == ["need"], "two points are high already, whatever the other: {:?}", near.rests);
    let exact = read_answers(&to, &sheet.replace("false", "true"));
    assert_eq!(to.assess(exact.answers.as_ref().expect("it fits")).approximate(), None);
}

#[test]
fn a_mark_without_its_answer_or_with_other_keys_is_refused() {
    let to = Instrument::read("home.yaml", HOME).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
    let mark = |answers: &str, mark: &str| -> Vec<String> {
        let yaml = read_answers(&to, &format!("answers: {{{answers}}}\ncarried: {{{mark}}}\n"));
        let json = read_answers(&to, &format!("{{\"answers\": {{}}, \"carried\": {{{mark}}}}}"));
        assert!(json.answers.is_err(), "{mark}");
        yaml.answers.expect_err("it is refused").iter().map(|problem| problem_sentence(problem, "en")).collect()
    };
    assert_eq!(
        mark("", "\"eating\": {\"from\": \"x@1\", \"items\": [\"a\"], \"exact\": true}"),
        ["`carried` says where the answer to `eating` comes from, and there is no answer"]
    );
    let keys = "under `carried` each item has the keys `from` (a text), `items` (a list) and `exact` (true or false)";
    assert_eq!(mark("eating: alone", "\"eating\": {\"from\": \"x@1\", \"exact\": true}"), [keys]);
    assert_eq!(mark("eating: alone", "\"eating\": true"), [keys]);
    assert_eq!(
        mark("", "\"sleeping\": {\"from\": \"x@1\", \"items\": [\"a\"], \"exact\": true}"),
        ["`sleeping` is no item, input or setting of this instrument"]
    );
}

#[test]
fn an_answer_that_is_near_never_becomes_exact_on_its_way() {
    let back = "carry_to: daily-help@1\nlanguages: [en]\nmappings:\n  - from: home-visit@1\n    items:\n      - {item: eating, from: eating, exact: {alone: alone, helped: helped, unable: fed}}\n";
    let (library, files) = (library(), files(&[back]));
    let (base, home) = both(&library);
    let sheet = "{answers: {eating: helped}, carried: {eating: {from: daily-help@1, items: [eating], exact: false}}}";
    let person = read_answers(home, sheet);
    let filled = sound(&files, home, base).carry(home, person.answers.as_ref().expect("it fits"), base, None).expect("no contradiction");
    let answer = filled.answers.first().expect("one answer is determined");
    assert_eq!(answer.answer, GivenAnswer::Code("helped".to_owned()));
    assert_eq!(answer.origin.as_ref().map(|origin| origin.exact), Some(false));
}

#[test]
fn the_shipped_mappings_are_sound_and_carry_a_real_sheet() {
    // Reading them all takes minutes without optimisation; mappings name editions of one country, or the two of the PHQ.
    let named = |path: &str| path.starts_with("instruments/cn/") || path.starts_with("instruments/intl/phq");
    let (library, _) = Library::read(geras_instruments::definitions().filter(|(path, _)| named(path)));
    let shipped: Vec<CarryFile> = geras_instruments::carries()
        .map(|(path, text)| CarryFile::read(path, text).unwrap_or_else(|faults| panic!("{}", plain(&faults))))
        .collect();
    assert!(shipped.len() >= 2, "mappings are shipped");
    assert_eq!(plain(&check(&shipped, &library)), "");
    let (from, to) = (library.find("gb-t-42195", None).expect("shipped"), library.find("mz-t-039", None).expect("shipped"));
    let sheet =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/answers/gb-t-42195-mrs-li.yaml")).expect("it is there");
    let person = read_answers(from, &sheet);
    let filled = sound(&shipped, from, to).carry(from, person.answers.as_ref().expect("it fits"), to, None).expect("no contradiction");
    let answer = |id: &str| {
        filled
            .answers
            .iter()
            .find(|answer| answer.item == id)
            .map(|answer| (answer.answer.word(), answer.origin.as_ref().is_some_and(|origin| origin.exact)))
    };
    assert_eq!(answer("falls"), Some(("1".to_owned(), true)));
    assert_eq!(answer("consciousness"), Some(("alert".to_owned(), true)));
    assert_eq!(answer("walking"), Some(("some_help".to_owned(), false)));
    assert_eq!(answer("cognition"), None, "clock and words were not asked for");
}
