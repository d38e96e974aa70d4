//! Requests with very many headers, or very long ones: the search stays within what it may cost, and says what it left out.

use countersign::{Inquiry, Report, Request, SecretKey, explain, explain::Certainty};

const SECRET: &str = "cs7EXAMPLEsecretKEY/with+signs0123456789";

/// A request with these headers of its own, all of them listed as signed.
fn message(fields: &[(String, String)], signature: &str) -> String {
    let mut fields = fields.to_vec();
    fields.sort();
    let names: String = fields.iter().map(|(name, _)| format!(";{name}")).collect();
    let fields: String = fields.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!(
        "PUT /a.jpg HTTP/1.1\nHost: photos-ex.s3.eu-central-1.amazonaws.com\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\n\
         X-Amz-Date: 20260314T150926Z\n{fields}Authorization: AWS4-HMAC-SHA256 \
         Credential=CSIDEXAMPLE0001/20260314/eu-central-1/s3/aws4_request, \
         SignedHeaders=host;x-amz-content-sha256;x-amz-date{names}, Signature={signature}\n\n"
    )
}

fn fields(count: usize, value: &str) -> Vec<(String, String)> {
    (0..count).map(|number| (format!("x-amz-meta-k{number:04}"), value.to_owned())).collect()
}

fn explained(message: &str, secret: &str, depth: u8, budget: u64) -> Report {
    let secrets = [SecretKey::new(secret)];
    let mut inquiry = Inquiry::new(Request::parse(message.as_bytes()).unwrap().into());
    (inquiry.secrets, inquiry.depth, inquiry.budget) = (&secrets, depth, budget);
    explain(&inquiry).unwrap()
}

/// What is proved of a request that has these headers, and was signed without the last of them and with another secret.
fn proved(fields: &[(String, String)], secret: &str) -> Vec<&'static str> {
    let signed = fields.split_last().map(|(_, signed)| signed).unwrap_or_default();
    let signature = explained(&message(signed, "00"), secret, 0, 1).expected_signature.unwrap();
    let report = explained(&message(fields, &signature), SECRET, 2, 1_000_000);
    let proved = report.findings.iter().filter(|finding| finding.certainty == Certainty::Proved);
    let mut codes: Vec<_> = proved.map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes
}

#[test]
fn very_many_headers_are_not_searched_in_pairs() {
    let wrong = "0".repeat(64);
    let searched = |count| explained(&message(&fields(count, "v"), &wrong), SECRET, 2, 1_000_000).searched;
    let (few, some, many) = (searched(100), searched(500), searched(1_000));
    // All of them are tried, and what is not tried in pairs is counted.
    assert!(many.variants > some.variants && many.apart >= few.apart + 1_000, "{} {}", few.apart, many.apart);
    assert!(!some.cut_short && !many.cut_short);
    // Each is a text of its own as long as all of them: twice as many cost four times as much, and not eight.
    assert!(many.blocks < 5 * some.blocks, "{} {}", some.blocks, many.blocks);
}

#[test]
fn one_of_very_many_headers_is_found_by_itself_and_with_another_secret() {
    let fields = fields(600, "v");
    assert_eq!(proved(&fields, SECRET), ["header-added-after-signing"]);
    let two = ["header-added-after-signing", "secret-surrounding-whitespace"];
    assert_eq!(proved(&fields, &format!("{SECRET}\n")), two);
}

#[test]
fn long_texts_use_up_the_budget_sooner() {
    let wrong = "0".repeat(64);
    let searched = |value: &str| explained(&message(&fields(20, value), &wrong), SECRET, 2, 20_000).searched;
    let (short, long) = (searched("v"), searched(&"v".repeat(20_000)));
    assert!(long.cut_short && long.variants < short.variants, "{long:?}");
    // No more than a text is begun when it is used up.
    assert!(long.blocks < 12 * 20_000 + 10_000, "{}", long.blocks);
}
