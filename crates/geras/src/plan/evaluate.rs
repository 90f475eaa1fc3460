//! Computes an expression from what is known: three-valued, so that a result is there as soon as nothing missing can change it. Sets of possible values are not here.

use rust_decimal::Decimal;

use super::ScoringPlan;
use super::expression::{Adjusted, Arithmetic, CombineBy, DecisionTable, Expr, FieldId, Missing, Read, ScriptCall, Sum, Type, Value};
use super::state::{Knowledge, State, number, truth};
use crate::definition::{Aggregate, Date, Hit, ItemType, order};
use crate::script::{Argument, ScriptFailure, ScriptValue};

/// What a member of a sum or the like contributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// This number.
    Counts(Decimal),
    /// Nothing: it is hidden and left out.
    LeftOut,
    /// Nothing: it has an absent reason.
    Absent,
    /// Not known yet.
    Open,
}

impl ScoringPlan {
    /// The value of an expression; `None` while something unknown could change it.
    pub(crate) fn evaluate(&self, expr: &Expr, known: &dyn Knowledge) -> Option<Value> {
        Some(match expr {
            Expr::Constant(value) => *value,
            Expr::Field(field) => known_value(known.state(*field))?,
            Expr::Points(field) => Value::Number(self.points(*field, known_value(known.state(*field))?)?),
            Expr::Node(node) => known.node(*node)?,
            Expr::Rank(part) => match self.evaluate(part, known)? {
                Value::Code(code) => Value::Number(Decimal::from(code)),
                _ => return None,
            },
            Expr::Not(part) => Value::Boolean(!truth(self.evaluate(part, known)?)?),
            Expr::And(parts) => Value::Boolean(!self.any(parts, known, false)?),
            Expr::Or(parts) => Value::Boolean(self.any(parts, known, true)?),
            Expr::Compare(comparison, left, right) => {
                let order = match (self.evaluate(left, known)?, self.evaluate(right, known)?) {
                    (Value::Number(left), Value::Number(right)) => order(left, right),
                    (left, right) => left.cmp(&right),
                };
                Value::Boolean(comparison.holds(order))
            }
            Expr::Accepts(part, accept) => Value::Boolean(accept.accepts(self.evaluate(part, known)?)),
            Expr::Same(left, right) => Value::Boolean(self.evaluate(left, known)? == self.evaluate(right, known)?),
            Expr::Has(field, code) => match known_value(known.state(*field))? {
                Value::Codes(codes) => Value::Boolean(codes >> code & 1 == 1),
                _ => return None,
            },
            Expr::Answered(field) => match known.state(*field) {
                State::Known(_) => Value::Boolean(true),
                State::Absent(_) | State::LeftOut => Value::Boolean(false),
                State::Blank | State::Unclear => return None,
            },
            Expr::Calculate(operation, left, right) => {
                let (left, right) = (number(self.evaluate(left, known)?)?, number(self.evaluate(right, known)?)?);
                Value::Number(calculate(*operation, left, right)?)
            }
            Expr::Negate(part) => Value::Number(-number(self.evaluate(part, known)?)?),
            Expr::If(test, then, otherwise) => match self.evaluate(test, known) {
                Some(test) => self.evaluate(if truth(test)? { then } else { otherwise }, known)?,
                None => {
                    let then = self.evaluate(then, known)?;
                    (self.evaluate(otherwise, known)? == then).then_some(then)?
                }
            },
            Expr::Extreme(highest, parts) => Value::Number(self.extreme(*highest, parts, known)?),
            Expr::Count(parts) => {
                let mut count = 0_u64;
                for part in parts {
                    count += u64::from(!self.is_left_out(part, known) && truth(self.evaluate(part, known)?)?);
                }
                Value::Number(Decimal::from(count))
            }
            Expr::Absolute(part) => Value::Number(number(self.evaluate(part, known)?)?.abs()),
            Expr::Round(part, rounding) => Value::Number(rounding.apply(number(self.evaluate(part, known)?)?).normalize()),
            Expr::Whole(part, up) => {
                let number = number(self.evaluate(part, known)?)?;
                Value::Number(if *up { number.ceil() } else { number.floor() }.normalize())
            }
            Expr::Between(years, from, to) => match (self.evaluate(from, known)?, self.evaluate(to, known)?) {
                (Value::Date(from), Value::Date(to)) => Value::Number(days_or_years(*years, from, to)?),
                _ => return None,
            },
            Expr::Sum(sum) => Value::Number(self.sum(sum, known)?),
            Expr::Steps(of, steps) => {
                let number = number(self.evaluate(of, known)?)?;
                steps.iter().find(|(edges, _)| edges.contain(number))?.1
            }
            Expr::Table(table) => self.table(table, known)?,
            Expr::Script(call) => self.script(call, known)?,
            Expr::Adjust(adjusted) => self.adjust(adjusted, known)?,
        })
    }

