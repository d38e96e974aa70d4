"""The access key id and the session token."""

from urllib.parse import quote

from plant import ID, TOKEN, case, oss4, v2, v4
from samples import (DATE, END, KS32, KS32_GET, OSS1, OSS1_GET, OSS4, S32, S32_GET, S34, TIME, UNSIGNED, fetched, ks32, ks32_url,
                     oss1, oss1_url, oss4_get, oss4_put, oss4_query, oss4_url, s32, s32_url, s34, s34_get, s34_query, s34_url)

# Blanks in the id. The header forms do not sign it, so the signature is right all the same.

case("access-key-surrounding-whitespace", "oss-v1-behind", oss1(v2(OSS1), who=ID + " "), certainty="seen", verdict="rejected")
case("access-key-surrounding-whitespace", "s3-v2-before", s32(v2(S32), who=" " + ID), certainty="seen", verdict="rejected")
case("access-key-surrounding-whitespace", "s3-v4-before", s34(v4(S34, TIME), who=" " + ID), certainty="seen", verdict="rejected")
case("access-key-surrounding-whitespace", "oss-v1-url-line-feed", oss1_url(v2(OSS1_GET), who=ID + "\n"), certainty="seen",
     verdict="rejected")
case("access-key-surrounding-whitespace", "oss-v1-url-escaped-twice", oss1_url(v2(OSS1_GET), who=ID + "%0A"), certainty="seen",
     verdict="rejected")
QUERY = oss4_query(who=ID + "\u200b")
case("access-key-surrounding-whitespace", "oss-v4-url-zero-width", oss4_url(oss4(oss4_get(QUERY), TIME), QUERY), certainty="seen",
     verdict="rejected")

UNKNOWN = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>InvalidAccessKeyId</Code>\n"
           "  <Message>The OSS Access Key Id you provided does not exist in our records.</Message>\n</Error>\n")
case("access-key-unknown", "oss-v1", oss1(v2(OSS1)), answer=UNKNOWN, certainty="server", verdict="rejected")
case("access-key-unknown", "s3-v4", s34(v4(S34, TIME)), certainty="server", verdict="rejected",
     answer="<Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message></Error>")

# Keys of others.

FOREIGN = [("oss-v1-of-amazon", "AKIAEXAMPLE000000001"), ("oss-v1-mini-program", "wx0123456789abcdef"), ("oss-v1-mail", "alice@example.com"),
           ("oss-v1-oauth", "ya29.EXAMPLEexample"), ("oss-v1-number", "1250000000")]
for name, who in FOREIGN:
    case("credential-of-another-product", name, oss1(v2(OSS1), who=who), certainty="likely", verdict="valid")
case("credential-of-another-product", "s3-v4-of-alibaba", s34(v4(S34, TIME), who="LTAIEXAMPLEexample000001"), certainty="likely",
     verdict="valid")
case("credential-of-another-product", "oss-v1-of-amazon-refused", oss1(v2(OSS1), who="AKIAEXAMPLE000000001"), answer=UNKNOWN,
     certainty="server",
     verdict="rejected")

# Tokens that are not sent.

case("security-token-missing", "oss-v1-header", oss1(v2(OSS1), who="STS.EXAMPLE0001"), certainty="seen", verdict="rejected")
case("security-token-missing", "s3-v2-url", s32_url(v2(S32_GET), who="ASIAEXAMPLE000000001"), certainty="seen", verdict="rejected")
QUERY = s34_query(who="ASIAEXAMPLE000000001")
case("security-token-missing", "s3-v4-url", s34_url(v4(s34_get(QUERY), TIME), QUERY), certainty="seen", verdict="rejected")
case("security-token-missing", "oss-v4-header", oss4_put(oss4(OSS4, TIME), who="STS.EXAMPLE0001"), certainty="seen",
     verdict="rejected")
case("security-token-missing", "oss-v1-url-in-a-header",
     f"GET /2024/a%20b.jpg?OSSAccessKeyId=STS.EXAMPLE0001&Expires={END}&Signature="
     + quote(v2(f"GET\n\n\n{END}\nx-oss-security-token:{TOKEN}\n/photos-ex/2024/a b.jpg"), safe="")
     + f" HTTP/1.1\nHost: photos-ex.oss-cn-hangzhou.aliyuncs.com\nx-oss-security-token: {TOKEN}\n\n", certainty="seen",
     verdict="rejected")

# Tokens that are sent and not signed.

