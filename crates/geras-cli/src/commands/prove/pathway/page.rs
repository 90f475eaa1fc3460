//! A pathway's proof as one page for a meeting: where people go, which rules decide, what was proved and what not. Counts nothing.

use std::fmt::Write as _;

use geras::definition::{Clause, ClauseKind, NEEDS_JUDGEMENT, RuleHit};
use geras::plan::Purpose;
use geras::prove::{Decided, Decision, Outcome, PathwayQuestion, Reached, Share, digits};

use super::super::super::pathway::describe::{brings, title, whose};
use super::super::frame::{END, bars, begun, heading, note};
use super::super::names::{tried, undecided};
use super::{Account, holding};
use crate::page::{escaped, powers};

/// Rules above one that are named as deciding in its place.
const MOST_ABOVE: usize = 4;

/// The page.
pub(in super::super) fn page(account: &Account<'_>) -> String {
    let head = &account.pathway.definition().head;
    let title = format!("{}: {}", account.pick("证明报告", "What is proved of"), head.title.get(account.language));
    let hash: String = account.pathway.plan().hash().chars().take(12).collect();
    let edition = format!("{} · {} · SHA-256 {hash}…", account.pathway.definition().name(), head.publication.title);
    let bases: Vec<String> = account.pathway.bases().iter().map(geras::definition::Definition::full_name).collect();
    let extends = if bases.is_empty() { String::new() } else { format!("{} {}", account.pick("扩展自", "Extends"), bases.join(", ")) };
    let reading = account.pick(
        "读法：每份可能的完整记录算一次，比例不代表实际人群。每行的比例只就该行所依据的问题计算。举例只写出与各题第一个选项不同的回答。",
        "How to read it: every possible complete record counts once, so a share is no picture of how many real people there are. Each share is of the records of \
         the questions that decide that line. An example names only the answers that are not the first option of their question.",
    );
    let mut html = begun(account.language, &title, &[edition, extends, account.scope().to_owned(), reading.to_owned()]);
    html += &in_short(account);
    html += &ends(account);
    html += &chain(account, ClauseKind::Rule);
    html += &chain(account, ClauseKind::Wish);
    for kind in ClauseKind::ALL {
        if !matches!(kind, ClauseKind::Rule | ClauseKind::Wish) {
            html += &clauses(account, kind);
        }
    }
    html += &assessments(account);
    // A share is never torn from its sign.
    html.replace(" %", "\u{a0}%") + END
}

/// What was proved and what not, before everything else.
fn in_short(account: &Account<'_>) -> String {
    let mut html = heading(account.pick("要点", "In short"));
    let questions = &account.proof.questions;
    let open: Vec<String> = questions
        .iter()
        .filter_map(|question| match &question.outcome {
            Outcome::NotDecided(reason) => Some(format!("{}: {}", account.heading(question), undecided(reason, account.language))),
            Outcome::UpTo { tried: count, reason, .. } => {
                Some(format!("{}: {}", account.heading(question), tried(count, reason, account.language)))
            }
            _ => None,
        })
        .collect();
    let exact = questions.len() - open.len();
    let counted = if account.language == "zh" {
        format!("{} 项问题中 {exact} 项已对全部完整记录精确计数。", questions.len())
    } else {
        format!("{exact} of {} questions were counted exactly over all complete records.", questions.len())
    };
    html += &note(open.is_empty(), &counted, open.into_iter());
    html += &nobody_lost(account);
    html += &safeguards(account);
    html += &deciding(account);
    let unreached = account.unreachable();
    if !unreached.is_empty() {
        html += &note(false, account.pick("无一完整记录达到：", "Reached by no complete record:"), unreached.into_iter());
    }
    html
}

