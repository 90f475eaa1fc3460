//! What the rows of a table can meet: which of them ever decides, and whether a case meets none. Finds no fault itself.

use rust_decimal::Decimal;

use super::sheets::{Rule, Sheets, lies_in};
use crate::definition::{Aggregate, Edges, Form, Hit};
use crate::plan::{Accept, DecisionTable, Expr, State, Value};
use crate::reach::Possible;
use crate::source::Span;

/// A table or matrix with the places of its rows or cells.
pub(super) struct Rows<'a> {
    pub(super) whose: String,
    pub(super) span: Span,
    pub(super) table: &'a DecisionTable,
    /// The columns in the author's words.
    pub(super) columns: Vec<String>,
    /// The place of each row or matrix cell.
    pub(super) places: Vec<Span>,
    pub(super) otherwise: Option<Span>,
    /// Whether the table is a matrix.
    pub(super) is_matrix: bool,
    /// How many cells a row of the matrix has.
    across: usize,
    /// For each row, whether it can decide a case, and whether some case meets no row. `false` is certain; `None` where nothing is known.
    pub(super) deciding: Option<(Vec<bool>, bool)>,
}

/// Every table and matrix of a definition.
pub(super) fn tables<'a>(sheets: &Sheets<'a>) -> Vec<Rows<'a>> {
    sheets.rules().iter().filter_map(|rule| rows_of(sheets, rule)).collect()
}

/// The table behind a rule, if it is one.
fn rows_of<'a>(sheets: &Sheets<'a>, rule: &Rule<'a>) -> Option<Rows<'a>> {
    let Expr::Table(table) = rule.expr else { return None };
    let text = |text: &crate::definition::ExpressionText| text.scalar.text.trim().to_owned();
    let span = rule.form.span;
    let (columns, places, otherwise) = match &rule.form.value {
        Form::Table(written) => (
            written.columns.iter().map(text).collect(),
            written.rows.iter().map(|row| row.span).collect(),
            written.otherwise.as_ref().map(|literal| literal.span),
        ),
        Form::Matrix { rows, columns, gives } => {
            (vec![text(&rows.of), text(&columns.of)], gives.iter().flatten().map(|literal| literal.span).collect(), None)
        }
        _ => return None,
    };
    let across = if let Form::Matrix { columns, .. } = &rule.form.value { columns.cells.len() } else { 1 };
    let is_matrix = matches!(rule.form.value, Form::Matrix { .. });
    let mut rows = Rows { whose: rule.whose.clone(), span, table, columns, places, otherwise, is_matrix, across, deciding: None };
    rows.deciding = rows.told_by_results(sheets, rule).or_else(|| rows.told_by_numbers(sheets));
    Some(rows)
}

