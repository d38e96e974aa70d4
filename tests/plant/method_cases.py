"""Another verb."""

from plant import case, oss4, v2, v4
from samples import KS32_GET, ks32_url, DATE, TIME, UNSIGNED, oss1, oss1_url, oss4_put, s32, s34, s34_query, s34_url

case("method-mismatch", "oss-v1-header", oss1(v2(f"POST\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg")))
case("method-mismatch", "oss-v1-url-for-upload", oss1_url(v2("PUT\n\n\n1710495045\n/photos-ex/2024/a b.jpg")))
case("method-mismatch", "s3-v2-header",
     s32(v2(f"DELETE\n\nimage/jpeg\n{DATE}\nx-amz-meta-owner:alice\n/photos-ex/2024/a%20b.jpg")))
case("method-mismatch", "s3-v4-url-for-upload", s34_url(
    v4(f"PUT\n/2024/a%20b.jpg\n{s34_query()}\nhost:photos-ex.s3.us-east-1.amazonaws.com\n\nhost\n{UNSIGNED}", TIME), s34_query()))
case("method-mismatch", "oss-v4-header", oss4_put(oss4(
    f"GET\n/photos-ex/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nx-oss-content-sha256:{UNSIGNED}\nx-oss-date:{TIME}\n"
    f"x-oss-meta-owner:alice\n\n\n{UNSIGNED}", TIME)))

case("method-case", "oss-v1-lower", oss1(v2(f"put\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg")))
case("method-case", "s3-v2-capitalised", s32(v2(f"Put\n\nimage/jpeg\n{DATE}\nx-amz-meta-owner:alice\n/photos-ex/2024/a%20b.jpg")))
case("method-case", "s3-v4-sent-lower", s34(v4(
    f"PUT\n/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nhost:photos-ex.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:{UNSIGNED}\n"
    f"x-amz-date:{TIME}\nx-amz-meta-owner:alice\n\ncontent-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-owner\n{UNSIGNED}", TIME),
    verb="put"))

# The server saw GET, so a redirect lies between; what was signed is what was sent.
case("method-rewritten-by-proxy", "oss-v1-post-became-get",
     oss1(v2(f"POST\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg"), verb="POST"), certainty="server", verdict="rejected",
     answer="<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>SignatureDoesNotMatch</Code>\n"
            "  <Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message>\n"
            "  <SignatureProvided>" + v2(f"POST\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg") + "</SignatureProvided>\n"
            f"  <StringToSign>GET\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg</StringToSign>\n</Error>\n")

case("method-mismatch", "ks3-v2-url-for-upload", ks32_url(v2(KS32_GET.replace("GET", "PUT"))))
