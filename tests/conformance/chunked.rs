//! Chunked uploads of S3: what SDKs and the documentation sign is written, accepted and, when changed, refused.

mod explained;
mod faults;

use countersign::{
    Credentials, Hints, Request, SecretKey, SignedHeaders, Subject, Terms, Verification, decode,
    providers::{
        self, Among,
        s3::{
            V4_HEADER,
            chunked::{
                ChecksumKind, ChunkError, ChunkFault, ChunkSigner, ChunkVerifier, Mode, Received, V4_CHUNKED, encoded_len,
            },
        },
    },
    sign, verify,
};
use countersign_tests::{Case, load};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

/// One case, taken apart.
pub struct Upload {
    pub id: String,
    pub who: Credentials,
    pub method: String,
    pub url: String,
    /// Without `Authorization`.
    pub headers: Vec<(String, String)>,
    pub authorization: String,
    pub mode: Mode,
    /// Data of the chunks, the empty one included.
    pub chunks: Vec<Vec<u8>>,
    pub signatures: Vec<String>,
    pub trailers: Vec<(String, String)>,
    pub trailer_signature: Option<String>,
    case: Case,
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn data(chunk: &Value) -> Vec<u8> {
    match (chunk.get("data"), chunk.get("repeat")) {
        (Some(data), None) => data.as_str().unwrap().as_bytes().to_vec(),
        (None, Some(repeat)) => {
            let times = repeat[1].as_u64().unwrap().try_into().unwrap();
            repeat[0].as_str().unwrap().as_bytes().repeat(times)
        }
        other => panic!("{other:?}"),
    }
}

impl Upload {
    fn new(case: Case) -> Self {
        let message = case.request.clone().unwrap();
        let payload = message.headers.iter().find(|(name, _)| name == "x-amz-content-sha256").unwrap();
        let trailers = message.rest.get("trailers").and_then(Value::as_array).cloned().unwrap_or_default();
        Self {
            id: case.id.clone(),
            who: case.who(),
            mode: Mode::from_payload(payload.1.as_bytes()).unwrap(),
            chunks: message.rest["chunks"].as_array().unwrap().iter().map(data).collect(),
            signatures: texts(case.expect.rest.get("chunk_signatures")),
            trailers: trailers.iter().map(|pair| texts(Some(pair)).try_into().unwrap()).map(|[a, b]: [_; 2]| (a, b)).collect(),
            trailer_signature: case.expect.rest.get("trailer_signature").map(|text| text.as_str().unwrap().to_owned()),
            method: message.method,
            url: message.url,
            headers: message.headers,
            authorization: case.expect.authorization.clone().unwrap(),
            case,
        }
    }

    /// The request as sent, without its body.
    pub fn request(&self) -> Request<'_> {
        self.unsigned().header("Authorization", &self.authorization)
    }

    fn unsigned(&self) -> Request<'_> {
        let request = Request::new(&self.method, &self.url).unwrap();
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    /// The body with the signatures of the vector, framed by the rules of the documentation.
    pub fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (data, signature) in self.chunks.iter().zip(&self.signatures) {
            body.extend_from_slice(format!("{:x};chunk-signature={signature}\r\n", data.len()).as_bytes());
            body.extend_from_slice(data);
            if !data.is_empty() {
                body.extend_from_slice(b"\r\n");
            }
        }
        for (name, value) in &self.trailers {
            body.extend_from_slice(format!("{name}:{value}\r\n").as_bytes());
        }
        if let Some(signature) = &self.trailer_signature {
            body.extend_from_slice(format!("x-amz-trailer-signature:{signature}\r\n").as_bytes());
        }
        body.extend_from_slice(b"\r\n");
        body
    }

    pub fn verifier(&self) -> ChunkVerifier {
        verifier(&self.request(), self.who.secret())
    }

    /// The same upload without any signature behind the head.
    pub fn unsigned_chunks(&self) -> Self {
        let mut case = self.case.clone();
        let message = case.request.as_mut().unwrap();
        for (_, value) in message.headers.iter_mut().filter(|(name, _)| name == "x-amz-content-sha256") {
            *value = Mode::UnsignedTrailer.payload().to_owned();
        }
        let mut upload = Self::new(case);
        let signed = upload.sign(&V4_CHUNKED);
        upload.authorization = signed.headers.last().unwrap().1.to_owned();
        upload
    }

    /// The body as the signer writes it, and the length it was said to have.
    fn written(&self) -> (Vec<u8>, u64) {
        let mut signer = ChunkSigner::new(&self.unsigned(), &self.sign(&V4_CHUNKED), self.who.secret()).unwrap();
        let mut body = Vec::new();
        for chunk in &self.chunks {
            signer.chunk(chunk, &mut body).unwrap();
        }
        let trailers: Vec<_> = self.trailers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        signer.finish(&trailers, &mut body).unwrap();
        let lengths: Vec<_> = trailers.iter().map(|(name, value)| (*name, value.len())).collect();
        let decoded: usize = self.chunks.iter().map(Vec::len).sum();
        let length = encoded_len(self.mode, decoded as u64, self.chunks[0].len() as u64, &lengths).unwrap();
        (body, length)
    }

    fn sign(&self, scheme: &'static dyn countersign::Scheme) -> countersign::Signed {
        let names = self.authorization.split_once("SignedHeaders=").unwrap().1.split(',').next().unwrap();
        let names: Vec<_> = names.split(';').collect();
        let mut terms = Terms::at(self.case.clock()).signed_headers(SignedHeaders::Only(&names));
        terms.region = self.case.region.as_deref();
        sign(scheme, &self.unsigned(), &self.who, &terms).unwrap()
    }
}

