//! Expressions as written become one tree with places in the YAML; what is not an expression is refused with help. Types are not tested here.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, and may show times")]

use geras::expression::{Binary, Syntax, SyntaxKind, Unary, parse};
use geras::source::{Diagnostic, Scalar, ScalarStyle, Source};

/// The expression stands behind `when: ` in a small YAML text.
fn read(text: &str) -> (Source, Result<Syntax, Diagnostic>) {
    let source = Source::new("a.yaml", &format!("when: {text}\n"));
    let scalar = Scalar { text: text.to_owned(), style: ScalarStyle::Plain, origin: vec![(0, 6)] };
    let syntax = parse(&source, &scalar);
    (source, syntax)
}

/// The tree as a fully bracketed text.
fn drawn(syntax: &Syntax) -> String {
    let list = |parts: &[Syntax], between: &str| parts.iter().map(drawn).collect::<Vec<_>>().join(between);
    match &syntax.kind {
        SyntaxKind::Number(number) => number.to_string(),
        SyntaxKind::Bool(truth) => truth.to_string(),
        SyntaxKind::Text(text) => format!("{text:?}"),
        SyntaxKind::List(parts) => format!("[{}]", list(parts, ", ")),
        SyntaxKind::Name(name) => name.clone(),
        SyntaxKind::Property(object, name) => format!("{}.{}", drawn(object), name.value),
        SyntaxKind::Unary(Unary::Not, value) => format!("!{}", drawn(value)),
        SyntaxKind::Unary(Unary::Negate, value) => format!("-{}", drawn(value)),
        SyntaxKind::Binary(operator, left, right) => format!("({} {} {})", drawn(left), operator.symbol(), drawn(right)),
        SyntaxKind::And(parts) => format!("({})", list(parts, " && ")),
        SyntaxKind::Or(parts) => format!("({})", list(parts, " || ")),
        SyntaxKind::If(condition, then, otherwise) => format!("if {} {{{}}} else {{{}}}", drawn(condition), drawn(then), drawn(otherwise)),
        SyntaxKind::Call(name, arguments) => format!("{}({})", name.value, list(arguments, ", ")),
    }
}

fn tree(text: &str) -> String {
    match read(text).1 {
        Ok(syntax) => drawn(&syntax),
        Err(diagnostic) => panic!("{text}: {} {}", diagnostic.name, diagnostic.message),
    }
}

#[track_caller]
fn refused(text: &str) -> (String, String, String, usize) {
    let (source, syntax) = read(text);
    let diagnostic = syntax.expect_err(text);
    let place = source.slice(diagnostic.primary.span).to_owned();
    let offset = diagnostic.primary.span.start - 6;
    (diagnostic.name.to_owned(), format!("{} / {}", diagnostic.message, diagnostic.help.unwrap_or_default()), place, offset)
}

#[test]
fn numbers_are_exactly_their_digits() {
    assert_eq!(tree("4.3"), "4.3");
    assert_eq!(tree("4.30"), "4.30");
    assert_eq!(tree("1_000"), "1000");
    assert_eq!(tree("-5"), "-5");
    assert_eq!(tree("- 5"), "-5");
    assert_eq!(tree("-4.3"), "-4.3");
    assert_eq!(tree("-(4.3)"), "-4.3");
    assert_eq!(tree("3 * 4.3"), "(3 * 4.3)");
    assert_eq!(tree("9223372036854775807"), "9223372036854775807");
    assert_eq!(tree("9223372036854775808"), "9223372036854775808");
    assert_eq!(tree("-9223372036854775808"), "-9223372036854775808");
    assert_eq!(tree("79228162514264337593543950335"), "79228162514264337593543950335");
}

#[test]
fn a_number_that_cannot_be_kept_exactly_is_refused() {
    assert!(refused("x > 79228162514264337593543950336").1.contains("is too big"));
    assert!(refused("x > 0.12345678901234567890123456789012").1.contains("more digits"));
    assert!(refused("x > 0xff").1.contains("decimal digits"));
    assert_eq!(refused("x > -0xFF").0, "rhai-syntax");
    assert_eq!(refused("1e5").0, "rhai-syntax");
}

