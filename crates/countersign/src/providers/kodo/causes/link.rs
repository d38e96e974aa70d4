//! Download links: the URL that was signed is not the one that is asked for.

use super::super::private_url::{EXPIRY, TOKEN};
use crate::{
    explain::{At, Context, Edit, Edits, Note, Notes},
    pen::Role,
    phrase::{Phrase, phrase},
    wire::{
        percent::{self, Kept, PATH, UNRESERVED},
        query, split_once,
    },
};
use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
    vec::Vec,
};

/// What `encodeURIComponent` leaves bare.
static COMPONENT: Kept = Kept::alphanumeric_and(b"-_.~!'()*");

/// The most signs in the name of a file that may begin a style.
const MOST_STYLES: usize = 8;

/// A private link in pieces, as it is signed.
#[derive(Clone)]
struct Link<'a> {
    transport: &'a [u8],
    host: Cow<'a, [u8]>,
    path: Cow<'a, [u8]>,
    /// The parameters in order.
    params: Vec<Cow<'a, [u8]>>,
    /// Which of them is the expiry: the last of its name.
    expiry: usize,
}

impl<'a> Link<'a> {
    fn of(context: &Context<'a>) -> Option<Self> {
        let part = |role| context.first(role).map(|at| context.bytes(at));
        let transport = part(Role::Transport).filter(|_| context.scheme_is("kodo-private-url"))?;
        let items: Vec<At> = context.parts(Role::Query).collect();
        let is_expiry = |at: &At| context.part(*at).is_some_and(|part| part.name == EXPIRY.as_bytes());
        Some(Self {
            transport,
            host: part(Role::Host)?.into(),
            path: part(Role::Path)?.into(),
            params: items.iter().map(|at| context.bytes(*at).into()).collect(),
            expiry: items.iter().rposition(is_expiry)?,
        })
    }

    /// The parameter with the expiry.
    fn expiry(&self) -> &[u8] {
        self.params.get(self.expiry).map(|param| &**param).unwrap_or_default()
    }

    /// The other parameters.
    fn others(&self) -> impl Iterator<Item = &[u8]> + Clone {
        self.params.iter().enumerate().filter(|(number, _)| *number != self.expiry).map(|(_, param)| &**param)
    }

    /// The text with these parameters.
    fn with<'p>(&self, params: impl IntoIterator<Item = &'p [u8]>) -> Vec<u8> {
        let mut text = [self.transport, b"://", &self.host, &self.path].concat();
        for (number, param) in params.into_iter().enumerate() {
            text.extend_from_slice(if number == 0 { b"?" } else { b"&" });
            text.extend_from_slice(param);
        }
        text
    }

    fn text(&self) -> Vec<u8> {
        self.with(self.params.iter().map(|param| &**param))
    }

    /// The text with every parameter but the expiry changed.
    fn map(&self, change: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let changed = self.params.iter().enumerate();
        let changed = changed.map(|(number, param)| if number == self.expiry { param.clone() } else { change(param).into() });
        Self { params: changed.collect(), ..self.clone() }.text()
    }
}

/// Collects whole texts that may have been signed.
struct Texts<'t, 'e> {
    first: At,
    last: usize,
    edits: &'t mut Edits<'e>,
}

impl Texts<'_, '_> {
    fn offer(&mut self, text: impl Into<Vec<u8>>, what: Phrase) {
        self.edits.push(
            Edit::new().set_range(self.first, self.last, text).fact("what", phrase!("it was signed {how}").with("how", what)),
        );
    }
}

/// Everything that happens to a link between signer and server.
pub(super) fn differs(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(first) = context.first(Role::Transport) else { return };
    let Some(written) = context.written(first) else { return };
    let Some(last) = written.parts.len().checked_sub(1) else { return };
    let mut texts = Texts { first, last, edits };
    let Some(link) = Link::of(context) else {
        // It has an expiry behind the token, where none is signed.
        if let Some(expiry) = context.claim.expires_text.as_deref().filter(|_| context.scheme_is("kodo-private-url")) {
            let lead: &[u8] = if context.first(Role::Query).is_some() { b"&" } else { b"?" };
            let text = [&written.text, lead, EXPIRY.as_bytes(), b"=", expiry].concat();
            texts.offer(text, phrase!("with `e` before `token`"));
        }
        return;
    };
    other_place(context, &link, &mut texts);
    other_path(&link, &mut texts);
    other_params(&link, &mut texts);
    other_expiry(&link, &mut texts);
}

