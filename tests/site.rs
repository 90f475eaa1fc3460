//! What a site puts in place: licensed wording over an instrument, and what it uses instruments for. How a folder is found is the command line's.

use geras::assess::{Answer, ProblemKind, problem_sentence, sentence};
use geras::check::example;
use geras::definition::{Shown, Use};
use geras::site::SiteTexts;
use geras::source::Diagnostic;
use geras::{Instrument, Library};
use geras_json::{assess_json, batch_line, describe_json, read_answers};
use geras_tests::plain;
use serde_json::Value;

const BARE: &str = "licence: {class: permission_required, wording: overlay, holder: Somebody}
option_lists:
  help:
    - {code: alone, points: 0}
    - {code: helped, points: 5}
    - {code: fed, points: 10}
sections:
  - id: daily
    title: {en: Daily life}
    items:
      - {id: eating, code: \"1\", options: help}
      - {id: walking, options: help}
";

const TEXTS: &str = "texts_for: daily-help@1
origin: Agreement 7 with Somebody
languages: [zh, en]
items:
  eating:
    text: {zh: 吃饭, en: Eats}
    help: {zh: 看, en: Look}
    options:
      alone: {label: {zh: 自己, en: Herself}}
      helped: {label: {zh: 协助, en: Helped}}
      fed: {label: {zh: 喂, en: Fed}, help: {zh: 管饲, en: Tube}}
  walking:
    text: {zh: 走路, en: Walks}
    options:
      alone: {label: {zh: 自己, en: Herself}}
      helped: {label: {zh: 协助, en: Helped}}
      fed: {label: {zh: 推, en: Pushed}}
";

fn read(fragment: &str) -> Instrument {
    Instrument::read("daily.yaml", &example(fragment)).unwrap_or_else(|faults| panic!("{}", plain(&faults)))
}

fn put(instrument: &mut Instrument, texts: &str) -> Result<(), Vec<Diagnostic>> {
    SiteTexts::read("1.texts.yaml", texts).and_then(|texts| instrument.put_texts(&texts))
}

fn with_texts() -> Instrument {
    let mut instrument = read(BARE);
    put(&mut instrument, TEXTS).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
    instrument
}

/// What is wrong with the texts, changed in one place.
fn wrong(from: &str, to: &str) -> String {
    assert!(TEXTS.contains(from), "{from}");
    let faults = put(&mut read(BARE), &TEXTS.replacen(from, to, 1)).expect_err("the texts do not fit");
    plain(&faults)
}

#[test]
fn texts_change_what_is_read_and_nothing_that_is_computed() {
    let (bare, worded) = (read(BARE), with_texts());
    assert_eq!(worded.definition().hash, bare.definition().hash);
    let sheet = r#"{"id": "a", "date": "2024-05-01", "answers": {"eating": "helped", "walking": "fed", "coma": false, "falls": 4}}"#;
    assert_eq!(batch_line(&bare, sheet, "en"), batch_line(&worded, sheet, "en"));
    let account = |instrument: &Instrument| -> Value {
        serde_json::from_str(&assess_json(instrument, &read_answers(instrument, sheet), &["zh"])).expect("it is JSON")
    };
    let (mut told, plainly) = (account(&worded), account(&bare));
    let texts = told["definitions"][0].as_object_mut().and_then(|used| used.remove("texts")).expect("the outcome tells of the texts");
    assert_eq!(texts["origin"], "Agreement 7 with Somebody");
    assert_eq!(texts["hash"].as_str().map(str::len), Some(64));
    assert_eq!(texts["languages"], serde_json::json!(["zh", "en"]));
    assert_eq!(told["scores"], plainly["scores"]);
    assert_eq!(told["definitions"], plainly["definitions"]);
}

#[test]
fn the_words_of_the_site_are_seen_wherever_an_item_is_named() {
    let described: Value = serde_json::from_str(&describe_json(&with_texts())).expect("it is JSON");
    assert_eq!(described["items"][0]["text"]["zh"], "吃饭");
    assert_eq!(described["items"][1]["options"][2]["label"]["en"], "Pushed");
    assert_eq!(
        (described["shown"].as_str(), described["texts"]["origin"].as_str()),
        (Some("site_words"), Some("Agreement 7 with Somebody"))
    );
    let waiting = |instrument: &Instrument, language: &str| {
        let answers = instrument.answers().check().expect("a blank sheet is no mistake");
        let outcome = instrument.assess(&answers);
        outcome.explanation().iter().map(|step| sentence(step, instrument.definition(), language)).collect::<Vec<_>>().join("\n")
    };
    assert!(waiting(&with_texts(), "en").contains("“Eats”") && waiting(&with_texts(), "zh").contains("“走路”"));
    let bare = read(BARE);
    assert!(waiting(&bare, "en").contains("“item 1”"), "the number on the form: {}", waiting(&bare, "en"));
    assert!(waiting(&bare, "zh").contains("“条目 1”") && waiting(&bare, "zh").contains("“walking”"), "or else the id");
    assert_eq!(bare.definition().shown(false), Shown::Numbers);
}

#[test]
fn texts_that_do_not_fit_are_refused_at_their_line_and_nothing_is_changed() {
    for (from, to, name, told) in [
        ("daily-help@1", "daily-help@2", "unknown-name", "these texts are for `daily-help@2`"),
        ("  walking:", "  wlaking:", "unknown-name", "did you mean `walking`?"),
        ("  walking:", "  wlaking:", "text-missing", "left without words: `walking`"),
        ("      helped:", "      hepled:", "unknown-option", "did you mean `helped`?"),
        (
            "      helped:",
            "      hepled:",
            "text-missing",
            "options of `eating` have no label, neither here nor in the definition: `helped`",
        ),
        ("    text: {zh: 吃饭, en: Eats}\n", "", "text-missing", "the item `eating` has no text"),
        ("zh: 走路, ", "", "text-missing", "missing in `zh`"),
        ("zh: 走路", "de: Gehen, zh: 走路", "text-missing", "`de`"),
        ("origin: Agreement 7 with Somebody\n", "", "missing-key", "`origin`"),
        ("    help:", "    points: 3\n    help:", "unknown-key", "`points`"),
        ("languages: [zh, en]", "languages: [zh, en", "yaml-syntax", ""),
    ] {
        let said = wrong(from, to);
        assert!(said.contains(&format!("error[{name}]")) && said.contains(told) && said.contains("1.texts.yaml:"), "{to}: {said}");
    }
    assert!(wrong("  walking:", "  wlaking:").contains("1.texts.yaml:12:3"), "the line of the item: {}", wrong("  walking:", "  wlaking:"));
    let mut instrument = read(BARE);
    put(&mut instrument, &TEXTS.replacen("walking", "wlaking", 1)).expect_err("it does not fit");
    assert!(instrument.texts().is_none() && instrument.definition().items[0].text.is_none());
}

#[test]
fn over_our_own_words_a_site_may_put_some_of_its_own() {
    let mut instrument = read("licence: {class: public_domain, wording: own}\n");
    let some = "texts_for: intl/daily-help@1\norigin: The ward\nlanguages: [zh]\nitems:\n  eating: {text: {zh: 吃饭}}\n  coma: {text: {zh: 昏迷}}\n";
    put(&mut instrument, some).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
    let eating = instrument.definition().items.iter().find(|item| item.id.value == "eating").and_then(|item| item.text.as_ref());
    let eating = eating.expect("it has a text");
    assert_eq!((eating.get("zh"), eating.get("en")), ("吃饭", "Eating"), "the languages that the site does not bring stay");
}

#[test]
fn a_library_finds_the_instrument_that_texts_are_for() {
    let text = example(BARE);
    let (mut library, _) = Library::read([("intl/daily-help/1.yaml", text.as_str())]);
    assert!(library.put_texts("1.texts.yaml", TEXTS).is_ok());
    assert!(library.instruments()[0].texts().is_some());
    for (name, told) in
        [("dayly-help@1", "did you mean `daily-help`?"), ("daily-help@7", "there is no edition"), ("daily-help", "names no edition")]
    {
        let faults = library.put_texts("1.texts.yaml", &TEXTS.replace("daily-help@1", name)).expect_err(name);
        assert!(plain(&faults).contains(told), "{}", plain(&faults));
    }
}

#[test]
fn what_the_licence_does_not_allow_is_refused_at_the_door_with_the_reason() {
    let mut instrument = read("licence: {class: free_noncommercial, wording: own, holder: Somebody}\n");
    assert_eq!((instrument.used_for(), instrument.may_be_used()), (Use::Clinical, true));
    for wanted in Use::ALL {
        instrument.use_for(wanted);
        let mut sheet = instrument.answers();
        sheet.answer("coma", &Answer::Boolean(true));
        let checked = sheet.check();
        assert_eq!(checked.is_ok(), wanted != Use::Commercial, "{}", wanted.word());
        let Err(problems) = checked else { continue };
        assert!(matches!(problems.as_slice(), [only] if matches!(only.kind, ProblemKind::UseNotAllowed(_))), "{problems:?}");
        let (english, chinese) = (problem_sentence(&problems[0], "en"), problem_sentence(&problems[0], "zh"));
        assert!(
            english.contains("commercial use") && english.contains("clinical, research, education") && english.contains("Somebody"),
            "{english}"
        );
        assert!(chinese.contains("商业用途") && chinese.contains("临床、研究、教学") && chinese.contains("Somebody"), "{chinese}");
        assert!(batch_line(&instrument, "{\"id\": 1, \"answers\": {}}", "en").contains("use-not-allowed"));
    }
}

#[test]
fn a_definition_may_state_other_uses_and_says_why() {
    let mut instrument =
        read("licence: {class: public_domain, wording: own, uses: {allowed: [research], reason: {en: Only for the study}}}\n");
    let problems = instrument.answers().check().expect_err("clinical use is not allowed");
    assert!(problem_sentence(&problems[0], "en").contains("Only for the study"));
    instrument.use_for(Use::Research);
    assert!(instrument.answers().check().is_ok());
}
