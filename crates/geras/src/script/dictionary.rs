//! Every operator and function that scripts have, on exact decimals. Limits are not set here.
//!
//! INVARIANT: a whole number that fits is always kept as Rhai's integer, any other as a decimal, so that every whole number can count a loop or
//! pick a member of a list, however it was come by.

use std::any::TypeId;
use std::cmp::Ordering;

use rhai::{Array, Dynamic, Engine, EvalAltResult, INT, Position};
use rust_decimal::{Decimal, RoundingStrategy};

type Answer = Result<Dynamic, Box<EvalAltResult>>;

/// The most values that `min` and `max` take one by one; more go into a list. Rhai tries every mixture of types when it looks for a function, and
/// their number doubles with each value.
const MAX_VALUES: usize = 4;

/// The functions, with the fewest and the most values they take.
pub(super) const FUNCTIONS: [(&str, usize, usize); 12] = [
    ("min", 1, MAX_VALUES),
    ("max", 1, MAX_VALUES),
    ("abs", 1, 1),
    ("floor", 1, 1),
    ("ceiling", 1, 1),
    ("round", 2, 2),
    ("sum", 1, 1),
    ("len", 1, 1),
    ("contains", 2, 2),
    ("push", 2, 2),
    ("starts_with", 2, 2),
    ("ends_with", 2, 2),
];

pub(super) fn register(engine: &mut Engine) {
    for symbol in ["+", "-", "*", "/", "%"] {
        add(engine, symbol, 2, move |values| arithmetic(symbol, values));
    }
    for (symbol, base) in [("+=", "+"), ("-=", "-"), ("*=", "*"), ("/=", "/"), ("%=", "%")] {
        add(engine, symbol, 2, move |values| {
            let changed = arithmetic(base, values)?;
            if let [target, ..] = values {
                **target = changed;
            }
            Ok(Dynamic::UNIT)
        });
    }
    add_order(engine, "==", Ordering::is_eq);
    add_order(engine, "!=", Ordering::is_ne);
    add_order(engine, "<", Ordering::is_lt);
    add_order(engine, "<=", Ordering::is_le);
    add_order(engine, ">", Ordering::is_gt);
    add_order(engine, ">=", Ordering::is_ge);
    add(engine, "!", 1, |values| match values {
        [value] => value.as_bool().map(|truth| (!truth).into()).or_else(|_| fail(format!("`!` needs true or false, not {}", kind(value)))),
        _ => misused("!"),
    });
    add(engine, "-", 1, |values| match values {
        [number] => Ok(value(-wanted("-", number)?)),
        _ => misused("-"),
    });
    register_numbers(engine);
    register_lists_and_texts(engine);
}

fn register_numbers(engine: &mut Engine) {
    for count in 1..=MAX_VALUES {
        add(engine, "min", count, |values| extreme("min", values, Ordering::is_lt));
        add(engine, "max", count, |values| extreme("max", values, Ordering::is_gt));
    }
    add_change(engine, "abs", Decimal::abs);
    add_change(engine, "floor", Decimal::floor);
    add_change(engine, "ceiling", Decimal::ceil);
    add(engine, "round", 2, |values| {
        let [number, places] = values else { return misused("round") };
        let places = places.as_int().ok().and_then(|places| u32::try_from(places).ok()).filter(|places| *places <= 28);
        let Some(places) = places else { return fail("`round` needs a whole number of places from 0 to 28") };
        // Half away from zero, as people round by hand: 2.5 becomes 3, and -2.5 becomes -3.
        Ok(value(wanted("round", number)?.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)))
    });
}

