//! The files that JavaScript hands in. What goes out is `geras-json`'s.

use std::borrow::Cow;

use serde::Deserialize;

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
