//! Whether worse answers ever give a milder result: proved, or refuted with a pair of sheets that differ in one answer. Reads no claim.

use super::NotDecided;
use super::domain::{choices, first_answer};
use super::example::{complete, value_on};
use super::given::Given;
use super::leaf::Leaf;
use super::proof::Subject;
use super::tally::Tallies;
use super::worsen::{Apart, Move, Shift, Worsening};
use crate::definition::{Definition, Direction, ItemType, Role};
use crate::plan::{Considered, Field, FieldId, NodeId, Purpose, ScoringPlan, State, Value};
use crate::sort::{sort, sort_by_key};

/// Refuting pairs of one question that are made small; the others of it are not looked at.
const MOST_MADE_SMALL: usize = 8;

/// Whether a result only gets more severe with worse answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monotony {
    /// The score or the grade.
    pub subject: Subject,
    /// The fields whose answers were made worse, one step at a time.
    pub fields: Vec<FieldId>,
    /// Fields on which the result depends although nobody says which of their answers is worse: facts about the person, days, exceptions.
    pub left_aside: Vec<FieldId>,
    /// What came of it.
    pub outcome: Ordered,
}

/// How a question of order was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ordered {
    /// Worse answers never give a milder result, on no pair of complete sheets.
    NeverMilder,
    /// They do: for each field that can do it the smallest pair that was found, smallest first.
    SometimesMilder(Vec<Milder>),
    /// Why it could not be decided.
    NotDecided(NotDecided),
}

/// Two sheets that differ in one answer, of which the worse one gives the milder result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milder {
    /// The field whose answer differs.
    pub field: FieldId,
    /// Its better answer.
    pub better: State,
    /// Its worse answer.
    pub worse: State,
    /// The sheet with the better answer.
    pub sheet: Vec<State>,
    /// The sheet with the worse answer. Questions that only it shows are answered so that its result is milder.
    pub other: Vec<State>,
    /// The result of the first sheet.
    pub before: Value,
    /// The milder result with the worse answer.
    pub after: Value,
}

impl Milder {
    /// The other answers that are not the first ones, as an author writes them.
    #[must_use]
    pub fn around<'p>(&self, plan: &'p ScoringPlan) -> Vec<(&'p str, String)> {
        let told = |(field, (one, two)): (&'p Field, (&State, &State))| {
            let state = if *one == State::Blank { two } else { one };
            let changed = plan.field_id(&field.id) == Some(self.field);
            (!changed && *state != State::Blank && first_answer(field) != Some(*state))
                .then(|| (field.id.as_str(), plan.answer_text(field, *state)))
        };
        plan.fields().iter().zip(self.sheet.iter().zip(&self.other)).filter_map(told).collect()
    }

    /// How many answers of either sheet, beside the one that differs, are not the first ones.
    #[must_use]
    pub fn size(&self, plan: &ScoringPlan) -> usize {
        let unlike = |(place, field): (usize, &Field)| {
            let states = [self.sheet.get(place), self.other.get(place)];
            place != self.field.place()
                && states.into_iter().flatten().any(|state| *state != State::Blank && Some(*state) != first_answer(field))
        };
        plan.fields().iter().enumerate().filter(|field| unlike(*field)).count()
    }
}

/// Whether worse answers ever give a milder score or grade. The mildest option stands first, `true` is worse than `false`, and a higher number is worse,
/// unless it is said otherwise; of several choices one more is worse. Settings have their defaults. None for other subjects, and for scores without direction.
#[must_use]
pub fn monotony(definition: &Definition, plan: &ScoringPlan, subject: Subject, considered: &Considered) -> Option<Monotony> {
    let (node, worse_is_higher) = match subject {
        Subject::Grade => (plan.find(Purpose::Grade)?, true),
        Subject::Score(place) => {
            let score = definition.scores.get(place)?;
            let direction = score.direction.as_ref().or(definition.direction.as_ref())?.value;
            (plan.find(Purpose::Score(place))?, direction == Direction::HigherIsWorse)
        }
        _ => return None,
    };
    let tallies = Tallies::new(plan, Given::defaults(plan));
    let all = tallies.fields_of(node).as_slice().to_vec();
    let ordered = |id: &FieldId| {
        let field = plan.field(*id);
        let asked = field.role == Role::Item || considered.also.contains(id);
        asked && !considered.except.contains(id) && !matches!(field.kind, ItemType::Date | ItemType::Time | ItemType::Text)
    };
    let (fields, left_aside): (Vec<FieldId>, Vec<FieldId>) = all.into_iter().partition(ordered);
    let outcome = Question { plan, node, worse_is_higher }.asked(tallies, &fields, &considered.reversed);
    Some(Monotony { subject, fields, left_aside, outcome })
}

