//! A whole pathway: assessments, inputs, care settings, and the clauses that lead to one and say what goes with it.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::instrument::{Effective, Licence, Provenance, Publication};
use super::item::{AbsentReason, Item, OptionList, Setting};
use super::scalar::{Code, Expression, Id, InstrumentId, InstrumentName, Jurisdiction, Number, Plain, Texts, Whole};

/// A care pathway in one edition: which instruments are used for whom, and where that leads.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Pathway {
    /// The pathway's id, the same as its folder: small letters, digits and hyphens.
    pub pathway: InstrumentId,
    /// The published issue, the same as the file's name.
    pub edition: Code,
    /// The days on which this edition is in force.
    pub effective: Effective,
    /// Where it holds: an ISO 3166 code such as CN or CN-SH, or INTL.
    pub jurisdiction: Jurisdiction,
    /// The languages that every text of this file has.
    #[schemars(length(min = 1))]
    pub languages: Vec<Plain>,
    /// The pathway's name.
    pub title: Texts,
    /// What it is for and what it leaves out.
    pub description: Option<Texts>,
    /// The publication that it was built from.
    pub source: Publication,
    /// What may be done with it.
    pub licence: Licence,
    /// How sure its rules are.
    pub provenance: Provenance,
    /// The pathway that this one builds on, like cn/eldercare-triage. Everything of it holds, but for what is replaced by id or removed.
    pub extends: Option<InstrumentName>,
    /// What is taken away from the extended pathway, by list.
    pub remove: Option<Remove>,
    /// The absent reasons that every input allows, unless it states its own list.
    pub absent: Option<Vec<AbsentReason>>,
    /// Named switches; a site may choose.
    pub settings: Option<Vec<Setting>>,
    /// Lists of options that several inputs share, by name.
    pub option_lists: Option<BTreeMap<Id, OptionList>>,
    /// The instruments that are used.
    pub assessments: Option<Vec<Assessment>>,
    /// Facts about the person, the situation and the wishes.
    pub inputs: Option<Vec<Item>>,
    /// The care settings with their kinds.
    pub care_settings: Option<Vec<CareSetting>>,
    /// Named conclusions that other clauses build on.
    pub findings: Option<Vec<Named>>,
    /// Answers that contradict each other.
    pub contradictions: Option<Vec<Named>>,
    /// Where people are sent.
    pub routing: Option<Routing>,
    /// Wishes of the person that overrule the rules; the first that holds decides.
    pub wishes: Option<Vec<Rule>>,
    /// What is to be provided.
    pub services: Option<Vec<Service>>,
    /// Proposals to send the person somewhere.
    pub referrals: Option<Vec<Referral>>,
    /// What may be applied for.
    pub entitlements: Option<Vec<Entitlement>>,
    /// What calls for attention.
    pub alerts: Option<Vec<PathwayAlert>>,
    /// Points for the waiting order.
    pub priority: Option<Vec<Priority>>,
    /// When to look again; the shortest that holds counts.
    pub review: Option<Vec<Review>>,
    /// What may never come out; proved for everybody.
    pub safeguards: Option<Vec<Safeguard>>,
}

/// Ids that are taken away from the extended pathway.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is a list of ids of the list of the same name")]
pub struct Remove {
    pub inputs: Option<Vec<Id>>,
    pub assessments: Option<Vec<Id>>,
    pub kinds: Option<Vec<Id>>,
    pub findings: Option<Vec<Id>>,
    pub contradictions: Option<Vec<Id>>,
    pub rules: Option<Vec<Id>>,
    pub wishes: Option<Vec<Id>>,
    pub services: Option<Vec<Id>>,
    pub referrals: Option<Vec<Id>>,
    pub entitlements: Option<Vec<Id>>,
    pub alerts: Option<Vec<Id>>,
    pub priority: Option<Vec<Id>>,
    pub review: Option<Vec<Id>>,
}

/// An instrument that is used.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Assessment {
    /// The name that expressions use.
    pub id: Id,
    /// The instrument, with its place or edition where wanted. Without an edition the day of the assessment decides.
    pub instrument: InstrumentName,
    /// For whom it is called for. Without it, for everybody.
    pub when: Option<Expression>,
    /// Whether the pathway asks for it, or only makes use of it.
    pub need: Option<Need>,
    /// The assessment in whose place it may be done.
    pub instead_of: Option<Id>,
    /// Why it is done.
    pub reason: Option<Texts>,
}

/// How much an assessment is needed.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Need {
    /// It is asked for.
    Required,
    /// It is made use of where it is there.
    Offered,
}

