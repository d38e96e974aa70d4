//! `~/.cos.yaml` of coscli: three lines of its section `base` matter, so no YAML parser is needed.

use super::{Found, ini};
use crate::trouble::{ProfileFault, SecretSource};
use countersign::SecretKey;
use std::path::Path;
use zeroize::Zeroizing;

pub fn read(path: &Path, name: &str) -> Result<Found, ProfileFault> {
    let text = ini::load(path)?;
    if !matches!(name, "default" | "base") {
        return Err(ProfileFault::Missing { file: path.to_owned(), name: name.to_owned(), known: vec!["base".to_owned()] });
    }
    let lacks = |key| ProfileFault::Lacks { file: path.to_owned(), name: name.to_owned(), key };
    let id = value(&text, "secretid").ok_or(lacks("secretid"))?;
    let secret = value(&text, "secretkey").ok_or(lacks("secretkey"))?;
    if is_encrypted(id) {
        return Err(ProfileFault::Encrypted(path.to_owned()));
    }
    Ok(Found {
        id: Some(id.to_owned()),
        secret: SecretKey::new(secret),
        token: value(&text, "sessiontoken").map(|token| Zeroizing::new(token.to_owned())),
        source: SecretSource::Profile(path.to_owned(), name.to_owned()),
    })
}

/// The value of `key:` in the section `base`, without quotes.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut lines = text.lines();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let base = lines.by_ref().find(|line| line.trim() == "base:")?;
    let inside = lines.take_while(|line| line.trim().is_empty() || indent(line) > indent(base));
    let value = inside.filter_map(|line| line.trim().strip_prefix(key)?.strip_prefix(':')).next()?.trim();
    let quoted = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    Some(quoted('"').or_else(|| quoted('\'')).unwrap_or(value)).filter(|value| !value.is_empty())
}

/// Whether an id is in the form coscli encrypts ids to: whole blocks of 16 bytes in Base64. The ids
/// themselves start with `AKID` and have other lengths.
fn is_encrypted(id: &str) -> bool {
    let digits = id.trim_end_matches('=');
    let is_base64 = digits.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/');
    is_base64 && !id.starts_with("AKID") && id.len().is_multiple_of(4) && (digits.len() * 6 / 8).is_multiple_of(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "cos:\n  base:\n    secretid: AKIDEXAMPLE0001\n    secretkey: \"made up\"\n    sessiontoken: \"\"\n  \
                        buckets:\n  - name: b\n    secretkey: another\n";

    #[test]
    fn the_pair_stands_in_the_section_base() {
        assert_eq!(value(FILE, "secretid"), Some("AKIDEXAMPLE0001"));
        assert_eq!(value(FILE, "secretkey"), Some("made up"));
        assert_eq!(value(FILE, "sessiontoken"), None);
        assert_eq!(value(FILE, "name"), None);
        assert_eq!(value("cos:\n  buckets: []\n", "secretid"), None);
    }

    #[test]
    fn encrypted_ids_are_told_apart() {
        // The two ids below, encrypted as coscli does: AES-128-ECB with its fixed key.
        assert!(is_encrypted("n1yRfxwGfx2TMt0SZkV+0ZXzmZ/q382h1tnI36+shU2xGrkKm8uL3HLEzdsZl3Ri"));
        assert!(is_encrypted("8/DiZMMSCZgIYBk9WQzhlQ=="));
        assert!(!is_encrypted("AKIDEXAMPLE0001"));
        assert!(!is_encrypted("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"));
    }
}
