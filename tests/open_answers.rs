//! What is called decided stays so, whatever the open answers turn out to be, and what is called possible is neither too little nor, where exact, too
//! much: on the shipped instruments and on made-up ones, which a naive evaluator reckons once more.

mod made_up;

use std::collections::BTreeSet;

use geras::Instrument;
use geras::assess::{Coded, Holds, Outcome, ProblemKind, Scored};
use geras::definition::{Date, ItemType, Role};
use geras_tests::plain;
use made_up::{Answer, Chance, Definition, Reckoned, Sheet, full_sheets};
use rust_decimal::Decimal;

/// One answer, in the words of the answers door.
#[derive(Debug, Clone, PartialEq)]
enum Given {
    Text(String),
    Number(Decimal),
    Truth(bool),
    Several(Vec<String>),
    Absent(&'static str),
}

/// Answers by the places of the fields; nothing for a blank.
type Answers = Vec<Option<Given>>;

/// An instrument with the ids of its fields and the answers that each can be given.
struct Asked<'i> {
    instrument: &'i Instrument,
    ids: Vec<String>,
    answers: Vec<Vec<Given>>,
    absent: Vec<Option<&'static str>>,
    setting: Option<(&'i str, &'i str)>,
}

impl<'i> Asked<'i> {
    fn new(instrument: &'i Instrument) -> Self {
        let fields: Vec<_> =
            instrument.plan().fields().iter().filter(|field| field.role != Role::Setting && field.id != "assessed_on").collect();
        let answers = fields.iter().map(|field| {
            let codes = field.codes.map_or(&[][..], |set| instrument.plan().codes(set));
            match field.kind {
                ItemType::Choice => codes.iter().cloned().map(Given::Text).collect(),
                ItemType::Boolean => vec![Given::Truth(false), Given::Truth(true)],
                ItemType::Choices => {
                    let sets = (0..1_u64 << codes.len().min(6)).filter(|set| set.count_ones() < 2 || set & field.exclusive == 0);
                    let chosen =
                        |set: u64| codes.iter().enumerate().filter(move |(bit, _)| set >> bit & 1 == 1).map(|(_, code)| code.clone());
                    sets.map(|set| Given::Several(chosen(set).collect())).collect()
                }
                ItemType::Integer | ItemType::Decimal => {
                    let (low, high) = field.range.expect("a number has a range");
                    let step = field.step.unwrap_or(Decimal::ONE).max(((high - low) / Decimal::from(200)).floor());
                    let step = field.step.map_or(step, |grid| (step / grid).ceil() * grid);
                    let mut numbers: Vec<Decimal> =
                        (0..).map(|place| low + step * Decimal::from(place)).take_while(|number| *number <= high).collect();
                    numbers.extend(field.regions.iter().flatten());
                    numbers.into_iter().map(Given::Number).collect()
                }
                ItemType::Date => ["1930-02-28", "1944-05-01", "2024-01-01"].map(|day| Given::Text(day.to_owned())).to_vec(),
                ItemType::Time => ["00:00", "06:30", "23:40", "23:59"].map(|time| Given::Text(time.to_owned())).to_vec(),
                ItemType::Text => vec![Given::Text("said".to_owned())],
            }
        });
        let answers = answers.collect();
        let absent = fields.iter().map(|field| field.absent.first().map(|reason| reason.word())).collect();
        Self { instrument, ids: fields.iter().map(|field| field.id.clone()).collect(), answers, absent, setting: None }
    }

    /// The outcome of a sheet; answers that skip logic turns out to hide are taken away, as an assessor would.
    fn assess(&self, answers: &Answers, day: Option<Date>) -> (Outcome<'i>, Answers) {
        let mut answers = answers.clone();
        loop {
            let mut sheet = self.instrument.answers();
            if let Some(day) = day {
                sheet.on(day);
            }
            if let Some((id, code)) = self.setting {
                sheet.setting(id, code);
            }
            for (id, given) in self.ids.iter().zip(&answers) {
                use geras::assess::Answer as To;
                match given {
                    None => &mut sheet,
                    Some(Given::Text(text)) => sheet.answer(id, &To::Text(text)),
                    Some(Given::Number(number)) => sheet.answer(id, &To::Number(*number)),
                    Some(Given::Truth(truth)) => sheet.answer(id, &To::Boolean(*truth)),
                    Some(Given::Several(codes)) => sheet.answer(id, &To::Several(codes.iter().map(String::as_str).collect())),
                    Some(Given::Absent(reason)) => sheet.answer(id, &To::Absent(reason)),
                };
            }
            match sheet.check() {
                Ok(checked) => return (self.instrument.assess(&checked), answers),
                Err(problems) => {
                    for problem in problems {
                        assert_eq!(problem.kind, ProblemKind::ItemHidden, "only hidden items are refused: {problem:?}");
                        let place = self.ids.iter().position(|id| *id == problem.item).expect("the item is known");
                        answers[place] = None;
                    }
                }
            }
        }
    }

