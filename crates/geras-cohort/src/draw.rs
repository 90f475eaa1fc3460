//! From a random whole number to an answer. Shares are thresholds on a scale of 2^32; nothing here is a float.

use geras::definition::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Everything that a draw of 32 bits can be.
pub(crate) const WHOLE: u64 = 1 << 32;

/// How the answers to one question are spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Draw {
    /// One of several, by cumulated thresholds; the last is the whole.
    One(Vec<u64>),
    /// Each of several by its own threshold; the exclusive one where none is drawn.
    Several(Vec<u64>, Option<u8>),
    /// A number on a grid: the places reached at thresholds, with straight lines between.
    Grid(Grid),
    /// A day between two.
    Days(i32, i32),
    /// No answer.
    Nothing,
}

/// A grid of numbers, and how high on it a draw comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) low: Decimal,
    pub(crate) step: Decimal,
    /// Thresholds with places on the grid, both ascending, from 0 to the whole.
    pub(crate) points: Vec<(u64, i64)>,
    /// Whether all places between two points are equally likely, both ends included; else the place is that of the line, rounded.
    pub(crate) even: bool,
}

/// An answer that was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    Place(usize),
    Set(u64),
    Number(Decimal),
    Day(i32),
    Nothing,
}

/// A share from 0 to 1 as a threshold.
pub(crate) fn threshold(share: Decimal) -> u64 {
    (share * Decimal::from(WHOLE)).floor().to_u64().unwrap_or(0).min(WHOLE)
}

/// Equal shares for so many answers.
pub(crate) fn even(count: usize) -> Vec<u64> {
    let count = count as u64;
    (1..=count).map(|place| if place == count { WHOLE } else { WHOLE / count * place }).collect()
}

impl Draw {
    /// The answer; one draw for each option of several choices, one for all other answers.
    pub(crate) fn answer(&self, mut draw: impl FnMut() -> u32) -> Drawn {
        if let Self::Several(thresholds, exclusive) = self {
            let mut set = 0_u64;
            for (bit, threshold) in thresholds.iter().enumerate() {
                // High draws are severe ones: they bring the sign about.
                set |= u64::from(WHOLE - 1 - u64::from(draw()) < *threshold) << bit.min(63);
            }
            return Drawn::Set(if set == 0 { exclusive.map_or(0, |bit| 1 << bit) } else { set });
        }
        let draw = u64::from(draw());
        match self {
            Self::One(thresholds) => Drawn::Place(thresholds.partition_point(|threshold| *threshold <= draw)),
            Self::Grid(grid) => Drawn::Number(grid.number(draw)),
            Self::Days(from, to) => {
                let days = u64::try_from(i64::from(*to) - i64::from(*from) + 1).unwrap_or(1);
                Drawn::Day(from.saturating_add(i32::try_from((draw * days) >> 32).unwrap_or(0)))
            }
            Self::Several(..) | Self::Nothing => Drawn::Nothing,
        }
    }
}

impl Grid {
    fn number(&self, draw: u64) -> Decimal {
        let behind = self.points.partition_point(|(threshold, _)| *threshold <= draw).min(self.points.len().saturating_sub(1)).max(1);
        let (Some((from, low)), Some((to, high))) = (self.points.get(behind - 1), self.points.get(behind)) else { return self.low };
        let (part, whole) = (i128::from(draw.saturating_sub(*from)), i128::from(to.saturating_sub(*from)).max(1));
        let span = i128::from(high - low);
        let place = if self.even { part * (span + 1) / whole } else { (part * span + whole / 2) / whole };
        let place = i128::from(*low) + place.clamp(0, span);
        (self.low + self.step * Decimal::from_i128_with_scale(place, 0)).normalize()
    }
}

/// A day as it is written.
pub(crate) fn day(number: i32) -> String {
    Date::from_day_number(number).map_or_else(String::new, |date| date.to_string())
}
