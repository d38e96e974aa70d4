//! The signature of the XML API ("v5"), in the `Authorization` header and in URLs.
//!
//! Follows "Request Signature" (Tencent Cloud COS, product 436, document 7778, read 2026-11) and,
//! for what a signer chooses, the official Python SDK. Only what the two lists name is signed; a
//! verifier must not trust other headers and parameters.

use super::pairs::{self, HEADER_LIST, PARAM_LIST, Pairs};
use crate::{
    crypto::{HashName, Key, Seal},
    error::{ClaimError, DraftError, Fault, SignError},
    family::endpoint,
    pen::{Document, List, Origin, Pen, Role, line_end},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Request, Subject},
    terms::{Claim, Hints, SignedHeaders, SignedParams, Terms},
    wire::{
        Few, Ink,
        header::{self, Repeats, has_prefix},
        percent,
        query::Param,
        sorted,
        text::Text,
    },
};
use alloc::{borrow::Cow, vec::Vec};
use core::cmp::Ordering;

/// `cos-xml-header`
///
/// ```
/// use countersign::{Credentials, Request, SecretKey, Terms, Timestamp, providers::cos, sign};
///
/// let who = Credentials::new("AKIDexample", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let request = Request::new("GET", "https://photos-1250000000.cos.ap-beijing.myqcloud.com/a.jpg")?;
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).expires_in(900);
///
/// let signed = sign(&cos::XML_HEADER, &request, &who, &terms)?;
/// let (_, authorization) = signed.headers.last().ok_or("nothing to add")?;
/// assert!(authorization.starts_with("q-sign-algorithm=sha1&q-ak=AKIDexample&q-sign-time=1773500966;1773501866&"));
///
/// // The key has an end in every form, not in URLs alone.
/// assert!(sign(&cos::XML_HEADER, &request, &who, &Terms::at(terms.time)).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub static XML_HEADER: Header = Header;
/// `cos-xml-url`
///
/// ```
/// use countersign::{Credentials, Hints, Request, SecretKey, Terms, Timestamp, Verification};
/// use countersign::{presign, providers::cos, verify};
///
/// let who = Credentials::new("AKIDexample", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let request = Request::new("GET", "https://photos-1250000000.cos.ap-beijing.myqcloud.com/a.jpg")?;
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).expires_in(900);
///
/// let url = presign(&cos::XML_URL, &request, &who, &terms)?;
/// let get = Request::new("GET", &url)?.into();
/// assert!(matches!(verify(&get, who.secret(), &Hints::default())?, Verification::Matches(_)));
///
/// // The verb is signed.
/// let head = Request::new("HEAD", &url)?.into();
/// assert!(matches!(verify(&head, who.secret(), &Hints::default())?, Verification::Differs { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub static XML_URL: Url = Url;

/// The parameter some clients put all pairs into.
const ONE_PARAM: &str = "sign";
/// Where the session token travels, as header or as parameter.
pub(super) const TOKEN: &str = "x-cos-security-token";
/// The same for data processing, which has hosts of its own.
const CI_TOKEN: &str = "x-ci-security-token";

/// Headers the Python SDK signs beside those with its own prefixes.
static USUAL_HEADERS: [&str; 17] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-length",
    "content-md5",
    "content-type",
    "expect",
    "expires",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "origin",
    "pic-operations",
    "range",
    "transfer-encoding",
];

/// `cos-xml-header`: `Authorization: q-sign-algorithm=sha1&...`, without a scheme word.
pub struct Header;

impl Scheme for Header {
    fn id(&self) -> &'static str {
        "cos-xml-header"
    }

    fn provider(&self) -> &'static str {
        "cos"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Authorization
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let fields = subject.request().into_iter().flat_map(|request| request.headers_named("authorization"));
        let mut values = subject.token().into_iter().chain(fields.map(|field| field.value)).map(<[u8]>::trim_ascii);
        let Some(value) = values.next() else { return Ok(None) };
        let Some(mut pairs) = Pairs::in_text(Cow::Borrowed(value)) else { return Ok(None) };
        if values.next().is_some() {
            return Err(ClaimError::new("Authorization", Fault::Twice, value));
        }
        let mut claim = read(&XML_HEADER, &mut pairs)?;
        claim.token = subject.request().and_then(sent_token);
        Ok(Some(claim))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        pairs::state(who, terms, claim)?;
        claim.signed_headers = Some(header_list(request, terms, added_token(request, claim).map(|(name, _)| name)));
        claim.signed_params = Some(param_list(request, terms, None));
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if let Some((name, token)) = added_token(request, claim) {
            additions.header(name, token);
        }
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        draft(subject, claim, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        seal(claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        for (name, value) in pairs::stated(claim) {
            for piece in [name.as_bytes(), b"=", value, b"&"] {
                out.write(piece);
            }
        }
        for piece in [pairs::SIGNATURE.as_bytes(), b"=", signature] {
            out.write(piece);
        }
    }
}

