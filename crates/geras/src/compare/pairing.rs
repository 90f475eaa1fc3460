//! Which question of one edition is which of the other: by id, kind of answer and options, or else by a mapping of answers. Counts nothing.

use rust_decimal::Decimal;

use crate::Instrument;
use crate::carry::{Mapping, Target};
use crate::definition::{ItemType, Role};
use crate::plan::{Field, FieldId, ScoringPlan, State, Value};

/// What a question of the second edition is to the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The same question. By our code its code there, where the codes are not the same in the same order.
    Shared(FieldId, Option<Vec<Option<u8>>>),
    /// Its answer follows from answers to the first edition, as far as they determine it.
    Carried(Carried),
    /// The first edition has nothing that answers it.
    Own,
}

/// How an answer follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carried {
    pub(crate) from: Vec<FieldId>,
    /// By the place of their answer the place of ours; none where it determines nothing. Without a table the answer is taken over.
    pub(crate) table: Option<Vec<Option<u8>>>,
    /// Whether all of it means the same.
    pub(crate) exact: bool,
    /// For an answer that is taken over: by the place of their code the place of ours.
    pub(crate) codes: Option<Vec<Option<u8>>>,
}

/// The questions of two editions.
#[derive(Debug, Clone)]
pub(crate) struct Pairing {
    /// By field of the second edition.
    pub(crate) origins: Vec<Origin>,
    /// Questions that are left out although both editions have one with this id, and why.
    pub(crate) apart: Vec<(String, Apart)>,
    /// Questions with two ids that the source gives one number.
    pub(crate) renamed: Vec<Renamed>,
}

/// One question under two ids, known by the number that the source prints before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Its id in the first edition.
    pub a: String,
    /// In the second.
    pub b: String,
    /// The source's number.
    pub code: String,
}

/// Why two questions with one id are not the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// They are answered in different ways, such as a number and an option.
    Kind,
    /// They have no option, or no number, in common.
    Nothing,
    /// Their options may be combined in different ways.
    Options,
    /// A setting that is not the same at its default.
    Default,
}

impl Pairing {
    /// Pairs the questions of two editions. Of two different instruments with a mapping, only the mapping says which questions agree.
    pub(crate) fn new(a: &Instrument, b: &Instrument, mapping: Option<&Mapping<'_>>) -> Self {
        let (from, to) = (a.plan(), b.plan());
        let by_id = mapping.is_none() || a.definition().id.value == b.definition().id.value;
        let mut pairing = Self { origins: Vec::new(), apart: Vec::new(), renamed: Vec::new() };
        for (place, field) in to.fields().iter().enumerate() {
            // Sets of options are taken over only where both number their options alike.
            let alike = |source: &FieldId| field.kind != ItemType::Choices || code_map(from, from.field(*source), to, field).is_none();
            let carried = mapping.and_then(|mapping| mapping.rules.iter().find(|rule| rule.to == FieldId(place)));
            let carried = carried.filter(|rule| rule.from.iter().all(alike));
            let same = from.field_id(&field.id).filter(|_| by_id || field.place == usize::MAX);
            let same = same.filter(|found| (from.field(*found).role == Role::Setting) == (field.role == Role::Setting));
            let shared = same.map(|found| shared(from, found, to, field));
            pairing.origins.push(match (shared, carried) {
                (Some(Ok(shared)), _) => shared,
                (_, Some(rule)) => {
                    let target = |target: &Target| if let Target::Option(place, _) = target { Some(*place) } else { None };
                    let exact = |target: &Target| !matches!(target, Target::Option(_, false));
                    let unchanged = matches!(&rule.entry.way, crate::carry::Way::Unchanged(how) if how.value);
                    let codes = rule.from.first().and_then(|source| code_map(from, from.field(*source), to, field));
                    Origin::Carried(Carried {
                        from: rule.from.clone(),
                        table: rule.table.as_ref().map(|table| table.iter().map(target).collect()),
                        exact: rule.from.len() == 1 && rule.table.as_ref().map_or(unchanged, |table| table.iter().all(exact)),
                        codes,
                    })
                }
                (Some(Err(why)), None) => {
                    pairing.apart.push((field.id.clone(), why));
                    Origin::Own
                }
                (None, None) => Origin::Own,
            });
        }
        if a.definition().id.value == b.definition().id.value {
            pairing.by_number(a, b);
        }
        pairing
    }

