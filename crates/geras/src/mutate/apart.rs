//! A sheet that tells a definition and a changed one apart, or the proof that there is none. Says unknown where it found neither.

use crate::Instrument;
use crate::cases::target::{accepts, asked, deciding, none_before};
use crate::cases::{CaseFile, skeleton_of};
use crate::check::sheets::BUDGET;
use crate::check::witness::probes;
use crate::definition::ItemType;
use crate::plan::{
    Accept, Comparison, DecisionTable, Expr, FieldId, NodeId, Purpose, ScoringPlan, State, Sum, Type, Value,
};
use crate::reach::{Evaluation, Possible};
use crate::seek::{Sought, seek};

/// Sheets that are tried where no search led anywhere.
const PROBES: u64 = 300;
/// Numbers that are looked at one by one.
const MOST_NUMBERS: u64 = 4_000;

/// Whether a definition and a changed one differ at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Apart {
    /// They do, on this sheet.
    Told(Told),
    /// They give the same on every sheet: the change changes nothing. Proved.
    Same,
    /// No sheet was found, and it was not proved that there is none.
    Unknown,
}

/// A sheet on which two definitions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What differs there.
    pub differences: Vec<Difference>,
    /// An entry of `sheets` that the case builds on; none where the file has one.
    pub sheet: Option<String>,
    /// The case that would notice, as an entry of `cases`, its expectation left to a person.
    pub yaml: String,
}

/// One result that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The id of the score, band set, clause; or `grade`.
    pub result: String,
    /// What the definition gives.
    pub now: String,
    /// What the changed one gives.
    pub changed: String,
}

pub(super) fn apart(file: &CaseFile, instrument: &Instrument, changed: &Instrument, what: &str) -> Apart {
    let (plan, other) = (instrument.plan(), changed.plan());
    if plan.fields().len() != other.fields().len() || plan.fields().iter().zip(other.fields()).any(|(one, two)| one.id != two.id) {
        return Apart::Unknown;
    }
    let pair = Pair { plan, other };
    let conditions = pair.conditions();
    let (searched, complete) = pair.searched();
    let mut certain = conditions.is_some() && complete;
    for condition in conditions.iter().flatten() {
        match seek(&searched, condition) {
            Sought::Never => continue,
            Sought::Sheet(sheet) => {
                if let Some(told) = pair.told(file, instrument, &sheet, what) {
                    return Apart::Told(told);
                }
            }
            Sought::Unknown => {}
        }
        certain = false;
    }
    if certain {
        return Apart::Same;
    }
    let found = probes(plan, PROBES).into_iter().find_map(|sheet| pair.told(file, instrument, &sheet, what));
    found.map_or(Apart::Unknown, Apart::Told)
}

struct Pair<'a> {
    plan: &'a ScoringPlan,
    other: &'a ScoringPlan,
}

