//! The faults of a YAML text in plain words: what the parser noticed is traced back to what its author wrote. Decides nothing about the tree.

use granit_parser::{ErrorKind, ScanError};

use super::super::diagnostic::{Diagnostic, Severity};
use super::super::text::{Source, Span, Spanned};
use super::MAX_DEPTH;

pub(super) fn limit(source: &Source, span: Span, message: String) -> Diagnostic {
    Diagnostic::new("yaml-limit", Severity::Error, source, span, message)
}

pub(super) fn depth(source: &Source, span: Span) -> Diagnostic {
    limit(source, span, format!("lists and mappings stand inside each other more than {MAX_DEPTH} deep"))
}

pub(super) fn duplicate_key(source: &Source, key: &Spanned<String>, first: Span) -> Diagnostic {
    let message = format!("the key `{}` is written twice in the same mapping", key.value);
    Diagnostic::new("duplicate-key", Severity::Error, source, key.span, message)
        .here("written again here")
        .also(first, "first written here")
        .help("keep one of the two, or give the other its own name")
}

fn feature(source: &Source, span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new("yaml-feature", Severity::Error, source, span, message).help(help)
}

pub(super) fn tag(source: &Source, span: Span) -> Diagnostic {
    let message = format!("the tag `{}` is not allowed", source.slice(span));
    feature(source, span, &message, "leave the tag out; a text that looks like a number, or begins with `!`, is put in quotes")
}

pub(super) fn second_document(source: &Source, span: Span) -> Diagnostic {
    let help = "leave out the `---` or `...`, or move what follows into a file of its own";
    feature(source, span, "a second document begins here, and a file holds only one", help)
}

pub(super) fn merge_key(source: &Source, span: Span) -> Diagnostic {
    feature(source, span, "the merge key `<<` is not allowed", "write the keys out, or use an alias for the whole value of a key")
}

pub(super) fn complex_key(source: &Source, span: Span) -> Diagnostic {
    let help = "write a text before the colon; `null` and `~` are texts only in quotes";
    feature(source, span, "a key must be a text, and not a list, a mapping or nothing", help)
}

pub(super) fn endless_alias(source: &Source, span: Span) -> Diagnostic {
    let message = format!("the alias `{}` stands inside the value that it repeats, which would never end", source.slice(span));
    feature(source, span, &message, "write the inner value out")
}

pub(super) fn unknown_alias(source: &Source, span: Span, name: &str) -> Diagnostic {
    let message = format!("the alias `*{name}` repeats a value that was not named before");
    let help = format!("write `&{name}` before the value that is meant, further up; a text that begins with `*` is put in quotes");
    Diagnostic::new("yaml-syntax", Severity::Error, source, span, message).help(help)
}

/// What had been read when the parser gave up.
pub(super) struct Surroundings {
    /// Where the last event ended.
    pub(super) seen: usize,
    /// The last scalar.
    pub(super) scalar: Option<Span>,
    /// The `[` or `{` that is still open.
    pub(super) bracket: Option<usize>,
}

/// The fault that ended the parser.
pub(super) fn syntax(source: &Source, error: &ScanError, around: &Surroundings) -> Diagnostic {
    use ErrorKind as E;
    let text = source.text();
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let fault = |at: usize, message: &str| Diagnostic::new("yaml-syntax", Severity::Error, source, one_character(text, at), message);
    match error.kind() {
        E::RecursionLimitExceeded => depth(source, one_character(text, at)),
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabInPlainScalar | E::TabAtBlockScalarStart => {
            fault(tab(text, at), "a tab cannot be used for indentation").help("indent with spaces")
        }
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
            let quote = open_quote(text, around.seen, at).unwrap_or(at);
            let fault = fault(quote, "the quote that opens here is not closed");
            let fault = if quote == at { fault } else { fault.also(one_character(text, at), "the text in quotes would go on here") };
            fault.help("add the closing quote; where the text in quotes goes on over several lines, indent them")
        }
        E::InvalidTrailingSingleQuotedScalar => {
            fault(at, "something follows the closing quote").help("a single quote inside single quotes is written twice: `''`")
        }
        E::InvalidTrailingDoubleQuotedScalar => {
            fault(at, "something follows the closing quote").help("a double quote inside double quotes is written `\\\"`")
        }
        E::UnknownQuotedScalarEscape => fault(unknown_escape(text, at), "this backslash begins no known escape")
            .help("write `\\\\` for a backslash, or put the text in single quotes"),
        E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => fault(at, "an escape such as `\\u4e2d` in this text stands for no character")
            .help("write the character itself, or put the text in single quotes"),
        E::MismatchedFlowCollectionEnd { open, close } => fault(at, &format!("`{open}` is closed by `{close}`")),
        E::UnclosedFlowCollection { open } => fault(at, &format!("`{open}` is opened and not closed"))
            .help("add the closing bracket, or put the text in quotes if the bracket belongs to it"),
        E::MisplacedFlowCollectionEnd => fault(at, &format!("{} closes nothing", shown(text, at)))
            .help("take it away, or put the text in quotes if the bracket belongs to it"),
        E::UnexpectedCharacter { character } if character.is_control() => {
            fault(at, &format!("the control character U+{:04X} cannot stand in a text file", u32::from(*character)))
        }
        E::UnexpectedCharacter { character } => {
            fault(at, &format!("a text cannot begin with `{character}`")).help("put the text in quotes")
        }
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => {
            fault(at, &format!("{} announces a text on the lines below", shown(text, at)))
                .help("put a text that begins with `>` or `|` in quotes: `\">= 60\"`")
        }
        E::InvalidBlockScalarIndent => fault(at, "this line is indented differently from the first line of its text"),
        E::CommentInterceptedScalar => fault(at, "a text cannot go on behind a comment")
            .help("move the comment above the text, or put the text in quotes if `#` belongs to it"),
        E::CommentNotSeparated => fault(at, "a space is missing before the `#` of a comment"),
        E::MissingAnchorOrAliasName => {
            fault(at, &format!("a name must follow {}", shown(text, at))).help("put a text that begins with `&` or `*` in quotes")
        }
        E::BomInsideDocument => fault(at, "a byte order mark stands inside the text").help("delete the invisible character"),
        E::UndeclaredTagHandle
        | E::ExpectedTagBang
        | E::InvalidGlobalTagCharacter
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagEscape
        | E::InvalidTagUtf8LeadingByte
        | E::InvalidTagUtf8TrailingByte
        | E::InvalidTagUtf8 => {
            let rest = text.get(at..).unwrap_or("");
            tag(source, Span::new(at, at + rest.find(char::is_whitespace).unwrap_or(rest.len())))
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            fault(at, "a colon is missing behind this key").help("write the key, a colon, a space and the value")
        }
        E::InvalidMappingValueWhitespace => fault(at, "a space is missing behind this colon"),
        _ => match around.bracket {
            Some(bracket) => fault(at, &format!("{} cannot stand inside the brackets", shown(text, at)))
                .also(one_character(text, bracket), "opened here")
                .help("a bracket or a comma may be missing; a text with brackets, commas or colons in it is put in quotes"),
            None if text.get(at..).is_some_and(|rest| rest.starts_with(':')) => colon(source, at, around),
            None if at >= text.len() => fault(at, "the text ends too early"),
            None => fault(at, &format!("{} cannot stand here", shown(text, at)))
                .help("check that the line is indented as its neighbours are, and that each key has a colon and a space"),
        },
    }
}

