//! `geras compare` from the outside: what a policy author reads, exit codes, bad input, and the people of a cohort counted by hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const SHIPPED: &str = "instruments/cn/gb-t-42195/2022.yaml";

fn run(arguments: &[&str]) -> Output {
    let test = std::env::current_exe().expect("the test knows where it is");
    let folder = test.parent().and_then(Path::parent).expect("it lies in deps/ of the profile's folder");
    let binary = folder.join(format!("geras{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "{} is not there: run `cargo build -p geras-cli` first", binary.display());
    let mut command = Command::new(binary);
    command.args(arguments).current_dir(root());
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").output().expect("geras starts")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[track_caller]
fn ends(output: &Output, code: i32) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it writes UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}{err}");
    assert!(!err.contains("panicked"), "{err}");
    (out, err)
}

/// A comparison as JSON, which is as the published schema says.
#[track_caller]
fn comparison(text: &str) -> Value {
    let schema = fs::read_to_string(root().join("instruments/schema/comparison.schema.json")).expect("it is published");
    let schema = serde_json::from_str(&schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a JSON Schema");
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    let wrong: Vec<String> = validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}\n{text}", wrong.join("\n"));
    value
}

/// A file of one test.
fn file(name: &str, text: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compare");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join(name), text).expect("a file can be written");
    folder.join(name).to_string_lossy().into_owned()
}

/// The shipped definition with these changes.
fn draft(name: &str, changes: &[(&str, &str)]) -> String {
    let mut text = fs::read_to_string(root().join(SHIPPED)).expect("it is shipped");
    for (from, to) in changes {
        assert!(text.contains(from), "the definition has no `{from}` any more");
        text = text.replacen(from, to, 1);
    }
    file(name, &text)
}

/// Severe begins at 50 points instead of 45.
const STRICTER: &[(&str, &str)] = &[
    ("{id: moderate, from: 46, to: 65", "{id: moderate, from: 51, to: 65"),
    ("{id: severe, from: 30, to: 45", "{id: severe, from: 30, to: 50"),
];

#[test]
fn other_words_and_another_order_are_no_difference() {
    let same = draft(
        "words.yaml",
        &[
            ("text: {zh: 进食, en: Eating and drinking}", "text: {zh: 吃饭, en: Meals}"),
            (
                "      - {id: grooming, code: B.1.2, text: {zh: 修饰, en: Grooming}, options: help5}\n      - {id: bathing, code: B.1.3, text: {zh: 洗澡, en: Bathing}, options: help5}\n",
                "      - {id: bathing, code: B.1.3, text: {zh: 洗澡, en: Bathing}, options: help5}\n      - {id: grooming, code: B.1.2, text: {zh: 修饰, en: Grooming}, options: help5}\n",
            ),
        ],
    );
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &same]), 0);
    assert!(out.ends_with("The same: proved for all answers.\n"), "{out}");
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &same, "--lang", "zh"]), 0);
    assert!(out.contains("相同：已证明两版对所有答卷得出相同的结果。"), "{out}");
}

#[test]
fn a_question_under_another_id_is_known_by_its_printed_number_and_that_is_told() {
    let item = "{id: grooming, code: B.1.2, text";
    let renamed = draft("renamed.yaml", &[(item, "{id: tidying, code: B.1.2, text")]);
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &renamed]), 0);
    assert!(out.contains("taken for one question by the same printed number: grooming → tidying (B.1.2)"), "{out}");
    assert!(out.ends_with("The same: proved for all answers; one question has another id.\n"), "{out}");
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &renamed, "--lang", "zh"]), 0);
    assert!(out.contains("凭原编号相同认作同一题：grooming → tidying (B.1.2)"), "{out}");
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &renamed, "--json"]), 0);
    let shape = comparison(&out);
    assert_eq!(shape["questions"]["renamed"], serde_json::json!([{"a": "grooming", "b": "tidying", "code": "B.1.2"}]));
    // People who answered it under its old id are graded by it: nobody is left open.
    let people = file("renamed.ndjson", &[sheet(1, 0, false), sheet(2, 7, false)].join("\n"));
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &renamed, "--cohort", &people, "--json"]), 0);
    let all = &comparison(&out)["people"]["groups"][0];
    assert_eq!((&all["same"], &all["open"]), (&2.into(), &0.into()), "{all:#}");

    // Under another number too it is another question: nobody knows that they are one.
    let other = draft("other-number.yaml", &[(item, "{id: tidying, code: B.1.99, text")]);
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &other]), 1);
    assert!(out.contains("Only in A: grooming") && out.contains("Only in B: tidying"), "{out}");
}

