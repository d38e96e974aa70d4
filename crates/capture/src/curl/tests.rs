use super::*;
use crate::{Thing, walk::Piece};

fn sent(line: &str) -> (String, Vec<Note>) {
    let mut out = Out::default();
    command(line.as_bytes(), &mut out).unwrap_or_else(|| panic!("no command: {line}"));
    let requests: Vec<String> = out
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Thing { thing: Thing::Request(request), .. } => {
                let text = String::from_utf8(request.to_bytes()).unwrap().replace("\r\n", "\n");
                text.replace("Accept: */*\n", "")
            }
            other => panic!("{other:?}"),
        })
        .collect();
    (requests.join("----\n"), out.notes)
}

#[test]
fn the_verb_follows_from_the_options() {
    for (options, line) in [
        ("", "GET /a HTTP/1.1"),
        ("-d x", "POST /a HTTP/1.1"),
        ("-I", "HEAD /a HTTP/1.1"),
        ("-T f", "PUT /a HTTP/1.1"),
        ("-G -d x=1 --data-urlencode 'y=a b'", "GET /a?x=1&y=a%20b HTTP/1.1"),
        ("-X DELETE -d x", "DELETE /a HTTP/1.1"),
        ("--url-query 'q=a b'", "GET /a?q=a%20b HTTP/1.1"),
        ("--request-target /b?c", "GET /b?c HTTP/1.1"),
    ] {
        let (request, _) = sent(&format!("curl {options} https://h.example/a"));
        assert_eq!(request.lines().next(), Some(line), "{options}");
    }
}

#[test]
fn curl_adds_and_gives_way() {
    let (request, notes) = sent("$ curl -H 'X-A:  1' -d 'a=1' -d 'b' https://h.example:443/");
    let expected = "POST / HTTP/1.1\nHost: h.example\nX-A:  1\nContent-Length: 5\n\
                        Content-Type: application/x-www-form-urlencoded\n\na=1&b";
    assert_eq!(request, expected);
    assert_eq!(notes, [Note::TypeByCurl("application/x-www-form-urlencoded".into())]);
    let (request, notes) =
        sent("curl -H 'Content-Type:' -H 'X;' -H 'Host: other' -A me -e r -b 'c=1' --data-raw '@x' https://h.example:8443/");
    let expected = "POST / HTTP/1.1\nHost: other\nUser-Agent: me\nReferer: r\nCookie: c=1\nX: \nContent-Length: 2\n\n@x";
    assert_eq!((request.as_str(), notes.len()), (expected, 0));
    let (request, _) = sent("curl -u a:b https://h.example/");
    assert!(request.contains("Authorization: Basic YTpi\n"), "{request}");
}

#[test]
fn files_are_named_and_not_read() {
    let (request, notes) = sent("curl -T 'dir/a b.jpg' https://h.example/d/");
    assert_eq!(request, "PUT /d/a%20b.jpg HTTP/1.1\nHost: h.example\n");
    assert_eq!(notes, [Note::BodyInFile("dir/a b.jpg".into())]);
    let (request, notes) = sent("curl -X PUT --data-binary @a.bin https://h.example/k");
    assert!(request.ends_with("Content-Type: application/x-www-form-urlencoded\n"), "{request}");
    assert!(notes.contains(&Note::BodyInFile("a.bin".into())));
}

#[test]
fn dot_segments_are_resolved_as_curl_does() {
    for (path, sent_path) in
        [("/a/../b", "/b"), ("/a/./b", "/a/b"), ("/a/..", "/"), ("/../a?x=/../", "/a?x=/../"), ("/a//b", "/a//b")]
    {
        let start = format!("GET {sent_path} HTTP/1.1\n");
        assert!(sent(&format!("curl 'https://h.example{path}'")).0.starts_with(&start), "{path}");
    }
    assert!(sent("curl --path-as-is https://h.example/a/../b").0.starts_with("GET /a/../b "));
}

#[test]
fn a_secret_in_the_line_is_kept_and_never_shown() {
    let mut out = Out::default();
    command(b"curl --aws-sigv4 aws:amz:us-east-1:s3 --user 'ID:madeUp/Secret' https://b.s3.amazonaws.com/k", &mut out).unwrap();
    assert_eq!(out.secrets.len(), 1);
    assert_eq!(out.notes, [Note::SecretInCommand("ID".into()), Note::SignedByCurl("aws:amz:us-east-1:s3".into())]);
    assert!(!format!("{out:?}").contains("madeUp"), "{out:?}");
}

