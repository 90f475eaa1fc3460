//! The classes `Assessment` and `PathwayAssessment`: one person's sheet while somebody fills it in. Translation only: what an answer changes is `geras-json`'s to say.

use std::rc::Rc;

use geras::{Instrument, Pathway};
use geras_json::{OpenPathway, OpenSheet, text_json};
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
        self.sheet.set_beside(&self.instrument, "date", &text_json(date), &self.language)
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

/// One person on a pathway while the answers come in. `Geras.start_pathway` makes it. Every call answers JSON: where everything stands, and what the change has
/// changed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PathwayAssessment {
    pathway: Rc<Pathway>,
    sheet: OpenPathway,
    language: String,
}

impl PathwayAssessment {
    pub(crate) const fn new(pathway: Rc<Pathway>, sheet: OpenPathway, language: String) -> Self {
        Self { pathway, sheet, language }
    }
}

#[wasm_bindgen]
impl PathwayAssessment {
    /// As it stands.
    #[must_use]
    pub fn state(&mut self) -> String {
        self.sheet.now(&self.pathway)
    }

    /// Answers an item of an instrument, or an input of the pathway where no instrument is named, with a value in JSON. Without an instrument, the id of an
    /// instrument takes all its answers at once, `{"item": value}`, or `{"absent": "refused"}`. An answer that does not fit is not taken.
    pub fn set(&mut self, instrument: Option<String>, item: &str, value: &str) -> String {
        self.sheet.set(&self.pathway, instrument.as_deref(), item, value, &self.language)
    }

    /// Takes an answer away, or, without an instrument, an input of the pathway or all answers to an instrument.
    pub fn clear(&mut self, instrument: Option<String>, item: &str) -> String {
        self.sheet.set(&self.pathway, instrument.as_deref(), item, "null", &self.language)
    }

    /// Sets the day of the assessment, `2024-05-14`.
    pub fn on(&mut self, date: &str) -> String {
        self.sheet.set_beside(&self.pathway, "date", &text_json(date), &self.language)
    }

    /// Sets all named switches of the pathway that are not at their default: `{"setting": "code"}`.
    pub fn settings(&mut self, settings: &str) -> String {
        self.sheet.set_beside(&self.pathway, "settings", settings, &self.language)
    }

    /// Records a panel's decision beside the computed care setting, `{"setting", "reason", "by"}`, or takes it away with `null`.
    pub fn decide(&mut self, decision: &str) -> String {
        self.sheet.set_beside(&self.pathway, "override", decision, &self.language)
    }

    /// The full account with a report in these languages: the JSON of `geras assess --json`.
    #[must_use]
    pub fn account(&self, languages: Vec<String>) -> String {
        let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
        self.sheet.account(&self.pathway, &languages)
    }

    /// The sheet as a record: `{"id", "date", "answers", ...}`, as `geras assess` reads it.
    #[must_use]
    pub fn record(&self) -> String {
        self.sheet.record()
    }
}
