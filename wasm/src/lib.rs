//! geras for JavaScript: the class `Geras`. Translation only: every rule is in `geras`, every shape in `geras-json`.
//!
//! ```text
//! files, answers: text --> Geras --> text: the JSON of `geras check`, `describe`, `assess`, `batch`
//!                            |  |
//!                            |  +--> Assessment, PathwayAssessment   one sheet while it is filled in
//!                            +--> a thrown Error: no such instrument, or an argument that cannot be read
//! ```
//!
//! No definition is inside the module: the shipped ones travel beside it as data, and each is proved when it is first asked for.

mod assessment;
mod pathways;
mod shapes;

use std::rc::Rc;

use geras::assess::AnswerProblem;
use geras::carry::{CarryFile, mapping};
use geras::cases::{CaseFile, run};
use geras::definition::{Date, Use, glimpse};
use geras::prove::prove;
use geras::site::SiteTexts;
use geras::source::Diagnostic;
use geras::{Instrument, Library, NotFound};
use geras_json::{
    FilledSheet, ListEntry, OpenSheet, Person, Refused, TestReport, assess_json, assess_since_json, describe_json, diagnostics_json,
    edition_in_force, list_json, proof_json, read_answers, read_json, refused_json, report_json, write_batch_line,
};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

pub use assessment::{Assessment, PathwayAssessment};

use crate::shapes::File;

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
    carries: Vec<CarryFile>,
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
        let mut mappings = Vec::new();
        for (path, text) in carries {
            match CarryFile::read(path, text) {
                Ok(file) => mappings.push(file),
                Err(faults) => diagnostics.extend(faults),
            }
        }
        diagnostics.extend(cases.into_iter().filter_map(|(path, text)| CaseFile::read(path, text).err()).flatten());
        Ok(Self { library, carries: mappings, diagnostics })
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

    /// The instrument and edition that a site's file of texts is for, like `braden@1988`; none where the file cannot be read.
    #[must_use]
    pub fn texts_for(path: &str, text: &str) -> Option<String> {
        SiteTexts::read(path, text).ok().map(|texts| texts.instrument.value)
    }

    /// What is in an instrument: the JSON of `geras describe --json`. The edition in force on `date` (`2024-05-14`), or else the newest.
    ///
    /// # Errors
    /// There is no such instrument, none is in force on that day, or the date cannot be read.
    pub fn describe(&self, id: &str, date: Option<String>) -> Result<String, JsError> {
        Ok(describe_json(self.find(id, date.map(|date| day(&date)).transpose()?)?))
    }

    /// What holds over all complete sheets of an instrument, counted exactly, with a sheet for each value: the JSON of `geras prove --json`.
    ///
    /// # Errors
    /// There is no such instrument.
    pub fn prove(&self, id: &str) -> Result<String, JsError> {
        let instrument = self.find(id, None)?;
        Ok(proof_json(instrument, &prove(instrument)))
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

    /// Assesses one person beside an earlier outcome, which is what `assess` answered then: what has moved since, and whether because of the answers or of
    /// the edition. An outcome that cannot be read, or of another person or instrument, is refused with its problems.
    ///
    /// # Errors
    /// There is no such instrument.
    pub fn assess_since(&self, id: &str, answers: &str, previous: &str, languages: Vec<String>) -> Result<String, JsError> {
        let newest = self.find(id, None)?;
        let (instrument, person) =
            edition_in_force(newest, |day| self.other_edition(id, newest, day), |instrument| read_answers(instrument, answers));
        let editions = self.library.editions(id.split_once('@').map_or(id, |(id, _)| id)).unwrap_or_default();
        let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
        Ok(assess_since_json(instrument, &editions, &person, previous, &languages))
    }

    /// Fills a sheet of the instrument `to` from a person's answers to `from`, onto the answers `onto` that were already given to it: the JSON of
    /// `geras carry --json`. The mappings are those of the tree. Where a sheet is refused, or the two contradict each other, the problems, in `language`.
    ///
    /// # Errors
    /// There is no such instrument, or nothing says how answers to the one serve the other.
    pub fn carry(&self, from: &str, to: &str, answers: &str, onto: Option<String>, language: &str) -> Result<String, JsError> {
        let (newest, target) = (self.find(from, None)?, self.find(to, None)?);
        let (from, person) =
            edition_in_force(newest, |day| self.other_edition(from, newest, day), |instrument| read_answers(instrument, answers));
        let refused = |id, problems: &[AnswerProblem]| refused_json(&Refused::new(id, problems, language));
        let day = match &person.answers {
            Ok(answers) => answers.date(),
            Err(problems) => return Ok(refused(person.id.as_ref(), problems)),
        };
        let not_then = day.filter(|day| !target.definition().in_force(*day));
        let to = not_then.and_then(|day| self.other_edition(to, target, day)).unwrap_or(target);
        let onto = onto.map(|text| read_answers(to, &text));
        if let Some(Person { id, answers: Err(problems) }) = &onto {
            return Ok(refused(id.as_ref(), problems));
        }
        let mapping = mapping(&self.carries, from, to).map_err(|faults| JsError::new(&diagnostics_json(&faults)))?;
        let name = |of: &Instrument| format!("{}@{}", of.definition().id.value, of.definition().edition.value);
        let unmapped = || JsError::new(&format!("nothing says how answers to `{}` serve `{}`", name(from), name(to)));
        let filled = FilledSheet::fill(&mapping.ok_or_else(unmapped)?, (from, &person), (to, onto.as_ref()));
        Ok(filled.map_or_else(|problems| refused(person.id.as_ref(), &problems), |filled| filled.json()))
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

    /// The plain value under a key at the top of a text, seen without reading it: its `instrument` or `pathway`, its `edition`. A text that is broken
    /// elsewhere is still known for what it is.
    #[must_use]
    pub fn glimpse(text: &str, key: &str) -> Option<String> {
        glimpse(text, key).map(str::to_owned)
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
            Ok((file, instrument)) => report_json(&TestReport::of(&run(&file, &instrument))),
            Err(faults) => report_json(&TestReport::refused(&faults)),
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
        let filled = OpenSheet::open(instrument, sheet)
            .map_err(|problems| JsError::new(&refused_json(&Refused::new(None, &problems, &language))))?;
        Ok(Assessment::new(Rc::new(instrument.clone()), filled, language))
    }

    fn find(&self, id: &str, date: Option<Date>) -> Result<&Instrument, JsError> {
        self.library.find(id, date).map_err(|reason| self.missing(&reason))
    }

    fn missing(&self, reason: &NotFound) -> JsError {
        let unsound = self.diagnostics.iter().any(Diagnostic::is_error);
        let hint = if unsound { "; some definitions are not sound and left out, see the diagnostics" } else { "" };
        JsError::new(&format!("{reason}{hint}"))
    }

    /// The edition in force on a day, if it is another one than the newest.
    fn other_edition(&self, id: &str, newest: &Instrument, day: Date) -> Option<&Instrument> {
        let found = self.library.find(id, Some(day)).ok()?;
        (found.definition().in_force(day) && found.definition().edition.value != newest.definition().edition.value).then_some(found)
    }
}

fn day(date: &str) -> Result<Date, JsError> {
    Date::parse(date).ok_or_else(|| JsError::new(&format!("a day is written like 2024-05-14, not `{date}`")))
}
