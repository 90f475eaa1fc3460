//! Tables, scripts and adjustments as diagrams: the rest of what `lift` does. Counts nothing.

use rust_decimal::Decimal;

use super::NotDecided;
use super::leaf::Leaf;
use super::lift::{Lifted, Lifter};
use crate::definition::Hit;
use crate::plan::{
    Accept, Adjusted, CombineBy, DecisionTable, Expr, FieldId, Knowledge, NodeId, Read, ScriptCall, State, Type, Value, adds_up, collect,
};
use crate::script::{Argument, ScriptFailure};

/// More different arguments than this are not handed to one script.
const MOST_RUNS: usize = 20_000;

impl Lifter<'_> {
    /// The places of the rows that accept a sheet, ascending.
    pub(super) fn rows(&mut self, table: &DecisionTable) -> Lifted {
        let all = (0..table.rows.len()).map(row_leaf).collect();
        let mut rows = self.diagrams.leaf(Leaf::Tuple(all));
        for (place, column) in table.columns.iter().enumerate() {
            let column = self.lift(column)?;
            let cells: Vec<Option<&Accept>> = table.rows.iter().map(|(cells, _)| cells.get(place)).collect();
            rows = self.fold(rows, column, |rows, value| {
                let (Leaf::Tuple(rows), Some(value)) = (rows, value.value()) else { return Leaf::Open };
                let fits =
                    |row: &&Leaf| row_place(row).and_then(|row| cells.get(row).copied().flatten()).is_some_and(|cell| cell.accepts(value));
                Leaf::Tuple(rows.iter().filter(fits).cloned().collect())
            })?;
        }
        Ok(rows)
    }

    pub(super) fn table(&mut self, table: &DecisionTable) -> Lifted {
        let rows = self.rows(table)?;
        Ok(self.diagrams.map(rows, &mut |leaf| {
            let Leaf::Tuple(rows) = leaf else { return Leaf::Open };
            let mut results = rows.iter().filter_map(row_place).filter_map(|row| table.rows.get(row)).map(|(_, then)| *then);
            Leaf::of(if table.hit == Hit::Collect {
                collect(table.aggregate, results, table.otherwise)
            } else {
                results.next().or(table.otherwise)
            })
        })?)
    }

    pub(super) fn script<'c>(&mut self, call: &'c ScriptCall) -> Lifted {
        let mut arguments = self.diagrams.leaf(Leaf::Tuple(Vec::new()));
        let mut kinds = Vec::new();
        for (name, read) in &call.reads {
            let argument = match read {
                Read::One(expr, kind) => {
                    kinds.push((name.as_str(), Some(*kind)));
                    self.lift(expr)?
                }
                Read::Many(parts) => {
                    kinds.push((name.as_str(), None));
                    let mut list = self.diagrams.leaf(Leaf::Tuple(Vec::new()));
                    for part in parts {
                        let part = self.lift(part)?;
                        list = self.fold(list, part, |list, next| match (list, next) {
                            (Leaf::Tuple(_), Leaf::LeftOut) => list.clone(),
                            (Leaf::Tuple(known), Leaf::Value(_)) => Leaf::Tuple(known.iter().chain([next]).cloned().collect()),
                            _ => Leaf::Open,
                        })?;
                    }
                    list
                }
            };
            arguments = self.fold(arguments, argument, |known, next| match (known, next) {
                (Leaf::Tuple(known), Leaf::Value(_) | Leaf::Tuple(_)) => Leaf::Tuple(known.iter().chain([next]).cloned().collect()),
                _ => Leaf::Open,
            })?;
        }
        let (plan, mut runs) = (self.plan, 0_usize);
        let result = self.diagrams.map(arguments, &mut |leaf| {
            runs += 1;
            if runs > MOST_RUNS {
                return Leaf::Open;
            }
            let Leaf::Tuple(values) = leaf else { return Leaf::Open };
            let argument = |(value, (name, kind)): (&Leaf, &(&'c str, Option<Type>))| match (value, kind) {
                (Leaf::Value(value), Some(kind)) => Some((*name, plan.argument(*value, *kind)?)),
                (Leaf::Tuple(list), None) => Some((*name, Argument::Numbers(list.iter().map(Leaf::number).collect::<Option<_>>()?))),
                _ => None,
            };
            let chosen: Option<Vec<_>> = values.iter().zip(&kinds).map(argument).collect();
            Leaf::of(chosen.and_then(|chosen| plan.run(call, &chosen, &Nothing)))
        })?;
        if runs > MOST_RUNS {
            return Err(NotDecided::Script(MOST_RUNS));
        }
        Ok(result)
    }

    pub(super) fn adjust(&mut self, adjusted: &Adjusted) -> Lifted {
        let mut all = self.lift(&Expr::Node(adjusted.preliminary))?;
        all = self.diagrams.map(all, &mut |leaf| Leaf::Tuple(vec![leaf.clone()]))?;
        for (clause, _) in &adjusted.clauses {
            let clause = self.lift(&Expr::Node(*clause))?;
            all = self.fold(all, clause, |known, next| match (known, next) {
                (Leaf::Tuple(known), next) => Leaf::Tuple(known.iter().chain([next]).cloned().collect()),
                _ => Leaf::Open,
            })?;
        }
        let adds = match &adjusted.combine {
            CombineBy::Always(adds) => self.diagrams.leaf(Leaf::Value(Value::Boolean(*adds))),
            CombineBy::Setting(setting, _) => {
                let part = self.field(*setting)?;
                self.map_diagram(part, |value| adds_up(&adjusted.combine, &Only(*setting, value)).map(Value::Boolean))?
            }
        };
        self.fold(all, adds, |known, adds| {
            let (Leaf::Tuple(known), Some(adds)) = (known, adds.truth()) else { return Leaf::Open };
            let Some(Leaf::Value(Value::Code(preliminary))) = known.first() else { return Leaf::Open };
            if known.iter().skip(1).any(|clause| clause.truth().is_none()) {
                return Leaf::Open;
            }
            let holds = |place: usize| known.get(place + 1).and_then(Leaf::truth) == Some(true);
            Leaf::Value(Value::Code(adjusted.grade(*preliminary, adds, holds)))
        })
    }
}

fn row_leaf(row: usize) -> Leaf {
    Leaf::Value(Value::Number(Decimal::from(row)))
}

fn row_place(leaf: &Leaf) -> Option<usize> {
    usize::try_from(leaf.number()?).ok()
}

/// Nothing is known beyond what is handed in.
struct Nothing;

impl Knowledge for Nothing {
    fn state(&self, _: FieldId) -> State {
        State::Blank
    }

    fn node(&self, _: NodeId) -> Option<Value> {
        None
    }

    fn failed(&self, _: ScriptFailure) {}
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
