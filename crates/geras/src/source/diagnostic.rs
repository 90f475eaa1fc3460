//! The one type of diagnostic, for the YAML and for the Rhai inside it. Plain data: how it is drawn is decided elsewhere.

use super::text::{LineColumn, Source, Span};

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The definition is refused.
    Error,
    /// The definition is read, and somebody should look.
    Warning,
}

/// A place that a diagnostic points at, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text that the span counts in.
    pub source: Source,
    /// The place.
    pub span: Span,
    /// A few words on the place; may be empty on the primary place.
    pub text: String,
}

impl Label {
    /// The place as people count it.
    #[must_use]
    pub fn line_column(&self) -> LineColumn {
        self.source.line_column(self.span.start)
    }
}

/// What is wrong with a definition or its cases: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The fault's name in kebab case, the same as its page: `bands-overlap`.
    pub name: &'static str,
    /// Whether it refuses the definition.
    pub severity: Severity,
    /// One lower-case sentence in the terms of the field, no full stop.
    pub message: String,
    /// The place to mend.
    pub primary: Label,
    /// Other places that belong to the fault.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at one place. `name` is the name of a check's page.
    #[must_use]
    pub fn new(name: &'static str, severity: Severity, source: &Source, span: Span, message: impl Into<String>) -> Self {
        let primary = Label { source: source.clone(), span, text: String::new() };
        Self { name, severity, message: message.into(), primary, secondary: Vec::new(), help: None }
    }

    /// A few words at the primary place itself.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Points at a second place in the same text.
    #[must_use]
    pub fn also(self, span: Span, text: impl Into<String>) -> Self {
        let source = self.primary.source.clone();
        self.also_in(&source, span, text)
    }

    /// Points at a second place in another text.
    #[must_use]
    pub fn also_in(mut self, source: &Source, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { source: source.clone(), span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it refuses the definition.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The key by which diagnostics are put in file order.
    #[must_use]
    pub fn order(&self) -> (String, Span, &'static str) {
        (self.primary.source.path().to_owned(), self.primary.span, self.name)
    }
}
