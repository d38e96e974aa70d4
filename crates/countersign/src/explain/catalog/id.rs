//! The access key id and the session token.

use crate::{
    explain::{
        At,
        cause::{Cause, Slot},
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::put_in,
    },
    family::endpoint,
    pen::Role,
    phrase::{Phrase, phrase},
    providers,
    wire::{
        percent::{self, UNRESERVED},
        split_once,
    },
};
use alloc::{format, string::String, vec::Vec};

pub(super) static CAUSES: &[Cause] = &[
    Cause::seen("access-key-surrounding-whitespace", 2, Slot::Id, blank_in_id),
    Cause::seen("access-key-unknown", 5, Slot::Id, unknown),
    Cause::seen("credential-of-another-product", 6, Slot::Id, foreign),
    Cause::seen("security-token-missing", 10, Slot::Id, token_missing),
    Cause::tried("security-token-not-signed", 7, Slot::Id, token_unsigned).or_seen(token_unlisted),
];

fn blank_in_id(context: &Context<'_>, notes: &mut Notes<'_>) {
    let id = context.claim.access_key_id.to_str();
    let blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}');
    let what = match id.char_indices().find(|(_, c)| blank(*c)) {
        Some((at, c)) => Some(
            phrase!("{blank} at offset {at} of {length}").with("blank", character(c)).with("at", at).with("length", id.len()),
        ),
        None => escaped_blank(&id).or_else(|| {
            // Reading the header drops the blanks before the id.
            let value = context.request()?.header_value("authorization").filter(|_| !context.is_v4() && !context.in_url())?;
            let doubled = split_once(value, b' ').1.is_some_and(|rest| rest.starts_with(b" ") || rest.starts_with(b"\t"));
            doubled.then(|| phrase!("a blank (U+0020) before it"))
        }),
    };
    if let Some(what) = what {
        notes.push(Note::seen().refused().fact("what", what));
    }
}

/// A blank that was escaped once more than the place of the id asks for.
fn escaped_blank(id: &str) -> Option<Phrase> {
    let escape =
        ["%20", "%09", "%0A", "%0a", "%0D", "%0d", "%C2%A0", "%E2%80%8B", "%EF%BB%BF"].into_iter().find(|e| id.contains(e))?;
    Some(phrase!("an escaped blank, `{escape}`").data("escape", escape))
}

fn character(c: char) -> Phrase {
    let name = match c {
        '\n' => phrase!("a line feed"),
        '\r' => phrase!("a carriage return"),
        '\t' => phrase!("a tab"),
        ' ' => phrase!("a blank"),
        '\u{a0}' => phrase!("a no-break space"),
        '\u{feff}' => phrase!("a byte order mark"),
        _ => phrase!("an invisible character"),
    };
    phrase!("{name} (U+{code})").with("name", name).data("code", format!("{:04X}", u32::from(c)))
}

/// How servers say that they do not know an id.
static UNKNOWN_CODES: [&str; 6] =
    ["InvalidAccessKeyId", "InvalidAccessKeyId.NotFound", "InvalidSecurity", "InvalidClientTokenId", "NotSignedUp", "-79"];
static UNKNOWN_MESSAGES: [&str; 5] =
    ["no such user", "not exist in our records", "access key is not found", "accesskey is not found", "forbidden: no such key: "];
/// How they say that they do not know a session token, or not with this id.
static UNKNOWN_TOKEN: [&str; 3] = ["InvalidToken", "InvalidSecurityToken", "AccessKeyIdAndSecurityTokenNotMatch"];

fn says_unknown(context: &Context<'_>) -> bool {
    let Some(answer) = context.answer() else { return false };
    let message = answer.message.as_deref().unwrap_or_default().to_ascii_lowercase();
    answer.code.as_deref().is_some_and(|code| UNKNOWN_CODES.contains(&code))
        || UNKNOWN_MESSAGES.iter().any(|text| message.contains(text))
}

