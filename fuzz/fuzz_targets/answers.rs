//! Whatever answers are given to a shipped instrument, they are refused with problems or assessed and explained, and nothing panics.
#![no_main]

use std::sync::LazyLock;

use geras::Instrument;
use geras::assess::{Answer, Override, sentence};
use geras::definition::Date;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(|| {
    let text = include_str!("../../instruments/cn/gb-t-42195/2022.yaml");
    Instrument::read("2022.yaml", text).expect("the shipped instrument is sound")
});

/// What is done to a sheet, in order.
#[derive(Debug, Arbitrary)]
enum Act<'a> {
    /// Answers the field at a place with its option at a place.
    Fitting(u8, u8),
    /// Answers the field at a place with anything.
    Field(u8, Given<'a>),
    /// Answers a field of any name.
    Named(&'a str, Given<'a>),
    Setting(&'a str, &'a str),
    Day(&'a str),
    Override(&'a str, &'a str),
}

#[derive(Debug, Arbitrary)]
enum Given<'a> {
    Text(&'a str),
    Number(i64, u8),
    Truth(bool),
    Several(Vec<&'a str>),
    Absent(&'a str),
    Refused,
}

impl<'a> Given<'a> {
    fn answer(&self) -> Answer<'a> {
        match self {
            Self::Text(text) => Answer::Text(text),
            Self::Number(digits, scale) => Answer::Number(Decimal::new(*digits, u32::from(*scale % 29))),
            Self::Truth(truth) => Answer::Boolean(*truth),
            Self::Several(codes) => Answer::Several(codes.clone()),
            Self::Absent(word) => Answer::Absent(word),
            Self::Refused => Answer::Absent("refused"),
        }
    }
}

fuzz_target!(|acts: Vec<Act<'_>>| {
    let plan = INSTRUMENT.plan();
    let fields = plan.fields();
    let mut sheet = INSTRUMENT.answers();
    for act in &acts {
        match act {
            Act::Fitting(place, option) => {
                let field = &fields[usize::from(*place) % fields.len()];
                let codes = field.codes.map_or(&[][..], |set| plan.codes(set));
                match codes.get(usize::from(*option) % codes.len().max(1)) {
                    Some(code) => sheet.answer(&field.id, &Answer::Text(code)),
                    None if option % 2 == 0 => sheet.answer(&field.id, &Answer::Boolean(option % 4 == 0)),
                    None => sheet.answer(&field.id, &Answer::Number(Decimal::from(*option))),
                }
            }
            Act::Field(place, given) => sheet.answer(&fields[usize::from(*place) % fields.len()].id, &given.answer()),
            Act::Named(id, given) => sheet.answer(id, &given.answer()),
            Act::Setting(id, code) => sheet.setting(id, code),
            Act::Day(day) => match Date::parse(day) {
                Some(day) => sheet.on(day),
                None => &mut sheet,
            },
            Act::Override(grade, reason) => {
                sheet.overridden(Override { grade: (*grade).to_owned(), reason: (*reason).to_owned(), by: None })
            }
        };
    }
    match sheet.check() {
        Ok(answers) => {
            let outcome = INSTRUMENT.assess(&answers);
            for step in outcome.explanation() {
                for language in ["zh", "en"] {
                    assert!(!sentence(&step, INSTRUMENT.definition(), language).is_empty(), "every step has a sentence");
                }
            }
            assert_eq!(outcome.is_decided(), outcome.waiting_on().is_empty());
            let _ = outcome.milder();
        }
        Err(problems) => assert!(!problems.is_empty(), "a refusal says why"),
    }
});
