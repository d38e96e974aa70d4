//! Whatever is signed verifies, and no longer does with another verb, where the verb is signed.
#![no_main]

use countersign::{
    Credentials, Hints, Request, Role, SecretKey, Subject, Terms, Timestamp, Verification, VerifyError, decode, providers, sign,
    transcript, verify,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (u8, String, String, Vec<u8>, u32)| {
    let (number, path, query, value, time) = data;
    let schemes: Vec<_> = providers::schemes().collect();
    let scheme = schemes[usize::from(number) % schemes.len()];
    let clean = |text: &str| {
        text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '#' | '?')).collect::<String>()
    };
    let url = format!("https://bucket.oss-cn-hangzhou.aliyuncs.com/{}?{}", clean(&path), clean(&query));
    let value: Vec<u8> = value.into_iter().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
    let Ok(request) = Request::new("PUT", &url) else { return };
    let request = request.header("x-oss-meta-a", &value).header("x-amz-meta-a", &value);
    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretForFuzzing"));
    let mut terms = Terms::at(Timestamp::from_unix(time.into())).region("cn-hangzhou").bucket("bucket");
    terms.service = Some(if scheme.id() == "aws-v4-generic" {
        "sts"
    } else if scheme.provider() == "oss" {
        "oss"
    } else {
        "s3"
    });
    if scheme.id().ends_with("-url") {
        terms = terms.expires_in(900);
    }
    let is_another = !matches!(decode(&Subject::from(request.clone()), &terms.hints()), Err(VerifyError::NoClaim));
    let Ok(signed) = sign(scheme, &request, &who, &terms) else { return };
    let url = signed.url.clone().unwrap_or_else(|| url.clone());
    let mut is_verb_signed = false;
    for method in ["PUT", "GET"] {
        let Ok(request) = Request::new(method, &url) else { unreachable!("it was a URL before") };
        let request = request.header("x-oss-meta-a", &value).header("x-amz-meta-a", &value);
        let request = signed.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let subject = Subject::from(request);
        let hints: Hints<'_> = terms.hints();
        match verify(&subject, who.secret(), &hints) {
            Ok(verification) => {
                let is_right = matches!(verification, Verification::Matches(_));
                assert_eq!(is_right, method == "PUT" || !is_verb_signed);
                let written = decode(&subject, &hints).ok().and_then(|claim| transcript(&subject, &claim).ok());
                let parts = written.iter().flat_map(|written| &written.documents).flat_map(|document| &document.parts);
                is_verb_signed = parts.into_iter().any(|part| part.role == Role::Method);
            }
            // The fuzzer may write the parameters of another scheme into the query.
            Err(error) => assert!(is_another, "{error}"),
        }
    }
});
