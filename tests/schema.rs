//! The published schemas: they are what the code makes, all that is shipped fits them, and they know the same keys as the reader.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use geras::Instrument;
use geras::cases::CaseFile;
use geras::definition::is_pathway;
use geras::site::SiteTexts;
use geras::source::{Diagnostic, Kind as Shape, Scalar, ScalarStyle, Source, Value as Node, parse};
use geras_json::{Kind, schema, schema_text};
use jsonschema::Validator;
use serde_json::{Map, Number, Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_published_schemas_are_what_the_code_makes() {
    for kind in Kind::ALL {
        let file = format!("instruments/schema/{}.schema.json", kind.name());
        let published = fs::read_to_string(root().join(&file)).unwrap_or_default();
        assert!(published == schema_text(kind), "`{file}` is old: run `cargo xtask schema`");
    }
}

#[test]
fn everything_that_is_shipped_fits_its_schema() {
    let (definitions, cases, answers) = (validator(Kind::Instrument), validator(Kind::Cases), validator(Kind::Answers));
    let carries = validator(Kind::Carry);
    let pathways = validator(Kind::Pathway);
    let mut found = [0, 0, 0, 0, 0];
    let mut wrong = Vec::new();
    for file in yaml_files(&root().join("instruments")).into_iter().chain(yaml_files(&root().join("examples/answers"))) {
        let (place, validator) = match file.to_string_lossy() {
            name if name.contains("examples/answers") => (2, &answers),
            name if name.ends_with(".cases.yaml") => (1, &cases),
            name if name.ends_with(".carry.yaml") => (3, &carries),
            _ if is_pathway(&fs::read_to_string(&file).expect("definitions are UTF-8")) => (4, &pathways),
            _ => (0, &definitions),
        };
        found[place] += 1;
        wrong.extend(validator.iter_errors(&read(&file)).map(|error| format!("{}: {}: {error}", file.display(), error.instance_path())));
    }
    assert!(found.iter().all(|files| *files > 0), "some kind of file was not found: {found:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_kitchen_sink_is_a_sound_instrument_that_uses_every_key_of_the_language() {
    let (schema, validator) = (schema(Kind::Instrument), validator(Kind::Instrument));
    let mut used = BTreeSet::new();
    for sink in kitchen_sinks() {
        let wrong: Vec<String> = validator.iter_errors(&sink).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "the schema refuses it:\n{}", wrong.join("\n"));
        assert_eq!(diagnostics(&sink), Vec::<String>::new(), "the reader refuses it");
        mappings(&schema, &schema, &sink, String::new(), &mut |place| {
            used.extend(place.keys.iter().map(|(owner, key)| (*owner, key.clone())).filter(|(_, key)| place.written.contains(key)))
        });
    }
    let unused: Vec<String> = all_keys(&schema).into_iter().filter(|key| !used.contains(key)).map(|(_, key)| key).collect();
    assert!(unused.is_empty(), "the kitchen sink uses no {unused:?}");
}

#[test]
fn the_reader_and_the_schema_know_the_same_keys_at_every_place_of_an_instrument() {
    let places: usize = kitchen_sinks().iter().map(|sink| same_keys(Kind::Instrument, sink)).sum();
    println!("{places} mappings compared");
}

#[test]
fn the_reader_and_the_schema_know_the_same_keys_at_every_place_of_a_file_of_cases() {
    let cases = json!({
        "cases_for": "kitchen-sink@1",
        "sheets": {"best": {"fill": "first", "answers": {"coma": false}}, "other": {"sheet": "best", "without": ["coma"]}},
        "cases": [
            {
                "name": "all that a case may say", "sheet": "best", "date": "2024-05-01", "answers": {"washing": "some"},
                "without": ["coma"], "settings": {"counting": "each"}, "cite": "§ 1",
                "expect": {
                    "scores": {"worst": 1, "best": {"min": 0, "max": 1}}, "bands": {"daily_sum": {"possible": ["mild", "moderate"]}},
                    "preliminary_grade": "mild", "grade": "mild", "adjustments": [], "findings": [], "alerts": [], "waiting_on": ["coma"],
                    "setting": "home", "routing": {"possible": ["care_home", "day_centre"]}, "proposal": "care_home", "rule": "family", "wish": "none",
                    "contradictions": [], "services": [], "referrals": [], "entitlements": [], "priority": 3, "review": {"min": 30, "max": 90}
                }
            },
            {"name": "a refused sheet", "answers": {"eating": {"absent": "refused"}}, "expect": {"problems": ["absent-reason-not-allowed"]}}
        ]
    });
    assert!(CaseFile::read("cases.yaml", &to_yaml(&cases)).is_ok() && validator(Kind::Cases).is_valid(&cases));
    assert!(same_keys(Kind::Cases, &cases) > 0);
}

#[test]
fn the_reader_and_the_schema_know_the_same_keys_at_every_place_of_a_file_of_texts() {
    let texts = json!({
        "texts_for": "kitchen-sink@1", "origin": "Nobody", "languages": ["en"],
        "items": {"eating": {"text": {"en": "Eats"}, "help": {"en": "Look"}, "options": {"none": {"label": {"en": "None"}, "help": {"en": "None"}}}}}
    });
    assert!(SiteTexts::read("texts.yaml", &to_yaml(&texts)).is_ok() && validator(Kind::Texts).is_valid(&texts));
    assert!(same_keys(Kind::Texts, &texts) > 0);
}

/// Two pathways that together use every key: one that stands by itself, and a city that builds on the one of the checks.
fn pathway_sinks() -> [Value; 2] {
    let basis = json!({"cite": "section 1", "basis": "local", "advice": {"en": "Do it"}});
    let clause = |more: Value| {
        let mut whole = json!({"id": "an_id", "when": "carer", "text": {"en": "A text"}});
        let keys = whole.as_object_mut().expect("it has keys");
        keys.extend(basis.as_object().expect("it has keys").clone());
        keys.extend(more.as_object().expect("it has keys").clone());
        whole
    };
    let way = |more: Value| {
        let mut whole =
            json!({"to": "with_family", "reason": {"en": "So"}, "alternatives": [{"to": "care_home", "takes": {"en": "A bed"}}]});
        let keys = whole.as_object_mut().expect("it has keys");
        keys.extend(basis.as_object().expect("it has keys").clone());
        keys.extend(more.as_object().expect("it has keys").clone());
        whole
    };
    let alone = json!({
        "pathway": "sink", "edition": "1", "effective": {"from": "2024-01-01", "until": "2030-12-31"}, "jurisdiction": "INTL", "languages": ["en"],
        "title": {"en": "Sink"}, "description": {"en": "All keys"}, "source": {"title": "Nothing", "issuer": "Nobody", "url": "https://example.org", "date": "2024-01-01", "note": {"en": "None"}},
        "licence": {"class": "public_domain", "wording": "own"}, "provenance": {"status": "recalled", "note": {"en": "None"}},
        "absent": ["refused"], "settings": [{"id": "way", "text": {"en": "Way"}, "default": "one", "options": [{"code": "one", "label": {"en": "One"}}, {"code": "two", "label": {"en": "Two"}}]}],
        "option_lists": {"sure": [{"code": "certain", "label": {"en": "Certain"}}, {"code": "unsure", "label": {"en": "Unsure"}}]},
        "assessments": [{"id": "help", "instrument": "daily-help", "need": "required", "when": "carer", "reason": {"en": "So"}}],
        "inputs": [{"id": "carer", "type": "boolean", "text": {"en": "Carer"}, "absent": []}, {"id": "how", "options": "sure", "text": {"en": "How sure"}}],
        "care_settings": [{"id": "home", "label": {"en": "Home"}, "kinds": [{"id": "with_family", "label": {"en": "Family"}}]},
            {"id": "institution", "label": {"en": "Institution"}, "kinds": [{"id": "care_home", "label": {"en": "Care home"}}]}],
        "findings": [clause(json!({"id": "found"}))], "contradictions": [clause(json!({"id": "against"}))],
        "routing": {"hit": "first", "rules": [way(json!({"id": "stay", "when": "carer"})), way(json!({"id": "panel", "when": "how == \"unsure\"", "to": "needs_judgement", "weigh": [{"en": "This"}]}))],
            "otherwise": way(json!({"id": "rest", "to": "care_home"}))},
        "wishes": [way(json!({"id": "wish", "when": "carer && proposal == \"care_home\""}))],
        "services": [clause(json!({"id": "service", "link": "prevention"}))], "referrals": [clause(json!({"id": "referral", "urgency": "soon"}))],
        "entitlements": [clause(json!({"id": "entitled"}))], "alerts": [clause(json!({"id": "alert", "urgency": "now"}))],
        "priority": [clause(json!({"id": "points_of_it", "points": 2}))], "review": [clause(json!({"id": "again", "days": 30}))],
        "safeguards": [{"id": "safe", "never": "carer && routing == \"care_home\"", "text": {"en": "Never"}, "cite": "section 2", "basis": "local", "advice": {"en": "Do it"}}]
    });
    let city = json!({
        "pathway": "city", "edition": "1", "effective": {"from": "2024-01-01"}, "jurisdiction": "INTL", "languages": ["en"], "title": {"en": "City"},
        "source": {"title": "Nothing"}, "licence": {"class": "public_domain", "wording": "own"}, "provenance": {"status": "recalled"},
        "extends": "home-or-care-home", "remove": {"services": ["visits"]},
        "routing": {"rules": [way(json!({"id": "city_rule", "when": "carer && agrees", "before": "family"}))]},
        "services": [clause(json!({"id": "city_service", "link": "hospice"}))]
    });
    [alone, city]
}

#[test]
fn the_reader_and_the_schema_know_the_same_keys_at_every_place_of_a_pathway() {
    let validator = validator(Kind::Pathway);
    for sink in pathway_sinks() {
        let wrong: Vec<String> = validator.iter_errors(&sink).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "the schema refuses it:\n{}", wrong.join("\n"));
        let said: Vec<String> = beside_the_base(&to_yaml(&sink))
            .into_iter()
            .filter(Diagnostic::is_error)
            .map(|fault| format!("{}: {}", fault.name, fault.message))
            .collect();
        assert_eq!(said, Vec::<String>::new(), "the reader refuses it");
        let places = same_keys(Kind::Pathway, &sink);
        assert!(places > 15, "only {places} mappings were compared");
    }
}

