//! The scheme of a request, a URL, a token or a form is told by that alone.

use countersign::{
    ClaimError, Credentials, Fault, Form, Hints, Request, SecretKey, Subject, Terms, Timestamp, VerifyError, decode, presign,
    providers::{self, Among, cos, ks3, s3},
    sign,
};
use countersign_tests::{Case, load};
use std::collections::BTreeSet;

/// The id of the only scheme that claims a subject, when all are asked.
fn detected(subject: &Subject<'_>, id: &str) -> &'static str {
    let claim = providers::read(subject, &Hints::NONE, Among::All).unwrap_or_else(|e| panic!("{id}: {e}"));
    claim.unwrap_or_else(|| panic!("{id}: no claim")).scheme.id()
}

/// The request of a case with its `Authorization`, or its signed URL.
fn sent(case: &Case) -> Option<(String, Vec<(String, String)>)> {
    let message = case.request.clone()?;
    let mut headers = message.headers;
    headers.extend(case.expect.authorization.clone().map(|value| ("Authorization".to_owned(), value)));
    Some((case.expect.url.clone().unwrap_or(message.url), headers))
}

fn in_request(case: &Case) -> &'static str {
    let (url, headers) = sent(case).unwrap_or_else(|| panic!("{}: no request", case.id));
    let request = Request::new(&case.request.as_ref().unwrap().method, &url).unwrap();
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    detected(&request.into(), &case.id)
}

/// The same for a token in all the places it travels in.
fn as_token(case: &Case, token: &str, word: &str, in_url: Option<&str>) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::from([detected(&Subject::Token(token.as_bytes()), &case.id)]);
    let header = format!("{word}{token}");
    let request = Request::new("POST", "http://host.example/a").unwrap().header("Authorization", &header);
    found.insert(detected(&request.into(), &case.id));
    if let Some(param) = in_url {
        let escaped = token.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let url = format!("http://host.example/a?{param}={escaped}");
        found.insert(detected(&Request::new("GET", &url).unwrap().into(), &case.id));
    }
    found
}

fn as_form(case: &Case) -> &'static str {
    let fields = case.expect.rest["fields"].as_object().expect("fields");
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
    detected(&fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value)).into(), &case.id)
}

#[test]
fn every_vector_tells_its_scheme() {
    let mut seen = BTreeSet::new();
    for case in ["kodo", "cos", "ks3"].into_iter().flat_map(|file| load(file).cases) {
        let text = |name: &str| case.expect.rest.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        let own = case.scheme.as_str();
        match own {
            "kodo-upload-token" => {
                assert_eq!(as_token(&case, text("token"), "UpToken ", None), [own].into(), "{}", case.id);
                let form = Form::new().field("token", text("token"));
                assert_eq!(detected(&form.into(), &case.id), own, "{}", case.id);
            }
            "cos-json-multi" | "cos-json-once" => {
                let token = case.expect.signature.as_deref().unwrap();
                assert_eq!(as_token(&case, token, "", Some("sign")), [own].into(), "{}", case.id);
            }
            // The service signs its callbacks as others sign requests to it.
            "kodo-callback" => {
                let header = case.request.as_ref().unwrap().headers.iter().find(|(name, _)| name == "Authorization").unwrap();
                let same = if header.1.starts_with("QBox ") { "kodo-qbox" } else { "kodo-mac" };
                assert_eq!(in_request(&Case { expect: Default::default(), ..case.clone() }), same, "{}", case.id);
            }
            _ if own.ends_with("-post") => {
                // Forms of COS are not among the schemes everywhere.
                if providers::scheme(own).is_some() {
                    assert_eq!(as_form(&case), own, "{}", case.id);
                }
            }
            _ => assert_eq!(in_request(&case), own, "{}", case.id),
        }
        seen.insert(case.scheme.clone());
    }
    for scheme in providers::schemes().filter(|scheme| matches!(scheme.provider(), "kodo" | "cos" | "ks3")) {
        let signed_below = ["ks3-v4-header", "ks3-v4-url", "cos-rtmp-url"].contains(&scheme.id());
        assert!(signed_below || seen.contains(scheme.id()), "{} has no vector", scheme.id());
    }
}