#[test]
fn a_moved_edge_is_told_as_the_totals_between_the_edges() {
    let stricter = draft("stricter.yaml", STRICTER);
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &stricter]), 1);
    for line in ["moderate) → Severe impairment (severe)", "Total (total) 46–50", "clause coma does not hold"] {
        assert!(out.contains(line), "no `{line}` in\n{out}");
    }
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &stricter, "--lang", "zh"]), 1);
    assert!(out.contains("总分 (total) 46–50"), "{out}");
    let (out, _) = ends(&run(&["compare", "gb-t-42195@2022", &stricter, "--json"]), 1);
    let shape = comparison(&out);
    assert_eq!(shape["same"], false);
    assert_eq!(shape["results"][0]["about"], "grade");
    let regions = shape["results"][0]["regions"].as_array().expect("regions");
    let region = regions.iter().find(|region| region["from"] == "moderate").expect("a region");
    assert_eq!((&region["from"], &region["to"]), (&Value::from("moderate"), &Value::from("severe")));
    let total =
        region["conditions"].as_array().expect("conditions").iter().find(|condition| condition["id"] == "total").expect("the total");
    assert_eq!((&total["from"], &total["to"]), (&Value::from(46), &Value::from(50)));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let stricter = draft("refused.yaml", STRICTER);
    let (_, err) = ends(&run(&["compare", "gb-t-42196", &stricter]), 2);
    assert!(err.contains("did you mean `gb-t-42195`?"), "{err}");
    let (_, err) = ends(&run(&["compare", "gb-t-42195@2022", "no-such-file.yaml"]), 2);
    assert!(err.contains("there is no file `no-such-file.yaml`"), "{err}");
    let (_, err) = ends(&run(&["compare", "cn/eldercare-triage", "gb-t-42195"]), 2);
    assert!(err.contains("is a pathway"), "{err}");
    let (_, err) = ends(&run(&["compare", "phq9", "frail"]), 2);
    assert!(err.contains("no question in common"), "{err}");
    let people = file("one.ndjson", "{\"id\": 1, \"answers\": {}}\n");
    let (_, err) = ends(&run(&["compare", "gb-t-42195@2022", &stricter, "--cohort", &people, "--by", "demntia"]), 2);
    assert!(err.contains("did you mean `dementia`?"), "{err}");
    let costs = file("costs-short.yaml", "intact: 0\nmild: 100\n");
    let (_, err) = ends(&run(&["compare", "gb-t-42195@2022", &stricter, "--cohort", &people, "--costs", &costs]), 2);
    assert!(err.contains("`moderate` has no amount"), "{err}");
    let costs = file("costs-odd.yaml", "intact: much\n");
    let (_, err) = ends(&run(&["compare", "gb-t-42195@2022", &stricter, "--cohort", &people, "--costs", &costs]), 2);
    assert!(err.contains("the amount of `intact` is no number"), "{err}");
}

