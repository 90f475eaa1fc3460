//! The full account of one person on a pathway: the line of a batch, the report in its languages, the rules that held, and their hashes.

use geras::assess::{Holds, Story, story};
use geras::definition::{Clause, ClauseKind, Urgency};
use geras::pathway::{AssessmentOutcome, PathwayOutcome, Since};
use serde::Serialize;

use super::line::PathwayLine;
use super::since::SinceShape;
use crate::{Pairs, PersonId, Refused, UsedDefinition};

/// What `assess` answers for a pathway: the account, or why the sheet was refused.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum PathwayOutput<'a> {
    /// The account.
    Assessed(Box<PathwayAccount<'a>>),
    /// The sheet was refused.
    Refused(Refused<'a>),
}

/// The account of one person on a pathway.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayAccount<'a> {
    /// The results, the same as in a batch.
    #[serde(flatten)]
    pub line: PathwayLine<'a>,
    /// The rules, wishes and other clauses that hold, with what they say and whose they are.
    pub clauses: Vec<ClauseShape<'a>>,
    /// What else is acceptable, and what it would take.
    pub ways: Vec<Way<'a>>,
    /// What would have to be different for another care setting; empty while it is open.
    pub differences: Vec<WhatIf<'a>>,
    /// What is different from an earlier outcome, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<SinceShape<'a>>,
    /// The report by language.
    pub report: Pairs<'a, StoryShape>,
    /// The definitions that were used: the pathway, those that it extends, and its instruments.
    pub definitions: Vec<UsedDefinition<'a>>,
    /// The version of geras.
    pub engine: &'static str,
}

/// A clause that holds.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClauseShape<'a> {
    /// The list that it stands in: `rules`, `services`, ...
    pub list: &'static str,
    /// Its id.
    pub id: &'a str,
    /// What it says, by language.
    pub text: Pairs<'a, &'a str>,
    /// The clause that it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
    /// Whose rule it is: `official`, `published`, `local`, `illustrative`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<&'a str>,
    /// The pathway that it was written for.
    pub pathway: &'a str,
}

/// Another kind that is acceptable.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Way<'a> {
    /// The kind.
    pub to: &'a str,
    /// What it would take, by language.
    pub takes: Pairs<'a, &'a str>,
}

/// One change that alone leads to another care setting.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhatIf<'a> {
    /// The input, or the result as expressions name it.
    pub of: &'a str,
    /// What it is now.
    pub now: String,
    /// What it would have to be.
    pub needed: String,
    /// The kind that follows.
    pub gives: &'a str,
}

/// The report in one language.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoryShape {
    /// The name of the pathway.
    pub title: String,
    /// Where it comes from, which edition, when the person was assessed.
    pub facts: Vec<String>,
    /// The result in one or two sentences.
    pub headline: Vec<String>,
    /// Everything else, in the order in which it matters.
    pub chapters: Vec<ChapterShape>,
}

/// A headed list of sentences.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChapterShape {
    /// Names the list.
    pub id: &'static str,
    /// Its heading.
    pub heading: String,
    /// Its sentences.
    pub lines: Vec<SaidShape>,
}

/// A sentence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaidShape {
    /// The sentence.
    pub text: String,
    /// `now`, `soon` or `routine`, where it presses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<&'static str>,
    /// Whether it depends on what is not known yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}

impl<'a> PathwayAccount<'a> {
    /// The account of an outcome, beside an earlier one where there is one, with a report in each of these languages.
    #[must_use]
    pub fn new(id: Option<&'a PersonId>, outcome: &'a PathwayOutcome<'a>, since: Option<&'a Since<'a>>, languages: &[&'a str]) -> Self {
        let definition = outcome.pathway().definition();
        let kinds = ClauseKind::ALL.into_iter().filter(|kind| *kind != ClauseKind::Safeguard && *kind != ClauseKind::Rule);
        let holding = kinds.flat_map(|kind| outcome.clauses(kind)).filter(|found| found.holds == Holds::Yes).map(|found| found.clause);
        let way = outcome.wish().or_else(|| outcome.rule()).and_then(Clause::way);
        let rules = std::iter::once(&definition.head).chain(outcome.pathway().bases()).map(|head| UsedDefinition::new(head, None));
        let done = outcome.instruments().iter().filter_map(|found| match &found.outcome {
            AssessmentOutcome::Done(result) => Some(UsedDefinition::new(result.instrument().definition(), result.instrument().texts())),
            _ => None,
        });
        let plan = outcome.pathway().plan();
        Self {
            line: PathwayLine::new(id, outcome),
            clauses: outcome.rule().into_iter().chain(holding).map(|clause| ClauseShape::new(clause, languages)).collect(),
            ways: way
                .into_iter()
                .flat_map(|way| &way.alternatives)
                .map(|other| Way { to: &other.to.value, takes: by_language(&other.takes, languages) })
                .collect(),
            differences: outcome
                .differences()
                .into_iter()
                .map(|difference| WhatIf {
                    of: match (difference.input, difference.result) {
                        (Some(item), _) => &item.id.value,
                        (None, Some(result)) => plan.name_of(result.field),
                        (None, None) => "",
                    },
                    now: difference.now,
                    needed: difference.needed,
                    gives: difference.gives,
                })
                .collect(),
            since: since.map(|since| SinceShape::new(since, outcome)),
            report: languages.iter().map(|language| (*language, StoryShape::from(story(outcome, since, language)))).collect(),
            definitions: rules.chain(done).collect(),
            engine: env!("CARGO_PKG_VERSION"),
        }
    }
}

fn by_language<'a>(texts: &'a geras::definition::Texts, languages: &[&'a str]) -> Pairs<'a, &'a str> {
    languages.iter().map(|language| (*language, texts.get(language))).collect()
}

impl<'a> ClauseShape<'a> {
    fn new(clause: &'a Clause, languages: &[&'a str]) -> Self {
        Self {
            list: clause.kind.key(),
            id: &clause.id.value,
            text: by_language(&clause.text, languages),
            cite: clause.cite.as_deref(),
            basis: clause.basis.as_ref().map(|basis| basis.value.as_str()),
            pathway: &clause.pathway,
        }
    }
}

impl From<Story> for StoryShape {
    fn from(story: Story) -> Self {
        let chapters = story.chapters.into_iter().map(|chapter| ChapterShape {
            id: chapter.id,
            heading: chapter.heading,
            lines: chapter
                .lines
                .into_iter()
                .map(|line| SaidShape { text: line.text, urgency: line.urgency.map(Urgency::word), open: line.open })
                .collect(),
        });
        Self { title: story.title, facts: story.facts, headline: story.headline, chapters: chapters.collect() }
    }
}
