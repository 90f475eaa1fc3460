//! Measures a batch of one instrument on one core: reading, assessing and writing, each by itself and together. No file is read or written.

use std::hint::black_box;
use std::time::{Duration, Instant};

use geras::Instrument;
use geras::definition::{Item, ItemType};
use geras_json::{Line, read_json, write_batch_line};

const PEOPLE: usize = 500;
/// Many short rounds: on a busy machine some of them run undisturbed.
const ROUNDS: usize = 400;

fn main() -> Result<(), String> {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "gb-t-42195/2022.yaml".to_owned());
    let (path, text) = geras_instruments::definitions().find(|(path, _)| path.ends_with(&wanted)).ok_or("no such instrument")?;
    let instrument = Instrument::read(path, text).map_err(|faults| format!("{faults:?}"))?;
    for (what, open) in [("everybody has answered everything", 0), ("one person in ten lacks some answers", 10)] {
        let sheets: Vec<String> = (0..PEOPLE).map(|person| sheet(&instrument, person, open)).collect();
        let bytes: usize = sheets.iter().map(String::len).sum();
        println!("{path}, {what}: {} bytes a sheet", bytes / PEOPLE);

        let read = best(|| sheets.iter().for_each(|sheet| drop(black_box(read_json(&instrument, sheet)))));
        let people: Vec<_> = sheets.iter().map(|sheet| read_json(&instrument, sheet)).collect();
        let refused = people.iter().filter(|person| person.answers.is_err()).count();
        let checked: Vec<_> = people.iter().filter_map(|person| person.answers.as_ref().ok()).collect();
        let assess = best(|| checked.iter().for_each(|answers| drop(black_box(instrument.assess(answers)))));
        let outcomes: Vec<_> = checked.iter().map(|answers| instrument.assess(answers)).collect();
        let mut out = Vec::new();
        let write = best(|| {
            out.clear();
            outcomes.iter().for_each(|outcome| drop(black_box(serde_json::to_writer(&mut out, &Line::new(None, outcome)))));
        });
        let all = best(|| {
            out.clear();
            sheets.iter().for_each(|sheet| write_batch_line(&instrument, &read_json(&instrument, sheet), "en", &mut out));
        });
        for (part, time) in [("read", read), ("assess", assess), ("write", write), ("all", all)] {
            let each = time.as_nanos() / PEOPLE as u128;
            println!("  {part:7} {each:6} ns a person, {:8} people a second", 1_000_000_000 / each.max(1));
        }
        println!("  {refused} refused, {} bytes a line", out.len() / PEOPLE);
    }
    Ok(())
}

/// The shortest of several rounds: what the machine can do when nobody disturbs it.
fn best(mut act: impl FnMut()) -> Duration {
    let round = |act: &mut dyn FnMut()| {
        let start = Instant::now();
        act();
        start.elapsed()
    };
    (0..ROUNDS).map(|_| round(&mut act)).min().unwrap_or_default()
}

/// A made-up sheet. One in `open` people (none for 0) lacks every seventh answer.
fn sheet(instrument: &Instrument, person: usize, open: usize) -> String {
    let mut turn = person.wrapping_mul(2_654_435_761) >> 3;
    let mut next = |most: usize| {
        turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (turn >> 33) % most.max(1)
    };
    let lacks = open > 0 && person.is_multiple_of(open);
    let asked = instrument.definition().items.iter().enumerate().filter(|(place, _)| !lacks || place % 7 != 3);
    let answers: Vec<String> = asked.filter_map(|(_, item)| Some(format!("\"{}\": {}", item.id.value, answer(item, &mut next)?))).collect();
    format!("{{\"id\": \"person-{person:08}\", \"date\": \"2024-05-14\", \"answers\": {{{}}}}}", answers.join(", "))
}

fn answer(item: &Item, next: &mut impl FnMut(usize) -> usize) -> Option<String> {
    Some(match item.kind {
        ItemType::Choice => format!("\"{}\"", item.options.get(next(item.options.len()))?.code.value),
        ItemType::Choices => format!("[\"{}\"]", item.options.get(next(item.options.len()))?.code.value),
        ItemType::Boolean => (next(8) == 0).to_string(),
        ItemType::Integer | ItemType::Decimal => (item.range?.0 + rust_decimal::Decimal::from(next(2))).to_string(),
        ItemType::Date | ItemType::Text => return None,
    })
}