/// `cos-xml-url`: parameters `q-sign-algorithm` to `q-signature`, or all of them in `sign`.
pub struct Url;

impl Scheme for Url {
    fn id(&self) -> &'static str {
        "cos-xml-url"
    }

    fn provider(&self) -> &'static str {
        "cos"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(pairs::SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        if request.is_push() && request.param(pairs::ALGORITHM).is_some() {
            return Ok(None);
        }
        let pairs = match Pairs::in_query(request) {
            Some(pairs) => Some(pairs),
            None => request.param(ONE_PARAM).and_then(|param| param.value()).and_then(Pairs::in_text),
        };
        let Some(mut pairs) = pairs else { return Ok(None) };
        let mut claim = read(&XML_URL, &mut pairs)?;
        claim.token = sent_token(request);
        Ok(Some(claim))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        pairs::state(who, terms, claim)?;
        claim.signed_headers = Some(header_list(request, terms, None));
        claim.signed_params = Some(param_list(request, terms, added_token(request, claim).map(|(name, _)| name)));
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if let Some((name, token)) = added_token(request, claim) {
            additions.param(name, &[token]);
        }
        pairs::place(claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        draft(subject, claim, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        seal(claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }
}

/// Reads what both forms claim.
fn read<'a>(scheme: &'static dyn Scheme, pairs: &mut Pairs<'a>) -> Result<Claim<'a>, ClaimError> {
    let mut claim = pairs.claim(scheme)?;
    for (name, list) in [(HEADER_LIST, &mut claim.signed_headers), (PARAM_LIST, &mut claim.signed_params)] {
        let names = pairs.one(name)?;
        // The Go SDK names what there is twice twice, in a row.
        if Repeats::in_list(&names) == Repeats::Apart {
            return Err(ClaimError::new(name, Fault::Form(words!("a list with all of one name in a row")), &names));
        }
        *list = Some(names);
    }
    Ok(claim)
}

/// The session token of a request, wherever it travels.
fn sent_token<'a>(request: &Request<'a>) -> Option<Text<'a>> {
    let header = |name| request.header_value(name).map(Text::from);
    let param = |name| request.param(name).map(|param| param.text());
    header(TOKEN).or_else(|| param(TOKEN)).or_else(|| header(CI_TOKEN)).or_else(|| param(CI_TOKEN))
}

/// The token a signer adds, with its name; `None` when there is none or the request has it already.
fn added_token<'c>(request: &Request<'_>, claim: &'c Claim<'_>) -> Option<(&'static str, &'c Text<'c>)> {
    let token = claim.token.as_ref().filter(|_| sent_token(request).is_none())?;
    let processing = endpoint::name_in(&endpoint::lower_host(request)).is_some_and(|name| name.starts_with(b"ci."));
    Some((if processing { CI_TOKEN } else { TOKEN }, token))
}

/// Names for a list.
type Names<'n> = Few<Cow<'n, [u8]>, 8>;

/// The list of the headers to sign: those asked for, or those the Python SDK signs.
fn header_list(request: &Request<'_>, terms: &Terms<'_>, added: Option<&str>) -> Text<'static> {
    if let SignedHeaders::Only(names) = terms.signed_headers {
        return list(&names.iter().map(|name| Cow::Borrowed(name.as_bytes())).collect::<Names<'_>>());
    }
    // What every signed URL has.
    if !request.has_headers() && added.is_none() && request.host().is_some() {
        return Text::from(HOST);
    }
    let own = |name: &str| has_prefix(name, "x-cos-") || has_prefix(name, "x-ci-");
    let usual = |name: &str| own(name) || USUAL_HEADERS.iter().any(|usual| name.eq_ignore_ascii_case(usual));
    let mut names = Names::new();
    for field in request.headers() {
        if usual(field.name) {
            names.push(Cow::Borrowed(field.name.as_bytes()));
        }
    }
    if let Some(added) = added {
        names.push(Cow::Borrowed(added.as_bytes()));
    }
    if request.header_value(HOST).is_none() && request.host().is_some() {
        names.push(Cow::Borrowed(HOST.as_bytes()));
    }
    list(&names)
}

