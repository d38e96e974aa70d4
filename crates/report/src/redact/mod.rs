//! Makes a report safe to post: what is private is hidden, and the shape of the mistake stays visible.
//!
//! Private words (runs of letters and digits of ids, buckets, hosts, keys, tokens, bodies) become other
//! words of the same length and case, the same everywhere; blanks, slashes, escapes and line ends stay,
//! since these are what most mistakes are about. Digests and signatures become text that says nothing.
//! Lengths in bytes are kept, so that the offsets of a report stay true.

mod public;

use crate::view::View;
use countersign::{
    Claim, Inquiry, Part, Role, Subject, Written,
    explain::Language,
    wire::{json::Json, percent},
};
use std::collections::BTreeMap;

/// What is private, and what it is shown as.
#[derive(Default)]
pub struct Mask {
    /// By the word in small letters.
    words: BTreeMap<String, String>,
    /// How many words of one shape there are.
    shapes: BTreeMap<String, usize>,
    /// Texts that are hidden as a whole.
    blobs: Vec<(String, String)>,
    chars: BTreeMap<char, char>,
}

/// Which words of a text are hidden.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hide {
    /// Those known to be private.
    Known,
    /// The same, but for words so short that they stand in sentences.
    KnownAndLong,
    /// All that are not public.
    All,
}

