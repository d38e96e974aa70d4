//! A text that was quoted, cut into the parts a scheme would have written it in.
//!
//! The parts of the request's own text serve as the model, so that the two can be laid side by side. Any bytes can be
//! read: what fits nowhere goes to the part nearest to it, and parts and list separators always cover the whole text.

use super::{
    restored::restored,
    server::{Quoted, QuotedFrom, ServerAnswer},
};
use crate::{
    pen::{Document, List, Origin, Role},
    transcript::{Part, Transcript, Written},
    wire::{percent, split_once},
};
use alloc::{vec, vec::Vec};

impl ServerAnswer {
    /// The texts the server quotes, cut into parts as those of `base` are: the server's side of a comparison.
    ///
    /// A text that has lost line ends on its way gets those of `base`, or is left out: nobody can tell its parts any more.
    #[must_use]
    pub fn transcript(&self, base: &Transcript) -> Transcript {
        let quoted = [(Document::CanonicalRequest, &self.canonical_request), (Document::StringToSign, &self.string_to_sign)];
        let read = |(document, quoted): (_, &Option<Quoted>)| {
            let Quoted { bytes, from } = quoted.as_ref()?;
            let model = base.document(document);
            if *from == QuotedFrom::Text {
                // What stands at the end of a text is cut off where it is copied.
                let is_cut = !bytes.ends_with(b"\n") && model.is_some_and(|ours| ours.text.ends_with(b"\n"));
                let bytes = &if is_cut { [bytes.as_slice(), b"\n"].concat() } else { bytes.clone() };
                if let Some(whole) = model.and_then(|ours| restored(ours, bytes)) {
                    return Some(read_back(base, document, &whole));
                }
                let line_ends = bytes.iter().filter(|b| **b == b'\n').count();
                if line_ends < Shape::of(model, document, bytes).line_ends() {
                    return None;
                }
            }
            Some(read_back(base, document, bytes))
        };
        Transcript { documents: quoted.into_iter().filter_map(read).collect() }
    }
}

/// Cuts `bytes` into the parts that the document of this kind in `base` has.
pub(crate) fn read_back(base: &Transcript, document: Document, bytes: &[u8]) -> Written {
    let model = base.document(document);
    let mut reader = Reader {
        model: model.map(|model| (model, origins(model))),
        written: Written { document, text: bytes.to_vec(), parts: Vec::new() },
        at: 0,
    };
    match Shape::of(model, document, bytes) {
        Shape::Lines => reader.lines(),
        Shape::CanonicalRequest => reader.canonical_request(),
        Shape::HttpString => reader.http_string(),
        Shape::ExpiryAndResource => reader.expiry_and_resource(),
        Shape::QueryAndPayload => reader.query_and_payload(),
        Shape::Template(template) => reader.template(&template),
    }
    reader.written
}

/// How the texts of a family are built.
enum Shape {
    /// V2: five lines, headers, the resource.
    Lines,
    /// The canonical request of V4.
    CanonicalRequest,
    /// The `HttpString` of COS.
    HttpString,
    /// What is signed of a share URL of V2: its end and the resource.
    ExpiryAndResource,
    /// What is signed of a share URL of V4: parameters and payload.
    QueryAndPayload,
    /// A fixed number of lines, each with its parts.
    Template(Vec<Vec<Slot>>),
}

/// A part of a line whose form is fixed, and what separates it from the one before.
struct Slot {
    role: Role,
    name: Vec<u8>,
    list: Option<List>,
}

impl Shape {
    /// The server may have followed another scheme than the client: the first line tells.
    fn of(model: Option<&Written>, document: Document, bytes: &[u8]) -> Self {
        if document == Document::CanonicalRequest {
            return match model {
                Some(model) if model.part(Role::Payload).is_none() => Self::HttpString,
                Some(model) if model.part(Role::Method).is_none() => Self::QueryAndPayload,
                _ => Self::CanonicalRequest,
            };
        }
        let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
        let has = |role| model.is_some_and(|model| model.part(role).is_some());
        if first.windows(5).any(|word| word == b"-HMAC") {
            return Self::Template(model.filter(|_| has(Role::Algorithm)).map_or_else(v4_lines, lines_of));
        }
        let ends = model.iter().flat_map(|model| &model.parts).filter(|part| part.role == Role::LineEnd).count();
        let is_verb = first.len() >= 3 && first.iter().all(u8::is_ascii_uppercase);
        match model {
            Some(model) if !is_verb && !has(Role::Date) => Self::Template(lines_of(model)),
            Some(_) if !is_verb && !has(Role::Method) && ends == 1 => Self::ExpiryAndResource,
            _ => Self::Lines,
        }
    }

