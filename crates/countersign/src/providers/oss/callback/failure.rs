//! What OSS tells an uploader whose object is stored and whose callback failed.
//!
//! Follows "Errors returned with HTTP status code 203" and "Upload callbacks" (Alibaba Cloud OSS, read 2026-11).

/// Why a callback failed, by the message of `203 CallbackFailed`.
///
/// ```
/// use countersign::providers::oss::callback::Failure;
///
/// assert_eq!(Failure::of("Response body is not valid json format."), Failure::NotJson);
/// assert_eq!(Failure::of("Error status : 502."), Failure::Status(502));
/// let timeout = "Error status : -1 8.8.8.8:9090 reply timeout, cost:5000ms, timeout:5000ms (err -4, errno115)";
/// assert_eq!(Failure::of(timeout), Failure::Timeout);
/// assert_eq!(Failure::of("something new"), Failure::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// The answer is not JSON, or begins with a byte-order mark.
    NotJson,
    /// There was no answer within five seconds.
    Timeout,
    /// The server cannot be reached; older pages say so of answers that take too long, too.
    NoConnection,
    /// The server answered with this status.
    Status(u16),
    /// The answer has no `Content-Length`, or is longer than a megabyte.
    Length,
    /// OSS itself is overloaded.
    TooManyRequests,
    /// The uploaded image is gone, or none that can be read.
    ImageInfo,
    /// The message is none that is published.
    Unknown,
}

impl Failure {
    /// Reads the message.
    #[must_use]
    pub fn of(message: &str) -> Self {
        let text = message.to_ascii_lowercase();
        let has = |words: &str| text.contains(words);
        let status = text.strip_prefix("error status").map(|rest| rest.trim_start_matches([' ', ':']));
        match status {
            _ if has("not valid json") => Self::NotJson,
            _ if has("too long content-length") => Self::Length,
            _ if has("reply timeout") || has("cost too long time") => Self::Timeout,
            _ if has("can not connect") => Self::NoConnection,
            _ if has("too many callback requests") => Self::TooManyRequests,
            _ if has("get image info failed") => Self::ImageInfo,
            Some(rest) => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                rest.get(..end).and_then(|digits| digits.parse().ok()).map_or(Self::Unknown, Self::Status)
            }
            None => Self::Unknown,
        }
    }

    /// A name for it, which does not change.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotJson => "callback-answer-not-json",
            Self::Timeout => "callback-answer-too-slow",
            Self::NoConnection => "callback-not-connected",
            Self::Status(_) => "callback-answer-status",
            Self::Length => "callback-answer-length",
            Self::TooManyRequests => "callback-service-overloaded",
            Self::ImageInfo => "callback-image-info",
            Self::Unknown => "callback-failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The messages of the guides.
    #[test]
    fn every_published_message_is_known() {
        for (message, failure) in [
            ("Response body is not valid json format.", Failure::NotJson),
            ("Error status : -1.OSS can not connect to your callbackUrl, please check it.", Failure::NoConnection),
            ("Error status : -1 8.8.8.8:9090 reply timeout, cost:5000ms, timeout:5000ms (err -4, errno115)", Failure::Timeout),
            ("Error status : -1.call 10.1.2.3:8080 reply timeout, cost:5000ms, timeout:5000ms", Failure::Timeout),
            ("Error status : 400.", Failure::Status(400)),
            ("Error status : 403.", Failure::Status(403)),
            ("Error status : 404.", Failure::Status(404)),
            ("Error status : 502.", Failure::Status(502)),
            ("Error Status : 400.User server return too long content-length value", Failure::Length),
            ("Cost too long time", Failure::Timeout),
            ("Too many callback requests", Failure::TooManyRequests),
            ("Get image info failed", Failure::ImageInfo),
            ("Error status : -1.", Failure::Unknown),
            ("Error status : 99999.", Failure::Unknown),
            ("", Failure::Unknown),
        ] {
            assert_eq!(Failure::of(message), failure, "{message}");
        }
    }
}
