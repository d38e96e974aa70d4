//! The body of a captured form, cut into its parts.
//!
//! Follows RFC 7578 as far as clients do: parts begin with a line of two hyphens and the boundary, have
//! `Content-Disposition: form-data; name="..."`, and the part called `file` is the file, whatever other
//! parts have a file name. Lines may end in LF throughout, as in captures that were pasted.

use super::{
    Dialect, FilePart, Submission,
    evaluate::lengths,
    refusal::{Reason, Refusal},
    submission::Part,
};
use crate::{
    phrase::words,
    wire::{split_once, strip_prefix_ignore_case},
};

/// The most parts of a form that are read.
pub const MAX_PARTS: usize = 1000;
/// The most bytes of headers of one part.
const MAX_HEAD: usize = 16 << 10;
/// The longest boundary RFC 2046 allows.
const MAX_BOUNDARY: usize = 70;

impl<'a> Submission<'a> {
    /// Reads a form as captured: the value of the request's `Content-Type` and the body.
    ///
    /// Nothing is copied. Reading stops where the vendor's server would stop: at a form that is not
    /// well-formed, and at a field above the vendor's limits.
    ///
    /// ```
    /// use countersign::policy::{Dialect, Submission};
    ///
    /// let body = b"--xyz\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na.txt\r\n\
    ///     --xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
    ///     Content-Type: text/plain\r\n\r\nhello\r\n--xyz--\r\n";
    /// let form = Submission::parse(b"multipart/form-data; boundary=xyz", body, "photos", Dialect::Oss)?;
    /// assert_eq!(form.value("key"), Some(&b"a.txt"[..]));
    /// assert_eq!(form.file_part().map(|file| (file.size, file.filename)), Some((5, Some("a.txt"))));
    ///
    /// let cut = &body[..body.len() - 20];
    /// let refusal = Submission::parse(b"multipart/form-data; boundary=xyz", cut, "photos", Dialect::Oss).unwrap_err();
    /// assert_eq!(refusal.answer.code, Some("MalformedPOSTRequest"));
    /// # Ok::<(), countersign::policy::Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// With the reason and the answer of the vendor's server.
    pub fn parse(content_type: &[u8], body: &'a [u8], bucket: &'a str, dialect: Dialect) -> Result<Self, Refusal> {
        read(content_type, body, bucket, dialect).map_err(|reason| Refusal::new(dialect, reason))
    }
}

fn read<'a>(content_type: &[u8], body: &'a [u8], bucket: &'a str, dialect: Dialect) -> Result<Submission<'a>, Reason> {
    let boundary = boundary(content_type)?;
    let mut submission = Submission::to(bucket).content_length(body.len() as u64);
    let (mut count, mut total, mut file_seen) = (0, 0, false);
    for part in Parts::new(body, boundary)? {
        let RawPart { at, head, content } = part?;
        count += 1;
        if count > MAX_PARTS {
            return Err(Reason::TooManyParts);
        }
        let head = Head::parse(head, at)?;
        if head.name == "file" {
            if let Some(header) = head.unusual.filter(|_| dialect == Dialect::Oss) {
                return Err(Reason::FilePartHeader(header.into()));
            }
            let file = FilePart { size: content.len() as u64, filename: head.filename, content_type: head.content_type };
            submission = submission.part(Part::File(file));
            file_seen = true;
            continue;
        }
        if !file_seen {
            total = lengths(dialect.rules(), head.name, content, total)?;
        }
        submission = submission.part(Part::Field(head.name, content));
    }
    Ok(submission)
}

/// The boundary of a `multipart/form-data` type.
fn boundary(content_type: &[u8]) -> Result<&[u8], Reason> {
    let (kind, params) = split_once(content_type, b';');
    if !kind.trim_ascii().eq_ignore_ascii_case(b"multipart/form-data") {
        return Err(Reason::NotMultipart);
    }
    let boundary = param(params.unwrap_or_default(), b"boundary").ok_or(Reason::BoundaryMissing)?;
    if boundary.is_empty() || boundary.len() > MAX_BOUNDARY { Err(Reason::BoundaryMissing) } else { Ok(boundary) }
}

