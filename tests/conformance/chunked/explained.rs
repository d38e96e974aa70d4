//! Planted mistakes behind the head are explained, and with another secret nothing is proved.

mod client;
mod planted;

use super::{upload, without_signatures};
use client::{Client, NOTHING, SECRET, URL, right};
use countersign::{
    Body, Credentials, Document, Inquiry, Request, Role, SecretKey, Terms, Timestamp, explain,
    explain::{Certainty, Language, ServerAnswer, Verdict},
    providers::s3::{
        V4_HEADER,
        chunked::{ChunkInquiryError, ChunkReport, Mode, Piece, PieceState, SeedError, codes, explain_chunks},
    },
    sign,
};
use countersign_tests::folder;
use planted::{all, replaced};
use std::collections::BTreeSet;

fn found(report: &ChunkReport) -> Vec<(&'static str, Certainty, Vec<u64>)> {
    let number = |piece: &Piece| if let Piece::Chunk(number) = piece { *number } else { 0 };
    let findings = report.findings.iter();
    findings.map(|found| (found.finding.code, found.finding.certainty, found.pieces.iter().map(number).collect())).collect()
}

#[test]
fn every_planted_mistake_is_explained() {
    let mut planted: BTreeSet<&str> = ["chunk-signature-missing"].into();
    let mut failures = Vec::new();
    for (number, (client, expected)) in all().into_iter().enumerate() {
        let report = client.explain(&[SecretKey::new(SECRET)], 2);
        let expected: Vec<_> = expected.into_iter().map(|(code, certainty, pieces)| (code, certainty, pieces.to_vec())).collect();
        if found(&report) != expected {
            failures.push(format!("case {number}: found {:?}, expected {expected:?}", found(&report)));
        }
        let wrong = report.pieces.iter().any(|piece| piece.state == PieceState::Wrong);
        let verdict = if wrong || report.seed.verdict == Verdict::Mismatch { Verdict::Mismatch } else { Verdict::Rejected };
        assert_eq!(report.verdict, verdict, "case {number}");
        for finding in &report.findings {
            planted.insert(finding.finding.code);
            for language in [Language::English, Language::Chinese] {
                for text in [language.title(&finding.finding), language.help(&finding.finding)] {
                    assert!(!text.is_empty() && !text.contains(['{', '}']) && !text.ends_with([' ', ':', '.']), "{text}");
                }
            }
        }
        assert!(!format!("{report:?}").contains(SECRET), "case {number}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(planted, codes().collect());
}

/// Who asks about a request is told of its chunks.
#[test]
fn explaining_the_request_explains_its_chunks() {
    let secrets = [SecretKey::new(SECRET)];
    for (number, (client, _)) in all().into_iter().enumerate() {
        let chunks = client.explain(&secrets, 2);
        let whole = client.explain_whole(&secrets, 2);
        assert_eq!(whole.verdict, chunks.verdict, "case {number}");
        let codes: Vec<_> = whole.findings.iter().map(|finding| finding.code).collect();
        let behind: Vec<_> = chunks.findings.iter().map(|found| found.finding.code).collect();
        assert!(codes.ends_with(&behind) && !behind.is_empty(), "case {number}: {codes:?}");
        let groups: Vec<_> = whole.findings.iter().map(|finding| finding.group).collect();
        assert!(groups.is_sorted() && groups[0] == 0, "case {number}: {groups:?}");
        let wrong = chunks.pieces.into_iter().find(|piece| piece.state == PieceState::Wrong);
        match wrong.filter(|_| chunks.seed.verdict != Verdict::Mismatch) {
            Some(piece) => {
                let signatures = (whole.provided_signature, whole.expected_signature);
                assert_eq!(signatures, (piece.provided_signature, piece.expected_signature), "case {number}");
                assert_eq!(whole.documents[0].text, piece.documents[0].text, "case {number}");
            }
            None => assert_eq!(whole.provided_signature, chunks.seed.provided_signature, "case {number}"),
        }
    }
}

#[test]
fn every_code_has_sentences_of_its_own() {
    let mut seen = BTreeSet::new();
    for code in codes() {
        assert!(seen.insert(code), "{code} is listed twice");
        let text = Language::English.cause(code).unwrap_or_else(|| panic!("{code} has no sentences"));
        assert!(!text.title.ends_with('.') && !text.help.ends_with('.') && !text.help.is_empty(), "{code}");
        assert!(!countersign::explain::codes().any(|own| own == code), "{code} is in the catalogue of heads, too");
    }
}

#[test]
fn with_another_secret_nothing_is_proved() {
    for (number, (client, _)) in all().into_iter().enumerate() {
        let report = client.explain(&[SecretKey::new("csAnotherMadeUpSecret0000000")], 1);
        let proved: Vec<_> = found(&report).into_iter().filter(|(_, certainty, _)| *certainty == Certainty::Proved).collect();
        assert!(proved.is_empty(), "case {number}: {proved:?}");
        assert!(report.pieces.iter().all(|piece| piece.state != PieceState::Right), "case {number}");
    }
}

#[test]
fn what_is_right_is_valid() {
    for client in [Client::right(), Client::trailing(right)] {
        // Of several secrets the right one is taken.
        let report = client.explain(&[SecretKey::new("another"), SecretKey::new(SECRET)], 2);
        assert_eq!((report.verdict, found(&report)), (Verdict::Valid, Vec::new()));
        assert!(report.pieces.iter().all(|piece| piece.state == PieceState::Right && piece.documents.is_empty()));
        assert_eq!(report.pieces.len(), 4 + usize::from(client.mode == Mode::SignedTrailer));
        assert!(report.pieces.iter().all(|piece| piece.expected_signature.as_ref() == Some(&piece.provided_signature)));
        assert_eq!(report.pieces[1].offset, 8281);
    }
}

#[test]
fn a_secret_with_a_line_feed_explains_head_and_body() {
    let client = Client { secret: "madeUpSecretOnlyForThisTest\n", ..Client::trailing(right) };
    let report = client.explain(&[SecretKey::new(SECRET)], 2);
    assert_eq!(report.seed.findings[0].code, "secret-surrounding-whitespace");
    assert_eq!(found(&report), [("secret-surrounding-whitespace", Certainty::Proved, vec![1, 2, 3, 4, 0])]);
    let finding = &report.findings[0].finding;
    let piece = finding.facts.iter().find(|(name, _)| *name == "piece").unwrap();
    assert_eq!(piece.1.to_string(), "chunks 1 to 4, the trailers");
}

#[test]
fn wrong_pieces_come_with_their_texts() {
    let report = Client::new(|m| m.behind(m.seed)).explain(&[SecretKey::new(SECRET)], 2);
    let documents = &report.pieces[1].documents;
    assert_eq!(documents.len(), 1);
    let part = documents[0].part(Role::PreviousSignature).unwrap();
    assert_eq!(documents[0].bytes(part), report.pieces[0].provided_signature.as_bytes());
    let finding = &report.findings[0].finding;
    assert_eq!(finding.sent.as_ref(), Some(&report.pieces[0].provided_signature));
    assert_eq!(finding.signed.as_ref(), Some(&report.seed.provided_signature));

    let report =
        Client::trailing(|m| if m.is_trailer() { m.trailer("") } else { m.right() }).explain(&[SecretKey::new(SECRET)], 2);
    let documents = &report.pieces[4].documents;
    assert_eq!(
        (documents[0].document, documents[0].text.as_slice()),
        (Document::CanonicalRequest, &b"x-amz-meta-a:one\nx-amz-meta-b:two\n"[..])
    );
}

/// The signatures are made with Python's hmac, the seed with the hash of the data in place of the word for it.
#[test]
fn a_seed_with_the_hash_of_the_data_is_proved_and_no_other_is_laid_to_the_secret() {
    let (head, body) = (
        "PUT /a HTTP/1.1\r\nHost: bkt-ex.s3.us-east-1.amazonaws.com\r\nx-amz-date: 20180521T195540Z\r\n\
         x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\r\nx-amz-decoded-content-length: 5\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/20180521/us-east-1/s3/aws4_request, \
         SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length, \
         Signature=a7ab8c9c88f3de5b8de90815eacd84ec5acb3048806c55ede16d091eb4338e30\r\n",
        "5;chunk-signature=aa66a9236681675a8afe0f55d594a90f0ec4416504a15dd09b350494197b43fb\r\nhello\r\n\
         0;chunk-signature=e5c7c9a4f892548d4f76ac96c539e0d001ef19e8992897a3510fa81d0c67dbb8\r\n\r\n",
    );
    let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
    let codes = |head: &str| -> Vec<_> {
        let request = Request::parse_head(head.as_bytes()).unwrap().with_body(Body::Bytes(body.as_bytes()));
        let mut inquiry = Inquiry::new(request.into());
        inquiry.secrets = &secrets;
        let report = explain(&inquiry).unwrap();
        assert_eq!(report.verdict, Verdict::Mismatch);
        report.findings.into_iter().map(|own| (own.code, own.certainty, own.group)).collect()
    };
    let alone = ("seed-alone-wrong", Certainty::Proved);
    assert_eq!(codes(head), [("payload-hash-literal-wrong", Certainty::Proved, 0), (alone.0, alone.1, 1)]);
    // Whatever else was signed: with another secret, the chunks would be wrong, too.
    assert_eq!(codes(&head.replace("PUT /a ", "PUT /else/where ").replace("bkt-ex", "other-ex")), [(alone.0, alone.1, 0)]);
}

#[test]
fn without_a_secret_only_what_is_seen_is_said() {
    let report = Client::right().explain(&[], 2);
    assert_eq!((report.verdict, found(&report)), (Verdict::Undecided, Vec::new()));
    assert!(report.pieces.iter().all(|piece| piece.state == PieceState::Unchecked));
    let cut = Client { body: |body| body[..5000].to_vec(), ..Client::right() };
    let report = cut.explain(&[], 2);
    assert_eq!((report.verdict, found(&report)), (Verdict::Rejected, vec![("chunked-body-cut", Certainty::Seen, vec![1])]));
}

#[test]
fn unsigned_chunks_are_judged_by_framing_and_checksum() {
    let upload = upload("v4c-trailer-crc32").unsigned_chunks();
    let explain = |body: &[u8]| {
        let mut inquiry = Inquiry::new(upload.request().with_body(Body::Bytes(body)).into());
        let secrets = [SecretKey::new("s3cr3t+Key/EXAMPLE/aaaaaaaaaaaaaaaaaaaaaa")];
        inquiry.secrets = &secrets;
        explain_chunks(&inquiry).unwrap()
    };
    let body = without_signatures(&upload);
    let report = explain(&body);
    assert_eq!((report.verdict, found(&report)), (Verdict::Valid, Vec::new()));
    let report = explain(&replaced(body.clone(), "hello", "jello"));
    assert_eq!((report.verdict, found(&report)), (Verdict::Rejected, vec![("checksum-differs", Certainty::Seen, vec![0])]));
    let report = explain(&replaced(body, "b\r\n", "a\r\n"));
    assert_eq!((report.verdict, found(&report)), (Verdict::Rejected, vec![("chunk-length-wrong", Certainty::Seen, vec![1])]));
}

#[test]
fn missing_signatures_are_said_once() {
    let upload = upload("v4c-trailer-crc32");
    let body = without_signatures(upload);
    let mut inquiry = Inquiry::new(upload.request().with_body(Body::Bytes(&body)).into());
    let secrets = [SecretKey::new("s3cr3t+Key/EXAMPLE/aaaaaaaaaaaaaaaaaaaaaa")];
    inquiry.secrets = &secrets;
    let report = explain_chunks(&inquiry).unwrap();
    assert_eq!(
        (report.verdict, found(&report)),
        (Verdict::Mismatch, vec![("chunk-signature-missing", Certainty::Seen, vec![1])])
    );
}

/// As Swift answers when it refuses a chunk.
#[test]
fn what_a_server_quotes_of_a_chunk_is_not_held_against_the_head() {
    let path = folder().join("error-bodies/swift-2.38.3-s3api/chunked_bad_chunk_sig.http");
    let answer = ServerAnswer::parse(&std::fs::read(path).unwrap()).unwrap();
    let upload = upload("v4c-one");
    let body = upload.body();
    let mut inquiry = Inquiry::new(upload.request().with_body(Body::Bytes(&body)).into());
    let secrets = [SecretKey::new("s3cr3t+Key/EXAMPLE/aaaaaaaaaaaaaaaaaaaaaa")];
    (inquiry.secrets, inquiry.answer) = (&secrets, Some(&answer));
    let report = explain_chunks(&inquiry).unwrap();
    assert_eq!((report.verdict, report.seed.verdict, report.seed.findings.len()), (Verdict::Valid, Verdict::Valid, 0));
}

#[test]
fn other_requests_are_not_for_it() {
    let upload = upload("v4c-one");
    let inquiry = Inquiry::new(upload.request().with_body(Body::Unknown).into());
    assert!(matches!(explain_chunks(&inquiry), Err(ChunkInquiryError::Verify(_))));
    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new(SECRET));
    let request = Request::new("PUT", URL).unwrap();
    let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1");
    let signed = sign(&V4_HEADER, &request, &who, &terms).unwrap();
    let request = signed.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let error = explain_chunks(&Inquiry::new(request.into())).unwrap_err();
    assert_eq!(error, ChunkInquiryError::Seed(SeedError::NotChunked(NOTHING.into())));
}
