//! The tree that a YAML text becomes: every key and value with its place, scalars untyped until the reader knows what it wants.

use super::text::{Source, Span, Spanned};

/// A whole YAML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The text that all spans count in.
    pub source: Source,
    /// The outermost value.
    pub root: Value,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Where it stands; for an alias, where the alias stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing was written after the key, or `null`, or `~`.
    Null,
    /// One piece of text: a number, a word, a sentence.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Value>),
    /// Keys and values, in the author's order, no key twice.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key's text and place.
    pub key: Spanned<String>,
    /// The value.
    pub value: Value,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes: may be a number or `true`.
    Plain,
    /// In quotes: always a text.
    Quoted,
    /// A block after `|` or `>`: always a text.
    Block,
}

/// One piece of text with the way back to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text after quotes, escapes and indentation are taken away.
    pub text: String,
    /// How it was written.
    pub style: ScalarStyle,
    /// `(offset in text, offset in source)` at the start of each run of text that is the same in both.
    pub origin: Vec<(usize, usize)>,
}

impl Scalar {
    /// The offset in the source of an offset in `text`, so that an error inside a script points into the YAML.
    #[must_use]
    pub fn locate(&self, offset: usize) -> usize {
        let run = self.origin.partition_point(|&(at, _)| at <= offset).saturating_sub(1);
        self.origin.get(run).map_or(0, |&(at, source)| source + offset.saturating_sub(at))
    }
}
