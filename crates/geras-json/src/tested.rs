//! What became of a file of cases: which passed, what was found, what they have touched. Runs none.

use geras::cases::{CaseReport, Coverage, Suggestions, Tally};
use geras::mutate::{Apart, Fate, Mutant};
use geras::source::{Diagnostic, Source};
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
    /// What the cases have touched: `options`, `edges`, `bands`, `grades`, `adjustments`, `rows`, `findings`, `alerts`, `settings`,
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
    coverage.tallies().into_iter().map(|(what, tally)| (what, TallyShape::from(tally))).collect()
}

impl<'a> From<&'a Tally> for TallyShape<'a> {
    fn from(tally: &'a Tally) -> Self {
        Self { covered: tally.covered, of: tally.of, missing: &tally.missing }
    }
}

/// One file of cases, as `geras test --json` tells of it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TestedFile<'a> {
    /// The path of the file of cases.
    pub path: &'a str,
    /// What they are for, `id@edition`; null where the file could not be read.
    pub cases_for: Option<&'a str>,
    /// What became of them.
    #[serde(flatten)]
    pub report: TestReport<'a>,
    /// The cases that are missing, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggested: Option<SuggestedShape<'a>>,
    /// What became of changes of the definition, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mutated: Option<MutatedShape<'a>>,
}

/// Cases that are missing.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SuggestedShape<'a> {
    /// A sheet to put under `sheets`, in YAML; null where the file has one.
    pub sheet: Option<&'a str>,
    /// Cases to put under `cases` and to fill in.
    pub cases: Vec<SkeletonShape<'a>>,
    /// What no sheet was found for.
    pub not_found: Vec<NotFoundShape<'a>>,
}

/// A case to fill in.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SkeletonShape<'a> {
    /// What it touches that no case touches yet.
    pub touches: &'a [String],
    /// The case in YAML.
    pub yaml: &'a str,
}

/// Something for which no sheet was found.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotFoundShape<'a> {
    /// What it is.
    pub name: &'a str,
    /// Whether it is certain that there is none.
    pub never: bool,
}

impl<'a> From<&'a Suggestions> for SuggestedShape<'a> {
    fn from(suggestions: &'a Suggestions) -> Self {
        let cases = suggestions.cases.iter().map(|case| SkeletonShape { touches: &case.touches, yaml: &case.yaml });
        let not_found = suggestions.not_found.iter().map(|none| NotFoundShape { name: &none.name, never: none.never });
        Self { sheet: suggestions.sheet.as_deref(), cases: cases.collect(), not_found: not_found.collect() }
    }
}

/// What became of changes of a definition.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MutatedShape<'a> {
    /// Changes that were tried.
    pub changes: usize,
    /// Those that a case notices.
    pub noticed_by_cases: usize,
    /// Those that no case notices, but for which the definition is refused.
    pub refused_by_check: usize,
    /// Those that are proved to change no result.
    pub without_effect: usize,
    /// Those that nobody notices, in the order of the file; changes without effect are not among them.
    pub unnoticed: Vec<UnnoticedShape<'a>>,
}

/// A change that nobody notices.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnnoticedShape<'a> {
    /// What is changed.
    pub what: &'a str,
    /// The line in the definition, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What stands there.
    pub old: &'a str,
    /// What was tried; empty where something was taken away.
    pub new: &'a str,
    /// Results that differ on some sheet; empty where no such sheet was found.
    pub differences: Vec<DifferenceShape<'a>>,
    /// A case on that sheet in YAML, to be filled in; null where no sheet was found.
    pub case: Option<&'a str>,
}

/// A result that a change alters.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceShape<'a> {
    /// The id of the result.
    pub result: &'a str,
    /// What the definition gives.
    pub now: &'a str,
    /// What the changed one gives.
    pub changed: &'a str,
}

impl<'a> MutatedShape<'a> {
    /// The fates of changes, in the order of the file.
    #[must_use]
    pub fn new(source: &Source, fates: &'a [(Mutant, Fate)]) -> Self {
        let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|(_, fate)| wanted(fate)).count();
        let unnoticed = fates.iter().filter_map(|(mutant, fate)| {
            let told = match fate {
                Fate::Unnoticed(Apart::Told(told)) => Some(told),
                Fate::Unnoticed(Apart::Unknown) => None,
                _ => return None,
            };
            let place = source.line_column(mutant.span.start);
            let differences = told.iter().flat_map(|told| &told.differences);
            let differences = differences.map(|one| DifferenceShape { result: &one.result, now: &one.now, changed: &one.changed });
            Some(UnnoticedShape {
                what: &mutant.what,
                line: place.line,
                column: place.column,
                old: &mutant.old,
                new: &mutant.new,
                differences: differences.collect(),
                case: told.map(|told| told.yaml.as_str()),
            })
        });
        Self {
            changes: fates.len(),
            noticed_by_cases: count(|fate| matches!(fate, Fate::NoticedByCase(_))),
            refused_by_check: count(|fate| matches!(fate, Fate::RefusedByCheck(_))),
            without_effect: count(|fate| matches!(fate, Fate::Unnoticed(Apart::Same))),
            unnoticed: unnoticed.collect(),
        }
    }
}
