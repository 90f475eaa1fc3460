//! Writes a made-up instrument in the definition language, key by key as the manual says. Reads nothing.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::{
    Answer, Cell, Column, Combine, Cond, Definition, Effect, Form, Grade, Item, Kind, Member, Missing, Num, Preliminary, Score, Table, Tree,
};

const HEAD: &str = "instrument: made-up
edition: \"1\"
effective: {from: 2024-01-01}
jurisdiction: INTL
domain: function
languages: [en]
title: {en: Made up}
source: {title: Chance}
licence: {class: public_domain, wording: own}
provenance: {status: computed}
direction: higher_is_worse
missing: refuse
settings:
  - {id: reasons, text: {en: Reasons}, default: once, options: [{code: once, label: {en: Once}}, {code: each, label: {en: Each}}]}
";

fn list<T>(of: &[T], write: impl Fn(&T) -> String) -> String {
    of.iter().map(write).collect::<Vec<_>>().join(", ")
}

impl Definition {
    pub fn yaml(&self) -> String {
        let mut out = HEAD.to_owned();
        let places = |wanted: bool| (0..self.items.len()).filter(move |place| self.items[*place].in_section == wanted);
        out += "sections:\n  - id: part\n    title: {en: Part}\n    items:\n";
        places(true).for_each(|place| writeln!(out, "      - {}", self.item(place)).unwrap());
        if places(false).next().is_some() {
            out += "inputs:\n";
            places(false).for_each(|place| writeln!(out, "  - {}", self.item(place)).unwrap());
        }
        if !self.scores.is_empty() {
            out += "scores:\n";
        }
        for (place, score) in self.scores.iter().enumerate() {
            writeln!(out, "  s{place}: {{{}}}", self.score(score)).unwrap();
        }
        if !self.bands.is_empty() {
            let bands: Vec<(usize, &(Decimal, Decimal))> = self.bands.iter().enumerate().collect();
            let band = |(place, (low, high)): &(usize, &(Decimal, Decimal))| {
                format!("{{id: g{place}, from: {low}, to: {high}, label: {{en: G}}}}")
            };
            writeln!(out, "bands:\n  s0: [{}]", list(&bands, band)).unwrap();
        }
        if let Some(grade) = &self.grade {
            out += &self.grade(grade);
        }
        // Every other alert goes by way of a finding, which has to come to the same.
        if !self.alerts.is_empty() {
            out += "findings:\n";
        }
        for (place, when) in self.alerts.iter().enumerate().step_by(2) {
            writeln!(out, "  - {{id: found{place}, when: '{}', text: {{en: Seen}}}}", self.cond(when)).unwrap();
        }
        if !self.alerts.is_empty() {
            out += "alerts:\n";
        }
        for (place, when) in self.alerts.iter().enumerate() {
            let when = if place % 2 == 0 { format!("found{place}") } else { self.cond(when) };
            writeln!(out, "  - {{id: alert{place}, when: '{when}', text: {{en: Look}}, urgency: now}}").unwrap();
        }
        out
    }

    fn item(&self, place: usize) -> String {
        let item: &Item = &self.items[place];
        let options = |points: &[Decimal], exclusive: bool| {
            let points: Vec<(usize, &Decimal)> = points.iter().enumerate().collect();
            list(&points, |(code, points)| {
                let alone = if exclusive && *code == 0 { ", exclusive: true" } else { "" };
                format!("{{code: c{code}, points: {points}, label: {{en: C}}{alone}}}")
            })
        };
        let kind = match &item.kind {
            Kind::Choice(points) => format!("options: [{}]", options(points, false)),
            Kind::Boolean(no, yes) => format!("type: boolean, points: {{true: {yes}, false: {no}}}"),
            Kind::Integer(low, high) => format!("type: integer, range: [{low}, {high}]"),
            Kind::Decimal(low, step, count) => {
                format!("type: decimal, range: [{low}, {}], step: {step}", low + step * Decimal::from(count - 1))
            }
            Kind::Choices(points, exclusive, most) => {
                let most = most.map_or(String::new(), |most| format!(", at_most: {most}"));
                format!("type: choices, options: [{}]{most}", options(points, *exclusive))
            }
        };
        let absent = if item.absent { "[refused, unable]" } else { "[]" };
        let hidden = match &item.hidden {
            None | Some(Answer::Absent | Answer::Codes(_)) => "left_out".to_owned(),
            Some(Answer::Code(code)) => format!("c{code}"),
            Some(Answer::Truth(truth)) => truth.to_string(),
            Some(Answer::Number(number)) => number.to_string(),
        };
        let when = item.when.as_ref().map_or(String::new(), |when| format!(", when: '{}', otherwise: {hidden}", self.cond(when)));
        format!("{{id: i{place}, text: {{en: I}}, {kind}, absent: {absent}{when}}}")
    }