/// A document with each top-level key on a line of its own.
fn in_lines(text: &str) -> String {
    let document = parse(&Source::new("sink", text)).expect("it is YAML");
    let Shape::Mapping(entries) = &document.root.kind else { return text.to_owned() };
    entries.iter().map(|entry| format!("{}: {}\n", entry.key.value, to_yaml(&to_json(&entry.value)))).collect()
}

/// What is said of a pathway beside the instrument and the pathway of the checks.
fn beside_the_base(text: &str) -> Vec<Diagnostic> {
    // A pathway is known by its first key at the beginning of a line.
    let text = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).map_or_else(|| text.to_owned(), |_| in_lines(text));
    let text = text.as_str();
    let files = [("base.yaml", geras::check::BASE), ("nation.yaml", geras::check::PATHWAY_BASE), ("sink.yaml", text)];
    geras::Library::read(files).1
}

/// Adds an unknown key to each mapping in turn, and holds what the reader says against the schema. How many mappings there were.
fn same_keys(kind: Kind, sound: &Value) -> usize {
    let (schema, validator) = (schema(kind), validator(kind));
    let mut places = Vec::new();
    mappings(&schema, &schema, sound, String::new(), &mut |place| places.push(place));
    let count = places.len();
    for place in places {
        let mut wrong = sound.clone();
        let mapping = wrong.pointer_mut(&place.pointer).and_then(Value::as_object_mut).expect("the place was found in it");
        // A copy of a neighbour, so that under keys which the author chooses nothing but the key is new.
        let neighbour = mapping.values().next().cloned().unwrap_or(json!(1));
        mapping.insert("zzz".to_owned(), neighbour);
        let known = known_keys(kind, &wrong);
        if kind == Kind::Cases && place.pointer.contains("/answers/") {
            // What stands under an item is an answer, which only the instrument can read.
            assert!(known.is_none() && !validator.is_valid(&wrong));
            continue;
        }
        assert_eq!(known.is_some(), !validator.is_valid(&wrong), "reader and schema differ on an unknown key at `{}`", place.pointer);
        let Some(mut known) = known else { continue };
        if place.pointer == "/grade/preliminary" {
            // The reader asks for the forms that give numbers, too, and refuses them one step later.
            known.retain(|key| !["sum", "count", "highest", "lowest", "mean", "entered"].contains(&key.as_str()));
        }
        if place.pointer == "/remove" {
            // The reader knows this one only to say why a safeguard cannot be taken away.
            known.retain(|key| key != "safeguards");
        }
        let allowed: BTreeSet<String> = place.keys.into_iter().map(|(_, key)| key).collect();
        assert_eq!(known, allowed, "the reader's keys (left) are not the schema's (right) at `{}`", place.pointer);
    }
    count
}