/// The value of a parameter in `a=1; b="2"`.
///
/// Clients escape quotes in names in three ways. A quote ends a value only where the parameter ends.
fn param<'p>(params: &'p [u8], name: &[u8]) -> Option<&'p [u8]> {
    let mut rest = params;
    loop {
        rest = rest.trim_ascii_start();
        let (key, after) = split_once(rest, b'=');
        // A parameter without a value: go on behind it.
        if key.contains(&b';') {
            rest = split_once(rest, b';').1?;
            continue;
        }
        let after = after?.trim_ascii_start();
        let (value, tail) = match after.strip_prefix(b"\"") {
            Some(quoted) => {
                let end = quoted.iter().enumerate().position(|(at, byte)| {
                    let behind = quoted.get(at + 1..).unwrap_or_default().trim_ascii_start();
                    *byte == b'"' && matches!(behind.first(), None | Some(b';'))
                })?;
                (quoted.get(..end)?, split_once(quoted.get(end + 1..)?, b';').1)
            }
            None => {
                let (value, tail) = split_once(after, b';');
                (value.trim_ascii(), tail)
            }
        };
        if key.trim_ascii().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = tail?;
    }
}

/// One part, its headers not yet read.
struct RawPart<'a> {
    at: usize,
    head: &'a [u8],
    content: &'a [u8],
}

/// The parts of a body, one after the other.
struct Parts<'a, 'b> {
    body: &'a [u8],
    boundary: &'b [u8],
    /// Where the next part begins; `None` behind the last one and behind a fault.
    next: Option<usize>,
    line_end: &'static [u8],
}

impl<'a, 'b> Parts<'a, 'b> {
    fn new(body: &'a [u8], boundary: &'b [u8]) -> Result<Self, Reason> {
        let mut parts = Self { body, boundary, next: None, line_end: b"\r\n" };
        // Hand-written clients begin every part with a line end, the first one too.
        let blank = body.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let first = body.get(blank..).unwrap_or_default();
        let rest = first.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
        let rest = rest.ok_or(Reason::Malformed { what: words!("the body does not begin with the boundary"), at: 0 })?;
        let rest = trim_blanks(rest);
        if rest.starts_with(b"\n") {
            parts.line_end = b"\n";
        }
        parts.next = parts.behind_delimiter(rest)?;
        Ok(parts)
    }

    /// Where the part behind a delimiter begins; `None` when the delimiter is the last one.
    fn behind_delimiter(&self, rest: &[u8]) -> Result<Option<usize>, Reason> {
        let at = self.body.len() - rest.len();
        if rest.starts_with(b"--") {
            return Ok(None);
        }
        let rest = trim_blanks(rest);
        match rest.strip_prefix(self.line_end) {
            Some(part) => Ok(Some(self.body.len() - part.len())),
            None => Err(Reason::Malformed { what: words!("no line end behind a boundary"), at }),
        }
    }

    fn part(&mut self, start: usize) -> Result<RawPart<'a>, Reason> {
        let rest = self.body.get(start..).unwrap_or_default();
        let malformed = |what| Reason::Malformed { what, at: start };
        let (head, content) =
            self.split_head(rest).ok_or_else(|| malformed(words!("a part without an empty line behind its headers")))?;
        let from = self.body.len() - content.len();
        // A delimiter begins a line; the line end before it is its own, and there may be no content.
        let mut searched = from - self.line_end.len();
        loop {
            let text = self.body.get(searched..).unwrap_or_default();
            let found = position(text, self.line_end, self.boundary).ok_or(Reason::Malformed {
                what: words!("no boundary behind the last part; the body is cut off"),
                at: self.body.len(),
            })?;
            let delimiter = searched + found;
            let behind = delimiter + self.line_end.len() + 2 + self.boundary.len();
            let rest = self.body.get(behind..).unwrap_or_default();
            // A line may begin with the boundary and go on: that is content.
            let ends = rest.is_empty() || rest.starts_with(b"--") || trim_blanks(rest).starts_with(self.line_end);
            if ends {
                self.next = self.behind_delimiter(rest)?;
                let content = self.body.get(from..delimiter.max(from)).unwrap_or_default();
                return Ok(RawPart { at: start, head, content });
            }
            searched = delimiter + 1;
        }
    }

    /// Headers and content of a part; a part may have no headers.
    fn split_head(&self, part: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        let end = self.line_end;
        if let Some(content) = part.strip_prefix(end) {
            return Some((&[], content));
        }
        let window = part.get(..MAX_HEAD.min(part.len()))?;
        let at = window.windows(end.len() * 2).position(|pair| pair.starts_with(end) && pair.ends_with(end))?;
        Some((part.get(..at)?, part.get(at + end.len() * 2..)?))
    }
}

impl<'a> Iterator for Parts<'a, '_> {
    type Item = Result<RawPart<'a>, Reason>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.next.take()?;
        Some(self.part(start))
    }
}

