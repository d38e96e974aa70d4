//! Requests with 12 headers and 8 parameters, one for each family of schemes. Nothing gives their signatures, so that a
//! search goes all the way.

/// A request, the id of its scheme, and the hash function of that.
pub struct Refused {
    pub scheme: &'static str,
    pub hash: Hash,
    pub message: &'static [u8],
}

#[derive(Clone, Copy)]
pub enum Hash {
    Sha1,
    Sha256,
}

pub const ALL: [Refused; 6] = [
    Refused { scheme: "s3-v4-header", hash: Hash::Sha256, message: S3_V4 },
    Refused { scheme: "s3-v2-header", hash: Hash::Sha1, message: S3_V2 },
    Refused { scheme: "oss-v1-header", hash: Hash::Sha1, message: OSS_V1 },
    Refused { scheme: "cos-xml-header", hash: Hash::Sha1, message: COS_XML },
    Refused { scheme: "ks3-v2-header", hash: Hash::Sha1, message: KS3_V2 },
    Refused { scheme: "kodo-mac", hash: Hash::Sha1, message: KODO_MAC },
];

const S3_V4: &[u8] = b"PUT /photos/2026/a%20b.jpg?partNumber=3&uploadId=VXBsb2FkIElE.x_y-z~&x-id=UploadPart&prefix=a%2Fb&max-keys=7&versionId=null&response-content-type=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
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

const S3_V2: &[u8] = b"PUT /photos/2026/a%20b.jpg?partNumber=3&uploadId=VXBsb2FkIElE.x_y-z~&x-id=UploadPart&prefix=a%2Fb&max-keys=7&versionId=null&response-content-type=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
Host: photos-ex.s3.eu-central-1.amazonaws.com\r
Content-Type: image/jpeg\r
Content-MD5: kAFQmDzST7DWlj99KOF/cg==\r
Accept-Encoding: identity\r
Range: bytes=0-9\r
Date: Sat, 14 Mar 2026 15:09:26 GMT\r
X-Amz-Storage-Class: STANDARD_IA\r
X-Amz-Meta-Owner: alice\r
X-Amz-Meta-Title: two  blanks\r
X-Amz-Acl: private\r
User-Agent: example/1.0\r
Authorization: AWS CSIDEXAMPLE0001:AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r
\r
";

const OSS_V1: &[u8] = b"PUT /photos/2026/a%20b.jpg?partNumber=3&uploadId=0004B9894A22E5B1888A1E29F823&x-oss-process=image%2Fresize%2Cw_50&prefix=a%2Fb&max-keys=7&versionId=null&response-content-type=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
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

const COS_XML: &[u8] = b"PUT /photos/2026/a%20b.jpg?partNumber=3&uploadId=1585130821cbb7df1d11846c073ad648&x-id=UploadPart&prefix=a%2Fb&max-keys=7&versionId=null&response-content-type=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
Host: photos-1250000000.cos.ap-guangzhou.myqcloud.com\r
Content-Type: image/jpeg\r
Content-MD5: kAFQmDzST7DWlj99KOF/cg==\r
Accept-Encoding: identity\r
Range: bytes=0-9\r
Date: Sat, 14 Mar 2026 15:09:26 GMT\r
x-cos-acl: private\r
x-cos-storage-class: STANDARD_IA\r
x-cos-meta-owner: alice\r
x-cos-meta-title: two  blanks\r
User-Agent: example/1.0\r
Authorization: q-sign-algorithm=sha1&q-ak=CSIDEXAMPLE0001&q-sign-time=1773500966;1773501866&q-key-time=1773500966;1773501866&q-header-list=content-md5;content-type;date;host;range;x-cos-acl;x-cos-meta-owner;x-cos-meta-title;x-cos-storage-class&q-url-param-list=delimiter;max-keys;partnumber;prefix;response-content-type;uploadid;versionid;x-id&q-signature=00000000000000000000000000000000deadbeef\r
\r
";

const KS3_V2: &[u8] = b"PUT /photos/2026/a%20b.jpg?partNumber=3&uploadId=0004B9894A22E5B1888A1E29F823&x-id=UploadPart&prefix=a%2Fb&max-keys=7&versionId=null&response-content-type=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
Host: photos-ex.ks3-cn-beijing.ksyuncs.com\r
Content-Type: image/jpeg\r
Content-MD5: kAFQmDzST7DWlj99KOF/cg==\r
Accept-Encoding: identity\r
Range: bytes=0-9\r
Date: Sat, 14 Mar 2026 15:09:26 GMT\r
x-kss-acl: private\r
x-kss-storage-class: STANDARD_IA\r
x-kss-meta-owner: alice\r
x-kss-meta-title: two  blanks\r
User-Agent: example/1.0\r
Authorization: KSS CSIDEXAMPLE0001:AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r
\r
";

const KODO_MAC: &[u8] = b"POST /v2/photos/2026/a%20b.jpg?partNumber=3&uploadId=0004B9894A22E5B1888A1E29F823&x-id=UploadPart&prefix=a%2Fb&limit=7&marker=null&mime=image%2Fjpeg&delimiter=%2F HTTP/1.1\r
Host: rs-z0.qiniuapi.com\r
Content-Type: application/x-www-form-urlencoded\r
Content-MD5: kAFQmDzST7DWlj99KOF/cg==\r
Accept-Encoding: identity\r
X-Qiniu-Date: 20260314T150926Z\r
X-Qiniu-Acl: private\r
X-Qiniu-Storage: ia\r
X-Qiniu-Meta-Owner: alice\r
X-Qiniu-Meta-Title: two  blanks\r
Range: bytes=0-9\r
User-Agent: example/1.0\r
Authorization: Qiniu CSIDEXAMPLE0001:AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r
Content-Length: 9\r
\r
a=1&b=2+3";
