//! How many sheets there are: a whole number of any size, counted exactly. Knows no fractions and nothing below zero.

use std::cmp::Ordering;
use std::fmt::{Debug, Display, Formatter, Result};
use std::iter::{Product, Sum};
use std::ops::{AddAssign, Mul, SubAssign};

/// A whole number from zero on, without a greatest one.
// INVARIANT: what fits is held as `Few`, so that equal numbers are held alike.
#[derive(Clone, PartialEq, Eq)]
pub struct Count(Held);

#[derive(Clone, PartialEq, Eq)]
enum Held {
    Few(u64),
    /// By nine decimal digits, the last ones first; the first digits are not zero.
    Many(Vec<u64>),
}

/// What nine digits can hold, and one more.
const BASE: u64 = 1_000_000_000;

impl Count {
    /// None at all.
    pub const ZERO: Self = Self(Held::Few(0));

    /// One.
    pub const ONE: Self = Self(Held::Few(1));

    fn parts(&self) -> Vec<u64> {
        match &self.0 {
            Held::Few(few) => parts_of(u128::from(*few)),
            Held::Many(parts) => parts.clone(),
        }
    }

    fn of_parts(mut parts: Vec<u64>) -> Self {
        while parts.last() == Some(&0) {
            parts.pop();
        }
        let few = parts.iter().rev().try_fold(0_u64, |few, part| few.checked_mul(BASE)?.checked_add(*part));
        Self(few.map_or(Held::Many(parts), Held::Few))
    }

    /// How often `part` is in it; nothing is in it no time.
    pub(super) fn times(&self, part: &Self) -> u64 {
        let fits = |times: u64| part * &Self::from(times) <= *self;
        if *part == Self::ZERO {
            return 0;
        }
        (0..u64::BITS).rev().map(|bit| 1 << bit).fold(0, |times, bit| if fits(times | bit) { times | bit } else { times })
    }
}

impl Default for Count {
    fn default() -> Self {
        Self::ZERO
    }
}

fn parts_of(mut number: u128) -> Vec<u64> {
    let mut parts = Vec::new();
    while number > 0 {
        parts.push(u64::try_from(number % u128::from(BASE)).unwrap_or_default());
        number /= u128::from(BASE);
    }
    parts
}

impl From<u64> for Count {
    fn from(few: u64) -> Self {
        Self(Held::Few(few))
    }
}

impl From<usize> for Count {
    fn from(few: usize) -> Self {
        Self::from(few as u64)
    }
}

impl From<u128> for Count {
    fn from(number: u128) -> Self {
        Self::of_parts(parts_of(number))
    }
}

impl PartialOrd for Count {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Count {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Held::Few(one), Held::Few(two)) => one.cmp(two),
            (Held::Few(_), Held::Many(_)) => Ordering::Less,
            (Held::Many(_), Held::Few(_)) => Ordering::Greater,
            (Held::Many(one), Held::Many(two)) => one.len().cmp(&two.len()).then_with(|| one.iter().rev().cmp(two.iter().rev())),
        }
    }
}

impl AddAssign<&Self> for Count {
    fn add_assign(&mut self, other: &Self) {
        if let (Held::Few(one), Held::Few(two)) = (&self.0, &other.0)
            && let Some(sum) = one.checked_add(*two)
        {
            self.0 = Held::Few(sum);
            return;
        }
        let (mut sum, added) = (self.parts(), other.parts());
        sum.resize(sum.len().max(added.len()) + 1, 0);
        let mut carried = 0;
        for (place, part) in sum.iter_mut().enumerate() {
            let here = *part + added.get(place).copied().unwrap_or(0) + carried;
            (*part, carried) = (here % BASE, here / BASE);
        }
        *self = Self::of_parts(sum);
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        *self += &other;
    }
}

/// What would be less than nothing is nothing.
impl SubAssign<&Self> for Count {
    fn sub_assign(&mut self, other: &Self) {
        if *self <= *other {
            *self = Self::ZERO;
            return;
        }
        if let (Held::Few(one), Held::Few(two)) = (&self.0, &other.0) {
            self.0 = Held::Few(one.saturating_sub(*two));
            return;
        }
        let (mut rest, taken) = (self.parts(), other.parts());
        let mut borrowed = 0;
        for (place, part) in rest.iter_mut().enumerate() {
            let less = taken.get(place).copied().unwrap_or(0) + borrowed;
            borrowed = u64::from(*part < less);
            *part = *part + borrowed * BASE - less;
        }
        *self = Self::of_parts(rest);
    }
}

impl Mul for &Count {
    type Output = Count;

    fn mul(self, other: Self) -> Count {
        if let (Held::Few(one), Held::Few(two)) = (&self.0, &other.0)
            && let Some(product) = one.checked_mul(*two)
        {
            return Count(Held::Few(product));
        }
        let (one, two) = (self.parts(), other.parts());
        let mut product = vec![0; one.len() + two.len()];
        for (place, factor) in one.iter().enumerate() {
            let mut carried = 0;
            // Behind the last part of the other factor only what was carried is left.
            for (part, other) in product.iter_mut().skip(place).zip(two.iter().chain([&0])) {
                let here = *part + factor * other + carried;
                (*part, carried) = (here % BASE, here / BASE);
            }
        }
        Count::of_parts(product)
    }
}

impl<'a> Sum<&'a Self> for Count {
    fn sum<I: Iterator<Item = &'a Self>>(all: I) -> Self {
        let mut sum = Self::ZERO;
        all.for_each(|one| sum += one);
        sum
    }
}

impl<'a> Product<&'a Self> for Count {
    fn product<I: Iterator<Item = &'a Self>>(all: I) -> Self {
        let mut product = Self::ONE;
        all.for_each(|one| product = &product * one);
        product
    }
}

impl Display for Count {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match &self.0 {
            Held::Few(few) => write!(out, "{few}"),
            Held::Many(parts) => {
                let mut rest = parts.iter().rev();
                rest.next().map_or(Ok(()), |first| write!(out, "{first}"))?;
                rest.try_for_each(|part| write!(out, "{part:09}"))
            }
        }
    }
}

impl Debug for Count {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        Display::fmt(self, out)
    }
}
