//! The single values of the language: ids, codes, numbers, texts, dates, expressions. Each says in JSON Schema what the reader takes for it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Types without content whose whole meaning is their schema.
macro_rules! scalars {
    ($($(#[doc = $doc:literal])+ $name:ident: $schema:tt)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

scalars! {
    /// An id that expressions use: a small letter, then small letters, digits and underscores.
    Id: {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
    /// The id of an instrument: a small letter, then small letters, digits and hyphens.
    InstrumentId: {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}
    /// An instrument's id, `@` and its edition.
    Edition: {"type": "string", "pattern": "^[a-z][a-z0-9-]*@.+$"}
    /// An instrument's id, with or without its place and its edition.
    InstrumentName: {"type": "string", "pattern": "^([A-Za-z0-9-]+/)?[a-z][a-z0-9-]*(@.+)?$"}
    /// An item or input; on a pathway also an instrument, or `instrument.item`.
    ItemName: {"type": "string", "pattern": r"^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_]*)?$"}
    /// The answers of an instrument by the id of the item.
    InstrumentAnswers: {"type": "object", "not": {"required": ["absent"]}}
    /// What names a person or a sheet.
    PersonName: {"type": ["string", "integer"]}
    /// ISO 3166, or `INTL`.
    Jurisdiction: {"type": "string", "pattern": "^(INTL|[A-Z0-9]{2}(-[A-Z0-9]{1,3})?)$"}
    /// An option code or a band id: any text; a number stands for its digits.
    Code: {"type": ["string", "number"]}
    /// A text without language; a number stands for its digits.
    Plain: {"type": ["string", "number"]}
    /// A text in its languages: language tag and wording.
    Texts: {"type": "object", "additionalProperties": {"type": ["string", "number"]}, "minProperties": 1}
    /// An exact decimal without quotes and without exponent.
    Number: {"type": "number"}
    /// A whole number from 0 up.
    Whole: {"type": "integer", "minimum": 0}
    /// A calendar day.
    Date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    /// A Rhai expression.
    Expression: {"type": ["string", "number", "boolean"]}
    /// A number, a code or yes/no, as its use wants it.
    Literal: {"type": ["string", "number", "boolean"]}
    /// A comparison in a cell.
    Comparison: {"type": "string", "pattern": r"^[<>]=?\s*[-+]?[0-9]+(\.[0-9]+)?\s*$"}
    /// A range in a cell, both ends included.
    Between: {"type": "string", "pattern": r"^\s*[-+]?[0-9]+(\.[0-9]+)?\s*\.\.\s*[-+]?[0-9]+(\.[0-9]+)?\s*$"}
    /// `any` or a code in a cell: a text that looks like neither a comparison nor a range.
    AnyOrCode: {"type": "string", "pattern": r"^(?![<>])((?!\.\.)[\s\S])*$"}
    /// A number or yes/no in a cell.
    NumberOrTruth: {"type": ["number", "boolean"]}
}
