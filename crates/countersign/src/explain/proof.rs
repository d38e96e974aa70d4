//! From inspection, the server's answer and the search to a report.

use super::{
    Inquiry,
    catalog::{
        answer::{CONDITION, SECRET_WRONG},
        header::{NOT_SENT, VOLATILE, is_open},
        query::DROPPED,
    },
    client,
    context::Context,
    explanation::{Explanation, search, sent_bytes, variants},
    hearing::{self, Heard},
    inspect, others,
    report::{Certainty, Finding, Report, Searched, Verdict},
    sealing::Sealing,
};
use crate::{
    error::VerifyError,
    family::lines::READINGS,
    pen::{Origin, Role},
    phrase::{Phrase, phrase},
    scheme::{Carrier, sealed},
    terms::{Bucket, Claim},
    transcript::{Transcript, Written, transcript},
    verify::{self, Verification},
};
use alloc::{vec, vec::Vec};
use core::cell::OnceCell;

/// Works out the report for a claim.
pub(super) fn prove(inquiry: &Inquiry<'_>, claim: &Claim<'_>, transcript: &Transcript) -> Result<Report, VerifyError> {
    let body = OnceCell::new();
    let context = |secret| Context { inquiry, claim, transcript, secret, digest: &body, is_second: false };
    let mut report = blank(inquiry, claim, transcript);
    let right = judge(&context(None), &mut report)?;
    let (right, dialect) = right.map(|(number, dialect)| (Some(number), dialect)).unwrap_or_default();
    let read_as = Claim { dialect, ..claim.clone() };
    let notes = inspect::inspect(&Context { claim: &read_as, ..context(None) });
    let heard = hearing::hear(&context(None));
    // What the server sees, nobody knows better than its answer.
    if let Some(theirs) = heard.theirs.as_ref().filter(|_| inquiry.secrets.is_empty() && !heard.differences.is_empty()) {
        for own in &mut report.documents {
            *own = theirs.document(own.document).unwrap_or(own).clone();
        }
        report.signed_documents = Some(transcript.clone());
    }
    report.secret = right;
    let findings = match right {
        Some(_) => after_a_match(&context(None), &heard, &notes),
        None if inquiry.depth > 0 => explanation(&context(None), &heard, &mut report),
        None => Vec::new(),
    };
    let own = match right {
        None if findings.is_empty() => client::transcript(&context(None)),
        _ => None,
    };
    let own = own.map(|own| client::differences(&context(None), &own, Certainty::Seen)).unwrap_or_default();
    // What is sent may be what was signed.
    let is_unknown = right.is_none() && is_open(&context(None));
    let is_filled = is_unknown && findings.iter().all(|finding| finding.code == NOT_SENT);
    let differs = (!findings.is_empty() && !is_filled) || !heard.differences.is_empty() || !own.is_empty();
    let mut notes = notes;
    if let Some(said) = right.filter(|_| !differs).and_then(|_| unrelated(&context(None), &heard, &notes)) {
        notes.insert(0, said);
    }
    let refused = notes.iter().any(|finding| finding.refusal);
    // With another bucket than the one that is assumed, the signature may be right.
    let assumed = assumed_bucket(&context(None), &heard).filter(|_| right.is_none());
    let is_open = is_unknown || assumed.is_some();
    report.verdict = match right {
        Some(_) if refused || differs => Verdict::Rejected,
        Some(_) => Verdict::Valid,
        None if (!inquiry.secrets.is_empty() && !is_open) || differs => Verdict::Mismatch,
        None if refused => Verdict::Rejected,
        None => Verdict::Undecided,
    };
    report.findings = findings;
    append(&mut report.findings, heard.differences);
    append(&mut report.findings, own);
    append(&mut report.findings, notes);
    append(&mut report.findings, heard.remarks);
    // What was not searched to its end is not left over.
    let is_cut = right.is_none() && tell_beginning(&mut report);
    let is_searched = inquiry.depth > 0 && !report.searched.cut_short && !is_cut;
    if right.is_none() && !inquiry.secrets.is_empty() && is_searched {
        leave_the_secret(&mut report, assumed);
    }
    if is_open && !differs {
        report.expected_signature = None;
    }
    if right.is_none() && client::transcript(&context(None)).is_some_and(|own| own.documents == transcript.documents) {
        let what = phrase!("the client printed the very text that is right for the request: it signed it with another secret");
        for finding in report.findings.iter_mut().filter(|finding| finding.code == SECRET_WRONG) {
            finding.facts = vec![("what", what.clone().into())];
        }
    }
    Ok(report)
}

