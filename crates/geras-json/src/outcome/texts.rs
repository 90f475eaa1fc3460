//! The labels of the results of one assessment in one language. Only what the outcome names, not the whole definition.

use geras::assess::{Coded, Holds, Outcome};
use geras::definition::Texts;
use serde::Serialize;

use crate::Pairs;

/// The labels of the results in one language.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResultTexts<'a> {
    /// The instrument's name.
    pub title: &'a str,
    /// The names of the scores that have one.
    pub scores: Pairs<'a, &'a str>,
    /// For each band set, the labels of the bands that it is or can still be.
    pub bands: Pairs<'a, Pairs<'a, &'a str>>,
    /// What the grade is called; null where it has no name.
    pub grade: Option<&'a str>,
    /// The labels of the grades that are named in the outcome.
    pub grades: Pairs<'a, &'a str>,
    /// Why no grade can be given; null where the instrument does not say so.
    pub not_graded: Option<&'a str>,
    /// What the findings say that hold or may.
    pub findings: Pairs<'a, FindingText<'a>>,
    /// What the alerts say that are raised or may be.
    pub alerts: Pairs<'a, &'a str>,
}

/// What a finding says.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingText<'a> {
    /// What was found.
    pub text: &'a str,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<&'a str>,
}

impl<'a> ResultTexts<'a> {
    /// The labels in `language`.
    #[must_use]
    pub fn new(outcome: &Outcome<'a>, language: &str) -> Self {
        let definition = outcome.instrument().definition();
        let in_words = |id: &'a str, text: Option<&'a Texts>| Some((id, text?.get(language)));
        let bands = outcome.bands().map(|found| {
            let named = found.set.bands.iter().filter(|band| names(&found.band, &band.id.value));
            (found.set.id.value.as_str(), named.filter_map(|band| in_words(&band.id.value, band.label.as_ref())).collect())
        });
        let grades: Vec<Coded<'a>> = outcome.grade().into_iter().chain(outcome.preliminary_grade()).collect();
        let decided = outcome.overridden().map(|decision| decision.grade.as_str());
        let scale = definition.grade.iter().flat_map(|grade| &grade.scale);
        let named = scale.filter(|step| decided == Some(&step.id.value) || grades.iter().any(|grade| names(grade, &step.id.value)));
        let findings = outcome.findings().filter(|found| found.holds != Holds::No).map(|found| {
            let advice = found.finding.advice.as_ref().map(|advice| advice.get(language));
            (found.finding.id.value.as_str(), FindingText { text: found.finding.text.get(language), advice })
        });
        let alerts = outcome.alerts().filter(|found| found.holds != Holds::No);
        Self {
            title: definition.title.get(language),
            scores: definition.scores.iter().filter_map(|score| in_words(&score.id.value, score.title.as_ref())).collect(),
            bands: bands.collect(),
            grade: definition.grade.as_ref().and_then(|grade| grade.title.as_ref()).map(|title| title.get(language)),
            grades: named.filter_map(|step| in_words(&step.id.value, step.label.as_ref())).collect(),
            not_graded: definition.not_graded.as_ref().map(|why| why.get(language)),
            findings: findings.collect(),
            alerts: alerts.map(|found| (found.alert.id.value.as_str(), found.alert.text.get(language))).collect(),
        }
    }
}

fn names(code: &Coded<'_>, id: &str) -> bool {
    match code {
        Coded::Decided(code) => *code == id,
        Coded::Open(possible) => possible.contains(&id),
    }
}
