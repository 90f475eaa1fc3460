//! An edition's expression over the fields of the one plan, with the same meaning on every complete sheet. Where that cannot be said it refuses.

use rust_decimal::Decimal;

use super::merge::{Made, Meaning, Merger, Side, accepted, table_of};
use super::undecided::Undecided;
use crate::definition::ItemType;
use crate::plan::{Expr, FieldId, NodeId, OptionTerm, Read, Rebuild, ScriptCall, Sum, Value, rebuilt};

/// One edition, whose expressions are put into the one plan.
struct Edition<'m, 'a> {
    merger: &'m mut Merger<'a>,
    side: Side,
}

impl Rebuild for Edition<'_, '_> {
    type Refused = Undecided;

    fn node(&mut self, node: NodeId) -> Made<NodeId> {
        self.merger.node(self.side, node)
    }

    fn setting(&mut self, setting: FieldId) -> Made<FieldId> {
        self.merger.meaning(self.side, setting)?.bare.ok_or(Undecided::Combine)
    }

    fn reading(&mut self, expr: &Expr) -> Made<Expr> {
        self.merger.reading(self.side, expr)
    }
}

impl Merger<'_> {
    pub(super) fn rewrite(&mut self, side: Side, expr: &Expr) -> Made<Expr> {
        rebuilt(expr, &mut Edition { merger: self, side })
    }

    fn all(&mut self, side: Side, parts: &[Expr]) -> Made<Vec<Expr>> {
        parts.iter().map(|part| self.rewrite(side, part)).collect()
    }

    fn reading(&mut self, side: Side, expr: &Expr) -> Made<Expr> {
        match expr {
            Expr::Field(field) => self.answer(side, *field),
            Expr::Points(field) => self.points(side, *field),
            Expr::Has(field, code) => self.has(side, *field, *code),
            Expr::Answered(field) => self.answered(side, *field),
            Expr::Extreme(highest, parts) => {
                self.none_left_out(side, parts)?;
                Ok(Expr::Extreme(*highest, self.all(side, parts)?))
            }
            Expr::Count(parts) => {
                let mut counted = Vec::new();
                for part in parts {
                    counted.push(self.unless_left_out(side, part, Value::Boolean(false))?);
                }
                Ok(Expr::Count(counted))
            }
            Expr::Sum(sum) => self.sum(side, sum),
            Expr::Script(call) => self.script(side, call),
            other => self.rewrite(side, other),
        }
    }

    /// What it is where the question is asked, and what it counts as where not.
    fn asked(meaning: &Meaning, asked: Expr, hidden: Option<Value>) -> Expr {
        match meaning.shown {
            None => asked,
            Some(shown) => {
                let hidden = hidden.map_or_else(Expr::nothing, Expr::Constant);
                Expr::If(Box::new(Expr::Node(shown)), Box::new(asked), Box::new(hidden))
            }
        }
    }

    fn answer(&mut self, side: Side, field: FieldId) -> Made<Expr> {
        let meaning = self.meaning(side, field)?;
        Ok(meaning.bare.map_or_else(|| Self::asked(&meaning, meaning.value.clone(), meaning.otherwise), Expr::Field))
    }

    fn points(&mut self, side: Side, field: FieldId) -> Made<Expr> {
        let meaning = self.meaning(side, field)?;
        if let Some(bare) = meaning.bare.filter(|_| meaning.points) {
            return Ok(Expr::Points(bare));
        }
        let plan = self.plan(side);
        let own = plan.field(field);
        let hidden = meaning.otherwise.and_then(|value| plan.points(field, value)).map(Value::Number);
        let here = match own.kind {
            ItemType::Integer | ItemType::Decimal | ItemType::Time => meaning.value.clone(),
            ItemType::Choice | ItemType::Boolean => points_of(own.kind, meaning.value.clone(), own.points.as_deref().unwrap_or(&[])),
            _ => match &meaning.option {
                Some((id, None)) if meaning.points => Expr::Points(*id),
                _ => return Err(Undecided::Points(own.id.clone())),
            },
        };
        Ok(Self::asked(&meaning, here, hidden))
    }

    fn has(&mut self, side: Side, field: FieldId, code: u8) -> Made<Expr> {
        let meaning = self.meaning(side, field)?;
        match (meaning.bare, &meaning.option) {
            (Some(bare), _) => Ok(Expr::Has(bare, code)),
            (None, Some((id, None))) => {
                let hidden =
                    meaning.otherwise.and_then(|value| if let Value::Codes(codes) = value { Some(codes >> code & 1 == 1) } else { None });
                Ok(Self::asked(&meaning, Expr::Has(*id, code), hidden.map(Value::Boolean)))
            }
            _ => Err(Undecided::Options(self.plan(side).field(field).id.clone())),
        }
    }

    fn answered(&mut self, side: Side, field: FieldId) -> Made<Expr> {
        let meaning = self.meaning(side, field)?;
        Ok(match (meaning.bare, meaning.shown) {
            (Some(bare), _) => Expr::Answered(bare),
            (None, Some(shown)) if meaning.otherwise.is_none() => Expr::Node(shown),
            _ => Expr::Constant(Value::Boolean(true)),
        })
    }

    /// On which sheets an expression is left out, where the one plan does not know that by itself.
    fn left_out(&mut self, side: Side, expr: &Expr) -> Made<Option<Expr>> {
        let hides = |meaning: &Meaning, plain: bool| {
            let hidden = meaning.shown.filter(|_| meaning.otherwise.is_none() && !(plain && meaning.bare.is_some()));
            hidden.map(|shown| Expr::Not(Box::new(Expr::Node(shown))))
        };
        Ok(match expr {
            Expr::Field(field) | Expr::Has(field, _) => hides(&self.meaning(side, *field)?, true),
            Expr::Points(field) => {
                let meaning = self.meaning(side, *field)?;
                hides(&meaning, meaning.points)
            }
            Expr::Accepts(part, _) => self.left_out(side, part)?,
            Expr::Or(parts) => {
                let (mut all, mut by_itself) = (Vec::new(), false);
                for part in parts {
                    match self.left_out(side, part)? {
                        Some(hidden) => all.push(hidden),
                        None => by_itself = true,
                    }
                }
                if !all.is_empty() && by_itself {
                    return Err(Undecided::CountedTogether);
                }
                (!all.is_empty()).then_some(Expr::And(all))
            }
            _ => None,
        })
    }

    fn unless_left_out(&mut self, side: Side, part: &Expr, counts: Value) -> Made<Expr> {
        let rewritten = self.rewrite(side, part)?;
        Ok(match self.left_out(side, part)? {
            None => rewritten,
            Some(hidden) => Expr::If(Box::new(hidden), Box::new(Expr::Constant(counts)), Box::new(rewritten)),
        })
    }

    fn none_left_out(&mut self, side: Side, parts: &[Expr]) -> Made<()> {
        for part in parts {
            if self.left_out(side, part)?.is_some() {
                return Err(Undecided::LeftOut);
            }
        }
        Ok(())
    }

    fn sum(&mut self, side: Side, sum: &Sum) -> Made<Expr> {
        let (mut options, mut others) = (Vec::new(), Vec::new());
        for term in &sum.options {
            let meaning = self.meaning(side, term.field)?;
            let numbers: Vec<Decimal> = term.points.iter().map(|points| Decimal::new(*points, sum.scale)).collect();
            match (&meaning.option, meaning.bare) {
                (_, Some(bare)) => options.push(OptionTerm { field: bare, points: term.points.clone() }),
                (Some((id, Some(map))), None) if meaning.shown.is_none() => {
                    let points = map.iter().map(|code| term.points.get(usize::from(*code)).copied());
                    let points: Option<Vec<i64>> = points.collect();
                    options.push(OptionTerm { field: *id, points: points.ok_or(Undecided::NoPoints)? });
                }
                _ => {
                    if sum.mean {
                        self.none_left_out(side, &[Expr::Field(term.field)])?;
                    }
                    let kind = self.plan(side).field(term.field).kind;
                    let place = match meaning.otherwise {
                        Some(Value::Code(code)) => Some(usize::from(code)),
                        Some(Value::Boolean(truth)) => Some(usize::from(truth)),
                        _ => None,
                    };
                    let hidden = place.and_then(|place| numbers.get(place).copied()).unwrap_or(Decimal::ZERO);
                    let here = points_of(kind, meaning.value.clone(), &numbers);
                    others.push((Self::asked(&meaning, here, Some(Value::Number(hidden))), Decimal::ONE));
                }
            }
        }
        for (part, factor) in &sum.others {
            if sum.mean {
                self.none_left_out(side, std::slice::from_ref(part))?;
            }
            others.push((self.unless_left_out(side, part, Value::Number(Decimal::ZERO))?, *factor));
        }
        Ok(Expr::Sum(Box::new(Sum { options, others, ..sum.clone() })))
    }

    fn script(&mut self, side: Side, call: &ScriptCall) -> Made<Expr> {
        let mut reads = Vec::new();
        for (name, read) in &call.reads {
            let read = match read {
                Read::One(part, kind) => Read::One(self.rewrite(side, part)?, self.kind(side, *kind)),
                Read::Many(parts) => {
                    for part in parts {
                        if self.left_out(side, part)?.is_some() {
                            return Err(Undecided::Script);
                        }
                    }
                    Read::Many(self.all(side, parts)?)
                }
            };
            reads.push((name.clone(), read));
        }
        let known = self.scripts.iter().find(|known| known.code() == call.script.code()).cloned();
        let script = known.unwrap_or_else(|| {
            self.scripts.push(call.script.clone());
            call.script.clone()
        });
        let codes = call.codes.map(|set| self.set(self.plan(side).codes(set)));
        Ok(Expr::Script(Box::new(ScriptCall { script, reads, range: call.range, codes })))
    }
}

fn points_of(kind: ItemType, value: Expr, points: &[Decimal]) -> Expr {
    table_of(value, points.iter().enumerate().map(|(place, number)| (vec![accepted(kind, [place])], Value::Number(*number))).collect())
}
