//! The vendors. This file alone lists them; they do not know each other.
//!
//! A vendor is a folder: its schemes, its hosts, and the causes that only it can have. Its `causes.rs`
//! (and `explain` where it has one) alone knows the explanation, so that a program which only signs does not carry it.

use crate::{
    error::ClaimError,
    family::endpoint::{self, Hosts},
    phrase::{Phrase, Told},
    scheme::{self, Scheme},
    subject::{Request, Subject},
    terms::{Claim, Hints},
};

pub mod cos;
pub mod kodo;
pub mod ks3;
pub mod oss;
pub mod s3;

pub use crate::family::endpoint::bucket;

#[cfg(feature = "verify")]
use crate::explain::{Cause, IdForm, Inquiry, Report, Saying};

/// How a vendor explains the signatures in a body.
#[cfg(feature = "verify")]
pub(crate) type ExplainBody = fn(&Inquiry<'_>) -> Option<Report>;

/// A vendor and its schemes.
#[derive(Debug)]
pub struct Provider {
    /// The id, as on the command line: `oss`.
    pub id: &'static str,
    /// The vendor's own name for the product.
    pub name: &'static str,
    /// All its schemes.
    pub schemes: &'static [&'static dyn Scheme],
    /// Regions to try when a scope names the wrong one.
    pub regions: &'static [&'static str],
}

impl Told for Provider {
    fn told(&self) -> Phrase {
        Phrase::of(self.name)
    }
}

// The modules are declared outside: rustfmt does not look for files inside a macro.
macro_rules! providers {
    ($($provider:ident),* $(,)?) => {
        /// The hosts of all vendors.
        pub(crate) fn hosts() -> impl Iterator<Item = &'static Hosts> {
            let hosts = [$($provider::HOSTS),*].into_iter().flatten();
            #[cfg(any(feature = "verify", not(feature = "compact")))]
            let hosts = hosts.chain(s3::COMPATIBLE);
            hosts
        }

        #[cfg(feature = "verify")]
        /// The causes that only one vendor can have.
        pub(crate) fn causes() -> impl Iterator<Item = &'static Cause> {
            [$($provider::CAUSES),*].into_iter().flatten()
        }

        #[cfg(feature = "verify")]
        /// What the access key ids of all vendors look like.
        pub(crate) fn ids() -> impl Iterator<Item = &'static IdForm> {
            [$($provider::IDS),*].into_iter().flatten()
        }

        #[cfg(feature = "verify")]
        /// What the servers of all vendors say.
        pub(crate) fn sayings() -> impl Iterator<Item = &'static Saying> {
            [$($provider::SAYINGS),*].into_iter().flatten()
        }

        #[cfg(feature = "verify")]
        /// What a vendor has to say about signatures in the body; `None` where there are none.
        pub(crate) fn explain_body(inquiry: &Inquiry<'_>) -> Option<Report> {
            [$($provider::EXPLAIN_BODY),*].into_iter().flatten().find_map(|explain| explain(inquiry))
        }

        /// All vendors.
        pub static PROVIDERS: &[&Provider] = &[$(&$provider::PROVIDER),*];
    };
}

providers! { cos, kodo, ks3, oss, s3 }

/// The id of the vendor whose host a request is for, where it tells.
///
/// ```
/// use countersign::{Request, providers};
///
/// let request = Request::new("POST", "https://photos.oss-cn-hangzhou.aliyuncs.com:443/")?;
/// assert_eq!(providers::vendor(&request), Some("oss"));
/// assert_eq!(providers::vendor(&Request::new("POST", "https://example.com/")?), None);
/// # Ok::<(), countersign::RequestError>(())
/// ```
#[must_use]
pub fn vendor(request: &Request<'_>) -> Option<&'static str> {
    endpoint::recognise(&endpoint::host_name(request)).map(|endpoint| endpoint.vendor)
}

/// All schemes of all vendors.
pub fn schemes() -> impl Iterator<Item = &'static dyn Scheme> {
    PROVIDERS.iter().flat_map(|provider| provider.schemes.iter().copied())
}

/// The scheme with this id.
///
/// ```
/// assert_eq!(countersign::providers::scheme("oss-v1-url").map(|s| s.provider()), Some("oss"));
/// assert!(countersign::providers::scheme("oss-v9").is_none());
/// ```
#[must_use]
pub fn scheme(id: &str) -> Option<&'static dyn Scheme> {
    schemes().find(|scheme| scheme.id() == id)
}

/// The vendor with this id.
#[must_use]
pub fn provider(id: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().copied().find(|provider| provider.id == id)
}

/// Which schemes to look for.
#[derive(Clone, Copy, Debug, Default)]
pub enum Among<'a> {
    /// All of them.
    #[default]
    All,
    /// Those of this vendor.
    Provider(&'a str),
    /// This one alone.
    Scheme(&'a str),
}

impl Among<'_> {
    /// These schemes.
    pub(crate) fn schemes(self) -> impl Iterator<Item = &'static dyn Scheme> {
        schemes().filter(move |scheme| self.has(*scheme))
    }

    fn has(&self, scheme: &dyn Scheme) -> bool {
        match *self {
            Self::All => true,
            Self::Provider(id) => scheme.provider() == id,
            Self::Scheme(id) => scheme.id() == id,
        }
    }
}

#[cfg(feature = "verify")]
/// Finds the claim a subject carries, in whatever scheme; `None` when it carries none.
///
/// # Errors
///
/// When a claim is damaged, or the subject carries two.
pub fn read<'a>(subject: &Subject<'a>, hints: &Hints<'a>, among: Among<'_>) -> Result<Option<Claim<'a>>, ClaimError> {
    scheme::read(&mut among.schemes(), subject, hints)
}
