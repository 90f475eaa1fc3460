//! What geras writes of pathways as JSON: each outcome, line and description fits its published schema, and has what other tools rely on.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use geras::{Library, Pathway};
use geras_json::{
    Kind, assess_pathway_json, assess_pathway_since_json, describe_pathway_json, pathway_batch_line, read_pathway_answers, schema,
};
use geras_tests::plain;
use serde_json::Value;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let named = |path: &str| {
        let id = path.rsplit('/').nth(1).unwrap_or_default();
        geras_instruments::pathways().any(|(_, text)| text.contains(&format!("instrument: {id},")))
    };
    let instruments = geras_instruments::definitions().filter(|(path, _)| named(path));
    let (library, said) = Library::read(instruments.chain(geras_instruments::pathways()));
    assert_eq!(plain(&said), "");
    library
});

fn triage() -> &'static Pathway {
    LIBRARY.find_pathway("cn/eldercare-triage", None).unwrap_or_else(|why| panic!("{why}"))
}

fn assert_fits(kind: Kind, text: &str) -> Value {
    static ALL: LazyLock<Vec<(Kind, jsonschema::Validator)>> = LazyLock::new(|| {
        let kinds = [Kind::PathwayOutcome, Kind::PathwayLine, Kind::PathwayDescribe];
        kinds.map(|kind| (kind, jsonschema::validator_for(&schema(kind)).expect("it is a JSON Schema"))).into()
    });
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    let validator = ALL.iter().find(|(known, _)| *known == kind).map(|(_, validator)| validator).expect("a kind of pathways");
    let wrong: Vec<String> = validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}\n{text}", wrong.join("\n"));
    value
}

fn people() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/people");
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the people are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(|first: char| first.is_ascii_digit())))
        .map(|path| {
            (path.file_stem().expect("it has a name").to_string_lossy().into_owned(), fs::read_to_string(&path).expect("it can be read"))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn every_outcome_and_line_of_the_example_people_fits_its_schema() {
    let people = people();
    assert_eq!(people.len(), 22);
    for (name, text) in &people {
        let person = read_pathway_answers(triage(), text);
        assert!(person.answers.is_ok(), "{name}: {:?}", person.answers);
        let account = assert_fits(Kind::PathwayOutcome, &assess_pathway_json(triage(), &person, &["zh", "en"]));
        let line = assert_fits(Kind::PathwayLine, &pathway_batch_line(triage(), &person, "zh"));
        // The account begins with what the batch writes.
        for (key, value) in line.as_object().expect("a line has keys") {
            assert_eq!(account.get(key), Some(value), "`{key}` of {name}");
        }
        assert_eq!(account["report"].as_object().map(|told| told.len()), Some(2));
        let hashes = account["definitions"]
            .as_array()
            .expect("definitions")
            .iter()
            .all(|used| used["hash"].as_str().is_some_and(|hash| hash.len() == 64));
        assert!(hashes, "{name} does not name its rules");
    }
}

#[test]
fn what_is_refused_or_hardly_begun_fits_too() {
    for sheet in [
        "",
        "[",
        "answers: {}",
        "answers: {age: 300, gb-t-42195: {eating: never}, nothing: {a: b}}",
        "id: 5\ndate: 1990-01-01\nanswers: {}",
        "settings: 3",
    ] {
        let person = read_pathway_answers(triage(), sheet);
        assert_fits(Kind::PathwayOutcome, &assess_pathway_json(triage(), &person, &["zh"]));
        assert_fits(Kind::PathwayLine, &pathway_batch_line(triage(), &person, "en"));
    }
}

#[test]
fn an_outcome_beside_an_earlier_one_fits_too() {
    let people = people();
    let text = |name: &str| people.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()).expect("the person is there");
    let earlier = assess_pathway_json(triage(), &read_pathway_answers(triage(), &text("13-wei-in-hospital")), &["zh"]);
    let now = text("14-wei-resting").replace("\nid: 14-wei-resting", "\nid: 13-wei-in-hospital");
    let person = read_pathway_answers(triage(), &now);
    let account = assert_fits(Kind::PathwayOutcome, &assess_pathway_since_json(triage(), &person, &earlier, &["zh", "en"]));
    assert_eq!((&account["since"]["moved"], &account["since"]["same_rules"]), (&true.into(), &true.into()));
    let other = earlier.replacen("\"hash\": \"", "\"hash\": \"0", 1);
    let account = assert_fits(Kind::PathwayOutcome, &assess_pathway_since_json(triage(), &person, &other, &["zh"]));
    assert_eq!(account["since"]["same_rules"], false);
    assert_fits(Kind::PathwayOutcome, &assess_pathway_since_json(triage(), &person, "{", &["zh"]));
}

#[test]
fn the_description_of_every_pathway_fits_its_schema_and_names_what_it_builds_on() {
    for name in ["cn/eldercare-triage", "cn/health-management-65", "cn/hospice-admission", "cn-sh/putuo", "cn-ln/shuangtaizi"] {
        let pathway = LIBRARY.find_pathway(name, None).unwrap_or_else(|why| panic!("{why}"));
        let described = assert_fits(Kind::PathwayDescribe, &describe_pathway_json(pathway));
        let rules = described["clauses"]["rules"].as_array().expect("it has rules");
        assert!(rules.iter().all(|rule| rule["to"].is_string() && (rule["basis"].is_string() || rule["cite"].is_string())), "{name}");
    }
    let putuo = LIBRARY.find_pathway("cn-sh/putuo", None).unwrap_or_else(|why| panic!("{why}"));
    let described: Value = serde_json::from_str(&describe_pathway_json(putuo)).expect("it is JSON");
    assert_eq!(described["extends"], serde_json::json!(["cn/eldercare-triage@2026"]));
    // The hash of what is extended stands in the outcome: a change of the nation's rules is a change of the city's.
    let person = read_pathway_answers(putuo, "answers: {age: 80}");
    let account: Value = serde_json::from_str(&assess_pathway_json(putuo, &person, &["zh"])).expect("it is JSON");
    let used: Vec<&str> = account["definitions"].as_array().expect("definitions").iter().filter_map(|used| used["id"].as_str()).collect();
    assert_eq!(used, ["putuo", "eldercare-triage"]);
}
