//! A chunked body gives the same data and the same outcome whole and in pieces.
#![no_main]

use countersign::{
    Credentials, Hints, Request, SecretKey, Terms, Timestamp, Verification,
    providers::s3::chunked::{ChunkVerifier, Mode, V4_CHUNKED},
    sign, verify,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, u8, &[u8])| {
    let (mode, piece, body) = input;
    let mode = [Mode::Signed, Mode::SignedTrailer, Mode::UnsignedTrailer][usize::from(mode % 3)];
    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretForFuzzing"));
    let Ok(request) = Request::new("PUT", "https://bucket.s3.us-east-1.amazonaws.com/k") else { return };
    let request = request
        .header("x-amz-decoded-content-length", "5")
        .header("x-amz-content-sha256", mode.payload())
        .header("x-amz-trailer", "x-amz-checksum-crc32");
    let terms = Terms::at(Timestamp::from_unix(1_700_000_000)).region("us-east-1");
    let Ok(signed) = sign(&V4_CHUNKED, &request, &who, &terms) else { unreachable!("the terms are complete") };
    let request = signed.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let Ok(Verification::Matches(seed)) = verify(&request.clone().into(), who.secret(), &Hints::default()) else {
        unreachable!("it was signed with this secret")
    };
    let outcome = |piece: usize| {
        let Ok(mut verifier) = ChunkVerifier::new(&request, &seed, who.secret()) else { unreachable!("chunks are announced") };
        let mut data = Vec::new();
        let pushed = body.chunks(piece).try_for_each(|part| verifier.push(part, &mut |part| data.extend_from_slice(part)));
        let outcome = pushed.and_then(|()| verifier.finish());
        assert!(outcome.is_err() || (mode == Mode::UnsignedTrailer && data.len() == 5), "a forged body is accepted");
        format!("{outcome:?} {data:?}")
    };
    assert_eq!(outcome(usize::MAX), outcome(usize::from(piece).max(1)));
});
