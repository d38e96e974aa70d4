//! What `callback` and `callback-var` must not say, member by member.

use super::{
    BodyType, OWN, Parameter,
    make::CallbackFields,
    problem::{MAX_LEN, MAX_URLS, MAX_VARIABLES, MAX_VARIABLES_LEN, Problem},
    template::{Place, SYSTEM_VARIABLES, Template, is_number},
};
use crate::phrase::words;
use alloc::{collections::BTreeMap, string::ToString, vec::Vec};
use core::net::Ipv4Addr;
use serde_core::de::IgnoredAny;

/// Adds everything that is wrong with `fields` to `problems`.
pub(super) fn fields(fields: &CallbackFields<'_>, problems: &mut Vec<Problem>) {
    urls(fields, problems);
    if let Some(host) = fields.host.as_ref().filter(|host| !is_host(host)) {
        problems.push(Problem::Host(host.clone().into_owned()));
    }
    body(fields, problems);
    variables(fields, problems);
}

/// A problem if the Base64 of a parameter is too long.
pub(super) fn length(parameter: Parameter, len: usize) -> Option<Problem> {
    (len > MAX_LEN).then_some(Problem::TooLong { parameter, len })
}

/// The known name that `name` differs from in case alone.
pub(super) fn same_but_for_case(name: &str, known: &[&'static str]) -> Option<&'static str> {
    known.iter().copied().find(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a member was there and of the wrong type, which was said.
fn is_reported(member: &str, problems: &[Problem]) -> bool {
    problems.iter().any(|problem| matches!(problem, Problem::WrongType { member: own, .. } if *own == member))
}

fn urls(fields: &CallbackFields<'_>, problems: &mut Vec<Problem>) {
    let Some(list) = fields.url.as_deref() else {
        if !is_reported("callbackUrl", problems) {
            problems.push(Problem::UrlMissing);
        }
        return;
    };
    if list.is_empty() {
        return problems.push(Problem::UrlEmpty);
    }
    // A semicolon behind the last URL does no harm.
    let list = list.strip_suffix(';').unwrap_or(list);
    let count = list.split(';').count();
    if count > MAX_URLS {
        problems.push(Problem::TooManyUrls(count));
    }
    problems.extend(list.split(';').filter_map(|one| url(one).err()));
}

/// Looks at one URL. Its scheme may be missing.
fn url(url: &str) -> Result<(), Problem> {
    let wrong = |expected| Problem::Url { found: url.into(), expected };
    if url.is_empty() {
        return Err(wrong(words!("a URL between the semicolons")));
    }
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong(words!("percent-escapes for blanks and all that is not ASCII")));
    }
    let target = match url.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => rest,
        // Further behind it belongs to a path or a query.
        Some((before, _)) if !before.contains(['/', '?', '#']) => return Err(wrong(words!("`http://` or `https://`"))),
        _ => url,
    };
    let authority = target.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.starts_with('[') || authority.matches(':').count() > 1 {
        return Err(Problem::Ipv6(url.into()));
    }
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    if !is_name(host) {
        return Err(wrong(words!("a host")));
    }
    if port.is_some_and(|port| !is_port(port)) {
        return Err(wrong(words!("a port from 1 to 65535")));
    }
    if is_private(host) { Err(Problem::PrivateAddress(url.into())) } else { Ok(()) }
}

fn is_name(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

/// Digits only: `parse` alone would take a sign.
fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    is_name(name) && port.is_none_or(is_port)
}

/// Whether an address is reached from its own machine or network alone.
fn is_private(host: &str) -> bool {
    let address = host.parse::<Ipv4Addr>();
    let own = |ip: Ipv4Addr| ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified();
    address.is_ok_and(own) || host.eq_ignore_ascii_case("localhost")
}

fn body(fields: &CallbackFields<'_>, problems: &mut Vec<Problem>) {
    let body_type = fields.known_body_type();
    if let Some(found) = fields.body_type.as_ref().filter(|_| body_type.is_none()) {
        problems.push(Problem::BodyType(found.clone().into_owned()));
    }
    // Which type a value of the wrong kind was to name is not known.
    let is_named = fields.body_type.is_some() || !is_reported("callbackBodyType", problems);
    let body_type = body_type.filter(|_| is_named);
    let Some(text) = fields.body.as_deref().filter(|text| !text.is_empty()) else {
        if !is_reported("callbackBody", problems) {
            problems.push(Problem::BodyEmpty);
        }
        return;
    };
    let before = problems.len();
    let template = Template::parse(text, problems);
    let whole = problems.len() == before;
    for variable in template.variables() {
        known_variable(variable.name, fields, problems);
        if body_type == Some(BodyType::Json) && variable.place == Place::Quoted && !is_number(variable.name) {
            problems.push(Problem::VariableQuoted(variable.name.into()));
        }
    }
    match body_type {
        Some(BodyType::Json) if whole => {
            if let Err(error) = serde_json::from_str::<IgnoredAny>(&template.sample()) {
                problems.push(Problem::TemplateNotJson { reason: error.to_string() });
            }
        }
        Some(BodyType::Form) if text.trim_start().starts_with('{') => problems.push(Problem::JsonAsForm),
        _ => {}
    }
}

fn known_variable(name: &str, fields: &CallbackFields<'_>, problems: &mut Vec<Problem>) {
    if name.starts_with(OWN) {
        if !fields.variables.iter().any(|(own, _)| own == name) && !problems.iter().any(hides_variables) {
            problems.push(Problem::VariableNotGiven(name.into()));
        }
    } else if !SYSTEM_VARIABLES.contains(&name) {
        let meant = same_but_for_case(name, &SYSTEM_VARIABLES);
        problems.push(Problem::UnknownVariable { name: name.into(), meant });
    }
}

/// Whether variables were given and cannot be read, which was said.
fn hides_variables(problem: &Problem) -> bool {
    use Parameter::CallbackVar;
    matches!(
        problem,
        Problem::NotBase64 { parameter: CallbackVar, .. }
            | Problem::TooLong { parameter: CallbackVar, .. }
            | Problem::NotJson { parameter: CallbackVar, .. }
            | Problem::NotAnObject { parameter: CallbackVar, .. }
            | Problem::VariableNotText { .. }
            | Problem::VariablesInOneField
    )
}

fn variables(fields: &CallbackFields<'_>, problems: &mut Vec<Problem>) {
    let list = &fields.variables;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in list {
        if name.strip_prefix(OWN).is_none_or(str::is_empty) {
            problems.push(Problem::VariableName(name.clone().into_owned()));
        } else if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            problems.push(Problem::VariableUpperCase(name.clone().into_owned()));
        }
        *times.entry(name).or_default() += 1;
    }
    problems.extend(times.into_iter().filter(|(_, times)| *times > 1).map(|(name, _)| Problem::Twice(name.into())));
    if list.len() > MAX_VARIABLES {
        problems.push(Problem::ManyVariables(list.len()));
    }
    let len: usize = list.iter().map(|(name, value)| name.len() + value.len()).sum();
    if len > MAX_VARIABLES_LEN {
        problems.push(Problem::LongVariables(len));
    }
}
