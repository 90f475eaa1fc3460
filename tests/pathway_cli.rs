//! Pathways on the command line: the page to print, the queue, people in a table, what moved, the skeleton, and wrong use. The rules have their cases.

use std::fs;
use std::path::{Path, PathBuf};

use geras_tests::command::{ends, err, fed, out, run};
use serde_json::Value;

const PEOPLE: &str = "examples/people";

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pathway-cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn person(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PEOPLE).join(format!("{name}.yaml"));
    fs::read_to_string(path).expect("the person is there")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn a_page_to_print_holds_the_profile_and_loads_nothing() {
    for (language, words) in
        [("zh", ["社区托养", "各领域概况", "示例规则"]), ("en", ["short-stay", "Profile over the domains", "Example rules"])]
    {
        let page = run(&["assess", "cn/eldercare-triage", "--answers", &format!("{PEOPLE}/19-zhu.yaml"), "--html", "--lang", language]);
        ends(&page, 0);
        let page = out(&page);
        assert!(words.iter().all(|word| page.contains(word)), "{page}");
        assert!(page.contains("<svg") && page.contains("@page{size:A4") && page.contains("sha256"), "{page}");
        for word in ["http", "<script", "src=", "url(", "@import", "<link"] {
            assert!(!page.contains(word), "`{word}` stands in the page");
        }
    }
    ends(&run(&["assess", "gb-t-42195", "--answers", "examples/answers/gb-t-42195-mrs-li.yaml", "--html"]), 2);
}

#[test]
fn no_text_of_a_sheet_becomes_a_part_of_the_page() {
    let evil = "<script>alert('1')</script><img src=x onerror=alert(2)>\\\" & co";
    let escaped = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;&quot; &amp; co";
    let decision = format!("override: {{setting: care_home, reason: \"{evil}\", by: \"{evil}\"}}\n");
    let sheet = person("19-zhu").replace("id: 19-zhu", &format!("id: \"{evil}\"\n{decision}"));
    for language in ["zh", "en"] {
        let page = fed(&["assess", "cn/eldercare-triage", "--answers", "-", "--html", "--lang", language], sheet.as_bytes());
        ends(&page, 0);
        let page = out(&page);
        assert_eq!(page.matches(escaped).count(), 3, "the id, the reason and the name stand there as text: {page}");
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    }
    // A sheet that is refused is told as plain text, and there is no page.
    let refused = fed(&["assess", "cn/eldercare-triage", "--answers", "-", "--html"], b"answers: {wish: \"<script>\"}");
    ends(&refused, 1);
    assert!(!out(&refused).contains("<html"), "{}", out(&refused));
}

#[test]
fn texts_of_a_definition_are_escaped_on_the_page_too() {
    let folder = folder("escaped");
    ends(&run(&["new", "city", "--pathway", "--dir", &folder.to_string_lossy(), "--name", "City"]), 0);
    let file = folder.join("city/1.yaml");
    let text = fs::read_to_string(&file).expect("it was written");
    fs::write(&file, text.replace("en: Manages alone", "en: \"<b onclick='x'>Manages & alone</b>\"")).expect("it can be written");
    let sheet = "{acute: false, carer: none, decides: false, wants_home: false, barthel-100: {feeding: independent, bathing: independent, grooming: independent, \
                 dressing: independent, bowels: continent, bladder: continent, toilet: independent, transfer: independent, walking: independent, stairs: independent}}";
    let sheet = format!("answers: {sheet}");
    let page = fed(&["assess", &file.to_string_lossy(), "--answers", "-", "--html", "--lang", "en"], sheet.as_bytes());
    ends(&page, 0);
    assert!(
        out(&page).contains("&lt;b onclick=&#39;x&#39;&gt;Manages &amp; alone&lt;/b&gt;") && !out(&page).contains("<b onclick"),
        "{}",
        out(&page)
    );
}