#[test]
fn nothing_is_computed_while_reading() {
    assert_eq!(tree("1 + 2"), "(1 + 2)");
    assert_eq!(tree("true && false"), "(true && false)");
    assert_eq!(tree("if true { 1 } else { 2 }"), "if true {1} else {2}");
    assert_eq!(tree("2 in [1, 2]"), "(2 in [1, 2])");
}

#[test]
fn operators_bind_as_in_rhai() {
    assert_eq!(tree("a + b * c"), "(a + (b * c))");
    assert_eq!(tree("(a + b) * c"), "((a + b) * c)");
    assert_eq!(tree("a - b - c"), "((a - b) - c)");
    assert_eq!(tree("a % 2 == 0"), "((a % 2) == 0)");
    assert_eq!(tree("falls + choking + lost >= 2"), "(((falls + choking) + lost) >= 2)");
    assert_eq!(tree("a && b && c || !d"), "((a && b && c) || !d)");
    assert_eq!(tree("a || b || c && d"), "(a || b || (c && d))");
    assert_eq!(tree("1 < 2 == true"), "((1 < 2) == true)");
    assert_eq!(tree("-x"), "-x");
    assert_eq!(tree("-x.points"), "-x.points");
    assert_eq!(tree("!(a == b)"), "!(a == b)");
}

#[test]
fn a_list_is_asked_in_the_order_of_writing() {
    assert_eq!(tree("living in [\"alone\", \"couple\"]"), "(living in [\"alone\", \"couple\"])");
    assert_eq!(tree("\"x\" in several"), "(\"x\" in several)");
    assert_eq!(tree("living !in [\"alone\"]"), "!(living in [\"alone\"])");
    assert_eq!(tree("!(living in [\"alone\"])"), "!(living in [\"alone\"])");
    assert_eq!(tree("!living in [true]"), "(!living in [true])");
    assert_eq!(tree("contains(list, x)"), "contains(list, x)");
}

#[test]
fn properties_nest_to_the_left() {
    assert_eq!(tree("total.band.rank + eating.points"), "(total.band.rank + eating.points)");
    assert_eq!(tree("(total.band).rank"), "total.band.rank");
}

#[test]
fn calls_and_branches() {
    assert_eq!(tree("max(a, min(b, 3), round(x, 1))"), "max(a, min(b, 3), round(x, 1))");
    assert_eq!(tree("today()"), "today()");
    assert_eq!(tree("today( )"), "today()");
    assert_eq!(tree("if a { 1 } else if b { 2 } else { 3 }"), "if a {1} else {if b {2} else {3}}");
    assert_eq!(tree("if a { if b { 1 } else { 2 } } else { 3 }"), "if a {if b {1} else {2}} else {3}");
    assert_eq!(tree("1 + if a { 1 } else { 2 }"), "(1 + if a {1} else {2})");
    assert_eq!(tree("a /* why */ + b // because"), "(a + b)");
}

#[test]
fn texts_keep_their_characters() {
    assert_eq!(tree("name == \"张 \\\"三\\\"\""), "(name == \"张 \\\"三\\\"\")");
}

fn places(text: &str) -> Vec<(String, String)> {
    fn collect(source: &Source, syntax: &Syntax, into: &mut Vec<(String, String)>) {
        into.push((drawn(syntax), source.slice(syntax.span).to_owned()));
        match &syntax.kind {
            SyntaxKind::List(parts) | SyntaxKind::And(parts) | SyntaxKind::Or(parts) | SyntaxKind::Call(_, parts) => {
                parts.iter().for_each(|part| collect(source, part, into));
            }
            SyntaxKind::Property(object, _) => collect(source, object, into),
            SyntaxKind::Unary(_, value) => collect(source, value, into),
            SyntaxKind::Binary(_, left, right) => [left, right].into_iter().for_each(|part| collect(source, part, into)),
            SyntaxKind::If(a, b, c) => [a, b, c].into_iter().for_each(|part| collect(source, part, into)),
            _ => {}
        }
    }
    let (source, syntax) = read(text);
    let mut all = Vec::new();
    collect(&source, &syntax.expect(text), &mut all);
    all
}