#[test]
fn prose_about_curl_is_none() {
    for prose in
        ["I use curl to upload", "curl -v gives this", "the curl command fails", "libcurl is fine", "curly", "curl: (6) no host"]
    {
        assert_eq!(command(prose.as_bytes(), &mut Out::default()), None, "{prose}");
    }
}

#[test]
fn several_urls_are_several_requests() {
    let (requests, _) = sent("curl -H 'X: 1' https://h.example/a https://h.example/b --next -I example.com");
    let expected = "GET /a HTTP/1.1\nHost: h.example\nX: 1\n\n----\nGET /b HTTP/1.1\nHost: h.example\nX: 1\n\n----\nHEAD / HTTP/1.1\nHost: example.com\n\n";
    assert_eq!(requests, expected);
}

#[test]
fn a_secret_in_the_place_of_the_id_is_not_shown() {
    assert_eq!(shown("AKIDEXAMPLE0000000001"), "AK\u{2026}01");
    assert_eq!(shown("CSIDEXAMPLE000000001"), "CSIDEXAMPLE000000001");
    let line =
        "curl --aws-sigv4 aws:amz:us-east-1:s3 --user 'madeUpSecretOnlyForThisExample:CSIDEXAMPLE0001' https://b.example/a";
    assert_eq!(sent(line).1.first(), Some(&Note::SecretInCommand("ma\u{2026}le".into())));
}

#[test]
fn commands_of_wget_and_httpie_are_read() {
    let form = "application/x-www-form-urlencoded";
    let (request, notes) =
        sent("$ wget -qO- --method=PUT --header='X-A: b' --header \"X-B: c\" --body-file=a.png 'https://h.example/a?b=c'");
    assert_eq!(request, format!("PUT /a?b=c HTTP/1.1\nHost: h.example\nX-A: b\nX-B: c\nContent-Type: {form}\n"));
    assert_eq!(notes, [Note::TypeByClient("wget", form.into()), Note::BodyInFile("a.png".into())]);
    let (request, _) = sent("wget --post-data 'a=1' --header='Content-Type: text/plain' https://h.example/a -O b.txt");
    assert_eq!(request, "POST /a HTTP/1.1\nHost: h.example\nContent-Type: text/plain\nContent-Length: 3\n\na=1");
    let (request, _) = sent("wget 'https://h.example/a?b=c'");
    assert_eq!(request, "GET /a?b=c HTTP/1.1\nHost: h.example\n\n");

    let (request, notes) = sent("http PUT 'https://h.example/a?b=c' Content-Type:image/png x-a:b < a.png");
    assert_eq!(request, "PUT /a?b=c HTTP/1.1\nHost: h.example\nContent-Type: image/png\nx-a: b\n");
    assert_eq!(notes, [Note::BodyInFile("a.png".into())]);
    let (request, notes) = sent("$ https --verify no h.example/a q==1 name=b");
    assert_eq!(request, "POST /a?q=1 HTTP/1.1\nHost: h.example\nContent-Type: application/json\n");
    assert_eq!(notes, [Note::TypeByClient("http", "application/json".into()), Note::BodyMissing(None)]);
    let (request, notes) = sent("http -f PUT h.example/a --raw 'a=1'");
    assert_eq!(
        request,
        format!("PUT /a HTTP/1.1\nHost: h.example\nContent-Length: 3\nContent-Type: {form}; charset=utf-8\n\na=1")
    );
    assert_eq!(notes.len(), 1);
    let (request, notes) = sent("http PUT h.example/a/../b @c.png");
    assert_eq!(request, "PUT /b HTTP/1.1\nHost: h.example\n");
    assert_eq!(notes, [Note::DotSegments("http"), Note::TypeNotNamed, Note::BodyInFile("c.png".into())]);
    for prose in ["use http https://h.example/", "http and https://h.example/", "wget it", "http GET"] {
        assert!(command(prose.as_bytes(), &mut Out::default()).is_none(), "{prose}");
    }
}