/// A whole sheet: the best answers but for so many of the items with five options, which are at their worst (4 points less each).
fn sheet(id: usize, worst: usize, dementia: bool) -> String {
    let five = [
        "eating",
        "grooming",
        "bathing",
        "upper_clothing",
        "lower_clothing",
        "toileting",
        "bed_transfer",
        "chair_transfer",
        "daily_affairs",
    ];
    let rest = [
        ("bladder", "normal"),
        ("bowels", "normal"),
        ("walking", "independent"),
        ("stairs", "independent"),
        ("time_orientation", "clear"),
        ("place_orientation", "clear"),
        ("person_orientation", "clear"),
        ("memory", "normal"),
        ("understanding", "normal"),
        ("expression", "normal"),
        ("aggression", "none"),
        ("depression", "none"),
        ("consciousness", "alert"),
        ("vision", "normal"),
        ("hearing", "normal"),
        ("transport", "alone"),
    ];
    let mut answers = serde_json::Map::new();
    for (place, item) in five.iter().enumerate() {
        answers.insert((*item).to_owned(), if place < worst { "dependent" } else { "independent" }.into());
    }
    rest.iter().for_each(|(item, code)| drop(answers.insert((*item).to_owned(), (*code).into())));
    for input in ["falls", "choking", "suicide_attempts", "self_harm", "lost", "other_events"] {
        answers.insert(input.to_owned(), 0.into());
    }
    answers.insert("coma".to_owned(), false.into());
    answers.insert("mental_disorder".to_owned(), false.into());
    answers.insert("dementia".to_owned(), dementia.into());
    answers.insert("social_contact".to_owned(), "normal".into());
    serde_json::json!({"id": id, "answers": answers}).to_string()
}

