//! The untyped tree of one expression, made from Rhai's own syntax tree, with places in the YAML. What names and types mean is not known here.

mod words;

use std::sync::OnceLock;

use rhai::{ASTNode, Engine, Expr, FnCallExpr, LexError, ParseError, ParseErrorType, Position, Stmt, StmtBlock, Token};
use rust_decimal::Decimal;

use crate::source::{Diagnostic, Scalar, Severity, Source, Span, Spanned};
use words::Words;

/// The longest expression, in bytes of its text.
const MAX_EXPRESSION_BYTES: usize = 4096;
/// How deep an expression may be nested; Rhai counts a chain of operators as nesting too.
const MAX_EXPRESSION_DEPTH: usize = 64;

/// A part of an expression with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syntax {
    /// What it is.
    pub kind: SyntaxKind,
    /// Where it stands in the YAML text.
    pub span: Span,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxKind {
    /// A number, exactly as its digits say.
    Number(Decimal),
    /// `true` or `false`.
    Bool(bool),
    /// A text in double quotes.
    Text(String),
    /// `[a, b]`.
    List(Vec<Syntax>),
    /// A bare name.
    Name(String),
    /// `object.name`.
    Property(Box<Syntax>, Spanned<String>),
    /// An operator before one value.
    Unary(Unary, Box<Syntax>),
    /// An operator between two values, in the order in which they are written.
    Binary(Binary, Box<Syntax>, Box<Syntax>),
    /// All must hold; at least two.
    And(Vec<Syntax>),
    /// One must hold; at least two.
    Or(Vec<Syntax>),
    /// Condition, value if it holds, value otherwise.
    If(Box<Syntax>, Box<Syntax>, Box<Syntax>),
    /// `name(a, b)`; whether there is such a function is not known here.
    Call(Spanned<String>, Vec<Syntax>),
}

/// An operator before one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    /// `!`
    Not,
    /// `-`
    Negate,
}

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
}

impl Binary {
    const ALL: [Self; 12] = [
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Remainder,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::In,
    ];

    /// The operator as it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
        }
    }
}

/// Reads the one expression in a scalar. Refuses what an expression may not contain, and never more than one diagnostic a scalar.
///
/// # Errors
/// `rhai-syntax`, `expression-not-allowed` or `expression-too-long`, at the place in the YAML.
pub fn parse(source: &Source, scalar: &Scalar) -> Result<Syntax, Diagnostic> {
    let place = Place { source, scalar };
    if scalar.text.len() > MAX_EXPRESSION_BYTES {
        return Err(place.too_long(0, format!("the expression is longer than {MAX_EXPRESSION_BYTES} bytes")));
    }
    let words = Words::read(engine(), &place)?;
    let tree = engine().compile_expression(&scalar.text).map_err(|error| place.syntax_error(&error))?;
    let reader = Reader { place, words };
    match tree.statements() {
        [Stmt::Expr(expression)] => reader.read(expression),
        _ => Err(reader.place.not_allowed(0, "this is more than one expression", "write one expression, or use a `script`")),
    }
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut engine = Engine::new_raw();
        engine.set_max_expr_depths(MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_DEPTH);
        engine.set_allow_anonymous_fn(false).set_allow_statement_expression(false).set_allow_looping(false);
        engine
    })
}

/// The text that is being read, and the way from it into the YAML.
struct Place<'a> {
    source: &'a Source,
    scalar: &'a Scalar,
}

impl Place<'_> {
    fn text(&self) -> &str {
        &self.scalar.text
    }

    fn offset(&self, position: Position) -> usize {
        crate::script::offset_of(self.text(), position)
    }

    /// The end is found from the last byte, because the byte behind it may stand on another line of the YAML.
    fn span(&self, start: usize, end: usize) -> Span {
        let from = self.scalar.locate(start);
        let to = if end > start { self.scalar.locate(end - 1) + 1 } else { from };
        Span::new(from, to.max(from))
    }

    fn fault(&self, name: &'static str, at: usize, message: impl Into<String>) -> Diagnostic {
        let width = self.text().get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Diagnostic::new(name, Severity::Error, self.source, self.span(at, at + width), message)
    }

    fn too_long(&self, at: usize, message: String) -> Diagnostic {
        self.fault("expression-too-long", at, message).help("name parts of it as scores of their own, or use a `table` or a `script`")
    }

    fn not_allowed(&self, at: usize, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        self.fault("expression-not-allowed", at, message).help(help)
    }

    fn syntax_error(&self, error: &ParseError) -> Diagnostic {
        let at = self.offset(error.position());
        if matches!(error.err_type(), ParseErrorType::ExprTooDeep) {
            return self.too_long(at, format!("the expression is nested more than {MAX_EXPRESSION_DEPTH} deep"));
        }
        self.fault("rhai-syntax", at, crate::script::syntax_message(error.err_type()))
    }

    fn lexical_error(&self, error: &LexError, at: usize) -> Diagnostic {
        self.fault("rhai-syntax", at, crate::script::lexical_message(error))
    }
}

