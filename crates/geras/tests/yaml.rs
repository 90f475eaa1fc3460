//! What authors may write in YAML, where each value is found again, and what they are told about mistakes. Knows nothing of instruments.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use geras::source::{
    Diagnostic, Document, Entry, Kind, MAX_ALIASES, MAX_BYTES, MAX_DEPTH, MAX_NODES, Scalar, ScalarStyle, Severity, Source, Value, parse,
};

fn read(text: &str) -> Document {
    parse(&Source::new("test.yaml", text)).unwrap_or_else(|faults| panic!("{text:?} is refused: {faults:#?}"))
}

fn refused(text: &str) -> Vec<Diagnostic> {
    let faults = parse(&Source::new("test.yaml", text)).expect_err("this text is refused");
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.severity == Severity::Error));
    faults
}

/// Every fault as `line:column name`.
fn places(text: &str) -> Vec<String> {
    let told = |fault: &Diagnostic| format!("{}:{} {}", fault.primary.line_column().line, fault.primary.line_column().column, fault.name);
    refused(text).iter().map(told).collect()
}

fn entries(value: &Value) -> &[Entry] {
    let Kind::Mapping(entries) = &value.kind else { panic!("{value:?} is no mapping") };
    entries
}

fn values(value: &Value) -> &[Value] {
    let Kind::Sequence(values) = &value.kind else { panic!("{value:?} is no list") };
    values
}

fn get<'a>(value: &'a Value, key: &str) -> &'a Value {
    &entries(value).iter().find(|entry| entry.key.value == key).unwrap_or_else(|| panic!("no key {key}")).value
}

fn scalar(value: &Value) -> &Scalar {
    let Kind::Scalar(scalar) = &value.kind else { panic!("{value:?} is no scalar") };
    scalar
}

/// Every value of the tree, from the outside in.
fn all(value: &Value) -> Vec<&Value> {
    let inner: Vec<&Value> = match &value.kind {
        Kind::Sequence(values) => values.iter().flat_map(all).collect(),
        Kind::Mapping(entries) => entries.iter().flat_map(|entry| all(&entry.value)).collect(),
        Kind::Null | Kind::Scalar(_) => Vec::new(),
    };
    std::iter::once(value).chain(inner).collect()
}

/// Where the marked piece of a scalar's text is found in the source, as what stands there.
fn found<'a>(document: &'a Document, scalar: &Scalar, piece: &str) -> &'a str {
    let at = scalar.locate(scalar.text.find(piece).expect("the piece is in the text"));
    &document.source.text()[at..at + piece.len()]
}

#[test]
fn keys_and_values_know_their_line_and_column_behind_chinese_text() {
    let document = read("名称: 老年人能力评估规范\n题目:\n  - {编号: B.1, 分值: 4}   # 注释\n  - 编号: \"B.2\"\n    分值: 0\n");
    let at = |span: geras::source::Span| {
        let place = document.source.line_column(span.start);
        (place.line, place.column, document.source.slice(span))
    };
    let root = entries(&document.root);
    assert_eq!(at(root[0].key.span), (1, 1, "名称"));
    assert_eq!(at(root[0].value.span), (1, 5, "老年人能力评估规范"));
    assert_eq!(at(root[1].key.span), (2, 1, "题目"));
    let list = values(&root[1].value);
    assert_eq!(at(list[0].span), (3, 5, "{编号: B.1, 分值: 4}"));
    assert_eq!(at(get(&list[0], "分值").span), (3, 19, "4"));
    assert_eq!(at(get(&list[1], "编号").span), (4, 9, "\"B.2\""));
    assert_eq!(at(list[1].span), (4, 5, "编号: \"B.2\"\n    分值: 0"), "a block ends with its last value");
    assert_eq!(at(root[1].value.span).2.lines().count(), 3);
}

