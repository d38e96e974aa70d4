//! Every fault of a chunked body is found and named, and so is every wrong use of the signer.

use super::{Upload, received, upload, verifier, without_signatures};
use countersign::{
    Credentials, Payload, Request, SecretKey, SignError, Signed, Terms, Timestamp,
    providers::s3::{
        V4_HEADER,
        chunked::{
            ChunkError, ChunkFault, ChunkSigner, FrameError, Mode, Piece, Received, SeedError, V4_CHUNKED, codes, encoded_len,
        },
    },
    sign,
};

const CRC32: &str = "v4c-trailer-crc32";

fn outcome(upload: &Upload, body: impl AsRef<[u8]>) -> Result<Received, ChunkError> {
    let body = body.as_ref();
    let (outcome, _) = received(upload.verifier(), body, body.len().max(1));
    outcome
}

/// Where the pieces of a body begin, by the lines of the framing.
fn piece_at(starts: &[usize], offset: usize) -> usize {
    starts.iter().rposition(|start| *start <= offset).unwrap()
}

#[test]
fn a_changed_byte_is_found_in_its_piece() {
    let upload = upload(CRC32);
    let body = upload.body();
    let text = String::from_utf8(body.clone()).unwrap();
    let starts = [0, text.find("0;chunk").unwrap(), text.find("x-amz-checksum").unwrap()];
    let (mut refused, mut harmless) = (0, Vec::new());
    for at in 0..body.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut changed = body.clone();
            changed[at] ^= bit;
            let (outcome, data) = received(upload.verifier(), &changed, changed.len());
            match outcome {
                Err(error) => {
                    refused += 1;
                    // An empty chunk that is no longer empty makes the one before too short.
                    if let ChunkFault::TooShort { len } = error.fault {
                        assert_eq!((at, len, error.piece), (starts[1], 11, Piece::Chunk(1)));
                        continue;
                    }
                    let pieces = [Piece::Chunk(1), Piece::Chunk(2), Piece::Trailers];
                    assert_eq!(error.piece, pieces[piece_at(&starts, at)], "byte {at}, bit {bit}: {error}");
                    assert_eq!(error.offset, starts[piece_at(&starts, at)] as u64);
                }
                // What is left must say the same.
                Ok(received) => {
                    assert_eq!(
                        (data.as_slice(), &received.trailers),
                        (&b"hello world"[..], &upload.trailers),
                        "byte {at}, bit {bit}"
                    );
                    harmless.push((at, bit));
                }
            }
        }
    }
    // The length in capitals, and the letters of two names.
    let in_names = "xamzchecksumcrc".len() + "xamztrailersignature".len();
    assert_eq!(harmless.len(), 1 + in_names, "{harmless:?}");
    assert_eq!(refused + harmless.len(), body.len() * 3);
}

#[test]
fn the_end_of_a_cut_body_is_named() {
    let signed = upload(CRC32);
    let plain = upload("v4c-empty");
    let unsigned = signed.unsigned_chunks();
    let mut named = std::collections::BTreeMap::new();
    for (upload, body) in [(signed, signed.body()), (plain, plain.body()), (&unsigned, without_signatures(signed))] {
        for end in 0..body.len() {
            let error = outcome(upload, &body[..end]).unwrap_err();
            let text = String::from_utf8_lossy(&body[..end]);
            let lines: Vec<_> = text.split("\r\n").collect();
            let (before, last) = (lines.len() - 1, lines[lines.len() - 1]);
            // What is expected follows from the lines that are whole and from what stands behind them.
            let expected = match (upload.mode, before, last) {
                (Mode::Signed, 0, "") | (_, 0, "") => "final-chunk-missing",
                (Mode::Signed, _, _) | (_, 0 | 1, _) => "chunked-body-cut",
                (_, 2, "") => "final-chunk-missing",
                (_, 2, _) => "chunked-body-cut",
                (_, 3, "") => "trailer-missing",
                (Mode::SignedTrailer, 4, "") => "chunk-signature-missing",
                _ => "chunked-body-cut",
            };
            assert_eq!(error.fault.code(), expected, "{text:?}: {error}");
            *named.entry((upload.id.clone(), error.fault.code())).or_insert(0) += 1;
        }
    }
    assert_eq!(named.len(), 6, "{named:?}");
    let error = outcome(signed, &signed.body()[..90]).unwrap_err();
    assert!(matches!(error.fault, ChunkFault::DataCut { said: 11, found: 6 }), "{error:?}");
}

