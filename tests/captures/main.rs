//! Texts as people paste them, with requests that are signed rightly: reading one byte wrong shows.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault")]

mod laws;

use countersign::{
    Body, Form, Hints, Inquiry, Request, SecretKey, Subject, Verification, explain,
    explain::{Certainty, ClientTexts, ServerAnswer, Verdict},
    verify,
    wire::hex,
};
use countersign_capture::{Capture, Found, Thing, read};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

#[derive(Deserialize)]
struct Index {
    secret: String,
    cases: BTreeMap<String, About>,
}

/// What is in a text.
#[derive(Deserialize)]
struct About {
    things: Vec<String>,
    /// How many of them have an answer.
    answers: usize,
    /// Whether the answer tells the clock.
    date: bool,
    /// The codes of what is said of the reading.
    notes: BTreeSet<String>,
    /// Whether the client printed what it signed.
    texts: bool,
    /// `same` when the bytes that were signed are known, `unknown` when they are not in the text.
    body: String,
}

fn folder() -> PathBuf {
    countersign_tests::folder().join("captures")
}

fn index() -> Index {
    serde_json::from_slice(&std::fs::read(folder().join("index.json")).unwrap()).unwrap()
}

fn captured(name: &str) -> Capture {
    let text = std::fs::read(folder().join(format!("{name}.txt"))).unwrap();
    read(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

fn kind(thing: &Thing) -> &'static str {
    match thing {
        Thing::Request(_) => "request",
        Thing::Url(_) => "url",
        Thing::Header(_) => "header",
        Thing::Token(_) => "token",
        Thing::Form(_) => "form",
        _ => "other",
    }
}

/// Gives the thing as the library sees it.
fn with_subject<T>(thing: &Thing, look: impl FnOnce(Subject<'_>) -> T) -> T {
    match thing {
        Thing::Request(request) => look(request.parse().unwrap().into()),
        Thing::Url(url) => look(Request::new("GET", url).unwrap().into()),
        Thing::Token(token) => look(Subject::Token(token)),
        Thing::Form(fields) => look(fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value)).into()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_signature_is_right_for_what_was_read() {
    let Index { secret, cases } = index();
    assert!(cases.len() >= 100);
    let secret = SecretKey::new(secret);
    for (name, about) in &cases {
        let capture = captured(name);
        let kinds: Vec<_> = capture.found.iter().map(|found| kind(&found.thing)).collect();
        assert_eq!(kinds, about.things, "{name}: {capture:#?}");
        for found in &capture.found {
            let verification = with_subject(&found.thing, |subject| {
                verify(&subject, &secret, &Hints::NONE).map(|v| matches!(v, Verification::Matches(_)))
            });
            assert!(matches!(verification, Ok(true)), "{name}: {verification:?} {found:#?}");
        }
    }
}

/// A header states the hash of the body, so that the signature alone says nothing of its bytes.
#[test]
fn bodies_are_those_whose_hash_is_signed() {
    let mut seen = 0;
    for (name, about) in &index().cases {
        for Found { thing, .. } in captured(name).found {
            let Thing::Request(request) = &thing else { continue };
            let request = request.parse().unwrap();
            let is_known = !matches!(request.body(), Body::Unknown);
            assert_eq!(is_known, about.body == "same", "{name}: {request:#?}");
            let stated = request.header_value("x-amz-content-sha256").filter(|stated| stated.len() == 64);
            if let (Some(digest), Some(stated)) = (request.body().digest(), stated) {
                let mut found = Vec::new();
                hex::encode(&digest.sha256, &mut found);
                assert_eq!(found, stated, "{name}: {:?}", request.body());
                seen += 1;
            }
        }
    }
    assert!(seen >= 40, "{seen}");
}

#[test]
fn answers_clocks_texts_and_notes_are_found_with_them() {
    for (name, about) in &index().cases {
        let capture = captured(name);
        let answers: Vec<_> = capture.found.iter().filter_map(|found| found.answer.as_ref()).collect();
        assert_eq!(answers.len(), about.answers, "{name}: {capture:#?}");
        for answer in &answers {
            let date = answer.date.map(|date| date.to_string());
            assert_eq!(date.as_deref(), about.date.then_some("2024-03-15T08:30:47Z"), "{name}");
            let refused = ServerAnswer::parse(&answer.bytes);
            if answer.bytes.windows(21).any(|window| window == b"SignatureDoesNotMatch") {
                assert_eq!(refused.unwrap().code.as_deref(), Some("SignatureDoesNotMatch"), "{name}");
            }
        }
        let texts = capture.found.iter().any(|found| found.texts.is_some());
        assert_eq!(texts, about.texts, "{name}");
        let notes: BTreeSet<String> = capture.notes.iter().map(|note| note.code().to_owned()).collect();
        assert_eq!(notes, about.notes, "{name}: {:?}", capture.notes);
    }
}

/// The client's texts are exactly those that were signed.
#[test]
fn the_texts_a_client_prints_are_the_signed_ones() {
    let mut seen = 0;
    for name in index().cases.iter().filter(|(_, about)| about.texts).map(|(name, _)| name) {
        for found in captured(name).found {
            let Some(texts) = &found.texts else { continue };
            with_subject(&found.thing, |subject| {
                let claim = countersign::decode(&subject, &Hints::NONE).unwrap();
                let written = countersign::transcript(&subject, &claim).unwrap();
                for document in &written.documents {
                    let printed = if document.document == countersign::Document::CanonicalRequest {
                        &texts.canonical_request
                    } else {
                        &texts.string_to_sign
                    };
                    if let Some(printed) = printed {
                        assert_eq!(String::from_utf8_lossy(printed), String::from_utf8_lossy(&document.text), "{name}");
                        seen += 1;
                    }
                }
            });
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn every_text_is_listed() {
    let listed: BTreeSet<String> =
        index().cases.into_keys().map(|name| format!("{name}.txt")).chain(["index.json".to_owned()]).collect();
    let there: BTreeSet<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, listed);
}

/// The signature is made with Python's hmac, over the path with its dots.
#[test]
fn a_path_that_a_client_resolves_is_proved() {
    let url = "https://photos-ex.s3.us-east-1.amazonaws.com/x/./a/../b.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=\
               CSIDEXAMPLE0001%2F20261130%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261130T100000Z&X-Amz-Expires=3600&\
               X-Amz-SignedHeaders=host&X-Amz-Signature=b1cfe926f1e4a11d642eb7c2e8565f014982d82b4b302f907ebb620ad7c9dd1f";
    let secrets = [SecretKey::new(index().secret)];
    for text in
        ["curl 'URL'", "wget 'URL'", "$ http GET 'URL'", "fetch('URL', {method: 'GET'})", "requests.get('URL', headers={})"]
    {
        let capture = read(text.replace("URL", url).as_bytes()).unwrap();
        let found = &capture.found[0];
        with_subject(&found.thing, |subject| {
            let mut inquiry = Inquiry::new(subject);
            (inquiry.secrets, inquiry.given_path) = (&secrets, found.given.as_deref());
            let report = explain(&inquiry).unwrap();
            let first = &report.findings[0];
            assert_eq!((first.code, first.certainty), ("path-normalised", Certainty::Proved), "{text}: {report:#?}");
            assert_eq!(first.signed.as_deref(), Some("/x/./a/../b.txt"));
        });
    }
    let capture = read(format!("curl --path-as-is '{url}'").as_bytes()).unwrap();
    assert_eq!(capture.found[0].given, None);
}

/// A request that was changed in three places after it was signed, which no search for one or two mistakes undoes.
#[test]
fn what_a_client_printed_shows_what_it_signed() {
    let log = String::from_utf8(std::fs::read(folder().join("botocore.txt")).unwrap()).unwrap();
    let log = log.replace("/?list-type=2&prefix=2024%2F, headers", "/else/where?list-type=3&prefix=2025%2F&c=d, headers");
    let capture = read(log.as_bytes()).unwrap();
    let found = &capture.found[0];
    let secrets = [SecretKey::new(index().secret)];
    let signature = "f5f0370c45f0a1af85f90487d97ad2b0248d4b85c63a423044524bcacb23374f";
    with_subject(&found.thing, |subject| {
        let mut inquiry = Inquiry::new(subject);
        inquiry.client = found.texts.as_ref();
        let without = explain(&inquiry).unwrap();
        assert_eq!(without.verdict, Verdict::Mismatch);
        assert!(without.findings.len() > 1 && without.findings.iter().all(|own| own.certainty >= Certainty::Seen), "{without:?}");
        inquiry.secrets = &secrets;
        let with = explain(&inquiry).unwrap();
        assert_eq!(with.provided_signature, signature);
        let proved: Vec<_> = with.findings.iter().filter(|own| own.certainty == Certainty::Proved).map(|own| own.code).collect();
        assert!(proved.contains(&"query-added-after-signing") && proved.contains(&"path-rewritten-by-proxy"), "{proved:?}");
        let signed = with.signed_documents.unwrap();
        let texts = found.texts.as_ref().unwrap();
        assert_eq!(Some(signed.string_to_sign()), texts.string_to_sign.as_deref());
        // A text that does not give the signature proves nothing.
        let other =
            ClientTexts { canonical_request: texts.canonical_request.as_ref().map(|text| text.repeat(2)), string_to_sign: None };
        inquiry.client = Some(&other);
        let other = explain(&inquiry).unwrap();
        assert!(other.findings.iter().all(|own| own.certainty != Certainty::Proved), "{other:?}");
    });
}
