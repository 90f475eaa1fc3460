//! The exact set of numbers that a score can take, as bits on a grid or a closed interval. Knows nothing of answers or expressions.

use std::borrow::Cow;
use std::ops::{Bound, RangeBounds};

use rust_decimal::Decimal;

use super::bits::{full, last_bit, or_shifted, runs_of, set_bit, set_bits, sums, work};

/// A grid never has more cells than this; what would need more becomes the interval between its bounds.
const MAX_CELLS: usize = 1 << 20;
/// The most words that one sum may touch: some milliseconds. Only large ragged sets need more, and become an interval.
const MAX_WORK: usize = 1 << 24;
/// Numbers on a grid, counted in units of its scale, stay below this: two of them can be added or subtracted without overflow.
const MAX_UNITS: i64 = 1 << 61;
/// The most digits behind the point that a decimal has room for.
const MAX_SCALE: u32 = 28;

/// One side of a range of numbers: unbounded, or an edge that is included or excluded.
pub type Edge = Bound<Decimal>;

/// A set of numbers, possibly empty. Equal sets compare equal however they came about: `1.0` and `1` are the same member.
///
/// Members are what decimal arithmetic gives, including its rounding at the 28th digit. An operation that cannot keep the set exact returns
/// a larger one, never a smaller one, and [`is_exact`](Self::is_exact) turns false for it and for all that is made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSet {
    shape: Shape,
    exact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Empty,
    Grid(Grid),
    /// Both ends belong to it. INVARIANT: low <= high, and they are equal only for a number with too many digits for a grid.
    Interval(Decimal, Decimal),
}

impl NumberSet {
    /// The set without members.
    #[must_use]
    pub const fn empty() -> Self {
        Self { shape: Shape::Empty, exact: true }
    }

    /// The set of one number.
    #[must_use]
    pub fn single(number: Decimal) -> Self {
        let number = number.normalize();
        let grid = units(number, number.scale()).and_then(|place| Grid::of(number.scale(), &[place]));
        Self { shape: grid.map_or(Shape::Interval(number, number), Shape::Grid), exact: true }
    }

    /// The set of these numbers, in any order, repeated or not.
    #[must_use]
    pub fn from_values(numbers: impl IntoIterator<Item = Decimal>) -> Self {
        Self::of(numbers.into_iter().collect())
    }

    fn of(mut numbers: Vec<Decimal>) -> Self {
        numbers.iter_mut().for_each(Decimal::normalize_assign);
        let (Some(low), Some(high)) = (numbers.iter().min(), numbers.iter().max()) else { return Self::empty() };
        let scale = numbers.iter().map(Decimal::scale).max().unwrap_or(0);
        let places: Option<Vec<i64>> = numbers.iter().map(|number| units(*number, scale)).collect();
        Self::grid_or_cover(places.and_then(|places| Grid::of(scale, &places)), Some(*low), Some(*high))
    }

    /// The whole numbers from `low` to `high`, both included; empty where there are none.
    #[must_use]
    pub fn integers(low: Decimal, high: Decimal) -> Self {
        Self::stepped(low.ceil(), high.floor(), Decimal::ONE)
    }

    /// `low`, `low + step` and so on up to `high`; empty where `high` is below `low`. A step that is not above zero says nothing about
    /// what lies between, so that it gives the interval, not exact.
    #[must_use]
    pub fn stepped(low: Decimal, high: Decimal, step: Decimal) -> Self {
        if low > high {
            return Self::empty();
        }
        let [low, high, step] = [low, high, step].map(|number| number.normalize());
        let scale = low.scale().max(high.scale()).max(step.scale());
        let (Some(first), Some(end), Some(stride)) = (units(low, scale), units(high, scale), units(step, scale).filter(|step| *step > 0))
        else {
            return Self::grid_or_cover(None, Some(low), Some(high));
        };
        let last = end - (end - first) % stride;
        if last == first {
            return Self::single(low);
        }
        let grid = cells(first, last, stride).and_then(|cells| Grid::reduced(scale, first.into(), stride.into(), full(cells)));
        Self::grid_or_cover(grid, Some(low), Some(Decimal::new(last, scale)))
    }

