//! `geras serve` from the outside, over its port: what it gives, to whom, and what an edit, a broken edit and a mended one change. The app's own pages have their tests in a browser.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use geras::check::{BASE, PATHWAY_BASE};
use serde_json::Value;

/// A folder of its own that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("geras-serve-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder can be made");
        Self(folder)
    }

    fn put(&self, path: &str, text: &str) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(file, text).expect("a file can be written");
    }

    fn path(&self, path: &str) -> String {
        self.0.join(path).to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server that ends with the test.
struct Served {
    child: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was answered: the status, the headers, the body.
struct Answer(u16, String, String);

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("geras starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it has an output")).read_line(&mut line).expect("it says where it is");
        let port = line.trim().trim_start_matches("http://localhost:").trim_end_matches('/').parse();
        Self { port: port.unwrap_or_else(|_| panic!("it says `{line}`")), child }
    }

    fn ask_as(&self, method: &str, path: &str, host: &str) -> Answer {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit can be set");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        let answer = String::from_utf8(answer).expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer(status, head.to_owned(), body.to_owned())
    }

    fn ask(&self, path: &str) -> Answer {
        self.ask_as("GET", path, &format!("localhost:{}", self.port))
    }

    fn json(&self, path: &str) -> Value {
        let Answer(status, _, body) = self.ask(path);
        assert_eq!(status, 200, "{path}");
        serde_json::from_str(&body).unwrap_or_else(|reason| panic!("{path}: {reason}: {body}"))
    }

    /// What is wrong after the edit that comes behind `revision`, and the new revision.
    fn after(&self, revision: u64) -> (u64, Vec<String>) {
        let start = Instant::now();
        loop {
            let live = self.json("/live.json");
            let now = live["revision"].as_u64().expect("a number");
            if now > revision {
                let faults = live["diagnostics"].as_array().expect("a list").iter();
                return (
                    now,
                    faults
                        .filter(|fault| fault["severity"] == "error")
                        .map(|fault| fault["name"].as_str().unwrap_or("").to_owned())
                        .collect(),
                );
            }
            assert!(start.elapsed() < Duration::from_secs(30), "it does not see the edit");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

fn command(arguments: &[&str]) -> Command {
    let test = std::env::current_exe().expect("the test knows where it is");
    let folder = test.parent().and_then(Path::parent).expect("it lies in deps/ of the profile's folder");
    let binary = folder.join(format!("geras{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.is_file(), "{} is not there: run `cargo build -p geras-cli` first", binary.display());
    let mut command = Command::new(binary);
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).env("LANG", "C").stdin(Stdio::null());
    command
}

/// An app of two files, and beside it a file that must never be given away.
fn app() -> Folder {
    let folder = Folder::new(&format!("app-{:?}", thread::current().id()).replace(['(', ')'], ""));
    folder.put("app/index.html", "<!doctype html><title>app</title>");
    folder.put("app/assets/main.js", "export {};");
    folder.put("secret.txt", "a secret");
    folder
}

fn title_of(listed: &Value, id: &str) -> String {
    let all = listed.as_array().expect("a list");
    let found = all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("`{id}` is not listed"));
    found["title"]["en"].as_str().expect("a title").to_owned()
}

#[test]
fn an_edit_shows_a_broken_one_keeps_the_last_sound_version_and_a_mended_one_shows_again() {
    let (app, policies) = (app(), Folder::new("policies"));
    let base = BASE.replace("{en: Help in daily life}", "{en: First}");
    assert_ne!(base, BASE, "the base of the examples has this title");
    policies.put("intl/daily-help/1.yaml", &base);
    let served = Served::start(&["--instruments", &policies.path(""), "serve", "--app", &app.path("app"), "--port", "0"]);
    assert_eq!(title_of(&served.json("/instruments.json"), "daily-help"), "First");
    let (revision, faults) = served.after(0);
    assert!(faults.is_empty(), "{faults:?}");

    policies.put("intl/daily-help/1.yaml", &base.replace("{en: First}", "{en: Second}"));
    let (revision, faults) = served.after(revision);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(title_of(&served.json("/instruments.json"), "daily-help"), "Second");

    policies.put("intl/daily-help/1.yaml", &base.replace("{en: First}", "{en: Third}").replace("sections:", "section:"));
    let (revision, faults) = served.after(revision);
    assert!(!faults.is_empty(), "a broken edit is told");
    assert_eq!(title_of(&served.json("/instruments.json"), "daily-help"), "Second", "the last sound version stays");

    policies.put("intl/daily-help/1.yaml", "[");
    let (revision, faults) = served.after(revision);
    assert_eq!(faults, ["yaml-syntax"]);
    assert_eq!(title_of(&served.json("/instruments.json"), "daily-help"), "Second", "even after a second broken edit");

    policies.put("intl/daily-help/1.yaml", &base.replace("{en: First}", "{en: Fourth}"));
    let (_, faults) = served.after(revision);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(title_of(&served.json("/instruments.json"), "daily-help"), "Fourth");
}

#[test]
fn a_pathway_is_listed_and_keeps_its_last_sound_version_too() {
    let (app, policies) = (app(), Folder::new("pathways"));
    policies.put("intl/daily-help/1.yaml", BASE);
    let pathway = |title: &str| PATHWAY_BASE.replacen("title: {en: Home", &format!("title: {{en: {title} home"), 1);
    policies.put("intl/home-or-care-home/1.yaml", &pathway("First"));
    let served = Served::start(&["--instruments", &policies.path(""), "serve", "--app", &app.path("app"), "--port", "0"]);
    let (revision, faults) = served.after(0);
    assert!(faults.is_empty(), "{faults:?}");
    let id = "home-or-care-home";
    assert!(title_of(&served.json("/instruments.json"), id).starts_with("First"));
    let listed = served.json("/instruments.json");
    let entry = listed.as_array().and_then(|all| all.iter().find(|one| one["id"] == id)).expect("it is listed");
    assert_eq!(entry["instruments"][0], "daily-help");

    policies.put("intl/home-or-care-home/1.yaml", &pathway("Second").replace("daily-help", "dayly-help"));
    let (revision, faults) = served.after(revision);
    assert!(!faults.is_empty(), "a broken edit is told");
    assert!(title_of(&served.json("/instruments.json"), id).starts_with("First"), "the last sound version stays");

    policies.put("intl/home-or-care-home/1.yaml", &pathway("Third"));
    let (_, faults) = served.after(revision);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(title_of(&served.json("/instruments.json"), id).starts_with("Third"));
}

#[test]
fn a_sites_words_go_with_the_definition_that_they_are_for() {
    let (app, policies, site) = (app(), Folder::new("worded"), Folder::new("texts"));
    policies.put("intl/daily-help/1.yaml", BASE);
    let texts = |word: &str| {
        let definition = geras::definition::Definition::read("base.yaml", BASE).expect("the base is read");
        let item = definition.items.first().expect("it has an item");
        let options = item.options.iter().map(|option| format!("      \"{}\": {{label: {{en: {word}}}}}\n", option.code.value));
        format!(
            "texts_for: daily-help@1\norigin: Agreement 7\nlanguages: [en]\nitems:\n  {}:\n    text: {{en: {word}}}\n    options:\n{}",
            item.id.value,
            options.collect::<String>()
        )
    };
    site.put("intl/daily-help/1.texts.yaml", &texts("Ours"));
    let folders = (policies.path(""), site.path(""));
    let served = Served::start(&["--instruments", &folders.0, "--texts", &folders.1, "serve", "--app", &app.path("app"), "--port", "0"]);
    let (revision, faults) = served.after(0);
    assert!(faults.is_empty(), "{faults:?}");
    let words = |served: &Served| served.json("/instruments.json")[0]["texts"][0]["text"].as_str().unwrap_or("none").to_owned();
    assert!(words(&served).contains("{en: Ours}"), "{}", words(&served));

    site.put("intl/daily-help/1.texts.yaml", &texts("Theirs").replace("daily-help@1", "daily-help@2"));
    let (revision, faults) = served.after(revision);
    assert_eq!(faults, ["unknown-name"]);
    assert!(words(&served).contains("{en: Ours}"), "the last words that fit stay: {}", words(&served));

    site.put("intl/daily-help/1.texts.yaml", &texts("Theirs"));
    let (_, faults) = served.after(revision);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(words(&served).contains("{en: Theirs}"));
}

#[test]
fn only_the_files_of_the_app_are_given_and_only_to_this_machine() {
    let app = app();
    let served = Served::start(&["serve", "--app", &app.path("app"), "--port", "0"]);
    let Answer(status, head, body) = served.ask("/");
    assert_eq!((status, body.contains("<title>app</title>")), (200, true));
    assert!(head.contains("script-src 'self' 'wasm-unsafe-eval'") && head.contains("nosniff"), "{head}");
    assert_eq!(served.ask("/assets/main.js").0, 200);
    let outside = [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//etc/passwd",
        "/..\\secret.txt",
        "/./index.html",
        "/none.js",
        "/assets",
    ];
    for path in outside {
        let Answer(status, _, body) = served.ask(path);
        assert!(matches!(status, 400 | 404), "{path}: {status}");
        assert!(!body.contains("secret") && !body.contains("root:"), "{path}: {body}");
    }
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(served.ask_as(method, "/", "localhost").0, 405, "{method}");
    }
    for host in ["evil.example", "localhost.evil.example", "192.168.1.7"] {
        assert_eq!(served.ask_as("GET", "/", host).0, 403, "{host}");
    }
    assert_eq!(served.ask_as("GET", "/", "127.0.0.1").0, 200);
    assert_eq!(served.ask("/live.json").0, 404, "nothing is watched: the app's own definitions stand in its folder");
}

#[test]
fn what_cannot_be_served_is_said_at_once() {
    let app = app();
    let refused = |arguments: &[&str]| {
        let output = command(arguments).output().expect("geras ends");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (code, said) = refused(&["serve", "--app", &app.path("none")]);
    assert_eq!(code, Some(2));
    assert!(said.contains("there is no built app") && said.contains("cargo xtask app"), "{said}");
    let served = Served::start(&["serve", "--app", &app.path("app"), "--port", "0"]);
    let (code, said) = refused(&["serve", "--app", &app.path("app"), "--port", &served.port.to_string()]);
    assert_eq!(code, Some(2));
    assert!(said.contains("cannot be used"), "{said}");
    let (code, said) = refused(&["--texts", &app.path("none"), "serve", "--app", &app.path("app"), "--port", "0"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("there is no folder"), "{said}");
}
