//! Combines what the parts of an expression can become, given that no two parts depend on the same open field.

use std::ops::Bound;

use rust_decimal::Decimal;

use super::NumberSet;
use super::explore::Explorer;
use super::leaf::OpenShare;
use super::possible::{Possible, codes};
use crate::definition::{Edges, Hit};
use crate::plan::{
    Accept, Adjusted, Arithmetic, CombineBy, Comparison, DecisionTable, Expr, Knowledge, Missing, Read, ScriptCall, Share, State, Sum,
    Value, adds_up, calculate, collect, finish_sum,
};
use crate::script::Argument;
use crate::sort::sort;
use crate::sorted::SortedMap;

/// Pairs of numbers that are calculated one by one before intervals take over.
const MOST_PAIRS: u64 = 65_536;
/// As many of them are one step of work.
const PAIRS_A_STEP: u64 = 8;
/// Runs of a script for one result.
const MOST_RUNS: u64 = 2_000;
/// So many steps of work is one of them.
const STEPS_A_RUN: u64 = 64;

impl Explorer<'_> {
    /// What an expression can become when its parts vary independently.
    pub(super) fn combine(&mut self, expr: &Expr) -> Possible {
        let possible = match expr {
            Expr::Constant(value) => Possible::single(*value),
            Expr::Field(id) => self.possible_field(*id, false),
            Expr::Points(id) => self.possible_field(*id, true),
            Expr::Node(id) => self.possible_node(*id),
            Expr::Has(..) => Possible::Booleans(true, true),
            Expr::Answered(id) => {
                // Without absent reasons only an answer can come; until it does, both are told.
                self.exact &= !self.plan.field(*id).absent.is_empty();
                Possible::Booleans(true, true)
            }
            Expr::Rank(part) => match self.possible(part) {
                Possible::Codes(bits) => Possible::Numbers(NumberSet::from_values(codes(bits).map(Decimal::from))),
                _ => Possible::Anything,
            },
            Expr::Not(part) => {
                let part = self.possible(part);
                Possible::Booleans(part.may_be(true), part.may_be(false))
            }
            Expr::And(parts) | Expr::Or(parts) => {
                let all = matches!(expr, Expr::And(_));
                let found: Vec<Possible> = parts.iter().map(|part| self.possible(part)).collect();
                let (each, some) = (found.iter().all(|part| part.may_be(all)), found.iter().any(|part| part.may_be(!all)));
                if all { Possible::Booleans(some, each) } else { Possible::Booleans(each, some) }
            }
            Expr::Compare(comparison, left, right) => {
                let (left, right) = (self.possible(left), self.possible(right));
                compare(*comparison, &left, &right)
            }
            Expr::Accepts(part, accept) => accepts(accept, &self.possible(part)),
            Expr::Same(left, right) => {
                let (left, right) = (self.possible(left), self.possible(right));
                same(&left, &right)
            }
            Expr::Calculate(operation, left, right) => {
                let (left, right) = (self.possible(left).numbers(), self.possible(right).numbers());
                self.calculated(*operation, &left, &right)
            }
            Expr::Negate(part) => Possible::Numbers(self.possible(part).numbers().negated()),
            Expr::If(test, then, otherwise) => {
                let test = self.possible(test);
                let mut all: Option<Possible> = None;
                for (truth, branch) in [(true, then), (false, otherwise)] {
                    if test.may_be(truth) {
                        let branch = self.possible(branch);
                        all = Some(all.map_or(branch.clone(), |all| all.union(&branch)));
                    }
                }
                all.unwrap_or(Possible::Anything)
            }
            Expr::Extreme(highest, parts) => self.extremes(*highest, parts),
            Expr::Count(parts) => {
                // Each part that can go either way can do so whatever the others do: every number between is reached.
                let (mut least, mut most) = (0_u64, 0_u64);
                for part in parts.iter().filter(|part| !self.plan.is_left_out(part, self)).collect::<Vec<_>>() {
                    let left_out = self.may_be_left_out(part);
                    let part = self.possible(part);
                    least += u64::from(!part.may_be(false) && !left_out);
                    most += u64::from(part.may_be(true));
                }
                Possible::Numbers(NumberSet::integers(Decimal::from(least), Decimal::from(most)))
            }
            Expr::Absolute(part) => {
                let numbers = self.possible(part).numbers();
                let folded = numbers.map(|number| number.abs());
                Possible::Numbers(folded.unwrap_or_else(|| absolute_interval(&numbers)))
            }
            Expr::Round(part, rounding) => {
                let step = Decimal::new(1, rounding.places);
                Possible::Numbers(self.possible(part).numbers().map_rounding(step, |number| rounding.apply(number)))
            }
            Expr::Whole(part, up) => {
                let whole = |number: Decimal| if *up { number.ceil() } else { number.floor() };
                Possible::Numbers(self.possible(part).numbers().map_rounding(Decimal::ONE, whole))
            }
            Expr::Between(..) => Possible::Anything,
            Expr::Sum(sum) => self.sums(sum),
            Expr::Steps(of, steps) => {
                let numbers = self.possible(of).numbers();
                steps_reached(&numbers, steps)
            }
            Expr::Table(table) => self.table_results(table),
            Expr::Script(call) => self.script_results(call),
            Expr::Adjust(adjusted) => self.grades(adjusted),
        };
        if let Possible::Numbers(numbers) = &possible {
            self.exact &= numbers.is_exact();
        }
        self.exact &= possible != Possible::Anything;
        possible
    }

    fn calculated(&mut self, operation: Arithmetic, left: &NumberSet, right: &NumberSet) -> Possible {
        let result = match operation {
            Arithmetic::Add => left.plus(right),
            Arithmetic::Subtract => left.minus(right),
            Arithmetic::Multiply if right.as_single().is_some() => left.times_constant(right.as_single().unwrap_or_default()),
            Arithmetic::Multiply if left.as_single().is_some() => right.times_constant(left.as_single().unwrap_or_default()),
            _ => {
                self.spend(left.len().unwrap_or(0).saturating_mul(right.len().unwrap_or(0)).min(MOST_PAIRS) / PAIRS_A_STEP);
                match left.combine(right, |left, right| calculate(operation, left, right), MOST_PAIRS) {
                    Some(numbers) => numbers,
                    None => return interval_result(operation, left, right).map_or(Possible::Anything, Possible::Numbers),
                }
            }
        };
        Possible::Numbers(result)
    }

    fn extremes(&mut self, highest: bool, parts: &[Expr]) -> Possible {
        let mut so_far: Option<NumberSet> = None;
        let mut may_be_none = true;
        for part in parts {
            let share = self.open_other(part, Missing::Refuse);
            let state = if let Expr::Field(id) | Expr::Points(id) = part { self.state(*id) } else { State::Blank };
            if state == State::LeftOut {
                continue;
            }
            let mut next: Option<NumberSet> = so_far.as_ref().map(|so_far| so_far.extremes(&share.numbers, highest));
            if may_be_none {
                next = Some(next.map_or(share.numbers.clone(), |next| next.union(&share.numbers)));
            }
            if share.left_out
                && let (Some(all), Some(so_far)) = (&next, &so_far)
            {
                next = Some(all.union(so_far));
            }
            may_be_none &= share.left_out;
            so_far = next;
        }
        so_far.map_or(Possible::Anything, Possible::Numbers)
    }

    fn sums(&mut self, sum: &Sum) -> Possible {
        let Some((mut all, beyond)) = self.totals(sum, false) else { return Possible::Anything };
        // Where more could be absent than the rule fills in for, the score waits until enough of them are answered after all.
        if beyond {
            let Some((answered, _)) = self.totals(sum, true) else { return Possible::Anything };
            all = all.union(&answered);
        }
        if all.is_empty() { Possible::Anything } else { Possible::Numbers(all) }
    }

    /// What a sum can come to, and whether it could also be left without a result. With `answered`, nothing open or absent stays absent.
    fn totals(&mut self, sum: &Sum, answered: bool) -> Option<(NumberSet, bool)> {
        let plan = self.plan;
        let known: Vec<Share> = plan.shares(sum, self).collect();
        let counted = sum.mean || matches!(sum.missing, Missing::Prorate(_));
        let mut totals = Totals::new();
        totals.insert((0, 0), NumberSet::single(Decimal::ZERO));
        let mut fixed = Decimal::ZERO;
        let mut beyond = false;
        for (place, share) in known.into_iter().enumerate() {
            let share = match share {
                Share::Counts(number) if !counted => {
                    fixed = fixed.checked_add(number)?;
                    continue;
                }
                Share::Counts(number) => OpenShare { numbers: NumberSet::single(number), left_out: false, absent: false },
                Share::LeftOut => continue,
                Share::Absent if !answered && sum.missing != Missing::Refuse => {
                    OpenShare { numbers: NumberSet::empty(), left_out: false, absent: true }
                }
                Share::Absent | Share::Open => {
                    let share = match (sum.options.get(place), sum.others.get(place.saturating_sub(sum.options.len()))) {
                        (Some(term), _) => self.open_option(term.field, &term.points, sum.scale, sum.missing),
                        (None, Some((expr, factor))) => {
                            let share = self.open_other(expr, sum.missing);
                            OpenShare { numbers: share.numbers.times_constant(*factor), ..share }
                        }
                        (None, None) => return None,
                    };
                    OpenShare { absent: share.absent && !answered, ..share }
                }
            };
            totals = add_share(&totals, &share, sum, counted, &mut beyond);
        }
        let mut all = NumberSet::empty();
        for ((present, absent), numbers) in totals.into_entries() {
            let numbers = numbers.plus_constant(fixed);
            // Each total ends in one number; the way there only rises, so that intervals keep their ends.
            let finish = |total: Decimal| finish_sum(sum, total, present, absent);
            if numbers.min().and_then(finish).is_none() || numbers.max().and_then(finish).is_none() {
                beyond = true;
            } else if counted || absent > 0 {
                all = all.union(&numbers.map_continuous(|total| finish(total).unwrap_or_default()));
            } else {
                all = all.union(&numbers);
            }
        }
        Some((all, beyond))
    }

    fn table_results(&mut self, table: &DecisionTable) -> Possible {
        // For each column, which rows its possible values match: values that match the same rows need not be told apart.
        let mut columns: Vec<Vec<Vec<bool>>> = Vec::new();
        for (place, column) in table.columns.iter().enumerate() {
            let possible = self.possible(column);
            let cells: Vec<&Accept> = table.rows.iter().filter_map(|(cells, _)| cells.get(place)).collect();
            let values = representatives(&possible, &cells);
            if values.is_empty() {
                return Possible::Anything;
            }
            columns.push(once_each(values.into_iter().map(|value| cells.iter().map(|cell| cell.accepts(value)).collect()).collect()));
        }
        let mut matches: Vec<Vec<bool>> = vec![vec![true; table.rows.len()]];
        for column in &columns {
            let joined = matches.iter().flat_map(|rows| column.iter().map(move |more| (rows, more)));
            matches = once_each(joined.map(|(rows, more)| rows.iter().zip(more).map(|(one, two)| *one && *two).collect()).collect());
        }
        let results = matches.iter().filter_map(|rows| {
            let mut hits = rows.iter().zip(&table.rows).filter(|(hit, _)| **hit).map(|(_, (_, then))| *then);
            if table.hit == Hit::Collect { collect(table.aggregate, hits, table.otherwise) } else { hits.next().or(table.otherwise) }
        });
        Possible::of(results).unwrap_or(Possible::Anything)
    }

    fn script_results(&mut self, call: &ScriptCall) -> Possible {
        let mut arguments: Vec<Vec<Argument>> = Vec::new();
        let mut runs = 1_u64;
        for (_, read) in &call.reads {
            let choices = match read {
                Read::One(expr, kind) => {
                    let values = self.possible(expr).values(MOST_RUNS);
                    values.map(|values| values.into_iter().filter_map(|value| self.plan.argument(value, *kind)).collect())
                }
                Read::Many(parts) => self.lists(parts),
            };
            let Some(choices) = choices else { return self.beyond(call) };
            runs = runs.saturating_mul(u64::try_from(choices.len()).unwrap_or(u64::MAX));
            if runs > MOST_RUNS.min(self.budget) {
                return self.beyond(call);
            }
            arguments.push(choices);
        }
        let mut all: Option<Possible> = None;
        for run in 0..runs {
            let mut rest = run;
            let mut chosen = Vec::new();
            for ((name, _), choices) in call.reads.iter().zip(&arguments) {
                let count = u64::try_from(choices.len()).unwrap_or(1).max(1);
                let pick = usize::try_from(rest % count).unwrap_or(0);
                rest /= count;
                chosen.extend(choices.get(pick).map(|argument| (name.as_str(), argument.clone())));
            }
            self.spend(STEPS_A_RUN);
            let Some(value) = self.plan.run(call, &chosen, self) else { return self.beyond(call) };
            let one = Possible::single(value);
            all = Some(all.map_or(one.clone(), |all| all.union(&one)));
        }
        all.unwrap_or(Possible::Anything)
    }

    /// What a script can give where it cannot be run for every sheet: anything that its score or scale allows.
    fn beyond(&mut self, call: &ScriptCall) -> Possible {
        self.exact = false;
        match (call.range, call.codes) {
            (Some((low, high)), _) => Possible::Numbers(NumberSet::interval(low, high)),
            (None, Some(set)) => Possible::Codes((0..self.plan.codes(set).len()).fold(0, |bits, code| bits | 1 << code)),
            (None, None) => Possible::Anything,
        }
    }

    fn lists(&mut self, parts: &[Expr]) -> Option<Vec<Argument>> {
        let mut lists: Vec<Vec<Decimal>> = vec![Vec::new()];
        for part in parts {
            let share = self.open_other(part, Missing::Refuse);
            let state = if let Expr::Field(id) | Expr::Points(id) = part { self.state(*id) } else { State::Blank };
            if state == State::LeftOut {
                continue;
            }
            // All of them or none: a member whose numbers were cut off would hide what the others lead to.
            share.numbers.len().filter(|count| count.saturating_mul(lists.len() as u64) <= MOST_RUNS)?;
            let numbers: Vec<Decimal> = share.numbers.iter()?.collect();
            let longer = lists.iter().flat_map(|list| numbers.iter().map(move |number| [list.as_slice(), &[*number]].concat()));
            let kept = if share.left_out { lists.clone() } else { Vec::new() };
            lists = longer.chain(kept).collect();
            if lists.len() as u64 > MOST_RUNS {
                return None;
            }
        }
        Some(lists.into_iter().map(Argument::Numbers).collect())
    }

    fn grades(&mut self, adjusted: &Adjusted) -> Possible {
        let all = Possible::Codes((0..=adjusted.worst).fold(0, |bits, code| bits | 1 << code));
        let Possible::Codes(preliminary) = self.possible_node(adjusted.preliminary) else { return all };
        let adds: Vec<bool> = match (&adjusted.combine, adds_up(&adjusted.combine, self)) {
            (_, Some(adds)) => vec![adds],
            (CombineBy::Setting(_, ways), None) => ways.clone(),
            (CombineBy::Always(adds), None) => vec![*adds],
        };
        let clauses: Vec<Possible> = adjusted.clauses.iter().map(|(clause, _)| self.possible_node(*clause)).collect();
        let open: Vec<usize> =
            (0..clauses.len()).filter(|place| clauses.get(*place).is_some_and(|clause| clause.as_single().is_none())).collect();
        if open.len() > 12 {
            self.exact = false;
            return all;
        }
        let mut grades = 0_u64;
        for subset in 0..1_u64 << open.len() {
            let holds = |place: usize| match open.iter().position(|open| *open == place) {
                Some(bit) => subset >> bit & 1 == 1,
                None => clauses.get(place).is_some_and(|clause| clause.may_be(true)),
            };
            for grade in codes(preliminary) {
                for way in &adds {
                    grades |= 1 << adjusted.grade(grade, *way, holds);
                }
            }
        }
        Possible::Codes(grades)
    }
}

