//! What is not signed because nobody would take it, and what cannot be judged because a piece is not told.

use countersign::{
    Addressing, Carrier, Credentials, DraftError, Hints, Request, Scheme, SecretKey, SignError, Terms, Timestamp, Verification,
    Verifier, VerifyError, presign,
    providers::{self, kodo, ks3, oss, s3},
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
