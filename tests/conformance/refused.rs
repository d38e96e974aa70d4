//! What is not signed because nobody would take it, and what cannot be judged because a piece is not told.

use countersign::{
    Addressing, Body, Carrier, Credentials, DraftError, Hints, Payload, Request, RequestError, Scheme, SecretKey, SignError,
    SignedHeaders, Terms, Timestamp, Verification, Verifier, VerifyError, decode, presign,
    providers::{self, cos, kodo, ks3, oss, s3},
    sign, verify,
};

const SECRET: &str = "madeUpSecretOnlyForThisExample";
const URL: &str = "https://img.example.com/dir/a.jpg";

fn who() -> Credentials {
    Credentials::new("CSIDEXAMPLE0001", SecretKey::new(SECRET))
}

fn terms() -> Terms<'static> {
    Terms::at(Timestamp::from_unix(1_773_500_966)).expires_in(900)
}

/// The signature is HMAC-SHA1 by Python over `GET\n\n\n1777625280\n/photos/dir/a.jpg`.
#[test]
fn without_its_bucket_no_request_to_a_domain_of_the_owner_is_called_wrong() {
    let url = format!("{URL}?OSSAccessKeyId=A&Expires=1777625280&Signature=4pb35VW%2BmEjPUxhQRjF0A6%2Fy7UI%3D");
    let (subject, secret) = (Request::new("GET", &url).unwrap().into(), SecretKey::new(SECRET));
    let custom = Hints { addressing: Some(Addressing::CustomDomain), ..Hints::NONE };
    for hints in [Hints::NONE, custom] {
        assert_eq!(verify(&subject, &secret, &hints).unwrap_err(), VerifyError::Draft(DraftError::BucketNeeded));
    }
    for bucket in ["photos", "other"] {
        let found = verify(&subject, &secret, &Hints { bucket: Some(bucket), ..custom }).unwrap();
        assert_eq!(matches!(found, Verification::Matches(_)), bucket == "photos");
    }
    // Told to stand in the path, it is another one.
    let path = Hints { addressing: Some(Addressing::Path), ..Hints::NONE };
    assert!(matches!(verify(&subject, &secret, &path), Ok(Verification::Differs { .. })));
}

#[test]
fn a_bucket_that_nothing_tells_is_not_signed() {
    let request = Request::new("GET", URL).unwrap();
    let region = terms().region("cn-hangzhou");
    let needed = Err(SignError::Draft(DraftError::BucketNeeded));
    let custom = region.clone().addressing(Addressing::CustomDomain);
    assert_eq!(presign(&oss::V1_URL, &request, &who(), &region), needed);
    assert_eq!(presign(&oss::V4_URL, &request, &who(), &region), needed);
    assert_eq!(presign(&ks3::V2_URL, &request, &who(), &region), needed);
    for scheme in [&oss::V1_URL, &ks3::V2_URL] as [&'static dyn Scheme; 2] {
        assert_eq!(presign(scheme, &request, &who(), &custom), needed, "{}", scheme.id());
        assert!(presign(scheme, &request, &who(), &custom.clone().bucket("photos")).is_ok(), "{}", scheme.id());
        assert!(presign(scheme, &request, &who(), &region.clone().addressing(Addressing::Path)).is_ok(), "{}", scheme.id());
    }
    assert_eq!(presign(&oss::V1_URL, &Request::new("GET", "https://img.example.com/").unwrap(), &who(), &custom), needed);
    // For S3, a domain has the name of its bucket.
    let named = terms().addressing(Addressing::CustomDomain).bucket("img.example.com");
    assert_eq!(presign(&s3::V2_URL, &request, &who(), &custom), presign(&s3::V2_URL, &request, &who(), &named));
    // The servers that speak like S3 take the path as it is; and V4 of S3 signs no bucket.
    assert!(presign(&s3::V2_URL, &request, &who(), &terms()).is_ok());
    assert!(presign(&s3::V4_URL, &request, &who(), &custom).is_ok());
}

