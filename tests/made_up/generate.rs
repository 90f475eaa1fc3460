//! Makes up small instruments by chance, most of them sound: cuts and rows are laid where the naive evaluator finds that answers lead.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    Answer, Cell, Chance, Column, Combine, Cond, Definition, Effect, Form, Grade, Item, Kind, Member, Missing, Num, Preliminary, Reckoned,
    Score, Sheet, Table, Tree, full_sheets,
};

const MOST_SHEETS: usize = 400;

/// A made-up instrument.
pub fn definition(chance: &mut Chance) -> Definition {
    let mut maker = Maker { chance, made: Definition::default(), sheets: Vec::new() };
    maker.items();
    maker.sheets = full_sheets(&maker.made.items);
    for _ in 0..1 + maker.chance.below(5) {
        maker.score();
    }
    if !maker.chance.one_in(4) {
        maker.bands();
        maker.grade();
    }
    for _ in 0..maker.chance.below(3) {
        let when = maker.happening();
        maker.made.alerts.extend(when);
    }
    maker.made
}

struct Maker<'c> {
    chance: &'c mut Chance,
    made: Definition,
    sheets: Vec<Sheet>,
}

fn whole(number: usize) -> Decimal {
    Decimal::from(number)
}

impl Maker<'_> {
    fn points(&mut self) -> Decimal {
        match self.chance.below(8) {
            0 => Decimal::new(15, 1),
            1 => Decimal::new(43, 1),
            2 => -Decimal::ONE,
            _ => whole(self.chance.below(6)),
        }
    }

    fn items(&mut self) {
        let (count, mut sheets) = (2 + self.chance.below(4), 1);
        while self.made.items.len() < count {
            let options = 2 + self.chance.below(2);
            let kind = match self.chance.below(10) {
                0..5 => Kind::Choice((0..options).map(|_| self.points()).collect()),
                5 | 6 => Kind::Boolean(self.points(), self.points()),
                7 => Kind::Integer(0, 2 + self.chance.below(3) as i64),
                8 => Kind::Decimal(Decimal::new(5, 1), *self.chance.pick(&[Decimal::new(5, 1), Decimal::new(3, 1)]), 3),
                _ => {
                    let most = self.chance.one_in(2).then(|| whole(1 + self.chance.below(4)));
                    Kind::Choices((0..options).map(|_| whole(self.chance.below(4))).collect(), self.chance.one_in(2), most)
                }
            };
            let place = self.made.items.len();
            let in_section = place == 0 || (self.made.items[place - 1].in_section && !self.chance.one_in(3));
            let mut item = Item { kind, in_section, when: None, hidden: None, absent: self.chance.one_in(2) };
            if place > 0 && self.chance.one_in(3) {
                item.when = Some(self.cond(1));
                let answers = item.answers();
                let choices = matches!(item.kind, Kind::Choices(..));
                item.hidden = (!choices && !self.chance.one_in(3)).then(|| self.chance.pick(&answers).clone());
            }
            sheets *= item.answers().len();
            if sheets > MOST_SHEETS {
                return;
            }
            self.made.items.push(item);
        }
    }

    /// An item that always has a value, of the kind wanted.
    fn item(&mut self, wanted: impl Fn(&Kind) -> bool) -> Option<usize> {
        let items = self.made.items.iter().enumerate();
        let fit: Vec<usize> = items
            .filter(|(_, item)| wanted(&item.kind) && (item.when.is_none() || item.hidden.is_some()))
            .map(|(place, _)| place)
            .collect();
        (!fit.is_empty()).then(|| *self.chance.pick(&fit))
    }

    fn constant(&mut self) -> Decimal {
        match self.chance.below(6) {
            0 => Decimal::new(25, 1),
            1 => -Decimal::ONE,
            _ => whole(self.chance.below(8)),
        }
    }

    fn num(&mut self, depth: usize) -> Num {
        if depth == 0 {
            let scores = self.made.scores.len();
            return match self.chance.below(7) {
                0 => Num::Const(self.constant()),
                1 => self.item(|kind| matches!(kind, Kind::Choice(_))).map_or(Num::Const(Decimal::ONE), Num::Rank),
                2 if !self.made.bands.is_empty() => Num::Band,
                2..5 if scores > 0 => Num::Score(self.chance.below(scores)),
                _ => self.item(|_| true).map_or(Num::Const(Decimal::TWO), Num::Item),
            };
        }
        let part = |maker: &mut Self| {
            let shallower = maker.chance.below(depth);
            Box::new(maker.num(shallower))
        };
        match self.chance.below(11) {
            0..4 => Num::Calc(*self.chance.pick(&['+', '-', '*']), part(self), part(self)),
            4 => {
                let divisor = if self.chance.one_in(2) {
                    Num::Const(*self.chance.pick(&[Decimal::TWO, Decimal::new(15, 1), whole(3)]))
                } else {
                    Num::Calc('+', Box::new(Num::Abs(part(self))), Box::new(Num::Const(Decimal::ONE)))
                };
                Num::Calc(*self.chance.pick(&['/', '%']), part(self), Box::new(divisor))
            }
            5 => Num::Extreme(self.chance.one_in(2), vec![*part(self), *part(self)]),
            6 => Num::Abs(part(self)),
            7 => Num::Floor(Box::new(Num::Calc('/', part(self), Box::new(Num::Const(Decimal::TWO))))),
            8 => {
                if self.chance.one_in(2) {
                    Num::Ceiling(part(self))
                } else {
                    Num::Round(part(self), self.chance.below(2) as u32)
                }
            }
            9 => Num::Negate(part(self)),
            _ => Num::If(Box::new(self.cond(depth - 1)), part(self), part(self)),
        }
    }

    fn cond(&mut self, depth: usize) -> Cond {
        if depth > 1 || (depth > 0 && self.chance.one_in(2)) {
            let parts = vec![self.cond(depth - 1), self.cond(depth - 1)];
            return match self.chance.below(5) {
                0..2 => Cond::And(parts),
                2..4 => Cond::Or(parts),
                _ => Cond::Not(Box::new(self.cond(depth - 1))),
            };
        }
        let found = match self.chance.below(8) {
            0 | 1 => self.item(|kind| matches!(kind, Kind::Boolean(..))).map(Cond::Truth),
            2 | 3 => self.item(|kind| matches!(kind, Kind::Choice(_))).map(|item| Cond::Code(item, vec![self.chance.below(2)])),
            4 => self.item(|kind| matches!(kind, Kind::Choices(..))).map(|item| Cond::Has(item, self.chance.below(2))),
            5 if self.chance.one_in(2) => Some(Cond::Each),
            5 => self.item(|kind| matches!(kind, Kind::Choice(_))).map(|item| Cond::Code(item, vec![0, 1])),
            6 => self.item(|_| true).map(Cond::Answered).filter(|_| self.chance.one_in(3)),
            _ => None,
        };
        found.unwrap_or_else(|| {
            let left = self.num(0);
            if self.chance.one_in(6) {
                return Cond::Among(left, vec![whole(1), whole(2)]);
            }
            let right = if self.chance.one_in(3) { self.num(0) } else { Num::Const(self.constant().abs()) };
            Cond::Compare(*self.chance.pick(&["==", "!=", "<", "<=", ">", ">="]), left, right)
        })
    }

    /// What each full sheet leads to.
    fn everywhere<T>(&self, read: impl Fn(&Reckoned<'_>) -> T) -> Vec<T> {
        let each = |each: bool| self.sheets.iter().map(move |sheet| Reckoned::new(&self.made, sheet, each));
        each(false).chain(each(true)).map(|reckoned| read(&reckoned)).collect()
    }

    /// A condition that holds on some sheets and not on others.
    fn happening(&mut self) -> Option<Cond> {
        (0..6).find_map(|_| {
            let depth = self.chance.below(2);
            let cond = self.cond(depth);
            let seen: BTreeSet<Option<bool>> = self.everywhere(|reckoned| reckoned.holds(&cond)).into_iter().collect();
            (seen.contains(&Some(true)) && seen.contains(&Some(false))).then_some(cond)
        })
    }

    /// All numbers that an expression takes.
    fn reached(&self, num: &Num) -> Vec<Decimal> {
        self.everywhere(|reckoned| reckoned.number(num)).into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn members(&mut self, most: usize) -> Vec<Member> {
        let mut of: Vec<Member> = Vec::new();
        if self.chance.one_in(3) {
            of.push(Member::Section);
        }
        for _ in 0..1 + self.chance.below(most) {
            let scores = self.made.scores.len();
            let member = if scores > 0 && self.chance.one_in(3) {
                Member::Score(self.chance.below(scores))
            } else {
                Member::Item(self.chance.below(self.made.items.len()))
            };
            let covered = matches!(member, Member::Item(item) if of.contains(&Member::Section) && self.made.items[item].in_section);
            if !of.contains(&member) && !covered {
                of.push(member);
            }
        }
        of
    }

    fn score(&mut self) {
        let form = match self.chance.below(20) {
            0..6 => {
                let of = self.members(4);
                let items: Vec<usize> =
                    of.iter().filter_map(|member| if let Member::Item(item) = member { Some(*item) } else { None }).collect();
                let mut weights = Vec::new();
                let mut points = Vec::new();
                for item in items {
                    if self.chance.one_in(4) {
                        weights.push((item, *self.chance.pick(&[Decimal::TWO, Decimal::new(25, 1), Decimal::new(-5, 1)])));
                    }
                    if let (Kind::Choice(own), true) = (self.made.items[item].kind.clone(), self.chance.one_in(4)) {
                        points.push((item, own.iter().map(|_| self.points()).collect()));
                    }
                }
                Some(Form::Sum { of, weights, points })
            }
            6 => Some(Form::Mean(self.members(3))),
            7 => Some(Form::Highest(self.members(3))),
            8 => Some(Form::Lowest(self.members(3))),
            9 => Some(Form::Count(
                self.members(4),
                Cell::Beyond(*self.chance.pick(&[">=", ">", "<=", "<"]), whole(1 + self.chance.below(3))),
            )),
            10 => Some(Form::CountHolding((0..3).map(|_| self.cond(1)).collect())),
            11 => {
                let of = self.num(1);
                self.cuts(&of).map(|cuts| {
                    let gives = (0..=cuts.len()).map(|_| self.points()).collect();
                    Form::Lookup(of, cuts, gives)
                })
            }
            12 => {
                let choice = |kind: &Kind| matches!(kind, Kind::Choice(_));
                self.item(choice).zip(self.item(choice)).filter(|(down, across)| down != across).map(|(down, across)| {
                    let (rows, columns) = (self.made.items[down].answers().len(), self.made.items[across].answers().len());
                    Form::Matrix(down, across, (0..rows).map(|_| (0..columns).map(|_| self.points()).collect()).collect())
                })
            }
            13..15 => self.table(true, |maker| maker.points()).map(Form::Table),
            15 => self.tree(2, &mut |maker| maker.points()).map(Form::Tree),
            16 => Some(Form::ScriptOfTwo(self.num(1), self.num(0))),
            17 => Some(Form::ScriptOfSection),
            _ => Some(Form::Formula(self.num(2))),
        };
        let Some(form) = form else { return };
        let fills = matches!(form, Form::Sum { .. } | Form::Mean(_));
        let script = matches!(form, Form::ScriptOfTwo(..) | Form::ScriptOfSection);
        let missing = match self.chance.below(4) {
            0 if fills => Missing::Prorate(1 + self.chance.below(2)),
            1 if fills => Missing::CountAs(self.points()),
            _ => Missing::Refuse,
        };
        let rounds = !script && (matches!(missing, Missing::Prorate(_)) || self.chance.one_in(6));
        let score = Score {
            form,
            missing,
            at_least: (!script && self.chance.one_in(8)).then(|| self.points()),
            at_most: (!script && self.chance.one_in(8)).then(|| whole(5 + self.chance.below(5))),
            round: rounds.then(|| (self.chance.below(2) as u32, *self.chance.pick(&["half_up", "half_even", "up", "down"]))),
            range: (Decimal::ZERO, Decimal::ZERO),
        };
        self.made.scores.push(score);
        let reached = self.reached(&Num::Score(self.made.scores.len() - 1));
        match (reached.first(), reached.last(), self.made.scores.last_mut()) {
            (Some(low), Some(high), Some(score)) => score.range = (*low, *high),
            _ => drop(self.made.scores.pop()),
        }
    }

    /// Cuts between the numbers that an expression takes, ascending.
    fn cuts(&mut self, of: &Num) -> Option<Vec<Decimal>> {
        let reached = self.reached(of);
        let inner = reached.get(1..)?;
        if inner.is_empty() {
            return None;
        }
        let cuts: BTreeSet<Decimal> = (0..1 + self.chance.below(3)).map(|_| *self.chance.pick(inner)).collect();
        Some(cuts.into_iter().collect())
    }

    fn column(&mut self) -> Column {
        match self.chance.below(3) {
            0 => Column::Truth(self.cond(0)),
            1 => self.item(|kind| matches!(kind, Kind::Choice(_))).map_or_else(|| Column::Number(self.num(0)), Column::Code),
            _ => Column::Number(self.num(1)),
        }
    }

    fn cell(&mut self, column: &Column) -> Cell {
        match (column, self.chance.below(4)) {
            (_, 0) => Cell::Any,
            (Column::Code(_), 1) => Cell::Codes(vec![0, 1]),
            (Column::Code(_), _) => Cell::Codes(vec![self.chance.below(2)]),
            (Column::Truth(_), _) => Cell::Truth(self.chance.one_in(2)),
            (Column::Number(_), 1) => Cell::Numbers(vec![self.constant().abs()]),
            (Column::Number(_), 2) => Cell::Between(Decimal::ONE, whole(2 + self.chance.below(3))),
            (Column::Number(_), _) => Cell::Beyond(*self.chance.pick(&[">=", ">", "<=", "<"]), whole(1 + self.chance.below(4))),
        }
    }

    /// A table all of whose rows are hit, with an `otherwise` only where it is wanted.
    fn table<T: Copy>(&mut self, collects: bool, mut value: impl FnMut(&mut Self) -> T) -> Option<Table<T>> {
        let columns: Vec<Column> = (0..1 + self.chance.below(3)).map(|_| self.column()).collect();
        let hit = *self.chance.pick(if collects { &["first", "unique", "collect"] } else { &["first", "unique"] });
        let aggregate = (hit == "collect").then(|| *self.chance.pick(&["sum", "count", "highest", "lowest"]));
        let mut table: Table<usize> = Table { hit, aggregate, columns, rows: Vec::new(), otherwise: None };
        for place in 0..2 + self.chance.below(3) {
            let cells: Vec<Cell> = table.columns.clone().iter().map(|column| self.cell(column)).collect();
            table.rows.push((cells, place));
            let hits = self.everywhere(|reckoned| reckoned.rows(&table));
            let last = table.rows.len() - 1;
            let seen = hits.iter().flatten().any(|rows| if hit == "first" { rows.first() == Some(&place) } else { rows.contains(&place) });
            let twice = hit == "unique" && hits.iter().flatten().any(|rows| rows.len() > 1);
            if !seen || twice {
                table.rows.remove(last);
            }
        }
        let open = self.everywhere(|reckoned| reckoned.rows(&table)).iter().flatten().any(Vec::is_empty);
        if table.rows.is_empty() {
            return None;
        }
        let rows = table.rows.into_iter().map(|(cells, _)| (cells, value(self))).collect();
        let otherwise = (open && aggregate != Some("count")).then(|| value(self));
        Some(Table { hit, aggregate, columns: table.columns, rows, otherwise })
    }

    fn tree<T>(&mut self, depth: usize, value: &mut impl FnMut(&mut Self) -> T) -> Option<Tree<T>> {
        if depth == 0 || self.chance.one_in(3) {
            return Some(Tree::Leaf(value(self)));
        }
        let test = self.happening()?;
        Some(Tree::Fork(test, Box::new(self.tree(depth - 1, value)?), Box::new(self.tree(depth - 1, value)?)))
    }

    fn bands(&mut self) {
        if self.made.scores.is_empty() {
            return;
        }
        let reached = self.reached(&Num::Score(0));
        let Some(cuts) = self.cuts(&Num::Score(0)) else { return };
        let mut from = 0;
        for place in 1..=reached.len() {
            if place == reached.len() || cuts.contains(&reached[place]) {
                self.made.bands.push((reached[from], reached[place - 1]));
                from = place;
            }
        }
    }

    fn grade(&mut self) {
        let bands = self.made.bands.len();
        let mut steps = if bands > 0 { bands } else { 2 + self.chance.below(2) };
        let grade = move |maker: &mut Self| maker.chance.below(steps);
        let preliminary = match self.chance.below(6) {
            0..3 if bands > 0 => Some(Preliminary::Band),
            3 if !self.made.scores.is_empty() => self.cuts(&Num::Score(0)).map(|cuts| {
                steps = cuts.len() + 1;
                let gives = (0..steps).collect();
                Preliminary::Lookup(0, cuts, gives)
            }),
            4 => self.table(false, grade).map(Preliminary::Table),
            _ => self.tree(2, &mut { grade }).map(Preliminary::Tree),
        };
        let Some(preliminary) = preliminary else { return };
        let combine = *self.chance.pick(&[Combine::Once, Combine::Sum, Combine::BySetting]);
        let mut adjustments = Vec::new();
        for _ in 0..self.chance.below(4) {
            let effect = match self.chance.below(3) {
                // What a set grade milder than the others does where raises add up is not settled by the manual.
                0 if combine == Combine::Once => Effect::Set(self.chance.below(steps)),
                0 => Effect::Set(steps - 1),
                1 => Effect::Raise(1 + self.chance.below(2)),
                _ => Effect::AtLeast(self.chance.below(steps)),
            };
            adjustments.extend(self.happening().map(|when| (when, effect)));
        }
        self.made.grade = Some(Grade { steps, preliminary, adjustments, combine });
    }
}

impl Definition {
    /// A sheet by chance: about a third is blank, and some answers are absent.
    pub fn some_sheet(&self, chance: &mut Chance) -> Sheet {
        let answer = |item: &Item| match chance.below(8) {
            0..3 => None,
            3 if item.absent => Some(Answer::Absent),
            _ => Some(chance.pick(&item.answers()).clone()),
        };
        self.items.iter().map(answer).collect()
    }
}
