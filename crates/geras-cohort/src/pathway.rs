//! Synthetic people on a pathway: their own facts, and a sheet for each assessment that was done, all of one severity. Judges nobody.

use std::fmt::Write as _;

use geras::Pathway;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};

use crate::cohort::{Cohort, SizeRefused, json};
use crate::draw::{Draw, Drawn, WHOLE, day};
use crate::likeness::PathwayLikeness;

/// Synthetic people on one pathway.
#[derive(Debug)]
pub struct PathwayCohort<'p> {
    own: Cohort<'p>,
    parts: Vec<Part<'p>>,
    dates: Option<(i32, i32)>,
    size: u64,
    seed: u64,
    digits: usize,
}

/// An assessment with those that may stand in its place: one of them is done.
#[derive(Debug)]
struct Part<'p> {
    choices: Vec<Assessed<'p>>,
}

#[derive(Debug)]
struct Assessed<'p> {
    /// The instrument's id in JSON, with the colon.
    key: String,
    /// Below it, it is done.
    done: u64,
    answers: Cohort<'p>,
}

/// A seed of its own for each assessment, so that no two of them draw the same.
fn seed_of(seed: u64, id: &str) -> u64 {
    id.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl<'p> PathwayCohort<'p> {
    /// People for a pathway. Without a likeness every answer is as likely as every other one, and every assessment is done; of those that may stand in
    /// each other's place one.
    ///
    /// # Errors
    /// The size is 0 or above [`crate::MOST_PEOPLE`].
    pub fn new(pathway: &'p Pathway, like: Option<&PathwayLikeness>, size: u64, seed: u64) -> Result<Self, SizeRefused> {
        let none = PathwayLikeness::default();
        let like = like.unwrap_or(&none);
        let own = Cohort::of_plan(pathway.plan(), Some(&like.own), size, seed)?;
        let mut parts: Vec<(&str, Part<'p>)> = Vec::new();
        for (place, (assessment, editions)) in pathway.definition().assessments.iter().zip(pathway.instruments()).enumerate() {
            let Some(instrument) = editions.last() else { continue };
            let stated = like.assessments.iter().find(|(known, _)| *known == place).map(|(_, stated)| stated);
            let id = assessment.id.value.as_str();
            let answers = Cohort::of_plan(instrument.plan(), stated.map(|stated| &stated.answers), size, seed_of(seed, id))?;
            let done = stated.and_then(|stated| stated.done).unwrap_or(WHOLE);
            let assessed = Assessed { key: format!("{}:", json(&instrument.definition().id.value)), done, answers };
            let leader = assessment.instead_of.as_ref().map_or(id, |leader| leader.value.as_str());
            match parts.iter_mut().find(|(known, _)| *known == leader) {
                Some((_, part)) => part.choices.push(assessed),
                None => parts.push((leader, Part { choices: vec![assessed] })),
            }
        }
        let parts = parts.into_iter().map(|(_, part)| part).collect();
        Ok(Self { own, parts, dates: like.own.dates, size, seed, digits: size.to_string().len() })
    }

    /// How many people there are.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Writes person `number` (from 1) as a line of JSON, with its end.
    pub fn line(&self, number: u64, out: &mut Vec<u8>) {
        let mut chance = ChaCha8Rng::seed_from_u64(seed_of(self.seed, "pathway"));
        chance.set_stream(number);
        let (severity, today) = (chance.next_u32(), chance.next_u32());
        let mut line = format!("{{\"id\":\"synthetic-{number:0width$}\",\"synthetic\":true", width = self.digits);
        if let Some((from, to)) = self.dates
            && let Drawn::Day(date) = Draw::Days(from, to).answer(|| today)
        {
            let _ = write!(line, ",\"date\":\"{}\"", day(date));
        }
        line.push_str(",\"answers\":{");
        self.own.drawn(number, severity, &mut line);
        for part in &self.parts {
            // The draws are taken whatever comes of them, so that a change of one assessment changes no other.
            let (which, done) = (u64::from(chance.next_u32()), u64::from(chance.next_u32()));
            let count = part.choices.len() as u64;
            let chosen = usize::try_from(which * count / WHOLE).ok().and_then(|place| part.choices.get(place));
            for assessed in &part.choices {
                let is_chosen = chosen.is_some_and(|chosen| chosen.key == assessed.key);
                if !is_chosen && count > 1 {
                    continue;
                }
                if !line.ends_with('{') {
                    line.push(',');
                }
                line.push_str(&assessed.key);
                if done < assessed.done {
                    line.push('{');
                    assessed.answers.drawn(number, severity, &mut line);
                    line.push('}');
                } else {
                    line.push_str("{\"absent\":\"not_asked\"}");
                }
            }
        }
        line.push_str("}}\n");
        out.extend_from_slice(line.as_bytes());
    }
}
