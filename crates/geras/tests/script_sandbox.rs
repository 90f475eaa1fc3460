//! Scripts count exactly, refuse what they may not do, and end in time whatever they try. How instruments use them is not tested here.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "a test fails by panicking, and may show times"
)]

use std::time::{Duration, Instant};

use geras::script::{Argument, CompileFailure, CompileFailureKind, Script, ScriptFailure, ScriptValue};
use rust_decimal::Decimal;

fn number(digits: &str) -> ScriptValue {
    ScriptValue::Number(digits.parse().expect("a number"))
}

fn text(value: &str) -> ScriptValue {
    ScriptValue::Text(value.to_owned())
}

#[track_caller]
fn compiled(code: &str) -> Script {
    Script::compile(code, &["a", "b", "living", "points", "codes", "flag"]).unwrap_or_else(|failure| panic!("{code}: {failure:?}"))
}

#[track_caller]
fn outcome(code: &str) -> Result<ScriptValue, ScriptFailure> {
    let list = |numbers: &[i64]| Argument::Numbers(numbers.iter().map(|number| Decimal::from(*number)).collect());
    compiled(code).run(&[
        ("a", Argument::Number(Decimal::from(7))),
        ("b", Argument::Number(Decimal::new(43, 1))),
        ("living", Argument::Text("alone".to_owned())),
        ("points", list(&[5, 10, 0, 15])),
        ("codes", Argument::Texts(vec!["x".to_owned(), "y".to_owned()])),
        ("flag", Argument::Bool(true)),
    ])
}

#[track_caller]
fn value(code: &str) -> ScriptValue {
    outcome(code).unwrap_or_else(|failure| panic!("{code}: {failure:?}"))
}

#[track_caller]
fn failure(code: &str) -> ScriptFailure {
    outcome(code).expect_err(code)
}

#[track_caller]
fn refused(code: &str) -> CompileFailure {
    Script::compile(code, &["a", "living"]).expect_err(code)
}

#[test]
fn numbers_are_exact() {
    assert_eq!(value("7 / 2"), number("3.5"));
    assert_eq!(value("a / 2"), number("3.5"));
    assert_eq!(value("3 * b"), number("12.9"));
    assert_eq!(value("0.1 + 0.2 == 0.3"), ScriptValue::Bool(true));
    assert_eq!(value("let x = 7; x /= 2; x"), number("3.5"));
    assert_eq!(value("let x = 1; x += 0.5; x -= 2; x *= 4; x %= 4; x"), number("-2"));
    assert_eq!(value("4 == 4.0 && 4.0 == 4 && 4 <= 4.5 && 4.5 > 4 && a != b"), ScriptValue::Bool(true));
    assert_eq!(value("-b"), number("-4.3"));
    assert_eq!(value("7 % 2.5"), number("2"));
    assert_eq!(value("9223372036854775807 + 1"), number("9223372036854775808"));
    assert_eq!(value("let x = 9223372036854775807; x += 1; x -= 1; x"), number("9223372036854775807"));
    assert_eq!(value("-9223372036854775808 - 1"), number("-9223372036854775809"));
}

#[test]
fn a_whole_number_counts_and_picks_however_it_was_come_by() {
    assert_eq!(value("points[6 / 2]"), number("15"));
    assert_eq!(value("let n = 0; for i in 0..(3.5 + 0.5) { n += i; } n"), number("6"));
    assert_eq!(value("points[4.0 / 2.0]"), number("0"));
}

#[test]
fn overflow_and_division_by_zero_fail() {
    for code in [
        "a / 0",
        "a % 0",
        "a / 0.0",
        "let x = 1; x /= 0; x",
        "let x = 79228162514264337593543950335; x * x",
        "79228162514264337593543950335 + 1",
    ] {
        let failure = failure(code);
        assert!(!failure.limit && (failure.message.contains("zero") || failure.message.contains("too big")), "{code}: {failure:?}");
    }
}

