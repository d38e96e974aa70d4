//! Bodies that are made with the type they are sent with.

use super::value::{Language, Member, Reader, Value};

/// What makes them, as it is called.
const MAKERS: [(&str, Maker); 8] = [
    ("new Blob(", Maker::Blob),
    ("RequestBody.create(", Maker::OkHttp),
    ("MediaType.parse(", Maker::Type),
    ("MediaType.get(", Maker::Type),
    ("new MediaTypeHeaderValue(", Maker::Type),
    ("new StringContent(", Maker::StringContent),
    ("new ByteArrayContent(", Maker::Bytes),
    ("new StreamContent(", Maker::Bytes),
];

#[derive(Clone, Copy)]
enum Maker {
    /// Of browsers and Node: texts in a list, and the type among its options.
    Blob,
    /// A type and a text, or the other way round; a text makes it name its charset.
    OkHttp,
    /// A type alone.
    Type,
    /// Of .NET: a text, its charset and its type.
    StringContent,
    /// Of .NET: bytes, without a type.
    Bytes,
}

impl<'t> Reader<'t, '_> {
    /// A body with its type, if one begins here.
    pub(super) fn typed(&mut self, depth: usize) -> Option<Value<'t>> {
        // What Kotlin makes of a file.
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"._".contains(byte)).count();
        if let Some((name, rest)) = self.rest.split_at_checked(length).filter(|(name, _)| name.ends_with(b".asRequestBody")) {
            self.rest = rest.strip_prefix(b"(")?;
            let content = [(&b""[..], Value::Unknown(name))];
            return Maker::OkHttp.body(content.into_iter().chain(self.list(")", depth + 1)?).collect());
        }
        let (_, maker) = MAKERS.iter().find(|(name, _)| self.sign(name))?;
        let language = std::mem::replace(&mut self.language, Language::Code);
        let arguments = self.list(")", depth + 1);
        self.language = language;
        maker.body(arguments?)
    }

    /// What Kotlin makes of a text: a type, or a body of a type.
    pub(super) fn made_of(&mut self, text: Vec<u8>, depth: usize) -> Option<Value<'t>> {
        if self.sign(".toMediaType()") || self.sign(".toMediaTypeOrNull()") {
            return Maker::Type.body(vec![(b"", Value::Text(text))]);
        }
        if !self.sign(".toRequestBody(") {
            return Some(Value::Text(text));
        }
        let language = std::mem::replace(&mut self.language, Language::Code);
        let arguments = self.list(")", depth + 1);
        self.language = language;
        let content = [(&b""[..], Value::Text(text))];
        Maker::OkHttp.body(content.into_iter().chain(arguments?).collect())
    }
}

impl Maker {
    fn body(self, arguments: Vec<Member<'_>>) -> Option<Value<'_>> {
        let mut values = arguments.into_iter().map(|(_, value)| value);
        let (first, second, third) = (values.next()?, values.next(), values.next());
        let unknown = Value::Unknown(b"");
        let (content, media) = match (self, first, second, third) {
            (Self::Blob, Value::Members(pieces), options, None) => (joined(pieces), blob_type(options)?),
            (Self::Type, Value::Text(media), None, None) => (unknown, Some(media)),
            (Self::OkHttp, Value::Typed(_, Some(media)), Some(content), None)
            | (Self::OkHttp, content, Some(Value::Typed(_, Some(media))), None) => {
                let media = if matches!(content, Value::Text(_)) { with_charset(media) } else { media };
                (content, Some(media))
            }
            (Self::OkHttp, content, Some(Value::Unknown(b"null")), None) => (content, None),
            (Self::StringContent, content, None, None) => (content, Some(b"text/plain; charset=utf-8".to_vec())),
            (Self::StringContent, content, Some(Value::Unknown(b"Encoding.UTF8")), media) => {
                let media = match media {
                    None => b"text/plain".to_vec(),
                    Some(Value::Text(media)) => media,
                    Some(_) => return None,
                };
                (content, Some(with_charset(media)))
            }
            (Self::Bytes, content, None, None) => (content, None),
            _ => return None,
        };
        Some(Value::Typed(Box::new(content), media))
    }
}

/// The texts of a list, if it holds nothing else.
fn joined(pieces: Vec<Member<'_>>) -> Value<'_> {
    let texts = pieces.into_iter().map(|(_, value)| match value {
        Value::Text(text) => Some(text),
        _ => None,
    });
    texts.collect::<Option<Vec<_>>>().map_or(Value::Unknown(b""), |texts| Value::Text(texts.concat()))
}

/// The type among options, which is none without them. `None` when it is not known.
fn blob_type(options: Option<Value<'_>>) -> Option<Option<Vec<u8>>> {
    match options {
        None => Some(None),
        Some(Value::Members(members)) => match members.into_iter().find(|(name, _)| *name == b"type") {
            None => Some(None),
            Some((_, Value::Text(media))) => Some(Some(media)),
            Some(_) => None,
        },
        Some(_) => None,
    }
}

/// A type with the charset that the client names for a text.
fn with_charset(media: Vec<u8>) -> Vec<u8> {
    let is_named = media.to_ascii_lowercase().windows(8).any(|piece| piece == b"charset=");
    if is_named { media } else { [&media[..], b"; charset=utf-8"].concat() }
}
