//! Cases from public reports that need more than a request and a secret, and laws about damaged URLs.

use countersign::{
    Form, Inquiry, Report, Request, SecretKey, Subject, Timestamp, explain,
    explain::{Certainty, ClientTexts, Language, Quoted, QuotedFrom, ServerAnswer, Verdict},
};

const SECRET: &str = "cs7EXAMPLEsecretKEY/with+signs0123456789";

fn report(subject: Subject<'_>, secrets: &[SecretKey]) -> Report {
    let mut inquiry = Inquiry::new(subject);
    inquiry.secrets = secrets;
    explain(&inquiry).unwrap()
}

fn is_proved(report: &Report) -> bool {
    report.findings.iter().any(|finding| finding.certainty == Certainty::Proved)
}

/// Two uploads at the same time went through one signer.
#[test]
fn a_signature_of_another_request_is_found_only_beside_that_request() {
    let request = |bucket: &str, signature: &str| {
        format!(
            "PUT /u1/events.json HTTP/1.1\nHost: {bucket}.oss-cn-hangzhou-internal.aliyuncs.com\n\
             Date: Fri, 07 Aug 2015 14:16:37 GMT\nContent-Type: application/octet-stream\n\
             Authorization: OSS CSIDEXAMPLE0001:{signature}\n\n"
        )
    };
    let right = request("zm-slides-ex", "OFg7ln3FFTHzgHEf/nLkuCAX/fk=");
    let first = request("zm-slides-ex", "Rf/HmjAqTf7EArr6tuB8Ih7jZp8=");
    let second = request("zm-lessons-ex", "Rf/HmjAqTf7EArr6tuB8Ih7jZp8=");
    let [right, first, second] = [&right, &first, &second].map(|text| Subject::from(Request::parse(text.as_bytes()).unwrap()));
    let secrets = [SecretKey::new(SECRET)];

    assert_eq!(report(right, &secrets).verdict, Verdict::Valid);
    assert_eq!(report(second.clone(), &secrets).verdict, Verdict::Valid);
    assert!(!is_proved(&report(first.clone(), &secrets)));

    let related = [second];
    let mut inquiry = Inquiry::new(first);
    inquiry.secrets = &secrets;
    inquiry.related = &related;
    let found = explain(&inquiry).unwrap();
    assert_eq!(found.findings[0].code, "bucket-of-another-request");
    assert_eq!(found.findings[0].certainty, Certainty::Proved);
    assert_eq!(found.findings[0].signed.as_deref(), Some("/zm-lessons-ex"));
}

/// The server counts the bucket from the host and from the path.
#[test]
fn a_bucket_counted_twice_shows_in_the_servers_bytes() {
    let url = "https://filebox-ex.oss-cn-hangzhou.aliyuncs.com/filebox-ex/share/data/a.webp\
               ?AWSAccessKeyId=CSIDEXAMPLE0001&Expires=1708795817&Signature=GmSHGtrrV8zJKFbJ2YypLKSqAok%3D";
    let subject = Subject::from(Request::new("GET", url).unwrap());
    let secrets = [SecretKey::new(SECRET)];
    let proved = report(subject.clone(), &secrets);
    assert_eq!(proved.expected_signature.as_deref(), Some("+1rHdl3Qdwz7txeQ+cCXkRiEH8I="));
    assert_eq!(proved.findings[0].code, "bucket-duplicated-in-resource");
    assert_eq!(proved.findings[0].certainty, Certainty::Proved);

    let mut answer = ServerAnswer::default();
    let bytes = b"GET\n\n\n1708795817\n/filebox-ex/filebox-ex/share/data/a.webp".to_vec();
    answer.string_to_sign = Some(Quoted { bytes, from: QuotedFrom::BytesAgainstText });
    let mut inquiry = Inquiry::new(subject);
    inquiry.answer = Some(&answer);
    let seen = explain(&inquiry).unwrap();
    let finding = seen.findings.iter().find(|finding| finding.code == "bucket-duplicated-in-resource").unwrap();
    assert_eq!(finding.certainty, Certainty::Server);
    assert_eq!(finding.signed.as_deref(), Some("/filebox-ex/share/data/a.webp"));
}

