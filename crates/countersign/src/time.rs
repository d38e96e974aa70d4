//! Points in time and the spellings signatures use. There is no clock here: time is an argument.

use crate::wire::{number, text::Text, two_digits};
use chrono::DateTime;
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

    /// The last second of which a date has room for the year.
    pub(crate) const LAST: Self = Self(253_402_300_799);

    /// Whether its year has four digits, for which dates have room.
    pub(crate) const fn has_four_digits(self) -> bool {
        matches!(self.0, -62_167_219_200..=253_402_300_799)
    }

    fn calendar(self) -> Calendar {
        Calendar::of(self.0)
    }

    /// Reads `20260314T150926Z`, the only form V4 dates may have.
    #[must_use]
    pub fn from_iso_basic(text: &[u8]) -> Option<Self> {
        let (date, rest) = text.split_at_checked(8)?;
        let [b'T', h1, h2, m1, m2, s1, s2, b'Z'] = rest else { return None };
        civil(seconds(date.get(..4)?)?, seconds(date.get(4..6)?)?, date.get(6..)?, [&[*h1, *h2], &[*m1, *m2], &[*s1, *s2]])
    }

    /// Reads `Sat, 14 Mar 2026 15:09:26 GMT`. Also `+0000` and `UTC` for `GMT`, as some clients write.
    #[must_use]
    pub fn from_http_date(text: &[u8]) -> Option<Self> {
        let mut words = text.split(|byte| *byte == b' ');
        let weekday = words.next()?.strip_suffix(b",")?;
        let day = words.next().filter(|d| d.len() == 2)?;
        let month = words.next()?;
        let year = words.next().filter(|y| y.len() == 4)?;
        let mut clock = words.next()?.split(|byte| *byte == b':');
        let mut two = || clock.next().filter(|part| part.len() == 2);
        let clock = [two()?, two()?, two()?];
        let number = |names: &[&str], name: &[u8]| names.iter().position(|own| own.as_bytes() == name);
        number(&WEEKDAYS, weekday)?;
        if !matches!(words.next(), Some(b"GMT" | b"UTC" | b"+0000")) || words.next().is_some() {
            return None;
        }
        let month = number(&MONTHS, month)? + 1;
        civil(seconds(year)?, month.try_into().ok()?, day, clock)
    }

    /// Reads RFC 3339: `2026-03-14T15:09:26Z`, with fractions and offsets if present.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|moment| Self(moment.timestamp()))
    }

    /// `20260314T150926Z`
    #[must_use]
    pub fn iso_basic(self) -> Text<'static> {
        Text::copied(&self.iso_digits())
    }

    /// The same, to be copied.
    pub(crate) fn iso_digits(self) -> [u8; 16] {
        let at = self.calendar();
        let [y1, y2, y3, y4] = at.year_digits();
        let ([m1, m2], [d1, d2]) = (two_digits(at.month), two_digits(at.day));
        let ([h1, h2], [n1, n2], [s1, s2]) = (two_digits(at.hour), two_digits(at.minute), two_digits(at.second));
        // A number, not an array: it is read at once, which has to wait for what was written byte by byte.
        u128::from_le_bytes([y1, y2, y3, y4, m1, m2, d1, d2, b'T', h1, h2, n1, n2, s1, s2, b'Z']).to_le_bytes()
    }

    /// `20260314`
    #[must_use]
    pub fn date(self) -> Text<'static> {
        let at = self.calendar();
        let ([y1, y2, y3, y4], [m1, m2], [d1, d2]) = (at.year_digits(), two_digits(at.month), two_digits(at.day));
        Text::copied(&[y1, y2, y3, y4, m1, m2, d1, d2])
    }

    /// `Sat, 14 Mar 2026 15:09:26 GMT`
    #[must_use]
    pub fn http_date(self) -> Text<'static> {
        let at = self.calendar();
        let name = |table: &[&str], index: u8| -> [u8; 3] {
            let name = table.get(usize::from(index)).and_then(|name| name.as_bytes().first_chunk());
            name.copied().unwrap_or_default()
        };
        let ([w1, w2, w3], [m1, m2, m3]) = (name(&WEEKDAYS, at.weekday), name(&MONTHS, at.month - 1));
        let ([d1, d2], [y1, y2, y3, y4]) = (two_digits(at.day), at.year_digits());
        let ([h1, h2], [n1, n2], [s1, s2]) = (two_digits(at.hour), two_digits(at.minute), two_digits(at.second));
        Text::copied(&[
            w1, w2, w3, b',', b' ', d1, d2, b' ', m1, m2, m3, b' ', y1, y2, y3, y4, b' ', h1, h2, b':', n1, n2, b':', s1, s2,
            b' ', b'G', b'M', b'T',
        ])
    }
}

impl fmt::Display for Timestamp {
    /// `2026-03-14T15:09:26Z`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.calendar();
        write!(f, "{:04}-{:02}-{:02}T", at.year, at.month, at.day)?;
        write!(f, "{:02}:{:02}:{:02}Z", at.hour, at.minute, at.second)
    }
}

