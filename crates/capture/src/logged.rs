//! Requests that a log shows on one line, as objects of the language the client is written in.

use crate::{
    Answer, Origin, http, literal,
    request::{Head, Request, absent_body, split_url},
    url,
    walk::{Out, Piece},
};
use countersign::{Timestamp, wire::percent};
use serde_json::Value;

/// Takes a line that holds a request or the headers of an answer.
pub(crate) fn line(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, after) = http::line(text);
    let whole = text.len() - after.len();
    if let Some(host) = connection(line) {
        out.host = Some(host);
        return None;
    }
    if answer_headers(line, out) || go(line, out) {
        return Some(whole);
    }
    let (fields, used) = headers(text, line)?;
    let method = method(line)?;
    let signed = fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let url = url::first(line).map(<[u8]>::to_vec).or_else(|| {
        let path = named(line, "uri")?;
        let host = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("host")).map(|(_, host)| host.as_str());
        let host = host.or(out.host.as_deref())?;
        path.starts_with('/').then(|| format!("https://{host}{path}").into_bytes())
    })?;
    let (mut target, authority, transport) = split_url(&url)?;
    if !signed && !crate::claim::is_signed_url(&url) {
        return None;
    }
    params(line, &mut target);
    let mut head = Head::new(&method, target);
    if !fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.add("Host", &authority);
    }
    for (name, value) in &fields {
        head.add(name, value);
    }
    let head = head.write();
    let body = absent_body(&head, &method, &mut out.notes);
    out.request(Request { head, body, transport: Some(transport) }, Origin::Log);
    Some(used.max(whole))
}

/// `headers={'a': 'b'}`, `headers: {...}`, `with headers {...}`: the fields, and where the text goes on.
fn headers(text: &[u8], line: &[u8]) -> Option<(Vec<(String, String)>, usize)> {
    let lower = line.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + http::find(lower.get(from..)?, b"headers")?;
        from = at + 7;
        let rest = text.get(from..)?;
        let skipped = rest.iter().take(3).take_while(|byte| b"=: '\"".contains(byte)).count();
        let Some((Value::Object(members), after)) =
            rest.get(skipped..).filter(|rest| rest.starts_with(b"{")).and_then(literal::value)
        else {
            continue;
        };
        let plain = |value: Value| match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(mut items) if items.len() == 1 => items.pop().and_then(|item| item.as_str().map(str::to_owned)),
            _ => None,
        };
        let fields = members.into_iter().filter_map(|(name, value)| Some((name, plain(value)?))).collect();
        return Some((fields, text.len() - after.len()));
    }
}

/// The verb: named, or before the URL.
fn method(line: &[u8]) -> Option<String> {
    let named = ["method", "method_string"].iter().find_map(|name| named(line, name));
    let found = named.or_else(|| {
        let at = http::find(line, b"http")?;
        let word = line.get(..at)?.trim_ascii_end().rsplit(|byte| byte.is_ascii_whitespace()).next()?;
        Some(String::from_utf8_lossy(word).into_owned())
    })?;
    let is_verb = (3..=10).contains(&found.len()) && found.bytes().all(|byte| byte.is_ascii_uppercase());
    is_verb.then_some(found)
}

/// `name=value`, `name: value`, `'name': 'value'`.
fn named(line: &[u8], name: &str) -> Option<String> {
    let mut from = 0;
    loop {
        let at = from + http::find(line.get(from..)?, name.as_bytes())?;
        from = at + name.len();
        let rest = line.get(from..)?;
        let skipped = rest.iter().take(4).take_while(|byte| b"=: '\"".contains(byte)).count();
        let mark = rest.get(..skipped)?;
        if !mark.iter().any(|byte| matches!(byte, b'=' | b':')) {
            continue;
        }
        // A literal keeps its escapes; what stands bare ends at a comma or blank.
        let quote = mark.last().is_some_and(|last| matches!(last, b'\'' | b'"'));
        let begin = from + skipped - usize::from(quote);
        if quote {
            let (value, _) = literal::string(line.get(begin..)?)?;
            return Some(String::from_utf8_lossy(&value).into_owned());
        }
        let rest = line.get(begin..)?;
        // `uri=u'/a'`
        if let Some((value, _)) = literal::string(rest) {
            return Some(String::from_utf8_lossy(&value).into_owned());
        }
        let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b',').unwrap_or(rest.len());
        return Some(String::from_utf8_lossy(rest.get(..end)?).into_owned());
    }
}

/// Parameters that are logged beside the URL.
fn params(line: &[u8], target: &mut Vec<u8>) {
    let Some(at) = http::find(line, b"params: {") else { return };
    let Some((Value::Object(members), _)) = line.get(at + 8..).and_then(literal::value) else { return };
    for (name, value) in members {
        let value = match value {
            Value::String(text) => text,
            other => serde_json::to_string(&other).unwrap_or_default(),
        };
        target.push(if target.contains(&b'?') { b'&' } else { b'?' });
        percent::encode(name.as_bytes(), &percent::UNRESERVED, target);
        target.push(b'=');
        percent::encode(value.as_bytes(), &percent::UNRESERVED, target);
    }
}

