//! The forms in which people bring a request, and what each of them cannot show.

use crate::cells::{Cell, Message, Part, Sent};
use serde_json::{Value, json};

/// How a request is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    RawCrlf,
    RawLf,
    Http2,
    Curl,
    CurlVerbose,
    OkHttp,
    WireLog,
    Har,
    Forum,
    Url,
    UrlInJson,
    UrlInHtml,
    Header,
    Token,
    TokenInJson,
    Fields,
    FieldList,
    Multipart,
    CurlFields,
    HarFields,
}

/// Every form, with its name in both languages.
pub const FORMS: [(Form, &str, &str); 20] = [
    (Form::RawCrlf, "raw HTTP, CRLF", "原始 HTTP，CRLF"),
    (Form::RawLf, "raw HTTP, LF", "原始 HTTP，LF"),
    (Form::Http2, "HTTP/2 fields", "HTTP/2 字段"),
    (Form::Curl, "`curl` line", "`curl` 命令"),
    (Form::CurlVerbose, "`curl -v`", "`curl -v`"),
    (Form::OkHttp, "OkHttp log", "OkHttp 日志"),
    (Form::WireLog, "SDK wire log", "SDK 线路日志"),
    (Form::Har, "HAR", "HAR"),
    (Form::Forum, "forum post", "论坛帖子"),
    (Form::Url, "URL", "URL"),
    (Form::UrlInJson, "URL in JSON", "JSON 中的 URL"),
    (Form::UrlInHtml, "URL in HTML", "HTML 中的 URL"),
    (Form::Header, "header value", "请求头的值"),
    (Form::Token, "token", "凭证"),
    (Form::TokenInJson, "token in JSON", "JSON 中的凭证"),
    (Form::Fields, "fields as an object", "对象形式的表单域"),
    (Form::FieldList, "fields as a list", "列表形式的表单域"),
    (Form::Multipart, "multipart request", "multipart 请求"),
    (Form::CurlFields, "`curl -F` line", "`curl -F` 命令"),
    (Form::HarFields, "form in a HAR", "HAR 中的表单"),
];

/// Why a form cannot show a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    Answer,
    BareValue,
    Body,
    Escapes,
    File,
    Headers,
    HostCase,
    HostInUrl,
    One,
    Prose,
    Repeated,
    UrlBody,
}

/// The reasons in both languages.
pub const GAPS: [(Gap, &str, &str); 12] = [
    (Gap::Answer, "the mistake shows in the server's answer alone", "该错误仅体现在服务端的响应中"),
    (Gap::BareValue, "the value alone does not show the request that is signed", "仅凭请求头的值看不到被签名的请求"),
    (Gap::Body, "it shows no body, and the body decides", "不显示请求体，而请求体起决定作用"),
    (Gap::Escapes, "its escapes are its own and undone in reading", "转义属于该形式本身，读取时即被还原"),
    (Gap::File, "it does not show where the file stands", "看不到文件所在的位置"),
    (Gap::Headers, "a URL shows no headers", "URL 不显示请求头"),
    (Gap::HostCase, "clients write the host of a URL in lower case", "客户端会将 URL 的域名转为小写"),
    (Gap::HostInUrl, "a URL cannot hold such a host", "URL 中不可能有这样的域名"),
    (Gap::One, "it holds one request, and another is needed beside it", "只含一个请求，而还需要另一个"),
    (Gap::Prose, "what has the form of no token cannot be told from prose", "不具凭证形式的文本无法与正文区分"),
    (Gap::Repeated, "a URL that is shown twice is taken for one", "重复出现的 URL 被视为同一个"),
    (Gap::UrlBody, "a URL shows no body", "URL 不显示请求体"),
];

/// What can be read from the value of a header alone.
const IN_VALUE: [&str; 2] = ["access-key-surrounding-whitespace", "access-key-unknown"];
/// What an interval in that value tells.
const IN_INTERVAL: [&str; 2] = ["clock-skew", "expired"];

/// When the server answered.
const ANSWERED: &str = "Fri, 15 Mar 2024 08:30:47 GMT";

impl Form {
    /// Whether such a thing can be written in this form at all.
    pub fn takes(self, sent: &Sent) -> bool {
        use Form::*;
        let is_url = matches!(self, Url | UrlInJson | UrlInHtml);
        match sent {
            Sent::Http(_) => (self <= Forum) || self == Header,
            Sent::Url(message) => is_url || (message.is_http() && self <= Forum),
            // An upload token is the field of a form, too.
            Sent::Token { key, .. } => matches!(self, Token | TokenInJson | Forum) || (key.is_some() && self >= Fields),
            Sent::Form { .. } => self >= Fields,
        }
    }

