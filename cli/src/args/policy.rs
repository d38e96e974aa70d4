//! What can be said of the policies of upload forms.

use super::{
    Common, Expected, Secret,
    values::{life, pair, size, time},
};
use clap::{Args, Subcommand, ValueEnum, builder::PossibleValue};
use countersign::{Timestamp, providers::kodo::Existing};
use std::{ops::RangeInclusive, path::PathBuf};

/// Makes, signs and checks the policies of upload forms.
#[derive(Args, Debug)]
pub struct Policy {
    #[command(subcommand)]
    pub verb: PolicyVerb,
}

#[derive(Debug, Subcommand)]
pub enum PolicyVerb {
    Build(PolicyBuild),
    Sign(PolicySign),
    Check(PolicyCheck),
}

/// Makes a policy and prints its JSON.
///
/// The conditions are those of the file, if one is given, then those of the options, then those that signing
/// will need. What is worth changing is told on standard error.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    countersign policy build --scheme oss-post-v1 --bucket photos \\\n    \
    --starts-with user/eric/ --size 1..10MB --content-type image/ --expires 15m\n  \
    countersign policy build --scheme s3-v4-post --region eu-west-1 --access-key-id ID \\\n    \
    --bucket photos --key a.jpg --condition '[\"eq\", \"$acl\", \"private\"]'\n  \
    countersign policy build --scheme kodo-upload-token --bucket photos --key a.jpg --size 1..10MB")]
#[command(mut_args(maker))]
pub struct PolicyBuild {
    #[command(flatten)]
    pub make: PolicyMake,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub common: Common,
}

/// Signs a policy and prints all fields of the form, in the order to send them.
///
/// A policy in a file is signed byte for byte if no option changes it. The file to upload goes last, behind
/// the fields. Exit status: 0 the form meets its policy, 1 it would be refused, 2 nothing was signed.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    countersign policy sign policy.json --scheme oss-post-v4 --region cn-hangzhou --html\n  \
    countersign policy sign --scheme ks3-post --bucket photos --starts-with user/eric/ \\\n    \
    --size 1..10MB --file cat.jpg --host photos.ks3-cn-beijing.ksyuncs.com --curl")]
#[command(mut_args(maker))]
pub struct PolicySign {
    #[command(flatten)]
    pub make: PolicyMake,
    /// Value of a field that no condition tells, may be given again
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair, help_heading = FORM)]
    pub field: Vec<(String, String)>,
    /// File to upload, for --curl; it is not read
    #[arg(long, value_name = "PATH", help_heading = FORM)]
    pub file: Option<String>,
    /// Print an HTML form
    #[arg(long, conflicts_with = "curl", help_heading = FORM)]
    pub html: bool,
    /// Print a `curl` command that sends it
    #[arg(long, help_heading = FORM)]
    pub curl: bool,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub common: Common,
}

const FORM: &str = "The form";

/// What a policy is made of.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "The policy")]
pub struct PolicyMake {
    /// File with a policy in JSON, or - for standard input
    #[arg(value_name = "POLICY", help_heading = None)]
    pub policy: Option<PathBuf>,
    /// Id that belongs to the secret, unless the source of the secret tells it
    #[arg(long, value_name = "ID", help_heading = None)]
    pub access_key_id: Option<String>,
    /// Key the upload must have
    #[arg(long)]
    pub key: Option<String>,
    /// Prefix the key must have
    #[arg(long, value_name = "PREFIX", conflicts_with = "key")]
    pub starts_with: Option<String>,
    /// Size the file must have: bytes, or numbers with kB, MB, GB, KiB, MiB or GiB
    #[arg(long, value_name = "MIN..MAX", value_parser = range)]
    pub size: Option<RangeInclusive<u64>>,
    /// Type the form must name, or how it must begin, like image/
    #[arg(long, value_name = "TYPE")]
    pub content_type: Option<String>,
    /// A further condition in JSON, may be given again
    #[arg(long, value_name = "JSON")]
    pub condition: Vec<String>,
    /// Life of the policy: seconds, or a number with s, m, h or d [default: that of the file, else 1h]
    #[arg(long, value_name = "TIME", value_parser = life)]
    pub expires: Option<u64>,
    /// End of its life, RFC 3339, in place of --expires
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with = "expires")]
    pub deadline: Option<Timestamp>,
}

