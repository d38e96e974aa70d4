//! The commands of `--steps` are run, and give what is said beside them: with `sh` and `openssl`, not with our code.

use crate::{
    run::{Seen, countersign, run, run_with},
    vectors::{asked, cases, is_beyond_the_options, raw, secret},
};
use countersign_tests::{Case, load};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    process::{Command, Stdio},
};

/// Cases of each scheme.
const EACH: usize = 4;
/// Between the answers of two commands.
const END: char = '\u{1e}';
const WORDS: [&str; 5] = ["explain", "--steps", "--depth=0", "--format", "json"];

/// What the command says of a form, a token or a link that no request carries.
fn others_of(case: &Case) -> Option<Seen> {
    let text = |name: &str| case.expect.rest.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut args: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    args.push(format!("--scheme={}", case.scheme));
    args.extend(case.bucket.as_ref().filter(|_| case.scheme == "oss-rtmp-url").map(|bucket| format!("--bucket={bucket}")));
    let mut command = |more: Option<&String>| {
        args.extend(more.cloned());
        let mut command = countersign(args.iter().map(String::as_str));
        command.env("COUNTERSIGN_SECRET_KEY", secret(case));
        command
    };
    let input = match &*case.scheme {
        "kodo-upload-token" => text("token")?,
        "cos-json-multi" | "cos-json-once" => case.expect.authorization.clone()?,
        scheme if scheme.ends_with("-post") || scheme.contains("-post-") => {
            let fields: serde_json::Map<_, _> =
                case.fields().into_iter().map(|(name, value)| (name, Value::from(value))).collect();
            if fields.is_empty() {
                return None;
            }
            Value::from(fields).to_string()
        }
        "kodo-callback" if case.expect.signature.is_some() => {
            let url = &case.request.as_ref()?.url;
            return Some(run_with(&mut command(None), &raw(case, url, &[])));
        }
        "oss-rtmp-url" => return Some(run(&mut command(case.expect.url.as_ref()))),
        _ => return None,
    };
    Some(run_with(&mut command(None), input.as_bytes()))
}

fn has_openssl() -> bool {
    let version = Command::new("openssl").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// What the commands print, one after the other in one shell.
fn printed(steps: &[Value], secret: &str) -> Vec<String> {
    let script: String = steps
        .iter()
        .map(|step| {
            let command = step["command"].as_str().unwrap();
            if step["what"].as_str().unwrap().starts_with("key") {
                format!("{command}\n")
            } else {
                format!("{command}; printf '\\036'\n")
            }
        })
        .collect();
    let mut shell = Command::new("sh");
    shell.args(["-e", "-u", "-c", &script]).env("COUNTERSIGN_SECRET_KEY", secret).env("LC_ALL", "C");
    let output = shell.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).split(END).map(|text| text.strip_prefix('\n').unwrap_or(text).to_owned()).collect()
}

#[test]
fn every_step_can_be_repeated_with_sh_and_openssl() {
    assert!(has_openssl(), "this test runs `openssl`, which is not installed here (Debian: apt-get install openssl)");
    let requests = cases().filter(|case| !is_beyond_the_options(case)).filter_map(|case| Some((asked(&WORDS, &case)?, case)));
    let others = ["cos", "kodo", "oss", "ks3", "s3"].into_iter().flat_map(|file| {
        let file = load(file);
        file.cases.into_iter().chain(file.extra)
    });
    let mut seen_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut take = |case: &Case| {
        let count = seen_of.entry(case.scheme.clone()).or_default();
        *count += 1;
        *count <= EACH
    };
    let mut checked: BTreeMap<String, usize> = BTreeMap::new();
    let all = requests.chain(others.filter_map(|case| Some((others_of(&case)?, case))));
    for (seen, case) in all {
        if !take(&case) {
            continue;
        }
        let report: Value = serde_json::from_str(&seen.out).unwrap_or_else(|e| panic!("{}: {e} {seen:?}", case.id));
        let steps = report["steps"].as_array().unwrap_or_else(|| panic!("{}: no steps in {report}", case.id));
        let answers = printed(steps, secret(&case));
        let valued: Vec<_> = steps.iter().filter(|step| !step["what"].as_str().unwrap().starts_with("key")).collect();
        for (step, answer) in valued.iter().zip(&answers) {
            let value = step["value"].as_str().unwrap_or_else(|| panic!("{}: {step}", case.id));
            assert_eq!(answer.trim_end_matches('\n'), value.trim_end_matches('\n'), "{}: {step}", case.id);
        }
        // No key is shown, and each is made.
        for step in steps.iter().filter(|step| step["what"].as_str().unwrap().starts_with("key")) {
            assert!(step["value"].is_null() && step["command"].as_str().unwrap().starts_with('k'), "{}: {step}", case.id);
        }
        let of = |what: &str| steps.iter().find(|step| step["what"] == what).and_then(|step| step["value"].as_str());
        for (what, expected) in
            [("canonical request", &case.expect.canonical_request), ("string to sign", &case.expect.string_to_sign)]
        {
            if let (Some(value), Some(expected)) = (of(what), expected) {
                // The vector of the CDN has the key in front, which is not for showing.
                let is_keyed = case.scheme == "kodo-cdn-antileech";
                let expected = if is_keyed { expected.strip_prefix(secret(&case)).unwrap() } else { expected };
                assert_eq!(value, expected, "{}", case.id);
            }
        }
        let signature = steps.last().unwrap()["value"].as_str().unwrap();
        // A signature of the JSON API of COS carries its text, too.
        let mac = case.expect.rest.get("mac_hex").and_then(Value::as_str);
        assert_eq!(Some(signature), mac.or(case.expect.signature.as_deref()), "{}", case.id);
        *checked.entry(case.scheme.clone()).or_default() += 1;
    }
    let schemes: Vec<_> = checked.keys().map(String::as_str).collect();
    for scheme in [
        "aws-v4-generic",
        "cos-json-multi",
        "cos-json-once",
        "cos-post",
        "cos-xml-header",
        "cos-xml-url",
        "kodo-callback",
        "kodo-cdn-antileech",
        "kodo-mac",
        "kodo-private-url",
        "kodo-qbox",
        "kodo-upload-token",
        "ks3-post",
        "ks3-v2-header",
        "ks3-v2-url",
        "oss-post-v1",
        "oss-post-v4",
        "oss-rtmp-url",
        "oss-v1-header",
        "oss-v1-url",
        "oss-v4-header",
        "oss-v4-url",
        "s3-v2-header",
        "s3-v2-post",
        "s3-v2-url",
        "s3-v4-header",
        "s3-v4-post",
        "s3-v4-url",
    ] {
        assert!(schemes.contains(&scheme), "no case of {scheme} was run: {checked:?}");
    }
}
