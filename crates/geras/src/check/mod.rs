//! Authoring checks: one file a fault, with its page. Each looks at a definition or its plan and says what is wrong; none changes anything.

mod page;

use crate::definition::Definition;
use crate::plan::ScoringPlan;
use crate::source::Diagnostic;

pub use page::Page;

/// Checks that need only what the author wrote.
pub(crate) fn of_definition(_definition: &Definition) -> Vec<Diagnostic> {
    Vec::new()
}

/// Checks that reason over all possible answers. The plan is compiled, not yet known to be sound.
pub(crate) fn of_plan(_definition: &Definition, _plan: &ScoringPlan) -> Vec<Diagnostic> {
    Vec::new()
}
