//! Which parameters take part.

use super::{Item, Listed, MOST, is_own, is_same, named, own_names, redrafted, sent, shown};
use crate::{
    explain::{
        context::Context,
        edit::Edits,
        inspect::{Note, Notes},
    },
    subject::{Request, Subject},
    wire::{
        percent::{self, UNRESERVED},
        query::{self, Param},
        split_once,
    },
};
use alloc::{vec, vec::Vec};

pub(super) fn subresource_not_signed(context: &Context<'_>, edits: &mut Edits<'_>) {
    if context.is_lines()
        && let Some(list) = Listed::of(context)
    {
        left_out(context, &list, edits, &|_| true);
    }
}

pub(super) fn added_after_signing(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context) else { return };
    let own = own_names(context);
    left_out(context, &list, edits, &|item| !is_own(&own, item.name));
    // What was hung on behind the signature.
    let carried = context.claim.scheme.carrier().param_for(context.claim);
    let behind: Vec<Param<'_>> = sent(context).skip_while(|param| carried.is_none_or(|name| !param.is(name))).collect();
    let is_behind = |item: &Item<'_>| behind.iter().any(|param| is_same(context, item, param)) && !is_own(&own, item.name);
    let name = named(list.params.iter().filter(|item| is_behind(item)).map(|item| item.name));
    edits.push(list.edit_without(is_behind).data("name", name));
}

/// The most parameters of which every two are tried.
const MOST_PAIRED: usize = 8;

/// Leaves out each parameter by itself, all together, and every two.
fn left_out(context: &Context<'_>, list: &Listed<'_>, edits: &mut Edits<'_>, may_go: &dyn Fn(&Item<'_>) -> bool) {
    let going: Vec<&Item<'_>> = list.params.iter().filter(|item| may_go(item)).collect();
    let mut offer = |gone: &[&Item<'_>], is_far: bool| {
        let edit = list.edit_without(|item| gone.iter().any(|own| own.at == item.at));
        let edit = edit.data("name", named(gone.iter().map(|item| item.name)));
        edits.push(if is_far { edit.alone() } else { edit });
    };
    for item in going.iter().take(MOST) {
        offer(&[item], false);
    }
    offer(&going, false);
    if context.inquiry.depth >= 2 && !context.is_second {
        for (number, first) in going.iter().take(MOST_PAIRED).enumerate() {
            for second in going.iter().take(MOST_PAIRED).skip(number + 1) {
                offer(&[first, second], true);
            }
        }
    }
}

pub(super) fn non_subresource_signed(context: &Context<'_>, edits: &mut Edits<'_>) {
    let (Some(list), Some(request)) = (Listed::of(context).filter(|_| context.is_lines()), context.request()) else { return };
    let own = own_names(context);
    let is_signed = |name: &[u8]| list.params.iter().any(|item| item.name == name);
    let others: Vec<Param<'_>> =
        sent(context).filter(|param| !is_own(&own, &param.name()) && !is_signed(&param.name())).collect();
    if others.is_empty() {
        return;
    }
    let plain = |param: &Param<'_>| match param.value().filter(|_| !param.is_empty()) {
        Some(value) => [&param.name(), &b"="[..], &value].concat(),
        None => param.name().into_owned(),
    };
    let mut offer = |added: &[&Param<'_>], is_far: bool| {
        let mut items: Vec<(Vec<u8>, Vec<u8>)> =
            list.params.iter().map(|item| (item.name.to_vec(), item.text.to_vec())).collect();
        items.extend(added.iter().map(|param| (param.name().into_owned(), plain(param))));
        items.sort_by(|a, b| a.0.cmp(&b.0));
        let name = named(added.iter().map(|param| param.name()));
        let edit = list.edit(items.iter().map(|(_, text)| text)).data("name", name);
        edits.push(if is_far { edit.alone() } else { edit });
    };
    for param in others.iter().take(MOST) {
        offer(&[param], false);
    }
    offer(&others.iter().collect::<Vec<_>>(), false);
    // Lists of names come from other vendors' SDKs, with names that do not exist here.
    if context.inquiry.depth >= 2 && others.len() > 2 && !context.is_second {
        for (number, first) in others.iter().enumerate().take(MOST_PAIRED) {
            for second in others.iter().take(MOST_PAIRED).skip(number + 1) {
                offer(&[first, second], true);
            }
        }
    }
    // The query as it stands, with and without what carries the signature.
    let raw = request.query().unwrap_or_default();
    let foreign = raw.split(|b| *b == b'&').filter(|piece| !is_own(&own, &percent::decode(split_once(piece, b'=').0)));
    let name = named(others.iter().map(Param::name));
    edits.push(list.edit(foreign).data("name", name.as_str()));
    edits.push(list.edit([raw]).data("name", name));
}

