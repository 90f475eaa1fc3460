//! Texts as authors wrote them: sources, spans, the YAML tree, and the one type of diagnostic. Knows nothing of instruments.

mod diagnostic;
mod document;
mod suggest;
mod text;
mod yaml;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use document::{Document, Entry, Kind, Scalar, ScalarStyle, Value};
pub use suggest::closest;
pub use text::{LineColumn, Source, Span, Spanned};
pub use yaml::{MAX_ALIASES, MAX_BYTES, MAX_DEPTH, MAX_NODES, parse};