    /// What one more answer to each of these fields can be. `absent` says whether it may also be an absent reason.
    fn completions(&self, sheet: &Answers, open: &[usize], absent: bool, most: usize, chance: &mut Chance) -> (Vec<Answers>, bool) {
        let choices: Vec<Vec<Given>> = open
            .iter()
            .map(|place| {
                let reason = self.absent[*place].filter(|_| absent).map(Given::Absent);
                self.answers[*place].iter().cloned().chain(reason).collect()
            })
            .collect();
        let all = choices.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul).unwrap_or(usize::MAX);
        let with = |pick: &mut dyn FnMut(usize) -> usize| {
            let mut full = sheet.clone();
            for (place, choices) in open.iter().zip(&choices) {
                full[*place] = Some(choices[pick(choices.len())].clone());
            }
            full
        };
        if all > most {
            return ((0..most).map(|_| with(&mut |count| chance.below(count))).collect(), false);
        }
        let nth = |number: usize| {
            let mut rest = number;
            with(&mut |count| {
                let pick = rest % count;
                rest /= count;
                pick
            })
        };
        ((0..all).map(nth).collect(), true)
    }
}

/// One result of an outcome, under its name: decided, or what is possible.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Number(Decimal),
    Between(Option<(Decimal, Decimal)>),
    Code(String),
    OneOf(Vec<String>),
}

impl Found {
    fn of_code(coded: Coded<'_>) -> Self {
        match coded {
            Coded::Decided(code) => Self::Code(code.to_owned()),
            Coded::Open(codes) => Self::OneOf(codes.into_iter().map(str::to_owned).collect()),
        }
    }

    fn of_truth(holds: Holds) -> Self {
        match holds {
            Holds::Yes => Self::Code("yes".to_owned()),
            Holds::No => Self::Code("no".to_owned()),
            Holds::Open => Self::OneOf(vec!["no".to_owned(), "yes".to_owned()]),
        }
    }

    fn is_decided(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Code(_))
    }

    /// Whether a decided result is among what this one calls possible.
    fn allows(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Between(None), Self::Number(_)) => true,
            (Self::Between(Some((low, high))), Self::Number(number)) => number >= low && number <= high,
            (Self::OneOf(codes), Self::Code(code)) => codes.contains(code),
            _ => self == other,
        }
    }
}

fn results(outcome: &Outcome<'_>) -> Vec<(String, Found)> {
    let mut all = Vec::new();
    for score in outcome.scores() {
        let found = match score.number {
            Scored::Decided(number) => Found::Number(number),
            Scored::Open(bounds) => Found::Between(bounds),
        };
        all.push((score.score.id.value.clone(), found));
    }
    all.extend(outcome.bands().map(|band| (format!("{} (band)", band.set.id.value), Found::of_code(band.band))));
    all.extend(outcome.preliminary_grade().map(|grade| ("preliminary_grade".to_owned(), Found::of_code(grade))));
    all.extend(outcome.adjustments().map(|(adjustment, holds)| (adjustment.id.value.clone(), Found::of_truth(holds))));
    all.extend(outcome.grade().map(|grade| ("grade".to_owned(), Found::of_code(grade))));
    all.extend(outcome.alerts().map(|alert| (alert.alert.id.value.clone(), Found::of_truth(alert.holds))));
    all
}

/// How often each kind of thing was looked at, so that a proof can say that it looked at enough.
#[derive(Debug, Default)]
struct Tally {
    decided_early: usize,
    open: usize,
    exact: usize,
    completions: usize,
}

