//! What a file of cases touches: options, bands, grades, adjustments, rows of tables, findings, alerts. Counts only; nothing is judged.

use crate::Instrument;
use crate::assess::{CheckedAnswers, Coded, Holds, Outcome, Step};
use crate::definition::{Form, Role};
use crate::plan::{FieldId, State, Value};
use crate::sorted::SortedMap;

/// What the cases of one instrument cover.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Options of items, `item: code`.
    pub options: Tally,
    /// Bands, `set: band`.
    pub bands: Tally,
    /// Grades.
    pub grades: Tally,
    /// Adjustments, each where it holds.
    pub adjustments: Tally,
    /// Rows of decision tables, `score: row`.
    pub rows: Tally,
    /// Findings, each where it holds.
    pub findings: Tally,
    /// Alerts, each where it is raised.
    pub alerts: Tally,
    /// Kinds of care settings of a pathway, each where somebody is sent there.
    pub settings: Tally,
    /// Rules and wishes of a pathway, each where it decides.
    pub rules: Tally,
    /// All other clauses of a pathway, each where it holds.
    pub clauses: Tally,
}

/// How many of a kind are covered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Touched by at least one case.
    pub covered: usize,
    /// All there are.
    pub of: usize,
    /// Those that no case touches.
    pub missing: Vec<String>,
}

/// Counts while cases run.
pub(super) struct Counter<'i> {
    instrument: &'i Instrument,
    touched: SortedMap<(Kind, String), bool>,
    order: Vec<(Kind, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Option,
    Band,
    Grade,
    Adjustment,
    Row,
    Finding,
    Alert,
}

impl<'i> Counter<'i> {
    pub(super) fn new(instrument: &'i Instrument) -> Self {
        let mut counter = Self { instrument, touched: SortedMap::new(), order: Vec::new() };
        let definition = instrument.definition();
        for item in definition.items.iter().filter(|item| item.role != Role::Entered) {
            for option in &item.options {
                counter.add(Kind::Option, format!("{}: {}", item.id.value, option.code.value));
            }
        }
        for set in &definition.band_sets {
            for band in &set.bands {
                counter.add(Kind::Band, format!("{}: {}", set.id.value, band.id.value));
            }
        }
        for score in &definition.scores {
            counter.rows(&score.id.value, &score.form.value);
        }
        if let Some(grade) = &definition.grade {
            counter.rows("preliminary_grade", &grade.preliminary.value);
            grade.scale.iter().for_each(|step| counter.add(Kind::Grade, step.id.value.clone()));
            grade.adjustments.iter().for_each(|adjustment| counter.add(Kind::Adjustment, adjustment.id.value.clone()));
        }
        definition.findings.iter().for_each(|finding| counter.add(Kind::Finding, finding.id.value.clone()));
        definition.alerts.iter().for_each(|alert| counter.add(Kind::Alert, alert.id.value.clone()));
        counter
    }

    fn rows(&mut self, id: &str, form: &Form) {
        let count = match form {
            Form::Table(table) => table.rows.len(),
            Form::Matrix { rows, columns, .. } => rows.cells.len() * columns.cells.len(),
            _ => 0,
        };
        for row in 1..=count {
            self.add(Kind::Row, format!("{id}: row {row}"));
        }
    }

    fn add(&mut self, kind: Kind, name: String) {
        if self.touched.insert((kind, name.clone()), false).is_none() {
            self.order.push((kind, name));
        }
    }

    fn touch(&mut self, kind: Kind, name: String) {
        if let Some(touched) = self.touched.get_mut(&(kind, name)) {
            *touched = true;
        }
    }

    pub(super) fn count(&mut self, outcome: &Outcome<'_>, answers: &CheckedAnswers) {
        let plan = self.instrument.plan();
        for (place, field) in plan.fields().iter().enumerate() {
            let set = field.codes;
            let chosen = match answers.state_of(FieldId(place)) {
                State::Known(Value::Code(code)) => 1_u64 << code,
                State::Known(Value::Codes(codes)) => codes,
                _ => 0,
            };
            let codes = set.map_or(&[][..], |set| plan.codes(set)).iter().enumerate();
            let touched: Vec<String> =
                codes.filter(|(bit, _)| chosen >> bit & 1 == 1).map(|(_, code)| format!("{}: {code}", field.id)).collect();
            touched.into_iter().for_each(|name| self.touch(Kind::Option, name));
        }
        for step in outcome.explanation() {
            match step {
                Step::Banded { set, band: Coded::Decided(band), .. } => self.touch(Kind::Band, format!("{}: {band}", set.id.value)),
                Step::Scored { score, row: Some(row), .. } => self.touch(Kind::Row, format!("{}: row {}", score.id.value, row.number)),
                Step::Preliminary { row: Some(row), .. } => self.touch(Kind::Row, format!("preliminary_grade: row {}", row.number)),
                Step::Adjusted { adjustment, holds: Holds::Yes } => self.touch(Kind::Adjustment, adjustment.id.value.clone()),
                Step::Found { finding, holds: Holds::Yes } => self.touch(Kind::Finding, finding.id.value.clone()),
                Step::Alerted { alert, holds: Holds::Yes } => self.touch(Kind::Alert, alert.id.value.clone()),
                Step::Graded { grade: Coded::Decided(grade) } => self.touch(Kind::Grade, grade.to_owned()),
                _ => {}
            }
        }
    }

    pub(super) fn finish(self) -> Coverage {
        let tally = |wanted: Kind| {
            let mut tally = Tally::default();
            for (kind, name) in self.order.iter().filter(|(kind, _)| *kind == wanted) {
                tally.of += 1;
                match self.touched.get(&(*kind, name.clone())) {
                    Some(true) => tally.covered += 1,
                    _ => tally.missing.push(name.clone()),
                }
            }
            tally
        };
        Coverage {
            options: tally(Kind::Option),
            bands: tally(Kind::Band),
            grades: tally(Kind::Grade),
            adjustments: tally(Kind::Adjustment),
            rows: tally(Kind::Row),
            findings: tally(Kind::Finding),
            alerts: tally(Kind::Alert),
            ..Coverage::default()
        }
    }
}