impl Pair<'_> {
    /// The plan to search in, in which every number stands that either of the two tells apart; and whether a search that ends without a sheet
    /// proves that there is none. Where answers may be absent or a script runs, a result can also differ by being open, which no search sees.
    fn searched(&self) -> (ScoringPlan, bool) {
        let mut plan = self.plan.clone();
        let mut complete = !plan.nodes().iter().chain(self.other.nodes()).any(|node| has_script(&node.expr));
        for (field, other) in plan.fields.iter_mut().zip(self.other.fields()) {
            complete &= field.absent.is_empty();
            if field.regions != other.regions {
                complete &= field.kind != ItemType::Decimal || field.step.is_some();
                field.regions = field.regions.take().zip(other.regions.clone()).map(|(mut one, two)| {
                    one.extend(two);
                    one.sort_unstable();
                    one.dedup();
                    one
                });
            }
        }
        (plan, complete)
    }

    /// What differs on a sheet; nothing where all results are the same.
    fn told(&self, file: &CaseFile, instrument: &Instrument, sheet: &[State], what: &str) -> Option<Told> {
        let (one, two) = (Evaluation::new(self.plan, sheet, 0), Evaluation::new(self.other, sheet, 0));
        let (mut differences, mut rules) = (Vec::new(), Vec::new());
        for (place, node) in self.plan.nodes().iter().enumerate() {
            if matches!(node.purpose, Purpose::Shown(_)) {
                continue;
            }
            let now = one.value(NodeId(place));
            let found = self.other.find(node.purpose).map(|id| (self.other.node(id).kind, two.value(id)));
            let (kind, changed) = found.unwrap_or((node.kind, None));
            let (now, changed) = (word(self.plan, node.kind, now), word(self.other, kind, changed));
            if now != changed {
                differences.push(Difference { result: node.id.clone(), now, changed });
                rules.push(NodeId(place));
            }
        }
        if differences.is_empty() {
            return None;
        }
        let looks_at = asked(self.plan, instrument.definition(), None, &rules);
        let name = format!("a case for the {}", what.trim_start_matches("the "));
        let (base, yaml) = skeleton_of(file, self.plan, &name, sheet, &looks_at);
        Some(Told { differences, sheet: base, yaml })
    }

    /// Conditions of which one holds on every sheet where the two differ; none where that cannot be said.
    fn conditions(&self) -> Option<Vec<Expr>> {
        let mut found = Vec::new();
        for (place, (one, two)) in self.plan.fields().iter().zip(self.other.fields()).enumerate() {
            let own = Expr::Field(FieldId(place));
            if one.points != two.points {
                let (Some(before), Some(after)) = (&one.points, &two.points) else { return None };
                let differ = |at: usize| before.get(at) != after.get(at);
                let bits = (0..before.len().min(64)).filter(|at| differ(*at)).fold(0_u64, |bits, at| bits | 1 << at);
                match one.answer_type() {
                    Type::Boolean => found.push(Expr::Accepts(Box::new(own.clone()), Accept::Booleans(differ(0), differ(1)))),
                    Type::Codes(_) => found.extend((0_u8..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| Expr::Has(FieldId(place), bit))),
                    _ => found.push(Expr::Accepts(Box::new(own.clone()), Accept::Codes(bits))),
                }
            }
            if one.otherwise != two.otherwise {
                found.push(Expr::Not(Box::new(Expr::Node(one.shown?))));
            }
            if one.at_most != two.at_most || one.absent != two.absent || one.default != two.default || one.range != two.range {
                return None;
            }
        }
        let same_nodes = self.plan.nodes().len() == self.other.nodes().len()
            && self.plan.nodes().iter().zip(self.other.nodes()).all(|(one, two)| one.purpose == two.purpose && one.kind == two.kind);
        if !same_nodes {
            return self.taken_away();
        }
        for (one, two) in self.plan.nodes().iter().zip(self.other.nodes()) {
            // Where the ids of bands stand in another order, a code means another thing.
            if one.kind == two.kind
                && let Type::Code(set) = one.kind
                && matches!(one.purpose, Purpose::Band(_))
                && self.plan.codes(set) != self.other.codes(set)
            {
                return None;
            }
            self.differ(&one.expr, &two.expr, &mut Vec::new(), &mut found);
        }
        Some(found)
    }

    /// A clause that is gone: the two can only differ where it holds.
    fn taken_away(&self) -> Option<Vec<Expr>> {
        let gone = self.plan.nodes().iter().enumerate().filter(|(_, node)| self.other.find(node.purpose).is_none());
        let gone: Vec<Expr> = gone.map(|(place, _)| Expr::Node(NodeId(place))).collect();
        // Clauses count by their place, so that one taken out of the middle shifts the others: a sheet can still be found, but nothing proved.
        let found: Vec<Expr> = gone.into_iter().filter(|expr| matches!(expr, Expr::Node(node) if self.plan.node(*node).kind == Type::Boolean)).collect();
        (!found.is_empty()).then(|| found.into_iter().chain([Expr::Constant(Value::Boolean(true))]).collect())
    }

    /// Gathers conditions: where the two expressions differ on a sheet, one of them holds. `around` has to hold for the difference to matter.
    fn differ(&self, one: &Expr, two: &Expr, around: &mut Vec<Expr>, found: &mut Vec<Expr>) {
        if one == two {
            return;
        }
        let mut add = |condition: Expr, around: &[Expr]| {
            found.push(if around.is_empty() { condition } else { Expr::And(around.iter().cloned().chain([condition]).collect()) });
        };
        match (one, two) {
            (Expr::Constant(_), Expr::Constant(_)) => add(Expr::Constant(Value::Boolean(true)), around),
            (Expr::Sum(one), Expr::Sum(two)) => match self.in_sum(one, two) {
                Some(conditions) => conditions.into_iter().for_each(|condition| add(condition, around)),
                None => add(unlike(&Expr::Sum(one.clone()), &Expr::Sum(two.clone())), around),
            },
            (Expr::Steps(of, before), Expr::Steps(also, after)) if of == also => {
                let value = |steps: &[(crate::definition::Edges, Value)], number| {
                    steps.iter().find(|(edges, _)| edges.contain(number)).map(|(_, value)| *value)
                };
                match self.numbers(of) {
                    Some(numbers) => {
                        let differing = numbers.into_iter().filter(|number| value(before, *number) != value(after, *number)).collect();
                        add(Expr::Accepts(of.clone(), Accept::Numbers(differing)), around);
                    }
                    None => add(unlike(one, two), around),
                }
            }
            (Expr::And(before), Expr::And(after)) | (Expr::Or(before), Expr::Or(after)) if before.len() == after.len() => {
                let holds = matches!(one, Expr::And(_));
                let Some(place) = single_difference(before, after) else { return add(either(one, two), around) };
                let depth = around.len();
                for (_, part) in before.iter().enumerate().filter(|(other, _)| *other != place) {
                    around.push(if holds { part.clone() } else { Expr::Not(Box::new(part.clone())) });
                }
                if let (Some(before), Some(after)) = (before.get(place), after.get(place)) {
                    self.differ(before, after, around, found);
                }
                around.truncate(depth);
            }
            (Expr::Not(before), Expr::Not(after))
            | (Expr::Rank(before), Expr::Rank(after))
            | (Expr::Negate(before), Expr::Negate(after))
            | (Expr::Absolute(before), Expr::Absolute(after)) => self.differ(before, after, around, found),
            (Expr::Round(before, mode), Expr::Round(after, other)) if mode == other => self.differ(before, after, around, found),
            (Expr::Count(before), Expr::Count(after)) if before.len() == after.len() => {
                for (before, after) in before.iter().zip(after) {
                    self.differ(before, after, around, found);
                }
            }
            (Expr::If(test, then, otherwise), Expr::If(other_test, other_then, other_otherwise)) => {
                self.differ(test, other_test, around, found);
                around.push(test.as_ref().clone());
                self.differ(then, other_then, around, found);
                around.pop();
                around.push(Expr::Not(test.clone()));
                self.differ(otherwise, other_otherwise, around, found);
                around.pop();
            }
            (Expr::Table(before), Expr::Table(after)) if before.columns == after.columns => {
                in_table(before, after).into_iter().for_each(|condition| add(condition, around));
            }
            (Expr::Adjust(before), Expr::Adjust(after)) if before.clauses.len() == after.clauses.len() => {
                let changed = before.clauses.iter().zip(&after.clauses).filter(|(one, two)| one != two);
                let changed: Vec<Expr> = changed.map(|((clause, _), _)| Expr::Node(*clause)).collect();
                if changed.is_empty() || before.combine != after.combine {
                    // Another way to combine shows where two clauses hold.
                    let all: Vec<Expr> = before.clauses.iter().map(|(clause, _)| Expr::Node(*clause)).collect();
                    add(Expr::Compare(Comparison::GreaterOrEqual, Box::new(Expr::Count(all)), Box::new(constant(2))), around);
                } else {
                    changed.into_iter().for_each(|condition| add(condition, around));
                }
                add(unlike(one, two), around);
            }
            _ if is_truth(one) && is_truth(two) => add(either(one, two), around),
            _ => add(unlike(one, two), around),
        }
    }

    /// Where two sums of the same members differ; none where their members or rules differ otherwise.
    fn in_sum(&self, one: &Sum, two: &Sum) -> Option<Vec<Expr>> {
        if one.scale != two.scale || one.missing != two.missing || one.mean != two.mean || one.others != two.others {
            return None;
        }
        let mut found = Vec::new();
        let same_members = one.options.len() == two.options.len() && one.options.iter().zip(&two.options).all(|(one, two)| one.field == two.field);
        if same_members {
            for (before, after) in one.options.iter().zip(&two.options) {
                let differing = before.points.iter().zip(&after.points).map(|(one, two)| one != two);
                found.extend(self.chosen(before.field, &differing.collect::<Vec<_>>()));
            }
            return Some(found);
        }
        // A member that is gone shows where it would count, unless it counts among those that are there.
        if one.options.len() <= two.options.len() || one.mean {
            return None;
        }
        for gone in one.options.iter().filter(|term| !two.options.contains(term)) {
            found.extend(self.chosen(gone.field, &gone.points.iter().map(|points| *points != 0).collect::<Vec<_>>()));
        }
        Some(found)
    }

    /// That one of these options of a field is chosen; of yes/no questions no comes before yes.
    fn chosen(&self, field: FieldId, options: &[bool]) -> Option<Expr> {
        let own = Box::new(Expr::Field(field));
        let bits = options.iter().take(64).enumerate().filter(|(_, wanted)| **wanted).fold(0_u64, |bits, (at, _)| bits | 1 << at);
        let accept = match self.plan.field(field).answer_type() {
            Type::Boolean => Accept::Booleans(bits & 1 == 1, bits >> 1 & 1 == 1),
            _ => Accept::Codes(bits),
        };
        (bits != 0).then(|| Expr::Accepts(own, accept))
    }

    /// Everything that a number can become, one by one.
    fn numbers(&self, of: &Expr) -> Option<Vec<rust_decimal::Decimal>> {
        let blank = Evaluation::new(self.plan, vec![State::Blank; self.plan.fields().len()], BUDGET);
        let Possible::Numbers(numbers) = blank.explorer(BUDGET).possible(of) else { return None };
        numbers.len().filter(|count| *count <= MOST_NUMBERS)?;
        Some(numbers.iter()?.collect())
    }
}

