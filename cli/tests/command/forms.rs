//! Policies and forms through the command: the table of the vendors' answers, the forms of the SDKs, and
//! input that is none.

use crate::run::{ID, SECRET, Seen, countersign, folder, run, run_with};
use countersign::{Credentials, Encoding, Form, SecretKey, Terms, policy::Dialect, providers, sign_form};
use countersign_tests::{
    Case, load,
    table::{self, BOUNDARY, Expect, File, Part, PolicyText, write_end, write_part},
};
use serde_json::{Value, json};

fn json(seen: &Seen) -> Value {
    serde_json::from_str(&seen.out).unwrap_or_else(|error| panic!("{error}: {seen:?}"))
}

/// A request with this body.
fn message(host: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// The fields and, behind them, a file of so many bytes.
fn form(fields: &[(String, String)], size: usize) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        write_part(&mut body, name, None, value.as_bytes());
    }
    let file = File { size: size as u64, name: Some("cat.jpg".into()), content_type: Some("image/jpeg".into()) };
    write_part(&mut body, "file", Some(&file), &vec![b'x'; size]);
    write_end(&mut body);
    body
}

/// The schemes that sign nothing but the policy and ask for no condition of their own.
const SIGNED_WITH: [(Dialect, &str, &str); 3] = [
    (Dialect::S3, "s3-v2-post", "b.s3.amazonaws.com"),
    (Dialect::Oss, "oss-post-v1", "b.oss-cn-hangzhou.aliyuncs.com"),
    (Dialect::Ks3, "ks3-post", "b.ks3-cn-beijing.ksyuncs.com"),
];

/// Whether a case is about the fields of a signature, which are added here.
fn is_of_signature(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["policy", "signature", "awsaccesskeyid", "ossaccesskeyid", "kssaccesskeyid"].contains(&&*name)
        || ["x-amz-", "x-oss-"].iter().any(|prefix| {
            let rest = name.strip_prefix(prefix).unwrap_or_default();
            ["algorithm", "credential", "date", "signature", "signature-version", "security-token"].contains(&rest)
        })
}

/// The signed fields, then those of the case with the file in its place.
fn signed(case: &table::Case, scheme: &str) -> Vec<u8> {
    let policy = match case.policy() {
        PolicyText::Json(json) => Encoding::Base64.encode(&json),
        PolicyText::Field(text) => text,
    };
    let who = Credentials::new(ID, SecretKey::new(SECRET));
    let scheme = providers::scheme(scheme).unwrap();
    let signed = sign_form(scheme, &Form::new().field("policy", &policy), &who, &Terms::at(case.now())).unwrap();
    let mut body = Vec::new();
    for (name, value) in signed.fields.iter().chain([("policy", &*policy)]) {
        write_part(&mut body, name, None, value.as_bytes());
    }
    for part in &case.form {
        match part {
            Part::Field(name, value) => write_part(&mut body, &name.text(), None, value.text().as_bytes()),
            Part::File { file } => write_part(&mut body, "file", Some(file), &vec![b'x'; usize::try_from(file.size).unwrap()]),
        }
    }
    write_end(&mut body);
    body
}

/// The same answers as the library gives for the parts, and the exit status that goes with them.
#[test]
fn captured_forms_are_answered_as_the_vendors_servers_do() {
    let mut checked = [0; 3];
    for (index, (dialect, scheme, host)) in SIGNED_WITH.into_iter().enumerate() {
        for case in table::load(dialect) {
            let name = format!("{} {} ({})", dialect.provider(), case.id, case.rule);
            // Nobody sends gigabytes here; KS3 measures all of the body, which is another one here.
            let is_short = case.files().all(|file| file.size < 1 << 20);
            let is_measured = dialect == Dialect::Ks3 && (case.content_length.is_some() || case.id.contains("range"));
            if !is_short || is_measured || case.texts().iter().any(|(name, _)| is_of_signature(name)) {
                continue;
            }
            let mut command = countersign(["policy", "check", "--format=json", "--bucket=b", &format!("--at={}", case.now())]);
            let raw = message(host, &signed(&case, scheme));
            let seen = run_with(command.env("COUNTERSIGN_SECRET_KEY", SECRET), &raw);
            let report = json(&seen);
            let first = &report["refusals"][0]["answer"];
            match &case.expect {
                Expect::Word(word) => {
                    assert_eq!(word, "accepted", "{name}");
                    assert_eq!((seen.status, &report["verdict"]), (Some(0), &json!("accepted")), "{name}: {seen:?}");
                    assert_eq!((&report["signature"], first), (&json!("right"), &Value::Null), "{name}");
                }
                Expect::Answer(wanted) => {
                    let wanted = json!({
                        "status": wanted.status, "code": wanted.code, "message": wanted.message, "ec": wanted.ec,
                        "elements": wanted.elements,
                    });
                    assert_eq!(first, &wanted, "{name}: {seen:?}");
                    let is_ours = report["verdict"] == "undecided";
                    assert_eq!(seen.status, Some(if is_ours { 2 } else { 1 }), "{name}: {seen:?}");
                    assert!(!is_ours || wanted["code"].is_null(), "{name}: {seen:?}");
                }
            }
            checked[index] += 1;
        }
    }
    assert_eq!(checked, [92, 74, 18]);
}