/// Holds one sheet against its completions.
fn hold(asked: &Asked<'_>, answers: &Answers, day: Option<Date>, most: usize, chance: &mut Chance, tally: &mut Tally, about: &str) {
    let (outcome, answers) = asked.assess(answers, day);
    let blank: Vec<usize> = (0..answers.len()).filter(|place| answers[*place].is_none()).collect();
    let before = results(&outcome);
    let (completions, all) = asked.completions(&answers, &blank, true, most, chance);
    let mut taken: Vec<Vec<Found>> = vec![Vec::new(); before.len()];
    for completion in &completions {
        let (after, completed) = asked.assess(completion, day);
        tally.completions += 1;
        for (place, ((name, before), (_, after))) in before.iter().zip(results(&after)).enumerate() {
            let story = || format!("{about}\n`{name}` was {before:?} and becomes {after:?}\nbefore: {answers:?}\nafter: {completed:?}");
            if before.is_decided() {
                assert_eq!(*before, after, "a decided result changes\n{}", story());
            } else if after.is_decided() {
                assert!(before.allows(&after), "a result was not called possible\n{}", story());
                if !taken[place].contains(&after) {
                    taken[place].push(after);
                }
            }
        }
    }
    tally.decided_early += before.iter().filter(|(_, found)| found.is_decided()).count() * usize::from(!blank.is_empty());
    tally.open += before.iter().filter(|(_, found)| !found.is_decided()).count();
    // Where an absent reason may come, one score may fill in for it and another wait for an answer: then the two need not agree.
    let reasons = answers.iter().zip(&asked.absent).any(|(answer, reason)| match answer {
        None => reason.is_some(),
        Some(answer) => matches!(answer, Given::Absent(_)),
    });
    if all && !reasons {
        let inexact: BTreeSet<String> = outcome.inexact().map(str::to_owned).collect();
        let exact = before
            .iter()
            .zip(&taken)
            .filter(|((name, found), _)| !found.is_decided() && !inexact.contains(name.trim_end_matches(" (band)")));
        for ((name, found), taken) in exact {
            tally.exact += 1;
            let really = match found {
                Found::Between(Some((low, high))) => taken.contains(&Found::Number(*low)) && taken.contains(&Found::Number(*high)),
                Found::OneOf(codes) => codes.iter().all(|code| taken.contains(&Found::Code(code.clone()))),
                _ => true,
            };
            assert!(really, "{about}\n`{name}` is called exactly {found:?}, but only these are taken: {taken:?}\non {answers:?}");
        }
    }
    hold_waiting(asked, &outcome, &answers, day, chance, about);
}

/// `waiting_on` names open fields only, and their answers decide everything.
fn hold_waiting(asked: &Asked<'_>, outcome: &Outcome<'_>, answers: &Answers, day: Option<Date>, chance: &mut Chance, about: &str) {
    let (waiting, failed) = (outcome.waiting_on(), outcome.failures().next().is_some());
    assert_eq!(waiting.is_empty(), outcome.is_decided(), "{about}\nit waits exactly while something is open, on {answers:?}");
    let (mut places, mut day) = (Vec::new(), day);
    for id in &waiting {
        if *id == "assessed_on" {
            day = Date::parse("2024-06-30");
            continue;
        }
        let place = asked.ids.iter().position(|known| known == id).expect("a field");
        let open = matches!(answers[place], None | Some(Given::Absent(_)));
        assert!(open, "{about}\nit waits on `{id}`, which has an answer: {answers:?}");
        places.push(place);
    }
    // An absent reason that is taken back can bring an item to light that nobody could wait for before.
    if places.iter().any(|place| answers[*place].is_some()) {
        return;
    }
    let (full, _) = asked.completions(answers, &places, false, 1, chance);
    let after = asked.assess(&full[0], day).0;
    assert!(
        failed || after.is_decided(),
        "{about}\nall of {waiting:?} is answered, and still it waits on {:?}: {full:?}",
        after.waiting_on()
    );
}

/// What becomes of the scores of a made-up instrument when these parts are put behind its head, on a blank sheet.
fn blank_scores(parts: &str) -> Vec<Scored> {
    let (head, _) = geras::check::BASE.split_once("option_lists:").expect("the base has option lists");
    let text = format!("{head}{parts}");
    let instrument = Instrument::read("parts.yaml", &text).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
    let blank = instrument.answers().check().expect("a blank sheet fits");
    instrument.assess(&blank).scores().map(|score| score.number).collect()
}

