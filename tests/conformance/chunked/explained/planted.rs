//! What clients do wrong, and what must be found: the wrong texts in full.

use super::client::{Client, Moment, NOTHING, SCOPE, TIME, hash, right};
use countersign::{
    explain::Certainty::{self, Likely, Proved, Seen},
    providers::s3::chunked::Mode,
};

/// Pieces by number; 0 stands for the trailers, nothing for the seed.
pub type Expected = (&'static str, Certainty, &'static [u64]);

const ALL: &[u64] = &[1, 2, 3, 4];

/// Every case.
pub fn all() -> Vec<(Client, Vec<Expected>)> {
    let lists = [mistakes_with_chunks(), mistakes_with_trailers(), changes_on_the_way(), faults_of_framing()];
    lists.into_iter().flatten().collect()
}

pub fn replaced(body: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(body).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

fn mistakes_with_chunks() -> Vec<(Client, Vec<Expected>)> {
    vec![
        (Client::new(|m| m.behind(m.seed)), vec![("chunk-chained-to-seed", Proved, &[2, 3, 4])]),
        (Client::new(|m| m.behind("")), vec![("chunk-chained-to-another", Proved, ALL)]),
        (Client::new(|m| m.right().replace(&format!("{}\n", m.previous()), "")), vec![("chunk-chained-to-another", Proved, ALL)]),
        (
            Client::new(|m| m.behind(&m.signatures[m.number.saturating_sub(1)])),
            vec![
                ("chunk-chained-to-seed", Proved, &[2]),
                ("chunk-chained-to-another", Proved, &[3]),
                ("chunk-chained-to-another", Proved, &[4]),
            ],
        ),
        (Client::new(|m| m.behind(&m.previous().to_uppercase())), vec![("chunk-chained-to-another", Proved, ALL)]),
        (Client::new(|m| m.right().replace("-PAYLOAD", "")), vec![("chunk-algorithm-wrong", Proved, ALL)]),
        (Client::new(|m| format!("STREAMING-{}", m.right())), vec![("chunk-algorithm-wrong", Proved, ALL)]),
        (Client::new(|m| m.right().replace("-PAYLOAD", "-TRAILER")), vec![("chunk-algorithm-wrong", Proved, ALL)]),
        (Client::new(|m| m.right().replacen(&format!("{NOTHING}\n"), "", 1)), vec![("chunk-empty-digest-wrong", Proved, ALL)]),
        (Client::new(|m| m.right().replacen(&format!("{NOTHING}\n"), "\n", 1)), vec![("chunk-empty-digest-wrong", Proved, ALL)]),
        (
            Client::new(|m| {
                format!("AWS4-HMAC-SHA256-PAYLOAD\n{TIME}\n{SCOPE}\n{}\n{}\n{NOTHING}", m.previous(), hash(m.data()))
            }),
            vec![("chunk-empty-digest-wrong", Proved, &[1, 2, 3])],
        ),
        (Client::new(|m| m.digest(&hash(&[m.data(), b"\r\n"].concat()))), vec![("chunk-framing-hashed", Proved, ALL)]),
        (
            Client::new(|m| m.digest(&hash(&[format!("{:x}\r\n", m.data().len()).as_bytes(), m.data(), b"\r\n"].concat()))),
            vec![("chunk-framing-hashed", Proved, ALL)],
        ),
        (
            Client::new(|m| m.digest(&hash(&m.chunks[..=m.number.min(3)].concat()))),
            vec![("chunk-hash-not-reset", Proved, &[2, 3, 4])],
        ),
        (Client::new(|m| m.digest(&hash(&m.chunks.concat()))), vec![("chunk-hash-not-reset", Proved, ALL)]),
        (
            Client::new(|m| m.digest(&hash(if m.number == 1 { &m.chunks[0] } else { m.data() }))),
            vec![("chunk-data-of-another", Proved, &[2])],
        ),
        (Client::new(|m| m.digest(&hash(m.data()).to_uppercase())), vec![("chunk-digest-misspelt", Proved, ALL)]),
        (Client::new(|m| m.digest("UNSIGNED-PAYLOAD")), vec![("chunk-digest-misspelt", Proved, ALL)]),
        (
            Client::new(|m| {
                m.chunk(
                    "AWS4-HMAC-SHA256-PAYLOAD",
                    if m.number < 2 { TIME } else { "20260314T150928Z" },
                    m.previous(),
                    &hash(m.data()),
                )
            }),
            vec![("chunk-time-wrong", Proved, &[3, 4])],
        ),
        // Two at once: of the first chunk only one shows.
        (
            Client::new(|m| m.behind(m.seed).replacen(&format!("{NOTHING}\n"), "", 1)),
            vec![
                ("chunk-empty-digest-wrong", Proved, &[1]),
                ("chunk-chained-to-seed", Proved, &[2, 3, 4]),
                ("chunk-empty-digest-wrong", Proved, &[2, 3, 4]),
            ],
        ),
        (
            Client::new(|m| if m.number == 1 { "another text".into() } else { m.right() }),
            vec![("chunk-data-changed", Likely, &[2])],
        ),
        (Client::new(|_| "another text".into()), vec![("chunk-unexplained", Likely, ALL)]),
    ]
}

fn mistakes_with_trailers() -> Vec<(Client, Vec<Expected>)> {
    fn form(moment: &Moment<'_>, form: fn(&str) -> String) -> String {
        if moment.is_trailer() { moment.trailer(&form(moment.trailers)) } else { moment.right() }
    }
    fn other(moment: &Moment<'_>, other: fn(&Moment<'_>) -> String) -> String {
        if moment.is_trailer() { other(moment) } else { moment.right() }
    }
    let text: Vec<Expected> = vec![("trailer-text-wrong", Proved, &[0])];
    vec![
        (Client::trailing(|m| form(m, |text| text.trim_end().into())), text.clone()),
        (Client::trailing(|m| form(m, |text| text.replace('\n', "\r\n"))), text.clone()),
        (Client::trailing(|m| form(m, |text| text.trim_end().replace('\n', "\r\n"))), text.clone()),
        (Client::trailing(|m| form(m, |text| format!("{text}\n"))), text.clone()),
        (Client::trailing(|m| form(m, |text| text.replace(':', ": "))), text.clone()),
        (Client::trailing(|m| form(m, |_| "X-Amz-Meta-B:two\nx-amz-meta-a:one\n".into())), text.clone()),
        (Client::trailing(|m| form(m, |_| "one\ntwo\n".into())), text),
        (
            Client::trailing(|m| other(m, |m| m.right().replace("-TRAILER", "-PAYLOAD"))),
            vec![("chunk-algorithm-wrong", Proved, &[0])],
        ),
        (Client::trailing(|m| other(m, |m| m.behind(m.seed))), vec![("chunk-chained-to-seed", Proved, &[0])]),
        (Client::trailing(|m| other(m, |m| m.behind(&m.signatures[3]))), vec![("chunk-chained-to-another", Proved, &[0])]),
        (
            Client::trailing(|m| other(m, |m| m.right().replace(m.previous(), &format!("{}\n{NOTHING}", m.previous())))),
            vec![("chunk-empty-digest-wrong", Proved, &[0])],
        ),
    ]
}

