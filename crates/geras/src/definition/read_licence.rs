//! Reads what a definition says of its licence. Whether its texts may be shipped is looked at by the checks.

use super::licence::{Evidence, Licence, LicenceClass, StatedUses, Use, Wording};
use super::reader::{Fields, Reader};
use crate::source::Value;

impl<'a> Reader<'a> {
    pub(super) fn licence(&mut self, value: &'a Value) -> Option<Licence> {
        let mut fields = self.fields(value, "`licence`")?;
        let classes = LicenceClass::ALL.map(|class| (class.word(), class));
        let class = fields.need(self, "class").and_then(|class| self.word(class, "a licence class", &classes));
        let wordings = Wording::ALL.map(|wording| (wording.word(), wording));
        let wording = fields.need(self, "wording").and_then(|wording| self.word(wording, "a kind of wording", &wordings));
        let (holder, terms) = (self.plain(&mut fields, "holder"), self.plain(&mut fields, "terms"));
        let evidence = fields.get("evidence").and_then(|evidence| self.evidence(evidence));
        let uses = fields.get("uses").and_then(|uses| self.stated_uses(uses));
        let conflict = fields.get("conflict").and_then(|conflict| self.texts(conflict));
        let note = fields.get("note").and_then(|note| self.texts(note));
        fields.finish(self);
        Some(Licence { class: class?, wording: wording?, holder, terms, evidence, uses, conflict, note })
    }

    fn evidence(&mut self, value: &'a Value) -> Option<Evidence> {
        let mut fields: Fields<'a> = self.fields(value, "`evidence`")?;
        let (source, url) = (self.plain(&mut fields, "source"), self.plain(&mut fields, "url"));
        let date = fields.get("date").and_then(|date| self.date(date)).map(|date| date.value);
        fields.finish(self);
        if source.is_none() && url.is_none() {
            let help = "write its address as `url`, or name the document as `source`";
            self.help("missing-key", value.span, "`evidence` says where the terms of the licence were read", help);
        }
        Some(Evidence { source, url, date })
    }

    fn stated_uses(&mut self, value: &'a Value) -> Option<StatedUses> {
        let mut fields = self.fields(value, "`uses`")?;
        let words = Use::ALL.map(|one| (one.word(), one));
        let allowed = fields.need(self, "allowed").map(|list| {
            let uses = self.list(list, "a list of uses");
            uses.iter().filter_map(|one| self.word(one, "a use", &words)).map(|one| one.value).collect()
        });
        let reason = fields.need(self, "reason").and_then(|reason| self.texts(reason));
        fields.finish(self);
        Some(StatedUses { span: value.span, allowed: allowed?, reason: reason? })
    }
}
