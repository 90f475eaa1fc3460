//! What would have to be different for the next milder grade, as data and as sentences.

use geras::assess::{Milder, Way, milder_sentences};
use geras::definition::Definition;
use serde::Serialize;

use crate::{Number, Pairs};

/// What would have to be different for the next milder grade.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MilderGrade<'a> {
    /// The next milder grade.
    pub grade: &'a str,
    /// The single changes that make the grade milder; empty where none is enough.
    pub ways: Vec<WayThere<'a>>,
    /// The same as sentences, by language.
    pub text: Pairs<'a, Vec<String>>,
}

/// One change that alone makes the grade milder.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum WayThere<'a> {
    /// Another score.
    Score {
        /// The band set that gives the preliminary grade.
        bands: &'a str,
        /// The score.
        score: &'a str,
        /// Its number now.
        now: Number,
        /// The nearest number that is enough.
        needed: Number,
        /// The grade that follows.
        gives: &'a str,
    },
    /// Adjustments that fall away.
    Without {
        /// Their ids.
        adjustments: Vec<&'a str>,
        /// The grade that follows.
        gives: &'a str,
    },
    /// Another answer.
    Answer {
        /// The item or input.
        item: &'a str,
        /// Its answer now.
        now: String,
        /// The nearest answer that is enough.
        needed: String,
        /// The grade that follows.
        gives: &'a str,
    },
}

impl<'a> MilderGrade<'a> {
    pub(super) fn new(milder: &Milder<'a>, definition: &Definition, languages: &[&'a str]) -> Self {
        Self {
            grade: milder.grade,
            ways: milder.ways.iter().map(WayThere::from).collect(),
            text: languages.iter().map(|language| (*language, milder_sentences(milder, definition, language))).collect(),
        }
    }
}

impl<'a> From<&Way<'a>> for WayThere<'a> {
    fn from(way: &Way<'a>) -> Self {
        match way {
            Way::Score { set, now, needed, gives } => {
                Self::Score { bands: &set.id.value, score: &set.of.value, now: Number(*now), needed: Number(*needed), gives }
            }
            Way::Without { adjustments, gives } => {
                Self::Without { adjustments: adjustments.iter().map(|adjustment| adjustment.id.value.as_str()).collect(), gives }
            }
            Way::Answer { item, now, needed, gives } => {
                Self::Answer { item: &item.id.value, now: now.clone(), needed: needed.clone(), gives }
            }
        }
    }
}
