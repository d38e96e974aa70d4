//! Fetches the public key of OSS: from where OSS keeps it, which the library has checked, and from nowhere
//! else.

use crate::trouble::{FetchFault, FormTrouble};
use std::time::Duration;
use ureq::Agent;

/// How long a key may take, in seconds.
const TIME: u64 = 10;
/// The longest answer, in bytes. A key has some hundred.
const LIMIT: usize = 16 << 10;

/// What stands at an address that `public_key_url` gave. A key that came over plain HTTP could be
/// anybody's: the same place is asked over TLS.
pub fn fetch(url: &str) -> Result<Vec<u8>, FormTrouble> {
    let url = match url.strip_prefix("http://") {
        Some(rest) => format!("https://{rest}"),
        None => url.to_owned(),
    };
    get(&url, Duration::from_secs(TIME)).map_err(|fault| FormTrouble::Fetch(url, fault))
}

/// Redirects lead away from the place that was checked, and are not followed.
pub(super) fn get(url: &str, time: Duration) -> Result<Vec<u8>, FetchFault> {
    let config = Agent::config_builder().timeout_global(Some(time)).max_redirects(0).http_status_as_error(false);
    let failed = |error| match error {
        ureq::Error::Timeout(_) => FetchFault::Time(time.as_secs()),
        ureq::Error::BodyExceedsLimit(_) => FetchFault::TooLong(LIMIT),
        other => FetchFault::Failed(other.to_string()),
    };
    let mut response = Agent::new_with_config(config.build()).get(url).call().map_err(failed)?;
    match response.status().as_u16() {
        // One byte more than is taken, which tells that it is too long.
        200 => match response.body_mut().with_config().limit(LIMIT as u64 + 1).read_to_vec() {
            Ok(body) if body.len() > LIMIT => Err(FetchFault::TooLong(LIMIT)),
            read => read.map_err(failed),
        },
        status => Err(FetchFault::Status(status)),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    };

    /// Serves one request on the loopback with these bytes, after a while; its address.
    pub fn serve(answer: Vec<u8>, after: Duration) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 1 << 10]);
            thread::sleep(after);
            // Who has seen enough hangs up.
            let _ = stream.write_all(&answer);
        });
        format!("http://{address}/callback_pub_key_v1.pem")
    }

    fn answered(head: &str, body: &[u8]) -> Result<Vec<u8>, FetchFault> {
        let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        get(&serve([head.as_bytes(), body].concat(), Duration::ZERO), Duration::from_secs(5))
    }

    #[test]
    fn a_key_is_what_comes_with_a_200() {
        assert_eq!(answered("200 OK", b"key").unwrap(), b"key");
        assert_eq!(answered("200 OK", &[b'k'; LIMIT]).unwrap().len(), LIMIT);
    }

    #[test]
    fn anything_else_is_none() {
        assert!(matches!(answered("404 Not Found", b"gone"), Err(FetchFault::Status(404))));
        assert!(matches!(answered("200 OK", &[b'k'; LIMIT + 1]), Err(FetchFault::TooLong(LIMIT))));
        let away = answered("302 Found\r\nLocation: http://127.0.0.1:1/", b"");
        assert!(matches!(away, Err(FetchFault::Status(302))), "{away:?}");
        let nobody = get("http://127.0.0.1:1/", Duration::from_secs(5));
        assert!(matches!(nobody, Err(FetchFault::Failed(_))), "{nobody:?}");
    }

    #[test]
    fn nobody_waits_forever() {
        let slow = serve(b"HTTP/1.1 200 OK\r\n\r\nkey".to_vec(), Duration::from_secs(5));
        let begun = std::time::Instant::now();
        assert!(matches!(get(&slow, Duration::from_millis(300)), Err(FetchFault::Time(_))));
        assert!(begun.elapsed() < Duration::from_secs(4));
    }
}