/// The bucket in the signed text, if nothing tells that it is the right one: neither host nor server.
fn assumed_bucket<'a>(context: &Context<'a>, heard: &Heard) -> Option<&'a Bucket<'a>> {
    let bucket = verify::assumed_bucket(context.claim)?;
    let signed = context.bytes(context.first(Role::Bucket)?);
    let is_theirs = |written: &Written| written.part(Role::Bucket).is_some_and(|part| written.bytes(part) == signed);
    let mut theirs = heard.theirs.iter().flat_map(|theirs| &theirs.documents);
    (!theirs.any(is_theirs)).then_some(bucket)
}

/// What can be seen of a claim whose signed text is not known; `None` when that is nothing.
pub(super) fn look(inquiry: &Inquiry<'_>, claim: &Claim<'_>) -> Option<Report> {
    let (transcript, body) = (Transcript { documents: Vec::new() }, OnceCell::new());
    let context = Context { inquiry, claim, transcript: &transcript, secret: None, digest: &body, is_second: false };
    let mut report = blank(inquiry, claim, &transcript);
    append(&mut report.findings, inspect::inspect(&context));
    if report.findings.iter().any(|finding| finding.refusal) {
        report.verdict = Verdict::Rejected;
    }
    (!report.findings.is_empty()).then_some(report)
}

/// A report that says nothing yet.
fn blank(inquiry: &Inquiry<'_>, claim: &Claim<'_>, transcript: &Transcript) -> Report {
    Report {
        verdict: Verdict::Undecided,
        scheme: claim.scheme,
        access_key_id: claim.access_key_id.to_str().into_owned(),
        signed_at: claim.signed_at,
        expires_at: claim.expires_at,
        provided_signature: claim.signature.to_str().into_owned(),
        expected_signature: None,
        documents: transcript.documents.clone(),
        signed_documents: None,
        secret: None,
        findings: Vec::new(),
        searched: Searched { depth: inquiry.depth, ..Searched::default() },
    }
}

/// Checks the signature with every secret; gives the number of the one that is right, and the dialect it is right in.
fn judge(context: &Context<'_>, report: &mut Report) -> Result<Option<(usize, Option<&'static str>)>, VerifyError> {
    for (number, secret) in context.inquiry.secrets.iter().enumerate() {
        report.searched.variants += 1;
        let verification = verify::compare(&context.inquiry.subject, context.claim.clone(), secret)?;
        match verification {
            // A server that refuses it does not read its host so.
            Verification::Matches(verified)
                if says_mismatch(context) && verified.claim().dialect.is_some_and(|dialect| READINGS.contains(&dialect)) =>
            {
                let right = sealed(context.claim.scheme, secret, &context.inquiry.subject, context.claim)?;
                report.expected_signature.get_or_insert(right.text());
            }
            Verification::Matches(verified) => {
                if verified.claim().dialect.is_some() {
                    report.documents = transcript(&context.inquiry.subject, verified.claim())?.documents;
                }
                report.expected_signature = Some(report.provided_signature.clone());
                return Ok(Some((number, verified.claim().dialect)));
            }
            Verification::Differs { expected, .. } if number == 0 => report.expected_signature = Some(expected.text()),
            Verification::Differs { .. } => {}
        }
    }
    Ok(None)
}

/// Whether the server refuses the signature, in the words most of them have or in its own.
fn says_mismatch(context: &Context<'_>) -> bool {
    let code = context.answer().and_then(|answer| answer.code.as_deref());
    code == Some("SignatureDoesNotMatch") || inspect::says_mismatch(context)
}

