//! Reads score forms, cells, edges and rounding from the YAML tree.

use super::form::{
    Aggregate, Axis, Cell, CellTest, Edges, ExpressionText, Form, Hit, Id, Literal, MissingRule, Rounding, RoundingMode, Row, Step, Table,
    Tree,
};
use super::reader::{Fields, Reader, number, shortened};
use crate::source::{Kind, ScalarStyle, Spanned, Value};

/// The keys of which exactly one says how a score comes about.
const SCORE_FORMS: [&str; 12] =
    ["sum", "count", "highest", "lowest", "mean", "lookup", "matrix", "table", "tree", "formula", "script", "entered"];

/// The keys of which exactly one says how a preliminary grade comes about.
const GRADE_FORMS: [&str; 7] = ["band", "lookup", "matrix", "table", "tree", "formula", "script"];

impl<'a> Reader<'a> {
    /// The one form among the keys of a score; `band` too where a preliminary grade is read.
    pub(super) fn form(&mut self, fields: &mut Fields<'a>, for_grade: bool) -> Option<Spanned<Form>> {
        let mut found: Vec<(&'static str, &'a Value)> = Vec::new();
        let forms = if for_grade { &GRADE_FORMS[..] } else { &SCORE_FORMS[..] };
        for key in forms.iter().copied() {
            if let Some(value) = fields.get(key) {
                found.push((key, value));
            }
        }
        let [(key, value)] = found.as_slice() else {
            let span = found.get(1).map_or(fields.span(), |(key, _)| fields.key_span(key));
            let span = if found.is_empty() { fields.key_span("") } else { span };
            let message = if found.is_empty() { "nothing says how this comes about" } else { "two rule forms stand side by side" };
            self.help("wrong-form", span, message, format!("write exactly one of: `{}`", forms.join("`, `")));
            return None;
        };
        let span = fields.key_span(key);
        let form = match *key {
            "sum" => self.sum(value)?,
            "count" => self.count_form(value)?,
            "highest" => Form::Highest(self.ids(value)),
            "lowest" => Form::Lowest(self.ids(value)),
            "mean" => Form::Mean(self.ids(value)),
            "lookup" => self.lookup(value)?,
            "matrix" => self.matrix(value)?,
            "table" => Form::Table(self.table(value)?),
            "tree" => Form::Tree(self.tree(value)?),
            "formula" => Form::Formula(self.expression(value)?),
            "script" => self.script(value)?,
            "band" => Form::Band(self.text(value, "the id of a band set")?),
            _ => self.entered(value)?,
        };
        Some(Spanned::new(form, span))
    }

    fn sum(&mut self, value: &'a Value) -> Option<Form> {
        if !matches!(value.kind, Kind::Mapping(_)) {
            return Some(Form::Sum { of: self.ids(value), weights: Vec::new(), points: Vec::new() });
        }
        let mut fields = self.fields(value, "a sum")?;
        let of = fields.need(self, "of").map(|of| self.ids(of));
        let weights = fields.get("weights").map(|weights| self.numbers_by_id(weights, "a factor for each member")).unwrap_or_default();
        let mut points = Vec::new();
        if let Some(tables) = fields.get("points") {
            for entry in self.named(tables, "points by item and option code") {
                points.push((entry.key.clone(), self.numbers_by_id(&entry.value, "points for each option code")));
            }
        }
        fields.finish(self);
        Some(Form::Sum { of: of?, weights, points })
    }

    fn numbers_by_id(&mut self, value: &'a Value, what: &str) -> Vec<(Id, rust_decimal::Decimal)> {
        let entries = self.named(value, what);
        entries.iter().filter_map(|entry| Some((entry.key.clone(), self.number(&entry.value)?))).collect()
    }

    fn count_form(&mut self, value: &'a Value) -> Option<Form> {
        if let Kind::Sequence(expressions) = &value.kind {
            return Some(Form::CountExpressions(expressions.iter().filter_map(|text| self.expression(text)).collect()));
        }
        let mut fields = self.fields(value, "a count")?;
        let of = fields.need(self, "of").map(|of| self.ids(of));
        let (by_value, by_points) = (fields.get("where"), fields.get("points"));
        let cell = match (by_value, by_points) {
            (Some(cell), None) => self.cell(cell).map(|cell| (false, cell)),
            (None, Some(cell)) => self.cell(cell).map(|cell| (true, cell)),
            _ => {
                self.error("wrong-form", fields.span(), "a count of members needs either `where` (their value) or `points`");
                None
            }
        };
        fields.finish(self);
        let (by_points, cell) = cell?;
        Some(Form::CountMembers { of: of?, by_points, cell })
    }

