//! The few shapes that JavaScript alone gets: the report on cases, and the files it hands in. All others are `geras-json`'s.

use std::borrow::Cow;

use geras::cases::{CaseReport, Coverage, Tally};
use geras::source::Diagnostic;
use geras_json::{DiagnosticShape, Pairs};
use serde::{Deserialize, Serialize};

/// A file of a tree.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File<'t> {
    #[serde(borrow)]
    path: Cow<'t, str>,
    #[serde(borrow)]
    text: Cow<'t, str>,
}

impl File<'_> {
    /// Path and text.
    pub(crate) fn pair(&self) -> (&str, &str) {
        (&self.path, &self.text)
    }
}

/// What became of a file of cases.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    results: Vec<CaseShape<'a>>,
    diagnostics: Vec<DiagnosticShape<'a>>,
    coverage: Option<Pairs<'static, TallyShape<'a>>>,
}

#[derive(Debug, Serialize)]
struct CaseShape<'a> {
    name: &'a str,
    passed: bool,
}

#[derive(Debug, Serialize)]
struct TallyShape<'a> {
    covered: usize,
    of: usize,
    missing: &'a [String],
}

impl<'a> Report<'a> {
    pub(crate) fn of(report: &'a CaseReport) -> Self {
        let results = report.results.iter().map(|result| CaseShape { name: &result.name, passed: result.passed });
        Self { results: results.collect(), coverage: Some(covered(&report.coverage)), ..Self::refused(&report.diagnostics) }
    }

    /// The cases could not be run.
    pub(crate) fn refused(faults: &'a [Diagnostic]) -> Self {
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

/// The text of a shape.
pub(crate) fn to_json(shape: &impl Serialize) -> String {
    // INVARIANT: the shapes have text keys only: nothing can fail.
    serde_json::to_string_pretty(shape).unwrap_or_default()
}