/// A verifier behind a head whose signature is right.
pub fn verifier(request: &Request<'_>, secret: &SecretKey) -> ChunkVerifier {
    let subject = Subject::from(request.clone());
    let Ok(Verification::Matches(seed)) = verify(&subject, secret, &Hints::default()) else { panic!("another seed") };
    ChunkVerifier::new(request, &seed, secret).unwrap()
}

/// What a verifier says to a body in pieces of this length, and the data it passed on.
pub fn received(mut verifier: ChunkVerifier, body: &[u8], piece: usize) -> (Result<Received, ChunkError>, Vec<u8>) {
    let mut data = Vec::new();
    for part in body.chunks(piece) {
        if let Err(error) = verifier.push(part, &mut |part| data.extend_from_slice(part)) {
            return (Err(error), data);
        }
    }
    (verifier.finish(), data)
}

static UPLOADS: LazyLock<Vec<Upload>> = LazyLock::new(|| {
    let cases = load("s3").cases.into_iter().filter(|case| case.scheme == "s3-v4-chunked");
    cases.map(Upload::new).collect()
});

/// All cases: a lost one is a failure.
pub fn uploads() -> &'static [Upload] {
    assert_eq!(UPLOADS.len(), 8);
    &UPLOADS
}

pub fn upload(id: &str) -> &'static Upload {
    uploads().iter().find(|upload| upload.id == id).unwrap()
}

#[test]
fn the_seed_is_the_sdks() {
    for upload in uploads() {
        for scheme in [&V4_CHUNKED as &dyn countersign::Scheme, &V4_HEADER] {
            let signed = upload.sign(providers::scheme(scheme.id()).unwrap());
            assert_eq!(Some(signed.signature.text()), upload.case.expect.signature, "{}", upload.id);
            let (name, authorization) = signed.headers.last().unwrap();
            assert_eq!(name, "Authorization");
            assert_eq!(authorization.replace(", ", ","), upload.authorization.replace(", ", ","), "{}", upload.id);
        }
        let subject = Subject::from(upload.request());
        assert_eq!(decode(&subject, &Hints::default()).unwrap().scheme.id(), "s3-v4-header");
        let claim = providers::read(&subject, &Hints::default(), Among::Scheme("s3-v4-chunked")).unwrap().unwrap();
        assert_eq!(claim.scheme.id(), "s3-v4-chunked");
        assert!(matches!(countersign::verify_claim(&subject, claim, upload.who.secret()), Ok(Verification::Matches(_))));
    }
}

#[test]
fn the_body_is_the_sdks_byte_for_byte() {
    let mut signatures = 0;
    for upload in uploads() {
        assert_eq!(upload.chunks.len(), upload.signatures.len(), "{}", upload.id);
        assert_eq!(upload.mode == Mode::SignedTrailer, upload.trailer_signature.is_some(), "{}", upload.id);
        let (body, length) = upload.written();
        assert!(body == upload.body(), "{}: {}", upload.id, String::from_utf8_lossy(&body));
        assert_eq!(length, body.len() as u64, "{}", upload.id);
        if let Some((_, length)) = upload.headers.iter().find(|(name, _)| name == "Content-Length") {
            assert_eq!(*length, body.len().to_string(), "{}", upload.id);
        }
        signatures += upload.signatures.len() + usize::from(upload.trailer_signature.is_some());
    }
    assert_eq!(signatures, 22);
}

#[test]
fn what_sdks_send_is_accepted_in_pieces_of_any_length() {
    let mut checked = Vec::new();
    for upload in uploads() {
        let body = upload.body();
        for piece in [1, 7, 4096, body.len()] {
            let (outcome, data) = received(upload.verifier(), &body, piece);
            assert!(data == upload.chunks.concat(), "{}", upload.id);
            // This vector carries the SHA-256 of `hello world`, and other data.
            if upload.id == "v4c-trailer-sha256-token" {
                assert!(matches!(outcome.unwrap_err().fault, ChunkFault::Checksum { .. }));
                continue;
            }
            let received = outcome.unwrap_or_else(|e| panic!("{}: {e}", upload.id));
            assert_eq!(received.decoded_len, data.len() as u64);
            assert_eq!(received.chunks, upload.chunks.len() as u64);
            assert_eq!(received.trailers, upload.trailers);
            if piece == 1 {
                checked.extend(received.checked);
            }
        }
    }
    assert_eq!(checked, [ChecksumKind::Crc32c, ChecksumKind::Crc32]);
}

