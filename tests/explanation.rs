//! The explanation of an outcome: its steps are the outcome, its ways to a milder grade are real, and its sentences read like sentences.

#[path = "made_up/chance.rs"]
mod chance;

use chance::Chance;
use geras::Instrument;
use geras::assess::{Answer, Coded, Holds, Outcome, Scored, Step, Way, milder_sentences, sentence};
use geras::definition::{Form, ItemType, Role};
use geras_json::read_answers;
use geras_tests::plain;
use rust_decimal::Decimal;

fn shipped() -> impl Iterator<Item = Instrument> {
    geras_instruments::definitions().map(|(path, text)| {
        let mut instrument = Instrument::read(path, text).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
        // Not every licence allows every use; for one that it allows each can be assessed with.
        let allowed = instrument.definition().licence.uses().first().copied();
        instrument.use_for(allowed.unwrap_or_else(|| panic!("{path}: its licence allows no use")));
        instrument
    })
}

/// Answers by id, in the words of the door, so that one can be changed by hand.
type Answers = Vec<(String, String)>;

/// Fills in an instrument by chance; `blank` of a hundred fields stay open.
fn answers(instrument: &Instrument, chance: &mut Chance, blank: usize) -> Answers {
    let mut all = Answers::new();
    for field in instrument.plan().fields().iter().filter(|field| field.role != Role::Setting && field.id != "assessed_on") {
        let answer = match field.kind {
            ItemType::Choice => chance.pick(field.codes.map_or(&[][..], |set| instrument.plan().codes(set))).clone(),
            ItemType::Boolean => chance.one_in(6).to_string(),
            ItemType::Integer | ItemType::Decimal => {
                let (low, high) = field.range.expect("a number has a range");
                let up = Decimal::from(chance.below(4)) * field.step.unwrap_or(Decimal::ONE);
                (low + up).min(high).to_string()
            }
            _ => continue,
        };
        if chance.below(100) >= blank {
            all.push((field.id.clone(), answer));
        }
    }
    all
}

fn assess<'i>(instrument: &'i Instrument, answers: &Answers) -> Outcome<'i> {
    let mut answers = answers.clone();
    // Answers that are refused are taken away, as one can hide another; each time at least one.
    for _ in 0..=answers.len() {
        let mut sheet = instrument.answers();
        for (id, answer) in &answers {
            let field = instrument.plan().fields().iter().find(|field| field.id == *id).expect("a field");
            match field.kind {
                ItemType::Boolean => sheet.answer(id, &Answer::Boolean(answer == "true")),
                ItemType::Integer | ItemType::Decimal => sheet.answer(id, &Answer::Number(answer.parse().expect("a number"))),
                _ => sheet.answer(id, &Answer::Text(answer)),
            };
        }
        match sheet.check() {
            Ok(checked) => return instrument.assess(&checked),
            Err(problems) => {
                let before = answers.len();
                answers.retain(|(id, _)| !problems.iter().any(|problem| problem.item == *id));
                assert!(
                    answers.len() < before,
                    "{}: refused for another reason than an answer: {problems:?}",
                    instrument.definition().id.value
                );
            }
        }
    }
    panic!("a sheet without an answer is refused")
}

