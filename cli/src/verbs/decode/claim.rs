//! What the claim of a request, URL, header value or form says.

use super::{Bucket, Document, Interval, Moment, Output, Row, Said, Scope, SessionToken, owned, row, scheme_row};
use crate::{
    args,
    report::zone::Zoned,
    verbs::{Outcome, setting::Setting},
};
use clap::ValueEnum;
use countersign::{Claim, Encoding, Timestamp, providers::cos, wire::text::Text};

pub(super) fn said(claim: &Claim<'_>, setting: &Setting<'_>) -> Said {
    Said {
        rows: rows(claim, setting),
        output: output(claim, setting.at),
        problems: Vec::new(),
        hint: None,
        outcome: Outcome::Yes,
        scope: None,
        ends: claim.expires_at,
    }
}

fn rows(claim: &Claim<'_>, setting: &Setting<'_>) -> Vec<Row> {
    let words = setting.words;
    let labels = &words.labels().claim;
    let listed = |names: &Option<Text<'_>>| match list(names.as_ref()?) {
        none if none.is_empty() => Some(words.labels().titles.nothing.to_owned()),
        some => Some(some.join(", ")),
    };
    // A time that cannot be read is shown as it is written.
    let time = |time: Option<Timestamp>, text: &Option<Text<'_>>, shown: &dyn Fn(Timestamp) -> String| match (time, text) {
        (Some(time), _) => Some(shown(time)),
        (None, Some(text)) => Some(words.remarked(&text.to_str(), labels.unread)),
        (None, None) => None,
    };
    let mut rows = vec![scheme_row(claim.scheme, setting)];
    let mut add = |label: &str, text: Option<String>| rows.extend(text.map(|text| row(label, text)));
    // The key of a CDN domain has no id.
    add(labels.access_key_id, Some(owned(&claim.access_key_id)).filter(|id| !id.is_empty()));
    add(labels.signature, Some(owned(&claim.signature)));
    add(labels.signed, time(claim.signed_at, &claim.time_text, &|time| words.signed(time, setting.at)));
    add(labels.expires, time(claim.expires_at, &claim.expires_text, &|time| words.expires(time, setting.at)));
    add(labels.key_time, claim.key_time.as_ref().map(owned));
    if let Some((start, end)) = claim.key_time.as_deref().and_then(cos::interval) {
        let utc = |time| Zoned { time, east: 0 };
        let comma = words.labels().comma;
        add("", Some([words.interval(utc(start), utc(end)), words.life(end.since(start))].join(comma)));
        add("", Some(words.local(&words.interval(Zoned::local(start), Zoned::local(end)))));
    }
    add(labels.scope, claim.scope.as_ref().map(|scope| scope.parts().map(String::from_utf8_lossy).join("/")));
    add(labels.signed_headers, listed(&claim.signed_headers));
    add(labels.signed_params, listed(&claim.signed_params));
    add(labels.payload, claim.payload.as_ref().map(owned));
    add(labels.token, claim.token.as_ref().map(|token| words.token(token.len())));
    add(labels.bucket, claim.bucket.as_ref().map(|bucket| words.bucket(bucket)));
    add(labels.document, claim.document.as_ref().map(owned));
    add(labels.decoded, claim.document.as_ref().and_then(|document| decoded(document)));
    rows
}

/// The names in a list like `host;x-amz-date`.
fn list(names: &Text<'_>) -> Vec<String> {
    let names = names.split(|byte| *byte == b';').filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// A document that is text in Base64, without it.
fn decoded(document: &[u8]) -> Option<String> {
    let bytes = [Encoding::Base64Url, Encoding::Base64].into_iter().find_map(|encoding| encoding.decode(document))?;
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty() && !text.contains(char::is_control))
}

fn output(claim: &Claim<'_>, now: Timestamp) -> Output {
    let moment = |time, text: &Option<Text<'_>>| Moment::new(time, text.as_ref().map(owned), now);
    let interval = claim.key_time.as_deref().and_then(cos::interval);
    Output {
        access_key_id: Some(owned(&claim.access_key_id)),
        signature: Some(owned(&claim.signature)),
        signed: moment(claim.signed_at, &claim.time_text),
        expires: moment(claim.expires_at, &claim.expires_text),
        key_time: claim.key_time.as_ref().map(owned),
        key_interval: interval.and_then(|(start, end)| {
            let [from, to] = [start, end].map(|time| Moment::new(Some(time), Some(time.unix().to_string()), now));
            Some(Interval { start: from?, end: to?, seconds: end.since(start) })
        }),
        scope: claim.scope.as_ref().map(|scope| Scope {
            date: owned(&scope.date),
            region: owned(&scope.region),
            service: owned(&scope.service),
            terminator: owned(&scope.terminator),
        }),
        signed_headers: claim.signed_headers.as_ref().map(list),
        signed_params: claim.signed_params.as_ref().map(list),
        payload: claim.payload.as_ref().map(owned),
        session_token: claim.token.as_ref().map(|token| SessionToken { bytes: token.len() }),
        bucket: claim.bucket.as_ref().map(|bucket| Bucket {
            name: owned(&bucket.name),
            addressing: args::Place(bucket.addressing).to_possible_value().map(|value| value.get_name().to_owned()),
            origin: bucket.origin.as_str(),
        }),
        document: claim.document.as_ref().map(|document| Document::new(document, decoded(document))),
        ..Output::of(claim.scheme)
    }
}
