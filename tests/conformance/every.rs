//! Signing and verifying in every way there is: with a kept key, again with it, and into buffers of all kinds.
//! Whatever the way, the bytes are the same.

use countersign::{
    Credentials, Form, Hints, Request, Scheme, SecretKey, SignError, Signed, Signer, Subject, Terms, Verification, Verifier,
    decode, verify, wire::Slice,
};

/// What [`countersign::sign`] gives, after all other ways gave the same.
pub fn sign(
    scheme: &'static dyn Scheme,
    request: &Request<'_>,
    who: Credentials,
    terms: &Terms<'_>,
) -> Result<Signed, SignError> {
    let signer = Signer::new(scheme, who);
    let signed = signer.sign(request, terms);
    let mut taken = Vec::new();
    let again = signer.sign_into(request, terms, |name, value| taken.push((name.to_owned(), value.to_vec())));
    if signed.as_ref().is_ok_and(|signed| signed.url.is_some()) {
        assert!(matches!(again, Err(SignError::Terms(_))) && taken.is_empty(), "{again:?}");
    } else {
        assert_eq!(again.as_ref().err(), signed.as_ref().err());
    }
    let signed = signed?;
    assert_eq!(signer.clone().sign(request, terms)?.signature.text(), signed.signature.text());
    let taken: Vec<_> = taken.iter().map(|(name, value)| (&**name, String::from_utf8_lossy(value))).collect();
    assert!(taken.iter().map(|(name, value)| (*name, &**value)).eq(&signed.headers), "{taken:?} {:?}", signed.headers);
    into_buffers(&signer, request, terms, signed.url.as_deref());
    Ok(signed)
}

fn into_buffers(signer: &Signer, request: &Request<'_>, terms: &Terms<'_>, url: Option<&str>) {
    let mut bytes = b"before ".to_vec();
    let written = signer.presign_into(request, terms, &mut bytes);
    assert_eq!(written.as_ref().err(), signer.presign(request, terms).as_ref().err());
    let Some(url) = url else {
        assert!(written.is_err() && bytes == b"before ");
        return;
    };
    assert_eq!(bytes.strip_prefix(b"before ").map(String::from_utf8_lossy).as_deref(), Some(url));
    let mut text = String::new();
    signer.presign_into(request, terms, &mut text).unwrap();
    assert_eq!(text, url);
    let (mut exact, mut short) = (vec![0; bytes.len() - 7], vec![0; bytes.len() - 8]);
    let mut slice = Slice::new(&mut exact);
    signer.presign_into(request, terms, &mut slice).unwrap();
    assert_eq!(slice.written().map(String::from_utf8_lossy).as_deref(), Ok(url));
    let mut slice = Slice::new(&mut short);
    signer.presign_into(request, terms, &mut slice).unwrap();
    assert_eq!(slice.written(), Err(bytes.len() - 7));
    let (mut all, mut ends) = (Vec::new(), Vec::new());
    signer.presign_all([request.clone(), request.clone()], terms, &mut all, &mut ends).unwrap();
    assert_eq!(String::from_utf8_lossy(&all), format!("{url}{url}"));
    assert_eq!(ends, [bytes.len() - 7, 2 * (bytes.len() - 7)]);
}

/// What [`countersign::sign_form`] gives, likewise.
pub fn sign_form(scheme: &'static dyn Scheme, form: &Form<'_>, who: Credentials, terms: &Terms<'_>) -> Result<Signed, SignError> {
    let signer = Signer::new(scheme, who);
    let signed = signer.sign_form(form, terms);
    let mut taken = Vec::new();
    let again = signer.sign_form_into(form, terms, |name, value| taken.push((name.to_owned(), value.to_vec())));
    assert_eq!(again.as_ref().err(), signed.as_ref().err());
    let signed = signed?;
    assert!(taken.iter().map(|(name, value)| (&**name, str::from_utf8(value).unwrap())).eq(&signed.fields));
    Ok(signed)
}

/// Whether the signature is right: for [`countersign::verify`], and for a verifier, asked twice.
pub fn accepts<'a>(subject: &Subject<'a>, secret: SecretKey, hints: &Hints<'a>) -> bool {
    let plain = matches!(verify(subject, &secret, hints), Ok(Verification::Matches(_)));
    let Ok(claim) = decode(subject, hints) else { return plain };
    let verifier = Verifier::new(&[claim.scheme], secret);
    for _ in 0..2 {
        let kept = matches!(verifier.clone().verify(subject, hints), Ok(Verification::Matches(_)));
        assert_eq!(kept, plain, "{}", claim.scheme.id());
    }
    plain
}
