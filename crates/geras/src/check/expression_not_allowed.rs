//! Rhai that definitions may not use.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "expression-not-allowed",
    finds: "An expression or script uses something that is Rhai but not part of the language here: assignments, loops in an \
        expression, modules, `eval`.",
    why: "What an expression may do is kept small so that it can be proved for every person who will be assessed.",
    wrong: r#"alerts:
  - {id: falls_often, when: "let x = falls; x >= 3", text: {en: Falls often}, urgency: soon}"#,
    right: "alerts:
  - {id: falls_often, when: falls >= 3, text: {en: Falls often}, urgency: soon}",
};
