//! `geras queue`: who waits for which kind of place, in which order and why, and a proposed allocation to the places that are free.
//!
//! The order: more points first; then who was assessed earlier; then the line of the input. Nobody with open points or an open setting is put before
//! somebody whose points are known: the lowest points that are still possible count, and the report says so.

use std::cmp::Reverse;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use geras::definition::{ClauseKind, Date};
use geras::source::{Entry, Kind, Source, Value, closest, parse};
use serde::Serialize;

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::language::pick;
use crate::paint;
use crate::tree::Tree;

/// Put people who wait for places in order, and propose an allocation
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  geras batch cn/eldercare-triage --answers people.ndjson --out outcomes.ndjson
  geras queue --people outcomes.ndjson --places places.yaml
  geras queue --people outcomes.ndjson --places places.yaml --on 2026-06-01 --json

The free places, by kind:
  places: {care_home_clinic: 2, nursing_hospital: 0}   # 0: waited for, none free
  accept_alternatives: true      # propose an acceptable alternative where the first kind is full
  points_for_waiting: 1          # for each whole 30 days since the assessment, so that nobody waits for ever
  most_points_for_waiting: 6")]
pub(crate) struct Queue {
    /// Outcomes of a pathway, as `geras batch` writes them
    #[arg(long, value_name = "OUTCOMES")]
    people: PathBuf,

    /// The free places by kind
    #[arg(long, value_name = "PLACES")]
    places: PathBuf,

    /// The day for which the order is made; without it nobody gets points for waiting
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,

    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day is written like 2026-06-01".to_owned())
}

/// What is free, and how the order is made.
#[derive(Debug, Default)]
struct Places {
    free: Vec<(String, u32)>,
    accept_alternatives: bool,
    points_for_waiting: i64,
    most_points_for_waiting: i64,
}

impl Places {
    /// That every kind is one of the pathways', where these are known: a misspelt one would leave its places empty for ever.
    fn mind(&self, names: &Names, file: &Path) -> Result<(), Failure> {
        let known = |kind: &str| names.kinds.is_empty() || names.kinds.iter().any(|(id, _)| id == kind);
        let Some((wrong, _)) = self.free.iter().find(|(kind, _)| !known(kind)) else { return Ok(()) };
        let failure = Failure::usage(format!("`{}`: there is no kind of place `{wrong}`", file.display()));
        let ids = names.kinds.iter().map(|(id, _)| id.as_str());
        Err(match closest(wrong, ids.clone()) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help(format!("one of: {}", ids.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "))),
        })
    }
}

/// Somebody who waits.
#[derive(Debug, Serialize)]
struct Waiting {
    /// Who.
    id: String,
    /// The line of the input.
    line: usize,
    /// The kind of place that is waited for.
    kind: String,
    /// Points of the assessment, in hundredths so that they are exact.
    #[serde(serialize_with = "hundredths")]
    points: i64,
    /// Points for waiting, in hundredths.
    #[serde(serialize_with = "hundredths")]
    for_waiting: i64,
    /// Whether the points could still be more.
    points_open: bool,
    /// The day of the assessment.
    since: Option<String>,
    /// What the points are given for: the id of the clause and its points.
    #[serde(serialize_with = "joined")]
    reasons: Vec<(String, String)>,
    /// Other kinds that are acceptable, best first.
    alternatives: Vec<String>,
    /// The place in the order for the kind, from 1.
    place: usize,
    /// Whether somebody before has the same points.
    tied: bool,
    /// The proposed place, where one is free.
    proposed: Option<String>,
}

fn hundredths<S: serde::Serializer>(points: &i64, to: S) -> Result<S::Ok, S::Error> {
    if points % 100 == 0 { to.serialize_i64(points / 100) } else { to.serialize_str(&words(*points)) }
}

fn joined<S: serde::Serializer>(reasons: &[(String, String)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(reasons.iter().map(|(id, points)| format!("{id} {points}")))
}

/// What ids are called in a language, as far as the pathways of the outcomes are in the tree.
#[derive(Debug, Default)]
struct Names {
    kinds: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
}

impl Names {
    /// Those of the pathways with these names; one that is not in the tree has none.
    fn of(pathways: &[String], tree: &Tree, language: &str) -> Result<Self, Failure> {
        let mut names = Self::default();
        for pathway in pathways {
            let Some(ways) = tree.ways(pathway)? else { continue };
            let definition = ways.newest().definition();
            names.kinds.extend(definition.kinds().map(|(setting, kind)| {
                let label = format!("{}{}{}", setting.label.get(language), pick(language, "——", " – "), kind.label.get(language));
                (kind.id.value.clone(), label)
            }));
            let clauses = definition.of_kind(ClauseKind::Priority).map(|(_, clause)| clause);
            names.reasons.extend(clauses.map(|clause| (clause.id.value.clone(), clause.text.get(language).to_owned())));
        }
        Ok(names)
    }

    fn kind<'n>(&'n self, id: &'n str) -> &'n str {
        Self::named(&self.kinds, id)
    }

    fn reason<'n>(&'n self, id: &'n str) -> &'n str {
        Self::named(&self.reasons, id)
    }

    fn named<'n>(list: &'n [(String, String)], id: &'n str) -> &'n str {
        list.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name)
    }
}

/// Somebody who cannot be put in the order.
#[derive(Debug, Serialize)]
struct LeftOut {
    id: String,
    line: usize,
    why: &'static str,
}

/// Everybody whose outcome was read.
#[derive(Debug, Default)]
struct People {
    waiting: Vec<Waiting>,
    left_out: Vec<LeftOut>,
    /// The pathways that the outcomes are of.
    pathways: Vec<String>,
}

impl Queue {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let places = self.places()?;
        let People { mut waiting, left_out, pathways } = self.people(&places)?;
        let names = Names::of(&pathways, &desk.tree()?, &desk.language)?;
        places.mind(&names, &self.places)?;
        waiting.sort_by_key(order);
        let free = allocate(&mut waiting, &places);
        number(&mut waiting);
        if self.json {
            let rest: Vec<serde_json::Value> = free.iter().map(|(kind, left)| serde_json::json!({"kind": kind, "left": left})).collect();
            let whole = serde_json::json!({"waiting": waiting, "left_out": left_out, "free": rest});
            writeln!(out, "{whole:#}")?;
        } else {
            self.report(out, &waiting, &left_out, &free, (&names, &desk.language))?;
        }
        Ok(Verdict::findings_if(!left_out.is_empty()))
    }

