//! A pathway as it was read: assessments, care settings and conditional clauses, with places. Not yet known to be sound.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::form::{ExpressionText, Id};
use super::model::Definition;
use super::text::Texts;
use crate::source::{Source, Span, Spanned};

/// What a pathway's file says. Inputs and settings stand in `head`, as in an instrument.
#[derive(Debug, Clone)]
pub struct PathwayDefinition {
    /// Id, edition, days in force, source, licence, provenance, inputs, settings.
    pub head: Definition,
    /// The text that each input was written in: the pathway's own, or that of a pathway it extends.
    pub input_sources: Vec<Source>,
    /// The pathway that this one extends.
    pub extends: Option<Id>,
    /// The ids that are taken away from the extended pathway, by the key of their list.
    pub removed: Vec<(ClauseList, Id)>,
    /// The instruments that are used.
    pub assessments: Vec<Assessment>,
    /// The care settings, in the author's order.
    pub care_settings: Vec<CareSetting>,
    /// How the routing rules count.
    pub hit: Option<Spanned<RuleHit>>,
    /// Findings, rules, services and all other clauses; each kind in the author's order.
    pub clauses: Vec<Clause>,
}

/// A list from which an extending pathway can take something away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseList {
    /// Inputs.
    Inputs,
    /// Assessments.
    Assessments,
    /// Kinds of care settings.
    Kinds,
    /// Clauses of a kind.
    Clauses(ClauseKind),
}

/// Which routing rule counts where several hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleHit {
    /// The first one.
    First,
    /// No two may hold for one person.
    Unique,
}

/// An instrument that a pathway uses.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The text that it was written in.
    pub source: Source,
    /// The name that expressions use.
    pub id: Id,
    /// The instrument: its id, with jurisdiction or edition where wanted.
    pub instrument: Id,
    /// For whom it is called for; for everybody where nothing is written.
    pub when: Option<ExpressionText>,
    /// Whether the pathway asks for it, or only makes use of it where it is there.
    pub required: bool,
    /// The assessment in whose place it may be done.
    pub instead_of: Option<Id>,
    /// Why it is done.
    pub reason: Option<Texts>,
}

/// A care setting with the kinds of places in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareSetting {
    /// Its id: `home`, `community`, `institution`, `hospice`, or another.
    pub id: Id,
    /// Its name in words.
    pub label: Texts,
    /// The kinds of places.
    pub kinds: Vec<SettingKind>,
}

/// A kind of place in a care setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingKind {
    /// The text that it was written in.
    pub source: Source,
    /// Its id.
    pub id: Id,
    /// Its name in words.
    pub label: Texts,
}

/// A list of clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClauseKind {
    /// A named conclusion that other clauses build on.
    Finding,
    /// Answers that contradict each other.
    Contradiction,
    /// A routing rule.
    Rule,
    /// A wish of the person that overrules the routing rules.
    Wish,
    /// Something to provide.
    Service,
    /// A proposal to send the person somewhere.
    Referral,
    /// Money or help that should be applied for.
    Entitlement,
    /// What calls for attention now.
    Alert,
    /// Points for the waiting order.
    Priority,
    /// When to look again.
    Review,
    /// What may never come out.
    Safeguard,
}

impl ClauseKind {
    /// All kinds, in the order of a report.
    pub const ALL: [Self; 11] = [
        Self::Contradiction,
        Self::Alert,
        Self::Finding,
        Self::Rule,
        Self::Wish,
        Self::Service,
        Self::Referral,
        Self::Entitlement,
        Self::Priority,
        Self::Review,
        Self::Safeguard,
    ];