/// What looks like an escaped separator may belong to a value.
#[test]
fn a_value_with_an_escaped_separator_is_left_alone() {
    let url = "https://ob-ex.oss-cn-hangzhou.aliyuncs.com/a.txt?response-content-type=a%26Expires%3D2\
               &OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1708795817&Signature=";
    let with = |signature: &str| format!("{url}{signature}");
    let unsigned = with("OMftY60sLCjRnSGcUItrnRQaVAA%3D");
    let subject = Subject::from(Request::new("GET", &unsigned).unwrap());
    assert_eq!(report(subject.clone(), &[]).verdict, Verdict::Undecided);
    let secrets = [SecretKey::new(SECRET)];
    let wrong = report(subject, &secrets);
    assert!(wrong.findings.iter().all(|finding| finding.code != "url-ampersand-escaped"));
    let right = wrong.expected_signature.unwrap().replace('+', "%2B");
    let right = with(&right);
    assert_eq!(report(Request::new("GET", &right).unwrap().into(), &secrets).verdict, Verdict::Valid);
}

/// A URL that is escaped for HTML needs no secret to be recognised.
#[test]
fn an_escaped_url_is_seen_without_a_secret() {
    let url = "https://ob-ex.oss-cn-hangzhou.aliyuncs.com/a.txt\
               ?OSSAccessKeyId=CSIDEXAMPLE0001&amp;Expires=1708795817&amp;Signature=OMftY60sLCjRnSGcUItrnRQaVAA%3D";
    let found = report(Request::new("GET", url).unwrap().into(), &[]);
    assert_eq!(found.verdict, Verdict::Mismatch);
    assert_eq!((found.findings[0].code, found.findings[0].certainty), ("url-ampersand-escaped", Certainty::Seen));
    assert_eq!(found.provided_signature, "OMftY60sLCjRnSGcUItrnRQaVAA=");
}

/// A part of the right signature proves nothing.
#[test]
fn a_cut_signature_is_never_matched() {
    let url = "https://filebox-ex.oss-cn-hangzhou.aliyuncs.com/filebox-ex/share/data/a.webp\
               ?AWSAccessKeyId=CSIDEXAMPLE0001&Expires=1708795817&Signature=";
    for right in ["+1rHdl3Qdwz7txeQ+cCXkRiEH8I=", "GmSHGtrrV8zJKFbJ2YypLKSqAok="] {
        let encoded = right.replace('+', "%2B");
        for cut in 2..12 {
            let url = format!("{url}{}", &encoded[..encoded.len() - cut]);
            let found = report(Request::new("GET", &url).unwrap().into(), &[SecretKey::new(SECRET)]);
            assert_eq!(found.verdict, Verdict::Mismatch, "{url}");
            assert!(!is_proved(&found), "{url}");
            let title = found.findings.iter().find(|finding| finding.code == "url-truncated");
            let title = Language::English.title(title.unwrap_or_else(|| panic!("{url}")));
            // Where the rest is right, the secret is.
            let is_right = right.starts_with('+');
            assert_eq!(title.ends_with("; what is left is the beginning of the right one"), is_right, "{title}");
            assert_eq!(found.findings.iter().all(|finding| finding.code != "secret-wrong"), is_right, "{url}");
        }
    }
}

/// The digits of a timestamp link are hexadecimal, even where all are decimal ones.
#[test]
fn a_moment_in_hexadecimal_is_not_read_as_a_life() {
    let url = "http://x.example.com/a.jpg?sign=e399a29e8e842d65cab567969ca1d63e&t=70123456";
    let found = report(Request::new("GET", url).unwrap().into(), &[SecretKey::new(SECRET)]);
    assert_eq!((found.verdict, found.findings.len()), (Verdict::Valid, 0));
}

/// That a signature ended when no clock ran yet is no cause beside the one that made it so.
#[test]
fn a_life_for_a_moment_is_not_told_as_expired() {
    let url = "https://photos-ex.oss-cn-hangzhou.aliyuncs.com/a.jpg?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=3600&Signature=AAAA";
    let subject = Subject::from(Request::new("GET", url).unwrap());
    let mut inquiry = Inquiry::new(subject);
    inquiry.at = Some(Timestamp::from_unix(1_700_000_000));
    let codes: Vec<_> = explain(&inquiry).unwrap().findings.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&"expiry-argument-misread") && !codes.contains(&"expired"), "{codes:?}");
}