#[test]
fn values_of_different_kinds_are_never_just_unequal() {
    for code in [
        "living == 1",
        "1 == living",
        "living != a",
        "flag == 1",
        "living < 1",
        "1 in codes",
        "living == codes",
        "codes == codes",
        "flag < flag",
        "!a",
        "-living",
        "living + 1",
    ] {
        let failure = failure(code);
        assert!(!failure.limit, "{code}: {failure:?}");
    }
    assert_eq!(failure("living == 1").message, "a text cannot be compared with a number");
    assert_eq!(value("living == \"alone\" && !(living != \"alone\") && flag == true"), ScriptValue::Bool(true));
}

#[test]
fn the_functions_of_expressions_mean_the_same_here() {
    assert_eq!(value("round(2.5, 0)"), number("3"));
    assert_eq!(value("round(-2.5, 0)"), number("-3"));
    assert_eq!(value("round(12.345, 2)"), number("12.35"));
    assert_eq!(value("floor(-0.5)"), number("-1"));
    assert_eq!(value("ceiling(0.1)"), number("1"));
    assert_eq!(value("abs(-b)"), number("4.3"));
    assert_eq!(value("min(a, b, 5)"), number("4.3"));
    assert_eq!(value("max(a, b)"), number("7"));
    assert_eq!(value("max(points) + sum(points) + len(points)"), number("49"));
    assert_eq!(value("len(\"张三\")"), number("2"));
    assert_eq!(value("\"x\" in codes && !(\"z\" in codes) && \"z\" !in codes"), ScriptValue::Bool(true));
    assert_eq!(value("let l = [1]; l.push(2.5); l.push(3); sum(l)"), number("6.5"));
    assert_eq!(value("\"ab\" + \"c\""), text("abc"));
    assert_eq!(value("starts_with(living, \"al\") && living.ends_with(\"ne\") && living.contains(\"lon\")"), ScriptValue::Bool(true));
    assert!(failure("min([])").message.contains("empty list"));
    assert!(failure("round(1, 0.5)").message.contains("whole number"));
}

#[test]
fn loops_variables_and_functions_work() {
    let code = "
        fn worth(p) { if p >= 10 { return 2; } 1 }
        let total = 0;
        for p in points { if p == 0 { continue; } total += worth(p); }
        let n = 0;
        while n < 3 { n += 1; }
        if total > 4 && living == \"alone\" { \"severe\" } else { \"mild\" }
    ";
    assert_eq!(value(code), text("severe"));
}

#[test]
fn a_script_runs_the_same_again_and_in_other_threads() {
    let script = compiled("let t = 0; for i in 0..100 { t += i / 3; } round(t, 20)");
    let first = script.run(&[]);
    let other = script.clone();
    assert_eq!(std::thread::spawn(move || other.run(&[])).join().expect("a thread"), first);
    assert_eq!(script.run(&[]), first);
}

#[test]
fn what_is_handed_in_cannot_be_changed() {
    for code in ["points.push(1); 1", "push(points, 1); 1", "points[0] = 1; 1", "a = 1; 1", "a += 1; 1", "const l = [1]; l.push(2); 1"] {
        let refused = Script::compile(code, &["a", "points"]).map_or(true, |script| {
            script.run(&[("a", Argument::Number(Decimal::ONE)), ("points", Argument::Numbers(vec![Decimal::ONE]))]).is_err()
        });
        assert!(refused, "{code}");
    }
}

#[test]
fn a_copy_of_what_is_handed_in_can_be_changed() {
    assert_eq!(value("let own = points; own.push(1); own[0] = 2; len(own) + own[0] + points[0] + len(points)"), number("16"));
}

#[test]
fn an_unknown_name_is_named_and_placed() {
    let CompileFailure { kind, offset, .. } = refused("a +\n  livin");
    assert_eq!((kind, offset), (CompileFailureKind::UnknownName("livin".to_owned()), 6));
    assert_eq!(refused("fn f() { living } f()").kind, CompileFailureKind::UnknownName("living".to_owned()));
    assert_eq!(refused("let x = 1; fn f() { x } f()").kind, CompileFailureKind::UnknownName("x".to_owned()));
    assert_eq!(refused("{ let y = 1; } y").kind, CompileFailureKind::UnknownName("y".to_owned()));
    assert_eq!(refused("fn f() { 1 } let g = f; a").kind, CompileFailureKind::UnknownName("f".to_owned()));
    assert_eq!(refused("maxx(a, 1)").kind, CompileFailureKind::UnknownFunction("maxx".to_owned()));
    assert_eq!(refused("abs(a, 1)").kind, CompileFailureKind::UnknownFunction("abs".to_owned()));
    assert_eq!(refused("max(1, 2, 3, 4, 5)").kind, CompileFailureKind::UnknownFunction("max".to_owned()));
}

