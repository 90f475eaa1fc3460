//! The values that a single open field can still take, and what it can contribute to a sum.

use rust_decimal::Decimal;

use super::NumberSet;
use super::explore::Explorer;
use super::possible::Possible;
use crate::definition::ItemType;
use crate::plan::{Expr, Field, FieldId, Knowledge, Missing, State, Value};

/// More values than this are not tried one by one.
const MOST_TRIED: u64 = 4096;
/// Several choices of more options than this are not tried subset by subset.
const MOST_OPTIONS: usize = 10;

/// What an open member can contribute to a sum.
pub(super) struct OpenShare {
    /// The numbers it can add.
    pub(super) numbers: NumberSet,
    /// Whether it can turn out to be left out.
    pub(super) left_out: bool,
    /// Whether it can turn out to be absent.
    pub(super) absent: bool,
}

impl Explorer<'_> {
    /// All states that an open field can take when it is answered or found absent; `None` where they cannot be listed.
    pub(super) fn domain(&self, id: FieldId) -> Option<Vec<State>> {
        let field = self.plan.field(id);
        // What can be listed of a limited field is tried; else every answer, which is more than can happen and never less.
        let limited = self.limits.get(id.0).and_then(Option::as_ref).and_then(|limit| limit.values(MOST_TRIED));
        let values = match limited {
            Some(values) => values,
            None => answers(field)?,
        };
        let mut states: Vec<State> = values.into_iter().map(State::Known).collect();
        if self.absence_counts(id) {
            // An absent reason that was given may stay, whatever else the field could still become.
            states.extend(match self.raw(id) {
                State::Absent(reason) => Some(State::Absent(reason)),
                State::Blank => field.absent.first().map(|reason| State::Absent(*reason)),
                _ => None,
            });
        }
        Some(states)
    }

    /// Whether some sum makes something of the field's being absent.
    fn absence_counts(&self, id: FieldId) -> bool {
        !self.plan.field(id).absent.is_empty() && self.plan.cones.absence_counts.contains(id)
    }

    /// Whether a test of one field can turn out to be left out, because the field is hidden.
    pub(super) fn may_be_left_out(&self, test: &Expr) -> bool {
        match test {
            Expr::Field(id) | Expr::Points(id) | Expr::Has(id, _) => {
                let hidden = matches!(self.state(*id), State::Unclear | State::LeftOut);
                hidden && self.plan.field(*id).otherwise.is_none()
            }
            Expr::Accepts(part, _) => self.may_be_left_out(part),
            Expr::Or(parts) => parts.iter().any(|part| self.may_be_left_out(part)),
            _ => false,
        }
    }

    /// What a bare field can be, as an expression sees it.
    pub(super) fn possible_field(&mut self, id: FieldId, points: bool) -> Possible {
        let plan = self.plan;
        let field = plan.field(id);
        self.doubt_absence(id);
        self.doubt_hiding(id);
        if let (State::Blank, Some(Some(limit))) = (self.raw(id), self.limits.get(id.0)) {
            return limit.clone();
        }
        let mut all = match self.if_shown(id) {
            State::Known(value) if points => {
                plan.points(id, value).map_or(Possible::Anything, |points| Possible::single(Value::Number(points)))
            }
            State::Known(value) => Possible::single(value),
            _ => self.unanswered(field, points),
        };
        if self.state(id) == State::Unclear
            && let Some(otherwise) = field.otherwise
        {
            let hidden = if points { plan.points(id, otherwise).map(Value::Number) } else { Some(otherwise) };
            all = hidden.map_or(Possible::Anything, |hidden| all.union(&Possible::single(hidden)));
        }
        all
    }

    /// The state of a field, given that it is shown where that is not known yet.
    fn if_shown(&self, id: FieldId) -> State {
        match self.state(id) {
            State::Unclear => self.raw(id),
            state => state,
        }
    }

    /// Where it is only nearly known whether the field is shown, what it gives is only nearly known too.
    fn doubt_hiding(&mut self, id: FieldId) {
        if self.state(id) == State::Unclear
            && let Some(shown) = self.plan.field(id).shown
        {
            self.possible_node(shown);
        }
    }

    /// A field that is tried as absent where its answer is wanted: what it could be is told, but no longer together with the rest of the trial.
    fn doubt_absence(&mut self, id: FieldId) {
        self.exact &= !(self.is_tried(id) && matches!(self.raw(id), State::Absent(_)));
    }

    fn unanswered(&mut self, field: &Field, points: bool) -> Possible {
        match field.kind {
            ItemType::Boolean if !points => Possible::Booleans(true, true),
            ItemType::Choice if !points => Possible::Codes(if field.choices >= 64 { u64::MAX } else { (1 << field.choices) - 1 }),
            ItemType::Choice | ItemType::Boolean => {
                field.points.as_ref().map_or(Possible::Anything, |points| Possible::Numbers(NumberSet::from_values(points.iter().copied())))
            }
            ItemType::Choices if points => subset_points(field).map_or(Possible::Anything, Possible::Numbers),
            ItemType::Integer | ItemType::Decimal | ItemType::Time => Possible::Numbers(numbers(field)),
            ItemType::Choices | ItemType::Date | ItemType::Text => Possible::Anything,
        }
    }

    /// What an open option term can add, at its own scale.
    pub(super) fn open_option(&mut self, id: FieldId, points: &[i64], scale: u32, missing: Missing) -> OpenShare {
        self.doubt_hiding(id);
        if missing == Missing::Refuse {
            self.doubt_absence(id);
        }
        let values: Vec<Decimal> = points.iter().map(|points| Decimal::new(*points, scale)).collect();
        let at = |value: Value| match value {
            Value::Code(code) => values.get(usize::from(code)).copied(),
            Value::Boolean(truth) => values.get(usize::from(truth)).copied(),
            _ => None,
        };
        let shown = match self.if_shown(id) {
            State::Known(value) => at(value).into_iter().collect(),
            _ => values.clone(),
        };
        self.share(id, NumberSet::from_values(shown), at, missing)
    }

    /// What any other open member of a sum can add.
    pub(super) fn open_other(&mut self, expr: &Expr, missing: Missing) -> OpenShare {
        let (Expr::Field(id) | Expr::Points(id)) = expr else {
            return OpenShare { numbers: self.possible(expr).numbers(), left_out: false, absent: false };
        };
        let plan = self.plan;
        self.doubt_hiding(*id);
        if missing == Missing::Refuse {
            self.doubt_absence(*id);
        }
        let shown = match self.if_shown(*id) {
            State::Known(value) => plan.points(*id, value).map_or_else(|| Possible::Anything.numbers(), NumberSet::single),
            _ => self.unanswered(plan.field(*id), true).numbers(),
        };
        self.share(*id, shown, |value| plan.points(*id, value), missing)
    }

    fn share(&self, id: FieldId, shown: NumberSet, number: impl Fn(Value) -> Option<Decimal>, missing: Missing) -> OpenShare {
        let field = self.plan.field(id);
        let unclear = self.state(id) == State::Unclear;
        let mut numbers = shown;
        if unclear && let Some(hidden) = field.otherwise.and_then(number) {
            numbers = numbers.union(&NumberSet::single(hidden));
        }
        let may_be_absent = match self.raw(id) {
            State::Absent(_) => true,
            State::Blank => !field.absent.is_empty(),
            _ => false,
        };
        OpenShare { numbers, left_out: unclear && field.otherwise.is_none(), absent: may_be_absent && missing != Missing::Refuse }
    }
}

