//! The shapes that enter and leave: lines of a batch as documented, exact numbers, one outcome from every door, and no way to break a door.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use geras::assess::AnswerProblem;
use geras::source::{Kind as Shape, ScalarStyle, Source, Value as Node, parse};
use geras::{Instrument, Library};
use geras_json::{
    CsvSheets, Kind, Person, assess_json, batch_line, describe_json, diagnostics_json, is_whole_record, read_answers, read_json, schema,
    write_batch_line,
};
use serde_json::Value;

/// Numbers that binary fractions get wrong, every kind of item, and nothing that is known from elsewhere.
const MADE_UP: &str = r#"
instrument: made-up
edition: "1"
effective: {from: 2020-01-01, until: 2029-12-31}
jurisdiction: INTL
domain: function
languages: [en]
title: {en: Made up}
source: {title: nothing}
licence: {class: public_domain, wording: own}
provenance: {status: compared}
direction: higher_is_worse
missing: refuse
absent: [refused]
settings:
  - {id: way, text: {en: Way}, default: one, options: [{code: one, label: {en: One}}, {code: two, label: {en: Two}}]}
sections:
  - id: all
    title: {en: All}
    items:
      - {id: step, text: {en: Step}, options: [{code: "0", points: 0, label: {en: None}}, {code: "1", points: 3, label: {en: Some}}]}
      - {id: share, text: {en: Share}, type: decimal, range: [0, 100], step: 0.01}
inputs:
  - {id: tools, text: {en: Tools}, type: choices, options: [{code: cane, label: {en: Cane}}, {code: "walker, big", label: {en: Walker}}]}
  - {id: alone, text: {en: Alone}, type: boolean}
  - {id: born, text: {en: Born}, type: date}
  - {id: remark, text: {en: Remark}, type: text}
scores:
  weighted: {sum: {of: [step], weights: {step: 4.3}}}
  shared: {sum: [share]}
  minus: {formula: 0 - share}
"#;

fn shipped(ending: &str) -> Instrument {
    let (path, text) = geras_instruments::definitions().find(|(path, _)| path.ends_with(ending)).expect("it is shipped");
    Instrument::read(path, text).expect("it is sound")
}

fn gb() -> &'static Instrument {
    static READ: LazyLock<Instrument> = LazyLock::new(|| shipped("gb-t-42195/2022.yaml"));
    &READ
}

fn made_up() -> &'static Instrument {
    static READ: LazyLock<Instrument> =
        LazyLock::new(|| Instrument::read("made-up.yaml", MADE_UP).unwrap_or_else(|faults| panic!("{}", diagnostics_json(&faults))));
    &READ
}

fn example(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/answers").join(name)).expect("it can be read")
}

/// The example's answers as JSON, with these put in their place; `None` takes one away.
fn mrs_li(changes: &[(&str, Option<&str>)], more: &str) -> String {
    let document = parse(&Source::new("example", &example("gb-t-42195-mrs-li.yaml"))).expect("it is YAML");
    let Shape::Mapping(keys) = document.root.kind else { panic!("no keys") };
    let Shape::Mapping(answers) = &keys.iter().find(|entry| entry.key.value == "answers").expect("answers").value.kind else { panic!() };
    let kept = answers.iter().map(|entry| (entry.key.value.as_str(), json(&entry.value)));
    let changed = kept.filter_map(|(id, value)| match changes.iter().find(|(changed, _)| *changed == id) {
        Some((_, change)) => change.map(|change| (id, change.to_owned())),
        None => Some((id, value)),
    });
    let answers: Vec<String> = changed.map(|(id, value)| format!("\"{id}\": {value}")).collect();
    format!("{{\"id\": \"mrs-li\", \"date\": \"2024-05-14\"{more}, \"answers\": {{{}}}}}", answers.join(", "))
}

fn json(node: &Node) -> String {
    let Shape::Scalar(scalar) = &node.kind else { panic!("only plain answers") };
    let bare =
        scalar.style == ScalarStyle::Plain && (scalar.text.parse::<i64>().is_ok() || ["true", "false"].contains(&scalar.text.as_str()));
    if bare { scalar.text.clone() } else { format!("{:?}", scalar.text) }
}