/// The forms of a scheme, of which there must be so many: a lost case is a failure.
fn forms() -> impl Iterator<Item = Case> {
    let all = [
        ("s3", "s3-v4-post", 15),
        ("s3", "s3-v2-post", 8),
        ("oss", "oss-post-v1", 9),
        ("oss", "oss-post-v4", 8),
        ("cos", "cos-post", 9),
    ];
    all.into_iter().flat_map(|(file, scheme, count)| {
        let cases: Vec<_> = load(file).cases.into_iter().filter(|case| case.scheme == scheme).collect();
        assert_eq!(cases.len(), count, "{file}.json holds another number of {scheme}");
        cases
    })
}

fn policy(case: &Case) -> &str {
    ["policy", "policy_json"].iter().find_map(|name| case.rest.get(*name)?.as_str()).unwrap()
}

fn with_pair(command: &mut std::process::Command, case: &Case) {
    let pair = &case.credentials;
    for (name, value) in [
        ("COUNTERSIGN_SECRET_KEY", &pair.secret),
        ("COUNTERSIGN_ACCESS_KEY_ID", &pair.access_key_id),
        ("COUNTERSIGN_SESSION_TOKEN", &pair.security_token),
    ] {
        command.envs(value.as_ref().map(|value| (name, value)));
    }
}

#[test]
fn the_fields_are_those_the_sdks_send() {
    let folder = folder("policy-sign");
    for case in forms().filter(|case| !is_incomplete(case)) {
        let file = folder.join(format!("{}.json", case.id));
        std::fs::write(&file, policy(&case)).unwrap();
        let fields = case.fields();
        let scheme = format!("--scheme={}", case.scheme);
        let at = format!("--at={}", case.clock());
        let mut args = vec!["policy", "sign", file.to_str().unwrap(), &scheme, "--format=json", &at];
        let region = case.region.as_ref().map(|region| format!("--region={region}"));
        args.extend(region.as_deref());
        // What the policy leaves open the SDK was told, too. A key of COS lives as long as the SDK was told.
        let given: Vec<_> = fields.iter().filter(|(name, _)| !is_of_signature(name) && !is_made(name, &case)).collect();
        let given: Vec<_> = given.iter().map(|(name, value)| format!("--field={name}={value}")).collect();
        args.extend(given.iter().map(String::as_str));
        let mut command = countersign(args);
        with_pair(&mut command, &case);
        let seen = run(&mut command);
        let made: Vec<(String, String)> = serde_json::from_value(json(&seen)["fields"].clone()).unwrap();
        assert_eq!(made[0].0, "key", "{}", case.id);
        assert_eq!(sorted(made), sorted(fields), "{}: {seen:?}", case.id);
    }
}

/// Whether a field of COS is made by signing.
fn is_made(name: &str, case: &Case) -> bool {
    case.scheme == "cos-post" && ["q-ak", "q-sign-algorithm", "q-signature", "x-cos-security-token"].contains(&name)
}

fn sorted(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut fields: Vec<_> = fields.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    fields.sort();
    fields
}

/// The page's example of COS lacks two fields that its policy names.
fn is_incomplete(case: &Case) -> bool {
    case.id == "cos-post-doc"
}

