//! `decode`: what a signature says of itself. Needs no secret, proves nothing.

use super::{Answer, Outcome, setting::Setting};
use crate::{
    args::{self, Decode, Format},
    report::{json, visible::on_one_line, wrap::padded},
    trouble::Trouble,
};
use clap::ValueEnum;
use countersign::{Claim, Encoding, Timestamp, providers, wire::text::Text};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

pub fn run(args: &Decode, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let input = setting.input(&args.input.input, None)?;
    let place = setting.place(&input)?;
    let hints = setting.hints(&place);
    let subject = input.subject()?;
    let claim = setting.claim(&subject, &hints)?;
    let text = match setting.common.format {
        Format::Json => json::write(&Output::new(&claim, setting.at)),
        Format::Text => text(&claim, setting).into_bytes(),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

/// One line for each thing the claim says.
fn text(claim: &Claim<'_>, setting: &Setting<'_>) -> String {
    let words = setting.words;
    let labels = &words.labels().claim;
    let string = |text: &Text<'_>| text.to_str().into_owned();
    let listed = |names: &Option<Text<'_>>| names.as_ref().map(|names| list(names).join(", "));
    // A time that cannot be read is shown as it is written.
    let time = |time: Option<Timestamp>, text: &Option<Text<'_>>, shown: &dyn Fn(Timestamp) -> String| match (time, text) {
        (Some(time), _) => Some(shown(time)),
        (None, Some(text)) => Some(format!("{text} ({})", labels.unread)),
        (None, None) => None,
    };
    let vendor = providers::provider(claim.scheme.provider()).map_or(claim.scheme.provider(), |provider| provider.name);
    let rows = [
        (labels.scheme, Some(format!("{} ({vendor})", claim.scheme.id()))),
        (labels.access_key_id, Some(string(&claim.access_key_id))),
        (labels.signature, Some(string(&claim.signature))),
        (labels.signed, time(claim.signed_at, &claim.time_text, &|time| words.signed(time, setting.at))),
        (labels.expires, time(claim.expires_at, &claim.expires_text, &|time| words.expires(time, setting.at))),
        (labels.key_time, claim.key_time.as_ref().map(string)),
        (labels.scope, claim.scope.as_ref().map(|scope| scope.parts().map(String::from_utf8_lossy).join("/"))),
        (labels.signed_headers, listed(&claim.signed_headers)),
        (labels.signed_params, listed(&claim.signed_params)),
        (labels.payload, claim.payload.as_ref().map(string)),
        (labels.token, claim.token.as_ref().map(|token| words.token(token.len()))),
        (labels.bucket, claim.bucket.as_ref().map(|bucket| words.bucket(bucket))),
        (labels.document, claim.document.as_ref().map(string)),
        (labels.decoded, claim.document.as_ref().and_then(|document| decoded(document))),
    ];
    let said = || rows.iter().filter_map(|(label, text)| text.as_ref().map(|text| (label, text)));
    let width = said().map(|(label, _)| label.width()).max().unwrap_or(0);
    said().map(|(label, text)| format!("{}  {}\n", padded(label, width), on_one_line(text))).collect()
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

/// The claim as JSON, schema `countersign.claim/1`. What it does not say is `null`.
#[derive(Serialize)]
struct Output {
    schema: &'static str,
    provider: &'static str,
    scheme: &'static str,
    access_key_id: String,
    signature: String,
    signed: Option<Moment>,
    expires: Option<Moment>,
    key_time: Option<String>,
    scope: Option<Scope>,
    signed_headers: Option<Vec<String>>,
    signed_params: Option<Vec<String>>,
    payload: Option<String>,
    session_token: Option<Token>,
    bucket: Option<Bucket>,
    document: Option<Document>,
}

/// A time: as it is written, as a point in time, and the seconds from the clock to it.
#[derive(Serialize)]
struct Moment {
    text: Option<String>,
    at: Option<String>,
    seconds_from_now: Option<i64>,
}

#[derive(Serialize)]
struct Scope {
    date: String,
    region: String,
    service: String,
    terminator: String,
}

/// A session token is a credential: only its length is told.
#[derive(Serialize)]
struct Token {
    bytes: usize,
}

#[derive(Serialize)]
struct Bucket {
    name: String,
    addressing: Option<String>,
    origin: &'static str,
}

#[derive(Serialize)]
struct Document {
    text: String,
    /// The same without Base64, if it is text.
    decoded: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
}

impl Output {
    fn new(claim: &Claim<'_>, now: Timestamp) -> Self {
        let string = |text: &Text<'_>| text.to_str().into_owned();
        let moment = |time: Option<Timestamp>, text: &Option<Text<'_>>| {
            (time.is_some() || text.is_some()).then(|| Moment {
                text: text.as_ref().map(string),
                at: json::time(time),
                seconds_from_now: time.map(|time| time.since(now)),
            })
        };
        Self {
            schema: "countersign.claim/1",
            provider: claim.scheme.provider(),
            scheme: claim.scheme.id(),
            access_key_id: string(&claim.access_key_id),
            signature: string(&claim.signature),
            signed: moment(claim.signed_at, &claim.time_text),
            expires: moment(claim.expires_at, &claim.expires_text),
            key_time: claim.key_time.as_ref().map(string),
            scope: claim.scope.as_ref().map(|scope| Scope {
                date: string(&scope.date),
                region: string(&scope.region),
                service: string(&scope.service),
                terminator: string(&scope.terminator),
            }),
            signed_headers: claim.signed_headers.as_ref().map(list),
            signed_params: claim.signed_params.as_ref().map(list),
            payload: claim.payload.as_ref().map(string),
            session_token: claim.token.as_ref().map(|token| Token { bytes: token.len() }),
            bucket: claim.bucket.as_ref().map(|bucket| Bucket {
                name: string(&bucket.name),
                addressing: args::Place(bucket.addressing).to_possible_value().map(|value| value.get_name().to_owned()),
                origin: bucket.origin.as_str(),
            }),
            document: claim.document.as_ref().map(|document| {
                let (text, hex) = json::text_and_hex(document);
                Document { text, decoded: decoded(document), hex }
            }),
        }
    }
}
