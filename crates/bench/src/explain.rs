//! Searches for what is wrong with requests whose signature nothing explains, so that they go all the way.

// The search's own benchmark has them.
#[path = "../../countersign/benches/explain/requests.rs"]
mod requests;

use countersign::{Inquiry, Request, SecretKey, explain, explain::Searched};
use requests::{ALL, Hash};

/// A request and how it is signed.
#[derive(Clone, Copy, Debug)]
pub struct Refused {
    /// The id of its scheme.
    pub scheme: &'static str,
    /// As captured.
    pub message: &'static [u8],
    /// Whether its hash function is SHA-256; otherwise it is SHA-1.
    pub sha256: bool,
}

/// Requests of several schemes, with 12 headers and 8 parameters each.
pub fn refused() -> impl Iterator<Item = Refused> {
    ALL.into_iter().map(|requests::Refused { scheme, hash, message }| Refused {
        scheme,
        message,
        sha256: matches!(hash, Hash::Sha256),
    })
}

/// The one of this scheme.
#[must_use]
pub fn refused_of(scheme: &str) -> Refused {
    refused().find(|request| request.scheme == scheme).expect("there is one of each family of schemes")
}

/// Searches for what is wrong with a request, up to so many mistakes at once.
#[must_use]
pub fn searched(message: &[u8], depth: u8) -> Searched {
    let request = Request::parse(message).expect("a well-formed request");
    let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
    let mut inquiry = Inquiry::new(request.into());
    inquiry.secrets = &secrets;
    inquiry.depth = depth;
    inquiry.budget = u64::MAX;
    explain(&inquiry).expect("it carries a signature").searched
}
