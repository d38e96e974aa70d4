//! The files in which the vendors' tools keep their keys, as these tools write them.

use crate::{
    run::{ID, SECRET, countersign, folder, run},
    secrets::{GOOD, assert_matches, assert_signed, presign, private, verify},
};
use std::path::Path;

#[test]
fn the_config_file_of_aws_is_read_behind_the_credentials() {
    let home = folder("aws-config");
    private(&home.join(".aws/credentials"), "[default]\naws_access_key_id = other\naws_secret_access_key = other\n");
    let config = format!(
        "[default]\nregion = eu-west-1\n[profile two words]\nregion=x\n[profile dev]\nregion = us-east-1\ns3 =\n  \
         addressing_style = path\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\naws_session_token = made-up\n"
    );
    let file = private(&home.join(".aws/config"), &config);
    assert_signed(&run(presign(["--profile", "dev"]).env("HOME", &home)), Some("made-up"));
    let seen = run(presign(["--profile", "default"]).env("HOME", &home));
    assert!(seen.out.contains("AWSAccessKeyId=other&"), "{seen:?}");
    // The name alone is no section of this file.
    let seen = run(presign(["--profile", "us"]).env("HOME", &home));
    assert!(seen.err.contains("has no profile `us`; it has default"), "{seen:?}");
    let elsewhere = folder("aws-config-elsewhere");
    let mut command = presign(["--profile", "dev"]);
    assert_signed(&run(command.env("HOME", elsewhere).env("AWS_CONFIG_FILE", file)), Some("made-up"));
}

#[test]
fn no_program_is_run_for_a_secret() {
    let home = folder("aws-process");
    let trace = home.join("ran");
    for (setting, key) in [
        (format!("credential_process = /bin/touch {}", trace.display()), "credential_process"),
        ("sso_session = made-up".to_owned(), "sso_session"),
        ("role_arn = arn:aws:iam::1:role/x\nsource_profile = default".to_owned(), "role_arn"),
    ] {
        private(&home.join(".aws/config"), &format!("[profile dev]\nregion = us-east-1\n{setting}\n"));
        let seen = run(presign(["--profile", "dev"]).env("HOME", &home));
        assert_eq!(seen.status, Some(2), "{seen:?}");
        assert!(seen.err.contains(&format!("takes its keys from elsewhere (`{key}`); no program is run")), "{seen:?}");
        assert!(seen.err.contains("aws configure export-credentials --profile dev --format env"), "{seen:?}");
        assert!(!trace.exists(), "{seen:?}");
    }
}

#[test]
fn remotes_of_s3cmd_and_rclone_are_read() {
    let home = folder("s3cmd");
    let s3cfg =
        format!("[default]\naccess_key = {ID}\naccess_token = made-up\nhost_base = s3.amazonaws.com\nsecret_key = {SECRET}\n");
    private(&home.join(".s3cfg"), &s3cfg);
    assert_signed(&run(presign(["--profile", "default"]).env("HOME", &home)), Some("made-up"));
    let home = folder("rclone");
    let remote = format!(
        "[drive]\ntype = drive\n\n[oss]\ntype = s3\nprovider = Alibaba\naccess_key_id = {ID}\nsecret_access_key = {SECRET}\n"
    );
    let file = private(&home.join(".config/rclone/rclone.conf"), &remote);
    assert_signed(&run(presign(["--profile", "oss"]).env("HOME", &home)), None);
    assert_matches(&run(verify(["--profile", "oss"]).env("HOME", &home)));
    assert_matches(&run(verify(["--profile", "oss"]).env("HOME", "/nonexistent").env("RCLONE_CONFIG", &file)));
    let seen = run(verify(["--profile", "drive"]).env("HOME", &home));
    assert!(seen.err.contains("` has no `secret_access_key`"), "{seen:?}");
    private(&file, "# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nbWFkZSB1cA==\n");
    let seen = run(verify(["--profile", "oss"]).env("HOME", &home));
    assert!(seen.err.contains("is encrypted with a password"), "{seen:?}");
}

/// Signs a request to Kodo with a profile.
fn kodo(name: &str, home: &Path) -> crate::run::Seen {
    let input = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/kodo-unsigned.http");
    run(countersign(["sign", input, "--scheme", "kodo-mac", "--at", "2026-05-01T08:33:00Z", "--profile", name]).env("HOME", home))
}