#[test]
fn the_reader_and_the_schema_refuse_the_same_mistakes() {
    let validator = validator(Kind::Instrument);
    let mistakes = [
        ("/domain", json!("everything")),
        ("/jurisdiction", json!("China")),
        ("/effective/from", json!("2020")),
        ("/title", json!("a text without language")),
        ("/sections/0/id", json!("Daily")),
        ("/sections/0/items/0/type", json!("number")),
        ("/sections/0/items/0/range", json!([0, 1])),
        ("/sections/0/items/0/absent", json!(["tired"])),
        ("/sections/0/items/1/at_most", json!(1)),
        ("/inputs/0/points", json!({"true": 1})),
        ("/inputs/0/options", json!("degree")),
        ("/inputs/1/range", json!([0, 1, 2])),
        ("/inputs/1/step", json!(1)),
        ("/inputs/2/step", json!("fine")),
        ("/scores/worst/mean", json!(["eating"])),
        ("/scores/worst/missing", json!("guess")),
        ("/scores/much/count/points", json!(1)),
        ("/scores/much/count/where", json!("46..many")),
        ("/scores/much/count/where", json!("> many")),
        ("/scores/decided/table/aggregate", json!("sum")),
        ("/scores/collected/table/hit", json!("first")),
        ("/scores/fall_steps/lookup/steps/0/from", json!(0)),
        ("/scores/weighted/round/mode", json!("half")),
        ("/scores/weighted/sum/weights/washing", json!("two")),
        ("/bands/daily_sum/1/above", json!(0)),
        ("/grade/preliminary/formula", json!("if coma { \"mild\" } else { \"severe\" }")),
        ("/grade/adjustments/0/raise", json!(1)),
        ("/grade/adjustments/1/raise", json!(-1)),
        ("/grade/combine", json!("weakest")),
        ("/alerts/0/urgency", json!("later")),
    ];
    for (pointer, value) in mistakes {
        let mut sink = kitchen_sink();
        let (above, key) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
        let mapping = sink.pointer_mut(above).and_then(Value::as_object_mut).expect("a place of the kitchen sink");
        mapping.insert(key.to_owned(), value);
        assert_ne!(diagnostics(&sink), Vec::<String>::new(), "the reader takes it at `{pointer}`");
        assert!(!validator.is_valid(&sink), "the schema takes it at `{pointer}`");
    }
    for pointer in [
        "/edition",
        "/provenance",
        "/scores/typed_in/range",
        "/inputs/1/range",
        "/inputs/1/type",
        "/sections/0/items/1/options",
        "/grade/combine/choose",
    ] {
        let mut sink = kitchen_sink();
        let (above, key) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
        sink.pointer_mut(above).and_then(Value::as_object_mut).expect("a place of the kitchen sink").remove(key);
        assert_ne!(diagnostics(&sink), Vec::<String>::new(), "the reader does without `{pointer}`");
        assert!(!validator.is_valid(&sink), "the schema does without `{pointer}`");
    }
}