pub(super) fn not_signed(context: &Context<'_>, edits: &mut Edits<'_>) {
    if let Some(list) = Listed::of(context).filter(|_| !context.is_lines()) {
        edits.push(list.edit::<&[u8]>([]));
    }
}

/// Parameters that are lost on the way, with the values they usually have. `{file}` is the end of the key.
static USUAL: [(&str, &str); 13] = [
    ("response-content-disposition", "attachment"),
    ("response-content-disposition", "inline"),
    ("response-content-disposition", "attachment; filename=\"{file}\""),
    ("response-content-disposition", "attachment; filename={file}"),
    ("response-content-type", "application/octet-stream"),
    ("versionId", "null"),
    ("acl", ""),
    ("uploads", ""),
    ("list-type", "2"),
    ("x-id", "{operation}"),
    ("x-amz-checksum-mode", "ENABLED"),
    ("x-amz-sdk-checksum-algorithm", "CRC32"),
    ("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"),
];

pub(super) fn dropped_after_signing(context: &Context<'_>, edits: &mut Edits<'_>) {
    let (Some(list), Some(request)) = (Listed::of(context), context.request()) else { return };
    let mut dropped: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut offer = |name: &[u8], value: &[u8]| {
        let is_known = dropped.iter().any(|(own, of_own)| own == name && of_own == value);
        if !is_known && !sent(context).any(|param| *param.name() == *name) {
            dropped.push((name.to_vec(), value.to_vec()));
        }
    };
    let path = percent::decode(request.path());
    let file = path.rsplit(|b| *b == b'/').next().map(shown).unwrap_or_default();
    let operation = match request.method() {
        "GET" => "GetObject",
        "PUT" => "PutObject",
        "HEAD" => "HeadObject",
        "DELETE" => "DeleteObject",
        "POST" => "CreateMultipartUpload",
        _ => "",
    };
    let is_s3 = context.claim.scheme.provider() == "s3";
    for (name, value) in USUAL {
        let amazons = name == "x-id" || name.as_bytes().get(..6).is_some_and(|start| start.eq_ignore_ascii_case(b"x-amz-"));
        let lacks = (value.contains("{file}") && file.is_empty()) || (value == "{operation}" && operation.is_empty());
        if !lacks && (is_s3 || !amazons) {
            offer(name.as_bytes(), value.replace("{file}", &file).replace("{operation}", operation).as_bytes());
        }
    }
    // What the server quotes, and what another request for the same path carries.
    for (name, value) in quoted_params(context).into_iter().take(MOST) {
        offer(&name, &value);
    }
    let same_path = context.inquiry.related.iter().filter_map(Subject::request).filter(|other| other.path() == request.path());
    let own = own_names(context);
    for param in same_path.flat_map(|other| other.params()).filter(|param| !is_own(&own, &param.name())).take(MOST) {
        offer(&param.name(), &param.value().unwrap_or_default());
    }
    with_one_of(context, &list, &dropped, edits);
}

/// A list of signed parameters names one that is not there. Its value is not known.
pub(super) fn listed_and_not_sent(context: &Context<'_>, notes: &mut Notes<'_>) {
    let (Some(listed), Some(request)) = (&context.claim.signed_params, context.request()) else { return };
    let is_sent = |name: &[u8]| request.params().any(|param| param.name().eq_ignore_ascii_case(name));
    for entry in listed.split(|byte| *byte == b';').filter(|entry| !entry.is_empty()) {
        let name = percent::decode(entry);
        if !is_sent(&name) {
            notes.push(Note::seen().data("name", shown(&name)).data("value", shown(&name)).shows(Some(shown(&name)), None));
        }
    }
}