/// A line as `batch` writes it, as far as the queue reads it.
fn waits(id: &str, kind: &str, points: &str, date: &str) -> String {
    let date = if date.is_empty() { "null".to_owned() } else { format!("\"{date}\"") };
    format!(
        "{{\"id\":\"{id}\",\"date\":{date},\"routing\":\"{kind}\",\"alternatives\":[\"care_home\"],\"priority\":{{\"points\":{points},\"reasons\":{{\"alone\":1}}}}}}\n"
    )
}

/// The queue of these lines, as JSON, with its exit code.
fn queue(name: &str, lines: &[String], places: &str, more: &[&str]) -> (Value, i32) {
    let folder = folder(name);
    let (outcomes, free) = (folder.join("outcomes.ndjson"), folder.join("places.yaml"));
    fs::write(&outcomes, lines.concat()).expect("a file can be written");
    fs::write(&free, places).expect("a file can be written");
    let (outcomes, free) = (outcomes.to_string_lossy(), free.to_string_lossy());
    let mut arguments = vec!["queue", "--people", &*outcomes, "--places", &*free, "--json"];
    arguments.extend(more);
    let told = run(&arguments);
    assert!(!err(&told).contains("panicked"), "{}", err(&told));
    (json(out(&told)), told.status.code().unwrap_or(-1))
}

/// Who stands where, with the proposed place.
fn order(told: &Value) -> Vec<(String, Option<String>)> {
    let waiting = told["waiting"].as_array().expect("a list").iter();
    waiting.map(|one| (one["id"].as_str().unwrap_or("?").to_owned(), one["proposed"].as_str().map(str::to_owned))).collect()
}

#[test]
fn the_queue_puts_more_points_first_then_the_earlier_day_then_the_earlier_line() {
    let bed = "nursing_hospital";
    let people = [
        waits("tie-second", bed, "3", "2026-02-01"),
        waits("undated", bed, "3", ""),
        waits("tie-third", bed, "3", "2026-02-01"),
        waits("early", bed, "3", "2026-01-01"),
        waits("most", bed, "5", "2026-02-20"),
        waits("half", bed, "3.5", "2026-02-20"),
    ];
    let (told, code) = queue("order", &people, "places: {nursing_hospital: 0}\n", &[]);
    let ids: Vec<String> = order(&told).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["most", "half", "early", "tie-second", "tie-third", "undated"]);
    assert_eq!(code, 0);
    let tied: Vec<bool> = told["waiting"].as_array().expect("a list").iter().map(|one| one["tied"] == true).collect();
    assert_eq!(tied, [false, false, false, true, true, true], "who has the points of the one before is said to");
    // The same people in another order of lines: only true ties may change places.
    let reversed: Vec<String> = people.iter().rev().cloned().collect();
    let (again, _) = queue("order-again", &reversed, "places: {nursing_hospital: 0}\n", &[]);
    let ids: Vec<String> = order(&again).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["most", "half", "early", "tie-third", "tie-second", "undated"]);
    assert_eq!(queue("order-once-more", &people, "places: {nursing_hospital: 0}\n", &[]).0, told, "the same input gives the same order");
}

#[test]
fn nobody_waits_for_ever_where_waiting_counts() {
    let bed = "nursing_hospital";
    let people = [waits("new-and-urgent", bed, "4", "2026-05-30"), waits("long-waiting", bed, "1", "2026-01-01")];
    let places = "places: {nursing_hospital: 1}\npoints_for_waiting: 1\nmost_points_for_waiting: 6\n";
    let (without, _) = queue("starving", &people, places, &[]);
    assert_eq!(order(&without)[0].0, "new-and-urgent", "without a day nobody gets points for waiting");
    let (with, _) = queue("waited", &people, places, &["--on", "2026-06-01"]);
    assert_eq!(order(&with), [("long-waiting".to_owned(), Some(bed.to_owned())), ("new-and-urgent".to_owned(), None)]);
    assert_eq!(
        (&with["waiting"][0]["points"], &with["waiting"][0]["for_waiting"]),
        (&1.into(), &5.into()),
        "151 days are five times thirty"
    );
    let (capped, _) = queue("capped", &people, &places.replace("6", "2"), &["--on", "2026-06-01"]);
    assert_eq!(order(&capped)[0].0, "new-and-urgent", "one point and at most two for waiting are fewer than four");
    let (far, _) = queue("far", &people, places, &["--on", "2099-01-01"]);
    assert_eq!(far["waiting"][0]["for_waiting"], 6, "never more than the most");
}

