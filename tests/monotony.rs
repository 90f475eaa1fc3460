//! Whether worse answers ever give a milder result: what is proved holds on every pair of sheets that differ in one answer, and what is refuted comes with
//! such a pair; both by a naive evaluator that goes through all of them.

#[allow(dead_code, reason = "these questions are about complete sheets; open answers use the rest")]
mod made_up;

use geras::Instrument;
use geras::definition::Role;
use geras::plan::{Purpose, State, Value};
use geras::prove::{Considered, Milder, Ordered, Subject, monotony};
use made_up::{Answer, Chance, Definition, Reckoned, Sheet, full_sheets};
use rust_decimal::Decimal;

/// More pairs than this are not gone through one by one.
const MOST_SHEETS: usize = 4_000;

/// The severity of a result: higher is worse for every score of a made-up definition, and for its grade.
fn severity(naive: &Reckoned<'_>, subject: Subject) -> Option<Decimal> {
    match subject {
        Subject::Score(place) => naive.scores[place],
        Subject::Grade => naive.grade.map(Decimal::from),
        other => panic!("{other:?} has no order"),
    }
}

/// Whether the second answer is the next worse one after the first.
fn next_worse(one: &Answer, two: &Answer, answers: &[Answer]) -> bool {
    match (one, two) {
        (Answer::Codes(one), Answer::Codes(two)) => one & two == *one && (two ^ one).count_ones() == 1,
        _ => {
            let place = |answer: &Answer| answers.iter().position(|known| known == answer).expect("one of them");
            place(two) == place(one) + 1
        }
    }
}

/// The places of the section's questions that some pair of sheets refutes.
fn refuted_by_hand(made: &Definition, sheets: &[Sheet], subject: Subject) -> Vec<usize> {
    let results: Vec<Option<Decimal>> = sheets.iter().map(|sheet| severity(&Reckoned::new(made, sheet, false), subject)).collect();
    let mut refuted = Vec::new();
    // Sheets stand in the order of counting: how far apart two sheets lie that differ in one answer follows from the later items.
    let counts: Vec<usize> = made.items.iter().map(|item| item.answers().len()).collect();
    for (place, item) in made.items.iter().enumerate().filter(|(_, item)| item.in_section) {
        let answers = item.answers();
        let stride: usize = counts[place + 1..].iter().product();
        let milder = |(at, sheet): (usize, &Sheet)| {
            let own = sheet[place].as_ref().expect("it is full");
            let here = answers.iter().position(|answer| answer == own).expect("one of them");
            (here + 1..answers.len()).filter(|next| next_worse(own, &answers[*next], &answers)).any(|next| {
                let other = at + (next - here) * stride;
                matches!((results[at], results[other]), (Some(better), Some(worse)) if worse < better)
            })
        };
        if sheets.iter().enumerate().any(milder) {
            refuted.push(place);
        }
    }
    refuted
}

fn sheet_of(made: &Definition, states: &[State]) -> Sheet {
    let answer = |(item, state): (&made_up::Item, &State)| {
        Some(match state {
            State::Known(Value::Code(code)) => Answer::Code(usize::from(*code)),
            State::Known(Value::Boolean(truth)) => Answer::Truth(*truth),
            State::Known(Value::Number(number)) => Answer::Number(*number),
            State::Known(Value::Codes(codes)) => Answer::Codes(*codes),
            _ => item.answers()[0].clone(),
        })
    };
    made.items.iter().zip(states).map(answer).collect()
}

/// The pair is a refutation: its second sheet has one answer that is worse, and a milder result.
fn shows(made: &Definition, milder: &Milder, subject: Subject, settings: usize, text: &str) {
    let changed = milder.field.place();
    assert_eq!((milder.sheet[changed], milder.other[changed]), (milder.better, milder.worse), "{text}");
    for (place, (one, two)) in milder.sheet.iter().zip(&milder.other).enumerate() {
        let shown_in_both = *one != State::Blank && *two != State::Blank;
        assert!(place == changed || !shown_in_both || one == two, "{text}\n{subject:?}: more than one answer differs");
    }
    let (better, worse) = (sheet_of(made, &milder.sheet[settings..]), sheet_of(made, &milder.other[settings..]));
    let (one, two) = (severity(&Reckoned::new(made, &better, false), subject), severity(&Reckoned::new(made, &worse, false), subject));
    assert!(one.zip(two).is_some_and(|(one, two)| two < one), "{text}\n{subject:?}: {better:?} gives {one:?}, {worse:?} gives {two:?}");
}

