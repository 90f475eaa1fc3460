//! Diagnostics as data for editors, programs and the browser. How a terminal draws them is not known here.

use geras::source::{Diagnostic, Label, Severity, Span};
use serde::Serialize;

/// A fault of a definition or its cases: where, what, and what to do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiagnosticShape<'a> {
    /// The fault's name in kebab case: `bands-overlap`.
    pub name: &'static str,
    /// Whether it refuses the definition.
    pub severity: SeverityWord,
    /// What is wrong, one sentence.
    pub message: &'a str,
    /// The place to mend.
    #[serde(flatten)]
    pub place: Place<'a>,
    /// Other places that belong to the fault.
    pub labels: Vec<Place<'a>>,
    /// What to do about it; null where there is nothing to say.
    pub help: Option<&'a str>,
}

/// How grave a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SeverityWord {
    /// The definition is refused.
    Error,
    /// The definition is read, and somebody should look.
    Warning,
}

/// A place in a file; lines and columns count from 1, columns in characters, the end is not included.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place<'a> {
    /// The file.
    pub path: &'a str,
    /// The line where it begins.
    pub line: usize,
    /// The column where it begins.
    pub column: usize,
    /// The line where it ends.
    pub end_line: usize,
    /// The column behind its last character.
    pub end_column: usize,
    /// A few words on the place; may be empty.
    pub text: &'a str,
}

impl<'a> From<&'a Diagnostic> for DiagnosticShape<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        Self {
            name: diagnostic.name,
            severity: match diagnostic.severity {
                Severity::Error => SeverityWord::Error,
                Severity::Warning => SeverityWord::Warning,
            },
            message: &diagnostic.message,
            place: Place::from(&diagnostic.primary),
            labels: diagnostic.secondary.iter().map(Place::from).collect(),
            help: diagnostic.help.as_deref(),
        }
    }
}

impl<'a> From<&'a Label> for Place<'a> {
    fn from(label: &'a Label) -> Self {
        let Span { start, end } = label.span;
        let (start, end) = (label.source.line_column(start), label.source.line_column(end.max(start)));
        let (path, text) = (label.source.path(), label.text.as_str());
        Self { path, line: start.line, column: start.column, end_line: end.line, end_column: end.column, text }
    }
}