fn register_lists_and_texts(engine: &mut Engine) {
    add(engine, "sum", 1, |values| {
        let [list] = values else { return misused("sum") };
        let Ok(members) = list.as_array_ref() else { return fail("`sum` needs a list of numbers") };
        let mut total = Decimal::ZERO;
        for member in members.iter() {
            total = total.checked_add(wanted("sum", member)?).map_or_else(|| Err(failure(TOO_BIG)), Ok)?;
        }
        Ok(value(total))
    });
    add(engine, "len", 1, |values| {
        let [counted] = values else { return misused("len") };
        let length = match (counted.as_array_ref(), counted.as_immutable_string_ref()) {
            (Ok(list), _) => list.len(),
            (_, Ok(text)) => text.chars().count(),
            _ => return fail(format!("`len` needs a list or a text, not {}", kind(counted))),
        };
        Ok(INT::try_from(length).unwrap_or(INT::MAX).into())
    });
    add(engine, "push", 2, |values| {
        let [list, member] = values else { return misused("push") };
        if list.is_read_only() {
            return fail("a list that is handed to the script cannot be changed");
        }
        let added = std::mem::take(*member);
        let Ok(mut members) = list.as_array_mut() else { return fail("`push` needs a list") };
        members.push(added);
        Ok(Dynamic::UNIT)
    });
    // `x in list` is a call of this one too.
    add(engine, "contains", 2, |values| {
        let [whole, part] = values else { return misused("contains") };
        if let Ok(members) = whole.as_array_ref() {
            for member in members.iter() {
                if compare(member, part)?.is_eq() {
                    return Ok(true.into());
                }
            }
            return Ok(false.into());
        }
        match (whole.as_immutable_string_ref(), part.as_immutable_string_ref()) {
            (Ok(text), Ok(piece)) => Ok(text.contains(piece.as_str()).into()),
            _ => fail(format!("{} cannot be looked for in {}", kind(part), kind(whole))),
        }
    });
    add_edge(engine, "starts_with", |text, edge| text.starts_with(edge));
    add_edge(engine, "ends_with", |text, edge| text.ends_with(edge));
}

fn add_order(engine: &mut Engine, symbol: &'static str, holds: fn(Ordering) -> bool) {
    add(engine, symbol, 2, move |values| {
        let [left, right] = values else { return misused(symbol) };
        if left.is_bool() && !matches!(symbol, "==" | "!=") {
            return fail("true and false have no order");
        }
        compare(left, right).map(|order| holds(order).into())
    });
}

fn add_change(engine: &mut Engine, name: &'static str, change: fn(&Decimal) -> Decimal) {
    add(engine, name, 1, move |values| match values {
        [number] => Ok(value(change(&wanted(name, number)?))),
        _ => misused(name),
    });
}

fn add_edge(engine: &mut Engine, name: &'static str, holds: fn(&str, &str) -> bool) {
    add(engine, name, 2, move |values| {
        let [text, edge] = values else { return misused(name) };
        match (text.as_immutable_string_ref(), edge.as_immutable_string_ref()) {
            (Ok(text), Ok(edge)) => Ok(holds(&text, &edge).into()),
            _ => fail(format!("`{name}` needs two texts")),
        }
    });
}

/// All values are taken as they come, so that Rhai never falls back on its own operator for some pair of kinds.
fn add(engine: &mut Engine, name: &str, values: usize, body: impl Fn(&mut [&mut Dynamic]) -> Answer + Send + Sync + 'static) {
    register_body(engine, name, values, Box::new(body));
}

/// What a function of scripts does with its values.
type Body = Box<dyn Fn(&mut [&mut Dynamic]) -> Answer + Send + Sync>;

/// Boxed, so that Rhai's side of it is compiled once and not for every function.
fn register_body(engine: &mut Engine, name: &str, values: usize, body: Body) {
    engine.register_raw_fn(name, vec![TypeId::of::<Dynamic>(); values], move |_, values| body(values));
}

/// The number in a value, if it is one.
pub(super) fn number(value: &Dynamic) -> Option<Decimal> {
    match value.as_int() {
        Ok(whole) => Some(Decimal::from(whole)),
        Err(_) => value.as_decimal().ok(),
    }
}

/// A number as scripts keep it.
pub(super) fn value(number: Decimal) -> Dynamic {
    if number.is_integer()
        && let Ok(whole) = INT::try_from(number)
    {
        return whole.into();
    }
    Dynamic::from_decimal(number.normalize())
}

