//! One pathway on top of another: what it adds, replaces by id, and takes away. Says nothing of whether the whole is sound.

use crate::definition::{Assessment, CareSetting, Clause, ClauseKind, ClauseList, Id, PathwayDefinition, did_you_mean};
use crate::source::{Diagnostic, Severity, Source};

/// The whole that an extending pathway stands for, and what cannot be done.
pub(super) fn extended(base: &PathwayDefinition, own: PathwayDefinition) -> (PathwayDefinition, Vec<Diagnostic>) {
    let mut whole = base.clone();
    let mut merger = Merger { source: own.head.source.clone(), faults: Vec::new() };
    for (list, id) in &own.removed {
        merger.remove(&mut whole, *list, id);
    }
    for (item, source) in own.head.items.into_iter().zip(own.input_sources) {
        match whole.head.items.iter().position(|known| known.id.value == item.id.value) {
            Some(place) => {
                put(&mut whole.head.items, place, item);
                put(&mut whole.input_sources, place, source);
            }
            None => {
                whole.head.items.push(item);
                whole.input_sources.push(source);
            }
        }
    }
    for setting in own.head.settings {
        match whole.head.settings.iter().position(|known| known.id.value == setting.id.value) {
            Some(place) => put(&mut whole.head.settings, place, setting),
            None => whole.head.settings.push(setting),
        }
    }
    for assessment in own.assessments {
        match whole.assessments.iter().position(|known: &Assessment| known.id.value == assessment.id.value) {
            Some(place) => put(&mut whole.assessments, place, assessment),
            None => whole.assessments.push(assessment),
        }
    }
    for setting in own.care_settings {
        merge_setting(&mut whole.care_settings, setting);
    }
    for clause in own.clauses {
        merger.clause(&mut whole, clause);
    }
    for language in own.head.languages.iter().filter(|own| !base.head.languages.iter().any(|known| known.value == own.value)) {
        let message = format!("the extended pathway has no texts in `{}`", language.value);
        let fault = merger.fault("text-missing", language, message);
        merger.faults.push(fault.help("take the language away, or add it to the extended pathway"));
    }
    let (items, settings) = (std::mem::take(&mut whole.head.items), std::mem::take(&mut whole.head.settings));
    whole.head = crate::definition::Definition { items, settings, ..own.head };
    whole.extends = own.extends;
    whole.removed = own.removed;
    whole.hit = own.hit.or(whole.hit);
    (whole, merger.faults)
}

fn put<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
}

fn merge_setting(settings: &mut Vec<CareSetting>, own: CareSetting) {
    match settings.iter_mut().find(|known| known.id.value == own.id.value) {
        Some(known) => {
            known.label = own.label;
            for kind in own.kinds {
                match known.kinds.iter_mut().find(|known| known.id.value == kind.id.value) {
                    Some(known) => *known = kind,
                    None => known.kinds.push(kind),
                }
            }
        }
        None => settings.push(own),
    }
}

struct Merger {
    source: Source,
    faults: Vec<Diagnostic>,
}

impl Merger {
    fn fault(&self, name: &'static str, id: &Id, message: String) -> Diagnostic {
        Diagnostic::new(name, Severity::Error, &self.source, id.span, message)
    }

    fn unknown(&mut self, id: &Id, what: &str, known: &[&str]) {
        let fault = self.fault("unknown-name", id, format!("the extended pathway has no {what} `{}`", id.value));
        self.faults.push(fault.help(did_you_mean(&id.value, known)));
    }

    fn remove(&mut self, whole: &mut PathwayDefinition, list: ClauseList, id: &Id) {
        let known: Vec<&str> = match list {
            ClauseList::Inputs => whole.head.items.iter().map(|item| item.id.value.as_str()).collect(),
            ClauseList::Assessments => whole.assessments.iter().map(|assessment| assessment.id.value.as_str()).collect(),
            ClauseList::Kinds => whole.kinds().map(|(_, kind)| kind.id.value.as_str()).collect(),
            ClauseList::Clauses(kind) => whole.of_kind(kind).map(|(_, clause)| clause.id.value.as_str()).collect(),
        };
        let what = match list {
            ClauseList::Inputs => "input",
            ClauseList::Assessments => "assessment",
            ClauseList::Kinds => "kind of care setting",
            ClauseList::Clauses(kind) => kind.word(),
        };
        if !known.contains(&id.value.as_str()) {
            return self.unknown(id, what, &known);
        }
        match list {
            ClauseList::Inputs => {
                let keep: Vec<bool> = whole.head.items.iter().map(|item| item.id.value != id.value).collect();
                let mut kept = keep.iter();
                whole.input_sources.retain(|_| *kept.next().unwrap_or(&true));
                whole.head.items.retain(|item| item.id.value != id.value);
            }
            ClauseList::Assessments => whole.assessments.retain(|assessment| assessment.id.value != id.value),
            ClauseList::Kinds => whole.care_settings.iter_mut().for_each(|setting| setting.kinds.retain(|kind| kind.id.value != id.value)),
            ClauseList::Clauses(kind) => whole.clauses.retain(|clause| clause.kind != kind || clause.id.value != id.value),
        }
    }

    fn clause(&mut self, whole: &mut PathwayDefinition, clause: Clause) {
        let same = |known: &Clause| known.kind == clause.kind && known.id.value == clause.id.value;
        let there = whole.clauses.iter().position(same);
        if let (Some(_), ClauseKind::Safeguard) = (there, clause.kind) {
            let message = format!("the extended pathway has a safeguard `{}`, which cannot be replaced", clause.id.value);
            let fault = self.fault("wrong-form", &clause.id, message);
            return self.faults.push(fault.help("add a safeguard with an id of its own"));
        }
        // The rule under `otherwise` closes the list: there is one, and it stays last.
        let closes = |known: &Clause| known.kind == ClauseKind::Rule && known.when.is_none();
        let there = there.or_else(|| closes(&clause).then(|| whole.clauses.iter().position(closes)).flatten());
        let before = match &clause.before {
            None => None,
            Some(before) => {
                let place = whole.clauses.iter().position(|known| known.kind == clause.kind && known.id.value == before.value);
                if place.is_none() {
                    let known: Vec<&str> = whole.of_kind(clause.kind).map(|(_, known)| known.id.value.as_str()).collect();
                    self.unknown(before, clause.kind.word(), &known);
                }
                place
            }
        };
        let ordered = matches!(clause.kind, ClauseKind::Rule | ClauseKind::Wish) && clause.when.is_some();
        match (there, before) {
            (Some(place), None) => put(&mut whole.clauses, place, clause),
            (Some(place), Some(before)) => {
                whole.clauses.remove(place);
                whole.clauses.insert(if place < before { before - 1 } else { before }, clause);
            }
            (None, Some(before)) => whole.clauses.insert(before, clause),
            (None, None) if ordered && whole.of_kind(clause.kind).next().is_some() && clause.before.is_none() => {
                let message = format!("nothing says where the {} `{}` stands among the others", clause.kind.word(), clause.id.value);
                let fault = self.fault("missing-key", &clause.id, message);
                let first = whole.of_kind(clause.kind).next().map_or("", |(_, first)| first.id.value.as_str());
                self.faults.push(fault.help(format!("the first that holds decides: add `before: {first}`, or the id of another one")));
            }
            (None, None) => whole.clauses.push(clause),
        }
    }
}
