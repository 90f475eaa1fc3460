//! Licences, uses, domains, sureness and kinds of answers in words, whose rule a clause is, and why an instrument may not be used. What a class allows is known to the definition.

use crate::definition::{ItemType, Licence, LicenceClass, Shown, Urgency, Use};

/// A pair of words: Chinese and English.
fn pick(language: &str, chinese: &'static str, english: &'static str) -> &'static str {
    if language.starts_with("zh") { chinese } else { english }
}

/// What a licence class means, in a few words.
#[must_use]
pub fn class_words(class: LicenceClass, language: &str) -> &'static str {
    match class {
        LicenceClass::OfficialDocument => pick(language, "官方文件", "official document"),
        LicenceClass::PublicDomain => pick(language, "公有领域", "public domain"),
        LicenceClass::FreeAttribution => pick(language, "注明出处即可免费使用", "free if the source is named"),
        LicenceClass::FreeNoncommercial => pick(language, "非商业用途免费", "free for use without profit"),
        LicenceClass::FreeNoModification => pick(language, "原样使用免费，不得改动", "free if nothing is changed"),
        LicenceClass::PermissionRequired => pick(language, "须经权利人许可", "the holder must be asked"),
        LicenceClass::Commercial => pick(language, "须付费取得授权", "use is paid for"),
    }
}

/// What people see of the items, in a few words.
#[must_use]
pub fn shown_words(shown: Shown, language: &str) -> &'static str {
    match shown {
        Shown::OwnWords => pick(language, "自拟文字", "our own words"),
        Shown::SourceWords => pick(language, "原文", "the source's words"),
        Shown::SiteWords => pick(language, "本单位提供的文字", "the site's words"),
        Shown::Numbers => pick(language, "只有编号，无文字", "numbers, no words"),
        Shown::Total => pick(language, "只录总分", "total only"),
    }
}

/// How sure a table is, in a word or two.
#[must_use]
pub fn provenance_words(status: &str, language: &str) -> &'static str {
    match status {
        "compared" => pick(language, "已核对", "compared"),
        "two_copies" => pick(language, "两份一致", "two copies"),
        "one_copy" => pick(language, "仅一份", "one copy"),
        "computed" => pick(language, "推算", "computed"),
        _ => pick(language, "凭记忆", "recalled"),
    }
}

/// A use, in one word.
#[must_use]
pub fn use_words(wanted: Use, language: &str) -> &'static str {
    match wanted {
        Use::Clinical => pick(language, "临床", "clinical"),
        Use::Commercial => pick(language, "商业", "commercial"),
        Use::Research => pick(language, "研究", "research"),
        Use::Education => pick(language, "教学", "education"),
    }
}

/// What an instrument is about, by the word of the definition language; that word itself where there is no other.
#[must_use]
pub fn domain_words<'d>(domain: &'d str, language: &str) -> &'d str {
    match domain {
        "capacity" => pick(language, "综合能力", "capacity"),
        "function" => pick(language, "日常生活功能", "daily function"),
        "cognition" => pick(language, "认知", "cognition"),
        "delirium" => pick(language, "谵妄", "delirium"),
        "mood" => pick(language, "情绪", "mood"),
        "nutrition" => pick(language, "营养", "nutrition"),
        "falls" => pick(language, "跌倒与活动", "falls and mobility"),
        "frailty" => pick(language, "衰弱与肌少症", "frailty and sarcopenia"),
        "pressure_injury" => pick(language, "压力性损伤", "pressure injury"),
        "swallowing" => pick(language, "吞咽", "swallowing"),
        "continence" => pick(language, "二便控制", "continence"),
        "pain" => pick(language, "疼痛", "pain"),
        "sleep" => pick(language, "睡眠", "sleep"),
        "social" => pick(language, "社会支持与照护者", "social support and carers"),
        "medicines" => pick(language, "用药", "medicines"),
        "comorbidity" => pick(language, "共病", "comorbidity"),
        "prognosis" => pick(language, "预后", "prognosis"),
        "senses" => pick(language, "视力与听力", "senses"),
        "environment" => pick(language, "居家环境", "home environment"),
        "prevention" => pick(language, "预防", "prevention"),
        "constitution" => pick(language, "中医体质", "constitution"),
        "decision" => pick(language, "决策能力", "decision-making capacity"),
        "pathway" => pick(language, "照护路径", "care pathways"),
        other => other,
    }
}