/// One byte of any signed field makes it another form, and that is seen.
#[test]
fn forms_of_the_sdks_are_accepted_and_changed_ones_are_not() {
    let mut accepted = 0;
    for case in forms().filter(|case| !is_incomplete(case)) {
        let fields = case.fields();
        let send = |fields: &[(String, String)]| {
            let size = usize::from(!case.id.contains("range0"));
            let bucket = format!("--bucket={}", case.bucket.as_deref().unwrap());
            let mut command = countersign(["policy", "check", "--format=json", &bucket, &format!("--at={}", case.clock())]);
            with_pair(&mut command, &case);
            run_with(&mut command, &message("upload.example.com", &form(fields, size)))
        };
        let seen = send(&fields);
        assert_eq!((seen.status, &json(&seen)["signature"]), (Some(0), &json!("right")), "{}: {seen:?}", case.id);
        accepted += 1;
        let at = fields.iter().position(|(name, _)| name.eq_ignore_ascii_case("policy")).unwrap();
        let mut changed = fields.clone();
        let other = if changed[at].1.as_bytes()[20] == b'A' { "B" } else { "A" };
        changed[at].1.replace_range(20..21, other);
        let seen = send(&changed);
        assert_eq!((seen.status, &json(&seen)["refusals"][0]["code"]), (Some(1), &json!("signature-wrong")), "{}", case.id);
    }
    assert_eq!(accepted, 48);
}

#[test]
fn what_policy_sign_prints_policy_check_accepts() {
    for scheme in ["s3-v4-post", "s3-v2-post", "oss-post-v1", "oss-post-v4", "ks3-post", "cos-post"] {
        let scheme = format!("--scheme={scheme}");
        let at = "--at=2026-05-01T08:30:15Z";
        let mut command = countersign([
            "policy",
            "sign",
            &scheme,
            at,
            "--region=r",
            "--bucket=photos",
            "--starts-with=user/eric/",
            "--size=1..1kB",
            "--content-type=image/",
            "--field=Content-Type=image/jpeg",
            "--format=json",
        ]);
        let seen = run(command.env("COUNTERSIGN_SECRET_KEY", SECRET).env("COUNTERSIGN_ACCESS_KEY_ID", ID));
        // KS3 measures the whole body, which is longer than the file by some hundred bytes.
        let is_whole = scheme.contains("ks3");
        assert_eq!((seen.status, seen.err.contains("16,384 bytes more")), (Some(0), is_whole), "{scheme}: {seen:?}");
        let fields: Vec<(String, String)> = serde_json::from_value(json(&seen)["fields"].clone()).unwrap();
        let sizes = if is_whole { [(1, 0), (500, 0), (1_001, 0), (17_000, 1)] } else { [(1, 0), (500, 0), (0, 1), (1_001, 1)] };
        for (size, status) in sizes {
            let mut command = countersign(["policy", "check", at, "--bucket=photos"]);
            let seen =
                run_with(command.env("COUNTERSIGN_SECRET_KEY", SECRET), &message("photos.example.com", &form(&fields, size)));
            assert_eq!(seen.status, Some(status), "{scheme} {size}: {seen:?}");
        }
    }
}

#[test]
fn a_form_that_is_too_long_is_refused_without_being_kept() {
    let mut long = message("photos.oss-cn-hangzhou.aliyuncs.com", &form(&[("key".into(), "a".into())], 40 << 20));
    for args in [&["policy", "check"][..], &["verify"], &["explain"]] {
        let seen = run_with(countersign(args.iter().copied()).env("COUNTERSIGN_SECRET_KEY", SECRET), &long);
        assert_eq!(seen.status, Some(2), "{args:?}: {seen:?}");
        assert!(seen.err.contains("longer than 16 MiB, the most that is read of a form"), "{args:?}: {seen:?}");
    }
    // Neither is a policy.
    long.splice(0..0, *b"{\"conditions\":");
    let seen = run_with(&mut countersign(["policy", "sign", "-", "--scheme=oss-post-v1"]), &long);
    assert_eq!(seen.status, Some(2), "{seen:?}");
    assert!(seen.err.starts_with("error: ") && seen.err.lines().count() <= 2, "{seen:?}");
}