    fn num(&self, num: &Num) -> String {
        match num {
            Num::Const(number) if number.is_sign_negative() => format!("({number})"),
            Num::Const(number) => number.to_string(),
            Num::Item(item) if matches!(self.items[*item].kind, Kind::Integer(..) | Kind::Decimal(..)) => format!("i{item}"),
            Num::Item(item) => format!("i{item}.points"),
            Num::Rank(item) => format!("i{item}.rank"),
            Num::Score(score) => format!("s{score}"),
            Num::Band => "s0.band.rank".to_owned(),
            Num::Calc(operator, left, right) => format!("({} {operator} {})", self.num(left), self.num(right)),
            Num::Negate(part) => format!("(-{})", self.num(part)),
            Num::Extreme(highest, parts) => format!("{}({})", if *highest { "max" } else { "min" }, list(parts, |part| self.num(part))),
            Num::Abs(part) => format!("abs({})", self.num(part)),
            Num::Floor(part) => format!("floor({})", self.num(part)),
            Num::Ceiling(part) => format!("ceiling({})", self.num(part)),
            Num::Round(part, places) => format!("round({}, {places})", self.num(part)),
            Num::If(test, then, otherwise) => {
                format!("(if {} {{ {} }} else {{ {} }})", self.cond(test), self.num(then), self.num(otherwise))
            }
        }
    }

    fn cond(&self, cond: &Cond) -> String {
        let joined = |parts: &[Cond], with: &str| parts.iter().map(|part| format!("({})", self.cond(part))).collect::<Vec<_>>().join(with);
        match cond {
            Cond::Truth(item) => format!("i{item}"),
            Cond::Compare(operator, left, right) => format!("{} {operator} {}", self.num(left), self.num(right)),
            Cond::Code(item, codes) if codes.len() == 1 => format!("i{item} == \"c{}\"", codes[0]),
            Cond::Code(item, codes) => format!("i{item} in [{}]", list(codes, |code| format!("\"c{code}\""))),
            Cond::Has(item, code) => format!("\"c{code}\" in i{item}"),
            Cond::Answered(item) => format!("answered(i{item})"),
            Cond::Among(num, numbers) => format!("{} in [{}]", self.num(num), list(numbers, ToString::to_string)),
            Cond::Each => "reasons == \"each\"".to_owned(),
            Cond::And(parts) => joined(parts, " && "),
            Cond::Or(parts) => joined(parts, " || "),
            Cond::Not(part) => format!("!({})", self.cond(part)),
        }
    }

    fn score(&self, score: &Score) -> String {
        let members = |of: &[Member]| {
            let member = |member: &Member| match member {
                Member::Item(item) => format!("i{item}"),
                Member::Score(score) => format!("s{score}"),
                Member::Section => "part".to_owned(),
            };
            list(of, member)
        };
        let (low, high) = score.range;
        let range = format!("range: [{low}, {high}]");
        let mut out = match &score.form {
            Form::Sum { of, weights, points } => {
                let weights = list(weights, |(item, weight)| format!("i{item}: {weight}"));
                let codes = |points: &[Decimal]| {
                    let points: Vec<(usize, &Decimal)> = points.iter().enumerate().collect();
                    list(&points, |(code, points)| format!("c{code}: {points}"))
                };
                let points = list(points, |(item, points)| format!("i{item}: {{{}}}", codes(points)));
                format!("sum: {{of: [{}], weights: {{{weights}}}, points: {{{points}}}}}", members(of))
            }
            Form::Mean(of) => format!("mean: [{}]", members(of)),
            Form::Highest(of) => format!("highest: [{}]", members(of)),
            Form::Lowest(of) => format!("lowest: [{}]", members(of)),
            Form::Count(of, cell) => format!("count: {{of: [{}], points: {}}}", members(of), self.cell(cell)),
            Form::CountHolding(conds) => format!("count: [{}]", list(conds, |cond| format!("'{}'", self.cond(cond)))),
            Form::Lookup(of, cuts, gives) => {
                format!("lookup: {{of: '{}', steps: [{}]}}", self.num(of), steps(cuts, gives, ToString::to_string))
            }
            Form::Matrix(down, across, gives) => {
                let axis = |item: &usize, cells: usize| {
                    let cells: Vec<usize> = (0..cells).collect();
                    format!("{{of: i{item}, cells: [{}]}}", list(&cells, |code| format!("c{code}")))
                };
                let rows = list(gives, |row| format!("[{}]", list(row, ToString::to_string)));
                format!("matrix: {{rows: {}, columns: {}, gives: [{rows}]}}", axis(down, gives.len()), axis(across, gives[0].len()))
            }
            Form::Table(table) => self.table(table, ToString::to_string),
            Form::Tree(tree) => format!("tree: {}", self.tree(tree, &ToString::to_string)),
            Form::Formula(num) => format!("formula: '{}'", self.num(num)),
            Form::ScriptOfTwo(first, second) => {
                let reads = format!("{{a: '{}', b: '{}'}}", self.num(first), self.num(second));
                format!("script: {{reads: {reads}, code: 'let d = a - b; if d > 0 {{ d }} else {{ b }}'}}, {range}")
            }
            Form::ScriptOfSection => {
                format!("script: {{reads: [part], code: 'let t = 0; for x in part {{ if x > t {{ t = x; }} }} t'}}, {range}")
            }
        };
        match score.missing {
            Missing::Refuse => {}
            Missing::Prorate(most) => write!(out, ", missing: {{prorate: {{up_to: {most}}}}}").unwrap(),
            Missing::CountAs(number) => write!(out, ", missing: {{count_as: {number}}}").unwrap(),
        }
        score.at_least.iter().for_each(|floor| write!(out, ", at_least: {floor}").unwrap());
        score.at_most.iter().for_each(|cap| write!(out, ", at_most: {cap}").unwrap());
        score.round.iter().for_each(|(places, mode)| write!(out, ", round: {{places: {places}, mode: {mode}}}").unwrap());
        out
    }