#[test]
fn a_key_of_nobody_signs_nothing_but_links_that_name_nobody() {
    let nobody = Credentials::new("", SecretKey::new(SECRET));
    let request = Request::new("GET", "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg").unwrap();
    let terms = terms().region("cn-hangzhou");
    for scheme in providers::schemes().filter(|scheme| matches!(scheme.carrier(), Carrier::Param(_) | Carrier::Either(_))) {
        let signed = presign(scheme, &request, &nobody, &terms);
        assert_eq!(signed.is_ok(), scheme.id() == kodo::CDN_ANTILEECH.id(), "{} {signed:?}", scheme.id());
    }
    assert_eq!(sign(&s3::V4_HEADER, &request, &nobody, &terms).unwrap_err(), SignError::Terms("an access key id"));
}

#[test]
fn no_scope_has_an_empty_region_or_one_with_a_slash() {
    let request = Request::new("GET", "https://photos.s3.amazonaws.com/a.jpg").unwrap();
    for (region, needed) in [("", "a region"), ("a/b", "a region without `/`")] {
        assert_eq!(presign(&s3::V4_URL, &request, &who(), &terms().region(region)), Err(SignError::Terms(needed)));
    }
}

#[test]
fn no_life_is_over_at_once_or_outlasts_all_dates() {
    let request = Request::new("GET", "https://photos.s3.amazonaws.com/a.jpg").unwrap();
    for scheme in [&s3::V2_URL, &kodo::PRIVATE_URL, &kodo::CDN_ANTILEECH] as [&'static dyn Scheme; 3] {
        let last = 253_402_300_799 - 1_773_500_966;
        for (asked, is_taken) in [(0, false), (1, true), (last, true), (last + 1, false), (u64::MAX, false)] {
            let signed = presign(scheme, &request, &who(), &terms().expires_in(asked));
            let refused = Err(SignError::Life { asked, limit: last });
            assert!(if is_taken { signed.is_ok() } else { signed == refused }, "{} {signed:?}", scheme.id());
        }
    }
    assert_eq!(
        presign(&s3::V4_URL, &request, &who(), &terms().region("r").expires_in(0)),
        Err(SignError::Life { asked: 0, limit: 604_800 })
    );
}

#[test]
fn a_session_token_that_has_no_place_is_not_dropped() {
    let temporary = || who().with_token("madeUpToken");
    let request = Request::new("GET", "https://x.example.com/a.jpg").unwrap();
    for scheme in [&kodo::PRIVATE_URL, &kodo::QBOX, &kodo::MAC] as [&'static dyn Scheme; 3] {
        assert!(matches!(sign(scheme, &request, &temporary(), &terms()), Err(SignError::Terms(_))), "{}", scheme.id());
        assert!(sign(scheme, &request, &who(), &terms()).is_ok(), "{}", scheme.id());
    }
}

#[test]
fn a_verifier_says_that_it_looks_for_other_schemes() {
    let verifier = Verifier::new(&[&s3::V4_URL], SecretKey::new(SECRET));
    let request =
        Request::new("GET", "https://photos.oss-cn-hangzhou.aliyuncs.com/a?OSSAccessKeyId=A&Expires=1&Signature=x").unwrap();
    assert_eq!(verifier.verify(&request.into(), &Hints::NONE).unwrap_err(), VerifyError::NoneOfSchemes);
}

