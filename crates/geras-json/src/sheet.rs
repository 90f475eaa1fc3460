//! A filled sheet as a file of answers, in JSON and in YAML with remarks for the assessor. What is filled in was decided by the core.

use std::fmt::Write as _;

use geras::Instrument;
use geras::assess::{AnswerProblem, GivenAnswer, Origin, Override, ProblemKind, open_remark, origin_remark};
use geras::carry::{Filled, Mapping, Why};
use geras::definition::Date;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::writer::{indented, on_one_line};
use crate::{Number, Pairs, Person, PersonId};

/// An answer as a file of answers holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerShape(pub GivenAnswer);

impl Serialize for AnswerShape {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            GivenAnswer::Code(text) | GivenAnswer::Text(text) => to.serialize_str(text),
            GivenAnswer::Codes(codes) => to.collect_seq(codes),
            GivenAnswer::Boolean(truth) => to.serialize_bool(*truth),
            GivenAnswer::Number(number) => Number(*number).serialize(to),
            GivenAnswer::Date(date) => to.collect_str(date),
            GivenAnswer::Time(time) => to.collect_str(time),
            GivenAnswer::Absent(reason) => {
                let mut keys = to.serialize_map(Some(1))?;
                keys.serialize_entry("absent", reason.word())?;
                keys.end()
            }
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for AnswerShape {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AnswerShape".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An option code, a number, true or false, a day, a text, a list of option codes, or {absent: reason}.",
            "type": ["string", "number", "boolean", "array", "object"]
        })
    }
}

/// Where an answer was carried from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OriginShape<'a> {
    /// The instrument and edition that it was given to.
    pub from: &'a str,
    /// The items there that it comes from.
    pub items: &'a [String],
    /// Whether the two questions mean the same.
    pub exact: bool,
}

impl<'a> From<&'a Origin> for OriginShape<'a> {
    fn from(origin: &'a Origin) -> Self {
        Self { from: &origin.from, items: &origin.items, exact: origin.exact }
    }
}

/// A file of answers that was filled from another one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SheetShape<'a> {
    /// Names the person or the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a PersonId>,
    /// The day of the assessment.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// The instrument that the answers are for, with its edition.
    instrument: String,
    /// The answers by item; null where it is open.
    answers: Pairs<'a, Option<AnswerShape>>,
    /// Settings that are not at their default.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    settings: Pairs<'a, String>,
    /// A decision beside the computed grade that the sheet held before.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    overridden: Option<crate::Overridden<'a>>,
    /// Where each answer that was carried over comes from.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    carried: Pairs<'a, OriginShape<'a>>,
}

/// A sheet that was filled from another one, ready to be written as a file of answers.
#[derive(Debug, Clone)]
pub struct FilledSheet<'a> {
    /// Names the person or the sheet.
    pub id: Option<&'a PersonId>,
    /// The day of the assessment.
    pub date: Option<Date>,
    /// The instrument that the answers are for.
    pub instrument: &'a Instrument,
    /// The answers.
    pub filled: Filled<'a>,
    /// Settings that are not at their default.
    pub settings: Vec<(&'a str, String)>,
    /// A decision beside the computed grade that the sheet held before.
    pub overridden: Option<&'a Override>,
}

impl<'a> FilledSheet<'a> {
    /// Fills a sheet of `to` from a person's answers to `from`, onto the answers that the same person gave to `to` already.
    ///
    /// # Errors
    /// Either sheet is refused, the two do not belong together, or they contradict each other.
    pub fn fill(
        mapping: &Mapping<'a>,
        (from, person): (&'a Instrument, &'a Person),
        (to, onto): (&'a Instrument, Option<&'a Person>),
    ) -> Result<Self, Vec<AnswerProblem>> {
        let answers = person.answers.as_ref().map_err(Clone::clone)?;
        let onto_answers = onto.map(|onto| onto.answers.as_ref().map_err(Clone::clone)).transpose()?;
        let mut problems = Vec::new();
        let mut differ = |item: &str, kind: ProblemKind| problems.push(AnswerProblem { item: item.to_owned(), kind });
        let ids = (onto.and_then(|onto| onto.id.as_ref()), person.id.as_ref());
        if let (Some(this), Some(other)) = ids
            && this != other
        {
            differ("id", ProblemKind::OtherPerson(this.to_string(), other.to_string()));
        }
        let dates = (onto_answers.and_then(|onto| onto.date()), answers.date());
        if let (Some(this), Some(other)) = dates
            && this != other
        {
            differ("date", ProblemKind::OtherDay(this.to_string(), other.to_string()));
        }
        let date = dates.0.or(dates.1);
        let definition = to.definition();
        if let Some(date) = date.filter(|date| !definition.in_force(*date)) {
            let until = definition.until.as_ref().map(|until| until.value.to_string());
            differ("date", ProblemKind::NotInForce(date.to_string(), definition.from.value.to_string(), until));
        }
        let filled = match mapping.carry(from, answers, to, onto_answers) {
            Ok(filled) => Some(filled),
            Err(clashes) => {
                clashes.into_iter().for_each(|clash| differ(&clash.item.clone(), ProblemKind::CarriedContradicts(Box::new(clash))));
                None
            }
        };
        let changed = |(id, code): &(&str, GivenAnswer)| {
            let setting = definition.settings.iter().find(|setting| setting.id.value == *id);
            setting.and_then(|setting| setting.default.as_ref()).is_none_or(|default| default.value != code.word())
        };
        let settings = onto_answers.map(|onto| onto.settings(to)).unwrap_or_default();
        let settings = settings.into_iter().filter(changed).map(|(id, code)| (id, code.word())).collect();
        let overridden = onto_answers.and_then(|onto| onto.overridden());
        match filled {
            Some(filled) if problems.is_empty() => Ok(Self { id: ids.0.or(ids.1), date, instrument: to, filled, settings, overridden }),
            _ => Err(problems),
        }
    }
}

