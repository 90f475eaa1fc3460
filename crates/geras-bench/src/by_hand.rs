//! GB/T 42195-2022 as somebody in a hurry would write it in Rust: what geras is measured against. Not used to assess anybody.

use crate::made_up::{Made, Sheet};
use geras::definition::ItemType;

/// The most points of each of the 26 items; every further option is worth one less.
const MOST: [u8; 26] = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 1, 1, 2, 2, 2, 4, 3, 4];

/// Answers after any door: the place of each chosen option, and the facts.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The place of the chosen option of each item.
    pub options: [u8; 26],
    /// In a coma.
    pub coma: bool,
    /// Dementia, another mental disorder.
    pub diagnoses: [bool; 2],
    /// Falls, choking, suicide attempts, self-harm, times lost, other events.
    pub events: [u32; 6],
}

/// What follows from the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Result {
    /// Self-care, basic movement, mental state, perception, and all of them.
    pub scores: [u32; 5],
    /// The band of the total, which is also the preliminary level: 0 intact to 4 complete.
    pub band: u8,
    /// The level.
    pub grade: u8,
    /// A suicide attempt or self-harm.
    pub suicide_risk: bool,
}

/// Scores, band, level and alert.
#[must_use]
pub fn assess(answers: &Answers) -> Result {
    let sum = |from: usize, to: usize| -> u32 { (from..to).map(|item| u32::from(MOST[item] - answers.options[item])).sum() };
    let parts = [sum(0, 8), sum(8, 12), sum(12, 21), sum(21, 26)];
    let total = parts.iter().sum();
    let band = match total {
        90.. => 0,
        66..=89 => 1,
        46..=65 => 2,
        30..=45 => 3,
        _ => 4,
    };
    let diagnosis = answers.diagnoses.contains(&true);
    let events = answers.events.iter().sum::<u32>() >= 2;
    let grade = if answers.coma { 4 } else { (band + u8::from(diagnosis || events)).min(4) };
    let suicide_risk = answers.events[2] >= 1 || answers.events[3] >= 1;
    Result { scores: [parts[0], parts[1], parts[2], parts[3], total], band, grade, suicide_risk }
}

/// The answers of a made-up sheet that has them all.
#[must_use]
pub fn answers(sheet: &Sheet<'_>) -> Answers {
    let chosen = |answer: &Made| if let Made::Option(place) = answer { u8::try_from(*place).ok() } else { None };
    let options: Vec<u8> = sheet.answers.iter().take(26).filter_map(|(_, answer)| chosen(answer)).collect();
    let facts = sheet.answers.iter().filter(|(item, _)| item.kind == ItemType::Boolean).map(|(_, answer)| *answer == Made::Truth(true));
    let facts: Vec<bool> = facts.collect();
    let counts =
        sheet.answers.iter().filter_map(|(_, answer)| if let Made::Number(number) = answer { u32::try_from(*number).ok() } else { None });
    let counts: Vec<u32> = counts.collect();
    Answers {
        options: options.try_into().expect("26 items are answered"),
        coma: facts[0],
        diagnoses: [facts[1], facts[2]],
        events: counts.try_into().expect("six kinds of events are counted"),
    }
}
