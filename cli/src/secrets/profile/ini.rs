//! The INI form most of these files share: `[section]`, `key = value`, comments at the start of a line.

use super::{Contents, Found};
use crate::trouble::ProfileFault;

/// The names of the keys a tool writes, its own spelling first; case, `-` and `_` do not count.
pub struct Keys {
    pub id: &'static [&'static str],
    pub secret: &'static [&'static str],
    pub token: &'static [&'static str],
}

/// All sections, in order.
pub fn sections(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(section)
}

/// The value of a key in the sections that `is_it` accepts; the last one counts. What stands before
/// all sections is in the section without a name.
pub fn value<'t>(text: &'t str, is_it: &dyn Fn(&str) -> bool, keys: &[&str]) -> Option<&'t str> {
    let mut inside = is_it("");
    let mut value = None;
    for line in text.lines() {
        if let Some(name) = section(line) {
            inside = is_it(name);
        } else if inside && !line.trim_start().starts_with(['#', ';']) {
            let Some((key, text)) = line.split_once(['=', ':']) else { continue };
            if keys.iter().any(|own| plain(own) == plain(key)) {
                value = Some(text.trim());
            }
        }
    }
    value.filter(|text| !text.is_empty())
}

/// The pair of the profile whose sections `is_it` accepts.
pub fn pair(file: &Contents<'_>, name: &str, is_it: &dyn Fn(&str) -> bool, keys: &Keys) -> Result<Found, ProfileFault> {
    if !sections(file.text).any(is_it) {
        return Err(file.missing(name, sections(file.text).map(str::to_owned).collect()));
    }
    let own = |keys: &[&str]| value(file.text, is_it, keys);
    let secret = own(keys.secret).ok_or_else(|| file.lacks(name, keys.secret.first().copied().unwrap_or_default()))?;
    Ok(file.found(name, own(keys.id), secret, own(keys.token)))
}

fn section(line: &str) -> Option<&str> {
    line.trim().strip_prefix('[')?.strip_suffix(']').map(str::trim)
}

/// A key without the differences that do not count: case, `-` and `_`.
fn plain(key: &str) -> String {
    key.trim().chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const KEYS: Keys = Keys { id: &["id"], secret: &["secret_key"], token: &["token"] };

    #[test]
    fn values_are_those_of_their_section() {
        let text = "secret_key = before\n[a]\n# secret_key = comment\nsecret-key = a=b;c #d\r\nid=one\n\n[ b ]\nSecretKey: two\n[a]\nid = 2\n";
        assert_eq!(sections(text).collect::<Vec<_>>(), ["a", "b", "a"]);
        let value = |name: &str, keys| value(text, &|section| section == name, keys);
        assert_eq!(value("a", KEYS.secret), Some("a=b;c #d"));
        assert_eq!(value("a", KEYS.id), Some("2"));
        assert_eq!(value("b", KEYS.secret), Some("two"));
        assert_eq!(value("b", KEYS.token), None);
        assert_eq!(value("", KEYS.secret), Some("before"));
    }

    #[test]
    fn a_profile_that_is_not_there_or_lacks_its_secret_is_named() {
        let file = Contents { path: Path::new("f"), text: "[a]\nid = x\n[b]\n" };
        let pair = |name: &str| pair(&file, name, &|section| section == name, &KEYS).err();
        assert!(matches!(pair("c"), Some(ProfileFault::Missing { known, .. }) if known == ["a", "b"]));
        assert!(matches!(pair("a"), Some(ProfileFault::Lacks { key: "secret_key", .. })));
    }
}
