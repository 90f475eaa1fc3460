//! What each assessment of a pathway came to, in a few words and as a stretch from mild to severe, for a line and for a bar of a chart. Draws nothing.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::pathway_words::Tongue;
use super::{Words, domain_words};
use crate::assess::{BandOutcome, Coded, Outcome, ScoreOutcome, Scored};
use crate::definition::{Direction, Form};
use crate::pathway::{AssessmentOutcome, PathwayOutcome};
use crate::plan::ResultKind;

/// One result in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The domain of the instrument in words; empty for a part of it.
    pub domain: String,
    /// The name of the instrument or of its part.
    pub title: String,
    /// What came out: the grade, the band with its number, or the number.
    pub result: String,
    /// From the mildest (0) to the most severe (1000): where the result lies, or the ends between which it still can; none where no range is known.
    pub severity: Option<(u16, u16)>,
    /// The parts of the instrument, each with a score of its own.
    pub parts: Vec<Self>,
}

/// Every assessment that was done, in the author's order.
#[must_use]
pub fn briefs(outcome: &PathwayOutcome<'_>, language: &str) -> Vec<Brief> {
    let read = |assessment: usize| {
        let results = outcome.pathway().plan().results.iter().filter(move |result| result.assessment == assessment);
        results.filter_map(|result| if let ResultKind::Band(set) = &result.what { Some(set.as_str()) } else { None }).next()
    };
    let done = outcome.instruments().iter().enumerate().filter_map(|(place, found)| match &found.outcome {
        AssessmentOutcome::Done(result) => {
            Some(Briefer { outcome: result, read: read(place), language, tongue: Tongue::of(language) }.brief())
        }
        _ => None,
    });
    done.collect()
}

struct Briefer<'o, 'i> {
    outcome: &'o Outcome<'i>,
    /// The band set that the pathway looks at.
    read: Option<&'o str>,
    language: &'o str,
    tongue: Tongue,
}