/// The signature is right for the request in hand, and yet the server refused it.
fn after_a_match(context: &Context<'_>, heard: &Heard, notes: &[Finding]) -> Vec<Finding> {
    let refused = says_mismatch(context);
    if refused && heard.is_equal {
        return vec![secret_wrong(
            Certainty::Proved,
            phrase!("the server quotes the same text: it holds another secret for this id"),
        )];
    }
    // A token without a request carries all that is signed: the server read the same text.
    let is_refused = notes.iter().any(|finding| finding.refusal);
    if context.claim.scheme.carrier() == Carrier::Token && inspect::says_mismatch(context) && !is_refused {
        return vec![secret_wrong(
            Certainty::Likely,
            phrase!("the token carries the text it signs, and the server refuses it: it holds another secret for this id"),
        )];
    }
    // MinIO and others quote nothing, and give this code for other refusals, too. What was altered may have been the same.
    let is_silent = heard.differences.is_empty() && !heard.is_foreign;
    // A server that nobody knows may read its host otherwise.
    let is_assumed = context.bucket().is_some_and(|bucket| bucket.origin == Origin::Assumed);
    if refused && is_silent && !is_refused && is_assumed && context.claim.scheme.dialects() == READINGS {
        let facts = vec![
            ("style", phrase!("with the bucket in the path").into()),
            ("other", phrase!("this server may take the bucket from its host, which nothing here tells").into()),
        ];
        return vec![hearing::finding("addressing-style-wrong", Certainty::Likely, facts)];
    }
    if refused && is_silent && !is_refused {
        return vec![secret_wrong(
            Certainty::Likely,
            phrase!(
                "the server refuses the signature that is right for the request in hand: it holds another secret for this id, or \
                 another request reached it"
            ),
        )];
    }
    Vec::new()
}

/// The signature is right, and what the server refuses is something else.
fn unrelated(context: &Context<'_>, heard: &Heard, notes: &[Finding]) -> Option<Finding> {
    let answer = context.answer().filter(|answer| answer.status.is_none_or(|status| status >= 400))?;
    let is_told = !heard.remarks.is_empty() || heard.theirs.is_some() || notes.iter().any(|finding| finding.refusal);
    if is_told || says_mismatch(context) {
        return None;
    }
    let (code, message) = (answer.code.as_deref(), answer.message.as_deref());
    let said: Vec<_> = [code, message].into_iter().flatten().filter(|_| code != Some("0")).collect();
    let what = phrase!("what it says: `{said}`").data("said", said.join(": "));
    let look = phrase!("look up what the server says: `countersign error` knows the codes of the vendors");
    let facts = vec![("what", what.into()), ("look", look.into())];
    (!said.is_empty()).then(|| hearing::finding(CONDITION, Certainty::Server, facts))
}

/// Whether the signature is the right one up to where it was cut off.
fn is_beginning(report: &Report) -> bool {
    let sent = report.provided_signature.as_str();
    let right = report.expected_signature.as_deref().unwrap_or_default().trim_end_matches('=');
    sent.len() >= FEWEST && sent.len() < right.len() && right.starts_with(sent)
}

/// The fewest characters of a signature that are no accident.
const FEWEST: usize = 12;

/// Says so of a signature that was cut off.
fn tell_beginning(report: &mut Report) -> bool {
    let is_cut = is_beginning(report);
    let facts = report.findings.iter_mut().filter(|_| is_cut).flat_map(|finding| &mut finding.facts);
    for (_, value) in facts.filter(|(name, _)| *name == "what").take(1) {
        let what = phrase!("{what}; what is left is the beginning of the right one").with("what", value.clone());
        *value = what.into();
    }
    is_cut
}