    /// The fewest line ends a text of this shape has.
    fn line_ends(&self) -> usize {
        match self {
            Self::Lines | Self::HttpString => 4,
            Self::CanonicalRequest => 5,
            Self::ExpiryAndResource | Self::QueryAndPayload => 1,
            Self::Template(lines) => lines.len().saturating_sub(1),
        }
    }
}

/// The lines of a model.
fn lines_of(model: &Written) -> Vec<Vec<Slot>> {
    let lines = model.parts.split(|part| part.role == Role::LineEnd);
    let slot = |part: &Part| Slot { role: part.role, name: part.name.clone(), list: part.list };
    lines.map(|line| line.iter().map(slot).collect()).collect()
}

/// The lines of a V4 string to sign.
fn v4_lines() -> Vec<Vec<Slot>> {
    let slot = |role, list| Slot { role, name: Vec::new(), list };
    let mut list = List::new("", "/");
    let scope = [Role::ScopeDate, Role::Region, Role::Service, Role::Terminator].map(|role| {
        let before = list;
        list.lead();
        slot(role, Some(before))
    });
    vec![vec![slot(Role::Algorithm, None)], vec![slot(Role::Time, None)], scope.into(), vec![slot(Role::Digest, None)]]
}

/// Where the parts of each role come from.
fn origins(model: &Written) -> Vec<(Role, Origin)> {
    let mut origins: Vec<(Role, Origin)> = Vec::new();
    for part in &model.parts {
        if !origins.iter().any(|(role, _)| *role == part.role) {
            origins.push((part.role, part.origin));
        }
    }
    origins
}

