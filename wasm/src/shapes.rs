//! The few shapes that JavaScript alone gets: the list of instruments, the report on cases; and the files it hands in. All others are `geras-json`'s.

use std::borrow::Cow;

use geras::Instrument;
use geras::cases::{CaseReport, Coverage, Tally};
use geras::source::Diagnostic;
use geras_json::{DiagnosticShape, Effective, Pairs};
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

/// An instrument in the list.
#[derive(Debug, Serialize)]
pub(crate) struct Row<'a> {
    id: &'a str,
    edition: &'a str,
    jurisdiction: &'a str,
    domain: &'a str,
    effective: Effective,
    languages: Vec<&'a str>,
    title: Pairs<'a, &'a str>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(instrument: &'a Instrument) -> Self {
        let definition = instrument.definition();
        Self {
            id: &definition.id.value,
            edition: &definition.edition.value,
            jurisdiction: &definition.jurisdiction.value,
            domain: &definition.domain.value,
            effective: Effective::from(definition),
            languages: definition.languages.iter().map(|language| language.value.as_str()).collect(),
            title: definition.title.languages.iter().map(|(language, text)| (language.value.as_str(), text.as_str())).collect(),
        }
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
    let Coverage { options, bands, grades, adjustments, rows, findings, alerts } = coverage;
    let tallies = [
        ("options", options),
        ("bands", bands),
        ("grades", grades),
        ("adjustments", adjustments),
        ("rows", rows),
        ("findings", findings),
        ("alerts", alerts),
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