#[test]
fn nothing_reaches_outside() {
    for code in [
        "sleep(10)",
        "sleep(0.1)",
        "eval(\"1\")",
        "print(a); 1",
        "debug(a); 1",
        "import \"x\" as y; 1",
        "export a; 1",
        "timestamp()",
        "rand()",
        "Fn(\"abs\")",
        "call(a)",
        "a.call()",
        "curry(a)",
        "type_of(a)",
        "is_def_var(\"a\")",
        "is_def_fn(\"f\", 0)",
        "parse_int(\"1\")",
        "|x| x",
        "let f = |x| x; f.call(1)",
        "this",
        "fn f() { this } f()",
        "a.x",
        "global::a",
        "switch a { 1 => 2 }",
        "#{x: 1}",
        "`${a}`",
        "try { a } catch { 1 }",
        "throw a",
        "2 ** 3",
        "1 & 1",
        "1 << 2",
        "0xff",
        "'c'",
        "a?.b",
        "f!(a)",
        "fn max(x) { x } max(a)",
        "pad(living, 1000000000, \"x\")",
        "living.pad(1000000000, \"x\")",
        "a.sort(|x, y| 1)",
        "exit(1)",
        "open(\"/etc/passwd\")",
        "let x = 1; x.abs!()",
        "eval!(a)",
        "var x = 1",
        "fn eval(x) { 1 } eval(1)",
        "fn f(a, b, c, d, e, f, g, h, i) { 1 } 1",
        "fn print(x) { 1 } print(1)",
    ] {
        if let Ok(script) = Script::compile(code, &["a", "living"]) {
            panic!("compiled: {code}: {:?}", script.run(&[("a", Argument::Number(Decimal::ONE))]));
        }
    }
}

#[test]
fn failures_are_shown_where_they_happen() {
    let code = "// 张三\nfn half(x) {\n  x / 0\n}\nhalf(a)";
    let place = failure(code);
    assert_eq!(code.get(place.offset..place.offset + 1), Some("/"), "{place:?}");
    assert!(failure("[1]").message.contains("must give"));
    assert!(failure("let x = 1;").message.contains("must give"));
}

#[test]
fn compared_texts_are_listed() {
    let code = "let x = \"a\"; if living == \"alone\" || \"couple\" != living || living in [\"c\", \"d\"] || x == \"a\" { 1 } else { 2 }";
    let script = Script::compile(code, &["living"]).expect("a script");
    let found: Vec<(String, String)> = script
        .comparisons()
        .into_iter()
        .map(|(name, text, offset)| {
            assert!(code[offset..].starts_with(&format!("{text:?}")), "{text} at {offset}");
            (name, text)
        })
        .collect();
    let wanted = ["alone", "couple", "c", "d"].map(|text| ("living".to_owned(), text.to_owned()));
    assert_eq!(found, wanted);
}

