//! Takes signatures of the JSON API apart and names what is wrong with them.

use super::{
    Field, Kind, MAC, Needs, Operation, decode,
    grant::{MAX_DIGITS, MAX_LIFE},
    mac_length, pairs,
};
use crate::{
    phrase::{Phrase, Told, phrase, tell_in_english},
    time::{self, Timestamp},
};
use alloc::{string::String, vec::Vec};

/// What a signature of the JSON API says. Nothing of it is checked against a secret: see `verify`.
///
/// A field is the text as it stands there, the first if there are several.
///
/// ```
/// use countersign::providers::cos::json::{Decoded, Field, Kind, Problem, TextError};
///
/// let token = b"v6+um3VE3lxGz97PmnSg6+/V9PZhPTIwMDAwMSZiPW5ld2J1Y2tldCZrPUFLSURVZkxVRVVpZ1FpWHFtN0NWU3NwS0pudWFp\
///     SUt0eHFBdiZlPTE0NzA3MzcwMDAmdD0xNDcwNzM2OTQwJnI9NDkwMjU4OTQzJmY9";
/// let decoded = Decoded::parse(token)?;
/// assert_eq!(decoded.bucket.as_deref(), Some("newbucket"));
/// assert_eq!(decoded.kind(), Some(Kind::Multi));
/// assert!(decoded.problems.is_empty());
///
/// // Cut off in the middle.
/// let decoded = Decoded::parse(&token[..100])?;
/// assert_eq!(decoded.problems[0], Problem::Missing(Field::Expiry));
/// assert_eq!(Decoded::parse(b"").err(), Some(TextError::TooShort { len: 0 }));
/// # Ok::<(), TextError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Decoded {
    /// The MAC: the first 20 bytes, even where a problem says that it is longer or shorter.
    pub mac: [u8; MAC],
    /// The signed text: the bytes behind these 20, as received.
    pub original: Vec<u8>,
    /// The fields in the order they stand in.
    pub order: Vec<Field>,
    /// `a`
    pub appid: Option<String>,
    /// `b`
    pub bucket: Option<String>,
    /// `k`
    pub secret_id: Option<String>,
    /// `e`
    pub expiry: Option<String>,
    /// `t`
    pub issued: Option<String>,
    /// `r`
    pub random: Option<String>,
    /// `f`, with its escapes
    pub file: Option<String>,
    /// What a server would refuse, as far as it can be seen without a clock and a request.
    pub problems: Vec<Problem>,
}

/// Hexadecimal digits of the MAC.
const HEX: usize = 2 * MAC;

impl Decoded {
    /// Takes a signature apart. It may have been copied out of a URL, escapes and all.
    ///
    /// # Errors
    ///
    /// When there is no text in it to look at.
    pub fn parse(text: &[u8]) -> Result<Self, TextError> {
        let bytes = decode(text)?;
        let (mac, original) = bytes.split_first_chunk().ok_or(TextError::TooShort { len: bytes.len() })?;
        let length = mac_length(&bytes);
        let problem = match length {
            MAC => None,
            HEX => Some(Problem::HexMac),
            found => Some(Problem::OtherMac { found }),
        };
        let mut decoded = Self {
            mac: *mac,
            order: Vec::new(),
            appid: None,
            bucket: None,
            secret_id: None,
            expiry: None,
            issued: None,
            random: None,
            file: None,
            problems: problem.into_iter().collect(),
            original: original.to_vec(),
        };
        decoded.read(bytes.get(length..).unwrap_or_default());
        decoded.inspect();
        Ok(decoded)
    }

