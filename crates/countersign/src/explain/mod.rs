//! Explaining: why is the signature another one, and is that proved?
//!
//! An explanation is a proof: apply a known mistake to the request in hand, sign again, and compare
//! with the signature the client sent. If they are equal, byte for byte, the client signed exactly that.
//! A match on a part of a signature is never claimed, and a report is for the holder of the secret, not
//! for the caller of a verifying server.

mod bound;
mod catalog;
mod cause;
mod client;
mod compare;
mod context;
mod doubled;
mod edit;
mod explanation;
mod gbk;
mod hearing;
mod inspect;
mod json;
mod language;
mod link;
mod listing;
mod matter;
mod others;
mod proof;
mod raw_policy;
mod readback;
mod report;
mod restored;
mod sealing;
mod search;
mod server;
mod signed;
mod transport;
mod truncated;

pub use crate::phrase::{Facts, Value};
pub use client::ClientTexts;
pub use language::{CauseText, Language, Sentences};
pub use listing::{Listing, causes};
pub use matter::{Matter, matter};
pub use report::{Certainty, Finding, Report, Searched, Verdict};
pub use server::{Agreement, AnswerError, MAX_ANSWER, Quoted, QuotedFrom, ServerAnswer};

// What the vendors write their causes with.
use catalog::method::{METHOD_MISMATCH, VERBS};
pub(crate) use catalog::{answer::SECRET_WRONG, header::two_ways, id::IdForm};
pub(crate) use cause::{Cause, Slot};
pub(crate) use context::Context;
pub(crate) use edit::{At, Edit, Edits, Variant};
pub(crate) use inspect::{About, Note, Notes, Said, Saying};
pub(crate) use json::{respelled, text_member};
pub(crate) use link::Sealed;
pub(crate) use sealing::{KeyMaking, Sealing};
pub(crate) use signed::put_in;

use crate::{
    error::{Fault, VerifyError},
    pen::{Origin, Role},
    providers::{self, Among},
    secret::SecretKey,
    subject::{Body, Subject},
    terms::{Claim, Hints},
    time::Timestamp,
    transcript::transcript,
};
use core::fmt;

/// What is known about a refused request: the input of [`explain`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Inquiry<'a> {
    /// The request, as captured.
    pub subject: Subject<'a>,
    /// What is known beside it.
    pub hints: Hints<'a>,
    /// Which schemes to look for.
    pub among: Among<'a>,
    /// Secrets to try, the most likely first. Without one, only inspection and the server's answer speak.
    pub secrets: &'a [SecretKey],
    /// The server's answer.
    pub answer: Option<&'a ServerAnswer>,
    /// What the client printed of its own signing.
    pub client: Option<&'a ClientTexts>,
    /// The clock to judge by.
    pub at: Option<Timestamp>,
    /// How many mistakes at once: 0 verifies, 2 is usual and takes some ten milliseconds, 3 is the most and takes about a
    /// second for an ordinary request.
    pub depth: u8,
    /// The most signatures to compute; those of very long texts count for more than one. All triples of an ordinary request
    /// are up to some millions, more than the usual budget; what was cut short is said to be.
    pub budget: u64,
    /// Other requests of the same capture, whose values may have been mixed up with this one's.
    pub related: &'a [Subject<'a>],
    /// How many of them come before this one in the capture, so that the report can count them as the capture does.
    pub before: usize,
    /// The path as it was written for the client, where it is known to have changed it: `.` and `..` are resolved.
    pub given_path: Option<&'a [u8]>,
    /// The life in seconds that was asked for when it was signed.
    pub expected_life: Option<u64>,
    /// Names of headers that are sent with values nobody knows, as those of a call whose values are expressions.
    /// `headers` stands for all that are not there.
    pub unknown: &'a [&'a str],
    /// Asked again and again while the search goes on.
    pub watch: Option<Watch<'a>>,
}

/// Somebody who watches a search: it is told how many signatures were computed so far, and the search
/// goes on as long as it answers `true`. What was found until then is reported.
#[derive(Clone, Copy)]
pub struct Watch<'a>(pub &'a dyn Fn(u64) -> bool);

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch(..)")
    }
}

impl<'a> Inquiry<'a> {
    /// An inquiry about `subject` with the usual depth and nothing else known.
    #[must_use]
    pub const fn new(subject: Subject<'a>) -> Self {
        Self {
            subject,
            hints: Hints::NONE,
            among: Among::All,
            secrets: &[],
            answer: None,
            client: None,
            at: None,
            depth: 2,
            budget: 1_000_000,
            related: &[],
            before: usize::MAX,
            given_path: None,
            expected_life: None,
            unknown: &[],
            watch: None,
        }
    }

