//! From an expression to its diagram: the same meaning as `plan::evaluate`, for all complete sheets at once. Counts nothing.

use rust_decimal::Decimal;

use super::NotDecided;
use super::cone::Cone;
use super::diagram::{Diagram, Diagrams};
use super::leaf::Leaf;
use super::tally::{Tallied, Tallies};
use crate::plan::{DecisionTable, Expr, FieldId, NodeId, ScoringPlan, State, Sum, Value, calculate, truth};
use crate::sort::sort;
use crate::sorted::SortedMap;

/// What a diagram asks: a field, or a part of the plan that stands for itself.
pub(super) enum Variable {
    Field(FieldId, Vec<super::domain::Choice>),
    Node(Vec<Tallied>),
}

/// The diagrams of one question.
pub(super) struct Lifter<'a> {
    pub(super) plan: &'a ScoringPlan,
    tallies: Tallies<'a>,
    cone: Cone<'a>,
    pub(super) diagrams: Diagrams,
    pub(super) variables: Vec<Variable>,
    fields: SortedMap<FieldId, usize>,
    alone: SortedMap<NodeId, usize>,
    nodes: SortedMap<NodeId, Diagram>,
    /// Whether every field asks for an answer, which counts where the field is shown; else being hidden is one of its choices.
    always_asks: bool,
}

pub(super) type Lifted = Result<Diagram, NotDecided>;
type OfNumber<'e> = Box<dyn Fn(Decimal) -> Option<Value> + 'e>;