    /// Whether the server's answer can stand in the text itself.
    pub fn holds_answer(self) -> bool {
        matches!(self, Form::CurlVerbose | Form::OkHttp | Form::WireLog | Form::Har | Form::Forum)
    }

    /// Why this form cannot show what a cell holds.
    pub fn gap(self, scheme: &str, cell: &Cell, with_answer: bool) -> Option<Gap> {
        use Form::*;
        if cell.evidence.is_some() && !with_answer {
            return Some(Gap::Answer);
        }
        let is_url = matches!(self, Url | UrlInJson | UrlInHtml);
        match &cell.sent {
            Sent::Http(message) | Sent::Url(message) => {
                let needs_body =
                    !message.body.is_empty() && (scheme.starts_with("kodo-") || cell.cause == "payload-changed-after-hashing");
                match self {
                    Header => {
                        let is_shown = IN_VALUE.contains(&&*cell.cause)
                            || (scheme == "cos-xml-header" && IN_INTERVAL.contains(&&*cell.cause));
                        // That chunks follow stands in another header.
                        (!is_shown || scheme == "s3-v4-chunked").then_some(Gap::BareValue)
                    }
                    Http2 | CurlVerbose if needs_body => Some(Gap::Body),
                    Curl | OkHttp | Har if message.host.contains(' ') => Some(Gap::HostInUrl),
                    UrlInJson | UrlInHtml if cell.cause == "url-ampersand-escaped" => Some(Gap::Escapes),
                    _ if is_url && !message.headers.is_empty() => Some(Gap::Headers),
                    _ if is_url && !message.body.is_empty() => Some(Gap::UrlBody),
                    _ if is_url && message.host.contains(' ') => Some(Gap::HostInUrl),
                    UrlInJson | UrlInHtml if !cell.related.is_empty() => Some(Gap::One),
                    Url if cell.cause == "token-cached-past-deadline" => Some(Gap::Repeated),
                    _ if is_url && message.host.contains(|c: char| c.is_ascii_uppercase()) => Some(Gap::HostCase),
                    _ => None,
                }
            }
            Sent::Form { fields, .. } => {
                let has_file = fields.iter().any(|part| matches!(part, Part::File { .. }));
                match self {
                    HarFields if !has_file || cell.cause != "policy-field-order" => None,
                    Fields | FieldList | HarFields if has_file && cell.cause == "policy-field-order" => Some(Gap::File),
                    _ if !cell.related.is_empty() => Some(Gap::One),
                    _ => None,
                }
            }
            Sent::Token { token, .. } => {
                let is_of_token = |c: char| c.is_ascii_alphanumeric() || "_=:+/-".contains(c);
                (self == Forum && !token.chars().all(is_of_token)).then_some(Gap::Prose)
            }
        }
    }

    /// The text a person has, with the answer in it where one is given.
    pub fn write(self, cell: &Cell, answer: Option<&str>) -> String {
        let mut all: Vec<&Sent> = cell.related.iter().collect();
        all.push(&cell.sent);
        if matches!(self, Form::Har | Form::HarFields) {
            let entries: Vec<Value> =
                all.iter().enumerate().map(|(at, sent)| entry(sent, answer.filter(|_| at + 1 == all.len()))).collect();
            return json!({"log": {"version": "1.2", "creator": {"name": "WebInspector"}, "entries": entries}}).to_string();
        }
        let texts: Vec<String> =
            all.iter().enumerate().map(|(at, sent)| self.one(sent, answer.filter(|_| at + 1 == all.len()))).collect();
        texts.join("\n")
    }

