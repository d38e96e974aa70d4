//! The secrets of a run: several requests are judged with them, and nobody is asked twice.

use super::setting::Setting;
use crate::{
    args,
    input::Input,
    secrets::{Found, Need, Offered},
    trouble::Trouble,
};
use countersign::{Claim, SecretKey, Subject, Verification, verify_claim};
use countersign_capture::Candidate;
use std::rc::Rc;

/// The secrets for one provider, and what may be said of each.
pub struct Held {
    pub secrets: Vec<SecretKey>,
    pub offered: Vec<Offered>,
}

/// What the secrets are for.
pub struct Wanted<'w> {
    pub provider: &'w str,
    pub id: &'w str,
    pub need: Need,
    pub subject: &'w Subject<'w>,
    pub claim: Option<&'w Claim<'w>>,
}

pub struct Keys<'a> {
    args: &'a args::Secret,
    /// Those in the input itself, until they are taken.
    own: Vec<Candidate>,
    known: Vec<(String, Rc<Held>)>,
}

impl<'a> Keys<'a> {
    pub fn new(args: &'a args::Secret, own: Vec<Candidate>) -> Self {
        Self { args, own, known: Vec::new() }
    }

    /// The secrets to try for a provider.
    pub fn of(&mut self, wanted: &Wanted<'_>, input: &Input, setting: &Setting<'_>) -> Result<Rc<Held>, Trouble> {
        if let Some((_, held)) = self.known.iter().find(|(own, _)| own == wanted.provider) {
            return Ok(held.clone());
        }
        let fits = |secret: &SecretKey| match wanted.claim {
            Some(claim) => matches!(verify_claim(wanted.subject, claim.clone(), secret), Ok(Verification::Matches(_))),
            None => true,
        };
        let Wanted { provider, id, need, .. } = *wanted;
        let found = setting.secrets_beside(self.args, &input.source, provider, Some(id), need, &fits, &mut self.own)?;
        let offered = found.iter().map(Found::offered).collect();
        let held = Rc::new(Held { offered, secrets: found.into_iter().map(|found| found.secret).collect() });
        self.known.push((provider.to_owned(), held.clone()));
        Ok(held)
    }
}
