//! How the questions of two editions agree: which are the same, which only one has, which are asked in other cases. Counts nothing.

use rust_decimal::Decimal;

use super::compared::{Questions, told};
use super::merge::{Merged, Side};
use super::pairing::{Origin, Pairing};
use crate::plan::{FieldId, NodeId, ScoringPlan};

/// How the questions of two plans agree. How missing answers are treated is not looked at.
pub(super) fn questions((from, to): (&ScoringPlan, &ScoringPlan), pairing: &Pairing, merged: &Merged) -> Questions {
    let mut questions = Questions { apart: pairing.apart.clone(), renamed: pairing.renamed.clone(), ..Questions::default() };
    for (place, origin) in pairing.origins.iter().enumerate() {
        let Some(field) = to.fields().get(place) else { continue };
        let apart = pairing.apart.iter().any(|(id, _)| *id == field.id);
        match origin {
            Origin::Own if !apart => questions.only_b.push(field.id.clone()),
            Origin::Own => {}
            Origin::Carried(carried) => {
                let ids = carried.from.iter().map(|source| from.field(*source).id.clone()).collect();
                questions.carried.push((field.id.clone(), ids, carried.exact));
            }
            Origin::Shared(source, codes) => {
                questions.same += 1;
                let theirs = from.field(*source);
                let list =
                    |plan: &ScoringPlan, field: &crate::plan::Field| field.codes.map(|set| plan.codes(set).to_vec()).unwrap_or_default();
                let (ours, others) = (list(from, theirs), list(to, field));
                let without =
                    |some: &[String], of: &[String]| some.iter().filter(|code| !of.contains(code)).cloned().collect::<Vec<_>>().join(", ");
                let (only_a, only_b) = (without(&ours, &others), without(&others, &ours));
                if codes.is_some() && !(only_a.is_empty() && only_b.is_empty()) {
                    questions.narrowed.push((field.id.clone(), only_a, only_b));
                }
                if theirs.range != field.range {
                    let words = |range: Option<(Decimal, Decimal)>| range.map_or_else(String::new, |(low, high)| format!("{low}..{high}"));
                    questions.narrowed.push((field.id.clone(), words(theirs.range), words(field.range)));
                }
                let sorted = |reasons: &[crate::definition::AbsentReason]| {
                    let mut words: Vec<&str> = reasons.iter().map(|reason| reason.word()).collect();
                    words.sort_unstable();
                    words
                };
                if sorted(&theirs.absent) != sorted(&field.absent) {
                    questions.absent.push(field.id.clone());
                }
                let shown = |side: Side, shown: Option<NodeId>| {
                    shown.map(|node| merged.nodes.get(&(side, node)).and_then(|made| made.clone().ok()))
                };
                let counts = |plan: &ScoringPlan, field: &crate::plan::Field| {
                    field.otherwise.map(|value| told(plan, field.answer_type(), Some(value)))
                };
                let (one, two) = (shown(Side::A, theirs.shown), shown(Side::B, field.shown));
                if one != two || one == Some(None) || counts(from, theirs) != counts(to, field) {
                    questions.asked.push(field.id.clone());
                }
            }
        }
    }
    let only_a = from
        .fields()
        .iter()
        .enumerate()
        .filter(|(place, field)| !pairing.serves(FieldId(*place)) && !pairing.apart.iter().any(|(id, _)| *id == field.id));
    questions.only_a = only_a.map(|(_, field)| field.id.clone()).collect();
    questions
}
