//! Texts in several languages, calendar dates and clock times, as definitions hold them. What a text says is not known here.

use crate::source::{Span, Spanned};

/// A text in one or more languages, in the author's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// Where the author wrote it.
    pub span: Span,
    /// Language tag and text.
    pub languages: Vec<(Spanned<String>, String)>,
}

impl Texts {
    /// The text in `language`, if it was written in that language.
    #[must_use]
    pub fn exact(&self, language: &str) -> Option<&str> {
        self.languages.iter().find(|(tag, _)| tag.value == language).map(|(_, text)| text.as_str())
    }

    /// The text in `language`, or else in English, or else in the first language written.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let first = self.languages.first().map(|(_, text)| text.as_str());
        self.exact(language).or_else(|| self.exact("en")).or(first).unwrap_or("")
    }
}

/// A calendar day, written `2022-12-30`. Ordered in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(time::Date);

impl Date {
    /// Reads `YYYY-MM-DD`; refuses everything else and days that no calendar has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
        time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok().map(Self)
    }

    /// Days since the Julian epoch: only differences mean anything.
    #[must_use]
    pub fn day_number(self) -> i32 {
        self.0.to_julian_day()
    }

    /// The day with that number, where the calendar has it.
    #[must_use]
    pub fn from_day_number(number: i32) -> Option<Self> {
        time::Date::from_julian_day(number).ok().map(Self)
    }

    /// The same day so many months later; the last day of that month where it is shorter. None where the calendar ends.
    #[must_use]
    pub fn months_later(self, months: u32) -> Option<Self> {
        let count = i64::from(self.0.year()) * 12 + i64::from(u8::from(self.0.month())) - 1 + i64::from(months);
        let (year, month) = (i32::try_from(count.div_euclid(12)).ok()?, u8::try_from(count.rem_euclid(12)).ok()? + 1);
        let month = time::Month::try_from(month).ok()?;
        (1..=self.0.day()).rev().find_map(|day| time::Date::from_calendar_date(year, month, day).ok()).map(Self)
    }

    /// Whole years from `self` to `later`, negative if `later` is earlier. A birthday on 29 February is completed on 1 March.
    #[must_use]
    pub fn years_until(self, later: Self) -> i32 {
        let before_birthday = (later.0.month() as u8, later.0.day()) < (self.0.month() as u8, self.0.day());
        later.0.year() - self.0.year() - i32::from(before_birthday)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.0.year(), self.0.month() as u8, self.0.day())
    }
}

/// A time of day, written `23:40`. It has no day: one that comes after midnight is not the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockTime(u16);

impl ClockTime {
    /// Minutes of a day; from one time of day to the next one it is always less.
    pub const DAY: u16 = 24 * 60;

    /// Reads `HH:MM`, from 00:00 to 23:59; refuses everything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let two = |part: &str| (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u16>().ok())?;
        let (hours, minutes) = (two(hours)?, two(minutes)?);
        (hours < 24 && minutes < 60).then_some(Self(hours * 60 + minutes))
    }

    /// Minutes after midnight, 0 to 1439.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// The time so many minutes after midnight, where the day has it.
    #[must_use]
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (minutes < Self::DAY).then_some(Self(minutes))
    }
}

impl std::fmt::Display for ClockTime {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
