use super::*;
use crate::walk::{Piece, walk};

const URL: &str = "https://h.example/a?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415&Signature=bWFkZSB1cCBzaWduYXR1cmU%3D";
const TARGET: &str = "/a?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415&Signature=bWFkZSB1cCBzaWduYXR1cmU%3D";

/// The head of the one request in a text with a URL for `URL`, without its target, and what is said of it.
fn sent(code: &str) -> (String, Vec<Note>) {
    let code = code.replace("URL", URL);
    let mut out = Out::default();
    walk(code.as_bytes(), &mut out);
    let Some(Piece::Thing { thing: Thing::Request(request), .. }) = out.pieces.last() else { panic!("{code}: {out:?}") };
    let text = String::from_utf8(request.to_bytes()).unwrap().replace("\r\n", "\n").replace(TARGET, "/");
    (text.replace(" HTTP/1.1\nHost: h.example", ""), out.notes)
}

#[test]
fn verb_and_headers_are_read_in_several_languages() {
    for code in [
        "await fetch(\"URL\", {method: \"PUT\", headers: {\"Content-Type\": \"image/png\"}, body: file})",
        "  const res = await window.fetch('URL', {\n    method: 'put', // as signed\n    headers: new Headers({\n      'Content-Type': 'image/png',\n    }),\n    body: file,\n  });",
        "axios.put(`URL`, file, { headers: { 'Content-Type': 'image/png' } }).then(ok)",
        "axios({method:'put', url:'URL', headers:{'Content-Type':'image/png'}, data: file})",
        "$.ajax({ url: 'URL', type: 'PUT', contentType: 'image/png', data: file, processData: false })",
        "const url = 'URL';\nawait axios.put(url, file, {\n  headers: {'Content-Type': 'image/png'}})",
        "r = requests.put(\"URL\", data=f, headers={\"Content-Type\": \"image/png\"})",
        "with open('a.png', 'rb') as f:\n    r = self.session.put('https://h.example/a?'\n        'OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415'\n        '&Signature=bWFkZSB1cCBzaWduYXR1cmU%3D', data=f, headers={\n        'Content-Type': 'image/png'  # as signed\n    })",
        "upload_url = \"URL\"\nrequests.request(\"PUT\", upload_url, headers={'Content-Type': 'image/png'}, data=open('a', 'rb'))",
        "const xhr = new XMLHttpRequest()\nxhr.open('PUT', 'URL', true)\nxhr.upload.onprogress = (e) => show(e)\nxhr.setRequestHeader('Content-Type', 'image/png')\nxhr.send(file)",
        "xhr.open(\"PUT\", \"URL\"); xhr.setRequestHeader(\"Content-Type\", \"image/png\"); xhr.send(blob);",
        "url := \"URL\"\nreq, err := http.NewRequest(\"PUT\", url, bytes.NewReader(data))\nif err != nil {\n\tlog.Fatal(err)\n}\nreq.Header.Set(\"Content-Type\", \"image/png\")\nresp, err := http.DefaultClient.Do(req)",
        "req, err := http.NewRequestWithContext(ctx, http.MethodPut, \"URL\", file)\nreq.Header.Add(\"Content-Type\", \"image/png\")\nclient.Do(req)",
        "with open('a.png', 'rb') as f: requests.put('URL', data=f, headers={'Content-Type': 'image/png'})",
        "Invoke-WebRequest -Method Put -Uri \"URL\" -Headers @{ \"Content-Type\" = \"image/png\" } -InFile .\\a.png -UseBasicParsing",
        "PS C:\\> Invoke-RestMethod -Uri 'URL' `\n  -Method PUT `\n  -ContentType 'image/png' `\n  -InFile $file\nnext",
        "$url = 'URL'\n$r = iwr $url -Method Put -ContentType image/png -Body $bytes",
    ] {
        let (request, notes) = sent(code);
        assert_eq!((request.as_str(), notes), ("PUT /\nContent-Type: image/png\n", vec![Note::BodyMissing(None)]), "{code}");
    }
}

