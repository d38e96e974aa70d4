//! One file per case in `tests/cmd`: the command line, its exit status and all it says.
//!
//! `TRYCMD=overwrite cargo test -p countersign-cli` writes them anew; read what changed before you keep it.

/// Variables a developer may have set, which would decide a case; empty is as good as not set. The
/// cases set `COUNTERSIGN_SECRET_KEY` and `COUNTERSIGN_ACCESS_KEY_ID` themselves.
const SILENCED: [&str; 11] = [
    "COUNTERSIGN_SESSION_TOKEN",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SHARED_CREDENTIALS_FILE",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "OSS_ACCESS_KEY_SECRET",
    "QINIU_SECRET_KEY",
    "COS_SECRET_KEY",
    "TENCENTCLOUD_SECRET_KEY",
    "KS3_SECRET_KEY",
];

#[test]
#[allow(clippy::unwrap_used, reason = "a test may stop at a fault")]
fn every_case_says_what_is_pinned() {
    // The cases name their inputs from where they stand.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd")).unwrap();
    let cases = trycmd::TestCases::new();
    for name in SILENCED {
        cases.env(name, "");
    }
    // Five hours behind UTC, wherever the tests run and whatever is installed there.
    cases.env("TZ", "EST5");
    // The language of the machine decides no case.
    cases.env("LC_ALL", "C");
    cases.env("COLUMNS", "100").env("HOME", "/nonexistent").env("NO_COLOR", "1").case("*.trycmd");
}
