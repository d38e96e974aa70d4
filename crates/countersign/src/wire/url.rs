//! A URL cut into its raw pieces, nothing decoded or tidied.

use super::{percent::Kept, position, split_once, strip_prefix_ignore_case};
use crate::phrase::{Phrase, Told, phrase, tell_in_english};

/// `http`, `https` or `rtmp`: decides which port is the default one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Plain HTTP, port 80.
    Http,
    /// HTTP over TLS, port 443.
    Https,
    /// RTMP, port 1935: the push of a live stream, whose URL is signed.
    Rtmp,
}

impl Transport {
    /// The port that need not be written.
    #[must_use]
    pub const fn default_port(self) -> &'static str {
        match self {
            Self::Http => "80",
            Self::Https => "443",
            Self::Rtmp => "1935",
        }
    }

    /// `http`, `https` or `rtmp`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Rtmp => "rtmp",
        }
    }
}

/// The raw pieces of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http`, `https` or `rtmp`.
    pub transport: Transport,
    /// Host, with the port if one is written.
    pub authority: &'a str,
    /// The path, still escaped; empty when the URL has none.
    pub path: &'a [u8],
    /// The query, still escaped, without `?`; `None` when there is no `?`.
    pub query: Option<&'a [u8]>,
}

/// Why a text is not a usable URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// It does not start with `http://`, `https://` or `rtmp://`.
    NoScheme,
    /// There is no host after `//`.
    NoHost,
    /// The host holds a character no host can have; its offset in the URL.
    BadHost(usize),
}

impl Told for UrlError {
    fn told(&self) -> Phrase {
        match self {
            Self::NoScheme => phrase!("the URL does not start with `http://`, `https://` or `rtmp://`"),
            Self::NoHost => phrase!("the URL has no host after `//`"),
            Self::BadHost(at) => {
                phrase!("the host of the URL holds a character no host can have, at offset {at}").shown("at", at)
            }
        }
    }
}

tell_in_english!(UrlError);
impl core::error::Error for UrlError {}

impl<'a> Url<'a> {
    /// Cuts `text` into pieces. A fragment (`#...`) never reaches a server and is dropped; user
    /// information before `@` is dropped too.
    ///
    /// # Errors
    ///
    /// When there is no `http://`, `https://` or `rtmp://`, or no sensible host after it.
    pub fn parse(text: &'a [u8]) -> Result<Self, UrlError> {
        let Pieces { transport, authority, path, query, .. } = Pieces::of(text)?;
        // What is not UTF-8 was refused.
        Ok(Self { transport, authority: core::str::from_utf8(authority).unwrap_or_default(), path, query })
    }
}

/// The same with a host that is known to be UTF-8.
pub(crate) struct Pieces<'a> {
    pub(crate) transport: Transport,
    pub(crate) authority: &'a [u8],
    /// All before the query where nothing of that is to be tidied: it is in lower case up to the path, and the authority is a
    /// name and nothing else.
    pub(crate) plain: Option<&'a [u8]>,
    pub(crate) path: &'a [u8],
    pub(crate) query: Option<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Result<Self, UrlError> {
        let (transport, rest, is_lower) = transport_of(text).ok_or(UrlError::NoScheme)?;
        let offset = text.len() - rest.len();
        // Most URLs have nothing else before `/`.
        let name = NAME.run(rest);
        let is_end = |byte: u8| matches!(byte, b'/' | b'?' | b'#');
        let is_plain = rest.get(name).is_none_or(|byte| is_end(*byte));
        let end = if is_plain { name } else { position(rest, is_end).unwrap_or(rest.len()) };
        let (authority, target) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let authority = if is_plain { authority } else { behind_user(authority) };
        if authority.is_empty() {
            return Err(UrlError::NoHost);
        }
        if !is_plain {
            if let Some(bad) = authority.iter().position(|b| b.is_ascii() && !HOST.contains(*b)) {
                return Err(UrlError::BadHost(offset + bad));
            }
            core::str::from_utf8(authority).map_err(|e| UrlError::BadHost(offset + e.valid_up_to()))?;
        }
        let (path, query) = target_parts(target);
        let plain = if is_plain && is_lower { text.get(..offset + authority.len() + path.len()) } else { None };
        Ok(Self { transport, authority, plain, path, query })
    }
}

