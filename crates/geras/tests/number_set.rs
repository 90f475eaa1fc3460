//! The sets of numbers that a score can take: small cases by hand, and random ones against brute force. Holds no instrument.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails may panic")]

use std::collections::BTreeSet;
use std::ops::Bound::{self, Excluded, Included, Unbounded};

use geras::reach::NumberSet;
use rust_decimal::{Decimal, RoundingStrategy};

fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn set(numbers: &[&str]) -> NumberSet {
    NumberSet::from_values(numbers.iter().map(|text| number(text)))
}

fn written(set: &NumberSet) -> String {
    set.iter().unwrap().map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
}

fn interval(low: &str, high: &str) -> NumberSet {
    NumberSet::interval(number(low), number(high))
}

#[test]
fn ten_items_worth_0_5_10_15_reach_only_multiples_of_5() {
    let item = set(&["0", "5", "10", "15"]);
    let total = (0..10).fold(NumberSet::single(Decimal::ZERO), |total, _| total.plus(&item));
    assert_eq!(total, NumberSet::stepped(number("0"), number("150"), number("5")));
    assert_eq!((total.len(), total.is_exact()), (Some(31), true));
    assert!(!total.intersects(Included(number("61")), Included(number("64"))));
}

#[test]
fn one_and_one_point_nought_are_the_same_member() {
    assert_eq!(set(&["1", "2", "1.0", "2.00"]), set(&["2", "1"]));
    assert_eq!(written(&set(&["10.0", "1.50", "0.0", "-0.0", "-3"])), "-3 0 1.5 10");
}

#[test]
fn sets_are_equal_however_they_came_about() {
    assert_eq!(set(&["0.5", "1.5"]).plus_constant(number("0.5")), set(&["1", "2"]));
    assert_eq!(set(&["0.25", "0.75", "2.75"]).times_constant(number("4")), set(&["1", "3", "11"]));
    assert_eq!(set(&["0", "4000"]).plus(&set(&["0", "4000"])), set(&["0", "4000", "8000"]));
    assert_eq!(NumberSet::integers(number("0.2"), number("3.9")), set(&["1", "2", "3"]));
    assert_eq!(NumberSet::stepped(number("0.5"), number("2.4"), number("0.5")), set(&["0.5", "1", "1.5", "2"]));
    assert_eq!(interval("2", "2.0"), NumberSet::single(number("2")));
    assert_eq!(set(&["1", "2", "9"]).restricted(Unbounded, Excluded(number("9"))), set(&["1", "2"]));
}

#[test]
fn three_times_4_point_3_is_12_point_9() {
    assert_eq!(NumberSet::single(number("3")).times_constant(number("4.3")).as_single(), Some(number("12.9")));
}

#[test]
fn an_empty_set_stays_empty_and_adds_nothing() {
    let empty = NumberSet::from_values([]);
    assert!(empty.is_empty() && empty.is_exact() && empty == NumberSet::empty());
    assert_eq!((empty.min(), empty.max(), empty.as_single(), empty.len()), (None, None, None, Some(0)));
    assert_eq!(empty.union(&set(&["1"])), set(&["1"]));
    assert_eq!(set(&["1"]).union(&empty), set(&["1"]));
    assert!(empty.plus(&set(&["1"])).is_empty() && set(&["1"]).minus(&empty).is_empty() && interval("0", "1").plus(&empty).is_empty());
    assert!(empty.times_constant(number("0")).is_empty() && empty.map_monotone(|n| n).is_empty());
    assert!(interval("2", "1").is_empty() && NumberSet::integers(number("0.2"), number("0.9")).is_empty());
    assert_eq!(empty.combine(&interval("0", "1"), |one, _| Some(one), 10), None);
    assert!(empty.combine(&set(&["1"]), |one, _| Some(one), 0).unwrap().is_empty());
}

#[test]
fn a_set_too_wide_for_a_grid_becomes_an_interval_that_says_it_is_not_exact() {
    let wide = set(&["0", "1", "9999999"]);
    assert_eq!((wide.min(), wide.max(), wide.len(), wide.is_exact()), (Some(number("0")), Some(number("9999999")), None, false));
    assert!(set(&["0", "9999999"]).is_exact(), "two members need two cells");
    assert!(NumberSet::stepped(number("0"), number("1048575"), number("1")).is_exact());
    let too_long = NumberSet::stepped(number("0"), number("1048576.5"), number("1"));
    assert_eq!((too_long.max(), too_long.is_exact()), (Some(number("1048576")), false));
    assert!(!wide.plus(&set(&["1"])).is_exact() && !wide.restricted(Unbounded, Included(number("5"))).is_exact());
    assert!(wide.restricted(Unbounded, Included(number("-5"))).is_exact(), "that nothing is left is certain");
    assert_eq!(wide.restricted(Included(number("5")), Included(number("5"))).as_single(), Some(number("5")));
    assert!(!wide.restricted(Included(number("5")), Included(number("5"))).is_exact());
}

