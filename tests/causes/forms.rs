//! Forms of which more is known than their fields: where they were sent, and that they are whole.

use countersign::{
    FilePart, Form, Inquiry, Report, SecretKey, explain,
    explain::{Certainty, Language, Verdict},
};

const SECRET: &str = "cs7EXAMPLEsecretKEY/with+signs0123456789";

fn report(form: Form<'_>) -> Report {
    let secrets = [SecretKey::new(SECRET)];
    let mut inquiry = Inquiry::new(form.into());
    inquiry.secrets = &secrets;
    explain(&inquiry).unwrap()
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.code).collect()
}

/// Signed with Python's hmac, as all of these.
fn oss_v1() -> Form<'static> {
    Form::new()
        .field("key", "a.jpg")
        .field("OSSAccessKeyId", "CSIDEXAMPLE0001")
        .field(
            "policy",
            "eyJleHBpcmF0aW9uIjoiMjAyNi0wMy0xNFQxNjowMDowMFoiLCJjb25kaXRpb25zIjpbeyJidWNrZXQiOiJwaG90b3MifSxbImNvbnRlbnQtbGVu\
             Z3RoLXJhbmdlIiwxLDIwXV19",
        )
        .field("Signature", "lNnJ0CPildN8jYPP4pNMVSlcB5Y=")
}

#[test]
fn a_file_is_missed_where_the_form_is_whole() {
    assert_eq!(report(oss_v1()).verdict, Verdict::Valid);
    let whole = report(oss_v1().content_length(535));
    assert_eq!((whole.verdict, codes(&whole)), (Verdict::Rejected, vec!["form-malformed"]));
    let with_file = report(oss_v1().file(FilePart::new(12)).content_length(700));
    assert_eq!((with_file.verdict, codes(&with_file)), (Verdict::Valid, vec![]));
}

#[test]
fn kingsoft_measures_the_whole_request() {
    let form = || {
        Form::new()
            .field("key", "a.jpg")
            .field("KSSAccessKeyId", "CSIDEXAMPLE0001")
            .field(
                "policy",
                "eyJleHBpcmF0aW9uIjoiMjAyNi0wMy0xNFQxNjowMDowMFoiLCJjb25kaXRpb25zIjpbeyJidWNrZXQiOiJwaG90b3MifSxbInN0YXJ0cy13\
                 aXRoIiwiJGtleSIsIiJdLFsiY29udGVudC1sZW5ndGgtcmFuZ2UiLDEsMjBdXX0=",
            )
            .field("signature", "bWx8t4O0+RdnYV0YiZdEOt68bIM=")
            .file(FilePart::new(12))
    };
    assert_eq!(report(form()).verdict, Verdict::Valid);
    let whole = report(form().content_length(729));
    assert_eq!((whole.verdict, codes(&whole)), (Verdict::Rejected, vec!["policy-condition-failed"]));
}

#[test]
fn a_form_for_another_region_is_refused() {
    let form = || {
        Form::new()
            .field("key", "a.jpg")
            .field(
                "policy",
                "eyJleHBpcmF0aW9uIjoiMjAyNi0wMy0xNFQxNjowMDowMFoiLCJjb25kaXRpb25zIjpbeyJ4LW9zcy1zaWduYXR1cmUtdmVyc2lvbiI6Ik9T\
                 UzQtSE1BQy1TSEEyNTYifSx7Ingtb3NzLWNyZWRlbnRpYWwiOiJDU0lERVhBTVBMRTAwMDEvMjAyNjAzMTQvY24taGFuZ3pob3Uvb3NzL2Fs\
                 aXl1bl92NF9yZXF1ZXN0In0seyJ4LW9zcy1kYXRlIjoiMjAyNjAzMTRUMTIwMDAwWiJ9XX0=",
            )
            .field("x-oss-signature-version", "OSS4-HMAC-SHA256")
            .field("x-oss-credential", "CSIDEXAMPLE0001/20260314/cn-hangzhou/oss/aliyun_v4_request")
            .field("x-oss-date", "20260314T120000Z")
            .field("x-oss-signature", "b9319414f3219f26e79d2c1093c7f8646b896dc950b754753e5ec08d03a98328")
    };
    assert_eq!(report(form().sent_to("photos.oss-cn-hangzhou.aliyuncs.com")).verdict, Verdict::Valid);
    let elsewhere = report(form().sent_to("Photos.OSS-cn-beijing.aliyuncs.com:443"));
    let first = &elsewhere.findings[0];
    assert_eq!((elsewhere.verdict, first.code, first.certainty), (Verdict::Rejected, "region-wrong", Certainty::Seen));
    assert_eq!(Language::English.title(first), "the scope was made for the region `cn-hangzhou`, and the host says `cn-beijing`");
}
