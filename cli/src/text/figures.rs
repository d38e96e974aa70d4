//! Numbers and times, which look the same in all languages but for the names of units.

use countersign::Timestamp;

/// `2026-05-01 08:30:15 UTC`
pub(super) fn utc(time: Timestamp) -> String {
    time.to_string().replace('T', " ").replace('Z', " UTC")
}

/// `1,204`
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of bytes, and the same in a larger unit if that says it in whole.
pub(super) fn size(bytes: u64) -> Option<String> {
    const UNITS: [(u64, &str); 6] =
        [(1 << 30, "GiB"), (1_000_000_000, "GB"), (1 << 20, "MiB"), (1_000_000, "MB"), (1 << 10, "KiB"), (1_000, "kB")];
    let unit = UNITS.into_iter().find(|(size, _)| bytes >= *size && bytes.is_multiple_of(*size));
    unit.map(|(size, name)| format!("{} {name}", bytes / size))
}

/// A length of time in its two largest units, which are named years, days, hours, minutes and seconds in this order.
pub(super) fn in_units(seconds: i64, [year, day, hour, minute, second]: [&str; 5]) -> String {
    let mut rest = seconds.max(0);
    let mut parts = Vec::new();
    for (size, unit) in [(365 * 86_400, year), (86_400, day), (3_600, hour), (60, minute), (1, second)] {
        let count = rest / size;
        rest %= size;
        if count > 0 || !parts.is_empty() {
            parts.push((count, unit));
        }
    }
    let shown = parts.iter().take(2).filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}"));
    let shown = shown.collect::<Vec<_>>().join(" ");
    if shown.is_empty() { format!("0 {second}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::{grouped, size};

    #[test]
    fn a_size_that_is_whole_in_a_larger_unit_is_shown_in_it() {
        for (bytes, shown) in
            [(10_485_760, Some("10 MiB")), (10_000_000, Some("10 MB")), (512_000, Some("500 KiB")), (1_001, None), (0, None)]
        {
            assert_eq!(size(bytes).as_deref(), shown, "{bytes}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, shown) in [(0, "0"), (999, "999"), (1_204, "1,204"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), shown);
        }
    }
}
