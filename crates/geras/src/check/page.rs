//! The page of a check: what an author reads about a fault, and how its examples become whole files.

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

impl Page {
    /// Whether its examples are of a pathway, put into [`PATHWAY_BASE`]; they begin with the key `pathway`.
    #[must_use]
    pub fn is_of_a_pathway(&self) -> bool {
        self.wrong.starts_with("pathway:")
    }

    /// Whether the fault lies between files: then each part of the examples begins with a line `--- # name of the file`.
    #[must_use]
    pub fn has_several_files(&self) -> bool {
        self.wrong.starts_with("--- # ")
    }
}

/// The small sound instrument into which examples are put.
pub const BASE: &str = include_str!("base.yaml");

/// The small sound pathway into which examples of pathways are put. It uses the instrument of [`BASE`].
pub const PATHWAY_BASE: &str = include_str!("pathway_base.yaml");

/// The whole file of an example: each top-level key of the fragment takes the place of the same key of [`BASE`], or is put at the end. A line
/// `# KEY: not written` takes the key away.
#[must_use]
pub fn example(fragment: &str) -> String {
    let mut rest = blocks(fragment);
    let mut whole = String::new();
    let base = if fragment.starts_with("pathway:") { PATHWAY_BASE } else { BASE };
    for (key, text) in blocks(base) {
        if fragment.lines().any(|line| line.strip_prefix("# ").and_then(|line| line.strip_suffix(": not written")) == Some(key)) {
            continue;
        }
        if rest.iter().any(|(own, _)| *own == key) {
            rest.iter().filter(|(own, _)| *own == key).for_each(|(_, text)| whole.push_str(text));
            rest.retain(|(own, _)| *own != key);
        } else {
            whole.push_str(&text);
        }
    }
    rest.iter().for_each(|(_, text)| whole.push_str(text));
    whole
}

/// The top-level keys of a text, each with its lines. Reads no YAML: examples may be broken.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        let key = line.split_once(':').map(|(key, _)| key).filter(|key| !key.is_empty() && !key.contains([' ', '#', '-']));
        match (key, blocks.last_mut()) {
            (None, Some((_, block))) => *block = format!("{block}{line}\n"),
            (key, _) => blocks.push((key.unwrap_or(""), format!("{line}\n"))),
        }
    }
    blocks
}
