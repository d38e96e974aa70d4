//! The storage uploads go to: what is issued for each vendor.

use crate::{
    fault::PolicyFault,
    file::{self, Place},
    policy::{is_host_alone, is_private, names_user},
};
use base64::{Engine, engine::general_purpose::URL_SAFE};
use countersign::{
    Addressing, Credentials, Encoding, Form, Request, Scheme, SignError, SignedHeaders, Terms, Timestamp, Told,
    policy::{Dialect, Policy, PolicyBuilder, form_fields},
    providers::{cos, kodo, ks3, oss, s3},
    sign, sign_form,
    wire::percent,
};
use serde::Serialize;
use std::collections::BTreeMap;
use url::Url;

/// A bucket of a vendor.
#[derive(Debug)]
pub struct Storage {
    vendor: &'static Vendor,
    bucket: String,
    region: Option<String>,
    addressing: Addressing,
    /// Where keys begin, without a final slash; for Kodo, the upload host.
    base: String,
    callback: Option<Callback>,
}

/// What the vendor is to call after an upload.
#[derive(Debug)]
pub struct Callback {
    pub url: String,
    pub body: String,
}

/// What differs between vendors.
#[derive(Debug)]
struct Vendor {
    id: &'static str,
    way: Way,
    /// The public endpoint of a region.
    endpoint: fn(&str) -> Option<String>,
    /// What the endpoint or the signature is made of.
    needs_region: bool,
    /// What its buckets are called, where that is not left to each installation.
    has_bucket: fn(&str) -> bool,
}

#[derive(Debug)]
enum Way {
    /// Forms with a policy, and signed URLs.
    Objects {
        dialect: Dialect,
        form: &'static dyn Scheme,
        url: &'static dyn Scheme,
        /// Whether a signed URL can hold the client to `Content-Length`.
        signs_length: bool,
    },
    /// Upload tokens.
    Tokens,
}

static VENDORS: [Vendor; 5] = [
    Vendor {
        id: "s3",
        way: Way::Objects { dialect: Dialect::S3, form: &s3::V4_POST, url: &s3::V4_URL, signs_length: true },
        endpoint: |region| {
            let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
            Some(format!("https://s3.{region}.amazonaws.com{suffix}"))
        },
        needs_region: true,
        has_bucket: |_| true,
    },
    Vendor {
        id: "oss",
        way: Way::Objects { dialect: Dialect::Oss, form: &oss::POST_V4, url: &oss::V4_URL, signs_length: true },
        endpoint: |region| Some(format!("https://oss-{region}.aliyuncs.com")),
        needs_region: true,
        has_bucket: is_label,
    },
    Vendor {
        id: "cos",
        way: Way::Objects { dialect: Dialect::Cos, form: &cos::POST, url: &cos::XML_URL, signs_length: true },
        endpoint: |region| Some(format!("https://cos.{region}.myqcloud.com")),
        needs_region: false,
        has_bucket: ends_in_account,
    },
    Vendor {
        id: "ks3",
        way: Way::Objects { dialect: Dialect::Ks3, form: &ks3::POST, url: &ks3::V2_URL, signs_length: false },
        // Hosts and regions have different names: `ks3-cn-beijing` and `BEIJING`.
        endpoint: |_| None,
        needs_region: false,
        has_bucket: |_| true,
    },
    Vendor {
        id: "kodo",
        way: Way::Tokens,
        endpoint: |region| kodo::upload_host(region).map(|host| format!("https://{host}")),
        needs_region: false,
        has_bucket: |_| true,
    },
];

/// One upload that is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'g> {
    pub key: &'g str,
    pub size: u64,
    pub content_type: &'g str,
}

/// Who signs, when, and for how many seconds.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'s> {
    pub who: &'s Credentials,
    pub at: Timestamp,
    pub life: u64,
}

impl Signing<'_> {
    pub fn ends(&self) -> Timestamp {
        self.at.plus(i64::try_from(self.life).unwrap_or(i64::MAX))
    }
}

/// A complete upload form, as the npm package defines it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadForm {
    provider: &'static str,
    scheme: &'static str,
    method: &'static str,
    url: String,
    fields: Vec<(String, String)>,
    file_field: &'static str,
    expires_at: String,
    limits: Limits,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    key: String,
    min_size: u64,
    max_size: u64,
    content_type: String,
}

/// A request to be sent as it is, as the npm package defines it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedRequest {
    scheme: &'static str,
    method: &'static str,
    url: String,
    headers: BTreeMap<&'static str, String>,
    expires_at: String,
}

