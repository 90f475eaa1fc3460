//! Somebody for whom no routing rule holds.

use super::page::Page;
use super::persons::Persons;
use crate::definition::ClauseKind;
use crate::plan::Expr;
use crate::reach::Satisfied;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "person-without-setting",
    finds: "A combination of facts and results for which no routing rule holds, and no rule stands under `otherwise`.",
    why: "The person would leave the assessment with no proposal at all.",
    wrong: "pathway: home-or-care-home
routing:
  hit: first
  rules:
    - {id: nobody_at_home, when: much_help && !carer && agrees, to: care_home, reason: {en: Nobody is there}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
    - {id: service, when: \"!much_help && !carer\", to: with_service, reason: {en: A service comes}, basis: illustrative}",
    right: "pathway: home-or-care-home
routing:
  hit: first
  rules:
    - {id: nobody_at_home, when: much_help && !carer && agrees, to: care_home, reason: {en: Nobody is there}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
    - {id: service, when: \"!carer\", to: with_service, reason: {en: A service comes}, basis: illustrative}",
};

pub(super) fn find(persons: &Persons<'_>, out: &mut Vec<Diagnostic>) {
    let rules = persons.conditions(ClauseKind::Rule);
    let Some((last, _)) = rules.last() else {
        let head = &persons.pathway.head;
        let fault =
            Diagnostic::new(PAGE.name, Severity::Error, &head.source, head.id.span, "there is no routing rule, so nobody has a setting");
        return out.push(fault.help("write rules, and one under `otherwise` for all others"));
    };
    let none = Expr::And(rules.iter().map(|(_, rule)| Expr::Not(Box::new(rule.clone()))).collect());
    match persons.can(&none) {
        Satisfied::Never => {}
        Satisfied::By(answers) => {
            let message = format!("no routing rule holds for {}", persons.describe(&answers));
            let fault = persons.fault(PAGE.name, Severity::Error, last, message);
            out.push(fault.help("add a rule for such people, or one under `otherwise` for all who are left"));
        }
        Satisfied::Unknown => {
            let message = "it could not be found out whether some routing rule holds for everybody".to_owned();
            let fault = persons.fault("not-proved", Severity::Warning, last, message);
            out.push(fault.help("write a rule under `otherwise`; until then such people are sent to `needs_judgement`"));
        }
    }
}
