//! Looks a script through without running it: words, names and functions it may use, and the texts it compares with. Runs nothing.

use rhai::{AST, ASTNode, Engine, Expr, FnCallExpr, Position, Stmt, Token};
use rust_decimal::Decimal;

use super::dictionary::FUNCTIONS;
use super::failure::{CompileFailure, CompileFailureKind, lexical_message, offset_of};
use super::sandbox::MAX_PARAMETERS;
use crate::sort::sort_by_key;

/// Refuses what is Rhai but not for scripts: all that could hide a fault, compare kinds loosely, or be taken for something else.
pub(super) fn check_words(engine: &Engine, code: &str) -> Result<(), CompileFailure> {
    for (token, position) in engine.lex([code].iter()).0 {
        // Found only where it is needed: a place costs a walk through the text.
        let offset = || offset_of(code, position);
        let (kind, message) = match &token {
            Token::EOF => break,
            Token::LexError(error) => (CompileFailureKind::Syntax, lexical_message(error)),
            Token::DecimalConstant(number) if Decimal::from_str_exact(&number.1).is_err() => {
                (CompileFailureKind::Syntax, format!("the number `{}` has more digits than can be kept exactly (28)", number.1))
            }
            other => match objection(other, || code.get(offset()..).unwrap_or("")) {
                Some(message) => (CompileFailureKind::NotAllowed, message.to_owned()),
                None => continue,
            },
        };
        return Err(CompileFailure { kind, message, offset: offset() });
    }
    Ok(())
}

fn objection<'a>(token: &Token, rest: impl Fn() -> &'a str) -> Option<&'static str> {
    Some(match token {
        Token::Switch => "`switch` is not known in scripts: write `if ... else if ... else`",
        Token::Try | Token::Catch | Token::Throw => "a script cannot raise or hide failures",
        Token::MapStart => "scripts have lists but no maps",
        Token::InterpolatedString(_) => "a text cannot be put together from values",
        Token::StringConstant(_) if rest().starts_with('`') => "a text stands in double quotes",
        Token::CharConstant(_) => "a text stands in double quotes",
        Token::IntegerConstant(_) if has_radix(rest()) => "a number is written in decimal digits",
        Token::Elvis | Token::QuestionBracket | Token::DoubleQuestion => "a value is never absent in a script",
        Token::PowerOf | Token::PowerOfAssign => "`**` is not known in scripts: multiply",
        Token::Ampersand | Token::AndAssign => "`&` works on bits: write `&&`",
        Token::Pipe | Token::OrAssign => "`|` works on bits: write `||`",
        Token::XOr | Token::XOrAssign | Token::LeftShift | Token::LeftShiftAssign | Token::RightShift | Token::RightShiftAssign => {
            "operators on bits are not known in scripts"
        }
        Token::UnaryPlus => "a number or name needs no `+` before it",
        _ => return None,
    })
}

/// `0x..`, `0o..`, `0b..`: Rhai would let big ones turn negative.
pub(crate) fn has_radix(rest: &str) -> bool {
    matches!(rest.trim_start_matches('-').as_bytes(), [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..])
}

/// Refuses unknown names and functions, and lists what is compared with a text.
pub(super) fn check_names(tree: &AST, code: &str, names: &[&str]) -> Result<Vec<(String, String, usize)>, CompileFailure> {
    if let Some(function) = tree.iter_functions().find(|function| function.params.len() > MAX_PARAMETERS) {
        let message = format!("the function `{}` takes more than {MAX_PARAMETERS} values: hand it a list", function.name);
        return Err(CompileFailure { kind: CompileFailureKind::TooLong, message, offset: definition(code, function.name) });
    }
    let own: Vec<(&str, usize)> = tree.iter_functions().map(|function| (function.name, function.params.len())).collect();
    let mut look = Look { code, names, own: &own, comparisons: Vec::new() };
    if let Some((name, _)) = own.iter().find(|(name, _)| FUNCTIONS.iter().any(|(known, ..)| known == name)) {
        let kind = CompileFailureKind::NotAllowed;
        let offset = definition(code, name);
        return Err(CompileFailure { kind, message: format!("there is a function `{name}` already: give this one another name"), offset });
    }
    let mut found = Ok(());
    let mut statements = 0;
    tree.walk(&mut |path: &[ASTNode<'_>]| {
        // The walk goes through the script's own statements first, then through those of its functions.
        statements += usize::from(path.len() == 1);
        let in_function = statements > tree.statements().len();
        found = path.last().map_or(Ok(()), |node| look.node(node, in_function));
        found.is_ok()
    });
    found?;
    sort_by_key(&mut look.comparisons, |(_, _, offset)| *offset);
    Ok(look.comparisons)
}