    /// Whether it can be used once or several times, if it says so.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.expiry.as_ref().map(|expiry| Kind::of(expiry.as_bytes()))
    }

    /// A field as it stands there.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&str> {
        match field {
            Field::Appid => self.appid.as_deref(),
            Field::Bucket => self.bucket.as_deref(),
            Field::SecretId => self.secret_id.as_deref(),
            Field::Expiry => self.expiry.as_deref(),
            Field::Issued => self.issued.as_deref(),
            Field::Random => self.random.as_deref(),
            Field::File => self.file.as_deref(),
        }
    }

    /// What speaks against using it for `operation`.
    ///
    /// ```
    /// use countersign::providers::cos::json::{Decoded, Operation, Problem};
    ///
    /// let token = b"v6+um3VE3lxGz97PmnSg6+/V9PZhPTIwMDAwMSZiPW5ld2J1Y2tldCZrPUFLSURVZkxVRVVpZ1FpWHFtN0NWU3NwS0pudWFp\
    ///     SUt0eHFBdiZlPTE0NzA3MzcwMDAmdD0xNDcwNzM2OTQwJnI9NDkwMjU4OTQzJmY9";
    /// let multi = Decoded::parse(token)?;
    /// assert_eq!(multi.problem_with(Operation::Upload), None);
    /// let problem = multi.problem_with(Operation::Delete).ok_or("no problem")?;
    /// assert_eq!(problem.to_string(), "`delete` needs a signature for one use, `e=0`; found `e=1470737000`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn problem_with(&self, operation: Operation) -> Option<Problem> {
        match (operation.needs(), self.kind()?) {
            (Needs::Multi, Kind::Once) => Some(Problem::MultiNeeded(operation)),
            (Needs::Once, Kind::Multi) => Some(Problem::OnceNeeded { operation, expiry: self.expiry.clone()? }),
            _ => None,
        }
    }

    fn slot(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::Appid => &mut self.appid,
            Field::Bucket => &mut self.bucket,
            Field::SecretId => &mut self.secret_id,
            Field::Expiry => &mut self.expiry,
            Field::Issued => &mut self.issued,
            Field::Random => &mut self.random,
            Field::File => &mut self.file,
        }
    }

    fn read(&mut self, text: &[u8]) {
        for (name, value) in pairs(text) {
            let value = String::from_utf8_lossy(value).into_owned();
            let Some(field) = Field::ALL.into_iter().find(|field| field.letter().as_bytes() == name) else {
                let name = String::from_utf8_lossy(name).into_owned();
                self.problems.push(Problem::Unknown { name, value });
                continue;
            };
            self.order.push(field);
            match self.slot(field) {
                Some(_) => self.problems.push(Problem::Doubled { field, second: value }),
                free => *free = Some(value),
            }
        }
    }

    fn inspect(&mut self) {
        for field in Field::ALL {
            let problem = match (field, self.field(field)) {
                (_, None) => Some(Problem::Missing(field)),
                (Field::File, Some(_)) => None,
                (_, Some("")) => Some(Problem::Empty(field)),
                (Field::Bucket | Field::SecretId, Some(_)) => None,
                (_, Some(text)) => number_problem(field, text),
            };
            self.problems.extend(problem);
        }
        let found = [self.life_problem(), self.file_problem(), self.bucket_problem()];
        self.problems.extend(found.into_iter().flatten());
    }

    fn life_problem(&self) -> Option<Problem> {
        let seconds = |field| self.field(field).filter(|t| t.len() <= MAX_DIGITS).and_then(|t| time::seconds(t.as_bytes()));
        let (expiry, issued) = (seconds(Field::Expiry)?, seconds(Field::Issued)?);
        let life = expiry - issued;
        match self.kind()? {
            Kind::Once => None,
            Kind::Multi if life <= 0 => {
                Some(Problem::Over { expiry: Timestamp::from_unix(expiry), issued_at: Timestamp::from_unix(issued) })
            }
            Kind::Multi if life > MAX_LIFE => Some(Problem::LifeTooLong { seconds: life }),
            Kind::Multi => None,
        }
    }

    /// A signature for one use names its file in full; others may name a bare path, or none.
    fn file_problem(&self) -> Option<Problem> {
        let file = self.file.as_deref()?;
        if self.kind()? == Kind::Multi {
            return None;
        }
        if file.is_empty() {
            return Some(Problem::OnceWithoutFile);
        }
        let expected = alloc::format!("/{}/{}/", self.appid.as_deref()?, self.bucket.as_deref()?);
        (!file.starts_with(&expected)).then(|| Problem::FileElsewhere { file: file.into(), expected })
    }

    fn bucket_problem(&self) -> Option<Problem> {
        let (bucket, appid) = (self.bucket.as_deref()?, self.appid.as_deref().filter(|appid| !appid.is_empty())?);
        let bare = bucket.strip_suffix(appid)?.strip_suffix('-')?;
        Some(Problem::BucketWithAppid { found: bucket.into(), expected: bare.into() })
    }
}

fn number_problem(field: Field, text: &str) -> Option<Problem> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Problem::NotANumber { field, found: text.into() });
    }
    match field {
        Field::Expiry | Field::Issued if text.len() > MAX_DIGITS => Some(Problem::NotSeconds { field, found: text.into() }),
        Field::Random if text.len() > MAX_DIGITS => Some(Problem::RandomTooLong { found: text.into() }),
        _ => None,
    }
}

/// Why a text cannot be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextError {
    /// A character is not of Base64.
    NotBase64 {
        /// Its offset.
        at: usize,
        /// The character.
        found: u8,
    },
    /// It ends within a character: no Base64 has this length.
    CutOff {
        /// Its length without padding.
        len: usize,
    },
    /// There is nothing behind the MAC, or not even a MAC.
    TooShort {
        /// How many bytes it holds.
        len: usize,
    },
}

impl Told for TextError {
    fn told(&self) -> Phrase {
        match self {
            Self::NotBase64 { at, found } => {
                let found = [*found];
                let found = found.escape_ascii();
                phrase!("the signature holds `{found}` at offset {at}; expected Base64 with `+` and `/` and no line breaks")
                    .shown("found", found)
                    .shown("at", at)
            }
            Self::CutOff { len } => phrase!("the signature is cut off: no Base64 has {len} characters").shown("len", len),
            Self::TooShort { len } => {
                phrase!("the signature holds {len} bytes; expected 20 of MAC and the fields behind them").shown("len", len)
            }
        }
    }
}

