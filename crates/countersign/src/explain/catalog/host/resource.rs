//! The bucket, in the resource or in the path.

use super::{SignedHost, bucket_name, names::doubled, sent_host, split_port, with_port_of};
use crate::{
    explain::{
        catalog::path::{Key, LONGEST, bucket_part},
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
    },
    family::endpoint::{self, first_segment},
    pen::{Origin, Role},
    phrase::{Phrase, phrase},
    subject::Request,
    terms::{Addressing, Hints},
    transcript::{Transcript, transcript},
    wire::percent,
};
use alloc::{format, string::String, vec::Vec};

/// Related requests whose values are tried together with other mistakes; those behind them are tried alone.
const NEAR: usize = 4;
/// The most related requests that are looked at.
const FAR: usize = 64;

/// The bucket as it stands in a signed path: `/name`.
fn segment(name: &str) -> Vec<u8> {
    [b"/", percent::encoded(name.as_bytes(), &percent::UNRESERVED).as_slice()].concat()
}

/// `text` without `lead`, if a slash follows it.
fn behind<'t>(text: &'t [u8], lead: &[u8]) -> Option<&'t [u8]> {
    text.strip_prefix(lead).filter(|rest| rest.starts_with(b"/"))
}

pub(super) fn bucket_missing(context: &Context<'_>, edits: &mut Edits<'_>) {
    let (Some(bucket), Some(key)) = (bucket_part(context), Key::of(context)) else { return };
    let name = String::from_utf8_lossy(context.bytes(bucket).strip_prefix(b"/").unwrap_or_default());
    // A path that starts with the bucket still names it: see `bucket-duplicated-in-resource`.
    let names_it = behind(key.text, context.bytes(bucket)).is_some();
    for resource in [key.text, key.text.strip_prefix(b"/").unwrap_or_default(), b"/"] {
        if names_it && resource == key.text {
            continue;
        }
        edits.push(Edit::new().set_range(bucket, key.at.part, resource).data("bucket", name.as_ref()));
    }
}

pub(super) fn bucket_duplicated(context: &Context<'_>, edits: &mut Edits<'_>) {
    let (Some(key), Some(name)) = (Key::of(context), bucket_name(context)) else { return };
    let own = bucket_part(context);
    // Of a host that names it twice, once is enough.
    let host = sent_host(context);
    let segment = match (doubled(&host), own) {
        (None, Some(at)) => context.bytes(at).to_vec(),
        (name_in_host, _) => segment(name_in_host.unwrap_or(&name)),
    };
    let twice = [segment.as_slice(), key.text].concat();
    edits.push(Edit::new().set(key.at, twice).data("bucket", name.as_str()).fact("whose", phrase!("the client")));
    // In a path that names the bucket first, only the second one is too many.
    let in_path = own.is_none() && !is_in_host(context, &name);
    let rest =
        behind(key.text, &segment).and_then(|rest| if in_path { behind(rest, &segment).map(|_| rest) } else { Some(rest) });
    if let Some(rest) = rest {
        edits.push(Edit::new().set(key.at, rest).data("bucket", name).fact("whose", phrase!("the server")));
    }
}

/// Whether the host starts with the bucket.
fn is_in_host(context: &Context<'_>, name: &str) -> bool {
    sent_host(context).strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}

/// A server that quotes `/bucket/bucket/` counts it from the host and from the path.
pub(super) fn see_bucket_duplicated(context: &Context<'_>, notes: &mut Notes<'_>) {
    let quoted = context.answer().into_iter().flat_map(|answer| [&answer.canonical_request, &answer.string_to_sign]).flatten();
    for line in quoted.flat_map(|quoted| quoted.bytes.split(|b| *b == b'\n')).filter(|line| line.starts_with(b"/")) {
        let name = first_segment(line);
        let segment = [b"/", name].concat();
        if let Some(rest) =
            line.strip_prefix(segment.as_slice()).filter(|rest| !name.is_empty() && behind(rest, &segment).is_some())
        {
            let lossy = |text: &[u8]| Some(String::from_utf8_lossy(text).into_owned());
            let name = String::from_utf8_lossy(name).into_owned();
            notes.push(Note::server().data("bucket", name).fact("whose", phrase!("the server")).shows(lossy(rest), lossy(line)));
            return;
        }
    }
}