fn other_place(context: &Context<'_>, link: &Link<'_>, texts: &mut Texts<'_, '_>) {
    for transport in ["http", "https"] {
        texts.offer(
            Link { transport: transport.as_bytes(), ..link.clone() }.text(),
            phrase!("for `{transport}`").data("transport", transport),
        );
    }
    for host in hosts(context) {
        let what = phrase!("for the domain `{host}`").shown("host", host.escape_ascii());
        for transport in [link.transport, b"http", b"https"] {
            texts.offer(Link { transport, host: host.clone(), ..link.clone() }.text(), what.clone());
        }
    }
    let text = link.text();
    let behind = |count: usize| text.get(count..).unwrap_or_default();
    let host = link.transport.len() + "://".len();
    texts.offer(behind(host), phrase!("without `http://`"));
    texts.offer(behind(host + link.host.len()), phrase!("without `http://` and the domain"));
}

/// Other domains that the request or its capture names, and the same one with another port.
fn hosts<'a>(context: &Context<'a>) -> Vec<Cow<'a, [u8]>> {
    const MOST: usize = 6;
    let Some(request) = context.request() else { return Vec::new() };
    let own = request.host().unwrap_or_default();
    let mut hosts: Vec<Cow<'a, [u8]>> = Vec::new();
    let bare = split_once(&own, b':').0;
    let mut add = |host: Cow<'a, [u8]>| {
        if *host != *own && !host.is_empty() && hosts.len() < MOST && !hosts.contains(&host) {
            hosts.push(host);
        }
    };
    for port in ["", ":80", ":443"] {
        add([bare, port.as_bytes()].concat().into());
    }
    request.authority().into_iter().for_each(|host| add(host.as_bytes().into()));
    request.header_value("x-forwarded-host").into_iter().for_each(|host| add(host.into()));
    let related = context.inquiry.related.iter().filter_map(|subject| subject.request()?.host());
    related.for_each(|host| add(host.into_owned().into()));
    hosts
}

fn other_path(link: &Link<'_>, texts: &mut Texts<'_, '_>) {
    let plain = percent::decode(&link.path);
    let escaped = percent::encoded(&plain, &PATH);
    let key = plain.strip_prefix(b"/").unwrap_or(&plain);
    let component = |kept| [b"/", &*percent::encoded(key, kept)].concat();
    for (path, what) in [
        (plain.to_vec(), phrase!("with the key unescaped, as Python, Java and PHP sign what they are given")),
        (escaped.clone(), phrase!("with the key escaped, as the helpers of Node and Go do")),
        (percent::encoded(&escaped, &PATH), phrase!("with the key escaped twice")),
        (percent::encoded(&link.path, &PATH), phrase!("with the path escaped once more")),
        (component(&COMPONENT), phrase!("with the key escaped as `encodeURIComponent` does, slashes too")),
        (component(&UNRESERVED), phrase!("with the key escaped, slashes too")),
    ] {
        texts.offer(Link { path: path.into(), ..link.clone() }.text(), what);
    }
    match link.path.strip_suffix(b"/") {
        Some(path) => {
            texts.offer(Link { path: path.into(), ..link.clone() }.text(), phrase!("without the slash at the end of the path"))
        }
        None => {
            let path = [&*link.path, b"/"].concat();
            texts.offer(Link { path: path.into(), ..link.clone() }.text(), phrase!("with a slash at the end of the path"));
        }
    }
    // The name of a style behind the key.
    let mut path = &*link.path;
    for _ in 0..MOST_STYLES {
        let Some(at) = path.iter().rposition(|byte| b"-_!/".contains(byte)).filter(|at| path.get(*at) != Some(&b'/')) else {
            break;
        };
        let style = link.path.get(at..).unwrap_or_default();
        path = path.get(..at).unwrap_or_default();
        let what = phrase!("without `{name}`, which was appended later").shown("name", style.escape_ascii());
        texts.offer(Link { path: path.into(), ..link.clone() }.text(), what);
    }
    // The key was given with its processing commands, and all of it was escaped as a key.
    if link.others().next().is_some() {
        let query = link.others().map(percent::decode).collect::<Vec<_>>().join(&b"&"[..]);
        for kept in [&PATH, &UNRESERVED, &COMPONENT] {
            let path = [&escaped, &*percent::encoded(&[b"?", &*query].concat(), kept)].concat();
            let text = Link { path: path.into(), ..link.clone() }.with([link.expiry()]);
            texts.offer(text, phrase!("with the query escaped as a part of the key"));
        }
    }
    // The expiry, too.
    let text = link.text();
    if let Some((front, target)) = text.split_at_checked(link.transport.len() + "://".len() + link.host.len()) {
        let target = percent::encoded(&percent::decode(target), &PATH);
        texts.offer([front, &target].concat(), phrase!("with the query escaped as a part of the key"));
    }
}

