//! Tokens and forms of the official SDKs through the command, callbacks, and a list of tokens.

use crate::run::{Seen, countersign, run, run_with};
use countersign::Timestamp;
use countersign_tests::{Case, load};
use serde_json::{Value, json};
use std::{collections::BTreeSet, process::Command};

/// The cases of a scheme, of which there must be so many: a lost case is a failure.
fn cases(file: &str, schemes: &[&str], count: usize) -> Vec<Case> {
    let cases: Vec<_> = load(file).cases.into_iter().filter(|case| schemes.contains(&&*case.scheme)).collect();
    assert_eq!(cases.len(), count, "{file}.json holds another number of cases");
    cases
}

/// The command with the pair of the case.
fn command(case: &Case, args: &[&str]) -> Command {
    let pair = &case.credentials;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut command = countersign(args.iter().copied());
    command.env("COUNTERSIGN_SECRET_KEY", text(&pair.secret)).env("COUNTERSIGN_ACCESS_KEY_ID", text(&pair.access_key_id));
    command
}

fn text<'c>(value: &'c serde_json::Map<String, Value>, name: &str) -> &'c str {
    value.get(name).and_then(Value::as_str).unwrap_or_else(|| panic!("{name} is missing"))
}

fn json(seen: &Seen) -> Value {
    serde_json::from_str(&seen.out).unwrap_or_else(|error| panic!("{error}: {seen:?}"))
}

fn assert_matches(case: &Case, seen: &Seen) {
    assert_eq!(seen.status, Some(0), "{}: {seen:?}", case.id);
    assert!(seen.out.starts_with("MATCHES"), "{}: {seen:?}", case.id);
}

/// The signature is right; whether the policy allows the form is another question.
fn assert_signed(case: &Case, seen: &Seen) {
    let right = ["MATCHES", "WOULD BE REFUSED  the signature is right"];
    assert!(right.iter().any(|start| seen.out.starts_with(start)), "{}: {seen:?}", case.id);
}

const CLOCK: &str = "2015-12-01T00:00:00Z";

#[test]
fn a_ready_policy_is_signed_as_the_sdk_signed_it() {
    for case in cases("kodo", &["kodo-upload-token"], 35) {
        let policy = text(&case.rest, "policy_text");
        let seen = run_with(&mut command(&case, &["token", "--policy=-", "--at", CLOCK]), policy.as_bytes());
        assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""), "{}: {seen:?}", case.id);
        assert_eq!(seen.out.trim_end(), text(&case.expect.rest, "token"), "{}", case.id);
        let args = ["token", "--policy=-", "--at", CLOCK, "--format=json"];
        let made = json(&run_with(&mut command(&case, &args), policy.as_bytes()));
        assert_eq!(made["policy"], case.rest["policy"], "{}", case.id);
        assert_eq!(made["scheme"], "kodo-upload-token");
        assert_matches(&case, &run(&mut command(&case, &["verify", seen.out.trim_end(), "--at", CLOCK])));
    }
}

/// The option for a field of a policy; `None` for one that has none.
fn option(field: &str, value: &Value) -> Option<String> {
    let name = match field {
        "insertOnly" => return Some("--insert-only".to_owned()),
        "forceSaveKey" => return Some("--force-save-key".to_owned()),
        "isPrefixalScope" => return Some("--prefix".to_owned()),
        "scope" => "scope",
        "fsizeLimit" => "fsize-limit",
        "fsizeMin" => "fsize-min",
        "mimeLimit" => "mime",
        "detectMime" => "detect-mime",
        "callbackUrl" => "callback-url",
        "callbackBody" => "callback-body",
        "callbackBodyType" => "callback-body-type",
        "returnBody" => "return-body",
        "returnUrl" => "return-url",
        "saveKey" => "save-key",
        "endUser" => "end-user",
        "fileType" => "file-type",
        "deleteAfterDays" => "delete-after-days",
        _ => return None,
    };
    Some(format!("--{name}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
}

#[test]
fn options_make_the_policy_of_the_sdk() {
    let (mut made, mut same_bytes) = (0, 0);
    for case in cases("kodo", &["kodo-upload-token"], 35) {
        let fields = case.rest["policy"].as_object().unwrap();
        let options: Option<Vec<_>> = fields.iter().filter(|(name, _)| *name != "deadline").map(|(n, v)| option(n, v)).collect();
        let (Some(options), Some(life), Some(time)) = (options, case.expires, &case.time) else { continue };
        // Where a caller of the SDK named a deadline, this one counts.
        let deadline = fields["deadline"].as_i64().unwrap();
        let (time, life) = if case.id.ends_with("non-strict") { (time, deadline - case.clock().unix()) } else { (time, life) };
        let (at, life) = (format!("--at={time}"), format!("--expires={life}"));
        let mut args = vec!["token", "--format=json", &at, &life];
        args.extend(options.iter().map(String::as_str));
        let seen = run(&mut command(&case, &args));
        assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""), "{}: {seen:?}", case.id);
        let value = json(&seen);
        assert_eq!(value["policy"], case.rest["policy"], "{}", case.id);
        let token = value["token"].as_str().unwrap();
        assert_matches(&case, &run(&mut command(&case, &["verify", token, &at])));
        // Not every SDK writes the fields in our order.
        same_bytes += usize::from(token == text(&case.expect.rest, "token"));
        made += 1;
    }
    assert_eq!((made, same_bytes), (27, 25));
}