pub(super) fn cname_mode_wrong(context: &Context<'_>, edits: &mut Edits<'_>) {
    let host = sent_host(context);
    let is_custom = context.claim.bucket.as_ref().is_some_and(|bucket| bucket.addressing == Addressing::CustomDomain);
    if host.is_empty() || (endpoint::recognise(&host).is_some() && !is_custom) {
        return;
    }
    let Some(key) = Key::of(context) else { return };
    let known = context.bucket().filter(|bucket| bucket.origin != Origin::Assumed);
    let name = known.map(|bucket| bucket.name.to_str().into_owned());
    if let Some(bucket) = bucket_part(context) {
        let whole = key.write_raw(context.request().map(Request::path).unwrap_or_default());
        let mut offer = |resource: Vec<u8>, what: Phrase| {
            edits.push(Edit::new().set_range(bucket, key.at.part, resource).fact("what", what));
        };
        // For S3, a host that is not Amazon's is a server of its own, and no switch makes it a bucket's.
        if is_custom || !context.scheme_is("s3-") {
            offer(key.text.to_vec(), phrase!("without the bucket"));
        }
        // Amazon's rule for custom domains: the host is the bucket.
        offer([segment(&host).as_slice(), &whole].concat(), phrase!("with the host as the bucket"));
        offer(whole.clone(), phrase!("without the bucket"));
        if let Some(name) = &name {
            offer([segment(name).as_slice(), &whole].concat(), phrase!("with the bucket"));
        }
    } else if let Some(segment) = name.as_deref().map(segment) {
        edits.push(
            Edit::new().set(key.at, [segment.as_slice(), key.text].concat()).fact("what", phrase!("with the bucket in the path")),
        );
        if let Some(rest) = behind(key.text, &segment) {
            edits.push(Edit::new().set(key.at, rest).fact("what", phrase!("without the bucket in the path")));
        }
    }
    if let (Some(signed), Some(name)) = (SignedHost::of(context), name) {
        edits.push(signed.edit(&format!("{name}.{}", signed.value)).fact("what", phrase!("with the bucket before the host")));
        if let Some(rest) = signed.value.strip_prefix(&name).and_then(|rest| rest.strip_prefix('.')) {
            edits.push(signed.edit(rest).fact("what", phrase!("without the bucket before the host")));
        }
    }
}

/// OSS wants the bucket in the host, but for addresses and the operation that lists the buckets. Its SDKs sign the other style
/// where they are told to: the signature is right, and the server refuses it.
pub(super) fn see_path_style(context: &Context<'_>, notes: &mut Notes<'_>) {
    let in_path = context.bucket().is_some_and(|bucket| bucket.addressing == Addressing::Path);
    let host = sent_host(context);
    let own = context.claim.scheme.provider();
    let is_endpoint = endpoint::recognise(&host).is_some_and(|endpoint| endpoint.vendor == own && endpoint.bucket.is_none());
    if in_path && is_endpoint && context.scheme_is("oss-v") {
        let other = phrase!("`{host}` takes it in the host alone").data("host", host);
        let note = Note::seen().refused().fact("verb", phrase!("sent"));
        notes.push(note.fact("style", phrase!("with the bucket in the path")).fact("other", other));
    }
}

pub(super) fn addressing_style_wrong(context: &Context<'_>, edits: &mut Edits<'_>) {
    let (Some(key), Some(name)) = (Key::of(context), bucket_name(context)) else { return };
    let host = sent_host(context);
    let signed = SignedHost::of(context);
    let own = bucket_part(context);
    let known = endpoint::recognise(&host);
    let segment_of = |name: &str| own.map_or_else(|| segment(name), |_| [b"/", name.as_bytes()].concat());
    // From the host into the path: the bucket known from the host, or the first label of a host nobody knows.
    let label = host.split_once('.').filter(|(_, rest)| known.is_none() && rest.contains('.') && !endpoint::is_address(&host));
    let in_host = known.and_then(|known| Some((known.bucket?, known.name))).or(label);
    let in_path = || phrase!("with the bucket in the path");
    if let Some((name, endpoint)) = in_host {
        let moved = signed.as_ref().map(|signed| (signed, with_port_of(endpoint, &signed.value)));
        match (moved, own) {
            (Some((signed, endpoint)), None) => {
                let path = [&segment_of(name), key.text].concat();
                edits.push(signed.edit(&endpoint).set(key.at, path).fact("style", in_path()));
            }
            (Some((signed, endpoint)), Some(_)) if known.is_some() => edits.push(signed.edit(&endpoint).fact("style", in_path())),
            (_, Some(bucket)) if known.is_none() => {
                let whole = key.write_raw(context.request().map(Request::path).unwrap_or_default());
                let resource = [segment_of(name), whole].concat();
                edits.push(
                    Edit::new().set_range(bucket, key.at.part, resource).fact("style", phrase!("with the bucket in the host")),
                );
            }
            _ => {}
        }
    }
    // From the path into the host.
    let Some(signed) = signed.filter(|_| !is_in_host(context, &name)) else { return };
    let moved = format!("{name}.{}", signed.value);
    let style = || phrase!("with the bucket in the host");
    let segment = segment_of(&name);
    match (own, behind(key.text, &segment)) {
        (Some(_), _) => edits.push(signed.edit(&moved).fact("style", style())),
        (None, Some(rest)) => {
            edits.push(signed.edit(&moved).set(key.at, rest).fact("style", style()));
            if behind(rest, &segment).is_none() {
                edits.push(Edit::new().set(key.at, rest).fact("style", phrase!("without the bucket in the path")));
            }
        }
        (None, None) => {}
    }
}

