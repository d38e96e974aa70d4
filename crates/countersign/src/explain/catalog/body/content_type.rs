//! The content type.

use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
        signed::{Value, left_out, lossy},
    },
    phrase::phrase,
    wire::{percent, split_once},
};
use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

/// Types that HTTP libraries send of their own accord, the most frequent first.
static USUAL: [&str; 9] = [
    "application/octet-stream",
    "binary/octet-stream",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
    "multipart/form-data",
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/json",
    "application/xml",
];

/// Types by the extension of the file's name, as browsers and SDKs know them.
static BY_EXTENSION: [(&str, &[&str]); 44] = [
    ("7z", &["application/x-7z-compressed"]),
    ("apk", &["application/vnd.android.package-archive"]),
    ("avi", &["video/x-msvideo"]),
    ("bin", &["application/octet-stream"]),
    ("bmp", &["image/bmp"]),
    ("css", &["text/css"]),
    ("csv", &["text/csv"]),
    ("doc", &["application/msword"]),
    ("docx", &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"]),
    ("gif", &["image/gif"]),
    ("gz", &["application/gzip", "application/x-gzip"]),
    ("heic", &["image/heic"]),
    ("htm", &["text/html"]),
    ("html", &["text/html"]),
    ("ico", &["image/x-icon", "image/vnd.microsoft.icon"]),
    ("jpeg", &["image/jpeg"]),
    ("jpg", &["image/jpeg", "image/jpg"]),
    ("js", &["text/javascript", "application/javascript", "application/x-javascript"]),
    ("json", &["application/json"]),
    ("log", &["text/plain"]),
    ("m4a", &["audio/mp4", "audio/x-m4a"]),
    ("md", &["text/markdown"]),
    ("mov", &["video/quicktime"]),
    ("mp3", &["audio/mpeg", "audio/mp3"]),
    ("mp4", &["video/mp4"]),
    ("pdf", &["application/pdf"]),
    ("png", &["image/png"]),
    ("ppt", &["application/vnd.ms-powerpoint"]),
    ("pptx", &["application/vnd.openxmlformats-officedocument.presentationml.presentation"]),
    ("rar", &["application/x-rar-compressed", "application/vnd.rar"]),
    ("svg", &["image/svg+xml"]),
    ("tar", &["application/x-tar"]),
    ("tgz", &["application/gzip", "application/x-gzip"]),
    ("ts", &["video/mp2t"]),
    ("txt", &["text/plain"]),
    ("wasm", &["application/wasm"]),
    ("wav", &["audio/wav", "audio/x-wav"]),
    ("webm", &["video/webm"]),
    ("webp", &["image/webp"]),
    ("xls", &["application/vnd.ms-excel"]),
    ("xlsx", &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]),
    ("xml", &["application/xml", "text/xml"]),
    ("yaml", &["application/yaml", "application/x-yaml"]),
    ("zip", &["application/zip", "application/x-zip-compressed"]),
];

/// The types a client may have meant: by the key's extension, of other requests, and the usual ones.
pub(in crate::explain::catalog) fn usual_types(context: &Context<'_>) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    let guessed = extension(context).and_then(|extension| {
        let (_, types) = BY_EXTENSION.iter().find(|(own, _)| own.eq_ignore_ascii_case(&extension))?;
        Some(types.iter().copied())
    });
    let known = guessed.into_iter().flatten().map(ToOwned::to_owned);
    let others = context.elsewhere("content-type");
    for name in known.chain(others.into_iter().map(lossy)).chain(USUAL.into_iter().map(ToOwned::to_owned)) {
        if !types.contains(&name) {
            types.push(name);
        }
    }
    types
}

/// What stands behind the last dot of the path's last segment.
fn extension(context: &Context<'_>) -> Option<String> {
    let path = percent::decode(context.request()?.path());
    let name = path.rsplit(|b| *b == b'/').next()?;
    let dot = name.iter().rposition(|b| *b == b'.')?;
    name.get(dot + 1..).map(lossy)
}

/// Signed with another type, or with none.
pub(super) fn added(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(value) = Value::of(context, "content-type").filter(|value| !value.text.is_empty()) else { return };
    let none = || Edit::new().fact("how", phrase!("without a content type"));
    if value.is_line() && context.listed(value.name).is_none() {
        edits.push(left_out(context, none(), &value));
    }
    edits.push(value.set(none(), b""));
    for other in usual_types(context) {
        // The same type with other parameters is another mistake.
        if !media_type(&value.text).eq_ignore_ascii_case(media_type(other.as_bytes())) {
            let edit = Edit::new().fact("how", phrase!("with the content type `{name}`").data("name", other.as_str()));
            edits.push(value.set(edit, other.as_bytes()));
        }
    }
}

/// Signed with the same type, its parameters spelled otherwise.
pub(super) fn parameters(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(value) = Value::of(context, "content-type").filter(|value| !value.text.is_empty()) else { return };
    let sent = value.to_text();
    let (base, own) = sent.split_once(';').map_or((sent.trim(), None), |(base, own)| (base.trim(), Some(own.trim())));
    let mut forms: Vec<String> = alloc::vec![base.to_owned()];
    let joined = |parameter: &str| [format!("{base}; {parameter}"), format!("{base};{parameter}")];
    for parameter in ["charset=utf-8", "charset=UTF-8"] {
        forms.extend(joined(parameter));
    }
    if let Some(own) = own {
        forms.extend(joined(own));
        if let Some((name, word)) = own.split_once('=') {
            forms.extend(joined(&format!("{name}={}", word.to_ascii_lowercase())));
            forms.extend(joined(&format!("{name}={}", word.to_ascii_uppercase())));
            forms.extend(joined(&format!("{name}=\"{word}\"")));
        }
    }
    forms.push(sent.to_ascii_lowercase());
    let mut tried: Vec<&String> = Vec::with_capacity(forms.len());
    for form in &forms {
        if !tried.contains(&form) {
            tried.push(form);
            edits.push(value.set(Edit::new(), form.as_bytes()));
        }
    }
}

/// A content type without its parameters.
fn media_type(text: &[u8]) -> &[u8] {
    split_once(text, b';').0.trim_ascii()
}
