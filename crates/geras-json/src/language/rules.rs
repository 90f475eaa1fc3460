//! Rules about which keys stand together, as transforms of a mapping's schema. The keys themselves stay in one list, so that editors offer all of them.

use schemars::Schema;
use serde_json::{Value, json};

/// A score comes about in one way.
pub(super) fn one_form_of_a_score(schema: &mut Schema) {
    let forms = ["sum", "count", "highest", "lowest", "mean", "lookup", "matrix", "table", "tree", "formula", "script", "entered"];
    exactly_one(schema, &forms);
    let bounded = json!({"anyOf": [{"required": ["script"]}, {"required": ["entered"]}]});
    also(schema, [json!({"if": bounded, "then": {"required": ["range"]}})]);
}

/// A preliminary grade comes about in one way.
pub(super) fn one_form_of_a_grade(schema: &mut Schema) {
    exactly_one(schema, &["band", "lookup", "matrix", "table", "tree", "formula", "script"]);
}

/// An adjustment does one thing.
pub(super) fn one_effect(schema: &mut Schema) {
    exactly_one(schema, &["set", "raise", "at_least"]);
}

/// A count of members tests their value or their points.
pub(super) fn value_or_points(schema: &mut Schema) {
    exactly_one(schema, &["where", "points"]);
}

/// `at` alone, or at most one lower and one upper edge.
pub(super) fn edges(schema: &mut Schema) {
    let clashes = [["at", "from"], ["at", "to"], ["at", "above"], ["at", "below"], ["from", "above"], ["to", "below"]];
    also(schema, clashes.map(|pair| json!({"not": {"required": pair}})));
}

/// `aggregate` stands beside `hit: collect`, and only there.
pub(super) fn aggregate_if_collected(schema: &mut Schema) {
    let collected = json!({"properties": {"hit": {"const": "collect"}}, "required": ["hit"]});
    also(schema, [json!({"if": collected, "then": {"required": ["aggregate"]}, "else": {"properties": {"aggregate": false}}})]);
}

/// What a hidden section counts as has a meaning only where it can be hidden.
pub(super) fn otherwise_beside_when(schema: &mut Schema) {
    schema.insert("dependencies".to_owned(), json!({"otherwise": ["when"]}));
}

/// Refused sheets have no results: `problems` stands alone.
pub(super) fn problems_alone(schema: &mut Schema) {
    also(schema, [json!({"if": {"required": ["problems"]}, "then": {"maxProperties": 1}})]);
}

/// Which keys a type of item needs, and which have no meaning on it. Without `type` an item is a choice.
pub(super) fn keys_of_each_type(schema: &mut Schema) {
    let all = ["options", "points", "range", "step", "unit", "at_most"];
    let types: [(&[&str], &[&str], &[&str]); 6] = [
        (&["choice"], &["options"], &[]),
        (&["choices"], &["options"], &["at_most"]),
        (&["boolean"], &[], &["points"]),
        (&["integer"], &["range"], &["unit"]),
        (&["decimal"], &["range"], &["step", "unit"]),
        (&["date", "time", "text"], &[], &[]),
    ];
    let rules = types.map(|(words, needed, allowed)| {
        let is_type = json!({"properties": {"type": {"enum": words}}});
        let applies = if words == ["choice"] { is_type } else { json!({"properties": {"type": {"enum": words}}, "required": ["type"]}) };
        let meaningless = all.iter().filter(|key| !needed.contains(key) && !allowed.contains(key));
        let refused: serde_json::Map<String, Value> = meaningless.map(|key| ((*key).to_owned(), Value::Bool(false))).collect();
        json!({"if": applies, "then": {"required": needed, "properties": refused}})
    });
    also(schema, rules);
}

/// Items have their question in words where the file holds the wording, and none where it does not; inputs always have it.
pub(super) fn wording_as_licensed(schema: &mut Schema) {
    let wording = |words: [&str; 2]| {
        let licence = json!({"properties": {"wording": {"enum": words}}, "required": ["wording"]});
        json!({"properties": {"licence": licence}, "required": ["licence"]})
    };
    let each_item = |rule: Value| json!({"properties": {"sections": {"items": {"properties": {"items": {"items": rule}}}}}});
    let rules = [
        json!({"if": wording(["own", "official"]), "then": each_item(json!({"required": ["text"]}))}),
        json!({"if": wording(["overlay", "none"]), "then": each_item(json!({"properties": {"text": false, "help": false}}))}),
        json!({"properties": {"inputs": {"items": {"required": ["text"]}}}}),
    ];
    also(schema, rules);
}

/// The terms of a licence were read somewhere.
pub(super) fn source_or_url(schema: &mut Schema) {
    also(schema, [json!({"anyOf": [{"required": ["source"]}, {"required": ["url"]}]})]);
}

fn exactly_one(schema: &mut Schema, keys: &[&str]) {
    let ways: Vec<Value> = keys.iter().map(|key| json!({"required": [key]})).collect();
    schema.insert("oneOf".to_owned(), ways.into());
}

fn also<const N: usize>(schema: &mut Schema, rules: [Value; N]) {
    let all = schema.ensure_object().entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(all) = all {
        all.extend(rules);
    }
}
