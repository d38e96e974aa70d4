//! `serve`: issues forms and tokens to browsers, and serves the upload page and the playground.

use super::{
    Answer, Outcome, print,
    setting::{Setting, now, one_line},
    sign::credentials,
};
use crate::{
    args::{Format, Serve},
    input::{self, Source},
    report::{json, visible::on_one_line},
    secrets::{Need, process_variables},
    trouble::{Note, ServeTrouble, Trouble},
};
use countersign_serve::{Event, FreshToken, Router, Service, TicketKey, UploadPolicy, check_address, playground};
use serde::Serialize;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Bytes of a policy at most.
const MAX_POLICY: usize = 1 << 20;
const TOKENS: &str = "COUNTERSIGN_SERVE_TOKENS";
const TICKET_KEY: &str = "COUNTERSIGN_TICKET_KEY";
const MIN_TICKET_KEY: usize = 32;

pub fn run(args: &Serve, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    if args.new_token {
        return fresh_token(setting);
    }
    check_address(args.listen, args.behind_tls).map_err(ServeTrouble::Address)?;
    let package = args.package.as_deref().map(modules).transpose()?;
    let (path, package) = match (args.policy.as_deref(), package) {
        (Some(path), package) => (path, package),
        (None, Some(modules)) => return serve(args, playground(&modules), None, setting),
        // No folder is served that nobody named.
        (None, None) => return Err(ServeTrouble::Nothing.into()),
    };
    let mut policy = policy(path)?;
    add_users(&mut policy)?;
    warn_of(&policy, setting);
    let id = args.access_key_id.as_deref();
    let found = setting.secrets(&args.secret, &Source::Argument, policy.provider(), id, Need::Required, &|_| true)?;
    let who = credentials(found, id)?;
    let storage = policy.storage_origin();
    let mut service = Service::new(policy, who, ticket_key(setting)?);
    if let Some(at) = setting.common.at {
        service = service.with_clock(move || at);
    }
    if let Some(modules) = package {
        service = service.with_package(modules);
    }
    let format = setting.common.format;
    let service = service.watched_by(move |event| log(event, format));
    serve(args, service.router(), Some(&storage), setting)
}

/// The folder with the modules of the package: as it is installed, it has them in `dist`.
fn modules(folder: &Path) -> Result<PathBuf, ServeTrouble> {
    let is_there = |folder: &PathBuf| folder.join("explain.js").is_file();
    let modules = [folder.join("dist"), folder.to_owned()].into_iter().find(is_there);
    modules.ok_or_else(|| ServeTrouble::Package(folder.to_owned()))
}

/// Answers until it is told to end. Without a storage there is the playground alone.
fn serve(args: &Serve, router: Router, storage: Option<&str>, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let format = setting.common.format;
    let ready = |address| {
        let page = if storage.is_some() { "upload" } else { "playground" };
        let line = match (format, storage) {
            (Format::Json, _) => one_line(&Serving { url: format!("http://{address}/{page}/"), storage }),
            (Format::Text, Some(storage)) => setting.words.serving(address, storage),
            (Format::Text, None) => setting.words.serving_playground(address),
        };
        // Where nobody reads it, it serves all the same.
        let _ = print(format!("{line}\n").as_bytes());
    };
    let stopping = || {
        if format == Format::Text {
            let _ = writeln!(io::stderr(), "{}", setting.words.stopping());
        }
    };
    countersign_serve::run(args.listen, router, ready, stopping).map_err(|error| ServeTrouble::Listen(args.listen, error))?;
    Ok(Answer { text: Vec::new(), outcome: Outcome::Yes })
}

/// The first line of the output.
#[derive(Serialize)]
struct Serving<'s> {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<&'s str>,
}

#[derive(Serialize)]
struct Token<'t> {
    token: &'t str,
    hash: &'t str,
}

fn fresh_token(setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let FreshToken { token, hash } = FreshToken::make().map_err(Trouble::Random)?;
    let text = match setting.common.format {
        Format::Json => json::write(&Token { token: &token, hash: &hash }),
        Format::Text => setting.words.fresh_token(&token, &hash).into_bytes(),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

fn policy(path: &Path) -> Result<UploadPolicy, Trouble> {
    let (bytes, source) = input::contents(path, MAX_POLICY)?;
    let Ok(text) = std::str::from_utf8(&bytes) else { return Err(Trouble::NotText(source, first_bytes(&bytes))) };
    UploadPolicy::parse(text).map_err(|fault| ServeTrouble::Policy(path.to_owned(), fault).into())
}

fn first_bytes(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().take(8).collect()
}

/// Adds the users in the variable.
fn add_users(policy: &mut UploadPolicy) -> Result<(), Trouble> {
    let variable = process_variables(TOKENS).and_then(|value| value.into_string().ok()).map(Zeroizing::new);
    let entries = variable.iter().flat_map(|value| value.split(',')).map(str::trim).filter(|entry| !entry.is_empty());
    for (at, entry) in entries.enumerate() {
        let (user, token) = entry.split_once('=').ok_or(ServeTrouble::TokenEntry(at + 1))?;
        policy.add_user(user, token).map_err(ServeTrouble::User)?;
    }
    policy.check_users().map_err(|fault| ServeTrouble::User(fault).into())
}

fn warn_of(policy: &UploadPolicy, setting: &Setting<'_>) {
    let active = policy.active_types();
    if !active.is_empty() {
        let (why, help) = setting.words.active_types(&active);
        setting.warn(&why, &help);
    }
}

/// The key for tickets: the one in the variable, else one that ends with this process.
fn ticket_key(setting: &Setting<'_>) -> Result<TicketKey, Trouble> {
    match process_variables(TICKET_KEY).filter(|value| !value.is_empty()) {
        Some(value) => Ok(TicketKey::new(value.into_encoded_bytes()).ok_or(ServeTrouble::TicketKey(MIN_TICKET_KEY))?),
        None => {
            setting.note(&Note::TicketsEnd);
            TicketKey::random().map_err(Trouble::Random)
        }
    }
}

/// Writes a line about a request. The path is the caller's, and may hold anything.
fn log(event: &Event<'_>, format: Format) {
    #[derive(Serialize)]
    struct Line<'l> {
        time: String,
        status: u16,
        method: &'l str,
        path: &'l str,
        user: Option<&'l str>,
        key: Option<&'l str>,
        code: Option<&'l str>,
        elapsed_us: u128,
    }
    let Event { method, path, status, code, user, key, elapsed, .. } = *event;
    let time = now().to_string();
    let line = match format {
        Format::Json => {
            let line = Line { time, status, method, path, user, key, code, elapsed_us: elapsed.as_micros() };
            one_line(&line)
        }
        Format::Text => {
            let rest = [user, key.or(code)].into_iter().flatten().map(|word| format!("  {word}")).collect::<String>();
            on_one_line(&format!("{time}  {status}  {method} {path}{rest}  {:.1} ms", elapsed.as_secs_f64() * 1e3))
        }
    };
    // Where nobody reads it, it serves all the same.
    let _ = writeln!(io::stderr(), "{line}");
}
