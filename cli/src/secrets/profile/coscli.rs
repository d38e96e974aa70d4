//! `~/.cos.yaml` of coscli: four lines of its section `base` matter, so no YAML parser is needed.
//!
//! Unless `disableencryption` is set, coscli encrypts what it writes with a key that stands in its
//! source, and reads what does not decrypt as it is (`util/secret.go` of coscli).

use super::{
    Contents, Found,
    cipher::{Mode, decrypted},
};
use crate::trouble::ProfileFault;
use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

const KEY: &[u8; 16] = b"coscli-secret\0\0\0";

pub fn coscli(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    if !matches!(name, "default" | "base") {
        return Err(file.missing(name, vec!["base".to_owned()]));
    }
    if plain(file.text, "mode") == Some("CvmRole") {
        return Err(ProfileFault::Elsewhere { file: file.path.to_owned(), name: name.to_owned(), key: "mode" });
    }
    let secret = value(file.text, "secretkey").ok_or_else(|| file.lacks(name, "secretkey"))?;
    let (id, token) = (value(file.text, "secretid"), value(file.text, "sessiontoken"));
    let text = |value: &Option<Zeroizing<String>>| value.as_ref().map(|value| value.as_str().to_owned());
    Ok(file.found(name, text(&id).as_deref(), secret.as_bytes(), token.as_deref().map(|token| token.as_str())))
}

/// A value, without what hides it.
fn value(text: &str, key: &str) -> Option<Zeroizing<String>> {
    let written = plain(text, key)?;
    let shown = revealed(written).unwrap_or_else(|| Zeroizing::new(written.to_owned()));
    (!shown.is_empty()).then_some(shown)
}

/// The text that was encrypted; `None` for what was not.
fn revealed(written: &str) -> Option<Zeroizing<String>> {
    let bytes = Zeroizing::new(STANDARD.decode(written).ok()?);
    let padded = decrypted(&bytes, KEY, Mode::Ecb)?;
    let end = padded.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
    let text = padded.get(..end)?;
    // A secret that only looks like Base64 decrypts to noise.
    let is_text = text.iter().all(u8::is_ascii_graphic);
    is_text.then(|| String::from_utf8(text.to_vec()).ok().map(Zeroizing::new)).flatten()
}

/// The value of `key:` in the section `base`, without quotes.
fn plain<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut lines = text.lines();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let base = lines.by_ref().find(|line| line.trim() == "base:")?;
    let inside = lines.take_while(|line| line.trim().is_empty() || indent(line) > indent(base));
    let value = inside.filter_map(|line| line.trim().strip_prefix(key)?.strip_prefix(':')).next()?.trim();
    let quoted = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    Some(quoted('"').or_else(|| quoted('\'')).unwrap_or(value)).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "cos:\n  base:\n    secretid: AKIDEXAMPLE0001\n    secretkey: \"made up\"\n    sessiontoken: \"\"\n  \
                        buckets:\n  - name: b\n    secretkey: another\n";

    #[test]
    fn the_pair_stands_in_the_section_base() {
        assert_eq!(plain(FILE, "secretid"), Some("AKIDEXAMPLE0001"));
        assert_eq!(plain(FILE, "secretkey"), Some("made up"));
        assert_eq!(plain(FILE, "sessiontoken"), None);
        assert_eq!(plain(FILE, "name"), None);
        assert_eq!(plain("cos:\n  buckets: []\n", "secretid"), None);
    }

    #[test]
    fn what_is_hidden_is_shown_and_what_is_not_is_left_alone() {
        // Encrypted by `openssl enc -aes-128-ecb -nopad` with the key of coscli, zeroes behind the text.
        for (written, shown) in [
            ("L7w7Ut4Vd1qGKpal8VsYNw==", Some("CSIDEXAMPLE0001")),
            ("77IXtpjnpP6rNgvQkSq+qj7QU+JanHC3vL+DYBUmXLE=", Some("madeUpSecretOnlyForThisExample")),
            ("n1yRfxwGfx2TMt0SZkV+0ZXzmZ/q382h1tnI36+shU2xGrkKm8uL3HLEzdsZl3Ri", Some("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE")),
            ("3kNZR4wfjUgOqbHffiQSMw==", Some("")),
            ("CSIDEXAMPLE0001", None),
            ("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", None),
            ("bm90IGVuY3J5cHRlZCBhdCBhbGw=", None),
            ("AAAAAAAAAAAAAAAAAAAAAA==", None),
        ] {
            assert_eq!(revealed(written).as_deref().map(String::as_str), shown, "{written}");
        }
    }
}
