//! What is told of answers that were carried over, for the person who fills in the sheet.

use crate::assess::given::Origin;
use crate::carry::{Contradiction, Open, Why};
use crate::definition::Texts;

fn because(reason: Option<&Texts>, language: &str) -> String {
    let (open, close) = if language.starts_with("zh") { ("：", "") } else { (": ", "") };
    reason.map_or(String::new(), |reason| format!("{open}{}{close}", reason.get(language)))
}

/// What an assessor should know of an answer that was carried over, to stand behind its question.
#[must_use]
pub fn origin_remark(origin: &Origin, reason: Option<&Texts>, language: &str) -> String {
    let items = origin.items.join(" + ");
    match (language.starts_with("zh"), origin.exact) {
        (true, true) => format!("；转自 {} {items}，含义一致", origin.from),
        (true, false) => format!("；转自 {} {items}，仅近似，请重新询问{}", origin.from, because(reason, language)),
        (false, true) => format!("; from {} {items}, same meaning", origin.from),
        (false, false) => format!("; from {} {items}, ONLY NEAR, ask again{}", origin.from, because(reason, language)),
    }
}

/// Why an item is still open after a sheet was filled from another one, to stand behind its question.
#[must_use]
pub fn open_remark(open: &Open<'_>, language: &str) -> String {
    let chinese = language.starts_with("zh");
    match &open.why {
        Why::NoRule if chinese => "；待询问".to_owned(),
        Why::NoRule => "; to be asked".to_owned(),
        Why::Unanswered(items) if chinese => format!("；待询问（原答卷的 {} 未作答）", items.join("、")),
        Why::Unanswered(items) => format!("; to be asked (no answer to {} there)", items.join(", ")),
        Why::NotDetermined(reason) if chinese => format!("；待询问，原回答不能确定{}", because(*reason, language)),
        Why::NotDetermined(reason) => format!("; to be asked, the answer there does not determine it{}", because(*reason, language)),
        Why::Hidden => String::new(),
    }
}

/// A contradiction as a sentence, for the person who has the two sheets.
pub(super) fn contradiction_sentence(clash: &Contradiction, language: &str) -> String {
    let Contradiction { item, given, carried, origin } = clash;
    let (given, carried, items) = (given.word(), carried.word(), origin.items.join(" + "));
    let from = &origin.from;
    match (language.starts_with("zh"), origin.exact) {
        (true, true) => {
            format!("`{item}` 已答 `{given}`，而由 {from} 的 `{items}` 转入的是 `{carried}`（含义一致）；请核实后在其中一份答卷中更正")
        }
        (true, false) => format!(
            "`{item}` 已答 `{given}`，而由 {from} 的 `{items}` 转入的是 `{carried}`（仅近似）；请核实，并在其中一份答卷中删去该回答"
        ),
        (false, true) => format!(
            "`{item}` is answered `{given}`, and `{items}` of {from} carries over as `{carried}`, which means the same; ask again, and correct one of the two sheets"
        ),
        (false, false) => format!(
            "`{item}` is answered `{given}`, and `{items}` of {from} carries over as `{carried}`, which is only near; ask again, and take the answer out of one of the two sheets"
        ),
    }
}
