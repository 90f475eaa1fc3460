//! geras for JavaScript: the class `Geras`. Translation only: every rule is in `geras`, every shape in `geras-json`.
//!
//! ```text
//! files, answers: text --> Geras --> text: the JSON of `geras check`, `describe`, `assess`, `batch`
//!                            |  |
//!                            |  +--> Assessment   one sheet while it is filled in
//!                            +--> a thrown Error: no such instrument, or an argument that cannot be read
//! ```
//!
//! No definition is inside the module: the shipped ones travel beside it as data, and each is proved when it is first asked for.

mod assessment;
mod shapes;

use std::rc::Rc;

use geras::carry::CarryFile;
use geras::cases::{CaseFile, run};
use geras::definition::{Date, Use};
use geras::source::Diagnostic;
use geras::{Instrument, Library};
use geras_json::{
    ListEntry, OpenSheet, Refused, TestReport, assess_json, describe_json, diagnostics_json, edition_in_force, list_json, read_answers,
    read_json, write_batch_line,
};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

pub use assessment::Assessment;

use crate::shapes::{File, to_json};

/// The ending of a file with cases.
const CASES: &str = ".cases.yaml";

/// The ending of a file with mappings; every file that is neither is a definition.
const CARRY: &str = ".carry.yaml";

/// A tree of instruments, read once and proved sound.
///
/// JSON goes in and comes out as text, byte for byte what the command line reads and writes. An instrument is named `gb-t-42195`,
/// `gb-t-42195@2022` or `cn/gb-t-42195`. Whatever is wrong with a definition or with answers is in the JSON; an `Error` is thrown only
/// where there is no such instrument, or where an argument cannot be read.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Geras {
    library: Library,
    diagnostics: Vec<Diagnostic>,
}

#[wasm_bindgen]
impl Geras {
    /// Reads a tree: `[{"path": "cn/my-scale/2024.yaml", "text": "..."}, ...]`. What is not sound is left out, and `diagnostics` says why.
    ///
    /// # Errors
    /// The text is not such a list.
    pub fn from_files(files: &str) -> Result<Self, JsError> {
        let expected = |reason| JsError::new(&format!("files are a list like [{{\"path\": \"...\", \"text\": \"...\"}}]: {reason}"));
        let files: Vec<File<'_>> = serde_json::from_str(files).map_err(expected)?;
        let (cases, definitions): (Vec<_>, Vec<_>) = files.iter().map(File::pair).partition(|(path, _)| path.ends_with(CASES));
        let (carries, definitions): (Vec<_>, Vec<_>) = definitions.into_iter().partition(|(path, _)| path.ends_with(CARRY));
        let (library, mut diagnostics) = Library::read(definitions);
        diagnostics.extend(carries.into_iter().filter_map(|(path, text)| CarryFile::read(path, text).err()).flatten());
        diagnostics.extend(cases.into_iter().filter_map(|(path, text)| CaseFile::read(path, text).err()).flatten());
        Ok(Self { library, diagnostics })
    }

    /// What is wrong with the tree: the JSON of `geras check --json`.
    #[must_use]
    pub fn diagnostics(&self) -> String {
        diagnostics_json(&self.diagnostics)
    }

    /// The instruments of the tree: the JSON of `geras list --json`, by jurisdiction, id and first day in force.
    #[must_use]
    pub fn list(&self) -> String {
        let all = self.library.instruments().iter();
        list_json(&all.map(|one| ListEntry::new(one.definition(), one.used_for(), one.texts().is_some())).collect::<Vec<_>>())
    }

    /// What the instruments are used for from now on: `clinical` (as at first), `commercial`, `research` or `education`. Sheets of an instrument whose
    /// licence does not allow it are refused with the problem `use-not-allowed`.
    ///
    /// # Errors
    /// There is no such use.
    pub fn use_for(&mut self, wanted: &str) -> Result<(), JsError> {
        let words = Use::ALL.map(Use::word).join(", ");
        let wanted = Use::from_word(wanted).ok_or_else(|| JsError::new(&format!("a use is one of {words}, not `{wanted}`")))?;
        self.library.use_for(wanted);
        Ok(())
    }

    /// Puts a site's file of texts over the instrument that it is for: wording only, no rule. What is wrong with it, as `geras check --json` tells it;
    /// where the list is not empty, nothing was changed.
    pub fn put_texts(&mut self, path: &str, text: &str) -> String {
        diagnostics_json(&self.library.put_texts(path, text).err().unwrap_or_default())
    }

    /// What is in an instrument: the JSON of `geras describe --json`. The edition in force on `date` (`2024-05-14`), or else the newest.
    ///
    /// # Errors
    /// There is no such instrument, none is in force on that day, or the date cannot be read.
    pub fn describe(&self, id: &str, date: Option<String>) -> Result<String, JsError> {
        let day = |date: String| Date::parse(&date).ok_or_else(|| JsError::new(&format!("a day is written like 2024-05-14, not `{date}`")));
        Ok(describe_json(self.find(id, date.map(day).transpose()?)?))
    }

