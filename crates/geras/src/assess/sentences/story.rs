//! The outcome of a pathway as a report: headed lists of sentences, for a family to read and an official to file. Computes nothing.

use super::pathway_words::Tongue;
use super::{briefs, sentence};
use crate::assess::{Coded, Holds, Outcome, Scored, Step};
use crate::definition::{Clause, ClauseKind, Detail, Urgency};
use crate::pathway::{AssessmentOutcome, PathwayOutcome, Since, Waiting};
use crate::sort::sort_by_key;

/// A report in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The name of the pathway.
    pub title: String,
    /// Where it comes from, which edition, when the person was assessed.
    pub facts: Vec<String>,
    /// The result in one or two sentences.
    pub headline: Vec<String>,
    /// Everything else, in the order in which it matters.
    pub chapters: Vec<Chapter>,
}

/// A headed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Names the list for programs.
    pub id: &'static str,
    /// Its heading.
    pub heading: String,
    /// Its sentences.
    pub lines: Vec<Said>,
}

/// A sentence, and how much it presses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// How urgent it is, where it is.
    pub urgency: Option<Urgency>,
    /// Whether it depends on open answers.
    pub open: bool,
}

impl Said {
    const fn plain(text: String) -> Self {
        Self { text, urgency: None, open: false }
    }
}

/// What a definition may say of itself when nobody compared it with the printed source.
const LEAST_SURE_FIRST: [&str; 4] = ["recalled", "one_copy", "two_copies", "computed"];

/// The report of an outcome in a language, beside an earlier one where there is one.
#[must_use]
pub fn story(outcome: &PathwayOutcome<'_>, since: Option<&Since<'_>>, language: &str) -> Story {
    let teller = Teller { outcome, tongue: Tongue::of(language), language };
    let definition = outcome.pathway().definition();
    let head = &definition.head;
    let mut facts = vec![head.publication.title.clone(), format!("{} {}", teller.tongue.edition(), head.edition.value)];
    facts.extend(outcome.date().map(|date| format!("{} {date}", teller.tongue.assessed_on())));
    let made_up = if language.starts_with("zh") { "合成数据，并非真人" } else { "Synthetic, no real person" };
    facts.extend(outcome.is_synthetic().then(|| made_up.to_owned()));
    let mut chapters = Vec::new();
    let mut add = |id: &'static str, lines: Vec<Said>| {
        if !lines.is_empty() {
            chapters.push(Chapter { id, heading: teller.tongue.heading(id).to_owned(), lines });
        }
    };
    add("contradictions", teller.clauses(ClauseKind::Contradiction));
    add("alerts", teller.alerts());
    add("find_out", teller.find_out());
    add("why", teller.why());
    add("since", since.map(|since| teller.since(since)).unwrap_or_default());
    add("weigh", teller.weigh());
    add("alternatives", teller.alternatives());
    add("referrals", teller.clauses(ClauseKind::Referral));
    add("results", teller.results());
    add("findings", teller.findings());
    add("services", teller.clauses(ClauseKind::Service));
    add("entitlements", teller.clauses(ClauseKind::Entitlement));
    add("priority", teller.priority());
    add("review", teller.review());
    add("differences", teller.differences());
    add("sureness", teller.sureness());
    add("rules", teller.rules());
    Story { title: head.title.get(language).to_owned(), facts, headline: teller.headline(), chapters }
}

/// Whether no law, publication or place stands behind a clause.
fn is_example(clause: &Clause) -> bool {
    clause.basis.as_ref().is_some_and(|basis| basis.value == "illustrative")
}

struct Teller<'o, 'p> {
    outcome: &'o PathwayOutcome<'p>,
    tongue: Tongue,
    language: &'o str,
}

impl Teller<'_, '_> {
    fn kind(&self, id: &str) -> String {
        let definition = self.outcome.pathway().definition();
        match definition.kinds().find(|(_, kind)| kind.id.value == id) {
            Some((setting, kind)) => {
                let (setting, kind) = (setting.label.get(self.language), kind.label.get(self.language));
                self.tongue.place(setting, kind)
            }
            None => self.tongue.judgement().to_owned(),
        }
    }

