//! What a cause is about, in one word: the first thing a person wants to know.

use super::{catalog, cause::Slot};

/// What went wrong, in the large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Matter {
    /// The secret that was used.
    Secret,
    /// Whose request it is: the access key id, or the session token.
    Identity,
    /// The text that was signed.
    Text,
    /// How text and secret were made into a signature, and how that is written.
    Signature,
    /// Clock, date or life.
    Time,
    /// What happened to the request, or to the answer, on its way.
    Transport,
    /// A condition that has nothing to do with the signature.
    Condition,
}

impl Matter {
    /// The word in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Identity => "identity",
            Self::Text => "text",
            Self::Signature => "signature",
            Self::Time => "time",
            Self::Transport => "transport",
            Self::Condition => "condition",
        }
    }
}

/// Causes that are about something else than the part they change.
static EXCEPTIONS: [(&str, Matter); 20] = [
    ("accept-encoding-rewritten", Matter::Transport),
    ("answer-altered", Matter::Transport),
    ("answer-of-another-request", Matter::Transport),
    ("chunk-signature-changed", Matter::Transport),
    ("cos-key-time-mismatch", Matter::Text),
    ("cos-once-multi-confused", Matter::Text),
    ("header-added-by-proxy", Matter::Transport),
    ("hmac-args-swapped", Matter::Signature),
    ("host-rewritten-by-proxy", Matter::Transport),
    ("ks3-callback-unverifiable", Matter::Condition),
    ("method-rewritten-by-proxy", Matter::Transport),
    ("path-rewritten-by-proxy", Matter::Transport),
    ("policy-condition-failed", Matter::Condition),
    ("policy-type-wrong", Matter::Condition),
    ("server-side-condition-not-visible", Matter::Condition),
    ("signature-plus-became-space", Matter::Transport),
    ("signed-header-removed-by-proxy", Matter::Transport),
    ("sigv4-key-derivation-wrong", Matter::Signature),
    ("url-ampersand-escaped", Matter::Transport),
    ("url-truncated", Matter::Transport),
];

/// What the cause with this code is about.
#[must_use]
pub fn matter(code: &str) -> Matter {
    if let Some((_, matter)) = EXCEPTIONS.iter().find(|(own, _)| *own == code) {
        return *matter;
    }
    catalog::causes().find(|cause| cause.code == code).map_or(Matter::Text, |cause| of_part(cause.slot))
}

/// What a cause is about by the part it changes.
const fn of_part(slot: Slot) -> Matter {
    match slot {
        Slot::Key => Matter::Secret,
        Slot::Id => Matter::Identity,
        Slot::Time => Matter::Time,
        Slot::Output | Slot::Scheme | Slot::Chain => Matter::Signature,
        _ => Matter::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Language;

    #[test]
    fn every_exception_is_a_cause_and_says_something_else() {
        for (code, matter) in &EXCEPTIONS {
            assert!(Language::English.cause(code).is_some(), "{code} is no cause");
            let own = catalog::causes().find(|cause| cause.code == *code).map_or(Matter::Text, |cause| of_part(cause.slot));
            assert_ne!(own, *matter, "{code}");
        }
        assert_eq!(matter("secret-truncated"), Matter::Secret);
        assert_eq!(matter("clock-skew"), Matter::Time);
        assert_eq!(matter("host-rewritten-by-proxy"), Matter::Transport);
        assert_eq!(matter("content-type-added-by-client"), Matter::Text);
    }
}
