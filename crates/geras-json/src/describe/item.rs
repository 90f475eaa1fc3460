//! An item, input or setting: what a form needs to ask it, and what its answers are worth.

use geras::definition::{Item, ItemOption, Literal, Otherwise};
use serde::Serialize;

use super::{InWords, in_words};
use crate::Number;
use crate::number::exact;

/// Something that is answered.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemShape<'a> {
    /// Its id.
    pub id: &'a str,
    /// The source's own number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a str>,
    /// `choice`, `choices`, `boolean`, `integer`, `decimal`, `date`, `time` or `text`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// LOINC code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loinc: Option<&'a str>,
    /// The heading that begins above it, and holds until the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<InWords<'a>>,
    /// The question in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<InWords<'a>>,
    /// Help for the assessor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<InWords<'a>>,
    /// The options of a choice, mildest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<AnswerOption<'a>>,
    /// Points of yes and of no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<TruthPoints>,
    /// The most points that several choices give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Number>,
    /// The lowest and highest number allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<[Number; 2]>,
    /// The grid of the numbers, counted from the lowest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Number>,
    /// UCUM unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// Shown only if this expression holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What it counts as when hidden: an answer, or `left_out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<LiteralValue<'a>>,
    /// The absent reasons it allows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<&'static str>,
    /// The code of a setting that nobody set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'a str>,
    /// The clause it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'a str>,
    /// Anything to know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<InWords<'a>>,
}

/// An allowed answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnswerOption<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its points; null where it has none.
    pub points: Option<Number>,
    /// Its wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<InWords<'a>>,
    /// Whether it may not stand beside others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
}

/// Points of yes and of no.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TruthPoints {
    /// Points of yes.
    #[serde(rename = "true")]
    pub yes: Number,
    /// Points of no.
    #[serde(rename = "false")]
    pub no: Number,
}

/// A number, yes or no, or a code.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum LiteralValue<'a> {
    /// A number.
    Number(Number),
    /// Yes or no.
    Truth(bool),
    /// A code.
    Code(&'a str),
}

impl<'a> From<&'a Literal> for LiteralValue<'a> {
    fn from(literal: &'a Literal) -> Self {
        match (literal.quoted, literal.text.as_str()) {
            (false, "true") => Self::Truth(true),
            (false, "false") => Self::Truth(false),
            (false, text) => exact(text).map_or(Self::Code(text), |number| Self::Number(Number(number))),
            (true, text) => Self::Code(text),
        }
    }
}

impl<'a> From<&'a Item> for ItemShape<'a> {
    fn from(item: &'a Item) -> Self {
        let when: Vec<&str> = item.when.iter().map(|expression| expression.scalar.text.trim()).collect();
        Self {
            id: &item.id.value,
            code: item.code.as_deref(),
            kind: item.kind.word(),
            loinc: item.loinc.as_deref(),
            heading: item.heading.as_ref().map(in_words),
            text: item.text.as_ref().map(in_words),
            help: item.help.as_ref().map(in_words),
            options: item.options.iter().map(AnswerOption::from).collect(),
            points: item.boolean_points.map(|(yes, no)| TruthPoints { yes: Number(yes), no: Number(no) }),
            at_most: item.at_most.map(Number),
            range: item.range.map(|(low, high)| [Number(low), Number(high)]),
            step: item.step.map(Number),
            unit: item.unit.as_deref(),
            when: match when.as_slice() {
                [] => None,
                [one] => Some((*one).to_owned()),
                several => Some(format!("({})", several.join(") && ("))),
            },
            otherwise: item.otherwise.as_ref().map(|otherwise| match &otherwise.value {
                Otherwise::Answer(literal) => literal.into(),
                Otherwise::LeftOut => LiteralValue::Code("left_out"),
            }),
            absent: item.absent.iter().map(|reason| reason.word()).collect(),
            default: item.default.as_ref().map(|code| code.value.as_str()),
            cite: item.cite.as_deref(),
            note: item.note.as_ref().map(in_words),
        }
    }
}

impl<'a> From<&'a ItemOption> for AnswerOption<'a> {
    fn from(option: &'a ItemOption) -> Self {
        let label = option.label.as_ref().map(in_words);
        Self { code: &option.code.value, points: option.points.map(Number), label, exclusive: option.exclusive }
    }
}
