//! The one place where explanations and problems become sentences. Framing words are Chinese or English; names come from the definition.

mod brief;
mod carry;
mod change;
mod chinese;
mod english;
mod pathway_words;
mod problem;
mod story;
mod undecided;
mod vocabulary;

use std::borrow::Cow;

use super::explain::{Contribution, RowHit, Step};
use super::milder::{Milder, Way};
use super::outcome::{Coded, Scored};
use crate::definition::{AbsentReason, Definition, Item, ItemType, Role, Texts};

pub use brief::{Brief, briefs};
pub use carry::{open_remark, origin_remark};
pub use change::{change_sentences, moved_sentence};
pub use problem::problem_sentence;
pub use story::{Chapter, Said, Story, story};
pub use undecided::{not_decided_words, tried_words, undecided_words};
pub use vocabulary::{
    basis_words, class_words, domain_words, kind_words, link_words, provenance_words, shown_words, urgency_words, use_refused_sentence,
    use_words,
};

/// The framing words of one language.
trait Frame {
    fn step(&self, step: &Step<'_>, words: &Words<'_>) -> String;
    fn no_way(&self, milder: &Milder<'_>, words: &Words<'_>) -> String;
    fn ways(&self, ways: &[Way<'_>], words: &Words<'_>) -> String;
    fn absent(&self, reason: AbsentReason) -> &'static str;
    fn truth(&self, truth: bool) -> &'static str;
    fn provenance(&self, status: &str) -> &'static str;
    fn numbered(&self, code: &str) -> String;
}

fn frame(language: &str) -> &'static dyn Frame {
    if language.starts_with("zh") { &chinese::Chinese } else { &english::English }
}

/// The names of one definition in one language.
struct Words<'d> {
    definition: &'d Definition,
    language: &'d str,
}

/// A step of an explanation as a sentence in `language`; the definition gives the names.
#[must_use]
pub fn sentence(step: &Step<'_>, definition: &Definition, language: &str) -> String {
    frame(language).step(step, &Words { definition, language })
}

/// What would have to be different for the next milder grade: a sentence a way, and one for all the single answers that give the same grade.
#[must_use]
pub fn milder_sentences(milder: &Milder<'_>, definition: &Definition, language: &str) -> Vec<String> {
    let (frame, words) = (frame(language), Words { definition, language });
    if milder.ways.is_empty() {
        return vec![frame.no_way(milder, &words)];
    }
    let answers_alike = |one: &Way<'_>, next: &Way<'_>| matches!((one, next), (Way::Answer { gives: one, .. }, Way::Answer { gives: next, .. }) if one == next);
    milder.ways.chunk_by(answers_alike).map(|ways| frame.ways(ways, &words)).collect()
}

/// An answer in words: the option's label, yes or no, the number as it is.
#[must_use]
pub fn answer_word(item: &Item, answer: &str, language: &str) -> String {
    let option = item.options.iter().find(|option| option.code.value == answer);
    match (option.and_then(|option| option.label.as_ref()), item.kind) {
        (Some(label), _) => label.get(language).to_owned(),
        (None, ItemType::Boolean) => frame(language).truth(answer == "true").to_owned(),
        (None, _) => answer.to_owned(),
    }
}

/// What a provenance status means, in words.
#[must_use]
pub fn provenance_sentence(status: &str, language: &str) -> &'static str {
    frame(language).provenance(status)
}

