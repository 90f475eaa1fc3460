//! Framing words in English.

use super::{Frame, Words, answer_word};
use crate::assess::explain::Step;
use crate::assess::milder::{Milder, Way};
use crate::assess::outcome::{Coded, Holds};
use crate::definition::{AbsentReason, Effect};

pub(super) struct English;

impl Frame for English {
    fn step(&self, step: &Step<'_>, words: &Words<'_>) -> String {
        let grade = |id: &str| words.grade(id).to_owned();
        match step {
            Step::Answered { answered, of, absent, hidden } => {
                let mut text = format!("{answered} of {of} questions are answered.");
                if *hidden > 0 {
                    text += &format!(" {hidden} more do not apply to this person.");
                }
                for (item, reason) in absent {
                    text += &format!(" No answer to “{}”: {}.", words.item(item), self.absent(*reason));
                }
                text
            }
            Step::Carried { from, exact, approximate } => {
                let count = exact.len() + approximate.len();
                let mut text = format!("{count} {} carried over from {from}.", if count == 1 { "answer was" } else { "answers were" });
                if !exact.is_empty() {
                    text += &format!(" Same meaning: {}.", exact.len());
                }
                if !approximate.is_empty() {
                    text += &format!(" Only near: {}: {}.", approximate.len(), words.items(approximate, ", "));
                }
                text
            }
            Step::Approximate(near) => match &near.grade_without {
                Some(without) if near.decides_grade() => format!(
                    "Caution: the grade rests on answers that were carried over and are only near. If nothing were known of them, it could be {}. \
                     Before the grade is used, ask the person again: {}.",
                    words.coded(without, " or ", grade),
                    words.items(&near.items, ", ")
                ),
                Some(Coded::Decided(_)) => "The grade does not rest on answers that are only near.".to_owned(),
                _ if near.rests.is_empty() => "No result rests on answers that are only near.".to_owned(),
                _ => format!(
                    "Caution: results rest on answers that were carried over and are only near; ask the person again: {}.",
                    words.items(&near.items, ", ")
                ),
            },
            Step::Switched { setting, code } => {
                format!("Setting “{}”: {}.", words.item(setting), answer_word(setting, code, words.language))
            }
            Step::Doubted { part, provenance } => {
                let part = part.map_or(String::new(), |part| format!("{}: ", words.part(part)));
                let note = provenance.note.as_ref().map_or(String::new(), |note| format!(" {}", note.get(words.language)));
                format!("Caution: {part}{}{note}", self.provenance(&provenance.status.value))
            }
            Step::Scored { score, contributions, row, number, failure } => {
                let sum = Words::addends(contributions).map_or(String::new(), |sum| format!("{sum} = "));
                let number = Words::number(number, " to ", "not known yet");
                let unit = score.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
                let cite = Words::cite(score.cite.as_ref().or_else(|| Words::row_cite(row.as_ref())), " (", ")");
                let note = words.row_note(row.as_ref()).map_or(String::new(), |note| format!(" {note}"));
                let failure = failure.as_ref().map_or(String::new(), |why| format!(" Its script gives no result: {why}."));
                format!("{}: {sum}{number}{unit}{cite}.{note}{failure}", words.score(score))
            }
            Step::Banded { set, number, band } => {
                let number = Words::number(number, " to ", "not known yet");
                let named = set.title.as_ref().map(|title| format!(" ({})", title.get(words.language))).unwrap_or_default();
                let band = words.coded(band, " or ", |id| words.band(set, id).to_owned());
                format!("{} {number} is in the band: {band}{named}.", words.score_by_id(&set.of.value))
            }
            Step::Preliminary { row, grade: preliminary } => {
                let cite = Words::cite(Words::row_cite(row.as_ref()), " (", ")");
                let note = words.row_note(row.as_ref()).map_or(String::new(), |note| format!(" {note}"));
                format!("Preliminary grade: {}{cite}.{note}", words.coded(preliminary, " or ", grade))
            }
            Step::Adjusted { adjustment, holds } => {
                let effect = match &adjustment.effect.value {
                    Effect::Set(id) => format!("the grade becomes {}", words.grade(&id.value)),
                    Effect::Raise(1) => "the grade becomes one step more severe".to_owned(),
                    Effect::Raise(steps) => format!("the grade becomes {steps} steps more severe"),
                    Effect::AtLeast(id) => format!("the grade becomes at least {}", words.grade(&id.value)),
                };
                let may = if *holds == Holds::Open { "Possible adjustment" } else { "Adjustment" };
                let reason = words.or_id(adjustment.reason.as_ref(), &adjustment.id.value);
                format!("{may}: {reason}; {effect}{}.", Words::cite(adjustment.cite.as_ref(), " (", ")"))
            }
            Step::Found { finding, holds } => {
                let may = if *holds == Holds::Open { "Possible: " } else { "" };
                let cite = Words::cite(finding.cite.as_ref(), " (", ")");
                let advice = finding.advice.as_ref().map(|advice| format!(" Advice: {}.", words.clause(advice)));
                format!("{may}{}{cite}.{}", words.clause(&finding.text), advice.unwrap_or_default())
            }
            Step::Alerted { alert, holds } => {
                let kind = match (holds, alert.urgent) {
                    (Holds::Open, _) => "Possible alert",
                    (_, true) => "ALERT, act now",
                    (_, false) => "Alert, act soon",
                };
                format!("{kind}: {}{}", alert.text.get(words.language), Words::cite(alert.cite.as_ref(), " (", ")"))
            }
            Step::Waiting { on } => {
                let names: Vec<String> = on.iter().take(12).map(|item| format!("“{}”", words.item(item))).collect();
                let more = if on.len() > 12 { format!(" and {} more", on.len() - 12) } else { String::new() };
                format!("These answers decide: {}{more}.", names.join(", "))
            }
            Step::Review { review, due } => {
                let months = if review.months == 1 { "1 month".to_owned() } else { format!("{} months", review.months) };
                let due = match due {
                    Some(due) => format!("Review by {due} at the latest ({months})"),
                    None => format!("Review after {months} at the latest"),
                };
                let text = review.text.as_ref().map(|text| format!(" {}.", words.clause(text))).unwrap_or_default();
                format!("{due}{}.{text}", Words::cite(review.cite.as_ref(), " (", ")"))
            }
            Step::Overridden(decision) => {
                let by = decision.by.as_ref().map_or(String::new(), |by| format!(", decided by {by}"));
                let grade = words.grade(&decision.grade);
                format!("Decision beside the computed grade: {grade}{by}. Reason: {}", decision.reason)
            }
            Step::Graded { grade: result } => {
                let title = words.grade_title().unwrap_or("Grade");
                match result {
                    Coded::Decided(id) => format!("{title}: {}.", words.grade(id)),
                    Coded::Open(_) => format!("{title}: still open, {}.", words.coded(result, " or ", grade)),
                }
            }
            Step::NotGraded { why } => format!("No grade: {}.", words.clause(why)),
        }
    }

