//! A site's file of texts: the wording of one edition that the site has a licence for. It holds no rule.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::scalar::{Code, Edition, Id, Plain, Texts};

/// The wording of one edition that a site has a licence for.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SiteTexts {
    /// The instrument's id and edition, like braden@1988.
    pub texts_for: Edition,
    /// Whose wording it is, and by which licence. Every outcome repeats it.
    pub origin: Plain,
    /// The languages that every text of this file has.
    #[schemars(length(min = 1))]
    pub languages: Vec<Plain>,
    /// The words by the id of the item or input.
    pub items: BTreeMap<Id, ItemWords>,
}

/// The words of an item.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ItemWords {
    /// The question.
    pub text: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
    /// The words by the code of the option.
    pub options: Option<BTreeMap<Code, OptionWords>>,
}

/// The words of an option.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OptionWords {
    /// Its label.
    pub label: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
}
