//! What the names of a definition stand for, and the faults of names that stand for nothing.

use super::FieldId;
use super::compile::Compiler;
use crate::definition::{Definition, Id, PathwayDefinition, did_you_mean, shortened};
use crate::sorted::SortedMap;
use crate::source::Span;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// All items of a section.
    Section(usize),
    /// An item, input or setting.
    Field(FieldId),
    /// A score.
    Score(usize),
    /// A band set that has a name of its own.
    BandSet(usize),
    /// A finding.
    Finding(usize),
    /// An assessment of a pathway.
    Assessment(usize),
    /// A clause of a pathway.
    Clause(usize),
}

/// All names of a definition with the places where they are given.
pub(super) struct Names<'d> {
    by_id: SortedMap<&'d str, (Name, Span)>,
}

impl<'d> Names<'d> {
    /// Gathers the names; says of each that is given a second time where it stood first.
    pub(super) fn gather(definition: &'d Definition, pathway: Option<&'d PathwayDefinition>, mut twice: impl FnMut(&'d Id, Span)) -> Self {
        let mut names = Self { by_id: SortedMap::new() };
        let mut add = |id: &'d Id, name: Name| match names.by_id.get(&id.value.as_str()) {
            Some((_, first)) => twice(id, *first),
            None => {
                names.by_id.insert(&id.value, (name, id.span));
            }
        };
        let settings = definition.settings.len();
        for (place, section) in definition.sections.iter().enumerate() {
            add(&section.id, Name::Section(place));
        }
        for (place, field) in definition.settings.iter().chain(&definition.items).enumerate() {
            let entered = place >= settings && field.role == crate::definition::Role::Entered;
            if !entered {
                add(&field.id, Name::Field(FieldId(place)));
            }
        }
        for (place, score) in definition.scores.iter().enumerate() {
            add(&score.id, Name::Score(place));
        }
        // A set that carries a score's id names that score, also where it is cut from another number (`of`).
        let of_a_score = |id: &Id| definition.scores.iter().any(|score| score.id.value == id.value);
        for (place, set) in definition.band_sets.iter().enumerate().filter(|(_, set)| !of_a_score(&set.id) && set.id.value != set.of.value)
        {
            add(&set.id, Name::BandSet(place));
        }
        for (place, finding) in definition.findings.iter().enumerate() {
            add(&finding.id, Name::Finding(place));
        }
        for (place, assessment) in pathway.iter().flat_map(|pathway| &pathway.assessments).enumerate() {
            add(&assessment.id, Name::Assessment(place));
        }
        for (place, clause) in pathway.iter().flat_map(|pathway| &pathway.clauses).enumerate() {
            add(&clause.id, Name::Clause(place));
        }
        names
    }

    pub(super) fn get(&self, name: &str) -> Option<Name> {
        self.by_id.get(&name).map(|(name, _)| *name)
    }

    pub(super) fn all(&self) -> Vec<&'d str> {
        self.by_id.keys().copied().collect()
    }
}

impl Compiler<'_> {
    /// The meaning of a name, or the fault `unknown-name` with the nearest known name.
    pub(super) fn name(&mut self, name: &str, span: Span) -> Option<Name> {
        if let Some(meaning) = self.names.get(name) {
            return Some(meaning);
        }
        let help = did_you_mean(name, &self.names.all());
        let what = if self.pathway.is_some() {
            "input, finding, service, assessment or setting"
        } else {
            "item, section, input, setting, score or finding"
        };
        self.help("unknown-name", span, format!("no {what} is called `{}`", shortened(name)), help);
        None
    }

    /// The place of a code in a list, or the fault `unknown-option` with the nearest known code.
    pub(super) fn code(&mut self, set: super::CodeSetId, code: &str, span: Span, whose: &str) -> Option<u8> {
        let codes = self.codes.get(set.0).cloned().unwrap_or_default();
        if let Some(place) = codes.iter().position(|known| known == code) {
            return u8::try_from(place).ok();
        }
        let known: Vec<&str> = codes.iter().map(String::as_str).collect();
        self.help("unknown-option", span, format!("{whose} has no `{}`", shortened(code)), did_you_mean(code, &known));
        None
    }
}
