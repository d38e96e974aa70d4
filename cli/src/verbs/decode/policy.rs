//! What a policy says that stands alone, without the form or token it belongs to.

use super::{Document, Moment, Output, Row, Said, outcome, row, scheme_row, times};
use crate::{input::Input, verbs::setting::Setting};
use countersign::{
    Timestamp,
    policy::{Dialect, Policy},
    providers::{self, kodo},
    wire::json::Json,
};

pub(super) fn said(input: &Input, setting: &Setting<'_>) -> Said {
    let text = String::from_utf8_lossy(input.text());
    let decoded = input.policy();
    let json = decoded.as_deref().unwrap_or(&text);
    let members = Json::read(json).ok().and_then(Json::members).unwrap_or_default();
    let is_put = members.iter().any(|(name, _)| name == "deadline");
    let written = members.iter().find(|(name, _)| matches!(&**name, "expiration" | "deadline")).map(|(_, value)| *value);
    let end = written.and_then(|value| match value.text() {
        Some(text) => Timestamp::from_rfc3339(&text),
        None => value.parse().map(Timestamp::from_unix),
    });
    let mut rows: Vec<Row> = if is_put { vec![scheme_row(&kodo::UPLOAD_TOKEN, setting)] } else { Vec::new() };
    for (name, value) in &members {
        let is_end = matches!(&**name, "expiration" | "deadline");
        match (value.items(), end.filter(|_| is_end)) {
            (_, Some(end)) => rows.extend(times(name, setting.words.expires(end, setting.at), end, setting)),
            (Some(items), None) if !is_put => {
                let label = |index| if index == 0 { name } else { "" };
                rows.extend(items.iter().enumerate().map(|(index, item)| row(label(index), item.as_str())));
            }
            _ => {
                let text = value.plain().unwrap_or_else(|| value.as_str().to_owned());
                let meaning = setting.words.meaning(name, &text).filter(|_| is_put);
                rows.push(row(name, meaning.map_or_else(|| text.clone(), |meaning| setting.words.remarked(&text, &meaning))));
            }
        }
    }
    rows.extend(decoded.as_ref().map(|json| row(setting.words.labels().claim.decoded, json.trim())));
    let problems = problems(json, is_put, setting);
    let provider = provider(is_put, setting);
    Said {
        rows,
        output: Output {
            expires: Moment::new(end, written.and_then(Json::plain), setting.at),
            document: Some(Document::new(input.text(), decoded.clone())),
            ..Output::without_scheme(provider)
        },
        outcome: outcome(&problems),
        problems,
        hint: None,
        scope: None,
        ends: end,
    }
}

/// Whose policy it is, as its form or an option tells.
fn provider(is_put: bool, setting: &Setting<'_>) -> Option<&'static str> {
    let common = setting.common;
    let of_scheme = || common.scheme.as_deref().and_then(providers::scheme).map(|scheme| scheme.provider());
    let named = || common.provider.as_deref().and_then(providers::provider).map(|provider| provider.id);
    if is_put { Some("kodo") } else { of_scheme().or_else(named) }
}

/// What is wrong with it. By whose rules, has to be known.
fn problems(json: &str, is_put: bool, setting: &Setting<'_>) -> Vec<String> {
    let language = setting.words.language();
    if is_put {
        let error = kodo::PutPolicy::parse(json).err();
        return error.iter().flat_map(|error| error.problems()).map(|problem| language.tell(problem)).collect();
    }
    let dialect = provider(is_put, setting).and_then(Dialect::of_provider);
    let fault = dialect.and_then(|dialect| Policy::parse(json.as_bytes(), dialect).err());
    fault.iter().map(|fault| language.tell(fault)).collect()
}
