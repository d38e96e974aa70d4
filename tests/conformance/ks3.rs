//! What is peculiar to Kingsoft KS3: forms, share URLs, two namings, and rules on which its documents
//! and its SDKs disagree. `requests` runs the V2 vectors through the laws common to all vendors.

use crate::every;
use countersign::{
    Body, Document, Encoding, Form, Hints, Request, Role, SecretKey, SignError, Subject, Terms, Timestamp, Transcript,
    UploadScheme, Verification, VerifyError, decode, presign,
    providers::{ks3, s3},
    sign, sign_form, transcript, verify,
};
use countersign_tests::{Case, load};

fn cases(scheme: &'static str) -> impl Iterator<Item = Case> {
    load("ks3").cases.into_iter().filter(move |case| case.scheme == scheme)
}

fn case(id: &str) -> Case {
    load("ks3").cases.into_iter().find(|case| case.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

#[test]
fn every_case_is_of_a_tested_scheme() {
    let counts = ["ks3-v2-header", "ks3-v2-url", "ks3-post"].map(|scheme| cases(scheme).count());
    assert_eq!(counts, [43, 19, 11]);
    assert_eq!(load("ks3").cases.len(), counts.iter().sum::<usize>());
}

/// A request as it goes out, signature and all.
#[derive(Clone)]
struct Sent {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
}

impl Sent {
    fn of(case: &Case) -> Self {
        let message = case.request.clone().unwrap();
        let mut headers = message.headers;
        headers.extend(case.expect.authorization.clone().map(|value| ("Authorization".to_owned(), value)));
        Self { method: message.method, url: case.expect.url.clone().unwrap_or(message.url), headers }
    }

    fn request(&self) -> Request<'_> {
        let request = Request::new(&self.method, &self.url).unwrap();
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn with_url(mut self, from: &str, to: &str) -> Self {
        assert!(self.url.contains(from), "{} does not hold {from}", self.url);
        self.url = self.url.replace(from, to);
        self
    }

    fn is_accepted(&self, case: &Case) -> bool {
        matches!(verify(&self.request().into(), case.who().secret(), &Hints::default()), Ok(Verification::Matches(_)))
    }

    fn reads_as(&self) -> Result<&'static str, VerifyError> {
        decode(&self.request().into(), &Hints::default()).map(|claim| claim.scheme.id())
    }
}

fn text_of(written: &Transcript, document: Document) -> String {
    String::from_utf8(written.document(document).expect("the document").text.clone()).unwrap()
}

/// Whether the SDK signed this parameter, as its string to sign tells.
fn signs_param(case: &Case, name: &str) -> bool {
    let resource = case.expect.string_to_sign.as_deref().and_then(|text| text.rsplit('\n').next()).unwrap();
    let sub_resources = resource.split_once('?').map_or("", |(_, params)| params);
    matches!(name, "Expires" | "Signature")
        || sub_resources.split('&').any(|param| param.split('=').next().is_some_and(|own| own == name))
}

#[test]
fn what_is_signed_cannot_change_and_the_rest_can() {
    let (mut refused, mut accepted) = (0, 0);
    for case in cases("ks3-v2-header").chain(cases("ks3-v2-url")) {
        let sent = Sent::of(&case);
        assert!(sent.is_accepted(&case), "{}", case.id);
        let mut check = |changed: &Sent, signed: bool, what: &str| {
            assert_eq!(changed.is_accepted(&case), !signed, "{}: {what}", case.id);
            if signed { refused += 1 } else { accepted += 1 }
        };
        for (at, (name, value)) in sent.headers.iter().enumerate() {
            let name = name.to_ascii_lowercase();
            let in_a_line = matches!(&*name, "content-md5" | "content-type" | "date");
            if name == "host" || name == "authorization" {
                continue;
            }
            let mut changed = sent.clone();
            changed.headers[at].1 = format!("{value}x");
            check(&changed, in_a_line || name.starts_with("x-kss-"), &name);
        }
        for param in sent.url.split_once('?').map_or("", |(_, query)| query).split('&').filter(|param| !param.is_empty()) {
            let (name, value) = param.split_once('=').unwrap_or((param, ""));
            if name != "KSSAccessKeyId" {
                let changed = sent.clone().with_url(param, &format!("{name}=x{value}"));
                check(&changed, signs_param(&case, name), name);
            }
        }
        if let Some(bucket) = &case.bucket {
            let mut changed = sent.clone().with_url(bucket, "another");
            changed.headers.retain(|(name, _)| name != "Host");
            check(&changed, true, "bucket");
        }
    }
    // Counted in the vectors by their strings to sign.
    assert_eq!((refused, accepted), (213, 9));
}

#[test]
fn captured_messages_verify_with_the_blanks_they_hold() {
    for case in cases("ks3-v2-header") {
        let sent = Sent::of(&case);
        let target = sent.url.splitn(4, '/').nth(3).unwrap();
        let headers: String = sent.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let message = format!("{} /{target} HTTP/1.1\r\n{headers}\r\n", sent.method);
        let subject = Subject::from(Request::parse(message.as_bytes()).unwrap());
        let answer = verify(&subject, case.who().secret(), &Hints::default()).unwrap();
        assert!(matches!(answer, Verification::Matches(_)), "{}", case.id);
    }
}

#[test]
fn the_first_of_repeated_headers_is_signed() {
    let case = case("ks3-h-put-acl-header");
    assert!(Sent::of(&case).header("x-kss-acl", "private").is_accepted(&case));
    let mut swapped = Sent::of(&case);
    swapped.headers.insert(0, ("x-kss-acl".into(), "private".into()));
    assert!(!swapped.is_accepted(&case));
}

#[test]
fn a_bare_plus_in_the_signature_arrives_as_a_blank() {
    let case = case("ks3-u-put-md5-acl");
    assert!(Sent::of(&case).is_accepted(&case));
    let bare = Sent::of(&case).with_url("%2B", "+");
    assert!(!bare.is_accepted(&case));
    let subject = bare.request().into();
    let claim = decode(&subject, &Hints::default()).unwrap();
    assert_eq!(claim.signature.to_str(), case.expect.signature.unwrap().replace('+', " "));
}

#[test]
fn a_date_of_its_own_is_verified_in_both_ways_and_the_way_is_told() {
    let case = case("ks3-h-x-kss-date");
    let secret = SecretKey::new(case.credentials.secret.clone().unwrap());
    let read = |sent: &Sent| match verify(&sent.request().into(), &secret, &Hints::default()) {
        Ok(Verification::Matches(verified)) => Some((verified.claim().dialect, verified.claim().signed_at.unwrap().to_string())),
        _ => None,
    };
    assert_eq!(read(&Sent::of(&case)), Some((None, "2022-11-04T05:30:00Z".into())));

    // The document's way: the date line stays empty. A `Date` that a proxy adds changes nothing.
    let mut own_alone = Sent::of(&case);
    own_alone.headers.retain(|(name, _)| name != "Date" && name != "Authorization");
    let signed = every::sign(&ks3::V2_HEADER, &own_alone.request(), case.who(), &Terms::at(case.clock())).unwrap();
    let [(name, authorization)] = *signed.headers.iter().collect::<Vec<_>>() else { panic!("{:?}", signed.headers) };
    let own_alone = own_alone.header(name, authorization);
    let subject = own_alone.request().into();
    let written = transcript(&subject, &decode(&subject, &Hints::default()).unwrap()).unwrap();
    let empty_line = case.expect.string_to_sign.unwrap().replace("\nFri, 04 Nov 2022 05:30:00 GMT\n", "\n\n");
    assert_eq!(text_of(&written, Document::StringToSign), empty_line);
    assert_eq!(read(&own_alone), Some((None, "2022-11-04T05:30:05Z".into())));
    let both = own_alone.clone().header("Date", "Fri, 04 Nov 2022 05:30:00 GMT");
    assert_eq!(read(&both), Some((Some("empty-date"), "2022-11-04T05:30:05Z".into())));
    let mut changed = both;
    changed.headers.iter_mut().find(|(name, _)| name == "x-kss-date").unwrap().1.push('x');
    assert_eq!(read(&changed), None);
}

#[test]
fn older_and_aws_names_of_the_access_key_are_read() {
    let mut read = 0;
    for case in cases("ks3-v2-url").filter(|case| case.id != "ks3-u-policy-prefix") {
        let sent = Sent::of(&case);
        let old = sent.clone().with_url("KSSAccessKeyId=", "AccessKeyId=");
        assert_eq!(old.reads_as(), Ok("ks3-v2-url"), "{}", case.id);
        assert!(old.is_accepted(&case), "{}", case.id);
        // Under the AWS naming headers are called `x-amz-*`.
        if !sent.headers.iter().any(|(name, _)| name.starts_with("x-kss-")) {
            let aws = sent.with_url("KSSAccessKeyId=", "AWSAccessKeyId=");
            assert_eq!(aws.reads_as(), Ok("s3-v2-url"), "{}", case.id);
            assert!(aws.is_accepted(&case), "{}", case.id);
            read += 1;
        }
    }
    assert_eq!(read, 17);
}

#[test]
fn the_older_name_is_not_taken_from_other_vendors() {
    let sent = Sent::of(&case("ks3-u-get")).with_url("KSSAccessKeyId=", "AccessKeyId=");
    let at = |host: &str| sent.clone().with_url("demo-bucket.ks3-cn-beijing.ksyuncs.com", host);
    assert_eq!(at("static.example.com").reads_as(), Ok("ks3-v2-url"));
    assert_eq!(at("demo-bucket.oss-cn-beijing.aliyuncs.com").reads_as(), Err(VerifyError::NoClaim));
    assert_eq!(at("static.example.com").with_url("Expires=", "Timestamp=").reads_as(), Err(VerifyError::NoClaim));
}

#[test]
fn a_share_url_signs_expiry_bucket_and_policy_alone() {
    let case = case("ks3-u-policy-prefix");
    let sent = Sent::of(&case);
    let subject = sent.request().into();
    let claim = decode(&subject, &Hints::default()).unwrap();
    let policy = claim.document.as_deref().and_then(|text| Encoding::Base64.decode(text)).unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&policy).unwrap(), case.rest["policy"]);

    assert!(sent.clone().with_url("/?", "/shared/a.jpg?").is_accepted(&case));
    assert!(sent.clone().with_url("/?", "/?prefix=shared%2F&").header("Content-Type", "text/plain").is_accepted(&case));
    assert!(sent.clone().with_url("==", "%3D%3D").is_accepted(&case));
    for (from, to) in [("demo-bucket", "other-bucket"), ("Expires=1", "Expires=2"), ("Policy=e", "Policy=f")] {
        assert!(!sent.clone().with_url(from, to).is_accepted(&case), "{from} to {to}");
    }

    // A session token is signed, too.
    let message = case.request.clone().unwrap();
    let url = format!("{}?X-Kss-Policy={}", message.url, String::from_utf8_lossy(claim.document.as_deref().unwrap()));
    let who = case.who().with_token("STS-token-made-up==");
    let signed = presign(&ks3::V2_URL, &Request::new("GET", &url).unwrap(), &who, &Terms::at(case.clock()).expires_in(86_400));
    let sent = Sent { url: signed.unwrap(), ..sent };
    assert!(sent.is_accepted(&case));
    assert!(!sent.with_url("security-token=STS", "security-token=Sts").is_accepted(&case));
}