/// A care setting.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CareSetting {
    /// Its id, such as home, community, institution, hospice.
    pub id: Id,
    /// Its name.
    pub label: Texts,
    /// The kinds of places in it.
    pub kinds: Vec<SettingKind>,
}

/// A kind of care setting.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SettingKind {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub label: Texts,
}

/// A finding or a contradiction. By its id it stands for yes or no in expressions.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Named {
    /// Its id.
    pub id: Id,
    /// When it holds.
    pub when: Expression,
    /// What it says.
    pub text: Texts,
    /// What to do about it.
    pub advice: Option<Texts>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
    /// Whose rule it is.
    pub basis: Option<Basis>,
    /// The clause of the extended pathway before which it is put.
    pub before: Option<Id>,
}

/// Whose rule a clause is.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Basis {
    /// A law or an official document.
    Official,
    /// A published standard or paper.
    Published,
    /// A rule of this place.
    Local,
    /// An example; nobody has set it.
    Illustrative,
}

/// The routing rules.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Routing {
    /// Which rule counts where several hold. May be left out where another pathway is extended.
    pub hit: Option<RuleHit>,
    /// The rules.
    pub rules: Option<Vec<Rule>>,
    /// The rule for all who are left.
    pub otherwise: Option<LastRule>,
}

/// Which rule counts.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum RuleHit {
    /// The first one.
    First,
    /// No two may hold for one person.
    Unique,
}

/// Where people are sent: rules differ only in whether they have a condition.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident {$($(#[doc = $own:literal])+ $key:ident: $type:ty,)*} weigh: $weigh:literal)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            /// Its id.
            pub id: Id,
            $($(#[doc = $own])+ pub $key: $type,)*
            /// The kind of care setting, or needs_judgement.
            pub to: Id,
            /// Why, in words.
            pub reason: Texts,
            /// What to do about it.
            pub advice: Option<Texts>,
            /// Other kinds that are acceptable, best first.
            pub alternatives: Option<Vec<Alternative>>,
            #[doc = $weigh]
            pub weigh: Option<Vec<Texts>>,
            /// The clause it comes from.
            pub cite: Option<Plain>,
            /// Whose rule it is.
            pub basis: Option<Basis>,
            /// The clause of the extended pathway before which it is put.
            pub before: Option<Id>,
        }
    )+};
}

rules! {
    /// A routing rule or a wish.
    Rule {
        /// When it holds.
        when: Expression,
    }
    weigh: "What the panel has to weigh; only, and always, with needs_judgement."

    /// The rule for all who are left.
    LastRule {}
    weigh: "What the panel has to weigh."
}

/// Another kind that is acceptable.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Alternative {
    /// The kind.
    pub to: Id,
    /// What it would take.
    pub takes: Texts,
}

/// The six links of care.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words say it")]
pub enum Link {
    Education,
    Prevention,
    Treatment,
    Rehabilitation,
    LongTermCare,
    Hospice,
}

/// How soon.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Pressing {
    /// Today.
    Now,
    /// Within days.
    Soon,
    /// At the next occasion.
    Routine,
}

/// Clauses that say something, each with a key of its own.
macro_rules! clauses {
    ($($(#[doc = $doc:literal])+ $name:ident {$($(#[doc = $own:literal])+ $key:ident: $type:ty,)*})+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            /// Its id.
            pub id: Id,
            $($(#[doc = $own])+ pub $key: $type,)*
            /// What it says.
            pub text: Texts,
            /// What to do about it.
            pub advice: Option<Texts>,
            /// The clause it comes from.
            pub cite: Option<Plain>,
            /// Whose rule it is.
            pub basis: Option<Basis>,
            /// The clause of the extended pathway before which it is put.
            pub before: Option<Id>,
        }
    )+};
}

clauses! {
    /// Something to provide.
    Service {
        /// When.
        when: Expression,
        /// The link of care that it belongs to.
        link: Link,
    }
    /// A proposal to send the person somewhere.
    Referral {
        /// When.
        when: Expression,
        /// How soon.
        urgency: Pressing,
    }
    /// Money or help that may be applied for.
    Entitlement {
        /// When.
        when: Expression,
    }
    /// What calls for attention.
    PathwayAlert {
        /// When.
        when: Expression,
        /// How soon.
        urgency: Pressing,
    }
    /// Points for the waiting order.
    Priority {
        /// When.
        when: Expression,
        /// The points, more before less.
        points: Number,
    }
    /// When to look again.
    Review {
        /// For whom.
        when: Expression,
        /// In how many days.
        days: Whole,
    }
    /// What may never come out.
    Safeguard {
        /// What may never hold, for nobody.
        never: Expression,
    }
}
