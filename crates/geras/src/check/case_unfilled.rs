//! A case that was begun by `geras test --suggest` and still waits for its expectation.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "case-unfilled",
    finds: "A case has `\"?\"` where its expectation has to stand, as `geras test --suggest` writes it.",
    why: "What has to come out for a person is worked out from the source by people. A case that takes over what the program gives \
        can never show that the program is wrong, so nothing is filled in by itself and an unfilled case never passes.",
    wrong: "--- # 1.yaml
scores:
  total: {sum: daily, range: [0, 20]}
--- # 1.cases.yaml
cases_for: daily-help@1
cases:
  - name: total is 10, next to 15
    answers: {eating: helped, walking: helped, coma: false, falls: 0}
    expect: {scores: {total: \"?\"}}",
    right: "--- # 1.yaml
scores:
  total: {sum: daily, range: [0, 20]}
--- # 1.cases.yaml
cases_for: daily-help@1
cases:
  - name: total is 10, next to 15
    answers: {eating: helped, walking: helped, coma: false, falls: 0}
    expect: {scores: {total: 10}}",
};
