//! A case whose outcome is not the expected one.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "case-fails",
    finds: "A case beside the definition expects another score, band, grade or alert than the rules give.",
    why: "A case is a promise to a person, written by hand from the source. Either the rules or the case are wrong, and a person \
        has to say which.",
    wrong: "--- # 1.yaml
scores:
  total: {sum: daily, range: [0, 20]}
--- # 1.cases.yaml
cases_for: daily-help@1
cases:
  - name: help with both gives ten points
    answers: {eating: alone, walking: helped, coma: false, falls: 0}
    expect: {scores: {total: 10}}",
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
