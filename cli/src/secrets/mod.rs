//! Where secrets come from. Never from an argument, and never into any output.
//!
//! In this order: the file named by `--secret-file`, the variables of this program, a profile in the
//! vendor's own file, the vendor's own variables, a hidden prompt.

mod aws;
mod coscli;
mod coscmd;
mod file;
mod ini;
mod ossutil;
mod variables;

use crate::{
    args,
    trouble::{Note, ProfileFault, SecretSource, Trouble},
};
use countersign::SecretKey;
use std::{
    ffi::OsString,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// A secret, what is known of its owner, and where it was found. Has no `Debug`: a session token is a secret, too.
pub struct Found {
    pub id: Option<String>,
    pub secret: SecretKey,
    pub token: Option<Zeroizing<String>>,
    pub source: SecretSource,
}

/// Whom the secret is for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The provider whose files and variables are looked at.
    pub provider: &'a str,
    /// The id the request names.
    pub id: Option<&'a str>,
    /// Whether there is an answer without a secret.
    pub need: Need,
    /// The question of the prompt; none when nobody is there to answer it.
    pub prompt: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Optional,
    Required,
}

pub use variables::own_id_and_token;

/// Looks a variable up.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The variables of this process.
pub fn process_variables(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Whether somebody is there to type a secret. Standard input is not asked while it holds the request.
pub fn can_prompt(input_is_standard: bool) -> bool {
    !input_is_standard && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// All secrets to try, the one the user means first.
pub fn find(
    args: &args::Secret,
    wanted: &Wanted<'_>,
    variables: Variables<'_>,
    notes: &mut Vec<Note>,
) -> Result<Vec<Found>, Trouble> {
    let mut all = Vec::new();
    all.extend(first(args, wanted, variables, notes)?);
    for path in &args.try_secret_file {
        all.extend(file::candidates(path, notes)?);
    }
    if all.is_empty() {
        all.extend(wanted.prompt.map(ask).transpose()?.flatten());
    }
    if all.is_empty() && wanted.need == Need::Required {
        return Err(Trouble::NoSecret(variables::names(wanted.provider)));
    }
    for found in &all {
        match (&found.id, wanted.id) {
            (Some(own), Some(claimed)) if own != claimed => {
                notes.push(Note::OtherId { source: found.source.clone(), own: own.clone(), claimed: claimed.to_owned() });
            }
            _ => {}
        }
    }
    Ok(all)
}

/// The secret the user means.
fn first(
    args: &args::Secret,
    wanted: &Wanted<'_>,
    variables: Variables<'_>,
    notes: &mut Vec<Note>,
) -> Result<Option<Found>, Trouble> {
    if let Some(path) = &args.secret_file {
        let secret = file::secret(path, notes)?;
        let (id, token) = own_id_and_token(variables);
        return Ok(Some(Found { id, secret, token, source: SecretSource::File(path.clone()) }));
    }
    if let Some(found) = variables::own(variables) {
        return Ok(Some(found));
    }
    if let Some(name) = &args.profile {
        return profile(name, wanted.provider, variables).map(Some).map_err(Trouble::Profile);
    }
    Ok(variables::vendors(wanted, variables))
}

/// The files of the vendors that have some, for messages.
pub const FILES: &str = "s3: ~/.aws/credentials, oss: ~/.ossutilconfig, cos: ~/.cos.yaml or ~/.cos.conf";

fn profile(name: &str, provider: &str, variables: Variables<'_>) -> Result<Found, ProfileFault> {
    let home = || {
        let home = ["HOME", "USERPROFILE"].into_iter().find_map(|variable| variables(variable).filter(|v| !v.is_empty()));
        home.map(PathBuf::from).ok_or(ProfileFault::NoHome)
    };
    match provider {
        "s3" => match variables("AWS_SHARED_CREDENTIALS_FILE").filter(|path| !path.is_empty()) {
            Some(path) => aws::read(Path::new(&path), name),
            None => aws::read(&home()?.join(".aws/credentials"), name),
        },
        "oss" => ossutil::read(&home()?.join(".ossutilconfig"), name),
        "cos" => {
            let (yaml, conf) = (home()?.join(".cos.yaml"), home()?.join(".cos.conf"));
            match coscli::read(&yaml, name) {
                Err(ProfileFault::NoFile(_) | ProfileFault::Missing { .. }) if conf.exists() => coscmd::read(&conf, name),
                Err(ProfileFault::NoFile(_)) => Err(ProfileFault::NoFile(vec![yaml, conf])),
                other => other,
            }
        }
        _ => Err(ProfileFault::NoFileFor(FILES)),
    }
}

/// Asks for a secret without showing it; nothing typed is no secret.
fn ask(question: &str) -> Result<Option<Found>, Trouble> {
    let typed =
        rpassword::prompt_password(question).map_err(|error| Trouble::Unreadable(crate::input::Source::StandardInput, error))?;
    let secret = SecretKey::new(typed);
    Ok((!secret.is_empty()).then_some(Found { id: None, secret, token: None, source: SecretSource::Prompt }))
}