    fn no_way(&self, milder: &Milder<'_>, words: &Words<'_>) -> String {
        if milder.complete {
            format!("No single change leads to a milder grade; the next would be {}.", words.grade(milder.grade))
        } else {
            "What would make it milder can only be said when more answers are in.".to_owned()
        }
    }

    fn ways(&self, ways: &[Way<'_>], words: &Words<'_>) -> String {
        let changed = ways.iter().map(|way| match way {
            Way::Score { set, now, needed, .. } => format!("if {} were {needed} instead of {now}", words.score_by_id(&set.of.value)),
            Way::Without { adjustments, .. } => {
                let reasons: Vec<&str> =
                    adjustments.iter().map(|adjustment| words.or_id(adjustment.reason.as_ref(), &adjustment.id.value)).collect();
                format!("without: {}", reasons.join("; "))
            }
            Way::Answer { item, now, needed, .. } => {
                let answer = |code: &str| answer_word(item, code, words.language);
                let (before, were) = if ways.len() == 1 { ("if ", " were") } else { ("", ":") };
                format!("{before}“{}”{were} “{}” instead of “{}”", words.item(item), answer(needed), answer(now))
            }
        });
        let (gives, changed) = (words.ways_give(ways), changed.collect::<Vec<_>>().join("; "));
        if ways.len() == 1 {
            format!("{gives}, {changed}.")
        } else {
            format!("{gives}, if any one of these answers were different: {changed}.")
        }
    }

    fn absent(&self, reason: AbsentReason) -> &'static str {
        match reason {
            AbsentReason::NotAsked => "not asked",
            AbsentReason::Refused => "the person refused",
            AbsentReason::Unable => "the person was unable to answer",
            AbsentReason::NotApplicable => "not applicable",
        }
    }

    fn truth(&self, truth: bool) -> &'static str {
        if truth { "yes" } else { "no" }
    }

    fn numbered(&self, code: &str) -> String {
        format!("item {code}")
    }

    fn provenance(&self, status: &str) -> &'static str {
        match status {
            "compared" => "compared with the printed source by a person.",
            "two_copies" => "taken from two or more copies that agree, not yet compared with the printed source.",
            "one_copy" => "taken from one copy, not yet compared with the printed source.",
            "computed" => "computed from other parts, not stated by the source.",
            _ => "written down from memory and seen in no copy; do not rely on it before it is compared with the printed source.",
        }
    }
}
