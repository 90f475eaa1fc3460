//! A sound instrument: its definition and its plan, which exist together only after every check has passed. Reading does no I/O.

use rust_decimal::Decimal;

use crate::check;
use crate::definition::{Definition, read_definition};
use crate::plan::{Purpose, ScoringPlan, State, Value};
use crate::reach::{Evaluation, Possible};
use crate::source::{Diagnostic, Source};

/// An instrument whose definition has passed every check. Scoring with it cannot fail.
#[derive(Debug, Clone)]
pub struct Instrument {
    definition: Definition,
    plan: ScoringPlan,
    warnings: Vec<Diagnostic>,
}

impl Instrument {
    /// Reads a definition that messages call `path`.
    ///
    /// # Errors
    /// Everything that is wrong with it, in file order; warnings among it only if there is an error too.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let (definition, mut diagnostics) = read_definition(&source);
        let mut plan = None;
        if let Some(definition) = &definition {
            let (compiled, faults) = ScoringPlan::compile(definition);
            diagnostics.extend(faults);
            diagnostics.extend(check::of_definition(definition));
            plan = compiled.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
            if let Some(plan) = &plan {
                diagnostics.extend(check::of_plan(definition, plan));
            }
        }
        diagnostics.sort_by_key(Diagnostic::order);
        match (definition, plan) {
            (Some(definition), Some(plan)) if !diagnostics.iter().any(Diagnostic::is_error) => {
                Ok(Self { definition, plan, warnings: diagnostics })
            }
            _ => Err(diagnostics),
        }
    }

    /// What its author wrote.
    #[must_use]
    pub const fn definition(&self) -> &Definition {
        &self.definition
    }

    /// Its compiled rules.
    #[must_use]
    pub const fn plan(&self) -> &ScoringPlan {
        &self.plan
    }

    /// The lowest and highest number that a score can reach when nothing is answered yet; none where nothing bounds it, or there is no such score.
    #[must_use]
    pub fn reachable(&self, score: &str) -> Option<(Decimal, Decimal)> {
        let place = self.definition.scores.iter().position(|known| known.id.value == score)?;
        let node = self.plan.find(Purpose::Score(place))?;
        let blank: Vec<State> = self.plan.fields().iter().map(|field| field.default.map_or(State::Blank, State::Known)).collect();
        let evaluation = Evaluation::new(&self.plan, blank, 0);
        if let Some(Value::Number(number)) = evaluation.value(node) {
            return Some((number, number));
        }
        if let Possible::Numbers(numbers) = evaluation.finding(node)?.possible { numbers.min().zip(numbers.max()) } else { None }
    }

    /// What somebody should look at, although it refuses nothing.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}
