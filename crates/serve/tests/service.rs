//! What the service answers, and what it refuses.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may stop at a fault")]

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use countersign::{
    Credentials, Form, Hints, Request as Signed, SecretKey, Timestamp, Verification,
    policy::{Dialect, FilePart, Signed as SignatureState, Submission, judge},
    providers::kodo::UploadToken,
    verify,
};
use countersign_serve::{Service, TicketKey, UploadPolicy, playground};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use tower::ServiceExt;

const SECRET: &str = "madeUpSecretOnlyForThisTest0123456789";
const ALICE: &str = "made-up-token-of-alice-for-tests";
const BOB: &str = "made-up-token-of-bob-only-for-tests";
const NOW: Timestamp = Timestamp::from_unix(1_777_624_215);

fn policy(storage: &str, more: &str) -> UploadPolicy {
    let text = format!(
        "[storage]\n{storage}\n[upload]\nkey = \"u/{{user}}/{{date}}/{{uuid}}{{ext}}\"\ntypes = [\"image/*\", \"video/mp4\"]\n\
         max_size = \"100MiB\"\nlife = \"15m\"\n[upload.parts]\nfrom = \"10MiB\"\nsize = \"5MiB\"\nlife = \"1d\"\n{more}"
    );
    let mut policy = UploadPolicy::parse(&text).unwrap();
    policy.add_user("alice", ALICE).unwrap();
    policy.add_user("bob", BOB).unwrap();
    policy
}

fn who() -> Credentials {
    Credentials::new("CSIDEXAMPLE0001", SecretKey::new(SECRET))
}

fn router_of(policy: UploadPolicy) -> Router {
    let key = TicketKey::new(*b"made-up-key-of-tickets-for-tests").unwrap();
    Service::new(policy, who(), key).with_clock(|| NOW).router()
}

const S3: &str = "provider = \"s3\"\nbucket = \"photos\"\nregion = \"eu-west-1\"";
const STORAGES: [(&str, &str); 4] = [
    ("s3", S3),
    ("oss", "provider = \"oss\"\nbucket = \"photos\"\nregion = \"cn-hangzhou\""),
    ("cos", "provider = \"cos\"\nbucket = \"photos-1250000000\"\nregion = \"ap-beijing\""),
    ("ks3", "provider = \"ks3\"\nbucket = \"photos\"\nendpoint = \"https://ks3-cn-beijing.ksyuncs.com\""),
];
const KODO: &str = "provider = \"kodo\"\nbucket = \"photos\"\nregion = \"z0\"";

fn router() -> Router {
    router_of(policy(S3, ""))
}

fn request(path: &str, token: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::HOST, "127.0.0.1:8020")
        .body(body.into())
        .unwrap()
}

