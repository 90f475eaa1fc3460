//! A second evaluator, written straight from the manual of the language and only for full sheets. It shares no code with geras.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{
    Answer, Cell, Column, Combine, Cond, Definition, Effect, Form, Grade, Kind, Member, Missing, Num, Preliminary, Score, Sheet, Table,
    Tree,
};

/// What an item comes to after skip logic.
#[derive(Debug, Clone, PartialEq)]
enum Known {
    Is(Answer),
    Absent,
    LeftOut,
    Blank,
}

/// The results of one full sheet; nothing where an absent reason stands in the way.
#[derive(Debug, Clone)]
pub struct Reckoned<'d> {
    definition: &'d Definition,
    items: Vec<Known>,
    each: bool,
    pub shown: Vec<bool>,
    pub scores: Vec<Option<Decimal>>,
    pub band: Option<usize>,
    pub preliminary: Option<usize>,
    pub grade: Option<usize>,
    pub alerts: Vec<Option<bool>>,
}

impl<'d> Reckoned<'d> {
    pub fn new(definition: &'d Definition, sheet: &Sheet, each: bool) -> Self {
        let empty = Vec::new();
        let mut all = Self {
            definition,
            items: empty,
            each,
            shown: Vec::new(),
            scores: Vec::new(),
            band: None,
            preliminary: None,
            grade: None,
            alerts: Vec::new(),
        };
        for (item, answer) in definition.items.iter().zip(sheet) {
            let shown = item.when.as_ref().map_or(Some(true), |when| all.holds(when));
            let given = match answer {
                None => Known::Blank,
                Some(Answer::Absent) => Known::Absent,
                Some(answer) => Known::Is(answer.clone()),
            };
            let hidden = item.hidden.clone().map_or(Known::LeftOut, Known::Is);
            all.shown.push(shown != Some(false));
            all.items.push(match shown {
                Some(true) => given,
                Some(false) => hidden,
                None => Known::Blank,
            });
        }
        for (place, score) in definition.scores.iter().enumerate() {
            let number = all.score(score);
            all.scores.push(number);
            if place == 0 {
                let within = |number: Decimal| definition.bands.iter().position(|(low, high)| number >= *low && number <= *high);
                all.band = number.and_then(within);
            }
        }
        if let Some(grade) = &definition.grade {
            all.preliminary = all.preliminary(grade);
            all.grade = all.adjusted(grade);
        }
        all.alerts = definition.alerts.iter().map(|when| all.holds(when)).collect();
        all
    }

    /// The number that an item stands for.
    fn points(&self, item: usize) -> Option<Decimal> {
        let Known::Is(answer) = &self.items[item] else { return None };
        self.points_of(item, answer)
    }

    fn points_of(&self, item: usize, answer: &Answer) -> Option<Decimal> {
        Some(match (&self.definition.items[item].kind, answer) {
            (Kind::Choice(points), Answer::Code(code)) => points[*code],
            (Kind::Boolean(no, yes), Answer::Truth(truth)) => *(if *truth { yes } else { no }),
            (Kind::Choices(points, _, most), Answer::Codes(codes)) => {
                let sum: Decimal = points.iter().enumerate().filter(|(bit, _)| codes >> bit & 1 == 1).map(|(_, points)| *points).sum();
                most.map_or(sum, |most| sum.min(most))
            }
            (_, Answer::Number(number)) => *number,
            _ => return None,
        })
    }