/// No SDK's vector has this mode; its framing is that of the others without signatures.
#[test]
fn chunks_without_signatures_are_written_and_accepted() {
    for upload in uploads().iter().filter(|upload| upload.id != "v4c-trailer-sha256-token") {
        let unsigned = upload.unsigned_chunks();
        let body = without_signatures(upload);
        let (outcome, data) = received(unsigned.verifier(), &body, 7);
        assert!(outcome.is_ok() && data == upload.chunks.concat(), "{}: {outcome:?}", upload.id);
        let (written, length) = unsigned.written();
        assert!(written == body, "{}", upload.id);
        assert_eq!(length, body.len() as u64, "{}", upload.id);
    }
}

/// The body of an upload whose chunks are not signed.
pub fn without_signatures(upload: &Upload) -> Vec<u8> {
    let mut body = Vec::new();
    for data in &upload.chunks {
        body.extend_from_slice(format!("{:x}\r\n", data.len()).as_bytes());
        body.extend_from_slice(data);
        if !data.is_empty() {
            body.extend_from_slice(b"\r\n");
        }
    }
    for (name, value) in &upload.trailers {
        body.extend_from_slice(format!("{name}:{value}\r\n").as_bytes());
    }
    body.extend_from_slice(b"\r\n");
    body
}

/// Line ends and empty lines as the documentation prints them and as other clients write them.
#[test]
fn other_line_ends_around_trailers_are_accepted() {
    let upload = upload("v4c-trailer-crc32");
    let body = String::from_utf8(upload.body()).unwrap();
    let (chunks, trailers) = body.split_once("x-amz-checksum-crc32").unwrap();
    let forms = [
        format!("{chunks}\r\nx-amz-checksum-crc32{trailers}"),
        format!("{chunks}x-amz-checksum-crc32{}", trailers.replacen("\r\n", "\n", 1)),
        format!("{chunks}x-amz-checksum-crc32{}", trailers.replacen("\r\n", "\n\r\n", 1)),
        format!("{chunks}x-amz-checksum-crc32{}", trailers.replacen(':', " : ", 1)),
        format!("{chunks}X-Amz-Checksum-CRC32{trailers}"),
    ];
    for form in &forms {
        for piece in [1, form.len()] {
            let (outcome, data) = received(upload.verifier(), form.as_bytes(), piece);
            assert!(outcome.is_ok(), "{form}: {outcome:?}");
            assert_eq!(data, b"hello world");
        }
    }
    let unsigned = upload.unsigned_chunks();
    for end in ["\r\n\r\n", "\n\r\n", "\n\r\n\r\n"] {
        let body = format!("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ=={end}");
        assert!(received(unsigned.verifier(), body.as_bytes(), 1).0.is_ok(), "{body}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The same bytes give the same outcome however they are cut, changed ones as well as right ones.
    #[test]
    fn pieces_do_not_matter(cuts in prop::collection::vec(1..300usize, 0..40), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let upload = upload("v4c-trailer-crc32");
        let mut body = upload.body();
        let at = at.index(body.len());
        body[at] = byte;
        let whole = format!("{:?}", received(upload.verifier(), &body, body.len()));
        let mut verifier = upload.verifier();
        let (mut data, mut rest, mut failed) = (Vec::new(), body.as_slice(), None);
        for cut in cuts.into_iter().chain([usize::MAX]) {
            let (part, behind) = rest.split_at(cut.min(rest.len()));
            rest = behind;
            failed = failed.or(verifier.push(part, &mut |part| data.extend_from_slice(part)).err());
        }
        let outcome = match failed {
            Some(error) => Err(error),
            None => verifier.finish(),
        };
        prop_assert_eq!(format!("{:?}", (outcome, data)), whole);
    }

    #[test]
    fn arbitrary_bytes_are_refused_calmly(bytes in prop::collection::vec(any::<u8>(), 0..2000), piece in 1..100usize) {
        for upload in uploads() {
            prop_assert!(received(upload.verifier(), &bytes, piece).0.is_err());
        }
    }

    /// Bytes that look like framing get further than arbitrary ones.
    #[test]
    fn arbitrary_framing_is_refused_calmly(bytes in "([0-9a-f]{1,17}|;chunk-signature=|[0-9a-f]{64}|\r\n|\n|x-amz-checksum-crc32|:|DUoRhQ==|x-amz-trailer-signature| ){0,40}") {
        for upload in [upload("v4c-trailer-crc32"), upload("v4c-one"), &upload("v4c-trailer-crc32").unsigned_chunks()] {
            let outcome = received(upload.verifier(), bytes.as_bytes(), 3).0;
            prop_assert!(outcome.is_err());
        }
    }
}
