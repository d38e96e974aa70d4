//! Where secrets come from, and that none is ever shown.

use crate::run::{ID, SECRET, Seen, countersign, folder, run};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A request signed with [`SECRET`] for OSS, and one whose secret nobody has.
pub const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/good.http");
pub const OTHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/other-secret.http");

pub fn verify<'a>(more: impl IntoIterator<Item = &'a str>) -> Command {
    countersign(["verify", GOOD, "--at", "2026-05-01T08:33:00Z"].into_iter().chain(more))
}

/// Presigns for S3 with whatever pair is found.
pub fn presign<'a>(more: impl IntoIterator<Item = &'a str>) -> Command {
    let args = ["presign", "https://photos.s3.amazonaws.com/a.jpg", "--scheme", "s3-v2-url", "--at", "2026-05-01T08:33:00Z"];
    countersign(args.into_iter().chain(more))
}

/// A file nobody else can read.
pub fn private(path: &Path, contents: &str) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, contents).unwrap();
    #[cfg(unix)]
    set_mode(path, 0o600);
    path.to_owned()
}

#[cfg(unix)]
pub fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

pub fn assert_matches(seen: &Seen) {
    assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""), "{seen:?}");
    assert!(seen.out.starts_with("MATCHES"), "{seen:?}");
}

/// What a URL signed by [`ID`] with [`SECRET`] says, with the session token behind it if there is one.
pub fn assert_signed(seen: &Seen, token: Option<&str>) {
    assert_eq!(seen.status, Some(0), "{seen:?}");
    assert!(seen.out.contains(&format!("AWSAccessKeyId={ID}&")), "{seen:?}");
    // HMAC-SHA1 over "GET\n\n\n1777625280\n[x-amz-security-token:made-up\n]/photos/a.jpg", computed with Python's `hmac`.
    let (parameter, signature) = match token {
        Some(token) => (format!("x-amz-security-token={token}&"), "z%2FJL0EPVzjHBySOWLAzhR5Ri5hw%3D"),
        None => (String::new(), "q2Y%2F5qKyVfZtABNISbSs1CS0VQo%3D"),
    };
    assert!(seen.out.trim_end().ends_with(&format!("{parameter}Signature={signature}")), "{seen:?}");
}

#[test]
fn a_file_holds_the_secret_and_perhaps_a_line_end() {
    let folder = folder("secret-file");
    for (name, contents) in [("plain", SECRET.to_owned()), ("lf", format!("{SECRET}\n")), ("crlf", format!("{SECRET}\r\n"))] {
        let path = private(&folder.join(name), &contents);
        assert_matches(&run(&mut verify(["--secret-file", path.to_str().unwrap()])));
    }
    let path = private(&folder.join("two"), &format!("{SECRET}\n\n"));
    let seen = run(&mut verify(["--secret-file", path.to_str().unwrap()]));
    assert_eq!(seen.status, Some(1), "{seen:?}");
    assert!(seen.err.contains("begins or ends in a blank or line end, which is used as part of it"), "{seen:?}");
}