    pub fn number(&self, num: &Num) -> Option<Decimal> {
        Some(match num {
            Num::Const(number) => *number,
            Num::Item(item) => self.points(*item)?,
            Num::Rank(item) => match &self.items[*item] {
                Known::Is(Answer::Code(code)) => Decimal::from(*code),
                _ => return None,
            },
            Num::Score(score) => self.scores[*score]?,
            Num::Band => Decimal::from(self.band?),
            Num::Calc(operator, left, right) => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                match operator {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    '/' => left.checked_div(right)?,
                    _ => left.checked_rem(right)?,
                }
            }
            Num::Negate(part) => -self.number(part)?,
            Num::Extreme(highest, parts) => {
                let numbers: Option<Vec<Decimal>> = parts.iter().map(|part| self.number(part)).collect();
                if *highest { numbers?.into_iter().max()? } else { numbers?.into_iter().min()? }
            }
            Num::Abs(part) => self.number(part)?.abs(),
            Num::Floor(part) => self.number(part)?.floor(),
            Num::Ceiling(part) => self.number(part)?.ceil(),
            Num::Round(part, places) => self.number(part)?.round_dp_with_strategy(*places, RoundingStrategy::MidpointAwayFromZero),
            Num::If(test, then, otherwise) => self.number(if self.holds(test)? { then } else { otherwise })?,
        })
    }

    pub fn holds(&self, cond: &Cond) -> Option<bool> {
        Some(match cond {
            Cond::Truth(item) => match &self.items[*item] {
                Known::Is(Answer::Truth(truth)) => *truth,
                _ => return None,
            },
            Cond::Compare(operator, left, right) => {
                let order = self.number(left)?.cmp(&self.number(right)?);
                match *operator {
                    "==" => order.is_eq(),
                    "!=" => order.is_ne(),
                    "<" => order.is_lt(),
                    "<=" => order.is_le(),
                    ">" => order.is_gt(),
                    _ => order.is_ge(),
                }
            }
            Cond::Code(item, codes) => match &self.items[*item] {
                Known::Is(Answer::Code(code)) => codes.contains(code),
                _ => return None,
            },
            Cond::Has(item, code) => match &self.items[*item] {
                Known::Is(Answer::Codes(codes)) => codes >> code & 1 == 1,
                _ => return None,
            },
            Cond::Answered(item) => match &self.items[*item] {
                Known::Is(_) => true,
                Known::Absent | Known::LeftOut => false,
                Known::Blank => return None,
            },
            Cond::Among(num, numbers) => numbers.contains(&self.number(num)?),
            Cond::Each => self.each,
            Cond::And(parts) => {
                // One that fails is enough, whatever is not known of the others.
                let parts: Vec<Option<bool>> = parts.iter().map(|part| self.holds(part)).collect();
                if parts.contains(&Some(false)) {
                    false
                } else {
                    parts.into_iter().collect::<Option<Vec<bool>>>()?.into_iter().all(|part| part)
                }
            }
            Cond::Or(parts) => {
                let parts: Vec<Option<bool>> = parts.iter().map(|part| self.holds(part)).collect();
                if parts.contains(&Some(true)) {
                    true
                } else {
                    parts.into_iter().collect::<Option<Vec<bool>>>()?.into_iter().any(|part| part)
                }
            }
            Cond::Not(part) => !self.holds(part)?,
        })
    }

    fn score(&self, score: &Score) -> Option<Decimal> {
        let mut number = self.form(score)?;
        if let Some(floor) = score.at_least {
            number = number.max(floor);
        }
        if let Some(cap) = score.at_most {
            number = number.min(cap);
        }
        if let Some((places, mode)) = score.round {
            let mode = match mode {
                "half_up" => RoundingStrategy::MidpointAwayFromZero,
                "half_even" => RoundingStrategy::MidpointNearestEven,
                "up" => RoundingStrategy::AwayFromZero,
                _ => RoundingStrategy::ToZero,
            };
            number = number.round_dp_with_strategy(places, mode);
        }
        Some(number)
    }

    /// The items and scores behind a list of members.
    fn opened(&self, of: &[Member]) -> Vec<Member> {
        let section = self.definition.items.iter().enumerate().filter(|(_, item)| item.in_section).map(|(place, _)| Member::Item(place));
        of.iter().flat_map(|member| if *member == Member::Section { section.clone().collect() } else { vec![*member] }).collect()
    }

    /// What the members that are not left out contribute; nothing for an absent one.
    fn contributions(&self, of: &[Member], own: &[(usize, Vec<Decimal>)], weights: &[(usize, Decimal)]) -> Option<Vec<Option<Decimal>>> {
        let mut out = Vec::new();
        for member in self.opened(of) {
            match member {
                Member::Score(score) => out.push(Some(self.scores[score]?)),
                Member::Section => {}
                Member::Item(item) => match &self.items[item] {
                    Known::LeftOut => {}
                    Known::Absent => out.push(None),
                    Known::Blank => return None,
                    Known::Is(answer) => {
                        let own = own.iter().find(|(known, _)| *known == item).map(|(_, points)| points);
                        let points = match (own, answer) {
                            (Some(points), Answer::Code(code)) => points[*code],
                            _ => self.points_of(item, answer)?,
                        };
                        let weight = weights.iter().find(|(known, _)| *known == item).map_or(Decimal::ONE, |(_, weight)| *weight);
                        out.push(Some(points * weight));
                    }
                },
            }
        }
        Some(out)
    }

    fn form(&self, score: &Score) -> Option<Decimal> {
        Some(match &score.form {
            Form::Sum { of, weights, points } => {
                let all = self.contributions(of, points, weights)?;
                let there: Vec<Decimal> = all.iter().flatten().copied().collect();
                let (sum, absent) = (there.iter().sum::<Decimal>(), Decimal::from(all.len() - there.len()));
                match score.missing {
                    _ if absent.is_zero() => sum,
                    Missing::Refuse => return None,
                    Missing::Prorate(most) if absent > Decimal::from(most) || there.is_empty() => return None,
                    Missing::Prorate(_) => sum * Decimal::from(all.len()) / Decimal::from(there.len()),
                    Missing::CountAs(number) => sum + number * absent,
                }
            }
            Form::Mean(of) => {
                let all = self.contributions(of, &[], &[])?;
                let there: Vec<Decimal> = all.iter().flatten().copied().collect();
                let absent = all.len() - there.len();
                let sum = there.iter().sum::<Decimal>();
                match score.missing {
                    Missing::Refuse if absent > 0 => return None,
                    Missing::Prorate(most) if absent > most || there.is_empty() => return None,
                    Missing::CountAs(number) => (sum + number * Decimal::from(absent)).checked_div(Decimal::from(all.len()))?,
                    _ => sum.checked_div(Decimal::from(there.len()))?,
                }
            }
            Form::Highest(of) => self.contributions(of, &[], &[])?.into_iter().collect::<Option<Vec<_>>>()?.into_iter().max()?,
            Form::Lowest(of) => self.contributions(of, &[], &[])?.into_iter().collect::<Option<Vec<_>>>()?.into_iter().min()?,
            Form::Count(of, cell) => {
                let numbers = self.contributions(of, &[], &[])?.into_iter().collect::<Option<Vec<_>>>()?;
                Decimal::from(numbers.into_iter().filter(|number| accepts_number(cell, *number)).count())
            }
            Form::CountHolding(conds) => {
                let holding: Option<Vec<bool>> = conds.iter().map(|cond| self.holds(cond)).collect();
                Decimal::from(holding?.into_iter().filter(|holds| *holds).count())
            }
            Form::Lookup(of, cuts, gives) => {
                let number = self.number(of)?;
                gives[cuts.iter().filter(|cut| number >= **cut).count()]
            }
            Form::Matrix(down, across, gives) => match (&self.items[*down], &self.items[*across]) {
                (Known::Is(Answer::Code(row)), Known::Is(Answer::Code(column))) => gives[*row][*column],
                _ => return None,
            },
            Form::Table(table) => {
                let results = self.rows(table)?;
                match table.aggregate {
                    Some("count") => Decimal::from(results.len()),
                    Some(_) if results.is_empty() => table.otherwise?,
                    Some("sum") => results.iter().sum(),
                    Some("highest") => results.into_iter().max()?,
                    Some(_) => results.into_iter().min()?,
                    None => results.first().copied().or(table.otherwise)?,
                }
            }
            Form::Tree(tree) => self.tree(tree)?,
            Form::Formula(num) => self.number(num)?,
            Form::ScriptOfTwo(first, second) => {
                let (first, second) = (self.number(first)?, self.number(second)?);
                if first > second { first - second } else { second }
            }
            Form::ScriptOfSection => {
                let numbers = self.contributions(&[Member::Section], &[], &[])?.into_iter().collect::<Option<Vec<_>>>()?;
                numbers.into_iter().fold(Decimal::ZERO, Decimal::max)
            }
        })
    }

    /// The results of all rows that match.
    pub fn rows<T: Copy>(&self, table: &Table<T>) -> Option<Vec<T>> {
        let mut results = Vec::new();
        for (cells, then) in &table.rows {
            let mut all = true;
            for (cell, column) in cells.iter().zip(&table.columns) {
                all &= match column {
                    Column::Number(num) => accepts_number(cell, self.number(num)?),
                    Column::Truth(cond) => match cell {
                        Cell::Truth(wanted) => self.holds(cond)? == *wanted,
                        _ => self.holds(cond).map(|_| true)?,
                    },
                    Column::Code(item) => match (&self.items[*item], cell) {
                        (Known::Is(Answer::Code(code)), Cell::Codes(codes)) => codes.contains(code),
                        (Known::Is(_), _) => true,
                        _ => return None,
                    },
                };
            }
            results.extend(all.then_some(*then));
        }
        Some(results)
    }

    fn tree<T: Copy>(&self, tree: &Tree<T>) -> Option<T> {
        match tree {
            Tree::Leaf(value) => Some(*value),
            Tree::Fork(test, then, otherwise) => self.tree(if self.holds(test)? { then } else { otherwise }),
        }
    }

    fn preliminary(&self, grade: &Grade) -> Option<usize> {
        match &grade.preliminary {
            Preliminary::Band => self.band,
            Preliminary::Table(table) => self.rows(table)?.first().copied().or(table.otherwise),
            Preliminary::Tree(tree) => self.tree(tree),
            Preliminary::Lookup(score, cuts, gives) => {
                let number = self.scores[*score]?;
                Some(gives[cuts.iter().filter(|cut| number >= **cut).count()])
            }
        }
    }

    fn adjusted(&self, grade: &Grade) -> Option<usize> {
        let first = self.preliminary?;
        let worst = grade.steps - 1;
        let holding: Option<Vec<bool>> = grade.adjustments.iter().map(|(when, _)| self.holds(when)).collect();
        let effects: Vec<Effect> =
            grade.adjustments.iter().zip(holding?).filter(|(_, holds)| *holds).map(|((_, effect), _)| *effect).collect();
        let adds = grade.combine == Combine::Sum || (grade.combine == Combine::BySetting && self.each);
        if !adds {
            let alone = effects.iter().map(|effect| match effect {
                Effect::Set(to) => *to,
                Effect::Raise(by) => (first + by).min(worst),
                Effect::AtLeast(least) => first.max(*least),
            });
            return Some(alone.max().unwrap_or(first));
        }
        let mut result = first;
        for effect in &effects {
            if let Effect::Raise(by) = effect {
                result = (result + by).min(worst);
            }
        }
        for effect in &effects {
            if let Effect::AtLeast(to) | Effect::Set(to) = effect {
                result = result.max(*to);
            }
        }
        Some(result)
    }
}

pub fn accepts_number(cell: &Cell, number: Decimal) -> bool {
    match cell {
        Cell::Numbers(numbers) => numbers.contains(&number),
        Cell::Between(low, high) => number >= *low && number <= *high,
        Cell::Beyond(">=", edge) => number >= *edge,
        Cell::Beyond(">", edge) => number > *edge,
        Cell::Beyond("<=", edge) => number <= *edge,
        Cell::Beyond(_, edge) => number < *edge,
        _ => true,
    }
}