fn has_script(expr: &Expr) -> bool {
    let mut found = matches!(expr, Expr::Script(_));
    expr.for_each_part(|part| found |= has_script(part));
    found
}

fn constant(number: i64) -> Expr {
    Expr::Constant(Value::Number(rust_decimal::Decimal::from(number)))
}

/// A value as an author would write it.
fn word(plan: &ScoringPlan, kind: Type, value: Option<Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::Number(number)) => number.normalize().to_string(),
        Some(Value::Boolean(truth)) => (if truth { "yes" } else { "no" }).to_owned(),
        Some(value) => plan.code_text(kind, value).to_owned(),
    }
}

/// That two conditions do not come to the same.
fn either(one: &Expr, two: &Expr) -> Expr {
    let not = |expr: &Expr| Expr::Not(Box::new(expr.clone()));
    Expr::Or(vec![Expr::And(vec![one.clone(), not(two)]), Expr::And(vec![not(one), two.clone()])])
}

/// That two values are not the same.
fn unlike(one: &Expr, two: &Expr) -> Expr {
    Expr::Not(Box::new(Expr::Same(Box::new(one.clone()), Box::new(two.clone()))))
}

const fn is_truth(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Not(_) | Expr::And(_) | Expr::Or(_) | Expr::Compare(..) | Expr::Accepts(..) | Expr::Same(..) | Expr::Has(..) | Expr::Answered(_)
    )
}

/// The place of the only part that differs.
fn single_difference(before: &[Expr], after: &[Expr]) -> Option<usize> {
    let mut differing = before.iter().zip(after).enumerate().filter(|(_, (one, two))| one != two).map(|(place, _)| place);
    differing.next().filter(|_| differing.next().is_none())
}

/// Where two tables with the same columns differ: where a row that is another one counts in either.
fn in_table(before: &DecisionTable, after: &DecisionTable) -> Vec<Expr> {
    let mut found = Vec::new();
    let gone = before.rows.len() > after.rows.len();
    for (place, row) in before.rows.iter().enumerate() {
        if gone && !after.rows.contains(row) {
            found.push(deciding(before, place));
        } else if !gone && after.rows.get(place) != Some(row) {
            found.push(deciding(before, place));
            found.push(deciding(after, place));
            found.push(Expr::And(vec![accepts(after, place), none_before(before, place)]));
        }
    }
    if before.otherwise != after.otherwise {
        found.push(none_before(before, before.rows.len()));
    }
    if before.hit != after.hit || before.aggregate != after.aggregate || found.is_empty() {
        found.push(Expr::Constant(Value::Boolean(true)));
    }
    found
}