    /// All numbers from `low` to `high`, both included; empty where `high` is below `low`.
    #[must_use]
    pub fn interval(low: Decimal, high: Decimal) -> Self {
        match low.cmp(&high) {
            std::cmp::Ordering::Less => Self { shape: Shape::Interval(low.normalize(), high.normalize()), exact: true },
            std::cmp::Ordering::Equal => Self::single(low),
            std::cmp::Ordering::Greater => Self::empty(),
        }
    }

    /// Whether every number in the set can truly be taken; otherwise some may be there only because they could not be told apart.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether it has no members.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self.shape, Shape::Empty)
    }

    /// The smallest member.
    #[must_use]
    pub fn min(&self) -> Option<Decimal> {
        self.bounds().map(|(low, _)| low)
    }

    /// The largest member.
    #[must_use]
    pub fn max(&self) -> Option<Decimal> {
        self.bounds().map(|(_, high)| high)
    }

    fn bounds(&self) -> Option<(Decimal, Decimal)> {
        match &self.shape {
            Shape::Empty => None,
            Shape::Grid(grid) => Some((grid.member(0), grid.member(last_bit(&grid.bits)))),
            Shape::Interval(low, high) => Some((*low, *high)),
        }
    }

    /// How many members it has; `None` where they are all the numbers of an interval.
    #[must_use]
    pub fn len(&self) -> Option<u64> {
        match &self.shape {
            Shape::Empty => Some(0),
            Shape::Grid(grid) => Some(grid.bits.iter().map(|word| u64::from(word.count_ones())).sum()),
            Shape::Interval(low, high) => (low == high).then_some(1),
        }
    }

    /// The member, where there is only one.
    #[must_use]
    pub fn as_single(&self) -> Option<Decimal> {
        self.bounds().filter(|(low, high)| low == high).map(|(low, _)| low)
    }

    /// The members, smallest first; `None` where they are all the numbers of an interval.
    #[must_use]
    pub fn iter(&self) -> Option<impl Iterator<Item = Decimal>> {
        let (grid, point) = match &self.shape {
            Shape::Empty => (None, None),
            Shape::Grid(grid) => (Some(grid), None),
            Shape::Interval(low, high) if low == high => (None, Some(*low)),
            Shape::Interval(..) => return None,
        };
        Some(grid.into_iter().flat_map(|grid| set_bits(&grid.bits, 0).map(|index| grid.member(index))).chain(point))
    }

    /// Whether the number is a member.
    #[must_use]
    pub fn contains(&self, number: Decimal) -> bool {
        self.intersects(Bound::Included(number), Bound::Included(number))
    }

    /// Whether some member lies between the edges.
    #[must_use]
    pub fn intersects(&self, low: Edge, high: Edge) -> bool {
        match &self.shape {
            Shape::Empty => false,
            Shape::Grid(grid) => grid.between(low, high).next().is_some(),
            Shape::Interval(least, most) => clipped(*least, *most, low, high).is_some(),
        }
    }

    /// A member between the edges. Of a finite set it is the smallest; of an interval the lower end, else the upper end, else the middle.
    #[must_use]
    pub fn first_in(&self, low: Edge, high: Edge) -> Option<Decimal> {
        match &self.shape {
            Shape::Empty => None,
            Shape::Grid(grid) => grid.between(low, high).next().map(|index| grid.member(index)),
            Shape::Interval(least, most) => match clipped(*least, *most, low, high)? {
                ((end, true), _) | (_, (end, true)) => Some(end.normalize()),
                ((from, _), (to, _)) => middle(from, to),
            },
        }
    }

    /// The members between the edges. An interval cut at an excluded edge keeps that edge, and is not exact.
    #[must_use]
    pub fn restricted(&self, low: Edge, high: Edge) -> Self {
        let whole = self.bounds().is_some_and(|(least, most)| (low, high).contains(&least) && (low, high).contains(&most));
        if whole {
            return self.clone();
        }
        let restricted = match &self.shape {
            Shape::Empty => None,
            Shape::Grid(grid) => {
                let numbers: Vec<i64> = grid.between(low, high).map(|index| grid.units(index)).collect();
                Grid::of(grid.scale, &numbers).map(|grid| Self { shape: Shape::Grid(grid), exact: true })
            }
            Shape::Interval(least, most) => clipped(*least, *most, low, high)
                .map(|((from, with_from), (to, with_to))| Self::interval(from, to).exact_if(with_from && with_to)),
        };
        restricted.unwrap_or_else(Self::empty).exact_if(self.exact)
    }

    /// The members of either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (Some((low, high)), Some((more_low, more_high))) = (self.bounds(), other.bounds()) else {
            return if self.is_empty() { other.clone() } else { self.clone() };
        };
        let (least, most) = (low.min(more_low), high.max(more_high));
        let union = match (&self.shape, &other.shape) {
            (Shape::Grid(one), Shape::Grid(two)) => Self::grid_or_cover(one.union(two), Some(least), Some(most)),
            _ => {
                let holds = |set: &Self| set.len().is_none() && set.bounds() == Some((least, most));
                let meet = self.len().is_none() && other.len().is_none() && low.max(more_low) <= high.min(more_high);
                Self::interval(least, most).exact_if(holds(self) || holds(other) || meet || least == most)
            }
        };
        union.exact_if(self.exact && other.exact)
    }

    /// Every sum of a member of this set and one of the other.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let exact = self.exact && other.exact;
        if let (Shape::Grid(one), Shape::Grid(two)) = (&self.shape, &other.shape)
            && let Some(grid) = one.plus(two)
        {
            return Self { shape: Shape::Grid(grid), exact };
        }
        let (Some((low, high)), Some((more_low, more_high))) = (self.bounds(), other.bounds()) else { return Self::empty() };
        let (low, high) = (low.checked_add(more_low), high.checked_add(more_high));
        let bridged = self.bridges_gaps_of(other) || other.bridges_gaps_of(self);
        Self::interval_or_all(low, high).exact_if(exact && (bridged || low == high))
    }

    /// Every difference of a member of this set and one of the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }

    /// Every member with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        self.times_constant(Decimal::NEGATIVE_ONE)
    }

    /// Every member plus the number.
    #[must_use]
    pub fn plus_constant(&self, number: Decimal) -> Self {
        self.plus(&Self::single(number))
    }

    /// Every member times the number.
    #[must_use]
    pub fn times_constant(&self, factor: Decimal) -> Self {
        let Some((low, high)) = self.bounds() else { return Self::empty() };
        let (low, high) = (low.checked_mul(factor), high.checked_mul(factor));
        let (low, high) = if factor.is_sign_negative() { (high, low) } else { (low, high) };
        let product = match &self.shape {
            _ if factor.is_zero() => Self::single(Decimal::ZERO),
            Shape::Grid(grid) => Self::grid_or_cover(grid.times(factor.normalize()), low, high),
            _ => Self::interval_or_all(low, high),
        };
        product.exact_if(self.exact)
    }

    /// What `f` makes of each member; `None` where they are all the numbers of an interval.
    #[must_use]
    pub fn map(&self, f: impl Fn(Decimal) -> Decimal) -> Option<Self> {
        Some(Self::of(self.iter()?.map(f).collect()).exact_if(self.exact))
    }

    /// As [`map`](Self::map), for an `f` that only rises or only falls. It may jump, so that of an interval only the bounds are known.
    #[must_use]
    pub fn map_monotone(&self, f: impl Fn(Decimal) -> Decimal) -> Self {
        self.map_or_ends(f, |low, high| Self::grid_or_cover(None, Some(low), Some(high)))
    }

    /// As [`map_monotone`](Self::map_monotone), for an `f` without jumps, such as a floor or ceiling: intervals stay exact.
    #[must_use]
    pub fn map_continuous(&self, f: impl Fn(Decimal) -> Decimal) -> Self {
        self.map_or_ends(f, Self::interval)
    }

    /// As [`map_monotone`](Self::map_monotone), for an `f` that rounds to multiples of `step`: intervals become all multiples between.
    #[must_use]
    pub fn map_rounding(&self, step: Decimal, f: impl Fn(Decimal) -> Decimal) -> Self {
        self.map_or_ends(f, |low, high| Self::stepped(low, high, step))
    }

    /// What `f` makes of each pair; `None` where a set is an interval, where there are more pairs than the budget, or where `f` gives none
    /// or a number with too many digits to be told apart from others.
    #[must_use]
    pub fn combine(&self, other: &Self, f: impl Fn(Decimal, Decimal) -> Option<Decimal>, budget: u64) -> Option<Self> {
        self.len()?.checked_mul(other.len()?).filter(|pairs| *pairs <= budget)?;
        let results = self.iter()?.flat_map(|one| other.iter().into_iter().flatten().map(move |two| (one, two)));
        // The first result that is too fine ends it.
        let fits = |number: &Decimal| units(*number, number.scale()).is_some();
        let results: Option<Vec<Decimal>> = results.map(|(one, two)| f(one, two).map(|number| number.normalize()).filter(fits)).collect();
        Some(Self::of(results?).exact_if(self.exact && other.exact))
    }

    /// The higher (or, with `false`, the lower) number of each pair.
    #[must_use]
    pub fn extremes(&self, other: &Self, highest: bool) -> Self {
        let end = |set: &Self| if highest { set.min() } else { set.max() };
        let (Some(one), Some(two)) = (end(self), end(other)) else { return Self::empty() };
        // A number is the higher one of some pair where it is not below everything in the other set.
        let (low, high) =
            if highest { (Bound::Included(one.max(two)), Bound::Unbounded) } else { (Bound::Unbounded, Bound::Included(one.min(two))) };
        self.restricted(low, high).union(&other.restricted(low, high))
    }

    fn map_or_ends(&self, f: impl Fn(Decimal) -> Decimal, image: impl Fn(Decimal, Decimal) -> Self) -> Self {
        match &self.shape {
            Shape::Interval(low, high) => {
                let (low, high) = (f(*low), f(*high));
                image(low.min(high), low.max(high)).exact_if(self.exact)
            }
            _ => self.map(f).unwrap_or_else(Self::empty),
        }
    }

    /// The grid; without one, what is known from the bounds. A single number is known exactly.
    fn grid_or_cover(grid: Option<Grid>, low: Option<Decimal>, high: Option<Decimal>) -> Self {
        match grid {
            Some(grid) => Self { shape: Shape::Grid(grid), exact: true },
            None => Self::interval_or_all(low, high).exact_if(low == high),
        }
    }

    /// The interval; where a bound is beyond what a decimal can hold, all numbers.
    fn interval_or_all(low: Option<Decimal>, high: Option<Decimal>) -> Self {
        match (low, high) {
            (Some(low), Some(high)) => Self::interval(low, high),
            _ => Self { shape: Shape::Interval(Decimal::MIN, Decimal::MAX), exact: false },
        }
    }

    fn exact_if(mut self, exact: bool) -> Self {
        // That there is no member is certain even where the members were not.
        self.exact &= exact || self.is_empty();
        self
    }

    /// Whether copies of this interval, one at each member of the other set, leave no hole.
    fn bridges_gaps_of(&self, other: &Self) -> bool {
        match (&self.shape, &other.shape) {
            (Shape::Interval(low, high), Shape::Grid(grid)) => high.checked_sub(*low).is_none_or(|width| grid.widest_gap() <= width),
            (Shape::Interval(low, high), Shape::Interval(..)) => low < high || other.len() == Some(1),
            _ => false,
        }
    }
}

