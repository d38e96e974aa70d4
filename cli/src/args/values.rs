//! What the values of options are read as.

use super::Expected;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use countersign::{Timestamp, providers};
use countersign_stacks::Stack;

/// A name and a value with `=` between them.
pub fn pair(text: &str) -> Result<(String, String), Expected> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(Expected::Pair),
    }
}

pub fn provider_ids() -> PossibleValuesParser {
    providers::PROVIDERS.iter().map(|provider| provider.id).collect::<Vec<_>>().into()
}

pub fn scheme_ids() -> PossibleValuesParser {
    providers::schemes().map(|scheme| scheme.id()).collect::<Vec<_>>().into()
}

pub fn stack() -> impl TypedValueParser<Value = Stack> {
    let names: PossibleValuesParser = Stack::ALL.iter().map(|stack| stack.as_str()).collect::<Vec<_>>().into();
    names.try_map(|name| Stack::named(&name).ok_or("no stack has this name"))
}

pub fn time(text: &str) -> Result<Timestamp, Expected> {
    Timestamp::from_rfc3339(text).ok_or(Expected::Time)
}

pub fn life(text: &str) -> Result<u64, Expected> {
    const FORM: Expected = Expected::Life;
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at_checked(at).ok_or(FORM)?,
        None => (text, "s"),
    };
    let scale = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err(FORM),
    };
    let life = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(scale)).ok_or(FORM)?;
    if (1..=LONGEST_LIFE).contains(&life) { Ok(life) } else { Err(Expected::LifeRange) }
}

/// The seconds from 1970 to the end of the year 9999, behind which no date is written.
const LONGEST_LIFE: u64 = 253_402_300_799;

/// Bytes. Powers of ten and of two have different names, and `M` alone, which has been both, is none.
pub fn size(text: &str) -> Result<i64, Expected> {
    const FORM: Expected = Expected::Size;
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at_checked(at).ok_or(FORM)?,
        None => (text, "b"),
    };
    let scale: i64 = match &*unit.to_ascii_lowercase() {
        "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err(FORM),
    };
    digits.parse::<i64>().ok().and_then(|number| number.checked_mul(scale)).ok_or(FORM)
}

/// A verb, in capitals as all vendors have them.
pub fn verb(text: &str) -> Result<String, Expected> {
    if is_token(text) { Ok(text.to_ascii_uppercase()) } else { Err(Expected::Verb) }
}

/// Whether a text is a word that HTTP can send.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

pub fn header(text: &str) -> Result<(String, String), Expected> {
    let (name, value) = text.split_once(':').ok_or(Expected::Header)?;
    let name = name.trim();
    if !is_token(name) || value.contains(['\r', '\n']) {
        return Err(Expected::HeaderLine);
    }
    Ok((name.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_has_a_unit_or_is_in_seconds() {
        for (text, seconds) in [("900", 900), ("15m", 900), ("2h", 7_200), ("7d", 604_800), ("1s", 1)] {
            assert_eq!(life(text), Ok(seconds), "{text}");
        }
        assert_eq!([life("0"), life("0d"), life("253402300800")], [Err(Expected::LifeRange); 3]);
        for text in ["", "m", "15 m", "1w", "-1", "1.5h", "99999999999999999999", "999999999999999999d"] {
            assert!(life(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_size_is_in_bytes_or_names_its_unit_in_full() {
        for (text, bytes) in [
            ("0", 0),
            ("512", 512),
            ("7B", 7),
            ("512KB", 512_000),
            ("512kB", 512_000),
            ("10MB", 10_000_000),
            ("10MiB", 10_485_760),
            ("64KiB", 65_536),
            ("2GB", 2_000_000_000),
            ("2gib", 2_147_483_648),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MB", "10M", "10 MB", "1.5MB", "-1", "10mb/s", "10Mbit", "9223372036854775808", "9223372036854775807kB"]
        {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_header_is_a_name_and_a_value_on_one_line() {
        assert_eq!(header("Content-Type:  text/plain "), Ok(("Content-Type".into(), "text/plain".into())));
        for text in ["Content-Type", ": x", "a b: c", "a: b\nc: d"] {
            assert!(header(text).is_err(), "{text}");
        }
    }
}
