//! What a person of each grade costs, from a file of amounts. Exact decimals; adds nothing up.

use std::path::Path;

use geras::Instrument;
use geras::source::{Entry, Kind, Source, Value, closest, parse};
use rust_decimal::Decimal;

use crate::failure::Failure;
use crate::tree;

/// The amount of each grade.
#[derive(Debug)]
pub(super) struct Costs(Vec<(String, Decimal)>);

impl Costs {
    pub(super) fn of(&self, grade: &str) -> Option<Decimal> {
        self.0.iter().find(|(id, _)| id == grade).map(|(_, amount)| *amount)
    }
}

/// Reads the amounts for all grades of both editions.
pub(super) fn read(file: &Path, a: &Instrument, b: &Instrument) -> Result<Costs, Failure> {
    let wrong =
        |why: String| Failure::usage(format!("`{}`: {why}", file.display())).help("write an amount for each grade, like `severe: 1200.50`");
    let text = tree::read(file)?;
    let document = parse(&Source::new(&file.to_string_lossy(), &text)).map_err(Failure::Unsound)?;
    let Kind::Mapping(entries) = &document.root.kind else { return Err(wrong("it holds no amounts".to_owned())) };
    let scale = |instrument: &Instrument| -> Vec<String> {
        instrument.definition().grade.iter().flat_map(|grade| &grade.scale).map(|step| step.id.value.clone()).collect()
    };
    let grades: Vec<String> = scale(a).into_iter().chain(scale(b)).collect();
    let mut costs = Costs(Vec::new());
    for Entry { key, value } in entries {
        if !grades.contains(&key.value) {
            let near =
                closest(&key.value, grades.iter().map(String::as_str)).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(wrong(format!("there is no grade `{}`{near}", key.value)));
        }
        let amount = amount(value).ok_or_else(|| wrong(format!("the amount of `{}` is no number", key.value)))?;
        costs.0.push((key.value.clone(), amount));
    }
    match grades.iter().find(|grade| costs.of(grade).is_none()) {
        Some(grade) => Err(wrong(format!("the grade `{grade}` has no amount"))),
        None => Ok(costs),
    }
}

fn amount(value: &Value) -> Option<Decimal> {
    let Kind::Scalar(scalar) = &value.kind else { return None };
    Decimal::from_str_exact(&scalar.text).ok()
}