/// The fields the SDK made, `file` and others left out.
fn fields(case: &Case) -> Vec<(String, String)> {
    let fields = case.expect.rest["fields"].as_object().unwrap();
    fields.iter().map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

fn form(fields: &[(String, String)]) -> Form<'_> {
    fields.iter().fold(Form::new().field("key", "u/a.bin"), |form, (name, value)| form.field(name, value))
}

fn accepts(case: &Case, fields: &[(String, String)]) -> bool {
    matches!(verify(&form(fields).into(), case.who().secret(), &Hints::default()), Ok(Verification::Matches(_)))
}

#[test]
fn forms_are_signed_as_the_sdks_sign_them() {
    for case in cases("ks3-post") {
        let policy = Encoding::Base64.encode(case.rest["policy_text"].as_str().unwrap().as_bytes());
        assert_eq!(Some(&policy), case.expect.string_to_sign.as_ref(), "{}", case.id);
        let unsigned = Form::new().field("key", "u/a.bin").field("policy", &policy);
        let signed = every::sign_form(&ks3::POST, &unsigned, case.who(), &Terms::at(case.clock())).unwrap();
        assert_eq!(Some(signed.signature.text()), case.expect.signature, "{}", case.id);
        let lower = |(name, value): (String, String)| match &*name {
            "Policy" | "Signature" => (name.to_ascii_lowercase(), value),
            _ => (name, value),
        };
        let mut expected: Vec<_> = fields(&case).into_iter().map(lower).collect();
        expected.retain(|(name, _)| name != "policy");
        assert_eq!(signed.fields.into_iter().collect::<Vec<_>>(), expected, "{}", case.id);

        let mut made = Vec::new();
        let mut take = |name: &str, value: &[&[u8]]| made.push((name.to_owned(), String::from_utf8(value.concat()).unwrap()));
        let json = case.rest["policy_text"].as_str().unwrap();
        ks3::POST.sign_policy(json.as_bytes(), &case.who(), &Terms::at(case.clock()), &mut take).unwrap();
        expected.insert(0, ("policy".into(), policy));
        assert_eq!(made, expected, "{}", case.id);
    }
}