async fn told(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

async fn ask(router: &Router, path: &str, token: &str, body: &Value) -> (StatusCode, Value) {
    told(router.clone().oneshot(request(path, token, body.to_string())).await.unwrap()).await
}

/// Asks for what is given.
async fn given(router: &Router, path: &str, token: &str, body: &Value) -> Value {
    let (status, answer) = ask(router, path, token, body).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer
}

async fn refused(router: &Router, path: &str, token: &str, body: &Value) -> (u16, String) {
    let (status, answer) = ask(router, path, token, body).await;
    assert!(answer["message"].as_str().is_some_and(|message| message.len() > 20), "{answer}");
    (status.as_u16(), answer["code"].as_str().unwrap_or_default().to_owned())
}

fn cat() -> Value {
    json!({"name": "Cat.JPG", "size": 48_213, "type": "image/jpeg"})
}

fn film() -> Value {
    json!({"name": "film.mp4", "size": 12_000_000, "type": "video/mp4"})
}

fn fields(form: &Value) -> Vec<(String, String)> {
    serde_json::from_value(form["fields"].clone()).unwrap()
}

/// Whether a signed request, sent as it is with these further headers, is right.
fn is_right(request: &Value, more: &[(&str, &str)], hints: &Hints<'_>) -> bool {
    let url = request["url"].as_str().unwrap().to_owned();
    let headers: Vec<(String, String)> = request["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let mut subject = Signed::new(request["method"].as_str().unwrap(), &url).unwrap();
    for (name, value) in &headers {
        subject = subject.header(name, value);
    }
    for (name, value) in more {
        subject = subject.header(name, *value);
    }
    matches!(verify(&subject.into(), &SecretKey::new(SECRET), hints), Ok(Verification::Matches(_)))
}

#[test]
fn the_sample_is_a_policy() {
    let policy = UploadPolicy::parse(include_str!("../../../cli/samples/upload.toml")).unwrap();
    assert!(policy.check_users().is_ok() && policy.active_types().contains(&"image/svg+xml"));
}

#[tokio::test]
async fn a_form_meets_its_policy_at_every_vendor() {
    for (provider, storage) in STORAGES {
        let answer = given(&router_of(policy(storage, "")), "/token", ALICE, &cat()).await;
        let form = &answer["form"];
        let key = answer["key"].as_str().unwrap();
        assert!(key.starts_with("u/alice/2026-05-01/") && key.ends_with(".jpg"), "{key}");
        assert_eq!(
            (&answer["way"], &form["provider"], &answer["expiresAt"]),
            (&json!("form"), &json!(provider), &json!("2026-05-01T08:45:15Z"))
        );
        let fields = fields(form);
        let dialect = Dialect::of_provider(provider).unwrap();
        let bucket = if provider == "cos" { "photos-1250000000" } else { "photos" };
        let judged = |size, key: Option<&str>| {
            let changed = |name: &str| key.filter(|_| name == "key");
            let form = fields
                .iter()
                .fold(Submission::to(bucket), |form, (name, value)| form.field(name, changed(name).unwrap_or(value)));
            let file = FilePart::new(size).named("cat.jpg").content_type("image/jpeg");
            judge(&form.file(file), dialect, SignatureState::Right, NOW).refusals
        };
        assert!(judged(48_213, None).is_empty(), "{provider}: {:?}", judged(48_213, None));
        assert!(!judged(48_213 + (20 << 10), None).is_empty(), "{provider}");
        assert!(!judged(48_213, Some("u/bob/cat.jpg")).is_empty(), "{provider}");
        let signed = fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value)).into();
        assert!(matches!(verify(&signed, who().secret(), &Hints::NONE), Ok(Verification::Matches(_))), "{provider}");
    }
}

#[tokio::test]
async fn every_request_of_an_upload_in_parts_is_signed() {
    for (provider, storage) in STORAGES {
        let router = router_of(policy(storage, ""));
        let upload = given(&router, "/token", ALICE, &film()).await;
        assert_eq!(
            (&upload["way"], &upload["parts"], &upload["answers"]),
            (&json!("parts"), &json!(3), &json!("xml")),
            "{provider}"
        );
        let bucket = if provider == "cos" { "photos-1250000000" } else { "photos" };
        let hints = Hints { bucket: Some(bucket), ..Hints::NONE };
        assert!(is_right(&upload["create"], &[], &hints), "{provider}: {}", upload["create"]);
        let asked = json!({"ticket": upload["ticket"], "uploadId": "2~abc_D-1.x", "partNumbers": [1, 3]});
        let parts = given(&router, "/multipart/parts", ALICE, &asked).await;
        let parts = parts["parts"].as_array().unwrap();
        assert_eq!((parts[0]["size"].as_u64(), parts[1]["size"].as_u64()), (Some(5 << 20), Some(12_000_000 - (10 << 20))));
        let (right, wrong) = ([("Content-Length", "1514240")], [("Content-Length", "1514241")]);
        assert!(is_right(&parts[1]["request"], &right, &hints), "{provider}: {}", parts[1]);
        // Signatures of KS3 do not cover the length.
        assert_eq!(is_right(&parts[1]["request"], &wrong, &hints), provider == "ks3", "{provider}");
        let control =
            given(&router, "/multipart/control", ALICE, &json!({"ticket": upload["ticket"], "uploadId": "2~abc"})).await;
        for step in ["list", "complete", "abort"] {
            assert!(is_right(&control[step], &[], &hints), "{provider}: {}", control[step]);
        }
    }
}

