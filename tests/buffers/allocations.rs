//! At most two allocations an operation, none where the caller gives the buffer.

use crate::{NOW, SECRET, counting::allocations, who};
use countersign::{
    Carrier, Encoding, Form, Hints, Request, Scheme, SecretKey, Signer, Subject, Terms, Verification, Verifier,
    policy::{Dialect, Policy},
    presign,
    providers::{self, cos::json, kodo},
    sign, sign_form,
    wire::Slice,
};

const MOST: u64 = 2;

/// A host of the vendor of a scheme, and its region.
fn place(scheme: &dyn Scheme) -> (&'static str, &'static str) {
    match (scheme.id(), scheme.provider()) {
        ("oss-rtmp-url", _) => ("rtmp://photos.oss-cn-hangzhou.aliyuncs.com/live/camera", "cn-hangzhou"),
        ("cos-rtmp-url", _) => ("rtmp://photos-1250000000.cos.ap-guangzhou.myqcloud.com/live/camera", "ap-guangzhou"),
        (_, "oss") => ("https://photos.oss-cn-hangzhou.aliyuncs.com/2026/a%20b.jpg?acl&versionId=7", "cn-hangzhou"),
        (_, "cos") => ("https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/2026/a%20b.jpg?acl&prefix=a", "ap-guangzhou"),
        (_, "ks3") => ("https://photos.ks3-cn-beijing.ksyuncs.com/2026/a%20b.jpg?acl&uploadId=7", "BEIJING"),
        (_, "kodo") => ("https://cdn.example.com/2026/a%20b.jpg?v=1", ""),
        _ => ("https://photos.s3.us-east-1.amazonaws.com/2026/a%20b.jpg?acl&versionId=7", "us-east-1"),
    }
}

fn terms<'a>(scheme: &dyn Scheme, region: &'a str) -> Terms<'a> {
    let terms = Terms::at(NOW).region(region).service("s3");
    let terms = if scheme.id().starts_with("ks3") { terms.service("ks3") } else { terms };
    let terms = if scheme.provider() == "oss" { terms.service("oss") } else { terms };
    // With a life, this one would sign a URL.
    if scheme.id() == "aws-v4-generic" { terms.service("execute-api") } else { terms.expires_in(900) }
}

/// The schemes that sign requests, chunked uploads aside: these announce further headers.
fn of_requests() -> impl Iterator<Item = &'static dyn Scheme> {
    let in_request =
        |scheme: &&dyn Scheme| matches!(scheme.carrier(), Carrier::Authorization | Carrier::Param(_) | Carrier::Either(_));
    providers::schemes()
        .filter(in_request)
        .filter(|scheme| scheme.id() != "s3-v4-chunked" && !scheme.id().starts_with("oss-callback"))
}