#[test]
fn an_empty_text_is_null() {
    for text in ["", "\n\n", "# only a comment\n", "\u{feff}", "---\n", "~", "null", "Null", "NULL"] {
        assert_eq!(read(text).root.kind, Kind::Null, "{text:?}");
    }
}

#[test]
fn a_key_without_a_value_is_null_behind_its_colon() {
    let document = read("a:\nb: null\nc: 'null'\nd: ~\n");
    assert_eq!(get(&document.root, "a").kind, Kind::Null);
    assert_eq!(get(&document.root, "a").span.start, 2);
    assert_eq!(get(&document.root, "b").kind, Kind::Null);
    assert_eq!(document.source.slice(get(&document.root, "b").span), "null");
    assert_eq!(scalar(get(&document.root, "c")).text, "null");
    assert_eq!(get(&document.root, "d").kind, Kind::Null);
}

#[test]
fn no_yes_on_and_numbers_stay_texts_as_written() {
    for word in ["no", "yes", "on", "off", "true", "12.90", "0o17", "1_000", "2022-12-30", "46..65", ".inf"] {
        let document = read(&format!("key: {word}\n"));
        assert_eq!(scalar(get(&document.root, "key")).text, word);
        assert_eq!(scalar(get(&document.root, "key")).style, ScalarStyle::Plain);
    }
}

#[test]
fn quoted_and_block_texts_say_so() {
    let document = read("a: '1'\nb: \"1\"\nc: |\n  1\nd: >\n  1\n");
    let styles: Vec<_> = entries(&document.root).iter().map(|entry| scalar(&entry.value).style).collect();
    assert_eq!(styles, [ScalarStyle::Quoted, ScalarStyle::Quoted, ScalarStyle::Block, ScalarStyle::Block]);
}

#[test]
fn a_place_in_a_literal_block_is_found_in_the_source() {
    let document = read("分: 1\nscript: |  # Rhai\n    let 总 = 0;\n\n    if x {\n      总 += 1;\n    }\n\n# after\nnext: 2\n");
    let script = get(&document.root, "script");
    assert_eq!(document.source.slice(script.span), "|  # Rhai\n    let 总 = 0;\n\n    if x {\n      总 += 1;\n    }");
    let script = scalar(script);
    assert_eq!(script.text, "let 总 = 0;\n\nif x {\n  总 += 1;\n}\n");
    let place = |piece: &str| {
        let place = document.source.line_column(script.locate(script.text.find(piece).expect("it is there")));
        (place.line, place.column)
    };
    assert_eq!(place("let"), (3, 5));
    assert_eq!(place("= 0"), (3, 11));
    assert_eq!(place("if x"), (5, 5));
    assert_eq!(place("  总 +="), (6, 5));
    assert_eq!(place("+= 1"), (6, 9));
    assert_eq!(place("}"), (7, 5));
}

#[test]
fn blocks_with_indentation_signs_empty_lines_and_without_text() {
    let document = read("a: |2-\n    x\n   y\nb: |\n\n\n  x\nc: |\nd: >-\n\n  one\n  two\n\n    three\n  four\n");
    let text = |key: &str| scalar(get(&document.root, key)).text.as_str();
    assert_eq!((text("a"), text("b"), text("c"), text("d")), ("  x\n y", "\n\nx\n", "", "\none two\n\n  three\nfour"));
    assert_eq!(found(&document, scalar(get(&document.root, "a")), "  x"), "  x");
    assert_eq!(found(&document, scalar(get(&document.root, "a")), " y"), " y");
    assert_eq!(found(&document, scalar(get(&document.root, "b")), "x"), "x");
    assert_eq!(document.source.slice(get(&document.root, "c").span), "|");
    for word in ["one", "two", "  three", "four"] {
        assert_eq!(found(&document, scalar(get(&document.root, "d")), word), word);
    }
}

