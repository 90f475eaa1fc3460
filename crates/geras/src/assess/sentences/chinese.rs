//! Framing words in Chinese.

use super::{Frame, Words, answer_word};
use crate::assess::explain::Step;
use crate::assess::milder::{Milder, Way};
use crate::assess::outcome::{Coded, Holds};
use crate::definition::{AbsentReason, Effect};

pub(super) struct Chinese;

impl Frame for Chinese {
    fn step(&self, step: &Step<'_>, words: &Words<'_>) -> String {
        let grade = |id: &str| words.grade(id).to_owned();
        match step {
            Step::Answered { answered, of, absent, hidden } => {
                let mut text = format!("共 {of} 项，已回答 {answered} 项。");
                if *hidden > 0 {
                    text += &format!("另有 {hidden} 项不适用于本人。");
                }
                for (item, reason) in absent {
                    text += &format!("“{}”未作答：{}。", words.item(item), self.absent(*reason));
                }
                text
            }
            Step::Carried { from, exact, approximate } => {
                let mut text = format!("从 {from} 转入 {} 项回答。", exact.len() + approximate.len());
                if !exact.is_empty() {
                    text += &format!("含义一致 {} 项。", exact.len());
                }
                if !approximate.is_empty() {
                    text += &format!("仅近似 {} 项：{}。", approximate.len(), words.items(approximate, "、"));
                }
                text
            }
            Step::Approximate(near) => match &near.grade_without {
                Some(without) if near.decides_grade() => format!(
                    "注意：等级依据了仅为近似的转入回答。若这些回答未知，等级可能为{}。使用该等级之前，请向本人重新询问：{}。",
                    words.coded(without, "或", grade),
                    words.items(&near.items, "、")
                ),
                Some(Coded::Decided(_)) => "等级不受仅为近似的转入回答影响。".to_owned(),
                _ if near.rests.is_empty() => "没有任何结果取决于仅为近似的转入回答。".to_owned(),
                _ => format!("注意：结果依据了仅为近似的转入回答，请向本人重新询问：{}。", words.items(&near.items, "、")),
            },
            Step::Switched { setting, code } => {
                format!("设定“{}”：{}。", words.item(setting), answer_word(setting, code, words.language))
            }
            Step::Doubted { part, provenance } => {
                let part = part.map_or(String::new(), |part| format!("{}：", words.part(part)));
                let note = provenance.note.as_ref().map_or("", |note| note.get(words.language));
                format!("注意：{part}{}{note}", self.provenance(&provenance.status.value))
            }
            Step::Scored { score, contributions, row, number, failure } => {
                let sum = Words::addends(contributions).map_or(String::new(), |sum| format!("{sum} = "));
                let number = Words::number(number, " 至 ", "尚不能得出");
                let unit = score.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
                let cite = Words::cite(score.cite.as_ref().or_else(|| Words::row_cite(row.as_ref())), "（", "）");
                let note = words.row_note(row.as_ref()).unwrap_or("");
                let failure = failure.as_ref().map_or(String::new(), |why| format!("脚本未能得出结果：{why}。"));
                format!("{}：{sum}{number}{unit}{cite}。{note}{failure}", words.score(score))
            }
            Step::Banded { set, number, band } => {
                let number = Words::number(number, " 至 ", "尚不能得出");
                let named = set.title.as_ref().map(|title| format!("（{}）", title.get(words.language))).unwrap_or_default();
                let band = words.coded(band, "或", |id| words.band(set, id).to_owned());
                format!("{} {number}，属于：{band}{named}。", words.score_by_id(&set.of.value))
            }
            Step::Preliminary { row, grade: preliminary } => {
                let cite = Words::cite(Words::row_cite(row.as_ref()), "（", "）");
                let note = words.row_note(row.as_ref()).unwrap_or("");
                format!("初步等级：{}{cite}。{note}", words.coded(preliminary, "或", grade))
            }
            Step::Adjusted { adjustment, holds } => {
                let effect = match &adjustment.effect.value {
                    Effect::Set(id) => format!("等级定为{}", words.grade(&id.value)),
                    Effect::Raise(steps) => format!("等级加重 {steps} 级"),
                    Effect::AtLeast(id) => format!("等级不轻于{}", words.grade(&id.value)),
                };
                let may = if *holds == Holds::Open { "可能变更" } else { "等级变更" };
                let reason = words.or_id(adjustment.reason.as_ref(), &adjustment.id.value);
                format!("{may}：{reason}，{effect}{}。", Words::cite(adjustment.cite.as_ref(), "（", "）"))
            }
            Step::Found { finding, holds } => {
                let may = if *holds == Holds::Open { "可能：" } else { "" };
                let cite = Words::cite(finding.cite.as_ref(), "（", "）");
                let advice = finding.advice.as_ref().map(|advice| format!("建议：{}。", words.clause(advice)));
                format!("{may}{}{cite}。{}", words.clause(&finding.text), advice.unwrap_or_default())
            }
            Step::Alerted { alert, holds } => {
                let kind = match (holds, alert.urgent) {
                    (Holds::Open, _) => "可能的警示",
                    (_, true) => "警示，须立即处理",
                    (_, false) => "警示，须尽快处理",
                };
                format!("{kind}：{}{}", alert.text.get(words.language), Words::cite(alert.cite.as_ref(), "（", "）"))
            }
            Step::Waiting { on } => {
                let names: Vec<String> = on.iter().take(12).map(|item| format!("“{}”", words.item(item))).collect();
                let more = if on.len() > 12 { format!("等共 {} 项", on.len()) } else { String::new() };
                let purpose = if words.definition.grade.is_some() { "才能定级" } else { "" };
                format!("尚待以下回答{purpose}：{}{more}。", names.join("、"))
            }
            Step::Review { review, due } => {
                let due = match due {
                    Some(due) => format!("最迟 {due} 复评（{} 个月）", review.months),
                    None => format!("最迟 {} 个月后复评", review.months),
                };
                let text = review.text.as_ref().map(|text| format!("{}。", words.clause(text))).unwrap_or_default();
                format!("{due}{}。{text}", Words::cite(review.cite.as_ref(), "（", "）"))
            }
            Step::Overridden(decision) => {
                let by = decision.by.as_ref().map_or(String::new(), |by| format!("，决定人：{by}"));
                format!("与计算等级并列的人工决定：{}{by}。理由：{}", words.grade(&decision.grade), decision.reason)
            }
            Step::Graded { grade: result } => {
                let title = words.grade_title().unwrap_or("等级");
                match result {
                    Coded::Decided(id) => format!("{title}：{}。", words.grade(id)),
                    Coded::Open(_) => format!("{title}：尚未确定，可能为{}。", words.coded(result, "或", grade)),
                }
            }
            Step::NotGraded { why } => format!("不予定级：{}。", words.clause(why)),
        }
    }

