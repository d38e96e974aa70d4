//! A `curl` command that sends what was signed, quoted for a shell.

use crate::trouble::Placeholder;
use countersign::{Body, Request, Signed, wire::url::Transport};

/// A body up to this size stands in the command.
const INLINE: usize = 4 << 10;

/// A command line, and what some of its words stand for.
#[derive(Debug, PartialEq, Eq)]
pub struct Curl {
    line: Vec<u8>,
    pub placeholders: Vec<Placeholder>,
}

impl Curl {
    /// A command for this URL.
    fn to(url: &[u8]) -> Self {
        let mut curl = Self { line: b"curl".to_vec(), placeholders: Vec::new() };
        // What curl would otherwise tidy up, or take for a pattern.
        if url.windows(2).any(|pair| pair == b"/.") {
            curl.word(b"--path-as-is");
        }
        if url.iter().any(|byte| b"[]{}".contains(byte)) {
            curl.word(b"--globoff");
        }
        curl.word(url);
        curl
    }

    /// An upload form to this URL.
    pub fn form(url: &str, fields: &[(&str, &str)]) -> Self {
        let mut curl = Self::to(url.as_bytes());
        for (name, value) in fields {
            // `--form` would read the value: `@`, `<` and `;type=` mean something there.
            curl.option(b"--form-string", format!("{name}={value}").as_bytes());
        }
        curl
    }

    /// Adds the file to a form, last as the vendors want it.
    pub fn file(mut self, field: &str) -> Self {
        self.option(b"--form", format!("{field}=@{}", Placeholder::File.as_str()).as_bytes());
        self.placeholders.push(Placeholder::File);
        self
    }

    /// Adds a header field.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.field(name, value.as_bytes());
        self
    }

    /// Adds a body of JSON.
    pub fn json(mut self, json: &str) -> Self {
        self.field("Content-Type", b"application/json");
        self.option(b"--data-raw", json.as_bytes());
        self
    }

    /// Says what a word stands for.
    pub fn stands_for(mut self, placeholder: Placeholder) -> Self {
        self.placeholders.push(placeholder);
        self
    }

    /// A request with what signing adds to it.
    pub fn request(request: &Request<'_>, signed: &Signed) -> Self {
        let host = request.host().unwrap_or_default();
        let authority = request.authority().map_or(&*host, str::as_bytes);
        let url = match &signed.url {
            Some(url) => url.clone().into_bytes(),
            None => {
                let path = if request.path().is_empty() { b"/" } else { request.path() };
                let transport = request.transport().map_or("https", Transport::as_str).as_bytes();
                let (mark, query): (&[u8], _) = request.query().map_or((b"", &b""[..]), |query| (b"?", query));
                [transport, b"://", authority, path, mark, query].concat()
            }
        };
        let mut curl = Self::to(&url);
        let method = request.method();
        let implied = curl.body(request.body(), method);
        if method == "HEAD" {
            curl.word(b"--head");
        } else if method != implied {
            curl.option(b"--request", method.as_bytes());
        }
        // curl writes these two itself: the one from the URL, the other from the body.
        let fields = request.headers().filter(|field| !field.is("content-length"));
        for field in fields.filter(|field| !field.is("host") || field.trimmed() != authority) {
            curl.field(field.name, field.value);
        }
        for (name, value) in &signed.headers {
            curl.field(name, value.as_bytes());
        }
        let named = signed.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if implied == "POST" && !named && request.header_value("content-type").is_none() {
            // curl calls every body a form, which was not signed.
            curl.option(b"--header", b"Content-Type:");
        }
        curl
    }

    /// Adds the body; the method curl then uses by itself.
    fn body(&mut self, body: Body<'_>, method: &str) -> &'static str {
        let takes_one = matches!(method, "PUT" | "POST" | "PATCH");
        let length = match body {
            Body::Bytes(b"") if !takes_one => return "GET",
            Body::Bytes(bytes) if bytes.len() <= INLINE && std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) => {
                self.option(b"--data-raw", bytes);
                return "POST";
            }
            Body::Unknown if !takes_one => return "GET",
            Body::Unknown => None,
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::Digest(digest) => Some(digest.len),
        };
        let placeholder = Placeholder::Body(length);
        self.placeholders.push(placeholder);
        if method == "PUT" {
            self.option(b"--upload-file", placeholder.as_str().as_bytes());
            return "PUT";
        }
        self.option(b"--data-binary", format!("@{}", placeholder.as_str()).as_bytes());
        "POST"
    }

    fn field(&mut self, name: &str, value: &[u8]) {
        // `Name:` would leave the field out; this sends it without a value.
        let text = if value.trim_ascii().is_empty() {
            [name.as_bytes(), b";"].concat()
        } else {
            [name.as_bytes(), b": ", value].concat()
        };
        self.option(b"--header", &text);
    }

    fn option(&mut self, name: &[u8], value: &[u8]) {
        self.word(name);
        self.word(value);
    }

    fn word(&mut self, word: &[u8]) {
        self.line.push(b' ');
        quote(word, &mut self.line);
    }

    /// The command on a line.
    pub fn line(&self) -> Vec<u8> {
        [&*self.line, b"\n"].concat()
    }

    /// The command as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.line).into_owned()
    }
}

