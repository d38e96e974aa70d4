//! Callbacks of the service after an upload or a processing job, signed with your own secret.
//!
//! Follows "Upload callback" (developer.qiniu.com, Kodo) and `verify_callback` of the
//! Python SDK 7.18. Upload callbacks come as `QBox`, notifications of processing as `Qiniu`; both are
//! taken. `QBox` does not protect a body in JSON.

use super::{mac, qbox};
use crate::{
    answer::VendorAnswer,
    callback::{self, Answer, AnswerBody, AnswerFault, AnswerRules},
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    pen::Pen,
    scheme::{Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    wire::Ink,
};
use alloc::vec::Vec;

/// `kodo-callback`
pub static CALLBACK: Callback = Callback;

/// `kodo-callback`: `Authorization: QBox id:signature` or `Authorization: Qiniu id:signature`.
///
/// A management request has the same header, so this scheme is read only when it is asked for by
/// its id. `Claim::dialect` holds the first word. Only the documented texts are accepted, not those
/// of single SDKs: callbacks are sent by the service. Compare the access key id with yours, too.
///
/// ```
/// use countersign::{Hints, Request, SecretKey, Verification, providers::{self, Among}, verify_claim};
///
/// // From the test suites of the Python and PHP SDKs.
/// let callback = Request::new("POST", "https://test.qiniu.com/callback")?
///     .header("Authorization", "QBox abcdefghklmnopq:T7F-SjxX7X2zI4Fc1vANiNt1AUE=")
///     .header("Content-Type", "application/x-www-form-urlencoded")
///     .with_body(countersign::Body::Bytes(
///         b"name=sunflower.jpg&hash=Fn6qeQi4VDLQ347NiRm-RlQx_4O2&location=Shanghai&price=1500.00&uid=123",
///     ));
/// let secret = SecretKey::new("1234567890");
///
/// let subject = callback.clone().into();
/// let claim = providers::read(&subject, &Hints::default(), Among::Scheme("kodo-callback"))?.expect("a callback");
/// assert!(matches!(verify_claim(&subject, claim.clone(), &secret)?, Verification::Matches(_)));
///
/// // The body of a form is signed.
/// let forged = callback.with_body(countersign::Body::Bytes(b"name=other.jpg")).into();
/// assert!(matches!(verify_claim(&forged, claim, &secret)?, Verification::Differs { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Callback;

impl Scheme for Callback {
    fn id(&self) -> &'static str {
        "kodo-callback"
    }

    fn provider(&self) -> &'static str {
        "kodo"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Authorization
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        let (word, claim) = match qbox::read(&CALLBACK, request)? {
            Some(claim) => (qbox::WORD, Some(claim)),
            None => (mac::WORD, mac::read(&CALLBACK, request)?),
        };
        Ok(claim.map(|mut claim| {
            claim.dialect = Some(word);
            claim
        }))
    }

    /// As the service signs upload callbacks.
    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, _: &Terms<'a>, claim: &mut Claim<'a>) -> Result<(), SignError> {
        claim.dialect = Some(qbox::WORD);
        Ok(())
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        if claim.dialect == Some(mac::WORD) {
            mac::draft(&mac::DOCUMENTED, request, pen)
        } else {
            qbox::draft(&qbox::DOCUMENTED, request, pen)
        }
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        qbox::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        super::write_pair(claim.dialect.unwrap_or(qbox::WORD), claim, signature, out);
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["kodo-qbox", "kodo-mac"]
    }
}

/// The put-policy page demands a 200, the type of JSON, and JSON.
static ANSWER: AnswerRules = AnswerRules {
    time: None,
    length: None,
    content_type: Some("application/json"),
    body: AnswerBody::Json,
    outcome: |_| VendorAnswer { status: Some(579), ..VendorAnswer::UNKNOWN },
};

/// Everything that is wrong with the answer to a callback of Kodo. The uploader is told 579; the object is
/// stored nevertheless.
///
/// With `callbackFetchKey` the answer names the object, too: `{"key":"...","payload":{...}}`.
///
/// ```
/// use countersign::{callback::{Answer, AnswerFaultKind}, providers::kodo, wire::header::Header};
///
/// let headers = [Header::new("Content-Type", b"application/json; charset=utf-8")];
/// let answer = Answer { status: 200, headers: &headers, body: br#"{"success":true}"#, elapsed: None };
/// assert!(kodo::check_callback_answer(&answer).is_empty());
///
/// let faults = kodo::check_callback_answer(&Answer { status: 500, ..answer });
/// assert_eq!((&faults[0].kind, faults[0].outcome.status), (&AnswerFaultKind::Status(500), Some(579)));
/// ```
#[must_use]
pub fn check_callback_answer(answer: &Answer<'_>) -> Vec<AnswerFault> {
    callback::check_answer(answer, &ANSWER)
}