/// The numbers that an answer can be, or one for each region where rules only compare.
fn numbers(field: &Field) -> NumberSet {
    if let Some(regions) = &field.regions {
        return NumberSet::from_values(regions.iter().copied());
    }
    let (low, high) = field.range.unwrap_or((Decimal::MIN, Decimal::MAX));
    match (field.kind, field.step) {
        (ItemType::Integer, _) => NumberSet::integers(low, high),
        (_, Some(step)) => NumberSet::stepped(low, high, step),
        _ => NumberSet::interval(low, high),
    }
}

/// All answers that a field can be given; `None` where they cannot be listed.
fn answers(field: &Field) -> Option<Vec<Value>> {
    match field.kind {
        ItemType::Boolean => Some(vec![Value::Boolean(false), Value::Boolean(true)]),
        ItemType::Choice => Some((0..field.choices).map(Value::Code).collect()),
        ItemType::Choices => {
            let count = usize::from(field.choices);
            (count <= MOST_OPTIONS).then(|| (0..1_u64 << count).filter(|set| allowed(field, *set)).map(Value::Codes).collect())
        }
        ItemType::Integer | ItemType::Decimal | ItemType::Time => Possible::Numbers(numbers(field)).values(MOST_TRIED),
        ItemType::Date | ItemType::Text => None,
    }
}

/// Whether options may stand beside each other.
fn allowed(field: &Field, set: u64) -> bool {
    set.count_ones() < 2 || set & field.exclusive == 0
}

/// The points that several choices can give together.
fn subset_points(field: &Field) -> Option<NumberSet> {
    let points = field.points.as_ref()?;
    let (mut together, mut alone) = (NumberSet::single(Decimal::ZERO), NumberSet::single(Decimal::ZERO));
    for (bit, points) in points.iter().enumerate() {
        if field.exclusive >> bit & 1 == 1 {
            alone = alone.union(&NumberSet::single(*points));
        } else {
            together = together.union(&together.plus_constant(*points));
        }
    }
    let all = together.union(&alone);
    Some(match field.at_most {
        Some(most) => all.map_continuous(|points| points.min(most)),
        None => all,
    })
}
