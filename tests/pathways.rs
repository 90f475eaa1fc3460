//! Pathways over random people: what may never come out never does, and what is decided on an open sheet stays so. And the twenty example people.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use geras::assess::{Answer, Coded, Holds};
use geras::cases::{CaseFile, run_on_pathway};
use geras::definition::{ClauseKind, ItemType, NEEDS_JUDGEMENT};
use geras::pathway::PathwayOutcome;
use geras::source::{Source, Value, parse};
use geras::{Library, Pathway};
use geras_tests::plain;

const PEOPLE: u64 = 60;

/// The shipped pathways with the instruments that they name.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let named = |path: &str| {
        let id = path.rsplit('/').nth(1).unwrap_or_default();
        geras_instruments::pathways().any(|(_, text)| text.contains(&format!("instrument: {id},")))
    };
    let instruments = geras_instruments::definitions().filter(|(path, _)| named(path));
    let (library, said) = Library::read(instruments.chain(geras_instruments::pathways()));
    assert_eq!(plain(&said), "", "the shipped pathways are sound");
    library
});

/// The shipped pathway of this name.
fn pathway(name: &str) -> &'static Pathway {
    LIBRARY.find_pathway(name, None).unwrap_or_else(|why| panic!("{why}"))
}

/// Numbers that are the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % count.max(1)
    }
}

/// The answers of a made-up person to the inputs, as YAML texts; hidden inputs are left out by the caller.
fn person(pathway: &Pathway, chance: &mut Chance) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for item in &pathway.definition().head.items {
        let answer = match item.kind {
            ItemType::Boolean => ["true", "false"][chance.below(2)].to_owned(),
            ItemType::Choice => format!("\"{}\"", item.options[chance.below(item.options.len())].code.value),
            ItemType::Choices => format!("[{}]", item.options[chance.below(item.options.len())].code.value),
            _ => (60 + chance.below(40)).min(if item.range.is_some_and(|(_, high)| high < 60.into()) { 3 } else { 100 }).to_string(),
        };
        answers.insert(item.id.value.clone(), answer);
    }
    let coma = ["true", "false"][chance.below(2)];
    let help = ["independent", "guidance", "some_help", "much_help", "dependent"];
    let grooming = help[chance.below(5)];
    let items: Vec<String> = ["grooming", "bathing", "upper_clothing", "lower_clothing", "toileting", "bed_transfer", "chair_transfer"]
        .into_iter()
        .map(|item| format!("{item}: {grooming}"))
        .collect();
    answers.insert("gb-t-42195".to_owned(), format!("{{coma: {coma}, dementia: false, mental_disorder: false, {}}}", items.join(", ")));
    answers
}

/// The answers without those to inputs that turn out to be hidden.
fn fitting(pathway: &Pathway, mut answers: BTreeMap<String, String>) -> BTreeMap<String, String> {
    loop {
        match pathway_sheet(pathway, &answers) {
            Ok(_) => return answers,
            Err(problems) => {
                for problem in problems {
                    assert_eq!(problem.kind.name(), "item-hidden", "{problem:?}");
                    answers.remove(&problem.item);
                }
            }
        }
    }
}

fn value(text: &str) -> Value {
    parse(&Source::new("answer", text)).expect("answers are YAML").root
}

fn pathway_sheet(
    pathway: &Pathway,
    answers: &BTreeMap<String, String>,
) -> Result<geras::pathway::CheckedPathwayAnswers, Vec<geras::assess::AnswerProblem>> {
    let mut sheet = pathway.answers(None);
    for (item, answer) in answers {
        sheet.answer_value(item, &value(answer));
    }
    sheet.check()
}

fn assessed<'p>(pathway: &'p Pathway, answers: &BTreeMap<String, String>) -> PathwayOutcome<'p> {
    pathway.assess(&pathway_sheet(pathway, answers).expect("the answers fit"))
}

fn holds(outcome: &PathwayOutcome<'_>, kind: ClauseKind, id: &str) -> bool {
    outcome.clauses(kind).any(|found| found.clause.id.value == id && found.holds == Holds::Yes)
}

fn codes(code: Coded<'_>) -> Vec<String> {
    match code {
        Coded::Decided(code) => vec![code.to_owned()],
        Coded::Open(codes) => codes.into_iter().map(str::to_owned).collect(),
    }
}

#[test]
fn nobody_is_sent_to_a_hospice_without_an_informed_free_choice() {
    let (pathway, mut chance) = (pathway("eldercare-triage"), Chance(1));
    let mut sent = 0;
    for _ in 0..PEOPLE * 8 {
        let answers = fitting(pathway, person(pathway, &mut chance));
        if assessed(pathway, &answers).routing().setting == Coded::Decided("hospice") {
            sent += 1;
            assert_eq!(answers.get("end_stage_illness").map(String::as_str), Some("true"));
            let choice = answers.get("hospice_choice").map(String::as_str);
            assert!(matches!(choice, Some("\"chosen\"" | "\"agent_chose\"")), "{choice:?}");
        }
    }
    assert!(sent > 3, "only {sent} people were sent to a hospice, which tries little");
}

