//! An expression or script that is no Rhai.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "rhai-syntax",
    finds: "An expression or script cannot be read: a bracket, an operator or a value is missing, or does not belong there.",
    why: "A definition that cannot be read as it was meant must not score anybody.",
    wrong: r#"alerts:
  - {id: falls_often, when: "falls >=", text: {en: Falls often}, urgency: soon}"#,
    right: r#"alerts:
  - {id: falls_often, when: "falls >= 3", text: {en: Falls often}, urgency: soon}"#,
};
