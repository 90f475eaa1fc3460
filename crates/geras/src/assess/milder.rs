//! What would have to be different for the next milder grade: found by computing again with one thing changed, never guessed.

use rust_decimal::Decimal;

use super::outcome::Outcome;
use crate::definition::{Adjustment, BandSet, Form, Item, ItemType, Role};
use crate::plan::{Adjusted, Expr, FieldId, Knowledge, NodeId, Purpose, State, Type, Value, adds_up};
use crate::reach::{Evaluation, Explorer};
use crate::sort::sort_by_key;

/// Numbers more than this many apart from the answer are not tried.
const FURTHEST: i64 = 20;

/// How many other answers are searched for what is still possible; each may take milliseconds, and they are many on an open sheet.
const MOST_SEARCHES: usize = 24;

/// What would have to be different for the next milder grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milder<'i> {
    /// The next milder grade on the scale.
    pub grade: &'i str,
    /// The ways there; none where no single change is enough.
    pub ways: Vec<Way<'i>>,
    /// Whether every single change was judged; with open answers some cannot be.
    pub complete: bool,
}

/// Another answer to a field cannot be judged, because other answers are open.
struct Unknown;

/// One change that alone makes the grade milder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way<'i> {
    /// The score would have to be this much different.
    Score {
        /// The bands that give the preliminary grade.
        set: &'i BandSet,
        /// The score's number now.
        now: Decimal,
        /// The nearest number that gives a milder grade.
        needed: Decimal,
        /// The grade that follows.
        gives: &'i str,
    },
    /// These adjustments would have to fall away.
    Without {
        /// The adjustments.
        adjustments: Vec<&'i Adjustment>,
        /// The grade that follows.
        gives: &'i str,
    },
    /// This one answer would have to be different.
    Answer {
        /// The item or input.
        item: &'i Item,
        /// The answer now.
        now: String,
        /// The nearest answer that gives a milder grade.
        needed: String,
        /// The grade that follows.
        gives: &'i str,
    },
}