#[test]
fn a_url_that_has_a_parameter_of_the_signature_is_not_signed() {
    let terms = terms().region("cn-hangzhou");
    for (scheme, host, name) in [
        (&oss::V1_URL as &'static dyn Scheme, "photos.oss-cn-hangzhou.aliyuncs.com", "Expires"),
        (&oss::V4_URL, "photos.oss-cn-hangzhou.aliyuncs.com", "x-oss-expires"),
        (&s3::V2_URL, "photos.s3.amazonaws.com", "AWSAccessKeyId"),
        (&s3::V4_URL, "photos.s3.amazonaws.com", "X-Amz-Date"),
        (&cos::XML_URL, "v-1250000000.cos.ap-guangzhou.myqcloud.com", "q-ak"),
    ] {
        let url = format!("https://{host}/a.jpg?{name}=1");
        let taken = presign(scheme, &Request::new("GET", &url).unwrap(), &who(), &terms);
        assert_eq!(taken, Err(SignError::ParamTaken(name)), "{}", scheme.id());
        let other = format!("https://{host}/a.jpg?own-{name}=1");
        assert!(presign(scheme, &Request::new("GET", &other).unwrap(), &who(), &terms).is_ok(), "{}", scheme.id());
    }
    // Of several expiries Kodo reads the last.
    let own = Request::new("GET", "https://cdn.example.com/a.jpg?e=1").unwrap();
    assert!(presign(&kodo::PRIVATE_URL, &own, &who(), &terms).is_ok());
}

#[test]
fn what_would_break_the_line_it_stands_in_is_not_signed() {
    let request = Request::new("GET", "https://photos.s3.amazonaws.com/a.jpg").unwrap();
    let terms = terms().region("r");
    for text in ["made\r\nup", "made up", "madeUp\n", "\tmadeUp"] {
        let id = Credentials::new(text, SecretKey::new(SECRET));
        for who in [id, who().with_token(text)] {
            assert!(matches!(sign(&s3::V4_HEADER, &request, &who, &terms), Err(SignError::Terms(_))), "{text:?}");
        }
    }
    for verb in ["", "GE T", "GET\n", "GET / HTTP/1.1\r\nX:"] {
        assert_eq!(Request::new(verb, URL).unwrap_err(), RequestError::Method, "{verb:?}");
    }
}

#[test]
fn no_time_lies_before_all_clocks() {
    let request = Request::new("GET", "https://photos.s3.amazonaws.com/a.jpg").unwrap();
    for (second, is_taken) in [(-1, false), (0, true), (253_402_300_799, true), (253_402_300_800, false)] {
        let terms = Terms::at(Timestamp::from_unix(second)).region("r");
        assert_eq!(sign(&s3::V4_HEADER, &request, &who(), &terms).is_ok(), is_taken, "{second}");
    }
}

/// Servers refuse a request that leaves these out.
#[test]
fn names_that_are_asked_for_are_signed_with_those_that_must_be() {
    let request = Request::new("PUT", "https://photos.s3.amazonaws.com/a.jpg").unwrap().header("Content-Type", "image/jpeg");
    let listed = |scheme: &'static dyn Scheme, only: &[&str]| {
        let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("r").signed_headers(SignedHeaders::Only(only));
        let signed = sign(scheme, &request, &who(), &terms).unwrap();
        let (_, value) = signed.headers.iter().last().unwrap();
        value.split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap().to_owned()
    };
    assert_eq!(listed(&s3::V4_HEADER, &[]), "host;x-amz-content-sha256;x-amz-date");
    assert_eq!(listed(&s3::V4_HEADER, &["content-type", "host"]), "content-type;host;x-amz-content-sha256;x-amz-date");
    assert_eq!(listed(&ks3::V4_HEADER, &[]), "host;x-kss-content-sha256;x-kss-date");
}

/// The hash is of the ASCII text `abc`, from FIPS 180-4.
#[test]
fn another_service_is_told_what_the_body_is_as_well() {
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let request = Request::new("POST", "https://execute-api.us-east-1.amazonaws.com/x").unwrap().with_body(Body::Unknown);
    let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1").service("execute-api");
    let unknown = sign(&s3::GENERIC, &request, &who(), &terms).unwrap_err();
    assert_eq!(unknown, SignError::Draft(DraftError::BodyNeeded));
    let signed = sign(&s3::GENERIC, &request, &who(), &terms.clone().payload(Payload::Text(ABC))).unwrap();
    let names: Vec<_> = signed.headers.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["x-amz-date", "x-amz-content-sha256", "Authorization"]);
    let whole = request.clone().with_body(Body::Bytes(b"abc"));
    let sent = signed.headers.iter().fold(whole, |request, (name, value)| request.header(name, value)).into();
    assert!(matches!(verify(&sent, &SecretKey::new(SECRET), &Hints::NONE), Ok(Verification::Matches(_))));
}

/// Behind the token nothing is signed: whoever has the link could write what they like there.
#[test]
fn an_expiry_that_is_not_signed_is_none() {
    let url = "https://cdn.example.com/a.jpg?token=A:AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D&e=1773501866";
    let claim = decode(&Request::new("GET", url).unwrap().into(), &Hints::NONE).unwrap();
    assert_eq!(claim.expires_at, None);
}
