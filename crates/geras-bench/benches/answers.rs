//! One answer to the updated outcome, for every shipped instrument and pathway: sheets are filled in question by question, as an assessor's session does.
//! Beside the times stands a mark of every byte that was answered, so that two builds can be held against each other. `SESSIONS=n` plays more of them. Each is
//! played several times, and the shortest time of each answer counts: on a busy machine others are in the way.

use std::time::{Duration, Instant};

use geras::definition::{Item, ItemType};
use geras::{Instrument, Library, Pathway};
use geras_json::{OpenPathway, OpenSheet};

/// What an answer should take at most. WebAssembly takes about twice as long, and there it should be within a millisecond.
const AIM: Duration = Duration::from_micros(500);
const DAY: &str = "2026-05-14";

/// A question of a session: of an instrument of a pathway, or of the sheet itself.
type Question<'i> = (Option<&'i str>, &'i Item);

/// As often is each session played.
const ROUNDS: usize = 3;

/// How long each answer took, by how many were given before it and how many there are, and the mark of all that was said.
#[derive(Default)]
struct Session {
    answers: Vec<(usize, usize, Duration)>,
    mark: u64,
}

fn main() {
    let measured = std::env::args().any(|argument| argument == "--bench");
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let sessions = std::env::var("SESSIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(if measured { 6 } else { 0 });
    let (library, _) = Library::read(geras_instruments::definitions().chain(geras_instruments::pathways()));
    println!("{:32} {:>9} {:>9} {:>9} {:>9} {:>9}  mark", "microseconds an answer", "blank", "median", "9 in 10", "longest", "full");
    let is_wanted = |id: &str| wanted.is_empty() || wanted.iter().any(|word| id.contains(word.as_str()));
    for instrument in library.instruments().iter().filter(|instrument| is_wanted(&instrument.definition().id.value)) {
        let all = Session::of(sessions, |turn, session| fill_in(instrument, turn, session));
        all.tell(&instrument.definition().id.value);
    }
    for pathway in library.pathways().iter().filter(|pathway| is_wanted(&pathway.definition().head.id.value)) {
        let all = Session::of(sessions, |turn, session| go_along(pathway, turn, session));
        all.tell(&pathway.definition().head.id.value);
    }
}

fn fill_in(instrument: &Instrument, turn: u64, session: &mut Session) {
    let mut chance = Chance(turn);
    let mut questions: Vec<Question<'_>> = instrument.definition().items.iter().map(|item| (None, item)).collect();
    chance.order(&mut questions, turn);
    let mut sheet = OpenSheet::open(instrument, &format!("{{\"date\": \"{DAY}\"}}")).expect("a blank sheet fits");
    let count = questions.len();
    for (place, (_, item)) in questions.into_iter().enumerate() {
        let answer = chance.answer(item);
        session.time(place, count, || sheet.set(instrument, &item.id.value, &answer, "zh"));
    }
}

fn go_along(pathway: &Pathway, turn: u64, session: &mut Session) {
    let mut chance = Chance(turn);
    let mut questions: Vec<Question<'_>> = pathway.definition().head.items.iter().map(|item| (None, item)).collect();
    for instrument in pathway.instruments().iter().filter_map(|editions| editions.last()) {
        // Not everything is asked of everybody.
        if turn == 0 || chance.next(3) > 0 {
            let id = instrument.definition().id.value.as_str();
            questions.extend(instrument.definition().items.iter().map(|item| (Some(id), item)));
        }
    }
    chance.order(&mut questions, turn);
    let mut sheet = OpenPathway::open(pathway, &format!("{{\"date\": \"{DAY}\"}}")).expect("a blank sheet fits");
    let count = questions.len();
    for (place, (instrument, item)) in questions.into_iter().enumerate() {
        let answer = chance.answer(item);
        session.time(place, count, || sheet.set(pathway, instrument, &item.id.value, &answer, "zh"));
    }
}

impl Session {
    /// So many sessions, each with its shortest times.
    fn of(sessions: u64, play: impl Fn(u64, &mut Self)) -> Self {
        let mut all = Self::default();
        for turn in 0..sessions {
            let rounds: Vec<Self> = (0..ROUNDS)
                .map(|_| {
                    let mut session = Self { mark: all.mark, ..Self::default() };
                    play(turn, &mut session);
                    session
                })
                .collect();
            let shortest =
                |place: usize| rounds.iter().filter_map(|round| round.answers.get(place)).min_by_key(|(.., time)| *time).copied();
            let first = rounds.first().expect("there is a round");
            all.answers.extend((0..first.answers.len()).filter_map(shortest));
            all.mark = first.mark;
        }
        all
    }

    fn time(&mut self, place: usize, count: usize, act: impl FnOnce() -> String) {
        let start = Instant::now();
        let said = act();
        self.answers.push((place, count, start.elapsed()));
        for byte in said.bytes() {
            self.mark = (self.mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn tell(&self, name: &str) {
        let within = |from: usize, to: usize| {
            let part = self.answers.iter().filter(|(place, count, _)| *place * 20 >= from * count && *place * 20 < to * count);
            let mut times: Vec<Duration> = part.map(|(.., time)| *time).collect();
            times.sort_unstable();
            times
        };
        let at = |times: &[Duration], tenth: usize| {
            times.get((times.len() * tenth / 10).min(times.len().saturating_sub(1))).map_or(0, Duration::as_micros)
        };
        let (all, blank, full) = (within(0, 21), within(0, 1), within(19, 20));
        let met = if all.last().is_some_and(|longest| *longest > AIM) { "NO" } else { "yes" };
        let (median, most, longest) = (at(&all, 5), at(&all, 9), at(&all, 10));
        println!(
            "{name:32} {:>9} {median:>9} {most:>9} {longest:>9} {:>9}  {:016x} {} answers, all below {}: {met}",
            at(&blank, 5),
            at(&full, 5),
            self.mark,
            all.len(),
            AIM.as_micros()
        );
    }
}

/// The same chance in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    /// The first session is in the printed order, the others in any.
    fn order(&mut self, questions: &mut [Question<'_>], turn: u64) {
        for place in (1..questions.len()).rev().filter(|_| turn > 0) {
            questions.swap(place, self.next(place + 1));
        }
    }

    /// An answer in JSON; now and then there is none, for a reason.
    fn answer(&mut self, item: &Item) -> String {
        if !item.absent.is_empty() && self.next(12) == 0 {
            return "{\"absent\": \"refused\"}".to_owned();
        }
        let code = |place: usize| item.options.get(place).map_or("", |option| option.code.value.as_str());
        match item.kind {
            ItemType::Choice => format!("\"{}\"", code(self.next(item.options.len()))),
            ItemType::Choices => format!("[\"{}\"]", code(self.next(item.options.len()))),
            ItemType::Boolean => (self.next(4) == 0).to_string(),
            ItemType::Integer | ItemType::Decimal => {
                item.range.map_or_else(|| "1".to_owned(), |(low, _)| (low + rust_decimal::Decimal::from(self.next(6) as u64)).to_string())
            }
            ItemType::Date => "\"2026-03-01\"".to_owned(),
            ItemType::Time => "\"08:30\"".to_owned(),
            ItemType::Text => "\"a word\"".to_owned(),
        }
    }
}
