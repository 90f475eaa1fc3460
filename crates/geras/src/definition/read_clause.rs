//! Reads the clauses of a pathway: findings, rules, wishes, services, referrals and the other lists. Resolves nothing.

use std::sync::Arc;

use super::pathway::{Alternative, Clause, ClauseKind, Detail, Urgency, Way};
use super::reader::{Fields, Reader};
use crate::source::{Kind, Spanned, Value};

/// The six links of care.
const LINKS: [&str; 6] = ["education", "prevention", "treatment", "rehabilitation", "long_term_care", "hospice"];
const BASES: [&str; 4] = ["official", "published", "local", "illustrative"];
const URGENCIES: [(&str, Urgency); 3] = [("now", Urgency::Now), ("soon", Urgency::Soon), ("routine", Urgency::Routine)];

impl<'a> Reader<'a> {
    /// The clauses of a kind, from the list under its key.
    pub(super) fn clauses_of(&mut self, fields: &mut Fields<'a>, kind: ClauseKind, pathway: &str) -> Vec<Clause> {
        let Some(value) = fields.get(kind.key()) else { return Vec::new() };
        let list = self.list(value, "a list of clauses");
        list.iter().filter_map(|clause| self.clause(clause, kind, pathway, false)).collect()
    }

    /// One clause. The rule under `otherwise` has no condition.
    pub(super) fn clause(&mut self, value: &'a Value, kind: ClauseKind, pathway: &str, otherwise: bool) -> Option<Clause> {
        let what = match kind {
            ClauseKind::Finding => "a finding",
            ClauseKind::Contradiction => "a contradiction",
            ClauseKind::Rule => "a routing rule",
            ClauseKind::Wish => "a wish",
            ClauseKind::Service => "a service",
            ClauseKind::Referral => "a referral",
            ClauseKind::Entitlement => "an entitlement",
            ClauseKind::Alert => "an alert",
            ClauseKind::Priority => "a reason for priority",
            ClauseKind::Review => "a review",
            ClauseKind::Safeguard => "a safeguard",
        };
        let mut fields = self.fields(value, what)?;
        let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
        let condition = if kind == ClauseKind::Safeguard { "never" } else { "when" };
        let when = if otherwise { None } else { fields.need(self, condition).and_then(|when| self.expression(when)) };
        let text_key = if matches!(kind, ClauseKind::Rule | ClauseKind::Wish) { "reason" } else { "text" };
        let text = fields.need(self, text_key).and_then(|text| self.texts(text));
        let advice = fields.get("advice").and_then(|advice| self.texts(advice));
        let cite = self.plain(&mut fields, "cite");
        let basis = fields.get("basis").and_then(|basis| self.word(basis, "a basis", &BASES.map(|word| (word, word))));
        let stated = cite.is_some() || fields.get("basis").is_some();
        let own = matches!(kind, ClauseKind::Finding | ClauseKind::Contradiction | ClauseKind::Alert | ClauseKind::Safeguard);
        if !stated && !own {
            let help = "add `basis: official`, `published`, `local` or `illustrative`, or `cite` the clause it comes from";
            self.help("basis-not-stated", fields.key_span("id"), "nothing says whose rule this is", help);
        }
        let before = fields.get("before").and_then(|id| self.text(id, "the id of a clause"));
        let detail = self.detail(&mut fields, kind);
        fields.finish(self);
        let basis = basis.map(|basis| Spanned::new(basis.value.to_owned(), basis.span));
        let (source, pathway) = (self.source.clone(), Arc::from(pathway));
        let (id, text, detail) = (id?, text?, detail?);
        if when.is_none() && !otherwise {
            return None;
        }
        Some(Clause { source, pathway, span: value.span, kind, id, when, text, advice, cite, basis, detail, before })
    }

    fn detail(&mut self, fields: &mut Fields<'a>, kind: ClauseKind) -> Option<Detail> {
        Some(match kind {
            ClauseKind::Finding | ClauseKind::Contradiction | ClauseKind::Entitlement | ClauseKind::Safeguard => Detail::Plain,
            ClauseKind::Rule | ClauseKind::Wish => Detail::Way(self.way(fields)?),
            ClauseKind::Service => {
                let links = LINKS.map(|word| (word, word));
                Detail::Service(fields.need(self, "link").and_then(|link| self.word(link, "a link of care", &links))?)
            }
            ClauseKind::Referral | ClauseKind::Alert => {
                Detail::Urgency(fields.need(self, "urgency").and_then(|word| self.word(word, "an urgency", &URGENCIES))?.value)
            }
            ClauseKind::Priority => Detail::Points(fields.need(self, "points").and_then(|points| self.number(points))?),
            ClauseKind::Review => {
                let value = fields.need(self, "days")?;
                let days = self.count(value)?;
                match u32::try_from(days).ok().filter(|days| (1..=3660).contains(days)) {
                    Some(days) => Detail::Days(days),
                    None => {
                        self.error("wrong-form", value.span, "a review is due in 1 to 3660 days");
                        return None;
                    }
                }
            }
        })
    }

    fn way(&mut self, fields: &mut Fields<'a>) -> Option<Way> {
        let to = fields.need(self, "to").and_then(|to| self.text(to, "a kind of care setting, or `needs_judgement`"));
        let mut alternatives = Vec::new();
        if let Some(list) = fields.get("alternatives") {
            for value in self.list(list, "a list of alternatives, best first") {
                let Some(mut keys) = self.fields(value, "an alternative") else { continue };
                let to = keys.need(self, "to").and_then(|to| self.text(to, "a kind of care setting"));
                let takes = keys.need(self, "takes").and_then(|takes| self.texts(takes));
                keys.finish(self);
                alternatives.extend(to.zip(takes).map(|(to, takes)| Alternative { to, takes }));
            }
        }
        let mut weigh = Vec::new();
        if let Some(list) = fields.get("weigh") {
            let listed = self.list(list, "a list of texts");
            weigh = listed.iter().filter_map(|value| self.texts(value)).collect();
        }
        let to = to?;
        let judged = to.value == super::pathway::NEEDS_JUDGEMENT;
        if judged && weigh.is_empty() && !matches!(fields.get("weigh").map(|list| &list.kind), Some(Kind::Sequence(_))) {
            fields.need(self, "weigh");
        }
        if !judged && let Some(first) = weigh.first() {
            let help = "take `weigh` away, or send the person to `needs_judgement`";
            self.help("wrong-form", first.span, "only what needs judgement has something to weigh", help);
        }
        Some(Way { to, alternatives, weigh })
    }
}