fn kitchen_sink() -> Value {
    read(&root().join("tests/data/kitchen-sink.yaml"))
}

/// The kitchen sink with each rule form of a preliminary grade, of which an instrument has one at a time; and with the other kinds of `combine`.
fn kitchen_sinks() -> Vec<Value> {
    let forms = [
        json!({"band": "daily_sum"}),
        json!({"lookup": {"of": "falls", "steps": [{"at": 0, "gives": "mild"}, {"above": 0, "gives": "moderate"}]}}),
        json!({"matrix": {
            "rows": {"of": "eating", "cells": ["none", ["some", "much"]]},
            "columns": {"of": "falls", "cells": ["< 2", ">= 2"]},
            "gives": [["mild", "mild"], ["moderate", "severe"]]
        }}),
        json!({"table": {
            "hit": "unique",
            "columns": ["eating"],
            "rows": [{"if": ["none"], "then": "mild"}, {"if": [["some", "much"]], "then": "moderate"}]
        }}),
        json!({"tree": {"if": "eating == \"none\"", "then": "mild", "else": "moderate"}}),
        json!({"formula": "if eating == \"none\" { \"mild\" } else { \"moderate\" }"}),
        json!({"script": {"reads": ["eating"], "code": "if eating == \"none\" { \"mild\" } else { \"moderate\" }"}}),
    ];
    let ways = [json!("sum"), json!("strongest_once")];
    let with = |pointer: &str, value: &Value| {
        let mut sink = kitchen_sink();
        *sink.pointer_mut(pointer).expect("a place of the kitchen sink") = value.clone();
        sink
    };
    forms
        .iter()
        .map(|form| with("/grade/preliminary", form))
        .chain(ways.iter().map(|way| with("/grade/combine", way)))
        .chain([without_grade()])
        .collect()
}

