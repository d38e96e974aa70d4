//! The upload policy: what may be uploaded, by whom and where to.

use crate::{
    fault::PolicyFault,
    file::{self, File},
    key::KeyTemplate,
    misread::Misread,
    storage::{Callback, Storage},
    users::Users,
};
use std::net::IpAddr;
use url::{Host, Url};

/// A policy without contradictions, read from TOML.
#[derive(Debug)]
pub struct UploadPolicy {
    pub(crate) storage: Storage,
    pub(crate) key: KeyTemplate,
    pub(crate) types: Types,
    pub(crate) max_size: u64,
    /// Seconds a form, a token or a presigned request is good for.
    pub(crate) life: u64,
    pub(crate) parts: Option<Parts>,
    pub(crate) origins: Vec<String>,
    pub(crate) requests_per_minute: u32,
    pub(crate) users: Users,
}

/// Uploads in parts.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    pub from: u64,
    pub size: u64,
    /// Seconds an upload can be resumed.
    pub life: u64,
}

/// The most every vendor takes in one piece.
const MAX_PIECE: u64 = 5 << 30;
/// A list of parts has so many at most, so that one answer holds them all.
const MAX_PARTS: u64 = 1_000;
const MIB: u64 = 1 << 20;
/// Most vendors want 5 MiB at least, Kodo takes 1 GiB at most.
const PART_SIZES: std::ops::RangeInclusive<u64> = 5 * MIB..=1 << 30;
const LIVES: (u64, u64) = (10, 12 * 3_600);
/// Kodo forgets parts after seven days.
const PARTS_LIVES: (u64, u64) = (60, 7 * 86_400);

impl UploadPolicy {
    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// When it is not TOML, something in it is unknown, missing or out of bounds, or it would be unsafe.
    pub fn parse(text: &str) -> Result<Self, PolicyFault> {
        let file: File = toml::from_str(text).map_err(|error| not_read(text, &error))?;
        let upload = &file.upload;
        let parts = upload.parts.as_ref().map(parts).transpose()?;
        let max_size = upload.max_size.bytes("upload.max_size")?;
        if parts.is_none_or(|parts| parts.from > MAX_PIECE) && max_size > MAX_PIECE {
            return Err(PolicyFault::PartsNeeded(MAX_PIECE));
        }
        if max_size > MAX_PARTS * PART_SIZES.end() {
            return Err(PolicyFault::TooLarge(MAX_PARTS * PART_SIZES.end()));
        }
        let mut users = Users::default();
        for (user, hashes) in &file.users {
            let hashes = match hashes {
                file::Hashes::One(hash) => std::slice::from_ref(hash),
                file::Hashes::Several(hashes) => hashes,
            };
            hashes.iter().try_for_each(|hash| users.add_hashed(user, hash))?;
        }
        let requests_per_minute = file.access.requests_per_minute;
        if !(1..=100_000).contains(&requests_per_minute) {
            return Err(PolicyFault::Rate(requests_per_minute));
        }
        let callback = file.callback.map(|callback| Callback { url: callback.url, body: callback.body });
        Ok(Self {
            key: KeyTemplate::parse(&upload.key)?,
            types: Types::parse(&upload.types)?,
            max_size,
            life: upload.life.seconds("upload.life", LIVES)?,
            parts,
            origins: file.access.origins.iter().map(|origin| allowed(origin)).collect::<Result<_, _>>()?,
            requests_per_minute,
            users,
            storage: Storage::new(file.storage, callback)?,
        })
    }

    /// Adds a user whose token is not in the file.
    ///
    /// # Errors
    ///
    /// When the token could be guessed, belongs to somebody else, or the id has other characters than letters, digits, `-` and `_`.
    pub fn add_user(&mut self, user: &str, token: &str) -> Result<(), PolicyFault> {
        self.users.add_token(user, token)
    }

    /// Whether anybody may upload.
    ///
    /// # Errors
    ///
    /// When there are no users.
    pub fn check_users(&self) -> Result<(), PolicyFault> {
        if self.users.is_empty() { Err(PolicyFault::NoUsers) } else { Ok(()) }
    }