#[test]
fn a_script_that_reads_a_wide_section_is_not_decided_by_its_first_numbers() {
    for script in ["if part[0] > 3000 { 1 } else { 0 }", "let t = 0; for x in part { if x > 3000 { t = 1; } } t"] {
        let scores = blank_scores(&format!(
            "sections:
  - {{id: part, title: {{en: Part}}, items: [{{id: steps, type: integer, range: [0, 5000], text: {{en: Steps}}}}]}}
scores:
  far: {{script: {{reads: [part], code: '{script}'}}, range: [0, 1]}}
"
        ));
        assert_eq!(scores, [Scored::Open(Some((Decimal::ZERO, Decimal::ONE)))], "{script}");
    }
}

#[test]
fn an_item_that_may_be_hidden_is_the_same_item_wherever_a_formula_reads_it() {
    let scores = blank_scores(
        "sections:
  - id: part
    title: {en: Part}
    items:
      - {id: falls, type: integer, range: [0, 9], text: {en: Falls}}
      - id: harm
        when: falls >= 1
        otherwise: none
        text: {en: Harm}
        options: [{code: none, points: 0, label: {en: None}}, {code: some, points: 1, label: {en: Some}}]
scores:
  nothing: {formula: harm.points - harm.points}
  twice: {formula: harm.points + harm.points, range: [0, 2]}
  harmless: {formula: 'if falls >= 1 { harm.points * 0 } else { harm.points }', range: [0, 0]}
",
    );
    assert_eq!(scores, [Scored::Decided(Decimal::ZERO), Scored::Open(Some((Decimal::ZERO, Decimal::TWO))), Scored::Decided(Decimal::ZERO)]);
}

#[test]
fn points_too_large_for_a_machine_word_are_still_added_exactly() {
    let option = |code: &str| format!("{{code: {code}, points: 9000000000000000000, label: {{en: A}}}}");
    let item = |id: &str| format!("  - {{id: {id}, text: {{en: A}}, options: [{}, {}]}}\n", option("a"), option("b"));
    let scores = blank_scores(&format!("inputs:\n{}{}scores:\n  huge: {{sum: [one, two]}}\n", item("one"), item("two")));
    assert_eq!(scores, [Scored::Decided("18000000000000000000".parse().expect("a number"))]);
}

#[test]
fn on_every_shipped_instrument_a_decided_result_stays_as_it_is() {
    let mut tally = Tally::default();
    let mut instruments = 0;
    for (path, text) in geras_instruments::definitions() {
        let instrument = Instrument::read(path, text).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
        let asked = Asked::new(&instrument);
        let mut chance = Chance::new(7);
        instruments += 1;
        for blanks in [0, 1, 1, 2, 2, 3, 6, usize::MAX] {
            let mut answers: Answers = asked.answers.iter().map(|answers| Some(chance.pick(answers).clone())).collect();
            for place in 0..answers.len() {
                if let (Some(reason), true) = (asked.absent[place], chance.one_in(answers.len() * 2)) {
                    answers[place] = Some(Given::Absent(reason));
                }
            }
            for _ in 0..blanks.min(answers.len() * 3) {
                let place = chance.below(answers.len());
                answers[place] = None;
            }
            hold(&asked, &answers, None, 40, &mut chance, &mut tally, path);
        }
    }
    assert!(
        instruments > 3 && tally.open > 50 && tally.decided_early > 50 && tally.completions > 500,
        "{instruments} instruments, {tally:?}"
    );
    println!("{instruments} instruments, {tally:?}");
}

fn given(answer: &Answer) -> Given {
    match answer {
        Answer::Code(code) => Given::Text(format!("c{code}")),
        Answer::Truth(truth) => Given::Truth(*truth),
        Answer::Number(number) => Given::Number(*number),
        Answer::Codes(codes) => Given::Several((0..8).filter(|bit| codes >> bit & 1 == 1).map(|bit| format!("c{bit}")).collect()),
        Answer::Absent => Given::Absent("refused"),
    }
}

fn answers_of(sheet: &Sheet, shown: &[bool]) -> Answers {
    sheet.iter().zip(shown).map(|(answer, shown)| answer.as_ref().filter(|_| *shown).map(given)).collect()
}

