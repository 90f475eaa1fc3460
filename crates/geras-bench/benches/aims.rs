//! Every figure that the project has an aim for, beside its aim. All are measured in turn within one run, so that a busy machine disturbs them alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

use geras::Instrument;
use geras::assess::{CheckedAnswers, Outcome, sentence};
use geras_bench::by_script::{InPlainRhai, InSandbox};
use geras_bench::{by_hand, made_up, shipped};
use geras_json::{read_json, write_batch_line};

const PEOPLE: usize = 200;
/// Many short rounds: on a busy machine some of them run undisturbed.
const ROUNDS: usize = 60;

/// Something that is measured, for so many people at once.
struct Figure<'a> {
    name: String,
    people: usize,
    aim: Aim,
    act: Box<dyn FnMut() + 'a>,
    rounds: Vec<Duration>,
}

/// What a figure should stay below.
enum Aim {
    None,
    Below(Duration),
    /// So many times as long as another figure.
    Times(u32, &'static str),
}

/// Everything that an integrator reads of an outcome.
fn read_all(outcome: &Outcome<'_>) {
    for score in outcome.scores() {
        black_box(score);
    }
    outcome.bands().for_each(|band| drop(black_box(band)));
    for alert in outcome.alerts() {
        black_box(alert);
    }
    drop(black_box((outcome.preliminary_grade(), outcome.grade())));
}

fn assess(instrument: &Instrument, answers: &CheckedAnswers) {
    read_all(&instrument.assess(answers));
}

fn explain(outcome: &Outcome<'_>, instrument: &Instrument) {
    for step in outcome.explanation() {
        black_box(sentence(&step, instrument.definition(), "zh"));
    }
}

fn figure<'a>(name: impl Into<String>, people: usize, aim: Aim, act: impl FnMut() + 'a) -> Figure<'a> {
    Figure { name: name.into(), people, aim, act: Box::new(act), rounds: Vec::new() }
}

fn main() {
    // Cargo runs benches as tests too: then once is enough.
    let rounds = if std::env::args().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let micros = |count| Aim::Below(Duration::from_micros(count));

    let gbt = shipped("gb-t-42195");
    let sheets = made_up::people(&gbt, PEOPLE, |_| false);
    let lines: Vec<String> = sheets.iter().map(made_up::Sheet::json).collect();
    let checked: Vec<_> = sheets.iter().map(|sheet| sheet.checked(&gbt)).collect();
    let hand: Vec<_> = sheets.iter().map(by_hand::answers).collect();
    let (sandbox, plain) = (InSandbox::compile(), InPlainRhai::compile());
    let arguments: Vec<_> = hand.iter().map(InSandbox::arguments).collect();
    let mut scopes: Vec<_> = hand.iter().map(InPlainRhai::scope).collect();
    all_agree(&gbt, &checked, &hand, &sandbox, &plain);
    let outcomes: Vec<_> = checked.iter().map(|answers| gbt.assess(answers)).collect();
    let three = |place: usize| matches!(place, 3 | 14 | 25);
    let three: Vec<_> = made_up::people(&gbt, PEOPLE, three).iter().map(|sheet| sheet.checked(&gbt)).collect();
    let blank = gbt.answers().check().expect("a blank sheet is no mistake");

    let read = ["mz-t-039", "nba", "aggir/", "aggir-adverbes"].map(|name| (name.trim_end_matches('/'), shipped(name)));
    let others = read.each_ref().map(|(name, instrument)| {
        let sheets = made_up::people(instrument, PEOPLE, |_| false);
        let checked: Vec<_> = sheets.iter().map(|sheet| sheet.checked(instrument)).collect();
        (*name, instrument, checked, sheets.iter().map(made_up::Sheet::json).collect::<Vec<_>>())
    });

    let mut figures = vec![
        figure("gb-t-42195 by hand", PEOPLE, Aim::None, || {
            hand.iter().for_each(|answers| {
                black_box(by_hand::assess(black_box(answers)));
            })
        }),
        figure("gb-t-42195 outcome", PEOPLE, Aim::Times(5, "gb-t-42195 by hand"), || {
            checked.iter().for_each(|answers| assess(&gbt, answers))
        }),
        figure("gb-t-42195 outcome and explanation", PEOPLE, Aim::None, || {
            checked.iter().for_each(|answers| {
                let outcome = gbt.assess(answers);
                read_all(&outcome);
                explain(&outcome, &gbt);
            });
        }),
        figure("gb-t-42195 explanation, data", PEOPLE, Aim::None, || {
            outcomes.iter().for_each(|outcome| drop(black_box(outcome.explanation())))
        }),
        figure("gb-t-42195 explanation, data and sentences", PEOPLE, micros(20), || {
            outcomes.iter().for_each(|outcome| explain(outcome, &gbt))
        }),
        figure("gb-t-42195 as a script in the sandbox", PEOPLE, Aim::None, || {
            arguments.iter().for_each(|arguments| drop(black_box(sandbox.grade(arguments))));
        }),
        figure("gb-t-42195 as a script in plain Rhai", PEOPLE, Aim::None, || {
            scopes.iter_mut().for_each(|scope| drop(black_box(plain.grade(scope))));
        }),
        figure("gb-t-42195 open, three answers missing", PEOPLE, micros(1000), || three.iter().for_each(|answers| assess(&gbt, answers))),
        figure("gb-t-42195 open, nothing answered", 1, micros(1000), || assess(&gbt, &blank)),
        figure("gb-t-42195 line of JSON read", PEOPLE, Aim::None, || lines.iter().for_each(|line| drop(black_box(read_json(&gbt, line))))),
        figure("gb-t-42195 batch: read, assess, write", PEOPLE, micros(5), || {
            let mut out = Vec::new();
            lines.iter().for_each(|line| write_batch_line(&gbt, &read_json(&gbt, line), "zh", &mut out));
            black_box(out);
        }),
    ];
    for (name, instrument, checked, lines) in &others {
        let act = || checked.iter().for_each(|answers| assess(instrument, answers));
        figures.push(figure(format!("{name} outcome"), PEOPLE, Aim::None, act));
        let blank = instrument.answers().check().expect("a blank sheet is no mistake");
        figures.push(figure(format!("{name} open, nothing answered"), 1, micros(1000), move || assess(instrument, &blank)));
        figures.push(figure(format!("{name} batch: read, assess, write"), PEOPLE, micros(5), || {
            let mut out = Vec::new();
            lines.iter().for_each(|line| write_batch_line(instrument, &read_json(instrument, line), "zh", &mut out));
            black_box(out);
        }));
    }
    for (path, text) in geras_instruments::definitions() {
        let act = move || drop(black_box(Instrument::read(path, text)));
        figures.push(figure(path.trim_start_matches("instruments/"), 1, Aim::None, act));
    }
    let tree = || drop(black_box(geras::Library::read(geras_instruments::definitions())));
    figures.push(figure("the whole tree: read, check, compile", 1, Aim::Below(Duration::from_millis(100)), tree));

    figures.retain(|figure| wanted.is_empty() || wanted.iter().any(|word| figure.name.contains(word.as_str())));
    measure(&mut figures, rounds);
    print(&figures);
}