struct Reader<'m> {
    /// The request's own document, and where its parts come from.
    model: Option<(&'m Written, Vec<(Role, Origin)>)>,
    written: Written,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.written.text.get(self.at..).unwrap_or_default()
    }

    /// What is left of the current line.
    fn line(&self) -> &[u8] {
        self.rest().split(|b| *b == b'\n').next().unwrap_or_default()
    }

    /// The bytes of the model's part with this role.
    fn modelled(&self, role: Role) -> Option<&[u8]> {
        let (model, _) = self.model.as_ref()?;
        model.part(role).map(|part| model.bytes(part))
    }

    /// Makes the next `len` bytes a part.
    fn part(&mut self, role: Role, name: Vec<u8>, len: usize, list: Option<List>) {
        let end = self.at.saturating_add(len).min(self.written.text.len());
        let known = self.model.iter().flat_map(|(_, origins)| origins).find(|(own, _)| *own == role);
        let origin = known.map_or(Origin::Request, |(_, origin)| *origin);
        self.written.parts.push(Part { role, name, start: self.at, end, origin, list });
        self.at = end;
    }

    /// Makes what is left of the line a part.
    fn whole_line(&mut self, role: Role) {
        self.part(role, Vec::new(), self.line().len(), None);
    }

    /// Takes a line end; `false` when the text is over.
    fn line_end(&mut self) -> bool {
        let there = self.rest().starts_with(b"\n");
        if there {
            self.part(Role::LineEnd, Vec::new(), 1, None);
        }
        there
    }

    /// Makes the next `len` bytes the items of a list; none when there are no bytes.
    fn items(&mut self, role: Role, len: usize, mut list: List, name: impl Fn(&[u8]) -> Vec<u8>) {
        if len == 0 {
            return;
        }
        let end = self.at + len;
        let separator = list.rest.as_bytes().first().copied().unwrap_or_default();
        // Where values are signed without escapes, one may hold a separator: then the model tells.
        let parts = self.model.iter().flat_map(|(model, _)| model.parts.iter().map(|part| (part.role, model.bytes(part))));
        let wide: Vec<&[u8]> =
            parts.filter(|(own, item)| *own == role && item.contains(&separator)).map(|(_, item)| item).collect();
        loop {
            let before = list;
            self.at += list.lead().len();
            let left = self.written.text.get(self.at..end).unwrap_or_default();
            let ends = |len: usize| left.get(len).is_none_or(|b| *b == separator);
            let same = wide.iter().filter(|item| left.starts_with(item) && ends(item.len())).map(|item| item.len()).max();
            let item = same.or_else(|| left.iter().position(|b| *b == separator)).unwrap_or(left.len());
            let name = name(left.get(..item).unwrap_or_default());
            self.part(role, name, item, Some(before));
            if self.at == end {
                return;
            }
        }
    }

    /// Method, MD5, type, date; headers; the resource, which may hold line ends.
    fn lines(&mut self) {
        for role in [Role::Method, Role::ContentMd5, Role::ContentType, Role::Date] {
            self.whole_line(role);
            if !self.line_end() {
                return;
            }
        }
        while let Some(name) = header_name(self.line()).map(<[u8]>::to_ascii_lowercase) {
            let len = self.line().len();
            // A header ends in a line end; the resource does not.
            if self.rest().len() == len {
                break;
            }
            self.part(Role::Header, name, len, None);
            self.line_end();
        }
        if !self.rest().is_empty() {
            self.resource();
        }
    }

    /// Bucket, key and sub-resources, to the end.
    fn resource(&mut self) {
        let path = self.path_len();
        self.path(path);
        let rest = self.rest().len();
        self.items(Role::Query, rest, List::new("?", "&"), |item| before(item, b'=').to_vec());
    }

    fn expiry_and_resource(&mut self) {
        self.whole_line(Role::Date);
        if self.line_end() {
            self.resource();
        }
    }

    fn query_and_payload(&mut self) {
        self.items(Role::Query, self.line().len(), List::new("", "&"), |item| percent::decode(before(item, b'=')).into_owned());
        if self.line_end() {
            let rest = self.rest().len();
            self.part(Role::Payload, Vec::new(), rest, None);
        }
    }

    /// How much of the resource is bucket and key. A key that is signed without escapes may hold `?`, as the model's.
    fn path_len(&self) -> usize {
        let rest = self.rest();
        let (bucket, path) = (self.modelled(Role::Bucket).unwrap_or_default(), self.modelled(Role::Path).unwrap_or_default());
        let same = rest.strip_prefix(bucket).and_then(|rest| rest.strip_prefix(path));
        if same.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"?")) {
            return bucket.len() + path.len();
        }
        let within = path.iter().filter(|b| **b == b'?').count();
        let mut marks = rest.iter().enumerate().filter(|(_, b)| **b == b'?').map(|(at, _)| at);
        marks.nth(within).unwrap_or(rest.len())
    }

    /// Bucket and key, in the next `len` bytes.
    fn path(&mut self, len: usize) {
        let path = self.rest().get(..len).unwrap_or_default();
        let bucket = self.modelled(Role::Bucket).filter(|bucket| !bucket.is_empty());
        let ends = |bucket: &[u8]| path.get(bucket.len()).is_none_or(|b| *b == b'/');
        let second_slash = path.iter().skip(1).position(|b| *b == b'/').map(|at| at + 1);
        let bucket_len = match bucket {
            // The bucket is not there at all.
            Some(_) if self.modelled(Role::Path) == Some(path) => 0,
            Some(bucket) if path.starts_with(bucket) && ends(bucket) => bucket.len(),
            _ => second_slash.unwrap_or_default(),
        };
        if bucket_len > 0 {
            self.part(Role::Bucket, Vec::new(), bucket_len, None);
        }
        self.part(Role::Path, Vec::new(), len - bucket_len, None);
    }

    /// Method, path, query; headers up to an empty line; their names; the payload.
    fn canonical_request(&mut self) {
        self.whole_line(Role::Method);
        if !self.line_end() {
            return;
        }
        if self.modelled(Role::Bucket).is_some() {
            self.path(self.line().len());
        } else {
            self.whole_line(Role::Path);
        }
        if !self.line_end() {
            return;
        }
        self.items(Role::Query, self.line().len(), List::new("", "&"), |item| percent::decode(before(item, b'=')).into_owned());
        self.line_end();
        while self.line().contains(&b':') {
            let name = before(self.line(), b':').to_vec();
            self.part(Role::Header, name, self.line().len(), None);
            self.line_end();
        }
        if self.rest().is_empty() {
            return;
        }
        self.line_end();
        self.items(Role::SignedHeader, self.line().len(), List::new("", ";"), <[u8]>::to_vec);
        if self.line_end() {
            let rest = self.rest().len();
            self.part(Role::Payload, Vec::new(), rest, None);
        }
    }

    /// Method, path, query, headers, and a line end each. The path is signed without escapes and may hold line ends.
    fn http_string(&mut self) {
        self.whole_line(Role::Method);
        if !self.line_end() {
            return;
        }
        let rest = self.rest();
        let body = rest.strip_suffix(b"\n").unwrap_or(rest);
        let mut ends = body.iter().enumerate().rev().filter(|(_, b)| **b == b'\n').map(|(at, _)| at);
        let headers = ends.next();
        let path = ends.next().or(headers).unwrap_or(body.len());
        self.part(Role::Path, Vec::new(), path, None);
        let name = |item: &[u8]| percent::decode(before(item, b'=')).into_owned();
        for role in [Role::Query, Role::Header] {
            self.line_end();
            self.items(role, self.line().len(), List::new("", "&"), name);
        }
        self.line_end();
    }

    /// Line for line as the template says; further lines are more of its last part.
    fn template(&mut self, template: &[Vec<Slot>]) {
        let mut lines = template.iter();
        let last = template.iter().flatten().last().map_or(Role::Field, |slot| slot.role);
        loop {
            match lines.next() {
                Some(slots) => self.slots(slots, last),
                None => self.whole_line(last),
            }
            if !self.line_end() {
                return;
            }
            // The line end was the last byte, as in the model.
            if self.rest().is_empty() && lines.clone().next().is_none_or(Vec::is_empty) {
                return;
            }
        }
    }

    fn slots(&mut self, slots: &[Slot], last: Role) {
        let lead = |slot: &Slot| slot.list.map_or("", |mut list| list.lead()).as_bytes();
        let mut rest = slots.iter().peekable();
        while let Some(slot) = rest.next() {
            let there = self.line().starts_with(lead(slot));
            self.at += if there { lead(slot).len() } else { 0 };
            let line = self.line();
            let next = rest.peek().map(|next| lead(next)).filter(|lead| !lead.is_empty());
            let end = next.and_then(|lead| line.windows(lead.len()).position(|bytes| bytes == lead));
            self.part(slot.role, slot.name.clone(), end.unwrap_or(line.len()), slot.list.filter(|_| there));
            if end.is_none() {
                return;
            }
        }
        if !self.line().is_empty() {
            self.whole_line(last);
        }
    }
}

