"""Clocks, lives, and the spelling of dates."""

from plant import case, oss4, v2, v4, v4_text
from samples import (DATE, DAY, END, KS32, KS32_GET, OSS1, OSS1_GET, OSS4, OSS4_SCOPE, S32, S32_GET, S34, S34_SCOPE, TIME,
                     fetched, ks32, ks32_url, oss1, oss1_url, oss4_get, oss4_put, oss4_query, oss4_string, oss4_url, s32, s32_url,
                     s34, s34_get, s34_query, s34_string, s34_url)

# The clock.

case("clock-skew", "oss-v1-eight-hours-behind", oss1(v2(OSS1)), at="2024-03-15T16:30:50Z", certainty="seen", verdict="rejected")
case("clock-skew", "s3-v2-ahead", s32(v2(S32)), at="2024-03-15T08:10:00Z", certainty="seen", verdict="rejected")
case("clock-skew", "s3-v4-behind", s34(v4(S34, TIME)), at="2024-03-15T09:00:00Z", certainty="seen", verdict="rejected")
case("clock-skew", "s3-v4-url-not-yet", s34_url(v4(s34_get(s34_query()), TIME), s34_query()), at="2024-03-15T07:30:45Z",
     certainty="seen",
     verdict="rejected")
case("clock-skew", "oss-v4-server", oss4_put(oss4(OSS4, TIME)), certainty="server", verdict="rejected",
     answer="<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>RequestTimeTooSkewed</Code>\n"
            "  <Message>The difference between the request time and the current time is too large.</Message>\n"
            "  <MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>\n  <RequestTime>2024-03-15T08:30:45.000Z</RequestTime>\n"
            "  <ServerTime>2024-03-15T16:30:47.000Z</ServerTime>\n</Error>\n")

# The end.

case("expired", "oss-v1-url", oss1_url(v2(OSS1_GET)), at="2024-03-15T12:00:00Z", certainty="seen", verdict="rejected")
case("expired", "s3-v4-url", s34_url(v4(s34_get(s34_query()), TIME), s34_query()), at="2024-03-15T08:35:46Z", certainty="seen",
     verdict="rejected")
case("expired", "oss-v4-url-wrong-signature-too", oss4_url(oss4(oss4_get(oss4_query()).replace("GET", "PUT"), TIME), oss4_query()),
     at="2024-03-16T08:35:46Z", certainty="seen")
case("expired", "s3-v2-url-server", s32_url(v2(S32_GET)), certainty="server", verdict="rejected",
     answer="<Error><Code>AccessDenied</Code><Message>Request has expired</Message><Expires>2024-03-15T09:30:45Z</Expires>"
            "<ServerTime>2024-03-15T12:00:00Z</ServerTime></Error>")

case("token-cached-past-deadline", "oss-v1-url", oss1_url(v2(OSS1_GET)), at="2024-03-15T12:00:00Z",
     related=[fetched(oss1_url(v2(OSS1_GET)))] * 2,
     certainty="seen", verdict="rejected")
case("deadline-default-3600", "s3-v4-url", s34_url(v4(s34_get(s34_query(life=3600)), TIME), s34_query(life=3600)),
     at="2024-03-15T10:00:00Z",
     certainty="likely", verdict="rejected")

# A life for a moment, and the reverse.

LIFE = f"GET\n\n\n3600\n/photos-ex/2024/a b.jpg"
case("expiry-argument-misread", "oss-v1-url-life-sent", oss1_url(v2(LIFE), end=3600), certainty="seen", verdict="rejected")
case("expiry-argument-misread", "oss-v1-url-life-sent-and-long-over", oss1_url(v2(LIFE), end=3600), at="2024-03-15T12:00:00Z", certainty="seen",
     verdict="rejected")
case("expiry-argument-misread", "s3-v2-url-other-epoch", s32_url(v2(S32_GET.replace(str(END), "732187845")), end=732187845),
     certainty="seen",
     verdict="rejected")
case("expiry-argument-misread", "s3-v2-url-clock-added-twice", s32_url(v2(S32_GET.replace(str(END), "4120990090")), end=4120990090),
     certainty="seen", verdict="valid")
TWICE = 3420987690
case("expiry-argument-misread", "oss-v1-url-clock-added", oss1_url(v2(OSS1_GET.replace(str(END), str(TWICE))), end=TWICE), at="2024-03-15T08:31:00Z",
     certainty="seen", verdict="valid")
