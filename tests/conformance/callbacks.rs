//! Upload callbacks: those of OSS are verified, made and read; the answers to all are checked.
//!
//! The callbacks of Kodo are signed like its management requests and tested with them.

mod given;
mod making;
mod replies;

use countersign::{
    Body, BodyHasher, Encoding, Request,
    providers::oss::callback::{
        CallbackFault, CallbackVerified, Mismatch, PublicKey, PublicKeyError, Reading, public_key_url, verify_callback,
    },
};
use countersign_tests::{Case, load};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn cases() -> Vec<Case> {
    let cases: Vec<_> = load("oss").cases.into_iter().filter(|case| case.scheme == "oss-callback").collect();
    assert_eq!(cases.len(), 32, "oss.json holds another number of callbacks");
    cases
}

fn valid() -> impl Iterator<Item = Case> {
    cases().into_iter().filter(|case| case.expect.rest["valid"] == true)
}

fn case(id: &str) -> Case {
    cases().into_iter().find(|case| case.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

fn key(case: &Case) -> PublicKey {
    let pem = case.rest["public_key_pem"].as_str().expect("a key");
    PublicKey::from_pem(pem).unwrap_or_else(|e| panic!("{}: {e}", case.id))
}

fn request<'a>(case: &'a Case, url: &'a [u8], body: &'a [u8]) -> Request<'a> {
    let message = case.request.as_ref().expect("a request");
    let request = Request::new(&message.method, url).unwrap_or_else(|e| panic!("{}: {e}", case.id));
    let request = message.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    request.with_body(Body::Bytes(body))
}

fn judge(case: &Case) -> Result<CallbackVerified, CallbackFault> {
    let message = case.request.as_ref().expect("a request");
    let body = message.body.as_deref().unwrap_or_default();
    verify_callback(&request(case, message.url.as_bytes(), body.as_bytes()), &key(case))
}

#[test]
fn every_callback_is_judged_as_expected_and_for_the_reason_expected() {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        let expected = case.expect.rest["reason"].as_str();
        let found = judge(&case);
        assert_eq!(found.as_ref().err().map(CallbackFault::reason), expected, "{}", case.id);
        if let Ok(verified) = found {
            assert_eq!(case.expect.rest["valid"], true, "{}", case.id);
            assert_eq!(verified.reading(), Reading::Documented, "{}", case.id);
            let place = verified.key_url().split_once("://").map(|(_, place)| place);
            assert_eq!(place, Some("gosspublic.alicdn.com/callback_pub_key_v1.pem"), "{}", case.id);
        }
        *reasons.entry(expected.unwrap_or("none").into()).or_default() += 1;
    }
    let expected = [
        ("authorization-encoding", 1),
        ("authorization-missing", 1),
        ("method", 1),
        ("none", 13),
        ("pub-key-url-encoding", 1),
        ("pub-key-url-host", 3),
        ("pub-key-url-missing", 1),
        ("signature", 11),
    ];
    assert_eq!(reasons, expected.map(|(reason, count)| (reason.to_owned(), count)).into());
}

#[test]
fn a_signature_that_differs_is_told_apart_by_what_it_holds() {
    let mismatch = |id: &str| match judge(&case(id)) {
        Err(CallbackFault::Signature(mismatch)) => mismatch,
        other => panic!("{id}: {other:?}"),
    };
    let md5 = |text: &[u8]| {
        let mut hasher = BodyHasher::default();
        hasher.update(text);
        Mismatch::OtherText { signed: hasher.finish().md5 }
    };
    let body = case("cb-signed-body-only").request.unwrap().body.unwrap();
    assert_eq!(mismatch("cb-signed-body-only"), md5(body.as_bytes()));
    assert_eq!(mismatch("cb-signed-without-newline"), md5(format!("/index.php{body}").as_bytes()));
    assert_eq!(mismatch("cb-signed-undecoded-path"), md5(format!("/%E4%B8%AD.php\n{body}").as_bytes()));
    assert_eq!(mismatch("cb-sha1-digest"), Mismatch::OtherHash);
    assert_eq!(mismatch("cb-sha256-digest"), Mismatch::OtherHash);
    assert_eq!(mismatch("cb-wrong-key"), Mismatch::Length { found: 128, expected: 256 });
    assert_eq!(mismatch("cb-truncated-signature"), Mismatch::Length { found: 127, expected: 128 });
    // A signature by another key of the same length.
    let signed = case("doc-callback-yonghu");
    let message = signed.request.clone().unwrap();
    let body = message.body.unwrap();
    let callback = request(&signed, message.url.as_bytes(), body.as_bytes());
    let found = verify_callback(&callback, &key(&case("cb-form-512"))).unwrap_err();
    assert_eq!(found, CallbackFault::Signature(Mismatch::OtherKey));
}