    /// Whether any part is `wanted`; `None` while that is open.
    fn any(&self, parts: &[Expr], known: &dyn Knowledge, wanted: bool) -> Option<bool> {
        let mut open = false;
        for part in parts {
            match self.evaluate(part, known).and_then(truth) {
                Some(truth) if truth == wanted => return Some(true),
                Some(_) => {}
                None => open = true,
            }
        }
        (!open).then_some(false)
    }

    /// The points of an answer.
    pub(crate) fn points(&self, id: FieldId, value: Value) -> Option<Decimal> {
        let field = self.field(id);
        let points = |place: usize| field.points.as_ref()?.get(place).copied();
        match value {
            Value::Number(number) => Some(number),
            Value::Boolean(truth) => points(usize::from(truth)),
            Value::Code(code) => points(usize::from(code)),
            Value::Codes(codes) if field.kind == ItemType::Choices => {
                let chosen = (0..64).filter(|bit| codes >> bit & 1 == 1).map(points).sum::<Option<Decimal>>()?;
                Some(field.at_most.map_or(chosen, |most| chosen.min(most)))
            }
            _ => None,
        }
    }

    /// Whether an expression is one bare field that is left out.
    pub(crate) fn is_left_out(&self, expr: &Expr, known: &dyn Knowledge) -> bool {
        match expr {
            Expr::Field(field) | Expr::Points(field) | Expr::Has(field, _) => known.state(*field) == State::LeftOut,
            Expr::Accepts(part, _) => self.is_left_out(part, known),
            Expr::Or(parts) => parts.iter().all(|part| self.is_left_out(part, known)) && !parts.is_empty(),
            _ => false,
        }
    }

    // Kept out of `evaluate`, whose frame every comparison and every field pays for.
    #[inline(never)]
    fn extreme(&self, highest: bool, parts: &[Expr], known: &dyn Knowledge) -> Option<Decimal> {
        let mut found: Option<Decimal> = None;
        for part in parts {
            if !self.is_left_out(part, known) {
                let number = number(self.evaluate(part, known)?)?;
                found = Some(found.map_or(number, |best| if highest { best.max(number) } else { best.min(number) }));
            }
        }
        found
    }

    /// What an item contributes by its option, at the sum's scale.
    fn option_share(state: State, points: &[i64]) -> Option<i64> {
        match state {
            State::Known(Value::Code(code)) => points.get(usize::from(code)).copied(),
            State::Known(Value::Boolean(truth)) => points.get(usize::from(truth)).copied(),
            _ => None,
        }
    }

