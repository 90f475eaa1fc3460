//! What can go wrong with a script, in the words of its author, and where. Rhai's own wording and positions end here.

use rhai::{EvalAltResult, LexError, ParseError, ParseErrorType, Position};

/// A run of a script that gave no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFailure {
    /// One lower-case sentence.
    pub message: String,
    /// Byte offset in the script's text.
    pub offset: usize,
    /// Whether the script took too many steps or grew too big, so that nothing is known about its value.
    pub limit: bool,
}

/// A script that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileFailure {
    /// Which of the rules it breaks.
    pub kind: CompileFailureKind,
    /// One lower-case sentence.
    pub message: String,
    /// Byte offset in the script's text.
    pub offset: usize,
}

/// The rules that a script can break before it is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileFailureKind {
    /// It is not Rhai.
    Syntax,
    /// It is Rhai, but of a kind that scripts may not use.
    NotAllowed,
    /// It reads a name that is neither handed in nor its own.
    UnknownName(String),
    /// It calls a function that does not exist, or with the wrong number of values.
    UnknownFunction(String),
    /// It is too long, too deep or has too many parts.
    TooLong,
}

/// The byte offset of one of Rhai's positions, which count lines, and characters in a line, from 1.
pub(crate) fn offset_of(text: &str, position: Position) -> usize {
    let Some(line) = position.line() else { return text.len() };
    let start = match line.checked_sub(2) {
        None => 0,
        Some(breaks) => text.match_indices('\n').nth(breaks).map_or(text.len(), |(at, _)| at + 1),
    };
    let before = position.position().unwrap_or(1).saturating_sub(1);
    text.get(start..).and_then(|rest| rest.char_indices().nth(before)).map_or(text.len(), |(at, _)| start + at)
}

pub(super) fn from_parse(code: &str, error: &ParseError) -> CompileFailure {
    let kind = match error.err_type() {
        ParseErrorType::VariableUndefined(name) => CompileFailureKind::UnknownName(name.clone()),
        ParseErrorType::ExprTooDeep | ParseErrorType::TooManyFunctions | ParseErrorType::LiteralTooLarge(..) => CompileFailureKind::TooLong,
        ParseErrorType::BadInput(LexError::StringTooLong(_)) => CompileFailureKind::TooLong,
        _ => CompileFailureKind::Syntax,
    };
    CompileFailure { kind, message: syntax_message(error.err_type()), offset: offset_of(code, error.position()) }
}

pub(super) fn from_run(code: &str, error: &EvalAltResult) -> ScriptFailure {
    // What fails inside a function is shown there, not at the call.
    let mut error = error;
    while let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = error {
        error = inner;
    }
    let (message, limit) = run_message(error);
    ScriptFailure { message, offset: offset_of(code, error.position()), limit }
}

fn run_message(error: &EvalAltResult) -> (String, bool) {
    let plain = |message: &str| (message.to_owned(), false);
    let limit = |message: &str| (message.to_owned(), true);
    match error {
        EvalAltResult::ErrorTooManyOperations(_) => limit("the script takes too many steps"),
        EvalAltResult::ErrorStackOverflow(_) => limit("the functions of the script call each other too deeply"),
        EvalAltResult::ErrorTooManyVariables(_) => limit("the script has too many variables"),
        EvalAltResult::ErrorDataTooLarge(what, _) if what.contains("string") => limit("a text of the script grows too long"),
        EvalAltResult::ErrorDataTooLarge(..) => limit("a list of the script grows too long"),
        EvalAltResult::ErrorRuntime(message, _) => (message.to_string(), false),
        EvalAltResult::ErrorVariableNotFound(name, _) => (format!("there is no value for `{name}`"), false),
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            let name = signature.split(" (").next().unwrap_or(signature);
            (format!("`{name}` cannot be used with these values"), false)
        }
        EvalAltResult::ErrorMismatchDataType(wanted, found, _) => {
            (format!("{} is wanted here, not {}", in_words(wanted), in_words(found)), false)
        }
        EvalAltResult::ErrorArrayBounds(length, index, _) => (format!("there is no member {index} in a list of {length}"), false),
        EvalAltResult::ErrorStringBounds(length, index, _) => (format!("there is no character {index} in a text of {length}"), false),
        EvalAltResult::ErrorIndexingType(..) => plain("only a list has members, and they are picked by a whole number"),
        EvalAltResult::ErrorFor(_) => plain("`for` goes through a list or a range such as `0..3`"),
        EvalAltResult::ErrorAssignmentToConstant(name, _) => (format!("`{name}` cannot be changed"), false),
        other => (format!("the script fails: {}", lower(&other.to_string())), false),
    }
}

