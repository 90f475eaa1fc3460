//! Reads a whole pathway from the YAML tree: head, assessments, care settings, and what it takes from another one. Resolves nothing.

use super::form::Id;
use super::model::{Definition, Role};
use super::pathway::{Assessment, CareSetting, ClauseKind, ClauseList, PathwayDefinition, RuleHit, SettingKind};
use super::read_item::Inherited;
use super::reader::{Fields, Reader};
use crate::source::{Diagnostic, Document, Source, Span, Spanned, Value, parse};

/// Reads a pathway. It is there as far as it could be read, beside all that is wrong with it.
pub(crate) fn read_pathway(source: &Source) -> (Option<PathwayDefinition>, Vec<Diagnostic>) {
    let document: Document = match parse(source) {
        Ok(document) => document,
        Err(faults) => return (None, faults),
    };
    let mut reader = Reader::new(source);
    let pathway = reader.pathway(&document.root);
    (pathway, reader.faults)
}

impl<'a> Reader<'a> {
    fn pathway(&mut self, root: &'a Value) -> Option<PathwayDefinition> {
        let mut fields = self.fields(root, "a pathway")?;
        let head = self.head(&mut fields, "pathway", root);
        let extends = fields.get("extends").and_then(|name| self.text(name, "the name of a pathway"));
        let absent = fields.get("absent").map(|reasons| self.absent_reasons(reasons)).unwrap_or_default();
        let lists = fields.get("option_lists").map(|lists| self.option_lists(lists)).unwrap_or_default();
        let inherited = Inherited { lists, absent };
        let settings = fields.get("settings").map(|list| self.inputs(list, Role::Setting, &inherited)).unwrap_or_default();
        let items = fields.get("inputs").map(|list| self.inputs(list, Role::Input, &inherited)).unwrap_or_default();
        let assessments = fields.get("assessments").map(|list| self.assessments(list)).unwrap_or_default();
        let care_settings = fields.get("care_settings").map(|list| self.care_settings(list)).unwrap_or_default();
        let name = head.as_ref().map_or_else(String::new, |head| head.full_name());
        let (mut hit, mut clauses) = (None, Vec::new());
        if let Some(routing) = fields.get("routing")
            && let Some(mut keys) = self.fields(routing, "`routing`")
        {
            let hits = [("first", RuleHit::First), ("unique", RuleHit::Unique)];
            let value = if extends.is_some() { keys.get("hit") } else { keys.need(self, "hit") };
            hit = value.and_then(|hit| self.word(hit, "a hit policy", &hits));
            clauses.extend(self.clauses_of(&mut keys, ClauseKind::Rule, &name));
            clauses.extend(keys.get("otherwise").and_then(|rule| self.clause(rule, ClauseKind::Rule, &name, true)));
            keys.finish(self);
        } else if extends.is_none() {
            fields.need(self, "routing");
        }
        for kind in ClauseKind::ALL.into_iter().filter(|kind| *kind != ClauseKind::Rule) {
            clauses.extend(self.clauses_of(&mut fields, kind, &name));
        }
        let removed = fields.get("remove").map(|removed| self.removed(removed)).unwrap_or_default();
        if let (None, Some((_, id))) = (&extends, removed.first()) {
            self.help("wrong-form", id.span, "there is nothing to take away from", "`remove` has a meaning only beside `extends`");
        }
        if let (None, Some(before)) = (&extends, clauses.iter().find_map(|clause| clause.before.as_ref())) {
            let help = "without `extends` the order of the list counts; take `before` away";
            self.help("wrong-form", before.span, "`before` has a meaning only beside `extends`", help);
        }
        if extends.is_none() && care_settings.is_empty() && fields.get("care_settings").is_none() {
            fields.need(self, "care_settings");
        }
        fields.finish(self);
        let input_sources = vec![self.source.clone(); items.len()];
        let head = Definition { settings, items, ..head? };
        Some(PathwayDefinition { head, input_sources, extends, removed, assessments, care_settings, hit, clauses })
    }

    fn assessments(&mut self, value: &'a Value) -> Vec<Assessment> {
        let mut assessments = Vec::new();
        for value in self.list(value, "a list of assessments") {
            let Some(mut fields) = self.fields(value, "an assessment") else { continue };
            let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
            let instrument = fields.need(self, "instrument").and_then(|name| self.text(name, "the id of an instrument"));
            let when = fields.get("when").and_then(|when| self.expression(when));
            let instead_of = fields.get("instead_of").and_then(|id| self.text(id, "the id of an assessment"));
            let needs = [("required", true), ("offered", false)];
            let need = if instead_of.is_some() { fields.get("need") } else { fields.need(self, "need") };
            let need = need.and_then(|need| self.word(need, "a need", &needs));
            if let (Some(need), Some(_)) = (&need, &instead_of) {
                let help = "the assessment in whose place it is done says how needed it is";
                self.help("wrong-form", need.span, "`need` has no meaning beside `instead_of`", help);
            }
            let reason = fields.get("reason").and_then(|reason| self.texts(reason));
            fields.finish(self);
            if let (Some(id), Some(instrument)) = (id, instrument) {
                let source = self.source.clone();
                let required = need.is_some_and(|need| need.value);
                assessments.push(Assessment { source, id, instrument, when, required, instead_of, reason });
            }
        }
        assessments
    }