#[test]
fn callbacks_verify_and_forged_ones_do_not() {
    let mut forged = 0;
    for case in cases("kodo", &["kodo-callback"], 21) {
        let message = case.request.as_ref().unwrap();
        let target = message.url.splitn(4, '/').nth(3).unwrap();
        let headers: String = message.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let host = message.url.split('/').nth(2).unwrap();
        let has_host = message.headers.iter().any(|(name, _)| name == "Host");
        let host = if has_host { String::new() } else { format!("Host: {host}\r\n") };
        let body = message.body.as_deref().unwrap_or_default();
        let raw = format!("{} /{target} HTTP/1.1\r\n{host}{headers}\r\n{body}", message.method);
        let seen =
            run_with(&mut command(&case, &["verify", "--scheme=kodo-callback", "--at=2024-11-05T01:24:00Z"]), raw.as_bytes());
        let valid = case.expect.rest["valid"].as_bool().unwrap();
        // The id is another one: the secret may still be right, and the difference is said.
        let other_id = case.id == "kodo-cb-qbox-other-ak";
        assert_eq!(
            seen.status == Some(0) && !(other_id && seen.err.contains("the request names")),
            valid,
            "{}: {seen:?}",
            case.id
        );
        forged += usize::from(!valid);
    }
    assert_eq!(forged, 11);
}

#[test]
fn signatures_of_the_json_api_are_made_read_and_verified() {
    for case in cases("cos", &["cos-json-multi", "cos-json-once"], 43) {
        let fields = case.rest["json_api"].as_object().unwrap();
        let number = |name: &str| fields[name].as_i64().unwrap();
        let token = case.expect.authorization.clone().unwrap();
        let at = format!("--at={}", case.time.as_deref().unwrap());

        let order = text(fields, "order").replace(',', "");
        let file = text(fields, "fileid");
        let bucket = case.bucket.as_deref().unwrap();
        let mut args = vec![
            at.clone(),
            format!("--appid={}", text(fields, "appid")),
            format!("--bucket={bucket}"),
            format!("--random={}", number("r")),
            format!("--field-order={order}"),
        ];
        args.push(if number("e") == 0 { "--once".to_owned() } else { format!("--expires={}", number("e") - number("t")) });
        args.extend((!file.is_empty()).then(|| format!("--fileid={file}")));
        let is_bare = !file.is_empty() && !file.starts_with(&format!("/{}/{bucket}", text(fields, "appid")));
        args.extend(is_bare.then(|| "--bare".to_owned()));
        let args: Vec<_> = ["token", "--provider=cos"].into_iter().chain(args.iter().map(String::as_str)).collect();
        let seen = run(&mut command(&case, &args));
        assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""), "{}: {seen:?}", case.id);
        assert_eq!(seen.out.trim_end(), token, "{}", case.id);

        let seen = run(&mut command(&case, &["decode", &token, &at, "--format=json"]));
        let read = json(&seen);
        assert_eq!((seen.status, read["scheme"].as_str()), (Some(0), Some(&*case.scheme)), "{}: {seen:?}", case.id);
        assert_eq!(read["document"]["text"].as_str(), case.expect.string_to_sign.as_deref(), "{}", case.id);
        assert_eq!(read["grant"]["order"].as_array().unwrap().iter().map(|o| o.as_str().unwrap()).collect::<String>(), order);
        assert_eq!(read["signature"].as_str(), Some(text(&case.expect.rest, "mac_hex")), "{}", case.id);
        assert_matches(&case, &run(&mut command(&case, &["verify", &token, &at])));
    }
}

#[test]
fn forms_of_ks3_are_signed_and_verified() {
    for case in cases("ks3", &["ks3-post"], 11) {
        let fields = case.expect.rest["fields"].as_object().unwrap();
        let named =
            |name: &str| fields.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone()).unwrap();
        let unsigned = json!({ "key": "u/a.bin", "policy": named("policy") });
        let seen = run_with(&mut command(&case, &["sign", "--scheme=ks3-post"]), unsigned.to_string().as_bytes());
        assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""), "{}: {seen:?}", case.id);
        let complete = json(&seen);
        assert_eq!(
            (&complete["signature"], &complete["KSSAccessKeyId"]),
            (&named("signature"), &named("KSSAccessKeyId")),
            "{}",
            case.id
        );
        assert_signed(&case, &run_with(&mut command(&case, &["verify"]), seen.out.as_bytes()));
        let sent = serde_json::to_vec_pretty(fields).unwrap();
        assert_signed(&case, &run_with(&mut command(&case, &["verify"]), &sent));
        let seen = run_with(&mut command(&case, &["explain"]), seen.out.replace("u/a.bin", "other").as_bytes());
        assert_signed(&case, &seen);
    }
}

