//! Large counts and their shares as people read them: exact as long as they are short, never a binary fraction.

use super::count::Count;

/// Up to this many digits a count is written in full.
const MOST_DIGITS: usize = 15;

/// A count: in full with its thousands apart, or as `2.37 x 10^41` where it is long.
#[must_use]
pub fn digits(count: &Count) -> String {
    let all = count.to_string();
    if all.len() > MOST_DIGITS {
        return format!("{}.{} × 10^{}", all.get(..1).unwrap_or_default(), all.get(1..3).unwrap_or_default(), all.len() - 1);
    }
    let first = all.len() % 3;
    let mut out = String::new();
    for (place, digit) in all.chars().enumerate() {
        if place > 0 && place % 3 == first {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A part of a whole in millionths of a percent, rounded half up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    millionths: u64,
    nothing: bool,
    everything: bool,
}

/// As many millionths of a percent are the whole.
const WHOLE: u64 = 100_000_000;

impl Share {
    /// What part of `all` a count is. Of nothing, everything is no part.
    #[must_use]
    pub fn of(count: &Count, all: &Count) -> Self {
        let (nothing, everything) = (*count == Count::ZERO, count == all);
        if *all == Count::ZERO {
            return Self { millionths: 0, nothing, everything };
        }
        let mut twice = count * &Count::from(2 * WHOLE);
        twice += all;
        Self { millionths: twice.times(&(all * &Count::from(2_u64))), nothing, everything }
    }

    /// In millionths of a percent.
    #[must_use]
    pub const fn millionths(self) -> u64 {
        self.millionths
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (self.millionths + 5_000) / 10_000;
        if hundredths == 0 && !self.nothing {
            return out.write_str("< 0.01 %");
        }
        if hundredths >= 10_000 && !self.everything {
            return out.write_str("> 99.99 %");
        }
        write!(out, "{}.{:02} %", hundredths / 100, hundredths % 100)
    }
}
