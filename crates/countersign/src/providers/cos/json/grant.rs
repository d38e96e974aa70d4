//! Makes signatures of the JSON API.

use super::{Field, Order};
use crate::{
    crypto::{self, Key, MacBytes, Sha1Hash},
    pen::{Document, List},
    phrase::{Phrase, Told, phrase, tell_in_english},
    secret::Credentials,
    time::Timestamp,
    wire::{
        Few, Ink, base64,
        percent::{self, Kept},
        text::Text,
    },
};
use alloc::{string::String, vec::Vec};

/// The longest a signature may live: 90 days.
pub(super) const MAX_LIFE: i64 = 7_776_000;
/// The most digits of times and random numbers.
pub(super) const MAX_DIGITS: usize = 10;
/// The largest number with that many digits.
const MAX_NUMBER: u64 = 9_999_999_999;

/// What a signature of the JSON API is to say.
///
/// ```
/// use countersign::{Credentials, SecretKey, Timestamp};
/// use countersign::providers::cos::json::{Decoded, Expiry, File, Grant, GrantError};
///
/// let who = Credentials::new("AKIDexample", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let now = Timestamp::from_unix(1_470_736_940);
///
/// // Anyone who has this may upload for a minute. The random number is the caller's.
/// let upload = Grant::new(200_001, "newbucket", Expiry::At(now.plus(60)), now, 490_258_943);
/// let token = upload.sign(&who)?;
/// assert_eq!(Decoded::parse(token.as_bytes())?.expiry.as_deref(), Some("1470737000"));
///
/// // What changes or deletes a file is signed for that file and that one time.
/// let delete = Grant::new(200_001, "newbucket", Expiry::Once, now, 490_258_944);
/// assert_eq!(delete.sign(&who), Err(GrantError::OnceWithoutFile));
/// assert!(delete.file(File::Object("/dir/a.jpg")).sign(&who).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Grant<'a> {
    /// The number of the account.
    pub appid: u64,
    /// The bucket without the appid behind it.
    pub bucket: &'a str,
    /// How long and how often it can be used.
    pub expiry: Expiry,
    /// The time of signing.
    pub issued_at: Timestamp,
    /// A random number of at most 10 digits.
    pub random: u64,
    /// The file it is for.
    pub file: File<'a>,
    /// The order of the fields.
    pub order: Order,
    /// What is escaped in the file.
    pub escapes: Escapes,
}

/// How long and how often a signature can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// Any number of times until this time.
    At(Timestamp),
    /// One single time.
    Once,
}

/// The file a signature is for. A path that does not start with `/` gets one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File<'a> {
    /// Any file.
    Any,
    /// This path in the bucket, written behind appid and bucket; a directory ends with `/`. In a
    /// signature for several uses it stands for all paths that start with it.
    Object(&'a str),
    /// This path alone, without appid and bucket: how SDKs sign downloads.
    Bare(&'a str),
}

/// What is escaped in the file. The server compares it without escapes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Escapes {
    /// Everything but letters, digits and `-_.~/`: the PHP, Python and Java SDKs.
    #[default]
    Unreserved,
    /// The same, but `!'()*` stay bare as in `encodeURIComponent`: the JavaScript SDK.
    UriComponent,
}

impl Escapes {
    fn kept(self) -> &'static Kept {
        static COMPONENT: Kept = Kept::alphanumeric_and(b"-_.~/!'()*");
        match self {
            Self::Unreserved => &percent::PATH,
            Self::UriComponent => &COMPONENT,
        }
    }
}

/// The seven fields, as they are signed.
type Original = Few<u8, 256>;

impl<'a> Grant<'a> {
    /// A grant for any file, in the order of the formula.
    #[must_use]
    pub const fn new(appid: u64, bucket: &'a str, expiry: Expiry, issued_at: Timestamp, random: u64) -> Self {
        let (file, order, escapes) = (File::Any, Order::Formula, Escapes::Unreserved);
        Self { appid, bucket, expiry, issued_at, random, file, order, escapes }
    }

    /// Says which file it is for.
    #[must_use]
    pub const fn file(mut self, file: File<'a>) -> Self {
        self.file = file;
        self
    }

    /// Sets the order of the fields.
    #[must_use]
    pub const fn order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// Says what is escaped in the file.
    #[must_use]
    pub const fn escapes(mut self, escapes: Escapes) -> Self {
        self.escapes = escapes;
        self
    }

    /// Makes the value of the `Authorization` header. As parameter `sign` of a URL it must be escaped.
    ///
    /// # Errors
    ///
    /// When the grant contradicts itself or the rules of the vendor: no server would take it.
    pub fn sign(&self, who: &Credentials) -> Result<String, GrantError> {
        let mut text = Vec::with_capacity(256);
        self.sign_into(who, &mut text)?;
        Ok(String::from_utf8(text).unwrap_or_default())
    }