/// What stands before the first `separator`.
fn before(item: &[u8], separator: u8) -> &[u8] {
    split_once(item, separator).0
}

/// The name in a line of the form `name:value`.
fn header_name(line: &[u8]) -> Option<&[u8]> {
    let (name, value) = split_once(line, b':');
    let is_name = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic() && *b != b'/');
    value.filter(|_| is_name).map(|_| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    /// Roles and texts of the parts, line ends left out.
    fn read(base: &Transcript, document: Document, text: &str) -> Vec<(Role, String)> {
        let written = read_back(base, document, text.as_bytes());
        let mut at = 0;
        for part in &written.parts {
            let lead = part.list.map_or("", |mut list| list.lead());
            assert!(text[at..].starts_with(lead) && part.start == at + lead.len() && part.end >= part.start, "{part:?}");
            at = part.end;
        }
        assert_eq!(at, text.len(), "parts cover the text");
        let told = written.parts.iter().filter(|part| part.role != Role::LineEnd);
        told.map(|part| (part.role, text[part.start..part.end].into())).collect()
    }

    fn texts(base: &Transcript, document: Document, text: &str, role: Role) -> Vec<String> {
        read(base, document, text).into_iter().filter(|(own, _)| *own == role).map(|(_, text)| text).collect()
    }

    fn base(document: Document, parts: &[(Role, &str)]) -> Transcript {
        let mut written = Written { document, text: Vec::new(), parts: Vec::new() };
        for (role, text) in parts {
            let start = written.text.len();
            written.text.extend_from_slice(text.as_bytes());
            let end = written.text.len();
            written.parts.push(Part { role: *role, name: Vec::new(), start, end, origin: Origin::Request, list: None });
        }
        Transcript { documents: vec![written] }
    }

    /// A request for a key with `?`, and a sub-resource with `&` in its value, as schemes sign them that undo escapes.
    fn awkward() -> Transcript {
        let parts = [(Role::Date, "1"), (Role::Bucket, "/demo"), (Role::Path, "/a?b/c"), (Role::Query, "x-oss-process=a&b")];
        base(Document::StringToSign, &parts)
    }

    #[test]
    fn the_model_tells_where_separators_are_part_of_a_value() {
        let front = "GET\n\n\n1\n";
        let read = |resource: &str| read(&awkward(), Document::StringToSign, &[front, resource].concat()).split_off(4);
        let path = |text: &str| (Role::Path, text.into());
        let bucket = (Role::Bucket, String::from("/demo"));
        let query = |text: &str| (Role::Query, text.into());
        assert_eq!(
            read("/demo/a?b/c?acl&x-oss-process=a&b"),
            [bucket.clone(), path("/a?b/c"), query("acl"), query("x-oss-process=a&b")]
        );
        assert_eq!(read("/demo/a?b/d?acl"), [bucket.clone(), path("/a?b/d"), query("acl")]);
        assert_eq!(read("/a?b/c"), [path("/a?b/c")]);
        assert_eq!(read("/demo/\nx?&"), [bucket, path("/\nx?&")]);
        assert_eq!(read("/other/x"), [(Role::Bucket, "/other".into()), path("/x")]);
    }

    #[test]
    fn the_first_line_tells_when_the_server_followed_another_scheme() {
        let v4 = "OSS4-HMAC-SHA256\n20260314T150926Z\n20260314/cn/oss/aliyun_v4_request\nab";
        assert_eq!(texts(&awkward(), Document::StringToSign, v4, Role::Region), ["cn"]);
        let digest = base(Document::StringToSign, &[(Role::Algorithm, "sha1"), (Role::LineEnd, "\n"), (Role::Digest, "ab")]);
        assert_eq!(texts(&digest, Document::StringToSign, "GET\n\n\n1\n/b/k", Role::Bucket), ["/b"]);
        assert_eq!(texts(&digest, Document::StringToSign, "sha1\nab\ncd", Role::Digest), ["ab", "cd"]);
    }

    #[test]
    fn the_texts_of_share_urls_are_read_part_by_part() {
        let line = (Role::LineEnd, "\n");
        let parts = [(Role::Date, "1"), line, (Role::Bucket, "/demo"), (Role::Path, "/"), (Role::Query, "X-Kss-Policy=e30=")];
        let read_share = |text: &str| read(&base(Document::StringToSign, &parts), Document::StringToSign, text);
        let part = |role, text: &str| (role, String::from(text));
        assert_eq!(
            read_share("2\n/other/?X-Kss-Policy=e30=&security-token=t"),
            [
                part(Role::Date, "2"),
                part(Role::Bucket, "/other"),
                part(Role::Path, "/"),
                part(Role::Query, "X-Kss-Policy=e30="),
                part(Role::Query, "security-token=t")
            ]
        );
        assert_eq!(read_share("2"), [part(Role::Date, "2")]);
        let parts = [(Role::Query, "a=1"), line, (Role::Payload, "UNSIGNED-PAYLOAD")];
        assert_eq!(
            read(&base(Document::CanonicalRequest, &parts), Document::CanonicalRequest, "a=2&b=3\nx"),
            [part(Role::Query, "a=2"), part(Role::Query, "b=3"), part(Role::Payload, "x")]
        );
    }

    #[test]
    fn an_http_string_is_read_from_its_end() {
        let base = base(Document::CanonicalRequest, &[(Role::Method, "get")]);
        let parts = read(&base, Document::CanonicalRequest, "get\n/two\nlines\na=1&b=\nhost=h&range=x\n");
        let expected = [
            (Role::Method, "get"),
            (Role::Path, "/two\nlines"),
            (Role::Query, "a=1"),
            (Role::Query, "b="),
            (Role::Header, "host=h"),
            (Role::Header, "range=x"),
        ];
        assert_eq!(parts, expected.map(|(role, text)| (role, String::from(text))));
        assert_eq!(texts(&base, Document::CanonicalRequest, "get\n/k\n\n\n", Role::Path), ["/k"]);
    }

    #[test]
    fn texts_that_break_off_are_covered() {
        let texts = ["", "\n", "\n\n\n\n\n\n\n\n", "GET", "GET\n/a?&\n&&\nh:1", "a\nb\nc\nd\n?\n", "X-HMAC\n/\n//\n\n\n"];
        let bases = [awkward(), Transcript::default(), base(Document::CanonicalRequest, &[(Role::Method, "get")])];
        for text in texts {
            for base in &bases {
                for document in [Document::CanonicalRequest, Document::StringToSign] {
                    read(base, document, text);
                }
            }
        }
    }
}
