//! What a cohort is like: shares, quantiles, ranges, loadings, absent reasons, as their author wrote them and checked against the instrument.

use geras::definition::AbsentReason;
use geras::source::{Diagnostic, Source, parse};
use geras::{Instrument, Pathway};

use crate::draw::Draw;
use crate::read::Reader;

/// What a cohort is like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Likeness {
    /// First and last day of the assessments, as day numbers.
    pub(crate) dates: Option<(i32, i32)>,
    /// The loading of items that state none, in thousandths, from -1000 to 1000.
    pub(crate) loading: i64,
    /// The items that say something of themselves, by their places among the fields of the plan.
    pub(crate) items: Vec<(usize, Spread)>,
}

/// How the answers to one item are spread.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Spread {
    /// None where the answers are even.
    pub(crate) draw: Option<Draw>,
    /// In thousandths.
    pub(crate) loading: Option<i64>,
    /// Absent reasons with their cumulated thresholds.
    pub(crate) absent: Vec<(AbsentReason, u64)>,
}

/// What the people on a pathway are like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PathwayLikeness {
    /// Their answers to the questions of the pathway itself.
    pub(crate) own: Likeness,
    /// By the place of an assessment.
    pub(crate) assessments: Vec<(usize, AssessmentLikeness)>,
}

/// How one assessment of a pathway is done and answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AssessmentLikeness {
    /// Below this threshold it is done; always, where nothing is said.
    pub(crate) done: Option<u64>,
    /// The answers to it.
    pub(crate) answers: Likeness,
}

impl PathwayLikeness {
    /// Reads a likeness that messages call `path`, for a pathway.
    ///
    /// # Errors
    /// Everything that is wrong with it, in file order: unknown assessments, items and options, shares that do not add up to 1.
    pub fn read(path: &str, text: &str, pathway: &Pathway) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let document = parse(&source)?;
        let mut reader = Reader::new(&source, &pathway.definition().head, pathway.plan());
        let likeness = reader.pathway(&document.root, pathway);
        let mut faults = reader.faults;
        faults.sort_by_key(Diagnostic::order);
        if faults.is_empty() { Ok(likeness) } else { Err(faults) }
    }
}

impl Likeness {
    /// Reads a likeness that messages call `path`, for an instrument.
    ///
    /// # Errors
    /// Everything that is wrong with it, in file order: unknown items and options, shares that do not add up to 1, numbers outside of the range.
    pub fn read(path: &str, text: &str, instrument: &Instrument) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let document = parse(&source)?;
        let mut reader = Reader::new(&source, instrument.definition(), instrument.plan());
        let likeness = reader.likeness(&document.root);
        let mut faults = reader.faults;
        faults.sort_by_key(Diagnostic::order);
        if faults.is_empty() { Ok(likeness) } else { Err(faults) }
    }
}
