//! Reads an earlier outcome on a pathway, as `assess --json` printed it, and shows what is different. What differs is the core's to compute.

use std::collections::BTreeMap;

use geras::assess::{AnswerProblem, Coded, ProblemKind};
use geras::definition::Date;
use geras::pathway::{COMPARED, EarlierWay, PathwayOutcome, Since};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::PathwayPerson;

/// What of an outcome is read again.
#[derive(Debug, Deserialize)]
struct Printed {
    id: Option<Value>,
    pathway: String,
    date: Option<String>,
    routing: Value,
    instruments: BTreeMap<String, PrintedInstrument>,
    definitions: Vec<PrintedDefinition>,
    #[serde(flatten)]
    lists: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct PrintedInstrument {
    grade: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct PrintedDefinition {
    id: String,
    hash: String,
}

/// This outcome beside an earlier one, of which `text` is what `assess --json` printed.
///
/// # Errors
/// The earlier outcome cannot be read, or is of another person or pathway, or of a later day.
pub fn read_since<'p>(text: &str, person: &PathwayPerson, outcome: &PathwayOutcome<'p>) -> Result<Since<'p>, Vec<AnswerProblem>> {
    let alone = |kind| AnswerProblem { item: "previous".to_owned(), kind };
    let text = text.trim_start_matches('\u{feff}');
    let printed: Printed =
        serde_json::from_str(text).map_err(|fault| vec![alone(ProblemKind::PreviousUnreadable(unreadable(text, &fault)))])?;
    let mut problems = Vec::new();
    let this = outcome.pathway().definition().name();
    let whole = |name: &str| name.split('@').next().unwrap_or(name).to_owned();
    if whole(&printed.pathway) != whole(&this) {
        problems.push(alone(ProblemKind::PreviousInstrument(printed.pathway.clone(), this)));
    }
    let then = printed.id.as_ref().filter(|id| !id.is_null()).map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let now = person.id.as_ref().map(ToString::to_string);
    if let Some((then, now)) = then.zip(now).filter(|(then, now)| then != now) {
        problems.push(alone(ProblemKind::OtherPerson(now, then)));
    }
    let date = printed.date.as_deref().map(|day| Date::parse(day).ok_or_else(|| format!("`{day}` is no day")));
    let date = date.transpose().map_err(|why| vec![alone(ProblemKind::PreviousUnreadable(why))])?;
    if let Some((then, now)) = date.zip(outcome.date()).filter(|(then, now)| then > now) {
        problems.push(alone(ProblemKind::PreviousIsLater(then.to_string(), now.to_string())));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let held = COMPARED.into_iter().flat_map(|kind| {
        let entries = printed.lists.get(kind.key()).and_then(Value::as_array);
        entries.into_iter().flatten().filter_map(Value::as_str).map(move |id| (kind, id.to_owned())).collect::<Vec<_>>()
    });
    // Alerts of instruments stand as `instrument.alert`; the instruments' own comparison tells them.
    let held = held.filter(|(_, id)| !id.contains('.')).collect();
    let grade = |(id, found): (&String, &PrintedInstrument)| Some((id.clone(), found.grade.as_ref()?.as_str()?.to_owned()));
    let earlier = EarlierWay {
        pathway: printed.pathway.clone(),
        definitions: printed.definitions.iter().map(|used| (used.id.clone(), used.hash.clone())).collect(),
        date,
        routing: printed.routing.as_str().map(str::to_owned),
        held,
        grades: printed.instruments.iter().filter_map(grade).collect(),
    };
    Ok(outcome.since(earlier))
}

/// Why a text is no outcome.
fn unreadable(text: &str, fault: &serde_json::Error) -> String {
    match serde_json::from_str::<BTreeMap<String, Value>>(text) {
        Ok(keys) if keys.contains_key("problems") => "it holds a sheet that was refused, and no outcome".to_owned(),
        Ok(_) => format!("it is no outcome of a pathway as `geras assess --json` prints it: {fault}"),
        Err(_) => format!("it is not whole, or no JSON: {fault}"),
    }
}

/// What is different from an earlier outcome.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SinceShape<'a> {
    /// The pathway then, with its edition.
    pub pathway: &'a str,
    /// The day then; null where it was not given.
    pub date: Option<String>,
    /// Whether the pathway, those that it extends and the instruments of both times are the same.
    pub same_rules: bool,
    /// Whether the kind of care setting is another one; null while one of the two is open.
    pub moved: Option<bool>,
    /// The kind then; null where it was open.
    pub before: Option<&'a str>,
    /// The kind now; null while it is open.
    pub after: Option<&'a str>,
    /// The grades of instruments that moved.
    pub grades: Vec<GradeMoved<'a>>,
    /// What holds now and did not then.
    pub began: Vec<ListedClause<'a>>,
    /// What held then and does not now.
    pub ended: Vec<ListedClause<'a>>,
}

/// A grade that moved.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GradeMoved<'a> {
    /// The instrument.
    pub instrument: &'a str,
    /// The grade then.
    pub before: &'a str,
    /// The grade now.
    pub after: &'a str,
}

/// A clause by its list and id.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedClause<'a> {
    /// The list that it stands in: `findings`, `services`, ...
    pub list: &'static str,
    /// Its id.
    pub id: &'a str,
}

impl<'a> SinceShape<'a> {
    pub(super) fn new(since: &'a Since<'_>, outcome: &'a PathwayOutcome<'_>) -> Self {
        let after = if let Coded::Decided(kind) = outcome.routing().kind { Some(kind) } else { None };
        Self {
            pathway: &since.earlier.pathway,
            date: since.earlier.date.map(|date| date.to_string()),
            same_rules: since.same_rules,
            moved: since.moved,
            before: since.earlier.routing.as_deref(),
            after,
            grades: since.grades.iter().map(|(instrument, before, after)| GradeMoved { instrument, before, after }).collect(),
            began: since.began.iter().map(|clause| ListedClause { list: clause.kind.key(), id: &clause.id.value }).collect(),
            ended: since.ended.iter().map(|(kind, id, _)| ListedClause { list: kind.key(), id }).collect(),
        }
    }
}