/// The list with each of some more parameters. It is drafted with all of them at once, and the others are left out of it.
fn with_one_of(context: &Context<'_>, list: &Listed<'_>, added: &[(Vec<u8>, Vec<u8>)], edits: &mut Edits<'_>) {
    let mut query = context.request().and_then(Request::query).unwrap_or_default().to_vec();
    let mut written = Vec::new();
    for (name, value) in added {
        let equals: &[u8] = if value.is_empty() { b"" } else { b"=" };
        let param = [&percent::encoded(name, &UNRESERVED), equals, &percent::encoded(value, &UNRESERVED)].concat();
        query.extend_from_slice(if query.is_empty() { b"" } else { b"&" });
        query.extend_from_slice(&param);
        written.push(param);
    }
    let Some(items) = redrafted(context, &query) else { return };
    // Which of those that were added an item is.
    let mut owners: Vec<Option<usize>> = vec![None; items.len()];
    for (number, (name, value)) in added.iter().enumerate() {
        let is_it = |item: &[u8]| {
            let (own, of_own) = split_once(item, list.sign());
            let of_own = of_own.unwrap_or_default();
            percent::decode(own).eq_ignore_ascii_case(name) && (of_own == value.as_slice() || *percent::decode(of_own) == **value)
        };
        let free = items.iter().zip(&mut owners).find(|(item, owner)| owner.is_none() && is_it(item));
        if let Some((_, owner)) = free {
            *owner = Some(number);
        }
    }
    for (number, ((name, _), param)) in added.iter().zip(&written).enumerate() {
        if owners.contains(&Some(number)) {
            let kept = items.iter().zip(&owners).filter(|(_, owner)| owner.is_none_or(|owner| owner == number));
            edits.push(list.edit(kept.map(|(item, _)| item)).data("name", shown(name)).data("value", shown(param)));
        }
    }
}

/// The parameters in the strings the server quotes, without escapes.
fn quoted_params(context: &Context<'_>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let Some(answer) = context.answer() else { return Vec::new() };
    let line = |text: &[u8], number: usize| text.split(|b| *b == b'\n').nth(number).map(<[u8]>::to_vec);
    let (list, has_escapes) = if context.is_lines() {
        let text = answer.string_to_sign.as_ref().map(|quoted| quoted.bytes.as_slice()).unwrap_or_default();
        let resource = text.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        (split_once(resource, b'?').1.map(<[u8]>::to_vec), false)
    } else {
        (answer.canonical_request.as_ref().and_then(|quoted| line(&quoted.bytes, 2)), true)
    };
    let list = list.unwrap_or_default();
    let plain = |text: &[u8]| if has_escapes { percent::decode(text).into_owned() } else { text.to_vec() };
    query::params(&list)
        .filter_map(|param| match param {
            Param::Wire(name, value) => Some((plain(name), plain(value.unwrap_or_default()))),
            Param::Added(..) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::{Inquiry, Request, SecretKey, explain, explain::Certainty};

    #[test]
    fn a_list_tells_of_a_parameter_that_is_not_sent() {
        // Signed with `versionid=7`, by Python's hmac.
        let url = "https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/a.jpg?q-sign-algorithm=sha1&q-ak=CSIDEXAMPLE0001\
            &q-sign-time=1777624215%3B1777625115&q-key-time=1777624215%3B1777625115&q-header-list=host\
            &q-url-param-list=versionid&q-signature=58b94e833fcaa5d83b108019533a72964be63813";
        let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
        let mut inquiry = Inquiry::new(Request::new("GET", url).unwrap().into());
        inquiry.secrets = &secrets;
        let report = explain(&inquiry).unwrap();
        let first = report.findings.first().unwrap();
        assert_eq!((first.code, first.certainty), ("query-dropped-after-signing", Certainty::Seen));
    }
}
