//! The command line from the outside: each command with good and bad input, exit codes, and what a person reads. No rules: those have their cases.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use geras_tests::command::{command, ends, err, fed, out, run};

const LI: &str = "examples/answers/gb-t-42195-mrs-li.yaml";

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// A copy of one shipped definition, changed, in a folder of its own.
fn changed(name: &str, from: &str, to: &str) -> PathBuf {
    let folder = folder(name);
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../instruments/cn/gb-t-42195/2022.yaml")).expect("it is shipped");
    assert!(text.contains(from), "the definition has no `{from}` any more");
    fs::write(folder.join("2022.yaml"), text.replace(from, to)).expect("a file can be written");
    folder
}

/// The report without the hash of the definition, which every change of a comment changes.
fn report(output: &Output) -> String {
    out(output).split("  sha256 ").next().unwrap_or_default().to_owned()
}

/// A person who has every answer at its best, but for these.
fn sheet(id: &str, more: &str) -> String {
    let described = out(&run(&["describe", "gb-t-42195", "--json"])).to_owned();
    let described: serde_json::Value = serde_json::from_str(&described).expect("it is JSON");
    let items = described["items"].as_array().expect("it has items").iter();
    let answers: Vec<String> = items.map(|item| format!("{}:{}", item["id"], item["options"][0]["code"])).collect();
    let facts =
        r#""coma":false,"dementia":false,"mental_disorder":false,"choking":0,"suicide_attempts":0,"self_harm":0,"lost":0,"other_events":0"#;
    format!(r#"{{"id":"{id}","date":"2024-05-14","answers":{{{},{facts}{more}}}}}"#, answers.join(","))
}

#[test]
fn a_report_reads_well_in_english_and_in_chinese() {
    for (name, id, file) in [
        ("li", "gb-t-42195", LI),
        ("wang", "cn/mz-t-039", "examples/answers/mz-t-039-mr-wang.yaml"),
        ("morel", "aggir", "examples/answers/aggir-mme-morel.yaml"),
        ("keller", "nba@2017", "examples/answers/nba-frau-keller.yaml"),
    ] {
        for language in ["en", "zh"] {
            let output = run(&["assess", id, "--answers", file, "--lang", language]);
            ends(&output, 0);
            insta::assert_snapshot!(format!("report@{name}-{language}"), report(&output));
        }
    }
}

#[test]
fn a_sheet_with_faults_is_refused_with_all_of_them() {
    let output = fed(
        &["assess", "gb-t-42195", "--answers", "-"],
        b"id: x\ndate: 2021-01-01\nanswers: {eatng: some_help, falls: 100, grooming: well}\n",
    );
    ends(&output, 1);
    insta::assert_snapshot!("refused", out(&output));
    let output = fed(&["assess", "gb-t-42195", "--answers", "-", "--json"], b"answers: {eatng: some_help}");
    ends(&output, 1);
    assert!(out(&output).contains("unknown-item"), "{}", out(&output));
}

#[test]
fn an_alert_and_an_open_grade_cannot_be_missed() {
    let output = fed(&["assess", "gb-t-42195", "--answers", "-"], b"answers: {suicide_attempts: 1}");
    ends(&output, 0);
    assert!(out(&output).contains("! ALERT, act now:") && out(&output).contains("Still waiting"), "{}", out(&output));
}

#[test]
fn yaml_that_cannot_be_read_is_refused_with_its_line() {
    let output = fed(&["assess", "gb-t-42195", "--answers", "-"], b"id: x\nanswers: {eating: [\n");
    ends(&output, 1);
    assert!(out(&output).contains("line "), "{}", out(&output));
}

#[test]
fn a_day_can_be_typed_where_the_sheet_has_none() {
    for text in ["answers: {falls: 1}", r#"{"answers": {"falls": 1}}"#] {
        let output = fed(&["assess", "gb-t-42195", "--answers", "-", "--date", "2024-05-14"], text.as_bytes());
        ends(&output, 0);
        assert!(out(&output).contains("Assessed on 2024-05-14"), "{}", out(&output));
    }
    ends(&run(&["assess", "gb-t-42195", "--answers", LI, "--date", "14.5.2024"]), 2);
}

#[test]
fn wrong_use_is_told_in_words_and_ends_with_two() {
    let told = |arguments: &[&str], words: &str| {
        let output = run(arguments);
        ends(&output, 2);
        assert!(err(&output).contains(words), "{}", err(&output));
    };
    told(&["assess", "gbt-42195", "--answers", LI], "did you mean `gb-t-42195`?");
    told(&["describe", "mna"], "did you mean `mna-full` or `mna-sf`?");
    told(&["describe", "4AT"], "did you mean `four-at`?");
    told(&["assess", "gb-t-42195@1999", "--answers", LI], "there are 2022");
    told(&["assess", "gb-t-42195", "--answers", "nobody.yaml"], "`nobody.yaml` cannot be read: there is no such file or folder");
    told(&["assess", "nothing.yaml", "--answers", LI], "there is no file `nothing.yaml`");
    told(&["check", "nowhere"], "there is no such file or folder");
    told(&["list", "--instruments", "tests/src"], "there is no definition");
    told(&["batch", "gb-t-42195", "--answers", LI, "--out", "-"], "--format");
    told(&["explain", "bands-overlp"], "did you mean `bands-overlap`?");
    told(&["schema", "shoes"], "possible values");
    told(&["frobnicate"], "unrecognized subcommand");
}

#[test]
fn every_command_shows_an_example() {
    for name in ["assess", "batch", "check", "cohort", "test", "describe", "schema", "new", "explain", "list", "licences", "serve"] {
        let output = run(&[name, "--help"]);
        ends(&output, 0);
        assert!(out(&output).contains(&format!("geras {name}")) && out(&output).contains("Example"), "{}", out(&output));
    }
}

#[test]
fn another_cut_point_changes_the_result_without_a_new_build() {
    let cuts = |folder: &Path| {
        let path = folder.join("2022.yaml");
        let text = fs::read_to_string(&path).expect("it was written").replace("from: 46, to: 65", "from: 55, to: 65");
        fs::write(path, text).expect("a file can be written");
    };
    let folder = changed("cut", "from: 30, to: 45", "from: 30, to: 54");
    cuts(&folder);
    let shipped = run(&["assess", "gb-t-42195", "--answers", LI]);
    let own = run(&["assess", "gb-t-42195", "--answers", LI, "--instruments", folder.to_str().expect("its name is UTF-8")]);
    ends(&own, 0);
    assert!(out(&shipped).contains("Total 54 is in the band: Moderate impairment."));
    assert!(out(&own).contains("Total 54 is in the band: Severe impairment."), "{}", out(&own));
}

#[test]
fn check_points_at_the_place_and_ends_with_one() {
    let folder = changed("gap", "from: 66, to: 89", "from: 68, to: 89");
    let path = folder.to_str().expect("its name is UTF-8");
    let output = run(&["check", path]);
    ends(&output, 1);
    assert!(out(&output).contains("error[bands-leave-gap]") && out(&output).contains("2022.yaml:3"), "{}", out(&output));
    assert!(!out(&output).contains('\u{1b}'), "no colours where nobody sees them");
    let output = run(&["check", path, "--json"]);
    ends(&output, 1);
    assert!(out(&output).contains("\"bands-leave-gap\""), "{}", out(&output));
    ends(&run(&["check", "instruments/cn/gb-t-42195"]), 0);
    let output = run(&["assess", "gb-t-42195", "--answers", LI, "--instruments", path]);
    ends(&output, 1);
    assert!(err(&output).contains("the definition is not sound"), "{}", err(&output));
}

#[test]
fn test_counts_what_passes_and_shows_what_fails() {
    let output = run(&["test", "instruments/cn/gb-t-42195/2022.yaml"]);
    ends(&output, 0);
    assert!(out(&output).contains(" passed, 0 failed\n") && out(&output).contains("bands 5 of 5"), "{}", out(&output));
    let folder = changed("fails", "lost + other_events >= 2", "lost + other_events >= 3");
    let cases = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../instruments/cn/gb-t-42195/2022.cases.yaml"))
        .expect("it is shipped");
    fs::write(folder.join("2022.cases.yaml"), cases).expect("a file can be written");
    let output = run(&["test", folder.to_str().expect("its name is UTF-8")]);
    ends(&output, 1);
    assert!(out(&output).contains("error[case-fails]") && out(&output).contains("2022.cases.yaml:"), "{}", out(&output));
}

#[test]
fn a_new_instrument_is_sound_and_is_never_overwritten() {
    let folder = folder("new");
    let dir = folder.to_str().expect("its name is UTF-8");
    ends(&run(&["new", "my-scale", "--dir", dir, "--name", "量表 \"one\""]), 0);
    ends(&run(&["check", dir]), 0);
    let output = run(&["test", dir]);
    ends(&output, 0);
    assert!(out(&output).contains("\n9 passed, 0 failed\n"), "{}", out(&output));
    ends(&run(&["new", "my-scale", "--dir", dir]), 2);
    ends(&run(&["new", "My Scale", "--dir", dir]), 2);
    ends(&run(&["new", "x", "--dir", dir, "--edition", "../../y"]), 2);
}

#[test]
fn what_is_in_an_instrument_can_be_read() {
    let output = run(&["describe", "gb-t-42195", "--lang", "zh"]);
    ends(&output, 0);
    assert!(out(&output).contains("老年人能力评估规范") && out(&output).contains("66..89"), "{}", out(&output));
    let output = run(&["describe", "gb-t-42195", "--lang", "xx"]);
    ends(&output, 0);
    assert!(err(&output).contains("has no texts in `xx`; it has zh, en"), "{}", err(&output));
}

#[test]
fn every_check_has_a_page_and_every_kind_a_schema() {
    for name in out(&run(&["explain"])).lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split_whitespace().next()) {
        ends(&run(&["explain", name]), 0);
    }
    for kind in out(&run(&["schema"])).lines() {
        let output = run(&["schema", kind]);
        ends(&output, 0);
        assert!(serde_json::from_str::<serde_json::Value>(out(&output)).is_ok(), "{kind}");
    }
}

