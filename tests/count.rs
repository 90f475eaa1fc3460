//! Counts of sheets reckon as a library for large numbers does, whatever their size.

use geras::prove::{Count, Share};
use num_bigint::BigUint;
use proptest::prelude::*;

/// The same power as a count and as the library's number.
fn power(base: u64, exponent: u32) -> (Count, BigUint) {
    let factor = Count::from(base);
    ((0..exponent).fold(Count::ONE, |all, _| &all * &factor), BigUint::from(base).pow(exponent))
}

proptest! {
    #[test]
    fn sums_differences_products_and_order(one: u64, two: u64, high in 0_u32..9, higher in 0_u32..9, more: u128) {
        let ((mut a, x), (b, y)) = (power(one, high), power(two, higher));
        prop_assert_eq!(a.to_string(), x.to_string());
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!((&a * &b).to_string(), (&x * &y).to_string());
        let (c, z) = (Count::from(more), BigUint::from(more));
        prop_assert_eq!(c.to_string(), z.to_string());
        a += &b;
        a += &c;
        prop_assert_eq!(a.to_string(), (&x + &y + &z).to_string());
        let mut all = a.clone();
        a -= &b;
        prop_assert_eq!(a.to_string(), (&x + &z).to_string());
        prop_assert_eq!(a == all, y == BigUint::ZERO);
        all -= &c;
        prop_assert_eq!(all.to_string(), (&x + &y).to_string());
    }

    #[test]
    fn a_share_of_a_large_count(part: u64, rest: u64, high in 0_u32..9) {
        let (factor, x) = power(u64::MAX - 6, high);
        let (count, mut all) = (&factor * &Count::from(part), &factor * &Count::from(part));
        all += &(&factor * &Count::from(rest));
        let (n, of) = (&x * part, &x * (u128::from(part) + u128::from(rest)));
        let wanted = if of == BigUint::ZERO { BigUint::ZERO } else { (&n * 200_000_000_u64 + &of) / (&of * 2_u8) };
        prop_assert_eq!(Share::of(&count, &all).millionths().to_string(), wanted.to_string());
    }
}

#[test]
fn what_carries_through_all_digits() {
    let nines = Count::from(999_999_999_999_999_999_999_999_999_u128);
    let mut more = nines.clone();
    more += &Count::ONE;
    assert_eq!(more.to_string(), "1000000000000000000000000000");
    more -= &nines;
    assert_eq!(more, Count::ONE);
    assert_eq!(
        [Count::ZERO, Count::from(u64::MAX), Count::from(u128::from(u64::MAX) + 1)].map(|count| count.to_string()),
        ["0", "18446744073709551615", "18446744073709551616"]
    );
    let none: [&Count; 0] = [];
    assert_eq!((none.into_iter().sum::<Count>(), none.into_iter().product::<Count>()), (Count::ZERO, Count::ONE));
}
