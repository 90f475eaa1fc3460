//! What is told of a person then and now. What moved and why was computed before.

use std::borrow::Cow;

use super::{Words, answer_word};
use crate::assess::outcome::Outcome;
use crate::change::{Cause, Change, Earlier, Moved, Recorded, Split, Subject, Toward, Untold};
use crate::definition::Definition;

/// Answers that are named one by one.
const MOST_ANSWERS: usize = 12;

/// A result that moved, as a sentence.
#[must_use]
pub fn moved_sentence(moved: &Moved, definition: &Definition, language: &str) -> String {
    let words = Words { definition, language };
    let chinese = language.starts_with("zh");
    let name = match moved.subject {
        Subject::Score => words.score_by_id(&moved.id).to_owned(),
        Subject::Band => words.part(&moved.id).into_owned(),
        Subject::Grade => words.grade_title().unwrap_or(if chinese { "等级" } else { "Grade" }).to_owned(),
    };
    let name = match (moved.subject, chinese) {
        (Subject::Band, true) => format!("{name}的分段"),
        (Subject::Band, false) => format!("Band of {name}"),
        _ => name,
    };
    let value = |value: &Recorded| match value {
        Recorded::Number(number) => number.to_string(),
        Recorded::Open => if chinese { "尚未确定" } else { "open" }.to_owned(),
        Recorded::Code(code) if moved.subject == Subject::Grade => words.grade(code).to_owned(),
        Recorded::Code(code) => {
            let set = definition.band_sets.iter().find(|set| set.id.value == moved.id);
            set.map_or(code.as_str(), |set| words.band(set, code)).to_owned()
        }
    };
    let how = how(moved, chinese);
    let cause = cause(moved.cause, chinese);
    match (&moved.before, &moved.after) {
        (Some(before), Some(after)) if chinese => {
            format!("{name}：由{}变为{}{how}，{cause}。", spaced(&value(before), " "), spaced(&value(after), ""))
        }
        (Some(before), Some(after)) => format!("{name}: from {} to {}{how}, {cause}.", value(before), value(after)),
        (None, Some(after)) if chinese => format!("{name}：以前没有，现为{}。", spaced(&value(after), "")),
        (None, Some(after)) => format!("{name}: did not exist, now {}.", value(after)),
        (Some(before), None) if chinese => format!("{name}：以前为{}，现已没有。", spaced(&value(before), "")),
        (Some(before), None) => format!("{name}: was {}, does not exist any more.", value(before)),
        (None, None) => String::new(),
    }
}

/// Digits stand apart from Chinese characters, words do not.
fn spaced(text: &str, behind: &str) -> String {
    if text.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-') { format!(" {text}{behind}") } else { text.to_owned() }
}

/// By how much, and which way.
fn how(moved: &Moved, chinese: bool) -> String {
    let Some(by) = moved.by else { return String::new() };
    let sign = if by.is_sign_negative() { "" } else { "+" };
    let steps = by.abs();
    let s = if steps == rust_decimal::Decimal::ONE { "" } else { "s" };
    match (moved.subject, moved.toward, chinese) {
        (Subject::Grade, Some(Toward::Worse), true) => format!("（加重 {steps} 级）"),
        (Subject::Grade, Some(Toward::Better), true) => format!("（减轻 {steps} 级）"),
        (Subject::Grade, Some(Toward::Worse), false) => format!(" ({steps} step{s} more severe)"),
        (Subject::Grade, Some(Toward::Better), false) => format!(" ({steps} step{s} milder)"),
        (_, Some(Toward::Worse), true) => format!("（{sign}{by}，变差）"),
        (_, Some(Toward::Better), true) => format!("（{sign}{by}，变好）"),
        (_, Some(Toward::Worse), false) => format!(" ({sign}{by}, worse)"),
        (_, Some(Toward::Better), false) => format!(" ({sign}{by}, better)"),
        (_, None, true) => format!("（{sign}{by}）"),
        (_, None, false) => format!(" ({sign}{by})"),
    }
}

const fn cause(cause: Cause, chinese: bool) -> &'static str {
    match (cause, chinese) {
        (Cause::Answers, true) => "因为回答不同",
        (Cause::Answers, false) => "because the answers differ",
        (Cause::Edition, true) => "因为规则文件不同，与本人的变化无关",
        (Cause::Edition, false) => "because the rules differ, not because the person changed",
        (Cause::Both, true) => "回答和规则文件都有影响",
        (Cause::Both, false) => "because of both the answers and the rules",
        (Cause::Untold, true) => "无法区分是因为回答还是因为规则文件",
        (Cause::Untold, false) => "and whether answers or rules moved it cannot be told",
    }
}

