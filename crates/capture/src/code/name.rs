//! The names of calls that send or make a request.

use crate::http;

/// Verbs, as functions are named after them.
pub(super) const VERBS: [&str; 7] = ["GET", "PUT", "POST", "HEAD", "DELETE", "PATCH", "OPTIONS"];

/// What has functions that are named after verbs, or ends so.
const CLIENTS: [&str; 19] = [
    "api",
    "axios",
    "client",
    "dio",
    "excon",
    "faraday",
    "got",
    "http",
    "httparty",
    "httpx",
    "instance",
    "ky",
    "needle",
    "requests",
    "reqwest",
    "session",
    "superagent",
    "unirest",
    "ureq",
];

/// Those of them whose calls go on in a chain.
const BUILDERS: [&str; 6] = ["client", "faraday", "reqwest", "superagent", "unirest", "ureq"];

/// Functions that send a request, whose verb is an argument.
const CALLS: [&str; 5] = ["fetch", "axios", "ajax", "request", "ky"];

/// Functions that make a request of which more is said later, by the last words of their names.
const LATER: [&str; 11] = [
    "curl_easy_init",
    "RestRequest",
    "Request",
    "NewRequest",
    "NewRequestWithContext",
    "curl_init",
    "Request.Builder",
    "HttpRequest.newBuilder",
    "openConnection",
    "URLRequest",
    "HttpRequestMessage",
];

/// How more is said of a request than the call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum More {
    Nothing,
    /// By calls that follow one another without a name.
    Chained,
    /// By that, or by what the variable does that holds it.
    Later,
}

/// A call that may send a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'l> {
    /// The verb it is named after.
    pub(super) verb: Option<&'static str>,
    /// All of its name, and the last word of it.
    pub(super) whole: &'l str,
    pub(super) last: &'l str,
    /// What has the function.
    pub(super) whose: &'l str,
    /// Where its arguments begin.
    pub(super) at: usize,
    pub(super) more: More,
}

impl<'l> Named<'l> {
    /// The first one in a line.
    pub(super) fn first(line: &'l [u8]) -> Option<Self> {
        const FURTHEST: usize = 400;
        let line = line.get(..line.len().min(FURTHEST))?;
        let opens = line.iter().enumerate().filter(|(_, byte)| **byte == b'(').map(|(at, _)| at);
        opens.filter_map(|at| Some((line.get(..at)?, at + 1))).find_map(|(before, at)| Self::of(before, at))
    }

    /// The call whose arguments begin behind this text.
    pub(super) fn of(before: &'l [u8], at: usize) -> Option<Self> {
        let whole = ending(before)?;
        let mut words =
            whole.rsplit(['.', '>', ':']).map(|word| word.trim_matches(['$', '-', '?', '!'])).filter(|w| !w.is_empty());
        let (last, own, third) = (words.next()?, words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let whose = whole.get(..whole.len() - last.len()).unwrap_or_default().trim_end_matches(['.', '>', ':', '-', '?', '!']);
        let named = Self { verb: None, whole, last, whose, at, more: More::Nothing };
        let verb_of = |name: &str| VERBS.into_iter().find(|verb| verb.eq_ignore_ascii_case(name));
        // A file is opened by nobody in particular.
        if last == "open" && !own.is_empty() || LATER.iter().any(|later| is_last(whole, later)) {
            return Some(Self { more: More::Later, ..named });
        }
        let lower = own.to_ascii_lowercase();
        let is_builder = BUILDERS.iter().any(|builder| lower.ends_with(builder));
        let more = if is_builder { More::Chained } else { More::Nothing };
        if CALLS.contains(&last) {
            // Node's own sends it when it is told to.
            let is_node = last == "request" && matches!(own, "http" | "https");
            return Some(Self { more: if is_node { More::Later } else { more }, ..named });
        }
        // `Net::HTTP::Put.new` of Ruby, `new HttpPut` of Apache.
        let class = if last == "new" && third == "HTTP" { verb_of(own) } else { last.strip_prefix("Http").and_then(verb_of) };
        if class.is_some() {
            return Some(Self { verb: class, more: More::Later, ..named });
        }
        let verb = verb_of(last.strip_suffix("Async").unwrap_or(last))?;
        let is_client = CLIENTS.iter().any(|client| lower.ends_with(client));
        // In a chain that goes on from the line before, nobody is named.
        let is_link = whole.starts_with('.') && own.is_empty();
        let more = if is_link { More::Chained } else { more };
        (is_client || is_link).then_some(Self { verb: Some(verb), more, ..named })
    }
}

/// Whether a name ends with these words.
pub(super) fn is_last(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|whose| whose.is_empty() || whose.ends_with(['.', '>', ':']))
}

/// The name that ends a text, with what it belongs to.
pub(super) fn ending(text: &[u8]) -> Option<&str> {
    let mut begin = text.len();
    while let Some((last, rest)) = text.get(..begin).and_then(<[u8]>::split_last) {
        begin = if last.is_ascii_alphanumeric() || b"._$".contains(last) {
            rest.len()
        } else if rest.last().is_some_and(|before| matches!((before, last), (b'-', b'>') | (b':', b':'))) {
            rest.len() - 1
        } else if b"?!".contains(last) && text.get(begin) == Some(&b'.') {
            rest.len()
        } else {
            break;
        };
    }
    std::str::from_utf8(text.get(begin..)?).ok()
}

/// The variable that holds what a call makes: the first that is set in the line before it.
pub(super) fn variable(before: &[u8]) -> &[u8] {
    let set = before.iter().position(|byte| *byte == b'=').and_then(|at| before.get(..at)).unwrap_or_default();
    let names = set.split(|byte| b",:".contains(byte)).next().unwrap_or_default().trim_ascii_end();
    let length = names.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"_$.".contains(byte)).count();
    names.get(names.len() - length..).unwrap_or_default()
}

/// Where the options of a command of PowerShell begin.
pub(super) fn command(line: &[u8]) -> Option<usize> {
    let lower = line.to_ascii_lowercase();
    ["invoke-webrequest ", "invoke-restmethod ", "iwr ", "irm "].iter().find_map(|name| {
        let at = http::find(&lower, name.as_bytes())?;
        let is_word = at == 0 || line.get(at - 1).is_some_and(|byte| byte.is_ascii_whitespace() || b">=({".contains(byte));
        is_word.then_some(at + name.len())
    })
}