case("security-token-not-signed", "oss-v1-header", oss1(v2(OSS1), more=f"x-oss-security-token: {TOKEN}\n"))
case("security-token-not-signed", "oss-v1-url", oss1_url(v2(OSS1_GET), more=f"&security-token={quote(TOKEN, safe='')}"))
case("security-token-not-signed", "s3-v2-header", s32(v2(S32), more=f"x-amz-security-token: {TOKEN}\n"))
case("security-token-not-signed", "s3-v2-url", s32_url(v2(S32_GET), more=f"&x-amz-security-token={quote(TOKEN, safe='')}"))
case("security-token-not-signed", "s3-v4-header", s34(v4(S34, TIME), more=f"X-Amz-Security-Token: {TOKEN}\n",
     names=";x-amz-security-token"))
case("security-token-not-signed", "s3-v4-header-not-listed", s34(v4(S34, TIME), more=f"X-Amz-Security-Token: {TOKEN}\n"),
     certainty="seen",
     verdict="rejected")
case("security-token-not-signed", "s3-v4-url", s34_url(v4(s34_get(s34_query()), TIME), s34_query(token=TOKEN)))
case("security-token-not-signed", "oss-v4-header", oss4_put(oss4(OSS4, TIME), more=f"x-oss-security-token: {TOKEN}\n"))
case("security-token-not-signed", "oss-v4-url", oss4_url(oss4(oss4_get(oss4_query()), TIME), oss4_query(token=TOKEN)))

# Tokens that are signed and not sent: another request of the capture has them.

WITH = f"PUT\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\nx-oss-security-token:{TOKEN}\n/photos-ex/2024/a b.jpg"
case("security-token-not-signed", "oss-v1-not-sent", oss1(v2(WITH)), related=[oss1(v2(WITH), more=f"x-oss-security-token: {TOKEN}\n")])
WITH = f"GET\n\n\n{END}\n/photos-ex/2024/a b.jpg?security-token={TOKEN}"
case("security-token-not-signed", "oss-v1-url-not-sent", oss1_url(v2(WITH)),
     related=[fetched(oss1_url(v2(WITH), more=f"&security-token={quote(TOKEN, safe='')}"))])
WITH = (f"PUT\n/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nhost:photos-ex.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:{UNSIGNED}\n"
        f"x-amz-date:{TIME}\nx-amz-meta-owner:alice\nx-amz-security-token:{TOKEN}\n\n"
        f"content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-owner;x-amz-security-token\n{UNSIGNED}")
case("security-token-not-signed", "s3-v4-not-sent", s34(v4(WITH, TIME), names=";x-amz-security-token"),
     related=[s34(v4(WITH, TIME), more=f"X-Amz-Security-Token: {TOKEN}\n", names=";x-amz-security-token")])
WITH = oss4_query(token=TOKEN)
case("security-token-not-signed", "oss-v4-url-not-sent", oss4_url(oss4(oss4_get(WITH), TIME), oss4_query()),
     related=[fetched(oss4_url(oss4(oss4_get(WITH), TIME), WITH))])

# The same for Kingsoft.
case("security-token-not-signed", "ks3-v2-header", ks32(v2(KS32), more=f"x-kss-security-token: {TOKEN}\n"))
case("security-token-not-signed", "ks3-v2-url", ks32_url(v2(KS32_GET), more=f"&security-token={quote(TOKEN, safe='')}"))

# A token that the server does not know, or not as that of this id.
S3_WITH = (
    f"PUT\n/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nhost:photos-ex.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:{UNSIGNED}\n"
    f"x-amz-date:{TIME}\nx-amz-meta-owner:alice\nx-amz-security-token:{TOKEN}\n\n"
    f"content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-owner;x-amz-security-token\n{UNSIGNED}")
OSS_WITH = f"PUT\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\nx-oss-security-token:{TOKEN}\n/photos-ex/2024/a b.jpg"
for name, request, code in [
    ("s3-v4-token", s34(v4(S3_WITH, TIME), more=f"X-Amz-Security-Token: {TOKEN}\n", names=";x-amz-security-token"), "InvalidToken"),
    ("oss-v1-token", oss1(v2(OSS_WITH), more=f"x-oss-security-token: {TOKEN}\n"), "InvalidSecurityToken"),
    ("oss-v1-token-of-another", oss1(v2(OSS_WITH), more=f"x-oss-security-token: {TOKEN}\n"), "AccessKeyIdAndSecurityTokenNotMatch"),
]:
    case("access-key-unknown", name, request, certainty="server", verdict="rejected",
         answer=f"<Error><Code>{code}</Code><Message>The security token you provided is invalid.</Message></Error>")