    fn places(&self) -> Result<Places, Failure> {
        let wrong = |why: &str| {
            Failure::usage(format!("`{}`: {why}", self.places.display()))
                .help("write `places: {care_home: 2}`; `geras queue --help` shows all keys")
        };
        let text = fs::read_to_string(&self.places).map_err(|reason| Failure::file(&self.places, "read", &reason))?;
        let document = parse(&Source::new(&self.places.to_string_lossy(), &text)).map_err(Failure::Unsound)?;
        let Kind::Mapping(entries) = &document.root.kind else { return Err(wrong("it holds no keys")) };
        let mut places = Places::default();
        for Entry { key, value } in entries {
            match key.value.as_str() {
                "places" => {
                    let Kind::Mapping(kinds) = &value.kind else { return Err(wrong("`places` holds a number for each kind")) };
                    for kind in kinds {
                        let free = whole(&kind.value).and_then(|free| u32::try_from(free).ok());
                        let free = free.ok_or_else(|| wrong(&format!("`{}` takes a whole number of free places", kind.key.value)))?;
                        places.free.push((kind.key.value.clone(), free));
                    }
                }
                "accept_alternatives" => {
                    places.accept_alternatives = match text_of(value) {
                        Some("true") => true,
                        Some("false") => false,
                        _ => return Err(wrong("`accept_alternatives` is true or false")),
                    };
                }
                "points_for_waiting" => {
                    places.points_for_waiting = whole(value).ok_or_else(|| wrong("`points_for_waiting` takes a whole number"))?;
                }
                "most_points_for_waiting" => {
                    places.most_points_for_waiting = whole(value).ok_or_else(|| wrong("`most_points_for_waiting` takes a whole number"))?;
                }
                other => return Err(wrong(&format!("there is no key `{other}`"))),
            }
        }
        if places.free.is_empty() {
            return Err(wrong("it names no free place"));
        }
        Ok(places)
    }

    /// Who waits, and who cannot be put in the order.
    fn people(&self, places: &Places) -> Result<People, Failure> {
        let file = fs::File::open(&self.people).map_err(|reason| Failure::file(&self.people, "read", &reason))?;
        let People { mut waiting, mut left_out, mut pathways } = People::default();
        for (place, line) in BufReader::new(file).lines().enumerate() {
            let line = line.map_err(|reason| Failure::file(&self.people, "read", &reason))?;
            if line.trim().is_empty() {
                continue;
            }
            let number = place + 1;
            let outcome: Result<serde_json::Value, _> = serde_json::from_str(&line);
            let Ok(outcome) = outcome else {
                left_out.push(LeftOut { id: String::new(), line: number, why: "unreadable" });
                continue;
            };
            if let Some(pathway) = outcome.get("pathway").and_then(serde_json::Value::as_str)
                && !pathways.iter().any(|known| known == pathway)
            {
                pathways.push(pathway.to_owned());
            }
            let id = match outcome.get("id") {
                Some(serde_json::Value::String(id)) => id.clone(),
                Some(serde_json::Value::Number(id)) => id.to_string(),
                _ => format!("#{number}"),
            };
            let why = match (outcome.get("problems"), outcome.get("routing")) {
                (Some(_), _) => Some("refused"),
                (None, Some(serde_json::Value::String(kind))) if kind == "needs_judgement" => Some("needs_judgement"),
                (None, Some(serde_json::Value::String(_))) => None,
                (None, Some(serde_json::Value::Object(_))) => Some("open"),
                _ => Some("not_an_outcome"),
            };
            if waiting.iter().any(|known| known.id == id) {
                left_out.push(LeftOut { id, line: number, why: "twice" });
            } else if let Some(why) = why {
                left_out.push(LeftOut { id, line: number, why });
            } else if let Some(person) = self.person(&outcome, id, number, places) {
                waiting.push(person);
            }
        }
        Ok(People { waiting, left_out, pathways })
    }