/// Two chunks of 8192 bytes, without trailers that must fit them.
fn two_chunks() -> (&'static Upload, Vec<Vec<u8>>) {
    let upload = upload("v4c-trailer-sha256-token");
    let body = upload.body();
    let (first, rest) = body.split_at("2000;chunk-signature=".len() + 64 + 2 + 8192 + 2);
    let (second, rest) = rest.split_at(first.len());
    let parts = [first, second, rest].map(<[u8]>::to_vec).to_vec();
    (upload, parts)
}

#[test]
fn chunks_cannot_change_places_get_lost_or_repeat() {
    let (upload, parts) = two_chunks();
    let [first, second, rest] = parts.as_slice() else { unreachable!() };
    assert!(second.starts_with(b"2000;chunk-signature=") && rest.starts_with(b"0;chunk-signature="));
    for (body, piece, code) in [
        ([second.as_slice(), first, rest].concat(), Piece::Chunk(1), "chunk-signature-mismatch"),
        ([second.as_slice(), rest].concat(), Piece::Chunk(1), "chunk-signature-mismatch"),
        ([first.as_slice(), rest].concat(), Piece::Chunk(2), "chunk-signature-mismatch"),
        ([first.as_slice(), first, rest].concat(), Piece::Chunk(2), "chunk-signature-mismatch"),
        ([first.as_slice(), second, second, rest].concat(), Piece::Chunk(3), "decoded-length-differs"),
        ([first.as_slice(), second].concat(), Piece::Chunk(3), "final-chunk-missing"),
    ] {
        let error = outcome(upload, &body).unwrap_err();
        assert_eq!((error.piece, error.fault.code()), (piece, code), "{error}");
    }
}

#[test]
fn a_mismatch_tells_what_was_to_be_signed_and_behind_which_signature() {
    let (upload, parts) = two_chunks();
    let mut body = parts.concat();
    body[100] ^= 1;
    body[parts[0].len() + 100] ^= 1;
    let error = outcome(upload, &body).unwrap_err();
    let ChunkFault::SignatureMismatch(mismatch) = error.fault else { panic!("{}", error.fault) };
    assert_eq!((mismatch.chained_to, mismatch.sent.as_str()), (None, upload.signatures[0].as_str()));

    body[100] ^= 1;
    let error = outcome(upload, &body).unwrap_err();
    assert_eq!(
        error.to_string(),
        "chunk 2, at offset 8281 of the body: the signature does not match what follows from the data and the signature of chunk 1"
    );
    let ChunkFault::SignatureMismatch(mismatch) = error.fault else { panic!("{}", error.fault) };
    assert_eq!(mismatch.chained_to, Some(Piece::Chunk(1)));
    let text = String::from_utf8(mismatch.string_to_sign).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[..3], ["AWS4-HMAC-SHA256-PAYLOAD", "20260314T150926Z", "20260314/us-east-1/s3/aws4_request"]);
    assert_eq!(lines[3], upload.signatures[0]);
    assert_eq!(lines[4], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(lines.len(), 6);
}