    /// What each member of a sum contributes, in the plan's order: first the option terms, then the others.
    pub(crate) fn shares<'s>(&'s self, sum: &'s Sum, known: &'s dyn Knowledge) -> impl Iterator<Item = Share> + 's {
        let options = sum.options.iter().map(move |term| match known.state(term.field) {
            State::LeftOut => Share::LeftOut,
            State::Absent(_) => Share::Absent,
            state => Self::option_share(state, &term.points).map_or(Share::Open, |points| Share::Counts(Decimal::new(points, sum.scale))),
        });
        let others = sum.others.iter().map(move |(expr, factor)| {
            if self.is_left_out(expr, known) {
                return Share::LeftOut;
            }
            if let Expr::Field(field) | Expr::Points(field) = expr
                && let State::Absent(_) = known.state(*field)
            {
                return Share::Absent;
            }
            let times = |number: Decimal| if *factor == Decimal::ONE { Some(number) } else { number.checked_mul(*factor) };
            let number = self.evaluate(expr, known).and_then(number).and_then(times);
            number.map_or(Share::Open, Share::Counts)
        });
        options.chain(others)
    }

    #[inline(never)]
    fn sum(&self, sum: &Sum, known: &dyn Knowledge) -> Option<Decimal> {
        // The common case first: every option is chosen, and whole numbers are added.
        if sum.others.is_empty() && !sum.mean {
            let total = sum
                .options
                .iter()
                .try_fold(0_i64, |total, term| total.checked_add(Self::option_share(known.state(term.field), &term.points)?));
            if let Some(total) = total {
                return Some(Decimal::new(total, sum.scale).normalize());
            }
        }
        let (mut total, mut present, mut absent) = (Decimal::ZERO, 0_usize, 0_usize);
        for share in self.shares(sum, known) {
            match share {
                Share::Counts(number) => {
                    total = total.checked_add(number)?;
                    present += 1;
                }
                Share::LeftOut => {}
                Share::Absent => absent += 1,
                Share::Open => return None,
            }
        }
        finish_sum(sum, total, present, absent)
    }

    #[inline(never)]
    fn table(&self, table: &DecisionTable, known: &dyn Knowledge) -> Option<Value> {
        let mut values = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            values.push(self.evaluate(column, known)?);
        }
        let mut matching = table.rows.iter().filter(|(cells, _)| cells.iter().zip(&values).all(|(cell, value)| cell.accepts(*value)));
        if table.hit != Hit::Collect {
            return matching.next().map(|(_, then)| *then).or(table.otherwise);
        }
        collect(table.aggregate, matching.map(|(_, then)| *then), table.otherwise)
    }

    #[inline(never)]
    fn script(&self, call: &ScriptCall, known: &dyn Knowledge) -> Option<Value> {
        let mut arguments = Vec::with_capacity(call.reads.len());
        for (name, read) in &call.reads {
            let argument = match read {
                Read::One(expr, kind) => self.argument(self.evaluate(expr, known)?, *kind)?,
                Read::Many(parts) => {
                    let parts = parts.iter().filter(|part| !self.is_left_out(part, known));
                    let numbers: Option<Vec<Decimal>> = parts.map(|part| self.evaluate(part, known).and_then(number)).collect();
                    Argument::Numbers(numbers?)
                }
            };
            arguments.push((name.as_str(), argument));
        }
        self.run(call, &arguments, known)
    }

    pub(crate) fn run(&self, call: &ScriptCall, arguments: &[(&str, Argument)], known: &dyn Knowledge) -> Option<Value> {
        let value = match call.script.run(arguments) {
            Ok(value) => value,
            Err(failure) => {
                known.failed(failure);
                return None;
            }
        };
        let wrong = |message: String| known.failed(ScriptFailure { message, offset: 0, limit: false });
        match value {
            ScriptValue::Number(number) if call.range.is_none_or(|(low, high)| number >= low && number <= high) => {
                Some(Value::Number(number.normalize()))
            }
            ScriptValue::Number(number) => {
                wrong(format!("the script gives {number}, outside the declared range"));
                None
            }
            ScriptValue::Text(code) if call.codes.is_some() => {
                let place = self.codes(call.codes?).iter().position(|known| *known == code);
                if place.is_none() {
                    wrong(format!("the script gives `{code}`, which is not on the scale"));
                }
                Some(Value::Code(u8::try_from(place?).ok()?))
            }
            _ => {
                wrong("the script gives no value of the wanted kind".to_owned());
                None
            }
        }
    }

    pub(crate) fn argument(&self, value: Value, kind: Type) -> Option<Argument> {
        Some(match (value, kind) {
            (Value::Number(number), _) => Argument::Number(number),
            (Value::Boolean(truth), _) => Argument::Bool(truth),
            (Value::Code(_), _) => Argument::Text(self.code_text(kind, value).to_owned()),
            (Value::Codes(codes), Type::Codes(set)) => {
                let all = self.codes(set).iter().enumerate();
                Argument::Texts(all.filter(|(bit, _)| codes >> bit & 1 == 1).map(|(_, code)| code.clone()).collect())
            }
            _ => return None,
        })
    }

    #[inline(never)]
    fn adjust(&self, adjusted: &Adjusted, known: &dyn Knowledge) -> Option<Value> {
        let Value::Code(preliminary) = known.node(adjusted.preliminary)? else { return None };
        let adds = adds_up(&adjusted.combine, known)?;
        let mut holding = 0_u64;
        for (place, (clause, _)) in adjusted.clauses.iter().enumerate() {
            if truth(known.node(*clause)?)? {
                holding |= 1 << place;
            }
        }
        Some(Value::Code(adjusted.grade(preliminary, adds, |place| holding >> place & 1 == 1)))
    }
}

