//! What is captured from texts: several requests as JSON, secrets in a command, long files.

use crate::run::{countersign, folder, run, run_with};
use serde_json::Value;

const HAR: &str = include_str!("../cmd/inputs/upload.har");
const SECRET: &str = "cs7EXAMPLEsecretKEY/with+signs0123456789";

#[test]
fn several_requests_are_a_json_list_of_reports() {
    for (verb, verdicts) in [("verify", ["mismatch", "valid", "mismatch"]), ("explain", ["mismatch", "valid", "mismatch"])] {
        let mut command = countersign([verb, "--format", "json"]);
        let seen = run_with(command.env("COUNTERSIGN_SECRET_KEY", SECRET), HAR.as_bytes());
        assert_eq!(seen.status, Some(1), "{seen:?}");
        let list: Vec<Value> = serde_json::from_str(&seen.out).unwrap();
        let found: Vec<_> = list.iter().map(|report| report["verdict"].as_str().unwrap()).collect();
        assert_eq!(found, verdicts, "{verb}");
        assert!(list.iter().all(|report| report["schema"] == "countersign.report/1"), "{verb}");
    }
    let seen = run_with(countersign(["decode", "--format", "json"]).env("COUNTERSIGN_SECRET_KEY", SECRET), HAR.as_bytes());
    let list: Vec<Value> = serde_json::from_str(&seen.out).unwrap();
    assert_eq!(list.iter().filter(|claim| claim["schema"] == "countersign.claim/1").count(), 3);
}

/// One request whose signature cannot be read does not keep the others from being judged.
#[test]
fn one_damaged_request_of_several_is_told_apart() {
    let har = HAR.replacen("AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/", "AWS4-HMAC-SHA256 Credential=", 1);
    assert_ne!(har, HAR);
    let seen = run_with(countersign(["verify"]).env("COUNTERSIGN_SECRET_KEY", SECRET), har.as_bytes());
    assert_eq!(seen.status, Some(2), "{seen:?}");
    assert_eq!(seen.out.matches("MATCHES").count(), 1, "{seen:?}");
    assert_eq!(seen.out.matches("\nerror: ").count(), 1, "{seen:?}");
    assert_eq!(seen.out.matches("DOES NOT MATCH").count(), 2, "{seen:?}");
}

#[test]
fn a_secret_in_a_command_is_tried_and_never_printed() {
    // Signed rightly by the secret of the first line.
    let log = include_str!("../../../tests/vectors/captures/verbose-get.txt");
    let text = format!(
        "$ curl -v --aws-sigv4 aws:amz:eu-west-1:s3 -u CSIDEXAMPLE0001:{SECRET} 'https://photos-ex.s3.eu-west-1.amazonaws.com/?list-type=2&prefix=2024%2F'\n{log}"
    );
    for format in ["text", "json"] {
        let seen = run_with(&mut countersign(["explain", "--format", format]), text.as_bytes());
        // The server of the log refused the right signature, for it held another secret.
        assert_eq!(seen.status, Some(1), "{seen:?}");
        assert!(seen.out.contains("it holds another secret for this"), "{seen:?}");
        assert!(seen.err.contains("the command line holds the secret of `CSIDEXAMPLE0001`"), "{seen:?}");
        assert!(!seen.out.contains(SECRET) && !seen.err.contains(SECRET), "{seen:?}");
    }
}

/// The signature is HMAC-SHA1 by Python's hmac over `PUT\n\nimage/jpeg\n1777631415\n/photos-ex/a.jpg`.
#[test]
fn where_only_the_url_is_read_of_code_nothing_is_called_wrong() {
    const URL: &str = "https://photos-ex.oss-cn-hangzhou.aliyuncs.com/a.jpg?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415\
        &Signature=FZw4gAGuzoiSZKIY0hI5fbU8ago%3D";
    let code = format!("client.R().SetHeader(\"Content-Type\", kind).SetBody(data).Put(\"{URL}\")\n");
    for verb in ["explain", "verify"] {
        let mut command = countersign([verb, "--at", "2026-05-01T08:30:15Z"]);
        let seen = run_with(command.env("COUNTERSIGN_SECRET_KEY", SECRET), code.as_bytes());
        assert_eq!(seen.status, Some(2), "{seen:?}");
        assert!(seen.err.contains("only the URL is read of the code"), "{seen:?}");
    }
}

/// A HAR file on one line is longer than any head may be.
#[test]
fn a_long_har_file_is_read() {
    let mut har: Value = serde_json::from_str(HAR).unwrap();
    har["log"]["comment"] = "x".repeat(17 << 20).into();
    let path = folder("long-har").join("long.har");
    std::fs::write(&path, har.to_string()).unwrap();
    let args = ["verify", path.to_str().unwrap(), "--request", "2"];
    let seen = run(countersign(args).env("COUNTERSIGN_SECRET_KEY", SECRET));
    assert_eq!((seen.status, seen.out.starts_with("MATCHES")), (Some(0), true), "{seen:?}");
}

#[test]
fn a_text_without_end_is_refused() {
    let text = "it does not work\n".repeat((64 << 20) / 17 + 1);
    let seen = run_with(&mut countersign(["explain"]), text.as_bytes());
    assert_eq!(
        (seen.status, seen.err.as_str()),
        (Some(2), "error: standard input is longer than 64 MiB and no raw HTTP request\n")
    );
}