fn other_params(link: &Link<'_>, texts: &mut Texts<'_, '_>) {
    let expiry = link.expiry();
    for (at, param) in link.params.iter().enumerate().filter(|(at, _)| *at != link.expiry) {
        let kept = link.params.iter().enumerate().filter(|(number, _)| *number != at).map(|(_, param)| &**param);
        let name = percent::decode(split_once(param, b'=').0);
        texts.offer(link.with(kept), phrase!("without `{name}`, which was appended later").shown("name", name.escape_ascii()));
    }
    texts.offer(link.with([expiry]), phrase!("without the other parameters, which were appended later"));
    texts.offer(link.with(link.others().chain([expiry])), phrase!("with `e` behind the other parameters"));
    texts.offer(link.with([expiry].into_iter().chain(link.others())), phrase!("with `e` before the other parameters"));
    let mut sorted: Vec<&[u8]> = link.params.iter().map(|param| &**param).collect();
    sorted.sort_unstable();
    texts.offer(link.with(sorted), phrase!("with the parameters sorted"));
    texts.offer(link.map(&|param| percent::decode(param).into_owned()), phrase!("with the other parameters unescaped"));
    texts.offer(
        link.map(&|param| replaced(&percent::decode(param), b' ', b"+")),
        phrase!("with `+` for blanks in the other parameters"),
    );
    texts.offer(link.map(&|param| replaced(param, b'+', b"%20")), phrase!("with `%20` for `+` in the other parameters"));
    texts.offer(link.map(&reescaped), phrase!("with the other parameters escaped anew"));
    texts.offer(link.map(&with_equals), phrase!("with `=` behind commands, as libraries write parameters without a value"));
    texts.offer(link.map(&without_equals), phrase!("without `=` behind commands"));
    // The signer took a URL that has a query for one that has none, or the reverse.
    let (lead, what) = match link.others().next() {
        None => (b"&", phrase!("with `&` before `e`, as if there were a query")),
        Some(_) => (b"?", phrase!("with a second `?`, before `e`")),
    };
    texts.offer([&link.with(link.others()), &lead[..], expiry].concat(), what);
    texts.offer([&*link.text(), b"&", TOKEN.as_bytes(), b"="].concat(), phrase!("with `&token=` at its end"));
}

fn replaced(param: &[u8], from: u8, to: &[u8]) -> Vec<u8> {
    param.split(|b| *b == from).collect::<Vec<_>>().join(to)
}

fn reescaped(param: &[u8]) -> Vec<u8> {
    let (name, value) = split_once(param, b'=');
    let mut out = percent::encoded(&percent::decode(name), &UNRESERVED);
    if let Some(value) = value {
        out.push(b'=');
        out.extend_from_slice(&percent::encoded(&percent::decode(value), &UNRESERVED));
    }
    out
}

fn with_equals(param: &[u8]) -> Vec<u8> {
    if param.contains(&b'=') { param.to_vec() } else { [param, b"="].concat() }
}

fn without_equals(param: &[u8]) -> Vec<u8> {
    param.strip_suffix(b"=").unwrap_or(param).to_vec()
}

fn other_expiry(link: &Link<'_>, texts: &mut Texts<'_, '_>) {
    texts.offer(link.with(link.others()), phrase!("without `e`"));
}