/// What kind of answer a question takes.
#[must_use]
pub fn kind_words(kind: ItemType, language: &str) -> &'static str {
    match kind {
        ItemType::Choice => pick(language, "单选", "choice"),
        ItemType::Choices => pick(language, "可多选", "several choices"),
        ItemType::Boolean => pick(language, "是/否", "yes or no"),
        ItemType::Integer => pick(language, "整数", "whole number"),
        ItemType::Decimal => pick(language, "小数", "decimal number"),
        ItemType::Date => pick(language, "日期", "date"),
        ItemType::Time => pick(language, "时刻", "time of day"),
        ItemType::Text => pick(language, "文字", "text"),
    }
}

/// How soon something has to be done.
#[must_use]
pub fn urgency_words(urgency: Urgency, language: &str) -> &'static str {
    match urgency {
        Urgency::Now => pick(language, "立即", "now"),
        Urgency::Soon => pick(language, "尽快", "soon"),
        Urgency::Routine => pick(language, "常规", "routine"),
    }
}

/// The link of care that a service belongs to, by the word of the definition language.
#[must_use]
pub fn link_words(link: &str, language: &str) -> &'static str {
    match link {
        "education" => pick(language, "健康教育", "Health education"),
        "prevention" => pick(language, "预防保健", "Prevention"),
        "treatment" => pick(language, "疾病诊治", "Treatment"),
        "rehabilitation" => pick(language, "康复护理", "Rehabilitation and nursing"),
        "long_term_care" => pick(language, "长期照护", "Long-term care"),
        _ => pick(language, "安宁疗护", "Hospice care"),
    }
}

/// Whose rule a clause is, by the word of the definition language.
#[must_use]
pub fn basis_words(basis: &str, language: &str) -> &'static str {
    match basis {
        "official" => pick(language, "官方规定", "official rule"),
        "published" => pick(language, "已发表的标准", "published rule"),
        "local" => pick(language, "地方规定", "local rule"),
        _ => pick(language, "示例规则", "example rule"),
    }
}

/// Why an instrument may not be used for something, and what to do.
#[must_use]
pub fn use_refused_sentence(licence: &Licence, wanted: Use, language: &str) -> String {
    let chinese = language.starts_with("zh");
    let allowed: Vec<&str> = licence.uses().iter().map(|one| use_words(*one, language)).collect();
    let (class, wanted) = (class_words(licence.class.value, language), use_words(wanted, language));
    let reason = licence.uses.as_ref().map(|stated| stated.reason.get(language));
    match (chinese, &licence.holder) {
        (true, holder) => {
            let reason = reason.map_or(String::new(), |reason| format!("，{reason}"));
            let allowed =
                if allowed.is_empty() { "不允许任何用途".to_owned() } else { format!("允许的用途：{}", allowed.join("、")) };
            let ask = holder.as_ref().map_or("权利人".to_owned(), |holder| format!("权利人（{holder}）"));
            format!("本量表不得用于{wanted}用途（许可类别：{class}{reason}）；{allowed}。如需此用途，请先取得{ask}的许可")
        }
        (false, holder) => {
            let reason = reason.map_or(String::new(), |reason| format!("; {reason}"));
            let allowed = if allowed.is_empty() { "it allows no use".to_owned() } else { format!("it allows: {}", allowed.join(", ")) };
            let ask =
                holder.as_ref().map_or("the holder of the rights".to_owned(), |holder| format!("the holder of the rights, {holder},"));
            format!("its licence ({class}{reason}) does not allow the {wanted} use of this instrument; {allowed}; ask {ask} first")
        }
    }
}
