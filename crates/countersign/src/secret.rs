//! Secrets and who they belong to. They are wiped on drop and never printed.

#[cfg(not(feature = "compact"))]
use crate::phrase::words;
use crate::{
    crypto::{self, Kept},
    wire::{hex, percent},
};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::{fmt, ops::Range};
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
    /// Of secrets of less than 20 bytes all is covered where they stand whole; those of less than 8 may be any word, and stay.
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
        if secret.len() < SHORTEST_COVERED {
            return;
        }
        let spellings = spellings(secret);
        let mut at = 0;
        while let Some(rest) = text.get_mut(at..).filter(|rest| rest.len() >= SHORTEST_COVERED) {
            // The spelling of which most stands here: another one would leave what lies between two escapes.
            let stands = spellings.iter().filter_map(|own| standing(own, rest, secret.len() >= SHORTEST_WITH_ENDS));
            let Some((covered, len)) = stands.max_by_key(|(_, len)| *len) else {
                at += 1;
                continue;
            };
            rest.get_mut(covered).unwrap_or_default().fill(b'*');
            at += len;
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

/// Shorter secrets are words like others.
const SHORTEST_COVERED: usize = 8;

/// As much of the beginning or the end of a secret is not there by chance.
const TELLING: usize = 12;

/// How a secret is written: as it is, escaped with capitals and with small letters, escaped twice, and escaped for `printf`.
fn spellings(secret: &[u8]) -> [Zeroizing<Vec<u8>>; 5] {
    // What grows leaves a copy behind.
    let room = |times: usize| Zeroizing::new(Vec::with_capacity(times * secret.len()));
    let [mut plain, mut escaped, mut small, mut again, mut doubled] = [room(1), room(3), room(3), room(9), room(6)];
    plain.extend_from_slice(secret);
    percent::encode(secret, &percent::UNRESERVED, &mut *escaped);
    percent::encode(&escaped, &percent::UNRESERVED, &mut *again);
    let mut digits = 0_u8;
    for byte in escaped.iter() {
        small.push(if digits > 0 { byte.to_ascii_lowercase() } else { *byte });
        doubled.extend(core::iter::repeat_n(*byte, if *byte == b'%' { 2 } else { 1 }));
        digits = if *byte == b'%' { 2 } else { digits.saturating_sub(1) };
    }
    [plain, escaped, small, again, doubled]
}

/// What to cover where a secret, its beginning or its end stands, and how much of it that is. A short one counts whole alone.
fn standing(secret: &[u8], text: &[u8], is_long: bool) -> Option<(Range<usize>, usize)> {
    let front = text.iter().zip(secret).take_while(|(own, other)| own == other).count();
    let is_whole = front == secret.len();
    if !is_long {
        return is_whole.then_some((0..front, front));
    }
    if is_whole {
        return Some((2..front - 2, front));
    }
    if front >= TELLING {
        return Some((2..front, front));
    }
    let end = (1..=secret.len() - TELLING).filter_map(|from| secret.get(from..)).find(|end| text.starts_with(end))?;
    Some((0..end.len() - 2, end.len()))
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
    /// What is needed in place of id or token, looked for once and not for each signature. Pages, where little code counts, hand
    /// over what they were given.
    #[cfg(not(feature = "compact"))]
    fault: Option<&'static str>,
}

/// Whether a text has no blanks and no control characters: in a header or a URL it would be taken for more than itself.
#[cfg(not(feature = "compact"))]
fn is_one_word(text: &str) -> bool {
    !text.bytes().any(|byte| byte == b' ' || byte.is_ascii_control())
}

impl Credentials {
    /// A long-lived pair.
    #[must_use]
    pub fn new(access_key_id: impl Into<String>, secret: SecretKey) -> Self {
        let own = Self {
            access_key_id: access_key_id.into(),
            secret,
            token: None,
            #[cfg(not(feature = "compact"))]
            fault: None,
        };
        own.checked()
    }

    /// The session token that came with a temporary pair.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Zeroizing::new(token.into()));
        self.checked()
    }

    #[cfg(not(feature = "compact"))]
    fn checked(mut self) -> Self {
        self.fault = match (is_one_word(&self.access_key_id), self.token()) {
            (false, _) => Some(words!("an access key id without blanks and line ends")),
            (_, Some(token)) if !is_one_word(token) => Some(words!("a session token without blanks and line ends")),
            _ => None,
        };
        self
    }

    #[cfg(feature = "compact")]
    fn checked(self) -> Self {
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

    /// What signing needs in place of these, if no server would take them.
    #[cfg(not(feature = "compact"))]
    pub(crate) fn fault(&self) -> Option<&'static str> {
        self.fault
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
        // Escapes far apart: no spelling of it leaves what lies between them.
        let example = SecretKey::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        for slash in ["/", "%2F", "%2f", "%252F", "%%2F"] {
            let written = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".replace('/', slash);
            let mut text = alloc::format!("<{written}>").into_bytes();
            example.cover(&mut text);
            let stars = "*".repeat(written.len() - 4);
            assert_eq!(String::from_utf8(text).unwrap(), alloc::format!("<wJ{stars}EY>"), "{slash}");
        }
        let mut middling = *b"id=madeUpSecret, madeUpSecre";
        SecretKey::new("madeUpSecret").cover(&mut middling);
        assert_eq!(&middling, b"id=************, madeUpSecre");
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