/// The members `origin + index * step`, in units of the scale, for every index whose bit is set.
///
/// INVARIANT, by which equal sets have equal grids: the first bit is set and the last word is not zero; no larger step and no smaller scale
/// would do; the step of a single number is 0, which is neutral for the greatest common divisor. Every member is below [`MAX_UNITS`].
#[derive(Debug, Clone, PartialEq, Eq)]
struct Grid {
    scale: u32,
    origin: i64,
    step: i64,
    bits: Vec<u64>,
}

impl Grid {
    /// The grid of these numbers in units of the scale; `None` where there are none or they need too many cells.
    fn of(scale: u32, numbers: &[i64]) -> Option<Self> {
        let (origin, last) = (*numbers.iter().min()?, *numbers.iter().max()?);
        let step = numbers.iter().fold(0, |step, number| gcd(step, number - origin));
        let mut bits = vec![0; cells(origin, last, step)?.div_ceil(64)];
        for number in numbers {
            set_bit(&mut bits, usize::try_from((number - origin) / step.max(1)).ok()?);
        }
        Self::reduced(scale, origin.into(), step.into(), bits)
    }

    /// The grid at the smallest scale that holds it; `None` where its numbers have too many digits.
    fn reduced(mut scale: u32, mut origin: i128, mut step: i128, bits: Vec<u64>) -> Option<Self> {
        while scale > 0 && origin % 10 == 0 && step % 10 == 0 {
            (scale, origin, step) = (scale - 1, origin / 10, step / 10);
        }
        let last = step.checked_mul(i128::try_from(last_bit(&bits)).ok()?)?.checked_add(origin)?;
        let (origin, _) = (within_units(origin)?, within_units(last)?);
        (scale <= MAX_SCALE).then_some(Self { scale, origin, step: i64::try_from(step).ok()?, bits })
    }

