//! The service for uploads, in English.

use super::En;
use crate::{text::ServeWords, trouble::ServeTrouble};
use countersign_serve::PolicyFault;
use std::net::SocketAddr;

impl ServeWords for En {
    fn serve_trouble(&self, trouble: &ServeTrouble) -> String {
        match trouble {
            ServeTrouble::Policy(path, fault) => format!("`{}`: {fault}", path.display()),
            ServeTrouble::User(fault) => fault.to_string(),
            ServeTrouble::Nothing => {
                "there is nothing to serve; expected a file with an upload policy, or `--package` with the folder of the npm package, \
                 from which the playground comes"
                    .to_owned()
            }
            ServeTrouble::TokenEntry(at) => format!("entry {at} of COUNTERSIGN_SERVE_TOKENS is not `USER=TOKEN`"),
            ServeTrouble::TicketKey(least) => {
                format!("COUNTERSIGN_TICKET_KEY is shorter than {least} bytes, and could be guessed")
            }
            ServeTrouble::Package(path) => {
                format!("`{}` is not the folder of the npm package: it has no `explain.js`", path.display())
            }
            ServeTrouble::Address(fault) => fault.to_string(),
            ServeTrouble::Listen(address, error) => format!("`{address}` cannot be listened on: {error}"),
        }
    }

    fn serve_remedy(&self, trouble: &ServeTrouble) -> Option<String> {
        Some(match trouble {
            ServeTrouble::Policy(_, PolicyFault::Toml { .. }) => "`countersign serve --help` shows a whole policy".to_owned(),
            ServeTrouble::User(PolicyFault::NoUsers)
            | ServeTrouble::Policy(_, PolicyFault::TokenNotHashed(_))
            | ServeTrouble::User(PolicyFault::TokenTooShort(_)) => {
                "`countersign serve --new-token` makes a token for a user, and the hash of it for `[users]`".to_owned()
            }
            ServeTrouble::Policy(_, PolicyFault::Missing { member: "storage.endpoint", provider: "ks3" }) => {
                "name the host of the region: `endpoint = \"https://ks3-cn-beijing.ksyuncs.com\"`".to_owned()
            }
            ServeTrouble::Policy(_, PolicyFault::EndpointBucket { .. }) => {
                "if the host is a domain of your own that is bound to the bucket, say so with `addressing = \"custom\"`"
                    .to_owned()
            }
            ServeTrouble::Nothing => "`countersign serve --package node_modules/countersign` serves the playground alone; \
                 `countersign serve --help` shows a whole policy"
                .to_owned(),
            ServeTrouble::TokenEntry(_) => "write `alice=TOKEN,bob=TOKEN`".to_owned(),
            ServeTrouble::TicketKey(_) => "set it to what `openssl rand -hex 32` prints".to_owned(),
            ServeTrouble::Address(_) => {
                "listen on 127.0.0.1 and let a proxy speak TLS before it; if it is on another machine, say so with `--behind-tls`"
                    .to_owned()
            }
            ServeTrouble::Listen(..) => "name another with `--listen`; port 0 takes a free one".to_owned(),
            _ => return None,
        })
    }

    fn serving(&self, address: SocketAddr, storage: &str) -> String {
        format!("upload page at http://{address}/upload/, uploads go to {storage}; Ctrl-C ends it")
    }

    fn serving_playground(&self, address: SocketAddr) -> String {
        format!("playground at http://{address}/playground/; Ctrl-C ends it")
    }

    fn stopping(&self) -> &'static str {
        "it ends when the requests that were begun are answered"
    }

    fn active_types(&self, types: &[&str]) -> (String, String) {
        let why =
            format!("files of {} may be uploaded, which run as programs when they are opened from the bucket", types.join(", "));
        (why, "serve the bucket from a domain that holds nothing else, or leave the types out".to_owned())
    }

    fn tickets_end(&self) -> &'static str {
        "uploads in parts cannot be resumed once this has ended; set COUNTERSIGN_TICKET_KEY to let them"
    }

    fn fresh_token(&self, token: &str, hash: &str) -> String {
        format!("for the user  {token}\nfor the file  {hash}\n")
    }
}
