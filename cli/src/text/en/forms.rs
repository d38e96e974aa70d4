//! Policies, forms and callbacks, in English.

use super::{En, span, trouble::place};
use crate::{
    text::{
        FormLabels, FormWords, Ruling, SignatureState, Upload,
        figures::{grouped, utc},
        is_of_signature,
    },
    trouble::{FetchFault, FormTrouble},
};
use countersign::{
    Timestamp, VendorAnswer,
    callback::AnswerFaultKind,
    policy::{BuildError, FaultKind, PolicyFault, Reason},
    providers::{
        kodo, ks3,
        oss::callback::{CallbackFault, Failure, Mismatch, Reading, Weight},
    },
};

static LABELS: FormLabels = FormLabels {
    accepted: "WOULD BE ACCEPTED",
    refused: "WOULD BE REFUSED",
    failed: "WOULD FAIL",
    fine: "FINE",
    not_genuine: "NOT FROM OSS",
    field: "field",
    sent: "sent",
    condition: "condition",
    place: "place",
    answer: "answer",
    lint: "worth changing",
    open: "not known",
    bucket: "bucket",
    file: "file",
    readable: "CAN BE READ",
    header: "headers",
    query: "query",
    form: "fields",
    preview: "posts",
    key: "key",
    target: "target",
    uploader: "uploader is told",
};

/// `; the server answers 400 InvalidPolicyDocument`
fn answers(answer: &VendorAnswer) -> String {
    let status = answer.status.map(|status| format!(" {status}"));
    let code = answer.code.map(|code| format!(" {code}"));
    let message = answer.message.as_ref().map(|message| format!(": {message}"));
    let all: String = [status, code, message].into_iter().flatten().collect();
    if all.is_empty() { all } else { format!("; the server answers{all}") }
}

