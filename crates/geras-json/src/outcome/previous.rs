//! Reads an earlier outcome, as `assess --json` printed it, and compares it with this one. What moved and why is the core's to compute.

use std::collections::BTreeMap;

use geras::Instrument;
use geras::assess::{AnswerProblem, Outcome, ProblemKind};
use geras::change::{Change, Earlier, Recorded, Split};
use geras::definition::Date;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::number::exact;
use crate::{Person, read_json};

/// What of an outcome is read again. Everything else in it follows from this.
#[derive(Debug, Deserialize)]
struct Printed<'t> {
    #[serde(borrow)]
    id: Option<&'t RawValue>,
    date: Option<String>,
    #[serde(borrow)]
    scores: BTreeMap<String, &'t RawValue>,
    #[serde(borrow)]
    bands: BTreeMap<String, &'t RawValue>,
    #[serde(borrow)]
    grade: Option<&'t RawValue>,
    #[serde(borrow)]
    answers: BTreeMap<String, &'t RawValue>,
    #[serde(default)]
    settings: BTreeMap<String, String>,
    definitions: Vec<PrintedDefinition>,
}

#[derive(Debug, Deserialize)]
struct PrintedDefinition {
    id: String,
    edition: String,
    hash: String,
}

/// Whether a file holds a refused sheet.
#[derive(Debug, Deserialize)]
struct PrintedRefusal {
    #[allow(dead_code, reason = "only that it is there counts")]
    problems: serde::de::IgnoredAny,
}

/// This outcome beside an earlier one.
#[derive(Debug, Clone)]
pub struct Compared<'o> {
    /// What was recorded.
    pub earlier: Earlier,
    /// What moved.
    pub change: Change,
    /// How the causes were told apart.
    pub split: Split<'o>,
    /// Whether both name the same person; none where one of them names nobody.
    pub same_person: Option<bool>,
}

impl<'o> Compared<'o> {
    /// Compares the outcome of a person with an earlier one, of which `text` is what `assess --json` printed. `editions` are those of the instrument.
    ///
    /// # Errors
    /// The earlier outcome cannot be read, or is of another person, instrument, or a later day, or by an edition that is not among these.
    pub fn read(text: &str, person: &Person, outcome: &Outcome<'o>, editions: &[&'o Instrument]) -> Result<Self, Vec<AnswerProblem>> {
        let alone = |kind| vec![AnswerProblem { item: "previous".to_owned(), kind }];
        let unusable = |why: String| alone(ProblemKind::PreviousUnreadable(why));
        let text = text.trim_start_matches('\u{feff}');
        let printed: Printed<'_> = serde_json::from_str(text).map_err(|fault| unusable(unreadable(text, &fault)))?;
        let earlier = printed.earlier().map_err(unusable)?;
        let mut problems = Vec::new();
        let mut wrong = |kind| problems.push(AnswerProblem { item: "previous".to_owned(), kind });
        let definition = outcome.instrument().definition();
        let name = |id: &str, edition: &str| format!("{id}@{edition}");
        let old = editions.iter().copied().find(|edition| edition.definition().edition.value == earlier.edition);
        if earlier.instrument != definition.id.value {
            let this = name(&definition.id.value, &definition.edition.value);
            wrong(ProblemKind::PreviousInstrument(name(&earlier.instrument, &earlier.edition), this));
        } else if old.is_none() {
            let known = editions.iter().map(|edition| edition.definition().edition.value.clone()).collect();
            wrong(ProblemKind::PreviousEdition(earlier.edition.clone(), known));
        }
        let (then, now) = (printed.person(), person.id.as_ref().map(ToString::to_string));
        let same_person = then.as_ref().zip(now.as_ref()).map(|(then, now)| then == now);
        if let (Some(false), Some(then), Some(now)) = (same_person, then, now) {
            wrong(ProblemKind::OtherPerson(now, then));
        }
        if let Some((then, now)) = earlier.date.zip(outcome.date()).filter(|(then, now)| then > now) {
            wrong(ProblemKind::PreviousIsLater(then.to_string(), now.to_string()));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let answers = read_json(outcome.instrument(), &printed.sheet()).answers.ok();
        let split = Split::find(&earlier, outcome, old, answers.as_ref());
        Ok(Self { change: Change::between(&earlier, outcome, &split), earlier, split, same_person })
    }
}

/// Why a text is no outcome.
fn unreadable(text: &str, fault: &serde_json::Error) -> String {
    if serde_json::from_str::<PrintedRefusal>(text).is_ok() {
        return "it holds a sheet that was refused, and no outcome".to_owned();
    }
    if fault.is_data() {
        return format!("it is no outcome as `geras assess --json` prints it: {fault}");
    }
    format!("it is not whole, or no JSON: {fault}")
}

impl Printed<'_> {
    fn person(&self) -> Option<String> {
        let raw = self.id?.get();
        if raw == "null" { None } else { Some(serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned())) }
    }

    fn earlier(&self) -> Result<Earlier, String> {
        let definition = self.definitions.first().ok_or("it names no definition")?;
        let date = match &self.date {
            Some(date) => Some(Date::parse(date).ok_or_else(|| format!("`{date}` is no day"))?),
            None => None,
        };
        let named = |values: &BTreeMap<String, &RawValue>| -> Result<Vec<(String, Recorded)>, String> {
            values.iter().map(|(id, raw)| Ok((id.clone(), recorded(raw.get())?))).collect()
        };
        let grade = self.grade.map(RawValue::get).filter(|raw| *raw != "null").map(recorded).transpose()?;
        let answers = self.answers.iter().map(|(id, raw)| (id.clone(), word(raw.get()))).collect();
        Ok(Earlier {
            instrument: definition.id.clone(),
            edition: definition.edition.clone(),
            hash: definition.hash.clone(),
            date,
            scores: named(&self.scores)?,
            bands: named(&self.bands)?,
            grade,
            answers,
            settings: self.settings.iter().map(|(id, code)| (id.clone(), code.clone())).collect(),
        })
    }

    /// The sheet that it follows from.
    fn sheet(&self) -> String {
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let entries = |values: Vec<String>| format!("{{{}}}", values.join(","));
        let answers = entries(self.answers.iter().map(|(id, raw)| format!("{}:{}", quoted(id), raw.get())).collect());
        let settings = entries(self.settings.iter().map(|(id, code)| format!("{}:{}", quoted(id), quoted(code))).collect());
        // Without its day, on which the edition of now may not have been in force: the core puts it back.
        format!("{{\"answers\":{answers},\"settings\":{settings}}}")
    }
}

/// A score, band or grade as it was printed.
fn recorded(raw: &str) -> Result<Recorded, String> {
    match raw.as_bytes().first() {
        Some(b'{') => Ok(Recorded::Open),
        Some(b'"') => serde_json::from_str(raw).map(Recorded::Code).map_err(|fault| fault.to_string()),
        _ => exact(raw).map(|number| Recorded::Number(number.normalize())).ok_or_else(|| format!("`{raw}` is no result")),
    }
}

/// An answer as a word.
fn word(raw: &str) -> String {
    #[derive(Deserialize)]
    struct Absent {
        absent: String,
    }
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned()),
        Some(b'[') => serde_json::from_str::<Vec<String>>(raw).map_or_else(|_| raw.to_owned(), |codes| codes.join(", ")),
        Some(b'{') => serde_json::from_str::<Absent>(raw).map_or_else(|_| raw.to_owned(), |absent| absent.absent),
        _ => exact(raw).map_or_else(|| raw.to_owned(), |number| number.to_string()),
    }
}