/// All figures in turn, round by round; long ones less often.
fn measure(figures: &mut [Figure<'_>], rounds: usize) {
    for round in 0..rounds {
        for figure in &mut *figures {
            let long = figure.rounds.first().is_some_and(|first| *first > Duration::from_millis(5));
            if long && round % 4 != 0 {
                continue;
            }
            let start = Instant::now();
            (figure.act)();
            figure.rounds.push(start.elapsed());
        }
    }
    figures.iter_mut().for_each(|figure| figure.rounds.sort_unstable());
}

impl Figure<'_> {
    /// Nanoseconds a person: the shortest round and the median one.
    fn each(&self) -> (u128, u128) {
        let people = self.people as u128;
        let nanos = |round: Option<&Duration>| round.map_or(0, |round| round.as_nanos() / people);
        (nanos(self.rounds.first()), nanos(self.rounds.get(self.rounds.len() / 2)))
    }
}

fn print(figures: &[Figure<'_>]) {
    println!("{:48} {:>12} {:>12}  aim", "nanoseconds a person", "shortest", "median");
    for figure in figures {
        let (shortest, median) = figure.each();
        let aim = match figure.aim {
            Aim::None => String::new(),
            Aim::Below(most) => format!("below {}: {}", most.as_nanos(), if shortest < most.as_nanos() { "yes" } else { "NO" }),
            Aim::Times(most, other) => figures.iter().find(|figure| figure.name == other).map_or(String::new(), |other| {
                let tenths = |one: u128, two: u128| (10 * one).checked_div(two).unwrap_or(0);
                let (best, usual) = (tenths(shortest, other.each().0), tenths(median, other.each().1));
                let met = if best <= 10 * u128::from(most) { "yes" } else { "NO" };
                format!("{most} x {}: {met}, {}.{} x (median {}.{} x)", other.name, best / 10, best % 10, usual / 10, usual % 10)
            }),
        };
        println!("{:48} {shortest:>12} {median:>12}  {aim}", figure.name);
    }
}

/// What is compared must be the same thing.
fn all_agree(gbt: &Instrument, checked: &[CheckedAnswers], hand: &[by_hand::Answers], sandbox: &InSandbox, plain: &InPlainRhai) {
    use geras::assess::{Coded, Holds, Scored};
    let scale = ["intact", "mild", "moderate", "severe", "complete"];
    for (answers, hand) in checked.iter().zip(hand) {
        let (outcome, wanted) = (gbt.assess(answers), by_hand::assess(hand));
        let grade = scale[usize::from(wanted.grade)];
        assert_eq!(outcome.grade(), Some(Coded::Decided(grade)));
        assert_eq!(outcome.preliminary_grade(), Some(Coded::Decided(scale[usize::from(wanted.band)])));
        let scores: Vec<Scored> = outcome.scores().map(|score| score.number).collect();
        assert_eq!(scores, wanted.scores.map(|number| Scored::Decided(number.into())));
        assert_eq!(outcome.alerts().next().map(|alert| alert.holds == Holds::Yes), Some(wanted.suicide_risk));
        assert_eq!(sandbox.grade(&InSandbox::arguments(hand)), grade);
        assert_eq!(plain.grade(&mut InPlainRhai::scope(hand)), grade);
    }
}