#[test]
fn the_accounts_of_qshell_are_read() {
    let home = folder("qshell");
    let input = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/kodo-unsigned.http");
    let mut direct = countersign(["sign", input, "--scheme", "kodo-mac", "--at", "2026-05-01T08:33:00Z"]);
    let direct = run(direct.env("QINIU_ACCESS_KEY", ID).env("QINIU_SECRET_KEY", SECRET));
    assert_eq!(direct.status, Some(0), "{direct:?}");
    // Encrypted by `openssl enc -aes-128-cbc`, key and start from the MD5 of the access key.
    let account = |name: &str| format!("{name}:{ID}:d3hRdomb9Mr9H-S9eZprw7SImJjptg5kjGkvyPCs4XA=");
    private(&home.join(".qshell/account.json"), &account("work"));
    for name in ["default", "work"] {
        assert_eq!(kodo(name, &home).out, direct.out);
    }
    private(&home.join(".qshell/old_account.json"), &account("home"));
    assert_eq!(kodo("home", &home).out, direct.out);
    let seen = kodo("nobody", &home);
    assert!(seen.err.contains("holds the account `work`, not `nobody`"), "{seen:?}");
    assert!(seen.err.contains("`qshell user cu nobody` makes it the current account"), "{seen:?}");
    private(&home.join(".qshell/account.json"), "{}");
    assert!(kodo("default", &home).err.contains("account.json` is not in the form its tool writes"));
}

#[test]
fn profiles_of_both_versions_of_ks3util_are_read() {
    let sign = |home: &Path| {
        let args =
            ["presign", "https://photos.ks3-cn-beijing.ksyuncs.com/a.jpg", "--scheme", "ks3-v2-url", "--profile", "default"];
        run(countersign(args.into_iter().chain(["--at", "2026-05-01T08:33:00Z"])).env("HOME", home))
    };
    let home = folder("ks3util");
    let contents =
        format!("[Credentials]\nlanguage=CH\naccessKeyID={ID}\naccessKeySecret={SECRET}\nendpoint=ks3-cn-beijing.ksyuncs.com\n");
    private(&home.join(".ks3utilconfig"), &contents);
    let second = sign(&home);
    assert_eq!(second.status, Some(0), "{second:?}");
    assert!(second.out.contains(ID), "{second:?}");
    private(&home.join(".ks3utilconfig"), &format!("ks3.ak={ID}\nks3.sk={SECRET}\nks3.endpoint=ks3-cn-beijing.ksyuncs.com\n"));
    assert_eq!(sign(&home).out, second.out);
}

#[cfg(unix)]
#[test]
fn a_profile_others_can_read_draws_a_warning() {
    let home = folder("open-profile");
    let file = private(&home.join(".ossutilconfig"), &format!("[default]\naccessKeyID={ID}\naccessKeySecret={SECRET}\n"));
    assert_matches(&run(verify(["--profile", "default"]).env("HOME", &home)));
    crate::secrets::set_mode(&file, 0o644);
    let seen = run(verify(["--profile", "default"]).env("HOME", &home));
    assert!(seen.status == Some(0) && seen.err.contains(".ossutilconfig` can be read by others"), "{seen:?}");
}

#[test]
fn fingerprints_of_one_secret_are_one() {
    let home = folder("fingerprint");
    let file = private(&home.join("mine"), &format!("{SECRET}\n"));
    let other = private(&home.join("others"), &format!("{SECRET} \nshort\n{SECRET}\n"));
    let fingerprint = |more: &[&str]| {
        let mut command = countersign(["fingerprint"].iter().chain(more).copied());
        run(command.env("HOME", &home).env("OSS_ACCESS_KEY_SECRET", SECRET))
    };
    let [mine, vendors, several, salted, json] = [
        &["--secret-file", file.to_str().unwrap()][..],
        &["--provider", "oss"],
        &["--try-secret-file", other.to_str().unwrap()],
        &["--provider", "oss", "--salt", "monday"],
        &["--provider", "oss", "--format", "json"],
    ]
    .map(fingerprint);
    for seen in [&mine, &vendors, &salted] {
        assert!(seen.status == Some(0) && seen.out.contains("30 bytes, ma…le, fingerprint "), "{seen:?}");
    }
    let hash = |line: &str| line.trim_end().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(hash(&mine.out), hash(&vendors.out));
    assert_ne!(hash(&salted.out), hash(&vendors.out));
    let lines: Vec<_> = several.out.lines().collect();
    assert_eq!(hash(lines[2]), hash(&mine.out));
    assert_ne!(hash(lines[0]), hash(&mine.out));
    // Of a short secret four characters would be too many.
    assert!(lines[1].contains("5 bytes, fingerprint ") && !lines[1].contains('…'), "{several:?}");
    assert!(json.out.contains(&format!("\"hash\": \"{}\"", hash(&mine.out))), "{json:?}");
    for seen in [&mine, &vendors, &several, &salted, &json] {
        assert!(!seen.out.contains(SECRET) && !seen.err.contains(SECRET), "{seen:?}");
    }
    // The report tells the same.
    let explained = run(countersign(["explain", GOOD]).env("OSS_ACCESS_KEY_SECRET", SECRET));
    assert!(explained.out.contains(&format!("fingerprint {}\n", hash(&mine.out))), "{explained:?}");
    let none = run(&mut countersign(["fingerprint"]));
    assert!(none.status == Some(2) && none.err.contains("there is no secret"), "{none:?}");
}
