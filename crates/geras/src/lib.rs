//! geras reads assessment instruments from YAML, proves them sound, scores a person's answers exactly, and explains every step.
//!
//! A definition is read once and proved sound; after that nothing can fail, and every result is the last line of its own explanation. Only two
//! doors can say no: reading a definition (diagnostics, for policy authors) and checking answers (problems, for assessors).
//!
//! ```text
//! YAML text
//!    │ source       every value with its place
//!    │ definition   what the author wrote, nothing resolved
//!    │ plan         names resolved, expressions typed, one flat ordered list of values to compute (expression, script)
//!    │ check        what holds over all possible answers (reach)
//!    ├──────────────▶ Vec<Diagnostic>       everything that is wrong, in file order
//!    ▼
//! Instrument ◀──────── Library              all editions of a tree: by id, by date; a site's texts and use (site)
//!    │ answers()
//!    ▼
//! AnswerSheet ── check() ──▶ Vec<AnswerProblem>
//!    │
//!    ▼
//! CheckedAnswers ── Instrument::assess ──▶ Outcome      scores, bands, grade, findings, alerts: decided, or open with what is possible
//!                                                       and the explanation, from the same numbers
//! ```
//!
//! `change` sets an outcome beside an earlier one: what moved, and whether because of the answers or of the edition.
//! `carry` fills the sheet of one instrument from the checked answers to another, where the two questions agree.
//!
//! `cases` runs what people wrote beside a definition, tells what it leaves untouched, and suggests sheets for it; `mutate` changes one rule at a time
//! and asks whether the cases notice.
//!
//! An answer that is not in yet is a state, not a zero: a result is decided as soon as nothing open can change it.
//!
//! ```
//! # std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
//! use geras::Instrument;
//! use geras::assess::{Answer, Coded};
//!
//! let text = std::fs::read_to_string("instruments/cn/gb-t-42195/2022.yaml")?;
//! let instrument = Instrument::read("2022.yaml", &text).map_err(|faults| format!("{faults:?}"))?;
//! let mut sheet = instrument.answers();
//! sheet.answer("coma", &Answer::Boolean(true));
//! let answers = sheet.check().map_err(|problems| format!("{problems:?}"))?;
//! let outcome = instrument.assess(&answers);
//! assert_eq!(outcome.grade(), Some(Coded::Decided("complete")));      // 35 answers are open, and none can change it
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![doc(test(attr(deny(warnings))))]

pub mod assess;
pub mod carry;
pub mod cases;
pub mod change;
pub mod check;
pub mod compare;
pub mod definition;
pub mod expression;
mod instrument;
mod library;
pub mod mutate;
pub mod pathway;
pub mod plan;
pub mod prove;
pub mod reach;
pub mod script;
mod seek;
pub mod site;
mod sort;
mod sorted;
pub mod source;
pub use instrument::Instrument;
pub use library::{Library, NotFound};
pub use pathway::Pathway;