impl Mask {
    /// Learns what is private in a request, a form or a token, and in what the server and the client say of it.
    pub fn of(inquiry: &Inquiry<'_>, claim: Option<&Claim<'_>>, beside: &[&str]) -> Self {
        let mut mask = Self::default();
        if let Some(claim) = claim {
            mask.learn(&claim.access_key_id);
            mask.blob(&claim.signature);
            if let Some(token) = &claim.token {
                mask.blob(token);
            }
            if let Some(bucket) = &claim.bucket {
                mask.learn(&bucket.name);
            }
            if let Some(document) = &claim.document {
                mask.blob_of_json(document);
                // What COS signs of its JSON API is `a=1250000000&b=photos&...`.
                for pair in document.split(|byte| *byte == b'&') {
                    let (name, value) = pair.split_at(pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len()));
                    mask.value(&String::from_utf8_lossy(name).to_ascii_lowercase(), value);
                }
            }
        }
        for subject in std::iter::once(&inquiry.subject).chain(inquiry.related) {
            mask.subject(subject);
        }
        for (name, text) in inquiry.answer.into_iter().flat_map(|answer| &answer.elements) {
            match &**name {
                "RequestId" | "HostId" | "Resource" | "Key" | "Bucket" | "BucketName" | "Endpoint" | "OSSAccessKeyId"
                | "AWSAccessKeyId" | "RecommendDoc" | "TraceId" => mask.learn(text.as_bytes()),
                "SignatureProvided" => mask.blob(text.as_bytes()),
                name if name.ends_with("Bytes") => mask.blob(text.as_bytes()),
                _ => {}
            }
        }
        let quoted = inquiry.answer.into_iter().flat_map(|answer| [&answer.string_to_sign, &answer.canonical_request]);
        let printed = inquiry.client.into_iter().flat_map(|client| [&client.string_to_sign, &client.canonical_request]);
        for text in quoted.flatten().map(|quoted| &quoted.bytes).chain(printed.flatten()) {
            mask.signed_text(text);
        }
        for text in beside {
            mask.learn(text.as_bytes());
        }
        mask.blobs.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        mask
    }

    fn subject(&mut self, subject: &Subject<'_>) {
        if let Some(request) = subject.request() {
            self.learn(request.path());
            self.learn(&request.host().unwrap_or_default());
            for param in request.params() {
                let value = param.value().unwrap_or_default();
                self.value(&String::from_utf8_lossy(&param.name()).to_ascii_lowercase(), &value);
            }
            for header in request.headers() {
                self.value(&header.name.to_ascii_lowercase(), header.value);
            }
            if let Some(body) = request.body().bytes().and_then(|body| body.get(..body.len().min(MOST_OF_BODY))) {
                self.learn(body);
            }
        }
        for (name, value) in subject.form().into_iter().flat_map(countersign::Form::fields) {
            self.value(&name.to_ascii_lowercase(), value);
        }
        if let Some(token) = subject.token() {
            self.blob_of_json(token);
        }
    }

    /// Learns a signed text of the server or the client, which may have another path, host or header than the request.
    fn signed_text(&mut self, text: &[u8]) {
        for line in text.split(|byte| *byte == b'\n') {
            self.signed_line(line);
            // Where line ends have become blanks, each word may be a line.
            line.split(|byte| *byte == b' ').for_each(|word| self.signed_line(word));
        }
    }

    /// `/path?a=b`, `name:value`, or `a=b&c=d`.
    fn signed_line(&mut self, line: &[u8]) {
        let (path, query) = line.split_at(line.iter().position(|byte| *byte == b'?').unwrap_or(line.len()));
        let is_path = path.starts_with(b"/");
        if is_path {
            self.learn(path);
        }
        let pairs = if is_path { query.get(1..).unwrap_or_default() } else { line };
        for pair in pairs.split(|byte| *byte == b'&') {
            let end = pair.iter().position(|byte| matches!(byte, b':' | b'=')).unwrap_or(pair.len());
            let (name, value) = pair.split_at(end);
            let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%'));
            match value.split_first() {
                // The value of a header may hold any character.
                Some((b':', _)) if is_name => {
                    let value = pairs.get(end + 1..).unwrap_or_default();
                    return self.value(&String::from_utf8_lossy(name).to_ascii_lowercase(), value);
                }
                Some((_, value)) if is_name => {
                    self.value(&String::from_utf8_lossy(name).to_ascii_lowercase(), &percent::decode(value));
                }
                _ => {}
            }
        }
    }

    /// Hides all of a report that is private.
    pub fn hide(&mut self, view: &mut View, language: Language) {
        view.redacted = true;
        view.access_key_id = self.text(&view.access_key_id, Hide::All);
        for signature in [&mut view.provided].into_iter().chain(&mut view.expected) {
            *signature = self.opaque(signature);
        }
        for written in view.documents.iter_mut().chain(&mut view.signed_documents) {
            self.document(written);
        }
        // Where the file with the secret lies, and how the secret begins and ends, is nobody's business.
        view.secret = None;
        for finding in &mut view.findings {
            for (_, value) in &mut finding.facts {
                value.each_text(&mut |text| *text = self.text(text, Hide::KnownAndLong));
            }
            for side in finding.signed.iter_mut().chain(&mut finding.sent) {
                *side = self.text(side, Hide::Known);
            }
            finding.title = language.fill(finding.sentences.0, &finding.facts);
            finding.help = language.fill(finding.sentences.1, &finding.facts);
            for (_, line) in &mut finding.fixes {
                *line = self.quoted(line);
            }
        }
    }

    /// A sentence of ours, in which names of the request stand in backticks alone. Its other words stay, in every
    /// language.
    fn quoted(&mut self, sentence: &str) -> String {
        let pieces = sentence.split('`').enumerate();
        let shown =
            pieces.map(|(index, piece)| if index % 2 == 1 { self.text(piece, Hide::KnownAndLong) } else { piece.to_owned() });
        shown.collect::<Vec<_>>().join("`")
    }

    /// Learns a header, parameter or field by what its name says of it.
    fn value(&mut self, name: &str, value: &[u8]) {
        if let Some((_, own)) = name.split_once(META) {
            words(own).filter(|word| !public::is_of_headers(word)).for_each(|word| drop(self.word(word)));
        }
        match public::kind(name) {
            public::Kind::Public => {}
            public::Kind::Private => self.learn(value),
            public::Kind::Opaque => self.blob_of_json(value),
            public::Kind::Credential => {
                let text = String::from_utf8_lossy(value);
                // `AWS id:signature`, `... Credential=id/date/...`, `q-ak=id&...`: dates and regions are public.
                for piece in text.split([' ', ',', '&', ':', '/', '=']) {
                    if piece.len() >= 16 && !public::is_public(piece) {
                        self.blob(piece.as_bytes())
                    }
                }
            }
        }
    }

    /// Learns every word of a private text, escaped or not. A number in it is an account, such as the APPID of COS, or as
    /// private as one: it is no time, even if it looks like one.
    fn learn(&mut self, text: &[u8]) {
        for text in [String::from_utf8_lossy(text), String::from_utf8_lossy(&percent::decode(text))] {
            for word in words(&text).filter(|word| !public::is_vendors(word)) {
                self.word(word);
            }
        }
    }

    /// Learns a text that is hidden as a whole, and the words in it, if it is JSON in Base64.
    fn blob_of_json(&mut self, text: &[u8]) {
        use base64::{
            Engine,
            engine::general_purpose::{STANDARD, URL_SAFE},
        };
        for piece in text.split(|byte| *byte == b':') {
            let decoded = STANDARD.decode(piece).or_else(|_| URL_SAFE.decode(piece)).ok();
            let json = decoded.as_deref().unwrap_or(piece);
            if let Some(value) = std::str::from_utf8(json).ok().and_then(|json| Json::read(json).ok()) {
                self.learn_json(value, MOST_LEVELS);
            }
            if piece.len() >= SHORTEST_BLOB {
                self.blob(piece);
            }
        }
    }

    fn learn_json(&mut self, value: Json<'_>, levels: usize) {
        let Some(levels) = levels.checked_sub(1) else { return };
        if let Some(text) = value.text() {
            self.learn(text.as_bytes());
        } else if let Some(items) = value.items() {
            items.into_iter().for_each(|item| self.learn_json(item, levels));
        } else if let Some(mut members) = value.members() {
            // In the order of their names: the same values look the same, in whatever order they are written.
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            // A time may be written as a string.
            let untimed = members.into_iter().filter(|(name, _)| !matches!(&**name, "expiration" | "deadline"));
            untimed.for_each(|(_, member)| self.learn_json(member, levels));
        }
    }

    fn blob(&mut self, text: &[u8]) {
        let text = String::from_utf8_lossy(text).into_owned();
        if text.len() >= SHORTEST_BLOB {
            self.opaque(&text);
            // Escaped, as it stands in a URL.
            let escaped = String::from_utf8_lossy(&percent::encoded(text.as_bytes(), &percent::UNRESERVED)).into_owned();
            if escaped != text {
                self.opaque(&escaped);
            }
        } else {
            self.learn(text.as_bytes());
        }
    }

    /// A text with every word hidden, for what stands beside a report.
    pub fn all(&mut self, text: &str) -> String {
        self.text(text, Hide::All)
    }

    /// A text of the same length that says nothing; the same for the same text.
    pub fn opaque(&mut self, text: &str) -> String {
        if let Some((_, mask)) = self.blobs.iter().find(|(own, _)| own == text) {
            return mask.clone();
        }
        let bare = text.trim_end_matches('=');
        let tag = format!("hidden{}x", self.blobs.len() + 1);
        let mut mask: String = tag.chars().chain(std::iter::repeat('x')).take(bare.len()).collect();
        mask.extend(std::iter::repeat_n('=', text.len() - bare.len()));
        self.blobs.push((text.to_owned(), mask.clone()));
        mask
    }

    /// The mask of a word: one of its shape that no other word has.
    fn word(&mut self, word: &str) -> String {
        let key = word.to_ascii_lowercase();
        if let Some(mask) = self.words.get(&key) {
            return in_case_of(mask, word);
        }
        let shape: String = key.chars().map(|c| if c.is_ascii_digit() { '0' } else { 'x' }).collect();
        let count = self.shapes.entry(shape.clone()).or_insert(0);
        let mut mask;
        loop {
            *count += 1;
            mask = numbered(&shape, *count);
            if mask != key || *count > MOST_OF_A_SHAPE {
                break;
            }
        }
        self.words.insert(key, mask.clone());
        in_case_of(&mask, word)
    }

    /// A letter outside ASCII becomes another one of the same length.
    fn letter(&mut self, c: char) -> char {
        let next = u32::try_from(self.chars.len()).unwrap_or_default();
        *self.chars.entry(c).or_insert_with(|| {
            let base = match c.len_utf8() {
                2 => 0x430 + next % 32,
                3 => 0x4e00 + next % 0x4000,
                _ => 0x2_0000 + next % 0x4000,
            };
            char::from_u32(base).filter(|mask| *mask != c).or_else(|| char::from_u32(base + 1)).unwrap_or(c)
        })
    }

    /// A text with what is private hidden.
    fn text(&mut self, text: &str, hide: Hide) -> String {
        let mut text = text.to_owned();
        for (blob, mask) in &self.blobs {
            if text.contains(blob.as_str()) {
                text = text.replace(blob, mask);
            }
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let taken = if let Some((prefix, bytes, len)) = escapes(rest) {
                self.escaped(prefix, &bytes, rest.get(..len).unwrap_or_default(), hide, &mut out);
                len
            } else if c.is_ascii_alphanumeric() {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
                let word = rest.get(..end).unwrap_or_default();
                out.push_str(&if self.is_hidden(word, hide) { self.word(word) } else { word.to_owned() });
                end
            } else {
                out.push(if c.is_alphanumeric() { self.letter(c) } else { c });
                c.len_utf8()
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        out
    }

    fn is_hidden(&self, word: &str, hide: Hide) -> bool {
        let key = word.to_ascii_lowercase();
        let known = self.words.contains_key(&key);
        if (public::is_public(word) && !known) || self.blobs.iter().any(|(_, mask)| mask.trim_end_matches('=') == word) {
            return false;
        }
        // What was cut, joined or mistyped is told by what it has in common.
        let is_like = |own: &String| own.len() >= LONG && (key.contains(own.as_str()) || own.contains(&key));
        match hide {
            Hide::All => true,
            Hide::Known => known || (key.len() >= LONG && self.words.keys().any(is_like)),
            Hide::KnownAndLong => key.len() > 2 && known || (key.len() > LONG && self.words.keys().any(is_like)),
        }
    }

    /// Escapes stay escapes; letters in them become others.
    fn escaped(&mut self, prefix: &str, bytes: &[u8], raw: &str, hide: Hide, out: &mut String) {
        let is_small = raw.chars().any(|c| matches!(c, 'a'..='f'));
        let mut push = |byte: u8| {
            out.push_str(prefix);
            out.push_str(&if is_small { format!("{byte:02x}") } else { format!("{byte:02X}") });
        };
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                let shown = match c {
                    'a'..='z' | 'A'..='Z' | '0'..='9' if hide != Hide::KnownAndLong => 'x',
                    _ if !c.is_ascii() && c.is_alphanumeric() => self.letter(c),
                    _ => c,
                };
                let mut buffer = [0; 4];
                shown.encode_utf8(&mut buffer).bytes().for_each(&mut push);
            }
            chunk.invalid().iter().for_each(|_| push(0xff));
        }
    }

    fn document(&mut self, written: &mut Written) {
        let mut text = Vec::with_capacity(written.text.len());
        let mut at = 0;
        for part in &written.parts {
            let start = part.start.max(at);
            text.extend(self.bytes(written.text.get(at..start).unwrap_or_default(), Hide::Known));
            let bytes = written.text.get(start..part.end).unwrap_or_default();
            text.extend(self.part(part, bytes));
            at = part.end.max(start);
        }
        // Without parts nothing is known of the text: all of it may be private.
        for part in written.parts.iter_mut().filter(|part| String::from_utf8_lossy(&part.name).contains(META)) {
            part.name = self.bytes(&part.name, Hide::Known);
        }
        let rest = if written.parts.is_empty() { Hide::All } else { Hide::Known };
        text.extend(self.bytes(written.text.get(at..).unwrap_or_default(), rest));
        written.text = text;
    }

    fn part(&mut self, part: &Part, bytes: &[u8]) -> Vec<u8> {
        match part.role {
            Role::Digest | Role::PreviousSignature | Role::Payload | Role::ContentMd5 | Role::Policy => self.hashed(bytes),
            Role::Header | Role::Query => {
                let name = String::from_utf8_lossy(&part.name).to_ascii_lowercase();
                let end = bytes.iter().position(|byte| matches!(byte, b':' | b'=')).map_or(bytes.len(), |at| at + 1);
                let (front, value) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
                let front = if name.contains(META) { self.bytes(front, Hide::Known) } else { front.to_vec() };
                let value = match public::kind(&name) {
                    public::Kind::Public | public::Kind::Credential => self.bytes(value, Hide::Known),
                    public::Kind::Private => self.bytes(value, Hide::All),
                    public::Kind::Opaque => self.hashed(value),
                };
                [front, value].concat()
            }
            Role::Date | Role::Time | Role::ScopeDate | Role::KeyTime => bytes.to_vec(),
            Role::Bucket | Role::Path | Role::Host | Role::Url | Role::Body | Role::Field => self.bytes(bytes, Hide::All),
            _ => self.bytes(bytes, Hide::Known),
        }
    }

    /// A digest or the like; literals in its place say what they say.
    fn hashed(&mut self, bytes: &[u8]) -> Vec<u8> {
        match std::str::from_utf8(bytes) {
            Ok(text) if public::is_literal(text) => bytes.to_vec(),
            Ok(text) if text.len() >= SHORTEST_BLOB => self.opaque(text).into_bytes(),
            _ => self.bytes(bytes, Hide::All),
        }
    }

    fn bytes(&mut self, bytes: &[u8], hide: Hide) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            out.extend_from_slice(self.text(chunk.valid(), hide).as_bytes());
            out.extend(chunk.invalid().iter().map(|_| 0xff));
        }
        out
    }
}