/// Another byte of the same kind of text, so that the request stays one.
fn other(byte: u8) -> u8 {
    byte ^ 1
}

#[test]
fn any_byte_of_path_query_and_body_is_signed() {
    let mut tampered = 0;
    for case in valid() {
        let (message, key) = (case.request.clone().unwrap(), key(&case));
        let (url, body) = (message.url.into_bytes(), message.body.unwrap_or_default().into_bytes());
        let refused = |url: &[u8], body: &[u8]| {
            let fault = verify_callback(&request(&case, url, body), &key).err();
            matches!(fault, Some(CallbackFault::Signature(Mismatch::OtherText { .. })))
        };
        for at in url.len() - target_len(&url) + 1..url.len() {
            let mut url = url.clone();
            url[at] = other(url[at]);
            assert!(refused(&url, &body), "{}: offset {at} of the URL", case.id);
            tampered += 1;
        }
        for at in 0..body.len() {
            let mut body = body.clone();
            body[at] = other(body[at]);
            assert!(refused(&url, &body), "{}: offset {at} of the body", case.id);
            tampered += 1;
        }
        for longer in [[&url[..], b"x"].concat(), [&url[..], if url.contains(&b'?') { &b"&"[..] } else { b"?x" }].concat()] {
            assert!(refused(&longer, &body), "{}: a longer URL", case.id);
        }
        assert!(refused(&url, &[&body[..], b"\n"].concat()), "{}: a longer body", case.id);
    }
    assert!(tampered > 1500, "only {tampered} changes were tried");
}

/// How long path and query are.
fn target_len(url: &[u8]) -> usize {
    let host = url.iter().position(|b| *b == b':').expect("a scheme") + "://".len();
    let path = url[host..].iter().position(|b| *b == b'/').expect("a path");
    url.len() - host - path
}

#[test]
fn any_character_of_the_signature_counts() {
    for case in valid() {
        let (message, key) = (case.request.clone().unwrap(), key(&case));
        let body = message.body.clone().unwrap_or_default();
        let signature = case.expect.signature.clone().unwrap();
        for at in 0..signature.len() {
            let mut forged = signature.clone().into_bytes();
            // Only bits behind the last byte change in the last characters: these are refused, too.
            forged[at] = match forged[at] {
                b'=' => b'A',
                b'A' => b'B',
                _ => b'A',
            };
            let forged = String::from_utf8(forged).unwrap();
            let mut case = case.clone();
            for (name, value) in &mut case.request.as_mut().unwrap().headers {
                if name.eq_ignore_ascii_case("authorization") {
                    value.clone_from(&forged);
                }
            }
            let fault = verify_callback(&request(&case, message.url.as_bytes(), body.as_bytes()), &key).err();
            let fault = fault.unwrap_or_else(|| panic!("{}: offset {at} of the signature", case.id));
            assert!(matches!(fault.reason(), "signature" | "authorization-encoding"), "{}: {fault}", case.id);
        }
    }
}

