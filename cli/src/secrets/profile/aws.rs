//! `~/.aws/credentials` and `~/.aws/config`, as the AWS command line and SDKs write them.
//!
//! See "Configuration and credential file settings" of the AWS CLI User Guide.

use super::{
    Contents, Found,
    ini::{self, Keys},
};
use crate::trouble::ProfileFault;

const KEYS: Keys = Keys {
    id: &["aws_access_key_id"],
    secret: &["aws_secret_access_key"],
    // The second one is an older spelling.
    token: &["aws_session_token", "aws_security_token"],
};

/// Settings that say where else the keys come from. No program is run and nobody is asked here.
const ELSEWHERE: [&str; 8] = [
    "credential_process",
    "sso_session",
    "sso_start_url",
    "login_session",
    "role_arn",
    "source_profile",
    "credential_source",
    "web_identity_token_file",
];

/// `[name]`
pub fn credentials(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    read(file, name, &|section| section == name)
}

/// `[default]` or `[profile name]`.
pub fn config(file: &Contents<'_>, name: &str) -> Result<Found, ProfileFault> {
    read(file, name, &|section| match section.split_once(char::is_whitespace) {
        Some(("profile", own)) => own.trim() == name,
        _ => section == "default" && name == "default",
    })
}

fn read(file: &Contents<'_>, name: &str, is_it: &dyn Fn(&str) -> bool) -> Result<Found, ProfileFault> {
    match ini::pair(file, name, is_it, &KEYS) {
        Err(ProfileFault::Lacks { .. }) => {}
        other => return other,
    }
    match ELSEWHERE.into_iter().find(|key| ini::value(file.text, is_it, &[key]).is_some()) {
        Some(key) => Err(ProfileFault::Elsewhere { file: file.path.to_owned(), name: name.to_owned(), key }),
        // The profile may have its region here and its keys in the other file.
        None if ini::value(file.text, is_it, KEYS.id).is_none() => Err(file.missing(name, Vec::new())),
        None => Err(file.lacks(name, "aws_secret_access_key")),
    }
}