#[test]
fn a_block_begins_at_its_sign_even_behind_an_anchor_or_a_comment() {
    for text in ["a: &b|c |\n  x\n", "a: # not | this\n  |\n  x\n", "- 1\n- |\n  x\n", "|\n  x\n", "--- |\n  x\n", "? |\n  x\n: 1\n"] {
        let document = read(text);
        let spans = match &document.root.kind {
            Kind::Mapping(entries) if text.starts_with('?') => vec![entries[0].key.span],
            _ => all(&document.root).iter().map(|value| value.span).collect(),
        };
        assert_eq!(
            document.source.slice(*spans.last().expect("there is a value")),
            text[text.rfind('|').unwrap()..].trim_end().trim_end_matches("\n: 1")
        );
    }
}

#[test]
fn places_in_quoted_texts_count_escapes_and_folded_lines() {
    let source = "a: \"tab\\tand \\\"so\\\" \\u4e2d\\U0001F600 \\ud83d\\ude00 end\"\nb: 'it''s\n   two\n\n   lines'\nc: \"one \\\n    two\n\n    three\\\n\n    four\"\n";
    let document = read(source);
    let a = scalar(get(&document.root, "a"));
    assert_eq!(a.text, "tab\tand \"so\" 中😀 😀 end");
    for word in ["tab", "and", "so", "end"] {
        assert_eq!(found(&document, a, word), word);
    }
    assert!(document.source.text()[a.locate(a.text.find('中').unwrap())..].starts_with("\\u4e2d"));
    assert!(document.source.text()[a.locate(a.text.find('😀').unwrap())..].starts_with("\\U0001F600"));
    assert!(document.source.text()[a.locate(a.text.rfind('😀').unwrap())..].starts_with("\\ud83d"));
    let b = scalar(get(&document.root, "b"));
    assert_eq!(b.text, "it's two\nlines");
    for word in ["it", "s two".split(' ').next().unwrap(), "two", "lines"] {
        assert_eq!(found(&document, b, word), word);
    }
    let c = scalar(get(&document.root, "c"));
    assert_eq!(c.text, "one two\nthree\nfour");
    for word in ["one", "two", "three", "four"] {
        assert_eq!(found(&document, c, word), word);
    }
}

