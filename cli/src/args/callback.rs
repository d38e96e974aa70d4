//! What can be said of upload callbacks.

use super::{BodyType, Common, Expected, Secret, values::pair};
use clap::{Args, Subcommand};
use std::{path::PathBuf, time::Duration};

/// Makes and verifies upload callbacks.
#[derive(Args, Debug)]
pub struct Callback {
    #[command(subcommand)]
    pub verb: CallbackVerb,
}

#[derive(Debug, Subcommand)]
pub enum CallbackVerb {
    Make(Box<CallbackMake>),
    Verify(Box<CallbackVerify>),
}

/// Makes the callback of an upload, and shows what the service will post.
///
/// For OSS: `callback` and `callback-var` as headers, query and fields of a form. For Kodo: the members of
/// the put policy. Exit status: 0 it was made, 1 it would be refused, or would not do what
/// it says, 2 nothing was made.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    countersign callback make --url https://app.example.com/uploaded \\\n    \
    --body '{\"key\":${object},\"size\":${size},\"user\":${x:user}}' --body-type json --var x:user=4711\n  \
    countersign callback make callback.json --set object=2026/a.jpg --set size=1024\n  \
    countersign callback make --provider kodo --url https://app.example.com/uploaded \\\n    \
    --body 'key=$(key)&size=$(fsize)'")]
#[command(mut_args(maker))]
pub struct CallbackMake {
    /// File with the JSON of `callback`, in place of the options; of OSS alone
    #[arg(value_name = "CALLBACK", conflicts_with_all = ["url", "body", "body_type", "callback_host", "sni"])]
    pub callback: Option<PathBuf>,
    /// Where the service posts; may be given again, as what to try next
    #[arg(long, value_name = "URL")]
    pub url: Vec<String>,
    /// Template of the body
    #[arg(long, value_name = "TEMPLATE")]
    pub body: Option<String>,
    /// Type of the body
    #[arg(long, value_enum, value_name = "TYPE")]
    pub body_type: Option<BodyType>,
    /// The Host header of the callback, if not that of the URL
    #[arg(long, value_name = "HOST")]
    pub callback_host: Option<String>,
    /// OSS names the host when it begins TLS
    #[arg(long)]
    pub sni: bool,
    /// A variable of yours, may be given again
    #[arg(long, value_name = "x:NAME=VALUE", value_parser = pair)]
    pub var: Vec<(String, String)>,
    /// A variable of the service, for the preview; may be given again
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
    #[command(flatten)]
    pub common: Common,
}

/// Does a callback come from the service? Or: is the answer to one as the service wants it?
///
/// OSS signs with a key of its own, which is read from a file or fetched from where OSS keeps it; Kodo signs
/// with your secret. Exit status: 0 yes, 1 no, 2 nothing can be said.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    countersign callback verify callback.http --public-key callback_pub_key_v1.pem\n  \
    countersign callback verify callback.http --fetch-key\n  \
    countersign callback verify --response answer.http --took 6s")]
#[command(mut_args(verifier))]
pub struct CallbackVerify {
    /// The callback as it was received, raw HTTP: a file, or - for standard input
    #[arg(value_name = "REQUEST", default_value = "-")]
    pub request: PathBuf,
    /// Fetch the public key from where OSS keeps it, and from nowhere else
    #[arg(long, conflicts_with = "public_key")]
    pub fetch_key: bool,
    /// File with the answer a callback server gave, raw HTTP, or - ; it is judged in place of a callback
    #[arg(long, value_name = "FILE", conflicts_with_all = ["request", "public_key", "fetch_key"])]
    pub response: Option<PathBuf>,
    /// How long that answer took, like 800ms or 6s
    #[arg(long, value_name = "TIME", value_parser = took, requires = "response")]
    pub took: Option<Duration>,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub common: Common,
}

fn maker(arg: clap::Arg) -> clap::Arg {
    match arg.get_id().as_str() {
        "provider" => arg.help("Whose callback: `oss` or `kodo` [default: oss]").hide_possible_values(true).help_heading(None),
        "scheme" | "region" | "bucket" | "endpoint" | "host" | "addressing" | "service" | "at" | "error" | "depth"
        | "public_key" => arg.hide(true),
        _ => arg,
    }
}

fn verifier(arg: clap::Arg) -> clap::Arg {
    match arg.get_id().as_str() {
        "provider" => arg
            .help("Whose callback: `oss`, `kodo` or `ks3`, where the request does not tell")
            .hide_possible_values(true)
            .help_heading(None),
        "scheme" | "region" | "bucket" | "endpoint" | "host" | "addressing" | "service" | "error" | "depth" => arg.hide(true),
        "public_key" => arg.help_heading(None),
        _ => arg,
    }
}

fn took(text: &str) -> Result<Duration, Expected> {
    const FORM: Expected = Expected::Took;
    let seconds = |text: &str| text.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    match text.strip_suffix("ms") {
        Some(millis) => millis.parse().map(Duration::from_millis).map_err(|_| FORM),
        None => text.strip_suffix('s').and_then(seconds).ok_or(FORM),
    }
}

#[cfg(test)]
mod tests {
    use super::took;
    use std::time::Duration;

    #[test]
    fn a_time_has_its_unit() {
        for (text, millis) in [("800ms", 800), ("6s", 6_000), ("5.25s", 5_250), ("0s", 0)] {
            assert_eq!(took(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "6", "s", "ms", "-1s", "6 s", "1e40s", "NaNs", "infs", "1.5ms", "99999999999999999999ms"] {
            assert!(took(text).is_err(), "{text}");
        }
    }
}