/// `HTTPSConnection(host, port)` of `s3cmd`, which logs paths alone.
fn connection(line: &[u8]) -> Option<String> {
    let at = http::find(line, b"Connection(").filter(|_| http::find(line, b"HTTP").is_some())?;
    let inner = line.get(at + 11..)?.split(|byte| *byte == b')').next()?;
    let mut parts = inner.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    let host = String::from_utf8_lossy(parts.next()?).into_owned();
    let port = parts.next().filter(|port| !port.is_empty() && port.iter().all(u8::is_ascii_digit));
    Some(match port {
        Some(port) => format!("{host}:{}", String::from_utf8_lossy(port)),
        None => host,
    })
    .filter(|host| !host.is_empty())
}

/// `Response headers: {...}`: of use for the server's clock.
fn answer_headers(line: &[u8], out: &mut Out) -> bool {
    let Some(at) = http::find(line, b"esponse headers: {") else { return false };
    let Some((Value::Object(members), _)) = line.get(at + 17..).and_then(literal::value) else { return false };
    let date = members.iter().find(|(name, _)| name.eq_ignore_ascii_case("date")).and_then(|(_, value)| value.as_str());
    let date = date.and_then(|date| Timestamp::from_http_date(date.as_bytes()));
    if date.is_some() {
        out.pieces.push(Piece::Answer(Answer { bytes: Vec::new(), date }));
    }
    true
}

/// `[Req:0xc000]Method:PUT`, then `Host:h`, `Path:/a`, `Query:x`, `Header info:` and the fields behind tabs, of the OSS SDK for Go.
fn go(line: &[u8], out: &mut Out) -> bool {
    let Some(at) = http::find(line, b"]Method:") else { return false };
    let mut pieces = line.get(at + 1..).unwrap_or_default().split(|byte| *byte == b'\t').map(|piece| {
        let colon = piece.iter().position(|byte| *byte == b':').unwrap_or(piece.len());
        let (name, value) = piece.split_at_checked(colon).unwrap_or((piece, &[]));
        (name.trim_ascii(), value.get(1..).unwrap_or_default().trim_ascii())
    });
    let mut value = |name: &str| pieces.next().filter(|(own, _)| *own == name.as_bytes()).map(|(_, value)| value);
    let (Some(method), Some(host), Some(path), Some(query)) = (value("Method"), value("Host"), value("Path"), value("Query"))
    else {
        return false;
    };
    let mut target = percent::encoded(path, &percent::PATH.clone().with(b"!$&'()*+,;=:@"));
    if !query.is_empty() {
        target.push(b'?');
        target.extend_from_slice(query);
    }
    let mut head = Head::new(&String::from_utf8_lossy(method), target);
    let fields: Vec<_> =
        pieces.filter(|(name, value)| !value.is_empty() && !name.is_empty() && *name != b"Header info").collect();
    if !fields.iter().any(|(name, _)| name.eq_ignore_ascii_case(b"host")) {
        head.add("Host", host);
    }
    for (name, value) in fields {
        head.add(name, value);
    }
    let head = head.write();
    let body = absent_body(&head, &String::from_utf8_lossy(method), &mut out.notes);
    out.request(Request { head, body, transport: None }, Origin::Log);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Thing, walk};

    fn heads(log: &str) -> Vec<String> {
        let mut out = Out::default();
        walk::walk(log.as_bytes(), &mut out);
        let head = |piece: &Piece| match piece {
            Piece::Thing { thing: Thing::Request(request), .. } => {
                Some(String::from_utf8(request.head.clone()).unwrap().replace("\r\n", "\n"))
            }
            _ => None,
        };
        out.pieces.iter().filter_map(head).collect()
    }

    #[test]
    fn one_line_requests_of_several_clients_are_read() {
        let expected = "PUT /k?acl HTTP/1.1\nHost: b.example.com\nAuthorization: AWS a:b=\nDate: d\n";
        for log in [
            "botocore.endpoint [DEBUG] Sending http request: <AWSPreparedRequest stream_output=True, method=PUT, \
             url=https://b.example.com/k?acl, headers={'Authorization': b'AWS a:b=', 'Date': b'd'}>",
            "DEBUG: Sending request method_string='PUT', uri=u'/k?acl', headers={'Host': 'b.example.com', 'Authorization': u'AWS a:b=', 'Date': 'd'}, body=(0 bytes)",
            "ali-oss request PUT https://b.example.com/k?acl, with headers {\"Authorization\":\"AWS a:b=\",\"Date\":\"d\"}, !!stream: false",
        ] {
            let found = heads(log);
            assert_eq!(found.len(), 1, "{log}");
            let sorted = |text: &str| {
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&found[0]), sorted(expected), "{log}");
        }
        let oss = heads(
            "Send request, method: GET, url: http://b.example.com/, params: {'prefix': 'a b'}, headers: {'authorization': 'OSS a:b='}, timeout: 60",
        );
        assert_eq!(oss, ["GET /?prefix=a%20b HTTP/1.1\nHost: b.example.com\nauthorization: OSS a:b=\n"]);
        let s3cmd = heads(
            "DEBUG: non-proxied HTTPSConnection(b.example.com, None)\nDEBUG: Sending request method_string='GET', uri='/', headers={'Authorization': 'AWS a:b='}, body=(0 bytes)",
        );
        assert_eq!(s3cmd, ["GET / HTTP/1.1\nHost: b.example.com\nAuthorization: AWS a:b=\n"]);
        let go = heads(
            "[Req:0xc42]Method:PUT\tHost:b.example.com\tPath:/a b\tQuery:acl\tHeader info:\tAuthorization:OSS a:b=\tDate:d",
        );
        assert_eq!(go, ["PUT /a%20b?acl HTTP/1.1\nHost: b.example.com\nAuthorization: OSS a:b=\nDate: d\n"]);
    }
}