#[test]
fn every_fault_has_its_name_and_message() {
    let upload = upload(CRC32);
    let unsigned = upload.unsigned_chunks();
    let body = String::from_utf8(upload.body()).unwrap();
    let bare = String::from_utf8(without_signatures(upload)).unwrap();
    let signature = "15dc1ea2c3fe8e9ac1a9a585f0a6190cd0955289e7ceeadd84af6aae3699e842";
    let cases = [
        (
            upload,
            body.replacen('b', "xb", 1),
            "chunk-header-malformed",
            "chunk 1, at offset 0 of the body: it begins with `xb;chunk-signature=64d3f9eb",
        ),
        (upload, body.replacen("b;", "b;a=1;", 1), "chunk-header-malformed", "chunk 1, at offset 0"),
        (upload, body.replacen("b;", "0000000000000000b;", 1), "chunk-header-malformed", "chunk 1, at offset 0"),
        (upload, body.replacen("\r\n", "\n", 1), "chunk-header-malformed", "chunk 1, at offset 0"),
        (upload, "a".repeat(10_000), "chunk-header-malformed", "chunk 1, at offset 0"),
        (upload, bare.clone(), "chunk-signature-missing", "chunk 1, at offset 0 of the body: the signature is missing"),
        (&unsigned, body.clone(), "chunk-signature-unexpected", "chunk 1, at offset 0 of the body: it carries a signature"),
        (
            &unsigned,
            bare.replacen("b\r", "a\r", 1),
            "chunk-length-wrong",
            "chunk 1, at offset 0 of the body: no line end follows the 10 bytes",
        ),
        (
            &unsigned,
            "b\r\nhello".to_owned(),
            "chunked-body-cut",
            "chunk 1, at offset 0 of the body: the body ends after 5 of the 11 bytes of data it says",
        ),
        (
            &unsigned,
            "b\r\nhello world\r\n".to_owned(),
            "final-chunk-missing",
            "chunk 2, at offset 16 of the body: the body ends here",
        ),
        (
            &unsigned,
            "5\r\nhello\r\n6\r\n world\r\n0\r\n".to_owned(),
            "chunk-too-short",
            "chunk 1, at offset 0 of the body: it has 5 bytes; expected at least 8192",
        ),
        (
            &unsigned,
            bare.replacen("b\r\nhello world", "c\r\nhello world!", 1),
            "decoded-length-differs",
            "chunk 1, at offset 0 of the body: the data has 12 bytes up to here; expected 11",
        ),
        (
            &unsigned,
            "5\r\nhello\r\n0\r\n".to_owned(),
            "decoded-length-differs",
            "chunk 2, at offset 10 of the body: the data has 5 bytes",
        ),
        (
            &unsigned,
            bare.replacen(':', "=", 1),
            "trailer-malformed",
            "the trailers, at offset 19 of the body: it has the line `x-amz-checksum-crc32=DUoRhQ==`; expected `<name>:<value>` in UTF-8",
        ),
        (&unsigned, bare.replacen("crc32", "crc32 x", 1), "trailer-malformed", "the trailers, at offset 19"),
        (&unsigned, format!("{bare}x-amz-meta-a:1\r\n"), "body-goes-on", "the trailers, at offset 19"),
        (&unsigned, bare.replacen("DUo", &"D".repeat(20_000), 1), "trailer-malformed", "the trailers, at offset 19"),
        (
            &unsigned,
            bare.replacen("crc32", "crc64", 1),
            "trailer-not-announced",
            "the trailers, at offset 19 of the body: `x-amz-checksum-crc64` is not named",
        ),
        (
            &unsigned,
            bare.replacen("DUoRhQ==", "DUoRhQ==\r\nx-amz-checksum-crc32:DUoRhQ==", 1),
            "trailer-repeated",
            "the trailers, at offset 19 of the body: `x-amz-checksum-crc32` occurs twice",
        ),
        (
            &unsigned,
            "b\r\nhello world\r\n0\r\n\r\n".to_owned(),
            "trailer-missing",
            "the trailers, at offset 19 of the body: `x-amz-checksum-crc32` is missing",
        ),
        (
            &unsigned,
            bare.replacen("hello", "jello", 1),
            "checksum-differs",
            "the trailers, at offset 19 of the body: `x-amz-checksum-crc32` is `DUoRhQ==`; the data gives",
        ),
        (
            &unsigned,
            format!("{bare}x"),
            "chunked-body-cut",
            "the trailers, at offset 19 of the body: the body ends inside a line",
        ),
        (
            upload,
            body.replace(&format!("x-amz-trailer-signature:{signature}\r\n"), ""),
            "chunk-signature-missing",
            "the trailers, at offset 181 of the body: the signature is missing",
        ),
        (
            upload,
            body.replace("DUo", "EUo"),
            "chunk-signature-mismatch",
            "the trailers, at offset 181 of the body: the signature does not match what follows from the data and the signature of chunk 2",
        ),
        (upload, body.replace(signature, &signature.to_uppercase()), "chunk-signature-mismatch", "the trailers"),
        (
            upload,
            body.replace(signature, &format!("{signature}\r\nx-amz-checksum-crc32:DUoRhQ==")),
            "body-goes-on",
            "the trailers",
        ),
        (
            upload,
            format!("{body}x-amz-checksum-crc32:DUoRhQ==\r\n"),
            "body-goes-on",
            "the trailers, at offset 181 of the body: something follows the end",
        ),
    ];
    let mut named: Vec<_> = cases.iter().map(|(.., code, _)| *code).collect();
    for (upload, body, code, message) in &cases {
        let error = outcome(upload, body).unwrap_err();
        assert_eq!(error.fault.code(), *code, "{error}");
        assert!(error.to_string().starts_with(message), "{error}");
        let ChunkFault::SignatureMismatch(mismatch) = &error.fault else { continue };
        assert!(!error.to_string().contains(&mismatch.expected.text()), "the message shows the right signature");
    }
    named.sort_unstable();
    named.dedup();
    let faults: Vec<_> = codes().filter(|code| named.contains(code)).collect();
    assert_eq!(faults.len(), 14, "{faults:?}");
    assert_eq!(named.len(), 15, "{named:?}");
}

