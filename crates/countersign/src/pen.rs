//! The pen a scheme writes its signed text with.
//!
//! A scheme says what it writes, part by part, in byte order. What becomes of it is a reader's
//! business: one that hashes signs and verifies (`crypto`), one that keeps all explains (`transcript`).

use crate::{
    crypto::MacBytes,
    phrase::{Phrase, Told},
    wire::{
        Ink, copy, hex, percent,
        query::{Equals, Pairs, Param},
    },
};
use core::fmt;

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
/// Whatever is written belongs to the part announced last. Pieces are gathered on a page: most are short, and whoever reads
/// them, a hash above all, takes many in one.
pub struct Pen<'p> {
    page: Page,
    /// How many bytes of the page are written.
    filled: usize,
    reader: &'p mut dyn Reader,
    /// Whether the reader wants to know what the parts are.
    by_part: bool,
}

/// Bytes of a page: some blocks of a hash function.
pub(crate) const PAGE: usize = 256;

/// What pieces are gathered on.
pub(crate) type Page = [u8; PAGE];

/// What becomes of the signed text: it is hashed, or kept.
pub(crate) trait Reader {
    /// Whether it wants to know what the parts are. It then gets all that was written before it is told of the next one.
    fn by_part(&self) -> bool {
        false
    }

    /// Takes whole pages; any number of bytes if it is told of parts.
    fn read(&mut self, bytes: &[u8]);

    /// Starts a document. So much of the page is still to be read, which ends the one before.
    fn open(&mut self, document: Document, page: &mut Page, filled: usize);

    /// Reads so much of the page, and ends the last document.
    fn end(&mut self, page: &mut Page, filled: usize);

    /// Fills in the digest of the document before.
    fn digest(&self, digest: &mut MacBytes);

    /// Is told of the next part.
    fn part(&mut self, role: Role, name: &[u8], origin: Origin) {
        let _ = (role, name, origin);
    }

    /// Is told of the next item of a list, and reads what stands before it.
    fn item(&mut self, list: List, lead: &str) {
        let _ = (list, lead);
    }
}

impl<'p> Pen<'p> {
    /// A pen whose text goes to `reader`.
    #[inline]
    pub(crate) fn new(reader: &'p mut dyn Reader) -> Self {
        Self { page: [0; PAGE], filled: 0, by_part: reader.by_part(), reader }
    }

    /// Gives the rest to the reader.
    pub(crate) fn end(&mut self) {
        self.reader.end(&mut self.page, self.filled);
    }

    /// Starts a document. The string to sign comes last.
    pub fn open(&mut self, document: Document) {
        self.reader.open(document, &mut self.page, self.filled);
        self.filled = 0;
    }

    /// Announces the next part. `name` tells headers and parameters apart.
    #[inline]
    pub fn part(&mut self, role: Role, name: &[u8], origin: Origin) {
        if self.by_part {
            self.turn_page();
            self.reader.part(role, name, origin);
        }
    }

    /// Writes the hexadecimal digest of the document before, which [`open`](Self::open) has ended.
    pub fn close_digest(&mut self) {
        let mut digest = MacBytes::new();
        self.reader.digest(&mut digest);
        hex::encode(&digest, self);
    }

    /// Writes what a signer adds to a query, as it stands there.
    pub(crate) fn params(&mut self, params: Pairs<'_>, origin: Origin) {
        if self.wrote_whole(params.query) {
            return;
        }
        let mut list = List::new("", "&");
        for param in params {
            self.item(&mut list);
            self.param(&param, origin);
            param.write_pair(Equals::Always, self);
        }
    }

    /// Writes several parts at once, unless the reader wants each of them.
    pub(crate) fn wrote_whole(&mut self, bytes: &[u8]) -> bool {
        if !self.by_part {
            self.write(bytes);
        }
        !self.by_part
    }

    /// Announces the next part by a name that is escaped.
    pub(crate) fn escaped_part(&mut self, role: Role, name: &[u8], origin: Origin) {
        if self.by_part {
            self.part(role, &percent::decode(name), origin);
        }
    }

    /// Announces a parameter of the query as the next part.
    pub fn param(&mut self, param: &Param<'_>, origin: Origin) {
        if self.by_part {
            self.part(Role::Query, &param.name(), origin);
        }
    }

    /// Writes the next bytes of the part announced last.
    #[inline]
    pub fn write(&mut self, bytes: &[u8]) {
        let end = self.filled + bytes.len();
        match self.page.get_mut(self.filled..end) {
            Some(place) => {
                copy(place, bytes);
                self.filled = end;
            }
            None => self.write_over(bytes),
        }
    }

