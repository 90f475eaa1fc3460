//! The answers door: what does not fit is refused, all of it at once and in order, and what fits is kept. What follows from answers is not here.

use geras::Instrument;
use geras::assess::{Answer, AnswerProblem, AnswerSheet, CheckedAnswers, Override, ProblemKind, Scored};
use geras::check::BASE;
use geras::definition::Date;
use geras_tests::plain;
use rust_decimal::Decimal;

/// An instrument with an item of each type, skip logic and a setting.
fn instrument() -> Instrument {
    let inputs = "inputs:
  - {id: coma, type: boolean, text: {en: In a coma}, absent: [refused, unable]}
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls}}
  - {id: injured, type: boolean, points: {true: 1, false: 0}, text: {en: Injured}, when: falls >= 1, otherwise: false}
  - {id: scars, type: integer, range: [0, 9], text: {en: Scars}, when: injured, otherwise: 0}
  - {id: weight, type: decimal, range: [30.5, 200], step: 0.25, text: {en: Weight}}
  - id: signs
    type: choices
    text: {en: Signs}
    options: [{code: none, points: 0, label: {en: N}, exclusive: true}, {code: cough, points: 1, label: {en: C}}, {code: fever, points: 2, label: {en: F}}]
  - {id: born, type: date, text: {en: Born}}
  - {id: remark, type: text, text: {en: Remark}}
  - {id: numbered, text: {en: Numbered}, options: [{code: \"1\", points: 1, label: {en: One}}, {code: \"2\", points: 2, label: {en: Two}}]}
settings:
  - {id: way, text: {en: Way}, default: old, options: [{code: old, label: {en: Old}}, {code: new, label: {en: New}}]}
";
    let (head, tail) = BASE.split_once("inputs:").expect("the base has inputs");
    let rest = tail.split_once("scores:").expect("the base has scores").1;
    let scores = "scores:\n  age: {formula: \"years_between(born, assessed_on)\"}\n  hurt: {sum: [injured, scars, signs, numbered]}\n";
    let text = format!("{head}{inputs}{scores}{}", rest.trim_start_matches('\n'));
    Instrument::read("door.yaml", &text).unwrap_or_else(|faults| panic!("{}\n{text}", plain(&faults)))
}

fn number(text: &str) -> Answer<'static> {
    Answer::Number(text.parse().expect("a number"))
}

/// What the door says to one sheet.
fn said(fill: impl FnOnce(&mut AnswerSheet<'_>)) -> Result<CheckedAnswers, Vec<AnswerProblem>> {
    let instrument = instrument();
    let mut sheet = instrument.answers();
    fill(&mut sheet);
    sheet.check()
}

/// The only thing that is wrong with one answer.
fn wrong(id: &str, answer: &Answer<'_>) -> ProblemKind {
    let mut problems = said(|sheet| {
        sheet.answer(id, answer).setting("way", "new");
    })
    .expect_err("the answer does not fit");
    assert_eq!((problems.len(), problems[0].item.as_str()), (1, id), "{problems:?}");
    problems.remove(0).kind
}

#[test]
fn each_kind_of_answer_that_does_not_fit_is_told_by_its_own_name() {
    let codes = || ["alone", "helped", "fed"].map(str::to_owned).to_vec();
    assert_eq!(wrong("eatin", &Answer::Text("alone")), ProblemKind::UnknownItem(Some("eating".to_owned())));
    assert_eq!(wrong("nothing_like_it", &Answer::Text("alone")), ProblemKind::UnknownItem(None));
    assert_eq!(wrong("total", &number("3")), ProblemKind::UnknownItem(None), "a score that is not typed in is no item");
    assert_eq!(wrong("assessed_on", &Answer::Text("2024-05-01")), ProblemKind::UnknownItem(None), "the day has its own door");
    assert_eq!(wrong("eating", &Answer::Text("Alone")), ProblemKind::UnknownOption("Alone".to_owned(), codes()));
    assert_eq!(wrong("eating", &number("0")), ProblemKind::UnknownOption("0".to_owned(), codes()), "points are no option code");
    let outside = |given: &str| ProblemKind::OutOfRange { given: given.to_owned(), low: "0".to_owned(), high: "20".to_owned() };
    assert_eq!(wrong("falls", &number("21")), outside("21"));
    assert_eq!(wrong("falls", &number("-1")), outside("-1"));
    assert_eq!(wrong("falls", &number("1.5")), ProblemKind::WrongType("1.5".to_owned(), "integer"));
    assert_eq!(wrong("falls", &Answer::Text("3")), ProblemKind::WrongType("3".to_owned(), "integer"));
    assert_eq!(wrong("weight", &number("50.3")), ProblemKind::OffStep { given: "50.3".to_owned(), step: "0.25".to_owned() });
    assert_eq!(wrong("coma", &Answer::Text("yes")), ProblemKind::WrongType("yes".to_owned(), "boolean"));
    assert_eq!(wrong("coma", &number("1")), ProblemKind::WrongType("1".to_owned(), "boolean"));
    assert_eq!(wrong("eating", &Answer::Boolean(true)), ProblemKind::WrongType("true".to_owned(), "choice"));
    assert_eq!(wrong("eating", &Answer::Several(vec!["alone"])), ProblemKind::WrongType("[alone]".to_owned(), "choice"));
    assert_eq!(wrong("born", &Answer::Text("2024-02-30")), ProblemKind::WrongType("2024-02-30".to_owned(), "date"));
    assert_eq!(wrong("remark", &number("1")), ProblemKind::WrongType("1".to_owned(), "text"));
    assert_eq!(wrong("signs", &Answer::Several(vec!["cough", "none"])), ProblemKind::ExclusiveOption("none".to_owned()));
    assert!(matches!(wrong("signs", &Answer::Several(vec!["cough", "pain"])), ProblemKind::UnknownOption(code, _) if code == "pain"));
    let reasons = || ["refused", "unable"].map(str::to_owned).to_vec();
    assert_eq!(wrong("coma", &Answer::Absent("not_asked")), ProblemKind::AbsentReasonNotAllowed("not_asked".to_owned(), reasons()));
    assert_eq!(wrong("coma", &Answer::Absent("tired")), ProblemKind::AbsentReasonNotAllowed("tired".to_owned(), reasons()));
    assert_eq!(wrong("falls", &Answer::Absent("refused")), ProblemKind::AbsentReasonNotAllowed("refused".to_owned(), Vec::new()));
}

#[test]
fn settings_have_their_own_door_and_items_theirs() {
    let only = |fill: fn(&mut AnswerSheet<'_>)| said(fill).expect_err("it does not fit").remove(0).kind;
    assert_eq!(
        only(|sheet| {
            sheet.setting("wya", "new");
        }),
        ProblemKind::UnknownItem(Some("way".to_owned()))
    );
    assert_eq!(
        only(|sheet| {
            sheet.setting("eating", "alone");
        }),
        ProblemKind::UnknownItem(None)
    );
    assert_eq!(
        only(|sheet| {
            sheet.answer("way", &Answer::Text("new"));
        }),
        ProblemKind::UnknownItem(None)
    );
    let codes = ["old", "new"].map(str::to_owned).to_vec();
    assert_eq!(
        only(|sheet| {
            sheet.setting("way", "odd");
        }),
        ProblemKind::UnknownOption("odd".to_owned(), codes)
    );
}

#[test]
fn everything_is_told_at_once_in_the_order_of_the_answers_and_hidden_items_last() {
    let problems = said(|sheet| {
        sheet.answer("weight", &number("500")).answer("injured", &Answer::Boolean(true)).answer("eating", &Answer::Text("best"));
        sheet.answer("eating", &Answer::Text("alone")).answer("unknown", &Answer::Boolean(true)).answer("falls", &number("0"));
        sheet.overridden(Override { grade: "worst".to_owned(), reason: " ".to_owned(), by: None });
    })
    .expect_err("nearly all is wrong");
    let told: Vec<(&str, &str)> = problems.iter().map(|problem| (problem.item.as_str(), problem.kind.name())).collect();
    let wanted = [
        ("weight", "out-of-range"),
        ("eating", "unknown-option"),
        ("eating", "answered-twice"),
        ("unknown", "unknown-item"),
        ("override", "reason-missing"),
        ("override", "unknown-grade"),
        ("injured", "item-hidden"),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn an_answer_given_twice_is_refused_even_if_it_is_the_same() {
    for first in [Answer::Text("alone"), Answer::Absent("tired")] {
        let problems = said(|sheet| {
            sheet.answer("eating", &first).answer("eating", &Answer::Text("alone"));
        })
        .expect_err("twice");
        assert_eq!(problems.last().map(|problem| &problem.kind), Some(&ProblemKind::AnsweredTwice));
    }
    let problems = said(|sheet| {
        sheet.setting("way", "old").setting("way", "new");
    })
    .expect_err("twice");
    assert_eq!(problems[0].kind, ProblemKind::AnsweredTwice);
}

#[test]
fn an_item_is_refused_only_once_it_is_known_to_be_hidden() {
    assert!(
        said(|sheet| {
            sheet.answer("injured", &Answer::Boolean(true));
        })
        .is_ok(),
        "it may still turn out to be shown"
    );
    let hidden = |sheet: &mut AnswerSheet<'_>| {
        sheet.answer("falls", &number("0")).answer("injured", &Answer::Boolean(true));
    };
    assert_eq!(said(hidden).expect_err("hidden")[0].kind, ProblemKind::ItemHidden);
    let absent = |sheet: &mut AnswerSheet<'_>| {
        sheet.answer("falls", &number("0")).answer("scars", &number("2"));
    };
    let problems = said(absent).expect_err("what hangs on a hidden item is hidden too");
    assert_eq!((problems[0].item.as_str(), &problems[0].kind), ("scars", &ProblemKind::ItemHidden));
}

#[test]
fn what_fits_is_kept() {
    let instrument = instrument();
    let mut sheet = instrument.answers();
    sheet.on(Date::parse("2024-02-28").expect("a day")).answer("born", &Answer::Text("1944-02-29"));
    sheet.answer("falls", &number("1.0")).answer("injured", &Answer::Boolean(true)).answer("scars", &number("2"));
    sheet.answer("signs", &Answer::Several(vec!["fever", "cough"])).answer("numbered", &number("2")).answer("weight", &number("30.75"));
    sheet.overridden(Override { grade: "severe".to_owned(), reason: "seen by the panel".to_owned(), by: Some("panel".to_owned()) });
    let answers = sheet.check().expect("all of it fits");
    assert_eq!(answers.date(), Date::parse("2024-02-28"));
    let outcome = instrument.assess(&answers);
    let score = |id: &str| outcome.scores().find(|score| score.score.id.value == id).map(|score| score.number);
    assert_eq!(score("hurt"), Some(Scored::Decided(Decimal::from(1 + 2 + 3 + 2))));
    assert_eq!(score("age"), Some(Scored::Decided(Decimal::from(79))), "the day before the 80th birthday");
    assert_eq!(outcome.overridden().map(|decision| decision.reason.as_str()), Some("seen by the panel"));
}

#[test]
fn without_a_day_an_age_stays_open_and_waits_for_the_day() {
    let instrument = instrument();
    let mut sheet = instrument.answers();
    sheet.answer("born", &Answer::Text("1944-02-29"));
    let outcome = instrument.assess(&sheet.check().expect("it fits"));
    assert!(outcome.scores().any(|score| score.score.id.value == "age" && matches!(score.number, Scored::Open(_))));
    assert!(outcome.waiting_on().contains(&"assessed_on"), "{:?}", outcome.waiting_on());
}

#[test]
fn several_choices_take_one_code_none_and_an_exclusive_one_alone() {
    for answer in [Answer::Text("cough"), Answer::Several(vec![]), Answer::Several(vec!["none"]), Answer::Several(vec!["fever", "cough"])] {
        assert!(
            said(|sheet| {
                sheet.answer("signs", &answer);
            })
            .is_ok(),
            "{answer:?}"
        );
    }
}
