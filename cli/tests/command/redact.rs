//! What `--redact` leaves of the planted cases: nothing that is private, in no form of the report.

use crate::run::{countersign, folder, run};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use countersign::{Hints, Request, Subject, decode, explain::ServerAnswer};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut list: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    list.sort();
    list
}

/// Words of the vendors and of HTTP, which are no secret of anybody.
const PUBLIC: [&str; 22] = [
    "amazonaws",
    "aliyuncs",
    "myqcloud",
    "ksyuncs",
    "ksyun",
    "qiniucs",
    "qiniuapi",
    "qbox",
    "hangzhou",
    "beijing",
    "guangzhou",
    "text",
    "plain",
    "true",
    "false",
    "image",
    "aliyun",
    "east",
    "west",
    "octet",
    "qiniu",
    "http",
];

/// The private values of a request: whoever reads the report must not find them.
fn originals(input: &[u8], is_url: bool) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut add = |value: &[u8]| {
        let value = String::from_utf8_lossy(value).trim().trim_matches('/').to_owned();
        let is_public = |word: &str| word.len() < 4 || PUBLIC.contains(&&*word.to_ascii_lowercase());
        // A value is private by a word in it that is.
        let says_something = value.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| !is_public(word));
        if value.len() >= 5 && says_something {
            all.insert(value);
        }
    };
    let request = if is_url { Request::new("GET", input).ok() } else { Request::parse(input).ok() };
    let Some(request) = request else {
        all.extend(accounts_of_document(&Subject::Token(input.trim_ascii())));
        return all;
    };
    add(request.path());
    add(&countersign::wire::percent::decode(request.path()));
    for header in request.headers().filter(|header| {
        let name = header.name.to_ascii_lowercase();
        name.contains("-meta-")
            || name.contains("token")
            || name.contains("copy-source")
            || matches!(&*name, "referer" | "cookie")
    }) {
        add(header.trimmed());
    }
    for param in request.params().filter(|param| ["prefix", "marker", "delimiter", "filename"].iter().any(|name| param.is(name)))
    {
        add(&param.value().unwrap_or_default());
    }
    add(request.body().bytes().unwrap_or_default());
    let subject = Subject::from(request.clone());
    if let Ok(claim) = decode(&subject, &Hints::NONE) {
        add(&claim.access_key_id);
        add(&claim.signature);
        if let Some(token) = &claim.token {
            add(token);
        }
        if let Some(bucket) = &claim.bucket {
            add(&bucket.name);
        }
    }
    // An account is a number, and looks like a time.
    all.extend(accounts(&request.host().unwrap_or_default()));
    all.extend(accounts(&countersign::wire::percent::decode(request.path())));
    all.extend(accounts_of_document(&subject));
    all
}

/// The private values of the texts a server quotes: paths, hosts, and names and values of the user's own.
fn quoted(answer: &[u8]) -> BTreeSet<String> {
    let answer = ServerAnswer::parse(answer).unwrap_or_default();
    let mut all = BTreeSet::new();
    for text in [answer.string_to_sign, answer.canonical_request].into_iter().flatten() {
        for line in String::from_utf8_lossy(&text.bytes).split('\n') {
            let private = match line.split_once(':') {
                _ if line.starts_with('/') => line.split('?').next().unwrap_or_default(),
                Some(("host", value)) => value,
                Some((name, value)) if name.contains("-meta-") => value,
                _ => continue,
            };
            let private = private.trim().trim_matches('/');
            let is_public = |word: &str| word.len() < 4 || PUBLIC.contains(&&*word.to_ascii_lowercase());
            if private.len() >= 5 && private.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| !is_public(word)) {
                all.insert(private.to_owned());
            }
        }
    }
    all
}

/// The numbers of a text that are long enough for an account.
fn accounts(text: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(text);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned).collect()
}

/// The same of what a token or form says of its user, without the times it says.
fn accounts_of_document(subject: &Subject<'_>) -> BTreeSet<String> {
    let Ok(claim) = decode(subject, &Hints::NONE) else { return BTreeSet::new() };
    let Some(document) = &claim.document else { return BTreeSet::new() };
    let base64 = |text: &[u8]| URL_SAFE.decode(text).or_else(|_| STANDARD.decode(text)).ok();
    let text = base64(document).unwrap_or_else(|| document.to_vec());
    if let Ok(value) = serde_json::from_slice::<Value>(&text) {
        let mut found = BTreeSet::new();
        strings(&value, &mut |text| found.extend(accounts(text.as_bytes())));
        return found;
    }
    // The text of COS: the expiry, the time it was signed at and a random number say nothing.
    let pairs = text.split(|byte| *byte == b'&').filter(|pair| !matches!(pair.first_chunk(), Some(b"e=" | b"t=" | b"r=")));
    pairs.flat_map(|pair| accounts(&countersign::wire::percent::decode(pair))).collect()
}

