//! The verbs, and what they have in common: read the input, answer, say how sure it is.

mod callback;
mod completions;
mod decode;
mod error;
mod explain;
mod fingerprint;
mod keys;
mod policy;
mod serve;
mod setting;
mod several;
mod sign;
mod token;
mod verify;
mod watch;

use crate::{
    args::{Cli, Common, Secret, Verb},
    trouble::Trouble,
};
use countersign::explain::Verdict;
pub use policy::ShownLint;
use setting::Setting;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// What a verb answers.
pub struct Answer {
    /// What goes to standard output.
    pub text: Vec<u8>,
    pub outcome: Outcome,
}

/// The exit status. Of several the last one here counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It verifies, or the work was done: 0.
    Yes,
    /// It does not verify, or would be refused: 1.
    No,
    /// Nothing can be said: 2.
    Unknown,
}

impl From<Verdict> for Outcome {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Valid => Self::Yes,
            Verdict::Mismatch | Verdict::Rejected => Self::No,
            Verdict::Undecided => Self::Unknown,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Yes => 0,
            Outcome::No => 1,
            Outcome::Unknown => 2,
        })
    }
}

/// Runs the command.
pub fn run(cli: &Cli) -> ExitCode {
    match &cli.verb {
        Verb::Explain(args) => with_secret(&args.common, &args.secret, |setting| explain::run(args, setting)),
        Verb::Verify(args) => with_secret(&args.common, &args.secret, |setting| verify::run(args, setting)),
        Verb::Sign(args) => with_secret(&args.common, &args.secret, |setting| sign::sign(args, setting)),
        Verb::Presign(args) => with_secret(&args.common, &args.secret, |setting| sign::presign(args, setting)),
        Verb::Token(args) => with_secret(&args.common, &args.secret, |setting| token::run(args, setting)),
        Verb::Policy(args) => with_secret(policy::common(args), policy::secret(args), |setting| policy::run(args, setting)),
        Verb::Callback(args) => {
            with_setting(callback::common(args), callback::secret(args), |setting| callback::run(args, setting))
        }
        Verb::Serve(args) => {
            finish(Setting::new(&args.common, Some(&args.secret)).logging(), |setting| serve::run(args, setting))
        }
        Verb::Decode(args) => with_setting(&args.common, None, |setting| decode::run(args, setting)),
        Verb::Error(args) => with_setting(&args.common, None, |setting| error::run(args, setting)),
        Verb::Fingerprint(args) => with_secret(&args.common, &args.secret, |setting| fingerprint::run(args, setting)),
        Verb::Completions(args) => {
            let common = Common { lang: args.lang, ..Common::default() };
            with_setting(&common, None, |setting| Ok(completions::run(args, setting.lang)))
        }
    }
}

fn with_secret(common: &Common, secret: &Secret, verb: impl FnOnce(&Setting<'_>) -> Result<Answer, Trouble>) -> ExitCode {
    with_setting(common, Some(secret), verb)
}

fn with_setting(
    common: &Common,
    secret: Option<&Secret>,
    verb: impl FnOnce(&Setting<'_>) -> Result<Answer, Trouble>,
) -> ExitCode {
    finish(Setting::new(common, secret), verb)
}

/// Runs a verb, and prints its answer, or says why there is none.
fn finish(setting: Setting<'_>, verb: impl FnOnce(&Setting<'_>) -> Result<Answer, Trouble>) -> ExitCode {
    let outcome = verb(&setting).and_then(|answer| {
        print(&answer.text)?;
        Ok(answer.outcome)
    });
    outcome
        .unwrap_or_else(|trouble| {
            setting.complain(&trouble);
            Outcome::Unknown
        })
        .into()
}

/// Writes the answer. A reader that has seen enough is no trouble.
fn print(text: &[u8]) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Trouble::Write(error)),
        _ => Ok(()),
    }
}