    /// The key under which the list stands.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Finding => "findings",
            Self::Contradiction => "contradictions",
            Self::Rule => "rules",
            Self::Wish => "wishes",
            Self::Service => "services",
            Self::Referral => "referrals",
            Self::Entitlement => "entitlements",
            Self::Alert => "alerts",
            Self::Priority => "priority",
            Self::Review => "review",
            Self::Safeguard => "safeguards",
        }
    }

    /// One of it, in words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Contradiction => "contradiction",
            Self::Rule => "rule",
            Self::Wish => "wish",
            Self::Service => "service",
            Self::Referral => "referral",
            Self::Entitlement => "entitlement",
            Self::Alert => "alert",
            Self::Priority => "reason for priority",
            Self::Review => "review",
            Self::Safeguard => "safeguard",
        }
    }

    /// Whether other expressions may use a clause of this kind by its id, as yes or no.
    #[must_use]
    pub const fn has_a_name(self) -> bool {
        !matches!(self, Self::Rule | Self::Wish | Self::Safeguard)
    }
}

/// Something that holds for some people and not for others.
#[derive(Debug, Clone)]
pub struct Clause {
    /// The text that it was written in.
    pub source: Source,
    /// The pathway that it was written for: `cn/eldercare-triage@2026`.
    pub pathway: Arc<str>,
    /// Its place.
    pub span: Span,
    /// Which list it stands in.
    pub kind: ClauseKind,
    /// Its id.
    pub id: Id,
    /// When it holds; always, where nothing is written (only the rule under `otherwise`).
    pub when: Option<ExpressionText>,
    /// What it says: the reason of a rule, the name of a service.
    pub text: Texts,
    /// What to do about it.
    pub advice: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<String>,
    /// Whose rule it is: `official`, `published`, `local`, `illustrative`.
    pub basis: Option<Id>,
    /// What it brings beyond its text.
    pub detail: Detail,
    /// The clause of the extended pathway before which it is put.
    pub before: Option<Id>,
}

/// What a clause brings, by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Nothing beyond its text.
    Plain,
    /// A rule or wish: where to.
    Way(Way),
    /// A service: the link of care that it belongs to.
    Service(Spanned<&'static str>),
    /// A referral or alert: how urgent it is.
    Urgency(Urgency),
    /// A reason for priority: its points.
    Points(Decimal),
    /// A review: in how many days.
    Days(u32),
}

/// How soon something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// At once, today.
    Now,
    /// Within days.
    Soon,
    /// At the next occasion.
    Routine,
}

impl Urgency {
    /// The word of the definition language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Soon => "soon",
            Self::Routine => "routine",
        }
    }
}

/// Where a rule or a wish leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// A kind of a care setting, or `needs_judgement`.
    pub to: Id,
    /// What else is acceptable, best first.
    pub alternatives: Vec<Alternative>,
    /// What the panel has to weigh, where it has to judge.
    pub weigh: Vec<Texts>,
}

/// Another kind that is acceptable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// A kind of a care setting.
    pub to: Id,
    /// What it would take.
    pub takes: Texts,
}

/// The word that stands for a person on whom people have to decide.
pub const NEEDS_JUDGEMENT: &str = "needs_judgement";

impl PathwayDefinition {
    /// All kinds of all care settings with their setting, in the author's order.
    pub fn kinds(&self) -> impl Iterator<Item = (&CareSetting, &SettingKind)> {
        self.care_settings.iter().flat_map(|setting| setting.kinds.iter().map(move |kind| (setting, kind)))
    }

    /// The clauses of a kind with their places in `clauses`, in order.
    pub fn of_kind(&self, kind: ClauseKind) -> impl Iterator<Item = (usize, &Clause)> {
        self.clauses.iter().enumerate().filter(move |(_, clause)| clause.kind == kind)
    }

    /// The full name with the edition: `cn/eldercare-triage@2026`.
    #[must_use]
    pub fn name(&self) -> String {
        self.head.full_name()
    }
}

impl Clause {
    /// Where a rule or wish leads.
    #[must_use]
    pub const fn way(&self) -> Option<&Way> {
        if let Detail::Way(way) = &self.detail { Some(way) } else { None }
    }
}
