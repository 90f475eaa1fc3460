//! The expressions of the language and the same texts in the sandbox of scripts: two evaluators, one result, to the last digit.

#[path = "made_up/chance.rs"]
mod chance;

use chance::Chance;
use geras::Instrument;
use geras::assess::{Answer, Scored};
use geras::check::BASE;
use geras::script::{Argument, Script, ScriptValue};
use geras_tests::plain;
use rust_decimal::Decimal;

/// The inputs that the expressions read, by kind.
const INPUTS: &str = "inputs:
  - {id: a, type: integer, range: [-3, 3], text: {en: A}}
  - {id: b, type: decimal, range: [0, 1.2], step: 0.3, text: {en: B}}
  - {id: t, type: boolean, text: {en: T}}
  - {id: c, text: {en: C}, options: [{code: x, label: {en: X}}, {code: y, label: {en: Y}}, {code: z, label: {en: Z}}]}
";
const NAMES: [&str; 4] = ["a", "b", "t", "c"];
const CODES: [&str; 3] = ["x", "y", "z"];

/// An instrument with one score for each expression; a condition is counted, so that it gives 1 or 0.
fn instrument(expressions: &[(bool, String)]) -> Result<Instrument, String> {
    let head = BASE.split("sections:").next().expect("the base has sections");
    let scores = expressions.iter().enumerate().map(|(place, (number, text))| {
        if *number { format!("  s{place}: {{formula: '{text}'}}\n") } else { format!("  s{place}: {{count: ['{text}']}}\n") }
    });
    let text = format!("{head}{INPUTS}scores:\n{}", scores.collect::<String>());
    Instrument::read("expressions.yaml", &text).map_err(|faults| plain(&faults))
}

