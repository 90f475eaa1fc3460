//! The part of the class `Geras` that is about pathways. Translation only.

use std::rc::Rc;

use geras::cases::{CaseFile, run_on_pathway};
use geras::definition::Date;
use geras::{Library, Pathway};
use geras_json::{
    OpenPathway, Refused, TestReport, assess_pathway_json, day_of_sheet, describe_pathway_json, diagnostics_json, pathway_batch_line,
    pathway_on, pathways_json, read_pathway_answers, refused_json, report_json,
};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::{Geras, PathwayAssessment, day};

#[wasm_bindgen]
impl Geras {
    /// The pathways of the tree, by jurisdiction, id and first day in force.
    #[must_use]
    pub fn pathways(&self) -> String {
        pathways_json(self.library.pathways())
    }

    /// What is in a pathway: the JSON of `geras describe --json`. The edition in force on `date` (`2024-05-14`), or else the newest.
    ///
    /// # Errors
    /// There is no such pathway, none is in force on that day, or the date cannot be read.
    pub fn describe_pathway(&self, id: &str, date: Option<String>) -> Result<String, JsError> {
        Ok(describe_pathway_json(self.find_pathway(id, date.map(|date| day(&date)).transpose()?)?))
    }

    /// Assesses one person on a pathway, whose sheet is JSON or YAML: the JSON of `geras assess --json`. The edition in force on the sheet's date, or else the
    /// newest. The report comes in these languages; without any, in all that the pathway has. A refused sheet tells its problems in the first of
    /// them, or in English.
    ///
    /// # Errors
    /// There is no such pathway.
    pub fn assess_pathway(&self, id: &str, answers: &str, languages: Option<Vec<String>>) -> Result<String, JsError> {
        let pathway = self.pathway_for(id, answers)?;
        let person = read_pathway_answers(pathway, answers);
        let asked = languages.unwrap_or_default();
        let mut languages: Vec<&str> = asked.iter().map(String::as_str).collect();
        if languages.is_empty() && person.answers.is_ok() {
            languages.extend(pathway.definition().head.languages.iter().map(|language| language.value.as_str()));
        }
        Ok(assess_pathway_json(pathway, &person, &languages))
    }

    /// Assesses one person of a batch on a pathway: the line of `geras batch`, without its line break. Problems are told in `language`, or in English.
    ///
    /// # Errors
    /// There is no such pathway.
    pub fn pathway_line(&self, id: &str, record: &str, language: Option<String>) -> Result<String, JsError> {
        let pathway = self.find_pathway(id, None)?;
        Ok(pathway_batch_line(pathway, &read_pathway_answers(pathway, record), language.as_deref().unwrap_or("en")))
    }

    /// Begins to assess a person on a pathway, or goes on: `{"id", "date", "answers", "settings", "override"}`, of which all may be left out. The answers
    /// to an instrument stand under its id. The edition is the one in force on the sheet's date. Answers to questions that are hidden are
    /// set aside. Problems of later answers are told in `language`, or in English.
    ///
    /// # Errors
    /// There is no such pathway, or the sheet does not fit it: then the message is the list of problems in JSON.
    pub fn start_pathway(&self, id: &str, sheet: &str, language: Option<String>) -> Result<PathwayAssessment, JsError> {
        let pathway = self.pathway_for(id, sheet)?;
        let language = language.unwrap_or_else(|| "en".to_owned());
        let filled =
            OpenPathway::open(pathway, sheet).map_err(|problems| JsError::new(&refused_json(&Refused::new(None, &problems, &language))))?;
        Ok(PathwayAssessment::new(Rc::new(pathway.clone()), filled, language))
    }

    /// What is wrong with a pathway that uses the instruments of the tree and may extend its pathways: the JSON of `geras check --json`. The tree does not
    /// change.
    #[must_use]
    pub fn check_pathway(&self, path: &str, text: &str) -> String {
        diagnostics_json(&match Pathway::read(path, text, &self.library) {
            Ok(pathway) => pathway.warnings().to_vec(),
            Err(faults) => faults,
        })
    }

    /// Runs the cases of a pathway that uses the instruments of the tree: the JSON of `Geras.test`.
    #[must_use]
    pub fn test_pathway(&self, path: &str, text: &str, cases_path: &str, cases_text: &str) -> String {
        let read = CaseFile::read(cases_path, cases_text).and_then(|file| Ok((file, Pathway::read(path, text, &self.library)?)));
        match read {
            Ok((file, pathway)) => report_json(&TestReport::of(&run_on_pathway(&file, &pathway))),
            Err(faults) => report_json(&TestReport::refused(&faults)),
        }
    }
}

impl Geras {
    fn find_pathway(&self, id: &str, date: Option<Date>) -> Result<&Pathway, JsError> {
        self.library.find_pathway(id, date).map_err(|reason| self.missing(&reason))
    }

    /// The edition that reads a sheet.
    fn pathway_for(&self, id: &str, sheet: &str) -> Result<&Pathway, JsError> {
        let library: &Library = &self.library;
        Ok(pathway_on(self.find_pathway(id, None)?, |day| library.find_pathway(id, Some(day)).ok(), day_of_sheet(sheet)))
    }
}
