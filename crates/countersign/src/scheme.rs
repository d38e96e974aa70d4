//! What a signature scheme is: how a claim is read, stated, written and sealed.

use crate::{
    crypto::{self, Md5Link, Seal, Seals, Sha1Hash, Sha256Hash, Signs},
    error::{ClaimError, DraftError, Fault, SignError},
    pen::Pen,
    phrase::words,
    secret::{Credentials, SecretKey},
    signature::{Encoding, Signature},
    subject::{Added, Form, Request, Subject},
    terms::{Claim, Hints, Terms},
    wire::{Few, Ink, header::Header, line::Line, percent, query::Pairs},
};
use alloc::{string::String, vec::Vec};
use core::fmt;

/// A way of signing, as its vendor defines it.
///
/// A scheme is written once. `draft` does not know whether it signs, verifies or explains; the pen
/// does. Schemes are found in `providers` and used as `&dyn Scheme`, so that a program carries only those it names.
pub trait Scheme: Sync {
    /// The id, as in reports and on the command line: `oss-v1-header`.
    fn id(&self) -> &'static str;

    /// The provider's id: `oss`.
    fn provider(&self) -> &'static str;

    /// Where the signature travels.
    fn carrier(&self) -> Carrier;

    /// Reads the claim of this scheme; `None` when the subject carries none.
    ///
    /// # Errors
    ///
    /// When it carries one that is damaged.
    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError>;

    /// States what a signed request will claim, in a claim that says who signs: see [`Claim::stated`].
    ///
    /// # Errors
    ///
    /// When the scheme signs no requests, or the terms lack something.
    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        let _ = (request, who, terms, claim);
        Err(DraftError::WrongSubject.into())
    }

    /// Lists the headers and parameters that go with a stated claim, the signature excepted.
    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        let _ = (request, claim, additions);
    }

    /// States what a signed form will claim, in a claim that says who signs.
    ///
    /// # Errors
    ///
    /// When the scheme signs no forms, or the form or the terms lack something.
    fn state_form<'a>(
        &self,
        form: &Form<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        let _ = (form, who, terms, claim);
        Err(DraftError::WrongSubject.into())
    }

    /// Lists the fields that go with a stated claim, the signature excepted.
    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        let _ = (form, claim, additions);
    }

    /// Writes the signed text.
    ///
    /// # Errors
    ///
    /// When a piece of it is not known.
    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError>;

    /// How the signed text becomes a signature.
    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c>;

    /// What hashes. Each scheme names it, so that a program carries only what its schemes need.
    #[doc(hidden)]
    fn hashing(&self) -> Hashing;

    /// Writes what carries the signature: the value of the `Authorization` header, or of the
    /// signature's parameter or field.
    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        let _ = claim;
        out.write(signature);
    }

    /// How a signed URL is put together.
    fn link(&self) -> Link {
        Link::Escaped
    }

    /// Whether its signatures name nobody: the key belongs to a domain.
    fn names_nobody(&self) -> bool {
        false
    }

    /// Whether the path is signed as it is sent, bucket and all, on a host of nobody we know.
    fn signs_path_as_sent(&self) -> bool {
        false
    }

    /// The vendor's SDKs that write the signed text in a form of their own. Verification accepts
    /// these forms beside the documented one and tells by `Claim::dialect` which it was.
    #[cfg(feature = "verify")]
    fn dialects(&self) -> &'static [&'static str] {
        &[]
    }

    /// The claim read in one of its dialects; `None` where the dialect says nothing else.
    #[cfg(feature = "verify")]
    fn in_dialect<'a>(&self, subject: &Subject<'a>, claim: &Claim<'a>, dialect: &'static str) -> Option<Claim<'a>> {
        let _ = subject;
        let mut claim = claim.clone();
        claim.dialect = Some(dialect);
        Some(claim)
    }

    /// The schemes that are meant when a subject can be read both as theirs and as this one's. It is
    /// then read as this one's only if it is asked for by its id.
    fn yields_to(&self) -> &'static [&'static str] {
        &[]
    }
}

