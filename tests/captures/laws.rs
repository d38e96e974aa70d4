//! What holds for every text.

use countersign_capture::{Body, MAX_TEXT, Thing, read};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Pieces that captures are made of, to be mixed up.
const PIECES: [&str; 48] = [
    "GET /a?b=c HTTP/1.1\r\n",
    "PUT /a HTTP/2\n",
    "HTTP/1.1 403 Forbidden\r\n",
    "Host: photos.s3.amazonaws.com\n",
    "Content-Length: 5\n",
    "Content-Type: multipart/form-data; boundary=b\n",
    "Authorization: OSS id:c2lnbmF0dXJl\n",
    "\n",
    "\r\n",
    "hello",
    "--b\r\n",
    "--b--",
    "curl -X PUT 'https://h.example/a' -H 'a: b' ",
    "-d @x --next -F 'a=@b;type=c' ",
    "\\\n",
    "^\"",
    "^\n",
    "$'\\x41\\u4f60",
    "'",
    "\"",
    "> ",
    "< ",
    "* [HTTP/2] [1] [:method: GET]\n",
    ":path: /a\n",
    ":status: 403\n",
    "http-outgoing-0 >> \"a[\\r][\\n]\"\n",
    "send: b'GET / HTTP/1.1\\r\\n'\n",
    "--> PUT https://h.example/a\n",
    "<-- 403 Forbidden\n",
    "2024-03-15 08:30:45 CanonicalRequest:\n",
    "StringToSign:\nAWS4-HMAC-SHA256\n",
    "Sending http request: <method=PUT, url=https://h/a, headers={'Authorization': b'AWS a:b'",
    "})>\n",
    "<Error><Code>SignatureDoesNotMatch</Code>",
    "</Error>\n",
    "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"https://h/\"}}]}}",
    "{\"error\":\"bad token\"}",
    "\"https:\\/\\/h.example\\/a?Signature=x\\u0026Expires=1\"",
    "Request URL: https://h.example/a\n",
    "CSIDEXAMPLE0001:c2lnbmF0dXJl:eyJzY29wZSI6InBob3RvcyJ9\n",
    "fetch('https://h.example/a?OSSAccessKeyId=x&Expires=1&Signature=x', {method: 'PUT', headers: {",
    "'Authorization': `AWS a:b`, c}, ...d})",
    "iwr -Uri $url -Headers @{ a = 'b' } `\n",
    "c = {'Content-Type': 'a'}\nd = c\nc['x'] = 'y'\n",
    "new Request.Builder().url(\"https://h.example/a?OSSAccessKeyId=x&Expires=1&Signature=x\")\n",
    ".addHeader(c, \"d\").put(RequestBody.create(c, 'e'))\n",
    "$ch = curl_init($url); curl_setopt($ch, CURLOPT_HTTPHEADER, ['a: b', $c]);\n",
    "http PUT h.example/a b:c d==e < f ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_mixture_of_known_pieces_is_read_or_refused(pieces in proptest::collection::vec(0..PIECES.len(), 0..30)) {
        let text: String = pieces.iter().map(|at| PIECES[*at]).collect();
        if let Ok(capture) = read(text.as_bytes()) {
            prop_assert!(!capture.found.is_empty());
            for found in &capture.found {
                let Thing::Request(request) = &found.thing else { continue };
                let (Ok(parsed), Body::Bytes(body)) = (request.parse(), &request.body) else { continue };
                if parsed.headers_named("content-length").count() + parsed.headers_named("transfer-encoding").count() > 0 {
                    continue;
                }
                // With a length of its own, nothing behind the body is taken for it, and nothing of it for an answer.
                let end = if request.head.ends_with(b"\r\n") { "\r\n" } else { "\n" };
                let mut stated = request.clone();
                stated.head.extend_from_slice(format!("Content-Length: {}{end}", body.len()).as_bytes());
                stated.transport = None;
                let again = read(&stated.to_bytes()).unwrap();
                prop_assert_eq!(again.found.len(), 1, "{:?} {:?}", stated, again);
                prop_assert_eq!(&again.found[0].thing, &Thing::Request(stated));
            }
        }
    }

    #[test]
    fn a_rendered_request_reads_back_as_the_same(
        method in "[A-Z]{3,8}",
        path in "[!-~]{0,30}",
        fields in proptest::collection::vec(("[A-Za-z-]{1,12}", "[ -~]{0,40}"), 0..6),
        body in proptest::collection::vec(any::<u8>(), 0..200),
        has_end in any::<bool>(),
    ) {
        let end = if has_end { "\r\n" } else { "\n" };
        // A length that is stated twice, or a chunked body, is another matter.
        let fields = fields.iter().filter(|(name, _)| !["content-length", "transfer-encoding"].contains(&&*name.to_ascii_lowercase()));
        let mut head = format!("{method} /{path} HTTP/1.1{end}");
        for (name, value) in fields {
            head.push_str(&format!("{name}: {value}{end}"));
        }
        head.push_str(&format!("Content-Length: {}{end}", body.len()));
        let message = [head.as_bytes(), end.as_bytes(), &body].concat();
        let capture = read(&message).unwrap();
        prop_assert_eq!(capture.found.len(), 1);
        let Thing::Request(request) = &capture.found[0].thing else { panic!("{capture:?}") };
        prop_assert_eq!(request.to_bytes(), message);
    }
}

/// Each of these makes a reader that looks ahead to the end for every line square its time.
#[test]
fn time_grows_with_the_length_alone() {
    const MORE: [&str; 26] = [
        "<?xml ",
        "<Error ",
        "{'Code': ",
        "[",
        "> a\n",
        "curl ",
        "'https://",
        "canonical request: ",
        "headers={",
        "AWSPreparedRequest headers ",
        "fetch(",
        "fetch({\n",
        "axios.put('https://h/', [\n",
        "iwr a ",
        "wget ",
        "http PUT a.b/\n",
        "fetch('https://h.example/a?OSSAccessKeyId=x&Expires=1&Signature=x', a, b, c, {a, b, c})\na = a\n",
        "new Request.Builder()",
        "new Request.Builder().a(b)\n",
        "curl_init(a)\n",
        "fetch(((((((((((((((((",
        "client.put(a) {\n",
        "new RestClient(a)\nnew RestRequest(b)\n",
        "https.request({host: 'h', path: '/a?OSSAccessKeyId=x&Expires=1&Signature=x'})\n",
        "{\"item\":[",
        "requests.put(URL(URL(URL(URL(URL(URL(URL(URL(URL(URL(URL(URL(\n",
    ];
    let time = |piece: &str, length: usize| {
        let text = piece.repeat(length / piece.len());
        let begun = Instant::now();
        let _ = read(text.as_bytes());
        begun.elapsed()
    };
    for piece in PIECES.iter().chain(&MORE) {
        let (short, long) = (time(piece, 50_000), time(piece, 400_000));
        assert!(long < short * 24 + Duration::from_millis(500), "{piece:?}: {short:?}, eight times as long {long:?}");
    }
}

#[test]
fn what_is_too_long_is_refused() {
    assert!(read(&vec![b'a'; MAX_TEXT + 1]).is_err());
}