    /// The number of the index, in units of the scale.
    fn units(&self, index: usize) -> i64 {
        // Never saturates: every member is below MAX_UNITS.
        i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(self.step).saturating_add(self.origin)
    }

    fn member(&self, index: usize) -> Decimal {
        Decimal::new(self.units(index), self.scale).normalize()
    }

    /// The indices of the members between the edges, ascending.
    fn between(&self, low: Edge, high: Edge) -> impl Iterator<Item = usize> {
        let from = match low {
            Bound::Unbounded => i64::MIN,
            Bound::Included(edge) => units_around(edge, self.scale).1,
            Bound::Excluded(edge) => units_around(edge, self.scale).0 + 1,
        };
        let to = match high {
            Bound::Unbounded => i64::MAX,
            Bound::Included(edge) => units_around(edge, self.scale).0,
            Bound::Excluded(edge) => units_around(edge, self.scale).1 - 1,
        };
        let steps = (from.max(self.origin) - self.origin) / self.step.max(1);
        set_bits(&self.bits, usize::try_from(steps).unwrap_or(usize::MAX))
            .skip_while(move |index| self.units(*index) < from)
            .take_while(move |index| self.units(*index) <= to)
    }

    /// The widest distance between neighbours.
    fn widest_gap(&self) -> Decimal {
        let mut before = 0;
        let gaps = set_bits(&self.bits, 0).map(|index| index - std::mem::replace(&mut before, index));
        let widest = gaps.max().and_then(|gap| i64::try_from(gap).ok()).unwrap_or(0);
        Decimal::new(widest.saturating_mul(self.step), self.scale)
    }

