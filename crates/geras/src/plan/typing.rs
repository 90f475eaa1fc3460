//! Types expressions: every name resolved, every compared code known, every operator given what it can work on. All faults, not only the first.

use rust_decimal::Decimal;

use super::Purpose;
use super::compile::Compiler;
use super::expression::{Accept, Arithmetic, Comparison, Expr, FieldId, Type, Value};
use super::names::Name;
use crate::definition::{ClockTime, ExpressionText, Otherwise, Rounding, RoundingMode, did_you_mean, shortened};
use crate::expression::{Binary, Syntax, SyntaxKind, Unary, parse};
use crate::source::{Diagnostic, Severity, Span, Spanned};

/// The functions of the language with the number of their arguments.
const FUNCTIONS: [(&str, std::ops::RangeInclusive<usize>); 11] = [
    ("min", 1..=64),
    ("max", 1..=64),
    ("abs", 1..=1),
    ("floor", 1..=1),
    ("ceiling", 1..=1),
    ("round", 1..=2),
    ("answered", 1..=1),
    ("done", 1..=1),
    ("years_between", 2..=2),
    ("days_between", 2..=2),
    ("minutes_between", 2..=2),
];

impl Compiler<'_> {
    /// An expression and its type.
    pub(super) fn expression(&mut self, text: &ExpressionText) -> Option<(Expr, Type)> {
        match parse(&self.source, &text.scalar) {
            Ok(syntax) => self.typed(&syntax),
            Err(fault) => {
                self.fault(fault);
                None
            }
        }
    }

    /// An expression that has to be of a type.
    pub(super) fn expression_as(&mut self, text: &ExpressionText, kind: Type) -> Option<Expr> {
        match parse(&self.source, &text.scalar) {
            Ok(syntax) => self.typed_as(&syntax, kind),
            Err(fault) => {
                self.fault(fault);
                None
            }
        }
    }

    /// An expression that has to be yes or no.
    pub(super) fn condition(&mut self, text: &ExpressionText) -> Option<Expr> {
        self.expression_as(text, Type::Boolean)
    }

    fn differ(&mut self, span: Span, message: String, help: &str) {
        let fault = Diagnostic::new("types-differ", Severity::Error, &self.source, span, message);
        self.fault(if help.is_empty() { fault } else { fault.help(help) });
    }

    fn typed_as(&mut self, syntax: &Syntax, kind: Type) -> Option<Expr> {
        match (&syntax.kind, kind) {
            (SyntaxKind::Text(code), Type::Code(set)) => {
                let code = self.code(set, code, syntax.span, "the list of codes that is wanted here")?;
                return Some(Expr::Constant(Value::Code(code)));
            }
            (SyntaxKind::Text(text), Type::Time) => return self.clock_time(text, syntax.span),
            (SyntaxKind::If(test, then, otherwise), _) => {
                let test = self.typed_as(test, Type::Boolean);
                let (then, otherwise) = (self.typed_as(then, kind), self.typed_as(otherwise, kind));
                return Some(Expr::If(Box::new(test?), Box::new(then?), Box::new(otherwise?)));
            }
            _ => {}
        }
        let (expr, found) = self.typed(syntax)?;
        if found == kind {
            return Some(expr);
        }
        let help = match (kind, found) {
            (Type::Boolean, Type::Code(_)) => "compare it with one of its codes: `x == \"code\"`",
            (Type::Number, Type::Code(_)) => "write `.points` for its points, or `.rank` for its place",
            (Type::Boolean, Type::Number) => "compare it with a number: `x >= 2`",
            _ => "",
        };
        self.differ(syntax.span, format!("{} is wanted here, and this is {}", kind_words(kind), kind_words(found)), help);
        None
    }

    fn typed(&mut self, syntax: &Syntax) -> Option<(Expr, Type)> {
        let span = syntax.span;
        match &syntax.kind {
            SyntaxKind::Number(number) => Some((Expr::Constant(Value::Number(*number)), Type::Number)),
            SyntaxKind::Bool(truth) => Some((Expr::Constant(Value::Boolean(*truth)), Type::Boolean)),
            SyntaxKind::Text(text) => {
                self.differ(span, format!("the text `{}` stands alone", shortened(text)), "compare it with something: `x == \"code\"`");
                None
            }
            SyntaxKind::List(_) => {
                self.differ(span, "a list stands alone".to_owned(), "a list belongs behind `in`: `x in [\"a\", \"b\"]`");
                None
            }
            SyntaxKind::Name(name) => self.named(name, span),
            SyntaxKind::Property(of, property) => match self.result_path(syntax) {
                Some((assessment, path)) => self.result(assessment, &path, span),
                None => self.property(of, property, span),
            },
            SyntaxKind::Unary(Unary::Not, part) => Some((Expr::Not(Box::new(self.typed_as(part, Type::Boolean)?)), Type::Boolean)),
            SyntaxKind::Unary(Unary::Negate, part) => Some((Expr::Negate(Box::new(self.typed_as(part, Type::Number)?)), Type::Number)),
            SyntaxKind::And(parts) => Some((Expr::And(self.all(parts, Type::Boolean)?), Type::Boolean)),
            SyntaxKind::Or(parts) => Some((Expr::Or(self.all(parts, Type::Boolean)?), Type::Boolean)),
            SyntaxKind::If(test, then, otherwise) => {
                let test = self.typed_as(test, Type::Boolean);
                let (then, kind) = self.typed(then)?;
                let otherwise = self.typed_as(otherwise, kind);
                Some((Expr::If(Box::new(test?), Box::new(then), Box::new(otherwise?)), kind))
            }
            SyntaxKind::Call(function, arguments) => self.call(function, arguments, span),
            SyntaxKind::Binary(operator, left, right) => self.binary(*operator, left, right, span),
        }
    }

    fn all(&mut self, parts: &[Syntax], kind: Type) -> Option<Vec<Expr>> {
        let parts: Vec<Option<Expr>> = parts.iter().map(|part| self.typed_as(part, kind)).collect();
        parts.into_iter().collect()
    }

    fn named(&mut self, name: &str, span: Span) -> Option<(Expr, Type)> {
        match name {
            "assessed_on" => return Some((Expr::Field(self.assessed_on()), Type::Date)),
            "grade" | "preliminary_grade" if self.definition.grade.is_some() => {
                let purpose = if name == "grade" { Purpose::Grade } else { Purpose::Preliminary };
                let node = self.node(purpose, span)?;
                return Some((Expr::Node(node), self.node_type(node)));
            }
            _ => {}
        }
        if let (Some(_), "routing" | "proposal") = (self.pathway, name) {
            let node = self.node(if name == "routing" { Purpose::Routing } else { Purpose::Proposal }, span)?;
            return Some((Expr::Node(node), self.node_type(node)));
        }
        match self.name(name, span)? {
            Name::Field(field) => {
                self.always_there(field, span);
                Some((Expr::Field(field), self.field_type(field)))
            }
            Name::Assessment(place) => self.result(place, &[], span),
            Name::Clause(place) => {
                let kind = self.pathway.and_then(|linked| linked.pathway.clauses.get(place)).map(|clause| clause.kind)?;
                if !kind.has_a_name() {
                    self.differ(span, format!("`{name}` is a {}, and cannot be used as a value", kind.word()), "name a finding instead");
                    return None;
                }
                Some((Expr::Node(self.node(Purpose::Clause(place), span)?), Type::Boolean))
            }
            Name::Score(place) => {
                let node = self.node(Purpose::Score(place), span)?;
                Some((Expr::Node(node), Type::Number))
            }
            Name::Finding(place) => {
                let node = self.node(Purpose::Finding(place), span)?;
                Some((Expr::Node(node), Type::Boolean))
            }
            Name::Section(_) => {
                self.differ(span, format!("`{name}` is a section, not a value"), "sum or count it in a score, and use the score");
                None
            }
            Name::BandSet(_) => {
                self.differ(span, format!("`{name}` is a band set"), &format!("write `{name}.band`"));
                None
            }
        }
    }

    /// Refuses an item that is left out when it is hidden: an expression always needs a value.
    fn always_there(&mut self, field: FieldId, span: Span) {
        self.shown(field, span);
        let left_out =
            self.item(field).and_then(|item| item.otherwise.as_ref()).is_some_and(|otherwise| otherwise.value == Otherwise::LeftOut);
        if left_out {
            let message = format!("`{}` is left out when it is hidden, and then has no value here", self.field(field).id);
            self.help("hidden-item-used", span, message, "give the item an `otherwise` with an answer");
        }
    }

    fn property(&mut self, of: &Syntax, property: &Spanned<String>, span: Span) -> Option<(Expr, Type)> {
        match property.value.as_str() {
            "setting" if self.pathway.is_some() => {
                let purpose = match &of.kind {
                    SyntaxKind::Name(name) if name == "routing" => Purpose::RoutingSetting,
                    SyntaxKind::Name(name) if name == "proposal" => Purpose::ProposalSetting,
                    _ => {
                        self.differ(span, "only `routing` and `proposal` have a care setting".to_owned(), "");
                        return None;
                    }
                };
                let node = self.node(purpose, span)?;
                Some((Expr::Node(node), self.node_type(node)))
            }
            "points" => {
                if let SyntaxKind::Name(name) = &of.kind
                    && let Some(Name::Field(field)) = self.names.get(name)
                {
                    self.always_there(field, span);
                    let expr = self.number_of(field, of.span)?;
                    return Some((expr, Type::Number));
                }
                self.typed(of)?;
                self.differ(span, "only an item has points".to_owned(), "a score stands for its number by its name alone");
                None
            }
            "rank" => {
                let (expr, kind) = self.typed(of)?;
                if let Type::Code(_) = kind {
                    return Some((Expr::Rank(Box::new(expr)), Type::Number));
                }
                self.differ(of.span, format!("{} has no rank", kind_words(kind)), "a choice, a band or a grade has one");
                None
            }
            "band" => {
                let SyntaxKind::Name(name) = &of.kind else {
                    self.differ(span, "only a score or a band set has a band".to_owned(), "");
                    return None;
                };
                let sets: Vec<&str> = self.definition.band_sets.iter().map(|set| set.id.value.as_str()).collect();
                let Some(place) = sets.iter().position(|set| set == name) else {
                    let message = format!("there are no bands called `{}`", shortened(name));
                    self.help("unknown-name", of.span, message, did_you_mean(name, &sets));
                    return None;
                };
                let node = self.node(Purpose::Band(place), span)?;
                Some((Expr::Node(node), self.node_type(node)))
            }
            other => {
                let message = format!("there is no property `{}`", shortened(other));
                self.help("unknown-name", property.span, message, did_you_mean(other, &["points", "rank", "band"]));
                None
            }
        }
    }

    fn call(&mut self, function: &Spanned<String>, arguments: &[Syntax], span: Span) -> Option<(Expr, Type)> {
        let Some((name, counts)) = FUNCTIONS.iter().find(|(name, _)| *name == function.value) else {
            let message = format!("there is no function `{}`", shortened(&function.value));
            let help = did_you_mean(&function.value, &FUNCTIONS.each_ref().map(|(name, _)| *name));
            self.help("unknown-name", function.span, message, help);
            return None;
        };
        if !counts.contains(&arguments.len()) {
            let wanted = if counts.start() == counts.end() { counts.start().to_string() } else { format!("{} or more", counts.start()) };
            self.differ(span, format!("`{name}` takes {wanted} values, not {}", arguments.len()), "");
            return None;
        }
        if *name == "done" {
            let assessment = match arguments.first().map(|argument| &argument.kind) {
                Some(SyntaxKind::Name(name)) => self.names.get(name),
                _ => None,
            };
            let Some(Name::Assessment(place)) = assessment else {
                self.differ(span, "`done` takes the id of an assessment".to_owned(), "");
                return None;
            };
            return Some((self.done(place)?, Type::Boolean));
        }
        if *name == "answered" {
            let Some(Syntax { kind: SyntaxKind::Name(item), span }) = arguments.first() else {
                self.differ(span, "`answered` takes the id of an item".to_owned(), "");
                return None;
            };
            let Name::Field(field) = self.name(item, *span)? else {
                self.differ(*span, format!("`{item}` is not an item"), "");
                return None;
            };
            self.shown(field, *span);
            return Some((Expr::Answered(field), Type::Boolean));
        }
        let wanted = match *name {
            "years_between" | "days_between" => Type::Date,
            "minutes_between" => Type::Time,
            _ => Type::Number,
        };
        let mut parts = self.all(arguments, wanted)?.into_iter();
        let first = Box::new(parts.next()?);
        let expr = match *name {
            "min" | "max" => Expr::Extreme(*name == "max", std::iter::once(*first).chain(parts).collect()),
            "abs" => Expr::Absolute(first),
            "floor" => Expr::Whole(first, false),
            "ceiling" => Expr::Whole(first, true),
            "round" => {
                let places = match parts.next() {
                    None => Some(0),
                    Some(Expr::Constant(Value::Number(places))) => places.to_string().parse().ok().filter(|places| *places <= 20),
                    Some(_) => None,
                };
                let Some(places) = places else {
                    self.differ(span, "the places of `round` are a whole number from 0 to 20".to_owned(), "");
                    return None;
                };
                Expr::Round(first, Rounding { places, mode: RoundingMode::HalfUp })
            }
            "minutes_between" => minutes_on(*first, parts.next()?),
            _ => Expr::Between(*name == "years_between", first, Box::new(parts.next()?)),
        };
        Some((expr, Type::Number))
    }

    fn binary(&mut self, operator: Binary, left: &Syntax, right: &Syntax, span: Span) -> Option<(Expr, Type)> {
        let arithmetic = match operator {
            Binary::Add => Some(Arithmetic::Add),
            Binary::Subtract => Some(Arithmetic::Subtract),
            Binary::Multiply => Some(Arithmetic::Multiply),
            Binary::Divide => Some(Arithmetic::Divide),
            Binary::Remainder => Some(Arithmetic::Remainder),
            _ => None,
        };
        if let Some(arithmetic) = arithmetic {
            if self.pathway.is_some() && matches!(arithmetic, Arithmetic::Divide | Arithmetic::Remainder) {
                let fixed = matches!(&right.kind, SyntaxKind::Number(number) if !number.is_zero());
                if !fixed {
                    self.help("division-by-zero", right.span, "a pathway divides by fixed numbers only", "compare products instead");
                }
            }
            let (left, right) = (self.typed_as(left, Type::Number), self.typed_as(right, Type::Number));
            return Some((Expr::Calculate(arithmetic, Box::new(left?), Box::new(right?)), Type::Number));
        }
        let expr = match operator {
            Binary::In => self.member(left, right, span)?,
            Binary::Equal | Binary::NotEqual => {
                let same = self.equal(left, right, span)?;
                if operator == Binary::NotEqual { Expr::Not(Box::new(same)) } else { same }
            }
            _ => {
                let comparison = match operator {
                    Binary::Less => Comparison::Less,
                    Binary::LessOrEqual => Comparison::LessOrEqual,
                    Binary::Greater => Comparison::Greater,
                    _ => Comparison::GreaterOrEqual,
                };
                // A clock time that is written out stands alone nowhere else.
                let clock = [left, right].into_iter().any(|side| self.is_clock_time(side));
                let mut side = |side: &Syntax| match &side.kind {
                    SyntaxKind::Text(text) if clock => Some((self.clock_time(text, side.span)?, Type::Time)),
                    _ => self.typed(side),
                };
                let (left_typed, right_typed) = (side(left), side(right));
                let ((left_expr, left_kind), (right_expr, right_kind)) = (left_typed?, right_typed?);
                if left_kind != right_kind || !matches!(left_kind, Type::Number | Type::Date) {
                    let message = format!("{} and {} cannot be put in order", kind_words(left_kind), kind_words(right_kind));
                    let either = |wanted: fn(Type) -> bool| wanted(left_kind) || wanted(right_kind);
                    let help = if either(|kind| matches!(kind, Type::Code(_))) {
                        "write `.rank` for the place of a code, or `.points` for its points"
                    } else if either(|kind| kind == Type::Time) {
                        "the clock goes round, so that no time of day is the later one; compare `minutes_between(a, b)` with a number"
                    } else {
                        ""
                    };
                    self.differ(span, message, help);
                    return None;
                }
                Expr::Compare(comparison, Box::new(left_expr), Box::new(right_expr))
            }
        };
        Some((expr, Type::Boolean))
    }

    fn equal(&mut self, left: &Syntax, right: &Syntax, span: Span) -> Option<Expr> {
        let (value, text) = match (&left.kind, &right.kind) {
            (_, SyntaxKind::Text(text)) => (left, Some((text, right.span))),
            (SyntaxKind::Text(text), _) => (right, Some((text, left.span))),
            _ => (left, None),
        };
        if let Some((text, text_span)) = text {
            let (expr, kind) = self.typed(value)?;
            if kind == Type::Time {
                let time = self.clock_time(text, text_span)?;
                return Some(Expr::Compare(Comparison::Equal, Box::new(expr), Box::new(time)));
            }
            let Type::Code(set) = kind else {
                let several = matches!(kind, Type::Codes(_));
                let message = format!("{} cannot be compared with the text `{}`", kind_words(kind), shortened(text));
                self.differ(span, message, if several { "write `\"code\" in item` for an item with several choices" } else { "" });
                return None;
            };
            let code = self.code(set, text, text_span, &self.describe_code_owner(value))?;
            return Some(Expr::Accepts(Box::new(expr), Accept::Codes(1 << code)));
        }
        let (left_typed, right_typed) = (self.typed(left), self.typed(right));
        let ((left_expr, left_kind), (right_expr, right_kind)) = (left_typed?, right_typed?);
        let alike = left_kind == right_kind || self.same_codes(left_kind, right_kind);
        match left_kind {
            Type::Number | Type::Date | Type::Time if alike => {
                Some(Expr::Compare(Comparison::Equal, Box::new(left_expr), Box::new(right_expr)))
            }
            Type::Boolean | Type::Code(_) if alike => Some(Expr::Same(Box::new(left_expr), Box::new(right_expr))),
            _ => {
                let message = format!("{} and {} cannot be compared", kind_words(left_kind), kind_words(right_kind));
                self.differ(span, message, "compare values of one kind; `.points` and `.rank` give numbers");
                None
            }
        }
    }

    /// Whether a name stands for a time of day.
    fn is_clock_time(&self, syntax: &Syntax) -> bool {
        let SyntaxKind::Name(name) = &syntax.kind else { return false };
        matches!(self.names.get(name), Some(Name::Field(field)) if self.field_type(field) == Type::Time)
    }

    /// A clock time that is written out.
    fn clock_time(&mut self, text: &str, span: Span) -> Option<Expr> {
        let time = ClockTime::parse(text);
        if time.is_none() {
            let message = format!("`{}` is no clock time", shortened(text));
            self.differ(span, message, "write hours and minutes, from \"00:00\" to \"23:59\"");
        }
        time.map(Value::of_clock).map(Expr::Constant)
    }

    fn same_codes(&self, left: Type, right: Type) -> bool {
        let codes = |kind| if let Type::Code(set) = kind { self.codes.get(set.0) } else { None };
        codes(left).is_some() && codes(left) == codes(right)
    }

    fn describe_code_owner(&self, value: &Syntax) -> String {
        format!("`{}`", shortened(self.source.slice(value.span)))
    }

    fn member(&mut self, left: &Syntax, right: &Syntax, span: Span) -> Option<Expr> {
        let SyntaxKind::List(values) = &right.kind else {
            let (right_expr, kind) = self.typed(right)?;
            if let (Type::Codes(set), Expr::Field(field), SyntaxKind::Text(code)) = (kind, &right_expr, &left.kind) {
                let code = self.code(set, code, left.span, &self.describe_code_owner(right))?;
                return Some(Expr::Has(*field, code));
            }
            self.differ(
                span,
                "behind `in` stands a list, or an item with several choices".to_owned(),
                "write `\"code\" in item` or `x in [..]`",
            );
            return None;
        };
        let (expr, kind) = self.typed(left)?;
        let whose = self.describe_code_owner(left);
        let mut codes = 0_u64;
        let mut numbers: Vec<Decimal> = Vec::new();
        for value in values {
            match (&value.kind, kind) {
                (SyntaxKind::Text(text), Type::Code(set)) => codes |= 1 << self.code(set, text, value.span, &whose)?,
                (SyntaxKind::Number(number), Type::Number) => numbers.push(*number),
                _ => {
                    self.differ(
                        value.span,
                        format!("the list does not fit {}", kind_words(kind)),
                        "list codes for a choice, numbers for a number",
                    );
                    return None;
                }
            }
        }
        let accept = if let Type::Code(_) = kind { Accept::Codes(codes) } else { Accept::Numbers(numbers) };
        Some(Expr::Accepts(Box::new(expr), accept))
    }
}

/// The minutes from one clock time on to the next time that the other comes round.
fn minutes_on(from: Expr, to: Expr) -> Expr {
    let day = || Box::new(Expr::Constant(Value::Number(Decimal::from(ClockTime::DAY))));
    let apart = Expr::Calculate(Arithmetic::Subtract, Box::new(to), Box::new(from));
    let ahead = Expr::Calculate(Arithmetic::Add, Box::new(apart), day());
    Expr::Calculate(Arithmetic::Remainder, Box::new(ahead), day())
}

/// A type in words.
fn kind_words(kind: Type) -> &'static str {
    match kind {
        Type::Number => "a number",
        Type::Boolean => "a yes or no",
        Type::Code(_) => "a code",
        Type::Codes(_) => "a set of codes",
        Type::Date => "a day",
        Type::Time => "a clock time",
        Type::Text => "a text",
    }
}
