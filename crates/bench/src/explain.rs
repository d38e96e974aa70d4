//! Requests whose signature nothing explains, so that a search goes all the way.

use countersign::{Inquiry, Request, SecretKey, explain, explain::Searched};

/// Searches for what is wrong with a request, up to so many mistakes at once.
#[must_use]
pub fn searched(message: &[u8], depth: u8) -> Searched {
    let request = Request::parse(message).expect("a well-formed request");
    let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
    let mut inquiry = Inquiry::new(request.into());
    inquiry.secrets = &secrets;
    inquiry.depth = depth;
    inquiry.budget = u64::MAX;
    explain(&inquiry).expect("it carries a signature").searched
}

/// A part of a multipart upload to S3, with 12 headers and 8 parameters.
pub const S3_V4: &[u8] = b"PUT /photos/2026/a%20b.jpg?partNumber=3&uploadId=VXBsb2FkIElE.x_y-z~&x-id=UploadPart&prefix=a%2Fb&max-keys=7&versionId=null&response-content-type=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
Host: photos-ex.s3.eu-central-1.amazonaws.com\r
Content-Type: image/jpeg\r
Content-MD5: kAFQmDzST7DWlj99KOF/cg==\r
Accept-Encoding: identity\r
Range: bytes=0-9\r
X-Amz-Date: 20260314T150926Z\r
X-Amz-Content-Sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\r
X-Amz-Meta-Owner: alice\r
X-Amz-Meta-Title: two  blanks\r
X-Amz-Acl: private\r
User-Agent: example/1.0\r
Authorization: AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/20260314/eu-central-1/s3/aws4_request, SignedHeaders=accept-encoding;content-md5;content-type;host;range;x-amz-acl;x-amz-content-sha256;x-amz-date;x-amz-meta-owner;x-amz-meta-title, Signature=00000000000000000000000000000000000000000000000000000000deadbeef\r
\r
";

/// The same for OSS.
pub const OSS_V1: &[u8] = b"PUT /photos/2026/a%20b.jpg?partNumber=3&uploadId=0004B9894A22E5B1888A1E29F823&x-oss-process=image%2Fresize%2Cw_50&prefix=a%2Fb&max-keys=7&versionId=null&response-content-type=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
Host: photos-ex.oss-cn-hangzhou.aliyuncs.com\r
Content-Type: image/jpeg\r
Content-MD5: kAFQmDzST7DWlj99KOF/cg==\r
Accept-Encoding: identity\r
Date: Sat, 14 Mar 2026 15:09:26 GMT\r
x-oss-object-acl: private\r
x-oss-storage-class: IA\r
x-oss-meta-owner: alice\r
x-oss-meta-title: two  blanks\r
x-oss-security-token: CSTOKENexample\r
User-Agent: example/1.0\r
Authorization: OSS CSIDEXAMPLE0001:AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r
\r
";
