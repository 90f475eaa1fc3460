//! An expression that is too long or too deep.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "expression-too-long",
    finds: "An expression is longer than 4096 bytes or nested too deeply.",
    why: "Nobody can check such an expression against the printed rule. Several scores with names of their own can be checked.",
    wrong: r#"alerts:
  - {id: falls_often, when: "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((falls)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) >= 3", text: {en: Falls often}, urgency: soon}"#,
    right: "alerts:
  - {id: falls_often, when: falls >= 3, text: {en: Falls often}, urgency: soon}",
};
