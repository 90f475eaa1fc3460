//! The class `Assessment`: one sheet while somebody fills it in. Translation only: what an answer changes is `geras-json`'s to say.

use std::rc::Rc;

use geras::Instrument;
use geras_json::OpenSheet;
use wasm_bindgen::prelude::wasm_bindgen;

/// One person's sheet while it is filled in. `Geras.start` makes it. Every call answers JSON: the state of the sheet and what the change has changed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Assessment {
    instrument: Rc<Instrument>,
    sheet: OpenSheet,
    language: String,
}

impl Assessment {
    pub(crate) const fn new(instrument: Rc<Instrument>, sheet: OpenSheet, language: String) -> Self {
        Self { instrument, sheet, language }
    }
}

#[wasm_bindgen]
impl Assessment {
    /// The sheet as it stands.
    #[must_use]
    pub fn state(&mut self) -> String {
        self.sheet.now(&self.instrument)
    }

    /// Answers an item or input with a value in JSON: `"code"`, `["code"]`, `3`, `true`, `{"absent": "refused"}`. An answer that does not fit is not taken, and
    /// `problems` says why.
    pub fn set(&mut self, item: &str, value: &str) -> String {
        self.sheet.set(&self.instrument, item, value, &self.language)
    }

    /// Takes an answer away: the question is not answered yet.
    pub fn clear(&mut self, item: &str) -> String {
        self.sheet.set(&self.instrument, item, "null", &self.language)
    }

    /// Sets the day of the assessment, `2024-05-14`.
    pub fn on(&mut self, date: &str) -> String {
        self.sheet.set_beside(&self.instrument, "date", &quoted(date), &self.language)
    }

    /// Sets all named switches that are not at their default: `{"setting": "code"}`.
    pub fn settings(&mut self, settings: &str) -> String {
        self.sheet.set_beside(&self.instrument, "settings", settings, &self.language)
    }

    /// Records an assessor's or panel's decision beside the computed grade, `{"grade", "reason", "by"}`, or takes it away with `null`.
    pub fn decide(&mut self, decision: &str) -> String {
        self.sheet.set_beside(&self.instrument, "override", decision, &self.language)
    }

    /// The full account with sentences in these languages: the JSON of `geras assess --json`.
    #[must_use]
    pub fn account(&self, languages: Vec<String>) -> String {
        let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
        self.sheet.account(&self.instrument, &languages)
    }

    /// The sheet as a record: `{"id", "date", "answers", ...}`, as `geras assess` reads it.
    #[must_use]
    pub fn record(&self) -> String {
        self.sheet.record()
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