#[test]
fn a_batch_keeps_its_order_and_goes_on_after_bad_lines() {
    let mut input: Vec<u8> = Vec::new();
    let people: Vec<String> = (0..2000).map(sheet_of).collect();
    input.extend(people.join("\n").as_bytes());
    input.extend(b"\n\n{\"id\": \"bad\", \"answers\": {\"eating\": \"swallows\"}}\nno JSON\n\xff\xfe\n{\"id\": \"last\", \"answers\": {}}");
    let output = fed(&["batch", "gb-t-42195", "--answers", "-", "--out", "-"], &input);
    ends(&output, 1);
    let lines: Vec<serde_json::Value> = out(&output).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(lines.len(), 2004);
    assert!(lines.iter().take(2000).enumerate().all(|(number, line)| line["id"] == number));
    let bad: Vec<String> =
        lines[2000..].iter().map(|line| format!("{} {} {}", line["line"], line["id"], line["problems"][0]["problem"])).collect();
    insta::assert_snapshot!(bad.join("\n"), @r#"
    2002 "bad" "unknown-option"
    2003 null "unreadable"
    2004 null "unreadable"
    null "last" null
    "#);
    assert!(err(&output).starts_with("2,004 people: 0 decided, 2,001 open, 3 refused; "), "{}", err(&output));
}

/// A short sheet of a person who is only a number.
fn sheet_of(number: usize) -> String {
    format!(r#"{{"id": {number}, "date": "2024-05-14", "answers": {{"falls": {}}}}}"#, number % 3)
}

#[test]
fn a_full_sheet_is_decided() {
    let output = fed(&["batch", "gb-t-42195", "--answers", "-", "--out", "-"], sheet("best", r#","falls":0"#).as_bytes());
    ends(&output, 0);
    assert!(out(&output).contains(r#""status":"decided""#) && out(&output).contains(r#""grade":"intact""#), "{}", out(&output));
}

#[test]
fn a_table_and_an_empty_input_are_read_too() {
    let folder = folder("table");
    let (table, outcomes) = (folder.join("people.csv"), folder.join("outcomes.ndjson"));
    fs::write(&table, "id,date,eating,falls\r\na,2024-05-14,some_help,1\r\n\"b\r\nb\",2024-05-14,!refused,\r\nc,2024-05-14,well,1\r\n")
        .expect("a file can be written");
    let (table, outcomes) = (table.to_str().expect("UTF-8"), outcomes.to_str().expect("UTF-8"));
    let output = run(&["batch", "gb-t-42195", "--answers", table, "--out", outcomes]);
    ends(&output, 1);
    let written = fs::read_to_string(outcomes).expect("it was written");
    assert!(written.lines().count() == 3 && written.contains(r#"{"line":5,"id":"c","problems""#), "{written}");
    ends(&run(&["batch", "gb-t-42195", "--answers", table, "--out", table]), 2);
    let head = fed(&["batch", "gb-t-42195", "--answers", "-", "--format", "csv", "--out", "-"], b"id,eatng\na,1\n");
    ends(&head, 2);
    assert!(err(&head).contains("did you mean `eating`"), "{}", err(&head));
    for format in ["csv", "ndjson"] {
        let empty = fed(&["batch", "gb-t-42195", "--answers", "-", "--format", format, "--out", "-"], b"");
        ends(&empty, 0);
        assert!(empty.stdout.is_empty() && err(&empty).starts_with("0 people"), "{}", err(&empty));
    }
}

#[test]
fn a_reader_who_goes_away_is_no_fault() {
    for arguments in [&["describe", "nba"][..], &["batch", "gb-t-42195", "--answers", "-", "--out", "-"]] {
        let mut child =
            command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("geras starts");
        drop(child.stdout.take());
        let people: Vec<String> = (0..20_000).map(sheet_of).collect();
        let _ = child.stdin.take().expect("it has an input").write_all(people.join("\n").as_bytes());
        let output = child.wait_with_output().expect("geras ends");
        ends(&output, 0);
        assert!(err(&output).is_empty(), "{}", err(&output));
    }
}

#[test]
fn answers_to_one_instrument_fill_the_sheet_of_another() {
    let folder = folder("carry");
    for language in ["en", "zh"] {
        let output = run(&["carry", "gb-t-42195", "mz-t-039", "--answers", LI, "--lang", language]);
        ends(&output, 0);
        let head: Vec<&str> = out(&output).lines().take(13).collect();
        insta::assert_snapshot!(format!("carried@{language}"), head.join("\n"));
        let sheet = folder.join(format!("{language}.yaml"));
        fs::write(&sheet, out(&output)).expect("a file can be written");
        let output = run(&["assess", "mz-t-039", "--answers", sheet.to_str().expect("UTF-8"), "--lang", language]);
        ends(&output, 0);
        let told = report(&output).split("\n\n").nth(1).map(str::to_owned).unwrap_or_default();
        insta::assert_snapshot!(format!("rests_on_near@{language}"), told);
    }
    let output = run(&["carry", "gb-t-42195", "mz-t-039", "--answers", LI, "--json"]);
    ends(&output, 0);
    let sheet: serde_json::Value = serde_json::from_str(out(&output)).expect("it is JSON");
    assert!(sheet["answers"]["cognition"].is_null() && sheet["carried"]["falls"]["exact"] == true, "{sheet}");
    ends(&fed(&["assess", "mz-t-039", "--answers", "-"], out(&output).as_bytes()), 0);
}

#[test]
fn what_cannot_be_carried_is_said() {
    let wang = "examples/answers/mz-t-039-mr-wang.yaml";
    let output = run(&["carry", "gb-t-42195", "mz-t-039", "--answers", wang]);
    ends(&output, 1);
    assert!(out(&output).contains("is refused"), "a sheet of the wrong instrument: {}", out(&output));
    let output = run(&["carry", "gb-t-42195", "mz-t-039", "--answers", LI, "--onto", wang, "--lang", "zh"]);
    ends(&output, 1);
    insta::assert_snapshot!("contradicted", out(&output));
    let output = run(&["carry", "gb-t-42195", "mz-t-039", "--answers", LI, "--onto", wang, "--json"]);
    ends(&output, 1);
    assert!(out(&output).contains("other-person") && out(&output).contains("carried-contradicts"), "{}", out(&output));
    let output = run(&["carry", "gb-t-42195", "aggir", "--answers", LI]);
    ends(&output, 2);
    assert!(err(&output).contains("nothing says how answers to `gb-t-42195@2022` serve `aggir@2008`"), "{}", err(&output));
    ends(&run(&["carry", "gb-t-42195", "mz-t-39", "--answers", LI]), 2);
    ends(&run(&["carry", "gb-t-42195", "mz-t-039", "--answers", "none.yaml"]), 2);
}

/// A made-up instrument without wording and the texts of a site for it, changed in one place.
fn texts(name: &str, from: &str, to: &str) -> PathBuf {
    let folder = folder(name);
    let tree = folder.join("tree/intl/made-up");
    let site = folder.join("texts/intl/made-up");
    fs::create_dir_all(&tree).and_then(|()| fs::create_dir_all(&site)).expect("folders can be made");
    let definition = "instrument: made-up\nedition: \"1\"\neffective: {from: 2020-01-01}\njurisdiction: INTL\ndomain: falls\nlanguages: [zh, en]\n\
        title: {zh: 自拟量表, en: Made up}\nsource: {title: Nothing}\ndirection: higher_is_worse\nprovenance: {status: computed}\n\
        licence: {class: permission_required, wording: overlay, holder: Somebody}\n\
        sections:\n  - id: all\n    title: {zh: 全部, en: All}\n    items:\n      - {id: gait, code: \"4\", options: [{code: a, points: 0}, {code: b, points: 20}]}\n\
        scores: {total: {sum: all, range: [0, 20]}}\n";
    let words = "texts_for: made-up@1\norigin: Agreement 7\nlanguages: [zh]\nitems:\n  gait: {text: {zh: 步态}, options: {a: {label: {zh: 正常}}, b: {label: {zh: 异常}}}}\n";
    assert!(words.contains(from), "{from}");
    fs::write(tree.join("1.yaml"), definition)
        .and_then(|()| fs::write(site.join("1.texts.yaml"), words.replace(from, to)))
        .expect("files can be written");
    folder
}

/// A command on the made-up tree, with the site's texts or without.
fn at_site(folder: &Path, arguments: &[&str], with_texts: bool) -> Output {
    let (tree, texts) = (folder.join("tree"), folder.join("texts"));
    let mut all = arguments.to_vec();
    all.extend(["--instruments", tree.to_str().expect("a path")]);
    if with_texts {
        all.extend(["--texts", texts.to_str().expect("a path")]);
    }
    fed(&all, b"answers: {}\n")
}

#[test]
fn a_sites_texts_are_seen_in_reports_and_descriptions_and_every_report_says_whose_they_are() {
    let folder = texts("texts-seen", "步态", "步态");
    let bare = at_site(&folder, &["assess", "made-up", "--answers", "-", "--lang", "zh"], false);
    ends(&bare, 0);
    assert!(out(&bare).contains("“条目 4”") && !out(&bare).contains("步态"), "{}", out(&bare));
    let worded = at_site(&folder, &["assess", "made-up", "--answers", "-", "--lang", "zh"], true);
    assert!(out(&worded).contains("“步态”") && out(&worded).contains("本单位提供，Agreement 7"), "{}", out(&worded));
    let described = at_site(&folder, &["describe", "made-up", "--lang", "zh"], true);
    assert!(out(&described).contains("异常") && out(&described).contains("须经权利人许可"), "{}", out(&described));
    assert!(out(&at_site(&folder, &["licences"], true)).contains("the site's words"));
    assert!(out(&at_site(&folder, &["licences"], false)).contains("numbers, no words"));
    let checked = at_site(&folder, &["check"], true);
    ends(&checked, 0);
    assert!(out(&checked).contains("1 file of texts"), "{}", out(&checked));
}

#[test]
fn a_sites_texts_that_do_not_fit_stop_everything_and_are_told_at_their_line() {
    let folder = texts("texts-wrong", "gait:", "giat:");
    for arguments in [&["assess", "made-up", "--answers", "-"][..], &["describe", "made-up"], &["list"]] {
        let output = at_site(&folder, arguments, true);
        ends(&output, 1);
        assert!(err(&output).contains("1.texts.yaml:5:3") && err(&output).contains("did you mean `gait`?"), "{}", err(&output));
    }
    let checked = at_site(&folder, &["check"], true);
    ends(&checked, 1);
    assert!(out(&checked).contains("unknown-name") && out(&checked).contains("text-missing"), "{}", out(&checked));
    let nowhere = run(&["describe", "gb-t-42195", "--texts", "no/such/folder"]);
    ends(&nowhere, 2);
    assert!(err(&nowhere).contains("there is no folder `no/such/folder`"), "{}", err(&nowhere));
}

#[test]
fn what_the_licence_forbids_is_refused_by_every_command_that_takes_answers() {
    let folder = texts("use", "步态", "步态");
    let refused = at_site(&folder, &["assess", "made-up", "--answers", "-", "--use", "commercial"], false);
    ends(&refused, 1);
    assert!(out(&refused).contains("does not allow the commercial use") && out(&refused).contains("Somebody"), "{}", out(&refused));
    let told = at_site(&folder, &["assess", "made-up", "--answers", "-", "--use", "commercial", "--json"], false);
    ends(&told, 1);
    assert!(out(&told).contains("use-not-allowed"), "{}", out(&told));
    let outcomes = folder.join("never.ndjson");
    let batch = at_site(
        &folder,
        &["batch", "made-up", "--answers", "-", "--out", outcomes.to_str().expect("a path"), "--use", "commercial", "--lang", "zh"],
        false,
    );
    ends(&batch, 1);
    assert!(err(&batch).contains("不得用于商业用途") && !outcomes.exists(), "{}", err(&batch));
    for allowed in ["clinical", "research", "education"] {
        ends(&at_site(&folder, &["assess", "made-up", "--answers", "-", "--use", allowed], false), 0);
    }
    let listed = at_site(&folder, &["list", "--use", "commercial"], false);
    ends(&listed, 0);
    assert!(out(&listed).contains("× made-up@1") && out(&listed).contains("does not allow the commercial use"), "{}", out(&listed));
    let misspelt = run(&["list", "--use", "comercial"]);
    ends(&misspelt, 2);
    assert!(err(&misspelt).contains("commercial"), "{}", err(&misspelt));
}

#[test]
fn the_list_is_a_tree_by_domain_that_can_be_narrowed_down() {
    let all = run(&["list"]);
    ends(&all, 0);
    assert!(out(&all).contains("capacity\n") && out(&all).contains("gb-t-42195@2022"), "{}", out(&all));
    assert!(out(&run(&["list", "--lang", "zh"])).contains("综合能力\n"));
    let german = run(&["list", "--jurisdiction", "DE"]);
    assert!(out(&german).contains("nba@2017") && !out(&german).contains("gb-t-42195"), "{}", out(&german));
    let sure = run(&["list", "--provenance", "one_copy", "--domain", "function"]);
    assert!(out(&sure).contains("nba@2017") && !out(&sure).contains("aggir@2008"), "{}", out(&sure));
    assert_eq!(out(&run(&["list", "--jurisdiction", "aq"])), "No instrument is like that.\n");
    ends(&run(&["list", "--domain", "cogniton"]), 2);
    let json: serde_json::Value =
        serde_json::from_str(out(&run(&["list", "--licence", "official_document", "--json"]))).expect("it is JSON");
    let entries = json.as_array().expect("it is a list");
    assert!(
        !entries.is_empty() && entries.iter().all(|entry| entry["licence"]["class"] == "official_document" && entry["may_be_used"] == true)
    );
}

#[test]
fn the_licences_are_told_with_uses_holder_and_evidence() {
    let table = run(&["licences", "--lang", "zh"]);
    ends(&table, 0);
    for word in ["官方文件", "用途", "显示", "依据", "未注明日期"] {
        assert!(out(&table).contains(word), "{word}: {}", out(&table));
    }
    let refused = run(&["licences", "--use", "commercial", "--refused"]);
    assert!(!out(&refused).contains("gb-t-42195") && out(&refused).contains("not for commercial use"), "{}", out(&refused));
}

#[test]
fn what_moved_since_the_last_time_is_told_with_its_cause() {
    let folder = folder("change");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(LI)).expect("it is there");
    let then =
        text.replace("2024-05-14", "2023-11-20").replace("walking: some_help", "walking: independent").replace("falls: 1 ", "falls: 0 ");
    let output = fed(&["assess", "gb-t-42195", "--answers", "-", "--json"], then.as_bytes());
    ends(&output, 0);
    let previous = folder.join("then.json");
    fs::write(&previous, out(&output)).expect("a file can be written");
    let previous = previous.to_str().expect("UTF-8");
    for language in ["en", "zh"] {
        let output = run(&["assess", "gb-t-42195", "--answers", LI, "--previous", previous, "--lang", language]);
        ends(&output, 0);
        let told = report(&output).split("\n\n").nth(2).map(str::to_owned).unwrap_or_default();
        insta::assert_snapshot!(format!("since@{language}"), told);
    }
    let output = run(&["assess", "gb-t-42195", "--answers", LI, "--previous", previous, "--json"]);
    ends(&output, 0);
    let account: serde_json::Value = serde_json::from_str(out(&output)).expect("it is JSON");
    assert_eq!(account["change"]["split"], "same_rules");
    let half = folder.join("half.json");
    fs::write(&half, &fs::read(previous).expect("it was written")[..2000]).expect("a file can be written");
    let half = half.to_str().expect("UTF-8");
    for more in [&["--json"][..], &[]] {
        let output = run(&[&["assess", "gb-t-42195", "--answers", LI, "--previous", half][..], more].concat());
        ends(&output, 1);
        assert!(out(&output).contains("not whole"), "{}", out(&output));
    }
    ends(&run(&["assess", "gb-t-42195", "--answers", LI, "--previous", "none.json"]), 2);
}

#[test]
fn prove_tells_of_a_pathway_where_people_go_and_whom_each_clause_reaches() {
    let output = run(&["prove", "cn/hospice-admission", "--lang", "zh"]);
    ends(&output, 0);
    assert!(out(&output).contains("照护去向") && out(&output).contains("去向规则"), "{}", out(&output));
    let output = run(&["prove", "cn/hospice-admission", "--lang", "en"]);
    assert!(out(&output).contains("Of all that was decided, every care setting, rule and clause is reached"), "{}", out(&output));
    let output = run(&["prove", "cn/hospice-admission", "--json"]);
    assert!(out(&output).contains("\"about\": \"routing_setting\"") && out(&output).contains("\"decides\": "), "{}", out(&output));
}

#[test]
fn prove_writes_a_page_of_a_pathway_that_a_meeting_can_read() {
    let folder = folder("prove-pathway");
    let page = folder.join("page.html");
    let written = page.to_str().expect("its name is UTF-8");
    let told = [
        ("zh", ["已证明：每份完整记录都有去向，无人遗漏。", "由前面的规则决定", "考虑本人意愿后"]),
        ("en", ["Proved: every complete record leads somewhere", "Decided by one above", "After the wishes"]),
    ];
    for (language, wanted) in told {
        ends(&run(&["prove", "cn/hospice-admission", "--lang", language, "--report", written]), 0);
        let html = fs::read_to_string(&page).expect("it was written");
        assert!(html.starts_with("<!doctype html>") && !html.contains("<script") && !html.contains("src="), "{html}");
        for words in wanted {
            assert!(html.contains(words), "{words}\n{html}");
        }
    }
    ends(&run(&["prove", "cn/hospice-admission", "--report", "/no/such/folder/page.html"]), 2);
}

#[test]
fn prove_tells_counts_worse_answers_gaps_and_overlaps_in_both_languages_and_on_a_page() {
    let output = run(&["prove", "mz-t-039", "--lang", "en"]);
    ends(&output, 0);
    let told = out(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Proved: never a milder result. The definition claims: never milder."), "{told}");
    assert!(
        told.contains("256 combinations of (adl_level, mental_level, perception_level, social_level) 60 fit rows with different results"),
        "{told}"
    );
    assert!(told.contains("9 combinations are in no row that cites a clause"), "{told}");
    let output = run(&["prove", "aggir", "--lang", "zh"]);
    ends(&output, 0);
    assert!(
        out(&output).contains("transferts: B → C   gir_5 → gir_6") && out(&output).contains("已证明：除定义列明的例外"),
        "{}",
        out(&output)
    );
    let folder = folder("prove");
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../instruments/cn/mz-t-039/2013.yaml")).expect("it is shipped");
    let hostile = text.replacen("en: Ability level}", "en: '<script>alert(1)</script>'}", 1);
    assert_ne!(hostile, text);
    let definition = folder.join("hostile.yaml");
    fs::write(&definition, hostile).expect("a file can be written");
    let page = folder.join("page.html");
    let written = page.to_str().expect("its name is UTF-8");
    let output = run(&["prove", definition.to_str().expect("its name is UTF-8"), "--lang", "en", "--report", written]);
    ends(&output, 0);
    let html = fs::read_to_string(&page).expect("it was written");
    assert!(html.starts_with("<!doctype html>") && html.contains("class=\"bar\"") && html.contains("60 fit rows with different results"));
    assert!(
        html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains("http-equiv") && !html.contains("src="),
        "{html}"
    );
    ends(&run(&["prove", "mz-t-039", "--report", "/no/such/folder/page.html"]), 2);
    ends(&run(&["prove", "mz-t-93"]), 2);
    let output = run(&["prove", "cn/hospice-admission", "--values"]);
    ends(&output, 2);
    assert!(err(&output).contains("is a pathway, and `--values` is for instruments"), "{}", err(&output));
}
