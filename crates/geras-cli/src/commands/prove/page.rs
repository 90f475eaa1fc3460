//! A proof as one page for a meeting: self-contained HTML without a script, every text escaped; in the frame of all proofs. Says what the terminal says.

use std::fmt::Write as _;

use geras::assess::not_decided_words;
use geras::definition::{Definition, Form};
use geras::plan::Value;
use geras::prove::{Monotony, Ordered, Outcome, Question, Reached, Share, Subject, digits};

use super::frame::{self, END, begun, list, note};
use super::names::{Account, tried};
use crate::page::{escaped, powers};

/// The page.
pub(super) fn page(account: &Account<'_>) -> String {
    let definition = account.instrument.definition();
    let title = format!("{}: {}", account.pick("证明报告", "What is proved of"), definition.title.get(account.language));
    let hash: String = account.instrument.plan().hash().chars().take(12).collect();
    let edition = format!("{}@{} · {} · SHA-256 {hash}…", definition.id.value, definition.edition.value, definition.publication.title);
    let mut html = begun(account.language, &title, &[edition, account.scope().to_owned(), account.settings().unwrap_or_default()]);
    html += &in_short(account);
    html += &scale(account);
    html += &way(account, definition);
    html += &distributions(account);
    html += &worse(account);
    html += &rows(account);
    html + END
}

fn none() -> std::iter::Empty<String> {
    std::iter::empty()
}

fn heading(account: &Account<'_>, chinese: &'static str, english: &'static str) -> String {
    frame::heading(account.pick(chinese, english))
}

/// What was proved and what not, before everything else.
fn in_short(account: &Account<'_>) -> String {
    let mut html = heading(account, "要点", "In short");
    let questions = &account.proof.questions;
    let exact = questions.iter().filter(|question| !matches!(question.outcome, Outcome::NotDecided(_) | Outcome::UpTo { .. })).count();
    let counted = match account.language.starts_with("zh") {
        true => format!("{} 项问题中 {exact} 项已对全部答卷精确计数。", questions.len()),
        false => format!("{exact} of {} questions were counted exactly over all answer sheets.", questions.len()),
    };
    html += &note(true, &counted, none());
    for monotony in &account.proof.monotonies {
        let fine = matches!(monotony.outcome, Ordered::NeverMilder);
        let line = format!("{}: {}", account.heading(monotony.subject), account.verdict(monotony).trim_end_matches(['：', ':']));
        let about = account.pick("回答变差时 —— ", "When answers get worse – ");
        html += &note(fine, &format!("{about}{line}"), none());
    }
    let open = questions.iter().filter_map(|question| match &question.outcome {
        Outcome::NotDecided(reason) => {
            Some(format!("{}: {}", account.heading(question.subject), not_decided_words(reason, account.language)))
        }
        Outcome::UpTo { tried: count, reason, .. } => {
            Some(format!("{}: {}", account.heading(question.subject), tried(count, reason, account.language)))
        }
        _ => None,
    });
    let open: Vec<String> = open.collect();
    if !open.is_empty() {
        html += &note(false, account.pick("未判定：", "Not decided:"), open.into_iter());
    }
    let unreached = account.proof.unreachable();
    let unreached: Vec<String> = unreached
        .map(|(question, reached)| format!("{}: {}", account.heading(question.subject), account.line(question, reached).name))
        .collect();
    if !unreached.is_empty() {
        html += &note(false, account.pick("无一完整答卷达到：", "Reached by no complete sheet:"), unreached.into_iter());
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
        Outcome::NotDecided(_) | Outcome::UpTo { .. } => account.pick("未判定", "not decided").to_owned(),
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
            powers(&over)
        );
    }
    html
}

/// A distribution over numbers.
fn columns(account: &Account<'_>, question: &Question, reached: &[Reached]) -> String {
    let number = |reached: &Reached| match reached.value {
        Some(Value::Number(number)) => Some((account.value(question.subject, Value::Number(number)), reached.sheets.clone())),
        _ => None,
    };
    let numbers: Vec<_> = reached.iter().filter_map(number).collect();
    frame::columns(&account.heading(question.subject), &numbers, &question.sheets)
}

/// A distribution over bands or grades.
fn bars(account: &Account<'_>, question: &Question, reached: &[Reached]) -> String {
    let shares: Vec<(String, Share)> =
        reached.iter().map(|reached| (account.label(question, reached), Share::of(&reached.sheets, &question.sheets))).collect();
    frame::bars(shares.iter().map(|(name, share)| (name.as_str(), *share)))
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
    let fine = matches!(monotony.outcome, Ordered::NeverMilder);
    let mut html = format!("<h3>{}</h3>\n", escaped(&account.heading(monotony.subject)));
    html += &note(fine, &account.verdict(monotony), none());
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
        let (Outcome::Exact(reached) | Outcome::UpTo { reached, .. }) = &question.outcome else { continue };
        if matches!(question.subject, Subject::Score(_)) && reached.len() > 8 {
            continue;
        }
        let condition = matches!(question.subject, Subject::Adjustment(_) | Subject::Finding(_) | Subject::Alert(_));
        let shown = reached.iter().filter(|reached| !condition || reached.value == Some(Value::Boolean(true)));
        let _ = writeln!(html, "<h3>{}</h3>", escaped(&account.heading(question.subject)));
        if let Outcome::UpTo { tried: count, reason, .. } = &question.outcome {
            html += &note(false, &tried(count, reason, account.language), none());
        }
        html += "<table>\n";
        for reached in shown {
            let line = account.line(question, reached);
            let _ = writeln!(
                html,
                "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"example\">{}</td></tr>",
                escaped(&account.label(question, reached)),
                powers(&escaped(&line.count)),
                escaped(&line.share),
                escaped(&line.witness)
            );
        }
        html += "</table>\n";
        html += &list(account.combinations(question).into_iter());
    }
    html
}