/// Whether everybody whose record is complete is sent somewhere, or to people who decide.
fn nobody_lost(account: &Account<'_>) -> String {
    let Some(question) = account.question(Purpose::Routing) else { return String::new() };
    let none = std::iter::empty;
    let Outcome::Exact(reached) = &question.outcome else {
        let words = account.pick("未能判定是否人人都有去向。", "Whether everybody is sent somewhere was not decided.");
        return note(false, words, none());
    };
    let waiting = reached.iter().find(|reached| reached.value.is_none() && reached.witness.is_some());
    let mut html = match waiting {
        None => note(
            true,
            account
                .pick("已证明：每份完整记录都有去向，无人遗漏。", "Proved: every complete record leads somewhere; nobody falls through."),
            none(),
        ),
        Some(reached) => {
            let share = Share::of(&reached.sheets, &question.records);
            let words = account.pick("有记录因某项评估未做而没有去向：", "Records that lead nowhere, because an assessment was not done:");
            note(false, &format!("{words} {share}"), std::iter::once(account.example(question.fields.iter().copied(), reached)))
        }
    };
    let judged =
        reached.iter().find(|reached| account.code(question, reached).as_deref() == Some(NEEDS_JUDGEMENT) && reached.witness.is_some());
    if let Some(judged) = judged {
        let share = Share::of(&judged.sheets, &question.records);
        let words = account.pick("规则不作决定、交由人来判断的记录：", "Records on which no rule decides, but people have to:");
        let _ = writeln!(html, "<p>{} {}</p>", escaped(words), escaped(&share.to_string()));
    }
    html
}

/// What may never come out, and never does.
fn safeguards(account: &Account<'_>) -> String {
    let (mut kept, mut broken) = (Vec::new(), Vec::new());
    for question in account.of_kind(ClauseKind::Safeguard) {
        let Some(clause) = account.clause(question.purpose) else { continue };
        let words = format!("{} ({})", clause.text.get(account.language), clause.id.value);
        match (&question.outcome, holding(question)) {
            (Outcome::NotDecided(reason), _) => broken.push(format!("{words}: {}", undecided(reason, account.language))),
            (_, Some(reached)) if reached.witness.is_some() => {
                broken.push(format!("{words}: {}", account.example(question.fields.iter().copied(), reached)));
            }
            (Outcome::Exact(_), _) => kept.push(words),
            (Outcome::UpTo { tried: count, reason, .. }, _) => broken.push(format!("{words}: {}", tried(count, reason, account.language))),
            (Outcome::Many(_), _) => {}
        }
    }
    let mut html = String::new();
    if !kept.is_empty() {
        let words = account
            .pick("已证明：以下底线在任何完整记录上都不会被突破。", "Proved: on no complete record is any of these safeguards broken.");
        html += &note(true, words, kept.into_iter());
    }
    if !broken.is_empty() {
        html += &note(
            false,
            account.pick("会被突破或未能判定的底线：", "Safeguards that are broken, or were not decided:"),
            broken.into_iter(),
        );
    }
    html
}