fn unknown(context: &Context<'_>, notes: &mut Notes<'_>) {
    let code = context.answer().and_then(|answer| answer.code.as_deref());
    let is_token = code.is_some_and(|code| UNKNOWN_TOKEN.contains(&code));
    if is_token || says_unknown(context) {
        let host = context.request().map(endpoint::host_name).filter(|host| !host.is_empty());
        let host = host.map_or(phrase!("this server"), |host| phrase!("`{name}`").data("name", host));
        let note = Note::server().refused().fact("host", host);
        let of_token = |note: Note| {
            note.fact("what", phrase!("the session token, or not as that of this access key id"))
                .fact("token", phrase!("; take id, secret and token from one and the same answer"))
        };
        notes.push(if is_token { of_token(note) } else { note });
    }
}

/// A kind of access key ids, as its vendor makes them.
pub(crate) struct IdForm {
    /// The vendor whose storage takes them.
    pub(crate) vendor: &'static str,
    /// What they are, in a few words.
    pub(crate) product: Phrase,
    /// How those begin that go with a session token.
    pub(crate) temporary: Option<&'static str>,
    /// Whether an id is one of them.
    pub(crate) fits: fn(&str) -> bool,
}

/// What an id belongs to, told by its form: the vendor, if its storage has such ids, and a name.
fn owner(id: &str) -> Option<(&'static str, Phrase)> {
    let starts = |prefix: &str| id.starts_with(prefix);
    if let Some(form) = providers::ids().find(|form| (form.fits)(id)) {
        return Some((form.vendor, form.product.clone()));
    }
    Some(match id {
        _ if starts("wx") && id.len() == 18 && id.bytes().skip(2).all(|b| b.is_ascii_hexdigit()) => {
            ("", phrase!("the id of a WeChat mini-program"))
        }
        _ if starts("ya29.") || starts("eyJ") => ("", phrase!("an OAuth or OpenID token")),
        _ if id.contains('@') => ("", phrase!("a mail or console login")),
        _ if id.len() >= 9 && id.bytes().all(|b| b.is_ascii_digit()) => ("", phrase!("an account or application number")),
        _ => return None,
    })
}

fn foreign(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some((vendor, product)) = owner(&context.claim.access_key_id.to_str()) else { return };
    let Some(request) = context.request() else { return };
    let host = endpoint::host_name(request);
    let at_home = match endpoint::recognise(&host) {
        Some(endpoint) => endpoint.vendor == vendor,
        // Nothing is known of this server but that it is no home for what is no vendor's key.
        None => !vendor.is_empty(),
    };
    if !at_home {
        let note = if says_unknown(context) { Note::server().refused() } else { Note::likely() };
        notes.push(note.fact("product", product).data("host", host));
    }
}

/// Where the vendor wants the session token of this kind of request.
fn token_name(context: &Context<'_>) -> String {
    let prefix = context.own_prefix();
    let prefix = match (context.in_url(), context.is_v4(), prefix) {
        (true, false, "x-oss-" | "x-kss-") => "",
        (true, true, "x-amz-") => return "X-Amz-Security-Token".into(),
        (true, true, "x-kss-") => return "X-Kss-Security-Token".into(),
        _ => prefix,
    };
    format!("{prefix}security-token")
}

fn token_missing(context: &Context<'_>, notes: &mut Notes<'_>) {
    let id = context.claim.access_key_id.to_str();
    let mut prefixes = providers::ids().filter_map(|form| form.temporary);
    let Some(prefix) = prefixes.find(|prefix| id.starts_with(prefix)) else { return };
    let name = token_name(context);
    let in_header_alone =
        context.scheme_is("oss-v1-url") && context.request().is_some_and(|request| request.param(&name).is_none());
    let place = match &context.claim.token {
        Some(token) if !token.is_empty() && !in_header_alone => return,
        Some(token) if !token.is_empty() => Some(phrase!(" in its URL")),
        _ => None,
    };
    let note = Note::seen().refused().data("prefix", prefix).data("name", name);
    notes.push(place.into_iter().fold(note, |note, place| note.fact("place", place)));
}

