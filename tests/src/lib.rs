//! The vectors of `tests/vectors` as values.
//!
//! They were made by the official SDKs at fixed clocks and by published documents; each file says by
//! which. None was made by this project.

pub mod table;

use countersign::{Credentials, SecretKey, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// One file of vectors.
#[derive(Deserialize)]
pub struct File {
    /// All cases.
    pub cases: Vec<Case>,
    /// Cases outside the main list.
    #[serde(default)]
    pub extra: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// The scheme.
    pub scheme: String,
    /// Who signs.
    pub credentials: Pair,
    /// The region of the scope.
    pub region: Option<String>,
    /// The service of the scope.
    pub service: Option<String>,
    /// The same by its OSS name.
    pub product: Option<String>,
    /// The bucket.
    pub bucket: Option<String>,
    /// Where the bucket stands.
    pub addressing: Option<String>,
    /// When it was signed.
    pub time: Option<String>,
    /// Life in seconds.
    pub expires: Option<i64>,
    /// Names offered for OSS V4 `AdditionalHeaders`.
    pub additional_headers: Vec<String>,
    /// Switches of single cases.
    pub options: Value,
    /// The request, before signing for URL schemes.
    pub request: Option<Message>,
    /// What the SDK made of it.
    pub expect: Expect,
    /// Everything else.
    #[serde(flatten)]
    pub rest: serde_json::Map<String, Value>,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            id: String::new(),
            scheme: String::new(),
            credentials: Pair::default(),
            region: None,
            service: None,
            product: None,
            bucket: None,
            addressing: None,
            time: None,
            expires: None,
            additional_headers: Vec::new(),
            options: Value::Null,
            request: None,
            expect: Expect::default(),
            rest: serde_json::Map::new(),
        }
    }
}

/// An access key pair.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Pair {
    /// The public half.
    pub access_key_id: Option<String>,
    /// The secret half, made up.
    pub secret: Option<String>,
    /// The session token of a temporary pair.
    pub security_token: Option<String>,
}

/// A request message.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    /// The verb.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub rest: serde_json::Map<String, Value>,
}

/// What the SDK made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Expect {
    /// The canonical request.
    pub canonical_request: Option<String>,
    /// The string to sign.
    pub string_to_sign: Option<String>,
    /// The signature.
    pub signature: Option<String>,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The signed URL.
    pub url: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub rest: serde_json::Map<String, Value>,
}

/// The folder of the vectors.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// Reads one file of vectors.
///
/// # Panics
///
/// When the file is not there or not of the form described here: the tests cannot go on.
#[must_use]
#[expect(clippy::panic, reason = "without its data a test cannot go on")]
pub fn load(name: &str) -> File {
    let path = folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

impl Case {
    /// The key pair of the case.
    #[must_use]
    pub fn who(&self) -> Credentials {
        let pair = &self.credentials;
        let who = Credentials::new(pair.access_key_id.clone().unwrap_or_default(), self.secret());
        match &pair.security_token {
            Some(token) => who.with_token(token),
            None => who,
        }
    }

    /// The secret of that pair.
    #[must_use]
    pub fn secret(&self) -> SecretKey {
        SecretKey::new(self.credentials.secret.clone().unwrap_or_default())
    }

    /// The clock of the case.
    #[must_use]
    pub fn clock(&self) -> Timestamp {
        self.time.as_deref().and_then(Timestamp::from_rfc3339).unwrap_or(Timestamp::from_unix(0))
    }

    /// The fields the SDK made of an upload form, the file left out.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &Value| Some((name.to_owned(), value.as_str()?.to_owned()));
        match self.expect.rest.get("fields") {
            Some(Value::Object(fields)) => fields.iter().filter_map(|(name, value)| pair(name, value)).collect(),
            Some(Value::Array(fields)) => {
                fields.iter().filter_map(|field| pair(field.get(0)?.as_str()?, field.get(1)?)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<bool> {
        self.options.get(name)?.as_bool()
    }
}