case("expiry-argument-misread", "oss-v1-url-life-signed", oss1_url(v2(LIFE)))
QUERY = s34_query(life=1710495045)
case("expiry-argument-misread", "s3-v4-url-moment-sent", s34_url(v4(s34_get(QUERY), TIME), QUERY), certainty="seen",
     verdict="rejected")
case("expiry-argument-misread", "s3-v4-url-moment-signed", s34_url(v4(s34_get(s34_query(life=1710491745)), TIME), s34_query(life=300)))
case("expiry-argument-misread", "oss-v4-url-life-signed",
     oss4_url(oss4(oss4_get(oss4_query(life=300)), TIME), oss4_query(life=1710491745)))
QUERY = oss4_query(life=2592000)
case("expiry-argument-misread", "oss-v4-url-month", oss4_url(oss4(oss4_get(QUERY), TIME), QUERY), certainty="seen", verdict="rejected")
case("expiry-argument-misread", "oss-v1-url-word", oss1_url(v2(OSS1_GET.replace(str(END), "abc")), end="abc"), certainty="seen",
     verdict="rejected")
case("expiry-argument-misread", "s3-v2-url-fraction", s32_url(v2(S32_GET.replace(str(END), "1710495045.0")), end="1710495045.0"),
     certainty="seen", verdict="rejected")
case("expiry-argument-misread", "oss-v1-url-beyond-all-numbers",
     oss1_url(v2(OSS1_GET.replace(str(END), "9999999999999999999999")), end="9999999999999999999999"), certainty="seen", verdict="valid")
for name, life in [("negative", "-1"), ("fraction", "3600.5"), ("beyond-all-numbers", "9999999999999999999999")]:
    QUERY = s34_query(life=life)
    case("expiry-argument-misread", f"s3-v4-url-{name}", s34_url(v4(s34_get(QUERY), TIME), QUERY), certainty="seen", verdict="rejected")
QUERY = oss4_query(life="abc")
case("expiry-argument-misread", "oss-v4-url-word", oss4_url(oss4(oss4_get(QUERY), TIME), QUERY), certainty="seen", verdict="rejected")

# Milliseconds.

case("expires-in-milliseconds", "oss-v1-url-report",
     "https://bgh-ex.oss-cn-hangzhou.aliyuncs.com/months.png?OSSAccessKeyId=STS.CSIDEXAMPLE0001&Expires=1606281461607"
     "&security-token=CAISexample&Signature=8DBkYPJpHG9iugiFW6yX9lIhUQA%3D")
case("expires-in-milliseconds", "s3-v2-url-signed", s32_url(v2(S32_GET.replace(str(END), f"{END}000"))))
case("expires-in-milliseconds", "oss-v1-url-signed-and-sent", oss1_url(v2(OSS1_GET.replace(str(END), f"{END}123")),
     end=f"{END}123"), certainty="seen",
     verdict="valid")
case("expires-in-milliseconds", "s3-v4-url", s34_url(v4(s34_get(s34_query(life=3600)), TIME), s34_query(life=3600000)))
case("expires-in-milliseconds", "oss-v4-url-signed-and-sent", oss4_url(oss4(oss4_get(oss4_query(life=3600000)), TIME), oss4_query(life=3600000)),
     certainty="seen", verdict="rejected")


def dated(text, date):
    return text.replace(DATE, date)


# Other zones. Fri, 15 Mar 2024 08:30:45 GMT is 16:30:45 in Shanghai and 14:00:45 in Delhi.

case("date-not-gmt", "oss-v1-shanghai-as-gmt", oss1(v2(dated(OSS1, "Fri, 15 Mar 2024 16:30:45 GMT"))))
case("date-not-gmt", "oss-v1-shanghai-numeric", oss1(v2(dated(OSS1, "Fri, 15 Mar 2024 16:30:45 +0800"))))
case("date-not-gmt", "s3-v2-delhi-named", s32(v2(dated(S32, "Fri, 15 Mar 2024 14:00:45 IST"))))
case("date-not-gmt", "s3-v2-auckland-bare", s32(v2(dated(S32, "Fri, 15 Mar 2024 21:30:45"))))
case("date-not-gmt", "s3-v2-los-angeles-the-day-before",
     s32(v2("PUT\n\nimage/jpeg\nFri, 15 Mar 2024 19:30:45 -0700\nx-amz-meta-owner:alice\n/photos-ex/2024/a%20b.jpg"),
         date="Date: Sat, 16 Mar 2024 02:30:45 GMT"))