/// Nine tokens of a cloud function, from a support case: six were asked for with `deadline`, which the
/// Node SDK ignores, and three with `expires`. Their deadlines, by the clock in China.
const NINE: [(i64, &str); 9] = [
    (1_730_769_838, "2024-11-05 09:23:58"),
    (1_730_770_166, "2024-11-05 09:29:26"),
    (1_730_770_356, "2024-11-05 09:32:36"),
    (1_730_770_564, "2024-11-05 09:36:04"),
    (1_730_770_761, "2024-11-05 09:39:21"),
    (1_730_770_926, "2024-11-05 09:42:06"),
    (1_730_817_558, "2024-11-05 22:39:18"),
    (1_730_774_990, "2024-11-05 10:49:50"),
    (1_730_769_783, "2024-11-05 09:23:03"),
];

/// The command beside the nine tokens, which stand in a file as they came: with empty lines between them
/// and `token: ` before some.
fn nine(args: &[&str]) -> Command {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/nine-tokens.txt");
    countersign(["decode", file].into_iter().chain(args.iter().copied()))
}

#[test]
fn nine_tokens_are_read_at_once() {
    let at = "--at=2024-11-05T02:00:00Z";
    let seen = run(&mut nine(&[at]));
    assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""), "{seen:?}");
    let claims = json(&run(&mut nine(&[at, "--format=json"])));
    assert_eq!(claims["schema"], "countersign.claims/1");
    let claims = claims["claims"].as_array().unwrap();
    assert_eq!(claims.len(), NINE.len());
    for (index, (deadline, in_china)) in NINE.into_iter().enumerate() {
        let row = seen.out.lines().nth(index + 1).unwrap();
        let cells: Vec<_> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let utc = Timestamp::from_unix(deadline).to_string().replace('T', " ").replace('Z', "");
        assert_eq!(cells[..5], [&*(index + 1).to_string(), "CSIDEXAMPLE0001", "test", &utc, in_china], "{row}");
        let left = deadline - Timestamp::from_rfc3339("2024-11-05T02:00:00Z").unwrap().unix();
        assert_eq!(cells[5].starts_with("in "), left > 0, "{row}");
        let claim = &claims[index];
        assert_eq!(claim["upload"]["policy"], json!({ "scope": "test", "deadline": deadline }));
        assert_eq!(claim["expires"]["seconds_from_now"], left);
        assert_eq!(claim["expires"]["at_plus_8"], format!("{}+08:00", in_china.replace(' ', "T")));
    }
    // From standard input it is the same.
    let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/nine-tokens.txt")).unwrap();
    assert_eq!(run_with(&mut countersign(["decode", at]), &file).out, seen.out);
    let windows = String::from_utf8(file).unwrap().replace('\n', "\r\n");
    assert_eq!(run_with(&mut countersign(["decode", "-", at]), windows.as_bytes()).out, seen.out);
}

/// The thread names four times at which a token was made, and what was asked for: 1800 s with `deadline`,
/// which gave 3600, and three times `expires`, which gave what was asked for.
#[test]
fn the_default_of_the_sdks_is_seen_in_the_first_token_alone() {
    for (number, made, asked) in [(1, "08:23:58", 1_800), (7, "08:45:58", 50_000), (8, "08:49:50", 7_200), (9, "08:53:03", 1_800)]
    {
        let args = [format!("--at=2024-11-05T{made}+08:00"), format!("--expected-life={asked}"), "--format=json".to_owned()];
        let claims = json(&run(&mut nine(&args.iter().map(String::as_str).collect::<Vec<_>>())));
        let claim = &claims["claims"][number - 1];
        let hint = &claim["upload"]["hint"];
        assert_eq!(hint["code"].as_str(), (number == 1).then_some("deadline-default-3600"), "{number}: {hint}");
        let life = claim["expires"]["seconds_from_now"].as_i64().unwrap();
        assert_eq!(life, if number == 1 { 3_600 } else { asked }, "{number}");
    }
}

#[test]
fn a_random_number_is_fresh_and_fits() {
    let args = ["token", "--provider=cos", "--appid=1", "--bucket=b", "--format=json", "--at=2016-08-09T10:02:20Z"];
    let made = || {
        let mut command = countersign(args);
        let seen = run(command.env("COUNTERSIGN_SECRET_KEY", "madeUp").env("COUNTERSIGN_ACCESS_KEY_ID", "id"));
        let original = json(&seen)["original"].as_str().unwrap().to_owned();
        let random = original.split("&r=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        assert!(random.len() <= 10 && random.parse::<u64>().is_ok(), "{original}");
        random
    };
    let all: BTreeSet<_> = (0..3).map(|_| made()).collect();
    assert!(all.len() > 1, "{all:?}");
}
