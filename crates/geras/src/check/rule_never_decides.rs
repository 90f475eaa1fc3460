//! A routing rule or wish that never decides.

use super::page::Page;
use super::persons::{Persons, decides};
use crate::definition::ClauseKind;
use crate::plan::Expr;
use crate::reach::Satisfied;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "rule-never-decides",
    finds: "A routing rule or a wish never decides: it can never hold, or those above it take everybody for whom it holds.",
    why: "It was written for somebody. These people are now sent where another rule sends them.",
    wrong: "pathway: home-or-care-home
routing:
  hit: first
  rules:
    - {id: nobody_at_home, when: much_help && !carer && agrees, to: care_home, reason: {en: Nobody is there}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
    - {id: tired_family, when: carer && much_help, to: with_service, reason: {en: The family needs relief}, basis: illustrative}
  otherwise: {id: service, to: with_service, reason: {en: A service comes to the home}, basis: illustrative}",
    right: "pathway: home-or-care-home
routing:
  hit: first
  rules:
    - {id: nobody_at_home, when: much_help && !carer && agrees, to: care_home, reason: {en: Nobody is there}, basis: illustrative}
    - {id: tired_family, when: carer && much_help, to: with_service, reason: {en: The family needs relief}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
  otherwise: {id: service, to: with_service, reason: {en: A service comes to the home}, basis: illustrative}",
};

pub(super) fn find(persons: &Persons<'_>, out: &mut Vec<Diagnostic>) {
    for kind in [ClauseKind::Rule, ClauseKind::Wish] {
        let conditions = persons.conditions(kind);
        for (place, (clause, own)) in conditions.iter().enumerate() {
            if persons.can(&decides(&conditions, place)) != Satisfied::Never {
                continue;
            }
            let (word, id) = (kind.word(), &clause.id.value);
            if persons.can(own) == Satisfied::Never {
                let message = format!("the {word} `{id}` can never hold");
                let fault = persons.fault(PAGE.name, Severity::Warning, clause, message);
                out.push(fault.help("look at the names and codes in its condition"));
                continue;
            }
            let message = format!("the {word} `{id}` never decides, because those above it take everybody for whom it holds");
            let fault = persons.fault(PAGE.name, Severity::Warning, clause, message);
            let taking = conditions
                .iter()
                .take(place)
                .find(|(_, above)| persons.can(&Expr::And(vec![own.clone(), Expr::Not(Box::new(above.clone()))])) == Satisfied::Never);
            let fault = match taking {
                Some((above, _)) => fault.also_in(&above.source, above.id.span, "this one takes all of them"),
                None => fault,
            };
            out.push(fault.help("move it up, narrow what stands above it, or take it away"));
        }
    }
}
