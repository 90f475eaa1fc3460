//! A sound instrument: its definition and its plan, which exist together only after every check has passed. Reading does no I/O.

use rust_decimal::Decimal;

use crate::check;
use crate::definition::{Definition, Use, read_definition};
use crate::plan::{Expr, Purpose, ScoringPlan, State, Value};
use crate::prove::Monotony;
use crate::reach::{Evaluation, NumberSet, Possible};
use crate::site::{SiteTexts, TextsUsed};
use crate::sort::sort_by_key;
use crate::source::{Diagnostic, Source};

/// An instrument whose definition has passed every check. Scoring with it cannot fail.
#[derive(Debug, Clone)]
pub struct Instrument {
    definition: Definition,
    plan: ScoringPlan,
    warnings: Vec<Diagnostic>,
    /// What was proved of worse answers where the definition makes a claim of them.
    monotonies: Vec<Monotony>,
    used_for: Use,
    texts: Option<TextsUsed>,
}

impl Instrument {
    /// Reads a definition that messages call `path`.
    ///
    /// # Errors
    /// Everything that is wrong with it, in file order; warnings among it only if there is an error too.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let (definition, mut diagnostics) = read_definition(&source);
        let (mut plan, mut monotonies) = (None, Vec::new());
        if let Some(definition) = &definition {
            let (compiled, faults) = ScoringPlan::compile(definition);
            diagnostics.extend(faults);
            diagnostics.extend(check::of_definition(definition));
            plan = compiled.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
            if let Some(plan) = &plan {
                let (faults, proved) = check::of_plan(definition, plan);
                diagnostics.extend(faults);
                monotonies = proved;
            }
        }
        sort_by_key(&mut diagnostics, Diagnostic::order);
        match (definition, plan) {
            (Some(definition), Some(plan)) if !diagnostics.iter().any(Diagnostic::is_error) => {
                Ok(Self { definition, plan, warnings: diagnostics, monotonies, used_for: Use::Clinical, texts: None })
            }
            _ => Err(diagnostics),
        }
    }

    /// Reads and compiles a definition without proving it, to try a change of a rule on cases.
    // INVARIANT: what comes from here never leaves the crate.
    pub(crate) fn unproved(path: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(path, text);
        let (definition, mut diagnostics) = read_definition(&source);
        let Some(definition) = definition else { return Err(diagnostics) };
        let (plan, faults) = ScoringPlan::compile(&definition);
        diagnostics.extend(faults);
        match plan.filter(|_| !diagnostics.iter().any(Diagnostic::is_error)) {
            Some(plan) => {
                let (warnings, monotonies) = (Vec::new(), Vec::new());
                Ok(Self { definition, plan, warnings, monotonies, used_for: Use::Clinical, texts: None })
            }
            None => Err(diagnostics),
        }
    }

    /// The first fault for which reading would refuse what was compiled without being proved; none where it is sound.
    pub(crate) fn refused(&self) -> Option<&'static str> {
        check::refused(&self.definition, &self.plan)
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
        let numbers = self.reachable_numbers(score)?;
        numbers.min().zip(numbers.max())
    }

    /// The numbers that a score can reach when nothing is answered yet; they may be more where they are not exact.
    pub(crate) fn reachable_numbers(&self, score: &str) -> Option<NumberSet> {
        let place = self.definition.scores.iter().position(|known| known.id.value == score)?;
        let node = self.plan.find(Purpose::Score(place))?;
        let blank: Vec<State> = self.plan.fields().iter().map(|field| field.default.map_or(State::Blank, State::Known)).collect();
        let evaluation = Evaluation::new(&self.plan, blank, 0);
        if let Some(Value::Number(number)) = evaluation.value(node) {
            return Some(NumberSet::single(number));
        }
        if let Some(exact) = crate::cases::edges::numbers(&self.plan, &evaluation, &Expr::Node(node), 0) {
            return Some(exact);
        }
        if let Possible::Numbers(numbers) = evaluation.finding(node)?.possible { Some(numbers) } else { None }
    }

    /// What was proved of worse answers where the definition makes a claim of them.
    pub(crate) fn monotonies(&self) -> &[Monotony] {
        &self.monotonies
    }

    /// What somebody should look at, although it refuses nothing.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// What the instrument is used for; clinical unless somebody says otherwise. Sheets of an instrument whose licence does not allow the use are refused.
    pub const fn use_for(&mut self, wanted: Use) {
        self.used_for = wanted;
    }

    /// What the instrument is used for.
    #[must_use]
    pub const fn used_for(&self) -> Use {
        self.used_for
    }

    /// Whether its licence allows what it is used for.
    #[must_use]
    pub fn may_be_used(&self) -> bool {
        self.definition.licence.allows(self.used_for)
    }

    /// Puts a site's texts over the instrument. Its rules and its hash stay as they are, and outcomes tell of the texts.
    ///
    /// # Errors
    /// The texts do not fit the instrument: all that is wrong, in file order. The instrument is left as it was.
    pub fn put_texts(&mut self, texts: &SiteTexts) -> Result<(), Vec<Diagnostic>> {
        self.texts = Some(texts.put_over(&mut self.definition)?);
        Ok(())
    }

    /// The site's texts that stand over the instrument.
    #[must_use]
    pub const fn texts(&self) -> Option<&TextsUsed> {
        self.texts.as_ref()
    }
}
