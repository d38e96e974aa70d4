//! Headers that were signed and are not in the request.

use super::super::body::usual_types;
use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::{Value, put_in},
    },
    phrase::phrase,
    signature::Encoding,
};
use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec::Vec,
};

/// Headers that proxies and clients drop, of those that are signed by mistake.
static DROPPED: [&str; 8] =
    ["range", "content-length", "expect", "cookie", "te", "connection", "user-agent", "transfer-encoding"];

/// The vendor's own headers that are most often signed and then forgotten.
static FORGOTTEN: [&str; 10] = [
    "x-amz-acl",
    "x-amz-server-side-encryption",
    "x-amz-storage-class",
    "x-kss-acl",
    "x-kss-server-side-encryption",
    "x-kss-storage-class",
    "x-oss-acl",
    "x-oss-object-acl",
    "x-oss-server-side-encryption",
    "x-oss-storage-class",
];

/// Values of headers when nothing tells what was signed.
static USUAL: [(&str, &[&str]); 29] = [
    ("accept", &["*/*", "application/json"]),
    ("cache-control", &["no-cache", "max-age=0"]),
    ("connection", &["keep-alive", "Keep-Alive", "close"]),
    ("content-disposition", &["attachment", "inline"]),
    ("content-encoding", &["utf-8", "gzip", "aws-chunked", "identity"]),
    ("content-length", &["0"]),
    ("expect", &["100-continue"]),
    ("pragma", &["no-cache"]),
    ("range", &["bytes=0-", "bytes=0-0"]),
    ("te", &["trailers"]),
    ("transfer-encoding", &["chunked"]),
    ("x-amz-acl", &["public-read", "private", "bucket-owner-full-control"]),
    ("x-amz-copy-source-server-side-encryption-customer-algorithm", &["AES256"]),
    ("x-amz-metadata-directive", &["COPY", "REPLACE"]),
    ("x-amz-request-payer", &["requester"]),
    ("x-amz-server-side-encryption", &["AES256", "aws:kms"]),
    ("x-amz-server-side-encryption-customer-algorithm", &["AES256"]),
    ("x-amz-storage-class", &["STANDARD", "STANDARD_IA", "REDUCED_REDUNDANCY"]),
    ("x-amz-tagging-directive", &["COPY", "REPLACE"]),
    ("x-cos-acl", &["public-read", "private"]),
    ("x-cos-storage-class", &["STANDARD", "STANDARD_IA"]),
    ("x-kss-acl", &["public-read", "private"]),
    ("x-kss-server-side-encryption", &["AES256"]),
    ("x-kss-storage-class", &["STANDARD", "STANDARD_IA"]),
    ("x-oss-acl", &["public-read", "private"]),
    ("x-oss-forbid-overwrite", &["true", "false"]),
    ("x-oss-object-acl", &["public-read", "private"]),
    ("x-oss-server-side-encryption", &["AES256", "KMS"]),
    ("x-oss-storage-class", &["Standard", "IA"]),
];

/// What a header that is not there may have held: values of other requests, then the usual ones.
fn usual_values(context: &Context<'_>, name: &str) -> Vec<Vec<u8>> {
    let mut values: Vec<Vec<u8>> = context.elsewhere(name).into_iter().map(<[u8]>::to_vec).collect();
    match name {
        "content-type" => values.extend(usual_types(context).into_iter().map(String::into_bytes)),
        "content-md5" => values.extend(context.body().map(|body| Encoding::Base64.encode(&body.md5).into_bytes())),
        "content-length" => values.extend(context.body().map(|body| body.len.to_string().into_bytes())),
        "date" => values.extend(context.claim.signed_at.map(|at| at.http_date().to_vec())),
        _ if name.ends_with("-date") => values.extend(context.claim.time_text.as_ref().map(|text| text.to_vec())),
        _ if name.ends_with("-content-sha256") => {
            values.push(b"UNSIGNED-PAYLOAD".to_vec());
            values.extend(context.body().map(|body| Encoding::Hex.encode(&body.sha256).into_bytes()));
        }
        _ if name.ends_with("-security-token") => values.extend(context.claim.token.as_ref().map(|text| text.to_vec())),
        _ => {}
    }
    let usual = USUAL.iter().filter(|(usual, _)| *usual == name).flat_map(|(_, usual)| usual.iter());
    values.extend(usual.map(|value| value.as_bytes().to_vec()));
    values.dedup();
    values
}