    /// The same inquiry without the server's answer.
    pub(crate) fn without_answer(&self) -> Inquiry<'_> {
        Inquiry { answer: None, ..self.about(self.subject.clone()) }
    }

    /// The same inquiry about another subject.
    fn about<'b>(&'b self, subject: Subject<'b>) -> Inquiry<'b> {
        Inquiry {
            subject,
            hints: self.hints,
            among: self.among,
            secrets: self.secrets,
            answer: self.answer,
            client: self.client,
            at: self.at,
            depth: self.depth,
            budget: self.budget,
            related: self.related,
            before: self.before,
            given_path: self.given_path,
            expected_life: self.expected_life,
            unknown: self.unknown,
            watch: self.watch,
        }
    }
}

/// Explains why a signature does not match, or says that it does.
///
/// A URL that is still escaped for HTML or JSON is mended first, and that is part of the explanation. Of an upload
/// in signed chunks whose body is in the request, every chunk is judged.
///
/// ```
/// use countersign::{Inquiry, Request, SecretKey, explain, explain::Verdict};
///
/// // Signed with a line feed behind the secret.
/// let request = Request::parse(
///     b"GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Mon, 18 Sep 2017 08:00:00 GMT\n\
///       Authorization: OSS CSIDEXAMPLE0001:MyNpT/7rcKqVXUtYGiv8l/YB6s8=\n\n",
/// )?;
/// let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
/// let mut inquiry = Inquiry::new(request.into());
/// inquiry.secrets = &secrets;
///
/// let report = explain(&inquiry)?;
/// assert_eq!(report.verdict, Verdict::Mismatch);
/// assert_eq!(report.findings[0].code, "secret-surrounding-whitespace");
///
/// // What carries no signature cannot be explained.
/// assert!(explain(&Inquiry::new(Request::new("GET", "https://example.com/")?.into())).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What is tried
///
/// Every cause of the catalogue says what else may have been signed, or with which key. Each of these changes is tried by
/// itself; then, up to [`Inquiry::depth`], every two of them together, and every three. Not together are two changes of one
/// thing, as of the path or of the secret (of headers there are several), nor two that write to the same place. What takes
/// the same number of mistakes is tried to its end before the search stops, and of several explanations the one whose
/// mistakes were met together before, else met most often, is reported; [`Finding::also`] names the causes that sign the very same bytes. The rules of
/// every other scheme whose signatures are as long are tried in the same way, with one mistake less.
///
/// Of some mistakes there are hundreds: dates in other zones, languages and spellings, secrets with characters lost or
/// taken for others, seconds before and after, and one for each header or parameter of a request with hundreds. These are
/// tried by themselves; those that are met with others also with whatever leaves the text alone that they change, such as
/// another key or region, or with changed texts if it is the key that they change, but not with each other and not in
/// triples. The dates that are met most are tried in every pair, and not in triples either: in the usual languages, in the
/// zones in which most people sign, in other forms, and two seconds before and after. [`Searched::apart`] counts the rest.
/// [`Searched::cut_short`] says that [`Inquiry::budget`] or [`Inquiry::watch`] ended the search before everything was tried.
///
/// # Errors
///
/// When there is no signature, nor the rest of one, or one that cannot be judged.
pub fn explain(inquiry: &Inquiry<'_>) -> Result<Report, VerifyError> {
    providers::explain_body(inquiry).map_or_else(|| explain_head(inquiry), Ok)
}

/// Explains a URL whose verb nobody told, for the verb it was signed for. If that is not the one of the request, the verb
/// in [`Report::documents`] is said to be assumed.
///
/// ```
/// use countersign::{Inquiry, Request, Role, SecretKey, explain::{Verdict, explain_url}};
///
/// // Presigned for an upload; the signature is made with another program.
/// let url = "https://photos-ex.oss-cn-hangzhou.aliyuncs.com/a.jpg?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415\
///            &Signature=uUT8vIZDLWNdpGQa7yyy1LA5vZs%3D";
/// let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
/// let mut inquiry = Inquiry::new(Request::new("GET", url)?.into());
/// inquiry.secrets = &secrets;
///
/// let report = explain_url(&inquiry)?;
/// assert_eq!(report.verdict, Verdict::Valid);
/// assert_eq!(report.documents[0].part(Role::Method).map(|part| report.documents[0].bytes(part)), Some(&b"PUT"[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Those of [`explain`].
pub fn explain_url(inquiry: &Inquiry<'_>) -> Result<Report, VerifyError> {
    let as_sent = explain(inquiry)?;
    let Some(request) = inquiry.subject.request().filter(|_| as_sent.verdict == Verdict::Mismatch) else { return Ok(as_sent) };
    let found = as_sent.findings.iter().take_while(|own| own.group == 0).find(|own| own.code == METHOD_MISMATCH);
    // Without a search, each verb is tried.
    let verbs = VERBS.iter().filter(|verb| match found.map(|own| &own.facts) {
        Some(facts) => facts.iter().any(|(name, value)| *name == "verb" && matches!(value, Value::Text(text) if text == *verb)),
        None => inquiry.depth == 0,
    });
    for verb in verbs {
        let request = request.clone().with_method(verb);
        let Ok(mut report) = explain(&inquiry.about(request.with_body(Body::Unknown).into())) else { continue };
        if inquiry.depth > 0 || report.secret.is_some() {
            let parts = report.documents.iter_mut().flat_map(|written| &mut written.parts);
            parts.filter(|part| part.role == Role::Method).for_each(|part| part.origin = Origin::Assumed);
            return Ok(report);
        }
    }
    Ok(as_sent)
}