#[test]
fn forms_verify_and_every_signed_byte_counts() {
    for case in cases("ks3-post") {
        let fields = fields(&case);
        let subject = form(&fields).into();
        let claim = decode(&subject, &Hints::default()).unwrap();
        assert_eq!(claim.scheme.id(), "ks3-post");
        assert_eq!(Some(claim.access_key_id.to_str().into_owned()), case.credentials.access_key_id);
        let written = transcript(&subject, &claim).unwrap();
        assert_eq!(Some(text_of(&written, Document::StringToSign)), case.expect.string_to_sign, "{}", case.id);
        assert!(accepts(&case, &fields), "{}", case.id);
        assert!(matches!(verify(&subject, &SecretKey::new("another"), &Hints::default()), Ok(Verification::Differs { .. })));
        let (at, (_, policy)) = fields.iter().enumerate().find(|(_, field)| field.0.eq_ignore_ascii_case("policy")).unwrap();
        for byte in 0..policy.len() {
            let mut changed = fields.clone();
            let other = if policy.as_bytes()[byte] == b'A' { "B" } else { "A" };
            changed[at].1.replace_range(byte..=byte, other);
            assert!(!accepts(&case, &changed), "{}: byte {byte} of the policy", case.id);
        }
    }
}

#[test]
fn case_matters_in_the_access_key_field_alone() {
    let case = case("ks3-p-basic");
    let renamed = |of: &str, to: &str| -> Vec<_> {
        fields(&case).into_iter().map(|(name, value)| (if name == of { to.to_owned() } else { name }, value)).collect()
    };
    assert!(accepts(&case, &renamed("policy", "POLICY")));
    assert!(accepts(&case, &renamed("signature", "Signature")));
    let lower = renamed("KSSAccessKeyId", "kssaccesskeyid");
    assert_eq!(decode(&form(&lower).into(), &Hints::default()).err(), Some(VerifyError::NoClaim));
}

