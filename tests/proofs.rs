//! Every count of a proof is the count of a naive evaluator that goes through all sheets one by one, and every witness leads where it is said to lead.

#[allow(dead_code, reason = "proofs are of complete sheets; open answers use the rest")]
mod made_up;

use std::collections::BTreeMap;

use geras::Instrument;
use geras::definition::Role;
use geras::plan::{State, Value};
use geras::prove::{NotDecided, Outcome, Question, Subject, prove};
use made_up::{Answer, Chance, Definition, Reckoned, Sheet, full_sheets};

/// More sheets than this are not gone through one by one.
const MOST_SHEETS: usize = 30_000;

/// What the naive evaluator says to a question on one sheet.
fn reckoned(naive: &Reckoned<'_>, made: &Definition, subject: Subject) -> Option<Value> {
    let code = |place: Option<usize>| place.map(|place| Value::Code(u8::try_from(place).expect("few codes")));
    match subject {
        Subject::Score(place) => naive.scores[place].map(|number| Value::Number(number.normalize())),
        Subject::Bands(_) => code(naive.band),
        Subject::Preliminary => code(naive.preliminary),
        Subject::Grade => code(naive.grade),
        Subject::Adjustment(place) => naive.holds(&made.grade.as_ref().expect("it has a grade").adjustments[place].0).map(Value::Boolean),
        // Every other alert goes by way of a finding.
        Subject::Finding(place) => naive.alerts[2 * place].map(Value::Boolean),
        Subject::Alert(place) => naive.alerts[place].map(Value::Boolean),
        other => panic!("{other:?} is not reckoned"),
    }
}

/// A sheet of the proof in the words of the made-up definition; hidden questions have their first answer.
fn sheet_of(made: &Definition, witness: &[State]) -> Sheet {
    let answer = |(item, state): (&made_up::Item, &State)| {
        Some(match state {
            State::Known(Value::Code(code)) => Answer::Code(usize::from(*code)),
            State::Known(Value::Boolean(truth)) => Answer::Truth(*truth),
            State::Known(Value::Number(number)) => Answer::Number(*number),
            State::Known(Value::Codes(codes)) => Answer::Codes(*codes),
            _ => item.answers()[0].clone(),
        })
    };
    made.items.iter().zip(witness).map(answer).collect()
}

fn same(one: Option<Value>, two: Option<Value>) -> bool {
    match (one, two) {
        (Some(Value::Number(one)), Some(Value::Number(two))) => one == two,
        (one, two) => one == two,
    }
}

#[test]
fn on_made_up_instruments_every_count_is_that_of_all_sheets_one_by_one() {
    let (mut sound, mut counted, mut undecided, mut seed) = (0, 0, 0, 0_u64);
    let hunt = std::env::var("MADE_UP").ok().map(|hunt| {
        let (start, count) = hunt.split_once(':').expect("MADE_UP=seed:count");
        (start.parse::<u64>().expect("a seed"), count.parse::<usize>().expect("a count"))
    });
    let (start, count) = hunt.unwrap_or((0, 150));
    while sound < count {
        seed += 1;
        let made = made_up::definition(&mut Chance::new(start + seed));
        let text = format!("{}# seed {}\n", made.yaml(), start + seed);
        let Ok(instrument) = Instrument::read("made-up.yaml", &text) else { continue };
        let all = made.items.iter().map(|item| item.answers().len()).product::<usize>();
        if all > MOST_SHEETS {
            continue;
        }
        sound += 1;
        let settings = instrument.plan().fields().iter().filter(|field| field.role == Role::Setting).count();
        let mut sheets = Vec::new();
        for sheet in full_sheets(&made.items) {
            let naive = Reckoned::new(&made, &sheet, false);
            let once = naive.shown.iter().zip(&sheet).zip(&made.items);
            if once.clone().all(|((shown, answer), item)| *shown || *answer == Some(item.answers()[0].clone())) {
                sheets.push((sheet, naive));
            }
        }
        for question in &prove(&instrument).questions {
            if matches!(question.subject, Subject::ScoreRows(_) | Subject::PreliminaryRows) {
                continue;
            }
            let Outcome::Exact(reached) = &question.outcome else {
                undecided += 1;
                continue;
            };
            counted += 1;
            hold(&made, &sheets, question, reached, settings, &text);
        }
    }
    println!("{sound} instruments, {counted} questions counted, {undecided} not decided");
    assert!(counted > 4 * sound && undecided * 10 < counted, "{counted} counted, {undecided} not decided");
}

