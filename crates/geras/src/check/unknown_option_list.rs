//! An option list that does not exist.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "unknown-option-list",
    finds: "An item names an option list that is not among the `option_lists`.",
    why: "The item would have no answers, and everything that counts it would stay open.",
    wrong: "sections:
  - id: daily
    title: {en: Daily life}
    items:
      - {id: eating, text: {en: Eating}, options: helps}
      - {id: walking, text: {en: Walking}, options: help}",
    right: "sections:
  - id: daily
    title: {en: Daily life}
    items:
      - {id: eating, text: {en: Eating}, options: help}
      - {id: walking, text: {en: Walking}, options: help}",
};
