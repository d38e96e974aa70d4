//! Why the service does not start: facts, with English sentences.

use crate::misread::Misread;
use countersign::{Phrase, SignError};
use std::fmt;

/// What is wrong with an upload policy.
#[derive(Debug)]
#[non_exhaustive]
pub enum PolicyFault {
    /// It is not TOML, or a table, a name or a type is wrong.
    Toml {
        /// The line and the column, counted from 1, where the parser knows them.
        place: Option<(usize, usize)>,
        /// What is wrong there.
        what: Misread,
    },
    /// No provider has this id.
    Provider(String),
    /// The provider needs this member.
    Missing {
        /// The member, like `storage.region`.
        member: &'static str,
        /// Who needs it.
        provider: &'static str,
    },
    /// No region of the provider has this name, and no endpoint is given.
    Region(String),
    /// The endpoint is not `https://host` or `http://host:port`.
    Endpoint(String),
    /// The endpoint names a user, perhaps with a password.
    EndpointUser,
    /// The endpoint begins with the bucket, which is put before it.
    EndpointBucket {
        /// As written.
        endpoint: String,
        /// The same without the bucket.
        without: String,
    },
    /// The endpoint is not encrypted, and not on this machine.
    EndpointClear(String),
    /// What stands between braces in the template of keys is no place.
    KeyPlace(String),
    /// A character that fixed text in the template may not have.
    KeyText(char),
    /// A segment of the template is empty, `.` or `..`.
    KeySegment,
    /// The template has no segment that is `{user}` and nothing else.
    KeyUser,
    /// All uploads of a user would have the same key.
    KeySame,
    /// The template is longer than this.
    KeyTooLong(usize),
    /// A type that is none.
    Type(String),
    /// No type is allowed.
    NoTypes,
    /// A size that is none, and the member it stands in.
    Size(&'static str, String),
    /// A span of time that is none, or is out of bounds.
    Span {
        /// The member.
        member: &'static str,
        /// As written.
        found: String,
        /// Seconds at least and at most.
        bounds: (u64, u64),
    },
    /// A part is smaller or larger than vendors take.
    PartSize(u64),
    /// A file may be larger than the storage takes in one piece, and nothing is said of parts.
    PartsNeeded(u64),
    /// A file may be larger than this, which is what parts can hold.
    TooLarge(u64),
    /// So many requests a minute.
    Rate(u32),
    /// A bucket that no host can begin with.
    Bucket(String),
    /// A bucket that the provider cannot have.
    BucketForm {
        /// As written.
        name: String,
        /// Whose it is to be.
        provider: &'static str,
    },
    /// Every origin is allowed.
    OriginAny,
    /// An origin with `*` in it.
    OriginPattern(String),
    /// An origin that names a user, perhaps with a password.
    OriginUser,
    /// An origin that is not `https://host`.
    Origin(String),
    /// An origin that is not encrypted, and not on this machine.
    OriginClear(String),
    /// An id of a user with other characters than letters, digits, `-` and `_`.
    UserForm(String),
    /// Nobody may upload.
    NoUsers,
    /// In place of the hash of a user's token stands something else, perhaps the token itself.
    TokenNotHashed(String),
    /// A token that could be guessed.
    TokenTooShort(String),
    /// Two users have the same token.
    TokenTwice(String, String),
    /// Callbacks of this provider cannot be asked for.
    NoCallback(&'static str),
    /// What is wrong with the callback.
    Callback(Phrase),
    /// No form can be made of the policy.
    Form(Phrase),
    /// The storage would refuse everything that is issued.
    Unsignable(SignError),
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml { place: Some((line, column)), what } => write!(f, "line {line}, column {column}: {what}"),
            Self::Toml { place: None, what } => what.fmt(f),
            Self::Provider(id) => write!(f, "`storage.provider` is `{id}`; expected oss, cos, ks3, kodo or s3"),
            Self::Missing { member, provider } => write!(f, "`{member}` is missing; `{provider}` needs it"),
            Self::Bucket(name) => write!(f, "`storage.bucket` is `{name}`; expected letters, digits, `-`, `_` and `.` alone"),
            Self::BucketForm { name, provider: "cos" } => write!(
                f,
                "`storage.bucket` is `{name}`, which is no bucket of COS; expected lower-case letters, digits and hyphens, and behind \
                 the last hyphen the number of the account (APPID), like `photos-1250000000`"
            ),
            Self::BucketForm { name, provider } => write!(
                f,
                "`storage.bucket` is `{name}`, which is no bucket of {}; expected 3 to 63 lower-case letters, digits and hyphens, \
                 with a letter or digit at both ends",
                provider.to_ascii_uppercase()
            ),
            Self::Region(name) => write!(f, "`storage.region` is `{name}`, whose upload host is not known"),
            Self::Endpoint(text) => {
                write!(
                    f,
                    "`storage.endpoint` is `{text}`; expected a scheme and a host, like `https://oss-cn-hangzhou.aliyuncs.com`"
                )
            }
            Self::EndpointUser => {
                write!(f, "`storage.endpoint` names a user before its host; expected a scheme and a host alone")
            }
            Self::EndpointBucket { endpoint, without } => {
                write!(f, "`storage.endpoint` is `{endpoint}`, which has the bucket in it already; expected `{without}`")
            }
            Self::EndpointClear(text) => {
                write!(
                    f,
                    "`storage.endpoint` is `{text}`, which sends files in clear; expected `https`, or a host on this machine"
                )
            }
            Self::KeyPlace(place) => {
                write!(f, "`upload.key` has `{{{place}`; expected {{user}}, {{date}}, {{uuid}}, {{name}} or {{ext}}")
            }
            Self::KeyText(c) => {
                write!(f, "`upload.key` has `{}`; expected letters, digits, `-`, `_`, `.` and `/`", c.escape_default())
            }
            Self::KeySegment => write!(f, "`upload.key` has a segment that is empty, `.` or `..`"),
            Self::KeyUser => {
                write!(
                    f,
                    "`upload.key` does not keep users apart; expected one segment that is `{{user}}`, like `user/{{user}}/...`"
                )
            }
            Self::KeySame => {
                write!(
                    f,
                    "`upload.key` is the same for all uploads of a user; expected `{{uuid}}` or `{{name}}` behind `{{user}}/`"
                )
            }
            Self::KeyTooLong(most) => write!(f, "`upload.key` is longer than {most} bytes"),
            Self::Type(text) => {
                write!(f, "`upload.types` has `{text}`; expected a type like `image/png`, or one like `image/*`")
            }
            Self::NoTypes => write!(f, "`upload.types` is empty; expected the types that may be uploaded"),
            Self::Size(member, text) => {
                write!(
                    f,
                    "`{member}` is `{text}`; expected a byte at least, as bytes or as a number with kB, MB, GB (of 1000) or KiB, MiB, GiB (of 1024)"
                )
            }
            Self::Span { member, found, bounds: (min, max) } => {
                write!(f, "`{member}` is `{found}`; expected {min} to {max} seconds, or a number with s, m, h or d, like `15m`")
            }
            Self::PartSize(size) => {
                write!(f, "`upload.parts.size` is {size} bytes; expected 5 MiB to 1 GiB, which every vendor takes")
            }
            Self::PartsNeeded(most) => write!(
                f,
                "`upload.max_size` is above {} GiB, the most that is sent in one piece; expected `[upload.parts]`",
                most >> 30
            ),
            Self::TooLarge(most) => {
                write!(f, "`upload.max_size` is above {} GiB, the most that a thousand parts of 1 GiB hold", most >> 30)
            }
            Self::Rate(count) => write!(f, "`access.requests_per_minute` is {count}; expected 1 to 100000"),
            Self::OriginAny => write!(f, "`access.origins` has `*`, which lets every site ask; expected the sites of your pages"),
            Self::OriginPattern(text) => {
                write!(f, "`access.origins` has `{text}`, and `*` stands for nothing there; expected each site by its whole name")
            }
            Self::OriginUser => {
                write!(f, "`access.origins` has a site with a user before its host; expected a scheme and a host alone")
            }
            Self::Origin(text) => {
                write!(f, "`access.origins` has `{text}`; expected a scheme and a host, like `https://app.example.com`")
            }
            Self::OriginClear(text) => {
                write!(
                    f,
                    "`access.origins` has `{text}`, whose pages anyone on the way can change; expected `https`, or a host on this machine"
                )
            }
            Self::UserForm(user) => write!(
                f,
                "the user `{}` has an id that is none; expected 1 to 64 letters, digits, `-` and `_`",
                user.escape_debug()
            ),
            Self::NoUsers => write!(f, "there are no users; expected one at least, in `[users]` or in the variable"),
            // What stands there may be the token itself, and is not shown.
            Self::TokenNotHashed(user) => {
                write!(f, "`users.{user}` is no hash; expected `sha256:` and 64 hexadecimal digits, never the token itself")
            }
            Self::TokenTooShort(user) => {
                write!(f, "the token of `{user}` could be guessed; expected {} to 512 visible ASCII characters", crate::MIN_TOKEN)
            }
            Self::TokenTwice(one, other) => write!(f, "`{one}` and `{other}` have the same token"),
            Self::NoCallback(provider) => {
                write!(f, "`[callback]` is given; callbacks are known for oss and kodo, not for {provider}")
            }
            Self::Callback(words) => write!(f, "`[callback]`: {words}"),
            Self::Form(words) => write!(f, "{words}"),
            Self::Unsignable(error) => write!(f, "nothing can be signed with this policy: {error}"),
        }
    }
}

impl std::error::Error for PolicyFault {}

/// Why an address is not listened on.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListenFault {
    /// Others can reach the address, and nothing says that TLS protects the tokens on their way.
    Open(std::net::SocketAddr),
}

impl fmt::Display for ListenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(address) => {
                write!(
                    f,
                    "`{address}` can be reached from other machines, and this service speaks no TLS: tokens would travel in clear"
                )
            }
        }
    }
}

impl std::error::Error for ListenFault {}