    fn lookup(&mut self, value: &'a Value) -> Option<Form> {
        let mut fields = self.fields(value, "a lookup")?;
        let of = fields.need(self, "of").and_then(|of| self.expression(of));
        let mut steps = Vec::new();
        if let Some(list) = fields.need(self, "steps") {
            for step in self.list(list, "a list of steps") {
                let Some(mut keys) = self.fields(step, "a step") else { continue };
                let edges = self.edges(&mut keys);
                let gives = keys.need(self, "gives").and_then(|gives| self.literal(gives));
                keys.finish(self);
                steps.extend(gives.map(|gives| Step { span: step.span, edges, gives }));
            }
        }
        fields.finish(self);
        Some(Form::Lookup { of: of?, steps })
    }

    /// `at`, `from`, `to`, `above`, `below` of a band or a step.
    pub(super) fn edges(&mut self, fields: &mut Fields<'a>) -> Edges {
        let mut edge = |key| fields.get(key).and_then(|value| self.number(value));
        let (at, from, to, above, below) = (edge("at"), edge("from"), edge("to"), edge("above"), edge("below"));
        let (span, low_twice, high_twice) = (fields.span(), from.is_some() && above.is_some(), to.is_some() && below.is_some());
        if low_twice || high_twice || (at.is_some() && [from, to, above, below].iter().any(Option::is_some)) {
            let help = "write `at` alone, or one of `from` and `above`, and one of `to` and `below`";
            self.help("wrong-form", span, "the same edge is written in two ways", help);
        }
        let included = |edge: rust_decimal::Decimal| (edge, true);
        let excluded = |edge: rust_decimal::Decimal| (edge, false);
        let low = at.or(from).map(included).or(above.map(excluded));
        let high = at.or(to).map(included).or(below.map(excluded));
        if let (Some((low, low_in)), Some((high, high_in))) = (low, high)
            && (low > high || (low == high && !(low_in && high_in)))
        {
            self.error("wrong-form", span, format!("no number lies between {low} and {high}"));
        }
        Edges { low, high }
    }

    fn matrix(&mut self, value: &'a Value) -> Option<Form> {
        let mut fields = self.fields(value, "a matrix")?;
        let rows = fields.need(self, "rows").and_then(|axis| self.axis(axis));
        let columns = fields.need(self, "columns").and_then(|axis| self.axis(axis));
        let mut gives = Vec::new();
        if let Some(lines) = fields.need(self, "gives") {
            for line in self.list(lines, "a list of rows") {
                let results: Vec<Literal> = self.list(line, "a row of results").iter().filter_map(|cell| self.literal(cell)).collect();
                self.fits(line, results.len(), columns.as_ref().map(|axis| axis.cells.len()), "results", "columns");
                gives.push(results);
            }
            self.fits(lines, gives.len(), rows.as_ref().map(|axis| axis.cells.len()), "rows of results", "row cells");
        }
        fields.finish(self);
        Some(Form::Matrix { rows: rows?, columns: columns?, gives })
    }

    fn fits(&mut self, value: &Value, found: usize, wanted: Option<usize>, what: &str, for_what: &str) {
        if let Some(wanted) = wanted
            && found != wanted
        {
            self.error("wrong-form", value.span, format!("there are {found} {what} for {wanted} {for_what}"));
        }
    }

    fn axis(&mut self, value: &'a Value) -> Option<Axis> {
        let mut fields = self.fields(value, "an axis")?;
        let of = fields.need(self, "of").and_then(|of| self.expression(of));
        let cells = fields.need(self, "cells").map(|cells| self.cells(cells));
        fields.finish(self);
        Some(Axis { of: of?, cells: cells? })
    }

    fn cells(&mut self, value: &'a Value) -> Vec<Cell> {
        self.list(value, "a list of cells").iter().filter_map(|cell| self.cell(cell)).collect()
    }

