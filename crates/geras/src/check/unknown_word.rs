//! A word that is not on its list.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "unknown-word",
    finds: "A key that takes one word of a closed list was given another one: a domain, a licence class, an item type, a rounding \
        mode.",
    why: "A misspelt word must not fall back to a default: `higher_is_beter` would turn every result round.",
    wrong: "direction: higher_is_worst",
    right: "direction: higher_is_worse",
};
