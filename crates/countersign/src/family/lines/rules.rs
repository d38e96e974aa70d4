//! What tells the vendors of this shape apart.

use crate::wire::{query::Param, text::Text};

/// The names and habits of one vendor.
pub(crate) struct Rules {
    /// First word of the `Authorization` header.
    pub(crate) word: &'static str,
    /// Headers with this prefix are signed.
    pub(crate) own_prefix: &'static str,
    /// The vendor's own date header.
    pub(crate) date_header: &'static str,
    /// What becomes of the date line when that header is there.
    pub(crate) own_date: OwnDate,
    /// The header that carries a session token.
    pub(crate) token_header: &'static str,
    /// The parameter that carries a session token in URLs.
    pub(crate) token_param: &'static str,
    /// Names of the parameter with the access key id; the first is the one to write.
    pub(crate) id_params: &'static [&'static str],
    /// Parameters that belong to the resource.
    pub(crate) sub_resources: &'static [&'static str],
    /// Prefix of further parameters that belong to the resource.
    pub(crate) sub_resource_prefix: Option<&'static str>,
    /// How the key is written.
    pub(crate) key: KeyRule,
    /// Whether headers may travel as parameters of a signed URL.
    pub(crate) headers_in_query: HeadersInQuery,
    /// How the values of the vendor's own headers are written.
    pub(crate) own_values: OwnValues,
    /// What a bare `+` in the value of a parameter is.
    pub(crate) plus: Plus,
    /// Whether a domain that is bound to a bucket has the bucket's name.
    pub(crate) is_domain_bucket: bool,
}

impl Rules {
    /// The value of a parameter as the vendor's servers read it.
    pub(crate) fn value<'a>(&self, param: &Param<'a>) -> Text<'a> {
        match self.plus {
            Plus::Blank if param.raw_value().is_some_and(|raw| raw.contains(&b'+')) => {
                param.form_value().unwrap_or_default().into()
            }
            Plus::Itself | Plus::Blank => param.text(),
        }
    }
}

/// What becomes of the date line when the vendor's own date header is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnDate {
    /// The line is empty (S3).
    Empties,
    /// The line holds its value (OSS).
    Fills,
    /// Nothing, unless the claim is read otherwise (KS3).
    Ignored,
}

/// How the object key is written into the resource.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyRule {
    /// As it stands in the request line, escapes and all (S3).
    AsSent,
    /// Without escapes (OSS).
    Decoded,
    /// Escaped anew, a double slash as `/%2F` (KS3).
    Recoded,
}

/// Whether headers may travel as parameters of a signed URL.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadersInQuery {
    /// They may: botocore moves them there.
    Yes,
    /// They are ordinary parameters.
    No,
}

/// How the values of the vendor's own headers are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnValues {
    /// Trimmed and unfolded; those of repeated headers joined with commas (S3, OSS).
    Joined,
    /// Unchanged; of repeated headers the first (KS3).
    First,
}

/// What a bare `+` in the value of a parameter is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plus {
    /// A plus sign (S3, OSS).
    Itself,
    /// A blank (KS3).
    Blank,
}
