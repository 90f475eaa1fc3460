//! Text that is no YAML.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "yaml-syntax",
    finds: "The text is not YAML: a bracket or quote is not closed, an indentation does not fit, a tab stands at the beginning of \
        a line.",
    why: "A definition that cannot be read as it was meant must not score anybody. Half of it, read as far as it goes, would \
        lose items or rows in silence.",
    wrong: r#"title: {en: "Help in daily life}"#,
    right: r#"title: {en: "Help in daily life"}"#,
};