/// Whether every rule decides for somebody, and how far rules stand in each other's way.
fn deciding(account: &Account<'_>) -> String {
    let rules: Vec<(&Decision, &Clause)> = account.decisions(ClauseKind::Rule);
    let decided = |decision: &Decision| decision.outcome.clone().ok();
    let never: Vec<String> = rules
        .iter()
        .filter(|(decision, _)| decided(decision).is_some_and(|decided| decided.decides.witness.is_none()))
        .map(|(_, clause)| format!("{} ({})", clause.text.get(account.language), clause.id.value))
        .collect();
    let unknown = rules.iter().filter(|(decision, _)| decision.outcome.is_err()).count();
    let mut html = String::new();
    if !never.is_empty() {
        html += &note(false, account.pick("从不起决定作用的规则：", "Rules that never decide:"), never.into_iter());
    } else if unknown == 0 && !rules.is_empty() {
        let words = account.pick("已证明：每条去向规则都决定了一些记录的去向。", "Proved: every routing rule decides for somebody.");
        html += &note(true, words, std::iter::empty());
    }
    let other_way = |(decision, clause): &&(&Decision, &Clause)| {
        let to = clause.way().map(|way| way.to.value.as_str());
        decided(decision).is_some_and(|decided| decided.above.iter().any(|(above, _)| account.way_of(*above) != to))
    };
    let clashing = rules.iter().filter(other_way).count();
    let first = account.pathway.definition().hit.as_ref().is_none_or(|hit| hit.value == RuleHit::First);
    if clashing > 0 && first {
        let words = if account.language == "zh" {
            format!(
                "{} 条规则中，有 {clashing} 条所适用的记录中有一部分由排在前面、去向不同的规则决定：先后次序起作用，见下表。",
                rules.len()
            )
        } else {
            format!(
                "For {clashing} of {} rules, one above with another destination decides on part of their records: the order matters, see the rules below.",
                rules.len()
            )
        };
        let _ = writeln!(html, "<p>{}</p>", escaped(&words));
    } else if clashing == 0 && unknown == 0 && !rules.is_empty() {
        let words = account
            .pick("已证明：没有两条去向不同的规则同时成立。", "Proved: no two rules with different destinations hold for one record.");
        html += &note(true, words, std::iter::empty());
    }
    html
}

/// Where people go: a picture by care setting, and each kind with what the rules propose and what comes out after the wishes.
fn ends(account: &Account<'_>) -> String {
    let mut html = heading(account.pick("照护去向", "Where people go"));
    if let Some(question) = account.question(Purpose::RoutingSetting)
        && let Outcome::Exact(reached) = &question.outcome
    {
        let shares: Vec<(String, Share)> = reached
            .iter()
            .map(|reached| (account.setting_label(question, reached), Share::of(&reached.sheets, &question.records)))
            .collect();
        let over = format!(
            "{} {}, {} {}",
            digits(&question.records),
            account.pick("份可能的记录", "possible records"),
            question.fields.len(),
            account.pick("个问题", "questions")
        );
        let picture = bars(shares.iter().map(|(name, share)| (name.as_str(), *share)));
        let _ = writeln!(html, "<figure>{picture}<figcaption>{}</figcaption></figure>", powers(&escaped(&over)));
    }
    let Some(question) = account.question(Purpose::Routing) else { return html };
    let reached = match &question.outcome {
        Outcome::Exact(reached) => reached,
        Outcome::NotDecided(reason) => return html + note(false, &undecided(reason, account.language), std::iter::empty()).as_str(),
        Outcome::UpTo { tried: count, reason, .. } => {
            return html + note(false, &tried(count, reason, account.language), std::iter::empty()).as_str();
        }
        Outcome::Many(_) => return html,
    };
    let proposed = account.question(Purpose::Proposal).and_then(|question| match &question.outcome {
        Outcome::Exact(all) => Some((all, &question.records)),
        _ => None,
    });
    let before = |reached: &Reached| {
        let (all, records) = proposed?;
        all.iter().find(|other| other.value == reached.value).map(|other| Share::of(&other.sheets, records).to_string())
    };
    let heads = [
        account.pick("去向类别", "Kind of place"),
        account.pick("规则建议", "Rules propose"),
        account.pick("考虑本人意愿后", "After the wishes"),
    ];
    html += &head_row(&heads);
    for reached in reached {
        let example = account.example(question.fields.iter().copied(), reached);
        let _ = writeln!(
            html,
            "<tr><td>{}<div class=\"example\">{}</div></td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            escaped(&account.kind_label(question, reached)),
            escaped(&example),
            escaped(&before(reached).unwrap_or_else(|| "–".to_owned())),
            escaped(&Share::of(&reached.sheets, &question.records).to_string())
        );
    }
    html + "</table>\n"
}

fn head_row(heads: &[&str]) -> String {
    let cell = |(place, head): (usize, &&str)| format!("<th{}>{}</th>", if place > 0 { " class=\"number\"" } else { "" }, escaped(head));
    format!("<table>\n<tr>{}</tr>\n", heads.iter().enumerate().map(cell).collect::<String>())
}

