//! What became of a file of cases: which passed, what was found, what they have touched. Runs none.

use geras::cases::{CaseReport, Coverage, Tally};
use geras::source::Diagnostic;
use serde::Serialize;

use crate::{DiagnosticShape, Pairs};

/// What became of a file of cases.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TestReport<'a> {
    /// Each case in the author's order; none where a file could not be read.
    pub results: Vec<CaseShape<'a>>,
    /// What failed, where, and what came out instead; or why a file could not be read.
    pub diagnostics: Vec<DiagnosticShape<'a>>,
    /// What the cases have touched: `options`, `bands`, `grades`, `adjustments`, `rows`, `findings`, `alerts`, `settings`,
    /// `rules`, `clauses`; null where they could not be run.
    pub coverage: Option<Pairs<'static, TallyShape<'a>>>,
}

/// What became of one case.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseShape<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether everything came out as expected.
    pub passed: bool,
}

/// How much of something was touched.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TallyShape<'a> {
    /// How many were.
    pub covered: usize,
    /// How many there are.
    pub of: usize,
    /// Those that were not.
    pub missing: &'a [String],
}

impl<'a> TestReport<'a> {
    /// The cases were run.
    #[must_use]
    pub fn of(report: &'a CaseReport) -> Self {
        let results = report.results.iter().map(|result| CaseShape { name: &result.name, passed: result.passed });
        Self { results: results.collect(), coverage: Some(covered(&report.coverage)), ..Self::refused(&report.diagnostics) }
    }

    /// The cases could not be run.
    #[must_use]
    pub fn refused(faults: &'a [Diagnostic]) -> Self {
        Self { results: Vec::new(), diagnostics: faults.iter().map(DiagnosticShape::from).collect(), coverage: None }
    }
}

fn covered(coverage: &Coverage) -> Pairs<'static, TallyShape<'_>> {
    let Coverage { options, bands, grades, adjustments, rows, findings, alerts, settings, rules, clauses } = coverage;
    let tallies = [
        ("options", options),
        ("bands", bands),
        ("grades", grades),
        ("adjustments", adjustments),
        ("rows", rows),
        ("findings", findings),
        ("alerts", alerts),
        ("settings", settings),
        ("rules", rules),
        ("clauses", clauses),
    ];
    tallies.into_iter().map(|(what, tally)| (what, TallyShape::from(tally))).collect()
}

impl<'a> From<&'a Tally> for TallyShape<'a> {
    fn from(tally: &'a Tally) -> Self {
        Self { covered: tally.covered, of: tally.of, missing: &tally.missing }
    }
}