#[tokio::test]
async fn kodo_has_a_token_for_one_key_and_one_size() {
    let router = router_of(policy(KODO, "[callback]\nurl = \"https://app.example.com/cb\"\nbody = \"key=$(key)\""));
    let answer = given(&router, "/token", ALICE, &cat()).await;
    let fields = fields(&answer["form"]);
    assert_eq!(answer["form"]["url"], "https://up-z0.qiniup.com/");
    let token = &fields.iter().find(|(name, _)| name == "token").unwrap().1;
    let decoded = UploadToken::decode(token);
    assert!(decoded.problems.is_empty(), "{:?}", decoded.problems);
    let encoded = token.rsplit(':').next().unwrap();
    let json = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE, encoded).unwrap();
    let policy: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(policy["scope"], format!("photos:{}", answer["key"].as_str().unwrap()));
    assert_eq!(
        (&policy["fsizeMin"], &policy["fsizeLimit"], &policy["mimeLimit"]),
        (&json!(48_213), &json!(48_213), &json!("image/jpeg"))
    );
    assert_eq!((&policy["deadline"], &policy["callbackUrl"]), (&json!(NOW.unix() + 900), &json!("https://app.example.com/cb")));

    let upload = given(&router, "/token", ALICE, &film()).await;
    let object = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE, upload["key"].as_str().unwrap());
    let base = format!("https://up-z0.qiniup.com/buckets/photos/objects/{object}/uploads");
    assert_eq!(
        (&upload["answers"], &upload["create"]["url"], &upload["create"]["method"]),
        (&json!("json"), &json!(base), &json!("POST"))
    );
    let asked = json!({"ticket": upload["ticket"], "uploadId": "abc", "partNumbers": [2]});
    let parts = given(&router, "/multipart/parts", ALICE, &asked).await;
    assert_eq!(parts["parts"][0]["request"]["url"], format!("{base}/abc/2"));
    assert!(parts["parts"][0]["request"]["headers"]["Authorization"].as_str().unwrap().starts_with("UpToken CSIDEXAMPLE0001:"));
}

#[tokio::test]
async fn a_callback_of_oss_is_a_condition() {
    let more = "[callback]\nurl = \"https://app.example.com/cb\"\nbody = \"key=${object}\"";
    let router = router_of(policy(STORAGES[1].1, more));
    let fields = fields(&given(&router, "/token", ALICE, &cat()).await["form"]);
    let value = |name: &str| &fields.iter().find(|(own, _)| own == name).unwrap().1;
    let decode = |text: &str| base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).unwrap();
    let callback: Value = serde_json::from_slice(&decode(value("callback"))).unwrap();
    assert_eq!(callback["callbackUrl"], "https://app.example.com/cb");
    let policy: Value = serde_json::from_slice(&decode(value("policy"))).unwrap();
    assert!(policy["conditions"].as_array().unwrap().contains(&json!({"callback": value("callback")})));
}

#[tokio::test]
async fn nobody_is_served_without_a_token() {
    let router = router();
    for (value, code) in [
        (None, "bearer_missing"),
        (Some("Basic YTpi"), "bearer_missing"),
        (Some("Bearer "), "bearer_missing"),
        (Some("Bearer made-up-token-of-nobody-at-all"), "bearer_unknown"),
        (Some("Bearer alice"), "bearer_unknown"),
    ] {
        for path in ["/token", "/multipart/parts", "/multipart/control"] {
            let mut request = request(path, "", cat().to_string());
            request.headers_mut().remove(header::AUTHORIZATION);
            if let Some(value) = value {
                request.headers_mut().insert(header::AUTHORIZATION, value.parse().unwrap());
            }
            let (status, answer) = told(router.clone().oneshot(request).await.unwrap()).await;
            assert_eq!((status, &answer["code"]), (StatusCode::UNAUTHORIZED, &json!(code)), "{path} {value:?}");
        }
    }
}

