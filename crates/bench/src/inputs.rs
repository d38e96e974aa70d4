//! What is signed.

use countersign::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// The public id of the key.
pub const ID: &str = "CSIDEXAMPLE0001";
/// Its secret.
pub const SECRET: &str = "madeUpSecretOnlyForThisBenchmark";
/// How long URLs live, in seconds.
pub const LIFE: u64 = 900;

/// The object key in the URLs.
pub const KEY: &str = "2026/05/holiday/a.jpg";
/// An object of OSS.
pub const OSS_URL: &str = "https://photos.oss-cn-hangzhou.aliyuncs.com/2026/05/holiday/a.jpg";
/// An object of Amazon S3.
pub const S3_URL: &str = "https://photos.s3.us-east-1.amazonaws.com/2026/05/holiday/a.jpg";
/// An object of COS.
pub const COS_URL: &str = "https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/2026/05/holiday/a.jpg";
/// An object of KS3.
pub const KS3_URL: &str = "https://photos.ks3-cn-beijing.ksyuncs.com/2026/05/holiday/a.jpg";
/// An object of Kodo, behind a domain of its owner.
pub const KODO_URL: &str = "https://cdn.example.com/2026/05/holiday/a.jpg";

/// The headers of an upload.
pub const PUT_HEADERS: &[(&str, &str)] = &[("content-type", "image/jpeg"), ("content-length", "12345")];

/// A put policy of Kodo.
pub const PUT_POLICY: &str =
    r#"{"scope":"photos:u/1042/a.jpg","deadline":1773501866,"fsizeLimit":10485760,"mimeLimit":"image/*"}"#;

/// A policy of an upload form.
pub const POST_POLICY: &str = r#"{"expiration":"2026-03-14T16:00:00.000Z","conditions":[{"bucket":"photos"},["starts-with","$key","u/1042/"],["content-length-range",1,10485760],["starts-with","$Content-Type","image/"]]}"#;

/// Where an operation takes the time from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The system's clock, read for each operation as everybody does.
    System,
    /// This time, always.
    At(Timestamp),
}

impl Clock {
    /// A time before the end of the policies here.
    pub const FIXED: Self = Self::At(Timestamp::from_unix(1_773_500_966));

    /// The time now.
    #[must_use]
    pub fn now(self) -> Timestamp {
        match self {
            Self::At(time) => time,
            Self::System => {
                let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock that is set");
                Timestamp::from_unix(elapsed.as_secs().cast_signed())
            }
        }
    }
}