    /// The id of the provider.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.storage.provider()
    }

    /// Where the storage is: an origin, as pages name it.
    #[must_use]
    pub fn storage_origin(&self) -> String {
        self.storage.origin()
    }

    /// Types that run as a program when a browser opens them from the bucket's own host.
    #[must_use]
    pub fn active_types(&self) -> Vec<&'static str> {
        ["text/html", "image/svg+xml", "application/xhtml+xml"].into_iter().filter(|active| self.types.allow(active)).collect()
    }

    /// The size of parts of a file: never more than a list holds.
    pub(crate) fn part_size(&self, size: u64) -> Option<u64> {
        let parts = self.parts.filter(|parts| size >= parts.from)?;
        Some(parts.size.max(size.div_ceil(MAX_PARTS).next_multiple_of(MIB)))
    }
}

/// Where the file cannot be read, and why.
fn not_read(text: &str, error: &toml::de::Error) -> PolicyFault {
    let parted = error.span().and_then(|span| text.split_at_checked(span.start));
    let place =
        parted.map(|(before, _)| (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1));
    PolicyFault::Toml { place, what: Misread::of(error.message(), parted.map_or("", |(_, rest)| rest)) }
}

fn parts(parts: &file::Parts) -> Result<Parts, PolicyFault> {
    let size = parts.size.bytes("upload.parts.size")?;
    if !PART_SIZES.contains(&size) {
        return Err(PolicyFault::PartSize(size));
    }
    let from = parts.from.bytes("upload.parts.from")?;
    Ok(Parts { from, size, life: parts.life.seconds("upload.parts.life", PARTS_LIVES)? })
}

/// An origin as browsers send it.
fn allowed(text: &str) -> Result<String, PolicyFault> {
    if text == "*" {
        return Err(PolicyFault::OriginAny);
    }
    if names_user(text) {
        return Err(PolicyFault::OriginUser);
    }
    if text.contains('*') {
        return Err(PolicyFault::OriginPattern(text.to_owned()));
    }
    let url = Url::parse(text).map_err(|_| PolicyFault::Origin(text.to_owned()))?;
    let origin = url.origin();
    if !origin.is_tuple() || !is_host_alone(&url) {
        return Err(PolicyFault::Origin(text.to_owned()));
    }
    if !is_private(&url) {
        return Err(PolicyFault::OriginClear(text.to_owned()));
    }
    Ok(origin.ascii_serialization())
}

/// Whether a user, or a password, stands before the host, or may: it is not shown.
pub(crate) fn names_user(text: &str) -> bool {
    Url::parse(text).map_or(text.contains('@'), |url| !url.username().is_empty() || url.password().is_some())
}

/// Whether there is nothing but a scheme and a host.
pub(crate) fn is_host_alone(url: &Url) -> bool {
    matches!(url.scheme(), "https" | "http") && url.path() == "/" && url.query().is_none() && url.fragment().is_none()
}

/// Whether nobody on the way can read or change what goes there.
pub(crate) fn is_private(url: &Url) -> bool {
    url.scheme() == "https"
        || match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => false,
        }
}

/// The types that may be uploaded.
#[derive(Clone, Debug)]
pub struct Types(Vec<String>);

impl Types {
    fn parse(list: &[String]) -> Result<Self, PolicyFault> {
        if list.is_empty() {
            return Err(PolicyFault::NoTypes);
        }
        for text in list {
            let (kind, form) = text.split_once('/').unwrap_or_default();
            let is_any = kind == "*" && form == "*";
            if !(is_any || is_token(kind) && (form == "*" || is_token(form))) {
                return Err(PolicyFault::Type(text.clone()));
            }
        }
        Ok(Self(list.iter().map(|text| text.to_ascii_lowercase()).collect()))
    }

    /// Whether a type without parameters may be uploaded.
    pub fn allow(&self, content_type: &str) -> bool {
        let Some((kind, form)) = content_type.split_once('/') else { return false };
        let named = |allowed: &String| match allowed.split_once('/') {
            Some(("*", _)) => true,
            Some((own, "*")) => own.eq_ignore_ascii_case(kind),
            _ => allowed.eq_ignore_ascii_case(content_type),
        };
        is_token(kind) && is_token(form) && content_type.len() <= 100 && self.0.iter().any(named)
    }

