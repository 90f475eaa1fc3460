//! A kind of care setting to which no rule leads.

use super::page::Page;
use super::persons::Persons;
use crate::definition::ClauseKind;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "setting-unreachable",
    finds: "No routing rule, wish or alternative leads to this kind of care setting.",
    why: "The places exist, and nobody is ever sent to them.",
    wrong: "pathway: home-or-care-home
care_settings:
  - {id: home, label: {en: Home}, kinds: [{id: with_family, label: {en: With the family}}, {id: with_service, label: {en: With a service}}]}
  - {id: community, label: {en: Community}, kinds: [{id: day_centre, label: {en: Day centre}}]}
  - {id: institution, label: {en: Institution}, kinds: [{id: care_home, label: {en: Care home}}]}",
    right: "pathway: home-or-care-home
care_settings:
  - {id: home, label: {en: Home}, kinds: [{id: with_family, label: {en: With the family}}, {id: with_service, label: {en: With a service}}]}
  - {id: community, label: {en: Community}, kinds: [{id: day_centre, label: {en: Day centre}}]}
  - {id: institution, label: {en: Institution}, kinds: [{id: care_home, label: {en: Care home}}]}
routing:
  hit: first
  rules:
    - {id: nobody_at_home, when: much_help && !carer && agrees, to: care_home, reason: {en: Nobody is there}, basis: illustrative}
    - {id: relief, when: carer && much_help, to: day_centre, reason: {en: The family needs relief by day}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
  otherwise: {id: service, to: with_service, reason: {en: A service comes to the home}, basis: illustrative}",
};

pub(super) fn find(persons: &Persons<'_>, out: &mut Vec<Diagnostic>) {
    let lists = [ClauseKind::Rule, ClauseKind::Wish];
    let ways: Vec<_> = lists.into_iter().flat_map(|kind| persons.conditions(kind)).filter_map(|(clause, _)| clause.way()).collect();
    for (_, kind) in persons.pathway.kinds() {
        let leads =
            ways.iter().any(|way| way.to.value == kind.id.value || way.alternatives.iter().any(|other| other.to.value == kind.id.value));
        if !leads {
            let message = format!("no rule, wish or alternative leads to `{}`", kind.id.value);
            let fault = Diagnostic::new(PAGE.name, Severity::Error, &kind.source, kind.id.span, message);
            out.push(fault.help("write a rule for the people for whom these places are, or take the kind away"));
        }
    }
}