    /// Writes one part.
    pub fn write_part(&mut self, role: Role, origin: Origin, bytes: &[u8]) {
        self.part(role, &[], origin);
        self.write(bytes);
    }

    /// Writes a line feed, a part of its own: a mistake can lose or double it.
    pub fn end_line(&mut self) {
        self.part(Role::LineEnd, &[], Origin::Scheme);
        self.write(b"\n");
    }

    /// Writes one part and a line feed.
    pub fn write_line(&mut self, role: Role, origin: Origin, bytes: &[u8]) {
        let end = self.filled + bytes.len();
        match self.page.get_mut(self.filled..=end) {
            Some([place @ .., last]) if !self.by_part => {
                copy(place, bytes);
                *last = b'\n';
                self.filled = end + 1;
            }
            _ => {
                self.write_part(role, origin, bytes);
                self.end_line();
            }
        }
    }

    /// Starts an item of a list: writes `first` before its first item and `rest` before others.
    #[inline]
    pub fn item(&mut self, list: &mut List) {
        if self.by_part {
            self.tell_item(*list, list.lead());
        } else {
            self.write(list.lead().as_bytes());
        }
    }

    #[inline(never)]
    fn tell_item(&mut self, list: List, lead: &str) {
        self.turn_page();
        self.reader.item(list, lead);
    }

    /// Gives what is written to the reader.
    fn turn_page(&mut self) {
        self.reader.read(self.page.get(..self.filled).unwrap_or_default());
        self.filled = 0;
    }

    /// Takes what does not fit on the page.
    #[inline(never)]
    fn write_over(&mut self, bytes: &[u8]) {
        let (head, rest) = bytes.split_at_checked(PAGE - self.filled).unwrap_or_default();
        if let Some(place) = self.page.get_mut(self.filled..) {
            place.copy_from_slice(head);
        }
        self.reader.read(&self.page);
        let (pages, rest) = rest.as_chunks::<PAGE>();
        if !pages.is_empty() {
            self.reader.read(pages.as_flattened());
        }
        if let Some(place) = self.page.get_mut(..rest.len()) {
            place.copy_from_slice(rest);
        }
        self.filled = rest.len();
    }
}

impl fmt::Debug for Pen<'_> {
    /// Nothing of the text: it may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pen").finish_non_exhaustive()
    }
}

impl Ink for Pen<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        Pen::write(self, bytes);
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
    #[inline]
    pub const fn lead(&mut self) -> &'static str {
        let lead = if self.begun { self.rest } else { self.first };
        self.begun = true;
        lead
    }
}

/// Writes one part.
pub fn part(pen: &mut Pen<'_>, role: Role, origin: Origin, bytes: &[u8]) {
    pen.write_part(role, origin, bytes);
}

/// Writes a line feed, a part of its own.
pub fn line_end(pen: &mut Pen<'_>) {
    pen.end_line();
}

/// Writes one part and a line feed.
pub fn line(pen: &mut Pen<'_>, role: Role, origin: Origin, bytes: &[u8]) {
    pen.write_line(role, origin, bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    struct Collected {
        text: Vec<u8>,
        by_part: bool,
    }

    impl Reader for Collected {
        fn by_part(&self) -> bool {
            self.by_part
        }

        fn read(&mut self, bytes: &[u8]) {
            assert!(self.by_part || bytes.len().is_multiple_of(PAGE), "only whole pages are read");
            self.text.extend_from_slice(bytes);
        }

        fn open(&mut self, _: Document, page: &mut Page, filled: usize) {
            self.end(page, filled);
        }

        fn end(&mut self, page: &mut Page, filled: usize) {
            self.text.extend_from_slice(&page[..filled]);
        }

        fn digest(&self, _: &mut MacBytes) {}
    }

    #[test]
    fn every_byte_is_read_once_and_in_order_whatever_the_pieces() {
        let text: Vec<u8> = (0..3_000_u32).map(|number| (number % 251) as u8).collect();
        for by_part in [false, true] {
            for piece in [1, 3, 7, 16, 33, 100, 255, 256, 257, 511, 512, 513, 1_000, 3_000] {
                let mut reader = Collected { text: Vec::new(), by_part };
                let mut pen = Pen::new(&mut reader);
                for piece in text.chunks(piece) {
                    pen.part(Role::Field, &[], Origin::Request);
                    pen.write(piece);
                }
                pen.end();
                assert_eq!(reader.text, text, "pieces of {piece}");
            }
        }
    }
}