/// The headers that are signed and not in the request. A URL names the host without one.
fn absent<'a>(context: &Context<'a>) -> impl Iterator<Item = Value<'a>> {
    let has_host = context.request().is_none_or(|request| request.host().is_some());
    let is_absent = move |value: &Value<'_>| context.sent(value.name).next().is_none() && value.text.is_empty();
    context.headers().filter(move |value| is_absent(value) && !(has_host && value.name == HOST))
}

const HOST: &str = "host";

/// What stands in the inquiry for all headers that are not known. It is the name of none.
const ALL: &str = "headers";

/// Whether a header is sent, and nobody knows its value.
fn is_unknown(context: &Context<'_>, name: &str) -> bool {
    context.inquiry.unknown.iter().any(|own| own.eq_ignore_ascii_case(name) || *own == ALL)
}

/// Those of them that take part in the signature.
fn open(context: &Context<'_>) -> Vec<String> {
    let mut names: Vec<String> = absent(context).map(|value| value.name.to_owned()).collect();
    names.retain(|name| is_unknown(context, name));
    for name in context.inquiry.unknown.iter().filter(|_| signs_unlisted(context)) {
        let lower = name.to_ascii_lowercase();
        if matches!(&*lower, ALL | "content-type" | "content-md5") || lower.starts_with(context.own_prefix()) {
            names.push(lower);
        }
    }
    names
}

/// Whether nobody knows all that is signed.
pub(in crate::explain) fn is_open(context: &Context<'_>) -> bool {
    !context.inquiry.unknown.is_empty() && !open(context).is_empty()
}

/// An edit that gives a header a value, told as what it is for one that is sent.
fn valued(context: &Context<'_>, name: &str) -> Edit {
    let how = phrase!("was signed with this value, and the one it is sent with is not known here");
    if is_unknown(context, name) { Edit::new().fact("how", how) } else { Edit::new() }
}

/// Signed with a header that is not sent.
pub(super) fn not_sent(context: &Context<'_>, edits: &mut Edits<'_>) {
    for value in absent(context) {
        edits.push(Edit::new().cut(value.at));
        let usual = usual_values(context, value.name).into_iter();
        edits.extend(usual.map(|other| value.set(valued(context, value.name), &other)));
    }
    let uploads = context.request().is_some_and(|request| matches!(request.method(), "PUT" | "POST"));
    for name in ["content-type", "content-md5"] {
        let line = Value::of(context, name);
        // Without a body, nobody signs a digest; an upload may be empty.
        if line.as_ref().is_some_and(|value| !value.text.is_empty() || value.is_line())
            || (name == "content-md5" && context.body().is_none_or(|body| body.len == 0 && !uploads))
        {
            continue;
        }
        for other in usual_values(context, name) {
            match &line {
                Some(line) => edits.push(line.set(valued(context, name), &other)),
                None if signs_unlisted(context) => edits.extend(put_in(context, valued(context, name), name, &other)),
                None => {}
            }
        }
    }
    forgotten(context, edits);
}

/// Whether headers are signed without being listed.
fn signs_unlisted(context: &Context<'_>) -> bool {
    context.is_v2() || context.scheme_is("oss-v4")
}

/// The vendor's own headers, where they are signed without being listed.
fn forgotten(context: &Context<'_>, edits: &mut Edits<'_>) {
    if !signs_unlisted(context) {
        return;
    }
    for name in FORGOTTEN.iter().filter(|name| name.starts_with(context.own_prefix())) {
        for value in usual_values(context, name) {
            edits.extend(put_in(context, Edit::new(), name, &value));
        }
    }
    let from_elsewhere = context.inquiry.related.iter().filter_map(|subject| subject.request());
    let mut names: Vec<String> = Vec::new();
    for field in from_elsewhere.flat_map(|request| request.headers()) {
        let name = field.name.to_ascii_lowercase();
        if name.starts_with(context.own_prefix()) && names.len() < 6 && !names.contains(&name) {
            names.push(name);
        }
    }
    for name in names {
        for value in context.elsewhere(&name) {
            edits.extend(put_in(context, Edit::new(), &name, value));
        }
    }
}

