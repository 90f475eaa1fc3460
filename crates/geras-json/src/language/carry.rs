//! A file of mappings: which answers to other instruments serve one edition. Whether they are sound is not known here.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::scalar::{Code, Edition, Id, Plain, Texts};

/// Mappings into one edition, from one or more others.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CarryFile {
    /// The instrument and edition that answers are carried to, like mz-t-039@2013.
    pub carry_to: Edition,
    /// The languages that every reason has.
    #[schemars(length(min = 1))]
    pub languages: Vec<Plain>,
    /// One for each instrument that answers come from.
    pub mappings: Vec<Mapping>,
}

/// The mapping from one edition. An item that is not named stays open.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mapping {
    /// The instrument and edition that answers come from, like gb-t-42195@2022.
    pub from: Edition,
    /// Item by item.
    pub items: Vec<CarriedItem>,
}

/// How one item is answered: option by option, each of the other item's options once; or unchanged.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CarriedItem {
    /// The item or input that is answered.
    pub item: Id,
    /// The item or input that it is answered from. Of several, the most severe answer counts, and it is only near.
    pub from: OneOrMore,
    /// Options of theirs that mean the same as one of ours: theirs, then ours. Yes and no are true and false.
    pub exact: Option<BTreeMap<String, OptionOrTruth>>,
    /// Options of theirs that are near to one of ours: theirs, then ours.
    pub approximate: Option<BTreeMap<String, OptionOrTruth>>,
    /// Options of theirs that determine nothing here.
    pub open: Option<Vec<OptionOrTruth>>,
    /// In place of options: the answer itself, a number, a day, yes or no, is taken over.
    pub unchanged: Option<Agreement>,
    /// In what the two differ. Required unless everything is exact.
    pub reason: Option<Texts>,
}

/// One id, or several.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum OneOrMore {
    /// One.
    One(Id),
    /// Several.
    Several(Vec<Id>),
}

/// The code of an option, or yes or no.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum OptionOrTruth {
    /// The code of an option.
    Option(Code),
    /// Yes or no.
    Truth(bool),
}

/// Whether an answer means the same.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Agreement {
    /// It means the same.
    Exact,
    /// It is near.
    Approximate,
}
