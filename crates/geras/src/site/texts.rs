//! A site's texts for one edition of an instrument, as they were read. Whether they fit the instrument is not known yet.

use crate::definition::{Id, Texts};
use crate::source::Source;

/// The wording of one edition that a site has a licence for.
#[derive(Debug, Clone)]
pub struct SiteTexts {
    /// The YAML text that all spans count in.
    pub source: Source,
    /// SHA-256 of the text's bytes in hexadecimal.
    pub hash: String,
    /// The instrument and its edition, like `braden@1988`.
    pub instrument: Id,
    /// Whose wording it is, and by which licence.
    pub origin: String,
    /// The languages that every text has.
    pub languages: Vec<Id>,
    /// Items and inputs in the author's order.
    pub items: Vec<ItemWords>,
}

/// The wording of one item or input.
#[derive(Debug, Clone)]
pub struct ItemWords {
    /// Its id in the definition.
    pub id: Id,
    /// The question.
    pub text: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
    /// Options in the author's order.
    pub options: Vec<OptionWords>,
}

/// The wording of one option.
#[derive(Debug, Clone)]
pub struct OptionWords {
    /// Its code in the definition.
    pub code: Id,
    /// Its label.
    pub label: Option<Texts>,
    /// Help for the assessor.
    pub help: Option<Texts>,
}

/// Which site's texts stand over a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextsUsed {
    /// Whose wording it is, and by which licence.
    pub origin: String,
    /// SHA-256 of their file in hexadecimal.
    pub hash: String,
    /// The languages they are in.
    pub languages: Vec<String>,
}