    pub fn list(&self) -> &[String] {
        &self.0
    }
}

/// A restricted name of RFC 6838: a letter or digit, then some signs, too.
fn is_token(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(changes: &[(&str, &str)]) -> String {
        let mut text = String::from(
            "[storage]\nprovider = \"s3\"\nbucket = \"photos\"\nregion = \"eu-west-1\"\n\
             [upload]\nkey = \"u/{user}/{uuid}{ext}\"\ntypes = [\"image/*\", \"application/pdf\"]\nmax_size = \"10MiB\"\nlife = \"15m\"\n\
             [upload.parts]\nfrom = \"8MiB\"\nsize = \"5MiB\"\nlife = \"1d\"\n\
             [access]\norigins = [\"https://app.example.com\"]\n",
        );
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            text = text.replace(old, new);
        }
        text
    }

    fn fault(old: &str, new: &str) -> PolicyFault {
        UploadPolicy::parse(&written(&[(old, new)])).unwrap_err()
    }

    #[test]
    fn a_policy_is_read() {
        let policy = UploadPolicy::parse(&written(&[])).unwrap();
        assert_eq!((policy.max_size, policy.life, policy.requests_per_minute), (10 << 20, 900, 120));
        assert_eq!(policy.part_size(8 << 20), Some(5 << 20));
        assert_eq!(policy.part_size((8 << 20) - 1), None);
        // No list of parts has more than a thousand.
        assert_eq!(policy.part_size(6_000_000_000), Some(6 << 20));
        assert_eq!(policy.storage_origin(), "https://photos.s3.eu-west-1.amazonaws.com");
        assert!(matches!(policy.check_users(), Err(PolicyFault::NoUsers)));
    }

    #[test]
    fn types_are_compared_whole() {
        let types = UploadPolicy::parse(&written(&[])).unwrap().types;
        for fine in ["image/png", "IMAGE/PNG", "image/svg+xml", "application/pdf"] {
            assert!(types.allow(fine), "{fine}");
        }
        for wrong in
            ["", "image", "image/", "image/*", "image/png; charset=x", "application/pdfx", "text/html", "image/a b", "*/*"]
        {
            assert!(!types.allow(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_is_unsafe_is_refused() {
        assert!(matches!(fault("\"https://app.example.com\"", "\"*\""), PolicyFault::OriginAny));
        assert!(matches!(fault("https://app.example.com", "http://app.example.com"), PolicyFault::OriginClear(_)));
        assert!(matches!(fault("https://app.example.com", "https://app.example.com/page"), PolicyFault::Origin(_)));
        assert!(matches!(fault("https://app.example.com", "app.example.com"), PolicyFault::Origin(_)));
        let elsewhere = "region = \"eu-west-1\"\nendpoint = \"http://storage.example.com\"";
        assert!(matches!(fault("region = \"eu-west-1\"", elsewhere), PolicyFault::EndpointClear(_)));
        assert!(matches!(fault("u/{user}/{uuid}{ext}", "u/{uuid}{ext}"), PolicyFault::KeyUser));
        let user = "[access]\norigins = [\"https://app.example.com\"]\n[users]\nalice = \"made-up-token-of-alice\"";
        let fault = fault("[access]\norigins = [\"https://app.example.com\"]", user);
        assert!(matches!(&fault, PolicyFault::TokenNotHashed(user) if user == "alice"));
        assert!(!fault.to_string().contains("made-up"), "{fault}");
    }

    #[test]
    fn a_broken_file_tells_its_place_and_no_token() {
        let users = "[access]\norigins = [\"https://app.example.com\"]\n";
        for (broken, said) in [
            ("[users]\nalice = made-up-token\n", "line 15, column 9: this is no TOML: "),
            ("[users]\nalice = \"made-up-token\n", "line 15, column 23: this is no TOML: "),
            (
                "users = \"made-up-token\"\n",
                "line 14, column 1: `[upload.parts]` has the unknown field `users`; expected from, size or life",
            ),
            (
                "[access]\nrequests_per_minute = \"made-up-token\"\n",
                "line 15, column 23: this is text in quotes; expected a whole number, 0 or above",
            ),
            (
                "[access]\nrequests_per_minute = -77665544\n",
                "line 15, column 23: this is a whole number below 0; expected a whole number, 0 or above",
            ),
            (
                "[access]\nmade-up-token-of-alice-for-tests = \"alice\"\n",
                "line 15, column 1: `[access]` has an unknown field; expected origins or requests_per_minute",
            ),
            (
                "[access]\n\"a`, expected b\" = 1\n",
                "line 15, column 1: `[access]` has the unknown field `a`, expected b`; expected",
            ),
            ("[acess]\n", "line 14, column 2: the table `acess` is unknown; expected storage, upload, callback, access or users"),
            (
                "[access]\norigins = \"made-up-token\"\n",
                "line 15, column 11: this is text in quotes; expected a list in brackets",
            ),
            ("[access]\norigins = [1.5]\n", "line 15, column 12: this is a number with a fraction; expected text in quotes"),
            ("users = 1\n[users]\n", "line 14, column 1: `[upload.parts]` has the unknown field `users`;"),
            (
                "[users]\nalice = { token = \"made-up-token\" }\n",
                "line 15, column 9: this value is of another kind; expected the hash of a token, or a list of them",
            ),
            (
                "[users]\nalice = 77665544\n",
                "line 15, column 9: this value is of another kind; expected the hash of a token, or a list of them",
            ),
        ] {
            let told = fault(users, broken).to_string();
            assert!(told.starts_with(said), "{told}");
            assert!(!told.contains("made-up") && !told.contains("77665544") && !told.contains('\n'), "{told}");
        }
        let addressing = fault("bucket = \"photos\"", "bucket = \"photos\"\naddressing = \"made-up\"").to_string();
        assert_eq!(addressing, "line 4, column 14: this value is unknown; expected virtual, path or custom");
        let size = fault("\"10MiB\"", "1.5").to_string();
        assert_eq!(size, "line 8, column 12: this value is of another kind; expected a number, or text with a unit like `10MiB`");
        let bucket = fault("bucket = \"photos\"\n", "").to_string();
        assert_eq!(bucket, "line 1, column 1: `bucket` is missing in `[storage]`");
        let life = fault("life = \"1d\"\n", "").to_string();
        assert_eq!(life, "line 10, column 1: `life` is missing in `[upload.parts]`");
        let whole = UploadPolicy::parse("").unwrap_err().to_string();
        assert!(whole.ends_with("`storage` is missing"), "{whole}");
    }

    #[test]
    fn the_parser_knows_the_fields_of_every_table() {
        for (table, fields) in file::TABLES {
            let head = table.map(|table| format!("[{table}]\n")).unwrap_or_default();
            let PolicyFault::Toml { what, .. } = UploadPolicy::parse(&format!("{head}surplus = 1")).unwrap_err() else {
                panic!()
            };
            let known = fields.iter().map(|field| (*field).to_owned()).collect();
            assert_eq!(what, Misread::Unknown { table, name: Some("surplus".to_owned()), known });
        }
    }

    #[test]
    fn buckets_and_hosts_that_cannot_be_are_refused() {
        let with = |provider: &str, bucket: &str, more: &str| {
            let old = "provider = \"s3\"\nbucket = \"photos\"";
            let new = format!("provider = \"{provider}\"\nbucket = \"{bucket}\"\n{more}");
            UploadPolicy::parse(&written(&[(old, &new)]))
        };
        let long = "a".repeat(64);
        for bucket in ["Photos", "ph", "my_photos", "my.photos", "-photos", "photos-", &*long] {
            let fault = with("oss", bucket, "").unwrap_err();
            assert!(matches!(&fault, PolicyFault::BucketForm { name, provider: "oss" } if name == bucket), "{fault}");
        }
        for bucket in ["photos", "photos-", "1250000000", "photos-125x", "Photos-1250000000", "my_photos-1250000000"] {
            let fault = with("cos", bucket, "").unwrap_err();
            assert!(matches!(&fault, PolicyFault::BucketForm { name, provider: "cos" } if name == bucket), "{fault}");
        }
        for (provider, bucket) in
            [("oss", "0my-photos-9"), ("oss", "abc"), ("cos", "my-photos-1250000000"), ("s3", "My_Photos.x")]
        {
            assert!(with(provider, bucket, "").is_ok(), "{bucket}");
        }
        let endpoint = |host: &str| format!("endpoint = \"https://{host}\"");
        let doubled = with("oss", "photos", &endpoint("photos.oss-cn-hangzhou.aliyuncs.com")).unwrap_err();
        assert!(
            matches!(&doubled, PolicyFault::EndpointBucket { without, .. } if without == "https://oss-cn-hangzhou.aliyuncs.com"),
            "{doubled}"
        );
        // A host of one's own has it in its name, and so may the host of a server whose buckets stand in the path.
        for more in ["addressing = \"custom\"", "addressing = \"path\""] {
            assert!(with("s3", "photos", &format!("{}\n{more}", endpoint("photos.example.com"))).is_ok(), "{more}");
        }
        assert!(with("s3", "photos", &endpoint("photoserver.example.com")).is_ok());
        for (host, is_user) in [("me:made-up@h.example.com", true), (":made-up@h.example.com", true), ("h.example.com/#x", false)]
        {
            let fault = with("s3", "photos", &endpoint(host)).unwrap_err();
            assert_eq!(matches!(fault, PolicyFault::EndpointUser), is_user, "{fault}");
            assert!(!fault.to_string().contains("made-up"), "{fault}");
        }
    }

    #[test]
    fn origins_that_no_browser_sends_are_refused() {
        let with = |origin: &str| fault("https://app.example.com", origin);
        for origin in ["https://*.example.com", "https://app.example.*", "*.example.com", "https://*"] {
            assert!(matches!(with(origin), PolicyFault::OriginPattern(_)), "{origin}");
        }
        for origin in ["https://me:made-up@app.example.com", "https://me@app.example.com", "https://me:made-up@a b"] {
            let fault = with(origin);
            assert!(matches!(fault, PolicyFault::OriginUser) && !fault.to_string().contains("made-up"), "{fault}");
        }
        for origin in
            ["https://app.example.com/page", "https://app.example.com/?a", "https://app.example.com/#a", "ftp://a", "null"]
        {
            assert!(matches!(with(origin), PolicyFault::Origin(_)), "{origin}");
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        assert!(matches!(fault("\"15m\"", "\"2d\""), PolicyFault::Span { .. }));
        assert!(matches!(fault("\"15m\"", "\"15 minutes\""), PolicyFault::Span { .. }));
        assert!(matches!(fault("\"10MiB\"", "\"10M\""), PolicyFault::Size("upload.max_size", _)));
        assert!(matches!(fault("\"10MiB\"", "0"), PolicyFault::Size("upload.max_size", _)));
        assert!(matches!(fault("\"5MiB\"", "\"1MiB\""), PolicyFault::PartSize(_)));
        assert!(matches!(fault("\"image/*\"", "\"image\""), PolicyFault::Type(_)));
        assert!(matches!(fault("[\"image/*\", \"application/pdf\"]", "[]"), PolicyFault::NoTypes));
        assert!(matches!(fault("\"s3\"", "\"floppy\""), PolicyFault::Provider(_)));
        assert!(matches!(fault("region = \"eu-west-1\"\n", ""), PolicyFault::Missing { member: "storage.region", .. }));
        assert!(matches!(fault("bucket", "buckets"), PolicyFault::Toml { place: Some((3, 1)), .. }));
        assert!(matches!(fault("\"10MiB\"", "\"1001GiB\""), PolicyFault::TooLarge(_)));
        let whole = [("[upload.parts]\nfrom = \"8MiB\"\nsize = \"5MiB\"\nlife = \"1d\"\n", ""), ("\"10MiB\"", "\"6GiB\"")];
        assert!(matches!(UploadPolicy::parse(&written(&whole)).unwrap_err(), PolicyFault::PartsNeeded(_)));
    }
}
