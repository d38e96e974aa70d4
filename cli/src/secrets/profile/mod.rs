//! Profiles in the vendors' own files.
//!
//! Each provider has a list of files, the vendor's own first; the first that has the profile is taken.

mod aws;
mod cipher;
mod coscli;
mod ini;
mod ossutil;
mod qshell;
mod tools;

use super::{Found, Variables, file};
use crate::trouble::{Note, ProfileFault, SecretSource};
use countersign::SecretKey;
use std::{
    io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// A file with profiles.
struct Place {
    path: PathBuf,
    read: Reader,
}

/// Reads the profile `name` from the text of a file.
type Reader = fn(&Contents<'_>, name: &str) -> Result<Found, ProfileFault>;

/// What stands in a file.
struct Contents<'c> {
    path: &'c Path,
    text: &'c str,
}

impl Contents<'_> {
    /// The file has no such profile.
    fn missing(&self, name: &str, known: Vec<String>) -> ProfileFault {
        ProfileFault::Missing { file: self.path.to_owned(), name: name.to_owned(), known }
    }

    /// The profile lacks a key.
    fn lacks(&self, name: &str, key: &'static str) -> ProfileFault {
        ProfileFault::Lacks { file: self.path.to_owned(), name: name.to_owned(), key }
    }

    fn found(&self, name: &str, id: Option<&str>, secret: impl Into<Vec<u8>>, token: Option<&str>) -> Found {
        Found {
            id: id.map(str::to_owned),
            secret: SecretKey::new(secret),
            token: token.map(|token| Zeroizing::new(token.to_owned())),
            source: SecretSource::Profile(self.path.to_owned(), name.to_owned()),
        }
    }
}

/// The files that are looked at, for messages.
pub const FILES: &str = "s3: ~/.aws/credentials, ~/.aws/config, ~/.s3cfg; oss: ~/.ossutilconfig; cos: ~/.cos.yaml, ~/.cos.conf; \
                         kodo: ~/.qshell/account.json (the current account); ks3: ~/.ks3utilconfig; all: ~/.config/rclone/rclone.conf";

/// The pair of the profile `name`.
pub fn find(name: &str, provider: &str, variables: Variables<'_>, notes: &mut Vec<Note>) -> Result<Found, ProfileFault> {
    let places = places(provider, variables)?;
    let mut missing: Option<ProfileFault> = None;
    let mut seen = false;
    for place in &places {
        let Some(text) = load(&place.path, notes)? else { continue };
        seen = true;
        match (place.read)(&Contents { path: &place.path, text: &text }, name) {
            // The vendor's own file says best what is known.
            Err(fault @ (ProfileFault::Missing { .. } | ProfileFault::InDatabase { .. })) => {
                missing.get_or_insert(fault);
            }
            other => return other,
        }
    }
    match missing {
        Some(fault) if seen => Err(fault),
        _ => Err(ProfileFault::NoFile(places.into_iter().map(|place| place.path).collect())),
    }
}

/// Where the tools for a provider keep their profiles.
fn places(provider: &str, variables: Variables<'_>) -> Result<Vec<Place>, ProfileFault> {
    let set = |name: &str| variables(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = set("HOME").or_else(|| set("USERPROFILE"));
    // A variable of the tool's own goes before its place at home.
    let at = |variable: &str, file: &str| {
        let own = (!variable.is_empty()).then(|| set(variable)).flatten();
        own.or_else(|| Some(home.as_ref()?.join(file))).ok_or(ProfileFault::NoHome)
    };
    let mut places = Vec::new();
    let mut add = |variable: &str, file: &str, read: Reader| {
        places.push(Place { path: at(variable, file)?, read });
        Ok(())
    };
    match provider {
        "s3" => {
            add("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials", aws::credentials)?;
            add("AWS_CONFIG_FILE", ".aws/config", aws::config)?;
            add("S3CMD_CONFIG", ".s3cfg", tools::s3cmd)?;
        }
        "oss" => add("OSSUTIL_CONFIG_FILE", ".ossutilconfig", ossutil::ossutil)?,
        "cos" => {
            add("", ".cos.yaml", coscli::coscli)?;
            add("", ".cos.conf", tools::coscmd)?;
        }
        "kodo" => {
            add("", ".qshell/account.json", qshell::current)?;
            add("", ".qshell/old_account.json", qshell::former)?;
        }
        "ks3" => add("", ".ks3utilconfig", ossutil::ks3util)?,
        _ => return Err(ProfileFault::NoFileFor(FILES)),
    }
    if provider == "s3" && set("AWS_SHARED_CREDENTIALS_FILE").is_some() && home.is_none() {
        return Ok(places);
    }
    add("RCLONE_CONFIG", ".config/rclone/rclone.conf", tools::rclone)?;
    Ok(places)
}

/// The text of a file; `None` when there is no such file.
fn load(path: &Path, notes: &mut Vec<Note>) -> Result<Option<Zeroizing<String>>, ProfileFault> {
    let unreadable = |error| ProfileFault::Unreadable(path.to_owned(), error);
    match file::bytes(path, notes) {
        Ok(bytes) => {
            let text = std::str::from_utf8(&bytes).map_err(|_| unreadable(io::Error::from(io::ErrorKind::InvalidData)))?;
            Ok(Some(Zeroizing::new(text.trim_start_matches('\u{feff}').to_owned())))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error)),
    }
}
