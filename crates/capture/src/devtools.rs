//! Requests as browsers and HTTP/2 tools show them: pseudo-header fields, and the panels of developer tools.

use crate::{
    Origin, answer, http,
    request::{Head, Request, absent_body, absent_body_of_sent, split_url},
    walk::Out,
};
use countersign::wire::url::Transport;

/// The most lines of such a list.
const MOST_LINES: usize = 400;

/// Takes a list of fields with `:method` or `:status` in it.
pub(crate) fn fields(text: &[u8], out: &mut Out) -> Option<usize> {
    let (first, _) = http::line(text);
    pseudo(first)?;
    let mut rest = text;
    let mut list: Vec<(&[u8], &[u8])> = Vec::new();
    while !rest.is_empty() && list.len() < MOST_LINES {
        let (line, after) = http::line(rest);
        let Some((name, value)) = entry(line) else { break };
        // The next message begins.
        let is_answer = list.iter().any(|(own, _)| *own == b":status");
        let is_repeated = list.iter().any(|(own, _)| *own == name);
        if name.starts_with(b":") && (is_answer || is_repeated || (name == b":status" && !list.is_empty())) {
            break;
        }
        rest = after;
        if value.is_empty() && name.starts_with(b":") && !line.trim_ascii_end().ends_with(b":")
            || (is_split(first) && !name.is_empty() && value.is_empty())
        {
            // Newer panels have the value in the line below.
            let (value, after) = http::line(rest);
            list.push((name, value.trim_ascii()));
            rest = after;
        } else if !name.is_empty() {
            list.push((name, value));
        }
    }
    finish(&list, out)?;
    Some(text.len() - rest.len())
}

/// Whether the names stand alone in their lines.
fn is_split(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b":") && !line.get(1..).unwrap_or_default().contains(&b':')
}

/// A pseudo-header field that can begin a list.
fn pseudo(line: &[u8]) -> Option<()> {
    let (name, _) = entry(line)?;
    const NAMES: [&[u8]; 5] = [b":method", b":path", b":authority", b":scheme", b":status"];
    NAMES.contains(&name).then_some(())
}

/// A field, without what tools write around it; an empty name for a line that says nothing of one.
fn entry(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut text = line.trim_ascii();
    if text.starts_with(b";") || text.starts_with(b"(padlen") {
        return Some((b"", b""));
    }
    // `* [HTTP/2] [1] [:method: GET]`, `* h2h3 [:method: GET]`, `recv (stream_id=13) :status: 403`
    if let Some(rest) = text.strip_prefix(b"* ") {
        text = rest.trim_ascii_start();
        let inner = text.get(text.iter().rposition(|byte| *byte == b'[').filter(|_| text.starts_with(b"h")).unwrap_or(0)..)?;
        text = inner;
        while let Some(rest) =
            text.strip_prefix(b"[").filter(|_| text.iter().filter(|byte| **byte == b'[').count() > 1 && !text.starts_with(b"[:"))
        {
            let close = rest.iter().position(|byte| *byte == b']')?;
            let next = rest.get(close + 1..)?.trim_ascii_start();
            if !next.starts_with(b"[") {
                break;
            }
            text = next;
        }
        text = text.strip_prefix(b"[")?.strip_suffix(b"]")?;
    } else if let Some(at) = http::find(text, b"(stream_id=") {
        let close = text.get(at..)?.iter().position(|byte| *byte == b')')?;
        text = text.get(at + close + 1..)?.trim_ascii_start();
    }
    if let Some(rest) = text.strip_prefix(b":") {
        let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let name = text.get(..length + 1).filter(|_| length > 0)?;
        let value = rest.get(length..)?;
        return match value.strip_prefix(b":") {
            Some(value) => Some((name, value.trim_ascii())),
            None => value.is_empty().then_some((name, &[][..])),
        };
    }
    match http::header_line(text) {
        Some((name, value)) => Some((name, value.trim_ascii())),
        None => {
            let is_name =
                !text.is_empty() && text.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-');
            is_name.then_some((text, &[]))
        }
    }
}