#[test]
fn a_file_of_powershell_is_read_as_the_text_it_is() {
    let folder = folder("secret-utf-16");
    let path = private(&folder.join("sk"), "");
    let utf_16: Vec<u8> = format!("\u{feff}{SECRET}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&path, &utf_16).unwrap();
    let seen = run(&mut verify(["--secret-file", path.to_str().unwrap()]));
    assert_eq!(seen.status, Some(0), "{seen:?}");
    assert!(seen.err.contains("is UTF-16, as `>` of PowerShell writes it"), "{seen:?}");
    // Without a byte of it.
    fs::write(&path, &utf_16[..utf_16.len() - 1]).unwrap();
    let seen = run(&mut verify(["--secret-file", path.to_str().unwrap()]));
    assert_eq!(seen.status, Some(2), "{seen:?}");
    assert!(seen.err.contains("begins as UTF-16 and is damaged"), "{seen:?}");
}

#[test]
fn a_file_that_holds_no_secret_is_refused() {
    let folder = folder("no-secret-file");
    let empty = private(&folder.join("empty"), "\n");
    let long = private(&folder.join("long"), &"x".repeat(70_000));
    let none = folder.join("none");
    for (path, said) in [
        (&empty, "is empty; expected a secret"),
        (&long, "is longer than 64 KiB; expected a secret"),
        (&none, "the file that is to hold the secret is not there"),
        (&folder, "is a directory; expected a file"),
    ] {
        for option in ["--secret-file", "--try-secret-file"] {
            let seen = run(&mut verify([option, path.to_str().unwrap()]));
            assert_eq!((seen.status, seen.out.as_str()), (Some(2), ""), "{seen:?}");
            assert!(seen.err.contains(said), "{seen:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_others_can_read_draws_a_warning() {
    let path = private(&folder("open-file").join("secret"), SECRET);
    for (mode, warns) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
        set_mode(&path, mode);
        let seen = run(&mut verify(["--secret-file", path.to_str().unwrap()]));
        assert_eq!(seen.status, Some(0), "{seen:?}");
        assert_eq!(seen.err.contains("can be read by others"), warns, "{mode:o}: {seen:?}");
    }
}

#[test]
fn sources_are_asked_in_their_order() {
    let home = folder("order");
    let file = private(&home.join("secret"), SECRET);
    private(&home.join(".ossutilconfig"), &format!("[default]\naccessKeyID={ID}\naccessKeySecret={SECRET}\n"));
    let mut from_file = verify(["--secret-file", file.to_str().unwrap(), "--profile", "default"]);
    assert_matches(&run(from_file.env("HOME", &home).env("COUNTERSIGN_SECRET_KEY", "x").env("OSS_ACCESS_KEY_SECRET", "x")));
    let mut from_own = verify(["--profile", "nobody"]);
    assert_matches(&run(from_own.env("HOME", &home).env("COUNTERSIGN_SECRET_KEY", SECRET).env("OSS_ACCESS_KEY_SECRET", "x")));
    let mut from_profile = verify(["--profile", "default"]);
    assert_matches(&run(from_profile.env("HOME", &home).env("OSS_ACCESS_KEY_SECRET", "x")));
    assert_matches(&run(verify([]).env("OSS_ACCESS_KEY_SECRET", SECRET)));
    assert_matches(&run(verify([]).env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)));
    // Those of another vendor are left alone.
    assert_eq!(run(verify([]).env("AWS_SECRET_ACCESS_KEY", SECRET)).status, Some(2));
}

#[test]
fn variables_give_id_and_session_token_too() {
    let own = [("COUNTERSIGN_ACCESS_KEY_ID", ID), ("COUNTERSIGN_SECRET_KEY", SECRET)];
    assert_signed(&run(presign([]).envs(own)), None);
    assert_signed(&run(presign([]).envs(own).env("COUNTERSIGN_SESSION_TOKEN", "made-up")), Some("made-up"));
    let vendor = [("AWS_ACCESS_KEY_ID", ID), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    assert_signed(&run(presign([]).envs(vendor)), None);
    assert_signed(&run(presign([]).envs(vendor).env("AWS_SESSION_TOKEN", "made-up")), Some("made-up"));
    // The id may be given, and goes before the one beside the secret.
    let other = [("COUNTERSIGN_ACCESS_KEY_ID", "another"), ("COUNTERSIGN_SECRET_KEY", SECRET)];
    assert_signed(&run(presign(["--access-key-id", ID]).envs(other)), None);
}

#[test]
fn profiles_of_aws_are_read() {
    let home = folder("aws");
    let contents = format!(
        "[default]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n\n[temporary]\naws_access_key_id={ID}\n\
         aws_secret_access_key={SECRET}\naws_session_token=made-up\n[half]\naws_access_key_id={ID}\n"
    );
    let file = private(&home.join(".aws/credentials"), &contents);
    assert_signed(&run(presign(["--profile", "default"]).env("HOME", &home)), None);
    assert_signed(&run(presign(["--profile", "temporary"]).env("HOME", &home)), Some("made-up"));
    let mut elsewhere = presign(["--profile", "default"]);
    assert_signed(&run(elsewhere.env("AWS_SHARED_CREDENTIALS_FILE", &file)), None);
    for (name, said) in [
        ("nobody", "has no profile `nobody`; it has default, temporary, half"),
        ("half", "profile `half` of `"),
        ("half", "` has no `aws_secret_access_key`"),
    ] {
        let seen = run(presign(["--profile", name]).env("HOME", &home));
        assert_eq!(seen.status, Some(2), "{seen:?}");
        assert!(seen.err.contains(said), "{seen:?}");
    }
    let seen = run(presign(["--profile", "default"]).env_remove("HOME"));
    assert!(seen.err.contains("there is no home folder to look for profiles in"), "{seen:?}");
}

#[test]
fn profiles_of_both_versions_of_ossutil_are_read() {
    let home = folder("ossutil-1");
    private(&home.join(".ossutilconfig"), &format!("[Credentials]\nlanguage=EN\naccessKeyID={ID}\naccessKeySecret={SECRET}\n"));
    for name in ["default", "Credentials"] {
        assert_matches(&run(verify(["--profile", name]).env("HOME", &home)));
    }
    let home = folder("ossutil-2");
    let contents = format!(
        "# made up\n[default]\naccess-key-id=x\naccess-key-secret=y\n[profile Dev]\naccess_key_id={ID}\naccessKeySecret = {SECRET}\n"
    );
    private(&home.join(".ossutilconfig"), &contents);
    assert_matches(&run(verify(["--profile", "dev"]).env("HOME", &home)));
    let seen = run(verify(["--profile", "default"]).env("HOME", &home));
    assert_eq!(seen.status, Some(1), "{seen:?}");
    assert!(seen.err.contains("belongs to id `x`, the request names `CSIDEXAMPLE0001`"), "{seen:?}");
}

#[test]
fn profiles_of_both_cos_tools_are_read() {
    let sign = |name: &str, home: &Path| {
        let args =
            ["sign", "https://photos-125.cos.ap-guangzhou.myqcloud.com/a.jpg", "--scheme", "cos-xml-header", "--expires=15m"];
        run(countersign(args.into_iter().chain(["--at", "2026-05-01T08:33:00Z", "--profile", name])).env("HOME", home))
    };
    let direct = {
        let args =
            ["sign", "https://photos-125.cos.ap-guangzhou.myqcloud.com/a.jpg", "--scheme", "cos-xml-header", "--expires=15m"];
        let mut command = countersign(args.into_iter().chain(["--at", "2026-05-01T08:33:00Z"]));
        run(command.env("COS_SECRET_ID", ID).env("COS_SECRET_KEY", SECRET))
    };
    assert_eq!(direct.status, Some(0), "{direct:?}");
    let home = folder("coscmd");
    private(&home.join(".cos.conf"), &format!("[common]\nsecret_id = {ID}\nsecret_key = {SECRET}\nbucket = photos-125\n"));
    assert_eq!(sign("default", &home).out, direct.out);
    assert_eq!(sign("common", &home).out, direct.out);
    let yaml =
        |id: &str| format!("cos:\n  base:\n    secretid: {id}\n    secretkey: {SECRET}\n    sessiontoken: \"\"\n  buckets: []\n");
    let home = folder("coscli");
    private(&home.join(".cos.yaml"), &yaml(ID));
    assert_eq!(sign("default", &home).out, direct.out);
    // As coscli writes them by default: encrypted by `openssl enc -aes-128-ecb` with the key of coscli.
    let hidden = yaml("L7w7Ut4Vd1qGKpal8VsYNw==").replace(SECRET, "77IXtpjnpP6rNgvQkSq+qj7QU+JanHC3vL+DYBUmXLE=");
    private(&home.join(".cos.yaml"), &hidden.replace("\"\"", "3kNZR4wfjUgOqbHffiQSMw=="));
    assert_eq!(sign("default", &home).out, direct.out);
    private(&home.join(".cos.yaml"), &yaml(ID).replace("buckets", "  mode: CvmRole\n  buckets"));
    assert!(sign("default", &home).err.contains("takes its keys from elsewhere (`mode`)"));
}

#[test]
fn further_secrets_are_tried_and_the_right_one_is_named() {
    let folder = folder("candidates");
    let first = private(&folder.join("first"), "wrong\n\nwrongToo\r\n");
    let second = private(&folder.join("second"), &format!("wrongAgain\n{SECRET}\n"));
    let files = ["--try-secret-file", first.to_str().unwrap(), "--try-secret-file", second.to_str().unwrap()];
    let explain = countersign(["explain", GOOD, "--at", "2026-05-01T08:33:00Z"].into_iter().chain(files));
    for mut command in [verify(files), explain] {
        let seen = run(&mut command);
        assert_eq!(seen.status, Some(0), "{seen:?}");
        assert!(seen.err.contains("the secret that gives the signature is the one in `"), "{seen:?}");
        assert!(seen.err.contains("second`, line 2: 30 bytes, ma…le, fingerprint 0a7f7c2d41"), "{seen:?}");
        assert!(seen.out.contains("fingerprint 0a7f7c2d41, of 4 tried\n"), "{seen:?}");
    }
    // The one that is meant comes first.
    assert_matches(&run(verify(files).env("COUNTERSIGN_SECRET_KEY", SECRET)));
    let seen = run(verify(["--try-secret-file", first.to_str().unwrap()]).env("COUNTERSIGN_SECRET_KEY", "wrong"));
    assert_eq!(seen.status, Some(1), "{seen:?}");
    assert!(seen.err.contains("none of the 3 secrets gives the signature"), "{seen:?}");
    // Of a secret that was damaged, too, it is told which one it was.
    let damaged = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/secret-with-line-feed.http");
    let seen = run(&mut countersign(["explain", damaged, "--depth", "1"].into_iter().chain(files)));
    assert!(seen.out.contains("\nsecret-surrounding-whitespace\n") && seen.err.contains("second`, line 2: 30 bytes"), "{seen:?}");
}

#[test]
fn no_secret_is_ever_shown() {
    let home = folder("shown");
    let file = private(&home.join("secret"), &format!("{SECRET}\n"));
    let file = file.to_str().unwrap();
    private(&home.join(".ossutilconfig"), &format!("[default]\naccessKeyID={ID}\naccessKeySecret={SECRET}\nstsToken={SECRET}\n"));
    let unsigned = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/unsigned-oss.http");
    let damaged = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/secret-with-line-feed.http");
    let mut runs = 0;
    for format in ["text", "json"] {
        for source in [&["--secret-file", file][..], &["--profile", "default"], &["--try-secret-file", file], &[]] {
            for args in [
                &["explain", GOOD][..],
                &["explain", OTHER],
                &["explain", damaged],
                &["explain", unsigned],
                &["verify", GOOD],
                &["verify", OTHER],
                &["sign", GOOD, "--scheme", "oss-v1-header"],
                &["sign", unsigned, "--scheme", "oss-v4-header"],
                &["sign", unsigned, "--scheme", "oss-v4-header", "--access-key-id", ID],
            ] {
                let mut command = countersign(args.iter().chain(source).copied().chain(["--format", format]));
                let seen = run(command.env("HOME", &home).env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET));
                assert!(!seen.out.contains(SECRET) && !seen.err.contains(SECRET), "{args:?} {source:?}: {seen:?}");
                runs += 1;
            }
        }
    }
    assert_eq!(runs, 72);
}

/// Who takes id and secret for each other sends the secret where the id belongs.
#[test]
fn a_secret_that_is_sent_as_the_id_is_covered() {
    let home = folder("swapped");
    let file = private(&home.join("secret"), SECRET);
    let file = file.to_str().unwrap();
    let header = format!(
        "GET /a.jpg HTTP/1.1\nHost: photos.oss-cn-hangzhou.aliyuncs.com\nDate: Fri, 01 May 2026 08:30:15 GMT\n\
         Authorization: OSS {SECRET}:1pqAAAAAAAAAAAAAAAAAAAAA8w=\n\n"
    );
    let escaped = SECRET.replace('/', "%2F").replace('+', "%2B");
    let url = format!(
        "GET /a.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={escaped}%2F20260501%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20260501T083015Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature={} HTTP/1.1\n\
         Host: photos.s3.amazonaws.com\n\n",
        "0".repeat(64)
    );
    let page = home.join("page.html");
    let other = private(&home.join("other"), "anotherMadeUpSecretOfNobodyHere");
    let other = other.to_str().unwrap();
    for (name, text) in [("header", header), ("url", url)] {
        let request = private(&home.join(name), &text);
        let request = request.to_str().unwrap();
        for args in [
            &["explain", request][..],
            &["explain", request, "--steps", "--html", page.to_str().unwrap()],
            &["explain", request, "--format", "json"],
            &["verify", request],
            &["verify", request, "--format", "json"],
            &["explain", request, "--try-secret-file", other],
        ] {
            let mut command = countersign(args.iter().chain(&["--secret-file", file]).copied());
            let seen = run(command.env("COUNTERSIGN_ACCESS_KEY_ID", ID));
            assert_eq!(seen.status, Some(1), "{args:?}: {seen:?}");
            let page = fs::read_to_string(&page).unwrap_or_default();
            assert!(!args.contains(&"--html") || page.contains("<html"), "{args:?}");
            for shown in [&seen.out, &seen.err, &page] {
                assert!(!shown.contains(&SECRET[..8]) && !shown.contains(&SECRET[SECRET.len() - 8..]), "{args:?}: {shown}");
            }
        }
    }
}

/// The same for tokens, forms and links, whose vendors have no file with profiles.
#[test]
fn a_file_of_a_secret_is_not_quoted_where_an_input_is_expected() {
    let folder = folder("secret-as-input");
    let file = private(&folder.join("secret"), &format!("{SECRET}\n"));
    // Nothing but its shape tells that this one is a secret.
    let other = private(&folder.join("other"), "madeUp0Secret1Only2For3This4Example\n");
    let path = file.to_str().unwrap();
    let verbs: [&[&str]; 9] = [
        &["explain"],
        &["verify"],
        &["policy", "check"],
        &["policy", "sign", "--scheme", "s3-v4-post"],
        &["callback", "verify"],
        &["decode"],
        &["error"],
        &["sign", "--scheme", "s3-v2-header"],
        &["token", "--access-key-id", ID, "--policy"],
    ];
    for verb in verbs {
        let input = |path: &str| verb.iter().copied().chain([path]).map(str::to_owned).collect::<Vec<_>>();
        let run_verb = |path: &str| countersign(input(path).iter().map(String::as_str));
        let takes = !matches!(verb, ["decode" | "error"]);
        let mut known = run_verb(path);
        if takes {
            known.args(["--secret-file", path]);
        } else {
            known.env("OSS_ACCESS_KEY_SECRET", SECRET);
        }
        let mut unknown = run_verb(other.to_str().unwrap());
        for command in [&mut known, &mut unknown] {
            let seen = run(command.env("COUNTERSIGN_ACCESS_KEY_ID", ID));
            assert_ne!(seen.status, Some(0), "{seen:?}");
            let all = format!("{}{}", seen.out, seen.err);
            assert!(!all.contains("UpSecretOnly") && !all.contains("Secret1Only"), "{verb:?} {seen:?}");
        }
    }
}

#[test]
fn no_secret_is_shown_with_a_token() {
    let folder = folder("shown-tokens");
    let file = private(&folder.join("secret"), &format!("{SECRET}\n"));
    let file = file.to_str().unwrap();
    let input = |name: &str| format!("{}/tests/cmd/inputs/{name}", env!("CARGO_MANIFEST_DIR"));
    let [full, bad, cos, doubled, form, signed, policy, wrong, nine, unsigned] = [
        "token-full.txt",
        "token-two-parts.txt",
        "cos-multi.txt",
        "cos-doubled.txt",
        "form.json",
        "form-signed.json",
        "policy.json",
        "policy-quoted.json",
        "nine-tokens.txt",
        "kodo-unsigned.http",
    ]
    .map(input);
    let mut runs = 0;
    for format in ["text", "json"] {
        for source in [&["--secret-file", file][..], &["--try-secret-file", file], &[]] {
            for args in [
                &["explain", &full][..],
                &["explain", &cos],
                &["explain", &signed],
                &["verify", &full],
                &["verify", &bad],
                &["verify", &cos],
                &["verify", &doubled],
                &["verify", &signed],
                &["verify", &nine],
                &["token", "--scope", "photos:a.jpg", "--curl"],
                &["token", "--scope", "photos", "--callback-url", "https://h/"],
                &["token", "--policy", &policy],
                &["token", "--policy", &wrong],
                &["token", "--provider", "cos", "--appid", "1", "--bucket", "b", "--curl"],
                &["token", "--provider", "cos", "--appid", "1", "--bucket", "b", "--once"],
                &["sign", &form, "--scheme", "ks3-post"],
                &["sign", &form, "--scheme", "ks3-post", "--curl"],
                &["sign", &signed, "--scheme", "ks3-post"],
                &["sign", &unsigned, "--scheme", "kodo-mac", "--curl"],
                &["sign", &unsigned, "--scheme", "kodo-private-url", "--transport", "http", "--expires", "60"],
                &["presign", "http://h/a", "--scheme", "kodo-cdn-antileech", "--curl"],
            ] {
                let mut command = countersign(args.iter().chain(source).copied().chain(["--format", format]));
                for name in ["QINIU_SECRET_KEY", "COS_SECRET_KEY", "KS3_SECRET_KEY"] {
                    command.env(name, SECRET);
                }
                for name in ["QINIU_ACCESS_KEY", "COS_SECRET_ID", "KS3_ACCESS_KEY_ID", "COUNTERSIGN_ACCESS_KEY_ID"] {
                    command.env(name, ID);
                }
                let seen = run(&mut command);
                assert!(!seen.out.contains(SECRET) && !seen.err.contains(SECRET), "{args:?} {source:?}: {seen:?}");
                // What is refused is refused for its own sake, and not because there is no secret.
                assert!(!seen.err.contains("secret"), "{args:?} {source:?}: {seen:?}");
                runs += 1;
            }
        }
    }
    assert_eq!(runs, 126);
}

#[test]
fn no_option_takes_a_secret() {
    for verb in ["explain", "verify", "sign", "presign", "token", "fingerprint"] {
        let help = run(&mut countersign([verb, "--help"])).out;
        let options = help.lines().filter_map(|line| line.trim_start().strip_prefix("--")?.split("  ").next());
        let options: Vec<_> = options.filter(|option| option.contains("secret") || option.contains("key")).collect();
        let id = matches!(verb, "sign" | "presign" | "token").then_some("access-key-id <ID>");
        // These are about the names of objects.
        let keys = if verb == "token" { &["save-key <TEMPLATE>", "force-save-key"][..] } else { &[] };
        let files = ["secret-file <FILE>", "try-secret-file <FILE>"];
        // Everybody may know the key of OSS.
        let public = matches!(verb, "explain" | "verify").then_some("public-key <FILE>");
        let expected: Vec<_> = id.into_iter().chain(keys.iter().copied()).chain(files).chain(public).collect();
        assert_eq!(options, expected, "{verb}");
    }
}
