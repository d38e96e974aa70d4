//! What can be said of a token to make.

use super::{
    Common, Secret,
    values::{life, size, time},
};
use clap::{Arg, Args, ValueEnum, builder::PossibleValue};
use countersign::{
    Timestamp,
    providers::{
        cos::json::Order,
        kodo::{CallbackBodyType, DetectMime, FileType},
    },
};
use std::path::PathBuf;

const KODO: &str = "Upload token of Kodo";
const COS: &str = "Signature of the JSON API of COS";

/// Makes an upload token of Kodo, or a signature of the JSON API of COS.
///
/// The policy of an upload token is made of the options, or stands in a file. What contradicts itself is
/// refused.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    countersign token --access-key-id ID --secret-file secret.txt \\\n    \
    --scope photos:2026/a.jpg --expires 2h --fsize-limit 10MB\n  \
    countersign token --access-key-id ID --secret-file secret.txt \\\n    \
    --provider cos --appid 1250000000 --bucket photos --once --fileid /2026/a.jpg")]
#[command(
    mut_arg("provider", |arg| own(arg, "Whose token: `kodo` or `cos` [default: kodo]").hide_possible_values(true)),
    mut_arg("scheme", |arg| own(arg, "The scheme to sign with, where the provider has several")),
    mut_arg("region", |arg| own(arg, "Region of the bucket, for --curl: z0, z1, ... of Kodo; gz, sh, tj of COS")),
    mut_arg("at", |arg| own(arg, "Time of signing, RFC 3339 [default: now]")),
    mut_arg("bucket", |arg| own(arg, "Bucket, without the appid").help_heading(COS)),
    mut_arg("endpoint", |arg| arg.hide(true)),
    mut_arg("host", |arg| arg.hide(true)),
    mut_arg("addressing", |arg| arg.hide(true)),
    mut_arg("service", |arg| arg.hide(true)),
    mut_arg("error", |arg| arg.hide(true)),
    mut_arg("depth", |arg| arg.hide(true)),
    mut_arg("public_key", |arg| arg.hide(true)),
)]
pub struct Token {
    /// Id that belongs to the secret, unless the source of the secret tells it
    #[arg(long, value_name = "ID")]
    pub access_key_id: Option<String>,
    /// Life of the token: seconds, or a number with s, m, h or d
    #[arg(long, value_name = "TIME", value_parser = life, default_value = "1h")]
    pub expires: u64,
    /// End of its life, RFC 3339, in place of --expires
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with = "expires")]
    pub deadline: Option<Timestamp>,
    /// Print a `curl` command that uses it
    #[arg(long)]
    pub curl: bool,
    #[command(flatten)]
    pub policy: PutPolicy,
    #[command(flatten)]
    pub grant: Grant,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub common: Common,
}

/// An option of all verbs, which says something of its own here.
fn own(option: Arg, help: &'static str) -> Arg {
    option.help(help).help_heading(None)
}