/// Where a line of two hyphens and `boundary` begins, with the line end before it.
fn position(text: &[u8], line_end: &[u8], boundary: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.iter().position(|byte| Some(byte) == line_end.first())?;
        let line = text.get(at..)?.strip_prefix(line_end).and_then(|line| line.strip_prefix(b"--"));
        if line.is_some_and(|line| line.starts_with(boundary)) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn trim_blanks(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    bytes.get(blanks..).unwrap_or_default()
}

/// What the headers of a part say.
struct Head<'a> {
    name: &'a str,
    filename: Option<&'a str>,
    content_type: Option<&'a str>,
    /// A header that no vendor asks for.
    unusual: Option<&'a str>,
}

impl<'a> Head<'a> {
    fn parse(head: &'a [u8], at: usize) -> Result<Self, Reason> {
        let malformed = |what| Reason::Malformed { what, at };
        let text = core::str::from_utf8(head).map_err(|_| malformed(words!("headers that are not UTF-8")))?;
        let (mut disposition, mut content_type, mut unusual) = (None, None, None);
        for line in text.lines() {
            let (name, value) = line.split_once(':').ok_or_else(|| malformed(words!("a header without a colon")))?;
            let value = value.trim_ascii();
            match name.trim_ascii() {
                name if name.eq_ignore_ascii_case("content-disposition") => disposition = Some(value),
                name if name.eq_ignore_ascii_case("content-type") => content_type = Some(value),
                name if name.eq_ignore_ascii_case("content-transfer-encoding") => {}
                name => unusual = unusual.or(Some(name)),
            }
        }
        let disposition = disposition.ok_or_else(|| malformed(words!("a part without `Content-Disposition`")))?;
        let params = strip_prefix_ignore_case(disposition.as_bytes(), b"form-data");
        let params = params.ok_or_else(|| malformed(words!("a `Content-Disposition` that is not `form-data`")))?;
        let params = trim_blanks(params).strip_prefix(b";").unwrap_or_default();
        // A slice of text between ASCII characters is text.
        let value = |name: &[u8]| param(params, name).and_then(|value| core::str::from_utf8(value).ok());
        let name = value(b"name").ok_or_else(|| malformed(words!("a part without a name")))?;
        Ok(Self { name, filename: value(b"filename"), content_type, unusual })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String, vec, vec::Vec};

    const TYPE: &[u8] = b"multipart/form-data; boundary=XX";

