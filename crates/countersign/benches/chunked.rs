//! How much slower verifying a chunked upload is than hashing its data, which no verifier can avoid.
//!
//! 64 MiB in chunks of 64 KiB, read in pieces of 64 KiB. The ratios are printed first: rounds of both take
//! turns, and the medians are compared. `cargo bench -p countersign --bench chunked`

use countersign::{
    Credentials, Hints, Request, SecretKey, Signed, Terms, Timestamp, Verification,
    providers::s3::chunked::{Checksum, ChecksumKind, ChunkSigner, ChunkVerifier, Mode, V4_CHUNKED},
    sign, verify,
};
use sha2::{Digest, Sha256};
use std::{
    hint::black_box,
    sync::LazyLock,
    time::{Duration, Instant},
};

const TOTAL: usize = 64 << 20;
const CHUNK: usize = 64 << 10;
const ROUNDS: usize = 9;
const URL: &str = "https://photos.s3.us-east-1.amazonaws.com/a.bin";

static DATA: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut state = 1_u64;
    let mut data = Vec::with_capacity(TOTAL);
    while data.len() < TOTAL {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        data.extend_from_slice(&state.to_be_bytes());
    }
    data
});
static SIGNED: LazyLock<Upload> = LazyLock::new(|| Upload::new(Mode::Signed, None));
static SIGNED_CRC64: LazyLock<Upload> = LazyLock::new(|| Upload::new(Mode::SignedTrailer, Some(ChecksumKind::Crc64Nvme)));
static UNSIGNED_CRC64: LazyLock<Upload> = LazyLock::new(|| Upload::new(Mode::UnsignedTrailer, Some(ChecksumKind::Crc64Nvme)));

fn main() {
    let uploads = [("signed", &SIGNED), ("signed, with CRC-64", &SIGNED_CRC64), ("unsigned, with CRC-64", &UNSIGNED_CRC64)];
    for (name, upload) in uploads {
        let (mut verifying, mut hashing) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            hashing.push(timed(plain_sha256));
            verifying.push(timed(|| upload.verify()));
        }
        let (verifying, hashing) = (median(verifying), median(hashing));
        let speed = hashing.as_secs_f64() / verifying.as_secs_f64() * 100.0;
        println!("{name}: verified in {verifying:?}, plain SHA-256 {hashing:?}: {speed:.1} % of its speed");
    }
    divan::main();
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

struct Upload {
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn secret() -> SecretKey {
    SecretKey::new("madeUpSecretOnlyForThisBenchmark")
}

fn request(headers: &[(String, String)]) -> Request<'_> {
    let Ok(request) = Request::new("PUT", URL) else { unreachable!("it is a URL") };
    headers.iter().fold(request, |request, (name, value)| request.header(name, value))
}

impl Upload {
    fn new(mode: Mode, checksum: Option<ChecksumKind>) -> Self {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut headers =
            vec![pair("x-amz-decoded-content-length", &TOTAL.to_string()), pair("x-amz-content-sha256", mode.payload())];
        headers.extend(checksum.map(|kind| pair("x-amz-trailer", kind.trailer())));
        let who = Credentials::new("CSIDEXAMPLE0001", secret());
        let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1");
        let Ok(signed) = sign(&V4_CHUNKED, &request(&headers), &who, &terms) else { unreachable!("the terms are complete") };
        let body = Self::body(&headers, &signed, checksum);
        headers.extend(signed.headers);
        Self { headers, body }
    }

    fn body(headers: &[(String, String)], signed: &Signed, checksum: Option<ChecksumKind>) -> Vec<u8> {
        let Ok(mut signer) = ChunkSigner::new(&request(headers), signed, &secret()) else { unreachable!("chunks are announced") };
        let mut body = Vec::with_capacity(TOTAL + TOTAL / 512);
        for chunk in DATA.chunks(CHUNK) {
            let Ok(()) = signer.chunk(chunk, &mut body) else { unreachable!("chunks are long enough") };
        }
        let trailer = checksum.map(|kind| {
            let mut checksum = Checksum::new(kind);
            checksum.update(&DATA);
            (kind.trailer(), checksum.text())
        });
        let trailers: Vec<_> = trailer.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let Ok(()) = signer.finish(&trailers, &mut body) else { unreachable!("trailers are as announced") };
        body
    }

    fn verify(&self) {
        let request = request(&self.headers);
        let Ok(Verification::Matches(seed)) = verify(&request.clone().into(), &secret(), &Hints::default()) else {
            unreachable!("the seed is right")
        };
        let Ok(mut verifier) = ChunkVerifier::new(&request, &seed, &secret()) else { unreachable!("chunks are announced") };
        for piece in self.body.chunks(CHUNK) {
            let Ok(()) = verifier.push(piece, &mut |data| _ = black_box(data)) else { unreachable!("the body is right") };
        }
        let Ok(received) = verifier.finish() else { unreachable!("the body is right") };
        black_box(received);
    }
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn plain_sha256() {
    black_box(Sha256::digest(&*DATA));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn signed_chunks() {
    SIGNED.verify();
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn signed_chunks_and_crc64() {
    SIGNED_CRC64.verify();
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn unsigned_chunks_and_crc64() {
    UNSIGNED_CRC64.verify();
}