impl FormWords for En {
    fn form_labels(&self) -> &'static FormLabels {
        &LABELS
    }

    fn form_trouble(&self, trouble: &FormTrouble) -> String {
        match trouble {
            FormTrouble::Policy(source, fault) => format!("{}: {fault}{}", place(source), answers(&fault.answer)),
            FormTrouble::Condition(text, fault) => format!("`--condition` is `{text}`: {fault}"),
            FormTrouble::Build(error) => error.to_string(),
            FormTrouble::FieldNeeded(needed) => needed.to_string(),
            FormTrouble::IdNeeded(scheme) => format!("a policy for `{scheme}` names the access key id, and there is none"),
            FormTrouble::Whose(source) => format!("{} does not tell whose form or policy it is", place(source)),
            FormTrouble::Unreadable(source, refusal) => {
                format!("{}: {refusal}{}", place(source), answers(&refusal.answer))
            }
            FormTrouble::TooLong(source, limit) => {
                format!("{} is longer than {} MiB, the most that is read of a form", place(source), limit >> 20)
            }
            FormTrouble::NoForm(source) => format!(
                "{} is no form; expected a POST request with its body, the fields as a JSON object, or a policy",
                place(source)
            ),
            FormTrouble::SaidByForm(option, source) => {
                format!("`{option}` is given, and {} holds the file itself; expected one of them", place(source))
            }
            FormTrouble::NoCallbacks(provider) => {
                format!("callbacks of `{provider}` are not known here; expected `oss` or `kodo`")
            }
            FormTrouble::BesideFile(option) => {
                format!("`{option}` is given beside a put policy in a file, which is signed as it is; expected one of them")
            }
            FormTrouble::OptionNeeded(option) => format!("a callback needs `{option}`"),
            FormTrouble::Variable(missing) => missing.to_string(),
            FormTrouble::NoCallback(source) => {
                format!(
                    "{} is no callback of OSS or Kodo; expected `x-oss-pub-key-url`, or `Authorization: QBox ...`",
                    place(source)
                )
            }
            FormTrouble::Unverifiable => ks3::CALLBACK_AUTHORIZATION.to_owned(),
            FormTrouble::KeyNeeded => "there is no public key to check the callback with".to_owned(),
            FormTrouble::PublicKey(path, error) => format!("`{}`: {error}", path.display()),
            FormTrouble::FetchedKey(url, error) => format!("`{url}` gave no key: {error}"),
            FormTrouble::Fetch(url, fault) => match fault {
                FetchFault::Status(status) => format!("`{url}` answered {status}; expected 200 and a key"),
                FetchFault::TooLong(limit) => format!("`{url}` gave more than {} KiB; expected a key", limit >> 10),
                FetchFault::Time(seconds) => format!("`{url}` gave no key within {seconds} seconds"),
                FetchFault::Failed(why) => format!("`{url}` cannot be fetched: {why}"),
            },
            FormTrouble::NoResponse(source, line) => {
                format!("{} starts with `{line}`; expected an HTTP response, like `HTTP/1.1 200 OK`", place(source))
            }
        }
    }

    fn form_remedy(&self, trouble: &FormTrouble) -> Option<String> {
        Some(match trouble {
            FormTrouble::Build(BuildError::ConditionMissing("bucket")) => "name it with `--bucket`".to_owned(),
            FormTrouble::Build(BuildError::NoCondition) => {
                "say what is allowed: `--bucket`, `--key` or `--starts-with`, `--size`, `--condition`".to_owned()
            }
            FormTrouble::Build(BuildError::RangeReversed(_)) => "write the smaller size first: `--size 1..10MB`".to_owned(),
            FormTrouble::Condition(..) => {
                "write `{\"acl\": \"private\"}` or `[\"starts-with\", \"$key\", \"user/\"]`, in single quotes for the shell"
                    .to_owned()
            }
            FormTrouble::FieldNeeded(needed) => format!("give `--field {}=VALUE`", needed.field),
            FormTrouble::IdNeeded(_) => "give `--access-key-id ID`, or set COUNTERSIGN_ACCESS_KEY_ID".to_owned(),
            FormTrouble::Whose(_) => "name it with `--provider`: s3, oss, ks3, cos or kodo".to_owned(),
            FormTrouble::Unreadable(..) => "`countersign policy check` judges such a form".to_owned(),
            FormTrouble::TooLong(..) => {
                "give the fields as a JSON object to `countersign policy check`, with `--file-size` and `--file-name`".to_owned()
            }
            FormTrouble::Unverifiable => "add a secret of your own to the URL of the callback, and check that".to_owned(),
            FormTrouble::KeyNeeded => "give `--public-key FILE`, or `--fetch-key` to fetch it from where OSS keeps it".to_owned(),
            FormTrouble::Fetch(..) | FormTrouble::FetchedKey(..) => {
                "fetch it by other means and give it with `--public-key FILE`".to_owned()
            }
            _ => return None,
        })
    }

    fn ruling(&self, ruling: &Ruling<'_>) -> String {
        match ruling {
            Ruling::Accepted(SignatureState::Right) => "the signature is right, and the form meets its policy".to_owned(),
            Ruling::Accepted(_) => "the form meets its policy; whether its signature is right, only the secret tells".to_owned(),
            Ruling::Refused(why) => (*why).to_owned(),
            Ruling::PolicyAlone(0) => "nothing in the policy is worth changing".to_owned(),
            Ruling::PolicyAlone(1) => "one thing in the policy is worth changing".to_owned(),
            Ruling::PolicyAlone(count) => format!("{count} things in the policy are worth changing"),
            Ruling::Undecided(SignatureState::Missing) => {
                "the form has neither a signature nor a policy: whether everybody may write to the bucket decides".to_owned()
            }
            Ruling::Undecided(SignatureState::Unchecked) => {
                "nothing speaks against the form, but not all that decides is known, nor the secret".to_owned()
            }
            Ruling::Undecided(_) => "nothing speaks against the form, but not all that decides is known".to_owned(),
        }
    }

    fn would_be_refused(&self, why: &str) -> String {
        format!("the server would refuse this form: {why}")
    }

    fn refusal_help(&self, reason: &Reason) -> Option<String> {
        Some(match reason {
            Reason::NotMultipart => {
                "send the form as `multipart/form-data`: `enctype` of an HTML form, `FormData` in a script, `curl --form`"
                    .to_owned()
            }
            Reason::BoundaryMissing => {
                "leave the header out of your code: the client writes it with the boundary it uses".to_owned()
            }
            Reason::Malformed { .. } => {
                "let a library write the body; check that the length and the bytes arrive unchanged".to_owned()
            }
            Reason::FilePartHeader(name) => format!("leave `{name}` out of the part with the file"),
            Reason::NameTooLong(_) | Reason::ValueTooLong { .. } => "shorten it".to_owned(),
            Reason::FieldsTooLong(_) => "send less before the file, and call the part with the file `file`".to_owned(),
            Reason::FileCount(0) => "send the file last, in a part called `file`".to_owned(),
            Reason::FileCount(_) => "send one file with each request".to_owned(),
            Reason::BehindFile(name) => format!("put `{name}` before the file: servers read no further than that"),
            Reason::KeyMissing => "send `key` before the file: servers read no further than that".to_owned(),
            Reason::Unsigned => "`countersign policy sign` makes the fields that are missing".to_owned(),
            Reason::SigningFieldMissing(name) => format!("send `{name}` before the file, as `countersign policy sign` prints it"),
            Reason::SigningFieldEmpty(name) => format!("give `{name}` its value, as `countersign policy sign` prints it"),
            Reason::ExpirationNotUtc(_) => "write the time in UTC, with `Z` at the end".to_owned(),
            Reason::Expired { .. } => "ask for a new policy for each upload, shortly before it".to_owned(),
            Reason::ConditionMissing(name) => format!("add a condition on `{name}` to the policy and sign it again"),
            Reason::ConditionFailed { field, found: None, .. } => {
                format!("send the field `{field}` with a value that meets the condition, or sign a policy without it")
            }
            Reason::ConditionFailed { field, wanted, .. } if field.eq_ignore_ascii_case("bucket") => {
                format!("send the form to the bucket `{wanted}`, or sign a policy for this one")
            }
            Reason::ConditionFailed { field, .. } => {
                format!("send a value of `{field}` that meets the condition, or sign a policy that allows this one")
            }
            Reason::ExtraField(name) if is_of_signature(name) => format!(
                "add `{{\"{name}\": \"<its value>\"}}` to the policy before it is signed; `countersign policy build` does"
            ),
            Reason::ExtraField(name) => {
                format!(
                    "add a condition on `{name}` to the policy, like `[\"starts-with\", \"${name}\", \"\"]`, or do not send it"
                )
            }
            Reason::TooSmall { .. } | Reason::TooLarge { .. } => {
                "check the size before the upload, or sign a policy with another `content-length-range`".to_owned()
            }
            Reason::OverPostLimit { .. } => "upload it in parts instead of a form".to_owned(),
            Reason::EncryptionUnknown(_) => "send `AES256` or `KMS`".to_owned(),
            Reason::PolicyUnreadable(PolicyFault { kind: FaultKind::OperatorUnknown(_), .. }) => {
                "the operators are `eq`, `starts-with` and `content-length-range`; OSS has `in` and `not-in` as well".to_owned()
            }
            Reason::PolicyUnreadable(_) => "write the policy with a JSON library, or with `countersign policy build`".to_owned(),
            Reason::SignatureDiffers => "`countersign explain` searches for the cause".to_owned(),
            _ => return None,
        })
    }

    fn put_refusal_help(&self, reason: &kodo::Reason) -> Option<String> {
        Some(match reason {
            kodo::Reason::Expired { .. } => "ask for a new token for each upload, shortly before it".to_owned(),
            kodo::Reason::OtherBucket { scope, .. } => format!("upload to the bucket of the scope, `{scope}`"),
            kodo::Reason::KeyOutOfScope { .. } => {
                "send the key that the token is for, or ask for a token for this key".to_owned()
            }
            kodo::Reason::KeyNotListed { .. } => "send one of the keys in `keylimit`".to_owned(),
            kodo::Reason::KeyTooLong(_) => "shorten it".to_owned(),
            kodo::Reason::TooSmall { .. } | kodo::Reason::TooLarge { .. } => {
                "check the size before the upload, or ask for a token with other limits".to_owned()
            }
            kodo::Reason::TypeForbidden { .. } => {
                "upload a type that `mimeLimit` names, or ask for a token that allows this one".to_owned()
            }
            kodo::Reason::SignatureDiffers => "`countersign explain` searches for the cause".to_owned(),
            kodo::Reason::FileExists { .. } => {
                "choose another key; only a token for exactly this key replaces an object".to_owned()
            }
            _ => return None,
        })
    }

    fn put_problem_help(&self) -> &'static str {
        "`countersign token` and `countersign policy build` write policies that the service reads"
    }

    fn dropped_member(&self, name: &str) -> (String, String) {
        (format!("`{name}` is no member of a policy and was left out"), "conditions belong into `conditions`".to_owned())
    }

    fn offset(&self, at: usize) -> String {
        format!("offset {at} of the policy")
    }

    fn unpublished(&self) -> &'static str {
        "in words that the vendor has not published"
    }

    fn signature(&self, state: SignatureState) -> &'static str {
        match state {
            SignatureState::Right => "the signature is right for this secret",
            SignatureState::Wrong => "the signature is not that of this policy and secret",
            SignatureState::Unchecked => "the signature was not checked: there is no secret; the policy alone was judged",
            SignatureState::Missing => "the form is not signed",
        }
    }

    fn file(&self, name: Option<&str>, size: u64, content_type: Option<&str>) -> String {
        let name = name.filter(|name| !name.is_empty());
        let size = format!("{} bytes", grouped(size));
        let all = [name.map(str::to_owned), Some(size), content_type.map(str::to_owned)];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn policy_ends(&self, time: Timestamp, at: Timestamp) -> String {
        let left = time.since(at);
        let moment = if left < 0 { format!("ended {} ago", span(-left)) } else { format!("ends in {}", span(left)) };
        format!("policy {moment}, {}", utc(time))
    }

    fn last_field(&self) -> &'static str {
        "(the file itself, last)"
    }

    fn upload_button(&self) -> &'static str {
        "Upload"
    }

    fn posts(&self, url: &str, content_type: &str) -> String {
        format!("to {url} as {content_type}")
    }

    fn sample_values(&self, names: &[&str]) -> String {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        let stand = if names.len() == 1 { "a sample value stands" } else { "sample values stand" };
        format!("{stand} for {}; `--set NAME=VALUE` says another", names.join(", "))
    }

    fn callback_right(&self) -> &'static str {
        "the callback comes from OSS: its signature is right for this key"
    }

    fn callback_help(&self, fault: &CallbackFault) -> Option<String> {
        Some(match fault {
            CallbackFault::Method(_) => "OSS calls with POST: answer others with 405".to_owned(),
            CallbackFault::KeyUrlMissing | CallbackFault::AuthorizationMissing => {
                "answer with 400: OSS sends both headers; a proxy that removes one must be told to pass it on".to_owned()
            }
            CallbackFault::KeyUrlHost(_) => {
                "answer with 400 and fetch nothing: anybody can name a key of his own; compare with the slash behind the host".to_owned()
            }
            CallbackFault::Signature(Mismatch::OtherText { .. }) => {
                "check the path, the query and the body byte for byte as they came in, before a proxy or a framework rewrites, decodes or parses them"
                    .to_owned()
            }
            CallbackFault::Signature(Mismatch::OtherKey | Mismatch::Length { .. }) => {
                "check with the key that `x-oss-pub-key-url` names; if it is the right one, answer with 400".to_owned()
            }
            _ => return None,
        })
    }

    fn reading(&self, reading: Reading) -> Option<&'static str> {
        match reading {
            Reading::Documented => None,
            Reading::PlusAsBlank => Some("with `+` in the path taken for a blank, which the page does not say"),
            Reading::BareMarkDropped => Some("with the `?` left out that nothing stands behind, which the page does not say"),
            Reading::PlusAsBlankAndBareMarkDropped => {
                Some("with `+` in the path taken for a blank and the bare `?` left out, which the page does not say")
            }
        }
    }

    fn weak_key(&self, bits: u32) -> String {
        format!(
            "keys of {bits} bits have been broken in public: add a secret of your own to the URL of the callback if it must be certain"
        )
    }

    fn key_bits(&self, bits: u32, from: &str) -> String {
        format!("{bits} bits, from {from}")
    }

    fn answer_fault_help(&self, kind: &AnswerFaultKind) -> &'static str {
        match kind {
            AnswerFaultKind::TooSlow { .. } => {
                "answer first and do the work afterwards: the service does not wait longer, nor ask again"
            }
            AnswerFaultKind::Redirect { .. } => {
                "name the final URL in the callback, with its scheme and slash: the service follows no redirect"
            }
            AnswerFaultKind::Status(502) => "start the server behind the proxy, and check that the network reaches it",
            AnswerFaultKind::Status(_) => "answer 200 whatever became of the work, and put its result into the JSON",
            AnswerFaultKind::NoContentLength(_) => {
                "write the whole body at once, or set the header: chunked answers are not taken"
            }
            AnswerFaultKind::ContentLength(_) | AnswerFaultKind::OtherLength { .. } => {
                "count bytes, not characters, and let nothing compress or change the body behind you"
            }
            AnswerFaultKind::TooLong { .. } => "answer with what the uploader needs and no more",
            AnswerFaultKind::ContentType(_) => "set `Content-Type: application/json`",
            AnswerFaultKind::ByteOrderMark => {
                "save the source files as UTF-8 without a byte-order mark: PHP sends what stands before `<?php`"
            }
            AnswerFaultKind::Empty => "answer with JSON, `{}` at least",
            AnswerFaultKind::NotJson { .. } => {
                "answer with JSON, written by a library; a text needs its quotes: `{\"Status\":\"OK\"}`"
            }
            AnswerFaultKind::NotTrue { .. } => "answer `{\"result\":true}`",
            _ => "",
        }
    }

    fn callback_failure(&self, failure: &Failure) -> (String, String) {
        let (title, help) = match failure {
            Failure::NotJson => (
                "the answer of the callback server was not JSON, or began with a byte-order mark".to_owned(),
                "answer with JSON from the first byte on, `{\"Status\":\"OK\"}`; give the answer itself to `callback verify --response`",
            ),
            Failure::Timeout => (
                "the callback server gave no answer within 5 seconds".to_owned(),
                "answer first and do the work afterwards; the address in the message is one of OSS's own and means nothing",
            ),
            Failure::NoConnection => (
                "OSS did not reach the callback server, or got no answer in time".to_owned(),
                "check `callbackUrl`, the firewall and the certificate from outside your network, and answer within 5 seconds",
            ),
            Failure::Status(502) => (
                "a proxy before the callback server answered 502".to_owned(),
                "start the server behind the proxy, check its address, and that `callbackUrl` is the right one",
            ),
            Failure::Status(status) => (
                format!("the callback server answered {status}; expected 200"),
                "answer 200 whatever became of the work, and put its result into the JSON",
            ),
            Failure::Length => (
                "the answer of the callback server had no `Content-Length`, or was longer than 1 MB".to_owned(),
                "write the whole body at once, or set the header: chunked answers are not taken",
            ),
            Failure::TooManyRequests => {
                ("OSS was overloaded and did not call".to_owned(), "the object is stored: look for it later, or upload it again")
            }
            Failure::ImageInfo => (
                "`imageInfo` was asked for, and the object is no image that can be read, or is gone".to_owned(),
                "leave `${imageInfo...}` out of the body for what may be no image",
            ),
            _ => (
                "OSS says that the callback failed, in words that are not published".to_owned(),
                "give the answer of the callback server itself to `callback verify --response`",
            ),
        };
        (title, help.to_owned())
    }

    fn callback_refused(&self, weight: Weight, first: &str) -> String {
        match weight {
            Weight::Refused => format!("OSS would refuse the upload: {first}"),
            _ => format!("the upload would succeed, and the callback not do what it says: {first}"),
        }
    }

    fn answer_ruling(&self, faults: usize, upload: Upload) -> String {
        let fate = match upload {
            Upload::Stored => "the object is stored, and the uploader is told that the callback failed",
            Upload::Open => "the service does not take the upload for done, and tells the uploader so",
        };
        match faults {
            0 => "the service takes this answer and passes it on to the uploader".to_owned(),
            1 => fate.to_owned(),
            more => format!("{fate}; {more} things are wrong"),
        }
    }
}
