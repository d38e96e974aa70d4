//! The `q-` pairs that carry a signature of the XML API or of an RTMP push.

use crate::{
    error::{ClaimError, DraftError, Fault, SignError},
    pen::{Document, Origin, Pen, Role, line, line_end},
    phrase::words,
    scheme::{Additions, Scheme},
    secret::Credentials,
    subject::Request,
    terms::{Claim, Terms},
    time::{self, Timestamp},
    wire::{
        percent,
        query::{self, Param, Times},
        split_once,
        text::Text,
    },
};
use alloc::borrow::Cow;

pub(super) const ALGORITHM: &str = "q-sign-algorithm";
pub(super) const ID: &str = "q-ak";
const SIGN_TIME: &str = "q-sign-time";
pub(super) const KEY_TIME: &str = "q-key-time";
pub(super) const HEADER_LIST: &str = "q-header-list";
pub(super) const PARAM_LIST: &str = "q-url-param-list";
pub(super) const SIGNATURE: &str = "q-signature";

/// The pairs every form has.
pub(super) const PAIRS: [&str; 5] = [ALGORITHM, ID, SIGN_TIME, KEY_TIME, SIGNATURE];

/// The only algorithm there is.
pub(super) const SHA1: &[u8] = b"sha1";

/// The pairs, found in one pass.
pub(super) struct Pairs<'a> {
    /// The first value of each of [`NAMES`].
    found: [Option<(Text<'a>, Times)>; NAMES.len()],
}

/// All names there are.
const NAMES: [&str; 7] = [ALGORITHM, ID, SIGN_TIME, KEY_TIME, SIGNATURE, HEADER_LIST, PARAM_LIST];

impl<'a> Pairs<'a> {
    /// The pairs of a text, which has no escapes; `None` when it is none. Some clients escape the whole of it once more.
    pub(super) fn in_text(text: Cow<'a, [u8]>) -> Option<Self> {
        match text.strip_prefix(ALGORITHM.as_bytes())? {
            [b'=', ..] => Some(match &text {
                Cow::Borrowed(text) => Self::found_in(query::params(text), is_written, Text::from),
                Cow::Owned(text) => Self::found_in(query::params(text), is_written, Text::copied),
            }),
            [b'%', b'3', b'd' | b'D', ..] => {
                Some(Self::found_in(query::params(&percent::decode(&text)), is_written, Text::copied))
            }
            _ => None,
        }
    }

    /// The pairs of a query; `None` when there are none.
    pub(super) fn in_query(request: &Request<'a>) -> Option<Self> {
        request.param(ALGORITHM).map(|_| Self::found_in(request.params(), Param::is, Text::unescaped))
    }

    fn found_in<'t>(
        params: impl Iterator<Item = Param<'t>>,
        is: fn(&Param<'t>, &str) -> bool,
        text: impl Fn(&'t [u8]) -> Text<'a>,
    ) -> Self {
        let found = query::find_by(params, NAMES, is);
        Self { found: found.map(|found| found.map(|(param, times)| (text(param.raw_value().unwrap_or_default()), times))) }
    }

    /// Reads the claim all forms make: who, when, which signature.
    pub(super) fn claim(&mut self, scheme: &'static dyn Scheme) -> Result<Claim<'a>, ClaimError> {
        let algorithm = self.filled(ALGORITHM)?;
        if *algorithm != *SHA1 {
            return Err(ClaimError::new(ALGORITHM, Fault::Form(words!("`sha1`")), &algorithm));
        }
        let mut claim = Claim::new(scheme, self.filled(ID)?);
        let (sign_time, key_time) = (self.filled(SIGN_TIME)?, self.filled(KEY_TIME)?);
        let (signed, keyed) = (interval(&sign_time), interval(&key_time));
        claim.signed_at = signed.map(|(start, _)| start);
        // A scheme signs one of the two: the nearer end holds whatever is written in the other.
        claim.expires_at = signed.zip(keyed).map(|((_, signed), (_, keyed))| signed.min(keyed));
        claim.time_text = Some(sign_time);
        claim.key_time = Some(key_time);
        claim.signature = self.filled(SIGNATURE)?;
        Ok(claim)
    }

    /// The only value with this name, which is taken out. It may be empty.
    pub(super) fn one(&mut self, name: &'static str) -> Result<Text<'a>, ClaimError> {
        let found = self.found.iter_mut().zip(NAMES).find(|(_, own)| *own == name);
        match found.and_then(|(found, _)| found.take()) {
            Some((value, Times::Once)) => Ok(value),
            Some((value, Times::More)) => Err(ClaimError::new(name, Fault::Twice, &value)),
            None => Err(ClaimError::new(name, Fault::Missing, b"")),
        }
    }

    fn filled(&mut self, name: &'static str) -> Result<Text<'a>, ClaimError> {
        let value = self.one(name)?;
        if value.is_empty() { Err(ClaimError::new(name, Fault::Empty, b"")) } else { Ok(value) }
    }
}

/// Whether a name is written so.
fn is_written(param: &Param<'_>, name: &str) -> bool {
    matches!(param, Param::Wire(own, _) if *own == name.as_bytes())
}

/// Both ends of the interval a key is valid for, written `start;end` in Unix seconds.
///
/// ```
/// use countersign::{Timestamp, providers::cos};
///
/// let ends = (Timestamp::from_unix(1_700_000_000), Timestamp::from_unix(1_700_010_060));
/// assert_eq!(cos::interval(b"1700000000;1700010060"), Some(ends));
/// assert_eq!(cos::interval(b"1700000000"), None);
/// ```
#[must_use]
pub fn interval(text: &[u8]) -> Option<(Timestamp, Timestamp)> {
    let (start, end) = split_once(text, b';');
    Some((Timestamp::from_unix(time::seconds(start)?), Timestamp::from_unix(time::seconds(end?)?)))
}

/// States the claim all forms make. The key is valid from `terms.time` on: who wants room for slow
/// clocks gives an earlier time.
pub(super) fn state<'a>(who: &'a Credentials, terms: &Terms<'a>, claim: &mut Claim<'a>) -> Result<(), SignError> {
    let end = state_interval(terms, claim.time_text.insert(Text::EMPTY))?;
    claim.signed_at = Some(terms.time);
    claim.expires_at = Some(end);
    claim.token = who.token().map(Text::from);
    // What was just written is slow to be read: all else comes before.
    if let Some(interval) = &claim.time_text {
        claim.key_time.insert(Text::EMPTY).set(interval);
    }
    Ok(())
}

/// Fills in the interval of a key that is valid for the life asked for; gives its end.
pub(super) fn state_interval(terms: &Terms<'_>, interval: &mut Text<'_>) -> Result<Timestamp, SignError> {
    let life = terms.expires_in.ok_or(SignError::Terms(words!("a life in seconds")))?;
    let end = terms.time.plus(i64::try_from(life).unwrap_or(i64::MAX));
    let seconds = |at: Timestamp| u64::try_from(at.unix()).map_err(|_| SignError::Terms(words!("a time from 1970 to 9999")));
    interval.set_interval(seconds(terms.time)?, seconds(end)?);
    Ok(end)
}

/// The pairs before the signature, in the order of all SDKs.
pub(super) fn stated<'c>(claim: &'c Claim<'_>) -> impl Iterator<Item = (&'static str, &'c [u8])> {
    let rest = behind_id(claim).into_iter().filter_map(|(name, value)| value.as_ref().map(|value| (name, &**value)));
    [(ALGORITHM, SHA1), (ID, &*claim.access_key_id)].into_iter().chain(rest)
}

/// Those behind the id.
const fn behind_id<'c, 'a>(claim: &'c Claim<'a>) -> [(&'static str, &'c Option<Text<'a>>); 4] {
    [
        (SIGN_TIME, &claim.time_text),
        (KEY_TIME, &claim.key_time),
        (HEADER_LIST, &claim.signed_headers),
        (PARAM_LIST, &claim.signed_params),
    ]
}

/// Adds the pairs to a URL, the signature excepted.
pub(super) fn place<'c>(claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
    additions.plain_param(ALGORITHM, SHA1);
    additions.param(ID, &[&claim.access_key_id]);
    for (name, value) in behind_id(claim) {
        if let Some(value) = value {
            additions.param(name, &[value]);
        }
    }
}

/// Writes the string to sign: algorithm, interval, digest. Unlike others it ends with a line end.
pub(super) fn string_to_sign(role: Role, interval: Option<&Text<'_>>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let interval = interval.ok_or(DraftError::Missing(words!("the time")))?;
    pen.open(Document::StringToSign);
    line(pen, Role::Algorithm, Origin::Scheme, SHA1);
    line(pen, role, Origin::Request, interval);
    pen.part(Role::Digest, &[], Origin::Computed);
    pen.close_digest();
    line_end(pen);
    Ok(())
}
