//! An account that `assess --json` printed earlier, read again key by key. Knows of no key what it stands for.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::answers::object;

/// Values as they stand in the text, by their key.
pub(crate) type Raw<'t> = Vec<(Cow<'t, str>, &'t RawValue)>;

/// The account, and what it ought to be, for whoever is told that it is not.
#[derive(Debug)]
pub(crate) struct Printed<'t> {
    keys: Raw<'t>,
    wanted: &'static str,
}

impl<'t> Printed<'t> {
    /// Reads the text of an account; `wanted` says what it ought to be.
    ///
    /// # Errors
    /// Why it is no account.
    pub(crate) fn read(text: &'t str, wanted: &'static str) -> Result<Self, String> {
        if let Err(fault) = serde_json::from_str::<&RawValue>(text) {
            return Err(format!("it is not whole, or no JSON: {fault}"));
        }
        let no_object = || Self { keys: Vec::new(), wanted }.no("it is no object");
        let printed = Self { keys: object(text).ok_or_else(no_object)?, wanted };
        if printed.found("problems").is_some() {
            return Err("it holds a sheet that was refused, and no outcome".to_owned());
        }
        Ok(printed)
    }

    /// Why it is not what it ought to be.
    pub(crate) fn no(&self, why: &str) -> String {
        format!("it is no {} as `geras assess --json` prints it: {why}", self.wanted)
    }

    /// The value of a key, unless it is null.
    pub(crate) fn found(&self, key: &str) -> Option<&'t RawValue> {
        found(&self.keys, key)
    }

    /// A text that may be left out or null.
    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, String> {
        self.found(key).map(|value| characters(value.get()).ok_or_else(|| self.no(&format!("its `{key}` is no text")))).transpose()
    }

    /// The values of a key by their own keys.
    pub(crate) fn named(&self, key: &str) -> Result<Raw<'t>, String> {
        self.found(key).and_then(|value| object(value.get())).ok_or_else(|| self.no(&format!("it has no `{key}`")))
    }

    /// The entries of a list; none where the key stands for something else.
    pub(crate) fn list(&self, key: &str) -> Option<Vec<&'t RawValue>> {
        self.found(key).and_then(|value| serde_json::from_str(value.get()).ok())
    }

    /// Who was assessed.
    pub(crate) fn person(&self) -> Option<String> {
        let raw = self.found("id")?.get();
        Some(characters(raw).unwrap_or_else(|| raw.to_owned()))
    }

    /// A text of one of the definitions that the account names.
    pub(crate) fn of_definition(&self, definition: &Raw<'_>, key: &str) -> Result<String, String> {
        found(definition, key).and_then(|value| characters(value.get())).ok_or_else(|| self.no(&format!("its definition has no `{key}`")))
    }
}

/// The value of a key, unless it is null.
pub(crate) fn found<'t>(keys: &Raw<'t>, key: &str) -> Option<&'t RawValue> {
    keys.iter().find(|(known, _)| known == key).map(|(_, value)| *value).filter(|value| value.get() != "null")
}

/// The characters of a text of JSON.
pub(crate) fn characters(raw: &str) -> Option<String> {
    serde_json::from_str(raw).ok()
}
