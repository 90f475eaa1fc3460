//! Reads a likeness from the YAML tree and holds it against the instrument. Every fault has its line; nothing is dropped or defaulted in silence.

use geras::Pathway;
use geras::definition::{AbsentReason, ClockTime, Date, Definition, ItemType, Role};
use geras::plan::{Field, ScoringPlan};
use geras::source::{Diagnostic, Entry, Kind, Severity, Source, Span, Value, closest};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::draw::{Draw, Grid, WHOLE, threshold};
use crate::likeness::{AssessmentLikeness, Likeness, PathwayLikeness, Spread};

/// More digits behind the point of a share than this are refused.
const MOST_DIGITS: u32 = 9;

pub(crate) struct Reader<'a> {
    source: &'a Source,
    definition: &'a Definition,
    plan: &'a ScoringPlan,
    pub(crate) faults: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(source: &'a Source, definition: &'a Definition, plan: &'a ScoringPlan) -> Self {
        Self { source, definition, plan, faults: Vec::new() }
    }

    fn fault(&mut self, name: &'static str, span: Span, message: String, help: impl Into<String>) {
        self.faults.push(Diagnostic::new(name, Severity::Error, self.source, span, message).help(help));
    }

    fn entries(&mut self, value: &'a Value, what: &str) -> &'a [Entry] {
        if let Kind::Mapping(entries) = &value.kind {
            return entries;
        }
        self.fault("wrong-kind", value.span, format!("{what} stands here"), "write keys with values");
        &[]
    }

    fn unknown_key(&mut self, entry: &Entry, known: &[&str]) {
        let near = closest(&entry.key.value, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| format!("the keys are {}", known.join(", ")));
        self.fault("unknown-key", entry.key.span, format!("there is no key `{}` here", entry.key.value), help);
    }

    pub(crate) fn likeness(&mut self, root: &'a Value) -> Likeness {
        let mut likeness = Likeness::default();
        let mut named = false;
        for entry in self.entries(root, "what a cohort is like") {
            match entry.key.value.as_str() {
                "cohort_for" => {
                    named = true;
                    self.belongs(&entry.value);
                }
                _ if self.spread(entry, &mut likeness) => {}
                _ => self.unknown_key(entry, &["cohort_for", "date", "loading", "items"]),
            }
        }
        if !named {
            self.unnamed(root);
        }
        likeness
    }

    /// The keys by which answers are spread, for an instrument and for a pathway's own questions; whether this was one of them.
    fn spread(&mut self, entry: &'a Entry, likeness: &mut Likeness) -> bool {
        match entry.key.value.as_str() {
            "date" => likeness.dates = self.days(&entry.value),
            "loading" => likeness.loading = self.loading(&entry.value).unwrap_or(0),
            "items" => {
                for item in self.entries(&entry.value, "items by id") {
                    likeness.items.extend(self.item(item));
                }
            }
            _ => return false,
        }
        true
    }

    /// What a pathway's people are like: those of its own questions, and by the id of each assessment whether it was done and how it is answered.
    pub(crate) fn pathway(&mut self, root: &'a Value, pathway: &'a Pathway) -> PathwayLikeness {
        let mut like = PathwayLikeness::default();
        let mut named = false;
        for entry in self.entries(root, "what a cohort is like") {
            match entry.key.value.as_str() {
                "cohort_for" => {
                    named = true;
                    self.belongs(&entry.value);
                }
                "assessments" => {
                    for assessment in self.entries(&entry.value, "assessments by id") {
                        like.assessments.extend(self.assessment(assessment, pathway));
                    }
                }
                _ if self.spread(entry, &mut like.own) => {}
                _ => self.unknown_key(entry, &["cohort_for", "date", "loading", "items", "assessments"]),
            }
        }
        if !named {
            self.unnamed(root);
        }
        like
    }

    fn assessment(&mut self, entry: &'a Entry, pathway: &'a Pathway) -> Option<(usize, AssessmentLikeness)> {
        let all = &pathway.definition().assessments;
        let id = entry.key.value.as_str();
        let place = all.iter().position(|assessment| assessment.id.value == id);
        let Some((place, instrument)) = place.and_then(|place| Some((place, pathway.instruments().get(place)?.last()?))) else {
            let near = closest(id, all.iter().map(|assessment| assessment.id.value.as_str()));
            let help = near.map_or_else(|| "`geras describe` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
            self.fault("unknown-name", entry.key.span, format!("the pathway has no assessment `{id}`"), help);
            return None;
        };
        let mut like = AssessmentLikeness::default();
        for key in self.entries(&entry.value, "what is known of an assessment") {
            match key.key.value.as_str() {
                "done" => like.done = self.share(&key.value).map(threshold),
                "loading" => like.answers.loading = self.loading(&key.value).unwrap_or(0),
                "items" => {
                    let mut reader = Self::new(self.source, instrument.definition(), instrument.plan());
                    for item in reader.entries(&key.value, "items by id") {
                        like.answers.items.extend(reader.item(item));
                    }
                    self.faults.append(&mut reader.faults);
                }
                _ => self.unknown_key(key, &["done", "loading", "items"]),
            }
        }
        Some((place, like))
    }

    fn unnamed(&mut self, root: &Value) {
        let id = &self.definition.id.value;
        let message = "nobody says which instrument or pathway this is for".to_owned();
        self.fault("missing-key", root.span, message, format!("write `cohort_for: {id}`"));
    }

    fn belongs(&mut self, value: &Value) {
        let definition = self.definition;
        let name = scalar(value).unwrap_or_default();
        let (path, edition) = name.split_once('@').map_or((name, None), |(path, edition)| (path, Some(edition)));
        let id = path.rsplit_once('/').map_or(path, |(_, id)| id);
        if id != definition.id.value || edition.is_some_and(|edition| edition != definition.edition.value) {
            let this = format!("{}@{}", definition.id.value, definition.edition.value);
            self.fault(
                "unknown-name",
                value.span,
                format!("this is for `{name}`, and people for `{this}` are wanted"),
                format!("write `{this}`"),
            );
        }
    }

    fn item(&mut self, entry: &'a Entry) -> Option<(usize, Spread)> {
        let fields = self.plan.fields();
        let answered = |field: &&Field| field.role != Role::Setting && field.place != usize::MAX;
        let id = entry.key.value.as_str();
        let Some(place) = fields.iter().position(|field| answered(&field) && field.id == id) else {
            let near = closest(id, fields.iter().filter(answered).map(|field| field.id.as_str()));
            let help = near.map_or_else(|| "`geras describe` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
            self.fault("unknown-name", entry.key.span, format!("`{}` has no item or input `{id}`", self.definition.id.value), help);
            return None;
        };
        let field = fields.get(place)?;
        let mut spread = Spread::default();
        let mut ways = 0;
        for key in self.entries(&entry.value, "the spread of an item") {
            match key.key.value.as_str() {
                "shares" => {
                    ways += 1;
                    spread.draw = self.shares(field, &key.value);
                }
                "quantiles" => {
                    ways += 1;
                    spread.draw = self.quantiles(field, &key.value);
                }
                "range" => {
                    ways += 1;
                    spread.draw = self.range(field, &key.value);
                }
                "loading" => spread.loading = self.loading(&key.value),
                "absent" => spread.absent = self.absent(field, &key.value),
                _ => self.unknown_key(key, &["shares", "quantiles", "range", "loading", "absent"]),
            }
        }
        if ways > 1 {
            let message = format!("`{id}` has more than one of shares, quantiles and range");
            self.fault("wrong-form", entry.value.span, message, "keep one of them");
        }
        Some((place, spread))
    }

    /// A share from 0 to 1.
    fn share(&mut self, value: &Value) -> Option<Decimal> {
        let number = scalar(value).and_then(|text| Decimal::from_str_exact(text).ok());
        match number.filter(|number| *number >= Decimal::ZERO && *number <= Decimal::ONE && number.normalize().scale() <= MOST_DIGITS) {
            Some(number) => Some(number),
            None => {
                let given = scalar(value).unwrap_or("a list or keys");
                let message = format!("a share is a number from 0 to 1 with at most {MOST_DIGITS} digits behind the point, not `{given}`");
                self.fault("wrong-kind", value.span, message, "30 per cent is 0.3");
                None
            }
        }
    }

    /// Cumulated thresholds of shares that have to add up to 1.
    fn whole(&mut self, id: &str, span: Span, shares: &[Decimal]) -> Vec<u64> {
        let sum: Decimal = shares.iter().sum();
        if sum != Decimal::ONE {
            let message = format!("the shares of `{id}` add up to {}, not to 1", sum.normalize());
            self.fault("wrong-form", span, message, "correct one of them; options that are not named have the share 0");
        }
        let mut so_far = Decimal::ZERO;
        shares
            .iter()
            .map(|share| {
                so_far += share;
                threshold(so_far)
            })
            .collect()
    }

    fn shares(&mut self, field: &Field, value: &'a Value) -> Option<Draw> {
        let given = self.entries(value, "a share for each answer");
        let before = self.faults.len();
        let codes: Vec<String> = match field.kind {
            ItemType::Choice | ItemType::Choices => field.codes.map(|set| self.plan.codes(set).to_vec()).unwrap_or_default(),
            ItemType::Boolean => vec!["false".to_owned(), "true".to_owned()],
            ItemType::Integer | ItemType::Decimal => return self.shares_of_numbers(field, value.span, given),
            _ => {
                let message = format!("`{}` is a {} and has no shares", field.id, field.kind.word());
                self.fault("wrong-form", value.span, message, "write `range: [from, to]`");
                return None;
            }
        };
        let mut shares = vec![Decimal::ZERO; codes.len()];
        for entry in given {
            let place = codes.iter().position(|code| *code == entry.key.value);
            let share = self.share(&entry.value);
            match place.and_then(|place| shares.get_mut(place)) {
                Some(slot) => *slot = share.unwrap_or_default(),
                None => {
                    let near = closest(&entry.key.value, codes.iter().map(String::as_str));
                    let help = near.map_or_else(|| format!("one of: {}", codes.join(", ")), |near| format!("did you mean `{near}`?"));
                    self.fault("unknown-option", entry.key.span, format!("`{}` has no `{}`", field.id, entry.key.value), help);
                }
            }
        }
        if self.faults.len() > before {
            return None;
        }
        if field.kind != ItemType::Choices {
            return Some(Draw::One(self.whole(&field.id, value.span, &shares)));
        }
        let exclusive = (0_u8..64).find(|bit| field.exclusive >> bit & 1 == 1);
        for (bit, code) in codes.iter().enumerate().filter(|(bit, _)| field.exclusive >> (*bit).min(63) & 1 == 1) {
            if shares.get(bit).is_some_and(|share| !share.is_zero()) {
                let message = format!("`{code}` of `{}` may not stand beside others, and has a share", field.id);
                self.fault("wrong-form", value.span, message, "leave it out: it is the answer where no other one is drawn");
            }
        }
        Some(Draw::Several(shares.iter().map(|share| threshold(*share)).collect(), exclusive))
    }

    /// Shares of single numbers: a grid on which only these places are reached.
    fn shares_of_numbers(&mut self, field: &Field, span: Span, given: &'a [Entry]) -> Option<Draw> {
        let before = self.faults.len();
        let mut pairs: Vec<(i64, Decimal)> = Vec::new();
        for entry in given {
            let place = self.place(field, &entry.key.value, entry.key.span);
            pairs.extend(place.zip(self.share(&entry.value)));
        }
        if self.faults.len() > before {
            return None;
        }
        pairs.sort_unstable();
        let thresholds = self.whole(&field.id, span, &pairs.iter().map(|(_, share)| *share).collect::<Vec<_>>());
        let (low, step) = grid(field)?;
        let mut points = Vec::new();
        let mut from = 0;
        for ((place, _), to) in pairs.iter().zip(thresholds).filter(|(_, to)| *to > 0) {
            points.extend([(from, *place), (to, *place)]);
            from = to;
        }
        Some(Draw::Grid(Grid { low, step, points, even: false }))
    }

    /// The place of a number on the grid of a field.
    fn place(&mut self, field: &Field, text: &str, span: Span) -> Option<i64> {
        let (low, step) = grid(field)?;
        let (_, high) = field.range?;
        let number = Decimal::from_str_exact(text).ok();
        let fits = number.filter(|number| *number >= low && *number <= high && ((*number - low) % step).is_zero());
        if fits.is_none() {
            let message = format!("`{}` takes numbers from {low} to {high} in steps of {step}, not `{text}`", field.id);
            self.fault("wrong-kind", span, message, "write a number that can be an answer");
        }
        ((fits? - low) / step).to_i64()
    }

    fn quantiles(&mut self, field: &Field, value: &'a Value) -> Option<Draw> {
        if !matches!(field.kind, ItemType::Integer | ItemType::Decimal) {
            let message = format!("`{}` is a {} and has no quantiles", field.id, field.kind.word());
            self.fault("wrong-form", value.span, message, "numbers have them; options have `shares`");
            return None;
        }
        let before = self.faults.len();
        let mut points: Vec<(u64, i64)> = Vec::new();
        let mut last = None;
        for entry in self.entries(value, "a number for each quantile") {
            let key = Value { span: entry.key.span, kind: Kind::Scalar(plain(&entry.key.value)) };
            let share = self.share(&key);
            let place = self.place(field, scalar(&entry.value).unwrap_or_default(), entry.value.span);
            let (Some(share), Some(place)) = (share, place) else { continue };
            if last.is_some_and(|(before, low)| share <= before || place < low) {
                let message = format!("the quantiles of `{}` do not rise", field.id);
                self.fault("wrong-form", entry.key.span, message, "write them from 0 to 1, with numbers that do not fall");
            }
            last = Some((share, place));
            points.push((threshold(share), place));
        }
        let ends = points.first().map(|(from, _)| *from).zip(points.last().map(|(to, _)| *to));
        if self.faults.len() == before && ends != Some((0, WHOLE)) {
            let message = format!("the quantiles of `{}` do not reach from 0 to 1", field.id);
            self.fault("wrong-form", value.span, message, "write the lowest number at 0 and the highest at 1");
        }
        let (low, step) = grid(field)?;
        (self.faults.len() == before).then_some(Draw::Grid(Grid { low, step, points, even: false }))
    }

    fn range(&mut self, field: &Field, value: &'a Value) -> Option<Draw> {
        let ends = match &value.kind {
            Kind::Sequence(ends) if ends.len() == 2 => ends.as_slice(),
            _ => &[],
        };
        let (Some(from), Some(to)) = (ends.first(), ends.last()) else {
            self.fault("wrong-kind", value.span, "a range has two ends".to_owned(), "write it like `[65, 95]`");
            return None;
        };
        let backwards =
            |reader: &mut Self| reader.fault("wrong-form", value.span, "the range is backwards".to_owned(), "write the low end first");
        match field.kind {
            ItemType::Date => {
                let (from, to) = self.days(value)?;
                Some(Draw::Days(from, to))
            }
            ItemType::Integer | ItemType::Decimal => {
                let from = self.place(field, scalar(from).unwrap_or_default(), from.span);
                let to = self.place(field, scalar(to).unwrap_or_default(), to.span);
                let (from, to, (low, step)) = (from?, to?, grid(field)?);
                if from > to {
                    backwards(self);
                }
                Some(Draw::Grid(Grid { low, step, points: vec![(0, from), (WHOLE, to)], even: true }))
            }
            ItemType::Time => {
                let minutes = |value: &Value| scalar(value).and_then(ClockTime::parse).map(|time| i64::from(time.minutes()));
                let (Some(from), Some(to)) = (minutes(from), minutes(to)) else {
                    self.fault(
                        "wrong-kind",
                        value.span,
                        "a clock time from 00:00 to 23:59 is wanted".to_owned(),
                        "write it like `[\"21:00\", \"23:30\"]`",
                    );
                    return None;
                };
                if from > to {
                    backwards(self);
                }
                Some(Draw::Grid(Grid { low: Decimal::ZERO, step: Decimal::ONE, points: vec![(0, from), (WHOLE, to)], even: true }))
            }
            _ => {
                let message = format!("`{}` is a {} and has no range", field.id, field.kind.word());
                self.fault("wrong-form", value.span, message, "write `shares`");
                None
            }
        }
    }

    /// One day, or two.
    fn days(&mut self, value: &Value) -> Option<(i32, i32)> {
        let day = |value: &Value| scalar(value).and_then(Date::parse).map(Date::day_number);
        let found = match &value.kind {
            Kind::Sequence(ends) => match ends.as_slice() {
                [from, to] => day(from).zip(day(to)),
                _ => None,
            },
            _ => day(value).map(|day| (day, day)),
        };
        match found {
            Some((from, to)) if from <= to => Some((from, to)),
            Some(_) => {
                self.fault("wrong-form", value.span, "the days are backwards".to_owned(), "write the first day first");
                None
            }
            None => {
                self.fault(
                    "wrong-kind",
                    value.span,
                    "a day, or the first and the last, is wanted".to_owned(),
                    "write it like 2024-05-14 or [2024-01-01, 2024-12-31]",
                );
                None
            }
        }
    }

    fn loading(&mut self, value: &Value) -> Option<i64> {
        let number = scalar(value).and_then(|text| Decimal::from_str_exact(text).ok());
        let thousandths = number.map(|number| number * Decimal::from(1000)).filter(|number| number.fract().is_zero());
        let found = thousandths.and_then(|number| number.to_i64()).filter(|number| number.abs() <= 1000);
        if found.is_none() {
            let given = scalar(value).unwrap_or("a list or keys");
            let message = format!("a loading is a number from -1 to 1 with at most three digits behind the point, not `{given}`");
            self.fault("wrong-kind", value.span, message, "0 is by chance alone, 1 follows the severity alone, below 0 runs against it");
        }
        found
    }

    fn absent(&mut self, field: &Field, value: &'a Value) -> Vec<(AbsentReason, u64)> {
        let mut found = Vec::new();
        let mut sum = Decimal::ZERO;
        for entry in self.entries(value, "a share for each absent reason") {
            let share = self.share(&entry.value).unwrap_or_default();
            sum += share;
            match AbsentReason::from_word(&entry.key.value).filter(|reason| field.absent.contains(reason)) {
                Some(reason) => found.push((reason, threshold(sum.min(Decimal::ONE)))),
                None => {
                    let allowed: Vec<&str> = field.absent.iter().map(|reason| reason.word()).collect();
                    let help = if allowed.is_empty() { "it allows none".to_owned() } else { format!("it allows {}", allowed.join(", ")) };
                    self.fault("unknown-word", entry.key.span, format!("`{}` does not allow `{}`", field.id, entry.key.value), help);
                }
            }
        }
        if sum > Decimal::ONE {
            let message = format!("the absent shares of `{}` add up to {}, above 1", field.id, sum.normalize());
            self.fault("wrong-form", value.span, message, "the rest has an answer");
        }
        found
    }
}

/// The lowest number and the step of a field's answers. Where no step is stated, the last digit of its range, and at least one behind the point.
pub(crate) fn grid(field: &Field) -> Option<(Decimal, Decimal)> {
    let (low, high) = field.range?;
    let step = match (field.kind, field.step) {
        (_, Some(step)) => step,
        (ItemType::Integer | ItemType::Time, None) => Decimal::ONE,
        _ => Decimal::new(1, low.scale().max(high.scale()).max(1)),
    };
    Some((low, step))
}

fn scalar(value: &Value) -> Option<&str> {
    if let Kind::Scalar(scalar) = &value.kind { Some(&scalar.text) } else { None }
}

fn plain(text: &str) -> geras::source::Scalar {
    geras::source::Scalar { text: text.to_owned(), style: geras::source::ScalarStyle::Plain, origin: Vec::new() }
}
