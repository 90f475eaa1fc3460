//! A proof as one page for a meeting: self-contained HTML without a script, every text escaped; the pictures are SVG. Says what the terminal says.

use std::fmt::Write as _;

use geras::assess::not_decided_words;
use geras::definition::{Definition, Form};
use geras::plan::Value;
use geras::prove::{Monotony, Ordered, Outcome, Question, Reached, Share, Subject, digits};

use super::names::Account;
use crate::page::escaped;

const STYLE: &str = "@page{size:A4;margin:14mm}*{box-sizing:border-box}body{font:13px/1.5 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;\
color:#1b1b1b;max-width:52rem;margin:1.2rem auto;padding:0 1rem}h1{font-size:1.35rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:1.2rem 0 .3rem;border-bottom:1px solid #ccc}\
h3{font-size:.95rem;margin:.8rem 0 .2rem}.facts{color:#555;margin:.1rem 0}ul,ol{margin:.2rem 0;padding-left:1.3rem}table{border-collapse:collapse;width:100%;margin:.3rem 0}\
th,td{border-bottom:1px solid #ddd;padding:.15rem .4rem;text-align:left;vertical-align:top}th{font-weight:600;color:#444}td.number,th.number{text-align:right;white-space:nowrap}\
.fine{border-left:4px solid #0b5d57;background:#f1f8f7;padding:.3rem .7rem;margin:.4rem 0}.care{border-left:4px solid #c77700;background:#fff6e0;padding:.3rem .7rem;margin:.4rem 0}\
.example{color:#555;font-size:.88em}figure{margin:.3rem 0;break-inside:avoid}figcaption{color:#555;font-size:.88em}svg{display:block;width:100%;max-width:48rem}\
svg text{font:11px system-ui,'Noto Sans CJK SC',sans-serif;fill:#1b1b1b}tr{break-inside:avoid}h2,h3{break-after:avoid}\
@media print{body{font-size:10px;line-height:1.4;margin:0;padding:0;max-width:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

/// Columns of one picture of a distribution; more values are put together.
const MOST_COLUMNS: usize = 60;
/// The height of such a picture.
const HEIGHT: usize = 120;
/// Its width.
const WIDTH: usize = 720;

/// The page.
pub(super) fn page(account: &Account<'_>) -> String {
    let definition = account.instrument.definition();
    let title = format!("{}: {}", account.pick("证明报告", "What is proved of"), definition.title.get(account.language));
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        if account.language.starts_with("zh") { "zh-CN" } else { "en" },
        escaped(&title),
        escaped(&title)
    );
    let hash: String = account.instrument.plan().hash().chars().take(12).collect();
    let edition = format!("{}@{} · {} · SHA-256 {hash}…", definition.id.value, definition.edition.value, definition.publication.title);
    for line in [edition, account.scope().to_owned(), account.settings().unwrap_or_default()].iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(html, "<p class=\"facts\">{}</p>", escaped(line));
    }
    html += &in_short(account);
    html += &scale(account);
    html += &way(account, definition);
    html += &distributions(account);
    html += &worse(account);
    html += &rows(account);
    html += "</body>\n</html>\n";
    html
}

fn heading(account: &Account<'_>, chinese: &'static str, english: &'static str) -> String {
    format!("<h2>{}</h2>\n", escaped(account.pick(chinese, english)))
}

fn list(lines: impl Iterator<Item = String>) -> String {
    let items: String = lines.map(|line| format!("<li>{}</li>", escaped(&line))).collect();
    if items.is_empty() { items } else { format!("<ul>{items}</ul>\n") }
}