    fn no_way(&self, milder: &Milder<'_>, words: &Words<'_>) -> String {
        if milder.complete {
            format!("没有任何单项变化能使等级减轻；再轻一级为{}。", words.grade(milder.grade))
        } else {
            "回答更完整之后，才能说明怎样会更轻。".to_owned()
        }
    }

    fn ways(&self, ways: &[Way<'_>], words: &Words<'_>) -> String {
        let changed = ways.iter().map(|way| match way {
            Way::Score { set, now, needed, .. } => format!("{}为 {needed}（现为 {now}）", words.score_by_id(&set.of.value)),
            Way::Without { adjustments, .. } => {
                let reasons: Vec<&str> =
                    adjustments.iter().map(|adjustment| words.or_id(adjustment.reason.as_ref(), &adjustment.id.value)).collect();
                format!("没有“{}”", reasons.join("；"))
            }
            Way::Answer { item, now, needed, .. } => {
                let answer = |code: &str| answer_word(item, code, words.language);
                format!("“{}”为“{}”（现为“{}”）", words.item(item), answer(needed), answer(now))
            }
        });
        let (gives, changed) = (words.ways_give(ways), changed.collect::<Vec<_>>().join("；"));
        if ways.len() == 1 {
            format!("如果{changed}，则为{gives}。")
        } else {
            format!("以下答案只要有一项不同，就为{gives}：{changed}。")
        }
    }

    fn absent(&self, reason: AbsentReason) -> &'static str {
        match reason {
            AbsentReason::NotAsked => "未询问",
            AbsentReason::Refused => "本人拒绝",
            AbsentReason::Unable => "本人无法回答",
            AbsentReason::NotApplicable => "不适用",
        }
    }

    fn truth(&self, truth: bool) -> &'static str {
        if truth { "是" } else { "否" }
    }

    fn numbered(&self, code: &str) -> String {
        format!("条目 {code}")
    }

    fn provenance(&self, status: &str) -> &'static str {
        match status {
            "compared" => "已由人工与印刷原文核对。",
            "two_copies" => "取自两份以上一致的抄本，尚未与印刷原文核对。",
            "one_copy" => "取自一份抄本，尚未与印刷原文核对。",
            "computed" => "由其他部分推算，原文并未写明。",
            _ => "凭记忆写成，未见于任何抄本；与印刷原文核对之前不可依赖。",
        }
    }
}
