//! The door for answers: one person's sheet from JSON, YAML or a row of CSV. Whether an answer fits its item is for the core to say.
//!
//! ```text
//! {"id": ..., "date": ..., "answers": {item: code | number | true | [codes] | {"absent": reason} | null}, "settings": {setting: code},
//!  "override": {"grade": ..., "reason": ..., "by": ...}, "instrument": "gb-t-42195@2022", "synthetic": true,
//!  "carried": {item: {"from": "mz-t-039@2013", "items": [their items], "exact": false}}}
//! ```
//! Everything but `answers` may be left out. `null` is an answer that is not there yet.

mod csv;
mod edition;
mod filling;
mod json;
mod yaml;

use geras::assess::{AnswerProblem, CheckedAnswers};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

pub(crate) use csv::cells;
pub use csv::{CsvSheets, is_whole_record};
pub use edition::edition_in_force;
pub(crate) use json::object;
pub use json::read_json;
pub use yaml::read_answers;

use crate::Number;

/// One person's sheet after it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Names the person or the sheet, where it could be read.
    pub id: Option<PersonId>,
    /// The answers, all of which fit; or everything that is wrong with the sheet.
    pub answers: Result<CheckedAnswers, Vec<AnswerProblem>>,
}

/// What names a person or a sheet; comes back as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonId {
    /// A text.
    Text(String),
    /// A whole number.
    Number(Decimal),
}

impl std::fmt::Display for PersonId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Number(number) => write!(out, "{number}"),
        }
    }
}

impl Serialize for PersonId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => Number(*number).serialize(to),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for PersonId {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PersonId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": ["string", "integer"]})
    }
}