/// How a URL begins, what follows `://`, and whether all before is in lower case.
fn transport_of(text: &[u8]) -> Option<(Transport, &[u8], bool)> {
    [(Transport::Https, "https://"), (Transport::Http, "http://"), (Transport::Rtmp, "rtmp://")].into_iter().find_map(
        |(transport, beginning)| {
            // As they are mostly written, which is quicker to see.
            let lower = text.strip_prefix(beginning.as_bytes());
            let rest = lower.or_else(|| strip_prefix_ignore_case(text, beginning.as_bytes()))?;
            Some((transport, rest, lower.is_some()))
        },
    )
}

/// An authority without user information.
fn behind_user(authority: &[u8]) -> &[u8] {
    authority.iter().rposition(|b| *b == b'@').and_then(|at| authority.get(at + 1..)).unwrap_or(authority)
}

/// The ASCII characters a host can have.
static HOST: Kept = Kept::alphanumeric_and(b".-_:[]%");
/// Those of a name in lower case.
static NAME: Kept = Kept::alphanumeric_and(b".-_").without(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ");

/// Path and query of a request target; a fragment is dropped.
///
/// `&#38;` starts no fragment: it is a `&` escaped for HTML, a fault worth explaining.
pub(crate) fn target_parts(target: &[u8]) -> (&[u8], Option<&[u8]>) {
    let Some(mark) = position(target, |byte| matches!(byte, b'?' | b'#')) else { return (target, None) };
    let rest = target.get(mark..).unwrap_or_default();
    if rest.starts_with(b"?") && position(rest, |byte| byte == b'#').is_none() {
        return (target.get(..mark).unwrap_or(target), rest.get(1..));
    }
    let mut marks = target.iter().enumerate().filter(|(_, byte)| **byte == b'#').map(|(at, _)| at);
    let is_escape = |at: &usize| {
        let (front, rest) = target.split_at_checked(*at).unwrap_or_default();
        front.ends_with(b"&") && (rest.starts_with(b"#38;") || rest.starts_with(b"#x26;"))
    };
    let end = marks.find(|at| !is_escape(at)).unwrap_or(target.len());
    split_once(target.get(..end).unwrap_or(target), b'?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stay_raw() {
        let url = Url::parse(b"HTTPS://u:p@b.Example.com:8443//a%2fb?x=1?&y#frag").map(|u| (u.authority, u.path, u.query));
        assert_eq!(url, Ok(("b.Example.com:8443", &b"//a%2fb"[..], Some(&b"x=1?&y"[..]))));
        let escaped = Url::parse(b"http://h/?a=1&#38;b=2#frag").map(|u| u.query);
        assert_eq!(escaped, Ok(Some(&b"a=1&#38;b=2"[..])));
        let bare = Url::parse(b"http://h?x").map(|u| (u.path, u.query));
        assert_eq!(bare, Ok((&b""[..], Some(&b"x"[..]))));
    }

    #[test]
    fn a_plain_host_needs_no_tidying() {
        let plain = |url: &'static str| Pieces::of(url.as_bytes()).ok().and_then(|pieces| pieces.plain);
        for (url, wanted) in [
            ("https://b.example-1.com", "https://b.example-1.com"),
            ("http://b_1.example.com/A:8080?a#b", "http://b_1.example.com/A:8080"),
            ("https://h?B@", "https://h"),
        ] {
            assert_eq!(plain(url), Some(wanted.as_bytes()));
        }
        for url in [
            "https://B.example.com/",
            "https://b.example.com:443/",
            "https://u@b.example.com/",
            "https://[::1]/",
            "https://b%2e/",
            "HTTPS://b/",
        ] {
            assert_eq!(plain(url), None, "{url}");
        }
    }

    #[test]
    fn what_is_not_a_url_is_named() {
        assert_eq!(Url::parse(b"ftp://x/"), Err(UrlError::NoScheme));
        assert_eq!(Url::parse(b"https:///x"), Err(UrlError::NoHost));
        assert_eq!(Url::parse(b"https:// oss/x"), Err(UrlError::BadHost(8)));
    }
}
