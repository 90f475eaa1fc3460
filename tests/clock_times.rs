//! Times of day: which answers are taken, how time runs on over midnight, and what is known while a time is open.

use geras::Instrument;
use geras::assess::{Answer, AnswerProblem, ProblemKind, Scored, problem_sentence};
use geras::check::{BASE, example};
use geras::definition::ClockTime;
use geras_tests::plain;
use rust_decimal::Decimal;

const SLEEP: &str = "inputs:
  - {id: to_bed, type: time, text: {en: Goes to bed}}
  - {id: up, type: time, text: {en: Gets up}}
  - {id: naps, type: boolean, text: {en: Naps}}
  - {id: nap, type: time, text: {en: Nap begins}, when: naps, otherwise: \"12:00\"}
scores:
  in_bed: {formula: \"minutes_between(to_bed, up)\", range: [0, 1439]}
  hours: {formula: \"minutes_between(to_bed, up) / 60\", round: {places: 1, mode: half_up}}
  at_noon: {count: [nap == \"12:00\"]}
  same: {count: [to_bed == up]}
";

fn sleep() -> Instrument {
    let head = BASE.split("sections:").next().expect("the base has sections");
    Instrument::read("sleep.yaml", &format!("{head}{SLEEP}")).unwrap_or_else(|faults| panic!("{}", plain(&faults)))
}

fn scores(answers: &[(&str, Answer<'_>)]) -> Vec<Scored> {
    let instrument = sleep();
    let mut sheet = instrument.answers();
    for (id, answer) in answers {
        sheet.answer(id, answer);
    }
    let outcome = instrument.assess(&sheet.check().expect("the answers fit"));
    outcome.scores().map(|score| score.number).collect()
}

fn in_bed(from: &str, to: &str) -> Scored {
    scores(&[("to_bed", Answer::Text(from)), ("up", Answer::Text(to))]).remove(0)
}

fn decided(number: u16) -> Scored {
    Scored::Decided(Decimal::from(number))
}

#[test]
fn time_in_bed_runs_on_over_midnight() {
    for (from, to, minutes) in [
        ("22:30", "06:15", 465),
        ("00:30", "06:15", 345),
        ("23:59", "00:00", 1),
        ("00:00", "23:59", 1439),
        ("07:00", "07:00", 0),
        ("07:01", "07:00", 1439),
    ] {
        assert_eq!(in_bed(from, to), decided(minutes), "from {from} to {to}");
    }
}

#[test]
fn what_is_no_time_of_day_is_refused_in_words_that_say_how_to_write_one() {
    let instrument = sleep();
    for wrong in ["25:00", "24:00", "23:60", "7pm", "7:05", "0705", "07:05:00", "-1:00", "", "07.05", "０７:05"] {
        let mut sheet = instrument.answers();
        sheet.answer("to_bed", &Answer::Text(wrong));
        let problems = sheet.check().expect_err(wrong);
        let expected = AnswerProblem { item: "to_bed".to_owned(), kind: ProblemKind::WrongType(wrong.to_owned(), "time") };
        assert_eq!(problems, [expected], "{wrong}");
        let said = problem_sentence(&problems[0], "en");
        assert!(said.contains("00:00") && said.contains("23:59") && said.contains("07:05"), "{said}");
        assert!(problem_sentence(&problems[0], "zh").contains("钟点"));
    }
    let mut sheet = instrument.answers();
    sheet.answer("to_bed", &Answer::Number(Decimal::from(1380)));
    assert_eq!(sheet.check().expect_err("minutes are no time").len(), 1);
}

#[test]
fn every_minute_of_the_day_is_read_and_written_the_same() {
    for minutes in 0..ClockTime::DAY {
        let time = ClockTime::from_minutes(minutes).expect("the day has it");
        assert_eq!(ClockTime::parse(&time.to_string()), Some(time));
        assert_eq!(time.minutes(), minutes);
    }
    assert_eq!(ClockTime::from_minutes(ClockTime::DAY), None);
}

#[test]
fn with_one_time_open_the_score_is_open_and_waits_for_it_alone() {
    let open = scores(&[("to_bed", Answer::Text("23:00"))]);
    assert_eq!(open[0], Scored::Open(Some((Decimal::ZERO, Decimal::from(1439)))));
    assert_eq!(open[1], Scored::Open(Some((Decimal::ZERO, Decimal::from(24)))));
    assert_eq!(open[3], Scored::Open(Some((Decimal::ZERO, Decimal::ONE))), "both can be the same minute");
}

#[test]
fn a_hidden_time_counts_as_what_the_definition_says() {
    assert_eq!(scores(&[("naps", Answer::Boolean(false))])[2], decided(1));
    assert_eq!(scores(&[("naps", Answer::Boolean(true)), ("nap", Answer::Text("12:01"))])[2], decided(0));
}

/// What is said about the base with these keys replaced.
fn said(fragment: &str) -> String {
    match Instrument::read("example.yaml", &example(fragment)) {
        Ok(instrument) => plain(instrument.warnings()),
        Err(faults) => plain(&faults),
    }
}

#[test]
fn rules_that_ask_which_time_is_the_later_one_are_refused_with_the_way_out() {
    let rule = |when: &str| {
        let alert = format!("alerts: [{{id: late, when: '{when}', text: {{en: Late}}, urgency: soon}}]\n");
        said(&format!("inputs: [{{id: coma, type: boolean, text: {{en: C}}}}, {{id: up, type: time, text: {{en: Up}}}}]\n{alert}"))
    };
    for when in ["up > \"09:00\"", "up >= up", "up < 540"] {
        let said = rule(when);
        assert!(said.contains("types-differ") && said.contains("minutes_between"), "{when}: {said}");
    }
    assert_eq!(rule("up == \"09:00\""), "");
    assert_eq!(rule("minutes_between(\"04:00\", up) > 300"), "", "later than nine, where the day begins at four");
    for when in
        ["up == \"9:00\"", "up == \"24:00\"", "minutes_between(up, 5) > 1", "minutes_between(\"x\", up) > 1", "days_between(up, up) > 1"]
    {
        assert!(rule(when).contains("types-differ"), "{when}: {}", rule(when));
    }
    assert!(
        said("inputs: [{id: coma, type: boolean, text: {en: C}}, {id: up, type: time, range: [0, 1], text: {en: U}}]\nalerts: []\n")
            .contains("wrong-form")
    );
}

#[test]
fn a_band_of_sleep_efficiency_is_proved_from_times_of_day() {
    let bands = |low: &str| {
        let head = BASE.split("sections:").next().expect("the base has sections");
        let bands =
            format!("bands:\n  in_bed: [{{id: short, below: 360, label: {{en: S}}}}, {{id: long, from: {low}, label: {{en: L}}}}]\n");
        let read = Instrument::read("sleep.yaml", &format!("{head}{SLEEP}{bands}"));
        read.map_or_else(|faults| plain(&faults), |instrument| plain(instrument.warnings()))
    };
    assert_eq!(bands("360"), "");
    assert!(bands("361").contains("bands-leave-gap"), "{}", bands("361"));
}
