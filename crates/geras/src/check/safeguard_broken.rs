//! Something that a safeguard forbids, and that can come out all the same.

use super::page::Page;
use super::persons::{Persons, decides};
use crate::definition::{Clause, ClauseKind, NEEDS_JUDGEMENT};
use crate::plan::{Expr, NodeId, Purpose, Value};
use crate::reach::Satisfied;
use crate::source::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "safeguard-broken",
    finds: "What a safeguard says may never come out does come out for somebody.",
    why: "A safeguard stands for what would harm a person, such as a hospice without free consent. It has to hold for everybody, also \
        where a city changes the rules.",
    wrong: "pathway: home-or-care-home
routing:
  hit: first
  rules:
    - {id: nobody_at_home, when: much_help && !carer, to: care_home, reason: {en: Nobody is there}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
  otherwise: {id: service, to: with_service, reason: {en: A service comes to the home}, basis: illustrative}",
    right: "pathway: home-or-care-home
routing:
  hit: first
  rules:
    - {id: nobody_at_home, when: much_help && !carer && agrees, to: care_home, reason: {en: Nobody is there}, basis: illustrative}
    - {id: family, when: carer, to: with_family, reason: {en: Somebody is there}, basis: illustrative}
  otherwise: {id: service, to: with_service, reason: {en: A service comes to the home}, basis: illustrative}",
};

pub(super) fn find(persons: &Persons<'_>, out: &mut Vec<Diagnostic>) {
    for (safeguard, forbidden) in persons.conditions(ClauseKind::Safeguard) {
        match broken(persons, &forbidden) {
            Satisfied::Never => {}
            Satisfied::By(answers) => {
                let message = format!("the safeguard `{}` is broken for {}", safeguard.id.value, persons.describe(&answers));
                let fault = persons.fault(PAGE.name, Severity::Error, safeguard, message);
                out.push(fault.help("add the condition to the rule or wish that leads there"));
            }
            Satisfied::Unknown => {
                let message = format!("it could not be found out whether the safeguard `{}` always holds", safeguard.id.value);
                let fault = persons.fault("not-proved", Severity::Error, safeguard, message);
                out.push(fault.help("write the condition of the safeguard itself into every rule and wish that it is about"));
            }
        }
    }
}

/// What is settled where one rule or wish decides; the forbidden beside its condition alone, and beside everything that makes it decide.
type Way = (Vec<(NodeId, Value)>, Expr, Expr);

/// Whether the forbidden can happen: looked at for each rule and wish by itself, as if it decided.
fn broken(persons: &Persons<'_>, forbidden: &Expr) -> Satisfied {
    let reads_routing = persons.plan.find(Purpose::Routing).is_some_and(|node| reads(persons, forbidden, node));
    if !reads_routing {
        return persons.can(forbidden);
    }
    let (wishes, rules) = (persons.conditions(ClauseKind::Wish), persons.conditions(ClauseKind::Rule));
    let no_wish = || wishes.iter().map(|(_, wish)| Expr::Not(Box::new(wish.clone())));
    let mut ways: Vec<Way> = Vec::new();
    for (place, (wish, own)) in wishes.iter().enumerate() {
        let taken = leading(persons, wish, false);
        ways.push((taken, Expr::And(vec![forbidden.clone(), own.clone()]), Expr::And(vec![forbidden.clone(), decides(&wishes, place)])));
    }
    for (place, (rule, own)) in rules.iter().enumerate() {
        let taken = leading(persons, rule, true);
        let alone = Expr::And(vec![forbidden.clone(), own.clone()]);
        // What is forbidden, and that no wish decides, settles most: the long list of the rules above comes last.
        let fully = Expr::And(std::iter::once(forbidden.clone()).chain(no_wish()).chain([decides(&rules, place)]).collect());
        ways.push((taken, alone, fully));
    }
    if rules.iter().all(|(rule, _)| rule.when.is_some()) {
        let left = rules.iter().map(|(_, rule)| Expr::Not(Box::new(rule.clone())));
        let fully = Expr::And(std::iter::once(forbidden.clone()).chain(no_wish()).chain(left).collect());
        ways.push((judged(persons), forbidden.clone(), fully));
    }
    let mut unknown = false;
    for (taken, alone, fully) in ways {
        if persons.can_with(&taken, &alone) == Satisfied::Never {
            continue;
        }
        match persons.can_with(&taken, &fully) {
            Satisfied::Never => {}
            Satisfied::Unknown => unknown = true,
            found @ Satisfied::By(_) => return found,
        }
    }
    if unknown { Satisfied::Unknown } else { Satisfied::Never }
}

fn reads(persons: &Persons<'_>, expr: &Expr, node: NodeId) -> bool {
    let mut found = false;
    expr.for_each_read(&mut |_| {}, &mut |read| found |= read == node || persons.plan.depends(read, node));
    found
}

/// The nodes that are settled once a rule or wish decides.
fn leading(persons: &Persons<'_>, clause: &Clause, is_rule: bool) -> Vec<(NodeId, Value)> {
    let to = clause.way().map_or("", |way| way.to.value.as_str());
    let kinds: Vec<_> = persons.pathway.kinds().collect();
    let Some(kind) = kinds.iter().position(|(_, kind)| kind.id.value == to) else {
        return if to == NEEDS_JUDGEMENT {
            settled(persons, kinds.len(), persons.pathway.care_settings.len(), is_rule)
        } else {
            Vec::new()
        };
    };
    let setting =
        kinds.get(kind).and_then(|(setting, _)| persons.pathway.care_settings.iter().position(|known| known.id.value == setting.id.value));
    settled(persons, kind, setting.unwrap_or(0), is_rule)
}

fn judged(persons: &Persons<'_>) -> Vec<(NodeId, Value)> {
    settled(persons, persons.pathway.kinds().count(), persons.pathway.care_settings.len(), true)
}

fn settled(persons: &Persons<'_>, kind: usize, setting: usize, is_rule: bool) -> Vec<(NodeId, Value)> {
    let code = |place: usize| Value::Code(u8::try_from(place).unwrap_or(u8::MAX));
    let proposal = [(Purpose::Proposal, code(kind)), (Purpose::ProposalSetting, code(setting))];
    let routing = [(Purpose::Routing, code(kind)), (Purpose::RoutingSetting, code(setting))];
    let all = routing.into_iter().chain(proposal.into_iter().filter(|_| is_rule));
    all.filter_map(|(purpose, value)| Some((persons.plan.find(purpose)?, value))).collect()
}
