//! English.

mod captured;
mod errors;
mod forms;
mod serve;
mod trouble;

use super::{
    ClaimLabels, ErrorWords, FormWords, Headline, Keys, Labels, Proof, RequestLabels, ServeWords, TableLabels, TokenLabels,
    Words,
    figures::{grouped, in_units, size, utc},
};
use crate::{
    report::{Task, Titles, Used, View, steps::What, zone::Zoned},
    trouble::{Note, Placeholder, SecretSource, Trouble},
};
use countersign::{
    Addressing, Bucket, Document, Fingerprint, HashName, Origin, Role, Timestamp,
    explain::{Certainty, Language, Matter, Searched},
    providers::{
        cos::json::{Kind, Order},
        kodo,
    },
};
use countersign_stacks::Stack;
use std::time::Duration;

/// English.
pub struct En;

static EN: Labels = Labels {
    error: "error",
    colon: ": ",
    comma: ", ",
    warning: "warning",
    note: "note",
    help: "help",
    matches: "MATCHES",
    differs: "DOES NOT MATCH",
    refused: "WOULD BE REFUSED",
    undecided: "UNDECIDED",
    signed: "signed",
    sent: "sent",
    right: "right",
    proof: "proof",
    also: "same as",
    id: "id",
    signed_at: "signed",
    expires: "expires",
    expired: "expired",
    problem: "problem",
    hint: "hint",
    titles: Titles {
        canonical_request: "canonical request",
        string_to_sign: "string to sign",
        signed: "what was signed",
        right: "what the server sees",
        blank: "blank",
        line_end: "line end",
        nothing: "nothing",
    },
    claim: ClaimLabels {
        scheme: "scheme",
        access_key_id: "access key id",
        signature: "signature",
        signed: "signed",
        expires: "expires",
        scope: "scope",
        signed_headers: "signed headers",
        signed_params: "signed parameters",
        key_time: "key time",
        payload: "payload",
        token: "session token",
        bucket: "bucket",
        document: "document",
        decoded: "document says",
        unread: "not in a form this scheme knows",
    },
    token: TokenLabels {
        token: "token",
        scope: "scope",
        deadline: "deadline",
        made: "made",
        key: "key",
        prefix: "prefix",
        kind: "kind",
        order: "order",
        appid: "appid",
        life: "life",
        random: "random",
        file: "file",
        any_file: "any",
    },
    table: TableLabels {
        number: "#",
        access_key_id: "access key id",
        scope: "scope",
        deadline: "deadline, UTC",
        plus_8: "UTC+8",
        left: "expires",
        problems: "problems",
    },
    requests: RequestLabels { number: "#", method: "method", url: "URL", scheme: "scheme", verdict: "verdict", cause: "cause" },
    prompt: "secret access key (not shown): ",
    optional_prompt: "secret access key (not shown, empty for none): ",
    prompt_again: "this secret does not give the signature; another one (not shown, empty to go on with it): ",
    fix: "fix",
    tried: "tried",
    steps: "how the right signature is worked out, for `sh` with the secret in $COUNTERSIGN_SECRET_KEY",
    kept_secret: "(a key: not shown)",
    further: "also found",
    language: "en",
};

impl Words for En {
    fn language(&self) -> Language {
        Language::English
    }