#[test]
fn a_place_goes_to_whom_it_is_the_first_choice_of_before_it_is_an_alternative() {
    let people = [
        waits("first", "nursing_hospital", "9", "2026-01-01"),
        waits("second", "nursing_hospital", "8", "2026-01-01"),
        waits("own", "care_home", "1", "2026-01-01"),
        waits("at-home", "home_bed", "20", "2026-01-01"),
    ];
    let (told, _) = queue("alternatives", &people, "places: {nursing_hospital: 1, care_home: 1}\naccept_alternatives: true\n", &[]);
    let some = |kind: &str| Some(kind.to_owned());
    let wanted = [("first", some("nursing_hospital")), ("second", None), ("own", some("care_home"))];
    assert_eq!(order(&told), wanted.map(|(id, kind)| (id.to_owned(), kind)), "who is cared for at home waits for no bed");
    let (more, _) = queue("more", &people, "places: {nursing_hospital: 1, care_home: 2}\naccept_alternatives: true\n", &[]);
    assert_eq!(order(&more)[1], ("second".to_owned(), some("care_home")));
    let (strict, _) = queue("strict", &people, "places: {nursing_hospital: 1, care_home: 2}\n", &[]);
    assert_eq!(order(&strict)[1], ("second".to_owned(), None));
    assert_eq!(strict["free"], serde_json::json!([{"kind": "nursing_hospital", "left": 0}, {"kind": "care_home", "left": 1}]));
}

#[test]
fn whoever_cannot_be_put_in_order_is_named_and_not_lost() {
    let people = [
        waits("fine", "care_home", "{\"min\":2,\"max\":9}", "2026-01-01"),
        waits("fine", "care_home", "3", "2026-01-01"),
        "{\"id\":\"open\",\"routing\":{\"possible\":[\"home_bed\",\"care_home\"]}}\n".to_owned(),
        "{\"id\":\"refused\",\"problems\":[]}\n".to_owned(),
        "{\"id\":\"judged\",\"routing\":\"needs_judgement\"}\n".to_owned(),
        "no json\n".to_owned(),
        "{\"id\":7}\n".to_owned(),
    ];
    let (told, code) = queue("left-out", &people, "places: {care_home: 1}\n", &[]);
    assert_eq!(code, 1);
    let left: Vec<(&str, &str)> = told["left_out"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["id"].as_str().unwrap_or("?"), one["why"].as_str().unwrap_or("?")))
        .collect();
    assert_eq!(
        left,
        [
            ("fine", "twice"),
            ("open", "open"),
            ("refused", "refused"),
            ("judged", "needs_judgement"),
            ("", "unreadable"),
            ("7", "not_an_outcome")
        ]
    );
    assert_eq!(
        (&told["waiting"][0]["points"], &told["waiting"][0]["points_open"]),
        (&2.into(), &true.into()),
        "the lowest points count, and that is said"
    );
}

#[test]
fn the_queue_refuses_places_that_it_does_not_understand() {
    let folder = folder("places");
    let outcomes = folder.join("outcomes.ndjson");
    fs::write(&outcomes, waits("a", "care_home", "1", "2026-01-01")).expect("a file can be written");
    for (text, why) in [
        ("", "no keys"),
        ("places: {}\n", "no free place"),
        ("places: {care_home: many}\n", "whole number"),
        ("places: {care_home: -1}\n", "whole number"),
        ("places: {care_home: 1}\nacept: true\n", "no key `acept`"),
        ("places: {care_home: 1}\naccept_alternatives: perhaps\n", "true or false"),
        ("places: {care_home: 1, care_home: 2}\n", "twice"),
    ] {
        let places = folder.join("places.yaml");
        fs::write(&places, text).expect("a file can be written");
        let told = run(&["queue", "--people", &outcomes.to_string_lossy(), "--places", &places.to_string_lossy()]);
        assert!(told.status.code() != Some(0), "{text}");
        assert!(format!("{}{}", out(&told), err(&told)).contains(why), "{text}: {}{}", out(&told), err(&told));
    }
}

