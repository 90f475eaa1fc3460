//! The sheets of cases put together, as records that go through any door. Expectations are left behind; nothing is written to a file.

use super::model::CaseFile;
use super::run::{Resolved, Runner};
use crate::Instrument;
use crate::assess::CheckedAnswers;
use crate::definition::{Date, Role};
use crate::plan::{self, Field, FieldId, State};
use crate::source::{Kind, Scalar, ScalarStyle, Span, Value};

/// The answers of one case after all sheets below it are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord<'f> {
    /// The case's name.
    pub name: &'f str,
    /// The day of the assessment.
    pub date: Option<Date>,
    /// Answers by item or input, in the order of the ids; behind them what `fill` has put in, in the order of the definition.
    pub answers: Vec<(&'f str, Value)>,
    /// Settings that are not at their default.
    pub settings: Vec<(&'f str, &'f str)>,
    /// Whether the sheet is refused, now and here. What `fill` would put into such a sheet is left out.
    pub refused: bool,
}

/// The sheet of every case, in the author's order.
#[must_use]
pub fn records<'f>(file: &'f CaseFile, instrument: &'f Instrument) -> Vec<CaseRecord<'f>> {
    let mut runner = Runner::new(file);
    let record = |case| {
        let resolved = runner.resolve(case);
        let taken = Runner::take(instrument, &resolved);
        let mut answers: Vec<(&str, Value)> = resolved.answers.iter().map(|(item, value)| (*item, value.clone())).collect();
        answers.extend(taken.iter().flat_map(|answers| filled(instrument, &resolved, answers)));
        let settings = case.settings.iter().map(|(id, code)| (id.value.as_str(), code.value.as_str())).collect();
        let date = case.date.as_ref().map(|date| date.value);
        CaseRecord { name: &case.name.value, date, answers, settings, refused: taken.is_err() }
    };
    file.cases.iter().map(record).collect()
}

/// The answers that nobody wrote down.
fn filled<'f>(instrument: &'f Instrument, resolved: &Resolved<'_>, answers: &CheckedAnswers) -> Vec<(&'f str, Value)> {
    let fields = instrument.plan().fields().iter().enumerate();
    let written = |field: &Field| field.role == Role::Setting || field.place == usize::MAX || resolved.answers.contains(&field.id.as_str());
    let put_in = fields.filter(|(_, field)| !written(field)).filter_map(|(place, field)| match answers.state_of(FieldId(place)) {
        State::Known(value) => Some((field.id.as_str(), as_written(instrument, field, value)?)),
        _ => None,
    });
    put_in.collect()
}

/// A value as a person would write it; none for what `fill` never puts in.
fn as_written(instrument: &Instrument, field: &Field, value: plan::Value) -> Option<Value> {
    let codes = field.codes.map_or(&[][..], |set| instrument.plan().codes(set));
    let kind = match value {
        plan::Value::Code(code) => scalar(codes.get(usize::from(code))?, ScalarStyle::Quoted),
        plan::Value::Codes(chosen) => {
            let chosen = codes.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1);
            Kind::Sequence(chosen.map(|(_, code)| Value { span: Span::default(), kind: scalar(code, ScalarStyle::Quoted) }).collect())
        }
        plan::Value::Boolean(yes) => scalar(if yes { "true" } else { "false" }, ScalarStyle::Plain),
        plan::Value::Number(number) => scalar(&number.to_string(), ScalarStyle::Plain),
        _ => return None,
    };
    Some(Value { span: Span::default(), kind })
}

fn scalar(text: &str, style: ScalarStyle) -> Kind {
    Kind::Scalar(Scalar { text: text.to_owned(), style, origin: Vec::new() })
}