impl fmt::Debug for dyn Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Where a signature travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Carrier {
    /// In the `Authorization` header.
    Authorization,
    /// In this parameter of the URL.
    Param(&'static str),
    /// In the header, or in this parameter when the claim has an expiry.
    Either(&'static str),
    /// In a token of its own.
    Token,
    /// In this field of a form.
    Field(&'static str),
}

impl Carrier {
    /// The place, for messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorization => words!("the `Authorization` header"),
            Self::Param(_) => words!("the URL"),
            Self::Either(_) => words!("the header or the URL"),
            Self::Token => words!("the token"),
            Self::Field(_) => words!("the form"),
        }
    }

    /// The parameter that carries the signature of `claim`, if a parameter does.
    #[must_use]
    pub fn param_for(self, claim: &Claim<'_>) -> Option<&'static str> {
        match self {
            Self::Param(name) => Some(name),
            Self::Either(name) if claim.expires_text.is_some() => Some(name),
            _ => None,
        }
    }
}

/// How the parameters of a signature are put behind a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The added ones and, last, the signature, all escaped.
    Escaped,
    /// The same, but for `;`: vendors leave it bare in the URLs of RTMP pushes, which are not taken apart as those of HTTP.
    Push,
    /// The same, as they are, behind a URL as it is.
    AsIs,
    /// As they are, the signature before the added ones.
    SignatureFirst,
}

impl Link {
    /// What is left bare in the values of added parameters; `None` where all of it is.
    pub(crate) fn kept(self) -> Option<&'static percent::Kept> {
        match self {
            Self::Escaped => Some(&percent::UNRESERVED),
            Self::Push => Some(&PUSH_VALUE),
            Self::AsIs | Self::SignatureFirst => None,
        }
    }
}

/// What is left bare in the values of a push.
static PUSH_VALUE: percent::Kept = percent::Kept::alphanumeric_and(b"-._~;");

/// What signing adds to a request: headers, and parameters or fields of a form.
#[derive(Clone, Debug, Default)]
pub struct Additions<'c> {
    /// Header fields.
    pub headers: Few<Header<'c>, 4>,
    /// The parameters as they stand in a query, `name=value`, each of them behind an `&`.
    query: Line,
    /// Their names, and where each of them ends in the query.
    ends: Few<(&'static str, usize), 8>,
    /// What is left bare in their values; all of it, if nothing is said.
    kept: Option<&'static percent::Kept>,
    /// Whether the parameters are known to be in the byte order of their names.
    pub(crate) are_params_sorted: bool,
}

impl<'c> Additions<'c> {
    /// Parameters whose values are escaped, but for what is `kept`.
    pub(crate) fn escaped(kept: &'static percent::Kept) -> Self {
        Self { kept: Some(kept), ..Self::default() }
    }

    /// Adds a header field.
    pub fn header(&mut self, name: &'c str, value: &'c [u8]) {
        self.headers.push(Header::new(name, value));
    }

    /// Adds a parameter, or a field. Its value may come in pieces.
    pub fn param(&mut self, name: &'static str, pieces: &[&[u8]]) {
        self.joined(name, "", pieces);
    }

    /// Adds a parameter whose value needs no escapes.
    pub(crate) fn plain_param(&mut self, name: &'static str, value: &[u8]) {
        self.begin(name);
        self.query.write(value);
        self.end(name);
    }

    /// Adds a parameter whose value is `pieces` with slashes between them.
    pub(crate) fn path_param(&mut self, name: &'static str, pieces: &[&[u8]]) {
        self.joined(name, if self.kept.is_some() { "%2F" } else { "/" }, pieces);
    }

    fn joined(&mut self, name: &'static str, separator: &str, pieces: &[&[u8]]) {
        self.begin(name);
        let mut lead = "";
        for piece in pieces {
            self.query.write(lead.as_bytes());
            lead = separator;
            match self.kept {
                Some(kept) => self.query.encode(piece, kept),
                None => self.query.write(piece),
            }
        }
        self.end(name);
    }

    fn begin(&mut self, name: &str) {
        self.query.write_between(b'&', name.as_bytes(), b'=');
    }

    /// Adds the parameter with the signature, which `carry` writes.
    pub(crate) fn carry(&mut self, name: &'static str, encoding: Encoding, carry: impl FnOnce(&mut dyn Ink)) {
        self.begin(name);
        // Hexadecimal digits need no escapes.
        let is_escaped = self.kept.is_some() && encoding != Encoding::Hex;
        let kept = if is_escaped { Some(&percent::UNRESERVED) } else { None };
        carry(&mut Value { line: &mut self.query, kept });
        self.end(name);
    }

    fn end(&mut self, name: &'static str) {
        self.ends.push((name, self.query().len()));
    }

    /// The parameters, or fields, with their values as they are written.
    pub fn params(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let mut start = 0;
        self.ends.iter().map(move |(name, end)| {
            let value = self.query().get(start + name.len() + 1..*end).unwrap_or_default();
            start = end + 1;
            (*name, value)
        })
    }

    /// All parameters, joined as in a query.
    pub(crate) fn query(&self) -> &[u8] {
        self.query.as_slice().get(1..).unwrap_or_default()
    }

    /// What is added to a request.
    pub(crate) fn added(&self) -> Added<'_> {
        let params = Pairs { query: self.query(), ends: &self.ends, start: 0, are_sorted: self.are_params_sorted };
        Added { headers: &self.headers, params }
    }
}

