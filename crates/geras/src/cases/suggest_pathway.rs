//! Skeletons of the cases that a pathway lacks: found in the neighbourhood of the cases that are there, one answer changed. Fills none in.

use super::coverage::Counter;
use super::model::{Case, CaseFile};
use super::on_pathway::take;
use super::run::{Resolved, Runner};
use super::suggest::{NotTouched, Suggested, Suggestions, expectation, unlike};
use super::target::{self, Target, asked};
use crate::Pathway;
use crate::check::witness::candidates;
use crate::definition::{ItemType, Role};
use crate::plan::{self, Field, ScoringPlan, State};
use crate::reach::Evaluation;
use crate::seek::quoted;
use crate::source::{Entry, Kind, Scalar, ScalarStyle, Span, Spanned, Value};

/// Persons that are looked at before the search ends.
const MOST_PERSONS: usize = 12_000;

/// One answer that is changed: of the person, or of an instrument.
struct Change<'p> {
    instrument: Option<&'p str>,
    item: &'p str,
    value: Value,
}

/// Suggests cases for what the cases of a pathway do not touch: persons of a case with one other answer. Whatever lies further off is told as not found.
#[must_use]
pub fn suggest_on_pathway(file: &CaseFile, pathway: &Pathway) -> Suggestions {
    let mut runner = Runner::new(file);
    let mut counter = Counter::new(target::of_pathway(pathway));
    let persons: Vec<Resolved<'_>> = file.cases.iter().map(|case| runner.resolve(case)).collect();
    for person in &persons {
        if let Ok(answers) = take(pathway, person) {
            counter.count(&pathway.assess(&answers).evaluation);
        }
    }
    let mut missing: Vec<Target> = counter.missing();
    let mut names: Vec<String> = file.cases.iter().map(|case| case.name.value.clone()).collect();
    let mut suggestions = Suggestions::default();
    let mut left = MOST_PERSONS;
    'persons: for person in &persons {
        for change in changes(pathway, person) {
            if missing.is_empty() || left == 0 {
                break 'persons;
            }
            left -= 1;
            let Ok(answers) = take(pathway, &changed(person, &change)) else { continue };
            let outcome = pathway.assess(&answers);
            let (touched, rest) = apart(missing, pathway.plan(), &outcome.evaluation);
            missing = rest;
            let Some(first) = touched.first() else { continue };
            let looks_at = asked(pathway.plan(), &pathway.definition().head, Some(pathway), &first.rules);
            let name = unlike(&first.sentence, &mut names);
            let yaml = written(&name, person.case, &change, &expectation(&looks_at));
            suggestions.cases.push(Suggested { touches: touched.into_iter().map(|target| target.name).collect(), yaml });
        }
    }
    suggestions.not_found = missing.into_iter().map(|target| NotTouched { name: target.name, never: false }).collect();
    suggestions
}

/// What a person touches, and what not.
fn apart(targets: Vec<Target>, plan: &ScoringPlan, evaluation: &Evaluation<'_>) -> (Vec<Target>, Vec<Target>) {
    let explorer = evaluation.explorer(0);
    targets.into_iter().partition(|target| plan.evaluate(&target.condition, &explorer) == Some(plan::Value::Boolean(true)))
}

/// Every other answer to every question that this person is asked.
fn changes<'p>(pathway: &'p Pathway, person: &Resolved<'_>) -> Vec<Change<'p>> {
    let mut found = Vec::new();
    let mut add = |instrument: Option<&'p str>, plan: &'p ScoringPlan| {
        for field in plan.fields().iter().filter(|field| field.role != Role::Setting && field.place != usize::MAX) {
            for state in candidates(field).0 {
                found.extend(value_of(plan, field, state).map(|value| Change { instrument, item: &field.id, value }));
            }
        }
    };
    add(None, pathway.plan());
    for editions in pathway.instruments() {
        let Some(instrument) = editions.last() else { continue };
        let id = instrument.definition().id.value.as_str();
        // An instrument that was not begun is not begun by one answer.
        if person.answers.get(&id).is_some_and(|value| matches!(&value.kind, Kind::Mapping(_)) && !absent(value)) {
            add(Some(id), instrument.plan());
        }
    }
    found
}

fn absent(value: &Value) -> bool {
    matches!(&value.kind, Kind::Mapping(entries) if matches!(entries.as_slice(), [entry] if entry.key.value == "absent"))
}