/// What the client printed is what the request needs: the search knows nothing to add.
#[test]
fn a_client_that_printed_the_right_text_has_another_secret() {
    let message = "GET /a HTTP/1.1\nHost: photos-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Fri, 01 May 2026 08:30:15 GMT\n\
                   Authorization: OSS CSIDEXAMPLE0001:Rf/HmjAqTf7EArr6tuB8Ih7jZp8=\n\n";
    let secrets = [SecretKey::new(SECRET)];
    for (path, is_same) in [("/photos-ex/a", true), ("/photos-ex/b", false)] {
        let text = format!("GET\n\n\nFri, 01 May 2026 08:30:15 GMT\n{path}").into_bytes();
        let client = ClientTexts { string_to_sign: Some(text), ..ClientTexts::default() };
        let mut inquiry = Inquiry::new(Request::parse(message.as_bytes()).unwrap().into());
        (inquiry.secrets, inquiry.client) = (&secrets, Some(&client));
        let found = explain(&inquiry).unwrap();
        let titles: Vec<_> = found.findings.iter().map(|finding| Language::English.title(finding)).collect();
        let is_told = titles.iter().any(|title| title.starts_with("the client printed the very text that is right"));
        assert_eq!((is_told, found.verdict), (is_same, Verdict::Mismatch), "{titles:?}");
    }
}

/// Field, condition and the words of the server stand in the report, beside a wrong signature, too.
#[test]
fn what_a_policy_refuses_is_told_with_the_words_of_the_server() {
    let read = |name: &str| {
        let folder = countersign_tests::folder().join("causes/policy-condition-failed").join(name).join("request.form");
        let parts: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(folder).unwrap()).unwrap();
        let pairs = parts.iter().filter_map(|part| Some((part[0].as_str()?.to_owned(), part[1].as_str()?.to_owned())));
        pairs.collect::<Vec<_>>()
    };
    let secrets = [SecretKey::new(SECRET)];
    for (name, codes) in [
        ("s3-v4-post-key", &["policy-condition-failed"][..]),
        ("s3-v4-post-and-signed-wrongly", &["policy-condition-failed", "secret-wrong"]),
    ] {
        let fields = read(name);
        let form = fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value));
        let report = report(form.into(), &secrets);
        assert_eq!(report.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), codes);
        let finding = &report.findings[0];
        let condition = r#"["starts-with", "$key", "user/"]"#;
        assert_eq!((finding.signed.as_deref(), finding.sent.as_deref()), (Some(condition), Some("other/a.jpg")));
        let fact = |name: &str| finding.facts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.to_string());
        assert_eq!(fact("field").as_deref(), Some("key"));
        assert_eq!(fact("condition"), Some(format!("`{condition}`")));
        let answer = format!("`403 AccessDenied: Invalid according to Policy: Policy Condition failed: {condition}`");
        assert_eq!(fact("answer").as_deref(), Some(&*answer));
        assert_eq!(
            Language::English.title(finding),
            format!("the policy does not allow this upload: `other/a.jpg` does not meet the condition `{condition}`")
        );
        assert!(
            Language::English.help(finding).starts_with(&format!("the server answers {answer}: send what the policy demands"))
        );
    }
}

/// A URL that lost its signature is one of the scheme whose parameters are left.
#[test]
fn what_a_cut_url_lacks_is_named() {
    let amazon = "https://bkt-ex.s3.us-east-1.amazonaws.com/a";
    let rest = "X-Amz-Credential=CSIDEXAMPLE0001%2F20180521%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20180521T195540Z\
                &X-Amz-Expires=3600&X-Amz-SignedHeaders=host";
    for (url, scheme, id, missing) in [
        (
            format!("{amazon}?X-Amz-Algorithm=AWS4-HMAC-SHA256&{rest}"),
            "s3-v4-url",
            "CSIDEXAMPLE0001",
            "`X-Amz-Signature` is missing",
        ),
        (
            format!("{amazon}?AWSAccessKeyId=CSIDEXAMPLE0001"),
            "s3-v2-url",
            "CSIDEXAMPLE0001",
            "`Expires`, `Signature` are missing",
        ),
        (
            "https://ob-ex.oss-cn-hangzhou.aliyuncs.com/a?x-oss-date=20180521T195540Z&x-oss-expires=60".into(),
            "oss-v4-url",
            "",
            "`x-oss-credential`, `x-oss-signature-version`, `x-oss-signature` are missing",
        ),
    ] {
        let found = report(Request::new("GET", &url).unwrap().into(), &[]);
        assert_eq!((found.scheme.id(), &*found.access_key_id, found.verdict), (scheme, id, Verdict::Mismatch), "{url}");
        let [finding] = &found.findings[..] else { panic!("{:?}", found.findings) };
        assert_eq!(Language::English.title(finding), format!("the URL is cut off: {missing}"));
    }
    for none in ["?Expires=1", "?e=1700000000", "?x-oss-process=style/a", "?q=a-b&sign=1&t=2", "?response-content-type=a"] {
        let url = format!("{amazon}{none}");
        assert!(explain(&Inquiry::new(Request::new("GET", &url).unwrap().into())).is_err(), "{none}");
    }
}