    /// Somebody whose kind of place is waited for; nobody where the kind has no places, such as home.
    fn person(&self, outcome: &serde_json::Value, id: String, line: usize, places: &Places) -> Option<Waiting> {
        let decided = outcome.get("overridden").and_then(|decision| decision.get("grade")).and_then(serde_json::Value::as_str);
        let kind = decided.or_else(|| outcome.get("routing")?.as_str())?.to_owned();
        let texts = |key: &str| -> Vec<String> {
            let list = outcome.get(key).and_then(serde_json::Value::as_array);
            list.into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
        };
        let alternatives = texts("alternatives");
        let listed = |kind: &str| places.free.iter().any(|(known, _)| known == kind);
        // Who is cared for at home is not put in line for a bed because one would be acceptable: only a kind that is listed is waited for.
        if !listed(&kind) {
            return None;
        }
        let priority = outcome.get("priority");
        let given = priority.and_then(|priority| priority.get("points"));
        let open = given.is_some_and(serde_json::Value::is_object);
        let points = if open { given.and_then(|given| given.get("min")) } else { given };
        let points = points.map_or(0, |points| exact(&points.to_string()));
        let since = outcome.get("date").and_then(serde_json::Value::as_str).map(str::to_owned);
        let waited = self.on.zip(since.as_deref().and_then(Date::parse)).map_or(0, |(on, since)| on.day_number() - since.day_number());
        let months = i64::from(waited.max(0) / 30);
        let most = if places.most_points_for_waiting > 0 { places.most_points_for_waiting } else { i64::MAX / 100 };
        let for_waiting = months.saturating_mul(places.points_for_waiting).min(most).saturating_mul(100);
        let reasons = priority.and_then(|priority| priority.get("reasons")).and_then(serde_json::Value::as_object);
        let reasons = reasons.into_iter().flatten().map(|(id, points)| (id.clone(), points.to_string())).collect();
        Some(Waiting {
            id,
            line,
            kind,
            points,
            for_waiting,
            points_open: open,
            since,
            reasons,
            alternatives,
            place: 0,
            tied: false,
            proposed: None,
        })
    }

