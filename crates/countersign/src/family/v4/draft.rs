//! Writes the canonical request and the string to sign.

use super::{Blanks, PathRule, Rules, UNSIGNED_PAYLOAD, body_hash};
use crate::{
    error::DraftError,
    pen::{Document, List, Origin, Pen, Role, line, line_end, part},
    phrase::words,
    subject::Request,
    terms::{Claim, PathForm, Payload, Scope},
    wire::{
        Few,
        header::{self, Named},
        percent,
        query::{Equals, Param},
        sorted,
        text::Text,
    },
};

/// Writes the canonical request and the string to sign as AWS defines them.
pub(crate) fn draft(
    rules: &Rules,
    request: &Request<'_>,
    claim: &Claim<'_>,
    payload: &Payload<'_>,
    pen: &mut Pen<'_>,
) -> Result<(), DraftError> {
    pen.open(Document::CanonicalRequest);
    line(pen, Role::Method, Origin::Request, request.method().as_bytes());
    path(rules.path, request, claim.path_form, pen);
    line_end(pen);
    query(request, Some(rules.params.signature), Equals::Always, pen);
    line_end(pen);
    let names = claim.signed_headers.as_ref().ok_or(DraftError::Missing(words!("the list of signed headers")))?;
    let mut fields = Named::new();
    fields.extend(request.headers());
    let mut is_tidy = true;
    for name in names.split(|b| *b == b';') {
        if name.is_empty() {
            is_tidy = false;
        } else {
            header_line(rules, request, &fields, name, pen);
        }
    }
    line_end(pen);
    if !is_tidy || !pen.wrote_whole(names) {
        let mut list = List::new("", ";");
        for name in names.split(|b| *b == b';').filter(|name| !name.is_empty()) {
            pen.item(&mut list);
            pen.part(Role::SignedHeader, name, Origin::Request);
            pen.write(name);
        }
    }
    line_end(pen);
    match (&claim.payload, payload) {
        (Some(text), _) => part(pen, Role::Payload, Origin::Request, text),
        (None, Payload::Text(text)) => part(pen, Role::Payload, Origin::Scheme, text.as_bytes()),
        (None, Payload::Unsigned) => part(pen, Role::Payload, Origin::Scheme, UNSIGNED_PAYLOAD.as_bytes()),
        (None, Payload::Body) => {
            part(pen, Role::Payload, Origin::Computed, &body_hash(request.body()).ok_or(DraftError::BodyNeeded)?)
        }
    }
    string_to_sign(rules.algorithm, claim, pen)
}

/// Writes the string to sign: algorithm, time, scope, digest.
pub(crate) fn string_to_sign(algorithm: &str, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let scope = claim.scope.as_ref().ok_or(DraftError::Missing(words!("the scope")))?;
    let time = claim.time_text.as_ref().ok_or(DraftError::Missing(words!("the time")))?;
    opening(algorithm, time, scope, pen);
    pen.part(Role::Digest, &[], Origin::Computed);
    pen.close_digest();
    Ok(())
}

/// Writes the lines that every string to sign begins with: algorithm, time, scope.
pub(crate) fn opening(algorithm: &str, time: &Text<'_>, scope: &Scope<'_>, pen: &mut Pen<'_>) {
    pen.open(Document::StringToSign);
    line(pen, Role::Algorithm, Origin::Scheme, algorithm.as_bytes());
    line(pen, Role::Time, Origin::Request, time);
    let mut list = List::new("", "/");
    let roles = [Role::ScopeDate, Role::Region, Role::Service, Role::Terminator];
    for (role, piece) in roles.into_iter().zip(scope.parts()) {
        pen.item(&mut list);
        part(pen, role, Origin::Request, piece);
    }
    line_end(pen);
}

/// Writes the canonical URI.
fn path(rule: PathRule, request: &Request<'_>, form: PathForm, pen: &mut Pen<'_>) {
    pen.part(Role::Path, &[], Origin::Request);
    let raw = request.path();
    if raw.is_empty() {
        pen.write(b"/");
    } else if rule == PathRule::Once {
        percent::recode(raw, &percent::PATH, pen);
    } else if form == PathForm::AsSent {
        percent::encode(raw, &percent::PATH, pen);
    } else {
        percent::encode(&normalized(raw), &percent::PATH, pen);
    }
}

/// Resolves dot segments and double slashes.
pub(crate) fn normalized(path: &[u8]) -> Few<u8, 256> {
    let mut kept: Few<&[u8], 16> = Few::new();
    for segment in path.split(|b| *b == b'/') {
        match segment {
            b"" | b"." => {}
            b".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let mut out = Few::new();
    for segment in &kept {
        out.push(b'/');
        out.extend_from_slice(segment);
    }
    if out.is_empty() || path.ends_with(b"/") {
        out.push(b'/');
    }
    out
}

/// Writes all parameters but `except`, sorted by encoded name and value.
///
/// AWS writes `name=` for a parameter without a value, OSS `name`.
pub(crate) fn query(request: &Request<'_>, except: Option<&str>, equals: Equals, pen: &mut Pen<'_>) {
    // Most requests have no parameters but those that a signer adds, and the signature is not among these yet.
    if let Some(added) = request.only_added().filter(|added| added.are_sorted) {
        return pen.params(added, Origin::Request);
    }
    let mut params = Params::new();
    for param in request.params() {
        if !except.is_some_and(|name| param.is(name)) {
            params.push(param);
        }
    }
    sorted_params(&params, equals, pen);
}

/// The parameters of a request: few have more.
pub(crate) type Params<'a> = Few<Param<'a>, 16>;

/// Writes `params` sorted by encoded name and value.
pub(crate) fn sorted_params(params: &[Param<'_>], equals: Equals, pen: &mut Pen<'_>) {
    let mut list = List::new("", "&");
    for param in sorted(params, Param::cmp_encoded) {
        pen.item(&mut list);
        pen.param(param, Origin::Request);
        param.write_pair(equals, pen);
    }
}

/// Writes `name:value` and a line end; repeated headers are joined with commas.
pub(crate) fn header_line(rules: &Rules, request: &Request<'_>, fields: &Named<'_, '_>, name: &[u8], pen: &mut Pen<'_>) {
    pen.part(Role::Header, name, Origin::Request);
    pen.write(name);
    pen.write(b":");
    if name.eq_ignore_ascii_case(b"host") {
        request.write_host(pen);
    } else {
        let mut list = List::new("", ",");
        for field in fields.get(name) {
            pen.write(list.lead().as_bytes());
            match rules.blanks {
                Blanks::Joined => header::collapsed(field.value, pen),
                Blanks::Kept => header::unfolded(field.value, pen),
            }
        }
    }
    line_end(pen);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalising_follows_rfc_3986() {
        for (path, wanted) in
            [("/./", "/"), ("//example//", "/example/"), ("/a/../b/./c", "/b/c"), ("/../..", "/"), ("/a/..", "/"), ("", "/")]
        {
            assert_eq!(normalized(path.as_bytes()).as_slice(), wanted.as_bytes(), "{path}");
        }
    }
}