    fn cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Any => "any".to_owned(),
            Cell::Codes(codes) => format!("[{}]", list(codes, |code| format!("c{code}"))),
            Cell::Numbers(numbers) => format!("[{}]", list(numbers, ToString::to_string)),
            Cell::Between(low, high) => format!("{low}..{high}"),
            Cell::Beyond(operator, edge) => format!("\"{operator} {edge}\""),
            Cell::Truth(truth) => truth.to_string(),
        }
    }

    fn table<T>(&self, table: &Table<T>, value: impl Fn(&T) -> String) -> String {
        let column = |column: &Column| match column {
            Column::Number(num) => format!("'{}'", self.num(num)),
            Column::Code(item) => format!("i{item}"),
            Column::Truth(cond) => format!("'{}'", self.cond(cond)),
        };
        let row = |(cells, then): &(Vec<Cell>, T)| format!("{{if: [{}], then: {}}}", list(cells, |cell| self.cell(cell)), value(then));
        let otherwise = table.otherwise.as_ref().map_or(String::new(), |then| format!(", otherwise: {}", value(then)));
        let aggregate = table.aggregate.map_or(String::new(), |how| format!(", aggregate: {how}"));
        format!(
            "table: {{hit: {}{aggregate}, columns: [{}], rows: [{}]{otherwise}}}",
            table.hit,
            list(&table.columns, column),
            list(&table.rows, row)
        )
    }

    fn tree<T>(&self, tree: &Tree<T>, value: &impl Fn(&T) -> String) -> String {
        match tree {
            Tree::Leaf(leaf) => value(leaf),
            Tree::Fork(test, then, otherwise) => {
                format!("{{if: '{}', then: {}, else: {}}}", self.cond(test), self.tree(then, value), self.tree(otherwise, value))
            }
        }
    }

    fn grade(&self, grade: &Grade) -> String {
        let id = |place: &usize| format!("g{place}");
        let scale: Vec<usize> = (0..grade.steps).collect();
        let mut out = format!("grade:\n  scale: [{}]\n", list(&scale, |place| format!("{{id: g{place}, label: {{en: G}}}}")));
        let preliminary = match &grade.preliminary {
            Preliminary::Band => "band: s0".to_owned(),
            Preliminary::Table(table) => self.table(table, id),
            Preliminary::Tree(tree) => format!("tree: {}", self.tree(tree, &id)),
            Preliminary::Lookup(score, cuts, gives) => format!("lookup: {{of: s{score}, steps: [{}]}}", steps(cuts, gives, id)),
        };
        writeln!(out, "  preliminary: {{{preliminary}}}").unwrap();
        if !grade.adjustments.is_empty() {
            out += "  adjustments:\n";
        }
        for (place, (when, effect)) in grade.adjustments.iter().enumerate() {
            let effect = match effect {
                Effect::Set(to) => format!("set: g{to}"),
                Effect::Raise(by) => format!("raise: {by}"),
                Effect::AtLeast(least) => format!("at_least: g{least}"),
            };
            writeln!(out, "    - {{id: a{place}, when: '{}', {effect}, reason: {{en: Why}}}}", self.cond(when)).unwrap();
        }
        let combine = match grade.combine {
            Combine::Once => "strongest_once",
            Combine::Sum => "sum",
            Combine::BySetting => "{setting: reasons, choose: {once: strongest_once, each: sum}}",
        };
        writeln!(out, "  combine: {combine}").unwrap();
        out
    }
}

/// Steps of a lookup: below the first cut, between the cuts, from the last.
fn steps<T>(cuts: &[Decimal], gives: &[T], value: impl Fn(&T) -> String) -> String {
    let edge = |place: usize| match (place.checked_sub(1).and_then(|before| cuts.get(before)), cuts.get(place)) {
        (None, None) => String::new(),
        (None, Some(end)) => format!("below: {end}, "),
        (Some(from), None) => format!("from: {from}, "),
        (Some(from), Some(end)) => format!("from: {from}, below: {end}, "),
    };
    let places: Vec<usize> = (0..gives.len()).collect();
    list(&places, |place| format!("{{{}gives: {}}}", edge(*place), value(&gives[*place])))
}
