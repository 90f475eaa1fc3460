//! Skeletons of the cases that a pathway lacks: found in the neighbourhood of the cases that are there, one answer changed. Fills none in.

use super::coverage::Counter;
use super::model::CaseFile;
use super::near::near;
use super::on_pathway::take;
use super::run::Runner;
use super::suggest::{NotTouched, Suggested, Suggestions, unlike};
use super::target::{self, Target, asked};
use crate::Pathway;
use crate::plan::{self, ScoringPlan};
use crate::reach::Evaluation;

/// Persons that are looked at before the search ends.
const MOST_PERSONS: usize = 12_000;

/// Suggests cases for what the cases of a pathway do not touch: persons of a case with one other answer. Whatever lies further off is told as not found.
#[must_use]
pub fn suggest_on_pathway(file: &CaseFile, pathway: &Pathway) -> Suggestions {
    let mut runner = Runner::new(file);
    let mut counter = Counter::new(target::of_pathway(pathway));
    for case in &file.cases {
        if let Ok(answers) = take(pathway, &runner.resolve(case)) {
            counter.count(&pathway.assess(&answers).evaluation);
        }
    }
    let mut missing: Vec<Target> = counter.missing();
    let mut names: Vec<String> = file.cases.iter().map(|case| case.name.value.clone()).collect();
    let mut suggestions = Suggestions::default();
    for person in near(file, pathway).filter(|person| !person.is_of_a_case()).take(MOST_PERSONS) {
        if missing.is_empty() {
            break;
        }
        let Ok(answers) = person.taken(pathway) else { continue };
        let outcome = pathway.assess(&answers);
        let (touched, rest) = apart(missing, pathway.plan(), &outcome.evaluation);
        missing = rest;
        let Some(first) = touched.first() else { continue };
        let looks_at = asked(pathway.plan(), &pathway.definition().head, Some(pathway), &first.rules);
        let yaml = person.skeleton(&unlike(&first.sentence, &mut names), &looks_at);
        suggestions.cases.push(Suggested { touches: touched.into_iter().map(|target| target.name).collect(), yaml });
    }
    suggestions.not_found = missing.into_iter().map(|target| NotTouched { name: target.name, never: false }).collect();
    suggestions
}

/// What a person touches, and what not.
fn apart(targets: Vec<Target>, plan: &ScoringPlan, evaluation: &Evaluation<'_>) -> (Vec<Target>, Vec<Target>) {
    let explorer = evaluation.explorer(0);
    targets.into_iter().partition(|target| plan.evaluate(&target.condition, &explorer) == Some(plan::Value::Boolean(true)))
}
