//! The request by the rules of other schemes: was it signed as if it were another vendor's, or of another version?

use super::{
    catalog::scope::OTHER_SCHEME,
    context::Context,
    edit::Variant,
    explanation::{self, Explanation},
    hearing,
    report::{Certainty, Finding, Searched},
    sealing::Sealing,
};
use crate::{
    crypto::HashName,
    family::endpoint,
    phrase::{Value, phrase},
    providers,
    scheme::{Additions, Carrier, Scheme},
    secret::{Credentials, SecretKey},
    subject::{Request, Subject},
    terms::{Claim, Payload, SignedHeaders, Terms},
    time::Timestamp,
    transcript::{Transcript, transcript as write_down},
    wire::{percent, split_once, text::Text},
};
use alloc::{format, vec, vec::Vec};

/// Searches with the rules of every other scheme whose signatures look like the one that was sent. To take them is a
/// mistake already, so one less is looked for.
pub(super) fn search(context: &Context<'_>, secrets: &[Variant], searched: &mut Searched) -> Option<Explanation> {
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
    let bare = without_signature(context, request);
    let mut before = Vec::new();
    for scheme in providers::schemes().filter(|scheme| scheme.id() != claim.scheme.id() && fits(*scheme)) {
        if searched.cut_short {
            break;
        }
        let listed = claim.signed_headers.as_deref().and_then(|names| core::str::from_utf8(names).ok());
        let listed: Vec<&str> = listed.unwrap_or_default().split(';').filter(|name| !name.is_empty()).collect();
        let terms = if listed.is_empty() { terms.clone() } else { terms.clone().signed_headers(SignedHeaders::Only(&listed)) };
        let mut restated = Restated { context, scheme, who: &who, secrets, before: &mut before };
        let of_url = bare.as_deref().map(|query| request.with_query(query)).and_then(|bare| {
            restated.url(&bare, &terms, depth, searched).or_else(|| {
                // A URL that tells its end alone was signed a usual life before it.
                let end = claim.expires_at.filter(|_| claim.signed_at.is_none())?;
                LIVES.into_iter().find_map(|life| {
                    let signed = Terms { time: end.plus(-life), expires_in: u64::try_from(life).ok(), ..terms.clone() };
                    restated.url(&bare, &signed, 0, searched)
                })
            })
        });
        let is_of_url = bare.is_some() && matches!(scheme.carrier(), Carrier::Param(_));
        let found = of_url.or_else(|| {
            let adapted = restated.claim(request, &terms).filter(|_| !is_of_url)?;
            restated.search(&context.inquiry.subject, &adapted, depth, searched)
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Lives that programs give to URLs, in seconds.
const LIVES: [i64; 9] = [60, 300, 600, 900, 1_800, 3_600, 7_200, 86_400, 604_800];

/// The query without the parameters of the signature; `None` where the signature travels elsewhere.
fn without_signature(context: &Context<'_>, request: &Request<'_>) -> Option<Vec<u8>> {
    let claim = context.claim;
    let signature = claim.scheme.carrier().param_for(claim)?;
    let mut additions = Additions::default();
    claim.scheme.place(request, claim, &mut additions);
    let is_own = |name: &[u8]| additions.params().map(|(own, _)| own).chain([signature]).any(|own| own.as_bytes() == name);
    let pieces = request.query()?.split(|b| *b == b'&');
    let kept: Vec<&[u8]> = pieces.filter(|piece| !is_own(&percent::decode(split_once(piece, b'=').0))).collect();
    Some(kept.join(&b'&'))
}

/// The request by the rules of another scheme.
struct Restated<'r, 'a> {
    context: &'r Context<'a>,
    scheme: &'static dyn Scheme,
    who: &'r Credentials,
    /// The mistakes with the secret.
    secrets: &'r [Variant],
    /// What was searched before, and how far.
    before: &'r mut Vec<Sought>,
}

/// A text that was searched with its parts, how it was sealed, and by whose rules.
struct Sought {
    provider: &'static str,
    sealing: Sealing,
    transcript: Transcript,
    depth: u8,
}

impl<'r> Restated<'r, '_> {
    /// The claim the request would make; `None` when it cannot, or the signature is too long or too short.
    fn claim<'b>(&self, request: &Request<'b>, terms: &Terms<'b>) -> Option<Claim<'b>>
    where
        'r: 'b,
    {
        let mut other = Claim::stated(self.scheme, request, self.who, terms).ok()?;
        let seal = self.scheme.seal(&other);
        let length = match seal.hash {
            HashName::Md5 => 16,
            HashName::Sha1 => 20,
            HashName::Sha256 => 32,
        };
        if seal.encoding.decode(&self.context.claim.signature)?.len() != length {
            return None;
        }
        other.signature = Text::from(self.context.claim.signature.to_vec());
        // What is asked for is all that was signed: a signer would add to it.
        if let (SignedHeaders::Only(listed), Some(names)) = (terms.signed_headers, &other.signed_headers) {
            let is_listed = |name: &&[u8]| listed.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(name));
            let kept: Vec<&[u8]> = names.split(|byte| *byte == b';').filter(is_listed).collect();
            other.signed_headers = Some(Text::from(kept.join(&b';')));
        }
        Some(other)
    }

    /// Searches with the URL that the scheme would have made of one without a signature.
    fn url(&mut self, bare: &Request<'_>, terms: &Terms<'_>, depth: u8, searched: &mut Searched) -> Option<Explanation> {
        let claim = self.claim(bare, terms)?;
        claim.scheme.carrier().param_for(&claim)?;
        let mut additions = Additions::escaped(&percent::UNRESERVED);
        claim.scheme.place(bare, &claim, &mut additions);
        let complete = bare.with_added(additions.added());
        self.search(&complete.into(), &claim, depth, searched)
    }

    fn search(&mut self, subject: &Subject<'_>, claim: &Claim<'_>, depth: u8, searched: &mut Searched) -> Option<Explanation> {
        let transcript = write_down(subject, claim).ok()?;
        // The same text is searched already.
        if transcript.string_to_sign() == self.context.transcript.string_to_sign() {
            return None;
        }
        // One vendor's schemes may differ in where the signature travels alone: what is tried follows from the parts.
        let (provider, sealing) = (self.scheme.provider(), Sealing::of(&self.scheme.seal(claim)));
        let own_sealing = Sealing::of(&self.context.claim.scheme.seal(self.context.claim));
        let covers = |own: &Sought| {
            own.depth >= depth && own.provider == provider && own.sealing == sealing && own.transcript == transcript
        };
        if self.before.iter().any(covers) {
            return None;
        }
        let other = Context { claim, transcript: &transcript, is_second: true, ..*self.context };
        let Some(mut explanation) = explanation::search(&other, self.secrets, depth, searched) else {
            self.before.push(Sought { provider, sealing, transcript, depth });
            return None;
        };
        // Whoever follows the rules of the request signs the same text by a mistake of a header, and far more often.
        let own = if sealing == own_sealing { explanation::own_mistake(self.context, &transcript) } else { None };
        let finding = own.unwrap_or_else(|| self.finding());
        explanation.findings.insert(0, finding);
        explanation.documents = explanation.documents.or(Some(transcript));
        Some(explanation)
    }

    /// What there is to say of the rules that were followed.
    fn finding(&self) -> Finding {
        let (signed, sent) = (self.scheme.id(), self.context.claim.scheme.id());
        let other = phrase!("the request says `{sent}`").data("sent", sent);
        let facts = vec![("signed", Value::Text(format!("`{signed}`"))), ("other", other.into())];
        let mut finding = hearing::finding(OTHER_SCHEME, Certainty::Proved, facts);
        (finding.signed, finding.sent, finding.refusal) = (Some(signed.into()), Some(sent.into()), true);
        finding
    }
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
