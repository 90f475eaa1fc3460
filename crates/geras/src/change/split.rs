//! How the effect of the answers is told from that of the edition: one more outcome in which only one of the two has changed.

use super::earlier::Earlier;
use crate::Instrument;
use crate::assess::{CheckedAnswers, Outcome};
use crate::definition::Date;

/// What tells the two causes apart.
#[derive(Debug, Clone)]
pub enum Split<'o> {
    /// The very same definition was used: all is due to the answers.
    SameRules,
    /// The answers of now under the definition of then.
    NewAnswersOldRules(Box<Outcome<'o>>),
    /// The answers of then under the definition of now.
    OldAnswersNewRules(Box<Outcome<'o>>),
    /// It cannot be told.
    Untold(Untold),
}

/// Why the two causes cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// The definition of then is not here any more, and the answers of then do not fit the one of now.
    NoOldRules,
    /// Both definitions are here, and neither takes the other's answers.
    AnswersDoNotFit,
}

impl<'o> Split<'o> {
    /// Finds the split. `old` is an instrument of the earlier edition, if there is one; `old_answers` are the earlier answers, as far as they fit `now`.
    #[must_use]
    pub fn find(earlier: &Earlier, now: &Outcome<'o>, old: Option<&'o Instrument>, old_answers: Option<&CheckedAnswers>) -> Self {
        let hash = &now.instrument().definition().hash;
        if earlier.hash == *hash {
            return Self::SameRules;
        }
        let old = old.filter(|old| old.definition().hash == earlier.hash);
        if let Some((old, answers)) = old.and_then(|old| Some((old, rescored(now.answers(), now.instrument(), old, now.date())?))) {
            return Self::NewAnswersOldRules(Box::new(old.assess(&answers)));
        }
        match old_answers.and_then(|answers| rescored(answers, now.instrument(), now.instrument(), earlier.date)) {
            Some(answers) => Self::OldAnswersNewRules(Box::new(now.instrument().assess(&answers))),
            None if old.is_none() => Self::Untold(Untold::NoOldRules),
            None => Self::Untold(Untold::AnswersDoNotFit),
        }
    }
}

/// A sheet of one edition as a sheet of another one, assessed on a day; none unless every answer and setting fits.
#[must_use]
pub fn rescored(answers: &CheckedAnswers, of: &Instrument, under: &Instrument, date: Option<Date>) -> Option<CheckedAnswers> {
    let mut sheet = under.answers();
    for (id, answer) in answers.given(of) {
        answer.put(&mut sheet, id);
    }
    for (id, code) in answers.settings(of) {
        sheet.setting(id, &code.word());
    }
    if let Some(date) = date {
        sheet.on(date);
    }
    sheet.check().ok()
}