/// Each of some sets of rows once, in one order.
fn once_each(mut rows: Vec<Vec<bool>>) -> Vec<Vec<bool>> {
    sort(&mut rows);
    rows.dedup();
    rows
}

/// What the members so far come to, by how many of them count and how many are absent, as far as the rule looks at that.
type Totals = SortedMap<(usize, usize), NumberSet>;

fn add_share(totals: &Totals, share: &OpenShare, sum: &Sum, counted: bool, beyond: &mut bool) -> Totals {
    let mut next = Totals::new();
    let mut add = |key: (usize, usize), numbers: NumberSet| match next.get_mut(&key) {
        Some(all) => *all = all.union(&numbers),
        None => drop(next.insert(key, numbers)),
    };
    for ((present, absent), numbers) in totals.iter() {
        if !share.numbers.is_empty() {
            let key = if counted { (present + 1, *absent) } else { (*present, *absent) };
            add(key, numbers.plus(&share.numbers));
        }
        if share.left_out {
            add((*present, *absent), numbers.clone());
        }
        let room = if let Missing::Prorate(up_to) = sum.missing { *absent < up_to } else { true };
        if share.absent && room {
            add((*present, absent + 1), numbers.clone());
        }
        *beyond |= share.absent && !room;
    }
    next
}

/// The bounds of a set of numbers as a range of the standard library.
pub(crate) fn bounds(edges: &Edges) -> (Bound<Decimal>, Bound<Decimal>) {
    let bound = |edge: Option<(Decimal, bool)>| match edge {
        None => Bound::Unbounded,
        Some((edge, true)) => Bound::Included(edge),
        Some((edge, false)) => Bound::Excluded(edge),
    };
    (bound(edges.low), bound(edges.high))
}

