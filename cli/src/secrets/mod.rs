//! Where secrets come from. Never from an argument, and never into any output.
//!
//! In this order: the file named by `--secret-file`, the variables of this program, a profile in the
//! vendor's own file, the vendor's own variables, a hidden prompt.

mod file;
mod profile;
mod variables;

use crate::{
    args,
    report::covered,
    trouble::{Note, SecretSource, Trouble},
};
use countersign::{Fingerprint, SecretKey};
use std::{
    ffi::OsString,
    io::{self, IsTerminal},
};
use zeroize::Zeroizing;

/// A secret, what is known of its owner, and where it was found. Has no `Debug`: a session token is a secret, too.
pub struct Found {
    pub id: Option<String>,
    pub secret: SecretKey,
    pub token: Option<Zeroizing<String>>,
    pub source: SecretSource,
}

/// What may be said of a secret.
#[derive(Clone, Debug)]
pub struct Offered {
    pub source: SecretSource,
    pub print: Fingerprint,
}

/// The salt where nobody agreed on one.
pub const NO_SALT: &[u8] = b"";

impl Found {
    pub fn offered(&self) -> Offered {
        Offered { source: self.source.clone(), print: self.secret.fingerprint(NO_SALT) }
    }
}

/// Whom the secret is for.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The provider whose files and variables are looked at.
    pub provider: &'a str,
    /// The id the request names.
    pub id: Option<&'a str>,
    /// Whether there is an answer without a secret.
    pub need: Need,
    /// Who can be asked; none when nobody is there to answer.
    pub prompt: Option<Prompt<'a>>,
}

/// Somebody who can type a secret.
#[derive(Clone, Copy)]
pub struct Prompt<'a> {
    pub question: &'a str,
    /// The question after a secret that does not fit.
    pub again: &'a str,
    /// Reads a line without showing it.
    pub ask: &'a dyn Fn(&str) -> io::Result<String>,
    /// Whether a secret gives the signature that was sent.
    pub fits: &'a dyn Fn(&SecretKey) -> bool,
}

/// How often a secret is asked for.
const ATTEMPTS: usize = 3;

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
                // Who takes id and secret for each other claims the secret.
                let claimed =
                    all.iter().fold(claimed.to_owned(), |claimed, one| covered(&claimed, std::slice::from_ref(&one.secret)));
                notes.push(Note::OtherId { source: found.source.clone(), own: own.clone(), claimed });
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
        return profile::find(name, wanted.provider, variables, notes).map(Some).map_err(Trouble::Profile);
    }
    Ok(variables::vendors(wanted, variables))
}

/// Every secret that is known before anybody asks for one: the input may be the very file, and is quoted in complaints.
pub fn known(args: Option<&args::Secret>, variables: Variables<'_>) -> Vec<SecretKey> {
    let files = args.into_iter().flat_map(|args| args.secret_file.iter().chain(&args.try_secret_file));
    files.flat_map(|path| file::known(path)).chain(variables::all(variables)).collect()
}

/// A text that was read from where a secret may stand. Of one word that looks like a secret the ends are left.
pub fn veiled(text: &str) -> String {
    let word = text.trim_ascii_end().trim_end_matches('…');
    let is_word = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte));
    let is_mixed = word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    match (word.get(..2), word.get(word.len().saturating_sub(2)..)) {
        (Some(start), Some(end)) if is_word && is_mixed && word.len() >= SHORTEST_VEILED => format!("{start}…{end}"),
        _ => text.to_owned(),
    }
}

/// No vendor's secrets are shorter.
const SHORTEST_VEILED: usize = 16;

/// Asks the terminal.
pub fn hidden(question: &str) -> io::Result<String> {
    rpassword::prompt_password(question)
}

/// Asks for a secret, again if it does not fit; nothing typed ends it, and leaves the secret typed last.
fn ask(prompt: Prompt<'_>) -> Result<Option<Found>, Trouble> {
    let mut last = None;
    for attempt in 0..ATTEMPTS {
        let question = if attempt == 0 { prompt.question } else { prompt.again };
        let typed = (prompt.ask)(question).map_err(|error| Trouble::Unreadable(crate::input::Source::StandardInput, error))?;
        let secret = SecretKey::new(typed);
        if secret.is_empty() {
            break;
        }
        let fits = (prompt.fits)(&secret);
        last = Some(Found { id: None, secret, token: None, source: SecretSource::Prompt });
        if fits {
            break;
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// The length of the secret that is taken, and how many questions it took.
    fn asked(answers: &[&str]) -> (Option<usize>, usize) {
        let count = Cell::new(0);
        let ask_next = |question: &str| {
            assert_eq!(question, if count.get() == 0 { "first" } else { "again" });
            count.set(count.get() + 1);
            Ok(answers[count.get() - 1].to_owned())
        };
        let prompt = Prompt { question: "first", again: "again", ask: &ask_next, fits: &|secret| secret.len() == 5 };
        let found = ask(prompt).map(|found| found.map(|found| found.secret.len()));
        (found.unwrap_or_else(|_| panic!("the terminal answers")), count.get())
    }

    #[test]
    fn of_what_looks_like_a_secret_the_ends_are_left() {
        for text in ["madeUpSecretOnly4ThisExample", "made/Up+Secret0123456789==", "madeUp0123456789abcdefghij…"] {
            assert_eq!(veiled(text).chars().nth(2), Some('…'), "{text}");
            assert!(veiled(text).chars().count() == 5, "{text}");
        }
        for text in ["SignatureDoesNotMatch", "short1", "two words that are 1 line", "{\"scope\":\"photos\",\"deadline\":1}"] {
            assert_eq!(veiled(text), text);
        }
    }

    #[test]
    fn a_secret_that_does_not_fit_is_asked_for_again() {
        assert_eq!(asked(&["right"]), (Some(5), 1));
        assert_eq!(asked(&["wrong!", "right"]), (Some(5), 2));
        assert_eq!(asked(&["wrong!", "wrong too", "wrong"]), (Some(5), 3));
        assert_eq!(asked(&["1", "22", "333"]), (Some(3), 3));
        // Whoever gives up is taken at the last word.
        assert_eq!(asked(&["4444", ""]), (Some(4), 2));
        assert_eq!(asked(&[""]), (None, 1));
    }
}
