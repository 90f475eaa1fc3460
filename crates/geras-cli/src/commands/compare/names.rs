//! The words for results, parts, values and regions in a language, with the definitions' own labels. Decides nothing.

use geras::Instrument;
use geras::assess::answer_word;
use geras::compare::{Change, Condition, Is, PartKind, Region, ResultKind, Side, Told};
use geras::definition::{Definition, Item, Texts};

use crate::language::pick;

/// A longer text of a question is no name for it.
const LONGEST_NAME: usize = 28;

/// Two editions and a language.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) a: &'a Instrument,
    pub(super) b: &'a Instrument,
    pub(super) language: &'a str,
}

impl Names<'_> {
    pub(super) fn pick(&self, chinese: &'static str, english: &'static str) -> &'static str {
        pick(self.language, chinese, english)
    }

    fn of(&self, side: Side) -> &Definition {
        if side == Side::A { self.a.definition() } else { self.b.definition() }
    }

    /// `gb-t-42195@2022`.
    pub(super) fn edition(&self, side: Side) -> String {
        let definition = self.of(side);
        format!("{}@{}", definition.id.value, definition.edition.value)
    }

    /// The text with the id behind it.
    fn text(&self, texts: Option<&Texts>, id: &str) -> String {
        texts.map_or_else(|| id.to_owned(), |texts| format!("{} ({id})", texts.get(self.language)))
    }

    /// A result: what it is and its title.
    pub(super) fn result(&self, kind: ResultKind, id: &str, side: Side) -> String {
        let definition = self.of(side);
        let score = |id: &str| definition.scores.iter().find(|score| score.id.value == id).and_then(|score| score.title.as_ref());
        let (what, title) = match kind {
            ResultKind::Grade => return self.pick("等级", "Grade").to_owned(),
            ResultKind::Preliminary => return self.pick("初步等级", "Preliminary grade").to_owned(),
            ResultKind::Bands => {
                let set = definition.band_sets.iter().find(|set| set.id.value == id);
                (self.pick("分段", "Bands"), set.and_then(|set| set.title.as_ref().or_else(|| score(&set.of.value))))
            }
            ResultKind::Score => (self.pick("得分", "Score"), score(id)),
            ResultKind::Finding => {
                let finding = definition.findings.iter().find(|finding| finding.id.value == id);
                (self.pick("评估发现", "Finding"), finding.map(|finding| &finding.text))
            }
            ResultKind::Alert => {
                let alert = definition.alerts.iter().find(|alert| alert.id.value == id);
                (self.pick("警示", "Alert"), alert.map(|alert| &alert.text))
            }
        };
        format!("{what}{} {}", self.pick("：", ":"), self.text(title, id)).replace("： ", "：")
    }

    /// A part with its title, and the edition where only one has it so.
    pub(super) fn part(&self, kind: PartKind, id: &str, edition: Option<Side>) -> String {
        let definition = self.of(edition.unwrap_or(Side::A));
        let title = match kind {
            // A question under two ids goes by the first.
            PartKind::Item => {
                let named = |side: Side| self.of(side).items.iter().find(|item| item.id.value == id);
                named(edition.unwrap_or(Side::A)).or_else(|| named(Side::A)).and_then(|item| item.text.as_ref())
            }
            PartKind::Score => definition.scores.iter().find(|score| score.id.value == id).and_then(|score| score.title.as_ref()),
            PartKind::Bands => definition.band_sets.iter().find(|set| set.id.value == id).and_then(|set| set.title.as_ref()),
            PartKind::Adjustment => {
                let clauses = definition.grade.iter().flat_map(|grade| &grade.adjustments);
                clauses.into_iter().find(|clause| clause.id.value == id).and_then(|clause| clause.reason.as_ref())
            }
            PartKind::Finding => definition.findings.iter().find(|finding| finding.id.value == id).map(|finding| &finding.text),
            PartKind::Alert => definition.alerts.iter().find(|alert| alert.id.value == id).map(|alert| &alert.text),
        };
        // Reasons are sentences; their id says enough.
        let name = if kind == PartKind::Adjustment { format!("{} {id}", self.pick("条款", "clause")) } else { self.text(title, id) };
        match edition {
            None => name,
            Some(Side::A) => format!("{name} [A]"),
            Some(Side::B) => format!("{name} [B]"),
        }
    }

    /// A value; for a grade or band its label and id.
    pub(super) fn told(&self, kind: ResultKind, id: &str, value: &Told, side: Side) -> String {
        match value {
            Told::Code(code) => {
                let definition = self.of(side);
                let label = match kind {
                    ResultKind::Bands => {
                        let set = definition.band_sets.iter().find(|set| set.id.value == id);
                        set.and_then(|set| set.bands.iter().find(|band| band.id.value == *code)).and_then(|band| band.label.as_ref())
                    }
                    _ => self.grade_label(code, side),
                };
                self.text(label, code)
            }
            other => self.plain(other),
        }
    }

    fn grade_label(&self, code: &str, side: Side) -> Option<&Texts> {
        let mut scale = self.of(side).grade.iter().flat_map(|grade| &grade.scale);
        scale.find(|step| step.id.value == code).and_then(|step| step.label.as_ref())
    }

    /// A grade by its label, as a table or a picture has room for.
    pub(super) fn grade(&self, code: Option<&str>, side: Side) -> String {
        let Some(code) = code else { return self.pick("未定", "open").to_owned() };
        self.grade_label(code, side).map_or_else(|| code.to_owned(), |label| label.get(self.language).to_owned())
    }

    fn plain(&self, value: &Told) -> String {
        match value {
            Told::Nothing => self.pick("没有值", "no value").to_owned(),
            Told::Number(number) => number.to_string(),
            Told::Truth(true) => self.pick("是", "yes").to_owned(),
            Told::Truth(false) => self.pick("否", "no").to_owned(),
            Told::Code(code) => code.clone(),
        }
    }

    /// What changes in a region.
    pub(super) fn change(&self, kind: ResultKind, id: &str, change: &Change) -> String {
        match change {
            Change::FromTo(from, to) => format!("{} → {}", self.told(kind, id, from, Side::A), self.told(kind, id, to, Side::B)),
            Change::By(by) if by.is_sign_negative() => format!("{} {}", self.pick("减少", "less by"), by.abs()),
            Change::By(by) => format!("{} {by}", self.pick("增加", "more by")),
        }
    }

    /// What holds of every sheet in a region.
    pub(super) fn region(&self, region: &Region) -> String {
        let mut all: Vec<String> = region.conditions.iter().map(|condition| self.condition(condition)).collect();
        if region.partly {
            all.push(self.pick("其中一部分答卷", "some of these sheets").to_owned());
        }
        if all.is_empty() { self.pick("所有答卷", "every sheet").to_owned() } else { all.join(self.pick("；", "; ")) }
    }

    fn condition(&self, condition: &Condition) -> String {
        let name = self.part(condition.kind, &condition.id, condition.edition);
        let clause = matches!(condition.kind, PartKind::Adjustment | PartKind::Finding | PartKind::Alert);
        match &condition.is {
            Is::OneOf(values) if clause && values.len() == 1 => match values.first() {
                Some(Told::Truth(true)) => format!("{name} {}", self.pick("成立", "holds")),
                Some(Told::Truth(false)) => format!("{name} {}", self.pick("不成立", "does not hold")),
                _ => format!("{name} {}", self.pick("没有值", "has no value")),
            },
            Is::OneOf(values) => {
                let values: Vec<String> = values.iter().map(|value| self.answer(condition, value)).collect();
                format!("{name}: {}", values.join(self.pick("、", ", ")))
            }
            Is::Within(span) => match (span.low, span.high) {
                (Some((low, true)), Some((high, true))) if low == high => format!("{name} = {low}"),
                (Some((low, true)), Some((high, true))) => format!("{name} {low}–{high}"),
                (low, high) => {
                    let low = low.map(|(low, included)| format!("{} {low}", if included { "≥" } else { ">" }));
                    let high = high.map(|(high, included)| format!("{} {high}", if included { "≤" } else { "<" }));
                    format!("{name} {}", low.into_iter().chain(high).collect::<Vec<_>>().join(", "))
                }
            },
        }
    }

    fn answer(&self, condition: &Condition, value: &Told) -> String {
        match value {
            Told::Nothing => self.pick("没有询问", "not asked").to_owned(),
            other => self.plain(other),
        }
        .replace("no value", if condition.kind == PartKind::Item { "not asked" } else { "no value" })
    }

    /// A question of the first edition, or of the second: its text where that is short, or else its id.
    pub(super) fn item(&self, id: &str) -> String {
        let text = self.asked(id).and_then(|item| item.text.as_ref()).map(|text| text.get(self.language));
        text.filter(|text| !text.is_empty() && text.chars().count() <= LONGEST_NAME).unwrap_or(id).to_owned()
    }

    /// An answer by its label, yes or no.
    pub(super) fn answer_of(&self, id: &str, answer: &str) -> String {
        self.asked(id).map_or_else(|| answer.to_owned(), |item| answer_word(item, answer, self.language))
    }

    fn asked(&self, id: &str) -> Option<&Item> {
        [Side::A, Side::B].into_iter().find_map(|side| self.of(side).items.iter().find(|item| item.id.value == id))
    }

    /// The answers of a witness that differ from the first ones, a few of them, in words.
    pub(super) fn witness_in_words(&self, told: &[(String, String)], most: usize) -> String {
        let named = |(id, answer): &(String, String)| (self.item(id), self.answer_of(id, answer));
        self.witness(&told.iter().map(named).collect::<Vec<_>>(), most)
    }

    /// The answers of a witness that differ from the first ones, a few of them.
    pub(super) fn witness(&self, told: &[(String, String)], most: usize) -> String {
        if told.is_empty() {
            return self.pick("每题取第一项", "every first answer").to_owned();
        }
        let more = if told.len() > most { format!(", +{}", told.len() - most) } else { String::new() };
        let named: Vec<String> = told.iter().take(most).map(|(id, answer)| format!("{id}: {answer}")).collect();
        format!("{}{more}", named.join(", "))
    }
}