    fn report(
        &self,
        out: &mut dyn Write,
        waiting: &[Waiting],
        left_out: &[LeftOut],
        free: &[(String, u32)],
        (names, language): (&Names, &str),
    ) -> std::io::Result<()> {
        let say = |chinese: &'static str, english: &'static str| pick(language, chinese, english);
        writeln!(
            out,
            "{}",
            say(
                "次序：分数高者在先；同分者评估早的在先；再同则按输入的先后。",
                "Order: more points first; among equals who was assessed earlier; then the line of the input.",
            )
        )?;
        let mut kinds: Vec<&str> = Vec::new();
        for person in waiting {
            if !kinds.contains(&person.kind.as_str()) {
                kinds.push(&person.kind);
            }
        }
        kinds.sort_unstable();
        for kind in kinds {
            writeln!(out, "\n{}", paint::styled(paint::HEADING, names.kind(kind)))?;
            for person in waiting.iter().filter(|person| person.kind == kind) {
                let total = words(person.points + person.for_waiting);
                let mut text = format!("{}{total}", say("分数：", "points: "));
                if person.for_waiting > 0 {
                    let waited = words(person.for_waiting);
                    text += &format!("{}{waited}{}", say("（其中等候 ", " ("), say(" 分）", " of them for waiting)"));
                }
                if person.points_open {
                    text += say("，尚未确定，按最低分计", ", still open: the lowest counts");
                }
                if let Some(since) = &person.since {
                    text += &format!("{}{since}", say("；评估日期 ", "; assessed on "));
                }
                if person.tied {
                    text += say("；与前一人同分", "; the same points as the one before");
                }
                if !person.reasons.is_empty() {
                    let reasons = person.reasons.iter().map(|(id, points)| format!("{} {points}", names.reason(id)));
                    text += &format!("{}{}", say("；", "; "), reasons.collect::<Vec<_>>().join(say("、", ", ")));
                }
                let proposed = match &person.proposed {
                    Some(place) if *place == person.kind => say("→ 建议安排", "→ proposed").to_owned(),
                    Some(place) => format!("{}{}", say("→ 建议改安排：", "→ proposed instead: "), names.kind(place)),
                    None => say("继续等候", "waits").to_owned(),
                };
                writeln!(out, "{}", paint::wrapped(&format!("  {}. {}  ", person.place, person.id), &format!("{text}  {proposed}")))?;
            }
        }
        if !left_out.is_empty() {
            writeln!(
                out,
                "\n{}",
                paint::styled(paint::WARNING, say("未排入次序，须人工处理", "Not in the order; people have to see to them"))
            )?;
            for person in left_out {
                let why = match person.why {
                    "refused" => say("答卷未被接受", "the sheet was refused"),
                    "needs_judgement" => say("由专家组判断", "a panel has to judge"),
                    "open" => say("去向尚未确定", "the setting is still open"),
                    "twice" => say("编号重复", "the id stands twice"),
                    "unreadable" => say("不是 JSON", "the line is not JSON"),
                    _ => say("不是分流结果", "no outcome of a pathway"),
                };
                let line = format!("{}{}{}", say("第 ", "line "), person.line, say(" 行", ""));
                writeln!(out, "  {line}  {}{}{why}", person.id, say("：", ": "))?;
            }
        }
        let left: Vec<String> = free.iter().map(|(kind, left)| format!("{} {left}", names.kind(kind))).collect();
        writeln!(out, "\n{}", paint::wrapped(say("仍空的床位：", "Still free: "), &left.join(say("、", ", "))))?;
        if self.on.is_none() {
            writeln!(
                out,
                "{}",
                say(
                    "未给出日期（--on），等候时间没有计分：分数低者可能一直等下去。",
                    "No day was given (--on), so nobody has points for waiting: who has few points may wait for ever.",
                )
            )?;
        }
        Ok(())
    }
}

/// The key of the order: more points, earlier assessed (unknown last), earlier in the input.
fn order(person: &Waiting) -> (Reverse<i64>, String, usize) {
    let since = person.since.clone().unwrap_or_else(|| "9999-99-99".to_owned());
    (Reverse(person.points.saturating_add(person.for_waiting)), since, person.line)
}

/// Gives the free places in the order: to each the kind that is waited for, or else the first acceptable one that is free. What is left.
fn allocate(waiting: &mut [Waiting], places: &Places) -> Vec<(String, u32)> {
    let mut free = places.free.clone();
    let mut take = |kind: &str| {
        let slot = free.iter_mut().find(|(known, left)| known == kind && *left > 0);
        slot.map(|(_, left)| *left -= 1).is_some()
    };
    for person in waiting.iter_mut() {
        if take(&person.kind) {
            person.proposed = Some(person.kind.clone());
        }
    }
    // Alternatives only after everybody's own kind, so that nobody loses a place to somebody for whom it was second best.
    if places.accept_alternatives {
        for person in waiting.iter_mut().filter(|person| person.proposed.is_none()) {
            person.proposed = person.alternatives.iter().find(|kind| take(kind)).cloned();
        }
    }
    free
}

/// The places in the order of each kind, and who has the same points as the one before.
fn number(waiting: &mut [Waiting]) {
    let mut before: Vec<(String, usize, i64)> = Vec::new();
    for person in waiting {
        let total = person.points + person.for_waiting;
        match before.iter_mut().find(|(kind, _, _)| *kind == person.kind) {
            Some((_, place, points)) => {
                *place += 1;
                person.place = *place;
                person.tied = *points == total;
                *points = total;
            }
            None => {
                person.place = 1;
                before.push((person.kind.clone(), 1, total));
            }
        }
    }
}

/// A number with at most two places behind the point, in hundredths.
fn exact(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.trim_start_matches('-').parse().unwrap_or(0);
    let part: i64 = format!("{part:0<2}").get(..2).and_then(|part| part.parse().ok()).unwrap_or(0);
    sign * (whole * 100 + part)
}

fn words(hundredths: i64) -> String {
    if hundredths % 100 == 0 { (hundredths / 100).to_string() } else { format!("{}.{:02}", hundredths / 100, (hundredths % 100).abs()) }
}

fn text_of(value: &Value) -> Option<&str> {
    if let Kind::Scalar(scalar) = &value.kind { Some(&scalar.text) } else { None }
}

fn whole(value: &Value) -> Option<i64> {
    text_of(value)?.parse().ok().filter(|number| *number >= 0)
}
