//! The INI form the vendors' files share: `[section]`, `key = value`, comments at the start of a line.

use super::Found;
use crate::trouble::{ProfileFault, SecretSource};
use countersign::SecretKey;
use std::{io, path::Path};
use zeroize::Zeroizing;

/// A file, wiped when it is dropped.
pub struct Ini(Zeroizing<String>);

/// The names of the keys a tool writes, its own spelling first; case, `-` and `_` do not count.
pub struct Keys {
    pub id: &'static [&'static str],
    pub secret: &'static [&'static str],
    pub token: &'static [&'static str],
}

/// The text of a vendor's file.
pub fn load(path: &Path) -> Result<Zeroizing<String>, ProfileFault> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ProfileFault::NoFile(vec![path.to_owned()])),
        Err(error) => Err(ProfileFault::Unreadable(path.to_owned(), error)),
    }
}

impl Ini {
    pub fn load(path: &Path) -> Result<Self, ProfileFault> {
        load(path).map(Self)
    }

    /// All sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = &str> {
        self.0.lines().filter_map(section)
    }

    /// The value of a key in the sections that `is_it` accepts; the last one counts.
    fn value(&self, is_it: &dyn Fn(&str) -> bool, keys: &[&str]) -> Option<&str> {
        let mut inside = false;
        let mut value = None;
        for line in self.0.lines() {
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
    pub fn pair(&self, path: &Path, name: &str, is_it: &dyn Fn(&str) -> bool, keys: &Keys) -> Result<Found, ProfileFault> {
        if !self.sections().any(is_it) {
            let known = self.sections().map(str::to_owned).collect();
            return Err(ProfileFault::Missing { file: path.to_owned(), name: name.to_owned(), known });
        }
        let lacks = |key| ProfileFault::Lacks { file: path.to_owned(), name: name.to_owned(), key };
        let first = |names: &'static [&'static str]| names.first().copied().unwrap_or_default();
        let secret = self.value(is_it, keys.secret).ok_or(lacks(first(keys.secret)))?;
        Ok(Found {
            id: self.value(is_it, keys.id).map(str::to_owned),
            secret: SecretKey::new(secret),
            token: self.value(is_it, keys.token).map(|token| Zeroizing::new(token.to_owned())),
            source: SecretSource::Profile(path.to_owned(), name.to_owned()),
        })
    }
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

    const KEYS: Keys = Keys { id: &["id"], secret: &["secret_key"], token: &["token"] };

    #[test]
    fn values_are_those_of_their_section() {
        let text = "secret_key = before\n[a]\n# secret_key = comment\nsecret-key = a=b;c #d\r\nid=one\n\n[ b ]\nSecretKey: two\n[a]\nid = 2\n";
        let ini = Ini(Zeroizing::new(text.to_owned()));
        assert_eq!(ini.sections().collect::<Vec<_>>(), ["a", "b", "a"]);
        let value = |name: &str, keys| ini.value(&|section| section == name, keys);
        assert_eq!(value("a", KEYS.secret), Some("a=b;c #d"));
        assert_eq!(value("a", KEYS.id), Some("2"));
        assert_eq!(value("b", KEYS.secret), Some("two"));
        assert_eq!(value("b", KEYS.token), None);
    }

    #[test]
    fn a_profile_that_is_not_there_or_lacks_its_secret_is_named() {
        let ini = Ini(Zeroizing::new("[a]\nid = x\n[b]\n".to_owned()));
        let pair = |name: &str| ini.pair(Path::new("f"), name, &|section| section == name, &KEYS).err();
        assert!(matches!(pair("c"), Some(ProfileFault::Missing { known, .. }) if known == ["a", "b"]));
        assert!(matches!(pair("a"), Some(ProfileFault::Lacks { key: "secret_key", .. })));
    }
}