impl Words<'_> {
    fn or_id<'w>(&'w self, texts: Option<&'w Texts>, id: &'w str) -> &'w str {
        texts.map(|texts| texts.get(self.language)).filter(|text| !text.is_empty()).unwrap_or(id)
    }

    /// A text of a definition as part of a sentence that ends by itself.
    fn clause<'w>(&self, text: &'w Texts) -> &'w str {
        text.get(self.language).trim_end_matches(['.', '。'])
    }

    /// The name of a score, or of the one section that it sums.
    fn score<'w>(&'w self, score: &'w crate::definition::Score) -> &'w str {
        let section = match &score.form.value {
            crate::definition::Form::Sum { of, .. } => match of.as_slice() {
                [only] => self.definition.sections.iter().find(|section| section.id.value == only.value).map(|section| &section.title),
                _ => None,
            },
            _ => None,
        };
        self.or_id(score.title.as_ref().or(section), &score.id.value)
    }

    fn score_by_id<'w>(&'w self, id: &'w str) -> &'w str {
        self.definition.scores.iter().find(|score| score.id.value == id).map_or(id, |score| self.score(score))
    }

    /// The question in words; where the file holds none, its number on the form, or else its id.
    fn item<'w>(&'w self, item: &'w Item) -> Cow<'w, str> {
        match (&item.text, &item.code) {
            _ if item.role == Role::Entered => Cow::Borrowed(self.score_by_id(&item.id.value)),
            (None, Some(code)) => Cow::Owned(frame(self.language).numbered(code)),
            (text, _) => Cow::Borrowed(self.or_id(text.as_ref(), &item.id.value)),
        }
    }

    /// Questions in quotes, the first twelve of them.
    fn items(&self, items: &[&Item], between: &str) -> String {
        let named: Vec<String> = items.iter().take(12).map(|item| format!("“{}”", self.item(item))).collect();
        let more = if items.len() > 12 { format!("{between}… +{}", items.len() - 12) } else { String::new() };
        format!("{}{more}", named.join(between))
    }

    fn member<'w>(&'w self, id: &'w str) -> Cow<'w, str> {
        let item = self.definition.items.iter().find(|item| item.id.value == id && item.role != Role::Entered);
        item.map_or_else(|| Cow::Borrowed(self.score_by_id(id)), |item| self.item(item))
    }

    fn grade<'w>(&'w self, id: &'w str) -> &'w str {
        let step = self.definition.grade.iter().flat_map(|grade| &grade.scale).find(|step| step.id.value == id);
        step.map_or(id, |step| self.or_id(step.label.as_ref(), id))
    }

    /// What the scale calls itself.
    fn grade_title(&self) -> Option<&str> {
        self.definition.grade.as_ref()?.title.as_ref().map(|title| title.get(self.language))
    }

    fn band<'w>(&'w self, set: &'w crate::definition::BandSet, id: &'w str) -> &'w str {
        let band = set.bands.iter().find(|band| band.id.value == id);
        band.map_or(id, |band| self.or_id(band.label.as_ref(), id))
    }

    fn coded(&self, coded: &Coded<'_>, or: &str, name: impl Fn(&str) -> String) -> String {
        match coded {
            Coded::Decided(code) => name(code),
            Coded::Open(codes) => codes.iter().map(|code| name(code)).collect::<Vec<_>>().join(or),
        }
    }

    fn number(number: &Scored, to: &str, unknown: &str) -> String {
        match number {
            Scored::Decided(number) => number.to_string(),
            Scored::Open(Some((low, high))) => format!("{low}{to}{high}"),
            Scored::Open(None) => unknown.to_owned(),
        }
    }

    /// `3 + 4 + ? = `: what the members contribute, where there are few enough to be read.
    fn addends(contributions: &[Contribution<'_>]) -> Option<String> {
        let counted: Vec<String> = contributions
            .iter()
            .filter(|member| !member.left_out && !member.absent)
            .map(|member| member.number.map_or("?".to_owned(), |number| number.to_string()))
            .collect();
        (2..=15).contains(&counted.len()).then(|| counted.join(" + ").replace("+ -", "− "))
    }

    fn cite(cite: Option<&String>, open: &str, close: &str) -> String {
        cite.map_or(String::new(), |cite| format!("{open}{cite}{close}"))
    }

    fn row_note<'w>(&'w self, row: Option<&'w RowHit<'_>>) -> Option<&'w str> {
        row?.row?.note.as_ref().map(|note| note.get(self.language))
    }

    fn row_cite<'w>(row: Option<&'w RowHit<'_>>) -> Option<&'w String> {
        row?.row?.cite.as_ref()
    }

    /// The grade that the ways give, all of them the same.
    fn ways_give<'w>(&'w self, ways: &'w [Way<'_>]) -> &'w str {
        ways.first().map_or("", |way| match way {
            Way::Score { gives, .. } | Way::Without { gives, .. } | Way::Answer { gives, .. } => self.grade(gives),
        })
    }

    fn part<'w>(&'w self, part: &'w str) -> Cow<'w, str> {
        if part == "grade" {
            return Cow::Borrowed(self.grade_title().unwrap_or(part));
        }
        if part == "review" {
            return Cow::Borrowed(if self.language.starts_with("zh") { "复评间隔" } else { "Interval of reviews" });
        }
        let set = self.definition.band_sets.iter().find(|set| set.id.value == part && set.title.is_some());
        set.map_or_else(|| self.member(part), |set| Cow::Borrowed(self.or_id(set.title.as_ref(), part)))
    }
}
