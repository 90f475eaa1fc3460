//! A finding, service, referral or other clause that can never hold.

use super::page::Page;
use super::persons::Persons;
use crate::definition::ClauseKind;
use crate::reach::Satisfied;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "clause-never-holds",
    finds: "A finding, contradiction, service, referral, entitlement, alert, reason for priority or review never holds for anybody.",
    why: "Somebody relies on it: a referral that is never made is worse than none.",
    wrong: "pathway: home-or-care-home
services:
  - {id: visits, link: long_term_care, when: routing == \"with_service\" && carer, text: {en: A visit every day}, basis: illustrative}",
    right: "pathway: home-or-care-home
services:
  - {id: visits, link: long_term_care, when: routing == \"with_service\" && !carer, text: {en: A visit every day}, basis: illustrative}",
};

pub(super) fn find(persons: &Persons<'_>, out: &mut Vec<Diagnostic>) {
    let looked_at = ClauseKind::ALL.into_iter().filter(|kind| kind.has_a_name());
    for (clause, condition) in looked_at.flat_map(|kind| persons.conditions(kind)) {
        if persons.can(&condition) == Satisfied::Never {
            let message = format!("the {} `{}` can never hold", clause.kind.word(), clause.id.value);
            let fault = persons.fault(PAGE.name, Severity::Warning, clause, message);
            out.push(fault.help("look at the names, codes and numbers in its condition"));
        }
    }
}
