//! Reads an earlier outcome on a pathway, as `assess --json` printed it, and shows what is different. What differs is the core's to compute.

use geras::assess::{AnswerProblem, Coded, ProblemKind};
use geras::definition::Date;
use geras::pathway::{COMPARED, EarlierWay, PathwayOutcome, Since};
use serde::Serialize;

use super::PathwayPerson;
use crate::answers::object;
use crate::printed::{Printed, characters, found};

/// This outcome beside an earlier one, of which `text` is what `assess --json` printed.
///
/// # Errors
/// The earlier outcome cannot be read, or is of another person or pathway, or of a later day.
pub fn read_since<'p>(text: &str, person: &PathwayPerson, outcome: &PathwayOutcome<'p>) -> Result<Since<'p>, Vec<AnswerProblem>> {
    let alone = |kind| AnswerProblem { item: "previous".to_owned(), kind };
    let text = text.trim_start_matches('\u{feff}');
    let unusable = |why: String| vec![alone(ProblemKind::PreviousUnreadable(why))];
    let printed = Printed::read(text, "outcome of a pathway").map_err(unusable)?;
    let of_then = printed.text("pathway").map_err(unusable)?.ok_or_else(|| unusable(printed.no("it has no `pathway`")))?;
    let mut problems = Vec::new();
    let this = outcome.pathway().definition().name();
    let whole = |name: &str| name.split('@').next().unwrap_or(name).to_owned();
    if whole(&of_then) != whole(&this) {
        problems.push(alone(ProblemKind::PreviousInstrument(of_then.clone(), this)));
    }
    let now = person.id.as_ref().map(ToString::to_string);
    if let Some((then, now)) = printed.person().zip(now).filter(|(then, now)| then != now) {
        problems.push(alone(ProblemKind::OtherPerson(now, then)));
    }
    let date = printed.text("date").map_err(unusable)?;
    let date = date.map(|day| Date::parse(&day).ok_or_else(|| unusable(format!("`{day}` is no day")))).transpose()?;
    if let Some((then, now)) = date.zip(outcome.date()).filter(|(then, now)| then > now) {
        problems.push(alone(ProblemKind::PreviousIsLater(then.to_string(), now.to_string())));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut held = Vec::new();
    for kind in COMPARED {
        // What was open stands with keys of its own.
        let ids = printed.list(kind.key()).unwrap_or_default().into_iter().filter_map(|entry| characters(entry.get()));
        // Alerts of instruments stand as `instrument.alert`; the instruments' own comparison tells them.
        held.extend(ids.filter(|id| !id.contains('.')).map(|id| (kind, id)));
    }
    let mut grades = Vec::new();
    for (instrument, value) in printed.named("instruments").map_err(unusable)? {
        let keys = object(value.get()).ok_or_else(|| unusable(printed.no(&format!("`{instrument}` is no outcome"))))?;
        let grade = found(&keys, "grade").and_then(|grade| characters(grade.get()));
        grades.extend(grade.map(|grade| (instrument.into_owned(), grade)));
    }
    let mut definitions = Vec::new();
    for definition in printed.list("definitions").ok_or_else(|| unusable(printed.no("it names no definition")))? {
        let keys = object(definition.get()).unwrap_or_default();
        let of_definition = |key| printed.of_definition(&keys, key).map_err(unusable);
        definitions.push((of_definition("id")?, of_definition("hash")?));
    }
    let routing = printed.found("routing").and_then(|routing| characters(routing.get()));
    let earlier = EarlierWay { pathway: of_then, definitions, date, routing, held, grades };
    Ok(outcome.since(earlier))
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
