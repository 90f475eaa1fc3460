//! GB/T 42195-2022 written as one Rhai script, for geras's sandbox and for plain Rhai: what the typed rule forms are measured against.

use geras::script::{Argument, Script, ScriptValue};
use rhai::{AST, Array, Dynamic, Engine, Scope};
use rust_decimal::Decimal;

use crate::by_hand::Answers;

/// What the script reads.
const NAMES: [&str; 8] = ["self_care", "mobility", "mental", "perception", "coma", "dementia", "mental_disorder", "events"];

/// The most points of each item, as in `by_hand`, by section.
const SECTIONS: [(&str, &[u8]); 4] = [
    ("self_care", &[4, 4, 4, 4, 4, 4, 4, 4]),
    ("mobility", &[4, 4, 4, 3]),
    ("mental", &[4, 4, 4, 4, 4, 4, 1, 1, 2]),
    ("perception", &[2, 2, 4, 3, 4]),
];

const SCRIPT: &str = r#"
let total = 0;
for points in self_care { total += points; }
for points in mobility { total += points; }
for points in mental { total += points; }
for points in perception { total += points; }
let happened = 0;
for times in events { happened += times; }
let level = if total >= 90 { 0 } else if total >= 66 { 1 } else if total >= 46 { 2 } else if total >= 30 { 3 } else { 4 };
if dementia || mental_disorder || happened >= 2 { level += 1; }
if coma || level > 4 { level = 4; }
if level == 0 { "intact" } else if level == 1 { "mild" } else if level == 2 { "moderate" } else if level == 3 { "severe" } else { "complete" }
"#;

/// The points of each item by section.
fn points(answers: &Answers) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let mut options = answers.options.into_iter();
    SECTIONS.into_iter().map(move |(name, most)| (name, most.iter().zip(options.by_ref()).map(|(most, place)| most - place).collect()))
}

/// The script in geras's sandbox.
pub struct InSandbox(Script);

impl InSandbox {
    /// Compiles the script.
    #[must_use]
    pub fn compile() -> Self {
        Self(Script::compile(SCRIPT, &NAMES).expect("the script is sound"))
    }

    /// The arguments for one person.
    #[must_use]
    pub fn arguments(answers: &Answers) -> Vec<(&'static str, Argument)> {
        let lists = points(answers).map(|(name, points)| (name, Argument::Numbers(points.into_iter().map(Decimal::from).collect())));
        let facts = [("coma", answers.coma), ("dementia", answers.diagnoses[0]), ("mental_disorder", answers.diagnoses[1])];
        let events = Argument::Numbers(answers.events.iter().map(|times| Decimal::from(*times)).collect());
        lists.chain(facts.map(|(name, fact)| (name, Argument::Bool(fact)))).chain([("events", events)]).collect()
    }

    /// The grade.
    #[must_use]
    pub fn grade(&self, arguments: &[(&str, Argument)]) -> String {
        match self.0.run(arguments) {
            Ok(ScriptValue::Text(grade)) => grade,
            other => panic!("the script gives a grade, not {other:?}"),
        }
    }
}

/// The script in an engine of Rhai as it comes.
pub struct InPlainRhai {
    engine: Engine,
    tree: AST,
}

impl InPlainRhai {
    /// Compiles the script.
    #[must_use]
    pub fn compile() -> Self {
        let engine = Engine::new();
        let tree = engine.compile(SCRIPT).expect("the script is sound");
        Self { engine, tree }
    }

    /// The names and values for one person.
    #[must_use]
    pub fn scope(answers: &Answers) -> Scope<'static> {
        let mut scope = Scope::new();
        for (name, points) in points(answers) {
            scope.push_constant(name, points.into_iter().map(|points| Dynamic::from_int(points.into())).collect::<Array>());
        }
        scope.push_constant("coma", answers.coma).push_constant("dementia", answers.diagnoses[0]);
        scope.push_constant("mental_disorder", answers.diagnoses[1]);
        scope.push_constant("events", answers.events.iter().map(|times| Dynamic::from_int((*times).into())).collect::<Array>());
        scope
    }

    /// The grade.
    #[must_use]
    pub fn grade(&self, scope: &mut Scope<'static>) -> String {
        let before = scope.len();
        let grade = self.engine.eval_ast_with_scope::<String>(scope, &self.tree).expect("the script gives a grade");
        scope.rewind(before);
        grade
    }
}
