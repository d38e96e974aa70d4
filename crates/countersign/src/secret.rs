//! Secrets and who they belong to. They are wiped on drop and never printed.

use crate::{
    crypto::{self, Kept},
    wire::{hex, percent},
};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;
use zeroize::Zeroizing;

/// A secret access key: the bytes that key the HMAC.
///
/// There is no `Display`, `Clone`, `==` or serialisation, and `Debug` shows nothing of it.
pub struct SecretKey {
    bytes: Zeroizing<Vec<u8>>,
    kept: Option<Box<Kept>>,
}

impl SecretKey {
    /// Takes the bytes of the secret exactly as they are.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: Zeroizing::new(bytes.into()), kept: None }
    }

    /// The same key, made ready for many signatures: what is derived from it is kept in it.
    ///
    /// The first signature of a scope or an interval costs what it costs without this; the others of it need
    /// no key to be set up. Threads may share the key: they do not wait for each other.
    ///
    /// ```
    /// use countersign::SecretKey;
    ///
    /// let secret = SecretKey::new("madeUpSecretOnlyForThisExample").prepared();
    /// assert_eq!(secret.len(), 30);
    /// ```
    #[must_use]
    pub fn prepared(mut self) -> Self {
        if self.kept.is_none() {
            self.kept = Some(Box::default());
        }
        self
    }

    /// Where what is derived from it is kept.
    pub(crate) fn kept(&self) -> Option<&Kept> {
        self.kept.as_deref()
    }

    /// The bytes. Visible in this crate only, to key a MAC and to try damaged forms.
    pub(crate) fn expose(&self) -> &[u8] {
        &self.bytes
    }

    /// What two people compare to see whether they hold the same secret, without showing it.
    ///
    /// Both must take the same salt, which need not be secret.
    ///
    /// ```
    /// use countersign::SecretKey;
    ///
    /// let mine = SecretKey::new("madeUpSecretOnlyForThisExample").fingerprint(b"");
    /// let yours = SecretKey::new("madeUpSecretOnlyForThisExample\n").fingerprint(b"");
    /// assert_ne!(mine.hash, yours.hash);
    /// assert_eq!((mine.length, yours.length), (30, 31));
    /// assert_eq!(mine.ends.as_deref(), Some("ma\u{2026}le"));
    /// ```
    #[must_use]
    pub fn fingerprint(&self, salt: &[u8]) -> Fingerprint {
        let mac = crypto::fingerprint(self.expose(), salt);
        let mut digits = Vec::with_capacity(mac.len() * 2);
        hex::encode(&mac, &mut digits);
        Fingerprint { length: self.len(), ends: self.ends(), hash: String::from_utf8(digits).unwrap_or_default() }
    }

    /// The first and the last two characters of a secret so long that they give nothing away.
    fn ends(&self) -> Option<String> {
        let plain = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_graphic).then(|| String::from_utf8_lossy(bytes).into_owned());
        let bytes = self.expose();
        if bytes.len() < SHORTEST_WITH_ENDS {
            return None;
        }
        let (first, last) = (bytes.first_chunk::<2>()?, bytes.last_chunk::<2>()?);
        Some(plain(first).unwrap_or_default() + "\u{2026}" + &plain(last).unwrap_or_default())
    }

    /// Covers this secret with `*` where it stands in a text, escaped or not, whole or cut: who takes id and secret for each
    /// other sends the secret for all to see. The text keeps its length, and of the secret the first and the last two bytes.
    ///
    /// ```
    /// use countersign::SecretKey;
    ///
    /// let mut text = b"Credential=madeUp/SecretOnlyForThisExample/20260314".to_vec();
    /// SecretKey::new("madeUp/SecretOnlyForThisExample").cover(&mut text);
    /// assert_eq!(text, b"Credential=ma***************************le/20260314");
    /// ```
    pub fn cover(&self, text: &mut [u8]) {
        let secret = self.expose().trim_ascii();
        if secret.len() < SHORTEST_WITH_ENDS {
            return;
        }
        let escaped = Zeroizing::new(percent::encoded(secret, &percent::UNRESERVED));
        let small = Zeroizing::new(escaped_in_small_letters(&escaped));
        let escaped_again = Zeroizing::new(percent::encoded(&escaped, &percent::UNRESERVED));
        // As `printf` takes it.
        let doubled: Vec<u8> =
            escaped.iter().flat_map(|byte| core::iter::repeat_n(*byte, if *byte == b'%' { 2 } else { 1 })).collect();
        let doubled = Zeroizing::new(doubled);
        for spelling in [secret, &escaped, &small, &escaped_again, &doubled] {
            cover(spelling, text);
        }
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// As much of the beginning or the end of a secret is not there by chance.
const TELLING: usize = 12;

/// Covers each run of bytes that is a secret, its beginning or its end, but for two bytes where the secret begins and ends.
fn cover(secret: &[u8], text: &mut [u8]) {
    let mut at = 0;
    while let Some(rest) = text.get_mut(at..).filter(|rest| rest.len() >= TELLING) {
        let front = rest.iter().zip(secret).take_while(|(own, other)| own == other).count();
        let is_whole = front == secret.len();
        // The longest end of the secret that stands here.
        let ends = (1..secret.len() - TELLING + 1).filter_map(|from| secret.get(from..)).find(|end| rest.starts_with(end));
        let covered = match ends {
            _ if is_whole => Some((2, front, front - 2)),
            _ if front >= TELLING => Some((2, front, front)),
            Some(end) => Some((0, end.len(), end.len() - 2)),
            None => None,
        };
        let Some((from, len, to)) = covered else {
            at += 1;
            continue;
        };
        rest.get_mut(from..to).unwrap_or_default().fill(b'*');
        at += len;
    }
}

/// Some write escapes with small letters.
fn escaped_in_small_letters(escaped: &[u8]) -> Vec<u8> {
    let mut digits = 0_u8;
    let small = |byte: &u8| {
        let is_digit = digits > 0;
        digits = if *byte == b'%' { 2 } else { digits.saturating_sub(1) };
        if is_digit { byte.to_ascii_lowercase() } else { *byte }
    };
    escaped.iter().map(small).collect()
}

/// Secrets of the vendors have 30 characters and more; of these, four give nothing away.
const SHORTEST_WITH_ENDS: usize = 20;

/// What may be shown of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Number of bytes.
    pub length: usize,
    /// The first and the last two characters, those of them that can be seen; none of a short secret.
    pub ends: Option<String>,
    /// Ten hexadecimal digits of a salted hash: equal secrets have equal ones, and nothing leads back.
    pub hash: String,
}