fn strings(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, take)),
        Value::Object(members) => {
            let untimed = members.iter().filter(|(name, _)| !matches!(&***name, "expiration" | "deadline"));
            untimed.for_each(|(_, member)| strings(member, take));
        }
        _ => {}
    }
}

#[test]
fn nothing_private_is_left_of_any_planted_case() {
    let scratch = folder("redact");
    let page = scratch.join("page.html");
    let mut failures = Vec::new();
    let (mut values, mut refused) = (0, 0);
    for code in sorted(&countersign_tests::folder().join("causes")) {
        for case in sorted(&code) {
            let about: Value = serde_json::from_slice(&fs::read(case.join("case.json")).unwrap()).unwrap();
            let find = |names: &[&str]| names.iter().map(|name| case.join(name)).find(|path| path.exists());
            // Forms are planted as pairs, which the command takes as an object.
            let Some(input) = find(&["request.http", "request.url", "request.token"]) else { continue };
            let secret = case.join("secret");
            let mut args = vec!["explain", input.to_str().unwrap(), "--secret-file", secret.to_str().unwrap(), "--redact"];
            let answer = find(&["answer.xml", "answer.json"]);
            args.extend(answer.iter().flat_map(|path| ["--error", path.to_str().unwrap()]));
            let hints =
                ["bucket", "region", "addressing", "endpoint", "scheme"].map(|name| (name, about["hints"][name].as_str()));
            let hints: Vec<_> = hints.iter().filter_map(|(name, value)| Some(format!("--{name}={}", (*value)?))).collect();
            args.extend(hints.iter().map(String::as_str));
            args.extend(["--html", page.to_str().unwrap(), "--depth", "2"]);
            let text = run(&mut countersign(args.iter().copied()));
            let json = run(&mut countersign(args.iter().copied().chain(["--format", "json"])));
            // A token that is none is refused, and nothing is said of it.
            if text.status == Some(2) && text.out.is_empty() {
                refused += 1;
                continue;
            }
            let page = fs::read_to_string(&page).unwrap();
            let quoted = answer.iter().flat_map(|path| quoted(&fs::read(path).unwrap()));
            let mut private = originals(&fs::read(&input).unwrap(), input.ends_with("request.url"));
            private.extend(quoted);
            private.insert(String::from_utf8_lossy(&fs::read(&secret).unwrap()).into_owned());
            for value in private.iter().filter(|value| !value.is_empty()) {
                values += 1;
                let quoted = serde_json::to_string(value).unwrap();
                let quoted = quoted.trim_matches('"');
                let marked = value.replace(' ', "·");
                for (form, out) in [("text", &text.out), ("json", &json.out), ("page", &page)] {
                    if [value.as_str(), quoted, &marked].iter().any(|value| out.contains(value)) {
                        failures.push(format!("{}: `{value}` in the {form}", case.display()));
                    }
                }
            }
        }
    }
    assert!(values > 1_000 && refused <= 1, "{values} {refused}");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn what_is_the_same_stays_the_same_and_as_long() {
    let input = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/put-403.http");
    let secret = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/secret.txt");
    let json = |more: &[&str]| -> Value {
        let args = ["explain", input, "--secret-file", secret, "--format", "json"].into_iter().chain(more.iter().copied());
        serde_json::from_str(&run(&mut countersign(args)).out).unwrap()
    };
    let (open, hidden) = (json(&[]), json(&["--redact"]));
    let text = |report: &Value| report["documents"][0]["text"].as_str().unwrap().to_owned();
    let (open_text, hidden_text) = (text(&open), text(&hidden));
    assert_ne!(open_text, hidden_text);
    let shape = |text: &str| text.chars().map(|c| if c.is_ascii_alphanumeric() { 'x' } else { c }).collect::<String>();
    assert_eq!(shape(&open_text), shape(&hidden_text));
    assert_eq!(open["documents"][0]["parts"], hidden["documents"][0]["parts"]);
    assert_eq!(open["verdict"], hidden["verdict"]);
    assert_eq!(open["findings"][0]["title"], hidden["findings"][0]["title"]);
    assert!(hidden["secret"].is_null() && !open["secret"].is_null());
    let refused = run(&mut countersign(["explain", input, "--redact", "--steps"]));
    assert!(refused.status == Some(2) && refused.err.contains("cannot be used with"), "{refused:?}");
}