/// What was proved and what not, before everything else.
fn in_short(account: &Account<'_>) -> String {
    let mut html = heading(account, "要点", "In short");
    let questions = &account.proof.questions;
    let exact = questions.iter().filter(|question| !matches!(question.outcome, Outcome::NotDecided(_))).count();
    let counted = match account.language.starts_with("zh") {
        true => format!("{} 项问题中 {exact} 项已对全部答卷精确计数。", questions.len()),
        false => format!("{exact} of {} questions were counted exactly over all answer sheets.", questions.len()),
    };
    let _ = writeln!(html, "<p class=\"fine\">{}</p>", escaped(&counted));
    for monotony in &account.proof.monotonies {
        let class = if matches!(monotony.outcome, Ordered::NeverMilder) { "fine" } else { "care" };
        let line = format!("{}: {}", account.heading(monotony.subject), account.verdict(monotony).trim_end_matches(['：', ':']));
        let about = account.pick("回答变差时 —— ", "When answers get worse – ");
        let _ = writeln!(html, "<p class=\"{class}\">{}</p>", escaped(&format!("{about}{line}")));
    }
    let open = questions.iter().filter_map(|question| match &question.outcome {
        Outcome::NotDecided(reason) => Some(format!("{}: {}", account.heading(question.subject), not_decided_words(reason, account.language))),
        _ => None,
    });
    let open = list(open);
    if !open.is_empty() {
        let _ = writeln!(html, "<div class=\"care\">{}{open}</div>", escaped(account.pick("未判定：", "Not decided:")));
    }
    let unreached = account.proof.unreachable();
    let unreached = list(
        unreached.map(|(question, reached)| format!("{}: {}", account.heading(question.subject), account.line(question, reached).name)),
    );
    if !unreached.is_empty() {
        let words = account.pick("无一完整答卷达到：", "Reached by no complete sheet:");
        let _ = writeln!(html, "<div class=\"care\">{}{unreached}</div>", escaped(words));
    }
    html
}

fn scale(account: &Account<'_>) -> String {
    let Some(grade) = &account.instrument.definition().grade else { return String::new() };
    let mut html = heading(account, "等级（由轻到重）", "The scale, mildest first");
    html += "<ol>";
    for step in &grade.scale {
        let label = step.label.as_ref().map_or(step.id.value.as_str(), |label| label.get(account.language));
        let _ = write!(html, "<li>{} <span class=\"example\">{}</span></li>", escaped(label), escaped(&step.id.value));
    }
    html += "</ol>\n";
    html
}

/// How points become grades: each score with its rule, its range and its bands; then the grade with its clauses.
fn way(account: &Account<'_>, definition: &Definition) -> String {
    let mut html = heading(account, "分值如何成为等级", "How points become grades");
    html += "<table><tr>";
    for words in
        [account.pick("得分", "Score"), account.pick("算法", "Rule"), account.pick("可达到的值", "Values"), account.pick("分段", "Bands")]
    {
        let _ = write!(html, "<th>{}</th>", escaped(words));
    }
    html += "</tr>\n";
    for (place, score) in definition.scores.iter().enumerate() {
        let title = account.text(score.title.as_ref(), &score.id.value);
        let values = account.proof.question(Subject::Score(place)).map_or_else(String::new, |question| values(account, question));
        let mut bands = Vec::new();
        for set in definition.band_sets.iter().filter(|set| set.of.value == score.id.value) {
            for band in &set.bands {
                let label = band.label.as_ref().map_or(band.id.value.as_str(), |label| label.get(account.language));
                bands.push(format!("{label}: {}", super::super::describe::interval(&band.edges)));
            }
        }
        let bands = bands.iter().map(|band| escaped(band)).collect::<Vec<_>>().join("<br>");
        let rule = form_word(account, &score.form.value);
        let _ =
            writeln!(html, "<tr><td>{}</td><td>{}</td><td>{}</td><td>{bands}</td></tr>", escaped(&title), escaped(rule), escaped(&values));
    }
    html += "</table>\n";
    if let Some(grade) = &definition.grade {
        let clauses = grade.adjustments.iter().map(|clause| {
            let reason = clause.reason.as_ref().map_or(clause.id.value.as_str(), |reason| reason.get(account.language));
            let cite = clause.cite.as_ref().map_or_else(String::new, |cite| format!(" ({cite})"));
            format!("{reason}{cite}")
        });
        let clauses = list(clauses);
        let _ = writeln!(
            html,
            "<p>{} {}</p>",
            escaped(account.pick("初步等级来自：", "The preliminary grade comes from:")),
            escaped(form_word(account, &grade.preliminary.value))
        );
        if !clauses.is_empty() {
            let _ =
                write!(html, "<p>{}</p>{clauses}", escaped(account.pick("随后可由下列条款变更：", "These clauses may then change it:")));
        }
    }
    html
}