#[test]
fn what_is_no_literal_is_said_and_not_guessed() {
    let unknown = |name: &str| Note::Expression(name.to_owned());
    for (code, head, notes) in [
        (
            "fetch('URL', {method: 'PUT', headers: {'Content-Type': file.type, 'x-a': 'b'}, body: file})",
            "PUT /\nx-a: b\n",
            vec![unknown("Content-Type"), Note::BodyMissing(None)],
        ),
        (
            "xhr.open('PUT', 'URL')\nxhr.setRequestHeader('Content-Type', file.type)\nxhr.setRequestHeader('x-a', 'b')\nxhr.send(file)",
            "PUT /\nx-a: b\n",
            vec![unknown("Content-Type"), Note::BodyMissing(None)],
        ),
        ("requests.get('URL', params=more)", "GET /\n\n", vec![unknown("params")]),
        ("axios.put('URL', file, {headers})", "PUT /\n", vec![unknown("headers"), Note::BodyMissing(None)]),
        ("axios.put('URL', file)", "PUT /\n", vec![Note::TypeNotNamed, Note::BodyMissing(None)]),
        ("requests.put('URL', data=f, headers=dict(a='b'))", "PUT /\n", vec![unknown("headers"), Note::BodyMissing(None)]),
        (
            "fetch('URL', {method: 'PUT', headers: {...base, 'x-a': `${b}`}})",
            "PUT /\n\n",
            vec![unknown("headers"), unknown("x-a")],
        ),
    ] {
        assert_eq!(sent(code), (head.to_owned(), notes), "{code}");
    }
    let (_, notes) = sent("axios.put('URL', file, config)");
    assert_eq!(notes, [unknown("headers"), Note::BodyMissing(None)]);
    // Without a known verb there is a URL and no request.
    for code in ["fetch('URL', {method: verb, headers: {a: 'b'}})", "fetch('URL', options)", "fetch('URL', {...options})"] {
        let mut out = Out::default();
        walk(code.replace("URL", URL).as_bytes(), &mut out);
        assert!(matches!(out.pieces.as_slice(), [Piece::Thing { thing: Thing::Url(_), .. }]), "{out:?}");
        assert_eq!(out.notes, [unknown("method")], "{code}");
    }
}

#[test]
fn parameters_and_what_is_set_later_belong_to_the_request() {
    let (request, notes) = sent("requests.get('URL', params={'a-b': 'c d/e', 'f': g})");
    assert_eq!((request.as_str(), notes), ("GET /&a-b=c+d%2Fe\n\n", vec![Note::Expression("f".to_owned())]));
    // What is set for another request is not.
    let code = "req, _ := http.NewRequest(\"GET\", \"URL\", nil)\nother, _ := http.NewRequest(\"PUT\", b, nil)\n\
                other.Header.Set(\"x-a\", \"b\")";
    assert_eq!(sent(code), ("GET /\n\n".to_owned(), Vec::new()));
}

#[test]
fn bodies_are_those_that_are_literals_or_none() {
    let (request, notes) = sent("requests.post('URL', data='a=1', headers={'Content-Type': 'text/plain'})");
    assert_eq!((request.as_str(), notes.len()), ("POST /\nContent-Type: text/plain\n\na=1", 0));
    let (request, notes) = sent("requests.delete('URL', headers={'x-a': 'b'})");
    assert_eq!((request.as_str(), notes.len()), ("DELETE /\nx-a: b\n\n", 0));
}

#[test]
fn a_signature_in_a_header_is_read() {
    let code = "fetch('https://h.example/a', {\n  headers: {\n    Date: 'd',\n    Authorization: 'OSS CSIDEXAMPLE0001:bWFkZSB1cA=='\n  }\n})";
    let (request, _) = sent(code);
    assert_eq!(request, "GET /a\nDate: d\nAuthorization: OSS CSIDEXAMPLE0001:bWFkZSB1cA==\n\n");
}

#[test]
fn what_is_no_call_is_left_to_others() {
    for code in [
        "fetch('URL')",
        "the fetch (see URL) fails",
        "cache.put('URL', 5)",
        "fetch(prefix + 'URL', {method: 'PUT'})",
        "fetch('URL', {method: 'PUT'",
        "fetch('https://h.example/', {method: 'PUT'})",
        "iwr a, b",
        "iwr ] 'URL' -Method Put",
        "axios.put([, 'URL'",
    ] {
        let mut out = Out::default();
        walk(code.replace("URL", URL).as_bytes(), &mut out);
        let is_other = |piece: &Piece| !matches!(piece, Piece::Thing { thing: Thing::Request(_), .. });
        assert!(out.pieces.iter().all(is_other), "{code}: {out:?}");
    }
}
