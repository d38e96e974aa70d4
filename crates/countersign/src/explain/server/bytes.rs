//! Byte fields: a text the server lists byte by byte, so that nothing on the way can alter it.

use crate::{signature::Encoding, wire::hex};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// Reads a list of bytes: hexadecimal pairs, decimal numbers (IBM) or Base64. `beside` is the text field, which tells
/// them apart where the digits do not.
pub(super) fn read(listed: &str, beside: Option<&str>) -> Option<Vec<u8>> {
    let tokens = || listed.split([' ', '\t', '\r', '\n', ',']).filter(|token| !token.is_empty());
    let hex: Option<Vec<Vec<u8>>> = tokens().map(|token| hex::decode(token.as_bytes())).collect();
    let decimal: Option<Vec<u8>> = tokens().map(decimal).collect();
    match (hex.map(|pieces| pieces.concat()), decimal) {
        (Some(hex), Some(decimal)) => {
            let likeness = |bytes: &[u8]| (beside.is_some_and(|text| same_letters(bytes, text)), is_text(bytes));
            Some(if likeness(&decimal) > likeness(&hex) { decimal } else { hex })
        }
        // Two letters and a blank are a masked pair, not Base64.
        (None, None) if tokens().any(|token| token.len() < 4) => None,
        (None, None) => {
            let joined: String = listed.split_ascii_whitespace().collect();
            Encoding::Base64.decode(joined.as_bytes()).filter(|bytes| is_text(bytes))
        }
        (hex, decimal) => hex.or(decimal),
    }
}

/// Whether `text` shows `bytes` unaltered. Line ends and blanks around it are those of the file.
pub(super) fn is_text_of(bytes: &[u8], text: &str) -> bool {
    let shown = String::from_utf8_lossy(bytes);
    lf(&shown).trim() == lf(text).trim()
}

fn lf(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

fn decimal(token: &str) -> Option<u8> {
    let digits = token.len() <= 3 && token.bytes().all(|b| b.is_ascii_digit());
    token.parse().ok().filter(|_| digits)
}

/// What is left of a text when blanks, line ends and escapes are damaged.
fn same_letters(bytes: &[u8], text: &str) -> bool {
    let letter = |b: &u8| b.is_ascii_alphanumeric();
    bytes.iter().copied().filter(letter).eq(text.bytes().filter(letter))
}

fn is_text(bytes: &[u8]) -> bool {
    core::str::from_utf8(bytes).is_ok_and(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(listed: &str, beside: Option<&str>) -> Option<String> {
        read(listed, beside).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn every_way_to_list_bytes_is_read() {
        let listed = [
            "47 45 54 0A 2F 7e ",
            "47 45 54 0a\n2f\t7e",
            "4745540a2f7e",
            "71 69 84 10 47 126",
            "71, 69, 84, 10, 47, 126",
            "R0VU\nCi9+",
        ];
        for list in listed {
            assert_eq!(text(list, None).as_deref(), Some("GET\n/~"), "{list}");
        }
    }

    #[test]
    fn where_digits_do_not_tell_the_text_beside_does() {
        assert_eq!(text("71 69 84 47 65", Some("GET /A")).as_deref(), Some("GET/A"));
        assert_eq!(text("71 69 84 47 65", None).as_deref(), Some("GET/A"));
        assert_eq!(text("47 45 54 47", Some("GETG")).as_deref(), Some("GETG"));
        assert_eq!(text("47 45 54 47", Some("/-6/")).as_deref(), Some("/-6/"));
        assert_eq!(text("47 45 54 47", None).as_deref(), Some("GETG"));
    }

    #[test]
    fn what_is_no_byte_is_refused() {
        for list in ["47 45 ...", "47 xx 54", "300", "+5 10", "R0VU!", "/////w=="] {
            assert_eq!(read(list, None), None, "{list}");
        }
    }

    #[test]
    fn lost_line_ends_are_an_alteration_and_blanks_around_are_not() {
        let bytes = b"PUT\n\ntext/plain\n";
        assert!(is_text_of(bytes, "PUT\n\ntext/plain"));
        assert!(is_text_of(bytes, " PUT\r\n\r\ntext/plain\r\n"));
        assert!(!is_text_of(bytes, "PUT\ntext/plain"));
        assert!(!is_text_of(bytes, "PUT text/plain"));
    }
}
