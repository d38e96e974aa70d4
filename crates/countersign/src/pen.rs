//! The pen a scheme writes its signed text with.
//!
//! A scheme says what it writes, part by part, in byte order. What becomes of it is the pen's
//! business: the hashing pen signs and verifies, the recording pen (`transcript`) explains.

use crate::{
    phrase::{Phrase, Told},
    wire::{Ink, query::Param},
};

/// A text that is part of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// The text whose digest goes into the string to sign: the V4 canonical request, the COS `HttpString`.
    CanonicalRequest,
    /// The text the key seals.
    StringToSign,
}

impl Document {
    /// The name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CanonicalRequest => "canonical-request",
            Self::StringToSign => "string-to-sign",
        }
    }
}

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal,)*) => {
        /// What a part of the signed text is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Role { $($(#[$doc])* $role,)* }

        impl Role {
            /// The name in reports.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$role => $name,)* }
            }

            /// Every role.
            #[cfg(all(test, feature = "policy", feature = "zh"))]
            pub(crate) const ALL: &[Self] = &[$(Self::$role,)*];
        }

        impl Told for Role {
            fn told(&self) -> Phrase {
                Phrase::of(self.as_str())
            }
        }
    };
}

roles! {
    /// The HTTP verb.
    Method = "method",
    /// The `Content-MD5` line.
    ContentMd5 = "content-md5",
    /// The `Content-Type` line.
    ContentType = "content-type",
    /// The date line, or the expiry that stands in its place.
    Date = "date",
    /// One `name:value` header.
    Header = "header",
    /// The bucket, with the slashes that belong to it.
    Bucket = "bucket",
    /// The path or object key.
    Path = "path",
    /// One parameter of the query.
    Query = "query",
    /// One name in the list of signed headers.
    SignedHeader = "signed-header",
    /// The hash of the body, or the literal in its place.
    Payload = "payload",
    /// The name of the algorithm.
    Algorithm = "algorithm",
    /// The time of signing.
    Time = "time",
    /// The date of the scope.
    ScopeDate = "scope-date",
    /// The region of the scope.
    Region = "region",
    /// The service (product) of the scope.
    Service = "service",
    /// The last word of the scope.
    Terminator = "terminator",
    /// The digest of the document before.
    Digest = "digest",
    /// The signature of the piece before, in a chain of signatures.
    PreviousSignature = "previous-signature",
    /// The digest of nothing, which stands in every chunk's string to sign.
    EmptyDigest = "empty-digest",
    /// The interval a COS key is valid for.
    KeyTime = "key-time",
    /// The whole URL.
    Url = "url",
    /// `http` or `https`, as the URL begins.
    Transport = "transport",
    /// The encoded policy.
    Policy = "policy",
    /// The host line.
    Host = "host",
    /// The body.
    Body = "body",
    /// A field of a token's own text.
    Field = "field",
    /// Characters the scheme puts between parts.
    Punctuation = "punctuation",
    /// A line end.
    LineEnd = "line-end",
}

/// Where the bytes of a part come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// They stand in the request.
    Request,
    /// They were given beside it: region, bucket, time.
    Terms,
    /// The scheme supplies them.
    Scheme,
    /// They are computed.
    Computed,
    /// Nothing says so; it is assumed, and a report must say so.
    Assumed,
}

impl Origin {
    /// The name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Terms => "terms",
            Self::Scheme => "scheme",
            Self::Computed => "computed",
            Self::Assumed => "assumed",
        }
    }
}

/// Takes the signed text of a scheme, part by part, in byte order.
///
/// Whatever is written belongs to the part announced last.
pub trait Pen: Ink {
    /// Starts a document. The string to sign comes last.
    fn open(&mut self, document: Document);

    /// Announces the next part. `name` tells headers and parameters apart.
    fn part(&mut self, role: Role, name: &[u8], origin: Origin) {
        let _ = (role, name, origin);
    }

    /// Ends the document before and writes the hexadecimal digest of it.
    fn close_digest(&mut self);

    /// Announces a parameter of the query as the next part.
    fn param(&mut self, param: &Param<'_>, origin: Origin) {
        self.part(Role::Query, &param.name(), origin);
    }

    /// Writes one part.
    fn write_part(&mut self, role: Role, origin: Origin, bytes: &[u8]) {
        self.part(role, &[], origin);
        self.write(bytes);
    }

    /// Writes a line feed, a part of its own: a mistake can lose or double it.
    fn end_line(&mut self) {
        self.part(Role::LineEnd, &[], Origin::Scheme);
        self.write(b"\n");
    }

    /// Writes one part and a line feed.
    fn write_line(&mut self, role: Role, origin: Origin, bytes: &[u8]) {
        self.write_part(role, origin, bytes);
        self.end_line();
    }

    /// Starts an item of a list: writes `first` before its first item and `rest` before others.
    fn item(&mut self, list: &mut List) {
        let lead = list.lead();
        self.write(lead.as_bytes());
    }
}

/// A list whose items are told apart by a separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// Before the first item.
    pub first: &'static str,
    /// Before every other item.
    pub rest: &'static str,
    begun: bool,
}

impl List {
    /// A list with `first` before its first item and `rest` between items.
    #[must_use]
    pub const fn new(first: &'static str, rest: &'static str) -> Self {
        Self { first, rest, begun: false }
    }

    /// What stands before the next item.
    pub const fn lead(&mut self) -> &'static str {
        let lead = if self.begun { self.rest } else { self.first };
        self.begun = true;
        lead
    }
}

/// Writes one part.
pub fn part(pen: &mut dyn Pen, role: Role, origin: Origin, bytes: &[u8]) {
    pen.write_part(role, origin, bytes);
}

/// Writes a line feed, a part of its own.
pub fn line_end(pen: &mut dyn Pen) {
    pen.end_line();
}

/// Writes one part and a line feed.
pub fn line(pen: &mut dyn Pen, role: Role, origin: Origin, bytes: &[u8]) {
    pen.write_line(role, origin, bytes);
}
