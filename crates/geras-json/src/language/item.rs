//! Sections, items, inputs, options and settings: what a person is asked. Not what follows from the answers.

use schemars::JsonSchema;

use super::instrument::Provenance;
use super::rules::{keys_of_each_type, otherwise_beside_when};
use super::scalar::{Code, Expression, Id, Literal, Number, Plain, Texts};

/// A group of items as printed.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = otherwise_beside_when)]
pub struct Section {
    /// The section's id, unique in the whole instrument.
    pub id: Id,
    /// The source's own number.
    pub code: Option<Plain>,
    /// The heading.
    pub title: Texts,
    /// The whole section is shown only if this expression holds.
    pub when: Option<Expression>,
    /// What each item of a hidden section counts as: an option code, a number, true or false, or left_out.
    pub otherwise: Option<Literal>,
    /// The items in the printed order.
    pub items: Vec<Item>,
}

/// A question, or a fact about the person.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, transform = keys_of_each_type)]
pub struct Item {
    /// The item's id, unique in the whole instrument: small letters, digits and underscores.
    pub id: Id,
    /// The source's own number.
    pub code: Option<Plain>,
    /// The LOINC code, where it is confirmed.
    pub loinc: Option<Plain>,
    /// The kind of answer. Without it an item is a choice and needs options.
    #[schemars(rename = "type")]
    pub kind: Option<ItemType>,
    /// The heading that begins above it, and holds until the next.
    pub heading: Option<Texts>,
    /// The question in words. Left out in a section where the licence says wording: overlay or none; needed everywhere else.
    pub text: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
    /// The name of an option list, or the options themselves, mildest first (choice, choices).
    pub options: Option<OptionListOrName>,
    /// The points of yes and of no (boolean).
    pub points: Option<YesNoPoints>,
    /// The lowest and the highest number allowed, both included (integer, decimal).
    pub range: Option<[Number; 2]>,
    /// The grid of the numbers, counted from the lowest (decimal).
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub step: Option<Number>,
    /// The unit in UCUM, like kg or mm[Hg] (integer, decimal).
    pub unit: Option<Plain>,
    /// The item is shown only if this expression holds.
    pub when: Option<Expression>,
    /// What the item counts as when it is hidden: an option code, a number, true or false, or left_out.
    pub otherwise: Option<Literal>,
    /// The absent reasons that this item allows, in place of the instrument's. An empty list allows none.
    pub absent: Option<Vec<AbsentReason>>,
    /// The most points that several choices give together (choices).
    pub at_most: Option<Number>,
    /// The clause it comes from.
    pub cite: Option<Plain>,
    /// Anything to know of it.
    pub note: Option<Texts>,
    /// How sure it is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
}

/// The kind of answer that an item takes.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum ItemType {
    /// One option.
    Choice,
    /// Several options.
    Choices,
    /// Yes or no.
    Boolean,
    /// A whole number within a range.
    Integer,
    /// A decimal number within a range.
    Decimal,
    /// A calendar day.
    Date,
    /// A time of day, to the minute, like 23:40.
    Time,
    /// Free text.
    Text,
}

/// The points of yes and of no.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct YesNoPoints {
    /// The points of yes.
    #[schemars(rename = "true")]
    pub yes: Number,
    /// The points of no.
    #[schemars(rename = "false")]
    pub no: Number,
}

/// A list of options, or a list with its own provenance.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum OptionList {
    /// The options, mildest first.
    Options(Options),
    /// The options with their own provenance.
    Sourced(SourcedOptions),
}

/// Options with their own provenance.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SourcedOptions {
    /// How sure this list is, where that differs from the instrument.
    pub provenance: Option<Provenance>,
    /// The options, mildest first.
    pub options: Options,
}

/// The name of an option list, or the options themselves.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum OptionListOrName {
    /// The name of an option list.
    Name(Id),
    /// The options, mildest first.
    Options(Options),
}

/// Allowed answers, mildest first; at most 64.
#[derive(Debug, JsonSchema)]
pub struct Options(#[schemars(length(min = 1, max = 64))] pub Vec<ItemOption>);

/// An allowed answer.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ItemOption {
    /// The option's code, unique in its list. Answers, expressions and tables name it.
    pub code: Code,
    /// Its points in sums.
    pub points: Option<Number>,
    /// Its wording.
    pub label: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
    /// True where it may not stand beside others (choices).
    pub exclusive: Option<bool>,
}

/// Why an item has no answer.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum AbsentReason {
    /// The assessor did not ask.
    NotAsked,
    /// The person did not want to answer.
    Refused,
    /// The person could not answer.
    Unable,
    /// The question does not fit this person.
    NotApplicable,
}

/// A named switch where the source can be read in two ways. In expressions it stands for its code.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Setting {
    /// The setting's id, unique in the whole instrument.
    pub id: Id,
    /// The source's own number.
    pub code: Option<Plain>,
    /// What is switched, in words.
    pub text: Texts,
    /// Help for the site that chooses.
    pub help: Option<Texts>,
    /// The code that holds unless a site says otherwise.
    pub default: Code,
    /// The name of an option list, or the options themselves.
    pub options: OptionListOrName,
    /// The clause it comes from.
    pub cite: Option<Plain>,
    /// Why there is a switch.
    pub note: Option<Texts>,
}
