//! What moved between an earlier outcome and this one, by how much, which way, and why.

use rust_decimal::Decimal;

use super::earlier::{Earlier, Recorded, Results};
use super::split::Split;
use crate::assess::Outcome;
use crate::definition::{Date, Definition, Direction};

/// A person then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The earlier day, where it was recorded.
    pub since: Option<Date>,
    /// The scores, bands and grade that are not what they were, in the order of the definition; those that exist no more at the end.
    pub moved: Vec<Moved>,
    /// The answers that are not what they were: item, then, now.
    pub answers: Vec<(String, Option<String>, Option<String>)>,
    /// Settings that are not what they were: setting, then, now; none for the default.
    pub settings: Vec<(String, Option<String>, Option<String>)>,
}

/// What a result is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A score.
    Score,
    /// A band set.
    Band,
    /// The grade.
    Grade,
}

/// One result that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What it is of.
    pub subject: Subject,
    /// The id of the score or band set; `grade`.
    pub id: String,
    /// What it was; none where there was no such result.
    pub before: Option<Recorded>,
    /// What it is; none where there is no such result any more.
    pub after: Option<Recorded>,
    /// Points of a score, or steps of a grade towards the severe end.
    pub by: Option<Decimal>,
    /// Which way; none where that is not known.
    pub toward: Option<Toward>,
    /// Why.
    pub cause: Cause,
}

/// Which way a result moved, for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// More ability, or a milder grade.
    Better,
    /// Less ability, or a more severe grade.
    Worse,
}

/// Why a result moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The answers differ.
    Answers,
    /// The definition differs.
    Edition,
    /// Both have moved it.
    Both,
    /// It cannot be told.
    Untold,
}

impl Change {
    /// Compares what was recorded with what is.
    #[must_use]
    pub fn between(earlier: &Earlier, now: &Outcome<'_>, split: &Split<'_>) -> Self {
        let results = Results::of(now);
        let one_changed = match split {
            Split::NewAnswersOldRules(outcome) | Split::OldAnswersNewRules(outcome) => Some(Results::of(outcome)),
            Split::SameRules | Split::Untold(_) => None,
        };
        let definition = now.instrument().definition();
        let mut moved = Vec::new();
        let middle = one_changed.as_ref();
        compare(Subject::Score, &earlier.scores, &results.scores, middle.map(|middle| &middle.scores), split, &mut moved);
        compare(Subject::Band, &earlier.bands, &results.bands, middle.map(|middle| &middle.bands), split, &mut moved);
        let grade = |grade: &Option<Recorded>| grade.iter().map(|grade| ("grade".to_owned(), grade.clone())).collect::<Vec<_>>();
        let middle_grade = middle.map(|middle| grade(&middle.grade));
        compare(Subject::Grade, &grade(&earlier.grade), &grade(&results.grade), middle_grade.as_ref(), split, &mut moved);
        for one in &mut moved {
            (one.by, one.toward) = measure(one, definition);
        }
        let score_moves: Vec<(String, Option<Toward>)> =
            moved.iter().filter(|one| one.subject == Subject::Score).map(|one| (one.id.clone(), one.toward)).collect();
        for one in moved.iter_mut().filter(|one| one.subject == Subject::Band) {
            // A band moves with its score.
            let of = definition.band_sets.iter().find(|set| set.id.value == one.id).map(|set| &set.of.value);
            one.toward = score_moves.iter().find(|(id, _)| Some(id) == of).and_then(|(_, toward)| *toward);
        }
        let given =
            now.answers().given(now.instrument()).into_iter().map(|(id, answer)| (id.to_owned(), answer.word())).collect::<Vec<_>>();
        let settings = now.settings().into_iter().map(|(setting, code)| (setting.id.value.clone(), code.to_owned())).collect::<Vec<_>>();
        Self {
            since: earlier.date,
            moved,
            answers: differences(&earlier.answers, &given),
            settings: differences(&earlier.settings, &settings),
        }
    }
}

/// What differs between two lists by id: those of now first, then those that are there no more.
fn differences(then: &[(String, String)], now: &[(String, String)]) -> Vec<(String, Option<String>, Option<String>)> {
    let find = |list: &[(String, String)], id: &str| list.iter().find(|(known, _)| known == id).map(|(_, word)| word.clone());
    let gone = then.iter().filter(|(id, _)| find(now, id).is_none());
    let ids = now.iter().chain(gone).map(|(id, _)| id);
    ids.map(|id| (id.clone(), find(then, id), find(now, id))).filter(|(_, then, now)| then != now).collect()
}

type Named = [(String, Recorded)];

fn compare(subject: Subject, then: &Named, now: &Named, middle: Option<&Vec<(String, Recorded)>>, split: &Split<'_>, out: &mut Vec<Moved>) {
    let find = |list: &Named, id: &str| list.iter().find(|(known, _)| known == id).map(|(_, value)| value.clone());
    let gone = then.iter().filter(|(id, _)| find(now, id).is_none());
    for (id, _) in now.iter().chain(gone) {
        let (before, after) = (find(then, id), find(now, id));
        if before == after {
            continue;
        }
        let between = middle.and_then(|middle| find(middle, id));
        let cause = match split {
            Split::SameRules => Cause::Answers,
            Split::Untold(_) => Cause::Untold,
            Split::NewAnswersOldRules(_) => cause(between != before, between != after),
            Split::OldAnswersNewRules(_) => cause(between != after, between != before),
        };
        out.push(Moved { subject, id: id.clone(), before, after, by: None, toward: None, cause });
    }
}

const fn cause(answers: bool, edition: bool) -> Cause {
    match (answers, edition) {
        (true, false) => Cause::Answers,
        (false, true) => Cause::Edition,
        (true, true) => Cause::Both,
        (false, false) => Cause::Untold,
    }
}

/// By how much a score or grade moved, and which way.
fn measure(moved: &Moved, definition: &Definition) -> (Option<Decimal>, Option<Toward>) {
    let toward = |worse: bool| Some(if worse { Toward::Worse } else { Toward::Better });
    match (moved.subject, &moved.before, &moved.after) {
        (Subject::Score, Some(Recorded::Number(before)), Some(Recorded::Number(after))) => {
            let by = (*after - *before).normalize();
            let score = definition.scores.iter().find(|score| score.id.value == moved.id);
            let direction = score.and_then(|score| score.direction.as_ref().or(definition.direction.as_ref()));
            (Some(by), direction.and_then(|direction| toward((direction.value == Direction::HigherIsWorse) == (by > Decimal::ZERO))))
        }
        (Subject::Grade, Some(Recorded::Code(before)), Some(Recorded::Code(after))) => {
            let scale = definition.grade.as_ref().map_or(&[][..], |grade| &grade.scale);
            let place = |code: &str| scale.iter().position(|step| step.id.value == code).and_then(|place| i64::try_from(place).ok());
            let by = place(before).zip(place(after)).map(|(before, after)| after - before);
            (by.map(Decimal::from), by.and_then(|by| toward(by > 0)))
        }
        _ => (None, None),
    }
}