    /// The same, written behind what `out` holds. Allocates nothing.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn sign_into(&self, who: &Credentials, out: &mut dyn Ink) -> Result<(), GrantError> {
        let original = self.original(who.access_key_id())?;
        let mut mac = MacBytes::new();
        crypto::sealed::<Sha1Hash, _>(&Key::Secret, who.secret(), &mut mac, |pen| {
            pen.open(Document::StringToSign);
            pen.write(&original);
        });
        let mut signed = Original::new();
        signed.extend_from_slice(&mac);
        signed.extend_from_slice(&original);
        base64::encode(&signed, &base64::STANDARD, out);
        Ok(())
    }

    fn original(&self, secret_id: &str) -> Result<Original, GrantError> {
        self.check(secret_id)?;
        let expiry = match self.expiry {
            Expiry::At(end) => digits(end)?,
            Expiry::Once => Text::from("0"),
        };
        let mut original = Original::new();
        let mut list = List::new("", "&");
        for field in self.order.fields() {
            original.write(list.lead().as_bytes());
            original.write(field.letter().as_bytes());
            original.write(b"=");
            match field {
                Field::Appid => original.write(&Text::from(self.appid)),
                Field::Bucket => original.write(self.bucket.as_bytes()),
                Field::SecretId => original.write(secret_id.as_bytes()),
                Field::Expiry => original.write(&expiry),
                Field::Issued => original.write(&digits(self.issued_at)?),
                Field::Random => original.write(&Text::from(self.random)),
                Field::File => self.write_file(&mut original),
            }
        }
        Ok(original)
    }

    fn write_file(&self, ink: &mut dyn Ink) {
        let path = match self.file {
            File::Any => return,
            File::Bare(path) => path,
            File::Object(path) => {
                for piece in [b"/", &*Text::from(self.appid), b"/", self.bucket.as_bytes()] {
                    ink.write(piece);
                }
                path
            }
        };
        if !path.starts_with('/') {
            ink.write(b"/");
        }
        percent::encode(path.as_bytes(), self.escapes.kept(), ink);
    }

    fn check(&self, secret_id: &str) -> Result<(), GrantError> {
        if let Expiry::At(end) = self.expiry {
            let life = end.since(self.issued_at);
            digits(end)?;
            if life <= 0 {
                return Err(GrantError::Over { expiry: end, issued_at: self.issued_at });
            }
            if life > MAX_LIFE {
                return Err(GrantError::LifeTooLong { seconds: life });
            }
        }
        if self.random > MAX_NUMBER {
            return Err(GrantError::RandomTooLong(self.random));
        }
        match self.file {
            File::Any if self.expiry == Expiry::Once => return Err(GrantError::OnceWithoutFile),
            File::Object("") | File::Bare("") => return Err(GrantError::EmptyPath),
            _ => {}
        }
        let named = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        if self.bucket.is_empty() || !self.bucket.bytes().all(named) {
            return Err(GrantError::Bucket(self.bucket.into()));
        }
        if secret_id.is_empty() || !secret_id.bytes().all(|b| b.is_ascii_graphic() && b != b'&') {
            return Err(GrantError::SecretId);
        }
        Ok(())
    }
}

/// A time as the vendor writes it.
fn digits(at: Timestamp) -> Result<Text<'static>, GrantError> {
    match u64::try_from(at.unix()) {
        Ok(seconds @ 1..=MAX_NUMBER) => Ok(Text::from(seconds)),
        _ => Err(GrantError::NotSeconds(at.unix())),
    }
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GrantError {
    /// It can be used once and names no file.
    OnceWithoutFile,
    /// The path of the file is empty.
    EmptyPath,
    /// It would live for more than 90 days.
    LifeTooLong {
        /// The life asked for.
        seconds: i64,
    },
    /// It ends before it begins.
    Over {
        /// The end asked for.
        expiry: Timestamp,
        /// The time of signing.
        issued_at: Timestamp,
    },
    /// A time is not in seconds since 1970.
    NotSeconds(i64),
    /// The random number has more than 10 digits.
    RandomTooLong(u64),
    /// The bucket has a character no bucket has, or is empty.
    Bucket(String),
    /// The secret id has a character no id has, or is empty. It is not shown: it may be the secret, mixed up.
    SecretId,
}