case("date-not-gmt", "oss-v1-gmt-named-cst", oss1(v2(dated(OSS1, "Fri, 15 Mar 2024 08:30:45 CST"))))
case("date-not-gmt", "oss-v1-sent-shanghai", oss1(v2(OSS1), date="Date: Fri, 15 Mar 2024 16:30:45 +0800"))
case("date-not-gmt", "oss-v1-sent-and-signed", oss1(v2(dated(OSS1, "Fri, 15 Mar 2024 16:30:45 CST")),
     date="Date: Fri, 15 Mar 2024 16:30:45 CST"),
     certainty="seen", verdict="rejected")
case("date-not-gmt", "s3-v4-local-in-the-string", s34(s34_string(v4_text(S34, "20240315T163045Z", S34_SCOPE))))
case("date-not-gmt", "s3-v4-local-everywhere",
     s34(s34_string(v4_text(S34.replace(TIME, "20240315T093045Z"), "20240315T093045Z", S34_SCOPE))))
case("date-not-gmt", "s3-v4-local-with-zone", s34(s34_string(v4_text(S34, "20240315T093045+01", S34_SCOPE))))
case("date-not-gmt", "oss-v4-utc", oss4_put(oss4_string(v4_text(OSS4, "20240315T083045UTC", OSS4_SCOPE, "OSS4-HMAC-SHA256"))))
case("date-not-gmt", "s3-v4-sent-with-zone", s34(v4(S34.replace(TIME, "20240315T093045+01"), "20240315T093045+01"),
     time="20240315T093045+01"),
     certainty="seen", verdict="rejected")

# Names in other languages, as Java, Node and C write them.

NAMES = [("chinese-java-8", "星期五, 15 三月 2024 08:30:45 GMT"), ("chinese", "周五, 15 3月 2024 08:30:45 GMT"),
         ("chinese-glibc", "五, 15 3月 2024 08:30:45 GMT"), ("japanese", "金, 15 3月 2024 08:30:45 GMT"),
         ("japanese-java-8", "金, 15 3 2024 08:30:45 GMT"), ("japanese-glibc", "金, 15  3月 2024 08:30:45 GMT"),
         ("korean", "금, 15 3월 2024 08:30:45 GMT"), ("french", "ven., 15 mars 2024 08:30:45 GMT"),
         ("german", "Fr., 15 März 2024 08:30:45 GMT"), ("german-java-8", "Fr, 15 Mär 2024 08:30:45 GMT"),
         ("spanish", "vie, 15 mar 2024 08:30:45 GMT"), ("portuguese", "sex., 15 mar. 2024 08:30:45 GMT"),
         ("portuguese-java-8", "Sex, 15 mar 2024 08:30:45 GMT"), ("russian", "пт, 15 мар. 2024 08:30:45 GMT"),
         ("russian-java-8", "Пт, 15 мар 2024 08:30:45 GMT"), ("norwegian", "fre., 15 mar. 2024 08:30:45 GMT"),
         ("norwegian-java-8", "fr, 15 mar 2024 08:30:45 GMT"), ("norwegian-glibc", "fr., 15 mars 2024 08:30:45 GMT")]
for name, date in NAMES:
    case("date-localised", f"oss-v1-{name}", oss1(v2(dated(OSS1, date))))
case("date-localised", "s3-v2-sent", s32(v2(S32), date="Date: Fr., 15 März 2024 08:30:45 GMT"))
case("date-localised", "oss-v1-sent-and-signed",
     oss1(v2(dated(OSS1, "星期五, 15 三月 2024 08:30:45 GMT")), date="Date: 星期五, 15 三月 2024 08:30:45 GMT"), certainty="seen",
     verdict="rejected")
case("date-localised", "oss-v1-unknown-language",
     oss1(v2(dated(OSS1, "శుక్ర, 15 మార్చి 2024 08:30:45 GMT")), date="Date: శుక్ర, 15 మార్చి 2024 08:30:45 GMT"),
     certainty="seen", verdict="rejected")