fn steps_reached(numbers: &NumberSet, steps: &[(Edges, Value)]) -> Possible {
    // Steps do not overlap (checked), so that each is reached by itself.
    let reached = steps.iter().filter(|(edges, _)| {
        let (low, high) = bounds(edges);
        numbers.intersects(low, high)
    });
    Possible::of(reached.map(|(_, value)| *value)).unwrap_or(Possible::Anything)
}

/// Values that stand for all possible ones, as far as these cells tell them apart.
pub(crate) fn representatives(possible: &Possible, cells: &[&Accept]) -> Vec<Value> {
    let Possible::Numbers(numbers) = possible else { return possible.values(u64::MAX).unwrap_or_default() };
    if let Some(values) = possible.values(1024) {
        return values;
    }
    let mut cuts: Vec<Decimal> = Vec::new();
    for cell in cells {
        match cell {
            Accept::Numbers(numbers) => cuts.extend(numbers),
            Accept::Within(edges) => cuts.extend(edges.low.iter().chain(&edges.high).map(|(edge, _)| *edge)),
            _ => {}
        }
    }
    sort(&mut cuts);
    cuts.dedup();
    let mut found: Vec<Decimal> = Vec::new();
    let mut from = Bound::Unbounded;
    for cut in cuts {
        found.extend(numbers.first_in(from, Bound::Excluded(cut)));
        found.extend(numbers.first_in(Bound::Included(cut), Bound::Included(cut)));
        from = Bound::Excluded(cut);
    }
    found.extend(numbers.first_in(from, Bound::Unbounded));
    found.into_iter().map(Value::Number).collect()
}