#[test]
fn places_in_a_plain_text_over_several_lines() {
    let document = read("when: falls >= 2\n  && 跌倒 == 1   \n\n  || coma   # why\nnext: 1\n");
    let when = get(&document.root, "when");
    assert_eq!(document.source.slice(when.span), "falls >= 2\n  && 跌倒 == 1   \n\n  || coma");
    assert_eq!(scalar(when).text, "falls >= 2 && 跌倒 == 1\n|| coma");
    for word in ["falls", "&&", "跌倒", "== 1", "|| coma"] {
        assert_eq!(found(&document, scalar(when), word), word);
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_no_text_and_no_place() {
    let unix = "# 注\n名: 值\nscript: |\n  a\n\n    b\n  c\nfolded: >\n  x\n  y\n\n  z\nplain: p\n  q\nquoted: 'r\n  s'\nescaped: \"t\\n\\\n  u\"\nlist:\n  - 1\n  -\n";
    let plain = read(unix);
    for text in [unix.replace('\n', "\r\n"), format!("\u{feff}{unix}"), format!("\u{feff}{}", unix.replace('\n', "\r\n"))] {
        let other = read(&text);
        let (before, after) = (all(&plain.root), all(&other.root));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.into_iter().zip(after) {
            let written = other.source.slice(after.span).replace("\r\n", "\n");
            assert_eq!(written, plain.source.slice(before.span));
            let (Kind::Scalar(before), Kind::Scalar(after)) = (&before.kind, &after.kind) else { continue };
            assert_eq!(before.text, after.text);
            for word in after.text.split([' ', '\n']).filter(|word| !word.is_empty()) {
                assert_eq!(found(&other, after, word), word);
                assert_eq!(found(&plain, before, word), word);
            }
        }
    }
}

#[test]
fn every_duplicate_key_is_told_with_its_first_place() {
    let text = "a: 1\nb: {x: 1, y: 2, x: 3}\n\"a\": 2\nc:\n  - k: 1\n    k: 2\na: 3\n";
    assert_eq!(places(text), ["2:17 duplicate-key", "3:1 duplicate-key", "6:5 duplicate-key", "7:1 duplicate-key"]);
    let faults = refused(text);
    let first: Vec<_> =
        faults.iter().map(|fault| (fault.secondary[0].line_column().line, fault.secondary[0].line_column().column)).collect();
    assert_eq!(first, [(2, 5), (1, 1), (5, 5), (1, 1)]);
    assert_eq!(faults[0].message, "the key `x` is written twice in the same mapping");
    assert_eq!(faults[0].secondary[0].text, "first written here");
    assert_eq!(places("a: 1\na: 2\nb: 'x\n"), ["2:1 duplicate-key", "3:4 yaml-syntax"], "also where the text breaks off later");
    read("a: {k: 1}\nb: {k: 1}\nA: 2\n");
}

#[test]
fn an_alias_stands_for_its_value_and_keeps_its_own_place() {
    let document = read("a: &help\n  - {points: 4}\n  - &two no\nb: *help\nc: *two\n*two : d\n");
    let (a, b) = (get(&document.root, "a"), get(&document.root, "b"));
    assert_eq!(a.kind, b.kind);
    assert_eq!(document.source.slice(b.span), "*help");
    assert_eq!(document.source.line_column(values(b)[0].span.start).line, 2, "inner places are those of the anchor");
    assert_eq!(scalar(get(&document.root, "c")).text, "no");
    assert_eq!(scalar(get(&document.root, "no")).text, "d");
    let again = read("- &a 1\n- &a 2\n- *a\n");
    assert_eq!(scalar(&values(&again.root)[2]).text, "2", "an alias means the last anchor of its name");
}

#[test]
fn aliases_that_are_unknown_or_endless_are_refused() {
    assert_eq!(places("a: *nobody\n"), ["1:4 yaml-syntax"]);
    assert_eq!(places("a: *late\nb: &late 1\n"), ["1:4 yaml-syntax"]);
    assert_eq!(places("a: &a\n  b: [1, *a]\n"), ["2:10 yaml-feature"]);
}

#[test]
fn an_alias_bomb_is_stopped_at_once() {
    let mut bomb = "l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*l{}", level - 1);
        bomb += &format!("l{level}: &l{level} [{}]\n", [alias.as_str(); 10].join(", "));
    }
    let long = format!("a: &a {}\nb: [{}]\n", "字".repeat(1_000_000), ["*a"; 150].join(", "));
    for text in [bomb, long] {
        let start = Instant::now();
        assert!(places(&text)[0].ends_with("yaml-limit"));
        assert!(start.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn aliases_values_and_depth_are_bounded() {
    let aliases = |count: usize| format!("a: &a 1\nb: [{}]\n", vec!["*a"; count].join(", "));
    read(&aliases(MAX_ALIASES));
    assert_eq!(places(&aliases(MAX_ALIASES + 1)), [format!("2:{} yaml-limit", 5 + 4 * MAX_ALIASES)]);
    let nodes = |count: usize| "- 1\n".repeat(count);
    read(&nodes(MAX_NODES - 1));
    assert_eq!(places(&nodes(MAX_NODES + 1)), [format!("{}:3 yaml-limit", MAX_NODES + 1)]);
    let flow = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    read(&flow(MAX_DEPTH));
    assert_eq!(places(&flow(MAX_DEPTH + 1)), ["1:65 yaml-limit"]);
    read(&"- ".repeat(MAX_DEPTH));
    assert_eq!(places(&"- ".repeat(MAX_DEPTH + 1)), ["1:129 yaml-limit"]);
    let mixed = |depth: usize| format!("{}{}", "- ".repeat(40), flow(depth));
    read(&mixed(MAX_DEPTH - 40));
    assert_eq!(places(&mixed(MAX_DEPTH - 39)), ["1:105 yaml-limit"]);
    let alias = |depth: usize| format!("a: &a {}\nb: {}*a{}\n", flow(60), "[".repeat(depth), "]".repeat(depth));
    read(&alias(3));
    assert_eq!(places(&alias(4)), ["2:8 yaml-limit"]);
}

#[test]
fn ten_thousand_levels_and_fifty_megabytes_are_refused_at_once() {
    let keys: String = (0..10_000).map(|level| format!("{}k:\n", " ".repeat(level.min(300)))).collect();
    for text in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), "? ".repeat(10_000), "[{a: ".repeat(10_000), keys] {
        assert!(places(&text)[0].ends_with("yaml-limit"), "{:?}", &text[..10]);
    }
    let source = Source::new("big.yaml", &"x".repeat(50_000_000));
    let start = Instant::now();
    let faults = parse(&source).expect_err("it is too big");
    assert!(start.elapsed() < Duration::from_millis(100));
    assert_eq!(faults[0].name, "yaml-limit");
    assert_eq!(faults[0].message, format!("the text has 50000000 bytes, and at most {MAX_BYTES} are read"));
}

#[test]
fn a_long_run_of_blanks_in_quotes_is_read_in_no_time() {
    let start = Instant::now();
    read(&format!("a: \"\\t{}x\"\n", " ".repeat(3_000_000)));
    read(&format!("a: \"\\t{} x\"\n", "\n\n".repeat(1_000_000)));
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn tags_merge_keys_complex_keys_and_second_documents_are_all_told() {
    let text = "a: !!str 1\nb: !mine\n  c: 1\nd: &d {e: 1}\nf:\n  <<: *d\n? [g]\n: 1\n~: 2\n: 3\n---\nz: 1\n---\n";
    let expected = ["1:4", "2:4", "6:3", "7:3", "9:1", "10:1", "11:1"].map(|place| format!("{place} yaml-feature"));
    assert_eq!(places(text), expected);
    assert_eq!(places("a: !h!x 1\n"), ["1:4 yaml-feature"]);
    assert_eq!(places("a: 1\n...\nb: 2\n"), ["3:1 yaml-feature"]);
    read("\"<<\": 1\n'~': 2\n? plain\n: 3\n");
    read("%YAML 1.2\n---\na: 1\n...\n");
}

#[test]
fn what_is_not_yaml_is_told_where_it_goes_wrong() {
    let cases = [
        ("a: \"abc\nb: 1\n", "1:4", "the quote that opens here is not closed"),
        ("a: don't\nb: [\"x\", 'abc\nc: 1\n", "2:10", "the quote that opens here is not closed"),
        ("a: 'abc", "1:4", "the quote that opens here is not closed"),
        ("a: 'x' y\n", "1:8", "something follows the closing quote"),
        ("a: \"老x\\qy\"\n", "1:7", "this backslash begins no known escape"),
        ("a: 1\nb: [1, 2\nc: 3\n", "3:2", "`:` cannot stand inside the brackets"),
        ("a: [1}\n", "1:4", "`[` is closed by `}`"),
        ("a: [1, {b: 2}\n", "1:4", "`[` is opened and not closed"),
        ("a: ]\n", "1:4", "`]` closes nothing"),
        ("a:\n\tb: 2\n", "2:1", "a tab cannot be used for indentation"),
        ("a: 1\n\tb: 2\n", "2:1", "a tab cannot be used for indentation"),
        ("值:1\n键: 2\n", "2:1", "`键` is read as more of the text that begins further up"),
        ("a: 1\n b: 2\n", "2:2", "`b` is read as more of the text that begins further up"),
        ("值: 一: 二\n", "1:5", "this colon makes a key of what stands before it, where no key can stand"),
        ("a: 1\nb\n", "2:1", "a colon is missing behind this key"),
        ("a: @x\n", "1:4", "a text cannot begin with `@`"),
        ("if: >= 60\n", "1:5", "`>` announces a text on the lines below"),
        ("a:\n  - 1\n - 2\n", "3:2", "`-` cannot stand here"),
        ("a: x # c\n  y\n", "1:6", "a text cannot go on behind a comment"),
        ("a: x\0y\n", "1:5", "the control character U+0000 cannot stand in a text file"),
    ];
    for (text, place, message) in cases {
        assert_eq!(places(text), [format!("{place} yaml-syntax")], "{text:?}");
        assert_eq!(refused(text)[0].message, message, "{text:?}");
    }
}

#[test]
fn hints_name_the_likely_cause() {
    let help = |text: &str| refused(text)[0].help.clone().unwrap_or_default();
    assert!(help("a:1\nb: 2\n").contains("a space behind the colon"));
    assert!(help("a: 1\n b: 2\n").contains("indentation"));
    assert!(help("a: b: c\n").contains("in quotes"));
    assert!(help("a:\n\tb: 2\n").contains("spaces"));
    assert!(help("if: >= 60\n").contains("\">= 60\""));
    assert_eq!(refused("a: 1\nb: [1, 2\nc: 3\n")[0].secondary[0].line_column().line, 2, "the open bracket is shown");
}

const SAMPLE: &str = "# yaml\n%no: 1\n";
const EVERYTHING: &str = "\u{feff}# 注释\r\ninstrument: &id gb-t\r\ntitle: {zh: '老''人', en: \"A\\u4e2d \\\"b\\\" \\\n  c\"}\nlist:\n  - 1\n  - - x\n    - {a: [b, c], ? d : e}\n  -\nscript: |2-\n    let x = 1;\n\n  x\nfold: >+\n  one\n  two\n\n    three\n\nplain: a b\n  c: d\n? key\n: *id\nwhen: x >= 60 && y\n  || z # why\nend: ~\n";

#[test]
fn every_beginning_and_every_gap_of_a_text_gives_a_tree_or_faults_inside_the_text() {
    let check = |text: &str| match parse(&Source::new("test.yaml", text)) {
        Ok(document) => {
            for value in all(&document.root) {
                assert!(value.span.start <= value.span.end && text.get(value.span.start..value.span.end).is_some(), "{text:?}: {value:?}");
                let Kind::Scalar(scalar) = &value.kind else { continue };
                for (at, sign) in scalar.text.char_indices().filter(|(_, sign)| !sign.is_whitespace()) {
                    let rest = text.get(scalar.locate(at)..).unwrap_or("");
                    assert!(rest.starts_with(sign) || rest.starts_with('\\'), "{text:?}: {scalar:?} at {at}");
                }
                assert!(scalar.locate(scalar.text.len()) <= text.len() + 1, "{text:?}: {scalar:?}");
            }
        }
        Err(faults) => {
            for label in faults.iter().flat_map(|fault| fault.secondary.iter().chain([&fault.primary])) {
                assert!(text.get(label.span.start..label.span.end).is_some(), "{text:?}: {label:?}");
            }
        }
    };
    for sample in [SAMPLE, EVERYTHING, &EVERYTHING.replace("\n  c: d", "\n  c")] {
        for (at, sign) in sample.char_indices() {
            check(&sample[..at]);
            check(&sample[at..]);
            check(&format!("{}{}", &sample[..at], &sample[at + sign.len_utf8()..]));
            for extra in ["\"", "'", "[", "}", ":", "\n", "\t", "\r", "- ", "|", "*a", "!x ", "\\", "中", "#", "\u{feff}"] {
                check(&format!("{}{extra}{}", &sample[..at], &sample[at..]));
            }
        }
    }
    read(&EVERYTHING.replace("\n  c: d", "\n  c"));
}
