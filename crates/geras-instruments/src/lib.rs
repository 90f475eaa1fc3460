//! The shipped tree of definitions and cases, embedded as text. Knows nothing of YAML: reading a definition is the work of `geras`.
//!
//! ```text
//! instruments/cn/gb-t-42195/2022.yaml        --> definitions()
//! instruments/cn/gb-t-42195/2022.cases.yaml  --> cases()
//! instruments/cn/gb-t-42195/2022.carry.yaml  --> carries()
//! ```
//!
//! The tree is the registry: a file that is there when the crate is compiled is shipped, and nothing is listed by hand.
//!
//! ```
//! for (path, text) in geras_instruments::definitions() {
//!     assert!(path.starts_with("instruments/") && !text.is_empty());
//! }
//! ```

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// How the path of a file with cases ends.
const CASES: &str = ".cases.yaml";

/// How the path of a file with mappings ends. Every shipped file that is neither is a definition.
const CARRY: &str = ".carry.yaml";

/// The definitions of instruments, as path and text, in the order of their paths.
pub fn definitions() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(|(path, text)| !path.ends_with(CASES) && !path.ends_with(CARRY) && !is_pathway(text))
}

/// The definitions of pathways, as path and text, in the order of their paths.
pub fn pathways() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(|(path, text)| !path.ends_with(CASES) && !path.ends_with(CARRY) && is_pathway(text))
}

fn is_pathway(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("pathway:"))
}

/// The mappings by which answers to one instrument serve another, as path and text, in the order of their paths. Those into `2022.yaml` stand in
/// `2022.carry.yaml` beside it.
pub fn carries() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(|(path, _)| path.ends_with(CARRY))
}

/// The files of cases, as path and text, in the order of their paths. The cases of `2022.yaml` stand in `2022.cases.yaml` beside it.
pub fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(|(path, _)| path.ends_with(CASES))
}
