//! What a licence lets a file hold and what an instrument may be used for. Which texts a site puts over it is not looked at here.

use geras::Instrument;
use geras::check::example;
use geras::definition::{LicenceClass, Use, Wording};
use geras_tests::plain;

const WITHOUT_WORDING: &str = "option_lists:\n  help:\n    - {code: alone, points: 0}\n    - {code: helped, points: 5}\n    - {code: fed, points: 10}\n\
    sections:\n  - id: daily\n    title: {en: Daily life}\n    items:\n      - {id: eating, code: \"1\", options: help}\n      - {id: walking, options: help}\n";

fn said(fragment: &str) -> String {
    match Instrument::read("example.yaml", &example(fragment)) {
        Ok(instrument) => plain(instrument.warnings()),
        Err(faults) => plain(&faults),
    }
}

fn licence(class: &str, wording: &str) -> String {
    format!("licence: {{class: {class}, wording: {wording}}}\n")
}

#[test]
fn each_class_ships_the_wording_that_it_may_and_no_other() {
    for class in LicenceClass::ALL {
        for wording in Wording::ALL {
            let free = !matches!(class.word(), "permission_required" | "commercial");
            let may = match wording {
                Wording::Own => free && class.word() != "free_no_modification",
                Wording::Official => free,
                Wording::Overlay | Wording::None => true,
            };
            let texts = if wording.is_shipped() { "" } else { WITHOUT_WORDING };
            let said = said(&format!("{}{texts}", licence(class.word(), wording.word())));
            assert_eq!(said.contains("wording-forbidden"), !may, "{} with {}: {said}", class.word(), wording.word());
            assert_eq!(said.is_empty(), may, "{said}");
        }
    }
}

#[test]
fn a_file_that_claims_to_hold_no_wording_is_refused_at_every_text_that_it_holds_all_the_same() {
    let said = said(&licence("permission_required", "overlay"));
    for held in ["the item `eating`", "the item `walking`", "the option `alone`", "the option `helped`", "the option `fed`"] {
        assert_eq!(said.matches(held).count(), 1, "{held}: {said}");
    }
    assert!(said.contains("the site") || said.contains("a site that holds the licence"), "{said}");
    for (key, what) in [("text", "the text"), ("help", "the help")] {
        let worded = WITHOUT_WORDING.replace("id: eating,", &format!("id: eating, {key}: {{en: Eats}},"));
        let fault = self::said(&format!("{}{worded}", licence("public_domain", "none")));
        assert!(fault.contains(what) && fault.contains("wording: own"), "where words may be shipped, that is said: {fault}");
    }
    let help = WITHOUT_WORDING.replace("code: fed,", "code: fed, help: {en: With a spoon},");
    assert!(self::said(&format!("{}{help}", licence("commercial", "none"))).contains("the help of the option `fed`"));
}

#[test]
fn results_and_facts_are_in_our_own_words_whatever_the_licence() {
    // The base has the titles of instrument and section, labels of bands and grades, the text of an alert, and inputs.
    assert_eq!(said(&format!("{}{WITHOUT_WORDING}", licence("commercial", "none"))), "");
    let input = said(&format!("{}{WITHOUT_WORDING}inputs: [{{id: coma, type: boolean}}]\nalerts: []\n", licence("commercial", "none")));
    assert!(input.contains("text-missing") && input.contains("the input `coma` has no text"), "{input}");
}

#[test]
fn an_item_whose_wording_the_file_should_hold_needs_it() {
    let said = said(&format!("{}{WITHOUT_WORDING}", licence("public_domain", "own")));
    assert!(said.contains("the item `eating` has no text") && said.contains("the option `fed` has no label"), "{said}");
}

#[test]
fn a_misspelt_class_wording_or_use_is_asked_back() {
    for (fragment, right) in [
        (licence("permision_required", "overlay"), "did you mean `permission_required`?"),
        (licence("commercial", "overlaid"), "did you mean `overlay`?"),
        (
            "licence: {class: public_domain, wording: own, uses: {allowed: [clinic], reason: {en: R}}}\n".to_owned(),
            "did you mean `clinical`?",
        ),
    ] {
        let said = said(&fragment);
        assert!(said.contains("unknown-word") && said.contains(right), "{said}");
    }
    let bare = said("licence: {class: public_domain, wording: own, evidence: {date: 2024-01-01}}\n");
    assert!(bare.contains("missing-key") && bare.contains("`url`"), "{bare}");
    let silent = said("licence: {class: public_domain, wording: own, uses: {allowed: [research]}}\n");
    assert!(silent.contains("needs the key `reason`") || silent.contains("missing-key"), "{silent}");
}

#[test]
fn uses_follow_from_the_class_unless_the_definition_states_its_own() {
    let uses = |licence: &str| {
        let read = Instrument::read("example.yaml", &example(licence)).unwrap_or_else(|faults| panic!("{}", plain(&faults)));
        Use::ALL.into_iter().filter(|one| read.definition().licence.allows(*one)).map(Use::word).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(uses("licence: {class: public_domain, wording: own}\n"), "clinical commercial research education");
    assert_eq!(uses("licence: {class: free_noncommercial, wording: own}\n"), "clinical research education");
    assert_eq!(uses("licence: {class: public_domain, wording: own, uses: {allowed: [education], reason: {en: R}}}\n"), "education");
    assert_eq!(uses("licence: {class: public_domain, wording: own, uses: {allowed: [], reason: {en: R}}}\n"), "");
}