fn finish(list: &[(&[u8], &[u8])], out: &mut Out) -> Option<()> {
    let value = |name: &str| list.iter().find(|(own, _)| *own == name.as_bytes()).map(|(_, value)| *value);
    let plain = || list.iter().filter(|(name, _)| !name.starts_with(b":"));
    if let Some(status) = value(":status") {
        let mut head = [b"HTTP/2 ", status, b"\r\n"].concat();
        for (name, value) in plain() {
            head.extend_from_slice(&[name, &b": "[..], value, b"\r\n"].concat());
        }
        answer::push(&head, out);
        return Some(());
    }
    let method = String::from_utf8_lossy(value(":method").unwrap_or(b"GET")).into_owned();
    let mut head = Head::new(&method, value(":path")?);
    if let Some(authority) = value(":authority").filter(|_| !plain().any(|(name, _)| name.eq_ignore_ascii_case(b"host"))) {
        head.add("Host", authority);
    }
    for (name, value) in plain() {
        head.add(name, value);
    }
    let head = head.write();
    let body = absent_body_of_sent(&head, &method, &mut out.notes);
    let transport = match value(":scheme") {
        Some(b"http") => Some(Transport::Http),
        Some(b"https") => Some(Transport::Https),
        _ => None,
    };
    out.request(Request { head, body, transport }, Origin::Http);
    Some(())
}

/// What a line of a panel is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Url,
    Method,
    Status,
    Sent,
    Received,
}

const LABELS: [(&str, Label); 14] = [
    ("request url", Label::Url),
    ("请求网址", Label::Url),
    ("请求 url", Label::Url),
    ("request method", Label::Method),
    ("请求方法", Label::Method),
    ("status code", Label::Status),
    ("状态代码", Label::Status),
    ("状态码", Label::Status),
    ("request headers", Label::Sent),
    ("请求标头", Label::Sent),
    ("请求头", Label::Sent),
    ("response headers", Label::Received),
    ("响应标头", Label::Received),
    ("响应头", Label::Received),
];

/// Takes the panel of a browser: URL, verb and status by name, then lists of fields.
pub(crate) fn panel(text: &[u8], out: &mut Out) -> Option<usize> {
    let (first, _) = http::line(text);
    label(first).filter(|(label, _)| *label == Label::Url)?;
    let mut rest = text;
    let (mut url, mut method, mut status) = (None, None, None);
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    let mut section = None;
    for _ in 0..MOST_LINES {
        if rest.is_empty() {
            break;
        }
        let (line, after) = http::line(rest);
        if let Some((found, value)) = label(line) {
            if found == Label::Url && url.is_some() {
                break;
            }
            rest = after;
            if matches!(found, Label::Sent | Label::Received) {
                section = Some(found);
                continue;
            }
            let value = if value.is_empty() {
                let (below, after) = http::line(rest);
                rest = after;
                below.trim_ascii()
            } else {
                value
            };
            match found {
                Label::Url => url = Some(value),
                Label::Method => method = Some(value),
                _ => status = Some(value),
            }
            continue;
        }
        if crate::walk::begins(line) || line.trim_ascii().starts_with(b"<") || line.trim_ascii().starts_with(b"{") {
            break;
        }
        rest = after;
        let trimmed = line.trim_ascii();
        let is_name = !trimmed.is_empty() && trimmed.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let field = match http::header_line(trimmed) {
            Some((name, value)) => Some((name, value.trim_ascii())),
            None if is_name && section.is_some() => {
                let (below, after) = http::line(rest);
                rest = after;
                Some((trimmed, below.trim_ascii()))
            }
            None => None,
        };
        let list = if section == Some(Label::Received) { &mut received } else { &mut sent };
        list.extend(field.filter(|(name, _)| !name.starts_with(b":")));
    }
    let (target, authority, transport) = split_url(url?)?;
    let method = String::from_utf8_lossy(method.unwrap_or(b"GET")).into_owned();
    let mut head = Head::new(&method, target);
    if !sent.iter().any(|(name, _)| name.eq_ignore_ascii_case(b"host")) {
        head.add("Host", authority);
    }
    for (name, value) in sent {
        head.add(name, value);
    }
    let head = head.write();
    let body = absent_body(&head, &method, &mut out.notes);
    out.request(Request { head, body, transport: Some(transport) }, Origin::Browser);
    let status = status.and_then(|status| status.split(|byte| !byte.is_ascii_digit()).find(|digits| digits.len() == 3));
    if let Some(status) = status {
        let mut head = [b"HTTP/1.1 ", status, b"\r\n"].concat();
        for (name, value) in received {
            head.extend_from_slice(&[name, &b": "[..], value, b"\r\n"].concat());
        }
        answer::push(&head, out);
    }
    Some(text.len() - rest.len())
}

