//! Dates in the spellings that clients use, and reading them whatever their spelling.

use super::names::{ENGLISH, LOCALISED, Names};
use crate::{
    phrase::{Phrase, phrase},
    time::Timestamp,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A point in time in pieces.
pub(super) struct Pieces {
    weekday: usize,
    month: usize,
    day: String,
    year: String,
    clock: String,
}

impl Pieces {
    pub(super) fn of(at: Timestamp) -> Self {
        let text = at.http_date();
        let words: Vec<String> = text.to_str().split(' ').map(ToString::to_string).collect();
        let word = |place: usize| words.get(place).cloned().unwrap_or_default();
        let [english, _] = &ENGLISH;
        Self {
            // The first of January 1970 was a Thursday.
            weekday: usize::try_from((at.unix().div_euclid(86_400) + 3).rem_euclid(7)).unwrap_or_default(),
            month: english.month_index(&word(2)).unwrap_or_default(),
            day: word(1),
            year: word(3),
            clock: word(4),
        }
    }

    /// `Mon, 21 May 2018 19:55:40` with these names.
    pub(super) fn with(&self, names: &Names) -> String {
        // Hundreds are tried: joining takes a fraction of what formatting does.
        let (weekday, month) = (weekday(names, self.weekday), names.month(self.month));
        [weekday, ", ", &self.day, " ", &month, " ", &self.year, " ", &self.clock].concat()
    }

    /// Forms that are not the one servers want, and what they are.
    pub(super) fn other_forms(&self) -> [(String, Phrase); 6] {
        let [short, long] = &ENGLISH;
        let (day, month, year, clock) = (self.day.trim_start_matches('0'), short.month(self.month), &self.year, &self.clock);
        let weekday_name = weekday(short, self.weekday);
        let last_two = year.get(2..).unwrap_or_default();
        [
            (format!("{weekday_name}, {day} {month} {year} {clock} GMT"), phrase!("the day has one digit")),
            (
                format!("{}, {}-{month}-{last_two} {clock} GMT", weekday(long, self.weekday), self.day),
                phrase!("the form of RFC 850"),
            ),
            (format!("{weekday_name} {month} {day:>2} {clock} {year}"), phrase!("the form of C's `asctime`")),
            (format!("{} -0000", self.with(short)), phrase!("the zone is `-0000`")),
            (format!("{weekday_name}, {} {month} {last_two} {clock} GMT", self.day), phrase!("the year has two digits")),
            (format!("{} {month} {year} {clock} GMT", self.day), phrase!("there is no weekday")),
        ]
    }
}

fn weekday(names: &Names, index: usize) -> &'static str {
    names.weekdays.get(index).copied().unwrap_or_default()
}

/// A date as far as it can be read.
pub(super) struct Read<'t> {
    /// The time as written, taken for GMT.
    pub(super) at: Timestamp,
    /// What stands behind it; empty when nothing does.
    pub(super) zone: &'t str,
    /// The language of its names, if it is not English.
    pub(super) language: Option<&'static str>,
}

/// Reads a date in one of the forms clients write, in any of the languages known here.
pub(super) fn read(text: &str) -> Option<Read<'_>> {
    if let Some(at) = Timestamp::from_rfc3339(text).or_else(|| Timestamp::from_iso_basic(text.as_bytes())) {
        return Some(Read { at, zone: "Z", language: None });
    }
    let words: Vec<&str> = text.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
    let clock_at = words.iter().position(|word| word.matches(':').count() == 2 && word.len() == 8)?;
    let (front, rest) = words.split_at_checked(clock_at)?;
    let (clock, behind) = rest.split_first()?;
    // `21-May-18`, but not `-0000`.
    let front: Vec<&str> = front.iter().flat_map(|word| word.split('-')).collect();
    let (weekday, day, month, year, zone) = match (front.as_slice(), behind) {
        ([weekday, day, month, year], _) => (Some(*weekday), *day, *month, *year, behind.first()),
        ([day, month, year], _) if day.bytes().all(|b| b.is_ascii_digit()) => (None, *day, *month, *year, behind.first()),
        ([weekday, month, day], [year, ..]) => (Some(*weekday), *day, *month, *year, behind.get(1).or(Some(&"GMT"))),
        _ => return None,
    };
    let fits = |names: &Names| {
        weekday.is_none_or(|weekday| names.weekdays.contains(&weekday)).then(|| names.month_index(month)).flatten()
    };
    let (names, month) = ENGLISH.iter().chain(&LOCALISED).find_map(|names| Some((names, fits(names)?)))?;
    let clock: String = clock.split(':').collect();
    let century = if year.len() == 2 { "20" } else { "" };
    let at = Timestamp::from_iso_basic(format!("{century}{year}{:02}{day:0>2}T{clock}Z", month + 1).as_bytes())?;
    let language = Some(names.language).filter(|language| *language != "English");
    Some(Read { at, zone: zone.copied().unwrap_or_default(), language })
}