/// A key of 1001 bits, which fill no whole number of bytes, and signatures by it, made by OpenSSL 3.0.
const ODD_KEY: &str = "-----BEGIN PUBLIC KEY-----
MIGbMA0GCSqGSIb3DQEBAQUAA4GJADCBhQJ+AUt34sBch1pY0rFM6axFyXSHVIH+
WjK666jy7JuL4m5/k4SK/ux5m6RB8YkfpS5cC8Qb0BwsYKzSWmKRnfcbPxsCCayl
JipE27Vmf7OrRZYRU9/5dlHHALiM4knYNL6pg9SJ0G/C8LjYdu4B4r5fr8z7wclV
mXrtS9253Q7JAgMBAAE=
-----END PUBLIC KEY-----
";
const KEY_URL: &str = "aHR0cDovL2dvc3NwdWJsaWMuYWxpY2RuLmNvbS9jYWxsYmFja19wdWJfa2V5X3YxLnBlbQ==";

#[test]
fn where_the_sample_servers_disagree_either_reading_is_accepted_and_named() {
    let key = PublicKey::from_pem(ODD_KEY).unwrap();
    assert_eq!(key.bits(), 1001);
    for (signed, reading, signature) in [
        (
            "/a+b/c?\nkey=1",
            Reading::Documented,
            "ACdxUUup8+0/uqxlMcBLr2kkdyf/k+IVKh5CTZry/rX+m8F9Bp2Us993u+sI2ZYVC5Ney0P8vsANOMz4McokiiswYwTDt1ssq3KRkQiGSmaMXLa+aZytpFxCVgoqBxzCkvyPNwWoaanfhQmDhDIiHPp2VUhBUtSB4Jdmsfad",
        ),
        (
            "/a b/c?\nkey=1",
            Reading::PlusAsBlank,
            "ARUGPW9DcKtU+StVZTkjUueTBowVYtbkEzZkvc6CU/UoKGLPmbc5dAfZoqjYmiPCqD5cX/zY81YJmrPKeRVHlP0PCaM7cSYu4Fm9KlMeN3UDkq5LcSJOl1TFRT6e4pgmSCylYxHsSO5L9MbUxfSBRT3N7pqxfYRRsdJEw9PW",
        ),
        (
            "/a+b/c\nkey=1",
            Reading::BareMarkDropped,
            "AFU7i+oQ0DfjoFjhoqg1ahVT7N0G4kCh47Gvc+yjJIGxjRfym2tIo6BsoMLAnYCb9rUAntskAOnCspkOp3mTsv6h53UmMd3ZC27zlSk4lBuFcErwwfJXGZtS7DujM5YeZjpHMEegAtRgU0Uh1lj2ymI+A1Hn+fvPw4mnj/TV",
        ),
        (
            "/a b/c\nkey=1",
            Reading::PlusAsBlankAndBareMarkDropped,
            "AMogLHTqem5i6MsIMha1bLxfzCUi4DxcDBMPbR2CVilrRMlgkyVJUFMtQv2swNSAD3+Q9DHE/xWGt7xzNW2MJE8qUhaTH3wCZQP9NssOCmshnNYBf+KAC2vg6JyFSzmTBkm2pWu5lR7XOF0q0hcbGbRneM7kRONEeEeoUoOH",
        ),
    ] {
        let callback = |url| {
            let request = Request::new("POST", url).unwrap().header("x-oss-pub-key-url", KEY_URL);
            request.header("Authorization", signature).with_body(Body::Bytes(b"key=1"))
        };
        let ambiguous = callback("http://cb.example.com/a+b/c?");
        assert_eq!(verify_callback(&ambiguous, &key).map(|verified| verified.reading()), Ok(reading), "{signed:?}");
        // A target that can be read in one way only is read in no other.
        for (url, text) in [
            ("http://cb.example.com/a%2Bb/c?", "/a+b/c?\nkey=1"),
            ("http://cb.example.com/a%20b/c", "/a b/c\nkey=1"),
            ("http://cb.example.com/a%2Bb/c", "/a+b/c\nkey=1"),
        ] {
            let found = verify_callback(&callback(url), &key).map(|verified| verified.reading());
            let bare_mark = url.ends_with('?') && signed == "/a+b/c\nkey=1";
            let expected =
                if bare_mark { Some(Reading::BareMarkDropped) } else { (signed == text).then_some(Reading::Documented) };
            assert_eq!(found.ok(), expected, "{url} for {signed:?}");
        }
    }
}