/// What an upload token allows.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = KODO)]
pub struct PutPolicy {
    /// Where an upload may go
    #[arg(long, value_name = "BUCKET[:KEY]")]
    pub scope: Option<String>,
    /// The key in the scope is a prefix of keys
    #[arg(long)]
    pub prefix: bool,
    /// Nothing is overwritten
    #[arg(long)]
    pub insert_only: bool,
    /// Largest size: bytes, or a number with kB, MB, GB, KiB, MiB or GiB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub fsize_limit: Option<i64>,
    /// Smallest size
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub fsize_min: Option<i64>,
    /// Types that are accepted, like 'image/*' or 'image/jpeg;image/png'; with ! before them, refused
    #[arg(long, value_name = "TYPES")]
    pub mime: Option<String>,
    /// How the type is found
    #[arg(long, value_enum, value_name = "HOW", allow_negative_numbers = true)]
    pub detect_mime: Option<Detect>,
    /// Where the service posts its callback
    #[arg(long, value_name = "URL")]
    pub callback_url: Option<String>,
    /// Template of the body of the callback
    #[arg(long, value_name = "TEMPLATE")]
    pub callback_body: Option<String>,
    /// Type of that body
    #[arg(long, value_enum, value_name = "TYPE")]
    pub callback_body_type: Option<BodyType>,
    /// Template of the answer to the client
    #[arg(long, value_name = "TEMPLATE")]
    pub return_body: Option<String>,
    /// Where a browser is sent after the upload
    #[arg(long, value_name = "URL")]
    pub return_url: Option<String>,
    /// Template of the key for clients that name none
    #[arg(long, value_name = "TEMPLATE")]
    pub save_key: Option<String>,
    /// That template goes before the key of the client
    #[arg(long)]
    pub force_save_key: bool,
    /// Owner, for $(endUser)
    #[arg(long, value_name = "USER")]
    pub end_user: Option<String>,
    /// Storage class
    #[arg(long, value_enum, value_name = "CLASS")]
    pub file_type: Option<Class>,
    /// Life of the object in days
    #[arg(long, value_name = "DAYS")]
    pub delete_after_days: Option<u32>,
    /// File with the whole policy in JSON, which is signed byte for byte, in place of these options
    #[arg(long, value_name = "FILE", conflicts_with_all = ["expires", "deadline"])]
    pub policy: Option<PathBuf>,
}

/// What a signature of the JSON API allows.
#[derive(Args, Debug)]
#[command(next_help_heading = COS)]
pub struct Grant {
    /// Number of the account
    #[arg(long, value_name = "NUMBER")]
    pub appid: Option<u64>,
    /// File it is for, as path in the bucket, or with /appid/bucket before it [default: any]
    #[arg(long, value_name = "PATH")]
    pub fileid: Option<String>,
    /// The path is signed alone, without appid and bucket, as SDKs do for downloads
    #[arg(long, requires = "fileid")]
    pub bare: bool,
    /// It can be used once
    #[arg(long, conflicts_with_all = ["expires", "deadline"])]
    pub once: bool,
    /// Random number of at most 10 digits [default: a fresh one]
    #[arg(long, value_name = "NUMBER")]
    pub random: Option<u64>,
    /// Order of the fields
    #[arg(long, value_enum, value_name = "ORDER")]
    pub field_order: Option<FieldOrder>,
}

impl PutPolicy {
    /// The first option that is given and makes a policy: `--policy` is none.
    pub fn given(&self) -> Option<&'static str> {
        first([
            ("--scope", self.scope.is_some()),
            ("--prefix", self.prefix),
            ("--insert-only", self.insert_only),
            ("--fsize-limit", self.fsize_limit.is_some()),
            ("--fsize-min", self.fsize_min.is_some()),
            ("--mime", self.mime.is_some()),
            ("--detect-mime", self.detect_mime.is_some()),
            ("--callback-url", self.callback_url.is_some()),
            ("--callback-body", self.callback_body.is_some()),
            ("--callback-body-type", self.callback_body_type.is_some()),
            ("--return-body", self.return_body.is_some()),
            ("--return-url", self.return_url.is_some()),
            ("--save-key", self.save_key.is_some()),
            ("--force-save-key", self.force_save_key),
            ("--end-user", self.end_user.is_some()),
            ("--file-type", self.file_type.is_some()),
            ("--delete-after-days", self.delete_after_days.is_some()),
        ])
    }
}

impl Grant {
    /// The first option that is given.
    pub fn given(&self) -> Option<&'static str> {
        first([
            ("--appid", self.appid.is_some()),
            ("--fileid", self.fileid.is_some()),
            ("--bare", self.bare),
            ("--once", self.once),
            ("--random", self.random.is_some()),
            ("--field-order", self.field_order.is_some()),
        ])
    }
}

