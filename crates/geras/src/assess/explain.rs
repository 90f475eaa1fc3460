//! The explanation of an outcome as data: one step for each thing that was computed, in order, the result last. Sentences are made elsewhere.

use rust_decimal::Decimal;

use super::approximate::Approximate;
use super::outcome::{Coded, Holds, Outcome, Scored};
use super::sheet::Override;
use crate::definition::{
    AbsentReason, Adjustment, Alert, BandSet, Date, Finding, Form, Item, Provenance, Review, Role, Row, Score, Section, Texts,
};
use crate::plan::{DecisionTable, Expr, FieldId, Knowledge, NodeId, Purpose, Share, State, Sum, Value};
use crate::sort::sort;

/// One step of an explanation: what went in, and what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'i> {
    /// How many items and inputs have an answer.
    Answered {
        /// Fields with an answer.
        answered: usize,
        /// Fields that are shown, or may be.
        of: usize,
        /// Fields with an absent reason.
        absent: Vec<(&'i Item, AbsentReason)>,
        /// Fields that skip logic hides.
        hidden: usize,
    },
    /// Answers that were carried over from another instrument.
    Carried {
        /// The instrument and edition that they were given to.
        from: String,
        /// The items and inputs where the two questions mean the same.
        exact: Vec<&'i Item>,
        /// Those where they are near, but not the same.
        approximate: Vec<&'i Item>,
    },
    /// What rests on answers that are only near.
    Approximate(Approximate<'i>),
    /// A named switch that is not at its default.
    Switched {
        /// The setting.
        setting: &'i Item,
        /// Its code.
        code: &'i str,
    },
    /// How sure the tables are, where nobody has compared them with the source.
    Doubted {
        /// The part of the instrument; none for the whole.
        part: Option<&'i str>,
        /// Its provenance.
        provenance: &'i Provenance,
    },
    /// A score.
    Scored {
        /// The score.
        score: &'i Score,
        /// What its members contribute, where it is a sum or mean.
        contributions: Vec<Contribution<'i>>,
        /// The row of its table that gave it.
        row: Option<RowHit<'i>>,
        /// The number.
        number: Scored,
        /// Why a script gave no number.
        failure: Option<String>,
    },
    /// A band.
    Banded {
        /// The set.
        set: &'i BandSet,
        /// The score's number.
        number: Scored,
        /// The band.
        band: Coded<'i>,
    },
    /// The preliminary grade.
    Preliminary {
        /// The row of its table that gave it.
        row: Option<RowHit<'i>>,
        /// The grade.
        grade: Coded<'i>,
    },
    /// An adjustment that holds, or may hold.
    Adjusted {
        /// The adjustment.
        adjustment: &'i Adjustment,
        /// Whether it holds.
        holds: Holds,
    },
    /// A finding that holds, or may hold.
    Found {
        /// The finding.
        finding: &'i Finding,
        /// Whether it holds.
        holds: Holds,
    },
    /// An alert that is raised, or may be.
    Alerted {
        /// The alert.
        alert: &'i Alert,
        /// Whether it is raised.
        holds: Holds,
    },
    /// The answers on which the grade, or without one any result, still depends.
    Waiting {
        /// The items and inputs.
        on: Vec<&'i Item>,
    },
    /// When to look again.
    Review {
        /// What the instrument says.
        review: &'i Review,
        /// The last day for it, where the day of the assessment is known.
        due: Option<Date>,
    },
    /// An assessor's or panel's decision, which stands beside the computed grade.
    Overridden(Override),
    /// The result: the grade, where the instrument has one.
    Graded {
        /// The grade.
        grade: Coded<'i>,
    },
    /// In place of a grade: why none can be given.
    NotGraded {
        /// The reason.
        why: &'i Texts,
    },
}

/// What one member of a sum contributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution<'i> {
    /// The id of the item or score.
    pub id: &'i str,
    /// What it contributes; none while it is open.
    pub number: Option<Decimal>,
    /// Whether it is left out because it is hidden.
    pub left_out: bool,
    /// Whether it has an absent reason.
    pub absent: bool,
}

/// The row of a decision table that gave a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowHit<'i> {
    /// Its place in the table, from 1.
    pub number: usize,
    /// The row itself; none for the cell of a matrix.
    pub row: Option<&'i Row>,
}

