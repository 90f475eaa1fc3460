//! A sheet that tells a definition and a changed one apart, or the proof that there is none. Says unknown where it found neither.

use crate::Instrument;
use crate::cases::target::{accepts, asked, deciding, none_before};
use crate::cases::{CaseFile, skeleton_of};
use crate::check::sheets::BUDGET;
use crate::check::witness::probes;
use crate::definition::{Hit, ItemType};
use crate::plan::{Accept, Change, Comparison, DecisionTable, Expr, FieldId, NodeId, Purpose, ScoringPlan, State, Sum, Type, Value};
use crate::reach::{Evaluation, Possible};
use crate::seek::{Sought, mildest, seek};

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
    let pair = Pair { plan, other, mild: mildest(plan) };
    let conditions = pair.conditions();
    let (searched, complete) = pair.searched();
    if conditions.as_ref().is_some_and(Vec::is_empty) {
        // Nothing that is computed is another thing: so nothing that comes out is.
        return Apart::Same;
    }
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
    /// The sheet with every first answer.
    mild: Vec<State>,
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

    /// What differs on a sheet; nothing where all results are the same. As in a case, every question that one of the two asks has its first answer.
    fn told(&self, file: &CaseFile, instrument: &Instrument, sheet: &[State], what: &str) -> Option<Told> {
        let mild = &self.mild;
        let filled = sheet.iter().zip(mild).map(|(state, first)| if *state == State::Blank { *first } else { *state });
        let filled: Vec<State> = filled.collect();
        let (mut own, mut changed) = (filled.clone(), filled);
        self.plan.without_hidden(&mut own);
        self.other.without_hidden(&mut changed);
        let (one, two) = (Evaluation::new(self.plan, own.as_slice(), 0), Evaluation::new(self.other, changed, 0));
        let (mut differences, mut rules, mut asked_only_there) = (Vec::new(), Vec::new(), None);
        let (mut shown, mut results) = (Vec::new(), Vec::new());
        for (place, node) in self.plan.nodes().iter().enumerate() {
            let now = one.value(NodeId(place));
            let found = self.other.find(node.purpose).map(|id| (self.other.node(id).kind, two.value(id)));
            let (kind, changed) = found.unwrap_or((node.kind, None));
            let (now, changed) = (word(self.plan, node.kind, now), word(self.other, kind, changed));
            if now == changed {
                continue;
            }
            if let Purpose::Shown(field) = node.purpose {
                let first = mild.get(field.0).copied().filter(|state| *state != State::Blank);
                asked_only_there = asked_only_there.or_else(|| (now == "no").then(|| first.map(|first| (field, first))).flatten());
                shown.push(Difference { result: format!("whether {} is asked", node.id), now, changed });
            } else {
                results.push(Difference { result: node.id.clone(), now, changed });
                rules.push(NodeId(place));
            }
        }
        differences.append(&mut results);
        differences.append(&mut shown);
        if differences.is_empty() {
            return None;
        }
        let mut looks_at = asked(self.plan, instrument.definition(), None, &rules);
        if let Some((field, first)) = asked_only_there.filter(|_| rules.is_empty()) {
            // Nothing else shows it: an answer to a question that is not asked is refused, and would be taken.
            if let Some(slot) = own.get_mut(field.0) {
                *slot = first;
            }
            looks_at = vec![("problems", String::new())];
        }
        let name = format!("a case for the {}", what.trim_start_matches("the "));
        let answered = asked_only_there.filter(|_| rules.is_empty()).map(|(field, _)| field);
        let (base, yaml) = skeleton_of(file, self.plan, &name, &own, answered, &looks_at);
        Some(Told { differences, sheet: base, yaml })
    }

    /// Conditions of which one holds on every sheet where the two differ; none where that cannot be said.
    fn conditions(&self) -> Option<Vec<Expr>> {
        let mut found = Vec::new();
        for (place, (one, two)) in self.plan.fields().iter().zip(self.other.fields()).enumerate() {
            let own = Expr::Field(FieldId(place));
            // In most sums the points stand in the sum itself; a question that nothing reads by its points has none that matter.
            let read = [self.plan, self.other].iter().any(|plan| plan.nodes().iter().any(|node| reads_points(&node.expr, FieldId(place))));
            if one.points != two.points && read {
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
        let found: Vec<Expr> =
            gone.into_iter().filter(|expr| matches!(expr, Expr::Node(node) if self.plan.node(*node).kind == Type::Boolean)).collect();
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
                self.in_table(before, after).into_iter().for_each(|condition| add(condition, around));
            }
            (Expr::Adjust(before), Expr::Adjust(after)) if before.clauses.len() == after.clauses.len() => {
                for ((clause, change), (_, other)) in before.clauses.iter().zip(&after.clauses) {
                    if change != other {
                        add(Expr::Node(*clause), around);
                    }
                }
                if before.combine != after.combine {
                    // Another way to combine shows where two raises come together.
                    let raises = before.clauses.iter().filter(|(_, change)| matches!(change, Change::Raise(_)));
                    let raises: Vec<Expr> = raises.map(|(clause, _)| Expr::Node(*clause)).collect();
                    if raises.len() > 1 {
                        add(Expr::Compare(Comparison::GreaterOrEqual, Box::new(Expr::Count(raises)), Box::new(constant(2))), around);
                    }
                }
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
        let same_members =
            one.options.len() == two.options.len() && one.options.iter().zip(&two.options).all(|(one, two)| one.field == two.field);
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

    /// Where two tables with the same columns differ: where a row that is another one counts in either.
    fn in_table(&self, before: &DecisionTable, after: &DecisionTable) -> Vec<Expr> {
        let mut found = Vec::new();
        let gone = before.rows.len() > after.rows.len();
        if before.hit != after.hit || before.aggregate != after.aggregate {
            return vec![Expr::Constant(Value::Boolean(true))];
        }
        if let Some(place) = swapped(before, after) {
            let both = [deciding(before, place), accepts(before, place + 1)];
            return vec![Expr::And(both.into())];
        }
        for (place, row) in before.rows.iter().enumerate() {
            if gone && !after.rows.contains(row) {
                found.push(deciding(before, place));
            } else if !gone && after.rows.get(place) != Some(row) {
                match self.other_numbers(before, after, place) {
                    Some(condition) => found.extend(condition),
                    None => {
                        found.push(deciding(before, place));
                        found.push(deciding(after, place));
                        found.push(Expr::And(vec![accepts(after, place), none_before(before, place)]));
                    }
                }
            }
        }
        let other = before.otherwise != after.otherwise;
        if other {
            found.push(none_before(before, before.rows.len()));
        }
        let rows_alike = before.rows == after.rows;
        if gone && found.is_empty() || rows_alike && !other {
            found.push(Expr::Constant(Value::Boolean(true)));
        }
        found
    }

    /// Where a row differs in one cell of numbers alone: the numbers that only one of the two accepts, in a case that no row before takes. Nothing
    /// inside where no sheet comes to such a number.
    fn other_numbers(&self, before: &DecisionTable, after: &DecisionTable, place: usize) -> Option<Option<Expr>> {
        let ((cells, then), (others, other_then)) = (before.rows.get(place)?, after.rows.get(place)?);
        let rest_alike = before.rows.iter().zip(&after.rows).enumerate().all(|(row, (one, two))| row == place || one == two);
        let differing: Vec<usize> = (0..cells.len()).filter(|at| cells.get(*at) != others.get(*at)).collect();
        let [at] = differing.as_slice() else { return None };
        if then != other_then || !rest_alike || before.hit == Hit::Collect {
            return None;
        }
        let (one, two, column) = (cells.get(*at)?, others.get(*at)?, before.columns.get(*at)?);
        let number = |accept: &Accept| matches!(accept, Accept::Numbers(_) | Accept::Within(_));
        if !number(one) || !number(two) {
            return None;
        }
        let numbers = self.numbers(column)?.into_iter().map(Value::Number).filter(|value| one.accepts(*value) != two.accepts(*value));
        let numbers: Vec<_> = numbers.filter_map(crate::plan::number).collect();
        if numbers.is_empty() {
            return Some(None);
        }
        let rest = before.columns.iter().zip(cells).enumerate().filter(|(other, (_, cell))| other != at && **cell != Accept::Any);
        let rest = rest.map(|(_, (column, cell))| Expr::Accepts(Box::new(column.clone()), cell.clone()));
        let own = Expr::Accepts(Box::new(column.clone()), Accept::Numbers(numbers));
        Some(Some(Expr::And(std::iter::once(own).chain(rest).chain([none_before(before, place)]).collect())))
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

fn reads_points(expr: &Expr, field: FieldId) -> bool {
    let mut found = matches!(expr, Expr::Points(own) if *own == field);
    expr.for_each_part(&mut |part| found |= reads_points(part, field));
    found
}

fn has_script(expr: &Expr) -> bool {
    let mut found = matches!(expr, Expr::Script(_));
    expr.for_each_part(&mut |part| found |= has_script(part));
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
        Expr::Not(_)
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Compare(..)
            | Expr::Accepts(..)
            | Expr::Same(..)
            | Expr::Has(..)
            | Expr::Answered(_)
    )
}

/// The place of the only part that differs.
fn single_difference(before: &[Expr], after: &[Expr]) -> Option<usize> {
    let mut differing = before.iter().zip(after).enumerate().filter(|(_, (one, two))| one != two).map(|(place, _)| place);
    differing.next().filter(|_| differing.next().is_none())
}

/// The first of two rows that have changed places, where that is all that differs in a table whose first row counts.
fn swapped(before: &DecisionTable, after: &DecisionTable) -> Option<usize> {
    if before.hit != Hit::First || before.rows.len() != after.rows.len() || before.otherwise != after.otherwise {
        return None;
    }
    let place = before.rows.iter().zip(&after.rows).position(|(one, two)| one != two)?;
    let crossed = before.rows.get(place) == after.rows.get(place + 1) && before.rows.get(place + 1) == after.rows.get(place);
    let rest = before.rows.iter().zip(&after.rows).skip(place + 2).all(|(one, two)| one == two);
    (crossed && rest).then_some(place)
}