/// What only an instrument without a grade may say.
fn without_grade() -> Value {
    let mut sink = kitchen_sink();
    let keys = sink.as_object_mut().expect("a definition has keys");
    keys.remove("grade");
    keys.insert("not_graded".to_owned(), json!({"en": "The table is not public"}));
    sink
}

fn validator(kind: Kind) -> Validator {
    jsonschema::validator_for(&schema(kind)).expect("it is a JSON Schema")
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the repository can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    found
}

/// A YAML file as an editor sees it when it holds a schema against it.
fn read(file: &Path) -> Value {
    let text = fs::read_to_string(file).expect("the file can be read");
    let document = parse(&Source::new(&file.to_string_lossy(), &text)).expect("the file is YAML");
    to_json(&document.root)
}

fn to_json(node: &Node) -> Value {
    match &node.kind {
        Shape::Null => Value::Null,
        Shape::Scalar(scalar) => scalar_to_json(scalar),
        Shape::Sequence(values) => values.iter().map(to_json).collect(),
        Shape::Mapping(entries) => {
            entries.iter().map(|entry| (entry.key.value.clone(), to_json(&entry.value))).collect::<Map<_, _>>().into()
        }
    }
}

fn scalar_to_json(scalar: &Scalar) -> Value {
    let plain = (scalar.style == ScalarStyle::Plain).then_some(scalar.text.as_str());
    let number = plain.and_then(|text| text.parse::<Number>().ok());
    match plain {
        Some("true") => true.into(),
        Some("false") => false.into(),
        _ => number.map_or_else(|| scalar.text.clone().into(), Value::Number),
    }
}

/// What the reader says of a definition, as name and message.
fn diagnostics(definition: &Value) -> Vec<String> {
    match Instrument::read("sink.yaml", &to_yaml(definition)) {
        Ok(_) => Vec::new(),
        Err(faults) if faults.is_empty() => vec!["refused without a word".to_owned()],
        Err(faults) => faults.into_iter().map(|fault| format!("{}: {}", fault.name, fault.message)).collect(),
    }
}

/// The keys that the reader names where it finds `zzz`, if it reports that key as unknown.
fn known_keys(kind: Kind, written: &Value) -> Option<BTreeSet<String>> {
    let text = to_yaml(written);
    let faults = match kind {
        Kind::Cases => CaseFile::read("sink.cases.yaml", &text).err()?,
        Kind::Texts => SiteTexts::read("sink.texts.yaml", &text).err()?,
        Kind::Pathway => beside_the_base(&text),
        _ => Instrument::read("sink.yaml", &text).err()?,
    };
    let fault = faults.into_iter().find(|fault| fault.name == "unknown-key" && fault.message.contains("`zzz`"))?;
    let help = fault.help.expect("an unknown key has a help");
    let list = help.strip_prefix("one of: ").expect("`zzz` is similar to no key");
    Some(list.split(", ").map(|key| key.trim_matches('`').to_owned()).collect())
}

