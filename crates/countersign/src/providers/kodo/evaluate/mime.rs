//! The type of an object (`detectMime`) and the types a policy takes (`mimeLimit`).

use super::{
    super::fields::PolicyFields,
    Judgement,
    refusal::{Open, Reason},
    upload::Upload,
};
use alloc::string::String;

/// The type of what nobody knows a type for.
const FALLBACK: &str = "application/octet-stream";

/// The type the object gets; `None` when it is not known what the service finds.
pub(super) fn stored<'u>(policy: &PolicyFields<'_>, upload: &Upload<'u>) -> Option<&'u str> {
    let named = upload.content_type.filter(|named| !named.is_empty());
    match policy.detect_mime.unwrap_or(0) {
        0 => named.or(upload.detected_type),
        1 => upload.detected_type,
        -1 => Some(named.unwrap_or(FALLBACK)),
        _ => None,
    }
}

/// Holds the type against `mimeLimit`.
///
/// The limit is for the type that the service finds. Whether that is the type of the object also when the
/// client names it is said nowhere, so that both must fit.
pub(super) fn limit(policy: &PolicyFields<'_>, upload: &Upload<'_>, judged: &mut Judgement) {
    let Some(limit) = policy.mime_limit.as_deref().filter(|limit| !limit.is_empty()) else { return };
    let (stored, found) = (stored(policy, upload), upload.detected_type);
    let fits = |content_type: Option<&str>| content_type.map(|content_type| takes(limit, content_type));
    let text = String::from;
    match (fits(stored), fits(found)) {
        (Some(Fit::Yes), Some(Fit::Yes)) => {}
        (Some(Fit::No), Some(Fit::No)) => {
            let content_type = found.unwrap_or_default().into();
            judged.refuse(Reason::TypeForbidden { content_type, limit: limit.into() });
        }
        (Some(Fit::Undocumented), _) | (_, Some(Fit::Undocumented)) => {
            judged.open.push(Open::TypePattern { limit: limit.into() })
        }
        (Some(_), Some(_)) => {
            let (named, found) = (stored.map(text).unwrap_or_default(), found.map(text).unwrap_or_default());
            judged.open.push(Open::WhichType { named, found });
        }
        _ => judged.open.push(Open::FoundType { limit: limit.into() }),
    }
}

/// Whether a limit takes a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Yes,
    No,
    /// It depends on spellings of which the documentation says nothing.
    Undocumented,
}

/// `image/jpeg;image/*`; with `!` before them all, those are the types that are refused.
fn takes(limit: &str, content_type: &str) -> Fit {
    let (list, listed, others) = match limit.strip_prefix('!') {
        Some(list) => (list, Fit::No, Fit::Yes),
        None => (limit, Fit::Yes, Fit::No),
    };
    let fits = || list.split(';').filter(|pattern| !pattern.is_empty()).map(|pattern| matches(pattern, content_type));
    if fits().any(|fit| fit == Fit::Yes) {
        listed
    } else if fits().any(|fit| fit == Fit::Undocumented) {
        Fit::Undocumented
    } else {
        others
    }
}

/// Whether a type is one of a pattern: a type, or all types of a kind.
fn matches(pattern: &str, content_type: &str) -> Fit {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    let Some((kind, subtype)) = pattern
        .split_once('/')
        .filter(|(kind, subtype)| is_word(kind) && !kind.starts_with('!') && (*subtype == "*" || is_word(subtype)))
    else {
        return Fit::Undocumented;
    };
    let fits = |text: &str| {
        let same_kind = text.split_once('/').is_some_and(|(own, _)| own == kind);
        text == pattern || subtype == "*" && same_kind
    };
    // Case and what stands behind a semicolon are said nothing of.
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let in_any_case = || {
        let lower = pattern.to_ascii_lowercase();
        essence == lower || subtype == "*" && essence.split_once('/').is_some_and(|(own, _)| kind.eq_ignore_ascii_case(own))
    };
    match (fits(content_type), in_any_case()) {
        (true, _) => Fit::Yes,
        (false, true) => Fit::Undocumented,
        (false, false) => Fit::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_lists_of_types_and_kinds() {
        for (limit, content_type, fit) in [
            ("image/*", "image/png", Fit::Yes),
            ("image/*", "imagex/png", Fit::No),
            ("image/*", "text/plain", Fit::No),
            ("image/jpeg;image/png", "image/png", Fit::Yes),
            ("image/jpeg;image/png", "image/gif", Fit::No),
            ("image/svg+xml", "image/svg+xml", Fit::Yes),
            ("!application/json;text/plain", "text/plain", Fit::No),
            ("!application/json;text/plain", "application/json", Fit::No),
            ("!application/json;text/plain", "image/png", Fit::Yes),
            ("!image/*", "image/png", Fit::No),
            ("!image/*", "video/mp4", Fit::Yes),
            ("image/*;", "image/png", Fit::Yes),
            ("image/*;!image/gif", "image/png", Fit::Yes),
            ("video/*;!image/gif", "image/png", Fit::Undocumented),
            ("*", "image/png", Fit::Undocumented),
            ("*/*", "image/png", Fit::Undocumented),
            ("*/png", "image/png", Fit::Undocumented),
            ("image", "image/png", Fit::Undocumented),
            ("image/jpeg, image/png", "image/png", Fit::Undocumented),
            ("IMAGE/*", "image/png", Fit::Undocumented),
            ("image/png", "Image/PNG", Fit::Undocumented),
            ("text/plain", "text/plain; charset=utf-8", Fit::Undocumented),
            ("text/*", "text/plain; charset=utf-8", Fit::Yes),
            ("!text/plain", "text/plain; charset=utf-8", Fit::Undocumented),
        ] {
            assert_eq!(takes(limit, content_type), fit, "{limit} {content_type}");
        }
    }
}