/// Some sheets of every shipped instrument, full ones and open ones.
fn for_some_sheets(mut each: impl FnMut(&Instrument, &Answers, &Outcome<'_>)) {
    for instrument in shipped() {
        let mut chance = Chance::new(11);
        for blank in [0, 0, 0, 5, 20, 100] {
            let answers = answers(&instrument, &mut chance, blank);
            each(&instrument, &answers, &assess(&instrument, &answers));
        }
    }
}

#[test]
fn the_last_step_is_the_result_and_the_steps_before_say_what_the_outcome_says() {
    let mut sums = 0;
    for_some_sheets(|_, answers, outcome| {
        let steps = outcome.explanation();
        if let Some(grade) = outcome.grade() {
            assert_eq!(steps.last(), Some(&Step::Graded { grade }));
        }
        let scored: Vec<(&str, Scored)> = steps
            .iter()
            .filter_map(
                |step| if let Step::Scored { score, number, .. } = step { Some((score.id.value.as_str(), number.clone())) } else { None },
            )
            .collect();
        for score in outcome.scores() {
            assert!(scored.contains(&(score.score.id.value.as_str(), score.number)), "{}", score.score.id.value);
        }
        assert_eq!(scored.len(), outcome.scores().count());
        for band in outcome.bands() {
            let step = steps
                .iter()
                .any(|step| matches!(step, Step::Banded { set, band: told, .. } if set.id == band.set.id && *told == band.band));
            assert!(step, "{}", band.set.id.value);
        }
        for (adjustment, holds) in outcome.adjustments() {
            let told = steps.iter().find_map(|step| match step {
                Step::Adjusted { adjustment: known, holds } if known.id == adjustment.id => Some(*holds),
                _ => None,
            });
            assert_eq!(told, (holds != Holds::No).then_some(holds), "{}", adjustment.id.value);
        }
        for step in &steps {
            let Step::Scored { score, contributions, number: Scored::Decided(number), .. } = step else { continue };
            let plain = score.round.is_none() && score.at_least.is_none() && score.at_most.is_none();
            if matches!(score.form.value, Form::Sum { .. }) && plain {
                let sum: Decimal = contributions.iter().filter_map(|member| member.number).sum();
                assert_eq!(sum, *number, "{} on {answers:?}", score.id.value);
                sums += 1;
            }
        }
    });
    assert!(sums > 20, "only {sums} sums were looked at");
}

#[test]
fn each_answer_that_is_called_milder_makes_the_grade_milder_by_hand() {
    let (mut ways, mut scores) = (0, 0);
    for_some_sheets(|instrument, answers, outcome| {
        let (Some(milder), Some(Coded::Decided(now))) = (outcome.milder(), outcome.grade()) else { return };
        let scale: Vec<&str> =
            instrument.definition().grade.iter().flat_map(|grade| &grade.scale).map(|step| step.id.value.as_str()).collect();
        let rank = |grade: &str| scale.iter().position(|known| *known == grade).expect("a grade");
        assert_eq!(rank(milder.grade) + 1, rank(now), "the next milder grade is named");
        for way in &milder.ways {
            match way {
                Way::Answer { item, now: before, needed, gives } => {
                    let mut other = answers.clone();
                    let answer = other.iter_mut().find(|(id, _)| *id == item.id.value).expect("the item has an answer");
                    assert_eq!(answer.1, *before);
                    answer.1.clone_from(needed);
                    assert_eq!(
                        assess(instrument, &other).grade(),
                        Some(Coded::Decided(gives)),
                        "{} {needed} on {answers:?}",
                        item.id.value
                    );
                    assert!(rank(gives) < rank(now));
                    ways += 1;
                }
                Way::Score { set, now: number, needed, gives } => {
                    let band =
                        |number: Decimal| set.bands.iter().find(|band| band.edges.contain(number)).map(|band| band.id.value.as_str());
                    assert_ne!(band(*number), band(*needed), "the score lies in another band");
                    assert!(rank(gives) < rank(now));
                    // No edge of the band that is meant lies between the two numbers and gives the same.
                    let between = (*number + *needed) / Decimal::TWO;
                    assert!(
                        (*needed - *number).abs() < Decimal::ONE || band(between) != band(*needed),
                        "{needed} is not the nearest to {number}"
                    );
                    scores += 1;
                }
                Way::Without { adjustments, gives } => {
                    assert!(!adjustments.is_empty() && rank(gives) < rank(now));
                }
            }
        }
    });
    println!("{ways} answers, {scores} scores");
    assert!(ways > 10 && scores > 0, "{ways} answers, {scores} scores");
}

#[test]
fn every_step_is_a_sentence_in_both_languages_without_an_id_where_there_is_a_label() {
    let mut sentences = 0;
    for_some_sheets(|instrument, _, outcome| {
        let definition = instrument.definition();
        let labelled: Vec<&str> = definition.items.iter().filter(|item| item.text.is_some()).map(|item| item.id.value.as_str()).collect();
        for language in
            definition.languages.iter().map(|language| language.value.as_str()).filter(|language| ["zh", "en"].contains(language))
        {
            let mut told: Vec<String> = outcome.explanation().iter().map(|step| sentence(step, definition, language)).collect();
            told.extend(outcome.milder().iter().flat_map(|milder| milder_sentences(milder, definition, language)));
            for sentence in told {
                assert!(!sentence.trim().is_empty() && !sentence.contains(['{', '}']), "{sentence}");
                let words: Vec<&str> = sentence.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
                let raw = labelled.iter().find(|id| id.contains('_') && words.contains(id));
                assert!(raw.is_none(), "`{}` has a name, and yet: {sentence}", raw.unwrap_or(&""));
                sentences += 1;
            }
        }
    });
    assert!(sentences > 200, "only {sentences} sentences were read");
}

/// The explanation of an example, as people read it.
fn told(instrument: &Instrument, answers: &str, language: &str) -> String {
    let person = read_answers(instrument, answers);
    let checked = person.answers.unwrap_or_else(|problems| panic!("{problems:?}"));
    let outcome = instrument.assess(&checked);
    let mut lines: Vec<String> = outcome.explanation().iter().map(|step| sentence(step, instrument.definition(), language)).collect();
    lines.extend(outcome.milder().iter().flat_map(|milder| milder_sentences(milder, instrument.definition(), language)));
    lines.join("\n")
}

#[test]
fn the_examples_are_explained_as_in_their_snapshots() {
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/answers");
    let mut files: Vec<_> = std::fs::read_dir(examples).expect("there are examples").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let instruments: Vec<Instrument> = shipped().collect();
    let mut read = 0;
    for file in files {
        let name = file.file_stem().and_then(std::ffi::OsStr::to_str).expect("a name").to_owned();
        let id = |instrument: &&Instrument| name.starts_with(&format!("{}-", instrument.definition().id.value));
        // The longest id that fits: `aggir` is the beginning of `aggir-adverbes` too.
        let Some(instrument) = instruments.iter().filter(id).max_by_key(|instrument| instrument.definition().id.value.len()) else {
            continue;
        };
        let text = std::fs::read_to_string(&file).expect("an example is text");
        for language in ["zh", "en"] {
            if instrument.definition().languages.iter().any(|known| known.value == language) {
                insta::with_settings!({ snapshot_suffix => format!("{name}-{language}"), omit_expression => true, prepend_module_to_snapshot => false }, {
                    insta::assert_snapshot!("explained", told(instrument, &text, language));
                });
                read += 1;
            }
        }
    }
    assert!(read >= 2, "only {read} explanations were read");
}
