//! One person then and now: what moved, which way, because of what, and when to look again. Every unusable earlier outcome is a problem, never a guess.

use geras::Instrument;
use geras::assess::problem_sentence;
use geras::change::{Cause, Moved, Recorded, Split, Toward, Untold};
use geras::check::{BASE, example};
use geras::definition::Date;
use geras_json::{Compared, assess_json, assess_since_json, read_answers};
use geras_tests::plain;
use serde_json::{Value, json};

fn read(text: &str) -> Instrument {
    Instrument::read("edition.yaml", text).unwrap_or_else(|faults| panic!("{}", plain(&faults)))
}

/// The edition in force until the end of 2023.
fn old() -> Instrument {
    read(&BASE.replace("effective: {from: 2024-01-01}", "effective: {from: 2020-01-01, until: 2023-12-31}"))
}

/// The next edition, with these keys replaced.
fn new(fragment: &str) -> Instrument {
    read(&example(fragment).replace("edition: \"1\"", "edition: \"2\""))
}

/// Stricter bands: ten points are severe.
const STRICTER: &str = "bands:
  total:
    - {id: mild, from: 0, to: 5, label: {en: Mild}}
    - {id: severe, from: 10, to: 20, label: {en: Severe}}
grade:
  scale: [{id: mild, label: {en: Mild}}, {id: severe, label: {en: Severe}}]
  preliminary: {band: total}
";

fn printed(instrument: &Instrument, sheet: &str) -> String {
    assess_json(instrument, &read_answers(instrument, sheet), &["en"])
}