const TOO_BIG: &str = "the result is too big a number";

fn arithmetic(symbol: &'static str, values: &mut [&mut Dynamic]) -> Answer {
    let [left, right] = values else { return misused(symbol) };
    if symbol == "+"
        && let (Ok(first), Ok(second)) = (left.as_immutable_string_ref(), right.as_immutable_string_ref())
    {
        return Ok((&*first + &*second).into());
    }
    // The common case, for speed; whatever does not fit is done again below.
    if let (Ok(first), Ok(second)) = (left.as_int(), right.as_int()) {
        let quick = match symbol {
            "+" => first.checked_add(second),
            "-" => first.checked_sub(second),
            "*" => first.checked_mul(second),
            _ => None,
        };
        if let Some(whole) = quick {
            return Ok(whole.into());
        }
    }
    let (first, second) = (wanted(symbol, left)?, wanted(symbol, right)?);
    if matches!(symbol, "/" | "%") && second.is_zero() {
        return fail("a number is divided by zero");
    }
    let result = match symbol {
        "+" => first.checked_add(second),
        "-" => first.checked_sub(second),
        "*" => first.checked_mul(second),
        "/" => first.checked_div(second),
        _ => first.checked_rem(second),
    };
    result.map(value).map_or_else(|| fail(TOO_BIG), Ok)
}

fn compare(left: &Dynamic, right: &Dynamic) -> Result<Ordering, Box<EvalAltResult>> {
    if let (Ok(first), Ok(second)) = (left.as_int(), right.as_int()) {
        return Ok(first.cmp(&second));
    }
    if let (Some(first), Some(second)) = (number(left), number(right)) {
        return Ok(first.cmp(&second));
    }
    if let (Ok(first), Ok(second)) = (left.as_immutable_string_ref(), right.as_immutable_string_ref()) {
        return Ok(first.as_str().cmp(second.as_str()));
    }
    if let (Ok(first), Ok(second)) = (left.as_bool(), right.as_bool()) {
        return Ok(first.cmp(&second));
    }
    Err(failure(format!("{} cannot be compared with {}", kind(left), kind(right))))
}

/// The least or greatest of some numbers, or of one list of them.
fn extreme(name: &'static str, values: &mut [&mut Dynamic], better: fn(Ordering) -> bool) -> Answer {
    let mut best: Option<Decimal> = None;
    let mut weigh = |number: Decimal| {
        if best.is_none_or(|best| better(number.cmp(&best))) {
            best = Some(number);
        }
    };
    match values {
        [list] if list.is_array() => {
            let members = list.as_array_ref().map_err(|_| failure("a list is wanted"))?;
            for member in members.iter() {
                weigh(wanted(name, member)?);
            }
        }
        several => {
            for member in several {
                weigh(wanted(name, member)?);
            }
        }
    }
    best.map(value).map_or_else(|| fail(format!("`{name}` of an empty list is not known")), Ok)
}

fn wanted(user: &str, value: &Dynamic) -> Result<Decimal, Box<EvalAltResult>> {
    number(value).ok_or_else(|| failure(format!("`{user}` needs a number, not {}", kind(value))))
}

/// What a value is, in words.
fn kind(value: &Dynamic) -> &'static str {
    match number(value) {
        Some(_) => "a number",
        None if value.is_bool() => "true or false",
        None if value.is_string() => "a text",
        None if value.is::<Array>() => "a list",
        None if value.is_unit() => "nothing",
        None => "a value of this kind",
    }
}

fn failure(message: impl Into<String>) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(message.into().into(), Position::NONE))
}

fn fail(message: impl Into<String>) -> Answer {
    Err(failure(message))
}

/// INVARIANT: Rhai calls a function only with as many values as it was registered with.
fn misused(name: &str) -> Answer {
    fail(format!("`{name}` was given the wrong number of values"))
}