    fn headline(&self) -> Vec<String> {
        let (routing, proposal) = (self.outcome.routing(), self.outcome.proposal());
        let mut lines = Vec::new();
        match (&routing.kind, &proposal.kind) {
            (Coded::Decided(kind), Coded::Decided(proposed)) if kind != proposed => {
                lines.push(self.tongue.overruled(&self.kind(kind), &self.kind(proposed)));
            }
            (Coded::Decided(kind), _) if *kind == crate::definition::NEEDS_JUDGEMENT => {
                lines.push(self.tongue.needs_judgement().to_owned())
            }
            (Coded::Decided(kind), _) => lines.push(self.tongue.proposed(&self.kind(kind))),
            (Coded::Open(kinds), _) => {
                let kinds: Vec<String> = kinds.iter().map(|kind| self.kind(kind)).collect();
                lines.push(self.tongue.still_open(&kinds));
            }
        }
        lines.extend(
            self.outcome
                .overridden()
                .map(|decision| self.tongue.decided(&self.kind(&decision.grade), decision.by.as_deref(), &decision.reason)),
        );
        lines
    }

    /// A clause as a sentence: what it says, what to do, and whose rule it is.
    fn clause(&self, clause: &Clause, holds: Holds) -> Said {
        let mut text = clause.text.get(self.language).to_owned();
        let advice = clause.advice.as_ref().map(|advice| advice.get(self.language));
        if let Some(advice) = advice {
            text = self.tongue.advised(&text, advice);
        }
        let urgency = if let Detail::Urgency(urgency) = clause.detail { Some(urgency) } else { None };
        if let Detail::Service(link) = &clause.detail {
            text = self.tongue.linked(link.value, &text);
        }
        if let (ClauseKind::Referral | ClauseKind::Alert, Some(urgency)) = (clause.kind, urgency) {
            text = self.tongue.pressed(urgency, &text);
        }
        let open = holds == Holds::Open;
        if open {
            text = self.tongue.possibly(&text);
        }
        Said { text: self.sourced(&text, clause), urgency: if open { None } else { urgency }, open }
    }

    /// A sentence with whose rule the clause is, as far as that has to be said.
    fn sourced(&self, text: &str, clause: &Clause) -> String {
        let mut words: Vec<String> = clause.cite.iter().cloned().collect();
        words.extend(clause.basis.as_ref().filter(|_| !is_example(clause)).map(|basis| self.tongue.basis(&basis.value).to_owned()));
        // Most of a city's rules are those of the nation: what the places nearer by have set is marked.
        if self.outcome.pathway().bases().last().is_some_and(|first| *clause.pathway != *first.full_name()) {
            words.push(clause.pathway.to_string());
        }
        self.tongue.sourced(text, &words, is_example(clause))
    }

    fn clauses(&self, kind: ClauseKind) -> Vec<Said> {
        // A contradiction that is only possible is no fault of the sheet.
        let certain = kind == ClauseKind::Contradiction;
        let told = self.outcome.told(kind).into_iter().filter(|found| !certain || found.holds == Holds::Yes);
        let mut lines: Vec<Said> = told.map(|found| self.clause(found.clause, found.holds)).collect();
        sort_by_key(&mut lines, |line| (line.open, line.urgency.unwrap_or(Urgency::Routine)));
        lines
    }