#[tokio::test]
async fn what_the_policy_does_not_allow_is_not_issued() {
    let router = router();
    let file = |name: &str, size: u64, kind: &str| json!({"name": name, "size": size, "type": kind});
    for kind in ["text/html", "", "image", "image/*", "*/*", "image/png\r\nX: y", "image/png;charset=x", "video/mp4x"] {
        assert_eq!(refused(&router, "/token", ALICE, &file("a", 1, kind)).await, (415, "type_not_allowed".into()), "{kind}");
    }
    assert_eq!(
        refused(&router, "/token", ALICE, &file("a", (100 << 20) + 1, "image/png")).await,
        (413, "size_not_allowed".into())
    );
    assert_eq!(refused(&router, "/token", ALICE, &file("a", u64::MAX, "image/png")).await, (413, "size_not_allowed".into()));
    let understood = (400, "body_not_understood".to_owned());
    assert_eq!(refused(&router, "/token", ALICE, &file(&"x".repeat(1025), 1, "image/png")).await, understood);
    // No key, user or bucket of the caller's own choice.
    for member in ["key", "user", "bucket", "prefix"] {
        let mut asked = cat();
        asked[member] = json!("u/bob/cat.jpg");
        assert_eq!(refused(&router, "/token", ALICE, &asked).await, understood, "{member}");
    }
    for body in [
        json!({}),
        json!([]),
        json!({"name": "a", "size": -1, "type": "image/png"}),
        json!({"name": 1, "size": 1, "type": "a/b"}),
    ] {
        assert_eq!(refused(&router, "/token", ALICE, &body).await, understood, "{body}");
    }
    let large = request("/token", ALICE, format!("{{\"name\": \"{}\"}}", "x".repeat(20_000)));
    assert_eq!(told(router.clone().oneshot(large).await.unwrap()).await.1["code"], "body_too_large");
}

#[tokio::test]
async fn no_name_leads_into_the_prefix_of_another_user() {
    let policy = |key: &str| {
        let text = format!(
            "[storage]\n{S3}\n[upload]\nkey = \"{key}\"\ntypes = [\"image/*\"]\nmax_size = 100\nlife = 60\n[access]\nrequests_per_minute = 1000"
        );
        let mut policy = UploadPolicy::parse(&text).unwrap();
        policy.add_user("alice", ALICE).unwrap();
        policy
    };
    let router = router_of(policy("u/{user}/{name}"));
    for name in [
        "../bob/x.jpg",
        "..%2fbob%2fx.jpg",
        "..\\bob\\x.jpg",
        "/u/bob/x.jpg",
        "\u{ff0e}\u{ff0e}\u{ff0f}bob\u{ff0f}x.jpg",
        "\u{2024}\u{2024}/bob",
        "{user}/{uuid}",
        "${filename}",
        "$(key)",
        "x.jpg\0/../../bob",
        "x\u{202e}gpj",
        "..",
        ".",
        "",
    ] {
        let answer = given(&router, "/token", ALICE, &json!({"name": name, "size": 1, "type": "image/png"})).await;
        let key = answer["key"].as_str().unwrap();
        let rest = key.strip_prefix("u/alice/").unwrap();
        assert!(!rest.is_empty() && !rest.contains(['/', '\\', '%', '{', '}', '$']) && !rest.contains(".."), "{name:?}: {key}");
        // The key in the form is the same, byte for byte.
        assert_eq!(fields(&answer["form"])[0], ("key".to_owned(), key.to_owned()));
    }
}

