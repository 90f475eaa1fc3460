//! What is said of results that are too many to count: so many sheets were tried, each value that is told is there, and nothing more is claimed.

use geras::Instrument;
use geras::assess::{Answer, Scored};
use geras::plan::Value;
use geras::prove::{NotDecided, Outcome, Subject, prove};
use geras_tests::plain;
use rust_decimal::Decimal;

/// An instrument whose score is a script over so many questions with three answers each.
fn with_script(questions: usize) -> Instrument {
    let mut text = "instrument: scripted\nedition: \"1\"\neffective: {from: 2024-01-01}\njurisdiction: INTL\nlanguages: [en]\ntitle: {en: Made up}\n\
        source: {title: Nothing}\nlicence: {class: public_domain, wording: own}\nprovenance: {status: computed}\ndomain: function\ndirection: higher_is_worse\n\
        sections:\n  - id: s\n    title: {en: S}\n    items:\n"
        .to_owned();
    for place in 0..questions {
        text += &format!(
            "      - {{id: q{place}, text: {{en: Q}}, options: [{{code: a, points: 0, label: {{en: A}}}}, {{code: b, points: 1, label: {{en: B}}}}, {{code: c, points: 3, label: {{en: C}}}}]}}\n"
        );
    }
    text += "scores:\n  total: {script: {reads: [s], code: \"let sum = 0; let weight = 0; for points in s { weight += 1; sum += points * weight; } sum\"}, range: [0, 1000]}\n";
    Instrument::read("1.yaml", &text).unwrap_or_else(|faults| panic!("{text}\n{}", plain(&faults)))
}

/// What the score comes to on a sheet, by the door that people use.
fn scored(instrument: &Instrument, answers: &[(&str, geras::assess::GivenAnswer)]) -> Value {
    let mut sheet = instrument.answers();
    for (id, answer) in answers {
        let geras::assess::GivenAnswer::Code(code) = answer else { panic!("{id}: {answer:?}") };
        sheet.answer(id, &Answer::Text(code));
    }
    let checked = sheet.check().unwrap_or_else(|problems| panic!("{problems:?}"));
    let outcome = instrument.assess(&checked);
    let number = outcome.scores().next().map(|score| score.number);
    let Some(Scored::Decided(number)) = number else { panic!("the score is decided on a complete sheet") };
    Value::Number(number)
}

#[test]
fn a_script_over_few_sheets_is_checked_exactly() {
    let instrument = with_script(3);
    let proof = prove(&instrument);
    let question = proof.question(Subject::Score(0)).expect("it has a score");
    let Outcome::Exact(reached) = &question.outcome else { panic!("{:?}", question.outcome) };
    assert_eq!(question.sheets, 27_u64.into());
    // 0 to 18 in steps that the points 0, 1 and 3, times 1, 2 and 3, can make.
    let mut by_hand: Vec<u32> = Vec::new();
    for (a, b, c) in [0, 1, 3].iter().flat_map(|a| [0, 1, 3].map(|b| (*a, b))).flat_map(|(a, b)| [0, 1, 3].map(|c| (a, b, c))) {
        by_hand.push(a + 2 * b + 3 * c);
    }
    for found in reached {
        let Some(Value::Number(number)) = found.value else { panic!("{found:?}") };
        assert_eq!(found.sheets, by_hand.iter().filter(|sum| number == Decimal::from(**sum)).count().into(), "{number}");
    }
}

#[test]
fn a_script_over_too_many_sheets_is_checked_up_to_so_many_and_no_more_is_claimed() {
    let instrument = with_script(14);
    let proof = prove(&instrument);
    let question = proof.question(Subject::Score(0)).expect("it has a score");
    let Outcome::UpTo { tried, reached, reason } = &question.outcome else { panic!("{:?}", question.outcome) };
    assert!(matches!(reason, NotDecided::Script(_) | NotDecided::Combinations), "{reason:?}");
    assert_eq!(*tried, 10_000_u64.into());
    let together: geras::prove::Count = reached.iter().map(|found| &found.sheets).sum();
    assert_eq!(*tried, together);
    assert!(reached.len() > 50, "the sheets are spread: {} values", reached.len());
    for found in reached {
        assert_eq!(Some(scored(&instrument, &found.answers(instrument.plan()))), found.value);
    }
    assert!(proof.unreachable().next().is_none(), "what was not tried is not called unreachable");
    assert_eq!(proof, prove(&instrument), "the same sheets every time");
}