#[test]
fn faults_of_forms_are_named() {
    let case = case("ks3-p-basic");
    let fault = |fields: &[(String, String)]| {
        let error = verify(&form(fields).into(), case.who().secret(), &Hints::default());
        error.expect_err("a fault").to_string()
    };
    let complete = fields(&case);
    let without: Vec<_> = complete.iter().filter(|(name, _)| name != "signature").cloned().collect();
    assert_eq!(fault(&without), "`signature` is missing");
    let mut twice = complete.clone();
    twice.push(("Policy".into(), "e30=".into()));
    assert_eq!(fault(&twice), "`policy` occurs twice; expected once");

    let at = Terms::at(case.clock());
    let again = sign_form(&ks3::POST, &form(&complete), &case.who(), &at);
    assert_eq!(again.err(), Some(SignError::AlreadySigned("the form")));
    assert!(matches!(sign_form(&ks3::POST, &Form::new(), &case.who(), &at), Err(SignError::Terms(_))));
}

/// The request of the example derived from the published formulas of V4.
const EXAMPLE: (&str, &str) = ("PUT", "https://demo-bucket.ks3-cn-beijing.ksyuncs.com/photos/a%20b.jpg");

fn example<'a>() -> Request<'a> {
    Request::new(EXAMPLE.0, EXAMPLE.1).unwrap().header("Content-Type", "image/jpeg").with_body(Body::Bytes(b"hello"))
}