#[tokio::test]
async fn a_ticket_is_good_for_its_owner_and_its_own_parts() {
    let router = router();
    let ticket = given(&router, "/token", ALICE, &film()).await["ticket"].as_str().unwrap().to_owned();
    let parts = |ticket: &str, id: &str, numbers: &[u64]| json!({"ticket": ticket, "uploadId": id, "partNumbers": numbers});
    let ask = async |token: &str, body: &Value| refused(&router, "/multipart/parts", token, body).await;
    assert_eq!(ask(BOB, &parts(&ticket, "id", &[1])).await, (403, "ticket_not_yours".into()));
    let mut changed = ticket.clone();
    changed.replace_range(5..6, if &ticket[5..6] == "A" { "B" } else { "A" });
    assert_eq!(ask(ALICE, &parts(&changed, "id", &[1])).await, (400, "ticket_unknown".into()));
    for numbers in [&[0][..], &[4], &[u64::MAX], &[1; 101]] {
        assert_eq!(ask(ALICE, &parts(&ticket, "id", numbers)).await, (400, "parts_not_there".into()), "{numbers:?}");
    }
    for id in ["", ".", "..", "a/b", "a%2fb", "a?b", "a#b", "a b", "\u{e4}", &"x".repeat(1025)] {
        assert_eq!(ask(ALICE, &parts(&ticket, id, &[1])).await, (400, "upload_id_not_understood".into()), "{id}");
    }
    let key = TicketKey::new(*b"made-up-key-of-tickets-for-tests").unwrap();
    let later = Service::new(policy(S3, ""), who(), key).with_clock(|| NOW.plus(86_400)).router();
    assert_eq!(refused(&later, "/multipart/parts", ALICE, &parts(&ticket, "id", &[1])).await, (410, "ticket_expired".into()));
}

#[tokio::test]
async fn who_asks_too_fast_waits_and_nobody_else_does() {
    let router = router_of(policy(S3, "[access]\nrequests_per_minute = 3"));
    for _ in 0..3 {
        given(&router, "/token", ALICE, &cat()).await;
    }
    let response = router.clone().oneshot(request("/token", ALICE, cat().to_string())).await.unwrap();
    let wait: u64 = response.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");
    let (status, answer) = told(response).await;
    assert_eq!((status.as_u16(), &answer["code"], &answer["retryAfter"]), (429, &json!("too_fast"), &json!(wait)));
    given(&router, "/token", BOB, &cat()).await;
    // Guessing is limited, too, and does not shut out those who need not guess.
    for at in 0..4 {
        let expected = if at < 3 { "bearer_unknown" } else { "too_fast" };
        assert_eq!(refused(&router, "/token", &format!("made-up-guess-number-{at}-of-many"), &cat()).await.1, expected);
    }
    given(&router, "/token", BOB, &cat()).await;
}

#[tokio::test]
async fn only_allowed_sites_may_ask() {
    let router = router_of(policy(S3, "[access]\norigins = [\"https://app.example.com\"]"));
    let from = async |origin: &str, preflight: bool| {
        let mut request = request("/token", ALICE, cat().to_string());
        request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
        if preflight {
            *request.method_mut() = axum::http::Method::OPTIONS;
            request.headers_mut().insert(header::ACCESS_CONTROL_REQUEST_METHOD, "POST".parse().unwrap());
        }
        let response = router.clone().oneshot(request).await.unwrap();
        let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).map(|value| value.to_str().unwrap().to_owned());
        (response.status().as_u16(), allowed)
    };
    let site = "https://app.example.com";
    assert_eq!(from(site, true).await, (200, Some(site.to_owned())));
    assert_eq!(from(site, false).await, (200, Some(site.to_owned())));
    assert_eq!(from("http://127.0.0.1:8020", false).await.0, 200);
    for origin in
        ["https://evil.example", "http://app.example.com", "https://app.example.com.evil.example", "null", "http://127.0.0.1:1"]
    {
        assert_eq!(from(origin, false).await, (403, None), "{origin}");
        assert_eq!(from(origin, true).await, (403, None), "{origin}");
    }
}

#[tokio::test]
async fn the_page_comes_with_a_strict_policy() {
    let router = router();
    let get = async |path: &str| router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let page = get("/upload/").await;
    assert_eq!(
        (page.status().as_u16(), &page.headers()[header::CONTENT_TYPE]),
        (200, &"text/html; charset=utf-8".parse().unwrap())
    );
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"), "{policy}");
    assert!(
        policy.contains("connect-src 'self' https://photos.s3.eu-west-1.amazonaws.com;") && !policy.contains("unsafe-inline")
    );
    assert_eq!(get("/").await.headers()[header::LOCATION], "/upload/");
    let bare = get("/upload").await;
    assert_eq!((bare.status().as_u16(), &bare.headers()[header::LOCATION]), (308, &"/upload/".parse().unwrap()));
    for (path, method, code) in
        [("/nothing", "GET", "not_found"), ("/upload/../Cargo.toml", "GET", "not_found"), ("/token", "GET", "method_not_allowed")]
    {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        assert_eq!(told(router.clone().oneshot(request).await.unwrap()).await.1["code"], code, "{path}");
    }
}