fn value_of(plan: &ScoringPlan, field: &Field, state: State) -> Option<Value> {
    let scalar = |text: String, style| Kind::Scalar(Scalar { text, style, origin: Vec::new() });
    let State::Known(value) = state else { return None };
    let kind = match value {
        plan::Value::Codes(set) => {
            let kind = field.answer_type();
            let codes = (0..64_u8).filter(|bit| set >> bit & 1 == 1);
            let code = |bit| Value {
                span: Span::default(),
                kind: scalar(plan.code_text(kind, plan::Value::Code(bit)).to_owned(), ScalarStyle::Quoted),
            };
            Kind::Sequence(codes.map(code).collect())
        }
        plan::Value::Number(_) if field.kind != ItemType::Time => scalar(plan.answer_text(field, state), ScalarStyle::Plain),
        plan::Value::Boolean(_) => scalar(plan.answer_text(field, state), ScalarStyle::Plain),
        plan::Value::Text => return None,
        _ => scalar(plan.answer_text(field, state), ScalarStyle::Quoted),
    };
    Some(Value { span: Span::default(), kind })
}

fn changed<'a>(person: &Resolved<'a>, change: &Change<'a>) -> Resolved<'a> {
    let mut answers = person.answers.clone();
    match change.instrument {
        None => {
            answers.insert(change.item, change.value.clone());
        }
        Some(instrument) => {
            if let Some(whole) = answers.get_mut(&instrument) {
                put(whole, change);
            }
        }
    }
    let full = change.instrument.map_or_else(|| change.item.to_owned(), |instrument| format!("{instrument}.{}", change.item));
    let without = person.without.iter().filter(|name| **name != full).copied().collect();
    Resolved { answers, without, fill: person.fill, case: person.case }
}

/// Puts an answer among those of an instrument.
fn put(whole: &mut Value, change: &Change<'_>) {
    if let Kind::Mapping(entries) = &mut whole.kind {
        entries.retain(|entry| entry.key.value != change.item);
        entries.push(Entry { key: Spanned::new(change.item.to_owned(), Span::default()), value: change.value.clone() });
    }
}

/// The case with the change, as an entry of `cases`.
fn written(name: &str, case: &Case, change: &Change<'_>, expect: &str) -> String {
    let mut answers: Vec<(String, Value)> = case.answers.iter().map(|(id, value)| (id.value.clone(), value.clone())).collect();
    let key = change.instrument.unwrap_or(change.item);
    let place = answers.iter().position(|(id, _)| id == key).unwrap_or_else(|| {
        let empty = Value { span: Span::default(), kind: Kind::Mapping(Vec::new()) };
        answers.push((key.to_owned(), empty));
        answers.len() - 1
    });
    if let Some((_, value)) = answers.get_mut(place) {
        match change.instrument {
            Some(_) => put(value, change),
            None => *value = change.value.clone(),
        }
    }
    let answers: Vec<String> = answers.iter().map(|(id, value)| format!("{id}: {}", flow(value))).collect();
    let full = change.instrument.map_or_else(|| change.item.to_owned(), |instrument| format!("{instrument}.{}", change.item));
    let without: Vec<&str> = case.without.iter().map(|id| id.value.as_str()).filter(|id| *id != full).collect();
    let settings: Vec<String> = case.settings.iter().map(|(id, code)| format!("{}: {}", id.value, quoted(&code.value))).collect();
    let mut lines = vec![format!("  - name: \"{name}\"")];
    lines.extend(case.sheet.as_ref().map(|sheet| format!("    sheet: {}", sheet.value)));
    lines.extend(case.date.as_ref().map(|date| format!("    date: {}", date.value)));
    lines.extend((!settings.is_empty()).then(|| format!("    settings: {{{}}}", settings.join(", "))));
    lines.push(format!("    answers: {{{}}}", answers.join(", ")));
    lines.extend((!without.is_empty()).then(|| format!("    without: [{}]", without.join(", "))));
    lines.push(format!("    expect: {expect}"));
    lines.join("\n")
}

/// A value on one line of YAML.
fn flow(value: &Value) -> String {
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Scalar(scalar) if scalar.style == ScalarStyle::Plain => scalar.text.clone(),
        Kind::Scalar(scalar) => quoted(&scalar.text),
        Kind::Sequence(values) => format!("[{}]", values.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Kind::Mapping(entries) => {
            let entries: Vec<String> = entries.iter().map(|entry| format!("{}: {}", entry.key.value, flow(&entry.value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}