/// What is asked of an upload in parts.
#[derive(Clone, Copy, Debug)]
pub enum Step<'s> {
    Create,
    Part { upload_id: &'s str, number: u64, size: u64 },
    List { upload_id: &'s str },
    Complete { upload_id: &'s str },
    Abort { upload_id: &'s str },
}

/// Form in which a vendor answers.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answers {
    Xml,
    Json,
}

/// Parts in one list: all there are.
const LIST: &str = "1000";

impl Storage {
    pub fn new(written: file::Storage, callback: Option<Callback>) -> Result<Self, PolicyFault> {
        let vendor = VENDORS.iter().find(|vendor| vendor.id == written.provider);
        let vendor = vendor.ok_or_else(|| PolicyFault::Provider(written.provider.clone()))?;
        let missing = |member| PolicyFault::Missing { member, provider: vendor.id };
        if written.bucket.is_empty() {
            return Err(missing("storage.bucket"));
        }
        if !written.bucket.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
            return Err(PolicyFault::Bucket(written.bucket));
        }
        if !(vendor.has_bucket)(&written.bucket) {
            return Err(PolicyFault::BucketForm { name: written.bucket, provider: vendor.id });
        }
        let region = written.region;
        if vendor.needs_region && region.is_none() {
            return Err(missing("storage.region"));
        }
        let endpoint = match (&written.endpoint, &region) {
            (Some(endpoint), _) => endpoint.clone(),
            (None, Some(region)) => (vendor.endpoint)(region).ok_or_else(|| match vendor.way {
                Way::Tokens => PolicyFault::Region(region.clone()),
                Way::Objects { .. } => missing("storage.endpoint"),
            })?,
            (None, None) if vendor.id == "ks3" => return Err(missing("storage.endpoint")),
            (None, None) => return Err(missing("storage.region")),
        };
        let addressing = match written.addressing {
            Some(Place::Path) => Addressing::Path,
            Some(Place::Custom) => Addressing::CustomDomain,
            Some(Place::Virtual) | None => Addressing::VirtualHost,
        };
        let base = match vendor.way {
            Way::Tokens => origin_of(&endpoint)?,
            Way::Objects { .. } => base(&endpoint, &written.bucket, addressing)?,
        };
        let storage = Self { vendor, bucket: written.bucket, region, addressing, base, callback };
        storage.check()?;
        Ok(storage)
    }

    /// Issues one of everything, so that no caller is the first to see what cannot be signed.
    fn check(&self) -> Result<(), PolicyFault> {
        if self.callback.is_some() && !matches!(self.vendor.id, "oss" | "kodo") {
            return Err(PolicyFault::NoCallback(self.vendor.id));
        }
        self.callback_fields()?;
        let nobody = Credentials::new("id", countersign::SecretKey::new("secret"));
        let signing = Signing { who: &nobody, at: Timestamp::from_unix(0), life: 60 };
        let grant = Grant { key: "key", size: 1, content_type: "a/b" };
        self.form(&grant, &signing)?;
        for step in [Step::Create, Step::Part { upload_id: "id", number: 1, size: 1 }] {
            self.step(&grant, step, &signing)?;
        }
        Ok(())
    }

    pub fn provider(&self) -> &'static str {
        self.vendor.id
    }

    pub fn origin(&self) -> String {
        Url::parse(&self.base).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
    }

    pub fn answers(&self) -> Answers {
        match self.vendor.way {
            Way::Objects { .. } => Answers::Xml,
            Way::Tokens => Answers::Json,
        }
    }

    /// A form for this file alone.
    pub fn form(&self, grant: &Grant<'_>, signing: &Signing<'_>) -> Result<UploadForm, PolicyFault> {
        let (scheme, url, fields) = match self.vendor.way {
            Way::Objects { dialect, form, .. } => {
                let sizes = grant.size..=grant.size + dialect.form_overhead();
                (form.id(), format!("{}/", self.base), self.policy_fields(dialect, form, grant, sizes, signing)?)
            }
            Way::Tokens => {
                let fields = vec![("key".to_owned(), grant.key.to_owned()), ("token".to_owned(), self.token(grant, signing)?)];
                (kodo_scheme(), format!("{}/", self.base), fields)
            }
        };
        let limits = Limits {
            key: grant.key.to_owned(),
            min_size: grant.size,
            max_size: grant.size,
            content_type: grant.content_type.to_owned(),
        };
        Ok(UploadForm {
            provider: self.vendor.id,
            scheme,
            method: "POST",
            url,
            fields,
            file_field: "file",
            expires_at: signing.ends().to_string(),
            limits,
        })
    }

    fn policy_fields(
        &self,
        dialect: Dialect,
        scheme: &'static dyn Scheme,
        grant: &Grant<'_>,
        sizes: std::ops::RangeInclusive<u64>,
        signing: &Signing<'_>,
    ) -> Result<Vec<(String, String)>, PolicyFault> {
        let terms = self.terms(signing);
        let builder = PolicyBuilder::new(dialect, signing.ends())
            .bucket(&self.bucket)
            .eq("key", grant.key)
            .eq("Content-Type", grant.content_type)
            .size(sizes);
        // With a condition on it, the callback cannot be dropped or changed.
        let callback = self.callback_fields()?;
        let builder = callback.iter().fold(builder, |builder, (name, value)| builder.eq(name, value));
        let builder = builder.signing_with(scheme, signing.who, &terms).map_err(PolicyFault::Unsignable)?;
        let json = builder.build().map_err(|error| PolicyFault::Form(error.told()))?;
        let policy = Policy::parse(json.as_bytes(), dialect).map_err(|fault| PolicyFault::Form(fault.told()))?;
        let mut fields = form_fields(&policy, &[], None).map_err(|needed| PolicyFault::Form(needed.told()))?;
        fields.push(("policy".to_owned(), Encoding::Base64.encode(json.as_bytes())));
        let form = fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value));
        let signed = sign_form(scheme, &form, signing.who, &terms).map_err(PolicyFault::Unsignable)?;
        // Conditions have put in the signing fields that the policy names.
        let is_new = |(name, _): &(String, String)| !fields.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        let added: Vec<_> = signed.fields.into_iter().filter(is_new).collect();
        fields.extend(added);
        Ok(fields)
    }

    /// A request of an upload in parts.
    pub fn step(&self, grant: &Grant<'_>, step: Step<'_>, signing: &Signing<'_>) -> Result<SignedRequest, PolicyFault> {
        match self.vendor.way {
            Way::Objects { url, signs_length, .. } => self.presigned(url, signs_length, grant, step, signing),
            Way::Tokens => self.with_token(grant, step, signing),
        }
    }

    fn presigned(
        &self,
        scheme: &'static dyn Scheme,
        signs_length: bool,
        grant: &Grant<'_>,
        step: Step<'_>,
        signing: &Signing<'_>,
    ) -> Result<SignedRequest, PolicyFault> {
        let escaped = |text: &str, kept| String::from_utf8_lossy(&percent::encoded(text.as_bytes(), kept)).into_owned();
        let of = |upload_id: &str| format!("uploadId={}", escaped(upload_id, &percent::UNRESERVED));
        let mut headers = BTreeMap::new();
        let mut length = None;
        let (method, query) = match step {
            Step::Create => {
                headers.insert("Content-Type", grant.content_type.to_owned());
                ("POST", "uploads".to_owned())
            }
            Step::Part { upload_id, number, size } => {
                length = signs_length.then(|| size.to_string());
                ("PUT", format!("partNumber={number}&{}", of(upload_id)))
            }
            Step::List { upload_id } => ("GET", format!("max-parts={LIST}&{}", of(upload_id))),
            Step::Complete { upload_id } => {
                headers.insert("Content-Type", "application/xml".to_owned());
                if let Some(callback) = &self.oss_callback()? {
                    headers.insert("x-oss-callback", Encoding::Base64.encode(callback.as_bytes()));
                }
                ("POST", of(upload_id))
            }
            Step::Abort { upload_id } => ("DELETE", of(upload_id)),
        };
        let url = format!("{}/{}?{query}", self.base, escaped(grant.key, &percent::PATH));
        let unsignable = |error| PolicyFault::Unsignable(error);
        let request = Request::new(method, &url).map_err(|_| PolicyFault::Endpoint(self.base.clone()))?;
        // Browsers send the length themselves, and let no page write it.
        let sent =
            headers.iter().map(|(name, value)| (*name, value)).chain(length.as_ref().map(|length| ("Content-Length", length)));
        let request = sent.fold(request, |request, (name, value)| request.header(name, value));
        let names: Vec<_> = request.headers().map(|header| header.name.to_ascii_lowercase()).chain(["host".to_owned()]).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let terms = self.terms(signing).signed_headers(SignedHeaders::Only(&names));
        let signed = sign(scheme, &request, signing.who, &terms).map_err(unsignable)?;
        let url = signed.url.ok_or(SignError::AlreadySigned("URL")).map_err(unsignable)?;
        Ok(SignedRequest { scheme: scheme.id(), method, url, headers, expires_at: signing.ends().to_string() })
    }

    /// The same for Kodo: "Resumable upload v2", with an upload token in a header.
    fn with_token(&self, grant: &Grant<'_>, step: Step<'_>, signing: &Signing<'_>) -> Result<SignedRequest, PolicyFault> {
        let object = URL_SAFE.encode(grant.key);
        let uploads = format!("{}/buckets/{}/objects/{object}/uploads", self.base, self.bucket);
        let mut headers = BTreeMap::from([("Authorization", format!("UpToken {}", self.token(grant, signing)?))]);
        let (method, url) = match step {
            Step::Create => ("POST", uploads),
            Step::Part { upload_id, number, .. } => ("PUT", format!("{uploads}/{upload_id}/{number}")),
            Step::List { upload_id } => ("GET", format!("{uploads}/{upload_id}?max-parts={LIST}")),
            Step::Complete { upload_id } => {
                headers.insert("Content-Type", "application/json".to_owned());
                ("POST", format!("{uploads}/{upload_id}"))
            }
            Step::Abort { upload_id } => ("DELETE", format!("{uploads}/{upload_id}")),
        };
        Ok(SignedRequest { scheme: kodo_scheme(), method, url, headers, expires_at: signing.ends().to_string() })
    }

    fn token(&self, grant: &Grant<'_>, signing: &Signing<'_>) -> Result<String, PolicyFault> {
        let size = i64::try_from(grant.size).unwrap_or(i64::MAX);
        let mut policy = kodo::PutPolicy::for_key(&*self.bucket, grant.key, signing.ends())
            .fsize_min(size)
            .fsize_limit(size)
            .mime_limit(grant.content_type);
        if let Some(callback) = &self.callback {
            policy = policy.callback(&*callback.url, &*callback.body);
        }
        let policy = policy.build().map_err(|error| PolicyFault::Callback(error.told()))?;
        Ok(policy.token(signing.who))
    }

    fn oss_callback(&self) -> Result<Option<String>, PolicyFault> {
        let Some(callback) = self.callback.as_ref().filter(|_| self.vendor.id == "oss") else { return Ok(None) };
        let made = oss::callback::Callback::form(&*callback.url, &*callback.body).build();
        Ok(Some(made.map_err(|error| PolicyFault::Callback(error.told()))?.to_json()))
    }

    fn callback_fields(&self) -> Result<Vec<(&'static str, String)>, PolicyFault> {
        let json = self.oss_callback()?;
        Ok(json.map(|json| ("callback", Encoding::Base64.encode(json.as_bytes()))).into_iter().collect())
    }

    fn terms(&self, signing: &Signing<'_>) -> Terms<'_> {
        let mut terms = Terms::at(signing.at).bucket(&self.bucket).addressing(self.addressing).expires_in(signing.life);
        terms.region = self.region.as_deref();
        terms
    }
}