/// One person's answers to the inputs.
#[derive(Debug, Clone, Copy)]
struct Person(Decimal, Decimal, bool, &'static str);

/// What geras makes of every expression; nothing where it has no result.
fn by_geras(instrument: &Instrument, person: Person) -> Vec<Option<Decimal>> {
    let mut sheet = instrument.answers();
    sheet.answer("a", &Answer::Number(person.0)).answer("b", &Answer::Number(person.1));
    sheet.answer("t", &Answer::Boolean(person.2)).answer("c", &Answer::Text(person.3));
    let outcome = instrument.assess(&sheet.check().expect("the answers fit"));
    outcome.scores().map(|score| if let Scored::Decided(number) = score.number { Some(number) } else { None }).collect()
}

fn by_rhai(text: &str, person: Person) -> Option<Decimal> {
    let script = Script::compile(text, &NAMES).unwrap_or_else(|fault| panic!("{}: {text}", fault.message));
    let arguments = [
        ("a", Argument::Number(person.0)),
        ("b", Argument::Number(person.1)),
        ("t", Argument::Bool(person.2)),
        ("c", Argument::Text(person.3.to_owned())),
    ];
    match script.run(&arguments) {
        Ok(ScriptValue::Number(number)) => Some(number),
        Ok(ScriptValue::Bool(truth)) => Some(Decimal::from(u8::from(truth))),
        Ok(other) => panic!("{text} gives {other:?}"),
        Err(_) => None,
    }
}

fn number(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 {
        let known = ["a", "b", "0", "1", "2", "3", "7", "4.3", "12.9", "0.1", "2.5", "(-1)", "(-0.5)", "1.25", "100"];
        return (*chance.pick(&known)).to_owned();
    }
    let below = chance.below(depth);
    let part = |chance: &mut Chance| number(chance, below);
    let (one, two) = (part(chance), part(chance));
    match chance.below(14) {
        0..3 => format!("({one} + {two})"),
        3 | 4 => format!("({one} - {two})"),
        5 | 6 => format!("({one} * {two})"),
        7 => format!("({one} / {})", chance.pick(&["2", "3", "7", "0.3", "(-4)", "1.5"])),
        8 => format!("({one} {} (abs({two}) + 1))", chance.pick(&["/", "%"])),
        9 => format!("({one} % {})", chance.pick(&["2", "0.7", "(-3)"])),
        10 => format!("{}({one}, {two})", chance.pick(&["min", "max"])),
        11 => format!("{}({one})", chance.pick(&["abs", "floor", "ceiling", "-"])),
        12 => format!("round({one}, {})", chance.below(4)),
        _ => format!("(if {} {{ {one} }} else {{ {two} }})", truth(chance, depth - 1)),
    }
}

fn truth(chance: &mut Chance, depth: usize) -> String {
    if depth > 0 && chance.one_in(2) {
        let (one, two) = (truth(chance, depth - 1), truth(chance, depth - 1));
        return match chance.below(4) {
            0 => format!("!({one})"),
            1 => format!("({one} == {two})"),
            place => format!("({one} {} {two})", ["&&", "||"][place - 2]),
        };
    }
    let code = *chance.pick(&CODES);
    match chance.below(7) {
        0 => "t".to_owned(),
        1 => (*chance.pick(&["true", "false"])).to_owned(),
        2 => format!("c {} \"{code}\"", chance.pick(&["==", "!="])),
        3 => format!("c in [\"{code}\", \"y\"]"),
        4 => format!("a in [{}, 2.0, -3]", chance.below(3)),
        _ => format!("{} {} {}", number(chance, depth), chance.pick(&["==", "!=", "<", "<=", ">", ">="]), number(chance, depth)),
    }
}

#[test]
fn both_evaluators_give_the_same_number_to_the_last_digit() {
    let (mut compared, mut without, mut refused) = (0, 0, 0);
    for seed in 0..60 {
        let mut chance = Chance::new(seed);
        let expressions: Vec<(bool, String)> = (0..8)
            .map(|_| {
                let depth = 1 + chance.below(3);
                if chance.one_in(3) { (false, truth(&mut chance, depth)) } else { (true, number(&mut chance, depth)) }
            })
            .collect();
        let Ok(instrument) = instrument(&expressions) else {
            refused += 1;
            continue;
        };
        for _ in 0..12 {
            let person = Person(
                Decimal::new(chance.below(7) as i64 - 3, 0),
                Decimal::new(chance.below(5) as i64 * 3, 1),
                chance.one_in(2),
                CODES[chance.below(3)],
            );
            for ((_, text), geras) in expressions.iter().zip(by_geras(&instrument, person)) {
                let rhai = by_rhai(text, person);
                assert_eq!(geras, rhai, "{text}\nfor {person:?}, seed {seed}");
                compared += 1;
                without += usize::from(geras.is_none());
            }
        }
    }
    println!("{compared} results compared, {without} of them without a number, {refused} instruments refused");
    assert!(compared > 3000 && without * 20 < compared, "{compared} compared, {without} without a number, {refused} refused");
}

#[test]
fn decimals_are_exact_as_people_reckon_them_by_hand() {
    let facts = [
        ("3 * 4.3", "12.9"),
        ("7 / 2", "3.5"),
        ("0.1 + 0.2", "0.3"),
        ("1 / 3 * 3", "0.9999999999999999999999999999"),
        ("-7 % 3", "-1"),
        ("7 % -3", "1"),
        ("2 + 3 * 4 - 1", "13"),
        ("8 / 2 / 2", "2"),
        ("10 - 4 - 3", "3"),
        ("-2 * -2", "4"),
        ("round(2.5, 0)", "3"),
        ("round(-2.5, 0)", "-3"),
        ("round(1.005, 2)", "1.01"),
        ("floor(-1.5)", "-2"),
        ("ceiling(-1.5)", "-1"),
        ("max(1, 2.5, -3)", "2.5"),
        ("if 3 * 4.3 == 12.9 { 1 } else { 0 }", "1"),
        ("if 7 / 2 == 3.50 { 1 } else { 0 }", "1"),
        ("if 0.1 + 0.2 == 0.3 && !(1 > 2) || false { 1 } else { 0 }", "1"),
    ];
    let person = Person(Decimal::ONE, Decimal::ZERO, true, "x");
    for (text, wanted) in facts {
        let wanted: Option<Decimal> = Some(wanted.parse().expect("a number"));
        // Behind an item, so that nothing is settled before there are answers.
        let instrument = instrument(&[(true, format!("0 * a + ({text})"))]).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(by_geras(&instrument, person), [wanted], "{text} by geras");
        assert_eq!(by_rhai(text, person), wanted, "{text} by Rhai");
    }
}