fn is_token(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(b"security-token") || name == b"x-amz-s3session-token"
}

fn token_unsigned(context: &Context<'_>, edits: &mut Edits<'_>) {
    let own = |role| context.parts(role).filter(|at| context.part(*at).is_some_and(|part| is_token(&part.name)));
    for at in own(Role::Query).chain(own(Role::Header)) {
        let listed = own(Role::SignedHeader).next().filter(|_| context.part(at).is_some_and(|part| part.role == Role::Header));
        // A parameter of a push stands in a line of its own.
        let is_line = context.scheme_is("oss-rtmp-url");
        let edit = if is_line { Edit::new().set_range(at, at.part + 1, "") } else { Edit::new().cut(at) };
        let edit = edit.fact("what", phrase!("left out of"));
        edits.push(listed.into_iter().fold(edit, Edit::cut));
    }
    // The reverse: other requests of the capture carry the token that this one lacks.
    if context.claim.token.as_ref().is_none_or(|token| token.is_empty()) {
        for token in related_tokens(context) {
            edits.extend(with_token(context, &token).map(|edit| edit.fact("what", phrase!("signed and not sent with"))));
        }
    }
}

fn related_tokens(context: &Context<'_>) -> Vec<Vec<u8>> {
    const FAR: usize = 64;
    let mut tokens: Vec<Vec<u8>> = Vec::new();
    // Of a capture of thousands, those that come first tell it.
    for subject in context.inquiry.related.iter().take(FAR) {
        let Ok(Some(claim)) = providers::read(subject, &context.inquiry.hints, context.inquiry.among) else { continue };
        let Some(token) = claim.token.filter(|token| !tokens.iter().any(|own| **own == **token)) else { continue };
        if claim.access_key_id == context.claim.access_key_id {
            tokens.push(token.to_vec());
        }
    }
    tokens
}

/// The token written where the scheme signs it.
fn with_token(context: &Context<'_>, token: &[u8]) -> Option<Edit> {
    let name = token_name(context);
    let lower = name.to_ascii_lowercase();
    if let Some(listed) = context.header(&lower) {
        return Some(Edit::new().set(listed, [lower.as_bytes(), b":", token].concat()));
    }
    if !context.in_url() {
        return put_in(context, Edit::new(), &name, token);
    }
    let item = match context.is_v4() {
        true => [name.as_bytes(), b"=", &percent::encoded(token, &UNRESERVED)].concat(),
        false => [name.as_bytes(), b"=", token].concat(),
    };
    let behind = |at: &At| context.part(*at).is_some_and(|part| *part.name > *name.as_bytes());
    let edit = Edit::new().data("name", &*name);
    if let Some(next) = context.parts(Role::Query).find(behind) {
        return Some(edit.set(next, [&*item, b"&", context.bytes(next)].concat()));
    }
    let (place, lead) = match context.parts(Role::Query).last() {
        Some(last) => (last, &b"&"[..]),
        None if context.is_v4() => return None,
        None => (context.first(Role::Path)?, &b"?"[..]),
    };
    Some(edit.add(place, [lead, &item].concat()))
}

/// S3 refuses headers of its own that are sent and not listed. Other services want the token unlisted now and then.
fn token_unlisted(context: &Context<'_>, notes: &mut Notes<'_>) {
    let (Some(request), Some(listed)) = (context.request(), &context.claim.signed_headers) else { return };
    let listed: Vec<&[u8]> = listed.split(|b| *b == b';').collect();
    let sent = request.headers().filter(|field| is_token(field.name.as_bytes()));
    for field in sent.filter(|_| context.scheme_is("s3-v4")) {
        let name = field.name.to_ascii_lowercase();
        if !listed.contains(&name.as_bytes()) {
            notes.push(Note::seen().refused().data("name", name).fact("what", phrase!("left out of")));
        }
    }
}