#[test]
fn a_step_of_nothing_gives_the_interval_not_exact() {
    let unknown = NumberSet::stepped(number("0"), number("3"), number("0"));
    assert_eq!((unknown.min(), unknown.max(), unknown.len(), unknown.is_exact()), (Some(number("0")), Some(number("3")), None, false));
}

#[test]
fn numbers_with_many_digits_are_kept_alone_and_covered_together() {
    let (long, longer) = ("0.1234567890123456789012345678", "79228162514264337593543950335");
    let alone = NumberSet::single(number(long));
    assert_eq!((alone.as_single(), alone.len(), alone.is_exact()), (Some(number(long)), Some(1), true));
    assert_eq!(written(&alone), long);
    assert_eq!(alone.union(&alone), alone);
    assert_eq!(alone.plus_constant(number("1")).as_single(), Some(number("1.1234567890123456789012345678")));
    let both = set(&[long, longer]);
    assert!(!both.is_exact() && both.contains(number(long)) && both.contains(number(longer)));
    assert!(set(&[longer, longer]).is_exact());
    assert!(set(&["0.0000000000000000000000000001", "0"]).is_exact());
    let scaled = set(&["0", "1"]).times_constant(number(long));
    assert!(!scaled.is_exact() && scaled.contains(number(long)));
}

#[test]
fn what_overflows_a_decimal_becomes_all_numbers() {
    let most = NumberSet::single(Decimal::MAX);
    for beyond in [most.plus(&most), most.times_constant(number("-2")), most.negated().minus(&most)] {
        assert_eq!((beyond.min(), beyond.max(), beyond.is_exact()), (Some(Decimal::MIN), Some(Decimal::MAX), false));
    }
    assert_eq!(most.negated().as_single(), Some(Decimal::MIN));
    let everything = interval("-79228162514264337593543950335", "79228162514264337593543950335");
    assert_eq!(everything.first_in(Excluded(Decimal::MIN), Excluded(Decimal::MAX)), Some(Decimal::ZERO));
}

#[test]
fn intervals_add_and_scale_exactly() {
    assert_eq!(interval("1", "2").plus(&interval("10", "20.5")), interval("11", "22.5"));
    assert_eq!(interval("1", "2").minus(&interval("10", "20.5")), interval("-19.5", "-8"));
    assert_eq!(interval("1", "2").times_constant(number("-1.5")), interval("-3", "-1.5"));
    assert_eq!(interval("1", "2").times_constant(number("0")), set(&["0"]));
    assert_eq!(interval("1", "2").plus_constant(number("5")), interval("6", "7"));
}

#[test]
fn an_interval_bridges_gaps_up_to_its_own_width() {
    assert_eq!(set(&["0", "1", "3"]).plus(&interval("0", "2")), interval("0", "5"));
    let holed = interval("0", "1.9").plus(&set(&["0", "1", "3"]));
    assert_eq!((holed.min(), holed.max(), holed.is_exact()), (Some(number("0")), Some(number("4.9")), false));
}

#[test]
fn a_union_of_intervals_is_exact_only_without_a_hole() {
    assert_eq!(interval("0", "2").union(&interval("2", "3")), interval("0", "3"));
    assert_eq!(interval("0", "2").union(&set(&["0", "1"])), interval("0", "2"));
    assert!(!interval("0", "2").union(&interval("2.1", "3")).is_exact());
    assert!(!interval("0", "2").union(&set(&["5"])).is_exact());
}

#[test]
fn a_floor_keeps_an_interval_exact_and_rounding_makes_it_steps() {
    let measured = interval("0.4", "3.6");
    assert_eq!(measured.map_continuous(|n| n.max(number("1"))), interval("1", "3.6"));
    assert_eq!(measured.map_continuous(|n| n.max(number("9"))), set(&["9"]));
    assert_eq!(measured.map_continuous(|n| -n), interval("-3.6", "-0.4"));
    assert_eq!(
        measured.map_rounding(number("1"), |n| n.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)),
        set(&["0", "1", "2", "3", "4"])
    );
    let jumping = measured.map_monotone(|n| n.floor());
    assert_eq!((jumping.min(), jumping.max(), jumping.is_exact()), (Some(number("0")), Some(number("3")), false));
    assert!(measured.map_monotone(|_| number("7")).is_exact());
    assert_eq!(measured.map(|n| n), None);
    assert_eq!(set(&["-2", "1", "2"]).map(|n| n * n), Some(set(&["1", "4"])));
}

