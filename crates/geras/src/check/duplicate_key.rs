//! A key that is written twice in the same mapping.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "duplicate-key",
    finds: "The same key stands twice in one mapping.",
    why: "Only one of the two values would count, and nobody could see which. A corrected cut-point might be the one that is \
        dropped.",
    wrong: "title: {en: Help in daily life}
title: {en: Daily life}",
    right: "title: {en: Help in daily life}",
};