/// Every byte that a form or policy can have is answered in words, and nothing reaches the terminal.
#[test]
fn no_form_steers_the_terminal_or_stops_the_command() {
    let form = include_bytes!("../cmd/inputs/form-oss-post-v1.http");
    for at in (0..form.len()).step_by(37) {
        for with in [&b"\x1b[2J"[..], b"\xff", b"\r\n", b"--", b"\"", b""] {
            let mut damaged = form.to_vec();
            damaged.splice(at..at + 1, with.iter().copied());
            let mut command = countersign(["policy", "check", "--provider=oss", "--at=2026-05-01T08:30:15Z"]);
            let seen = run_with(command.env("COUNTERSIGN_SECRET_KEY", SECRET), &damaged);
            assert!(matches!(seen.status, Some(0..=2)), "{at} {with:?}: {seen:?}");
            assert!(!seen.out.contains('\u{1b}') && !seen.err.contains('\u{1b}'), "{at}: {seen:?}");
            assert!(!(seen.out.is_empty() && seen.err.is_empty()), "{at} {with:?}");
        }
    }
}

/// What a shell makes of the line is what was signed.
#[cfg(unix)]
#[test]
fn the_line_for_curl_survives_the_shell() {
    let keys = ["it's/\"a\" $HOME `id` \\ ;type=x", "@file", "<file", "é/键"];
    for key in keys {
        let mut command = countersign([
            "policy",
            "sign",
            "--scheme=oss-post-v1",
            "--bucket=b",
            "--key",
            key,
            "--size=1..9",
            "--curl",
            "--host=b.example.com",
        ]);
        let seen = run(command.env("COUNTERSIGN_SECRET_KEY", SECRET).env("COUNTERSIGN_ACCESS_KEY_ID", ID));
        assert_eq!(seen.status, Some(0), "{seen:?}");
        let script = format!("curl() {{ printf '%s\\n' \"$@\"; }}; {}", seen.out);
        let output = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
        let words = String::from_utf8(output.stdout).unwrap();
        let words: Vec<_> = words.lines().collect();
        assert_eq!(words[..3], ["https://b.example.com/", "--form-string", &format!("key={key}")], "{key}");
        assert_eq!(words[words.len() - 2..], ["--form", "file=@FILE"], "{key}");
    }
}

#[test]
fn a_policy_alone_is_read_and_judged() {
    let form = r#"{"expiration":"2026-11-30T20:00:00Z","conditions":[{"bucket":"photos"},["ends-with","$key",".jpg"]]}"#;
    let put = r#"{"scope":"photos:a.jpg","deadline":"1796065200"}"#;
    let on = |args: &[&str], text: &str| run_with(&mut countersign(args.iter().copied()), text.as_bytes());
    for text in [form.to_owned(), Encoding::Base64.encode(form.as_bytes())] {
        let seen = on(&["decode", "--at", "2026-11-30T19:00:00Z"], &text);
        assert_eq!(seen.status, Some(0), "{seen:?}");
        assert!(seen.out.contains("2026-11-30 20:00:00 UTC, in 1 h"), "{seen:?}");
        assert!(seen.out.contains("  {\"bucket\":\"photos\"}\n"), "{seen:?}");
        let seen = on(&["decode", "--provider", "oss"], &text);
        assert!(seen.status == Some(1) && seen.out.contains("`ends-with` at offset"), "{seen:?}");
        let seen = on(&["policy", "check", "-", "--provider", "oss"], &text);
        assert!(seen.status == Some(1) && seen.out.contains("the operators are `eq`, `starts-with`"), "{seen:?}");
        for verb in ["explain", "verify"] {
            let seen = on(&[verb], &text);
            assert!(seen.status == Some(2) && seen.err.contains("is a policy alone"), "{seen:?}");
        }
    }
    let seen = on(&["decode", "--format", "json"], put);
    assert_eq!((seen.status, json(&seen)["provider"].as_str()), (Some(1), Some("kodo")));
    // Documented: "invalid put policy encoding" for fields of the wrong type.
    let seen = on(&["policy", "check", "-", "--format", "json"], put);
    let refusal = &json(&seen)["refusals"][0];
    assert_eq!((seen.status, refusal["code"].as_str()), (Some(1), Some("policy-type-wrong")), "{seen:?}");
    assert!(seen.out.contains("invalid put policy encoding") && seen.out.contains("401"), "{seen:?}");
}
