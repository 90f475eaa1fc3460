//! Scores that need each other.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "cyclic-reference",
    finds: "A score, condition or grade needs itself, directly or by way of others.",
    why: "None of them could ever be computed, and nobody would get a result.",
    wrong: "scores:
  total: {sum: [daily, extra], range: [0, 20]}
  extra: {formula: total / 2}",
    right: "scores:
  total: {sum: daily, range: [0, 20]}
  extra: {formula: total / 2}",
};