#[test]
fn after_an_error_nothing_is_taken() {
    let upload = upload(CRC32);
    let body = upload.body();
    let mut verifier = upload.verifier();
    let mut taken = Vec::new();
    let first = verifier.push(b"zz\r\n", &mut |part| taken.extend_from_slice(part)).unwrap_err();
    let again = verifier.push(&body, &mut |part| taken.extend_from_slice(part)).unwrap_err();
    assert_eq!(first.to_string(), again.to_string());
    assert_eq!(verifier.finish().unwrap_err().to_string(), first.to_string());
    assert!(taken.is_empty());
}

#[test]
fn bodies_without_chunks_to_come_are_not_begun() {
    let upload = upload("v4c-one");
    let who = &upload.who;
    let with = |name: &str, value: Option<&str>| {
        let mut headers = upload.headers.clone();
        headers.retain(|(own, _)| own != name);
        headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        headers
    };
    let begun = |headers: &[(String, String)]| {
        let request = Request::new(&upload.method, &upload.url).unwrap();
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1");
        let signed = sign(&V4_HEADER, &request, who, &terms).unwrap();
        ChunkSigner::new(&request, &signed, who.secret()).map(|_| ())
    };
    const PAYLOAD: &str = "x-amz-content-sha256";
    const LENGTH: &str = "x-amz-decoded-content-length";
    assert_eq!(begun(&upload.headers), Ok(()));
    for (headers, error) in [
        (with(PAYLOAD, Some("UNSIGNED-PAYLOAD")), SeedError::NotChunked("UNSIGNED-PAYLOAD".into())),
        (
            with(PAYLOAD, Some("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")),
            SeedError::OtherMode("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD".into()),
        ),
        (with(LENGTH, None), SeedError::DecodedLengthMissing),
        (with(LENGTH, Some("+5")), SeedError::DecodedLength("+5".into())),
        (with(LENGTH, Some("8 KiB")), SeedError::DecodedLength("8 KiB".into())),
    ] {
        assert_eq!(begun(&headers), Err(error));
    }
}

#[test]
fn the_scheme_signs_only_what_announces_chunks() {
    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisTest"));
    let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1");
    let request = || Request::new("PUT", "https://photos.s3.us-east-1.amazonaws.com/a.txt").unwrap();
    let payload = |request: &Request<'_>, terms: &Terms<'_>| {
        let signed = sign(&V4_CHUNKED, request, &who, terms)?;
        let header = signed.headers.into_iter().find(|(name, _)| name == "x-amz-content-sha256");
        Ok::<_, SignError>(header.map(|(_, value)| value).unwrap())
    };
    assert!(matches!(payload(&request(), &terms), Err(SignError::Terms(_))));
    let request = || request().header("x-amz-decoded-content-length", "11");
    assert_eq!(payload(&request(), &terms).unwrap(), Mode::Signed.payload());
    assert_eq!(payload(&request().header("x-amz-trailer", "a"), &terms).unwrap(), Mode::SignedTrailer.payload());
    assert_eq!(payload(&request(), &terms.clone().payload(Payload::Unsigned)).unwrap(), Mode::UnsignedTrailer.payload());
    let literal = terms.clone().payload(Payload::Text(Mode::SignedTrailer.payload()));
    assert_eq!(payload(&request(), &literal).unwrap(), Mode::SignedTrailer.payload());
    let hash = request().header("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    assert!(matches!(sign(&V4_CHUNKED, &hash, &who, &terms), Err(SignError::Terms(_))));
}

fn begun<'a>(headers: &[(&'a str, &'a str)], who: &Credentials) -> (Request<'a>, Signed) {
    let request = Request::new("PUT", "https://photos.s3.us-east-1.amazonaws.com/a.txt").unwrap();
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, *value));
    let signed = sign(&V4_CHUNKED, &request, who, &Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1")).unwrap();
    (request, signed)
}