#[test]
fn nobody_acute_is_sent_home_without_a_medical_referral() {
    for name in ["eldercare-triage", "cn-sh/putuo", "cn-ln/shuangtaizi"] {
        let (pathway, mut chance) = (pathway(name), Chance(2));
        for _ in 0..PEOPLE {
            let mut answers = person(pathway, &mut chance);
            answers.insert("illness_state".to_owned(), "acute".to_owned());
            let answers = fitting(pathway, answers);
            let outcome = assessed(pathway, &answers);
            assert!(holds(&outcome, ClauseKind::Referral, "to_hospital"), "{answers:?}");
            let setting = outcome.routing().setting;
            assert!(!matches!(setting, Coded::Decided("home" | "community")), "{setting:?}: {answers:?}");
        }
    }
}

#[test]
fn what_is_decided_on_an_open_sheet_no_further_answer_changes() {
    let (pathway, mut chance) = (pathway("eldercare-triage"), Chance(3));
    let mut decided = 0;
    for _ in 0..PEOPLE {
        let whole = fitting(pathway, person(pathway, &mut chance));
        let mut part = whole.clone();
        for _ in 0..=chance.below(6) {
            let place = chance.below(part.len());
            let key = part.keys().nth(place).cloned().unwrap_or_default();
            part.remove(&key);
        }
        // Without the answer on which it hangs, a question that is shown may turn out to be hidden: it is left open then.
        let part = fitting(pathway, part);
        let (early, late) = (assessed(pathway, &part), assessed(pathway, &whole));
        for (early, late) in [(early.routing(), late.routing()), (early.proposal(), late.proposal())] {
            let (early, late) = (codes(early.kind), codes(late.kind));
            decided += usize::from(early.len() == 1);
            assert!(late.iter().all(|kind| early.contains(kind)), "{early:?} became {late:?}\nfrom {part:?}\nto {whole:?}");
        }
        for kind in ClauseKind::ALL {
            for (early, late) in early.clauses(kind).zip(late.clauses(kind)) {
                let stays = early.holds == Holds::Open || early.holds == late.holds;
                assert!(stays, "`{}` was {:?} and became {:?}", early.clause.id.value, early.holds, late.holds);
            }
        }
    }
    assert!(decided > 10, "only {decided} open sheets were decided, which tries little");
}

#[test]
fn an_open_setting_says_what_to_find_out() {
    let (pathway, mut chance) = (pathway("eldercare-triage"), Chance(4));
    for _ in 0..PEOPLE {
        let mut answers = fitting(pathway, person(pathway, &mut chance));
        answers.remove("illness_state");
        answers.remove("carer");
        answers.remove("carer_strain");
        let outcome = assessed(pathway, &answers);
        assert_eq!(matches!(outcome.routing().kind, Coded::Open(_)), !outcome.deciding().is_empty(), "{answers:?}");
    }
}

#[test]
fn a_changed_fact_leads_where_it_is_said_to_lead() {
    let (pathway, mut chance) = (pathway("eldercare-triage"), Chance(5));
    let mut tried = 0;
    for _ in 0..12 {
        let mut answers = person(pathway, &mut chance);
        answers.insert("gb-t-42195".to_owned(), "{coma: true}".to_owned());
        let answers = fitting(pathway, answers);
        for difference in assessed(pathway, &answers).differences() {
            let Some(item) = difference.input.filter(|item| item.when.is_empty()) else { continue };
            let mut changed = answers.clone();
            let text = if item.kind == ItemType::Choice { format!("\"{}\"", difference.needed) } else { difference.needed.clone() };
            changed.insert(item.id.value.clone(), text);
            let Ok(checked) = pathway_sheet(pathway, &changed) else { continue };
            tried += 1;
            let routing = pathway.assess(&checked).routing().kind;
            assert!(codes(routing.clone()).contains(&difference.gives.to_owned()), "{difference:?} gave {routing:?}");
        }
    }
    assert!(tried > 10, "only {tried} changes were tried");
}