/// Behind it stands a name of the user's own.
const META: &str = "-meta-";
/// As much of a body is looked at.
const MOST_OF_BODY: usize = 64 << 10;
/// JSON in more levels is looked at no deeper.
const MOST_LEVELS: usize = 64;
/// Shorter texts are words.
const SHORTEST_BLOB: usize = 12;
/// Words that are long enough to be told in others.
const LONG: usize = 4;
/// Beyond this a word may be shown as itself: there are only so many words of one letter.
const MOST_OF_A_SHAPE: usize = 64;

/// Runs of ASCII letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// The word number `count` of a shape: counted in its last places, so that each is another one.
fn numbered(shape: &str, count: usize) -> String {
    let mut left = count;
    let mut mask: Vec<char> = shape.chars().collect();
    for place in mask.iter_mut().rev() {
        let (base, first) = if *place == '0' { (10, b'0') } else { (26, b'a') };
        let digit = left % base;
        left /= base;
        if digit > 0 || left > 0 || count == 0 {
            *place = char::from(first + u8::try_from(digit).unwrap_or_default());
        }
        if left == 0 {
            break;
        }
    }
    mask.into_iter().collect()
}

/// `mask` with capitals where `word` has them.
fn in_case_of(mask: &str, word: &str) -> String {
    let cased = |(mask, own): (char, char)| if own.is_ascii_uppercase() { mask.to_ascii_uppercase() } else { mask };
    mask.chars().zip(word.chars()).map(cased).collect()
}

/// A run of escapes at the start of `text`: what each begins with, the bytes, and the length of the run.
fn escapes(text: &str) -> Option<(&'static str, Vec<u8>, usize)> {
    for prefix in ["%2525", "%25", "%"] {
        let mut bytes = Vec::new();
        let mut rest = text;
        while let Some(digits) = rest.strip_prefix(prefix).and_then(|rest| rest.get(..2)) {
            let Ok(byte) = u8::from_str_radix(digits, 16) else { break };
            bytes.push(byte);
            rest = rest.get(prefix.len() + 2..).unwrap_or_default();
        }
        if !bytes.is_empty() && digits_only(text, prefix, bytes.len()) {
            return Some((prefix, bytes, text.len() - rest.len()));
        }
    }
    None
}

/// `from_str_radix` takes a sign, which is no digit.
fn digits_only(text: &str, prefix: &str, count: usize) -> bool {
    let run = text.get(..count * (prefix.len() + 2)).unwrap_or_default();
    run.bytes().all(|byte| byte == b'%' || byte.is_ascii_hexdigit())
}