#[test]
fn the_queue_speaks_in_the_words_of_the_pathway_and_knows_its_kinds_of_places() {
    let folder = folder("words");
    let (outcomes, places) = (folder.join("outcomes.ndjson"), folder.join("places.yaml"));
    let line = waits("a", "care_home", "5", "2026-01-01").replacen('{', "{\"pathway\":\"cn/eldercare-triage@2026\",", 1);
    fs::write(&outcomes, line.replace("\"alone\":1", "\"destitute_first\":5")).expect("a file can be written");
    let (outcomes, path) = (outcomes.to_string_lossy().into_owned(), places.to_string_lossy().into_owned());
    fs::write(&places, "places: {care_home: 1}\n").expect("a file can be written");
    let told = run(&["queue", "--people", &outcomes, "--places", &path, "--lang", "zh"]);
    assert!(out(&told).contains("机构——养老机构") && out(&told).contains("特困 5"), "{}", out(&told));
    fs::write(&places, "places: {care_homee: 1}\n").expect("a file can be written");
    let told = run(&["queue", "--people", &outcomes, "--places", &path]);
    assert_eq!(told.status.code(), Some(2));
    assert!(err(&told).contains("no kind of place `care_homee`") && err(&told).contains("did you mean `care_home`"), "{}", err(&told));
}

/// A city's own file on top of the national model, without its last list.
fn city(rest: &str) -> String {
    format!(
        "pathway: my-city\nedition: \"1\"\neffective: {{from: 2026-01-01}}\njurisdiction: CN\nlanguages: [zh, en]\ntitle: {{zh: 某市, en: A city}}\n\
         source: {{title: An example}}\nlicence: {{class: public_domain, wording: own}}\nprovenance: {{status: recalled}}\n\
         extends: cn/eldercare-triage\n{rest}"
    )
}

#[test]
fn a_city_that_takes_away_what_the_nation_needs_is_not_sound() {
    let path = folder("city").join("my-city.yaml");
    fs::write(&path, city("remove: {kinds: [dementia_unit]}\n")).expect("a file can be written");
    let told = run(&["check", &path.to_string_lossy()]);
    assert_eq!(told.status.code(), Some(1), "{}", out(&told));
    assert!(out(&told).contains("has no `dementia_unit`") && out(&told).contains("0 sound"), "{}", out(&told));
}

#[test]
fn a_pathway_written_as_one_mapping_is_a_pathway() {
    let path = folder("json").join("my-city.yaml");
    let json = r#"{"title": {"zh": "某市", "en": "A city"}, "pathway": "my-city", "edition": "1", "effective": {"from": "2026-01-01"}, "jurisdiction": "CN",
        "languages": ["zh", "en"], "source": {"title": "An example"}, "licence": {"class": "public_domain", "wording": "own"},
        "provenance": {"status": "recalled"}, "extends": "cn/eldercare-triage", "remove": {"services": ["meals"]}}"#;
    fs::write(&path, json).expect("a file can be written");
    let told = run(&["check", &path.to_string_lossy()]);
    assert!(told.status.success() && out(&told).starts_with("sound: 1 definition"), "{}", out(&told));
    let told = run(&["describe", &path.to_string_lossy(), "--lang", "zh"]);
    assert!(out(&told).contains("cn/my-city@1") && out(&told).contains("cn/eldercare-triage@2026"), "{}", out(&told));
}