/// Writes a value in pieces.
struct Value<'l> {
    line: &'l mut Line,
    kept: Option<&'static percent::Kept>,
}

impl Ink for Value<'_> {
    fn write(&mut self, bytes: &[u8]) {
        match self.kept {
            Some(kept) => self.line.encode(bytes, kept),
            None => self.line.write(bytes),
        }
    }
}

/// Finds the claim a subject carries in one of `schemes`; `None` when it carries none.
#[cfg(feature = "verify")]
pub(crate) fn read<'a>(
    schemes: &mut dyn Iterator<Item = &'static dyn Scheme>,
    subject: &Subject<'a>,
    hints: &Hints<'a>,
) -> Result<Option<Claim<'a>>, ClaimError> {
    let mut damaged = None;
    while let Some(scheme) = schemes.next() {
        // A claim is large, and each move of it a copy: where it is the only one, it stays in what was read.
        let read = scheme.read(subject, hints);
        match &read {
            Ok(None) => {}
            Ok(Some(_)) => {
                let mut others = Vec::new();
                for scheme in schemes {
                    if let Ok(Some(claim)) = scheme.read(subject, hints) {
                        others.push(claim);
                    }
                }
                return if others.is_empty() { read } else { one_of(read?, others) };
            }
            Err(_) => damaged = damaged.or(read.err()),
        }
    }
    damaged.map_or(Ok(None), Err)
}

/// The claim to which all others yield.
#[cfg(feature = "verify")]
fn one_of<'a>(first: Option<Claim<'a>>, others: Vec<Claim<'a>>) -> Result<Option<Claim<'a>>, ClaimError> {
    let mut claims: Vec<Claim<'a>> = first.into_iter().chain(others).collect();
    let ids: Few<&str, 4> = claims.iter().map(|claim| claim.scheme.id()).collect();
    claims.retain(|claim| !claim.scheme.yields_to().iter().any(|id| ids.contains(id)));
    match claims.as_slice() {
        [first, second, ..] => Err(ClaimError {
            place: first.scheme.carrier().as_str(),
            fault: Fault::TwoSignatures { other: second.scheme.carrier().as_str() },
            found: String::new(),
        }),
        _ => Ok(claims.pop()),
    }
}

/// Drafting, hashing and sealing in one go, compiled for one hash function.
#[derive(Clone, Copy)]
pub struct Hashing(SealWith);

type SealWith = fn(&dyn Scheme, &SecretKey, &Subject<'_>, &Claim<'_>, &mut Signature) -> Result<(), DraftError>;

impl Hashing {
    pub(crate) const MD5_LINK: Self = Self(seal_with::<Md5Link>);
    pub(crate) const SHA1: Self = Self(seal_with::<Sha1Hash>);
    pub(crate) const SHA256: Self = Self(seal_with::<Sha256Hash>);
}

/// The signature of what a scheme drafts.
pub(crate) fn sealed(
    scheme: &dyn Scheme,
    secret: &SecretKey,
    subject: &Subject<'_>,
    claim: &Claim<'_>,
) -> Result<Signature, DraftError> {
    let mut signature = Signature::empty();
    seal_into(&mut signature, scheme, secret, subject, claim)?;
    Ok(signature)
}

/// The same in its place: each move of a signature is a copy.
pub(crate) fn seal_into(
    signature: &mut Signature,
    scheme: &dyn Scheme,
    secret: &SecretKey,
    subject: &Subject<'_>,
    claim: &Claim<'_>,
) -> Result<(), DraftError> {
    let Hashing(seal_with) = scheme.hashing();
    seal_with(scheme, secret, subject, claim, signature)
}

fn seal_with<H: Signs>(
    scheme: &dyn Scheme,
    secret: &SecretKey,
    subject: &Subject<'_>,
    claim: &Claim<'_>,
    signature: &mut Signature,
) -> Result<(), DraftError> {
    let seal = scheme.seal(claim);
    let mut sealer = H::without_key();
    H::read_key(&mut sealer, &seal.key, secret);
    sealed_by(&mut sealer, seal.encoding, scheme, subject, claim, signature)
}

/// The same with the key of the seal. A page has this once for all hash functions.
fn sealed_by<S: Seals>(
    sealer: &mut S,
    encoding: Encoding,
    scheme: &dyn Scheme,
    subject: &Subject<'_>,
    claim: &Claim<'_>,
    signature: &mut Signature,
) -> Result<(), DraftError> {
    signature.fill(encoding, |mac| crypto::sealed_by(sealer, mac, |pen| scheme.draft(subject, claim, pen)))
}