fn example_terms<'a>() -> Terms<'a> {
    Terms::at(Timestamp::from_rfc3339("2022-11-04T05:30:00Z").unwrap()).region("BEIJING")
}

fn who() -> countersign::Credentials {
    case("ks3-h-service").who()
}

/// The request with what signing gave, and its transcript under both documents' names.
fn written(signed: &countersign::Signed, request: Request<'_>) -> Transcript {
    let request = signed.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let subject = Subject::from(request);
    let hints = Hints::default();
    assert!(matches!(verify(&subject, who().secret(), &hints), Ok(Verification::Matches(_))));
    transcript(&subject, &decode(&subject, &hints).unwrap()).unwrap()
}

#[test]
fn v4_gives_the_derived_example() {
    // A header that is not KS3's own is sent and not signed.
    let request = example().header("Accept", "*/*");
    let signed = every::sign(&ks3::V4_HEADER, &request, who(), &example_terms()).unwrap();
    let signature = "5381df0864dadb3222bde1f6710f07dcaa55990061c8d7bbc317b5046ba9d82a";
    assert_eq!(signed.signature.text(), signature);
    let (name, authorization) = signed.headers.last().unwrap();
    assert_eq!(name, "Authorization");
    assert_eq!(
        *authorization,
        format!(
            "KSS4-HMAC-SHA256 Credential=AKLTcsMadeUpKeyForVectors00/20221104/BEIJING/ks3/kss4_request, \
             SignedHeaders=content-type;host;x-kss-content-sha256;x-kss-date, Signature={signature}"
        )
    );
    let written = written(&signed, request);
    let document = written.document(Document::StringToSign).unwrap();
    let digest = document.part(Role::Digest).map(|part| document.bytes(part)).unwrap();
    assert_eq!(digest, b"10413937022d04d29d06018c493dfa5fb1eb23c52c9be09f506561ca1fc74343");
}

#[test]
fn v4_refuses_any_change_of_a_signed_part() {
    let signed = sign(&ks3::V4_HEADER, &example(), &who(), &example_terms()).unwrap();
    let headers: Vec<_> = [("Content-Type".to_owned(), "image/jpeg".to_owned())].into_iter().chain(signed.headers).collect();
    let accepts = |method: &str, url: &str, headers: &[(String, String)], body: &[u8]| {
        let request = Request::new(method, url).unwrap().with_body(Body::Bytes(body));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        matches!(verify(&request.into(), who().secret(), &Hints::default()), Ok(Verification::Matches(_)))
    };
    let (method, url) = EXAMPLE;
    assert!(accepts(method, url, &headers, b"hello"));
    assert!(!accepts("POST", url, &headers, b"hello"));
    assert!(!accepts(method, &url.replace("demo", "other"), &headers, b"hello"));
    assert!(!accepts(method, &url.replace("b.jpg", "c.jpg"), &headers, b"hello"));
    assert!(!accepts(method, &format!("{url}?acl"), &headers, b"hello"));
    for (at, (name, value)) in headers.iter().enumerate() {
        let mut changed = headers.clone();
        changed[at].1 = value.replacen(['1', 'j', '9'], "2", 1);
        assert_ne!(changed[at].1, *value, "{name} is not changed");
        assert!(!accepts(method, url, &changed, b"hello"), "another {name} is accepted");
    }
}

#[test]
fn v4_urls_sign_every_parameter_and_no_body() {
    fn at(url: &str) -> Request<'_> {
        Request::new("GET", url).unwrap().header("x-kss-meta-a", " two  inner ")
    }
    let url = format!("{}?versionId=1&acl", EXAMPLE.1);
    let signed = every::sign(&ks3::V4_URL, &at(&url), who(), &example_terms().expires_in(900)).unwrap();
    let url = signed.url.clone().unwrap();
    let canonical = "GET\n/photos/a%20b.jpg\n\
        X-Kss-Algorithm=KSS4-HMAC-SHA256\
        &X-Kss-Credential=AKLTcsMadeUpKeyForVectors00%2F20221104%2FBEIJING%2Fks3%2Fkss4_request\
        &X-Kss-Date=20221104T053000Z&X-Kss-Expires=900&X-Kss-SignedHeaders=host%3Bx-kss-meta-a&acl=&versionId=1\n\
        host:demo-bucket.ks3-cn-beijing.ksyuncs.com\nx-kss-meta-a:two  inner\n\nhost;x-kss-meta-a\nUNSIGNED-PAYLOAD";
    assert_eq!(text_of(&written(&signed, at(&url)), Document::CanonicalRequest), canonical);
    for (from, to) in [("versionId=1", "versionId=2"), ("&acl", ""), ("Expires=900", "Expires=901"), ("BEIJING", "SHANGHAI")] {
        let other = url.replace(from, to);
        assert_ne!(other, url);
        let answer = verify(&at(&other).into(), who().secret(), &Hints::default());
        assert!(matches!(answer, Ok(Verification::Differs { .. })), "{from} to {to}");
    }
}

