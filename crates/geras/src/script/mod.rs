//! `script` blocks: compiled once, run in a closed sandbox, bounded in time and space. Expressions are not run here.

mod dictionary;
mod failure;
mod inspect;
mod sandbox;

use std::sync::Arc;

use rhai::{AST, Array, Dynamic, Scope};
use rust_decimal::Decimal;

pub use failure::{CompileFailure, CompileFailureKind, ScriptFailure};
pub(crate) use failure::{lexical_message, offset_of, syntax_message};
pub(crate) use inspect::has_radix;
pub use sandbox::MAX_SCRIPT_BYTES;

/// A script that was compiled and looked through. Cheap to clone, and may be used by several threads.
#[derive(Debug, Clone)]
pub struct Script {
    compiled: Arc<Compiled>,
}

#[derive(Debug)]
struct Compiled {
    code: String,
    tree: AST,
    comparisons: Vec<(String, String, usize)>,
}

/// A value that is handed to a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A number.
    Number(Decimal),
    /// `true` or `false`.
    Bool(bool),
    /// A text, such as an option code.
    Text(String),
    /// A list of numbers.
    Numbers(Vec<Decimal>),
    /// A list of texts, such as the codes of an item with several choices.
    Texts(Vec<String>),
}

/// What a script gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptValue {
    /// A number.
    Number(Decimal),
    /// A text, such as a grade id.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
}

impl Script {
    /// Compiles a script that may read `names` and nothing else, and looks it through without running it.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and where.
    pub fn compile(code: &str, names: &[&str]) -> Result<Self, CompileFailure> {
        sandbox::check_length(code)?;
        let engine = sandbox::engine();
        inspect::check_words(engine, code)?;
        let mut scope = Scope::new();
        for name in names {
            scope.push_constant(*name, Dynamic::UNIT);
        }
        let tree = engine.compile_with_scope(&scope, code).map_err(|error| failure::from_parse(code, &error))?;
        if tree.statements().is_empty() {
            let message = "the script is empty: its last line must give its value".to_owned();
            return Err(CompileFailure { kind: CompileFailureKind::Syntax, message, offset: 0 });
        }
        let comparisons = inspect::check_names(&tree, code, names)?;
        Ok(Self { compiled: Arc::new(Compiled { code: code.to_owned(), tree, comparisons }) })
    }

    /// Runs the script. Each name that it was compiled with must have its argument. Same arguments, same value, on every machine.
    ///
    /// # Errors
    /// What went wrong and where, and whether one of the sandbox's limits was reached.
    pub fn run(&self, arguments: &[(&str, Argument)]) -> Result<ScriptValue, ScriptFailure> {
        let Compiled { code, tree, .. } = &*self.compiled;
        let mut scope = Scope::new();
        for (name, argument) in arguments {
            scope.push_constant_dynamic(*name, handed_in(argument));
        }
        let value = sandbox::engine().eval_ast_with_scope::<Dynamic>(&mut scope, tree).map_err(|error| failure::from_run(code, &error))?;
        if let Some(number) = dictionary::number(&value) {
            return Ok(ScriptValue::Number(number));
        }
        if let Ok(truth) = value.as_bool() {
            return Ok(ScriptValue::Bool(truth));
        }
        value.into_string().map(ScriptValue::Text).map_err(|_| ScriptFailure {
            message: "the last line of the script must give a number, a text, or true or false".to_owned(),
            offset: code.trim_end().rfind('\n').map_or(0, |line| line + 1),
            limit: false,
        })
    }

    /// Its text.
    pub(crate) fn code(&self) -> &str {
        &self.compiled.code
    }

    /// Each place where a name that the script reads is compared with a text: the name, the text, and the text's byte offset in the script, in
    /// that order. What a variable of the script itself is compared with is not listed.
    #[must_use]
    pub fn comparisons(&self) -> Vec<(String, String, usize)> {
        self.compiled.comparisons.clone()
    }
}

fn handed_in(argument: &Argument) -> Dynamic {
    match argument {
        Argument::Number(number) => dictionary::value(*number),
        Argument::Bool(truth) => Dynamic::from_bool(*truth),
        Argument::Text(text) => text.clone().into(),
        Argument::Numbers(numbers) => Dynamic::from_array(numbers.iter().map(|number| dictionary::value(*number)).collect()),
        Argument::Texts(texts) => Dynamic::from_array(texts.iter().map(|text| Dynamic::from(text.clone())).collect::<Array>()),
    }
}
