//! Keys that do not fit together.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "wrong-form",
    finds: "Each key is known, but together they say nothing, or two things at once: no rule form or two, an edge written in two \
        ways, a list of the wrong length.",
    why: "A rule that can be read in two ways is applied in one, and the other reader's persons are graded wrongly.",
    wrong: "scores:
  total: {sum: daily, highest: [eating, walking], range: [0, 20]}",
    right: "scores:
  total: {sum: daily, range: [0, 20]}",
};