    /// A literal, a list, a comparison, a range or `any`.
    pub(super) fn cell(&mut self, value: &'a Value) -> Option<Cell> {
        let test = match &value.kind {
            Kind::Sequence(values) => CellTest::OneOf(values.iter().filter_map(|literal| self.literal(literal)).collect()),
            Kind::Scalar(scalar) if scalar.text == "any" && scalar.style == ScalarStyle::Plain => CellTest::Any,
            Kind::Scalar(scalar) => match within(&scalar.text) {
                Some(Some(edges)) => CellTest::Within(edges),
                Some(None) => {
                    let message = format!("`{}` is neither a comparison nor a range", shortened(&scalar.text));
                    self.help("wrong-form", value.span, message, "write `>= 60`, `> 5`, `<= 3`, `< 4` or `46..65`");
                    return None;
                }
                None => CellTest::OneOf(vec![self.literal(value)?]),
            },
            _ => {
                self.error("wrong-kind", value.span, "a cell is expected here: a value, a list, `>= 60`, `46..65` or `any`");
                return None;
            }
        };
        Some(Cell { span: value.span, test })
    }

    fn table(&mut self, value: &'a Value) -> Option<Table> {
        let mut fields = self.fields(value, "a table")?;
        let hits = [("first", Hit::First), ("unique", Hit::Unique), ("collect", Hit::Collect)];
        let hit = fields.need(self, "hit").and_then(|hit| self.word(hit, "a hit policy", &hits));
        let ways = [("sum", Aggregate::Sum), ("count", Aggregate::Count), ("highest", Aggregate::Highest), ("lowest", Aggregate::Lowest)];
        let aggregate = fields.get("aggregate").and_then(|way| self.word(way, "a way to put rows together", &ways));
        let mut columns = Vec::new();
        if let Some(list) = fields.need(self, "columns") {
            columns.extend(self.list(list, "a list of expressions").iter().filter_map(|column| self.expression(column)));
        }
        let mut rows = Vec::new();
        if let Some(list) = fields.need(self, "rows") {
            rows.extend(self.list(list, "a list of rows").iter().filter_map(|row| self.row(row, columns.len())));
        }
        let otherwise = fields.get("otherwise").and_then(|literal| self.literal(literal));
        if let Some(hit) = &hit
            && (hit.value == Hit::Collect) != aggregate.is_some()
        {
            let message =
                if aggregate.is_some() { "`aggregate` belongs to `hit: collect` only" } else { "`hit: collect` needs `aggregate`" };
            self.error("wrong-form", hit.span, message);
        }
        let span = fields.span();
        fields.finish(self);
        Some(Table { span, hit: hit?.value, aggregate: aggregate.map(|way| way.value), columns, rows, otherwise })
    }

    fn row(&mut self, value: &'a Value, columns: usize) -> Option<Row> {
        let mut fields = self.fields(value, "a row")?;
        let id = fields.get("id").and_then(|id| self.id(id, '_'));
        let mut cells = Vec::new();
        if let Some(list) = fields.need(self, "if") {
            cells = self.cells(list);
            self.fits(list, cells.len(), Some(columns), "cells", "columns");
        }
        let then = fields.need(self, "then").and_then(|then| self.literal(then));
        let cite = self.plain(&mut fields, "cite");
        let note = fields.get("note").and_then(|note| self.texts(note));
        fields.finish(self);
        Some(Row { span: value.span, id, cells, then: then?, cite, note })
    }

    fn tree(&mut self, value: &'a Value) -> Option<Tree> {
        if let Kind::Scalar(_) = value.kind {
            return self.literal(value).map(Tree::Leaf);
        }
        let mut fields = self.fields(value, "a fork of the tree")?;
        let test = fields.need(self, "if").and_then(|test| self.expression(test));
        let then = fields.need(self, "then").and_then(|tree| self.tree(tree));
        let otherwise = fields.need(self, "else").and_then(|tree| self.tree(tree));
        fields.finish(self);
        Some(Tree::Fork { test: test?, then: Box::new(then?), otherwise: Box::new(otherwise?) })
    }