case("date-localised", "oss-v1-chinese-shanghai-time", oss1(
    v2(dated(OSS1, "星期五, 15 三月 2024 16:30:45 CST")), date="Date: 星期五, 15 三月 2024 16:30:45 CST"),
    expect=["date-localised", "date-not-gmt"], certainty="seen", verdict="rejected")

case("date-localised", "oss-v1-signed-chinese-shanghai-time", oss1(v2(dated(OSS1, "星期五, 15 三月 2024 16:30:45 GMT"))),
     expect=["date-localised", "date-not-gmt"])
case("date-localised", "s3-v2-signed-german-berlin-time", s32(v2(dated(S32, "Fr., 15 März 2024 09:30:45 +0100"))),
     expect=["date-localised", "date-not-gmt"])

# Other forms.

FORMS = [("rfc-850", "Friday, 15-Mar-24 08:30:45 GMT"), ("asctime", "Fri Mar 15 08:30:45 2024"), ("iso", "2024-03-15T08:30:45Z"),
         ("iso-milliseconds", "2024-03-15T08:30:45.000Z"), ("minus-zero", "Fri, 15 Mar 2024 08:30:45 -0000"),
         ("short-year", "Fri, 15 Mar 24 08:30:45 GMT"), ("no-weekday", "15 Mar 2024 08:30:45 GMT")]
for name, date in FORMS:
    case("date-format-invalid", f"oss-v1-{name}", oss1(v2(dated(OSS1, date))))
    case("date-format-invalid", f"s3-v2-sent-{name}", s32(v2(S32), date=f"Date: {date}"))
case("date-format-invalid", "s3-v2-short-day", s32(v2(dated(S32, "Tue, 5 Mar 2024 08:30:45 GMT")),
     date="Date: Tue, 05 Mar 2024 08:30:45 GMT"))
case("date-format-invalid", "oss-v1-sent-and-signed", oss1(v2(dated(OSS1, "2024-03-15 08:30:45")), date="Date: 2024-03-15 08:30:45"),
     certainty="seen", verdict="rejected")
case("date-format-invalid", "s3-v2-none", s32(v2(dated(S32, "")), date="X-Note: none"), certainty="seen", verdict="rejected")
case("date-format-invalid", "s3-v4-extended", s34(s34_string(v4_text(S34, "2024-03-15T08:30:45Z", S34_SCOPE))))
case("date-format-invalid", "oss-v4-extended-everywhere", oss4_put(oss4_string(
    v4_text(OSS4.replace(TIME, "2024-03-15T08:30:45.000Z"), "2024-03-15T08:30:45.000Z", OSS4_SCOPE, "OSS4-HMAC-SHA256"))))
case("date-format-invalid", "s3-v4-day-alone", s34(s34_string(v4_text(S34, DAY, S34_SCOPE))))
EXTENDED = "2024-03-15T08:30:45Z"
case("date-format-invalid", "s3-v4-sent-extended", s34(s34_string(v4_text(S34.replace(TIME, EXTENDED), EXTENDED, S34_SCOPE)),
     time=EXTENDED),
     certainty="seen", verdict="rejected")

# Another date than the one that was sent.

case("date-signed-not-date-sent", "oss-v1-one-second-earlier", oss1(v2(dated(OSS1, "Fri, 15 Mar 2024 08:30:44 GMT"))))
case("date-signed-not-date-sent", "oss-v1-three-seconds-and-method",
     oss1(v2(dated(OSS1, "Fri, 15 Mar 2024 08:30:42 GMT").replace("PUT", "GET"))), expect=["date-signed-not-date-sent", "method-mismatch"])
case("date-signed-not-date-sent", "s3-v2-two-minutes-later", s32(v2(dated(S32, "Fri, 15 Mar 2024 08:32:45 +0000")),
     date="Date: Fri, 15 Mar 2024 08:30:45 +0000"))
