//! How cost grows with the length of the key and with the number of headers.

use crate::{
    groups,
    rounds::{Group, Measured},
};

/// One operation at several sizes.
pub struct Growth {
    /// What is signed.
    pub name: &'static str,
    /// What grows.
    pub of: &'static str,
    /// Each size and what was measured there.
    pub points: Vec<(usize, Vec<Measured>)>,
}

const KEYS: [usize; 6] = [20, 60, 150, 300, 600, 900];
const HEADERS: [usize; 6] = [1, 5, 10, 20, 30, 40];
const ASCII: &str = "bytes of the key, ASCII";
const UTF_8: &str = "bytes of the key, UTF-8";

/// Measures all of them.
pub fn measure(rounds: usize) -> Vec<Growth> {
    let oss = |key: &Key| groups::oss_v1_url(key.url("https://photos.oss-cn-hangzhou.aliyuncs.com/"));
    let s3 = |key: &Key| groups::s3_v4_url(key.url("https://photos.s3.us-east-1.amazonaws.com/"), &key.bare);
    let cos = |key: &Key| groups::cos_url(key.url("https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/"), &key.bare);
    vec![
        keys(rounds, "OSS V1 URL", ASCII, &ascii, &oss),
        keys(rounds, "OSS V1 URL", UTF_8, &utf_8, &oss),
        keys(rounds, "S3 V4 URL", ASCII, &ascii, &s3),
        keys(rounds, "S3 V4 URL", UTF_8, &utf_8, &s3),
        keys(rounds, "COS URL", ASCII, &ascii, &cos),
        keys(rounds, "COS URL", UTF_8, &utf_8, &cos),
        Growth {
            name: "S3 V4 PUT",
            of: "number of headers",
            points: HEADERS.map(|count| (count, groups::s3_v4_put(headers("x-amz-meta-", count)).measure(rounds))).into(),
        },
        Growth {
            name: "OSS V1 PUT",
            of: "number of headers",
            points: HEADERS.map(|count| (count, groups::oss_v1_put(headers("x-oss-meta-", count)).measure(rounds))).into(),
        },
    ]
}

fn keys(
    rounds: usize,
    name: &'static str,
    of: &'static str,
    key: &dyn Fn(usize) -> Key,
    group: &dyn Fn(&Key) -> Group,
) -> Growth {
    Growth { name, of, points: KEYS.map(|len| (len, group(&key(len)).measure(rounds))).into() }
}

/// An object key as it is and as it stands in a URL.
struct Key {
    bare: String,
    escaped: String,
}

impl Key {
    /// A URL that lives as long as the program, as what is measured wants it.
    fn url(&self, before: &str) -> &'static str {
        format!("{before}{}", self.escaped).leak()
    }
}

/// A path of this length in folders of ten bytes.
fn ascii(len: usize) -> Key {
    let bare: String = "holidays1/".chars().cycle().take(len - 4).chain(".jpg".chars()).collect();
    Key { escaped: bare.clone(), bare }
}

/// The same of Chinese characters, three bytes each, all of which are escaped in the URL.
fn utf_8(len: usize) -> Key {
    let bare: String = "\u{7167}\u{7247}\u{5047}\u{65e5}/".chars().cycle().take((len - 4) / 3).chain(".jpg".chars()).collect();
    let escape = |byte: u8| match byte {
        b'/' | b'.' | b'a'..=b'z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    Key { escaped: bare.bytes().map(escape).collect(), bare }
}

/// Headers that are all signed.
fn headers(prefix: &str, count: usize) -> &'static [(&'static str, &'static str)] {
    let header =
        |at: usize| -> (&'static str, &'static str) { (format!("{prefix}field-{at:02}").leak(), "a value of some length") };
    // Not in the order in which they are signed.
    Vec::leak((0..count).map(|at| header(at * 7 % 41)).collect())
}
