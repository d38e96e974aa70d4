//! What can be said of the service for uploads.

use super::{Common, Secret};
use clap::Args;
use std::{net::SocketAddr, path::PathBuf};

/// Issues forms and tokens to browsers that upload, and serves the upload page and the playground.
///
/// What may be uploaded, by whom and where to stands in a TOML file. Users are known by access tokens, of which the
/// file lists hashes; further ones may stand in COUNTERSIGN_SERVE_TOKENS as USER=TOKEN, separated by commas. It runs
/// until Ctrl-C. Without a file, and with the folder of the npm package, it serves the playground alone. Exit status: 0 it
/// was ended, 2 it could not start.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    countersign serve --new-token\n  \
    countersign serve upload.toml --secret-file secret.txt --access-key-id ID\n  \
    countersign serve --package node_modules/countersign\n\n  \
    # upload.toml\n  \
    [storage]\n  provider = \"oss\"\n  bucket = \"photos\"\n  region = \"cn-hangzhou\"\n  \
    [upload]\n  key = \"user/{user}/{date}/{uuid}{ext}\"\n  types = [\"image/*\", \"video/mp4\"]\n  \
    max_size = \"2GiB\"\n  life = \"15m\"\n  \
    [upload.parts]\n  from = \"16MiB\"\n  size = \"8MiB\"\n  life = \"1d\"\n  \
    [access]\n  origins = [\"https://app.example.com\"]\n  requests_per_minute = 120\n  \
    [users]\n  alice = \"sha256:...\"")]
#[command(mut_args(server))]
pub struct Serve {
    /// File with the upload policy
    #[arg(value_name = "POLICY")]
    pub policy: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8020")]
    pub listen: SocketAddr,
    /// A proxy that speaks TLS stands before this service: other addresses than those of this machine may be listened on
    #[arg(long)]
    pub behind_tls: bool,
    /// Folder of the npm package `countersign`, from where the upload page loads the explanation of a refusal; with it there is
    /// the playground, too
    #[arg(long, value_name = "FOLDER")]
    pub package: Option<PathBuf>,
    /// Print a new access token and its hash, and serve nothing
    #[arg(long, conflicts_with = "policy")]
    pub new_token: bool,
    /// Id that belongs to the secret, unless the source of the secret tells it
    #[arg(long, value_name = "ID")]
    pub access_key_id: Option<String>,
    #[command(flatten)]
    pub secret: Secret,
    #[command(flatten)]
    pub common: Common,
}

/// The options common to all verbs, as the service means them.
fn server(arg: clap::Arg) -> clap::Arg {
    match arg.get_id().as_str() {
        "at" => arg.help("Time to sign by in place of the clock, RFC 3339: for tests").help_heading(None),
        "format" => arg.help("Form of the output, and of the log on standard error"),
        "lang" | "color" | "secret_file" | "profile" => arg,
        "policy" | "listen" | "behind_tls" | "package" | "new_token" | "access_key_id" => arg,
        _ => arg.hide(true),
    }
}