impl<'i> Outcome<'i> {
    /// The explanation: everything that was computed, in order. The last step is the result.
    #[must_use]
    pub fn explanation(&self) -> Vec<Step<'i>> {
        let definition = self.instrument.definition();
        let mut steps = vec![self.answered()];
        steps.extend(self.carried_steps());
        steps.extend(self.approximate().map(Step::Approximate));
        steps.extend(self.settings().into_iter().map(|(setting, code)| Step::Switched { setting, code }));
        steps.extend(self.doubted());
        for (place, node) in self.instrument.plan().nodes().iter().enumerate() {
            let id = NodeId(place);
            match node.purpose {
                Purpose::Score(score) => steps.extend(definition.scores.get(score).map(|score| self.scored_step(id, &node.expr, score))),
                Purpose::Band(set) => steps.extend(definition.band_sets.get(set).and_then(|set| {
                    let score = definition.scores.iter().position(|score| score.id.value == set.of.value)?;
                    let number = self.scored(self.instrument.plan().find(Purpose::Score(score))?);
                    Some(Step::Banded { set, number, band: self.coded(id) })
                })),
                Purpose::Preliminary => {
                    let form = definition.grade.as_ref().map(|grade| &grade.preliminary.value);
                    let row = form.and_then(|form| self.row(&node.expr, form));
                    steps.push(Step::Preliminary { row, grade: self.coded(id) });
                }
                _ => {}
            }
        }
        let adjustments = self.adjustments().filter(|(_, holds)| *holds != Holds::No);
        steps.extend(adjustments.map(|(adjustment, holds)| Step::Adjusted { adjustment, holds }));
        let findings = self.findings().filter(|found| found.holds != Holds::No);
        steps.extend(findings.map(|found| Step::Found { finding: found.finding, holds: found.holds }));
        let alerts = self.alerts().filter(|alert| alert.holds != Holds::No);
        steps.extend(alerts.map(|outcome| Step::Alerted { alert: outcome.alert, holds: outcome.holds }));
        let deciding = self.deciding();
        if !deciding.is_empty() {
            let on = deciding.iter().filter_map(|id| definition.items.iter().find(|item| item.id.value == *id)).collect();
            steps.push(Step::Waiting { on });
        }
        steps.extend(definition.review.as_ref().map(|review| Step::Review { review, due: self.review_due() }));
        steps.extend(self.overridden().cloned().map(Step::Overridden));
        steps.extend(self.grade().map(|grade| Step::Graded { grade }));
        steps.extend(definition.not_graded.as_ref().map(|why| Step::NotGraded { why }));
        steps
    }

    fn answered(&self) -> Step<'i> {
        let (mut answered, mut of, mut hidden, mut absent) = (0, 0, 0, Vec::new());
        let plan = self.instrument.plan();
        for (place, field) in plan.fields().iter().enumerate() {
            if field.role == Role::Setting || field.place == usize::MAX {
                continue;
            }
            let shown = field.shown.map(|shown| self.evaluation.value(shown));
            if shown == Some(Some(Value::Boolean(false))) {
                hidden += 1;
                continue;
            }
            of += 1;
            match self.evaluation.given.get(place) {
                Some(State::Known(_)) => answered += 1,
                Some(State::Absent(reason)) => {
                    absent.extend(self.instrument.definition().items.get(field.place).map(|item| (item, *reason)));
                }
                _ => {}
            }
        }
        Step::Answered { answered, of, absent, hidden }
    }

    /// The answers that were carried over, a step an instrument.
    fn carried_steps(&self) -> Vec<Step<'i>> {
        let carried = self.carried();
        let mut names: Vec<&str> = carried.iter().map(|(_, origin)| origin.from.as_str()).collect();
        sort(&mut names);
        names.dedup();
        let of = |from: &str, exact: bool| {
            carried.iter().filter(|(_, origin)| origin.from == from && origin.exact == exact).map(|(item, _)| *item).collect()
        };
        names.iter().map(|from| Step::Carried { from: (*from).to_owned(), exact: of(from, true), approximate: of(from, false) }).collect()
    }

    /// The settings that are not at their default, with their codes.
    #[must_use]
    pub fn settings(&self) -> Vec<(&'i Item, &'i str)> {
        let plan = self.instrument.plan();
        let settings = plan.fields().iter().enumerate().filter(|(_, field)| field.role == Role::Setting);
        settings
            .filter_map(|(place, field)| {
                let State::Known(value) = self.state(FieldId(place)) else { return None };
                let setting = self.instrument.definition().settings.get(field.place)?;
                (field.default != Some(value)).then(|| (setting, plan.code_text(field.answer_type(), value)))
            })
            .collect()
    }

    /// The parts of the instrument that nobody has compared with their source.
    pub(super) fn doubted(&self) -> Vec<Step<'i>> {
        let definition = self.instrument.definition();
        let whole = (None, Some(&definition.provenance));
        let mut items: Vec<&Item> = definition.items.iter().filter(|item| item.provenance.is_some()).collect();
        // One option list serves many items: its provenance is told once.
        items.dedup_by_key(|item| item.provenance.as_ref().map(|provenance| provenance.status.span));
        let items = items.into_iter().map(|item| (Some(item.id.value.as_str()), item.provenance.as_ref()));
        let scores = definition.scores.iter().map(|score| (Some(score.id.value.as_str()), score.provenance.as_ref()));
        let sets = definition.band_sets.iter().map(|set| (Some(set.id.value.as_str()), set.provenance.as_ref()));
        let grade = definition.grade.iter().map(|grade| (Some("grade"), grade.provenance.as_ref()));
        let review = definition.review.iter().map(|review| (Some("review"), review.provenance.as_ref()));
        std::iter::once(whole)
            .chain(items)
            .chain(scores)
            .chain(sets)
            .chain(grade)
            .chain(review)
            .filter_map(|(part, provenance)| Some((part, provenance?)))
            .filter(|(_, provenance)| provenance.status.value != "compared")
            .map(|(part, provenance)| Step::Doubted { part, provenance })
            .collect()
    }

    fn scored_step(&self, id: NodeId, expr: &'i Expr, score: &'i Score) -> Step<'i> {
        let contributions = sum_of(expr).map(|sum| self.contributions(sum)).unwrap_or_default();
        let failure = self.evaluation.failures.iter().find(|(node, _)| *node == id).map(|(_, failure)| failure.message.clone());
        Step::Scored { score, contributions, row: self.row(expr, &score.form.value), number: self.scored(id), failure }
    }

    fn contributions(&self, sum: &'i Sum) -> Vec<Contribution<'i>> {
        let plan = self.instrument.plan();
        let fields = sum.options.iter().map(|term| plan.field(term.field).id.as_str());
        let others = sum.others.iter().map(|(expr, _)| match expr {
            Expr::Field(field) | Expr::Points(field) => plan.field(*field).id.as_str(),
            Expr::Node(node) => plan.node(*node).id.as_str(),
            _ => "",
        });
        let shares = plan.shares(sum, self).collect::<Vec<_>>();
        fields
            .chain(others)
            .zip(shares)
            .map(|(id, share)| Contribution {
                id,
                number: if let Share::Counts(number) = share { Some(number.normalize()) } else { None },
                left_out: share == Share::LeftOut,
                absent: share == Share::Absent,
            })
            .collect()
    }

    /// The row of a decided table that gave its result.
    fn row(&self, expr: &Expr, form: &'i Form) -> Option<RowHit<'i>> {
        let table = table_of(expr)?;
        let values: Option<Vec<Value>> = table.columns.iter().map(|column| self.instrument.plan().evaluate(column, self)).collect();
        let values = values?;
        let hit = table.rows.iter().position(|(cells, _)| cells.iter().zip(&values).all(|(cell, value)| cell.accepts(*value)))?;
        let row = if let Form::Table(table) = form { table.rows.get(hit) } else { None };
        Some(RowHit { number: hit + 1, row })
    }

    /// The section to which an item belongs.
    #[must_use]
    pub fn section_of(&self, item: &str) -> Option<&'i Section> {
        let definition = self.instrument.definition();
        let place = definition.items.iter().position(|known| known.id.value == item)?;
        definition.sections.iter().find(|section| section.items.contains(&place))
    }
}

/// The sum below rounding and caps.
fn sum_of(expr: &Expr) -> Option<&Sum> {
    match expr {
        Expr::Sum(sum) => Some(sum),
        Expr::Round(part, _) => sum_of(part),
        Expr::Extreme(_, parts) if parts.len() == 2 && matches!(parts.last(), Some(Expr::Constant(_))) => sum_of(parts.first()?),
        _ => None,
    }
}

fn table_of(expr: &Expr) -> Option<&DecisionTable> {
    match expr {
        Expr::Table(table) => Some(table),
        Expr::Round(part, _) => table_of(part),
        _ => None,
    }
}