fn kodo_scheme() -> &'static str {
    kodo::UPLOAD_TOKEN.id()
}

/// The URL below which the keys of the bucket are.
fn base(endpoint: &str, bucket: &str, addressing: Addressing) -> Result<String, PolicyFault> {
    let origin = origin_of(endpoint)?;
    Ok(match addressing {
        Addressing::VirtualHost if origin.split_once("://").is_some_and(|(_, host)| begins_with(host, bucket)) => {
            let without = origin.replacen(&format!("://{bucket}."), "://", 1);
            return Err(PolicyFault::EndpointBucket { endpoint: endpoint.to_owned(), without });
        }
        Addressing::VirtualHost => origin.replacen("://", &format!("://{bucket}."), 1),
        Addressing::Path => format!("{origin}/{bucket}"),
        Addressing::CustomDomain => origin,
    })
}

/// Whether a host begins with a bucket.
fn begins_with(host: &str, bucket: &str) -> bool {
    host.strip_prefix(bucket).is_some_and(|rest| rest.starts_with('.'))
}

/// 3 to 63 lower-case letters, digits and hyphens, with no hyphen at either end: all of OSS, and most others.
fn is_label(bucket: &str) -> bool {
    (3..=63).contains(&bucket.len())
        && bucket.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !bucket.starts_with('-')
        && !bucket.ends_with('-')
}

/// Likewise, and behind the last hyphen the number of the account.
fn ends_in_account(bucket: &str) -> bool {
    let account = bucket.rsplit_once('-').map_or("", |(_, account)| account);
    is_label(bucket) && !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit())
}

/// Scheme and host of an endpoint.
fn origin_of(endpoint: &str) -> Result<String, PolicyFault> {
    if names_user(endpoint) {
        return Err(PolicyFault::EndpointUser);
    }
    let url = Url::parse(endpoint).ok().filter(is_host_alone).ok_or_else(|| PolicyFault::Endpoint(endpoint.to_owned()))?;
    if !is_private(&url) {
        return Err(PolicyFault::EndpointClear(endpoint.to_owned()));
    }
    Ok(url.origin().ascii_serialization())
}