    /// The first number, the step and the last number, in units of a scale that is not smaller.
    fn at_scale(&self, scale: u32) -> Option<(i64, i64, i64)> {
        let finer = 10_i64.checked_pow(scale - self.scale)?;
        let within = |number: i64| number.checked_mul(finer).and_then(|number| within_units(number.into()));
        Some((within(self.origin)?, self.step.checked_mul(finer)?, within(self.units(last_bit(&self.bits)))?))
    }

    /// The bits, laid out for a step that divides this one.
    fn spread(&self, here: i64, step: i64) -> Cow<'_, [u64]> {
        match usize::try_from(here / step.max(1)) {
            Ok(factor) if factor > 1 => {
                let mut bits = vec![0; (last_bit(&self.bits) * factor + 1).div_ceil(64)];
                set_bits(&self.bits, 0).for_each(|index| set_bit(&mut bits, index * factor));
                Cow::Owned(bits)
            }
            _ => Cow::Borrowed(&self.bits),
        }
    }

    fn union(&self, other: &Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let (one, two) = (self.at_scale(scale)?, other.at_scale(scale)?);
        let (origin, last) = (one.0.min(two.0), one.2.max(two.2));
        let step = gcd(gcd(one.1, two.1), (one.0 - two.0).abs());
        let mut bits = vec![0; cells(origin, last, step)?.div_ceil(64)];
        for (grid, (first, its_step, _)) in [(self, one), (other, two)] {
            or_shifted(&mut bits, &grid.spread(its_step, step), usize::try_from((first - origin) / step.max(1)).ok()?);
        }
        Self::reduced(scale, origin.into(), step.into(), bits)
    }

    /// All sums of two members. Their common step is the greatest common divisor of both steps, so no bit needs to be looked at for it.
    fn plus(&self, other: &Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let ((one, one_step, one_last), (two, two_step, two_last)) = (self.at_scale(scale)?, other.at_scale(scale)?);
        let step = gcd(one_step, two_step);
        let cells = cells(one + two, one_last + two_last, step)?;
        let stride = |its_step: i64| usize::try_from(its_step / step.max(1)).ok();
        let (one_stride, two_stride) = (stride(one_step)?, stride(two_step)?);
        let (runs, more_runs) = (runs_of(&self.bits), runs_of(&other.bits));
        // One is laid out cell by cell and copied to each run of the other: whichever way round is less work.
        let (work, other_work) = (work(&runs, &other.bits, two_stride), work(&more_runs, &self.bits, one_stride));
        if work.min(other_work) > MAX_WORK {
            return None;
        }
        let bits = if work <= other_work {
            sums(&runs, one_stride, &other.spread(two_step, step), cells)
        } else {
            sums(&more_runs, two_stride, &self.spread(one_step, step), cells)
        };
        Self::reduced(scale, (one + two).into(), step.into(), bits)
    }

    /// All members times a factor that is not zero.
    fn times(&self, factor: Decimal) -> Option<Self> {
        let (by, last) = (factor.mantissa(), last_bit(&self.bits));
        let mut bits = self.bits.clone();
        if by < 0 {
            bits.fill(0);
            set_bits(&self.bits, 0).for_each(|index| set_bit(&mut bits, last - index));
        }
        let origin = i128::from(if by < 0 { self.units(last) } else { self.origin });
        let step = i128::from(self.step).checked_mul(by.checked_abs()?)?;
        Self::reduced(self.scale + factor.scale(), origin.checked_mul(by)?, step, bits)
    }
}

