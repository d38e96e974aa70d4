//! Every sentence of the command, one table per language: a second language is a second `impl Words`.
//!
//! The sentences about causes are the library's, and the help is `args`.

use crate::{
    args::Lang,
    report::{Task, Titles, View},
    trouble::{Note, ProfileFault, SecretFault, SecretSource, Source, Trouble},
};
use countersign::{
    Addressing, Bucket, DraftError, Origin, Role, SignError, Timestamp, VerifyError,
    explain::{Certainty, Language, Searched},
};
use std::{path::Path, time::Duration};

/// The sentences of a language.
pub trait Words {
    /// The same language in the library.
    fn language(&self) -> Language;
    fn labels(&self) -> &'static Labels;
    /// What happened, where, and what was expected.
    fn trouble(&self, trouble: &Trouble) -> String;
    /// What to do about it.
    fn remedy(&self, trouble: &Trouble) -> Option<String>;
    fn note(&self, note: &Note) -> String;
    fn headline(&self, headline: &Headline) -> String;
    fn proof(&self, proof: &Proof) -> String;
    fn certainty(&self, certainty: Certainty) -> &'static str;
    /// A part of the signed text.
    fn place(&self, role: Role, name: &str) -> String;
    fn line(&self, number: usize) -> String;
    /// When it was signed, against the clock.
    fn signed(&self, time: Timestamp, at: Timestamp) -> String;
    /// When it expires, against the clock.
    fn expires(&self, time: Timestamp, at: Timestamp) -> String;
    fn searched(&self, searched: &Searched, elapsed: Duration) -> String;
    /// A part of the signed text that nothing in the request says.
    fn assumed(&self, role: Role, text: &str) -> String;
    /// What further input would decide.
    fn what_would_decide(&self, view: &View) -> Vec<String>;
    /// A bucket and where it is known from.
    fn bucket(&self, bucket: &Bucket<'_>) -> String;
    fn token(&self, bytes: usize) -> String;
}

/// Single words and the titles of tables.
pub struct Labels {
    pub error: &'static str,
    pub warning: &'static str,
    pub note: &'static str,
    pub help: &'static str,
    pub matches: &'static str,
    pub differs: &'static str,
    pub refused: &'static str,
    pub undecided: &'static str,
    pub signed: &'static str,
    pub sent: &'static str,
    pub right: &'static str,
    pub proof: &'static str,
    pub also: &'static str,
    pub id: &'static str,
    pub expires: &'static str,
    pub expired: &'static str,
    pub titles: Titles,
    pub claim: ClaimLabels,
    /// The question of the hidden prompt.
    pub prompt: &'static str,
    /// The same where no answer is an answer.
    pub optional_prompt: &'static str,
}

/// What `decode` lists.
pub struct ClaimLabels {
    pub scheme: &'static str,
    pub access_key_id: &'static str,
    pub signature: &'static str,
    pub signed: &'static str,
    pub expires: &'static str,
    pub scope: &'static str,
    pub signed_headers: &'static str,
    pub signed_params: &'static str,
    pub key_time: &'static str,
    pub payload: &'static str,
    pub token: &'static str,
    pub bucket: &'static str,
    pub document: &'static str,
    pub decoded: &'static str,
    pub unread: &'static str,
}

/// What the first line of a report says.
pub enum Headline {
    Valid,
    /// The signature is another one, and nothing was searched.
    Differs,
    /// The places where the signed text differs from the request.
    TextDiffers(Vec<String>),
    /// The title of the best finding.
    Title(String),
    /// Right, but refused for this reason.
    Refused(String),
    Unexplained(Searched),
    Undecided,
}

/// What a finding rests on.
pub enum Proof {
    /// Signing with so many mistakes gives the signature that was sent.
    Signed {
        signature: String,
        mistakes: usize,
    },
    Server,
    Seen,
    Likely,
}

/// The sentences of a language.
pub fn words(lang: Lang) -> &'static dyn Words {
    match lang {
        Lang::En => &En,
    }
}

/// `2026-05-01 08:30:15 UTC`
fn utc(time: Timestamp) -> String {
    time.to_string().replace('T', " ").replace('Z', " UTC")
}

/// English.
struct En;

static EN: Labels = Labels {
    error: "error",
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
    expires: "expires",
    expired: "expired",
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
    prompt: "secret access key (not shown): ",
    optional_prompt: "secret access key (not shown, empty for none): ",
};

const INPUTS: &str = "expected a raw HTTP request, a URL, an `Authorization` value or a token";

impl Words for En {
    fn language(&self) -> Language {
        Language::English
    }