/// Every way that we know to waste time, space or stack.
fn hostile() -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = [
        ("loop for ever", "loop { }"),
        ("count for ever", "let x = 0; loop { x += 1; }"),
        ("count with decimals", "let x = 0.1; loop { x += 0.1; }"),
        ("divide for ever", "let x = 1; loop { x = (x / 3 + 0.0000000000000000000000000001) * 7.1234567890123456789012345; if x > 1000 { x = 1 / 3; } }"),
        ("empty for", "for i in 0..9223372036854775807 { }"),
        ("nested for", "let x = 0; for i in 0..1000000 { for j in 0..1000000 { for k in 0..1000000 { x = k; } } }"),
        ("recursion", "fn f(n) { f(n + 1) } f(0)"),
        ("mutual recursion", "fn f(n) { g(n) } fn g(n) { f(n) } f(0)"),
        ("double recursion", "fn f(n) { if n == 0 { 1 } else { f(n - 1) + f(n - 1) } } let x = 0; loop { x = f(6); }"),
        ("recursion in an argument", "fn f(n) { 1 + (1 + (1 + (1 + (1 + f(max(1, max(2, max(3, n)))))))) } f(0)"),
        ("doubled text", "let s = \"ab\"; loop { s += s; }"),
        ("doubled text by sum", "let s = \"ab\"; loop { s = s + s; }"),
        ("long text over and over", "let s = \"\"; for i in 0..1000 { s += \"x\"; } let t = \"\"; loop { t = s + \"y\"; }"),
        ("search in a long text", "let s = \"\"; for i in 0..1000 { s += \"x\"; } let n = 0; loop { if contains(s, \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy\") { n += 1; } }"),
        ("growing list", "let l = []; loop { l.push(1); }"),
        ("list of lists", "let l = [1]; loop { l = [l, l]; }"),
        ("list pushed into itself", "let l = [1]; loop { l.push(l); }"),
        ("nested lists deep", "let l = [1]; for i in 0..90 { l = [l]; } loop { let m = l; m = [m]; }"),
        ("full list pushed", "let l = []; for i in 0..99 { l.push(i); } loop { let m = l; m.push(1); }"),
        ("full list copied", "let l = []; for i in 0..100 { l.push(i); } let m = l; loop { m = l; }"),
        ("full list of texts copied", "let l = []; for i in 0..100 { l.push(\"0123456789\"); } let m = l; loop { m = l; }"),
        ("full list of decimals summed", "let l = []; for i in 0..100 { l.push(i + 0.1234567890123456789012); } let m = 0; loop { m = sum(l); }"),
        ("full list searched", "let l = []; for i in 0..100 { l.push(i + 0.5); } let m = 0; loop { m = 7 in l; }"),
        ("full list built each time", "let m = 0; loop { m = sum([1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5]); }"),
        ("list handed to functions", "let l = []; for i in 0..100 { l.push(\"abc\"); } fn f(l) { g(l) } fn g(l) { h(l) } fn h(l) { 1 } loop { f(l); }"),
        ("list in a for", "let l = []; for i in 0..100 { l.push(\"abc\"); } loop { for x in l { break; } }"),
        ("many kinds of values", "let l = [1, 1.5, \"a\", true, [1]]; loop { for x in l { for y in l { if x == x { } } } }"),
        ("four values of mixed kinds", "let l = [1, 1.5, 2, 2.5]; let m = 0; loop { for w in l { for x in l { for y in l { for z in l { m = max(w, x, y, z); } } } } }"),
        ("variables without end", "let x = 1; loop { let y = 1; let z = 2; }"),
        ("while with nothing to do", "while true { continue; }"),
        ("do until never", "do { } until false"),
        ("deep branches", "loop { if true { if true { if true { if true { } } } } }"),
        ("big numbers", "let x = 0; loop { x = (79228162514264337593543950334 / 1.0000000000000000000000000003) % 79228162514264337593543950333; x = floor(x); }"),
        ("division with long digits", "let x = 0; loop { x = 79228162514264337593543950334 / 7.9228162514264337593543950333; }"),
        ("remainder of far numbers", "let x = 0; loop { x = 79228162514264337593543950334 % 0.0000000000000000000000000007; }"),
    ]
    .map(|(name, code)| (name, code.to_owned()))
    .into();
    let long_literal = format!("let l = [{}]; let m = l; loop {{ m = [{}]; }}", vec!["1.5"; 99].join(","), vec!["\"ab\""; 99].join(","));
    all.push(("long literal over and over", long_literal));
    let parameters: Vec<String> = (0..8).map(|n| format!("p{n}")).collect();
    let handed = ["l"; 8].join(",");
    all.push((
        "many long arguments",
        format!("fn f({}) {{ 1 }} let l = []; for i in 0..100 {{ l.push(\"abc\"); }} loop {{ f({handed}); }}", parameters.join(",")),
    ));
    for (name, open, close) in
        [("lists", "[", "]"), ("branches", "if true { ", " }"), ("calls", "abs(", ")"), ("sums", "1 + (", ")"), ("loops", "loop { ", " }")]
    {
        // The deepest nesting that is still compiled.
        let nested = |times: usize| format!("fn f(n) {{ {}f(n + 1){} }} f(0)", open.repeat(times), close.repeat(times));
        let deepest = (1..40).rev().map(nested).find(|code| Script::compile(code, &[]).is_ok());
        all.push((name, deepest.expect("some depth")));
    }
    all
}