#[test]
fn every_part_knows_its_place() {
    for text in [
        "a",
        "falls + 12.5 >= \"张三\"",
        "x in [\"a\", \"b\"]",
        "max(a, b )",
        "f()",
        "!(a)",
        "total.band.rank",
        "if a { 1 } else if b { 2 } else { 3 }",
        "if max(a, b) > 1 { [1, 2] } else { f(x) }",
        "if a { if b { 1 } else { 2 } } else { if c { 3 } else { 4 } }",
        "if if a { b } else { c } { 1 } else { 2 }",
    ] {
        let all = places(text);
        let whole = all.first().expect("a tree");
        assert!(whole.1 == text || text == "!(a)", "{text}: {}", whole.1);
        for (drawing, place) in all {
            let squeezed = |text: &str| text.chars().filter(|c| !" (){}".contains(*c)).collect::<String>();
            assert_eq!(squeezed(&drawing), squeezed(&place), "in {text}");
        }
    }
}

#[test]
fn a_block_of_several_lines_points_into_the_yaml() {
    let yaml = "when: |\n    a ==\n      = b\n";
    let source = Source::new("a.yaml", yaml);
    let scalar = Scalar { text: "a ==\n  = b\n".to_owned(), style: ScalarStyle::Block, origin: vec![(0, 12), (5, 21)] };
    let diagnostic = parse(&source, &scalar).expect_err("a lone equals sign");
    assert_eq!((diagnostic.primary.line_column().line, diagnostic.primary.line_column().column), (3, 7));
}

#[test]
fn a_single_equals_sign_gets_help() {
    let (name, message, place, offset) = refused("living = \"alone\"");
    assert_eq!((name.as_str(), place.as_str(), offset), ("expression-not-allowed", "=", 7));
    assert!(message.contains("write `==`"), "{message}");
    assert!(refused("if a = 1 { 1 } else { 2 }").1.contains("write `==`"));
    assert!(refused("a === 1").1.contains("write `==`"));
}

#[test]
fn what_only_scripts_may_do_is_refused_with_help() {
    for text in [
        "let x = 1; x",
        "a; b",
        "while a { b }",
        "for x in y { x }",
        "loop { a }",
        "x += 1",
        "|x| x + 1",
        "a?.b",
        "a ?? b",
        "a?[0]",
        "list[0]",
        "a.list[0].b",
        "a.len()",
        "a.b.len()",
        "#{a: 1}",
        "'c'",
        "`text`",
        "`text ${x}`",
        "fn f() { 1 }",
        "switch a { 1 => 2 }",
        "return 1",
        "throw 1",
        "try { 1 } catch { 2 }",
        "f!(x)",
        "x ** 2",
        "a & b",
        "a | b",
        "a ^ b",
        "a << 1",
        "1..3",
        "x in 1..3",
        "+x",
        "eval(\"1\")",
        "print(1)",
        "this",
        "if a { 1 }",
        "if a { } else { }",
        "if a { b = 1 } else { 2 }",
        "if a { 1; 2 } else { 3 }",
        "Fn(\"f\")",
    ] {
        let (name, message, ..) = refused(text);
        let without_help = message.ends_with("/ ");
        assert!(name == "expression-not-allowed" || (text.starts_with("if a { }") && name == "rhai-syntax"), "{text}: {name} {message}");
        assert!(!without_help || name == "rhai-syntax", "{text}: {message}");
    }
}