    fn labels(&self) -> &'static Labels {
        &EN
    }

    fn errors(&self) -> &'static dyn ErrorWords {
        &errors::En
    }

    fn trouble(&self, trouble: &Trouble) -> String {
        trouble::fact(trouble)
    }

    fn remedy(&self, trouble: &Trouble) -> Option<String> {
        trouble::remedy(trouble)
    }

    fn note(&self, note: &Note) -> String {
        match note {
            Note::Reading => "reading the request from the terminal; end it with Ctrl-D".to_owned(),
            Note::OpenToOthers(path) => format!("`{0}` can be read by others; `chmod 600 {0}` keeps it to you", path.display()),
            Note::BlankInSecret(source) => {
                format!("the secret in {} begins or ends in a blank or line end, which is used as part of it", origin(source))
            }
            Note::MarkInSecret(path) => {
                format!("`{}` begins with a byte order mark (U+FEFF), which is used as part of the secret", path.display())
            }
            Note::LinesInSecret(path) => format!(
                "`{}` has several lines, which are used as one secret; `--try-secret-file` takes a secret from each line",
                path.display()
            ),
            Note::DoubleSlash => {
                "`//` in the path is signed as `/%2F`: send it so, since `//` may not reach the server as it is".to_owned()
            }
            Note::SecretInUtf16(path) => {
                format!(
                    "`{}` is UTF-16, as `>` of PowerShell writes it, and is read as such; other programs may not",
                    path.display()
                )
            }
            Note::OtherId { source, own, claimed } => {
                format!("the secret in {} belongs to id `{own}`, the request names `{claimed}`", origin(source))
            }
            Note::RightSecret(source, print) => {
                format!("the secret that gives the signature is the one in {}: {}", origin(source), self.fingerprint(print))
            }
            Note::NoSecretFits(count) => format!("none of the {count} secrets gives the signature"),
            Note::Interrupted => "interrupted: not everything was tried; what was found until then follows".to_owned(),
            Note::ForeignHost { host, endpoint } => {
                format!("the host `{host}` is not below the endpoint `{endpoint}`; it is taken for a custom domain")
            }
            Note::BodyLeftOut(bytes) => format!("the body of {} bytes is too long to be repeated here", grouped(*bytes)),
            Note::StandsFor(placeholder) => format!("`{}` stands for {}", placeholder.as_str(), meant(*placeholder)),
            Note::BucketAssumed(bucket) => {
                format!("the form is taken to go to the bucket `{bucket}` of its policy; `--bucket` says otherwise")
            }
            Note::FormCounted(more) => {
                format!(
                    "the vendor counts the fields with the file: the policy allows {} bytes more than asked for",
                    grouped(*more)
                )
            }
            Note::BucketInPath(bucket) => format!(
                "the host does not tell the bucket: `{bucket}`, the first segment of the path, is taken for it, as `--addressing path` \
                 says; `--addressing virtual` says that the host has it"
            ),
            Note::Unescaped => {
                "the URL is signed as it is given, and clients send some of its characters escaped: escape them before".to_owned()
            }
            Note::Escaped => "the URL holds characters that are sent escaped, and is signed with them escaped".to_owned(),
            Note::CallbackProblem(problem) => problem.clone(),
            Note::Samples(names) => self.sample_values(names),
            Note::FileUnknown => "the size of the file is not known and was not judged; `--file-size` says it".to_owned(),
            Note::Over(deadline) => format!("the deadline of this token is over: {}", utc(*deadline)),
            Note::Captured(note) => captured::note(note),
            Note::TicketsEnd => self.tickets_end().to_owned(),
            Note::AnswerTaken => "the server's answer in the same text is used".to_owned(),
            Note::ClockOfAnswer(time) => {
                format!("judged at {}, the `Date` of the server's answer; `--at` says otherwise", utc(*time))
            }
            Note::ClockOfClient(time) => format!("judged at {}, when the client sent it; `--at` says otherwise", utc(*time)),
            Note::ClockOfMachine => "judged by the clock of this machine; `--at` gives the time when it was sent".to_owned(),
            Note::NoLineFor(stacks) => {
                let names: Vec<_> = stacks.iter().map(|stack| stack.as_str()).collect();
                format!("no line to change is known in {} for this", names.join(", "))
            }
            Note::NoBareSecret(path) => {
                format!("`{}` holds more than a secret, it seems; all of it is used as one", path.display())
            }
            Note::ClockOfEach => "each request is judged at the time that is kept with it; `--at` says otherwise".to_owned(),
            Note::CauseOfAll => "a cause is told in general, whatever `--provider` says".to_owned(),
            Note::VerbAssumed => "a URL alone does not tell its verb: GET is assumed; `--method` says otherwise".to_owned(),
        }
    }

    fn headline(&self, headline: &Headline) -> String {
        match headline {
            Headline::Valid => "the signature is right for this secret".to_owned(),
            Headline::Differs => "the signature is not the one of this request and secret".to_owned(),
            Headline::TextDiffers(places) => {
                let count = match places.len() {
                    1 => "one place".to_owned(),
                    more => format!("{more} places"),
                };
                format!("the signed text differs from the request in {count}: {}", places.join(", "))
            }
            Headline::OrderDiffers(places) => {
                format!("the signed text has the parts of the request in another order: {}", places.join(", "))
            }
            Headline::Title(title) => title.clone(),
            Headline::Refused(title) => format!("the signature is right, but {title}"),
            Headline::Unexplained(searched) => {
                let counts = counts(searched);
                let cut = if searched.cut_short { "; the search was cut short" } else { "" };
                format!("no known mistake gives this signature ({counts}, {}{cut})", at_once(searched.depth))
            }
            Headline::BucketOpen => "the bucket is signed, and nothing tells which it is: name it with `--bucket`".to_owned(),
            Headline::Undecided => "nothing in the request tells whether the signature is right".to_owned(),
        }
    }

    fn proof(&self, proof: &Proof) -> String {
        match proof {
            Proof::Signed { signature, mistakes: 1 } => {
                format!("signing with this mistake gives {signature}, exactly the signature in your request")
            }
            Proof::Signed { signature, mistakes: 2 } => {
                format!("signing with both mistakes gives {signature}, exactly the signature in your request")
            }
            Proof::Signed { signature, mistakes } => {
                format!("signing with all {mistakes} mistakes gives {signature}, exactly the signature in your request")
            }
            Proof::Server => "the server's answer says so".to_owned(),
            Proof::Seen => "it can be seen in the request".to_owned(),
            Proof::Likely => "it fits, and is not proved".to_owned(),
        }
    }

    fn certainty(&self, certainty: Certainty) -> &'static str {
        match certainty {
            Certainty::Proved => "proved",
            Certainty::Server => "said by the server",
            Certainty::Seen => "seen",
            Certainty::Likely => "likely",
        }
    }

    fn lead(&self, standing: &str, text: &str) -> String {
        if standing.is_empty() { text.to_owned() } else { format!("{standing} {text}") }
    }

    fn role(&self, role: Role) -> String {
        role.as_str().to_owned()
    }

    fn place(&self, role: Role, name: &str) -> String {
        match role {
            Role::Header => format!("header `{name}`"),
            Role::Query => format!("parameter `{name}`"),
            Role::SignedHeader => format!("`{name}` in the list of signed headers"),
            Role::Field if !name.is_empty() => format!("field `{name}`"),
            other => other.as_str().replace('-', " "),
        }
    }

    fn line(&self, number: usize) -> String {
        format!("line {number}")
    }

    fn signed(&self, time: Timestamp, at: Timestamp) -> String {
        let age = at.since(time);
        if age < 0 {
            format!("{}, {} ahead of the clock", utc(time), span(-age))
        } else {
            format!("{}, {} ago", utc(time), span(age))
        }
    }

    fn expires(&self, time: Timestamp, at: Timestamp) -> String {
        format!("{}, {}", utc(time), self.left(time, at))
    }

    fn searched(&self, searched: &Searched, elapsed: Duration) -> String {
        format!("{}, {:.1} ms", counts(searched), elapsed.as_secs_f64() * 1_000.0)
    }

    fn assumed(&self, role: Role, text: &str) -> String {
        if role == Role::Method {
            return format!("this URL was signed for {text}, and no method was given: open it with {text}");
        }
        let option = if role == Role::Bucket { "; `--bucket` says otherwise" } else { "" };
        format!("the {} `{text}` is assumed, since nothing says so{option}", self.place(role, ""))
    }

    fn more_as_sent(&self, count: usize) -> String {
        format!("{count} more, as sent")
    }

    fn more(&self, count: usize) -> String {
        format!("{count} more")
    }

    fn what_would_decide(&self, view: &View) -> Vec<String> {
        let work = &view.work;
        match (work.task, view.searched.depth) {
            (Task::Verify, _) => return vec!["`countersign explain` searches for the cause".to_owned()],
            (Task::Explain, 0) if work.has_secret => return vec!["`--depth 2` searches for the cause".to_owned()],
            _ => {}
        }
        let answer = (!work.has_answer).then_some("the server's answer (`--error FILE`)");
        if !work.has_secret {
            let decide = ["the secret (`--secret-file FILE`)"].into_iter().chain(answer).collect::<Vec<_>>().join(" or ");
            return vec![format!("{decide} would decide; with the secret, a cause can be proved")];
        }
        let own = (!work.has_client_text).then_some("the client's own string to sign");
        let decide = own.into_iter().chain(answer).collect::<Vec<_>>().join(" or ");
        let rest = view.findings.is_empty().then(|| {
            let id = &view.access_key_id;
            format!("what remains is another secret for id {id}, or a change on the way that leaves no trace in the request")
        });
        let is_guess = view.findings.iter().all(|finding| finding.certainty == Certainty::Likely);
        let apart = (is_guess && view.searched.apart > 0).then(|| {
            format!(
                "{} of these changes were not combined with all others: there are too many of their kind",
                grouped(view.searched.apart as u64)
            )
        });
        let decide = (!decide.is_empty()).then(|| format!("{decide} would decide"));
        apart.into_iter().chain(rest).chain(decide).collect()
    }

    fn bucket(&self, bucket: &Bucket<'_>) -> String {
        let place = match bucket.addressing {
            Addressing::VirtualHost => "the first label of the host",
            Addressing::Path => "the first segment of the path",
            Addressing::CustomDomain => "not in the URL",
        };
        let origin = match bucket.origin {
            Origin::Terms => ", as the options say",
            Origin::Assumed => ", assumed: the host does not tell it",
            _ => "",
        };
        format!("{} ({place}{origin})", bucket.name)
    }

    fn token(&self, bytes: usize) -> String {
        format!("present, {} bytes", grouped(bytes as u64))
    }

    fn left(&self, time: Timestamp, at: Timestamp) -> String {
        let left = time.since(at);
        if left < 0 { format!("{} ago", span(-left)) } else { format!("in {}", span(left)) }
    }

    fn local(&self, time: &str) -> String {
        format!("{time}, local time")
    }

    fn interval(&self, start: Zoned, end: Zoned) -> String {
        format!("{} to {}", start.utc(), end.utc())
    }

    fn life(&self, seconds: i64) -> String {
        if seconds < 0 { format!("ends {} before it begins", span(-seconds)) } else { span(seconds) }
    }

    fn made(&self, time: Timestamp, life: u64) -> String {
        let life = i64::try_from(life).unwrap_or(i64::MAX);
        format!("{}, if it lives {} as expected", utc(time.plus(life.saturating_neg())), span(life))
    }

    fn meaning(&self, field: &str, value: &str) -> Option<String> {
        Some(match (field, value) {
            ("fsizeMin" | "fsizeLimit", bytes) => return size(bytes.parse().ok()?),
            ("detectMime", "0") => "the type the client names, else a guess".to_owned(),
            ("detectMime", "1") => "a guess, whatever the client names".to_owned(),
            ("detectMime", "-1") => "the type the client names, always".to_owned(),
            ("fileType", "0") => "standard".to_owned(),
            ("fileType", "1") => "infrequent access".to_owned(),
            ("fileType", "2") => "archive".to_owned(),
            ("fileType", "3") => "deep archive".to_owned(),
            ("fileType", "4") => "archive that can be read at once".to_owned(),
            ("fileType", "5") => "intelligent tiering".to_owned(),
            ("insertOnly", "0") => "the scope decides what is overwritten".to_owned(),
            ("insertOnly", _) => "nothing is overwritten".to_owned(),
            ("forceSaveKey", "true") => "`saveKey` goes before the key of the client".to_owned(),
            ("callbackFetchKey", "1") => "the answer to the callback names the object".to_owned(),
            ("persistentType", "0") => "at once".to_owned(),
            ("persistentType", "1") => "when there is time".to_owned(),
            ("mimeLimit", types) if types.starts_with('!') => "refused".to_owned(),
            ("mimeLimit", _) => "accepted".to_owned(),
            ("trafficLimit", _) => "bits a second for each connection".to_owned(),
            ("deleteAfterDays", _) => "days until the object goes".to_owned(),
            _ => return None,
        })
    }

    fn keys(&self, keys: Keys) -> &'static str {
        match keys {
            Keys::Any => "any, if it is not there yet",
            Keys::Replaced => "this one, which may be overwritten",
            Keys::Fresh => "this one, if it is not there yet",
            Keys::Prefixed => "every key that starts so, if it is not there yet",
        }
    }

    fn kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Multi => "multi, for any number of uses",
            Kind::Once => "once, for a single use",
        }
    }

    fn order(&self, order: Order) -> Option<&'static str> {
        Some(match order {
            Order::Formula => "the formula of the document and the PHP SDK",
            Order::Python => "the Python and Java SDKs",
            Order::JavaScript => "the JavaScript SDK",
            _ => return None,
        })
    }

    fn default_life(&self, made: Timestamp, expected: Option<u64>) -> String {
        let expected = expected.map(|life| i64::try_from(life).unwrap_or(i64::MAX));
        let instead = expected.map(|life| format!(", not the {} expected", span(life))).unwrap_or_default();
        format!("it lives exactly 3600 s from {}{instead}: the default of the SDKs", utc(made))
    }

    fn default_life_help(&self) -> &'static str {
        "`PutPolicy` of the Node SDK ignores a `deadline` it is given and takes `expires`, in seconds; without it, 3600"
    }

    fn standing(&self, matters: &[Matter], certainty: Certainty) -> String {
        let names: Vec<_> = matters.iter().map(|matter| self.matter(*matter)).collect();
        format!("({}, {})", names.join(" and "), self.certainty(certainty))
    }

    fn matter(&self, matter: Matter) -> &'static str {
        matter.as_str()
    }

    fn parting(&self, offset: usize, signed: &str, right: &str) -> String {
        format!("the texts part at offset {offset}: {signed} was signed, and the server sees {right}")
    }

    fn end_of_text(&self) -> &'static str {
        "the end of the text"
    }

    fn signature_open(&self) -> &'static str {
        "whether the signature is right is not known without the secret (`--secret-file FILE`)"
    }

    fn stacks(&self, known: &[Stack]) -> String {
        let names: Vec<_> = known.iter().map(|stack| stack.as_str()).collect();
        let one_of = if names.len() == 1 { "" } else { "one of " };
        format!("`--stack` gives the line to change for {one_of}{}", names.join(", "))
    }

    fn source(&self, source: &SecretSource) -> String {
        origin(source)
    }

    fn fingerprint(&self, print: &Fingerprint) -> String {
        let ends = print.ends.as_ref().map(|ends| format!(", {ends}")).unwrap_or_default();
        format!("{} bytes{ends}, fingerprint {}", grouped(print.length as u64), print.hash)
    }

    fn used(&self, used: &Used) -> String {
        let bytes = grouped(used.print.length as u64);
        let of = if used.of > 1 { format!(", of {} tried", used.of) } else { String::new() };
        format!("secret from {}, {bytes} bytes, fingerprint {}{of}", used.source, used.print.hash)
    }

    fn clock_fine(&self) -> &'static str {
        " (clock fine)"
    }

    fn remarked(&self, text: &str, remark: &str) -> String {
        format!("{text} ({remark})")
    }

    fn step(&self, what: What) -> String {
        let hash = |hash| match hash {
            HashName::Md5 => "MD5",
            HashName::Sha1 => "SHA-1",
            HashName::Sha256 => "SHA-256",
        };
        match what {
            What::Payload(own) => format!("{} of the body", hash(own)),
            What::ContentMd5 => "MD5 of the body in Base64".to_owned(),
            What::Policy => "the policy in Base64".to_owned(),
            What::Document(Document::CanonicalRequest) => "canonical request".to_owned(),
            What::Document(Document::StringToSign) => "string to sign".to_owned(),
            What::Digest(own) => format!("{} of the canonical request", hash(own)),
            What::Scope => "scope".to_owned(),
            What::Key(1, 1) => "key, made from the secret".to_owned(),
            What::Key(number, of) => format!("key {number} of {of}"),
            What::Signature(HashName::Md5) => "signature: MD5 of secret and string to sign".to_owned(),
            What::Signature(own) => format!("signature: HMAC-{} of the string to sign", hash(own)),
        }
    }

    fn progress(&self, variants: u64, elapsed: Duration) -> String {
        format!("searching: {} variants in {} s; Ctrl-C shows what was found so far", grouped(variants), elapsed.as_secs())
    }

    fn judged(&self, count: usize, at: Timestamp) -> String {
        format!("{count} tokens, by the clock at {}", utc(at))
    }
}

