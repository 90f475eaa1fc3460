//! A sound pathway: its definition, linked with its instruments, and its plan. Reading does no I/O; people are assessed in `outcome`.

mod differ;
mod extend;
mod link;
mod outcome;
mod remembered;
mod sheet;
mod since;
mod told;

use std::sync::Arc;

use crate::check;
use crate::definition::{Definition, PathwayDefinition, read_pathway};
use crate::plan::{Linked, ScoringPlan};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Source};
use crate::{Instrument, Library};

pub use differ::Difference;
pub use outcome::{AssessmentOutcome, ClauseOutcome, InstrumentOutcome, PathwayOutcome, Priority, Review, Routed, Waiting};
pub use remembered::RememberedPathway;
pub use sheet::{CheckedPathwayAnswers, PathwaySheet};
pub use since::{COMPARED, EarlierWay, Since};

/// A pathway that has passed every check. Routing with it cannot fail.
#[derive(Debug, Clone)]
pub struct Pathway {
    definition: PathwayDefinition,
    plan: ScoringPlan,
    /// For each assessment the editions of its instrument that may be used, oldest first.
    instruments: Vec<Vec<Arc<Instrument>>>,
    /// What stands at the head of the pathways that this one extends, nearest first.
    bases: Vec<Definition>,
    warnings: Vec<Diagnostic>,
}

impl Pathway {
    /// Its instruments, for what a site puts in place.
    pub(crate) fn instruments_mut(&mut self) -> impl Iterator<Item = &mut Instrument> {
        self.instruments.iter_mut().flatten().map(Arc::make_mut)
    }

    /// Reads a pathway that messages call `path`, with the instruments and pathways of a library.
    ///
    /// # Errors
    /// Everything that is wrong with it, in file order; warnings among it only if there is an error too.
    pub fn read(path: &str, text: &str, library: &Library) -> Result<Self, Vec<Diagnostic>> {
        Self::compiled(path, text, library, true)
    }

    /// Reads and compiles a pathway without proving it, to try a change of a rule on cases.
    // INVARIANT: what comes from here never leaves the crate.
    pub(crate) fn unproved(path: &str, text: &str, library: &Library) -> Result<Self, Vec<Diagnostic>> {
        Self::compiled(path, text, library, false)
    }

    fn compiled(path: &str, text: &str, library: &Library, is_proved: bool) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let (definition, mut diagnostics) = read_pathway(&source);
        let Some(mut definition) = definition else {
            sort_by_key(&mut diagnostics, Diagnostic::order);
            return Err(diagnostics);
        };
        let mut bases = Vec::new();
        if let Some(name) = definition.extends.clone() {
            match library.find_pathway(&name.value, None) {
                Ok(base) => {
                    bases.push(base.definition.head.clone());
                    bases.extend(base.bases.iter().cloned());
                    let (whole, faults) = extend::extended(base.definition(), definition);
                    definition = whole;
                    diagnostics.extend(faults);
                }
                Err(why) => {
                    let help = "the pathway that is extended has to be in the same tree, and sound";
                    diagnostics.push(link::unknown(&source, name.span, why.to_string()).help(help));
                    sort_by_key(&mut diagnostics, Diagnostic::order);
                    return Err(diagnostics);
                }
            }
        }
        let (instruments, faults) = link::instruments(&definition, library);
        diagnostics.extend(faults);
        diagnostics.extend(link::kinds(&definition));
        diagnostics.extend(check::of_pathway(&definition));
        let (plan, faults) = ScoringPlan::link(Linked { pathway: &definition, instruments: &instruments });
        diagnostics.extend(faults);
        let plan = plan.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        if let Some(plan) = plan.as_ref().filter(|_| is_proved) {
            diagnostics.extend(check::of_pathway_plan(&definition, plan));
        }
        sort_by_key(&mut diagnostics, Diagnostic::order);
        diagnostics.dedup_by_key(|fault| (fault.order(), fault.message.clone()));
        match plan {
            Some(plan) if !diagnostics.iter().any(Diagnostic::is_error) => {
                Ok(Self { definition, plan, instruments, bases, warnings: diagnostics })
            }
            _ => Err(diagnostics),
        }
    }

    /// What its authors wrote, with what it takes from the pathways it extends.
    #[must_use]
    pub const fn definition(&self) -> &PathwayDefinition {
        &self.definition
    }

    /// Its compiled rules.
    #[must_use]
    pub const fn plan(&self) -> &ScoringPlan {
        &self.plan
    }

    /// For each assessment the editions of its instrument that may be used, oldest first.
    #[must_use]
    pub fn instruments(&self) -> &[Vec<Arc<Instrument>>] {
        &self.instruments
    }

    /// What stands at the head of the pathways that this one extends, nearest first.
    #[must_use]
    pub fn bases(&self) -> &[Definition] {
        &self.bases
    }

    /// What somebody should look at, although it refuses nothing.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}
