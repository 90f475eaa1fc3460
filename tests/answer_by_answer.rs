//! A session goes on from what was computed before its last answer. It must say, after each answer, what the same sheet says by itself.

#[allow(dead_code, reason = "of made-up instruments only the definitions are wanted here")]
mod made_up;

use geras::definition::{Item, ItemType};
use geras::{Instrument, Library};
use geras_json::{OpenPathway, OpenSheet};
use made_up::Chance;
use rust_decimal::Decimal;
use serde_json::Value;

/// An answer in JSON; now and then it is taken back, or there is a reason for none.
fn answer(item: &Item, chance: &mut Chance) -> String {
    if chance.one_in(6) {
        return "null".to_owned();
    }
    if !item.absent.is_empty() && chance.one_in(5) {
        return "{\"absent\": \"refused\"}".to_owned();
    }
    let code = |chance: &mut Chance| chance.pick(&item.options).code.value.clone();
    match item.kind {
        ItemType::Choice => format!("\"{}\"", code(chance)),
        ItemType::Choices => format!("[\"{}\"]", code(chance)),
        ItemType::Boolean => chance.one_in(2).to_string(),
        ItemType::Integer | ItemType::Decimal => {
            let low = item.range.map_or(Decimal::ZERO, |(low, _)| low);
            let number = low + item.step.unwrap_or(Decimal::ONE) * Decimal::from(chance.below(4));
            // The same number in other digits is another answer where it is shown.
            if item.kind == ItemType::Decimal && chance.one_in(2) { format!("{number}0") } else { number.to_string() }
        }
        ItemType::Date => format!("\"2026-03-0{}\"", 1 + chance.below(3)),
        ItemType::Time => "\"08:30\"".to_owned(),
        ItemType::Text => "\"a word\"".to_owned(),
    }
}

/// Both say the same of everything but what the last answer has changed.
fn same(after: &str, alone: &str, of: &str) {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("a state is JSON");
    let (after, alone) = (read(after), read(alone));
    for part in ["line", "assessments", "hidden", "perhaps"] {
        assert_eq!(after[part], alone[part], "`{part}` of {of}");
    }
}

/// So many answers to one instrument, each compared.
fn fill_in(instrument: &Instrument, answers: usize, chance: &mut Chance) -> usize {
    let mut sheet = OpenSheet::open(instrument, "{\"date\": \"2026-05-14\"}").expect("a blank sheet fits");
    let items = &instrument.definition().items;
    for _ in 0..answers {
        let item = chance.pick(items);
        let after = sheet.set(instrument, &item.id.value, &answer(item, chance), "en");
        let mut alone = OpenSheet::open(instrument, &sheet.record()).expect("a sheet that was taken fits");
        same(&after, &alone.now(instrument), &format!("{} with {}", instrument.definition().id.value, sheet.record()));
    }
    answers
}

#[test]
fn on_every_shipped_instrument_an_outcome_goes_on_from_the_one_before() {
    let mut compared = 0;
    for (path, text) in geras_instruments::definitions() {
        let instrument = Instrument::read(path, text).expect("what is shipped is sound");
        compared += fill_in(&instrument, 8, &mut Chance::new(11));
    }
    assert!(compared > 500, "{compared} answers");
}

#[test]
fn on_made_up_instruments_an_outcome_goes_on_from_the_one_before() {
    let hunt = std::env::var("MADE_UP").ok().map(|hunt| {
        let (start, count) = hunt.split_once(':').expect("MADE_UP=seed:count");
        (start.parse().expect("a seed"), count.parse().expect("a count"))
    });
    let (start, count): (u64, u64) = hunt.unwrap_or((1, 80));
    let (mut sound, mut compared) = (0, 0);
    for seed in start..start + count {
        let mut chance = Chance::new(seed);
        let text = format!("{}# seed {seed}\n", made_up::definition(&mut chance).yaml());
        let Ok(instrument) = Instrument::read("made-up.yaml", &text) else { continue };
        sound += 1;
        compared += fill_in(&instrument, 12, &mut chance);
    }
    assert!(sound * 4 > count && compared > 200, "{sound} of {count} are sound, {compared} answers");
}

#[test]
fn on_every_shipped_pathway_an_outcome_goes_on_from_the_one_before() {
    let (library, _) = Library::read(geras_instruments::definitions().chain(geras_instruments::pathways()));
    assert!(!library.pathways().is_empty());
    for pathway in library.pathways() {
        let mut chance = Chance::new(5);
        let mut sheet = OpenPathway::open(pathway, "{\"date\": \"2026-05-14\"}").expect("a blank sheet fits");
        let own = pathway.definition().head.items.iter().map(|item| (None, item));
        let instruments = pathway.instruments().iter().filter_map(|editions| editions.last());
        let theirs = instruments.flat_map(|instrument| {
            let definition = instrument.definition();
            definition.items.iter().map(|item| (Some(definition.id.value.as_str()), item))
        });
        // As many questions of the pathway as of its instruments, although these have many more.
        let (own, theirs): (Vec<_>, Vec<_>) = (own.collect(), theirs.collect());
        for _ in 0..16 {
            let (instrument, item) = if chance.one_in(2) && !own.is_empty() { *chance.pick(&own) } else { *chance.pick(&theirs) };
            let after = sheet.set(pathway, instrument, &item.id.value, &answer(item, &mut chance), "en");
            let mut alone = OpenPathway::open(pathway, &sheet.record()).expect("a sheet that was taken fits");
            same(&after, &alone.now(pathway), &sheet.record());
        }
    }
}
