//! The line of code or the command that does it right.

use super::{Fix, fix};
use crate::stack::Stack::{
    Axios, BrowserFetch, Curl, Docker, Dotnet, Go, Java, Kubernetes, Node, Okhttp, Php, PythonRequests, Shell,
};

const DATE: &[&str] = &["date-localised", "date-not-gmt", "date-format-invalid"];
const MD5: &[&str] = &["content-md5-hex"];
const RAW: &[&str] = &["hmac-hex-instead-of-raw"];
const SWAPPED: &[&str] = &["hmac-args-swapped"];
const WRAPPED: &[&str] = &["base64-line-wrapped"];
const ALPHABET: &[&str] = &["base64-alphabet-wrong"];
const BLANK: &[&str] = &["secret-surrounding-whitespace", "access-key-surrounding-whitespace"];
const QUOTING: &[&str] = &["secret-special-char-mangled"];
const ESCAPES: &[&str] = &["key-encode-set-wrong", "key-not-encoded"];
const PLUS: &[&str] = &["plus-vs-space", "query-space-as-plus"];
const IN_URL: &[&str] = &["signature-plus-became-space"];
const AMPERSAND: &[&str] = &["url-ampersand-escaped"];
const POLICY: &[&str] = &["policy-bytes-reserialised"];