fn meant(placeholder: Placeholder) -> String {
    match placeholder {
        Placeholder::File => "the file to upload".to_owned(),
        Placeholder::Body(None) => "a file with the body of the request".to_owned(),
        Placeholder::Body(Some(bytes)) => format!("a file with the body of the request, {} bytes", grouped(bytes)),
        Placeholder::Name => "the rest of the key".to_owned(),
        Placeholder::UploadHost => {
            let hosts = kodo::upload_regions().filter_map(|region| Some(format!("{region} {}", kodo::upload_host(region)?)));
            format!("the upload host of the bucket's region, which `--region` fills in: {}", hosts.collect::<Vec<_>>().join(", "))
        }
        Placeholder::Region => "the region of the bucket, which `--region` fills in: gz, sh or tj".to_owned(),
        Placeholder::Path => "the path of the file in the bucket, which `--fileid` fills in".to_owned(),
        Placeholder::Operation => "what to do with the file, `delete` or `update`".to_owned(),
        Placeholder::Bucket => "the host of the bucket, which `--host` fills in".to_owned(),
    }
}

fn origin(source: &SecretSource) -> String {
    match source {
        SecretSource::File(path) => format!("`{}`", path.display()),
        SecretSource::Line(path, line) => format!("`{}`, line {line}", path.display()),
        SecretSource::Variable(name) => (*name).to_owned(),
        SecretSource::Profile(path, name) => format!("profile `{name}` of `{}`", path.display()),
        SecretSource::Command => "the command line of `curl`".to_owned(),
        SecretSource::Prompt => "the answer to the prompt".to_owned(),
    }
}

fn counts(searched: &Searched) -> String {
    let variants = if searched.variants == 1 { "variant" } else { "variants" };
    let causes = if searched.causes == 1 { "cause" } else { "causes" };
    format!("{} {variants} of {} {causes}", grouped(searched.variants), searched.causes)
}

fn at_once(depth: u8) -> &'static str {
    match depth {
        0 | 1 => "singly",
        2 => "singly and in pairs",
        _ => "singly, in pairs and in triples",
    }
}

/// A length of time in its two largest units: `2 h 5 min`.
fn span(seconds: i64) -> String {
    in_units(seconds, ["y", "d", "h", "min", "s"])
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn a_span_is_shown_in_its_two_largest_units() {
        for (seconds, shown) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (7_500, "2 h 5 min"),
            (86_401, "1 d"),
            (90_061, "1 d 1 h"),
            (40_000_000, "1 y 97 d"),
            (-5, "0 s"),
        ] {
            assert_eq!(span(seconds), shown, "{seconds}");
        }
    }
}
