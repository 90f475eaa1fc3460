//! Persons near to the cases of a pathway: each case, and each with one other answer. Judges none of them.

use super::model::{Case, CaseFile};
use super::on_pathway::take;
use super::run::{Resolved, Runner};
use super::suggest::expectation;
use crate::Pathway;
use crate::assess::AnswerProblem;
use crate::check::witness::candidates;
use crate::definition::{ItemType, Role};
use crate::pathway::CheckedPathwayAnswers;
use crate::plan::{self, Field, ScoringPlan, State};
use crate::seek::quoted;
use crate::source::{Entry, Kind, Scalar, ScalarStyle, Span, Spanned, Value};

/// One answer that is changed: of the person, or of an instrument.
struct Change<'p> {
    instrument: Option<&'p str>,
    item: &'p str,
    value: Value,
}

/// A person of a case, perhaps with one other answer.
pub(crate) struct Person<'a> {
    resolved: Resolved<'a>,
    change: Option<Change<'a>>,
}

/// The persons of the cases, each followed by those who give one other answer.
pub(crate) fn near<'a>(file: &'a CaseFile, pathway: &'a Pathway) -> impl Iterator<Item = Person<'a>> {
    let mut runner = Runner::new(file);
    let persons: Vec<Resolved<'a>> = file.cases.iter().map(|case| runner.resolve(case)).collect();
    persons.into_iter().flat_map(move |person| {
        let changes = std::iter::once(None).chain(changes(pathway, &person).into_iter().map(Some));
        changes.map(move |change| {
            let resolved = change.as_ref().map_or_else(|| person.clone(), |change| changed(&person, change));
            Person { resolved, change }
        })
    })
}

impl Person<'_> {
    /// Whether it is the person of a case as they are.
    pub(crate) const fn is_of_a_case(&self) -> bool {
        self.change.is_none()
    }

    /// The answers, taken by a pathway.
    pub(crate) fn taken(&self, pathway: &Pathway) -> Result<CheckedPathwayAnswers, Vec<AnswerProblem>> {
        take(pathway, &self.resolved)
    }

    /// The case of this person, as an entry of `cases`, its expectation left to a person; a remark where the file has this case.
    pub(crate) fn skeleton(&self, name: &str, looks_at: &[(&'static str, String)]) -> String {
        let expect = expectation(looks_at);
        match &self.change {
            Some(change) => written(name, self.resolved.case, change, &expect),
            None => format!("  # the case \"{}\" would notice, if it also expected {expect}", self.resolved.case.name.value),
        }
    }
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