#[test]
fn schemes_without_vectors_are_told_from_others() {
    let who = Credentials::new("AKIDEXAMPLE", SecretKey::new("madeUpSecretOnlyForThisTest"));
    let terms = Terms::at(Timestamp::from_unix(1_700_000_000)).region("BEIJING").expires_in(900);
    let url = "https://photos.ks3-cn-beijing.ksyuncs.com/a.jpg";
    let request = Request::new("GET", url).unwrap();
    let signed = sign(&ks3::V4_HEADER, &request, &who, &terms).unwrap();
    let complete = signed.headers.iter().fold(request.clone(), |request, (name, value)| request.header(name, value));
    assert_eq!(detected(&complete.into(), "ks3-v4-header"), "ks3-v4-header");
    let push = Request::new("GET", "rtmp://photos-1250000000.cos.ap-beijing.myqcloud.com/live/ch").unwrap();
    for (scheme, request) in [(&ks3::V4_URL as &'static dyn countersign::Scheme, &request), (&cos::RTMP_URL, &push)] {
        let url = presign(scheme, request, &who, &terms).unwrap();
        assert_eq!(detected(&Request::new("GET", &url).unwrap().into(), scheme.id()), scheme.id());
    }
}

/// The URLs of OBS have parameters of the same names, and are signed in their own way.
#[test]
fn urls_of_vendors_without_a_scheme_are_nobodys() {
    for host in ["bkt.obs.cn-north-4.myhuaweicloud.com", "obs.cn-north-4.myhuaweicloud.com/bkt"] {
        let url =
            format!("https://{host}/a?AccessKeyId=CSIDEXAMPLE0001&Expires=1796068800&Signature=WgPwe6k3dAKhD47fZHVWVMsl1OM%3D");
        let claim = providers::read(&Request::new("GET", &url).unwrap().into(), &Hints::NONE, Among::All);
        assert!(claim.unwrap().is_none(), "{url}");
    }
}

/// Each repetition would be written again, and hashed, for whoever asks.
#[test]
fn lists_that_repeat_a_name_are_refused() {
    let who = Credentials::new("AKIDEXAMPLE", SecretKey::new("madeUpSecretOnlyForThisTest"));
    let terms = Terms::at(Timestamp::from_unix(1_700_000_000)).region("us-east-1").service("s3").expires_in(900);
    let host = "https://photos-1250000000.cos.ap-beijing.myqcloud.com/a.jpg";
    let request = Request::new("GET", host).unwrap().header("Range", "bytes=0-1");
    for (scheme, list, repeated) in [
        (&s3::V4_URL as &'static dyn countersign::Scheme, "SignedHeaders=host%3Brange", "SignedHeaders=host%3Brange%3Bhost"),
        (&s3::V4_URL, "SignedHeaders=host%3Brange", "SignedHeaders=host%3Bhost%3Brange"),
        (&cos::XML_URL, "q-header-list=host%3Brange", "q-header-list=host%3Brange%3BHost"),
    ] {
        let url = presign(scheme, &request, &who, &terms).unwrap();
        let damaged = url.replace(list, repeated);
        assert_ne!(damaged, url, "{url}");
        let read = decode(&Request::new("GET", &damaged).unwrap().into(), &Hints::default());
        assert!(matches!(read, Err(VerifyError::Claim(ClaimError { fault: Fault::Form(_), .. }))), "{damaged}: {read:?}");
    }
    let signed = sign(&s3::V4_HEADER, &request, &who, &terms).unwrap();
    let complete = signed.headers.iter().fold(request.clone(), |request, (name, value)| {
        let value = value.replace("SignedHeaders=host;range", "SignedHeaders=host;range;host");
        request.header(name, value.into_bytes().leak())
    });
    let read = decode(&complete.into(), &Hints::default());
    assert!(matches!(read, Err(VerifyError::Claim(ClaimError { place: "SignedHeaders", .. }))), "{read:?}");
}