fn in_another_case(text: &str) -> Phrase {
    phrase!("as `{text}`, in another case").data("text", text)
}

pub(super) fn bucket_or_host_case(context: &Context<'_>, edits: &mut Edits<'_>) {
    let raw = context.request().and_then(|request| request.host()).unwrap_or_default();
    let raw = String::from_utf8_lossy(&raw);
    if let Some(signed) = SignedHost::of(context) {
        let as_sent = with_port_of(split_port(&raw).0, &signed.value);
        let lower = signed.value.to_ascii_lowercase();
        for host in [raw.as_ref(), &as_sent, &lower].into_iter().filter(|host| host.eq_ignore_ascii_case(&signed.value)) {
            edits.push(signed.edit(host).fact("what", phrase!("the host")).fact("how", in_another_case(host)));
        }
    }
    let Some(name) = bucket_name(context) else { return };
    // The spelling in the host as sent, the one given beside the request, and the right one.
    let in_host = raw.get(..name.len()).unwrap_or_default();
    let given = context.inquiry.hints.bucket.unwrap_or_default();
    for spelling in [in_host, given, &name.to_ascii_lowercase()] {
        if !spelling.eq_ignore_ascii_case(&name) {
            continue;
        }
        let edit = match (bucket_part(context), Key::of(context)) {
            (Some(at), _) => Edit::new().set(at, format!("/{spelling}")),
            (None, Some(key)) => match behind(key.text, &segment(&name)) {
                Some(rest) => Edit::new().set(key.at, [&segment(spelling), rest].concat()),
                None => continue,
            },
            _ => continue,
        };
        edits.push(edit.fact("what", phrase!("the bucket")).fact("how", in_another_case(spelling)));
    }
}

pub(super) fn bucket_of_another_request(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(path) = context.first(Role::Path) else { return };
    let own = bucket_part(context);
    let signed = SignedHost::of(context);
    let related = context.inquiry.related.iter().enumerate().take(FAR);
    for (number, request) in related.filter_map(|(number, subject)| Some((number, subject.request()?))) {
        // The capture counts this request, too.
        let counted = number + 1 + usize::from(number >= context.inquiry.before);
        let Some(other) = draft_of(context, request) else { continue };
        let written = |role| other.documents.iter().find_map(|written| Some(written.bytes(written.part(role)?).to_vec()));
        let mut offer = |edit: Edit, what: Phrase| {
            let edit =
                edit.fact("what", what).fact("which", phrase!(" of the same capture (number {number})").with("number", counted));
            edits.push(if number < NEAR { edit } else { edit.alone() });
        };
        let host = host_of(request);
        let Some(other_path) = written(Role::Path).filter(|path| path.len() <= LONGEST) else { continue };
        let shown = String::from_utf8_lossy(&other_path);
        // What differs in one place is named by that place.
        let bucket = own.zip(written(Role::Bucket));
        if let Some((at, bucket)) = &bucket {
            let name = String::from_utf8_lossy(bucket.strip_prefix(b"/").unwrap_or(bucket));
            offer(Edit::new().set(*at, bucket.as_slice()), phrase!("the bucket `{name}`").data("name", name));
        }
        offer(Edit::new().set(path, other_path.as_slice()), phrase!("the path `{path}`").data("path", shown.as_ref()));
        if let Some((at, bucket)) = bucket {
            let resource = [bucket, other_path.clone()].concat();
            let what = phrase!("the resource `{resource}`").data("resource", String::from_utf8_lossy(&resource));
            if let Some(signed) = &signed {
                offer(signed.edit(&host).set_range(at, path.part, resource.as_slice()), what.clone());
            }
            offer(Edit::new().set_range(at, path.part, resource), what);
        }
        if let Some(signed) = &signed {
            offer(signed.edit(&host), phrase!("the host `{host}`").data("host", host.as_str()));
            offer(
                signed.edit(&host).set(path, other_path.as_slice()),
                phrase!("host and path of `{place}`").data("place", format!("{host}{shown}")),
            );
        }
    }
}

/// What the scheme writes for another request.
fn draft_of<'a>(context: &Context<'a>, request: &Request<'a>) -> Option<Transcript> {
    let mut claim = context.claim.clone();
    if claim.bucket.is_some() {
        claim.bucket = endpoint::bucket(request, &Hints::NONE);
    }
    transcript(&request.clone().into(), &claim).ok()
}

/// The host of a request as it is signed.
fn host_of(request: &Request<'_>) -> String {
    let mut host = Vec::new();
    request.write_host(&mut host);
    String::from_utf8_lossy(&host).into_owned()
}