#[test]
fn mistakes_of_writing_are_shown_where_they_are() {
    for (text, place) in [
        ("a + ", 4),
        ("(a + b", 6),
        ("a b", 2),
        ("a && 1", 5),
        ("max(a,", 6),
        ("\"open", 0),
        ("a + * b", 4),
        ("a @ b", 2),
        ("", 0),
        ("张", 0),
    ] {
        let (name, message, _, offset) = refused(text);
        assert!(name == "rhai-syntax" || text.contains('@'), "{text}: {name} {message}");
        assert!(offset == place || offset == text.trim_end().len(), "{text}: {offset} {message}");
    }
}

#[test]
fn hostile_expressions_are_refused_and_never_crash() {
    // A browser gives 1 MB; a debug build needs several times the stack of a release build.
    let size = if cfg!(debug_assertions) { 2 * 1024 * 1024 } else { 512 * 1024 };
    let thread = std::thread::Builder::new().stack_size(size).spawn(read_hostile_expressions);
    thread.expect("a thread").join().expect("no overflow");
}

fn read_hostile_expressions() {
    let deep = |open: &str, middle: &str, close: &str, times: usize| format!("{}{middle}{}", open.repeat(times), close.repeat(times));
    for text in [
        deep("(", "a", ")", 2000),
        deep("[", "a", "]", 2000),
        deep("!", "a", "", 4000),
        deep("-", "a", "", 4000),
        deep("- ", "a", "", 2000),
        deep("f(", "a", ")", 1000),
        deep("a.", "a", "", 2000),
        deep("a+", "a", "", 2000),
        deep("a&&", "a", "", 1300),
        deep("if a {1} else ", "{1}", "", 250),
        deep("if a {", "1", "} else {2}", 250),
        deep("if if a {b} else {c} {", "1", "} else {2}", 100),
        "a".repeat(5000),
        "/*".repeat(2000),
        "`${".repeat(1000),
        "\"\\u{".repeat(500),
        "a in ".repeat(800),
        "a.0.0.".repeat(500),
    ] {
        let name = refused(&text).0;
        assert!(["expression-too-long", "rhai-syntax", "expression-not-allowed"].contains(&name.as_str()), "{name}");
    }
    for (open, close) in
        [("(", ")"), ("[", "]"), ("!", ""), ("f(", ")"), ("if a {", "} else {2}"), ("a.", ""), ("if ", " {b} else {c}"), ("a + ", "")]
    {
        for times in 1..70 {
            let _ = read(&deep(open, "a", close, times));
        }
    }
    assert_eq!(refused(&deep("(", "a", ")", 70)).0, "expression-too-long");
    assert_eq!(refused(&"a".repeat(5000)).0, "expression-too-long");
}

#[test]
fn a_sum_of_thirty_items_is_short_enough() {
    let names: Vec<String> = (0..30).map(|n| format!("item_{n}.points")).collect();
    assert!(read(&names.join(" + ")).1.is_ok());
    assert!(read(&names.join(" + 1 > 2 && ")).1.is_ok());
    let deep = format!("{}a{}", "(".repeat(25), ")".repeat(25));
    assert!(read(&deep).1.is_ok());
}

/// Words thrown together at random: any answer is fine, a crash is not.
#[test]
fn random_words_never_crash() {
    const WORDS: [&str; 46] = [
        "a", "b.c", "1", "4.3", "\"t\"", "true", "(", ")", "[", "]", "{", "}", ",", ".", "+", "-", "*", "/", "%", "==", "!=", "<", "<=",
        "&&", "||", "!", "in", "!in", "if", "else", "max(", "=", ";", ":", "::", "=>", "..", "()", "#", "_", "@", "\\", "'", "\n", "//",
        "张",
    ];
    let mut state: u64 = 42;
    for _ in 0..30_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let pick = usize::try_from(state >> 33).unwrap_or(0);
            text.push_str(WORDS[pick % WORDS.len()]);
            text.push_str(if pick & 4096 == 0 { " " } else { "" });
        }
        let _ = read(&text);
    }
}

#[test]
fn symbols_are_as_written() {
    assert_eq!(Binary::GreaterOrEqual.symbol(), ">=");
    assert_eq!(Binary::In.symbol(), "in");
}
