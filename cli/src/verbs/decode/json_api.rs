//! What a signature of the JSON API of COS says.

use super::{Document, Grant, Moment, Output, Row, Said, outcome, row, scheme_row, times};
use crate::verbs::setting::Setting;
use countersign::{
    Encoding, Scheme, Timestamp,
    providers::cos::{
        self,
        json::{Decoded, Field, Kind, Order},
    },
    wire::percent,
};

pub(super) fn said(decoded: &Decoded, setting: &Setting<'_>) -> Said {
    let problems: Vec<String> = decoded.problems.iter().map(|problem| setting.words.language().tell(problem)).collect();
    let bucket = decoded.bucket.clone().unwrap_or_default();
    let file = decoded.file.as_deref().filter(|file| !file.is_empty()).map(|file| format!(":{}", plain(file)));
    Said {
        rows: rows(decoded, setting),
        output: output(decoded, problems.clone(), setting.at),
        outcome: outcome(&problems),
        problems,
        hint: None,
        scope: Some(format!("{bucket}{}", file.unwrap_or_default())).filter(|scope| !scope.is_empty()),
        ends: ends(decoded),
    }
}

fn scheme(decoded: &Decoded) -> &'static dyn Scheme {
    match decoded.kind() {
        Some(Kind::Once) => &cos::JSON_ONCE,
        _ => &cos::JSON_MULTI,
    }
}

/// A field that is Unix seconds, which have ten digits for a long time to come.
fn time(text: &Option<String>) -> Option<Timestamp> {
    let text = text.as_deref().filter(|text| text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit()))?;
    text.parse().ok().map(Timestamp::from_unix)
}

/// The end of validity, if it has one.
fn ends(decoded: &Decoded) -> Option<Timestamp> {
    time(&decoded.expiry).filter(|_| decoded.kind() == Some(Kind::Multi))
}

/// A file without escapes.
fn plain(file: &str) -> String {
    String::from_utf8_lossy(&percent::decode(file.as_bytes())).into_owned()
}

fn rows(decoded: &Decoded, setting: &Setting<'_>) -> Vec<Row> {
    let words = setting.words;
    let labels = words.labels();
    let (claim, own) = (&labels.claim, &labels.token);
    let mut rows = vec![scheme_row(scheme(decoded), setting)];
    rows.extend(decoded.kind().map(|kind| row(own.kind, words.kind(kind))));
    rows.extend(decoded.secret_id.as_ref().map(|id| row(claim.access_key_id, id)));
    rows.push(row(claim.signature, Encoding::Hex.encode(&decoded.mac)));
    rows.push(row(own.order, order(decoded, setting)));
    rows.extend(decoded.appid.as_ref().map(|appid| row(own.appid, appid)));
    rows.extend(decoded.bucket.as_ref().map(|bucket| row(claim.bucket, bucket)));
    let unread = |text: &String| words.remarked(text, claim.unread);
    let (issued, end) = (time(&decoded.issued), ends(decoded));
    match (issued, &decoded.issued) {
        (Some(time), _) => rows.extend(times(claim.signed, words.signed(time, setting.at), time, setting)),
        (None, Some(text)) => rows.push(row(claim.signed, unread(text))),
        (None, None) => {}
    }
    match (end, &decoded.expiry) {
        (Some(time), _) => rows.extend(times(claim.expires, words.expires(time, setting.at), time, setting)),
        (None, Some(text)) if decoded.kind() == Some(Kind::Multi) => rows.push(row(claim.expires, unread(text))),
        (None, _) => {}
    }
    rows.extend(issued.zip(end).map(|(issued, end)| row(own.life, words.life(end.since(issued)))));
    rows.extend(decoded.random.as_ref().map(|random| row(own.random, random)));
    rows.extend(decoded.file.as_ref().map(|file| {
        let plain = plain(file);
        match file.as_str() {
            "" => row(own.file, own.any_file),
            same if same == plain => row(own.file, plain),
            escaped => row(own.file, words.remarked(&plain, escaped)),
        }
    }));
    rows.push(row(claim.document, String::from_utf8_lossy(&decoded.original)));
    rows
}

/// The letters in their order, and who writes them so.
fn order(decoded: &Decoded, setting: &Setting<'_>) -> String {
    let letters: Vec<_> = decoded.order.iter().map(|field| field.letter()).collect();
    let known = [Order::Formula, Order::Python, Order::JavaScript].into_iter();
    let writer = known.into_iter().find(|order| order.fields().as_slice() == decoded.order).and_then(|o| setting.words.order(o));
    let letters = letters.join(" ");
    writer.map_or_else(|| letters.clone(), |writer| setting.words.remarked(&letters, writer))
}

fn output(decoded: &Decoded, problems: Vec<String>, now: Timestamp) -> Output {
    let (issued, end) = (time(&decoded.issued), ends(decoded));
    Output {
        access_key_id: decoded.secret_id.clone(),
        signature: Some(Encoding::Hex.encode(&decoded.mac)),
        signed: Moment::new(issued, decoded.issued.clone(), now),
        expires: Moment::new(end, decoded.expiry.clone(), now),
        document: Some(Document::new(&decoded.original, None)),
        grant: Some(Grant {
            kind: decoded.kind().map(|kind| match kind {
                Kind::Multi => "multi",
                Kind::Once => "once",
            }),
            order: decoded.order.iter().map(|field| field.letter()).collect(),
            appid: decoded.field(Field::Appid).map(str::to_owned),
            bucket: decoded.bucket.clone(),
            secret_id: decoded.secret_id.clone(),
            expiry: decoded.expiry.clone(),
            issued: decoded.issued.clone(),
            random: decoded.random.clone(),
            file: decoded.file.clone(),
            life: issued.zip(end).map(|(issued, end)| end.since(issued)),
            problems,
        }),
        ..Output::of(scheme(decoded))
    }
}
