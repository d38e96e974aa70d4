//! Which options of `curl` take a value: those nothing is done with must be skipped in whole.

/// Short options with a value.
const SHORT: &[u8] = b"AbcCdDeEFHKmoPQrtTuUwxXyYz";

/// Long options with a value. Options of proxies are told by their start.
const LONG: &[&str] = &[
    "abstract-unix-socket",
    "alt-svc",
    "aws-sigv4",
    "cacert",
    "capath",
    "cert",
    "cert-type",
    "ciphers",
    "config",
    "connect-timeout",
    "connect-to",
    "continue-at",
    "cookie",
    "cookie-jar",
    "create-file-mode",
    "crlfile",
    "curves",
    "data",
    "data-ascii",
    "data-binary",
    "data-raw",
    "data-urlencode",
    "delegation",
    "dns-interface",
    "dns-ipv4-addr",
    "dns-ipv6-addr",
    "dns-servers",
    "doh-url",
    "dump-header",
    "ech",
    "egd-file",
    "engine",
    "etag-compare",
    "etag-save",
    "expect100-timeout",
    "form",
    "form-string",
    "ftp-account",
    "ftp-alternative-to-user",
    "ftp-method",
    "ftp-port",
    "ftp-ssl-ccc-mode",
    "happy-eyeballs-timeout-ms",
    "haproxy-clientip",
    "header",
    "hostpubmd5",
    "hostpubsha256",
    "hsts",
    "interface",
    "ip-tos",
    "ipfs-gateway",
    "json",
    "keepalive-cnt",
    "keepalive-time",
    "key",
    "key-type",
    "krb",
    "libcurl",
    "limit-rate",
    "local-port",
    "login-options",
    "mail-auth",
    "mail-from",
    "mail-rcpt",
    "max-filesize",
    "max-redirs",
    "max-time",
    "netrc-file",
    "noproxy",
    "oauth2-bearer",
    "output",
    "output-dir",
    "parallel-max",
    "pass",
    "pinnedpubkey",
    "postquote",
    "preproxy",
    "prequote",
    "proto",
    "proto-default",
    "proto-redir",
    "proxy",
    "pubkey",
    "quote",
    "random-file",
    "range",
    "rate",
    "referer",
    "request",
    "request-target",
    "resolve",
    "retry",
    "retry-delay",
    "retry-max-time",
    "sasl-authzid",
    "service-name",
    "socks4",
    "socks4a",
    "socks5",
    "socks5-gssapi-service",
    "socks5-hostname",
    "speed-limit",
    "speed-time",
    "stderr",
    "telnet-option",
    "tftp-blksize",
    "time-cond",
    "tls-max",
    "tls13-ciphers",
    "tlsauthtype",
    "tlspassword",
    "tlsuser",
    "trace",
    "trace-ascii",
    "trace-config",
    "unix-socket",
    "upload-file",
    "url",
    "url-query",
    "user",
    "user-agent",
    "variable",
    "vlan-priority",
    "write-out",
];

/// Options of proxies that are switches.
const SWITCHES: &[&str] = &[
    "proxy-anyauth",
    "proxy-basic",
    "proxy-ca-native",
    "proxy-digest",
    "proxy-http2",
    "proxy-insecure",
    "proxy-negotiate",
    "proxy-ntlm",
    "proxy-ssl-allow-beast",
    "proxy-ssl-auto-client-cert",
    "proxy-tlsv1",
    "proxytunnel",
];

/// An option, or a word that is none.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(super) enum Argument {
    /// The option by its long name, and its value if it has one.
    Option(String, Vec<u8>),
    /// A URL.
    Plain(Vec<u8>),
}

/// The arguments in order.
pub(super) fn arguments(words: Vec<Vec<u8>>) -> Vec<Argument> {
    let mut found = Vec::with_capacity(words.len());
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_slice() {
            [b'-', b'-', name @ ..] if !name.is_empty() => {
                let name = String::from_utf8_lossy(name).into_owned();
                let value = if takes_value(&name) { words.next().unwrap_or_default() } else { Vec::new() };
                found.push(Argument::Option(name, value));
            }
            [b'-', b':'] => found.push(Argument::Option("next".to_owned(), Vec::new())),
            [b'-', letters @ ..] if !letters.is_empty() => {
                let mut rest = letters;
                while let Some((letter, more)) = rest.split_first() {
                    rest = more;
                    if SHORT.contains(letter) {
                        let value = if more.is_empty() { words.next().unwrap_or_default() } else { more.to_vec() };
                        found.push(Argument::Option(long(*letter).to_owned(), value));
                        break;
                    }
                    found.push(Argument::Option(long(*letter).to_owned(), Vec::new()));
                }
            }
            _ => found.push(Argument::Plain(word)),
        }
    }
    found
}

fn takes_value(name: &str) -> bool {
    LONG.binary_search(&name).is_ok() || (name.starts_with("proxy-") && !SWITCHES.contains(&name))
}

/// The long name of a short option that means something for the request.
fn long(letter: u8) -> &'static str {
    match letter {
        b'A' => "user-agent",
        b'b' => "cookie",
        b'd' => "data",
        b'e' => "referer",
        b'F' => "form",
        b'G' => "get",
        b'H' => "header",
        b'I' => "head",
        b'r' => "range",
        b'T' => "upload-file",
        b'u' => "user",
        b'X' => "request",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(LONG.is_sorted());
    }

    #[test]
    fn values_stand_behind_their_option_or_on_it() {
        let words =
            ["-sSkXPUT", "-H", "a: b", "--max-time", "5", "-o/dev/null", "https://h/", "--compressed", "--proxy-user", "x", "-"];
        let found = arguments(words.iter().map(|word| word.as_bytes().to_vec()).collect());
        let option = |name: &str, value: &str| Argument::Option(name.into(), value.into());
        assert_eq!(found[3..6], [option("request", "PUT"), option("header", "a: b"), option("max-time", "5")]);
        assert_eq!(found[6..8], [option("", "/dev/null"), Argument::Plain(b"https://h/".to_vec())]);
        assert_eq!(found[8..], [option("compressed", ""), option("proxy-user", "x"), Argument::Plain(b"-".to_vec())]);
    }
}
