//! Points in time and the spellings signatures use. There is no clock here: time is an argument.

use crate::wire::{Ink, text::Text};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use core::fmt;

/// A point in time: whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Timestamp {
    /// From seconds since the epoch.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// This time and `seconds` more (or less).
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this time; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    fn calendar(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.0, 0).unwrap_or(DateTime::<Utc>::MIN_UTC).naive_utc()
    }

    /// Reads `20260314T150926Z`, the only form V4 dates may have.
    #[must_use]
    pub fn from_iso_basic(text: &[u8]) -> Option<Self> {
        let (date, rest) = text.split_at_checked(8)?;
        let [b'T', h1, h2, m1, m2, s1, s2, b'Z'] = rest else { return None };
        civil(number(date.get(..4)?)?, number(date.get(4..6)?)?, number(date.get(6..)?)?, [&[*h1, *h2], &[*m1, *m2], &[*s1, *s2]])
    }

    /// Reads `Sat, 14 Mar 2026 15:09:26 GMT`. Also `+0000` and `UTC` for `GMT`, as some clients write.
    #[must_use]
    pub fn from_http_date(text: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(text).ok()?;
        let mut words = text.split(' ');
        let weekday = words.next()?.strip_suffix(',')?;
        let day = words.next().filter(|d| d.len() == 2)?;
        let month = words.next()?;
        let year = words.next().filter(|y| y.len() == 4)?;
        let mut clock = words.next()?.split(':');
        let mut two = || clock.next().filter(|part| part.len() == 2).map(str::as_bytes);
        let clock = [two()?, two()?, two()?];
        if !WEEKDAYS.contains(&weekday) || !matches!(words.next(), Some("GMT" | "UTC" | "+0000")) || words.next().is_some() {
            return None;
        }
        let month = MONTHS.iter().position(|m| *m == month)? + 1;
        civil(number(year.as_bytes())?, month.try_into().ok()?, number(day.as_bytes())?, clock)
    }

    /// Reads RFC 3339: `2026-03-14T15:09:26Z`, with fractions and offsets if present.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|moment| Self(moment.timestamp()))
    }

    /// `20260314T150926Z`
    #[must_use]
    pub fn iso_basic(self) -> Text<'static> {
        let at = self.calendar();
        let mut text = self.date();
        text.write(b"T");
        for part in [at.hour(), at.minute(), at.second()] {
            text.write(&two_digits(part));
        }
        text.write(b"Z");
        text
    }

    /// `20260314`
    #[must_use]
    pub fn date(self) -> Text<'static> {
        let at = self.calendar();
        let mut text = Text::EMPTY;
        text.write(&year_digits(at));
        text.write(&two_digits(at.month()));
        text.write(&two_digits(at.day()));
        text
    }

    /// `Sat, 14 Mar 2026 15:09:26 GMT`
    #[must_use]
    pub fn http_date(self) -> Text<'static> {
        let at = self.calendar();
        let name = |table: &[&'static str], index: u32| {
            usize::try_from(index).ok().and_then(|i| table.get(i).copied()).unwrap_or_default()
        };
        let mut text = Text::EMPTY;
        text.write(name(&WEEKDAYS, at.weekday().num_days_from_monday()).as_bytes());
        text.write(b", ");
        text.write(&two_digits(at.day()));
        text.write(b" ");
        text.write(name(&MONTHS, at.month0()).as_bytes());
        text.write(b" ");
        text.write(&year_digits(at));
        for (separator, part) in [(b" ", at.hour()), (b":", at.minute()), (b":", at.second())] {
            text.write(separator);
            text.write(&two_digits(part));
        }
        text.write(b" GMT");
        text
    }
}

impl fmt::Display for Timestamp {
    /// `2026-03-14T15:09:26Z`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.calendar();
        write!(f, "{:04}-{:02}-{:02}T", at.year(), at.month(), at.day())?;
        write!(f, "{:02}:{:02}:{:02}Z", at.hour(), at.minute(), at.second())
    }
}

fn civil(year: i32, month: u32, day: i32, clock: [&[u8]; 3]) -> Option<Timestamp> {
    let [hour, minute, second] = clock.map(number::<u32>);
    let date = NaiveDate::from_ymd_opt(year, month, day.try_into().ok()?)?;
    // A leap second is written as :60 by some clocks; it belongs to the next minute.
    let leap = u32::from(second? == 60);
    let at = date.and_hms_opt(hour?, minute?, second? - leap)?;
    Some(Timestamp(at.and_utc().timestamp() + i64::from(leap)))
}

/// Digits only: `parse` alone would take a sign.
pub(crate) fn number<N: core::str::FromStr>(digits: &[u8]) -> Option<N> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    core::str::from_utf8(digits).ok()?.parse().ok()
}

/// Seconds written as decimal digits, as in `Expires`.
#[must_use]
pub fn seconds(digits: &[u8]) -> Option<i64> {
    number(digits)
}

// A remainder of 10 fits a byte.
fn two_digits(value: u32) -> [u8; 2] {
    [b'0' + (value / 10 % 10) as u8, b'0' + (value % 10) as u8]
}

fn year_digits(at: NaiveDateTime) -> [u8; 4] {
    let year = at.year().unsigned_abs();
    let ([a, b], [c, d]) = (two_digits(year / 100), two_digits(year % 100));
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_reads_back() {
        for unix in [0, 951_782_399, 951_782_400, 1_709_210_096, 1_773_500_966, 4_102_444_799] {
            let at = Timestamp::from_unix(unix);
            assert_eq!(Timestamp::from_iso_basic(&at.iso_basic()), Some(at));
            assert_eq!(Timestamp::from_http_date(&at.http_date()), Some(at));
            assert_eq!(Timestamp::from_rfc3339(&alloc::format!("{at}")), Some(at));
        }
    }

    #[test]
    fn spellings_are_those_of_the_vendors() {
        let at = Timestamp::from_unix(1_773_500_966);
        assert_eq!(at.iso_basic().to_str(), "20260314T150926Z");
        assert_eq!(at.http_date().to_str(), "Sat, 14 Mar 2026 15:09:26 GMT");
    }

    #[test]
    fn near_misses_are_refused() {
        for text in ["2026-03-14T15:09:26Z", "20260314T150926", "20260314T150960Zx", "20261314T150926Z", "+0260314T150926Z"] {
            assert_eq!(Timestamp::from_iso_basic(text.as_bytes()), None, "{text}");
        }
        for text in [
            "Sat, 4 Mar 2026 15:09:26 GMT",
            "Sa, 14 Mar 2026 15:09:26 GMT",
            "Sat, 14 Mar 2026 15:09:26 CST",
            "14 Mar 2026 15:09:26 GMT",
        ] {
            assert_eq!(Timestamp::from_http_date(text.as_bytes()), None, "{text}");
        }
    }
}
