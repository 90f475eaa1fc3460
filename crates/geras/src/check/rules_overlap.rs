//! Two routing rules that hold for one person where no two may.

use super::page::Page;
use super::persons::Persons;
use crate::definition::{ClauseKind, RuleHit};
use crate::plan::Expr;
use crate::reach::Satisfied;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "rules-overlap",
    finds: "The routing says `hit: unique`, and two of its rules hold for one person.",
    why: "Where the person lives would depend on which rule somebody read first.",
    wrong: "pathway: home-or-care-home
routing:
  hit: unique
  rules:
    - {id: nobody_at_home, when: much_help && agrees, to: care_home, reason: {en: Needs much help}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
  otherwise: {id: service, to: with_service, reason: {en: A service comes to the home}, basis: illustrative}",
    right: "pathway: home-or-care-home
routing:
  hit: unique
  rules:
    - {id: nobody_at_home, when: much_help && agrees && !carer, to: care_home, reason: {en: Needs much help}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
  otherwise: {id: service, to: with_service, reason: {en: A service comes to the home}, basis: illustrative}",
};

pub(super) fn find(persons: &Persons<'_>, out: &mut Vec<Diagnostic>) {
    if persons.pathway.hit.as_ref().is_none_or(|hit| hit.value != RuleHit::Unique) {
        return;
    }
    // The rule under `otherwise` is for those for whom no other holds.
    let rules: Vec<_> = persons.conditions(ClauseKind::Rule).into_iter().filter(|(clause, _)| clause.when.is_some()).collect();
    for (place, (later, own)) in rules.iter().enumerate() {
        for (earlier, other) in rules.iter().take(place) {
            let both = persons.can(&Expr::And(vec![own.clone(), other.clone()]));
            let (severity, name, message) = match both {
                Satisfied::Never => continue,
                Satisfied::By(answers) => {
                    let who = persons.describe(&answers);
                    (Severity::Error, PAGE.name, format!("the rules `{}` and `{}` both hold for {who}", earlier.id.value, later.id.value))
                }
                Satisfied::Unknown => {
                    let message =
                        format!("it could not be found out whether `{}` and `{}` hold together", earlier.id.value, later.id.value);
                    (Severity::Warning, "not-proved", message)
                }
            };
            let fault = persons.fault(name, severity, later, message).also_in(&earlier.source, earlier.id.span, "the other rule");
            out.push(fault.help("narrow one of them, or write `hit: first` and put them in order"));
        }
    }
}