#[test]
fn people_on_a_pathway_may_come_as_a_table() {
    let folder = folder("table");
    let table = folder.join("people.csv");
    let text = "id,date,age,illness_state,special_care,decides,gb-t-42195.coma,gb-t-42195.falls,phq9,setting.gb-t-42195.several_reasons,override.setting,override.reason\n\
                a,2026-03-02,80,acute,feeding_tube|stoma,false,true,2,!refused,each,care_home,\"the panel, together\"\n\
                b,2026-03-02,eighty,well,,,,,,,,\n\
                c,2026-03-02,80\n";
    fs::write(&table, text).expect("a file can be written");
    let told = run(&["batch", "cn/eldercare-triage", "--answers", &table.to_string_lossy(), "--out", "-"]);
    ends(&told, 1);
    let lines: Vec<Value> = out(&told).lines().map(json).collect();
    assert_eq!(lines[0]["instruments"]["gb-t-42195"]["grade"], "complete");
    assert_eq!(lines[0]["instruments"]["gb-t-42195"]["settings"]["several_reasons"], "each");
    assert_eq!((&lines[0]["overridden"]["grade"], &lines[0]["overridden"]["reason"]), (&"care_home".into(), &"the panel, together".into()));
    assert!(lines[0]["findings"].as_array().is_some_and(|found| found.contains(&"nursing".into())), "{}", lines[0]);
    let problems = |line: &Value| {
        line["problems"].as_array().map(|all| all.iter().map(|one| one["problem"].to_string()).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(problems(&lines[1]).as_deref(), Some("\"wrong-type\" \"unknown-option\""));
    assert!(lines[2]["problems"][0]["message"].as_str().is_some_and(|why| why.contains("3 cells")), "{}", lines[2]);

    // The same person as a line of JSON has the same outcome.
    let sheet = "{\"id\":\"a\",\"date\":\"2026-03-02\",\"answers\":{\"age\":80,\"illness_state\":\"acute\",\"special_care\":[\"feeding_tube\",\"stoma\"],\"decides\":false,\
                 \"gb-t-42195\":{\"coma\":true,\"falls\":2},\"phq9\":{\"absent\":\"refused\"}},\"settings\":{\"gb-t-42195\":{\"several_reasons\":\"each\"}},\
                 \"override\":{\"setting\":\"care_home\",\"reason\":\"the panel, together\"}}";
    let line = fed(&["batch", "cn/eldercare-triage", "--answers", "-", "--out", "-"], sheet.as_bytes());
    ends(&line, 0);
    assert_eq!(json(out(&line)), lines[0]);

    let head = "id,agee,gb-t-4219.coma,phq2.interst,id,setting.gb-t-42195.nope\n";
    let told = fed(&["batch", "cn/eldercare-triage", "--answers", "-", "--format", "csv", "--out", "-"], head.as_bytes());
    ends(&told, 2);
    for word in
        ["`agee`", "did you mean `age`", "`gb-t-42195.coma`", "`phq2.interest`", "`id` is answered twice", "`setting.gb-t-42195.nope`"]
    {
        assert!(err(&told).contains(word), "{word}: {}", err(&told));
    }
}

#[test]
fn a_setting_of_an_instrument_is_told_and_one_without_answers_is_refused() {
    let with = |settings: &str| format!("settings: {settings}\nanswers: {{age: 80, gb-t-42195: {{coma: true}}}}");
    let told =
        fed(&["assess", "cn/eldercare-triage", "--answers", "-", "--lang", "en"], with("{gb-t-42195: {several_reasons: each}}").as_bytes());
    ends(&told, 0);
    assert!(out(&told).contains("Setting “"), "{}", out(&told));
    let wrong = with("{gb-t-4219: {a: b}, phq9: {missing_answers: prorate}, gb-t-42195: {several_reasons: often}}");
    let told = fed(&["assess", "cn/eldercare-triage", "--answers", "-", "--lang", "en"], wrong.as_bytes());
    ends(&told, 1);
    let flat = out(&told).split_whitespace().collect::<Vec<_>>().join(" ");
    for word in ["did you mean `gb-t-42195`?", "there are no answers to `phq9`", "`often`"] {
        assert!(flat.contains(word), "{word}: {flat}");
    }
}

#[test]
fn what_moved_on_a_pathway_since_the_last_time_is_told() {
    let folder = folder("since");
    let before = folder.join("before.json");
    let first = run(&["assess", "cn/eldercare-triage", "--answers", &format!("{PEOPLE}/13-wei-in-hospital.yaml"), "--json"]);
    ends(&first, 0);
    fs::write(&before, out(&first)).expect("a file can be written");
    let before = before.to_string_lossy().into_owned();
    let now = person("14-wei-resting");
    let beside = |sheet: &str, previous: &str, more: &[&str]| {
        let mut arguments = vec!["assess", "cn/eldercare-triage", "--answers", "-", "--previous", previous];
        arguments.extend(more);
        fed(&arguments, sheet.as_bytes())
    };
    let told = beside(&now, &before, &["--json"]);
    ends(&told, 0);
    let since = &json(out(&told))["since"];
    assert_eq!((&since["before"], &since["after"], &since["moved"]), (&"in_hospital".into(), &"care_home_clinic".into(), &true.into()));
    let has =
        |list: &Value, kind: &str, id: &str| list.as_array().is_some_and(|all| all.contains(&serde_json::json!({"list": kind, "id": id})));
    assert!(has(&since["began"], "findings", "resting") && has(&since["ended"], "alerts", "acute_now"), "{since}");
    assert_eq!(since["same_rules"], true);
    for (language, words) in
        [("zh", ["与上次相比", "不再有的警示", "规则未变"]), ("en", ["Since the last time", "Alerts, no longer", "The rules are the same"])]
    {
        let told = beside(&now, &before, &["--lang", language]);
        ends(&told, 0);
        assert!(words.iter().all(|word| out(&told).contains(word)), "{}", out(&told));
    }
    assert!(out(&beside(&now, &before, &["--html", "--lang", "zh"])).contains("class=\"since\""));

    // Somebody else, a later day, something else: refused, each with its reason.
    for (sheet, previous, why) in [
        (now.replace("\nid: wei", "\nid: somebody-else"), before.clone(), "the other to `wei`"),
        (now.replace("2026-03-23", "2026-02-01"), before.clone(), "which is after 2026-02-01"),
        (now.clone(), format!("{PEOPLE}/places.yaml"), "the earlier outcome cannot be used"),
    ] {
        let told = beside(&sheet, &previous, &["--lang", "en"]);
        ends(&told, 1);
        let flat = out(&told).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(why), "{why}: {flat}");
        ends(&beside(&sheet, &previous, &["--json"]), 1);
    }
}

#[test]
fn a_new_pathway_is_sound_and_its_cases_pass() {
    let folder = folder("new");
    let dir = folder.to_str().expect("its name is UTF-8");
    ends(&run(&["new", "my-city", "--pathway", "--dir", dir, "--jurisdiction", "CN-SH", "--name", "某市 \"试点\""]), 0);
    let output = run(&["check", dir]);
    ends(&output, 0);
    assert!(out(&output).contains("nothing to complain of"), "{}", out(&output));
    let output = run(&["test", dir]);
    ends(&output, 0);
    assert!(out(&output).contains("6 passed, 0 failed") && out(&output).contains("rules and wishes 5 of 5"), "{}", out(&output));
    ends(&run(&["new", "my-city", "--pathway", "--dir", dir]), 2);
}

#[test]
fn what_is_only_on_offer_is_no_uncertainty_and_what_follows_is_said_once() {
    let told = run(&["assess", "cn/eldercare-triage", "--answers", &format!("{PEOPLE}/07-wu.yaml"), "--lang", "en"]);
    ends(&told, 0);
    let told = out(&told);
    assert!(told.contains("Wholly dependent on care."), "{told}");
    for word in ["Needs care most of the time.", "Needs help every day.", "Needs help with some things.", "Not certain yet"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
    assert!(told.contains("May be added: ") && told.contains("Malnourished") && !told.contains("At risk of malnutrition"), "{told}");
    // What is not known of the person itself stays an uncertainty.
    let told = run(&["assess", "cn/eldercare-triage", "--answers", &format!("{PEOPLE}/18-yang.yaml"), "--lang", "en"]);
    assert!(out(&told).contains("Not certain yet: Now: Send to a hospital."), "{}", out(&told));
}