/// geras and the naive evaluator agree on a full sheet.
fn agree(asked: &Asked<'_>, made: &Definition, sheet: &Sheet, each: bool, text: &str) {
    let naive = Reckoned::new(made, sheet, each);
    let outcome = asked.assess(&answers_of(sheet, &naive.shown), None).0;
    let code = |place: Option<usize>| place.map(|place| Found::Code(format!("g{place}")));
    let truth = |holds: Option<bool>| holds.map(|holds| Found::Code(if holds { "yes" } else { "no" }.to_owned()));
    let mut wanted: Vec<Option<Found>> = naive.scores.iter().map(|number| number.map(Found::Number)).collect();
    if !made.bands.is_empty() {
        wanted.push(code(naive.band));
    }
    if let Some(grade) = &made.grade {
        wanted.push(code(naive.preliminary));
        wanted.extend(grade.adjustments.iter().map(|(when, _)| truth(naive.holds(when))));
        wanted.push(code(naive.grade));
    }
    wanted.extend(naive.alerts.iter().map(|holds| truth(*holds)));
    // A script whose number leaves the declared range fails openly, and with absent answers it may.
    if outcome.failures().next().is_some() {
        return;
    }
    for ((name, found), wanted) in results(&outcome).into_iter().zip(wanted) {
        assert!(
            wanted.as_ref().is_none_or(|wanted| *wanted == found),
            "{text}\n`{name}` is {found:?}, reckoned {wanted:?}\non {sheet:?}, each {each}"
        );
    }
}

/// Definitions that are made up and accepted, with their texts; each has its own seed, so that a failure can be had again alone.
fn accepted(count: usize, mut each: impl FnMut(&Definition, &str, &Instrument, &mut Chance)) {
    // A longer hunt: `MADE_UP=5000:400` makes 400 sound definitions from seed 5000 on.
    let hunt = std::env::var("MADE_UP")
        .ok()
        .map(|hunt| hunt.split(':').map(|part| part.parse().expect("MADE_UP=seed:count")).collect::<Vec<u64>>());
    let (start, count) = hunt.map_or((0, count), |hunt| (hunt[0], usize::try_from(hunt[1]).expect("a count")));
    let (mut made, mut sound) = (0_u64, 0);
    while sound < count {
        made += 1;
        // The first is one on which a result was once not called possible.
        let seed = if made == 1 { 5226 } else { start + made };
        let mut chance = Chance::new(seed);
        let definition = made_up::definition(&mut chance);
        let text = format!("{}# seed {seed}\n", definition.yaml());
        if let Ok(instrument) = Instrument::read("made-up.yaml", &text) {
            sound += 1;
            each(&definition, &text, &instrument, &mut chance);
        }
        assert!(made < 100 || sound as u64 * 4 > made, "most made-up definitions are refused: {made} made, {sound} sound\n{text}");
    }
    println!("{sound} of {made} made-up definitions are sound");
}

#[test]
fn on_made_up_instruments_both_evaluators_agree_on_every_full_sheet() {
    accepted(60, |made, text, instrument, chance| {
        let mut asked = Asked::new(instrument);
        let sheets = full_sheets(&made.items);
        for each in [false, true] {
            asked.setting = each.then_some(("reasons", "each"));
            for _ in 0..sheets.len().min(8) {
                let mut sheet = chance.pick(&sheets).clone();
                for (answer, item) in sheet.iter_mut().zip(&made.items) {
                    if item.absent && chance.one_in(6) {
                        *answer = Some(Answer::Absent);
                    }
                }
                agree(&asked, made, &sheet, each, text);
            }
        }
    });
}

#[test]
fn on_made_up_instruments_a_decided_result_stays_as_it_is() {
    let mut tally = Tally::default();
    accepted(60, |made, text, instrument, chance| {
        let mut asked = Asked::new(instrument);
        for round in 0..3 {
            asked.setting = chance.one_in(2).then_some(("reasons", "each"));
            let sheet = if round == 0 { vec![None; made.items.len()] } else { made.some_sheet(chance) };
            let shown = Reckoned::new(made, &sheet, asked.setting.is_some()).shown;
            hold(&asked, &answers_of(&sheet, &shown), None, 16, chance, &mut tally, text);
        }
    });
    assert!(tally.decided_early > 100 && tally.open > 100 && tally.exact > 10, "{tally:?}");
    println!("{tally:?}");
}