impl<'i> Briefer<'_, 'i> {
    fn brief(&self) -> Brief {
        let definition = self.outcome.instrument().definition();
        let score = self.score();
        let severity = self.grade_severity().or_else(|| self.severity(score.as_ref()?));
        Brief {
            domain: capitalised(domain_words(&definition.domain.value, self.language)),
            title: definition.title.get(self.language).to_owned(),
            result: self.result(score.as_ref()),
            severity,
            parts: self.parts(),
        }
    }

    fn words(&self) -> Words<'_> {
        Words { definition: self.outcome.instrument().definition(), language: self.language }
    }

    fn result(&self, score: Option<&ScoreOutcome<'i>>) -> String {
        let words = self.words();
        if let Some(grade) = self.outcome.grade() {
            return self.coded(&grade, |code| words.grade(code).to_owned());
        }
        let number = score.map(|found| match &found.number {
            Scored::Decided(number) => number.normalize().to_string(),
            Scored::Open(Some((low, high))) => format!("{}–{}", low.normalize(), high.normalize()),
            Scored::Open(None) => "?".to_owned(),
        });
        let unit = if score.is_some_and(|found| found.score.unit.as_deref() == Some("%")) { "%" } else { "" };
        match (self.band(), number) {
            (Some(found), Some(number)) => {
                self.tongue.in_brackets(&self.coded(&found.band, |code| words.band(found.set, code).to_owned()), &number)
            }
            (Some(found), None) => self.coded(&found.band, |code| words.band(found.set, code).to_owned()),
            (None, Some(number)) => format!("{number}{unit}"),
            (None, None) => String::new(),
        }
    }

    fn coded(&self, coded: &Coded<'_>, name: impl Fn(&str) -> String) -> String {
        match coded {
            Coded::Decided(code) => name(code),
            Coded::Open(codes) => self.tongue.open_between(&codes.iter().map(|code| name(code)).collect::<Vec<_>>()),
        }
    }

    /// The band that counts: in the set that the pathway looks at, or else the one of the total, or the last of the sets that are a score's own.
    fn band(&self) -> Option<BandOutcome<'i>> {
        let bands: Vec<BandOutcome<'i>> = self.outcome.bands().collect();
        let named = |id: &str| bands.iter().find(|found| found.set.id.value == id).cloned();
        let own = || bands.iter().rfind(|found| found.set.id.value == found.set.of.value).cloned();
        self.read.and_then(named).or_else(|| named("total")).or_else(own)
    }

    /// The number that counts: the total, or else what the band is cut from, or the last score.
    fn score(&self) -> Option<ScoreOutcome<'i>> {
        let named = |id: &str| self.outcome.scores().find(|found| found.score.id.value == id);
        named("total").or_else(|| named(&self.band()?.set.of.value)).or_else(|| self.outcome.scores().last())
    }

    fn grade_severity(&self) -> Option<(u16, u16)> {
        let scale = &self.outcome.instrument().definition().grade.as_ref()?.scale;
        let most = Decimal::from(scale.len().saturating_sub(1).max(1));
        let place = |id: &&str| scale.iter().position(|step| step.id.value == *id).map(Decimal::from);
        let places: Vec<Decimal> = match self.outcome.grade()? {
            Coded::Decided(id) => place(&id).into_iter().collect(),
            Coded::Open(ids) => ids.iter().filter_map(place).collect(),
        };
        let (low, high) = (places.iter().min()?, places.iter().max()?);
        Some((share(*low, Decimal::ZERO, most, true), share(*high, Decimal::ZERO, most, true)))
    }

    fn severity(&self, found: &ScoreOutcome<'i>) -> Option<(u16, u16)> {
        let definition = self.outcome.instrument().definition();
        let (low, high) = self.outcome.instrument().reachable(&found.score.id.value)?;
        let way = found.score.direction.as_ref().or(definition.direction.as_ref());
        let worse = way.is_none_or(|way| way.value == Direction::HigherIsWorse);
        let (from, to) = match &found.number {
            Scored::Decided(number) => (*number, *number),
            Scored::Open(ends) => ends.unwrap_or((low, high)),
        };
        let (from, to) = (share(from, low, high, worse), share(to, low, high, worse));
        Some((from.min(to), from.max(to)))
    }

    /// The scores that stand for one section each.
    fn parts(&self) -> Vec<Brief> {
        let definition = self.outcome.instrument().definition();
        let scores: Vec<ScoreOutcome<'i>> = self.outcome.scores().collect();
        let of_section = |section: &str| {
            scores.iter().find(
                |found| matches!(&found.score.form.value, Form::Sum { of, .. } if matches!(of.as_slice(), [only] if only.value == section)),
            )
        };
        let named = definition.sections.iter().filter_map(|section| {
            let found = of_section(&section.id.value)?;
            let (low, high) = self.outcome.instrument().reachable(&found.score.id.value)?;
            let result = match &found.number {
                Scored::Decided(number) => format!("{} ({}–{})", number.normalize(), low.normalize(), high.normalize()),
                Scored::Open(_) => self.tongue.open_between(&[]),
            };
            let title = section.title.get(self.language).to_owned();
            Some(Brief { domain: String::new(), title, result, severity: self.severity(found), parts: Vec::new() })
        });
        let parts: Vec<Brief> = named.collect();
        if parts.len() > 1 { parts } else { Vec::new() }
    }
}

fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// How far a number lies towards the severe end of its range, in thousandths.
fn share(number: Decimal, low: Decimal, high: Decimal, higher_is_worse: bool) -> u16 {
    let share = if high > low { (number - low) / (high - low) * Decimal::ONE_THOUSAND } else { Decimal::ZERO };
    let share = share.round().to_u16().unwrap_or(0).min(1000);
    if higher_is_worse { share } else { 1000 - share }
}