fn accepts(accept: &Accept, possible: &Possible) -> Possible {
    if let Possible::Anything = possible {
        return if *accept == Accept::Any { Possible::Booleans(false, true) } else { Possible::Booleans(true, true) };
    }
    let values = representatives(possible, &[accept]);
    let yes = values.iter().any(|value| accept.accepts(*value));
    let no = values.iter().any(|value| !accept.accepts(*value));
    Possible::Booleans(no, yes)
}

fn compare(comparison: Comparison, left: &Possible, right: &Possible) -> Possible {
    let (Possible::Numbers(left), Possible::Numbers(right)) = (left, right) else { return Possible::Booleans(true, true) };
    let (Some(least), Some(most)) = (left.min().zip(right.max()), left.max().zip(right.min())) else { return Possible::Anything };
    let meet = || match (left.iter(), right.iter()) {
        (Some(mut numbers), _) if left.len() <= right.len() || right.len().is_none() => numbers.any(|number| right.contains(number)),
        (_, Some(mut numbers)) => numbers.any(|number| left.contains(number)),
        (Some(mut numbers), None) => numbers.any(|number| right.contains(number)),
        (None, None) => left.min() <= right.max() && right.min() <= left.max(),
    };
    let one_point = left.as_single().is_some() && left.as_single() == right.as_single();
    let (below, above) = (least.0 < least.1, most.0 > most.1);
    let holds = |comparison| match comparison {
        Comparison::Equal => meet(),
        Comparison::NotEqual => !one_point,
        Comparison::Less => below,
        Comparison::LessOrEqual => below || meet(),
        Comparison::Greater => above,
        Comparison::GreaterOrEqual => above || meet(),
    };
    let opposite = match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    };
    Possible::Booleans(holds(opposite), holds(comparison))
}