impl Told for GrantError {
    fn told(&self) -> Phrase {
        match self {
            Self::OnceWithoutFile => phrase!("a signature for one use names no file; expected the file it is for"),
            Self::EmptyPath => phrase!("the path of the file is empty; expected one such as `/dir/a.jpg`"),
            Self::LifeTooLong { seconds } => phrase!("a life of {seconds} seconds is not accepted; expected at most {limit}")
                .shown("seconds", seconds)
                .shown("limit", MAX_LIFE),
            Self::Over { expiry, issued_at } => phrase!("the end {expiry} is not after the time of signing {issued_at}")
                .shown("expiry", expiry)
                .shown("issued_at", issued_at),
            Self::NotSeconds(time) => {
                phrase!("the time {time} is not accepted; expected seconds since 1970, 10 digits and no milliseconds")
                    .shown("time", time)
            }
            Self::RandomTooLong(random) => {
                phrase!("the random number {random} is too long; expected at most 10 digits").shown("random", random)
            }
            Self::Bucket(name) => {
                phrase!("the bucket `{name}` cannot be written; expected letters, digits and `-`").shown("name", name)
            }
            Self::SecretId => phrase!("the secret id cannot be written; expected letters and digits"),
        }
    }
}

tell_in_english!(GrantError);
impl core::error::Error for GrantError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::SecretKey;

    const NOW: Timestamp = Timestamp::from_unix(1_470_736_940);

    fn multi(life: i64) -> Grant<'static> {
        Grant::new(200_001, "newbucket", Expiry::At(NOW.plus(life)), NOW, 7)
    }

    fn refused(grant: &Grant<'_>) -> Option<GrantError> {
        grant.sign(&Credentials::new("AKIDexample", SecretKey::new("madeUp"))).err()
    }

    #[test]
    fn contradictions_are_refused() {
        assert_eq!(refused(&multi(MAX_LIFE)), None);
        assert_eq!(refused(&multi(MAX_LIFE + 1)), Some(GrantError::LifeTooLong { seconds: 7_776_001 }));
        assert_eq!(refused(&multi(0)), Some(GrantError::Over { expiry: NOW, issued_at: NOW }));
        assert_eq!(refused(&multi(60).file(File::Object(""))), Some(GrantError::EmptyPath));
        let once = Grant::new(200_001, "newbucket", Expiry::Once, NOW, 7);
        assert_eq!(refused(&once), Some(GrantError::OnceWithoutFile));
        assert_eq!(refused(&once.clone().file(File::Bare(""))), Some(GrantError::EmptyPath));
        assert_eq!(refused(&once.file(File::Object("/a"))), None);
    }

    #[test]
    fn numbers_are_refused_when_they_are_too_long() {
        let milliseconds = Timestamp::from_unix(1_470_736_940_000);
        let grant = Grant::new(200_001, "newbucket", Expiry::At(milliseconds.plus(60)), milliseconds, 7);
        assert_eq!(refused(&grant), Some(GrantError::NotSeconds(1_470_736_940_060)));
        let grant = Grant::new(200_001, "newbucket", Expiry::Once, milliseconds, 7).file(File::Object("/a"));
        assert_eq!(refused(&grant), Some(GrantError::NotSeconds(1_470_736_940_000)));
        // An end at 0 would be written as a signature for one use.
        let grant = Grant::new(200_001, "newbucket", Expiry::At(Timestamp::from_unix(0)), Timestamp::from_unix(-60), 7);
        assert_eq!(refused(&grant), Some(GrantError::NotSeconds(0)));
        let mut grant = multi(60);
        grant.random = MAX_NUMBER;
        assert_eq!(refused(&grant), None);
        grant.random += 1;
        assert_eq!(refused(&grant), Some(GrantError::RandomTooLong(10_000_000_000)));
    }

    #[test]
    fn what_would_break_the_text_is_refused() {
        for bucket in ["", "a&f=", "a/b", "a b"] {
            let grant = Grant::new(200_001, bucket, Expiry::At(NOW.plus(60)), NOW, 7);
            assert_eq!(refused(&grant), Some(GrantError::Bucket(bucket.into())));
        }
        for id in ["", "AKID&e=0", "AKID\n"] {
            let who = Credentials::new(id, SecretKey::new("madeUp"));
            assert_eq!(multi(60).sign(&who).err(), Some(GrantError::SecretId));
        }
    }

    #[test]
    fn each_sdk_leaves_its_own_characters_bare() {
        let written = |escapes| multi(60).file(File::Object("~a b!'()*/%.x")).escapes(escapes).original("AKIDexample").unwrap();
        assert!(written(Escapes::Unreserved).ends_with(b"&f=/200001/newbucket/~a%20b%21%27%28%29%2A/%25.x"));
        assert!(written(Escapes::UriComponent).ends_with(b"&f=/200001/newbucket/~a%20b!'()*/%25.x"));
    }
}
