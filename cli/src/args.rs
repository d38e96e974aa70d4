//! What can be said on the command line.

mod callback;
mod expected;
mod policy;
mod serve;
mod token;
mod values;

pub use callback::{Callback, CallbackMake, CallbackVerb, CallbackVerify};
pub use expected::Expected;
pub use policy::{Policy, PolicyBuild, PolicyCheck, PolicyMake, PolicySign, PolicyVerb};
pub use serve::Serve;
pub use token::{BodyType, FieldOrder, PutPolicy, Token};

use self::values::{header, life, provider_ids, scheme_ids, stack, time, verb};
use crate::{
    secrets::process_variables,
    text::{
        locale,
        zh::{help, usage},
    },
};
use clap::{Args, Command, CommandFactory, Parser, Subcommand, ValueEnum, builder::PossibleValue, value_parser};
use countersign::{Addressing, Timestamp, wire::url::Transport};
use countersign_stacks::Stack;
use std::{ffi::OsString, path::PathBuf};

/// Signs, verifies, decodes and explains object storage signatures, offline.
#[derive(Debug, Parser)]
#[command(name = "countersign", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub verb: Verb,
}

/// Reads the command line, and ends the program if that asks for help or cannot be read.
pub fn parse(args: &[OsString]) -> Cli {
    let lang = locale::asked(args).unwrap_or_else(|| locale::language(&process_variables));
    match lang {
        Lang::En => Cli::parse_from(args),
        Lang::Zh => usage::parse(args),
    }
}

/// The command with its help in a language.
pub fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Cli::command(),
        Lang::Zh => help::translated(Cli::command()),
    }
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    Explain(Explain),
    Verify(Verify),
    Sign(Sign),
    Presign(Presign),
    Token(Box<Token>),
    Policy(Box<Policy>),
    Callback(Callback),
    Serve(Box<Serve>),
    Decode(Decode),
    Error(ErrorCode),
    Fingerprint(Fingerprint),
    Completions(Completions),
}

/// Why does this request not verify?
///
/// Applies known client mistakes to the request and signs again: a mistake that gives exactly the
/// signature you sent is proved to be the cause. Exit status: 0 it verifies, 1 it does not or would be
/// refused, 2 nothing can be said.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  countersign explain put-403.http --secret-file secret.txt --error answer.xml")]
pub struct Explain {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub url: Url,
    #[command(flatten)]
    pub secret: Secret,
    /// Life an upload token was asked for: seconds, or a number with s, m, h or d
    #[arg(long, value_name = "TIME", value_parser = life)]
    pub expected_life: Option<u64>,
    #[command(flatten)]
    pub pick: Pick,
    #[command(flatten)]
    pub shown: Shown,
    #[command(flatten)]
    pub common: Common,
}

/// What `explain` shows, and how.
#[derive(Args, Debug)]
#[command(next_help_heading = "The report")]
pub struct Shown {
    /// What the request is made with or goes through: the fix is then its option, directive or line of
    /// code; may be given again [default: what the headers tell]
    #[arg(long, value_name = "NAME", value_parser = stack())]
    pub stack: Vec<Stack>,
    /// Show how the signature is worked out, step by step, with commands for `sh` and `openssl` that take
    /// the secret from $COUNTERSIGN_SECRET_KEY
    #[arg(long)]
    pub steps: bool,
    /// Hide ids, buckets, hosts, keys, tokens and signatures, so that the report may be posted; what is the
    /// same stays the same, and lengths are kept
    #[arg(long, conflicts_with = "steps")]
    pub redact: bool,
    /// Write the report as a page, too
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}

/// Is the signature right? Yes or no, no search.
///
/// Exit status: 0 it verifies, 1 it does not or would be refused, 2 nothing can be said.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  countersign verify put.http --secret-file secret.txt")]
#[command(mut_arg("error", |arg| arg.hide(true)), mut_arg("depth", |arg| arg.hide(true)))]
pub struct Verify {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub url: Url,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub pick: Pick,
    #[command(flatten)]
    pub common: Common,
}

/// Completes an unsigned request or form.
///
/// A raw request is printed with its signature; for a URL, the header lines to send with it are
/// printed, or the signed URL; a form is printed with its signature.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  countersign sign put.http --scheme oss-v1-header --secret-file secret.txt --access-key-id ID"
)]
#[command(mut_arg("error", |arg| arg.hide(true)), mut_arg("depth", |arg| arg.hide(true)))]
#[command(mut_arg("public_key", |arg| arg.hide(true)))]
pub struct Sign {
    #[command(flatten)]
    pub input: Input,
    /// Life of a signed URL: seconds, or a number with s, m, h or d
    #[arg(long, value_name = "TIME", value_parser = life, allow_hyphen_values = true)]
    pub expires: Option<u64>,
    /// Print a `curl` command that sends it
    #[arg(long)]
    pub curl: bool,
    #[command(flatten)]
    pub url: Url,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub signer: Signer,
    #[command(flatten)]
    pub common: Common,
}

