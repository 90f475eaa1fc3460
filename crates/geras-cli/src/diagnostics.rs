//! Diagnostics as a terminal shows them: the line itself, both places where two clash, what to do. What they say is the core's.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};
use geras::source::{Diagnostic, Label, Severity};

use crate::paint;

/// Draws diagnostics one under the other.
pub(crate) fn write(out: &mut dyn Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    diagnostics.iter().try_for_each(|diagnostic| writeln!(out, "{}\n", drawn(diagnostic)))
}

/// A line such as `2 errors, 1 warning`, and whether there are any.
pub(crate) fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let error = (errors > 0).then(|| paint::styled(paint::ERROR, &paint::counted(errors, "error")));
    let warning = (warnings > 0).then(|| paint::styled(paint::WARNING, &paint::counted(warnings, "warning")));
    let both: Vec<String> = error.into_iter().chain(warning).collect();
    (!both.is_empty()).then(|| both.join(", "))
}

fn drawn(diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let source = &diagnostic.primary.source;
    let (here, elsewhere): (Vec<&Label>, Vec<&Label>) = diagnostic.secondary.iter().partition(|label| label.source.path() == source.path());
    let snippet = |label: &Label| Snippet::source(label.source.text().to_owned()).path(label.source.path().to_owned());
    let own = snippet(&diagnostic.primary)
        .annotation(annotation(AnnotationKind::Primary, &diagnostic.primary))
        .annotations(here.into_iter().map(|label| annotation(AnnotationKind::Context, label)));
    let mut report = level.primary_title(diagnostic.message.as_str()).id(diagnostic.name).element(own);
    for label in elsewhere {
        report = report.element(snippet(label).annotation(annotation(AnnotationKind::Context, label)));
    }
    if let Some(help) = &diagnostic.help {
        report = report.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().render(&[report])
}

fn annotation(kind: AnnotationKind, label: &Label) -> Annotation<'_> {
    let annotation = kind.span(range(label));
    if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
}

/// The span inside the text and on whole characters; of a place with several lines only the first.
fn range(label: &Label) -> Range<usize> {
    let text = label.source.text();
    let whole = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = whole(label.span.start);
    let end = whole(label.span.end.max(start));
    let first_line = text.get(start..end).and_then(|place| place.lines().next()).map_or(0, str::len);
    start..start + first_line
}