    fn script(&mut self, value: &'a Value) -> Option<Form> {
        let mut fields = self.fields(value, "a script")?;
        let mut reads: Vec<(Id, ExpressionText)> = Vec::new();
        match fields.need(self, "reads") {
            Some(Value { kind: Kind::Mapping(entries), .. }) => {
                for entry in entries {
                    self.check_id(&entry.key, '_');
                    reads.extend(self.expression(&entry.value).map(|text| (entry.key.clone(), text)));
                }
            }
            Some(list) => {
                for name in self.list(list, "the names that the script reads") {
                    reads.extend(self.id(name, '_').zip(self.expression(name)));
                }
            }
            None => {}
        }
        let code = fields.need(self, "code").and_then(|code| self.expression(code));
        fields.finish(self);
        Some(Form::Script { reads, code: code? })
    }

    fn entered(&mut self, value: &'a Value) -> Option<Form> {
        let mut fields = self.fields(value, "an entered score")?;
        let step = fields.get("step").and_then(|step| self.number(step));
        fields.finish(self);
        Some(Form::Entered { step })
    }

    pub(super) fn rounding(&mut self, value: &'a Value) -> Option<Rounding> {
        let modes = [
            ("half_up", RoundingMode::HalfUp),
            ("half_even", RoundingMode::HalfEven),
            ("up", RoundingMode::Up),
            ("down", RoundingMode::Down),
        ];
        let mut fields = self.fields(value, "rounding")?;
        let places = fields.need(self, "places").and_then(|places| self.count(places));
        let mode = fields.need(self, "mode").and_then(|mode| self.word(mode, "a rounding mode", &modes));
        fields.finish(self);
        let places = places?;
        if places > 20 {
            self.error("wrong-form", value.span, "at most 20 places behind the point can be kept");
        }
        Some(Rounding { places: u32::try_from(places.min(20)).ok()?, mode: mode?.value })
    }

    /// `refuse`, `{prorate: {up_to: 3}}` or `{count_as: 0}`.
    pub(super) fn missing_rule(&mut self, value: &'a Value) -> Option<Spanned<MissingRule>> {
        let rule = match &value.kind {
            Kind::Scalar(_) => self.word(value, "a missing-answer rule", &[("refuse", MissingRule::Refuse)])?.value,
            _ => {
                let mut fields = self.fields(value, "a missing-answer rule")?;
                let (prorate, count_as) = (fields.get("prorate"), fields.get("count_as"));
                let rule = match (prorate, count_as) {
                    (Some(prorate), None) => {
                        let mut keys = self.fields(prorate, "`prorate`")?;
                        let up_to = keys.need(self, "up_to").and_then(|most| self.count(most));
                        keys.finish(self);
                        up_to.map(|up_to| MissingRule::Prorate { up_to })
                    }
                    (None, Some(number)) => self.number(number).map(MissingRule::CountAs),
                    _ => {
                        let message = "a missing-answer rule is `refuse`, `{prorate: {up_to: 3}}` or `{count_as: 0}`";
                        self.error("wrong-form", fields.span(), message);
                        None
                    }
                };
                fields.finish(self);
                rule?
            }
        };
        Some(Spanned::new(rule, value.span))
    }

    /// A text without language under a key that may be left out.
    pub(crate) fn plain(&mut self, fields: &mut Fields<'a>, key: &'static str) -> Option<String> {
        fields.get(key).and_then(|text| self.text(text, "a text")).map(|text| text.value)
    }
}

/// Edges of `>= 60` or `46..65`; `Some(None)` for something that only looks like them.
fn within(text: &str) -> Option<Option<Edges>> {
    let edges = |low, high| Some(Edges { low, high });
    for (sign, included, is_low) in [(">=", true, true), ("<=", true, false), (">", false, true), ("<", false, false)] {
        if let Some(rest) = text.strip_prefix(sign) {
            let edge = number(rest.trim()).map(|number| (number, included));
            return Some(edge.and_then(|edge| if is_low { edges(Some(edge), None) } else { edges(None, Some(edge)) }));
        }
    }
    let (low, high) = text.split_once("..")?;
    let both = number(low.trim()).zip(number(high.trim())).filter(|(low, high)| low <= high);
    Some(both.and_then(|(low, high)| edges(Some((low, true)), Some((high, true)))))
}
