//! A pathway as data, as `describe` prints it: assessments, inputs, care settings, and every clause with whose rule it is.

use geras::Pathway;
use geras::definition::{Clause, ClauseKind, Detail};
use serde::Serialize;

use crate::describe::{InWords, in_words};
use crate::{ItemShape, Number, Pairs, Provenance};

/// A pathway as data.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayDescription<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its edition.
    pub edition: &'a str,
    /// Where it holds.
    pub jurisdiction: &'a str,
    /// The first day in force.
    pub from: String,
    /// The last day in force; null while it holds.
    pub until: Option<String>,
    /// The languages that every text has.
    pub languages: Vec<&'a str>,
    /// Its name.
    pub title: InWords<'a>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<InWords<'a>>,
    /// How sure its rules are.
    pub provenance: Provenance<'a>,
    /// The pathways that it extends, nearest first.
    pub extends: Vec<String>,
    /// The instruments that it uses.
    pub assessments: Vec<AssessmentShape<'a>>,
    /// Facts about the person.
    pub inputs: Vec<ItemShape<'a>>,
    /// Named switches.
    pub settings: Vec<ItemShape<'a>>,
    /// The care settings with their kinds.
    pub care_settings: Vec<CareSettingShape<'a>>,
    /// The clauses by list, in the order of the file.
    pub clauses: Pairs<'a, Vec<ClauseDescription<'a>>>,
    /// SHA-256 of its text in hexadecimal.
    pub hash: &'a str,
}

/// An instrument that a pathway uses.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssessmentShape<'a> {
    /// The name that expressions use.
    pub id: &'a str,
    /// The instrument, as it was named.
    pub instrument: &'a str,
    /// The name of its instrument.
    pub title: InWords<'a>,
    /// The key of its answers on a sheet.
    pub answers: &'a str,
    /// The editions that may be used, oldest first.
    pub editions: Vec<&'a str>,
    /// Whether it is asked for.
    pub required: bool,
    /// The assessment in whose place it may be done.
    pub instead_of: Option<&'a str>,
    /// For whom it is called for; null for everybody.
    pub when: Option<&'a str>,
    /// Why it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<InWords<'a>>,
}

/// A care setting.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CareSettingShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub label: InWords<'a>,
    /// Its kinds.
    pub kinds: Vec<KindShape<'a>>,
}

/// A kind of care setting.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KindShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub label: InWords<'a>,
}

/// A clause.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClauseDescription<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its condition; null where it always holds.
    pub when: Option<&'a str>,
    /// What it says.
    pub text: InWords<'a>,
    /// The kind that a rule or wish leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<&'a str>,
    /// The link of care of a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'a str>,
    /// The urgency of a referral or alert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<&'a str>,
    /// The points of a reason for priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Number>,
    /// The days of a review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// The clause that it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
    /// Whose rule it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<&'a str>,
    /// The pathway that it was written for.
    pub pathway: &'a str,
}

impl<'a> PathwayDescription<'a> {
    /// The description of a pathway.
    #[must_use]
    pub fn new(pathway: &'a Pathway) -> Self {
        let definition = pathway.definition();
        let head = &definition.head;
        let assessments = definition.assessments.iter().zip(pathway.instruments()).map(|(assessment, editions)| AssessmentShape {
            id: &assessment.id.value,
            instrument: &assessment.instrument.value,
            title: editions.last().map_or(Pairs(Vec::new()), |instrument| in_words(&instrument.definition().title)),
            answers: editions.last().map_or("", |instrument| &instrument.definition().id.value),
            editions: editions.iter().map(|edition| edition.definition().edition.value.as_str()).collect(),
            required: assessment.required,
            instead_of: assessment.instead_of.as_ref().map(|other| other.value.as_str()),
            when: assessment.when.as_ref().map(|when| when.scalar.text.as_str()),
            reason: assessment.reason.as_ref().map(in_words),
        });
        let settings = definition.care_settings.iter().map(|setting| CareSettingShape {
            id: &setting.id.value,
            label: in_words(&setting.label),
            kinds: setting.kinds.iter().map(|kind| KindShape { id: &kind.id.value, label: in_words(&kind.label) }).collect(),
        });
        let clauses = ClauseKind::ALL
            .into_iter()
            .map(|kind| (kind.key(), definition.of_kind(kind).map(|(_, clause)| ClauseDescription::from(clause)).collect()));
        Self {
            id: &head.id.value,
            edition: &head.edition.value,
            jurisdiction: &head.jurisdiction.value,
            from: head.from.value.to_string(),
            until: head.until.as_ref().map(|until| until.value.to_string()),
            languages: head.languages.iter().map(|language| language.value.as_str()).collect(),
            title: in_words(&head.title),
            description: head.description.as_ref().map(in_words),
            provenance: Provenance::from(&head.provenance),
            extends: pathway.bases().iter().map(geras::definition::Definition::full_name).collect(),
            assessments: assessments.collect(),
            inputs: head.items.iter().map(ItemShape::from).collect(),
            settings: head.settings.iter().map(ItemShape::from).collect(),
            care_settings: settings.collect(),
            clauses: clauses.collect(),
            hash: &head.hash,
        }
    }
}

impl<'a> From<&'a Clause> for ClauseDescription<'a> {
    fn from(clause: &'a Clause) -> Self {
        let (mut link, mut urgency, mut points, mut days) = (None, None, None, None);
        match &clause.detail {
            Detail::Service(word) => link = Some(word.value),
            Detail::Urgency(word) => urgency = Some(word.word()),
            Detail::Points(number) => points = Some(Number(*number)),
            Detail::Days(number) => days = Some(*number),
            Detail::Plain | Detail::Way(_) => {}
        }
        Self {
            id: &clause.id.value,
            when: clause.when.as_ref().map(|when| when.scalar.text.as_str()),
            text: in_words(&clause.text),
            to: clause.way().map(|way| way.to.value.as_str()),
            link,
            urgency,
            points,
            days,
            cite: clause.cite.as_deref(),
            basis: clause.basis.as_ref().map(|basis| basis.value.as_str()),
            pathway: &clause.pathway,
        }
    }
}
