//! Chunked uploads: what our signer writes the servers store, what is changed they and our verifier refuse.

use crate::{
    message::{Answer, Message},
    server::{Server, servers, terms, who},
};
use countersign::{
    Encoding, Hints, Verification,
    providers::s3::{
        V4_URL,
        chunked::{ChunkSigner, ChunkVerifier, Mode, V4_CHUNKED},
    },
    verify,
};
use sha2::{Digest, Sha256};

const TRAILER: &str = "x-amz-checksum-sha256";

/// An upload of these chunks, not sent yet.
fn upload(server: &Server, key: &str, mode: Mode, chunks: &[&[u8]]) -> Message {
    let data = chunks.concat();
    let checksum = Encoding::Base64.encode(&Sha256::digest(&data));
    let trailers = [(TRAILER, checksum.as_str())];
    let trailers = if mode.has_trailers() { &trailers[..] } else { &[] };
    let mut message = Message::new("PUT", server.url(key))
        .header("Content-Encoding", "aws-chunked")
        .header("x-amz-decoded-content-length", data.len().to_string())
        .header("x-amz-content-sha256", mode.payload());
    for (name, _) in trailers {
        message = message.header("x-amz-trailer", *name);
    }
    let who = who();
    let signed = message.sign(&V4_CHUNKED, &who, &terms());
    let mut body = Vec::new();
    let mut signer = ChunkSigner::new(&message.request(), &signed, who.secret()).unwrap();
    for chunk in chunks {
        signer.chunk(chunk, &mut body).unwrap();
    }
    signer.finish(trailers, &mut body).unwrap();
    message.headers.extend(signed.headers);
    message.body(body)
}

/// Whether our verifier takes the upload.
fn is_right(message: &Message) -> bool {
    let (who, request) = (who(), message.request());
    let subject = request.clone().into();
    let Ok(Verification::Matches(seed)) = verify(&subject, who.secret(), &Hints::default()) else { panic!("another seed") };
    let mut verifier = ChunkVerifier::new(&request, &seed, who.secret()).unwrap();
    verifier.push(&message.body, &mut |_: &[u8]| {}).is_ok() && verifier.finish().is_ok()
}

fn read(server: &Server, key: &str) -> Answer {
    server.send(&Message::new("GET", server.url(key)).signed(&V4_URL, &who(), &terms()))
}

/// radosgw 16 knows signed chunks alone.
fn supports(server: &Server, mode: Mode) -> bool {
    mode == Mode::Signed || server.name == "s3s-fs"
}

const MODES: [Mode; 3] = [Mode::Signed, Mode::SignedTrailer, Mode::UnsignedTrailer];

#[test]
fn chunks_are_stored_and_read_back() {
    let data: Vec<u8> = (0..200_000_u64).map(|n| (n * n / 7) as u8).collect();
    for server in servers() {
        for mode in MODES {
            for (at, lengths) in [&[11][..], &[8192, 8192, 1], &[65_536, 65_536, 1024], &[200_000]].into_iter().enumerate() {
                let key = format!("chunks/{mode:?}-{at}");
                let mut rest = data.as_slice();
                let chunks: Vec<_> = lengths.iter().map(|length| rest.split_off(..*length).unwrap()).collect();
                let message = upload(server, &key, mode, &chunks);
                assert!(is_right(&message), "{key}");
                let answer = server.send(&message);
                assert_eq!(answer.is_success(), supports(server, mode), "{} {key}: {answer}", server.name);
                let stored = read(server, &key);
                assert_eq!(stored.is_success(), supports(server, mode), "{} {key}: {stored}", server.name);
                assert!(!stored.is_success() || stored.body == chunks.concat(), "{} {key}", server.name);
            }
        }
    }
}

/// The body with the byte behind `lead` changed.
fn changed_behind(body: &[u8], lead: &[u8]) -> Vec<u8> {
    let at = body.windows(lead.len()).position(|window| window == lead).expect("what is to be changed") + lead.len();
    let mut body = body.to_vec();
    body[at] = if body[at] == b'0' { b'1' } else { b'0' };
    body
}

/// The two chunks with data of a body, and what is behind them.
fn pieces(body: &[u8]) -> [&[u8]; 3] {
    let starts = |line: &[u8]| body.windows(line.len()).rposition(|window| window == line).expect("a chunk") + 2;
    let (second, end) = (starts(b"\r\n2000;"), starts(b"\r\n0;"));
    [&body[..second], &body[second..end], &body[end..]]
}

struct Change {
    what: &'static str,
    modes: &'static [Mode],
    apply: fn(&[u8]) -> Vec<u8>,
}

const SIGNED: &[Mode] = &[Mode::Signed, Mode::SignedTrailer];
const WITH_TRAILER: &[Mode] = &[Mode::SignedTrailer, Mode::UnsignedTrailer];

const CHANGES: [Change; 8] = [
    Change { what: "data", modes: &MODES, apply: |body| changed_behind(body, b"bbbbbbbb") },
    Change { what: "first-signature", modes: SIGNED, apply: |body| changed_behind(body, b"2000;chunk-signature=") },
    Change { what: "last-signature", modes: SIGNED, apply: |body| changed_behind(body, b"\r\n0;chunk-signature=") },
    Change {
        what: "order",
        modes: SIGNED,
        apply: |body| {
            let [one, two, end] = pieces(body);
            [two, one, end].concat()
        },
    },
    Change {
        what: "repetition",
        modes: SIGNED,
        apply: |body| {
            let [one, _, end] = pieces(body);
            [one, one, end].concat()
        },
    },
    Change { what: "end", modes: SIGNED, apply: |body| pieces(body)[..2].concat() },
    Change { what: "trailer", modes: WITH_TRAILER, apply: |body| changed_behind(body, b"x-amz-checksum-sha256:") },
    Change { what: "trailer-signature", modes: &[Mode::SignedTrailer], apply: |body| changed_behind(body, b"-signature:") },
];

/// What a server takes all the same: once all data is there, radosgw does not look at the empty chunk, and s3s-fs
/// does not miss it.
fn takes(server: &Server, mode: Mode, what: &str) -> bool {
    matches!((server.name, mode, what), ("radosgw", Mode::Signed, "last-signature" | "end") | ("s3s-fs", Mode::Signed, "end"))
}

#[test]
fn chunks_that_were_changed_are_refused() {
    let chunks = [[b'a'; 8192], [b'b'; 8192]];
    for server in servers() {
        for change in &CHANGES {
            for mode in change.modes.iter().filter(|mode| supports(server, **mode)) {
                let key = format!("changed/{mode:?}-{}", change.what);
                let mut message = upload(server, &key, *mode, &[&chunks[0], &chunks[1]]);
                message.body = (change.apply)(&message.body);
                assert!(!is_right(&message), "{key}");
                let answer = server.send(&message);
                assert_eq!(answer.is_success(), takes(server, *mode, change.what), "{} {key}: {answer}", server.name);
            }
        }
    }
}
