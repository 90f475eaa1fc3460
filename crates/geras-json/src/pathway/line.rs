//! One person's outcome on a pathway as a batch writes it, a line a person. Without explanation, labels and hashes.

use geras::assess::Holds;
use geras::definition::{Clause, ClauseKind};
use geras::pathway::{AssessmentOutcome, PathwayOutcome, Waiting};
use serde::Serialize;

use crate::{CodeValue, Conclusion, Line, Number, Overridden, Pairs, PersonId, Refused, ScoreValue, Status};

/// A line of a batch on a pathway: the results, or why the sheet was refused.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "made, written and dropped at once, one at a time")]
pub enum PathwayBatchLine<'a> {
    /// The results.
    Assessed(PathwayLine<'a>),
    /// The sheet was refused.
    Refused(Refused<'a>),
}

/// One person's results on a pathway.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayLine<'a> {
    /// Names the person or the sheet, as it was given; null where nothing was given.
    pub id: Option<&'a PersonId>,
    /// True where the sheet is marked as made up by a program; left out for all others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub synthetic: bool,
    /// The pathway, with its edition.
    pub pathway: String,
    /// The day of the assessment; null where it was not given.
    pub date: Option<String>,
    /// Whether the care setting is decided. Clauses that are still open say so one by one.
    pub status: Status,
    /// The care setting, or those it can still be; `needs_judgement` where people have to decide.
    pub setting: CodeValue<'a>,
    /// The kind of care setting, after the person's wishes.
    pub routing: CodeValue<'a>,
    /// The kind that the rules alone propose.
    pub proposal: CodeValue<'a>,
    /// The rule that decided; null while that is open.
    pub rule: Option<&'a str>,
    /// The wish of the person that overrules the rules; null where none does.
    pub wish: Option<&'a str>,
    /// Other kinds that are acceptable, best first.
    pub alternatives: Vec<&'a str>,
    /// Answers that contradict each other.
    pub contradictions: Vec<Conclusion<'a>>,
    /// What calls for attention: alerts of the pathway, and those of its instruments as `instrument.alert`.
    pub alerts: Vec<String>,
    /// What was found.
    pub findings: Vec<Conclusion<'a>>,
    /// What is to be provided.
    pub services: Vec<Conclusion<'a>>,
    /// Where the person should be sent.
    pub referrals: Vec<Conclusion<'a>>,
    /// What may be applied for.
    pub entitlements: Vec<Conclusion<'a>>,
    /// The place in the waiting order.
    pub priority: PriorityShape<'a>,
    /// When to look again; null where nothing asks for it.
    pub review: Option<ReviewShape<'a>>,
    /// Where anything is open: what it waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_on: Option<Vec<WaitingItems<'a>>>,
    /// Open care settings only: what to find out first, the most telling first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub find_out_first: Vec<WaitingItems<'a>>,
    /// A panel's decision beside the computed setting; its `grade` is a kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden<'a>>,
    /// The results of each instrument that was done, by its id.
    pub instruments: Pairs<'a, Line<'a>>,
}

/// The place in the waiting order.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PriorityShape<'a> {
    /// The points, more before less; what they can still be while something is open.
    pub points: ScoreValue,
    /// What they are given for.
    pub reasons: Pairs<'a, Number>,
}

/// When to look again.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewShape<'a> {
    /// The clause that asks for it.
    pub id: &'a str,
    /// In how many days.
    pub days: u32,
    /// The day; null where the day of the assessment was not given.
    pub due: Option<String>,
}

/// Items that something open waits for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitingItems<'a> {
    /// The instrument; null for the pathway's own inputs.
    pub instrument: Option<&'a str>,
    /// The items; empty where the whole assessment is to be done.
    pub items: Vec<&'a str>,
}

impl<'a> PathwayLine<'a> {
    /// The line of an outcome.
    #[must_use]
    pub fn new(id: Option<&'a PersonId>, outcome: &'a PathwayOutcome<'_>) -> Self {
        let decided = outcome.is_decided();
        let (routing, proposal) = (outcome.routing(), outcome.proposal());
        let way = outcome.wish().or_else(|| outcome.rule()).and_then(Clause::way);
        let of_kind = |kind: ClauseKind| {
            outcome.clauses(kind).filter_map(|found| Conclusion::new(&found.clause.id.value, found.holds)).collect::<Vec<_>>()
        };
        let mut alerts: Vec<String> = outcome
            .clauses(ClauseKind::Alert)
            .filter(|found| found.holds == Holds::Yes)
            .map(|found| found.clause.id.value.clone())
            .collect();
        let mut instruments = Vec::new();
        for found in outcome.instruments() {
            let AssessmentOutcome::Done(result) = &found.outcome else { continue };
            let raised = result.alerts().filter(|alert| alert.holds == Holds::Yes);
            alerts.extend(raised.map(|alert| format!("{}.{}", found.instrument, alert.alert.id.value)));
            instruments.push((found.instrument, Line::new(None, result)));
        }
        let priority = outcome.priority();
        Self {
            id,
            synthetic: outcome.is_synthetic(),
            pathway: outcome.pathway().definition().name(),
            date: outcome.date().map(|date| date.to_string()),
            status: if decided { Status::Decided } else { Status::Open },
            setting: CodeValue::from(routing.setting),
            routing: CodeValue::from(routing.kind),
            proposal: CodeValue::from(proposal.kind),
            rule: outcome.rule().map(|rule| rule.id.value.as_str()),
            wish: outcome.wish().map(|wish| wish.id.value.as_str()),
            alternatives: way.into_iter().flat_map(|way| &way.alternatives).map(|other| other.to.value.as_str()).collect(),
            contradictions: of_kind(ClauseKind::Contradiction),
            alerts,
            findings: of_kind(ClauseKind::Finding),
            services: of_kind(ClauseKind::Service),
            referrals: of_kind(ClauseKind::Referral),
            entitlements: of_kind(ClauseKind::Entitlement),
            priority: PriorityShape {
                points: ScoreValue::from(priority.points),
                reasons: priority.reasons.iter().map(|(clause, points)| (clause.id.value.as_str(), Number(*points))).collect(),
            },
            review: outcome.review().map(|review| ReviewShape {
                id: &review.clause.id.value,
                days: review.days,
                due: review.due.map(|due| due.to_string()),
            }),
            waiting_on: Some(outcome.waiting_on())
                .filter(|all| !all.is_empty())
                .map(|all| all.into_iter().map(WaitingItems::from).collect()),
            find_out_first: outcome.deciding().into_iter().map(WaitingItems::from).collect(),
            overridden: outcome.overridden().map(Overridden::from),
            instruments: Pairs(instruments),
        }
    }
}

impl<'a> From<Waiting<'a>> for WaitingItems<'a> {
    fn from(waiting: Waiting<'a>) -> Self {
        Self { instrument: waiting.instrument, items: waiting.items }
    }
}