fn values(account: &Account<'_>, question: &Question) -> String {
    let number = |reached: &Reached| reached.value.map(|value| account.value(question.subject, value)).unwrap_or_default();
    match &question.outcome {
        Outcome::NotDecided(_) => account.pick("未判定", "not decided").to_owned(),
        Outcome::Many(many) => format!("{} … {}", number(&many.least), number(&many.most)),
        Outcome::Exact(all) => {
            let all: Vec<&Reached> = all.iter().filter(|reached| reached.value.is_some()).collect();
            match (all.first(), all.last()) {
                (Some(least), Some(most)) if all.len() > 6 => format!("{} … {}", number(least), number(most)),
                _ => all.iter().map(|reached| number(reached)).collect::<Vec<_>>().join(", "),
            }
        }
    }
}

fn form_word(account: &Account<'_>, form: &Form) -> &'static str {
    match form {
        Form::Sum { .. } => account.pick("求和", "sum"),
        Form::Mean(..) => account.pick("平均", "mean"),
        Form::CountMembers { .. } | Form::CountExpressions(_) => account.pick("计数", "count"),
        Form::Highest(..) => account.pick("取最高", "highest"),
        Form::Lowest(..) => account.pick("取最低", "lowest"),
        Form::Lookup { .. } => account.pick("查表换算", "lookup in steps"),
        Form::Matrix { .. } => account.pick("矩阵", "matrix"),
        Form::Table(_) => account.pick("决策表", "decision table"),
        Form::Tree(_) => account.pick("决策树", "decision tree"),
        Form::Formula(_) => account.pick("公式", "formula"),
        Form::Script { .. } => account.pick("脚本", "script"),
        Form::Entered { .. } => account.pick("直接录入", "typed in"),
        Form::Band(_) => account.pick("得分所在分段", "the band of a score"),
    }
}

/// Pictures of how all complete sheets spread over scores, bands and grades.
fn distributions(account: &Account<'_>) -> String {
    let mut html = heading(account, "全部答卷的分布", "How all answer sheets spread");
    let words = account.pick(
        "每份可能的答卷算一次，不代表实际人群的比例。",
        "Every possible sheet counts once: this is no picture of how real people spread.",
    );
    let _ = writeln!(html, "<p class=\"facts\">{}</p>", escaped(words));
    for question in &account.proof.questions {
        let Outcome::Exact(reached) = &question.outcome else { continue };
        let picture = match question.subject {
            Subject::Score(_) if reached.len() > 8 => columns(account, question, reached),
            Subject::Bands(_) | Subject::Grade => bars(account, question, reached),
            _ => continue,
        };
        let over = format!("{} {}", digits(&question.sheets), account.pick("份答卷", "sheets"));
        let _ = writeln!(
            html,
            "<figure><h3>{}</h3>{picture}<figcaption>{}</figcaption></figure>",
            escaped(&account.heading(question.subject)),
            escaped(&over)
        );
    }
    html
}

/// A distribution over numbers as columns, neighbours put together where there are many.
fn columns(account: &Account<'_>, question: &Question, reached: &[Reached]) -> String {
    let numbers: Vec<&Reached> = reached.iter().filter(|reached| matches!(reached.value, Some(Value::Number(_)))).collect();
    let each = numbers.len().div_ceil(MOST_COLUMNS).max(1);
    let groups: Vec<(String, usize)> = numbers
        .chunks(each)
        .map(|group| {
            let sheets = group.iter().map(|reached| &reached.sheets).sum();
            let number = |reached: Option<&&Reached>| {
                reached.and_then(|reached| reached.value).map(|value| account.value(question.subject, value)).unwrap_or_default()
            };
            let name =
                if group.len() == 1 { number(group.first()) } else { format!("{}–{}", number(group.first()), number(group.last())) };
            (name, usize::try_from(Share::of(&sheets, &question.sheets).millionths()).unwrap_or(0))
        })
        .collect();
    let most = groups.iter().map(|(_, share)| *share).max().unwrap_or(0).max(1);
    let wide = (WIDTH / groups.len().max(1)).max(1);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\">",
        HEIGHT + 18,
        escaped(&account.heading(question.subject))
    );
    let last = groups.len().saturating_sub(1);
    for (place, (name, share)) in groups.iter().enumerate() {
        let tall = (share * HEIGHT).div_ceil(most).max(usize::from(*share > 0));
        let left = place * wide;
        let percent = Share::of(&(*share).into(), &100_000_000_usize.into());
        let _ = write!(
            svg,
            "<rect x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{tall}\" fill=\"#0b5d57\"><title>{}: {percent}</title></rect>",
            HEIGHT - tall,
            wide.saturating_sub(1).max(1),
            escaped(name)
        );
        if place == 0 || place == last || place == last / 2 {
            let anchor = if place == 0 {
                "start"
            } else if place == last {
                "end"
            } else {
                "middle"
            };
            let at = if place == last {
                left + wide
            } else if place == 0 {
                left
            } else {
                left + wide / 2
            };
            let _ = write!(svg, "<text x=\"{at}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>", HEIGHT + 13, escaped(name));
        }
    }
    svg += "</svg>";
    svg
}

