//! A case that expects what cannot be together.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "case-contradicts-itself",
    finds: "A case expects both a refused sheet and an outcome, a grade twice, or a value that its own answers rule out.",
    why: "A case that cannot hold protects nobody, and hides that nothing was tested.",
    wrong: "--- # 1.yaml
scores:
  total: {sum: daily, range: [0, 20]}
--- # 1.cases.yaml
cases_for: daily-help@1
cases:
  - name: help with both gives ten points
    answers: {eating: helped, walking: helped, coma: false, falls: 0}
    expect: {scores: {total: 10}, problems: [unknown-option]}",
    right: "--- # 1.yaml
scores:
  total: {sum: daily, range: [0, 20]}
--- # 1.cases.yaml
cases_for: daily-help@1
cases:
  - name: help with both gives ten points
    answers: {eating: helped, walking: helped, coma: false, falls: 0}
    expect: {scores: {total: 10}}",
};