#[test]
fn a_v4_share_url_signs_its_own_parameters_alone() {
    let url = "https://demo-bucket.ks3-cn-beijing.ksyuncs.com/?prefix=shared%2F&X-Kss-Policy=eyJhIjoxfQ==";
    let terms = example_terms().expires_in(900);
    let signed = sign(&ks3::V4_URL, &Request::new("GET", url).unwrap(), &who(), &terms).unwrap();
    let url = signed.url.clone().unwrap();
    assert!(!url.contains("SignedHeaders"), "{url}");
    let canonical = "X-Kss-Algorithm=KSS4-HMAC-SHA256\
        &X-Kss-Credential=AKLTcsMadeUpKeyForVectors00%2F20221104%2FBEIJING%2Fks3%2Fkss4_request\
        &X-Kss-Date=20221104T053000Z&X-Kss-Expires=900&X-Kss-Policy=eyJhIjoxfQ%3D%3D\nUNSIGNED-PAYLOAD";
    // Neither the verb nor the key is signed.
    let other = url.replace("/?prefix=shared%2F&", "/shared/a.jpg?");
    let request = Request::new("HEAD", &other).unwrap();
    assert_eq!(text_of(&written(&signed, request), Document::CanonicalRequest), canonical);
    let wider = url.replace("Policy=eyJhIjoxfQ", "Policy=eyJhIjoyfQ");
    let answer = verify(&Request::new("GET", &wider).unwrap().into(), who().secret(), &Hints::default());
    assert!(matches!(answer, Ok(Verification::Differs { .. })));
}

#[test]
fn the_aws_naming_of_v4_takes_ks3_regions() {
    let signed = sign(&s3::V4_HEADER, &example(), &who(), &example_terms()).unwrap();
    let text = text_of(&written(&signed, example()), Document::StringToSign);
    assert!(text.starts_with("AWS4-HMAC-SHA256\n20221104T053000Z\n20221104/BEIJING/s3/aws4_request\n"), "{text}");

    for scheme in [&s3::V4_URL as &'static dyn countersign::Scheme, &ks3::V4_URL] {
        let terms = example_terms().region("JR_BEIJING").expires_in(60);
        let url = presign(scheme, &Request::new("GET", EXAMPLE.1).unwrap(), &who(), &terms).unwrap();
        let subject = Subject::from(Request::new("GET", &url).unwrap());
        let claim = decode(&subject, &Hints::default()).unwrap();
        assert_eq!(claim.scheme.id(), scheme.id());
        assert_eq!(claim.scope.unwrap().region.to_str(), "JR_BEIJING");
        assert!(matches!(verify(&subject, who().secret(), &Hints::default()), Ok(Verification::Matches(_))));
        let moved = url.replace("JR_BEIJING", "JR_SHANGHAI");
        let answer = verify(&Request::new("GET", &moved).unwrap().into(), who().secret(), &Hints::default());
        assert!(matches!(answer, Ok(Verification::Differs { .. })));
    }
}

#[test]
fn keys_are_read_in_every_spelling_of_their_escapes() {
    let case = case("ks3-h-double-slash");
    for spelling in ["/a//b///c.txt", "/a/%2fb/%2f/c.txt", "/%61%2F%2Fb%2F%2F%2Fc.txt"] {
        assert!(Sent::of(&case).with_url("/a/%2Fb/%2F/c.txt", spelling).is_accepted(&case), "{spelling}");
    }
}