/// A folder as the package is installed: a module, and something beside it that nobody serves.
fn package(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("dist/shared")).unwrap();
    fs::write(folder.join("dist/explain.js"), "export {};").unwrap();
    fs::write(folder.join("secret.txt"), "made up").unwrap();
    folder.join("dist")
}

#[tokio::test]
async fn the_playground_needs_no_service_and_serves_the_package_alone() {
    let router = playground(&package("playground-alone"));
    let get = async |path: &str| router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(get("/").await.headers()[header::LOCATION], "/playground/");
    let bare = get("/playground").await;
    assert_eq!((bare.status().as_u16(), &bare.headers()[header::LOCATION]), (308, &"/playground/".parse().unwrap()));
    for path in ["/playground/", "/playground/index.html", "/package/explain.js"] {
        let page = get(path).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none';") && policy.contains("connect-src 'self';"), "{path}: {policy}");
        assert!(policy.contains("require-trusted-types-for 'script'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(page.headers()["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(page.headers()["referrer-policy"], "no-referrer", "{path}");
    }
    for path in [
        "/nothing",
        "/upload/",
        "/token",
        "/package/nothing.js",
        "/package/shared/",
        "/package/../secret.txt",
        "/package/%2e%2e/secret.txt",
    ] {
        let (status, answer) = told(get(path).await).await;
        assert_eq!((status, &answer["code"]), (StatusCode::NOT_FOUND, &json!("not_found")), "{path}");
    }
}

#[tokio::test]
async fn a_service_has_the_playground_where_it_has_the_package() {
    let key = || TicketKey::new(*b"made-up-key-of-tickets-for-tests").unwrap();
    let with = Service::new(policy(S3, ""), who(), key()).with_package(package("playground-beside")).router();
    for (router, status) in [(with, StatusCode::OK), (router(), StatusCode::NOT_FOUND)] {
        for path in ["/playground/", "/package/explain.js"] {
            let answer = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status(), status, "{path}");
        }
        let answer = router.clone().oneshot(Request::get("/upload/").body(Body::empty()).unwrap()).await.unwrap();
        // The storage is the upload page's to ask alone.
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("connect-src 'self' https://photos.s3.eu-west-1.amazonaws.com;"), "{policy}");
    }
}

#[tokio::test]
async fn no_answer_and_no_event_shows_a_secret() {
    let events = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = events.clone();
    let service = Service::new(policy(S3, ""), who(), TicketKey::random().unwrap()).with_clock(|| NOW);
    let router = service.watched_by(move |event| log.lock().unwrap().push(format!("{event:?}"))).router();
    let mut said = String::new();
    for (path, body) in
        [("/token", cat()), ("/token", film()), ("/token", json!({})), ("/multipart/parts", json!({"ticket": "x"}))]
    {
        said += &ask(&router, path, ALICE, &body).await.1.to_string();
        said += &ask(&router, path, BOB, &body).await.1.to_string();
        said += &ask(&router, path, "made-up-token-of-nobody-at-all", &body).await.1.to_string();
    }
    let events = events.lock().unwrap();
    assert_eq!(events.len(), 12);
    assert!(events[0].contains("u/alice/2026-05-01/") && events[0].contains("Some(\"alice\")"), "{}", events[0]);
    assert!(events[2].contains("bearer_unknown"), "{}", events[2]);
    said += &events.join("\n");
    for secret in [SECRET, ALICE, BOB, "made-up-token-of-nobody-at-all"] {
        assert!(!said.contains(secret), "{secret}");
    }
}