/// Looks for what was signed instead.
fn explanation(context: &Context<'_>, heard: &Heard, report: &mut Report) -> Vec<Finding> {
    if is_beginning(report) {
        return Vec::new();
    }
    for (number, secret) in context.inquiry.secrets.iter().enumerate() {
        let own = Context { secret: Some(secret.expose()), ..*context };
        // A signature in another encoding is not readable as it is; causes have readings for it.
        let target = sent_bytes(context).unwrap_or_default();
        // What the server quotes is what the client signed: only the secret is left.
        let sealed = |theirs: &Transcript| {
            Sealing::of(&context.claim.scheme.seal(context.claim)).mac(secret.expose(), theirs.string_to_sign())
        };
        if let Some(theirs) = heard.theirs.as_ref().filter(|theirs| *sealed(theirs) == *target) {
            report.signed_documents = Some(theirs.clone());
            report.secret = Some(number);
            return vec![secret_wrong(
                Certainty::Proved,
                phrase!("the client signed exactly the text that the server quotes: the server holds another secret for this id"),
            )];
        }
        if let Some(explanation) = searched(&own, heard, &mut report.searched) {
            report.signed_documents = explanation.documents;
            report.secret = Some(number);
            return explanation.findings;
        }
        // No mistake is known that leads to what the client says it signed, and yet it did.
        if let Some(theirs) = client::transcript(context).filter(|theirs| *sealed(theirs) == *target) {
            let findings = client::differences(context, &theirs, Certainty::Proved);
            if !findings.is_empty() {
                report.signed_documents = Some(theirs);
                return findings;
            }
        }
    }
    Vec::new()
}

/// Searches with one secret: by the request's own rules, from what the server quotes, and by the rules of other schemes.
fn searched(context: &Context<'_>, heard: &Heard, searched: &mut Searched) -> Option<Explanation> {
    // What ended the search with one secret ends it with all.
    if searched.cut_short {
        return None;
    }
    let depth = context.inquiry.depth;
    let secrets = variants(context, |cause| cause.is_of_secret);
    let found = search(context, &secrets, depth, searched).or_else(|| {
        let theirs = heard.theirs.as_ref().filter(|_| !heard.differences.is_empty() && !searched.cut_short)?;
        search(&Context { transcript: theirs, ..*context }, &secrets, depth, searched)
    });
    found.or_else(|| others::search(context, &secrets, searched))
}

fn secret_wrong(certainty: Certainty, what: Phrase) -> Finding {
    hearing::finding(SECRET_WRONG, certainty, vec![("what", what.into())])
}

/// Nothing was proved: the secret is what is left, and that is no proof.
fn leave_the_secret(report: &mut Report, assumed: Option<&Bucket<'_>>) {
    if report.findings.iter().any(|finding| finding.certainty == Certainty::Proved) {
        return;
    }
    let what = match assumed {
        Some(bucket) => phrase!(
            "nothing tells the bucket, and with `{bucket}`, which is assumed, no known mistake gives this signature: it may be right \
             for another bucket, or made with another secret"
        )
        .data("bucket", bucket.name.to_str()),
        None => phrase!(
            "no known mistake gives this signature; what is left is another secret, or a change that leaves no trace in the request"
        ),
    };
    // What is visible or said by the server comes first, and a header or parameter whose value nobody can know.
    let decides = |finding: &Finding| {
        finding.certainty == Certainty::Server || finding.refusal || [NOT_SENT, VOLATILE, DROPPED].contains(&finding.code)
    };
    let decisive = report.findings.iter().any(decides);
    let mut findings = core::mem::take(&mut report.findings);
    let mut left = vec![secret_wrong(Certainty::Likely, what)];
    if assumed.is_some() {
        left.iter_mut().for_each(|finding| finding.facts.push(("make", phrase!("name the bucket, and explain it again").into())));
    }
    if decisive {
        append(&mut findings, left);
        report.findings = findings;
    } else {
        report.findings = left;
        append(&mut report.findings, findings);
    }
}

