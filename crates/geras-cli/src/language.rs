//! The language of a report: asked for, or that of the terminal. Which words a language has is not known here.

/// The tag of a language without its region: `zh_CN.UTF-8` is `zh`.
fn tag(locale: &str) -> Option<String> {
    let tag = locale.split(['_', '-', '.', '@']).next().unwrap_or_default().to_lowercase();
    (tag.len() >= 2 && tag != "posix").then_some(tag)
}

/// The language asked for, or else that of the environment, or else English.
pub(crate) fn chosen(asked: Option<&str>) -> String {
    let environment = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|set| !set.is_empty());
    asked.and_then(tag).or_else(|| environment.and_then(|locale| tag(&locale))).unwrap_or_else(|| "en".to_owned())
}

/// One of two wordings: Chinese for Chinese, English for all others.
pub(crate) fn pick(language: &str, chinese: &'static str, english: &'static str) -> &'static str {
    if language == "zh" { chinese } else { english }
}
