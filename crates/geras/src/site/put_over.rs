//! Puts a site's texts over a definition: wording only. Ids, points, rules and the hash of the definition stay as they are.

use super::texts::{ItemWords, OptionWords, SiteTexts, TextsUsed};
use crate::definition::{Definition, Item, Role, Texts, did_you_mean, shortened};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Severity, Span};

impl SiteTexts {
    /// Puts these texts over the definition that they are for.
    ///
    /// # Errors
    /// The file is for another instrument, names an item or option that the definition does not have, or leaves one without words that has none of
    /// its own. All of it, in file order; the definition is left as it was.
    pub fn put_over(&self, definition: &mut Definition) -> Result<TextsUsed, Vec<Diagnostic>> {
        let mut faults = self.for_another(definition);
        if faults.is_empty() {
            self.unknown(definition, &mut faults);
            self.left_out(definition, &mut faults);
        }
        if !faults.is_empty() {
            sort_by_key(&mut faults, Diagnostic::order);
            return Err(faults);
        }
        for words in &self.items {
            for item in definition.items.iter_mut().filter(|item| item.id.value == words.id.value) {
                words.put_on(item);
            }
        }
        let languages = self.languages.iter().map(|tag| tag.value.clone()).collect();
        Ok(TextsUsed { origin: self.origin.clone(), hash: self.hash.clone(), languages })
    }

    fn fault(&self, name: &'static str, span: Span, message: String, help: String) -> Diagnostic {
        Diagnostic::new(name, Severity::Error, &self.source, span, message).help(help)
    }

    fn for_another(&self, definition: &Definition) -> Vec<Diagnostic> {
        let name = format!("{}@{}", definition.id.value, definition.edition.value);
        let full = format!("{}/{name}", definition.jurisdiction.value.to_ascii_lowercase());
        if self.instrument.value == name || self.instrument.value == full {
            return Vec::new();
        }
        let message = format!("these texts are for `{}`, and here they would stand over `{name}`", shortened(&self.instrument.value));
        vec![self.fault("unknown-name", self.instrument.span, message, format!("write `texts_for: {name}`, or move the file"))]
    }

    /// Items and options that the definition does not have.
    fn unknown(&self, definition: &Definition, faults: &mut Vec<Diagnostic>) {
        let worded: Vec<&Item> = definition.items.iter().filter(|item| item.role != Role::Entered).collect();
        for words in &self.items {
            let Some(item) = worded.iter().find(|item| item.id.value == words.id.value) else {
                let known: Vec<&str> = worded.iter().map(|item| item.id.value.as_str()).collect();
                let message = format!("`{}` has no item or input `{}`", definition.id.value, shortened(&words.id.value));
                faults.push(self.fault("unknown-name", words.id.span, message, did_you_mean(&words.id.value, &known)));
                continue;
            };
            let known: Vec<&str> = item.options.iter().map(|option| option.code.value.as_str()).collect();
            for option in words.options.iter().filter(|option| !known.contains(&option.code.value.as_str())) {
                let message = format!("the item `{}` has no option `{}`", item.id.value, shortened(&option.code.value));
                faults.push(self.fault("unknown-option", option.code.span, message, did_you_mean(&option.code.value, &known)));
            }
        }
    }

    /// Items and options that would still be without words, one fault for all items that the file does not name.
    fn left_out(&self, definition: &Definition, faults: &mut Vec<Diagnostic>) {
        let mut unnamed = Vec::new();
        for item in definition.items.iter().filter(|item| item.role == Role::Item) {
            let Some(words) = self.items.iter().find(|words| words.id.value == item.id.value) else {
                if item.text.is_none() {
                    unnamed.push(format!("`{}`", item.id.value));
                }
                continue;
            };
            if item.text.is_none() && words.text.is_none() {
                let message = format!("the item `{}` has no text, neither here nor in the definition", item.id.value);
                faults.push(self.fault("text-missing", words.id.span, message, "add `text: {...}`".to_owned()));
            }
            let bare = item.options.iter().filter(|option| option.label.is_none()).filter(|option| {
                let given = words.options.iter().find(|given| given.code.value == option.code.value);
                given.is_none_or(|given| given.label.is_none())
            });
            let bare: Vec<String> = bare.map(|option| format!("`{}`", option.code.value)).collect();
            if !bare.is_empty() {
                let message =
                    format!("options of `{}` have no label, neither here nor in the definition: {}", item.id.value, bare.join(", "));
                faults.push(self.fault("text-missing", words.id.span, message, "add them under `options`, each with a `label`".to_owned()));
            }
        }
        if !unnamed.is_empty() {
            let message = format!("these items are left without words: {}", unnamed.join(", "));
            let span = self.instrument.span;
            faults.push(self.fault("text-missing", span, message, "add them under `items`, so that nobody reads half a form".to_owned()));
        }
    }
}

impl ItemWords {
    fn put_on(&self, item: &mut Item) {
        over(&mut item.text, self.text.as_ref());
        over(&mut item.help, self.help.as_ref());
        for option in &mut item.options {
            let code = &option.code.value;
            let words: Option<&OptionWords> = self.options.iter().find(|words| words.code.value == *code);
            over(&mut option.label, words.and_then(|words| words.label.as_ref()));
            over(&mut option.help, words.and_then(|words| words.help.as_ref()));
        }
    }
}

/// The site's words take the place of those in the same language; other languages stay.
fn over(own: &mut Option<Texts>, site: Option<&Texts>) {
    let Some(site) = site else { return };
    let kept = own.iter().flat_map(|own| &own.languages).filter(|(tag, _)| site.exact(&tag.value).is_none());
    let languages = site.languages.iter().chain(kept).cloned().collect();
    *own = Some(Texts { span: site.span, languages });
}