/// JSON is YAML, except that two words of the language stand without quotes.
fn to_yaml(definition: &Value) -> String {
    definition.to_string().replace("\"any\"", "any").replace("\"left_out\"", "left_out")
}

/// A mapping of a definition, and what the schema says of its keys.
struct Place {
    pointer: String,
    written: BTreeSet<String>,
    /// Each key with the mapping of the schema that lists it.
    keys: BTreeSet<(usize, String)>,
}

/// Visits every mapping of `value` together with the parts of the schema that hold there.
fn mappings(schema: &Value, part: &Value, value: &Value, pointer: String, visit: &mut impl FnMut(Place)) {
    let parts = alternatives(schema, part);
    visit_parts(schema, &parts, value, pointer, visit);
}

fn visit_parts(schema: &Value, parts: &[&Value], value: &Value, pointer: String, visit: &mut impl FnMut(Place)) {
    match value {
        Value::Object(entries) => {
            let lists: Vec<&Map<String, Value>> = parts.iter().filter_map(|part| part.get("properties")?.as_object()).collect();
            let keys = lists.iter().flat_map(|list| list.keys().map(|key| (std::ptr::from_ref(*list).addr(), key.clone()))).collect();
            visit(Place { pointer: pointer.clone(), written: entries.keys().cloned().collect(), keys });
            for (key, value) in entries {
                let below = parts.iter().filter_map(|part| {
                    let listed = part.get("properties").and_then(|list| list.get(key));
                    let any_id = || part.get("patternProperties")?.as_object()?.values().next();
                    listed.or_else(any_id).or_else(|| part.get("additionalProperties").filter(|part| part.is_object()))
                });
                let below: Vec<&Value> = below.flat_map(|part| alternatives(schema, part)).collect();
                visit_parts(schema, &below, value, format!("{pointer}/{key}"), visit);
            }
        }
        Value::Array(values) => {
            let below: Vec<&Value> =
                parts.iter().filter_map(|part| part.get("items")).flat_map(|part| alternatives(schema, part)).collect();
            for (place, value) in values.iter().enumerate() {
                visit_parts(schema, &below, value, format!("{pointer}/{place}"), visit);
            }
        }
        _ => {}
    }
}

/// A part of the schema with all that it refers to and all its alternatives.
fn alternatives<'s>(schema: &'s Value, part: &'s Value) -> Vec<&'s Value> {
    let mut found = vec![part];
    if let Some(target) = part.get("$ref").and_then(Value::as_str) {
        let target = schema.pointer(target.trim_start_matches('#')).expect("a reference leads somewhere");
        found.extend(alternatives(schema, target));
    }
    for word in ["allOf", "anyOf", "oneOf"] {
        let parts = part.get(word).and_then(Value::as_array);
        found.extend(parts.into_iter().flatten().flat_map(|part| alternatives(schema, part)));
    }
    found
}

/// Every key that the schema lists anywhere, with the mapping that lists it. What stands in conditions is no list of keys.
fn all_keys(part: &Value) -> BTreeSet<(usize, String)> {
    let mut found = BTreeSet::new();
    if let Some(list) = part.get("properties").and_then(Value::as_object) {
        found.extend(list.keys().map(|key| (std::ptr::from_ref(list).addr(), key.clone())));
        found.extend(list.values().flat_map(all_keys));
    }
    let parts = ["definitions", "patternProperties"].into_iter().filter_map(|word| part.get(word)?.as_object());
    found.extend(parts.flat_map(Map::values).flat_map(all_keys));
    let parts = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|word| part.get(word)?.as_array());
    found.extend(parts.flatten().flat_map(all_keys));
    found.extend(part.get("items").into_iter().flat_map(all_keys));
    found
}
