//! The answers that a field takes, each with how many it stands for. Absent reasons are not among them: proofs speak of complete sheets.

use rust_decimal::Decimal;

use super::NotDecided;
use super::count::Count;
use crate::definition::ItemType;
use crate::plan::{Field, State, Value};

/// More answers of one field than this are not told apart one by one.
const MOST_ANSWERS: u64 = 4_096;
/// The last minute of a day.
const LAST_MINUTE: u16 = 24 * 60 - 1;
/// More options of several choices than this are not tried set by set.
const MOST_OPTIONS: u32 = 12;

/// One answer, and how many answers it stands for.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) state: State,
    pub(super) weight: Count,
    /// Whether this is the field's being hidden.
    pub(super) hidden: bool,
}

/// The choices of a field, mildest first; being hidden, where that can be, comes last.
pub(super) fn choices(field: &Field, may_hide: bool) -> Result<Vec<Choice>, NotDecided> {
    let mut all: Vec<Choice> =
        answers(field)?.map(|(value, weight)| Choice { state: State::Known(value), weight, hidden: false }).collect();
    if may_hide {
        let state = field.otherwise.map_or(State::LeftOut, State::Known);
        all.push(Choice { state, weight: Count::ONE, hidden: true });
    }
    Ok(all)
}

/// The first answer of a field where nothing else is said, which is the mildest where its options are printed so: a setting's default, or the first one.
pub(crate) fn first_answer(field: &Field) -> Option<State> {
    let first = match field.default {
        Some(default) => default,
        None => answers(field).ok()?.next()?.0,
    };
    Some(State::Known(first))
}

/// Answers, each with how many it stands for, made one by one.
type Answers<'a> = Box<dyn Iterator<Item = (Value, Count)> + 'a>;

fn answers(field: &Field) -> Result<Answers<'_>, NotDecided> {
    let one = || Count::ONE;
    match field.kind {
        ItemType::Boolean => Ok(Box::new([false, true].into_iter().map(move |truth| (Value::Boolean(truth), one())))),
        ItemType::Choice => Ok(Box::new((0..field.choices).map(move |code| (Value::Code(code), one())))),
        ItemType::Choices if u32::from(field.choices) <= MOST_OPTIONS => {
            let fits = |set: &u64| set.count_ones() < 2 || set & field.exclusive == 0;
            Ok(Box::new((0..1_u64 << field.choices).filter(fits).map(move |set| (Value::Codes(set), one()))))
        }
        ItemType::Integer | ItemType::Decimal | ItemType::Time => numbers(field),
        ItemType::Text => Ok(Box::new(std::iter::once((Value::Text, one())))),
        _ => Err(NotDecided::Answers(field.id.clone())),
    }
}

/// The numbers of a field: one for each region that the rules tell apart, where they only compare; or else one by one.
fn numbers(field: &Field) -> Result<Answers<'_>, NotDecided> {
    let unbounded = || NotDecided::Numbers(field.id.clone());
    let (low, high) =
        if field.kind == ItemType::Time { (Decimal::ZERO, Decimal::from(LAST_MINUTE)) } else { field.range.ok_or_else(unbounded)? };
    let step = if matches!(field.kind, ItemType::Integer | ItemType::Time) {
        Decimal::ONE
    } else {
        field.step.filter(|step| *step > Decimal::ZERO).ok_or_else(unbounded)?
    };
    let place = |number: Decimal| ((number - low) / step).floor();
    let last = place(high);
    let whole = |number: Decimal| Count::from(u128::try_from(number).unwrap_or(0));
    let Some(regions) = &field.regions else {
        let count = u64::try_from(last + Decimal::ONE).map_err(|_| unbounded())?;
        if count > MOST_ANSWERS {
            return Err(unbounded());
        }
        let number = move |place: u64| Value::Number((low + step * Decimal::from(place)).normalize());
        return Ok(Box::new((0..count).map(move |place| (number(place), Count::ONE))));
    };
    // A region that holds a cut holds nothing else; one between two cuts holds everything between its neighbours.
    let places: Vec<Decimal> = regions.iter().map(|number| place(*number)).collect();
    let ends: Vec<Decimal> = places.iter().copied().skip(1).chain([last + Decimal::ONE]).collect();
    let held = move |(here, until): (Decimal, Decimal)| whole(until - here);
    Ok(Box::new(regions.iter().map(|number| Value::Number(number.normalize())).zip(places.into_iter().zip(ends).map(held))))
}
