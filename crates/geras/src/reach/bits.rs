//! Rows of bits, a set of indices each, in words. What an index stands for is not known here.

use std::borrow::Cow;

/// The words that `sums` touches, at most, to copy these bits, laid out so many cells apart, to the runs.
pub(super) fn work(runs: &[(usize, usize)], bits: &[u64], stride: usize) -> usize {
    let words = last_bit(bits).saturating_mul(stride) / 64 + 1;
    (runs.len() + 32).saturating_mul(2).saturating_mul(words)
}

/// The bits of all sums of an index of the base and `stride` times an index in the runs.
pub(super) fn sums(runs: &[(usize, usize)], stride: usize, base: &[u64], cells: usize) -> Vec<u64> {
    let longest = runs.iter().map(|(_, length)| *length).max().unwrap_or(0);
    // A run of n adds two copies, which may overlap, of the base smeared over the greatest power of two up to n.
    let (mut sum, mut smeared, mut width) = (vec![0; cells.div_ceil(64)], Cow::Borrowed(base), 1);
    while width <= longest {
        for (start, length) in runs.iter().filter(|(_, length)| (width..2 * width).contains(length)) {
            or_shifted(&mut sum, &smeared, start * stride);
            if *length > width {
                or_shifted(&mut sum, &smeared, (start + length - width) * stride);
            }
        }
        if 2 * width <= longest {
            let mut wider = smeared.to_vec();
            wider.resize((last_bit(&smeared) + width * stride + 1).div_ceil(64), 0);
            or_shifted(&mut wider, &smeared, width * stride);
            smeared = Cow::Owned(wider);
        }
        width *= 2;
    }
    sum
}

/// Start and length of every run of set bits.
pub(super) fn runs_of(bits: &[u64]) -> Vec<(usize, usize)> {
    let run_from = |from| {
        let start = next_bit(bits, from, true)?;
        Some((start, next_bit(bits, start, false).unwrap_or(bits.len() * 64) - start))
    };
    std::iter::successors(run_from(0), |(start, length)| run_from(start + length)).collect()
}

/// The set indices from `first` on, ascending.
pub(super) fn set_bits(bits: &[u64], first: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(next_bit(bits, first, true), |index| next_bit(bits, index + 1, true))
}

/// The first index at or behind `from` whose bit is as asked.
pub(super) fn next_bit(bits: &[u64], from: usize, set: bool) -> Option<usize> {
    let flip = if set { 0 } else { !0 };
    let mut mask = !0 << (from % 64);
    bits.iter().enumerate().skip(from / 64).find_map(|(place, word)| {
        let found = (word ^ flip) & std::mem::replace(&mut mask, !0);
        (found != 0).then(|| place * 64 + found.trailing_zeros() as usize)
    })
}

/// The last set index, where the last word is not zero.
pub(super) fn last_bit(bits: &[u64]) -> usize {
    bits.last().map_or(0, |word| (bits.len() * 64 - 1).saturating_sub(word.leading_zeros() as usize))
}

pub(super) fn set_bit(bits: &mut [u64], index: usize) {
    if let Some(word) = bits.get_mut(index / 64) {
        *word |= 1 << (index % 64);
    }
}

/// Sets in `bits` every bit of `others`, so many places further up.
pub(super) fn or_shifted(bits: &mut [u64], others: &[u64], by: usize) {
    let (skipped, shift) = (by / 64, by % 64);
    let Some(bits) = bits.get_mut(skipped..) else { return };
    if shift == 0 {
        return bits.iter_mut().zip(others).for_each(|(word, other)| *word |= other);
    }
    let (Some(first), Some(last)) = (others.first(), others.last()) else { return };
    if let Some(word) = bits.first_mut() {
        *word |= first << shift;
    }
    // Each word from two neighbours, none from the word before: so that several are done at once.
    let neighbours = others.iter().zip(others.iter().skip(1));
    for (word, (low, high)) in bits.iter_mut().skip(1).zip(neighbours) {
        *word |= high << shift | low >> (64 - shift);
    }
    if let Some(word) = bits.get_mut(others.len()) {
        *word |= last >> (64 - shift);
    }
}

/// So many set bits.
pub(super) fn full(cells: usize) -> Vec<u64> {
    let mut bits = vec![!0; cells.div_ceil(64)];
    if let Some(last) = bits.last_mut() {
        *last >>= (64 - cells % 64) % 64;
    }
    bits
}
