//! Short names of weekdays and months in the languages that servers and workstations are set to.
//!
//! Programs that format a date without naming a language take that of the machine. The names are those of
//! Java 8 (its own tables), of CLDR (later Java, Node, Android) and of glibc (C, PHP, Python, Ruby).

use crate::phrase::words;

/// The names of one language in one set of tables.
pub(super) struct Names {
    /// The language, for messages.
    pub(super) language: &'static str,
    /// From Monday.
    pub(super) weekdays: [&'static str; 7],
    /// From January.
    pub(super) months: Months,
}

/// How months are written.
pub(super) enum Months {
    Words([&'static str; 12]),
    /// The number and a word behind it.
    Numbers(&'static str),
    /// The same, filled up with a blank.
    Padded(&'static str),
}

impl Names {
    /// The month with this index, and what stands before its word.
    pub(super) fn month(&self, index: usize) -> alloc::string::String {
        match self.months {
            Months::Words(words) => words.get(index).copied().unwrap_or_default().into(),
            Months::Numbers(unit) => alloc::format!("{}{unit}", index + 1),
            Months::Padded(unit) => alloc::format!("{:>2}{unit}", index + 1),
        }
    }

    /// The index of a month written like this.
    pub(super) fn month_index(&self, written: &str) -> Option<usize> {
        (0..12).find(|index| self.month(*index).trim_start() == written)
    }
}

/// The zones of all languages, in minutes from GMT.
pub(super) const SPOKEN: [i64; 6] = [480, 540, -180, 60, 120, 180];

/// The zones in which a language is mostly spoken.
pub(super) fn zones_of(language: &str) -> &'static [i64] {
    match language {
        ZH => &[480],
        JAPANESE | KOREAN => &[540],
        PORTUGUESE => &[-180, 60],
        RUSSIAN => &[180],
        _ => &[60, 120],
    }
}

const fn named(language: &'static str, weekdays: [&'static str; 7], months: [&'static str; 12]) -> Names {
    Names { language, weekdays, months: Months::Words(months) }
}

const ZH: &str = words!("Chinese");
const JAPANESE: &str = words!("Japanese");
const KOREAN: &str = words!("Korean");
const FRENCH: &str = words!("French");
const GERMAN: &str = words!("German");
const SPANISH: &str = words!("Spanish");
const PORTUGUESE: &str = words!("Portuguese");
const RUSSIAN: &str = words!("Russian");
const NORWEGIAN: &str = words!("Norwegian");
const ZH_SHORT: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const ZH_MONTHS: [&str; 12] =
    ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];
const JA: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
const KO: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
const FR: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const ES: [&str; 7] = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"];
const PT_MONTHS: [&str; 12] = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"];

pub(super) static ENGLISH: [Names; 2] = [
    named("English", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], MONTHS),
    named("English", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], MONTHS),
];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[rustfmt::skip]
pub(super) static LOCALISED: [Names; 23] = [
    Names { language: ZH, weekdays: ZH_SHORT, months: Months::Numbers("月") },
    named(ZH, ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"], ZH_MONTHS),
    named(ZH, ZH_SHORT, ZH_MONTHS),
    Names { language: ZH, weekdays: ["一", "二", "三", "四", "五", "六", "日"], months: Months::Numbers("月") },
    Names { language: JAPANESE, weekdays: JA, months: Months::Numbers("月") },
    Names { language: JAPANESE, weekdays: JA, months: Months::Numbers("") },
    Names { language: JAPANESE, weekdays: JA, months: Months::Padded("月") },
    Names { language: KOREAN, weekdays: KO, months: Months::Numbers("월") },
    Names { language: KOREAN, weekdays: KO, months: Months::Padded("월") },
    named(FRENCH, FR, ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]),
    named(FRENCH, FR, ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]),
    named(GERMAN, ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]),
    named(GERMAN, ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."],
        ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."]),
    named(SPANISH, ES, ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]),
    named(SPANISH, ES, ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"]),
    named(PORTUGUESE, ["Seg", "Ter", "Qua", "Qui", "Sex", "Sáb", "Dom"], PT_MONTHS),
    named(PORTUGUESE, ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"], PT_MONTHS),
    named(PORTUGUESE, ["seg.", "ter.", "qua.", "qui.", "sex.", "sáb.", "dom."],
        ["jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."]),
    named(RUSSIAN, ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"],
        ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]),
    named(RUSSIAN, ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
        ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."]),
    named(NORWEGIAN, ["ma", "ti", "on", "to", "fr", "lø", "sø"],
        ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"]),
    named(NORWEGIAN, ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."],
        ["jan.", "feb.", "mar.", "apr.", "mai", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "des."]),
    named(NORWEGIAN, ["ma.", "ti.", "on.", "to.", "fr.", "lø.", "sø."],
        ["jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."]),
];