const HOST: &str = "host";

/// The list of the parameters to sign.
fn param_list(request: &Request<'_>, terms: &Terms<'_>, added: Option<&str>) -> Text<'static> {
    if terms.signed_params == SignedParams::All && added.is_none() && request.params().next().is_none() {
        return Text::EMPTY;
    }
    let mut names = Names::new();
    match terms.signed_params {
        SignedParams::Only(only) => names.extend(only.iter().map(|name| Cow::Borrowed(name.as_bytes()))),
        SignedParams::All => {
            for param in request.params() {
                names.push(name_of(&param));
            }
            names.extend(added.map(|name| Cow::Borrowed(name.as_bytes())));
        }
    }
    list(&names)
}

/// Escaped, in lower case, sorted, joined by `;`. What is there twice is listed twice, as the Go SDK does.
fn list(names: &[Cow<'_, [u8]>]) -> Text<'static> {
    let in_order = |a: &Cow<'_, [u8]>, b: &Cow<'_, [u8]>| match (plain(a), plain(b)) {
        (Some(a), Some(b)) => header::cmp_names(a, b),
        _ => entry_of(a).cmp(&entry_of(b)),
    };
    let mut joined = Text::EMPTY;
    let mut separator = List::new("", ";");
    for name in sorted(names, in_order) {
        joined.write(separator.lead().as_bytes());
        match plain(name) {
            Some(name) => header::lower(name.as_bytes(), &mut joined),
            None => joined.write(&entry_of(name)),
        }
    }
    joined
}

/// A name that needs no escapes, which few do.
fn plain(name: &[u8]) -> Option<&str> {
    core::str::from_utf8(name).ok().filter(|_| percent::UNRESERVED.holds(name))
}

/// A name as lists have it.
type Entry = Few<u8, 48>;

/// Escaped, then in lower case.
fn entry_of(name: &[u8]) -> Entry {
    let mut entry = Entry::new();
    percent::encode(name, &percent::UNRESERVED, &mut entry);
    entry.make_ascii_lowercase();
    entry
}

/// Writes `HttpString` and the string to sign.
fn draft(subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let request = subject.request().ok_or(DraftError::WrongSubject)?;
    let params = claim.signed_params.as_ref().ok_or(DraftError::Missing(words!("the list of signed parameters")))?;
    let headers = claim.signed_headers.as_ref().ok_or(DraftError::Missing(words!("the list of signed headers")))?;
    pen.open(Document::CanonicalRequest);
    pen.part(Role::Method, &[], Origin::Request);
    header::lower(request.method().as_bytes(), pen);
    line_end(pen);
    pen.part(Role::Path, &[], Origin::Request);
    percent::write_decoded(if request.path().is_empty() { b"/" } else { request.path() }, pen);
    line_end(pen);
    let by_name = ByName::of(params, || request.params().map(|param| (name_of(&param), value_of(&param))));
    listed(Role::Query, params, |entry| by_name.values(entry).unwrap_or_else(|| param_values(request, entry)), pen);
    line_end(pen);
    let by_name =
        ByName::of(headers, || request.headers().map(|field| (Cow::from(field.name.as_bytes()), field.trimmed().into())));
    listed(Role::Header, headers, |entry| header_values(request, entry, &by_name), pen);
    line_end(pen);
    pairs::string_to_sign(Role::Time, claim.time_text.as_ref(), pen)
}

/// Writes what a list names, in its order: `name=value` joined by `&`.
///
/// A name stands for all its values, sorted as the Go SDK sorts them, so that none is left unsigned;
/// that it is listed once for each makes no difference. Without any, the value is empty.
fn listed<'v>(role: Role, list: &[u8], values_of: impl Fn(&[u8]) -> Few<Cow<'v, [u8]>, 2>, pen: &mut Pen<'_>) {
    let mut separator = List::new("", "&");
    let mut before: &[u8] = b"";
    for entry in list.split(|b| *b == b';').filter(|entry| !entry.is_empty()) {
        if entry.eq_ignore_ascii_case(before) {
            continue;
        }
        before = entry;
        let mut write = |value: &[u8], pen: &mut Pen<'_>| {
            pen.item(&mut separator);
            pen.escaped_part(role, entry, Origin::Request);
            header::lower(entry, pen);
            pen.write(b"=");
            percent::encode(value, &percent::UNRESERVED, pen);
        };
        match values_of(entry).as_slice() {
            [] => write(b"", pen),
            [one] => write(one, pen),
            values => sorted(values, Ord::cmp).for_each(|value| write(value, pen)),
        }
    }
}