pub(super) static FIXES: &[Fix] = &[
    fix(
        Java,
        DATE,
        "`DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))`, or `SimpleDateFormat` with \
                     `Locale.US` and `TimeZone.getTimeZone(\"GMT\")`",
    ),
    fix(
        Okhttp,
        DATE,
        "`SimpleDateFormat(\"EEE, dd MMM yyyy HH:mm:ss 'GMT'\", Locale.US)` with `timeZone = TimeZone.getTimeZone(\"GMT\")`",
    ),
    fix(Php, DATE, "`gmdate('D, d M Y H:i:s') . ' GMT'`: `strftime` speaks the language of the locale, and `date` is local time"),
    fix(PythonRequests, DATE, "`email.utils.formatdate(usegmt=True)`: `strftime('%a, %d %b')` speaks the language of the locale"),
    fix(Go, DATE, "`time.Now().UTC().Format(http.TimeFormat)`: without `UTC()` the word GMT stands behind a local time"),
    fix(Node, DATE, "`new Date().toUTCString()`"),
    fix(Axios, DATE, "`new Date().toUTCString()`"),
    fix(BrowserFetch, DATE, "`new Date().toUTCString()`, in the vendor's own date header"),
    fix(Dotnet, DATE, "`DateTime.UtcNow.ToString(\"R\", CultureInfo.InvariantCulture)`"),
    fix(Shell, DATE, "`LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT'`"),
    fix(Curl, DATE, "`LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT'`"),
    fix(PythonRequests, MD5, "`base64.b64encode(hashlib.md5(body).digest()).decode()`: `digest`, not `hexdigest`"),
    fix(Php, MD5, "`base64_encode(md5($body, true))`"),
    fix(Node, MD5, "`crypto.createHash('md5').update(body).digest('base64')`"),
    fix(Java, MD5, "`Base64.getEncoder().encodeToString(MessageDigest.getInstance(\"MD5\").digest(body))`"),
    fix(Go, MD5, "`sum := md5.Sum(body)`, then `base64.StdEncoding.EncodeToString(sum[:])`"),
    fix(Dotnet, MD5, "`Convert.ToBase64String(MD5.HashData(body))`"),
    fix(Shell, MD5, "`openssl dgst -md5 -binary FILE | openssl base64`"),
    fix(Curl, MD5, "`-H \"Content-MD5: $(openssl dgst -md5 -binary FILE | openssl base64)\"`"),
    fix(
        PythonRequests,
        RAW,
        "`base64.b64encode(hmac.new(key, text, hashlib.sha1).digest())`: `digest`, not `hexdigest`; V4 wants `hexdigest`",
    ),
    fix(
        Php,
        RAW,
        "`base64_encode(hash_hmac('sha1', $text, $secret, true))`: the last `true` asks for raw bytes; V4 wants it without",
    ),
    fix(Node, RAW, "`crypto.createHmac('sha1', secret).update(text).digest('base64')`; V4 wants `digest('hex')`"),
    fix(
        Java,
        RAW,
        "`Base64.getEncoder().encodeToString(mac.doFinal(text))`; V4 wants `HexFormat.of().formatHex(mac.doFinal(text))`",
    ),
    fix(Go, RAW, "`base64.StdEncoding.EncodeToString(mac.Sum(nil))`; V4 wants `hex.EncodeToString(mac.Sum(nil))`"),
    fix(
        Dotnet,
        RAW,
        "`Convert.ToBase64String(HMACSHA1.HashData(key, text))`; V4 wants `Convert.ToHexString(...).ToLowerInvariant()`",
    ),
    fix(
        Shell,
        RAW,
        "`printf '%s' \"$text\" | openssl dgst -sha1 -hmac \"$secret\" -binary | openssl base64 -A`; V4 wants no `-binary`",
    ),
    fix(PythonRequests, SWAPPED, "`hmac.new(secret, text, hashlib.sha1)`: the secret comes first"),
    fix(Php, SWAPPED, "`hash_hmac('sha1', $text, $secret, true)`: the text comes before the secret"),
    fix(Node, SWAPPED, "`crypto.createHmac('sha1', secret).update(text)`"),
    fix(Java, SWAPPED, "`mac.init(new SecretKeySpec(secret, \"HmacSHA1\"))`, then `mac.doFinal(text)`"),
    fix(Go, SWAPPED, "`mac := hmac.New(sha1.New, secret)`, then `mac.Write(text)`"),
    fix(PythonRequests, WRAPPED, "`base64.b64encode`: `encodebytes` and the codec `base64` add line feeds"),
    fix(Java, WRAPPED, "`Base64.getEncoder()`: `getMimeEncoder()` breaks lines"),
    fix(Okhttp, WRAPPED, "`Base64.encodeToString(bytes, Base64.NO_WRAP)` on Android: `DEFAULT` adds line feeds"),
    fix(Shell, WRAPPED, "`openssl base64 -A` or `base64 -w0`: without these options lines are broken"),
    fix(Php, WRAPPED, "`base64_encode` alone: `chunk_split` breaks lines"),
    fix(
        Java,
        ALPHABET,
        "`Base64.getEncoder()` writes `+` and `/`, `Base64.getUrlEncoder()` writes `-` and `_`: Kodo wants the second one",
    ),
    fix(
        PythonRequests,
        ALPHABET,
        "`base64.b64encode` writes `+` and `/`, `base64.urlsafe_b64encode` writes `-` and `_`: Kodo wants the second one",
    ),
    fix(
        Go,
        ALPHABET,
        "`base64.StdEncoding` writes `+` and `/`, `base64.URLEncoding` writes `-` and `_`: Kodo wants the second one",
    ),
    fix(
        Node,
        ALPHABET,
        "`digest('base64')` writes `+` and `/` and pads, `digest('base64url')` writes `-` and `_` and does not: Kodo wants \
                         `-`, `_` and the padding",
    ),
    fix(Php, ALPHABET, "`strtr(base64_encode($raw), '+/', '-_')` for Kodo, `base64_encode($raw)` for all others"),
    fix(Shell, BLANK, "`printf '%s' \"$SECRET\" > FILE`: `echo` adds a line feed; `$(cat FILE)` takes it away"),
    fix(Curl, BLANK, "`printf '%s' \"$SECRET\" > FILE`: `echo` adds a line feed; `$(cat FILE)` takes it away"),
    fix(
        Kubernetes,
        BLANK,
        "`kubectl create secret generic NAME --from-literal=KEY=...`; by hand `printf '%s' ... | base64 -w0`: `echo` \
                            puts a line feed into the value",
    ),
    fix(
        Docker,
        BLANK,
        "`printf '%s' ... | docker secret create NAME -`; no blanks or quotes around values in a file for `--env-file`, \
                        which keeps them",
    ),
    fix(PythonRequests, BLANK, "`open(path).read().strip()`, `os.environ['NAME'].strip()`"),
    fix(Node, BLANK, "`fs.readFileSync(path, 'utf8').trim()`, `process.env.NAME.trim()`"),
    fix(Go, BLANK, "`strings.TrimSpace(string(bytes))` behind `os.ReadFile`"),
    fix(Java, BLANK, "`Files.readString(path).strip()`; `Properties` keeps blanks at the end of a value"),
    fix(Php, BLANK, "`trim(file_get_contents($path))`"),
    fix(Dotnet, BLANK, "`File.ReadAllText(path).Trim()`"),
    fix(
        Shell,
        QUOTING,
        "single quotes around the secret: `export NAME='...'`; in double quotes the shell replaces `$`, `` ` `` and `\\`",
    ),
    fix(Curl, QUOTING, "single quotes around the secret: in double quotes the shell replaces `$`, `` ` `` and `\\`"),
    fix(Docker, QUOTING, "`$$` for each `$` in a Compose file"),
    fix(Kubernetes, QUOTING, "single quotes around the value in YAML under `stringData`; in double quotes `\\` starts an escape"),
    fix(Java, QUOTING, "`\\\\` for each `\\` in a `.properties` file"),
    fix(Php, QUOTING, "single quotes around the value, in code as in `.env`: in double quotes `$` starts a variable"),
    fix(Php, ESCAPES, "`implode('/', array_map('rawurlencode', explode('/', $key)))`: `urlencode` writes `+` for a blank"),
    fix(
        Java,
        ESCAPES,
        "`URLEncoder.encode(s, UTF_8).replace(\"+\", \"%20\").replace(\"*\", \"%2A\").replace(\"%7E\", \"~\")` for each segment",
    ),
    fix(
        Node,
        ESCAPES,
        "`encodeURIComponent(s).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase())` for each segment",
    ),
    fix(
        BrowserFetch,
        ESCAPES,
        "`encodeURIComponent(s).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase())` for each \
                                segment",
    ),
    fix(PythonRequests, ESCAPES, "`urllib.parse.quote(key, safe='/~')`"),
    fix(Go, ESCAPES, "escape everything but letters, digits and `-._~` yourself: `url.PathEscape` leaves `$&+=:@` bare"),
    fix(Dotnet, ESCAPES, "`Uri.EscapeDataString(segment)`: `EscapeUriString` and `HttpUtility.UrlEncode` keep to other rules"),
    fix(Php, PLUS, "`rawurlencode`, and `http_build_query($q, '', '&', PHP_QUERY_RFC3986)`: `urlencode` writes `+` for a blank"),
    fix(Java, PLUS, "`URLEncoder.encode(s, UTF_8).replace(\"+\", \"%20\")`"),
    fix(
        PythonRequests,
        PLUS,
        "`urllib.parse.quote`, and `urlencode(query, quote_via=quote)`: `quote_plus` and `params=` write `+` for a blank",
    ),
    fix(Go, PLUS, "`strings.ReplaceAll(values.Encode(), \"+\", \"%20\")`: `QueryEscape` and `Encode` write `+` for a blank"),
    fix(Node, PLUS, "`searchParams.toString().replaceAll('+', '%20')`: `URLSearchParams` writes `+` for a blank"),
    fix(BrowserFetch, PLUS, "`searchParams.toString().replaceAll('+', '%20')`: `URLSearchParams` writes `+` for a blank"),
    fix(Axios, PLUS, "`paramsSerializer: {encode: encodeURIComponent}`: by itself axios writes `+` for a blank"),
    fix(Dotnet, PLUS, "`Uri.EscapeDataString`: `WebUtility.UrlEncode` writes `+` for a blank"),
    fix(Php, IN_URL, "`rawurlencode($signature)` when you put it into the URL"),
    fix(Java, IN_URL, "`URLEncoder.encode(signature, UTF_8)` when you put it into the URL"),
    fix(PythonRequests, IN_URL, "`urllib.parse.quote(signature, safe='')` when you put it into the URL"),
    fix(Go, IN_URL, "`url.QueryEscape(signature)` when you put it into the URL"),
    fix(Node, IN_URL, "`encodeURIComponent(signature)` when you put it into the URL"),
    fix(BrowserFetch, IN_URL, "`encodeURIComponent(signature)` when you put it into the URL"),
    fix(Shell, IN_URL, "`%2B` for `+`, `%2F` for `/` and `%3D` for `=` when you put it into the URL"),
    fix(Curl, IN_URL, "`-G --data-urlencode \"Signature=$signature\"`"),
    fix(
        Curl,
        AMPERSAND,
        "copy the URL from the source of the answer, not from XML or HTML: `&amp;` there stands for `&`; single quotes around it",
    ),
    fix(Shell, AMPERSAND, "single quotes around the URL: without them `&` ends the command"),
    fix(Php, AMPERSAND, "`htmlspecialchars_decode($url)`; `http_build_query($q, '', '&')`"),
    fix(PythonRequests, AMPERSAND, "`html.unescape(url)` for a URL taken from XML or HTML"),
    fix(BrowserFetch, AMPERSAND, "take the URL with `element.textContent` or `getAttribute`, not from `innerHTML`"),
    fix(Java, AMPERSAND, "let an XML parser read the answer: `getTextContent()` gives `&` for `&amp;`"),
    fix(Go, AMPERSAND, "`html.UnescapeString(url)`; `json.Encoder` with `SetEscapeHTML(false)` writes no `\\u0026`"),
    fix(
        Php,
        POLICY,
        "`$policy = json_encode($value)` once, and send `base64_encode($policy)` itself: `json_encode` again may escape `/` otherwise",
    ),
    fix(PythonRequests, POLICY, "`policy = json.dumps(value)` once: `json.dumps(json.loads(policy))` has other blanks"),
    fix(Go, POLICY, "`json.Marshal` once and keep the bytes: it writes `\\u0026` for `&`, and sorts maps"),
    fix(
        Java,
        POLICY,
        "one `String` for the policy, signed and sent; Gson writes `\\u003d` for `=` unless `disableHtmlEscaping()`",
    ),
    fix(Node, POLICY, "`const policy = Buffer.from(JSON.stringify(value)).toString('base64')` once; sign and send that text"),
];
