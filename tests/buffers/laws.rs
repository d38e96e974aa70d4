//! Whatever the request: a kept key and a buffer give the bytes that are given without.

use crate::{NOW, SECRET, who};
use countersign::{
    Carrier, Hints, Request, Scheme, SecretKey, Signer, Subject, Terms, Verification, Verifier, VerifyError, providers, sign,
    verify,
};
use proptest::{collection::vec, prelude::*, sample::select};

fn schemes() -> Vec<&'static dyn Scheme> {
    let in_request =
        |scheme: &&dyn Scheme| matches!(scheme.carrier(), Carrier::Authorization | Carrier::Param(_) | Carrier::Either(_));
    providers::schemes().filter(in_request).collect()
}

/// Hosts of all vendors, of nobody we know, with and without a bucket, with a port, in capitals.
const HOSTS: [&str; 8] = [
    "photos.oss-cn-hangzhou.aliyuncs.com",
    "photos-1250000000.cos.ap-guangzhou.myqcloud.com",
    "Photos.S3.us-east-1.amazonaws.com:443",
    "s3.us-east-1.amazonaws.com",
    "photos.ks3-cn-beijing.ksyuncs.com",
    "cdn.example.com:8443",
    "127.0.0.1:9000",
    "[::1]:9000",
];

const HEADERS: [&str; 9] =
    ["Content-Type", "content-md5", "Date", "X-Amz-Meta-A", "x-oss-meta-b", "x-kss-acl", "x-cos-acl", "Range", "X-Qiniu-A"];

prop_compose! {
    fn urls()(
        transport in select(vec!["https", "http", "rtmp"]),
        host in select(HOSTS.to_vec()),
        path in "(/[ -~&&[^#?]]{0,12}|/live/[a-z]{1,4}|/[a-z\u{e9}\u{4e2d}%2Ff/]{0,12}){0,3}",
        query in prop::option::of("([a-zA-Z-]{0,6}(=[ -~&&[^#]]{0,8})?&?|acl&|uploadId=%7e&|x-oss-process=a%2Fb&|X-Amz-Meta-A=1&){0,5}"),
    ) -> String {
        let query = query.map_or(String::new(), |query| format!("?{query}"));
        format!("{transport}://{host}{path}{query}")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_kept_key_and_a_buffer_change_nothing(
        scheme in select(schemes()),
        method in select(vec!["GET", "PUT", "POST", "delete"]),
        url in urls(),
        headers in vec((select(HEADERS.to_vec()), "[ -~\t]{0,10}"), 0..12),
        token in prop::option::of("[a-zA-Z0-9/+=]{1,90}"),
        region in "[a-z]{0,4}-[a-z]{0,90}",
        life in prop::option::of(0..700_000_u64),
        body in prop::option::of(vec(any::<u8>(), 0..90)),
    ) {
        let request = Request::new(method, &url).unwrap();
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let request = match &body {
            Some(body) => request.with_body(countersign::Body::Bytes(body)),
            None => request,
        };
        // The generic scheme is that of the other services.
        let service = if scheme.id() == "aws-v4-generic" { "sqs" } else { "s3" };
        let mut terms = Terms::at(NOW).region(&region).service(service);
        terms.expires_in = life;
        let who = || match &token {
            Some(token) => who().with_token(token),
            None => who(),
        };
        let plain = sign(scheme, &request, &who(), &terms);
        let signer = Signer::new(scheme, who());
        for _ in 0..2 {
            let kept = signer.sign(&request, &terms);
            let mut taken = Vec::new();
            let into = signer.sign_into(&request, &terms, |name, value| taken.push((name.to_owned(), value.to_vec())));
            match (&plain, &kept) {
                (Ok(plain), Ok(kept)) => {
                    prop_assert_eq!(&plain.headers, &kept.headers);
                    prop_assert_eq!(&plain.url, &kept.url);
                    prop_assert_eq!(plain.signature.text(), kept.signature.text());
                    let texts: Vec<_> = taken.iter().map(|(name, value)| (&**name, String::from_utf8_lossy(value))).collect();
                    prop_assert!(texts.iter().map(|(name, value)| (*name, &**value)).eq(&plain.headers));
                    let mut bytes = Vec::new();
                    match &plain.url {
                        Some(url) => {
                            signer.presign_into(&request, &terms, &mut bytes).unwrap();
                            prop_assert_eq!(&*String::from_utf8_lossy(&bytes), &**url);
                        }
                        None => prop_assert!(signer.presign_into(&request, &terms, &mut bytes).is_err() && bytes.is_empty()),
                    }
                }
                (plain, kept) => {
                    prop_assert_eq!(plain.as_ref().err(), kept.as_ref().err());
                    prop_assert_eq!(plain.as_ref().err(), into.as_ref().err());
                }
            }
        }
        if let Ok(plain) = &plain {
            let complete = match &plain.url {
                Some(url) => {
                    let complete = Request::new(method, url).unwrap();
                    headers.iter().fold(complete, |request, (name, value)| request.header(name, value)).with_body(request.body())
                }
                None => plain.headers.iter().fold(request.clone(), |request, (name, value)| request.header(name, value)),
            };
            let subject = Subject::from(complete);
            let hints = Hints { service: terms.service, region: terms.region, ..Hints::NONE };
            let accepted = |answer: Result<Verification<'_>, VerifyError>| match answer {
                Ok(Verification::Matches(verified)) => Ok(verified.claim().scheme.id()),
                Ok(Verification::Differs { expected, .. }) => Err(expected.text()),
                Err(error) => Err(error.to_string()),
            };
            let own = Verifier::new(&[scheme], SecretKey::new(SECRET));
            prop_assert_eq!(accepted(own.verify(&subject, &hints)), Ok(scheme.id()));
            let all: Vec<_> = providers::schemes().collect();
            let kept = Verifier::new(&all, SecretKey::new(SECRET));
            let plainly = accepted(verify(&subject, &SecretKey::new(SECRET), &hints));
            prop_assert_eq!(&accepted(kept.verify(&subject, &hints)), &plainly);
            prop_assert_eq!(&accepted(kept.verify(&subject, &hints)), &plainly);
        }
    }
}
