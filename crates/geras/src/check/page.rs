//! The page of a check: what an author reads about a fault.

/// What a fault is, why it matters, and how it is mended. Examples are whole top-level keys that replace those of a small sound instrument.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The fault's name, as in every diagnostic.
    pub name: &'static str,
    /// What the check finds.
    pub finds: &'static str,
    /// Why it matters to the person who is assessed.
    pub why: &'static str,
    /// YAML that has the fault.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}