/// A distribution over bands or grades as bars with their shares.
fn bars(account: &Account<'_>, question: &Question, reached: &[Reached]) -> String {
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\">",
        reached.len() * 22 + 4,
        escaped(&account.heading(question.subject))
    );
    for (place, reached) in reached.iter().enumerate() {
        let share = Share::of(&reached.sheets, &question.sheets);
        let long = usize::try_from(share.millionths()).unwrap_or(0) * 340 / 100_000_000;
        let name = account.label(question, reached);
        let top = place * 22 + 4;
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{}\">{}</text><rect x=\"250\" y=\"{top}\" width=\"{}\" height=\"14\" fill=\"#0b5d57\"/><text x=\"{}\" y=\"{}\">{share}</text>",
            top + 11,
            escaped(&name),
            long.max(usize::from(reached.witness.is_some())),
            256 + long,
            top + 11
        );
    }
    svg += "</svg>";
    svg
}

fn worse(account: &Account<'_>) -> String {
    if account.proof.monotonies.is_empty() {
        return String::new();
    }
    let mut html = heading(account, "回答变差，结果会不会变轻", "Whether worse answers can give a milder result");
    for monotony in &account.proof.monotonies {
        html += &of_monotony(account, monotony);
    }
    html
}

fn of_monotony(account: &Account<'_>, monotony: &Monotony) -> String {
    let class = if matches!(monotony.outcome, Ordered::NeverMilder) { "fine" } else { "care" };
    let mut html = format!(
        "<h3>{}</h3>\n<p class=\"{class}\">{}</p>\n",
        escaped(&account.heading(monotony.subject)),
        escaped(&account.verdict(monotony))
    );
    if let Ordered::SometimesMilder(all) = &monotony.outcome {
        html += &list(all.iter().map(|milder| account.pair(monotony.subject, milder)));
    }
    html += &list(account.claimed(monotony.subject).into_iter());
    html
}

/// Every band, row, clause, finding and alert with its count and a sheet.
fn rows(account: &Account<'_>) -> String {
    let mut html = heading(account, "逐项计数", "Counted one by one");
    for question in &account.proof.questions {
        let Outcome::Exact(reached) = &question.outcome else { continue };
        if matches!(question.subject, Subject::Score(_)) && reached.len() > 8 {
            continue;
        }
        let condition = matches!(question.subject, Subject::Adjustment(_) | Subject::Finding(_) | Subject::Alert(_));
        let shown = reached.iter().filter(|reached| !condition || reached.value == Some(Value::Boolean(true)));
        let _ = writeln!(html, "<h3>{}</h3>\n<table>", escaped(&account.heading(question.subject)));
        for reached in shown {
            let line = account.line(question, reached);
            let _ = writeln!(
                html,
                "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"example\">{}</td></tr>",
                escaped(&account.label(question, reached)),
                escaped(&line.count),
                escaped(&line.share),
                escaped(&line.witness)
            );
        }
        html += "</table>\n";
        html += &list(account.combinations(question).into_iter());
    }
    html
}
