//! URLs that were cut off before the end of their signature's parameters: no claim can be read from them.
//!
//! Which parameters a scheme needs, the scheme says itself: those it would add to this request.

use super::{
    Inquiry,
    report::{Certainty, Finding, Report, Searched, Verdict},
};
use crate::{
    family::endpoint,
    phrase::{Phrase, phrase},
    scheme::{Additions, Carrier, Scheme},
    secret::{Credentials, SecretKey},
    subject::Request,
    terms::{Claim, Terms},
    time::Timestamp,
    wire::{query::Param, split_once},
};
use alloc::{format, string::String, vec, vec::Vec};

/// The report on a URL that has some of the parameters of a scheme and lacks others; `None` for all other subjects.
pub(super) fn report(inquiry: &Inquiry<'_>) -> Option<Report> {
    let request = inquiry.subject.request().filter(|request| request.header_value("authorization").is_none())?;
    let host = endpoint::host_name(request);
    let vendor = endpoint::recognise(&host).map(|endpoint| endpoint.vendor);
    let cut = inquiry.among.schemes().filter_map(|scheme| Cut::find(scheme, inquiry, request));
    // Of schemes with the same names the first is the usual one.
    let cut = cut.reduce(|best, other| {
        let rank = |cut: &Cut| (cut.present, Some(cut.scheme.provider()) == vendor);
        if rank(&other) > rank(&best) { other } else { best }
    })?;
    let names: Vec<String> = cut.missing.iter().map(|name| format!("`{name}`")).collect();
    let finding = Finding {
        code: "url-truncated",
        certainty: Certainty::Seen,
        group: 0,
        refusal: true,
        facts: vec![("what", missing(&names).into())],
        signed: None,
        sent: request.params().last().map(|last| String::from_utf8_lossy(&last.name()).into_owned()),
        also: Vec::new(),
    };
    Some(Report {
        verdict: Verdict::Mismatch,
        scheme: cut.scheme,
        access_key_id: cut.id,
        signed_at: None,
        expires_at: None,
        provided_signature: String::new(),
        expected_signature: None,
        documents: Vec::new(),
        signed_documents: None,
        findings: vec![finding],
        secret: None,
        searched: Searched { depth: inquiry.depth, ..Searched::default() },
    })
}

fn missing(names: &[String]) -> Phrase {
    let told = if names.len() == 1 { phrase!("{names} is missing") } else { phrase!("{names} are missing") };
    told.data("names", names.join(", "))
}

/// What is left of a signature.
struct Cut {
    scheme: &'static dyn Scheme,
    /// How many of its parameters are there.
    present: usize,
    /// Which are not, in the order in which SDKs write them.
    missing: Vec<&'static str>,
    id: String,
}

/// Stands for the id while a scheme says where it writes it.
const ID: &str = "id";

impl Cut {
    fn find(scheme: &'static dyn Scheme, inquiry: &Inquiry<'_>, request: &Request<'_>) -> Option<Self> {
        let (Carrier::Param(signature) | Carrier::Either(signature)) = scheme.carrier() else { return None };
        let who = Credentials::new(ID, SecretKey::new([]));
        let terms = Terms::at(Timestamp::from_unix(0)).region("region").bucket("bucket").expires_in(60);
        let claim = Claim::stated(scheme, request, &who, &terms).ok()?;
        let mut additions = Additions::default();
        scheme.place(request, &claim, &mut additions);
        let of_id = additions.params().find(|(_, value)| split_once(value, b'/').0 == ID.as_bytes());
        let of_id = of_id.map(|(name, _)| name);
        let value = |name: &str| request.param(name).and_then(|param: Param<'_>| param.value()).filter(|value| !value.is_empty());
        let (present, mut missing): (Vec<_>, Vec<_>) =
            additions.params().map(|(name, _)| name).chain([signature]).partition(|name| value(name).is_some());
        // Other names, such as `Expires`, stand in URLs of all kinds.
        if !present.iter().any(|name| Some(*name) == of_id || name.contains('-')) {
            return None;
        }
        // Some vendors take the id under several names.
        let refused = scheme.read(&inquiry.subject, &inquiry.hints).err();
        if refused.is_some_and(|error| Some(error.place) != of_id) {
            missing.retain(|name| Some(*name) != of_id);
        }
        let id = of_id.and_then(value).map(|id| String::from_utf8_lossy(split_once(&id, b'/').0).into_owned());
        (!missing.is_empty()).then(|| Self { scheme, present: present.len(), missing, id: id.unwrap_or_default() })
    }
}