    fn done(&self) -> impl Iterator<Item = &Outcome<'_>> {
        self.outcome.instruments().iter().filter_map(|found| match &found.outcome {
            AssessmentOutcome::Done(outcome) => Some(outcome),
            _ => None,
        })
    }

    fn alerts(&self) -> Vec<Said> {
        let mut lines = self.clauses(ClauseKind::Alert);
        for outcome in self.done() {
            let title = outcome.instrument().definition().title.get(self.language);
            for found in outcome.alerts().filter(|found| found.holds == Holds::Yes) {
                let urgency = if found.alert.urgent { Urgency::Now } else { Urgency::Soon };
                let text = self.tongue.pressed(urgency, found.alert.text.get(self.language));
                lines.push(Said { text: self.tongue.sourced(&text, &[title.to_owned()], false), urgency: Some(urgency), open: false });
            }
        }
        sort_by_key(&mut lines, |line| (line.open, line.urgency));
        lines
    }

    fn findings(&self) -> Vec<Said> {
        let mut lines = self.clauses(ClauseKind::Finding);
        for outcome in self.done() {
            let definition = outcome.instrument().definition();
            let found = outcome.explanation().into_iter().filter(|step| matches!(step, Step::Found { holds: Holds::Yes, .. }));
            lines.extend(found.map(|step| Said::plain(sentence(&step, definition, self.language))));
        }
        lines
    }

    fn why(&self) -> Vec<Said> {
        let (wish, rule) = (self.outcome.wish(), self.outcome.rule());
        let wish = wish.into_iter().map(|wish| self.clause(wish, Holds::Yes));
        wish.chain(rule.map(|rule| self.clause(rule, Holds::Yes))).collect()
    }

    fn weigh(&self) -> Vec<Said> {
        let deciding = self.outcome.wish().or_else(|| self.outcome.rule());
        let weigh = deciding.and_then(Clause::way).map(|way| way.weigh.as_slice()).unwrap_or_default();
        weigh.iter().map(|text| Said::plain(text.get(self.language).to_owned())).collect()
    }

    fn alternatives(&self) -> Vec<Said> {
        let deciding = self.outcome.wish().or_else(|| self.outcome.rule());
        let others = deciding.and_then(Clause::way).map(|way| way.alternatives.as_slice()).unwrap_or_default();
        let said = |(place, other): (usize, &crate::definition::Alternative)| {
            Said::plain(self.tongue.alternative(place + 1, &self.kind(&other.to.value), other.takes.get(self.language)))
        };
        others.iter().enumerate().map(said).collect()
    }

    /// The question behind an item of an instrument, or behind an input.
    fn question(&self, instrument: Option<&str>, item: &str) -> String {
        let head = &self.outcome.pathway().definition().head;
        let own = || head.items.iter().find(|known| known.id.value == item);
        let of = |outcome: &AssessmentOutcome<'_>| {
            let AssessmentOutcome::Done(outcome) = outcome else { return None };
            let items = &outcome.instrument().definition().items;
            let found = items.iter().find(|known| known.id.value == item)?;
            found.text.as_ref().map(|text| text.get(self.language).to_owned())
        };
        let found = match instrument {
            None => own().and_then(|item| item.text.as_ref()).map(|text| text.get(self.language).to_owned()),
            Some(id) => self.outcome.instruments().iter().find(|found| found.instrument == id).and_then(|found| of(&found.outcome)),
        };
        found.unwrap_or_else(|| item.to_owned())
    }

    fn instrument_title(&self, id: &str) -> String {
        let place = self.outcome.pathway().assessment_of(id);
        let editions = place.and_then(|place| self.outcome.pathway().instruments().get(place));
        editions.and_then(|editions| editions.last()).map_or(id, |known| known.definition().title.get(self.language)).to_owned()
    }

    fn waiting(&self, waiting: &Waiting<'_>) -> Vec<Said> {
        match (waiting.instrument, waiting.items.as_slice()) {
            (Some(id), []) => vec![Said::plain(self.tongue.do_the(&self.instrument_title(id)))],
            (instrument, items) => {
                let names: Vec<String> = items.iter().map(|item| self.question(instrument, item)).collect();
                let title = instrument.map(|id| self.instrument_title(id));
                vec![Said::plain(self.tongue.find_out(title.as_deref(), &names))]
            }
        }
    }

    fn find_out(&self) -> Vec<Said> {
        self.outcome.deciding().iter().flat_map(|waiting| self.waiting(waiting)).collect()
    }

    fn results(&self) -> Vec<Said> {
        let (mut lines, mut offers) = (Vec::new(), Vec::new());
        let mut briefs = briefs(self.outcome, self.language).into_iter();
        for found in self.outcome.instruments() {
            let title = self.instrument_title(found.instrument);
            let text = match &found.outcome {
                AssessmentOutcome::Done(outcome) => {
                    let result = briefs.next().map_or_else(String::new, |brief| brief.result);
                    let told = self.tongue.of_instrument(&title, &result);
                    let definition = outcome.instrument().definition();
                    let switched = outcome.settings().into_iter().map(|(setting, code)| Step::Switched { setting, code });
                    switched.fold(told, |told, step| format!("{told}{}{}", self.tongue.space(), sentence(&step, definition, self.language)))
                }
                AssessmentOutcome::Absent(reason) => self.tongue.not_done(&title, *reason),
                AssessmentOutcome::NotDone(Holds::Yes) if found.assessment.instead_of.is_none() => {
                    let reason = found.assessment.reason.as_ref().map(|reason| reason.get(self.language));
                    if !found.assessment.required {
                        offers.push(self.tongue.offer(&title, reason));
                        continue;
                    }
                    self.tongue.still_to_do(&title, reason)
                }
                AssessmentOutcome::NotDone(_) => continue,
            };
            lines.push(Said::plain(text));
        }
        let head = &self.outcome.pathway().definition().head;
        let switched = self.outcome.settings().into_iter().map(|(setting, code)| Step::Switched { setting, code });
        lines.extend(switched.map(|step| Said::plain(sentence(&step, head, self.language))));
        if !offers.is_empty() {
            lines.push(Said::plain(self.tongue.would_help(&offers)));
        }
        lines
    }

    /// What is different from last time: first where to, then the grades, then what began and what ended.
    fn since(&self, since: &Since<'_>) -> Vec<Said> {
        let then = since.earlier.routing.as_ref().map(|kind| self.kind(kind));
        let date = since.earlier.date.map(|date| date.to_string());
        let mut lines = vec![self.tongue.then(date.as_deref(), then.as_deref(), since.moved)];
        for (instrument, then, now) in &since.grades {
            let found = self.done().find(|outcome| outcome.instrument().definition().id.value == *instrument);
            let words = found.map(|outcome| super::Words { definition: outcome.instrument().definition(), language: self.language });
            let name = |grade: &str| words.as_ref().map_or_else(|| grade.to_owned(), |words| words.grade(grade).to_owned());
            lines.push(self.tongue.moved(&self.instrument_title(instrument), &name(then), &name(now)));
        }
        for kind in crate::pathway::COMPARED {
            let began: Vec<&str> =
                since.began.iter().filter(|clause| clause.kind == kind).map(|clause| clause.text.get(self.language)).collect();
            let ended = since.ended.iter().filter(|(list, _, _)| *list == kind);
            let ended: Vec<&str> =
                ended.map(|(_, id, clause)| clause.map_or(id.as_str(), |clause| clause.text.get(self.language))).collect();
            lines.extend((!began.is_empty()).then(|| self.tongue.began(kind, &began)));
            lines.extend((!ended.is_empty()).then(|| self.tongue.ended(kind, &ended)));
        }
        lines.push(if since.same_rules { self.tongue.same_rules() } else { self.tongue.other_rules() }.to_owned());
        lines.into_iter().map(Said::plain).collect()
    }

    fn priority(&self) -> Vec<Said> {
        let priority = self.outcome.priority();
        if priority.reasons.is_empty() && priority.points == Scored::Decided(rust_decimal::Decimal::ZERO) {
            return Vec::new();
        }
        let total = match &priority.points {
            Scored::Decided(points) => points.to_string(),
            Scored::Open(Some((low, high))) => format!("{low}–{high}"),
            Scored::Open(None) => "?".to_owned(),
        };
        let mut lines = vec![Said::plain(self.tongue.points(&total))];
        lines.extend(priority.reasons.iter().map(|(clause, points)| {
            let text = self.tongue.point(&points.to_string(), clause.text.get(self.language));
            Said::plain(self.sourced(&text, clause))
        }));
        lines
    }

    fn review(&self) -> Vec<Said> {
        let Some(review) = self.outcome.review() else { return Vec::new() };
        let due = review.due.map(|due| due.to_string());
        let text = self.tongue.review(review.days, due.as_deref(), review.clause.text.get(self.language));
        vec![Said::plain(self.sourced(&text, review.clause))]
    }

    fn differences(&self) -> Vec<Said> {
        let all = self.outcome.differences();
        all.iter()
            .map(|difference| {
                let gives = self.kind(difference.gives);
                let (what, now, needed) = match (difference.input, difference.result) {
                    (Some(item), _) => {
                        let word = |answer: &str| super::answer_word(item, answer, self.language);
                        (self.question(None, &item.id.value), word(&difference.now), word(&difference.needed))
                    }
                    (None, Some(result)) => self.result_words(result, &difference.now, &difference.needed),
                    (None, None) => (String::new(), difference.now.clone(), difference.needed.clone()),
                };
                Said::plain(self.tongue.if_instead(&what, &now, &needed, &gives))
            })
            .collect()
    }

    fn result_words(&self, result: &crate::plan::ResultField, now: &str, needed: &str) -> (String, String, String) {
        use crate::plan::ResultKind;
        let editions = self.outcome.pathway().instruments().get(result.assessment);
        let Some(instrument) = editions.and_then(|editions| editions.last()) else {
            return (String::new(), now.to_owned(), needed.to_owned());
        };
        let definition = instrument.definition();
        let words = super::Words { definition, language: self.language };
        let title = definition.title.get(self.language);
        let truth = |answer: &str| self.tongue.truth(answer == "true").to_owned();
        match &result.what {
            ResultKind::Grade | ResultKind::PreliminaryGrade => {
                (title.to_owned(), words.grade(now).to_owned(), words.grade(needed).to_owned())
            }
            ResultKind::Band(id) => {
                let set = definition.band_sets.iter().find(|set| set.id.value == *id);
                let label = |code: &str| set.map_or(code, |set| words.band(set, code)).to_owned();
                (title.to_owned(), label(now), label(needed))
            }
            ResultKind::Score(_) => (title.to_owned(), now.to_owned(), needed.to_owned()),
            ResultKind::Finding(id) => {
                let text = definition
                    .findings
                    .iter()
                    .find(|finding| finding.id.value == *id)
                    .map_or(id.as_str(), |finding| finding.text.get(self.language));
                (format!("{title}{}{text}", self.tongue.colon()), truth(now), truth(needed))
            }
            ResultKind::Alert(id) => {
                let text =
                    definition.alerts.iter().find(|alert| alert.id.value == *id).map_or(id.as_str(), |alert| alert.text.get(self.language));
                (format!("{title}{}{text}", self.tongue.colon()), truth(now), truth(needed))
            }
            ResultKind::Answer(id) | ResultKind::Points(id) => {
                let item = definition.items.iter().find(|item| item.id.value == *id);
                let word = |answer: &str| item.map_or_else(|| answer.to_owned(), |item| super::answer_word(item, answer, self.language));
                (format!("{title}{}{}", self.tongue.colon(), words.member(id)), word(now), word(needed))
            }
            ResultKind::Done => (title.to_owned(), truth(now), truth(needed)),
        }
    }

    fn sureness(&self) -> Vec<Said> {
        let mut lines = Vec::new();
        let kinds = ClauseKind::ALL.into_iter().filter(|kind| !matches!(kind, ClauseKind::Safeguard));
        let holding = kinds.flat_map(|kind| self.outcome.clauses(kind)).filter(|found| found.holds == Holds::Yes);
        let illustrative = holding.filter(|found| is_example(found.clause)).count();
        if illustrative > 0 {
            lines.push(Said::plain(self.tongue.illustrative(illustrative)));
        }
        lines.extend(self.outcome.pathway().bases().last().map(|first| Said::plain(self.tongue.unmarked(&first.full_name()))));
        let head = &self.outcome.pathway().definition().head;
        let heads = std::iter::once(head).chain(self.outcome.pathway().bases());
        for head in heads.filter(|head| head.provenance.status.value != "compared") {
            let note = head.provenance.note.as_ref().map(|note| note.get(self.language));
            let status = super::provenance_sentence(&head.provenance.status.value, self.language);
            lines.push(Said::plain(self.tongue.caution(&[head.title.get(self.language)], status, note)));
        }
        // The least sure part of an instrument speaks for it; what is the same of several is said once.
        let least = |outcome: &Outcome<'_>| {
            let doubts = outcome.explanation().into_iter().filter_map(|step| match step {
                Step::Doubted { provenance, .. } => LEAST_SURE_FIRST.iter().position(|status| *status == provenance.status.value),
                _ => None,
            });
            doubts.min()
        };
        let instruments: Vec<(Option<usize>, &str)> =
            self.done().map(|outcome| (least(outcome), outcome.instrument().definition().title.get(self.language))).collect();
        for (place, status) in LEAST_SURE_FIRST.into_iter().enumerate() {
            let titles: Vec<&str> = instruments.iter().filter(|(least, _)| *least == Some(place)).map(|(_, title)| *title).collect();
            if !titles.is_empty() {
                lines.push(Said::plain(self.tongue.caution(&titles, super::provenance_sentence(status, self.language), None)));
            }
        }
        lines
    }

    fn rules(&self) -> Vec<Said> {
        let head = &self.outcome.pathway().definition().head;
        let done = self.done().map(|outcome| outcome.instrument().definition());
        let used = std::iter::once(head).chain(self.outcome.pathway().bases()).chain(done);
        used.map(|used| Said::plain(format!("{}  sha256 {}", used.full_name(), used.hash.get(..12).unwrap_or(&used.hash)))).collect()
    }
}
