//! The secrets of a run: several requests are judged with them, and nobody is asked twice.

use super::setting::Setting;
use crate::{
    args,
    input::Input,
    secrets::{Found, Need},
    trouble::{SecretSource, Trouble},
};
use countersign::SecretKey;
use countersign_capture::Candidate;
use std::rc::Rc;

/// The secrets for one provider, and where each was found.
#[derive(Debug, Default)]
pub struct Held {
    pub secrets: Vec<SecretKey>,
    pub sources: Vec<SecretSource>,
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
    pub fn of(
        &mut self,
        provider: &str,
        id: Option<&str>,
        need: Need,
        input: &Input,
        setting: &Setting<'_>,
    ) -> Result<Rc<Held>, Trouble> {
        if let Some((_, held)) = self.known.iter().find(|(own, _)| own == provider) {
            return Ok(held.clone());
        }
        let found = setting.secrets_beside(self.args, &input.source, provider, id, need, &mut self.own)?;
        let (secrets, sources) = found.into_iter().map(|Found { secret, source, .. }| (secret, source)).unzip();
        let held = Rc::new(Held { secrets, sources });
        self.known.push((provider.to_owned(), held.clone()));
        Ok(held)
    }
}
