//! What keeps the command from answering about policies, forms and callbacks.

use super::Source;
use countersign::{
    policy::{BuildError, FieldNeeded, PolicyFault, Refusal},
    providers::oss::callback::{MissingVariable, PublicKeyError},
};
use std::path::PathBuf;

/// Why there is no answer.
#[derive(Debug)]
pub enum FormTrouble {
    /// A policy that cannot be read.
    Policy(Source, PolicyFault),
    /// A condition on the command line that cannot be read.
    Condition(String, PolicyFault),
    Build(BuildError),
    /// A field whose value nothing says.
    FieldNeeded(FieldNeeded),
    /// The policy of this scheme names the access key id.
    IdNeeded(&'static str),
    /// Nothing tells whose form or policy it is.
    Whose(Source),
    /// A captured form that no server reads.
    Unreadable(Source, Box<Refusal>),
    /// A captured form longer than so many bytes.
    TooLong(Source, usize),
    /// It is neither a form nor a policy.
    NoForm(Source),
    /// An option given beside a form that says it itself.
    SaidByForm(&'static str, Source),
    /// An option beside a put policy in a file.
    BesideFile(&'static str),
    /// The provider has no callbacks that are known here.
    NoCallbacks(String),
    /// `callback make` needs this option.
    OptionNeeded(&'static str),
    Variable(MissingVariable),
    /// A request that is no callback of anybody known.
    NoCallback(Source),
    /// The callback of a vendor that says nowhere how it signs.
    Unverifiable,
    /// Nothing says which key to check with.
    KeyNeeded,
    PublicKey(PathBuf, PublicKeyError),
    /// The key that was fetched is none.
    FetchedKey(String, PublicKeyError),
    Fetch(String, FetchFault),
    /// The first line of what is no HTTP response.
    NoResponse(Source, String),
}

/// Why a key was not fetched.
#[derive(Debug)]
pub enum FetchFault {
    /// The server answered with another status than 200.
    Status(u16),
    /// The answer is longer than so many bytes.
    TooLong(usize),
    /// There was no answer within so many seconds.
    Time(u64),
    Failed(String),
}
