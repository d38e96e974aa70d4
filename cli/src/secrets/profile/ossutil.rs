//! `~/.ossutilconfig` of ossutil, and `~/.ks3utilconfig` of ks3util, which descends from it.

use super::{
    Contents, Found,
    ini::{self, Keys},
};
use crate::trouble::ProfileFault;

/// All spellings version 1 takes; those of version 2 are among them.
const KEYS: Keys = Keys { id: &["accessKeyID", "accessID"], secret: &["accessKeySecret", "accessKey"], token: &["stsToken"] };
/// Version 1 of ks3util, which has no sections.
const KS3_KEYS: Keys = Keys { id: &["ks3.ak"], secret: &["ks3.sk"], token: &[] };

/// Version 1 has one section `[Credentials]`, version 2 `[default]` and `[profile name]`, names in any case.
pub fn ossutil(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    let of_version_2 = |section: &str| {
        let own = match section.split_once(char::is_whitespace) {
            Some((word, rest)) if word.eq_ignore_ascii_case("profile") => rest.trim(),
            _ => section,
        };
        own.eq_ignore_ascii_case(name)
    };
    let of_version_1 = |section: &str| section.eq_ignore_ascii_case("credentials");
    let has = |is_it: &dyn Fn(&str) -> bool| ini::sections(file.text).any(is_it);
    // Version 1 has one pair and no name for it.
    if name.eq_ignore_ascii_case("default") && !has(&of_version_2) && has(&of_version_1) {
        return ini::pair(file, name, &of_version_1, &KEYS);
    }
    ini::pair(file, name, &of_version_2, &KEYS)
}

/// Version 2 writes as ossutil does, version 1 lines `ks3.ak=...` alone.
pub fn ks3util(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    let of_version_1 = |keys| ini::value(file.text, &|section| section.is_empty(), keys);
    match of_version_1(KS3_KEYS.secret) {
        Some(secret) if name.eq_ignore_ascii_case("default") => Ok(file.found(name, of_version_1(KS3_KEYS.id), secret, None)),
        _ => ossutil(file, name),
    }
}
