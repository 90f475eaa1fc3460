//! What several sums and counts over the same items come to together, item by item, so that nobody has to try every sheet.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::explore::Explorer;
use crate::plan::{Expr, FieldId, FieldSet, Knowledge, Missing, NodeId, State, Value, number, truth};
use crate::script::ScriptFailure;

impl Explorer<'_> {
    /// Whether a node adds or counts fields, each for itself, none of them hidden.
    pub(super) fn is_tally(&self, id: NodeId) -> bool {
        let by_itself = |expr: &Expr| {
            let (mut fields, mut nodes) = (FieldSet::default(), 0);
            expr.for_each_read(&mut |field| fields.insert(field), &mut |_| nodes += 1);
            fields.len() == 1 && nodes == 0
        };
        let plain = self.plan.cones.cone(id).is_some_and(|cone| cone.nodes.is_empty());
        plain
            && match &self.plan.node(id).expr {
                Expr::Sum(sum) => !sum.mean && sum.missing == Missing::Refuse && sum.others.iter().all(|(part, _)| by_itself(part)),
                Expr::Count(parts) => parts.iter().all(by_itself),
                _ => false,
            }
    }

    /// All that these tallies come to together; `None` where that is more than `most`, or where an answer cannot be listed.
    pub(super) fn tallied_together(&self, nodes: &[NodeId], most: usize) -> Option<Vec<Vec<State>>> {
        let mut fields = FieldSet::default();
        nodes.iter().filter_map(|id| self.plan.cones.cone(*id)).for_each(|cone| fields.merge(&cone.fields));
        let mut all: BTreeSet<Vec<Decimal>> = BTreeSet::from([vec![Decimal::ZERO; nodes.len()]]);
        for field in fields.iter() {
            let states = match self.state(field) {
                state @ State::Known(_) => vec![state],
                _ => self.domain(field)?,
            };
            let mut adds: BTreeSet<Vec<Decimal>> = BTreeSet::new();
            for state in states {
                let State::Known(value) = state else { return None };
                adds.insert(nodes.iter().map(|id| self.adds(*id, field, value)).collect::<Option<_>>()?);
            }
            let mut next = BTreeSet::new();
            for (so_far, add) in all.iter().flat_map(|so_far| adds.iter().map(move |add| (so_far, add))) {
                next.insert(so_far.iter().zip(add).map(|(one, two)| one.checked_add(*two)).collect::<Option<Vec<Decimal>>>()?);
                if next.len() > most {
                    return None;
                }
            }
            self.spend(u64::try_from(next.len()).unwrap_or(u64::MAX));
            all = next;
        }
        let known = |number: Decimal| State::Known(Value::Number(number.normalize()));
        Some(all.into_iter().map(|way| way.into_iter().map(known).collect()).collect())
    }

    /// What an answer to one field adds to a tally.
    fn adds(&self, id: NodeId, field: FieldId, value: Value) -> Option<Decimal> {
        let only = Only(field, value);
        let reads = |expr: &Expr| {
            let mut read = false;
            expr.for_each_read(&mut |id| read |= id == field, &mut |_| {});
            read
        };
        let mut all = Decimal::ZERO;
        match &self.plan.node(id).expr {
            Expr::Sum(sum) => {
                for term in sum.options.iter().filter(|term| term.field == field) {
                    let place = match value {
                        Value::Code(code) => usize::from(code),
                        Value::Boolean(truth) => usize::from(truth),
                        _ => return None,
                    };
                    all = all.checked_add(Decimal::new(*term.points.get(place)?, sum.scale))?;
                }
                for (part, factor) in sum.others.iter().filter(|(part, _)| reads(part)) {
                    all = all.checked_add(number(self.plan.evaluate(part, &only)?)?.checked_mul(*factor)?)?;
                }
            }
            Expr::Count(parts) => {
                for part in parts.iter().filter(|part| reads(part)) {
                    all += Decimal::from(u8::from(truth(self.plan.evaluate(part, &only)?)?));
                }
            }
            _ => return None,
        }
        Some(all)
    }
}

/// Only one field is known.
struct Only(FieldId, Value);

impl Knowledge for Only {
    fn state(&self, field: FieldId) -> State {
        if field == self.0 { State::Known(self.1) } else { State::Blank }
    }

    fn node(&self, _: NodeId) -> Option<Value> {
        None
    }

    fn failed(&self, _: ScriptFailure) {}
}