/// What a reader has to know of the whole comparison, a sentence each: with what, how the causes were told apart, which answers and settings differ, and when
/// the next review is due.
#[must_use]
pub fn change_sentences(
    change: &Change,
    earlier: &Earlier,
    split: &Split<'_>,
    same_person: Option<bool>,
    now: &Outcome<'_>,
    language: &str,
) -> Vec<String> {
    let chinese = language.starts_with("zh");
    let definition = now.instrument().definition();
    let mut lines = Vec::new();
    let name = format!("{}@{}", earlier.instrument, earlier.edition);
    lines.push(match (&change.since, chinese) {
        (Some(day), true) => format!("与 {day} 按 {name} 得出的结果比较。"),
        (None, true) => format!("与较早的结果（{name}，未注明日期）比较。"),
        (Some(day), false) => format!("Compared with the outcome of {day} by {name}."),
        (None, false) => format!("Compared with an earlier outcome by {name}, whose day was not given."),
    });
    if same_person != Some(true) {
        let line = if chinese {
            "两次结果并非都注明了被评估者，无法核对是否同一人。"
        } else {
            "Not both say who was assessed, so that it is the same person could not be checked."
        };
        lines.push(line.to_owned());
    }
    lines.extend(told_apart(split, chinese).map(str::to_owned));
    if change.moved.is_empty() {
        lines.push(if chinese { "得分、分段和等级都没有变化。" } else { "No score, band or grade has moved." }.to_owned());
    }
    lines.extend(answers(change, definition, language));
    lines.extend(settings(change, chinese));
    if definition.review.is_none() {
        let line = if chinese {
            "本量表未写明复评间隔，按当地规定。"
        } else {
            "The instrument states no interval for reviews; the rules of the place decide."
        };
        lines.push(line.to_owned());
    }
    lines
}

/// How the causes were told apart.
const fn told_apart(split: &Split<'_>, chinese: bool) -> Option<&'static str> {
    Some(match (split, chinese) {
        (Split::SameRules, _) => return None,
        (Split::NewAnswersOldRules(_), true) => "规则文件已不同：为区分原因，用当时的规则对现在的回答重新计算。",
        (Split::NewAnswersOldRules(_), false) => {
            "The rules are not the same file: to tell the causes apart, the answers of now were scored by the rules of then too."
        }
        (Split::OldAnswersNewRules(_), true) => "规则文件已不同：为区分原因，用现在的规则对当时的回答重新计算。",
        (Split::OldAnswersNewRules(_), false) => {
            "The rules are not the same file: to tell the causes apart, the answers of then were scored by the rules of now too."
        }
        (Split::Untold(Untold::NoOldRules), true) => "当时的规则文件已不在，当时的回答又不合于现在的规则，因此无法区分变化的原因。",
        (Split::Untold(Untold::NoOldRules), false) => {
            "The rules of then are not here any more, and the answers of then do not fit those of now: the causes cannot be told apart."
        }
        (Split::Untold(Untold::AnswersDoNotFit), true) => "两版的回答互不相合，因此无法区分变化的原因。",
        (Split::Untold(Untold::AnswersDoNotFit), false) => {
            "The answers of neither edition fit the other one: the causes cannot be told apart."
        }
    })
}

fn answers(change: &Change, definition: &Definition, language: &str) -> Option<String> {
    let chinese = language.starts_with("zh");
    let count = change.answers.len();
    if count == 0 {
        return None;
    }
    let words = Words { definition, language };
    let one = |(id, then, now): &(String, Option<String>, Option<String>)| {
        let item = definition.items.iter().find(|item| item.id.value == *id);
        let name = item.map_or(Cow::Borrowed(id.as_str()), |item| words.item(item));
        let word = |answer: &Option<String>| match (answer, item) {
            (None, _) => if chinese { "未作答" } else { "no answer" }.to_owned(),
            (Some(answer), Some(item)) => answer_word(item, answer, language),
            (Some(answer), None) => answer.clone(),
        };
        if chinese {
            format!("“{name}”由“{}”变为“{}”", word(then), word(now))
        } else {
            format!("“{name}” from “{}” to “{}”", word(then), word(now))
        }
    };
    let named: Vec<String> = change.answers.iter().take(MOST_ANSWERS).map(one).collect();
    Some(match (chinese, count > MOST_ANSWERS) {
        (true, false) => format!("不同的回答 {count} 项：{}。", named.join("；")),
        (true, true) => format!("不同的回答 {count} 项，其中：{}。", named.join("；")),
        (false, false) => format!("Answers that differ: {count}: {}.", named.join("; ")),
        (false, true) => format!("Answers that differ: {count}, among them: {}.", named.join("; ")),
    })
}

fn settings(change: &Change, chinese: bool) -> Option<String> {
    if change.settings.is_empty() {
        return None;
    }
    let word = |code: &Option<String>| code.clone().unwrap_or_else(|| if chinese { "默认" } else { "default" }.to_owned());
    let named: Vec<String> = change.settings.iter().map(|(id, then, now)| format!("{id}: {} → {}", word(then), word(now))).collect();
    Some(if chinese {
        format!("设定不同（{}）；其影响计入回答一方。", named.join("；"))
    } else {
        format!("Settings differ ({}); what they moved is counted with the answers.", named.join("; "))
    })
}