fn first<const N: usize>(options: [(&'static str, bool); N]) -> Option<&'static str> {
    options.into_iter().find_map(|(name, is_given)| is_given.then_some(name))
}

/// How the type of an object is found, by name or by the number in the policy.
#[derive(Clone, Copy, Debug)]
pub struct Detect(pub DetectMime);

impl ValueEnum for Detect {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(DetectMime::ClientFirst), Self(DetectMime::Content), Self(DetectMime::ClientOnly)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            DetectMime::ClientFirst => PossibleValue::new("client-first").alias("0"),
            DetectMime::Content => PossibleValue::new("content").alias("1"),
            DetectMime::ClientOnly => PossibleValue::new("client-only").alias("-1"),
        })
    }
}

/// The type of the body of a callback, by name or as in the policy.
#[derive(Clone, Copy, Debug)]
pub struct BodyType(pub CallbackBodyType);

impl ValueEnum for BodyType {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(CallbackBodyType::Form), Self(CallbackBodyType::Json)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            CallbackBodyType::Form => PossibleValue::new("form").alias("application/x-www-form-urlencoded"),
            CallbackBodyType::Json => PossibleValue::new("json").alias("application/json"),
        })
    }
}

/// The storage class, by name or by the number in the policy.
#[derive(Clone, Copy, Debug)]
pub struct Class(pub FileType);

impl ValueEnum for Class {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self(FileType::Standard),
            Self(FileType::InfrequentAccess),
            Self(FileType::Archive),
            Self(FileType::DeepArchive),
            Self(FileType::ArchiveDirectRead),
            Self(FileType::IntelligentTiering),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            FileType::Standard => PossibleValue::new("standard").alias("0"),
            FileType::InfrequentAccess => PossibleValue::new("infrequent-access").alias("1"),
            FileType::Archive => PossibleValue::new("archive").alias("2"),
            FileType::DeepArchive => PossibleValue::new("deep-archive").alias("3"),
            FileType::ArchiveDirectRead => PossibleValue::new("archive-direct-read").alias("4"),
            FileType::IntelligentTiering => PossibleValue::new("intelligent-tiering").alias("5"),
            // The enum may grow; a class without a name is not offered.
            _ => return None,
        })
    }
}

/// The order of the fields, by their letters.
#[derive(Clone, Copy, Debug)]
pub struct FieldOrder(pub Order);

impl ValueEnum for FieldOrder {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Order::Formula), Self(Order::Python), Self(Order::JavaScript)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self.0 {
            Order::Formula => "abketrf",
            Order::Python => "aketrfb",
            Order::JavaScript => "abkterf",
            _ => return None,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{COS, KODO};
    use crate::args::{Cli, Verb};
    use clap::{ArgAction, CommandFactory, Parser};

    /// The option given alone must be the one that is found, so that none is overlooked.
    #[test]
    fn every_option_of_a_vendor_is_known_as_given() {
        let mut command = Cli::command();
        command.build();
        let token = command.find_subcommand("token").unwrap();
        let mut found = 0;
        for option in token.get_arguments() {
            let heading = option.get_help_heading().unwrap_or_default();
            let long = option.get_long().unwrap_or_default();
            // `--policy` makes no policy, `--bare` is refused alone, `--bucket` is an option of all verbs.
            if ![KODO, COS].contains(&heading) || matches!(long, "policy" | "bare" | "bucket") {
                continue;
            }
            let value = match option.get_possible_values().first() {
                Some(value) if matches!(option.get_action(), ArgAction::Set) => format!("={}", value.get_name()),
                _ if matches!(option.get_action(), ArgAction::SetTrue) => String::new(),
                _ => "=1".to_owned(),
            };
            let Verb::Token(args) = Cli::parse_from(["countersign", "token", &format!("--{long}{value}")]).verb else {
                panic!("another verb")
            };
            assert_eq!(args.policy.given().or(args.grant.given()), Some(&*format!("--{long}")));
            found += 1;
        }
        assert_eq!(found, 22);
    }
}
