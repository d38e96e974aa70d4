//! The path and the object key.
//!
//! Schemes write a key in different spellings: as it is, as it stands in the request line, escaped once
//! or twice. Mistakes are worked out on the plain key and written the way the scheme writes its own, so
//! that one entry serves all schemes.

mod shape;
mod spelling;
mod unicode;

use crate::{
    explain::{
        At,
        cause::{Cause, Slot},
        context::Context,
    },
    family::endpoint,
    pen::Role,
    subject::Request,
    terms::Addressing,
    transcript::transcript,
    wire::percent::{self, Kept},
};
use alloc::{borrow::Cow, vec::Vec};

pub(super) use spelling::blank_exchanges;

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("key-encode-set-wrong", 14, Slot::Path, spelling::encode_set_wrong),
    Cause::tried("path-normalised", 12, Slot::Path, shape::path_normalised),
    Cause::tried("plus-vs-space", 9, Slot::Path, spelling::plus_vs_space),
    Cause::tried("key-not-encoded", 6, Slot::Path, spelling::key_not_encoded),
    Cause::tried("double-encoded-path", 4, Slot::Path, spelling::double_encoded_path),
    Cause::tried("percent-hex-case", 4, Slot::Path, spelling::percent_hex_case),
    Cause::tried("key-encoded-in-resource", 2, Slot::Path, spelling::key_encoded_in_resource),
    Cause::tried("url-renormalised-by-client", 2, Slot::Path, spelling::url_renormalised_by_client),
    Cause::tried("path-rewritten-by-proxy", 2, Slot::Path, shape::path_rewritten_by_proxy),
    Cause::tried("key-leading-slash-missing", 1, Slot::Path, shape::key_leading_slash_missing),
    Cause::tried("slash-encoded-in-key", 0, Slot::Path, spelling::slash_encoded_in_key),
    Cause::tried("unicode-form", 0, Slot::Path, shape::unicode_form),
];

/// The longest path that is looked at. Keys have at most 1024 bytes.
pub(super) const LONGEST: usize = 16 << 10;

/// How a scheme writes a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Without escapes: OSS V1, COS.
    Plain,
    /// As it stands in the request line: S3 V2, Kodo.
    AsSent,
    /// Escaped once: V4 of object storage, KS3 V2.
    Once,
    /// Escaped twice: V4 of other services.
    Twice,
}

impl Spelling {
    /// Asks the scheme itself, with a path that shows it.
    fn of(context: &Context<'_>) -> Option<Self> {
        // A push is signed without the first segment, and has no path but below it.
        let probe = Request::new("GET", "http://h.example/live/%7E%20").ok()?;
        let transcript = transcript(&probe.into(), context.claim).ok()?;
        let written = transcript.documents.iter().find_map(|written| Some(written.bytes(written.part(Role::Path)?)))?;
        let spellings = [(&b"~ "[..], Self::Plain), (b"~%20", Self::Once), (b"%257E%2520", Self::Twice)];
        let found = spellings.into_iter().find(|(end, _)| written.ends_with(end));
        Some(found.map_or(Self::AsSent, |(_, spelling)| spelling))
    }

    /// A plain key as the scheme writes it, with these bytes left bare.
    fn write(self, plain: &[u8], kept: &Kept) -> Vec<u8> {
        match self {
            Self::Plain => plain.to_vec(),
            Self::AsSent | Self::Once => percent::encoded(plain, kept),
            Self::Twice => percent::encoded(&percent::encoded(plain, kept), &percent::PATH),
        }
    }

    /// The plain key of what the scheme has written.
    fn plain(self, written: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Plain => Cow::Borrowed(written),
            Self::AsSent | Self::Once => percent::decode(written),
            Self::Twice => Cow::Owned(percent::decode(&percent::decode(written)).into_owned()),
        }
    }
}

/// The signed path: the whole one, or where the bucket is a part of its own, what follows it.
#[derive(Debug)]
pub(super) struct Key<'a> {
    pub(super) at: At,
    /// As it is signed.
    pub(super) text: &'a [u8],
    /// Without escapes.
    pub(super) plain: Cow<'a, [u8]>,
    pub(super) spelling: Spelling,
}

impl<'a> Key<'a> {
    pub(super) fn of(context: &Context<'a>) -> Option<Self> {
        let at = context.first(Role::Path)?;
        let text = Some(context.bytes(at)).filter(|text| text.len() <= LONGEST)?;
        let spelling = Spelling::of(context)?;
        Some(Self { at, text, plain: spelling.plain(text), spelling })
    }

    /// Another plain key, written as the scheme writes it.
    pub(super) fn write(&self, plain: &[u8]) -> Vec<u8> {
        self.spelling.write(plain, &percent::PATH)
    }

    /// Another raw path, written as the scheme writes it.
    pub(super) fn write_raw(&self, raw: &[u8]) -> Vec<u8> {
        match self.spelling {
            Spelling::AsSent => raw.to_vec(),
            _ => self.write(&percent::decode(raw)),
        }
    }

    /// Where in the text the object key starts: behind the first slash, or behind the bucket's segment.
    fn start(&self, context: &Context<'_>) -> usize {
        let in_path =
            context.first(Role::Bucket).is_none() && context.bucket().is_some_and(|bucket| bucket.addressing == Addressing::Path);
        if in_path { (endpoint::first_segment(self.text).len() + 2).min(self.text.len()) } else { 1.min(self.text.len()) }
    }
}

/// The bucket where it is a part of its own, with the path behind it.
pub(super) fn bucket_part(context: &Context<'_>) -> Option<At> {
    let (bucket, path) = (context.first(Role::Bucket)?, context.first(Role::Path)?);
    (bucket.document == path.document && bucket.part + 1 == path.part).then_some(bucket)
}

/// The raw path of the request as far as the signed path says it: without the bucket where that is a
/// part of its own.
fn sent_path<'a>(context: &Context<'a>) -> Option<&'a [u8]> {
    behind_bucket(context, context.request()?.path())
}

fn behind_bucket<'a>(context: &Context<'a>, path: &'a [u8]) -> Option<&'a [u8]> {
    let bucket = context.claim.bucket.as_ref().filter(|_| bucket_part(context).is_some());
    let cut = match bucket {
        Some(bucket) if bucket.addressing == Addressing::Path => endpoint::first_segment(path).len() + 1,
        _ => 0,
    };
    path.get(cut..)
}
