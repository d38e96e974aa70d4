//! The upload policy as it is written: TOML, read strictly.

use crate::fault::PolicyFault;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The fields of each table in their order; without a name, the tables themselves.
pub const TABLES: [(Option<&str>, &[&str]); 6] = [
    (None, &["storage", "upload", "callback", "access", "users"]),
    (Some("storage"), &["provider", "bucket", "region", "endpoint", "addressing"]),
    (Some("upload"), &["key", "types", "max_size", "life", "parts"]),
    (Some("upload.parts"), &["from", "size", "life"]),
    (Some("callback"), &["url", "body"]),
    (Some("access"), &["origins", "requests_per_minute"]),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub storage: Storage,
    pub upload: Upload,
    pub callback: Option<Callback>,
    #[serde(default)]
    pub access: Access,
    #[serde(default)]
    pub users: BTreeMap<String, Hashes>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub provider: String,
    pub bucket: String,
    pub region: Option<String>,
    pub endpoint: Option<String>,
    pub addressing: Option<Place>,
}

/// Where the bucket stands in URLs.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Virtual,
    Path,
    Custom,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    pub key: String,
    pub types: Vec<String>,
    pub max_size: Size,
    pub life: Span,
    pub parts: Option<Parts>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// Files of this size go in parts.
    pub from: Size,
    pub size: Size,
    /// How long an upload can be resumed.
    pub life: Span,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    pub url: String,
    pub body: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Access {
    pub origins: Vec<String>,
    pub requests_per_minute: u32,
}

impl Default for Access {
    fn default() -> Self {
        Self { origins: Vec::new(), requests_per_minute: 120 }
    }
}

/// The hash of a user's token, or several while one replaces another.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected the hash of a token, or a list of them")]
pub enum Hashes {
    One(String),
    Several(Vec<String>),
}

/// A number, or a number with a unit.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a number, or text with a unit like `10MiB`")]
pub enum Quantity {
    Number(u64),
    Text(String),
}

pub type Size = Quantity;
pub type Span = Quantity;

impl Quantity {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The number, times what its unit stands for.
    fn scaled(&self, scale: impl Fn(&str) -> Option<u64>) -> Option<u64> {
        let text = self.text();
        let at = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at_checked(at)?;
        digits.parse::<u64>().ok()?.checked_mul(scale(unit.trim_start())?)
    }

    /// Bytes, at least one. Powers of ten and of two have different names, and `M` alone is none.
    pub fn bytes(&self, member: &'static str) -> Result<u64, PolicyFault> {
        let scale = |unit: &str| match &*unit.to_ascii_lowercase() {
            "" | "b" => Some(1),
            "kb" => Some(1_000),
            "mb" => Some(1_000_000),
            "gb" => Some(1_000_000_000),
            "kib" => Some(1 << 10),
            "mib" => Some(1 << 20),
            "gib" => Some(1 << 30),
            _ => None,
        };
        self.scaled(scale).filter(|bytes| *bytes > 0).ok_or_else(|| PolicyFault::Size(member, self.text()))
    }

    pub fn seconds(&self, member: &'static str, bounds: (u64, u64)) -> Result<u64, PolicyFault> {
        let scale = |unit: &str| match unit {
            "" | "s" => Some(1),
            "m" => Some(60),
            "h" => Some(3_600),
            "d" => Some(86_400),
            _ => None,
        };
        let seconds = self.scaled(scale).filter(|seconds| (bounds.0..=bounds.1).contains(seconds));
        seconds.ok_or_else(|| PolicyFault::Span { member, found: self.text(), bounds })
    }
}