impl<'a> Lifter<'a> {
    /// Prepares the variables of some expressions, in the printed order; what hides others comes first.
    pub(super) fn new(tallies: &Tallies<'a>, tops: &[&'a Expr]) -> Result<Self, NotDecided> {
        Self::prepared(tallies, tops, false)
    }

    /// The same, but every field has an answer, which only counts where it is shown: sheets that differ in one answer lie side by side.
    pub(super) fn of_answers(tallies: &Tallies<'a>, tops: &[&'a Expr]) -> Result<Self, NotDecided> {
        Self::prepared(tallies, tops, true)
    }

    fn prepared(tallies: &Tallies<'a>, tops: &[&'a Expr], always_asks: bool) -> Result<Self, NotDecided> {
        let plan = tallies.plan;
        let cone = Cone::of(plan, tops, &tallies.given);
        let (fields, alone) = (SortedMap::new(), SortedMap::new());
        let (diagrams, variables, nodes) = (Diagrams::default(), Vec::new(), SortedMap::new());
        let mut lifter = Self { plan, tallies: tallies.again(), cone, diagrams, variables, fields, alone, nodes, always_asks };
        let (mut found_fields, mut found_nodes) = (Vec::new(), Vec::new());
        for top in tops {
            lifter.variables_of(top, &mut found_fields, &mut found_nodes, &mut Vec::new());
        }
        let hides = |field: &FieldId| {
            let mut read = false;
            for shown in found_fields.iter().filter_map(|other| tallies.given.shown(*other)) {
                plan.node(shown).expr.for_each_read(&mut |hiding| read |= hiding == *field, &mut |_| {});
            }
            read
        };
        let first = |node: NodeId| {
            Cone::of(plan, &[&plan.node(node).expr], &tallies.given).fields.as_slice().first().copied().unwrap_or(FieldId(0))
        };
        let mut order: Vec<(bool, FieldId, Option<NodeId>)> = Vec::new();
        order.extend(found_fields.iter().map(|field| (!hides(field), *field, None)));
        order.extend(found_nodes.iter().map(|node| (true, first(*node), Some(*node))));
        sort(&mut order);
        for (_, field, node) in order {
            let place = lifter.variables.len();
            if let Some(node) = node {
                let tally = tallies.of_node(node, lifter.cone.cuts(node))?;
                lifter.variables.push(Variable::Node(tally.values));
                lifter.alone.insert(node, place);
            } else {
                let mut choices = tallies.choices(field)?.to_vec();
                choices.retain(|choice| !(always_asks && choice.hidden));
                lifter.variables.push(Variable::Field(field, choices));
                lifter.fields.insert(field, place);
            }
        }
        Ok(lifter)
    }

    /// The fields and the self-contained nodes that an expression comes down to.
    fn variables_of(&self, expr: &Expr, fields: &mut Vec<FieldId>, nodes: &mut Vec<NodeId>, seen: &mut Vec<NodeId>) {
        let (mut here, mut read) = (Vec::new(), Vec::new());
        expr.for_each_read(&mut |field| here.push(field), &mut |node| read.push(node));
        for field in here {
            if !fields.contains(&field) && self.given(field).is_none() {
                fields.push(field);
                read.extend(self.tallies.given.shown(field));
            }
        }
        for node in read {
            if nodes.contains(&node) || seen.contains(&node) {
                continue;
            }
            if self.cone.stands_alone(node, &self.tallies.given) {
                nodes.push(node);
            } else {
                seen.push(node);
                self.variables_of(&self.plan.node(node).expr, fields, nodes, seen);
            }
        }
    }

    fn given(&self, field: FieldId) -> Option<State> {
        self.tallies.given.get(field)
    }

    /// The diagram of expressions on the sheets that there are: one as it is, several as a tuple.
    pub(super) fn sheets(&mut self, exprs: &[&Expr]) -> Lifted {
        let result = self.together(exprs)?;
        self.on_sheets(result)
    }

    /// The rows of a table that accept a sheet, on the sheets that there are.
    pub(super) fn rows_on_sheets(&mut self, table: &DecisionTable) -> Lifted {
        let rows = self.rows(table)?;
        self.on_sheets(rows)
    }

    fn on_sheets(&mut self, mut result: Diagram) -> Lifted {
        let hidden: Vec<(FieldId, usize)> = self.fields.iter().map(|(field, place)| (*field, *place)).collect();
        for (field, place) in hidden.into_iter().rev() {
            let Some(shown) = self.tallies.given.shown(field) else { continue };
            let shown = self.lift(&Expr::Node(shown))?;
            let is_hidden = self.variable(place, |choice| Leaf::Value(Value::Boolean(choice.hidden)))?;
            result = self.diagrams.combine(&[shown, is_hidden, result], &mut |leaves| match leaves {
                [_, _, Some(Leaf::Nowhere)] => Some(Leaf::Nowhere),
                [Some(shown), Some(hidden), rest] => match (shown.truth(), hidden.truth()) {
                    (Some(shown), Some(hidden)) if shown == hidden => Some(Leaf::Nowhere),
                    (Some(_), Some(_)) => rest.cloned(),
                    _ => Some(Leaf::Open),
                },
                _ => None,
            })?;
        }
        Ok(result)
    }

    /// One expression as it is; several as a tuple.
    fn together(&mut self, exprs: &[&Expr]) -> Lifted {
        let mut parts = Vec::new();
        for expr in exprs {
            let part = self.lift(expr)?;
            parts.push(self.settled(part)?);
        }
        if let [one] = parts.as_slice() {
            return Ok(*one);
        }
        Ok(self.diagrams.combine(&parts, &mut |leaves| {
            let all: Option<Vec<Leaf>> = leaves.iter().map(|leaf| leaf.cloned()).collect();
            all.map(Leaf::Tuple)
        })?)
    }

    fn variable(&mut self, place: usize, leaf: impl Fn(&super::domain::Choice) -> Leaf) -> Lifted {
        let leaves: Vec<Leaf> = match self.variables.get(place) {
            Some(Variable::Field(_, choices)) => choices.iter().map(leaf).collect(),
            Some(Variable::Node(values)) => values.iter().map(|value| value.leaf.clone()).collect(),
            None => Vec::new(),
        };
        let next = leaves.into_iter().map(|leaf| self.diagrams.leaf(leaf)).collect();
        Ok(self.diagrams.ask(place, next)?)
    }

    pub(super) fn field(&mut self, field: FieldId) -> Lifted {
        if let Some(state) = self.given(field) {
            return Ok(self.diagrams.leaf(Leaf::of_state(state)));
        }
        let place = self.fields.get(&field).copied().unwrap_or(usize::MAX);
        let answer = self.variable(place, |choice| Leaf::of_state(choice.state))?;
        let Some(shown) = self.tallies.given.shown(field).filter(|_| self.always_asks) else { return Ok(answer) };
        let hidden = Leaf::of_state(self.plan.field(field).otherwise.map_or(State::LeftOut, State::Known));
        let shown = self.lift(&Expr::Node(shown))?;
        Ok(self.diagrams.combine(&[shown, answer], &mut |leaves| match leaves {
            [Some(shown), answer] => match shown.truth() {
                Some(true) => answer.cloned(),
                Some(false) => Some(hidden.clone()),
                None => Some(Leaf::Open),
            },
            _ => None,
        })?)
    }

    /// The diagram of an expression as a result, which is never left out.
    pub(super) fn whole(&mut self, expr: &Expr) -> Lifted {
        let part = self.lift(expr)?;
        self.settled(part)
    }

    /// The variable in which a field's answer lies: the field itself, or the part that stands for itself and depends on it.
    pub(super) fn variable_with(&self, field: FieldId) -> Option<usize> {
        let depends = |node: NodeId| self.tallies.fields_of(node).contains(&field);
        let alone = || self.alone.iter().find(|(node, _)| depends(**node)).map(|(_, place)| *place);
        self.fields.get(&field).copied().or_else(alone)
    }

    /// The part that a variable stands for, and the cuts up to which its numbers are told apart.
    pub(super) fn node_of(&self, place: usize) -> Option<(NodeId, Option<Vec<Decimal>>)> {
        self.alone.iter().find(|(_, known)| **known == place).map(|(node, _)| (*node, self.cone.cuts(*node)))
    }

    fn map(&mut self, expr: &Expr, change: impl Fn(Value) -> Option<Value>) -> Lifted {
        let part = self.lift(expr)?;
        self.map_diagram(part, change)
    }

    /// What is left out has no value of its own.
    pub(super) fn settled(&mut self, part: Diagram) -> Lifted {
        Ok(self.diagrams.map(part, &mut |leaf| if let Leaf::LeftOut = leaf { Leaf::Open } else { leaf.clone() })?)
    }

    pub(super) fn map_diagram(&mut self, part: Diagram, change: impl Fn(Value) -> Option<Value>) -> Lifted {
        Ok(self.diagrams.map(part, &mut |leaf| Leaf::of(leaf.value().and_then(&change)))?)
    }

    /// Like `map`, but what is left out stays so.
    fn test(&mut self, part: Diagram, test: impl Fn(Value) -> Option<bool>) -> Lifted {
        Ok(self.diagrams.map(part, &mut |leaf| match leaf {
            Leaf::LeftOut => Leaf::LeftOut,
            other => Leaf::of(other.value().and_then(&test).map(Value::Boolean)),
        })?)
    }

    fn two(&mut self, left: &Expr, right: &Expr, join: impl Fn(Value, Value) -> Option<Value>) -> Lifted {
        let (left, right) = (self.lift(left)?, self.lift(right)?);
        Ok(self.diagrams.combine(&[left, right], &mut |leaves| match leaves {
            [Some(left), Some(right)] => Some(Leaf::of(left.value().zip(right.value()).and_then(|(left, right)| join(left, right)))),
            _ => None,
        })?)
    }

    pub(super) fn fold(&mut self, first: Diagram, next: Diagram, join: impl Fn(&Leaf, &Leaf) -> Leaf) -> Lifted {
        Ok(self.diagrams.combine(&[first, next], &mut |leaves| match leaves {
            [Some(first), Some(next)] => Some(join(first, next)),
            _ => None,
        })?)
    }

    pub(super) fn lift(&mut self, expr: &Expr) -> Lifted {
        match expr {
            Expr::Constant(value) => Ok(self.diagrams.leaf(Leaf::Value(*value))),
            Expr::Field(field) => self.field(*field),
            Expr::Points(field) => {
                let (plan, part) = (self.plan, self.field(*field)?);
                Ok(self.diagrams.map(part, &mut |leaf| match leaf {
                    Leaf::LeftOut => Leaf::LeftOut,
                    other => Leaf::of_number(other.value().and_then(|value| plan.points(*field, value))),
                })?)
            }
            Expr::Node(node) => self.node(*node),
            Expr::Rank(part) => self.map(part, |value| match value {
                Value::Code(code) => Some(Value::Number(Decimal::from(code))),
                _ => None,
            }),
            Expr::Not(part) => self.map(part, |value| truth(value).map(|truth| Value::Boolean(!truth))),
            Expr::And(parts) => self.any(parts, false),
            Expr::Or(parts) => self.any(parts, true),
            Expr::Compare(comparison, left, right) => self.two(left, right, |left, right| {
                let order = match (left, right) {
                    (Value::Number(left), Value::Number(right)) => crate::definition::order(left, right),
                    (left, right) => left.cmp(&right),
                };
                Some(Value::Boolean(comparison.holds(order)))
            }),
            Expr::Accepts(part, accept) => {
                let part = self.lift(part)?;
                self.test(part, |value| Some(accept.accepts(value)))
            }
            Expr::Same(left, right) => self.two(left, right, |left, right| Some(Value::Boolean(left == right))),
            Expr::Has(field, code) => {
                let part = self.field(*field)?;
                self.test(part, |value| if let Value::Codes(codes) = value { Some(codes >> code & 1 == 1) } else { None })
            }
            Expr::Answered(field) => {
                let part = self.field(*field)?;
                Ok(self.diagrams.map(part, &mut |leaf| match leaf {
                    Leaf::Value(_) => Leaf::Value(Value::Boolean(true)),
                    Leaf::LeftOut => Leaf::Value(Value::Boolean(false)),
                    _ => Leaf::Open,
                })?)
            }
            Expr::Calculate(operation, left, right) => self.two(left, right, |left, right| match (left, right) {
                (Value::Number(left), Value::Number(right)) => calculate(*operation, left, right).map(Value::Number),
                _ => None,
            }),
            Expr::If(test, then, otherwise) => self.either(test, then, otherwise),
            Expr::Negate(_) | Expr::Absolute(_) | Expr::Round(..) | Expr::Whole(..) | Expr::Steps(..) => self.of_number(expr),
            Expr::Extreme(highest, parts) => self.extreme(*highest, parts),
            Expr::Count(parts) => self.count(parts),
            Expr::Sum(sum) => self.sum(sum),
            Expr::Table(table) => self.table(table),
            Expr::Script(call) => self.script(call),
            Expr::Adjust(adjusted) => self.adjust(adjusted),
            Expr::Between(..) => Err(NotDecided::Days),
        }
    }

    fn node(&mut self, node: NodeId) -> Lifted {
        if let Some(place) = self.alone.get(&node) {
            return self.variable(*place, |_| Leaf::Open);
        }
        if let Some(known) = self.nodes.get(&node) {
            return Ok(*known);
        }
        let plan = self.plan;
        let lifted = self.lift(&plan.node(node).expr)?;
        let lifted = self.settled(lifted)?;
        self.nodes.insert(node, lifted);
        Ok(lifted)
    }

    fn of_number(&mut self, expr: &Expr) -> Lifted {
        let (part, change): (&Expr, OfNumber<'_>) = match expr {
            Expr::Negate(part) => (part, Box::new(|number| Some(Value::Number(-number)))),
            Expr::Absolute(part) => (part, Box::new(|number| Some(Value::Number(number.abs())))),
            Expr::Round(part, rounding) => (part, Box::new(|number| Some(Value::Number(rounding.apply(number).normalize())))),
            Expr::Whole(part, up) => {
                (part, Box::new(|number| Some(Value::Number(if *up { number.ceil() } else { number.floor() }.normalize()))))
            }
            Expr::Steps(part, steps) => {
                (part, Box::new(|number| steps.iter().find(|(edges, _)| edges.contain(number)).map(|(_, value)| *value)))
            }
            _ => return self.lift(expr),
        };
        self.map(part, |value| if let Value::Number(number) = value { change(number) } else { None })
    }

    /// Whether any part is `wanted`: one that is settles it, whatever the others are.
    fn any(&mut self, parts: &[Expr], wanted: bool) -> Lifted {
        let mut all: Option<Diagram> = None;
        for part in parts {
            let part = self.lift(part)?;
            all = Some(match all {
                None => part,
                Some(all) => self.diagrams.combine(&[all, part], &mut |leaves| {
                    let settles = |leaf: &&Leaf| leaf.truth() == Some(wanted);
                    if leaves.iter().flatten().any(settles) {
                        return Some(Leaf::Value(Value::Boolean(wanted)));
                    }
                    match leaves {
                        [Some(Leaf::LeftOut), Some(Leaf::LeftOut)] if wanted => Some(Leaf::LeftOut),
                        [Some(one), Some(two)] => Some(Leaf::of(one.truth().and(two.truth()).map(Value::Boolean))),
                        _ => None,
                    }
                })?,
            });
        }
        match all {
            Some(all) if wanted => Ok(all),
            Some(all) => self.settled(all),
            None => Ok(self.diagrams.leaf(Leaf::Value(Value::Boolean(!wanted)))),
        }
    }

    fn either(&mut self, test: &Expr, then: &Expr, otherwise: &Expr) -> Lifted {
        let test = self.lift(test)?;
        if let Some(test) = self.diagrams.end(test).and_then(Leaf::truth) {
            return self.lift(if test { then } else { otherwise });
        }
        let (then, otherwise) = (self.lift(then)?, self.lift(otherwise)?);
        let plain = |leaf: &Leaf| if let Leaf::LeftOut = leaf { Leaf::Open } else { leaf.clone() };
        Ok(self.diagrams.combine(&[test, then, otherwise], &mut |leaves| match leaves {
            [Some(test), then, otherwise] if test.truth().is_some() => {
                (if test.truth() == Some(true) { then } else { otherwise }).map(plain)
            }
            [Some(_), Some(then), Some(otherwise)] => Some(if then == otherwise { plain(then) } else { Leaf::Open }),
            _ => None,
        })?)
    }

    fn extreme(&mut self, highest: bool, parts: &[Expr]) -> Lifted {
        let mut best = self.diagrams.leaf(Leaf::LeftOut);
        for part in parts {
            let part = self.lift(part)?;
            best = self.fold(best, part, |best, next| match (best, next) {
                (Leaf::LeftOut, other) | (other, Leaf::LeftOut) => other.clone(),
                _ => Leaf::of_number(best.number().zip(next.number()).map(|(one, two)| if highest { one.max(two) } else { one.min(two) })),
            })?;
        }
        self.map_diagram(best, Some)
    }

    fn count(&mut self, parts: &[Expr]) -> Lifted {
        let mut count = self.diagrams.leaf(Leaf::of_number(Some(Decimal::ZERO)));
        for part in parts {
            let part = self.lift(part)?;
            count = self.fold(count, part, |count, next| {
                let one = if let Leaf::LeftOut = next { Some(false) } else { next.truth() };
                Leaf::of_number(count.number().zip(one).map(|(count, one)| count + Decimal::from(u8::from(one))))
            })?;
        }
        Ok(count)
    }

    fn sum(&mut self, sum: &Sum) -> Lifted {
        let nought = Leaf::Tuple(vec![Leaf::of_number(Some(Decimal::ZERO)), Leaf::of_number(Some(Decimal::ZERO))]);
        let mut total = if sum.mean { self.diagrams.leaf(nought) } else { self.diagrams.leaf(Leaf::of_number(Some(Decimal::ZERO))) };
        let mut terms = Vec::new();
        for term in &sum.options {
            let part = self.field(term.field)?;
            terms.push(self.diagrams.map(part, &mut |leaf| match leaf {
                Leaf::LeftOut => Leaf::LeftOut,
                other => {
                    let place = match other.value() {
                        Some(Value::Code(code)) => Some(usize::from(code)),
                        Some(Value::Boolean(truth)) => Some(usize::from(truth)),
                        _ => None,
                    };
                    Leaf::of_number(place.and_then(|place| term.points.get(place)).map(|points| Decimal::new(*points, sum.scale)))
                }
            })?);
        }
        for (expr, factor) in &sum.others {
            let part = self.lift(expr)?;
            terms.push(self.diagrams.map(part, &mut |leaf| match leaf {
                Leaf::LeftOut => Leaf::LeftOut,
                other => Leaf::of_number(other.number().and_then(|number| number.checked_mul(*factor))),
            })?);
        }
        // The last first, so that each step adds above what is there.
        for term in terms.into_iter().rev() {
            total = self.fold(term, total, |term, total| match (term, total) {
                (Leaf::LeftOut, total) => total.clone(),
                (term, Leaf::Tuple(both)) => match (term.number(), both.as_slice()) {
                    (Some(number), [sum, count]) => {
                        let sum = Leaf::of_number(sum.number().and_then(|sum| sum.checked_add(number)));
                        Leaf::Tuple(vec![sum, Leaf::of_number(count.number().map(|count| count + Decimal::ONE))])
                    }
                    _ => Leaf::Open,
                },
                (term, total) => Leaf::of_number(term.number().zip(total.number()).and_then(|(term, total)| term.checked_add(total))),
            })?;
        }
        if !sum.mean {
            return Ok(total);
        }
        Ok(self.diagrams.map(total, &mut |leaf| match leaf {
            Leaf::Tuple(both) => match both.as_slice() {
                [sum, count] => Leaf::of_number(sum.number().zip(count.number()).and_then(|(sum, count)| sum.checked_div(count))),
                _ => Leaf::Open,
            },
            _ => Leaf::Open,
        })?)
    }
}