struct Question<'a> {
    plan: &'a ScoringPlan,
    node: NodeId,
    worse_is_higher: bool,
}

impl<'a> Question<'a> {
    fn asked(&self, tallies: Tallies<'a>, fields: &[FieldId], reversed: &[FieldId]) -> Ordered {
        let mut found: Vec<Milder> = Vec::new();
        let mut worsening = Worsening::new(tallies);
        for field in fields {
            let moves = match moves(self.plan.field(*field), reversed.contains(field)) {
                Ok(moves) => moves,
                Err(reason) => return Ordered::NotDecided(reason),
            };
            match worsening.shifts(*field, &moves, self.node, Apart::Direction) {
                Ok(all) => match self.smallest(*field, &all) {
                    Ok(milder) => found.extend(milder),
                    Err(reason) => return Ordered::NotDecided(reason),
                },
                Err(reason) => return Ordered::NotDecided(reason),
            }
        }
        if found.is_empty() {
            return Ordered::NeverMilder;
        }
        sort_by_key(&mut found, |milder| (milder.size(self.plan), milder.field));
        Ordered::SometimesMilder(found)
    }

    fn milder(&self, before: Value, after: Value) -> bool {
        if self.worse_is_higher { after < before } else { after > before }
    }

    /// The smallest of the pairs that refute, for one field.
    fn smallest(&self, field: FieldId, all: &[Shift]) -> Result<Option<Milder>, NotDecided> {
        let value = |leaf: &Leaf| leaf.value();
        let refutes = |shift: &&Shift| value(&shift.before).zip(value(&shift.after)).is_some_and(|(one, two)| self.milder(one, two));
        let refuting: Vec<&Shift> = all.iter().filter(refutes).take(MOST_MADE_SMALL).collect();
        let small = refuting.iter().filter_map(|shift| self.made_small(field, shift)).min_by_key(|milder| milder.size(self.plan));
        if small.is_none() && !refuting.is_empty() {
            let id = self.plan.name_of(field);
            return Err(NotDecided::NoPair(id.to_owned()));
        }
        Ok(small)
    }

    /// The same pair with as many answers as possible put back to the first one.
    fn made_small(&self, field: FieldId, shift: &Shift) -> Option<Milder> {
        let mut answers = Vec::new();
        shift.rest.gather(&mut answers);
        answers.retain(|(other, _)| *other != field);
        let mut pair = self.pair(field, shift.moved, &answers)?;
        let mut at = 0;
        while at < answers.len() {
            let mut fewer = answers.clone();
            fewer.remove(at);
            match self.pair(field, shift.moved, &fewer) {
                Some(smaller) => (answers, pair) = (fewer, smaller),
                None => at += 1,
            }
        }
        Some(pair)
    }

    /// The two sheets around some answers, if the worse one is milder.
    fn pair(&self, field: FieldId, (better, worse): Move, answers: &[(FieldId, State)]) -> Option<Milder> {
        let with = |state: State| {
            let all: Vec<(FieldId, State)> = answers.iter().copied().chain([(field, state)]).collect();
            complete(self.plan, &all)
        };
        let (sheet, other) = (with(better), with(worse));
        let before = value_on(self.plan, &sheet, self.node)?;
        let after = value_on(self.plan, &other, self.node)?;
        self.milder(before, after).then_some(Milder { field, better, worse, sheet, other, before, after })
    }
}

/// The steps from each answer of a field to the next worse one.
fn moves(field: &Field, reversed: bool) -> Result<Vec<Move>, NotDecided> {
    let states: Vec<State> = choices(field, false)?.into_iter().map(|choice| choice.state).collect();
    let mut moves: Vec<Move> = match field.kind {
        ItemType::Choices => {
            let mut known: Vec<u64> = states.iter().filter_map(|state| codes(*state)).collect();
            sort(&mut known);
            let one_more = |set: u64| (0..field.choices).map(move |bit| (set, set | 1 << bit)).filter(|(set, more)| set != more);
            let real = known.iter().flat_map(|set| one_more(*set)).filter(|(_, more)| known.binary_search(more).is_ok());
            real.map(|(set, more)| (State::Known(Value::Codes(set)), State::Known(Value::Codes(more)))).collect()
        }
        _ => states.windows(2).filter_map(|two| if let [one, two] = two { Some((*one, *two)) } else { None }).collect(),
    };
    if reversed {
        moves = moves.into_iter().map(|(one, two)| (two, one)).collect();
    }
    Ok(moves)
}

fn codes(state: State) -> Option<u64> {
    if let State::Known(Value::Codes(codes)) = state { Some(codes) } else { None }
}