/// Writes a word so that a POSIX shell reads it back.
pub fn quote(word: &[u8], out: &mut Vec<u8>) {
    let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || b"@%+=:,./_-".contains(byte);
    if !word.is_empty() && word.iter().all(is_bare) {
        out.extend_from_slice(word);
        return;
    }
    out.push(b'\'');
    for (at, piece) in word.split(|byte| *byte == b'\'').enumerate() {
        out.extend_from_slice(if at == 0 { b"" } else { b"'\\''" });
        out.extend_from_slice(piece);
    }
    out.push(b'\'');
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign::{Credentials, SecretKey, Terms, Timestamp, providers::oss, sign};

    fn command(request: &Request<'_>) -> (String, Vec<Placeholder>) {
        let who = Credentials::new("id", SecretKey::new("madeUp"));
        let terms = Terms::at(Timestamp::from_unix(1_777_624_215)).bucket("b");
        let curl = Curl::request(request, &sign(&oss::V1_HEADER, request, &who, &terms).unwrap());
        let text = curl.text();
        let (start, signature) = text.split_once(" --header 'Authorization: OSS id:").unwrap();
        let rest = signature.split_once("='").unwrap().1;
        (format!("{start} *{rest}"), curl.placeholders)
    }

    fn request<'a>(method: &'a str, body: Body<'a>) -> Request<'a> {
        Request::new(method, "http://h/a?acl").unwrap().header("Date", "x").with_body(body)
    }

    #[test]
    fn the_verb_is_named_where_curl_would_use_another() {
        let start = "curl 'http://h/a?acl'";
        for (method, body, expected) in [
            ("GET", Body::Unknown, "--header 'Date: x' *"),
            ("GET", Body::Bytes(b"a"), "--data-raw a --request GET --header 'Date: x' * --header Content-Type:"),
            ("HEAD", Body::Bytes(b""), "--head --header 'Date: x' *"),
            ("DELETE", Body::Unknown, "--request DELETE --header 'Date: x' *"),
            ("POST", Body::Bytes(b"a b"), "--data-raw 'a b' --header 'Date: x' * --header Content-Type:"),
            ("PUT", Body::Bytes(b""), "--data-raw '' --request PUT --header 'Date: x' * --header Content-Type:"),
        ] {
            assert_eq!(command(&request(method, body)), (format!("{start} {expected}"), Vec::new()), "{method}");
        }
    }

    #[test]
    fn a_body_that_cannot_stand_in_the_command_is_a_file() {
        let long = vec![b'a'; INLINE + 1];
        for (body, length) in [
            (Body::Unknown, None),
            (Body::Bytes(b"a\0b"), Some(3)),
            (Body::Bytes(b"\xff"), Some(1)),
            (Body::Bytes(&long), Some(INLINE as u64 + 1)),
        ] {
            let (line, placeholders) = command(&request("PUT", body));
            assert_eq!(line, "curl 'http://h/a?acl' --upload-file BODY --header 'Date: x' *");
            assert_eq!(placeholders, [Placeholder::Body(length)]);
            let (line, _) = command(&request("POST", body));
            assert_eq!(line, "curl 'http://h/a?acl' --data-binary @BODY --header 'Date: x' * --header Content-Type:");
        }
    }

    #[test]
    fn headers_are_sent_as_they_were_signed() {
        let request = Request::new("POST", "http://h:80/a").unwrap();
        let request = request.header("Host", "other").header("Content-Length", "1").header("X-Empty", "").header("Date", "x");
        let request = request.header("content-type", "a/b").with_body(Body::Bytes(b"'"));
        let (line, _) = command(&request);
        assert_eq!(
            line,
            r"curl http://h:80/a --data-raw ''\''' --header 'Host: other' --header 'X-Empty;' --header 'Date: x' --header 'content-type: a/b' *"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_shell_reads_every_word_back() {
        let all: Vec<u8> = (1..=255).collect();
        for word in [
            &b""[..],
            b"plain-word_1.a:b/c,d@e%f+g=h",
            b"it's",
            b"'",
            b"''",
            b"a b\nc\td",
            b"$HOME `x` \\ \" !",
            b"~",
            b"-n",
            &all,
        ] {
            let mut script = b"printf %s ".to_vec();
            quote(word, &mut script);
            let script = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(&script).to_owned();
            let output = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
            assert_eq!(output.stdout, word, "{}", word.escape_ascii());
        }
    }
}
