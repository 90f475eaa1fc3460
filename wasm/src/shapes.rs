//! The files that JavaScript hands in. What goes out is `geras-json`'s.

use std::borrow::Cow;

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

/// The text of a shape.
pub(crate) fn to_json(shape: &impl Serialize) -> String {
    // INVARIANT: the shapes have text keys only: nothing can fail.
    serde_json::to_string_pretty(shape).unwrap_or_default()
}
