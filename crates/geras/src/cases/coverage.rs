//! What a file of cases touches: answers, edges, bands, grades, adjustments, rows, findings, alerts, rules. Counts only; nothing is judged.

use super::target::{Kind, Target};
use crate::plan::Value;
use crate::reach::Evaluation;

/// What the cases of one definition cover.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Options of items, `item: code`; of yes/no items `item: true` and `item: false`.
    pub options: Tally,
    /// Both sides of every edge: of bands, steps and thresholds, `total is 65, next to 66`.
    pub edges: Tally,
    /// Bands, `set: band`.
    pub bands: Tally,
    /// Grades.
    pub grades: Tally,
    /// Adjustments, each where it holds.
    pub adjustments: Tally,
    /// Rows of decision tables, cells of matrices, steps of lookups, branches of trees, `score: row`.
    pub rows: Tally,
    /// Findings, each where it holds.
    pub findings: Tally,
    /// Alerts, each where it is raised.
    pub alerts: Tally,
    /// Kinds of care settings of a pathway, each where somebody is sent there.
    pub settings: Tally,
    /// Rules and wishes of a pathway, each where it decides.
    pub rules: Tally,
    /// All other clauses of a pathway, each where it holds.
    pub clauses: Tally,
}

/// How many of a kind are covered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Touched by at least one case.
    pub covered: usize,
    /// All there are.
    pub of: usize,
    /// Those that no case touches.
    pub missing: Vec<String>,
}

impl Coverage {
    /// Each kind with its word, in the order of a report.
    #[must_use]
    pub const fn tallies(&self) -> [(&'static str, &Tally); 11] {
        [
            ("options", &self.options),
            ("edges", &self.edges),
            ("bands", &self.bands),
            ("grades", &self.grades),
            ("adjustments", &self.adjustments),
            ("rows", &self.rows),
            ("findings", &self.findings),
            ("alerts", &self.alerts),
            ("settings", &self.settings),
            ("rules", &self.rules),
            ("clauses", &self.clauses),
        ]
    }
}

/// Counts while cases run.
pub(super) struct Counter {
    targets: Vec<(Target, bool)>,
}

impl Counter {
    pub(super) fn new(targets: Vec<Target>) -> Self {
        Self { targets: targets.into_iter().map(|target| (target, false)).collect() }
    }

    /// Takes note of everything that a sheet touches for certain.
    pub(super) fn count(&mut self, evaluation: &Evaluation<'_>) {
        let explorer = evaluation.explorer(0);
        for (target, touched) in self.targets.iter_mut().filter(|(_, touched)| !touched) {
            *touched = evaluation.plan.evaluate(&target.condition, &explorer) == Some(Value::Boolean(true));
        }
    }

    /// What no sheet has touched.
    pub(super) fn missing(self) -> Vec<Target> {
        self.targets.into_iter().filter(|(_, touched)| !touched).map(|(target, _)| target).collect()
    }

    pub(super) fn finish(self) -> Coverage {
        let tally = |wanted: Kind| {
            let mut tally = Tally::default();
            for (target, touched) in self.targets.iter().filter(|(target, _)| target.kind == wanted) {
                tally.of += 1;
                if *touched {
                    tally.covered += 1;
                } else {
                    tally.missing.push(target.name.clone());
                }
            }
            tally
        };
        Coverage {
            options: tally(Kind::Option),
            edges: tally(Kind::Edge),
            bands: tally(Kind::Band),
            grades: tally(Kind::Grade),
            adjustments: tally(Kind::Adjustment),
            rows: tally(Kind::Row),
            findings: tally(Kind::Finding),
            alerts: tally(Kind::Alert),
            settings: tally(Kind::Setting),
            rules: tally(Kind::Rule),
            clauses: tally(Kind::Clause),
        }
    }
}
