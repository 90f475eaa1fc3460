//! What is claimed of worse answers, beside what the proof says of it. Finds no fault itself.

use super::sheets::Sheets;
use crate::definition::MonotoneClaim;
use crate::plan::{Considered, NodeId, Purpose, claims};
use crate::prove::{Monotony, Subject, monotony};

/// A claim with its proof. Exceptions were made worse too, so that it is known whether they are needed.
pub(super) struct Claimed<'a> {
    pub(super) claim: &'a MonotoneClaim,
    pub(super) considered: Considered,
    pub(super) node: NodeId,
    /// What the claim is about, in words.
    pub(super) what: String,
    pub(super) monotony: Monotony,
}

pub(super) fn claimed<'a>(sheets: &Sheets<'a>) -> Vec<Claimed<'a>> {
    let of = |(purpose, claim): (Purpose, &'a MonotoneClaim)| {
        let (subject, what) = match purpose {
            Purpose::Score(place) => (Subject::Score(place), format!("`{}`", sheets.definition.scores.get(place)?.id.value)),
            _ => (Subject::Grade, "grade".to_owned()),
        };
        let considered = sheets.plan.considered(purpose)?.clone();
        let all = Considered { except: Vec::new(), ..considered.clone() };
        let monotony = monotony(sheets.definition, sheets.plan, subject, &all)?;
        Some(Claimed { claim, considered, node: sheets.plan.find(purpose)?, what, monotony })
    };
    claims(sheets.definition).filter_map(of).collect()
}