/// Makes a signed URL.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  countersign presign https://photos.s3.eu-west-1.amazonaws.com/a.jpg \\\n    \
                        --scheme s3-v4-url --region eu-west-1 --expires 15m --profile default")]
#[command(mut_arg("error", |arg| arg.hide(true)), mut_arg("depth", |arg| arg.hide(true)))]
#[command(mut_arg("public_key", |arg| arg.hide(true)))]
#[command(mut_arg("transport", |arg| arg.hide(true)))]
pub struct Presign {
    /// The URL to sign, or a file that holds it
    #[arg(value_name = "URL")]
    pub target: PathBuf,
    /// Life of the URL: seconds, or a number with s, m, h or d
    #[arg(long, value_name = "TIME", value_parser = life, allow_hyphen_values = true, default_value = "15m")]
    pub expires: u64,
    /// Print a `curl` command that uses it
    #[arg(long)]
    pub curl: bool,
    #[command(flatten)]
    pub url: Url,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub signer: Signer,
    #[command(flatten)]
    pub common: Common,
}

/// What a request, URL, header value, form, token or policy says. Needs no secret, proves nothing.
///
/// Several tokens, one on each line, give a table. Exit status: 0 it can be read, 1 a token is wrong in
/// some way, 2 it cannot be read.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  countersign decode 'OSS CSIDEXAMPLE0001:26NBxoKdsyly4EDv6inkoDft/yA='")]
#[command(mut_arg("error", |arg| arg.hide(true)), mut_arg("depth", |arg| arg.hide(true)))]
#[command(mut_arg("public_key", |arg| arg.hide(true)))]
pub struct Decode {
    #[command(flatten)]
    pub input: Input,
    /// Life an upload token was asked for: seconds, or a number with s, m, h or d; --at is when it was made
    #[arg(long, value_name = "TIME", value_parser = life)]
    pub expected_life: Option<u64>,
    #[command(flatten)]
    pub pick: Pick,
    #[command(flatten)]
    pub common: Common,
}

/// What a vendor's error code or answer means, and what to check.
///
/// Takes a code, a number, a message, a sentence that holds one, or a server's whole answer. Exit status: 0 it is
/// known, 1 it is not and the nearest are given, 2 bad input.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  countersign error 0002-00000040\n  countersign error -97\n  \
                        countersign error bad token --provider kodo\n  countersign error answer.xml")]
#[command(mut_arg("error", |arg| arg.hide(true)), mut_arg("depth", |arg| arg.hide(true)))]
#[command(mut_arg("public_key", |arg| arg.hide(true)))]
#[command(mut_arg("scheme", |arg| arg.hide(true)), mut_arg("region", |arg| arg.hide(true)))]
#[command(mut_arg("bucket", |arg| arg.hide(true)), mut_arg("endpoint", |arg| arg.hide(true)))]
#[command(mut_arg("host", |arg| arg.hide(true)), mut_arg("addressing", |arg| arg.hide(true)))]
#[command(mut_arg("service", |arg| arg.hide(true)), mut_arg("at", |arg| arg.hide(true)))]
pub struct ErrorCode {
    /// A code, a number, a text, a file with a server's answer, or - for standard input
    #[arg(value_name = "CODE|FILE|TEXT", default_value = "-", num_args = 1.., allow_negative_numbers = true)]
    pub input: Vec<OsString>,
    #[command(flatten)]
    pub common: Common,
}

/// Shows what two people compare to see whether they hold the same secret, without showing the secret.
///
/// A line for each secret: its length, its first and last two characters, and ten digits of a salted hash.
/// The secret comes from the sources all verbs have; for those of a vendor name the provider.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  countersign fingerprint --profile default --provider s3")]
#[command(mut_arg("error", |arg| arg.hide(true)), mut_arg("depth", |arg| arg.hide(true)))]
#[command(mut_arg("public_key", |arg| arg.hide(true)))]
pub struct Fingerprint {
    #[command(flatten)]
    pub secret: Secret,
    /// A word both agree on, so that the hash says nothing to others [default: none]
    #[arg(long, value_name = "WORD")]
    pub salt: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

/// Prints the completions of a shell.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  countersign completions bash > ~/.local/share/bash-completion/completions/countersign")]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
    /// Language of what the shell shows [default: that of the locale]
    #[arg(long, value_enum)]
    pub lang: Option<Lang>,
}

#[derive(Args, Debug)]
pub struct Input {
    /// A file, a URL, an Authorization value, a token, a `curl` command, or - for standard input; a file
    /// may hold raw HTTP, the output of `curl -v`, the log of an SDK, a HAR file, the fields of a form as
    /// JSON, or any of the others, with the server's answer and prose around it
    #[arg(default_value = "-")]
    pub input: PathBuf,
}

