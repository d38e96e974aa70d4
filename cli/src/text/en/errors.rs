//! What `error` says, in English.

use super::span;
use crate::text::{ErrorLabels, ErrorWords};
use countersign_errors::Trait;

/// English.
pub struct En;

static EN: ErrorLabels = ErrorLabels {
    message: "message",
    causes: "likely causes",
    checks: "check",
    prove: "prove it",
    nothing_proves: "no command can: the checks decide",
    related: "causes `explain` looks for",
    in_answer: "in this answer",
    messages: "with its message it means more",
    same_status: "other codes with this status",
    other_vendors: "also a code of",
    unknown: "UNKNOWN",
    how: "found",
    fix: "fix",
};

impl ErrorWords for En {
    fn labels(&self) -> &'static ErrorLabels {
        &EN
    }

    fn unknown(&self, text: &str) -> String {
        format!("`{text}` is no error known here; nearest are")
    }

    fn is_status(&self, status: &str) -> String {
        format!("HTTP status {status}, which several codes have")
    }

    fn contained(&self, name: &str) -> String {
        format!("`{name}` was found in your text")
    }

    fn origin(&self, vendor: &str, traits: &[Trait]) -> String {
        let shown = traits.iter().map(|own| match own {
            Trait::Header(name) => format!("header `{name}`"),
            Trait::Host(name) => format!("host `{name}`"),
            Trait::Element(name) => format!("element `{name}`"),
            _ => String::new(),
        });
        format!("{vendor} wrote it: {}", shown.collect::<Vec<_>>().join(", "))
    }

    fn more(&self, count: usize, command: &str) -> String {
        format!("{count} messages with this code mean something of their own: `{command}`")
    }

    fn shows(&self, verb: &str) -> &'static str {
        match verb {
            "explain" => "names the mistake, and proves a wrong signature by making the same one",
            "verify" => "says whether the signature is right; if it is, what remains is rights and settings",
            "policy check" => "judges the form by its policy, with the server's own words",
            "callback make" => "checks the parameters of the callback, and shows what will be posted",
            "callback verify" => "judges the answer your callback server gives",
            "decode" => "shows what is signed: id, times, scope, file, policy",
            _ => "",
        }
    }

    fn skew(&self, seconds: i64) -> String {
        let side = if seconds < 0 { "ahead of" } else { "behind" };
        format!("the time of the request is {} {side} the server's clock", span(seconds.saturating_abs()))
    }

    fn quotes(&self, string_to_sign: bool, canonical_request: bool) -> &'static str {
        match (string_to_sign, canonical_request) {
            (true, true) => "the string to sign and the canonical request, as the server computed them",
            (true, false) => "the string to sign, as the server computed it",
            _ => "the canonical request, as the server computed it",
        }
    }

    fn altered(&self) -> &'static str {
        "a quoted text was altered after the server wrote it; take the answer from a capture"
    }
}
