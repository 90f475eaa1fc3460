//! Problems of an answer sheet as sentences, for the person who fills it in.

use super::carry::contradiction_sentence;
use super::vocabulary::use_refused_sentence;
use crate::assess::problem::{AnswerProblem, ProblemKind};

/// A problem as one sentence in Chinese or English.
#[must_use]
pub fn problem_sentence(problem: &AnswerProblem, language: &str) -> String {
    let item = &problem.item;
    if language.starts_with("zh") { chinese(item, &problem.kind) } else { english(item, &problem.kind) }
}

fn list(words: &[String], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

fn english(item: &str, kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::UnknownItem(None) => format!("`{item}` is no item, input or setting of this instrument"),
        ProblemKind::UnknownItem(Some(near)) => {
            format!("`{item}` is no item, input or setting of this instrument; did you mean `{near}`?")
        }
        ProblemKind::UnknownOption(given, codes) => format!("`{item}` has no option `{given}`; it has {}", list(codes, ", ")),
        ProblemKind::OutOfRange { given, low, high } => format!("`{item}` is {given}, outside {low} to {high}"),
        ProblemKind::OffStep { given, step } => format!("`{item}` is {given}, which is not on the grid of {step}"),
        ProblemKind::WrongType(given, "time") => {
            format!("`{item}` takes a clock time from `00:00` to `23:59`, written like `07:05` or `23:40`, not `{given}`")
        }
        ProblemKind::WrongType(given, kind) => format!("`{item}` takes an answer of type {kind}, not `{given}`"),
        ProblemKind::ItemHidden => format!("`{item}` does not apply with the other answers, so it cannot have an answer"),
        ProblemKind::AbsentReasonNotAllowed(given, allowed) if allowed.is_empty() => {
            format!("`{item}` must have an answer; the absent reason `{given}` is not allowed")
        }
        ProblemKind::AbsentReasonNotAllowed(given, allowed) => {
            format!("`{item}` does not allow the absent reason `{given}`; it allows {}", list(allowed, ", "))
        }
        ProblemKind::ExclusiveOption(code) => format!("the option `{code}` of `{item}` cannot stand beside others"),
        ProblemKind::AnsweredTwice => format!("`{item}` is answered twice"),
        ProblemKind::ReasonMissing => "a decision beside the computed grade needs a reason".to_owned(),
        ProblemKind::UnknownGrade(given, scale) => format!("`{given}` is not on the scale; it has {}", list(scale, ", ")),
        ProblemKind::WrongInstrument(given, this) => format!("the sheet is for `{given}`, and this is `{this}`"),
        ProblemKind::NotInForce(date, from, None) => format!("this edition is in force from {from}, not yet on {date}"),
        ProblemKind::NotInForce(date, from, Some(until)) => format!("this edition was in force from {from} to {until}, not on {date}"),
        ProblemKind::CarriedWithoutAnswer => format!("`carried` says where the answer to `{item}` comes from, and there is no answer"),
        ProblemKind::CarriedContradicts(clash) => contradiction_sentence(clash, "en"),
        ProblemKind::OtherPerson(this, other) => format!("this belongs to `{this}`, and the other to `{other}`"),
        ProblemKind::OtherDay(this, other) => {
            format!("this is of {this}, and the other of {other}; answers of two days are not put together")
        }
        ProblemKind::UseNotAllowed(refused) => use_refused_sentence(&refused.licence, refused.wanted, "en"),
        ProblemKind::PreviousUnreadable(why) => format!("the earlier outcome cannot be used: {why}"),
        ProblemKind::PreviousInstrument(of, this) => format!("the earlier outcome is by `{of}`, and this is `{this}`"),
        ProblemKind::PreviousEdition(edition, known) => {
            format!("the earlier outcome is by the edition `{edition}`, which is not here; there are {}", list(known, ", "))
        }
        ProblemKind::PreviousIsLater(day, this) => format!("the earlier outcome is of {day}, which is after {this}"),
        ProblemKind::Unreadable(why) => why.clone(),
    }
}