/// What a row is called in a message.
pub(super) fn row_word(rows: &Rows<'_>) -> &'static str {
    if rows.is_matrix { "cell" } else { "row" }
}

impl Rows<'_> {
    /// The same table, but giving the place of the deciding row instead of its result, and -1 for a case that meets none.
    pub(super) fn numbered(&self) -> DecisionTable {
        let mut table = self.table.clone();
        table.hit = Hit::First;
        table.aggregate = None;
        table.otherwise = Some(Value::Number(Decimal::NEGATIVE_ONE));
        for (place, (_, then)) in table.rows.iter_mut().enumerate() {
            *then = Value::Number(Decimal::from(place));
        }
        table
    }

    /// The condition that a row accepts the case.
    pub(super) fn accepts(&self, row: usize) -> Expr {
        let cells = self.table.rows.get(row).map_or(&[][..], |(cells, _)| cells.as_slice());
        let tests = self.table.columns.iter().zip(cells).filter(|(_, cell)| **cell != Accept::Any);
        Expr::And(tests.map(|(column, cell)| lies_in(column, cell.clone())).collect())
    }

    /// Which rows decide, where every row has a result of its own: what the whole table can become says it already.
    fn told_by_results(&self, sheets: &Sheets<'_>, rule: &Rule<'_>) -> Option<(Vec<bool>, bool)> {
        let node = sheets.plan.node(rule.node);
        let otherwise = self.table.otherwise?;
        let results: Vec<Value> = self.table.rows.iter().map(|(_, then)| *then).chain([otherwise]).collect();
        let own = (1..results.len()).all(|place| !results.iter().take(place).any(|before| results.get(place) == Some(before)));
        if self.table.hit == Hit::Collect || !own || node.expr != *rule.expr {
            return None;
        }
        let reached = |value: &Value| match (sheets.of_node(rule.node).possible, value) {
            (Possible::Numbers(numbers), Value::Number(number)) => Some(numbers.contains(*number)),
            (Possible::Codes(codes), Value::Code(code)) => Some(codes >> code & 1 == 1),
            _ => None,
        };
        let mut rows: Vec<bool> = results.iter().map(reached).collect::<Option<_>>()?;
        let open = rows.pop()?;
        Some((rows, open))
    }

    /// Which rows decide, from what the table can become when each row gives its own number.
    fn told_by_numbers(&self, sheets: &Sheets<'_>) -> Option<(Vec<bool>, bool)> {
        if self.table.hit == Hit::Collect && !self.needs_all_cases() {
            return Some((self.accepting(sheets), true));
        }
        let Possible::Numbers(numbers) = sheets.possible(&Expr::Table(Box::new(self.numbered()))).possible else { return None };
        let all = 0..self.table.rows.len();
        let rows = if self.table.hit == Hit::Collect {
            self.accepting(sheets)
        } else {
            all.map(|place| numbers.contains(Decimal::from(place))).collect()
        };
        Some((rows, numbers.contains(Decimal::NEGATIVE_ONE)))
    }

    /// For each row, whether it can accept a case.
    fn accepting(&self, sheets: &Sheets<'_>) -> Vec<bool> {
        (0..self.table.rows.len()).map(|place| sheets.may_hold(&self.accepts(place))).collect()
    }

    /// Whether the matrix has nothing but dead cells in the row or in the column of this one.
    pub(super) fn whole_line_is_dead(&self, deciding: &[bool], cell: usize) -> bool {
        let across = self.across.max(1);
        let mut row = deciding.iter().skip(cell / across * across).take(across);
        let mut column = deciding.iter().skip(cell % across).step_by(across);
        !row.any(|decides| *decides) || !column.any(|decides| *decides)
    }

    /// Whether a case that meets no row has no result.
    pub(super) fn needs_all_cases(&self) -> bool {
        self.table.otherwise.is_none() && !(self.table.hit == Hit::Collect && self.table.aggregate == Some(Aggregate::Count))
    }

    /// The values of the columns on a sheet.
    pub(super) fn values(&self, sheets: &Sheets<'_>, sheet: &[State]) -> Vec<Option<Value>> {
        self.table.columns.iter().map(|column| sheets.value_on(sheet, column)).collect()
    }

    /// The values of the columns in words.
    pub(super) fn in_words(&self, sheets: &Sheets<'_>, values: &[Option<Value>]) -> String {
        let columns = self.columns.iter().zip(&self.table.columns).zip(values);
        let words = columns.map(|((text, column), value)| {
            format!(
                "`{}` is `{}`",
                crate::definition::shortened(text),
                value.map_or_else(|| "?".to_owned(), |value| sheets.word(value, column))
            )
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// A cell for each column that accepts every value which the rows cannot tell from these.
    pub(super) fn like(&self, values: &[Option<Value>]) -> Vec<Accept> {
        let cells = |column: usize| self.table.rows.iter().filter_map(move |(cells, _)| cells.get(column));
        let pattern = |column: usize, value: Value| cells(column).map(|cell| cell.accepts(value)).collect::<Vec<_>>();
        let alike = |(column, value): (usize, &Option<Value>)| match value {
            Some(Value::Code(code)) => {
                let wanted = pattern(column, Value::Code(*code));
                let same = (0..64_u8).filter(|code| pattern(column, Value::Code(*code)) == wanted);
                Accept::Codes(same.fold(0, |bits, code| bits | 1 << code))
            }
            Some(Value::Boolean(truth)) => Accept::Booleans(!truth, *truth),
            Some(Value::Number(number)) => Accept::Within(around(*number, cells(column))),
            _ => Accept::Any,
        };
        values.iter().enumerate().map(alike).collect()
    }
}

/// The widest edges around a number within which no cell has an edge of its own.
fn around<'c>(number: Decimal, cells: impl Iterator<Item = &'c Accept>) -> Edges {
    let mut cuts: Vec<Decimal> = Vec::new();
    for cell in cells {
        match cell {
            Accept::Numbers(numbers) => cuts.extend(numbers),
            Accept::Within(edges) => cuts.extend(edges.low.iter().chain(&edges.high).map(|(edge, _)| *edge)),
            _ => {}
        }
    }
    if cuts.contains(&number) {
        return Edges { low: Some((number, true)), high: Some((number, true)) };
    }
    let below = cuts.iter().filter(|cut| **cut < number).max();
    let above = cuts.iter().filter(|cut| **cut > number).min();
    Edges { low: below.map(|cut| (*cut, false)), high: above.map(|cut| (*cut, false)) }
}
