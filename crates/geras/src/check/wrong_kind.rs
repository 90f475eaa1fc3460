//! A value of the wrong kind.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "wrong-kind",
    finds: "A number, a list, a date or a mapping is wanted, and something else was written.",
    why: "A cut-point in quotes, or a date with its parts exchanged, can mean two things. It is asked back and never converted.",
    wrong: "effective: {from: 30-12-2022}",
    right: "effective: {from: 2022-12-30}",
};