fn hold(
    made: &Definition,
    sheets: &[(Sheet, Reckoned<'_>)],
    question: &Question,
    reached: &[geras::prove::Reached],
    settings: usize,
    text: &str,
) {
    let places: Vec<usize> = question.fields.iter().map(|field| field.place() - settings).collect();
    let mut projected: BTreeMap<String, Option<Value>> = BTreeMap::new();
    for (sheet, naive) in sheets {
        let key: Vec<Option<&Answer>> = places.iter().map(|place| sheet[*place].as_ref().filter(|_| naive.shown[*place])).collect();
        let value = reckoned(naive, made, question.subject);
        let known = projected.entry(format!("{key:?}")).or_insert(value);
        assert!(same(*known, value), "{text}\n{:?} depends on more than {places:?}: {known:?}, {value:?}", question.subject);
    }
    assert_eq!(question.sheets.to_string(), projected.len().to_string(), "{text}\nall sheets of {:?} on {places:?}", question.subject);
    for reached in reached {
        let count = projected.values().filter(|value| same(**value, reached.value)).count();
        assert_eq!(
            reached.sheets.to_string(),
            count.to_string(),
            "{text}\n{:?} is {:?} on so many sheets of {places:?}",
            question.subject,
            reached.value
        );
        if let Some(witness) = &reached.witness {
            let sheet = sheet_of(made, witness.get(settings..).expect("a state for each field"));
            let other = witness.iter().take(settings).any(|state| *state == State::Known(Value::Code(1)));
            assert!(
                !other || reached.only_under_other_settings(),
                "{text}\n{:?}: a sheet under other settings is not counted",
                question.subject
            );
            let value = reckoned(&Reckoned::new(made, &sheet, other), made, question.subject);
            assert!(
                same(value, reached.value),
                "{text}\n{:?}: the witness {sheet:?} gives {value:?}, not {:?}",
                question.subject,
                reached.value
            );
        }
    }
    let all: usize = reached.iter().map(|reached| reached.sheets.to_string().parse::<usize>().expect("few sheets")).sum();
    assert_eq!(all, projected.len(), "{text}\n{:?}: every sheet is counted once", question.subject);
}

#[test]
fn each_of_the_6561_sheets_of_aggir_is_counted_in_its_group() {
    let (path, text) = geras_instruments::definitions().find(|(path, _)| path.contains("fr/aggir/")).expect("it is shipped");
    let instrument = Instrument::read(path, text).expect("it is sound");
    let proof = prove(&instrument);
    let grade = proof.question(Subject::Grade).expect("it has a grade");
    assert_eq!(grade.sheets.to_string(), "6561");
    let Outcome::Exact(reached) = &grade.outcome else { panic!("it is counted exactly: {:?}", grade.outcome) };
    let mut by_hand = [0_u64; 6];
    for number in 0..6561_usize {
        let mut sheet = instrument.answers();
        let mut rest = number;
        for field in &grade.fields {
            let field = &instrument.plan().fields()[field.place()];
            let code = ["A", "B", "C"][rest % 3];
            rest /= 3;
            sheet.answer(&field.id, &geras::assess::Answer::Text(code));
        }
        let checked = sheet.check().expect("the answers fit");
        let outcome = instrument.assess(&checked);
        let Some(geras::assess::Coded::Decided(code)) = outcome.grade() else { panic!("eight answers decide the group") };
        let place = instrument.definition().grade.as_ref().expect("a grade").scale.iter().position(|step| step.id.value == code);
        by_hand[place.expect("on the scale")] += 1;
    }
    let counted: Vec<String> = reached.iter().map(|reached| reached.sheets.to_string()).collect();
    assert_eq!(counted, by_hand.iter().map(u64::to_string).collect::<Vec<_>>());
}

/// Instruments with numbers, dates or scripts that have more values than anybody counts; of all others every question is counted.
const TOO_MANY: &[&str] = &["/cirs-g/", "/fi/", "/frail/", "/fried/", "/gnri/", "/psqi/", "/shanghai-care-grade/", "/vaccination/"];

#[test]
fn every_shipped_instrument_is_counted_but_for_those_whose_numbers_are_too_many() {
    let mut exact = 0;
    for (path, text) in geras_instruments::definitions() {
        let Ok(instrument) = Instrument::read(path, text) else { continue };
        let proof = prove(&instrument);
        for question in &proof.questions {
            match &question.outcome {
                Outcome::Exact(reached) => {
                    exact += 1;
                    assert!(!reached.is_empty(), "{path}: {:?} comes to nothing at all", question.subject);
                }
                Outcome::Many(many) => {
                    exact += 1;
                    assert!(many.different > 10_000 && many.least.value < many.most.value, "{path}: {:?}", question.subject);
                }
                Outcome::UpTo { tried, reached, .. } => {
                    assert!(TOO_MANY.iter().any(|known| path.contains(known)), "{path}: {:?} is not counted", question.subject);
                    assert!(*tried > 0_u64.into() && !reached.is_empty(), "{path}: {:?} leads nowhere", question.subject);
                }
                Outcome::NotDecided(reason) => {
                    assert!(TOO_MANY.iter().any(|known| path.contains(known)), "{path}: {:?} is not decided: {reason:?}", question.subject);
                    assert!(!matches!(reason, NotDecided::Script(_) | NotDecided::NoPair(_)), "{path}: {:?}: {reason:?}", question.subject);
                }
            }
        }
        if ["cn/gb-t-42195", "cn/mz-t-039", "cn/ltci-disability", "de/nba", "fr/aggir/"].iter().any(|known| path.contains(known)) {
            let grade = proof.question(Subject::Grade).expect("it has a grade");
            assert!(matches!(grade.outcome, Outcome::Exact(_)), "{path}: the grade is counted exactly");
        }
    }
    assert!(exact > 600, "{exact} questions counted exactly");
}

#[test]
fn the_sheets_of_the_self_care_section_add_up_by_hand() {
    // Eight items with five options each: one sheet comes to 32, eight come to 31, and all together are 5 to the power of 8.
    let (path, text) = geras_instruments::definitions().find(|(path, _)| path.contains("cn/gb-t-42195/")).expect("it is shipped");
    let instrument = Instrument::read(path, text).expect("it is sound");
    let proof = prove(&instrument);
    let self_care = proof.question(Subject::Score(0)).expect("the first score");
    assert_eq!(self_care.sheets.to_string(), "390625");
    let last: Vec<String> = self_care.reached().iter().rev().take(3).map(|reached| reached.sheets.to_string()).collect();
    assert_eq!(last, ["1", "8", "36"]);
}