#[test]
fn pairs_are_combined_within_the_budget_only() {
    let (one, two) = (set(&["2", "3"]), set(&["0.5", "10"]));
    assert_eq!(one.combine(&two, |a, b| Some(a * b), 4), Some(set(&["1", "1.5", "20", "30"])));
    assert_eq!(one.combine(&two, |a, b| Some(a * b), 3), None);
    assert_eq!(one.combine(&interval("0", "1"), |a, b| Some(a * b), 1000), None);
}

#[test]
fn edges_finer_or_further_than_the_grid_are_understood() {
    let scores = set(&["-5", "0", "5"]);
    assert_eq!(scores.restricted(Excluded(number("-5.0001")), Included(number("0.0000000000000000000000000001"))), set(&["-5", "0"]));
    assert_eq!(scores.restricted(Included(number("-4.9999")), Excluded(number("5.0001"))), set(&["0", "5"]));
    assert_eq!(scores.restricted(Included(Decimal::MIN), Included(Decimal::MAX)), scores);
    assert!(
        scores.restricted(Included(Decimal::MAX), Unbounded).is_empty() && scores.restricted(Unbounded, Excluded(Decimal::MIN)).is_empty()
    );
    assert!(
        !scores.contains(number("0.5"))
            && !scores.contains(number("1"))
            && !scores.contains(number("-10"))
            && scores.contains(number("5.00"))
    );
}

#[test]
fn a_sum_with_an_interval_that_overflows_is_all_numbers() {
    let beyond = NumberSet::interval(Decimal::ZERO, Decimal::MAX).plus(&interval("1", "2"));
    assert_eq!((beyond.min(), beyond.max(), beyond.is_exact()), (Some(Decimal::MIN), Some(Decimal::MAX), false));
}

#[test]
fn a_witness_lies_between_the_edges() {
    let scores = set(&["0", "5", "10"]);
    assert_eq!(scores.first_in(Excluded(number("0")), Unbounded), Some(number("5")));
    assert_eq!(scores.first_in(Included(number("4.999")), Excluded(number("5.001"))), Some(number("5")));
    assert_eq!(scores.first_in(Excluded(number("5")), Excluded(number("10"))), None);
    assert_eq!(scores.first_in(Included(number("7")), Included(number("6"))), None);
    let measured = interval("0", "300");
    assert_eq!(measured.first_in(Excluded(number("10.0")), Excluded(number("10.1"))), Some(number("10.05")));
    assert_eq!(measured.first_in(Excluded(number("10")), Unbounded), Some(number("300")));
    assert_eq!(measured.first_in(Unbounded, Unbounded), Some(number("0")));
    assert_eq!(measured.first_in(Excluded(number("300")), Unbounded), None);
    assert_eq!(measured.first_in(Excluded(number("7")), Excluded(number("7"))), None);
    assert_eq!(measured.first_in(Included(number("-1")), Included(number("0"))), Some(number("0")));
    assert!(!measured.intersects(Unbounded, Excluded(number("0"))) && measured.intersects(Unbounded, Included(number("0"))));
}

#[test]
fn an_interval_cut_at_an_excluded_edge_is_not_exact() {
    let measured = interval("0", "300");
    assert_eq!(measured.restricted(Included(number("10")), Unbounded), interval("10", "300"));
    assert_eq!(measured.restricted(Excluded(number("-1")), Excluded(number("301"))), measured);
    let open = measured.restricted(Excluded(number("10")), Unbounded);
    assert_eq!((open.min(), open.is_exact()), (Some(number("10")), false));
    assert!(measured.restricted(Excluded(number("300")), Unbounded).is_empty());
}

#[test]
fn a_huge_ragged_sum_gives_up_instead_of_hanging() {
    let ragged = NumberSet::from_values((0..200_000).map(|n| Decimal::from(2 * n + i32::from(n > 199_990))));
    let sum = ragged.plus(&ragged);
    assert!(!sum.is_exact() && sum.min() == Some(number("0")) && sum.max() == Some(number("799998")));
}