/// A point in time by the Gregorian calendar, in UTC.
struct Calendar {
    year: i64,
    /// From 1.
    month: u8,
    /// From 1.
    day: u8,
    /// From 0, which is Monday.
    weekday: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

const DAY: i64 = 86_400;
/// Days of 400 years, after which the calendar repeats itself.
const ERA: i64 = 146_097;
/// Days from 1 March of year 0 to 1 January 1970.
const EPOCH: i64 = 719_468;

impl Calendar {
    /// Years begin in March here, so that a leap day is the last day of one. Divisions by constants are few, and
    /// of small numbers ("Euclidean affine functions and their application to calendar algorithms", Neri and Schneider).
    fn of(unix: i64) -> Self {
        let (days, seconds) = (unix.div_euclid(DAY), unix.rem_euclid(DAY));
        // In centuries near our own the first era can be as long as it likes.
        let (era, day_of_era) = match days + EPOCH {
            day @ 0..0x1000_0000 if cfg!(not(feature = "compact")) => (0, day),
            day => (day.div_euclid(ERA), day.rem_euclid(ERA)),
        };
        // All of these are small: a day of 400 years, a second of a day.
        let (day_of_era, seconds) = (day_of_era as u32, seconds as u32);
        let centuries = 4 * day_of_era + 3;
        let (century, day_of_century) = (centuries / ERA as u32, centuries % ERA as u32 / 4);
        // The years are the upper half of this product, the days of the last one are in the lower half.
        let years = 2_939_745 * u64::from(4 * day_of_century + 3);
        let (year, day_of_year) = ((years >> 32) as u32, years as u32 / 2_939_745 / 4);
        let months = 2_141 * day_of_year + 197_913;
        let (month, day) = (months >> 16, (months & 0xffff) / 2_141 + 1);
        let is_next_year = month > 12;
        Self {
            year: i64::from(100 * century + year) + 400 * era + i64::from(is_next_year),
            month: if is_next_year { month - 12 } else { month } as u8,
            day: day as u8,
            weekday: (days + 3).rem_euclid(7) as u8,
            hour: (seconds / 3600) as u8,
            minute: (seconds / 60 % 60) as u8,
            second: (seconds % 60) as u8,
        }
    }

    fn year_digits(&self) -> [u8; 4] {
        // A remainder of 10000 has four digits.
        let year = self.year.unsigned_abs() % 10_000;
        let ([a, b], [c, d]) = (two_digits((year / 100) as u8), two_digits((year % 100) as u8));
        [a, b, c, d]
    }
}

/// Days from 1970-01-01 to a date; `None` if there is no such date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    let (year, from_march) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    Some(era * ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH)
}

fn civil(year: i64, month: i64, day: &[u8], clock: [&[u8]; 3]) -> Option<Timestamp> {
    let [hour, minute, second] = clock.map(seconds);
    let (hour, minute, second) = (hour?, minute?, second?);
    // A leap second is written as :60 by some clocks; it belongs to the next minute.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(Timestamp(days(year, month, seconds(day)?)? * DAY + hour * 3600 + minute * 60 + second))
}

/// Seconds written as decimal digits, as in `Expires`.
#[must_use]
pub fn seconds(digits: &[u8]) -> Option<i64> {
    number(digits)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Timelike};

    #[test]
    fn every_spelling_reads_back() {
        for unix in [0, 951_782_399, 951_782_400, 1_709_210_096, 1_773_500_966, 4_102_444_799] {
            let at = Timestamp::from_unix(unix);
            assert_eq!(Timestamp::from_iso_basic(&at.iso_basic()), Some(at));
            assert_eq!(Timestamp::from_http_date(&at.http_date()), Some(at));
            assert_eq!(Timestamp::from_rfc3339(&alloc::format!("{at}")), Some(at));
        }
    }

    /// Every day of four centuries and some, and of as many before the year 0: the calendar repeats itself.
    #[test]
    fn the_calendar_is_that_of_chrono() {
        for day in (-200_000_i64..200_000).chain(-900_000..-700_000) {
            let unix = day * DAY + (day * 7919).rem_euclid(DAY);
            let (at, theirs) = (Timestamp::from_unix(unix), DateTime::from_timestamp(unix, 0).unwrap());
            let own = at.calendar();
            assert_eq!(
                (own.year, own.month, own.day),
                (theirs.year().into(), theirs.month() as u8, theirs.day() as u8),
                "{unix}"
            );
            let clock = (theirs.hour() as u8, theirs.minute() as u8, theirs.second() as u8);
            assert_eq!((own.hour, own.minute, own.second), clock);
            assert_eq!(u32::from(own.weekday), theirs.weekday().num_days_from_monday());
            if at.has_four_digits() {
                assert_eq!(Timestamp::from_iso_basic(&at.iso_basic()), Some(at));
                assert_eq!(Timestamp::from_http_date(&at.http_date()), Some(at));
            }
        }
        for unix in [i64::MIN, i64::MAX] {
            assert_eq!(Timestamp::from_unix(unix).iso_basic().len(), 16);
        }
        for (unix, has) in [(-62_167_219_201, false), (-62_167_219_200, true), (253_402_300_799, true), (253_402_300_800, false)]
        {
            assert_eq!(Timestamp::from_unix(unix).has_four_digits(), has);
            assert_eq!((0..10_000).contains(&DateTime::from_timestamp(unix, 0).unwrap().year()), has, "{unix}");
        }
    }

    #[test]
    fn dates_there_are_not_are_refused() {
        for text in [
            "20260229T000000Z",
            "21000229T000000Z",
            "20260431T000000Z",
            "20260100T000000Z",
            "20260101T240000Z",
            "20260101T006000Z",
            "20260101T000061Z",
        ] {
            assert_eq!(Timestamp::from_iso_basic(text.as_bytes()), None, "{text}");
        }
        let leap = Timestamp::from_iso_basic(b"20161231T235960Z");
        assert_eq!(leap, Timestamp::from_iso_basic(b"20170101T000000Z"));
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