/// What happens to a head or a body that was signed rightly.
fn changes_on_the_way() -> Vec<(Client, Vec<Expected>)> {
    fn first_signature(body: &[u8]) -> String {
        String::from_utf8(body[21..85].to_vec()).unwrap()
    }
    vec![
        (Client { method: "POST", ..Client::right() }, vec![("seed-alone-wrong", Proved, &[])]),
        (
            Client {
                head: |value| match value.rsplit_once("Signature=") {
                    Some((front, _)) => format!("{front}Signature={}", "0".repeat(64)),
                    None => value,
                },
                ..Client::right()
            },
            vec![("seed-changed-after-signing", Proved, &[])],
        ),
        (
            Client {
                body: |body| {
                    let signature = first_signature(&body);
                    replaced(body, &signature, &"0".repeat(64))
                },
                ..Client::right()
            },
            vec![("chunk-signature-changed", Proved, &[1])],
        ),
        (
            Client {
                body: |body| {
                    let end = body.len() - 4;
                    [&body[..end - 64], body[end - 64..end].to_ascii_uppercase().as_slice(), &body[end..]].concat()
                },
                ..Client::right()
            },
            vec![("chunk-signature-form", Proved, &[4])],
        ),
        (
            Client { body: |body| [&body[..body.len() - 5], b"\r\n\r\n"].concat(), ..Client::right() },
            vec![("chunk-signature-form", Seen, &[4])],
        ),
        (
            Client { body: |body| replaced(body, "\r\n8;chunk", "\r\n7;chunk"), ..Client::right() },
            vec![("chunk-length-wrong", Proved, &[3])],
        ),
        (
            Client { body: |body| replaced(body, "2000;chunk", "8192;chunk"), ..Client::right() },
            vec![("chunk-length-wrong", Proved, &[1])],
        ),
        (
            Client { body: |body| replaced(body, "2000;chunk", "2002;chunk"), ..Client::right() },
            vec![("chunk-length-wrong", Proved, &[1])],
        ),
        // A text mode on the way: the length in the chunk is that of the data as it became.
        (
            Client {
                body: |body| {
                    let text = replaced(body, "2328;chunk", "251c;chunk");
                    let text = String::from_utf8(text).unwrap();
                    text.replace("line one\nline two\n", "line one\r\nline two\n").into_bytes()
                },
                decoded_len: Some(8192 + 9500 + 8),
                ..Client::right()
            },
            vec![("chunk-data-changed", Proved, &[2])],
        ),
        (
            Client {
                body: |body| replaced(replaced(body, "the end\n", "the end"), "\r\n8;chunk", "\r\n7;chunk"),
                decoded_len: Some(17199),
                ..Client::right()
            },
            vec![("chunk-data-changed", Proved, &[3])],
        ),
    ]
}