    fn care_settings(&mut self, value: &'a Value) -> Vec<CareSetting> {
        let mut settings = Vec::new();
        for value in self.list(value, "a list of care settings") {
            let Some(mut fields) = self.fields(value, "a care setting") else { continue };
            let (id, label) = self.named_label(&mut fields);
            let mut kinds = Vec::new();
            if let Some(list) = fields.need(self, "kinds") {
                for value in self.list(list, "a list of kinds") {
                    let Some(mut fields) = self.fields(value, "a kind of care setting") else { continue };
                    let (id, label) = self.named_label(&mut fields);
                    fields.finish(self);
                    let source = self.source.clone();
                    kinds.extend(id.zip(label).map(|(id, label)| SettingKind { source, id, label }));
                }
            }
            fields.finish(self);
            settings.extend(id.zip(label).map(|(id, label)| CareSetting { id, label, kinds }));
        }
        settings
    }

    fn named_label(&mut self, fields: &mut Fields<'a>) -> (Option<Id>, Option<super::text::Texts>) {
        let id = fields.need(self, "id").and_then(|id| self.id(id, '_'));
        let label = fields.need(self, "label").and_then(|label| self.texts(label));
        (id, label)
    }

    /// The ids under `remove`, by list.
    fn removed(&mut self, value: &'a Value) -> Vec<(ClauseList, Id)> {
        let Some(mut fields) = self.fields(value, "`remove`") else { return Vec::new() };
        let mut removed = Vec::new();
        let clauses = ClauseKind::ALL.into_iter().map(|kind| (kind.key(), ClauseList::Clauses(kind)));
        let others = [("inputs", ClauseList::Inputs), ("assessments", ClauseList::Assessments), ("kinds", ClauseList::Kinds)];
        for (key, list) in clauses.chain(others) {
            let Some(ids) = fields.get(key) else { continue };
            if list == ClauseList::Clauses(ClauseKind::Safeguard) {
                let help = "a safeguard of the extended pathway holds for whoever extends it";
                self.help("wrong-form", ids.span, "a safeguard cannot be taken away", help);
                continue;
            }
            removed.extend(self.ids(ids).into_iter().map(|id| (list, id)));
        }
        fields.finish(self);
        removed
    }

    /// What stands at the head of every definition: names, days, source, licence, provenance. `key` is the key of the id.
    pub(super) fn head(&mut self, fields: &mut Fields<'a>, key: &'static str, root: &'a Value) -> Option<Definition> {
        let id = fields.need(self, key).and_then(|id| self.id(id, '-'));
        let edition = fields.need(self, "edition").and_then(|edition| self.text(edition, "the edition as a text"));
        let (mut from, mut until) = (None, None);
        if let Some(value) = fields.need(self, "effective")
            && let Some(mut keys) = self.fields(value, "`effective`")
        {
            from = keys.need(self, "from").and_then(|date| self.date(date));
            until = keys.get("until").and_then(|date| self.date(date));
            if let (Some(from), Some(until)) = (&from, &until)
                && until.value < from.value
            {
                self.error("wrong-form", until.span, format!("the edition ends before it begins on {}", from.value));
            }
            keys.finish(self);
        }
        let jurisdiction = fields.need(self, "jurisdiction").and_then(|code| self.jurisdiction(code));
        let languages: Vec<Id> = match fields.need(self, "languages") {
            Some(list) => self.list(list, "a list of languages").iter().filter_map(|tag| self.text(tag, "a language")).collect(),
            None => Vec::new(),
        };
        let title = fields.need(self, "title").and_then(|title| self.texts(title));
        let description = fields.get("description").and_then(|text| self.texts(text));
        let publication = fields.need(self, "source").and_then(|source| self.publication(source));
        let licence = fields.need(self, "licence").and_then(|licence| self.licence(licence));
        let provenance = self.provenance(fields);
        if provenance.is_none() && fields.get("provenance").is_none() {
            let message = "nothing says how sure these tables are";
            let help = "add `provenance: {status: recalled}`, or a better status if somebody has compared them with the source";
            self.help("provenance-not-stated", Span::new(root.span.start, root.span.start + 1), message, help);
        }
        Some(Definition {
            source: self.source.clone(),
            hash: super::read_instrument::content_hash(self.source.text()),
            id: id?,
            edition: edition?,
            from: from?,
            until,
            jurisdiction: jurisdiction?,
            loinc: None,
            domain: Spanned::new(key.to_owned(), root.span),
            languages,
            title: title?,
            description,
            publication: publication?,
            licence: licence?,
            provenance: provenance?,
            direction: None,
            missing: None,
            settings: Vec::new(),
            sections: Vec::new(),
            items: Vec::new(),
            scores: Vec::new(),
            band_sets: Vec::new(),
            grade: None,
            review: None,
            not_graded: None,
            findings: Vec::new(),
            alerts: Vec::new(),
        })
    }
}
