//! `~/.ossutilconfig` of ossutil: version 1 has one section `[Credentials]`, version 2 has
//! `[default]` and `[profile name]`, names in any case.

use super::{
    Found,
    ini::{Ini, Keys},
};
use crate::trouble::ProfileFault;
use std::path::Path;

/// All spellings version 1 takes; those of version 2 are among them.
const KEYS: Keys = Keys { id: &["accessKeyID", "accessID"], secret: &["accessKeySecret", "accessKey"], token: &["stsToken"] };

pub fn read(path: &Path, name: &str) -> Result<Found, ProfileFault> {
    let ini = Ini::load(path)?;
    let of_version_2 = |section: &str| {
        let own = match section.split_once(char::is_whitespace) {
            Some((word, rest)) if word.eq_ignore_ascii_case("profile") => rest.trim(),
            _ => section,
        };
        own.eq_ignore_ascii_case(name)
    };
    let of_version_1 = |section: &str| section.eq_ignore_ascii_case("credentials");
    // Version 1 has one pair and no name for it.
    if name.eq_ignore_ascii_case("default") && !ini.sections().any(of_version_2) && ini.sections().any(of_version_1) {
        return ini.pair(path, name, &of_version_1, &KEYS);
    }
    ini.pair(path, name, &of_version_2, &KEYS)
}