/// An access key id with its secret, and the session token of a temporary pair.
pub struct Credentials {
    access_key_id: String,
    secret: SecretKey,
    token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// A long-lived pair.
    #[must_use]
    pub fn new(access_key_id: impl Into<String>, secret: SecretKey) -> Self {
        Self { access_key_id: access_key_id.into(), secret, token: None }
    }

    /// The session token that came with a temporary pair.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Zeroizing::new(token.into()));
        self
    }

    /// The same pair with its secret made ready for many signatures: see [`SecretKey::prepared`].
    #[must_use]
    pub fn prepared(mut self) -> Self {
        self.secret = self.secret.prepared();
        self
    }

    /// The public half.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret half.
    #[must_use]
    pub fn secret(&self) -> &SecretKey {
        &self.secret
    }

    /// The session token, if the pair is temporary. It travels in the request.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_ref().map(|token| token.as_str())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_covered_whole_or_cut_and_however_it_is_escaped() {
        let secret = SecretKey::new("madeUp/Secret+OnlyForThisExample\n");
        let covered = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            secret.cover(&mut bytes);
            String::from_utf8(bytes).unwrap()
        };
        for (text, shown) in [
            ("madeUp/Secret+OnlyForThisExample", "ma****************************le"),
            ("<madeUp%2FSecret%2BOnlyForThisExample>", "<ma********************************le>"),
            ("madeUp%2fSecret%2bOnlyForThisExample", "ma********************************le"),
            ("madeUp%252FSecret%252BOnlyForThisExample", "ma************************************le"),
            ("madeUp%%2FSecret%%2BOnlyForThisExample", "ma**********************************le"),
            ("cut: madeUp/Secret+On\u{2026}", "cut: ma**************\u{2026}"),
            ("\u{2026}ForThisExample.", "\u{2026}************le."),
            // No more of it than may be shown anyway, or by chance.
            ("madeUp/Secr, ThisExample, nothing", "madeUp/Secr, ThisExample, nothing"),
            ("", ""),
        ] {
            assert_eq!(covered(text), shown, "{text}");
        }
        let mut short = *b"secret secret secret";
        SecretKey::new("secret").cover(&mut short);
        assert_eq!(&short, b"secret secret secret");
    }

    #[test]
    fn debug_shows_no_secret() {
        let credentials = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecret")).with_token("madeUpToken");
        let text = alloc::format!("{credentials:?} {:?}", credentials.secret());
        assert!(text.contains("CSIDEXAMPLE0001") && !text.contains("madeUp"), "{text}");
    }
}
