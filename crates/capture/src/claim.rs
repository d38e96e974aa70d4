//! Whether something carries a signature. What one looks like is the library's business.

use countersign::{
    Carrier, Encoding, Hints, Request, Scheme, Subject,
    providers::{self, Among, cos, kodo},
};

use crate::http;

/// The scheme a token is of. There is no word in front of it: a damaged one must show something that no
/// other text has by chance.
#[must_use]
pub fn token_scheme(token: &[u8]) -> Option<&'static dyn Scheme> {
    let scheme: &dyn Scheme = match providers::read(&Subject::Token(token), &Hints::NONE, Among::All) {
        Ok(Some(claim)) => claim.scheme,
        _ => {
            let upload = kodo::UploadToken::decode(token);
            let is_hmac = |text: &[u8]| Encoding::Base64Url.decode(text).is_some_and(|bytes| bytes.len() == 20);
            if cos::json::Decoded::parse(token).is_ok_and(|said| said.order.len() >= 3) {
                &cos::JSON_MULTI
            } else if upload.policy.is_some() || upload.signature.is_some_and(|text| is_hmac(&text)) {
                &kodo::UPLOAD_TOKEN
            } else {
                return None;
            }
        }
    };
    (scheme.carrier() == Carrier::Token).then_some(scheme)
}

/// The tokens in a text, one on each line that is not empty, without what people and programs write
/// before them.
pub fn token_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let without = |line, word: &str| http::strip(line, word).map_or(line, <[u8]>::trim_ascii_start);
    let lines = http::lines(text).map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    lines.map(move |line| ["token: ", "authorization: uptoken ", "uptoken: ", "uptoken "].into_iter().fold(line, without))
}

/// Whether a text starts like a URL.
#[must_use]
pub fn is_url(text: &[u8]) -> bool {
    http::is_url(text.trim_ascii_start())
}

/// Whether this is a token, sound or damaged.
pub(crate) fn is_token(line: &[u8]) -> bool {
    !line.contains(&b' ') && token_scheme(line).is_some()
}

/// Whether a word in prose is a token: it must be sound.
pub(crate) fn is_sound_token(word: &[u8]) -> bool {
    const SHORTEST: usize = 40;
    const LONGEST: usize = 64 << 10;
    // Both kinds hold nothing else, and the reader need not be asked for each word of a log.
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b":_-+/=".contains(byte);
    (SHORTEST..LONGEST).contains(&word.len())
        && word.iter().all(is_plain)
        && matches!(providers::read(&Subject::Token(word), &Hints::NONE, Among::All), Ok(Some(claim)) if claim.scheme.carrier() == Carrier::Token)
}

/// Whether this is an upload token with a policy that can be read to its end.
pub(crate) fn is_whole_upload_token(text: &[u8]) -> bool {
    text.iter().filter(|byte| **byte == b':').count() == 2 && kodo::UploadToken::decode(text).policy.is_some()
}

/// Whether some scheme sees a claim here, sound or damaged.
pub(crate) fn is_claim(subject: &Subject<'_>) -> bool {
    !matches!(providers::read(subject, &Hints::NONE, Among::All), Ok(None))
}

/// Whether some scheme reads this as the value of an `Authorization` header.
pub(crate) fn is_header(value: &[u8]) -> bool {
    Request::new("GET", "http://x/").is_ok_and(|request| is_claim(&request.header("Authorization", value).into()))
}

/// Whether a URL carries a signature.
pub(crate) fn is_signed_url(url: &[u8]) -> bool {
    Request::new("GET", url).is_ok_and(|request| is_claim(&request.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut_out_of_lines() {
        let lines: Vec<_> = token_lines(b"token: a\r\n\n  b \nUPTOKEN:  c\nUpToken d\ntoken:e\n").collect();
        assert_eq!(lines, [&b"a"[..], b"b", b"c", b"d", b"token:e"]);
    }
}
