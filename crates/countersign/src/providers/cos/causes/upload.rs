//! What a request of the JSON API is about: account, bucket, file and operation.

use super::super::json::Operation;
use crate::{
    explain::text_member,
    family::endpoint,
    subject::Request,
    wire::{percent, split_once},
};
use alloc::string::String;

/// What a request names, as far as it does.
#[derive(Debug, Default)]
pub(super) struct Target {
    pub(super) appid: Option<String>,
    pub(super) bucket: Option<String>,
    /// The path of the file in its bucket, without escapes.
    pub(super) path: Option<String>,
    pub(super) operation: Option<Operation>,
}

impl Target {
    pub(super) fn of(request: &Request<'_>) -> Self {
        let raw = String::from_utf8_lossy(request.path());
        let mut target = Self { operation: operation(request), ..Self::default() };
        // `/files/v2/<appid>/<bucket>/<path>`
        let mut pieces = raw.splitn(6, '/').skip(1);
        if pieces.next() == Some("files") && pieces.next().is_some_and(|version| matches!(version, "v1" | "v2")) {
            target.appid = pieces.next().map(plain);
            target.bucket = pieces.next().map(plain);
            target.path = pieces.next().map(|rest| ["/", &plain(rest)].concat());
            return target;
        }
        // Downloads: `<bucket>-<appid>.<...>.myqcloud.com/<path>`
        let host = endpoint::host_name(request);
        let label = host.strip_suffix(".myqcloud.com").and_then(|front| front.split('.').next());
        let named = label.and_then(|label| label.rsplit_once('-'));
        if let Some((bucket, appid)) = named.filter(|(_, appid)| appid.bytes().all(|b| b.is_ascii_digit())) {
            (target.bucket, target.appid, target.path) = (Some(bucket.into()), Some(appid.into()), Some(plain(&raw)));
        }
        target
    }
}

fn plain(text: &str) -> String {
    String::from_utf8_lossy(&percent::decode(text.as_bytes())).into_owned()
}

/// The operation a request names: as parameter, in a JSON body or in a field of a form.
fn operation(request: &Request<'_>) -> Option<Operation> {
    let named = request.param("op").and_then(|param| param.value()).map(|value| String::from_utf8_lossy(&value).into_owned());
    let body = || request.body().bytes().and_then(|body| in_json(body).or_else(|| in_form(body)));
    match named.or_else(body) {
        Some(op) => Operation::from_op(&op),
        // Downloads name none. Without protection they need no signature.
        None => (request.method() == "GET" && request.param("sign").is_some()).then_some(Operation::ProtectedDownload),
    }
}

fn in_json(body: &[u8]) -> Option<String> {
    text_member(core::str::from_utf8(body).ok()?, "op")
}

/// The field `op` of a multipart form: it stands before the file, which may be long.
fn in_form(body: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"name=\"op\"";
    let at = body.windows(NAME.len()).position(|window| window == NAME)?;
    let rest = body.get(at..)?;
    let end = rest.windows(4).position(|window| window == b"\r\n\r\n")?;
    let value = split_once(rest.get(end + 4..)?, b'\r').0;
    core::str::from_utf8(value).ok().map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::Body;

    #[test]
    fn the_path_names_account_bucket_and_file() {
        let request = Request::new("GET", "http://sh.file.myqcloud.com/files/v2/200001/newbucket/a%20b/c.txt?op=stat").unwrap();
        let target = Target::of(&request);
        assert_eq!((target.appid.as_deref(), target.bucket.as_deref()), (Some("200001"), Some("newbucket")));
        assert_eq!((target.path.as_deref(), target.operation), (Some("/a b/c.txt"), Some(Operation::Stat)));
        let request = Request::new("GET", "http://newbucket-200001.file.myqcloud.com/a.txt?sign=x").unwrap();
        let target = Target::of(&request);
        assert_eq!((target.appid.as_deref(), target.bucket.as_deref()), (Some("200001"), Some("newbucket")));
        assert_eq!((target.path.as_deref(), target.operation), (Some("/a.txt"), Some(Operation::ProtectedDownload)));
        assert_eq!(Target::of(&Request::new("GET", "http://h.example/a").unwrap()).appid, None);
    }

    #[test]
    fn operations_stand_in_bodies_too() {
        let named = |body: &[u8]| {
            let request = Request::new("POST", "http://sh.file.myqcloud.com/files/v2/1/b/a").unwrap();
            Target::of(&request.with_body(Body::Bytes(body))).operation
        };
        assert_eq!(named(br#"{"op":"delete"}"#), Some(Operation::Delete));
        let form = b"--x\r\nContent-Disposition: form-data; name=\"op\"\r\n\r\nmove\r\n--x\r\nContent-Disposition: form-data\r\n";
        assert_eq!(named(form), Some(Operation::Move));
        assert_eq!((named(b"op=delete"), named(br#"{"op":"remove"}"#), named(b"")), (None, None, None));
    }
}