/// What an author should read about a syntax error.
pub(crate) fn syntax_message(error: &ParseErrorType) -> String {
    match error {
        ParseErrorType::UnexpectedEOF => "something is missing at the end".to_owned(),
        ParseErrorType::BadInput(error) => lexical_message(error),
        ParseErrorType::UnknownOperator(symbol) => format!("`{symbol}` is no operator"),
        ParseErrorType::MissingToken(token, _) => format!("`{token}` is missing here"),
        ParseErrorType::PropertyExpected => "a name is missing behind the dot".to_owned(),
        ParseErrorType::VariableExpected => "a name is missing here".to_owned(),
        ParseErrorType::Reserved(word) | ParseErrorType::ForbiddenVariable(word) => format!("`{word}` is a reserved word"),
        ParseErrorType::MismatchedType(wanted, found) => format!("{} is wanted here, not {}", in_words(wanted), in_words(found)),
        ParseErrorType::ExprExpected(_) => "a value is missing here".to_owned(),
        ParseErrorType::VariableUndefined(name) => format!("there is no `{name}` here"),
        ParseErrorType::ExprTooDeep => "this is nested too deep".to_owned(),
        ParseErrorType::TooManyFunctions => "the script has too many functions".to_owned(),
        ParseErrorType::LiteralTooLarge(..) => "this text or list is too long".to_owned(),
        ParseErrorType::AssignmentToConstant(name) => format!("`{name}` cannot be changed"),
        ParseErrorType::AssignmentToInvalidLHS(_) => "only a variable can be changed".to_owned(),
        ParseErrorType::LoopBreak => "`break` and `continue` belong into a loop".to_owned(),
        other => lower(&other.to_string()),
    }
}

/// What an author should read about a word that cannot be read.
pub(crate) fn lexical_message(error: &LexError) -> String {
    match error {
        LexError::UnexpectedInput(word) => format!("`{word}` does not belong here"),
        LexError::UnterminatedString => "the closing quote of this text is missing".to_owned(),
        LexError::StringTooLong(_) => "this text or name is too long".to_owned(),
        LexError::MalformedNumber(digits) if digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.')) => {
            format!("the number `{digits}` is too big")
        }
        LexError::MalformedNumber(digits) => format!("`{digits}` is no number"),
        LexError::MalformedEscapeSequence(word) => format!("`{word}` is no known character in a text"),
        LexError::MalformedChar(word) => format!("`'{word}'` is no text: use double quotes"),
        LexError::MalformedIdentifier(word) => format!("`{word}` cannot be a name"),
        LexError::ImproperSymbol(symbol, _) if symbol == "===" => "`===` is not known here: write `==`".to_owned(),
        LexError::ImproperSymbol(symbol, _) if symbol == "!==" => "`!==` is not known here: write `!=`".to_owned(),
        LexError::ImproperSymbol(symbol, _) if !symbol.is_empty() => format!("`{symbol}` does not belong here"),
        other => lower(&other.to_string()),
    }
}

fn in_words(kind: &str) -> &str {
    match kind {
        "bool" | "a boolean" => "true or false",
        "i64" | "decimal" | "numeric" | "an integer" => "a number",
        "string" => "a text",
        "array" => "a list",
        "()" => "nothing",
        other => other,
    }
}

fn lower(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| std::iter::once(first.to_ascii_lowercase()).chain(letters).collect())
}
