//! Reads a file of mappings from the YAML tree. Gathers all faults; resolves nothing.

use super::model::{CarryFile, Entry, Pair, Way};
use crate::definition::{Fields, Id, Reader};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Kind, Source, Value, parse};

impl CarryFile {
    /// Reads a file of mappings that messages call `path`.
    ///
    /// # Errors
    /// Everything that is wrong with it, in file order.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let document = parse(&source)?;
        let mut reader = Reader::new(&source);
        let file = reader.carry_file(&document.root);
        let mut faults = reader.faults;
        sort_by_key(&mut faults, Diagnostic::order);
        file.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

impl<'a> Reader<'a> {
    fn carry_file(&mut self, root: &'a Value) -> Option<CarryFile> {
        let mut fields = self.fields(root, "a file of mappings")?;
        let to = fields.need(self, "carry_to").and_then(|name| self.text(name, "an instrument with its edition"));
        let languages: Vec<Id> = match fields.need(self, "languages") {
            Some(list) => self.list(list, "a list of languages").iter().filter_map(|tag| self.text(tag, "a language")).collect(),
            None => Vec::new(),
        };
        let mut pairs: Vec<Pair> = Vec::new();
        if let Some(list) = fields.need(self, "mappings") {
            for pair in self.list(list, "a list of mappings") {
                pairs.extend(self.carry_pair(pair));
            }
        }
        fields.finish(self);
        Some(CarryFile { source: self.source.clone(), to: to?, languages, pairs })
    }

    fn carry_pair(&mut self, value: &'a Value) -> Option<Pair> {
        let mut fields = self.fields(value, "a mapping")?;
        let from = fields.need(self, "from").and_then(|name| self.text(name, "an instrument with its edition"));
        let mut entries = Vec::new();
        if let Some(list) = fields.need(self, "items") {
            for entry in self.list(list, "a list of items") {
                entries.extend(self.carry_entry(entry));
            }
        }
        fields.finish(self);
        Some(Pair { from: from?, entries })
    }

    fn carry_entry(&mut self, value: &'a Value) -> Option<Entry> {
        let mut fields = self.fields(value, "an item of a mapping")?;
        let item = fields.need(self, "item").and_then(|item| self.text(item, "the id of an item"));
        let from = fields.need(self, "from").map(|from| self.ids(from)).unwrap_or_default();
        let reason = fields.get("reason").and_then(|reason| self.texts(reason));
        let unchanged =
            fields.get("unchanged").map(|how| self.word(how, "a kind of agreement", &[("exact", true), ("approximate", false)]));
        let (exact, approximate) = (self.carry_options(&mut fields, "exact"), self.carry_options(&mut fields, "approximate"));
        let open = fields.get("open").map(|open| self.carry_codes(open));
        fields.finish(self);
        let by_option = exact.is_some() || approximate.is_some() || open.is_some();
        let way = match unchanged {
            Some(_) if by_option => {
                let help = "write `unchanged` where the answer itself is taken over, or else its options";
                self.help("wrong-form", value.span, "the answer is taken over unchanged, and option by option too", help);
                None
            }
            Some(how) => how.map(Way::Unchanged),
            None if by_option => Some(Way::Options {
                exact: exact.unwrap_or_default(),
                approximate: approximate.unwrap_or_default(),
                open: open.unwrap_or_default(),
            }),
            None => {
                let help = "list each option under `exact`, `approximate` or `open`, or write `unchanged`";
                self.help("wrong-form", value.span, "nothing says how the answers agree", help);
                None
            }
        };
        let near = match &way {
            Some(Way::Options { approximate, open, .. }) => !approximate.is_empty() || !open.is_empty(),
            Some(Way::Unchanged(exact)) => !exact.value,
            None => false,
        };
        if near && reason.is_none() {
            self.help(
                "missing-key",
                value.span,
                "an item that does not agree exactly needs the key `reason`",
                "say in what the two differ",
            );
        }
        Some(Entry { span: value.span, item: item?, from, way: way?, reason })
    }

    /// Their option, our option; the keys are codes of an author's choice.
    fn carry_options(&mut self, fields: &mut Fields<'a>, key: &'static str) -> Option<Vec<(Id, Id)>> {
        let value = fields.get(key)?;
        let entries = self.named(value, "an option of this instrument for each option of the other");
        Some(entries.iter().filter_map(|entry| Some((entry.key.clone(), self.text(&entry.value, "the code of an option")?))).collect())
    }

    fn carry_codes(&mut self, value: &'a Value) -> Vec<Id> {
        match &value.kind {
            Kind::Scalar(_) => self.text(value, "the code of an option").into_iter().collect(),
            _ => self.list(value, "a list of option codes").iter().filter_map(|code| self.text(code, "the code of an option")).collect(),
        }
    }
}