fn faults_of_framing() -> Vec<(Client, Vec<Expected>)> {
    vec![
        (
            Client { body: |body| replaced(body, "\r\n8;chunk", "\r\nx;chunk"), ..Client::right() },
            vec![("chunk-header-malformed", Seen, &[3])],
        ),
        (Client { body: |body| body[..body.len() - 2].to_vec(), ..Client::right() }, vec![("chunked-body-cut", Seen, &[4])]),
        (Client { body: |body| body[..5000].to_vec(), ..Client::right() }, vec![("chunked-body-cut", Seen, &[1])]),
        (Client { body: |body| body[..body.len() - 86].to_vec(), ..Client::right() }, vec![("final-chunk-missing", Seen, &[4])]),
        (Client { body: |body| [&body, &b"more"[..]].concat(), ..Client::right() }, vec![("body-goes-on", Seen, &[4])]),
        (
            Client { chunks: vec![b"one".to_vec(), b"two".to_vec(), Vec::new()], ..Client::right() },
            vec![("chunk-too-short", Seen, &[1])],
        ),
        (Client { decoded_len: Some(17200 + 1), ..Client::right() }, vec![("decoded-length-differs", Seen, &[4])]),
        (
            Client { body: |body| replaced(body, ";chunk-signature=", ""), ..Client::right() },
            vec![("chunk-header-malformed", Seen, &[1])],
        ),
        (Client { mode: Mode::UnsignedTrailer, ..Client::right() }, vec![("chunk-signature-unexpected", Seen, &[1])]),
        (
            Client { body: |body| replaced(body, "X-Amz-Meta-B:two", "X-Amz-Meta-B"), ..Client::trailing(right) },
            vec![("trailer-malformed", Seen, &[0])],
        ),
        (
            Client { body: |body| replaced(body, "X-Amz-Meta-B:two", "X-Amz-Meta-C:two"), ..Client::trailing(right) },
            vec![("trailer-not-announced", Seen, &[0])],
        ),
        (
            Client { body: |body| replaced(body, "X-Amz-Meta-B:two\r\n", ""), ..Client::trailing(right) },
            vec![("trailer-missing", Seen, &[0])],
        ),
        (
            Client {
                body: |body| replaced(body, "X-Amz-Meta-B:two\r\n", "X-Amz-Meta-B:two\r\nX-Amz-Meta-B:two\r\n"),
                ..Client::trailing(right)
            },
            vec![("trailer-repeated", Seen, &[0])],
        ),
        (
            Client { trailers: &[("x-amz-checksum-crc32", "DUoRhQ==")], ..Client::trailing(right) },
            vec![("checksum-differs", Seen, &[0])],
        ),
    ]
}