/// Numbers that look random and are the same in every run.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn decimal(&mut self, reach: i64, scales: u64) -> Decimal {
        let digits = i64::try_from(self.below(2 * reach.unsigned_abs() + 1)).unwrap() - reach;
        Decimal::new(digits, u32::try_from(self.below(scales)).unwrap())
    }

    /// Members near each other, far apart, or in steps; with 0, 1 or up to 3 digits behind the point; sometimes none.
    fn members(&mut self) -> BTreeSet<Decimal> {
        let (count, scales) = (self.below(14), 1 + self.below(4));
        let reach = [6, 40, 700, 30_000][usize::try_from(self.below(4)).unwrap()];
        let step = [Decimal::ONE, Decimal::from(4), Decimal::new(25, 2), Decimal::from(4000)][usize::try_from(self.below(4)).unwrap()];
        (0..count).map(|_| (self.decimal(reach, scales) * step).normalize()).collect()
    }

    /// A run of steps, long enough to fill several words.
    fn run(&mut self) -> BTreeSet<Decimal> {
        let (start, count) = (self.decimal(50, 2), self.below(300));
        let holes = 1 + self.below(20);
        (0..count).filter(|_| self.below(holes) != 1).map(|n| (start + Decimal::from(n) / Decimal::TWO).normalize()).collect()
    }

    fn numbers(&mut self) -> BTreeSet<Decimal> {
        if self.below(4) == 0 { self.run() } else { self.members() }
    }

    fn edge(&mut self) -> Bound<Decimal> {
        let number = if self.below(2) == 0 { self.decimal(60, 3) } else { self.decimal(30_000, 1) };
        [Unbounded, Included(number), Excluded(number)][usize::try_from(self.below(3)).unwrap()]
    }
}

/// The set holds just these; or, where it says so, at least these.
fn assert_holds(set: &NumberSet, expected: &BTreeSet<Decimal>, exact: &mut u32) {
    if set.is_exact() {
        *exact += 1;
        let members: Vec<Decimal> = set.iter().unwrap().collect();
        assert_eq!(members, expected.iter().copied().collect::<Vec<_>>());
        assert_eq!(set, &NumberSet::from_values(expected.iter().copied()), "not in its canonical form");
        assert_eq!(set.len(), Some(expected.len() as u64));
    } else {
        assert!(expected.iter().all(|number| set.contains(*number)));
    }
    assert_eq!((set.min(), set.max()), (expected.first().copied(), expected.last().copied()));
}

fn between(number: Decimal, low: Bound<Decimal>, high: Bound<Decimal>) -> bool {
    use std::ops::RangeBounds;
    (low, high).contains(&number)
}

#[test]
fn random_sets_agree_with_brute_force() {
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    let mut exact = 0;
    for _ in 0..1000 {
        let (ones, twos) = (random.numbers(), random.numbers());
        let (one, two) = (NumberSet::from_values(ones.iter().copied()), NumberSet::from_values(twos.iter().copied()));
        let pairs = |f: fn(Decimal, Decimal) -> Decimal| -> BTreeSet<Decimal> {
            ones.iter().flat_map(|a| twos.iter().map(move |b| f(*a, *b).normalize())).collect()
        };
        assert_holds(&one, &ones, &mut exact);
        assert_holds(&one.union(&two), &ones.union(&twos).copied().collect(), &mut exact);
        assert_holds(&one.plus(&two), &pairs(|a, b| a + b), &mut exact);
        assert_holds(&one.minus(&two), &pairs(|a, b| a - b), &mut exact);
        let factor = random.decimal(200, 3);
        let image = |f: &dyn Fn(Decimal) -> Decimal| -> BTreeSet<Decimal> { ones.iter().map(|a| f(*a).normalize()).collect() };
        assert_holds(&one.times_constant(factor), &image(&|a| a * factor), &mut exact);
        assert_holds(&one.negated(), &image(&|a| -a), &mut exact);
        assert_holds(&one.plus_constant(factor), &image(&|a| a + factor), &mut exact);
        if let Some(mapped) = one.map(|a| (a * a).min(factor)) {
            assert_holds(&mapped, &image(&|a| (a * a).min(factor)), &mut exact);
        }
        assert_holds(&one.map_monotone(|a| a.min(factor)), &image(&|a| a.min(factor)), &mut exact);
        if let Some(combined) = one.combine(&two, |a, b| Some(a * b), 400) {
            assert_holds(&combined, &pairs(|a, b| a * b), &mut exact);
        }
        assert_holds(&one.extremes(&two, true), &pairs(|a, b| a.max(b)), &mut exact);
        assert_holds(&one.extremes(&two, false), &pairs(|a, b| a.min(b)), &mut exact);
        for _ in 0..4 {
            let (low, high) = (random.edge(), random.edge());
            let within: BTreeSet<Decimal> = ones.iter().copied().filter(|a| between(*a, low, high)).collect();
            if one.is_exact() {
                assert_holds(&one.restricted(low, high), &within, &mut exact);
                assert_eq!(one.first_in(low, high), within.first().copied());
                assert_eq!(one.intersects(low, high), !within.is_empty());
            }
            let asked = random.decimal(80, 3);
            assert!(one.contains(asked) == ones.contains(&asked.normalize()) || !one.is_exact());
        }
    }
    assert!(exact > 10_000, "only {exact} of the random sets were exact");
}
