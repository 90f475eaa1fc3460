//! The words of an expression: refuses those that only scripts may use, and knows where each word and bracket ends. Builds no tree.

use rhai::{Engine, Token};
use rust_decimal::Decimal;

use super::Place;
use crate::source::Diagnostic;

struct Word {
    token: Token,
    start: usize,
    end: usize,
    /// Behind the matching bracket, for an opening one; the same as `end` otherwise.
    close: usize,
}

/// All words of one expression, in order.
pub(super) struct Words {
    words: Vec<Word>,
}

impl Words {
    pub(super) fn read(engine: &Engine, place: &Place<'_>) -> Result<Self, Diagnostic> {
        let text = place.text();
        let mut words: Vec<Word> = Vec::new();
        for (token, position) in engine.lex([text].iter()).0 {
            let start = place.offset(position);
            if let Some(before) = words.last_mut() {
                before.end = before.start + text.get(before.start..start).map_or(0, |word| word.trim_end().len());
                before.close = before.end;
            }
            match &token {
                Token::EOF => break,
                Token::LexError(error) => return Err(place.lexical_error(error, start)),
                _ => check(&token, text.get(start..).unwrap_or(""), start, place)?,
            }
            words.push(Word { token, start, end: text.len(), close: text.len() });
        }
        match_brackets(&mut words);
        Ok(Self { words })
    }

    fn index(&self, start: usize) -> usize {
        self.words.partition_point(|word| word.start < start)
    }

    /// The word that starts here.
    pub(super) fn at(&self, start: usize) -> Option<&Token> {
        self.words.get(self.index(start)).filter(|word| word.start == start).map(|word| &word.token)
    }

    /// Where a literal, name or bracket that starts here ends. `-(5)` is a literal to Rhai: its end is the digits' end.
    pub(super) fn end_from(&self, start: usize) -> usize {
        let sign = |word: &&Word| matches!(word.token, Token::Minus | Token::UnaryMinus | Token::LeftParen);
        self.words.iter().skip(self.index(start)).find(|word| !sign(word)).map_or(start, |word| word.close)
    }

    /// Where the call of a function whose name starts here ends.
    pub(super) fn call_end(&self, start: usize) -> usize {
        self.words.get(self.index(start) + 1).map_or(start, |word| word.close)
    }
}

fn match_brackets(words: &mut [Word]) {
    let mut open = Vec::new();
    for index in 0..words.len() {
        let Some((token, end)) = words.get(index).map(|word| (&word.token, word.end)) else { break };
        match token {
            Token::LeftParen | Token::LeftBracket | Token::LeftBrace => open.push(index),
            Token::RightParen | Token::RightBracket | Token::RightBrace => {
                if let Some(opening) = open.pop().and_then(|at: usize| words.get_mut(at)) {
                    opening.close = end;
                }
            }
            _ => {}
        }
    }
}

/// Refuses a word that an expression may not hold. The parser would refuse most of them too, with less help.
fn check(token: &Token, rest: &str, start: usize, place: &Place<'_>) -> Result<(), Diagnostic> {
    if let Some((message, help)) = objection(token, rest) {
        return Err(place.not_allowed(start, message, help));
    }
    match token {
        Token::DecimalConstant(number) if Decimal::from_str_exact(&number.1).is_err() => {
            let message = format!("the number `{}` has more digits than can be kept exactly (28)", number.1);
            Err(place.fault("rhai-syntax", start, message))
        }
        _ => Ok(()),
    }
}

fn objection(token: &Token, rest: &str) -> Option<(String, String)> {
    const SCRIPT: &str = "use a `script` for several steps";
    let own = |message: &str, help: &str| Some((message.to_owned(), help.to_owned()));
    match token {
        Token::Equals => own("`=` sets a value, which an expression cannot do", "write `==` to compare"),
        Token::SemiColon => own("an expression is one value and has no `;`", SCRIPT),
        Token::UnaryPlus => own("a number or name needs no `+` before it", "leave out the `+`"),
        Token::CharConstant(_) => own("a text stands in double quotes", "write `\"...\"` instead of `'...'`"),
        Token::InterpolatedString(_) => own("a text cannot be put together from values here", "write a plain text in double quotes"),
        Token::StringConstant(_) if rest.starts_with('`') => own("a text stands in double quotes", "write `\"...\"`"),
        Token::IntegerConstant(_) if crate::script::has_radix(rest) => {
            own("a number is written in decimal digits", "write `255` instead of `0xff`")
        }
        Token::ExclusiveRange | Token::InclusiveRange => own("a range cannot stand in an expression", "write `x >= low && x <= high`"),
        Token::And | Token::Or => None,
        Token::Ampersand => own("`&` works on bits", "write `&&`"),
        Token::Pipe => own("`|` works on bits", "write `||`"),
        Token::PowerOf => own("`**` is not known here", "multiply, or use a `script`"),
        Token::Elvis | Token::DoubleQuestion | Token::QuestionBracket => {
            own("a value is never absent in an expression", "use `answered(x)` to ask whether there is an answer")
        }
        Token::MapStart => own("`#{...}` cannot stand in an expression", "use a `lookup` or a `table`"),
        Token::Switch => own("`switch` cannot stand in an expression", "write `if c { a } else { b }`, or use a `lookup` or a `table`"),
        Token::Reserved(word) if word.starts_with(|first: char| first.is_ascii_alphabetic()) => {
            Some((format!("`{word}` is a reserved word"), "give it another name".to_owned()))
        }
        Token::Reserved(word) => Some((format!("`{word}` is not known here"), "see the list of operators".to_owned())),
        Token::Fn | Token::Private => own("a function cannot be defined in an expression", "use a `script`"),
        Token::XOr | Token::LeftShift | Token::RightShift => own("operators on bits are not known here", "use `&&`, `||` and `!`"),
        Token::Let | Token::Const => own("an expression has no variables of its own", "make it a score of its own, or use a `script`"),
        Token::While | Token::Loop | Token::Do | Token::Until | Token::For | Token::Continue | Token::Break => {
            own("an expression has no loops", "use a `sum` or `count` score, or a `script`")
        }
        Token::Return | Token::Throw | Token::Try | Token::Catch => own("an expression is one value and has no steps", SCRIPT),
        assignment if assignment.is_op_assignment() => own("an expression cannot change a value", SCRIPT),
        _ => None,
    }
}