#[test]
fn the_people_of_a_cohort_are_counted_by_hand() {
    // Mild begins at 70 points instead of 66: who has 66 to 69 points becomes moderate, or severe with dementia. 90 - 4 * 6 = 66.
    let draft = draft(
        "seventy.yaml",
        &[
            ("{id: mild, from: 66, to: 89", "{id: mild, from: 70, to: 89"),
            ("{id: moderate, from: 46, to: 65", "{id: moderate, from: 46, to: 69"),
        ],
    );
    let mut lines = vec![sheet(1, 0, false), sheet(2, 6, false), sheet(3, 6, true), sheet(4, 5, true), sheet(5, 7, false)];
    lines.push("{\"id\": 6, \"answers\": {\"eating\": \"independent\"}}".to_owned());
    lines.push("{\"id\": 7, \"answers\": {\"eating\": \"sometimes\"}}".to_owned());
    let people = file("people.ndjson", &lines.join("\n"));
    let costs = file("costs.yaml", "intact: 0\nmild: 100.10\nmoderate: 300\nsevere: 600.05\ncomplete: 900\n");
    let page = file("page.html", "");
    let arguments = ["compare", "gb-t-42195@2022", &draft, "--cohort", &people, "--by", "dementia", "--costs", &costs, "--json"];
    let (out, _) = ends(&run(&arguments), 1);
    let shape = comparison(&out);
    let people_shape = &shape["people"];
    assert_eq!((&people_shape["people"], &people_shape["refused"]), (&7.into(), &1.into()), "{people_shape:#}");
    assert_eq!(people_shape["refusals"][0]["line"], 7);
    let all = &people_shape["groups"][0];
    assert_eq!((&all["same"], &all["changed"], &all["open"]), (&3.into(), &2.into(), &1.into()), "{all:#}");
    let cell = |from: &str, to: &str| {
        let cells = all["matrix"].as_array().expect("a matrix");
        cells.iter().find(|cell| cell["from"] == from && cell["to"] == to).map_or(0, |cell| cell["people"].as_u64().expect("a count"))
    };
    // 1: 90 intact. 2: 66 mild -> moderate. 3: 66 with dementia: moderate -> severe. 4: 70 with dementia: moderate in both. 5: 62 moderate in both.
    assert_eq!(
        (cell("intact", "intact"), cell("mild", "moderate"), cell("moderate", "severe"), cell("moderate", "moderate")),
        (1, 1, 1, 2)
    );
    // 0 + 100.10 + 300 + 300 + 300 = 1000.10, and 0 + 300 + 600.05 + 300 + 300 = 1500.05.
    assert_eq!(all["costs"].to_string(), r#"{"difference":499.95,"from":1000.1,"to":1500.05}"#);
    assert_eq!(people_shape["groups"].as_array().expect("groups").len(), 4, "everybody, no answer, without and with dementia");

    let (out, _) =
        ends(&run(&["compare", "gb-t-42195@2022", &draft, "--cohort", &people, "--by", "dementia", "--html", &page, "--lang", "zh"]), 1);
    assert!(out.contains("7 行，其中 1 行未被接受"), "{out}");
    let html = fs::read_to_string(&page).expect("the page is written");
    assert!(html.contains("<svg") && html.contains("受影响的人") && !html.contains("<script") && !html.contains("http"), "{html}");
}

/// The shipped pathway to hospice care with one change.
fn hospice(name: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(root().join("instruments/cn/hospice-admission/2026.yaml")).expect("it is shipped");
    assert!(text.contains(from), "the definition has no `{from}` any more");
    file(name, &text.replacen(from, to, 1))
}

#[test]
fn a_pathway_is_the_same_as_itself_and_only_then_it_is_called_so() {
    let (out, _) = ends(&run(&["compare", "cn/hospice-admission", "cn/hospice-admission", "--lang", "zh"]), 0);
    assert!(out.contains("已证明：对每份完整记录，两者得出的一切都相同。"), "{out}");
    let review = hospice("review.yaml", "days: 14", "days: 7");
    let (out, _) = ends(&run(&["compare", "cn/hospice-admission", &review, "--lang", "en"]), 1);
    assert!(out.contains("Proved: every complete record goes to the same place; something else differs."), "{out}");
    assert!(out.contains("(fortnight): 14 → 7"), "{out}");
}

#[test]
fn who_goes_elsewhere_is_told_with_the_rules_and_counted_in_a_cohort() {
    // Who is better but whose symptoms are out of hand is sent back as well: the first rule takes them from the others.
    let changed = hospice("better.yaml", "when: improved && !symptoms_out_of_hand", "when: improved");
    let people = file("better.ndjson", "");
    ends(&run(&["cohort", "cn/hospice-admission", "--size", "300", "--seed", "5", "--out", &people]), 0);
    let (out, _) = ends(&run(&["compare", "cn/hospice-admission", &changed, "--cohort", &people, "--lang", "en"]), 1);
    let told = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("records (25.00 %) go to another place"), "{out}");
    assert!(told.contains("not_informed → better") && told.contains("300 were made up by a program"), "{out}");
    let (out, _) = ends(&run(&["compare", "cn/hospice-admission", &changed, "--cohort", &people, "--json"]), 1);
    let schema = fs::read_to_string(root().join("instruments/schema/pathway-comparison.schema.json")).expect("it is published");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).expect("it is JSON")).expect("it is a JSON Schema");
    let value: Value = serde_json::from_str(&out).expect("it is JSON");
    assert!(validator.iter_errors(&value).next().is_none(), "{out}");
    // Each line by itself, as batch routes it with either.
    let (one, two) = (file("one.ndjson", ""), file("two.ndjson", ""));
    ends(&run(&["batch", "cn/hospice-admission", "--answers", &people, "--out", &one]), 0);
    ends(&run(&["batch", &changed, "--answers", &people, "--out", &two]), 0);
    let setting = |path: &str| -> Vec<String> {
        let text = fs::read_to_string(path).expect("it was written");
        text.lines().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON")["setting"].to_string()).collect()
    };
    let moved = setting(&one).iter().zip(setting(&two)).filter(|(one, two)| **one != *two).count();
    assert_eq!(value["people"]["groups"][0]["changed"], moved, "{out}");
}

#[test]
fn what_pathways_have_no_word_for_is_refused() {
    for (arguments, words) in [
        (&["compare", "cn/hospice-admission", "gb-t-42195"][..], "is a pathway, and `gb-t-42195` is not"),
        (&["compare", "cn/hospice-admission", "cn/hospice-admission", "--html", "page.html"][..], "`--html` is for instruments"),
        (&["compare", "cn/hospice-admission", "cn/hospice-admission", "--cohort", "people.csv"][..], "lines of JSON"),
        (&["compare", "cn/hospice-admission", "cn/no-such"][..], "there is no"),
    ] {
        let (_, err) = ends(&run(arguments), 2);
        assert!(err.contains(words), "{arguments:?}: {err}");
    }
}
