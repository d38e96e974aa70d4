//! Countersign, as its documentation shows it.

use super::peers::{ID, SECRET};
use countersign::{
    Credentials, Document, Hints, Request, Scheme, SecretKey, Subject, Terms, Timestamp, Verification, presign, providers, sign,
    transcript, verify,
};
use std::time::{SystemTime, UNIX_EPOCH};

pub fn who() -> Credentials {
    Credentials::new(ID, SecretKey::new(SECRET))
}

/// Everybody reads the clock for each signature, so we do.
pub fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock that is set");
    Timestamp::from_unix(elapsed.as_secs().cast_signed())
}

fn terms(region: &str) -> Terms<'_> {
    Terms::at(now()).region(region)
}

/// An operation of ours.
#[derive(Clone, Copy)]
pub struct Operation {
    pub scheme: &'static dyn Scheme,
    pub method: &'static str,
    pub region: &'static str,
    pub headers: &'static [(&'static str, &'static str)],
}

impl Operation {
    fn request<'a>(&self, url: &'a str) -> Request<'a> {
        let request = Request::new(self.method, url).expect("a sound URL");
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    /// A signed URL, all from the beginning: the request is put together, too.
    pub fn url(self, url: &str) -> impl FnMut() -> String + use<> {
        let (who, url) = (who(), url.to_owned());
        move || presign(self.scheme, &self.request(&url), &who, &terms(self.region).expires_in(900)).expect("all is given")
    }

    /// A signed request.
    pub fn head(self, url: &str) -> impl FnMut() -> Vec<(String, String)> + use<> {
        let (who, url) = (who(), url.to_owned());
        move || {
            let mut terms = terms(self.region);
            if self.scheme.provider() == "cos" {
                terms = terms.expires_in(900);
            }
            sign(self.scheme, &self.request(&url), &who, &terms).expect("all is given").headers
        }
    }

    /// Whether a signed URL is right.
    pub fn verify_url(self, url: &str) -> impl FnMut() -> bool + use<> {
        let signed = self.url(url)();
        let secret = SecretKey::new(SECRET);
        let right = move || {
            let subject = Subject::from(Request::new(self.method, &signed).expect("a sound URL"));
            matches!(verify(&subject, &secret, &Hints::NONE), Ok(Verification::Matches(_)))
        };
        assert!(right(), "what was signed here is right");
        right
    }

    /// How many bytes are hashed: of the canonical request, and of the string to sign.
    pub fn lengths(self, url: &str, in_url: bool) -> (usize, usize) {
        let (signed, headers);
        let request = if in_url {
            signed = self.url(url)();
            self.request(&signed)
        } else {
            headers = self.head(url)();
            headers.iter().fold(self.request(url), |request, (name, value)| request.header(name, value))
        };
        let subject = Subject::from(request);
        let claim = providers::read(&subject, &Hints::NONE, providers::Among::Scheme(self.scheme.id()));
        let claim = claim.expect("it is sound").expect("it is signed");
        let written = transcript(&subject, &claim).expect("all is known").documents;
        let length = |document| written.iter().find(|own| own.document == document).map_or(0, |own| own.text.len());
        (length(Document::CanonicalRequest), length(Document::StringToSign))
    }
}