fn chinese(item: &str, kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::UnknownItem(None) => format!("本量表没有条目、信息项或设定 `{item}`"),
        ProblemKind::UnknownItem(Some(near)) => format!("本量表没有条目、信息项或设定 `{item}`；是否指 `{near}`？"),
        ProblemKind::UnknownOption(given, codes) => format!("`{item}` 没有选项 `{given}`；可选：{}", list(codes, "、")),
        ProblemKind::OutOfRange { given, low, high } => format!("`{item}` 为 {given}，超出 {low} 至 {high} 的范围"),
        ProblemKind::OffStep { given, step } => format!("`{item}` 为 {given}，不在间隔 {step} 的刻度上"),
        ProblemKind::WrongType(given, "time") => {
            format!("`{item}` 应填 `00:00` 至 `23:59` 的钟点，写作 `07:05` 或 `23:40`，而不是 `{given}`")
        }
        ProblemKind::WrongType(given, kind) => format!("`{item}` 的回答应为{}，而不是 `{given}`", kind_word(kind)),
        ProblemKind::ItemHidden => format!("按其他回答，`{item}` 不适用，不能作答"),
        ProblemKind::AbsentReasonNotAllowed(given, allowed) if allowed.is_empty() => {
            format!("`{item}` 必须作答，不允许缺失原因 `{given}`")
        }
        ProblemKind::AbsentReasonNotAllowed(given, allowed) => {
            format!("`{item}` 不允许缺失原因 `{given}`；允许：{}", list(allowed, "、"))
        }
        ProblemKind::ExclusiveOption(code) => format!("`{item}` 的选项 `{code}` 不能与其他选项同时选择"),
        ProblemKind::AnsweredTwice => format!("`{item}` 重复作答"),
        ProblemKind::ReasonMissing => "与计算等级并列的人工决定必须写明理由".to_owned(),
        ProblemKind::UnknownGrade(given, scale) => format!("等级中没有 `{given}`；可选：{}", list(scale, "、")),
        ProblemKind::WrongInstrument(given, this) => format!("答卷属于 `{given}`，而这里是 `{this}`"),
        ProblemKind::NotInForce(date, from, None) => format!("本版自 {from} 起施行，{date} 尚未施行"),
        ProblemKind::NotInForce(date, from, Some(until)) => format!("本版施行期为 {from} 至 {until}，{date} 不在其内"),
        ProblemKind::CarriedWithoutAnswer => format!("`carried` 写明了 `{item}` 的回答来自何处，但没有该回答"),
        ProblemKind::CarriedContradicts(clash) => contradiction_sentence(clash, "zh"),
        ProblemKind::OtherPerson(this, other) => format!("这一份属于 `{this}`，另一份属于 `{other}`"),
        ProblemKind::OtherDay(this, other) => format!("这一份的日期为 {this}，另一份为 {other}；不同日期的回答不能合并"),
        ProblemKind::UseNotAllowed(refused) => use_refused_sentence(&refused.licence, refused.wanted, "zh"),
        ProblemKind::PreviousUnreadable(why) => format!("较早的结果无法使用：{why}"),
        ProblemKind::PreviousInstrument(of, this) => format!("较早的结果按 `{of}` 得出，而这里是 `{this}`"),
        ProblemKind::PreviousEdition(edition, known) => {
            format!("较早的结果按 `{edition}` 版得出，此处没有该版；现有：{}", list(known, "、"))
        }
        ProblemKind::PreviousIsLater(day, this) => format!("较早的结果日期为 {day}，晚于本次的 {this}"),
        ProblemKind::Unreadable(why) => format!("答卷无法读取：{why}"),
    }
}

fn kind_word(kind: &str) -> &'static str {
    match kind {
        "choice" => "一个选项",
        "choices" => "若干选项",
        "boolean" => "是或否",
        "integer" => "整数",
        "decimal" => "数值",
        "date" => "日期",
        _ => "文字",
    }
}
