//! Policies that stand alone: of an upload form, or of an upload token.

use countersign::{Encoding, wire::json::Json};

/// Whether a text is a policy, in Base64 or not, and no form that holds one.
pub(super) fn is_policy(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    std::str::from_utf8(text).is_ok_and(is_json_of_policy) || decoded(text).is_some()
}

/// The JSON of a policy in Base64.
pub(super) fn decoded(text: &[u8]) -> Option<String> {
    let text = text.trim_ascii();
    // What every object in Base64 begins with.
    let is_object = text.starts_with(b"ey") || text.starts_with(b"ew");
    let decoded = [Encoding::Base64, Encoding::Base64Url].into_iter().filter(|_| is_object).find_map(|own| own.decode(text));
    decoded.and_then(|json| String::from_utf8(json).ok()).filter(|json| is_json_of_policy(json))
}

fn is_json_of_policy(text: &str) -> bool {
    let Some(json) = Some(text).filter(|text| text.starts_with('{')).and_then(|text| Json::read(text).ok()) else { return false };
    let has = |name| json.member(name).is_some();
    let is_of_form = json.member("conditions").is_some_and(|conditions| conditions.items().is_some());
    is_of_form || has("scope") && has("deadline") && !has("token")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_told_from_forms_and_tokens() {
        let form = r#"{"expiration":"2026-11-30T20:00:00Z","conditions":[{"bucket":"photos"}]}"#;
        let put = r#"{"scope":"photos","deadline":1796065200}"#;
        for json in [form, put] {
            assert!(is_policy(json.as_bytes()), "{json}");
            for encoding in [Encoding::Base64, Encoding::Base64Url] {
                let text = encoding.encode(json.as_bytes());
                assert_eq!(decoded(format!("{text}\n").as_bytes()).as_deref(), Some(json), "{text}");
            }
        }
        for other in [
            r#"{"policy":"e30=","key":"a"}"#,
            r#"{"conditions":"x"}"#,
            r#"{"token":"a:b:c","scope":"x","deadline":1}"#,
            "eyJhIjoxfQ==",
            "a:b:eyJzY29wZSI6ImIiLCJkZWFkbGluZSI6MX0=",
            "",
        ] {
            assert!(!is_policy(other.as_bytes()), "{other}");
        }
    }
}
