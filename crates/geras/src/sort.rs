//! Sorting for the whole crate, stable. The standard sort is compiled anew for every kind of list and key, four kilobytes of the browser's module each time:
//! here one copy puts places in order, and only moving the values is compiled anew.

use std::cmp::Ordering;

/// Smallest first; equal values keep their order.
pub(crate) fn sort<T: Ord>(values: &mut [T]) {
    sort_by(values, T::cmp);
}

/// Smallest key first; values with equal keys keep their order.
pub(crate) fn sort_by_key<T, K: Ord>(values: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(values, |one, two| key(one).cmp(&key(two)));
}

/// As the comparison says; values that it calls equal keep their order.
pub(crate) fn sort_by<T>(values: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let swaps = swaps(values.len(), &|one, two| match (values.get(one), values.get(two)) {
        (Some(one), Some(two)) => compare(one, two),
        _ => Ordering::Equal,
    });
    swaps.into_iter().for_each(|(one, two)| values.swap(one, two));
}

/// What to swap, in this order, so that a list comes to be sorted.
fn swaps(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, two| compare(*one, *two));
    // Where the value at each place belongs. Each swap puts one value there for good.
    let mut target = vec![0; count];
    for (place, from) in order.into_iter().enumerate() {
        if let Some(target) = target.get_mut(from) {
            *target = place;
        }
    }
    let mut swaps = Vec::new();
    for place in 0..count {
        while let Some(wanted) = target.get(place).copied().filter(|wanted| *wanted != place) {
            swaps.push((place, wanted));
            target.swap(place, wanted);
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::{sort, sort_by_key};

    #[test]
    fn every_list_comes_out_as_the_standard_sort_leaves_it() {
        // Every list of up to six places with values from 0 to 2: ties show whether equal values keep their order.
        for length in 0..=6_u32 {
            for number in 0..3_u32.pow(length) {
                let mut given: Vec<(u32, u32)> = (0..length).map(|place| (number / 3_u32.pow(place) % 3, place)).collect();
                let mut wanted = given.clone();
                wanted.sort_by_key(|(value, _)| *value);
                sort_by_key(&mut given, |(value, _)| *value);
                assert_eq!(given, wanted);
            }
        }
    }

    #[test]
    fn a_long_list_is_sorted() {
        let mut given: Vec<u64> = (0..5_000).map(|place| place * 2_654_435_761 % 4_093).collect();
        let mut wanted = given.clone();
        wanted.sort();
        sort(&mut given);
        assert_eq!(given, wanted);
    }
}
