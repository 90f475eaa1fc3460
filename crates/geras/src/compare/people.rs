//! The people of a cohort: what each comes to in both editions, from one sheet of the first. Reads no file and adds nothing up.

use super::pairing::Pairing;
use crate::Instrument;
use crate::assess::{CheckedAnswers, Coded};
use crate::carry::Mapping;
use crate::plan::{FieldId, Purpose, ScoringPlan, State, Value};
use crate::reach::{Evaluation, codes};

/// Two editions, ready for one sheet after another.
#[derive(Debug, Clone)]
pub struct People<'i> {
    a: &'i Instrument,
    b: &'i Instrument,
    pairing: Pairing,
}

/// What one person comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person<'i> {
    /// The grade in the first edition.
    pub from: Coded<'i>,
    /// The grade in the second.
    pub to: Coded<'i>,
}

impl<'i> People<'i> {
    /// Prepares two editions; none where one of them gives no grade.
    #[must_use]
    pub fn new(a: &'i Instrument, b: &'i Instrument, mapping: Option<&Mapping<'_>>) -> Option<Self> {
        a.plan().find(Purpose::Grade)?;
        b.plan().find(Purpose::Grade)?;
        Some(Self { a, b, pairing: Pairing::new(a, b, mapping) })
    }

    /// The grades of one person. The sheet must be one of the first edition. Overrides are left aside: this compares rules.
    #[must_use]
    pub fn person(&self, answers: &CheckedAnswers) -> Person<'i> {
        let from = grade(self.a.plan(), &answers.states);
        let translated = self.pairing.translate(&answers.states, self.b.plan());
        Person { from, to: grade(self.b.plan(), &translated) }
    }

    /// The answer of one person to an item or input of the first edition, as its code, number or yes and no; none where it is not answered.
    #[must_use]
    pub fn answer(&self, answers: &CheckedAnswers, field: FieldId) -> Option<String> {
        let plan = self.a.plan();
        match answers.state_of(field) {
            state @ (State::Known(_) | State::Absent(_)) => Some(plan.answer_text(plan.field(field), state)),
            _ => None,
        }
    }
}

fn grade<'p>(plan: &'p ScoringPlan, states: &[State]) -> Coded<'p> {
    let evaluation = Evaluation::new(plan, states, 0);
    let Some(node) = plan.find(Purpose::Grade) else { return Coded::Open(Vec::new()) };
    let kind = plan.node(node).kind;
    match evaluation.value(node) {
        Some(value) => Coded::Decided(plan.code_text(kind, value)),
        None => {
            let possible = match evaluation.finding(node).map(|finding| finding.possible) {
                Some(crate::reach::Possible::Codes(bits)) => bits,
                _ => u64::MAX,
            };
            let texts = codes(possible).map(|code| plan.code_text(kind, Value::Code(code)));
            Coded::Open(texts.filter(|text| !text.is_empty()).collect())
        }
    }
}
