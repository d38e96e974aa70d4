//! Countersign beside other signers, in one process and in turns: `cargo bench --bench beside` in this folder.
//!
//! Prints medians, allocations and ratios to the hashing alone and to the best peer. With `-- --write`, it renews
//! `RESULTS.md` and `results.svg`.

mod floor;
mod own;
mod peers;
mod report;
mod rounds;

use countersign::providers::{cos, kodo, ks3, oss, s3};
use http::Method;
use own::{Operation, now, who};
use peers::{LIFE, Place};
use rounds::{Counting, Group};

#[global_allocator]
static COUNTING: Counting = Counting;

const ROUNDS: usize = 61;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // Cargo runs benchmarks as tests, too; then one round shows that everything works.
    let rounds = if arguments.iter().any(|argument| argument == "--test") { 1 } else { ROUNDS };
    let only = arguments.iter().skip(1).find(|argument| !argument.starts_with('-'));
    let mut tables = Vec::new();
    for mut group in groups() {
        if only.is_none_or(|only| group.name.contains(only.as_str())) {
            tables.push((group.name.clone(), group.measure(rounds)));
            report::print(tables.last().expect("one was added"));
        }
    }
    if arguments.iter().any(|argument| argument == "--write") {
        report::write(&tables);
    }
}

const OSS_URL: &str = "https://photos.oss-cn-hangzhou.aliyuncs.com/2026/05/holiday/a.jpg";
const S3_URL: &str = "https://photos.s3.us-east-1.amazonaws.com/2026/05/holiday/a.jpg";
const COS_URL: &str = "https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/2026/05/holiday/a.jpg";
const KS3_URL: &str = "https://photos.ks3-cn-beijing.ksyuncs.com/2026/05/holiday/a.jpg";
const KODO_URL: &str = "https://cdn.example.com/2026/05/holiday/a.jpg";
const KEY: &str = "2026/05/holiday/a.jpg";
const PUT_HEADERS: &[(&str, &str)] = &[("content-type", "image/jpeg"), ("content-length", "12345")];
const POLICY: &str = r#"{"scope":"photos:u/1042/a.jpg","deadline":1773501866,"fsizeLimit":10485760,"mimeLimit":"image/*"}"#;

fn groups() -> Vec<Group> {
    vec![
        oss_v1_url(),
        oss_v1_put(),
        v4_url("OSS V4 URL", &oss::V4_URL, OSS_URL, "cn-hangzhou")
            .peer("reqsign", peers::reqsign_oss_v4(Method::GET, OSS_URL, &[], Some(LIFE))),
        v4_put("OSS V4 PUT", &oss::V4_HEADER, OSS_URL, "cn-hangzhou")
            .peer("reqsign", peers::reqsign_oss_v4(Method::PUT, OSS_URL, PUT_HEADERS, None)),
        v4_url("S3 V4 URL", &s3::V4_URL, S3_URL, "us-east-1")
            .peer("rusty-s3", peers::rusty_s3(KEY))
            .peer("aws-sigv4", peers::aws_sigv4("GET", S3_URL, &[], Place::Url))
            .peer("reqsign", peers::reqsign_s3_v4(Method::GET, S3_URL, &[], Some(LIFE)))
            .peer("object_store", peers::object_store(KEY)),
        v4_put("S3 V4 PUT", &s3::V4_HEADER, S3_URL, "us-east-1")
            .peer("aws-sigv4", peers::aws_sigv4("PUT", S3_URL, PUT_HEADERS, Place::Headers))
            .peer("aws-sign-v4", peers::aws_sign_v4("PUT", S3_URL, PUT_HEADERS))
            .peer("reqsign", peers::reqsign_s3_v4(Method::PUT, S3_URL, PUT_HEADERS, None)),
        one_hmac("S3 V2 URL", Operation { scheme: &s3::V2_URL, method: "GET", region: "us-east-1", headers: &[] }, S3_URL),
        cos_url(),
        cos_put(),
        ks3_put(),
        kodo_ready(),
        kodo_built(),
        kodo_decode(),
        kodo_private_url(),
        verify("S3 V4 verify", &s3::V4_URL, S3_URL, "us-east-1"),
        verify("OSS V1 verify", &oss::V1_URL, OSS_URL, "cn-hangzhou"),
        verify("COS verify", &cos::XML_URL, COS_URL, "ap-guangzhou"),
    ]
}

fn oss_v1_url() -> Group {
    let operation = Operation { scheme: &oss::V1_URL, method: "GET", region: "cn-hangzhou", headers: &[] };
    one_hmac("OSS V1 URL", operation, OSS_URL).peer("reqsign", peers::reqsign_oss_v1(Method::GET, OSS_URL, &[], Some(LIFE)))
}

fn oss_v1_put() -> Group {
    let operation = Operation { scheme: &oss::V1_HEADER, method: "PUT", region: "cn-hangzhou", headers: PUT_HEADERS };
    let (_, to_sign) = operation.lengths(OSS_URL, false);
    Group::new("OSS V1 PUT")
        .floor("HMAC, key kept", floor::sha1_kept(to_sign))
        .floor("HMAC, key set up", floor::sha1_derived(to_sign))
        .own("sign", operation.head(OSS_URL))
        .peer("reqsign", peers::reqsign_oss_v1(Method::PUT, OSS_URL, PUT_HEADERS, None))
}

