//! An expression that uses an item which is left out when it is hidden.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "hidden-item-used",
    finds: "An item says `otherwise: left_out`, and an expression asks for its value all the same.",
    why: "When the item is hidden there is no value to ask for, and the person would get no result.",
    wrong: r#"inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}, when: "!coma", otherwise: left_out}"#,
    right: r#"inputs:
  - {id: coma, type: boolean, text: {en: In a coma}}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}, when: "!coma", otherwise: 0}"#,
};