/// Compares two sheets; the words of the problems where the earlier outcome is refused.
fn compared<'i>(previous: &str, now: &'i Instrument, sheet: &str, editions: &[&'i Instrument]) -> Result<Compared<'i>, Vec<String>> {
    let person = read_answers(now, sheet);
    let outcome = now.assess(person.answers.as_ref().unwrap_or_else(|problems| panic!("{problems:?}")));
    let told = |problems: Vec<geras::assess::AnswerProblem>| problems.iter().map(|problem| problem_sentence(problem, "en")).collect();
    Compared::read(previous, &person, &outcome, editions).map_err(told)
}

fn moved<'c>(compared: &'c Compared<'_>, id: &str) -> &'c Moved {
    compared
        .change
        .moved
        .iter()
        .find(|moved| moved.id == id && moved.subject != geras::change::Subject::Band)
        .unwrap_or_else(|| panic!("`{id}` moved"))
}

const WELL: &str = "{id: li, date: 2023-05-01, answers: {eating: alone, walking: alone, coma: false, falls: 0}}";
const WORSE: &str = "{id: li, date: 2023-11-01, answers: {eating: helped, walking: helped, coma: false, falls: 4}}";

#[test]
fn under_one_edition_whatever_moved_moved_because_of_the_answers() {
    let edition = old();
    let compared = compared(&printed(&edition, WELL), &edition, WORSE, &[&edition]).expect("the two belong together");
    assert!(matches!(compared.split, Split::SameRules) && compared.same_person == Some(true));
    let total = moved(&compared, "total");
    assert_eq!((total.by, total.toward, total.cause), (Some(10.into()), Some(Toward::Worse), Cause::Answers));
    let grade = moved(&compared, "grade");
    assert_eq!((&grade.before, &grade.after), (&Some(Recorded::Code("mild".into())), &Some(Recorded::Code("moderate".into()))));
    assert_eq!((grade.by, grade.toward, grade.cause), (Some(1.into()), Some(Toward::Worse), Cause::Answers));
    let differ: Vec<&str> = compared.change.answers.iter().map(|(item, _, _)| item.as_str()).collect();
    assert_eq!(differ, ["eating", "walking", "falls"]);
}

#[test]
fn the_same_answers_under_another_edition_moved_because_of_the_edition() {
    let (old, new) = (old(), new(STRICTER));
    let then = WORSE;
    let now = WORSE.replace("2023-11-01", "2024-11-01");
    let compared = compared(&printed(&old, then), &new, &now, &[&old, &new]).expect("the two belong together");
    assert!(matches!(compared.split, Split::NewAnswersOldRules(_)));
    let grade = moved(&compared, "grade");
    assert_eq!((&grade.after, grade.toward, grade.cause), (&Some(Recorded::Code("severe".into())), None, Cause::Edition));
    let scores = compared.change.moved.iter().filter(|moved| moved.subject == geras::change::Subject::Score);
    assert_eq!(scores.count(), 0, "ten points then and now");
    assert_eq!(compared.change.answers, []);
}

#[test]
fn what_both_have_moved_is_told_as_both_and_each_score_by_itself() {
    let (old, new) = (old(), new(STRICTER));
    let now = WORSE.replace("2023-11-01", "2024-11-01");
    let compared = compared(&printed(&old, WELL), &new, &now, &[&old, &new]).expect("the two belong together");
    assert_eq!(moved(&compared, "grade").cause, Cause::Both, "mild to moderate by the answers, moderate to severe by the edition");
    assert_eq!(moved(&compared, "total").cause, Cause::Answers);
}

#[test]
fn without_the_rules_of_then_the_answers_of_then_tell_the_causes_apart() {
    let (old, new) = (old(), new(STRICTER));
    // The file of the old edition has changed since: its hash is another one.
    let changed =
        read(&format!("{}# a remark\n", BASE.replace("effective: {from: 2024-01-01}", "effective: {from: 2020-01-01, until: 2023-12-31}")));
    let now = WORSE.replace("2023-11-01", "2024-11-01");
    let compared = compared(&printed(&old, WORSE), &new, &now, &[&changed, &new]).expect("the two belong together");
    assert!(matches!(compared.split, Split::OldAnswersNewRules(_)));
    assert_eq!(moved(&compared, "grade").cause, Cause::Edition);
}

#[test]
fn where_no_answers_fit_the_other_edition_the_cause_is_not_guessed() {
    let old = old();
    let other = "inputs:\n  - {id: asleep, type: boolean, text: {en: Asleep}}\n  - {id: falls, type: integer, range: [0, 20], text: {en: Falls in the last year}}\n\
                 grade:\n  scale: [{id: mild, label: {en: Mild}}, {id: moderate, label: {en: Moderate}}, {id: severe, label: {en: Severe}}]\n  preliminary: {band: total}\n";
    let new = new(other);
    let sheet = "{id: li, date: 2024-11-01, answers: {eating: helped, walking: helped, asleep: false, falls: 4}}";
    let compared = compared(&printed(&old, WELL), &new, sheet, &[&old, &new]).expect("the two belong together");
    assert!(matches!(compared.split, Split::Untold(Untold::AnswersDoNotFit)));
    assert_eq!(moved(&compared, "grade").cause, Cause::Untold);
    let whole: Value =
        serde_json::from_str(&assess_since_json(&new, &[&old, &new], &read_answers(&new, sheet), &printed(&old, WELL), &["en"]))
            .expect("it is JSON");
    assert_eq!(whole["change"]["split"], "answers_do_not_fit");
    let told = whole["change"]["text"]["en"].to_string();
    assert!(told.contains("the causes cannot be told apart"), "{told}");
}

#[test]
fn better_is_what_the_score_calls_better() {
    let better = read(&example("direction: higher_is_better\n"));
    let (then, now) = (WELL.replace("2023", "2024"), WORSE.replace("2023", "2024"));
    let compared = compared(&printed(&better, &then), &better, &now, &[&better]).expect("the two belong together");
    assert_eq!(moved(&compared, "total").toward, Some(Toward::Better));
}

#[test]
fn an_open_result_moved_without_an_amount() {
    let edition = old();
    let open = "{id: li, date: 2023-05-01, answers: {eating: alone}}";
    let compared = compared(&printed(&edition, open), &edition, WORSE, &[&edition]).expect("the two belong together");
    let total = moved(&compared, "total");
    assert_eq!((&total.before, total.by, total.toward), (&Some(Recorded::Open), None, None));
}

#[test]
fn nothing_that_moved_is_said_too() {
    let edition = old();
    let account = assess_since_json(&edition, &[&edition], &read_answers(&edition, WELL), &printed(&edition, WELL), &["en", "zh"]);
    let whole: Value = serde_json::from_str(&account).expect("it is JSON");
    assert_eq!(whole["change"]["moved"], json!([]));
    assert_eq!(
        whole["change"]["text"]["en"],
        json!([
            "Compared with the outcome of 2023-05-01 by daily-help@1.",
            "No score, band or grade has moved.",
            "The instrument states no interval for reviews; the rules of the place decide."
        ])
    );
}

#[test]
fn an_outcome_of_another_person_instrument_edition_or_later_day_is_a_problem() {
    let (old, new) = (old(), new(STRICTER));
    let told = |previous: &str, sheet: &str| compared(previous, &old, sheet, &[&old]).err().unwrap_or_default();
    assert_eq!(told(&printed(&old, &WELL.replace("id: li", "id: wang")), WORSE), ["this belongs to `li`, and the other to `wang`"]);
    let later = printed(&new, &WORSE.replace("2023", "2024"));
    assert_eq!(
        told(&later, WORSE),
        [
            "the earlier outcome is by the edition `2`, which is not here; there are `1`",
            "the earlier outcome is of 2024-11-01, which is after 2023-11-01"
        ]
    );
    let other = printed(&old, WELL).replace("\"id\": \"daily-help\"", "\"id\": \"other\"");
    assert_eq!(told(&other, WORSE), ["the earlier outcome is by `other@1`, and this is `daily-help@1`"]);
    assert_eq!(
        told(&printed(&old, "{answers: {eating: fed_up}}"), WORSE),
        ["the earlier outcome cannot be used: it holds a sheet that was refused, and no outcome"]
    );
    assert_eq!(told("[]", WORSE).len(), 1);
    assert_eq!(told("{}", WORSE).len(), 1);
}

#[test]
fn an_outcome_that_is_cut_off_anywhere_is_a_problem() {
    let edition = old();
    let whole = printed(&edition, WELL);
    for end in (0..whole.trim_end().len()).step_by(7).filter(|end| whole.is_char_boundary(*end)) {
        let told = compared(&whole[..end], &edition, WORSE, &[&edition]).err().unwrap_or_default();
        assert!(matches!(told.as_slice(), [one] if one.starts_with("the earlier outcome cannot be used: ")), "cut at {end}: {told:?}");
    }
}

#[test]
fn who_is_not_named_cannot_be_checked_and_that_is_said() {
    let edition = old();
    let nameless = WELL.replace("id: li, ", "");
    let account = assess_since_json(&edition, &[&edition], &read_answers(&edition, WORSE), &printed(&edition, &nameless), &["en"]);
    let whole: Value = serde_json::from_str(&account).expect("it is JSON");
    assert_eq!(whole["change"]["same_person"], Value::Null);
    assert!(whole["change"]["text"]["en"].to_string().contains("could not be checked"));
}

#[test]
fn settings_that_differ_are_named() {
    let with = |default: &str| {
        format!(
            "settings:\n  - {{id: way, text: {{en: Way}}, default: {default}, options: [{{code: one, label: {{en: One}}}}, {{code: two, label: {{en: Two}}}}]}}\n"
        )
    };
    let edition = read(&example(&with("one")));
    let (then, now) = (WELL.replace("2023", "2024"), WELL.replace("2023", "2024").replace("answers", "settings: {way: two}, answers"));
    let compared = compared(&printed(&edition, &then), &edition, &now, &[&edition]).expect("the two belong together");
    assert_eq!(compared.change.settings, [("way".to_owned(), None, Some("two".to_owned()))]);
}

#[test]
fn the_next_review_is_due_on_the_same_day_or_the_last_of_the_month() {
    let edition = read(&example("review: {months: 6, text: {en: Also without a change.}, cite: § 9, provenance: {status: compared}}\n"));
    for (day, due) in
        [("2024-05-14", "2024-11-14"), ("2024-08-31", "2025-02-28"), ("2027-08-29", "2028-02-29"), ("2024-12-31", "2025-06-30")]
    {
        let sheet = format!("{{date: {day}, answers: {{}}}}");
        let outcome: Value = serde_json::from_str(&printed(&edition, &sheet)).expect("it is JSON");
        let steps = outcome["explanation"].as_array().expect("it has steps");
        let review = steps.iter().find(|step| step["step"] == "review").expect("there is a review");
        assert_eq!(review["due"], due, "after {day}");
        assert_eq!(review["text"]["en"], json!(format!("Review by {due} at the latest (6 months) (§ 9). Also without a change.")));
    }
    let outcome: Value = serde_json::from_str(&printed(&edition, "{answers: {}}")).expect("it is JSON");
    assert!(outcome["explanation"].to_string().contains("Review after 6 months at the latest"));
    assert_eq!(Date::parse("9999-12-31").and_then(|day| day.months_later(6)), None, "the calendar ends");
}

#[test]
fn an_interval_of_no_months_is_refused() {
    for months in ["0", "1201", "-1", "six"] {
        let faults = Instrument::read("x.yaml", &example(&format!("review: {{months: {months}}}\n"))).expect_err("it is refused");
        assert!(faults.iter().all(|fault| fault.name == "wrong-kind"), "{}", plain(&faults));
    }
}
