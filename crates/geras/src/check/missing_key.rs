//! A key that must be there.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "missing-key",
    finds: "Something that cannot be guessed was not written: an id, a text, an end of a range, the day from which the edition is \
        in force.",
    why: "What is not written would have to be assumed, and an assumption would decide on somebody's care.",
    wrong: "effective: {until: 2030-12-31}",
    right: "effective: {from: 2024-01-01, until: 2030-12-31}",
};