/// How many cells reach from the first to the last number; `None` where they are too many.
fn cells(first: i64, last: i64, step: i64) -> Option<usize> {
    usize::try_from((last - first) / step.max(1)).ok().filter(|steps| *steps < MAX_CELLS).map(|steps| steps + 1)
}

/// The number in units of the scale; `None` where it has too many digits.
fn units(number: Decimal, scale: u32) -> Option<i64> {
    within_units(number.mantissa().checked_mul(10_i128.checked_pow(scale.checked_sub(number.scale())?)?)?)
}

fn within_units(number: i128) -> Option<i64> {
    i64::try_from(number).ok().filter(|number| (1 - MAX_UNITS..MAX_UNITS).contains(number))
}

/// The number in units of the scale, rounded down and up. Beyond every grid, any number as far out will do.
fn units_around(number: Decimal, scale: u32) -> (i64, i64) {
    let power = |more: u32, less: u32| 10_i128.saturating_pow(more.saturating_sub(less));
    let (units, part) = (number.mantissa().saturating_mul(power(scale, number.scale())), power(number.scale(), scale));
    let near = |units: i128| i64::try_from(units.clamp(-i128::from(MAX_UNITS), i128::from(MAX_UNITS))).unwrap_or(MAX_UNITS);
    let down = units.div_euclid(part);
    (near(down), near(if units % part == 0 { down } else { down + 1 }))
}

fn gcd(one: i64, two: i64) -> i64 {
    if two == 0 { one } else { gcd(two, one % two) }
}

/// What of a closed interval lies between the edges: both ends, each with whether it is included. `None` where that is nothing.
fn clipped(least: Decimal, most: Decimal, low: Edge, high: Edge) -> Option<((Decimal, bool), (Decimal, bool))> {
    let from = match low {
        Bound::Included(edge) if edge > least => (edge, true),
        Bound::Excluded(edge) if edge >= least => (edge, false),
        _ => (least, true),
    };
    let to = match high {
        Bound::Included(edge) if edge < most => (edge, true),
        Bound::Excluded(edge) if edge <= most => (edge, false),
        _ => (most, true),
    };
    (from.0 < to.0 || from == to && from.1).then_some((from, to))
}

/// A number strictly between; `None` where decimals are too coarse for one.
fn middle(from: Decimal, to: Decimal) -> Option<Decimal> {
    let middle = from.checked_div(Decimal::TWO)?.checked_add(to.checked_div(Decimal::TWO)?)?.normalize();
    (from < middle && middle < to).then_some(middle)
}