/// Rhai does not keep where a function is defined.
fn definition(code: &str, name: &str) -> usize {
    code.find(&format!("fn {name}")).unwrap_or(0)
}

struct Look<'a> {
    code: &'a str,
    names: &'a [&'a str],
    own: &'a [(&'a str, usize)],
    comparisons: Vec<(String, String, usize)>,
}

impl Look<'_> {
    fn node(&mut self, node: &ASTNode<'_>, in_function: bool) -> Result<(), CompileFailure> {
        match node {
            ASTNode::Stmt(Stmt::FnCall(call, position)) | ASTNode::Expr(Expr::FnCall(call, position)) => {
                if call.name == "push" {
                    // Rhai would quietly push into a copy wherever the list is not a variable that can be changed.
                    return Err(self.refuse(CompileFailureKind::NotAllowed, "write `list.push(x)` instead of `push(list, x)`", *position));
                }
                self.call(call, call.args.len(), *position)
            }
            ASTNode::Expr(Expr::MethodCall(call, position)) => self.call(call, call.args.len() + 1, *position),
            ASTNode::Expr(Expr::Variable(name, index, position)) if index.is_none() && name.0.is_none() => {
                self.outer_name(&name.1, in_function, *position)
            }
            ASTNode::Expr(Expr::ThisPtr(position)) => {
                Err(self.refuse(CompileFailureKind::NotAllowed, "`this` is not known in scripts", *position))
            }
            ASTNode::Expr(Expr::Property(name, position)) => {
                let message = format!("there is no `.{}` in scripts: hand it in as a value of its own", name.2);
                Err(self.refuse(CompileFailureKind::NotAllowed, &message, *position))
            }
            _ => Ok(()),
        }
    }

    /// A name that is not a variable of the script: must be handed in, and functions see only what is handed to them.
    fn outer_name(&self, name: &str, in_function: bool, position: Position) -> Result<(), CompileFailure> {
        let unknown = CompileFailureKind::UnknownName(name.to_owned());
        if !self.names.contains(&name) {
            return Err(self.refuse(unknown, &format!("there is no `{name}` here"), position));
        }
        if in_function {
            let message = format!("a function does not see `{name}`: hand it over as an argument");
            return Err(self.refuse(unknown, &message, position));
        }
        Ok(())
    }

    fn call(&mut self, call: &FnCallExpr, values: usize, position: Position) -> Result<(), CompileFailure> {
        self.note_comparison(call);
        let name = call.name.as_str();
        if !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
            return Ok(());
        }
        let unknown = CompileFailureKind::UnknownFunction(name.to_owned());
        if call.capture_parent_scope {
            return Err(self.refuse(CompileFailureKind::NotAllowed, &format!("leave out the `!` behind `{name}`"), position));
        }
        if self.own.contains(&(name, values)) {
            return Ok(());
        }
        let known = FUNCTIONS.iter().find(|(known, ..)| *known == name);
        match known {
            Some((_, least, most)) if (*least..=*most).contains(&values) => Ok(()),
            Some((_, least, most)) if values > *most && least < most => {
                let message = format!("`{name}` takes up to {most} values: put more of them into a list, `{name}([a, b, ...])`");
                Err(self.refuse(unknown, &message, position))
            }
            Some((_, least, _)) => Err(self.refuse(unknown, &format!("`{name}` takes {least} values, not {values}"), position)),
            None if self.own.iter().any(|(own, _)| *own == name) => {
                Err(self.refuse(unknown, &format!("`{name}` takes another number of values than {values}"), position))
            }
            None => Err(self.refuse(unknown, &format!("there is no function `{name}` for scripts"), position)),
        }
    }

    fn note_comparison(&mut self, call: &FnCallExpr) {
        match (call.name.as_str(), call.args.as_slice()) {
            ("==" | "!=", [left, right]) => {
                self.note(left, right);
                self.note(right, left);
            }
            ("contains", [Expr::Array(members, _), name]) => members.iter().for_each(|member| self.note(name, member)),
            _ => {}
        }
    }

    fn note(&mut self, name: &Expr, text: &Expr) {
        if let (Expr::Variable(name, None, _), Expr::StringConstant(text, position)) = (name, text)
            && name.0.is_none()
        {
            self.comparisons.push((name.1.to_string(), text.to_string(), offset_of(self.code, *position)));
        }
    }

    fn refuse(&self, kind: CompileFailureKind, message: &str, position: Position) -> CompileFailure {
        CompileFailure { kind, message: message.to_owned(), offset: offset_of(self.code, position) }
    }
}
