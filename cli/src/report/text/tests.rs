use super::*;
use crate::{args::Lang, report::Work, text::words};
use countersign::{Hints, Request, Timestamp, Written, decode, explain::Searched, transcript};
use std::time::Duration;

const DATE: &str = "Fri, 01 May 2026 08:30:15 GMT";
const AUTHORIZATION: &str = "OSS CSIDEXAMPLE0001:1pq+aV94wnlIgoFEkTNHGK9y8+w=";

fn put() -> Request<'static> {
    let request = Request::new("PUT", "https://photos.oss-cn-hangzhou.aliyuncs.com/2026/a%20b.jpg").unwrap();
    request.header("Date", DATE).header("x-oss-meta-owner", "alice").header("Authorization", AUTHORIZATION)
}

fn documents(request: Request<'_>) -> Vec<Written> {
    let subject = request.into();
    let claim = decode(&subject, &Hints::NONE).unwrap();
    transcript(&subject, &claim).unwrap().documents
}

fn finding(code: &'static str, certainty: Certainty, group: usize) -> Shown {
    Shown {
        code,
        certainty,
        matter: Matter::Text,
        group,
        refusal: false,
        sentences: ("", ""),
        facts: Vec::new(),
        fixes: Vec::new(),
        title: format!("the title of {code}"),
        help: format!("the help of {code}"),
        signed: None,
        sent: None,
        also: Vec::new(),
    }
}

/// A report about a `Content-Type` that was added after signing, with these findings.
fn view(verdict: Verdict, findings: Vec<Shown>) -> View {
    let at = Timestamp::from_rfc3339("2026-05-01T08:33:00Z").unwrap();
    View {
        verdict,
        scheme: &countersign::providers::oss::V1_HEADER,
        access_key_id: "CSIDEXAMPLE0001".into(),
        signed_at: Some(at.plus(-165)),
        expires_at: None,
        provided: "1pq+aV94wnlIgoFEkTNHGK9y8+w=".into(),
        expected: Some("4ze7pxTi8LGC/TmZNQpdeaOuGzY=".into()),
        documents: documents(put().header("Content-Type", "application/octet-stream")),
        signed_documents: documents(put()),
        findings,
        searched: Searched {
            variants: 1_204,
            blocks: 0,
            apart: 0,
            causes: 63,
            depth: 2,
            cut_short: false,
            tried: vec!["secret-truncated"],
        },
        secret: None,
        steps: Vec::new(),
        redacted: false,
        work: Work {
            task: Task::Explain,
            has_secret: true,
            has_answer: false,
            has_client_text: false,
            at,
            elapsed: Duration::from_micros(900),
            interrupted: false,
        },
    }
}

fn drawn(view: &View, width: usize) -> String {
    report(view, Canvas { words: words(Lang::En), width, paint: Paint { is_on: false } })
}

#[test]
fn a_proved_explanation_shows_place_proof_and_help() {
    let mut added = finding("content-type-added-by-client", Certainty::Proved, 0);
    added.signed = Some("(no Content-Type)".into());
    added.sent = Some("Content-Type: application/octet-stream".into());
    added.also = vec!["content-type-not-signed"];
    let expected = "\
DOES NOT MATCH  (text, proved) the signed text differs from the request in one place: content type

content-type-added-by-client
  the title of content-type-added-by-client
  signed   (no Content-Type)
  sent     Content-Type: application/octet-stream
  proof    signing with this mistake gives 1pq+…8+w=, exactly the signature in your request
  same as  content-type-not-signed

      string to sign   what was signed                what the server sees
      1  method        PUT                            =
      2  content-md5   ∅                              =
    > 3  content-type  ∅                              application/octet-stream
      4  date          Fri, 01 May 2026 08:30:15 GMT  =
      5  header        x-oss-meta-owner:alice         =
      6  bucket        /photos                        =
         path          /2026/a b.jpg                  =
      ∅ nothing
      the texts part at offset 5: U+000A LINE FEED was signed, and the server sees `a`

help: the help of content-type-added-by-client
note: `--stack` gives the line to change for one of axios, browser-fetch, curl, dotnet, go, java,
      node, okhttp, php, postman, python-requests

oss-v1-header  id CSIDEXAMPLE0001  signed 2026-05-01 08:30:15 UTC, 2 min 45 s ago (clock fine)
1,204 variants of 63 causes, 0.9 ms
";
    assert_eq!(drawn(&view(Verdict::Mismatch, vec![added]), 100), expected);
}

#[test]
fn mistakes_that_belong_together_are_proved_once() {
    let findings = vec![finding("one", Certainty::Proved, 0), finding("two", Certainty::Proved, 0)];
    let text = drawn(&view(Verdict::Mismatch, findings), 100);
    assert_eq!(text.matches("proof ").count(), 1, "{text}");
    assert!(text.contains("signing with both mistakes gives 1pq+…8+w="), "{text}");
}

#[test]
fn what_would_refuse_a_right_signature_does_not_explain_a_wrong_one() {
    let mut skew = finding("clock-skew", Certainty::Seen, 0);
    skew.refusal = true;
    let mut view = view(Verdict::Mismatch, vec![skew]);
    view.signed_documents.clear();
    let text = drawn(&view, 100);
    assert!(text.starts_with("DOES NOT MATCH  no known mistake gives this signature (1,204 variants of 63 causes"), "{text}");
    assert!(text.contains("\nclock-skew\n  the title of clock-skew\n  proof  it can be seen in the request\n"), "{text}");
    view.verdict = Verdict::Rejected;
    let text = drawn(&view, 100);
    assert!(text.starts_with("WOULD BE REFUSED  (text, seen) the signature is right, but the title of clock-skew"), "{text}");
}

#[test]
fn lines_fit_the_terminal() {
    let mut added = finding("content-type-added-by-client", Certainty::Proved, 0);
    added.help = "sign the type you send, or send none; ".repeat(5);
    let view = view(Verdict::Mismatch, vec![added, finding("clock-skew", Certainty::Likely, 1)]);
    for width in [60, 80, 120] {
        for lang in [Lang::En, Lang::Zh] {
            let text = report(&view, Canvas { words: words(lang), width, paint: Paint { is_on: false } });
            for line in text.lines() {
                assert!(line.width() <= width, "{width}: {line}");
                assert!(!line.trim_start().starts_with(['，', '、', '；', '：', '）', '”']), "{width}: {line}");
            }
        }
    }
}

#[test]
fn of_a_very_long_list_of_names_the_rest_is_counted() {
    let names = |count: usize| (0..count).map(|number| format!("`x-{number}`")).collect::<Vec<_>>().join(", ");
    let told = |count: usize| abridged(&format!("set {}, before you sign, and all of it", names(count)), words(Lang::En));
    assert_eq!(told(40), format!("set {}, 31 more, before you sign, and all of it", names(9)));
    assert_eq!(told(20), format!("set {}, before you sign, and all of it", names(20)));
    assert_eq!(abridged("", words(Lang::En)), "");
}
