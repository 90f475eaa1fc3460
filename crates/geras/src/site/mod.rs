//! What a site adds to shipped definitions: the wording it has a licence for, and what it uses the instruments for. No rule can be changed from here.

mod put_over;
mod read_texts;
mod texts;

pub use texts::{ItemWords, OptionWords, SiteTexts, TextsUsed};