#[test]
fn an_empty_path_is_the_root() {
    let root = case("cb-root");
    let body = root.request.clone().unwrap().body.unwrap();
    let callback = request(&root, b"http://cb.example.com", body.as_bytes());
    assert_eq!(verify_callback(&callback, &key(&root)).map(|verified| verified.reading()), Ok(Reading::Documented));
}

/// Behind the digest there is room for any bytes, if the padding need not fill the key. With the exponent 3
/// such a signature is a cube root, for which no private key is needed. This one was made with Python.
#[test]
fn a_signature_whose_padding_does_not_fill_the_key_is_refused() {
    let key = PublicKey::from_pem(
        "-----BEGIN PUBLIC KEY-----
MIIBIDANBgkqhkiG9w0BAQEFAAOCAQ0AMIIBCAKCAQEAnLiraLXtOkbi85Jtubm7
4l6LAYGqgBCnNGyVa4BFL7aytSqY7GGSmCdY05oZoZC4m4F6tLCrzUuYMa+dcQeS
wfuzgMq1COKhzuKs9YqQ5FFdN7KyhgQ0PzmSLP++mjEN/vwdtaSfn4t8oRw41AQn
vM03UtqGfUI6zOEeC+JLoazuqdkPiKY5Pd41PDQ9Rsgg3ey+5x6g17cH4MoFhdfQ
AEJnq078XcuSHCeOkpf8b+qAMwrvuDB+RshHqE7t21U0Ryfae+F/22RP/bXoaKE/
wrB7zXfDfPvqDg6cUD4CPOJiY79P4sVT0ZqKqam5QuUS6jXyulGxRr/mV19iyhQt
kQIBAw==
-----END PUBLIC KEY-----",
    )
    .unwrap();
    let root =
        "Msv9SnrceQVYPXXlNEmhL+KlUwq9T9Wx3czuEuwxkuQsdYm0imP9crMyizomLkgc8T9OlQDLy+4IkduVgi5B8N2gROX/gOiLGHzvcqGgyu3D7Dba1w==";
    let root = Encoding::Base64.decode(root.as_bytes()).unwrap();
    let mut signature = vec![0; 256 - root.len()];
    signature.extend(root);
    let signature = Encoding::Base64.encode(&signature);
    let callback = Request::new("POST", "http://cb.example.com/cb").unwrap().header("x-oss-pub-key-url", KEY_URL);
    let callback = callback.header("Authorization", &signature).with_body(Body::Bytes(b"key=1"));
    // Its first 45 bytes are right: the padding in its shortest form and the digest.
    assert_eq!(verify_callback(&callback, &key).unwrap_err(), CallbackFault::Signature(Mismatch::OtherHash));
}

#[test]
fn keys_come_from_oss_alone() {
    let url_of = |url: &[u8]| {
        let encoded = Encoding::Base64.encode(url);
        let callback = Request::new("POST", "http://cb.example.com/").unwrap().header("X-Oss-Pub-Key-Url", &encoded);
        public_key_url(&callback).map_err(|fault| fault.reason())
    };
    for url in ["http://gosspublic.alicdn.com/", "https://gosspublic.alicdn.com/callback_pub_key_v1.pem"] {
        assert_eq!(url_of(url.as_bytes()).as_deref(), Ok(url));
    }
    for url in [
        "http://gosspublic.alicdn.com",
        "http://gosspublic.alicdn.com.example.net/",
        "http://gosspublic.alicdn.com@example.net/",
        "http://gosspublic.alicdn.com:80@example.net/",
        "http://user@gosspublic.alicdn.com/",
        "http://example.net/http://gosspublic.alicdn.com/",
        "http://gosspublic.alicdn.com:8080/",
        "ftp://gosspublic.alicdn.com/",
        "//gosspublic.alicdn.com/",
        "httpsgosspublic.alicdn.com/",
    ] {
        assert_eq!(url_of(url.as_bytes()), Err("pub-key-url-host"), "{url}");
    }
    for url in
        [&b"http://gosspublic.alicdn.com/\r\nX: y"[..], b"http://gosspublic.alicdn.com/\xff", b" http://gosspublic.alicdn.com/"]
    {
        assert_eq!(url_of(url), Err("pub-key-url-encoding"), "{}", url.escape_ascii());
    }
    assert_eq!(url_of(b""), Err("pub-key-url-missing"));
}