    fn one(self, sent: &Sent, answer: Option<&str>) -> String {
        use Form::*;
        if let (true, Some(form)) = (self >= Fields, as_form(sent)) {
            return self.one(&form, answer);
        }
        match (self, sent) {
            (RawCrlf, Sent::Http(m) | Sent::Url(m)) => raw(m, "\r\n"),
            (RawLf, Sent::Http(m) | Sent::Url(m)) => raw(m, "\n"),
            (Http2, Sent::Http(m) | Sent::Url(m)) => {
                let mut text =
                    format!(":method: {}\n:path: {}\n:scheme: {}\n:authority: {}\n", m.method, m.target, m.transport, m.host);
                for (name, value) in lengthened(m) {
                    text += &format!("{}: {value}\n", name.to_lowercase());
                }
                text
            }
            (Curl, Sent::Http(m) | Sent::Url(m)) => curl(m),
            (CurlVerbose, Sent::Http(m) | Sent::Url(m)) => {
                let head = raw(&Message { body: String::new(), headers: lengthened(m), ..m.clone() }, "\n");
                let head = head.trim_end_matches('\n').replace('\n', "\n> ");
                let sent =
                    format!("* Connected to {} (192.0.2.1) port 443\n> {head}\n> \n* upload completely sent off\n", m.host);
                let refused =
                    answer.map(|body| format!("< HTTP/1.1 403 Forbidden\n< Date: {ANSWERED}\n< \n{body}")).unwrap_or_default();
                format!("{sent}{refused}* Connection #0 to host left intact\n")
            }
            (OkHttp, Sent::Http(m) | Sent::Url(m)) => {
                let fields: String = lengthened(m).iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
                let fields = format!("Host: {}\n{fields}", m.host);
                let body = if m.body.is_empty() { String::new() } else { format!("\n{}\n", m.body) };
                let size = if m.body.is_empty() { String::new() } else { format!(" ({}-byte body)", m.body.len()) };
                let refused = answer
                    .map(|text| format!("<-- 403 Forbidden {} (35ms)\nDate: {ANSWERED}\n\n{text}\n<-- END HTTP\n", m.url()));
                format!(
                    "--> {} {} http/1.1\n{fields}{body}--> END {}{size}\n{}",
                    m.method,
                    m.url(),
                    m.method,
                    refused.unwrap_or_default()
                )
            }
            (WireLog, Sent::Http(m) | Sent::Url(m)) => {
                let line = |sign: &str, text: &str, end: &str| {
                    format!("DEBUG org.apache.http.wire - http-outgoing-0 {sign} \"{text}{end}\"\n")
                };
                let head = raw(&Message { body: String::new(), headers: lengthened(m), ..m.clone() }, "\n");
                let mut text: String = head.trim_end_matches('\n').split('\n').map(|own| line(">>", own, "[\\r][\\n]")).collect();
                text += &line(">>", "", "[\\r][\\n]");
                if !m.body.is_empty() {
                    text += &line(">>", &m.body, "");
                }
                for own in
                    answer.map(|body| format!("HTTP/1.1 403 Forbidden\nDate: {ANSWERED}\n\n{body}")).unwrap_or_default().lines()
                {
                    text += &line("<<", own, "[\\r][\\n]");
                }
                text
            }
            (Forum, sent) => {
                let told = match sent {
                    Sent::Http(m) | Sent::Url(m) => raw(m, "\n"),
                    Sent::Token { token, .. } => token.clone(),
                    Sent::Form { .. } => unreachable!("no form is posted"),
                };
                let refused = answer.map(|body| {
                    let body = body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                    format!("and the server says\n\n{body}")
                });
                format!("Hello, I cannot get this to work:\n\n```\n{told}\n```\n\n{}", refused.unwrap_or_default())
            }
            (Url, Sent::Url(m)) => format!("{}{}\n", verb(m), m.url()),
            (UrlInJson, Sent::Url(m)) => {
                format!("{}{}\n", verb(m), json!({ "url": m.url() }).to_string().replace('&', "\\u0026").replace('/', "\\/"))
            }
            (UrlInHtml, Sent::Url(m)) => format!("<a href=\"{}\">download</a>\n", m.url().replace('&', "&amp;")),
            (Header, Sent::Http(m)) => {
                let value = m.headers.iter().find(|(name, _)| name == "Authorization").map(|(_, value)| value.as_str());
                format!("{}\n", value.unwrap_or_default())
            }
            (Token, Sent::Token { token, .. }) => format!("{token}\n"),
            (TokenInJson, Sent::Token { token, .. }) => json!({ "uptoken": token }).to_string(),
            (Fields, Sent::Form { fields, .. }) => {
                let pairs: Vec<String> =
                    texts(fields).map(|(name, value)| format!("{}: {}", json!(name), json!(value))).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            (FieldList, Sent::Form { fields, .. }) => {
                Value::from_iter(texts(fields).map(|(name, value)| json!({"name": name, "value": value}))).to_string()
            }
            (Multipart, Sent::Form { host, fields }) => multipart(host, fields),
            (CurlFields, Sent::Form { host, fields }) => {
                let parts: String = fields
                    .iter()
                    .map(|part| match part {
                        Part::Field(name, value) => format!(" --form-string {}", quoted(&format!("{name}={value}"))),
                        Part::File { file } => format!(" -F {}", quoted(&format!("file=@{};type={}", file.name, file.r#type))),
                    })
                    .collect();
                format!("curl{parts} 'https://{host}/'\n")
            }
            (form, _) => unreachable!("{form:?} takes no such thing"),
        }
    }
}

/// The upload form with a token.
fn as_form(sent: &Sent) -> Option<Sent> {
    let Sent::Token { token, key: Some(key) } = sent else { return None };
    let field = |name: &str, value: &String| Part::Field(name.to_owned(), value.clone());
    let file = Part::File { file: crate::cells::File { size: 12, name: "a.jpg".to_owned(), r#type: "image/jpeg".to_owned() } };
    Some(Sent::Form { host: "up-z0.qiniup.com".to_owned(), fields: vec![field("token", token), field("key", key), file] })
}

/// A URL is for GET unless a verb stands before it.
fn verb(message: &Message) -> String {
    if matches!(&*message.method, "GET" | "PUBLISH") { String::new() } else { format!("{} ", message.method) }
}

fn texts(fields: &[Part]) -> impl Iterator<Item = (&String, &String)> {
    fields.iter().filter_map(|part| if let Part::Field(name, value) = part { Some((name, value)) } else { None })
}

/// The headers with the length of the body, as clients send it.
fn lengthened(message: &Message) -> Vec<(String, String)> {
    let mut headers = message.headers.clone();
    if !message.body.is_empty() || !matches!(&*message.method, "GET" | "HEAD") {
        headers.push(("Content-Length".into(), message.body.len().to_string()));
    }
    headers
}

fn raw(message: &Message, end: &str) -> String {
    let has_length = message.headers.iter().any(|(name, _)| name == "Content-Length");
    let headers = if has_length { message.headers.clone() } else { lengthened(message) };
    let fields: String = headers.iter().map(|(name, value)| format!("{name}: {value}{end}")).collect();
    format!("{} {} HTTP/1.1{end}Host: {}{end}{fields}{end}{}", message.method, message.target, message.host, message.body)
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn curl(message: &Message) -> String {
    let mut line = format!("curl -X {}", message.method);
    for (name, value) in &message.headers {
        line += &format!(" -H {}", quoted(&format!("{name}: {value}")));
    }
    if !message.body.is_empty() {
        // curl adds a type of its own to data.
        if !message.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            line += " -H 'Content-Type:'";
        }
        line += &format!(" --data-binary {}", quoted(&message.body));
    }
    format!("{line} {}\n", quoted(&message.url()))
}

fn multipart(host: &str, fields: &[Part]) -> String {
    let mut body = String::new();
    for part in fields {
        body += "--boundary\r\nContent-Disposition: form-data; name=\"";
        match part {
            Part::Field(name, value) => body += &format!("{name}\"\r\n\r\n{value}\r\n"),
            Part::File { file } => {
                body += &format!(
                    "file\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n{}\r\n",
                    file.name,
                    file.r#type,
                    "x".repeat(file.size)
                );
            }
        }
    }
    body += "--boundary--\r\n";
    let length = body.len();
    format!(
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=boundary\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// An entry of a HAR file.
fn entry(sent: &Sent, answer: Option<&str>) -> Value {
    let response = json!({
        "status": if answer.is_some() { 403 } else { 0 },
        "headers": [{"name": "Date", "value": ANSWERED}],
        "content": {"size": 0, "mimeType": "application/xml", "text": answer.unwrap_or_default()},
    });
    let of_token = as_form(sent);
    let request = match of_token.as_ref().unwrap_or(sent) {
        Sent::Http(m) | Sent::Url(m) => {
            let headers: Vec<Value> = [("Host".to_owned(), m.host.clone())]
                .into_iter()
                .chain(m.headers.clone())
                .map(|(name, value)| json!({"name": name, "value": value}))
                .collect();
            let mut request = json!({"method": m.method, "url": m.url(), "httpVersion": "http/1.1", "headers": headers, "bodySize": m.body.len()});
            if !m.body.is_empty() {
                request["postData"] = json!({"mimeType": "text/plain", "text": m.body});
            }
            request
        }
        Sent::Form { host, fields } => {
            let params: Vec<Value> = fields
                .iter()
                .map(|part| match part {
                    Part::Field(name, value) => json!({"name": name, "value": value}),
                    Part::File { file } => json!({"name": "file", "fileName": file.name, "contentType": file.r#type}),
                })
                .collect();
            json!({"method": "POST", "url": format!("https://{host}/"), "headers": [],
                   "postData": {"mimeType": "multipart/form-data", "params": params}})
        }
        Sent::Token { .. } => unreachable!("a token is no request"),
    };
    json!({"startedDateTime": "2024-03-15T08:30:46.120Z", "request": request, "response": response})
}