impl<'i> Outcome<'i> {
    /// What would have to be different for the next milder grade; none while the grade is open, or the mildest already.
    #[must_use]
    pub fn milder(&self) -> Option<Milder<'i>> {
        let plan = self.instrument.plan();
        let grade = plan.find(Purpose::Grade)?;
        let Some(Value::Code(now)) = self.evaluation.value(grade) else { return None };
        let text = |code: u8| plan.code_text(plan.node(grade).kind, Value::Code(code));
        let target = now.checked_sub(1)?;
        let mut ways = Vec::new();
        ways.extend(self.other_score(grade, now));
        ways.extend(self.without_adjustments(grade, now));
        // Nothing decided before is taken over: another answer may change anything.
        let mut explorer = Explorer::new(plan, &self.evaluation.given, &[], &[], 0);
        let (mut complete, mut searches) = (true, MOST_SEARCHES);
        for place in 0..plan.fields().len() {
            match self.other_answer(&mut explorer, &mut searches, FieldId(place), grade, now) {
                Ok(way) => ways.extend(way),
                Err(Unknown) => complete = false,
            }
        }
        Some(Milder { grade: text(target), ways, complete })
    }

    /// The answer to a field as it is given, and the others it could have, nearest first; none where there is no answer to change.
    fn other_answers(&self, id: FieldId) -> Option<(Value, Vec<Value>)> {
        let field = self.instrument.plan().field(id);
        let Some(State::Known(given)) = self.evaluation.given.get(id.0).copied() else { return None };
        if field.role == Role::Setting || self.state(id) != State::Known(given) {
            return None;
        }
        let others = match (field.kind, given) {
            (ItemType::Choice, Value::Code(code)) => {
                let mut codes: Vec<u8> = (0..field.choices).filter(|other| *other != code).collect();
                sort_by_key(&mut codes, |other| other.abs_diff(code));
                codes.into_iter().map(Value::Code).collect()
            }
            (ItemType::Boolean, Value::Boolean(truth)) => vec![Value::Boolean(!truth)],
            (ItemType::Integer, Value::Number(number)) => {
                let (low, high) = field.range?;
                let away = (1..=FURTHEST).flat_map(|step| [number - Decimal::from(step), number + Decimal::from(step)]);
                away.filter(|other| *other >= low && *other <= high).map(Value::Number).collect()
            }
            _ => return None,
        };
        Some((given, others))
    }

    /// The nearest answer to one field that alone makes the grade milder.
    fn other_answer(
        &self,
        explorer: &mut Explorer<'_>,
        searches: &mut usize,
        id: FieldId,
        grade: NodeId,
        now: u8,
    ) -> Result<Option<Way<'i>>, Unknown> {
        let (plan, definition) = (self.instrument.plan(), self.instrument.definition());
        let Some((given, candidates)) = self.other_answers(id) else { return Ok(None) };
        let mut unknown = false;
        for candidate in candidates {
            let quick = explorer.with_field(id, State::Known(candidate), |explorer| explorer.node(grade));
            let value = match quick {
                None if *searches > 0 => {
                    *searches -= 1;
                    self.graded_with(id, candidate, grade)
                }
                found => found,
            };
            match value {
                Some(Value::Code(other)) if other < now => {
                    return Ok(Some(Way::Answer {
                        item: definition.items.get(plan.field(id).place).ok_or(Unknown)?,
                        now: self.answer_text(id, given),
                        needed: self.answer_text(id, candidate),
                        gives: plan.code_text(plan.node(grade).kind, Value::Code(other)),
                    }));
                }
                Some(_) => {}
                None => unknown = true,
            }
        }
        if unknown { Err(Unknown) } else { Ok(None) }
    }

    /// The grade with one other answer, looked for among all that is still possible.
    fn graded_with(&self, id: FieldId, candidate: Value, grade: NodeId) -> Option<Value> {
        let mut states = self.evaluation.given.to_vec();
        if let Some(state) = states.get_mut(id.0) {
            *state = State::Known(candidate);
        }
        Evaluation::new(self.instrument.plan(), states, 0).value(grade)
    }

    fn answer_text(&self, id: FieldId, value: Value) -> String {
        let plan = self.instrument.plan();
        let kind = plan.field(id).answer_type();
        match value {
            value if kind == Type::Time => value.as_clock().map_or_else(String::new, |time| time.to_string()),
            Value::Number(number) => number.to_string(),
            Value::Boolean(truth) => truth.to_string(),
            value => plan.code_text(kind, value).to_owned(),
        }
    }

    /// The nearest score that gives a milder grade, where bands give the preliminary one.
    fn other_score(&self, grade: NodeId, now: u8) -> Option<Way<'i>> {
        let (definition, plan) = (self.instrument.definition(), self.instrument.plan());
        let Form::Band(id) = &definition.grade.as_ref()?.preliminary.value else { return None };
        let set = definition.band_sets.iter().find(|set| set.id.value == id.value)?;
        let score = definition.scores.iter().position(|score| score.id.value == set.of.value)?;
        let Some(Value::Number(number)) = self.evaluation.value(plan.find(Purpose::Score(score))?) else { return None };
        let Expr::Adjust(adjusted) = &plan.node(grade).expr else { return None };
        // Where a clause looks at the score too, another score could change more than the band.
        let looked_at = plan.find(Purpose::Score(score))?;
        if adjusted.clauses.iter().any(|(clause, _)| plan.depends(*clause, looked_at)) {
            return None;
        }
        let blank: Vec<State> = plan.fields().iter().map(|field| field.default.map_or(State::Blank, State::Known)).collect();
        let blank = Evaluation::new(plan, blank, 0);
        let crate::reach::Possible::Numbers(reachable) = blank.finding(plan.find(Purpose::Score(score))?)?.possible else { return None };
        let mut best: Option<(Decimal, u8)> = None;
        for band in &set.bands {
            let Some(preliminary) = plan.codes_of(grade).iter().position(|code| *code == band.id.value) else { continue };
            let given =
                adjusted.grade(u8::try_from(preliminary).ok()?, adds_up(&adjusted.combine, self)?, |place| self.clause(adjusted, place));
            let (low, high) = crate::reach::bounds(&band.edges);
            let inside = reachable.restricted(low, high);
            let nearest = if inside.min()? > number { inside.min() } else { inside.max() };
            if let Some(nearest) = nearest.filter(|_| given < now && !inside.is_empty())
                && best.is_none_or(|(other, _)| (nearest - number).abs() < (other - number).abs())
            {
                best = Some((nearest, given));
            }
        }
        let (needed, gives) = best?;
        Some(Way::Score { set, now: number, needed, gives: plan.code_text(plan.node(grade).kind, Value::Code(gives)) })
    }

    fn clause(&self, adjusted: &Adjusted, place: usize) -> bool {
        adjusted.clauses.get(place).is_some_and(|(clause, _)| self.evaluation.value(*clause) == Some(Value::Boolean(true)))
    }

    /// The fewest adjustments that would have to fall away.
    fn without_adjustments(&self, grade: NodeId, now: u8) -> Option<Way<'i>> {
        let plan = self.instrument.plan();
        let Expr::Adjust(adjusted) = &plan.node(grade).expr else { return None };
        let Some(Value::Code(preliminary)) = self.evaluation.value(adjusted.preliminary) else { return None };
        let adds = adds_up(&adjusted.combine, self)?;
        let holding: Vec<usize> = (0..adjusted.clauses.len().min(12)).filter(|place| self.clause(adjusted, *place)).collect();
        let mut subsets: Vec<u32> = (1..1_u32 << holding.len()).collect();
        sort_by_key(&mut subsets, |subset| subset.count_ones());
        for subset in subsets {
            let dropped: Vec<usize> =
                holding.iter().enumerate().filter(|(bit, _)| subset >> bit & 1 == 1).map(|(_, place)| *place).collect();
            let given = adjusted.grade(preliminary, adds, |place| self.clause(adjusted, place) && !dropped.contains(&place));
            if given < now {
                let all: Vec<&Adjustment> = self.adjustments().map(|(adjustment, _)| adjustment).collect();
                let adjustments = dropped.iter().filter_map(|place| all.get(*place).copied()).collect();
                return Some(Way::Without { adjustments, gives: plan.code_text(plan.node(grade).kind, Value::Code(given)) });
            }
        }
        None
    }
}