/// Whether raises add up, as a setting may say.
pub(crate) fn adds_up(combine: &CombineBy, known: &dyn Knowledge) -> Option<bool> {
    match combine {
        CombineBy::Always(adds) => Some(*adds),
        CombineBy::Setting(setting, adds) => match known.state(*setting) {
            State::Known(Value::Code(code)) => adds.get(usize::from(code)).copied(),
            _ => None,
        },
    }
}

fn known_value(state: State) -> Option<Value> {
    if let State::Known(value) = state { Some(value) } else { None }
}

/// The result of a sum from the total of what counts, how many members count, and how many are absent.
pub(crate) fn finish_sum(sum: &Sum, total: Decimal, mut present: usize, absent: usize) -> Option<Decimal> {
    let mut total = total;
    match sum.missing {
        Missing::Refuse if absent > 0 => return None,
        Missing::Prorate(up_to) if absent > up_to || (absent > 0 && present == 0) => return None,
        Missing::Prorate(_) if absent > 0 && !sum.mean => {
            total = total.checked_mul(Decimal::from(present + absent))?.checked_div(Decimal::from(present))?;
        }
        Missing::CountAs(number) if absent > 0 => {
            total = total.checked_add(number.checked_mul(Decimal::from(absent))?)?;
            present += absent;
        }
        _ => {}
    }
    if sum.mean {
        total = total.checked_div(Decimal::from(present))?;
    }
    Some(total.normalize())
}

/// Puts the results of collected rows together.
pub(crate) fn collect(aggregate: Option<Aggregate>, results: impl Iterator<Item = Value>, otherwise: Option<Value>) -> Option<Value> {
    let mut numbers = results.map(|value| number(value).unwrap_or_default()).peekable();
    if numbers.peek().is_none() && aggregate != Some(Aggregate::Count) {
        return otherwise;
    }
    let number = match aggregate? {
        Aggregate::Sum => numbers.try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number)),
        Aggregate::Count => Some(Decimal::from(numbers.count())),
        Aggregate::Highest => numbers.max(),
        Aggregate::Lowest => numbers.min(),
    };
    number.map(Value::Number)
}

/// A calculation; `None` where it would divide by zero or leave the 28 digits.
pub(crate) fn calculate(operation: Arithmetic, left: Decimal, right: Decimal) -> Option<Decimal> {
    match operation {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        Arithmetic::Divide => left.checked_div(right),
        Arithmetic::Remainder => left.checked_rem(right),
    }
    .map(|number| number.normalize())
}

fn days_or_years(years: bool, from: i32, to: i32) -> Option<Decimal> {
    if years {
        return Some(Decimal::from(Date::from_day_number(from)?.years_until(Date::from_day_number(to)?)));
    }
    Some(Decimal::from(to.checked_sub(from)?))
}