#[test]
fn without_the_body_nothing_is_said() {
    let empty = case("cb-empty-body");
    let message = empty.request.clone().unwrap();
    let callback = |body| request(&empty, message.url.as_bytes(), b"").with_body(body);
    let judge = |body| verify_callback(&callback(body), &key(&empty)).map(|_| ()).map_err(|fault| fault.reason());
    assert_eq!(judge(Body::Unknown), Err("body-unknown"));
    let mut hasher = BodyHasher::default();
    assert_eq!(judge(Body::Digest(hasher.clone().finish())), Ok(()));
    hasher.update(b"a");
    assert_eq!(judge(Body::Digest(hasher.finish())), Err("body-unknown"));
}

#[test]
fn what_is_no_usable_key_is_named() {
    let pem = |label: &str, inner: &str| format!("-----BEGIN {label}-----\n{inner}\n-----END {label}-----\n");
    let error = |pem: &str| PublicKey::from_pem(pem).expect_err("no key");
    assert_eq!(error(""), PublicKeyError::NoPem);
    assert_eq!(error("<html>404</html>"), PublicKeyError::NoPem);
    assert_eq!(error("-----BEGIN PUBLIC KEY-----\nMFww"), PublicKeyError::NoPem);
    assert_eq!(error(&pem("RSA PRIVATE KEY", "AAAA")), PublicKeyError::OtherPem("RSA PRIVATE KEY".into()));
    assert_eq!(error(&pem("PUBLIC KEY", "MFww!")), PublicKeyError::NotBase64);
    assert_eq!(error(&pem("PUBLIC KEY", "")), PublicKeyError::NotRsa);
    // An elliptic curve's, made by OpenSSL.
    let curve = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9ULfDaCegfh6HPCkpSU4kizNZ3HD9jfMhXOl0GbaG/MZ7Pat8o0gxtLALKqsf7XJ2+bw1t5kK+vKmE+K8hGutg==";
    assert_eq!(error(&pem("PUBLIC KEY", curve)), PublicKeyError::NotRsa);
    // Text around a key does not matter, and neither do line ends.
    let published = case("doc-callback-yonghu").rest["public_key_pem"].as_str().unwrap().to_owned();
    let shown = format!("{:?}", PublicKey::from_pem(&format!("a key:\r\n{}", published.replace('\n', "\r\n"))).unwrap());
    assert_eq!(shown, "PublicKey(512 bits)");
}

/// The structure of a key around these two numbers.
fn der(modulus: &[u8], exponent: &[u8]) -> String {
    fn value(tag: u8, contents: &[u8]) -> Vec<u8> {
        let len = contents.len();
        let len = match len {
            0..0x80 => vec![len as u8],
            0x80..0x100 => vec![0x81, len as u8],
            _ => vec![0x82, (len >> 8) as u8, len as u8],
        };
        [&[tag], &len[..], contents].concat()
    }
    let numbers = value(0x30, &[value(2, modulus), value(2, exponent)].concat());
    let algorithm = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
    let whole = value(0x30, &[&algorithm[..], &value(3, &[&[0], &numbers[..]].concat())].concat());
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", Encoding::Base64.encode(&whole))
}

