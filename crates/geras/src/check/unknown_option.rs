//! A code that an item, band set or scale does not have.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "unknown-option",
    finds: "A rule compares an item with a code that is not among its options, or names a band or grade that does not exist.",
    why: "The comparison would never hold, so that the rule would look right and do nothing.",
    wrong: r#"alerts:
  - {id: cannot_eat, when: eating == "feed", text: {en: Has to be fed}, urgency: soon}"#,
    right: r#"alerts:
  - {id: cannot_eat, when: eating == "fed", text: {en: Has to be fed}, urgency: soon}"#,
};
