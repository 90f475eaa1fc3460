//! The framing words of a pathway's report, Chinese beside English. What a clause says comes from its definition.

use crate::definition::{AbsentReason, ClauseKind, Urgency};

/// The language of the framing words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Chinese,
    English,
}

impl Tongue {
    pub(super) fn of(language: &str) -> Self {
        if language.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    const fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    const fn language(self) -> &'static str {
        self.pick("zh", "en")
    }

    pub(super) const fn edition(self) -> &'static str {
        self.pick("版本", "Edition")
    }

    pub(super) const fn assessed_on(self) -> &'static str {
        self.pick("评估日期", "Assessed on")
    }

    pub(super) const fn colon(self) -> &'static str {
        self.pick("：", ": ")
    }

    /// What stands between two sentences.
    pub(super) const fn space(self) -> &'static str {
        self.pick("", " ")
    }

    pub(super) const fn truth(self, truth: bool) -> &'static str {
        if truth { self.pick("是", "yes") } else { self.pick("否", "no") }
    }

    pub(super) fn heading(self, id: &str) -> &'static str {
        match id {
            "contradictions" => self.pick("互相矛盾的信息，请先核实", "Contradictions: check these first"),
            "alerts" => self.pick("警示", "Alerts"),
            "find_out" => self.pick("先了解清楚", "Find out first"),
            "why" => self.pick("为什么", "Why"),
            "since" => self.pick("与上次相比", "Since the last time"),
            "weigh" => self.pick("专家组需要权衡", "What the panel has to weigh"),
            "alternatives" => self.pick("其他可以接受的去向", "What else is acceptable"),
            "referrals" => self.pick("转介", "Referrals"),
            "results" => self.pick("评估结果", "Assessments"),
            "findings" => self.pick("发现的情况", "Findings"),
            "services" => self.pick("服务安排", "Services"),
            "entitlements" => self.pick("可申请的待遇", "Entitlements to check"),
            "priority" => self.pick("轮候次序", "Place in the waiting order"),
            "review" => self.pick("复评", "Review"),
            "differences" => self.pick("怎样会改变建议", "What would change the proposal"),
            "sureness" => self.pick("依据的可靠性", "How sure the rules are"),
            _ => self.pick("规则文件", "Rules used"),
        }
    }

    pub(super) fn place(self, setting: &str, kind: &str) -> String {
        match self {
            Self::Chinese => format!("{setting}——{kind}"),
            Self::English => format!("{setting} – {kind}"),
        }
    }

    pub(super) const fn judgement(self) -> &'static str {
        self.pick("由专家组判断", "judgement by a panel")
    }

    pub(super) const fn needs_judgement(self) -> &'static str {
        self.pick(
            "规则不能代替判断：请由专家组商定照护去向。",
            "The rules cannot decide this: a panel has to judge where care should be given.",
        )
    }

    pub(super) fn proposed(self, kind: &str) -> String {
        match self {
            Self::Chinese => format!("建议的照护去向：{kind}。"),
            Self::English => format!("Proposed care setting: {kind}."),
        }
    }

    pub(super) fn overruled(self, kind: &str, proposed: &str) -> String {
        match self {
            Self::Chinese => format!("尊重本人意愿：{kind}。按规则本会建议：{proposed}。"),
            Self::English => format!("By the person's own wish: {kind}. The rules alone would propose: {proposed}."),
        }
    }

    pub(super) fn still_open(self, kinds: &[String]) -> String {
        match self {
            Self::Chinese => format!("照护去向尚不能确定，仍有可能：{}。", kinds.join("；")),
            Self::English => format!("The care setting is still open. Possible: {}.", kinds.join("; ")),
        }
    }

    pub(super) fn decided(self, kind: &str, by: Option<&str>, reason: &str) -> String {
        match self {
            Self::Chinese => {
                let by = by.map_or(String::new(), |by| format!("，决定人：{by}"));
                format!("与计算结果并列的人工决定：{kind}{by}。理由：{reason}")
            }
            Self::English => {
                let by = by.map_or(String::new(), |by| format!(" by {by}"));
                format!("Decided{by} beside the computed result: {kind}. Reason: {reason}")
            }
        }
    }

    pub(super) fn advised(self, text: &str, advice: &str) -> String {
        match self {
            Self::Chinese => format!("{}。建议：{}", text.trim_end_matches('。'), advice.trim_end_matches('。')),
            Self::English => format!("{}. Advice: {}", text.trim_end_matches('.'), advice.trim_end_matches('.')),
        }
    }

    pub(super) fn linked(self, link: &str, text: &str) -> String {
        let link = super::link_words(link, self.language());
        format!("{link}{}{text}", self.colon())
    }

    pub(super) fn pressed(self, urgency: Urgency, text: &str) -> String {
        let word = match urgency {
            Urgency::Now => self.pick("立即", "Now"),
            Urgency::Soon => self.pick("尽快", "Soon"),
            Urgency::Routine => self.pick("常规", "Routine"),
        };
        format!("{word}{}{text}", self.colon())
    }

    pub(super) fn possibly(self, text: &str) -> String {
        format!("{}{text}", self.pick("尚不确定：", "Not certain yet: "))
    }

    pub(super) fn basis(self, basis: &str) -> &'static str {
        super::basis_words(basis, self.language())
    }

    /// A sentence with whose rule it is; a star marks an example rule, and what that means is said once.
    pub(super) fn sourced(self, text: &str, whose: &[String], example: bool) -> String {
        let sentence = self.with_source(text, whose);
        if example { format!("{sentence}{}", self.star()) } else { sentence }
    }

    const fn star(self) -> &'static str {
        self.pick("＊", " *")
    }

    fn with_source(self, text: &str, whose: &[String]) -> String {
        let text = text.trim_end_matches(['。', '.']);
        let whose: Vec<&str> = whose.iter().map(String::as_str).collect();
        match (self, whose.is_empty()) {
            (Self::Chinese, true) => format!("{text}。"),
            (Self::English, true) => format!("{text}."),
            (Self::Chinese, false) => format!("{text}（{}）。", whose.join("，")),
            (Self::English, false) => format!("{text} ({}).", whose.join(", ")),
        }
    }

    pub(super) fn alternative(self, place: usize, kind: &str, takes: &str) -> String {
        let takes = takes.trim_end_matches(['。', '.']);
        match self {
            Self::Chinese => format!("{place}. {kind}，需要：{takes}。"),
            Self::English => format!("{place}. {kind}; it would take: {takes}."),
        }
    }

    pub(super) fn do_the(self, title: &str) -> String {
        match self {
            Self::Chinese => format!("完成评估：《{title}》。"),
            Self::English => format!("Do the assessment “{title}”."),
        }
    }

    pub(super) fn find_out(self, title: Option<&str>, names: &[String]) -> String {
        let more = names.len().saturating_sub(8);
        let names: Vec<String> = names.iter().take(8).map(|name| format!("“{}”", name.trim_end_matches(['？', '?']))).collect();
        match self {
            Self::Chinese => {
                let title = title.map_or(String::new(), |title| format!("《{title}》："));
                let more = if more > 0 { format!("等，另有 {more} 项") } else { String::new() };
                format!("{title}{}{more}。", names.join("、"))
            }
            Self::English => {
                let title = title.map_or(String::new(), |title| format!("{title}: "));
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!("{title}{}{more}.", names.join(", "))
            }
        }
    }

    pub(super) fn of_instrument(self, title: &str, result: &str) -> String {
        match self {
            Self::Chinese => format!("《{title}》：{result}。"),
            Self::English => format!("{title}: {result}."),
        }
    }

    pub(super) fn not_done(self, title: &str, reason: AbsentReason) -> String {
        let why = match reason {
            AbsentReason::NotAsked => self.pick("未进行", "was not done"),
            AbsentReason::Refused => self.pick("本人拒绝", "was refused"),
            AbsentReason::Unable => self.pick("本人无法完成", "could not be done with this person"),
            AbsentReason::NotApplicable => self.pick("不适用", "does not apply"),
        };
        match self {
            Self::Chinese => format!("《{title}》{why}。"),
            Self::English => format!("{title} {why}."),
        }
    }

    pub(super) fn still_to_do(self, title: &str, reason: Option<&str>) -> String {
        let reason = reason.map_or(String::new(), |reason| format!("{}{}", self.colon(), reason.trim_end_matches(['。', '.'])));
        match self {
            Self::Chinese => format!("还须完成《{title}》{reason}。"),
            Self::English => format!("Still to be done: {title}{reason}."),
        }
    }

    pub(super) fn then(self, date: Option<&str>, kind: Option<&str>, moved: Option<bool>) -> String {
        let date = date.map_or(String::new(), |date| match self {
            Self::Chinese => format!("（{date}）"),
            Self::English => format!(" ({date})"),
        });
        let kind = kind.unwrap_or_else(|| self.pick("去向尚未确定", "the setting was open"));
        match (self, moved) {
            (Self::Chinese, Some(true)) => format!("上次{date}：{kind}；这次的去向有变化。"),
            (Self::Chinese, Some(false)) => format!("上次{date}：{kind}；这次相同。"),
            (Self::Chinese, None) => format!("上次{date}：{kind}。"),
            (Self::English, Some(true)) => format!("Last time{date}: {kind}. The setting is another one now."),
            (Self::English, Some(false)) => format!("Last time{date}: {kind}. It is the same now."),
            (Self::English, None) => format!("Last time{date}: {kind}."),
        }
    }

    pub(super) fn moved(self, title: &str, then: &str, now: &str) -> String {
        match self {
            Self::Chinese => format!("《{title}》：由“{then}”变为“{now}”。"),
            Self::English => format!("{title}: from “{then}” to “{now}”."),
        }
    }

    const fn list(self, kind: ClauseKind) -> &'static str {
        match kind {
            ClauseKind::Contradiction => self.pick("矛盾", "Contradictions"),
            ClauseKind::Alert => self.pick("警示", "Alerts"),
            ClauseKind::Finding => self.pick("情况", "Findings"),
            ClauseKind::Referral => self.pick("转介", "Referrals"),
            ClauseKind::Service => self.pick("服务", "Services"),
            _ => self.pick("待遇", "Entitlements"),
        }
    }

    pub(super) fn began(self, kind: ClauseKind, texts: &[&str]) -> String {
        match self {
            Self::Chinese => format!("新增{}：{}。", self.list(kind), texts.join("；")),
            Self::English => format!("{}, new: {}.", self.list(kind), texts.join("; ")),
        }
    }

    pub(super) fn ended(self, kind: ClauseKind, texts: &[&str]) -> String {
        match self {
            Self::Chinese => format!("不再有的{}：{}。", self.list(kind), texts.join("；")),
            Self::English => format!("{}, no longer: {}.", self.list(kind), texts.join("; ")),
        }
    }

    pub(super) const fn same_rules(self) -> &'static str {
        self.pick("规则未变，变化来自所填信息。", "The rules are the same: what moved follows from the answers.")
    }

    pub(super) const fn other_rules(self) -> &'static str {
        self.pick(
            "分流规则已不是上次的版本，变化可能来自规则，也可能来自所填信息。",
            "The rules of the pathway are not those of last time: what moved may follow from the rules or from the answers.",
        )
    }

    pub(super) fn in_brackets(self, text: &str, number: &str) -> String {
        match self {
            Self::Chinese => format!("{text}（{number} 分）"),
            Self::English => format!("{text} ({number})"),
        }
    }

    pub(super) fn open_between(self, possible: &[String]) -> String {
        match (self, possible.is_empty()) {
            (_, true) => self.pick("尚未确定", "still open").to_owned(),
            (Self::Chinese, false) => format!("尚未确定，可能为{}", possible.join("、")),
            (Self::English, false) => format!("still open: {}", possible.join(" or ")),
        }
    }

    /// An assessment that may be added, with what it is for.
    pub(super) fn offer(self, title: &str, reason: Option<&str>) -> String {
        let reason = reason.map(|reason| reason.trim_end_matches(['。', '.']));
        match (self, reason) {
            (Self::Chinese, None) => format!("《{title}》"),
            (Self::Chinese, Some(reason)) => format!("《{title}》（{reason}）"),
            (Self::English, None) => title.to_owned(),
            (Self::English, Some(reason)) => format!("{title} – {}", reason.to_ascii_lowercase()),
        }
    }

    pub(super) fn would_help(self, offers: &[String]) -> String {
        match self {
            Self::Chinese => format!("可以补做：{}。", offers.join("、")),
            Self::English => format!("May be added: {}.", offers.join("; ")),
        }
    }

    pub(super) fn points(self, total: &str) -> String {
        match self {
            Self::Chinese => format!("轮候分：{total}。分数相同者，等候时间长的在先。"),
            Self::English => format!("Points for the waiting order: {total}. Among equals, who has waited longer comes first."),
        }
    }

    pub(super) fn point(self, points: &str, text: &str) -> String {
        match self {
            Self::Chinese => format!("{points} 分：{text}"),
            Self::English => format!("{points} for: {text}"),
        }
    }

    pub(super) fn review(self, days: u32, due: Option<&str>, why: &str) -> String {
        let why = why.trim_end_matches(['。', '.']);
        match (self, due) {
            (Self::Chinese, Some(due)) => format!("{due} 之前复评（{days} 天内）：{why}"),
            (Self::Chinese, None) => format!("{days} 天内复评：{why}"),
            (Self::English, Some(due)) => format!("Look again by {due} ({days} days): {why}"),
            (Self::English, None) => format!("Look again within {days} days: {why}"),
        }
    }

    pub(super) fn if_instead(self, what: &str, now: &str, needed: &str, gives: &str) -> String {
        let what = what.trim_end_matches(['？', '?']);
        let judged = gives == self.judgement();
        match self {
            Self::Chinese if judged => format!("如果“{what}”为“{needed}”（现为“{now}”），则须{gives}。"),
            Self::Chinese => format!("如果“{what}”为“{needed}”（现为“{now}”），则建议{gives}。"),
            Self::English if judged => format!("A panel would have to judge, if “{what}” were “{needed}” instead of “{now}”."),
            Self::English => format!("{gives}, if “{what}” were “{needed}” instead of “{now}”."),
        }
    }

    pub(super) fn caution(self, names: &[&str], status: &str, note: Option<&str>) -> String {
        match self {
            Self::Chinese => {
                let names: String = names.iter().map(|name| format!("《{name}》")).collect();
                format!("注意：{names}{status}{}", note.unwrap_or(""))
            }
            Self::English => format!("Caution: {}: {status}{}", names.join("; "), note.map_or(String::new(), |note| format!(" {note}"))),
        }
    }

    pub(super) fn unmarked(self, pathway: &str) -> String {
        match self {
            Self::Chinese => format!("未注明出自何处的规则来自 {pathway}。"),
            Self::English => format!("Rules that name no pathway are those of {pathway}."),
        }
    }

    pub(super) fn illustrative(self, count: usize) -> String {
        match self {
            Self::Chinese => format!("＊ 示例规则（以上 {count} 条）：没有法律或标准这样规定，使用前须由当地主管部门确认。"),
            Self::English => {
                format!(
                    "* Example rules ({count} lines above): no law or standard says so, and the local authority has to confirm them before use."
                )
            }
        }
    }
}