tell_in_english!(TextError, Problem);
impl core::error::Error for TextError {}

/// What is wrong with a signature that can be taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The MAC was written in hexadecimal digits before it was encoded.
    HexMac,
    /// The MAC is as long as those of another hash function.
    OtherMac {
        /// How many bytes it has.
        found: usize,
    },
    /// There is a pair that is no field.
    Unknown {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// A field is there twice.
    Doubled {
        /// Which one.
        field: Field,
        /// Its second value.
        second: String,
    },
    /// A field is not there.
    Missing(Field),
    /// A field is there without a value.
    Empty(Field),
    /// A field is not a decimal number.
    NotANumber {
        /// Which one.
        field: Field,
        /// Its value.
        found: String,
    },
    /// A time has more digits than seconds have.
    NotSeconds {
        /// Which one.
        field: Field,
        /// Its value.
        found: String,
    },
    /// The random number has more than 10 digits.
    RandomTooLong {
        /// Its value.
        found: String,
    },
    /// It ends before it begins. One SDK writes a period where the end belongs.
    Over {
        /// The end.
        expiry: Timestamp,
        /// The time of signing.
        issued_at: Timestamp,
    },
    /// It lives for more than 90 days.
    LifeTooLong {
        /// Its life.
        seconds: i64,
    },
    /// It can be used once and names no file.
    OnceWithoutFile,
    /// It can be used once, for a file that does not start with its appid and bucket.
    FileElsewhere {
        /// The file.
        file: String,
        /// What it should start with.
        expected: String,
    },
    /// The bucket has the appid behind it.
    BucketWithAppid {
        /// The bucket.
        found: String,
        /// The same without the appid.
        expected: String,
    },
    /// The operation needs a signature for several uses.
    MultiNeeded(Operation),
    /// The operation needs a signature for one use.
    OnceNeeded {
        /// Which one.
        operation: Operation,
        /// The expiry found.
        expiry: String,
    },
}

impl Told for Problem {
    fn told(&self) -> Phrase {
        match self {
            Self::HexMac => phrase!("the MAC stands there in 40 hexadecimal digits; expected its 20 bytes"),
            Self::OtherMac { found } => phrase!("the MAC has {found} bytes; expected the 20 of HMAC-SHA1").shown("found", found),
            Self::Unknown { name, value } => {
                phrase!("`{name}={value}` is no field of this signature").shown("name", name).shown("value", value)
            }
            Self::Doubled { field, second } => phrase!("`{field}` occurs twice, the second time as `{second}`; expected once")
                .shown("field", field)
                .shown("second", second),
            Self::Missing(field) => phrase!("`{field}` is missing").shown("field", field),
            Self::Empty(field) => phrase!("`{field}` is empty").shown("field", field),
            Self::NotANumber { field, found } => {
                phrase!("`{field}` is `{found}`; expected decimal digits").shown("field", field).shown("found", found)
            }
            Self::NotSeconds { field, found } => {
                phrase!("`{field}` is `{found}`, {digits} digits; expected seconds since 1970, 10 digits and no milliseconds")
                    .shown("field", field)
                    .shown("found", found)
                    .shown("digits", found.len())
            }
            Self::RandomTooLong { found } => phrase!("`r` is `{found}`, {digits} digits; expected at most 10")
                .shown("found", found)
                .shown("digits", found.len()),
            Self::Over { expiry, issued_at } => {
                phrase!("`e` is {expiry}, not after `t`, {issued_at}; expected the time of the end and not a period")
                    .shown("expiry", expiry)
                    .shown("issued_at", issued_at)
            }
            Self::LifeTooLong { seconds } => phrase!("the life from `t` to `e` is {seconds} seconds; expected at most {limit}")
                .shown("seconds", seconds)
                .shown("limit", MAX_LIFE),
            Self::OnceWithoutFile => phrase!("`f` is empty in a signature for one use; expected the file it is for"),
            Self::FileElsewhere { file, expected } => {
                phrase!("`f` is `{file}`; expected it to start with `{expected}`").shown("file", file).shown("expected", expected)
            }
            Self::BucketWithAppid { found, expected } => phrase!("`b` is `{found}`; expected `{expected}` without the appid")
                .shown("found", found)
                .shown("expected", expected),
            Self::MultiNeeded(operation) => {
                phrase!("{operation} needs a signature for several uses; found `e=0`, a signature for one")
                    .with("operation", Phrase::of(operation.as_str()))
            }
            Self::OnceNeeded { operation, expiry } => {
                phrase!("{operation} needs a signature for one use, `e=0`; found `e={expiry}`")
                    .with("operation", Phrase::of(operation.as_str()))
                    .shown("expiry", expiry)
            }
        }
    }
}