/// The list of signed headers names one that is not there.
pub(super) fn seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    for value in absent(context).filter(|value| !is_unknown(context, value.name)) {
        let note = Note::seen().data("name", value.name.to_owned()).shows(Some(value.name.to_owned()), None);
        let unnamed = phrase!("was signed, and the request given here names no host: give it, or the whole URL");
        let note = if value.name == HOST { note.fact("how", unnamed) } else { note };
        // OSS refuses a list that names more than there is; others take the value as empty.
        notes.push(if context.scheme_is("oss-v4") { note.refused() } else { note });
    }
    for name in open(context) {
        notes.push(if name == ALL {
            Note::seen().fact("how", phrase!("among those that are not known here may take part in the signature"))
        } else {
            let how = phrase!("takes part in the signature, and its value is not known here");
            Note::seen().data("name", name).fact("how", how)
        });
    }
}

/// Signed with a header that proxies are known to drop.
pub(super) fn removed(context: &Context<'_>, edits: &mut Edits<'_>) {
    for value in absent(context).filter(|value| DROPPED.contains(&value.name)) {
        edits.extend(usual_values(context, value.name).into_iter().map(|other| value.set(Edit::new(), &other)));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Inquiry, Request, SecretKey, explain, explain::Verdict};

    /// The signatures are made with Python's hmac.
    #[test]
    fn a_value_that_nobody_knows_may_be_the_signed_one() {
        let explained = |signature: &str, unknown: &[&str]| {
            let url = alloc::format!(
                "https://photos-ex.oss-cn-hangzhou.aliyuncs.com/a.png?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415&Signature={signature}"
            );
            let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
            let mut inquiry = Inquiry::new(Request::new("PUT", &url).unwrap().into());
            (inquiry.secrets, inquiry.unknown) = (&secrets, unknown);
            let report = explain(&inquiry).unwrap();
            let first = report.findings.first().unwrap();
            assert!(!alloc::format!("{first:?}").contains("\"headers\""), "{first:?}");
            (report.verdict, first.code, first.certainty.as_str())
        };
        // Signed with the type of such files, and with one that nobody guesses.
        let (usual, odd) = ("UHlPdM5jEbhX0bIqQ%2BZ2rAFsfjQ%3D", "a6shnitIJJPs7Aafrp2Tp1cmkEk%3D");
        assert_eq!(explained(usual, &["Content-Type"]), (Verdict::Undecided, "signed-header-not-sent", "proved"));
        assert_eq!(explained(odd, &["Content-Type"]), (Verdict::Undecided, "signed-header-not-sent", "seen"));
        assert_eq!(explained(odd, &["headers"]), (Verdict::Undecided, "signed-header-not-sent", "seen"));
        assert_eq!(explained(usual, &[]), (Verdict::Mismatch, "signed-header-not-sent", "proved"));
        assert_eq!(explained(odd, &["Accept"]), (Verdict::Mismatch, "secret-wrong", "likely"));
    }

    #[test]
    fn a_request_without_a_host_says_so_where_the_host_is_signed() {
        let message = b"GET /a.jpg HTTP/1.1\nX-Amz-Date: 20260314T150926Z\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\n\
            Authorization: AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/20260314/us-west-2/s3/aws4_request, \
            SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
            Signature=7cfdd470c8f1b394a72c8c4aa28aef2c36aa136fca620a145144ee2d4e603ed2\n\n";
        let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
        let mut inquiry = Inquiry::new(Request::parse(message).unwrap().into());
        inquiry.secrets = &secrets;
        let report = explain(&inquiry).unwrap();
        assert_eq!(report.findings.first().map(|finding| finding.code), Some("signed-header-not-sent"));
    }
}