#[test]
fn sizes_and_exponents_have_bounds() {
    let bits = |bits: usize| {
        let mut bytes = vec![0xff; bits.div_ceil(8)];
        bytes[0] >>= (8 - bits % 8) % 8;
        if bytes[0] > 0x7f { [&[0], &bytes[..]].concat() } else { bytes }
    };
    let read = |modulus: &[u8], exponent: &[u8]| PublicKey::from_pem(&der(modulus, exponent)).map(|key| key.bits());
    for (len, expected) in [
        (511, Err(PublicKeyError::Size(511))),
        (512, Ok(512)),
        (4096, Ok(4096)),
        (8192, Ok(8192)),
        (8193, Err(PublicKeyError::Size(8193))),
    ] {
        assert_eq!(read(&bits(len), &[1, 0, 1]), expected);
    }
    let modulus = bits(512);
    for (exponent, expected) in [
        (&[3][..], Ok(512)),
        (&[1], Err(PublicKeyError::Exponent)),
        (&[1, 0, 0], Err(PublicKeyError::Exponent)),
        (&[1, 0xff, 0xff, 0xff, 0xff], Ok(512)),
        (&[2, 0, 0, 0, 1], Err(PublicKeyError::Exponent)),
        (&[1; 20], Err(PublicKeyError::Exponent)),
        (&[0], Err(PublicKeyError::NotRsa)),
        (&[0, 3], Err(PublicKeyError::NotRsa)),
        (&[0x83], Err(PublicKeyError::NotRsa)),
        (&[], Err(PublicKeyError::NotRsa)),
    ] {
        assert_eq!(read(&modulus, exponent), expected, "{exponent:?}");
    }
    let mut even = modulus.clone();
    *even.last_mut().unwrap() = 0xfe;
    assert_eq!(read(&even, &[1, 0, 1]), Err(PublicKeyError::NotRsa));
    assert_eq!(read(&[&[0], &modulus[..]].concat(), &[1, 0, 1]), Err(PublicKeyError::NotRsa));
}

/// Whatever was damaged, a key is read or it is not; and what it then verifies is not this callback.
#[test]
fn a_damaged_key_verifies_nothing() {
    let published = case("doc-callback-yonghu");
    let pem = published.rest["public_key_pem"].as_str().unwrap();
    let inner: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let whole = Encoding::Base64.decode(inner.as_bytes()).unwrap();
    let message = published.request.clone().unwrap();
    let body = message.body.unwrap();
    let callback = request(&published, message.url.as_bytes(), body.as_bytes());
    let mut read = 0;
    for at in 0..whole.len() {
        for flip in [1, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] ^= flip;
            let pem = format!("-----BEGIN PUBLIC KEY-----{}-----END PUBLIC KEY-----", Encoding::Base64.encode(&damaged));
            if let Ok(key) = PublicKey::from_pem(&pem) {
                assert!(verify_callback(&callback, &key).is_err(), "offset {at}");
                read += 1;
            }
        }
        let cut = Encoding::Base64.encode(&whole[..at]);
        let cut = PublicKey::from_pem(&format!("-----BEGIN PUBLIC KEY-----{cut}-----END PUBLIC KEY-----"));
        assert_eq!(cut.err(), Some(PublicKeyError::NotRsa), "{at} bytes");
    }
    assert!(read > 100, "only {read} damaged keys could be read");
}

proptest! {
    #[test]
    fn no_bytes_make_a_verifier_panic(
        pem in proptest::collection::vec(any::<u8>(), 0..300),
        authorization in proptest::collection::vec(any::<u8>(), 0..100),
        signature in proptest::collection::vec(any::<u8>(), 64),
        key_url in proptest::collection::vec(any::<u8>(), 0..80),
        target in "[ -~]{0,40}",
        body in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let marked = [b"-----BEGIN PUBLIC KEY-----", &pem[..], b"-----END PUBLIC KEY-----"].concat();
        prop_assert!(PublicKey::from_pem(&pem).is_err() && PublicKey::from_pem(&marked).is_err());
        let key = key(&case("doc-callback-yonghu"));
        let url = format!("http://h/{target}");
        let signature = Encoding::Base64.encode(&signature);
        let callback = Request::new("POST", &url).unwrap().with_body(Body::Bytes(&body));
        let whole = callback.clone().header("x-oss-pub-key-url", KEY_URL).header("Authorization", &signature);
        let whole = verify_callback(&whole, &key).map_err(|fault| fault.reason());
        prop_assert_eq!(whole.err(), Some("signature"));
        let wild = callback.header("x-oss-pub-key-url", &key_url).header("Authorization", &authorization);
        prop_assert!(verify_callback(&wild, &key).is_err());
    }
}
