//! The request by the rules of other schemes: was it signed as if it were another vendor's, or of another version?

use super::{
    catalog::scope::OTHER_SCHEME,
    context::Context,
    hearing,
    proof::{self, Explanation},
    report::{Certainty, Searched},
};
use crate::{
    crypto::HashName,
    family::endpoint,
    phrase::{Value, phrase},
    providers,
    scheme::Scheme,
    secret::{Credentials, SecretKey},
    subject::Request,
    terms::{Claim, Payload, SignedHeaders, Terms},
    time::Timestamp,
    transcript::transcript as write_down,
};
use alloc::{format, vec, vec::Vec};

/// Searches with the rules of every other scheme whose signatures look like the one that was sent. To take them is a
/// mistake already, so one less is looked for.
pub(super) fn search(context: &Context<'_>, searched: &mut Searched) -> Option<Explanation> {
    let depth = context.inquiry.depth.checked_sub(1)?;
    let (claim, request) = (context.claim, context.request()?);
    let who = Credentials::new(claim.access_key_id.to_str(), SecretKey::new([]));
    let who = match &claim.token {
        Some(token) => who.with_token(token.to_str()),
        None => who,
    };
    let host = endpoint::host_name(request);
    let time = claim.signed_at.or(claim.expires_at);
    let terms = terms_of(context, time.unwrap_or(Timestamp::from_unix(0)), &host);
    // A claim that tells no time can only be meant for a scheme that needs none: one of the same vendor.
    let fits = |scheme: &dyn Scheme| time.is_some() || scheme.provider() == claim.scheme.provider();
    let mut others = providers::schemes().filter(|scheme| scheme.id() != claim.scheme.id() && fits(*scheme));
    others.find_map(|scheme| {
        let listed = claim.signed_headers.as_deref().and_then(|names| core::str::from_utf8(names).ok());
        let listed: Vec<&str> = listed.unwrap_or_default().split(';').filter(|name| !name.is_empty()).collect();
        let terms = if listed.is_empty() { terms.clone() } else { terms.clone().signed_headers(SignedHeaders::Only(&listed)) };
        let adapted = restated(scheme, request, &who, &terms, claim)?;
        let transcript = write_down(&context.inquiry.subject, &adapted).ok()?;
        // The same text is searched already.
        if transcript.string_to_sign() == context.transcript.string_to_sign() {
            return None;
        }
        let other = Context { claim: &adapted, transcript: &transcript, ..*context };
        let mut explanation = proof::search(&other, depth, searched)?;
        let (signed, sent) = (scheme.id(), claim.scheme.id());
        let other = phrase!("the request says `{sent}`").data("sent", sent);
        let facts = vec![("signed", Value::Text(format!("`{signed}`"))), ("other", other.into())];
        let mut finding = hearing::finding(OTHER_SCHEME, Certainty::Proved, facts);
        (finding.signed, finding.sent, finding.refusal) = (Some(signed.into()), Some(sent.into()), true);
        explanation.findings.insert(0, finding);
        explanation.documents = explanation.documents.or(Some(transcript));
        Some(explanation)
    })
}

/// What a claim says in words every scheme understands.
fn terms_of<'t>(context: &Context<'t>, time: Timestamp, host: &'t str) -> Terms<'t> {
    let claim = context.claim;
    let hints = context.inquiry.hints;
    let text = |bytes: &'t [u8]| core::str::from_utf8(bytes).ok();
    let in_scope = claim.scope.as_ref().and_then(|scope| text(&scope.region));
    let in_host = || endpoint::recognise(host).and_then(|endpoint| endpoint.region);
    let mut terms = Terms::at(time);
    terms.region = hints.region.or(in_scope).or_else(in_host);
    terms.bucket = hints.bucket;
    terms.addressing = hints.addressing;
    terms.expires_in = claim.expires_at.and_then(|end| u64::try_from(end.since(time)).ok());
    if let Some(payload) = claim.payload.as_ref().and_then(|payload| text(payload)) {
        terms.payload = Payload::Text(payload);
    }
    terms
}

/// The claim the request would make in another scheme; `None` when it cannot, or the signature is too long or too short.
fn restated<'a>(
    scheme: &'static dyn Scheme,
    request: &Request<'a>,
    who: &'a Credentials,
    terms: &Terms<'a>,
    claim: &Claim<'a>,
) -> Option<Claim<'a>> {
    let mut other = scheme.state(request, who, terms).ok()?;
    let seal = scheme.seal(&other);
    let length = match seal.hash {
        HashName::Md5 => 16,
        HashName::Sha1 => 20,
        HashName::Sha256 => 32,
    };
    if seal.encoding.decode(&claim.signature)?.len() != length {
        return None;
    }
    other.signature = claim.signature.clone();
    Some(other)
}