#[test]
fn on_made_up_instruments_what_is_proved_holds_on_every_pair_and_what_is_refuted_is_shown() {
    let hunt = std::env::var("MADE_UP").ok().map(|hunt| {
        let (start, count) = hunt.split_once(':').expect("MADE_UP=seed:count");
        (start.parse::<u64>().expect("a seed"), count.parse::<usize>().expect("a count"))
    });
    let (start, count) = hunt.unwrap_or((0, 150));
    let (mut sound, mut proved, mut refuted, mut undecided, mut seed) = (0, 0, 0, 0, start);
    while sound < count {
        seed += 1;
        let made = made_up::definition(&mut Chance::new(seed));
        let text = format!("{}# seed {seed}\n", made.yaml());
        let Ok(instrument) = Instrument::read("made-up.yaml", &text) else { continue };
        if made.items.iter().map(|item| item.answers().len()).product::<usize>() > MOST_SHEETS {
            continue;
        }
        sound += 1;
        let (definition, plan) = (instrument.definition(), instrument.plan());
        let settings = plan.fields().iter().filter(|field| field.role == Role::Setting).count();
        let sheets = full_sheets(&made.items);
        let scores = (0..definition.scores.len()).map(Subject::Score);
        for subject in scores.chain(definition.grade.iter().map(|_| Subject::Grade)) {
            let monotony = monotony(definition, plan, subject, &Considered::default()).expect("it has a direction");
            let by_hand = refuted_by_hand(&made, &sheets, subject);
            match &monotony.outcome {
                Ordered::NeverMilder => {
                    proved += 1;
                    assert!(by_hand.is_empty(), "{text}\n{subject:?} is refuted by items {by_hand:?}");
                }
                Ordered::SometimesMilder(all) => {
                    refuted += 1;
                    let mut found: Vec<usize> = all.iter().map(|milder| milder.field.place() - settings).collect();
                    found.sort_unstable();
                    assert_eq!(found, by_hand, "{text}\n{subject:?}");
                    all.iter().for_each(|milder| shows(&made, milder, subject, settings, &text));
                }
                Ordered::NotDecided(reason) => {
                    println!("{seed} {subject:?}: {reason:?}");
                    undecided += 1;
                }
            }
        }
    }
    println!("{sound} instruments: {proved} proved, {refuted} refuted, {undecided} not decided");
    assert!(proved > sound / 2 && refuted > sound / 2 && undecided == 0, "{proved} proved, {refuted} refuted, {undecided} not decided");
}

#[test]
fn the_two_places_where_the_french_law_is_milder_to_the_worse_are_found_and_no_other() {
    let (path, text) = geras_instruments::definitions().find(|(path, _)| path.contains("fr/aggir/")).expect("it is shipped");
    let instrument = Instrument::read(path, text).expect("it is sound");
    let (definition, plan) = (instrument.definition(), instrument.plan());
    let everything = Considered::default();
    let Ordered::SometimesMilder(all) = monotony(definition, plan, Subject::Grade, &everything).expect("it has a grade").outcome else {
        panic!("the law itself has such sheets")
    };
    let found: Vec<&str> = all.iter().map(|milder| plan.name_of(milder.field)).collect();
    assert_eq!(found, ["transferts", "deplacements_interieur"]);
    // By going through all 6561 sheets: the same two variables, and no others.
    let names: Vec<&str> = plan.fields().iter().take(8).map(|field| field.id.as_str()).collect();
    let group = |number: usize| {
        let mut sheet = instrument.answers();
        for (place, name) in names.iter().enumerate() {
            sheet.answer(name, &geras::assess::Answer::Text(["A", "B", "C"][number / 3_usize.pow(u32::try_from(place).expect("few")) % 3]));
        }
        let outcome = instrument.assess(&sheet.check().expect("the answers fit"));
        let Some(geras::assess::Coded::Decided(code)) = outcome.grade() else { panic!("eight answers decide the group") };
        definition.grade.as_ref().expect("a grade").scale.iter().position(|step| step.id.value == code).expect("on the scale")
    };
    let groups: Vec<usize> = (0..6561).map(group).collect();
    for (place, name) in names.iter().enumerate() {
        let stride = 3_usize.pow(u32::try_from(place).expect("few"));
        let milder = (0..6561).filter(|number| number / stride % 3 < 2).any(|number| groups[number + stride] < groups[number]);
        assert_eq!(milder, found.contains(name), "{name}");
    }
    // The smaller pair needs nothing else: who rises with help is in group 5, who cannot rise at all in group 6.
    let smallest = all.first().expect("two of them");
    assert_eq!(
        (plan.value_text(plan.find(Purpose::Grade).expect("a grade"), smallest.before), smallest.around(plan)),
        ("gir_5".to_owned(), vec![])
    );
}

#[test]
fn an_author_who_claims_too_much_is_shown_two_sheets_and_one_who_claims_too_little_is_told() {
    let (_, text) = geras_instruments::definitions().find(|(path, _)| path.contains("de/nba/")).expect("it is shipped");
    assert!(Instrument::read("nba.yaml", text).expect("it is sound").warnings().is_empty());
    let start = text.find("    except:\n      - item: tube_feeding").expect("its exception");
    let end = start + text[start..].find("alerts:").expect("what follows");
    let claims_too_much = format!("{}{}", &text[..start], &text[end..]);
    let faults = Instrument::read("nba.yaml", &claims_too_much).expect_err("the law is not like that");
    let told: Vec<&str> = faults.iter().map(|fault| fault.name).collect();
    assert_eq!(told, ["worse-is-milder"]);
    assert!(
        faults[0].message.contains("with `tube_feeding: fully` it is `none`, with `tube_feeding: partly` `pg1`"),
        "{}",
        faults[0].message
    );
    let claims_too_little = text.replace("- item: tube_feeding", "- item: eating");
    let faults = Instrument::read("nba.yaml", &claims_too_little).expect_err("another item was excepted");
    let mut told: Vec<&str> = faults.iter().map(|fault| fault.name).collect();
    told.sort_unstable();
    assert_eq!(told, ["claim-too-weak", "worse-is-milder"]);
    let misspelt = text.replace("- item: tube_feeding", "- item: tube_fedding");
    let faults = Instrument::read("nba.yaml", &misspelt).expect_err("no item is called so");
    assert!(faults[0].name == "unknown-name" && faults[0].help.as_deref().is_some_and(|help| help.contains("tube_feeding")), "{faults:?}");
}