    fn parsed(body: &[u8]) -> Result<Submission<'_>, Reason> {
        read(TYPE, body, "b", Dialect::S3)
    }

    fn fields<'a>(form: &Submission<'a>) -> Vec<(&'a str, &'a [u8])> {
        form.fields().collect()
    }

    fn field(name: &str, value: &str) -> String {
        format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    }

    fn what(body: &str) -> &'static str {
        match parsed(body.as_bytes()) {
            Err(Reason::Malformed { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_keep_every_byte() {
        for value in ["", "a", "\r\n", "\r\n\r\n", "--XXX", "\r\n--XY", "a\r\n--XXX\r\nb", "\n--XX\n", "\r\n--X"] {
            let body = format!("{}--XX--\r\n", field("a", value));
            assert_eq!(fields(&parsed(body.as_bytes()).unwrap()), [("a", value.as_bytes())], "{value:?}");
        }
    }

    #[test]
    fn captures_with_bare_line_feeds_are_read() {
        let body = format!("{}{}--XX--\n", field("a", "1"), field("file", "two\nlines")).replace('\r', "");
        let form = parsed(body.as_bytes()).unwrap();
        assert_eq!(fields(&form), [("a", &b"1"[..])]);
        assert_eq!(form.file_part().unwrap().size, 9);
    }

    #[test]
    fn the_part_called_file_is_the_file_and_no_other() {
        let body = b"--XX \t\r\nContent-Disposition: form-data; name=\"key\"; filename=\"key\"\r\n\r\nk\r\n\
            --XX\r\ncontent-type: image/png\r\nContent-Disposition:form-data;name=file ; filename=\"C:\\a\\b\"c.png\"\r\n\r\n12\r\n--XX--";
        let form = parsed(body).unwrap();
        assert_eq!(fields(&form), [("key", &b"k"[..])]);
        let file = form.file_part().unwrap();
        assert_eq!((file.size, file.filename, file.content_type), (2, Some("C:\\a\\b\"c.png"), Some("image/png")));
        assert_eq!(file.base_name(), Some("b\"c.png"));
    }

    #[test]
    fn faults_are_told_apart() {
        assert_eq!(what(""), "the body does not begin with the boundary");
        assert!(parsed(format!("\r\n{}--XX--", field("a", "1")).as_bytes()).is_ok());
        assert_eq!(what("--YY\r\n"), "the body does not begin with the boundary");
        assert_eq!(what("--XXY\r\n"), "no line end behind a boundary");
        assert_eq!(
            what("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n"),
            "a part without an empty line behind its headers"
        );
        assert_eq!(what("--XX\r\n\r\n1\r\n--XX--"), "a part without `Content-Disposition`");
        assert_eq!(what("--XX\r\nnonsense\r\n\r\n1\r\n--XX--"), "a header without a colon");
        assert_eq!(
            what("--XX\r\nContent-Disposition: file; name=\"file\"\r\n\r\n1\r\n--XX--"),
            "a `Content-Disposition` that is not `form-data`"
        );
        assert_eq!(what("--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n1\r\n--XX--"), "a part without a name");
        assert_eq!(what(&field("a", "1")), "no boundary behind the last part; the body is cut off");
        assert_eq!(what(&format!("{}--XX", field("a", "1"))), "no line end behind a boundary");
        assert!(matches!(
            parsed(b"--XX\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--XX--"),
            Err(Reason::Malformed { .. })
        ));
    }

    #[test]
    fn the_boundary_is_found_in_every_spelling() {
        for (content_type, wanted) in [
            ("multipart/form-data; boundary=XX", Ok("XX")),
            ("Multipart/Form-Data;charset=utf-8; Boundary=\"X X\"", Ok("X X")),
            ("multipart/form-data; flag; boundary=XX ; a=b", Ok("XX")),
            ("multipart/form-data", Err(Reason::BoundaryMissing)),
            ("multipart/form-data; boundary=", Err(Reason::BoundaryMissing)),
            ("multipart/form-data; charset=utf-8", Err(Reason::BoundaryMissing)),
            ("application/x-www-form-urlencoded", Err(Reason::NotMultipart)),
            ("", Err(Reason::NotMultipart)),
        ] {
            assert_eq!(boundary(content_type.as_bytes()), wanted.map(str::as_bytes), "{content_type}");
        }
        let long = format!("multipart/form-data; boundary={}", "x".repeat(MAX_BOUNDARY + 1));
        assert_eq!(boundary(long.as_bytes()), Err(Reason::BoundaryMissing));
    }

    #[test]
    fn limits_stop_the_reader() {
        let limited = |dialect, body: &str| read(TYPE, body.as_bytes(), "b", dialect).map(drop);
        let body = |fields: &str| format!("{fields}--XX--");
        let name = |len: usize| body(&field(&"n".repeat(len), ""));
        assert_eq!(limited(Dialect::Oss, &name(8192)), Ok(()));
        assert_eq!(limited(Dialect::Oss, &name(8193)), Err(Reason::NameTooLong(8192)));
        let value = |len: usize| body(&field("a", &"v".repeat(len)));
        assert_eq!(limited(Dialect::Oss, &value(2 << 20)), Ok(()));
        assert_eq!(limited(Dialect::Oss, &value((2 << 20) + 1)), Err(Reason::ValueTooLong { field: "a".into(), limit: 2 << 20 }));
        assert_eq!(limited(Dialect::S3, &value(20_479)), Ok(()));
        assert_eq!(limited(Dialect::S3, &value(20_480)), Err(Reason::FieldsTooLong(20_480)));
        let two_mib = field("a", &"v".repeat(2 << 20));
        assert_eq!(limited(Dialect::Oss, &body(&two_mib.repeat(4))), Err(Reason::FieldsTooLong(8 << 20)));
        // Behind the file nothing counts.
        let behind = format!("{}{}", field("file", ""), field("a", &"v".repeat(30_000)));
        assert_eq!(limited(Dialect::S3, &body(&behind)), Ok(()));
        assert_eq!(limited(Dialect::S3, &body(&field("a", "").repeat(MAX_PARTS))), Ok(()));
        assert_eq!(limited(Dialect::S3, &body(&field("a", "").repeat(MAX_PARTS + 1))), Err(Reason::TooManyParts));
    }

    #[test]
    fn two_files_and_fields_behind_are_kept_for_the_judge() {
        let body = format!("{}{}{}--XX--", field("file", "1"), field("x", "2"), field("file", "345"));
        let form = read(TYPE, body.as_bytes(), "b", Dialect::Oss).unwrap();
        assert_eq!(form.files().map(|file| file.size).collect::<Vec<_>>(), vec![1, 3]);
        assert_eq!(form.fields_behind_file().collect::<Vec<_>>(), ["x"]);
    }
}
