//! Texts in GBK, if the program carries its table.

use alloc::vec::Vec;

/// A text in GBK; `None` when it has no form of its own there.
#[cfg(feature = "gbk")]
pub(crate) fn encoded(text: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(text).ok().filter(|text| !text.is_ascii())?;
    let (bytes, _, is_lossy) = encoding_rs::GBK.encode(text);
    (!is_lossy).then(|| bytes.into_owned())
}

/// The UTF-8 form of a text in GBK; `None` when it is none.
#[cfg(feature = "gbk")]
pub(crate) fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let decoded = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(text)?;
    Some(decoded.into_owned().into_bytes())
}

#[cfg(not(feature = "gbk"))]
pub(crate) fn encoded(_: &[u8]) -> Option<Vec<u8>> {
    None
}

#[cfg(not(feature = "gbk"))]
pub(crate) fn decoded(_: &[u8]) -> Option<Vec<u8>> {
    None
}

#[cfg(all(test, feature = "gbk"))]
mod tests {
    use super::*;

    #[test]
    fn texts_go_there_and_back() {
        let text = "\u{7167}\u{7247} a.jpg".as_bytes();
        let gbk = encoded(text).unwrap();
        assert_eq!(gbk, b"\xd5\xd5\xc6\xac a.jpg");
        assert_eq!(decoded(&gbk).unwrap(), text);
        assert_eq!(encoded(b"a"), None);
        // An emoji has no place in it.
        assert_eq!(encoded("\u{1f600}".as_bytes()), None);
    }
}
