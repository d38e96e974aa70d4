//! HTTP clients: what they add, escape and leave out by themselves.

use super::{Fix, fix};
use crate::stack::Stack::{Axios, BrowserFetch, Curl, Dotnet, Go, Java, Node, Okhttp, Php, Postman, PythonRequests};

/// A type came in, or another one.
const TYPE: &[&str] = &["content-type-added-by-client"];
const CHARSET: &[&str] = &["content-type-charset-appended"];
/// The body was written a second time.
const BODY: &[&str] = &["payload-changed-after-hashing"];
const TWICE: &[&str] = &["double-encoded-path", "query-double-encoded"];
const DOTS: &[&str] = &["path-normalised", "url-renormalised-by-client"];
const EXTRA: &[&str] = &["volatile-header-signed"];
const ZIP: &[&str] = &["accept-encoding-rewritten"];
const HOST: &[&str] = &["host-changed-after-signing", "host-port-mismatch"];

pub(super) static FIXES: &[Fix] = &[
    fix(
        Curl,
        TYPE,
        "`-H 'Content-Type: TYPE'` with the type that was signed, or `-H 'Content-Type:'` for none; `-d` and \
                     `--data-binary` add `application/x-www-form-urlencoded`, `-T` adds none",
    ),
    fix(
        PythonRequests,
        TYPE,
        "`requests.put(url, data=body, headers={'Content-Type': TYPE})`; bytes and files get no type, a dict as \
                               `data=` becomes a form and `json=` becomes JSON",
    ),
    fix(
        Axios,
        TYPE,
        "`headers: {'Content-Type': TYPE}`; for POST, PUT and PATCH axios adds `application/x-www-form-urlencoded`, which \
                      `'Content-Type': false` prevents",
    ),
    fix(
        BrowserFetch,
        TYPE,
        "`headers: {'Content-Type': TYPE}`; a string gets `text/plain;charset=UTF-8` and a `Blob` its own `type`; an \
                             `ArrayBuffer` gets none",
    ),
    fix(
        Node,
        TYPE,
        "`headers: {'Content-Type': TYPE}`; `fetch` adds `text/plain;charset=UTF-8` to a string and nothing to a `Buffer`",
    ),
    fix(
        Okhttp,
        TYPE,
        "`bytes.toRequestBody(\"TYPE\".toMediaType())`: the type of the body replaces the header; a body made without a \
                       type sends none",
    ),
    fix(
        Php,
        TYPE,
        "`CURLOPT_HTTPHEADER => ['Content-Type: TYPE']`; `CURLOPT_POSTFIELDS` adds `application/x-www-form-urlencoded` to a \
                    string and `multipart/form-data` to an array; `'Content-Type:'` takes it away",
    ),
    fix(
        Go,
        TYPE,
        "`req.Header.Set(\"Content-Type\", TYPE)` before signing; `http.NewRequest` adds none, `http.Post` sends its argument",
    ),
    fix(
        Java,
        TYPE,
        "`connection.setRequestProperty(\"Content-Type\", TYPE)`; `HttpURLConnection` adds \
                     `application/x-www-form-urlencoded` to a POST",
    ),
    fix(
        Dotnet,
        TYPE,
        "`content.Headers.ContentType = new MediaTypeHeaderValue(TYPE)`; `StringContent` adds `text/plain; charset=utf-8`, \
                       `ByteArrayContent` none",
    ),
    fix(Postman, TYPE, "in the tab Headers, show the hidden headers and untick `Content-Type`, or name the type that was signed"),
    fix(
        Okhttp,
        CHARSET,
        "`text.toByteArray().toRequestBody(type)`: of a string OkHttp adds `; charset=utf-8` to a type that has none",
    ),
    fix(
        Java,
        CHARSET,
        "`new ByteArrayEntity(bytes, ContentType.create(TYPE))`; `ContentType.APPLICATION_JSON` and `StringEntity` carry a \
                        charset",
    ),
    fix(
        Dotnet,
        CHARSET,
        "`new ByteArrayContent(bytes)` with `Headers.ContentType = new MediaTypeHeaderValue(TYPE)`; `StringContent` \
                          adds `; charset=utf-8`",
    ),
    fix(
        BrowserFetch,
        CHARSET,
        "send `new Blob([text], {type: TYPE})` or bytes: of a string `XMLHttpRequest` rewrites the charset in the \
                                type to `UTF-8`",
    ),
    fix(
        Axios,
        CHARSET,
        "send bytes (`new TextEncoder().encode(text)`) with `headers: {'Content-Type': TYPE}`, and sign that type",
    ),
    fix(
        Axios,
        BODY,
        "`const body = JSON.stringify(value)`, sign `body`, and send it with `data: body, transformRequest: [(x) => x]`",
    ),
    fix(
        PythonRequests,
        BODY,
        "`body = json.dumps(value).encode()`, sign `body`, and send `data=body`; `json=value` writes it anew",
    ),
    fix(BrowserFetch, BODY, "`const body = JSON.stringify(value)` once, sign and send that string"),
    fix(Node, BODY, "`const body = Buffer.from(JSON.stringify(value))` once, sign and send that buffer"),
    fix(Okhttp, BODY, "make the bytes once and send `bytes.toRequestBody(type)`; a converter of Retrofit writes an object anew"),
    fix(
        Go,
        BODY,
        "`body, _ := json.Marshal(value)` once, sign it and send `bytes.NewReader(body)`; `json.NewEncoder` adds a line feed",
    ),
    fix(
        Php,
        BODY,
        "`$body = json_encode($value)` once, then `CURLOPT_POSTFIELDS => $body`, or `'body' => $body` in Guzzle: `'json'` \
                    writes it anew",
    ),
    fix(Java, BODY, "`byte[] body = mapper.writeValueAsBytes(value)` once; sign and send these bytes"),
    fix(
        Dotnet,
        BODY,
        "`var body = JsonSerializer.SerializeToUtf8Bytes(value)` once and `new ByteArrayContent(body)`; `JsonContent` \
                       writes it anew",
    ),
    fix(Curl, BODY, "`--data-binary @FILE`: `-d @FILE` takes line breaks away"),
    fix(
        Okhttp,
        TWICE,
        "`HttpUrl.get(url)` for a URL that is escaped; in a builder `addEncodedPathSegments` and \
                        `addEncodedQueryParameter`, since `addPathSegments` escapes `%` again",
    ),
    fix(
        Axios,
        TWICE,
        "give axios the escaped URL as it is, or plain values in `params`, which axios escapes: not `encodeURIComponent` in \
                       `params`",
    ),
    fix(
        Java,
        TWICE,
        "`URI.create(url)` for an escaped URL: `new URI(scheme, host, path, null)` and `RestTemplate` with a string escape \
                      `%` again",
    ),
    fix(Go, TWICE, "`url.Parse(escaped)`, or `url.URL{Path: key}` with the plain key: `Path` is escaped when it is sent"),
    fix(PythonRequests, TWICE, "`urllib.parse.quote(key, safe='/~')` once; plain values in `params=`, which requests escapes"),
    fix(Php, TWICE, "`implode('/', array_map('rawurlencode', explode('/', $key)))` once; `http_build_query` escapes by itself"),
    fix(Node, TWICE, "`key.split('/').map(encodeURIComponent).join('/')` once; `searchParams.set` escapes by itself"),
    fix(BrowserFetch, TWICE, "`key.split('/').map(encodeURIComponent).join('/')` once; `URLSearchParams` escapes by itself"),
    fix(Curl, TWICE, "curl sends a URL as it is given: escape once; `-G --data-urlencode` escapes, `-G -d` does not"),
    fix(Dotnet, TWICE, "`Uri.EscapeDataString` once for each segment; `UriBuilder` and `new Uri` leave `%XX` alone"),
    fix(Curl, DOTS, "`--path-as-is`: without it curl takes `/./` and `/../` out of the path"),
    fix(Okhttp, DOTS, "`HttpUrl` resolves the segments `.` and `..`, also as `%2e`: name objects without such segments"),
    fix(BrowserFetch, DOTS, "browsers resolve the segments `.` and `..`, also as `%2e`: name objects without such segments"),
    fix(
        Node,
        DOTS,
        "`http.request({host, path})` sends the path as it is; `new URL` and `fetch` resolve the segments `.` and `..`",
    ),
    fix(
        PythonRequests,
        DOTS,
        "urllib3 resolves the segments `.` and `..` and escapes what needs it: sign `requests.Request(...).prepare().url`",
    ),
    fix(Go, DOTS, "`req.URL = &url.URL{Scheme: \"https\", Host: host, Opaque: \"//\" + host + path}` sends the path as it is"),
    fix(Java, DOTS, "`RequestConfig.custom().setNormalizeUri(false)` in Apache HttpClient 4.5"),
    fix(Curl, EXTRA, "`-H 'Expect:'` and `-H 'Transfer-Encoding:'` keep curl from adding these to large or streamed bodies"),
    fix(
        Php,
        EXTRA,
        "`CURLOPT_HTTPHEADER => ['Expect:']`, and `CURLOPT_INFILESIZE` beside `CURLOPT_INFILE`: else curl sends chunks",
    ),
    fix(Dotnet, EXTRA, "`client.DefaultRequestHeaders.ExpectContinue = false`, and a content with a length"),
    fix(
        Go,
        EXTRA,
        "set `req.ContentLength` for a body that is no `bytes.Reader`, `bytes.Buffer` or `strings.Reader`: else Go sends chunks",
    ),
    fix(Java, EXTRA, "`setFixedLengthStreamingMode(length)`: `setChunkedStreamingMode` sends `Transfer-Encoding: chunked`"),
    fix(Node, EXTRA, "give `Content-Length` with a stream: else Node sends `Transfer-Encoding: chunked`"),
    fix(PythonRequests, EXTRA, "give bytes or a file, no generator: of a generator requests sends `Transfer-Encoding: chunked`"),
    fix(Axios, EXTRA, "axios adds `Accept` and `User-Agent` by itself: leave `{name|these}` out of the signed headers"),
    fix(
        Okhttp,
        EXTRA,
        "OkHttp adds `Connection`, `Accept-Encoding` and `User-Agent` behind your code: leave `{name|these}` out of the \
                        signed headers",
    ),
    fix(
        BrowserFetch,
        EXTRA,
        "the browser adds `Accept`, `Origin`, `Referer` and `User-Agent`: leave `{name|these}` out of the signed headers",
    ),
    fix(Go, ZIP, "`&http.Transport{DisableCompression: true}`, or set `Accept-Encoding` yourself: else Go adds `gzip`"),
    fix(Okhttp, ZIP, "`.header(\"Accept-Encoding\", \"identity\")`: else OkHttp adds `gzip`"),
    fix(PythonRequests, ZIP, "`headers={'Accept-Encoding': 'identity'}`: else requests sends `gzip, deflate`"),
    fix(Php, ZIP, "leave `CURLOPT_ENCODING` unset: with `''` curl sends every encoding it knows"),
    fix(Go, HOST, "`req.Host = host`: `req.Header.Set(\"Host\", ...)` has no effect"),
    fix(
        Java,
        HOST,
        "sign the host of the URL; another `Host` needs `-Dsun.net.http.allowRestrictedHeaders=true`, or \
                     `-Djdk.httpclient.allowRestrictedHeaders=host` for `java.net.http`",
    ),
    fix(BrowserFetch, HOST, "a page cannot set `Host`: sign the host and the port of the URL you fetch"),
    fix(Axios, HOST, "sign the host of the URL, with its port unless it is 80 or 443; a page cannot set `Host`"),
    fix(Curl, HOST, "sign the host of the URL; `--resolve` and `--connect-to` go to another machine without changing `Host`"),
    fix(PythonRequests, HOST, "sign `urllib.parse.urlsplit(url).netloc`, without `:80` and `:443`"),
    fix(Node, HOST, "sign `new URL(url).host`, which leaves out a default port and keeps any other"),
    fix(
        BrowserFetch,
        &["date-signed-not-date-sent", "signed-header-not-sent"],
        "a page cannot set `Date`, `Host`, `Content-Length` or \
        `User-Agent`: sign the vendor's own date header (`x-oss-date`, `x-amz-date`, ...) or use a signed URL",
    ),
    fix(
        Axios,
        &["date-signed-not-date-sent", "signed-header-not-sent"],
        "in a page axios cannot set `Date`, `Host` or `Content-Length`: \
        sign the vendor's own date header (`x-oss-date`, `x-amz-date`, ...) or use a signed URL",
    ),
    fix(Curl, &["signed-header-not-sent"], "`-H '{name|NAME}: VALUE'`; a header with an empty value is `-H '{name|NAME};'`"),
    fix(
        Okhttp,
        &["signed-header-not-sent"],
        "`.header(\"{name|NAME}\", value)` in the request or an application interceptor, before signing",
    ),
    fix(
        Curl,
        &["method-mismatch"],
        "`-X` names the verb; without it `-T` is PUT, `-d` and `-F` are POST, `-I` is HEAD; `-L` makes GET of a \
                                     POST that is redirected",
    ),
    fix(
        PythonRequests,
        &["method-mismatch"],
        "sign the verb you call (`requests.put` is PUT), with `allow_redirects=False`: a redirect makes \
                                               GET of it",
    ),
    fix(
        BrowserFetch,
        &["method-mismatch"],
        "`fetch(url, {method: 'PUT', body})` with the verb that was signed; the `OPTIONS` before it is \
                                             never signed",
    ),
    fix(Php, &["method-mismatch"], "`CURLOPT_CUSTOMREQUEST => 'PUT'`; `CURLOPT_POSTFIELDS` alone makes a POST"),
];
