//! The library: which edition is meant by a name and a date. How a definition is read is not looked at here.

use geras::check::BASE;
use geras::definition::Date;
use geras::{Library, NotFound};

fn edition(id: &str, jurisdiction: &str, edition: &str, in_force: &str) -> String {
    BASE.replace("instrument: daily-help", &format!("instrument: {id}"))
        .replace("edition: \"1\"", &format!("edition: \"{edition}\""))
        .replace("effective: {from: 2024-01-01}", &format!("effective: {{{in_force}}}"))
        .replace("jurisdiction: INTL", &format!("jurisdiction: {jurisdiction}"))
}

fn library(texts: &[String]) -> (Library, Vec<String>) {
    let paths: Vec<String> = (0..texts.len()).map(|place| format!("{place}.yaml")).collect();
    let (library, diagnostics) = Library::read(paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str)));
    (library, diagnostics.into_iter().map(|fault| format!("{}: {}", fault.name, fault.message)).collect())
}

/// Two editions in China that follow each other, with a gap after them; one more in France that shares no id.
fn three() -> Library {
    let texts = [
        edition("help", "CN", "2020", "from: 2020-01-01, until: 2021-06-30"),
        edition("help", "CN", "2021", "from: 2021-07-01, until: 2023-12-31"),
        edition("aide", "FR", "2008", "from: 2008-08-21"),
    ];
    let (library, faults) = library(&texts);
    assert_eq!(faults, [""; 0]);
    library
}

fn found(library: &Library, name: &str, day: Option<&str>) -> Result<String, NotFound> {
    let day = day.map(|day| Date::parse(day).expect("a day"));
    library.find(name, day).map(|instrument| instrument.definition().edition.value.clone())
}

#[test]
fn the_date_of_the_assessment_chooses_the_edition_and_the_last_day_belongs_to_it() {
    let library = three();
    for (day, wanted) in [("2020-01-01", "2020"), ("2021-06-30", "2020"), ("2021-07-01", "2021"), ("2023-12-31", "2021")] {
        assert_eq!(found(&library, "help", Some(day)).as_deref(), Ok(wanted), "on {day}");
    }
    for day in ["2019-12-31", "2024-01-01"] {
        let refused = found(&library, "help", Some(day)).expect_err("no edition is in force");
        assert!(
            matches!(&refused, NotFound::Date { date, from, .. } if date.to_string() == day && from.to_string() == "2020-01-01"),
            "{refused:?}"
        );
        assert_eq!(refused.to_string(), format!("no edition of `help` is in force on {day}; the first begins on 2020-01-01"));
    }
}

#[test]
fn without_a_date_the_newest_edition_is_meant_and_a_named_one_needs_none() {
    let library = three();
    assert_eq!(found(&library, "help", None).as_deref(), Ok("2021"));
    assert_eq!(found(&library, "help@2020", None).as_deref(), Ok("2020"));
    assert_eq!(found(&library, "cn/help@2020", Some("2030-01-01")).as_deref(), Ok("2020"), "a named edition is meant whatever the day");
    assert_eq!(found(&library, "CN/help", None).as_deref(), Ok("2021"));
    assert_eq!(found(&library, "fr/aide", None).as_deref(), Ok("2008"));
}

#[test]
fn an_unknown_name_or_edition_is_told_with_what_there_is() {
    let library = three();
    let told = |name: &str| found(&library, name, None).expect_err("it is not there").to_string();
    assert_eq!(told("hlep"), "there is no instrument `hlep`; did you mean `help`?");
    assert_eq!(told("something-else"), "there is no instrument `something-else`");
    assert_eq!(told("fr/help"), "there is no instrument `fr/help`; did you mean `help`?");
    assert_eq!(told("help@1999"), "there is no edition `help@1999`; there are 2020, 2021");
}

#[test]
fn an_id_that_two_jurisdictions_have_is_ambiguous_until_one_is_named() {
    let texts = [edition("help", "FR", "1", "from: 2020-01-01"), edition("help", "CN-SH", "1", "from: 2020-01-01")];
    let (library, faults) = library(&texts);
    assert_eq!(faults, [""; 0], "editions of different jurisdictions do not clash");
    let refused = found(&library, "help", None).expect_err("there are two");
    assert_eq!(refused.to_string(), "`help` is ambiguous: write one of cn-sh/help, fr/help");
    assert_eq!(found(&library, "cn-sh/help", None).as_deref(), Ok("1"));
}

#[test]
fn two_editions_in_force_on_one_day_are_a_diagnostic() {
    for (first, second, clash) in [
        ("from: 2020-01-01", "from: 2021-01-01", true),
        ("from: 2020-01-01, until: 2021-01-01", "from: 2021-01-01", true),
        ("from: 2020-01-01, until: 2020-12-31", "from: 2021-01-01", false),
        ("from: 2021-01-01", "from: 2020-01-01, until: 2020-12-31", false),
        ("from: 2021-01-01", "from: 2021-01-01", true),
    ] {
        let (_, faults) = library(&[edition("help", "CN", "one", first), edition("help", "CN", "two", second)]);
        let told: Vec<&String> = faults.iter().filter(|fault| fault.starts_with("editions-overlap")).collect();
        assert_eq!(told.len(), usize::from(clash), "{first} beside {second}: {faults:?}");
        assert!(told.iter().all(|fault| fault.contains("are both in force on 2021-01-01")), "{told:?}");
    }
}

#[test]
fn three_editions_that_clash_are_told_pair_by_pair() {
    let texts = ["one", "two", "three"].map(|name| edition("help", "CN", name, "from: 2020-01-01"));
    assert_eq!(library(&texts).1.len(), 3);
}

#[test]
fn an_edition_name_that_is_given_twice_is_a_diagnostic() {
    let texts = [edition("help", "CN", "one", "from: 2020-01-01, until: 2020-12-31"), edition("help", "CN", "one", "from: 2021-01-01")];
    assert_eq!(library(&texts).1.len(), 1);
}

#[test]
fn what_is_not_sound_is_left_out_and_told() {
    let texts = [edition("help", "CN", "1", "from: 2020-01-01"), "instrument: broken".to_owned()];
    let (library, faults) = library(&texts);
    assert_eq!(library.instruments().len(), 1);
    assert!(faults.iter().any(|fault| fault.starts_with("missing-key")), "{faults:?}");
}