/// To look through all names for each entry of a longer list takes the time of both together, multiplied.
const LONG_LIST: usize = 32;

/// The names and values of a request in order, as lists have the names; nothing for short lists.
struct ByName<'v>(Option<Vec<(Entry, Cow<'v, [u8]>)>>);

impl<'v> ByName<'v> {
    fn of<P>(list: &[u8], pairs: impl FnOnce() -> P) -> Self
    where
        P: Iterator<Item = (Cow<'v, [u8]>, Cow<'v, [u8]>)>,
    {
        // Who verifies is given lists by strangers; pages sign requests of their own.
        let is_long = || list.iter().filter(|byte| **byte == b';').count() >= LONG_LIST;
        let is_long = cfg!(feature = "verify") && list.len() > 2 * LONG_LIST && is_long();
        Self(is_long.then(|| {
            let mut all: Vec<_> = pairs().map(|(name, value)| (entry_of(&name), value)).collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all
        }))
    }

    /// The values under a name; `None` where they are to be looked for.
    fn values(&self, entry: &[u8]) -> Option<Few<Cow<'v, [u8]>, 2>> {
        let all = self.0.as_ref().filter(|_| cfg!(feature = "verify"))?;
        let entry = entry.to_ascii_lowercase();
        let from = all.partition_point(|(own, _)| own.as_slice() < entry.as_slice());
        let rest = all.get(from..).unwrap_or_default().iter();
        Some(rest.take_while(|(own, _)| own.as_slice() == entry).map(|(_, value)| value.clone()).collect())
    }
}

/// The values of the parameter a list names.
fn param_values<'a>(request: &Request<'a>, entry: &[u8]) -> Few<Cow<'a, [u8]>, 2> {
    request.params().filter(|param| is_named(&name_of(param), entry)).map(|param| value_of(&param)).collect()
}

/// The values of the header a list names. The host of a URL counts without its port, as the Python
/// SDK signs it; a `Host` field counts as it stands.
fn header_values<'a>(request: &Request<'a>, entry: &[u8], by_name: &ByName<'a>) -> Few<Cow<'a, [u8]>, 2> {
    let mut values = by_name.values(entry).unwrap_or_default();
    if by_name.0.is_none() && request.has_headers() {
        let fields = request.headers().filter(|field| is_named(field.name.as_bytes(), entry));
        values.extend(fields.map(|field| Cow::Borrowed(field.trimmed())));
    }
    if values.is_empty() && entry.eq_ignore_ascii_case(b"host") {
        values.push(endpoint::lower_host(request));
    }
    values
}

/// Whether a list names `name` by `entry`: escaped, then in lower case.
fn is_named(name: &[u8], entry: &[u8]) -> bool {
    // Few names have something to escape, which makes them longer.
    match name.len().cmp(&entry.len()) {
        Ordering::Less => !percent::UNRESERVED.holds(name) && entry_of(name).eq_ignore_ascii_case(entry),
        Ordering::Equal => name.eq_ignore_ascii_case(entry) && percent::UNRESERVED.holds(name),
        Ordering::Greater => false,
    }
}

/// The name of a parameter without escapes.
fn name_of<'a>(param: &Param<'a>) -> Cow<'a, [u8]> {
    match *param {
        Param::Wire(name, _) => unescaped(name),
        Param::Added(..) => param.name(),
    }
}

/// The value of a parameter without escapes; empty when it has none.
fn value_of<'a>(param: &Param<'a>) -> Cow<'a, [u8]> {
    match *param {
        Param::Wire(_, value) => unescaped(value.unwrap_or_default()),
        Param::Added(..) => param.value().unwrap_or_default(),
    }
}

/// Undoes escapes as the server does: in a query, `+` is a blank.
fn unescaped(raw: &[u8]) -> Cow<'_, [u8]> {
    if !raw.contains(&b'+') {
        return percent::decode(raw);
    }
    let blanks: Vec<u8> = raw.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect();
    Cow::Owned(percent::decode(&blanks).into_owned())
}

/// The key is the hexadecimal MAC of the key time, used as text.
pub(super) fn seal<'c>(claim: &'c Claim<'_>) -> Seal<'c> {
    let key_time = claim.key_time.as_deref().unwrap_or_default();
    Seal { hash: HashName::Sha1, key: Key::HexOf(key_time), encoding: Encoding::Hex }
}