case("date-signed-not-date-sent", "oss-v1-url-one-second", oss1_url(v2(OSS1_GET), end=END + 1))
case("date-signed-not-date-sent", "s3-v4-in-the-string", s34(s34_string(v4_text(S34, "20240315T083046Z", S34_SCOPE))))
case("date-signed-not-date-sent", "s3-v4-everywhere", s34(v4(S34.replace(TIME, "20240315T083044Z"), "20240315T083044Z")))
case("date-signed-not-date-sent", "s3-v4-url", s34_url(v4(s34_get(s34_query(time="20240315T083047Z")), "20240315T083047Z"), s34_query()))
case("date-signed-not-date-sent", "s3-v4-form-of-the-date-header", s34(s34_string(v4_text(S34, DATE, S34_SCOPE))))
case("date-signed-not-date-sent", "oss-v1-empty", oss1(v2(dated(OSS1, ""))))
case("date-signed-not-date-sent", "oss-v1-basic-form", oss1(v2(dated(OSS1, TIME))))

OWN = "Fri, 15 Mar 2024 08:30:40 GMT"
BOTH = f"PUT\n\nimage/jpeg\n{{}}\nx-amz-date:{OWN}\nx-amz-meta-owner:alice\n/photos-ex/2024/a%20b.jpg"
case("date-signed-not-date-sent", "s3-v2-date-in-the-line", s32(v2(BOTH.format(DATE)), more=f"x-amz-date: {OWN}\n"))
case("date-signed-not-date-sent", "s3-v2-own-date-in-the-line", s32(v2(BOTH.format(OWN)), more=f"x-amz-date: {OWN}\n"))
case("date-signed-not-date-sent", "s3-v2-own-date-ignored", s32(v2(S32), more=f"x-amz-date: {OWN}\n"))
BOTH = f"PUT\n\nimage/jpeg\n{{}}\nx-oss-date:{OWN}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg"
case("date-signed-not-date-sent", "oss-v1-empty-line-as-amazon-has-it", oss1(v2(BOTH.format("")), more=f"x-oss-date: {OWN}\n"))
case("date-signed-not-date-sent", "oss-v1-date-in-the-line", oss1(v2(BOTH.format(DATE)), more=f"x-oss-date: {OWN}\n"))
case("date-signed-not-date-sent", "oss-v1-own-date-one-second-later-in-the-line",
     oss1(v2(BOTH.format("Fri, 15 Mar 2024 08:30:41 GMT")), date=f"x-oss-date: {OWN}"))
case("date-signed-not-date-sent", "s3-v2-own-date-not-sent",
     s32(v2(f"PUT\n\nimage/jpeg\n\nx-amz-date:{DATE}\nx-amz-meta-owner:alice\n/photos-ex/2024/a%20b.jpg")))

# The example of "Signing and Authenticating REST Requests": it signs `x-amz-date` in the date line and not among the headers.
case("date-signed-not-date-sent", "s3-v2-documentation",
     "DELETE /awsexamplebucket1/photos/puppy.jpg HTTP/1.1\nUser-Agent: dotnet\nHost: s3.us-west-1.amazonaws.com\n"
     "Date: Tue, 27 Mar 2007 21:20:27 +0000\nx-amz-date: Tue, 27 Mar 2007 21:20:26 +0000\n"
     "Authorization: AWS AKIAIOSFODNN7EXAMPLE:XbyTlbQdu9Xw5o8P4iMwPktxQd8=\n\n", secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

# The same for Kingsoft.
case("date-localised", "ks3-v2-chinese", ks32(v2(dated(KS32, "周五, 15 3月 2024 08:30:45 GMT"))))
case("expires-in-milliseconds", "ks3-v2-url", ks32_url(v2(KS32_GET), end=f"{END}000"))

# A zone that means GMT, where documents want that name. Amazon's write `+0000`.
for zone in ["UTC", "+0000"]:
    for scheme, text, of in [("oss-v1", OSS1, oss1), ("ks3-v2", KS32, ks32)]:
        other = DATE.replace("GMT", zone)
        case("date-format-invalid", f"{scheme}-{zone.lower().replace('+', 'plus-')}", of(v2(dated(text, other)), date=f"Date: {other}"),
             certainty="seen", verdict="rejected")
UTC = DATE.replace("GMT", "UTC")
case("date-format-invalid", "s3-v2-utc", s32(v2(dated(S32, UTC)), date=f"Date: {UTC}"), certainty="likely", verdict="valid")
case("expired", "oss-v1-header-token-server", oss1(v2(OSS1)), certainty="server", verdict="rejected",
     answer="<Error><Code>SecurityTokenExpired</Code><Message>The security token you provided has expired.</Message></Error>")
