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
        "`-H 'Content-Type: TYPE'` with the type that was signed, or `-H 'Content-Type:'` for none; `-d` and `--data-binary` add `application/x-www-form-urlencoded`, `-T` adds none",
        "`-H 'Content-Type: TYPE'` 写上签名时的类型，或用 `-H 'Content-Type:'` 不发送；`-d` 和 `--data-binary` 会加上 `application/x-www-form-urlencoded`，`-T` 不会加",
    ),
    fix(
        PythonRequests,
        TYPE,
        "`requests.put(url, data=body, headers={'Content-Type': TYPE})`; bytes and files get no type, a dict as `data=` becomes a form and `json=` becomes JSON",
        "`requests.put(url, data=body, headers={'Content-Type': TYPE})`；字节和文件不带类型，`data=` 传字典会变成表单，`json=` 会变成 JSON",
    ),
    fix(
        Axios,
        TYPE,
        "`headers: {'Content-Type': TYPE}`; for POST, PUT and PATCH axios adds `application/x-www-form-urlencoded`, which `'Content-Type': false` prevents",
        "`headers: {'Content-Type': TYPE}`；POST、PUT 和 PATCH 时 axios 会加上 `application/x-www-form-urlencoded`，`'Content-Type': false` 可阻止",
    ),
    fix(
        BrowserFetch,
        TYPE,
        "`headers: {'Content-Type': TYPE}`; a string gets `text/plain;charset=UTF-8` and a `Blob` its own `type`; an `ArrayBuffer` gets none",
        "`headers: {'Content-Type': TYPE}`；字符串会带上 `text/plain;charset=UTF-8`，`Blob` 带上它自己的 `type`，`ArrayBuffer` 不带类型",
    ),
    fix(
        Node,
        TYPE,
        "`headers: {'Content-Type': TYPE}`; `fetch` adds `text/plain;charset=UTF-8` to a string and nothing to a `Buffer`",
        "`headers: {'Content-Type': TYPE}`；`fetch` 会给字符串加上 `text/plain;charset=UTF-8`，`Buffer` 则不加",
    ),
    fix(
        Okhttp,
        TYPE,
        "`bytes.toRequestBody(\"TYPE\".toMediaType())`: the type of the body replaces the header; a body made without a type sends none",
        "`bytes.toRequestBody(\"TYPE\".toMediaType())`：请求体的类型会替换请求头；创建请求体时不给类型就不发送",
    ),
    fix(
        Php,
        TYPE,
        "`CURLOPT_HTTPHEADER => ['Content-Type: TYPE']`; `CURLOPT_POSTFIELDS` adds `application/x-www-form-urlencoded` to a string and `multipart/form-data` to an array; `'Content-Type:'` takes it away",
        "`CURLOPT_HTTPHEADER => ['Content-Type: TYPE']`；`CURLOPT_POSTFIELDS` 为字符串时会加上 `application/x-www-form-urlencoded`，为数组时是 `multipart/form-data`；写 `'Content-Type:'` 可去掉",
    ),
    fix(
        Go,
        TYPE,
        "`req.Header.Set(\"Content-Type\", TYPE)` before signing; `http.NewRequest` adds none, `http.Post` sends its argument",
        "签名前 `req.Header.Set(\"Content-Type\", TYPE)`；`http.NewRequest` 不会加，`http.Post` 发送的是它的参数",
    ),
    fix(
        Java,
        TYPE,
        "`connection.setRequestProperty(\"Content-Type\", TYPE)`; `HttpURLConnection` adds `application/x-www-form-urlencoded` to a POST",
        "`connection.setRequestProperty(\"Content-Type\", TYPE)`；`HttpURLConnection` 会给 POST 加上 `application/x-www-form-urlencoded`",
    ),
    fix(
        Dotnet,
        TYPE,
        "`content.Headers.ContentType = MediaTypeHeaderValue.Parse(TYPE)`; `StringContent` adds `text/plain; charset=utf-8`, `ByteArrayContent` none",
        "`content.Headers.ContentType = MediaTypeHeaderValue.Parse(TYPE)`；`StringContent` 会加上 `text/plain; charset=utf-8`，`ByteArrayContent` 不会",
    ),
    fix(
        Postman,
        TYPE,
        "in the tab Headers, show the hidden headers and untick `Content-Type`, or name the type that was signed",
        "在 Headers 标签页显示隐藏的请求头并取消勾选 `Content-Type`，或自己加上签名时的类型",
    ),
    fix(
        Okhttp,
        CHARSET,
        "`text.toByteArray().toRequestBody(type)`: of a string OkHttp adds `; charset=utf-8` to a type that has none",
        "`text.toByteArray().toRequestBody(type)`：请求体为字符串而类型没有字符集时，OkHttp 会加上 `; charset=utf-8`",
    ),
    fix(
        Java,
        CHARSET,
        "`new ByteArrayEntity(bytes, ContentType.create(TYPE))`; `ContentType.APPLICATION_JSON` and `StringEntity` carry a charset",
        "`new ByteArrayEntity(bytes, ContentType.create(TYPE))`；`ContentType.APPLICATION_JSON` 和 `StringEntity` 带有字符集",
    ),
    fix(
        Dotnet,
        CHARSET,
        "`new ByteArrayContent(bytes)` with `Headers.ContentType = MediaTypeHeaderValue.Parse(TYPE)`; `StringContent` adds `; charset=utf-8`",
        "`new ByteArrayContent(bytes)`，再设 `Headers.ContentType = MediaTypeHeaderValue.Parse(TYPE)`；`StringContent` 会加上 `; charset=utf-8`",
    ),
    fix(
        BrowserFetch,
        CHARSET,
        "send `new Blob([text], {type: TYPE})` or bytes: of a string `XMLHttpRequest` rewrites the charset in the type to `UTF-8`",
        "发送 `new Blob([text], {type: TYPE})` 或字节：请求体为字符串时，`XMLHttpRequest` 会把类型中的字符集改写为 `UTF-8`",
    ),
    fix(
        Axios,
        CHARSET,
        "send bytes (`new TextEncoder().encode(text)`) with `headers: {'Content-Type': TYPE}`, and sign that type",
        "发送字节（`new TextEncoder().encode(text)`），加上 `headers: {'Content-Type': TYPE}`，并对该类型签名",
    ),
    fix(
        Axios,
        BODY,
        "`const body = JSON.stringify(value)`, sign `body`, and send it with `data: body, transformRequest: [(x) => x]`",
        "`const body = JSON.stringify(value)`，对 `body` 签名，再以 `data: body, transformRequest: [(x) => x]` 发送",
    ),
    fix(
        PythonRequests,
        BODY,
        "`body = json.dumps(value).encode()`, sign `body`, and send `data=body`; `json=value` writes it anew",
        "`body = json.dumps(value).encode()`，对 `body` 签名，再以 `data=body` 发送；`json=value` 会重新序列化",
    ),
    fix(
        BrowserFetch,
        BODY,
        "`const body = JSON.stringify(value)` once, sign and send that string",
        "只序列化一次：`const body = JSON.stringify(value)`，签名和发送都用这个字符串",
    ),
    fix(
        Node,
        BODY,
        "`const body = Buffer.from(JSON.stringify(value))` once, sign and send that buffer",
        "只序列化一次：`const body = Buffer.from(JSON.stringify(value))`，签名和发送都用这个 Buffer",
    ),
    fix(
        Okhttp,
        BODY,
        "make the bytes once and send `bytes.toRequestBody(type)`; a converter of Retrofit writes an object anew",
        "字节只生成一次，以 `bytes.toRequestBody(type)` 发送；Retrofit 的转换器会重新序列化对象",
    ),
    fix(
        Go,
        BODY,
        "`body, _ := json.Marshal(value)` once, sign it and send `bytes.NewReader(body)`; `json.NewEncoder` adds a line feed",
        "只序列化一次：`body, _ := json.Marshal(value)`，签名后以 `bytes.NewReader(body)` 发送；`json.NewEncoder` 会多写一个换行符",
    ),
    fix(
        Php,
        BODY,
        "`$body = json_encode($value)` once, then `CURLOPT_POSTFIELDS => $body`, or `'body' => $body` in Guzzle: `'json'` writes it anew",
        "只序列化一次：`$body = json_encode($value)`，再用 `CURLOPT_POSTFIELDS => $body`，Guzzle 用 `'body' => $body`：`'json'` 会重新序列化",
    ),
    fix(
        Java,
        BODY,
        "`byte[] body = mapper.writeValueAsBytes(value)` once; sign and send these bytes",
        "只序列化一次：`byte[] body = mapper.writeValueAsBytes(value)`，签名和发送都用这些字节",
    ),
    fix(
        Dotnet,
        BODY,
        "`var body = JsonSerializer.SerializeToUtf8Bytes(value)` once and `new ByteArrayContent(body)`; `JsonContent` writes it anew",
        "只序列化一次：`var body = JsonSerializer.SerializeToUtf8Bytes(value)`，再用 `new ByteArrayContent(body)`；`JsonContent` 会重新序列化",
    ),
    fix(Curl, BODY, "`--data-binary @FILE`: `-d @FILE` takes line breaks away", "`--data-binary @FILE`：`-d @FILE` 会去掉换行"),
    fix(
        Okhttp,
        TWICE,
        "`HttpUrl.get(url)` for a URL that is escaped; in a builder `addEncodedPathSegments` and `addEncodedQueryParameter`, since `addPathSegments` escapes `%` again",
        "已编码的 URL 用 `HttpUrl.get(url)`；构造时用 `addEncodedPathSegments` 和 `addEncodedQueryParameter`，因为 `addPathSegments` 会再次编码 `%`",
    ),
    fix(
        Axios,
        TWICE,
        "give axios the escaped URL as it is, or plain values in `params`, which axios escapes: not `encodeURIComponent` in `params`",
        "已编码的 URL 原样交给 axios，或者把原始值放进 `params` 由 axios 编码：`params` 中不要再用 `encodeURIComponent`",
    ),
    fix(
        Java,
        TWICE,
        "`URI.create(url)` for an escaped URL: `new URI(scheme, host, path, null)` and `RestTemplate` with a string escape `%` again",
        "已编码的 URL 用 `URI.create(url)`：`new URI(scheme, host, path, null)` 以及传字符串的 `RestTemplate` 会再次编码 `%`",
    ),
    fix(
        Go,
        TWICE,
        "`url.Parse(escaped)`, or `url.URL{Path: key}` with the plain key: `Path` is escaped when it is sent",
        "`url.Parse(escaped)`，或 `url.URL{Path: key}` 放未编码的对象键：发送时会编码 `Path`",
    ),
    fix(
        PythonRequests,
        TWICE,
        "`urllib.parse.quote(key, safe='/~')` once; plain values in `params=`, which requests escapes",
        "只编码一次：`urllib.parse.quote(key, safe='/~')`；`params=` 中放原始值，由 requests 编码",
    ),
    fix(
        Php,
        TWICE,
        "`implode('/', array_map('rawurlencode', explode('/', $key)))` once; `http_build_query` escapes by itself",
        "只编码一次：`implode('/', array_map('rawurlencode', explode('/', $key)))`；`http_build_query` 自己会编码",
    ),
    fix(
        Node,
        TWICE,
        "`key.split('/').map(encodeURIComponent).join('/')` once; `searchParams.set` escapes by itself",
        "只编码一次：`key.split('/').map(encodeURIComponent).join('/')`；`searchParams.set` 自己会编码",
    ),
    fix(
        BrowserFetch,
        TWICE,
        "`key.split('/').map(encodeURIComponent).join('/')` once; `URLSearchParams` escapes by itself",
        "只编码一次：`key.split('/').map(encodeURIComponent).join('/')`；`URLSearchParams` 自己会编码",
    ),
    fix(
        Curl,
        TWICE,
        "curl sends a URL as it is given: escape once; `-G --data-urlencode` escapes, `-G -d` does not",
        "curl 原样发送 URL，请只编码一次；`-G --data-urlencode` 会编码，`-G -d` 不会",
    ),
    fix(
        Dotnet,
        TWICE,
        "`Uri.EscapeDataString` once for each segment; `UriBuilder` and `new Uri` escape no `%XX` again",
        "每一段只用一次 `Uri.EscapeDataString`；`UriBuilder` 和 `new Uri` 不会再次编码 `%XX`",
    ),
    fix(
        Curl,
        DOTS,
        "`--path-as-is`: without it curl takes `/./` and `/../` out of the path",
        "`--path-as-is`：不加它，curl 会去掉路径中的 `/./` 和 `/../`",
    ),
    fix(
        Okhttp,
        DOTS,
        "`HttpUrl` resolves the segments `.` and `..`, also as `%2e`: name objects without such segments",
        "`HttpUrl` 会化简 `.` 和 `..` 两种路径段，写成 `%2e` 也一样：对象键中不要有这样的段",
    ),
    fix(
        BrowserFetch,
        DOTS,
        "browsers resolve the segments `.` and `..`, also as `%2e`: name objects without such segments",
        "浏览器会化简 `.` 和 `..` 两种路径段，写成 `%2e` 也一样：对象键中不要有这样的段",
    ),
    fix(
        Node,
        DOTS,
        "`http.request({host, path})` sends the path as it is; `new URL` and `fetch` resolve the segments `.` and `..`",
        "`http.request({host, path})` 原样发送路径；`new URL` 和 `fetch` 会化简 `.` 和 `..`",
    ),
    fix(
        PythonRequests,
        DOTS,
        "urllib3 resolves the segments `.` and `..` and escapes what needs it: sign `requests.Request(...).prepare().url`",
        "urllib3 会化简 `.` 和 `..`，并编码需要编码的字符：请对 `requests.Request(...).prepare().url` 签名",
    ),
    fix(
        Go,
        DOTS,
        "`url.Parse` and `http.NewRequest` keep the path as it is; `url.JoinPath`, `path.Join` and `ResolveReference` resolve `.` and `..`",
        "`url.Parse` 和 `http.NewRequest` 保持路径原样；`url.JoinPath`、`path.Join` 和 `ResolveReference` 会化简 `.` 和 `..`",
    ),
    fix(
        Java,
        DOTS,
        "`RequestConfig.custom().setNormalizeUri(false)` in Apache HttpClient 4.5",
        "Apache HttpClient 4.5 中用 `RequestConfig.custom().setNormalizeUri(false)`",
    ),
    fix(
        Curl,
        EXTRA,
        "`-H 'Expect:'` and `-H 'Transfer-Encoding:'` keep curl from adding these to large or streamed bodies",
        "`-H 'Expect:'` 和 `-H 'Transfer-Encoding:'` 可阻止 curl 在请求体较大或为流时加上这些请求头",
    ),
    fix(
        Php,
        EXTRA,
        "`CURLOPT_HTTPHEADER => ['Expect:']`, and `CURLOPT_INFILESIZE` beside `CURLOPT_INFILE`: else curl sends chunks",
        "`CURLOPT_HTTPHEADER => ['Expect:']`；用 `CURLOPT_INFILE` 时同时设 `CURLOPT_INFILESIZE`，否则 curl 会分块发送",
    ),
    fix(
        Dotnet,
        EXTRA,
        "`client.DefaultRequestHeaders.ExpectContinue = false`, and a content with a length",
        "`client.DefaultRequestHeaders.ExpectContinue = false`，并使用有长度的内容",
    ),
    fix(
        Go,
        EXTRA,
        "set `req.ContentLength` for a body that is no `bytes.Reader`, `bytes.Buffer` or `strings.Reader`: else Go sends chunks",
        "请求体不是 `bytes.Reader`、`bytes.Buffer` 或 `strings.Reader` 时要设 `req.ContentLength`，否则 Go 会分块发送",
    ),
    fix(
        Java,
        EXTRA,
        "`setFixedLengthStreamingMode(length)`: `setChunkedStreamingMode` sends `Transfer-Encoding: chunked`",
        "`setFixedLengthStreamingMode(length)`：`setChunkedStreamingMode` 会发送 `Transfer-Encoding: chunked`",
    ),
    fix(
        Node,
        EXTRA,
        "give `Content-Length` with a stream: else Node sends `Transfer-Encoding: chunked`",
        "请求体为流时给出 `Content-Length`，否则 Node 会发送 `Transfer-Encoding: chunked`",
    ),
    fix(
        PythonRequests,
        EXTRA,
        "give bytes or a file, no generator: of a generator requests sends `Transfer-Encoding: chunked`",
        "传字节或文件，不要传生成器：对生成器 requests 会发送 `Transfer-Encoding: chunked`",
    ),
    fix(
        Axios,
        EXTRA,
        "axios adds `Accept` and `User-Agent` by itself: leave `{name|these}` out of the signed headers",
        "axios 会自行加上 `Accept` 和 `User-Agent`：不要把 `{name|它们}` 列入参与签名的请求头",
    ),
    fix(
        Okhttp,
        EXTRA,
        "OkHttp adds `Connection`, `Accept-Encoding` and `User-Agent` behind your code: leave `{name|these}` out of the signed headers",
        "OkHttp 会在你的代码之后加上 `Connection`、`Accept-Encoding` 和 `User-Agent`：不要把 `{name|它们}` 列入参与签名的请求头",
    ),
    fix(
        BrowserFetch,
        EXTRA,
        "the browser adds `Accept`, `Origin`, `Referer` and `User-Agent`: leave `{name|these}` out of the signed headers",
        "浏览器会加上 `Accept`、`Origin`、`Referer` 和 `User-Agent`：不要把 `{name|它们}` 列入参与签名的请求头",
    ),
    fix(
        Go,
        ZIP,
        "`&http.Transport{DisableCompression: true}`, or set `Accept-Encoding` yourself: else Go adds `gzip`",
        "`&http.Transport{DisableCompression: true}`，或自己设置 `Accept-Encoding`：否则 Go 会加上 `gzip`",
    ),
    fix(
        Okhttp,
        ZIP,
        "`.header(\"Accept-Encoding\", \"identity\")`: else OkHttp adds `gzip`",
        "`.header(\"Accept-Encoding\", \"identity\")`：否则 OkHttp 会加上 `gzip`",
    ),
    fix(
        PythonRequests,
        ZIP,
        "`headers={'Accept-Encoding': 'identity'}`: else requests sends `gzip, deflate`",
        "`headers={'Accept-Encoding': 'identity'}`：否则 requests 会发送 `gzip, deflate`",
    ),
    fix(
        Php,
        ZIP,
        "leave `CURLOPT_ENCODING` unset: with `''` curl sends every encoding it knows",
        "不要设置 `CURLOPT_ENCODING`：设为 `''` 时 curl 会发送它支持的所有编码",
    ),
    fix(
        Go,
        HOST,
        "`req.Host = host`: `req.Header.Set(\"Host\", ...)` has no effect",
        "`req.Host = host`：`req.Header.Set(\"Host\", ...)` 不起作用",
    ),
    fix(
        Java,
        HOST,
        "sign the host of the URL; another `Host` needs `-Dsun.net.http.allowRestrictedHeaders=true`, or `-Djdk.httpclient.allowRestrictedHeaders=host` for `java.net.http`",
        "对 URL 中的域名签名；要发送别的 `Host`，需要 `-Dsun.net.http.allowRestrictedHeaders=true`，`java.net.http` 则需要 `-Djdk.httpclient.allowRestrictedHeaders=host`",
    ),
    fix(
        BrowserFetch,
        HOST,
        "a page cannot set `Host`: sign the host and the port of the URL you fetch",
        "网页不能设置 `Host`：请对所请求 URL 的域名和端口签名",
    ),
    fix(
        Axios,
        HOST,
        "sign the host of the URL, with its port unless it is 80 or 443; a page cannot set `Host`",
        "请对 URL 中的域名签名，端口不是 80 或 443 时连同端口；网页不能设置 `Host`",
    ),
    fix(
        Curl,
        HOST,
        "sign the host of the URL; `--resolve` and `--connect-to` go to another machine without changing `Host`",
        "请对 URL 中的域名签名；`--resolve` 和 `--connect-to` 可以连到别的机器而不改变 `Host`",
    ),
    fix(
        PythonRequests,
        HOST,
        "sign `urllib.parse.urlsplit(url).netloc`, without the default port of its scheme",
        "请对 `urllib.parse.urlsplit(url).netloc` 签名，去掉协议的默认端口",
    ),
    fix(
        Node,
        HOST,
        "sign `new URL(url).host`, which leaves out a default port and keeps any other",
        "请对 `new URL(url).host` 签名：它会去掉默认端口，保留其他端口",
    ),
    fix(
        BrowserFetch,
        &["date-signed-not-date-sent", "signed-header-not-sent"],
        "a page cannot set `Date`, `Host` or `Content-Length`: sign the vendor's own date header (`x-oss-date`, `x-amz-date`, ...) or use a signed URL",
        "网页不能设置 `Date`、`Host` 或 `Content-Length`：请对厂商自己的日期请求头（`x-oss-date`、`x-amz-date` 等）签名，或使用签名 URL",
    ),
    fix(
        Axios,
        &["date-signed-not-date-sent", "signed-header-not-sent"],
        "in a page axios cannot set `Date`, `Host` or `Content-Length`: sign the vendor's own date header (`x-oss-date`, `x-amz-date`, ...) or use a signed URL",
        "axios 在网页中不能设置 `Date`、`Host` 或 `Content-Length`：请对厂商自己的日期请求头（`x-oss-date`、`x-amz-date` 等）签名，或使用签名 URL",
    ),
    fix(
        Curl,
        &["signed-header-not-sent"],
        "`-H '{name|NAME}: VALUE'`; a header with an empty value is `-H '{name|NAME};'`",
        "`-H '{name|NAME}: VALUE'`；值为空的请求头写作 `-H '{name|NAME};'`",
    ),
    fix(
        Okhttp,
        &["signed-header-not-sent"],
        "`.header(\"{name|NAME}\", value)` in the request or an application interceptor, before signing",
        "签名之前在请求或应用拦截器中 `.header(\"{name|NAME}\", value)`",
    ),
    fix(
        Curl,
        &["method-mismatch"],
        "`-X` names the verb; without it `-T` is PUT, `-d` and `-F` are POST, `-I` is HEAD; `-L` makes GET of a POST that is redirected",
        "`-X` 指定请求方法；不写时 `-T` 是 PUT，`-d` 和 `-F` 是 POST，`-I` 是 HEAD；`-L` 会把重定向后的 POST 变成 GET",
    ),
    fix(
        PythonRequests,
        &["method-mismatch"],
        "sign the verb you call (`requests.put` is PUT), with `allow_redirects=False`: a redirect makes GET of it",
        "对实际调用的请求方法签名（`requests.put` 就是 PUT），并加 `allow_redirects=False`：重定向会把它变成 GET",
    ),
    fix(
        BrowserFetch,
        &["method-mismatch"],
        "`fetch(url, {method: 'PUT', body})` with the verb that was signed; the `OPTIONS` before it is never signed",
        "`fetch(url, {method: 'PUT', body})`，使用签名时的请求方法；之前的 `OPTIONS` 从不签名",
    ),
    fix(
        Php,
        &["method-mismatch"],
        "`CURLOPT_CUSTOMREQUEST => 'PUT'`; `CURLOPT_POSTFIELDS` alone makes a POST",
        "`CURLOPT_CUSTOMREQUEST => 'PUT'`；只有 `CURLOPT_POSTFIELDS` 时是 POST",
    ),
];
