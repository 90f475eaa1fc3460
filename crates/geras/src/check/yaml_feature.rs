//! A feature of YAML that definitions do not use.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "yaml-feature",
    finds: "The text uses a tag, a merge key, a second document or a key that is no text.",
    why: "These features let two people read the same lines differently. What decides on care is written in the plainest way.",
    wrong: "title: !name {en: Help in daily life}",
    right: "title: {en: Help in daily life}",
};