/// Which of several.
#[derive(Args, Debug)]
#[command(next_help_heading = None)]
pub struct Pick {
    /// Of several requests, as in a HAR file, take this one, counted from 1
    #[arg(long, value_name = "N")]
    pub request: Option<usize>,
}

/// What a URL, or a captured message, does not say of its request.
#[derive(Args, Debug)]
#[command(next_help_heading = "The request")]
pub struct Url {
    /// Verb of the request to a URL [default: GET]
    #[arg(long, value_name = "VERB", value_parser = verb)]
    pub method: Option<String>,
    /// Transport of a raw request; matters where the whole URL is signed
    #[arg(long, value_enum)]
    pub transport: Option<Way>,
    /// A header field to add, may be given again
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    pub header: Vec<(String, String)>,
}

/// Where secrets are taken from. There is no option that takes one.
#[derive(Args, Debug)]
#[command(next_help_heading = "The secret (also from COUNTERSIGN_SECRET_KEY, the vendor's variables, or a prompt)")]
pub struct Secret {
    /// File with the secret; one line end at its end is not part of it
    #[arg(long, value_name = "FILE")]
    pub secret_file: Option<PathBuf>,
    /// Profile in a file of the vendor's own tool (aws, ossutil, coscli, coscmd, ks3util, qshell: the current account),
    /// of s3cmd or of rclone
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// File with further secrets to try, one on each line; may be given again
    #[arg(long, value_name = "FILE")]
    pub try_secret_file: Vec<PathBuf>,
}

/// Who signs, and what.
#[derive(Args, Debug)]
#[command(next_help_heading = None)]
pub struct Signer {
    /// Id that belongs to the secret, unless the source of the secret tells it
    #[arg(long, value_name = "ID")]
    pub access_key_id: Option<String>,
    /// Headers to sign, separated by semicolons [default: the usual ones of the scheme]
    #[arg(long, value_name = "NAMES", value_delimiter = ';')]
    pub signed_headers: Option<Vec<String>>,
    /// Parameters of the URL to sign, separated by semicolons; for COS alone [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ';')]
    pub signed_params: Option<Vec<String>>,
}

#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "What the request does not say")]
pub struct Common {
    /// Look for schemes of this provider only
    #[arg(long, value_name = "ID", value_parser = provider_ids())]
    pub provider: Option<String>,
    /// Look for this scheme only; the scheme to sign with (a wrong id lists all)
    #[arg(long, value_name = "ID", value_parser = scheme_ids(), hide_possible_values = true)]
    pub scheme: Option<String>,
    /// Region the server expects
    #[arg(long)]
    pub region: Option<String>,
    /// Bucket, where the host does not tell it
    #[arg(long)]
    pub bucket: Option<String>,
    /// Host name of the endpoint, without the bucket
    #[arg(long, value_name = "HOST")]
    pub endpoint: Option<String>,
    /// Host the server sees, in place of the Host header
    #[arg(long)]
    pub host: Option<String>,
    /// Where the bucket stands: first label of the host, first segment of the path, or neither
    #[arg(long, value_enum)]
    pub addressing: Option<Place>,
    /// Service of a V4 scope
    #[arg(long)]
    pub service: Option<String>,
    /// Time to judge or sign by, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Timestamp>,
    /// File with the server's answer, XML or JSON
    #[arg(long, value_name = "FILE")]
    pub error: Option<PathBuf>,
    /// File with the public key of OSS, in PEM, for a callback
    #[arg(long, value_name = "FILE")]
    pub public_key: Option<PathBuf>,
    /// How many mistakes at once to look for
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = value_parser!(u8).range(0..=3))]
    pub depth: u8,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
    /// Language of the output [default: that of the locale]
    #[arg(long, value_enum, help_heading = "Output")]
    pub lang: Option<Lang>,
    /// Whether to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, help_heading = "Output")]
    pub color: Color,
}

/// Where the bucket stands.
#[derive(Clone, Copy, Debug)]
pub struct Place(pub Addressing);

impl ValueEnum for Place {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Addressing::VirtualHost), Self(Addressing::Path), Self(Addressing::CustomDomain)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self.0 {
            Addressing::VirtualHost => "virtual",
            Addressing::Path => "path",
            Addressing::CustomDomain => "custom",
        }))
    }
}

/// How a request travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Way {
    Http,
    Https,
}

impl From<Way> for Transport {
    fn from(way: Way) -> Self {
        match way {
            Way::Http => Self::Http,
            Way::Https => Self::Https,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    #[default]
    En,
    Zh,
}

/// Colour is used on a terminal, unless NO_COLOR is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }
}