#[test]
fn the_example_people_come_where_a_geriatrician_and_an_official_expect_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/people");
    let expected = fs::read_to_string(folder.join("expected.yaml")).expect("the expectations are there");
    let mut sheets = String::from("sheets:\n");
    let mut count = 0;
    let mut names: Vec<_> = fs::read_dir(&folder).expect("the people are there").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    for path in &names {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("names are UTF-8").replace('-', "_");
        if !name.starts_with(|sign: char| sign.is_ascii_digit()) {
            continue;
        }
        let text = fs::read_to_string(path).expect("a person can be read");
        let answers = text.split_once("answers:\n").expect("a person has answers").1;
        let answers: String = answers.lines().map(|line| format!("    {line}\n")).collect();
        sheets += &format!("  p{name}:\n    answers:\n{answers}");
        count += 1;
    }
    assert_eq!(count, 22, "twenty people, one of them three times");
    let cases = CaseFile::read("people.cases.yaml", &expected.replacen("cases:\n", &format!("{sheets}cases:\n"), 1));
    let cases = cases.unwrap_or_else(|faults| panic!("{}", plain(&faults)));
    let report = run_on_pathway(&cases, pathway("eldercare-triage"));
    assert_eq!(plain(&report.diagnostics), "");
    assert_eq!(report.results.len(), 22);
}

#[test]
fn bad_sheets_are_refused_with_every_reason() {
    let pathway = pathway("eldercare-triage");
    let mut sheet = pathway.answers(None);
    sheet.answer("age", &Answer::Number(200.into()));
    sheet.answer_value("gb-t-4219", &value("{eating: independent}"));
    sheet.answer_value("phq9", &value("{low_mood: often}"));
    sheet.answer_value("mz-t-039", &value("12"));
    let problems = sheet.check().expect_err("nothing of it fits");
    let mut names: Vec<_> = problems.iter().map(|problem| (problem.item.as_str(), problem.kind.name())).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [("age", "out-of-range"), ("gb-t-4219", "unknown-item"), ("mz-t-039", "unreadable"), ("phq9.low_mood", "unknown-option")],
        "{problems:?}"
    );
}

/// What is said of a pathway that extends the small one of the checks.
fn extending(rest: &str) -> String {
    let head = "pathway: city\nedition: \"1\"\neffective: {from: 2024-01-01}\njurisdiction: INTL\nlanguages: [en]\ntitle: {en: City}\n\
                source: {title: An example}\nlicence: {class: public_domain, wording: own}\nprovenance: {status: recalled}\nextends: home-or-care-home\n";
    let text = format!("{head}{rest}");
    let files = [("base.yaml", geras::check::BASE), ("nation.yaml", geras::check::PATHWAY_BASE), ("city.yaml", text.as_str())];
    plain(&Library::read(files).1)
}

#[test]
fn a_city_cannot_weaken_a_safeguard_of_the_nation() {
    assert_eq!(extending(""), "");
    let removed = extending("remove: {safeguards: [only_willing]}\n");
    assert!(removed.contains("a safeguard cannot be taken away"), "{removed}");
    let replaced = extending("safeguards:\n  - {id: only_willing, never: agrees && !agrees, text: {en: Nothing}}\n");
    assert!(replaced.contains("cannot be replaced"), "{replaced}");
    let rule = "{id: all_move, before: family, when: much_help, to: care_home, reason: {en: A place is free}, basis: local}";
    let broken = extending(&format!("routing:\n  rules:\n    - {rule}\n"));
    assert!(broken.contains("error[safeguard-broken]"), "{broken}");
}

#[test]
fn ids_that_the_nation_does_not_have_are_named_in_the_city_s_file() {
    let said = extending("remove: {services: [visit]}\n");
    assert!(said.contains("has no service `visit`") && said.contains("did you mean `visits`?") && said.contains("city.yaml"), "{said}");
    let said = extending("wishes:\n  - {id: a, before: b, when: agrees, to: care_home, reason: {en: A}, basis: local}\n");
    assert!(said.contains("has no wish `b`"), "{said}");
    let said = extending("routing:\n  rules:\n    - {id: new, when: agrees, to: care_home, reason: {en: A}, basis: local}\n");
    assert!(said.contains("nothing says where the rule `new` stands"), "{said}");
}

#[test]
fn pathways_that_extend_each_other_or_nobody_are_refused() {
    let own = geras::check::PATHWAY_BASE.replace("languages:", "extends: home-or-care-home\nlanguages:");
    let said = plain(&Library::read([("base.yaml", geras::check::BASE), ("self.yaml", own.as_str())]).1);
    assert!(said.contains("there is no pathway `home-or-care-home`"), "{said}");
}

#[test]
fn every_shipped_rule_says_whose_it_is() {
    for name in ["eldercare-triage", "hospice-admission", "health-management-65", "putuo", "shuangtaizi"] {
        let pathway = pathway(name);
        let ways = [ClauseKind::Rule, ClauseKind::Wish, ClauseKind::Service, ClauseKind::Referral, ClauseKind::Entitlement];
        for (_, clause) in ways.into_iter().flat_map(|kind| pathway.definition().of_kind(kind)) {
            assert!(clause.basis.is_some(), "`{}` of {name} has no basis", clause.id.value);
        }
        let judged = pathway.definition().clauses.iter().filter_map(|clause| clause.way()).filter(|way| way.to.value == NEEDS_JUDGEMENT);
        assert!(judged.into_iter().all(|way| !way.weigh.is_empty()));
    }
}