/// Explains the signature of the head, or of the token or form.
pub(crate) fn explain_head(inquiry: &Inquiry<'_>) -> Result<Report, VerifyError> {
    explain_mended(inquiry).or_else(|error| truncated::report(inquiry).ok_or(error))
}

/// Explains the subject as it is, or with the damage of a URL or a policy undone if that explains more.
fn explain_mended(inquiry: &Inquiry<'_>) -> Result<Report, VerifyError> {
    let as_sent = judge(inquiry);
    if let (Err(_), Some(form)) = (&as_sent, inquiry.subject.form())
        && let Some(repaired) = raw_policy::Repaired::of(form)
        && let Ok(report) = judge(&inquiry.about(repaired.form(form).into()))
    {
        return Ok(repaired.accuse(report));
    }
    let Some((request, mended)) = inquiry.subject.request().and_then(|request| Some((request, transport::mend(request)?))) else {
        return as_sent;
    };
    if as_sent.as_ref().is_ok_and(is_settled) {
        return as_sent;
    }
    match judge(&inquiry.about(request.with_query(&mended.query).into())) {
        // What only looks like damage must not stand in the way of a claim that can be read.
        Ok(report) if as_sent.is_err() || mended.is_evident() || is_settled(&report) => Ok(mended.accuse(report)),
        _ => as_sent,
    }
}

/// Whether the signature is right, or the one that was sent is accounted for.
fn is_settled(report: &Report) -> bool {
    // Without a secret, what is refused may yet be signed wrongly.
    report.expected_signature.as_ref() == Some(&report.provided_signature)
        || report.findings.iter().any(|finding| finding.certainty == Certainty::Proved)
}

/// Explains the subject as it is.
fn judge(inquiry: &Inquiry<'_>) -> Result<Report, VerifyError> {
    let claim = match providers::read(&inquiry.subject, &inquiry.hints, inquiry.among) {
        Err(error) if matches!(error.fault, Fault::TwoSignatures { .. }) => {
            return doubled::report(inquiry).ok_or(error.into());
        }
        read => read?.ok_or(VerifyError::NoClaim)?,
    };
    if let Some(bucket) = hearing::bucket(inquiry, &claim) {
        let hints = Hints { bucket: Some(&bucket), ..inquiry.hints };
        return judge(&Inquiry { hints, ..inquiry.about(inquiry.subject.clone()) });
    }
    let bound = bound::claims(inquiry, &claim);
    if bound.is_empty() { judge_claim(inquiry, &claim) } else { bound::judge(inquiry, &claim, &bound) }
}

/// Explains one reading of the subject.
fn judge_claim(inquiry: &Inquiry<'_>, claim: &Claim<'_>) -> Result<Report, VerifyError> {
    match transcript(&inquiry.subject, claim) {
        Ok(transcript) => proof::prove(inquiry, claim, &transcript),
        // The value of a header alone, or a token: what it says of itself can be looked at.
        Err(error) if is_bare(inquiry) => proof::look(inquiry, claim).ok_or(error.into()),
        Err(error) => Err(error.into()),
    }
}

/// Whether nothing is known of the request but the header that carries the signature.
fn is_bare(inquiry: &Inquiry<'_>) -> bool {
    inquiry.subject.request().is_some_and(|request| request.host().is_none() && request.headers().count() == 1)
}

/// The codes of all causes in the catalogue, each once: a vendor may look for a general cause in ways of its own.
pub fn codes() -> impl Iterator<Item = &'static str> {
    catalog::causes()
        .enumerate()
        .filter(|(at, cause)| !catalog::causes().take(*at).any(|own| own.code == cause.code))
        .map(|(_, cause)| cause.code)
}