/// The rules, or the wishes, in their order: for how many each holds, for how many it decides, and which decide in its place.
fn chain(account: &Account<'_>, kind: ClauseKind) -> String {
    let all = account.decisions(kind);
    if all.is_empty() {
        return String::new();
    }
    let first = account.pathway.definition().hit.as_ref().is_none_or(|hit| hit.value == RuleHit::First);
    let order =
        if first || kind == ClauseKind::Wish { account.pick("，先成立者决定", ", the first that holds decides") } else { "" };
    let mut html = heading(&format!("{}{order}", title(kind, account.language)));
    html += &head_row(&[
        if kind == ClauseKind::Rule { account.pick("规则", "Rule") } else { account.pick("意愿", "Wish") },
        account.pick("成立", "Holds"),
        account.pick("决定", "Decides"),
    ]);
    let number = |place: usize| all.iter().position(|(decision, _)| decision.clause == place).map_or(0, |at| at + 1);
    for (place, (decision, clause)) in all.iter().enumerate() {
        let to = clause.way().map_or_else(String::new, |way| format!(" → {}", account.destination(&way.to.value)));
        let _ = write!(
            html,
            "<tr><td>{}. {}<b>{}</b>{}",
            place + 1,
            escaped(clause.text.get(account.language)),
            escaped(&to),
            small(account, clause)
        );
        let (holds, decides) = match &decision.outcome {
            Err(reason) => {
                let _ = write!(html, "<div class=\"care\">{}</div>", escaped(&undecided(reason, account.language)));
                (String::new(), String::new())
            }
            Ok(decided) => {
                html += &decided_lines(account, decision, decided, &number);
                let share = |count| Share::of(count, &decided.records).to_string();
                (share(&decided.holds), share(&decided.decides.sheets))
            }
        };
        let _ = writeln!(html, "</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>", escaped(&holds), escaped(&decides));
    }
    html + "</table>\n"
}

fn decided_lines(account: &Account<'_>, decision: &Decision, decided: &Decided, number: &dyn Fn(usize) -> usize) -> String {
    let mut html = String::new();
    if !decided.above.is_empty() {
        let named = |(above, records): &(usize, geras::prove::Count)| {
            let to = account.way_of(*above).map_or_else(String::new, |to| format!(" → {}", account.destination(to)));
            format!("{}{to} {}", number(*above), Share::of(records, &decided.records))
        };
        let mut all: Vec<String> = decided.above.iter().take(MOST_ABOVE).map(named).collect();
        if decided.above.len() > MOST_ABOVE {
            all.push(format!("+{}", decided.above.len() - MOST_ABOVE));
        }
        let words = account.pick("由前面的规则决定：", "Decided by one above:");
        let _ = write!(html, "<div class=\"example\">{} {}</div>", escaped(words), escaped(&all.join(account.pick("；", "; "))));
    }
    if decided.open_above != geras::prove::Count::ZERO {
        let words = account.pick("前面有规则取决于未做的评估：", "One above waits for an assessment that was not done:");
        let _ = write!(html, "<div class=\"example\">{} {}</div>", escaped(words), Share::of(&decided.open_above, &decided.records));
    }
    if decided.decides.witness.is_none() {
        let _ = write!(html, "<div class=\"never\">{}</div>", escaped(account.pick("从不决定", "never decides")));
    } else {
        let example = account.example(decision.fields.iter().copied(), &decided.decides);
        let _ = write!(html, "<div class=\"example\">{}</div>", escaped(&example));
    }
    html
}