/// A URL signed with one HMAC-SHA1.
fn one_hmac(name: &str, operation: Operation, url: &str) -> Group {
    let (_, to_sign) = operation.lengths(url, true);
    Group::new(name)
        .floor("HMAC, key kept", floor::sha1_kept(to_sign))
        .floor("HMAC, key set up", floor::sha1_derived(to_sign))
        .own("presign", operation.url(url))
}

fn v4_url(name: &str, scheme: &'static dyn countersign::Scheme, url: &str, region: &'static str) -> Group {
    let operation = Operation { scheme, method: "GET", region, headers: &[] };
    let (canonical, to_sign) = operation.lengths(url, true);
    Group::new(name)
        .floor("HMAC, key kept", floor::v4_kept(canonical, to_sign))
        .floor("HMAC, key derived", floor::v4_derived(canonical, to_sign))
        .own("presign", operation.url(url))
}

fn v4_put(name: &str, scheme: &'static dyn countersign::Scheme, url: &str, region: &'static str) -> Group {
    let operation = Operation { scheme, method: "PUT", region, headers: PUT_HEADERS };
    let (canonical, to_sign) = operation.lengths(url, false);
    Group::new(name)
        .floor("HMAC, key kept", floor::v4_kept(canonical, to_sign))
        .floor("HMAC, key derived", floor::v4_derived(canonical, to_sign))
        .own("sign", operation.head(url))
}

fn cos_url() -> Group {
    let operation = Operation { scheme: &cos::XML_URL, method: "GET", region: "ap-guangzhou", headers: &[] };
    let (canonical, to_sign) = operation.lengths(COS_URL, true);
    Group::new("COS URL")
        .floor("HMAC, key kept", floor::cos_kept(canonical, to_sign))
        .floor("HMAC, key derived", floor::cos_derived(canonical, to_sign))
        .own("presign", operation.url(COS_URL))
        .peer("reqsign", peers::reqsign_cos(Method::GET, COS_URL, &[], Some(LIFE)))
        .peer("qcos", peers::qcos(KEY))
}

fn cos_put() -> Group {
    let operation = Operation { scheme: &cos::XML_HEADER, method: "PUT", region: "ap-guangzhou", headers: PUT_HEADERS };
    let (canonical, to_sign) = operation.lengths(COS_URL, false);
    Group::new("COS PUT")
        .floor("HMAC, key kept", floor::cos_kept(canonical, to_sign))
        .floor("HMAC, key derived", floor::cos_derived(canonical, to_sign))
        .own("sign", operation.head(COS_URL))
        .peer("reqsign", peers::reqsign_cos(Method::PUT, COS_URL, PUT_HEADERS, None))
}

fn ks3_put() -> Group {
    let operation = Operation { scheme: &ks3::V2_HEADER, method: "PUT", region: "BEIJING", headers: PUT_HEADERS };
    let (_, to_sign) = operation.lengths(KS3_URL, false);
    Group::new("KS3 PUT")
        .floor("HMAC, key kept", floor::sha1_kept(to_sign))
        .floor("HMAC, key set up", floor::sha1_derived(to_sign))
        .own("sign", operation.head(KS3_URL))
}

fn kodo_group(name: &str) -> Group {
    let encoded = POLICY.len().div_ceil(3) * 4;
    Group::new(name).floor("HMAC, key kept", floor::sha1_kept(encoded)).floor("HMAC, key set up", floor::sha1_derived(encoded))
}

fn kodo_ready() -> Group {
    let who = who();
    kodo_group("Kodo token, policy ready")
        .own("sign_policy", move || kodo::sign_policy(POLICY.as_bytes(), &who))
        .peer("qiniu-credential", peers::qiniu_ready(POLICY))
}

fn kodo_built() -> Group {
    let who = who();
    kodo_group("Kodo token, policy built")
        .own("PutPolicy::token", move || {
            let deadline = now().plus(900);
            kodo::PutPolicy::for_key("photos", "u/1042/a.jpg", deadline).build().expect("a sound policy").token(&who)
        })
        .peer("qiniu-upload-token", peers::qiniu_built())
}

fn kodo_decode() -> Group {
    let token = kodo::sign_policy(POLICY.as_bytes(), &who());
    let ours = token.clone();
    Group::new("Kodo token, decoded")
        .own("UploadToken::decode", move || kodo::UploadToken::decode(&ours).scope().is_some())
        .peer("qiniu-upload-token", peers::qiniu_decoded(token))
}

fn kodo_private_url() -> Group {
    let operation = Operation { scheme: &kodo::PRIVATE_URL, method: "GET", region: "", headers: &[] };
    one_hmac("Kodo private URL", operation, KODO_URL).peer("qiniu-credential", peers::qiniu_private_url(KODO_URL))
}

fn verify(name: &str, scheme: &'static dyn countersign::Scheme, url: &str, region: &'static str) -> Group {
    let operation = Operation { scheme, method: "GET", region, headers: &[] };
    let (canonical, to_sign) = operation.lengths(url, true);
    let group = Group::new(name);
    let group = match scheme.provider() {
        "cos" => group.floor("HMAC, key derived", floor::cos_derived(canonical, to_sign)),
        _ if canonical > 0 => group.floor("HMAC, key derived", floor::v4_derived(canonical, to_sign)),
        _ => group.floor("HMAC, key set up", floor::sha1_derived(to_sign)),
    };
    group.own("verify", operation.verify_url(url))
}
