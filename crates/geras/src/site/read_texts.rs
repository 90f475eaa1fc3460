//! Reads a file of a site's texts from the YAML tree. Which items the instrument has is not known here.

use super::texts::{ItemWords, OptionWords, SiteTexts};
use crate::definition::{Id, Reader, Texts, content_hash};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Source, Value, parse};

impl SiteTexts {
    /// Reads a file of texts that messages call `path`.
    ///
    /// # Errors
    /// Everything that is wrong with it by itself, in file order.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let document = parse(&source)?;
        let mut reader = Reader::new(&source);
        let texts = reader.site_texts(&document.root);
        let mut faults = reader.faults;
        sort_by_key(&mut faults, Diagnostic::order);
        texts.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

impl<'a> Reader<'a> {
    fn site_texts(&mut self, root: &'a Value) -> Option<SiteTexts> {
        let mut fields = self.fields(root, "a file of texts")?;
        let instrument = fields.need(self, "texts_for").and_then(|name| self.text(name, "an instrument with its edition"));
        let origin = fields.need(self, "origin").and_then(|origin| self.text(origin, "a text"));
        let languages: Vec<Id> = match fields.need(self, "languages") {
            Some(list) => self.list(list, "a list of languages").iter().filter_map(|tag| self.text(tag, "a language")).collect(),
            None => Vec::new(),
        };
        let mut items = Vec::new();
        if let Some(named) = fields.need(self, "items") {
            for entry in self.named(named, "texts by the id of their item") {
                items.extend(self.item_words(entry.key.clone(), &entry.value, &languages));
            }
        }
        fields.finish(self);
        let (source, hash) = (self.source.clone(), content_hash(self.source.text()));
        Some(SiteTexts { source, hash, instrument: instrument?, origin: origin?.value, languages, items })
    }

    fn item_words(&mut self, id: Id, value: &'a Value, languages: &[Id]) -> Option<ItemWords> {
        let mut fields = self.fields(value, "the texts of an item")?;
        let text = fields.get("text").and_then(|text| self.words(text, languages));
        let help = fields.get("help").and_then(|help| self.words(help, languages));
        let mut options = Vec::new();
        if let Some(named) = fields.get("options") {
            for entry in self.named(named, "texts by the code of their option") {
                let Some(mut keys) = self.fields(&entry.value, "the texts of an option") else { continue };
                let label = keys.get("label").and_then(|label| self.words(label, languages));
                let help = keys.get("help").and_then(|help| self.words(help, languages));
                keys.finish(self);
                options.push(OptionWords { code: entry.key.clone(), label, help });
            }
        }
        fields.finish(self);
        Some(ItemWords { id, text, help, options })
    }

    /// A text that is there in exactly the languages of the file.
    fn words(&mut self, value: &'a Value, languages: &[Id]) -> Option<Texts> {
        let texts = self.texts(value)?;
        let missing: Vec<&str> =
            languages.iter().map(|tag| tag.value.as_str()).filter(|tag| texts.exact(tag).is_none_or(str::is_empty)).collect();
        if !missing.is_empty() {
            let message = format!("this text is missing in `{}`", missing.join("`, `"));
            self.help("text-missing", texts.span, message, "add the translation, or take the language out of `languages`");
        }
        if let Some((tag, _)) = texts.languages.iter().find(|(tag, _)| !languages.iter().any(|known| known.value == tag.value)) {
            let message = format!("this text has the language `{}`, which the file does not claim", tag.value);
            self.help(
                "text-missing",
                tag.span,
                message,
                format!("add `{}` to `languages` and to every text, or take it away here", tag.value),
            );
        }
        Some(texts)
    }
}
