//! Compiles the rule forms of scores, bands and the preliminary grade into typed expressions. Expressions themselves are typed in `typing`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::compile::Compiler;
use super::expression::{Accept, DecisionTable, Expr, FieldId, Missing, OptionTerm, Sum, Type, Value};
use super::names::Name;
use super::{CodeSetId, Purpose};
use crate::definition::{
    BandSet, Cell, CellTest, Edges, Form, Grade, Hit, Id, ItemType, Literal, MissingRule, Score, Step, Table, Tree, did_you_mean, shortened,
};
use crate::source::{Diagnostic, Severity, Span, Spanned};

/// A member of a sum, count or the like, after sections are opened up.
#[derive(Clone, Copy)]
enum Member {
    Field(FieldId),
    Score(super::NodeId),
}

impl Compiler<'_> {
    pub(super) fn score(&mut self, score: &Score) -> Option<(Expr, Type)> {
        let whose = format!("the score `{}`", score.id.value);
        let missing = self.missing_rule(score);
        let expr = self.form(&score.form, Type::Number, &whose, missing, score)?;
        let expr = match score.at_least {
            Some(floor) => Expr::Extreme(true, vec![expr, Expr::Constant(Value::Number(floor))]),
            None => expr,
        };
        let expr = match score.at_most {
            Some(cap) => Expr::Extreme(false, vec![expr, Expr::Constant(Value::Number(cap))]),
            None => expr,
        };
        let expr = match score.round {
            Some(rounding) => Expr::Round(Box::new(expr), rounding),
            None => expr,
        };
        Some((expr, Type::Number))
    }

    fn missing_rule(&mut self, score: &Score) -> Missing {
        let stated = score.missing.as_ref().or(self.definition.missing.as_ref());
        match stated.map(|rule| rule.value) {
            None | Some(MissingRule::Refuse) => Missing::Refuse,
            Some(MissingRule::Prorate { up_to }) => Missing::Prorate(up_to),
            Some(MissingRule::CountAs(number)) => Missing::CountAs(number),
        }
    }

    pub(super) fn preliminary(&mut self, grade: &Grade) -> Option<(Expr, Type)> {
        let set = self.grade_codes?;
        let kind = Type::Code(set);
        let whose = "the scale";
        let form = &grade.preliminary;
        let expr = match &form.value {
            Form::Band(id) => self.grade_from_bands(id, set)?,
            Form::Lookup { of, steps } => self.lookup(of, steps, kind, whose)?,
            Form::Matrix { rows, columns, gives } => self.matrix(rows, columns, gives, kind, whose)?,
            Form::Table(table) if table.hit == Hit::Collect => {
                let message = "grades cannot be put together as `hit: collect` does with numbers";
                self.help("wrong-form", table.span, message, "write `hit: first` or `hit: unique`");
                return None;
            }
            Form::Table(table) => self.table(table, kind, whose)?,
            Form::Tree(tree) => self.tree(tree, kind, whose)?,
            Form::Formula(text) => self.expression_as(text, kind)?,
            Form::Script { reads, code } => self.script(reads, code, kind, None)?,
            // The reader lets no other form through.
            _ => return None,
        };
        Some((expr, kind))
    }

    fn grade_from_bands(&mut self, id: &Id, grades: CodeSetId) -> Option<Expr> {
        let sets: Vec<&str> = self.definition.band_sets.iter().map(|set| set.id.value.as_str()).collect();
        let Some(place) = sets.iter().position(|known| *known == id.value) else {
            let message = format!("there are no bands called `{}`", shortened(&id.value));
            self.help("unknown-name", id.span, message, did_you_mean(&id.value, &sets));
            return None;
        };
        let node = self.node(Purpose::Band(place), id.span)?;
        let mut rows = Vec::new();
        let mut codes: Vec<&str> = Vec::new();
        for band in &self.definition.band_sets.get(place)?.bands {
            // A band of several intervals has one code, as in `band_set`.
            if codes.contains(&band.id.value.as_str()) {
                continue;
            }
            let grade = self.code(grades, &band.id.value, band.id.span, "the scale");
            rows.extend(grade.map(|grade| (vec![Accept::Codes(1 << codes.len())], Value::Code(grade))));
            codes.push(&band.id.value);
        }
        let table = DecisionTable { columns: vec![Expr::Node(node)], rows, hit: Hit::First, aggregate: None, otherwise: None };
        Some(Expr::Table(Box::new(table)))
    }

    pub(super) fn band_set(&mut self, set: &BandSet) -> Option<(Expr, Type)> {
        let place = self.score_place(&set.of)?;
        let score = self.node(Purpose::Score(place), set.of.span)?;
        let mut codes: Vec<String> = Vec::new();
        let mut steps = Vec::new();
        for band in &set.bands {
            // One band may consist of several intervals; its place is that of the first.
            let code = codes.iter().position(|known| *known == band.id.value).unwrap_or_else(|| {
                codes.push(band.id.value.clone());
                codes.len() - 1
            });
            steps.push((band.edges, Value::Code(u8::try_from(code).ok()?)));
        }
        self.codes.push(codes);
        Some((Expr::Steps(Box::new(Expr::Node(score)), steps), Type::Code(CodeSetId(self.codes.len() - 1))))
    }

    fn score_place(&mut self, id: &Id) -> Option<usize> {
        let scores: Vec<&str> = self.definition.scores.iter().map(|score| score.id.value.as_str()).collect();
        let place = scores.iter().position(|known| *known == id.value);
        if place.is_none() {
            let message = format!("there is no score `{}`", shortened(&id.value));
            self.help("unknown-name", id.span, message, did_you_mean(&id.value, &scores));
        }
        place
    }

    fn form(&mut self, form: &Spanned<Form>, kind: Type, whose: &str, missing: Missing, score: &Score) -> Option<Expr> {
        if !matches!(form.value, Form::Sum { .. } | Form::Mean(_)) && score.missing.is_some() && missing != Missing::Refuse {
            self.help("wrong-form", form.span, "only a `sum` or a `mean` can fill in for absent answers", "write `missing: refuse`");
        }
        match &form.value {
            Form::Sum { of, weights, points } => self.sum(of, weights, points, missing, false),
            Form::Mean(of) => self.sum(of, &[], &[], missing, true),
            Form::CountMembers { of, by_points, cell } => self.count_members(of, *by_points, cell),
            Form::CountExpressions(texts) => {
                let parts: Vec<Option<Expr>> = texts.iter().map(|text| self.condition(text)).collect();
                Some(Expr::Count(parts.into_iter().collect::<Option<_>>()?))
            }
            Form::Highest(of) => self.extreme(true, of, form.span),
            Form::Lowest(of) => self.extreme(false, of, form.span),
            Form::Lookup { of, steps } => self.lookup(of, steps, kind, whose),
            Form::Matrix { rows, columns, gives } => self.matrix(rows, columns, gives, kind, whose),
            Form::Table(table) => self.table(table, kind, whose),
            Form::Tree(tree) => self.tree(tree, kind, whose),
            Form::Formula(text) => self.expression_as(text, kind),
            Form::Script { reads, code } => self.script(reads, code, kind, score.range.as_ref().map(|range| range.value)),
            Form::Entered { .. } => {
                let place = self.definition.items.iter().position(|item| item.id == score.id)?;
                Some(Expr::Field(FieldId(self.definition.settings.len() + place)))
            }
            Form::Band(_) => None,
        }
    }

    fn members(&mut self, of: &[Id]) -> Vec<(Member, Span, Vec<String>)> {
        let mut members = Vec::new();
        for id in of {
            let names = vec![id.value.clone()];
            match self.name(&id.value, id.span) {
                Some(Name::Section(place)) => {
                    let range = self.definition.sections.get(place).map_or(0..0, |section| section.items.clone());
                    for item in range {
                        let field = FieldId(self.definition.settings.len() + item);
                        self.shown(field, id.span);
                        members.push((Member::Field(field), id.span, vec![id.value.clone(), self.field(field).id.clone()]));
                    }
                }
                Some(Name::Field(field)) => {
                    self.shown(field, id.span);
                    members.push((Member::Field(field), id.span, names));
                }
                Some(Name::Score(place)) => {
                    let node = self.node(Purpose::Score(place), id.span);
                    members.extend(node.map(|node| (Member::Score(node), id.span, names)));
                }
                Some(Name::Assessment(_) | Name::Clause(_)) | None => {}
                Some(Name::BandSet(_)) => {
                    self.help("types-differ", id.span, format!("`{}` is a band set, and a number is wanted", id.value), "name the score");
                }
                Some(Name::Finding(_)) => {
                    let message = format!("`{}` is a finding, and a number is wanted", id.value);
                    self.help("types-differ", id.span, message, "count it: `count: [its id]`");
                }
            }
        }
        members
    }

    fn sum(
        &mut self,
        of: &[Id],
        weights: &[(Id, Decimal)],
        own_points: &[(Id, Vec<(Id, Decimal)>)],
        missing: Missing,
        mean: bool,
    ) -> Option<Expr> {
        let members = self.members(of);
        for (id, _) in weights {
            if !members.iter().any(|(_, _, names)| names.contains(&id.value)) {
                let known: Vec<&str> = of.iter().map(|id| id.value.as_str()).collect();
                let message = format!("`{}` is no member of this sum", shortened(&id.value));
                self.help("unknown-name", id.span, message, did_you_mean(&id.value, &known));
            }
        }
        let factor = |names: &[String]| {
            let stated = names.iter().rev().find_map(|name| weights.iter().find(|(id, _)| id.value == *name));
            stated.map_or(Decimal::ONE, |(_, factor)| *factor)
        };
        let (mut by_option, mut others) = (Vec::new(), Vec::new());
        let mut used = Vec::new();
        for (member, span, names) in &members {
            match member {
                Member::Score(node) => others.push((Expr::Node(*node), factor(names))),
                Member::Field(field) => {
                    let own = own_points.iter().find(|(id, _)| id.value == self.field(*field).id);
                    used.extend(own.map(|(id, _)| id.value.clone()));
                    match self.option_points(*field, own.map(|(_, points)| points.as_slice()), *span) {
                        Some(points) => by_option.push((*field, points.iter().map(|points| points * factor(names)).collect::<Vec<_>>())),
                        None => others.extend(self.number_of(*field, *span).map(|expr| (expr, factor(names)))),
                    }
                }
            }
        }
        for (id, _) in own_points.iter().filter(|(id, _)| !used.contains(&id.value)) {
            let known: Vec<&str> = members.iter().filter_map(|(_, _, names)| names.last().map(String::as_str)).collect();
            let message = format!("`{}` is no item of this sum", shortened(&id.value));
            self.help("unknown-name", id.span, message, did_you_mean(&id.value, &known));
        }
        if mean && !members.is_empty() && members.iter().all(|(member, _, _)| self.may_be_left_out(*member)) {
            let span = of.first().map_or(Span::default(), |id| id.span);
            self.help("division-by-zero", span, "every member of this mean can be left out", "give one of them an `otherwise` that counts");
        }
        let scale = by_option.iter().flat_map(|(_, points)| points).map(|points| points.normalize().scale()).max().unwrap_or(0);
        let mut options = Vec::new();
        for (field, points) in by_option {
            let whole: Option<Vec<i64>> =
                points.iter().map(|points| (points * Decimal::from(10_i64.checked_pow(scale)?)).to_i64()).collect();
            match whole {
                Some(points) => options.push(OptionTerm { field, points }),
                None => {
                    let span = of.first().map_or(Span::default(), |id| id.span);
                    self.help("wrong-form", span, "the points of this sum are too large or too fine", "use fewer digits");
                }
            }
        }
        Some(Expr::Sum(Box::new(Sum { scale, options, others, missing, mean })))
    }

    fn may_be_left_out(&self, member: Member) -> bool {
        let Member::Field(field) = member else { return false };
        let field = self.field(field);
        field.shown.is_some() && field.otherwise.is_none()
    }

    /// The points of each option of a choice or yes/no item; `None` for items that count in another way.
    fn option_points(&mut self, field: FieldId, own: Option<&[(Id, Decimal)]>, asked: Span) -> Option<Vec<Decimal>> {
        let kind = self.field(field).kind;
        if !matches!(kind, ItemType::Choice | ItemType::Boolean) {
            return None;
        }
        let Some(own) = own else { return self.field(field).points.clone() };
        let codes = match self.field(field).codes {
            Some(set) => self.codes.get(set.0).cloned().unwrap_or_default(),
            None => vec!["false".to_owned(), "true".to_owned()],
        };
        let known: Vec<&str> = codes.iter().map(String::as_str).collect();
        let id = self.field(field).id.clone();
        for (code, _) in own.iter().filter(|(code, _)| !codes.contains(&code.value)) {
            let message = format!("the item `{id}` has no `{}`", shortened(&code.value));
            self.help("unknown-option", code.span, message, did_you_mean(&code.value, &known));
        }
        let points: Vec<Option<Decimal>> =
            codes.iter().map(|code| own.iter().find(|(known, _)| known.value == *code).map(|(_, points)| *points)).collect();
        for (code, _) in codes.iter().zip(&points).filter(|(_, points)| points.is_none()) {
            let span = own.first().map_or(asked, |(code, _)| code.span);
            let message = format!("the option `{code}` of `{id}` has no points in this sum");
            self.help("points-missing", span, message, "list every option of the item here");
        }
        Some(points.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The number that a field stands for in sums: its points, or its own number.
    pub(super) fn number_of(&mut self, id: FieldId, asked: Span) -> Option<Expr> {
        let field = self.field(id);
        match field.kind {
            ItemType::Integer | ItemType::Decimal => Some(Expr::Field(id)),
            ItemType::Date | ItemType::Time | ItemType::Text => {
                let message = format!("`{}` is a {} and has no points", field.id, field.kind.word());
                self.help("types-differ", asked, message, "name the items that count one by one");
                None
            }
            _ if field.points.is_some() => Some(Expr::Points(id)),
            _ => {
                self.points_missing(id, asked);
                None
            }
        }
    }

    fn points_missing(&mut self, id: FieldId, asked: Span) {
        // Without options the item is faulty already, and its author was told.
        let Some(item) = self.item(id).filter(|item| !item.options.is_empty() || item.kind == ItemType::Boolean).cloned() else { return };
        let without: Vec<&crate::definition::ItemOption> = item.options.iter().filter(|option| option.points.is_none()).collect();
        let first = without.first().map_or(item.id.span, |option| option.code.span);
        let message = match without.first() {
            Some(option) if without.len() < item.options.len() => {
                format!("the option `{}` of `{}` has no points, although others have", option.code.value, item.id.value)
            }
            _ => format!("the item `{}` counts here, but has no points", item.id.value),
        };
        let fault = Diagnostic::new("points-missing", Severity::Error, &self.definition.source, first, message);
        let fault = if asked == Span::default() { fault } else { fault.also(asked, "its points are wanted here") };
        self.fault(fault.help("give every option its points; 0 where it counts nothing"));
    }

    fn extreme(&mut self, highest: bool, of: &[Id], span: Span) -> Option<Expr> {
        let members = self.members(of);
        if !members.is_empty() && members.iter().all(|(member, _, _)| self.may_be_left_out(*member)) {
            self.help(
                "division-by-zero",
                span,
                "every member can be left out, and nothing would remain",
                "give one an `otherwise` that counts",
            );
        }
        let parts: Vec<Option<Expr>> = members
            .into_iter()
            .map(|(member, span, _)| match member {
                Member::Score(node) => Some(Expr::Node(node)),
                Member::Field(field) => self.number_of(field, span),
            })
            .collect();
        Some(Expr::Extreme(highest, parts.into_iter().collect::<Option<_>>()?))
    }

    fn count_members(&mut self, of: &[Id], by_points: bool, cell: &Cell) -> Option<Expr> {
        let mut tests = Vec::new();
        for (member, span, names) in self.members(of) {
            let whose = format!("`{}`", names.last().cloned().unwrap_or_default());
            let (expr, kind) = match member {
                Member::Score(node) => (Expr::Node(node), Type::Number),
                Member::Field(field) if by_points => (self.number_of(field, span)?, Type::Number),
                Member::Field(field) => (Expr::Field(field), self.field_type(field)),
            };
            if let (Type::Codes(set), Expr::Field(field)) = (kind, &expr) {
                let codes = if let Accept::Codes(codes) = self.accept(cell, Type::Code(set), &whose)? { codes } else { u64::MAX };
                let count = self.field(*field).choices;
                let among = (0..count).filter(|bit| codes >> bit & 1 == 1).map(|code| Expr::Has(*field, code));
                tests.push(Expr::Or(among.collect()));
            } else {
                tests.extend(self.accept(cell, kind, &whose).map(|accept| Expr::Accepts(Box::new(expr), accept)));
            }
        }
        Some(Expr::Count(tests))
    }

    /// A cell, given the type of the value that it tests.
    pub(super) fn accept(&mut self, cell: &Cell, kind: Type, whose: &str) -> Option<Accept> {
        match (&cell.test, kind) {
            (CellTest::Any, _) => Some(Accept::Any),
            (CellTest::Within(edges), Type::Number) => Some(Accept::Within(*edges)),
            (CellTest::OneOf(literals), Type::Number | Type::Code(_) | Type::Boolean) => {
                let values: Vec<Option<Value>> = literals.iter().map(|literal| self.literal(literal, kind, whose, literal.span)).collect();
                let values: Vec<Value> = values.into_iter().collect::<Option<_>>()?;
                Some(match kind {
                    Type::Number => Accept::Numbers(values.iter().filter_map(|value| number_value(*value)).collect()),
                    Type::Boolean => Accept::Booleans(values.contains(&Value::Boolean(false)), values.contains(&Value::Boolean(true))),
                    _ => {
                        Accept::Codes(values.iter().fold(0, |bits, value| bits | if let Value::Code(code) = value { 1 << code } else { 0 }))
                    }
                })
            }
            _ => {
                let message = format!("{whose} cannot be tested with this cell");
                let help = "numbers take `46..65` or `>= 60`; codes and yes/no values take the value itself or a list";
                self.help("types-differ", cell.span, message, help);
                None
            }
        }
    }

    fn lookup(&mut self, of: &crate::definition::ExpressionText, steps: &[Step], kind: Type, whose: &str) -> Option<Expr> {
        let of = self.expression_as(of, Type::Number);
        let steps: Vec<Option<(Edges, Value)>> =
            steps.iter().map(|step| Some((step.edges, self.literal(&step.gives, kind, whose, step.gives.span)?))).collect();
        Some(Expr::Steps(Box::new(of?), steps.into_iter().collect::<Option<_>>()?))
    }

    fn matrix(
        &mut self,
        rows: &crate::definition::Axis,
        columns: &crate::definition::Axis,
        gives: &[Vec<Literal>],
        kind: Type,
        whose: &str,
    ) -> Option<Expr> {
        let (down, across) = (self.expression(&rows.of), self.expression(&columns.of));
        let (down, across) = (down?, across?);
        let mut out = Vec::new();
        for (row, results) in rows.cells.iter().zip(gives) {
            let row = self.accept(row, down.1, "the row value");
            for (column, result) in columns.cells.iter().zip(results) {
                let column = self.accept(column, across.1, "the column value");
                let result = self.literal(result, kind, whose, result.span);
                out.extend(row.clone().zip(column).zip(result).map(|((row, column), result)| (vec![row, column], result)));
            }
        }
        let table = DecisionTable { columns: vec![down.0, across.0], rows: out, hit: Hit::Unique, aggregate: None, otherwise: None };
        Some(Expr::Table(Box::new(table)))
    }

    fn table(&mut self, table: &Table, kind: Type, whose: &str) -> Option<Expr> {
        let columns: Vec<Option<(Expr, Type)>> = table.columns.iter().map(|column| self.expression(column)).collect();
        let columns: Vec<(Expr, Type)> = columns.into_iter().collect::<Option<_>>()?;
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for ((cell, (_, kind)), text) in row.cells.iter().zip(&columns).zip(&table.columns) {
                cells.extend(self.accept(cell, *kind, &format!("`{}`", shortened(&text.scalar.text))));
            }
            let then = self.literal(&row.then, kind, whose, row.then.span);
            rows.extend(then.map(|then| (cells, then)));
        }
        let otherwise = table.otherwise.as_ref().and_then(|literal| self.literal(literal, kind, whose, literal.span));
        let columns = columns.into_iter().map(|(expr, _)| expr).collect();
        let table = DecisionTable { columns, rows, hit: table.hit, aggregate: table.aggregate, otherwise };
        Some(Expr::Table(Box::new(table)))
    }

    fn tree(&mut self, tree: &Tree, kind: Type, whose: &str) -> Option<Expr> {
        match tree {
            Tree::Leaf(literal) => self.literal(literal, kind, whose, literal.span).map(Expr::Constant),
            Tree::Fork { test, then, otherwise } => {
                let test = self.condition(test);
                let (then, otherwise) = (self.tree(then, kind, whose), self.tree(otherwise, kind, whose));
                Some(Expr::If(Box::new(test?), Box::new(then?), Box::new(otherwise?)))
            }
        }
    }
}

fn number_value(value: Value) -> Option<Decimal> {
    if let Value::Number(number) = value { Some(number) } else { None }
}
