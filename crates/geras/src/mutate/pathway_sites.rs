//! Every place of a pathway's own file where a rule can be changed. What it takes from a pathway that it extends stands in another file.

use super::Mutant;
use super::sites::{Sites, entries, get, in_order, list, text};
use crate::Pathway;
use crate::definition::ClauseKind;
use crate::plan::{Purpose, ScoringPlan};
use crate::source::{Value, parse};

/// All changes of a pathway that are tried, in the order of its file. Safeguards are not changed: they rule nothing, they are proved.
#[must_use]
pub fn mutants_of_pathway(pathway: &Pathway) -> Vec<Mutant> {
    let definition = &pathway.definition().head;
    let source = &definition.source;
    let Ok(document) = parse(source) else { return Vec::new() };
    let mut sites = Sites { source, definition, plan: pathway.plan(), found: Vec::new() };
    sites.pathway(&document.root);
    in_order(sites.found)
}

/// The codes that a name can have in a pathway: an input, a result of an instrument, or where the person goes.
pub(super) fn codes_on_pathway(plan: &ScoringPlan, name: &str) -> Vec<String> {
    let end = match name {
        "routing" => Some(Purpose::Routing),
        "routing.setting" => Some(Purpose::RoutingSetting),
        _ => None,
    };
    if let Some(node) = end.and_then(|purpose| plan.find(purpose)) {
        return plan.codes_of(node).to_vec();
    }
    let field = plan.field_id(name).map(|field| plan.field(field));
    field.and_then(|field| field.codes).map_or_else(Vec::new, |set| plan.codes(set).to_vec())
}

impl Sites<'_> {
    fn pathway(&mut self, root: &Value) {
        for assessment in list(get(root, "assessments")) {
            self.when("assessment", assessment);
        }
        list(get(root, "inputs")).iter().for_each(|item| self.item(item));
        for kind in ClauseKind::ALL {
            match kind {
                ClauseKind::Safeguard => {}
                ClauseKind::Rule => self.rules(get(root, "routing")),
                kind => self.clauses(kind, get(root, kind.key())),
            }
        }
    }

    fn when(&mut self, word: &str, clause: &Value) {
        let id = get(clause, "id").and_then(text).unwrap_or_default();
        self.expression(&format!("when of the {word} {id}"), get(clause, "when"));
    }

    fn clauses(&mut self, kind: ClauseKind, clauses: Option<&Value>) {
        for (place, clause) in list(clauses).iter().enumerate() {
            let id = get(clause, "id").and_then(text).unwrap_or_default();
            self.when(kind.word(), clause);
            for key in ["points", "days"] {
                if let Some(value) = get(clause, key) {
                    self.number(&format!("{key} of the {} {id}", kind.word()), value, None);
                }
            }
            self.without(&format!("the {} {id}", kind.word()), clauses, place);
        }
        if kind == ClauseKind::Wish {
            self.order(clauses);
            self.ends("the wishes", clauses, None);
        }
    }

    fn rules(&mut self, routing: Option<&Value>) {
        let (Some(routing), rules) = (routing, routing.and_then(|routing| get(routing, "rules"))) else { return };
        for (place, rule) in list(rules).iter().enumerate() {
            let id = get(rule, "id").and_then(text).unwrap_or_default();
            self.when("rule", rule);
            self.without(&format!("the rule {id}"), rules, place);
        }
        // Where only one rule may hold, their order decides nothing, and another way to count them is refused or changes nothing.
        let first = get(routing, "hit").and_then(text) == Some("first");
        self.order(rules.filter(|_| first));
        self.ends("the rules", rules, get(routing, "otherwise"));
    }

    /// The order of neighbours that lead to different places.
    fn order(&mut self, clauses: Option<&Value>) {
        let to = |clause: &Value| get(clause, "to").and_then(text).map(str::to_owned);
        let id = |clause: &Value| get(clause, "id").and_then(text).unwrap_or_default().to_owned();
        for (own, next) in list(clauses).iter().zip(list(clauses).iter().skip(1)).filter(|(own, next)| to(own) != to(next)) {
            let (old, new) = (self.source.slice(own.span).to_owned(), self.source.slice(next.span).to_owned());
            let edits = vec![(own.span, new), (next.span, old)];
            self.all(&format!("order of {} and {}", id(own), id(next)), own.span, id(own), id(next), edits);
        }
    }

    /// Where each leads, replaced by where another leads.
    fn ends(&mut self, whose: &str, clauses: Option<&Value>, otherwise: Option<&Value>) {
        let all = list(clauses).iter().chain(otherwise);
        let ends: Vec<&Value> = all.filter(|clause| !entries(Some(clause)).is_empty()).filter_map(|clause| get(clause, "to")).collect();
        self.results(&format!("where {whose} lead"), &ends);
    }
}