impl FilledSheet<'_> {
    /// As JSON. What is open stands as `null`.
    #[must_use]
    pub fn json(&self) -> String {
        let fields = self.instrument.plan().fields().iter();
        let answers = fields.filter_map(|field| {
            let answer = self.filled.answers.iter().find(|answer| answer.item == field.id);
            let open = self.filled.open.iter().any(|open| open.item == field.id && open.why != Why::Hidden);
            (answer.is_some() || open).then(|| (field.id.as_str(), answer.map(|answer| AnswerShape(answer.answer.clone()))))
        });
        let carried = self.filled.answers.iter().filter_map(|answer| Some((answer.item.as_str(), answer.origin.as_ref()?.into())));
        indented(&SheetShape {
            id: self.id,
            date: self.date.map(|date| date.to_string()),
            instrument: self.name(),
            answers: answers.collect(),
            settings: self.settings.iter().map(|(id, code)| (*id, code.clone())).collect(),
            overridden: self.overridden.map(crate::Overridden::from),
            carried: carried.collect(),
        })
    }

    /// As YAML, with a remark for each answer that is only near and for each item that is open.
    #[must_use]
    pub fn yaml(&self, language: &str) -> String {
        let mut out = String::new();
        if let Some(id) = self.id {
            let _ = writeln!(out, "id: {}", quoted(id));
        }
        if let Some(date) = self.date {
            let _ = writeln!(out, "date: {date}");
        }
        let _ = writeln!(out, "instrument: {}\nanswers:", self.name());
        let width = self.instrument.plan().fields().iter().map(|field| field.id.len()).max().unwrap_or(0).min(24);
        for field in self.instrument.plan().fields() {
            let text = self.question(&field.id, language);
            if let Some(answer) = self.filled.answers.iter().find(|answer| answer.item == field.id) {
                let remark = match &answer.origin {
                    None => text.to_owned(),
                    Some(origin) => format!("{text}{}", origin_remark(origin, answer.reason, language)),
                };
                line(&mut out, &field.id, &quoted(&AnswerShape(answer.answer.clone())), width, &remark);
            } else if let Some(open) = self.filled.open.iter().find(|open| open.item == field.id && open.why != Why::Hidden) {
                line(&mut out, &field.id, "null", width, &format!("{text}{}", open_remark(open, language)));
            }
        }
        self.rest(&mut out);
        out
    }

    fn rest(&self, out: &mut String) {
        if !self.settings.is_empty() {
            out.push_str("settings:\n");
            self.settings.iter().for_each(|(id, code)| out.push_str(&format!("  {id}: {}\n", quoted(code))));
        }
        if let Some(decision) = self.overridden {
            let _ = writeln!(out, "override: {}", quoted(&crate::Overridden::from(decision)));
        }
        let carried = self.filled.answers.iter().filter_map(|answer| Some((&answer.item, answer.origin.as_ref()?)));
        for (place, (item, origin)) in carried.enumerate() {
            if place == 0 {
                out.push_str("carried:\n");
            }
            let _ = writeln!(out, "  {item}: {}", quoted(&OriginShape::from(origin)));
        }
    }

    fn name(&self) -> String {
        let definition = self.instrument.definition();
        format!("{}@{}", definition.id.value, definition.edition.value)
    }

    fn question(&self, id: &str, language: &str) -> &str {
        let item = self.instrument.definition().items.iter().find(|item| item.id.value == id);
        item.and_then(|item| item.text.as_ref()).map_or("", |text| text.get(language))
    }
}

/// JSON on one line, which is YAML too.
fn quoted(value: &impl Serialize) -> String {
    on_one_line(value)
}

fn line(out: &mut String, id: &str, value: &str, width: usize, remark: &str) {
    let remark = remark.split_whitespace().collect::<Vec<_>>().join(" ");
    let gap = " ".repeat((width + 16).saturating_sub(id.len() + value.len()).max(1));
    let _ = writeln!(out, "  {id}: {value}{gap}# {remark}");
}
