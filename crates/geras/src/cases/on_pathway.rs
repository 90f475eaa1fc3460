//! Runs cases against their pathway: settings, rules, wishes and clauses, and counts what they cover.

use std::collections::BTreeMap;

use super::coverage::Counter;
use super::model::{Case, CaseFile};
use super::run::{CaseReport, CaseResult, Resolved, Runner};
use super::target;
use crate::Pathway;
use crate::assess::{AnswerProblem, Coded, Holds};
use crate::definition::ClauseKind;
use crate::pathway::{CheckedPathwayAnswers, PathwayOutcome, Waiting};

/// Runs every case of a file. The cases must be meant for this pathway.
#[must_use]
pub fn run_on_pathway(file: &CaseFile, pathway: &Pathway) -> CaseReport {
    let mut runner = Runner::new(file);
    let (mut results, mut counter) = (Vec::new(), Counter::new(target::of_pathway(pathway)));
    let mut seen: BTreeMap<String, &Case> = BTreeMap::new();
    for case in &file.cases {
        let before = runner.faults.len();
        let resolved = runner.resolve(case);
        if let Some(first) = seen.get(&resolved.fingerprint()).copied() {
            runner.same_sheet(first, case);
        } else {
            seen.insert(resolved.fingerprint(), case);
        }
        let taken = take(pathway, &resolved);
        if runner.is_let_in(case, taken.as_ref().err().map(Vec::as_slice))
            && let Ok(answers) = &taken
        {
            let outcome = pathway.assess(answers);
            counter.count(&outcome.evaluation);
            compare(&mut runner, case, &outcome);
        }
        results.push(CaseResult { name: case.name.value.clone(), passed: runner.faults.len() == before });
    }
    CaseReport { results, diagnostics: runner.faults, coverage: counter.finish() }
}

/// The name of the first case that does not come out on this pathway.
pub(crate) fn failing_on_pathway<'f>(file: &'f CaseFile, pathway: &Pathway) -> Option<&'f str> {
    let mut runner = Runner::new(file);
    file.cases.iter().find_map(|case| {
        let resolved = runner.resolve(case);
        let taken = take(pathway, &resolved);
        if runner.is_let_in(case, taken.as_ref().err().map(Vec::as_slice))
            && let Ok(answers) = &taken
        {
            compare(&mut runner, case, &pathway.assess(answers));
        }
        (!runner.faults.is_empty()).then_some(case.name.value.as_str())
    })
}

pub(super) fn take(pathway: &Pathway, resolved: &Resolved<'_>) -> Result<CheckedPathwayAnswers, Vec<AnswerProblem>> {
    let mut sheet = pathway.answers(resolved.case.date.as_ref().map(|date| date.value));
    for (item, value) in resolved.answers.iter() {
        sheet.answer_value(item, value);
    }
    for (setting, code) in &resolved.case.settings {
        sheet.setting(&setting.value, &code.value);
    }
    if let Some(last) = resolved.fill {
        sheet.fill(last, &resolved.without);
    }
    sheet.check()
}

fn compare(runner: &mut Runner<'_>, case: &Case, outcome: &PathwayOutcome<'_>) {
    let expected = &case.expected;
    let (routing, proposal) = (outcome.routing(), outcome.proposal());
    let (rule, wish) = (outcome.rule().map(|rule| rule.id.value.clone()), outcome.wish().map(|wish| wish.id.value.clone()));
    let named = |id: &Option<String>| id.clone().unwrap_or_else(|| "none".to_owned());
    let (rule, wish) = (named(&rule), named(&wish));
    let codes = [
        ("the care setting", &expected.setting, routing.setting),
        ("the kind of care setting", &expected.routing, routing.kind),
        ("what the rules propose", &expected.proposal, proposal.kind),
        ("the rule that decides", &expected.rule, Coded::Decided(rule.as_str())),
        ("the wish that decides", &expected.wish, Coded::Decided(wish.as_str())),
    ];
    for (what, wanted, found) in codes {
        if let Some(wanted) = wanted {
            runner.code(case, what, wanted, Some(found));
        }
    }
    if let Some(wanted) = &expected.priority {
        runner.number(case, "the points for the waiting order", wanted, &outcome.priority().points);
    }
    if let Some(wanted) = &expected.review {
        let days = outcome.review().map(|review| rust_decimal::Decimal::from(review.days));
        runner.number(
            case,
            "the days until the review",
            wanted,
            &days.map_or(crate::assess::Scored::Open(None), crate::assess::Scored::Decided),
        );
    }
    let holding = |kind: ClauseKind| -> Vec<&str> {
        let all = outcome.clauses(kind).filter(|found| found.holds == Holds::Yes);
        all.map(|found| found.clause.id.value.as_str()).collect()
    };
    if let Some(wanted) = &expected.findings {
        runner.list(case, "the findings", wanted, holding(ClauseKind::Finding));
    }
    if let Some(wanted) = &expected.alerts {
        runner.list(case, "the alerts", wanted, holding(ClauseKind::Alert));
    }
    for (kind, wanted) in &expected.clauses {
        runner.list(case, &format!("the {}", kind.key()), wanted, holding(*kind));
    }
    if let Some(wanted) = &expected.waiting_on {
        let waiting: Vec<String> = outcome.deciding().iter().flat_map(names).collect();
        runner.list(case, "what the care setting waits on", wanted, waiting.iter().map(String::as_str).collect());
    }
}

/// `carer`, `phq9`, `gb-t-42195.eating`.
fn names(waiting: &Waiting<'_>) -> Vec<String> {
    match waiting.instrument {
        None => waiting.items.iter().map(|item| (*item).to_owned()).collect(),
        Some(instrument) if waiting.items.is_empty() => vec![instrument.to_owned()],
        Some(instrument) => waiting.items.iter().map(|item| format!("{instrument}.{item}")).collect(),
    }
}
