//! A name that nothing has.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "unknown-name",
    finds: "A rule or expression names an item, score, section, band set, property or function that does not exist.",
    why: "A clause that looks at the wrong name never holds. The person whom it should protect is not protected.",
    wrong: "alerts:
  - {id: falls_often, when: fals >= 3, text: {en: Falls often}, urgency: soon}",
    right: "alerts:
  - {id: falls_often, when: falls >= 3, text: {en: Falls often}, urgency: soon}",
};