impl PolicyMake {
    /// Whether an option says what the policy is to be; one in a file is kept as it is otherwise.
    pub fn changes(&self) -> bool {
        self.key.is_some()
            || self.starts_with.is_some()
            || self.size.is_some()
            || self.content_type.is_some()
            || !self.condition.is_empty()
            || self.expires.is_some()
            || self.deadline.is_some()
    }
}

/// Would a form be accepted? Judges its signature and its policy together.
///
/// FORM is the request as captured (POST, multipart/form-data), the fields as a JSON object, or a policy alone.
/// What the server would answer is told in its own words and order, then what is worth changing. Without a
/// secret the policy alone is judged. Exit status: 0 it would be accepted, 1 refused, 2 nothing can be said.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    countersign policy check upload.http --secret-file secret.txt\n  \
    countersign policy check fields.json --bucket photos --file-name cat.jpg --file-size 48kB\n  \
    countersign policy check policy.json --provider oss")]
#[command(mut_args(checker))]
pub struct PolicyCheck {
    /// A file, or - for standard input
    #[arg(value_name = "FORM", default_value = "-")]
    pub form: PathBuf,
    /// Name of the file
    #[arg(long, value_name = "NAME", help_heading = FILE)]
    pub file_name: Option<String>,
    /// Size of the file: bytes, or a number with kB, MB, GB, KiB, MiB or GiB
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = FILE)]
    pub file_size: Option<i64>,
    /// Type of the file
    #[arg(long, value_name = "TYPE", help_heading = FILE)]
    pub content_type: Option<String>,
    /// What is in the bucket under the key; for Kodo, where it may decide
    #[arg(long, value_enum, value_name = "WHAT", help_heading = FILE)]
    pub existing: Option<Present>,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub common: Common,
}

/// What is in the bucket already.
#[derive(Clone, Copy, Debug)]
pub struct Present(pub Existing);

impl ValueEnum for Present {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Existing::Nothing), Self(Existing::SameContent), Self(Existing::OtherContent)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self.0 {
            Existing::Nothing => "nothing",
            Existing::SameContent => "same",
            Existing::OtherContent => "other",
            Existing::Something => return None,
        }))
    }
}

const FILE: &str = "The file, where the fields come without it";

/// The options common to all verbs, as the makers mean them.
fn maker(arg: clap::Arg) -> clap::Arg {
    match arg.get_id().as_str() {
        "provider" => arg.help("The provider of the scheme").help_heading(None),
        "scheme" => arg.help("The scheme to sign with (a wrong id lists all)").help_heading(None),
        "bucket" => arg.help("Bucket the upload goes to").help_heading(None),
        "region" => arg.help("Region of the bucket, for V4").help_heading(None),
        "at" => arg.help("Time of signing, RFC 3339 [default: now]").help_heading(None),
        "host" => arg.help("Host the form goes to").help_heading(None),
        "error" | "depth" | "addressing" | "service" | "endpoint" | "try_secret_file" | "public_key" => arg.hide(true),
        _ => arg,
    }
}

fn checker(arg: clap::Arg) -> clap::Arg {
    match arg.get_id().as_str() {
        "provider" => arg.help("Provider, where the form does not tell"),
        "scheme" => arg.help("The scheme of the form (a wrong id lists all)"),
        "bucket" => arg.help("Bucket the form goes to, where the host does not tell it"),
        "at" => arg.help("Time to judge by, RFC 3339 [default: now]"),
        "error" | "depth" | "region" | "addressing" | "service" | "public_key" => arg.hide(true),
        _ => arg,
    }
}

fn range(text: &str) -> Result<RangeInclusive<u64>, Expected> {
    const FORM: Expected = Expected::Range;
    let (min, max) = text.split_once("..").ok_or(FORM)?;
    let max = max.strip_prefix('=').unwrap_or(max);
    let bound = |text: &str| u64::try_from(size(text)?).map_err(|_| FORM);
    Ok(bound(min)?..=bound(max)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_two_sizes() {
        for (text, sizes) in [("1..1024", 1..=1_024), ("0..10MB", 0..=10_000_000), ("1KiB..=2KiB", 1_024..=2_048)] {
            assert_eq!(range(text), Ok(sizes), "{text}");
        }
        for text in ["", "1", "1..", "..1", "1-2", "a..b", "-1..2"] {
            assert!(range(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_field_is_a_name_and_a_value() {
        assert_eq!(pair("acl=a=b"), Ok(("acl".into(), "a=b".into())));
        assert_eq!(pair("acl="), Ok(("acl".into(), String::new())));
        assert!(pair("=x").is_err() && pair("acl").is_err());
    }
}
