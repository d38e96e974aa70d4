"""What the secret and the server's answer tell together."""

from plant import ID, SECRET, case, v2

DATE = "Mon, 18 Sep 2017 08:00:00 GMT"
TEXT = f"GET\n\n\n{DATE}\n/ob-ex/"


def oss(signature):
    return f"GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: {DATE}\nAuthorization: OSS {ID}:{signature}\n\n"


def answer(signature, text=TEXT, quoted=None):
    octets = " ".join(f"{b:02X}" for b in text.encode())
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>SignatureDoesNotMatch</Code>\n'
            "  <Message>The request signature we calculated does not match the signature you provided. "
            "Check your key and signing method.</Message>\n"
            f"  <OSSAccessKeyId>{ID}</OSSAccessKeyId>\n  <SignatureProvided>{signature}</SignatureProvided>\n"
            f"  <StringToSign>{quoted or text}</StringToSign>\n  <StringToSignBytes>{octets} </StringToSignBytes>\n</Error>\n")


RIGHT = v2(TEXT)
FOREIGN = v2(TEXT, "csSomebodyElsesMadeUpSecret0000000000000")
case("secret-wrong", "server-holds-another", oss(RIGHT), answer=answer(RIGHT), verdict="rejected")
case("secret-wrong", "nothing-else-fits", oss(FOREIGN), answer=answer(FOREIGN), certainty="likely")
case("answer-of-another-request", "other-signature", oss(RIGHT), answer=answer(FOREIGN), certainty="seen", verdict="valid")
case("answer-altered", "lost-line-ends", oss(v2(TEXT, SECRET + "\n")), certainty="seen",
     answer=answer(v2(TEXT, SECRET + "\n"), quoted=TEXT.replace("\n", " ")))
# What is refused is not the signature.
for name, body in [("access", "<Code>AccessDenied</Code><Message>Access Denied</Message>"),
                   ("bucket", "<Code>NoSuchBucket</Code><Message>The specified bucket does not exist.</Message>")]:
    case("server-side-condition-not-visible", f"oss-v1-{name}", oss(RIGHT), certainty="server", verdict="rejected", answer=f"<Error>{body}</Error>")
case("server-side-condition-not-visible", "oss-v1-acl", oss(RIGHT), certainty="likely", verdict="rejected",
     answer="<Error><Code>AccessDenied</Code><Message>You have no right to access this object because of bucket acl.</Message>"
            "<EC>0003-00000001</EC></Error>")
# MinIO and Ceph quote nothing.
case("secret-wrong", "server-quotes-nothing", oss(RIGHT), certainty="likely", verdict="rejected",
     answer="<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you "
            "provided. Check your key and signing method.</Message></Error>")