#[test]
fn the_signer_writes_nothing_that_would_be_refused() {
    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisTest"));
    let headers = [("x-amz-decoded-content-length", "20000"), ("x-amz-trailer", "x-amz-meta-a, x-amz-meta-b")];
    let (request, signed) = begun(&headers, &who);
    let signer = || ChunkSigner::new(&request, &signed, who.secret()).unwrap();
    let mut out = Vec::new();

    let mut short = signer();
    short.chunk(&[], &mut out).unwrap();
    assert!(out.is_empty(), "an empty chunk would end the body");
    short.chunk(&[1; 8191], &mut out).unwrap();
    let length = out.len();
    assert_eq!(short.chunk(&[1; 8192], &mut out), Err(FrameError::TooShort { len: 8191 }));
    let mut long = signer();
    assert_eq!(long.chunk(&[1; 20_001], &mut out), Err(FrameError::DecodedLength { said: 20_000, found: 20_001 }));
    assert_eq!(signer().finish(&[], &mut out), Err(FrameError::DecodedLength { said: 20_000, found: 0 }));
    assert_eq!(out.len(), length, "something was written all the same");

    let finish = |trailers: &[(&str, &str)]| {
        let (mut signer, mut out) = (signer(), Vec::new());
        signer.chunk(&[1; 20_000], &mut out).unwrap();
        signer.finish(trailers, &mut out).map(|()| out)
    };
    let (a, b) = (("x-amz-meta-a", "1"), ("X-Amz-Meta-B", " 2 "));
    assert_eq!(finish(&[a]), Err(FrameError::TrailerMissing("x-amz-meta-b".into())));
    assert_eq!(finish(&[a, a, b]), Err(FrameError::TrailerTwice("x-amz-meta-a".into())));
    assert_eq!(finish(&[a, b, ("c", "3")]), Err(FrameError::TrailerNotAnnounced("c".into())));
    assert_eq!(finish(&[a, ("x-amz-meta-b", "2\r\nc:3")]), Err(FrameError::TrailerValue("x-amz-meta-b".into())));
    assert_eq!(encoded_len(Mode::Signed, 20_000, 8191, &[]), Err(FrameError::TooShort { len: 8191 }));
    assert_eq!(encoded_len(Mode::UnsignedTrailer, 0, 0, &[]), Ok(5));

    // Trailers given in any order and case are signed in theirs.
    let body = finish(&[b, a]).unwrap();
    let complete = signed.headers.iter().fold(request.clone(), |request, (name, value)| request.header(name, value));
    let (outcome, data) = received(verifier(&complete, who.secret()), &body, 999);
    let received = outcome.unwrap();
    assert_eq!(data, [1; 20_000]);
    let pairs: Vec<_> = received.trailers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, [("x-amz-meta-a", "1"), ("x-amz-meta-b", "2")]);
    assert!(received.checked.is_empty());

    let (request, signed) = begun(&[("x-amz-decoded-content-length", "0")], &who);
    let signer = ChunkSigner::new(&request, &signed, who.secret()).unwrap();
    assert_eq!(signer.finish(&[a], &mut out), Err(FrameError::TrailerNotAnnounced("x-amz-meta-a".into())));
}

#[test]
fn neither_signer_nor_verifier_shows_the_secret() {
    let upload = upload(CRC32);
    let (request, signed) = begun(&[("x-amz-decoded-content-length", "0")], &upload.who);
    let signer = ChunkSigner::new(&request, &signed, upload.who.secret()).unwrap();
    let shown = format!("{signer:?} {:?}", upload.verifier());
    assert!(shown.contains("ChunkSigner {") && shown.contains("ChunkVerifier {"));
    assert!(!shown.contains("s3cr3t") && !shown.contains("Hmac"), "{shown}");
}
