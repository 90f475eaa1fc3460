//! Changes a rule in one place at a time and asks whether the cases notice. A case file that notices no change guards nothing. Does no I/O.

mod apart;
mod on_pathway;
mod pathway_sites;
mod rules;
mod sites;
mod tokens;

use crate::Instrument;
use crate::cases::{CaseFile, first_failing};
use crate::source::{Diagnostic, Span};

pub use apart::{Apart, Difference, Told};
pub use on_pathway::PathwayTrial;
pub use pathway_sites::mutants_of_pathway;
pub use sites::mutants;

/// One change of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// What is changed, in words: `points of eating: some_help`.
    pub what: String,
    /// Where it is changed.
    pub span: Span,
    /// What stands there.
    pub old: String,
    /// What is tried in its place; empty where something is taken away.
    pub new: String,
    /// All places with their new texts.
    edits: Vec<(Span, String)>,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// This case does not come out any more.
    NoticedByCase(String),
    /// No case notices, but the definition is refused with this fault.
    RefusedByCheck(&'static str),
    /// Nobody notices.
    Unnoticed(Apart),
}

impl Mutant {
    /// The definition with the change.
    #[must_use]
    pub fn applied(&self, text: &str) -> String {
        let mut edits: Vec<&(Span, String)> = self.edits.iter().collect();
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut changed = text.to_owned();
        for (span, new) in edits {
            if changed.get(span.start..span.end).is_some() {
                changed.replace_range(span.start..span.end, new);
            }
        }
        changed
    }
}

/// What becomes of one change: the cases are asked first, then every check; of what nobody notices, a sheet is looked for that tells the two apart.
#[must_use]
pub fn fate(file: &CaseFile, instrument: &Instrument, mutant: &Mutant) -> Fate {
    let source = &instrument.definition().source;
    let text = mutant.applied(source.text());
    let changed = match Instrument::unproved(source.path(), &text) {
        Ok(changed) => changed,
        Err(faults) => return refused(&faults),
    };
    if let Some(case) = first_failing(file, &changed) {
        return Fate::NoticedByCase(case.to_owned());
    }
    if let Some(fault) = changed.refused() {
        return Fate::RefusedByCheck(fault);
    }
    Fate::Unnoticed(apart::apart(file, instrument, &changed, &mutant.what))
}

fn refused(faults: &[Diagnostic]) -> Fate {
    Fate::RefusedByCheck(faults.iter().find(|fault| fault.is_error()).map_or("unknown-key", |fault| fault.name))
}