    /// Assesses one person, whose sheet is JSON or YAML: the JSON of `geras assess --json`. The edition in force on the sheet's date, or else
    /// the newest. Sentences come in these languages; without any, in all that the definition has. A refused sheet tells its problems in
    /// the first of them, or in English.
    ///
    /// # Errors
    /// There is no such instrument.
    pub fn assess(&self, id: &str, answers: &str, languages: Option<Vec<String>>) -> Result<String, JsError> {
        let newest = self.find(id, None)?;
        let (instrument, person) =
            edition_in_force(newest, |day| self.other_edition(id, newest, day), |instrument| read_answers(instrument, answers));
        let asked = languages.unwrap_or_default();
        let mut languages: Vec<&str> = asked.iter().map(String::as_str).collect();
        if languages.is_empty() && person.answers.is_ok() {
            languages.extend(instrument.definition().languages.iter().map(|language| language.value.as_str()));
        }
        Ok(assess_json(instrument, &person, &languages))
    }

    /// Assesses one person of a batch, whose sheet is a line of JSON: the line of `geras batch`, without its line break. Problems are told in
    /// `language`, or in English. A refused line lacks the key `line`, the number that only who reads the whole file knows.
    ///
    /// # Errors
    /// There is no such instrument.
    pub fn batch_line(&self, id: &str, record: &str, language: Option<String>) -> Result<String, JsError> {
        let newest = self.find(id, None)?;
        let (instrument, person) =
            edition_in_force(newest, |day| self.other_edition(id, newest, day), |instrument| read_json(instrument, record));
        let mut line = Vec::new();
        write_batch_line(instrument, &person, language.as_deref().unwrap_or("en"), &mut line);
        Ok(String::from_utf8(line).unwrap_or_default())
    }

    /// What is wrong with one definition, or with one file of cases (its path ends in `.cases.yaml`): the JSON of `geras check --json`.
    /// The tree does not change.
    #[must_use]
    pub fn check(path: &str, text: &str) -> String {
        if path.ends_with(CASES) {
            return diagnostics_json(&CaseFile::read(path, text).err().unwrap_or_default());
        }
        diagnostics_json(&Library::read([(path, text)]).1)
    }

    /// Runs the cases of a definition: `{"results": [{"name", "passed"}], "diagnostics": [...], "coverage": {"options": {"covered", "of",
    /// "missing"}, ...}}`. Where one of the two files cannot be read there are no results, `coverage` is null, and the diagnostics say why.
    #[must_use]
    pub fn test(path: &str, text: &str, cases_path: &str, cases_text: &str) -> String {
        let read = CaseFile::read(cases_path, cases_text).and_then(|file| Ok((file, Instrument::read(path, text)?)));
        match read {
            Ok((file, instrument)) => to_json(&TestReport::of(&run(&file, &instrument))),
            Err(faults) => to_json(&TestReport::refused(&faults)),
        }
    }

    /// Begins an assessment, or goes on with one: `{"id", "date", "answers", "settings", "override"}`, of which all may be left out. The edition is the one in
    /// force on the sheet's date, unless `id` names one. Answers to questions that are hidden are set aside. Problems of later answers are told
    /// in `language`, or in English.
    ///
    /// # Errors
    /// There is no such instrument, or the sheet does not fit it: then the message is the list of problems in JSON.
    pub fn start(&self, id: &str, sheet: &str, language: Option<String>) -> Result<Assessment, JsError> {
        let newest = self.find(id, None)?;
        let (instrument, _) =
            edition_in_force(newest, |day| self.other_edition(id, newest, day), |instrument| read_json(instrument, sheet));
        let language = language.unwrap_or_else(|| "en".to_owned());
        let filled =
            OpenSheet::open(instrument, sheet).map_err(|problems| JsError::new(&to_json(&Refused::new(None, &problems, &language))))?;
        Ok(Assessment::new(Rc::new(instrument.clone()), filled, language))
    }

    fn find(&self, id: &str, date: Option<Date>) -> Result<&Instrument, JsError> {
        let unsound = self.diagnostics.iter().any(Diagnostic::is_error);
        let hint = if unsound { "; some definitions are not sound and left out, see the diagnostics" } else { "" };
        self.library.find(id, date).map_err(|reason| JsError::new(&format!("{reason}{hint}")))
    }

    /// The edition in force on a day, if it is another one than the newest.
    fn other_edition(&self, id: &str, newest: &Instrument, day: Date) -> Option<&Instrument> {
        let found = self.library.find(id, Some(day)).ok()?;
        (found.definition().in_force(day) && found.definition().edition.value != newest.definition().edition.value).then_some(found)
    }
}