/// A colon where no value can begin: the fault is mostly in what stands before it.
fn colon(source: &Source, at: usize, around: &Surroundings) -> Diagnostic {
    let fault = |span: Span, message: String| Diagnostic::new("yaml-syntax", Severity::Error, source, span, message);
    let before = around.scalar.filter(|scalar| scalar.end == at);
    let lines =
        before.map(|scalar| (scalar, source.slice(scalar))).and_then(|(scalar, text)| Some((scalar, text, text.rfind(['\r', '\n'])?)));
    let Some((scalar, text, last)) = lines else {
        return fault(
            one_character(source.text(), at),
            "this colon makes a key of what stands before it, where no key can stand".to_owned(),
        )
        .help("put a text with `: ` in it in quotes; a new key begins on a new line");
    };
    let last = text.get(last..).map_or(scalar.start, |line| scalar.end - line.trim_start().len());
    let key = source.slice(Span::new(last, at));
    let help = match text.split(['\r', '\n']).next() {
        Some(first) if first.contains(':') && !first.contains("://") => "write a space behind the colon of the first line".to_owned(),
        _ => format!("give `{key}` the indentation of the key that it belongs beside, and see that the line before has its own `: `"),
    };
    fault(Span::new(last, at), format!("`{key}` is read as more of the text that begins further up"))
        .also(Span::new(scalar.start, scalar.start + text.find(['\r', '\n']).unwrap_or(text.len())), "that text begins here")
        .help(help)
}

fn one_character(text: &str, at: usize) -> Span {
    let length = text.get(at..).and_then(|rest| rest.chars().next()).filter(|&next| next != '\n' && next != '\r').map_or(0, char::len_utf8);
    Span::new(at, at + length)
}

/// The character at a place, for a message.
fn shown(text: &str, at: usize) -> String {
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        None => "the end of the text".to_owned(),
        Some('\r' | '\n') => "the end of the line".to_owned(),
        Some(next) => format!("`{next}`"),
    }
}

/// The tab that the parser means: it points at it, behind it, or at the start of the text that it interrupts.
fn tab(text: &str, at: usize) -> usize {
    let before = text.get(..at).is_some_and(|before| before.ends_with('\t'));
    let ahead = text.get(at..).and_then(|rest| rest.find("\n\t").map(|found| found + 1).or_else(|| rest.find('\t')));
    match ahead {
        Some(0) => at,
        _ if before => at - 1,
        Some(found) => at + found,
        None => at,
    }
}

/// The quote that is open at `end`, looking from a place outside of quotes.
fn open_quote(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut open = None;
    let mut fresh = true;
    let mut signs = text.get(start..end)?.char_indices();
    while let Some((at, sign)) = signs.next() {
        match (open, sign) {
            (Some(('"', _)), '\\') => drop(signs.next()),
            (Some((quote, _)), _) if quote == sign => open = None,
            (None, '"' | '\'') if fresh => open = Some((sign, start + at)),
            (None, '#') if fresh => drop(signs.find(|&(_, sign)| sign == '\n')),
            _ => {}
        }
        fresh = matches!(sign, ' ' | '\t' | '\r' | '\n' | '[' | '{' | ',' | ':' | '#');
    }
    open.map(|(_, at)| at)
}

/// The first backslash behind `start` that begins no escape of YAML.
fn unknown_escape(text: &str, start: usize) -> usize {
    let mut signs = text.char_indices().skip_while(|&(at, _)| at < start);
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' && !signs.next().is_some_and(|(_, next)| "0abt\tnvfre \"/\\N_LPxuU\r\n".contains(next)) {
            return at;
        }
    }
    start
}