/// The id of a clause, its condition and whose it is, in small print.
fn small(account: &Account<'_>, clause: &Clause) -> String {
    let when = clause.when.as_ref().map_or(account.pick("其余的人", "everybody else"), |when| when.scalar.text.trim());
    let whose = whose(clause, account.language);
    let whose = if whose.is_empty() { whose } else { format!(" · {whose}") };
    format!("<div><code>{}: {}</code><span class=\"example\">{}</span></div>", escaped(&clause.id.value), escaped(when), escaped(&whose))
}

/// The clauses of a kind with their shares and a record each.
fn clauses(account: &Account<'_>, kind: ClauseKind) -> String {
    let questions: Vec<&PathwayQuestion> = account.of_kind(kind).collect();
    if questions.is_empty() {
        return String::new();
    }
    let mut html = heading(title(kind, account.language));
    if kind == ClauseKind::Safeguard {
        let words = account.pick("这些情形绝不应出现：", "What may never come out:");
        let _ = writeln!(html, "<p>{}</p>", escaped(words));
    }
    html += &head_row(&[account.pick("条款", "Clause"), account.pick("成立", "Holds")]);
    for question in questions {
        let Some(clause) = account.clause(question.purpose) else { continue };
        let words = format!("{}{}", clause.text.get(account.language), brings(clause, account.language));
        html += &counted(account, question, &words, &small(account, clause), kind == ClauseKind::Safeguard);
    }
    html + "</table>\n"
}

/// One line: words, small print, and for which share of the records it holds.
fn counted(account: &Account<'_>, question: &PathwayQuestion, words: &str, small: &str, never_wanted: bool) -> String {
    let mut html = format!("<tr><td>{}{small}", escaped(words));
    let share = match (&question.outcome, holding(question)) {
        (Outcome::NotDecided(reason), _) => {
            let _ = write!(html, "<div class=\"care\">{}</div>", escaped(&undecided(reason, account.language)));
            "?".to_owned()
        }
        (outcome, Some(reached)) => {
            if let Outcome::UpTo { tried: count, reason, .. } = outcome {
                let _ = write!(html, "<div class=\"care\">{}</div>", escaped(&tried(count, reason, account.language)));
            }
            if reached.witness.is_some() {
                let _ =
                    write!(html, "<div class=\"example\">{}</div>", escaped(&account.example(question.fields.iter().copied(), reached)));
            } else if !never_wanted {
                let _ = write!(
                    html,
                    "<div class=\"never\">{}</div>",
                    escaped(account.pick("无一完整记录达到", "no complete record leads here"))
                );
            }
            Share::of(&reached.sheets, &question.records).to_string()
        }
        (Outcome::UpTo { tried: count, reason, .. }, None) => {
            let _ = write!(html, "<div class=\"care\">{}</div>", escaped(&tried(count, reason, account.language)));
            "?".to_owned()
        }
        _ => String::new(),
    };
    let _ = writeln!(html, "</td><td class=\"number\">{}</td></tr>", escaped(&share));
    html
}

fn assessments(account: &Account<'_>) -> String {
    let wanted = |question: &&PathwayQuestion| matches!(question.purpose, Purpose::Wanted(_));
    let mut html = heading(account.pick("要做的评估", "Assessments that are called for"));
    html += &head_row(&[account.pick("评估", "Assessment"), account.pick("需要", "Called for")]);
    for question in account.proof.questions.iter().filter(wanted) {
        let Purpose::Wanted(place) = question.purpose else { continue };
        let Some(assessment) = account.pathway.definition().assessments.get(place) else { continue };
        let when = assessment.when.as_ref().map_or(String::new(), |when| format!(": {}", when.scalar.text.trim()));
        let instead = assessment.instead_of.as_ref().map_or_else(String::new, |other| {
            format!(" ({} {})", account.pick("可代替", "in place of"), account.assessment_title(&other.value))
        });
        let small = format!("<div><code>{}{}</code></div>", escaped(&assessment.id.value), escaped(&when));
        html += &counted(account, question, &format!("{}{instead}", account.assessment_title(&assessment.id.value)), &small, false);
    }
    html + "</table>\n"
}