    /// Pairs the questions of two plans by their ids.
    pub(crate) fn of_plans(from: &ScoringPlan, to: &ScoringPlan) -> Self {
        let mut pairing = Self { origins: Vec::new(), apart: Vec::new(), renamed: Vec::new() };
        for field in to.fields() {
            let same = from.field_id(&field.id).filter(|found| (from.field(*found).role == Role::Setting) == (field.role == Role::Setting));
            pairing.origins.push(match same.map(|found| shared(from, found, to, field)) {
                Some(Ok(shared)) => shared,
                Some(Err(why)) => {
                    pairing.apart.push((field.id.clone(), why));
                    Origin::Own
                }
                None => Origin::Own,
            });
        }
        pairing
    }

    /// Pairs what is left over by the number that the source prints before a question, where only one question of each edition has it. Editions of one
    /// instrument only: elsewhere the same number stands before another question.
    fn by_number(&mut self, a: &Instrument, b: &Instrument) {
        let (from, to) = (a.plan(), b.plan());
        let numbered = |instrument: &Instrument, code: &str| {
            let mut with = instrument.definition().items.iter().filter(|item| item.code.as_deref() == Some(code));
            with.next().filter(|_| with.next().is_none()).map(|item| item.id.value.clone())
        };
        for (place, field) in to.fields().iter().enumerate() {
            if self.origins.get(place) != Some(&Origin::Own) || from.field_id(&field.id).is_some() {
                continue;
            }
            let item = b.definition().items.iter().find(|item| item.id.value == field.id);
            let Some(code) = item.and_then(|item| item.code.clone()) else { continue };
            let alone = numbered(b, &code).is_some();
            let Some(found) = numbered(a, &code).filter(|id| alone && to.field_id(id).is_none()) else { continue };
            let Some(source) = from.field_id(&found).filter(|source| !self.serves(*source)) else { continue };
            if let (Ok(origin), Some(slot)) = (shared(from, source, to, field), self.origins.get_mut(place)) {
                *slot = origin;
                self.renamed.push(Renamed { a: found, b: field.id.clone(), code });
            }
        }
    }

    /// The field of the second edition that is the same question as one of the first, with its codes as in [`Origin::Shared`].
    pub(crate) fn partner(&self, of: FieldId) -> Option<(FieldId, Option<&[Option<u8>]>)> {
        self.origins.iter().enumerate().find_map(|(place, origin)| match origin {
            Origin::Shared(from, codes) if *from == of => Some((FieldId(place), codes.as_deref())),
            _ => None,
        })
    }

    /// Whether an answer to a field of the first edition decides or serves anything of the second.
    pub(crate) fn serves(&self, field: FieldId) -> bool {
        self.origins.iter().any(|origin| match origin {
            Origin::Shared(from, _) => *from == field,
            Origin::Carried(carried) => carried.from.contains(&field),
            Origin::Own => false,
        })
    }

    /// The answers to the second edition that follow from those to the first. What does not follow is not answered; what is hidden in the first is
    /// not known in the second.
    pub(crate) fn translate(&self, answers: &[State], b: &ScoringPlan) -> Vec<State> {
        let known = |id: &FieldId| match answers.get(id.0) {
            Some(State::Known(value)) => Some(*value),
            _ => None,
        };
        let one = |(origin, field): (&Origin, &Field)| match origin {
            Origin::Shared(from, codes) => match answers.get(from.0) {
                Some(State::Known(value)) => match coded(*value, codes.as_deref()).filter(|value| fits(field, *value)) {
                    Some(value) => State::Known(value),
                    None => State::Blank,
                },
                Some(State::Absent(reason)) if field.absent.contains(reason) => State::Absent(*reason),
                _ => State::Blank,
            },
            Origin::Carried(carried) => {
                let values: Option<Vec<Value>> = carried.from.iter().map(known).collect();
                let answer = values.and_then(|values| carried.answer(&values, field));
                answer.map_or(State::Blank, State::Known)
            }
            Origin::Own => State::Blank,
        };
        let answered = self.origins.iter().zip(b.fields()).map(one);
        answered.zip(b.fields()).map(|(state, field)| if state == State::Blank { default(field) } else { state }).collect()
    }
}

