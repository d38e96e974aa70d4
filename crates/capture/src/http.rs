//! The lines of HTTP messages, told apart from the text around them.

/// Cuts a line off: it without its line end, and what follows.
pub(crate) fn line(text: &[u8]) -> (&[u8], &[u8]) {
    match text.iter().position(|byte| *byte == b'\n') {
        Some(at) => {
            let line = text.get(..at).unwrap_or_default();
            (line.strip_suffix(b"\r").unwrap_or(line), text.get(at + 1..).unwrap_or_default())
        }
        None => (text, &[]),
    }
}

/// All lines, without their ends.
pub(crate) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Whether two texts are alike but for the case of their letters, and the first is the start of the second.
pub(crate) fn starts_with(text: &[u8], start: &str) -> bool {
    strip(text, start).is_some()
}

/// `text` without `start`, whose case does not matter.
pub(crate) fn strip<'t>(text: &'t [u8], start: &str) -> Option<&'t [u8]> {
    let (front, rest) = text.split_at_checked(start.len())?;
    front.eq_ignore_ascii_case(start.as_bytes()).then_some(rest)
}

/// Where `what` begins in `text`.
pub(crate) fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    while let Some(at) = text.get(from..)?.iter().position(|byte| *byte == first) {
        if text.get(from + at..)?.starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// A request line in its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RequestLine<'t> {
    pub(crate) method: &'t str,
    pub(crate) target: &'t [u8],
    pub(crate) has_version: bool,
}

/// Reads `METHOD target`, with or without a version. The verb is in capitals: prose rarely is.
pub(crate) fn request_line(line: &[u8]) -> Option<RequestLine<'_>> {
    let line = line.trim_ascii();
    let blank = line.iter().position(|byte| *byte == b' ')?;
    let (method, rest) = line.split_at_checked(blank)?;
    let method = std::str::from_utf8(method).ok()?;
    let is_verb = (3..=16).contains(&method.len()) && method.bytes().all(|byte| byte.is_ascii_uppercase());
    let rest = rest.trim_ascii();
    let version = rest.iter().rposition(|byte| *byte == b' ').filter(|at| {
        let last = rest.get(at + 1..).unwrap_or_default();
        strip(last, "http/").is_some_and(|number| number.first().is_some_and(u8::is_ascii_digit) && number.len() <= 3)
    });
    let target = version.and_then(|at| rest.get(..at)).unwrap_or(rest).trim_ascii();
    let is_target = target.starts_with(b"/") || target == b"*" || is_url(target);
    let is_known = matches!(method, "GET" | "PUT" | "POST" | "HEAD" | "DELETE" | "OPTIONS" | "PATCH" | "COPY");
    // Without a version, `GET /a is refused` would be one.
    let is_whole = version.is_some() || (is_known && !target.contains(&b' '));
    (is_verb && is_target && is_whole).then_some(RequestLine { method, target, has_version: version.is_some() })
}

/// A request line at the end of a line of a log; where it begins.
pub(crate) fn request_line_in(line: &[u8]) -> Option<usize> {
    let line = line.trim_ascii_end();
    const VERBS: [&[u8]; 7] = [b"GET ", b"PUT ", b"POST ", b"HEAD ", b"DELETE ", b"OPTIONS ", b"PATCH "];
    let is_start = |at: usize| at == 0 || line.get(at - 1).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b':'));
    let at = VERBS.iter().filter_map(|verb| find(line, verb).filter(|at| is_start(*at))).min()?;
    request_line(line.get(at..)?).filter(|found| found.has_version).map(|_| at)
}

/// Reads `HTTP/1.1 403 Forbidden`.
pub(crate) fn status_line(line: &[u8]) -> Option<u16> {
    let rest = line.trim_ascii().strip_prefix(b"HTTP/")?;
    let blank = rest.iter().position(|byte| *byte == b' ').filter(|at| *at <= 3)?;
    let digits = rest.get(blank..)?.trim_ascii_start().split(|byte| *byte == b' ').next()?;
    if digits.len() != 3 {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok().filter(|status| (100..600).contains(status))
}

/// A status line at the end of a line of a log; where it begins.
pub(crate) fn status_line_in(line: &[u8]) -> Option<usize> {
    let at = find(line, b"HTTP/")?;
    let is_start = at == 0 || line.get(at - 1).is_some_and(|byte| matches!(byte, b' ' | b'\t'));
    (is_start && status_line(line.get(at..)?).is_some()).then_some(at)
}

/// A header line in its pieces, the value without the one blank that clients write.
pub(crate) fn header_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':').filter(|at| *at > 0)?;
    let (name, value) = line.split_at_checked(colon)?;
    let value = value.get(1..)?;
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    // `https://` starts a URL, and `{"a":` JSON.
    if !name.iter().all(is_token) || value.starts_with(b"//") {
        return None;
    }
    Some((name, value.strip_prefix(b" ").unwrap_or(value)))
}

/// The trimmed value of the first field with this name in a head.
pub(crate) fn field<'h>(head: &'h [u8], name: &str) -> Option<&'h [u8]> {
    lines(head)
        .filter_map(header_line)
        .find(|(own, _)| own.eq_ignore_ascii_case(name.as_bytes()))
        .map(|(_, value)| value.trim_ascii())
}

/// `Content-Length`.
pub(crate) fn content_length(head: &[u8]) -> Option<u64> {
    std::str::from_utf8(field(head, "content-length")?).ok()?.parse().ok()
}

/// Whether a text starts like a URL that can be signed.
pub(crate) fn is_url(text: &[u8]) -> bool {
    ["https://", "http://", "rtmp://"].iter().any(|start| starts_with(text, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_lines_are_told_from_prose() {
        let read = |line: &'static str| request_line(line.as_bytes()).map(|found| (found.method, found.target));
        assert_eq!(read("PUT /a b?x HTTP/1.1"), Some(("PUT", &b"/a b?x"[..])));
        assert_eq!(read("GET https://h/a HTTP/2"), Some(("GET", &b"https://h/a"[..])));
        assert_eq!(read("GET /a"), Some(("GET", &b"/a"[..])));
        for prose in ["GET /a is refused", "Put /a HTTP/1.1", "GET", "MY /a", "GET me HTTP/1.1", "PUT /a HTTP/"] {
            assert_eq!(read(prose), None, "{prose}");
        }
        assert_eq!(request_line_in(b"mc: <DEBUG> PUT /a HTTP/1.1"), Some(12));
        assert_eq!(request_line_in(b"10.0.0.1 \"GET /a HTTP/1.1\" 403 12"), None);
    }

    #[test]
    fn status_lines_have_three_digits() {
        for (line, status) in
            [("HTTP/1.1 403 Forbidden", Some(403)), ("HTTP/2 403", Some(403)), ("HTTP/1.1 4030", None), ("HTTP/1.1", None)]
        {
            assert_eq!(status_line(line.as_bytes()), status, "{line}");
        }
    }
}
