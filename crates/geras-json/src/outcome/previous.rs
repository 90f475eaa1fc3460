//! Reads an earlier outcome, as `assess --json` printed it, and compares it with this one. What moved and why is the core's to compute.

use geras::Instrument;
use geras::assess::{AnswerProblem, Outcome, ProblemKind};
use geras::change::{Change, Earlier, Recorded, Split};
use geras::definition::Date;
use serde_json::value::RawValue;

use crate::answers::object;
use crate::filled::braced;
use crate::number::exact;
use crate::printed::{Printed as Account, Raw, characters};
use crate::writer::on_one_line;
use crate::{Person, read_json};

/// What of an outcome is read again. Everything else in it follows from this.
#[derive(Debug)]
struct Printed<'t> {
    person: Option<String>,
    date: Option<String>,
    scores: Raw<'t>,
    bands: Raw<'t>,
    grade: Option<&'t RawValue>,
    answers: Raw<'t>,
    settings: Vec<(String, String)>,
    instrument: String,
    edition: String,
    hash: String,
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
        let printed = Printed::read(text).map_err(unusable)?;
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
        let (then, now) = (printed.person.clone(), person.id.as_ref().map(ToString::to_string));
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

impl<'t> Printed<'t> {
    fn read(text: &'t str) -> Result<Self, String> {
        let printed = Account::read(text, "outcome")?;
        let settings = if printed.found("settings").is_some() { printed.named("settings")? } else { Vec::new() };
        let settings: Option<Vec<(String, String)>> =
            settings.into_iter().map(|(id, code)| Some((id.into_owned(), characters(code.get())?))).collect();
        let first = printed.list("definitions").and_then(|all| all.first().copied());
        let definition = first.and_then(|first| object(first.get())).ok_or_else(|| printed.no("it names no definition"))?;
        Ok(Self {
            person: printed.person(),
            date: printed.text("date")?,
            scores: printed.named("scores")?,
            bands: printed.named("bands")?,
            grade: printed.found("grade"),
            answers: printed.named("answers")?,
            settings: settings.ok_or_else(|| printed.no("a setting is no text"))?,
            instrument: printed.of_definition(&definition, "id")?,
            edition: printed.of_definition(&definition, "edition")?,
            hash: printed.of_definition(&definition, "hash")?,
        })
    }

    fn earlier(&self) -> Result<Earlier, String> {
        let date = match &self.date {
            Some(date) => Some(Date::parse(date).ok_or_else(|| format!("`{date}` is no day"))?),
            None => None,
        };
        let named = |values: &Raw<'_>| -> Result<Vec<(String, Recorded)>, String> {
            let mut named = Vec::new();
            for (id, raw) in values {
                named.push((id.to_string(), recorded(raw.get())?));
            }
            Ok(named)
        };
        Ok(Earlier {
            instrument: self.instrument.clone(),
            edition: self.edition.clone(),
            hash: self.hash.clone(),
            date,
            scores: named(&self.scores)?,
            bands: named(&self.bands)?,
            grade: self.grade.map(RawValue::get).map(recorded).transpose()?,
            answers: self.answers.iter().map(|(id, raw)| (id.to_string(), word(raw.get()))).collect(),
            settings: self.settings.clone(),
        })
    }

    /// The sheet that it follows from.
    fn sheet(&self) -> String {
        let answers: Vec<(String, String)> = self.answers.iter().map(|(id, raw)| (id.to_string(), raw.get().to_owned())).collect();
        let settings: Vec<(String, String)> = self.settings.iter().map(|(id, code)| (id.clone(), on_one_line(code.as_str()))).collect();
        // Without its day, on which the edition of now may not have been in force: the core puts it back.
        format!("{{\"answers\":{},\"settings\":{}}}", braced(&answers), braced(&settings))
    }
}

/// A score, band or grade as it was printed.
fn recorded(raw: &str) -> Result<Recorded, String> {
    match raw.as_bytes().first() {
        Some(b'{') => Ok(Recorded::Open),
        Some(b'"') => characters(raw).map(Recorded::Code).ok_or_else(|| format!("`{raw}` is no result")),
        _ => exact(raw).map(|number| Recorded::Number(number.normalize())).ok_or_else(|| format!("`{raw}` is no result")),
    }
}

/// An answer as a word.
fn word(raw: &str) -> String {
    let as_it_is = || raw.to_owned();
    match raw.as_bytes().first() {
        Some(b'"') => characters(raw).unwrap_or_else(as_it_is),
        Some(b'[') => {
            let codes = serde_json::from_str::<Vec<&RawValue>>(raw).unwrap_or_default();
            let codes: Option<Vec<String>> = codes.into_iter().map(|code| characters(code.get())).collect();
            codes.map_or_else(as_it_is, |codes| codes.join(", "))
        }
        Some(b'{') => {
            let keys = object(raw).unwrap_or_default();
            keys.iter().find(|(key, _)| key == "absent").and_then(|(_, reason)| characters(reason.get())).unwrap_or_else(as_it_is)
        }
        _ => exact(raw).map_or_else(as_it_is, |number| number.to_string()),
    }
}