#[test]
fn whatever_a_script_tries_it_ends_in_time() {
    // A release build is held to 100 ms; a debug build only has to end.
    let allowed = if cfg!(debug_assertions) { Duration::from_secs(10) } else { Duration::from_millis(100) };
    for (name, code) in hostile() {
        let script = match Script::compile(&code, &[]) {
            Ok(script) => script,
            Err(failure) => panic!("{name}: {failure:?}"),
        };
        let start = Instant::now();
        let result = script.run(&[]);
        let taken = start.elapsed();
        println!(
            "{:7.2} ms  {name}: {}",
            taken.as_micros() as f64 / 1000.0,
            result.as_ref().map_or_else(|e| e.message.clone(), |v| format!("{v:?}"))
        );
        let failure = result.expect_err(name);
        assert!(failure.limit || name == "many kinds of values", "{name}: {failure:?}");
        assert!(taken < allowed, "{name}: {taken:?}");
    }
}

#[test]
fn no_script_overflows_a_small_stack() {
    // A browser gives 1 MB; a debug build needs several times the stack of a release build.
    let size = if cfg!(debug_assertions) { 2 * 1024 * 1024 } else { 512 * 1024 };
    let thread = std::thread::Builder::new().stack_size(size).spawn(|| {
        for (name, code) in hostile() {
            assert!(Script::compile(&code, &[]).expect(name).run(&[]).is_err(), "{name}");
        }
    });
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn hostile_texts_of_scripts_are_refused() {
    let deep = |open: &str, middle: &str, close: &str, times: usize| format!("{}{middle}{}", open.repeat(times), close.repeat(times));
    for code in [
        deep("(", "1", ")", 8000),
        deep("[", "1", "]", 8000),
        deep("!", "true", "", 16000),
        deep("if true { ", "1", " }", 1000),
        deep("{", "1", "}", 8000),
        deep("abs(", "1", ")", 3000),
        deep("1+", "1", "", 8000),
        deep("if true {1} else ", "{1}", "", 900),
        deep("[1]", "[0]", "", 5000),
        deep("while true { ", "1", " }", 1000),
        "fn f() { 1 } ".repeat(1000),
        (0..100).map(|n| format!("fn f{n}() {{ 1 }} ")).collect(),
        format!("\"{}\"", "x".repeat(5000)),
        "x".repeat(20_000),
        "/*".repeat(8000),
    ] {
        let start = Instant::now();
        assert!(Script::compile(&code, &[]).is_err(), "{}", code.get(..20).unwrap_or(""));
        assert!(start.elapsed() < Duration::from_secs(2), "{}", code.get(..20).unwrap_or(""));
    }
    let many = (0..1000).map(|n| format!("let v{n} = 1; ")).collect::<String>() + "1";
    assert!(Script::compile(&many, &[]).expect("long, but Rhai").run(&[]).expect_err("too many variables").limit);
}

#[test]
fn random_words_never_crash() {
    const WORDS: [&str; 50] = [
        "a", "x", "1", "4.3", "\"t\"", "true", "(", ")", "[", "]", "{", "}", ",", ".", "+", "-", "*", "/", "%", "==", "<", "&&", "!", "in",
        "if", "else", "max(", "=", ";", "let ", "for ", "while ", "loop ", "fn f(", "return ", "break", "continue", "+=", "..", "()", "do",
        "until", "const ", "points", "push(", "\n", "//", "张", "len(", ":",
    ];
    let mut state: u64 = 7;
    for _ in 0..30_000 {
        let mut code = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let pick = usize::try_from(state >> 33).unwrap_or(0);
            code.push_str(WORDS[pick % WORDS.len()]);
            code.push_str(if pick & 4096 == 0 { " " } else { "" });
        }
        if let Ok(script) = Script::compile(&code, &["a", "points"]) {
            let _ = script.run(&[("a", Argument::Number(Decimal::ONE)), ("points", Argument::Numbers(vec![Decimal::TWO]))]);
        }
    }
}

#[test]
fn scripts_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<Script>();
}