    fn labels(&self) -> &'static Labels {
        &EN
    }

    fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Directory(path) => format!("`{}` is a directory; expected a file", path.display()),
            Trouble::NoFile(path) => format!("there is no file `{}`", path.display()),
            Trouble::NoInput(path) => {
                format!("there is no file `{}`, and it is no URL, `Authorization` value or token either", path.display())
            }
            Trouble::Unreadable(source, error) => format!("{} cannot be read: {error}", place(source)),
            Trouble::Empty(source) => format!("{} is empty; {INPUTS}", place(source)),
            Trouble::NotText(source, start) => {
                let start: Vec<String> = start.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{} is no text (its first bytes are {}); {INPUTS}", place(source), start.join(" "))
            }
            Trouble::Utf16(source) => format!("{} is UTF-16 text; expected UTF-8, as sent on the wire", place(source)),
            Trouble::NotRecognised(source, line) => format!("{} starts with `{line}`; {INPUTS}", place(source)),
            Trouble::MoreThanOne(source) => {
                format!("{} holds more than one thing; expected one request, URL, `Authorization` value or token", place(source))
            }
            Trouble::Http(source, error) => format!("{}: {error}", place(source)),
            Trouble::Url(source, error) => format!("{}: {error}", place(source)),
            Trouble::HeaderAlone(source) => {
                format!(
                    "{} is an `Authorization` value alone; expected the whole request, since that is what is signed",
                    place(source)
                )
            }
            Trouble::NoRequest(source) => format!("{} is no request; expected raw HTTP or a URL", place(source)),
            Trouble::MethodTwice(source) => format!("`--method` goes with a URL, and {} has a verb of its own", place(source)),
            Trouble::NoSignature(None) => VerifyError::NoClaim.to_string(),
            Trouble::NoSignature(Some(word)) => {
                format!("the `Authorization` header starts with `{word}`, which is no scheme known here")
            }
            Trouble::OtherScheme(asked, own) => format!("there is no signature of `{asked}`; the one there is `{own}`"),
            Trouble::OtherProvider { scheme, provider, own } => {
                format!("`{scheme}` is no scheme of provider `{provider}`, but of `{own}`")
            }
            Trouble::Claim(error) => error.to_string(),
            Trouble::Sign(error) => error.to_string(),
            Trouble::SchemeNeeded(_) => "signing needs a scheme".to_owned(),
            Trouble::UnsuitableScheme { scheme, place, .. } => {
                format!("`{scheme}` puts its signature into {place}; expected another scheme")
            }
            Trouble::NoSecret(names) => format!("there is no secret: {} set", none_of(names)),
            Trouble::NoId => "the secret says nothing of its access key id".to_owned(),
            Trouble::SecretFile(path, SecretFault::Empty) => format!("`{}` is empty; expected a secret", path.display()),
            Trouble::SecretFile(path, SecretFault::TooLong(limit)) => {
                format!("`{}` is longer than {} KiB; expected a secret", path.display(), limit >> 10)
            }
            Trouble::Profile(fault) => profile(fault),
            Trouble::Answer(path, error) => format!("`{}`: {error}", path.display()),
            Trouble::Write(error) => format!("the answer cannot be written: {error}"),
        }
    }

    fn remedy(&self, trouble: &Trouble) -> Option<String> {
        Some(match trouble {
            Trouble::SchemeNeeded(known) => format!("name it with `--scheme`: {}", known.join(", ")),
            Trouble::UnsuitableScheme { known, .. } => format!("schemes that suit: {}", known.join(", ")),
            Trouble::NoSecret(_) => "give `--secret-file FILE` or `--profile NAME`, or set one of these variables".to_owned(),
            Trouble::NoId => "give `--access-key-id ID`, or set COUNTERSIGN_ACCESS_KEY_ID".to_owned(),
            Trouble::OtherScheme(..) => "leave `--scheme` and `--provider` out to have it recognised".to_owned(),
            Trouble::HeaderAlone(_) => "`countersign decode` reads the value alone".to_owned(),
            Trouble::Sign(SignError::Terms(_)) => "see `--region`, `--service` and `--expires`".to_owned(),
            Trouble::Sign(SignError::Draft(fault)) | Trouble::Claim(VerifyError::Draft(fault)) => match fault {
                DraftError::BucketNeeded => "name it with `--bucket`".to_owned(),
                DraftError::BodyNeeded => "give the request as raw HTTP, with its body".to_owned(),
                _ => return None,
            },
            Trouble::Profile(ProfileFault::Encrypted(_) | ProfileFault::NoFileFor(_)) => {
                "put the secret into a file of its own and give `--secret-file`".to_owned()
            }
            _ => return None,
        })
    }

    fn note(&self, note: &Note) -> String {
        match note {
            Note::Reading => "reading the request from the terminal; end it with Ctrl-D".to_owned(),
            Note::OpenToOthers(path) => format!("`{0}` can be read by others; `chmod 600 {0}` keeps it to you", path.display()),
            Note::BlankInSecret(source) => {
                format!("the secret in {} begins or ends in a blank or line end, which is used as part of it", origin(source))
            }
            Note::OtherId { source, own, claimed } => {
                format!("the secret in {} belongs to id `{own}`, the request names `{claimed}`", origin(source))
            }
            Note::RightSecret(source) => format!("the secret that is right is the one in {}", origin(source)),
            Note::ForeignHost { host, endpoint } => {
                format!("the host `{host}` is not below the endpoint `{endpoint}`; it is taken for a custom domain")
            }
            Note::BodyLeftOut(bytes) => format!("the body of {} bytes is too long to be repeated here", grouped(*bytes)),
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
            Headline::Title(title) => title.clone(),
            Headline::Refused(title) => format!("the signature is right, but {title}"),
            Headline::Unexplained(searched) => {
                let counts = counts(searched);
                let cut = if searched.cut_short { "; the search was cut short" } else { "" };
                format!("no known mistake gives this signature ({counts}, {}{cut})", at_once(searched.depth))
            }
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

    fn place(&self, role: Role, name: &str) -> String {
        match role {
            Role::Header => format!("header `{name}`"),
            Role::Query => format!("parameter `{name}`"),
            Role::SignedHeader => format!("`{name}` in the list of signed headers"),
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
        let left = time.since(at);
        if left < 0 { format!("{}, {} ago", utc(time), span(-left)) } else { format!("{}, in {}", utc(time), span(left)) }
    }

    fn searched(&self, searched: &Searched, elapsed: Duration) -> String {
        format!("{}, {:.1} ms", counts(searched), elapsed.as_secs_f64() * 1_000.0)
    }

    fn assumed(&self, role: Role, text: &str) -> String {
        let option = if role == Role::Bucket { "; `--bucket` says otherwise" } else { "" };
        format!("the {} `{text}` is assumed, since nothing says so{option}", self.place(role, ""))
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
        let decide = ["the client's own string to sign"].into_iter().chain(answer).collect::<Vec<_>>().join(" or ");
        let rest = view.findings.is_empty().then(|| {
            let id = &view.access_key_id;
            format!("what remains is another secret for id {id}, or a change on the way that leaves no trace in the request")
        });
        rest.into_iter().chain([format!("{decide} would decide")]).collect()
    }

    fn bucket(&self, bucket: &Bucket<'_>) -> String {
        let place = match bucket.addressing {
            Addressing::VirtualHost => "the first label of the host",
            Addressing::Path => "the first segment of the path",
            Addressing::CustomDomain => "not in the URL",
        };
        let origin = match bucket.origin {
            Origin::Terms => ", as the options say",
            Origin::Assumed => ", assumed: the host is nobody's known here",
            _ => "",
        };
        format!("{} ({place}{origin})", bucket.name)
    }

    fn token(&self, bytes: usize) -> String {
        format!("present, {} bytes", grouped(bytes as u64))
    }
}

fn place(source: &Source) -> String {
    match source {
        Source::File(path) => format!("`{}`", path.display()),
        Source::StandardInput => "standard input".to_owned(),
        Source::Argument => "the argument".to_owned(),
    }
}

fn origin(source: &SecretSource) -> String {
    match source {
        SecretSource::File(path) => format!("`{}`", path.display()),
        SecretSource::Line(path, line) => format!("`{}`, line {line}", path.display()),
        SecretSource::Variable(name) => (*name).to_owned(),
        SecretSource::Profile(path, name) => format!("profile `{name}` of `{}`", path.display()),
        SecretSource::Prompt => "the answer to the prompt".to_owned(),
    }
}

fn profile(fault: &ProfileFault) -> String {
    let shown = |path: &Path| path.display().to_string();
    match fault {
        ProfileFault::NoFileFor(known) => format!("no file with profiles is known for this provider; known are {known}"),
        ProfileFault::NoHome => "there is no home folder to look for profiles in; expected HOME to be set".to_owned(),
        ProfileFault::NoFile(paths) => {
            let paths: Vec<_> = paths.iter().map(|path| format!("`{}`", shown(path))).collect();
            format!("there is no file {}", paths.join(" or "))
        }
        ProfileFault::Unreadable(path, error) => format!("`{}` cannot be read: {error}", shown(path)),
        ProfileFault::Missing { file, name, known } if known.is_empty() => {
            format!("`{}` has no profile `{name}`, nor any other", shown(file))
        }
        ProfileFault::Missing { file, name, known } => {
            format!("`{}` has no profile `{name}`; it has {}", shown(file), known.join(", "))
        }
        ProfileFault::Lacks { file, name, key } => format!("profile `{name}` of `{}` has no `{key}`", shown(file)),
        ProfileFault::Encrypted(path) => format!("the keys in `{}` are encrypted by coscli; expected plain ones", shown(path)),
    }
}

/// `A is not`, or `none of A, B is`.
fn none_of(names: &[&str]) -> String {
    match names {
        [one] => format!("{one} is not"),
        more => format!("none of {} is", more.join(", ")),
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

/// `1,204`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A length of time in its two largest units: `2 h 5 min`.
fn span(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units {
        let count = rest / size;
        rest %= size;
        if count > 0 || !parts.is_empty() {
            parts.push((count, unit));
        }
    }
    let shown = parts.iter().take(2).filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}"));
    let shown = shown.collect::<Vec<_>>().join(" ");
    if shown.is_empty() { "0 s".to_owned() } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_shown_in_its_two_largest_units() {
        for (seconds, shown) in
            [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7_500, "2 h 5 min"), (86_401, "1 d"), (90_061, "1 d 1 h"), (-5, "0 s")]
        {
            assert_eq!(span(seconds), shown, "{seconds}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, shown) in [(0, "0"), (999, "999"), (1_204, "1,204"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), shown);
        }
    }
}
