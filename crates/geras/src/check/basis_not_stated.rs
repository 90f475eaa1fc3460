//! A rule of a pathway of which nobody says whose rule it is. The reader finds it.

use super::page::Page;

pub(super) const PAGE: Page = Page {
    name: "basis-not-stated",
    finds: "A rule, wish, service, referral, entitlement, reason for priority or review has neither a `basis` nor a `cite`.",
    why: "A family that is told where an old person shall live has a right to know whether that is the law, a published rule, a local \
        one, or only an example.",
    wrong: "pathway: home-or-care-home
services:
  - {id: visits, link: long_term_care, when: routing == \"with_service\", text: {en: A visit every day}}",
    right: "pathway: home-or-care-home
services:
  - {id: visits, link: long_term_care, when: routing == \"with_service\", text: {en: A visit every day}, basis: illustrative}",
};
