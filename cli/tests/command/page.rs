//! The page of `--html`: whole, and deaf to what stands in a request.

use crate::{
    run::{SECRET, countersign, folder, run, run_with},
    secrets::GOOD,
};

/// Everything between `<` and `>`: the tags of a page.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|piece| piece.split('>').next().unwrap()).collect()
}

#[test]
fn what_stands_in_a_request_stays_text() {
    let folder = folder("page");
    let page = folder.join("page.html");
    let hostile = "</code></td><script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover=\"alert(3)' --><style>*{display:none}</style>";
    let request = format!(
        "PUT /a?x=%3Cscript%3E{} HTTP/1.1\r\nHost: photos.oss-cn-hangzhou.aliyuncs.com\r\nDate: Fri, 01 May 2026 08:30:15 GMT\r\n\
         x-oss-meta-a: {hostile}\r\nContent-Type: {hostile}\r\nAuthorization: OSS <b>{hostile}:1pq+aV94wnlIgoFEkTNHGK9y8+w=\r\n\r\n",
        hostile.replace(' ', "+")
    );
    for more in [&[][..], &["--steps"], &["--redact"], &["--depth", "0"]] {
        let args = ["explain", "--html", page.to_str().unwrap()].into_iter().chain(more.iter().copied());
        let seen = run_with(countersign(args).env("COUNTERSIGN_SECRET_KEY", SECRET), request.as_bytes());
        assert_ne!(seen.status, Some(0), "{seen:?}");
        let text = std::fs::read_to_string(&page).unwrap_or_else(|e| panic!("{e}: {seen:?}"));
        for tag in tags(&text) {
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
            let known = [
                "!doctype", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "span", "p", "b", "dl", "dt",
                "dd", "code", "div", "table", "thead", "tbody", "tr", "th", "td", "mark", "ol", "li", "pre", "footer",
            ];
            assert!(known.contains(&name), "{more:?}: <{tag}>");
            assert!(!tag.contains("on") || !tag.contains('=') || tag.starts_with("meta"), "{more:?}: <{tag}>");
        }
        assert_eq!(text.matches("<style>").count(), 1, "{more:?}");
        for hole in ["http://", "https://", "url(", "@import", "javascript:", "src="] {
            let in_tags = tags(&text).iter().any(|tag| tag.contains(hole));
            assert!(!in_tags, "{more:?}: {hole}");
        }
        assert!(text.contains("default-src 'none'") && text.ends_with("</html>\n"), "{more:?}");
    }
}

#[test]
fn a_page_says_what_the_report_says() {
    let folder = folder("page-report");
    let page = folder.join("page.html");
    let mut command = countersign(["explain", GOOD, "--at", "2026-05-01T08:33:00Z", "--html", page.to_str().unwrap()]);
    let seen = run(command.env("COUNTERSIGN_SECRET_KEY", SECRET));
    assert_eq!(seen.status, Some(0), "{seen:?}");
    let text = std::fs::read_to_string(&page).unwrap();
    for said in
        ["<html lang=\"en\">", "MATCHES", "the signature is right for this secret", "CSIDEXAMPLE0001", "fingerprint 0a7f7c2d41"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let nowhere = folder.join("none/page.html");
    let mut command = countersign(["explain", GOOD, "--html", nowhere.to_str().unwrap()]);
    let seen = run(command.env("COUNTERSIGN_SECRET_KEY", SECRET));
    assert!(seen.status == Some(2) && seen.err.contains("none/page.html` cannot be written"), "{seen:?}");
}