fn line(instrument: &Instrument, person: &Person) -> String {
    let mut out = Vec::new();
    write_batch_line(instrument, person, "en", &mut out);
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn problems(instrument: &Instrument, sheet: &str) -> Vec<(String, &'static str)> {
    let named = |problem: AnswerProblem| (problem.item.clone(), problem.kind.name());
    read_json(instrument, sheet).answers.err().unwrap_or_default().into_iter().map(named).collect()
}

#[track_caller]
fn assert_problem(sheet: &str, item: &str, problem: &'static str) {
    assert_eq!(problems(made_up(), sheet), [(item.to_owned(), problem)], "{sheet}");
}

#[test]
fn a_decided_person_is_a_line_of_plain_values() {
    // 2+3+1+2+1+3+3+2 = 17, 3+2+2+1 = 8, 4+3+4+3+3+2+1+0+2 = 22, 1+1+2+0+3 = 7; 54 is moderate, one fall and one choking raise it.
    assert_eq!(
        batch_line(gb(), &mrs_li(&[], ""), "en"),
        r#"{"id":"mrs-li","status":"decided","scores":{"self_care":17,"mobility":8,"mental":22,"perception":7,"total":54},"#.to_owned()
            + r#""bands":{"total":"moderate"},"grade":"severe","preliminary_grade":"moderate","findings":[],"alerts":[],"routing":null}"#
    );
}

#[test]
fn an_open_person_is_a_line_that_says_what_is_possible_and_what_it_waits_for() {
    // Bathing gives 0 to 4 instead of 1; without the number of falls, the choking alone may or may not raise the grade.
    assert_eq!(
        batch_line(gb(), &mrs_li(&[("bathing", None), ("falls", Some("null"))], ""), "en"),
        r#"{"id":"mrs-li","status":"open","scores":{"self_care":{"min":16,"max":20},"mobility":8,"mental":22,"perception":7,"#.to_owned()
            + r#""total":{"min":53,"max":57}},"bands":{"total":"moderate"},"grade":{"possible":["moderate","severe"]},"#
            + r#""preliminary_grade":"moderate","findings":[],"alerts":[],"routing":null,"waiting_on":["bathing","falls"]}"#
    );
}

#[test]
fn an_open_band_lists_the_bands_it_can_still_be_and_an_open_alert_says_so() {
    // Eating (2 of 4), memory (3 of 4), hearing (1 of 2), transport (0 of 3) and turning in bed (3 of 4) leave 45 to 62 of 54 points.
    let taken = ["eating", "memory", "hearing", "transport", "bed_transfer", "self_harm"].map(|id| (id, None));
    let line = batch_line(gb(), &mrs_li(&taken, ""), "en");
    let line: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(line["bands"]["total"], serde_json::json!({"possible": ["moderate", "severe"]}), "{line}");
    assert_eq!(line["alerts"], serde_json::json!([{"id": "suicide_risk", "open": true}]));
    let raised = batch_line(gb(), &mrs_li(&[("self_harm", Some("1"))], ""), "en");
    assert!(raised.contains(r#""alerts":["suicide_risk"]"#), "{raised}");
}

#[test]
fn a_refused_sheet_is_a_line_with_all_its_problems() {
    let sheet = mrs_li(&[("eating", Some("\"alone\"")), ("falls", Some("100")), ("lost", Some("\"often\""))], "");
    let line = batch_line(gb(), &sheet, "en");
    assert!(
        line.starts_with(
            r#"{"id":"mrs-li","problems":[{"item":"eating","problem":"unknown-option","message":"`eating` has no option `alone`"#
        ),
        "{line}"
    );
    let named: Vec<&str> = problems(gb(), &sheet).into_iter().map(|(_, name)| name).collect();
    assert_eq!(named, ["unknown-option", "out-of-range", "wrong-type"]);
    assert!(batch_line(gb(), &sheet, "zh").contains("没有选项"));
}

#[test]
fn an_item_that_was_refused_leaves_its_score_open_and_is_named() {
    let line = batch_line(gb(), &mrs_li(&[("bathing", Some(r#"{"absent": "refused"}"#))], ""), "en");
    let line: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(line["status"], "open");
    assert_eq!(line["scores"]["self_care"], serde_json::json!({"min": 16, "max": 20}));
    assert_eq!(line["waiting_on"], serde_json::json!(["bathing"]));
}

#[test]
fn settings_and_a_decision_of_the_panel_come_back_with_the_line() {
    let more =
        r#", "settings": {"event_counting": "per_type"}, "override": {"grade": "severe", "reason": "seen at home", "by": "panel 7"}"#;
    let line = batch_line(gb(), &mrs_li(&[], more), "en");
    let end = r#""overridden":{"grade":"severe","reason":"seen at home","by":"panel 7"},"settings":{"event_counting":"per_type"}}"#;
    assert!(line.ends_with(end), "{line}");
    assert!(
        line.contains(r#""grade":"moderate","preliminary_grade":"moderate""#),
        "one fall and one choking are two only together: {line}"
    );
    assert!(batch_line(gb(), &mrs_li(&[], r#", "settings": {"event_counting": "summed"}"#), "en").ends_with(r#""routing":null}"#));
}

#[test]
fn numbers_keep_their_exact_digits() {
    let line = |share: &str| batch_line(made_up(), &format!(r#"{{"id": 7, "answers": {{"step": 1, "share": {share}}}}}"#), "en");
    // 3 x 4.3 is 12.9, which binary fractions make 12.899999999999999.
    let expected = r#"{"id":7,"status":"decided","scores":{"weighted":12.9,"shared":53.75,"minus":-53.75},"bands":{},"grade":null,"#
        .to_owned()
        + r#""preliminary_grade":null,"findings":[],"alerts":[],"routing":null}"#;
    assert_eq!(line("53.75"), expected);
    assert!(line("0.1").contains(r#""shared":0.1,"minus":-0.1"#));
    assert!(line("100.00").contains(r#""shared":100,"minus":-100"#));
    assert!(line("-0").contains(r#""shared":0,"minus":0"#), "{}", line("-0"));
    assert!(line("0.30").contains(r#""shared":0.3,"#));
}

#[test]
fn yaml_json_and_csv_sheets_with_the_same_content_give_the_same_bytes() {
    let (instrument, yaml, json) = (gb(), example("gb-t-42195-mrs-li.yaml"), mrs_li(&[], ""));
    let account = |person: &Person| assess_json(instrument, person, &["zh", "en"]);
    let expected = account(&read_json(instrument, &json));
    assert_eq!(account(&read_answers(instrument, &yaml)), expected);
    assert_eq!(account(&read_answers(instrument, &json)), expected);

    let instrument = made_up();
    let sheets = [
        r#"{"id": "p, 1", "date": "2024-05-01", "settings": {"way": "two"}, "answers": {"step": "1", "share": 0.07, "tools": ["cane", "walker, big"],
            "alone": true, "born": "1940-02-29", "remark": "says \"no\"", "tools": null}}"#,
        "id: p, 1\ndate: 2024-05-01\nsettings: {way: two}\nanswers: {step: 1, share: 0.07, tools: [cane, 'walker, big'], alone: true, born: 1940-02-29, remark: says \"no\"}",
        "{id: 'p, 1', date: 2024-05-01, settings: {way: two}, answers: {step: \"1\", share: 0.07, tools: [cane, 'walker, big'], alone: true, born: 1940-02-29, remark: 'says \"no\"'}}",
    ];
    let table = CsvSheets::new(instrument, "id,date,setting.way,step,share,tools,alone,born,remark\r\n").expect("all columns are known");
    let row = table.read("\"p, 1\",2024-05-01,two,1,0.07,\"cane|walker, big\",true,1940-02-29,\"says \"\"no\"\"\"\r\n");
    assert!(row.answers.is_ok(), "{row:?}");
    for sheet in sheets {
        let person = read_answers(instrument, sheet);
        assert_eq!(person, row);
        assert_eq!(line(instrument, &person), line(instrument, &row));
    }
}

#[test]
fn the_same_mistakes_have_the_same_names_in_yaml_and_json() {
    let instrument = made_up();
    for sheet in [
        r#"{"answers": {"step": [1, {}], "share": {"absent": ["refused"]}, "alone": {"why": "x"}, "nobody": null, "born": "2024-13-01"}}"#,
        r#"{"answers": {"step": true, "share": "1", "alone": 1, "tools": ["cane", "stick"], "born": 5, "remark": 5}, "settings": {"way": "three"}}"#,
        r#"{"id": true, "date": 5, "answers": [], "settings": 7, "override": "severe", "instrument": 3}"#,
        r#"{"id": 1.5, "date": "2019-12-31", "answers": {}, "override": {"grade": "x", "by": "y", "z": 1}, "instrument": "other@1", "odd": 1}"#,
    ] {
        let (json, yaml) = (read_json(instrument, sheet), read_answers(instrument, &sheet.replacen('{', "# YAML\n{", 1)));
        assert!(json.answers.is_err(), "{sheet}");
        assert_eq!(line(instrument, &yaml), line(instrument, &json), "{sheet}");
    }
}

#[test]
fn a_sheet_for_another_instrument_or_another_time_is_refused() {
    for fits in ["made-up", "made-up@1", "intl/made-up", "intl/made-up@1"] {
        assert_eq!(problems(made_up(), &format!(r#"{{"instrument": "{fits}", "answers": {{}}}}"#)), [], "{fits}");
    }
    for other in ["made-up@2", "cn/made-up", "made", "", "@1"] {
        assert_problem(&format!(r#"{{"instrument": "{other}", "answers": {{}}}}"#), "instrument", "wrong-instrument");
    }
    assert_problem(r#"{"date": "2019-12-31", "answers": {}}"#, "date", "not-in-force");
    assert_eq!(problems(made_up(), r#"{"date": "2020-01-01", "answers": {}}"#), []);
    assert_eq!(problems(made_up(), r#"{"date": "2029-12-31", "answers": {}}"#), []);
    assert_problem(r#"{"date": "2030-01-01", "answers": {}}"#, "date", "not-in-force");
    assert_problem(r#"{"date": "1.5.2024", "answers": {}}"#, "date", "wrong-type");
}

#[test]
fn nothing_that_a_sheet_says_is_dropped() {
    assert_problem(r#"{"answers": {"step": "1", "step": "0"}}"#, "step", "answered-twice");
    assert_problem(r#"{"id": 1, "id": 2, "answers": {}}"#, "id", "answered-twice");
    assert_problem(r#"{"answers": {}, "answers": {"step": "1"}}"#, "answers", "answered-twice");
    assert_problem(r#"{"answers": {}, "settings": {"way": "one", "way": "two"}}"#, "way", "answered-twice");
    assert_problem(r#"{"step": "1", "answers": {}}"#, "step", "unreadable");
    assert_problem(r#"{"id": 1}"#, "answers", "unreadable");
    assert_problem(r#"{"answers": {"stepp": null}}"#, "stepp", "unknown-item");
    assert_problem(r#"{"answers": {"way": "two"}}"#, "way", "unknown-item");
    assert_problem(r#"{"answers": {}, "settings": {"step": "1"}}"#, "step", "unknown-item");
    assert_problem(r#"{"answers": {"share": 0.005}}"#, "share", "off-step");
    assert_problem(r#"{"answers": {"step": {"absent": "unable"}}}"#, "step", "absent-reason-not-allowed");
    assert_eq!(problems(made_up(), r#"{"answers": {"step": null, "share": {"absent": "refused"}, "\u0061lone": false}}"#), []);
}

#[test]
fn a_hostile_line_is_one_problem_and_never_a_panic() {
    let deep = format!(r#"{{"answers": {{"step": {}}}}}"#, "[".repeat(200_000));
    let deep_closed = format!(r#"{{"answers": {{"step": {}1{}}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let deep_keys = format!(r#"{{"id": {}1{}}}"#, r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    let whole = mrs_li(&[], "");
    let mut lines: Vec<String> = vec![deep, deep_closed, deep_keys];
    lines.extend((0..whole.len()).step_by(11).map(|at| whole[..at].to_owned()));
    for line in [
        "",
        " ",
        "null",
        "[]",
        "3",
        "\"x\"",
        "true",
        "{",
        "{}}",
        "{}{}",
        "NaN",
        r#"{"answers": NaN}"#,
        r#"{"answers": {"share": NaN}}"#,
        r#"{"answers": {"share": Infinity}}"#,
        r#"{"answers": {"share": -}}"#,
        r#"{"answers": {"share": 01}}"#,
        r#"{"answers": {"share": 1e999}}"#,
        r#"{"answers": {"share": 99999999999999999999999999999999999999999}}"#,
        r#"{"answers": {"share": 0.1e1}}"#,
        r#"{"answers": 1.5}"#,
        r#"{"answers": {"share": 0.000000000000000000000000000000000001}}"#,
        r#"{"answers": {"remark": "\ud800"}}"#,
        r#"{"id": "\ud800", "answers": {}}"#,
        "{\"answers\": {\"remark\": \"\u{1}\"}}",
        "{\"answers\": {\"re\nmark\": 1}}",
        "\u{0}",
        "{'answers': {}}",
        "{\"answers\": {},}",
        "{\"answers\": {}} // done",
        "\u{feff}\u{feff}{",
        "id;date",
        r#"{"answers": {"step": ["1"}}"#,
        r#"{"answers": {"share": "1"}"#,
    ] {
        lines.push(line.to_owned());
    }
    let (instrument, validator) = (made_up(), validator(Kind::Line));
    for text in &lines {
        assert!(read_json(instrument, text).answers.is_err(), "taken: {text:.80}");
        // As a file some of them are YAML.
        for person in [read_json(instrument, text), read_answers(instrument, text)] {
            let line = line(instrument, &person);
            let value: Value = serde_json::from_str(&line).unwrap_or_else(|fault| panic!("{fault}: {line}"));
            assert!(validator.is_valid(&value), "{line}");
            assert!(line.len() < 10_000, "{line:.200}");
        }
    }
    assert!(
        batch_line(instrument, r#"{"id": "li", "answers": {"step"#, "en")
            .starts_with(r#"{"id":"li","problems":[{"item":"","problem":"unreadable""#)
    );
    let control = batch_line(instrument, r#"{"id": "a\u0000\n\u2028", "answers": {}}"#, "en");
    assert!(control.starts_with("{\"id\":\"a\\u0000\\n\u{2028}\",\"status\":\"open\""), "{control}");
}

#[test]
fn a_csv_table_says_what_is_wrong_with_its_header_and_its_rows() {
    let instrument = made_up();
    let header = CsvSheets::new(instrument, "id,stepp,share,share,setting.wey").expect_err("three columns are wrong");
    let named: Vec<_> = header.iter().map(|problem| (problem.item.as_str(), problem.kind.name())).collect();
    assert_eq!(named, [("stepp", "unknown-item"), ("share", "answered-twice"), ("setting.wey", "unknown-item")]);

    let table = CsvSheets::new(instrument, "\u{feff}id,step,share,alone,remark,override.reason").expect("all columns are known");
    let named = |row: &str| {
        let person = table.read(row);
        let problems = person.answers.err().unwrap_or_default();
        problems.into_iter().map(|problem| (problem.item.clone(), problem.kind.name())).collect::<Vec<_>>()
    };
    assert_eq!(named("1,,,,,"), []);
    assert_eq!(named("1,1,!refused,false,\"two\nlines\","), []);
    assert_eq!(named("1,!unable,,yes,,"), [("step".to_owned(), "absent-reason-not-allowed"), ("alone".to_owned(), "wrong-type")]);
    assert_eq!(named("1,,1.234,,,"), [("share".to_owned(), "off-step")]);
    assert_eq!(named("1,,1e1,,,"), [("share".to_owned(), "wrong-type")]);
    assert_eq!(named("1,,,,,because"), [("override".to_owned(), "unreadable")]);
    for broken in ["", "1,2", "1,,,,,,", "1,,,,\"x,", "1,,,,x\"y,", "1,,,,\"x\"y,"] {
        assert_eq!(named(broken), [(String::new(), "unreadable")], "{broken}");
    }
    assert_eq!(table.read("p7,x").id, Some(geras_json::PersonId::Text("p7".to_owned())), "a broken row still names its person");
    assert!(is_whole_record("1,\"a\"\"b\"") && !is_whole_record("1,\"a"));
}

fn validator(kind: Kind) -> jsonschema::Validator {
    jsonschema::validator_for(&schema(kind)).expect("the schema is one")
}

#[track_caller]
fn assert_fits(kind: Kind, text: &str) {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let wrong: Vec<String> = validator(kind).iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}: {}\n{text}", kind.name(), wrong.join("\n"));
}

#[test]
fn a_proof_of_a_pathway_fits_its_schema() {
    let (library, _) = Library::read(geras_instruments::definitions().chain(geras_instruments::pathways()));
    let pathway = library.find_pathway("hospice-admission", None).unwrap_or_else(|why| panic!("{why}"));
    assert_fits(Kind::PathwayProof, &geras_json::pathway_proof_json(pathway, &geras::prove::prove_pathway(pathway)));
}

#[test]
fn a_proof_fits_its_schema_and_its_witness_is_a_sheet_that_leads_there() {
    let (path, text) = geras_instruments::definitions().find(|(path, _)| path.contains("fr/aggir/")).expect("it is shipped");
    let instrument = Instrument::read(path, text).expect("it is sound");
    let text = geras_json::proof_json(&instrument, &geras::prove::prove(&instrument));
    let proof: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_fits(Kind::Proof, &text);
    let grade = proof["questions"].as_array().expect("questions").iter().find(|question| question["about"] == "grade").expect("a grade");
    assert_eq!(grade["sheets"], "6561");
    for reached in grade["reached"].as_array().expect("values") {
        let sheet = serde_json::json!({"answers": reached["witness"]}).to_string();
        let line: Value = serde_json::from_str(&geras_json::batch_line(&instrument, &sheet, "en")).expect("it is JSON");
        assert_eq!(line["grade"], reached["value"], "{sheet}");
    }
}

#[test]
fn every_output_fits_its_schema() {
    let all: Vec<Instrument> =
        geras_instruments::definitions().map(|(path, text)| Instrument::read(path, text).expect("it is sound")).collect();
    for instrument in all.iter().chain([made_up()]) {
        assert_fits(Kind::Describe, &describe_json(instrument));
        let definition = instrument.definition();
        let first = definition.items.iter().filter_map(|item| Some(format!("{:?}: {:?}", item.id.value, item.options.first()?.code.value)));
        let first: Vec<String> = first.collect();
        for (count, answers) in [0, first.len().min(1), first.len()].into_iter().map(|count| (count, first[..count].join(", "))) {
            let sheet = format!("{{\"id\": {count}, \"answers\": {{{answers}}}}}");
            assert_fits(Kind::Line, &batch_line(instrument, &sheet, "en"));
            assert_fits(Kind::Outcome, &assess_json(instrument, &read_json(instrument, &sheet), &["zh", "en", "fr"]));
        }
        for sheet in ["{", r#"{"answers": {"none": 1}}"#] {
            assert_fits(Kind::Line, &batch_line(instrument, sheet, "zh"));
            assert_fits(Kind::Outcome, &assess_json(instrument, &read_json(instrument, sheet), &[]));
        }
    }
    for (instrument, answers) in [
        ("gb-t-42195/2022.yaml", "gb-t-42195-mrs-li.yaml"),
        ("mz-t-039/2013.yaml", "mz-t-039-mr-wang.yaml"),
        ("nba/2017.yaml", "nba-frau-keller.yaml"),
        ("aggir/2008.yaml", "aggir-mme-morel.yaml"),
    ] {
        let instrument = &shipped(instrument);
        let account = assess_json(instrument, &read_answers(instrument, &example(answers)), &["zh", "en"]);
        assert!(account.contains("\"status\": \"decided\""), "{account}");
        assert_fits(Kind::Outcome, &account);
    }
    let faults =
        Instrument::read("broken.yaml", &MADE_UP.replace("way,", "wrong-id,").replace("edition", "editon")).expect_err("it is broken");
    let faults = diagnostics_json(&faults);
    assert_fits(Kind::Diagnostics, &faults);
    assert!(faults.contains("\"name\": \"unknown-key\"") && faults.contains("\"line\": 3"), "{faults}");
}

#[test]
fn a_description_has_what_a_maker_of_sheets_needs() {
    let described: Value = serde_json::from_str(&describe_json(gb())).expect("JSON");
    assert_eq!((&described["id"], &described["edition"]), (&"gb-t-42195".into(), &"2022".into()));
    assert_eq!(described["items"][0]["id"], "eating");
    assert_eq!(described["items"][0]["code"], "B.1.1");
    assert_eq!(described["items"][0]["type"], "choice");
    assert_eq!(described["items"][0]["options"][1]["code"], "guidance");
    assert_eq!(described["items"][0]["options"][1]["points"], 3);
    assert_eq!(described["items"].as_array().map(Vec::len), Some(26));
    assert_eq!(
        described["inputs"][0],
        serde_json::json!({"id": "coma", "code": described["inputs"][0]["code"], "type": "boolean",
        "text": described["inputs"][0]["text"], "absent": ["not_asked", "refused", "unable", "not_applicable"]})
    );
    assert_eq!(described["scores"][4]["range"], serde_json::json!([0, 90]));
    assert_eq!(described["scores"][4]["direction"], "higher_is_better");
    assert_eq!(described["grade"]["scale"], serde_json::json!(["intact", "mild", "moderate", "severe", "complete"]));
    assert_eq!(described["grade"]["adjustments"][0]["set"], "complete");
    assert_eq!(described["bands"]["total"]["of"], "total");
    assert_eq!(described["bands"]["total"]["bands"][1]["from"], 66);
    assert_eq!(described["sections"][0]["items"][0], "eating");

    // Where no range is declared, the one that answers can reach stands there.
    let described = describe_json(made_up()).replace([' ', '\n'], "");
    assert!(described.contains(r#"{"id":"weighted","range":[0,12.9],"direction":"higher_is_worse","missing":"refuse"}"#), "{described}");
}