/// A setting that nobody set has its default.
fn default(field: &Field) -> State {
    field.default.map_or(State::Blank, State::Known)
}

/// Whether a value is an answer of a field; the codes were looked after before.
fn fits(field: &Field, value: Value) -> bool {
    match (value, field.range) {
        (Value::Number(number), Some((low, high))) => number >= low && number <= high,
        _ => true,
    }
}

impl Carried {
    /// The answer that follows from known ones.
    pub(crate) fn answer(&self, values: &[Value], field: &Field) -> Option<Value> {
        let Some(table) = &self.table else { return coded(*values.first()?, self.codes.as_deref()) };
        let mut worst = 0;
        for value in values {
            let place = match value {
                Value::Code(code) => usize::from(*code),
                Value::Boolean(truth) => usize::from(*truth),
                _ => return None,
            };
            worst = worst.max(table.get(place).copied().flatten()?);
        }
        Some(if field.kind == ItemType::Boolean { Value::Boolean(worst == 1) } else { Value::Code(worst) })
    }
}

/// A value with its code as the other edition counts it; none where the other has no such code.
pub(crate) fn coded(value: Value, codes: Option<&[Option<u8>]>) -> Option<Value> {
    match (value, codes) {
        (Value::Code(code), Some(codes)) => codes.get(usize::from(code)).copied().flatten().map(Value::Code),
        _ => Some(value),
    }
}

/// By the place of each code of one field its place in the other; none where all codes stand at the same places.
fn code_map(from: &ScoringPlan, one: &Field, to: &ScoringPlan, other: &Field) -> Option<Vec<Option<u8>>> {
    let codes = |plan: &ScoringPlan, field: &Field| field.codes.map(|set| plan.codes(set).to_vec()).unwrap_or_default();
    let (ours, theirs) = (codes(from, one), codes(to, other));
    if ours == theirs {
        return None;
    }
    let place = |code: &String| theirs.iter().position(|known| known == code).and_then(|place| u8::try_from(place).ok());
    Some(ours.iter().map(place).collect())
}

fn shared(from: &ScoringPlan, found: FieldId, to: &ScoringPlan, field: &Field) -> Result<Origin, Apart> {
    let ours = from.field(found);
    if ours.kind != field.kind || (ours.role == Role::Entered) != (field.role == Role::Entered) {
        return Err(Apart::Kind);
    }
    let codes = code_map(from, ours, to, field);
    let none = codes.as_ref().is_some_and(|codes| codes.iter().all(Option::is_none));
    let apart = match field.kind {
        ItemType::Choice if none => Some(Apart::Nothing),
        ItemType::Choices if codes.is_some() || ours.exclusive != field.exclusive => Some(Apart::Options),
        ItemType::Integer | ItemType::Decimal if range(ours, field).is_none() => Some(Apart::Nothing),
        _ => None,
    };
    if let Some(apart) = apart {
        return Err(apart);
    }
    if field.role == Role::Setting && (codes.is_some() || ours.default != field.default) {
        return Err(Apart::Default);
    }
    Ok(Origin::Shared(found, codes))
}

/// The numbers that two fields have in common; the outer none where they have none, or stand on different grids.
pub(crate) fn range(one: &Field, other: &Field) -> Option<Option<(Decimal, Decimal)>> {
    if one.step != other.step {
        return None;
    }
    match (one.range, other.range) {
        (None, range) | (range, None) if one.step.is_none() => Some(range),
        (Some((low, high)), Some((lowest, highest))) => {
            let aligned = match one.step {
                Some(step) if step > Decimal::ZERO => ((low - lowest) % step).is_zero(),
                _ => true,
            };
            let both = (low.max(lowest), high.min(highest));
            (aligned && both.0 <= both.1).then_some(Some(both))
        }
        (None, None) => Some(None),
        _ => None,
    }
}