/// What of a link is not read by the service, or not sent as it stands there.
pub(super) fn seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(request) = context.request().filter(|_| context.scheme_is("kodo-private-url")) else { return };
    let whole = request.query().unwrap_or_default();
    let params: Vec<_> = query::params(whole).collect();
    let name = |at: usize| params.get(at).map(|param| param.name().escape_ascii().to_string()).unwrap_or_default();
    let place = |name: &str| params.iter().rposition(|param| param.is(name));
    let mut found = Vec::new();
    if let Some(token) = place(TOKEN).filter(|at| at + 1 < params.len()) {
        found.push(phrase!("`{name}` stands behind `token`, where the service ignores it").data("name", name(token + 1)));
    }
    if let Some((expiry, _)) = place(EXPIRY).zip(place(TOKEN)).filter(|(expiry, token)| expiry + 1 < *token) {
        found.push(phrase!("`{name}` stands between `e` and `token`, where nothing should").data("name", name(expiry + 1)));
    }
    let target = [request.path(), b"?", whole].concat();
    let is_raw = |c: &char| !c.is_ascii() || " \"<>|\\^`{}".contains(*c);
    if let Some(raw) = String::from_utf8_lossy(&target).chars().find(is_raw) {
        found.push(phrase!("`{sign}` stands there unescaped, and clients escape it before they send it").data("sign", raw));
    }
    if let Some(what) = Phrase::joined(found, &phrase!("{first}; {rest}")) {
        let note = Note::seen().fact("what", what);
        notes.push(if place(EXPIRY) > place(TOKEN) { note.refused() } else { note });
    }
}

/// The parts of a timestamp link: path, and expiry in hexadecimal digits.
fn timestamped(context: &Context<'_>) -> Option<(At, At)> {
    context.first(Role::Path).zip(context.first(Role::Date)).filter(|_| context.scheme_is("kodo-cdn-antileech"))
}

pub(super) fn antileech(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some((path, time)) = timestamped(context) else { return };
    let Some(request) = context.request() else { return };
    let digits = context.bytes(time);
    let text = core::str::from_utf8(digits).unwrap_or_default();
    let mut signed = |form: String, what: Phrase| edits.push(Edit::new().set(time, form).fact("what", what));
    signed(text.to_ascii_uppercase(), phrase!("`t` in capital hexadecimal digits"));
    signed(text.to_ascii_lowercase(), phrase!("`t` in small hexadecimal digits"));
    signed(format!("0x{text}"), phrase!("`t` with `0x` before it"));
    if let Ok(seconds) = u64::from_str_radix(text, 16) {
        signed(format!("{seconds}"), phrase!("`t` in decimal digits"));
    }
    if let Ok(seconds) = text.parse::<u64>() {
        signed(format!("{seconds:x}"), phrase!("`t` in hexadecimal digits, and decimal ones were sent"));
    }
    let sent = context.bytes(path);
    let swapped = [digits, sent].concat();
    edits.push(Edit::new().set_range(path, time.part, swapped).fact("what", phrase!("`t` before the path")));
    let host = request.host().unwrap_or_default();
    for (front, what) in [
        ("http://", phrase!("the URL from `http://` on before the path")),
        ("https://", phrase!("the URL from `https://` on before the path")),
        ("", phrase!("the domain before the path")),
    ] {
        edits.push(Edit::new().set(path, [front.as_bytes(), &host, sent].concat()).fact("what", what));
    }
    let others = query::params(request.query().unwrap_or_default()).filter(|param| !param.is("sign") && !param.is("t"));
    let others: Vec<Vec<u8>> = others
        .map(|param| match param {
            query::Param::Wire(name, Some(value)) => [name, b"=", value].concat(),
            param => param.name().into_owned(),
        })
        .collect();
    if !others.is_empty() {
        let target = [sent, b"?", &others.join(&b"&"[..])].concat();
        edits.push(Edit::new().set(path, target).fact("what", phrase!("the query as well, which is not signed")));
    }
}

/// Ten decimal digits are a moment in this century; read as hexadecimal ones they lie thousands of years ahead.
/// Since 2001 and until 2106 the time has eight digits.
pub(super) fn antileech_cut(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some((_, time)) = timestamped(context) else { return };
    let digits = context.bytes(time);
    if digits.len() < 8 && digits.iter().all(u8::is_ascii_hexdigit) {
        let sent = String::from_utf8_lossy(digits).into_owned();
        let what = phrase!("its `t` has {found} digits and should have {due}").with("found", digits.len()).with("due", 8_usize);
        notes.push(Note::seen().refused().fact("what", what).shows(None, Some(sent)));
    }
}

pub(super) fn antileech_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some((_, time)) = timestamped(context) else { return };
    let digits = context.bytes(time);
    if digits.len() == 10 && digits.starts_with(b"1") && digits.iter().all(u8::is_ascii_digit) {
        notes.push(Note::seen().fact("what", phrase!("`t` in decimal digits, as it seems, which are read as hexadecimal ones")));
    }
}
