//! Headers: left out, added, sent twice, changed on the way, or written in another form.

mod form;
mod missing;
mod surplus;
mod transit;

pub(in crate::explain) use missing::is_open;
pub(crate) use surplus::two_ways;

use crate::explain::cause::{Cause, Slot};

/// A header was signed and not sent.
pub(in crate::explain) const NOT_SENT: &str = "signed-header-not-sent";
/// A header was signed that changes on the way.
pub(in crate::explain) const VOLATILE: &str = "volatile-header-signed";

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried(NOT_SENT, 17, Slot::Header, missing::not_sent).or_seen(missing::seen),
    Cause::tried("signed-header-removed-by-proxy", 4, Slot::Header, missing::removed),
    Cause::tried("header-added-after-signing", 7, Slot::Header, surplus::added).or_seen(surplus::unsigned),
    Cause::tried("header-added-by-proxy", 2, Slot::Header, surplus::added_by_proxy),
    Cause::tried("x-headers-not-signed", 1, Slot::Header, surplus::block),
    Cause::tried("header-duplicated-by-case", 3, Slot::Header, surplus::twice).or_seen(surplus::sent_twice),
    Cause::tried("accept-encoding-rewritten", 14, Slot::Header, transit::accept_encoding)
        .or_seen(transit::accept_encoding_signed),
    Cause::tried(VOLATILE, 8, Slot::Header, transit::volatile).or_seen(transit::volatile_signed),
    Cause::tried("header-whitespace-not-collapsed", 9, Slot::Header, form::blanks),
    Cause::tried("header-sort-wrong", 7, Slot::Header, form::order).or_seen(form::unsorted),
    Cause::tried("header-value-newline", 1, Slot::Header, form::line_break).or_seen(form::line_break_sent),
    Cause::tried("header-value-charset", 0, Slot::Header, form::charset),
    Cause::tried("copy-source-not-encoded", 1, Slot::Header, form::copy_source).or_seen(form::raw_copy_source),
];

#[cfg(test)]
mod tests {
    use crate::{
        Credentials, Inquiry, Request, SecretKey, Terms, Timestamp, explain,
        explain::{Certainty, Report},
        providers::oss,
        sign,
    };
    use alloc::vec::Vec;

    const URL: &str = "https://photos.oss-cn-hangzhou.aliyuncs.com/a";
    const SECRET: &str = "madeUpSecretOnlyForThisTest";

    /// Explains a request that was signed with a header and sent without it, beside a request that has it.
    fn explained(name: &str, value: &str, other: &str) -> Report {
        let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new(SECRET));
        let at = Timestamp::from_unix(1_773_500_966);
        let date = at.http_date();
        let plain = Request::new("PUT", URL).unwrap().header("Date", &*date);
        let signed = sign(&oss::V1_HEADER, &plain.clone().header(name, value), &who, &Terms::at(at)).unwrap();
        let (_, authorization) = signed.headers.last().unwrap();
        let related = [Request::new("PUT", URL).unwrap().header(name, other).into()];
        let secrets = [SecretKey::new(SECRET)];
        let mut inquiry = Inquiry::new(plain.header("Authorization", authorization).into());
        inquiry.secrets = &secrets;
        inquiry.related = &related;
        explain(&inquiry).unwrap()
    }

    #[test]
    fn values_of_other_requests_are_tried() {
        for (name, value) in [("x-oss-meta-owner", "alice"), ("Content-Type", "model/obj")] {
            let report = explained(name, value, value);
            assert_eq!(report.findings[0].code, "signed-header-not-sent");
            assert_eq!(report.findings[0].certainty, Certainty::Proved);
            let without = explained(name, value, "another");
            assert!(without.findings.iter().all(|finding| finding.certainty != Certainty::Proved), "{name}");
        }
    }

    #[test]
    fn a_line_break_in_a_captured_value_is_seen() {
        let authorization = "OSS CSIDEXAMPLE0001:26NBxoKdsyly4EDv6inkoDft/yA=";
        let request = Request::new("PUT", URL).unwrap().header("Date", "Fri, 15 Mar 2024 08:30:45 GMT");
        let request = request.header("x-oss-meta-a", "1\r\n").header("Authorization", authorization);
        let report = explain(&Inquiry::new(request.into())).unwrap();
        let codes: Vec<_> = report.findings.iter().map(|finding| (finding.code, finding.certainty)).collect();
        assert_eq!(codes, [("header-value-newline", Certainty::Seen)]);
    }
}