fn same(left: &Possible, right: &Possible) -> Possible {
    match (left, right) {
        (Possible::Codes(left), Possible::Codes(right)) => Possible::Booleans(left != right || left.count_ones() > 1, left & right != 0),
        (Possible::Booleans(no, yes), Possible::Booleans(also_no, also_yes)) => {
            Possible::Booleans((*no && *also_yes) || (*yes && *also_no), (*no && *also_no) || (*yes && *also_yes))
        }
        _ => Possible::Booleans(true, true),
    }
}

fn absolute_interval(numbers: &NumberSet) -> NumberSet {
    let (low, high) = (numbers.min().unwrap_or_default(), numbers.max().unwrap_or_default());
    let low_end = if low.is_sign_negative() && high.is_sign_positive() { Decimal::ZERO } else { low.abs().min(high.abs()) };
    NumberSet::interval(low_end, low.abs().max(high.abs()))
}

/// Bounds of a product or quotient of two sets; `None` where the divisor may be zero or the bounds cannot be had.
fn interval_result(operation: Arithmetic, left: &NumberSet, right: &NumberSet) -> Option<NumberSet> {
    let divides = matches!(operation, Arithmetic::Divide | Arithmetic::Remainder);
    if divides
        && right.intersects(Bound::Included(right.min()?.min(Decimal::ZERO)), Bound::Included(Decimal::ZERO))
        && right.max()? >= Decimal::ZERO
    {
        return None;
    }
    if operation == Arithmetic::Remainder {
        let most = right.min()?.abs().max(right.max()?.abs());
        return Some(NumberSet::stepped(-most, most, Decimal::ZERO));
    }
    let corners = [(left.min()?, right.min()?), (left.min()?, right.max()?), (left.max()?, right.min()?), (left.max()?, right.max()?)];
    let results: Option<Vec<Decimal>> = corners.into_iter().map(|(one, two)| calculate(operation, one, two)).collect();
    let results = results?;
    Some(NumberSet::stepped(results.iter().copied().min()?, results.into_iter().max()?, Decimal::ZERO))
}