/// Turns Rhai's tree into ours.
struct Reader<'a> {
    place: Place<'a>,
    words: Words,
}

impl Reader<'_> {
    /// The depth of Rhai's tree is bounded by its parser, and so is this recursion.
    fn read(&self, expression: &Expr) -> Result<Syntax, Diagnostic> {
        let kind = match expression {
            Expr::IntegerConstant(number, _) => SyntaxKind::Number(Decimal::from(*number)),
            Expr::DynamicConstant(value, _) => match value.as_decimal() {
                Ok(number) => SyntaxKind::Number(number),
                Err(_) => return Err(self.foreign(expression)),
            },
            Expr::BoolConstant(value, _) => SyntaxKind::Bool(*value),
            Expr::StringConstant(text, _) => SyntaxKind::Text(text.to_string()),
            Expr::Variable(name, ..) => SyntaxKind::Name(name.1.to_string()),
            Expr::Array(members, _) => SyntaxKind::List(self.read_all(members)?),
            Expr::And(parts, _) => return Ok(joined(SyntaxKind::And, self.read_all(parts)?)),
            Expr::Or(parts, _) => return Ok(joined(SyntaxKind::Or, self.read_all(parts)?)),
            Expr::FnCall(call, position) => return self.read_call(call, *position),
            Expr::Dot(pair, ..) => return self.read_property(self.read(&pair.lhs)?, &pair.rhs),
            Expr::Stmt(block) => return self.read_if(block),
            Expr::Index(_, _, position) => return Err(self.indexed(*position)),
            _ => return Err(self.foreign(expression)),
        };
        let start = self.place.offset(expression.position());
        Ok(Syntax { kind, span: self.place.span(start, self.words.end_from(start)) })
    }

    fn read_all(&self, members: &[Expr]) -> Result<Vec<Syntax>, Diagnostic> {
        members.iter().map(|member| self.read(member)).collect()
    }

    /// Operators and functions are all calls to Rhai.
    fn read_call(&self, call: &FnCallExpr, position: Position) -> Result<Syntax, Diagnostic> {
        let start = self.place.offset(position);
        let place = &self.place;
        let word = self.words.at(start);
        match (word, call.args.as_slice()) {
            (Some(Token::NotIn), [inside]) => {
                let kept = self.read(inside)?;
                let span = kept.span;
                Ok(Syntax { kind: SyntaxKind::Unary(Unary::Not, Box::new(kept)), span })
            }
            // Rhai has swapped the two sides: it asks whether the list contains the value.
            (Some(Token::In | Token::NotIn), [list, value]) => self.read_binary(Binary::In, value, list),
            (Some(Token::Bang), [value]) => self.read_unary(Unary::Not, value, start),
            (Some(Token::Minus | Token::UnaryMinus), [value]) => self.read_unary(Unary::Negate, value, start),
            (Some(Token::Identifier(_)), arguments) if call.op_token.is_none() => {
                if call.capture_parent_scope {
                    return Err(place.not_allowed(start, format!("`{}!` is no function", call.name), "leave out the `!`"));
                }
                let name = Spanned::new(call.name.to_string(), place.span(start, start + call.name.len()));
                let kind = SyntaxKind::Call(name, self.read_all(arguments)?);
                Ok(Syntax { kind, span: place.span(start, self.words.call_end(start)) })
            }
            (_, [left, right]) => match Binary::ALL.into_iter().find(|operator| operator.symbol() == call.name.as_str()) {
                Some(operator) => self.read_binary(operator, left, right),
                None => Err(self.foreign_call(call, start)),
            },
            _ => Err(self.foreign_call(call, start)),
        }
    }

    fn read_unary(&self, operator: Unary, value: &Expr, start: usize) -> Result<Syntax, Diagnostic> {
        let value = self.read(value)?;
        let span = Span::new(self.place.span(start, start + 1).start, value.span.end);
        // A negative whole number is one literal to Rhai; so are the others to us.
        let kind = match (operator, &value.kind) {
            (Unary::Negate, SyntaxKind::Number(number)) => SyntaxKind::Number(-number),
            _ => SyntaxKind::Unary(operator, Box::new(value)),
        };
        Ok(Syntax { kind, span })
    }

    fn read_binary(&self, operator: Binary, left: &Expr, right: &Expr) -> Result<Syntax, Diagnostic> {
        let (left, right) = (self.read(left)?, self.read(right)?);
        let span = Span::new(left.span.start, right.span.end);
        Ok(Syntax { kind: SyntaxKind::Binary(operator, Box::new(left), Box::new(right)), span })
    }

    /// Rhai nests `a.b.c` to the right; we nest it to the left.
    fn read_property(&self, object: Syntax, right: &Expr) -> Result<Syntax, Diagnostic> {
        match right {
            Expr::Property(property, position) => {
                let start = self.place.offset(*position);
                let name = Spanned::new(property.2.to_string(), self.place.span(start, start + property.2.len()));
                let span = Span::new(object.span.start, name.span.end);
                Ok(Syntax { kind: SyntaxKind::Property(Box::new(object), name), span })
            }
            Expr::Dot(pair, ..) => {
                let object = self.read_property(object, &pair.lhs)?;
                self.read_property(object, &pair.rhs)
            }
            Expr::Index(_, _, position) => Err(self.indexed(*position)),
            Expr::MethodCall(call, position) => {
                let help = format!("write `{0}(x)` instead of `x.{0}()`", call.name);
                Err(self.place.not_allowed(self.place.offset(*position), "a function cannot be called with a dot", help))
            }
            other => Err(self.foreign(other)),
        }
    }

    fn read_if(&self, block: &StmtBlock) -> Result<Syntax, Diagnostic> {
        match block.statements() {
            [statement] => self.read_branch(statement, block.position()),
            _ => Err(self.not_one_value(block.position())),
        }
    }

    fn read_branch(&self, statement: &Stmt, at: Position) -> Result<Syntax, Diagnostic> {
        match statement {
            Stmt::Expr(expression) => self.read(expression),
            Stmt::Block(block) => self.read_if(block),
            Stmt::If(flow, position) => {
                let start = self.place.offset(*position);
                if flow.branch.is_empty() {
                    let message = "this `if` says nothing for the case that it does not hold";
                    return Err(self.place.not_allowed(start, message, "add `else { ... }`"));
                }
                let condition = self.read(&flow.expr)?;
                let (then, otherwise) = (self.read_if(&flow.body)?, self.read_if(&flow.branch)?);
                let end = match flow.branch.end_position() {
                    // After `else if` there are no braces of its own.
                    none if none.is_none() => otherwise.span.end,
                    brace => self.place.span(start, self.place.offset(brace) + 1).end,
                };
                let span = Span::new(self.place.span(start, start + 1).start, end);
                Ok(Syntax { kind: SyntaxKind::If(Box::new(condition), Box::new(then), Box::new(otherwise)), span })
            }
            other => Err(self.not_one_value(if at.is_none() { other.position() } else { at })),
        }
    }

    fn not_one_value(&self, at: Position) -> Diagnostic {
        self.place.not_allowed(self.place.offset(at), "there must be one value between these braces", "use a `script` for several steps")
    }

    fn indexed(&self, at: Position) -> Diagnostic {
        self.place.not_allowed(self.place.offset(at), "a member cannot be taken out of a list here", "use `x in list`, or a `script`")
    }

    fn foreign(&self, expression: &Expr) -> Diagnostic {
        let position = ASTNode::from(expression).position();
        self.place.not_allowed(self.place.offset(position), "this cannot stand in an expression", "use a `script`")
    }

    fn foreign_call(&self, call: &FnCallExpr, at: usize) -> Diagnostic {
        self.place.not_allowed(at, format!("`{}` cannot be used in an expression", call.name), "use a `script`")
    }
}

fn joined(kind: fn(Vec<Syntax>) -> SyntaxKind, parts: Vec<Syntax>) -> Syntax {
    let start = parts.first().map_or(0, |part| part.span.start);
    let end = parts.last().map_or(start, |part| part.span.end);
    Syntax { kind: kind(parts), span: Span::new(start, end) }
}