fn request(scheme: &dyn Scheme, url: &'static str) -> Request<'static> {
    let request = Request::new("PUT", url).unwrap();
    if scheme.carrier() != Carrier::Authorization { request } else { request.header("Content-Type", "image/jpeg") }
}

#[test]
fn signing_a_request_allocates_twice_at_most_and_into_a_buffer_not_at_all() {
    let mut seen = 0;
    for scheme in of_requests() {
        let (url, region) = place(scheme);
        let (terms, key, signer) = (terms(scheme, region), who(), Signer::new(scheme, who()));
        let id = scheme.id();
        assert!(allocations(|| sign(scheme, &request(scheme, url), &key, &terms).unwrap()) <= MOST, "{id}");
        assert!(allocations(|| signer.sign(&request(scheme, url), &terms).unwrap()) <= MOST, "{id}");
        let mut len = 0;
        let into = || signer.sign_into(&request(scheme, url), &terms, |name, value| len += name.len() + value.len());
        assert_eq!(allocations(into), 0, "{id}");
        seen += 1;
    }
    assert!(seen > 20, "{seen} schemes");
}

#[test]
fn signing_a_url_allocates_twice_at_most_and_into_a_buffer_not_at_all() {
    let mut seen = 0;
    for scheme in of_requests().filter(|scheme| matches!(scheme.carrier(), Carrier::Param(_))) {
        let (url, region) = place(scheme);
        let (terms, key, signer) = (terms(scheme, region), who(), Signer::new(scheme, who()));
        let id = scheme.id();
        assert!(allocations(|| presign(scheme, &request(scheme, url), &key, &terms).unwrap()) <= MOST, "{id}");
        assert!(allocations(|| signer.presign(&request(scheme, url), &terms).unwrap()) <= MOST, "{id}");
        let (mut bytes, mut text, mut fixed) = (Vec::with_capacity(1024), String::with_capacity(1024), [0; 1024]);
        let into = || {
            bytes.clear();
            text.clear();
            signer.presign_into(&request(scheme, url), &terms, &mut bytes).unwrap();
            signer.presign_into(&request(scheme, url), &terms, &mut text).unwrap();
            let mut slice = Slice::new(&mut fixed);
            signer.presign_into(&request(scheme, url), &terms, &mut slice).unwrap();
            assert_eq!(slice.written(), Ok(&*bytes));
        };
        assert_eq!(allocations(into), 0, "{id}");
        let (mut all, mut ends) = (Vec::with_capacity(4096), Vec::with_capacity(4));
        let many = || {
            all.clear();
            ends.clear();
            let requests = [request(scheme, url), request(scheme, url)];
            signer.presign_all(requests, &terms, &mut all, &mut ends).unwrap();
        };
        assert_eq!(allocations(many), 0, "{id}");
        seen += 1;
    }
    assert_eq!(seen, 11);
}

#[test]
fn signing_a_form_allocates_twice_at_most_and_into_a_buffer_not_at_all() {
    let policy = Encoding::Base64.encode(br#"{"expiration":"2026-03-14T16:00:00.000Z","conditions":[{"bucket":"photos"}]}"#);
    let form = Form::new().field("key", "a.jpg").field("policy", &policy);
    let mut seen = 0;
    for scheme in providers::schemes().filter(|scheme| matches!(scheme.carrier(), Carrier::Field(_))) {
        let (_, region) = place(scheme);
        let (terms, key, signer) = (terms(scheme, region), who(), Signer::new(scheme, who()));
        let id = scheme.id();
        // The form is the caller's; holding it once more is one of the two.
        assert!(allocations(|| sign_form(scheme, &form, &key, &terms).unwrap()) <= MOST, "{id}");
        let mut len = 0;
        let into = || signer.sign_form_into(&form, &terms, |name, value| len += name.len() + value.len());
        assert_eq!(allocations(into), 0, "{id}");
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn tokens_are_made_without_an_allocation() {
    let policy = br#"{"scope":"photos:u/1042/a.jpg","deadline":1773501866,"fsizeLimit":10485760}"#;
    let (plain, kept) = (who(), who().prepared());
    for key in [&plain, &kept] {
        assert_eq!(allocations(|| kodo::sign_policy(policy, key)), 1);
        let mut token = String::with_capacity(512);
        let into = || {
            token.clear();
            kodo::write_upload_token(policy, key, &mut token);
        };
        assert_eq!(allocations(into), 0);
        let mut fixed = [0; 512];
        assert_eq!(allocations(|| kodo::upload_token_into(policy, key, &mut fixed).map(<[u8]>::len)), 0);
        let built = || {
            let policy = kodo::PutPolicy::for_key("photos", "u/1042/a.jpg", NOW).fsize_limit(10 << 20).build();
            policy.unwrap().token(key)
        };
        assert!(allocations(built) <= MOST);
        let grant = json::Grant::new(200_001, "photos", json::Expiry::At(NOW.plus(60)), NOW, 490_258_943);
        assert!(allocations(|| grant.sign(key).unwrap()) <= MOST);
        let mut fixed = [0; 512];
        assert_eq!(allocations(|| grant.sign_into(key, &mut Slice::new(&mut fixed)).unwrap()), 0);
    }
}

#[test]
fn verifying_allocates_nothing() {
    for scheme in of_requests() {
        let (url, region) = place(scheme);
        let terms = terms(scheme, region);
        let signed = sign(scheme, &request(scheme, url), &who(), &terms).unwrap();
        let url = signed.url.as_deref().unwrap_or(url);
        let received = || {
            let request = Request::new("PUT", url).unwrap();
            let request = if signed.url.is_some() { request } else { request.header("Content-Type", "image/jpeg") };
            Subject::from(signed.headers.iter().fold(request, |request, (name, value)| request.header(name, value)))
        };
        let verifier = Verifier::new(&[scheme], SecretKey::new(SECRET));
        let accepted = || matches!(verifier.verify(&received(), &Hints::NONE), Ok(Verification::Matches(_)));
        assert!(accepted(), "{}", scheme.id());
        assert_eq!(allocations(accepted), 0, "{}", scheme.id());
    }
    let token = kodo::sign_policy(br#"{"scope":"photos","deadline":1773501866}"#, &who());
    let verifier = Verifier::new(&[&kodo::UPLOAD_TOKEN], SecretKey::new(SECRET));
    let accepted = || matches!(verifier.verify(&Subject::Token(token.as_bytes()), &Hints::NONE), Ok(Verification::Matches(_)));
    assert!(accepted());
    assert_eq!(allocations(accepted), 0);
}

#[test]
fn finding_out_the_scheme_allocates_nothing() {
    // What others sign is looked at by all schemes, and refused by all but one.
    let all: Vec<&'static dyn Scheme> = of_requests().collect();
    let mut seen = 0;
    for scheme in of_requests().filter(|scheme| matches!(scheme.carrier(), Carrier::Param(_))) {
        let (url, region) = place(scheme);
        let url = presign(scheme, &request(scheme, url), &who(), &terms(scheme, region)).unwrap();
        let verifier = Verifier::new(&all, SecretKey::new(SECRET));
        let accepted = || {
            let received = Request::new("PUT", &url).unwrap().into();
            matches!(verifier.verify(&received, &Hints::NONE), Ok(Verification::Matches(found)) if found.claim().scheme.id() == scheme.id())
        };
        assert!(accepted(), "{}", scheme.id());
        assert_eq!(allocations(accepted), 0, "{}", scheme.id());
        seen += 1;
    }
    assert_eq!(seen, 11);
}

#[test]
fn many_tokens_are_made_with_the_allocations_of_one() {
    let deadline = NOW.plus(900);
    let policy = kodo::PutPolicy::for_key("photos", "any", deadline).fsize_limit(10 << 20).build().unwrap();
    let keys: Vec<String> = (0..50).map(|number| format!("u/1042/{number}.jpg")).collect();
    let key = who().prepared();
    let (mut tokens, mut ends) = (Vec::with_capacity(50 * 256), Vec::with_capacity(50));
    // The policy's own JSON, and that of one key after the other.
    for count in [1, 50] {
        let many = || {
            tokens.clear();
            ends.clear();
            policy.tokens_for_keys(keys.iter().take(count).map(String::as_str), &key, &mut tokens, &mut ends).unwrap();
        };
        assert_eq!(allocations(many), 2, "{count} keys");
        let ready = || {
            tokens.clear();
            ends.clear();
            kodo::write_upload_tokens(keys.iter().take(count), &key, &mut tokens, &mut ends);
        };
        assert_eq!(allocations(ready), 0, "{count} policies");
    }
}

#[test]
fn reading_allocates_for_what_is_kept_alone() {
    let policy = br#"{"scope":"photos:u/1042/a.jpg","deadline":1773501866,"fsizeLimit":10485760,"mimeLimit":"image/*"}"#;
    let token = kodo::sign_policy(policy, &who());
    let decoded = || kodo::UploadToken::decode(&token);
    assert!(decoded().problems.is_empty());
    // The policy, bucket, key, types.
    assert_eq!(allocations(decoded), 4);

    let policy = br#"{"expiration":"2026-03-14T16:00:00.000Z","conditions":[{"bucket":"photos"},["starts-with","$key","u/"],["content-length-range",1,10485760]]}"#;
    for dialect in Dialect::ALL {
        let read = || Policy::parse(policy, dialect).unwrap();
        // The expiration, the list, of two conditions field and value, of the third its bounds as they are written.
        assert_eq!(read().conditions.len(), 3);
        assert_eq!(allocations(read), 7, "{dialect:?}");
    }
}