/// Adds findings behind others, each an explanation of its own, unless its cause is found already.
fn append(findings: &mut Vec<Finding>, more: Vec<Finding>) {
    for mut finding in more {
        if findings.iter().any(|own| own.code == finding.code && own.certainty <= finding.certainty) {
            continue;
        }
        finding.group = findings.iter().map(|own| own.group + 1).max().unwrap_or_default();
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Hints, Request, SecretKey, Subject, decode, explain, transcript::transcript};
    use alloc::{format, string::String};

    /// The signatures are made with Python's hmac.
    #[test]
    fn a_domain_of_its_owner_may_have_the_name_of_the_bucket() {
        let explained = |word: &str, signature: &str, bucket: Option<&'static str>| {
            let message = format!(
                "GET /a.txt HTTP/1.1\nHost: files.example.com\nDate: Fri, 01 May 2026 08:30:15 GMT\n\
                 Authorization: {word} CSIDEXAMPLE0001:{signature}\n\n"
            );
            let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
            let mut inquiry = Inquiry::new(Request::parse(message.as_bytes()).unwrap().into());
            (inquiry.secrets, inquiry.hints.bucket) = (&secrets, bucket);
            let report = explain(&inquiry).unwrap();
            let text = report.documents.first().map(|written| String::from_utf8_lossy(&written.text).into_owned());
            (report.verdict, text.unwrap_or_default())
        };
        // For S3, the domain has the name of the bucket.
        let (verdict, text) = explained("AWS", "130vinled+KNUWONPucyeIdGxzc=", None);
        assert_eq!(verdict, Verdict::Valid);
        assert!(text.ends_with("\n/files.example.com/a.txt"), "{text}");
        // A hint goes before what may be.
        assert_eq!(explained("AWS", "130vinled+KNUWONPucyeIdGxzc=", Some("photos-ex")).0, Verdict::Mismatch);
        // For OSS, nothing says which bucket the domain is bound to.
        let right = "ibSdhjtlu8LQGy07N0fVRZc72aA=";
        assert_eq!(explained("OSS", right, None).0, Verdict::Undecided);
        assert_eq!(explained("OSS", right, Some("photos-ex")).0, Verdict::Valid);
        assert_eq!(explained("OSS", right, Some("other-ex")).0, Verdict::Mismatch);
    }

    #[test]
    fn what_is_tried_of_the_secret_is_the_same_by_the_rules_of_every_scheme() {
        let messages = [
            "GET /a.jpg HTTP/1.1\nHost: photos-ex.s3.eu-central-1.amazonaws.com\nX-Amz-Date: 20260314T150926Z\n\
             X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\nAuthorization: AWS4-HMAC-SHA256 \
             Credential=CSIDEXAMPLE0001/20260314/eu-central-1/s3/aws4_request, \
             SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=00\n\n",
            "PUT /b/\u{7167}.txt HTTP/1.1\nHost: photos.oss-cn-hangzhou.aliyuncs.com\n\
             Date: Sat, 14 Mar 2026 15:09:26 GMT\nAuthorization: OSS CSIDEXAMPLE0001:AAAA\n\n",
            "GET /pfop HTTP/1.1\nHost: api.qiniuapi.com\nAuthorization: Qiniu CSIDEXAMPLE0001:AAAA\n\n",
        ];
        for secret in ["cs7EXAMPLEsecretKEY/with+signs0123456789", "bWFkZVVwU2VjcmV0T25seQ==", "0O1l", " x\n", "\u{5bc6}"] {
            let secret = SecretKey::new(secret);
            let [first, others @ ..] = messages.map(|message| {
                let subject = Subject::from(Request::parse(message.as_bytes()).unwrap());
                let claim = decode(&subject, &Hints::NONE).unwrap();
                let transcript = transcript(&subject, &claim).unwrap();
                let (inquiry, digest) = (Inquiry::new(subject.clone()), OnceCell::new());
                let context = Context {
                    inquiry: &inquiry,
                    claim: &claim,
                    transcript: &transcript,
                    secret: Some(secret.expose()),
                    digest: &digest,
                    is_second: false,
                };
                let tried = variants(&context, |cause| cause.is_of_secret).into_iter();
                tried
                    .map(|variant| (variant.cause.code, alloc::format!("{:?}", variant.facts(&transcript)), variant))
                    .collect::<Vec<_>>()
            });
            assert!(first.len() > 5, "{}", first.len());
            for other in others {
                assert_eq!(first.len(), other.len());
                for ((code, facts, variant), (other_code, other_facts, other_variant)) in first.iter().zip(&other) {
                    assert_eq!((code, facts), (other_code, other_facts));
                    assert!(variant.same_as(other_variant) && variant.splices.iter().all(|list| list.is_empty()), "{code}");
                }
            }
        }
    }
}
