//! Finds the instruments that a pathway names, and looks at the ids of its care settings. Reads no expression.

use std::sync::Arc;

use crate::definition::{PathwayDefinition, did_you_mean};
use crate::source::{Diagnostic, Severity, Source, Span};
use crate::{Instrument, Library, NotFound};

/// A name that stands for nothing.
pub(super) fn unknown(source: &Source, span: Span, message: String) -> Diagnostic {
    Diagnostic::new("unknown-name", Severity::Error, source, span, message)
}

/// For each assessment the editions of its instrument that may be in force while the pathway is, oldest first.
pub(super) fn instruments(pathway: &PathwayDefinition, library: &Library) -> (Vec<Vec<Arc<Instrument>>>, Vec<Diagnostic>) {
    let (mut linked, mut faults) = (Vec::new(), Vec::new());
    for (place, assessment) in pathway.assessments.iter().enumerate() {
        let name = &assessment.instrument;
        let id = |name: &str| name.split('@').next().unwrap_or(name).rsplit('/').next().unwrap_or(name).to_owned();
        let twice = pathway.assessments.iter().take(place).find(|other| id(&other.instrument.value) == id(&name.value));
        if let Some(first) = twice {
            let message = format!("the instrument `{}` is used twice, and its answers could not be told apart", name.value);
            let fault = Diagnostic::new("duplicate-id", Severity::Error, &assessment.source, name.span, message);
            faults.push(fault.also_in(&first.source, first.instrument.span, "first used here").help("use the first one in both places"));
        }
        match library.editions(&name.value) {
            Ok(editions) => {
                let ended = |edition: &&Instrument| {
                    let until = edition.definition().until.as_ref();
                    until.is_some_and(|until| until.value < pathway.head.from.value)
                };
                let mut in_force: Vec<&Instrument> = editions.iter().copied().filter(|edition| !ended(edition)).collect();
                if in_force.is_empty() {
                    in_force.extend(editions.last());
                }
                linked.push(in_force.into_iter().map(|edition| Arc::new(edition.clone())).collect());
            }
            Err(why) => {
                let help = match &why {
                    NotFound::Unknown { .. } => {
                        let known: Vec<&str> = library.instruments().iter().map(|known| known.definition().id.value.as_str()).collect();
                        if known.len() > 20 { "`geras list` shows all instruments".to_owned() } else { did_you_mean(&name.value, &known) }
                    }
                    _ => "name one of those that there are".to_owned(),
                };
                faults.push(unknown(&assessment.source, name.span, why.to_string()).help(help));
                linked.push(Vec::new());
            }
        }
    }
    (linked, faults)
}

/// Ids of care settings and kinds that are given twice, and too many of them.
pub(super) fn kinds(pathway: &PathwayDefinition) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let settings = pathway.care_settings.iter().map(|setting| &setting.id);
    let kinds: Vec<_> = pathway.kinds().map(|(_, kind)| &kind.id).collect();
    for ids in [settings.collect::<Vec<_>>(), kinds.clone()] {
        for (place, id) in ids.iter().enumerate() {
            if let Some(first) = ids.iter().take(place).find(|first| first.value == id.value) {
                let message = format!("`{}` is given twice", id.value);
                let fault = Diagnostic::new("duplicate-id", Severity::Error, &pathway.head.source, id.span, message);
                faults.push(fault.also(first.span, "first given here").help("give each its own id"));
            }
        }
    }
    if kinds.len() > 62 {
        let span = kinds.get(62).map_or(Span::default(), |id| id.span);
        faults.push(Diagnostic::new("wrong-form", Severity::Error, &pathway.head.source, span, "there may be at most 62 kinds"));
    }
    faults
}
