//! One person on a pathway then and now: the setting, the results of instruments, and what began or ended since. Words nothing.

use super::outcome::{AssessmentOutcome, PathwayOutcome};
use crate::assess::{Coded, Holds};
use crate::definition::{Clause, ClauseKind, Date};

/// What an earlier outcome recorded, as plain data. Where it was read from is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierWay {
    /// The pathway with its edition, such as `cn/eldercare-triage@2026`.
    pub pathway: String,
    /// The definitions that were used: pathways and instruments, each by its id with the SHA-256 of its text.
    pub definitions: Vec<(String, String)>,
    /// The day of the assessment.
    pub date: Option<Date>,
    /// The kind of care setting; none while it was open.
    pub routing: Option<String>,
    /// The ids of the clauses that held, by list; only of the lists in `COMPARED`.
    pub held: Vec<(ClauseKind, String)>,
    /// The decided grades by the id of the instrument.
    pub grades: Vec<(String, String)>,
}

/// The lists whose clauses are compared.
pub const COMPARED: [ClauseKind; 6] =
    [ClauseKind::Contradiction, ClauseKind::Alert, ClauseKind::Finding, ClauseKind::Referral, ClauseKind::Service, ClauseKind::Entitlement];

/// What is different from an earlier outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since<'p> {
    /// The earlier outcome.
    pub earlier: EarlierWay,
    /// Whether the pathway, those that it extends and the instruments of both times are the same, so that only the answers can have moved anything.
    pub same_rules: bool,
    /// Whether the kind of care setting is another one; none while one of the two is open.
    pub moved: Option<bool>,
    /// The grades that moved: the id of the instrument, the grade then, the grade now.
    pub grades: Vec<(&'p str, String, &'p str)>,
    /// The clauses that hold now and did not then, in the order of a report.
    pub began: Vec<&'p Clause>,
    /// The clauses that held then and do not now, with their list; those that the pathway does not have any more by their id alone.
    pub ended: Vec<(ClauseKind, String, Option<&'p Clause>)>,
}

impl<'p> PathwayOutcome<'p> {
    /// What is different from an earlier outcome of the same person on this pathway.
    #[must_use]
    pub fn since(&self, earlier: EarlierWay) -> Since<'p> {
        let routing = self.routing().kind;
        let moved = match (&earlier.routing, &routing) {
            (Some(then), Coded::Decided(now)) => Some(then != now),
            _ => None,
        };
        let grades = self.instruments().iter().filter_map(|found| {
            let AssessmentOutcome::Done(outcome) = &found.outcome else { return None };
            let Some(Coded::Decided(now)) = outcome.grade() else { return None };
            let (_, then) = earlier.grades.iter().find(|(id, _)| id == found.instrument)?;
            (then != now).then(|| (found.instrument, then.clone(), now))
        });
        let grades = grades.collect();
        let (mut began, mut ended) = (Vec::new(), Vec::new());
        for kind in COMPARED {
            let held = |id: &str| earlier.held.iter().any(|(list, known)| *list == kind && known == id);
            let now: Vec<_> = self.clauses(kind).collect();
            began.extend(now.iter().filter(|found| found.holds == Holds::Yes && !held(&found.clause.id.value)).map(|found| found.clause));
            for (_, id) in earlier.held.iter().filter(|(list, _)| *list == kind) {
                match now.iter().find(|found| found.clause.id.value == *id) {
                    Some(found) if found.holds == Holds::No => ended.push((kind, id.clone(), Some(found.clause))),
                    Some(_) => {}
                    None => ended.push((kind, id.clone(), None)),
                }
            }
        }
        let hash = |id: &str| earlier.definitions.iter().find(|(known, _)| known == id).map(|(_, hash)| hash);
        let mut rules = std::iter::once(&self.pathway().definition().head).chain(self.pathway().bases());
        let same_pathway = rules.all(|head| hash(&head.id.value) == Some(&head.hash));
        let same_rules = same_pathway
            && self.instruments().iter().all(|found| match &found.outcome {
                AssessmentOutcome::Done(outcome) => {
                    hash(found.instrument).is_none_or(|hash| *hash == outcome.instrument().definition().hash)
                }
                _ => true,
            });
        Since { earlier, same_rules, moved, grades, began, ended }
    }
}