fn label(line: &[u8]) -> Option<(Label, &[u8])> {
    let line = line.trim_ascii();
    let (word, found) = LABELS.iter().find(|(word, _)| http::starts_with(line, word))?;
    let rest = line.get(word.len()..)?;
    let value = rest.strip_prefix(b":").or_else(|| rest.strip_prefix("：".as_bytes()));
    match value {
        Some(value) => Some((*found, value.trim_ascii())),
        None => (rest.is_empty() || matches!(found, Label::Sent | Label::Received)).then_some((*found, &[])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Thing, walk::Piece};

    fn head(text: &str) -> String {
        let mut out = Out::default();
        crate::walk::walk(text.as_bytes(), &mut out);
        match out.pieces.first() {
            Some(Piece::Thing { thing: Thing::Request(request), .. }) => {
                String::from_utf8(request.head.clone()).unwrap().replace("\r\n", "\n")
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn pseudo_fields_are_read_as_tools_print_them() {
        let expected = "PUT /a?x HTTP/1.1\nHost: h\nx-a: 1: 2\n";
        for text in [
            ":method: PUT\n:path: /a?x\n:scheme: https\n:authority: h\nx-a: 1: 2\n",
            "* [HTTP/2] [1] OPENED stream for https://h/a?x\n* [HTTP/2] [1] [:method: PUT]\n* [HTTP/2] [1] [:scheme: https]\n\
             * [HTTP/2] [1] [:authority: h]\n* [HTTP/2] [1] [:path: /a?x]\n* [HTTP/2] [1] [x-a: 1: 2]\n",
            "* h2h3 [:method: PUT]\n* h2h3 [:path: /a?x]\n* h2h3 [:authority: h]\n* h2h3 [x-a: 1: 2]\n",
            "[  0.012] send HEADERS frame <length=40, flags=0x25, stream_id=13>\n          ; END_STREAM | END_HEADERS\n          (padlen=0)\n\
             \u{20}         :method: PUT\n          :path: /a?x\n          :scheme: https\n          :authority: h\n          x-a: 1: 2\n",
            ":authority\nh\n:method\nPUT\n:path\n/a?x\n:scheme\nhttps\nx-a\n1: 2\n",
        ] {
            assert_eq!(head(text), expected, "{text}");
        }
    }

    #[test]
    fn panels_are_read_in_both_forms_and_languages() {
        let expected = "PUT /a?x HTTP/1.1\nHost: h\nX-A: 1\n";
        for text in [
            "Request URL: https://h/a?x\nRequest Method: PUT\nStatus Code: 403 Forbidden\nResponse Headers\nDate: d\nRequest Headers\nX-A: 1\n",
            "Request URL\nhttps://h/a?x\nRequest Method\nPUT\nStatus Code\n403 Forbidden\nRequest Headers\nX-A\n1\n",
            "请求网址: https://h/a?x\n请求方法: PUT\n状态代码: 403 Forbidden\n请求标头\nX-A: 1\n",
        ] {
            assert_eq!(head(text), expected, "{text}");
        }
    }
}