/// Names of zones, and their distance from GMT in minutes.
pub(super) static ZONES: [(&str, i64); 20] = [
    ("CST", 480),
    ("CST", -360),
    ("HKT", 480),
    ("SGT", 480),
    ("JST", 540),
    ("KST", 540),
    ("IST", 330),
    ("MSK", 180),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("BST", 60),
    ("WET", 0),
    ("BRT", -180),
    ("EST", -300),
    ("EDT", -240),
    ("CDT", -300),
    ("PST", -480),
    ("PDT", -420),
];

/// What a zone may mean, in minutes from GMT. Some names mean several.
pub(super) fn offsets(zone: &str) -> Vec<i64> {
    if matches!(zone, "GMT" | "UTC" | "UT" | "Z") {
        return [0].into();
    }
    let digits = zone.strip_prefix("GMT").or_else(|| zone.strip_prefix("UTC")).unwrap_or(zone);
    if let Some(minutes) = numeric(digits) {
        return [minutes].into();
    }
    ZONES.iter().filter(|(name, _)| *name == zone).map(|(_, minutes)| *minutes).collect()
}

/// `+0800`, `+08:00`, `+8`
fn numeric(zone: &str) -> Option<i64> {
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = if digits.len() > 2 { digits.split_at_checked(digits.len() - 2)? } else { (digits.as_str(), "0") };
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// `+0800`
pub(super) fn numeric_zone(minutes: i64) -> String {
    let size = minutes.abs();
    format!("{}{:02}{:02}", if minutes < 0 { '-' } else { '+' }, size / 60, size % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_unix(1_526_932_540);

    #[test]
    fn every_language_reads_back() {
        for names in &LOCALISED {
            for month in 0..12 {
                let at = AT.plus(month * 86_400 * 30);
                let text = format!("{} GMT", Pieces::of(at).with(names));
                let read = read(&text).unwrap_or_else(|| panic!("{text}"));
                assert_eq!((read.at, read.zone), (at, "GMT"), "{text}");
                assert!(read.language.is_some(), "{text}");
            }
        }
    }

    #[test]
    fn every_form_reads_back() {
        for (text, what) in Pieces::of(AT).other_forms() {
            let read = read(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.at, offsets(read.zone).as_slice(), read.language), (AT, &[0][..], None), "{what}: {text}");
        }
        assert_eq!(read(&AT.http_date().to_str()).map(|read| read.at), Some(AT));
        assert_eq!(read("2018-05-21T19:55:40.000Z").map(|read| read.at), Some(AT));
        assert!(read("yesterday").is_none() && read("").is_none() && read("a, b c d 1:2:3").is_none());
    }

    #[test]
    fn spellings_are_those_of_the_languages() {
        // As written by `SimpleDateFormat` of Java 17 for these locales, with CLDR and with its old tables.
        let pieces = Pieces::of(AT);
        let written: Vec<String> = LOCALISED.iter().map(|names| pieces.with(names)).collect();
        for text in [
            "周一, 21 5月 2018 19:55:40",
            "星期一, 21 五月 2018 19:55:40",
            "月, 21 5月 2018 19:55:40",
            "月, 21 5 2018 19:55:40",
            "월, 21 5월 2018 19:55:40",
            "lun., 21 mai 2018 19:55:40",
            "Mo., 21 Mai 2018 19:55:40",
            "Mo, 21 Mai 2018 19:55:40",
            "lun, 21 may 2018 19:55:40",
            "seg., 21 mai. 2018 19:55:40",
            "Seg, 21 mai 2018 19:55:40",
            "пн, 21 мая 2018 19:55:40",
            "Пн, 21 мая 2018 19:55:40",
            "man., 21 mai 2018 19:55:40",
            "ma, 21 mai 2018 19:55:40",
        ] {
            assert!(written.iter().any(|own| own == text), "{text}");
        }
    }

    #[test]
    fn zones_are_read_in_all_their_forms() {
        for zone in ["+0800", "+08:00", "GMT+8", "UTC+0800", "HKT"] {
            assert_eq!(offsets(zone), [480], "{zone}");
        }
        assert_eq!(offsets("CST"), [480, -360]);
        assert_eq!(numeric_zone(-570), "-0930");
        assert!(offsets("").is_empty() && offsets("+9900").is_empty() && offsets("XYZ").is_empty());
    }
}
