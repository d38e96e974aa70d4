//! `callback`: makes and verifies upload callbacks, and judges the answers to them.

mod answer;
mod fetch;
mod make;
pub mod verify;

use super::{Answer, setting::Setting};
use crate::{
    args::{Callback, CallbackVerb, Common, Secret},
    trouble::Trouble,
};

/// The options common to all verbs.
pub fn common(args: &Callback) -> &Common {
    match &args.verb {
        CallbackVerb::Make(args) => &args.common,
        CallbackVerb::Verify(args) => &args.common,
    }
}

/// Where a verb takes its secret from, if it takes one.
pub fn secret(args: &Callback) -> Option<&Secret> {
    match &args.verb {
        CallbackVerb::Make(_) => None,
        CallbackVerb::Verify(args) => Some(&args.secret),
    }
}

pub fn run(args: &Callback, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    match &args.verb {
        CallbackVerb::Make(args) => make::run(args, setting),
        CallbackVerb::Verify(args) => match &args.response {
            Some(file) => answer::run(file, args.took, setting),
            None => verify::run(args, &fetch::fetch, setting),
        },
    }
}
