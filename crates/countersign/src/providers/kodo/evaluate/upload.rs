//! What is known of an upload.

use alloc::vec::Vec;

/// An upload, as far as it is known. Whatever is not said counts as not known, except the key: a client may
/// name none.
///
/// ```
/// use countersign::providers::kodo::{Existing, Upload, UploadWay};
///
/// let upload = Upload::new()
///     .key("u/7/cat.jpg")
///     .size(48_113)
///     .file_name("cat.jpg")
///     .content_type("image/jpeg")
///     .way(UploadWay::Form)
///     .existing(Existing::Nothing)
///     .variable("x:album", "cats");
/// assert_eq!(upload.key, Some("u/7/cat.jpg"));
/// assert_eq!(Upload::new().size, None);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Upload<'a> {
    /// The key the client names; `None` when it names none.
    pub key: Option<&'a str>,
    /// The bucket, where the request names one.
    pub bucket: Option<&'a str>,
    /// How many bytes the file has.
    pub size: Option<u64>,
    /// The name of the file.
    pub file_name: Option<&'a str>,
    /// The type the client names.
    pub content_type: Option<&'a str>,
    /// The type the service finds by itself, from the content and the extensions of the names.
    pub detected_type: Option<&'a str>,
    /// The content hash of the service.
    pub etag: Option<&'a str>,
    /// What is in the bucket under the name of the object.
    pub existing: Option<Existing>,
    /// How it is uploaded.
    pub way: Option<UploadWay>,
    /// Variables with their values: `x:album`, and those of the service that are known otherwise.
    pub variables: Vec<(&'a str, &'a str)>,
}

/// What is in the bucket under the name of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Nothing.
    Nothing,
    /// An object with the content of the upload.
    SameContent,
    /// An object with other content.
    OtherContent,
    /// An object whose content was not compared.
    Something,
}

/// How something is uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadWay {
    /// As a form.
    Form,
    /// In blocks (`mkblk`, `mkfile`).
    MultipartV1,
    /// In parts (`/buckets/.../uploads`).
    MultipartV2,
}

impl<'a> Upload<'a> {
    /// An upload of which nothing is known and whose client names no key.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The client names this key.
    #[must_use]
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// The request names this bucket.
    #[must_use]
    pub fn bucket(mut self, bucket: &'a str) -> Self {
        self.bucket = Some(bucket);
        self
    }

    /// The file has so many bytes.
    #[must_use]
    pub fn size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes);
        self
    }

    /// The file has this name.
    #[must_use]
    pub fn file_name(mut self, name: &'a str) -> Self {
        self.file_name = Some(name);
        self
    }

    /// The client names this type.
    #[must_use]
    pub fn content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// The service finds this type.
    #[must_use]
    pub fn detected_type(mut self, content_type: &'a str) -> Self {
        self.detected_type = Some(content_type);
        self
    }

    /// The content has this hash.
    #[must_use]
    pub fn etag(mut self, etag: &'a str) -> Self {
        self.etag = Some(etag);
        self
    }

    /// That is in the bucket.
    #[must_use]
    pub fn existing(mut self, existing: Existing) -> Self {
        self.existing = Some(existing);
        self
    }

    /// It is uploaded in this way.
    #[must_use]
    pub fn way(mut self, way: UploadWay) -> Self {
        self.way = Some(way);
        self
    }

    /// This variable has this value.
    #[must_use]
    pub fn variable(mut self, name: &'a str, value: &'a str) -> Self {
        self.variables.push((name, value));
        self
    }
}
